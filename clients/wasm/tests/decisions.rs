//! The decision, asked in bytes: the same as asked in Rust, whatever the bytes; and its vectors.
//!
//! The named examples of the crate's own tests are run here once more: they decide through bytes, and each is a vector.

// What the generator of the decision's own tests takes from its crate.
use salus_consent_decision::*;

#[path = "../../../pallets/consent/decision/src/tests/generator.rs"]
#[allow(dead_code, reason = "a part of it is for the laws of that crate")]
mod generator;

#[path = "../../../pallets/consent/decision/src/tests/base.rs"]
mod base;
#[path = "../../../pallets/consent/decision/src/tests/care.rs"]
mod care;
#[path = "../../../pallets/consent/decision/src/tests/emergencies.rs"]
mod emergencies;
#[path = "../../../pallets/consent/decision/src/tests/precedence.rs"]
mod precedence;
#[path = "../../../pallets/consent/decision/src/tests/sealed.rs"]
#[allow(clippy::type_complexity, reason = "allowed in that crate")]
mod sealed_examples;
mod support;

use codec::{Decode, Encode};
use generator::{case, runner};
use proptest::prelude::*;
use salus_wasm_rules::{self as rules, Fault};
use sealed::VERSION;
use serde_json::{json, Value};
use std::{collections::BTreeMap, panic::Location};
use support::{
	fixed, hex,
	json::{is_known, json_case, json_verdict},
	name, nearly, next, object, unhex, wide, File,
};

static FILE: File = File::new(
	"decisions.json",
	"Consent decisions: the case, its encoding in SCALE, the encoded answer, and the answer. Numbers of more than 32 \
	 bits are text with an n behind it. A member that is missing is None.",
);

/// How many vectors there are of each kind of answer, and how long most of them may be, in bytes.
const OF_EACH: u32 = 20;
const MOSTLY_UP_TO: usize = 560;
/// How many of each kind may be longer.
const LONG: u32 = 3;

const KINDS: [&str; 13] = [
	"Permit Directive",
	"Permit Own",
	"Permit Base",
	"Permit SealedDirective",
	"Deny Directive",
	"Deny Default",
	"Deny Veto",
	"Deny State",
	"Deny Credential",
	"Deny Sealed",
	"Deny SealedDirective",
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

/// A generated case as an input.
fn widened(case: generator::Case) -> rules::Case {
	wide::case(&case.context())
}

/// Decides for the named examples: through bytes, noting the vector under the name of the file that asks.
#[track_caller]
fn decide(context: &Context<u8>) -> Verdict {
	let file = Location::caller().file();
	let from = file.rsplit(['/', '\\']).next().and_then(|name| name.strip_suffix(".rs"));
	let case = wide::case(context);
	FILE.note(from.expect("a file of Rust"), &case.encode(), vector(&case));
	decided(&case.encode()).expect("a case")
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
			let expected = salus_consent_decision::decide(&case.context());
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
	let (_, one) = wide::directive(&(1, next(&mut fixed(), &generator::directive())));
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

fn vector(case: &rules::Case) -> Value {
	let output = rules::decide(&case.encode());
	let verdict = json_verdict(&case.verdict());
	object([
		("case", writable(case).then(|| json_case(case))),
		("output", Some(json!(hex(&output)))),
		("answer", Some(verdict)),
	])
}

/// Whether the SDK can write the case: sets with bits that nobody knows have no names.
fn writable(case: &rules::Case) -> bool {
	let plain = case.directives.iter().map(|(_, directive)| &directive.scope);
	let sealed = case.sealed.openings.iter().map(|(_, opening)| &opening.content.scope);
	case.question.labels.is_known() && plain.chain(sealed).all(is_known)
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
				assert_eq!(writable(&case).then(|| json_case(&case)).as_ref(), vector.get("case"));
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
		assert!(seen[kind] >= OF_EACH + LONG, "{kind} {seen:?}");
	}
	// The named examples are there, and few of them in bytes alone.
	let from = |file: &str| FILE.known().keys().filter(|(from, _)| from == file).count();
	let examples =
		[("precedence", 150), ("base", 10), ("care", 40), ("emergencies", 30), ("sealed", 150)];
	for (file, least) in examples {
		assert!(from(file) >= least, "{file} {}", from(file));
	}
	// So are flags, and sealed directives of versions that are not known here.
	let with = |has: fn(&rules::Sealed) -> bool| {
		let cases = FILE.known().values().filter(|vector| vector.get("fault").is_none());
		let case = |vector: &Value| rules::Case::decode(&mut &unhex(&vector["input"])[..]);
		cases.filter(|vector| has(&case(vector).expect("a case").sealed)).count()
	};
	let flags = with(|sealed| !sealed.flagged.is_empty());
	let versions = with(|sealed| sealed.directives.iter().any(|(_, held)| held.version != VERSION));
	assert!(flags >= 80 && versions >= 20, "{flags} with flags, {versions} of other versions");
	let unwritten = FILE.known().values().filter(|vector| vector.get("case").is_none()).count();
	assert!(unwritten <= 24, "{unwritten}");
	assert!(seen["Malformed"] >= 3 && seen["Trailing"] >= 1, "{seen:?}");
}
