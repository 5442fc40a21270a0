//! Versions of one record.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use salus_primitives::commitment::Form;
use sp_runtime::ArithmeticError;

const LATER: [Relation; 4] =
	[Relation::Amends, Relation::Corrects, Relation::Supersedes, Relation::EnteredInError];

#[test]
fn a_version_follows_the_head_and_becomes_it() {
	build_and_execute(|| {
		assert_ok!(anchor(0));
		for (before, relation) in (0..).zip(LATER) {
			set_now(START + before + 1);
			let n = before + 1;
			assert_ok!(anchor_after(n, Some((before, relation))));
			let stored = info(n);
			assert_eq!(
				(stored.anchor.first, stored.anchor.previous, stored.anchor.relation),
				(0, Some(before), relation)
			);
			assert_eq!(u64::from(stored.anchor.version), n + 1);
			assert_eq!(info(before).successor, Some(Successor { seq: n, at: START + n }));
			assert_eq!((info(0).head, stored.head), (n, n));
		}
		assert_eq!(
			events().last(),
			Some(&Event::Anchored {
				author: HOSPITAL,
				seq: 4,
				version: 5,
				previous: Some(3),
				relation: Relation::EnteredInError,
			})
		);
	});
}

#[test]
fn a_lineage_does_not_fork() {
	build_and_execute(|| {
		assert_ok!(anchor(0));
		assert_ok!(anchor_after(1, Some((0, Relation::Amends))));
		for relation in LATER {
			assert_noop!(anchor_after(2, Some((0, relation))), Error::<Test>::PreviousNotHead);
		}
		assert_ok!(anchor_after(2, Some((1, Relation::Amends))));
		assert_noop!(anchor_after(3, Some((1, Relation::Amends))), Error::<Test>::PreviousNotHead);
	});
}

#[test]
fn no_call_rewrites_a_slot() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		let slot = Anchors::<Test>::get(HOSPITAL, 0);
		assert_ok!(anchor_after(1, Some((0, Relation::Corrects))));
		assert_ok!(RecordAnchor::retract(
			RuntimeOrigin::signed(DOCTOR),
			HOSPITAL,
			0,
			None,
			RetractReason::WrongContent
		));
		assert_ok!(RecordAnchor::acknowledge(RuntimeOrigin::signed(PATIENT_KEY), HOSPITAL, 0));
		assert_eq!(Anchors::<Test>::get(HOSPITAL, 0), slot);
		assert_eq!(NextSeq::<Test>::get(HOSPITAL), 2);
	});
}

#[test]
fn a_version_says_what_it_is_to_the_one_before() {
	build_and_execute(|| {
		assert_ok!(anchor(0));
		assert_noop!(anchor_after(1, Some((0, Relation::New))), Error::<Test>::WrongRelation);
	});
}

#[test]
fn a_foreign_or_missing_slot_is_not_succeeded() {
	build_and_execute(|| {
		assert_ok!(anchor(0));
		assert_ok!(anchor(1));
		assert_noop!(anchor_after(2, Some((2, Relation::Amends))), Error::<Test>::PreviousNotFound);
		assert_noop!(
			anchor_after(2, Some((u64::MAX, Relation::Amends))),
			Error::<Test>::PreviousNotFound
		);
		// The hospital's slots are no slots of the clinic.
		assert_noop!(
			RecordAnchor::anchor(
				RuntimeOrigin::signed(CLINICIAN),
				CLINIC,
				commitment(2),
				Form::Bytes,
				None,
				Some((1, Relation::Corrects)),
				RetentionClass::Standard,
			),
			Error::<Test>::PreviousNotFound
		);
	});
}

#[test]
fn a_batch_has_no_lineage() {
	build_and_execute(|| {
		assert_ok!(anchor_batch(4));
		assert_noop!(
			anchor_after(9, Some((0, Relation::Supersedes))),
			Error::<Test>::PreviousNotSingle
		);
	});
}

#[test]
fn a_lineage_is_about_one_subject_or_leaves_it_out() {
	build_and_execute(|| {
		permit(other_patient(), HOSPITAL, DOCTOR);
		assert_ok!(anchor_about(0, Some(patient()), None));
		let amends = |seq| Some((seq, Relation::Amends));
		assert_noop!(
			anchor_about(1, Some(other_patient()), amends(0)),
			Error::<Test>::SubjectMismatch
		);
		assert_ok!(anchor_about(1, Some(patient()), amends(0)));
		assert_ok!(anchor_about(2, None, amends(1)));
		// Once left out, it does not come back, and nobody is put into an old lineage.
		for subject in [patient(), other_patient()] {
			assert_noop!(anchor_about(3, Some(subject), amends(2)), Error::<Test>::SubjectMismatch);
		}
	});
}

#[test]
fn a_record_is_corrected_after_consent_has_ended() {
	build_and_execute(|| {
		permit(other_patient(), HOSPITAL, DOCTOR);
		assert_ok!(anchor_about(0, Some(other_patient()), None));
		revoke(other_patient(), HOSPITAL, DOCTOR);
		let corrects = Some((0, Relation::Corrects));
		assert_noop!(anchor_about(1, Some(other_patient()), corrects), Error::<Test>::NotRelated);
		assert_ok!(anchor_about(1, None, corrects));
		assert_eq!(info(0).head, 1);
	});
}

#[test]
fn a_retracted_version_can_be_corrected() {
	build_and_execute(|| {
		assert_ok!(anchor(0));
		assert_ok!(RecordAnchor::retract(
			RuntimeOrigin::signed(DOCTOR),
			HOSPITAL,
			0,
			None,
			RetractReason::WrongContent
		));
		assert_ok!(anchor_after(1, Some((0, Relation::Corrects))));
		assert_eq!(verify(1, 1, None).unwrap().status, Status::Current);
	});
}

#[test]
fn versions_end_before_they_overflow() {
	new_test_ext().execute_with(|| {
		assert_ok!(anchor(0));
		Anchors::<Test>::mutate(HOSPITAL, 0, |slot| slot.as_mut().unwrap().version = u32::MAX);
		assert_noop!(anchor_after(1, Some((0, Relation::Amends))), ArithmeticError::Overflow);
	});
}

#[test]
fn a_long_lineage_is_answered_page_by_page() {
	build_and_execute(|| {
		assert_ok!(anchor(0));
		for n in 1..10 {
			assert_ok!(anchor_after(n, Some((n - 1, Relation::Amends))));
		}
		let seqs = |from: Seq| -> Vec<Seq> {
			RecordAnchor::lineage(HOSPITAL, from).iter().map(|entry| entry.seq).collect()
		};
		assert_eq!(seqs(info(0).head), [9, 8, 7, 6]);
		assert_eq!(seqs(5), [5, 4, 3, 2]);
		assert_eq!(seqs(1), [1, 0]);
		assert!(seqs(10).is_empty());
		assert!(RecordAnchor::lineage(CLINIC, 0).is_empty());
	});
}
