//! The chain of heads, byte for byte: whoever holds a custodian's commits computes its heads from them.

use crate::types::LogHash;
use codec::Encode;
use salus_primitives::OrgId;
use sp_io::hashing::blake2_256;

/// The domain tag of heads.
pub const HEAD_DOMAIN: &[u8; 24] = b"salus:access-log:head:v1";

/// The head before the first commit.
pub fn origin() -> LogHash {
	LogHash::zero()
}

/// The head of the chain of `org` with its commit `number`: `blake2_256` of tag, genesis hash, organisation, number, the
/// head before, root, number of the first entry, number of the first entry that is not in it.
pub fn head<Hash: Encode>(
	genesis: &Hash,
	org: OrgId,
	number: u32,
	previous: &LogHash,
	root: &LogHash,
	seq_from: u64,
	seq_until: u64,
) -> LogHash {
	let bytes = (HEAD_DOMAIN, genesis, org, number, previous, root, seq_from, seq_until).encode();
	LogHash::from(blake2_256(&bytes))
}
