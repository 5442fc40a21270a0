//! Allowances: how they are used, how they refill, and what the runtime API says.

use super::{set_used, used};
use crate::{mock::*, AllowanceState, Quote, Refusal};
use frame_support::{assert_ok, traits::fungible::Mutate};
use salus_primitives::time::{DAY, HOUR};

const START: u64 = 1_000_000;

fn stumble() -> ward::Call<Test> {
	ward::Call::stumble {}
}

#[test]
fn an_allowance_refills_evenly() {
	build_and_execute(|| {
		Allowed::set(2_400);
		set_used(PATIENT, 2_400, START);
		let left = |at| {
			set_now(at);
			Sponsorship::allowance(&PATIENT).unwrap().left
		};
		assert_eq!(left(START), 0);
		assert_eq!(left(START + HOUR - 1), 99);
		assert_eq!(left(START + HOUR), 100);
		assert_eq!(left(START + 12 * HOUR), 1_200);
		assert_eq!(left(START + DAY - 1), 2_399);
		assert_eq!(left(START + DAY), 2_400);
		assert_eq!(left(START + 400 * DAY), 2_400);
	});
}

#[test]
fn a_full_allowance_never_grows_beyond_itself() {
	build_and_execute(|| {
		Allowed::set(2_400);
		set_used(PATIENT, 100, START);
		set_now(START + 20 * HOUR);
		assert_eq!(Sponsorship::allowance(&PATIENT).unwrap().left, 2_400);
	});
}

#[test]
fn an_allowance_that_is_lowered_refills_within_a_day() {
	build_and_execute(|| {
		Allowed::set(1_000);
		set_used(PATIENT, 5_000, START);
		assert_eq!(Sponsorship::allowance(&PATIENT).unwrap().left, 0);
		set_now(START + DAY);
		assert_eq!(Sponsorship::allowance(&PATIENT).unwrap().left, 1_000);
	});
}

#[test]
fn a_clock_that_stands_still_refills_nothing() {
	build_and_execute(|| {
		set_used(PATIENT, 5, START);
		set_now(START - 10);
		assert_eq!(Sponsorship::allowance(&PATIENT).unwrap().left, Allowed::get() - 5);
		set_now(START);
	});
}

#[test]
fn an_exhausted_allowance_suffices_from_the_moment_that_was_named() {
	build_and_execute(|| {
		let fee = fee_of(PATIENT, stumble());
		Allowed::set(fee + fee / 3);
		assert!(send(PATIENT, stumble(), 0).unwrap().is_err());
		set_now(START + 7);
		let Err(Refusal::AllowanceExhausted { until: Some(until) }) =
			Sponsorship::quote(PATIENT, stumble().into(), fee)
		else {
			panic!("the allowance should not suffice")
		};
		assert!(until > START && until < START + DAY);
		set_now(until - 1);
		assert!(send(PATIENT, stumble(), 0).is_err());
		set_now(until);
		assert!(send(PATIENT, stumble(), 0).unwrap().is_err());
		assert_eq!(sponsored().len(), 2);
	});
}

#[test]
fn a_fee_above_the_whole_allowance_never_fits() {
	build_and_execute(|| {
		Allowed::set(1_000);
		assert_eq!(
			Sponsorship::quote(PATIENT, stumble().into(), 1_001),
			Err(Refusal::AllowanceExhausted { until: None })
		);
		assert!(Sponsorship::quote(PATIENT, stumble().into(), 1_000).is_ok());
	});
}

#[test]
fn a_quote_names_the_payer_and_the_price() {
	build_and_execute(|| {
		let left = Allowed::get();
		assert_eq!(
			Sponsorship::quote(PATIENT, stumble().into(), 10),
			Ok(Quote { payer: Sponsorship::pot(), fee: 10, left })
		);
		assert_eq!(
			Sponsorship::quote(RICH_PATIENT, stumble().into(), 10),
			Ok(Quote { payer: RICH_PATIENT, fee: 10, left })
		);
		assert_eq!(
			Sponsorship::quote(RICH, stumble().into(), 10),
			Ok(Quote { payer: RICH, fee: 10, left: 0 })
		);
		assert_eq!(Sponsorship::quote(STRANGER, stumble().into(), 10), Err(Refusal::NotWelcomed));
		Balances::set_balance(&Sponsorship::pot(), 10);
		assert_eq!(Sponsorship::quote(PATIENT, stumble().into(), 10), Err(Refusal::PotEmpty));
	});
}

#[test]
fn a_quote_is_kept() {
	build_and_execute(|| {
		let fee = fee_of(PATIENT, stumble());
		let quote = Sponsorship::quote(PATIENT, stumble().into(), fee).unwrap();
		assert!(send(PATIENT, stumble(), 0).unwrap().is_err());
		assert_eq!(sponsored(), vec![(PATIENT, quote.fee)]);
		assert_eq!(Sponsorship::allowance(&PATIENT).unwrap().left, quote.left - fee);
	});
}

#[test]
fn an_allowance_is_known_for_welcomed_accounts_only() {
	build_and_execute(|| {
		Allowed::set(2_400);
		assert_eq!(Sponsorship::allowance(&STRANGER), None);
		assert_eq!(
			Sponsorship::allowance(&PATIENT),
			Some(AllowanceState { left: 2_400, per_day: 2_400, full_at: START })
		);
		set_used(PATIENT, 600, START);
		set_now(START + HOUR);
		assert_eq!(
			Sponsorship::allowance(&PATIENT),
			Some(AllowanceState { left: 1_900, per_day: 2_400, full_at: START + 6 * HOUR })
		);
	});
}

#[test]
fn many_small_calls_spend_what_one_large_call_would() {
	build_and_execute(|| {
		for _ in 0..3 {
			assert_ok!(send(PATIENT, ward::Call::visit {}, 0).unwrap());
		}
		let spent: Balance = sponsored().iter().map(|(_, fee)| fee).sum();
		assert_eq!(used(PATIENT), spent);
	});
}
