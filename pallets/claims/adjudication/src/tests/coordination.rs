//! Coordination of benefits: published examples, and one for each rule.

use super::*;

fn after(charge: Money, paid: Money, patient_responsibility: Money) -> ClaimLine {
	let prior = Some(PriorPayment { paid, patient_responsibility });
	ClaimLine { prior, ..line(charge) }
}

fn with(coordination: Coordination, benefit: Benefit) -> Plan {
	Plan { coordination, ..plan(benefit) }
}

const BOTH: [Coordination; 2] = [Coordination::HigherAllowed, Coordination::OwnAllowed];

/// 42 CFR § 411.33(b) (law.cornell.edu/cfr/text/42/411.33): a charge of $175, of which the primary
/// payer allowed $150 and paid $120; Medicare's fee is $125 with 20 % coinsurance, its deductible
/// met. It pays the lowest of $55, $100 and $30.
#[test]
fn cfr_411_33_medicare_pays_second() {
	let benefit = Benefit { allowed_cap: Some(125), coinsurance: 200_000, ..in_full() };
	let medicare = with(Coordination::HigherAllowed, benefit);
	assert_eq!(settle_one(&medicare, &fresh(), line(175)).paid, 100, "were it the first");
	let result = settle_one(&medicare, &fresh(), after(175, 120, 30));
	assert_eq!(spelled(&result), "paid 30, OA-23 145");
}

/// X12 RFI 1696 (rfi.x12.org/Request/Details/1696), as its author wants it reported: of $500,
/// Medicare paid 300, with PR 1 of 75 and CO 45 of 125; Medicaid pays 65, with OA 23 of 425 and
/// CO 45 of 10. Medicaid's fee of 365 is what these numbers come to.
#[test]
fn x12_rfi_1696_medicaid_pays_the_lesser_of() {
	let medicaid = with(Coordination::OwnAllowed, Benefit { allowed_cap: Some(365), ..in_full() });
	let result = settle_one(&medicaid, &fresh(), after(500, 300, 75));
	assert_eq!(spelled(&result), "paid 65, OA-23 425, CO-45 10");
}

/// X12 RFI 387 (rfi.x12.org/Request/Details/387): the primary payer paid a line of 10 in full, and
/// the secondary would have applied it to the deductible. The answer: OA 23 of 10, and nothing else.
#[test]
fn x12_rfi_387_nothing_is_left_to_share() {
	let benefit = Benefit { deductible_applies: true, visit_limit: Some(5), ..in_full() };
	for coordination in BOTH {
		let plan = Plan { deductible: 50, ..with(coordination, benefit) };
		let adjudication = settle(&plan, &fresh(), &[after(10, 10, 0)]);
		assert_eq!(spelled(&adjudication.lines[0]), "paid 0, OA-23 10");
		assert_eq!(adjudication.accumulators, fresh());
	}
}

/// The guide to coordination of the Canadian Life and Health Insurance Association
/// (clhia.uberflip.com/i/405145/7): the second plan pays the lowest of what it would have paid as
/// the first and of the eligible expense minus what the first paid. Amounts ours.
#[test]
fn clhia_the_second_plan_pays_the_lowest_of_the_two() {
	let plan = with(Coordination::HigherAllowed, Benefit { coinsurance: 400_000, ..in_full() });
	// It would have paid 60; 20 or 80 are open.
	let little = settle_one(&plan, &fresh(), after(100, 80, 20));
	assert_eq!(spelled(&little), "paid 20, OA-23 80");
	let much = settle_one(&plan, &fresh(), after(100, 20, 80));
	assert_eq!(spelled(&much), "paid 60, OA-23 20, PR-2 20");
}

#[test]
fn only_what_the_member_really_pays_counts() {
	let benefit = Benefit {
		deductible_applies: true,
		copay: 10,
		coinsurance: 500_000,
		visit_limit: Some(3),
		amount_limit: Some(AmountLimit::Considered(1_000)),
		..in_full()
	};
	let plan = Plan { deductible: 40, ..with(Coordination::HigherAllowed, benefit) };
	// As the first: 40 + 10 + 25 shared, 25 paid. 60 are open: 25 are paid, and 35 of the
	// deductible remain.
	let adjudication = settle(&plan, &fresh(), &[after(100, 40, 60)]);
	assert_eq!(spelled(&adjudication.lines[0]), "paid 25, OA-23 40, PR-1 35");
	let accumulators = adjudication.accumulators;
	assert_eq!((accumulators.deductible, accumulators.out_of_pocket), (35, 35));
	assert_eq!(*accumulators.usage.get(CARE), Usage { visits: 1, amount: 60 });
}

#[test]
fn what_the_provider_bears_comes_before_what_the_patient_bears() {
	let benefit =
		Benefit { authorisation_required: true, copay: 15, visit_limit: Some(2), ..in_full() };
	// As the first, for 4 units of 100: 25 unauthorised, 25 beyond the visits, 30 copay, 20 paid.
	let authorisation = Some(Authorisation { quantity: 3, amount: 100 });
	for (open, expected) in [
		(10, "paid 10, OA-23 90"),
		(30, "paid 20, OA-23 70, CO-198 10"),
		(60, "paid 20, OA-23 40, CO-198 25, PR-3 15"),
		(90, "paid 20, OA-23 10, CO-198 25, PR-3 30, PR-119 15"),
		(100, "paid 20, CO-198 25, PR-3 30, PR-119 25"),
	] {
		for coordination in BOTH {
			let line = ClaimLine { authorisation, quantity: 4, ..after(100, 100 - open, open) };
			let result = settle_one(&with(coordination, benefit), &fresh(), line);
			assert_eq!(spelled(&result), expected);
		}
	}
}

#[test]
fn an_excess_of_the_prior_payers_fee_is_the_patients_or_written_off() {
	let benefit = Benefit { allowed_cap: Some(40), ..in_full() };
	// 90 were allowed and 10 of them paid; this plan would pay 40.
	let line = after(100, 10, 80);
	let higher = settle_one(&with(Coordination::HigherAllowed, benefit), &fresh(), line);
	assert_eq!(spelled(&higher), "paid 40, OA-23 20, PR-45 40");
	let own = settle_one(&with(Coordination::OwnAllowed, benefit), &fresh(), line);
	assert_eq!(spelled(&own), "paid 30, OA-23 20, CO-45 50");
}

#[test]
fn a_limit_on_what_is_paid_counts_what_was_paid_second() {
	let benefit = Benefit { amount_limit: Some(AmountLimit::Paid(25)), ..in_full() };
	let plan = with(Coordination::HigherAllowed, benefit);
	let adjudication = settle(&plan, &fresh(), &[after(100, 80, 20), after(100, 80, 20)]);
	assert_eq!(spelled(&adjudication.lines[0]), "paid 20, OA-23 80");
	assert_eq!(spelled(&adjudication.lines[1]), "paid 5, OA-23 80, PR-119 15");
}

#[test]
fn a_denial_is_of_what_is_open_but_a_duplicate_is_whole() {
	for (denial, expected) in [
		(None, "paid 0, OA-23 70, PR-96 30"),
		(Some(Denial::FilingLimit), "paid 0, OA-23 70, CO-29 30"),
		(Some(Denial::AfterCoverage), "paid 0, OA-23 70, PR-27 30"),
		(Some(Denial::Duplicate), "paid 0, OA-18 100"),
	] {
		let line = ClaimLine { denial, ..after(100, 50, 30) };
		assert_eq!(spelled(&settle_one(&Plan::default(), &fresh(), line)), expected);
	}
}

#[test]
fn three_payers_together_pay_the_charge_and_no_more() {
	let plan = with(Coordination::HigherAllowed, Benefit { coinsurance: 500_000, ..in_full() });
	let first = settle_one(&plan, &fresh(), line(100));
	assert_eq!(spelled(&first), "paid 50, PR-2 50");
	let second = settle_one(&plan, &fresh(), after(100, 50, 50));
	assert_eq!(spelled(&second), "paid 50, OA-23 50");
	let third = settle_one(&plan, &fresh(), after(100, 100, 0));
	assert_eq!(spelled(&third), "paid 0, OA-23 100");
}

#[test]
fn prior_payers_cannot_account_for_more_than_the_charge() {
	let plan = plan(in_full());
	for (paid, patient) in [(101, 0), (0, 101), (60, 41), (Money::MAX, 1), (1, Money::MAX)] {
		let lines = [line(100), after(100, paid, patient)];
		let error = Error::Line { index: 1, error: LineError::PriorAboveCharge };
		assert_eq!(adjudicate(&plan, &fresh(), &lines), Err(error));
	}
	assert!(adjudicate(&plan, &fresh(), &[after(100, 60, 40)]).is_ok());
}
