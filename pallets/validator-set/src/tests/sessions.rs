//! When a new set is made and when it is not, and what can be proven of past ones.

use crate::{mock::*, Members};
use codec::Encode;
use frame_support::{assert_ok, traits::KeyOwnerProofSystem};
use pallet_session::{historical::HistoricalSessions, QueuedChanged};
use sp_runtime::{testing::UintAuthorityId, RuntimeAppPublic};

#[test]
fn no_new_set_is_made_when_nothing_changed() {
	ExtBuilder::default().build_and_execute(|| {
		for _ in 0..10 {
			rotate();
			assert!(!QueuedChanged::<Test>::get());
			assert!(!Changed::get());
		}
		assert_eq!(Changes::get(), 0);
		assert_eq!(working(), vec![1, 2, 3, 4]);
	});
}

#[test]
fn a_change_of_members_makes_one_new_set() {
	ExtBuilder::default().build_and_execute(|| {
		add_with_keys(5);
		for _ in 0..6 {
			rotate();
		}
		assert_eq!(Changes::get(), 1);
	});
}

#[test]
fn a_change_of_keys_makes_one_new_set() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(set_keys(2, 22));
		rotate();
		assert!(QueuedChanged::<Test>::get());
		for _ in 0..5 {
			rotate();
		}
		assert_eq!(Changes::get(), 1);
		let queued = Session::queued_keys();
		assert!(queued.contains(&(2, keys(22))));
		assert_eq!(queued.len(), 4);
	});
}

#[test]
fn a_member_that_comes_and_goes_within_a_session_makes_no_new_set() {
	ExtBuilder::default().build_and_execute(|| {
		add_with_keys(5);
		assert_ok!(ValidatorSet::retire(RuntimeOrigin::signed(5)));
		for _ in 0..3 {
			rotate();
		}
		assert_eq!(Changes::get(), 0);
	});
}

#[test]
fn a_member_that_purges_its_keys_is_announced_as_gone() {
	// The runtime refuses the call; if it does not, the consensus pallets must at least be told.
	ExtBuilder::default().validators(5).build_and_execute(|| {
		let last = Session::validators()[4];
		assert_ok!(Session::purge_keys(RuntimeOrigin::signed(last)));
		rotate();
		assert!(QueuedChanged::<Test>::get());
		rotate();
		assert!(Changed::get());
		assert_eq!(working().len(), 4);
	});
}

#[test]
fn an_empty_set_is_never_planned() {
	ExtBuilder::default().build_and_execute(|| {
		let _ = pallet_session::NextKeys::<Test>::clear(u32::MAX, None);
		assert_eq!(ValidatorSet::plan_session(7), None);
	});
}

#[test]
fn the_plain_session_manager_says_the_same() {
	ExtBuilder::default().build_and_execute(|| {
		use pallet_session::{historical, SessionManager};
		assert_eq!(<ValidatorSet as SessionManager<AccountId>>::new_session(1), None);
		add_with_keys(5);
		let plain = <ValidatorSet as SessionManager<AccountId>>::new_session(1).unwrap();
		let identified =
			<ValidatorSet as historical::SessionManager<AccountId, u32>>::new_session(1).unwrap();
		assert_eq!(plain.len(), 5);
		assert_eq!(identified, plain.iter().map(|id| (*id, org(*id))).collect::<Vec<_>>());
		<ValidatorSet as SessionManager<AccountId>>::start_session(1);
		<ValidatorSet as SessionManager<AccountId>>::end_session(0);
	});
}

#[test]
fn a_key_of_a_past_session_is_proven_with_its_organisation() {
	ExtBuilder::default().validators(5).build_and_execute(|| {
		let key = (UintAuthorityId::ID, UintAuthorityId(1).encode());
		rotate();
		let before = Historical::prove(key.clone()).unwrap();
		assert_eq!(Historical::check_proof(key.clone(), before.clone()), Some((1, 101)));

		// Leaving changes nothing about the session that it began in.
		assert_ok!(ValidatorSet::retire(RuntimeOrigin::signed(1)));
		assert_eq!(Historical::check_proof(key.clone(), before.clone()), Some((1, 101)));
		let leaving = Historical::prove(key.clone()).unwrap();
		for _ in 0..3 {
			rotate();
		}
		assert_eq!(working(), vec![2, 3, 4, 5]);
		for proof in [before, leaving] {
			assert_eq!(proof.session, 1);
			assert_eq!(Historical::check_proof(key.clone(), proof), Some((1, 101)));
		}
		let gone = Historical::prove(key.clone()).unwrap();
		assert_eq!(Historical::check_proof(key, gone), None);
	});
}

#[test]
fn every_session_has_a_root_from_the_first_on_and_old_ones_are_pruned() {
	ExtBuilder::default().build_and_execute(|| {
		assert!(HistoricalSessions::<Test>::contains_key(0));
		for _ in 0..12 {
			rotate();
		}
		let mut roots: Vec<_> = HistoricalSessions::<Test>::iter_keys().collect();
		roots.sort();
		// Session 11 has ended, and five before it are kept.
		assert_eq!(roots, (6..=13).collect::<Vec<_>>());
	});
}

#[test]
fn the_genesis_set_is_the_members() {
	ExtBuilder::default().validators(7).build_and_execute(|| {
		assert_eq!(working(), (1..=7).collect::<Vec<_>>());
		assert_eq!(Members::<Test>::count(), 7);
		assert_eq!(Session::queued_keys().len(), 7);
	});
}
