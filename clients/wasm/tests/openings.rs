//! What an opening is worth, asked in bytes: the same as the decision's own rules say, whatever the bytes; and its vectors.

// What the generator of the decision's own tests takes from its crate.
use salus_consent_decision::*;

#[path = "../../../pallets/consent/decision/src/tests/generator.rs"]
#[allow(dead_code, reason = "a part of it is for the laws of that crate")]
mod generator;
mod support;

use codec::{Decode, Encode};
use generator::{runner, GENESIS};
use proptest::prelude::*;
use salus_primitives::*;
use salus_wasm_rules::{self as rules, AccountId, Disclosure, Fault, Force, WrongOpening};
use sealed::{commit, VERSION};
use serde_json::{json, Value};
use std::collections::BTreeMap;
use support::{
	big, fixed, hex,
	json::{is_known, json_held, json_opening},
	name, nearly, next, object, unhex, wide, File,
};

static FILE: File = File::new(
	"openings.json",
	"What openings of sealed directives are worth: what is asked, its encoding in SCALE, the encoded answer, and the \
	 answer. Numbers of more than 32 bits are text with an n behind it. A member that is missing is None.",
);

/// How many vectors come from the generator, of each answer.
const OF_EACH: u32 = 12;

const KINDS: [&str; 8] =
	["NotYet", "InForce", "RunOut", "Revoked", "Lifted", "Mismatch", "IllFormed", "UnknownVersion"];

fn kind(answer: Result<Force, Fault>) -> String {
	match answer {
		Ok(Force::Ended(why)) => name(why),
		Ok(force) => name(force),
		Err(Fault::Opening(why)) => name(why),
		Err(fault) => name(fault),
	}
}

/// A directive sealed for the patient of the vectors, and what is said to open it.
fn disclosure() -> impl Strategy<Value = Disclosure> {
	(generator::sealing(), 0u32..4, 0u64..12, 0u8..7).prop_map(|(sealing, number, at, wrong)| {
		let (directive, salt, _) = sealing;
		let small = generator::opening(&directive, salt);
		let zero = PatientId::zero();
		let held = generator::held(number, &directive, &small);
		let known = [(number, small.clone())];
		let (_, held) = wide::held(&GENESIS, &zero, &(number, held), &known);
		let mut given = Disclosure {
			genesis: GENESIS,
			patient: wide::patient(zero),
			number,
			held,
			opening: wide::opening(&small),
			at,
		};
		match wrong {
			0 => given.opening.salt[0] ^= 1,
			1 => given.opening.content.scope.labels.0 ^= 1,
			2 => given.held.version = VERSION + 1,
			_ => {},
		}
		given
	})
}

fn opened(input: &[u8]) -> Result<Force, Fault> {
	let output = rules::open_sealed(input);
	let mut rest = &output[..];
	let answer = Result::decode(&mut rest).expect("an answer");
	assert!(rest.is_empty(), "nothing but an answer");
	answer
}

/// What the decision makes of it: whether a question that the opening speaks about, and nothing else does, is answered by it.
fn decides(given: &Disclosure) -> bool {
	let Disclosure { genesis, patient, number, held, opening, at } = given;
	let scope = opening.content.scope;
	let organisation = match opening.content.grantee {
		Grantee::Organisation(at) | Grantee::RoleAt(at, _) | Grantee::PractitionerAt(_, at) => at,
		_ => 0,
	};
	let (who, roles) = match opening.content.grantee {
		Grantee::Practitioner(who) | Grantee::PractitionerAt(who, _) => (who, RoleSet::ALL),
		_ => ([0; 32], RoleSet::ALL),
	};
	let (Some(action), Some(purpose), Some(class)) =
		(scope.actions.iter().next(), scope.purposes.iter().next(), scope.classes.iter().next())
	else {
		return false;
	};
	let question = Question {
		subject: *patient,
		actor: Actor::Practitioner { who, organisation },
		purpose,
		action,
		class,
		labels: scope.labels,
		data_time: Some(scope.data.from),
		at: None,
	};
	let verdict = decide(&Context::<AccountId> {
		question: &question,
		at: *at,
		state: PatientState::Active,
		standing: Standing { own_key: false, kinds: OrgKindSet::ALL, roles },
		vetoes: &[],
		directives: &[],
		base: BaseDecision::Unset,
		care: Care::default(),
		emergency: Emergency::default(),
		sealed: Sealed {
			genesis: *genesis,
			flagged: &[],
			directives: &[(*number, *held)],
			openings: &[(*number, opening.clone())],
		},
	});
	matches!(
		verdict,
		Verdict::Permit(Basis::SealedDirective(_)) | Verdict::Deny(Reason::SealedDirective(_))
	)
}

#[test]
fn an_opening_is_in_force_exactly_when_the_decision_goes_by_it() {
	let mut seen = BTreeMap::<String, u32>::new();
	let mut random = runner(1);
	for _ in 0..20_000 {
		let given = next(&mut random, &disclosure());
		let input = given.encode();
		let answer = opened(&input);
		assert_eq!(answer, given.force().map_err(Fault::Opening));
		assert_eq!(answer == Ok(Force::InForce), decides(&given), "{given:?}");
		assert_eq!(opened(&[&input[..], &[0]].concat()), Err(Fault::Trailing));
		assert_eq!(opened(&input[..input.len() - 1]), Err(Fault::Malformed));
		*seen.entry(kind(answer)).or_default() += 1;
	}
	// The rarest comes up a hundred times, give or take ten.
	for kind in KINDS {
		assert!(seen[kind] >= 30, "{kind} {seen:?}");
	}
}

#[test]
fn every_input_has_an_answer() {
	let (mut read, mut refused) = (0, 0);
	let mut count = |bytes: &[u8]| match opened(bytes) {
		Ok(_) | Err(Fault::Opening(_)) => read += 1,
		Err(Fault::Malformed | Fault::Trailing) => refused += 1,
		Err(other) => panic!("{other:?}"),
	};
	let mut random = runner(1);
	let noise = proptest::collection::vec(any::<u8>(), 0..400);
	for _ in 0..10_000 {
		count(&next(&mut random, &noise));
		let input = next(&mut random, &disclosure()).encode();
		count(&next(&mut random, &nearly(input)));
	}
	assert!(read > 2_000 && refused > 2_000, "{read} read, {refused} refused");
}

// ----------------------------------------------------------------------------------------------
// Vectors.

const AT: Moment = 1_790_000_000;

/// A Permit about HIV for one person at an organisation, sealed as number 3, from 1,000 seconds before [`AT`] until 1,000
/// seconds after it.
fn example(effect: Effect) -> Disclosure {
	let content = SealedContent {
		grantee: Grantee::PractitionerAt([2; 32], 4),
		scope: Scope {
			actions: ActionSet::of(&[Action::Read]),
			purposes: PurposeSet::of(&[Purpose::Treat]),
			classes: DataClassSet::of(&[DataClass::Laboratory, DataClass::Medications]),
			labels: LabelSet::of(&[SensitivityLabel::Hiv]),
			data: Interval::ALWAYS,
		},
		erase_after: (effect == Effect::Permit).then_some(AT + 5_000),
	};
	sealed(effect, Opening { salt: [9; 32], content })
}

fn sealed(effect: Effect, opening: Opening<AccountId>) -> Disclosure {
	let (genesis, patient, number) = ([0x47; 32], PatientId::repeat_byte(0x11), 3);
	let commitment = commit(&genesis, &patient, number, effect, &opening);
	let period = Interval::new(AT - 1_000, AT + 1_000);
	let held = SealedDirective { effect, commitment, period, ended: None, version: VERSION };
	Disclosure { genesis, patient, number, held, opening, at: AT }
}

/// Examples by name, and what each is worth.
fn examples() -> Vec<(String, Disclosure, Result<Force, WrongOpening>)> {
	let mut all = vec![];
	for (effect, why) in [(Effect::Permit, EndReason::Revoked), (Effect::Deny, EndReason::Lifted)] {
		let whole = example(effect);
		let mut add = |what: &str, change: &dyn Fn(&mut Disclosure), worth| {
			let mut given = whole.clone();
			change(&mut given);
			all.push((format!("{}: {what}", name(effect)), given, worth));
		};
		let ended = |at| Some(Ended { at, why });
		add("in force", &|_| {}, Ok(Force::InForce));
		add("its first second", &|g| g.at = AT - 1_000, Ok(Force::InForce));
		add("the second before", &|g| g.at = AT - 1_001, Ok(Force::NotYet));
		add("its last second", &|g| g.at = AT + 999, Ok(Force::InForce));
		add("its time is over", &|g| g.at = AT + 1_000, Ok(Force::RunOut));
		add("ended now", &|g| g.held.ended = ended(AT), Ok(Force::Ended(why)));
		add("ended a second later", &|g| g.held.ended = ended(AT + 1), Ok(Force::InForce));
		add("ended long ago", &|g| g.held.ended = ended(AT - 900), Ok(Force::Ended(why)));
		let over = |g: &mut Disclosure| {
			g.held.ended = ended(AT + 1_000);
			g.at = AT + 1_000;
		};
		add("ended when its time was over", &over, Ok(Force::RunOut));

		let wrong = Err(WrongOpening::Mismatch);
		add("another salt", &|g| g.opening.salt[31] ^= 1, wrong);
		add("another chain", &|g| g.genesis[0] ^= 1, wrong);
		add("another patient", &|g| g.patient = PatientId::repeat_byte(0x12), wrong);
		add("another number", &|g| g.number = 4, wrong);
		let grantee = |g: &mut Disclosure| g.opening.content.grantee = Grantee::Organisation(4);
		add("another grantee", &grantee, wrong);
		let labels = |g: &mut Disclosure| g.opening.content.scope.labels = LabelSet::EMPTY;
		add("other labels", &labels, wrong);
		let classes = |g: &mut Disclosure| g.opening.content.scope.classes = DataClassSet::ALL;
		add("more classes", &classes, wrong);
		let data = |g: &mut Disclosure| g.opening.content.scope.data = Interval::new(0, AT);
		add("other data", &data, wrong);
		// What the lists of another version have is not known, whatever the opening says.
		let unknown = Err(WrongOpening::UnknownVersion);
		for version in [0, VERSION + 1, u8::MAX] {
			add(&format!("version {version}"), &|g| g.held.version = version, unknown);
		}
		let later = |g: &mut Disclosure| {
			g.held.version = VERSION + 1;
			g.opening.content.scope.labels = LabelSet(1 << 15);
		};
		add("a later version, and a label of it", &later, unknown);
		// A wrong one opens nothing that has ended, either.
		let late = |g: &mut Disclosure| {
			g.opening.salt[0] ^= 1;
			g.at = AT + 1_000;
		};
		add("another salt, and its time is over", &late, wrong);
	}
	let mut effect = example(Effect::Deny);
	effect.held.effect = Effect::Permit;
	all.push(("another effect".into(), effect, Err(WrongOpening::Mismatch)));

	let last = Opening {
		content: SealedContent {
			erase_after: Some(AT - 999),
			..example(Effect::Permit).opening.content
		},
		..example(Effect::Permit).opening
	};
	all.push((
		"an erasure a second after it begins".into(),
		sealed(Effect::Permit, last),
		Ok(Force::InForce),
	));

	let zeros = Opening { salt: [0; 32], ..example(Effect::Permit).opening };
	all.push((
		"a salt of zeros".into(),
		sealed(Effect::Permit, zeros),
		Err(WrongOpening::IllFormed),
	));
	let mut ill = |what: &str, effect, change: &dyn Fn(&mut SealedContent<AccountId>)| {
		let mut opening = example(effect).opening;
		change(&mut opening.content);
		all.push((what.to_string(), sealed(effect, opening), Err(WrongOpening::IllFormed)));
	};
	ill("an erasure when it begins", Effect::Permit, &|c| c.erase_after = Some(AT - 1_000));
	ill("a Permit to redisclose", Effect::Permit, &|c| c.scope.actions = ActionSet::ALL);
	ill("an erasure after a Deny", Effect::Deny, &|c| c.erase_after = Some(AT));
	ill("no action", Effect::Permit, &|c| c.scope.actions = ActionSet::EMPTY);
	ill("no purpose", Effect::Permit, &|c| c.scope.purposes = PurposeSet::EMPTY);
	ill("no class", Effect::Deny, &|c| c.scope.classes = DataClassSet::EMPTY);
	ill("data of no time", Effect::Permit, &|c| c.scope.data = Interval::new(5, 5));
	ill("breaking the glass", Effect::Permit, &|c| {
		c.scope.purposes = PurposeSet::of(&[Purpose::Treat, Purpose::Btg])
	});
	ill("a label that nobody knows", Effect::Deny, &|c| c.scope.labels = LabelSet(1 << 15));
	all
}

fn json_disclosure(given: &Disclosure) -> Value {
	let Disclosure { genesis, patient, number, held, opening, at } = given;
	json!({
		"genesisHash": hex(genesis),
		"patient": hex(patient.as_bytes()),
		"directive": json_held(&(*number, *held)),
		"opening": json_opening(opening),
		"at": big(*at),
	})
}

/// What the SDK can write, and the answer.
fn vector(given: &Disclosure) -> Value {
	let input = given.encode();
	let writable = is_known(&given.opening.content.scope);
	let answer = given.force();
	let text = kind(answer.map_err(Fault::Opening));
	object([
		("disclosure", writable.then(|| json_disclosure(given))),
		("output", Some(json!(hex(&rules::open_sealed(&input))))),
		("answer", answer.ok().map(|_| json!(text))),
		("error", answer.err().map(|_| json!(text))),
	])
}

#[test]
fn the_examples_are_worth_what_they_say() {
	for (what, given, worth) in examples() {
		assert_eq!(opened(&given.encode()), worth.map_err(Fault::Opening), "{what}");
		FILE.note(&what, &given.encode(), vector(&given));
	}
}

#[test]
fn the_vectors_are_of_the_present_rules() {
	let mut runner = fixed();
	let mut seen = BTreeMap::<String, u32>::new();
	while KINDS.iter().any(|kind| seen.get(*kind).is_none_or(|seen| *seen < OF_EACH)) {
		let given = next(&mut runner, &disclosure());
		let count = seen.entry(kind(given.force().map_err(Fault::Opening))).or_default();
		if *count < OF_EACH {
			*count += 1;
			FILE.note("random", &given.encode(), vector(&given));
		}
	}
	assert_eq!(seen.len(), KINDS.len(), "{seen:?}");

	let whole = example(Effect::Permit).encode();
	let effect = 32 + 32 + 4;
	let refused = [
		Vec::new(),
		whole[..whole.len() - 1].to_vec(),
		[&whole[..], &[0]].concat(),
		// No effect has that code.
		[&whole[..effect], &[2], &whole[effect + 1..]].concat(),
	];
	for input in refused {
		let fault = opened(&input).expect_err("an input that is wrong");
		let output = hex(&rules::open_sealed(&input));
		FILE.note("refused", &input, json!({ "output": output, "fault": name(fault) }));
	}
}

#[test]
fn every_vector_of_the_file_is_answered_as_it_says() {
	if support::writing() {
		return;
	}
	let mut seen = BTreeMap::<String, u32>::new();
	for vector in FILE.known().values() {
		let input = unhex(&vector["input"]);
		assert_eq!(hex(&rules::open_sealed(&input)), vector["output"], "{vector}");
		let answer = opened(&input);
		*seen.entry(kind(answer)).or_default() += 1;
		let said = ["answer", "error", "fault"].map(|member| vector.get(member));
		let said: Vec<_> = said.into_iter().flatten().collect();
		assert_eq!(said, [&json!(kind(answer))], "{vector}");
	}
	for kind in KINDS {
		assert!(seen[kind] >= OF_EACH, "{kind} {seen:?}");
	}
	assert!(seen["Malformed"] >= 3 && seen["Trailing"] >= 1, "{seen:?}");
}
