//! While the issuer has frozen the payer's money: denials go through, silence is no agreement, and what is
//! decided is paid afterwards.

use crate::{mock::*, ClaimState, Decision, Error, Event, PendReason};
use frame_support::{assert_noop, assert_ok};
use salus_claims_adjudication::{Carc::*, Group::*};
use salus_primitives::time::DAY;

type PalletError = Error<Test>;

/// The issuer of the asset, who may freeze it.
fn issuer() -> AccountId {
	account(1)
}

fn payers_account() -> AccountId {
	Claims::settlement_account(PAYER)
}

/// Freezes the payer's money in each way there is, tries `test`, and thaws it with the function given to it.
fn frozen_in_every_way(test: impl Fn(&dyn Fn(), &dyn Fn())) {
	type Act = fn() -> sp_runtime::DispatchResult;
	let ways: [(Act, Act); 3] = [
		(
			|| Assets::freeze_asset(signed(issuer()), USD),
			|| Assets::thaw_asset(signed(issuer()), USD),
		),
		(
			|| Assets::freeze(signed(issuer()), USD, payers_account()),
			|| Assets::thaw(signed(issuer()), USD, payers_account()),
		),
		(
			|| Assets::block(signed(issuer()), USD, payers_account()),
			|| Assets::thaw(signed(issuer()), USD, payers_account()),
		),
	];
	for (freeze, thaw) in ways {
		build_and_execute(|| {
			fund(10_000);
			test(&|| freeze().unwrap(), &|| thaw().unwrap());
		});
	}
}

/// A claim of 5,000, for which 3,984 are on hold: 20 and a fifth of the rest are the patient's.
fn pended() -> u64 {
	let claim = claimed(covered(), &[visit(1, 5_000)]);
	assert_eq!((balance(PAYER), self::claim(claim).held), (6_016, 3_984));
	claim
}

fn denial() -> Decision {
	lines_decision(vec![line_decision(0, &[(ContractualObligation, NotNecessary, 5_000)])])
}

fn settle() -> sp_runtime::DispatchResult {
	Claims::settle_waiting(signed(stranger()), PAYER, USD, 4)
		.map(|_| ())
		.map_err(|error| error.error)
}

#[test]
fn a_denial_needs_no_money_and_what_was_on_hold_is_released_afterwards() {
	frozen_in_every_way(|freeze, thaw| {
		let claim = pended();
		freeze();
		assert_ok!(decide(claim, denial()));
		assert_eq!(state(claim), ClaimState::Settled { at: now() });
		assert_eq!(self::claim(claim).held, 3_984);
		check_state();
		assert_noop!(poke(claim), PalletError::AssetFrozen);
		thaw();
		assert_ok!(poke(claim));
		assert_eq!(events().last(), Some(&Event::HoldReleased { claim, amount: 3_984 }));
		assert_eq!((balance(PAYER), self::claim(claim).held), (10_000, 0));
		assert_noop!(poke(claim), PalletError::NothingDue);
	});
}

#[test]
fn silence_is_no_agreement_while_the_money_is_frozen() {
	frozen_in_every_way(|freeze, thaw| {
		let claim = pended();
		freeze();
		pass(31 * DAY);
		assert_noop!(poke(claim), PalletError::AssetFrozen);
		// The payer's time is over, and it may deny all the same.
		assert_ok!(decide(claim, denial()));
		assert_eq!(totals(claim).paid, 0);
		thaw();
		assert_ok!(poke(claim));
	});
}

#[test]
fn after_a_thaw_time_decides_again() {
	frozen_in_every_way(|freeze, thaw| {
		let claim = pended();
		freeze();
		pass(31 * DAY);
		thaw();
		assert_noop!(decide(claim, denial()), PalletError::DecisionTooLate);
		assert_ok!(poke(claim));
		assert_eq!(totals(claim).paid, 3_984);
	});
}

#[test]
fn what_is_approved_meanwhile_waits_and_is_paid_from_its_hold() {
	frozen_in_every_way(|freeze, thaw| {
		let claim = pended();
		freeze();
		assert_ok!(decide(claim, Decision::AsAdjudicated));
		assert_eq!(state(claim), ClaimState::Waiting { since: now() });
		assert_eq!(self::claim(claim).held, 3_984);
		check_state();
		assert_noop!(settle(), PalletError::InsufficientFunds);
		assert_noop!(poke(claim), PalletError::NothingDue);
		thaw();
		assert_ok!(settle());
		assert_eq!(state(claim), ClaimState::Settled { at: now() });
		assert_eq!((balance(PAYER), balance(HOSPITAL)), (6_016, 3_984));
	});
}

/// With its hold alone the claim cannot be paid: interest came on top, and nothing else is there.
#[test]
fn a_hold_that_does_not_suffice_is_paid_and_the_rest_waits() {
	frozen_in_every_way(|freeze, thaw| {
		let claim = pended();
		assert_ok!(Claims::withdraw(signed(payer_admin()), PAYER, USD, 6_015));
		freeze();
		assert_ok!(decide(claim, Decision::AsAdjudicated));
		pass(100 * DAY);
		thaw();
		assert_eq!(self::claim(claim).held, 3_984);
		assert_ok!(settle());
		let paid = self::claim(claim);
		assert_eq!((paid.held, paid.transferred + paid.interest), (0, 3_984));
		assert!(matches!(paid.state, ClaimState::Waiting { .. }) && paid.interest > 0);
		assert_noop!(settle(), PalletError::InsufficientFunds);
		fund(1_000);
		assert_eq!(state(claim), ClaimState::Settled { at: now() });
		assert!(balance(HOSPITAL) > 3_984);
	});
}

#[test]
fn a_provider_corrects_and_takes_back_what_is_not_decided() {
	frozen_in_every_way(|freeze, thaw| {
		let first = pended();
		freeze();
		let second = crate::NextClaim::<Test>::get();
		assert_ok!(correct(first, &[visit(1, 4_000)]));
		assert_eq!(state(first), ClaimState::Superseded { by: second });
		let due = now() + 30 * DAY;
		assert_eq!(state(second), ClaimState::Pended { reason: PendReason::AboveLimit, due });
		assert_ok!(void(second));
		check_state();
		assert_noop!(poke(first), PalletError::NothingDue);
		assert_noop!(poke(second), PalletError::AssetFrozen);
		thaw();
		assert_ok!(poke(second));
		assert_eq!(balance(PAYER), 10_000);
	});
}

/// The money that is on hold for a claim waits for nobody, and the claim leaves the queue from behind.
#[test]
fn a_claim_that_waits_is_paid_from_its_hold_whoever_is_before_it() {
	frozen_in_every_way(|freeze, thaw| {
		let claim = pended();
		assert_ok!(Claims::withdraw(signed(payer_admin()), PAYER, USD, 6_015));
		let before = claimed(0, &[visit(2, 1_000)]);
		assert_eq!(Claims::waiting(PAYER, USD), (1, vec![before]));
		freeze();
		assert_ok!(decide(claim, Decision::AsAdjudicated));
		assert_eq!(Claims::waiting(PAYER, USD), (2, vec![before, claim]));
		check_state();
		assert_noop!(poke(claim), PalletError::NothingDue);
		thaw();
		assert_ok!(poke(claim));
		assert_eq!(state(claim), ClaimState::Settled { at: now() });
		assert_eq!((balance(PAYER), balance(HOSPITAL)), (1, 3_984));
		assert_eq!(Claims::waiting(PAYER, USD), (1, vec![before]));
	});
}

/// What the member or the provider did not answer has nothing to do with the payer's money.
#[test]
fn what_others_did_not_answer_is_denied_all_the_same() {
	frozen_in_every_way(|freeze, thaw| {
		let claim = pended();
		assert_ok!(Claims::request_information(signed(payer_biller()), PAYER, claim));
		freeze();
		pass(46 * DAY);
		assert_ok!(poke(claim));
		assert_eq!(totals(claim).paid, 0);
		thaw();
		assert_ok!(poke(claim));
		assert_eq!(balance(PAYER), 10_000);
	});
}
