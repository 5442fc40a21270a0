//! Coverages: who is insured, by a key that stands for nothing else.

use super::PlanId;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use salus_primitives::{Interval, Moment, OrgId};
use scale_info::TypeInfo;

/// The number of a coverage: 0, 1, 2 ... over all payers, never given twice.
pub type CoverageId = u64;

/// A person's coverage under a version of a plan, for a period of a year at most.
///
/// The person appears as a *member key*, made for this coverage and used for nothing else. There
/// is no patient's handle here, nor anywhere in this pallet.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Coverage<AccountId> {
	/// Who pays.
	pub payer: OrgId,
	/// Under which plan.
	pub plan: PlanId,
	/// Under which version of it.
	pub version: u32,
	/// The member key.
	pub member: AccountId,
	/// From when to when. The end is only ever brought forward, and never into the past.
	pub period: Interval,
	/// When the member accepted; before that the coverage is an offer.
	pub accepted: Option<Moment>,
	/// The member key that is to take the place of the present one.
	pub next_key: Option<NextKey<AccountId>>,
}

impl<AccountId> Coverage<AccountId> {
	/// Whether the coverage was in force and accepted at `at`. What is answered of a past moment never
	/// changes. (A visit of the period is covered also if the member accepts after it.)
	pub fn was_in_force(&self, at: Moment) -> bool {
		self.accepted.is_some_and(|accepted| accepted <= at) && self.period.contains(at)
	}
}

/// A member key that waits.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct NextKey<AccountId> {
	/// The key.
	pub key: AccountId,
	/// From when on it may take its place. Until then the present key can say no.
	pub from: Moment,
}
