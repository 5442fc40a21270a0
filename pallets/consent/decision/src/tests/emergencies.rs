//! One named example for each rule about emergency access.

use super::precedence::*;
use crate::*;
use salus_primitives::*;

/// Alice has broken the glass for laboratory results, and asks within the four hours.
fn broken() -> Scene {
	scene(&[]).with(|s| {
		s.question.purpose = Purpose::Btg;
		s.accesses = vec![(
			3,
			EmergencyAccess {
				who: ALICE,
				organisation: HOSPITAL,
				classes: DataClassSet::of(&[DataClass::Laboratory]),
				period: Interval::new(500, 2_000),
			},
		)];
	})
}

const EMERGENCY: Verdict = Verdict::Emergency(3);

#[test]
fn whoever_broke_the_glass_reads_for_as_long_as_it_lasts() {
	let scene = broken();
	assert_eq!(scene.verdict(), EMERGENCY);
	assert!(EMERGENCY.allows() && !EMERGENCY.is_permit());
	assert_eq!(scene.at(499), BY_DEFAULT);
	assert_eq!(scene.at(500), EMERGENCY);
	assert_eq!(scene.at(1_999), EMERGENCY);
	assert_eq!(scene.at(2_000), BY_DEFAULT);
}

#[test]
fn it_lets_nobody_else_nowhere_else_and_nothing_else() {
	let refused = |change: fn(&mut Scene)| {
		assert_eq!(broken().with(change).verdict(), BY_DEFAULT);
	};
	refused(|s| {
		s.question.actor = Actor::Practitioner { who: BOB, organisation: HOSPITAL };
	});
	refused(|s| {
		s.question.actor = Actor::Practitioner { who: ALICE, organisation: CLINIC };
	});
	refused(|s| s.question.actor = Actor::Organisation(HOSPITAL));
	refused(|s| s.question.purpose = Purpose::Treat);
	refused(|s| s.question.purpose = Purpose::Etreat);
	refused(|s| s.question.action = Action::Export);
	refused(|s| s.question.action = Action::Amend);
	refused(|s| s.question.class = DataClass::Medications);
	refused(|s| s.standing.roles = RoleSet::of(&[Role::Nurse]));
}

#[test]
fn a_base_permit_breaks_no_glass_and_takes_nothing_from_who_broke_it() {
	let open = || broken().with(|s| s.base = BaseDecision::Permit);
	assert_eq!(open().verdict(), EMERGENCY);
	// Without an emergency, or beyond it, BTG is refused as ever, and what is no emergency is let.
	assert_eq!(open().at(2_000), BY_DEFAULT);
	let none = || open().with(|s| s.accesses = vec![]);
	assert_eq!(none().verdict(), BY_DEFAULT);
	let organisation = none().with(|s| s.question.actor = Actor::Organisation(HOSPITAL));
	assert_eq!(organisation.verdict(), BY_DEFAULT);
	let treated = none().with(|s| s.question.purpose = Purpose::Treat);
	assert_eq!(treated.verdict(), Verdict::Permit(Basis::Base));
	// An advance directive stands against it as well.
	let excluded = open().with(|s| s.advance = AdvanceDirective::NoEmergency);
	assert_eq!(excluded.verdict(), BY_DEFAULT);
}

#[test]
fn labelled_data_is_covered_unless_the_advance_directive_excludes_it() {
	let labelled = |advance| {
		broken()
			.with(|s| {
				s.question.labels = LabelSet::of(&[SensitivityLabel::Hiv]);
				s.advance = advance;
			})
			.verdict()
	};
	assert_eq!(labelled(AdvanceDirective::Unrestricted), EMERGENCY);
	assert_eq!(labelled(AdvanceDirective::NoLabelled), BY_DEFAULT);
	assert_eq!(labelled(AdvanceDirective::NoEmergency), BY_DEFAULT);
	let plain = |advance| broken().with(|s| s.advance = advance).verdict();
	assert_eq!(plain(AdvanceDirective::NoLabelled), EMERGENCY);
	assert_eq!(plain(AdvanceDirective::NoEmergency), BY_DEFAULT);
}

#[test]
fn no_other_word_of_the_patient_stops_it() {
	let scene = broken().with(|s| {
		s.directives = vec![(0, deny(Grantee::Any)), (1, deny(Grantee::Practitioner(ALICE)))];
		s.vetoes = Purpose::ALL
			.iter()
			.map(|purpose| PurposeVeto { purpose: *purpose, from: 0, until: None })
			.collect();
		s.base = BaseDecision::Deny;
		s.opt_outs = vec![OptOut { towards: Towards::Everybody, from: 0, until: None }];
	});
	assert_eq!(scene.verdict(), EMERGENCY);
}

#[test]
fn lost_keys_and_a_disputed_death_do_not_stop_it_and_a_final_one_does() {
	let by = |state| broken().with(|s| s.state = state).verdict();
	use PatientState::*;
	for state in [Active, Frozen, Recovering, Contested, DeceasedProvisional] {
		assert_eq!(by(state), EMERGENCY, "{state:?}");
	}
	for state in [DeceasedFinal, Retired] {
		assert_eq!(by(state), Verdict::Deny(Reason::State), "{state:?}");
	}
	// Nor does a state that stops every other purpose open anything else than what the glass was broken for.
	let class = broken().with(|s| {
		s.state = Frozen;
		s.question.class = DataClass::Medications;
	});
	assert_eq!(class.verdict(), Verdict::Deny(Reason::State));
}

#[test]
fn a_licence_or_an_affiliation_that_is_lost_ends_it() {
	let refused = Verdict::Deny(Reason::Credential);
	let unlicensed = broken().with(|s| s.standing.kinds = OrgKindSet::of(&[OrgKind::Payer]));
	assert_eq!(unlicensed.verdict(), refused);
	let dismissed = broken().with(|s| s.standing.roles = RoleSet::EMPTY);
	assert_eq!(dismissed.verdict(), refused);
}

#[test]
fn it_opens_no_relationship() {
	let treat = broken().with(|s| {
		s.question.purpose = Purpose::Treat;
		s.policy = CarePolicy::CareTeam;
	});
	assert_eq!(treat.verdict(), BY_DEFAULT);
}

#[test]
fn of_two_emergencies_that_cover_it_the_first_is_named() {
	let twice = broken().with(|s| {
		let (_, access) = s.accesses[0];
		s.accesses.insert(0, (5, access));
	});
	assert_eq!(twice.verdict(), EMERGENCY);
}
