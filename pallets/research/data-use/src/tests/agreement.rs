//! The matcher and the naive table agree.

use super::{
	disease,
	generator::{case, runner, Case},
	naive::naive,
};
use crate::*;
use proptest::prelude::*;
use std::{cell::RefCell, collections::BTreeMap};

/// Every rule, as failing and as unknown, and every sort of code must have been compared at least this
/// often.
const AT_LEAST: u32 = 50;
const CASES: u32 = 200_000;

/// The kind of an answer: bits that are in no list are one kind.
fn kind(answer: Answer) -> String {
	match answer {
		Answer::Abstain(Code::Modifier(index)) => {
			format!("Abstain(Modifier {:?})", Modifier::from_index(index))
		},
		Answer::Abstain(Code::Use(index)) => format!("Abstain(Use {:?})", Use::from_index(index)),
		other => format!("{other:?}"),
	}
}

/// Every kind of answer that there is.
fn kinds() -> Vec<String> {
	// What these rules demand is always known, from the offer and the uses alone.
	let always_known = [Rule::General, Rule::Biomedical, Rule::Ancestry, Rule::Methods];
	// And of these nothing is known here.
	let never_fails = [Rule::Us, Rule::Ps, Rule::Is];
	let fails = Rule::ALL.into_iter().filter(|rule| !never_fails.contains(rule));
	let unknown = Rule::ALL.into_iter().filter(|rule| !always_known.contains(rule));
	let modifiers = [Modifier::Rs, Modifier::Npoa, Modifier::Other].map(Some);
	let uses = Use::ALL[6..].iter().copied().map(Some);
	[Answer::Match, Answer::Abstain(Code::Permission), Answer::Abstain(Code::NoUse)]
		.into_iter()
		.map(kind)
		.chain(fails.map(Answer::NoMatch).map(kind))
		.chain(unknown.map(|rule| kind(Answer::Abstain(Code::Condition(rule)))))
		.chain(
			modifiers.into_iter().chain([None]).map(|code| format!("Abstain(Modifier {code:?})")),
		)
		.chain(uses.chain([None]).map(|code| format!("Abstain(Use {code:?})")))
		.collect()
}

#[test]
fn the_matcher_agrees_with_the_naive_table_on_random_cases() {
	let seen = RefCell::new(BTreeMap::<String, u32>::new());
	runner(CASES)
		.run(&case(), |case| {
			let answer = case.answer();
			prop_assert_eq!(answer, naive(&case));
			*seen.borrow_mut().entry(kind(answer)).or_default() += 1;
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));

	let seen = seen.into_inner();
	println!("{CASES} cases agree: {seen:?}");
	for kind in kinds() {
		let times = seen.get(&kind).copied().unwrap_or_default();
		assert!(times >= AT_LEAST, "{kind} came up {times} times only: {seen:?}");
	}
	assert_eq!(seen.len(), kinds().len(), "there is no other answer: {seen:?}");
	assert_eq!(seen.values().sum::<u32>(), CASES);
}

/// Every permission with every set of uses that have rules, every relation of one or two diseases, NMDS
/// and CC.
#[test]
fn the_matcher_agrees_with_the_naive_table_on_every_use_under_every_permission() {
	let (offered, other) = (disease("cancer"), disease("asthma"));
	let relations = [
		(offered, None),
		(other, None),
		(other, Some(vec![])),
		(other, Some(vec![disease("lung"), offered])),
	];
	let mut diseases = vec![vec![]];
	diseases.extend(relations.iter().cloned().map(|one| vec![one]));
	for one in &relations {
		diseases.extend(relations.iter().cloned().map(|other| vec![one.clone(), other]));
	}
	let permissions = [
		Permission::Nres,
		Permission::Gru,
		Permission::Hmb,
		Permission::Ds(offered),
		Permission::Poa,
		Permission::Other,
	];
	let mut compared = 0;
	for permission in permissions {
		for uses in 0..=UseSet::WITH_RULE.0 {
			for modifiers in 0..4u32 {
				for diseases in &diseases {
					let mut offer = Offer::new(permission);
					if modifiers & 1 != 0 {
						offer.modifiers = offer.modifiers.with(Modifier::Nmds);
					}
					if modifiers & 2 != 0 {
						offer.modifiers = offer.modifiers.with(Modifier::Cc);
					}
					let request = Request::new(UseSet(uses));
					let case = Case { offer, request, diseases: diseases.clone() };
					assert_eq!(case.answer(), naive(&case), "{case:?}");
					compared += 1;
				}
			}
		}
	}
	println!("{compared} cases agree");
	assert_eq!(compared, 6 * 64 * 4 * 21);
}

/// Every one or two bits of modifiers, known or not, with every combination of statements.
#[test]
fn the_matcher_agrees_with_the_naive_table_on_every_statement_about_a_modifier() {
	const STATED: [Stated; 3] = [Stated::Nothing, Stated::No, Stated::Yes];
	let mut compared = 0;
	let mut compare = |modifiers: u32, stated: [Stated; 7]| {
		let offer = Offer { modifiers: ModifierSet(modifiers), ..Offer::new(Permission::Hmb) };
		let request = Request {
			genotypes: stated[0],
			for_profit: stated[1],
			commercial: stated[2],
			publishes: stated[3],
			collaborates: stated[4],
			returns: stated[5],
			ethics_approved: stated[6],
			..Request::new(UseSet::EMPTY.with(Use::Biomedical))
		};
		let case = Case { offer, request, diseases: vec![] };
		assert_eq!(case.answer(), naive(&case), "{case:?}");
		compared += 1;
	};
	for one in 0..32 {
		for statements in 0..3usize.pow(7) {
			let digit = |place| STATED[statements / 3usize.pow(place) % 3];
			compare(1 << one, [0, 1, 2, 3, 4, 5, 6].map(digit));
		}
		for other in 0..32 {
			for stated in STATED {
				compare(1 << one | 1 << other, [stated; 7]);
			}
		}
	}
	println!("{compared} cases agree");
}
