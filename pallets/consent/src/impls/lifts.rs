//! Vetoes and blocks, and the way back from them, from denials and from a base decision: in two steps, a delay between.

use crate::*;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::{Defensive, Get},
	BoundedVec,
};
use salus_primitives::{traits::Patients, Moment, OrgId, PatientId, Purpose};

type Vetoed = BoundedVec<PurposeVeto, frame_support::traits::ConstU32<MAX_VETOES>>;

impl<T: Config> Pallet<T> {
	/// Everything that a veto needs: the patient, its vetoes, and now.
	pub(crate) fn check_veto(
		who: &T::AccountId,
		purpose: Purpose,
	) -> Result<(PatientId, Vetoed, Moment), DispatchError> {
		let (patient, now) = Self::tightening(who)?;
		ensure!(purpose != Purpose::Btg, Error::<T>::PurposeExcluded);
		let vetoes = Vetoes::<T>::get(patient);
		ensure!(Self::standing_veto(&vetoes, purpose).is_none(), Error::<T>::AlreadyVetoed);
		Ok((patient, vetoes, now))
	}

	pub(crate) fn do_veto_purpose(by: T::AccountId, purpose: Purpose) -> DispatchResult {
		let (patient, mut vetoes, now) = Self::check_veto(&by, purpose)?;
		// There is always room: see `ensure_veto_history`.
		vetoes
			.try_push(PurposeVeto { purpose, from: now, until: None })
			.defensive()
			.map_err(|_| Error::<T>::VetoHistoryFull)?;
		Vetoes::<T>::insert(patient, vetoes);
		Self::deposit_event(Event::PurposeVetoed { patient, purpose, by });
		Ok(())
	}

	pub(crate) fn do_block_requester(by: T::AccountId, organisation: OrgId) -> DispatchResult {
		let (patient, now) = Self::tightening(&by)?;
		// A flagged organisation cannot ask in plain, so there is nothing to block.
		Self::ensure_plain(organisation)?;
		ensure!(!Blocked::<T>::contains_key(patient, organisation), Error::<T>::AlreadyBlocked);
		Blocked::<T>::insert(patient, organisation, now);
		Self::deposit_event(Event::RequesterBlocked { patient, organisation, by });
		Ok(())
	}

	/// The first step: the lift is asked for, and waits.
	pub(crate) fn do_request_lift(by: T::AccountId, target: LiftTarget) -> DispatchResult {
		let (patient, now) = Self::loosening(&by)?;
		match target {
			LiftTarget::Directive(directive) => {
				Self::find(&Live::<T>::get(patient), directive, Effect::Deny, now)?;
			},
			LiftTarget::Veto(purpose) => {
				let vetoes = Vetoes::<T>::get(patient);
				Self::standing_veto(&vetoes, purpose).ok_or(Error::<T>::NotVetoed)?;
				Self::ensure_veto_history(&vetoes)?;
			},
			LiftTarget::Requester(organisation) => {
				ensure!(Blocked::<T>::contains_key(patient, organisation), Error::<T>::NotBlocked);
			},
			LiftTarget::BaseDecision(decision) => {
				Self::ensure_relaxable(&BaseDecisions::<T>::get(patient), decision, now)?;
			},
		}
		let mut pending = PendingLifts::<T>::get(patient);
		// What a freeze stopped can never be applied: it makes room, and may be asked for again.
		let left = T::Patients::last_left_active(&patient);
		pending.retain(|lift| !Self::is_stopped(lift, left));
		ensure!(pending.iter().all(|lift| lift.target != target), Error::<T>::AlreadyPending);
		if let LiftTarget::BaseDecision(_) = target {
			// Whoever asks for another has changed its mind about the one that waits.
			Self::drop_relaxations(&patient, &mut pending, &by);
		}
		let ready_at = now.saturating_add(T::LiftDelay::get());
		pending
			.try_push(PendingLift { target, requested_at: now, ready_at })
			.map_err(|_| Error::<T>::TooManyPending)?;
		PendingLifts::<T>::insert(patient, pending);
		Self::deposit_event(Event::LiftRequested { patient, target, ready_at, by });
		Ok(())
	}

	/// The second step: the delay is over and nobody objected.
	pub(crate) fn do_apply_lift(
		by: T::AccountId,
		patient: PatientId,
		target: LiftTarget,
	) -> DispatchResult {
		Self::ensure_active(&patient)?;
		let now = Self::now();
		let (mut pending, position) = Self::find_pending(&patient, target)?;
		let lift = pending.get(position).copied().ok_or(Error::<T>::NotFound)?;
		ensure!(
			!Self::is_stopped(&lift, T::Patients::last_left_active(&patient)),
			Error::<T>::LiftStopped
		);
		ensure!(lift.ready_at <= now, Error::<T>::TooEarly);
		match target {
			LiftTarget::Directive(directive) => {
				let mut live = Live::<T>::get(patient);
				let position = Self::find(&live, directive, Effect::Deny, now)?;
				Self::end(&mut live, position, Ended { at: now, why: EndReason::Lifted });
				Live::<T>::insert(patient, live);
			},
			LiftTarget::Veto(purpose) => {
				let mut vetoes = Vetoes::<T>::get(patient);
				Self::ensure_veto_history(&vetoes)?;
				let position =
					Self::standing_veto(&vetoes, purpose).ok_or(Error::<T>::NotVetoed)?;
				if let Some(veto) = vetoes.get_mut(position) {
					veto.until = Some(now);
				}
				Vetoes::<T>::insert(patient, vetoes);
			},
			LiftTarget::Requester(organisation) => {
				Blocked::<T>::remove(patient, organisation);
			},
			LiftTarget::BaseDecision(decision) => Self::relax_base(&patient, decision, now)?,
		}
		pending.remove(position);
		if let LiftTarget::BaseDecision(_) = target {
			// The calls let one wait at most. Whatever else there is was asked for under another base decision.
			Self::drop_relaxations(&patient, &mut pending, &by);
		}
		Self::put_pending(&patient, pending);
		Self::deposit_event(Event::LiftApplied { patient, target, by });
		Ok(())
	}

	/// Everything that a cancellation needs: the patient, its pending lifts, and which of them.
	pub(crate) fn check_cancel_lift(
		who: &T::AccountId,
		target: LiftTarget,
	) -> Result<(PatientId, Pending, usize), DispatchError> {
		let (patient, _) = Self::tightening(who)?;
		let (pending, position) = Self::find_pending(&patient, target)?;
		Ok((patient, pending, position))
	}

	pub(crate) fn do_cancel_lift(by: T::AccountId, target: LiftTarget) -> DispatchResult {
		let (patient, mut pending, position) = Self::check_cancel_lift(&by, target)?;
		pending.remove(position);
		Self::put_pending(&patient, pending);
		Self::deposit_event(Event::LiftCancelled { patient, target, by });
		Ok(())
	}

	/// A lift is stopped for ever once the handle left Active, even in the same block.
	fn is_stopped(lift: &PendingLift, left_active: Option<Moment>) -> bool {
		left_active.is_some_and(|left| lift.requested_at <= left)
	}

	fn find_pending(patient: &PatientId, target: LiftTarget) -> Result<(Pending, usize), Error<T>> {
		let pending = PendingLifts::<T>::get(patient);
		let position =
			pending.iter().position(|lift| lift.target == target).ok_or(Error::<T>::NotFound)?;
		Ok((pending, position))
	}

	pub(crate) fn put_pending(patient: &PatientId, pending: Pending) {
		if pending.is_empty() {
			PendingLifts::<T>::remove(patient);
		} else {
			PendingLifts::<T>::insert(patient, pending);
		}
	}

	/// Where in `vetoes` the veto of `purpose` that is in force stands.
	fn standing_veto(vetoes: &Vetoed, purpose: Purpose) -> Option<usize> {
		vetoes.iter().position(|veto| veto.purpose == purpose && veto.until.is_none())
	}

	/// Refuses to close one more veto where the history would eat into the room for vetoes.
	///
	/// At most one veto of each purpose is in force, and [`VETO_ROOM`] places never belong to the
	/// history. So a veto can always be made, and only its lifting can be refused.
	fn ensure_veto_history(vetoes: &Vetoed) -> Result<(), Error<T>> {
		let closed = vetoes.iter().filter(|veto| veto.until.is_some()).count();
		let most = MAX_VETOES.saturating_sub(VETO_ROOM);
		ensure!(
			u32::try_from(closed).is_ok_and(|closed| closed < most),
			Error::<T>::VetoHistoryFull
		);
		Ok(())
	}
}
