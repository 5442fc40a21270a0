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
//!   that were stored when things happened.
//!
//! ## Pallet API
//!
//! Calls: [`Pallet::anchor`], [`Pallet::anchor_batch`], [`Pallet::retract`],
//! [`Pallet::acknowledge`]. Questions: the runtime API [`RecordAnchorApi`].
//!
//! The organisation's administrator, and its clinicians, nurses, pharmacists, laboratory scientists
//! and data stewards act for it ([`AUTHOR_ROLES`]). Anchoring needs a live licence as a provider,
//! laboratory or pharmacy ([`AUTHOR_KINDS`]). Retracting does not: an error must be marked also
//! after a licence was suspended.
//!
//! ## Low Level Details
//!
//! The administrator's account posts a deposit for each slot; it covers all that can ever be
//! stored beside it, so neither a retraction of the whole slot nor an acknowledgement by a patient
//! without tokens costs one more. A retraction of one leaf has a deposit of its own, because a
//! batch may have billions of leaves. Deposits come back when slots are evicted.
//!
//! Invariants, checked by `try_state`: C1, a slot never changes; C2, a lineage is a chain with
//! one head and versions that grow by one; C3, slots have no gaps and are never reused; C6, there
//! is a deposit for each slot and each retracted leaf, and none for anything else; C7, no call
//! takes a record or a salt: no argument can hold bytes of free length.

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
mod impls;
#[cfg(test)]
mod mock;
pub mod runtime_api;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
pub mod types;
pub mod weights;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

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
		traits::{Credentials, Patients, TreatmentRelation},
		Commitment, Moment, OrgId, PatientId,
	};

	/// The version of the storage's layout.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The record anchor pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the pallet needs of its runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The weights of the calls.
		type WeightInfo: WeightInfo;

		/// The time of the block.
		type Time: UnixTime;

		/// Licences and affiliations: who may act for which organisation.
		type Credentials: Credentials<Self::AccountId>;

		/// Patients' handles and keys.
		type Patients: Patients<Self::AccountId>;

		/// Whom a patient's consent lets treat.
		type Treatment: TreatmentRelation<Self::AccountId>;

		/// What an author's administrator puts down for what the author stores.
		type Consideration: Consideration<Self::AccountId, Footprint>;

		/// The most versions that one question about a lineage answers. At least 1.
		#[pallet::constant]
		type LineagePage: Get<u32>;
	}

	/// Why the pallet holds tokens.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// For what an author keeps on chain.
		Anchor,
	}

	/// A deposit as this runtime stores it.
	pub type DepositOf<T> =
		Deposit<<T as frame_system::Config>::AccountId, <T as Config>::Consideration>;

	/// The next free slot of each author: how many it has ever used. Never goes back.
	#[pallet::storage]
	pub type NextSeq<T: Config> = StorageMap<_, Twox64Concat, OrgId, Seq, ValueQuery>;

	/// The slots, by author and number.
	#[pallet::storage]
	pub type Anchors<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrgId, Twox64Concat, Seq, Anchor>;

	/// In which slot an author anchored a commitment or root. Each only once, within its author.
	#[pallet::storage]
	pub type Commitments<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrgId, Blake2_128Concat, Commitment, Seq>;

	/// Whom a single record is about, where it says so. No proof of a slot touches this map.
	#[pallet::storage]
	pub type Subjects<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrgId, Twox64Concat, Seq, PatientId>;

	/// The version right after a slot's, by author and slot.
	#[pallet::storage]
	pub type Successors<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrgId, Twox64Concat, Seq, Successor>;

	/// The newest version of each lineage of more than one, by author and first slot.
	#[pallet::storage]
	pub type Heads<T: Config> = StorageDoubleMap<_, Twox64Concat, OrgId, Twox64Concat, Seq, Seq>;

	/// What does not stand: by author, slot, and leaf of a batch. Without a leaf, the whole slot.
	#[pallet::storage]
	pub type Retractions<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Twox64Concat, OrgId>,
			NMapKey<Twox64Concat, Seq>,
			NMapKey<Blake2_128Concat, Option<u64>>,
		),
		Retraction,
	>;

	/// When the patient confirmed to have seen a record, by author and slot.
	#[pallet::storage]
	pub type Acknowledgements<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrgId, Twox64Concat, Seq, Moment>;

	/// The deposits: by author, slot, and retracted leaf. Without a leaf, that of the slot.
	#[pallet::storage]
	pub type Deposits<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Twox64Concat, OrgId>,
			NMapKey<Twox64Concat, Seq>,
			NMapKey<Blake2_128Concat, Option<u64>>,
		),
		DepositOf<T>,
	>;

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
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// The signer neither administers the organisation nor is affiliated to it now in a role
		/// that makes records.
		NotAuthorised,
		/// The organisation holds no live licence of a kind that makes records.
		NotLicensed,
		/// The commitment or root is all zeros, which commits to nothing.
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
		/// There is no such slot.
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
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::LineagePage::get() > 0, "a lineage's answer must hold a version");
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
		#[pallet::weight(T::WeightInfo::anchor())]
		pub fn anchor(
			origin: OriginFor<T>,
			org: OrgId,
			commitment: Commitment,
			form: Form,
			subject: Option<PatientId>,
			previous: Option<(Seq, Relation)>,
			retention: RetentionClass,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_anchor(&who, org, commitment, form, subject, previous, retention)
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
		/// - [`Error::NotFound`]: there is no such slot.
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
	}
}
