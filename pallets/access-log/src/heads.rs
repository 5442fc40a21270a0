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

/// What one commit says, beside whose it is and what came before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Link {
	/// The number of the commit, counted from 0 and through all epochs.
	pub number: u32,
	/// The epoch: how often the log was begun anew by then.
	pub epoch: u32,
	/// The root of the Merkle tree of its entries.
	pub root: LogHash,
	/// The number of its first entry, counted from 0 in each epoch.
	pub seq_from: u64,
	/// The number of the first entry that is not in it.
	pub seq_until: u64,
}

/// The head of the chain of `org` with a commit: `blake2_256` of tag, genesis hash, organisation, number, epoch, the
/// head before, root, number of the first entry, number of the first entry that is not in it.
pub fn head<Hash: Encode>(genesis: &Hash, org: OrgId, previous: &LogHash, link: &Link) -> LogHash {
	let Link { number, epoch, root, seq_from, seq_until } = link;
	let bytes =
		(HEAD_DOMAIN, genesis, org, number, epoch, previous, root, seq_from, seq_until).encode();
	LogHash::from(blake2_256(&bytes))
}
