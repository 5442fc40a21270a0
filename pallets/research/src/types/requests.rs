//! Requests for data, and what became of them.

use super::{DatasetId, StudyId, Tally, Vote, MAX_VOTES};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{pallet_prelude::ConstU32, BoundedVec};
use salus_primitives::Moment;
use salus_research_data_use::{Decision, DiseaseCode, Request, Rule};
use scale_info::TypeInfo;

/// The number of a request, and of the permit that comes of it: counted over the whole chain from 0, never given twice.
pub type AccessRequestId = u32;

/// The most months for which data is asked.
pub const MAX_MONTHS: u16 = 120;

/// The co-signature of the institution, and what the terms say of the request.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Cosigned<AccountId> {
	/// Who signed for the institution.
	pub by: AccountId,
	/// When.
	pub at: Moment,
	/// The version of the dataset with whose terms it was matched.
	pub version: u32,
	/// What the table says.
	pub decision: Decision,
	/// The first rule that fails, also beside a code on which the table abstains. Then nobody can approve it.
	pub excluded: Option<Rule>,
}

/// By what a request was decided.
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
pub enum DecidedBy {
	/// It matches the terms, and the committee had agreed that this will do.
	#[codec(index = 0)]
	Match,
	/// The votes that counted.
	#[codec(index = 1)]
	Vote(Tally),
}

/// How a request was decided.
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
pub struct Outcome {
	/// When.
	pub at: Moment,
	/// Whether it was approved.
	pub approved: bool,
	/// By what.
	pub by: DecidedBy,
}

/// A study's request for a dataset.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct AccessRequest<AccountId, Ticket> {
	/// The study.
	pub study: StudyId,
	/// The dataset.
	pub dataset: DatasetId,
	/// What it states of itself. Whether there is an ethics approval the chain knows, and does not take from here.
	pub statement: Request,
	/// The disease that it is about, if it names one: compared with the offer's, and nothing read into it.
	pub disease: Option<DiseaseCode>,
	/// When it was made.
	pub asked_at: Moment,
	/// Who administered the institution then. The registry keeps no history of that, and whoever did has no vote.
	pub administrator: AccountId,
	/// The institution's co-signature.
	pub cosigned: Option<Cosigned<AccountId>>,
	/// The votes of the committee.
	pub votes: BoundedVec<Vote<AccountId>, ConstU32<MAX_VOTES>>,
	/// How it was decided.
	pub outcome: Option<Outcome>,
	/// Whose deposit it is, and the deposit: for the permit as well. There is none before the institution has co-signed.
	pub deposit: Option<(AccountId, Ticket)>,
}

/// Where a request stands. Computed, never stored: what lapses, lapses without a transaction.
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
pub enum Stage {
	/// The institution has not signed.
	#[codec(index = 0)]
	AwaitingSignature,
	/// The terms exclude it, by this rule. No committee can approve it.
	#[codec(index = 1)]
	Excluded(Rule),
	/// The committee can vote.
	#[codec(index = 2)]
	Voting,
	/// The committee has rejected it.
	#[codec(index = 3)]
	Rejected,
	/// Approved. The terms are to be accepted.
	#[codec(index = 4)]
	Approved,
	/// There is a permit, whatever became of it.
	#[codec(index = 5)]
	Permitted,
	/// Not signed, not decided or not accepted in time.
	#[codec(index = 6)]
	Lapsed,
}
