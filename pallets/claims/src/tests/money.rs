//! Settlement accounts, the queue, holds and interest.

use crate::{interest, mock::*, ClaimState, Error, Event};
use frame_support::{assert_noop, assert_ok, traits::fungibles::hold::Inspect};
use salus_primitives::time::{DAY, YEAR};

type PalletError = Error<Test>;

fn settle(limit: u32) -> Result<(), sp_runtime::DispatchError> {
	Claims::settle_waiting(signed(stranger()), PAYER, USD, limit)
		.map(|_| ())
		.map_err(|error| error.error)
}

#[test]
fn a_claim_waits_for_a_payer_without_funds_and_is_paid_when_they_come() {
	build_and_execute(|| {
		let coverage = covered();
		let claim = claimed(coverage, &[visit(1, 100)]);
		assert_eq!(state(claim), ClaimState::Waiting { since: now() });
		assert_eq!(events().last(), Some(&Event::Waiting { claim, amount: 64, ahead: 0 }));
		assert_eq!(Claims::waiting(PAYER, USD), (1, vec![claim]));
		// It is decided, and counts.
		assert_eq!(used(coverage).out_of_pocket, 36);
		assert_noop!(settle(4), PalletError::InsufficientFunds);
		fund(63);
		assert_noop!(settle(4), PalletError::InsufficientFunds);
		assert_eq!(balance(HOSPITAL), 0);
		fund(1);
		assert_eq!(state(claim), ClaimState::Settled { at: now() });
		assert_eq!((balance(PAYER), balance(HOSPITAL)), (0, 64));
		assert_eq!(Claims::waiting(PAYER, USD), (0, vec![]));
		assert_noop!(settle(4), PalletError::NothingWaiting);
	});
}

#[test]
fn claims_are_paid_in_their_order_and_none_overtakes() {
	build_and_execute(|| {
		let coverage = covered();
		let claims: Vec<_> = (0..5).map(|n| claimed(coverage, &[visit(n, 100)])).collect();
		// A sixth costs 8 only, and would be paid if it could overtake.
		let small = claimed(coverage, &[visit(9, 30)]);
		assert_eq!(Claims::waiting(PAYER, USD), (6, claims[..4].to_vec()));
		fund(60);
		assert_eq!(Claims::waiting(PAYER, USD).0, 6);
		// One funding looks at two, and anybody may go on.
		fund(4 * 64 + 4);
		assert_eq!(Claims::waiting(PAYER, USD), (4, vec![claims[2], claims[3], claims[4], small]));
		assert_ok!(settle(1));
		assert_eq!(Claims::waiting(PAYER, USD).0, 3);
		assert_ok!(settle(100));
		assert_eq!(Claims::waiting(PAYER, USD), (1, vec![small]));
		assert_noop!(settle(100), PalletError::InsufficientFunds);
		assert_eq!((balance(PAYER), balance(HOSPITAL)), (0, 5 * 64));
	});
}

/// Taken out of the middle, the front and the end, with everybody else in order.
#[test]
fn a_claim_that_is_taken_back_leaves_the_queue() {
	build_and_execute(|| {
		let coverage = covered();
		let claims: Vec<_> = (0..4).map(|n| claimed(coverage, &[visit(n, 100)])).collect();
		let left = |expected: &[usize]| {
			check_state();
			let expected: Vec<_> = expected.iter().map(|n| claims[*n]).collect();
			assert_eq!(Claims::waiting(PAYER, USD), (expected.len() as u64, expected));
		};
		assert_ok!(void(claims[1]));
		left(&[0, 2, 3]);
		assert_ok!(void(claims[0]));
		left(&[2, 3]);
		assert_ok!(void(claims[3]));
		left(&[2]);
		assert_ok!(void(claims[2]));
		left(&[]);
		assert_eq!(used(coverage), Default::default());
	});
}

#[test]
fn what_is_owed_to_nobody_waits_for_nobody() {
	build_and_execute(|| {
		let coverage = covered();
		claimed(coverage, &[visit(1, 100)]);
		let denied = claimed(
			coverage,
			&[line(2, salus_claims_adjudication::BenefitCategory::DentalAndVision, 50)],
		);
		assert_eq!(state(denied), ClaimState::Settled { at: now() });
	});
}

#[test]
fn the_payer_takes_nothing_out_that_is_wanted() {
	build_and_execute(|| {
		let coverage = covered();
		let withdraw = |amount| Claims::withdraw(signed(payer_admin()), PAYER, USD, amount);
		let claim = claimed(coverage, &[visit(1, 200)]);
		fund(100);
		assert_eq!(state(claim), ClaimState::Waiting { since: now() });
		assert_noop!(withdraw(1), PalletError::ClaimsWaiting);
		fund(1_000);
		assert_noop!(withdraw(0), PalletError::ZeroAmount);
		assert_noop!(withdraw(957), PalletError::InsufficientFunds);
		assert_ok!(withdraw(956));
		assert_eq!(
			events().last(),
			Some(&Event::Withdrawn { org: PAYER, asset: USD, amount: 956 })
		);
		assert_eq!((balance(PAYER), balance(HOSPITAL)), (0, 144));
		// The provider takes out what it was paid.
		assert_ok!(Claims::withdraw(signed(admin()), HOSPITAL, USD, 144));
		for who in [biller(), stranger(), payer_admin()] {
			assert_noop!(
				Claims::withdraw(signed(who), HOSPITAL, USD, 1),
				PalletError::NotAuthorised
			);
		}
	});
}

#[test]
fn money_goes_only_where_it_can_be_used() {
	build_and_execute(|| {
		let fund = |org, asset, amount| {
			Claims::fund(signed(stranger()), org, asset, amount).map_err(|error| error.error)
		};
		assert_noop!(fund(99, USD, 5), PalletError::OrganisationNotFound);
		assert_noop!(fund(PAYER, USD, 0), PalletError::ZeroAmount);
		assert_noop!(fund(PAYER, COARSE, 50), PalletError::UnsuitableAsset);
		assert_ok!(fund(PAYER, USD, 5));
		assert_eq!(balance(PAYER), 5);
	});
}

/// Whoever sends something ahead does not decide how long the account lives.
#[test]
fn a_settlement_account_outlives_what_was_sent_to_it() {
	build_and_execute(|| {
		let account = Claims::settlement_account(PAYER);
		System::inc_sufficients(&account);
		plan();
		System::dec_sufficients(&account);
		assert!(System::account_exists(&account));
		fund(100);
		let taken = Claims::withdraw(signed(payer_admin()), PAYER, USD, 100);
		assert_ok!(taken);
		assert!(System::account_exists(&account));
		fund(1);
	});
}

/// What the rules expect a pended claim to cost is on hold, and pays it whoever waits.
#[test]
fn a_pended_claim_is_paid_from_what_is_on_hold_for_it() {
	build_and_execute(|| {
		let coverage = covered();
		fund(5_000);
		let large = claimed(coverage, &[visit(1, 5_020)]);
		assert_eq!(claim(large).held, 4_000);
		let account = Claims::settlement_account(PAYER);
		assert_eq!(AssetsHolder::balance_on_hold(USD, &PendedHold::get(), &account), 4_000);
		assert_noop!(
			Claims::withdraw(signed(payer_admin()), PAYER, USD, 1_001),
			PalletError::InsufficientFunds
		);
		// Another claim finds less than it needs, and waits.
		for n in 2..4 {
			claimed(coverage, &[visit(n, 1_000)]);
		}
		assert_eq!(Claims::waiting(PAYER, USD).0, 1);
		assert_ok!(decide(large, crate::Decision::AsAdjudicated));
		assert!(matches!(state(large), ClaimState::Settled { .. }));
		assert_eq!(claim(large).held, 0);
	});
}

/// Without funds nothing is on hold, and the claim is decided all the same.
#[test]
fn a_pended_claim_may_find_nothing_to_hold() {
	build_and_execute(|| {
		let coverage = covered();
		fund(10);
		let large = claimed(coverage, &[visit(1, 5_000)]);
		assert_eq!(claim(large).held, 0);
		assert_ok!(decide(large, crate::Decision::AsAdjudicated));
		assert!(matches!(state(large), ClaimState::Waiting { .. }));
	});
}

/// 64 at 10 % a year for 365 days is 6.4, of which 6 is paid.
#[test]
fn a_payer_that_pays_late_pays_interest() {
	build_and_execute(|| {
		let coverage = covered();
		let claim_id = claimed(coverage, &[visit(1, 100)]);
		pass(30 * DAY + YEAR);
		// The claim alone is not enough.
		fund(64);
		assert!(matches!(state(claim_id), ClaimState::Waiting { .. }));
		fund(6);
		assert_eq!(claim(claim_id).interest, 6);
		assert_eq!((balance(PAYER), balance(HOSPITAL)), (0, 70));
		assert_eq!(
			events().last(),
			Some(&Event::Settled { claim: claim_id, paid: 64, returned: 0, interest: 6 })
		);
	});
}

/// D12: a pure function of recorded moments.
#[test]
fn interest_is_simple_and_rounded_down() {
	assert_eq!(interest(1_000_000, 100_000, YEAR), 100_000);
	assert_eq!(interest(1_000_000, 100_000, YEAR / 2), 50_000);
	assert_eq!(interest(1_000_000, 100_000, 0), 0);
	assert_eq!(interest(9, 100_000, YEAR), 0);
	assert_eq!(interest(10, 100_000, YEAR), 1);
	assert_eq!(interest(10, 100_000, YEAR - 1), 0);
	assert_eq!(interest(1_000_000, 0, YEAR), 0);
	assert_eq!(interest(u128::MAX, 1_000_000, YEAR), u128::MAX);
	assert_eq!(interest(u128::MAX, 1_000_000, 2 * YEAR), 0);
}
