//! Measures what it takes to read and to write one entry of the state, with the node's own database on this
//! machine, and writes it as the runtimes' `DbWeight`. `scripts/weights.sh database` runs it.
//!
//! A state of as many entries as [`Arguments::entries`] says is made up in a fresh folder: keys of 80 bytes, as those of
//! a map by a hash, and values of 16 to 400 bytes ([`docs/state-sizes.md`] has the real ones). Then:
//!
//! - **Reads**: entries by chance, each by way of the trie, without the cache of tries that a node has besides. A read is
//!   therefore never cheaper here than in a block. The database is closed and opened before, since what was written just now is in
//!   memory still, and is read until it is at rest.
//! - **Writes**: blocks, each of which changes as many entries by chance as [`Arguments::batch`] says: the new root, and what the
//!   database does to keep the block and to drop the states of older ones, divided by the number of entries. A block with fewer
//!   writes takes more for each, and is far from full. What does not come at once (the database writes in threads of its own) comes while
//!   the next blocks are written, and holds them up when it falls behind; what is left at the end is waited for, and counts.
//!
//! The averages are what is declared. The state is in the memory of the operating system, as that of a validator has
//! to be; what a disk takes for a page that is not is no part of it.

use clap::Parser;
use sc_client_api::backend::{Backend as _, BlockImportOperation, NewBlockState, TrieCacheContext};
use sc_client_db::{Backend, BlocksPruning, DatabaseSettings, DatabaseSource, PruningMode};
use sp_core::{storage::Storage, H256};
use sp_io::hashing::blake2_256;
use sp_runtime::{
	traits::{Block as BlockT, Header as HeaderT},
	StateVersion,
};
use sp_state_machine::Backend as _;
use std::{
	collections::{BTreeMap, BTreeSet},
	error::Error,
	fs,
	path::{Path, PathBuf},
	time::{Duration, Instant},
};

type Block = salus_runtime::opaque::Block;
type Header = <Block as BlockT>::Header;

/// How many blocks the client lets a state wait that nobody finalises, as the SDK's service has it. Here each block is final.
const CANONICALIZATION_DELAY: u64 = 4096;
/// How many maps the keys are in.
const MAPS: u64 = 64;
/// How many states are kept before the oldest is dropped, as a node does unless told otherwise.
const KEPT: u32 = 256;
/// Blocks that are written before any is timed: from then on each drops a state.
const FIRST_BLOCKS: u64 = KEPT as u64 + 44;
/// Rounds of reading after which the database must have come to rest, and how far two that follow each other are then apart.
const MOST_ROUNDS: usize = 20;
const AT_REST: f64 = 0.05;
/// Rounds of reading that are timed.
const TIMED_ROUNDS: u32 = 3;
/// How many entries are read in one state, as in one block.
const READS_IN_A_BLOCK: usize = 1_000;

#[derive(Parser)]
struct Arguments {
	/// Entries of the state.
	#[arg(long, default_value_t = 4_194_304)]
	entries: u64,
	/// Entries that are read in each round.
	#[arg(long, default_value_t = 200_000)]
	reads: usize,
	/// Blocks that are written.
	#[arg(long, default_value_t = 100)]
	blocks: u64,
	/// Entries that each block changes: about as many as a block that is full of transfers does, or one of registrations.
	#[arg(long, default_value_t = 4_000)]
	batch: usize,
	/// An empty folder for the database, on the disk that is to be measured.
	#[arg(long)]
	folder: PathBuf,
	/// Where to write the weights, as Rust. Without it they are only printed.
	#[arg(long)]
	output: Option<PathBuf>,
	/// What to write down as the day of the measurement, and as the processor.
	#[arg(long, default_value = "")]
	date: String,
	#[arg(long, default_value = "")]
	processor: String,
}

/// Numbers by chance, the same in each run: hashes of a counter.
struct Chance(u64);

impl Chance {
	fn hash(&mut self) -> [u8; 32] {
		self.0 += 1;
		blake2_256(&self.0.to_le_bytes())
	}

	fn below(&mut self, limit: u64) -> u64 {
		let hash = self.hash();
		u64::from_le_bytes(hash[..8].try_into().expect("eight bytes are eight bytes")) % limit
	}

	fn bytes(&mut self, length: usize) -> Vec<u8> {
		let mut bytes = Vec::with_capacity(length + 32);
		while bytes.len() < length {
			bytes.extend(self.hash());
		}
		bytes.truncate(length);
		bytes
	}
}

/// The key of an entry: the hash of its map, that of its own key, and its own key.
fn key_of(entry: u64) -> Vec<u8> {
	let map = blake2_256(&(entry % MAPS).to_be_bytes());
	let own = blake2_256(&entry.to_le_bytes());
	let mut key = map.to_vec();
	key.extend(&blake2_256(&own)[..16]);
	key.extend(own);
	key
}

/// How long the value of an entry is: half of them are of 16 to 80 bytes, the others of up to 400.
fn length_of(entry: u64) -> usize {
	let by_chance = usize::from(blake2_256(&entry.to_be_bytes())[0]);
	match entry % 2 {
		0 => 16 + by_chance / 4,
		_ => 80 + by_chance * 5 / 4,
	}
}

fn header(parent: &Header, state_root: H256) -> Header {
	Header::new(parent.number + 1, H256::zero(), state_root, parent.hash(), Default::default())
}

fn open(folder: &Path) -> Result<Backend<Block>, sp_blockchain::Error> {
	let settings = DatabaseSettings {
		trie_cache_maximum_size: None,
		state_pruning: Some(PruningMode::blocks_pruning(KEPT)),
		source: DatabaseSource::ParityDb { path: folder.to_owned() },
		blocks_pruning: BlocksPruning::KeepFinalized,
		pruning_filters: Vec::new(),
		metrics_registry: None,
	};
	Backend::new(settings, CANONICALIZATION_DELAY)
}

/// Makes a block with this header, which is final at once, part of what is to be written.
fn put(
	operation: &mut impl BlockImportOperation<Block>,
	header: &Header,
) -> Result<(), sp_blockchain::Error> {
	let (body, state) = (Some(Vec::new()), NewBlockState::Final);
	operation.set_block_data(header.clone(), body, None, None, state, true)
}

/// Writes the first block with its state.
fn genesis(
	backend: &Backend<Block>,
	entries: u64,
	chance: &mut Chance,
) -> Result<Header, sp_blockchain::Error> {
	let top: BTreeMap<_, _> =
		(0..entries).map(|entry| (key_of(entry), chance.bytes(length_of(entry)))).collect();
	let mut operation = backend.begin_operation()?;
	let storage = Storage { top, children_default: Default::default() };
	let root = operation.set_genesis_state(storage, true, StateVersion::V1)?;
	let header = Header::new(0, H256::zero(), root, H256::zero(), Default::default());
	put(&mut operation, &header)?;
	backend.commit_operation(operation)?;
	Ok(header)
}

/// What reading an entry takes, in nanoseconds: the average of each round over the keys.
fn read(backend: &Backend<Block>, head: &Header, keys: &[Vec<u8>]) -> Result<f64, Box<dyn Error>> {
	let started = Instant::now();
	for keys in keys.chunks(READS_IN_A_BLOCK) {
		let state = backend.state_at(head.hash(), TrieCacheContext::Trusted)?;
		for key in keys {
			let value = state.storage(key).map_err(|error| error.to_string())?;
			if value.is_none() {
				return Err("an entry is not there".into());
			}
		}
	}
	Ok(started.elapsed().as_nanos() as f64 / keys.len() as f64)
}

/// Writes a block that changes these entries. Returns it, and how long it took.
fn write(
	backend: &Backend<Block>,
	parent: &Header,
	changes: &BTreeMap<Vec<u8>, Vec<u8>>,
) -> Result<(Header, Duration), Box<dyn Error>> {
	let started = Instant::now();
	let state = backend.state_at(parent.hash(), TrieCacheContext::Trusted)?;
	let delta = changes.iter().map(|(key, value)| (key.as_slice(), Some(value.as_slice())));
	let (root, nodes) = state.storage_root(delta, StateVersion::V1);
	let header = header(parent, root);
	let mut operation = backend.begin_operation()?;
	backend.begin_state_operation(&mut operation, parent.hash())?;
	put(&mut operation, &header)?;
	operation.update_db_storage(nodes)?;
	backend.commit_operation(operation)?;
	Ok((header, started.elapsed()))
}

/// Entries by chance, each once.
fn some_entries(count: usize, of: u64, chance: &mut Chance) -> BTreeSet<u64> {
	let mut entries = BTreeSet::new();
	while entries.len() < count {
		entries.insert(chance.below(of));
	}
	entries
}

fn changes(count: usize, of: u64, chance: &mut Chance) -> BTreeMap<Vec<u8>, Vec<u8>> {
	let entries = some_entries(count, of, chance);
	entries.into_iter().map(|entry| (key_of(entry), chance.bytes(length_of(entry)))).collect()
}

/// The weights as a module of the runtimes.
fn module(arguments: &Arguments, read: u64, write: u64) -> String {
	let Arguments { entries, reads, blocks, batch, date, processor, .. } = arguments;
	format!(
		"//! What a read and a write of the state cost, AUTO-GENERATED by `scripts/weights.sh database`.\n\
		//!\n\
		//! Date: {date}. ParityDB with {entries} entries: {TIMED_ROUNDS} times {reads} reads, {blocks} blocks of {batch} writes. CPU: {processor}.\n\
		//! Do not edit: run the script again.\n\
		\n\
		use frame_support::{{\n\
		\tparameter_types,\n\
		\tweights::{{constants::WEIGHT_REF_TIME_PER_NANOS, RuntimeDbWeight}},\n\
		}};\n\
		\n\
		parameter_types! {{\n\
		\t/// The averages, in nanoseconds.\n\
		\tpub const DatabaseWeight: RuntimeDbWeight = RuntimeDbWeight {{\n\
		\t\tread: WEIGHT_REF_TIME_PER_NANOS.saturating_mul({read}),\n\
		\t\twrite: WEIGHT_REF_TIME_PER_NANOS.saturating_mul({write}),\n\
		\t}};\n\
		}}\n"
	)
}

/// What reading an entry takes, in nanoseconds, once the database has come to rest.
fn measure_reads(
	backend: &Backend<Block>,
	head: &Header,
	arguments: &Arguments,
	chance: &mut Chance,
) -> Result<f64, Box<dyn Error>> {
	// Not in their order in the trie, in which neighbours would find their way in the processor's caches.
	let mut keys: Vec<_> =
		some_entries(arguments.reads, arguments.entries, chance).into_iter().map(key_of).collect();
	keys.sort_by_key(|key| blake2_256(key));
	let mut before = read(backend, head, &keys)?;
	for round in 1.. {
		let nanoseconds = read(backend, head, &keys)?;
		println!("read, round {round}: {nanoseconds:.0} ns");
		if (nanoseconds - before).abs() < AT_REST * before {
			break;
		}
		if round == MOST_ROUNDS {
			return Err(
				"reading takes another time in each round: something else uses this machine".into(),
			);
		}
		before = nanoseconds;
	}
	let mut rounds = 0.0;
	for _ in 0..TIMED_ROUNDS {
		rounds += read(backend, head, &keys)?;
	}
	Ok(rounds / f64::from(TIMED_ROUNDS))
}

/// What writing an entry takes, in nanoseconds. It closes the database: what that has not written until then counts too.
fn measure_writes(
	backend: Backend<Block>,
	mut head: Header,
	arguments: &Arguments,
	chance: &mut Chance,
) -> Result<f64, Box<dyn Error>> {
	let (mut took, mut first) = (Vec::new(), None);
	for block in 0..FIRST_BLOCKS + arguments.blocks {
		let changes = changes(arguments.batch, arguments.entries, chance);
		let (next, duration) = write(&backend, &head, &changes)?;
		head = next;
		let first = *first.get_or_insert(head.hash());
		if block == FIRST_BLOCKS && backend.have_state_at(first, 1) {
			return Err("no state is dropped while blocks are timed".into());
		}
		if block >= FIRST_BLOCKS {
			took.push(duration.as_nanos() as f64 / arguments.batch as f64);
		}
	}
	// What the database has not written yet.
	let started = Instant::now();
	drop(backend);
	let left = started.elapsed().as_nanos() as f64 / arguments.batch as f64 / took.len() as f64;
	let writing = took.iter().sum::<f64>() / took.len() as f64 + left;
	took.sort_by(f64::total_cmp);
	println!(
		"write, {} at a time: {writing:.0} ns, of which {left:.0} ns at the end; of the blocks the middle one {:.0} ns, the slowest {:.0} ns",
		arguments.batch,
		took[took.len() / 2],
		took[took.len() - 1]
	);
	Ok(writing)
}

fn main() -> Result<(), Box<dyn Error>> {
	let arguments = Arguments::parse();
	if fs::read_dir(&arguments.folder)?.next().is_some() {
		return Err(format!("{} is not empty", arguments.folder.display()).into());
	}
	if arguments.reads == 0 || arguments.blocks == 0 || arguments.batch == 0 {
		return Err("nothing is measured without reads, blocks and writes".into());
	}
	if arguments.entries < arguments.batch.max(arguments.reads).try_into()? {
		return Err("there must be more entries than are read, and than a block changes".into());
	}
	let mut chance = Chance(0);
	let started = Instant::now();
	let head = {
		let backend = open(&arguments.folder)?;
		genesis(&backend, arguments.entries, &mut chance)?
		// Closed here: all that was handed in is written.
	};
	let backend = open(&arguments.folder)?;
	println!("{} entries written in {:.0?}", arguments.entries, started.elapsed());

	let reading = measure_reads(&backend, &head, &arguments, &mut chance)?.ceil();
	let writing = measure_writes(backend, head, &arguments, &mut chance)?.ceil();
	println!("READ {reading:.0} ns, WRITE {writing:.0} ns");
	if let Some(output) = &arguments.output {
		fs::write(output, module(&arguments, reading as u64, writing as u64))?;
	}
	Ok(())
}
