//! One named example for each rule.

use super::generator::GENESIS;
use crate::*;
use salus_primitives::*;

pub const AT: Moment = 1_000;
pub const ALICE: u8 = 1;
pub const BOB: u8 = 2;
pub const HOSPITAL: OrgId = 10;
pub const CLINIC: OrgId = 20;

/// A Permit (or Deny) for everything but labelled data, always.
fn directive(effect: Effect, grantee: Grantee<u8>) -> Directive<u8> {
	Directive {
		effect,
		grantee,
		scope: Scope {
			actions: ActionSet::ALL,
			purposes: PurposeSet::ALL,
			classes: DataClassSet::ALL,
			labels: LabelSet::EMPTY,
			data: Interval::ALWAYS,
		},
		period: Interval::ALWAYS,
		max_uses: None,
		redisclose_depth: 0,
		erase_after: None,
		granted_by: GrantedBy::Key,
		basis: DirectiveBasis::SelfMade,
		ended: None,
	}
}

pub fn permit(grantee: Grantee<u8>) -> Directive<u8> {
	directive(Effect::Permit, grantee)
}

pub fn deny(grantee: Grantee<u8>) -> Directive<u8> {
	directive(Effect::Deny, grantee)
}

/// Alice, clinician at the hospital, wants to read laboratory results for treatment.
pub struct Scene {
	pub question: Question<u8>,
	pub state: PatientState,
	pub standing: Standing,
	pub vetoes: Vec<PurposeVeto>,
	pub directives: Vec<(DirectiveId, Directive<u8>)>,
	pub base: BaseDecision,
	pub policy: CarePolicy,
	pub relationships: Vec<(RelationshipId, Treatment)>,
	pub opt_outs: Vec<OptOut>,
	pub advance: AdvanceDirective,
	pub accesses: Vec<(EmergencyId, EmergencyAccess<u8>)>,
	/// When the actor could not be denied in plain.
	pub flagged: Vec<Interval>,
	pub sealed: Vec<(SealedId, SealedDirective)>,
	pub openings: Vec<(SealedId, Opening<u8>)>,
}

pub fn scene(directives: &[Directive<u8>]) -> Scene {
	Scene {
		question: Question {
			subject: PatientId::zero(),
			actor: Actor::Practitioner { who: ALICE, organisation: HOSPITAL },
			purpose: Purpose::Treat,
			action: Action::Read,
			class: DataClass::Laboratory,
			labels: LabelSet::EMPTY,
			data_time: None,
			at: None,
		},
		state: PatientState::Active,
		standing: Standing {
			own_key: false,
			kinds: OrgKindSet::of(&[OrgKind::Provider]),
			roles: RoleSet::of(&[Role::Clinician]),
		},
		vetoes: vec![],
		directives: (0..).zip(directives.iter().cloned()).collect(),
		base: BaseDecision::Unset,
		policy: CarePolicy::ConsentOnly,
		relationships: vec![],
		opt_outs: vec![],
		advance: AdvanceDirective::Unrestricted,
		accesses: vec![],
		flagged: vec![],
		sealed: vec![],
		openings: vec![],
	}
}

impl Scene {
	pub fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
		change(&mut self);
		self
	}

	// The caller's file is told to whoever runs these examples as vectors: `clients/wasm`.
	#[track_caller]
	pub fn at(&self, at: Moment) -> Verdict {
		decide(&Context {
			question: &self.question,
			at,
			state: self.state,
			standing: self.standing,
			vetoes: &self.vetoes,
			directives: &self.directives,
			base: self.base,
			care: Care {
				policy: self.policy,
				relationships: &self.relationships,
				opt_outs: &self.opt_outs,
			},
			emergency: Emergency { advance: self.advance, accesses: &self.accesses },
			sealed: Sealed {
				genesis: GENESIS,
				flagged: &self.flagged,
				directives: &self.sealed,
				openings: &self.openings,
			},
		})
	}

	#[track_caller]
	pub fn verdict(&self) -> Verdict {
		self.at(AT)
	}
}

pub const BY_DEFAULT: Verdict = Verdict::Deny(Reason::Default);

pub fn permitted(id: DirectiveId) -> Verdict {
	Verdict::Permit(Basis::Directive(id))
}

pub fn denied(id: DirectiveId) -> Verdict {
	Verdict::Deny(Reason::Directive(id))
}

#[test]
fn without_a_word_of_the_patient_the_answer_is_no() {
	assert_eq!(scene(&[]).verdict(), BY_DEFAULT);
}

#[test]
fn a_base_permit_holds_where_no_directive_speaks_but_never_for_labelled_data() {
	let base = |s: &mut Scene| s.base = BaseDecision::Permit;
	assert_eq!(scene(&[]).with(base).verdict(), Verdict::Permit(Basis::Base));
	assert_eq!(scene(&[deny(Grantee::Any)]).with(base).verdict(), denied(0));
	let labelled =
		scene(&[]).with(base).with(|s| s.question.labels = LabelSet::of(&[SensitivityLabel::Hiv]));
	assert_eq!(labelled.verdict(), BY_DEFAULT);
}

#[test]
fn own_access_comes_before_everything_if_the_key_is_live() {
	for state in STATES {
		let own = scene(&[deny(Grantee::Any)]).with(|s| {
			s.question.actor = Actor::Own(ALICE);
			s.question.labels = LabelSet::ALL;
			s.standing = Standing { own_key: true, ..Default::default() };
			s.vetoes = vec![PurposeVeto { purpose: Purpose::Treat, from: 0, until: None }];
			s.state = state;
		});
		assert_eq!(own.verdict(), Verdict::Permit(Basis::Own), "{state:?}");
		let dead = own.with(|s| s.standing.own_key = false);
		assert_eq!(dead.verdict(), Verdict::Deny(Reason::Credential), "{state:?}");
	}
}

#[test]
fn a_live_key_of_the_patient_helps_nobody_else() {
	let scene = scene(&[]).with(|s| s.standing.own_key = true);
	assert_eq!(scene.verdict(), BY_DEFAULT);
}

#[test]
fn a_directive_never_speaks_to_own_access() {
	let dead = scene(&[permit(Grantee::Practitioner(ALICE))])
		.with(|s| s.question.actor = Actor::Own(ALICE));
	assert_eq!(dead.verdict(), Verdict::Deny(Reason::Credential));
}

const STATES: [PatientState; 7] = [
	PatientState::Active,
	PatientState::Frozen,
	PatientState::Recovering,
	PatientState::Contested,
	PatientState::DeceasedProvisional,
	PatientState::DeceasedFinal,
	PatientState::Retired,
];

#[test]
fn the_state_of_the_handle_stops_purposes_as_the_table_says() {
	for state in STATES {
		for purpose in Purpose::ALL.iter().copied() {
			let going = match state {
				PatientState::Active => true,
				PatientState::Frozen | PatientState::Recovering | PatientState::Contested => {
					purpose == Purpose::Treat
				},
				PatientState::DeceasedProvisional => {
					purpose == Purpose::Treat || purpose == Purpose::Hpaymt
				},
				PatientState::DeceasedFinal => purpose == Purpose::Hpaymt,
				PatientState::Retired => false,
			};
			let verdict = scene(&[permit(Grantee::Any)])
				.with(|s| {
					s.state = state;
					s.question.purpose = purpose;
				})
				.verdict();
			let expected = if going { permitted(0) } else { Verdict::Deny(Reason::State) };
			assert_eq!(verdict, expected, "{state:?} {purpose:?}");
		}
	}
}

#[test]
fn a_state_permits_nothing_by_itself() {
	let frozen = scene(&[]).with(|s| s.state = PatientState::Frozen);
	assert_eq!(frozen.verdict(), BY_DEFAULT);
}

#[test]
fn state_is_named_before_credential_and_credential_before_veto() {
	let nobody = scene(&[permit(Grantee::Any)]).with(|s| {
		s.state = PatientState::Retired;
		s.standing = Standing::default();
		s.vetoes = vec![PurposeVeto { purpose: Purpose::Treat, from: 0, until: None }];
	});
	assert_eq!(nobody.verdict(), Verdict::Deny(Reason::State));
	let nobody = nobody.with(|s| s.state = PatientState::Active);
	assert_eq!(nobody.verdict(), Verdict::Deny(Reason::Credential));
	let somebody = nobody.with(|s| {
		s.standing = Standing { kinds: OrgKindSet::ALL, roles: RoleSet::ALL, own_key: false }
	});
	assert_eq!(somebody.verdict(), Verdict::Deny(Reason::Veto));
}

#[test]
fn without_a_licence_or_an_affiliation_no_permit_helps() {
	let permits = [permit(Grantee::Practitioner(ALICE)), permit(Grantee::Any)];
	let unlicensed = scene(&permits).with(|s| s.standing.kinds = OrgKindSet::EMPTY);
	assert_eq!(unlicensed.verdict(), Verdict::Deny(Reason::Credential));
	let stranger = scene(&permits).with(|s| s.standing.roles = RoleSet::EMPTY);
	assert_eq!(stranger.verdict(), Verdict::Deny(Reason::Credential));
}

#[test]
fn an_organisation_as_such_needs_a_licence_and_no_affiliation() {
	let organisation = scene(&[permit(Grantee::Organisation(HOSPITAL))]).with(|s| {
		s.question.actor = Actor::Organisation(HOSPITAL);
		s.standing.roles = RoleSet::EMPTY;
	});
	assert_eq!(organisation.verdict(), permitted(0));
	let unlicensed = organisation.with(|s| s.standing.kinds = OrgKindSet::EMPTY);
	assert_eq!(unlicensed.verdict(), Verdict::Deny(Reason::Credential));
}

#[test]
fn a_veto_beats_the_most_specific_permit_for_its_purpose_and_its_time_alone() {
	let vetoed = scene(&[permit(Grantee::Practitioner(ALICE))]).with(|s| {
		s.vetoes = vec![PurposeVeto { purpose: Purpose::Treat, from: 500, until: Some(2_000) }]
	});
	assert_eq!(vetoed.at(499), permitted(0));
	assert_eq!(vetoed.at(500), Verdict::Deny(Reason::Veto));
	assert_eq!(vetoed.at(1_999), Verdict::Deny(Reason::Veto));
	assert_eq!(vetoed.at(2_000), permitted(0));
	let other = vetoed.with(|s| s.question.purpose = Purpose::Hpaymt);
	assert_eq!(other.verdict(), permitted(0));
}

#[test]
fn each_tier_beats_every_less_specific_one() {
	let less =
		[Grantee::RoleAt(HOSPITAL, Role::Clinician), Grantee::Organisation(HOSPITAL), Grantee::Any];
	let person = [Grantee::Practitioner(ALICE), Grantee::PractitionerAt(ALICE, HOSPITAL)];
	for tiers in person.map(|person| [&[person][..], &less[..]].concat()) {
		each_beats_the_next(&tiers);
	}
}

fn each_beats_the_next(tiers: &[Grantee<u8>]) {
	for (i, specific) in tiers.iter().enumerate() {
		for general in &tiers[i + 1..] {
			assert_eq!(scene(&[deny(*general), permit(*specific)]).verdict(), permitted(1));
			assert_eq!(scene(&[permit(*general), deny(*specific)]).verdict(), denied(1));
		}
	}
}

#[test]
fn within_a_tier_deny_beats_permit_whichever_came_first() {
	for grantee in [
		Grantee::Practitioner(ALICE),
		Grantee::PractitionerAt(ALICE, HOSPITAL),
		Grantee::RoleAt(HOSPITAL, Role::Clinician),
		Grantee::Organisation(HOSPITAL),
		Grantee::Any,
	] {
		assert_eq!(scene(&[permit(grantee), deny(grantee)]).verdict(), denied(1));
		assert_eq!(scene(&[deny(grantee), permit(grantee)]).verdict(), denied(0));
	}
}

#[test]
fn two_roles_are_one_tier() {
	let roles = [
		permit(Grantee::RoleAt(HOSPITAL, Role::Clinician)),
		deny(Grantee::RoleAt(HOSPITAL, Role::PrivacyOfficer)),
	];
	assert_eq!(scene(&roles).verdict(), permitted(0));
	let both = scene(&roles)
		.with(|s| s.standing.roles = RoleSet::of(&[Role::Clinician, Role::PrivacyOfficer]));
	assert_eq!(both.verdict(), denied(1));
}

#[test]
fn of_several_equal_directives_the_first_is_named() {
	assert_eq!(scene(&[permit(Grantee::Any), permit(Grantee::Any)]).verdict(), permitted(0));
	assert_eq!(scene(&[deny(Grantee::Any), deny(Grantee::Any)]).verdict(), denied(0));
}

#[test]
fn a_directive_about_another_means_nothing() {
	for other in [
		Grantee::Practitioner(BOB),
		Grantee::PractitionerAt(BOB, HOSPITAL),
		Grantee::PractitionerAt(ALICE, CLINIC),
		Grantee::RoleAt(CLINIC, Role::Clinician),
		Grantee::RoleAt(HOSPITAL, Role::Nurse),
		Grantee::Organisation(CLINIC),
	] {
		assert_eq!(scene(&[permit(other)]).verdict(), BY_DEFAULT, "{other:?}");
		assert_eq!(scene(&[deny(other), permit(Grantee::Any)]).verdict(), permitted(1));
	}
}

#[test]
fn roles_and_persons_do_not_speak_to_the_organisation_as_such() {
	for grantee in [
		Grantee::Practitioner(ALICE),
		Grantee::PractitionerAt(ALICE, HOSPITAL),
		Grantee::RoleAt(HOSPITAL, Role::Clinician),
	] {
		let scene =
			scene(&[permit(grantee)]).with(|s| s.question.actor = Actor::Organisation(HOSPITAL));
		assert_eq!(scene.verdict(), BY_DEFAULT);
	}
}

#[test]
fn a_permit_to_a_person_holds_at_each_employer() {
	let elsewhere = scene(&[permit(Grantee::Practitioner(ALICE))]).with(|s| {
		s.question.actor = Actor::Practitioner { who: ALICE, organisation: CLINIC };
	});
	assert_eq!(elsewhere.verdict(), permitted(0));
}

/// The patient's own Permit to a person says more about that person than a Deny of an employer does.
#[test]
fn a_permit_to_a_person_passes_by_a_deny_of_an_employer_unless_it_names_another() {
	let at_the_clinic = |s: &mut Scene| {
		s.question.actor = Actor::Practitioner { who: ALICE, organisation: CLINIC };
	};
	let anywhere =
		scene(&[permit(Grantee::Practitioner(ALICE)), deny(Grantee::Organisation(CLINIC))]);
	assert_eq!(anywhere.with(at_the_clinic).verdict(), permitted(0));
	let here = scene(&[
		permit(Grantee::PractitionerAt(ALICE, HOSPITAL)),
		deny(Grantee::Organisation(CLINIC)),
	]);
	assert_eq!(here.verdict(), permitted(0));
	assert_eq!(here.with(at_the_clinic).verdict(), denied(1));
}

#[test]
fn a_person_and_a_person_at_an_organisation_are_one_tier() {
	let (anywhere, here) = (Grantee::Practitioner(ALICE), Grantee::PractitionerAt(ALICE, HOSPITAL));
	assert_eq!(scene(&[permit(here), deny(anywhere)]).verdict(), denied(1));
	assert_eq!(scene(&[deny(here), permit(anywhere)]).verdict(), denied(0));
}

#[test]
fn action_purpose_and_class_match_by_membership_alone() {
	let narrow = |change: fn(&mut Scope)| {
		let mut directive = permit(Grantee::Any);
		change(&mut directive.scope);
		scene(&[directive]).verdict()
	};
	assert_eq!(narrow(|s| s.actions = ActionSet::of(&[Action::Read])), permitted(0));
	assert_eq!(narrow(|s| s.actions = s.actions.without(Action::Read)), BY_DEFAULT);
	assert_eq!(narrow(|s| s.classes = DataClassSet::of(&[DataClass::Laboratory])), permitted(0));
	assert_eq!(narrow(|s| s.classes = s.classes.without(DataClass::Laboratory)), BY_DEFAULT);
	assert_eq!(narrow(|s| s.purposes = PurposeSet::of(&[Purpose::Treat])), permitted(0));
	// Emergency treatment is a child of treatment in HL7's tree. It implies nothing here.
	assert_eq!(narrow(|s| s.purposes = s.purposes.without(Purpose::Treat)), BY_DEFAULT);
	let emergency = scene(&[{
		let mut directive = permit(Grantee::Any);
		directive.scope.purposes = PurposeSet::of(&[Purpose::Treat]);
		directive
	}])
	.with(|s| s.question.purpose = Purpose::Etreat);
	assert_eq!(emergency.verdict(), BY_DEFAULT);
}

#[test]
fn a_permit_must_name_every_label_of_the_data() {
	let ask = |written: &[SensitivityLabel], asked: &[SensitivityLabel]| {
		let mut directive = permit(Grantee::Any);
		directive.scope.labels = LabelSet::of(written);
		scene(&[directive]).with(|s| s.question.labels = LabelSet::of(asked)).verdict()
	};
	use SensitivityLabel::{Hiv, Psy};
	assert_eq!(ask(&[], &[Hiv]), BY_DEFAULT);
	assert_eq!(ask(&[Hiv], &[Hiv]), permitted(0));
	assert_eq!(ask(&[Hiv], &[Hiv, Psy]), BY_DEFAULT);
	assert_eq!(ask(&[Hiv, Psy], &[Hiv]), permitted(0));
	assert_eq!(ask(&[Hiv], &[]), permitted(0));
}

#[test]
fn a_deny_without_labels_covers_everything_and_one_with_labels_what_shares_one() {
	let ask = |written: &[SensitivityLabel], asked: &[SensitivityLabel]| {
		let mut no = deny(Grantee::Any);
		no.scope.labels = LabelSet::of(written);
		let mut yes = permit(Grantee::Any);
		yes.scope.labels = LabelSet::ALL;
		scene(&[no, yes]).with(|s| s.question.labels = LabelSet::of(asked)).verdict()
	};
	use SensitivityLabel::{Hiv, Psy};
	assert_eq!(ask(&[], &[]), denied(0));
	assert_eq!(ask(&[], &[Hiv]), denied(0));
	assert_eq!(ask(&[Hiv], &[Hiv, Psy]), denied(0));
	assert_eq!(ask(&[Hiv], &[Psy]), permitted(1));
	assert_eq!(ask(&[Hiv], &[]), permitted(1));
}

#[test]
fn a_label_that_nobody_knows_is_covered_by_no_plain_permit_and_by_every_plain_deny() {
	let unknown =
		|directive| scene(&[directive]).with(|s| s.question.labels = LabelSet(1 << 15)).verdict();
	assert_eq!(unknown(permit(Grantee::Any)), BY_DEFAULT);
	assert_eq!(unknown(deny(Grantee::Any)), denied(0));
}

#[test]
fn data_of_unknown_age_is_covered_by_a_permit_for_any_age_and_by_every_deny() {
	let aged = |mut directive: Directive<u8>, data: Interval, time: Option<Moment>| {
		directive.scope.data = data;
		scene(&[directive]).with(|s| s.question.data_time = time).verdict()
	};
	let decade = Interval::new(100, 200);
	let yes = permit(Grantee::Any);
	assert_eq!(aged(yes.clone(), Interval::ALWAYS, None), permitted(0));
	assert_eq!(aged(yes.clone(), Interval::ALWAYS, Some(7)), permitted(0));
	assert_eq!(aged(yes.clone(), decade, None), BY_DEFAULT);
	assert_eq!(aged(yes.clone(), decade, Some(99)), BY_DEFAULT);
	assert_eq!(aged(yes.clone(), decade, Some(100)), permitted(0));
	assert_eq!(aged(yes.clone(), decade, Some(199)), permitted(0));
	assert_eq!(aged(yes, decade, Some(200)), BY_DEFAULT);
	let no = deny(Grantee::Any);
	assert_eq!(aged(no.clone(), decade, None), denied(0));
	assert_eq!(aged(no.clone(), decade, Some(150)), denied(0));
	assert_eq!(aged(no, decade, Some(200)), BY_DEFAULT);
}

#[test]
fn a_directive_is_in_force_from_its_start_to_just_before_its_end() {
	let mut directive = permit(Grantee::Any);
	directive.period = Interval::new(100, 200);
	let running = scene(&[directive.clone()]);
	assert_eq!(running.at(99), BY_DEFAULT);
	assert_eq!(running.at(100), permitted(0));
	assert_eq!(running.at(199), permitted(0));
	assert_eq!(running.at(200), BY_DEFAULT);

	directive.ended = Some(Ended { at: 150, why: EndReason::Revoked });
	let revoked = scene(&[directive.clone()]);
	assert_eq!(revoked.at(149), permitted(0));
	assert_eq!(revoked.at(150), BY_DEFAULT);

	// An end past the period cannot stretch it.
	directive.ended = Some(Ended { at: 300, why: EndReason::Revoked });
	assert_eq!(scene(&[directive.clone()]).at(250), BY_DEFAULT);

	directive.ended = Some(Ended { at: 100, why: EndReason::Revoked });
	assert_eq!(scene(&[directive]).at(100), BY_DEFAULT);
}

#[test]
fn a_grant_after_a_revocation_leaves_the_gap_closed() {
	let mut first = permit(Grantee::Any);
	first.period = Interval::new(100, 1_000);
	first.ended = Some(Ended { at: 200, why: EndReason::Revoked });
	let mut second = permit(Grantee::Any);
	second.period = Interval::new(300, 1_000);
	let scene = scene(&[first, second]);
	assert_eq!(scene.at(150), permitted(0));
	assert_eq!(scene.at(250), BY_DEFAULT);
	assert_eq!(scene.at(300), permitted(1));
}

#[test]
fn verdicts_are_encoded_as_front_ends_expect() {
	use codec::Encode;
	for (verdict, bytes) in [
		(Verdict::Permit(Basis::Directive(7)), vec![0, 0, 7, 0, 0, 0]),
		(Verdict::Permit(Basis::Own), vec![0, 1]),
		(Verdict::Permit(Basis::Base), vec![0, 2]),
		(Verdict::Deny(Reason::Directive(7)), vec![1, 0, 7, 0, 0, 0]),
		(Verdict::Deny(Reason::Default), vec![1, 1]),
		(Verdict::Deny(Reason::Veto), vec![1, 2]),
		(Verdict::Deny(Reason::State), vec![1, 3]),
		(Verdict::Deny(Reason::Credential), vec![1, 4]),
		(Verdict::Emergency(1), vec![2, 1, 0, 0, 0]),
		(
			Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(7)),
			vec![3, 0, 7, 0, 0, 0, 0, 0, 0, 0],
		),
	] {
		assert_eq!(verdict.encode(), bytes, "{verdict:?}");
	}
}

#[test]
fn a_scope_is_within_another_only_if_every_part_is() {
	let outer = permit(Grantee::Any).scope;
	assert!(outer.is_within(&outer));
	let narrower: [fn(&mut Scope); 4] = [
		|s| s.actions = s.actions.without(Action::Export),
		|s| s.purposes = s.purposes.without(Purpose::Hresch),
		|s| s.classes = s.classes.without(DataClass::Genomics),
		|s| s.data = Interval::new(1, 2),
	];
	for narrow in narrower {
		let mut inner = outer;
		narrow(&mut inner);
		assert!(inner.is_within(&outer) && !outer.is_within(&inner), "{inner:?}");
	}
	let mut labelled = outer;
	labelled.labels = LabelSet::of(&[SensitivityLabel::Psy]);
	assert!(outer.is_within(&labelled) && !labelled.is_within(&outer));
}

#[test]
fn a_licence_of_another_kind_does_not_stand_in() {
	let by = |kinds: &[OrgKind], purpose: Purpose| {
		let kinds = OrgKindSet::of(kinds);
		scene(&[permit(Grantee::Organisation(HOSPITAL))])
			.with(|s| s.standing.kinds = kinds)
			.with(|s| s.question.purpose = purpose)
			.verdict()
	};
	let refused = Verdict::Deny(Reason::Credential);
	// A hospital that also insures loses the licence of one kind.
	let both = [OrgKind::Provider, OrgKind::Payer];
	assert_eq!(by(&both, Purpose::Treat), permitted(0));
	assert_eq!(by(&[OrgKind::Payer], Purpose::Treat), refused);
	assert_eq!(by(&[OrgKind::Payer], Purpose::Hpaymt), permitted(0));
	assert_eq!(by(&[OrgKind::Research], Purpose::Hresch), permitted(0));
	assert_eq!(by(&[OrgKind::Research], Purpose::Treat), refused);
	assert_eq!(by(&[OrgKind::Payer], Purpose::Hresch), refused);
	assert_eq!(by(&[OrgKind::Auditor], Purpose::Hoperat), refused);
	assert_eq!(by(&[OrgKind::Auditor], Purpose::Hlegal), permitted(0));
	// Whoever provides care may act for every purpose; there is none that nobody may act for.
	for purpose in Purpose::ALL {
		assert!(kinds_for(*purpose).contains(OrgKind::Provider), "{purpose:?}");
	}
}
