//! Making a whole trie from its entries.

use super::{
	nibbles,
	node::{branch, leaf, Value},
	HASHED_FROM,
};
use crate::Hash;
use alloc::{collections::BTreeMap, vec, vec::Vec};

/// A trie, with all of its nodes that stand under a hash.
pub struct Builder {
	root: Hash,
	nodes: Vec<Vec<u8>>,
}

type Entry<'a> = (Vec<u8>, &'a [u8]);

impl Builder {
	/// The trie of `entries`.
	pub fn new(entries: &BTreeMap<Vec<u8>, Vec<u8>>) -> Self {
		let entries: Vec<Entry> =
			entries.iter().map(|(key, value)| (nibbles(key), value.as_slice())).collect();
		let mut nodes = Vec::new();
		let root = build(&entries, 0, &mut nodes);
		let hash = Hash::of(&root);
		nodes.push(root);
		Self { root: hash, nodes }
	}

	/// Its root.
	pub fn root(&self) -> Hash {
		self.root
	}

	/// Its nodes.
	pub fn nodes(&self) -> impl Iterator<Item = &[u8]> {
		self.nodes.iter().map(Vec::as_slice)
	}
}

/// The node over `entries`, which are sorted and agree in the first `depth` half-bytes of their
/// keys. Its depth is bounded by the length of the keys.
fn build(entries: &[Entry], depth: usize, nodes: &mut Vec<Vec<u8>>) -> Vec<u8> {
	let ([(first, value), more @ ..], Some((last, _))) = (entries, entries.last()) else {
		return vec![0];
	};
	if more.is_empty() {
		return leaf(first.get(depth..).unwrap_or_default(), &put(value, nodes));
	}
	// Keys that are sorted have in common what the first and the last have.
	let shared = first.iter().zip(last).skip(depth).take_while(|(a, b)| a == b).count();
	let fork = depth.saturating_add(shared);
	let (value, forked) = match first.len() == fork {
		true => (Some(put(value, nodes)), more),
		false => (None, entries),
	};
	let mut children: [Option<Vec<u8>>; 16] = Default::default();
	for group in forked.chunk_by(|(a, _), (b, _)| a.get(fork) == b.get(fork)) {
		let nibble = group.first().and_then(|(key, _)| key.get(fork)).copied();
		let Some(child) = nibble.and_then(|i| children.get_mut(usize::from(i))) else { continue };
		let node = build(group, fork.saturating_add(1), nodes);
		if node.len() >= 32 {
			nodes.push(node.clone());
		}
		*child = Some(node);
	}
	let partial = first.get(depth..fork).unwrap_or_default();
	branch(partial, value.as_ref(), &children)
}

/// `value` as it stands in its node; the bytes themselves, if they do not, go to `nodes`.
fn put<'a>(value: &'a [u8], nodes: &mut Vec<Vec<u8>>) -> Value<'a> {
	match value.len() {
		HASHED_FROM.. => {
			nodes.push(value.to_vec());
			Value::Hashed(Hash::of(value))
		},
		_ => Value::Inline(value),
	}
}
