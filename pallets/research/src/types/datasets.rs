//! Datasets and their versions.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use salus_primitives::{Commitment, Moment, OrgId};
use salus_research_data_use::Offer;
use scale_info::TypeInfo;

/// The number of a dataset: counted over the whole chain from 0, never given twice.
pub type DatasetId = u32;

/// The least that a dataset may say is the smallest cohort about which it answers.
pub const MIN_COHORT: u32 = 5;

/// The most versions of one dataset.
pub const MAX_VERSIONS: u32 = 65_536;

/// By which right the data of the people in a dataset is used.
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
pub enum Basis {
	/// Each has said yes, by a directive for the purpose HRESCH.
	#[codec(index = 0)]
	Consent,
	/// None has said no, by a veto of the purpose HRESCH (EHDS Art. 71).
	#[codec(index = 1)]
	OptOut,
	/// A body has permitted it by law. The number is of a list that the network keeps.
	#[codec(index = 2)]
	LegalPermit(u16),
}

/// How many people are in a version, coarsely: an exact number would tell that somebody has left.
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
pub enum SizeBucket {
	/// Fewer than 100.
	#[codec(index = 0)]
	Below100,
	/// 100 to 999.
	#[codec(index = 1)]
	Below1000,
	/// 1,000 to 9,999.
	#[codec(index = 2)]
	Below10000,
	/// 10,000 to 99,999.
	#[codec(index = 3)]
	Below100000,
	/// 100,000 to 999,999.
	#[codec(index = 4)]
	Below1000000,
	/// A million or more.
	#[codec(index = 5)]
	Million,
}

/// How a committee decides about a dataset.
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
pub struct CommitteeRule {
	/// The organisation whose members for data access vote.
	pub committee: OrgId,
	/// How many of their votes must count: from [`MIN_QUORUM`](super::MIN_QUORUM) to [`MAX_QUORUM`](super::MAX_QUORUM).
	pub quorum: u32,
	/// For how long a vote is open at least, in seconds, so that all can vote before the first ones decide. The configuration
	/// says how short and how long it may be.
	pub deliberation: Moment,
}

/// What a custodian offers for research.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Dataset<AccountId, Ticket> {
	/// The organisation that keeps the data and answers.
	pub custodian: OrgId,
	/// By which right.
	pub basis: Basis,
	/// About fewer people than this nothing is told: at least [`MIN_COHORT`].
	pub min_cohort: u32,
	/// Who decides about requests, and how.
	pub rule: CommitteeRule,
	/// Whether the committee has agreed that what matches the terms needs no vote.
	pub shortcut: bool,
	/// How many versions there are. The last one is in force.
	pub versions: u32,
	/// How many of them have no deposit, because the administrator could not pay.
	pub unpaid: u32,
	/// When it was offered.
	pub offered_at: Moment,
	/// Since when it takes neither requests nor queries.
	pub retired_at: Option<Moment>,
	/// Whose deposit it is, and the deposit.
	pub deposit: (AccountId, Ticket),
}

/// A version of a dataset. Immutable.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Version<AccountId, Ticket> {
	/// What the data may be used for: as much as in the version before, or less.
	pub terms: Offer,
	/// Counts the changes of the terms, from 0.
	pub terms_version: u32,
	/// The Merkle root of salted commitments to the consents of those in it.
	pub root: Commitment,
	/// How many they are.
	pub size: SizeBucket,
	/// The withdrawal epoch that it honours, counted from 0: who said no before the epoch was published is not in it.
	pub epoch: u32,
	/// When that epoch was published.
	pub epoch_at: Moment,
	/// When this version was published.
	pub at: Moment,
	/// Whose deposit it is, and the deposit; `None` if an epoch was due and the administrator could not pay.
	pub deposit: Option<(AccountId, Ticket)>,
}
