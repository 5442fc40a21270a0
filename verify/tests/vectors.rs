//! The vectors in `docs/vectors`, which the TypeScript client checks too.

mod support;

use salus_verify::{
	commitment::{commit, leaf, node, verify_path, Form},
	Hash,
};
use serde_json::Value;
use std::{fs, path::PathBuf};
use support::cases::Maker;

fn vectors() -> PathBuf {
	PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/vectors")
}

fn read(path: PathBuf) -> Value {
	let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
	serde_json::from_slice(&bytes).unwrap()
}

/// The files are what the cases are today, which `tests/verify.rs` and `tests/cli.rs` judge. If they
/// are not and that is meant: `cargo run -p salus-verify --example vectors -- docs/vectors/receipts`.
#[test]
fn the_files_are_the_cases() {
	let mut expected = Vec::new();
	for case in Maker::default().cases() {
		let name = format!("{}.json", case.name);
		assert_eq!(read(vectors().join("receipts").join(&name)), case.json(), "{name}");
		expected.push(name);
	}
	let entries = fs::read_dir(vectors().join("receipts")).unwrap();
	let mut found: Vec<_> =
		entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
	expected.sort();
	found.sort();
	assert_eq!(found, expected);
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
