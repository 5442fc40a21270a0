//! Opting out at once, and opting in again in two steps.

use crate::*;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::{Defensive, Get},
};
use salus_primitives::{traits::Patients, Moment, OptOut, OrgId, PatientId, Towards};

/// What opting out does, once all is checked.
pub(crate) enum OptingOut {
	/// An opt-out begins.
	Begins(OptOutList),
	/// It lasts, and the return from it that waits, at this place of the list, is called off.
	Stays(PendingList, usize),
}

impl<T: Config> Pallet<T> {
	/// Refuses where the patient has opted out towards `organisation`.
	pub(crate) fn ensure_not_out(outs: &[OptOut], organisation: OrgId) -> Result<(), Error<T>> {
		let out = outs.iter().any(|out| out.until.is_none() && out.towards.means(organisation));
		ensure!(!out, Error::<T>::OptedOut);
		Ok(())
	}

	/// Refuses an opt-out that holds already, or that there is no room for.
	///
	/// The last place is for opting out towards everybody alone, also while the patient has: else organisations could
	/// take it, and the patient could never opt in again.
	pub(crate) fn ensure_room(outs: &[OptOut], towards: Towards) -> Result<(), Error<T>> {
		ensure!(Self::standing(outs, towards).is_none(), Error::<T>::AlreadyOptedOut);
		if towards != Towards::Everybody {
			let organisations = outs
				.iter()
				.filter(|out| out.until.is_none() && out.towards != Towards::Everybody)
				.count();
			ensure!(
				u32::try_from(organisations).is_ok_and(|count| count < MAX_OPT_OUTS),
				Error::<T>::TooManyOptOuts
			);
			ensure!(
				u32::try_from(outs.len())
					.is_ok_and(|count| count < MAX_OPT_OUT_HISTORY.saturating_sub(1)),
				Error::<T>::OptOutHistoryFull
			);
		}
		Ok(())
	}

	/// Everything that opting out needs: the patient, what it does, and now.
	pub(crate) fn check_opt_out(
		who: &T::AccountId,
		towards: Towards,
	) -> Result<(PatientId, OptingOut, Moment), DispatchError> {
		let (patient, now) = Self::tightening(who)?;
		if let Towards::Organisation(organisation) = towards {
			Self::ensure_plain(organisation)?;
		}
		let outs = OptOuts::<T>::get(patient);
		if Self::standing(&outs, towards).is_some() {
			// Whoever opts out means to stay out.
			if let Ok((pending, position)) = Self::find_pending(&patient, towards) {
				return Ok((patient, OptingOut::Stays(pending, position), now));
			}
		}
		Self::ensure_room(&outs, towards)?;
		Ok((patient, OptingOut::Begins(outs), now))
	}

	pub(crate) fn do_opt_out(by: T::AccountId, towards: Towards) -> DispatchResult {
		let (patient, opting_out, now) = Self::check_opt_out(&by, towards)?;
		let outs = match opting_out {
			OptingOut::Begins(outs) => outs,
			OptingOut::Stays(pending, position) => {
				Self::call_off(patient, pending, position, towards, by);
				return Ok(());
			},
		};
		Self::put_opt_out(patient, outs, towards, now, by)?;
		match towards {
			Towards::Everybody => Self::void_invitations(&patient, None),
			Towards::Organisation(organisation) => {
				Self::void_invitations(&patient, Some(organisation));
			},
		}
		Ok(())
	}

	/// Writes an opt-out that has passed all checks.
	pub(crate) fn put_opt_out(
		patient: PatientId,
		mut outs: OptOutList,
		towards: Towards,
		now: Moment,
		by: T::AccountId,
	) -> DispatchResult {
		outs.try_push(OptOut { towards, from: now, until: None })
			.defensive()
			.map_err(|_| Error::<T>::OptOutHistoryFull)?;
		OptOuts::<T>::insert(patient, outs);
		Self::void_words(&patient, towards);
		Self::deposit_event(Event::OptedOut { patient, towards, by });
		Ok(())
	}

	/// The first step: the return is asked for, and waits.
	pub(crate) fn do_opt_in(by: T::AccountId, towards: Towards) -> DispatchResult {
		let (patient, now) = Self::loosening(&by)?;
		if let Towards::Organisation(organisation) = towards {
			Self::ensure_plain(organisation)?;
		}
		let outs = OptOuts::<T>::get(patient);
		Self::ensure_return(&outs, towards)?;
		let mut pending = PendingOptIns::<T>::get(patient);
		// What a freeze stopped can never be applied: it makes room, and may be asked for again.
		let left = T::Patients::last_left_active(&patient);
		pending.retain(|waiting| !Self::is_stopped(waiting, left));
		ensure!(pending.iter().all(|other| other.towards != towards), Error::<T>::AlreadyPending);
		let ready_at = now.saturating_add(T::OptInDelay::get());
		pending
			.try_push(PendingOptIn { towards, requested_at: now, ready_at })
			.map_err(|_| Error::<T>::TooManyPending)?;
		PendingOptIns::<T>::insert(patient, pending);
		Self::deposit_event(Event::OptInRequested { patient, towards, ready_at, by });
		Ok(())
	}

	/// The second step: the delay is over and nobody objected.
	pub(crate) fn do_apply_opt_in(
		by: T::AccountId,
		patient: PatientId,
		towards: Towards,
	) -> DispatchResult {
		if let Towards::Organisation(organisation) = towards {
			Self::ensure_plain(organisation)?;
		}
		Self::ensure_active(&patient)?;
		let now = Self::now();
		let (mut pending, position) = Self::find_pending(&patient, towards)?;
		let waiting = pending.get(position).copied().ok_or(Error::<T>::NotFound)?;
		ensure!(
			!Self::is_stopped(&waiting, T::Patients::last_left_active(&patient)),
			Error::<T>::OptInStopped
		);
		ensure!(waiting.ready_at <= now, Error::<T>::TooEarly);
		let mut outs = OptOuts::<T>::get(patient);
		let standing = Self::ensure_return(&outs, towards)?;
		if let Some(out) = outs.get_mut(standing) {
			out.until = Some(now);
		}
		OptOuts::<T>::insert(patient, outs);
		pending.remove(position);
		Self::put_pending(&patient, pending);
		Self::deposit_event(Event::OptedIn { patient, towards, by });
		Ok(())
	}

	/// Everything that calling a return off needs: the patient, what waits, and which of it.
	pub(crate) fn check_cancel_opt_in(
		who: &T::AccountId,
		towards: Towards,
	) -> Result<(PatientId, PendingList, usize), DispatchError> {
		let (patient, _) = Self::tightening(who)?;
		let (pending, position) = Self::find_pending(&patient, towards)?;
		Ok((patient, pending, position))
	}

	pub(crate) fn do_cancel_opt_in(by: T::AccountId, towards: Towards) -> DispatchResult {
		let (patient, pending, position) = Self::check_cancel_opt_in(&by, towards)?;
		Self::call_off(patient, pending, position, towards, by);
		Ok(())
	}

	/// Takes away the return towards `towards`, which waits at `position`.
	fn call_off(
		patient: PatientId,
		mut pending: PendingList,
		position: usize,
		towards: Towards,
		by: T::AccountId,
	) {
		pending.remove(position);
		Self::put_pending(&patient, pending);
		Self::deposit_event(Event::OptInCancelled { patient, towards, by });
	}

	/// Where in `outs` the opt-out that is to end stands. Refuses an end after which there would be no room to
	/// opt out towards everybody again.
	fn ensure_return(outs: &[OptOut], towards: Towards) -> Result<usize, Error<T>> {
		let standing = Self::standing(outs, towards).ok_or(Error::<T>::NotOptedOut)?;
		ensure!(
			towards != Towards::Everybody
				|| u32::try_from(outs.len()).is_ok_and(|count| count < MAX_OPT_OUT_HISTORY),
			Error::<T>::OptOutHistoryFull
		);
		Ok(standing)
	}

	/// Where in `outs` the opt-out towards exactly these that is in force stands.
	fn standing(outs: &[OptOut], towards: Towards) -> Option<usize> {
		outs.iter().position(|out| out.towards == towards && out.until.is_none())
	}

	/// A return is stopped for ever once the handle left Active, even in the same block.
	fn is_stopped(waiting: &PendingOptIn, left_active: Option<Moment>) -> bool {
		left_active.is_some_and(|left| waiting.requested_at <= left)
	}

	fn find_pending(
		patient: &PatientId,
		towards: Towards,
	) -> Result<(PendingList, usize), Error<T>> {
		let pending = PendingOptIns::<T>::get(patient);
		let position = pending
			.iter()
			.position(|waiting| waiting.towards == towards)
			.ok_or(Error::<T>::NotFound)?;
		Ok((pending, position))
	}

	fn put_pending(patient: &PatientId, pending: PendingList) {
		if pending.is_empty() {
			PendingOptIns::<T>::remove(patient);
		} else {
			PendingOptIns::<T>::insert(patient, pending);
		}
	}
}
