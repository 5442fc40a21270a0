//! Populations, their privacy budgets, and queries.

use super::{AccessRequestId, Vote, MAX_VOTES};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{pallet_prelude::ConstU32, BoundedVec};
use salus_primitives::{Commitment, Moment, OrgId};
use salus_research_permits::{Budget, MicroEpsilon};
use scale_info::TypeInfo;

/// The number of a query of a population: counted from 0, never given twice.
pub type QueryId = u64;

/// The number of a proposal of more budget for a population: counted from 0, never given twice.
pub type MotionId = u32;

/// The population from which a custodian draws all its datasets: one a custodian. Whoever is in it is in one budget,
/// whichever dataset or version is asked.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Population<AccountId, Ticket> {
	/// The organisation whose members for data access vote on more budget.
	pub committee: OrgId,
	/// How many of their votes must count.
	pub quorum: u32,
	/// What may be used, is reserved, and was used.
	pub budget: Budget,
	/// What it began with. The rest of the total was voted.
	pub opened_with: MicroEpsilon,
	/// What committees have added since.
	pub granted: MicroEpsilon,
	/// The number of the next query.
	pub queries: QueryId,
	/// The number of the next proposal of more budget.
	pub motions: MotionId,
	/// When the committee last refused more budget.
	pub refused_at: Option<Moment>,
	/// When it was opened.
	pub opened_at: Moment,
	/// Whose deposit it is, and the deposit.
	pub deposit: (AccountId, Ticket),
}

/// A custodian's proposal of more budget, on which its committee votes.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct BudgetMotion<AccountId> {
	/// Its number. A vote names it, so that it counts for nothing else.
	pub number: MotionId,
	/// How much more, in millionths of epsilon.
	pub more: MicroEpsilon,
	/// Who proposed it: that vote does not count.
	pub by: AccountId,
	/// Who administered the custodian then: that vote does not count either, whoever administers it later.
	pub admin: AccountId,
	/// When. It lapses when the time to vote is over.
	pub at: Moment,
	/// The votes.
	pub votes: BoundedVec<Vote<AccountId>, ConstU32<MAX_VOTES>>,
}

/// A query for which budget was reserved before it was answered.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Query {
	/// The permit under which it is asked: the number of its request.
	pub permit: AccessRequestId,
	/// Of which version of the permit's dataset.
	pub version: u32,
	/// A salted commitment to the canonical query.
	pub commitment: Commitment,
	/// What it costs, in millionths of epsilon. It is never given back.
	pub epsilon: MicroEpsilon,
	/// When it was reserved.
	pub reserved_at: Moment,
	/// What came of it.
	pub result: Option<QueryResult>,
}

/// What came of a query: delivered or suppressed, which the commitment does not tell.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct QueryResult {
	/// A salted commitment to the answer as it is stored, and given again to whoever asks the same.
	pub commitment: Commitment,
	/// When it was settled.
	pub at: Moment,
}
