//! Block headers, and what GRANDPA says in them.

use crate::{
	bytes::{compact, Hash, Reader},
	Error,
};
use alloc::{vec, vec::Vec};

/// The most authorities of one set that are read.
pub const MAX_AUTHORITIES: usize = 4_096;
/// The most items of one header's digest that are read.
const MAX_DIGEST_ITEMS: usize = 1_024;

/// The name under which GRANDPA writes into headers.
const GRANDPA: [u8; 4] = *b"FRNK";

/// A header, with the hash of exactly the bytes that it was read from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Header {
	/// The hash, which is the block's.
	pub hash: Hash,
	/// The block before.
	pub parent: Hash,
	/// The block's number.
	pub number: u32,
	/// The root of the state after the block.
	pub state_root: Hash,
	/// The change of GRANDPA's authorities that the block announces.
	pub change: Option<Change>,
}

/// One authority: its ed25519 key and its weight.
pub type Authority = (Hash, u64);

/// An announced change of GRANDPA's authorities.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
	/// The set to come.
	pub authorities: Vec<Authority>,
	/// After how many blocks it takes over.
	pub delay: u32,
	/// For a change that is forced on a chain whose finality has stalled: the last block that
	/// was taken as final.
	pub forced: Option<u32>,
}

impl Header {
	/// Reads a header that takes up all of `bytes`.
	pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
		Self::decode_as(bytes, "header")
	}

	/// The same of a header that errors call `what`.
	pub fn decode_as(bytes: &[u8], what: &'static str) -> Result<Self, Error> {
		let mut reader = Reader::new(bytes, what);
		let header = Self::read(&mut reader)?;
		reader.finish()?;
		Ok(header)
	}

	/// Reads the header with which `reader` goes on.
	pub fn read(reader: &mut Reader) -> Result<Self, Error> {
		let before = reader.rest();
		let parent = reader.hash()?;
		let number = reader.compact()?;
		let state_root = reader.hash()?;
		let _extrinsics_root = reader.hash()?;
		let (mut scheduled, mut forced) = (None, None);
		for _ in 0..reader.count(MAX_DIGEST_ITEMS)? {
			match reader.u8()? {
				// Other.
				0 => drop(reader.bytes()?),
				// Consensus.
				4 => {
					let engine = reader.array::<4>()?;
					let log = reader.bytes()?;
					if engine == GRANDPA {
						// Of several the first counts, and a forced change before any other.
						match Change::read(log)? {
							Some(change) if change.forced.is_some() => {
								forced = forced.or(Some(change));
							},
							change => scheduled = scheduled.or(change),
						}
					}
				},
				// Seal, PreRuntime.
				5 | 6 => {
					reader.array::<4>()?;
					reader.bytes()?;
				},
				// RuntimeEnvironmentUpdated.
				8 => (),
				_ => return Err(reader.bad("its digest has an item of no known kind")),
			}
		}
		let length = before.len().saturating_sub(reader.rest().len());
		let hash = Hash::of(before.get(..length).unwrap_or_default());
		Ok(Self { hash, parent, number, state_root, change: forced.or(scheduled) })
	}

	/// The bytes of block 0's header, which follow from the root of its state.
	pub fn genesis(state_root: Hash) -> Vec<u8> {
		let mut bytes = vec![0; 32];
		bytes.extend(compact(0));
		bytes.extend(state_root.0);
		bytes.extend(crate::trie::EMPTY_ROOT.0);
		bytes.extend(compact(0));
		bytes
	}
}

impl Change {
	/// Reads what GRANDPA says in a digest; nothing if it is not about a change of authorities.
	fn read(log: &[u8]) -> Result<Option<Self>, Error> {
		let mut reader = Reader::new(log, "GRANDPA digest");
		let forced = match reader.u8()? {
			1 => None,
			2 => Some(reader.u32()?),
			// Disabled, paused, resumed.
			3 => return Ok(None),
			4 | 5 => return Ok(None),
			_ => return Err(reader.bad("it is of no known kind")),
		};
		let authorities = authorities(&mut reader)?;
		let delay = reader.u32()?;
		reader.finish()?;
		Ok(Some(Self { authorities, delay, forced }))
	}
}

/// Reads a list of authorities.
pub fn authorities(reader: &mut Reader) -> Result<Vec<Authority>, Error> {
	(0..reader.count(MAX_AUTHORITIES)?).map(|_| Ok((reader.hash()?, reader.u64()?))).collect()
}
