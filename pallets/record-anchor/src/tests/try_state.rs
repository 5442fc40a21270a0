//! That broken states are noticed.

use crate::{mock::*, *};
use codec::Decode;
use frame_support::assert_ok;
use sp_runtime::DispatchError;

/// Four records, of which 0, 1 and 2 are a lineage about the patient, and a batch in slot 4.
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
}

fn edit(seq: Seq, change: impl FnOnce(&mut Anchor)) {
	Anchors::<Test>::mutate(HOSPITAL, seq, |slot| change(slot.as_mut().unwrap()));
}

#[test]
fn every_corruption_is_noticed() {
	let retraction = |at| Retraction { reason: RetractReason::Duplicate, at };
	let ticket = || Deposit {
		payer: ADMIN,
		ticket: <Test as Config>::Consideration::decode(&mut &[0u8; 8][..]).unwrap(),
	};
	let zero = salus_primitives::Commitment::zero();
	let corruptions: Vec<(&'static str, Box<dyn Fn()>)> = vec![
		("a slot was filled before its turn", Box::new(|| NextSeq::<Test>::insert(HOSPITAL, 4))),
		("an author's slots have gaps", Box::new(|| NextSeq::<Test>::insert(HOSPITAL, 6))),
		("an author's slots have gaps", Box::new(|| NextSeq::<Test>::insert(CLINIC, 1))),
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
