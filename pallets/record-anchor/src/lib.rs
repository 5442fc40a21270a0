//! # Record anchor pallet
//!
//! What existed, when, by whom, unchanged: salted commitments to records that stay off chain.
//!
//! ## Overview
//!
//! A licensed organisation, the *author*, writes a commitment into its next free *slot*. The
//! commitment is `blake2_256(domain ‖ salt ‖ form ‖ digest)` with a fresh random salt for each
//! record ([`salus_primitives::commitment`]): it shows any change of the record to whoever holds
//! record and salt, and tells nothing to anybody else. Destroying the salt makes it meaningless.
//!
//! - **Slots are the author's own.** The key is `(author, seq)`. Copying somebody's commitment
//!   proves nothing, since it stands under another author at a later time, and blocks nobody.
//! - **A slot is written once** and its number is never given again. What comes later (a
//!   successor, a retraction, an acknowledgement) is stored beside it.
//! - **A batch** is the root of a Merkle tree of up to 2^32 commitments, at the cost of one.
//! - **A lineage** is the chain of versions of one record: each names the head before it, so that
//!   there are no forks. It is made of single records. A record in a batch is marked by
//!   [`Pallet::retract`] with the index of its leaf, and its newer version is anchored anew.
//! - **The subject**, if a single record names one, is in a map of its own, [`Subjects`], that no
//!   proof of a slot touches: a receipt shown to a stranger must not reveal the patient's handle.
//!   No event names it, and there is no index by patient. A batch has no subject.
//! - **A subject needs a relation**: consent lets the signer treat the patient, or the author
//!   registered the patient. Nobody writes into a stranger's history. A version names the subject
//!   of the one before or none, so a correction stays possible after consent has ended.
//! - **As-of answers never change**: [`Pallet::verify`] answers for any past moment from moments
//!   that were stored when things happened, as long as the slot is kept.
//! - **A dispute hides nothing.** The patient's statement and the author's answer stand beside the
//!   record; a silent author is seen to be silent.
//! - **A slot ends in one of two ways.** Its author *shreds* it, after its retention or at the
//!   patient's wish, and leaves a tombstone; or anybody *evicts* it after its retention. Neither
//!   happens under a legal hold, and neither frees the number.
//! - **Time does nothing by itself.** Deadlines, retention and holds are compared with the clock
//!   when somebody asks or acts. No hook runs.
//!
//! ## Pallet API
//!
//! | Who | Calls |
//! |---|---|
//! | the author | [`Pallet::anchor`], [`Pallet::anchor_many`], [`Pallet::anchor_batch`], [`Pallet::retract`], [`Pallet::extend_dispute`], [`Pallet::answer_dispute`], [`Pallet::extend_retention`], [`Pallet::refuse_erasure`], [`Pallet::shred`] |
//! | the patient | [`Pallet::acknowledge`], [`Pallet::dispute`], [`Pallet::request_erasure`], [`Pallet::withdraw_erasure`] |
//! | a registrar that carries out court orders | [`Pallet::hold`], [`Pallet::release`] |
//! | anybody | [`Pallet::evict`], [`Pallet::sweep`] |
//!
//! Questions: the runtime API [`RecordAnchorApi`](runtime_api::RecordAnchorApi).
//!
//! The organisation's administrator, and its clinicians, nurses, pharmacists, laboratory scientists
//! and data stewards anchor for it ([`AUTHOR_ROLES`]); its privacy officer answers too
//! ([`ANSWER_ROLES`]), and with the data steward decides how long a record stays
//! ([`PRIVACY_ROLES`]). Anchoring needs a live licence as a provider, laboratory or pharmacy
//! ([`AUTHOR_KINDS`]). Nothing else does: an error must be marked, a patient answered and a record
//! erased also after a licence was suspended.
//!
//! ## Low Level Details
//!
//! The administrator's account posts a deposit for each slot; it covers all that author and patient
//! can ever store beside it, so that no call of a patient, who may have no tokens, costs one more. A
//! retraction of one leaf has a deposit of its own, because a batch may have billions of leaves; for
//! the same reason these are cleared away by [`Pallet::sweep`], some at a time, once the batch is
//! gone.
//!
//! Versions of a record are evicted oldest first, so that what is told of a version that is kept
//! (which version followed, and what it was to this one) never changes: the one that followed is
//! kept too or has left a tombstone.
//!
//! Invariants, checked by `try_state` and by random histories:
//! C1, a slot never changes; C2, a lineage is a chain with one head and versions that grow by one;
//! C3, slots are filled without gaps and never reused, whatever ends them; C4, where a slot stands in
//! the state, and how, never changes, so that a proof of it stays good; C5, what is held does not
//! leave; C6, there is a deposit for each slot, tombstone and retracted leaf, and none for anything
//! else; C7, no call takes a record or a salt: no argument can hold bytes of free length.

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]
#![cfg_attr(
	not(any(test, feature = "runtime-benchmarks")),
	deny(
		clippy::arithmetic_side_effects,
		clippy::as_conversions,
		clippy::expect_used,
		clippy::float_arithmetic,
		clippy::indexing_slicing,
		clippy::panic,
		clippy::todo,
		clippy::unreachable,
		clippy::unwrap_used
	)
)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod config;
mod events;
mod impls;
#[cfg(test)]
mod mock;
mod policy;
pub mod runtime_api;
mod storage;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
pub mod types;
pub mod weights;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

#[import_section(config::config)]
#[import_section(storage::storage)]
#[import_section(events::events)]
#[frame_support::pallet]
// Only what the SDK's macros generate here needs these; the code of the calls is in `impls`.
#[allow(clippy::as_conversions, clippy::expect_used, clippy::unreachable)]
pub mod pallet {
	use crate::{types::*, weights::WeightInfo};
	use frame_support::{
		pallet_prelude::*,
		traits::{Consideration, Footprint, UnixTime},
	};
	use frame_system::pallet_prelude::*;
	use salus_primitives::{
		commitment::Form,
		deposits::Backed,
		traits::{Credentials, Patients, Registrars, TreatmentRelation},
		Commitment, Moment, OrgId, PatientId,
	};

	/// The version of the storage's layout.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The record anchor pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::LineagePage::get() > 0, "a lineage's answer must hold a version");
			assert!(T::MaxRecords::get() > 0, "a call must be able to anchor a record");
			assert!(T::MaxEvicted::get() > 0, "a call must be able to evict a slot");
			let RetentionTerms { standard, minor, imaging, traceability, emergency_summary } =
				T::RetentionTerms::get();
			let shortest =
				standard.min(minor).min(imaging).min(traceability).min(emergency_summary);
			let longest = standard.max(minor).max(imaging).max(traceability).max(emergency_summary);
			assert!(shortest > 0, "a slot must be kept for some time");
			assert!(
				longest <= T::MaxRetention::get(),
				"every class must be within the longest term"
			);
			assert!(T::MaxHold::get() > 0, "a hold must be able to last");
			assert!(T::DisputeTime::get() > 0, "an author must have time to answer");
			assert!(T::ErasureTime::get() > 0, "an author must have time to erase");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Anchor one record in the author's next slot.
		///
		/// Origin: signed by the administrator of `org`, or by its clinician, nurse, pharmacist,
		/// laboratory scientist or data steward. The administrator posts the deposit.
		///
		/// - `org`: the author, licensed now as provider, laboratory or pharmacy.
		/// - `commitment`: the salted commitment to the record, made off chain.
		/// - `form`: over which bytes the record's digest is taken.
		/// - `subject`: whom the record is about, if it is to say so.
		/// - `previous`: the head of the author's lineage that this version succeeds, and what it
		///   is to that version.
		/// - `retention`: for how long the record is kept.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`], [`Error::NotLicensed`]: signer or organisation.
		/// - [`Error::ZeroCommitment`], [`Error::AlreadyAnchored`]: the commitment.
		/// - [`Error::WrongRelation`], [`Error::PreviousNotFound`], [`Error::PreviousNotSingle`],
		///   [`Error::PreviousNotHead`]: the version before.
		/// - [`Error::SubjectMismatch`], [`Error::SubjectNotFound`], [`Error::SubjectClosed`],
		///   [`Error::NotRelated`], [`Error::FlaggedOrganisation`]: the subject.
		/// - The error of the runtime's `Consideration` if the deposit cannot be held.
		///
		/// # Events
		/// [`Event::Anchored`].
		#[pallet::call_index(0)]
		#[pallet::weight(Pallet::<T>::most_for_one(subject.is_some(), previous.is_some()))]
		pub fn anchor(
			origin: OriginFor<T>,
			org: OrgId,
			commitment: Commitment,
			form: Form,
			subject: Option<PatientId>,
			previous: Option<(Seq, Relation)>,
			retention: RetentionClass,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let record = NewAnchor { commitment, form, subject, previous, retention };
			let asked = Self::do_anchor(&who, org, record)?;
			Ok(Some(Self::used_for_one(subject.is_some(), previous.is_some(), asked)).into())
		}

		/// Anchor the root of a Merkle tree of commitments in the author's next slot.
		///
		/// Origin: as for [`Pallet::anchor`]. The cost is the same for any number of leaves. The
		/// author keeps the leaves: without them nobody can prove membership.
		///
		/// - `org`: the author, licensed now as provider, laboratory or pharmacy.
		/// - `root`: the root, made as [`salus_primitives::commitment::merkle_root`] makes it.
		/// - `leaves`: how many commitments are under it, 1 to 2^32. The depth follows from it.
		/// - `form`: over which bytes the digest of each record is taken.
		/// - `retention`: for how long the records are kept.
		///
		/// # Errors
		/// - [`Error::WrongLeafCount`]: there is no such tree.
		/// - [`Error::NotAuthorised`], [`Error::NotLicensed`]: signer or organisation.
		/// - [`Error::ZeroCommitment`], [`Error::AlreadyAnchored`]: the root.
		/// - The error of the runtime's `Consideration` if the deposit cannot be held.
		///
		/// # Events
		/// [`Event::BatchAnchored`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::anchor_batch())]
		pub fn anchor_batch(
			origin: OriginFor<T>,
			org: OrgId,
			root: Commitment,
			leaves: u64,
			form: Form,
			retention: RetentionClass,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_anchor_batch(&who, org, root, leaves, form, retention)
		}

		/// Mark a record, or a whole batch, as one that does not stand. Once, and for ever.
		///
		/// Origin: as for [`Pallet::anchor`], but without a live licence. The slot stays, and
		/// answers for moments before the retraction do too. A retraction of a leaf costs the
		/// administrator a deposit.
		///
		/// - `org`: the author.
		/// - `seq`: its slot.
		/// - `leaf`: the index of a record in a batch; none for the whole slot.
		/// - `reason`: why.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer.
		/// - [`Error::NotFound`], [`Error::NotBatch`], [`Error::LeafNotFound`]: there is no such
		///   record.
		/// - [`Error::AlreadyRetracted`]: it was retracted before, by itself or with its batch.
		/// - The error of the runtime's `Consideration` if the deposit cannot be held.
		///
		/// # Events
		/// [`Event::Retracted`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::retract())]
		pub fn retract(
			origin: OriginFor<T>,
			org: OrgId,
			seq: Seq,
			leaf: Option<u64>,
			reason: RetractReason,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_retract(&who, org, seq, leaf, reason)
		}

		/// Confirm, as the patient, to have seen a record. It agrees to nothing.
		///
		/// Origin: signed by any live key of the patient whom the record names. Without a deposit.
		///
		/// - `author`: the organisation that anchored the record.
		/// - `seq`: its slot.
		///
		/// # Errors
		/// - [`Error::NotFound`]: there is no such slot, or none any more.
		/// - [`Error::NotSubject`]: the record is not about the signer.
		/// - [`Error::AlreadyAcknowledged`]: the patient has confirmed it before.
		///
		/// # Events
		/// [`Event::Acknowledged`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::acknowledge())]
		pub fn acknowledge(origin: OriginFor<T>, author: OrgId, seq: Seq) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_acknowledge(&who, author, seq)
		}

		/// Anchor several single records in the author's next slots, in the order given: all or none.
		///
		/// Origin: as for [`Pallet::anchor`], as which every record is treated. A record may succeed one
		/// that comes before it in the list.
		///
		/// - `org`: the author, licensed now as provider, laboratory or pharmacy.
		/// - `records`: 1 to [`Config::MaxRecords`] of them.
		///
		/// # Errors
		/// - [`Error::EmptyList`]: there is none.
		/// - Those of [`Pallet::anchor`], for any of the records.
		///
		/// # Events
		/// [`Event::Anchored`] for each.
		#[pallet::call_index(4)]
		#[pallet::weight(Pallet::<T>::most_for_many(records))]
		pub fn anchor_many(
			origin: OriginFor<T>,
			org: OrgId,
			records: BoundedVec<NewAnchor, T::MaxRecords>,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let most = Self::most_for_many(&records);
			let alone = Self::do_anchor_many(&who, org, records.into_iter())?;
			Ok(Some(alone.min(most)).into())
		}

		/// Say, as the patient, that a record is wrong or incomplete. The record stands as before, and
		/// the dispute beside it, answered or not.
		///
		/// Origin: signed by a live key of the patient whom the record names, for consent or for authentication. Without a
		/// deposit. Up to [`MAX_DISPUTES`] times for a record, one after the other.
		///
		/// - `author`: the organisation that anchored the record.
		/// - `seq`: its slot.
		/// - `statement`: the salted commitment to what the patient says, made off chain.
		///
		/// # Errors
		/// - [`Error::NotFound`], [`Error::NotSubject`]: as for [`Pallet::acknowledge`].
		/// - [`Error::NotForDisputes`]: the key may only look.
		/// - [`Error::ZeroCommitment`]: the statement.
		/// - [`Error::DisputeOpen`]: the author still has time to answer the last one.
		/// - [`Error::TooManyDisputes`]: there were as many as there can be.
		///
		/// # Events
		/// [`Event::Disputed`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::dispute())]
		pub fn dispute(
			origin: OriginFor<T>,
			author: OrgId,
			seq: Seq,
			statement: Commitment,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_dispute(&who, author, seq, statement)
		}

		/// Take more time to answer a dispute: [`Config::DisputeExtension`], once.
		///
		/// Origin: signed by the administrator of `org`, or in one of [`ANSWER_ROLES`]. Without a live
		/// licence.
		///
		/// - `org`: the author.
		/// - `seq`: its slot.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`], [`Error::NotFound`]: the signer, the slot.
		/// - [`Error::NotDisputed`], [`Error::AlreadyAnswered`], [`Error::AnswerTooLate`],
		///   [`Error::AlreadyExtended`]: the dispute.
		///
		/// # Events
		/// [`Event::DisputeExtended`].
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::extend_dispute())]
		pub fn extend_dispute(origin: OriginFor<T>, org: OrgId, seq: Seq) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_extend_dispute(&who, org, seq)
		}

		/// Answer the last dispute about a record. In time only: what was not answered in time stays
		/// unanswered for all to see.
		///
		/// Origin: as for [`Pallet::extend_dispute`].
		///
		/// - `org`: the author.
		/// - `seq`: its slot.
		/// - `outcome`: who is right. A correction names the newer version.
		/// - `statement`: the salted commitment to the reasons, made off chain.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`], [`Error::NotFound`]: the signer, the slot.
		/// - [`Error::NotDisputed`], [`Error::AlreadyAnswered`], [`Error::AnswerTooLate`]: the dispute.
		/// - [`Error::ZeroCommitment`]: the statement.
		/// - [`Error::NotACorrection`]: the slot named holds no newer version of the record.
		///
		/// # Events
		/// [`Event::DisputeAnswered`].
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::answer_dispute())]
		pub fn answer_dispute(
			origin: OriginFor<T>,
			org: OrgId,
			seq: Seq,
			outcome: Outcome,
			statement: Commitment,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_answer_dispute(&who, org, seq, outcome, statement)
		}

		/// Keep a slot for longer than its class asks, or than was said before. Never for less.
		///
		/// Origin: signed by the administrator of `org`, or in one of [`PRIVACY_ROLES`]. Without a live
		/// licence.
		///
		/// - `org`: the author.
		/// - `seq`: its slot.
		/// - `until`: the first moment at which it need not be kept; within [`Config::MaxRetention`].
		///
		/// # Errors
		/// - [`Error::NotAuthorised`], [`Error::NotFound`]: the signer, the slot.
		/// - [`Error::RetentionNotLonger`], [`Error::WrongRetention`]: the moment.
		///
		/// # Events
		/// [`Event::RetentionExtended`].
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::extend_retention())]
		pub fn extend_retention(
			origin: OriginFor<T>,
			org: OrgId,
			seq: Seq,
			until: Moment,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_extend_retention(&who, org, seq, until)
		}

		/// Put a slot on legal hold, or renew the hold: it is neither shredded nor evicted until then.
		///
		/// Origin: signed by a registrar that carries out court orders. An organisation has one hold on a
		/// slot, whichever of its registrars acts; several organisations can hold the same slot.
		///
		/// - `author`, `seq`: the slot, single record or batch.
		/// - `until`: the first moment at which it no longer holds; within [`Config::MaxHold`].
		///
		/// # Errors
		/// - [`Error::NotCourt`], [`Error::NotFound`]: the signer, the slot.
		/// - [`Error::WrongHold`], [`Error::HoldNotLonger`]: the moment.
		/// - [`Error::TooManyHolds`]: [`MAX_HOLDS`] organisations hold it.
		///
		/// # Events
		/// [`Event::Held`].
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::hold())]
		pub fn hold(
			origin: OriginFor<T>,
			author: OrgId,
			seq: Seq,
			until: Moment,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_hold(&who, author, seq, until)
		}

		/// Take the hold of one's own organisation off a slot.
		///
		/// Origin: as for [`Pallet::hold`].
		///
		/// - `author`, `seq`: the slot.
		///
		/// # Errors
		/// - [`Error::NotCourt`], [`Error::NotFound`]: the signer, the slot.
		/// - [`Error::NotHeld`]: the organisation holds it not, or not any more.
		///
		/// # Events
		/// [`Event::Released`].
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::release())]
		pub fn release(origin: OriginFor<T>, author: OrgId, seq: Seq) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_release(&who, author, seq)
		}

		/// Ask, as the patient, to have a record erased. The author shreds it or says why not, within
		/// [`Config::ErasureTime`]; if it does neither, everybody sees that it is late.
		///
		/// Origin: signed by a live key for consent of the patient whom the record names; the handle is Active. Without a deposit.
		///
		/// - `author`: the organisation that anchored the record.
		/// - `seq`: its slot.
		///
		/// # Errors
		/// - [`Error::NotFound`], [`Error::NotSubject`]: as for [`Pallet::acknowledge`].
		/// - [`Error::NotForConsent`], [`Error::SubjectNotActive`]: the key, the handle.
		/// - [`Error::AlreadyRequested`]: the patient has asked before.
		///
		/// # Events
		/// [`Event::ErasureRequested`].
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::request_erasure())]
		pub fn request_erasure(origin: OriginFor<T>, author: OrgId, seq: Seq) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_request_erasure(&who, author, seq)
		}

		/// Take back, as the patient, the wish to have a record erased: also what somebody asked with a
		/// stolen key.
		///
		/// Origin: as for [`Pallet::request_erasure`].
		///
		/// - `author`: the organisation that anchored the record.
		/// - `seq`: its slot.
		///
		/// # Errors
		/// - [`Error::NotFound`], [`Error::NotSubject`]: as for [`Pallet::acknowledge`].
		/// - [`Error::NotRequested`]: the patient has not asked.
		///
		/// # Events
		/// [`Event::ErasureWithdrawn`].
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::withdraw_erasure())]
		pub fn withdraw_erasure(origin: OriginFor<T>, author: OrgId, seq: Seq) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_erasure(&who, author, seq)
		}

		/// Say that a record is not erased, and why. Late rather than never.
		///
		/// Origin: as for [`Pallet::extend_retention`]. The author may change its mind and shred later.
		///
		/// - `org`: the author.
		/// - `seq`: its slot.
		/// - `reason`: which exception applies.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`], [`Error::NotFound`]: the signer, the slot.
		/// - [`Error::NotRequested`], [`Error::AlreadyRefused`]: the request.
		///
		/// # Events
		/// [`Event::ErasureRefused`].
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::refuse_erasure())]
		pub fn refuse_erasure(
			origin: OriginFor<T>,
			org: OrgId,
			seq: Seq,
			reason: RefusalReason,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_refuse_erasure(&who, org, seq, reason)
		}

		/// Erase a slot: the commitment leaves the state with all that stands beside it. A tombstone
		/// stays, and the number is never given again. The deposit comes back, but for the tombstone's
		/// part. Blocks keep what was in them: destroy record and salt first.
		///
		/// Origin: as for [`Pallet::extend_retention`]. After the retention, or before it if the patient
		/// has asked for it; a batch, which has no subject, only after.
		///
		/// - `org`: the author.
		/// - `seq`: its slot.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`], [`Error::NotFound`]: the signer, the slot.
		/// - [`Error::OnHold`]: the slot is on legal hold.
		/// - [`Error::DisputeOpen`]: the patient waits for an answer.
		/// - [`Error::RetentionNotOver`]: it is too early, and the patient has not asked.
		///
		/// # Events
		/// [`Event::Shredded`].
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::shred())]
		pub fn shred(origin: OriginFor<T>, org: OrgId, seq: Seq) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_shred(&who, org, seq)
		}

		/// Take slots whose retention is over out of the state, with all that stands beside them: all or
		/// none. Their deposits go back to whoever put them down. The numbers are never given again, and
		/// receipts that were made before stay good.
		///
		/// Origin: signed by anybody.
		///
		/// - `author`: whose slots.
		/// - `seqs`: 1 to [`Config::MaxEvicted`] of them; of a lineage, older versions first.
		///
		/// # Errors
		/// - [`Error::EmptyList`]: there is none.
		/// - [`Error::NotFound`]: there is no such slot, or it is in the list twice.
		/// - [`Error::OnHold`], [`Error::RetentionNotOver`], [`Error::DisputeOpen`]: it has to stay.
		/// - [`Error::EarlierVersionKept`]: an older version of the same record has to go first.
		///
		/// # Events
		/// [`Event::Evicted`] for each.
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::evict(u32::try_from(seqs.len()).unwrap_or(u32::MAX)))]
		pub fn evict(
			origin: OriginFor<T>,
			author: OrgId,
			seqs: BoundedVec<Seq, T::MaxEvicted>,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_evict(author, seqs.into_iter())
		}

		/// Clear away the retractions of single records of a batch that was shredded or evicted, and give
		/// their deposits back.
		///
		/// Origin: signed by anybody.
		///
		/// - `author`, `seq`: the slot that the batch was in.
		/// - `limit`: how many at most, 1 to [`Config::MaxEvicted`].
		///
		/// # Errors
		/// - [`Error::WrongLimit`]: none, or too many.
		/// - [`Error::StillKept`]: the slot is still there.
		/// - [`Error::NothingLeft`]: there is nothing to clear away.
		///
		/// # Events
		/// [`Event::Swept`].
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::sweep((*limit).min(T::MaxEvicted::get())))]
		pub fn sweep(origin: OriginFor<T>, author: OrgId, seq: Seq, limit: u32) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_sweep(author, seq, limit)
		}
	}
}
