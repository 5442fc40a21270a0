//! Commitments to records, and their trees. The twin of `pallets/primitives/src/commitment.rs`,
//! checked against the same vectors (`docs/vectors/merkle.json`).

use crate::{bytes::Hash, fhir, Error};
use serde::Deserialize;

/// The deepest tree: 2^32 records.
pub const MAX_DEPTH: u8 = 32;
const DOMAIN: &[u8] = b"salus:record:v1";

/// Over which bytes of a record its digest is taken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
pub enum Form {
	/// The exact bytes as stored.
	Bytes,
	/// FHIR JSON with members sorted and white space removed, numbers kept as they are written.
	FhirJson,
}

impl Form {
	/// The form's index on the chain.
	pub fn index(self) -> u8 {
		match self {
			Self::Bytes => 0,
			Self::FhirJson => 1,
		}
	}

	/// The digest of `record` in this form.
	pub fn digest(self, record: &[u8]) -> Result<Hash, Error> {
		match self {
			Self::Bytes => Ok(Hash::of(record)),
			Self::FhirJson => fhir::canonical(record).map(|bytes| Hash::of(&bytes)),
		}
	}
}

/// The commitment to a record whose bytes, in the given form, have `digest`.
pub fn commit(salt: &Hash, form: Form, digest: &Hash) -> Hash {
	Hash::of(&[DOMAIN, &salt.0, &[form.index()], &digest.0].concat())
}

/// The leaf of a commitment.
pub fn leaf(commitment: &Hash) -> Hash {
	Hash::of(&[&[0], commitment.0.as_slice()].concat())
}

/// The node above two.
pub fn node(left: &Hash, right: &Hash) -> Hash {
	Hash::of(&[&[1], left.0.as_slice(), &right.0].concat())
}

/// Whether `path` proves that `commitment` is the one at `index` of the `leaves` under `root`. The
/// shape of the tree follows from `leaves`, so a path of any other length is refused, and so is a
/// node presented as a leaf.
pub fn verify_path(root: &Hash, leaves: u64, index: u64, commitment: &Hash, path: &[Hash]) -> bool {
	if index >= leaves || leaves > 1 << MAX_DEPTH {
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
