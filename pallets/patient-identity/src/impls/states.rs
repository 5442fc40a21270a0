//! Freezing, unfreezing, retiring.

use super::Caller;
use crate::{pallet::*, types::*};
use frame_support::{
	ensure,
	storage::{with_transaction, TransactionOutcome},
	traits::{Consideration, Defensive, Get},
	BoundedVec,
};
use salus_primitives::{deposits::Backed, PatientId, PatientState};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Notes that the handle leaves Active in this block.
	fn note_left_active(id: PatientId) {
		LeftActiveIn::<T>::insert(id, frame_system::Pallet::<T>::block_number());
	}

	pub(crate) fn check_freeze(who: &T::AccountId) -> Result<Caller<T>, DispatchError> {
		let caller = Self::caller(who)?;
		match caller.patient.state.now(caller.now).value {
			PatientState::Active => Ok(caller),
			// A key without authentication may have frozen it, and left the removals pending.
			PatientState::Frozen if caller.may_authenticate() && caller.sees_removals() => {
				Ok(caller)
			},
			PatientState::Frozen => Err(Error::<T>::AlreadyFrozen.into()),
			_ => Err(Error::<T>::NotActive.into()),
		}
	}

	pub(crate) fn do_freeze(who: T::AccountId) -> DispatchResult {
		let caller = Self::check_freeze(&who)?;
		// Else a stolen key that only looks could keep itself.
		let stops_removals = caller.may_authenticate();
		let Caller { id, mut patient, now, .. } = caller;
		let newly = patient.state.now(now).value == PatientState::Active;
		if newly {
			patient.state.begin(PatientState::Frozen, now, Self::keep_state(id));
			patient.last_left_active = Some(now);
			Self::note_left_active(id);
			Self::deposit_event(Event::Frozen { patient: id, by: who.clone() });
		}

		let mut leaving = BoundedVec::new();
		patient.keys.retain(|account| {
			let Some(key) = Keys::<T>::get(account).defensive() else { return false };
			if key.is_pending(now) {
				Self::forget(account);
				Self::deposit_event(Event::PendingKeyCancelled {
					patient: id,
					key: account.clone(),
					by: who.clone(),
				});
			} else if key.is_leaving(now) {
				// There is room: a handle has no more keys than the list has places.
				let _ = leaving.try_push(account.clone()).defensive();
				if stops_removals {
					Keys::<T>::insert(account, Key { until: None, ..key });
					Self::deposit_event(Event::KeyRemovalCancelled {
						patient: id,
						key: account.clone(),
						by: who.clone(),
					});
				}
			}
			key.is_live(now)
		});
		if newly {
			// While it is frozen no authentication key begins to leave, so the list stays complete.
			if leaving.is_empty() {
				LeavingAtFreeze::<T>::remove(id);
			} else {
				LeavingAtFreeze::<T>::insert(id, leaving);
			}
		}
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
		let mut caller = Self::caller(who)?.authenticated()?;
		// A key that was to go must not keep the handle frozen, and so itself.
		let was_leaving = LeavingAtFreeze::<T>::get(caller.id).contains(who);
		ensure!(!was_leaving, Error::<T>::WasLeaving);
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

	/// The ticket for what stays of a retired handle. Never for more than before, also where prices have
	/// risen: a payer without tokens must not keep a patient from retiring.
	fn reduced(payer: &T::AccountId, ticket: T::Consideration) -> T::Consideration {
		let before = ticket.amount();
		let reduced =
			with_transaction(|| match ticket.clone().update(payer, Self::retired_footprint()) {
				Ok(less) if less.amount() <= before => TransactionOutcome::Commit(Ok(less)),
				Ok(_) => TransactionOutcome::Rollback(Err(DispatchError::Unavailable)),
				Err(why) => TransactionOutcome::Rollback(Err(why)),
			});
		reduced.unwrap_or(ticket)
	}

	pub(crate) fn do_complete_retirement(id: PatientId) -> DispatchResult {
		let now = Self::now();
		let mut patient = Patients::<T>::get(id).ok_or(Error::<T>::NotFound)?;
		let ready = patient.retires_from.ok_or(Error::<T>::NoRetirementPending)?;
		ensure!(ready <= now, Error::<T>::TooEarly);
		// A freeze drops the retirement, so only an active handle gets here.
		ensure!(patient.state.now(now).value == PatientState::Active, Error::<T>::NotActive);

		// The handle and its keys stay on record for ever, and so does what is put down for that.
		if let Some(Deposit { payer, ticket }) = patient.deposit.take() {
			let ticket = Self::reduced(&payer, ticket);
			patient.deposit = Some(Deposit { payer, ticket });
		}
		for account in core::mem::take(&mut patient.keys) {
			let Some(key) = Keys::<T>::get(&account).defensive() else { continue };
			if key.is_pending(now) {
				Self::forget(&account);
			} else if key.is_live(now) {
				Keys::<T>::insert(&account, Key { until: Some(now), ..key });
			}
		}
		patient.agreement_key.cancel(now);
		patient.state.begin(PatientState::Retired, now, Self::keep_state(id));
		patient.last_left_active = Some(now);
		Self::note_left_active(id);
		patient.retires_from = None;
		Patients::<T>::insert(id, patient);
		LeavingAtFreeze::<T>::remove(id);
		Self::deposit_event(Event::Retired { patient: id });
		Ok(())
	}
}
