//! What must hold of the whole storage, whatever was called.

use crate::*;
use alloc::collections::BTreeMap;
use frame_support::{ensure, traits::Get};
use salus_primitives::{deposits::are_backed, DataClassSet, Moment, OrgId};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the storage.
	pub fn do_try_state() -> Result<(), DispatchError> {
		let now = Self::now();
		let mut per_patient = 0u32;
		let next = NextEmergency::<T>::get();
		let mut stored = 0u32;
		for (id, found) in Emergencies::<T>::iter() {
			stored = stored.saturating_add(1);
			ensure!(id < next, "an emergency from the future");
			ensure!(
				OfPatient::<T>::contains_key(found.patient, id),
				"an emergency that its patient does not see"
			);
			Self::check_emergency(&found, now)?;
		}
		ensure!(stored == next, "an emergency is lost");
		for _ in OfPatient::<T>::iter_keys() {
			per_patient = per_patient.saturating_add(1);
		}
		ensure!(per_patient == stored, "a patient's emergency that is none");
		Self::check_chains()?;
		Self::check_ledgers(stored, now)?;
		Self::check_advance(now)?;
		let deposits = Emergencies::<T>::iter_values().filter_map(|found| found.deposit);
		ensure!(are_backed::<T, _>(deposits), "what is on hold is not what emergencies are for");
		Ok(())
	}

	/// One emergency by itself.
	fn check_emergency(found: &EmergencyOf<T>, now: Moment) -> Result<(), DispatchError> {
		let period = found.access.period;
		let recorded_at = found.recorded_at;
		ensure!(recorded_at <= now, "an emergency recorded in the future");
		ensure!(
			found.access.classes.is_known() && found.access.classes != DataClassSet::EMPTY,
			"an emergency for no class, or one that nobody knows"
		);
		if found.is_late() {
			ensure!(period.until == period.from, "what was recorded late lets something");
			ensure!(
				period.from <= recorded_at
					&& recorded_at.saturating_sub(period.from) <= T::LateWindow::get(),
				"recorded too late"
			);
			ensure!(found.previous.is_none(), "what was recorded late is in a chain");
		} else {
			ensure!(period.from == recorded_at, "access that does not begin when it is recorded");
			ensure!(
				period.until.saturating_sub(period.from) <= T::AccessLength::get(),
				"access that lasts too long"
			);
		}
		if let Some(review) = &found.review {
			ensure!(review.by != found.access.who, "reviewed by whose it was");
			ensure!(
				recorded_at <= review.at
					&& review.at <= now
					&& review.at < Self::review_by(recorded_at),
				"reviewed out of time"
			);
		}
		if let Some(disputed_at) = found.disputed_at {
			ensure!(
				found.review.as_ref().is_some_and(|review| {
					review.finding == Finding::Justified && review.at <= disputed_at
				}),
				"disputed without a finding that it was justified"
			);
			ensure!(
				disputed_at <= now
					&& disputed_at < recorded_at.saturating_add(T::DisputeTime::get()),
				"disputed out of time"
			);
		}
		if let Some(ruling) = &found.ruling {
			ensure!(
				found.disputed_at.is_some_and(|disputed_at| disputed_at <= ruling.at)
					&& ruling.at <= now,
				"ruled on without a dispute"
			);
			ensure!(
				ruling.by != found.access.who
					&& found.review.as_ref().is_some_and(|review| review.by != ruling.by),
				"ruled on by somebody who had a part in it"
			);
		}
		Ok(())
	}

	/// Every emergency that was declared in time is in the chain of its person and patient, once.
	fn check_chains() -> Result<(), DispatchError> {
		let mut chained = 0u32;
		for (patient, (organisation, who), latest) in Latest::<T>::iter() {
			let mut link = Some(latest);
			let mut after = None;
			while let Some(id) = link {
				let found = Emergencies::<T>::get(id).ok_or("a link is lost")?;
				let access = &found.access;
				ensure!(
					found.patient == patient
						&& access.organisation == organisation
						&& access.who == who,
					"an emergency in the chain of others"
				);
				if let Some((later, began)) = after {
					ensure!(id < later && access.period.from <= began, "a chain out of order");
				}
				after = Some((id, access.period.from));
				chained = chained.saturating_add(1);
				link = found.previous;
			}
		}
		let timely = Emergencies::<T>::iter_values().filter(|found| !found.is_late()).count();
		ensure!(u32::try_from(timely) == Ok(chained), "an emergency in no chain");
		Ok(())
	}

	/// Every organisation's counts are what its emergencies say, and each emergency has one place.
	fn check_ledgers(stored: u32, now: Moment) -> Result<(), DispatchError> {
		let mut placed = BTreeMap::<OrgId, u32>::new();
		let mut places = 0u32;
		for (organisation, place, id) in OfOrganisation::<T>::iter() {
			let found = Emergencies::<T>::get(id).ok_or("a place for what is none")?;
			ensure!(found.access.organisation == organisation, "a place of another organisation");
			ensure!(place < Ledgers::<T>::get(organisation).next, "a place from the future");
			let count = placed.entry(organisation).or_default();
			*count = count.saturating_add(1);
			places = places.saturating_add(1);
		}
		ensure!(places == stored, "an emergency without a place");
		for (organisation, ledger) in Ledgers::<T>::iter() {
			ensure!(
				placed.remove(&organisation).unwrap_or_default() == ledger.next,
				"a place is lost"
			);
			ensure!(ledger.settled <= ledger.next, "settled beyond the last");
			let mut counts = Counts::default();
			let mut before = 0;
			for place in 0..ledger.next {
				let found = OfOrganisation::<T>::get(organisation, place)
					.and_then(Emergencies::<T>::get)
					.ok_or("a place is empty")?;
				ensure!(before <= found.recorded_at, "places out of order");
				before = found.recorded_at;
				let settled = place < ledger.settled;
				Self::count(&mut counts, &found, settled);
				ensure!(
					!settled || found.review.is_some() || Self::review_by(found.recorded_at) <= now,
					"settled before its time"
				);
			}
			ensure!(counts == ledger.counts, "the counts are not those of the emergencies");
		}
		Ok(())
	}

	/// Counts one emergency.
	fn count(counts: &mut Counts, found: &EmergencyOf<T>, settled: bool) {
		let mut add = |which: fn(&mut Counts) -> &mut u32, is: bool| {
			let count = which(counts);
			*count = count.saturating_add(is.into());
		};
		let review = found.review.as_ref().map(|review| review.finding);
		let ruling = found.ruling.as_ref().map(|ruling| ruling.finding);
		add(|counts| &mut counts.timely, !found.is_late());
		add(|counts| &mut counts.late, found.is_late());
		add(|counts| &mut counts.over_credit, found.over_credit);
		add(|counts| &mut counts.justified, review == Some(Finding::Justified));
		add(|counts| &mut counts.unjustified, review == Some(Finding::Unjustified));
		add(|counts| &mut counts.by_silence, settled && review.is_none());
		add(|counts| &mut counts.disputed, found.disputed_at.is_some());
		add(|counts| &mut counts.overruled, ruling == Some(Finding::Unjustified));
	}

	/// Every patient's advance directives.
	fn check_advance(now: Moment) -> Result<(), DispatchError> {
		for (_, terms) in AdvanceDirectives::<T>::iter() {
			let mut before = AdvanceTerm { from: 0, value: Default::default() };
			for term in &terms {
				ensure!(
					before.from <= term.from && term.from <= now,
					"advance directives out of order"
				);
				ensure!(before.value != term.value, "an advance directive follows itself");
				before = *term;
			}
			let kept = Self::steps_above(before.value);
			ensure!(
				u32::try_from(terms.len())
					.is_ok_and(|count| count <= MAX_ADVANCE.saturating_sub(kept)),
				"no room for a stricter advance directive"
			);
		}
		for (patient, waiting) in PendingRelaxations::<T>::iter() {
			ensure!(waiting.requested_at <= now, "a relaxation was asked for in the future");
			ensure!(waiting.requested_at < waiting.ready_at, "a relaxation without a delay");
			let present = Self::advance_of(&AdvanceDirectives::<T>::get(patient), now);
			ensure!(waiting.value < present, "a relaxation that relaxes nothing");
		}
		Ok(())
	}
}
