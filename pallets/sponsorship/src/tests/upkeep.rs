//! Welcoming, genesis, and what must always hold.

use crate::{mock::*, Accounts, Allowance, Budget, Budgets, Event, Guests, NonceFloor};
use frame_support::{assert_ok, traits::fungible::Mutate};
use salus_primitives::traits::TokenlessAccounts;
use sp_runtime::DispatchError;

#[test]
fn welcoming_happens_once() {
	build_and_execute(|| {
		assert_ok!(Sponsorship::welcome(&STRANGER));
		System::assert_last_event(Event::Welcomed { who: STRANGER }.into());
		assert_eq!(System::sufficients(&STRANGER), 1);

		let events = System::event_count();
		Entitled::mutate(|entitled| entitled.push((STRANGER, HOSPITAL)));
		assert_ok!(send(STRANGER, ward::Call::visit {}, 0).unwrap());
		let account = Accounts::<Test>::get(STRANGER).unwrap();
		frame_support::assert_storage_noop!({
			assert_ok!(Sponsorship::welcome(&STRANGER));
		});
		assert_eq!(System::sufficients(&STRANGER), 1);
		assert_eq!(Accounts::<Test>::get(STRANGER).unwrap(), account);
		assert!(System::event_count() > events);
	});
}

#[test]
fn a_welcomed_account_is_never_reaped_and_keeps_its_nonce() {
	build_and_execute(|| {
		assert_ok!(send(PATIENT, ward::Call::visit {}, 0).unwrap());
		Balances::set_balance(&PATIENT, 1_000);
		Balances::set_balance(&PATIENT, 0);
		assert!(System::account_exists(&PATIENT));
		assert_eq!(System::account_nonce(PATIENT), 1);
	});
}

#[test]
fn a_lost_reference_is_noticed() {
	new_test_ext().execute_with(|| {
		assert_ok!(Sponsorship::do_try_state());
		System::dec_sufficients(&PATIENT);
		assert!(Sponsorship::do_try_state().is_err());
	});
}

#[test]
fn an_allowance_from_the_future_is_noticed() {
	new_test_ext().execute_with(|| {
		set_now(1_000_000);
		super::set_used(PATIENT, 1, 1_000_001);
		assert!(Sponsorship::do_try_state().is_err());
	});
}

#[test]
fn a_budget_from_the_future_is_noticed() {
	new_test_ext().execute_with(|| {
		set_now(1_000_000);
		Budgets::<Test>::insert(Budget::Members(7), Allowance { used: 1, since: 1_000_001 });
		assert!(Sponsorship::do_try_state().is_err());
	});
}

#[test]
fn a_guest_of_whom_nothing_came_is_forgotten() {
	build_and_execute(|| {
		assert_ok!(Sponsorship::invite(&STRANGER));
		System::assert_last_event(Event::Welcomed { who: STRANGER }.into());
		assert_ok!(Sponsorship::invite(&STRANGER));
		Sponsorship::dismiss(&STRANGER);
		assert!(System::account_exists(&STRANGER), "another invitation stands");
		Sponsorship::dismiss(&STRANGER);
		System::assert_last_event(Event::Forgotten { who: STRANGER }.into());
		assert!(!System::account_exists(&STRANGER));
		assert!(
			!Accounts::<Test>::contains_key(STRANGER) && !Guests::<Test>::contains_key(STRANGER)
		);
		frame_support::assert_storage_noop!(Sponsorship::dismiss(&STRANGER));
	});
}

/// Nobody has put anything down for it.
#[test]
fn a_guest_is_forgotten_whatever_it_has_sent_and_begins_above_that_when_it_comes_again() {
	build_and_execute(|| {
		assert_ok!(Sponsorship::invite(&STRANGER));
		Entitled::mutate(|entitled| entitled.push((STRANGER, HOSPITAL)));
		for _ in 0..3 {
			assert_ok!(send(STRANGER, ward::Call::visit {}, 0).unwrap());
		}
		Sponsorship::dismiss(&STRANGER);
		System::assert_last_event(Event::Forgotten { who: STRANGER }.into());
		assert!(!System::account_exists(&STRANGER) && !Accounts::<Test>::contains_key(STRANGER));
		// Invited or welcomed: none of the three can be sent again.
		for let_in in [Sponsorship::invite, Sponsorship::welcome] {
			let _ = frame_support::storage::with_transaction(|| {
				assert_ok!(let_in(&STRANGER));
				assert_eq!(System::account_nonce(STRANGER), 3);
				frame_support::storage::TransactionOutcome::Rollback(Ok::<_, DispatchError>(()))
			});
		}
		// Nor later, whoever is forgotten meanwhile, and whatever tokens it is sent.
		assert_ok!(Sponsorship::invite(&999));
		Sponsorship::dismiss(&999);
		Balances::set_balance(&STRANGER, FORTUNE);
		assert_eq!(System::account_nonce(STRANGER), 0);
		assert_ok!(Sponsorship::invite(&STRANGER));
		assert_eq!(System::account_nonce(STRANGER), 3);
	});
}

/// A nonce that jumped would invalidate what it is about to send.
#[test]
fn whoever_has_sent_something_keeps_its_nonce_when_it_is_let_in() {
	build_and_execute(|| {
		NonceFloor::<Test>::put(7);
		assert_ok!(send(RICH, ward::Call::visit {}, 0).unwrap());
		assert_ok!(Sponsorship::invite(&RICH));
		assert_eq!(System::account_nonce(RICH), 1);
		Sponsorship::dismiss(&RICH);
		assert_eq!((System::account_nonce(RICH), NonceFloor::<Test>::get()), (1, 7));
	});
}

#[test]
fn whoever_is_welcome_already_or_by_then_is_no_guest() {
	build_and_execute(|| {
		assert_ok!(Sponsorship::invite(&PATIENT));
		assert_ok!(Sponsorship::invite(&STRANGER));
		assert_ok!(Sponsorship::welcome(&STRANGER));
		for who in [PATIENT, STRANGER] {
			frame_support::assert_storage_noop!(Sponsorship::dismiss(&who));
			assert_eq!(System::sufficients(&who), 1);
		}
	});
}

/// It is made an account by its tokens as well, and keeps that.
#[test]
fn a_guest_with_tokens_keeps_them() {
	build_and_execute(|| {
		assert_ok!(Sponsorship::invite(&RICH));
		Sponsorship::dismiss(&RICH);
		assert_eq!(System::sufficients(&RICH), 0);
		assert_eq!(Balances::free_balance(RICH), FORTUNE);
	});
}

#[test]
fn a_guest_who_is_not_welcome_is_noticed() {
	new_test_ext().execute_with(|| {
		set_now(1_000_000);
		Guests::<Test>::insert(STRANGER, 1);
		assert!(Sponsorship::do_try_state().is_err());
	});
	new_test_ext().execute_with(|| {
		set_now(1_000_000);
		Guests::<Test>::insert(PATIENT, 0);
		assert!(Sponsorship::do_try_state().is_err());
	});
}
