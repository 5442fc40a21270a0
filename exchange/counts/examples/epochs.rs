//! Writes `docs/vectors/research-epochs.json`, which the tests here and the TypeScript client check. `cargo run -p salus-counts --example epochs`.

use salus_counts::{
	epoch::{leaves, opening, size, tree, EpochOf, Ground, Leaf, Participant, Published},
	Hash,
};
use serde_json::{json, Value};
use std::{fs, path::Path};

fn leaf(leaf: &Leaf) -> Value {
	let (tag, number) = leaf.who.by.parts();
	json!({
		"commitment": leaf.commitment.to_string(), "salt": leaf.salt.to_string(), "patient": Hash(leaf.who.patient).to_string(),
		"tag": tag, "number": number,
	})
}

fn epoch(name: &str, epoch: u32, people: &[Participant]) -> Value {
	let of = EpochOf { genesis: Hash([0x47; 32]), dataset: 7, epoch };
	let secret = Hash::of(name.as_bytes());
	let leaves = leaves(&of, &secret, people);
	let root = tree(&leaves).unwrap().root();
	let published = Published { custodian: 4, version: epoch + 1, at: 1_800_000_000, root };
	json!({
		"name": name, "genesis": of.genesis.to_string(), "dataset": of.dataset, "epoch": epoch, "secret": secret.to_string(),
		"leaves": leaves.iter().map(leaf).collect::<Vec<_>>(), "root": root.to_string(), "size": size(people.len()),
		"opening": opening(&of, &published, &leaves),
	})
}

fn main() {
	let who = |byte: u8, by| Participant { patient: [byte; 32], by };
	let several: Vec<Participant> = [
		Ground::Directive(0),
		Ground::Directive(1),
		Ground::Sealed(3),
		Ground::Unspoken,
		Ground::Directive(u32::MAX),
		Ground::Directive(300),
		Ground::Directive(70_000),
	]
	.into_iter()
	.zip(1..)
	.map(|(by, byte)| who(byte, by))
	.collect();
	let all = json!({
		"about": "Who is in an epoch of a dataset: docs/research-protocol.md, \"Epochs\". Leaves are in their order; the tree is that of merkle.json. How salts are made of the secret is the custodian's own: whoever checks is given them.",
		"epochs": [
			epoch("nobody", 0, &[]),
			epoch("one person", 1, &several[..1]),
			epoch("several", 2, &several),
		],
	});
	let file =
		Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/vectors/research-epochs.json");
	fs::write(file, format!("{}\n", serde_json::to_string_pretty(&all).unwrap())).unwrap();
}
