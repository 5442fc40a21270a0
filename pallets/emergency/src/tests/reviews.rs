//! Other eyes say what an emergency was; silence says that it was unjustified; the patient can dispute.

use super::*;

#[test]
fn the_privacy_officer_or_an_auditor_reviews_once() {
	build_and_execute(|| {
		let id = broken();
		assert_eq!(outcome(id), Outcome::Pending);
		assert_ok!(review(OFFICER, HOSPITAL, id, Finding::Justified));
		assert_eq!(outcome(id), Outcome::Found(Finding::Justified));
		assert_noop!(
			review(AUDITOR, AUDITORS, id, Finding::Unjustified),
			PalletError::AlreadyReviewed
		);
		pass(DAY);
		let other = broken();
		pass(DAY);
		assert_ok!(review(AUDITOR, AUDITORS, other, Finding::Unjustified));
		assert_eq!(outcome(other), Outcome::Found(Finding::Unjustified));
		assert_eq!(
			events().pop(),
			Some(Event::Reviewed {
				emergency: other,
				finding: Finding::Unjustified,
				by: AUDITOR,
				acting_for: AUDITORS
			})
		);
		let Counts { timely, justified, unjustified, .. } = counts();
		assert_eq!((timely, justified, unjustified), (2, 1, 1));
	});
}

#[test]
fn the_invoker_cannot_review_whatever_else_that_person_is() {
	build_and_execute(|| {
		hire(HOSPITAL, CLINICIAN, Role::PrivacyOfficer);
		hire(AUDITORS, CLINICIAN, Role::Auditor);
		let id = broken();
		for acting_for in [HOSPITAL, AUDITORS] {
			assert_noop!(
				review(CLINICIAN, acting_for, id, Finding::Justified),
				PalletError::OwnEmergency
			);
		}
	});
}

#[test]
fn nobody_else_reviews() {
	build_and_execute(|| {
		let id = broken();
		hire(CLINIC, 203, Role::PrivacyOfficer);
		hire(CLINIC, 204, Role::Auditor);
		hire(HOSPITAL, 105, Role::Auditor);
		for (who, acting_for) in [
			(STRANGER, HOSPITAL),
			(NURSE, HOSPITAL),
			(HOSPITAL_ADMIN, HOSPITAL),
			(105, HOSPITAL),
			(203, CLINIC),
			(204, CLINIC),
			(OFFICER, AUDITORS),
			(AUDITOR, HOSPITAL),
			(SECOND_AUDITOR, AUDITORS),
			(AUDITORS_ADMIN, AUDITORS),
			(WALLET, HOSPITAL),
		] {
			assert_noop!(
				review(who, acting_for, id, Finding::Justified),
				PalletError::NotAuthorised
			);
		}
		dismiss(HOSPITAL, OFFICER);
		assert_noop!(review(OFFICER, HOSPITAL, id, Finding::Justified), PalletError::NotAuthorised);
		assert_noop!(review(AUDITOR, AUDITORS, 9, Finding::Justified), PalletError::NotFound);
	});
}

#[test]
fn an_auditor_of_the_very_organisation_is_no_other_eye() {
	build_and_execute(|| {
		license(HOSPITAL, OrgKind::Auditor);
		hire(HOSPITAL, 105, Role::Auditor);
		let id = broken();
		assert_noop!(review(105, HOSPITAL, id, Finding::Justified), PalletError::NotAuthorised);
	});
}

/// An auditor who works at the hospital as well, or has left it since, or administers it.
#[test]
fn an_auditor_with_a_part_in_the_organisation_neither_reviews_nor_rules() {
	build_and_execute(|| {
		let justify = |who, id| review(who, AUDITORS, id, Finding::Justified);
		for who in [NURSE, OFFICER, HOSPITAL_ADMIN] {
			hire(AUDITORS, who, Role::Auditor);
			hire(OTHER_AUDITORS, who, Role::Auditor);
		}
		let id = broken();
		pass(DAY);
		dismiss(HOSPITAL, NURSE);
		for who in [NURSE, OFFICER, HOSPITAL_ADMIN] {
			assert_noop!(justify(who, id), PalletError::NotAuthorised);
		}
		// Somebody who came later, too, as long as it lasts.
		hire(HOSPITAL, AUDITOR, Role::Biller);
		assert_noop!(justify(AUDITOR, id), PalletError::NotAuthorised);
		pass(1);
		dismiss(HOSPITAL, AUDITOR);
		assert_ok!(justify(AUDITOR, id));
		assert_ok!(Glass::dispute(signed(WALLET), id));
		for who in [NURSE, OFFICER, HOSPITAL_ADMIN] {
			assert_noop!(rule(who, id, Finding::Justified), PalletError::NotAuthorised);
		}
		// What is recorded after somebody has left is another matter.
		assert_ok!(break_glass(CLINICIAN, HOSPITAL));
		assert_ok!(late(CLINICIAN, HOSPITAL, now()));
		assert_noop!(justify(OFFICER, id + 2), PalletError::NotAuthorised);
		assert_ok!(justify(NURSE, id + 2));
	});
}

/// An auditor, or whoever stole the key of one, cannot judge before the hospital has read what happened.
#[test]
fn for_a_day_only_the_organisation_reviews_what_was_recorded_in_time() {
	build_and_execute(|| {
		let id = broken();
		let unjustified = || review(AUDITOR, AUDITORS, id, Finding::Unjustified);
		assert_noop!(unjustified(), PalletError::OrganisationFirst);
		pass(DAY - 1);
		assert_noop!(unjustified(), PalletError::OrganisationFirst);
		pass(1);
		assert_ok!(unjustified());
		let other = broken();
		assert_ok!(review(OFFICER, HOSPITAL, other, Finding::Justified));
	});
}

#[test]
fn silence_makes_it_unjustified_without_anybodys_transaction() {
	build_and_execute(|| {
		let id = broken();
		let by = now() + 72 * HOUR;
		pass(72 * HOUR - 1);
		assert_eq!(outcome(id), Outcome::Pending);
		assert_eq!(Glass::standing(HOSPITAL).pending, 1);
		let before = sp_io::storage::root(sp_runtime::StateVersion::V1);
		pass(1);
		assert_eq!(outcome(id), Outcome::UnjustifiedBySilence);
		let standing = Glass::standing(HOSPITAL);
		assert_eq!((standing.pending, standing.counts.by_silence, standing.credit), (0, 1, 15));
		let after = sp_io::storage::root(sp_runtime::StateVersion::V1);
		assert_eq!(before, after, "nothing was written");
		assert_noop!(review(OFFICER, HOSPITAL, id, Finding::Justified), PalletError::ReviewTooLate);
		// What stood then is told for ever.
		assert_eq!(Glass::outcome_at(id, by - 1), Some(Outcome::Pending));
		assert_eq!(Glass::outcome_at(id, by), Some(Outcome::UnjustifiedBySilence));
		assert_eq!(Glass::outcome_at(id, START - 1), None);
		assert_eq!(Glass::outcome_at(9, by), None);
	});
}

#[test]
fn a_review_in_the_last_second_counts() {
	build_and_execute(|| {
		let id = broken();
		pass(72 * HOUR - 1);
		assert_ok!(review(OFFICER, HOSPITAL, id, Finding::Justified));
		pass(YEAR);
		assert_eq!(outcome(id), Outcome::Found(Finding::Justified));
		assert_eq!(Glass::outcome_at(id, START), Some(Outcome::Pending));
	});
}

#[test]
fn what_the_organisation_itself_finds_unjustified_lets_nothing_from_that_second_on() {
	build_and_execute(|| {
		let id = broken();
		let until = now() + 4 * HOUR;
		assert_eq!(Glass::emergency(id).unwrap().lets_until, until);
		pass(HOUR);
		assert_ok!(review(OFFICER, HOSPITAL, id, Finding::Unjustified));
		let stopped = now();
		assert!(open_at(stopped).is_empty());
		assert_eq!(open_at(stopped - 1), [id]);
		let told = Glass::emergency(id).unwrap();
		assert_eq!((told.lets_until, told.emergency.access.period.until), (stopped, until));
		// It is not broken again at once, but for another class, which is not stopped.
		assert_noop!(break_glass(CLINICIAN, HOSPITAL), PalletError::Stopped);
		let imaging = DataClassSet::of(&[DataClass::Imaging]);
		assert_ok!(break_glass_for(CLINICIAN, HOSPITAL, imaging));
		assert_eq!(open_at(now()), [id + 1]);
		// For as long as an emergency lasts, from the finding on.
		set_now(stopped + 4 * HOUR - 1);
		assert_noop!(break_glass(CLINICIAN, HOSPITAL), PalletError::Stopped);
		set_now(stopped + 4 * HOUR);
		assert_ok!(break_glass(CLINICIAN, HOSPITAL));
		assert_eq!(open_at(now()), [id + 2]);
		// Neither is answered otherwise later.
		pass(YEAR);
		assert_eq!(open_at(stopped - 1), [id]);
		assert_eq!(open_at(stopped), [id + 1]);
		assert_eq!(open_at(until - 1), [id + 1]);
	});
}

/// What was wrong: administration has no history, so that it could be handed over for the time of a ruling.
#[test]
fn whoever_administered_the_organisation_and_paid_the_deposit_judges_nothing_after_handing_over() {
	build_and_execute(|| {
		hire(AUDITORS, HOSPITAL_ADMIN, Role::Auditor);
		hire(OTHER_AUDITORS, HOSPITAL_ADMIN, Role::Auditor);
		let id = broken();
		assert_eq!(Emergencies::<Test>::get(id).unwrap().deposit.unwrap().0, HOSPITAL_ADMIN);
		rotate_admin(HOSPITAL, STRANGER);
		pass(DAY);
		assert_noop!(
			review(HOSPITAL_ADMIN, AUDITORS, id, Finding::Justified),
			PalletError::NotAuthorised
		);
		assert_ok!(review(AUDITOR, AUDITORS, id, Finding::Justified));
		assert_ok!(Glass::dispute(signed(WALLET), id));
		assert_noop!(rule(HOSPITAL_ADMIN, id, Finding::Justified), PalletError::NotAuthorised);
		assert_ok!(rule(SECOND_AUDITOR, id, Finding::Justified));
	});
}

/// What was wrong: one class more let the ones that were stopped in again.
#[test]
fn whoever_was_stopped_declares_a_stopped_class_with_no_other_class_either() {
	build_and_execute(|| {
		let id = broken();
		assert_ok!(review(OFFICER, HOSPITAL, id, Finding::Unjustified));
		for class in DataClass::ALL {
			let more = laboratory().with(*class);
			assert_noop!(break_glass_for(CLINICIAN, HOSPITAL, more), PalletError::Stopped);
		}
		assert_noop!(break_glass_for(CLINICIAN, HOSPITAL, DataClassSet::ALL), PalletError::Stopped);
		assert!(open_at(now()).is_empty());
		// Somebody else may: the patient is treated.
		hire(HOSPITAL, 104, Role::Clinician);
		assert_ok!(break_glass_for(104, HOSPITAL, DataClassSet::ALL));
		// And so may the same person, where it was not stopped, and for whom it was not.
		assert_ok!(Glass::break_glass(
			signed(CLINICIAN),
			HOSPITAL,
			OTHER_PATIENT,
			EmergencyReason::UrgentCare,
			laboratory(),
			Commitment::zero()
		));
	});
}

/// Each organisation judges for itself: 0038 says why a stop does not follow the person.
#[test]
fn a_stop_holds_at_the_organisation_that_found_it_and_what_is_recorded_late_lets_nothing() {
	build_and_execute(|| {
		hire(CLINIC, CLINICIAN, Role::Clinician);
		let id = broken();
		pass(HOUR);
		let before = now() - 1;
		assert_ok!(review(OFFICER, HOSPITAL, id, Finding::Unjustified));
		assert_noop!(break_glass(CLINICIAN, HOSPITAL), PalletError::Stopped);
		assert_ok!(late(CLINICIAN, HOSPITAL, before));
		assert_eq!(open_at(before), [id]);
		assert_ok!(break_glass(CLINICIAN, CLINIC));
		assert!(open_at(now()).is_empty());
		let elsewhere = <Glass as Answers<u64>>::emergencies(&PATIENT, CLINIC, &CLINICIAN, now());
		assert_eq!(elsewhere.len(), 1);
	});
}

/// A stop shortly before the end bars as long as any other, and one that comes after the end has nothing to stop.
#[test]
fn a_stop_counts_from_the_finding_and_not_from_the_declaration() {
	build_and_execute(|| {
		let id = broken();
		pass(4 * HOUR - 1);
		assert_ok!(review(OFFICER, HOSPITAL, id, Finding::Unjustified));
		pass(4 * HOUR - 1);
		assert_noop!(break_glass(CLINICIAN, HOSPITAL), PalletError::Stopped);
		pass(1);
		let second = broken();
		pass(4 * HOUR);
		assert_ok!(review(OFFICER, HOSPITAL, second, Finding::Unjustified));
		assert_ok!(break_glass(CLINICIAN, HOSPITAL));
	});
}

/// What lasts behind one that was stopped, and was declared before it, goes on.
#[test]
fn what_was_declared_before_it_goes_on() {
	build_and_execute(|| {
		let first = broken();
		pass(HOUR);
		let imaging = DataClassSet::of(&[DataClass::Imaging]);
		assert_ok!(break_glass_for(CLINICIAN, HOSPITAL, imaging));
		assert_ok!(review(OFFICER, HOSPITAL, first + 1, Finding::Unjustified));
		assert_eq!(open_at(now()), [first]);
	});
}

/// What was wrong: the finding ended one of them, and the person went on reading by the next.
#[test]
fn one_finding_ends_all_that_the_person_declared_with_a_class_in_common() {
	build_and_execute(|| {
		let first = broken();
		let more = |class| {
			let last = Emergencies::<Test>::get(NextEmergency::<Test>::get() - 1).unwrap();
			break_glass_for(CLINICIAN, HOSPITAL, last.access.classes.with(class))
		};
		assert_ok!(more(DataClass::Imaging));
		assert_ok!(more(DataClass::Procedures));
		let apart = DataClassSet::of(&[DataClass::Medications]);
		assert_ok!(break_glass_for(CLINICIAN, HOSPITAL, apart));
		let declared = now();
		pass(HOUR);
		assert_eq!(open_at(now()).len(), 4);
		assert_ok!(review(OFFICER, HOSPITAL, first + 1, Finding::Unjustified));
		assert_eq!(open_at(now()), [first + 3]);
		for id in first..first + 3 {
			assert_eq!(Glass::emergency(id).unwrap().lets_until, now());
		}
		// The past stays, and the others can still be reviewed by themselves.
		for at in [declared, now() - 1] {
			assert_eq!(open_at(at).len(), 4);
		}
		assert_ok!(review(OFFICER, HOSPITAL, first, Finding::Justified));
		assert_eq!(open_at(now()), [first + 3]);
		let procedures = DataClassSet::of(&[DataClass::Procedures]);
		assert_noop!(break_glass_for(CLINICIAN, HOSPITAL, procedures), PalletError::Stopped);
	});
}

/// A finding that comes after the end of what it is about ends what still lasts of the same data.
#[test]
fn a_finding_about_one_that_has_ended_ends_what_followed_it() {
	build_and_execute(|| {
		let first = broken();
		pass(4 * HOUR);
		let second = broken();
		// In the very second of a finding that has nothing to stop, what comes after it lasts.
		pass(4 * HOUR);
		assert_ok!(review(OFFICER, HOSPITAL, second, Finding::Unjustified));
		let third = broken();
		assert_eq!(open_at(now()), [third]);
		pass(HOUR);
		assert_ok!(review(OFFICER, HOSPITAL, first, Finding::Unjustified));
		assert!(open_at(now()).is_empty());
		assert_eq!(open_at(now() - 1), [third]);
		let found = |id| Emergencies::<Test>::get(id).unwrap().stopped_at;
		assert_eq!([found(first), found(second), found(third)], [None, None, Some(now())]);
	});
}

#[test]
fn no_other_finding_changes_an_answer_about_access() {
	build_and_execute(|| {
		let id = broken();
		pass(HOUR);
		assert_ok!(review(OFFICER, HOSPITAL, id, Finding::Justified));
		assert_eq!(open_at(now()), [id]);
		// An auditor's, were it given while access lasts: a shorter time for the organisation alone would let it.
		let other = NextEmergency::<Test>::get();
		hire(CLINIC, CLINICIAN, Role::Clinician);
		assert_ok!(break_glass(CLINICIAN, CLINIC));
		Emergencies::<Test>::mutate(other, |found| {
			let review = Opinion {
				finding: Finding::Unjustified,
				at: now(),
				by: AUDITOR,
				acting_for: AUDITORS,
			};
			found.as_mut().unwrap().review = Some(review);
		});
		let of_clinic = |at| <Glass as Answers<u64>>::emergencies(&PATIENT, CLINIC, &CLINICIAN, at);
		assert_eq!(of_clinic(now() + HOUR).len(), 1);
		Emergencies::<Test>::mutate(other, |found| found.as_mut().unwrap().review = None);
	});
}

/// An emergency that was found justified.
fn justified() -> EmergencyId {
	let id = broken();
	assert_ok!(review(OFFICER, HOSPITAL, id, Finding::Justified));
	id
}

fn dispute(by: u64, id: EmergencyId) -> DispatchResult {
	Glass::dispute(signed(by), id)
}

#[test]
fn the_patient_disputes_what_was_found_justified_and_another_auditor_rules() {
	build_and_execute(|| {
		let id = broken();
		pass(DAY);
		assert_ok!(review(AUDITOR, AUDITORS, id, Finding::Justified));
		pass(10 * DAY);
		let since = now();
		assert_ok!(dispute(VIEWER, id));
		assert_noop!(dispute(WALLET, id), PalletError::AlreadyDisputed);
		pass(YEAR);
		// Nobody has ruled, and everybody sees since when it waits.
		assert_eq!(outcome(id), Outcome::Disputed(since));
		assert_eq!(Glass::outcome_at(id, since - 1), Some(Outcome::Found(Finding::Justified)));
		// Neither who reviewed it, for whatever body, nor another of the same body.
		hire(OTHER_AUDITORS, AUDITOR, Role::Auditor);
		assert_noop!(rule(AUDITOR, id, Finding::Justified), PalletError::OwnReview);
		hire(AUDITORS, 403, Role::Auditor);
		assert_noop!(
			Glass::rule(signed(403), AUDITORS, id, Finding::Justified),
			PalletError::OwnReview
		);
		let ruled_at = now();
		assert_ok!(rule(SECOND_AUDITOR, id, Finding::Unjustified));
		assert_noop!(rule(SECOND_AUDITOR, id, Finding::Justified), PalletError::AlreadyRuled);
		assert_eq!(outcome(id), Outcome::Ruled(Finding::Unjustified));
		assert_eq!(Glass::outcome_at(id, ruled_at - 1), Some(Outcome::Disputed(since)));
		assert_noop!(dispute(WALLET, id), PalletError::AlreadyDisputed);
		let Counts { justified, unjustified, disputed, overruled, .. } = counts();
		assert_eq!((justified, unjustified, disputed, overruled), (1, 0, 1, 1));
		assert_eq!(Glass::standing(HOSPITAL).credit, 15);
	});
}

#[test]
fn a_ruling_can_uphold_the_finding() {
	build_and_execute(|| {
		let id = justified();
		assert_ok!(dispute(WALLET, id));
		assert_ok!(rule(SECOND_AUDITOR, id, Finding::Justified));
		assert_eq!(outcome(id), Outcome::Ruled(Finding::Justified));
		assert_eq!((counts().overruled, Glass::standing(HOSPITAL).credit), (0, 20));
		assert_noop!(dispute(WALLET, id), PalletError::AlreadyDisputed);
	});
}

#[test]
fn there_is_a_time_and_a_reason_to_dispute() {
	build_and_execute(|| {
		let pending = broken();
		assert_noop!(dispute(WALLET, pending), PalletError::NotReviewed);
		assert_noop!(dispute(OTHER_WALLET, pending), PalletError::NotFound);
		assert_noop!(dispute(WALLET, 9), PalletError::NotFound);
		pass(72 * HOUR);
		assert_noop!(dispute(WALLET, pending), PalletError::NothingToDispute);
		let unjustified = broken();
		assert_ok!(review(OFFICER, HOSPITAL, unjustified, Finding::Unjustified));
		assert_noop!(dispute(WALLET, unjustified), PalletError::NothingToDispute);
		pass(DAY);
		let id = justified();
		let recorded_at = now();
		set_now(recorded_at + 180 * DAY - 1);
		set_state(PATIENT, PatientState::Retired);
		assert_noop!(dispute(WALLET, id), PalletError::WrongState);
		set_state(PATIENT, PatientState::Frozen);
		set_now(recorded_at + 180 * DAY);
		assert_noop!(dispute(WALLET, id), PalletError::DisputeTooLate);
		set_now(recorded_at + 180 * DAY - 1);
		assert_ok!(dispute(WALLET, id));
	});
}

#[test]
fn only_an_auditor_of_elsewhere_who_had_no_part_in_it_rules() {
	build_and_execute(|| {
		let id = broken();
		assert_ok!(review(OFFICER, HOSPITAL, id, Finding::Justified));
		assert_noop!(rule(SECOND_AUDITOR, id, Finding::Justified), PalletError::NotDisputed);
		assert_noop!(rule(SECOND_AUDITOR, 9, Finding::Justified), PalletError::NotFound);
		assert_ok!(dispute(WALLET, id));
		hire(OTHER_AUDITORS, OFFICER, Role::Auditor);
		assert_noop!(rule(OFFICER, id, Finding::Justified), PalletError::OwnReview);
		hire(OTHER_AUDITORS, CLINICIAN, Role::Auditor);
		assert_noop!(rule(CLINICIAN, id, Finding::Justified), PalletError::OwnEmergency);
		let by = |who, acting_for| Glass::rule(signed(who), acting_for, id, Finding::Justified);
		assert_noop!(by(AUDITORS_ADMIN, AUDITORS), PalletError::NotAuthorised);
		assert_noop!(by(AUDITOR, OTHER_AUDITORS), PalletError::NotAuthorised);
		assert_noop!(by(STRANGER, CLINIC), PalletError::NotAuthorised);
		assert_ok!(by(AUDITOR, AUDITORS));
	});
}

/// Also where an auditor of elsewhere has found it justified.
#[test]
fn the_organisation_that_is_judged_does_not_rule_whatever_its_licences() {
	build_and_execute(|| {
		license(HOSPITAL, OrgKind::Auditor);
		hire(HOSPITAL, 105, Role::Auditor);
		let id = broken();
		pass(DAY);
		assert_ok!(review(AUDITOR, AUDITORS, id, Finding::Justified));
		assert_ok!(dispute(WALLET, id));
		let by = |who, acting_for| Glass::rule(signed(who), acting_for, id, Finding::Justified);
		assert_noop!(by(105, HOSPITAL), PalletError::NotAuthorised);
		assert_ok!(by(SECOND_AUDITOR, OTHER_AUDITORS));
	});
}
