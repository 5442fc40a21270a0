//! `decide` and the naive reference agree.

use super::{
	generator::{case, runner},
	naive::naive,
};
use crate::*;
use proptest::prelude::*;
use std::{cell::RefCell, collections::BTreeMap};

/// With `SALUS_LONG` set, as the long tests have it.
const MANY: u32 = 200_000;
const CASES: u32 = 10_000;
/// Every kind of answer must have been compared at least once in so many cases.
const RAREST: u32 = 200;

fn kind(verdict: &Verdict) -> &'static str {
	match verdict {
		Verdict::Permit(Basis::Directive(_)) => "Permit(Directive)",
		Verdict::Permit(Basis::Own) => "Permit(Own)",
		Verdict::Permit(Basis::Base) => "Permit(Base)",
		Verdict::Permit(Basis::SealedDirective(_)) => "Permit(SealedDirective)",
		Verdict::Deny(Reason::Directive(_)) => "Deny(Directive)",
		Verdict::Deny(Reason::Default) => "Deny(Default)",
		Verdict::Deny(Reason::Veto) => "Deny(Veto)",
		Verdict::Deny(Reason::State) => "Deny(State)",
		Verdict::Deny(Reason::Credential) => "Deny(Credential)",
		Verdict::Deny(Reason::Sealed(_)) => "Deny(Sealed)",
		Verdict::Deny(Reason::SealedDirective(_)) => "Deny(SealedDirective)",
		Verdict::Emergency(_) => "Emergency",
		Verdict::LawfulBasis(_) => "LawfulBasis",
	}
}

#[test]
fn decide_agrees_with_the_naive_reference() {
	let cases = if std::env::var_os("SALUS_LONG").is_some() { MANY } else { CASES };
	let seen = RefCell::new(BTreeMap::<&str, u32>::new());
	runner(cases)
		.run(&case(), |case| {
			let verdict = case.verdict();
			prop_assert_eq!(verdict, naive(&case.context()));
			*seen.borrow_mut().entry(kind(&verdict)).or_default() += 1;
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));

	let seen = seen.into_inner();
	println!("{cases} cases agree: {seen:?}");
	for kind in [
		"Permit(Directive)",
		"Permit(Own)",
		"Permit(Base)",
		"Permit(SealedDirective)",
		"Deny(Directive)",
		"Deny(Default)",
		"Deny(Veto)",
		"Deny(State)",
		"Deny(Credential)",
		"Deny(Sealed)",
		"Deny(SealedDirective)",
		"Emergency",
		"LawfulBasis",
	] {
		let times = seen.get(kind).copied().unwrap_or_default();
		assert!(times >= cases / RAREST, "{kind} came up {times} times only: {seen:?}");
	}
	assert_eq!(seen.len(), 13, "no rule gives any other verdict: {seen:?}");
	assert_eq!(seen.values().sum::<u32>(), cases);
}
