//! What must hold of the whole storage, whatever was called.

use crate::*;
use alloc::{collections::BTreeSet, vec::Vec};
use frame_support::{ensure, traits::Get};
use salus_primitives::{traits::Patients, Moment, PatientId};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the storage.
	pub fn do_try_state() -> Result<(), DispatchError> {
		let now = Self::now();
		for (patient, live) in Live::<T>::iter() {
			Self::check_patient(&patient, &live, now)?;
		}
		for (patient, _, _) in History::<T>::iter() {
			ensure!(
				Live::<T>::contains_key(patient),
				"history of a patient without sealed directives"
			);
		}
		for (patient, pending) in PendingLifts::<T>::iter() {
			Self::check_pending(&Live::<T>::get(patient), &pending, now)?;
		}
		Ok(())
	}

	/// One patient's sealed directives, in the live set and in the history.
	fn check_patient(
		patient: &PatientId,
		live: &LiveSet,
		now: Moment,
	) -> Result<(), DispatchError> {
		ensure!(T::Patients::state(patient).is_some(), "sealed directives of nobody");
		let mut all: Vec<Numbered> = Vec::new();
		let last = live.swept.div_ceil(PAGE);
		ensure!(
			u32::try_from(History::<T>::iter_prefix(patient).count()) == Ok(last),
			"a page is missing, or nothing counts it"
		);
		let mut before = 0;
		for number in 0..last {
			let page = History::<T>::get(patient, number).ok_or("pages with gaps")?;
			let expected = if number.saturating_add(1) == last {
				live.swept.saturating_sub(number.saturating_mul(PAGE))
			} else {
				PAGE
			};
			ensure!(u32::try_from(page.entries.len()) == Ok(expected), "a page of a wrong size");
			ensure!(before <= page.swept && page.swept <= now, "pages out of order");
			before = page.swept;
			ensure!(
				page.entries.iter().all(|(_, found)| found.end() <= page.swept),
				"the history has a sealed directive in force"
			);
			all.extend(page.entries);
		}
		let numbers = live.entries.iter().map(|(id, _)| *id);
		ensure!(numbers.is_sorted(), "sealed directives out of order");
		all.extend(live.entries.iter().copied());

		let ids: BTreeSet<SealedId> = all.iter().map(|(id, _)| *id).collect();
		ensure!(ids.len() == all.len(), "a sealed directive has two places");
		ensure!(u32::try_from(all.len()) == Ok(live.next), "a sealed directive is lost");
		ensure!(ids.iter().all(|id| *id < live.next), "a sealed directive from the future");
		let permits =
			all.iter().filter(|(_, it)| it.effect == Effect::Permit && it.in_force(now)).count();
		ensure!(u32::try_from(permits).is_ok_and(|n| n <= MAX_PERMITS), "too many sealed Permits");
		for (_, found) in all {
			ensure!(!found.period.is_empty(), "a sealed directive without a time");
			ensure!(found.period.from <= now, "a sealed directive begins in the future");
			ensure!(is_on_grid(found.period.until), "an end that tells who chose it");
			ensure!(
				found.effect == Effect::Deny
					|| found.period.until <= found.period.from.saturating_add(T::MaxTerm::get()),
				"a sealed Permit for too long"
			);
			ensure!(
				found.effect == Effect::Permit
					|| Self::may_deny_until(found.period.until, found.period.from),
				"a sealed Deny with an end so far away that it tells who chose it"
			);
			if let Some(Ended { at, why }) = found.ended {
				let reason = match found.effect {
					Effect::Permit => EndReason::Revoked,
					Effect::Deny => EndReason::Lifted,
				};
				ensure!(why == reason, "a sealed directive ended for a reason of the other kind");
				ensure!(
					found.period.contains(at) && at <= now,
					"a sealed directive ended outside its time"
				);
			}
		}
		Ok(())
	}

	/// One patient's lifts that wait.
	fn check_pending(
		live: &LiveSet,
		pending: &[PendingLift],
		now: Moment,
	) -> Result<(), DispatchError> {
		ensure!(!pending.is_empty(), "an empty list of pending lifts");
		let mut seen = BTreeSet::new();
		for PendingLift { sealed, requested_at, ready_at } in pending {
			ensure!(seen.insert(*sealed), "a lift waits twice");
			ensure!(*requested_at <= now, "a lift was asked for in the future");
			ensure!(
				requested_at.saturating_add(T::LiftDelay::get()) <= *ready_at,
				"a lift without its delay"
			);
			ensure!(*sealed < live.next, "a lift of what never was");
			let found = live.entries.iter().find(|(id, _)| id == sealed);
			ensure!(
				found.is_none_or(|(_, found)| found.effect == Effect::Deny),
				"a lift of a sealed Permit"
			);
		}
		Ok(())
	}
}
