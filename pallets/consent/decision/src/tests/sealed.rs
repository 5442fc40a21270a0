//! One named example for each rule about sealed directives.

use super::{
	generator::{held, opening, GENESIS},
	precedence::*,
};
use crate::{
	sealed::{commit, lists, Lists, VERSION},
	*,
};
use codec::Encode;
use salus_primitives::*;

const SALT: u8 = 9;

/// About data with the labels `named`, beside what is not labelled.
fn about(mut directive: Directive<u8>, named: &[SensitivityLabel]) -> Directive<u8> {
	directive.scope.labels = LabelSet::of(named);
	directive.scope.actions = directive.scope.actions.without(Action::Redisclose);
	directive.scope.purposes = directive.scope.purposes.without(Purpose::Btg);
	directive
}

fn hiv(directive: Directive<u8>) -> Directive<u8> {
	about(directive, &[SensitivityLabel::Hiv])
}

impl Scene {
	/// The patient has sealed `directive` as number `id`.
	fn sealing(self, id: SealedId, directive: &Directive<u8>) -> Self {
		let held = held(id, directive, &opening(directive, SALT));
		self.with(|s| s.sealed.push((id, held)))
	}

	/// Who decides has what opens it.
	fn opening(self, id: SealedId, directive: &Directive<u8>) -> Self {
		self.with(|s| s.openings.push((id, opening(directive, SALT))))
	}

	/// Both.
	fn opened(self, id: SealedId, directive: &Directive<u8>) -> Self {
		self.sealing(id, directive).opening(id, directive)
	}
}

/// Alice asks for data about HIV.
fn labelled(directives: &[Directive<u8>]) -> Scene {
	scene(directives).with(|s| s.question.labels = LabelSet::of(&[SensitivityLabel::Hiv]))
}

/// Always flagged, or never.
fn flags(flagged: bool) -> Vec<Interval> {
	flagged.then_some(Interval::ALWAYS).into_iter().collect()
}

fn sealed_permit(id: SealedId) -> Verdict {
	Verdict::Permit(Basis::SealedDirective(id))
}

fn sealed_deny(id: SealedId) -> Verdict {
	Verdict::Deny(Reason::SealedDirective(id))
}

fn unopened(id: SealedId) -> Verdict {
	Verdict::Deny(Reason::Sealed(id))
}

#[test]
fn a_sealed_permit_lets_whoever_has_its_opening_see_labelled_data() {
	let permit = hiv(permit(Grantee::Organisation(HOSPITAL)));
	let scene = labelled(&[]).sealing(4, &permit);
	assert_eq!(scene.verdict(), BY_DEFAULT);
	let scene = scene.opening(4, &permit);
	assert_eq!(scene.verdict(), sealed_permit(4));
	assert!(scene.verdict().allows() && scene.verdict().is_permit());
	// Every label of the data must be named, as in plain.
	let more = LabelSet::of(&[SensitivityLabel::Hiv, SensitivityLabel::Psy]);
	assert_eq!(scene.with(|s| s.question.labels = more).verdict(), BY_DEFAULT);
}

#[test]
fn an_opening_decides_with_what_is_given_and_not_with_what_the_context_has() {
	let permit = hiv(permit(Grantee::Any));
	let scene = labelled(&[]).opened(0, &permit);
	let context = Context {
		question: &scene.question,
		at: AT,
		state: scene.state,
		standing: scene.standing,
		vetoes: &[],
		directives: &[],
		base: scene.base,
		care: Care::default(),
		emergency: Emergency::default(),
		sealed: Sealed { genesis: GENESIS, flagged: &[], directives: &scene.sealed, openings: &[] },
	};
	assert_eq!(decide(&context), BY_DEFAULT);
	assert_eq!(decide_with(&context, &scene.openings), sealed_permit(0));
	let opened =
		Context { sealed: Sealed { openings: &scene.openings, ..context.sealed }, ..context };
	assert_eq!(decide(&opened), sealed_permit(0));
	assert_eq!(decide_with(&opened, &[]), BY_DEFAULT);
}

#[test]
fn what_is_opened_ranks_as_its_plain_form_in_every_tier() {
	let tiers = [
		Grantee::Practitioner(ALICE),
		Grantee::RoleAt(HOSPITAL, Role::Clinician),
		Grantee::Organisation(HOSPITAL),
		Grantee::Any,
	];
	for (i, specific) in tiers.iter().enumerate() {
		for general in &tiers[i + 1..] {
			let plain = scene(&[deny(*general)]).opened(7, &hiv(permit(*specific)));
			assert_eq!(plain.verdict(), sealed_permit(7), "{specific:?} over {general:?}");
			let plain = scene(&[permit(*general)]).opened(7, &about(deny(*specific), &[]));
			assert_eq!(plain.verdict(), sealed_deny(7), "{specific:?} over {general:?}");
			let plain = scene(&[permit(*specific)]).opened(7, &about(deny(*general), &[]));
			assert_eq!(plain.verdict(), permitted(0), "{specific:?} over {general:?}");
			let both =
				labelled(&[]).opened(7, &hiv(permit(*specific))).opened(8, &hiv(deny(*general)));
			assert_eq!(both.verdict(), sealed_permit(7), "{specific:?} over {general:?}");
		}
		let within = scene(&[deny(*specific)]).opened(7, &hiv(permit(*specific)));
		assert_eq!(within.verdict(), denied(0), "{specific:?}");
		let within = scene(&[permit(*specific)]).opened(7, &about(deny(*specific), &[]));
		assert_eq!(within.verdict(), sealed_deny(7), "{specific:?}");
	}
}

#[test]
fn of_equal_ones_a_plain_one_is_named_before_a_sealed_one_and_then_the_lowest_number() {
	let sealed = hiv(permit(Grantee::Any));
	let both = scene(&[permit(Grantee::Any)]).opened(0, &sealed);
	assert_eq!(both.verdict(), permitted(0));
	let two = labelled(&[]).opened(5, &sealed).opened(3, &sealed);
	assert_eq!(two.verdict(), sealed_permit(3));
	let deny = hiv(deny(Grantee::Any));
	assert_eq!(labelled(&[]).opened(5, &deny).opened(3, &deny).verdict(), sealed_deny(3));
	assert_eq!(labelled(&[]).sealing(5, &deny).sealing(3, &deny).verdict(), unopened(3));
}

#[test]
fn an_opening_that_does_not_match_is_as_if_there_were_none() {
	let permit = hiv(permit(Grantee::Any));
	let deny = hiv(deny(Grantee::Organisation(CLINIC)));
	let wrong: [(&str, fn(&mut Opening<u8>)); 8] = [
		("salt", |o| o.salt[31] ^= 1),
		("grantee", |o| o.content.grantee = Grantee::Organisation(HOSPITAL)),
		("actions", |o| o.content.scope.actions = ActionSet::of(&[Action::Read])),
		("purposes", |o| o.content.scope.purposes = PurposeSet::of(&[Purpose::Treat])),
		("classes", |o| o.content.scope.classes = DataClassSet::of(&[DataClass::Laboratory])),
		("labels", |o| o.content.scope.labels = LabelSet::ALL),
		("data", |o| o.content.scope.data = Interval::new(0, u64::MAX - 1)),
		("erase after", |o| o.content.erase_after = Some(AT + 1)),
	];
	for (what, change) in wrong {
		let other = |directive| {
			let mut other = opening(directive, SALT);
			change(&mut other);
			other
		};
		let permitted = labelled(&[]).sealing(1, &permit);
		assert_eq!(
			permitted.with(|s| s.openings = vec![(1, other(&permit))]).verdict(),
			BY_DEFAULT,
			"{what}"
		);
		let denied = labelled(&[]).sealing(1, &deny);
		assert_eq!(
			denied.with(|s| s.openings = vec![(1, other(&deny))]).verdict(),
			unopened(1),
			"{what}"
		);
		// A wrong one beside the right one does no harm.
		let beside = labelled(&[]).sealing(1, &permit).with(|s| {
			s.openings = vec![(1, other(&permit)), (1, opening(&permit, SALT))];
		});
		assert_eq!(beside.verdict(), sealed_permit(1), "{what}");
	}
}

#[test]
fn an_opening_is_for_one_number_one_patient_one_effect_and_one_chain() {
	let permit = hiv(permit(Grantee::Any));
	let right = labelled(&[]).opened(1, &permit);
	assert_eq!(right.verdict(), sealed_permit(1));
	let number = labelled(&[]).sealing(1, &permit).opening(2, &permit);
	assert_eq!(number.verdict(), BY_DEFAULT);
	// The same commitment under another number.
	let moved = labelled(&[]).opened(1, &permit).with(|s| {
		s.sealed[0].0 = 2;
		s.openings[0].0 = 2;
	});
	assert_eq!(moved.verdict(), BY_DEFAULT);
	let patient =
		labelled(&[]).opened(1, &permit).with(|s| s.question.subject = PatientId::repeat_byte(1));
	assert_eq!(patient.verdict(), BY_DEFAULT);
	let effect = labelled(&[]).opened(1, &permit).with(|s| s.sealed[0].1.effect = Effect::Deny);
	assert_eq!(effect.verdict(), unopened(1));
	let other_chain =
		commit(&[8; 32], &PatientId::zero(), 1, Effect::Permit, &opening(&permit, SALT));
	let chain = labelled(&[]).opened(1, &permit).with(|s| s.sealed[0].1.commitment = other_chain);
	assert_eq!(chain.verdict(), BY_DEFAULT);
}

#[test]
fn what_no_plain_directive_could_say_opens_nothing() {
	type Change = fn(&mut Directive<u8>);
	let malformed: [(&str, Change); 10] = [
		("break the glass", |d| d.scope.purposes = d.scope.purposes.with(Purpose::Btg)),
		("no action", |d| d.scope.actions = ActionSet::EMPTY),
		("no purpose", |d| d.scope.purposes = PurposeSet::EMPTY),
		("no class", |d| d.scope.classes = DataClassSet::EMPTY),
		("an unknown action", |d| d.scope.actions.0 |= 1 << 7),
		("an unknown purpose", |d| d.scope.purposes.0 |= 1 << 31),
		("an unknown class", |d| d.scope.classes.0 |= 1 << 31),
		("an unknown label", |d| d.scope.labels.0 |= 1 << 15),
		("no data", |d| d.scope.data = Interval::new(5, 5)),
		("passed on, or an erasure after a denial", |d| match d.effect {
			Effect::Permit => d.scope.actions = d.scope.actions.with(Action::Redisclose),
			Effect::Deny => d.erase_after = Some(AT + 1),
		}),
	];
	for (what, change) in malformed {
		let mut yes = hiv(permit(Grantee::Any));
		change(&mut yes);
		assert_eq!(labelled(&[]).opened(0, &yes).verdict(), BY_DEFAULT, "{what}");
		let mut no = hiv(deny(Grantee::Organisation(CLINIC)));
		change(&mut no);
		assert_eq!(labelled(&[]).opened(0, &no).verdict(), unopened(0), "{what}");
	}
	// A denial may forbid to pass on, and a permit may bind to an erasure.
	let mut no = hiv(deny(Grantee::Organisation(CLINIC)));
	no.scope.actions = ActionSet::ALL;
	assert_eq!(labelled(&[]).opened(0, &no).verdict(), BY_DEFAULT);
	let mut yes = hiv(permit(Grantee::Any));
	yes.erase_after = Some(AT + 1);
	assert_eq!(labelled(&[]).opened(0, &yes).verdict(), sealed_permit(0));
}

#[test]
fn an_unopened_denial_forbids_every_labelled_question_whatever_permits() {
	let no = hiv(deny(Grantee::Organisation(CLINIC)));
	let yes = about(permit(Grantee::Practitioner(ALICE)), SensitivityLabel::ALL);
	let scene = labelled(std::slice::from_ref(&yes)).sealing(2, &no);
	assert_eq!(scene.verdict(), unopened(2));
	for label in SensitivityLabel::ALL {
		let scene = labelled(std::slice::from_ref(&yes))
			.sealing(2, &no)
			.with(|s| s.question.labels = LabelSet::of(&[*label]));
		assert_eq!(scene.verdict(), unopened(2), "{label:?}");
	}
	// Opened it is about somebody else.
	assert_eq!(scene.opening(2, &no).verdict(), permitted(0));
}

#[test]
fn an_unopened_denial_forbids_every_question_of_who_could_not_be_denied_in_plain_and_nothing_else()
{
	let no = hiv(deny(Grantee::Organisation(CLINIC)));
	let unlabelled = |flagged| {
		scene(&[permit(Grantee::Any)]).sealing(2, &no).with(|s| s.flagged = flags(flagged))
	};
	assert_eq!(unlabelled(true).verdict(), unopened(2));
	assert_eq!(unlabelled(true).opening(2, &no).verdict(), permitted(0));
	assert_eq!(unlabelled(false).verdict(), permitted(0));
	// Nor does it stand in the way of a relationship, or of a base decision.
	let related = |flagged| {
		unlabelled(flagged).with(|s| {
			s.directives = vec![];
			s.policy = CarePolicy::CareTeam;
			let period = Interval::ALWAYS;
			s.relationships = vec![(3, Treatment { organisation: HOSPITAL, period, ended: None })];
		})
	};
	let lawful = Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(3));
	assert_eq!(related(false).verdict(), lawful);
	assert_eq!(related(true).verdict(), unopened(2));
	let base = |flagged| {
		unlabelled(flagged).with(|s| {
			s.directives = vec![];
			s.base = BaseDecision::Permit;
		})
	};
	assert_eq!(base(false).verdict(), Verdict::Permit(Basis::Base));
	assert_eq!(base(true).verdict(), unopened(2));
}

#[test]
fn a_flag_that_is_taken_off_ends_no_denial_that_began_before() {
	let mut no = hiv(deny(Grantee::Organisation(CLINIC)));
	no.period = Interval::new(100, 200);
	let asked = |at, flags: &[(Moment, Moment)]| {
		let flagged = flags.iter().map(|(from, until)| Interval::new(*from, *until)).collect();
		scene(&[permit(Grantee::Any)]).sealing(2, &no).with(|s| s.flagged = flagged).at(at)
	};
	// Flagged before it began and until 150: it goes on after that, until it ends itself.
	let since_before = [(50, 150)];
	let told = [99, 100, 149, 150, 151, 199, 200].map(|at| asked(at, &since_before));
	let shut = unopened(2);
	assert_eq!(told, [permitted(0), shut, shut, shut, shut, shut, permitted(0)]);
	// Flagged while it is in force: from then on, and not before.
	let meanwhile = [(120, 130)];
	let told = [119, 120, 129, 130, 199].map(|at| asked(at, &meanwhile));
	assert_eq!(told, [permitted(0), shut, shut, shut, shut]);
	// In the second in which it began.
	assert_eq!(asked(150, &[(50, 100)]), shut);
	assert_eq!(asked(150, &[(100, 100)]), shut);
	// Not, if the flag was taken off before: then the patient could deny in plain.
	assert_eq!(asked(150, &[(50, 99)]), permitted(0));
	// Nor for one that comes later than the moment asked about.
	assert_eq!(asked(150, &[(151, 160)]), permitted(0));
	// Of several any will do.
	assert_eq!(asked(150, &[(10, 20), (120, 130), (151, 160)]), shut);
}

#[test]
fn each_denial_is_judged_by_its_own_beginning() {
	let mut earlier = hiv(deny(Grantee::Organisation(CLINIC)));
	earlier.period = Interval::new(100, 200);
	let mut later = earlier.clone();
	later.period = Interval::new(140, 200);
	let flagged = vec![Interval::new(90, 130)];
	let both = scene(&[permit(Grantee::Any)])
		.sealing(1, &later)
		.sealing(2, &earlier)
		.with(|s| s.flagged = flagged);
	assert_eq!(both.at(150), unopened(2));
	let opened = both.opening(2, &earlier);
	assert_eq!(opened.at(150), permitted(0), "the later one was made when a plain one could be");
}

#[test]
fn a_code_that_the_lists_did_not_have_when_it_was_sealed_never_opens() {
	let last = lists(VERSION).expect("the present one");
	let present = Lists {
		actions: ActionSet::ALL,
		purposes: PurposeSet::ALL,
		classes: DataClassSet::ALL,
		labels: LabelSet::ALL,
		roles: RoleSet::ALL,
	};
	assert_eq!(last, present, "a code more needs a version more");
	// What was once said of a version.
	let first = Lists {
		actions: ActionSet(15),
		purposes: PurposeSet(262_143),
		classes: DataClassSet(8_191),
		labels: LabelSet(255),
		roles: RoleSet(255),
	};
	assert_eq!(lists(1), Some(first));
	assert_eq!(lists(2), Some(Lists { roles: RoleSet(2_047), ..first }));
	// A role that the second version brought opens nothing that was sealed under the first.
	let of_role = hiv(permit(Grantee::RoleAt(HOSPITAL, Role::Researcher)));
	for (version, allowed) in [(1, false), (2, true)] {
		let sealed = labelled(&[]).opened(0, &of_role).with(|s| {
			s.sealed[0].1.version = version;
			s.standing.roles = RoleSet::of(&[Role::Researcher]);
		});
		assert_eq!(sealed.verdict() == sealed_permit(0), allowed, "version {version}");
	}
	for unknown in [0, VERSION + 1, u8::MAX] {
		assert_eq!(lists(unknown), None);
		let version = |s: &mut Scene| s.sealed[0].1.version = unknown;
		let yes = labelled(&[]).opened(0, &hiv(permit(Grantee::Any))).with(version);
		assert_eq!(yes.verdict(), BY_DEFAULT);
		let no = labelled(&[]).opened(0, &hiv(deny(Grantee::Organisation(CLINIC)))).with(version);
		assert_eq!(no.verdict(), unopened(0));
	}
}

#[test]
fn a_salt_of_zeros_opens_nothing() {
	let salted = |directive: &Directive<u8>, salt| {
		let opening = opening(directive, salt);
		let held = held(0, directive, &opening);
		labelled(&[]).with(|s| {
			s.sealed = vec![(0, held)];
			s.openings = vec![(0, opening)];
		})
	};
	let yes = hiv(permit(Grantee::Any));
	assert_eq!(salted(&yes, 0).verdict(), BY_DEFAULT);
	assert_eq!(salted(&yes, 1).verdict(), sealed_permit(0));
	let no = hiv(deny(Grantee::Organisation(CLINIC)));
	assert_eq!(salted(&no, 0).verdict(), unopened(0));
	// One byte is enough to be no zeros; how it was drawn nobody can see.
	let mut nearly = opening(&yes, 0);
	nearly.salt[31] = 1;
	let held = held(0, &yes, &nearly);
	let scene = labelled(&[]).with(|s| {
		s.sealed = vec![(0, held)];
		s.openings = vec![(0, nearly)];
	});
	assert_eq!(scene.verdict(), sealed_permit(0));
}

#[test]
fn a_permit_that_was_to_be_erased_before_it_began_opens_nothing() {
	let mut yes = hiv(permit(Grantee::Any));
	yes.period = Interval::new(100, 2_000);
	for (erased, expected) in [(99, BY_DEFAULT), (100, BY_DEFAULT), (101, sealed_permit(0))] {
		yes.erase_after = Some(erased);
		assert_eq!(labelled(&[]).opened(0, &yes).verdict(), expected, "{erased}");
	}
}

#[test]
fn who_asked_is_told_nothing_that_rests_on_an_opening() {
	use Verdict::{Deny, Permit};
	let permits = [
		Basis::Directive(7),
		Basis::Own,
		Basis::Base,
		Basis::SealedDirective(7),
		Basis::SealedDirective(8),
	];
	for basis in permits {
		assert_eq!(Permit(basis).told(), Told::Permitted, "{basis:?}");
	}
	let reasons = [
		Reason::Directive(7),
		Reason::Default,
		Reason::Veto,
		Reason::State,
		Reason::Credential,
		Reason::Sealed(7),
		Reason::SealedDirective(7),
	];
	for reason in reasons {
		assert_eq!(Deny(reason).told(), Told::Refused, "{reason:?}");
	}
	// These stand on the chain, and oblige to something.
	assert_eq!(Verdict::Emergency(7).told(), Told::Emergency(7));
	let code = LawfulCode::TreatmentRelationship(7);
	assert_eq!(Verdict::LawfulBasis(code).told(), Told::LawfulBasis(code));
}

#[test]
fn a_sealed_directive_is_in_force_from_its_start_to_just_before_its_end() {
	for (mut directive, live, over) in [
		(hiv(permit(Grantee::Any)), sealed_permit(0), BY_DEFAULT),
		(hiv(deny(Grantee::Any)), sealed_deny(0), BY_DEFAULT),
	] {
		directive.period = Interval::new(100, 200);
		let scene = labelled(&[]).opened(0, &directive);
		let at = [99, 100, 199, 200].map(|at| scene.at(at));
		assert_eq!(at, [over, live, live, over]);
		let ended = scene.with(|s| {
			s.sealed[0].1.ended = Some(Ended { at: 150, why: EndReason::Revoked });
		});
		assert_eq!([149, 150].map(|at| ended.at(at)), [live, over]);
		// An end past the period cannot stretch it.
		let late = ended.with(|s| {
			s.sealed[0].1.ended = Some(Ended { at: 300, why: EndReason::Revoked });
		});
		assert_eq!(late.at(250), over);
	}
	let mut no = hiv(deny(Grantee::Any));
	no.period = Interval::new(100, 200);
	let shut = labelled(&[]).sealing(0, &no);
	let at = [99, 100, 199, 200].map(|at| shut.at(at));
	assert_eq!(at, [BY_DEFAULT, unopened(0), unopened(0), BY_DEFAULT]);
}

#[test]
fn state_credential_and_veto_come_before_what_is_sealed() {
	let no = hiv(deny(Grantee::Any));
	let yes = hiv(permit(Grantee::Any));
	let everything = || labelled(&[]).opened(0, &yes).sealing(1, &no);
	let with = |change: fn(&mut Scene)| everything().with(change).verdict();
	assert_eq!(with(|s| s.state = PatientState::Retired), Verdict::Deny(Reason::State));
	assert_eq!(with(|s| s.standing.roles = RoleSet::EMPTY), Verdict::Deny(Reason::Credential));
	let veto = |s: &mut Scene| {
		s.vetoes = vec![PurposeVeto { purpose: Purpose::Treat, from: 0, until: None }]
	};
	assert_eq!(with(veto), Verdict::Deny(Reason::Veto));
	assert_eq!(everything().verdict(), unopened(1));
	let permitted = |change: fn(&mut Scene)| labelled(&[]).opened(0, &yes).with(change).verdict();
	assert_eq!(permitted(|_| ()), sealed_permit(0));
	assert_eq!(permitted(|s| s.state = PatientState::Frozen), sealed_permit(0));
	assert_eq!(permitted(|s| s.state = PatientState::Retired), Verdict::Deny(Reason::State));
	assert_eq!(permitted(veto), Verdict::Deny(Reason::Veto));
	let own = everything().with(|s| {
		s.question.actor = Actor::Own(ALICE);
		s.standing.own_key = true;
	});
	assert_eq!(own.verdict(), Verdict::Permit(Basis::Own));
}

#[test]
fn an_emergency_answers_to_the_advance_directive_and_to_nothing_sealed() {
	let no = hiv(deny(Grantee::Any));
	let emergency = |flagged| {
		labelled(&[]).sealing(0, &no).opened(1, &no).with(|s| {
			s.flagged = flags(flagged);
			s.question.purpose = Purpose::Btg;
			let access = EmergencyAccess {
				who: ALICE,
				organisation: HOSPITAL,
				classes: DataClassSet::ALL,
				period: Interval::ALWAYS,
			};
			s.accesses = vec![(6, access)];
		})
	};
	assert_eq!(emergency(false).verdict(), Verdict::Emergency(6));
	assert_eq!(emergency(true).verdict(), Verdict::Emergency(6));
	let excluded = emergency(true).with(|s| s.advance = AdvanceDirective::NoLabelled);
	assert_eq!(excluded.verdict(), unopened(0));
}

#[test]
fn the_answers_about_sealed_directives_are_encoded_as_front_ends_expect() {
	for (verdict, bytes) in [
		(sealed_permit(7), vec![0, 3, 7, 0, 0, 0]),
		(unopened(7), vec![1, 5, 7, 0, 0, 0]),
		(sealed_deny(7), vec![1, 6, 7, 0, 0, 0]),
	] {
		assert_eq!(verdict.encode(), bytes, "{verdict:?}");
	}
}
