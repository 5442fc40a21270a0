//! Advance directives: stricter at once, looser in two steps.

use crate::*;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::{Defensive, Get},
};
use salus_primitives::{
	traits::Patients, AdvanceDirective, KeyPurpose, KeyPurposeSet, Moment, PatientId,
};

impl<T: Config> Pallet<T> {
	/// What `terms` said at `at`.
	pub(crate) fn advance_of(terms: &[AdvanceTerm], at: Moment) -> AdvanceDirective {
		terms.iter().rev().find(|term| term.from <= at).map(|term| term.value).unwrap_or_default()
	}

	/// In how many steps `value` can be made stricter: each needs its place in the history.
	pub(crate) fn steps_above(value: AdvanceDirective) -> u32 {
		match value {
			AdvanceDirective::Unrestricted => 2,
			AdvanceDirective::NoLabelled => 1,
			AdvanceDirective::NoEmergency => 0,
		}
	}

	/// Everything that a stricter directive needs: the patient, what it has said so far, and now.
	pub(crate) fn check_set_advance_directive(
		who: &T::AccountId,
		value: AdvanceDirective,
	) -> Result<(PatientId, AdvanceList, Moment), DispatchError> {
		// Any key keeps labelled data shut. Emergency access as a whole is shut by whoever decides about the patient's
		// data or keys: somebody who may only look must not cut off care.
		let decides = |purposes: KeyPurposeSet| {
			value < AdvanceDirective::NoEmergency
				|| purposes.contains(KeyPurpose::Consent)
				|| purposes.contains(KeyPurpose::Authentication)
		};
		let (patient, now) = Self::tightening_by(who, decides)?;
		let terms = AdvanceDirectives::<T>::get(patient);
		ensure!(value > Self::advance_of(&terms, now), Error::<T>::NotStricter);
		Ok((patient, terms, now))
	}

	pub(crate) fn do_set_advance_directive(
		by: T::AccountId,
		value: AdvanceDirective,
	) -> DispatchResult {
		let (patient, mut terms, now) = Self::check_set_advance_directive(&by, value)?;
		// There is always room: see `ensure_relaxable`.
		terms
			.try_push(AdvanceTerm { from: now, value })
			.defensive()
			.map_err(|_| Error::<T>::HistoryFull)?;
		AdvanceDirectives::<T>::insert(patient, terms);
		PendingRelaxations::<T>::remove(patient);
		Self::deposit_event(Event::AdvanceDirectiveSet { patient, value, by });
		Ok(())
	}

	/// Refuses what is not looser, or would leave no room to be made stricter again.
	fn ensure_relaxable(
		terms: &AdvanceList,
		value: AdvanceDirective,
		now: Moment,
	) -> Result<(), Error<T>> {
		ensure!(value < Self::advance_of(terms, now), Error::<T>::NotLooser);
		let kept = Self::steps_above(value);
		ensure!(
			u32::try_from(terms.len()).is_ok_and(|count| count < MAX_ADVANCE.saturating_sub(kept)),
			Error::<T>::HistoryFull
		);
		Ok(())
	}

	/// The first step: the relaxation is asked for, and waits.
	pub(crate) fn do_relax_advance_directive(
		by: T::AccountId,
		value: AdvanceDirective,
	) -> DispatchResult {
		let (patient, now) = Self::loosening(&by)?;
		Self::ensure_relaxable(&AdvanceDirectives::<T>::get(patient), value, now)?;
		// What a freeze stopped can never be applied: it makes room, and may be asked for again.
		let left = T::Patients::last_left_active(&patient);
		let waits = PendingRelaxations::<T>::get(patient)
			.is_some_and(|waiting| !Self::is_stopped(&waiting, left));
		ensure!(!waits, Error::<T>::AlreadyPending);
		let ready_at = now.saturating_add(T::RelaxDelay::get());
		let waiting = PendingRelaxation { value, requested_at: now, ready_at };
		PendingRelaxations::<T>::insert(patient, waiting);
		Self::deposit_event(Event::RelaxationRequested { patient, value, ready_at, by });
		Ok(())
	}

	/// The second step: the delay is over and nobody objected.
	pub(crate) fn do_apply_relaxation(by: T::AccountId, patient: PatientId) -> DispatchResult {
		Self::ensure_active(&patient)?;
		let now = Self::now();
		let waiting = PendingRelaxations::<T>::get(patient).ok_or(Error::<T>::NotFound)?;
		ensure!(
			!Self::is_stopped(&waiting, T::Patients::last_left_active(&patient)),
			Error::<T>::RelaxationStopped
		);
		ensure!(waiting.ready_at <= now, Error::<T>::TooEarly);
		let value = waiting.value;
		let mut terms = AdvanceDirectives::<T>::get(patient);
		Self::ensure_relaxable(&terms, value, now)?;
		terms
			.try_push(AdvanceTerm { from: now, value })
			.defensive()
			.map_err(|_| Error::<T>::HistoryFull)?;
		AdvanceDirectives::<T>::insert(patient, terms);
		PendingRelaxations::<T>::remove(patient);
		Self::deposit_event(Event::AdvanceDirectiveRelaxed { patient, value, by });
		Ok(())
	}

	/// Everything that calling a relaxation off needs: the patient.
	pub(crate) fn check_cancel_relaxation(who: &T::AccountId) -> Result<PatientId, DispatchError> {
		let (patient, _) = Self::tightening(who)?;
		ensure!(PendingRelaxations::<T>::contains_key(patient), Error::<T>::NotFound);
		Ok(patient)
	}

	pub(crate) fn do_cancel_relaxation(by: T::AccountId) -> DispatchResult {
		let patient = Self::check_cancel_relaxation(&by)?;
		PendingRelaxations::<T>::remove(patient);
		Self::deposit_event(Event::RelaxationCancelled { patient, by });
		Ok(())
	}

	/// A relaxation is stopped for ever once the handle left Active, even in the same block.
	fn is_stopped(waiting: &PendingRelaxation, left_active: Option<Moment>) -> bool {
		left_active.is_some_and(|left| waiting.requested_at <= left)
	}
}
