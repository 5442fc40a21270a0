//! Answers for other pallets and for the runtime API.

use crate::*;
use alloc::vec::Vec;
use frame_support::traits::Get;
use salus_primitives::{
	traits::Emergencies as Answers, AdvanceDirective, DataClassSet, EmergencyAccess, Moment, OrgId,
	PatientId,
};

/// The most emergencies in one answer of the runtime API.
pub const MAX_LISTED: u32 = 256;

impl<T: Config> Pallet<T> {
	/// The emergency with the number `id`, and what stands of it.
	pub fn emergency(id: EmergencyId) -> Option<EmergencyInfo<T::AccountId>> {
		let found = Emergencies::<T>::get(id)?;
		let outcome = Self::outcome(&found, Self::now());
		let review_by = Self::review_by(found.recorded_at);
		let lets_until = Self::lets_until(&found);
		let Emergency {
			patient,
			access,
			reason,
			detail,
			recorded_at,
			over_credit,
			beyond_person,
			stopped_at,
			review,
			disputed_at,
			ruling,
			previous,
			deposit,
		} = found;
		let emergency = Emergency {
			patient,
			access,
			reason,
			detail,
			recorded_at,
			over_credit,
			beyond_person,
			stopped_at,
			review,
			disputed_at,
			ruling,
			previous,
			deposit: deposit.map(|(payer, _)| (payer, ())),
		};
		Some(EmergencyInfo { id, emergency, lets_until, review_by, outcome })
	}

	/// What stood of the emergency `id` at `at`; `None` if it was not recorded by then.
	pub fn outcome_at(id: EmergencyId, at: Moment) -> Option<Outcome> {
		let found = Emergencies::<T>::get(id).filter(|found| found.recorded_at <= at)?;
		Some(Self::outcome(&found, at.min(Self::now())))
	}

	/// Up to [`MAX_LISTED`] emergencies of `patient`, from its `first` one on.
	pub fn emergencies_of_patient(
		patient: &PatientId,
		first: u32,
	) -> Vec<EmergencyInfo<T::AccountId>> {
		(first..first.saturating_add(MAX_LISTED))
			.map_while(|place| OfPatient::<T>::get(patient, place))
			.filter_map(Self::emergency)
			.collect()
	}

	/// Up to [`MAX_LISTED`] emergencies of `organisation`, from its `first` one on.
	pub fn emergencies_of_organisation(
		organisation: OrgId,
		first: u32,
	) -> Vec<EmergencyInfo<T::AccountId>> {
		(first..first.saturating_add(MAX_LISTED))
			.map_while(|place| OfOrganisation::<T>::get(organisation, place))
			.filter_map(Self::emergency)
			.collect()
	}

	/// How `organisation` stands now, as if everything that nobody reviewed were settled.
	pub fn standing(organisation: OrgId) -> CreditInfo {
		let now = Self::now();
		let mut ledger = Ledgers::<T>::get(organisation);
		let all = ledger.next.saturating_sub(ledger.settled);
		Self::settle(organisation, &mut ledger, now, all);
		let credit = Self::credit(&ledger, now);
		let pending = (ledger.settled..ledger.next)
			.filter_map(|place| OfOrganisation::<T>::get(organisation, place))
			.filter_map(Emergencies::<T>::get)
			.filter(|found| found.review.is_none())
			.fold(0u32, |count, _| count.saturating_add(1));
		CreditInfo {
			credit: Self::things(credit.amount),
			left: Self::things(Self::left(&ledger.used, credit, now)),
			pending,
			counts: ledger.counts,
		}
	}

	/// The advance directives of `patient`, past and present.
	pub fn advance_directives(patient: &PatientId) -> Vec<AdvanceTerm> {
		AdvanceDirectives::<T>::get(patient).into_inner()
	}

	/// From when on `found` lets nothing any more.
	pub(crate) fn lets_until<Ticket>(found: &Emergency<T::AccountId, Ticket>) -> Moment {
		found.stopped_at.unwrap_or(found.access.period.until)
	}

	/// Stops at `now` what the person of `unjustified` has open for its patient at its organisation and has a class in
	/// common with it. With another of its emergencies the person would go on reading what was found unjustified.
	///
	/// Only the organisation's own finding does this. An auditor's stops nothing: an auditor, or whoever has stolen the key
	/// of one, must not be able to shut emergencies.
	///
	/// It reads those that last, and one more: each of them adds a class, so there are few.
	pub(crate) fn stop_like(unjustified: &EmergencyOf<T>, now: Moment) {
		let EmergencyAccess { who, organisation, classes, .. } = &unjustified.access;
		let mut next = Latest::<T>::get(unjustified.patient, (*organisation, who.clone()));
		while let Some((id, mut found)) = next.and_then(|id| Some((id, Emergencies::<T>::get(id)?)))
		{
			if found.access.period.until <= now {
				break;
			}
			next = found.previous;
			if found.stopped_at.is_none() && found.access.classes.intersects(*classes) {
				found.stopped_at = Some(now);
				Emergencies::<T>::insert(id, found);
			}
		}
	}

	/// The emergencies of `who` at `organisation` for `patient` whose period, as it was declared, contains `at`, the newest
	/// first.
	///
	/// For now it reads those, and one more: each of them adds a class, so there are few. For a past moment it reads
	/// those since as well. It stops at the first that ended, since all before it ended earlier: true as long as
	/// [`Config::AccessLength`] is never shortened.
	pub(crate) fn declared_at(
		patient: &PatientId,
		organisation: OrgId,
		who: &T::AccountId,
		at: Moment,
	) -> Vec<(EmergencyId, EmergencyOf<T>)> {
		let mut next = Latest::<T>::get(patient, (organisation, who.clone()));
		let mut declared = Vec::new();
		while let Some((id, found)) = next.and_then(|id| Some((id, Emergencies::<T>::get(id)?))) {
			next = found.previous;
			if found.access.period.contains(at) {
				declared.push((id, found));
			} else if found.access.period.until <= at {
				break;
			}
		}
		declared
	}

	/// The classes that `who` may not declare for `patient` at `now`: those of emergencies that `organisation` stopped
	/// less than [`Config::AccessLength`] ago.
	///
	/// It reads what began within twice that time, and one more: each adds a class to those that last, so there are few.
	pub(crate) fn stopped_for(
		patient: &PatientId,
		organisation: OrgId,
		who: &T::AccountId,
		now: Moment,
	) -> DataClassSet {
		let length = T::AccessLength::get();
		let mut next = Latest::<T>::get(patient, (organisation, who.clone()));
		let mut stopped = DataClassSet::EMPTY;
		while let Some(found) = next.and_then(Emergencies::<T>::get) {
			if found.access.period.until.saturating_add(length) <= now {
				break;
			}
			if found.stopped_at.is_some_and(|at| now < at.saturating_add(length)) {
				stopped = DataClassSet(stopped.0 | found.access.classes.0);
			}
			next = found.previous;
		}
		stopped
	}

	/// Those of [`Pallet::declared_at`] that let something at `at`, each until it was stopped.
	pub(crate) fn open_at(
		patient: &PatientId,
		organisation: OrgId,
		who: &T::AccountId,
		at: Moment,
	) -> Vec<(EmergencyId, EmergencyAccess<T::AccountId>)> {
		let stopped = |(id, found): (EmergencyId, EmergencyOf<T>)| {
			let until = Self::lets_until(&found);
			let mut access = found.access;
			access.period.until = until;
			(id, access)
		};
		Self::declared_at(patient, organisation, who, at)
			.into_iter()
			.map(stopped)
			.filter(|(_, access)| access.period.contains(at))
			.collect()
	}

	/// The classes that `who`, for `organisation`, has recorded late for `patient` within [`Config::LateWindow`]. Each of
	/// these records adds a class, so there are few.
	pub(crate) fn recorded_late(
		patient: &PatientId,
		organisation: OrgId,
		who: &T::AccountId,
		now: Moment,
	) -> DataClassSet {
		let mut next = LatestLate::<T>::get(patient, (organisation, who.clone()));
		let mut classes = DataClassSet::EMPTY;
		while let Some(found) = next.and_then(Emergencies::<T>::get) {
			if now.saturating_sub(found.recorded_at) > T::LateWindow::get() {
				break;
			}
			classes = DataClassSet(classes.0 | found.access.classes.0);
			next = found.previous;
		}
		classes
	}
}

impl<T: Config> Answers<T::AccountId> for Pallet<T> {
	fn emergencies(
		patient: &PatientId,
		org: OrgId,
		who: &T::AccountId,
		at: Moment,
	) -> Vec<(EmergencyId, EmergencyAccess<T::AccountId>)> {
		Self::open_at(patient, org, who, at)
	}

	fn advance_directive(patient: &PatientId, at: Moment) -> AdvanceDirective {
		Self::advance_of(&AdvanceDirectives::<T>::get(patient), at)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_emergency(patient: &PatientId, org: OrgId, who: &T::AccountId) -> bool {
		crate::benchmarking::open::<T>(patient, org, who)
	}
}
