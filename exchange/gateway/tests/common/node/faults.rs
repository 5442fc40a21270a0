//! What is wrong with the node, as a test wants it: it lies, is slow or silent, loses what it takes, or says too little.

use super::{super::votes::Votes, Node};
use salus_exchange_protocol::Hash;
use std::time::Duration;

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
pub(super) fn changed(node: &mut String) {
	let digit = if node.pop() == Some('0') { '1' } else { '0' };
	node.push(digit);
}

impl Node {
	/// Proofs of more than a hundred keys take that long from now on.
	pub fn slow(&self, time: Duration) {
		self.chain.lock().unwrap().slow = time;
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

	pub fn silent(&self, is_silent: bool) {
		self.chain.lock().unwrap().is_silent = is_silent;
	}

	/// The node is asked too often from now on, or not any more.
	pub fn busy(&self, busy: Option<Busy>) {
		self.chain.lock().unwrap().is_busy = busy;
	}
}
