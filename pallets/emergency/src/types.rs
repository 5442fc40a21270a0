//! What the pallet stores and what its calls take.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{pallet_prelude::ConstU32, BoundedVec};
pub use salus_primitives::EmergencyId;
use salus_primitives::{
	AdvanceDirective, Allowance, Commitment, EmergencyAccess, EmergencyReason, Moment, OrgId,
	OrgKind, OrgKindSet, PatientId,
};
use scale_info::TypeInfo;

/// The most changes of one patient's advance directive. There is always room to make it stricter.
pub const MAX_ADVANCE: u32 = 64;

/// How many reviews that nobody made one call takes into account.
pub const SETTLED_AT_ONCE: u32 = 8;

/// The kinds of organisations that treat: holding a licence of one of them will do.
pub const CARE_KINDS: OrgKindSet =
	OrgKindSet::EMPTY.with(OrgKind::Provider).with(OrgKind::Pharmacy).with(OrgKind::Laboratory);

/// What somebody finds of an emergency.
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
pub enum Finding {
	/// The glass was rightly broken.
	#[codec(index = 0)]
	Justified,
	/// It was not.
	#[codec(index = 1)]
	Unjustified,
}

/// What stood of an emergency at some moment.
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
pub enum Outcome {
	/// It can still be reviewed.
	#[codec(index = 0)]
	Pending,
	/// A review has found so, and no ruling otherwise.
	#[codec(index = 1)]
	Found(Finding),
	/// Unjustified, because nobody reviewed it in time.
	#[codec(index = 2)]
	UnjustifiedBySilence,
	/// An auditor has ruled so, after the patient's dispute.
	#[codec(index = 3)]
	Ruled(Finding),
	/// Found justified; the patient has disputed that since this moment, and nobody has ruled.
	#[codec(index = 4)]
	Disputed(Moment),
	/// Recorded late, and no auditor reviewed it in time: nobody has found anything.
	#[codec(index = 5)]
	Unreviewed,
}

/// A finding, and whose it is.
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
pub struct Opinion<AccountId> {
	/// What was found.
	pub finding: Finding,
	/// When.
	pub at: Moment,
	/// Who found it.
	pub by: AccountId,
	/// For which organisation.
	pub acting_for: OrgId,
}

/// One breaking of the glass. Nothing of it changes but what is found of it.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Emergency<AccountId, Ticket> {
	/// The patient.
	pub patient: PatientId,
	/// What it lets whom. Of one that was recorded late the period is empty, and begins when it happened: it lets
	/// nothing.
	pub access: EmergencyAccess<AccountId>,
	/// Why.
	pub reason: EmergencyReason,
	/// A salted commitment to what the organisation has written down about it.
	pub detail: Commitment,
	/// When it was recorded.
	pub recorded_at: Moment,
	/// Whether it was beyond the credit of the organisation or of the person.
	pub over_credit: bool,
	/// Whether it was beyond the credit of the person: then no deposit is asked of the organisation.
	pub beyond_person: bool,
	/// Since when it lets nothing any more, before the end of its period: the organisation itself found it unjustified,
	/// or another of the same person for this patient that has a class in common with it.
	pub stopped_at: Option<Moment>,
	/// What a review has found.
	pub review: Option<Opinion<AccountId>>,
	/// When the patient disputed that.
	pub disputed_at: Option<Moment>,
	/// What an auditor has ruled.
	pub ruling: Option<Opinion<AccountId>>,
	/// The emergency before this one of the same person at the same organisation for this patient: of one recorded
	/// late, the one recorded late before.
	pub previous: Option<EmergencyId>,
	/// Whose deposit it is, and the deposit; `None` if none was asked for, or the organisation could not pay it.
	pub deposit: Option<(AccountId, Ticket)>,
}

impl<AccountId, Ticket> Emergency<AccountId, Ticket> {
	/// Whether it was recorded after it had happened.
	pub fn is_late(&self) -> bool {
		self.access.period.is_empty()
	}
}

/// How many emergencies of an organisation there were, and what was found of them.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Default,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Counts {
	/// Recorded when they happened.
	pub timely: u32,
	/// Recorded late.
	pub late: u32,
	/// Of all of them, beyond credit.
	pub over_credit: u32,
	/// Found justified by a review.
	pub justified: u32,
	/// Found unjustified by a review.
	pub unjustified: u32,
	/// Recorded in time, and unjustified because nobody reviewed them in time.
	pub by_silence: u32,
	/// Recorded late, and reviewed by no auditor in time.
	pub late_unreviewed: u32,
	/// Of those found justified, disputed by the patient.
	pub disputed: u32,
	/// Of the disputed, ruled unjustified.
	pub overruled: u32,
	/// Of all of them, those whose deposit the organisation could not pay.
	pub unpaid: u32,
}

/// What the pallet keeps of an organisation.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Default,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Ledger {
	/// How many emergencies it has declared: the place of the next one among them.
	pub next: u32,
	/// The place up to which it is settled what nobody reviewed.
	pub settled: u32,
	/// What it has used of its credit, in parts of [`ONE_THING`](salus_primitives::ONE_THING); up to twice of what it has.
	pub used: Allowance<u64>,
	/// By how much its credit has shrunk, in the same parts. It recovers.
	pub penalty: Allowance<u64>,
	/// How many there were.
	pub counts: Counts,
}

/// What a person has used of what is its own at an organisation.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Default,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct PersonUse {
	/// Of its credit, in parts of [`ONE_THING`](salus_primitives::ONE_THING); up to twice of what it has.
	pub credit: Allowance<u64>,
	/// Of what it may record late in a day, in the same parts.
	pub late: Allowance<u64>,
}

/// From when a patient had said something about emergency access.
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
pub struct AdvanceTerm {
	/// From when.
	pub from: Moment,
	/// What.
	pub value: AdvanceDirective,
}

/// A patient's advance directives, the oldest first. Each is in force until the next begins.
pub type AdvanceList = BoundedVec<AdvanceTerm, ConstU32<MAX_ADVANCE>>;

/// A relaxation of an advance directive that waits.
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
pub struct PendingRelaxation {
	/// What it is to be.
	pub value: AdvanceDirective,
	/// When it was asked for.
	pub requested_at: Moment,
	/// From when it can be applied.
	pub ready_at: Moment,
}

/// An emergency as it is told, without its deposit.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct EmergencyInfo<AccountId> {
	/// Its number.
	pub id: EmergencyId,
	/// The emergency.
	pub emergency: Emergency<AccountId, ()>,
	/// From when on it lets nothing any more: the end of its period, or when the organisation itself stopped it.
	pub lets_until: Moment,
	/// Until when it can be reviewed.
	pub review_by: Moment,
	/// What stands of it.
	pub outcome: Outcome,
}

/// How an organisation stands.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct CreditInfo {
	/// Its credit.
	pub credit: u32,
	/// What is left of it.
	pub left: u32,
	/// Its emergencies that can still be reviewed.
	pub pending: u32,
	/// How many there were, also of those that nobody reviewed and no transaction has settled.
	pub counts: Counts,
}
