//! That broken states are noticed.

use crate::{mock::*, *};
use codec::Decode;
use frame_support::{
	assert_ok,
	traits::{fungible::MutateHold, tokens::Precision},
};
use sp_runtime::DispatchError;

/// Four records, of which 0, 1 and 2 are a lineage about the patient, and a batch in slot 4. The slot 5
/// was shredded, 6 is the version after it, 7 was evicted, and 8 was a batch with a retracted leaf.
fn build() {
	assert_ok!(anchor_about(0, Some(patient()), None));
	set_now(START + 10);
	assert_ok!(anchor_about(1, Some(patient()), Some((0, Relation::Amends))));
	assert_ok!(anchor_about(2, None, Some((1, Relation::Corrects))));
	assert_ok!(anchor(3));
	assert_ok!(anchor_batch(8));
	let origin = || RuntimeOrigin::signed(DOCTOR);
	let reason = RetractReason::Duplicate;
	assert_ok!(RecordAnchor::retract(origin(), HOSPITAL, 4, Some(5), reason));
	assert_ok!(RecordAnchor::retract(origin(), HOSPITAL, 0, None, reason));
	assert_ok!(RecordAnchor::acknowledge(RuntimeOrigin::signed(PATIENT_KEY), HOSPITAL, 1));
	assert_ok!(anchor_about(5, Some(patient()), None));
	assert_ok!(anchor_about(6, Some(patient()), Some((5, Relation::Corrects))));
	assert_ok!(request_erasure(5));
	assert_ok!(shred(5));
	let brief = NewAnchor { retention: RetentionClass::EmergencySummary, ..record(7) };
	assert_ok!(RecordAnchor::anchor_many(origin(), HOSPITAL, vec![brief].try_into().unwrap()));
	assert_ok!(RecordAnchor::anchor_batch(
		origin(),
		HOSPITAL,
		commitment(8),
		4,
		salus_primitives::commitment::Form::Bytes,
		RetentionClass::EmergencySummary
	));
	assert_ok!(RecordAnchor::retract(origin(), HOSPITAL, 8, Some(1), reason));
	set_now(START + 110);
	assert_ok!(evict(&[7, 8]));
	assert_ok!(dispute(0));
	assert_ok!(RecordAnchor::answer_dispute(
		origin(),
		HOSPITAL,
		0,
		Outcome::Corrected { by: 2 },
		commitment(901)
	));
	assert_ok!(dispute(0));
	assert_ok!(request_erasure(1));
	let officer = || RuntimeOrigin::signed(OFFICER);
	let reason = RefusalReason::LegalObligation;
	assert_ok!(RecordAnchor::refuse_erasure(officer(), HOSPITAL, 1, reason));
	assert_ok!(RecordAnchor::extend_retention(officer(), HOSPITAL, 3, START + 2_000));
	assert_ok!(hold(JUDGE, 3, 10));
	assert_ok!(hold(INSPECTOR, 3, 20));
}

fn edit(seq: Seq, change: impl FnOnce(&mut Anchor)) {
	Anchors::<Test>::mutate(HOSPITAL, seq, |slot| change(slot.as_mut().unwrap()));
}

fn successor(seq: Seq, of: Seq) {
	Successors::<Test>::insert(HOSPITAL, seq, Successor { seq: of, at: START + 10 });
}

fn edit_dispute(round: usize, change: impl FnOnce(&mut Dispute)) {
	Disputes::<Test>::mutate(HOSPITAL, 0, |rounds| change(&mut rounds[round]));
}

fn edit_hold(change: impl FnOnce(&mut LegalHold)) {
	Holds::<Test>::mutate(HOSPITAL, 3, |holds| change(&mut holds[0]));
}

fn edit_request(change: impl FnOnce(&mut ErasureRequest)) {
	ErasureRequests::<Test>::mutate(HOSPITAL, 1, |request| change(request.as_mut().unwrap()));
}

#[test]
fn every_corruption_is_noticed() {
	let retraction = |at| Retraction { reason: RetractReason::Duplicate, at };
	let tombstone = |at| Tombstone { why: ShredReason::RetentionOver, at, relation: Relation::New };
	let ticket = || Deposit {
		payer: ADMIN,
		ticket: <Test as Config>::Consideration::decode(&mut &[0u8; 8][..]).unwrap(),
	};
	let zero = salus_primitives::Commitment::zero();
	let corruptions: Vec<(&'static str, Box<dyn Fn()>)> = vec![
		("a slot was filled before its turn", Box::new(|| NextSeq::<Test>::insert(HOSPITAL, 6))),
		("a slot contradicts itself", Box::new(|| edit(3, |slot| slot.version = 2))),
		("a slot contradicts itself", Box::new(|| edit(3, |slot| slot.first = 1))),
		(
			"a slot contradicts itself",
			Box::new(|| edit(3, |slot| slot.relation = Relation::Amends)),
		),
		("a slot contradicts itself", Box::new(|| edit(2, |slot| slot.previous = Some(2)))),
		("a slot contradicts itself", Box::new(move || edit(3, |slot| slot.commitment = zero))),
		(
			"a slot contradicts itself",
			Box::new(|| edit(4, |slot| slot.kind = Kind::Batch { leaves: 8, depth: 4 })),
		),
		("a slot was filled in the future", Box::new(|| edit(3, |slot| slot.anchored_at = END))),
		(
			"a commitment does not lead to its slot",
			Box::new(|| edit(3, |slot| slot.commitment = commitment(77))),
		),
		(
			"a commitment is in no slot",
			Box::new(|| Commitments::<Test>::insert(HOSPITAL, commitment(77), 0)),
		),
		(
			"a batch is in a lineage",
			Box::new(|| edit(0, |slot| slot.kind = Kind::Batch { leaves: 1, depth: 0 })),
		),
		("a version is missing from a lineage", Box::new(|| edit(2, |slot| slot.version = 4))),
		("a lineage has two beginnings", Box::new(|| edit(2, |slot| slot.first = 1))),
		(
			"a version is not the successor of the one before",
			Box::new(|| {
				Successors::<Test>::insert(HOSPITAL, 1, Successor { seq: 2, at: START + 9 })
			}),
		),
		("a successor of nothing", Box::new(|| successor(7, 8))),
		("a successor of nothing", Box::new(|| successor(5, 6))),
		("a successor does not follow", Box::new(|| successor(3, 9))),
		// One that was evicted, and one that was shredded and had followed nothing.
		("a successor does not follow", Box::new(|| successor(3, 7))),
		("a successor does not follow", Box::new(|| successor(3, 5))),
		(
			"a successor does not follow",
			Box::new(|| {
				Successors::<Test>::insert(HOSPITAL, 3, Successor { seq: 4, at: START + 10 })
			}),
		),
		(
			"the newest version is not the head of its lineage",
			Box::new(|| Heads::<Test>::remove(HOSPITAL, 0)),
		),
		("a head is not the newest version", Box::new(|| Heads::<Test>::insert(HOSPITAL, 3, 3))),
		(
			"a subject without a record",
			Box::new(|| Subjects::<Test>::insert(HOSPITAL, 9, patient())),
		),
		("a batch has a subject", Box::new(|| Subjects::<Test>::insert(HOSPITAL, 4, patient()))),
		(
			"a lineage changed its subject",
			Box::new(|| Subjects::<Test>::insert(HOSPITAL, 1, other_patient())),
		),
		(
			"nobody could acknowledge this",
			Box::new(|| Acknowledgements::<Test>::insert(HOSPITAL, 3, START + 10)),
		),
		(
			"something happened before its slot was filled, or in the future",
			Box::new(|| Acknowledgements::<Test>::insert(HOSPITAL, 1, START)),
		),
		(
			"something happened before its slot was filled, or in the future",
			Box::new(move || {
				Retractions::<Test>::insert((HOSPITAL, 0, None::<u64>), retraction(END))
			}),
		),
		(
			"something stands beside no slot",
			Box::new(move || {
				Retractions::<Test>::insert((HOSPITAL, 9, None::<u64>), retraction(START + 10))
			}),
		),
		(
			"a retracted leaf is not in its batch",
			Box::new(move || {
				Retractions::<Test>::insert((HOSPITAL, 4, Some(8)), retraction(START + 10))
			}),
		),
		(
			"a leaf was retracted after its batch",
			Box::new(move || {
				Retractions::<Test>::insert((HOSPITAL, 4, None::<u64>), retraction(START + 10));
				set_now(START + 11);
				Retractions::<Test>::insert((HOSPITAL, 4, Some(5)), retraction(START + 11));
			}),
		),
		(
			"a retraction of nothing",
			Box::new(move || {
				Retractions::<Test>::insert((HOSPITAL, 9, Some(0)), retraction(START + 10))
			}),
		),
		(
			"a slot was shredded before it was filled",
			Box::new(move || Tombstones::<Test>::insert(HOSPITAL, 9, tombstone(START))),
		),
		(
			"a slot was filled anew",
			Box::new(move || Tombstones::<Test>::insert(HOSPITAL, 3, tombstone(START))),
		),
		(
			"a slot was shredded in the future",
			Box::new(move || Tombstones::<Test>::insert(HOSPITAL, 5, tombstone(START + 111))),
		),
		(
			"nobody could dispute this",
			Box::new(|| {
				let rounds = Disputes::<Test>::get(HOSPITAL, 0);
				Disputes::<Test>::insert(HOSPITAL, 3, rounds)
			}),
		),
		(
			"an empty list of disputes",
			Box::new(|| Disputes::<Test>::insert(HOSPITAL, 0, Rounds::default())),
		),
		(
			"two disputes were open at a time",
			Box::new(|| edit_dispute(0, |dispute| dispute.answer = None)),
		),
		(
			"a dispute was due before it was raised",
			Box::new(|| edit_dispute(1, |dispute| dispute.due = START + 110)),
		),
		(
			"a dispute was not answered in its time",
			Box::new(|| {
				edit_dispute(0, |dispute| dispute.answer.as_mut().unwrap().at = START + 109)
			}),
		),
		(
			"a dispute was not answered in its time",
			Box::new(|| {
				set_now(START + 200);
				edit_dispute(0, |dispute| {
					dispute.answer.as_mut().unwrap().at = START + 110 + DISPUTE_TIME
				})
			}),
		),
		(
			"something happened before its slot was filled, or in the future",
			Box::new(|| edit_dispute(1, |dispute| dispute.raised_at = START + 111)),
		),
		(
			"something happened before its slot was filled, or in the future",
			Box::new(|| {
				edit_dispute(0, |dispute| dispute.answer.as_mut().unwrap().at = START + 111)
			}),
		),
		(
			"nobody could want this erased",
			Box::new(|| {
				let request = ErasureRequests::<Test>::get(HOSPITAL, 1).unwrap();
				ErasureRequests::<Test>::insert(HOSPITAL, 4, request)
			}),
		),
		(
			"something happened before its slot was filled, or in the future",
			Box::new(|| edit_request(|request| request.requested_at = START + 9)),
		),
		(
			"something happened before its slot was filled, or in the future",
			Box::new(|| edit_request(|request| request.refusal.as_mut().unwrap().at = END)),
		),
		(
			"erasure was refused before it was asked for",
			Box::new(|| edit_request(|request| request.refusal.as_mut().unwrap().at = START + 20)),
		),
		("nothing is kept for longer", Box::new(|| Extensions::<Test>::insert(HOSPITAL, 7, END))),
		(
			"an extension that is none",
			Box::new(|| Extensions::<Test>::insert(HOSPITAL, 3, START + 10)),
		),
		(
			"an empty list of holds",
			Box::new(|| Holds::<Test>::insert(HOSPITAL, 3, LegalHolds::default())),
		),
		("a hold that never held", Box::new(|| edit_hold(|hold| hold.until = hold.from))),
		(
			"something happened before its slot was filled, or in the future",
			Box::new(|| edit_hold(|hold| (hold.from, hold.until) = (START + 111, END))),
		),
		(
			"something stands beside no slot",
			Box::new(|| {
				let holds = Holds::<Test>::get(HOSPITAL, 3);
				Holds::<Test>::insert(HOSPITAL, 5, holds)
			}),
		),
		(
			"an organisation holds a slot twice",
			Box::new(|| edit_hold(|hold| hold.organisation = REGULATOR)),
		),
		(
			"a tombstone has no deposit",
			Box::new(|| Deposits::<Test>::remove((HOSPITAL, 5, None::<u64>))),
		),
		(
			"a deposit is held for nothing",
			Box::new(move || Deposits::<Test>::insert((HOSPITAL, 7, None::<u64>), ticket())),
		),
		(
			"a retracted leaf has no deposit",
			Box::new(|| Deposits::<Test>::remove((HOSPITAL, 8, Some(1)))),
		),
		(
			"a slot has no deposit",
			Box::new(|| Deposits::<Test>::remove((HOSPITAL, 3, None::<u64>))),
		),
		(
			"a retracted leaf has no deposit",
			Box::new(|| Deposits::<Test>::remove((HOSPITAL, 4, Some(5)))),
		),
		(
			"a deposit is held for nothing",
			Box::new(move || Deposits::<Test>::insert((HOSPITAL, 4, Some(6)), ticket())),
		),
		(
			"what is on hold is not what deposits are for",
			Box::new(|| {
				let payer = Deposits::<Test>::iter_values().next().unwrap().payer;
				assert_ok!(Balances::hold(&AnchorHold::get(), &payer, 1));
			}),
		),
		(
			"what is on hold is not what deposits are for",
			Box::new(|| {
				let payer = Deposits::<Test>::iter_values().next().unwrap().payer;
				assert_ok!(Balances::release(&AnchorHold::get(), &payer, 1, Precision::Exact));
			}),
		),
	];
	for (expected, corrupt) in corruptions {
		new_test_ext().execute_with(|| {
			build();
			check_state();
			corrupt();
			let noticed = RecordAnchor::do_try_state();
			assert_eq!(noticed, Err(DispatchError::Other(expected)), "{expected}");
		});
	}
}
