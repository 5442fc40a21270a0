//! One node of the trie.

use crate::{
	bytes::{compact, Hash, Reader},
	Error,
};
use alloc::{boxed::Box, vec::Vec};

/// A node, as it lies in `'a`.
pub enum Node<'a> {
	/// The root of a trie without entries.
	Empty,
	/// An end.
	Leaf {
		/// The rest of the key, in half-bytes.
		partial: Vec<u8>,
		/// The value.
		value: Value<'a>,
	},
	/// A fork.
	Branch {
		/// What all keys below have in common, in half-bytes.
		partial: Vec<u8>,
		/// The value of the key that ends here.
		value: Option<Value<'a>>,
		/// The nodes below, by the next half-byte.
		children: Box<[Option<Child<'a>>; 16]>,
	},
}

/// A value.
pub enum Value<'a> {
	/// In its node.
	Inline(&'a [u8]),
	/// Under its hash.
	Hashed(Hash),
}

/// The node below a fork.
#[derive(Clone, Copy)]
pub enum Child<'a> {
	/// Within its parent.
	Inline(&'a [u8]),
	/// Under its hash.
	Hashed(Hash),
}

const LEAF: u8 = 0b0100_0000;
const BRANCH: u8 = 0b1000_0000;
const BRANCH_WITH_VALUE: u8 = 0b1100_0000;
const LEAF_WITH_HASH: u8 = 0b0010_0000;
const BRANCH_WITH_HASH: u8 = 0b0001_0000;

impl<'a> Node<'a> {
	/// Reads the node that `bytes` are.
	pub fn decode(bytes: &'a [u8]) -> Result<Self, Error> {
		let mut reader = Reader::new(bytes, "trie node");
		let first = reader.u8()?;
		let (kind, bits) = match first {
			0 => {
				reader.finish()?;
				return Ok(Self::Empty);
			},
			_ if first >= LEAF => (first & 0b1100_0000, 6),
			_ if first >= LEAF_WITH_HASH => (LEAF_WITH_HASH, 5),
			_ if first >= BRANCH_WITH_HASH => (BRANCH_WITH_HASH, 4),
			_ => return Err(reader.bad("it is of no known kind")),
		};
		let partial = partial(&mut reader, first, bits)?;
		let node = match kind {
			LEAF => Self::Leaf { partial, value: Value::Inline(reader.bytes()?) },
			LEAF_WITH_HASH => Self::Leaf { partial, value: Value::Hashed(reader.hash()?) },
			_ => {
				let bitmap = reader.u16()?;
				if bitmap == 0 {
					return Err(reader.bad("it is a fork without branches"));
				}
				let value = match kind {
					BRANCH_WITH_VALUE => Some(Value::Inline(reader.bytes()?)),
					BRANCH_WITH_HASH => Some(Value::Hashed(reader.hash()?)),
					_ => None,
				};
				let mut children = Box::new([None; 16]);
				for (i, child) in children.iter_mut().enumerate() {
					if bitmap >> i & 1 == 1 {
						let bytes = reader.bytes()?;
						*child = Some(match <[u8; 32]>::try_from(bytes) {
							Ok(hash) => Child::Hashed(Hash(hash)),
							Err(_) => Child::Inline(bytes),
						});
					}
				}
				Self::Branch { partial, value, children }
			},
		};
		reader.finish()?;
		Ok(node)
	}
}

/// Reads how many half-bytes of the key follow, of which the lower `bits` bits of `first` are the
/// beginning, and the half-bytes.
fn partial(reader: &mut Reader, first: u8, bits: u32) -> Result<Vec<u8>, Error> {
	let most = (1_u8 << bits).saturating_sub(1);
	let mut count = usize::from(first & most);
	if count == usize::from(most) {
		loop {
			let more = reader.u8()?;
			count = count.saturating_add(usize::from(more));
			if more < u8::MAX {
				break;
			}
		}
	}
	let mut nibbles = super::nibbles(reader.take(count.div_ceil(2))?);
	if count % 2 == 1 && nibbles.remove(0) != 0 {
		return Err(reader.bad("its part of the key is padded with something"));
	}
	Ok(nibbles)
}

/// Writes a leaf.
pub fn leaf(partial: &[u8], value: &Value) -> Vec<u8> {
	let mut out = Vec::new();
	match value {
		Value::Inline(_) => put_partial(&mut out, partial, LEAF, 6),
		Value::Hashed(_) => put_partial(&mut out, partial, LEAF_WITH_HASH, 5),
	}
	put_value(&mut out, value);
	out
}

/// Writes a fork, of which `children` has the nodes below as they were written.
pub fn branch(partial: &[u8], value: Option<&Value>, children: &[Option<Vec<u8>>; 16]) -> Vec<u8> {
	let mut out = Vec::new();
	match value {
		None => put_partial(&mut out, partial, BRANCH, 6),
		Some(Value::Inline(_)) => put_partial(&mut out, partial, BRANCH_WITH_VALUE, 6),
		Some(Value::Hashed(_)) => put_partial(&mut out, partial, BRANCH_WITH_HASH, 4),
	}
	let there = children.iter().enumerate().filter(|(_, child)| child.is_some());
	out.extend(there.fold(0_u16, |bits, (i, _)| bits | 1 << i).to_le_bytes());
	if let Some(value) = value {
		put_value(&mut out, value);
	}
	for child in children.iter().flatten() {
		match child.len() {
			0..=31 => put_bytes(&mut out, child),
			_ => put_bytes(&mut out, &Hash::of(child).0),
		}
	}
	out
}

fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
	out.extend(compact(u32::try_from(bytes.len()).unwrap_or(u32::MAX)));
	out.extend(bytes);
}

fn put_value(out: &mut Vec<u8>, value: &Value) {
	match value {
		Value::Inline(bytes) => put_bytes(out, bytes),
		Value::Hashed(hash) => out.extend(hash.0),
	}
}

fn put_partial(out: &mut Vec<u8>, nibbles: &[u8], kind: u8, bits: u32) {
	let most = (1_u8 << bits).saturating_sub(1);
	match u8::try_from(nibbles.len()) {
		Ok(count) if count < most => out.push(kind | count),
		_ => {
			out.push(kind | most);
			let mut more = nibbles.len().saturating_sub(usize::from(most));
			while let Err(_) | Ok(u8::MAX) = u8::try_from(more) {
				out.push(u8::MAX);
				more = more.saturating_sub(usize::from(u8::MAX));
			}
			out.push(u8::try_from(more).unwrap_or_default());
		},
	}
	let (odd, pairs) = nibbles.split_at(nibbles.len() % 2);
	out.extend(odd);
	out.extend(pairs.chunks(2).map(|pair| pair.iter().fold(0, |byte, nibble| byte << 4 | nibble)));
}
