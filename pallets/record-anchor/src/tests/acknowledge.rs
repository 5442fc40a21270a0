//! The patient's confirmation.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use salus_primitives::PatientState;
use sp_runtime::DispatchResult;

fn acknowledge(who: AccountId, seq: Seq) -> DispatchResult {
	RecordAnchor::acknowledge(RuntimeOrigin::signed(who), HOSPITAL, seq)
}

#[test]
fn the_patient_confirms_once_and_pays_no_deposit() {
	build_and_execute(|| {
		assert_ok!(anchor_about(1, Some(patient()), None));
		events();
		set_now(START + 3);
		assert_eq!(Balances::free_balance(SECOND_KEY), 0);
		assert_ok!(acknowledge(SECOND_KEY, 0));
		assert_eq!(info(0).acknowledged_at, Some(START + 3));
		assert_eq!(events(), [Event::Acknowledged { author: HOSPITAL, seq: 0 }]);
		// Another key is the same patient.
		assert_noop!(acknowledge(PATIENT_KEY, 0), Error::<Test>::AlreadyAcknowledged);
	});
}

#[test]
fn only_the_subject_confirms() {
	build_and_execute(|| {
		assert_ok!(anchor_about(1, Some(patient()), None));
		assert_ok!(anchor(2));
		assert_ok!(anchor_batch(3));
		for who in [OTHER_KEY, DOCTOR, ADMIN, STRANGER] {
			assert_noop!(acknowledge(who, 0), Error::<Test>::NotSubject);
		}
		// About nobody, and a batch.
		assert_noop!(acknowledge(PATIENT_KEY, 1), Error::<Test>::NotSubject);
		assert_noop!(acknowledge(PATIENT_KEY, 2), Error::<Test>::NotSubject);
		assert_noop!(acknowledge(PATIENT_KEY, 3), Error::<Test>::NotFound);
		assert_noop!(
			RecordAnchor::acknowledge(RuntimeOrigin::signed(PATIENT_KEY), CLINIC, 0),
			Error::<Test>::NotFound
		);
	});
}

#[test]
fn a_key_that_ended_confirms_nothing_and_a_frozen_handle_does() {
	build_and_execute(|| {
		assert_ok!(anchor_about(1, Some(patient()), None));
		end_key(PATIENT_KEY, START + 10);
		set_now(START + 10);
		assert_noop!(acknowledge(PATIENT_KEY, 0), Error::<Test>::NotSubject);
		set_state(patient(), PatientState::Frozen);
		assert_ok!(acknowledge(SECOND_KEY, 0));
	});
}
