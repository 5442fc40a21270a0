//! What comes to stand beside a slot in the course of its life, and what is left after it.

use super::{DisputeState, ErasureState, Relation, RetentionClass, Seq, AUTHOR_ROLES};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use salus_primitives::{Commitment, Moment, OrgId, Role, RoleSet};
use scale_info::TypeInfo;

/// The roles in which a person may answer a patient's dispute for an organisation.
pub const ANSWER_ROLES: RoleSet = AUTHOR_ROLES.with(Role::PrivacyOfficer);

/// The roles in which a person may decide for an organisation how long a record stays: extend its
/// retention, refuse to erase it, shred it.
pub const PRIVACY_ROLES: RoleSet =
	RoleSet::EMPTY.with(Role::PrivacyOfficer).with(Role::DataSteward);

/// How often a patient can dispute one record.
pub const MAX_DISPUTES: u32 = 3;

/// How many organisations can hold one slot at a time.
pub const MAX_HOLDS: u32 = 8;

/// The disputes of one record, oldest first. Only the last can be open.
pub type Rounds = BoundedVec<Dispute, ConstU32<MAX_DISPUTES>>;

/// The legal holds of one slot, one of each organisation.
pub type LegalHolds = BoundedVec<LegalHold, ConstU32<MAX_HOLDS>>;

/// For how many seconds from its anchoring a slot of each class is kept at least.
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
pub struct RetentionTerms {
	/// An adult's ordinary record.
	pub standard: Moment,
	/// A minor's record.
	pub minor: Moment,
	/// Images.
	pub imaging: Moment,
	/// Blood, tissue and what must be traced back.
	pub traceability: Moment,
	/// A summary for emergencies.
	pub emergency_summary: Moment,
}

impl RetentionTerms {
	/// The term of `class`.
	pub const fn of(&self, class: RetentionClass) -> Moment {
		match class {
			RetentionClass::Standard => self.standard,
			RetentionClass::Minor => self.minor,
			RetentionClass::Imaging => self.imaging,
			RetentionClass::Traceability => self.traceability,
			RetentionClass::EmergencySummary => self.emergency_summary,
		}
	}
}

/// That a patient says that a record about it is wrong or incomplete.
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
pub struct Dispute {
	/// The salted commitment to what the patient says.
	pub statement: Commitment,
	/// When.
	pub raised_at: Moment,
	/// From when on an answer comes too late.
	pub due: Moment,
	/// Whether the author has taken more time, which it may once.
	pub extended: bool,
	/// What the author answered.
	pub answer: Option<Answer>,
}

impl Dispute {
	/// How it stands at `now`.
	pub const fn state(&self, now: Moment) -> DisputeState {
		match self.answer {
			Some(_) => DisputeState::Answered,
			None if now < self.due => DisputeState::Open { due: self.due },
			None => DisputeState::Unanswered { since: self.due },
		}
	}

	/// Whether the author still has time to answer at `now`.
	pub const fn is_open(&self, now: Moment) -> bool {
		self.answer.is_none() && now < self.due
	}
}

/// An author's answer to a dispute.
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
pub struct Answer {
	/// Who is right, and what was done.
	pub outcome: Outcome,
	/// The salted commitment to the reasons.
	pub statement: Commitment,
	/// When.
	pub at: Moment,
}

/// How an author answers a dispute.
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
	/// The patient is right. The record is not corrected by a newer version: it may be retracted, or
	/// the statement says what was done.
	#[codec(index = 0)]
	Upheld,
	/// The patient is right, in whole or in part, and a newer version says so.
	#[codec(index = 1)]
	Corrected {
		/// The slot of that version, of the same lineage.
		by: Seq,
	},
	/// The author stands by the record. The patient's statement stays beside it.
	#[codec(index = 2)]
	Rejected,
}

/// That a court or a regulator wants a slot to stay.
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
pub struct LegalHold {
	/// The organisation for which the registrar acted.
	pub organisation: OrgId,
	/// Since when.
	pub from: Moment,
	/// The first moment at which it no longer holds.
	pub until: Moment,
}

impl LegalHold {
	/// Whether it is in force at `now`.
	pub const fn is_live(&self, now: Moment) -> bool {
		now < self.until
	}
}

/// That a patient wants a record about it erased.
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
pub struct ErasureRequest {
	/// When.
	pub requested_at: Moment,
	/// From when on the author is late with its answer.
	pub due: Moment,
	/// That the author refused. It may still change its mind and shred the slot.
	pub refusal: Option<Refusal>,
}

impl ErasureRequest {
	/// How it stands at `now`.
	pub const fn state(&self, now: Moment) -> ErasureState {
		match self.refusal {
			Some(Refusal { reason, at }) => ErasureState::Refused { reason, at },
			None if now < self.due => ErasureState::Open { due: self.due },
			None => ErasureState::Overdue { since: self.due },
		}
	}
}

/// That an author does not erase a record.
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
pub struct Refusal {
	/// Why.
	pub reason: RefusalReason,
	/// When.
	pub at: Moment,
}

/// Why a record is not erased although the patient asked for it: the exceptions of Article 17(3) of
/// the GDPR that can apply to a record of care.
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
pub enum RefusalReason {
	/// A law obliges the author to keep it: 17(3)(b).
	#[codec(index = 0)]
	LegalObligation,
	/// Public interest in the area of public health: 17(3)(c).
	#[codec(index = 1)]
	PublicHealth,
	/// Archiving in the public interest, research or statistics: 17(3)(d).
	#[codec(index = 2)]
	Archiving,
	/// Legal claims that somebody makes or defends: 17(3)(e).
	#[codec(index = 3)]
	LegalClaims,
}

/// What is left of a slot that was shredded. It stays for ever, so that nobody can take the slot for
/// one that was evicted in the ordinary course.
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
pub struct Tombstone {
	/// Why it was shredded.
	pub why: ShredReason,
	/// When.
	pub at: Moment,
	/// What the slot was to the version before it: answers about that version still tell it.
	pub relation: Relation,
}

/// Why a slot was shredded.
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
pub enum ShredReason {
	/// Its retention was over.
	#[codec(index = 0)]
	RetentionOver,
	/// The patient had asked for it.
	#[codec(index = 1)]
	ErasureRequested,
}
