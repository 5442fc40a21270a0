//! What the runtime API tells.

use super::{
	Anchor, Authority, Dispute, ErasureRequest, LegalHold, RefusalReason, Relation, RetractReason,
	Retraction, Seq, Successor, Tombstone,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use salus_primitives::Moment;
use scale_info::TypeInfo;
use sp_core::H256;

/// The way from a leaf to the root of its batch.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct MerkleProof {
	/// The index of the leaf, from 0.
	pub index: u64,
	/// The siblings from the leaf upwards: at most 32.
	pub path: Vec<H256>,
}

/// All that is known of a slot, but for its subject.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct AnchorInfo {
	/// What was anchored.
	pub anchor: Anchor,
	/// The slot of the newest version of this lineage that the chain knows of. It may have been
	/// shredded.
	pub head: Seq,
	/// The version after this one.
	pub successor: Option<Successor>,
	/// Whether the slot as a whole does not stand. Records of a batch may be retracted by
	/// themselves: `verify` tells.
	pub retraction: Option<Retraction>,
	/// When the patient confirmed to have seen it.
	pub acknowledged_at: Option<Moment>,
	/// Until when it is kept at least: by its class, or longer if its author said so.
	pub retention_until: Moment,
	/// The legal holds that are in force now.
	pub holds: Vec<LegalHold>,
	/// The patient's disputes, oldest first, and how each stands now.
	pub disputes: Vec<DisputeInfo>,
	/// The patient's wish to have it erased, and how that stands now.
	pub erasure: Option<ErasureInfo>,
}

/// A dispute, and how it stands now.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct DisputeInfo {
	/// What was said, and when.
	pub dispute: Dispute,
	/// How it stands.
	pub state: DisputeState,
}

/// How a dispute stands: a matter of the clock alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum DisputeState {
	/// The author has time to answer.
	#[codec(index = 0)]
	Open {
		/// From when on an answer comes too late.
		due: Moment,
	},
	/// The author let its time pass. This stays so.
	#[codec(index = 1)]
	Unanswered {
		/// Since when.
		since: Moment,
	},
	/// The author answered in time.
	#[codec(index = 2)]
	Answered,
}

/// A request for erasure, and how it stands now.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct ErasureInfo {
	/// When it was made, and what the author answered.
	pub request: ErasureRequest,
	/// How it stands.
	pub state: ErasureState,
}

/// How a request for erasure stands. One that was honoured leaves a tombstone, and no request.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum ErasureState {
	/// The author has time to answer.
	#[codec(index = 0)]
	Open {
		/// From when on it is overdue.
		due: Moment,
	},
	/// The author let its time pass, and has not answered yet.
	#[codec(index = 1)]
	Overdue {
		/// Since when.
		since: Moment,
	},
	/// The author refused, in time or late.
	#[codec(index = 2)]
	Refused {
		/// Why.
		reason: RefusalReason,
		/// When.
		at: Moment,
	},
}

/// What has become of a slot.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum SlotState {
	/// It was never filled.
	#[codec(index = 0)]
	Unused,
	/// It is there.
	#[codec(index = 1)]
	Kept,
	/// Its author shredded it. The number is not given again.
	#[codec(index = 2)]
	Shredded(Tombstone),
	/// It was evicted after its retention. The number is not given again.
	#[codec(index = 3)]
	Evicted,
}

/// One version of a lineage.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct LineageEntry {
	/// Its slot.
	pub seq: Seq,
	/// What was anchored.
	pub anchor: Anchor,
	/// Whether it does not stand.
	pub retraction: Option<Retraction>,
}

/// How a record stood at a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Status {
	/// It was not on the chain yet.
	#[codec(index = 0)]
	NotYetAnchored,
	/// It stood, and there was no newer version.
	#[codec(index = 1)]
	Current,
	/// It stood until a newer version came.
	#[codec(index = 2)]
	Superseded {
		/// The slot of the version right after.
		by: Seq,
		/// What that version is to this.
		relation: Relation,
		/// When it came.
		at: Moment,
	},
	/// Its author had taken it back. This is told before anything else.
	#[codec(index = 3)]
	Retracted {
		/// Why.
		reason: RetractReason,
		/// Since when.
		at: Moment,
	},
}

/// That a record is what its author anchored, and how it stood at the moment asked for.
///
/// An answer for a past moment never changes while the slot is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Verification {
	/// When it was anchored.
	pub anchored_at: Moment,
	/// By which licence.
	pub authority: Authority,
	/// Its version within its lineage, from 1.
	pub version: u32,
	/// How it stood.
	pub status: Status,
	/// The slot of the newest version: only where the question is about now, because it grows.
	pub head: Option<Seq>,
}

/// Why a record is not verified.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum VerifyError {
	/// There is no such slot, and there never was.
	#[codec(index = 0)]
	Unknown,
	/// The slot is about something else: the record was changed, or the path is not its path.
	#[codec(index = 1)]
	NotAMember,
	/// The slot is a batch, and membership needs a proof.
	#[codec(index = 2)]
	ProofRequired,
	/// The slot is a single record, which has no place in a tree.
	#[codec(index = 3)]
	ProofUnexpected,
	/// The moment has not come.
	#[codec(index = 4)]
	Future,
	/// The slot was evicted after its retention. A receipt made before still proves what it was.
	#[codec(index = 5)]
	Evicted,
	/// The author shredded the slot: the chain knows the commitment no more, and so confirms none.
	#[codec(index = 6)]
	Shredded {
		/// When.
		at: Moment,
	},
}
