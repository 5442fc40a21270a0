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
		let imaging = DataClassSet::of(&[DataClass::Imaging]);
		assert_ok!(late_for(CLINICIAN, HOSPITAL, imaging, now()));
	});
}

#[test]
fn what_was_recorded_within_a_day_is_not_recorded_again_but_with_another_class() {
	build_and_execute(|| {
		pass(30 * DAY);
		assert_ok!(late(CLINICIAN, HOSPITAL, now() - DAY));
		assert_noop!(late(CLINICIAN, HOSPITAL, now()), PalletError::AlreadyRecorded);
		let both = DataClassSet::of(&[DataClass::Laboratory, DataClass::Imaging]);
		pass(DAY);
		assert_ok!(late_for(CLINICIAN, HOSPITAL, both, now()));
		assert_noop!(late(CLINICIAN, HOSPITAL, now()), PalletError::AlreadyRecorded);
		// A colleague's record is the colleague's, and what was recorded in time is another matter.
		hire(HOSPITAL, 104, Role::Clinician);
		assert_ok!(late(104, HOSPITAL, now()));
		assert_ok!(break_glass(CLINICIAN, HOSPITAL));
		pass(DAY);
		assert_noop!(late(CLINICIAN, HOSPITAL, now()), PalletError::AlreadyRecorded);
		pass(1);
		assert_ok!(late(CLINICIAN, HOSPITAL, now()));
	});
}

/// Of one patient after the other, so that no record stands in the way of the next.
#[test]
fn one_person_records_twelve_in_a_day_and_no_more() {
	build_and_execute(|| {
		let of = |n: u8| {
			let patient = PatientId::repeat_byte(100 + n);
			if People::state(&patient).is_none() {
				add_patient(patient);
			}
			let (reason, detail) = (EmergencyReason::MajorIncident, Commitment::zero());
			let (organisation, at) = (HOSPITAL, now());
			let who = signed(CLINICIAN);
			Glass::break_glass_late(who, organisation, patient, reason, laboratory(), at, detail)
		};
		for n in 0..12 {
			assert_ok!(of(n));
		}
		assert_noop!(of(12), PalletError::TooManyLate);
		// An organisation is not kept from recording by one of its staff.
		hire(HOSPITAL, 104, Role::Clinician);
		assert_ok!(late(104, HOSPITAL, now()));
		pass(2 * HOUR - 1);
		assert_noop!(of(13), PalletError::TooManyLate);
		pass(1);
		assert_ok!(of(13));
		assert_noop!(of(14), PalletError::TooManyLate);
		// What is in danger is never refused for it.
		assert_ok!(break_glass(CLINICIAN, HOSPITAL));
	});
}

#[test]
fn it_is_refused_beside_an_organisation_whose_name_discloses_and_by_whoever_works_there_too() {
	build_and_execute(|| {
		assert_noop!(late(HIV_CLINICIAN, HIV_CLINIC, now()), PalletError::FlaggedOrganisation);
		hire(HIV_CLINIC, CLINICIAN, Role::Nurse);
		assert_noop!(late(CLINICIAN, HOSPITAL, now()), PalletError::FlaggedOrganisation);
		// Who works elsewhere as well breaks the glass all the same.
		assert_ok!(break_glass(CLINICIAN, HOSPITAL));
		dismiss(HIV_CLINIC, CLINICIAN);
		assert_ok!(late(CLINICIAN, HOSPITAL, now()));
	});
}

#[test]
fn that_no_auditor_looked_in_time_is_told_and_is_not_the_organisations_fault() {
	build_and_execute(|| {
		assert_ok!(late(CLINICIAN, HOSPITAL, now()));
		pass(72 * HOUR - 1);
		assert_eq!(outcome(0), Outcome::Pending);
		pass(1);
		assert_eq!(outcome(0), Outcome::Unreviewed);
		let standing = Glass::standing(HOSPITAL);
		let Counts { by_silence, late_unreviewed, .. } = standing.counts;
		assert_eq!((by_silence, late_unreviewed, standing.credit), (0, 1, 20));
		assert_noop!(review(AUDITOR, AUDITORS, 0, Finding::Justified), PalletError::ReviewTooLate);
		assert_noop!(Glass::dispute(signed(WALLET), 0), PalletError::NothingToDispute);
		// The next emergency settles it, and nothing changes.
		broken();
		assert_eq!(Ledgers::<Test>::get(HOSPITAL).settled, 1);
		assert_eq!(counts().late_unreviewed, 1);
		assert_eq!(Glass::standing(HOSPITAL).credit, 20);
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
