//! What holds for every case, whatever the rules in detail.

use super::generator::{access, case, directive, opt_out, runner, treatment, veto, Case};
use crate::*;
use core::cell::Cell;
use proptest::prelude::*;
use salus_primitives::{
	Action, AdvanceDirective, CarePolicy, LabelSet, OrgId, OrgKindSet, PatientState, Purpose, Role,
	RoleSet, SensitivityLabel,
};

pub const CASES: u32 = 20_000;

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
			prop_assert!(!case.verdict().allows() || less.verdict().allows());
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
			prop_assert!(case.verdict().allows() || !more.verdict().allows());
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
			prop_assert!(!case.verdict().allows() || more.verdict().allows());
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
			prop_assert!(case.verdict().allows() || !ended.verdict().allows());
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
				(organisation_as_such && !unlicensed) || !case.verdict().allows(),
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
			case.base = BaseDecision::Deny;
			case.accesses.clear();
			case.sealed.clear();
			for (id, directive) in &mut case.directives {
				if directive.effect == Effect::Permit {
					directive.basis = DirectiveBasis::Request(*id);
					directive.grantee = asked_for(who, role, asked_by);
				}
			}
			let (here, elsewhere) = reached.get();
			if at == asked_by {
				reached.set((here + u32::from(case.verdict().allows()), elsewhere));
			} else {
				prop_assert!(!case.verdict().allows(), "{:?}", case.verdict());
				reached.set((here, elsewhere + 1));
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	let (here, elsewhere) = reached.get();
	assert!(here > 300 && elsewhere > 5_000, "{here} were let, {elsewhere} asked elsewhere");
}

#[test]
fn the_order_of_directives_and_what_is_not_in_force_mean_nothing() {
	runner(CASES)
		.run(&case(), |case| {
			let mut other = case.clone();
			other.directives.reverse();
			other.vetoes.reverse();
			other.relationships.reverse();
			other.opt_outs.reverse();
			other.accesses.reverse();
			other.sealed.reverse();
			other.openings.reverse();
			prop_assert_eq!(case.verdict(), other.verdict());
			other.directives.retain(|(_, directive)| directive.in_force(case.at));
			other.relationships.retain(|(_, treatment)| treatment.in_force(case.at));
			other.accesses.retain(|(_, access)| access.period.contains(case.at));
			other.sealed.retain(|(_, directive)| directive.in_force(case.at));
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
			labelled.question.labels = case.question.labels.with(SensitivityLabel::ALL[label]);
			prop_assert!(case.verdict().allows() || !labelled.verdict().allows());
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
}

/// Counts how often a law was about something, so that none holds for want of cases.
#[derive(Default)]
pub struct Met(std::cell::Cell<u32>);

impl Met {
	pub fn count(&self) {
		self.0.set(self.0.get() + 1);
	}

	/// Fails if so few cases were about it that it is no luck: `expected` are, give or take, of [`CASES`].
	#[track_caller]
	pub fn expects(&self, expected: u32) {
		let met = self.0.get();
		println!("{met} cases were about it, and {expected} are expected");
		assert!(met >= floor_of(expected), "only {met} cases were about it, not {expected}");
	}
}

/// What lies five standard deviations below the `expected` number of cases of a kind that is rare: less comes up once in
/// some millions of runs.
pub fn floor_of(expected: u32) -> u32 {
	expected.saturating_sub(5 * (expected.isqrt() + 1)).max(1)
}

#[test]
fn a_base_permit_lets_the_living_read_and_export_what_has_no_label_and_breaks_no_glass() {
	let met = Met::default();
	runner(CASES)
		.run(&case(), |case| {
			let with = |base| Case { base, ..case.clone() }.verdict();
			let (permit, unset) = (with(BaseDecision::Permit), with(BaseDecision::Unset));
			prop_assert!(permit.allows() || !unset.allows());
			if permit != unset {
				prop_assert_eq!(
					(unset, permit),
					(Verdict::Deny(Reason::Default), Verdict::Permit(Basis::Base),)
				);
				prop_assert_eq!(case.question.labels, LabelSet::EMPTY);
				prop_assert!(case.question.purpose != Purpose::Btg);
				prop_assert!(matches!(case.question.action, Action::Read | Action::Export));
				let dead = [PatientState::DeceasedProvisional, PatientState::DeceasedFinal];
				prop_assert!(!dead.contains(&case.state));
				met.count();
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	met.expects(2800);
}

#[test]
fn an_opt_out_more_never_allows_and_one_less_never_refuses() {
	let met = Met::default();
	runner(CASES)
		.run(&(case(), opt_out()), |(case, out)| {
			let mut more = case.clone();
			more.opt_outs.push(out);
			prop_assert!(case.verdict().allows() || !more.verdict().allows());
			if case.verdict() != more.verdict() {
				prop_assert!(matches!(case.verdict(), Verdict::LawfulBasis(_)));
				met.count();
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	met.expects(39);
}

#[test]
fn a_relationship_more_never_refuses_and_changes_nothing_but_what_nobody_had_decided() {
	let met = Met::default();
	runner(CASES)
		.run(&(case(), treatment()), |(case, treatment)| {
			let mut more = case.clone();
			more.relationships.push((99, treatment));
			let (before, after) = (case.verdict(), more.verdict());
			if before != after {
				prop_assert_eq!(after, Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(99)));
				let open = [Verdict::Deny(Reason::Default), Verdict::Permit(Basis::Base)];
				prop_assert!(open.contains(&before), "{before:?}");
				prop_assert_eq!(case.policy, CarePolicy::CareTeam);
				prop_assert!(case.base != BaseDecision::Deny);
				met.count();
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	met.expects(42);
}

#[test]
fn a_relationship_lets_a_live_credential_read_unlabelled_data_for_treatment_and_nothing_else() {
	let met = Met::default();
	runner(CASES)
		.run(&case(), |case| {
			if !matches!(case.verdict(), Verdict::LawfulBasis(_)) {
				return Ok(());
			}
			met.count();
			prop_assert_eq!(case.question.purpose, Purpose::Treat);
			prop_assert_eq!(case.question.action, Action::Read);
			prop_assert_eq!(case.question.labels, LabelSet::EMPTY);
			prop_assert!(case.standing.kinds.intersects(kinds_for(Purpose::Treat)));
			let veto =
				|veto: &PurposeVeto| veto.purpose == Purpose::Treat && veto.in_force(case.at);
			prop_assert!(!case.vetoes.iter().any(veto));
			for changed in [
				Case { policy: CarePolicy::ConsentOnly, ..case.clone() },
				Case { base: BaseDecision::Deny, ..case.clone() },
				Case { relationships: vec![], ..case.clone() },
			] {
				let verdict = changed.verdict();
				prop_assert!(
					!matches!(verdict, Verdict::LawfulBasis(_) | Verdict::Emergency(_)),
					"{verdict:?}"
				);
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	met.expects(160);
}

#[test]
fn an_emergency_more_never_refuses_and_reaches_its_invoker_for_btg_alone() {
	let met = Met::default();
	runner(CASES)
		.run(&(case(), access()), |(case, access)| {
			let mut more = case.clone();
			more.accesses.push((99, access));
			let (before, after) = (case.verdict(), more.verdict());
			if before != after {
				prop_assert_eq!(after, Verdict::Emergency(99));
				prop_assert_eq!(
					case.question.actor,
					Actor::Practitioner { who: access.who, organisation: access.organisation }
				);
				prop_assert_eq!(case.question.purpose, Purpose::Btg);
				prop_assert_eq!(case.question.action, Action::Read);
				prop_assert!(access.classes.contains(case.question.class));
				prop_assert!(access.period.contains(case.at));
				prop_assert!(case.standing.roles.contains(Role::Clinician));
				prop_assert!(case.standing.kinds.intersects(kinds_for(Purpose::Btg)));
				met.count();
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	met.expects(46);
}

#[test]
fn the_advance_directive_alone_stops_an_emergency_and_a_stricter_one_never_allows() {
	let met = Met::default();
	runner(CASES)
		.run(&case(), |case| {
			let with = |advance| Case { advance, ..case.clone() }.verdict();
			let none = with(AdvanceDirective::NoEmergency);
			let unlabelled = with(AdvanceDirective::NoLabelled);
			let all = with(AdvanceDirective::Unrestricted);
			prop_assert!(!matches!(none, Verdict::Emergency(_)));
			if case.question.labels.is_empty() {
				prop_assert_eq!(unlabelled, all);
			} else {
				prop_assert_eq!(unlabelled, none);
			}
			if none != all {
				prop_assert!(matches!(all, Verdict::Emergency(_)));
				met.count();
				// Nothing else that the patient says has a part in it.
				let silent = Case {
					vetoes: vec![],
					directives: vec![],
					base: BaseDecision::Unset,
					opt_outs: vec![],
					relationships: vec![],
					sealed: vec![],
					advance: AdvanceDirective::Unrestricted,
					..case.clone()
				};
				prop_assert_eq!(silent.verdict(), all);
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	met.expects(157);
}

#[test]
fn what_is_let_with_labels_or_at_no_known_time_is_let_without_labels_at_each_time() {
	// Of somebody else than the patient: how many of the cases were let with labels, and at no known time.
	let (with_labels, at_no_time) = (Cell::new(0_u32), Cell::new(0_u32));
	runner(CASES)
		.run(&(case(), 0_u64..10), |(case, time)| {
			let mut plain = case.clone();
			plain.question.labels = LabelSet::EMPTY;
			plain.question.data_time = case.question.data_time.or(Some(time));
			if case.verdict().allows() {
				prop_assert!(plain.verdict().allows());
				let by_other = !matches!(case.question.actor, Actor::Own(_));
				let one = |counts: bool| u32::from(by_other && counts);
				with_labels.set(with_labels.get() + one(!case.question.labels.is_empty()));
				at_no_time.set(at_no_time.get() + one(case.question.data_time.is_none()));
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	let counted = (with_labels.get(), at_no_time.get());
	assert!(counted.0 > 20 && counted.1 > 200, "{counted:?}");
}
