//! What is told through the runtime API: the stored things without their deposits.

use super::*;
use salus_primitives::{Commitment, OrgId};
use salus_research_data_use::{Answer, Offer};
use salus_research_permits::{Budget, LapseSet, MicroEpsilon, Standing};

/// A custodian's population as it is told.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct PopulationInfo<AccountId> {
	/// The organisation whose members for data access vote on more budget.
	pub committee: OrgId,
	/// How many of their votes must count.
	pub quorum: u32,
	/// What may be used, is reserved, and was used.
	pub budget: Budget,
	/// What can still be reserved.
	pub left: MicroEpsilon,
	/// How many queries there were.
	pub queries: QueryId,
	/// When the committee last refused more budget.
	pub refused_at: Option<Moment>,
	/// The proposal of more budget on which can be voted.
	pub motion: Option<BudgetMotion<AccountId>>,
}

/// A version of a dataset as it is told.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct VersionInfo {
	/// Its number, from 0.
	pub number: u32,
	/// What the data may be used for.
	pub terms: Offer,
	/// How often the terms had changed.
	pub terms_version: u32,
	/// The Merkle root of salted commitments to the consents of those in it.
	pub root: Commitment,
	/// How many they are.
	pub size: SizeBucket,
	/// The withdrawal epoch that it honours.
	pub epoch: u32,
	/// The first moment at which the next epoch is overdue, if it is not published by then.
	pub next_epoch_due: Moment,
	/// When it was published.
	pub at: Moment,
}

/// A dataset as it is told.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct DatasetInfo {
	/// Its number.
	pub id: DatasetId,
	/// The organisation that keeps the data and answers.
	pub custodian: OrgId,
	/// By which right the data is used.
	pub basis: Basis,
	/// About fewer people than this nothing is told.
	pub min_cohort: u32,
	/// Who decides about requests, and how.
	pub rule: CommitteeRule,
	/// Whether what matches the terms needs no vote.
	pub shortcut: bool,
	/// When it was offered.
	pub offered_at: Moment,
	/// Since when it takes neither requests nor queries.
	pub retired_at: Option<Moment>,
	/// How many versions have no deposit, because the administrator could not pay.
	pub unpaid: u32,
	/// The version in force.
	pub version: VersionInfo,
}

/// A study as it is told.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct StudyInfo<AccountId> {
	/// The study.
	pub study: Study<AccountId, ()>,
	/// Whether an ethics approval of it lasts now.
	pub approved: bool,
}

/// A request as it is told.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct RequestInfo<AccountId> {
	/// Its number.
	pub id: AccessRequestId,
	/// The request.
	pub request: AccessRequest<AccountId, ()>,
	/// Where it stands now.
	pub stage: Stage,
	/// The first moment at which it lapses, while somebody's time runs.
	pub lapses_at: Option<Moment>,
	/// What the table said of it when it was matched. What excludes it, also where the table abstains, is told by the stage.
	pub answer: Option<Answer>,
	/// While the committee can vote, the votes that would count if they were counted now; of what it has decided, those that
	/// counted.
	pub tally: Tally,
}

/// A permit as it is told.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct PermitInfo {
	/// Its number, which is that of its request.
	pub id: AccessRequestId,
	/// The permit, and what was done under it.
	pub record: PermitRecord,
	/// What is true of it now.
	pub standing: Standing,
	/// The first moment at which it is seen that nobody attested the destruction of the data, unless somebody has by then.
	pub close_out_due: Moment,
}

/// A query as it is told.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct QueryInfo {
	/// Its number.
	pub id: QueryId,
	/// The query.
	pub query: Query,
}

/// A permit that is suspended now, and why.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct LapsedPermit {
	/// Its number.
	pub id: AccessRequestId,
	/// All that has lapsed.
	pub lapses: LapseSet,
}
