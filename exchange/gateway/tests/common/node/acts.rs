//! What happens on the chain, as a test wants it: blocks come, and their times; what they change; who makes them final.

use super::{
	super::votes::{self, Keys},
	Node, World,
};
use salus_exchange_protocol::Hash;
use std::sync::Arc;

impl Node {
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

	/// No blocks come from now on, or they do again.
	pub fn stands(&self, stands: bool) {
		self.chain.lock().unwrap().stands = stands;
	}

	/// Finality stands still from now on, while blocks come.
	pub fn finality_stands(&self) {
		self.chain.lock().unwrap().finality_stands = true;
	}

	/// The chain's transactions are of this version.
	pub fn transaction_version(&self, version: u32) {
		self.chain.lock().unwrap().transaction_version = version;
	}

	/// So many blocks at once, all final.
	pub fn blocks(&self, count: u32) {
		(0..count).for_each(|_| self.block());
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
