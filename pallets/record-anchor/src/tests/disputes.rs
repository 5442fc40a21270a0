//! What a patient says against a record, and what its author answers.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use salus_primitives::{Commitment, KeyPurpose, KeyPurposeSet};
use sp_runtime::{ArithmeticError, DispatchResult};

fn extend(seq: Seq) -> DispatchResult {
	RecordAnchor::extend_dispute(RuntimeOrigin::signed(OFFICER), HOSPITAL, seq)
}

fn answer(seq: Seq, outcome: Outcome) -> DispatchResult {
	let reasons = commitment(901);
	RecordAnchor::answer_dispute(RuntimeOrigin::signed(DOCTOR), HOSPITAL, seq, outcome, reasons)
}

fn states(seq: Seq) -> Vec<DisputeState> {
	info(seq).disputes.iter().map(|dispute| dispute.state).collect()
}

#[test]
fn a_dispute_stands_beside_the_record_and_hides_nothing() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		set_now(START + 5);
		let (before, slot) = (verify(0, 0, None), Anchors::<Test>::get(HOSPITAL, 0));
		events();
		assert_eq!(Balances::free_balance(PATIENT_KEY), 0);
		assert_ok!(dispute(0));
		assert_eq!(verify(0, 0, None), before);
		assert_eq!(Anchors::<Test>::get(HOSPITAL, 0), slot);
		let (due, statement) = (START + 5 + DISPUTE_TIME, commitment(900));
		assert_eq!(
			info(0).disputes,
			[DisputeInfo {
				dispute: Dispute {
					statement,
					raised_at: START + 5,
					due,
					extended: false,
					answer: None
				},
				state: DisputeState::Open { due },
			}]
		);
		assert_eq!(events(), [Event::Disputed { author: HOSPITAL, seq: 0, statement, due }]);
	});
}

#[test]
fn only_a_live_key_of_the_subject_disputes() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		assert_ok!(anchor(1));
		assert_ok!(anchor_batch(3));
		let by = |who, seq, statement| {
			RecordAnchor::dispute(RuntimeOrigin::signed(who), HOSPITAL, seq, statement)
		};
		for who in [OTHER_KEY, DOCTOR, ADMIN, STRANGER] {
			assert_noop!(by(who, 0, commitment(900)), Error::<Test>::NotSubject);
		}
		for seq in [1, 2] {
			assert_noop!(by(PATIENT_KEY, seq, commitment(900)), Error::<Test>::NotSubject);
		}
		assert_noop!(by(PATIENT_KEY, 3, commitment(900)), Error::<Test>::NotFound);
		assert_noop!(by(PATIENT_KEY, 0, Commitment::zero()), Error::<Test>::ZeroCommitment);
		end_key(PATIENT_KEY, START + 1);
		set_now(START + 1);
		assert_noop!(by(PATIENT_KEY, 0, commitment(900)), Error::<Test>::NotSubject);
		assert_ok!(by(SECOND_KEY, 0, commitment(900)));
	});
}

#[test]
fn an_author_answers_to_the_last_second() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		assert_ok!(anchor_about(1, Some(patient()), None));
		for seq in [0, 1] {
			assert_ok!(dispute(seq));
		}
		set_now(START + DISPUTE_TIME - 1);
		events();
		assert_ok!(answer(0, Outcome::Rejected));
		let (outcome, statement) = (Outcome::Rejected, commitment(901));
		assert_eq!(
			events(),
			[Event::DisputeAnswered { author: HOSPITAL, seq: 0, outcome, statement }]
		);
		let answered = info(0).disputes[0].dispute.answer;
		assert_eq!(answered, Some(Answer { outcome, statement, at: now() }));
		assert_eq!(states(0), [DisputeState::Answered]);
		assert_noop!(answer(0, Outcome::Upheld), Error::<Test>::AlreadyAnswered);
		assert_noop!(extend(0), Error::<Test>::AlreadyAnswered);

		// Silence is seen, by the clock alone, and cannot be mended.
		set_now(START + DISPUTE_TIME);
		assert_eq!(states(1), [DisputeState::Unanswered { since: now() }]);
		assert_noop!(answer(1, Outcome::Rejected), Error::<Test>::AnswerTooLate);
		assert_noop!(extend(1), Error::<Test>::AnswerTooLate);
		set_now(START + 900);
		assert_eq!(states(1), [DisputeState::Unanswered { since: START + DISPUTE_TIME }]);
	});
}

#[test]
fn more_time_is_taken_once() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		assert_noop!(extend(0), Error::<Test>::NotDisputed);
		assert_noop!(answer(0, Outcome::Upheld), Error::<Test>::NotDisputed);
		assert_noop!(extend(9), Error::<Test>::NotFound);
		assert_noop!(answer(9, Outcome::Upheld), Error::<Test>::NotFound);
		assert_ok!(dispute(0));
		set_now(START + DISPUTE_TIME - 1);
		events();
		assert_ok!(extend(0));
		let due = START + DISPUTE_TIME + EXTENSION;
		assert_eq!(events(), [Event::DisputeExtended { author: HOSPITAL, seq: 0, due }]);
		assert_noop!(extend(0), Error::<Test>::AlreadyExtended);
		set_now(due - 1);
		assert_eq!(states(0), [DisputeState::Open { due }]);
		assert_noop!(
			RecordAnchor::answer_dispute(
				RuntimeOrigin::signed(DOCTOR),
				HOSPITAL,
				0,
				Outcome::Upheld,
				Commitment::zero()
			),
			Error::<Test>::ZeroCommitment
		);
		assert_ok!(answer(0, Outcome::Upheld));
	});
}

#[test]
fn a_correction_is_a_newer_version_of_the_same_record() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		assert_ok!(anchor_about(1, Some(patient()), Some((0, Relation::Amends))));
		assert_ok!(anchor(2));
		assert_ok!(anchor_batch(3));
		assert_ok!(dispute(1));
		// Another record, a batch, the version before, the record itself, nothing.
		for by in [2, 3, 0, 1, 9] {
			assert_noop!(answer(1, Outcome::Corrected { by }), Error::<Test>::NotACorrection);
		}
		assert_ok!(anchor_after(4, Some((1, Relation::Corrects))));
		assert_ok!(answer(1, Outcome::Corrected { by: 4 }));
		assert_eq!(states(1), [DisputeState::Answered]);
	});
}

/// Whoever has stolen a key that may only look would use up all the rounds there are.
#[test]
fn a_key_that_may_only_look_uses_up_no_dispute() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		let (viewer, recoverer) = (77, 78);
		for (key, purpose) in [(viewer, KeyPurpose::View), (recoverer, KeyPurpose::Authentication)]
		{
			add_key(patient(), key);
			restrict_key(key, KeyPurposeSet::of(&[purpose]));
		}
		let by = |key| {
			let statement = Commitment::repeat_byte(9);
			RecordAnchor::dispute(RuntimeOrigin::signed(key), HOSPITAL, 0, statement)
		};
		assert_noop!(by(viewer), Error::<Test>::NotForDisputes);
		assert_ok!(by(recoverer));
	});
}

#[test]
fn a_record_is_disputed_once_at_a_time_and_three_times_at_most() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		assert_ok!(dispute(0));
		assert_noop!(dispute(0), Error::<Test>::DisputeOpen);
		assert_ok!(answer(0, Outcome::Rejected));
		assert_ok!(dispute(0));
		set_now(START + DISPUTE_TIME);
		assert_ok!(dispute(0));
		assert_noop!(dispute(0), Error::<Test>::DisputeOpen);
		assert_ok!(answer(0, Outcome::Upheld));
		assert_noop!(dispute(0), Error::<Test>::TooManyDisputes);
		// What was before stays told.
		let since = START + DISPUTE_TIME;
		assert_eq!(
			states(0),
			[DisputeState::Answered, DisputeState::Unanswered { since }, DisputeState::Answered]
		);
		assert_eq!(MAX_DISPUTES, 3);
	});
}

#[test]
fn a_retracted_or_succeeded_record_can_be_disputed() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		assert_ok!(anchor_after(1, Some((0, Relation::Amends))));
		let reason = RetractReason::WrongSubject;
		assert_ok!(RecordAnchor::retract(RuntimeOrigin::signed(ADMIN), HOSPITAL, 0, None, reason));
		assert_ok!(dispute(0));
		assert_ok!(answer(0, Outcome::Upheld));
	});
}

#[test]
fn no_deadline_overflows() {
	new_test_ext().execute_with(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		assert_ok!(dispute(0));
		Disputes::<Test>::mutate(HOSPITAL, 0, |rounds| rounds[0].due = u64::MAX);
		assert_noop!(extend(0), ArithmeticError::Overflow);
		Disputes::<Test>::remove(HOSPITAL, 0);
		set_now(u64::MAX);
		assert_noop!(dispute(0), ArithmeticError::Overflow);
		assert_noop!(request_erasure(0), ArithmeticError::Overflow);
	});
}
