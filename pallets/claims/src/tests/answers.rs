//! The questions of the runtime API.

use crate::{mock::*, QueryError};
use frame_support::assert_ok;
use salus_claims_adjudication::{adjudicate, Accumulators, BenefitCategory, ClaimLine, Error};
use salus_primitives::time::{DAY, YEAR};

#[test]
fn eligibility_tells_what_is_left_and_knows_no_future() {
	build_and_execute(|| {
		fund(1_000);
		let coverage = enrolled(plan(), member());
		let ask = |at| Claims::eligibility(coverage, at);
		assert!(!ask(None).unwrap().in_force);
		assert_ok!(Claims::accept_coverage(signed(member()), coverage));
		claimed(coverage, &[visit(1, 100)]);
		let answer = ask(None).unwrap();
		assert!(answer.in_force && answer.at == now());
		assert_eq!((answer.rules, answer.used), (terms().rules, used(coverage)));
		assert_eq!(ask(Some(now() + 1)), Err(QueryError::InTheFuture));
		assert!(!ask(Some(now() - 1)).unwrap().in_force);
		assert_eq!(Claims::eligibility(9, None), Err(QueryError::UnknownCoverage));
		pass(YEAR);
		assert!(!ask(None).unwrap().in_force);
		assert!(ask(Some(now() - 1)).unwrap().in_force);
	});
}

#[test]
fn an_estimate_is_what_the_claim_then_comes_to() {
	build_and_execute(|| {
		fund(10_000);
		let coverage = covered();
		claimed(coverage, &[line(1, BenefitCategory::HospitalStay, 700)]);
		let lines = [visit(2, 100), line(3, BenefitCategory::HospitalStay, 500)];
		let priced: Vec<ClaimLine> = lines.iter().map(|line| line.priced(None)).collect();
		let estimate = Claims::estimate(coverage, priced).unwrap();
		let claim = claimed(coverage, &lines);
		assert_eq!(estimate.totals, totals(claim));
		assert_eq!(estimate.accumulators, used(coverage));
		assert_eq!(Claims::estimate(9, vec![]), Err(QueryError::UnknownCoverage));
		let none = Claims::estimate(coverage, vec![]);
		assert_eq!(none, Err(QueryError::Lines(Error::NoLines)));
	});
}

#[test]
fn an_explanation_has_everything_line_by_line() {
	build_and_execute(|| {
		fund(10_000);
		let coverage = covered();
		let lines = [visit(1, 100), visit(2, 50)];
		let claim_id = claimed(coverage, &lines);
		let answer = Claims::explanation(claim_id).unwrap();
		assert_eq!((answer.id, answer.claim), (claim_id, claim(claim_id)));
		assert_eq!(answer.lines, lines);
		assert_eq!(answer.encounter.opened, START);
		let priced: Vec<ClaimLine> = lines.iter().map(|line| line.priced(None)).collect();
		let again = adjudicate(&terms().rules, &Accumulators::default(), &priced).unwrap();
		assert_eq!(answer.results, again.lines.into_inner());
		let pended = claimed(coverage, &[visit(3, 9_000)]);
		assert!(Claims::explanation(pended).unwrap().results.is_empty());
		assert_eq!(Claims::explanation(99), None);
	});
}

#[test]
fn the_claims_of_a_coverage_come_in_pages() {
	build_and_execute(|| {
		fund(10_000);
		let coverage = covered();
		let other = covered_as(0, account_of(&pair(61)));
		let claims: Vec<_> = (0..6).map(|n| claimed(coverage, &[visit(n, 10)])).collect();
		let its = claimed(other, &[visit(9, 10)]);
		assert_eq!(Claims::claims_of(coverage, None), claims[..4]);
		assert_eq!(Claims::claims_of(coverage, Some(claims[3])), claims[4..]);
		assert!(Claims::claims_of(coverage, Some(claims[5])).is_empty());
		assert_eq!(Claims::claims_of(other, None), [its]);
		pass(DAY);
	});
}
