//! The vectors in `docs/vectors`, which the TypeScript client checks too.

use crate::support::{self, cases::Maker};
use salus_verify::{
	bytes::from_hex,
	commitment::{commit, leaf, node, verify_path, Form},
	fhir::canonical,
	state::{genesis_key, head_key, retraction_key, slot_key},
	Error, Genesis, GenesisFile, Hash, Opened, Parachain, Presented, Receipt, Sets, Standing,
	Start, StartFile, Trail,
};
use serde_json::Value;
use std::{fs, path::PathBuf};

fn vectors() -> PathBuf {
	PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/vectors")
}

fn read(path: PathBuf) -> Value {
	let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
	serde_json::from_slice(&bytes).unwrap()
}

/// The files are what the cases are today, which `verify.rs` and `cli.rs` judge. If they
/// are not and that is meant: `cargo run -p salus-verify --example vectors -- docs/vectors`.
#[test]
fn the_files_are_the_cases() {
	let maker = Maker::default();
	let usual = maker.usual();
	for (folder, cases) in maker.folders() {
		let folder = vectors().join(folder);
		assert_eq!(read(folder.join("usual.json")), usual, "usual.json");
		let mut expected = vec!["usual.json".to_string()];
		for case in cases {
			let name = format!("{}.json", case.name);
			assert_eq!(read(folder.join(&name)), case.json(&usual), "{name}");
			expected.push(name);
		}
		let entries = fs::read_dir(folder).unwrap();
		let mut found: Vec<_> =
			entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
		expected.sort();
		found.sort();
		assert_eq!(found, expected);
	}
}

/// The same of decision receipts, which are judged here too.
#[test]
fn the_files_of_decisions_are_the_cases_and_each_is_worth_what_it_says() {
	let maker = Maker::default();
	let (usual, folder) = (maker.usual(), vectors().join("decisions"));
	assert_eq!(read(folder.join("usual.json")), usual);
	let cases = maker.of_decisions();
	for case in &cases {
		assert_eq!(read(folder.join(format!("{}.json", case.name))), case.json(), "{}", case.name);
		let found = match case.judge(&usual) {
			Ok(decided) => (if decided.verdict.allows() { 0 } else { 3 }, None),
			Err(error) if error.is_malformed() => (2, Some(error.code())),
			Err(error) => (1, Some(error.code())),
		};
		assert_eq!(found, case.verdict, "{}", case.name);
	}
	assert_eq!(fs::read_dir(folder).unwrap().count(), cases.len() + 1);
}

/// Receipts, a trail with three changes and a genesis that a running node and the client made:
/// headers, signatures, keys and stored types are what the verifier takes them for.
#[test]
fn receipts_of_a_running_chain_are_judged_as_they_must_be() {
	let folder = vectors().join("receipts-chain");
	let text = |value: &Value| value.to_string().into_bytes();
	let usual = read(folder.join("usual.json"));
	let file = GenesisFile::parse(&text(&usual["genesis"])).unwrap();
	let trail = Trail::parse(&text(&usual["trail"])).unwrap();
	assert_eq!(trail.handoffs.len(), 3);
	let mut judged = 0;
	for entry in fs::read_dir(&folder).unwrap() {
		let case = read(entry.unwrap().path());
		if case["receipt"].is_null() {
			continue;
		}
		let name = &case["name"];
		let expected = case["expectGenesis"].as_str().unwrap().parse().unwrap();
		let genesis = Genesis::from_file(&file, expected).unwrap();
		let sets = Sets::follow(&genesis, Some(&trail), &[]).unwrap();
		let receipt = Receipt::parse(&text(&case["receipt"])).unwrap();
		let record = from_hex(case["record"].as_str().unwrap()).unwrap();
		let opened = Opened::new(&receipt, &sets).unwrap_or_else(|error| panic!("{name}: {error}"));
		let presented = Presented { file: "file", name: None, bytes: &record };
		let verified = opened.verify(opened.find(&presented).unwrap()[0]).unwrap();
		let exit = if verified.standing == Standing::Current { 0 } else { 3 };
		assert_eq!(case["verdict"]["exit"], exit, "{name}");
		let mut changed = record.clone();
		changed[0] ^= 1;
		assert!(opened.find(&Presented { bytes: &changed, ..presented }).is_err(), "{name}");
		judged += 1;
	}
	assert_eq!(judged, 6);
}

/// The check of a vector in which the relay chain's part is as `change` makes it.
fn judge_relay(
	case: &Value,
	usual: &Value,
	change: impl FnOnce(&mut Value),
) -> Result<Standing, Error> {
	let text = |value: &Value| value.to_string().into_bytes();
	let hash = |value: &Value| -> Hash { value.as_str().unwrap().parse().unwrap() };
	let mut case = case.clone();
	for shared in ["genesis", "trail"] {
		if case[shared] == "usual" {
			case[shared] = usual[shared].clone();
		}
	}
	change(&mut case);
	let relay = &case["relay"];
	let start = match relay["start"].is_null() {
		true => {
			let file = GenesisFile::parse(&text(&case["genesis"]))?;
			Start::from(&Genesis::from_file(&file, hash(&relay["expectGenesis"]))?)
		},
		false => {
			let file = StartFile::parse(&text(&relay["start"]))?;
			Start::from_file(&file, hash(&relay["expectBlock"]))?
		},
	};
	let sets = Sets::follow_from(&start, Some(&Trail::parse(&text(&case["trail"]))?), &[])?;
	let id = u32::try_from(relay["paraId"].as_u64().unwrap()).unwrap();
	let parachain = Parachain { relay: &sets, id, genesis: hash(&case["expectGenesis"]) };
	let receipt = Receipt::parse(&text(&case["receipt"]))?;
	let opened = Opened::new(&receipt, parachain)?;
	let record = from_hex(case["record"].as_str().unwrap()).unwrap();
	let presented = Presented { file: "file", name: None, bytes: &record };
	Ok(opened.verify(opened.find(&presented)?[0])?.standing)
}

/// Receipts of a parachain under a relay chain of two validators, which changed one key: what the relay chain keeps and
/// signs is what the verifier takes it for, and nothing else passes for it.
#[test]
fn receipts_of_a_running_parachain_are_judged_as_they_must_be() {
	let folder = vectors().join("receipts-relay-chain");
	let usual = read(folder.join("usual.json"));
	assert_eq!(usual["trail"]["handoffs"].as_array().unwrap().len(), 1);
	let case = |name: &str| read(folder.join(format!("{name}.json")));
	let mut judged = 0;
	for entry in fs::read_dir(&folder).unwrap() {
		let case = read(entry.unwrap().path());
		if case["receipt"].is_null() {
			continue;
		}
		let name = &case["name"];
		let standing =
			judge_relay(&case, &usual, |_| ()).unwrap_or_else(|error| panic!("{name}: {error}"));
		let exit = if standing == Standing::Current { 0 } else { 3 };
		assert_eq!(case["verdict"]["exit"], exit, "{name}");
		judged += 1;
	}
	assert_eq!(judged, 5);

	let (genuine, later) = (case("letter"), case("after-change"));
	let part = |name: &str| later["receipt"]["finality"]["relay"][name].clone();
	let other = serde_json::json!(Hash([1; 32]));
	let mut forged = genuine["receipt"]["finality"]["relay"]["justification"].clone();
	let text = forged.as_str().unwrap().to_string();
	// A digit in the first signature: behind round, target, count and vote.
	let at = 2 + 2 * (8 + 36 + 1 + 36);
	let digit = if text.as_bytes()[at] == b'0' { "1" } else { "0" };
	forged = serde_json::json!(format!("{}{digit}{}", &text[..at], &text[at + 1..]));
	let cases: Vec<(&str, &str, Value)> = vec![
		("bad-signature", "/receipt/finality/relay/justification", forged),
		("other-target", "/receipt/finality/relay/justification", part("justification")),
		("other-relay-state", "/receipt/finality/relay/proof", part("proof")),
		("other-head", "/receipt/header", later["receipt"]["header"].clone()),
		("other-para", "/receipt/finality/relay/paraId", serde_json::json!(2_001)),
		("other-para", "/relay/paraId", serde_json::json!(2_001)),
		("other-relay", "/receipt/finality/relay/genesis", other.clone()),
		("other-genesis", "/receipt/genesis", other.clone()),
		("other-genesis", "/expectGenesis", other.clone()),
		("other-state", "/receipt/proof", later["receipt"]["proof"].clone()),
		("malformed", "/receipt/finality/relay/header", serde_json::json!("0x00")),
		("malformed", "/receipt/finality/relay/justification", serde_json::json!("0x00")),
	];
	for (code, path, value) in cases {
		let found = judge_relay(&genuine, &usual, |case| *case.pointer_mut(path).unwrap() = value);
		assert_eq!(found.map_err(|error| error.code()), Err(code), "{path}");
	}
	let found = judge_relay(&genuine, &usual, |case| {
		case["receipt"]["genesis"] = other.clone();
		case["expectGenesis"] = other.clone();
	});
	assert_eq!(found.map_err(|error| error.code()), Err("other-parachain"));
	let found =
		judge_relay(&later, &usual, |case| case["trail"]["handoffs"] = Value::Array(vec![]));
	assert_eq!(found.map_err(|error| error.code()), Err("trail-too-short"));
}

/// What Polkadot.js makes of the chain's metadata, for organisation 3, slot 7.
#[test]
fn keys_are_those_of_the_metadata() {
	let anchors = slot_key(b"Anchors", 3, 7);
	let successors = slot_key(b"Successors", 3, 7);
	let retraction = retraction_key(3, 7, None);
	for (key, expected) in [
		(anchors, "0x0dc859d1b6ed5d76a3fa4828c7cdda652893c8b379803be566c94f4bfeab5cb2bfb27f1eaef06bb90300000055e4fd6a40cd76080700000000000000"),
		(retraction, "0x0dc859d1b6ed5d76a3fa4828c7cdda65361353c8ea44994169cd8a4018bb52e9bfb27f1eaef06bb90300000055e4fd6a40cd760807000000000000007025e075d5e2f6cde3cc051a31f0766000"),
		(successors, "0x0dc859d1b6ed5d76a3fa4828c7cdda654c05fcd8b5ab49ba70ab9f65e7ad9425bfb27f1eaef06bb90300000055e4fd6a40cd76080700000000000000"),
	] {
		assert_eq!(support::hex(key), expected);
	}
}

/// What Polkadot.js makes of a relay chain's metadata, for parachain 2000, and of any chain's, for block 0.
#[test]
fn keys_of_the_relay_chain_are_those_of_the_metadata() {
	let head = "0xcd710b30bd2eab0352ddcc26417aa1941b3c252fcb29d88eff4f3de5de4476c363f5a4efb16ffa83d0070000";
	assert_eq!(support::hex(head_key(2_000)), head);
	let genesis = "0x26aa394eea5630e07c48ae0c9558cef7a44704b568d21667356a5a050c118746b4def25cfda6ef3a00000000";
	assert_eq!(support::hex(genesis_key()), genesis);
}

/// Commitments and trees as the pallets and the client make them.
#[test]
fn commitments_and_trees_are_those_of_the_chain() {
	let json = read(vectors().join("merkle.json"));
	let hash = |value: &Value| -> Hash { value.as_str().unwrap().parse().unwrap() };
	assert_eq!(leaf(&hash(&json["leaf"]["commitment"])), hash(&json["leaf"]["leaf"]));
	let above = &json["node"];
	assert_eq!(node(&hash(&above["left"]), &hash(&above["right"])), hash(&above["node"]));
	let records = json["records"].as_array().unwrap();
	assert!(!records.is_empty());
	for record in records {
		let form = match record["form"].as_str().unwrap() {
			"Bytes" => Form::Bytes,
			_ => Form::FhirJson,
		};
		let digest = hash(&record["digest"]);
		assert_eq!(commit(&hash(&record["salt"]), form, &digest), hash(&record["commitment"]));
	}
	let trees = json["trees"].as_array().unwrap();
	assert!(!trees.is_empty());
	for tree in trees {
		let (root, leaves) = (hash(&tree["root"]), tree["leaves"].as_u64().unwrap());
		for proof in tree["paths"].as_array().unwrap() {
			let index = proof["index"].as_u64().unwrap();
			let path: Vec<Hash> = proof["path"].as_array().unwrap().iter().map(hash).collect();
			let commitment = Hash::of(&index.to_le_bytes());
			assert!(verify_path(&root, leaves, index, &commitment, &path), "{index} of {leaves}");
			assert!(!verify_path(&root, leaves, index, &root, &path));
		}
	}
	let refused = json["refused"].as_array().unwrap();
	assert!(!refused.is_empty());
	for proof in refused {
		let path: Vec<Hash> = proof["path"].as_array().unwrap().iter().map(hash).collect();
		let (root, commitment) = (hash(&proof["root"]), hash(&proof["commitment"]));
		let (leaves, index) = (proof["leaves"].as_u64().unwrap(), proof["index"].as_u64().unwrap());
		assert!(!verify_path(&root, leaves, index, &commitment, &path), "{}", proof["why"]);
	}
}

/// The text of a vector: `input`, or `parts`, each repeated as often as it says.
fn text_of(vector: &Value) -> String {
	let Some(parts) = vector["parts"].as_array() else {
		return vector["input"].as_str().unwrap().into();
	};
	let repeated = |part: &Value| {
		part[0].as_str().unwrap().repeat(usize::try_from(part[1].as_u64().unwrap()).unwrap())
	};
	parts.iter().map(repeated).collect()
}

/// The form of FHIR JSON as the client makes it, and what the client refuses, for the same reason.
#[test]
fn fhir_json_has_the_clients_form() {
	let json = read(vectors().join("fhir-forms.json"));
	let (mut accepted, mut refused) = (0, 0);
	for vector in json.as_array().unwrap() {
		let (name, input) = (&vector["name"], text_of(vector));
		let found = canonical(input.as_bytes());
		match vector["fault"].as_str() {
			None => {
				let found = found.unwrap_or_else(|error| panic!("{name}: {error}"));
				assert_eq!(vector["digest"], Hash::of(&found).to_string(), "{name}");
				if let Some(expected) = vector["canonical"].as_str() {
					assert_eq!(String::from_utf8(found.clone()).unwrap(), expected, "{name}");
				}
				accepted += 1;
			},
			Some(expected) => {
				let Err(Error::NotFhir { fault, .. }) = found else {
					panic!("{name}: not refused, or otherwise");
				};
				assert_eq!(fault.code(), expected, "{name}");
				refused += 1;
			},
		}
	}
	assert!(accepted >= 35 && refused >= 50, "{accepted} and {refused}");
}
