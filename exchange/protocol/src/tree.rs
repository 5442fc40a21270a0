//! Merkle trees of commitments: the twin of `clients/types/src/merkle.ts`. A leaf is `blake2_256(0x00 ‖ commitment)`, a node
//! `blake2_256(0x01 ‖ left ‖ right)`; a level with an odd count hands its last node up as it is.

use crate::{
	commitment::{leaf, node, verify_path},
	Hash,
};

/// A commitment's place in a tree, and the siblings from its leaf upwards.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MerklePath {
	/// The commitment's place, counted from 0.
	pub index: u64,
	/// How many commitments the tree has.
	pub leaves: u64,
	/// The siblings; a level without one adds nothing.
	pub path: Vec<Hash>,
}

impl MerklePath {
	/// Whether it proves that `commitment` stands at its index under `root`. A path of any other length than the tree's shape
	/// asks for proves nothing, nor does a node presented as a leaf, nor a tree of more than 2^32 commitments.
	pub fn proves(&self, root: &Hash, commitment: &Hash) -> bool {
		verify_path(root, self.leaves, self.index, commitment, &self.path)
	}
}

/// A tree with every level kept, so that each path costs only its own length: some 64 bytes for each commitment.
#[derive(Clone, Debug)]
pub struct MerkleTree {
	levels: Vec<Vec<Hash>>,
	root: Hash,
}

impl MerkleTree {
	/// The tree over `commitments`; none over nothing.
	pub fn new(commitments: &[Hash]) -> Option<Self> {
		let mut levels = Vec::new();
		let mut level: Vec<Hash> = commitments.iter().map(leaf).collect();
		while level.len() > 1 {
			let above = level.chunks(2).filter_map(|pair| match pair {
				[left, right] => Some(node(left, right)),
				[last] => Some(*last),
				_ => None,
			});
			let above = above.collect();
			levels.push(std::mem::replace(&mut level, above));
		}
		let root = *level.first()?;
		levels.push(level);
		Some(Self { levels, root })
	}

	/// What the chain is told.
	pub fn root(&self) -> Hash {
		self.root
	}

	/// How many commitments there are.
	pub fn leaves(&self) -> u64 {
		self.levels.first().and_then(|level| u64::try_from(level.len()).ok()).unwrap_or(0)
	}

	/// The path of the commitment at `index`; none where there is no such commitment.
	pub fn path(&self, index: u64) -> Option<MerklePath> {
		let leaves = self.leaves();
		if index >= leaves {
			return None;
		}
		let mut position = usize::try_from(index).ok()?;
		let mut path = Vec::new();
		// The last level is the root, which has no sibling.
		for level in &self.levels {
			path.extend(level.get(position ^ 1).copied());
			position >>= 1;
		}
		Some(MerklePath { index, leaves, path })
	}
}
