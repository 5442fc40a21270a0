//! Random cases from a world so small that people, purposes and moments keep meeting.

use crate::{
	sealed::{commit, VERSION},
	*,
};
use proptest::{
	collection::vec,
	prelude::*,
	test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use salus_primitives::*;
use std::time::{SystemTime, UNIX_EPOCH};

/// A context that owns what it is made of.
#[derive(Clone, Debug)]
pub struct Case {
	pub question: Question<u8>,
	pub at: Moment,
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

/// The genesis hash of every case.
pub const GENESIS: [u8; 32] = [7; 32];

impl Case {
	pub fn context(&self) -> Context<'_, u8> {
		Context {
			question: &self.question,
			at: self.at,
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
		}
	}

	pub fn verdict(&self) -> Verdict {
		decide(&self.context())
	}
}

/// A runner over `cases` cases. The seed is printed; `SALUS_SEED` repeats a run.
pub fn runner(cases: u32) -> TestRunner {
	let seed: u64 = match std::env::var("SALUS_SEED") {
		Ok(seed) => seed.parse().expect("SALUS_SEED is a number"),
		Err(_) => SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64,
	};
	println!("SALUS_SEED={seed}");
	let bytes: Vec<u8> = (0..4u64).flat_map(|i| seed.wrapping_add(i).to_le_bytes()).collect();
	TestRunner::new_with_rng(
		Config { cases, failure_persistence: None, ..Config::default() },
		TestRng::from_seed(RngAlgorithm::ChaCha, &bytes),
	)
}

const PURPOSES: [Purpose; 3] = [Purpose::Treat, Purpose::Hpaymt, Purpose::Hresch];
const ROLES: [Role; 3] = [Role::Clinician, Role::Nurse, Role::Researcher];

fn purpose() -> impl Strategy<Value = Purpose> {
	(0usize..3).prop_map(|i| PURPOSES[i])
}

/// Mostly wide sets: a directive with a narrow one in every dimension would never be met.
fn bits(width: u32) -> impl Strategy<Value = u32> {
	let all = (1u32 << width) - 1;
	prop_oneof![3 => Just(all), 1 => 0..=all]
}

fn labels() -> impl Strategy<Value = LabelSet> {
	prop_oneof![2 => Just(0u16), 1 => 0u16..4].prop_map(LabelSet)
}

fn interval() -> impl Strategy<Value = Interval> {
	prop_oneof![
		2 => Just(Interval::ALWAYS),
		3 => (0u64..8, 0u64..10).prop_map(|(from, until)| Interval::new(from, until)),
	]
}

/// Mostly all of time: what must meet the question in many other ways too.
fn wide() -> impl Strategy<Value = Interval> {
	prop_oneof![2 => Just(Interval::ALWAYS), 1 => interval()]
}

pub fn directive() -> impl Strategy<Value = Directive<u8>> {
	let grantee = prop_oneof![
		Just(Grantee::Any),
		(0u32..2).prop_map(Grantee::Organisation),
		(0u32..2, 0usize..3).prop_map(|(o, r)| Grantee::RoleAt(o, ROLES[r])),
		(0u8..2).prop_map(Grantee::Practitioner),
		(0u8..2, 0u32..2).prop_map(|(who, o)| Grantee::PractitionerAt(who, o)),
	];
	let scope = (bits(2), bits(3), bits(2), labels(), interval()).prop_map(
		|(actions, purposes, classes, labels, data)| Scope {
			actions: ActionSet(actions as u8),
			purposes: PURPOSES
				.iter()
				.enumerate()
				.filter(|(i, _)| purposes & (1 << i) != 0)
				.fold(PurposeSet::EMPTY, |set, (_, purpose)| set.with(*purpose)),
			classes: DataClassSet(classes),
			labels,
			data,
		},
	);
	(0u8..5, grantee, scope, interval(), proptest::option::weighted(0.3, 0u64..10)).prop_map(
		|(effect, grantee, scope, period, ended)| Directive {
			effect: if effect < 3 { Effect::Permit } else { Effect::Deny },
			grantee,
			scope,
			period,
			max_uses: None,
			redisclose_depth: 0,
			erase_after: None,
			granted_by: GrantedBy::Key,
			basis: DirectiveBasis::SelfMade,
			ended: ended.map(|at| Ended { at, why: EndReason::Revoked }),
		},
	)
}

pub fn veto() -> impl Strategy<Value = PurposeVeto> {
	(purpose(), 0u64..10, proptest::option::of(0u64..10))
		.prop_map(|(purpose, from, until)| PurposeVeto { purpose, from, until })
}

fn question() -> impl Strategy<Value = Question<u8>> {
	let actor = prop_oneof![
		1 => (0u8..2).prop_map(Actor::Own),
		4 => (0u32..2).prop_map(Actor::Organisation),
		10 => (0u8..2, 0u32..2)
			.prop_map(|(who, organisation)| Actor::Practitioner { who, organisation }),
	];
	let purpose = prop_oneof![3 => purpose(), 1 => Just(Purpose::Btg)];
	// Seldom one that no base decision lets: no directive of a case is about it either.
	let action = prop_oneof![12 => 0usize..2, 1 => 2usize..4];
	(actor, purpose, action, 0usize..2, labels(), proptest::option::of(0u64..10)).prop_map(
		|(actor, purpose, action, class, labels, data_time)| Question {
			subject: PatientId::zero(),
			actor,
			purpose,
			action: Action::ALL[action],
			class: DataClass::ALL[class],
			labels,
			data_time,
			at: None,
		},
	)
}

fn state() -> impl Strategy<Value = PatientState> {
	prop_oneof![
		12 => Just(PatientState::Active),
		1 => Just(PatientState::Frozen),
		1 => Just(PatientState::Recovering),
		1 => Just(PatientState::Contested),
		1 => Just(PatientState::DeceasedProvisional),
		1 => Just(PatientState::DeceasedFinal),
		1 => Just(PatientState::Retired),
	]
}

pub fn case() -> impl Strategy<Value = Case> {
	let standing = (any::<bool>(), 0u8..12, prop_oneof![5 => 1u16..4, 1 => Just(0)]).prop_map(
		|(own_key, kinds, roles)| Standing {
			own_key,
			kinds: match kinds {
				0 => OrgKindSet::EMPTY,
				1 => OrgKindSet::of(&[OrgKind::Payer]),
				2 => OrgKindSet::of(&[OrgKind::Research, OrgKind::Auditor]),
				_ => OrgKindSet::of(&[OrgKind::Provider, OrgKind::Payer]),
			},
			roles: RoleSet(roles),
		},
	);
	let base = prop_oneof![
		3 => Just(BaseDecision::Unset),
		1 => Just(BaseDecision::Deny),
		1 => Just(BaseDecision::Permit),
	];
	let policy = prop_oneof![1 => Just(CarePolicy::ConsentOnly), 3 => Just(CarePolicy::CareTeam)];
	let advance = prop_oneof![
		6 => Just(AdvanceDirective::Unrestricted),
		1 => Just(AdvanceDirective::NoLabelled),
		1 => Just(AdvanceDirective::NoEmergency),
	];
	let words = (vec(veto(), 0..2), numbered(directive(), 0..9), base);
	let care = (
		policy,
		numbered(treatment(), 0..6),
		prop_oneof![2 => Just(vec![]), 1 => vec(opt_out(), 1..3)],
	);
	let emergency = (advance, numbered(access(), 0..6));
	let sealed = (
		prop_oneof![2 => Just(vec![]), 1 => vec(flag(), 1..3)],
		prop_oneof![1 => Just(vec![]), 2 => numbered(sealing(), 1..5)],
	);
	(question(), 0u64..10, state(), standing, words, care, emergency, sealed).prop_map(
		|(question, at, state, standing, words, care, emergency, (flagged, sealed))| {
			let (sealed, openings) = seal(sealed);
			Case {
				question,
				at,
				state,
				standing,
				vetoes: words.0,
				directives: words.1,
				base: words.2,
				policy: care.0,
				relationships: care.1.into_iter().map(|(id, value)| (id.into(), value)).collect(),
				opt_outs: care.2,
				advance: emergency.0,
				accesses: emergency.1,
				flagged,
				sealed,
				openings,
			}
		},
	)
}

/// A time at which the actor could not be denied in plain. Some have no length: set and taken off in one second.
pub fn flag() -> impl Strategy<Value = Interval> {
	prop_oneof![
		1 => Just(Interval::ALWAYS),
		4 => (0u64..10, 0u64..6).prop_map(|(from, lasts)| Interval::new(from, from + lasts)),
	]
}

/// A directive that is to be sealed, its salt, and which openings of it there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Known {
	/// The right one.
	Opened,
	/// None.
	Shut,
	/// One with another salt.
	WrongSalt,
	/// One with other content.
	WrongContent,
	/// One of another directive, and the right one.
	Both,
	/// The right one, of a version of the code lists that is not known here.
	OtherVersion,
	/// The right one, of the first version of the code lists.
	FirstVersion,
}

pub type Sealing = (Directive<u8>, u8, Known);

pub fn sealing() -> impl Strategy<Value = Sealing> {
	let known = prop_oneof![
		4 => Just(Known::Opened),
		3 => Just(Known::Shut),
		1 => Just(Known::WrongSalt),
		1 => Just(Known::WrongContent),
		1 => Just(Known::Both),
		1 => Just(Known::OtherVersion),
		1 => Just(Known::FirstVersion),
	];
	// Mostly in force and about data of any age: one that is not meets no question.
	let sealed = (directive(), 0u8..4).prop_map(|(directive, narrow)| {
		if narrow == 0 {
			return directive;
		}
		let scope = Scope { data: Interval::ALWAYS, ..directive.scope };
		let period = Interval::new(directive.period.from, u64::MAX);
		Directive { scope, period, ended: None, ..directive }
	});
	let erased = proptest::option::weighted(0.1, 0u64..10);
	let sealed = (sealed, erased)
		.prop_map(|(directive, erase_after)| Directive { erase_after, ..directive });
	// A salt of zeros opens nothing.
	let salt = prop_oneof![12 => 1u8..4, 1 => Just(0)];
	(sealed, salt, known)
}

/// What opens `directive` once it is sealed with `salt`.
pub fn opening(directive: &Directive<u8>, salt: u8) -> Opening<u8> {
	let Directive { grantee, scope, erase_after, .. } = directive.clone();
	Opening { salt: [salt; 32], content: SealedContent { grantee, scope, erase_after } }
}

/// What the chain holds of `directive` once it is sealed as number `id`.
pub fn held(id: SealedId, directive: &Directive<u8>, opening: &Opening<u8>) -> SealedDirective {
	let Directive { effect, period, ended, .. } = *directive;
	let commitment = commit(&GENESIS, &PatientId::zero(), id, effect, opening);
	SealedDirective { effect, commitment, period, ended, version: VERSION }
}

/// What the chain holds of sealed directives, and what opens them.
type Sealings = (Vec<(SealedId, SealedDirective)>, Vec<(SealedId, Opening<u8>)>);

/// Seals them.
pub fn seal(all: Vec<(SealedId, Sealing)>) -> Sealings {
	let (mut sealed, mut openings) = (vec![], vec![]);
	for (id, (directive, salt, known)) in all {
		let right = opening(&directive, salt);
		sealed.push((id, held(id, &directive, &right)));
		let wrong_salt = Opening { salt: [salt + 1; 32], ..right.clone() };
		let mut wrong_content = right.clone();
		wrong_content.content.scope.labels.0 ^= 1;
		match known {
			Known::OtherVersion => {
				if let Some((_, held)) = sealed.last_mut() {
					held.version = VERSION + 1;
				}
				openings.push((id, right));
			},
			Known::FirstVersion => {
				if let Some((_, held)) = sealed.last_mut() {
					held.version = 1;
				}
				openings.push((id, right));
			},
			Known::Shut => {},
			Known::Opened => openings.push((id, right)),
			Known::WrongSalt => openings.push((id, wrong_salt)),
			Known::WrongContent => openings.push((id, wrong_content)),
			Known::Both => openings.extend([(id, wrong_salt), (id, right)]),
		}
	}
	(sealed, openings)
}

pub fn treatment() -> impl Strategy<Value = Treatment> {
	(0u32..2, wide(), proptest::option::weighted(0.2, 0u64..10))
		.prop_map(|(organisation, period, ended)| Treatment { organisation, period, ended })
}

pub fn opt_out() -> impl Strategy<Value = OptOut> {
	let towards = prop_oneof![
		1 => Just(Towards::Everybody),
		2 => (0u32..2).prop_map(Towards::Organisation),
	];
	(towards, 0u64..10, proptest::option::of(0u64..10)).prop_map(|(towards, from, until)| OptOut {
		towards,
		from,
		until,
	})
}

pub fn access() -> impl Strategy<Value = EmergencyAccess<u8>> {
	(0u8..2, 0u32..2, bits(2), wide()).prop_map(|(who, organisation, classes, period)| {
		EmergencyAccess { who, organisation, classes: DataClassSet(classes), period }
	})
}

/// Numbers things, and then puts them in any order.
fn numbered<T: Clone + core::fmt::Debug>(
	things: impl Strategy<Value = T>,
	count: core::ops::Range<usize>,
) -> impl Strategy<Value = Vec<(u32, T)>> {
	vec(things, count).prop_map(|all| (0u32..).zip(all).collect::<Vec<_>>()).prop_shuffle()
}
