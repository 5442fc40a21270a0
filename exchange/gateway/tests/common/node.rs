//! A node that is none: it answers JSON-RPC over HTTP as one does, with heads, a state and its proofs, out of a small world that a test
//! changes.

use super::{
	consent, research, transactions,
	votes::{self, Keys, Votes},
};
use axum::{extract::State, routing::post, Router};
use salus_consent_decision::{Directive, DirectiveId, SealedDirective, SealedId};
use salus_exchange_protocol::Hash;
use salus_gateway::chain::{
	commitment_key,
	finality::{authorities_key, set_key},
	now,
	orders::next_slot_key,
	scale,
};
use salus_primitives::{AdvanceDirective, PatientState};
use salus_verify::{
	bytes::{from_hex, Reader},
	state::{genesis_key, slot_key},
	status::time_key,
	trie::{Builder, Proof},
};
use serde_json::{json, Value};
use std::{
	collections::{BTreeMap, BTreeSet, HashMap},
	sync::{Arc, Mutex},
	time::Duration,
};

pub const ALWAYS: (u64, u64) = (0, u64::MAX);

/// A Permit for treatment, of data without labels.
#[derive(Clone)]
pub struct Grant {
	pub patient: Hash,
	pub organisation: u32,
	/// Indices of classes; all, if there are none.
	pub classes: Vec<u8>,
	pub data: (u64, u64),
	/// When it was revoked.
	pub ended: Option<u64>,
}

/// An emergency that was recorded late.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Late {
	pub organisation: u32,
	pub patient: Hash,
	pub who: [u8; 32],
	pub reason: u8,
	pub classes: u32,
	pub happened: u64,
	pub detail: Hash,
	/// When it was recorded.
	pub recorded: u64,
}

/// How a node says that it is asked too often.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Busy {
	/// By the status 429.
	Status,
	/// By an error with this code.
	Error(i64),
}

/// What a node does to proofs of the state.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Tampers {
	/// Nothing.
	#[default]
	Not,
	/// It changes each of their nodes.
	Value,
	/// It leaves out the last node: not the root, unless there is no other.
	Missing,
	/// It leaves out everything.
	Nothing,
}

/// Changes the last digit.
fn changed(node: &mut String) {
	let digit = if node.pop() == Some('0') { '1' } else { '0' };
	node.push(digit);
}

/// A directive with its number.
type Said = (DirectiveId, Directive<[u8; 32]>);

/// What the chain says, after some block.
#[derive(Clone, Default)]
pub struct World {
	pub patients: BTreeSet<Hash>,
	pub grants: Vec<Grant>,
	/// Patients with their keys.
	pub keys: BTreeSet<(Hash, [u8; 32])>,
	/// Organisations with their people.
	pub members: BTreeSet<(u32, [u8; 32])>,
	pub organisations: BTreeSet<u32>,
	/// The commitments to the profiles of organisations, where a test tells.
	pub profiles: BTreeMap<u32, Hash>,
	/// The commitments to the keys of organisations' systems where they have named any beside their profiles, and since when.
	pub client_keys: BTreeMap<u32, (Hash, u64)>,
	/// The times under a licence of organisations, from when on and until when, where they were not always licensed.
	pub licences: BTreeMap<u32, Vec<(u64, Option<u64>)>>,
	/// Since when keys of patients are none any more.
	pub removed: BTreeMap<[u8; 32], u64>,
	/// Organisations with their privacy officers.
	pub officers: BTreeSet<(u32, [u8; 32])>,
	/// Patients with the organisations that treat them: what has no labels is read for treatment.
	pub treated: BTreeSet<(Hash, u32)>,
	/// Patients with those who broke the glass.
	pub emergencies: BTreeSet<(Hash, [u8; 32])>,
	/// What patients said in advance of emergencies.
	pub advance: BTreeMap<Hash, AdvanceDirective>,
	/// The states of handles that are not active.
	pub states: BTreeMap<Hash, PatientState>,
	/// Organisations whose licence was stopped, with the moment.
	pub stopped: BTreeMap<u32, u64>,
	/// Emergencies that were recorded late: the arguments of the call, and who made it.
	pub late: Vec<Late>,
	/// Patients with directives of theirs that are no grants, which have the numbers from 1 on.
	pub said: Vec<(Hash, Said)>,
	/// Patients with their sealed directives.
	pub sealed: Vec<(Hash, (SealedId, SealedDirective))>,
	/// Organisation, root, leaves; the place is the slot. Without leaves it is one record, and the commitment to it.
	pub anchors: Vec<(u32, Hash, u64)>,
	/// Slots that are there no more.
	pub gone: BTreeSet<u64>,
	/// What an anchored record is to the version before, by its slot; without one it is new.
	pub relations: BTreeMap<u64, u8>,
	/// What else is in the state: keys with values, as bytes.
	pub items: BTreeMap<Vec<u8>, Vec<u8>>,
	/// The version of the runtime.
	pub runtime: u32,
	/// Organisations with where their logs stand: commits, entries, head, last commit.
	pub logs: BTreeMap<u32, (u32, u64, [u8; 32], u64)>,
	/// Revocations that were acknowledged: patient, directive.
	pub acknowledged: BTreeSet<(Hash, u32)>,
	/// How many transactions there were of each account.
	pub nonces: BTreeMap<[u8; 32], u32>,
	/// What the chain has of research.
	pub research: research::Research,
	/// Whether its runtime has rules of its own.
	pub decides_otherwise: bool,
	/// The calls that had an effect, as bytes, in their order.
	pub done: Vec<Vec<u8>>,
}

type Entries = BTreeMap<Vec<u8>, Vec<u8>>;

/// A world, and what of it stands in the state. It is worked out once, and not for each block.
struct Written {
	world: Arc<World>,
	entries: Entries,
}

impl Written {
	fn of(world: &Arc<World>) -> Self {
		let mut entries = Entries::new();
		consent::put(world, &mut entries);
		research::put(&world.research, &mut entries);
		entries.extend(world.items.clone());
		for (slot, (organisation, root, leaves)) in (0_u64..).zip(&world.anchors) {
			// It never goes back, whatever becomes of the slot.
			entries.insert(next_slot_key(*organisation), (slot + 1).to_le_bytes().to_vec());
			if world.gone.contains(&slot) {
				continue;
			}
			let kind = match leaves {
				0 => vec![0],
				leaves => [[1].as_slice(), &leaves.to_le_bytes(), &[1]].concat(),
			};
			let relation = world.relations.get(&slot).copied().unwrap_or(0);
			let anchor = [
				root.0.as_slice(),
				&[0, 0],
				&kind,
				&slot.to_le_bytes(),
				&1_u32.to_le_bytes(),
				&[0, relation, 0],
				&7_u64.to_le_bytes(),
				&[0],
				&0_u32.to_le_bytes(),
			];
			entries.insert(slot_key(b"Anchors", *organisation, slot), anchor.concat());
			entries.insert(commitment_key(*organisation, root), slot.to_le_bytes().to_vec());
		}
		Self { world: Arc::clone(world), entries }
	}
}

/// The state after a block, which proves what is asked for.
struct Whole {
	/// As long as nothing was asked for.
	trie: Option<Builder>,
	/// All of its nodes, from then on.
	nodes: Option<Proof<'static>>,
}

impl Whole {
	fn new(trie: Builder) -> Self {
		Self { trie: Some(trie), nodes: None }
	}

	/// The nodes that these keys need, each once, the root first.
	fn prove(&mut self, keys: &[&str]) -> Vec<String> {
		let all = self.nodes.get_or_insert_with(|| {
			// It stays until the process ends: the nodes are found by their hashes, which are worked out once, and borrow from it.
			let trie: &'static Builder = Box::leak(Box::new(self.trie.take().unwrap()));
			Proof::new(trie.root(), trie.nodes())
		});
		let (mut known, mut told) = (BTreeSet::new(), Vec::new());
		for node in keys.iter().flat_map(|key| all.nodes_for(&from_hex(key).unwrap()).unwrap()) {
			if !known.contains(&node) {
				told.push(hex(&node));
				known.insert(node);
			}
		}
		told
	}
}

struct Block {
	number: u32,
	head: Value,
	state: Whole,
	written: Arc<Written>,
	/// Its time, in seconds since 1970.
	time: u64,
}

#[derive(Default)]
struct Chain {
	blocks: HashMap<Hash, Block>,
	genesis: Hash,
	best: Hash,
	finalised: Hash,
	number: u32,
	/// Whoever changes it makes another one of it: blocks keep theirs.
	world: Arc<World>,
	/// The world that was written last.
	written: Option<Arc<Written>>,
	/// How many seconds the blocks' time is behind, and ahead.
	behind: u64,
	ahead: u64,
	finality_stands: bool,
	peers: u64,
	/// Whether it is a chain that people use, and none for development.
	is_live: bool,
	is_syncing: bool,
	/// Whether proofs are those of another state.
	lies: bool,
	/// Of which block it hands out the proofs that decisions rest on, in the place of the one asked for.
	decides_by: Option<Hash>,
	is_silent: bool,
	/// Whether it is asked too often: with an error of its own, or with a status.
	is_busy: Option<Busy>,
	/// How many calls there were.
	calls: u64,
	/// The transactions that wait for the next block.
	pool: Vec<Vec<u8>>,
	/// Whether transactions are taken and lost.
	loses: bool,
	/// Whether they are taken, and the answer is lost.
	loses_answers: bool,
	/// Of whom nothing is proven: a proof with items of this patient is refused.
	hides: Option<Hash>,
	/// How many were handed in.
	handed_in: u32,
	/// The hashes of blocks by number.
	numbered: HashMap<u32, Hash>,
	transaction_version: u32,
	/// Its authorities, and the number of their set.
	authorities: Keys,
	set: u64,
	/// The sets that have handed over: each with its number and the last block that is theirs.
	past_sets: Vec<(Keys, u64, (Hash, u32))>,
	votes: Votes,
	tampers: Tampers,
	/// Whether heads are those of block 0.
	other_heads: bool,
	/// Whether no blocks come.
	stands: bool,
	/// Whether the best block is said to be final.
	claims_best: bool,
	/// What a node answers at most, in blocks.
	max_headers: u32,
	/// How many proofs of a state were asked for, but for those by which a block's time is told.
	proofs: u64,
	/// How long it takes for a proof of more than a hundred keys.
	slow: Duration,
}

/// The node; a clone is the same one.
#[derive(Clone)]
pub struct Node {
	chain: Arc<Mutex<Chain>>,
	pub url: String,
}

fn hex(bytes: impl AsRef<[u8]>) -> String {
	format!("0x{}", hex::encode(bytes))
}

impl Chain {
	fn author(&mut self) {
		self.author_with(&[]);
	}

	fn author_with(&mut self, digest: &[Vec<u8>]) {
		for transaction in std::mem::take(&mut self.pool) {
			let world = Arc::make_mut(&mut self.world);
			transactions::apply(world, &transaction, now() - self.behind);
		}
		let written = self.written();
		let time = now() - self.behind + self.ahead;
		let mut state = written.entries.clone();
		// What the world says of these is not written over.
		let mut put = |key, value| {
			state.entry(key).or_insert(value);
		};
		if self.number > 0 {
			put(genesis_key(), self.genesis.0.to_vec());
			put(time_key(), (time * 1_000).to_le_bytes().to_vec());
		}
		put(authorities_key(), votes::list(&self.authorities));
		put(set_key(), self.set.to_le_bytes().to_vec());
		let trie = Builder::new(&state);
		let root = trie.root();
		let head = scale::header(&self.best, self.number, &root, &Hash([0; 32]), digest);
		let hash = Hash::of(&head);
		let told = json!({
			"parentHash": self.best.to_string(), "number": format!("{:#x}", self.number), "stateRoot": root.to_string(),
			"extrinsicsRoot": Hash([0; 32]).to_string(), "digest": { "logs": digest.iter().map(hex).collect::<Vec<_>>() },
		});
		let (number, state) = (self.number, Whole::new(trie));
		self.blocks.insert(hash, Block { number, head: told, state, written, time });
		if self.number == 0 {
			(self.genesis, self.finalised) = (hash, hash);
		}
		self.numbered.insert(self.number, hash);
		self.best = hash;
		self.number += 1;
	}

	/// The present world, and what of it stands in the state.
	fn written(&mut self) -> Arc<Written> {
		let last = self.written.take().filter(|last| Arc::ptr_eq(&last.world, &self.world));
		let written = last.unwrap_or_else(|| Arc::new(Written::of(&self.world)));
		self.written = Some(Arc::clone(&written));
		written
	}

	fn number_of(&self, hash: Hash) -> (Hash, u32) {
		(hash, self.blocks[&hash].number)
	}

	fn finalise(&mut self) {
		if !self.finality_stands {
			self.finalised = self.best;
		}
	}

	fn answer(&mut self, method: &str, params: &Value) -> Result<Value, String> {
		let hash = |at: usize| {
			params.get(at).and_then(Value::as_str).and_then(|text| text.parse::<Hash>().ok())
		};
		Ok(match method {
			"system_health" => {
				json!({ "peers": self.peers, "isSyncing": self.is_syncing, "shouldHavePeers": self.peers > 0 })
			},
			"system_chainType" => json!(if self.is_live { "Live" } else { "Development" }),
			"chain_getFinalizedHead" => {
				let told = if self.claims_best { self.best } else { self.finalised };
				json!(told.to_string())
			},
			"grandpa_proveFinality" => {
				let number = params[0].as_u64().unwrap() as u32;
				let past = self.past_sets.iter().find(|(_, _, last)| number <= last.1);
				let before = self.past_sets.last().filter(|_| self.votes == Votes::OldKeys);
				let past = past.filter(|_| before.is_none());
				let (keys, set, target) = match past {
					None if before.is_some() => {
						let (keys, set, _) = before.unwrap();
						(keys, *set, self.number_of(self.finalised))
					},
					Some((keys, set, last)) => (keys, *set, *last),
					None if self.claims_best => {
						(&self.authorities, self.set, self.number_of(self.best))
					},
					None => (&self.authorities, self.set, self.number_of(self.finalised)),
				};
				if target.1 < number {
					return Err("Block not yet finalized".into());
				}
				if target.1 - number > self.max_headers {
					return Err("Response is too big".into());
				}
				match self.votes {
					Votes::None => Value::Null,
					Votes::Unknown => return Err("Method not found".into()),
					Votes::NeverChanged => {
						return Err("GRANDPA prove finality rpc failed: Block not covered by authority set changes".into())
					},
					votes => json!(hex(votes::proof(votes, keys, set, target))),
				}
			},
			"chain_getHeader" => {
				let told =
					if self.other_heads { self.genesis } else { hash(0).unwrap_or(self.best) };
				self.blocks.get(&told).map_or(Value::Null, |block| block.head.clone())
			},
			"state_getReadProof" => {
				let at = hash(1).unwrap();
				let keys = params[0].as_array().unwrap().iter();
				let keys: Vec<&str> = keys.map(|key| key.as_str().unwrap()).collect();
				self.proofs += u64::from(params[0][0] != hex(time_key()));
				let from = if self.lies { self.genesis } else { at };
				let is_decision = keys.len() > 12;
				let from = self.decides_by.filter(|_| is_decision).unwrap_or(from);
				let is_hidden = self.hides.is_some_and(|patient| {
					let patient = hex::encode(patient.0);
					keys.iter().any(|key| key.contains(&patient))
				});
				if is_hidden {
					return Err("Response is too big".into());
				}
				let mut proof = self.blocks.get_mut(&from).unwrap().state.prove(&keys);
				match self.tampers {
					Tampers::Not => {},
					Tampers::Value => proof.iter_mut().for_each(changed),
					Tampers::Missing => drop(proof.pop()),
					Tampers::Nothing => proof.clear(),
				}
				json!({ "at": at.to_string(), "proof": proof })
			},
			"state_getRuntimeVersion" => {
				json!({ "specVersion": 2_000, "transactionVersion": self.transaction_version })
			},
			"author_submitExtrinsic" => {
				let bytes = from_hex(params[0].as_str().unwrap()).unwrap();
				self.handed_in += 1;
				let numbered = |number: u32| self.numbered.get(&number).copied();
				let nonce = |who: &[u8; 32]| self.world.nonces.get(who).copied().unwrap_or(0);
				transactions::check(&bytes, self.genesis, self.number, numbered, nonce)?;
				if !self.loses {
					self.pool.push(bytes.clone());
				}
				json!(Hash::of(&bytes).to_string())
			},
			"state_call" => {
				let argument = from_hex(params[1].as_str().unwrap()).unwrap();
				let at = &self.blocks[&hash(2).unwrap()];
				json!(hex(&call(at, params[0].as_str().unwrap(), &argument)?))
			},
			_ => return Err(format!("there is no method {method}")),
		})
	}
}

fn call(
	Block { written, time, .. }: &Block,
	function: &str,
	argument: &[u8],
) -> Result<Vec<u8>, String> {
	let Written { world, entries } = &**written;
	let mut reader = Reader::new(argument, "argument");
	Ok(match function {
		"AccountNonceApi_account_nonce" => {
			let who: [u8; 32] = reader.array().unwrap();
			reader.finish().unwrap();
			world.nonces.get(&who).copied().unwrap_or(0).to_le_bytes().to_vec()
		},
		"ConsentApi_decide_many" => {
			consent::decide_many(entries, *time, argument, world.decides_otherwise)
		},
		"ResearchApi_permit_at" => {
			let (permit, _at) = (reader.u32().unwrap(), reader.u64().unwrap());
			reader.finish().unwrap();
			research::standing(&world.research, permit)
		},
		"AcknowledgementApi_revocation" => {
			let (patient, directive) = (reader.hash().unwrap(), reader.u32().unwrap());
			let grants = world.grants.iter().filter(|grant| grant.patient == patient);
			let found = (1..).zip(grants).find(|(number, _)| *number == directive);
			let Some((organisation, at)) =
				found.and_then(|(_, grant)| Some((grant.organisation, grant.ended?)))
			else {
				return Ok(vec![0]);
			};
			let standing: &[u8] = match world.acknowledged.contains(&(patient, directive)) {
				true => &[2, 9, 0, 0, 0, 0, 0, 0, 0, 1],
				false => &[0],
			};
			let due = at + 72 * 3_600;
			[
				[1].as_slice(),
				&organisation.to_le_bytes(),
				&at.to_le_bytes(),
				&due.to_le_bytes(),
				standing,
			]
			.concat()
		},
		_ => return Err(format!("there is no function {function}")),
	})
}

impl Node {
	/// Starts a node that makes and finalises a block each second.
	pub async fn start() -> Self {
		let mut chain = Chain::default();
		Arc::make_mut(&mut chain.world).runtime = 2_000;
		chain.transaction_version = 1;
		chain.authorities = votes::keys(1, 4);
		chain.max_headers = u32::MAX;
		chain.author();
		let node = Self { chain: Arc::new(Mutex::new(chain)), url: String::new() };
		let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
		let node = Self { url: format!("http://{}", listener.local_addr().unwrap()), ..node };
		let router = Router::new().route("/", post(answer)).with_state(node.chain.clone());
		tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
		node.block();
		let ticking = node.clone();
		tokio::spawn(async move {
			loop {
				tokio::time::sleep(Duration::from_secs(1)).await;
				if !ticking.chain.lock().unwrap().stands {
					ticking.block();
				}
			}
		});
		node
	}

	pub fn genesis(&self) -> Hash {
		self.chain.lock().unwrap().genesis
	}

	/// A block that is final.
	pub fn block(&self) {
		let mut chain = self.chain.lock().unwrap();
		chain.author();
		chain.finalise();
	}

	/// Changes the world, in a block that is final.
	pub fn change(&self, change: impl FnOnce(&mut World)) {
		change(Arc::make_mut(&mut self.chain.lock().unwrap().world));
		self.block();
	}

	/// Changes the world in the best block alone; no block is final from now on.
	pub fn change_best(&self, change: impl FnOnce(&mut World)) {
		let mut chain = self.chain.lock().unwrap();
		chain.finality_stands = true;
		change(Arc::make_mut(&mut chain.world));
		chain.author();
	}

	/// Finality goes on.
	pub fn finality_goes_on(&self) {
		self.chain.lock().unwrap().finality_stands = false;
		self.block();
	}

	/// Proofs of more than a hundred keys take that long from now on.
	pub fn slow(&self, time: Duration) {
		self.chain.lock().unwrap().slow = time;
	}

	/// It is no development chain, and has a peer.
	pub fn is_live(&self) {
		let mut chain = self.chain.lock().unwrap();
		(chain.is_live, chain.peers) = (true, 1);
	}

	/// The time of blocks is so many seconds behind from now on.
	pub fn behind(&self, seconds: u64) {
		self.chain.lock().unwrap().behind = seconds;
		self.block();
	}

	/// The time of blocks is so many seconds ahead from now on.
	pub fn ahead(&self, seconds: u64) {
		self.chain.lock().unwrap().ahead = seconds;
		self.block();
	}

	/// The best block is of the present, and the last final one is so many seconds old.
	pub fn finality_behind(&self, seconds: u64) {
		self.behind(seconds);
		let mut chain = self.chain.lock().unwrap();
		chain.finality_stands = true;
		chain.behind = 0;
		chain.author();
	}

	pub fn lies(&self, lies: bool) {
		self.chain.lock().unwrap().lies = lies;
		self.block();
	}

	/// Proofs for decisions are those of the present best block from now on, whatever block is asked for.
	pub fn decides_by_this_block(&self, does: bool) {
		let mut chain = self.chain.lock().unwrap();
		chain.decides_by = does.then_some(chain.best);
	}

	/// The authorities hand over to others, in a block that they make final.
	pub fn hand_over(&self, next: Keys) {
		let mut chain = self.chain.lock().unwrap();
		chain.author_with(&[votes::change(&next)]);
		chain.finalised = chain.best;
		let last = chain.number_of(chain.best);
		let before = std::mem::replace(&mut chain.authorities, next);
		let set = chain.set;
		chain.past_sets.push((before, set, last));
		chain.set += 1;
	}

	/// What the node says of which block is final.
	pub fn votes(&self, votes: Votes) {
		self.chain.lock().unwrap().votes = votes;
		self.block();
	}

	/// What the node does to proofs of the state from now on.
	pub fn tampers(&self, tampers: Tampers) {
		self.chain.lock().unwrap().tampers = tampers;
		self.block();
	}

	/// Heads are those of another block from now on, or not any more.
	pub fn other_heads(&self, other: bool) {
		self.chain.lock().unwrap().other_heads = other;
		self.block();
	}

	/// The node has lost all its peers, or has one.
	pub fn alone(&self, alone: bool) {
		let mut chain = self.chain.lock().unwrap();
		(chain.is_live, chain.peers) = (true, if alone { 0 } else { 1 });
	}

	/// No blocks come from now on, or they do again.
	pub fn stands(&self, stands: bool) {
		self.chain.lock().unwrap().stands = stands;
	}

	/// Finality stands still from now on, while blocks come.
	pub fn finality_stands(&self) {
		self.chain.lock().unwrap().finality_stands = true;
	}

	/// The best block is said to be final, which it is not; the votes are those of strangers.
	pub fn claims_best(&self, claims: bool) {
		let mut chain = self.chain.lock().unwrap();
		chain.claims_best = claims;
		chain.votes = if claims { Votes::Strangers } else { Votes::True };
	}

	/// The node answers no proof of finality with more heads than so many.
	pub fn answers_at_most(&self, headers: u32) {
		self.chain.lock().unwrap().max_headers = headers;
	}

	pub fn syncing(&self, is_syncing: bool) {
		self.chain.lock().unwrap().is_syncing = is_syncing;
	}

	/// Transactions are taken and lost from now on, or not any more.
	pub fn loses(&self, loses: bool) {
		self.chain.lock().unwrap().loses = loses;
	}

	/// Transactions are taken from now on and their answers lost, or not any more.
	pub fn loses_answers(&self, loses: bool) {
		self.chain.lock().unwrap().loses_answers = loses;
	}

	/// No proof with items of this patient is answered from now on, or all are.
	pub fn hides(&self, patient: Option<Hash>) {
		self.chain.lock().unwrap().hides = patient;
	}

	/// The chain's transactions are of this version.
	pub fn transaction_version(&self, version: u32) {
		self.chain.lock().unwrap().transaction_version = version;
	}

	/// How many transactions were handed in.
	pub fn handed_in(&self) -> u32 {
		self.chain.lock().unwrap().handed_in
	}

	/// So many blocks at once, all final.
	pub fn blocks(&self, count: u32) {
		(0..count).for_each(|_| self.block());
	}

	/// What the chain says after the best block.
	pub fn world(&self) -> World {
		World::clone(&self.chain.lock().unwrap().world)
	}

	pub fn silent(&self, is_silent: bool) {
		self.chain.lock().unwrap().is_silent = is_silent;
	}

	/// The node is asked too often from now on, or not any more.
	pub fn busy(&self, busy: Option<Busy>) {
		self.chain.lock().unwrap().is_busy = busy;
	}

	/// How many calls there were.
	pub fn calls(&self) -> u64 {
		self.chain.lock().unwrap().calls
	}

	/// How many proofs of a state were asked for, but for those by which a block's time is told.
	pub fn proofs(&self) -> u64 {
		self.chain.lock().unwrap().proofs
	}

	/// Anchors a batch, as the chain does: a root once for each organisation. The slot.
	pub fn anchor(&self, organisation: u32, root: Hash, leaves: u64) -> u64 {
		let mut slot = 0;
		self.change(|world| {
			let there = world
				.anchors
				.iter()
				.position(|(who, what, _)| (*who, *what) == (organisation, root));
			slot = there.unwrap_or_else(|| {
				world.anchors.push((organisation, root, leaves));
				world.anchors.len() - 1
			}) as u64;
		});
		slot
	}
}

async fn answer(
	State(chain): State<Arc<Mutex<Chain>>>,
	body: String,
) -> Result<String, axum::http::StatusCode> {
	let request: Value = serde_json::from_str(&body).unwrap();
	let is_large = request["params"][0].as_array().is_some_and(|keys| keys.len() > 100);
	let slow = chain.lock().unwrap().slow;
	if is_large && !slow.is_zero() {
		tokio::time::sleep(slow).await;
	}
	let mut chain = chain.lock().unwrap();
	chain.calls += 1;
	if chain.is_silent {
		return Err(axum::http::StatusCode::BAD_GATEWAY);
	}
	let id = &request["id"];
	match chain.is_busy {
		Some(Busy::Status) => return Err(axum::http::StatusCode::TOO_MANY_REQUESTS),
		Some(Busy::Error(code)) => {
			let error = json!({ "code": code, "message": "RPC rate limit exceeded" });
			return Ok(json!({ "jsonrpc": "2.0", "id": id, "error": error }).to_string());
		},
		None => {},
	}
	let answer = chain.answer(request["method"].as_str().unwrap(), &request["params"]);
	if chain.loses_answers && request["method"] == "author_submitExtrinsic" {
		return Err(axum::http::StatusCode::BAD_GATEWAY);
	}
	Ok(match answer {
		Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
		Err(message) => {
			json!({ "jsonrpc": "2.0", "id": id, "error": { "code": -1, "message": message } })
		},
	}
	.to_string())
}
