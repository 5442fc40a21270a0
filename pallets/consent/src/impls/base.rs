//! The base decision: what holds where no directive speaks. Stricter at once, looser in two steps.

use crate::*;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::Defensive,
};
use salus_primitives::{Moment, PatientId};

/// What a stricter base decision needs.
pub(crate) struct Stricter {
	patient: PatientId,
	now: Moment,
	/// The base decisions so far, if it is stricter than the last of them; `None` if it only calls off what waits.
	terms: Option<BaseTerms>,
	/// The lifts of the patient that wait.
	pending: Pending,
}

impl<T: Config> Pallet<T> {
	/// Which of `terms` held at `at`. A Permit is Unset after its term: [`BaseDecision::left_at`].
	pub(crate) fn base_of(terms: &[BaseTerm], at: Moment) -> BaseDecision {
		let term = terms.iter().rev().find(|term| term.from <= at);
		term.map(|term| term.decision.left_at(term.from, at)).unwrap_or_default()
	}

	/// Everything that a stricter base decision needs. It is stricter than what holds, or than what waits to hold: whoever
	/// says Deny again means that nothing of what was asked for meanwhile comes to pass.
	pub(crate) fn check_set_base_decision(
		who: &T::AccountId,
		decision: BaseDecision,
	) -> Result<Stricter, DispatchError> {
		let (patient, now) = Self::tightening(who)?;
		let terms = BaseDecisions::<T>::get(patient);
		let pending = PendingLifts::<T>::get(patient);
		let holds = decision.is_stricter_than(Self::base_of(&terms, now));
		let looser = pending.iter().any(|lift| {
			matches!(lift.target, LiftTarget::BaseDecision(asked) if decision.is_stricter_than(asked))
		});
		ensure!(holds || looser, Error::<T>::NotStricter);
		Ok(Stricter { patient, now, terms: holds.then_some(terms), pending })
	}

	pub(crate) fn do_set_base_decision(by: T::AccountId, decision: BaseDecision) -> DispatchResult {
		let Stricter { patient, now, terms, mut pending } =
			Self::check_set_base_decision(&by, decision)?;
		let changes = terms.is_some();
		if let Some(mut terms) = terms {
			// There is always room: see `ensure_relaxable`.
			terms
				.try_push(BaseTerm { from: now, decision })
				.defensive()
				.map_err(|_| Error::<T>::BaseHistoryFull)?;
			BaseDecisions::<T>::insert(patient, terms);
		}
		// What was asked for before must not undo this.
		if Self::drop_relaxations(&patient, &mut pending, &by) {
			Self::put_pending(&patient, pending);
		}
		if changes {
			Self::deposit_event(Event::BaseDecisionSet { patient, decision, by });
		}
		Ok(())
	}

	/// Calls off every looser base decision in `pending`, which waits for `patient`. Tells whether there was any.
	pub(crate) fn drop_relaxations(
		patient: &PatientId,
		pending: &mut Pending,
		by: &T::AccountId,
	) -> bool {
		let before = pending.len();
		pending.retain(|lift| {
			let LiftTarget::BaseDecision(_) = lift.target else { return true };
			Self::deposit_event(Event::LiftCancelled {
				patient: *patient,
				target: lift.target,
				by: by.clone(),
			});
			false
		});
		pending.len() < before
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
