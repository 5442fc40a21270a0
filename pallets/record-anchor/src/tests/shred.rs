//! Erasure by the author.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok, traits::fungible::InspectHold};
use sp_runtime::{traits::Convert, DispatchError};

fn held(who: AccountId) -> u64 {
	Balances::balance_on_hold(&AnchorHold::get(), &who)
}

fn tombstone_price() -> u64 {
	Price::convert(RecordAnchor::tombstone_footprint())
}

/// Whether anything but the number and the tombstone is left of a slot.
fn is_gone(seq: Seq, n: u64) -> bool {
	!Anchors::<Test>::contains_key(HOSPITAL, seq)
		&& !Commitments::<Test>::contains_key(HOSPITAL, commitment(n))
		&& !Subjects::<Test>::contains_key(HOSPITAL, seq)
		&& !Successors::<Test>::contains_key(HOSPITAL, seq)
		&& !Retractions::<Test>::contains_key((HOSPITAL, seq, None::<u64>))
		&& !Acknowledgements::<Test>::contains_key(HOSPITAL, seq)
		&& !Disputes::<Test>::contains_key(HOSPITAL, seq)
		&& !ErasureRequests::<Test>::contains_key(HOSPITAL, seq)
		&& !Extensions::<Test>::contains_key(HOSPITAL, seq)
		&& !Holds::<Test>::contains_key(HOSPITAL, seq)
}

#[test]
fn at_the_patients_wish_all_but_a_tombstone_goes() {
	build_and_execute(|| {
		assert_ok!(anchor_about(7, Some(patient()), None));
		let origin = RuntimeOrigin::signed;
		assert_ok!(RecordAnchor::acknowledge(origin(PATIENT_KEY), HOSPITAL, 0));
		let reason = RetractReason::WrongContent;
		assert_ok!(RecordAnchor::retract(origin(DOCTOR), HOSPITAL, 0, None, reason));
		assert_ok!(RecordAnchor::extend_retention(origin(OFFICER), HOSPITAL, 0, START + 2_000));
		assert_ok!(hold(JUDGE, 0, 5));
		assert_ok!(dispute(0));
		assert_noop!(shred(0), Error::<Test>::OnHold);
		set_now(START + 5);
		assert_noop!(shred(0), Error::<Test>::DisputeOpen);
		assert_ok!(request_erasure(0));
		// Whoever has a key of the patient could wish it, and the patient still waits for an answer.
		assert_noop!(shred(0), Error::<Test>::DisputeOpen);
		let reasons = commitment(901);
		assert_ok!(RecordAnchor::answer_dispute(
			origin(OFFICER),
			HOSPITAL,
			0,
			Outcome::Rejected,
			reasons
		));
		events();
		assert_ok!(shred(0));

		assert!(is_gone(0, 7));
		let (why, at, relation) = (ShredReason::ErasureRequested, START + 5, Relation::New);
		assert_eq!(slot(0), SlotState::Shredded(Tombstone { why, at, relation }));
		assert_eq!(RecordAnchor::anchor_info(HOSPITAL, 0), None);
		assert_eq!(events(), [Event::Shredded { author: HOSPITAL, seq: 0, why }]);
		assert_eq!(held(ADMIN), tombstone_price());
	});
}

#[test]
fn the_chain_confirms_nothing_that_it_does_not_know() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		assert_ok!(request_erasure(0));
		set_now(START + 9);
		assert_ok!(shred(0));
		// Neither the right commitment nor another, neither now nor for a moment before.
		for (n, at) in [(0, None), (1, None), (0, Some(START)), (0, Some(START + 9))] {
			assert_eq!(verify(0, n, at), Err(VerifyError::Shredded { at: START + 9 }));
		}
		assert_eq!(verify(0, 0, Some(START + 10)), Err(VerifyError::Future));
		assert_eq!(verify(1, 0, None), Err(VerifyError::Unknown));
		assert_eq!(slot(1), SlotState::Unused);
	});
}

#[test]
fn without_a_wish_only_after_retention_and_not_in_a_dispute() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		set_now(START + RETENTION - 1);
		assert_noop!(shred(0), Error::<Test>::RetentionNotOver);
		assert_ok!(dispute(0));
		set_now(START + RETENTION);
		// An author does not shred what it would rather not answer for.
		assert_noop!(shred(0), Error::<Test>::DisputeOpen);
		set_now(START + RETENTION - 1 + DISPUTE_TIME);
		assert_ok!(shred(0));
		let SlotState::Shredded(tombstone) = slot(0) else { panic!("no tombstone") };
		assert_eq!(tombstone.why, ShredReason::RetentionOver);
		assert_noop!(shred(0), Error::<Test>::NotFound);
	});
}

#[test]
fn a_dispute_after_the_wish_is_answered_first() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		assert_ok!(request_erasure(0));
		let officer = || RuntimeOrigin::signed(OFFICER);
		let reason = RefusalReason::LegalClaims;
		assert_ok!(RecordAnchor::refuse_erasure(officer(), HOSPITAL, 0, reason));
		set_now(START + 1);
		assert_ok!(dispute(0));
		assert_noop!(shred(0), Error::<Test>::DisputeOpen);
		let (outcome, reasons) = (Outcome::Rejected, commitment(901));
		assert_ok!(RecordAnchor::answer_dispute(officer(), HOSPITAL, 0, outcome, reasons));
		assert_ok!(shred(0));
	});
}

#[test]
fn a_batch_is_shredded_after_its_retention_only() {
	build_and_execute(|| {
		assert_ok!(anchor_batch(4));
		assert_noop!(shred(0), Error::<Test>::RetentionNotOver);
		set_now(START + RETENTION);
		assert_ok!(shred(0));
		let ask = RecordAnchor::verify(HOSPITAL, 0, commitment(1), Some(proof(4, 1)), Some(START));
		assert_eq!(ask, Err(VerifyError::Shredded { at: START + RETENTION }));
	});
}

#[test]
fn no_call_reaches_a_shredded_slot() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		assert_ok!(request_erasure(0));
		assert_ok!(shred(0));
		let gone: DispatchError = Error::<Test>::NotFound.into();
		let origin = RuntimeOrigin::signed;
		let (reason, outcome) = (RetractReason::Duplicate, Outcome::Upheld);
		assert_noop!(RecordAnchor::retract(origin(DOCTOR), HOSPITAL, 0, None, reason), gone);
		assert_noop!(RecordAnchor::acknowledge(origin(PATIENT_KEY), HOSPITAL, 0), gone);
		assert_noop!(dispute(0), gone);
		assert_noop!(
			RecordAnchor::answer_dispute(origin(ADMIN), HOSPITAL, 0, outcome, commitment(1)),
			gone
		);
		assert_noop!(RecordAnchor::extend_dispute(origin(ADMIN), HOSPITAL, 0), gone);
		assert_noop!(
			RecordAnchor::extend_retention(origin(ADMIN), HOSPITAL, 0, START + 2_000),
			gone
		);
		assert_noop!(hold(JUDGE, 0, 5), gone);
		assert_noop!(request_erasure(0), gone);
		assert_noop!(shred(0), gone);
		set_now(START + RETENTION);
		assert_noop!(evict(&[0]), gone);
		assert_noop!(anchor_after(1, Some((0, Relation::Amends))), Error::<Test>::PreviousNotFound);
	});
}

#[test]
fn a_lineage_without_one_of_its_versions_tells_the_rest_as_before() {
	build_and_execute(|| {
		for (n, previous) in [(0, None), (1, Some(0)), (2, Some(1)), (3, Some(2))] {
			set_now(START + n);
			let previous = previous.map(|seq| (seq, Relation::Corrects));
			assert_ok!(anchor_about(n, Some(patient()), previous));
		}
		let status = |seq, at| verify(seq, seq, at).unwrap().status;
		let before = status(0, Some(START + 3));
		assert_ok!(request_erasure(1));
		assert_ok!(shred(1));
		// What followed the first version, and what it was to it.
		let by = Status::Superseded { by: 1, relation: Relation::Corrects, at: START + 1 };
		assert_eq!((before, status(0, Some(START + 3))), (by, by));
		assert_eq!((info(0).head, info(2).head), (3, 3));
		// From the newest backwards as far as it is known, and then on from the slot before the gap.
		let seqs = |from| {
			let entries = RecordAnchor::lineage(HOSPITAL, from);
			entries.iter().map(|entry| entry.seq).collect::<Vec<_>>()
		};
		assert_eq!((seqs(3), seqs(1), seqs(0)), (vec![3, 2], vec![], vec![0]));
		assert_ok!(anchor_after(4, Some((3, Relation::Amends))));
		assert_eq!(info(0).head, 4);
	});
}

#[test]
fn a_lineage_whose_newest_version_is_shredded_is_closed() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		assert_ok!(anchor_about(1, Some(patient()), Some((0, Relation::Amends))));
		assert_ok!(anchor_about(2, Some(patient()), Some((1, Relation::Corrects))));
		assert_ok!(request_erasure(2));
		assert_ok!(shred(2));
		// No older version comes back to life, and none is succeeded a second time.
		let by = Status::Superseded { by: 2, relation: Relation::Corrects, at: START };
		assert_eq!(verify(1, 1, None).unwrap().status, by);
		assert_eq!((info(0).head, info(1).head), (2, 2));
		let amends = |seq| Some((seq, Relation::Amends));
		assert_noop!(anchor_after(3, amends(1)), Error::<Test>::PreviousNotHead);
		assert_noop!(anchor_after(3, amends(2)), Error::<Test>::PreviousNotFound);
		assert_ok!(anchor(3));
	});
}

#[test]
fn the_rest_of_a_deposit_goes_to_who_put_it_down() {
	build_and_execute(|| {
		assert_ok!(anchor_about(0, Some(patient()), None));
		edit_orgs(|orgs| orgs.get_mut(&HOSPITAL).unwrap().admin = LAB_ADMIN);
		assert_ok!(request_erasure(0));
		assert_ok!(shred(0));
		assert_eq!((held(ADMIN), held(LAB_ADMIN)), (tombstone_price(), 0));
		assert!(tombstone_price() < Price::convert(RecordAnchor::anchor_footprint(false)));
	});
}
