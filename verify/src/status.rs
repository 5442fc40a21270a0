//! What a node says of a record today: the answers of the runtime API `RecordAnchorApi`.
//!
//! A node answers from a block, and "today" is the day of that block: of a node that is cut off it may be long
//! past. So an answer is never told without its block's time ([`Head`]), and how old that is ([`Age`]).
//!
//! The answers may grow with the runtime. A status that is not known here is told by its index; a slot
//! that is gone is told as gone.

use crate::{
	bytes::{compact, twox_128, Hash, Reader},
	files::Leaf,
	Error,
};
use alloc::vec::Vec;

/// How old a node's last final block may be, in seconds, to be of the present.
pub const MAX_AGE: u64 = 60;
/// How far it may be ahead of the clock here, in seconds: an author may be early, and clocks differ a little.
pub const MAX_AHEAD: u64 = 6;

/// The block from which a node answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Head {
	/// Its number.
	pub number: u32,
	/// Its time: seconds since 1970.
	pub time: u64,
}

/// How a block's time stands to the present.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Age {
	/// It is of the present.
	Fresh,
	/// It is so many seconds old, and may not be.
	Old(u64),
	/// It is so many seconds ahead, and may not be.
	Ahead(u64),
}

impl Head {
	/// How the block stands to `now`, of which it may be `most` seconds old.
	pub fn age(&self, now: u64, most: u64) -> Age {
		let (old, ahead) = (now.saturating_sub(self.time), self.time.saturating_sub(now));
		if old > most {
			Age::Old(old)
		} else if ahead > MAX_AHEAD {
			Age::Ahead(ahead)
		} else {
			Age::Fresh
		}
	}
}

/// The key of the block's time, for `state_getStorage`.
pub fn time_key() -> Vec<u8> {
	[twox_128(b"Timestamp"), twox_128(b"Now")].concat()
}

/// The block's time in seconds since 1970, from the value under [`time_key`].
pub fn time(bytes: &[u8]) -> Result<u64, Error> {
	let mut reader = Reader::new(bytes, "node's block time");
	let millis = reader.u64()?;
	reader.finish()?;
	Ok(millis / 1_000)
}

/// The question, for `state_call`.
pub const VERIFY: &str = "RecordAnchorApi_verify";

/// What the chain says of a record now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Today {
	/// It stands, and there is no newer version.
	Current,
	/// There is a newer version.
	Superseded {
		/// Its slot.
		by: u64,
		/// Since when: seconds since 1970.
		since: u64,
	},
	/// Its author has taken it back.
	Retracted {
		/// The index of the reason.
		reason: u8,
		/// Since when.
		since: u64,
	},
	/// It was erased, and only that is still on the chain.
	Shredded {
		/// Since when.
		since: u64,
	},
	/// It was evicted after its retention.
	Evicted,
	/// The chain keeps nothing of it any more, and does not say why.
	Gone,
	/// The slot is about something else. A chain of the same genesis cannot say so of a record
	/// that was verified, unless it has another history.
	Contradicted,
	/// A status that this version does not know.
	Unknown(u8),
}

impl Today {
	/// Whether the record stands.
	pub fn stands(&self) -> bool {
		matches!(self, Self::Current)
	}

	/// A name for programs.
	pub fn code(&self) -> &'static str {
		match self {
			Self::Current => "current",
			Self::Superseded { .. } => "superseded",
			Self::Retracted { .. } => "retracted",
			Self::Shredded { .. } => "shredded",
			Self::Evicted => "evicted",
			Self::Gone => "gone",
			Self::Contradicted => "contradicted",
			Self::Unknown(_) => "unknown",
		}
	}
}

/// The arguments of [`VERIFY`]: how the record with `commitment` stands now.
pub fn question(author: u32, seq: u64, commitment: &Hash, leaf: Option<&Leaf>) -> Vec<u8> {
	let mut arguments = Vec::new();
	arguments.extend(author.to_le_bytes());
	arguments.extend(seq.to_le_bytes());
	arguments.extend(commitment.0);
	match leaf {
		None => arguments.push(0),
		Some(leaf) => {
			arguments.push(1);
			arguments.extend(leaf.index.to_le_bytes());
			arguments.extend(compact(u32::try_from(leaf.path.len()).unwrap_or(u32::MAX)));
			leaf.path.iter().for_each(|hash| arguments.extend(hash.0));
		},
	}
	// As of now.
	arguments.push(0);
	arguments
}

/// Reads the answer to [`VERIFY`].
pub fn answer(bytes: &[u8]) -> Result<Today, Error> {
	let mut reader = Reader::new(bytes, "node's answer");
	match reader.u8()? {
		0 => (),
		1 => {
			return Ok(match reader.u8()? {
				// Not a member; proof needed; proof not needed; a moment to come.
				1..=4 => Today::Contradicted,
				5 => Today::Evicted,
				6 => Today::Shredded { since: reader.u64()? },
				// No such slot. A record that was verified had one.
				_ => Today::Gone,
			});
		},
		_ => return Err(reader.bad("it is neither a result nor an error")),
	}
	let _anchored_at = reader.u64()?;
	let (_kind, _interval) = (reader.u8()?, reader.u32()?);
	let _version = reader.u32()?;
	// What follows the status is not read, so that it may grow.
	Ok(match reader.u8()? {
		1 => Today::Current,
		2 => {
			let (by, _relation) = (reader.u64()?, reader.u8()?);
			Today::Superseded { by, since: reader.u64()? }
		},
		3 => {
			let reason = reader.u8()?;
			Today::Retracted { reason, since: reader.u64()? }
		},
		other => Today::Unknown(other),
	})
}
