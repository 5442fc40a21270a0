//! A parachain made by hand, under a relay chain that is a [`Chain`].

use super::{header, hex, list, prove, state_with, Authority, Chain, Draft, Kept, State};
use salus_verify::{
	bytes::{compact, twox_128},
	header::Header,
	state::{genesis_key, head_key},
	Hash,
};
use serde_json::{json, Value};

/// The parachain's number.
pub const PARA: u32 = 2_000;

/// The hash of a parachain's block 0, which differs with `name`.
pub fn genesis_of(name: &str) -> Hash {
	let state = State::from([(b":code".to_vec(), name.as_bytes().to_vec())]);
	Hash::of(&Header::genesis(prove(&state, &[]).0))
}

/// What a relay chain keeps under the number of a parachain.
pub fn head(header: &[u8]) -> Vec<u8> {
	[compact(header.len() as u32), header.to_vec()].concat()
}

/// The state of a relay chain with these heads, and others around.
pub fn relay_state(heads: &[(u32, Vec<u8>)]) -> State {
	let mut state = state_with(&[]);
	for other in 1_900..1_950 {
		state.insert(head_key(other), head(&header(Hash([2; 32]), other, Hash([3; 32]), &[])));
	}
	state.extend(heads.iter().map(|(para, header)| (head_key(*para), head(header))));
	state
}

/// The state of a parachain: that of any chain, and the hash of its block 0.
pub fn para_state(mut state: State, genesis: Hash) -> State {
	state.insert(genesis_key(), genesis.0.to_vec());
	state
}

/// A block of a parachain, and a relay chain's block that names it.
#[derive(Clone)]
pub struct Under {
	pub genesis: Hash,
	pub state: State,
	pub number: u32,
	/// The number that the receipt says.
	pub para: u32,
	/// The parachain of which the proof is, and of which the block is head.
	pub head_of: u32,
	/// What the relay chain keeps besides.
	pub relay_state: State,
	pub relay_number: u32,
	pub set: u64,
	pub voters: Vec<Authority>,
}

impl Under {
	pub fn header(&self) -> Vec<u8> {
		header(Hash([6; 32]), self.number, prove(&self.state, &[]).0, &[])
	}

	/// The state of the relay chain with this block.
	pub fn relay(&self) -> State {
		let mut state = self.relay_state.clone();
		state.insert(head_key(self.head_of), head(&self.header()));
		state
	}

	pub fn relay_header(&self) -> Vec<u8> {
		header(Hash([8; 32]), self.relay_number, prove(&self.relay(), &[]).0, &[])
	}

	/// The receipt for `kept`, with the votes of the voters.
	pub fn receipt(&self, chain: &Chain, kept: &[Kept]) -> Value {
		let block = self.relay_header();
		let draft = Draft::new(self.set, &block, self.relay_number, &self.voters);
		self.receipt_with(chain, kept, &draft)
	}

	pub fn receipt_with(&self, chain: &Chain, kept: &[Kept], draft: &Draft) -> Value {
		let mut keys: Vec<_> = kept
			.iter()
			.flat_map(|k| super::keys(k.author, k.seq, k.leaf.as_ref().map(|(index, _)| *index)))
			.collect();
		keys.push(genesis_key());
		let nodes = |proof: Vec<Vec<u8>>| proof.iter().map(hex).collect::<Vec<_>>();
		let (_, proof) = prove(&self.state, &keys);
		let (_, relay_proof) = prove(&self.relay(), &[head_key(self.head_of)]);
		json!({
			"format": "salus-receipt", "version": 2, "genesis": self.genesis,
			"header": hex(self.header()),
			"finality": { "relay": {
				"genesis": chain.genesis.hash, "paraId": self.para,
				"header": hex(self.relay_header()),
				"setId": self.set, "justification": hex(draft.encode()),
				"proof": nodes(relay_proof),
			} },
			"proof": nodes(proof),
			"records": kept.iter().map(Kept::json).collect::<Vec<_>>(),
		})
	}
}

/// A start at the block `number` of a chain, behind which the set `set` is in force: its file, and the block's hash.
pub fn start(genesis: Hash, number: u32, set: u64, authorities: &[Authority]) -> (Value, Hash) {
	let key = |item: &[u8]| [twox_128(b"Grandpa"), twox_128(item)].concat();
	let (authorities_key, set_key) = (key(b"Authorities"), key(b"CurrentSetId"));
	let mut state = relay_state(&[]);
	state.insert(authorities_key.clone(), list(authorities));
	state.insert(set_key.clone(), set.to_le_bytes().to_vec());
	state.insert(genesis_key(), genesis.0.to_vec());
	let (root, proof) = prove(&state, &[authorities_key, set_key, genesis_key()]);
	let block = header(Hash([5; 32]), number, root, &[]);
	let file = json!({
		"format": "salus-start", "version": 1, "header": hex(&block),
		"proof": proof.iter().map(hex).collect::<Vec<_>>(),
	});
	(file, Hash::of(&block))
}
