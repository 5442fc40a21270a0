//! Budgets: whoever makes many accounts has no more for it.

use super::used;
use crate::{mock::*, Accounts, Budgets, Refusal};
use frame_support::assert_ok;
use salus_primitives::{
	time::DAY,
	traits::{Budget, TokenlessAccounts},
};
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

/// The first of many accounts that one patient or one organisation makes.
const FIRST: AccountId = 1_000;

fn stumble() -> ward::Call<Test> {
	ward::Call::stumble {}
}

fn exhausted() -> TransactionValidityError {
	InvalidTransaction::Custom(162).into()
}

fn shared(budget: Budget) -> Balance {
	Budgets::<Test>::get(budget).used
}

/// Sends from one new account on `budget` after the other; what the pot paid for all of them.
fn drain(budget: Budget, accounts: u64) -> Balance {
	for who in FIRST..FIRST + accounts {
		assert_ok!(Sponsorship::welcome(&who, budget));
		while send(who, stumble(), 0).is_ok() {}
	}
	sponsored().iter().map(|(_, fee)| fee).sum()
}

#[test]
fn a_handle_with_many_keys_has_the_allowance_of_one() {
	build_and_execute(|| {
		Allowed::set(3 * fee_of(PATIENT, stumble()));
		assert_eq!(drain(HANDLE, 50), Allowed::get());
		assert_eq!(send(PATIENT, stumble(), 0), Err(exhausted()));
		assert_eq!(used(PATIENT), 0);
		// Nobody else feels it.
		assert!(send(NURSE, stumble(), 0).is_ok());
	});
}

#[test]
fn an_organisation_that_invites_many_has_its_budget_and_no_more() {
	build_and_execute(|| {
		let fee = fee_of(NURSE, stumble());
		Allowed::set(2 * fee);
		AllowedTogether::set(7 * fee);
		assert_eq!(drain(HOSPITAL, 50), 7 * fee);
		assert_eq!(send(NURSE, stumble(), 0), Err(exhausted()));
		set_now(Now::get() + DAY);
		assert!(send(NURSE, stumble(), 0).is_ok());
	});
}

#[test]
fn one_member_of_staff_cannot_use_up_the_budget_of_all() {
	build_and_execute(|| {
		let fee = fee_of(NURSE, stumble());
		Allowed::set(2 * fee);
		AllowedTogether::set(7 * fee);
		assert_eq!(drain(HOSPITAL, 1), 2 * fee);
		assert!(send(NURSE, stumble(), 0).is_ok());
	});
}

#[test]
fn a_quote_names_the_moment_at_which_both_suffice() {
	build_and_execute(|| {
		let fee = fee_of(NURSE, stumble());
		Allowed::set(2 * fee);
		AllowedTogether::set(2 * fee);
		drain(HOSPITAL, 1);
		// The budget is used up, the nurse's own allowance is not.
		let start = Now::get();
		let state = Sponsorship::allowance(&NURSE).unwrap();
		assert_eq!((state.left, state.per_day, state.full_at), (0, 2 * fee, start + DAY));
		assert_eq!(
			Sponsorship::quote(NURSE, fee),
			Err(Refusal::AllowanceExhausted { until: Some(start + DAY / 2) })
		);
		assert_eq!(
			Sponsorship::quote(NURSE, 3 * fee),
			Err(Refusal::AllowanceExhausted { until: None })
		);
		set_now(start + DAY / 2 - 1);
		assert_eq!(send(NURSE, stumble(), 0), Err(exhausted()));
		set_now(start + DAY / 2);
		assert!(send(NURSE, stumble(), 0).is_ok());
	});
}

#[test]
fn the_refund_goes_to_the_budget_too() {
	build_and_execute(|| {
		assert_ok!(send(PATIENT, ward::Call::visit {}, 0).unwrap());
		let fee = sponsored()[0].1;
		assert!(fee < fee_of(PATIENT, ward::Call::visit {}));
		assert_eq!((used(PATIENT), shared(HANDLE)), (fee, fee));
	});
}

#[test]
fn nobody_is_moved_who_has_not_agreed() {
	build_and_execute(|| {
		assert_ok!(Sponsorship::welcome(&PATIENT, HOSPITAL));
		assert_eq!(Accounts::<Test>::get(PATIENT).unwrap().budget, HANDLE);
		assert_ok!(Sponsorship::assign(&PATIENT, HOSPITAL));
		assert_eq!(Accounts::<Test>::get(PATIENT).unwrap().budget, HOSPITAL);
		// What the account itself has used goes with it, and there is still one reference.
		assert_eq!(System::sufficients(&PATIENT), 1);
	});
}

#[test]
fn moving_takes_along_what_was_used() {
	build_and_execute(|| {
		Allowed::set(fee_of(PATIENT, stumble()));
		assert!(send(PATIENT, stumble(), 0).is_ok());
		assert_ok!(Sponsorship::assign(&PATIENT, HOSPITAL));
		assert_eq!(send(PATIENT, stumble(), 0), Err(exhausted()));
		assert_eq!(shared(HOSPITAL), 0);
	});
}

#[test]
fn who_was_sent_away_draws_on_nothing_and_another_may_take_it_on() {
	build_and_execute(|| {
		Gone::set(vec![PATIENT]);
		assert_eq!(Sponsorship::sponsor_of(&PATIENT), None);
		assert_eq!(Sponsorship::allowance(&PATIENT), None);
		assert_eq!(Sponsorship::quote(PATIENT, 1), Err(Refusal::NotWelcomed));
		assert_eq!(send(PATIENT, stumble(), 0), Err(InvalidTransaction::Payment.into()));
		assert_eq!(shared(HANDLE), 0);
		// It is still there, and cannot be replayed.
		assert!(System::account_exists(&PATIENT));
		assert_ok!(Sponsorship::welcome(&PATIENT, HOSPITAL));
		assert_eq!(Accounts::<Test>::get(PATIENT).unwrap().budget, HOSPITAL);
		assert_eq!(System::sufficients(&PATIENT), 1);
		Gone::set(vec![]);
		assert!(send(PATIENT, stumble(), 0).is_ok());
	});
}
