//! Which rules stand behind each runtime's number in `decision::KNOWN`.
//!
//! Receipts are read for years, and the numbers of versions say nothing about rules. So the verdicts on a table of generated
//! contexts have a digest, kept for each version. Whoever changes a rule of `salus-consent-decision` meets it here: a version that is
//! listed must keep its rules, and the new ones need a `spec_version` and a place of their own in `rules.rs`.

use codec::Encode;
use salus_consent_decision::{
	decide, Actor, BaseDecision, Basis, Care, Context, Directive, DirectiveBasis, Effect,
	Emergency, EndReason, Ended, GrantedBy, Grantee, PurposeVeto, Question, Reason, Scope, Sealed,
	SealedDirective, Standing, Verdict,
};
use salus_primitives::{
	Action, ActionSet, AdvanceDirective, CarePolicy, Commitment, DataClass, DataClassSet,
	EmergencyAccess, Interval, LabelSet, Moment, OptOut, OrgId, OrgKind, OrgKindSet, PatientId,
	PatientState, Purpose, PurposeSet, Role, RoleSet, SensitivityLabel, Towards, Treatment,
};
use salus_verify::{
	bytes::blake2_256,
	decision::{Account, KNOWN},
	Hash,
};
use std::collections::BTreeMap;

/// The digests of the verdicts by version, never changed once the version is released.
const DIGESTS: [(u32, &str); 1] =
	[(2_000, "0xce6774b3a9c6385164c528bb733d823d706fc3ccc9fa9e6f82024c89cf60a737")];

/// The roles that there were when the table was made. One more would change the table, and not the rules.
const ROLES: &[Role] = &[
	Role::Clinician,
	Role::Nurse,
	Role::Pharmacist,
	Role::LabScientist,
	Role::PrivacyOfficer,
	Role::Biller,
	Role::DataSteward,
	Role::Auditor,
];

/// How many contexts the table has.
const CONTEXTS: u32 = 20_000;

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
	fn throw(&mut self, sides: usize) -> usize {
		// xorshift64*
		self.0 ^= self.0 >> 12;
		self.0 ^= self.0 << 25;
		self.0 ^= self.0 >> 27;
		let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
		usize::try_from(high).unwrap() % sides
	}

	fn one_in(&mut self, sides: usize) -> bool {
		self.throw(sides) == 0
	}

	fn pick<T: Copy>(&mut self, all: &[T]) -> T {
		all[self.throw(all.len())]
	}

	fn several<T>(&mut self, most: usize, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
		(0..self.throw(most + 1)).map(|_| make(self)).collect()
	}

	/// One of few moments, so that ends and beginnings meet.
	fn moment(&mut self) -> Moment {
		u64::try_from(self.throw(10)).unwrap()
	}

	fn perhaps(&mut self) -> Option<Moment> {
		self.one_in(3).then(|| self.moment())
	}

	/// An interval, mostly a long one.
	fn interval(&mut self) -> Interval {
		match self.throw(4) {
			0 => {
				let from = self.moment();
				Interval::new(from, from + self.moment())
			},
			1 => Interval::new(self.moment(), Moment::MAX),
			_ => Interval::ALWAYS,
		}
	}

	fn purpose(&mut self) -> Purpose {
		match self.throw(3) {
			0 => Purpose::Treat,
			1 => Purpose::Btg,
			_ => self.pick(Purpose::ALL),
		}
	}

	fn action(&mut self) -> Action {
		if self.one_in(3) {
			self.pick(Action::ALL)
		} else {
			Action::Read
		}
	}

	fn organisation(&mut self) -> OrgId {
		self.pick(&[1, 1, 2])
	}

	fn person(&mut self) -> Account {
		[self.pick(&[1, 1, 2]); 32]
	}

	fn labels(&mut self) -> LabelSet {
		let all = SensitivityLabel::ALL;
		if self.one_in(3) {
			self.several(2, |dice| dice.pick(&all[..3])).into_iter().collect()
		} else {
			LabelSet::EMPTY
		}
	}

	fn effect(&mut self) -> Effect {
		self.pick(&[Effect::Permit, Effect::Deny])
	}

	fn ended(&mut self) -> Option<Ended> {
		self.perhaps().map(|at| Ended { at, why: EndReason::Revoked })
	}

	fn grantee(&mut self) -> Grantee<Account> {
		match self.throw(5) {
			0 => Grantee::Any,
			1 => Grantee::Organisation(self.organisation()),
			2 => Grantee::RoleAt(self.organisation(), self.pick(ROLES)),
			3 => Grantee::Practitioner(self.person()),
			_ => Grantee::PractitionerAt(self.person(), self.organisation()),
		}
	}

	fn scope(&mut self) -> Scope {
		let (purposes, classes) = (
			PurposeSet::of(&[self.purpose(), self.purpose()]),
			DataClassSet::of(&[DataClass::Laboratory]),
		);
		Scope {
			actions: self.pick(&[ActionSet::ALL, ActionSet::of(&[Action::Read])]),
			purposes: if self.one_in(2) { PurposeSet::ALL } else { purposes },
			classes: self.pick(&[DataClassSet::ALL, classes]),
			labels: self.labels(),
			data: self.interval(),
		}
	}

	fn directive(&mut self) -> Directive<Account> {
		Directive {
			effect: self.effect(),
			grantee: self.grantee(),
			scope: self.scope(),
			period: self.interval(),
			max_uses: None,
			redisclose_depth: 1,
			erase_after: None,
			granted_by: GrantedBy::Key,
			basis: DirectiveBasis::SelfMade,
			ended: self.ended(),
		}
	}

	fn sealed(&mut self) -> SealedDirective {
		SealedDirective {
			effect: self.effect(),
			commitment: Commitment::repeat_byte(1),
			period: self.interval(),
			ended: self.ended(),
			version: 1,
		}
	}

	fn question(&mut self) -> Question<Account> {
		let actor = match self.throw(8) {
			0 => Actor::Own(self.person()),
			1 | 2 => Actor::Organisation(self.organisation()),
			_ => Actor::Practitioner { who: self.person(), organisation: self.organisation() },
		};
		Question {
			subject: PatientId::repeat_byte(7),
			actor,
			purpose: self.purpose(),
			action: self.action(),
			class: self.pick(&[DataClass::Laboratory, DataClass::Genomics]),
			labels: self.labels(),
			data_time: self.perhaps(),
			at: None,
		}
	}

	fn state(&mut self) -> PatientState {
		use PatientState::*;
		match self.throw(3) {
			0 => self.pick(&[
				Frozen,
				Recovering,
				Contested,
				DeceasedProvisional,
				DeceasedFinal,
				Retired,
			]),
			_ => Active,
		}
	}

	fn standing(&mut self) -> Standing {
		let kinds = OrgKindSet::of(&[self.pick(OrgKind::ALL)]);
		let role = self.pick(ROLES);
		Standing {
			own_key: self.one_in(2),
			kinds: if self.one_in(4) { kinds } else { OrgKindSet::ALL },
			roles: match self.throw(4) {
				0 => RoleSet::of(&[role]),
				1 if self.one_in(3) => RoleSet::EMPTY,
				_ => RoleSet::of(&[Role::Clinician, role]),
			},
		}
	}

	/// A verdict on a context that was thrown.
	fn verdict(&mut self) -> Verdict {
		let question = self.question();
		let directives = self.several(3, |dice| (dice.pick(&[1, 2, 3, 4]), dice.directive()));
		let sealed = self.several(2, |dice| (dice.pick(&[1, 2, 3]), dice.sealed()));
		let vetoes = self.several(1, |dice| PurposeVeto {
			purpose: dice.purpose(),
			from: dice.moment(),
			until: dice.perhaps(),
		});
		let relationships = self.several(2, |dice| {
			let (organisation, period) = (dice.organisation(), dice.interval());
			(dice.pick(&[1, 2, 3]), Treatment { organisation, period, ended: dice.perhaps() })
		});
		let opt_outs = self.several(1, |dice| {
			let one = Towards::Organisation(dice.organisation());
			let towards = dice.pick(&[Towards::Everybody, one]);
			OptOut { towards, from: dice.moment(), until: dice.perhaps() }
		});
		let accesses = self.several(2, |dice| {
			let access = EmergencyAccess {
				who: dice.person(),
				organisation: dice.organisation(),
				classes: DataClassSet::of(&[DataClass::Laboratory]),
				period: dice.interval(),
			};
			(dice.pick(&[1, 2, 3]), access)
		});
		let flagged = self.several(1, Self::interval);
		use AdvanceDirective::{NoEmergency, NoLabelled, Unrestricted};
		decide(&Context {
			question: &question,
			at: self.moment(),
			state: self.state(),
			standing: self.standing(),
			vetoes: &vetoes,
			directives: &directives,
			base: self.pick(&[BaseDecision::Unset, BaseDecision::Deny, BaseDecision::Permit]),
			care: Care {
				policy: self.pick(&[CarePolicy::CareTeam, CarePolicy::ConsentOnly]),
				relationships: &relationships,
				opt_outs: &opt_outs,
			},
			emergency: Emergency {
				advance: self.pick(&[Unrestricted, Unrestricted, NoLabelled, NoEmergency]),
				accesses: &accesses,
			},
			sealed: Sealed {
				genesis: [0; 32],
				flagged: &flagged,
				directives: &sealed,
				openings: &[],
			},
		})
	}
}

/// What a verdict rests on, without its number.
fn rule(verdict: &Verdict) -> &'static str {
	match verdict {
		Verdict::Permit(Basis::Directive(_)) => "permit",
		Verdict::Permit(Basis::SealedDirective(_)) => "permit, opened",
		Verdict::Permit(Basis::Own) => "own",
		Verdict::Permit(Basis::Base) => "base",
		Verdict::Deny(Reason::Directive(_)) => "deny",
		Verdict::Deny(Reason::SealedDirective(_)) => "deny, opened",
		Verdict::Deny(Reason::Sealed(_)) => "sealed",
		Verdict::Deny(Reason::Default) => "default",
		Verdict::Deny(Reason::Veto) => "veto",
		Verdict::Deny(Reason::State) => "state",
		Verdict::Deny(Reason::Credential) => "credential",
		Verdict::Emergency(_) => "emergency",
		Verdict::LawfulBasis(_) => "relationship",
	}
}

fn table() -> Vec<Verdict> {
	let mut dice = Dice(0x5a15_0043);
	(0..CONTEXTS).map(|_| dice.verdict()).collect()
}

#[test]
fn each_version_that_is_known_keeps_the_rules_it_had() {
	let found = Hash(blake2_256(&table().encode())).to_string();
	for (name, versions) in KNOWN {
		for version in versions {
			let pinned = DIGESTS.iter().find(|(of, _)| of == version);
			let (_, digest) = pinned.unwrap_or_else(|| panic!("{name} {version} has no digest"));
			assert_eq!(found, *digest, "{name} {version} was judged by other rules");
		}
	}
}

#[test]
fn the_table_has_every_rule_by_which_the_chain_answers() {
	let mut counts = BTreeMap::<_, u32>::new();
	for verdict in table() {
		*counts.entry(rule(&verdict)).or_default() += 1;
	}
	let rules = [
		"permit",
		"own",
		"base",
		"deny",
		"sealed",
		"default",
		"veto",
		"state",
		"credential",
		"emergency",
		"relationship",
	];
	assert!(
		rules.iter().all(|rule| counts.get(rule).is_some_and(|count| *count >= 50)),
		"{counts:?}"
	);
	assert_eq!(counts.len(), rules.len(), "{counts:?}");
}
