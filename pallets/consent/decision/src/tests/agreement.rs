//! `decide` and the naive reference agree.

use super::{
	generator::{case, runner},
	naive::naive,
};
use crate::*;
use proptest::prelude::*;
use std::{cell::RefCell, collections::BTreeMap};

/// Every kind of answer must have been compared at least this often.
const AT_LEAST: u32 = 1_000;
const CASES: u32 = 200_000;

fn kind(verdict: &Verdict) -> &'static str {
	match verdict {
		Verdict::Permit(Basis::Directive(_)) => "Permit(Directive)",
		Verdict::Permit(Basis::Own) => "Permit(Own)",
		Verdict::Permit(Basis::Base) => "Permit(Base)",
		Verdict::Deny(Reason::Directive(_)) => "Deny(Directive)",
		Verdict::Deny(Reason::Default) => "Deny(Default)",
		Verdict::Deny(Reason::Veto) => "Deny(Veto)",
		Verdict::Deny(Reason::State) => "Deny(State)",
		Verdict::Deny(Reason::Credential) => "Deny(Credential)",
		Verdict::Emergency(_) => "Emergency",
		Verdict::LawfulBasis(_) => "LawfulBasis",
	}
}

#[test]
fn decide_agrees_with_the_naive_reference() {
	let seen = RefCell::new(BTreeMap::<&str, u32>::new());
	runner(CASES)
		.run(&case(), |case| {
			let verdict = case.verdict();
			prop_assert_eq!(verdict, naive(&case.context()));
			*seen.borrow_mut().entry(kind(&verdict)).or_default() += 1;
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));

	let seen = seen.into_inner();
	println!("{CASES} cases agree: {seen:?}");
	for kind in [
		"Permit(Directive)",
		"Permit(Own)",
		"Permit(Base)",
		"Deny(Directive)",
		"Deny(Default)",
		"Deny(Veto)",
		"Deny(State)",
		"Deny(Credential)",
		"Emergency",
		"LawfulBasis",
	] {
		let times = seen.get(kind).copied().unwrap_or_default();
		assert!(times >= AT_LEAST, "{kind} came up {times} times only: {seen:?}");
	}
	assert_eq!(seen.len(), 10, "no rule gives any other verdict: {seen:?}");
	assert_eq!(seen.values().sum::<u32>(), CASES);
}
