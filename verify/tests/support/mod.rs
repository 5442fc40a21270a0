//! Chains made by hand: a state, headers, authorities who sign, and the receipts and trails of
//! them. The state and its proofs are made by the SDK's trie, not by the verifier's own.

// The examples take only a part of it.
#![allow(dead_code)]

pub mod cases;
pub mod decisions;
pub mod relay;

use ed25519_zebra::{SigningKey, VerificationKey};
use salus_verify::{
	bytes::{compact, twox_128},
	commitment::{commit, Form},
	state::{retraction_key, slot_key},
	Checkpoint, Genesis, Hash, Opened, Presented, Receipt, Sets, Trail, Trust, Verified,
};
use serde_json::{json, Value};
use sp_core::{Blake2Hasher, H256};
use sp_trie::{
	recorder::Recorder, LayoutV1, MemoryDB, Trie, TrieDBBuilder, TrieDBMutBuilder, TrieMut,
};
use std::collections::BTreeMap;

pub type State = BTreeMap<Vec<u8>, Vec<u8>>;

/// An authority, who can sign.
#[derive(Clone)]
pub struct Authority(pub SigningKey);

impl Authority {
	pub fn new(name: &str) -> Self {
		Self(SigningKey::from(salus_verify::bytes::blake2_256(name.as_bytes())))
	}

	pub fn key(&self) -> Hash {
		Hash(VerificationKey::from(&self.0).into())
	}
}

/// The authorities with these names.
pub fn named(names: &[&str]) -> Vec<Authority> {
	names.iter().map(|name| Authority::new(name)).collect()
}

pub fn weighed(authorities: &[Authority]) -> Vec<(Hash, u64)> {
	authorities.iter().map(|authority| (authority.key(), 1)).collect()
}

pub fn hex(bytes: impl AsRef<[u8]>) -> String {
	format!("0x{}", hex::encode(bytes))
}

/// The SCALE of a list of authorities, each with the weight 1.
pub fn list(authorities: &[Authority]) -> Vec<u8> {
	let mut out = compact(authorities.len() as u32);
	for authority in authorities {
		out.extend(authority.key().0);
		out.extend(1_u64.to_le_bytes());
	}
	out
}

/// A GRANDPA digest.
pub fn digest(log: Vec<u8>) -> Vec<u8> {
	[[4].as_slice(), b"FRNK", &compact(log.len() as u32), &log].concat()
}

pub fn scheduled(next: &[Authority], delay: u32) -> Vec<u8> {
	digest([[1].as_slice(), &list(next), &delay.to_le_bytes()].concat())
}

pub fn forced(next: &[Authority], last_final: u32, delay: u32) -> Vec<u8> {
	digest([[2].as_slice(), &last_final.to_le_bytes(), &list(next), &delay.to_le_bytes()].concat())
}

/// A block as BABE makes them: with a slot before, and a seal behind.
pub fn header(parent: Hash, number: u32, state_root: Hash, digests: &[Vec<u8>]) -> Vec<u8> {
	let mut out = parent.0.to_vec();
	out.extend(compact(number));
	out.extend(state_root.0);
	out.extend(Hash::of(&number.to_le_bytes()).0);
	out.extend(compact(digests.len() as u32 + 2));
	out.extend([[6].as_slice(), b"BABE", &compact(4), &number.to_le_bytes()].concat());
	digests.iter().for_each(|digest| out.extend(digest));
	out.extend([[5].as_slice(), b"BABE", &compact(64), &[7; 64]].concat());
	out
}

/// One vote to be signed.
#[derive(Clone)]
pub struct Ballot {
	pub voter: Authority,
	pub block: Hash,
	pub number: u32,
	/// The set in whose name it is signed.
	pub set: u64,
}

/// A justification to be.
#[derive(Clone)]
pub struct Draft {
	pub round: u64,
	pub target: Hash,
	pub number: u32,
	pub ballots: Vec<Ballot>,
	pub ancestry: Vec<Vec<u8>>,
}

impl Draft {
	/// All of `voters` vote for the block itself.
	pub fn new(set: u64, block: &[u8], number: u32, voters: &[Authority]) -> Self {
		let target = Hash::of(block);
		let ballot =
			|voter: &Authority| Ballot { voter: voter.clone(), block: target, number, set };
		let ballots = voters.iter().map(ballot).collect();
		Self { round: 1, target, number, ballots, ancestry: Vec::new() }
	}

	pub fn encode(&self) -> Vec<u8> {
		let mut out = self.round.to_le_bytes().to_vec();
		out.extend(self.target.0);
		out.extend(self.number.to_le_bytes());
		out.extend(compact(self.ballots.len() as u32));
		for Ballot { voter, block, number, set } in &self.ballots {
			let mut message = vec![1];
			message.extend(block.0);
			message.extend(number.to_le_bytes());
			message.extend(self.round.to_le_bytes());
			message.extend(set.to_le_bytes());
			out.extend(&message[1..37]);
			out.extend(<[u8; 64]>::from(voter.0.sign(&message)));
			out.extend(voter.key().0);
		}
		out.extend(compact(self.ancestry.len() as u32));
		self.ancestry.iter().for_each(|header| out.extend(header));
		out
	}
}

/// The state's root, and a proof of `keys` in it, as a node answers.
pub fn prove(state: &State, keys: &[Vec<u8>]) -> (Hash, Vec<Vec<u8>>) {
	let (mut db, mut root) = (MemoryDB::<Blake2Hasher>::default(), H256::default());
	{
		let mut trie = TrieDBMutBuilder::<LayoutV1<Blake2Hasher>>::new(&mut db, &mut root).build();
		for (key, value) in state {
			trie.insert(key, value).expect("a trie in memory takes everything");
		}
	}
	let recorder = Recorder::<Blake2Hasher>::default();
	{
		let mut recording = recorder.as_trie_recorder(root);
		let trie = TrieDBBuilder::<LayoutV1<Blake2Hasher>>::new(&db, &root)
			.with_recorder(&mut recording)
			.build();
		for key in keys {
			trie.get(key).expect("all nodes are there");
		}
	}
	(Hash(root.0), recorder.drain_storage_proof().into_iter_nodes().collect())
}

/// The state that a chain begins with: some of what a real one has, and the authorities.
pub fn genesis_state(authorities: &[Authority]) -> State {
	let grandpa = [twox_128(b"Grandpa"), twox_128(b"Authorities")].concat();
	let number = [twox_128(b"System"), twox_128(b"Number")].concat();
	State::from([
		(b":code".to_vec(), vec![0x5a; 5_000]),
		(b":extrinsic_index".to_vec(), vec![0; 4]),
		(number, vec![0; 4]),
		(grandpa, list(authorities)),
	])
}

/// The raw chain specification with that state.
pub fn chain_spec(state: &State) -> Value {
	let top: BTreeMap<_, _> = state.iter().map(|(key, value)| (hex(key), hex(value))).collect();
	json!({
		"name": "Made by hand", "id": "hand", "chainType": "Development", "bootNodes": [],
		"genesis": { "raw": { "top": top, "childrenDefault": {} } }
	})
}

/// What is anchored in a slot, in SCALE.
pub fn anchor(commitment: &Hash, form: Form, leaves: Option<u64>) -> Vec<u8> {
	let mut out = commitment.0.to_vec();
	out.extend([form.index(), 0]);
	match leaves {
		None => out.push(0),
		Some(leaves) => {
			out.push(1);
			out.extend(leaves.to_le_bytes());
			out.push(if leaves == 1 { 0 } else { 64 - (leaves - 1).leading_zeros() as u8 });
		},
	}
	out.extend(5_u64.to_le_bytes()); // First.
	out.extend(1_u32.to_le_bytes()); // Version.
	out.push(0); // Previous.
	out.push(0); // Relation.
	out.push(0); // Retention.
	out.extend(ANCHORED.to_le_bytes());
	out.push(0); // A provider.
	out.extend(0_u32.to_le_bytes());
	out
}

/// When everything is anchored: 2026-03-01 09:00:00 UTC.
pub const ANCHORED: u64 = 1_772_355_600;
/// The time of a receipt's block: an hour later.
pub const NOW: u64 = ANCHORED + 3_600;

/// A state around slots: also a patient's handle, in the map that no receipt touches.
pub fn state_with(slots: &[(u32, u64, Vec<u8>)]) -> State {
	let mut state = genesis_state(&named(&["nobody"]));
	let now = [twox_128(b"Timestamp"), twox_128(b"Now")].concat();
	state.insert(now, (NOW * 1_000).to_le_bytes().to_vec());
	for (author, seq, anchor) in slots {
		state.insert(slot_key(b"Anchors", *author, *seq), anchor.clone());
		state.insert(slot_key(b"Subjects", *author, *seq), PATIENT.0.to_vec());
		// Neighbours, so that the proof has to lead past something.
		for other in 1..9 {
			state.insert(slot_key(b"Anchors", *author, seq + other), anchor.clone());
			state.insert(slot_key(b"Successors", *author, seq + other), vec![1; 16]);
			state.insert(retraction_key(*author, seq + other, None), vec![1; 9]);
			state.insert(retraction_key(*author, seq + other, Some(other)), vec![1; 9]);
		}
	}
	state
}

pub const PATIENT: Hash = Hash([0x77; 32]);

/// All keys that a receipt for this record proves.
pub fn keys(author: u32, seq: u64, leaf: Option<u64>) -> Vec<Vec<u8>> {
	let mut keys = vec![
		[twox_128(b"Timestamp"), twox_128(b"Now")].concat(),
		slot_key(b"Anchors", author, seq),
		retraction_key(author, seq, None),
		slot_key(b"Successors", author, seq),
	];
	keys.extend(leaf.map(|leaf| retraction_key(author, seq, Some(leaf))));
	keys
}

/// A chain whose authorities change with the blocks 10, 20, 30 ... and nothing else of note.
pub struct Chain {
	pub genesis: Genesis,
	pub spec: Value,
	/// Each set, from the first on.
	pub sets: Vec<Vec<Authority>>,
	/// The SCALE of each header that hands over, and its justification.
	pub handoffs: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Chain {
	/// A chain that begins with the first of `sets` and hands over to the others in turn.
	pub fn new(sets: &[&[&str]]) -> Self {
		let sets: Vec<_> = sets.iter().map(|names| named(names)).collect();
		let spec = chain_spec(&genesis_state(&sets[0]));
		let (genesis, _) =
			Genesis::from_chain_spec(spec.to_string().as_bytes()).expect("made well");
		let mut chain = Self { genesis, spec, sets: vec![sets[0].clone()], handoffs: Vec::new() };
		sets[1..].iter().for_each(|next| chain.hand_over(next));
		chain
	}

	/// With four authorities in each of four sets, of which one is replaced each time.
	pub fn usual() -> Self {
		Self::new(&[
			&["a", "b", "c", "d"],
			&["b", "c", "d", "e"],
			&["c", "d", "e", "f"],
			&["d", "e", "f", "g"],
		])
	}

	pub fn hand_over(&mut self, next: &[Authority]) {
		let set = self.handoffs.len() as u64;
		let number = (self.handoffs.len() as u32 + 1) * 10;
		let block = header(Hash([number as u8; 32]), number, Hash([9; 32]), &[scheduled(next, 0)]);
		let by = self.sets.last().expect("there is a first");
		let justification = Draft::new(set, &block, number, by).encode();
		self.handoffs.push((block, justification));
		self.sets.push(next.to_vec());
	}

	pub fn trail_json(&self) -> Value {
		let handoffs: Vec<_> = self
			.handoffs
			.iter()
			.map(|(header, j)| json!({ "header": hex(header), "justification": hex(j) }))
			.collect();
		json!({
			"format": "salus-trail", "version": 1, "genesis": self.genesis.hash,
			"handoffs": handoffs,
		})
	}

	pub fn trail(&self) -> Trail {
		Trail::parse(self.trail_json().to_string().as_bytes()).expect("made well")
	}

	pub fn follow(&self) -> Sets {
		Sets::follow(&self.genesis, Some(&self.trail()), &[]).expect("made well")
	}
}

/// A record with what its custodian keeps.
#[derive(Clone)]
pub struct Kept {
	pub author: u32,
	pub seq: u64,
	pub form: Form,
	pub salt: Hash,
	pub record: Vec<u8>,
	pub leaf: Option<(u64, Vec<Hash>)>,
	pub name: Option<&'static str>,
}

impl Kept {
	pub fn new(seq: u64, record: &str) -> Self {
		Self {
			author: 7,
			seq,
			form: Form::Bytes,
			salt: Hash([0x5a; 32]),
			record: record.as_bytes().to_vec(),
			leaf: None,
			name: None,
		}
	}

	pub fn digest(&self) -> Hash {
		self.form.digest(&self.record).expect("of its form")
	}

	pub fn commitment(&self) -> Hash {
		commit(&self.salt, self.form, &self.digest())
	}

	pub fn json(&self) -> Value {
		let leaf = self.leaf.as_ref();
		let leaf = leaf.map(|(index, path)| json!({ "index": index.to_string(), "path": path }));
		let mut json = json!({
			"author": self.author, "seq": self.seq.to_string(), "form": format!("{:?}", self.form),
			"salt": self.salt, "digest": self.digest(), "leaf": leaf,
		});
		if let Some(name) = self.name {
			json["name"] = json!(name);
		}
		json
	}
}

/// A block with the given state, final by `voters` in the name of `set`, and a receipt of it.
pub struct Block {
	pub number: u32,
	pub set: u64,
	pub voters: Vec<Authority>,
	pub state: State,
}

impl Block {
	pub fn header(&self) -> Vec<u8> {
		let (root, _) = prove(&self.state, &[]);
		header(Hash([1; 32]), self.number, root, &[])
	}

	pub fn receipt(&self, chain: &Chain, kept: &[Kept]) -> Value {
		let header = self.header();
		let draft = Draft::new(self.set, &header, self.number, &self.voters);
		self.receipt_with(chain, kept, &draft)
	}

	pub fn receipt_with(&self, chain: &Chain, kept: &[Kept], draft: &Draft) -> Value {
		let keys: Vec<_> = kept
			.iter()
			.flat_map(|k| keys(k.author, k.seq, k.leaf.as_ref().map(|(index, _)| *index)))
			.collect();
		let (_, proof) = prove(&self.state, &keys);
		json!({
			"format": "salus-receipt", "version": 1, "genesis": chain.genesis.hash,
			"header": hex(self.header()),
			"finality": { "setId": self.set, "justification": hex(draft.encode()) },
			"proof": proof.iter().map(hex).collect::<Vec<_>>(),
			"records": kept.iter().map(Kept::json).collect::<Vec<_>>(),
		})
	}
}

/// The whole check of one record, as the program does it.
pub fn check<'a>(
	receipt: &Value,
	trust: impl Into<Trust<'a>>,
	record: &[u8],
) -> Result<Verified, salus_verify::Error> {
	let receipt = Receipt::parse(receipt.to_string().as_bytes())?;
	let opened = Opened::new(&receipt, trust)?;
	let presented = Presented { file: "record", name: None, bytes: record };
	opened.verify(opened.find(&presented)?[0])
}

/// A checkpoint for a set.
pub fn checkpoint(chain: &Chain, set: u64, authorities: &[Authority]) -> Checkpoint {
	let json = json!({
		"format": "salus-checkpoint", "version": 1, "genesis": chain.genesis.hash, "setId": set,
		"authorities": authorities.iter().map(Authority::key).collect::<Vec<_>>(),
		"name": "Ministry of Health, 2026-03-01",
	});
	Checkpoint::parse(json.to_string().as_bytes()).expect("made well")
}
