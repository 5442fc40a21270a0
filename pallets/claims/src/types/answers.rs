//! What the runtime API answers.

use super::{Claim, ClaimId, Coverage, Encounter, Line};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use salus_claims_adjudication::{
	Accumulators, Error as AdjudicationError, LineResult, Plan as Rules,
};
use salus_primitives::Moment;
use scale_info::TypeInfo;

/// Why a question has no answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub enum QueryError {
	/// There is no such coverage.
	#[codec(index = 0)]
	UnknownCoverage,
	/// The moment lies in the future.
	#[codec(index = 1)]
	InTheFuture,
	/// The lines cannot be adjudicated.
	#[codec(index = 2)]
	Lines(AdjudicationError),
}

/// What a coverage covers, and what is left of it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Eligibility<AccountId> {
	/// The coverage.
	pub coverage: Coverage<AccountId>,
	/// For which moment this is the answer.
	pub at: Moment,
	/// Whether the coverage was in force then.
	pub in_force: bool,
	/// The benefits.
	pub rules: Rules,
	/// What has been used of them until now.
	pub used: Accumulators,
}

/// An explanation of benefits.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Explanation {
	/// Which claim.
	pub id: ClaimId,
	/// The claim.
	pub claim: Claim,
	/// What it is for.
	pub encounter: Encounter,
	/// What was claimed.
	pub lines: Vec<Line>,
	/// What became of each line; none as long as nothing is decided.
	pub results: Vec<LineResult>,
}
