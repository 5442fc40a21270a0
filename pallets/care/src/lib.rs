#![doc = include_str!("../README.md")]
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
		clippy::unwrap_used,
		clippy::unreachable,
		clippy::todo
	)
)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod config;
mod events;
mod impls;
pub mod messages;
#[cfg(test)]
mod mock;
mod policy;
pub mod runtime_api;
mod storage;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "try-runtime"))]
mod try_state;
// What the derive of `Encode` expands to converts indices by `as`.
#[allow(clippy::as_conversions)]
pub mod types;
pub mod weights;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

/// A relationship as it is stored.
pub type RelationshipOf<T> =
	Relationship<<T as frame_system::Config>::AccountId, <T as pallet::Config>::Consideration>;

/// The pallet's configuration, storage, events, errors and calls.
#[import_section(config::config)]
#[import_section(storage::storage)]
#[import_section(events::events)]
#[frame_support::pallet]
#[allow(
	clippy::as_conversions,
	clippy::arithmetic_side_effects,
	clippy::unreachable,
	clippy::expect_used,
	reason = "the pallet macros expand to these; this module has no logic of its own"
)]
pub mod pallet {
	use super::*;
	use frame_support::{
		pallet_prelude::*,
		traits::{Consideration, Footprint, UnixTime},
	};
	use frame_system::pallet_prelude::*;
	use salus_primitives::{
		deposits::Backed,
		traits::{Credentials, LeftActive, Patients},
		CarePolicy, Moment, OrgId, PatientId, RelationshipId, Towards,
	};
	use sp_runtime::traits::{IdentifyAccount, Verify};

	/// The version of the storage's layout.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The care policy with which a network begins.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// In force from the first block on.
		pub policy: CarePolicy,
		/// Holds no value: it ties the type to the runtime for which it is built.
		#[serde(skip)]
		pub _config: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			if self.policy != CarePolicy::default() {
				let first = PolicyTerm { from: 0, policy: self.policy };
				Policies::<T>::put(PolicyList::truncate_from(alloc::vec![first]));
			}
		}
	}

	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// The most invitations of one patient that are open.
		#[pallet::constant_name(MaxInvitations)]
		fn max_invitations() -> u32 {
			MAX_INVITATIONS
		}

		/// The most organisations towards which one patient has opted out.
		#[pallet::constant_name(MaxOptOuts)]
		fn max_opt_outs() -> u32 {
			MAX_OPT_OUTS
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			Self::check_config();
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Lets `organisation` record, with [`Pallet::open`], that it treats the patient until `until` at most.
		///
		/// Signed by a key of the patient for consent, the handle being Active. It takes the place of an earlier
		/// invitation of the same organisation. This is also how a patient goes to another organisation by itself.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient for consent.
		/// - [`Error::WrongState`]: the handle is not Active.
		/// - [`Error::UnknownOrganisation`], [`Error::FlaggedOrganisation`]: the organisation.
		/// - [`Error::OptedOut`]: the patient has opted out, and opts in first.
		/// - [`Error::InvalidTerm`]: `until` is not after now, or more than [`Config::MaxTerm`] away.
		/// - [`Error::TooManyInvitations`]: [`MAX_INVITATIONS`] are open.
		/// - [`Error::IdsExhausted`]: the numbers are used up.
		///
		/// # Events
		/// - [`Event::Invited`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::invite())]
		pub fn invite(origin: OriginFor<T>, organisation: OrgId, until: Moment) -> DispatchResult {
			Self::do_invite(ensure_signed(origin)?, organisation, until)
		}

		/// Takes an invitation back, and with it whatever was signed for the organisation before.
		///
		/// Signed by any live key of the patient, in every state but Retired. Free if it takes effect.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient.
		/// - [`Error::WrongState`]: the handle is Retired.
		/// - [`Error::NotFound`]: the patient has no such invitation.
		///
		/// # Events
		/// - [`Event::InvitationWithdrawn`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::withdraw_invitation())]
		#[pallet::feeless_if(|origin: &OriginFor<T>, invitation: &InvitationId| -> bool {
			Pallet::<T>::effective(origin, |who| {
				Pallet::<T>::check_withdraw_invitation(who, *invitation)
			})
		})]
		pub fn withdraw_invitation(
			origin: OriginFor<T>,
			invitation: InvitationId,
		) -> DispatchResult {
			Self::do_withdraw_invitation(ensure_signed(origin)?, invitation)
		}

		/// Records that `organisation` treats `patient`, who has invited it, from now until `until`.
		///
		/// Signed for the organisation, by its administrator or in one of the roles [`RECORDING_ROLES`]. Uses the
		/// invitation up. If a relationship of the two lasts, the new one takes its place. The deposit comes from
		/// the organisation's administrator.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer does not record relationships for the organisation.
		/// - [`Error::NotLicensed`]: the organisation does not treat.
		/// - [`Error::FlaggedOrganisation`]: the organisation's, or the signer's.
		/// - [`Error::UnknownPatient`], [`Error::WrongState`]: the handle is not Active.
		/// - [`Error::OptedOut`]: the patient has opted out.
		/// - [`Error::NotInvited`], [`Error::InvitationExpired`]: there is no invitation that can be used.
		/// - [`Error::InvitationStopped`]: the handle left Active since the patient invited the organisation.
		/// - [`Error::BeyondInvitation`]: `until` is later than the invitation says.
		/// - [`Error::InvalidTerm`]: `until` is not after now, or more than [`Config::MaxTerm`] away.
		/// - [`Error::WrongKind`]: `kind` is a referral and the invitation is not, or the other way round.
		/// - [`Error::IdsExhausted`]: the numbers are used up.
		/// - What the deposit's currency refuses.
		///
		/// # Events
		/// - [`Event::RelationshipOpened`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::open().saturating_add(Pallet::<T>::most_looked_up()))]
		pub fn open(
			origin: OriginFor<T>,
			organisation: OrgId,
			patient: PatientId,
			kind: RelationshipKind,
			until: Moment,
		) -> DispatchResultWithPostInfo {
			let by = ensure_signed(origin)?;
			let looked_up = Self::looked_up(&by);
			Self::do_open(by, organisation, patient, kind, until)?;
			Ok(Some(T::WeightInfo::open().saturating_add(looked_up)).into())
		}

		/// Records that `organisation` treats the patient whose key `key` is, from now until `until`, with that
		/// key's signature over [`messages::open_for`].
		///
		/// Signed for the organisation as [`Pallet::open`] is. `id` is what [`Pallet::next_word`] tells of the
		/// two: it changes whenever a signature is used, a relationship ends or the patient opts out, so that no
		/// signature opens anything twice. `block` is the number of a recent block, whose hash is in the message: the signature
		/// was made after it. So none is made in advance, and none opens anything after an end, an opt-out, a withdrawn
		/// invitation or a freeze that came after it.
		///
		/// # Errors
		/// - What [`Pallet::open`] refuses, invitations apart.
		/// - [`Error::SignatureExpired`], [`Error::ExpiryTooFar`]: `expiry` is not after now, or more than
		///   [`Config::MaxSignatureLife`] away.
		/// - [`Error::NotAuthorised`]: `key` is no live key of a patient for consent.
		/// - [`Error::UnknownBlock`], [`Error::BlockTooOld`]: there is no block `block` yet, or it is more than
		///   [`Config::MaxSignatureAge`] blocks ago.
		/// - [`Error::WordVoid`]: a relationship of the two has ended in a later block, or the patient has opted out towards
		///   the organisation, taken an invitation of it back, or left Active.
		/// - [`Error::WrongKind`]: a referral needs [`Pallet::refer`].
		/// - [`Error::WrongId`]: the signature was used, or is void.
		/// - [`Error::BadSignature`]: it is not the key's over this message, raw or wrapped.
		///
		/// # Events
		/// - [`Event::RelationshipOpened`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::open_for().saturating_add(Pallet::<T>::most_looked_up()))]
		#[allow(clippy::too_many_arguments)]
		pub fn open_for(
			origin: OriginFor<T>,
			organisation: OrgId,
			key: T::AccountId,
			kind: RelationshipKind,
			until: Moment,
			id: u32,
			block: BlockNumberFor<T>,
			expiry: Moment,
			signature: T::OffchainSignature,
		) -> DispatchResultWithPostInfo {
			let by = ensure_signed(origin)?;
			let looked_up = Self::looked_up(&by);
			Self::do_open_for(by, organisation, key, kind, until, id, block, expiry, signature)?;
			Ok(Some(T::WeightInfo::open_for().saturating_add(looked_up)).into())
		}

		/// Sends the patient whose key `key` is from the organisation `from` to the organisation `to`, which may
		/// then record a relationship until `until` at most, with that key's signature over [`messages::refer`].
		///
		/// Signed for `from` as [`Pallet::open`] is, while its relationship with the patient lasts. Makes an
		/// invitation of the patient for `to`. `id` is what [`Pallet::next_word`] tells of the patient and `to`.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer does not record relationships for `from`, or `key` is no live key
		///   of a patient for consent.
		/// - [`Error::NotLicensed`]: `from` does not treat.
		/// - [`Error::FlaggedOrganisation`]: one of the organisations is, or the signer works at one.
		/// - [`Error::UnknownOrganisation`]: there is no organisation `to`.
		/// - [`Error::SameOrganisation`]: the two are one.
		/// - [`Error::WrongState`]: the handle is not Active.
		/// - [`Error::NotRelated`]: no relationship of `from` with the patient lasts.
		/// - [`Error::OptedOut`]: the patient has opted out towards `to`.
		/// - [`Error::InvalidTerm`]: `until` is not after now, or more than [`Config::MaxTerm`] away.
		/// - [`Error::SignatureExpired`], [`Error::ExpiryTooFar`], [`Error::WrongId`], [`Error::UnknownBlock`],
		///   [`Error::BlockTooOld`], [`Error::WordVoid`], [`Error::BadSignature`]: as with [`Pallet::open_for`], of `to`.
		/// - [`Error::TooManyInvitations`]: [`MAX_INVITATIONS`] are open.
		/// - [`Error::IdsExhausted`]: the numbers are used up.
		///
		/// # Events
		/// - [`Event::Invited`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::refer().saturating_add(Pallet::<T>::most_looked_up()))]
		#[allow(clippy::too_many_arguments)]
		pub fn refer(
			origin: OriginFor<T>,
			from: OrgId,
			to: OrgId,
			key: T::AccountId,
			until: Moment,
			id: u32,
			block: BlockNumberFor<T>,
			expiry: Moment,
			signature: T::OffchainSignature,
		) -> DispatchResultWithPostInfo {
			let by = ensure_signed(origin)?;
			let looked_up = Self::looked_up(&by);
			Self::do_refer(by, from, to, key, until, id, block, expiry, signature)?;
			Ok(Some(T::WeightInfo::refer().saturating_add(looked_up)).into())
		}

		/// Ends a relationship of the patient, in this block, and voids its invitations and signatures for the
		/// organisation. Of one that was renewed it ends what lasts in its place, but no relationship that came after that
		/// had ended.
		///
		/// Signed by any live key of the patient, in every state but Retired. Free if it takes effect.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient.
		/// - [`Error::WrongState`]: the handle is Retired.
		/// - [`Error::NotFound`]: the patient has no such relationship.
		/// - [`Error::AlreadyEnded`]: it has ended, or what took its place has, or the patient has opted out since.
		///
		/// # Events
		/// - [`Event::RelationshipEnded`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::end())]
		#[pallet::feeless_if(|origin: &OriginFor<T>, relationship: &RelationshipId| -> bool {
			Pallet::<T>::effective(origin, |who| Pallet::<T>::check_end(who, *relationship))
		})]
		pub fn end(origin: OriginFor<T>, relationship: RelationshipId) -> DispatchResult {
			Self::do_end(ensure_signed(origin)?, relationship)
		}

		/// Ends a relationship of the patient as [`Pallet::end`] does, and opts out towards its organisation for
		/// ever, without naming it in the call. The state has the two together already, and so have this call's event and opt-out.
		///
		/// Signed by any live key of the patient, in every state but Retired. Free if it takes effect.
		///
		/// # Errors
		/// - Those of [`Pallet::end`].
		/// - [`Error::TooManyOptOuts`], [`Error::OptOutHistoryFull`]: there is no room. [`Pallet::end`] always works.
		///
		/// # Events
		/// - [`Event::RelationshipEnded`], [`Event::OptedOut`].
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::leave())]
		#[pallet::feeless_if(|origin: &OriginFor<T>, relationship: &RelationshipId| -> bool {
			Pallet::<T>::effective(origin, |who| Pallet::<T>::check_leave(who, *relationship))
		})]
		pub fn leave(origin: OriginFor<T>, relationship: RelationshipId) -> DispatchResult {
			Self::do_leave(ensure_signed(origin)?, relationship)
		}

		/// Ends a relationship of `organisation`, in this block, and voids the patient's invitations and signatures
		/// for it.
		///
		/// Signed for the organisation, by its administrator or in one of the roles [`ENDING_ROLES`]; licensed or not.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer does not end relationships for the organisation.
		/// - [`Error::NotFound`]: there is no such relationship.
		/// - [`Error::NotRelated`]: it is another organisation's.
		/// - [`Error::AlreadyEnded`]: it has ended, or the patient has opted out since.
		///
		/// # Events
		/// - [`Event::RelationshipEnded`].
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::end_for())]
		pub fn end_for(
			origin: OriginFor<T>,
			organisation: OrgId,
			relationship: RelationshipId,
		) -> DispatchResult {
			Self::do_end_for(ensure_signed(origin)?, organisation, relationship)
		}

		/// Opts the patient out of care by default towards everybody, from this block on and for ever, until
		/// [`Pallet::opt_in`]. Every relationship is void, and every invitation and signature.
		///
		/// Signed by any live key of the patient, in every state but Retired, and by no helper's proxy. Free if it takes
		/// effect. There is always room for it. If the patient has opted out and a return waits, the return is called off.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient.
		/// - [`Error::WrongState`]: the handle is Retired.
		/// - [`Error::AlreadyOptedOut`]: the patient has, and no return waits.
		///
		/// # Events
		/// - [`Event::OptedOut`] or [`Event::OptInCancelled`].
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::opt_out())]
		#[pallet::feeless_if(|origin: &OriginFor<T>| -> bool {
			Pallet::<T>::effective(origin, |who| {
				Pallet::<T>::check_opt_out(who, Towards::Everybody)
			})
		})]
		pub fn opt_out(origin: OriginFor<T>) -> DispatchResult {
			Self::do_opt_out(ensure_signed(origin)?, Towards::Everybody)
		}

		/// Opts the patient out of care by default towards `organisation`, from this block on and for ever, until
		/// [`Pallet::opt_in`]. A relationship with it is void, and every invitation and signature for it.
		///
		/// Signed by any live key of the patient, in every state but Retired. While a relationship lasts,
		/// [`Pallet::leave`] does the same and is free. If the patient has opted out and a return waits, the return is
		/// called off.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient.
		/// - [`Error::WrongState`]: the handle is Retired.
		/// - [`Error::UnknownOrganisation`]: there is no such organisation.
		/// - [`Error::FlaggedOrganisation`]: it is flagged. It has no relationship in plain, and must not be named.
		/// - [`Error::AlreadyOptedOut`]: the patient has, towards this organisation, and no return waits.
		/// - [`Error::TooManyOptOuts`]: towards [`MAX_OPT_OUTS`] organisations.
		/// - [`Error::OptOutHistoryFull`]: the last place is for opting out towards everybody.
		///
		/// # Events
		/// - [`Event::OptedOut`] or [`Event::OptInCancelled`].
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::opt_out_of())]
		pub fn opt_out_of(origin: OriginFor<T>, organisation: OrgId) -> DispatchResult {
			Self::do_opt_out(ensure_signed(origin)?, Towards::Organisation(organisation))
		}

		/// Asks to end an opt-out. It ends with [`Pallet::apply_opt_in`] after the delay.
		///
		/// Signed by a key of the patient for consent, the handle being Active.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient for consent.
		/// - [`Error::WrongState`]: the handle is not Active.
		/// - [`Error::UnknownOrganisation`]: there is no such organisation.
		/// - [`Error::FlaggedOrganisation`]: it is flagged, and has no relationship in plain to go back to.
		/// - [`Error::NotOptedOut`]: the patient has not opted out towards these.
		/// - [`Error::OptOutHistoryFull`]: there would be no room to opt out towards everybody again.
		/// - [`Error::AlreadyPending`]: the same waits already.
		/// - [`Error::TooManyPending`]: [`MAX_PENDING`] wait.
		///
		/// # Events
		/// - [`Event::OptInRequested`].
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::opt_in())]
		pub fn opt_in(origin: OriginFor<T>, towards: Towards) -> DispatchResult {
			Self::do_opt_in(ensure_signed(origin)?, towards)
		}

		/// Carries out a return whose delay is over. No relationship revives: each needs the patient's word anew.
		///
		/// Signed by anyone. The handle must be Active and must not have left Active since the return
		/// was asked for.
		///
		/// # Errors
		/// - [`Error::UnknownOrganisation`], [`Error::FlaggedOrganisation`]: as with [`Pallet::opt_in`].
		/// - [`Error::UnknownPatient`]: there is no such handle.
		/// - [`Error::WrongState`]: the handle is not Active.
		/// - [`Error::NotFound`]: no such return waits.
		/// - [`Error::OptInStopped`]: the handle left Active meanwhile.
		/// - [`Error::TooEarly`]: the delay is not over.
		/// - [`Error::OptOutHistoryFull`]: there would be no room to opt out towards everybody again.
		///
		/// # Events
		/// - [`Event::OptedIn`].
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::apply_opt_in())]
		pub fn apply_opt_in(
			origin: OriginFor<T>,
			patient: PatientId,
			towards: Towards,
		) -> DispatchResult {
			Self::do_apply_opt_in(ensure_signed(origin)?, patient, towards)
		}

		/// Calls off a return that waits, also towards an organisation that was flagged meanwhile.
		///
		/// Signed by any live key of the patient, in every state but Retired. Free if it takes effect.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient.
		/// - [`Error::WrongState`]: the handle is Retired.
		/// - [`Error::NotFound`]: no such return waits.
		///
		/// # Events
		/// - [`Event::OptInCancelled`].
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::cancel_opt_in())]
		#[pallet::feeless_if(|origin: &OriginFor<T>, towards: &Towards| -> bool {
			Pallet::<T>::effective(origin, |who| Pallet::<T>::check_cancel_opt_in(who, *towards))
		})]
		pub fn cancel_opt_in(origin: OriginFor<T>, towards: Towards) -> DispatchResult {
			Self::do_cancel_opt_in(ensure_signed(origin)?, towards)
		}

		/// Announces that the network will have the care policy `policy`, [`Config::PolicyNotice`] from now; or,
		/// if that is the policy in force, withdraws the announcement of another.
		///
		/// Signed by Root.
		///
		/// # Errors
		/// - [`Error::AlreadyInForce`]: it is, and no other is announced.
		/// - [`Error::AlreadyAnnounced`]: it is.
		/// - [`Error::PolicyHistoryFull`]: the network has had [`MAX_POLICIES`].
		///
		/// # Events
		/// - [`Event::PolicyAnnounced`] or [`Event::PolicyWithdrawn`].
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::set_policy())]
		pub fn set_policy(origin: OriginFor<T>, policy: CarePolicy) -> DispatchResult {
			ensure_root(origin)?;
			Self::do_set_policy(policy)
		}
	}
}
