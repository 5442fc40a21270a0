//! Pended claims: what the payer decides, and what time decides.

use crate::{mock::*, ClaimState, Claims as Stored, Decision, Error, Event, PendReason};
use frame_support::{assert_noop, assert_ok};
use salus_claims_adjudication::{Carc::*, Group::*};
use salus_primitives::{time::DAY, Role};

type PalletError = Error<Test>;

/// A claim of the given charge, above the limit of 1,000.
fn pended(charge: u128) -> u64 {
	claimed(covered(), &[visit(1, charge)])
}

fn ask(claim: u64) -> sp_runtime::DispatchResult {
	Claims::request_information(signed(payer_biller()), PAYER, claim)
}

fn answer(claim: u64) -> sp_runtime::DispatchResult {
	Claims::answer(signed(biller()), HOSPITAL, claim)
}

#[test]
fn above_the_limit_a_claim_awaits_the_payer() {
	build_and_execute(|| {
		fund(10_000);
		let coverage = covered();
		// 20 and a quarter of the payment are the patient's: 1,270 pays 1,000.
		let within = claimed(coverage, &[visit(1, 1_270)]);
		assert_eq!(totals(within).paid, 1_000);
		let above = claimed(coverage, &[visit(2, 1_272)]);
		let due = now() + 30 * DAY;
		assert_eq!(state(above), ClaimState::Pended { reason: PendReason::AboveLimit, due });
		assert_eq!(used(coverage).out_of_pocket, 270);
		assert_ok!(decide(above, Decision::AsAdjudicated));
		assert_eq!(totals(above).paid, 1_002);
		assert_noop!(decide(above, Decision::AsAdjudicated), PalletError::NotPended);
	});
}

/// The balancing rule of the 835 at dispatch: CO 20, PR 10, and 70 is paid, never 71.
#[test]
fn charge_100_co_20_pr_10_paid_70_passes_and_71_is_refused() {
	build_and_execute(|| {
		fund(10_000);
		let mut terms = terms();
		terms.auto_limit = 0;
		let claim = claimed(covered_by(terms), &[visit(1, 100)]);
		let reasons_given =
			[(ContractualObligation, FeeSchedule, 20), (PatientResponsibility, Copay, 10)];
		for paid in [69, 71] {
			let decision = lines_decision(vec![line_decision(paid, &reasons_given)]);
			assert_noop!(decide(claim, decision), PalletError::Unbalanced);
		}
		let decision = lines_decision(vec![line_decision(70, &reasons_given)]);
		assert_ok!(decide(claim, decision));
		assert_eq!(reasons(claim), [reasons_given]);
		assert_eq!(balance(HOSPITAL), 70);
	});
}

#[test]
fn a_decision_that_makes_no_sense_is_refused() {
	build_and_execute(|| {
		fund(10_000);
		let mut terms = terms();
		terms.auto_limit = 0;
		terms.rules.benefits.primary_care.visit_limit = Some(1);
		let coverage = covered_by(terms);
		let claim = claimed(coverage, &[visit(1, 100)]);
		let cases: [(crate::LineDecision, PalletError); 6] = [
			(
				line_decision(100, &[(ContractualObligation, NotNecessary, 0)]),
				PalletError::ZeroAdjustment,
			),
			(
				line_decision(
					90,
					&[(ContractualObligation, Bundled, 5), (ContractualObligation, Bundled, 5)],
				),
				PalletError::PaidThoughDenied,
			),
			(
				line_decision(
					90,
					&[
						(ContractualObligation, NegotiatedDiscount, 5),
						(ContractualObligation, NegotiatedDiscount, 5),
					],
				),
				PalletError::RepeatedAdjustment,
			),
			(line_decision(90, &[(ContractualObligation, Copay, 10)]), PalletError::WrongGroup),
			(
				line_decision(0, &[(ContractualObligation, FeeSchedule, 100)]),
				PalletError::WholeCharge,
			),
			(
				line_decision(50, &[(PatientResponsibility, NonCovered, 50)]),
				PalletError::PaidThoughDenied,
			),
		];
		for (decision, refusal) in cases {
			assert_noop!(decide(claim, lines_decision(vec![decision])), refusal);
		}
		for count in [0, 2] {
			let decisions = vec![line_decision(100, &[]); count];
			assert_noop!(
				decide(claim, lines_decision(decisions)),
				PalletError::DecisionCountMismatch
			);
		}
		// The one visit that the plan has is used up by the first of two.
		let second = claimed(coverage, &[visit(2, 100)]);
		let all = || lines_decision(vec![line_decision(100, &[])]);
		assert_ok!(decide(claim, all()));
		assert_noop!(decide(second, all()), PalletError::LimitExceeded);
	});
}

/// D11: nobody decides about a claim of an organisation for which it acts.
#[test]
fn nobody_decides_for_the_other_side() {
	build_and_execute(|| {
		fund(10_000);
		let claim = pended(5_000);
		let by = |who: AccountId, org| {
			Claims::decide(signed(who), org, claim, Decision::AsAdjudicated)
				.map(|_| ())
				.map_err(|error| error.error)
		};
		for who in [stranger(), biller(), admin(), member()] {
			assert_noop!(by(who, PAYER), PalletError::NotAuthorised);
		}
		assert_noop!(by(other_payer_admin(), OTHER_PAYER), PalletError::NotYourClaim);
		assert_noop!(by(biller(), HOSPITAL), PalletError::NotYourClaim);
		employ(HOSPITAL, payer_biller(), Role::Nurse);
		assert_noop!(by(payer_biller(), PAYER), PalletError::ConflictOfInterest);
		assert_noop!(ask(claim), PalletError::ConflictOfInterest);
		assert_ok!(by(payer_admin(), PAYER));
	});
}

#[test]
fn a_silent_payer_has_agreed_to_the_rules() {
	build_and_execute(|| {
		fund(10_000);
		let claim = pended(5_000);
		pass(30 * DAY - 1);
		assert_noop!(poke(claim), PalletError::NothingDue);
		pass(1);
		assert_ok!(poke(claim));
		// 20 of copay, and 20 % of the rest.
		assert_eq!(totals(claim).paid, 3_984);
		assert_noop!(poke(claim), PalletError::NothingDue);
		assert_noop!(poke(99), PalletError::ClaimNotFound);
	});
}

#[test]
fn a_question_stops_the_payers_clocks() {
	build_and_execute(|| {
		fund(10_000);
		let mut terms = terms();
		terms.payment_time = 10 * DAY;
		let coverage = covered_by(terms);
		let claim_id = claimed(coverage, &[visit(1, 5_000)]);
		assert_noop!(answer(claim_id), PalletError::NotRequested);
		pass(10 * DAY);
		assert_ok!(ask(claim_id));
		assert_eq!(
			events().last(),
			Some(&Event::InformationRequested { claim: claim_id, due: now() + 45 * DAY })
		);
		assert_noop!(ask(claim_id), PalletError::NotPended);
		// Long after the payer's time would have been over, the clock still stands.
		pass(40 * DAY);
		assert_noop!(poke(claim_id), PalletError::NothingDue);
		assert_ok!(answer(claim_id));
		let due = now() + 20 * DAY;
		assert_eq!(events().last(), Some(&Event::Answered { claim: claim_id, due }));
		assert_eq!(state(claim_id), ClaimState::Pended { reason: PendReason::AboveLimit, due });
		// A second question; then there is no third.
		assert_ok!(ask(claim_id));
		pass(5 * DAY);
		assert_ok!(answer(claim_id));
		assert_noop!(ask(claim_id), PalletError::TooManyRequests);
		assert_eq!(claim(claim_id).paused, 45 * DAY);
		// No interest for the time in which the clock stood: 10 days count so far.
		assert_ok!(decide(claim_id, Decision::AsAdjudicated));
		assert_eq!(claim(claim_id).interest, 0);
	});
}

#[test]
fn a_question_that_is_not_answered_denies() {
	build_and_execute(|| {
		fund(10_000);
		let claim_id = pended(5_000);
		assert_ok!(ask(claim_id));
		pass(45 * DAY);
		assert_noop!(answer(claim_id), PalletError::NothingDue);
		assert_ok!(poke(claim_id));
		assert_eq!(reasons(claim_id), [[(ContractualObligation, NoAnswer, 5_000)]]);
		assert_eq!(claim(claim_id).held, 0);
		assert_eq!(balance(PAYER), 10_000);
	});
}

#[test]
fn a_payer_decides_with_its_question_open_and_asks_only_in_time() {
	build_and_execute(|| {
		fund(10_000);
		let claim_id = pended(5_000);
		assert_ok!(ask(claim_id));
		pass(3 * DAY);
		assert_ok!(decide(claim_id, Decision::AsAdjudicated));
		assert_eq!(claim(claim_id).paused, 3 * DAY);
		let second = claimed(0, &[visit(2, 50_000)]);
		pass(30 * DAY);
		assert_noop!(ask(second), PalletError::NothingDue);
	});
}

#[test]
fn an_emergency_awaits_member_or_payer() {
	build_and_execute(|| {
		fund(10_000);
		let coverage = covered();
		let take = |n: u64, charge| {
			let encounter = emergency(coverage);
			assert_ok!(close(encounter, &[visit(n, charge)]));
			let claim = crate::NextClaim::<Test>::get();
			assert_ok!(submit(encounter, &[visit(n, charge)]));
			let due = now() + 30 * DAY;
			assert_eq!(state(claim), ClaimState::Pended { reason: PendReason::NotAttested, due });
			(encounter, claim)
		};
		let (_, by_payer) = take(1, 100);
		let (by_member, small) = take(2, 100);
		let (large_visit, large) = take(3, 5_000);
		let (_, by_nobody) = take(4, 100);

		assert_ok!(decide(by_payer, Decision::AsAdjudicated));
		assert_eq!(totals(by_payer).paid, 64);

		assert_noop!(poke(small), PalletError::NothingDue);
		assert_ok!(Claims::attest(signed(member()), by_member, coverage));
		assert_ok!(poke(small));
		assert_eq!(totals(small).paid, 64);

		// Attested, but above the limit: the payer's clock runs on.
		assert_ok!(Claims::attest(signed(member()), large_visit, coverage));
		assert_ok!(poke(large));
		let due = now() + 30 * DAY;
		assert_eq!(state(large), ClaimState::Pended { reason: PendReason::AboveLimit, due });
		assert_noop!(poke(large), PalletError::NothingDue);

		pass(30 * DAY);
		assert_ok!(poke(large));
		assert!(totals(large).paid > 0);
		// A payer's silence about a visit that nobody confirms is no consent.
		assert_ok!(poke(by_nobody));
		assert_eq!(reasons(by_nobody), [[(ContractualObligation, LacksInformation, 100)]]);
	});
}

/// D10: whatever happens or does not, time alone ends every claim.
#[test]
fn every_pending_claim_ends_by_time_alone() {
	build_and_execute(|| {
		let coverage = covered();
		for n in 0..4 {
			let encounter = if n % 2 == 0 { attested(coverage) } else { emergency(coverage) };
			assert_ok!(close(encounter, &[visit(n, 5_000)]));
			assert_ok!(submit(encounter, &[visit(n, 5_000)]));
			if n > 1 {
				assert_ok!(ask(n));
			}
		}
		pass(45 * DAY);
		for (id, claim) in Stored::<Test>::iter().collect::<Vec<_>>() {
			assert!(claim.state.is_pending());
			assert_ok!(poke(id));
			assert!(state(id).is_decided());
		}
	});
}

/// A payer that was silent has agreed, whether anybody poked or not: it cannot deny ahead of a poke.
#[test]
fn after_its_time_the_payer_decides_by_the_rules_alone() {
	build_and_execute(|| {
		fund(10_000);
		let denied = || {
			lines_decision(vec![line_decision(0, &[(ContractualObligation, NotNecessary, 5_000)])])
		};
		let claim_id = pended(5_000);
		pass(30 * DAY - 1);
		let in_time = claimed(0, &[visit(2, 5_000)]);
		pass(1);
		assert_noop!(decide(claim_id, denied()), PalletError::DecisionTooLate);
		assert_ok!(decide(claim_id, Decision::AsAdjudicated));
		assert!(totals(claim_id).paid > 0);
		assert_ok!(decide(in_time, denied()));
	});
}

/// Neither a correction just below the limit nor a new claim undoes what a person decided.
#[test]
fn what_was_decided_line_by_line_is_not_undone_by_the_rules() {
	build_and_execute(|| {
		fund(20_000);
		let first = pended(5_000);
		let denied =
			lines_decision(vec![line_decision(0, &[(ContractualObligation, NotNecessary, 5_000)])]);
		assert_ok!(decide(first, denied));
		let reason = PendReason::Reviewed;
		let due = now() + 30 * DAY;
		assert_ok!(correct(first, &[visit(1, 100)]));
		assert_eq!(state(first + 1), ClaimState::Pended { reason, due });
		assert_ok!(void(first + 1));
		assert_ok!(void(first));
		assert_ok!(submit(claim(first).encounter, &[visit(1, 100)]));
		assert_eq!(state(first + 2), ClaimState::Pended { reason, due });
		assert_eq!(balance(HOSPITAL), 0);
		// And the payer's silence about it is agreement, as ever.
		pass(30 * DAY);
		assert_ok!(poke(first + 2));
		assert_eq!(balance(HOSPITAL), 64);
	});
}

/// A provider can name any coverage in an emergency. Without the member it says nothing of what she
/// owes, and ties up no money.
#[test]
fn without_the_members_word_nothing_is_hers_and_nothing_is_held() {
	build_and_execute(|| {
		fund(10_000);
		let coverage = covered();
		assert_ok!(Claims::terminate_coverage(signed(member()), coverage, now()));
		let after = emergency(coverage);
		assert_ok!(close(after, &[visit(1, 500)]));
		assert_ok!(submit(after, &[visit(1, 500)]));
		let due = now() + 30 * DAY;
		assert_eq!(state(0), ClaimState::Pended { reason: PendReason::NotAttested, due });
		pass(30 * DAY);
		assert_ok!(poke(0));
		assert_eq!(reasons(0), [[(ContractualObligation, LacksInformation, 500)]]);

		let other = covered_as(0, account_of(&pair(61)));
		let large = emergency(other);
		assert_ok!(close(large, &[visit(2, 5_000)]));
		assert_ok!(submit(large, &[visit(2, 5_000)]));
		assert_eq!(claim(1).held, 0);
		assert_ok!(Claims::attest(signed(account_of(&pair(61))), large, other));
		assert_ok!(poke(1));
		assert_eq!(claim(1).held, 3_984);
	});
}

/// The payer relied on a denial. A word that comes in the last second, or after it, does not turn its
/// silence into agreement.
#[test]
fn a_late_attestation_gives_the_payer_its_time() {
	build_and_execute(|| {
		fund(20_000);
		let coverage = covered();
		for (n, late) in [(1, 0), (2, 1)] {
			let encounter = emergency(coverage);
			assert_ok!(close(encounter, &[visit(n, 5_000)]));
			let claim = crate::NextClaim::<Test>::get();
			assert_ok!(submit(encounter, &[visit(n, 5_000)]));
			pass(30 * DAY - 1 + late);
			assert_ok!(Claims::attest(signed(member()), encounter, coverage));
			let due = now() + 30 * DAY;
			pass(1);
			assert_ok!(poke(claim));
			assert_eq!(state(claim), ClaimState::Pended { reason: PendReason::AboveLimit, due });
			let denied = vec![line_decision(0, &[(ContractualObligation, NotNecessary, 5_000)])];
			assert_ok!(decide(claim, lines_decision(denied)));
		}
		assert_eq!(balance(HOSPITAL), 0);
	});
}
