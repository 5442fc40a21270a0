//! Anchoring many records by their root.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use salus_primitives::{
	commitment::{leaf, node, Form},
	Commitment,
};
use sp_runtime::DispatchResult;

fn batch(root: Commitment, leaves: u64) -> DispatchResult {
	RecordAnchor::anchor_batch(
		RuntimeOrigin::signed(DOCTOR),
		HOSPITAL,
		root,
		leaves,
		Form::Bytes,
		RetentionClass::Standard,
	)
}

fn check(seq: Seq, n: u64, proof: Option<MerkleProof>) -> Result<Verification, VerifyError> {
	RecordAnchor::verify(HOSPITAL, seq, commitment(n), proof, None)
}

#[test]
fn a_batch_is_one_slot_about_nobody() {
	build_and_execute(|| {
		assert_ok!(anchor_batch(1000));
		let stored = info(0).anchor;
		assert_eq!(stored.kind, Kind::Batch { leaves: 1000, depth: 10 });
		assert_eq!((stored.first, stored.version, stored.previous), (0, 1, None));
		assert_eq!(Subjects::<Test>::iter().count(), 0);
		assert_eq!(events(), [Event::BatchAnchored { author: HOSPITAL, seq: 0, leaves: 1000 }]);
	});
}

#[test]
fn a_batch_has_one_to_two_to_the_thirty_two_leaves() {
	build_and_execute(|| {
		assert_noop!(batch(commitment(1), 0), Error::<Test>::WrongLeafCount);
		assert_ok!(batch(commitment(1), 1));
		assert_ok!(batch(commitment(2), 1 << 32));
		assert_noop!(batch(commitment(3), (1 << 32) + 1), Error::<Test>::WrongLeafCount);
		assert_noop!(batch(commitment(3), u64::MAX), Error::<Test>::WrongLeafCount);
		assert_eq!(info(0).anchor.kind, Kind::Batch { leaves: 1, depth: 0 });
		assert_eq!(info(1).anchor.kind, Kind::Batch { leaves: 1 << 32, depth: 32 });
	});
}

#[test]
fn zeros_and_a_root_twice_are_refused() {
	build_and_execute(|| {
		assert_noop!(batch(Commitment::zero(), 3), Error::<Test>::ZeroCommitment);
		assert_ok!(anchor_batch(3));
		assert_noop!(anchor_batch(3), Error::<Test>::AlreadyAnchored);
	});
}

#[test]
fn every_record_of_a_batch_is_verified_and_no_other() {
	build_and_execute(|| {
		assert_ok!(anchor_batch(11));
		for index in 0..11 {
			let answer = check(0, index, Some(proof(11, index))).unwrap();
			assert_eq!((answer.status, answer.head), (Status::Current, Some(0)));
			assert_eq!(check(0, 11, Some(proof(11, index))), Err(VerifyError::NotAMember));
			let mut elsewhere = proof(11, index);
			elsewhere.index += 1;
			assert_eq!(check(0, index, Some(elsewhere)), Err(VerifyError::NotAMember));
		}
		assert_eq!(check(0, 0, None), Err(VerifyError::ProofRequired));
	});
}

#[test]
fn a_node_is_no_leaf_and_a_leaf_no_node() {
	build_and_execute(|| {
		assert_ok!(anchor_batch(4));
		let leaves: Vec<_> = commitments(4).iter().map(leaf).collect();
		let (left, right) = (node(&leaves[0], &leaves[1]), node(&leaves[2], &leaves[3]));
		let refused = |commitment, index, path| {
			assert_eq!(
				RecordAnchor::verify(
					HOSPITAL,
					0,
					commitment,
					Some(MerkleProof { index, path }),
					None
				),
				Err(VerifyError::NotAMember)
			);
		};
		// The inner node as a record, at each place where it could hide.
		for index in 0..4 {
			refused(left, index, vec![right]);
			refused(left, index, vec![right, right]);
		}
		// The hash of a commitment as the commitment, and the root as a record.
		refused(leaves[0], 0, vec![leaves[1], right]);
		refused(info(0).anchor.commitment, 0, vec![]);
		assert_ok!(check(0, 0, Some(MerkleProof { index: 0, path: vec![leaves[1], right] })));
	});
}

#[test]
fn a_path_longer_than_the_tree_is_deep_is_not_hashed() {
	build_and_execute(|| {
		assert_ok!(anchor_batch(8));
		let mut long = proof(8, 3);
		long.path.resize(1_000_000, commitment(0));
		assert_eq!(check(0, 3, Some(long)), Err(VerifyError::NotAMember));
		let mut short = proof(8, 3);
		short.path.pop();
		assert_eq!(check(0, 3, Some(short)), Err(VerifyError::NotAMember));
	});
}

#[test]
fn a_single_record_has_no_place_in_a_tree() {
	build_and_execute(|| {
		assert_ok!(anchor(0));
		assert_eq!(check(0, 0, Some(proof(1, 0))), Err(VerifyError::ProofUnexpected));
		assert_ok!(check(0, 0, None));
	});
}
