//! Budgets: whoever makes many accounts has no more for it, and no account starves the others.

use super::used;
use crate::{mock::*, Budget, Budgets, Refusal};
use frame_support::assert_ok;
use salus_primitives::{time::DAY, traits::TokenlessAccounts};
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

/// The first of many accounts that one patient or one organisation makes.
const FIRST: AccountId = 1_000;

fn stumble() -> ward::Call<Test> {
	ward::Call::stumble {}
}

fn custom(code: u8) -> TransactionValidityError {
	InvalidTransaction::Custom(code).into()
}

fn shared(budget: Budget) -> Balance {
	Budgets::<Test>::get(budget).used
}

/// Sends as much as it can from one new account on `budget` after the other; what the pot paid for
/// all of them.
fn drain(budget: Budget, accounts: u64) -> Balance {
	for who in FIRST..FIRST + accounts {
		entitle(who, budget);
		while send(who, stumble(), 0).is_ok() {}
	}
	sponsored().iter().map(|(_, fee)| fee).sum()
}

#[test]
fn a_handle_with_many_keys_has_one_budget() {
	build_and_execute(|| {
		let fee = fee_of(PATIENT, stumble());
		Allowed::set(2 * fee);
		AllowedPatient::set(6 * fee);
		assert_eq!(drain(HANDLE, 50), 6 * fee);
		assert_eq!(send(PATIENT, stumble(), 0), Err(custom(162)));
		assert_eq!(used(PATIENT), 0);
		// Nobody else feels it.
		assert!(send(NURSE, stumble(), 0).is_ok());
	});
}

#[test]
fn one_key_cannot_use_up_what_the_others_need() {
	build_and_execute(|| {
		let fee = fee_of(PATIENT, stumble());
		Allowed::set(2 * fee);
		AllowedPatient::set(6 * fee);
		assert_eq!(drain(HANDLE, 1), 2 * fee);
		assert!(send(PATIENT, stumble(), 0).is_ok());
		assert!(send(PATIENT, stumble(), 0).is_ok());
		assert_eq!(send(PATIENT, stumble(), 0), Err(custom(162)));
		assert_eq!(shared(HANDLE), 4 * fee);
	});
}

#[test]
fn an_organisation_that_takes_many_on_has_its_budget_and_no_more() {
	build_and_execute(|| {
		let fee = fee_of(NURSE, stumble());
		Allowed::set(2 * fee);
		AllowedTogether::set(7 * fee);
		assert_eq!(drain(HOSPITAL, 50), 7 * fee);
		assert_eq!(send(NURSE, stumble(), 0), Err(custom(162)));
		set_now(Now::get() + DAY);
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
		assert_eq!((state.left, state.per_day, state.full_at), (2 * fee, 2 * fee, start));
		let quote = |fee| Sponsorship::quote(NURSE, stumble().into(), fee);
		assert_eq!(quote(fee), Err(Refusal::AllowanceExhausted { until: Some(start + DAY / 2) }));
		assert_eq!(quote(3 * fee), Err(Refusal::AllowanceExhausted { until: None }));
		set_now(start + DAY / 2 - 1);
		assert_eq!(send(NURSE, stumble(), 0), Err(custom(162)));
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
fn who_acts_for_nobody_any_more_is_told_so_and_may_be_taken_on_again() {
	build_and_execute(|| {
		dismiss(PATIENT);
		assert_eq!(Sponsorship::quote(PATIENT, stumble().into(), 1), Err(Refusal::NotEntitled));
		assert_eq!(validate(PATIENT, stumble(), 0), Err(custom(164)));
		assert_eq!(send(PATIENT, stumble(), 0), Err(custom(164)));
		assert_eq!((used(PATIENT), shared(HANDLE)), (0, 0));
		// It is still there, and cannot be replayed.
		assert!(System::account_exists(&PATIENT));
		entitle(PATIENT, HOSPITAL);
		assert!(send(PATIENT, stumble(), 0).is_ok());
		assert_eq!(System::sufficients(&PATIENT), 1);
		assert!(shared(HOSPITAL) > 0);
	});
}

#[test]
fn a_new_employer_finds_what_the_account_itself_has_used() {
	build_and_execute(|| {
		Allowed::set(fee_of(NURSE, stumble()));
		assert!(send(NURSE, stumble(), 0).is_ok());
		entitle(NURSE, Budget::Organisation(8));
		assert_eq!(send(NURSE, stumble(), 0), Err(custom(162)));
		assert_eq!(shared(Budget::Organisation(8)), 0);
	});
}

#[test]
fn a_quote_is_refused_as_the_transaction_would_be() {
	build_and_execute(|| {
		let quote = |who, call: ward::Call<Test>| Sponsorship::quote(who, call.into(), 1);
		assert_eq!(quote(STRANGER, stumble()), Err(Refusal::NotWelcomed));
		assert_eq!(quote(PATIENT, ward::Call::open {}), Err(Refusal::CallNotSponsored));
		assert_ok!(Sponsorship::welcome(&STRANGER));
		assert_eq!(quote(STRANGER, stumble()), Err(Refusal::NotEntitled));
	});
}
