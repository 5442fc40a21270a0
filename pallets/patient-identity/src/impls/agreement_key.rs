//! Rotating the key to which others encrypt.

use super::Caller;
use crate::pallet::*;
use frame_support::{ensure, traits::Get};
use salus_primitives::agreement;
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
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
