//! Welcoming, genesis, and what must always hold.

use crate::{mock::*, Accounts, Allowance, Budget, Budgets, Event, Guests};
use frame_support::{assert_ok, traits::fungible::Mutate};
use salus_primitives::traits::{Dismissed, TokenlessAccounts};

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
		assert_eq!(Sponsorship::dismiss(&STRANGER), Dismissed::Settled);
		assert!(System::account_exists(&STRANGER), "another invitation stands");
		assert_eq!(Sponsorship::dismiss(&STRANGER), Dismissed::Settled);
		System::assert_last_event(Event::Forgotten { who: STRANGER }.into());
		assert!(!System::account_exists(&STRANGER));
		assert!(
			!Accounts::<Test>::contains_key(STRANGER) && !Guests::<Test>::contains_key(STRANGER)
		);
		frame_support::assert_storage_noop!({
			assert_eq!(Sponsorship::dismiss(&STRANGER), Dismissed::Settled);
		});
	});
}

/// Its transactions could be replayed. Whoever invited it is told, once.
#[test]
fn a_guest_that_has_sent_a_transaction_stays_and_that_is_said() {
	build_and_execute(|| {
		assert_ok!(Sponsorship::invite(&STRANGER));
		assert_ok!(Sponsorship::invite(&STRANGER));
		Entitled::mutate(|entitled| entitled.push((STRANGER, HOSPITAL)));
		assert_ok!(send(STRANGER, ward::Call::visit {}, 0).unwrap());
		assert_eq!(Sponsorship::dismiss(&STRANGER), Dismissed::Settled, "another one stands");
		assert_eq!(Sponsorship::dismiss(&STRANGER), Dismissed::Stays);
		assert!(Accounts::<Test>::contains_key(STRANGER));
		assert_eq!((System::sufficients(&STRANGER), System::account_nonce(STRANGER)), (1, 1));
		assert!(!Guests::<Test>::contains_key(STRANGER));
		// It is known now, whoever invites it once more.
		assert_ok!(Sponsorship::invite(&STRANGER));
		assert_eq!(Sponsorship::dismiss(&STRANGER), Dismissed::Settled);
	});
}

#[test]
fn whoever_is_welcome_already_or_by_then_is_no_guest() {
	build_and_execute(|| {
		assert_ok!(Sponsorship::invite(&PATIENT));
		assert_ok!(Sponsorship::invite(&STRANGER));
		assert_ok!(Sponsorship::welcome(&STRANGER));
		for who in [PATIENT, STRANGER] {
			frame_support::assert_storage_noop!({
				assert_eq!(Sponsorship::dismiss(&who), Dismissed::Settled);
			});
			assert_eq!(System::sufficients(&who), 1);
		}
	});
}

/// A write is weighed, also one that removes what is not there.
#[test]
fn whoever_is_welcomed_anew_is_not_looked_for_among_the_guests() {
	let guests = frame_support::storage::storage_prefix(b"Sponsorship", b"Guests");
	let written = |who: AccountId| {
		let mut ext = new_test_ext();
		ext.execute_with(|| {
			assert_ok!(Sponsorship::invite(&STRANGER));
		});
		ext.commit_all().unwrap();
		ext.execute_with(|| {
			assert_ok!(Sponsorship::welcome(&who));
		});
		let changes = ext.overlayed_changes().changes();
		changes.filter(|(key, _)| key.starts_with(&guests)).count()
	};
	assert_eq!(written(STRANGER), 1, "a guest");
	assert_eq!(written(RICH), 0, "never seen before");
}

/// It is made an account by its tokens as well, and keeps that.
#[test]
fn a_guest_with_tokens_keeps_them() {
	build_and_execute(|| {
		assert_ok!(Sponsorship::invite(&RICH));
		assert_eq!(Sponsorship::dismiss(&RICH), Dismissed::Settled);
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
