//! The decision, asked in bytes: the same as asked in Rust, whatever the bytes; and its vectors.

// What the generator of the decision's own tests takes from its crate.
use salus_consent_decision::*;

#[path = "../../../pallets/consent/decision/src/tests/generator.rs"]
#[allow(dead_code, reason = "a part of it is for the laws of that crate")]
mod generator;
mod support;

use codec::{Decode, Encode};
use generator::{case, runner};
use proptest::prelude::*;
use salus_primitives::*;
use salus_wasm_rules::{self as rules, AccountId, Fault};
use serde_json::{json, Value};
use std::collections::BTreeMap;
use support::{big, fixed, hex, name, nearly, next, object, unhex, File};

static FILE: File = File::new(
	"decisions.json",
	"Consent decisions: the case, its encoding in SCALE, the encoded answer, and the answer. Numbers of more than 32 \
	 bits are text with an n behind it. A member that is missing is None.",
);

/// How many vectors there are of each kind of answer, and how long most of them may be, in bytes.
const OF_EACH: u32 = 32;
const MOSTLY_UP_TO: usize = 400;
/// How many of each kind may be longer.
const LONG: u32 = 3;

const KINDS: [&str; 10] = [
	"Permit Directive",
	"Permit Own",
	"Permit Base",
	"Deny Directive",
	"Deny Default",
	"Deny Veto",
	"Deny State",
	"Deny Credential",
	"Emergency",
	"LawfulBasis TreatmentRelationship",
];

fn kind(verdict: &Verdict) -> String {
	match verdict {
		Verdict::Permit(basis) => format!("Permit {}", name(basis)),
		Verdict::Deny(reason) => format!("Deny {}", name(reason)),
		Verdict::Emergency(_) => "Emergency".into(),
		Verdict::LawfulBasis(code) => format!("LawfulBasis {}", name(code)),
	}
}

fn account(who: u8) -> AccountId {
	[who; 32]
}

fn grantee(grantee: Grantee<u8>) -> Grantee<AccountId> {
	match grantee {
		Grantee::Any => Grantee::Any,
		Grantee::Organisation(organisation) => Grantee::Organisation(organisation),
		Grantee::RoleAt(organisation, role) => Grantee::RoleAt(organisation, role),
		Grantee::Practitioner(who) => Grantee::Practitioner(account(who)),
		Grantee::PractitionerAt(who, organisation) => {
			Grantee::PractitionerAt(account(who), organisation)
		},
	}
}

/// A directive with accounts of full length, and with values, by its number, in the members that the decision does not
/// read: their encoding is of the vectors too.
fn directive((id, given): (DirectiveId, Directive<u8>)) -> (DirectiveId, Directive<AccountId>) {
	let odd = id % 2 == 1;
	let widened = Directive {
		effect: given.effect,
		grantee: grantee(given.grantee),
		scope: given.scope,
		period: given.period,
		max_uses: odd.then_some(id),
		redisclose_depth: u8::try_from(id % 3).unwrap(),
		erase_after: odd.then_some(Moment::from(id) << 40),
		granted_by: if odd { GrantedBy::Mandate(id) } else { GrantedBy::Key },
		basis: if odd { DirectiveBasis::Request(id) } else { DirectiveBasis::SelfMade },
		ended: given.ended.map(|ended| match id % 3 {
			0 => ended,
			1 => Ended { why: EndReason::Lifted, ..ended },
			_ => Ended { why: EndReason::Replaced, ..ended },
		}),
	};
	(id, widened)
}

/// A generated case as an input.
fn widened(case: generator::Case) -> rules::Case {
	// The whole pattern: what cases come to be made of does not compile until it is here too.
	let generator::Case {
		question,
		at,
		state,
		standing,
		vetoes,
		directives,
		base,
		policy,
		relationships,
		opt_outs,
		advance,
		accesses,
	} = case;
	let actor = match question.actor {
		Actor::Organisation(organisation) => Actor::Organisation(organisation),
		Actor::Practitioner { who, organisation } => {
			Actor::Practitioner { who: account(who), organisation }
		},
		Actor::Own(who) => Actor::Own(account(who)),
	};
	let Question { purpose, action, class, labels, data_time, .. } = question;
	let subject = PatientId::repeat_byte(0xa5);
	let asked = at % 2 == 1;
	let accesses = accesses.into_iter().map(|(id, access)| {
		let EmergencyAccess { who, organisation, classes, period } = access;
		(id, EmergencyAccess { who: account(who), organisation, classes, period })
	});
	let Standing { own_key, kinds, roles } = standing;
	rules::Case {
		question: Question {
			subject,
			actor,
			purpose,
			action,
			class,
			labels,
			data_time,
			at: asked.then_some(at),
		},
		at,
		state,
		standing: rules::Standing { own_key, kinds, roles },
		vetoes,
		directives: directives.into_iter().map(directive).collect(),
		base,
		care: rules::Care { policy, relationships, opt_outs },
		emergency: rules::Emergency { advance, accesses: accesses.collect() },
	}
}

fn decided(input: &[u8]) -> Result<Verdict, Fault> {
	let output = rules::decide(input);
	let mut rest = &output[..];
	let answer = Result::decode(&mut rest).expect("an answer");
	assert!(rest.is_empty(), "nothing but an answer");
	answer
}

#[test]
fn asked_in_bytes_the_answer_is_that_of_the_crate() {
	runner(20_000)
		.run(&case(), |case| {
			let expected = case.verdict();
			let input = widened(case).encode();
			prop_assert_eq!(decided(&input), Ok(expected));
			let mut longer = input.clone();
			longer.push(0);
			prop_assert_eq!(decided(&longer), Err(Fault::Trailing));
			prop_assert_eq!(decided(&input[..input.len() - 1]), Err(Fault::Malformed));
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn every_input_has_an_answer() {
	let (mut answered, mut refused) = (0, 0);
	let mut count = |bytes: &[u8]| match decided(bytes) {
		Ok(_) => answered += 1,
		Err(Fault::Malformed | Fault::Trailing) => refused += 1,
		Err(other) => panic!("{other:?}"),
	};
	let mut random = runner(1);
	let noise = proptest::collection::vec(any::<u8>(), 0..600);
	for _ in 0..20_000 {
		count(&next(&mut random, &noise));
		let input = widened(next(&mut random, &case())).encode();
		count(&next(&mut random, &nearly(input)));
	}
	// Both ways were taken, and often.
	assert!(answered > 2_000 && refused > 2_000, "{answered} answered, {refused} refused");
}

#[test]
fn an_input_is_no_longer_than_its_bound() {
	assert_eq!(decided(&vec![0; rules::MAX_INPUT + 1]), Err(Fault::TooLong));
	assert_ne!(decided(&vec![0; rules::MAX_INPUT]), Err(Fault::TooLong));
	// What a patient can have in force is far below.
	let (_, one) = directive((1, next(&mut fixed(), &generator::directive())));
	assert!(one.encode().len() < 200);
}

#[test]
fn a_length_without_content_takes_no_memory() {
	// A list of 2^30 - 1 vetoes that are not there, and the same with the longest length that is written in a compact way.
	let before = widened(next(&mut fixed(), &case()));
	let head = (&before.question, before.at, before.state, before.standing).encode();
	for length in [&[0xfe, 0xff, 0xff, 0xff][..], &[0x03, 0xff, 0xff, 0xff, 0xff]] {
		assert_eq!(decided(&[&head[..], length].concat()), Err(Fault::Malformed));
	}
}

// ----------------------------------------------------------------------------------------------
// Vectors.

fn names<T: core::fmt::Debug>(codes: impl Iterator<Item = T>) -> Value {
	codes.map(|code| json!(name(code))).collect()
}

fn interval(Interval { from, until }: Interval) -> Value {
	json!({ "from": big(from), "until": big(until) })
}

fn json_actor(actor: &Actor<AccountId>) -> Value {
	match actor {
		Actor::Organisation(organisation) => json!({ "organisation": organisation }),
		Actor::Practitioner { who, organisation } => {
			json!({ "organisation": organisation, "practitioner": hex(who) })
		},
		Actor::Own(who) => json!({ "own": hex(who) }),
	}
}

fn json_grantee(grantee: &Grantee<AccountId>) -> Value {
	match grantee {
		Grantee::Any => json!("Any"),
		Grantee::Organisation(organisation) => json!({ "organisation": organisation }),
		Grantee::RoleAt(organisation, role) => {
			json!({ "organisation": organisation, "role": name(role) })
		},
		Grantee::Practitioner(who) => json!({ "practitioner": hex(who) }),
		Grantee::PractitionerAt(who, at) => json!({ "practitioner": hex(who), "at": at }),
	}
}

fn json_directive((number, directive): &(DirectiveId, Directive<AccountId>)) -> Value {
	let Directive { effect, grantee, scope, period, .. } = directive;
	let Scope { actions, purposes, classes, labels, data } = scope;
	object([
		("number", Some(json!(number))),
		("effect", Some(json!(name(effect)))),
		("grantee", Some(json_grantee(grantee))),
		(
			"scope",
			Some(json!({
				"actions": names(actions.iter()),
				"purposes": names(purposes.iter()),
				"classes": names(classes.iter()),
				"labels": names(labels.iter()),
				"data": interval(*data),
			})),
		),
		("period", Some(interval(*period))),
		("maxUses", directive.max_uses.map(|uses| json!(uses))),
		("rediscloseDepth", Some(json!(directive.redisclose_depth))),
		("eraseAfter", directive.erase_after.map(big)),
		(
			"grantedBy",
			Some(match directive.granted_by {
				GrantedBy::Key => json!("Key"),
				GrantedBy::Mandate(mandate) => json!({ "mandate": mandate }),
			}),
		),
		(
			"basis",
			Some(match directive.basis {
				DirectiveBasis::Request(request) => json!({ "request": request }),
				DirectiveBasis::SelfMade => json!("SelfMade"),
			}),
		),
		(
			"ended",
			directive.ended.map(|ended| json!({ "at": big(ended.at), "why": name(ended.why) })),
		),
	])
}

fn json_care(care: &rules::Care) -> Value {
	let relationships = care.relationships.iter().map(|(number, treatment)| {
		object([
			("number", Some(big(*number))),
			("organisation", Some(json!(treatment.organisation))),
			("period", Some(interval(treatment.period))),
			("ended", treatment.ended.map(big)),
		])
	});
	let opt_outs = care.opt_outs.iter().map(|out| {
		let towards = match out.towards {
			Towards::Everybody => json!("Everybody"),
			Towards::Organisation(organisation) => json!({ "organisation": organisation }),
		};
		object([
			("towards", Some(towards)),
			("from", Some(big(out.from))),
			("until", out.until.map(big)),
		])
	});
	json!({
		"policy": name(care.policy),
		"relationships": relationships.collect::<Value>(),
		"optOuts": opt_outs.collect::<Value>(),
	})
}

fn json_case(case: &rules::Case) -> Value {
	let Question { subject, actor, purpose, action, class, labels, data_time, at } = &case.question;
	let question = object([
		("subject", Some(json!(hex(subject.as_bytes())))),
		("actor", Some(json_actor(actor))),
		("purpose", Some(json!(name(purpose)))),
		("action", Some(json!(name(action)))),
		("dataClass", Some(json!(name(class)))),
		("labels", Some(names(labels.iter()))),
		("dataTime", data_time.map(big)),
		("at", at.map(big)),
	]);
	let vetoes = case.vetoes.iter().map(|veto| {
		object([
			("purpose", Some(json!(name(veto.purpose)))),
			("from", Some(big(veto.from))),
			("until", veto.until.map(big)),
		])
	});
	let accesses = case.emergency.accesses.iter().map(|(number, access)| {
		json!({
			"number": number,
			"who": hex(&access.who),
			"organisation": access.organisation,
			"classes": names(access.classes.iter()),
			"period": interval(access.period),
		})
	});
	json!({
		"question": question,
		"at": big(case.at),
		"state": name(case.state),
		"standing": {
			"ownKey": case.standing.own_key,
			"kinds": names(case.standing.kinds.iter()),
			"roles": names(case.standing.roles.iter()),
		},
		"vetoes": vetoes.collect::<Value>(),
		"directives": case.directives.iter().map(json_directive).collect::<Value>(),
		"base": name(case.base),
		"care": json_care(&case.care),
		"emergency": {
			"advance": name(case.emergency.advance),
			"accesses": accesses.collect::<Value>(),
		},
	})
}

fn json_verdict(verdict: &Verdict) -> Value {
	let why = match verdict {
		Verdict::Permit(Basis::Directive(number)) | Verdict::Deny(Reason::Directive(number)) => {
			json!({ "kind": "Directive", "directive": number })
		},
		Verdict::Permit(basis) => json!({ "kind": name(basis) }),
		Verdict::Deny(reason) => json!({ "kind": name(reason) }),
		Verdict::Emergency(number) => json!({ "kind": "Emergency", "emergency": number }),
		Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(number)) => {
			json!({ "kind": "TreatmentRelationship", "relationship": big(*number) })
		},
	};
	json!({ "verdict": name(verdict), "why": why })
}

fn vector(case: &rules::Case) -> Value {
	let output = rules::decide(&case.encode());
	let verdict = json_verdict(&case.verdict());
	json!({ "case": json_case(case), "output": hex(&output), "answer": verdict })
}

#[test]
fn the_vectors_are_of_the_present_rules() {
	let mut runner = fixed();
	let mut seen = BTreeMap::<String, (u32, u32)>::new();
	while KINDS.iter().any(|kind| seen.get(*kind).is_none_or(|seen| *seen != (OF_EACH, LONG))) {
		let case = widened(next(&mut runner, &case()));
		let input = case.encode();
		let (short, long) = seen.entry(kind(&case.verdict())).or_default();
		let (count, most) =
			if input.len() <= MOSTLY_UP_TO { (short, OF_EACH) } else { (long, LONG) };
		if *count < most {
			*count += 1;
			FILE.note("random", &input, vector(&case));
		}
	}
	assert_eq!(seen.len(), KINDS.len(), "{seen:?}");

	let case = widened(next(&mut runner, &case()));
	let whole = case.encode();
	let head = (&case.question, case.at).encode();
	let refused = [
		Vec::new(),
		whole[..whole.len() - 1].to_vec(),
		[&whole[..], &[0]].concat(),
		// No state has that code.
		[&head[..], &[7], &whole[head.len() + 1..]].concat(),
	];
	for input in refused {
		let fault = decided(&input).expect_err("an input that is wrong");
		let output = hex(&rules::decide(&input));
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
		assert_eq!(hex(&rules::decide(&input)), vector["output"], "{vector}");
		match decided(&input) {
			Ok(verdict) => {
				let case = rules::Case::decode(&mut &input[..]).expect("a case");
				assert_eq!(json_case(&case), vector["case"]);
				assert_eq!(json_verdict(&verdict), vector["answer"]);
				*seen.entry(kind(&verdict)).or_default() += 1;
			},
			Err(fault) => {
				assert_eq!(json!(name(fault)), vector["fault"]);
				*seen.entry(name(fault)).or_default() += 1;
			},
		}
	}
	for kind in KINDS {
		assert!(seen[kind] >= 30, "{kind} {seen:?}");
	}
	assert!(seen["Malformed"] >= 3 && seen["Trailing"] >= 1, "{seen:?}");
}
