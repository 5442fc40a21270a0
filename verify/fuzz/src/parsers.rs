//! Whatever the bytes: an answer, no panic, no endless work.
//!
//! The first byte picks what reads the rest. Files are read as the program reads them, and SCALE
//! directly too, so that the fuzzer need not get past JSON and hexadecimal digits first.

#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_verify::{
	decision::DecisionReceipt, fhir, header::Header, justification::Justification, state::State,
	status, trie::Proof, Checkpoint, Evidence, Genesis, GenesisFile, Hash, Opened, Parachain,
	Presented, Receipt, Sets, Start, StartFile, Trail, Trust,
};

fuzz_target!(|input: &[u8]| {
	let Some((pick, bytes)) = input.split_first() else { return };
	match pick % 12 {
		0 => receipt(bytes),
		1 => {
			if let Ok(trail) = Trail::parse(bytes) {
				let authorities = trail.handoffs.first().and_then(|h| h.header.change.clone());
				let authorities = authorities.map_or(vec![], |change| change.authorities);
				let block = (trail.from > 0).then_some((1, Hash::default()));
				let start = Start { genesis: trail.genesis, block, set: trail.from, authorities };
				let _ = Sets::follow_from(&start, Some(&trail), &[]);
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
		11 => drop(DecisionReceipt::parse(bytes)),
		10 => {
			if let Ok(file) = StartFile::parse(bytes) {
				let _ = Start::from_file(&file, file.header.hash);
			}
		},
		_ => nodes(bytes),
	}
});

/// A receipt, and its proof also where its votes are not worth anything.
fn receipt(bytes: &[u8]) {
	let Ok(receipt) = Receipt::parse(bytes) else { return };
	let (votes, hash, para) = match &receipt.finality {
		Evidence::Own(votes) => (votes, receipt.genesis, None),
		Evidence::Relay(relay) => {
			// A head that names the block, and what does not.
			if let Ok(state) = State::new(relay.header.state_root, &relay.proof) {
				let _ = state.head(relay.para);
			}
			(&relay.votes, relay.genesis, Some(relay.para))
		},
	};
	let authorities = votes.justification.votes.iter().map(|vote| (vote.voter, 1)).collect();
	let start = Start { genesis: hash, block: None, set: votes.set, authorities };
	let Ok(sets) = Sets::follow_from(&start, None, &[]) else { return };
	let trust = match para {
		None => Trust::Own(&sets),
		Some(id) => Trust::Relay(Parachain { relay: &sets, id, genesis: receipt.genesis }),
	};
	if let Ok(opened) = Opened::new(&receipt, trust) {
		let _ = opened.find(&Presented { file: "file", name: None, bytes });
		receipt.records.iter().for_each(|record| drop(opened.verify(record)));
	}
	if let Ok(state) = State::new(receipt.header.state_root, &receipt.proof) {
		let _ = (state.time(), state.genesis());
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
