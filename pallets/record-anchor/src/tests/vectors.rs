//! The vectors that this and the TypeScript twin are both checked against.
//!
//! With `SALUS_WRITE_VECTORS` set, the test writes the file instead of checking it.

use salus_primitives::{
	commitment::{commit, depth_of, leaf, merkle_path, merkle_root, node, verify_path, Form},
	Commitment,
};
use serde_json::{json, Value};
use sp_core::H256;
use sp_io::hashing::blake2_256;

const FILE: &str = include_str!("../../../../docs/vectors/merkle.json");
const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/vectors/merkle.json");

/// The trees of the file, and the leaves whose paths are given.
const TREES: [(u64, &[u64]); 6] = [
	(1, &[0]),
	(2, &[0, 1]),
	(3, &[0, 1, 2]),
	(5, &[0, 1, 2, 3, 4]),
	(8, &[0, 1, 2, 3, 4, 5, 6, 7]),
	(1000, &[0, 1, 511, 512, 998, 999]),
];

/// The records of the file: exact bytes, of which the second and third differ in precision only.
const RECORDS: [&str; 4] = [
	"",
	r#"{"resourceType":"Observation","valueQuantity":{"value":1.0}}"#,
	r#"{"resourceType":"Observation","valueQuantity":{"value":1.00}}"#,
	r#"{"resourceType":"Patient","name":[{"family":"Müller"}]}"#,
];

fn hex(hash: &H256) -> String {
	format!("{hash:?}")
}

fn hashes(all: &[H256]) -> Value {
	all.iter().map(hex).collect()
}

fn commitments(leaves: u64) -> Vec<Commitment> {
	(0..leaves).map(|i| H256(blake2_256(&i.to_le_bytes()))).collect()
}

fn refusal(why: &str, leaves: u64, index: u64, commitment: &H256, path: &[H256]) -> Value {
	let root = merkle_root(&commitments(leaves)).unwrap();
	assert!(!verify_path(&root, leaves, index, commitment, path), "{why}");
	json!({
		"why": why,
		"leaves": leaves,
		"root": hex(&root),
		"index": index,
		"commitment": hex(commitment),
		"path": hashes(path),
	})
}

/// The whole file, made anew.
fn vectors() -> Value {
	let records = RECORDS.iter().enumerate().flat_map(|(i, record)| {
		[(Form::Bytes, "Bytes"), (Form::FhirJson, "FhirJson")].map(|(form, name)| {
			let salt = H256::repeat_byte(0x10 + i as u8);
			let digest = H256(blake2_256(record.as_bytes()));
			json!({
				"record": record,
				"salt": hex(&salt),
				"form": name,
				"digest": hex(&digest),
				"commitment": hex(&commit(&salt.0, form, &digest.0)),
			})
		})
	});
	let first = commitments(2);
	let trees = TREES.iter().map(|(leaves, indices)| {
		let all = commitments(*leaves);
		let paths = indices.iter().map(
			|index| json!({ "index": index, "path": hashes(&merkle_path(&all, *index).unwrap()) }),
		);
		json!({
			"leaves": leaves,
			"depth": depth_of(*leaves).unwrap(),
			"root": hex(&merkle_root(&all).unwrap()),
			"paths": paths.collect::<Value>(),
		})
	});
	let all = commitments(4);
	let leaves: Vec<_> = all.iter().map(leaf).collect();
	let (left, right) = (node(&leaves[0], &leaves[1]), node(&leaves[2], &leaves[3]));
	let path = merkle_path(&all, 0).unwrap();
	json!({
		"about": "Commitments to records and their Merkle trees: hash blake2b-256; \
			commitment = hash('salus:record:v1' || salt || form index || digest); \
			leaf = hash(0x00 || commitment); node = hash(0x01 || left || right); an odd last node \
			is handed up as it is. In the trees, commitment i is hash(i as 8 bytes, little-endian).",
		"records": records.collect::<Value>(),
		"leaf": { "commitment": hex(&first[0]), "leaf": hex(&leaf(&first[0])) },
		"node": {
			"left": hex(&leaf(&first[0])),
			"right": hex(&leaf(&first[1])),
			"node": hex(&node(&leaf(&first[0]), &leaf(&first[1]))),
		},
		"trees": trees.collect::<Value>(),
		"refused": [
			refusal("a node presented as a leaf", 4, 0, &left, &[right]),
			refusal("a leaf presented as a commitment", 4, 0, &leaves[0], &path),
			refusal("another index", 4, 1, &all[0], &path),
			refusal("an index past the last leaf", 4, 4, &all[0], &path),
			refusal("a path that is too short", 4, 0, &all[0], &path[..1]),
			refusal("a path that is too long", 4, 0, &all[0], &[path[0], path[1], right]),
			refusal("a path in the wrong order", 4, 0, &all[0], &[path[1], path[0]]),
			refusal("another commitment", 4, 0, &all[1], &path),
		],
	})
}

fn read(value: &Value) -> H256 {
	let text = value.as_str().unwrap();
	let bytes: Vec<u8> = (2..text.len())
		.step_by(2)
		.map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
		.collect();
	H256::from_slice(&bytes)
}

#[test]
fn the_vectors_are_what_this_code_makes() {
	let made = vectors();
	if std::env::var_os("SALUS_WRITE_VECTORS").is_some() {
		let text = serde_json::to_string_pretty(&made).unwrap() + "\n";
		std::fs::write(PATH, text).unwrap();
		return;
	}
	let file: Value = serde_json::from_str(FILE).unwrap();
	assert_eq!(file, made, "to write the file anew, set SALUS_WRITE_VECTORS");
}

/// A reader that knows only the file accepts every path in it and refuses what it should.
#[test]
fn the_file_alone_verifies() {
	let file: Value = serde_json::from_str(FILE).unwrap();
	let path = |value: &Value| -> Vec<H256> {
		value["path"].as_array().unwrap().iter().map(read).collect()
	};
	let mut paths = 0;
	for tree in file["trees"].as_array().unwrap() {
		let leaves = tree["leaves"].as_u64().unwrap();
		for given in tree["paths"].as_array().unwrap() {
			let index = given["index"].as_u64().unwrap();
			let commitment = H256(blake2_256(&index.to_le_bytes()));
			let root = read(&tree["root"]);
			assert!(verify_path(&root, leaves, index, &commitment, &path(given)));
			paths += 1;
		}
	}
	assert_eq!(paths, TREES.iter().map(|(_, indices)| indices.len()).sum::<usize>());
	for given in file["refused"].as_array().unwrap() {
		let (leaves, index) = (given["leaves"].as_u64().unwrap(), given["index"].as_u64().unwrap());
		let root = read(&given["root"]);
		let refused = !verify_path(&root, leaves, index, &read(&given["commitment"]), &path(given));
		assert!(refused, "{}", given["why"]);
	}
}
