//! The Council and the Technical Committee.

use super::{super::file::Seat, Check};
use salus_runtime::{configs::governance::MAX_MEMBERS, Balance, UNIT};
use sp_core::crypto::AccountId32;
use std::collections::{BTreeMap, BTreeSet};

/// With two members, each can block the other for ever.
const FEWEST_SEATS: usize = 3;
/// What a member of a collective must hold, at least, to pay for a motion.
const FOR_A_MOTION: Balance = UNIT;

impl Check {
	/// Whose votes decide. In the Council every member organisation has one seat; in the Technical
	/// Committee, which sits for knowledge, no organisation may block what the others agree on.
	pub(super) fn seats(&mut self, body: &str, seats: &[Seat], one_each: bool) -> Vec<AccountId32> {
		if seats.len() < FEWEST_SEATS {
			self.problem(body, format!("there are {} seats; the fewest is three", seats.len()));
		}
		if u32::try_from(seats.len()).map_or(true, |count| count > MAX_MEMBERS) {
			self.problem(
				body,
				format!("there are {} seats; the most is {MAX_MEMBERS}", seats.len()),
			);
		}
		let mut accounts = BTreeSet::new();
		let mut of = BTreeMap::<&str, usize>::new();
		for seat in seats {
			let entry = format!("{body}, seat of `{}`", seat.organisation);
			self.organisation(&entry, &seat.organisation);
			let count = of.entry(&seat.organisation).or_default();
			*count = count.saturating_add(1);
			if one_each && *count == 2 {
				self.problem(
					&entry,
					"the organisation has two seats; there is one for each member",
				);
			}
			let Some(account) = self.account(&entry, &seat.account) else { continue };
			self.holds(&entry, &account, FOR_A_MOTION, "to pay for its motions");
			if !accounts.insert(account) {
				self.problem(&entry, format!("the account {} has two seats", seat.account));
			}
		}
		for (organisation, count) in of {
			if !one_each && count.saturating_mul(3) > seats.len().max(FEWEST_SEATS) {
				let what = format!(
					"`{organisation}` has {count} of {} seats; with more than a third it could \
					 block every decision",
					seats.len()
				);
				self.problem(body, what);
			}
		}
		// The chain sorts them as well.
		accounts.into_iter().collect()
	}

	/// Both bodies must agree to what needs Root, so they must be two.
	pub(super) fn bodies(&mut self) {
		let both = self
			.out
			.council
			.iter()
			.filter(|account| self.out.technical_committee.contains(account))
			.map(ToString::to_string)
			.collect::<Vec<_>>();
		for account in both {
			let what = format!("{account} has a seat in the council as well; use another key");
			self.problem("technical_committee", what);
		}
	}
}
