//! Who may break the glass, for how long, and what refuses it.

use super::*;

#[test]
fn a_clinician_reads_at_once_and_for_four_hours() {
	build_and_execute(|| {
		let id = broken();
		assert_eq!(
			events(),
			[Event::GlassBroken {
				emergency: id,
				patient: PATIENT,
				organisation: HOSPITAL,
				by: CLINICIAN,
				until: now() + 4 * HOUR
			}]
		);
		assert_eq!(open_at(now()), [id]);
		let from = now();
		pass(4 * HOUR - 1);
		assert_eq!(open_at(now()), [id]);
		pass(1);
		assert!(open_at(now()).is_empty());
		assert!(open_at(from - 1).is_empty());
		assert_eq!(open_at(from), [id]);
		assert_eq!(open_at(from + 4 * HOUR - 1), [id]);
	});
}

#[test]
fn each_thing_that_refuses_it_has_its_own_error() {
	build_and_execute(|| {
		// Nobody's staff, and staff of another.
		assert_noop!(break_glass(STRANGER, HOSPITAL), PalletError::NotAuthorised);
		assert_noop!(break_glass(SPECIALIST, HOSPITAL), PalletError::NotAuthorised);
		assert_noop!(break_glass(CLINICIAN, 77), PalletError::NotAuthorised);
		assert_noop!(break_glass(HOSPITAL_ADMIN, HOSPITAL), PalletError::NotAuthorised);
		// Another role.
		for (n, role) in Role::ALL.iter().copied().enumerate() {
			let who = 500 + n as u64;
			hire(HOSPITAL, who, role);
			if role != Role::Clinician {
				assert_noop!(break_glass(who, HOSPITAL), PalletError::WrongRole);
			}
		}
		// No licence to care, and one that was suspended.
		hire(AUDITORS, 403, Role::Clinician);
		assert_noop!(break_glass(403, AUDITORS), PalletError::NotLicensed);
		suspend(HOSPITAL);
		assert_noop!(break_glass(CLINICIAN, HOSPITAL), PalletError::LicenceStopped);
		reinstate(HOSPITAL);
		assert_ok!(break_glass(CLINICIAN, HOSPITAL));
		// Somebody who has left.
		dismiss(HOSPITAL, CLINICIAN);
		let imaging = DataClassSet::of(&[DataClass::Imaging]);
		assert_noop!(break_glass_for(CLINICIAN, HOSPITAL, imaging), PalletError::NotAuthorised);
		// The advance directive.
		set_advance(AdvanceDirective::NoLabelled);
		assert_ok!(break_glass(SPECIALIST, CLINIC));
		set_advance(AdvanceDirective::NoEmergency);
		assert_noop!(break_glass_for(SPECIALIST, CLINIC, imaging), PalletError::Excluded);
	});
}

#[test]
fn pharmacies_and_laboratories_have_emergencies_too() {
	build_and_execute(|| {
		for kind in [OrgKind::Pharmacy, OrgKind::Laboratory] {
			suspend(HOSPITAL);
			license(HOSPITAL, kind);
			assert_ok!(break_glass(CLINICIAN, HOSPITAL));
			pass(DAY);
		}
	});
}

#[test]
fn an_organisation_whose_name_discloses_breaks_the_glass_like_any_other() {
	build_and_execute(|| {
		assert_ok!(break_glass(HIV_CLINICIAN, HIV_CLINIC));
	});
}

#[test]
fn the_state_of_the_handle_refuses_it_only_if_the_patient_is_dead_beyond_dispute_or_gone() {
	build_and_execute(|| {
		for state in [
			PatientState::Frozen,
			PatientState::Recovering,
			PatientState::Contested,
			PatientState::DeceasedProvisional,
		] {
			set_state(PATIENT, state);
			assert_ok!(break_glass(CLINICIAN, HOSPITAL));
			pass(DAY);
		}
		for state in [PatientState::DeceasedFinal, PatientState::Retired] {
			set_state(PATIENT, state);
			assert_noop!(break_glass(CLINICIAN, HOSPITAL), PalletError::WrongState);
		}
		let (reason, classes) = (EmergencyReason::Transfer, laboratory());
		assert_noop!(
			Glass::break_glass(
				signed(CLINICIAN),
				HOSPITAL,
				PatientId::repeat_byte(99),
				reason,
				classes,
				Commitment::zero()
			),
			PalletError::UnknownPatient
		);
	});
}

#[test]
fn classes_must_be_said_and_be_known() {
	build_and_execute(|| {
		for (classes, error) in [
			(DataClassSet::EMPTY, PalletError::EmptySet),
			(DataClassSet(1 << 31), PalletError::UnknownBits),
		] {
			assert_noop!(break_glass_for(CLINICIAN, HOSPITAL, classes), error);
		}
		for (classes, error) in [
			(DataClassSet::EMPTY, PalletError::EmptySet),
			(DataClassSet(1 << 31), PalletError::UnknownBits),
		] {
			let (reason, at) = (EmergencyReason::UrgentCare, now());
			let detail = Commitment::zero();
			assert_noop!(
				Glass::break_glass_late(
					signed(CLINICIAN),
					HOSPITAL,
					PATIENT,
					reason,
					classes,
					at,
					detail
				),
				error
			);
		}
		assert_ok!(break_glass_for(CLINICIAN, HOSPITAL, DataClassSet::ALL));
	});
}

#[test]
fn what_is_open_is_not_opened_again_and_another_class_is_one_more() {
	build_and_execute(|| {
		let first = broken();
		assert_noop!(break_glass(CLINICIAN, HOSPITAL), PalletError::AlreadyOpen);
		pass(HOUR);
		let both = DataClassSet::of(&[DataClass::Laboratory, DataClass::Imaging]);
		assert_ok!(break_glass_for(CLINICIAN, HOSPITAL, both));
		assert_eq!(open_at(now()), [first + 1, first]);
		for one in both.iter() {
			let one = DataClassSet::of(&[one]);
			assert_noop!(break_glass_for(CLINICIAN, HOSPITAL, one), PalletError::AlreadyOpen);
		}
		// A colleague's emergency is the colleague's.
		hire(HOSPITAL, 104, Role::Clinician);
		assert_ok!(break_glass(104, HOSPITAL));
		assert_eq!(open_at(now()), [first + 1, first]);
		pass(3 * HOUR);
		assert_eq!(open_at(now()), [first + 1]);
		pass(HOUR);
		assert_ok!(break_glass(CLINICIAN, HOSPITAL));
		assert_eq!(open_at(now() - 1), [first + 1]);
	});
}

#[test]
fn one_emergency_a_class_is_the_most_that_a_person_can_have_open() {
	build_and_execute(|| {
		for class in DataClass::ALL {
			let class = DataClassSet::of(&[*class]);
			assert_ok!(break_glass_for(CLINICIAN, HOSPITAL, class));
		}
		assert_eq!(open_at(now()).len(), DataClass::ALL.len());
		assert_noop!(
			break_glass_for(CLINICIAN, HOSPITAL, DataClassSet::ALL),
			PalletError::AlreadyOpen
		);
	});
}

#[test]
fn whoever_cannot_pay_the_deposit_is_not_kept_from_helping() {
	build_and_execute(|| {
		add_organisation(50, STRANGER);
		hire(50, 501, Role::Clinician);
		assert_ok!(break_glass(501, 50));
		assert!(Emergencies::<Test>::get(0).unwrap().deposit.is_none());
		assert_eq!(Glass::standing(50).counts.unpaid, 1);
		broken();
		assert_eq!(held(HOSPITAL_ADMIN), deposit(1));
		assert_eq!(counts().unpaid, 0);
	});
}

#[test]
fn numbers_that_are_used_up_are_not_given_again() {
	build_and_execute(|| {
		NextEmergency::<Test>::put(u32::MAX);
		assert_noop!(break_glass(CLINICIAN, HOSPITAL), PalletError::IdsExhausted);
		assert_noop!(late(CLINICIAN, HOSPITAL, now()), PalletError::IdsExhausted);
		NextEmergency::<Test>::kill();
		Ledgers::<Test>::mutate(HOSPITAL, |ledger| ledger.next = u32::MAX);
		assert_noop!(break_glass(CLINICIAN, HOSPITAL), PalletError::IdsExhausted);
		Ledgers::<Test>::remove(HOSPITAL);
		CountOfPatient::<Test>::insert(PATIENT, u32::MAX);
		assert_noop!(break_glass(CLINICIAN, HOSPITAL), PalletError::IdsExhausted);
		CountOfPatient::<Test>::remove(PATIENT);
	});
}
