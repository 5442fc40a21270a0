//! Receipts of anchored records, judged by `salus-verify`.

use alloc::{
	string::{String, ToString},
	vec::Vec,
};
use codec::{Decode, Encode};
use salus_verify::{
	Checkpoint, Error, Genesis, GenesisFile, Hash, Opened, Parachain, Presented, Receipt, Sets,
	Trail, Trust,
};

/// A receipt, the record that it is presented with, and what its reader trusts. Files are as they are kept, in JSON.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Presentation {
	/// From where the authorities are followed whose signatures count: of the relay chain, if there is one.
	pub start: Start,
	/// Which parachain it is of, if it is of one.
	pub parachain: Option<Para>,
	/// The file of the changes of authorities since.
	pub trail: Option<Vec<u8>>,
	/// The files of those who vouch for authorities after a forced change.
	pub checkpoints: Vec<Vec<u8>>,
	/// The file of the receipt.
	pub receipt: Vec<u8>,
	/// The record, byte by byte.
	pub record: Vec<u8>,
}

/// From where authorities are followed, and the hash by which the reader knows that it is the right place.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Start {
	/// From block 0.
	#[codec(index = 0)]
	Genesis {
		/// The genesis file.
		file: Vec<u8>,
		/// The hash of block 0.
		hash: [u8; 32],
	},
	/// From a later block.
	#[codec(index = 1)]
	Block {
		/// The file of that block.
		file: Vec<u8>,
		/// Its hash.
		hash: [u8; 32],
	},
}

/// A parachain of the relay chain whose authorities are followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Para {
	/// Its number there.
	pub id: u32,
	/// The hash of its own block 0.
	pub genesis: [u8; 32],
}

/// What a receipt proves.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Proven {
	/// The hash of the block as of which it speaks.
	pub block: [u8; 32],
	/// The block's number.
	pub number: u32,
	/// The block's time, in Unix seconds.
	pub time: u64,
	/// The number of the set of authorities that made it final, or the relay chain's block that names it.
	pub set: u64,
	/// How many of the set voted for it.
	pub voters: u32,
	/// How many there are in the set.
	pub of: u32,
	/// Whom one must trust for the set, if it does not follow from the start alone.
	pub vouched: Option<String>,
	/// What is known of the end of the set's term.
	pub end: End,
	/// Each record of the receipt that the presented one is: one, nearly always.
	pub records: Vec<Record>,
}

/// What a trail says of the end of a set's term: [`salus_verify::End`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum End {
	/// It handed over later than the block.
	#[codec(index = 0)]
	Proven,
	/// It was replaced by force, and nothing proves when.
	#[codec(index = 1)]
	Unproven,
	/// It is the last set of the trail.
	#[codec(index = 2)]
	Open,
	/// There was no trail.
	#[codec(index = 3)]
	Untold,
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

/// Why a receipt proves nothing.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Refusal {
	/// The word for it, as `salus-verify --json` has it.
	pub code: String,
	/// The sentence, in English.
	pub why: String,
}

impl From<Error> for Refusal {
	fn from(error: Error) -> Self {
		Self { code: error.code().into(), why: error.to_string() }
	}
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
		let start = match &self.start {
			Start::Genesis { file, hash } => {
				let genesis = Genesis::from_file(&GenesisFile::parse(file)?, Hash(*hash))?;
				salus_verify::Start::from(&genesis)
			},
			Start::Block { file, hash } => {
				let file = salus_verify::StartFile::parse(file)?;
				salus_verify::Start::from_file(&file, Hash(*hash))?
			},
		};
		let trail = self.trail.as_deref().map(Trail::parse).transpose()?;
		let checkpoints = self
			.checkpoints
			.iter()
			.map(|file| Checkpoint::parse(file))
			.collect::<Result<Vec<_>, _>>()?;
		let sets = Sets::follow_from(&start, trail.as_ref(), &checkpoints)?;
		let trust = match self.parachain {
			None => Trust::Own(&sets),
			Some(Para { id, genesis }) => {
				Trust::Relay(Parachain { relay: &sets, id, genesis: Hash(genesis) })
			},
		};
		let opened = Opened::new(&receipt, trust)?;
		let presented = Presented { file: "the record", name: None, bytes: &self.record };
		let records = opened
			.find(&presented)?
			.into_iter()
			.map(|record| opened.verify(record).map(Record::from))
			.collect::<Result<_, _>>()?;
		let salus_verify::Block { hash, number, time, finality, .. } = opened.block;
		let salus_verify::Finality { set, majority, checkpoint, end } = finality;
		// A set has 4,096 members at most.
		let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
		Ok(Proven {
			block: hash.0,
			number,
			time,
			set,
			voters: count(majority.voters),
			of: count(majority.of),
			vouched: checkpoint,
			end: match end {
				salus_verify::End::Proven => End::Proven,
				salus_verify::End::Unproven => End::Unproven,
				salus_verify::End::Open => End::Open,
				salus_verify::End::Untold => End::Untold,
			},
			records,
		})
	}
}

impl From<salus_verify::Verified> for Record {
	fn from(verified: salus_verify::Verified) -> Self {
		let salus_verify::Verified { author, seq, leaf, commitment, anchor, standing } = verified;
		Self {
			author,
			seq,
			leaf,
			commitment: commitment.0,
			anchored_at: anchor.anchored_at,
			standing: match standing {
				salus_verify::Standing::Current => RecordStanding::Current,
				salus_verify::Standing::Superseded { by, since } => {
					RecordStanding::Superseded { by, since }
				},
				salus_verify::Standing::Retracted { reason, since, whole } => {
					RecordStanding::Retracted { reason, since, whole }
				},
			},
		}
	}
}
