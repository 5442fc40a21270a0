//! # Patient identity pallet
//!
//! Pseudonymous handles for patients: their keys, their agreement key, their states.
//!
//! ## Overview
//!
//! A **handle** ([`PatientId`]) is `blake2_256("salus:patient" ‖ genesis hash ‖ first key)`. It says
//! nothing about the person; one person may hold many, and what links them exists only off chain.
//! Behind a handle stand up to `MaxKeys` **keys**, which are accounts with purposes
//! (authentication, consent, view), and one **agreement key** (X25519) to which others encrypt.
//!
//! Tightening is easy, loosening is hard:
//!
//! - Any live key may `freeze` the handle, remove itself, and cancel a pending key, a pending
//!   rotation and a pending retirement, at once, in every state, free of charge.
//! - Adding a key, removing another key, rotating the agreement key and unfreezing wait for a
//!   delay, retiring for a longer one. An authentication key asks for them, and they can be stopped
//!   meanwhile, as the table says.
//!
//! No origin, Root included, has a call that loosens anything for a patient.
//!
//! ## Pallet API
//!
//! - Calls: see [`Call`]. Registering: [`Call::register`], [`Call::register_for`]. Keys:
//!   [`Call::add_key`], [`Call::cancel_pending_key`], [`Call::remove_own_key`],
//!   [`Call::remove_key`], [`Call::cancel_key_removal`]. Agreement key:
//!   [`Call::rotate_agreement_key`], [`Call::cancel_rotation`]. State: [`Call::freeze`],
//!   [`Call::unfreeze`], [`Call::cancel_unfreeze`], [`Call::retire`], [`Call::cancel_retirement`],
//!   [`Call::complete_retirement`].
//! - For other pallets: [`salus_primitives::traits::Patients`].
//! - For front-ends: [`runtime_api::PatientIdentityApi`].
//!
//! ## Low Level Details
//!
//! **Delays need no second call.** A pending key is an entry whose `from` lies in the future, a
//! pending removal one whose `until` does, and a pending unfreezing or rotation is the `next` value
//! of a [`Timeline`]. When the moment comes, it holds. Only retirement is completed by a call
//! (anybody's), because it returns a part of the deposit and ends all keys.
//!
//! **Signed messages** are built in [`messages`]. That of `register_for` names the organisation that
//! may submit it; that of `add_key` names the patient. Both name the genesis hash and an expiry at
//! most `MaxSignatureLife` ahead. A registration cannot be replayed, because a key belongs to one
//! handle for ever. An addition can be repeated until its expiry if it was cancelled, by the same
//! patient only, and is then pending, and can be cancelled, again.
//!
//! **Limits.** Handles can be made at will, so what limits them is kept by the organisation that
//! registers them ([`Parties`]): one of its staff registers `MaxRegistrationsByMember` in 24 hours at
//! most, all together `MaxRegistrations`, whoever pays the fees. Each of them is a *desk* ([`Desks`]) with
//! a number of its own, which nobody chooses: patients of one desk share what they may use up for nothing, and
//! not with those of another. A key that is cancelled while it is pending leaves nothing behind, not even its
//! account, unless that has sent a transaction. A retired handle stays, and so does the part of its deposit that is for what stays.
//!
//! **Keys.** An entry of [`Keys`] is never deleted once the key went live. One that was cancelled
//! while it was pending is forgotten, and may be used elsewhere.
//!
//! **Who can stop what.** A *leaving* key is one whose removal is pending. A pending key stops nothing.
//!
//! | Pending        | in state       | a key with authentication | without (consent, view) | a freeze |
//! |----------------|----------------|---------------------------|-------------------------|----------|
//! | a new key      | Active         | yes, also leaving         | yes, also leaving       | drops it, whoever freezes |
//! | a rotation     | Active         | yes, also leaving         | yes, also leaving       | drops it, whoever freezes |
//! | a retirement   | Active         | yes, also leaving         | yes, also leaving       | drops it, whoever freezes |
//! | a key's removal | Active, Frozen | yes, but not its own     | no                      | drops it if the key that freezes has authentication, its own too; also where the handle is frozen already |
//! | unfreezing     | Frozen         | yes, unless it was leaving when the handle was frozen | no | does not touch it |
//!
//! In every other state nothing is pending. A freeze itself takes any live key and an active handle, and
//! so does removing oneself, in every state but Retired, as long as an authentication key stays.
//! While a handle is frozen only keys without authentication can be removed.
//!
//! So whoever holds an authentication key that a thief does not have ends in control of a thief with
//! none, whatever the thief does: nothing stops the removal of the thief's keys, frozen or not, nor the
//! unfreezing. While two authentication keys disagree, each can stop what the other asks for, and either
//! can freeze: nobody can tell the owner from the thief, and neither wins while the other looks once
//! within `KeyDelay`. All of this is played through on the pallet itself in `tests/stolen`.
//!
//! **History.** States and agreement keys that were superseded are kept under consecutive indices
//! in [`StateHistory`] and [`AgreementKeyHistory`], so no history is ever full and a freeze is never
//! refused for want of room. A freeze is free, and what it writes was paid for by the call that
//! made the handle `Active`. Each handle adds at most two entries in `UnfreezeDelay`, one agreement
//! key in `KeyDelay`, and `MaxKeys` keys in `KeyDelay`, all through paid calls.
//!
//! **Invariants**, checked by `try_state`: a handle that is not retired has at least one
//! authentication key that is live and not bound to end (A1); a key belongs to one handle; while a
//! handle is frozen nothing is pending but its unfreezing and removals of keys (A3); histories are
//! sorted and complete (A7).

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
// The derives of an enum convert its indices with `as`.
#[allow(clippy::as_conversions)]
pub mod runtime_api;
mod storage;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
pub mod types;
pub mod weights;

pub use pallet::*;
pub use runtime_api::*;
pub use types::*;
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

// The pallet macro and the derives of its enums convert indices with `as`, expect, and declare
// parts unreachable.
#[allow(clippy::as_conversions, clippy::expect_used, clippy::unreachable)]
#[import_section(config::config)]
#[import_section(storage::storage)]
#[import_section(events::events)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{
		pallet_prelude::*,
		traits::{Consideration, Contains, Footprint, UnixTime},
	};
	use frame_system::pallet_prelude::*;
	use salus_primitives::{
		deposits::Backed,
		traits::{Credentials, TokenlessAccounts},
		KeyPurposeSet, Moment, OrgId, Party, PatientId, PatientState,
	};
	use sp_runtime::traits::{IdentifyAccount, Verify};

	/// The pallet's storage version.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxKeys::get() > 0, "a handle needs a key");
			assert!(T::KeyDelay::get() > 0, "changes of keys must wait");
			assert!(T::UnfreezeDelay::get() > 0, "unfreezing must wait");
			assert!(T::RetirementDelay::get() > 0, "retiring must wait");
			assert!(T::MaxSignatureLife::get() > 0, "a signature must live");
			assert!(T::MaxRegistrationsByMember::get() > 0, "staff must be able to register");
			assert!(
				T::MaxRegistrationsByMember::get() < T::MaxRegistrations::get(),
				"one account must not be able to use up what others share with it"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Registers a handle whose first key is the sender's, for every purpose and at once.
		///
		/// Origin: signed, by an account that was never a patient's key. The sender pays the
		/// deposit, and gets a part of it back when the handle is retired.
		///
		/// # Errors
		/// - `InvalidAgreementKey`: others could not encrypt to `agreement_key`.
		/// - `KeyInUse`: the sender is, was, or is about to be a patient's key, or is reserved
		///   ([`Config::Reserved`]).
		/// - What the deposit and the welcome fail with.
		///
		/// # Events
		/// `Registered`.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::register())]
		pub fn register(origin: OriginFor<T>, agreement_key: [u8; 32]) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_register(who, agreement_key)
		}

		/// Registers a handle for somebody whose wallet holds no tokens. `key` becomes its first
		/// key, for every purpose and at once.
		///
		/// Origin: signed, by the administrator of the licensed provider `org` or one of its staff in a
		/// role of [`ADMISSION_ROLES`]. The organisation's administrator pays the deposit, and gets a part of it back when
		/// the handle is retired. `signature` is `key`'s over [`messages::register_for`], raw or wrapped in
		/// `<Bytes>`; it names `org`, so no other organisation can use it.
		///
		/// # Errors
		/// - `NotAuthorised`: the sender does not act for `org` in such a role.
		/// - `NotLicensed`: `org` is no licensed provider now.
		/// - `FlaggedOrganisation`: `org` is flagged, and the handle would name it for ever; or the sender works
		///   at an organisation that is, and the event would name the sender.
		/// - `SignatureExpired`: `expiry` (Unix seconds) is not after now.
		/// - `ExpiryTooFar`: `expiry` lies more than `MaxSignatureLife` ahead.
		/// - `InvalidAgreementKey`: others could not encrypt to `agreement_key`.
		/// - `KeyInUse`: `key` is, was, or is about to be a patient's key, or is reserved
		///   ([`Config::Reserved`]).
		/// - `BadSignature`: `signature` is not `key`'s over exactly this.
		/// - `TooManyRegistrations`: the sender has registered [`Config::MaxRegistrationsByMember`]
		///   handles lately, or the organisation [`Config::MaxRegistrations`].
		/// - What the deposit and the welcome fail with.
		///
		/// # Events
		/// `Registered`.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::register_for().saturating_add(Pallet::<T>::most_looked_up()))]
		pub fn register_for(
			origin: OriginFor<T>,
			org: OrgId,
			key: T::AccountId,
			agreement_key: [u8; 32],
			expiry: Moment,
			signature: T::OffchainSignature,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let looked_up = Self::looked_up(&who);
			Self::do_register_for(who, org, key, agreement_key, expiry, signature)?;
			Ok(Some(T::WeightInfo::register_for().saturating_add(looked_up)).into())
		}

		/// Adds `key` for `purposes`, live after `KeyDelay`.
		///
		/// Origin: signed, by an authentication key of an active handle. `signature` is `key`'s over
		/// [`messages::add_key`], raw or wrapped in `<Bytes>`: it proves possession, and names the
		/// handle.
		///
		/// # Errors
		/// - `NotAKey`, `NotAuthenticationKey`: the sender may not ask for this.
		/// - `NotActive`: the handle is not active.
		/// - `InvalidPurposes`: `purposes` is empty, or has a bit without meaning.
		/// - `SignatureExpired`: `expiry` (Unix seconds) is not after now.
		/// - `ExpiryTooFar`: `expiry` lies more than `MaxSignatureLife` ahead.
		/// - `KeyInUse`: `key` is, was, or is about to be a patient's key, or is reserved
		///   ([`Config::Reserved`]).
		/// - `TooManyKeys`: the handle has `MaxKeys` keys, live and pending.
		/// - `BadSignature`: `signature` is not `key`'s over exactly this.
		/// - What the welcome fails with.
		///
		/// # Events
		/// `KeyAdded`.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::add_key())]
		pub fn add_key(
			origin: OriginFor<T>,
			key: T::AccountId,
			purposes: KeyPurposeSet,
			expiry: Moment,
			signature: T::OffchainSignature,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_add_key(who, key, purposes, expiry, signature)
		}

		/// Stops `key` before it becomes live, and forgets it. Its account goes too, unless it has ever
		/// sent a transaction or is known for another reason.
		///
		/// Origin: signed, by any live key of the same handle. Free when it takes effect.
		///
		/// # Errors
		/// - `NotAKey`: the sender is no live key.
		/// - `KeyNotFound`: `key` is none of this handle's.
		/// - `KeyNotPending`: `key` is live or has ended.
		///
		/// # Events
		/// `PendingKeyCancelled`.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::cancel_pending_key())]
		#[pallet::feeless_if(|origin: &OriginFor<T>, key: &T::AccountId| -> bool {
			Pallet::<T>::is_free(origin, |who| {
				Pallet::<T>::check_cancel_pending_key(who, key).is_ok()
			})
		})]
		pub fn cancel_pending_key(origin: OriginFor<T>, key: T::AccountId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_cancel_pending_key(who, key)
		}

		/// Removes another key of the handle after `KeyDelay`. One's own goes by `remove_own_key`.
		///
		/// Origin: signed, by an authentication key of an active handle, or of a frozen one if `key` is
		/// not for authentication: freezing keeps no stolen key.
		///
		/// # Errors
		/// - `OwnKey`: `key` is the sender.
		/// - `NotAKey`, `NotAuthenticationKey`: the sender may not ask for this.
		/// - `NotActive`: the handle is in a state in which such a key stays.
		/// - `KeyNotFound`: `key` is none of this handle's.
		/// - `KeyNotLive`: `key` has ended, or is pending (then use `cancel_pending_key`).
		/// - `RemovalPending`: this was asked for already.
		/// - `LastAuthenticationKey`: no authentication key would stay.
		///
		/// # Events
		/// `KeyRemoved`.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::remove_key())]
		pub fn remove_key(origin: OriginFor<T>, key: T::AccountId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			ensure!(who != key, Error::<T>::OwnKey);
			Self::do_remove_key(who, key)
		}

		/// Stops the pending removal of `key`.
		///
		/// Origin: signed, by another live key of the same handle for authentication: a stolen key must
		/// not keep itself, nor two of them each other. Free when it takes effect. An owner whose only
		/// authentication key is being removed can freeze.
		///
		/// # Errors
		/// - `NotAKey`, `NotAuthenticationKey`: the sender may not ask for this.
		/// - `KeyNotFound`: `key` is none of this handle's.
		/// - `NoRemovalPending`: `key` is not bound to end, or has ended.
		/// - `OwnKey`: `key` is the sender.
		///
		/// # Events
		/// `KeyRemovalCancelled`.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::cancel_key_removal())]
		#[pallet::feeless_if(|origin: &OriginFor<T>, key: &T::AccountId| -> bool {
			Pallet::<T>::is_free(origin, |who| {
				Pallet::<T>::check_cancel_key_removal(who, key).is_ok()
			})
		})]
		pub fn cancel_key_removal(origin: OriginFor<T>, key: T::AccountId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_cancel_key_removal(who, key)
		}

		/// Replaces the agreement key after `KeyDelay`.
		///
		/// Origin: signed, by an authentication key of an active handle.
		///
		/// # Errors
		/// - `NotAKey`, `NotAuthenticationKey`: the sender may not ask for this.
		/// - `NotActive`: the handle is not active.
		/// - `InvalidAgreementKey`: others could not encrypt to `agreement_key`.
		/// - `SameAgreementKey`: it is the present one.
		/// - `RotationPending`: a rotation was asked for already.
		///
		/// # Events
		/// `AgreementKeyRotated`.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::rotate_agreement_key())]
		pub fn rotate_agreement_key(
			origin: OriginFor<T>,
			agreement_key: [u8; 32],
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_rotate_agreement_key(who, agreement_key)
		}

		/// Stops the pending rotation of the agreement key.
		///
		/// Origin: signed, by any live key. Free when it takes effect.
		///
		/// # Errors
		/// - `NotAKey`: the sender is no live key.
		/// - `NoRotationPending`: there is none.
		///
		/// # Events
		/// `RotationCancelled`.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::cancel_rotation())]
		#[pallet::feeless_if(|origin: &OriginFor<T>| -> bool {
			Pallet::<T>::is_free(origin, |who| Pallet::<T>::check_cancel_rotation(who).is_ok())
		})]
		pub fn cancel_rotation(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_cancel_rotation(who)
		}

		/// Freezes the handle at once: nothing can be loosened, and what is pending is dropped; pending
		/// removals of keys only if the sender's key is for authentication.
		///
		/// Origin: signed, by any live key of an active handle; by an authentication key also of a frozen
		/// one, as long as removals are pending, which are then dropped. Free when it takes effect.
		///
		/// # Errors
		/// - `NotAKey`: the sender is no live key.
		/// - `AlreadyFrozen`: it is frozen, and the sender has no pending removal to drop (to stop a
		///   pending unfreezing, use `cancel_unfreeze`).
		/// - `NotActive`: it is in a state that cannot be frozen.
		///
		/// # Events
		/// `Frozen`, unless it was frozen; for all that is dropped also `PendingKeyCancelled`,
		/// `KeyRemovalCancelled`, `RotationCancelled`, `RetirementCancelled`.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::freeze())]
		#[pallet::feeless_if(|origin: &OriginFor<T>| -> bool {
			Pallet::<T>::is_free(origin, |who| Pallet::<T>::check_freeze(who).is_ok())
		})]
		pub fn freeze(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_freeze(who)
		}

		/// Makes the handle active again after `UnfreezeDelay`, by itself.
		///
		/// Origin: signed, by an authentication key.
		///
		/// # Errors
		/// - `NotAKey`, `NotAuthenticationKey`: the sender may not ask for this.
		/// - `NotFrozen`: the handle is not frozen.
		/// - `UnfreezePending`: this was asked for already.
		///
		/// # Events
		/// `UnfreezeRequested`.
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::unfreeze())]
		pub fn unfreeze(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_unfreeze(who)
		}

		/// Stops the pending unfreezing: the handle stays frozen.
		///
		/// Origin: signed, by an authentication key whose removal was not pending when the handle was
		/// frozen: a key that was to go must not keep the handle frozen, and so itself. Free when it
		/// takes effect.
		///
		/// # Errors
		/// - `NotAKey`, `NotAuthenticationKey`: the sender may not ask for this.
		/// - `WasLeaving`: the sender's removal was pending when the handle was frozen.
		/// - `NoUnfreezePending`: there is none.
		///
		/// # Events
		/// `UnfreezeCancelled`.
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::cancel_unfreeze())]
		#[pallet::feeless_if(|origin: &OriginFor<T>| -> bool {
			Pallet::<T>::is_free(origin, |who| Pallet::<T>::check_cancel_unfreeze(who).is_ok())
		})]
		pub fn cancel_unfreeze(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_cancel_unfreeze(who)
		}

		/// Asks for the handle's retirement, which anybody can complete after `RetirementDelay`.
		///
		/// Origin: signed, by an authentication key of an active handle.
		///
		/// # Errors
		/// - `NotAKey`, `NotAuthenticationKey`: the sender may not ask for this.
		/// - `NotActive`: the handle is not active.
		/// - `RetirementPending`: this was asked for already.
		///
		/// # Events
		/// `RetirementRequested`.
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::retire())]
		pub fn retire(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_retire(who)
		}

		/// Stops the pending retirement, as long as it is not completed.
		///
		/// Origin: signed, by any live key. Free when it takes effect.
		///
		/// # Errors
		/// - `NotAKey`: the sender is no live key.
		/// - `NoRetirementPending`: there is none.
		///
		/// # Events
		/// `RetirementCancelled`.
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::cancel_retirement())]
		#[pallet::feeless_if(|origin: &OriginFor<T>| -> bool {
			Pallet::<T>::is_free(origin, |who| Pallet::<T>::check_cancel_retirement(who).is_ok())
		})]
		pub fn cancel_retirement(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_cancel_retirement(who)
		}

		/// Retires `patient` for ever: ends all its keys, and returns a part of the deposit to its payer. The
		/// rest is for what stays.
		///
		/// Origin: signed, by anybody.
		///
		/// # Errors
		/// - `NotFound`: there is no such handle.
		/// - `NoRetirementPending`: it was not asked for, or was stopped, or is done.
		/// - `TooEarly`: `RetirementDelay` has not passed yet.
		///
		/// # Events
		/// `Retired`.
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::complete_retirement())]
		pub fn complete_retirement(origin: OriginFor<T>, patient: PatientId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_complete_retirement(patient)
		}

		/// Removes the sender's own key at once: a wallet that is lost, or trusted no more.
		///
		/// Origin: signed, by the key, in every state. Free when it takes effect.
		///
		/// # Errors
		/// - `NotAKey`: the sender is no live key.
		/// - `LastAuthenticationKey`: no authentication key would stay.
		///
		/// # Events
		/// `KeyRemoved`.
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::remove_own_key())]
		#[pallet::feeless_if(|origin: &OriginFor<T>| -> bool {
			Pallet::<T>::is_free(origin, |who| Pallet::<T>::check_remove_own_key(who).is_ok())
		})]
		pub fn remove_own_key(origin: OriginFor<T>) -> DispatchResult {
			Self::do_remove_own_key(ensure_signed(origin)?)
		}
	}
}
