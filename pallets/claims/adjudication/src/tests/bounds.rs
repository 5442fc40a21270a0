//! Bounds at the most and one more, and extreme amounts: an exact answer or a clear error.

use super::*;
use crate::arithmetic::{part, take};

const MAX: Money = Money::MAX;

#[test]
fn a_claim_has_one_to_sixty_four_lines() {
	let plan = plan(in_full());
	let lines = vec![line(1); MAX_LINES + 1];
	assert_eq!(adjudicate(&plan, &fresh(), &[]), Err(Error::NoLines));
	assert_eq!(adjudicate(&plan, &fresh(), &lines), Err(Error::TooManyLines));
	assert_eq!(settle(&plan, &fresh(), &lines[1..]).totals.paid, 64);
}

#[test]
fn a_line_has_at_least_one_unit() {
	let lines = [line(1), ClaimLine { quantity: 0, ..line(1) }];
	let error = Error::Line { index: 1, error: LineError::ZeroQuantity };
	assert_eq!(adjudicate(&plan(in_full()), &fresh(), &lines), Err(error));
}

#[test]
fn a_share_is_at_most_the_whole() {
	let whole = plan(Benefit { coinsurance: WHOLE, ..in_full() });
	assert_eq!(spelled(&settle_one(&whole, &fresh(), line(7))), "paid 0, PR-2 7");
	let mut more = whole;
	more.benefits.sensitive.coinsurance = WHOLE + 1;
	assert!(!more.is_sound());
	assert_eq!(adjudicate(&more, &fresh(), &[line(7)]), Err(Error::UnsoundPlan));
}

#[test]
fn a_cap_is_at_least_one() {
	let least = plan(Benefit { allowed_cap: Some(1), ..in_full() });
	assert_eq!(spelled(&settle_one(&least, &fresh(), line(7))), "paid 1, CO-45 6");
	let mut nothing = least;
	nothing.benefits.sensitive.allowed_cap = Some(0);
	assert_eq!(adjudicate(&nothing, &fresh(), &[line(7)]), Err(Error::UnsoundPlan));
}

#[test]
fn accumulators_above_a_limit_are_refused() {
	let mut bounded = plan(Benefit { visit_limit: Some(3), ..in_full() });
	bounded.benefits.imaging.amount_limit = Some(AmountLimit::Paid(3));
	bounded.benefits.emergency.amount_limit = Some(AmountLimit::Considered(3));
	bounded.deductible = 3;
	bounded.out_of_pocket_maximum = Some(3);
	let changes: [fn(&mut Accumulators, u32); 5] = [
		|accumulators, by| accumulators.deductible = by.into(),
		|accumulators, by| accumulators.out_of_pocket = by.into(),
		|accumulators, by| accumulators.usage.sensitive.visits = by,
		|accumulators, by| accumulators.usage.imaging.amount = by.into(),
		|accumulators, by| accumulators.usage.emergency.amount = by.into(),
	];
	for change in changes {
		let mut before = fresh();
		change(&mut before, 3);
		settle(&bounded, &before, &[line(1)]);
		change(&mut before, 4);
		assert_eq!(adjudicate(&bounded, &before, &[line(1)]), Err(Error::LimitExceeded));
	}
}

#[test]
fn the_greatest_charge_is_adjudicated_exactly() {
	let benefit = Benefit { deductible_applies: true, coinsurance: 200_000, ..in_full() };
	let plan = Plan { deductible: 10, ..plan(benefit) };
	let result = settle_one(&plan, &fresh(), line(MAX));
	// 20 % of 2^128 − 11, which ends in 445.
	let shared = (MAX - 10) / 5;
	assert_eq!(spelled(&result), format!("paid {}, PR-1 10, PR-2 {shared}", MAX - 10 - shared));
}

#[test]
fn the_greatest_amounts_in_the_plan_do_no_harm() {
	let benefit = Benefit {
		deductible_applies: true,
		allowed_cap: Some(MAX),
		visit_limit: Some(u32::MAX),
		amount_limit: Some(AmountLimit::Considered(MAX)),
		copay: MAX,
		coinsurance: WHOLE,
		..in_full()
	};
	let line = ClaimLine::new(CARE, u32::MAX, MAX);
	let mut plan = Plan { out_of_pocket_maximum: Some(MAX), ..plan(benefit) };
	let copay = settle_one(&plan, &fresh(), line);
	assert_eq!(spelled(&copay), format!("paid 0, PR-3 {MAX}"));
	plan.deductible = MAX;
	let deductible = settle_one(&plan, &fresh(), line);
	assert_eq!(spelled(&deductible), format!("paid 0, PR-1 {MAX}"));
	plan.out_of_pocket_maximum = Some(0);
	assert_eq!(spelled(&settle_one(&plan, &fresh(), line)), format!("paid {MAX}"));
}

#[test]
fn the_greatest_charge_is_split_by_units_exactly() {
	let limited = plan(Benefit { visit_limit: Some(u32::MAX - 1), ..in_full() });
	let line = ClaimLine::new(CARE, u32::MAX, MAX);
	// 2^128 − 1 is divisible by 2^32 − 1.
	let beyond = MAX / Money::from(u32::MAX);
	let expected = format!("paid {}, PR-119 {beyond}", MAX - beyond);
	assert_eq!(spelled(&settle_one(&limited, &fresh(), line)), expected);
}

#[test]
fn sums_that_do_not_fit_are_errors() {
	let nothing = Plan::default();
	let half = MAX / 2 + 1;
	let lines = [line(half), line(half - 1), line(1)];
	assert_eq!(settle(&nothing, &fresh(), &lines[..2]).totals.charge, MAX);
	assert_eq!(adjudicate(&nothing, &fresh(), &lines), Err(Error::TotalOverflow));
	let results: Vec<_> = lines.iter().map(|line| settle_one(&nothing, &fresh(), *line)).collect();
	assert_eq!(verify(&lines, &results), Err(Error::TotalOverflow));

	let unlimited = plan(in_full());
	let units = |quantity| ClaimLine::new(CARE, quantity, 1);
	let lines = [units(u32::MAX), units(1)];
	settle(&unlimited, &fresh(), &lines[..1]);
	assert_eq!(adjudicate(&unlimited, &fresh(), &lines), Err(Error::AccumulatorOverflow));

	let mut before = fresh();
	before.usage.primary_care.amount = MAX;
	assert_eq!(adjudicate(&unlimited, &before, &[line(1)]), Err(Error::AccumulatorOverflow));
	let results = [settle_one(&unlimited, &fresh(), line(1))];
	assert_eq!(post(&unlimited, &before, &results), Err(Error::AccumulatorOverflow));

	let before = Accumulators { out_of_pocket: MAX, ..fresh() };
	let shared = plan(Benefit { copay: 1, ..in_full() });
	// Without a maximum of the plan, the sum ends where its type does.
	assert_eq!(adjudicate(&shared, &before, &[line(1)]), Err(Error::AccumulatorOverflow));
}

/// `amount × numerator ÷ denominator` by long division, bit by bit.
fn long_division(amount: Money, numerator: u32, denominator: u32) -> Money {
	let (numerator, denominator) = (Money::from(numerator), Money::from(denominator));
	let (mut quotient, mut remainder) = (0, 0);
	for bit in (0..128).rev() {
		let step = remainder * 2 + (amount >> bit & 1) * numerator;
		quotient = quotient * 2 + step / denominator;
		remainder = step % denominator;
	}
	quotient
}

#[test]
fn a_part_is_what_long_division_gives() {
	let mut state: u128 = 0x5a1_0c05;
	let mut random = || {
		// A linear congruential generator; the seed is fixed, so the numbers are too.
		state = state.wrapping_mul(0xda94_2042_e4dd_58b5).wrapping_add(1);
		(state >> 64) ^ (state << 64) ^ state
	};
	for round in 0..20_000 {
		let amount = random() >> (round % 128);
		let denominator = 1 + u32::try_from(random() % Money::from(u32::MAX)).unwrap();
		let denominator = denominator >> (round % 31) | 1;
		let numerator = u32::try_from(random() % (Money::from(denominator) + 1)).unwrap();
		let expected = long_division(amount, numerator, denominator);
		assert_eq!(part(amount, numerator, denominator), expected);
	}
	assert_eq!(part(MAX, u32::MAX, u32::MAX), MAX);
	assert_eq!(part(MAX, 2, 1), MAX, "never more than the whole");
	assert_eq!(part(MAX, 1, 0), 0, "of nothing, nothing");
}

#[test]
fn taking_moves_at_most_what_is_there() {
	let mut from = 10;
	assert_eq!((take(&mut from, 4), from), (4, 6));
	assert_eq!((take(&mut from, 7), from), (6, 0));
	assert_eq!((take(&mut from, MAX), from), (0, 0));
}
