//! The receipts in `docs/vectors`, of records and of decisions, judged in bytes: as `salus-verify` judges them.

mod support;

use codec::{Decode, Encode};
use proptest::prelude::*;
use salus_verify::{decision::DecisionReceipt, Genesis, GenesisFile, Hash, Sets, Trail};
use salus_wasm_rules::{
	self as rules, Beliefs, ClaimedDecision, Fault, Para, Presentation, Proven, ProvenDecision,
	RecordStanding, Start,
};
use serde_json::Value;
use std::{collections::BTreeSet, fs, path::PathBuf};
use support::{fixed, nearly, next, unhex};

const OF_RECORDS: [&str; 4] =
	["receipts", "receipts-relay", "receipts-chain", "receipts-relay-chain"];
const OF_DECISIONS: [&str; 1] = ["decisions"];

/// A vector: what it is called, what it has, and what its reader believes.
struct Vector {
	name: String,
	case: Value,
	beliefs: Beliefs,
}

impl Vector {
	fn receipt(&self) -> Vec<u8> {
		file(&self.case["receipt"])
	}

	fn presentation(&self) -> Vec<u8> {
		let (beliefs, record) = (self.beliefs.clone(), unhex(&self.case["record"]));
		Presentation { beliefs, receipt: self.receipt(), record }.encode()
	}

	fn claim(&self) -> Vec<u8> {
		ClaimedDecision { beliefs: self.beliefs.clone(), receipt: self.receipt() }.encode()
	}

	/// That the answer is the verdict of the vector: the exit code of `salus-verify`, and its word for a refusal.
	#[track_caller]
	fn expect(&self, exit: Result<u8, &Fault>) -> Option<String> {
		let Self { name, case: Value::Object(case), .. } = self else { panic!("no case") };
		let verdict = &case["verdict"];
		match exit {
			Ok(exit) => {
				assert!(verdict["error"].is_null(), "{name}: {verdict}");
				assert_eq!(verdict["exit"], exit, "{name}");
				None
			},
			Err(Fault::Receipt(refusal)) => {
				assert_eq!(verdict["error"], refusal.code, "{name}: {}", refusal.why);
				assert_eq!(verdict["exit"], if refusal.malformed { 2 } else { 1 }, "{name}");
				Some(refusal.code.clone())
			},
			Err(other) => panic!("{name}: {other:?}"),
		}
	}
}

fn file(value: &Value) -> Vec<u8> {
	value.to_string().into_bytes()
}

fn hash(value: &Value) -> [u8; 32] {
	unhex(value).try_into().expect("32 bytes")
}

fn vectors(folders: &[&str]) -> Vec<Vector> {
	let all = folders.iter().flat_map(|folder| {
		let path =
			PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/vectors").join(folder);
		let read = |path: PathBuf| -> Value {
			serde_json::from_slice(&fs::read(path).expect("a file")).expect("JSON")
		};
		let usual = read(path.join("usual.json"));
		let entries = fs::read_dir(&path).expect("a folder");
		let files = entries.map(|entry| entry.expect("an entry").path());
		let cases: Vec<_> = files.filter(|file| !file.ends_with("usual.json")).map(read).collect();
		cases.into_iter().map(move |case| Vector {
			name: format!("{folder}/{}", case["name"]),
			beliefs: beliefs(&case, &usual),
			case,
		})
	});
	all.collect()
}

fn beliefs(case: &Value, usual: &Value) -> Beliefs {
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
	Beliefs {
		start,
		parachain,
		trail: Some(file(shared("trail"))),
		checkpoints: checkpoint.map(file).into_iter().collect(),
	}
}

fn answer<T: Decode>(output: Vec<u8>) -> Result<T, Fault> {
	let mut rest = &output[..];
	let answer = Result::decode(&mut rest).expect("an answer");
	assert!(rest.is_empty(), "nothing but an answer");
	answer
}

fn judged(input: &[u8]) -> Result<Proven, Fault> {
	answer(rules::verify_receipt(input))
}

fn decided(input: &[u8]) -> Result<ProvenDecision, Fault> {
	answer(rules::verify_decision(input))
}

#[test]
fn receipts_are_judged_as_the_verifier_judges_them() {
	let (mut current, mut former, mut refused) = (0, 0, BTreeSet::new());
	for vector in vectors(&OF_RECORDS) {
		let found = judged(&vector.presentation());
		let exit = found.as_ref().map(|Proven { finality, records }| {
			assert!(finality.voters * 3 > finality.of * 2, "{}", vector.name);
			match records[0].standing {
				RecordStanding::Current => {
					current += 1;
					0
				},
				_ => {
					former += 1;
					3
				},
			}
		});
		refused.extend(vector.expect(exit));
	}
	// Neither by refusing everything nor by luck.
	assert!(current >= 15 && former >= 8, "{current} current, {former} former");
	assert!(refused.len() >= 30, "{refused:?}");
}

#[test]
fn decision_receipts_are_judged_as_the_verifier_judges_them() {
	let (mut let_through, mut denied, mut refused) = (0, 0, BTreeSet::new());
	for vector in vectors(&OF_DECISIONS) {
		let found = decided(&vector.claim());
		let exit = found.as_ref().map(|proven| {
			let claimed = DecisionReceipt::parse(&vector.receipt()).expect("a receipt");
			assert_eq!(proven.question, claimed.question, "{}", vector.name);
			assert_eq!(proven.verdict, claimed.verdict, "{}", vector.name);
			assert_eq!(proven.version, claimed.version, "{}", vector.name);
			assert_eq!(Some(proven.at), proven.question.at, "{}", vector.name);
			assert!(proven.at <= proven.finality.time, "{}", vector.name);
			match proven.verdict.allows() {
				true => {
					let_through += 1;
					0
				},
				false => {
					denied += 1;
					3
				},
			}
		});
		refused.extend(vector.expect(exit));
	}
	assert!(let_through >= 10 && denied >= 10, "{let_through} let through, {denied} denied");
	assert!(refused.len() >= 12, "{refused:?}");
}

/// Every field of the answer is what the library says.
#[test]
fn an_answer_has_what_the_verifier_found() {
	let vectors = vectors(&OF_DECISIONS);
	let vector = vectors.iter().find(|vector| vector.case["name"] == "permit").expect("permit");
	let Beliefs { start: Start::Genesis { file, hash }, trail: Some(trail), .. } = &vector.beliefs
	else {
		panic!("from genesis, with a trail")
	};
	let genesis = Genesis::from_file(&GenesisFile::parse(file).unwrap(), Hash(*hash)).unwrap();
	let sets = Sets::follow(&genesis, Some(&Trail::parse(trail).unwrap()), &[]).unwrap();
	let native = DecisionReceipt::parse(&vector.receipt()).unwrap().verify(&sets).unwrap();
	let proven = decided(&vector.claim()).unwrap();
	let (block, finality) = (&native.block, &native.block.finality);
	assert_eq!(proven.finality.block, block.hash.0);
	assert_eq!((proven.finality.number, proven.finality.time), (block.number, block.time));
	assert_eq!(proven.finality.set, finality.set);
	assert_eq!(proven.finality.voters as usize, finality.majority.voters);
	assert_eq!(proven.finality.of as usize, finality.majority.of);
	assert_eq!(proven.finality.vouched, finality.checkpoint);
	assert_eq!(format!("{:?}", proven.finality.end), format!("{:?}", finality.end));
	assert_eq!((proven.runtime, proven.version), (native.runtime.name, native.runtime.version));
	assert_eq!(proven.at, native.facts.at);
	assert_eq!(proven.verdict, native.verdict);
}

#[test]
fn every_input_has_an_answer() {
	let mut runner = fixed();
	let mut faults = BTreeSet::new();
	let noise = proptest::collection::vec(any::<u8>(), 0..600);
	let mut note = |fault: Option<Fault>| {
		faults.insert(match fault {
			None => "none".to_string(),
			Some(Fault::Receipt(refusal)) => refusal.code,
			Some(other) => support::name(other),
		});
	};
	for vector in vectors(&OF_RECORDS) {
		for _ in 0..20 {
			for bytes in
				[next(&mut runner, &nearly(vector.presentation())), next(&mut runner, &noise)]
			{
				note(judged(&bytes).err());
			}
		}
	}
	for vector in vectors(&OF_DECISIONS) {
		for _ in 0..20 {
			for bytes in [next(&mut runner, &nearly(vector.claim())), next(&mut runner, &noise)] {
				note(decided(&bytes).err());
			}
		}
	}
	for fault in ["none", "Malformed", "Trailing", "malformed", "other-genesis"] {
		assert!(faults.contains(fault), "{fault}: {faults:?}");
	}
}

#[test]
fn an_input_is_no_longer_than_its_bound() {
	let (most, more) = (vec![0; rules::MAX_FILES], vec![0; rules::MAX_FILES + 1]);
	assert_eq!(judged(&more), Err(Fault::TooLong));
	assert_eq!(decided(&more), Err(Fault::TooLong));
	assert_ne!(judged(&most), Err(Fault::TooLong));
	assert_ne!(decided(&most), Err(Fault::TooLong));
}
