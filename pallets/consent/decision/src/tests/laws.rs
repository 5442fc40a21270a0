//! What holds for every case, whatever the rules in detail.

use super::generator::{case, directive, runner, veto};
use crate::*;
use proptest::prelude::*;
use salus_primitives::{OrgId, Role, RoleSet};

const CASES: u32 = 20_000;

#[test]
fn taking_away_a_deny_or_a_veto_never_turns_permit_into_deny() {
	runner(CASES)
		.run(&(case(), any::<prop::sample::Index>(), any::<bool>()), |(case, index, which)| {
			let mut less = case.clone();
			if which && !less.vetoes.is_empty() {
				less.vetoes.remove(index.index(case.vetoes.len()));
			} else {
				let denies: Vec<usize> = (0..case.directives.len())
					.filter(|i| case.directives[*i].1.effect == Effect::Deny)
					.collect();
				if !denies.is_empty() {
					less.directives.remove(denies[index.index(denies.len())]);
				}
			}
			prop_assert!(!case.verdict().is_permit() || less.verdict().is_permit());
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn adding_a_deny_or_a_veto_never_turns_deny_into_permit() {
	runner(CASES)
		.run(&(case(), directive(), veto(), any::<bool>()), |(case, mut directive, veto, which)| {
			let mut more = case.clone();
			if which {
				more.vetoes.push(veto);
			} else {
				directive.effect = Effect::Deny;
				more.directives.push((99, directive));
			}
			prop_assert!(case.verdict().is_permit() || !more.verdict().is_permit());
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn adding_a_permit_never_turns_permit_into_deny() {
	runner(CASES)
		.run(&(case(), directive()), |(case, mut directive)| {
			directive.effect = Effect::Permit;
			let mut more = case.clone();
			more.directives.push((99, directive));
			prop_assert!(!case.verdict().is_permit() || more.verdict().is_permit());
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn ending_a_permit_never_turns_deny_into_permit() {
	runner(CASES)
		.run(&(case(), any::<prop::sample::Index>()), |(case, index)| {
			let mut ended = case.clone();
			if !ended.directives.is_empty() {
				let (_, directive) = &mut ended.directives[index.index(case.directives.len())];
				if directive.effect == Effect::Permit {
					directive.ended = Some(Ended { at: case.at, why: EndReason::Revoked });
				}
			}
			prop_assert!(case.verdict().is_permit() || !ended.verdict().is_permit());
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn nobody_without_a_credential_is_permitted() {
	runner(CASES)
		.run(&(case(), any::<bool>()), |(mut case, unlicensed)| {
			case.standing.own_key = false;
			if unlicensed {
				case.standing.kinds = OrgKindSet::EMPTY;
			} else {
				case.standing.roles = RoleSet::EMPTY;
			}
			let organisation_as_such = matches!(case.question.actor, Actor::Organisation(_));
			prop_assert!(
				(organisation_as_such && !unlicensed) || !case.verdict().is_permit(),
				"{:?}",
				case.verdict()
			);
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
}

/// What a request can lead to names the organisation that asked, whoever else it names.
#[test]
fn a_permit_that_was_asked_for_lets_nobody_at_another_organisation() {
	let asked_for = |who: u8, role: bool, asked_by: OrgId| match (who, role) {
		(0, _) => Grantee::Organisation(asked_by),
		(_, true) => Grantee::RoleAt(asked_by, Role::Clinician),
		(who, false) => Grantee::PractitionerAt(who - 1, asked_by),
	};
	let reached = std::cell::Cell::new((0, 0));
	runner(CASES)
		.run(&(case(), 0u8..3, any::<bool>(), 0u32..2), |(mut case, who, role, asked_by)| {
			let at = match case.question.actor {
				Actor::Organisation(at) | Actor::Practitioner { organisation: at, .. } => at,
				Actor::Own(_) => return Ok(()),
			};
			case.base = Effect::Deny;
			for (id, directive) in &mut case.directives {
				if directive.effect == Effect::Permit {
					directive.basis = DirectiveBasis::Request(*id);
					directive.grantee = asked_for(who, role, asked_by);
				}
			}
			let (here, elsewhere) = reached.get();
			if at == asked_by {
				reached.set((here + u32::from(case.verdict().is_permit()), elsewhere));
			} else {
				prop_assert!(!case.verdict().is_permit(), "{:?}", case.verdict());
				reached.set((here, elsewhere + 1));
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	let (here, elsewhere) = reached.get();
	assert!(here > 500 && elsewhere > 5_000, "{here} were let, {elsewhere} asked elsewhere");
}

#[test]
fn the_order_of_directives_and_what_is_not_in_force_mean_nothing() {
	runner(CASES)
		.run(&case(), |case| {
			let mut other = case.clone();
			other.directives.reverse();
			other.vetoes.reverse();
			prop_assert_eq!(case.verdict(), other.verdict());
			other.directives.retain(|(_, directive)| directive.in_force(case.at));
			prop_assert_eq!(case.verdict(), other.verdict());
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn a_label_more_never_turns_a_refused_question_into_a_permitted_one() {
	runner(CASES)
		.run(&(case(), 0usize..2), |(case, label)| {
			let mut labelled = case.clone();
			labelled.question.labels =
				case.question.labels.with(salus_primitives::SensitivityLabel::ALL[label]);
			prop_assert!(case.verdict().is_permit() || !labelled.verdict().is_permit());
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
}
