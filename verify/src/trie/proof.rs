//! Reading from a trie of which only some nodes are at hand.

use super::{
	nibbles,
	node::{Child, Node, Value},
};
use crate::{Error, Hash};
use alloc::{collections::BTreeMap, vec::Vec};

/// The nodes of a proof, by their hashes, and the root that they must lead from.
pub struct Proof<'a> {
	root: Hash,
	nodes: BTreeMap<Hash, &'a [u8]>,
}

impl<'a> Proof<'a> {
	/// The proof that `nodes` are of the trie under `root`.
	pub fn new(root: Hash, nodes: impl IntoIterator<Item = &'a [u8]>) -> Self {
		Self { root, nodes: nodes.into_iter().map(|node| (Hash::of(node), node)).collect() }
	}

	/// Whether the proof has the root's node. If it does not, it is of another trie.
	pub fn has_root(&self) -> bool {
		self.nodes.contains_key(&self.root)
	}

	/// The value at `key`, or the proof that there is none. Fails if the proof leaves that open.
	pub fn get(&self, key: &[u8]) -> Result<Option<&'a [u8]>, Error> {
		self.walk(key, |_| ())
	}

	/// The nodes on the way to `key` that stand under a hash.
	pub fn nodes_for(&self, key: &[u8]) -> Result<Vec<Vec<u8>>, Error> {
		let mut visited = Vec::new();
		self.walk(key, |node| visited.push(node.to_vec()))?;
		Ok(visited)
	}

	fn walk(&self, key: &[u8], mut visit: impl FnMut(&[u8])) -> Result<Option<&'a [u8]>, Error> {
		let mut fetch = |hash: &Hash| {
			let node = *self.nodes.get(hash).ok_or(Error::ProofIncomplete)?;
			visit(node);
			Ok(node)
		};
		let key = nibbles(key);
		let mut rest = key.as_slice();
		let mut node = fetch(&self.root)?;
		let value = loop {
			match Node::decode(node)? {
				Node::Empty => return Ok(None),
				Node::Leaf { partial, value } if partial == rest => break value,
				Node::Leaf { .. } => return Ok(None),
				Node::Branch { partial, value, children } => {
					let Some(below) = rest.strip_prefix(partial.as_slice()) else {
						return Ok(None);
					};
					let Some((next, below)) = below.split_first() else {
						match value {
							Some(value) => break value,
							None => return Ok(None),
						}
					};
					rest = below;
					node = match children.get(usize::from(*next)).copied().flatten() {
						None => return Ok(None),
						Some(Child::Inline(bytes)) => bytes,
						Some(Child::Hashed(hash)) => fetch(&hash)?,
					};
				},
			}
		};
		match value {
			Value::Inline(bytes) => Ok(Some(bytes)),
			Value::Hashed(hash) => fetch(&hash).map(Some),
		}
	}
}
