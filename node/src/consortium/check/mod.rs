//! Whether the file describes a network that can start and that is safe to start. Every problem is
//! found, not the first alone.

mod bodies;
mod members;
mod money;
mod network;
mod validators;

use super::{
	file::File,
	genesis::Checked,
	keys::{self, WellKnown},
	values,
};
use crate::address::Place;
use salus_primitives::OrgId;
use salus_runtime::{
	configs::{fees::SponsorPotId, governance::TreasuryAccount},
	Balance, UNIT,
};
use sp_core::crypto::AccountId32;
use sp_runtime::traits::AccountIdConversion;
use std::{collections::BTreeMap, fmt::Display};

/// Check the file at the moment `now`, in Unix seconds.
///
/// # Errors
/// Every problem, each in a sentence that names the entry.
pub fn check(file: &File, now: u64) -> Result<Checked, Vec<String>> {
	let mut check = Check::new(now);
	check.network(file);
	check.organisations(file);
	check.balances(file);
	check.validators(file);
	check.nodes(file);
	check.out.council = check.seats("council", &file.council, true);
	check.out.technical_committee =
		check.seats("technical_committee", &file.technical_committee, false);
	check.bodies();
	check.registrars(file);
	check.assets(file);
	if check.problems.is_empty() {
		Ok(check.out)
	} else {
		Err(check.problems)
	}
}

struct Check {
	now: u64,
	well_known: &'static WellKnown,
	problems: Vec<String>,
	/// The organisations by name.
	members: BTreeMap<String, OrgId>,
	/// Keys that belong to one entry only: of validators' accounts, sessions, nodes.
	owned: BTreeMap<[u8; 32], String>,
	/// Where nodes listen, and which.
	places: BTreeMap<Place, String>,
	/// What each account holds in native tokens.
	holdings: BTreeMap<AccountId32, Balance>,
	out: Checked,
}

impl Check {
	fn new(now: u64) -> Self {
		Self {
			now,
			well_known: WellKnown::all(),
			problems: Vec::new(),
			members: BTreeMap::new(),
			owned: BTreeMap::new(),
			places: BTreeMap::new(),
			holdings: BTreeMap::new(),
			out: Checked::default(),
		}
	}

	/// A problem is one line, whatever characters the file has in its texts.
	fn problem(&mut self, entry: impl Display, what: impl Display) {
		let mut line = String::new();
		for letter in format!("{entry}: {what}").chars() {
			if letter.is_control() {
				line.extend(letter.escape_default());
			} else {
				line.push(letter);
			}
		}
		self.problems.push(line);
	}

	/// The value, or a problem of the entry.
	fn take<T>(&mut self, entry: impl Display, value: Result<T, String>) -> Option<T> {
		value.map_err(|what| self.problem(entry, what)).ok()
	}

	fn refuse_well_known(&mut self, entry: impl Display, what: &str, key: &[u8; 32]) {
		if let Some(name) = self.well_known.name(key) {
			let what = format!("the {what} is a development key, which anybody can use ({name})");
			self.problem(entry, what);
		}
	}

	fn account(&mut self, entry: impl Display, text: &str) -> Option<AccountId32> {
		let account = self.take(&entry, keys::account(text))?;
		self.refuse_well_known(entry, "account", account.as_ref());
		Some(account)
	}

	/// An account, or one that has no key.
	fn account_or_pot(&mut self, entry: impl Display, text: &str) -> Option<AccountId32> {
		match text {
			"treasury" => Some(TreasuryAccount::get()),
			"sponsorship-pot" => Some(SponsorPotId::get().into_account_truncating()),
			account => self.account(entry, account),
		}
	}

	/// Note that the key belongs to this entry and to no other.
	fn own(&mut self, entry: impl Display, what: &str, key: [u8; 32]) {
		if let Some(other) = self.owned.get(&key) {
			let what = format!("the {what} is also the {other}; every one needs its own");
			self.problem(entry, what);
		} else {
			self.owned.insert(key, format!("{what} of {entry}"));
		}
	}

	fn organisation(&mut self, entry: impl Display, name: &str) -> Option<OrgId> {
		let found = self.members.get(name).copied();
		if found.is_none() {
			self.problem(entry, format!("there is no organisation `{name}` in this file"));
		}
		found
	}

	fn holds(&mut self, entry: impl Display, who: &AccountId32, least: Balance, what_for: &str) {
		if self.holdings.get(who).copied().unwrap_or(0) < least {
			let tokens = least.div_ceil(UNIT);
			self.problem(
				entry,
				format!("the account needs {tokens} SLS or more in `balances`, {what_for}"),
			);
		}
	}

	fn future(&mut self, entry: impl Display, date: &toml::value::Datetime) -> Option<u64> {
		let until = self.take(&entry, values::day(date))?;
		if until <= self.now {
			self.problem(entry, format!("`until` is {date}, which is not in the future"));
			return None;
		}
		Some(until)
	}
}
