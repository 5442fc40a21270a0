//! Corrections, and claims that are taken back.

use crate::{mock::*, ClaimState, Decision, Encounters, Error, Event, PendReason};
use frame_support::{assert_noop, assert_ok};
use salus_claims_adjudication::{BenefitCategory, Carc::*, Group::*};
use salus_primitives::time::{DAY, YEAR};

type PalletError = Error<Test>;

/// 1,000 was typed for 100: what is too much goes back, and nothing else moves.
#[test]
fn a_correction_moves_only_the_net() {
	build_and_execute(|| {
		fund(2_000);
		let coverage = covered();
		let first = claimed(coverage, &[visit(1, 1_000)]);
		assert_eq!((balance(PAYER), balance(HOSPITAL)), (2_000 - 784, 784));
		events();
		assert_ok!(correct(first, &[visit(1, 100)]));
		let second = first + 1;
		assert_eq!(
			events(),
			[
				Event::Submitted { claim: second, encounter: 0, coverage, previous: Some(first) },
				Event::Superseded { claim: first, by: second },
				Event::Adjudicated { claim: second, totals: totals(second) },
				Event::Settled { claim: second, paid: 0, returned: 720, interest: 0 },
			]
		);
		assert_eq!((balance(PAYER), balance(HOSPITAL)), (2_000 - 64, 64));
		assert_eq!(state(first), ClaimState::Superseded { by: second });
		assert_eq!(claim(second).version, 2);
		assert_eq!(used(coverage).out_of_pocket, 36);
		assert_eq!(Encounters::<Test>::get(0).unwrap().claim, Some(second));

		// And up again: the payer adds the rest.
		assert_ok!(correct(second, &[visit(1, 200)]));
		assert_eq!((balance(PAYER), balance(HOSPITAL)), (2_000 - 144, 144));
		// Nothing changes, nothing moves.
		assert_ok!(correct(second + 1, &[visit(1, 200)]));
		assert_eq!(balance(HOSPITAL), 144);
	});
}

/// Whatever came between, what a claim had used is exactly what its reversal gives back.
#[test]
fn a_reversal_restores_every_accumulator_bit_for_bit() {
	build_and_execute(|| {
		fund(100_000);
		let mut terms = terms();
		terms.auto_limit = 100_000;
		let coverage = covered_by(terms);
		let stay = |n, charge| line(n, BenefitCategory::HospitalStay, charge);
		let shot = |n| line(n, BenefitCategory::Preventive, 50);
		claimed(coverage, &[stay(1, 333), visit(2, 77)]);
		let before = used(coverage);
		let money = (balance(PAYER), balance(HOSPITAL));
		let claim = claimed(coverage, &[stay(3, 1_001), shot(4), visit(5, 301)]);
		assert_ne!(used(coverage), before);
		assert_ok!(void(claim));
		assert_eq!(used(coverage), before);
		assert_eq!((balance(PAYER), balance(HOSPITAL)), money);

		// With other claims in between: what is left is what they come to by themselves.
		let voided = claimed(coverage, &[shot(6), visit(7, 99)]);
		let after = used(coverage);
		let between = claimed(coverage, &[shot(8)]);
		let with_both = used(coverage);
		assert_ok!(void(voided));
		assert_ok!(void(between));
		assert_eq!(used(coverage), before);
		assert!(after != before && with_both != after);
	});
}

#[test]
fn a_provider_that_cannot_give_back_corrects_nothing() {
	build_and_execute(|| {
		fund(2_000);
		let coverage = covered();
		let first = claimed(coverage, &[visit(1, 1_000)]);
		assert_ok!(Claims::withdraw(signed(admin()), HOSPITAL, USD, 700));
		let before = used(coverage);
		assert_noop!(correct(first, &[visit(1, 100)]), PalletError::InsufficientFunds);
		assert_noop!(void(first), PalletError::InsufficientFunds);
		assert_eq!(used(coverage), before);
		assert_ok!(Claims::fund(signed(admin()), HOSPITAL, USD, 700));
		assert_ok!(correct(first, &[visit(1, 100)]));
	});
}

/// The claim before stands until the payer has decided, and then the net moves in one.
#[test]
fn a_correction_above_the_limit_awaits_the_payer() {
	build_and_execute(|| {
		fund(10_000);
		let coverage = covered();
		let first = claimed(coverage, &[visit(1, 100)]);
		let before = used(coverage);
		assert_ok!(correct(first, &[visit(1, 5_020)]));
		let second = first + 1;
		let due = now() + 30 * DAY;
		assert_eq!(state(second), ClaimState::Pended { reason: PendReason::AboveLimit, due });
		// Only what would come on top is on hold.
		assert_eq!(claim(second).held, 4_000 - 64);
		assert_eq!((state(first), used(coverage)), (ClaimState::Settled { at: now() }, before));
		for again in [correct(first, &[visit(1, 100)]), void(first)] {
			assert_eq!(again, Err(PalletError::CorrectionPending.into()));
		}
		assert_noop!(correct(second, &[visit(1, 100)]), PalletError::NotCurrent);
		check_state();

		assert_ok!(decide(second, Decision::AsAdjudicated));
		assert_eq!(state(first), ClaimState::Superseded { by: second });
		assert_eq!(balance(HOSPITAL), 4_000);
		assert_eq!(used(coverage).out_of_pocket, 1_020);
	});
}

#[test]
fn a_correction_that_is_called_off_leaves_everything_as_it_was() {
	build_and_execute(|| {
		fund(10_000);
		let coverage = covered();
		let first = claimed(coverage, &[visit(1, 100)]);
		let before = (used(coverage), balance(PAYER), balance(HOSPITAL));
		assert_ok!(amend(0, &[visit(2, 100)]));
		assert_ok!(correct(first, &[visit(2, 5_020)]));
		assert_ok!(void(first + 1));
		assert_eq!(events().last(), Some(&Event::Lapsed { claim: first + 1 }));
		assert_eq!(state(first + 1), ClaimState::Lapsed { at: now() });
		assert_eq!((used(coverage), balance(PAYER), balance(HOSPITAL)), before);
		assert!(!crate::ServiceLines::<Test>::contains_key(detail(2)));
		// And the claim can be corrected again.
		assert_ok!(correct(first, &[visit(2, 200)]));
		assert_eq!(balance(HOSPITAL), 144);
	});
}

/// A payer that asks about a correction, and gets no answer, keeps what it has paid for.
#[test]
fn a_correction_without_answer_lapses() {
	build_and_execute(|| {
		fund(10_000);
		let first = claimed(covered(), &[visit(1, 100)]);
		assert_ok!(correct(first, &[visit(1, 5_000)]));
		let biller = || signed(payer_biller());
		assert_ok!(Claims::request_information(biller(), PAYER, first + 1));
		pass(45 * DAY);
		assert_ok!(poke(first + 1));
		assert!(matches!(state(first + 1), ClaimState::Lapsed { .. }));
		assert!(matches!(state(first), ClaimState::Settled { .. }));
	});
}

/// The payer may decide that the provider has too much; if the provider has not got it, the call is
/// refused, and time ends the correction.
#[test]
fn a_decided_correction_takes_back_what_is_there() {
	build_and_execute(|| {
		fund(10_000);
		let coverage = covered();
		let first = claimed(coverage, &[visit(1, 1_000)]);
		assert_ok!(correct(first, &[visit(1, 5_000)]));
		let second = first + 1;
		let denied =
			|| lines_decision(vec![line_decision(0, &[(ContractualObligation, Bundled, 5_000)])]);
		assert_ok!(Claims::withdraw(signed(admin()), HOSPITAL, USD, 1));
		assert_noop!(decide(second, denied()), PalletError::InsufficientFunds);
		assert_ok!(Claims::fund(signed(admin()), HOSPITAL, USD, 1));
		assert_ok!(decide(second, denied()));
		assert_eq!((balance(PAYER), balance(HOSPITAL)), (10_000, 0));
		assert_eq!(used(coverage), Default::default());
	});
}

/// Later claims have used the benefit up meanwhile: by the rules the correction is worth less than
/// what was paid, and the provider has spent it.
#[test]
fn time_ends_a_correction_that_cannot_be_given_back() {
	build_and_execute(|| {
		fund(100_000);
		let mut terms = terms();
		terms.rules.benefits.preventive.amount_limit =
			Some(salus_claims_adjudication::AmountLimit::Paid(5_000));
		terms.rules.benefits.preventive.visit_limit = None;
		let coverage = covered_by(terms);
		let shot = |n, charge| line(n, BenefitCategory::Preventive, charge);
		let first = claimed(coverage, &[shot(1, 1_000)]);
		assert_ok!(correct(first, &[visit(1, 9_000)]));
		let second = first + 1;
		// In primary care the member's maximum is not reached: 2,000 would be hers.
		let other = claimed(coverage, &[visit(2, 5_000)]);
		assert_ok!(decide(other, Decision::AsAdjudicated));
		let everything = balance(HOSPITAL);
		assert_ok!(Claims::withdraw(signed(admin()), HOSPITAL, USD, everything));
		pass(30 * DAY);
		assert_ok!(poke(second));
		assert!(matches!(state(second), ClaimState::Settled { .. }));
		assert_eq!(balance(HOSPITAL), totals(second).paid - 1_000);

		// The same, with a correction that is worth nothing: an emergency in which nobody was asked.
		let encounter = emergency(coverage);
		assert_ok!(close(encounter, &[visit(3, 500)]));
		assert_ok!(submit(encounter, &[visit(3, 500)]));
		let third = second + 2;
		assert_ok!(decide(third, Decision::AsAdjudicated));
		assert_ok!(correct(third, &[visit(3, 400)]));
		pass(30 * DAY);
		assert_ok!(poke(third + 1));
		assert!(matches!(state(third + 1), ClaimState::Lapsed { .. }));
		assert!(matches!(state(third), ClaimState::Settled { .. }));
	});
}

/// By the rules of the day of the decision a corrected claim may be worth less than was paid: here
/// others have used the benefit up, into which it was corrected.
#[test]
fn a_correction_lapses_if_the_provider_has_spent_what_is_too_much() {
	build_and_execute(|| {
		fund(100_000);
		let mut terms = terms();
		terms.rules.benefits.preventive.visit_limit = None;
		terms.rules.benefits.preventive.amount_limit =
			Some(salus_claims_adjudication::AmountLimit::Paid(2_000));
		let coverage = covered_by(terms);
		let shot = |n, charge| line(n, BenefitCategory::Preventive, charge);
		let first = claimed(coverage, &[visit(1, 1_000)]);
		assert_eq!(totals(first).paid, 784);
		let pended = |n| assert!(state(n).is_pending());
		assert_ok!(correct(first, &[shot(1, 1_500)]));
		pended(first + 1);
		let others = [shot(2, 900), shot(3, 900)].map(|shot| claimed(coverage, &[shot]));
		let all = balance(HOSPITAL);
		assert_ok!(Claims::withdraw(signed(admin()), HOSPITAL, USD, all));
		// 200 are left of the benefit, and 584 would go back.
		pass(30 * DAY);
		let before = used(coverage);
		assert_ok!(poke(first + 1));
		assert_eq!(state(first + 1), ClaimState::Lapsed { at: now() });
		assert!(matches!(state(first), ClaimState::Settled { .. }));
		assert_eq!((used(coverage), balance(HOSPITAL)), (before, 0));

		// The same once more, with the money there.
		assert_ok!(void_paid(others[0], 900));
		assert_ok!(correct(first, &[shot(1, 1_500)]));
		let second = others[1] + 1;
		pended(second);
		claimed(coverage, &[shot(4, 900)]);
		pass(30 * DAY);
		assert_ok!(poke(second));
		assert_eq!((totals(second).paid, balance(HOSPITAL)), (200, 900 - 584));
		assert_eq!(used(coverage).usage.preventive.amount, 2_000);
	});
}

/// Takes a claim back, with money that the provider brings for it.
fn void_paid(claim: u64, paid: u128) -> sp_runtime::DispatchResult {
	assert_ok!(Claims::fund(signed(admin()), HOSPITAL, USD, paid));
	void(claim)
}

#[test]
fn an_undecided_claim_is_replaced_at_once() {
	build_and_execute(|| {
		fund(10_000);
		let coverage = covered();
		let first = claimed(coverage, &[visit(1, 10_000)]);
		assert!(claim(first).held > 0);
		assert_ok!(correct(first, &[visit(1, 100)]));
		assert_eq!(state(first), ClaimState::Superseded { by: first + 1 });
		assert_eq!(claim(first).held, 0);
		assert_eq!((totals(first + 1).paid, balance(HOSPITAL)), (64, 64));
		assert_noop!(decide(first, Decision::AsAdjudicated), PalletError::NotPended);
		// From pended to pended, too.
		let third = claimed(coverage, &[visit(2, 9_000)]);
		assert_ok!(correct(third, &[visit(2, 8_000)]));
		check_state();
		assert_ok!(decide(third + 1, Decision::AsAdjudicated));
		assert_eq!(claim(third + 1).version, 2);
	});
}

#[test]
fn a_claim_that_waits_for_funds_is_corrected_in_the_queue() {
	build_and_execute(|| {
		let coverage = covered();
		let first = claimed(coverage, &[visit(1, 1_000)]);
		let second = claimed(coverage, &[visit(2, 100)]);
		assert_ok!(correct(first, &[visit(1, 100)]));
		// It has lost its place: what was wrong is paid after what was right.
		assert_eq!(Claims::waiting(PAYER, USD), (2, vec![second, second + 1]));
		fund(64 + 64);
		assert_eq!((balance(PAYER), balance(HOSPITAL)), (0, 128));
	});
}

#[test]
fn what_has_ended_stays_ended() {
	build_and_execute(|| {
		fund(10_000);
		let coverage = covered();
		let superseded = claimed(coverage, &[visit(1, 100)]);
		assert_ok!(correct(superseded, &[visit(1, 90)]));
		let voided = claimed(coverage, &[visit(2, 100)]);
		assert_ok!(void(voided));
		for ended in [superseded, voided] {
			let lines = crate::ClaimLines::<Test>::get(ended);
			assert_noop!(correct(ended, &lines), PalletError::NotCurrent);
			assert_noop!(void(ended), PalletError::NotCurrent);
			assert_noop!(poke(ended), PalletError::NothingDue);
			assert_noop!(decide(ended, Decision::AsAdjudicated), PalletError::NotPended);
		}
		assert_noop!(correct(99, &[visit(1, 1)]), PalletError::ClaimNotFound);
		assert_noop!(void(99), PalletError::ClaimNotFound);
	});
}

/// A denial for lateness would take back what was paid in time.
#[test]
fn a_correction_past_the_filing_limit_is_refused() {
	build_and_execute(|| {
		fund(1_000);
		let claim = claimed(covered(), &[visit(1, 100)]);
		pass(180 * DAY + 1);
		assert_noop!(correct(claim, &[visit(1, 90)]), PalletError::FilingLimitPassed);
		assert_ok!(void(claim));
		assert_eq!(balance(HOSPITAL), 0);
	});
}

/// Interest was for the time that the provider waited: it keeps it.
#[test]
fn interest_is_not_given_back() {
	build_and_execute(|| {
		let mut terms = terms();
		terms.filing_limit = 730 * DAY;
		let claim_id = claimed(covered_by(terms), &[visit(1, 1_000)]);
		pass(30 * DAY + YEAR);
		fund(784 + 78);
		assert_eq!(claim(claim_id).interest, 78);
		assert_ok!(void(claim_id));
		assert_eq!((balance(PAYER), balance(HOSPITAL)), (784, 78));
	});
}
