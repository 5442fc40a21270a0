//! Marking what does not stand.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn retract(seq: Seq, leaf: Option<u64>) -> DispatchResult {
	RecordAnchor::retract(
		RuntimeOrigin::signed(DOCTOR),
		HOSPITAL,
		seq,
		leaf,
		RetractReason::WrongSubject,
	)
}

fn status(seq: Seq, leaves: u64, index: u64) -> Status {
	RecordAnchor::verify(HOSPITAL, seq, commitment(index), Some(proof(leaves, index)), None)
		.unwrap()
		.status
}

#[test]
fn a_record_is_retracted_once() {
	build_and_execute(|| {
		assert_ok!(anchor(1));
		events();
		set_now(START + 5);
		assert_ok!(retract(0, None));
		let (reason, at) = (RetractReason::WrongSubject, START + 5);
		assert_eq!(info(0).retraction, Some(Retraction { reason, at }));
		assert_eq!(events(), [Event::Retracted { author: HOSPITAL, seq: 0, leaf: None, reason }]);
		set_now(START + 6);
		assert_noop!(retract(0, None), Error::<Test>::AlreadyRetracted);
		assert_eq!(verify(0, 1, None).unwrap().status, Status::Retracted { reason, at });
	});
}

#[test]
fn one_record_of_a_batch_is_retracted_and_the_others_stand() {
	build_and_execute(|| {
		assert_ok!(anchor_batch(5));
		assert_ok!(retract(0, Some(4)));
		assert_noop!(retract(0, Some(4)), Error::<Test>::AlreadyRetracted);
		assert_noop!(retract(0, Some(5)), Error::<Test>::LeafNotFound);
		assert_noop!(retract(0, Some(u64::MAX)), Error::<Test>::LeafNotFound);
		let (reason, at) = (RetractReason::WrongSubject, START);
		assert_eq!(status(0, 5, 4), Status::Retracted { reason, at });
		for index in 0..4 {
			assert_eq!(status(0, 5, index), Status::Current);
		}
		assert_eq!(info(0).retraction, None);
	});
}

#[test]
fn a_retracted_batch_takes_every_record_with_it() {
	build_and_execute(|| {
		assert_ok!(anchor_batch(3));
		assert_ok!(retract(0, Some(0)));
		set_now(START + 1);
		assert_ok!(retract(0, None));
		assert_noop!(retract(0, None), Error::<Test>::AlreadyRetracted);
		for leaf in 0..3 {
			assert_noop!(retract(0, Some(leaf)), Error::<Test>::AlreadyRetracted);
		}
		// The earlier answer of the first leaf stays.
		let reason = RetractReason::WrongSubject;
		assert_eq!(status(0, 3, 0), Status::Retracted { reason, at: START });
		assert_eq!(status(0, 3, 1), Status::Retracted { reason, at: START + 1 });
	});
}

#[test]
fn a_single_record_has_no_leaves_and_nothing_is_no_record() {
	build_and_execute(|| {
		assert_ok!(anchor(1));
		assert_noop!(retract(0, Some(0)), Error::<Test>::NotBatch);
		assert_noop!(retract(1, None), Error::<Test>::NotFound);
		assert_noop!(retract(1, Some(0)), Error::<Test>::NotFound);
	});
}

#[test]
fn nobody_retracts_for_another_author() {
	build_and_execute(|| {
		assert_ok!(anchor(1));
		let by_clinic = |org| {
			RecordAnchor::retract(
				RuntimeOrigin::signed(CLINICIAN),
				org,
				0,
				None,
				RetractReason::Duplicate,
			)
		};
		assert_noop!(by_clinic(HOSPITAL), Error::<Test>::NotAuthorised);
		// Under its own name the clinic has no such slot.
		assert_noop!(by_clinic(CLINIC), Error::<Test>::NotFound);
		assert_eq!(info(0).retraction, None);
	});
}
