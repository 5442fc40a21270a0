//! What the calls do, and what other pallets and front-ends may ask.
//!
//! Every free call has a `check_*` function that reads and decides, and a `do_*` that calls
//! it first. The condition under which the call is free is that same check, so that the two cannot
//! drift apart.

use crate::{agreement, messages, pallet::*, runtime_api::AsOfError, types::*};
use alloc::vec::Vec;
use codec::MaxEncodedLen;
use frame_support::{
	ensure,
	traits::{Consideration, Defensive, DefensiveOption, Footprint, Get, UnixTime},
	BoundedVec,
};
use frame_system::{ensure_signed, pallet_prelude::*};
use salus_primitives::{
	signing,
	traits::{self, Credentials, PatientKey, TokenlessAccounts},
	KeyPurpose, KeyPurposeSet, Moment, OrgId, OrgKind, PatientId, PatientState,
};
use sp_io::hashing::blake2_256;
use sp_runtime::{traits::Zero, DispatchError, DispatchResult};

/// A live key that sends a call, and its handle.
pub(crate) struct Caller<T: Config> {
	pub id: PatientId,
	pub key: Key,
	pub patient: Patient<T>,
	pub now: Moment,
}

impl<T: Config> Caller<T> {
	/// The caller, if its key may authenticate.
	fn authenticated(self) -> Result<Self, DispatchError> {
		let may = self.key.purposes.contains(KeyPurpose::Authentication);
		ensure!(may, Error::<T>::NotAuthenticationKey);
		Ok(self)
	}

	/// The caller, if its handle is active.
	fn active(self) -> Result<Self, DispatchError> {
		let state = self.patient.state.now(self.now).value;
		ensure!(state == PatientState::Active, Error::<T>::NotActive);
		Ok(self)
	}
}

/// Keys.
impl<T: Config> Pallet<T> {
	pub(crate) fn do_register(who: T::AccountId, agreement_key: [u8; 32]) -> DispatchResult {
		Self::check_registration(&who, &agreement_key)?;
		Self::create(who.clone(), agreement_key, None, Some(who.clone()), who)?;
		Ok(())
	}

	pub(crate) fn do_register_for(
		who: T::AccountId,
		org: OrgId,
		key: T::AccountId,
		agreement_key: [u8; 32],
		expiry: Moment,
		signature: T::OffchainSignature,
	) -> DispatchResult {
		let now = Self::now();
		ensure!(T::Credentials::acts_for(org, &who, now), Error::<T>::NotAuthorised);
		let admin = T::Credentials::admin(org).ok_or(Error::<T>::NotAuthorised)?;
		let licensed = T::Credentials::was_licensed(org, OrgKind::Provider, now);
		ensure!(licensed, Error::<T>::NotLicensed);
		Self::check_expiry(expiry, now)?;
		Self::check_registration(&key, &agreement_key)?;
		let genesis = Self::genesis();
		let message = messages::register_for(&genesis, org, &key, &agreement_key, expiry);
		ensure!(signing::verify(&message, &signature, &key), Error::<T>::BadSignature);
		Self::create(key, agreement_key, Some(org), Some(admin), who)?;
		Ok(())
	}

	/// Whether `key` can become a first key.
	fn check_registration(key: &T::AccountId, agreement_key: &[u8; 32]) -> DispatchResult {
		ensure!(agreement::is_usable(agreement_key), Error::<T>::InvalidAgreementKey);
		ensure!(!Keys::<T>::contains_key(key), Error::<T>::KeyInUse);
		// A handle's first key stays in `Keys` for ever, so a new key cannot meet an old handle.
		Ok(())
	}

	fn check_expiry(expiry: Moment, now: Moment) -> DispatchResult {
		ensure!(now < expiry, Error::<T>::SignatureExpired);
		let latest = now.saturating_add(T::MaxSignatureLife::get());
		ensure!(expiry <= latest, Error::<T>::ExpiryTooFar);
		Ok(())
	}

	/// Writes a handle that has passed all checks.
	fn create(
		key: T::AccountId,
		agreement_key: [u8; 32],
		organisation: Option<OrgId>,
		payer: Option<T::AccountId>,
		by: T::AccountId,
	) -> Result<PatientId, DispatchError> {
		let now = Self::now();
		let id = Self::handle_of(&key);
		let deposit = payer
			.map(|payer| -> Result<_, DispatchError> {
				let ticket = T::Consideration::new(&payer, Self::footprint())?;
				Ok(Deposit { payer, ticket })
			})
			.transpose()?;
		T::Tokenless::welcome(&key)?;
		let mut keys = BoundedVec::new();
		keys.try_push(key.clone()).map_err(|_| Error::<T>::TooManyKeys)?;
		let patient = Patient::<T> {
			created_at: now,
			registered_by: organisation,
			deposit,
			keys,
			state: Timeline::new(PatientState::Active, now),
			last_left_active: None,
			retires_from: None,
			agreement_key: Timeline::new(agreement_key, now),
		};
		Patients::<T>::insert(id, patient);
		let entry = Key { patient: id, purposes: KeyPurposeSet::ALL, from: now, until: None };
		Keys::<T>::insert(&key, entry);
		Self::deposit_event(Event::Registered { patient: id, key, organisation, by });
		Ok(id)
	}

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
		ensure!(!Keys::<T>::contains_key(&key), Error::<T>::KeyInUse);
		patient.keys.retain(|account| !Self::has_ended(account, now));
		patient.keys.try_push(key.clone()).map_err(|_| Error::<T>::TooManyKeys)?;
		let message = messages::add_key(&Self::genesis(), &id, &key, purposes, expiry);
		ensure!(signing::verify(&message, &signature, &key), Error::<T>::BadSignature);
		T::Tokenless::welcome(&key)?;

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
		let (target, now) = Self::sibling(who, key)?;
		ensure!(target.is_pending(now), Error::<T>::KeyNotPending);
		Ok(target.patient)
	}

	pub(crate) fn do_cancel_pending_key(who: T::AccountId, key: T::AccountId) -> DispatchResult {
		let id = Self::check_cancel_pending_key(&who, &key)?;
		Patients::<T>::mutate_extant(id, |patient| patient.keys.retain(|other| *other != key));
		Keys::<T>::remove(&key);
		Self::deposit_event(Event::PendingKeyCancelled { patient: id, key, by: who });
		Ok(())
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
		let Caller { id, patient, now, .. } = Self::caller(&who)?.authenticated()?.active()?;
		let mut target = Self::key_of(&id, &key)?;
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
		let (target, now) = Self::sibling(who, key)?;
		ensure!(target.is_leaving(now), Error::<T>::NoRemovalPending);
		Ok(target)
	}

	pub(crate) fn do_cancel_key_removal(who: T::AccountId, key: T::AccountId) -> DispatchResult {
		let target = Self::check_cancel_key_removal(&who, &key)?;
		Keys::<T>::insert(&key, Key { until: None, ..target });
		Self::deposit_event(Event::KeyRemovalCancelled { patient: target.patient, key, by: who });
		Ok(())
	}

	pub(crate) fn do_rotate_agreement_key(
		who: T::AccountId,
		agreement_key: [u8; 32],
	) -> DispatchResult {
		let Caller { id, mut patient, now, .. } = Self::caller(&who)?.authenticated()?.active()?;
		ensure!(agreement::is_usable(&agreement_key), Error::<T>::InvalidAgreementKey);
		let line = &mut patient.agreement_key;
		ensure!(line.now(now).value != agreement_key, Error::<T>::SameAgreementKey);
		ensure!(line.planned(now).is_none(), Error::<T>::RotationPending);

		let from = now.saturating_add(T::KeyDelay::get());
		line.plan(agreement_key, from, now, Self::keep_agreement_key(id));
		Patients::<T>::insert(id, patient);
		Self::deposit_event(Event::AgreementKeyRotated {
			patient: id,
			agreement_key,
			from,
			by: who,
		});
		Ok(())
	}

	pub(crate) fn check_cancel_rotation(who: &T::AccountId) -> Result<Caller<T>, DispatchError> {
		let mut caller = Self::caller(who)?;
		let cancelled = caller.patient.agreement_key.cancel(caller.now);
		ensure!(cancelled, Error::<T>::NoRotationPending);
		Ok(caller)
	}

	pub(crate) fn do_cancel_rotation(who: T::AccountId) -> DispatchResult {
		let Caller { id, patient, .. } = Self::check_cancel_rotation(&who)?;
		Patients::<T>::insert(id, patient);
		Self::deposit_event(Event::RotationCancelled { patient: id, by: who });
		Ok(())
	}
}

/// States.
impl<T: Config> Pallet<T> {
	pub(crate) fn check_freeze(who: &T::AccountId) -> Result<Caller<T>, DispatchError> {
		let caller = Self::caller(who)?;
		match caller.patient.state.now(caller.now).value {
			PatientState::Active => Ok(caller),
			PatientState::Frozen => Err(Error::<T>::AlreadyFrozen.into()),
			_ => Err(Error::<T>::NotActive.into()),
		}
	}

	pub(crate) fn do_freeze(who: T::AccountId) -> DispatchResult {
		let Caller { id, mut patient, now, .. } = Self::check_freeze(&who)?;
		patient.state.begin(PatientState::Frozen, now, Self::keep_state(id));
		patient.last_left_active = Some(now);
		Self::deposit_event(Event::Frozen { patient: id, by: who.clone() });

		patient.keys.retain(|account| {
			let Some(key) = Keys::<T>::get(account).defensive() else { return false };
			if key.is_pending(now) {
				Keys::<T>::remove(account);
				Self::deposit_event(Event::PendingKeyCancelled {
					patient: id,
					key: account.clone(),
					by: who.clone(),
				});
			} else if key.is_leaving(now) {
				Keys::<T>::insert(account, Key { until: None, ..key });
				Self::deposit_event(Event::KeyRemovalCancelled {
					patient: id,
					key: account.clone(),
					by: who.clone(),
				});
			}
			key.is_live(now)
		});
		if patient.agreement_key.cancel(now) {
			Self::deposit_event(Event::RotationCancelled { patient: id, by: who.clone() });
		}
		if patient.retires_from.take().is_some() {
			Self::deposit_event(Event::RetirementCancelled { patient: id, by: who });
		}
		Patients::<T>::insert(id, patient);
		Ok(())
	}

	pub(crate) fn do_unfreeze(who: T::AccountId) -> DispatchResult {
		let Caller { id, mut patient, now, .. } = Self::caller(&who)?.authenticated()?;
		let frozen = patient.state.now(now).value == PatientState::Frozen;
		ensure!(frozen, Error::<T>::NotFrozen);
		ensure!(patient.state.planned(now).is_none(), Error::<T>::UnfreezePending);

		let from = now.saturating_add(T::UnfreezeDelay::get());
		patient.state.plan(PatientState::Active, from, now, Self::keep_state(id));
		Patients::<T>::insert(id, patient);
		Self::deposit_event(Event::UnfreezeRequested { patient: id, from, by: who });
		Ok(())
	}

	pub(crate) fn check_cancel_unfreeze(who: &T::AccountId) -> Result<Caller<T>, DispatchError> {
		let mut caller = Self::caller(who)?;
		let cancelled = caller.patient.state.cancel(caller.now);
		ensure!(cancelled, Error::<T>::NoUnfreezePending);
		Ok(caller)
	}

	pub(crate) fn do_cancel_unfreeze(who: T::AccountId) -> DispatchResult {
		let Caller { id, patient, .. } = Self::check_cancel_unfreeze(&who)?;
		Patients::<T>::insert(id, patient);
		Self::deposit_event(Event::UnfreezeCancelled { patient: id, by: who });
		Ok(())
	}

	pub(crate) fn do_retire(who: T::AccountId) -> DispatchResult {
		let Caller { id, mut patient, now, .. } = Self::caller(&who)?.authenticated()?.active()?;
		ensure!(patient.retires_from.is_none(), Error::<T>::RetirementPending);

		let from = now.saturating_add(T::RetirementDelay::get());
		patient.retires_from = Some(from);
		Patients::<T>::insert(id, patient);
		Self::deposit_event(Event::RetirementRequested { patient: id, from, by: who });
		Ok(())
	}

	pub(crate) fn check_cancel_retirement(who: &T::AccountId) -> Result<Caller<T>, DispatchError> {
		let mut caller = Self::caller(who)?;
		caller.patient.retires_from.take().ok_or(Error::<T>::NoRetirementPending)?;
		Ok(caller)
	}

	pub(crate) fn do_cancel_retirement(who: T::AccountId) -> DispatchResult {
		let Caller { id, patient, .. } = Self::check_cancel_retirement(&who)?;
		Patients::<T>::insert(id, patient);
		Self::deposit_event(Event::RetirementCancelled { patient: id, by: who });
		Ok(())
	}

	pub(crate) fn do_complete_retirement(id: PatientId) -> DispatchResult {
		let now = Self::now();
		let mut patient = Patients::<T>::get(id).ok_or(Error::<T>::NotFound)?;
		let ready = patient.retires_from.ok_or(Error::<T>::NoRetirementPending)?;
		ensure!(ready <= now, Error::<T>::TooEarly);
		// A freeze drops the retirement, so only an active handle gets here.
		ensure!(patient.state.now(now).value == PatientState::Active, Error::<T>::NotActive);

		if let Some(Deposit { payer, ticket }) = patient.deposit.take() {
			ticket.drop(&payer)?;
		}
		for account in core::mem::take(&mut patient.keys) {
			let Some(key) = Keys::<T>::get(&account).defensive() else { continue };
			if key.is_pending(now) {
				Keys::<T>::remove(&account);
			} else if key.is_live(now) {
				Keys::<T>::insert(&account, Key { until: Some(now), ..key });
			}
		}
		patient.agreement_key.cancel(now);
		patient.state.begin(PatientState::Retired, now, Self::keep_state(id));
		patient.last_left_active = Some(now);
		patient.retires_from = None;
		Patients::<T>::insert(id, patient);
		Self::deposit_event(Event::Retired { patient: id });
		Ok(())
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
		Footprint::from_parts(1, key.saturating_add(patient))
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

	/// The key `key` of the handle of the live key `who`, and now.
	fn sibling(who: &T::AccountId, key: &T::AccountId) -> Result<(Key, Moment), DispatchError> {
		let now = Self::now();
		let id = Self::live_key(who, now)?.patient;
		Ok((Self::key_of(&id, key)?, now))
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
}

/// Questions.
impl<T: Config> Pallet<T> {
	/// The handle that registering `first_key` gives or gave.
	pub fn handle_of(first_key: &T::AccountId) -> PatientId {
		PatientId::from(blake2_256(&messages::handle(&Self::genesis(), first_key)))
	}

	/// Whose key `account` is, was, or is about to be.
	pub fn patient_of(account: &T::AccountId) -> Option<PatientId> {
		Keys::<T>::get(account).map(|key| key.patient)
	}

	/// All that a W3C DID document of `patient` needs; `None` if there is no such handle.
	pub fn resolve(id: &PatientId) -> Option<PatientDocument<T::AccountId>> {
		let now = Self::now();
		let patient = Patients::<T>::get(id)?;
		let state = patient.state.now(now);
		let entry = |account: &T::AccountId| {
			let Key { purposes, from, until, .. } =
				Keys::<T>::get(account).filter(|key| !key.has_ended(now))?;
			Some(DocumentKey { account: account.clone(), purposes, from, until })
		};
		Some(PatientDocument {
			patient: *id,
			state: state.value,
			since: state.from,
			active_from: patient.state.planned(now).map(|planned| planned.from),
			retires_from: patient.retires_from,
			last_left_active: patient.last_left_active,
			created_at: patient.created_at,
			registered_by: patient.registered_by,
			keys: patient.keys.iter().filter_map(entry).collect::<Vec<_>>(),
			agreement_key: patient.agreement_key.now(now),
			next_agreement_key: patient.agreement_key.planned(now),
		})
	}

	/// The state of `patient` at `at`; `Ok(None)` if there was no such handle then. Reads at most
	/// one entry of the history for each doubling of its length.
	pub fn state_at(id: &PatientId, at: Moment) -> Result<Option<PatientState>, AsOfError> {
		Self::check_past(at)?;
		let load = |index| StateHistory::<T>::get(id, index);
		Ok(Patients::<T>::get(id)
			.and_then(|patient| patient.state.at(at, load))
			.map(|since| since.value))
	}

	/// The agreement key of `patient` at `at`, and since when; `Ok(None)` if there was no such
	/// handle then.
	pub fn agreement_key_at(
		id: &PatientId,
		at: Moment,
	) -> Result<Option<Since<[u8; 32]>>, AsOfError> {
		Self::check_past(at)?;
		let load = |index| AgreementKeyHistory::<T>::get(id, index);
		Ok(Patients::<T>::get(id).and_then(|patient| patient.agreement_key.at(at, load)))
	}

	fn check_past(at: Moment) -> Result<(), AsOfError> {
		if at <= Self::now() {
			Ok(())
		} else {
			Err(AsOfError::InFuture)
		}
	}
}

impl<T: Config> traits::Patients<T::AccountId> for Pallet<T> {
	fn key(key: &T::AccountId) -> Option<PatientKey> {
		Keys::<T>::get(key).map(Into::into)
	}

	fn state(patient: &PatientId) -> Option<(PatientState, Moment)> {
		let state = Patients::<T>::get(patient)?.state.now(Self::now());
		Some((state.value, state.from))
	}

	/// A question about the future has no answer, as if there was no such handle.
	fn state_at(patient: &PatientId, at: Moment) -> Option<PatientState> {
		Self::state_at(patient, at).ok().flatten()
	}

	fn last_left_active(patient: &PatientId) -> Option<Moment> {
		Patients::<T>::get(patient)?.last_left_active
	}

	fn registered_by(patient: &PatientId) -> Option<OrgId> {
		Patients::<T>::get(patient)?.registered_by
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_patient(key: &T::AccountId) -> PatientId {
		let mut agreement_key = [0; 32];
		agreement_key[0] = 9;
		// Without a deposit, so that the balances of the caller's benchmark stay as they are.
		Self::create(key.clone(), agreement_key, None, None, key.clone())
			.expect("a fresh key can be registered")
	}
}
