//! `decide` and the naive reference agree.

use super::{
	generator::{case, runner},
	laws::floor_of,
	naive::naive,
};
use crate::*;
use proptest::prelude::*;
use std::{cell::RefCell, collections::BTreeMap};

/// With `SALUS_LONG` set, as the long tests have it.
const MANY: u32 = 200_000;
const CASES: u32 = 10_000;
/// How many of [`CASES`] have each kind of answer, a little below what came up.
const EXPECTED: [(&str, u32); 13] = [
	("Permit(Directive)", 233),
	("Permit(Own)", 300),
	("Permit(Base)", 234),
	("Permit(SealedDirective)", 118),
	("Deny(Directive)", 290),
	("Deny(Default)", 2690),
	("Deny(Veto)", 226),
	("Deny(State)", 2220),
	("Deny(Credential)", 2380),
	("Deny(Sealed)", 488),
	("Deny(SealedDirective)", 76),
	("Emergency", 52),
	("LawfulBasis", 72),
];

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
	for (kind, expected) in EXPECTED {
		let times = seen.get(kind).copied().unwrap_or_default();
		let least = floor_of(expected * (cases / CASES));
		assert!(times >= least, "{kind} came up {times} times only, not {least}: {seen:?}");
	}
	assert_eq!(seen.len(), 13, "no rule gives any other verdict: {seen:?}");
	assert_eq!(seen.values().sum::<u32>(), cases);
}
