//! One named example for each rule about care relationships.

use super::precedence::*;
use crate::*;
use salus_primitives::*;

fn related(organisation: OrgId, from: Moment, until: Moment) -> Treatment {
	Treatment { organisation, period: Interval::new(from, until), ended: None }
}

/// Alice's hospital treats the patient, on a network whose policy is `CareTeam`.
fn on_the_team() -> Scene {
	scene(&[]).with(|s| {
		s.policy = CarePolicy::CareTeam;
		s.relationships = vec![(7, related(HOSPITAL, 500, 2_000))];
	})
}

const LAWFUL: Verdict = Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(7));

fn opted_out(towards: Towards, from: Moment, until: Option<Moment>) -> OptOut {
	OptOut { towards, from, until }
}

#[test]
fn a_patient_who_never_signed_a_directive_is_treated() {
	assert_eq!(on_the_team().verdict(), LAWFUL);
	assert!(LAWFUL.allows() && !LAWFUL.is_permit());
}

#[test]
fn under_consent_only_a_relationship_means_nothing() {
	let before = on_the_team().with(|s| s.policy = CarePolicy::ConsentOnly);
	assert_eq!(before.verdict(), BY_DEFAULT);
}

#[test]
fn a_relationship_that_ended_answers_deny_from_that_second() {
	let scene = on_the_team();
	assert_eq!(scene.at(499), BY_DEFAULT);
	assert_eq!(scene.at(500), LAWFUL);
	assert_eq!(scene.at(1_999), LAWFUL);
	assert_eq!(scene.at(2_000), BY_DEFAULT);
	let ended = scene.with(|s| s.relationships[0].1.ended = Some(1_200));
	assert_eq!(ended.at(1_199), LAWFUL);
	assert_eq!(ended.at(1_200), BY_DEFAULT);
}

#[test]
fn one_veto_one_deny_one_opt_out_one_base_decision_each_stop_it() {
	let veto = PurposeVeto { purpose: Purpose::Treat, from: AT, until: None };
	assert_eq!(
		on_the_team().with(|s| s.vetoes = vec![veto]).verdict(),
		Verdict::Deny(Reason::Veto)
	);
	for towards in [Towards::Everybody, Towards::Organisation(HOSPITAL)] {
		let out = on_the_team().with(|s| s.opt_outs = vec![opted_out(towards, AT, None)]);
		assert_eq!(out.at(AT - 1), LAWFUL);
		assert_eq!(out.verdict(), BY_DEFAULT, "{towards:?}");
	}
	let base = on_the_team().with(|s| s.base = BaseDecision::Deny);
	assert_eq!(base.verdict(), BY_DEFAULT);
}

#[test]
fn a_deny_of_any_tier_beats_it_and_a_deny_of_somebody_else_does_not() {
	for grantee in [
		Grantee::Practitioner(ALICE),
		Grantee::PractitionerAt(ALICE, HOSPITAL),
		Grantee::RoleAt(HOSPITAL, Role::Clinician),
		Grantee::Organisation(HOSPITAL),
		Grantee::Any,
	] {
		let scene = on_the_team().with(|s| s.directives = vec![(0, deny(grantee))]);
		assert_eq!(scene.verdict(), denied(0), "{grantee:?}");
	}
	for grantee in [Grantee::Practitioner(BOB), Grantee::Organisation(CLINIC)] {
		let scene = on_the_team().with(|s| s.directives = vec![(0, deny(grantee))]);
		assert_eq!(scene.verdict(), LAWFUL, "{grantee:?}");
	}
}

#[test]
fn a_permit_is_named_before_the_relationship_and_the_relationship_before_a_base_permit() {
	let permitted_too = on_the_team().with(|s| s.directives = vec![(0, permit(Grantee::Any))]);
	assert_eq!(permitted_too.verdict(), permitted(0));
	let base = on_the_team().with(|s| s.base = BaseDecision::Permit);
	assert_eq!(base.verdict(), LAWFUL);
}

#[test]
fn an_opt_out_towards_another_organisation_means_nothing() {
	let other = opted_out(Towards::Organisation(CLINIC), 0, None);
	assert_eq!(on_the_team().with(|s| s.opt_outs = vec![other]).verdict(), LAWFUL);
}

#[test]
fn opting_in_revives_no_relationship_that_an_opt_out_has_met() {
	let out = on_the_team().with(|s| {
		s.opt_outs = vec![opted_out(Towards::Everybody, 600, Some(700))];
		s.relationships.push((8, related(HOSPITAL, 900, 2_000)));
	});
	assert_eq!(out.at(599), LAWFUL);
	for at in [600, 699, 700, 899] {
		assert_eq!(out.at(at), BY_DEFAULT, "{at}");
	}
	let anew = Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(8));
	assert_eq!(out.at(900), anew);
}

#[test]
fn labelled_data_stays_shut_and_so_does_whatever_is_not_reading_for_treatment() {
	let refused = |change: fn(&mut Scene)| {
		assert_eq!(on_the_team().with(change).verdict(), BY_DEFAULT);
	};
	refused(|s| s.question.labels = LabelSet::of(&[SensitivityLabel::Psy]));
	refused(|s| s.question.labels = LabelSet(1 << 15));
	refused(|s| s.question.action = Action::Export);
	refused(|s| s.question.action = Action::Amend);
	refused(|s| s.question.action = Action::Redisclose);
	refused(|s| s.question.purpose = Purpose::Hpaymt);
	refused(|s| s.question.purpose = Purpose::Etreat);
	refused(|s| s.question.purpose = Purpose::Btg);
	refused(|s| s.relationships[0].1.organisation = CLINIC);
}

#[test]
fn those_who_treat_and_the_system_are_on_the_team_and_nobody_else() {
	for role in Role::ALL.iter().copied() {
		let verdict = on_the_team().with(|s| s.standing.roles = RoleSet::of(&[role])).verdict();
		let treats = [Role::Clinician, Role::Nurse, Role::Pharmacist, Role::LabScientist];
		assert_eq!(verdict, if treats.contains(&role) { LAWFUL } else { BY_DEFAULT }, "{role:?}");
	}
	let system = on_the_team().with(|s| s.question.actor = Actor::Organisation(HOSPITAL));
	assert_eq!(system.verdict(), LAWFUL);
	let own = on_the_team().with(|s| s.question.actor = Actor::Own(ALICE));
	assert_eq!(own.verdict(), Verdict::Deny(Reason::Credential));
}

#[test]
fn the_organisation_must_be_licensed_to_care() {
	for kind in OrgKind::ALL.iter().copied() {
		let verdict = on_the_team().with(|s| s.standing.kinds = OrgKindSet::of(&[kind])).verdict();
		let cares = [OrgKind::Provider, OrgKind::Pharmacy, OrgKind::Laboratory].contains(&kind);
		let expected = if cares { LAWFUL } else { Verdict::Deny(Reason::Credential) };
		assert_eq!(verdict, expected, "{kind:?}");
	}
}

#[test]
fn a_frozen_handle_keeps_its_relationships_and_a_dead_one_does_not() {
	let by = |state| on_the_team().with(|s| s.state = state).verdict();
	use PatientState::*;
	for state in [Frozen, Recovering, Contested, DeceasedProvisional] {
		assert_eq!(by(state), LAWFUL, "{state:?}");
	}
	for state in [DeceasedFinal, Retired] {
		assert_eq!(by(state), Verdict::Deny(Reason::State), "{state:?}");
	}
}

#[test]
fn of_two_relationships_that_last_the_first_is_named() {
	let both = on_the_team().with(|s| {
		s.relationships =
			vec![(9, related(HOSPITAL, 0, 2_000)), (7, related(HOSPITAL, 500, 2_000))];
	});
	assert_eq!(both.verdict(), LAWFUL);
}
