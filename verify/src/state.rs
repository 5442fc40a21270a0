//! What the pallet record-anchor keeps, and the little that is needed of the chain itself, read out of a proof of the
//! state.
//!
//! The layouts are those of `pallets/record-anchor/src/{lib,types}.rs`, which promise not to change
//! while receipts are around. No patient is in any of this: `Subjects` is a map of its own.

use crate::{
	bytes::{blake2_128, twox_128, twox_64, Hash, Reader},
	header::{authorities, Authority},
	trie::Proof,
	Error,
};

/// A slot: what an organisation anchored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Anchor {
	/// The commitment to the record, or the root of a batch.
	pub commitment: Hash,
	/// The index of the form of record.
	pub form: u8,
	/// How many records are in the batch, if the slot is one.
	pub leaves: Option<u64>,
	/// The version within the lineage, from 1.
	pub version: u32,
	/// When it was anchored: seconds since 1970.
	pub anchored_at: u64,
	/// As what the author was licensed: the index of the kind of organisation.
	pub kind: u8,
}

/// How a record stood.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
	/// It stood, and no newer version was there.
	Current,
	/// A newer version was there.
	Superseded {
		/// In which slot of the author.
		by: u64,
		/// Since when.
		since: u64,
	},
	/// Its author had taken it back.
	Retracted {
		/// The index of the reason.
		reason: u8,
		/// Since when.
		since: u64,
		/// Whether the whole batch was, and not this record of it alone.
		whole: bool,
	},
}

/// The state after a block, as far as a receipt's proof shows it.
pub struct State<'a>(Proof<'a>);

impl<'a> State<'a> {
	/// The state with the given root, of which `nodes` are.
	pub fn new(root: Hash, nodes: &'a [Vec<u8>]) -> Result<Self, Error> {
		let state = Self::within(root, nodes);
		match state.0.has_root() {
			true => Ok(state),
			false => Err(Error::OtherState { root }),
		}
	}

	/// The same, without a look at whether `nodes` are of it at all.
	pub(crate) fn within(root: Hash, nodes: &'a [Vec<u8>]) -> Self {
		Self(Proof::new(root, nodes.iter().map(Vec::as_slice)))
	}

	/// The value under `key`, or the proof that there is none.
	pub(crate) fn value(&self, key: &[u8]) -> Result<Option<&'a [u8]>, Error> {
		self.0.get(key)
	}

	/// The hash of block 0, as the chain itself keeps it. Its runtime never drops that one.
	pub fn genesis(&self) -> Result<Option<Hash>, Error> {
		self.read(&genesis_key(), "hash of block 0", |reader| reader.hash())
	}

	/// GRANDPA's authorities from the next block on.
	pub(crate) fn authorities(&self) -> Result<Option<Vec<Authority>>, Error> {
		let found =
			self.read(&key(b"Grandpa", b"Authorities"), "list of authorities", authorities)?;
		Ok(found.filter(|authorities| !authorities.is_empty()))
	}

	/// The number of that set.
	pub(crate) fn set(&self) -> Result<u64, Error> {
		let found = self.read(&key(b"Grandpa", b"CurrentSetId"), "set's number", |r| r.u64())?;
		Ok(found.unwrap_or_default())
	}

	/// The bytes of the head of the parachain `para`, in the state of a relay chain.
	pub fn head(&self, para: u32) -> Result<Option<&'a [u8]>, Error> {
		let Some(bytes) = self.0.get(&head_key(para))? else { return Ok(None) };
		let mut reader = Reader::new(bytes, "parachain's head");
		let head = reader.bytes()?;
		reader.finish()?;
		Ok(Some(head))
	}

	/// The time of the block, in seconds since 1970.
	pub fn time(&self) -> Result<u64, Error> {
		let millis = self
			.read(&crate::status::time_key(), "block's time", |reader| reader.u64())?
			.unwrap_or_default();
		Ok(millis / 1_000)
	}

	/// What `author` anchored in the slot `seq`.
	pub fn anchor(&self, author: u32, seq: u64) -> Result<Option<Anchor>, Error> {
		self.read(&slot_key(b"Anchors", author, seq), "anchor", |reader| {
			let commitment = reader.hash()?;
			let form = reader.u8()?;
			if reader.u8()? != 0 {
				return Err(reader.bad("its hash is of no known kind"));
			}
			let leaves = match reader.u8()? {
				0 => None,
				1 => {
					let leaves = reader.u64()?;
					let _depth = reader.u8()?;
					Some(leaves)
				},
				_ => return Err(reader.bad("it is neither a record nor a batch")),
			};
			let _first = reader.u64()?;
			let version = reader.u32()?;
			let _previous = reader.option(|reader| reader.u64())?;
			let _relation = reader.u8()?;
			let _retention = reader.u8()?;
			let anchored_at = reader.u64()?;
			let kind = reader.u8()?;
			let _interval = reader.u32()?;
			Ok(Anchor { commitment, form, leaves, version, anchored_at, kind })
		})
	}

	/// How a record stood, which is in the slot `seq` of `author`, alone or as leaf of its batch.
	pub fn standing(&self, author: u32, seq: u64, leaf: Option<u64>) -> Result<Standing, Error> {
		// A leaf is never retracted after its batch, so its own retraction is the earlier one.
		for leaf in leaf.map(Some).into_iter().chain([None]) {
			let retraction =
				self.read(&retraction_key(author, seq, leaf), "retraction", |reader| {
					Ok((reader.u8()?, reader.u64()?))
				})?;
			if let Some((reason, since)) = retraction {
				return Ok(Standing::Retracted { reason, since, whole: leaf.is_none() });
			}
		}
		let successor =
			self.read(&slot_key(b"Successors", author, seq), "successor", |reader| {
				Ok((reader.u64()?, reader.u64()?))
			})?;
		Ok(successor.map_or(Standing::Current, |(by, since)| Standing::Superseded { by, since }))
	}

	fn read<T>(
		&self,
		key: &[u8],
		what: &'static str,
		read: impl FnOnce(&mut Reader) -> Result<T, Error>,
	) -> Result<Option<T>, Error> {
		let Some(bytes) = self.0.get(key)? else { return Ok(None) };
		let mut reader = Reader::new(bytes, what);
		let value = read(&mut reader)?;
		reader.finish()?;
		Ok(Some(value))
	}
}

pub(crate) fn twox_64_concat(bytes: &[u8]) -> Vec<u8> {
	[twox_64(bytes).as_slice(), bytes].concat()
}

/// The key of a value, or what the keys of a map begin with.
pub(crate) fn key(pallet: &[u8], item: &[u8]) -> Vec<u8> {
	[twox_128(pallet), twox_128(item)].concat()
}

/// The key of the hash of block 0.
pub fn genesis_key() -> Vec<u8> {
	let mut key = key(b"System", b"BlockHash");
	key.extend(twox_64_concat(&0_u32.to_le_bytes()));
	key
}

/// The key under which a relay chain keeps the head of the parachain `para`.
pub fn head_key(para: u32) -> Vec<u8> {
	let mut key = key(b"Paras", b"Heads");
	key.extend(twox_64_concat(&para.to_le_bytes()));
	key
}

/// The key of a map of the pallet by author and slot.
pub fn slot_key(map: &[u8], author: u32, seq: u64) -> Vec<u8> {
	let mut key = key(b"RecordAnchor", map);
	key.extend(twox_64_concat(&author.to_le_bytes()));
	key.extend(twox_64_concat(&seq.to_le_bytes()));
	key
}

/// The key of a retraction: of a whole slot, or of one leaf of it.
pub fn retraction_key(author: u32, seq: u64, leaf: Option<u64>) -> Vec<u8> {
	let leaf = match leaf {
		None => vec![0],
		Some(index) => [[1].as_slice(), &index.to_le_bytes()].concat(),
	};
	let mut key = slot_key(b"Retractions", author, seq);
	key.extend(blake2_128(&leaf));
	key.extend(leaf);
	key
}
