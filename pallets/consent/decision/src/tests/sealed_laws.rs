//! What holds of sealed directives for every case, whatever the rules in detail.

use super::{
	generator::{case, flag, held, opening, runner, seal, sealing, Case, GENESIS},
	laws::{Met, CASES},
};
use crate::*;
use proptest::prelude::*;
use salus_primitives::{Interval, PatientId};

/// `case` with one sealed directive more.
fn with_one_more(
	case: &Case,
	directive: &Directive<u8>,
	salt: u8,
	known: super::generator::Known,
) -> Case {
	let mut more = case.clone();
	let (sealed, openings) = seal(vec![(99, (directive.clone(), salt, known))]);
	more.sealed.extend(sealed);
	more.openings.extend(openings);
	more
}

#[test]
fn a_sealed_deny_more_never_allows_and_a_sealed_permit_more_never_refuses() {
	let met = [Met::default(), Met::default()];
	runner(CASES)
		.run(&(case(), sealing()), |(case, (directive, salt, known))| {
			let more = with_one_more(&case, &directive, salt, known);
			let (before, after) = (case.verdict(), more.verdict());
			match directive.effect {
				Effect::Permit => prop_assert!(!before.allows() || after.allows()),
				Effect::Deny => prop_assert!(before.allows() || !after.allows()),
			}
			if before.allows() != after.allows() {
				met[usize::from(directive.effect == Effect::Deny)].count();
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	for (met, expected) in met.iter().zip([111, 63]) {
		met.expects(expected);
	}
}

#[test]
fn what_is_opened_decides_as_its_plain_form() {
	let met = Met::default();
	runner(CASES)
		.run(&case(), |case| {
			let mut plain = case.clone();
			plain.sealed.clear();
			for (id, sealed) in &case.sealed {
				let found = case.openings.iter().find(|(of, opening)| {
					of == id && opening.opens(&GENESIS, &PatientId::zero(), *id, sealed)
				});
				let Some((_, Opening { content, .. })) = found else {
					plain.sealed.push((*id, *sealed));
					continue;
				};
				let directive = Directive {
					effect: sealed.effect,
					grantee: content.grantee,
					scope: content.scope,
					period: sealed.period,
					max_uses: None,
					redisclose_depth: 0,
					erase_after: content.erase_after,
					granted_by: GrantedBy::Key,
					basis: DirectiveBasis::SelfMade,
					ended: sealed.ended,
				};
				plain.directives.push((1_000 + id, directive));
			}
			let expected = match plain.verdict() {
				Verdict::Permit(Basis::Directive(id)) if id >= 1_000 => {
					met.count();
					Verdict::Permit(Basis::SealedDirective(id - 1_000))
				},
				Verdict::Deny(Reason::Directive(id)) if id >= 1_000 => {
					met.count();
					Verdict::Deny(Reason::SealedDirective(id - 1_000))
				},
				other => other,
			};
			prop_assert_eq!(case.verdict(), expected);
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	met.expects(398);
}

#[test]
fn an_opening_of_a_permit_never_refuses_and_one_of_a_deny_never_helps_where_it_could_not_be_about()
{
	let met = Met::default();
	runner(CASES)
		.run(&(case(), sealing()), |(case, (directive, salt, _))| {
			let shut = with_one_more(&case, &directive, salt, super::generator::Known::Shut);
			let opened = with_one_more(&case, &directive, salt, super::generator::Known::Opened);
			let (before, after) = (shut.verdict(), opened.verdict());
			let could_be_about = !case.flagged.is_empty() || !case.question.labels.is_empty();
			match directive.effect {
				Effect::Permit => prop_assert!(!before.allows() || after.allows()),
				Effect::Deny if !could_be_about => {
					prop_assert!(before.allows() || !after.allows());
				},
				// What could have been about the question turns out to be about something else.
				Effect::Deny => {},
			}
			if before != after {
				met.count();
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	met.expects(990);
}

#[test]
fn without_a_fitting_opening_only_denials_count_and_only_for_labels_and_flagged_organisations() {
	let met = Met::default();
	runner(CASES)
		.run(&case(), |case| {
			let mut shut = case.clone();
			for (_, opening) in &mut shut.openings {
				opening.salt = [200; 32];
			}
			let none = Case { openings: vec![], ..case.clone() };
			prop_assert_eq!(shut.verdict(), none.verdict());
			let unsealed = Case { sealed: vec![], ..none.clone() };
			if let Verdict::Deny(Reason::Sealed(id)) = none.verdict() {
				prop_assert!(!case.flagged.is_empty() || !case.question.labels.is_empty());
				let named = case.sealed.iter().find(|(of, _)| *of == id);
				let live = |(_, found): &(SealedId, SealedDirective)| {
					found.effect == Effect::Deny && found.in_force(case.at)
				};
				prop_assert!(named.is_some_and(live), "{named:?}");
				met.count();
			} else {
				prop_assert_eq!(none.verdict(), unsealed.verdict());
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	met.expects(1320);
}

#[test]
fn ending_a_sealed_permit_never_allows_and_ending_a_sealed_deny_never_refuses() {
	let met = Met::default();
	runner(CASES)
		.run(&(case(), any::<prop::sample::Index>()), |(case, index)| {
			if case.sealed.is_empty() {
				return Ok(());
			}
			let mut over = case.clone();
			let (_, ended) = &mut over.sealed[index.index(case.sealed.len())];
			ended.ended = Some(Ended { at: case.at, why: EndReason::Revoked });
			let effect = ended.effect;
			let (before, after) = (case.verdict(), over.verdict());
			match effect {
				Effect::Permit => prop_assert!(before.allows() || !after.allows()),
				Effect::Deny => prop_assert!(!before.allows() || after.allows()),
			}
			if before.allows() != after.allows() {
				met.count();
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	met.expects(114);
}

/// The chain's own answer, and that of somebody with openings.
fn both(case: &Case) -> [Verdict; 2] {
	[case.verdict(), Case { openings: vec![], ..case.clone() }.verdict()]
}

#[test]
fn a_flag_more_never_allows() {
	let met = Met::default();
	runner(CASES)
		.run(&(case(), flag()), |(case, flag)| {
			let mut more = case.clone();
			more.flagged.push(flag);
			for (before, after) in both(&case).into_iter().zip(both(&more)) {
				prop_assert!(before.allows() || !after.allows());
				if before != after {
					prop_assert!(matches!(after, Verdict::Deny(Reason::Sealed(_))), "{after:?}");
					met.count();
				}
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	met.expects(1800);
}

#[test]
fn taking_a_flag_off_changes_nothing_while_the_denials_last_that_began_before() {
	let met = Met::default();
	runner(CASES)
		.run(&(case(), 0u64..10), |(mut case, off)| {
			case.sealed.retain(|(_, found)| found.period.from <= off);
			let mut after = case.clone();
			for flag in &mut after.flagged {
				if flag.from <= off {
					flag.until = flag.until.min(off);
				}
			}
			prop_assert_eq!(both(&case), both(&after));
			let [_, unopened] = both(&case);
			let by_flag = case.question.labels.is_empty() && off < case.at;
			if by_flag && matches!(unopened, Verdict::Deny(Reason::Sealed(_))) {
				met.count();
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	met.expects(240);
}

#[test]
fn what_becomes_of_a_flag_afterwards_changes_no_answer() {
	let met = Met::default();
	runner(CASES)
		.run(&(case(), 0u64..10), |(case, lasts)| {
			let mut later = case.clone();
			later.flagged.retain(|flag| flag.from <= case.at);
			for flag in &mut later.flagged {
				if flag.until > case.at {
					flag.until = case.at + 1 + lasts;
				}
			}
			later.flagged.push(Interval::new(case.at + 1, case.at + 1 + lasts));
			prop_assert_eq!(both(&case), both(&later));
			if matches!(both(&case)[1], Verdict::Deny(Reason::Sealed(_))) {
				met.count();
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	met.expects(1290);
}

#[test]
fn no_two_things_that_are_sealed_have_the_same_commitment() {
	runner(CASES)
		.run(&(sealing(), sealing(), 0u32..3, 0u32..3), |(one, other, first, second)| {
			let (a, b) = (opening(&one.0, one.1), opening(&other.0, other.1));
			let commitments =
				(held(first, &one.0, &a).commitment, held(second, &other.0, &b).commitment);
			let same = a == b && first == second && one.0.effect == other.0.effect;
			prop_assert_eq!(commitments.0 == commitments.1, same);
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
}
