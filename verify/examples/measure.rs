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
	Genesis, GenesisFile, Hash, Opened, Parachain, Presented, Receipt, Sets, Start, StartFile,
	Trail, Trust,
};
use std::time::Instant;
use support::{
	anchor,
	cases::LETTER,
	relay::{genesis_of, para_state, relay_state, start, Under, PARA},
	state_with, Block, Chain, Kept,
};

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
	let block = Block { number: 40, set: 3, voters: chain.sets[3].clone(), state: state.clone() };
	let parachain = genesis_of("ours");
	let under = Under {
		genesis: parachain,
		state: para_state(state, parachain),
		number: 300,
		para: PARA,
		head_of: PARA,
		relay_state: relay_state(&[]),
		relay_number: 40,
		set: 3,
		voters: chain.sets[3].clone(),
	};
	let spec = chain.spec.to_string();
	let (genesis, file) = Genesis::from_chain_spec(spec.as_bytes()).expect("made well");
	let (genesis_json, trail) = (file.to_json(), chain.trail_json().to_string());
	let (start, start_hash) = start(genesis.hash, 35, 3, &chain.sets[3]);
	let start = start.to_string();
	println!(
		"trail with 3 changes: {} bytes; genesis: {} bytes; start: {} bytes",
		trail.len(),
		genesis_json.len(),
		start.len()
	);
	println!("| | Receipt | Verified in |");
	println!("|---|---|---|");
	let report = |what: &str, json: String, begin: &dyn Fn() -> Sets, under: Option<Hash>| {
		let once = || verify(&begin(), under, &json);
		// The best of many, since whatever else runs on the machine only adds.
		let timed = |_| {
			let start = Instant::now();
			once();
			start.elapsed()
		};
		let took = (0..RUNS).map(timed).min().unwrap_or_default();
		println!("| {what} | {} bytes | {:.2} ms |", json.len(), took.as_secs_f64() * 1_000.0);
	};
	let from_genesis = || follow(&genesis_json, genesis.hash, &trail);
	let from_start = || {
		let file = StartFile::parse(start.as_bytes()).expect("made well");
		let start = Start::from_file(&file, start_hash).expect("made well");
		Sets::follow_from(&start, None, &[]).expect("made well")
	};
	for (what, kept) in [
		("one record", std::slice::from_ref(&single)),
		("one of a million (2^20)", std::slice::from_ref(&of_million)),
		("a bundle of 1,000 records", thousand.as_slice()),
	] {
		report(what, block.receipt(&chain, kept).to_string(), &from_genesis, None);
		let of_parachain = under.receipt(&chain, kept).to_string();
		report(&format!("{what}, of a parachain"), of_parachain, &from_genesis, Some(parachain));
	}
	let of_parachain = under.receipt(&chain, std::slice::from_ref(&single)).to_string();
	report("one record, of a parachain, from a start", of_parachain, &from_start, Some(parachain));
}

/// The sets that a genesis and a trail prove.
fn follow(genesis: &str, hash: Hash, trail: &str) -> Sets {
	let file = GenesisFile::parse(genesis.as_bytes()).expect("made well");
	let genesis = Genesis::from_file(&file, hash).expect("made well");
	let trail = Trail::parse(trail.as_bytes()).expect("made well");
	Sets::follow(&genesis, Some(&trail), &[]).expect("made well")
}

/// All that the program does besides, but for reading files.
fn verify(sets: &Sets, parachain: Option<Hash>, json: &str) {
	let receipt = Receipt::parse(json.as_bytes()).expect("made well");
	let trust = match parachain {
		None => Trust::Own(sets),
		Some(genesis) => Parachain { relay: sets, id: PARA, genesis }.into(),
	};
	let opened = Opened::new(&receipt, trust).expect("made well");
	let presented = Presented { file: "file", name: None, bytes: LETTER.as_bytes() };
	for record in opened.find(&presented).expect("it is there") {
		opened.verify(record).expect("it is anchored");
	}
}
