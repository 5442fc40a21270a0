//! Each reason that `adjudicate` gives, reached by name, and the code list itself.

use super::*;

#[track_caller]
fn assert_only(plan: &Plan, line: ClaimLine, expected: &str) {
	let before = fresh();
	let adjudication = settle(plan, &before, &[line]);
	assert_eq!(spelled(&adjudication.lines[0]), expected);
	let denied = adjudication.lines[0].is_denied();
	assert!(!denied || adjudication.accumulators == before, "a denied line used something");
}

#[test]
fn the_callers_findings_deny_the_line_before_any_rule_of_the_plan() {
	for (denial, expected) in [
		(Denial::BeforeCoverage, "paid 0, PR-26 100"),
		(Denial::AfterCoverage, "paid 0, PR-27 100"),
		(Denial::FilingLimit, "paid 0, CO-29 100"),
		(Denial::Duplicate, "paid 0, OA-18 100"),
		(Denial::LacksInformation, "paid 0, CO-16 100"),
		(Denial::ProviderNotEligible, "paid 0, CO-B7 100"),
		(Denial::NonCovered, "paid 0, PR-96 100"),
		(Denial::AuthorisationAbsent, "paid 0, CO-197 100"),
	] {
		let line = ClaimLine { denial: Some(denial), ..line(100) };
		assert_only(&plan(in_full()), line, expected);
		assert_only(&plan(Benefit::default()), line, expected);
	}
}

#[test]
fn co_45_for_a_charge_above_the_allowed_amount() {
	let plan = plan(Benefit { allowed_cap: Some(40), ..in_full() });
	assert_only(&plan, ClaimLine::new(CARE, 2, 100), "paid 80, CO-45 20");
	assert_only(&plan, ClaimLine::new(CARE, 3, 100), "paid 100");
}

#[test]
fn pr_1_2_and_3_for_deductible_coinsurance_and_copay() {
	let benefit = Benefit { deductible_applies: true, ..in_full() };
	let deductible = Plan { deductible: 30, ..plan(benefit) };
	assert_only(&deductible, line(100), "paid 70, PR-1 30");
	assert_only(
		&plan(Benefit { coinsurance: 100_000, ..in_full() }),
		line(100),
		"paid 90, PR-2 10",
	);
	assert_only(&plan(Benefit { copay: 15, ..in_full() }), line(100), "paid 85, PR-3 15");
}

#[test]
fn pr_96_for_a_category_that_the_plan_does_not_cover() {
	assert_only(&Plan::default(), line(100), "paid 0, PR-96 100");
	// Whatever else the plan says of it.
	let nothing = Benefit { covered: false, authorisation_required: true, ..in_full() };
	assert_only(&plan(nothing), line(100), "paid 0, PR-96 100");
}

#[test]
fn pr_119_for_a_benefit_that_is_used_up() {
	for benefit in [
		Benefit { visit_limit: Some(0), ..in_full() },
		Benefit { amount_limit: Some(AmountLimit::Considered(0)), ..in_full() },
		Benefit { amount_limit: Some(AmountLimit::Paid(0)), ..in_full() },
	] {
		assert_only(&plan(benefit), line(100), "paid 0, PR-119 100");
	}
}

#[test]
fn co_197_and_co_198_for_an_authorisation_that_is_absent_or_exceeded() {
	let demanding = plan(Benefit { authorisation_required: true, ..in_full() });
	let authorised = |quantity, amount| ClaimLine {
		authorisation: Some(Authorisation { quantity, amount }),
		..ClaimLine::new(CARE, 4, 100)
	};
	assert_only(&demanding, ClaimLine::new(CARE, 4, 100), "paid 0, CO-197 100");
	assert_only(&demanding, authorised(4, 100), "paid 100");
	assert_only(&demanding, authorised(3, 100), "paid 75, CO-198 25");
	assert_only(&demanding, authorised(4, 60), "paid 60, CO-198 40");
	assert_only(&demanding, authorised(3, 60), "paid 60, CO-198 40");
	assert_only(&demanding, authorised(0, 100), "paid 0, CO-198 100");
	// Where the plan demands none, one does not limit either.
	assert_only(&plan(in_full()), authorised(0, 0), "paid 100");
}

/// The code list of X12 as copied by ResDAC ("Revenue Center 1st ANSI Code"), and for B7 and 226
/// the code list as it is known in the field.
#[test]
fn reasons_and_groups_carry_their_x12_codes() {
	let codes: Vec<_> = Carc::ALL.iter().map(|carc| carc.x12()).collect();
	let expected = [
		"1", "2", "3", "16", "18", "22", "23", "26", "27", "29", "45", "50", "96", "97", "119",
		"131", "197", "198", "226", "B7",
	];
	assert_eq!(codes, expected);
	let groups = [
		Group::ContractualObligation,
		Group::PatientResponsibility,
		Group::OtherAdjustment,
		Group::PayerInitiated,
	];
	assert_eq!(groups.map(Group::x12), ["CO", "PR", "OA", "PI"]);
}

/// 18: "Use only with Group Code OA except where state workers' compensation regulations requires
/// CO" (as quoted by Palmetto GBA). 23: OA (X12 RFI 2062). 45: "Use only with Group Codes PR or CO
/// depending upon liability" (X12 RFI 2052).
#[test]
fn some_reasons_belong_to_some_groups_only() {
	use Group::*;
	let groups = [ContractualObligation, PatientResponsibility, OtherAdjustment, PayerInitiated];
	let fit = |carc: Carc| groups.map(|group| carc.fits(group));
	assert_eq!(fit(Carc::Duplicate), [false, false, true, false]);
	assert_eq!(fit(Carc::PriorPayer), [false, false, true, false]);
	assert_eq!(fit(Carc::FeeSchedule), [true, true, false, false]);
	for carc in [Carc::Deductible, Carc::Coinsurance, Carc::Copay] {
		assert_eq!(fit(carc), [false, true, false, false]);
	}
	assert_eq!(fit(Carc::NonCovered), [true; 4]);
	for carc in [
		Carc::LacksInformation,
		Carc::FilingLimit,
		Carc::Bundled,
		Carc::NegotiatedDiscount,
		Carc::NoAnswer,
		Carc::ProviderNotEligible,
	] {
		assert_eq!(fit(carc), [true, false, true, true], "{carc:?} is the provider's");
	}
}
