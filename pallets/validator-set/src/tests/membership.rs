//! Who is a member: governance, the minimum, and retiring.

use crate::{mock::*, Departures, Error, Event, Members, Membership, RemovalReason};
use frame_support::{
	assert_noop, assert_ok,
	traits::{fungible::InspectHold, GetCallName},
};
use sp_runtime::{traits::BadOrigin, DispatchError};

fn add(who: AccountId) -> sp_runtime::DispatchResult {
	ValidatorSet::add_validator(RuntimeOrigin::root(), who, org(who))
}

fn remove(who: AccountId) -> sp_runtime::DispatchResult {
	ValidatorSet::remove_validator(RuntimeOrigin::root(), who)
}

fn retire(who: AccountId) -> sp_runtime::DispatchResult {
	ValidatorSet::retire(RuntimeOrigin::signed(who))
}

fn deposit_of(who: AccountId) -> u64 {
	Balances::balance_on_hold(&pallet_session::HoldReason::Keys.into(), &who)
}

#[test]
fn every_wrong_origin_is_refused() {
	ExtBuilder::default().validators(5).build_and_execute(|| {
		let add: fn(RuntimeOrigin) -> _ = |origin| ValidatorSet::add_validator(origin, 9, 1);
		let remove: fn(RuntimeOrigin) -> _ = |origin| ValidatorSet::remove_validator(origin, 1);
		let retire: fn(RuntimeOrigin) -> _ = |origin| ValidatorSet::retire(origin);
		let bad: DispatchError = BadOrigin.into();
		let table: [(&str, fn(RuntimeOrigin) -> _, RuntimeOrigin, DispatchError); 8] = [
			("add, none", add, RuntimeOrigin::none(), bad),
			("add, stranger", add, RuntimeOrigin::signed(19), bad),
			("add, member", add, RuntimeOrigin::signed(1), bad),
			("remove, none", remove, RuntimeOrigin::none(), bad),
			("remove, member", remove, RuntimeOrigin::signed(1), bad),
			("retire, none", retire, RuntimeOrigin::none(), bad),
			("retire, root", retire, RuntimeOrigin::root(), bad),
			(
				"retire, stranger",
				retire,
				RuntimeOrigin::signed(19),
				Error::<Test>::NotMember.into(),
			),
		];
		let calls = <crate::Call<Test> as GetCallName>::get_call_names();
		assert_eq!(
			calls,
			["add_validator", "remove_validator", "retire"],
			"the table lacks a call"
		);
		for (name, call, origin, error) in table {
			frame_support::assert_storage_noop!(assert_eq!(call(origin), Err(error), "{name}"));
		}
	});
}

#[test]
fn a_new_member_validates_two_sessions_after_setting_keys() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(add(5));
		System::assert_last_event(Event::ValidatorAdded { validator: 5, organisation: 105 }.into());
		assert_eq!(Members::<Test>::get(5), Some(Membership { organisation: 105, since: 0 }));
		rotate();
		rotate();
		assert_eq!(working(), vec![1, 2, 3, 4]);

		assert_ok!(set_keys(5, 5));
		rotate();
		assert_eq!(working(), vec![1, 2, 3, 4]);
		rotate();
		assert_eq!(working(), vec![1, 2, 3, 4, 5]);
	});
}

#[test]
fn a_validator_s_organisation_is_known_and_kept() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			ValidatorSet::add_validator(RuntimeOrigin::root(), 5, UNKNOWN),
			DispatchError::Other("unknown")
		);
		assert_ok!(add(5));
		assert_eq!(Relied::get().last(), Some(&105));
	});
}

#[test]
fn only_members_may_set_keys() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(set_keys(9, 9), pallet_session::Error::<Test>::NoAssociatedValidatorId);
		assert_ok!(add(9));
		assert_ok!(set_keys(9, 9));
		assert_eq!(deposit_of(9), KeyDeposit::get());
	});
}

#[test]
fn nobody_is_a_member_twice() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(add(1), Error::<Test>::AlreadyMember);
	});
}

#[test]
fn there_are_never_more_members_than_allowed() {
	ExtBuilder::default().build_and_execute(|| {
		for who in 5..=10 {
			assert_ok!(add(who));
		}
		assert_noop!(add(11), Error::<Test>::TooManyValidators);
		assert_ok!(remove(10));
		assert_ok!(add(11));
	});
}

#[test]
fn a_removed_member_leaves_two_sessions_later() {
	ExtBuilder::default().validators(5).build_and_execute(|| {
		assert_ok!(remove(1));
		System::assert_last_event(
			Event::ValidatorRemoved {
				validator: 1,
				organisation: 101,
				reason: RemovalReason::Governance,
			}
			.into(),
		);
		assert_noop!(remove(1), Error::<Test>::NotMember);
		assert_noop!(set_keys(1, 77), pallet_session::Error::<Test>::NoAssociatedValidatorId);
		assert_eq!(working(), vec![1, 2, 3, 4, 5]);
		rotate();
		assert_eq!(working(), vec![1, 2, 3, 4, 5]);
		assert!(Departures::<Test>::contains_key(1));
		rotate();
		assert_eq!(working(), vec![2, 3, 4, 5]);
		assert!(!Departures::<Test>::contains_key(1));
		assert!(events().contains(&Event::ValidatorLeft { validator: 1, organisation: 101 }));
		assert!(!pallet_session::NextKeys::<Test>::contains_key(1));
	});
}

#[test]
fn whoever_is_still_leaving_cannot_come_back_yet() {
	ExtBuilder::default().validators(5).build_and_execute(|| {
		assert_ok!(remove(1));
		assert_noop!(add(1), Error::<Test>::StillLeaving);
		rotate();
		assert_noop!(add(1), Error::<Test>::StillLeaving);
		rotate();
		assert_ok!(add(1));
		assert_eq!(Members::<Test>::get(1).unwrap().since, 2);
		assert_ok!(set_keys(1, 1));
		rotate();
		rotate();
		assert_eq!(working(), vec![1, 2, 3, 4, 5]);
	});
}

#[test]
fn the_key_deposit_comes_back_when_the_validator_has_left() {
	ExtBuilder::default().build_and_execute(|| {
		add_with_keys(5);
		rotate();
		rotate();
		assert_ok!(retire(5));
		rotate();
		assert_eq!(deposit_of(5), KeyDeposit::get());
		rotate();
		assert_eq!(deposit_of(5), 0);
		assert_eq!(Balances::free_balance(5), FORTUNE);
		assert_eq!(System::consumers(&5), 0);
	});
}

#[test]
fn a_member_that_was_never_in_the_set_leaves_at_once() {
	ExtBuilder::default().build_and_execute(|| {
		add_with_keys(5);
		assert_ok!(remove(5));
		assert!(!Departures::<Test>::contains_key(5));
		assert_eq!(deposit_of(5), 0);
		System::assert_last_event(Event::ValidatorLeft { validator: 5, organisation: 105 }.into());
		rotate();
		rotate();
		assert_eq!(working(), vec![1, 2, 3, 4]);
		assert_eq!(Changes::get(), 0);
	});
}

#[test]
fn a_member_that_is_queued_leaves_when_its_turn_is_over() {
	ExtBuilder::default().build_and_execute(|| {
		add_with_keys(5);
		rotate();
		assert_ok!(remove(5));
		assert!(Departures::<Test>::contains_key(5));
		rotate();
		assert_eq!(working(), vec![1, 2, 3, 4, 5]);
		rotate();
		assert_eq!(working(), vec![1, 2, 3, 4]);
		assert!(!Departures::<Test>::contains_key(5));
	});
}

#[test]
fn an_operator_may_retire_down_to_the_minimum() {
	ExtBuilder::default().validators(5).build_and_execute(|| {
		assert_ok!(retire(5));
		System::assert_last_event(
			Event::ValidatorRemoved {
				validator: 5,
				organisation: 105,
				reason: RemovalReason::Retired,
			}
			.into(),
		);
		assert_noop!(retire(4), Error::<Test>::BelowMinimum);
		assert_noop!(remove(4), Error::<Test>::BelowMinimum);
		rotate();
		rotate();
		assert_eq!(working(), vec![1, 2, 3, 4]);
	});
}

#[test]
fn a_member_without_keys_does_not_count_for_the_minimum() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(add(5));
		assert_noop!(remove(1), Error::<Test>::BelowMinimum);
		// It is not part of the set, and may go.
		assert_ok!(retire(5));
		assert_ok!(add(6));
		assert_ok!(set_keys(6, 6));
		assert_ok!(remove(1));
		rotate();
		rotate();
		assert_eq!(working(), vec![2, 3, 4, 6]);
	});
}

#[test]
fn an_offender_does_not_count_for_the_minimum() {
	ExtBuilder::default().validators(5).build_and_execute(|| {
		offend(5);
		assert_noop!(remove(1), Error::<Test>::BelowMinimum);
		assert_ok!(remove(5));
		rotate();
		rotate();
		assert_eq!(working(), vec![1, 2, 3, 4]);
	});
}

#[test]
fn one_can_be_the_minimum_for_development() {
	ExtBuilder::default().validators(1).minimum(1).build_and_execute(|| {
		assert_noop!(retire(1), Error::<Test>::BelowMinimum);
		rotate();
		rotate();
		assert_eq!(working(), vec![1]);
	});
}
