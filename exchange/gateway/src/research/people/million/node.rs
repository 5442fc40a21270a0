//! A node of a chain that knows all the people, in a process of its own: what it takes to prove is not taken for what the gateway takes. It has
//! two states, of the best and of the last final block, and proves what it is asked for as a node does. There is nothing else that it answers.
//!
//! All nodes of both tries are in its memory: of a million people some gigabytes. It is the same program as the test, which knows by its
//! environment that it is to be the node.

use super::{
	measure::{peak, processor_time},
	population::{after_final, go_on_to_best, people, Entries},
};
use crate::{
	chain::{now, Block, Present},
	config::Limits,
};
use axum::{
	extract::{Path as Part, State},
	routing::{get, post},
	Router,
};
use salus_exchange_protocol::Hash;
use salus_primitives::PatientId;
use salus_verify::{
	bytes::from_hex,
	decision::Item,
	trie::{Builder, Proof},
};
use serde_json::{json, Value};
use std::{
	collections::{BTreeMap, BTreeSet},
	env, fs, io,
	path::{Path, PathBuf},
	process::{Child, Command, Stdio},
	sync::{
		atomic::{AtomicU64, Ordering::Relaxed},
		Arc,
	},
	time::{Duration, Instant},
};

/// The file in which the node says where it is. Whoever has this in its environment is the node.
const SAYS: &str = "SALUS_PEOPLE_NODE";
/// How long it may take to make both tries.
const MOST: Duration = Duration::from_secs(3_600);

/// What the node was asked for since it was last asked about that.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
	/// How many proofs.
	pub proofs: u64,
	/// Of how many handles, each time that one was asked for.
	pub people: u64,
	/// The bytes of the proofs, without the digits of JSON.
	pub bytes: u64,
	/// The bytes of the largest answer, as it was sent.
	pub largest: u64,
}

/// A process that was started here; it is killed when this is dropped.
struct Process(Child);

impl Drop for Process {
	fn drop(&mut self) {
		// It may have ended before.
		let _ = self.0.kill();
		let _ = self.0.wait();
	}
}

/// The node while it makes its tries.
pub(super) struct Starting {
	process: Process,
	file: PathBuf,
}

impl Starting {
	/// Starts it, as this program with that test alone.
	pub(super) fn begin(folder: &Path, test: &str) -> Self {
		let file = folder.join("node.told");
		let process = Command::new(env::current_exe().unwrap())
			.args(["--exact", test, "--nocapture"])
			.env(SAYS, &file)
			.stdin(Stdio::piped())
			.stdout(Stdio::null())
			.spawn()
			.unwrap();
		Self { process: Process(process), file }
	}

	/// The node, once it listens.
	pub(super) async fn ready(mut self) -> Node {
		let begun = Instant::now();
		let text = loop {
			if let Ok(text) = fs::read_to_string(&self.file) {
				break text;
			}
			let ended = self.process.0.try_wait().unwrap();
			assert!(ended.is_none(), "the node has ended: {ended:?}");
			assert!(begun.elapsed() < MOST, "the node is not ready");
			tokio::time::sleep(Duration::from_millis(50)).await;
		};
		let words: Vec<&str> = text.split(' ').collect();
		let [url, best, finalised] = words[..] else { panic!("where is it: {text}") };
		let [best, finalised] = [best, finalised].map(|root| root.parse::<Hash>().unwrap());
		assert_ne!(best, finalised, "both blocks have the same state");
		let client = reqwest::Client::builder().no_proxy().build().unwrap();
		Node { process: self.process, url: url.to_owned(), best, finalised, client }
	}
}

/// The node, as it is seen by the test.
pub(super) struct Node {
	process: Process,
	/// Where it is asked.
	pub url: String,
	best: Hash,
	finalised: Hash,
	client: reqwest::Client,
}

impl Node {
	/// Its two blocks. Their heads are asked for by nobody here: each has the root of its state for a hash.
	pub(super) fn present(&self) -> Present {
		let block =
			|root: Hash, number| Block { hash: root, number, state_root: root, time: now() };
		Present::of(block(self.best, 12), block(self.finalised, 9), Limits::SOLO)
	}

	/// What it was asked for since this was asked last.
	pub(super) async fn told(&self) -> Told {
		let answer = self.client.get(format!("{}/told", self.url)).send().await.unwrap();
		let text = answer.text().await.unwrap();
		let numbers: Vec<u64> = text.split(' ').map(|number| number.parse().unwrap()).collect();
		let [proofs, people, bytes, largest] = numbers[..] else { panic!("{text}") };
		Told { proofs, people, bytes, largest }
	}

	/// Each proof takes that much longer from now on.
	pub(super) async fn slow(&self, time: Duration) {
		let url = format!("{}/slow/{}", self.url, time.as_millis());
		let answer = self.client.post(url).send().await.unwrap();
		assert!(answer.status().is_success(), "{answer:?}");
	}

	/// For how long processors have worked for it.
	pub(super) fn processor_time(&self) -> Duration {
		processor_time(&self.process.0.id().to_string())
	}

	/// The most memory that it has had, in KiB.
	pub(super) fn peak(&self) -> u64 {
		peak(&self.process.0.id().to_string())
	}
}

/// Whether this process is the node.
pub(super) fn is_this_process() -> bool {
	env::var_os(SAYS).is_some()
}

/// Is the node, until whoever started it is gone.
pub(super) async fn be() {
	let file = PathBuf::from(env::var_os(SAYS).unwrap());
	let chain = Arc::new(Chain::of(people()));
	let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
	let address = listener.local_addr().unwrap();
	let says = format!("http://{address} {} {}", chain.best, chain.finalised);
	let router = Router::new()
		.route("/", post(answer))
		.route("/told", get(told))
		.route("/slow/{milliseconds}", post(slow))
		.with_state(chain);
	let served = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
	// Whoever reads it reads all of it.
	let new = file.with_extension("new");
	fs::write(&new, says).unwrap();
	fs::rename(&new, &file).unwrap();
	let gone = tokio::task::spawn_blocking(|| io::copy(&mut io::stdin(), &mut io::sink()));
	gone.await.unwrap().unwrap();
	served.abort();
}

struct Chain {
	best: Hash,
	finalised: Hash,
	/// All nodes of a state, by its root.
	states: BTreeMap<Hash, Proof<'static>>,
	/// With what the key of each handle begins.
	handles: Vec<u8>,
	proofs: AtomicU64,
	people: AtomicU64,
	bytes: AtomicU64,
	largest: AtomicU64,
	/// How much longer a proof takes, in milliseconds.
	slow: AtomicU64,
}

impl Chain {
	fn of(people: u64) -> Self {
		let mut entries = after_final(people);
		let (finalised, of_final) = Self::state(&entries);
		go_on_to_best(&mut entries, people);
		let (best, of_best) = Self::state(&entries);
		let mut handles = Item::Handle(PatientId::from([0; 32])).key();
		// The names of the pallet and of the map, each a hash of 16 bytes.
		handles.truncate(32);
		Self {
			best,
			finalised,
			states: BTreeMap::from([(finalised, of_final), (best, of_best)]),
			handles,
			proofs: AtomicU64::new(0),
			people: AtomicU64::new(0),
			bytes: AtomicU64::new(0),
			largest: AtomicU64::new(0),
			slow: AtomicU64::new(0),
		}
	}

	/// The root, and all nodes. They stay until the process ends.
	fn state(entries: &Entries) -> (Hash, Proof<'static>) {
		let trie: &'static Builder = Box::leak(Box::new(Builder::new(entries)));
		(trie.root(), Proof::new(trie.root(), trie.nodes()))
	}
}

fn size(bytes: usize) -> u64 {
	u64::try_from(bytes).unwrap()
}

async fn answer(State(chain): State<Arc<Chain>>, body: String) -> String {
	let request: Value = serde_json::from_str(&body).unwrap();
	// A count asks for nothing else. If it does, it gets no answer, and the test fails.
	assert_eq!(request["method"], "state_getReadProof");
	let keys = request["params"][0].as_array().unwrap().iter();
	let keys: Vec<Vec<u8>> = keys.map(|key| from_hex(key.as_str().unwrap()).unwrap()).collect();
	let at: Hash = request["params"][1].as_str().unwrap().parse().unwrap();
	let people = keys.iter().filter(|key| key.starts_with(&chain.handles)).count();
	chain.proofs.fetch_add(1, Relaxed);
	chain.people.fetch_add(size(people), Relaxed);
	let slow = Duration::from_millis(chain.slow.load(Relaxed));
	if !slow.is_zero() {
		tokio::time::sleep(slow).await;
	}
	let state = &chain.states[&at];
	let nodes: BTreeSet<Vec<u8>> =
		keys.iter().flat_map(|key| state.nodes_for(key).unwrap()).collect();
	chain.bytes.fetch_add(nodes.iter().map(|node| size(node.len())).sum(), Relaxed);
	let proof: Vec<String> = nodes.iter().map(|node| format!("0x{}", hex::encode(node))).collect();
	let result = json!({ "at": at.to_string(), "proof": proof });
	let answer = json!({ "jsonrpc": "2.0", "id": request["id"], "result": result }).to_string();
	chain.largest.fetch_max(size(answer.len()), Relaxed);
	answer
}

async fn told(State(chain): State<Arc<Chain>>) -> String {
	let Chain { proofs, people, bytes, largest, .. } = &*chain;
	let numbers = [proofs, people, bytes, largest].map(|number| number.swap(0, Relaxed));
	numbers.map(|number| number.to_string()).join(" ")
}

async fn slow(State(chain): State<Arc<Chain>>, Part(milliseconds): Part<u64>) {
	chain.slow.store(milliseconds, Relaxed);
}
