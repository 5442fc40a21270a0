//! Files are read in one way: the vectors in `docs/vectors/files.json`, which the TypeScript client is held to too.

use salus_verify::{
	bytes::from_hex, decision::DecisionReceipt, fhir, files, Checkpoint, Error, Genesis,
	GenesisFile, Receipt, StartFile, Trail,
};
use serde_json::{json, Value};
use std::{collections::BTreeMap, fs, path::PathBuf};

/// The vectors: genuine files by name, each with its kind, and cases.
fn vectors() -> Value {
	let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/vectors/files.json");
	serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
	value[member].as_str().unwrap_or_else(|| panic!("no {member} in {value}"))
}

/// The kind of a case, and its bytes.
fn content<'a>(case: &'a Value, bases: &'a Value) -> (&'a str, Vec<u8>) {
	if let Some(whole) = case["text"].as_str() {
		return (text(case, "kind"), whole.as_bytes().to_vec());
	}
	if let Some(bytes) = case["bytes"].as_str() {
		return (text(case, "kind"), from_hex(bytes).unwrap());
	}
	let base = &bases[text(case, "base")];
	let number = |member: &str| usize::try_from(case[member].as_u64().unwrap()).unwrap();
	let (at, cut) = (number("at"), number("cut"));
	let whole = text(base, "text");
	assert!(whole.is_ascii(), "so that places are the same as in JavaScript");
	let changed = [&whole[..at], text(case, "put"), &whole[at + cut..]].concat();
	(text(base, "kind"), changed.into_bytes())
}

/// Why a file is refused, or `None` if it is read.
fn fault(kind: &str, bytes: &[u8]) -> Option<&'static str> {
	let found = match kind {
		"receipt" => Receipt::parse(bytes).map(drop),
		"decision" => DecisionReceipt::parse(bytes).map(drop),
		"trail" => Trail::parse(bytes).map(drop),
		"genesis" => GenesisFile::parse(bytes).map(drop),
		"start" => StartFile::parse(bytes).map(drop),
		"chain-spec" => Genesis::hash_of_chain_spec(bytes).map(drop),
		"checkpoint" => Checkpoint::parse(bytes).map(drop),
		other => panic!("no kind of file: {other}"),
	};
	match found {
		Ok(()) => None,
		Err(Error::MalformedFile { fault, .. }) => Some(fault.code()),
		Err(other) => panic!("another error: {other}"),
	}
}

#[test]
fn every_file_of_the_vectors_is_accepted_or_refused_for_its_reason() {
	let vectors = vectors();
	let mut differing = Vec::new();
	let mut counts = BTreeMap::<_, usize>::new();
	for case in vectors["cases"].as_array().unwrap() {
		let (kind, bytes) = content(case, &vectors["bases"]);
		let (expected, found) = (case["fault"].as_str(), fault(kind, &bytes));
		assert!(expected.is_some() || case["fault"].is_null());
		if found != expected {
			differing.push(format!("{}: {expected:?}, here {found:?}", text(case, "name")));
		}
		*counts.entry((kind.to_string(), expected.is_some())).or_default() += 1;
	}
	assert!(differing.is_empty(), "{differing:#?}");
	for kind in ["receipt", "decision", "trail", "genesis", "start", "chain-spec"] {
		let [accepted, refused] = [false, true].map(|refused| counts[&(kind.to_string(), refused)]);
		assert!(accepted >= 10 && refused >= 100, "{kind}: {accepted} and {refused}");
	}
}

/// The client has no part for checkpoints, and so there are no vectors of them.
#[test]
fn a_checkpoint_is_read_as_strictly() {
	let key = format!("0x{}", "ab".repeat(32));
	let genuine = json!({
		"format": "salus-checkpoint", "version": 1, "genesis": key, "setId": 9,
		"authorities": [key, key], "name": "Ministry of Health",
	})
	.to_string();
	assert_eq!(fault("checkpoint", genuine.as_bytes()), None);
	let as_list = format!("[[\"{key}\"],\"salus-checkpoint\",\"{key}\",\"Ministry\",9,1]");
	assert_eq!(fault("checkpoint", as_list.as_bytes()), Some("wrong-type"));
	for (from, to, expected) in [
		("\"setId\":9", "\"setId\":9,\"setId\":9", "member-twice"),
		("\"setId\":9", "\"setId\":9,\"set\\u0049d\":8", "member-twice"),
		("\"setId\":9", "\"setId\":9.0", "wrong-value"),
		("\"setId\":9", "\"setId\":9007199254740992", "wrong-value"),
		("\"setId\":9", "\"setId\":\"9\"", "wrong-type"),
		("\"setId\":9,", "", "member-missing"),
		("\"setId\":9", "\"setId\":9,\"other\":null", "member-unknown"),
		("\"genesis\":\"0xab", "\"genesis\":\"0xAB", "wrong-value"),
		("\"genesis\":\"0x", "\"genesis\":\"0X", "wrong-value"),
		("[\"0x", "[\"0", "wrong-value"),
		("[\"0xab", "[\"0x", "wrong-value"),
		("\"Ministry of Health\"", "[\"Ministry of Health\"]", "wrong-type"),
		("\"Ministry of Health\"", "\"\\ud83d\"", "lone-surrogate"),
		("\"Ministry of Health\"", "\"a\\u0000b\"", "wrong-value"),
		("\"Ministry of Health\"", "\" \"", "wrong-value"),
		("\"version\":1", "\"version\":2", "other-format"),
	] {
		let changed = genuine.replacen(from, to, 1);
		assert_ne!(changed, genuine, "{from}");
		assert_eq!(fault("checkpoint", changed.as_bytes()), Some(expected), "{changed}");
	}
}

#[test]
fn what_is_larger_than_the_largest_file_is_refused_before_it_is_read() {
	for (kind, most) in [
		("receipt", files::MAX_RECEIPT),
		("decision", files::MAX_RECEIPT),
		("genesis", files::MAX_RECEIPT),
		("start", files::MAX_RECEIPT),
		("checkpoint", files::MAX_RECEIPT),
		("trail", files::MAX_FILE),
		("chain-spec", files::MAX_FILE),
	] {
		assert_eq!(fault(kind, &vec![b' '; most + 1]), Some("too-large"), "{kind}");
	}
	assert_eq!(fault("receipt", &vec![b' '; files::MAX_RECEIPT]), Some("not-json"));
}

/// Where a file is wrong is said, in words that no terminal takes for orders.
#[test]
fn a_refusal_says_where() {
	let vectors = vectors();
	let genuine = text(&vectors["bases"]["receipt"], "text");
	let why = |changed: String| {
		assert_ne!(changed, genuine);
		Receipt::parse(changed.as_bytes()).unwrap_err().to_string()
	};
	assert_eq!(
		why(genuine.replacen("\"author\":", "\"author\":1.0,\"x\":", 1)),
		"the receipt is malformed: records[0].author: not a number up to 9007199254740991 in decimal digits"
	);
	assert_eq!(
		why(genuine.replacen("\"leaf\":null", "\"leaf\":[]", 1)),
		"the receipt is malformed: records[0].leaf: a list in place of an object"
	);
	assert_eq!(
		why(genuine.replacen("\"leaf\":null,", "", 1)),
		"the receipt is malformed: records[0]: the member \"leaf\" is missing"
	);
	let why = why(genuine.replacen("{", "{\"a\\u001b[2J\\u202e\":1,", 1));
	assert_eq!(why, "the receipt is malformed: the member \"a[2J\" is not known");
	let error = fhir::canonical(b"{\"a\":}").unwrap_err().to_string();
	assert!(error.ends_with("it is not JSON: a value is missing at byte 5"), "{error}");
}
