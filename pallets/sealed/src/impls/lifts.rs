//! The way back from a sealed denial: in two steps, a delay between.

use crate::*;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::{Defensive, Get},
};
use salus_primitives::{traits::Patients, Moment, PatientId};

impl<T: Config> Pallet<T> {
	/// The first step: the lift is asked for, and waits.
	pub(crate) fn do_lift(by: T::AccountId, sealed: SealedId) -> DispatchResult {
		let (patient, now) = Self::loosening(&by)?;
		let live = Live::<T>::get(patient);
		Self::find(&live, sealed, Effect::Deny, now)?;
		let mut pending = PendingLifts::<T>::get(patient);
		// What a freeze stopped, or whose Deny has expired, can never be applied: it makes room. So those that wait
		// are of different denials in force, of which there are no more than have room.
		let left = T::Patients::last_left_active(&patient);
		pending.retain(|lift| {
			!Self::is_stopped(lift, left)
				&& Self::find(&live, lift.sealed, Effect::Deny, now).is_ok()
		});
		ensure!(pending.iter().all(|lift| lift.sealed != sealed), Error::<T>::AlreadyPending);
		let ready_at = now.saturating_add(T::LiftDelay::get());
		pending
			.try_push(PendingLift { sealed, requested_at: now, ready_at })
			.defensive()
			.map_err(|_| Error::<T>::TooManyDirectives)?;
		PendingLifts::<T>::insert(patient, pending);
		Self::deposit_event(Event::LiftRequested { patient, sealed, ready_at, by });
		Ok(())
	}

	/// The second step: the delay is over and nobody objected.
	pub(crate) fn do_apply_lift(
		by: T::AccountId,
		patient: PatientId,
		sealed: SealedId,
	) -> DispatchResult {
		Self::ensure_active(&patient)?;
		let now = Self::now();
		let (mut pending, position) = Self::find_pending(&patient, sealed)?;
		let lift = pending.get(position).copied().ok_or(Error::<T>::NotFound)?;
		ensure!(
			!Self::is_stopped(&lift, T::Patients::last_left_active(&patient)),
			Error::<T>::LiftStopped
		);
		ensure!(lift.ready_at <= now, Error::<T>::TooEarly);
		let mut live = Live::<T>::get(patient);
		let found = Self::find(&live, sealed, Effect::Deny, now)?;
		Self::end(&mut live, found, Ended { at: now, why: EndReason::Lifted });
		Live::<T>::insert(patient, live);
		pending.remove(position);
		Self::put_pending(&patient, pending);
		Self::deposit_event(Event::LiftApplied { patient, sealed, by });
		Ok(())
	}

	/// Everything that a cancellation needs: the patient, its pending lifts, and which of them.
	pub(crate) fn check_cancel_lift(
		who: &T::AccountId,
		sealed: SealedId,
	) -> Result<(PatientId, PendingList, usize), DispatchError> {
		let (patient, _) = Self::tightening(who)?;
		let (pending, position) = Self::find_pending(&patient, sealed)?;
		Ok((patient, pending, position))
	}

	pub(crate) fn do_cancel_lift(by: T::AccountId, sealed: SealedId) -> DispatchResult {
		let (patient, mut pending, position) = Self::check_cancel_lift(&by, sealed)?;
		pending.remove(position);
		Self::put_pending(&patient, pending);
		Self::deposit_event(Event::LiftCancelled { patient, sealed, by });
		Ok(())
	}

	/// A lift is stopped for ever once the handle left Active, even in the same block.
	fn is_stopped(lift: &PendingLift, left_active: Option<Moment>) -> bool {
		left_active.is_some_and(|left| lift.requested_at <= left)
	}

	fn find_pending(
		patient: &PatientId,
		sealed: SealedId,
	) -> Result<(PendingList, usize), Error<T>> {
		let pending = PendingLifts::<T>::get(patient);
		let position =
			pending.iter().position(|lift| lift.sealed == sealed).ok_or(Error::<T>::NotFound)?;
		Ok((pending, position))
	}

	fn put_pending(patient: &PatientId, pending: PendingList) {
		if pending.is_empty() {
			PendingLifts::<T>::remove(patient);
		} else {
			PendingLifts::<T>::insert(patient, pending);
		}
	}
}
