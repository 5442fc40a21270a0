//! What the calls do, and what other pallets and front-ends may ask.
//!
//! Every free call has a `check_*` function that reads and decides, and a `do_*` that calls
//! it first. The condition under which the call is free is that same check, so that the two cannot
//! drift apart.

mod agreement_key;
mod answers;
mod keys;
mod registration;
mod states;

use crate::{pallet::*, types::*};
use codec::MaxEncodedLen;
use frame_support::{
	ensure,
	traits::{DefensiveOption, Footprint, Get, UnixTime},
	BoundedVec,
};
use frame_system::{ensure_signed, pallet_prelude::*};
use salus_primitives::{KeyPurpose, Moment, Party, PatientId, PatientState};
use sp_runtime::{traits::Zero, DispatchError, DispatchResult};

/// A live key that sends a call, and its handle.
pub(crate) struct Caller<T: Config> {
	pub id: PatientId,
	pub key: Key,
	pub patient: Patient<T>,
	pub now: Moment,
}

impl<T: Config> Caller<T> {
	/// Whether the caller's key may authenticate.
	fn may_authenticate(&self) -> bool {
		self.key.purposes.contains(KeyPurpose::Authentication)
	}

	/// Whether the removal of any key of the handle is pending.
	fn sees_removals(&self) -> bool {
		let mut keys = self.patient.keys.iter().filter_map(Keys::<T>::get);
		keys.any(|key| key.is_leaving(self.now))
	}

	/// The caller, if its key may authenticate.
	fn authenticated(self) -> Result<Self, DispatchError> {
		ensure!(self.may_authenticate(), Error::<T>::NotAuthenticationKey);
		Ok(self)
	}

	/// The caller, if its handle is active.
	fn active(self) -> Result<Self, DispatchError> {
		let state = self.patient.state.now(self.now).value;
		ensure!(state == PatientState::Active, Error::<T>::NotActive);
		Ok(self)
	}
}

/// Helpers.
impl<T: Config> Pallet<T> {
	/// Now, in Unix seconds.
	pub(crate) fn now() -> Moment {
		T::Time::now().as_secs()
	}

	/// The hash of the genesis block, which tells one network from another. It is never pruned.
	pub(crate) fn genesis() -> T::Hash {
		frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero())
	}

	/// What a handle occupies at registration.
	pub(crate) fn footprint() -> Footprint {
		let key = T::AccountId::max_encoded_len().saturating_add(Key::max_encoded_len());
		let patient = PatientId::max_encoded_len().saturating_add(Patient::<T>::max_encoded_len());
		let party = PatientId::max_encoded_len().saturating_add(Party::max_encoded_len());
		Footprint::from_parts(1, key.saturating_add(patient).saturating_add(party))
	}

	/// What of that stays when the handle is retired: all but the list of its keys.
	pub(crate) fn retired_footprint() -> Footprint {
		let Footprint { count, size } = Self::footprint();
		let keys = BoundedVec::<T::AccountId, T::MaxKeys>::max_encoded_len();
		Footprint { count, size: size.saturating_sub(u64::try_from(keys).unwrap_or_default()) }
	}

	/// The condition of a free call: signed, and effective.
	pub(crate) fn is_free(
		origin: &OriginFor<T>,
		effective: impl FnOnce(&T::AccountId) -> bool,
	) -> bool {
		ensure_signed(origin.clone()).is_ok_and(|who| effective(&who))
	}

	/// The live key `who`, and its handle.
	fn caller(who: &T::AccountId) -> Result<Caller<T>, DispatchError> {
		let now = Self::now();
		let key = Self::live_key(who, now)?;
		let id = key.patient;
		let patient = Patients::<T>::get(id).defensive_ok_or(Error::<T>::NotFound)?;
		Ok(Caller { id, key, patient, now })
	}

	fn live_key(who: &T::AccountId, now: Moment) -> Result<Key, DispatchError> {
		Ok(Keys::<T>::get(who).filter(|key| key.is_live(now)).ok_or(Error::<T>::NotAKey)?)
	}

	/// The key `key` of the handle `id`.
	fn key_of(id: &PatientId, key: &T::AccountId) -> Result<Key, DispatchError> {
		Ok(Keys::<T>::get(key).filter(|key| key.patient == *id).ok_or(Error::<T>::KeyNotFound)?)
	}

	fn has_ended(account: &T::AccountId, now: Moment) -> bool {
		Keys::<T>::get(account).is_none_or(|key| key.has_ended(now))
	}

	/// Whether invariant A1 holds for `patient` without the key `leaving`.
	fn upheld_without(patient: &Patient<T>, leaving: &T::AccountId, now: Moment) -> bool {
		let mut staying = patient.keys.iter().filter(|account| *account != leaving);
		staying.any(|account| Keys::<T>::get(account).is_some_and(|key| key.upholds(now)))
	}

	fn keep_state(id: PatientId) -> impl FnMut(u32, Since<PatientState>) {
		move |index, entry| StateHistory::<T>::insert(id, index, entry)
	}

	fn keep_agreement_key(id: PatientId) -> impl FnMut(u32, Since<[u8; 32]>) {
		move |index, entry| AgreementKeyHistory::<T>::insert(id, index, entry)
	}

	fn check_expiry(expiry: Moment, now: Moment) -> DispatchResult {
		ensure!(now < expiry, Error::<T>::SignatureExpired);
		let latest = now.saturating_add(T::MaxSignatureLife::get());
		ensure!(expiry <= latest, Error::<T>::ExpiryTooFar);
		Ok(())
	}
}
