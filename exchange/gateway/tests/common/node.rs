//! A node that is none: it answers JSON-RPC over HTTP as one does, with heads, a state and its proofs, out of a small world that a test
//! changes.

mod acts;
mod answers;
mod blocks;
mod faults;
mod state;
mod world;

pub use faults::{Busy, Tampers};
pub use world::{Grant, Late, World, ALWAYS};

use super::votes::{self, Keys, Votes};
use answers::answer;
use axum::{routing::post, Router};
use salus_exchange_protocol::Hash;
use serde_json::Value;
use state::{Whole, Written};
use std::{
	collections::HashMap,
	sync::{Arc, Mutex},
	time::Duration,
};

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

	/// How many transactions were handed in.
	pub fn handed_in(&self) -> u32 {
		self.chain.lock().unwrap().handed_in
	}

	/// What the chain says after the best block.
	pub fn world(&self) -> World {
		World::clone(&self.chain.lock().unwrap().world)
	}

	/// How many calls there were.
	pub fn calls(&self) -> u64 {
		self.chain.lock().unwrap().calls
	}

	/// How many proofs of a state were asked for, but for those by which a block's time is told.
	pub fn proofs(&self) -> u64 {
		self.chain.lock().unwrap().proofs
	}
}
