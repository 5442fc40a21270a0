//! Whatever the bytes: an answer, no panic, no endless work.
//!
//! The first byte picks what reads the rest. Files are read as the program reads them, and SCALE
//! directly too, so that the fuzzer need not get past JSON and hexadecimal digits first.

#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_verify::{
	fhir, header::Header, justification::Justification, status, trie::Proof, Checkpoint, Genesis,
	GenesisFile, Hash, Opened, Presented, Receipt, Sets, Trail,
};

fuzz_target!(|input: &[u8]| {
	let Some((pick, bytes)) = input.split_first() else { return };
	match pick % 10 {
		0 => receipt(bytes),
		1 => {
			if let Ok(trail) = Trail::parse(bytes) {
				let authorities = trail.handoffs.first().and_then(|h| h.header.change.clone());
				let authorities = authorities.map_or(vec![], |change| change.authorities);
				let genesis = Genesis { hash: trail.genesis, authorities };
				let _ = Sets::follow(&genesis, Some(&trail), &[]);
			}
		},
		2 => {
			if let Ok(file) = GenesisFile::parse(bytes) {
				let _ = Genesis::from_file(&file, file.header.hash);
			}
		},
		3 => drop(Checkpoint::parse(bytes)),
		4 => drop(Genesis::from_chain_spec(bytes)),
		5 => {
			// The form of the form is the form.
			if let Ok(form) = fhir::canonical(bytes) {
				assert_eq!(fhir::canonical(&form), Ok(form));
			}
		},
		6 => drop(Header::decode(bytes)),
		7 => {
			if let Ok(justification) = Justification::decode(bytes) {
				let voters: Vec<_> =
					justification.votes.iter().map(|vote| (vote.voter, 1)).collect();
				let _ =
					justification.verify(justification.target, justification.number, 0, &voters);
			}
		},
		8 => drop(status::answer(bytes)),
		_ => nodes(bytes),
	}
});

/// A receipt, and its proof also where its votes are not worth anything.
fn receipt(bytes: &[u8]) {
	let Ok(receipt) = Receipt::parse(bytes) else { return };
	let authorities = receipt.justification.votes.iter().map(|vote| (vote.voter, 1)).collect();
	let genesis = Genesis { hash: receipt.genesis, authorities };
	let Ok(sets) = Sets::follow(&genesis, None, &[]) else { return };
	if let Ok(opened) = Opened::new(&receipt, &sets) {
		let _ = opened.find(&Presented { file: "file", name: None, bytes });
		receipt.records.iter().for_each(|record| drop(opened.verify(record)));
	}
	if let Ok(state) = salus_verify::state::State::new(receipt.header.state_root, &receipt.proof) {
		let _ = state.time();
		for record in &receipt.records {
			let _ = state.anchor(record.author, record.seq);
			let _ =
				state.standing(record.author, record.seq, record.leaf.as_ref().map(|l| l.index));
		}
	}
}

/// One node as the root of a proof, and what is within it.
fn nodes(bytes: &[u8]) {
	let (key, node) = bytes.split_at(bytes.len().min(4));
	let proof = Proof::new(Hash::of(node), [node]);
	let _ = proof.get(key);
	let _ = proof.get(&[]);
}
