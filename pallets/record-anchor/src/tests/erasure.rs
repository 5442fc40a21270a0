//! A patient's wish to have a record erased.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use salus_primitives::{KeyPurpose, KeyPurposeSet, PatientState};
use sp_runtime::{DispatchError, DispatchResult};

fn withdraw(seq: Seq) -> DispatchResult {
	RecordAnchor::withdraw_erasure(RuntimeOrigin::signed(SECOND_KEY), HOSPITAL, seq)
}

fn refuse(seq: Seq, reason: RefusalReason) -> DispatchResult {
	RecordAnchor::refuse_erasure(RuntimeOrigin::signed(OFFICER), HOSPITAL, seq, reason)
}

fn state(seq: Seq) -> Option<ErasureState> {
	info(seq).erasure.map(|erasure| erasure.state)
}

#[test]
fn a_request_starts_a_clock_that_everybody_sees() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		assert_eq!(state(0), None);
		events();
		assert_ok!(request_erasure(0));
		let due = START + ERASURE_TIME;
		assert_eq!(events(), [Event::ErasureRequested { author: HOSPITAL, seq: 0, due }]);
		assert_noop!(request_erasure(0), Error::<Test>::AlreadyRequested);
		set_now(due - 1);
		assert_eq!(state(0), Some(ErasureState::Open { due }));
		set_now(due + 100);
		assert_eq!(state(0), Some(ErasureState::Overdue { since: due }));
		// The record stands as before: asking erases nothing.
		assert_eq!(verify(0, 0, None).unwrap().status, Status::Current);
	});
}

#[test]
fn only_a_live_key_of_the_subject_asks() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		assert_ok!(anchor(1));
		assert_ok!(anchor_batch(3));
		for who in [OTHER_KEY, DOCTOR, ADMIN, STRANGER] {
			let origin = || RuntimeOrigin::signed(who);
			let refused: DispatchError = Error::<Test>::NotSubject.into();
			assert_noop!(RecordAnchor::request_erasure(origin(), HOSPITAL, 0), refused);
			assert_noop!(RecordAnchor::withdraw_erasure(origin(), HOSPITAL, 0), refused);
		}
		for seq in [1, 2] {
			assert_noop!(request_erasure(seq), Error::<Test>::NotSubject);
		}
		assert_noop!(request_erasure(3), Error::<Test>::NotFound);
		assert_noop!(withdraw(3), Error::<Test>::NotFound);
		end_key(PATIENT_KEY, START);
		assert_noop!(request_erasure(0), Error::<Test>::NotSubject);
	});
}

#[test]
fn only_a_key_for_consent_of_an_active_handle_lets_a_record_be_destroyed() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		let viewer = 77;
		add_key(patient(), viewer);
		restrict_key(viewer, KeyPurposeSet::of(&[KeyPurpose::View]));
		let by = RuntimeOrigin::signed;
		let refused = Error::<Test>::NotForConsent;
		assert_noop!(RecordAnchor::request_erasure(by(viewer), HOSPITAL, 0), refused);
		for state in [PatientState::Frozen, PatientState::Retired] {
			set_state(patient(), state);
			assert_noop!(request_erasure(0), Error::<Test>::SubjectNotActive);
		}
		set_state(patient(), PatientState::Active);
		assert_ok!(request_erasure(0));
		// Any key stops it.
		assert_ok!(RecordAnchor::withdraw_erasure(by(viewer), HOSPITAL, 0));
	});
}

#[test]
fn an_author_refuses_with_a_reason_in_time_or_late() {
	build_and_execute(|| {
		let reasons = [
			RefusalReason::LegalObligation,
			RefusalReason::PublicHealth,
			RefusalReason::Archiving,
			RefusalReason::LegalClaims,
		];
		for (seq, reason) in (0..).zip(reasons) {
			assert_ok!(anchor_about(seq, Some(patient()), None));
			assert_noop!(refuse(seq, reason), Error::<Test>::NotRequested);
			assert_ok!(request_erasure(seq));
			set_now(now() + ERASURE_TIME * seq);
			events();
			assert_ok!(refuse(seq, reason));
			assert_eq!(events(), [Event::ErasureRefused { author: HOSPITAL, seq, reason }]);
			assert_eq!(state(seq), Some(ErasureState::Refused { reason, at: now() }));
			assert_noop!(refuse(seq, reason), Error::<Test>::AlreadyRefused);
			assert_noop!(request_erasure(seq), Error::<Test>::AlreadyRequested);
		}
		assert_noop!(refuse(9, RefusalReason::Archiving), Error::<Test>::NotFound);
		// It may still think better of it.
		assert_ok!(shred(0));
	});
}

#[test]
fn a_request_is_taken_back_by_any_key_of_the_patient() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		assert_noop!(withdraw(0), Error::<Test>::NotRequested);
		assert_ok!(request_erasure(0));
		events();
		assert_ok!(withdraw(0));
		assert_eq!(events(), [Event::ErasureWithdrawn { author: HOSPITAL, seq: 0 }]);
		assert_eq!(state(0), None);
		assert_noop!(shred(0), Error::<Test>::RetentionNotOver);
		assert_noop!(refuse(0, RefusalReason::LegalClaims), Error::<Test>::NotRequested);
		// And asked anew, with a new clock.
		set_now(START + 5);
		assert_ok!(request_erasure(0));
		assert_eq!(state(0), Some(ErasureState::Open { due: START + 5 + ERASURE_TIME }));
	});
}
