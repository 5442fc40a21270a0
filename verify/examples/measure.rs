//! Prints how large a receipt is and how long its verification takes, for the table in
//! `docs/receipts.md`: `cargo run -p salus-verify --example measure`.
//!
//! The state has 20,000 slots beside the two that count, so that the proof is as deep as on a chain
//! that is in use; four authorities signed, and the trail has three changes of them.

#[path = "../tests/support/mod.rs"]
mod support;

use salus_verify::{
	commitment::{node, Form},
	state::slot_key,
	Genesis, GenesisFile, Hash, Opened, Presented, Receipt, Sets, Trail,
};
use std::time::Instant;
use support::{anchor, cases::LETTER, state_with, Block, Chain, Kept};

const RUNS: u32 = 200;

fn main() {
	let chain = Chain::usual();
	let single = Kept::new(5, LETTER);
	let mut of_million = Kept { seq: 6, ..single.clone() };
	// The first of 2^20 leaves, and so a path of 20 siblings, as among a million.
	let path: Vec<Hash> = (0..20_u8).map(|i| Hash([i; 32])).collect();
	let leaf = salus_verify::commitment::leaf(&of_million.commitment());
	let root = path.iter().fold(leaf, |below, sibling| node(&below, sibling));
	of_million.leaf = Some((0, path));
	let mut state = state_with(&[
		(7, 5, anchor(&single.commitment(), Form::Bytes, None)),
		(7, 6, anchor(&root, Form::Bytes, Some(1 << 20))),
	]);
	for i in 0..20_000 {
		let other = anchor(&Hash::of(&[i as u8]), Form::Bytes, None);
		state.insert(slot_key(b"Anchors", i % 40, 100 + u64::from(i)), other);
	}
	// Neither may have anything beside it.
	for seq in [5, 6] {
		state.remove(&slot_key(b"Successors", 7, seq));
		state.retain(|key, _| *key != salus_verify::state::retraction_key(7, seq, None));
	}
	state.insert(slot_key(b"Anchors", 7, 5), anchor(&single.commitment(), Form::Bytes, None));
	state.insert(slot_key(b"Anchors", 7, 6), anchor(&root, Form::Bytes, Some(1 << 20)));
	let thousand: Vec<Kept> =
		(0..1_000).map(|i| Kept { seq: 1_000_000 + i, ..single.clone() }).collect();
	for kept in &thousand {
		let slot = anchor(&kept.commitment(), Form::Bytes, None);
		state.insert(slot_key(b"Anchors", 7, kept.seq), slot);
	}
	let block = Block { number: 40, set: 3, voters: chain.sets[3].clone(), state };
	let spec = chain.spec.to_string();
	let (genesis, file) = Genesis::from_chain_spec(spec.as_bytes()).expect("made well");
	let (genesis_json, trail) = (file.to_json(), chain.trail_json().to_string());
	println!("trail with 3 changes: {} bytes; genesis: {} bytes", trail.len(), genesis_json.len());
	println!("| | Receipt | Verified in |");
	println!("|---|---|---|");
	for (what, kept) in [
		("one record", std::slice::from_ref(&single)),
		("one of a million (2^20)", std::slice::from_ref(&of_million)),
		("a bundle of 1,000 records", thousand.as_slice()),
	] {
		let receipt = block.receipt(&chain, kept);
		let json = receipt.to_string();
		let once = || verify(&genesis_json, genesis.hash, &trail, &json);
		// The best of many, since whatever else runs on the machine only adds.
		let timed = |_| {
			let start = Instant::now();
			once();
			start.elapsed()
		};
		let took = (0..RUNS).map(timed).min().unwrap_or_default();
		println!("| {what} | {} bytes | {:.2} ms |", json.len(), took.as_secs_f64() * 1_000.0);
	}
}

/// All that the program does, but for reading files.
fn verify(genesis: &str, hash: Hash, trail: &str, json: &str) {
	let file = GenesisFile::parse(genesis.as_bytes()).expect("made well");
	let genesis = Genesis::from_file(&file, hash).expect("made well");
	let trail = Trail::parse(trail.as_bytes()).expect("made well");
	let sets = Sets::follow(&genesis, Some(&trail), &[]).expect("made well");
	let receipt = Receipt::parse(json.as_bytes()).expect("made well");
	let opened = Opened::new(&receipt, &sets).expect("made well");
	let presented = Presented { file: "file", name: None, bytes: LETTER.as_bytes() };
	for record in opened.find(&presented).expect("it is there") {
		opened.verify(record).expect("it is anchored");
	}
}
