//! What holds for every case, whatever the rules in detail.

use super::generator::{benefit, case, plan, runner, Case, CATEGORIES};
use crate::*;
use proptest::{collection::vec, prelude::*, sample::Index};

const CASES: u32 = 20_000;
/// So large that four lines of 80 units still fit 128 bits.
const LARGE: Money = 1 << 119;

/// Cases of small amounts, which collide and round, and of amounts near 2^128, which overflow
/// whatever can.
fn cases(most: usize) -> impl Strategy<Value = Case> {
	prop_oneof![3 => case(1, most), 1 => case(LARGE, most), 1 => case(LARGE + 1_000_003, most)]
}

fn law<T: std::fmt::Debug>(
	strategy: impl Strategy<Value = T>,
	test: impl Fn(T) -> Result<(), TestCaseError>,
) {
	runner(CASES).run(&strategy, test).unwrap_or_else(|failure| panic!("{failure}"));
}

fn paid(plan: &Plan, before: &Accumulators, lines: &[ClaimLine]) -> Money {
	adjudicate(plan, before, lines).expect("a sound claim").totals.paid
}

#[test]
fn every_line_balances_and_nobody_pays_more_than_is_open() {
	law(cases(4), |case| {
		let adjudication = case.adjudicate().expect("a sound claim");
		prop_assert_eq!(verify(&case.lines, &adjudication.lines), Ok(adjudication.totals));
		for (line, result) in case.lines.iter().zip(adjudication.lines.iter()) {
			let adjusted: Money = result.adjustments.iter().map(|one| one.amount).sum();
			prop_assert_eq!(line.charge, result.paid + adjusted);
			let before = line.prior.map_or(0, |prior| prior.paid);
			prop_assert!(before + result.paid + result.patient_responsibility <= line.charge);
			if let Some(prior) = line.prior {
				prop_assert!(result.patient_responsibility <= prior.patient_responsibility);
			}
			prop_assert!(!result.is_denied() || result.paid == 0);
			prop_assert!(result.adjustments.len() <= 7);
		}
		let totals = adjudication.totals;
		let groups = totals.contractual_obligation
			+ totals.patient_responsibility
			+ totals.other_adjustment
			+ totals.payer_initiated;
		prop_assert_eq!(totals.charge, totals.paid + groups);
		Ok(())
	});
}

#[test]
fn no_accumulator_exceeds_its_limit_or_shrinks() {
	law(cases(4), |case| {
		let after = case.adjudicate().expect("a sound claim").accumulators;
		prop_assert!(case.plan.bounds(&after));
		prop_assert!(after.deductible >= case.before.deductible);
		prop_assert!(after.out_of_pocket >= case.before.out_of_pocket);
		for category in CATEGORIES {
			let (old, new) = (case.before.usage.get(category), after.usage.get(category));
			prop_assert!(old.visits <= new.visits && old.amount <= new.amount);
		}
		Ok(())
	});
}

#[test]
fn a_claim_is_the_fold_of_its_lines() {
	law((cases(4), any::<Index>()), |(case, index)| {
		let whole = case.adjudicate().expect("a sound claim");
		let (first, second) = case.lines.split_at(index.index(case.lines.len() + 1));
		let mut results = vec![];
		let mut accumulators = case.before;
		for part in [first, second].into_iter().filter(|part| !part.is_empty()) {
			let adjudication = adjudicate(&case.plan, &accumulators, part).expect("a sound part");
			accumulators = adjudication.accumulators;
			results.extend(adjudication.lines.into_inner());
		}
		prop_assert_eq!(&whole.lines[..], &results[..]);
		prop_assert_eq!(whole.accumulators, accumulators);
		Ok(())
	});
}

#[test]
fn reversing_restores_bit_for_bit_in_any_order() {
	law((case(1, 3), vec(any::<Index>(), 0..3), any::<bool>()), |(case, cuts, backwards)| {
		// The lines become claims, one after the other.
		let mut claims = vec![];
		let mut accumulators = case.before;
		let mut lines = &case.lines[..];
		for cut in cuts {
			let (claim, rest) = lines.split_at(cut.index(lines.len() + 1));
			claims.push(claim);
			lines = rest;
		}
		claims.push(lines);
		let mut results = vec![];
		for claim in claims.into_iter().filter(|claim| !claim.is_empty()) {
			let adjudication = adjudicate(&case.plan, &accumulators, claim).expect("sound");
			let restored = reverse(&adjudication.accumulators, &adjudication.lines);
			prop_assert_eq!(restored, Ok(accumulators));
			accumulators = adjudication.accumulators;
			results.push(adjudication.lines);
		}
		// With one taken back, the others' recorded results are what is left.
		for (index, result) in results.iter().enumerate() {
			let mut others = results.iter().enumerate().filter(|(other, _)| *other != index);
			let fold =
				others.try_fold(case.before, |sum, (_, other)| post(&case.plan, &sum, other));
			prop_assert_eq!(reverse(&accumulators, result), fold);
		}
		if backwards {
			results.reverse();
		}
		for result in &results {
			accumulators = reverse(&accumulators, result).expect("it was posted");
		}
		prop_assert_eq!(accumulators, case.before);
		Ok(())
	});
}

#[test]
fn a_higher_charge_never_lowers_what_is_paid_or_owed() {
	law((cases(1), 1u128..40), |(case, more)| {
		let higher = ClaimLine { charge: case.lines[0].charge + more, ..case.lines[0] };
		let low = case.adjudicate().expect("a sound claim").totals;
		let high = adjudicate(&case.plan, &case.before, &[higher]).expect("a sound claim").totals;
		prop_assert!(low.paid <= high.paid);
		let alone = higher.prior.is_none();
		prop_assert!(!alone || low.patient_responsibility <= high.patient_responsibility);
		Ok(())
	});
}

/// Accumulators with more, up to the limits, of what `which` selects.
fn more(case: &Case, which: usize, by: Money) -> Accumulators {
	let mut before = case.before;
	let maximum = case.plan.out_of_pocket_maximum.unwrap_or(before.out_of_pocket + by);
	let category = case.lines[0].category;
	let limits = case.plan.benefits.get(category);
	let usage = before.usage.get_mut(category);
	match which {
		0 => before.deductible = (before.deductible + by).min(case.plan.deductible),
		1 => before.out_of_pocket = (before.out_of_pocket + by).min(maximum),
		2 => usage.visits = (usage.visits + 1).min(limits.visit_limit.unwrap_or(u32::MAX)),
		_ => {
			usage.amount = match limits.amount_limit {
				Some(AmountLimit::Considered(limit) | AmountLimit::Paid(limit)) => {
					(usage.amount + by).min(limit)
				},
				None => usage.amount,
			};
		},
	}
	before
}

#[test]
fn more_met_never_lowers_and_more_used_never_raises_what_a_line_is_paid() {
	law((cases(1), 0usize..4, 1u128..40), |(mut case, which, by)| {
		let benefit = case.plan.benefits.get_mut(case.lines[0].category);
		if which == 2 && matches!(benefit.amount_limit, Some(AmountLimit::Considered(_))) {
			// Fewer visits are fewer copays too: the next example.
			benefit.copay = 0;
		}
		let less = paid(&case.plan, &case.before, &case.lines);
		let more = paid(&case.plan, &more(&case, which, by), &case.lines);
		let (low, high) = if which < 2 { (less, more) } else { (more, less) };
		prop_assert!(low <= high);
		Ok(())
	});
}

#[test]
fn more_met_never_lowers_what_a_claim_is_paid() {
	law((cases(4), 0usize..2, 1u128..40), |(mut case, which, by)| {
		for category in CATEGORIES {
			let benefit = case.plan.benefits.get_mut(category);
			if matches!(benefit.amount_limit, Some(AmountLimit::Paid(_))) {
				benefit.amount_limit = None;
			}
		}
		case.lines.iter_mut().for_each(|line| line.prior = None);
		let less = paid(&case.plan, &case.before, &case.lines);
		let more = paid(&case.plan, &more(&case, which, by), &case.lines);
		prop_assert!(less <= more);
		Ok(())
	});
}

/// An exception that the crate's documentation names, so that it stays true that it is one.
#[test]
fn fewer_visits_left_may_mean_fewer_copays_on_the_same_money() {
	let benefit = Benefit {
		covered: true,
		copay: 10,
		visit_limit: Some(2),
		amount_limit: Some(AmountLimit::Considered(50)),
		..Benefit::default()
	};
	let mut plan = Plan::default();
	*plan.benefits.get_mut(CATEGORIES[0]) = benefit;
	let lines = [ClaimLine::new(CATEGORIES[0], 2, 100)];
	assert_eq!(paid(&plan, &Accumulators::default(), &lines), 30);
	let mut before = Accumulators::default();
	before.usage.get_mut(CATEGORIES[0]).visits = 1;
	assert_eq!(paid(&plan, &before, &lines), 40);
}

/// An exception that the crate's documentation names, so that it stays true that it is one.
#[test]
fn with_an_annual_maximum_used_up_more_met_may_lower_what_a_claim_is_paid() {
	let deductible = Benefit { covered: true, deductible_applies: true, ..Benefit::default() };
	let mut plan = Plan { deductible: 100, out_of_pocket_maximum: Some(100), ..Plan::default() };
	plan.benefits.dental_and_vision =
		Benefit { amount_limit: Some(AmountLimit::Paid(0)), ..deductible };
	plan.benefits.specialist =
		Benefit { deductible_applies: false, coinsurance: WHOLE, ..deductible };
	let lines = [BenefitCategory::DentalAndVision, BenefitCategory::Specialist]
		.map(|category| ClaimLine::new(category, 1, 100));
	assert_eq!(paid(&plan, &Accumulators::default(), &lines), 100);
	let met = Accumulators { deductible: 100, ..Accumulators::default() };
	assert_eq!(paid(&plan, &met, &lines), 0);
}

#[test]
fn a_harsher_benefit_never_pays_a_line_more() {
	law((cases(1), 0usize..3, 1u128..40), |(case, which, by)| {
		let mut plan = case.plan.clone();
		let benefit = plan.benefits.get_mut(case.lines[0].category);
		match which {
			0 => benefit.copay += by,
			1 => benefit.coinsurance = (benefit.coinsurance + 10_000).min(WHOLE),
			_ => benefit.allowed_cap = benefit.allowed_cap.map(|cap| cap.saturating_sub(by).max(1)),
		}
		let mild = paid(&case.plan, &case.before, &case.lines);
		prop_assert!(paid(&plan, &case.before, &case.lines) <= mild);
		Ok(())
	});
}

#[test]
fn with_one_benefit_for_all_the_order_of_lines_moves_less_than_a_unit_a_line() {
	let charges = vec(0u128..90, 1..6)
		.prop_flat_map(|charges| (Just(charges.clone()), Just(charges).prop_shuffle()));
	law((plan(1), benefit(1), charges), |(mut plan, template, (charges, shuffled))| {
		let benefit = Benefit {
			covered: true,
			deductible_applies: template.deductible_applies,
			allowed_cap: template.allowed_cap,
			coinsurance: template.coinsurance,
			..Benefit::default()
		};
		*plan.benefits.get_mut(CATEGORIES[0]) = benefit;
		let paid = |charges: &[Money]| {
			let lines: Vec<_> =
				charges.iter().map(|charge| ClaimLine::new(CATEGORIES[0], 1, *charge)).collect();
			paid(&plan, &Accumulators::default(), &lines)
		};
		let difference = paid(&charges).abs_diff(paid(&shuffled));
		prop_assert!(difference < Money::try_from(charges.len()).unwrap());
		Ok(())
	});
}

#[test]
fn the_member_bears_the_percentage_rounded_down() {
	law((0u128..1 << 100, 0..=WHOLE), |(charge, coinsurance)| {
		let mut plan = Plan::default();
		*plan.benefits.get_mut(CATEGORIES[0]) =
			Benefit { covered: true, coinsurance, ..Benefit::default() };
		let line = ClaimLine::new(CATEGORIES[0], 1, charge);
		let adjudication = adjudicate(&plan, &Accumulators::default(), &[line]).expect("sound");
		let (owed, exact) = (
			adjudication.totals.patient_responsibility * Money::from(WHOLE),
			charge * Money::from(coinsurance),
		);
		prop_assert!(owed <= exact && exact - owed < Money::from(WHOLE));
		Ok(())
	});
}

/// Every amount times `factor`.
fn scaled(case: &Case, factor: Money) -> Case {
	let mut case = case.clone();
	case.plan.deductible *= factor;
	case.before.deductible *= factor;
	case.before.out_of_pocket *= factor;
	if let Some(maximum) = &mut case.plan.out_of_pocket_maximum {
		*maximum *= factor;
	}
	for category in CATEGORIES {
		let benefit = case.plan.benefits.get_mut(category);
		benefit.copay *= factor;
		if let Some(cap) = &mut benefit.allowed_cap {
			*cap *= factor;
		}
		match &mut benefit.amount_limit {
			Some(AmountLimit::Considered(limit) | AmountLimit::Paid(limit)) => *limit *= factor,
			None => {},
		}
		case.before.usage.get_mut(category).amount *= factor;
	}
	for line in &mut case.lines {
		line.charge *= factor;
		if let Some(authorisation) = &mut line.authorisation {
			authorisation.amount *= factor;
		}
		if let Some(prior) = &mut line.prior {
			prior.paid *= factor;
			prior.patient_responsibility *= factor;
		}
	}
	case
}

#[test]
fn amounts_times_a_factor_give_the_result_times_the_factor() {
	// With amounts in multiples of this, five units and a percentage divide without remainder.
	const EVEN: Money = 120_000_000;
	law((case(1, 3), 1u128..1 << 80), |(mut case, factor)| {
		// A prior payer may leave an odd part of the deductible to the next line.
		if case.lines.len() > 1 {
			case.lines.iter_mut().for_each(|line| line.prior = None);
		}
		let even = scaled(&case, EVEN);
		let small = even.adjudicate().expect("a sound claim");
		let large = scaled(&even, factor).adjudicate().expect("a sound claim");
		for (small, large) in small.lines.iter().zip(large.lines.iter()) {
			prop_assert_eq!(small.paid * factor, large.paid);
			prop_assert_eq!(small.usage.visits, large.usage.visits);
			prop_assert_eq!(small.usage.amount * factor, large.usage.amount);
			let scaled: Vec<_> = small
				.adjustments
				.iter()
				.map(|one| Adjustment { amount: one.amount * factor, ..*one })
				.collect();
			prop_assert_eq!(&scaled[..], &large.adjustments[..]);
		}
		Ok(())
	});
}
