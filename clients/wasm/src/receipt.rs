//! Receipts of anchored records, judged by `salus-verify`.

use crate::{Beliefs, Final, Refusal};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use salus_verify::{Error, Opened, Presented, Receipt, Standing, Verified};

/// A receipt, the record that it is presented with, and what its reader trusts.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Presentation {
	/// What it is held against.
	pub beliefs: Beliefs,
	/// The file of the receipt.
	pub receipt: Vec<u8>,
	/// The record, byte by byte.
	pub record: Vec<u8>,
}

/// What a receipt proves.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Proven {
	/// As of when.
	pub finality: Final,
	/// Each record of the receipt that the presented one is: one, nearly always.
	pub records: Vec<Record>,
}

/// A record that was anchored.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Record {
	/// The organisation that anchored it.
	pub author: u32,
	/// In which of its slots.
	pub seq: u64,
	/// Its index in the slot's batch, if it is one.
	pub leaf: Option<u64>,
	/// The commitment to it.
	pub commitment: [u8; 32],
	/// When it was anchored, in Unix seconds.
	pub anchored_at: u64,
	/// How it stood at the block.
	pub standing: RecordStanding,
}

/// How a record stood: [`salus_verify::Standing`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum RecordStanding {
	/// It stood, and no newer version was there.
	#[codec(index = 0)]
	Current,
	/// A newer version was there.
	#[codec(index = 1)]
	Superseded {
		/// In which slot of the author.
		by: u64,
		/// Since when, in Unix seconds.
		since: u64,
	},
	/// Its author had taken it back.
	#[codec(index = 2)]
	Retracted {
		/// The index of the reason.
		reason: u8,
		/// Since when, in Unix seconds.
		since: u64,
		/// Whether the whole batch was, and not this record of it alone.
		whole: bool,
	},
}

impl Presentation {
	/// What the receipt proves of the record.
	///
	/// # Errors
	///
	/// Why it proves nothing.
	pub fn judge(&self) -> Result<Proven, Refusal> {
		self.proven().map_err(Refusal::from)
	}

	fn proven(&self) -> Result<Proven, Error> {
		let receipt = Receipt::parse(&self.receipt)?;
		let sets = self.beliefs.sets()?;
		let opened = Opened::new(&receipt, self.beliefs.trust(&sets))?;
		let presented = Presented { file: "the record", name: None, bytes: &self.record };
		let records = opened
			.find(&presented)?
			.into_iter()
			.map(|record| opened.verify(record).map(Record::from))
			.collect::<Result<_, _>>()?;
		Ok(Proven { finality: opened.block.into(), records })
	}
}

impl From<Verified> for Record {
	fn from(verified: Verified) -> Self {
		let Verified { author, seq, leaf, commitment, anchor, standing } = verified;
		Self {
			author,
			seq,
			leaf,
			commitment: commitment.0,
			anchored_at: anchor.anchored_at,
			standing: match standing {
				Standing::Current => RecordStanding::Current,
				Standing::Superseded { by, since } => RecordStanding::Superseded { by, since },
				Standing::Retracted { reason, since, whole } => {
					RecordStanding::Retracted { reason, since, whole }
				},
			},
		}
	}
}
