//! `adjudicate` and the naive reference agree.

use super::{
	generator::{case, runner},
	naive::{naive, Coins},
};
use crate::*;
use proptest::prelude::*;
use std::{cell::RefCell, collections::BTreeMap};

/// Every label must have been compared at least this often.
const AT_LEAST: u32 = 1_000;
const CASES: u32 = 120_000;

fn coins(result: &LineResult) -> Coins {
	let mut coins: Coins = result
		.adjustments
		.iter()
		.map(|adjustment| {
			let label = format!("{}-{}", adjustment.group.x12(), adjustment.carc.x12());
			(label, adjustment.amount)
		})
		.collect();
	if result.paid > 0 {
		coins.insert("paid".into(), result.paid);
	}
	coins
}

#[test]
fn adjudicate_agrees_with_the_naive_reference() {
	let seen = RefCell::new(BTreeMap::<String, u32>::new());
	runner(CASES)
		.run(&case(1, 4), |case| {
			let adjudication = case.adjudicate().expect("a sound claim");
			let (expected, after) = naive(&case.plan, &case.before, &case.lines);
			prop_assert_eq!(adjudication.lines.len(), expected.len());
			for (result, expected) in adjudication.lines.iter().zip(&expected) {
				prop_assert_eq!(&coins(result), expected);
			}
			prop_assert_eq!(adjudication.accumulators, after);
			for label in expected.into_iter().flat_map(Coins::into_keys) {
				*seen.borrow_mut().entry(label).or_default() += 1;
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));

	let seen = seen.into_inner();
	println!("{CASES} cases agree; lines with each label: {seen:?}");
	for label in [
		"paid", "OA-18", "OA-23", "CO-16", "CO-29", "CO-45", "CO-197", "CO-198", "CO-B7", "PR-1",
		"PR-2", "PR-3", "PR-26", "PR-27", "PR-45", "PR-96", "PR-119",
	] {
		let times = seen.get(label).copied().unwrap_or_default();
		assert!(times >= AT_LEAST, "{label} came up {times} times only: {seen:?}");
	}
	assert_eq!(seen.len(), 17, "no rule gives any other label: {seen:?}");
}
