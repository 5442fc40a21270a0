//! How a record stands, and stood.

use crate::{mock::*, *};
use frame_support::assert_ok;
use salus_primitives::OrgKind;

fn status(seq: Seq, n: u64, at: u64) -> Status {
	verify(seq, n, Some(at)).unwrap().status
}

#[test]
fn a_changed_record_is_not_verified() {
	build_and_execute(|| {
		assert_ok!(anchor(1));
		assert_eq!(
			verify(0, 1, None),
			Ok(Verification {
				anchored_at: START,
				authority: Authority { kind: OrgKind::Provider, interval: 0 },
				version: 1,
				status: Status::Current,
				head: Some(0),
			})
		);
		assert_eq!(verify(0, 2, None), Err(VerifyError::NotAMember));
		assert_eq!(verify(1, 1, None), Err(VerifyError::Unknown));
		assert_eq!(
			RecordAnchor::verify(CLINIC, 0, commitment(1), None, None),
			Err(VerifyError::Unknown)
		);
		assert_eq!(RecordAnchor::anchor_info(CLINIC, 0), None);
	});
}

#[test]
fn a_moment_to_come_has_no_answer() {
	build_and_execute(|| {
		assert_ok!(anchor(1));
		assert_ok!(verify(0, 1, Some(START)));
		assert_eq!(verify(0, 1, Some(START + 1)), Err(VerifyError::Future));
		// It is told before anything about the slot.
		assert_eq!(verify(9, 1, Some(u64::MAX)), Err(VerifyError::Future));
	});
}

#[test]
fn a_record_stands_from_its_anchor_to_its_successor() {
	build_and_execute(|| {
		set_now(START + 10);
		assert_ok!(anchor(0));
		set_now(START + 20);
		assert_ok!(anchor_after(1, Some((0, Relation::Corrects))));
		set_now(START + 30);

		let by = Status::Superseded { by: 1, relation: Relation::Corrects, at: START + 20 };
		assert_eq!(status(0, 0, START + 9), Status::NotYetAnchored);
		assert_eq!(status(0, 0, START + 10), Status::Current);
		assert_eq!(status(0, 0, START + 19), Status::Current);
		assert_eq!(status(0, 0, START + 20), by);
		assert_eq!(status(0, 0, START + 30), by);
		assert_eq!(status(1, 1, START + 19), Status::NotYetAnchored);
		assert_eq!(status(1, 1, START + 20), Status::Current);

		// The head belongs to answers about now: those about the past must not grow.
		assert_eq!(verify(0, 0, None).unwrap().head, Some(1));
		assert_eq!(verify(0, 0, Some(now())).unwrap().head, None);
	});
}

#[test]
fn a_retraction_counts_from_its_second_on_and_before_all_else() {
	build_and_execute(|| {
		assert_ok!(anchor(0));
		set_now(START + 10);
		assert_ok!(anchor_after(1, Some((0, Relation::Supersedes))));
		set_now(START + 20);
		let reason = RetractReason::NotPerformed;
		assert_ok!(RecordAnchor::retract(RuntimeOrigin::signed(ADMIN), HOSPITAL, 0, None, reason));
		set_now(START + 30);

		let by = Status::Superseded { by: 1, relation: Relation::Supersedes, at: START + 10 };
		assert_eq!(status(0, 0, START + 9), Status::Current);
		assert_eq!(status(0, 0, START + 19), by);
		assert_eq!(status(0, 0, START + 20), Status::Retracted { reason, at: START + 20 });
		assert_eq!(status(0, 0, START - 1), Status::NotYetAnchored);
		assert_eq!(status(1, 1, START + 30), Status::Current);

		let entries = RecordAnchor::lineage(HOSPITAL, 1);
		assert_eq!(entries[0].retraction, None);
		assert_eq!(entries[1].retraction, Some(Retraction { reason, at: START + 20 }));
	});
}

#[test]
fn what_happens_later_changes_no_answer_about_before() {
	build_and_execute(|| {
		assert_ok!(anchor(0));
		assert_ok!(anchor_batch(4));
		set_now(START + 10);
		let ask = || {
			let leaf = RecordAnchor::verify(
				HOSPITAL,
				1,
				commitment(2),
				Some(proof(4, 2)),
				Some(START + 10),
			);
			(verify(0, 0, Some(START + 10)), leaf)
		};
		let before = ask();

		set_now(START + 11);
		assert_ok!(anchor_after(5, Some((0, Relation::Amends))));
		let retract = |seq, leaf| {
			let origin = RuntimeOrigin::signed(DOCTOR);
			RecordAnchor::retract(origin, HOSPITAL, seq, leaf, RetractReason::WrongContent)
		};
		assert_ok!(retract(0, None));
		assert_ok!(retract(1, Some(2)));
		assert_eq!(ask(), before);
		set_now(START + 12);
		assert_ok!(retract(1, None));
		suspend(HOSPITAL, START + 12);
		assert_eq!(ask(), before);
	});
}
