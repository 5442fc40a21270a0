//! Budgets are exact: a ledger that keeps every single reservation agrees after every step.

use super::{generator::runner, *};
use proptest::{collection::vec, prelude::*};
use std::cell::RefCell;

#[derive(Clone, Debug)]
enum Step {
	Reserve(u64),
	/// Settles the reservation in this place among those that are open.
	Settle(prop::sample::Index),
	/// Settles an amount that nobody has reserved.
	SettleOther(u64),
	Renew(u64),
}

fn amount() -> impl Strategy<Value = u64> {
	prop_oneof![8 => 0u64..400, 1 => Just(u64::MAX), 1 => Just(u64::MAX / 2)]
}

fn step() -> impl Strategy<Value = Step> {
	prop_oneof![
		6 => amount().prop_map(Step::Reserve),
		4 => any::<prop::sample::Index>().prop_map(Step::Settle),
		1 => amount().prop_map(Step::SettleOther),
		1 => amount().prop_map(Step::Renew),
	]
}

#[test]
fn reserved_and_settled_are_exact_over_random_histories() {
	let seen = RefCell::new(std::collections::BTreeMap::<String, u32>::new());
	runner(10_000)
		.run(&(0u64..2_000, vec(step(), 1..60)), |(total, steps)| {
			let mut budget = Budget::new(total);
			// Wide enough that nothing is ever cut off.
			let mut allowed = u128::from(total);
			let mut open: Vec<u64> = vec![];
			let mut done: Vec<u64> = vec![];
			let sum = |list: &[u64]| list.iter().copied().map(u128::from).sum::<u128>();
			for step in steps {
				let used = sum(&open) + sum(&done);
				let result = match step {
					Step::Reserve(amount) => {
						let fits = amount > 0 && used + u128::from(amount) <= allowed;
						let result = budget.reserve(amount);
						prop_assert_eq!(result.is_ok(), fits);
						if fits {
							open.push(amount);
						}
						result
					},
					Step::Settle(index) if !open.is_empty() => {
						let amount = open.swap_remove(index.index(open.len()));
						done.push(amount);
						let result = budget.settle(amount);
						prop_assert!(result.is_ok());
						result
					},
					Step::Settle(_) => {
						let result = budget.settle(1);
						prop_assert_eq!(result, Err(BudgetError::NotReserved));
						result
					},
					Step::SettleOther(amount) => {
						let result = budget.settle(amount);
						if u128::from(amount) > sum(&open) {
							prop_assert_eq!(result, Err(BudgetError::NotReserved));
						}
						// Whose reservation it was the pallet knows; here it is not applied.
						result.and(Err(BudgetError::NotReserved))
					},
					Step::Renew(more) => {
						let fits = more > 0 && allowed + u128::from(more) <= u128::from(u64::MAX);
						let result = budget.renew(more);
						prop_assert_eq!(result.is_ok(), fits);
						if fits {
							allowed += u128::from(more);
						}
						result
					},
				};
				let before = budget;
				match result {
					Ok(after) => budget = after,
					Err(error) => {
						*seen.borrow_mut().entry(format!("{error:?}")).or_default() += 1;
					},
				}
				prop_assert!(budget.is_sound());
				prop_assert_eq!(u128::from(budget.total), allowed);
				prop_assert_eq!(u128::from(budget.reserved), sum(&open));
				prop_assert_eq!(u128::from(budget.settled), sum(&done));
				prop_assert_eq!(u128::from(budget.left()), allowed - sum(&open) - sum(&done));
				// Nothing is ever given back.
				prop_assert!(budget.settled >= before.settled);
				prop_assert!(
					u128::from(budget.reserved) + u128::from(budget.settled)
						>= u128::from(before.reserved) + u128::from(before.settled)
				);
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	let seen = seen.into_inner();
	println!("refused: {seen:?}");
	for error in ["ZeroEpsilon", "Exhausted", "NotReserved", "Overflow"] {
		assert!(seen.get(error).copied().unwrap_or_default() >= 100, "{error}: {seen:?}");
	}
}

#[test]
fn a_budget_is_used_up_to_the_last_millionth_and_not_one_more() {
	let budget = Budget::new(10).reserve(4).and_then(|budget| budget.settle(4)).unwrap();
	assert_eq!(budget.left(), 6);
	assert_eq!(budget.reserve(7), Err(BudgetError::Exhausted));
	let spent = budget.reserve(6).unwrap();
	assert_eq!((spent.left(), spent.reserve(1)), (0, Err(BudgetError::Exhausted)));
	assert_eq!(spent.settle(7), Err(BudgetError::NotReserved));
	let renewed = spent.renew(5).unwrap();
	assert_eq!((renewed.left(), renewed.reserved, renewed.settled), (5, 6, 4));
}

#[test]
fn an_unsound_budget_lets_nothing_more() {
	for budget in [
		Budget { total: 5, reserved: 3, settled: 3 },
		Budget { total: u64::MAX, reserved: u64::MAX, settled: 1 },
	] {
		assert!(!budget.is_sound());
		assert_eq!((budget.left(), budget.reserve(1)), (0, Err(BudgetError::Exhausted)));
	}
	let full = Budget { total: u64::MAX, reserved: 1, settled: u64::MAX };
	assert_eq!(full.settle(1), Err(BudgetError::Overflow));
	assert_eq!(Budget::new(u64::MAX).renew(1), Err(BudgetError::Overflow));
}
