//! Sets of authorities, from the genesis on.

use crate::support::{
	self, chain_spec, checkpoint, digest, forced, genesis_state, header, hex, list, named, prove,
	scheduled, Chain, Draft,
};
use salus_verify::{
	bytes::{compact, twox_128},
	header::Header,
	justification::Justification,
	trie::EMPTY_ROOT,
	Checkpoint, End, Error, Genesis, GenesisFile, Hash, Sets, Trail,
};
use serde_json::{json, Value};

fn follow(chain: &Chain, trail: &Value) -> Result<Sets, Error> {
	let trail = Trail::parse(trail.to_string().as_bytes())?;
	Sets::follow(&chain.genesis, Some(&trail), &[])
}

#[test]
fn the_genesis_is_that_of_the_state() {
	let authorities = named(&["a", "b", "c", "d"]);
	let state = genesis_state(&authorities);
	let (genesis, file) =
		Genesis::from_chain_spec(chain_spec(&state).to_string().as_bytes()).unwrap();
	let (root, _) = prove(&state, &[]);
	let block = [[0; 32].as_slice(), &[0], &root.0, &EMPTY_ROOT.0, &[0]].concat();
	assert_eq!(genesis.hash, Hash::of(&block));
	assert_eq!(genesis.authorities, support::weighed(&authorities));

	// The compact form proves the same, and nothing for another chain.
	let file = GenesisFile::parse(file.to_json().as_bytes()).unwrap();
	assert_eq!(Genesis::from_file(&file, genesis.hash), Ok(genesis.clone()));
	let other = Genesis::from_file(&file, Hash([1; 32]));
	assert!(matches!(other, Err(Error::OtherGenesis { what: "genesis file", .. })));
	let mut json: Value = serde_json::from_str(&file.to_json()).unwrap();
	json["proof"].as_array_mut().unwrap().clear();
	let empty = GenesisFile::parse(json.to_string().as_bytes()).unwrap();
	assert_eq!(Genesis::from_file(&empty, genesis.hash), Err(Error::ProofIncomplete));
}

/// Any change of the specification's state is another chain; of the rest, none.
#[test]
fn the_genesis_is_bound_to_every_byte_of_the_state() {
	let state = genesis_state(&named(&["a", "b", "c", "d"]));
	let spec = chain_spec(&state);
	let hash =
		|spec: &Value| Genesis::from_chain_spec(spec.to_string().as_bytes()).map(|(g, _)| g.hash);
	let genuine = hash(&spec).unwrap();
	for key in state.keys() {
		let mut changed = spec.clone();
		let value = &mut changed["genesis"]["raw"]["top"][hex(key)];
		let text = value.as_str().unwrap().to_string();
		*value = json!(format!("{text}00"));
		assert_ne!(hash(&changed), Ok(genuine));
		changed["genesis"]["raw"]["top"].as_object_mut().unwrap().remove(&hex(key));
		assert_ne!(hash(&changed), Ok(genuine));
	}
	let mut renamed = spec.clone();
	renamed["name"] = json!("Another name");
	renamed["bootNodes"] = json!(["/ip4/192.0.2.1/tcp/30333"]);
	assert_eq!(hash(&renamed), Ok(genuine));
	let mut with_child = spec;
	with_child["genesis"]["raw"]["childrenDefault"] = json!({ "0x01": { "0x02": "0x03" } });
	let (child, _) = prove(&support::State::from([(vec![2], vec![3])]), &[]);
	let mut expected = state;
	expected.insert(b":child_storage:default:\x01".to_vec(), child.0.to_vec());
	assert_eq!(hash(&with_child), hash(&chain_spec(&expected)));
	assert_ne!(hash(&with_child), Ok(genuine));
}

/// A fork at each half-byte of the longest keys: as deep as a trie that is read can be.
#[test]
fn the_deepest_state_is_read_and_a_deeper_one_refused() {
	let mut state = genesis_state(&named(&["a"]));
	for i in 0..1_024 {
		let mut key = vec![0; 512];
		key[i / 2] = if i % 2 == 0 { 0x10 } else { 0x01 };
		state.insert(key, vec![1]);
	}
	let (genesis, _) = Genesis::from_chain_spec(chain_spec(&state).to_string().as_bytes()).unwrap();
	let block = salus_verify::header::Header::genesis(prove(&state, &[]).0);
	assert_eq!(genesis.hash, Hash::of(&block));
	state.insert(vec![0; 513], vec![1]);
	let found = Genesis::from_chain_spec(chain_spec(&state).to_string().as_bytes());
	assert!(found.unwrap_err().is_malformed());
}

#[test]
fn a_genesis_without_authorities_is_refused() {
	let mut state = genesis_state(&[]);
	let parse =
		|state: &_| Genesis::from_chain_spec(chain_spec(state).to_string().as_bytes()).map(drop);
	assert_eq!(parse(&state), Err(Error::NoAuthorities));
	let key = [twox_128(b"Grandpa"), twox_128(b"Authorities")].concat();
	state.insert(key.clone(), vec![1]);
	assert!(parse(&state).unwrap_err().is_malformed());
	state.remove(&key);
	assert_eq!(parse(&state), Err(Error::NoAuthorities));
}

/// A header that hands over, with the given digests, signed as it must be.
fn first(chain: &Chain, digests: &[Vec<u8>]) -> Value {
	let block = header(Hash([10; 32]), 10, Hash([9; 32]), digests);
	let justification = Draft::new(0, &block, 10, &chain.sets[0]).encode();
	let mut trail = chain.trail_json();
	trail["handoffs"] = json!([{ "header": hex(block), "justification": hex(justification) }]);
	trail
}

#[test]
fn what_a_header_says_of_the_authorities_is_read_as_a_node_reads_it() {
	let chain = Chain::usual();
	let next = &chain.sets[1];
	let last =
		|digests: &[Vec<u8>]| follow(&chain, &first(&chain, digests)).map(|sets| sets.latest());
	let disabled = digest([[3].as_slice(), &0_u64.to_le_bytes()].concat());
	assert_eq!(last(&[scheduled(next, 0)]), Ok(1));
	assert_eq!(last(&[disabled.clone(), scheduled(next, 0)]), Ok(1));
	assert_eq!(last(&[disabled]), Err(Error::NoChange { next: 1, number: 10 }));
	assert_eq!(last(&[]), Err(Error::NoChange { next: 1, number: 10 }));
	assert_eq!(last(&[scheduled(next, 1)]), Err(Error::Delayed { next: 1, number: 10, delay: 1 }));
	// A forced change comes before any other, wherever it stands.
	let force = Err(Error::Forced { next: 1, number: 10 });
	assert_eq!(last(&[forced(next, 3, 0)]), force);
	assert_eq!(last(&[scheduled(next, 0), forced(next, 3, 0)]), force);
	// Of two the first counts.
	let sets = follow(&chain, &first(&chain, &[scheduled(next, 0), scheduled(&chain.sets[2], 0)]));
	let only = follow(&chain, &first(&chain, &[scheduled(next, 0)]));
	let other = follow(&chain, &first(&chain, &[scheduled(&chain.sets[2], 0)]));
	assert_ne!(other, only);
	assert!(format!("{sets:?}").contains(&next[0].key().to_string()));
	// Nobody, and what is no digest of GRANDPA's.
	assert_eq!(last(&[scheduled(&[], 0)]), Err(Error::UnsoundSet { set: 1 }));
	for log in [
		vec![9],
		vec![],
		[[1].as_slice(), &list(next)].concat(),
		[[1].as_slice(), &compact(5_000)].concat(),
	] {
		assert!(last(&[digest(log)]).unwrap_err().is_malformed());
	}
}

#[test]
fn a_hand_off_is_proven_by_the_set_before_and_by_no_other() {
	let chain = Chain::usual();
	let mut trail = chain.trail_json();
	let block = &chain.handoffs[1].0;
	for (set, voters) in
		[(0, &chain.sets[0]), (1, &chain.sets[0]), (2, &chain.sets[2]), (1, &chain.sets[2])]
	{
		let draft = Draft::new(set, block, 20, voters);
		trail["handoffs"][1]["justification"] = json!(hex(draft.encode()));
		let error = follow(&chain, &trail).unwrap_err();
		assert!(matches!(error, Error::Handoff { next: 2, number: 20, .. }), "{error:?}");
	}
}

/// The checkpoint vouches for keys. Weights that only the unproven header claims are not believed.
#[test]
fn a_forced_change_takes_nothing_unproven() {
	let chain = Chain::usual();
	let next = &chain.sets[1];
	let mut log = [[2].as_slice(), &3_u32.to_le_bytes(), &list(next), &[0; 4]].concat();
	let weight = log.len() - 4 - 8;
	log[weight] = 100;
	let mut trail = first(&chain, &[digest(log)]);
	trail["handoffs"][0]["justification"] = json!("0x");
	let trail = Trail::parse(trail.to_string().as_bytes()).unwrap();
	let vouched = [checkpoint(&chain, 1, next)];
	let found = Sets::follow(&chain.genesis, Some(&trail), &vouched);
	assert!(matches!(found, Err(Error::CheckpointDisagrees { set: 1, .. })), "{found:?}");
}

/// Who holds the keys of a former set could sign for ever, if nobody knew where its term ends.
#[test]
fn it_is_told_how_far_a_trail_reaches() {
	let chain = Chain::usual();
	let end = |trail: &Value, checkpoints: &[Checkpoint]| {
		let trail = Trail::parse(trail.to_string().as_bytes()).unwrap();
		let sets = Sets::follow(&chain.genesis, Some(&trail), checkpoints).unwrap();
		let block = header(Hash([12; 32]), 12, Hash([9; 32]), &[]);
		let signed = Justification::decode(&Draft::new(1, &block, 12, &chain.sets[1]).encode());
		let block = Header::decode(&block).unwrap();
		sets.finality(&block, 1, &signed.unwrap()).map(|finality| finality.end)
	};
	let mut trail = chain.trail_json();
	assert_eq!(end(&trail, &[]), Ok(End::Proven));
	// Cut behind the set.
	let handoffs = trail["handoffs"].as_array_mut().unwrap();
	let rest = handoffs.split_off(1);
	assert_eq!(end(&trail, &[]), Ok(End::Open));
	// Replaced by force, in a header that nobody signed: it may name any block.
	for number in [20, 2_000_000] {
		let force = header(Hash([20; 32]), number, Hash([9; 32]), &[forced(&chain.sets[2], 15, 0)]);
		let mut trail = trail.clone();
		let force = json!({ "header": hex(force), "justification": "0x" });
		trail["handoffs"].as_array_mut().unwrap().push(force);
		let vouched = [checkpoint(&chain, 2, &chain.sets[2])];
		assert_eq!(end(&trail, &vouched), Ok(End::Unproven));
	}
	assert_eq!(rest.len(), 2);
}

#[test]
fn a_checkpoint_that_is_not_needed_must_be_right_all_the_same() {
	let chain = Chain::usual();
	let trail = chain.trail();
	let follow = |set, authorities| {
		Sets::follow(&chain.genesis, Some(&trail), &[checkpoint(&chain, set, authorities)])
	};
	assert_eq!(follow(2, &chain.sets[2]).unwrap(), chain.follow());
	assert!(matches!(follow(2, &chain.sets[3]), Err(Error::CheckpointDisagrees { set: 2, .. })));
	assert!(matches!(follow(0, &chain.sets[1]), Err(Error::CheckpointDisagrees { set: 0, .. })));
	let mut other = checkpoint(&chain, 2, &chain.sets[2]);
	other.genesis = Hash([1; 32]);
	let found = Sets::follow(&chain.genesis, Some(&trail), &[other]);
	assert!(matches!(found, Err(Error::OtherGenesis { what: "checkpoint", .. })));
}
