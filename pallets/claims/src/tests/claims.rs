//! Claims as they are submitted: what is refused, what is denied, what is paid at once.

use crate::{mock::*, ClaimState, Encounters, Error, Event, NextClaim, PerLine};
use frame_support::{assert_noop, assert_ok};
use salus_claims_adjudication::{BenefitCategory, Carc::*, Group::*, Money};
use salus_primitives::{time::DAY, Interval};

type PalletError = Error<Test>;

/// The lines are one visit of 100: a copay of 20, 20 % of the other 80, and 64 from the payer.
#[test]
fn a_visit_is_paid_before_the_call_returns() {
	build_and_execute(|| {
		fund(1_000);
		let coverage = covered();
		let encounter = attested(coverage);
		let lines = [visit(1, 100)];
		assert_ok!(close(encounter, &lines));
		events();
		assert_ok!(submit(encounter, &lines));
		let totals = totals(0);
		assert_eq!((totals.charge, totals.paid, totals.patient_responsibility), (100, 64, 36));
		assert_eq!(
			events(),
			[
				Event::Submitted { claim: 0, encounter, coverage, previous: None },
				Event::Adjudicated { claim: 0, totals },
				Event::Settled { claim: 0, paid: 64, returned: 0, interest: 0 },
			]
		);
		assert_eq!(
			reasons(0),
			[[(PatientResponsibility, Copay, 20), (PatientResponsibility, Coinsurance, 16)]]
		);
		assert_eq!((balance(PAYER), balance(HOSPITAL)), (936, 64));
		assert_eq!(used(coverage).out_of_pocket, 36);
		assert_eq!(state(0), ClaimState::Settled { at: now() });
		assert_eq!(Encounters::<Test>::get(encounter).unwrap().claim, Some(0));
	});
}

/// Deductible, then coinsurance, then the out-of-pocket maximum, through the accumulators.
#[test]
fn what_was_used_carries_from_claim_to_claim() {
	build_and_execute(|| {
		fund(100_000);
		let mut terms = terms();
		terms.auto_limit = 100_000;
		let coverage = covered_by(terms);
		let stay = |n, charge| line(n, BenefitCategory::HospitalStay, charge);
		let paid = |n, charge| totals(claimed(coverage, &[stay(n, charge)])).paid;
		assert_eq!(paid(1, 300), 0);
		assert_eq!(paid(2, 1_100), 800);
		// 100 of the deductible and 200 of coinsurance are behind, and 300 before: 1,400 to go.
		assert_eq!(paid(3, 10_000), 8_600);
		assert_eq!(paid(4, 10_000), 10_000);
		assert_eq!(used(coverage).out_of_pocket, 2_000);
	});
}

#[test]
fn what_the_provider_can_put_right_is_refused_and_nothing_is_stored() {
	build_and_execute(|| {
		fund(1_000);
		let coverage = covered();
		let lines = [visit(1, 100), visit(2, 50)];
		let encounter = opened();
		assert_noop!(submit(encounter, &lines), PalletError::NotClosed);
		assert_ok!(close(encounter, &lines));
		assert_noop!(submit(encounter, &lines), PalletError::NotAttested);
		assert_ok!(Claims::attest(signed(member()), encounter, coverage));

		assert_noop!(submit(9, &lines), PalletError::EncounterNotFound);
		assert_noop!(
			Claims::submit(signed(clinic_admin()), CLINIC, encounter, PerLine::default()),
			PalletError::NotYourEncounter
		);
		// Not all, none, others, in another order, or one twice.
		let wrong: [&[crate::Line]; 5] = [
			&[visit(1, 100)],
			&[],
			&[visit(1, 100), visit(3, 50)],
			&[visit(2, 50), visit(1, 100)],
			&[visit(1, 100), visit(1, 100)],
		];
		for lines in wrong {
			assert_noop!(submit(encounter, lines), PalletError::LinesNotRecorded);
		}
		let mut nothing = lines;
		nothing[1].quantity = 0;
		assert_noop!(submit(encounter, &nothing), PalletError::ZeroQuantity);
		let mut endless = lines;
		endless[0].charge = Money::MAX;
		assert_noop!(submit(encounter, &endless), PalletError::AmountTooLarge);

		assert_eq!(NextClaim::<Test>::get(), 0);
		assert_ok!(submit(encounter, &lines));
		assert_noop!(submit(encounter, &lines), PalletError::AlreadyClaimed);
	});
}

#[test]
fn a_provider_cannot_claim_from_itself() {
	build_and_execute(|| {
		let coverage = covered();
		edit_orgs(|orgs| {
			let payer = orgs.get_mut(&PAYER).unwrap();
			payer.licences.push((salus_primitives::OrgKind::Provider, Interval::ALWAYS));
		});
		let payer = || signed(payer_admin());
		assert_ok!(Claims::open_encounter(payer(), PAYER));
		assert_ok!(Claims::attest(signed(member()), 0, coverage));
		let lines = [visit(1, 100)];
		assert_ok!(Claims::close_encounter(payer(), PAYER, 0, root(&lines), 1));
		assert_noop!(
			Claims::submit(payer(), PAYER, 0, PerLine::truncate_from(lines.to_vec())),
			PalletError::ConflictOfInterest
		);
	});
}

/// What nobody can put right any more is decided, with its reason, and holds its place.
#[test]
fn a_visit_before_or_after_coverage_is_the_patients() {
	build_and_execute(|| {
		fund(1_000);
		let plan = plan();
		let (from, until) = (now() + DAY, now() + 10 * DAY);
		let period = Interval::new(from, until);
		assert_ok!(Claims::enrol(signed(payer_biller()), PAYER, plan, member(), period));
		assert_ok!(Claims::accept_coverage(signed(member()), 0));
		let early = claimed(0, &[visit(1, 100)]);
		assert_eq!(reasons(early), [[(PatientResponsibility, BeforeCoverage, 100)]]);
		pass(DAY);
		let first = claimed(0, &[visit(2, 100)]);
		assert_eq!(totals(first).paid, 64);
		pass(9 * DAY - 1);
		let last = claimed(0, &[visit(3, 100)]);
		assert_eq!(totals(last).paid, 64);
		pass(1);
		let late = claimed(0, &[visit(4, 100)]);
		assert_eq!(reasons(late), [[(PatientResponsibility, AfterCoverage, 100)]]);
		assert_eq!(totals(late).paid, 0);
		assert_eq!(state(late), ClaimState::Settled { at: now() });
		assert_eq!(used(0).out_of_pocket, 72);
	});
}

/// A visit before the end is paid after it.
#[test]
fn termination_never_touches_what_was_before_it() {
	build_and_execute(|| {
		fund(1_000);
		let coverage = covered();
		let settled = claimed(coverage, &[visit(1, 100)]);
		let encounter = attested(coverage);
		pass(1);
		assert_ok!(Claims::terminate_coverage(signed(payer_biller()), coverage, now()));
		assert_ok!(close(encounter, &[visit(2, 100)]));
		pass(30 * DAY);
		assert_ok!(submit(encounter, &[visit(2, 100)]));
		assert_eq!((totals(settled).paid, totals(settled + 1).paid), (64, 64));
		let after = claimed(coverage, &[visit(3, 100)]);
		assert_eq!(reasons(after), [[(PatientResponsibility, AfterCoverage, 100)]]);
	});
}

#[test]
fn a_claim_past_the_filing_limit_is_the_providers() {
	build_and_execute(|| {
		fund(1_000);
		let coverage = covered();
		let (in_time, late) = (attested(coverage), attested(coverage));
		assert_ok!(close(in_time, &[visit(1, 100)]));
		assert_ok!(close(late, &[visit(2, 100)]));
		pass(180 * DAY);
		assert_ok!(submit(in_time, &[visit(1, 100)]));
		assert_eq!(totals(0).paid, 64);
		pass(1);
		assert_ok!(submit(late, &[visit(2, 100)]));
		assert_eq!(reasons(1), [[(ContractualObligation, FilingLimit, 100)]]);
	});
}

/// A licence ends at the very second at which the encounter was opened: `[from, until)`.
#[test]
fn without_a_licence_on_the_service_date_the_provider_bears_it() {
	build_and_execute(|| {
		fund(1_000);
		let coverage = covered();
		let encounter = attested(coverage);
		suspend(HOSPITAL);
		pass(1);
		let lines = [visit(1, 100), visit(2, 0)];
		assert_ok!(close(encounter, &lines));
		assert_ok!(submit(encounter, &lines));
		let b7 = vec![(ContractualObligation, ProviderNotEligible, 100)];
		assert_eq!(reasons(0), [b7, vec![]]);
		assert_eq!(totals(0).paid, 0);
	});
}

/// A licence that ended after the visit changes nothing.
#[test]
fn a_licence_counts_on_the_service_date() {
	build_and_execute(|| {
		fund(1_000);
		let coverage = covered();
		let encounter = attested(coverage);
		pass(1);
		suspend(HOSPITAL);
		pass(DAY);
		assert_ok!(close(encounter, &[visit(1, 100)]));
		assert_ok!(submit(encounter, &[visit(1, 100)]));
		assert_eq!(totals(0).paid, 64);
	});
}

#[test]
fn a_benefit_that_the_plan_does_not_have_is_the_patients() {
	build_and_execute(|| {
		fund(1_000);
		let coverage = covered();
		let tooth = line(1, BenefitCategory::DentalAndVision, 90);
		let shot = |n| line(n, BenefitCategory::Preventive, 10);
		let claim = claimed(coverage, &[tooth, shot(2), shot(3), shot(4)]);
		assert_eq!(totals(claim).paid, 20);
		assert_eq!(
			reasons(claim),
			[
				vec![(PatientResponsibility, NonCovered, 90)],
				vec![],
				vec![],
				vec![(PatientResponsibility, BenefitMaximum, 10)],
			]
		);
	});
}

#[test]
fn sixty_four_lines_are_one_claim() {
	build_and_execute(|| {
		fund(1_000_000);
		let mut terms = terms();
		terms.auto_limit = 1_000_000;
		terms.rules.out_of_pocket_maximum = None;
		let coverage = covered_by(terms);
		let lines: Vec<_> = (0..64).map(|n| visit(n, 100)).collect();
		let claim = claimed(coverage, &lines);
		assert_eq!(totals(claim).paid, 64 * 64);
		assert_eq!(crate::ClaimLines::<Test>::get(claim).len(), 64);
	});
}

/// An absurd number would fill what is counted of a coverage, and no later claim could be decided.
#[test]
fn one_typing_error_does_not_block_a_coverage() {
	build_and_execute(|| {
		fund(10_000);
		let mut terms = terms();
		terms.rules.benefits.preventive.visit_limit = None;
		let coverage = covered_by(terms);
		let shot = |n| line(n, BenefitCategory::Preventive, 2);
		let wrong = [
			crate::Line { quantity: u32::MAX, ..shot(1) },
			crate::Line { quantity: crate::MAX_QUANTITY + 1, ..shot(1) },
			crate::Line { charge: crate::MAX_CHARGE + 1, ..shot(1) },
		];
		let encounter = attested(coverage);
		for wrong in wrong {
			// The commitment is to the detail, so the encounter can be closed all the same.
			assert_ok!(amend_or_close(encounter, &[wrong]));
			assert_noop!(submit(encounter, &[wrong]), PalletError::AmountTooLarge);
		}
		// The most that may be is decided, and so is what comes after it.
		let most = crate::Line { quantity: crate::MAX_QUANTITY, ..shot(1) };
		assert_ok!(submit(encounter, &[most]));
		assert_eq!(used(coverage).usage.preventive.visits, crate::MAX_QUANTITY);
		let after = claimed(coverage, &[shot(2)]);
		assert_eq!(totals(after).paid, 2);
	});
}

fn amend_or_close(encounter: u64, lines: &[crate::Line]) -> sp_runtime::DispatchResult {
	match crate::Encounters::<Test>::get(encounter).unwrap().closing {
		None => close(encounter, lines),
		// The same root stands already.
		Some(_) => Ok(()),
	}
}
