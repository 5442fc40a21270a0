//! Settlement accounts, the queue, holds and interest.

use crate::{interest, mock::*, payable, ClaimId, ClaimState, Decision, Error, Event};
use frame_support::{assert_noop, assert_ok, traits::fungibles::hold::Inspect};
use proptest::prelude::*;
use salus_claims_adjudication::{Carc, Group, Money};
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

/// A claim over 5,020 with 4,000 on hold, and another of 784 that waits.
fn held_while_another_waits(payment_time: u64) -> (ClaimId, ClaimId) {
	let coverage = covered_by(crate::Terms { payment_time, ..terms() });
	fund(4_001);
	let large = claimed(coverage, &[visit(1, 5_020)]);
	let waiting = claimed(coverage, &[visit(2, 1_000)]);
	assert_eq!((claim(large).held, claim(waiting).owed()), (4_000, 784));
	assert_eq!(Claims::waiting(PAYER, USD), (1, vec![waiting]));
	events();
	(large, waiting)
}

/// The payer's officer decides what of the large claim is paid.
fn decided(large: ClaimId, paid: Money) {
	let adjustments = [
		(Group::PatientResponsibility, Carc::Copay, 20),
		(Group::PatientResponsibility, Carc::Coinsurance, 5_000 - paid),
	];
	assert_ok!(decide(large, lines_decision(vec![line_decision(paid, &adjustments)])));
}

/// What is on hold is paid at once, and only the rest takes its turn.
#[test]
fn a_decision_that_owes_more_than_its_hold_is_paid_the_hold_first() {
	build_and_execute(|| {
		let (large, waiting) = held_while_another_waits(30 * DAY);
		decided(large, 4_500);
		assert_eq!(
			events()[1..],
			[
				Event::PaidInPart { claim: large, paid: 4_000, interest: 0 },
				Event::Waiting { claim: large, amount: 500, ahead: 1 },
			]
		);
		assert_eq!((balance(PAYER), balance(HOSPITAL)), (1, 4_000));
		assert_eq!((claim(large).held, claim(large).transferred), (0, 4_000));
		assert_eq!(Claims::waiting(PAYER, USD), (2, vec![waiting, large]));
		check_state();
		// What waited before is paid before.
		fund(783 + 499);
		assert_eq!(Claims::waiting(PAYER, USD), (1, vec![large]));
		fund(1);
		assert_eq!(
			events().last(),
			Some(&Event::Settled { claim: large, paid: 500, returned: 0, interest: 0 })
		);
		assert_eq!((balance(PAYER), balance(HOSPITAL)), (0, 4_500 + 784));
	});
}

/// So it is if nobody waits, and the payer has too little.
#[test]
fn a_decision_beyond_all_that_the_payer_has_is_paid_the_hold_first() {
	build_and_execute(|| {
		let coverage = covered();
		fund(4_100);
		let large = claimed(coverage, &[visit(1, 5_020)]);
		decided(large, 4_500);
		assert_eq!((balance(PAYER), balance(HOSPITAL)), (100, 4_000));
		assert_eq!(state(large), ClaimState::Waiting { since: now() });
		fund(400);
		assert_eq!((balance(PAYER), balance(HOSPITAL)), (0, 4_500));
	});
}

/// 3,969 at 10 % a year for 29 days is 31.5: with 31 of interest it is what was on hold, and 3,970
/// would be one more. The rest bears interest of its own.
#[test]
fn interest_is_paid_with_the_part_that_it_is_for() {
	build_and_execute(|| {
		let (large, _) = held_while_another_waits(0);
		pass(29 * DAY);
		assert_ok!(decide(large, Decision::AsAdjudicated));
		assert_eq!(
			events()[1..],
			[
				Event::PaidInPart { claim: large, paid: 3_969, interest: 31 },
				Event::Waiting { claim: large, amount: 31, ahead: 1 },
			]
		);
		assert_eq!((balance(PAYER), balance(HOSPITAL)), (1, 4_000));
		check_state();
		pass(YEAR);
		fund(5_000);
		// 31 at 10 % for 394 days.
		assert_eq!(claim(large).interest, 31 + 3);
		assert_eq!(claim(large).transferred, 4_000);
	});
}

/// Where nobody waits, or where the claim alone is covered, interest is paid from what is free.
#[test]
fn what_is_free_pays_the_interest_on_what_is_on_hold() {
	build_and_execute(|| {
		let (large, waiting) = held_while_another_waits(0);
		fund(30);
		pass(29 * DAY);
		assert_ok!(decide(large, Decision::AsAdjudicated));
		assert_eq!(
			events().last(),
			Some(&Event::Settled { claim: large, paid: 4_000, returned: 0, interest: 31 })
		);
		assert_eq!((balance(PAYER), balance(HOSPITAL)), (0, 4_031));
		assert_eq!(Claims::waiting(PAYER, USD), (1, vec![waiting]));
	});
}

/// Whoever corrects a pended claim does not stand behind those who came after.
#[test]
fn what_is_on_hold_for_a_claim_is_on_hold_for_its_correction() {
	build_and_execute(|| {
		let (large, waiting) = held_while_another_waits(30 * DAY);
		// It costs less, and still awaits the payer.
		assert_ok!(correct(large, &[visit(1, 4_020)]));
		let second = waiting + 1;
		assert_eq!((claim(large).held, claim(second).held), (0, 3_200));
		assert_eq!(balance(PAYER), 801);
		check_state();
		// It costs more: as much as before is on hold, for others wait for the rest.
		assert_ok!(correct(second, &[visit(1, 5_020)]));
		let third = second + 1;
		assert_eq!((claim(second).held, claim(third).held), (0, 3_200));
		check_state();
		// The rules decide it at once, and it is paid at once.
		assert_ok!(correct(third, &[visit(1, 1_020)]));
		assert_eq!(state(third + 1), ClaimState::Settled { at: now() });
		assert_eq!((balance(PAYER), balance(HOSPITAL)), (3_201, 800));
		assert_eq!(Claims::waiting(PAYER, USD), (1, vec![waiting]));
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

proptest! {
	/// It is affordable with its interest, and one unit more is not.
	#[test]
	fn funds_pay_as_much_as_they_can(
		funds in prop_oneof![0u128..100_000, 0u128..1 << 100],
		rate in 0u32..=1_000_000,
		overdue in prop_oneof![0u64..YEAR, 0u64..20 * YEAR],
	) {
		let cost = |part| part + interest(part, rate, overdue);
		let part = payable(funds, rate, overdue);
		prop_assert!(cost(part) <= funds);
		prop_assert!(cost(part + 1) > funds);
	}
}

#[test]
fn the_largest_funds_are_no_overflow() {
	assert_eq!(payable(u128::MAX, 0, 0), u128::MAX - 1);
	assert!(payable(u128::MAX, 1_000_000, u64::MAX) > 0);
	assert_eq!(payable(0, 1_000_000, u64::MAX), 0);
}
