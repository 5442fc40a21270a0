//! The base decision: what holds where no directive speaks. Stricter at once, looser in two steps.

use crate::*;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::Defensive,
};
use salus_primitives::{Moment, PatientId};

impl<T: Config> Pallet<T> {
	/// Which of `terms` held at `at`.
	pub(crate) fn base_of(terms: &[BaseTerm], at: Moment) -> BaseDecision {
		let term = terms.iter().rev().find(|term| term.from <= at);
		term.map(|term| term.decision).unwrap_or_default()
	}

	/// Everything that a stricter base decision needs: the patient, its base decisions so far, and now.
	pub(crate) fn check_set_base_decision(
		who: &T::AccountId,
		decision: BaseDecision,
	) -> Result<(PatientId, BaseTerms, Moment), DispatchError> {
		let (patient, now) = Self::tightening(who)?;
		let terms = BaseDecisions::<T>::get(patient);
		ensure!(decision.is_stricter_than(Self::base_of(&terms, now)), Error::<T>::NotStricter);
		Ok((patient, terms, now))
	}

	pub(crate) fn do_set_base_decision(by: T::AccountId, decision: BaseDecision) -> DispatchResult {
		let (patient, mut terms, now) = Self::check_set_base_decision(&by, decision)?;
		// There is always room: see `ensure_relaxable`.
		terms
			.try_push(BaseTerm { from: now, decision })
			.defensive()
			.map_err(|_| Error::<T>::BaseHistoryFull)?;
		BaseDecisions::<T>::insert(patient, terms);
		// What was asked for before must not undo this.
		let mut pending = PendingLifts::<T>::get(patient);
		let waiting = pending.len();
		pending.retain(|lift| !matches!(lift.target, LiftTarget::BaseDecision(_)));
		if pending.len() < waiting {
			Self::put_pending(&patient, pending);
		}
		Self::deposit_event(Event::BaseDecisionSet { patient, decision, by });
		Ok(())
	}

	/// Refuses what is not looser than the last of `terms`, or would leave no room to be made stricter again.
	pub(crate) fn ensure_relaxable(
		terms: &BaseTerms,
		decision: BaseDecision,
		now: Moment,
	) -> Result<(), Error<T>> {
		ensure!(Self::base_of(terms, now).is_stricter_than(decision), Error::<T>::NotLooser);
		let most = MAX_BASE.saturating_sub(decision.stricter_steps());
		ensure!(
			u32::try_from(terms.len()).is_ok_and(|count| count < most),
			Error::<T>::BaseHistoryFull
		);
		Ok(())
	}

	/// A looser base decision holds from now on.
	pub(crate) fn relax_base(
		patient: &PatientId,
		decision: BaseDecision,
		now: Moment,
	) -> DispatchResult {
		let mut terms = BaseDecisions::<T>::get(patient);
		Self::ensure_relaxable(&terms, decision, now)?;
		terms
			.try_push(BaseTerm { from: now, decision })
			.defensive()
			.map_err(|_| Error::<T>::BaseHistoryFull)?;
		BaseDecisions::<T>::insert(patient, terms);
		Ok(())
	}
}
