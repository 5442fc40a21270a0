//! What the chain says. Of a block the head is checked against its hash, and against the head, by a proof of the state, its time, the
//! chain's genesis, what is anchored, who has a role where ([`registry`]), and all that a decision rests on ([`facts`]).

pub mod compared;
pub mod extrinsic;
pub mod facts;
pub mod finality;
pub mod orders;
pub mod outgoing;
pub mod recorded;
pub mod registry;
pub mod research;
mod rpc;
pub mod scale;
mod standing;
pub mod watch;
mod withdrawn;

pub use rpc::Silent;

use crate::config::{Chain, Kind, Limits};
use compared::Sample;
use finality::Followed;
use rpc::{bytes, hash, Rpc};
use salus_exchange_protocol::Hash;
use salus_verify::{
	bytes::{blake2_128, twox_128, twox_64, Reader},
	decision::Runtime,
	state::{genesis_key, retraction_key, slot_key, State},
	status::time_key,
	trie::Proof,
	Anchor, Standing,
};
use serde_json::{json, Value};
use std::{
	collections::VecDeque,
	fmt,
	sync::{
		atomic::{AtomicU32, AtomicU64, Ordering},
		Mutex, PoisonError,
	},
	time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use withdrawn::Withdrawn;

/// How many block times the best block may be ahead of the clock: an author may be early, and clocks differ a little.
const MAX_AHEAD_BLOCKS: u64 = 2;
/// How many blocks are remembered: those of the present are asked for again and again.
const REMEMBERED: usize = 16;

/// A block, its head checked against its hash, its time by a proof.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Block {
	/// Its hash.
	pub hash: Hash,
	/// Its number.
	pub number: u32,
	/// The root of the state after it.
	pub state_root: Hash,
	/// Its time, in seconds since 1970.
	pub time: u64,
}

/// The head of a block, checked against its hash.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Head {
	hash: Hash,
	number: u32,
	state_root: Hash,
	bytes: Vec<u8>,
}

/// Why the node is not believed about the present.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stale {
	/// There is no answer that can be used.
	Silent(Silent),
	/// It is catching up with its network.
	Syncing,
	/// It has no peers, of a chain that is no development chain.
	NoPeers,
	/// Its best block is too old: so many seconds, of so many.
	BestOld(u64, u64),
	/// Its best block is ahead of the clock here: so many seconds, of so many.
	BestAhead(u64, u64),
	/// Its last final block is too old: so many seconds, of so many.
	FinalOld(u64, u64),
	/// The gateway is told to go by the chain's clock, and it is no development chain.
	ClockOfChain,
}

impl fmt::Display for Stale {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Silent(silent) => silent.fmt(f),
			Self::Syncing => f.write_str("the node is catching up with its network"),
			Self::NoPeers => f.write_str("the node has no peers"),
			Self::BestOld(age, most) => {
				write!(f, "the best block is {age} s old, and may be {most} s old")
			},
			Self::BestAhead(by, most) => {
				write!(
					f,
					"the best block is {by} s ahead of the clock here, and may be {most} s ahead"
				)
			},
			Self::FinalOld(age, most) => {
				write!(f, "the last final block is {age} s old, and may be {most} s old")
			},
			Self::ClockOfChain => f.write_str(
				"chain.clock is \"chain\", which a development chain alone may be gone by",
			),
		}
	}
}

impl std::error::Error for Stale {}

impl Stale {
	/// Its name, for whoever watches the gateway.
	pub const fn code(&self) -> &'static str {
		match self {
			Self::Silent(Silent::Unreachable(_)) => "node-unreachable",
			Self::Silent(Silent::Busy) => "node-busy",
			Self::Silent(Silent::Refused(_)) => "node-refuses",
			Self::Silent(Silent::Wrong(_)) => "not-proven",
			Self::Silent(Silent::OtherRules(_)) => "unknown-runtime",
			Self::Syncing => "catching-up",
			Self::NoPeers => "no-peers",
			Self::BestOld(..) => "best-old",
			Self::BestAhead(..) => "best-ahead",
			Self::FinalOld(..) => "final-old",
			Self::ClockOfChain => "clock",
		}
	}
}

impl Stale {
	/// Whether the node is there, and was only asked too often.
	pub const fn is_busy(&self) -> bool {
		matches!(self, Self::Silent(Silent::Busy))
	}
}

impl From<Silent> for Stale {
	fn from(silent: Silent) -> Self {
		Self::Silent(silent)
	}
}

/// The two blocks of the present.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Present {
	/// The best block.
	pub best: Block,
	/// The last final block.
	pub finalised: Block,
	limits: Limits,
}

impl Present {
	/// Two blocks, of a chain with these limits.
	pub fn of(best: Block, finalised: Block, limits: Limits) -> Self {
		Self { best, finalised, limits }
	}

	/// Whether the two are those of the present at the moment `now`, in seconds since 1970.
	pub fn check(&self, now: u64) -> Result<(), Stale> {
		let Limits { block_time, best_age, final_age } = self.limits;
		let (age, ahead) = (now.saturating_sub(self.best.time), self.best.time.saturating_sub(now));
		let most_ahead = block_time.saturating_mul(MAX_AHEAD_BLOCKS);
		let old = now.saturating_sub(self.finalised.time);
		match () {
			() if age > best_age => Err(Stale::BestOld(age, best_age)),
			() if ahead > most_ahead => Err(Stale::BestAhead(ahead, most_ahead)),
			() if old > final_age => Err(Stale::FinalOld(old, final_age)),
			() => Ok(()),
		}
	}
}

const OTHER_CHAIN: &str = "the node is of another chain than the one configured";

/// The time of the best block that was seen last, where a development chain's clock stands in for the host's; else 0. There is one
/// gateway in a process, and one clock.
static CHAINS_TIME: AtomicU64 = AtomicU64::new(0);

/// The time, in seconds since 1970: the host's, unless the gateway goes by the clock of a development chain.
pub fn now() -> u64 {
	match CHAINS_TIME.load(Ordering::Relaxed) {
		0 => SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()),
		time => time,
	}
}

/// The node.
#[derive(Debug)]
pub struct Node {
	rpc: Rpc,
	genesis: Hash,
	limits: Limits,
	/// Whether the chain's clock stands in for the host's.
	by_chains_clock: bool,
	blocks: Mutex<VecDeque<Block>>,
	/// Whether the chain has authorities of its own, so that what is final is proven.
	has_authorities: bool,
	followed: tokio::sync::Mutex<Option<Followed>>,
	/// From which block on it is looked for the end of the set that is followed.
	looked_from: AtomicU32,
	/// Whether the node is believed about what is final while the first authorities have never changed.
	believes_first: bool,
	/// The last block that is final by the node's word, and its number.
	by_word: Mutex<Option<(Hash, u32)>>,
	/// Questions that are to be asked of the node's runtime once more.
	pub(crate) sample: Sample,
	/// What a best block refused of late.
	pub(crate) withdrawn: Withdrawn,
	/// What was seen last of the present, and when it was begun to look.
	looked: tokio::sync::Mutex<Option<(Instant, Result<Present, Stale>)>>,
}

impl Node {
	/// The node of a configuration, and how far its chain's authorities were followed before. It is not asked yet.
	pub fn new(chain: &Chain, followed: Option<Followed>) -> Result<Self, Silent> {
		Ok(Self {
			rpc: Rpc::new(chain)?,
			genesis: chain.genesis,
			limits: chain.limits,
			by_chains_clock: chain.by_its_clock,
			blocks: Mutex::default(),
			has_authorities: chain.kind == Kind::Solo,
			followed: tokio::sync::Mutex::new(followed),
			looked_from: AtomicU32::default(),
			believes_first: chain.believes_first,
			by_word: Mutex::default(),
			sample: Sample::default(),
			withdrawn: Withdrawn::default(),
			looked: tokio::sync::Mutex::default(),
		})
	}

	/// The hash of the chain's block 0.
	pub fn genesis(&self) -> Hash {
		self.genesis
	}

	/// The best and the last final block, if they are those of the present by the gateway's clock. There is one look at the node at a time.
	/// All who have come before it is begun share it: so many who ask cost the node no more than one, and nobody is answered by what was
	/// seen before they asked.
	pub async fn present(&self) -> Result<Present, Stale> {
		let asked = Instant::now();
		let mut looked = self.looked.lock().await;
		if let Some((_, seen)) = looked.as_ref().filter(|(begun, _)| *begun >= asked) {
			let present = seen.clone()?;
			present.check(now())?;
			return Ok(present);
		}
		let begun = Instant::now();
		let seen = self.look().await;
		*looked = Some((begun, seen.clone()));
		seen
	}

	/// A look of one's own, which waits for nobody else's. It has failed if the node does not answer the cheapest question within a time: the rest of a look
	/// may take longer, when much is to be proven.
	async fn look_alone(&self, within: Duration) -> Result<Present, Stale> {
		let answer = self.rpc.call("system_health", json!([]));
		match tokio::time::timeout(within, answer).await {
			Ok(answer) => answer?,
			Err(_) => {
				let why = format!("no answer in {} s", within.as_secs());
				return Err(Silent::Unreachable(why).into());
			},
		};
		self.look().await
	}

	async fn look(&self) -> Result<Present, Stale> {
		let (health, kind, best, finalised) = tokio::try_join!(
			self.rpc.call("system_health", json!([])),
			self.rpc.call("system_chainType", json!([])),
			self.block(None),
			self.last_final(),
		)?;
		let is = |name: &str| health.get(name).and_then(Value::as_bool);
		if is("isSyncing") != Some(false) {
			return Err(Stale::Syncing);
		}
		let is_development = kind.as_str() == Some("Development");
		// The configuration is wrong, whatever else is.
		if self.by_chains_clock && !is_development {
			return Err(Stale::ClockOfChain);
		}
		let peers = health.get("peers").and_then(Value::as_u64).unwrap_or(0);
		if peers == 0 && (!is_development || is("shouldHavePeers") != Some(false)) {
			return Err(Stale::NoPeers);
		}
		if self.by_chains_clock {
			CHAINS_TIME.fetch_max(best.time, Ordering::Relaxed);
		}
		let present = Present::of(best, finalised, self.limits);
		present.check(now())?;
		Ok(present)
	}

	async fn last_final(&self) -> Result<Block, Silent> {
		let hash = hash(
			&self.rpc.call("chain_getFinalizedHead", json!([])).await?,
			"the last final block",
		)?;
		if !self.has_authorities {
			return self.block(Some(hash)).await;
		}
		let is_known = self.followed.lock().await.as_ref().is_some_and(|it| it.hash == hash)
			|| self
				.by_word
				.lock()
				.unwrap_or_else(PoisonError::into_inner)
				.is_some_and(|(known, _)| known == hash);
		let proven = match is_known {
			true => hash,
			false => self.proven_final(&self.head(Some(hash)).await?).await?,
		};
		self.block(Some(proven)).await
	}

	/// The head of a block: of the best, unless its hash is told.
	async fn head(&self, wanted: Option<Hash>) -> Result<Head, Silent> {
		let params = wanted.map_or(json!([]), |hash| json!([hash.to_string()]));
		let told = self.rpc.call("chain_getHeader", params).await?;
		// Every node of the chain has its block 0.
		if told.is_null() && wanted == Some(self.genesis) {
			return Err(Silent::Wrong(OTHER_CHAIN.into()));
		}
		let wrong = |what: &str| Silent::Wrong(format!("a block's head has no {what}"));
		let part = |name: &str| told.get(name).ok_or_else(|| wrong(name));
		let number = part("number")?.as_str().and_then(|text| text.strip_prefix("0x"));
		let number = number
			.and_then(|digits| u32::from_str_radix(digits, 16).ok())
			.ok_or_else(|| wrong("number"))?;
		let state_root = hash(part("stateRoot")?, "stateRoot")?;
		let logs =
			part("digest")?.get("logs").and_then(Value::as_array).ok_or_else(|| wrong("digest"))?;
		let logs = logs.iter().map(|log| bytes(log, "digest")).collect::<Result<Vec<_>, _>>()?;
		let bytes = scale::header(
			&hash(part("parentHash")?, "parentHash")?,
			number,
			&state_root,
			&hash(part("extrinsicsRoot")?, "extrinsicsRoot")?,
			&logs,
		);
		let hash = Hash::of(&bytes);
		match wanted.is_some_and(|wanted| wanted != hash) {
			true => Err(Silent::Wrong(
				"the head of a block does not have the hash that was asked for".into(),
			)),
			false => Ok(Head { hash, number, state_root, bytes }),
		}
	}

	/// A block: the best, unless its hash is told.
	async fn block(&self, wanted: Option<Hash>) -> Result<Block, Silent> {
		if let Some(known) = wanted.and_then(|wanted| self.remembered(wanted)) {
			return Ok(known);
		}
		let Head { hash, number, state_root, .. } = self.head(wanted).await?;
		if let Some(known) = self.remembered(hash) {
			return Ok(known);
		}
		let mut keys = vec![time_key(), genesis_key()];
		keys.extend(facts::of_runtime().map(|item| item.key()));
		let nodes = self.proof(hash, &keys).await?;
		let state = State::new(state_root, &nodes)?;
		// Block 0 keeps no hash of itself.
		let genesis = if number == 0 { Some(hash) } else { state.genesis()? };
		if genesis != Some(self.genesis) {
			return Err(Silent::Wrong(OTHER_CHAIN.into()));
		}
		// Nothing is read by layouts, or judged by rules, that are not those of this block.
		if number > 0 {
			Runtime::of(&state)?;
		}
		let block = Block { hash, number, state_root, time: state.time()? };
		if let Ok(mut blocks) = self.blocks.lock() {
			blocks.push_front(block);
			blocks.truncate(REMEMBERED);
		}
		Ok(block)
	}

	fn remembered(&self, hash: Hash) -> Option<Block> {
		self.blocks.lock().ok()?.iter().find(|block| block.hash == hash).copied()
	}

	/// The nodes of the state that prove what is, or is not, under these keys after a block.
	async fn proof(&self, at: Hash, keys: &[Vec<u8>]) -> Result<Vec<Vec<u8>>, Silent> {
		let keys: Vec<String> = keys.iter().map(|key| format!("0x{}", hex::encode(key))).collect();
		let told = self.rpc.call("state_getReadProof", json!([keys, at.to_string()])).await?;
		let nodes = told.get("proof").and_then(Value::as_array);
		let nodes = nodes.ok_or_else(|| Silent::Wrong("there is no proof".into()))?;
		nodes.iter().map(|node| bytes(node, "a proof")).collect()
	}

	/// What a function of the runtime answers after a block.
	async fn ask(&self, at: &Block, function: &str, argument: &[u8]) -> Result<Vec<u8>, Silent> {
		let argument = format!("0x{}", hex::encode(argument));
		let answer =
			self.rpc.call("state_call", json!([function, argument, at.hash.to_string()])).await?;
		bytes(&answer, function)
	}

	/// What the state after a block has under these keys, each proven, or proven not to be there.
	pub(crate) async fn proven(
		&self,
		at: &Block,
		keys: Vec<Vec<u8>>,
	) -> Result<Vec<(Vec<u8>, Option<Vec<u8>>)>, Silent> {
		let nodes = self.proof(at.hash, &keys).await?;
		let proof = Proof::new(at.state_root, nodes.iter().map(Vec::as_slice));
		let proven = keys.into_iter().map(|key| {
			let value = proof.get(&key)?.map(<[u8]>::to_vec);
			Ok((key, value))
		});
		proven.collect()
	}

	/// In which slot an organisation anchored this commitment, or root: by a proof.
	pub async fn slot_of(
		&self,
		at: &Block,
		organisation: u32,
		commitment: &Hash,
	) -> Result<Option<u64>, Silent> {
		let key = commitment_key(organisation, commitment);
		let nodes = self.proof(at.hash, std::slice::from_ref(&key)).await?;
		let proof = Proof::new(at.state_root, nodes.iter().map(Vec::as_slice));
		let Some(bytes) = proof.get(&key)? else { return Ok(None) };
		let mut reader = Reader::new(bytes, "number of a slot");
		let slot = reader.u64()?;
		reader.finish()?;
		Ok(Some(slot))
	}

	/// What is anchored in a slot, and how it, or that leaf of it, stands: by a proof.
	pub async fn anchor(
		&self,
		at: &Block,
		organisation: u32,
		slot: u64,
		leaf: Option<u64>,
	) -> Result<Option<(Anchor, Standing)>, Silent> {
		let mut keys = vec![
			slot_key(b"Anchors", organisation, slot),
			slot_key(b"Successors", organisation, slot),
			retraction_key(organisation, slot, None),
		];
		keys.extend(leaf.map(|leaf| retraction_key(organisation, slot, Some(leaf))));
		let nodes = self.proof(at.hash, &keys).await?;
		let state = State::new(at.state_root, &nodes)?;
		let Some(anchor) = state.anchor(organisation, slot)? else { return Ok(None) };
		Ok(Some((anchor, state.standing(organisation, slot, leaf)?)))
	}
}

/// The key under which the chain keeps the slot of a commitment: `RecordAnchor::Commitments`.
pub fn commitment_key(organisation: u32, commitment: &Hash) -> Vec<u8> {
	let organisation = organisation.to_le_bytes();
	[
		twox_128(b"RecordAnchor").as_slice(),
		&twox_128(b"Commitments"),
		&twox_64(&organisation),
		&organisation,
		&blake2_128(&commitment.0),
		&commitment.0,
	]
	.concat()
}

#[cfg(test)]
mod tests {
	use super::*;

	fn present(best: u64, finalised: u64, limits: Limits) -> Present {
		let block =
			|time| Block { hash: Hash([0; 32]), number: 1, state_root: Hash([0; 32]), time };
		Present { best: block(best), finalised: block(finalised), limits }
	}

	#[test]
	fn a_block_is_of_the_present_until_the_last_second_of_its_limit() {
		for (limits, best, finalised) in [(Limits::SOLO, 12, 60), (Limits::PARACHAIN, 24, 120)] {
			let at = |age_of_best: u64, age_of_final: u64| {
				present(1_000 - age_of_best, 1_000 - age_of_final, limits).check(1_000)
			};
			assert_eq!(at(best, finalised), Ok(()));
			assert_eq!(at(best + 1, finalised), Err(Stale::BestOld(best + 1, best)));
			assert_eq!(at(best, finalised + 1), Err(Stale::FinalOld(finalised + 1, finalised)));
		}
	}

	#[test]
	fn a_best_block_far_ahead_of_the_clock_is_not_believed() {
		assert_eq!(present(1_006, 1_000, Limits::SOLO).check(1_000), Ok(()));
		assert_eq!(present(1_007, 1_000, Limits::SOLO).check(1_000), Err(Stale::BestAhead(7, 6)));
	}
}
