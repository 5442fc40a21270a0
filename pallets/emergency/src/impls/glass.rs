//! Breaking the glass, in time or recorded late.

use super::credit::Cost;
use crate::*;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::{Consideration, Footprint, Get},
};
use salus_primitives::{
	traits::{Credentials, Patients},
	AdvanceDirective, Commitment, DataClassSet, EmergencyAccess, EmergencyReason, Interval, Moment,
	OrgId, PatientId, PatientState, Role,
};

/// An emergency that may be recorded, if there are numbers left.
struct Declared<AccountId> {
	patient: PatientId,
	access: EmergencyAccess<AccountId>,
	reason: EmergencyReason,
	detail: Commitment,
	now: Moment,
	late: bool,
	/// What its person has used so far.
	own: PersonUse,
}

impl<T: Config> Pallet<T> {
	/// What the deposit of an emergency of this `cost` pays for.
	pub(crate) fn footprint(cost: u32) -> Footprint {
		let Footprint { size, .. } = Footprint::from_mel::<(
			EmergencyId,
			Emergency<T::AccountId, ()>,
			(PatientId, u32, EmergencyId),
			(PatientId, OrgId, T::AccountId, EmergencyId),
			(OrgId, u32, EmergencyId),
			(OrgId, T::AccountId, PersonUse),
		)>();
		Footprint { count: cost.into(), size }
	}

	pub(crate) fn do_break_glass(
		by: T::AccountId,
		organisation: OrgId,
		patient: PatientId,
		reason: EmergencyReason,
		classes: DataClassSet,
		detail: Commitment,
	) -> DispatchResult {
		let now = Self::now();
		Self::ensure_classes(classes)?;
		Self::ensure_clinician(&by, organisation, now)?;
		let (state, _) = T::Patients::state(&patient).ok_or(Error::<T>::UnknownPatient)?;
		ensure!(
			!matches!(state, PatientState::DeceasedFinal | PatientState::Retired),
			Error::<T>::WrongState
		);
		let advance = Self::advance_of(&AdvanceDirectives::<T>::get(patient), now);
		ensure!(advance != AdvanceDirective::NoEmergency, Error::<T>::Excluded);
		// Whoever the organisation has stopped reads none of these classes again at once, whatever else is declared with them.
		let stopped = Self::stopped_for(&patient, organisation, &by, now);
		ensure!(!classes.intersects(stopped), Error::<T>::Stopped);
		// Each of those adds a class to the ones before, so there are few.
		let declared = Self::declared_at(&patient, organisation, &by, now);
		let known = declared.iter().fold(DataClassSet::EMPTY, |known, (_, found)| {
			DataClassSet(known.0 | found.access.classes.0)
		});
		ensure!(!classes.is_subset_of(known), Error::<T>::AlreadyOpen);
		let until = now.saturating_add(T::AccessLength::get());
		let period = Interval::new(now, until);
		let access = EmergencyAccess { who: by.clone(), organisation, classes, period };
		let own = PersonalUse::<T>::get(organisation, &by);
		let (emergency, over_credit) =
			Self::record(Declared { patient, access, reason, detail, now, late: false, own })?;
		Self::deposit_event(Event::GlassBroken { emergency, patient, organisation, by, until });
		Self::tell_over_credit(emergency, organisation, over_credit);
		Ok(())
	}

	#[allow(clippy::too_many_arguments)]
	pub(crate) fn do_break_glass_late(
		by: T::AccountId,
		organisation: OrgId,
		patient: PatientId,
		reason: EmergencyReason,
		classes: DataClassSet,
		happened_at: Moment,
		detail: Commitment,
	) -> DispatchResult {
		let now = Self::now();
		Self::ensure_classes(classes)?;
		ensure!(happened_at <= now, Error::<T>::NotYet);
		let ago = now.saturating_sub(happened_at);
		ensure!(ago <= T::LateWindow::get(), Error::<T>::TooLate);
		Self::ensure_clinician(&by, organisation, happened_at)?;
		// It lets nothing, so there is no hurry: it is refused where anything else would be.
		Self::ensure_plain(organisation, &by, now)?;
		T::Patients::state_at(&patient, happened_at).ok_or(Error::<T>::UnknownPatient)?;
		let recorded = Self::recorded_late(&patient, organisation, &by, now);
		ensure!(!classes.is_subset_of(recorded), Error::<T>::AlreadyRecorded);
		let mut own = PersonalUse::<T>::get(organisation, &by);
		ensure!(Self::take_late(&mut own, now), Error::<T>::TooManyLate);
		// It lets nothing.
		let period = Interval::new(happened_at, happened_at);
		let access = EmergencyAccess { who: by.clone(), organisation, classes, period };
		let (emergency, over_credit) =
			Self::record(Declared { patient, access, reason, detail, now, late: true, own })?;
		Self::deposit_event(Event::RecordedLate {
			emergency,
			patient,
			organisation,
			by,
			happened_at,
		});
		Self::tell_over_credit(emergency, organisation, over_credit);
		Ok(())
	}

	fn tell_over_credit(emergency: EmergencyId, organisation: OrgId, over_credit: bool) {
		if over_credit {
			Self::deposit_event(Event::OverCredit { emergency, organisation });
		}
	}

	/// Refuses a set of classes that says nothing, or says what nobody knows.
	fn ensure_classes(classes: DataClassSet) -> Result<(), Error<T>> {
		ensure!(classes.is_known(), Error::<T>::UnknownBits);
		ensure!(!classes.is_empty(), Error::<T>::EmptySet);
		Ok(())
	}

	/// Refuses who was no clinician at `at` of an organisation that treated then.
	fn ensure_clinician(
		who: &T::AccountId,
		organisation: OrgId,
		at: Moment,
	) -> Result<(), Error<T>> {
		let roles = T::Credentials::roles(organisation, who, at);
		ensure!(!roles.is_empty(), Error::<T>::NotAuthorised);
		ensure!(roles.contains(Role::Clinician), Error::<T>::WrongRole);
		if !T::Credentials::licensed_kinds(organisation, at).intersects(CARE_KINDS) {
			let stopped = T::Credentials::was_stopped(organisation, CARE_KINDS, at);
			return Err(if stopped { Error::LicenceStopped } else { Error::NotLicensed });
		}
		Ok(())
	}

	/// Writes an emergency. Tells its number, and whether it is beyond credit.
	fn record(declared: Declared<T::AccountId>) -> Result<(EmergencyId, bool), DispatchError> {
		let Declared { patient, access, reason, detail, now, late, mut own } = declared;
		let EmergencyAccess { ref who, organisation, .. } = access;
		let id = NextEmergency::<T>::get();
		let next = id.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		let mut ledger = Ledgers::<T>::get(organisation);
		let place = ledger.next;
		ledger.next = place.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		let place_of_patient = CountOfPatient::<T>::get(patient);
		let next_of_patient = place_of_patient.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		Self::settle(organisation, &mut ledger, now, SETTLED_AT_ONCE);
		let Cost { deposit: cost, over_credit, beyond_person } =
			Self::spend(&mut ledger, &mut own, late, now);

		let pays = (cost > 0).then(|| T::Credentials::admin(organisation)).flatten();
		let deposit = pays.and_then(|payer| {
			let ticket = T::Consideration::new(&payer, Self::footprint(cost)).ok()?;
			Some((payer, ticket))
		});
		let counts = &mut ledger.counts;
		let counted = if late { &mut counts.late } else { &mut counts.timely };
		*counted = counted.saturating_add(1);
		counts.over_credit = counts.over_credit.saturating_add(over_credit.into());
		let unpaid = deposit.is_none() && !beyond_person;
		counts.unpaid = counts.unpaid.saturating_add(unpaid.into());
		let key = (organisation, who.clone());
		let previous = if late {
			LatestLate::<T>::mutate(patient, key, |latest| latest.replace(id))
		} else {
			Latest::<T>::mutate(patient, key, |latest| latest.replace(id))
		};
		PersonalUse::<T>::insert(organisation, who, own);
		NextEmergency::<T>::put(next);
		OfPatient::<T>::insert(patient, place_of_patient, id);
		CountOfPatient::<T>::insert(patient, next_of_patient);
		OfOrganisation::<T>::insert(organisation, place, id);
		Ledgers::<T>::insert(organisation, ledger);
		Emergencies::<T>::insert(
			id,
			Emergency {
				patient,
				access,
				reason,
				detail,
				recorded_at: now,
				over_credit,
				beyond_person,
				stopped_at: None,
				review: None,
				disputed_at: None,
				ruling: None,
				previous,
				deposit,
			},
		);
		Ok((id, over_credit))
	}
}
