//! What happened while systems were down is recorded within a day, lets nothing, and is an auditor's to review.

use super::*;

#[test]
fn a_late_record_changes_no_answer_about_the_past_and_lets_nothing() {
	build_and_execute(|| {
		pass(DAY);
		let happened_at = now() - 5 * HOUR;
		let moments = [happened_at - 1, happened_at, happened_at + 1, now() - 1];
		assert_ok!(late(CLINICIAN, HOSPITAL, happened_at));
		for at in moments {
			assert!(open_at(at).is_empty(), "{at}");
		}
		assert!(open_at(now()).is_empty());
		assert_eq!(
			events(),
			[Event::RecordedLate {
				emergency: 0,
				patient: PATIENT,
				organisation: HOSPITAL,
				by: CLINICIAN,
				happened_at
			}]
		);
		assert!(Emergencies::<Test>::get(0).unwrap().is_late());
		// It does not stand in the way of a new one, nor is it in its chain.
		assert_ok!(break_glass(CLINICIAN, HOSPITAL));
		assert_eq!(open_at(now()), [1]);
	});
}

#[test]
fn it_can_be_recorded_for_a_day_and_not_before_it_happened() {
	build_and_execute(|| {
		pass(30 * DAY);
		assert_noop!(late(CLINICIAN, HOSPITAL, now() + 1), PalletError::NotYet);
		assert_noop!(late(CLINICIAN, HOSPITAL, now() - DAY - 1), PalletError::TooLate);
		assert_ok!(late(CLINICIAN, HOSPITAL, now() - DAY));
		assert_ok!(late(CLINICIAN, HOSPITAL, now()));
	});
}

#[test]
fn what_counts_is_who_one_was_when_it_happened() {
	build_and_execute(|| {
		pass(DAY);
		let before = now() - 1;
		dismiss(HOSPITAL, CLINICIAN);
		suspend(HOSPITAL);
		pass(HOUR);
		assert_ok!(late(CLINICIAN, HOSPITAL, before));
		assert_noop!(late(CLINICIAN, HOSPITAL, now()), PalletError::NotAuthorised);
		assert_noop!(late(NURSE, HOSPITAL, before), PalletError::WrongRole);
		hire(HOSPITAL, 104, Role::Clinician);
		assert_noop!(late(104, HOSPITAL, before), PalletError::NotAuthorised);
		assert_noop!(late(104, HOSPITAL, now()), PalletError::LicenceStopped);
		hire(AUDITORS, 403, Role::Clinician);
		assert_noop!(late(403, AUDITORS, now()), PalletError::NotLicensed);
	});
}

#[test]
fn it_is_recorded_also_against_an_advance_directive_and_for_whoever_has_died() {
	build_and_execute(|| {
		set_advance(AdvanceDirective::NoEmergency);
		set_state(PATIENT, PatientState::DeceasedFinal);
		assert_ok!(late(CLINICIAN, HOSPITAL, now()));
		assert_noop!(late(CLINICIAN, HOSPITAL, START - 1), PalletError::NotAuthorised);
		let (reason, classes) = (EmergencyReason::UrgentCare, laboratory());
		let detail = Commitment::zero();
		assert_noop!(
			Glass::break_glass_late(
				signed(CLINICIAN),
				HOSPITAL,
				PatientId::repeat_byte(99),
				reason,
				classes,
				now(),
				detail
			),
			PalletError::UnknownPatient
		);
	});
}

#[test]
fn it_costs_double_and_an_auditor_reviews_it() {
	build_and_execute(|| {
		assert_ok!(late(CLINICIAN, HOSPITAL, now()));
		assert_eq!(held(HOSPITAL_ADMIN), deposit(2));
		assert_eq!(Glass::standing(HOSPITAL).left, 18);
		assert_noop!(review(OFFICER, HOSPITAL, 0, Finding::Justified), PalletError::AuditorOnly);
		assert_ok!(review(AUDITOR, AUDITORS, 0, Finding::Justified));
		assert_eq!(outcome(0), Outcome::Found(Finding::Justified));
	});
}
