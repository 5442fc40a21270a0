//! The heads and roots of the vectors that the TypeScript twin, which makes and verifies logs, is checked against too.
//!
//! No test writes the file: it was computed by a third implementation, so that neither of the two is checked against itself.

use super::*;
use crate::heads::Link;
use salus_primitives::commitment::merkle_root;
use serde_json::Value;

const FILE: &str = include_str!("../../../../docs/vectors/access-log.json");

fn hash(value: &Value) -> LogHash {
	let text = value.as_str().unwrap();
	let bytes: Vec<u8> = (2..text.len())
		.step_by(2)
		.map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
		.collect();
	LogHash::from_slice(&bytes)
}

fn long(value: &Value) -> u64 {
	value.as_str().unwrap().parse().unwrap()
}

fn short(value: &Value) -> u32 {
	u32::try_from(value.as_u64().unwrap()).unwrap()
}

fn list(value: &Value) -> &[Value] {
	let all = value.as_array().unwrap();
	assert!(!all.is_empty());
	all
}

/// The head of a row of the file, of which `organisation` is not always a part.
fn head_of(file: &Value, organisation: &Value, row: &Value) -> LogHash {
	let link = Link {
		number: short(&row["number"]),
		epoch: short(&row["epoch"]),
		root: hash(&row["root"]),
		seq_from: long(&row["seqFrom"]),
		seq_until: long(&row["seqUntil"]),
	};
	heads::head(&hash(&file["genesis"]), short(organisation), &hash(&row["previous"]), &link)
}

#[test]
fn heads_are_those_of_the_vectors() {
	let file: Value = serde_json::from_str(FILE).unwrap();
	for row in list(&file["heads"]) {
		assert_eq!(head_of(&file, &row["organisation"], row), hash(&row["head"]), "{row}");
	}
}

#[test]
fn the_commits_of_the_vectors_are_of_their_entries_and_form_one_chain() {
	let file: Value = serde_json::from_str(FILE).unwrap();
	let entries: Vec<LogHash> =
		list(&file["entries"]).iter().map(|entry| hash(&entry["hash"])).collect();
	let (mut previous, mut due, mut epoch) = (heads::origin(), 0, 0);
	for row in list(&file["commits"]) {
		let (from, until) = (long(&row["seqFrom"]), long(&row["seqUntil"]));
		if short(&row["epoch"]) != epoch {
			epoch += 1;
			assert_eq!((short(&row["epoch"]), until), (epoch, 0), "{row}");
			due = 0;
		}
		assert_eq!((hash(&row["previous"]), from), (previous, due), "{row}");
		let of_commit = &entries[from as usize..until as usize];
		assert_eq!(merkle_root(of_commit).unwrap_or_else(empty_root), hash(&row["root"]), "{row}");
		previous = head_of(&file, &file["organisation"], row);
		assert_eq!(previous, hash(&row["head"]), "{row}");
		due = until;
	}
	assert_eq!(due as usize, entries.len());
	assert!(epoch > 0, "a log that was begun anew is among them");
}
