//! Worked examples from published benefit designs, to the unit.
//!
//! One unit is one dollar, as published. Each example names the page from which its numbers were
//! taken; where that is a copy, it says of what. The examples of coordination of benefits (X12, 42
//! CFR) are in `coordination.rs`.

use super::*;

const PERCENT: PartsPerMillion = 10_000;

fn paid_and_owed(result: &LineResult) -> (Money, Money) {
	(result.paid, result.patient_responsibility)
}

/// "How You and Your Insurer Share Costs", Jane's plan, of the US Uniform Glossary of Health
/// Coverage and Medical Terms (CMS, DOL, Treasury). Numbers as copied at
/// myadvicare.com/how-you-and-your-insurer-share-costs-2.
#[test]
fn uniform_glossary_jane_shares_costs_with_her_insurer() {
	let benefit = Benefit { deductible_applies: true, coinsurance: 20 * PERCENT, ..in_full() };
	let plan = Plan { deductible: 1_500, out_of_pocket_maximum: Some(5_000), ..plan(benefit) };

	// January: she has not reached her deductible.
	let january = settle(&plan, &fresh(), &[line(125)]);
	assert_eq!(spelled(&january.lines[0]), "paid 0, PR-1 125");
	assert_eq!(plan.deductible - january.accumulators.deductible, 1_375);

	// June: she has met it, and coinsurance begins.
	let june = Accumulators { deductible: 1_500, out_of_pocket: 1_500, ..fresh() };
	assert_eq!(spelled(&settle_one(&plan, &june, line(75))), "paid 60, PR-2 15");

	// December: she has reached her out-of-pocket limit.
	let december = Accumulators { out_of_pocket: 5_000, ..june };
	assert_eq!(spelled(&settle_one(&plan, &december, line(200))), "paid 200");
}

/// The definitions of copayment and coinsurance at HealthCare.gov, as copied at
/// nevadainfusion.com/faqs: an allowable cost of $100, a copayment of $20, a coinsurance of 20 %, a
/// deductible of $2,000.
#[test]
fn healthcare_gov_copayment_and_coinsurance_before_and_after_the_deductible() {
	let met = Accumulators { deductible: 2_000, out_of_pocket: 2_000, ..fresh() };
	let copay = Benefit { deductible_applies: true, copay: 20, ..in_full() };
	let coinsurance = Benefit { deductible_applies: true, coinsurance: 20 * PERCENT, ..in_full() };
	for benefit in [copay, coinsurance] {
		let plan = Plan { deductible: 2_000, ..plan(benefit) };
		assert_eq!(paid_and_owed(&settle_one(&plan, &met, line(100))), (80, 20));
		assert_eq!(paid_and_owed(&settle_one(&plan, &fresh(), line(100))), (0, 100));
	}
}

/// The template of the US Summary of Benefits and Coverage (CMS, May 2012, omb.report
/// 201506-0938-006): a hospital charges $1,500 for an overnight stay, the allowed amount is $1,000,
/// and a coinsurance of 20 % is $200. The $500 above are the patient's there, out of network; here
/// the provider has accepted the plan's fees, so they are CO.
#[test]
fn sbc_template_allowed_amount_below_the_charge() {
	let benefit = Benefit { allowed_cap: Some(1_000), coinsurance: 20 * PERCENT, ..in_full() };
	let result = settle_one(&plan(benefit), &fresh(), line(1_500));
	assert_eq!(spelled(&result), "paid 800, CO-45 500, PR-2 200");
}

/// The coverage example "Peg is Having a Baby" of a Summary of Benefits and Coverage: a deductible
/// of $1,800, 20 % for everything, deductibles $1,800, coinsurance $2,180, total $3,980
/// (mshealth.docshound.net). The example's total cost of $12,700 is that of the common template
/// (online.flippingbook.com/view/789101963). How it divides among services is not published; the
/// division below is ours, and with one percentage for all it does not matter.
#[test]
fn sbc_coverage_example_peg_is_having_a_baby() {
	let benefit = Benefit { deductible_applies: true, coinsurance: 20 * PERCENT, ..in_full() };
	let plan = Plan { deductible: 1_800, ..plan(benefit) };
	let charge = |category, charge| ClaimLine::new(category, 1, charge);
	let mut lines = [
		charge(BenefitCategory::Specialist, 1_500),
		charge(BenefitCategory::DiagnosticTest, 900),
		charge(BenefitCategory::HospitalStay, 8_000),
		charge(BenefitCategory::Sensitive, 2_300),
	];
	for _ in 0..lines.len() {
		lines.rotate_left(1);
		let adjudication = settle(&plan, &fresh(), &lines);
		let Adjudication { totals, accumulators, .. } = adjudication;
		assert_eq!(totals.charge, 12_700);
		assert_eq!(accumulators.deductible, 1_800);
		assert_eq!(accumulators.out_of_pocket - accumulators.deductible, 2_180);
		assert_eq!(totals.patient_responsibility, 3_980);
		assert_eq!(totals.paid, 8_720);
	}
}

/// "How coinsurance works" of the Texas A&M University System
/// (tamus.edu/business/how-coinsurance-works): a bill of $1,400, a deductible of $400, 20 %.
#[test]
fn tamus_deductible_then_coinsurance_within_one_line() {
	let benefit = Benefit { deductible_applies: true, coinsurance: 20 * PERCENT, ..in_full() };
	let plan = Plan { deductible: 400, ..plan(benefit) };
	let result = settle_one(&plan, &fresh(), line(1_400));
	assert_eq!(spelled(&result), "paid 800, PR-1 400, PR-2 200");
}

/// Blue Cross and Blue Shield of Texas, "Deductibles, Coinsurance and Maximum Limits"
/// (bcbstx.com/insurance-basics): a deductible of $5,000, 20 %, an out-of-pocket maximum of $6,000.
#[test]
fn bcbstx_deductible_coinsurance_and_maximum() {
	let benefit = Benefit { deductible_applies: true, coinsurance: 20 * PERCENT, ..in_full() };
	let plan = Plan { deductible: 5_000, out_of_pocket_maximum: Some(6_000), ..plan(benefit) };

	// Example 1. At $1,000 of coinsurance, $6,000 are paid, and the plan covers 100 %: all three
	// within one line.
	let result = settle_one(&plan, &fresh(), line(20_000));
	assert_eq!(spelled(&result), "paid 14000, PR-1 5000, PR-2 1000");

	// Example 2. The deductible met, an X-ray of $200: the plan $160, the member $40.
	let met = Accumulators { deductible: 5_000, out_of_pocket: 5_000, ..fresh() };
	assert_eq!(spelled(&settle_one(&plan, &met, line(200))), "paid 160, PR-2 40");

	// Example 3. The plan covers at most $200 for an X-ray, the doctor charges $300: a difference
	// of $100.
	let mut capped = plan;
	capped.benefits.primary_care.allowed_cap = Some(200);
	assert_eq!(spelled(&settle_one(&capped, &met, line(300))), "paid 160, CO-45 100, PR-2 40");
}

/// "Obamacare Basics" (univistainsurance.com/blog/obamacare-plan-basics): a deductible of $3,000,
/// 15 %, an out-of-pocket maximum of $5,000, and services of $5,000, $7,000 and $20,000. The page
/// has the member pay $650 of the last and the insurer $19,250, which is $100 short of the bill;
/// the insurer's part is $19,350.
#[test]
fn univista_deductible_then_coinsurance_then_maximum_within_one_claim() {
	let benefit = Benefit { deductible_applies: true, coinsurance: 15 * PERCENT, ..in_full() };
	let plan = Plan { deductible: 3_000, out_of_pocket_maximum: Some(5_000), ..plan(benefit) };
	let lines = [line(5_000), line(7_000), line(20_000)];

	let adjudication = settle(&plan, &fresh(), &lines);
	let spelled: Vec<_> = adjudication.lines.iter().map(spelled).collect();
	let expected =
		["paid 1700, PR-1 3000, PR-2 300", "paid 5950, PR-2 1050", "paid 19350, PR-2 650"];
	assert_eq!(spelled, expected);
	assert_eq!(adjudication.totals.patient_responsibility, 5_000);
}

/// Valley Benefit, "Deductibles, Copayments and Coinsurance"
/// (valleybenefit.com/deductibles-copayments-coinsurance): a copayment of $25 for an office visit;
/// if the charge is less than the copay, the patient pays the smaller of the two.
#[test]
fn valley_benefit_a_copay_is_never_more_than_the_charge() {
	let plan = plan(Benefit { copay: 25, ..in_full() });
	assert_eq!(spelled(&settle_one(&plan, &fresh(), line(60))), "paid 35, PR-3 25");
	assert_eq!(spelled(&settle_one(&plan, &fresh(), line(18))), "paid 0, PR-3 18");
}

/// Delta Dental of Arizona, "What is an annual maximum"
/// (deltadentalazblog.com/dental-decoded-what-is-an-annual-maximum): a maximum of $1,000, a crown
/// of $800 at 50 %: $400 each, and $600 left. The second crown is ours: it meets the maximum.
#[test]
fn delta_dental_annual_maximum_counts_what_the_plan_paid() {
	let benefit = Benefit {
		coinsurance: 50 * PERCENT,
		amount_limit: Some(AmountLimit::Paid(1_000)),
		..in_full()
	};
	let plan = plan(benefit);
	let crown = settle(&plan, &fresh(), &[line(800)]);
	assert_eq!(spelled(&crown.lines[0]), "paid 400, PR-2 400");
	assert_eq!(1_000 - crown.accumulators.usage.get(CARE).amount, 600);

	let second = settle_one(&plan, &crown.accumulators, line(1_400));
	assert_eq!(spelled(&second), "paid 600, PR-2 700, PR-119 100");
}

/// Medicare's limit on incurred expenses for physical therapy in 2017: $1,980, towards which the
/// deductible and coinsurance that the beneficiary paid count (the rule of CMS as copied at
/// pearlecomputer.blogspot.com). The amounts of the lines are ours.
#[test]
fn medicare_therapy_limit_counts_the_members_share_too() {
	let benefit = Benefit {
		coinsurance: 20 * PERCENT,
		amount_limit: Some(AmountLimit::Considered(1_980)),
		..in_full()
	};
	let adjudication = settle(&plan(benefit), &fresh(), &[line(1_500), line(600)]);
	assert_eq!(spelled(&adjudication.lines[0]), "paid 1200, PR-2 300");
	assert_eq!(spelled(&adjudication.lines[1]), "paid 384, PR-2 96, PR-119 120");
	assert_eq!(adjudication.accumulators.usage.get(CARE).amount, 1_980);
}

/// X12, 005010X221 example 03, "Claim Specific Negotiated Discount"
/// (x12.org/examples/005010x221): CLP 226 charged, 132 paid, and five service lines, each SVC with
/// one CAS\*CO\*131. A person's decision, balanced by line and by claim.
#[test]
fn x12_835_example_03_balances() {
	let plan = plan(in_full());
	let services = [(46, 25, 21), (25, 14, 11), (22, 10, 12), (60, 34, 26), (73, 49, 24)];
	let lines = services.map(|(charge, ..)| line(charge));
	let results: Vec<_> = services
		.iter()
		.zip(&lines)
		.map(|((_, paid, discount), line)| {
			let group = Group::ContractualObligation;
			let discount = Adjustment::new(group, Carc::NegotiatedDiscount, *discount);
			decide_line(&plan, line, *paid, vec![discount].try_into().unwrap()).unwrap()
		})
		.collect();
	let totals = verify(&lines, &results).unwrap();
	assert_eq!((totals.charge, totals.paid, totals.contractual_obligation), (226, 132, 94));
}
