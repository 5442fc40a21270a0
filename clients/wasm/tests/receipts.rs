//! The receipts in `docs/vectors`, judged in bytes: as `salus-verify` judges them.

mod support;

use codec::{Decode, Encode};
use proptest::prelude::*;
use salus_wasm_rules::{self as rules, Fault, Para, Presentation, Proven, RecordStanding, Start};
use serde_json::Value;
use std::{collections::BTreeSet, fs, path::PathBuf};
use support::{fixed, nearly, next, unhex};

const FOLDERS: [&str; 4] = ["receipts", "receipts-relay", "receipts-chain", "receipts-relay-chain"];

/// A vector of a receipt: what it is called, the input, and the verdict of `salus-verify`.
struct Vector {
	name: String,
	input: Vec<u8>,
	verdict: Value,
}

fn vectors() -> Vec<Vector> {
	let folders = FOLDERS.iter().flat_map(|folder| {
		let path =
			PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/vectors").join(folder);
		let read = |path: PathBuf| -> Value {
			serde_json::from_slice(&fs::read(path).expect("a file")).expect("JSON")
		};
		let usual = read(path.join("usual.json"));
		let entries = fs::read_dir(&path).expect("a folder");
		let files = entries.map(|entry| entry.expect("an entry").path());
		let cases: Vec<_> = files.filter(|file| !file.ends_with("usual.json")).map(read).collect();
		cases.into_iter().map(move |case| vector(folder, &case, &usual))
	});
	folders.collect()
}

fn vector(folder: &str, case: &Value, usual: &Value) -> Vector {
	let file = |value: &Value| value.to_string().into_bytes();
	let hash = |value: &Value| -> [u8; 32] { unhex(value).try_into().expect("32 bytes") };
	let shared = |name: &str| match &case[name] {
		Value::Null => &usual[name],
		Value::String(text) if text == "usual" => &usual[name],
		own => own,
	};
	let relay = &case["relay"];
	let own = hash(&case["expectGenesis"]);
	let start = match &relay["expectBlock"] {
		Value::Null => {
			let hash = relay.get("expectGenesis").map_or(own, hash);
			Start::Genesis { file: file(shared("genesis")), hash }
		},
		block => Start::Block { file: file(&relay["start"]), hash: hash(block) },
	};
	let parachain = relay["paraId"]
		.as_u64()
		.map(|id| Para { id: u32::try_from(id).expect("a parachain's number"), genesis: own });
	let checkpoint = Some(&case["checkpoint"]).filter(|checkpoint| !checkpoint.is_null());
	let presentation = Presentation {
		start,
		parachain,
		trail: Some(file(shared("trail"))),
		checkpoints: checkpoint.map(file).into_iter().collect(),
		receipt: file(&case["receipt"]),
		record: unhex(&case["record"]),
	};
	let name = format!("{folder}/{}", case["name"]);
	Vector { name, input: presentation.encode(), verdict: case["verdict"].clone() }
}

fn judged(input: &[u8]) -> Result<Proven, Fault> {
	let output = rules::verify(input);
	let mut rest = &output[..];
	let answer = Result::decode(&mut rest).expect("an answer");
	assert!(rest.is_empty(), "nothing but an answer");
	answer
}

#[test]
fn receipts_are_judged_as_the_verifier_judges_them() {
	let (mut current, mut former, mut refused) = (0, 0, BTreeSet::new());
	for Vector { name, input, verdict } in vectors() {
		match judged(&input) {
			Ok(proven) => {
				assert!(verdict["error"].is_null(), "{name}: {verdict}");
				assert!(proven.voters * 3 > proven.of * 2, "{name}");
				let stood = proven.records[0].standing == RecordStanding::Current;
				assert_eq!(verdict["exit"], if stood { 0 } else { 3 }, "{name}");
				if stood {
					current += 1;
				} else {
					former += 1;
				}
			},
			Err(Fault::Receipt(refusal)) => {
				assert_eq!(verdict["error"], refusal.code, "{name}: {}", refusal.why);
				refused.insert(refusal.code);
			},
			Err(other) => panic!("{name}: {other:?}"),
		}
	}
	// Neither by refusing everything nor by luck.
	assert!(current >= 15 && former >= 8, "{current} current, {former} former");
	assert!(refused.len() >= 30, "{refused:?}");
}

#[test]
fn every_input_has_an_answer() {
	let mut runner = fixed();
	let mut faults = BTreeSet::new();
	let noise = proptest::collection::vec(any::<u8>(), 0..600);
	for Vector { input, .. } in vectors() {
		for _ in 0..20 {
			for bytes in [next(&mut runner, &nearly(input.clone())), next(&mut runner, &noise)] {
				faults.insert(match judged(&bytes) {
					Ok(_) => "none".to_string(),
					Err(Fault::Receipt(refusal)) => refusal.code,
					Err(other) => support::name(other),
				});
			}
		}
	}
	for fault in ["none", "Malformed", "Trailing", "malformed", "other-genesis"] {
		assert!(faults.contains(fault), "{fault}: {faults:?}");
	}
}

#[test]
fn an_input_is_no_longer_than_its_bound() {
	assert_eq!(judged(&vec![0; rules::MAX_PRESENTATION + 1]), Err(Fault::TooLong));
	assert_ne!(judged(&vec![0; rules::MAX_PRESENTATION]), Err(Fault::TooLong));
}
