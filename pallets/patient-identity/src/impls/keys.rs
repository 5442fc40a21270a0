//! Adding and removing keys.

use super::Caller;
use crate::{messages, pallet::*, types::*};
use frame_support::{ensure, traits::Get};
use salus_primitives::{
	signing, traits::TokenlessAccounts, KeyPurpose, KeyPurposeSet, Moment, PatientId, PatientState,
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_add_key(
		who: T::AccountId,
		key: T::AccountId,
		purposes: KeyPurposeSet,
		expiry: Moment,
		signature: T::OffchainSignature,
	) -> DispatchResult {
		let Caller { id, mut patient, now, .. } = Self::caller(&who)?.authenticated()?.active()?;
		ensure!(!purposes.is_empty() && purposes.is_known(), Error::<T>::InvalidPurposes);
		Self::check_expiry(expiry, now)?;
		ensure!(Self::is_unused(&key), Error::<T>::KeyInUse);
		patient.keys.retain(|account| !Self::has_ended(account, now));
		patient.keys.try_push(key.clone()).map_err(|_| Error::<T>::TooManyKeys)?;
		let message = messages::add_key(&Self::genesis(), &id, &key, purposes, expiry);
		ensure!(signing::verify(&message, &signature, &key), Error::<T>::BadSignature);
		T::Tokenless::invite(&key)?;

		let from = now.saturating_add(T::KeyDelay::get());
		Keys::<T>::insert(&key, Key { patient: id, purposes, from, until: None });
		Patients::<T>::insert(id, patient);
		Self::deposit_event(Event::KeyAdded { patient: id, key, purposes, from, by: who });
		Ok(())
	}

	pub(crate) fn check_cancel_pending_key(
		who: &T::AccountId,
		key: &T::AccountId,
	) -> Result<PatientId, DispatchError> {
		let now = Self::now();
		let target = Self::key_of(&Self::live_key(who, now)?.patient, key)?;
		ensure!(target.is_pending(now), Error::<T>::KeyNotPending);
		Ok(target.patient)
	}

	pub(crate) fn do_cancel_pending_key(who: T::AccountId, key: T::AccountId) -> DispatchResult {
		let id = Self::check_cancel_pending_key(&who, &key)?;
		Patients::<T>::mutate_extant(id, |patient| patient.keys.retain(|other| *other != key));
		Self::forget(&key);
		Self::deposit_event(Event::PendingKeyCancelled { patient: id, key, by: who });
		Ok(())
	}

	/// Removes a key that is pending, and with it what let its account send transactions.
	pub(super) fn forget(key: &T::AccountId) {
		Keys::<T>::remove(key);
		// Where the account stays it has paid for a transaction with tokens of its own, since a pending key has
		// nothing for free. A patient has put nothing down, so there is nothing to keep.
		let _ = T::Tokenless::dismiss(key);
	}

	pub(crate) fn check_remove_own_key(who: &T::AccountId) -> Result<Caller<T>, DispatchError> {
		let caller = Self::caller(who)?;
		let upheld = Self::upheld_without(&caller.patient, who, caller.now);
		ensure!(upheld, Error::<T>::LastAuthenticationKey);
		Ok(caller)
	}

	pub(crate) fn do_remove_own_key(who: T::AccountId) -> DispatchResult {
		let Caller { id, mut key, mut patient, now } = Self::check_remove_own_key(&who)?;
		key.until = Some(now);
		Keys::<T>::insert(&who, key);
		patient.keys.retain(|account| *account != who);
		Patients::<T>::insert(id, patient);
		Self::deposit_event(Event::KeyRemoved {
			patient: id,
			key: who.clone(),
			until: now,
			by: who,
		});
		Ok(())
	}

	pub(crate) fn do_remove_key(who: T::AccountId, key: T::AccountId) -> DispatchResult {
		let Caller { id, patient, now, .. } = Self::caller(&who)?.authenticated()?;
		let mut target = Self::key_of(&id, &key)?;
		match patient.state.now(now).value {
			PatientState::Active => (),
			// Else a stolen key that only looks, and freezes in the first moment of every day, could
			// never be removed. Keys with authentication stay as they are while it is frozen.
			PatientState::Frozen if !target.purposes.contains(KeyPurpose::Authentication) => (),
			_ => return Err(Error::<T>::NotActive.into()),
		}
		ensure!(target.is_live(now), Error::<T>::KeyNotLive);
		ensure!(target.until.is_none(), Error::<T>::RemovalPending);
		// The sender's own key may be bound to end, so it does not count by itself.
		let upheld = Self::upheld_without(&patient, &key, now);
		ensure!(upheld, Error::<T>::LastAuthenticationKey);

		let until = now.saturating_add(T::KeyDelay::get());
		target.until = Some(until);
		// The account stays in the handle's list until the next change after `until`.
		Keys::<T>::insert(&key, target);
		Self::deposit_event(Event::KeyRemoved { patient: id, key, until, by: who });
		Ok(())
	}

	pub(crate) fn check_cancel_key_removal(
		who: &T::AccountId,
		key: &T::AccountId,
	) -> Result<Key, DispatchError> {
		let now = Self::now();
		let own = Self::live_key(who, now)?;
		// Else two stolen keys that only look could keep each other.
		let may = own.purposes.contains(KeyPurpose::Authentication);
		ensure!(may, Error::<T>::NotAuthenticationKey);
		let target = Self::key_of(&own.patient, key)?;
		ensure!(target.is_leaving(now), Error::<T>::NoRemovalPending);
		// Else a stolen key could never be removed. An owner who is being locked out can freeze.
		ensure!(who != key, Error::<T>::OwnKey);
		Ok(target)
	}

	pub(crate) fn do_cancel_key_removal(who: T::AccountId, key: T::AccountId) -> DispatchResult {
		let target = Self::check_cancel_key_removal(&who, &key)?;
		Keys::<T>::insert(&key, Key { until: None, ..target });
		Self::deposit_event(Event::KeyRemovalCancelled { patient: target.patient, key, by: who });
		Ok(())
	}
}
