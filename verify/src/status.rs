//! What a node says of a record today: the answers of the runtime API `RecordAnchorApi`.
//!
//! The answers may grow with the runtime. A status that is not known here is told by its index; a slot
//! that is gone is told as gone.

use crate::{
	bytes::{compact, Hash, Reader},
	files::Leaf,
	Error,
};

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
