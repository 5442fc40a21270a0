//! Answers about past moments: they never change, whatever is called later.

use super::*;

#[test]
fn grant_revoke_grant_again_and_the_gap_stays_closed_for_ever() {
	build_and_execute(|| {
		let first = permit(Grantee::Organisation(HOSPITAL));
		pass(HOUR);
		revoke(first);
		let revoked = now();
		pass(HOUR);
		let second = permit(Grantee::Organisation(HOSPITAL));
		let again = now();
		let check = || {
			for (at, expected) in [
				(START, permitted(first)),
				(revoked - 1, permitted(first)),
				(revoked, BY_DEFAULT),
				(again - 1, BY_DEFAULT),
				(again, permitted(second)),
			] {
				assert_eq!(ask_at(HOSPITAL_CLINICIAN, at), expected, "{at}");
			}
		};
		pass(1);
		check();
		// Push everything into the history, page after page.
		for _ in 0..3 * PAGE {
			let id = permit(Grantee::Organisation(CLINIC));
			pass(1);
			revoke(id);
		}
		check();
		revoke(second);
		check();
		pass(YEAR);
		permit(Grantee::Organisation(CLINIC));
		check();
	});
}

/// A patient's whole life, minute by minute: each answer as it was given at the time.
#[test]
fn every_answer_stays_as_it_was_given_over_many_pages_of_history() {
	build_and_execute(|| {
		let actors = [HOSPITAL_CLINICIAN, CLINIC_SPECIALIST, Actor::Organisation(CLINIC)];
		let mut given = vec![];
		for turn in 0..200u32 {
			match turn % 8 {
				0 => drop(permit(Grantee::Organisation(HOSPITAL))),
				1 => drop(permit(Grantee::Practitioner(SPECIALIST))),
				2 => revoke(next_id(PATIENT) - 2),
				3 => Consent::deny(
					RuntimeOrigin::signed(WALLET),
					Grantee::Organisation(CLINIC),
					scope(),
					now() + 2 * MINUTE,
				)
				.map(drop)
				.unwrap(),
				4 => revoke(next_id(PATIENT) - 2),
				5 => drop(permit(Grantee::Any)),
				6 => suspend(CLINIC),
				_ => {
					reinstate(CLINIC);
					revoke(next_id(PATIENT) - 1);
				},
			}
			for actor in actors {
				given.push((now(), actor, ask(actor)));
			}
			pass(MINUTE);
		}
		assert!(Live::<Test>::get(PATIENT).swept > 2 * PAGE);
		for kind in [permitted(0), BY_DEFAULT, Verdict::Deny(Reason::Credential)] {
			assert!(given.iter().any(|(_, _, verdict)| *verdict == kind), "{kind:?} came up");
		}
		for (at, actor, verdict) in given {
			assert_eq!(ask_at(actor, at), verdict, "{actor:?} at {}", at - START);
			assert_eq!(ask_at(actor, at + MINUTE - 1), verdict, "and to the end of the minute");
		}
	});
}

#[test]
fn what_ended_is_moved_a_few_at_a_time_and_no_answer_depends_on_it() {
	build_and_execute(|| {
		for _ in 0..3 * SWEEP {
			permit(Grantee::Organisation(HOSPITAL));
		}
		pass(30 * DAY);
		let history = || Live::<Test>::get(PATIENT).swept;
		assert_eq!(history(), 0);
		for turn in 1..=3 {
			assert_eq!(ask_at(HOSPITAL_CLINICIAN, START), permitted(0));
			permit(Grantee::Organisation(CLINIC));
			assert_eq!(history(), turn * SWEEP);
		}
		assert_eq!(ask_at(HOSPITAL_CLINICIAN, START), permitted(0));
		// A revocation leaves the directive in place, and moves nothing.
		revoke(3 * SWEEP);
		assert_eq!(history(), 3 * SWEEP);
		assert_eq!(Consent::directives(&PATIENT).len(), 3);
	});
}

#[test]
fn a_call_never_touches_two_pages() {
	build_and_execute(|| {
		// Leave room for three on the first page.
		for _ in 0..PAGE - 3 {
			let id = permit(Grantee::Organisation(HOSPITAL));
			revoke(id);
		}
		permit(Grantee::Organisation(HOSPITAL));
		assert_eq!(Live::<Test>::get(PATIENT).swept, PAGE - 3);
		for _ in 0..SWEEP {
			permit(Grantee::Organisation(CLINIC));
		}
		for id in PAGE - 3..PAGE - 3 + SWEEP {
			revoke(id);
		}
		permit(Grantee::Organisation(HOSPITAL));
		assert_eq!(Live::<Test>::get(PATIENT).swept, PAGE);
		permit(Grantee::Organisation(HOSPITAL));
		assert_eq!(Live::<Test>::get(PATIENT).swept, PAGE - 3 + SWEEP);
		assert_eq!(Consent::history(&PATIENT, 0).unwrap().len() as u32, PAGE);
		assert_eq!(Consent::history(&PATIENT, 1).unwrap().len() as u32, SWEEP - 3);
		assert_eq!(Consent::history(&PATIENT, 2), None);
	});
}

#[test]
fn the_future_has_no_answer_and_now_is_the_same_with_and_without_its_name() {
	build_and_execute(|| {
		let id = permit(Grantee::Any);
		let at = |at| Consent::decide(&Question { at: Some(at), ..question(HOSPITAL_CLINICIAN) });
		assert_eq!(at(now() + 1), Err(QuestionError::FutureMoment));
		assert_eq!(at(now()), Ok(permitted(id)));
		assert_eq!(ask(HOSPITAL_CLINICIAN), permitted(id));
	});
}

#[test]
fn there_is_no_answer_about_a_patient_that_is_not_or_was_not_yet() {
	build_and_execute(|| {
		let nobody =
			Question { subject: PatientId::repeat_byte(99), ..question(HOSPITAL_CLINICIAN) };
		assert_eq!(Consent::decide(&nobody), Err(QuestionError::UnknownPatient));
		let before = Question { at: Some(START - 1), ..question(HOSPITAL_CLINICIAN) };
		assert_eq!(Consent::decide(&before), Err(QuestionError::UnknownPatient));
	});
}

#[test]
fn a_missing_page_is_no_answer_but_only_where_it_matters() {
	new_test_ext().execute_with(|| {
		for _ in 0..2 * PAGE + 1 {
			let id = permit(Grantee::Organisation(HOSPITAL));
			pass(1);
			revoke(id);
		}
		let recent = now() - 1;
		History::<Test>::remove(PATIENT, 0);
		let at = |at| Consent::decide(&Question { at: Some(at), ..question(HOSPITAL_CLINICIAN) });
		assert_eq!(at(START), Err(QuestionError::HistoryUnavailable));
		assert_eq!(at(recent), Ok(permitted(2 * PAGE)));
		assert_eq!(ask(HOSPITAL_CLINICIAN), BY_DEFAULT);
	});
}

#[test]
fn many_questions_are_answered_in_their_order_up_to_a_bound() {
	build_and_execute(|| {
		let id = permit(Grantee::Organisation(HOSPITAL));
		let yes = question(HOSPITAL_CLINICIAN);
		let no = question(CLINIC_SPECIALIST);
		let late = Question { at: Some(now() + 1), ..yes.clone() };
		assert_eq!(
			Consent::decide_many(vec![yes.clone(), no, late]),
			Ok(vec![Ok(permitted(id)), Ok(BY_DEFAULT), Err(QuestionError::FutureMoment)])
		);
		let most = vec![yes; MAX_QUESTIONS as usize];
		assert_eq!(Consent::decide_many(most.clone()).unwrap().len(), most.len());
		let more = [&most[..], &most[..1]].concat();
		assert_eq!(Consent::decide_many(more), Err(QuestionError::TooManyQuestions));
	});
}
