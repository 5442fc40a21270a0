//! Salted commitments to records, and Merkle trees of them.
//!
//! A commitment hides a record and binds its author to it:
//! `blake2_256("salus:record:v1" ‖ salt ‖ form ‖ digest)`, with 32 fresh random bytes of salt for
//! each record. The salt never reaches the chain; destroying it makes the commitment meaningless.
//!
//! In a tree a leaf is `blake2_256(0x00 ‖ commitment)` and a node `blake2_256(0x01 ‖ left ‖ right)`,
//! so that neither can be presented as the other. A level with an odd count hands its last node
//! up as it is. The TypeScript twin is checked against the same vectors (`docs/vectors`).

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use primitive_types::H256;
use scale_info::TypeInfo;
// The same hash twice: in a runtime the host computes it, which is faster.
#[cfg(not(feature = "runtime"))]
use sp_crypto_hashing::blake2_256;
#[cfg(feature = "runtime")]
use sp_io::hashing::blake2_256;

/// A 32-byte commitment to something kept off chain.
pub type Commitment = H256;

/// The domain tag of record commitments.
pub const RECORD_DOMAIN: &[u8] = b"salus:record:v1";
/// The first byte of what is hashed for a leaf.
pub const LEAF: u8 = 0x00;
/// The first byte of what is hashed for a node.
pub const NODE: u8 = 0x01;
/// The deepest tree: 2^32 records.
pub const MAX_DEPTH: u8 = 32;

/// Over which bytes of a record its digest is taken.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Form {
	/// The exact bytes as stored. The default: FHIR decimals carry precision (1.0 is not 1.00), and
	/// every canonical form of JSON in common use drops it.
	#[codec(index = 0)]
	Bytes,
	/// FHIR JSON with members sorted and white space removed, numbers kept as they are written.
	#[codec(index = 1)]
	FhirJson,
}

/// The hash with which digest, commitment and tree are made.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Algorithm {
	/// BLAKE2b with 256 bits of output.
	#[codec(index = 0)]
	Blake2b256,
}

/// The commitment to a record whose bytes, in the given form, have `digest`.
///
/// Off chain only: a salt never enters an extrinsic.
pub fn commit(salt: &[u8; 32], form: Form, digest: &[u8; 32]) -> Commitment {
	let mut bytes = Vec::with_capacity(96);
	bytes.extend_from_slice(RECORD_DOMAIN);
	bytes.extend_from_slice(salt);
	form.encode_to(&mut bytes);
	bytes.extend_from_slice(digest);
	H256(blake2_256(&bytes))
}

/// The leaf of a commitment.
pub fn leaf(commitment: &Commitment) -> H256 {
	let mut bytes = Vec::with_capacity(33);
	bytes.push(LEAF);
	bytes.extend_from_slice(commitment.as_bytes());
	H256(blake2_256(&bytes))
}

/// The node above two.
pub fn node(left: &H256, right: &H256) -> H256 {
	let mut bytes = Vec::with_capacity(65);
	bytes.push(NODE);
	bytes.extend_from_slice(left.as_bytes());
	bytes.extend_from_slice(right.as_bytes());
	H256(blake2_256(&bytes))
}

/// The depth of the tree over `leaves` commitments: 0 for one, 1 for two, 2 for three or four.
/// `None` where there is no such tree: none at all, or more than 2^32.
pub fn depth_of(leaves: u64) -> Option<u8> {
	match leaves {
		0 => None,
		1 => Some(0),
		_ => {
			let depth = u64::BITS.checked_sub(leaves.checked_sub(1)?.leading_zeros())?;
			u8::try_from(depth).ok().filter(|depth| *depth <= MAX_DEPTH)
		},
	}
}

/// The root of the tree over `commitments`, or `None` if there are none.
pub fn merkle_root(commitments: &[Commitment]) -> Option<H256> {
	let mut level: Vec<H256> = commitments.iter().map(leaf).collect();
	while level.len() > 1 {
		level = level
			.chunks(2)
			.filter_map(|pair| match pair {
				[left, right] => Some(node(left, right)),
				[last] => Some(*last),
				_ => None,
			})
			.collect();
	}
	level.first().copied()
}

/// The path that proves the commitment at `index`, from its leaf upwards, or `None` if there is no
/// such commitment. A level at which the node has no sibling adds nothing.
pub fn merkle_path(commitments: &[Commitment], index: u64) -> Option<Vec<H256>> {
	let mut position = (0u64..).zip(commitments).position(|(i, _)| i == index)?;
	let mut level: Vec<H256> = commitments.iter().map(leaf).collect();
	let mut path = Vec::new();
	while level.len() > 1 {
		if let Some(sibling) = level.get(position ^ 1) {
			path.push(*sibling);
		}
		level = level
			.chunks(2)
			.filter_map(|pair| match pair {
				[left, right] => Some(node(left, right)),
				[last] => Some(*last),
				_ => None,
			})
			.collect();
		position >>= 1;
	}
	Some(path)
}

/// Whether `path` proves that `commitment` is the one at `index` of the `leaves` under `root`.
///
/// The shape of the tree follows from `leaves`, so a path of any other length is refused, and so
/// is a node presented as a leaf.
pub fn verify_path(
	root: &H256,
	leaves: u64,
	index: u64,
	commitment: &Commitment,
	path: &[H256],
) -> bool {
	if index >= leaves || depth_of(leaves).is_none() {
		return false;
	}
	let (mut hash, mut position, mut last) = (leaf(commitment), index, leaves.saturating_sub(1));
	let mut siblings = path.iter();
	while last > 0 {
		if position & 1 == 1 {
			let Some(left) = siblings.next() else { return false };
			hash = node(left, &hash);
		} else if position < last {
			let Some(right) = siblings.next() else { return false };
			hash = node(&hash, right);
		}
		position >>= 1;
		last >>= 1;
	}
	siblings.next().is_none() && hash == *root
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	fn commitments(n: u64) -> Vec<Commitment> {
		(0..n).map(|i| H256(blake2_256(&i.to_le_bytes()))).collect()
	}

	#[test]
	fn every_leaf_of_every_small_tree_proves_and_nothing_else_does() {
		for n in 1..=33 {
			let all = commitments(n);
			let root = merkle_root(&all).unwrap();
			for i in 0..n {
				let path = merkle_path(&all, i).unwrap();
				let mine = &all[i as usize];
				assert!(verify_path(&root, n, i, mine, &path), "{i} of {n}");
				assert!(path.len() <= usize::from(depth_of(n).unwrap()));
				assert!(!verify_path(&root, n, i, &H256::repeat_byte(9), &path));
				assert!(!verify_path(&root, n, n, mine, &path));
				let mut longer = path.clone();
				longer.push(H256::zero());
				assert!(!verify_path(&root, n, i, mine, &longer));
				if !path.is_empty() {
					assert!(!verify_path(&root, n, i, mine, &path[1..]));
				}
			}
		}
	}

	/// The defect of trees without separation: the hash of two leaves passed off as a record.
	#[test]
	fn a_node_is_no_leaf_and_a_leaf_no_commitment() {
		let all = commitments(4);
		let root = merkle_root(&all).unwrap();
		let inner = node(&leaf(&all[0]), &leaf(&all[1]));
		let right = node(&leaf(&all[2]), &leaf(&all[3]));
		assert_eq!(root, node(&inner, &right));
		for index in 0..2 {
			assert!(!verify_path(&root, 2, index, &inner, &[right]));
			assert!(!verify_path(&root, 4, index, &inner, &[right]));
			assert!(!verify_path(&root, 4, index, &leaf(&all[0]), &[leaf(&all[1]), right]));
		}
	}

	#[test]
	fn depth_follows_from_the_count() {
		for (leaves, depth) in
			[(1, 0), (2, 1), (3, 2), (4, 2), (5, 3), (1_000_000, 20), (1 << 32, 32)]
		{
			assert_eq!(depth_of(leaves), Some(depth), "{leaves}");
		}
		assert_eq!(depth_of(0), None);
		assert_eq!(depth_of((1 << 32) + 1), None);
		assert_eq!(merkle_root(&[]), None);
	}

	#[test]
	fn form_and_salt_change_the_commitment() {
		let digest = blake2_256(b"record");
		let base = commit(&[1; 32], Form::Bytes, &digest);
		assert_ne!(base, commit(&[2; 32], Form::Bytes, &digest));
		assert_ne!(base, commit(&[1; 32], Form::FhirJson, &digest));
		assert_ne!(base, commit(&[1; 32], Form::Bytes, &blake2_256(b"recorD")));
	}

	proptest! {
		#[test]
		fn a_changed_path_never_proves(n in 2u64..200, i in 0u64..200, at in 0usize..8, byte in 0usize..32) {
			let i = i % n;
			let all = commitments(n);
			let root = merkle_root(&all).unwrap();
			let mut path = merkle_path(&all, i).unwrap();
			let at = at % path.len();
			path[at].0[byte] ^= 1;
			prop_assert!(!verify_path(&root, n, i, &all[i as usize], &path));
		}
	}
}
