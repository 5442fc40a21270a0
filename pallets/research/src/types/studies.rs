//! Studies and their ethics approvals.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{pallet_prelude::ConstU32, BoundedVec};
use salus_primitives::{Commitment, Interval, Moment, OrgId};
use salus_research_data_use::UseSet;
use scale_info::TypeInfo;

/// The number of a study: counted over the whole chain from 0, never given twice.
pub type StudyId = u32;

/// The most ethics approvals of one study: one for each year of the longest permit, one for each amendment, and as many again
/// for what is suspended meanwhile.
pub const MAX_APPROVALS: u32 = 64;

/// The most versions of the protocol of one study.
pub const MAX_PROTOCOLS: u32 = 16;

/// A version of a study's protocol. The first stays as it was; amendments follow it.
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
pub struct Protocol {
	/// A salted commitment to it.
	pub commitment: Commitment,
	/// When it was registered.
	pub at: Moment,
}

/// Why an ethics approval ended before its time.
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
pub enum ApprovalEnding {
	/// The ethics body suspended it; it can approve again.
	#[codec(index = 0)]
	Suspended,
	/// The ethics body withdrew it: the study is never approved again.
	#[codec(index = 1)]
	Withdrawn,
	/// The protocol was amended: what was approved is not what is done.
	#[codec(index = 2)]
	Amended,
	/// Approved anew.
	#[codec(index = 3)]
	Renewed,
}

/// An approval of the study's ethics body. Immutable but for its end.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Approval<AccountId> {
	/// Who signed for the body.
	pub by: AccountId,
	/// Which version of the protocol was approved, counted from 0.
	pub protocol: u32,
	/// From when to when, unless it ends earlier.
	pub period: Interval,
	/// When and why it ended before its time.
	pub ended: Option<(Moment, ApprovalEnding)>,
}

impl<AccountId> Approval<AccountId> {
	/// When it really is or was in force.
	pub fn span(&self) -> Interval {
		let until = self.ended.map_or(self.period.until, |(at, _)| at.min(self.period.until));
		Interval::new(self.period.from, until)
	}
}

/// A study.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Study<AccountId, Ticket> {
	/// The institution.
	pub organisation: OrgId,
	/// The principal investigator: answers for the study, and makes its calls.
	pub investigator: AccountId,
	/// The ethics body that approves it, and no other: neither does one body after the other look at it until one approves,
	/// nor can a body of which nobody asked anything end it.
	pub ethics: OrgId,
	/// All that data is wanted for. A request states some or all of it.
	pub uses: UseSet,
	/// The protocol and its amendments, the oldest first.
	pub protocols: BoundedVec<Protocol, ConstU32<MAX_PROTOCOLS>>,
	/// The ethics approvals, in the order in which they were given.
	pub approvals: BoundedVec<Approval<AccountId>, ConstU32<MAX_APPROVALS>>,
	/// When the ethics body withdrew its approval for good.
	pub withdrawn_at: Option<Moment>,
	/// How many requests it has made.
	pub requests: u32,
	/// Whether the institution has co-signed one of them.
	pub signed: bool,
	/// Whose deposit it is, and the deposit.
	pub deposit: (AccountId, Ticket),
}
