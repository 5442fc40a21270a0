//! How a block is made, and which are final.

use super::{
	super::{transactions, votes},
	hex,
	state::{Whole, Written},
	Block, Chain,
};
use salus_exchange_protocol::Hash;
use salus_gateway::chain::{
	finality::{authorities_key, set_key},
	now, scale,
};
use salus_verify::{state::genesis_key, status::time_key, trie::Builder};
use serde_json::json;
use std::sync::Arc;

impl Chain {
	pub(super) fn author(&mut self) {
		self.author_with(&[]);
	}

	pub(super) fn author_with(&mut self, digest: &[Vec<u8>]) {
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

	pub(super) fn number_of(&self, hash: Hash) -> (Hash, u32) {
		(hash, self.blocks[&hash].number)
	}

	pub(super) fn finalise(&mut self) {
		if !self.finality_stands {
			self.finalised = self.best;
		}
	}
}
