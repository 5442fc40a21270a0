//! Corrupted state is noticed.

use crate::{mock::*, *};
use sp_runtime::TryRuntimeError;

/// Runs `corrupt` on a chain with an agreed proposal (and gives it that), and expects `complaint`.
fn corrupted(complaint: &'static str, corrupt: impl FnOnce(&mut Proposal<Test>)) {
	new_test_ext().execute_with(|| {
		let hash = agree(&upgrade(1));
		assert_eq!(Enactment::do_try_state(), Ok(()));
		let mut proposal = Proposals::<Test>::get(hash).unwrap();
		corrupt(&mut proposal);
		Proposals::<Test>::insert(hash, proposal);
		assert_eq!(Enactment::do_try_state(), Err(TryRuntimeError::Other(complaint)));
	});
}

#[test]
fn a_call_under_a_foreign_hash_is_noticed() {
	corrupted("a proposal does not stand under the hash of its call", |proposal| {
		proposal.call = vec![1, 2, 3].try_into().unwrap();
	});
}

#[test]
fn a_proposal_of_nobody_is_noticed() {
	corrupted("a proposal that nobody approved", |proposal| {
		proposal.approvals = Approvals::default();
		proposal.due = None;
	});
}

#[test]
fn a_due_time_without_agreement_is_noticed_and_the_reverse() {
	let complaint = "a proposal is due without both approvals, or agreed and never due";
	corrupted(complaint, |proposal| proposal.approvals.council = false);
	corrupted(complaint, |proposal| proposal.due = None);
}

#[test]
fn a_proposal_from_the_future_is_noticed() {
	corrupted("a proposal from the future", |proposal| proposal.proposed_at = START + 1);
}

#[test]
fn a_due_time_before_the_floor_is_noticed() {
	corrupted("a proposal is due before the floor of its class", |proposal| {
		proposal.due = Some(START + FLOORS.upgrade - 1);
	});
}

#[test]
fn a_proposal_that_is_never_due_is_noticed() {
	corrupted("a proposal lapses before it is due", |proposal| {
		proposal.lapses = START + FLOORS.upgrade;
	});
}

#[test]
fn a_wrong_count_is_noticed() {
	new_test_ext().execute_with(|| {
		agree(&upgrade(1));
		let key = Proposals::<Test>::hashed_key_for(hash_of(&upgrade(1)));
		frame_support::storage::unhashed::kill(&key);
		let complaint = TryRuntimeError::Other("the count of proposals is wrong");
		assert_eq!(Enactment::do_try_state(), Err(complaint));
	});
}

#[test]
fn too_many_proposals_are_noticed() {
	new_test_ext().execute_with(|| {
		for pages in 1..=4 {
			let hash = hash_of(&upgrade(pages));
			let call = codec::Encode::encode(&upgrade(pages)).try_into().unwrap();
			let approvals = Approvals { council: true, technical: false };
			let class = EnactmentClass::Upgrade;
			let (proposed_at, due, lapses) = (START, None, START + 1);
			let proposal = Proposal { call, class, proposed_at, approvals, due, lapses };
			Proposals::<Test>::insert(hash, proposal);
		}
		let complaint = TryRuntimeError::Other("too many proposals");
		assert_eq!(Enactment::do_try_state(), Err(complaint));
	});
}

#[test]
fn a_delay_below_its_floor_is_noticed() {
	new_test_ext().execute_with(|| {
		Delays::<Test>::put(DelayTable { emergency: FLOORS.emergency - 1, ..FLOORS });
		let complaint = TryRuntimeError::Other("a delay is shorter than its floor");
		assert_eq!(Enactment::do_try_state(), Err(complaint));
	});
}
