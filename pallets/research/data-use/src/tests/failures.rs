//! `first_failure`: no code without a rule hides that the offer excludes the request.

use super::{
	generator::{case, runner, Case},
	naive::naive,
	tightening::near,
};
use crate::*;
use proptest::prelude::*;
use std::cell::Cell;

const CASES: u32 = 50_000;

/// What the naive table says of the case without its codes that have no rule.
fn expected(case: &Case) -> Option<Rule> {
	let mut known = case.clone();
	known.offer.modifiers.0 &= ModifierSet::WITH_RULE.0;
	known.request.uses.0 &= UseSet::WITH_RULE.0;
	if known.offer.permission == Permission::Other {
		// Under NRES no rule fails that asks about the permission.
		known.offer.permission = Permission::Nres;
	}
	if known.request.uses.is_empty() && known.diseases.is_empty() {
		// The same, so that the other rules are asked.
		known.offer.permission = Permission::Nres;
		known.request.uses = UseSet::of(&[Use::Biomedical]);
	}
	match naive(&known) {
		Answer::NoMatch(rule) => Some(rule),
		_ => None,
	}
}

#[test]
fn the_first_failure_is_that_of_the_naive_table_without_the_codes_that_have_no_rule() {
	let (hidden, told) = (Cell::new(0u32), Cell::new(0u32));
	runner(CASES)
		.run(&case(), |case| {
			let failure = case.failure();
			prop_assert_eq!(failure, expected(&case));
			match case.answer() {
				Answer::NoMatch(rule) => {
					prop_assert_eq!(failure, Some(rule));
					told.set(told.get() + 1);
				},
				Answer::Match | Answer::Abstain(Code::Condition(_)) => {
					prop_assert_eq!(failure, None);
				},
				Answer::Abstain(_) => hidden.set(hidden.get() + u32::from(failure.is_some())),
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	let (hidden, told) = (hidden.get(), told.get());
	println!("{told} failures are told by the matcher; {hidden} stand behind an abstention");
	assert!(told >= 500 && hidden >= 500);
}

/// E2: what an offer excludes, no tighter one leaves to people.
#[test]
fn what_fails_under_an_offer_fails_under_every_tighter_one() {
	let cases = case().prop_flat_map(|case| {
		let offer = case.offer;
		(Just(case), near(offer))
	});
	let kept = Cell::new(0u32);
	runner(CASES)
		.run(&cases, |(case, later)| {
			let after = Case { offer: later, ..case.clone() };
			let tighter = later.keeps_or_tightens(&case.offer) && later != case.offer;
			if tighter && case.failure().is_some() {
				prop_assert!(after.failure().is_some(), "{:?}", case.failure());
				kept.set(kept.get() + 1);
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	assert!(kept.get() >= 500, "{} cases", kept.get());
}

#[test]
fn adding_a_use_never_undoes_a_failure() {
	let kept = Cell::new(0u32);
	runner(CASES)
		.run(&(case(), 0u8..32), |(case, bit)| {
			let mut more = case.clone();
			more.request.uses.0 |= 1 << bit;
			if let Some(before) = case.failure() {
				prop_assert!(more.failure().is_some_and(|after| after <= before));
				kept.set(kept.get() + u32::from(more.request != case.request));
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	assert!(kept.get() >= 500, "{} cases", kept.get());
}

/// The two ways in which a code without a rule could have been used.
#[test]
fn a_sensitive_use_or_an_unknown_condition_hides_no_failure() {
	let offer =
		Offer { modifiers: ModifierSet::of(&[Modifier::Npu]), ..Offer::new(Permission::Hmb) };
	let request = Request {
		for_profit: Stated::Yes,
		..Request::new(UseSet::of(&[Use::Biomedical, Use::Control]))
	};
	let control = Answer::Abstain(Code::Use(Use::Control.index()));
	assert_eq!(match_terms(&offer, &request, &[]).answer, control);
	assert_eq!(first_failure(&offer, &request, &[]), Some(Rule::Npu));
	let general = Request::new(UseSet::of(&[Use::General]));
	for bit in [Modifier::Npoa.index(), Modifier::Rs.index(), Modifier::Other.index(), 31] {
		let modifiers = ModifierSet(1 << bit);
		let offer = Offer { modifiers, ..Offer::new(Permission::Hmb) };
		let answer = match_terms(&offer, &general, &[]).answer;
		assert_eq!(answer, Answer::Abstain(Code::Modifier(bit)));
		assert_eq!(first_failure(&offer, &general, &[]), Some(Rule::General));
	}
	// Of a permission that is not known nothing fails, but the conditions do.
	let other = Offer { permission: Permission::Other, ..offer };
	assert_eq!(first_failure(&other, &general, &[]), None);
	assert_eq!(first_failure(&other, &request, &[]), Some(Rule::Npu));
}
