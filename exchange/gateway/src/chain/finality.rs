//! Which block is final, on a chain with authorities of its own: by their signed votes, and not by the node's word. The first authorities stand in
//! the state of block 0, whose hash is configured; each later set stands in the head of a block that the set before made final. So whoever moves the
//! gateway's node, but not two thirds of the authorities, can show it no block that is not final as final.
//!
//! The node hands out the votes for a block by `grandpa_proveFinality`: for one of the set in force those for the last final block that it knows, for
//! an earlier one those for the last block of its set. One proof is checked for each new final block, once.
//!
//! Of a chain whose first authorities have never changed a node hands out no votes that way. There, and nowhere else, the node can be believed about
//! which block is final, if the configuration says so (`chain.finality`). A node that lies can then invent a whole state.

use super::{
	rpc::{bytes, Silent},
	Head, Node,
};
use salus_exchange_protocol::Hash;
use salus_verify::{
	bytes::{twox_128, Reader},
	header::{authorities, Authority, Change, Header},
	justification::Justification,
	trie::Proof,
	Error,
};
use serde_json::json;
use std::sync::{atomic::Ordering, PoisonError};

/// How many blocks the next set of authorities is looked for at once. The node's answer has the heads of all blocks up to the end of a set, and must
/// not be larger than nodes answer.
const STEP: u32 = 10_000;
/// How often that is done in one go, when the gateway has not followed for long: whoever asks meanwhile is told that nothing is proven yet.
const MAX_STEPS: u32 = 16;

/// The authorities that are followed, and how far.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Followed {
	/// The number of the set, from 0.
	pub set: u64,
	/// The set that is in force after the block below.
	pub authorities: Vec<Authority>,
	/// The number of the last block that is known to be final.
	pub number: u32,
	/// Its hash.
	pub hash: Hash,
}

/// What a node says of which block it has votes for none, because the authorities have never changed.
const NEVER_CHANGED: &str = "not covered by authority set changes";

/// The key under which a chain keeps the number of the set in force.
pub fn set_key() -> Vec<u8> {
	[twox_128(b"Grandpa"), twox_128(b"CurrentSetId")].concat()
}

/// The key under which a chain keeps its authorities.
pub fn authorities_key() -> Vec<u8> {
	[twox_128(b"Grandpa"), twox_128(b"Authorities")].concat()
}

fn wrong(error: &Error) -> Silent {
	Silent::Wrong(format!("that a block is final is not proven: {error}"))
}

impl Followed {
	/// Takes a block for final that the set in force has voted for, which was checked, and whom it names as the next set.
	fn take(&mut self, head: &Head, votes: &Justification) -> Result<(), Error> {
		if head.number != votes.number {
			return Err(Error::OtherTarget { number: head.number, target: votes.number });
		}
		let next = self.set.saturating_add(1);
		match Header::decode(&head.bytes)?.change {
			None => {},
			Some(Change { forced: None, delay: 0, authorities }) => {
				if authorities.is_empty() {
					return Err(Error::UnsoundSet { set: next });
				}
				(self.set, self.authorities) = (next, authorities);
			},
			Some(Change { forced: None, delay, .. }) => {
				return Err(Error::Delayed { next, number: head.number, delay })
			},
			Some(Change { forced: Some(_), .. }) => {
				return Err(Error::Forced { next, number: head.number })
			},
		}
		(self.number, self.hash) = (head.number, head.hash);
		Ok(())
	}

	/// Whether these are the votes of the set in force, whatever the block says.
	fn is_theirs(&self, votes: &Justification) -> bool {
		votes.verify(votes.target, votes.number, self.set, &self.authorities).is_ok()
	}
}

impl Node {
	/// The authorities with which the chain began.
	async fn first_authorities(&self) -> Result<Followed, Silent> {
		let head = self.head(Some(self.genesis)).await?;
		let key = authorities_key();
		let nodes = self.proof(head.hash, std::slice::from_ref(&key)).await?;
		let proof = Proof::new(head.state_root, nodes.iter().map(Vec::as_slice));
		let none = || Silent::Wrong("the chain has no authorities of its own".into());
		let mut reader = Reader::new(proof.get(&key)?.ok_or_else(none)?, "list of authorities");
		let authorities = authorities(&mut reader)?;
		reader.finish()?;
		Ok(Followed { set: 0, authorities, number: head.number, hash: head.hash })
	}

	/// The votes by which a block of that number is final, or a later one of its set.
	async fn votes(&self, number: u32) -> Result<Justification, Silent> {
		let told = self.rpc.call("grandpa_proveFinality", json!([number])).await?;
		if told.is_null() {
			return Err(Silent::Wrong("the node has no proof that a block is final".into()));
		}
		let told = bytes(&told, "a proof of finality")?;
		let mut reader = Reader::new(&told, "proof of finality");
		let block = reader.hash()?;
		let votes = Justification::decode(reader.bytes()?)?;
		// The heads between follow, and say nothing that is needed.
		match votes.target == block {
			true => Ok(votes),
			false => Err(Silent::Wrong("a proof of finality is of another block".into())),
		}
	}

	/// The head of a block that is proven to be final: the one of that number, or the latest that is. It is never an earlier one than
	/// before.
	pub(super) async fn proven_final(&self, head: &Head) -> Result<Hash, Silent> {
		let mut followed = self.followed.lock().await;
		let mut known = match &*followed {
			Some(known) => known.clone(),
			None => self.first_authorities().await?,
		};
		let first = known.set == 0;
		let done = self.follow(&mut known, head).await;
		let hash = known.hash;
		// What was found on the way is kept, also if it leads no further now.
		*followed = Some(known);
		match done {
			Err(Silent::Refused(why)) if first && why.contains(NEVER_CHANGED) => {
				if !self.believes_first || !self.first_set_at(head).await? {
					return Err(Silent::Wrong("that a block is final is not proven: the node has no votes of authorities that have never changed (chain.finality)".into()));
				}
				let mut last = self.by_word.lock().unwrap_or_else(PoisonError::into_inner);
				if last.is_some_and(|(_, number)| head.number < number) {
					return Err(Silent::Wrong(
						"the last final block is before one that was final".into(),
					));
				}
				*last = Some((head.hash, head.number));
				Ok(head.hash)
			},
			done => done.map(|()| hash),
		}
	}

	/// Whether the authorities of the chain are still its first ones in the state of that block.
	async fn first_set_at(&self, head: &Head) -> Result<bool, Silent> {
		let key = set_key();
		let nodes = self.proof(head.hash, std::slice::from_ref(&key)).await?;
		let proof = Proof::new(head.state_root, nodes.iter().map(Vec::as_slice));
		let Some(value) = proof.get(&key)? else { return Ok(true) };
		let mut reader = Reader::new(value, "number of the set of authorities");
		let set = reader.u64()?;
		reader.finish()?;
		Ok(set == 0)
	}

	async fn follow(&self, known: &mut Followed, head: &Head) -> Result<(), Silent> {
		for _ in 0..MAX_STEPS {
			let from = self.looked_from.load(Ordering::Relaxed).max(known.number.saturating_add(1));
			if head.number <= known.number {
				return Ok(());
			}
			let votes = self.votes(head.number).await?;
			if known.is_theirs(&votes) {
				if votes.number > known.number {
					let head = self.head(Some(votes.target)).await?;
					known.take(&head, &votes).map_err(|error| wrong(&error))?;
				}
				return Ok(());
			}
			// Those are of a later set, or of nobody: it must follow from this one.
			let last = from.min(head.number);
			match self.votes(last).await {
				Ok(votes) if votes.number > known.number && known.is_theirs(&votes) => {
					let head = self.head(Some(votes.target)).await?;
					let before = known.set;
					known.take(&head, &votes).map_err(|error| wrong(&error))?;
					if known.set == before {
						return Err(Silent::Wrong(
							"a set of authorities ends in a block that names no other".into(),
						));
					}
				},
				// The answer may have been too large, of a set that ends much later.
				Err(Silent::Unreachable(why)) => return Err(Silent::Unreachable(why)),
				_ if last < head.number => {
					self.looked_from.store(from.saturating_add(STEP), Ordering::Relaxed);
				},
				_ => {
					self.looked_from.store(0, Ordering::Relaxed);
					let error =
						votes.verify(votes.target, votes.number, known.set, &known.authorities);
					return Err(error.map_or_else(
						|error| wrong(&error),
						|_| Silent::Wrong("that a block is final is not proven".into()),
					));
				},
			}
		}
		Err(Silent::Wrong("the authorities could not be followed to the present; it goes on with the next request".into()))
	}

	/// The authorities that are followed, if they are.
	pub async fn followed(&self) -> Option<Followed> {
		self.followed.lock().await.clone()
	}
}
