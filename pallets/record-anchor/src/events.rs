//! The events and errors of the pallet, in a section of their own for the reader's sake.

use frame_support::pallet_macros::pallet_section;

/// Events and errors.
#[pallet_section]
mod events {
	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A record was anchored.
		Anchored {
			/// The organisation that anchored it.
			author: OrgId,
			/// Its slot.
			seq: Seq,
			/// Its version within its lineage, from 1.
			version: u32,
			/// The slot of the version before, which it succeeds.
			previous: Option<Seq>,
			/// What it is to the version before.
			relation: Relation,
		},
		/// A batch of records was anchored.
		BatchAnchored {
			/// The organisation that anchored it.
			author: OrgId,
			/// Its slot.
			seq: Seq,
			/// How many records are in it.
			leaves: u64,
		},
		/// A record does not stand any more.
		Retracted {
			/// The organisation that had anchored it.
			author: OrgId,
			/// Its slot.
			seq: Seq,
			/// The index of the record in its batch; none for the whole slot.
			leaf: Option<u64>,
			/// Why.
			reason: RetractReason,
		},
		/// The patient confirmed to have seen a record.
		Acknowledged {
			/// The organisation that anchored it.
			author: OrgId,
			/// Its slot.
			seq: Seq,
		},
		/// The patient says that a record is wrong or incomplete.
		Disputed {
			/// The organisation that anchored it.
			author: OrgId,
			/// Its slot.
			seq: Seq,
			/// The commitment to what the patient says.
			statement: Commitment,
			/// From when on an answer comes too late.
			due: Moment,
		},
		/// The author took more time to answer a dispute.
		DisputeExtended {
			/// The organisation that anchored the record.
			author: OrgId,
			/// Its slot.
			seq: Seq,
			/// From when on an answer comes too late.
			due: Moment,
		},
		/// The author answered a dispute.
		DisputeAnswered {
			/// The organisation that anchored the record.
			author: OrgId,
			/// Its slot.
			seq: Seq,
			/// Who is right, and what was done.
			outcome: Outcome,
			/// The commitment to the reasons.
			statement: Commitment,
		},
		/// The author keeps a slot for longer.
		RetentionExtended {
			/// The organisation that anchored it.
			author: OrgId,
			/// The slot.
			seq: Seq,
			/// Until when.
			until: Moment,
		},
		/// A slot was put on legal hold, or its hold renewed.
		Held {
			/// The organisation that anchored it.
			author: OrgId,
			/// The slot.
			seq: Seq,
			/// The organisation whose registrar did.
			by: OrgId,
			/// Until when.
			until: Moment,
		},
		/// A legal hold was taken off a slot.
		Released {
			/// The organisation that anchored it.
			author: OrgId,
			/// The slot.
			seq: Seq,
			/// The organisation whose hold it was.
			by: OrgId,
		},
		/// The patient wants a record erased.
		ErasureRequested {
			/// The organisation that anchored it.
			author: OrgId,
			/// Its slot.
			seq: Seq,
			/// From when on the author is late with its answer.
			due: Moment,
		},
		/// The patient does not want it erased any more.
		ErasureWithdrawn {
			/// The organisation that anchored the record.
			author: OrgId,
			/// Its slot.
			seq: Seq,
		},
		/// The author does not erase a record.
		ErasureRefused {
			/// The organisation that anchored it.
			author: OrgId,
			/// Its slot.
			seq: Seq,
			/// Why not.
			reason: RefusalReason,
		},
		/// The author shredded a slot: a tombstone is left.
		Shredded {
			/// The organisation that had anchored it.
			author: OrgId,
			/// The slot.
			seq: Seq,
			/// Why.
			why: ShredReason,
		},
		/// A slot was evicted after its retention.
		Evicted {
			/// The organisation that had anchored it.
			author: OrgId,
			/// The slot.
			seq: Seq,
		},
		/// What was left of a batch that is gone was cleared away.
		Swept {
			/// The organisation that had anchored it.
			author: OrgId,
			/// Its slot.
			seq: Seq,
			/// How many retractions of single records.
			leaves: u32,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// The signer neither administers the organisation nor is affiliated to it now in a role
		/// that makes records.
		NotAuthorised,
		/// The organisation holds no live licence of a kind that makes records.
		NotLicensed,
		/// A commitment, root or statement is all zeros, which commits to nothing.
		ZeroCommitment,
		/// The author has anchored this commitment or root before.
		AlreadyAnchored,
		/// There is no such handle.
		SubjectNotFound,
		/// The handle is retired, or the patient is finally recorded as dead.
		SubjectClosed,
		/// Neither does the patient's consent let the signer treat, nor did the author register
		/// the patient.
		NotRelated,
		/// The version before is about another subject, or about none.
		SubjectMismatch,
		/// The author has no such slot to succeed.
		PreviousNotFound,
		/// The slot to succeed is a batch, which has no lineage.
		PreviousNotSingle,
		/// The slot to succeed has a successor: a lineage does not fork.
		PreviousNotHead,
		/// `New` relates to no version before.
		WrongRelation,
		/// There is no tree of so many leaves: none, or more than 2^32.
		WrongLeafCount,
		/// There is no such slot, or none any more.
		NotFound,
		/// A leaf was named, and the slot is a single record.
		NotBatch,
		/// The batch has fewer leaves.
		LeafNotFound,
		/// It was retracted before, by itself or with its whole batch.
		AlreadyRetracted,
		/// The record names no subject, or the signer is no live key of that patient.
		NotSubject,
		/// The patient has confirmed it before.
		AlreadyAcknowledged,
		/// The author's very name says something about its patients, so it names none in plain.
		FlaggedOrganisation,
		/// The list is empty.
		EmptyList,
		/// The last dispute about the record still waits for its answer.
		DisputeOpen,
		/// The patient has disputed the record as often as it can.
		TooManyDisputes,
		/// The patient has not disputed the record.
		NotDisputed,
		/// The dispute was answered before.
		AlreadyAnswered,
		/// The time to answer the dispute is over.
		AnswerTooLate,
		/// The author has taken more time for this dispute before.
		AlreadyExtended,
		/// The slot named is no newer version of the disputed record.
		NotACorrection,
		/// The slot is kept until then, or longer, in any case: retention is never shortened.
		RetentionNotLonger,
		/// The retention would end in the past, or too far in the future.
		WrongRetention,
		/// The retention is not over.
		RetentionNotOver,
		/// The signer is no registrar that carries out court orders.
		NotCourt,
		/// The hold would end in the past, or last too long.
		WrongHold,
		/// The organisation's hold on the slot lasts until then or longer. A hold that is to end
		/// earlier is released.
		HoldNotLonger,
		/// As many organisations hold the slot as can.
		TooManyHolds,
		/// The registrar's organisation does not hold the slot.
		NotHeld,
		/// The slot is on legal hold.
		OnHold,
		/// The patient has asked for erasure before.
		AlreadyRequested,
		/// The patient has not asked for erasure.
		NotRequested,
		/// The request for erasure was refused before.
		AlreadyRefused,
		/// An earlier version of the same record is still kept: a lineage is evicted oldest first.
		EarlierVersionKept,
		/// The slot is still kept: there is nothing to clear away after it.
		StillKept,
		/// Nothing is left of the slot that could be cleared away.
		NothingLeft,
		/// The limit is zero, or larger than one call can do.
		WrongLimit,
		/// The signer's key is not for consent, so it cannot let a record be destroyed.
		NotForConsent,
		/// The patient's handle is frozen or retired.
		SubjectNotActive,
		/// The signer's key may only look: it uses up none of the patient's disputes.
		NotForDisputes,
	}
}
