//! Random histories of who somebody is: keys of two patients that come, wait and go, people who are hired and leave, licences that
//! end, are suspended and revoked, handles that are frozen and retire. After every step, and afterwards for the moments in between,
//! what a receipt of a decision proves is what the chain answers, and the past stays.

use crate::common::{account, pair, Chain};
use crate::decisions;
use crate::dice::{self, Dice};
use crate::runtime::*;
use frame_support::traits::GetCallMetadata;
use pallet_consent::{
	Access, Actor, Basis, Call as Con, Grantee, Question, Reason, Scope, Verdict,
};
use pallet_patient_identity::{messages, Call as Identity};
use pallet_registry::Call as Reg;
use salus_primitives::{
	time::DAY,
	traits::{PatientKey, Patients},
	Action, ActionSet, DataClass, DataClassSet, Interval, KeyPurpose, KeyPurposeSet, LabelSet,
	Moment, OrgId, OrgKind, PatientId, Purpose, PurposeSet, Role,
};
use sp_core::Pair;
use sp_runtime::traits::Dispatchable;
use std::collections::BTreeMap;

/// The seeds of histories in which, together, everything happens. If a change makes one of these things rare, this is where to add some.
const KNOWN: [u64; 6] = [13, 18, 21, 22, 23, 30];
const STEPS: u32 = 250;

/// What the two patients' keys are, now or later. Each belongs to whoever adds it first.
const KEYS: [&str; 6] = ["Patient", "Other", "Phone", "Watch", "Tablet", "Helper"];
const STAFF: [&str; 3] = ["Doctor", "Nurse", "Locum"];
const ROLES: [Role; 2] = [Role::Clinician, Role::Nurse];

struct World {
	hospital: OrgId,
	patients: [PatientId; 2],
}

fn world() -> (Chain, World) {
	let (mut chain, hospital, patient) = Chain::with_patient();
	let (kind, until) = (OrgKind::Provider, chain.now() + 30 * DAY);
	chain.succeed("Registrar", Reg::renew { org: hospital, kind, until });
	let other = chain.register(hospital, "Other");
	(chain, World { hospital, patients: [patient, other] })
}

fn access(now: Moment, dice: &mut Dice) -> Access {
	let actions = dice.pick(&[&[Action::Read][..], &[Action::Read, Action::Export][..]]);
	let purposes = dice.pick(&[&[Purpose::Treat][..], &[Purpose::Treat, Purpose::Hpaymt][..]]);
	let data = dice.pick(&[Interval::ALWAYS, Interval { from: now - 10 * DAY, until: now }]);
	Access {
		scope: Scope {
			actions: ActionSet::of(actions),
			purposes: PurposeSet::of(purposes),
			classes: dice.pick(&[DataClassSet::ALL, DataClassSet::of(&[DataClass::Imaging])]),
			labels: LabelSet::EMPTY,
			data,
		},
		until: now + 1 + dice.throw(20 * DAY),
		max_uses: None,
		redisclose_depth: 0,
		erase_after: None,
	}
}

fn grantee(world: &World, dice: &mut Dice) -> Grantee<AccountId> {
	let (org, who) = (world.hospital, account(dice.pick(&STAFF)));
	match dice.throw(6) {
		0 => Grantee::Any,
		1 => Grantee::Organisation(org),
		2 | 3 => Grantee::RoleAt(org, dice.pick(&ROLES)),
		4 => Grantee::Practitioner(who),
		_ => Grantee::PractitionerAt(who, org),
	}
}

/// `by` asks for `new` as a key of its handle; of none, the message is signed for nobody's.
fn add_key(dice: &mut Dice, by: &str, new: &str, now: Moment) -> RuntimeCall {
	let purposes = dice.pick(&[
		KeyPurposeSet::ALL,
		KeyPurposeSet::of(&[KeyPurpose::View]),
		KeyPurposeSet::of(&[KeyPurpose::Authentication]),
		KeyPurposeSet::of(&[KeyPurpose::Consent]),
	]);
	let patient = PatientIdentity::patient_of(&account(by)).unwrap_or_default();
	let (key, expiry) = (account(new), now + 600);
	let message = messages::add_key(&System::block_hash(0), &patient, &key, purposes, expiry);
	let signature = pair(new).sign(&message).into();
	Identity::add_key { key, purposes, expiry, signature }.into()
}

/// The keys that wait to be live, or to be removed, as `is` tells; else all.
fn keys_that(is: impl Fn(&PatientKey) -> bool) -> Vec<&'static str> {
	let found = |name: &&str| <PatientIdentity as Patients<_>>::key(&account(name));
	let those: Vec<_> =
		KEYS.into_iter().filter(|name| found(name).is_some_and(|key| is(&key))).collect();
	if those.is_empty() {
		KEYS.to_vec()
	} else {
		those
	}
}

/// Somebody does something.
fn act(dice: &mut Dice, world: &World, now: Moment) -> (&'static str, RuntimeCall) {
	let org = world.hospital;
	// The first keys act most, so that something is done.
	let own = match dice.throw(3) {
		0 => dice.pick(&KEYS),
		_ => dice.pick(&["Patient", "Other"]),
	};
	let key = account(dice.pick(&KEYS));
	let waiting = account(dice.pick(&keys_that(|key| now < key.from)));
	let leaving = account(dice.pick(&keys_that(|key| key.until.is_some_and(|until| now < until))));
	let patient = dice.pick(&world.patients);
	let who = dice.pick(&STAFF);
	let role = dice.pick(&ROLES);
	let kind = OrgKind::Provider;
	let until = now + 1 + dice.throw(20 * DAY);
	// Whoever takes something back is mostly one of the same patient's.
	let of_same = |dice: &mut Dice, key: &AccountId| {
		let patient = PatientIdentity::patient_of(key);
		dice.pick(&keys_that(|of| Some(of.patient) == patient && of.was_live(now)))
	};
	match dice.throw(46) {
		0..=4 => {
			let new = dice.pick(&KEYS);
			(own, add_key(dice, own, new, now))
		},
		5 | 6 => (of_same(dice, &waiting), Identity::cancel_pending_key { key: waiting }.into()),
		7..=9 => (own, Identity::remove_key { key }.into()),
		10..=12 => (of_same(dice, &leaving), Identity::cancel_key_removal { key: leaving }.into()),
		13 if dice.throw(3) == 0 => (own, Identity::remove_own_key {}.into()),
		14 if dice.throw(2) == 0 => (own, Identity::freeze {}.into()),
		13..=16 => (own, Identity::unfreeze {}.into()),
		17 | 18 => (own, Identity::cancel_unfreeze {}.into()),
		19 => (own, Identity::retire {}.into()),
		20 => (own, Identity::cancel_retirement {}.into()),
		21 if dice.throw(2) == 0 => ("Bob", Identity::complete_retirement { patient }.into()),
		21..=23 => ("Hospital", Reg::invite { org, account: account(who), role, until }.into()),
		24..=27 => (who, Reg::accept_affiliation { org, role }.into()),
		28..=30 => ("Hospital", Reg::end_affiliation { org, account: account(who), role }.into()),
		31 if dice.throw(2) == 0 => {
			(who, Reg::end_affiliation { org, account: account(who), role }.into())
		},
		32 if dice.throw(2) == 0 => ("Registrar", Reg::suspend { org, kind }.into()),
		33 | 34 => ("Registrar", Reg::reinstate { org, kind, until }.into()),
		35 => ("Registrar", Reg::renew { org, kind, until }.into()),
		36 if dice.throw(20) == 0 => ("Registrar", Reg::revoke { org, kind }.into()),
		37 => {
			let (grantee, scope) = (grantee(world, dice), access(now, dice).scope);
			(own, Con::deny { grantee, scope, until }.into())
		},
		38 => {
			let directive = dice.throw(12) as u32;
			(own, Con::revoke { directive }.into())
		},
		_ => {
			let (grantee, access) = (grantee(world, dice), access(now, dice));
			(own, Con::permit { grantee, access }.into())
		},
	}
}

/// What must have taken effect.
const DONE: [&str; 20] = [
	"PatientIdentity.add_key",
	"PatientIdentity.cancel_pending_key",
	"PatientIdentity.remove_key",
	"PatientIdentity.cancel_key_removal",
	"PatientIdentity.remove_own_key",
	"PatientIdentity.freeze",
	"PatientIdentity.unfreeze",
	"PatientIdentity.cancel_unfreeze",
	"PatientIdentity.retire",
	"PatientIdentity.cancel_retirement",
	"PatientIdentity.complete_retirement",
	"Registry.invite",
	"Registry.accept_affiliation",
	"Registry.end_affiliation",
	"Registry.suspend",
	"Registry.reinstate",
	"Registry.renew",
	"Registry.revoke",
	"Consent.permit",
	"Consent.deny",
];

fn question(world: &World, dice: &mut Dice, now: Moment) -> Question<AccountId> {
	let organisation = world.hospital;
	let actor = match dice.throw(5) {
		0 | 1 => Actor::Own(account(dice.pick(&KEYS))),
		2 => Actor::Organisation(organisation),
		_ => Actor::Practitioner { who: account(dice.pick(&STAFF)), organisation },
	};
	Question {
		subject: dice.pick(&world.patients),
		actor,
		purpose: dice.pick(&[Purpose::Treat, Purpose::Treat, Purpose::Hpaymt]),
		action: dice.pick(&[Action::Read, Action::Read, Action::Export]),
		class: dice.pick(&[DataClass::Imaging, DataClass::Laboratory]),
		labels: LabelSet::EMPTY,
		data_time: dice.pick(&[None, Some(now - DAY), Some(now - 20 * DAY)]),
		at: None,
	}
}

#[derive(Default, Debug)]
struct Met {
	done: BTreeMap<String, u32>,
	/// A patient's key read the patient's own data.
	own: u32,
	/// A key of one patient asked about the other.
	of_another: u32,
	/// A key that waits, or was removed, asked about its own patient.
	not_live: u32,
	/// A directive let or forbade.
	directive: u32,
	/// Somebody who had been hired asked when that had ended, or the licence had.
	no_credential: u32,
	/// The handle was frozen or retired.
	state: u32,
	proven: u32,
	proven_past: u32,
}

impl Met {
	fn note(&mut self, chain: &mut Chain, question: &Question<AccountId>, verdict: Verdict) {
		self.proven += 1;
		let now = chain.now();
		match (&question.actor, verdict) {
			(_, Verdict::Permit(Basis::Own)) => self.own += 1,
			(Actor::Own(key), _) => {
				let found = chain.run(|| <PatientIdentity as Patients<_>>::key(key));
				if let Some(found) = found {
					let own = found.patient == question.subject;
					self.of_another += u32::from(!own);
					self.not_live += u32::from(own && !found.was_live(now));
				}
			},
			(_, Verdict::Permit(Basis::Directive(_)) | Verdict::Deny(Reason::Directive(_))) => {
				self.directive += 1;
			},
			(Actor::Practitioner { .. }, Verdict::Deny(Reason::Credential)) => {
				self.no_credential += 1;
			},
			(_, Verdict::Deny(Reason::State)) => self.state += 1,
			_ => {},
		}
	}

	/// What has not happened yet, or not often enough.
	fn missing(&self) -> Vec<&'static str> {
		let never = |name: &&str| self.done.get(*name).is_none_or(|times| *times == 0);
		let seldom = [
			("own", self.own <= 50),
			("of another", self.of_another <= 50),
			("not live", self.not_live <= 20),
			("directive", self.directive <= 50),
			("no credential", self.no_credential <= 50),
			("state", self.state <= 20),
			("proven", self.proven < 4_000),
			("proven of the past", self.proven_past < 400),
		];
		let seldom = seldom.into_iter().filter(|(_, few)| *few).map(|(name, _)| name);
		DONE.into_iter().filter(never).chain(seldom).collect()
	}
}

/// Asks each question again about its moment, and proves the answer by the last state.
fn prove_the_past(
	chain: &mut Chain,
	told: &[(Moment, Question<AccountId>, Verdict)],
	met: &mut Met,
) {
	for (at, question, verdict) in told {
		let asked = Question { at: Some(*at), ..question.clone() };
		assert_eq!(decisions::compare(chain, &asked), *verdict, "the past has changed: {asked:?}");
		met.proven_past += 1;
	}
}

fn play(dice: &mut Dice, met: &mut Met) {
	let (mut chain, world) = world();
	let mut told = Vec::new();
	for _ in 0..STEPS {
		if dice.throw(3) == 0 {
			// The moment before: nothing happens at it any more.
			let now = chain.now();
			for _ in 0..2 {
				let question = question(&world, dice, now);
				let verdict = decisions::compare(&mut chain, &question);
				told.push((now, question, verdict));
			}
			// Every block ends with every invariant.
			chain.advance(dice.pick(&[SLOT_DURATION, 3_600_000, 86_400_000, 3 * 86_400_000]));
		} else {
			let now = chain.now();
			let (who, call) = chain.run(|| act(dice, &world, now));
			let name = call.get_call_metadata();
			let name = format!("{}.{}", name.pallet_name, name.function_name);
			let done = chain.run(|| call.dispatch(RuntimeOrigin::signed(account(who))).is_ok());
			*met.done.entry(name).or_default() += u32::from(done);
		}
		for _ in 0..3 {
			let question = question(&world, dice, chain.now());
			let verdict = decisions::compare(&mut chain, &question);
			met.note(&mut chain, &question, verdict);
		}
	}
	prove_the_past(&mut chain, &told, met);
}

#[test]
fn whoever_comes_and_goes_a_receipt_proves_what_the_chain_answers() {
	let (known, others) = dice::seeds(&KNOWN);
	let mut met = Met::default();
	for seed in &known {
		play(&mut Dice::of(*seed), &mut met);
	}
	println!("{} histories: {met:?}", known.len());
	if !known.is_empty() {
		assert_eq!(met.missing(), Vec::<&str>::new(), "never or seldom");
	}
	for seed in others {
		play(&mut Dice::of(seed), &mut met);
	}
}
