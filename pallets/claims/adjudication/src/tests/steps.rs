//! One named example for each rule about the order within a line, and for rounding. No published
//! numbers: the amounts are ours.

use super::*;

#[test]
fn copay_and_coinsurance_on_one_line_take_the_copay_first() {
	let plan = plan(Benefit { copay: 50, coinsurance: 200_000, ..in_full() });
	// 20 % of the 150 that the copay leaves, not of 200.
	assert_eq!(spelled(&settle_one(&plan, &fresh(), line(200))), "paid 120, PR-3 50, PR-2 30");
}

#[test]
fn every_step_takes_its_part_in_order() {
	let benefit = Benefit {
		authorisation_required: true,
		deductible_applies: true,
		allowed_cap: Some(200),
		visit_limit: Some(3),
		amount_limit: Some(AmountLimit::Considered(500)),
		copay: 20,
		coinsurance: 250_000,
		..in_full()
	};
	let plan = Plan { deductible: 100, out_of_pocket_maximum: Some(1_000), ..plan(benefit) };
	// 5 units for 1,200: the cap allows 1,000; 4 units and 760 are authorised; 3 visits are left of
	// them, 570; 500 may be considered; 100 deductible; 3 × 20 copay; a quarter of 340.
	let line = ClaimLine {
		authorisation: Some(Authorisation { quantity: 4, amount: 760 }),
		..ClaimLine::new(CARE, 5, 1_200)
	};
	let adjudication = settle(&plan, &fresh(), &[line]);
	let expected = "paid 255, CO-45 200, CO-198 240, PR-1 100, PR-3 60, PR-2 85, PR-119 260";
	assert_eq!(spelled(&adjudication.lines[0]), expected);
	let accumulators = adjudication.accumulators;
	assert_eq!((accumulators.deductible, accumulators.out_of_pocket), (100, 245));
	assert_eq!(*accumulators.usage.get(CARE), Usage { visits: 3, amount: 500 });
}

#[test]
fn a_copay_above_the_allowed_amount_is_cut_to_it() {
	let plan = plan(Benefit { allowed_cap: Some(30), copay: 50, ..in_full() });
	assert_eq!(spelled(&settle_one(&plan, &fresh(), line(100))), "paid 0, CO-45 70, PR-3 30");
}

#[test]
fn a_copay_falls_due_on_what_the_deductible_leaves() {
	let plan = Plan {
		deductible: 90,
		..plan(Benefit { deductible_applies: true, copay: 20, ..in_full() })
	};
	assert_eq!(spelled(&settle_one(&plan, &fresh(), line(90))), "paid 0, PR-1 90");
	assert_eq!(spelled(&settle_one(&plan, &fresh(), line(100))), "paid 0, PR-1 90, PR-3 10");
	assert_eq!(spelled(&settle_one(&plan, &fresh(), line(150))), "paid 40, PR-1 90, PR-3 20");
}

#[test]
fn a_copay_is_for_each_unit_that_counts() {
	let plan = plan(Benefit { copay: 10, visit_limit: Some(2), ..in_full() });
	let three = ClaimLine::new(CARE, 3, 300);
	assert_eq!(spelled(&settle_one(&plan, &fresh(), three)), "paid 180, PR-3 20, PR-119 100");
}

#[test]
fn a_deductible_that_does_not_apply_is_not_taken() {
	let plan = Plan { deductible: 90, ..plan(in_full()) };
	assert_eq!(spelled(&settle_one(&plan, &fresh(), line(100))), "paid 100");
}

#[test]
fn a_visit_limit_is_reached_in_mid_line() {
	let plan = plan(Benefit { visit_limit: Some(20), ..in_full() });
	let mut before = fresh();
	before.usage.primary_care.visits = 18;
	let line = ClaimLine::new(CARE, 5, 500);
	let adjudication = settle(&plan, &before, &[line, line]);
	assert_eq!(spelled(&adjudication.lines[0]), "paid 200, PR-119 300");
	assert_eq!(spelled(&adjudication.lines[1]), "paid 0, PR-119 500");
	assert_eq!(adjudication.accumulators.usage.get(CARE).visits, 20);
}

/// As a physical therapy practice explains it to its patients
/// (pantherpt.com/physical-therapy-visit-limits-caps-authorizations-benefit-periods).
#[test]
fn a_visit_counts_even_if_the_deductible_took_all_of_it() {
	let benefit = Benefit { deductible_applies: true, visit_limit: Some(20), ..in_full() };
	let plan = Plan { deductible: 1_000, ..plan(benefit) };
	let adjudication = settle(&plan, &fresh(), &[line(100)]);
	assert_eq!(spelled(&adjudication.lines[0]), "paid 0, PR-1 100");
	assert_eq!(*adjudication.accumulators.usage.get(CARE), Usage { visits: 1, amount: 0 });
}

#[test]
fn a_limit_on_money_is_reached_in_mid_line() {
	for (limit, expected) in [
		(AmountLimit::Considered(250), "paid 200, PR-2 50, PR-119 150"),
		(AmountLimit::Paid(250), "paid 250, PR-2 80, PR-119 70"),
	] {
		let plan = plan(Benefit { coinsurance: 200_000, amount_limit: Some(limit), ..in_full() });
		assert_eq!(spelled(&settle_one(&plan, &fresh(), line(400))), expected);
	}
}

#[test]
fn the_out_of_pocket_maximum_is_reached_in_mid_line_at_every_step() {
	let benefit =
		Benefit { deductible_applies: true, copay: 30, coinsurance: 500_000, ..in_full() };
	for (maximum, expected) in [
		(0, "paid 300"),
		(60, "paid 240, PR-1 60"),
		(100, "paid 200, PR-1 100"),
		(120, "paid 180, PR-1 100, PR-3 20"),
		(130, "paid 170, PR-1 100, PR-3 30"),
		(150, "paid 150, PR-1 100, PR-3 30, PR-2 20"),
		(215, "paid 85, PR-1 100, PR-3 30, PR-2 85"),
		(216, "paid 85, PR-1 100, PR-3 30, PR-2 85"),
	] {
		let plan = Plan { deductible: 100, out_of_pocket_maximum: Some(maximum), ..plan(benefit) };
		let adjudication = settle(&plan, &fresh(), &[line(300)]);
		assert_eq!(spelled(&adjudication.lines[0]), expected, "maximum {maximum}");
		// A deductible that was not charged was not met.
		assert_eq!(adjudication.accumulators.deductible, maximum.min(100));
	}
}

#[test]
fn what_is_not_covered_neither_counts_towards_the_maximum_nor_stops_at_it() {
	let mut plan = plan(Benefit { visit_limit: Some(0), ..in_full() });
	plan.out_of_pocket_maximum = Some(10);
	plan.benefits.imaging = Benefit::default();
	let lines = [line(500), ClaimLine::new(BenefitCategory::Imaging, 1, 700)];
	let adjudication = settle(&plan, &fresh(), &lines);
	assert_eq!(adjudication.totals.patient_responsibility, 1_200);
	assert_eq!(adjudication.accumulators, fresh());
}

#[test]
fn the_order_of_lines_decides_who_meets_the_deductible() {
	let mut plan = Plan { deductible: 100, ..plan(in_full()) };
	plan.benefits.primary_care = Benefit { deductible_applies: true, ..in_full() };
	plan.benefits.imaging = Benefit { coinsurance: 500_000, ..plan.benefits.primary_care };
	let (visit, scan) = (line(100), ClaimLine::new(BenefitCategory::Imaging, 1, 100));

	// The visit uses the deductible up, so the scan is shared; the other way round the scan uses it
	// up, and nothing is shared.
	let owed = |lines: &[ClaimLine]| settle(&plan, &fresh(), lines).totals.patient_responsibility;
	assert_eq!(owed(&[visit, scan]), 150);
	assert_eq!(owed(&[scan, visit]), 100);
}

#[test]
fn a_percentage_is_rounded_down_so_that_the_fraction_is_the_payers() {
	let plan = plan(Benefit { coinsurance: 333_333, ..in_full() });
	// 33.3333 % of 2 is 0.67, of 3 is 0.999999, of 4 is 1.33.
	for (charge, expected) in
		[(2, "paid 2"), (3, "paid 3"), (4, "paid 3, PR-2 1"), (100, "paid 67, PR-2 33")]
	{
		assert_eq!(spelled(&settle_one(&plan, &fresh(), line(charge))), expected);
	}
}

#[test]
fn a_part_of_the_units_is_rounded_down_too() {
	let three = ClaimLine::new(CARE, 3, 100);
	// One unit of three is beyond the limit: 33.33.
	let limited = plan(Benefit { visit_limit: Some(2), ..in_full() });
	assert_eq!(spelled(&settle_one(&limited, &fresh(), three)), "paid 67, PR-119 33");
	// Two units of three are beyond the authorisation: 66.67.
	let demanding = plan(Benefit { authorisation_required: true, ..in_full() });
	let authorisation = Some(Authorisation { quantity: 1, amount: 1_000 });
	let authorised = ClaimLine { authorisation, ..three };
	assert_eq!(spelled(&settle_one(&demanding, &fresh(), authorised)), "paid 34, CO-198 66");
}

#[test]
fn a_line_without_charge_comes_to_nothing_and_uses_nothing() {
	let plan = plan(Benefit { copay: 20, visit_limit: Some(1), ..in_full() });
	let adjudication = settle(&plan, &fresh(), &[line(0)]);
	assert_eq!(spelled(&adjudication.lines[0]), "paid 0");
	assert_eq!(adjudication.accumulators, fresh());
}
