//! What must hold of the whole storage, whatever was called.

use crate::*;
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use codec::Encode;
use frame_support::{ensure, traits::Get};
use salus_primitives::{deposits::are_backed, DataClassSet, Moment, OrgId, PatientId, Refill};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the storage.
	pub fn do_try_state() -> Result<(), DispatchError> {
		let now = Self::now();
		let next = NextEmergency::<T>::get();
		let mut stored = 0u32;
		for (id, found) in Emergencies::<T>::iter() {
			stored = stored.saturating_add(1);
			ensure!(id < next, "an emergency from the future");
			Self::check_emergency(&found, now)?;
		}
		ensure!(stored == next, "an emergency is lost");
		Self::check_patients(stored)?;
		Self::check_chains()?;
		Self::check_ledgers(stored, now)?;
		Self::check_people(now)?;
		Self::check_advance(now)?;
		let deposits = Emergencies::<T>::iter_values().filter_map(|found| found.deposit);
		ensure!(are_backed::<T, _>(deposits), "what is on hold is not what emergencies are for");
		Ok(())
	}

	/// Each patient sees every emergency of its own once, in the order of their numbers.
	fn check_patients(stored: u32) -> Result<(), DispatchError> {
		let mut places = 0u32;
		for (patient, place, id) in OfPatient::<T>::iter() {
			let found = Emergencies::<T>::get(id).ok_or("a patient's emergency that is none")?;
			ensure!(found.patient == patient, "an emergency that another patient sees");
			let count = CountOfPatient::<T>::get(patient);
			ensure!(place < count, "a patient's place from the future");
			let before = place.checked_sub(1).and_then(|n| OfPatient::<T>::get(patient, n));
			ensure!(
				before.map_or(place == 0, |before| before < id),
				"a patient's emergencies out of order"
			);
			places = places.saturating_add(1);
		}
		ensure!(places == stored, "an emergency that its patient does not see");
		let counted = CountOfPatient::<T>::iter_values().fold(0u32, u32::saturating_add);
		ensure!(counted == stored, "the count of a patient is not that of its emergencies");
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
		} else {
			ensure!(period.from == recorded_at, "access that does not begin when it is recorded");
			ensure!(
				period.until.saturating_sub(period.from) <= T::AccessLength::get(),
				"access that lasts too long"
			);
		}
		ensure!(
			!found.beyond_person || (found.over_credit && found.deposit.is_none()),
			"beyond the credit of the person, and a deposit was taken or it is not told"
		);
		let organisation = found.access.organisation;
		if let Some(review) = &found.review {
			ensure!(review.by != found.access.who, "reviewed by whose it was");
			ensure!(
				review.acting_for != organisation || !found.is_late(),
				"recorded late, and reviewed by whose it was"
			);
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
			let others = |review: &Opinion<T::AccountId>| {
				review.by != ruling.by && review.acting_for != ruling.acting_for
			};
			ensure!(
				ruling.by != found.access.who
					&& ruling.acting_for != organisation
					&& found.review.as_ref().is_some_and(others),
				"ruled on by somebody who had a part in it"
			);
		}
		Ok(())
	}

	/// Every emergency is in the chain of its person and patient, once: those declared in time in one, and those recorded
	/// late in another.
	fn check_chains() -> Result<(), DispatchError> {
		let late = Emergencies::<T>::iter_values().filter(|found| found.is_late()).count();
		let all = Emergencies::<T>::iter_values().count();
		Self::check_chain(Latest::<T>::iter(), false, all.saturating_sub(late))?;
		Self::check_chain(LatestLate::<T>::iter(), true, late)
	}

	fn check_chain(
		chains: impl Iterator<Item = (PatientId, (OrgId, T::AccountId), EmergencyId)>,
		late: bool,
		expected: usize,
	) -> Result<(), DispatchError> {
		let mut chained = 0usize;
		for (patient, (organisation, who), latest) in chains {
			let mut link = Some(latest);
			let mut after = None;
			let mut chain = Vec::new();
			while let Some(id) = link {
				let found = Emergencies::<T>::get(id).ok_or("a link is lost")?;
				let access = &found.access;
				ensure!(
					found.patient == patient
						&& found.is_late() == late
						&& access.organisation == organisation
						&& access.who == who,
					"an emergency in the chain of others"
				);
				if let Some((later, began)) = after {
					ensure!(id < later && found.recorded_at <= began, "a chain out of order");
				}
				after = Some((id, found.recorded_at));
				chained = chained.saturating_add(1);
				link = found.previous;
				chain.push(found);
			}
			Self::check_stops(&chain)?;
			for (n, later) in chain.iter().enumerate() {
				let stands = |earlier: &&EmergencyOf<T>| match late {
					false => earlier.access.period.contains(later.access.period.from),
					true => {
						let since = later.recorded_at.saturating_sub(earlier.recorded_at);
						since <= T::LateWindow::get()
					},
				};
				let known = chain.iter().skip(n.saturating_add(1)).filter(stands);
				let known = known.fold(0, |known, earlier| known | earlier.access.classes.0);
				ensure!(
					!later.access.classes.is_subset_of(DataClassSet(known)),
					"what stood already was declared or recorded again"
				);
				// In one and the same second the stop may have come after.
				let barred = |earlier: &&EmergencyOf<T>| {
					let again = |at: Moment| {
						at < later.recorded_at
							&& later.recorded_at < at.saturating_add(T::AccessLength::get())
					};
					earlier.stopped_at.is_some_and(again)
						&& later.access.classes.intersects(earlier.access.classes)
				};
				ensure!(
					late || !chain.iter().skip(n.saturating_add(1)).any(|earlier| barred(&earlier)),
					"what the organisation stopped was declared again at once"
				);
			}
		}
		ensure!(chained == expected, "an emergency in no chain");
		Ok(())
	}

	/// In the chain of one person for one patient, the organisation's own findings stopped what lasted and has a class in common,
	/// and nothing else is stopped.
	fn check_stops(chain: &[EmergencyOf<T>]) -> Result<(), DispatchError> {
		let findings = || {
			chain.iter().filter_map(|found| {
				let review = found.review.as_ref().filter(|review| {
					review.finding == Finding::Unjustified
						&& review.acting_for == found.access.organisation
				});
				Some((review?.at, found.access.classes))
			})
		};
		for found in chain {
			let (period, classes) = (found.access.period, found.access.classes);
			let meant = || {
				findings()
					.filter(|(at, of)| period.contains(*at) && classes.intersects(*of))
					.map(|(at, _)| at)
			};
			// What was declared in the very second of a finding may have been declared after it.
			let before = meant().filter(|at| period.from < *at).min();
			let at_once =
				found.stopped_at == Some(period.from) && meant().min() == Some(period.from);
			ensure!(
				found.stopped_at == before || at_once,
				"stopped without a finding, or found unjustified and not stopped"
			);
		}
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
			ensure!(
				ledger.used.since <= now && ledger.penalty.since <= now,
				"credit that was used in the future"
			);
			let most = Refill::of_things(T::Credit::get(), T::CreditPeriod::get()).doubled().amount;
			let penalty = Refill::of_things(T::MaxPenalty::get(), T::PenaltyPeriod::get()).amount;
			ensure!(
				ledger.used.used <= most && ledger.penalty.used <= penalty,
				"more credit was used than is kept"
			);
		}
		Ok(())
	}

	/// What each person has used is of the past, no more than is kept, and of somebody who has declared something.
	fn check_people(now: Moment) -> Result<(), DispatchError> {
		let declared: BTreeSet<_> = Emergencies::<T>::iter_values()
			.map(|found| (found.access.organisation, found.access.who.encode()))
			.collect();
		let late = Refill::of_things(T::LatePerDay::get(), 1).amount;
		for (organisation, who, own) in PersonalUse::<T>::iter() {
			ensure!(
				declared.contains(&(organisation, who.encode())),
				"what was used by somebody who has declared nothing"
			);
			ensure!(
				own.credit.since <= now && own.late.since <= now,
				"what a person used in the future"
			);
			ensure!(
				own.credit.used <= Self::personal().doubled().amount && own.late.used <= late,
				"a person has used more than is kept"
			);
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
		let silent = settled && review.is_none();
		add(|counts| &mut counts.by_silence, silent && !found.is_late());
		add(|counts| &mut counts.late_unreviewed, silent && found.is_late());
		add(|counts| &mut counts.unpaid, found.deposit.is_none() && !found.beyond_person);
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
