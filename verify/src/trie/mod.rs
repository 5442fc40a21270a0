//! The state's trie, layout V1 of the SDK: a radix-16 Patricia trie without extension nodes, whose
//! values of 33 bytes and more stand under their own hash.
//!
//! [`Proof`] reads values, and the absence of values, out of the nodes of a proof. [`Builder`] makes the
//! trie of a genesis. Both are compared with the SDK's implementation in `tests/verifier/trie.rs`.

mod build;
mod node;
mod proof;

pub use build::Builder;
pub use proof::Proof;

use crate::Hash;
use alloc::vec::Vec;

/// A value of so many bytes or more is stored under its hash.
const HASHED_FROM: usize = 33;

/// The root of a trie without entries: the hash of one zero byte.
pub const EMPTY_ROOT: Hash = Hash([
	0x03, 0x17, 0x0a, 0x2e, 0x75, 0x97, 0xb7, 0xb7, 0xe3, 0xd8, 0x4c, 0x05, 0x39, 0x1d, 0x13, 0x9a,
	0x62, 0xb1, 0x57, 0xe7, 0x87, 0x86, 0xd8, 0xc0, 0x82, 0xf2, 0x9d, 0xcf, 0x4c, 0x11, 0x13, 0x14,
]);

/// The half-bytes of `key`, the higher first.
fn nibbles(key: &[u8]) -> Vec<u8> {
	key.iter().flat_map(|byte| [byte >> 4, byte & 0x0f]).collect()
}
