//! Welcoming, genesis, and what must always hold.

use crate::{mock::*, Accounts, Allowance, Budgets, Event};
use frame_support::{assert_ok, traits::fungible::Mutate};
use salus_primitives::traits::TokenlessAccounts;

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
		Budgets::<Test>::insert(HANDLE, Allowance { used: 1, since: 1_000_001 });
		assert!(Sponsorship::do_try_state().is_err());
	});
}
