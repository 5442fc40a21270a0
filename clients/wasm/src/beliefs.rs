//! What the reader of a receipt trusts, and what follows from that.

use alloc::{
	string::{String, ToString},
	vec::Vec,
};
use codec::{Decode, Encode};
use salus_verify::{
	Block, Checkpoint, Error, Finality, Genesis, GenesisFile, Hash, Parachain, Sets, StartFile,
	Trail, Trust,
};

/// What a receipt is held against. Files are as they are kept, in JSON.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Beliefs {
	/// From where the authorities are followed whose signatures count: of the relay chain, if there is one.
	pub start: Start,
	/// Which parachain it is of, if it is of one.
	pub parachain: Option<Para>,
	/// The file of the changes of authorities since.
	pub trail: Option<Vec<u8>>,
	/// The files of those who vouch for authorities after a forced change.
	pub checkpoints: Vec<Vec<u8>>,
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

impl Beliefs {
	/// The sets of authorities that follow.
	pub(crate) fn sets(&self) -> Result<Sets, Error> {
		let start = match &self.start {
			Start::Genesis { file, hash } => {
				let genesis = Genesis::from_file(&GenesisFile::parse(file)?, Hash(*hash))?;
				salus_verify::Start::from(&genesis)
			},
			Start::Block { file, hash } => {
				salus_verify::Start::from_file(&StartFile::parse(file)?, Hash(*hash))?
			},
		};
		let trail = self.trail.as_deref().map(Trail::parse).transpose()?;
		let checkpoints = self
			.checkpoints
			.iter()
			.map(|file| Checkpoint::parse(file))
			.collect::<Result<Vec<_>, _>>()?;
		Sets::follow_from(&start, trail.as_ref(), &checkpoints)
	}

	/// What a receipt is held against, with those sets.
	pub(crate) fn trust<'s>(&self, sets: &'s Sets) -> Trust<'s> {
		match self.parachain {
			None => Trust::Own(sets),
			Some(Para { id, genesis }) => {
				Trust::Relay(Parachain { relay: sets, id, genesis: Hash(genesis) })
			},
		}
	}
}

/// The block as of which a receipt speaks, and why that is final.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Final {
	/// The block's hash.
	pub block: [u8; 32],
	/// Its number.
	pub number: u32,
	/// Its time, in Unix seconds.
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

impl From<Block> for Final {
	fn from(block: Block) -> Self {
		let Block { hash, number, time, finality, relay: _ } = block;
		let Finality { set, majority, checkpoint, end } = finality;
		// A set has 4,096 members at most.
		let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
		Self {
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
		}
	}
}

/// Why a receipt proves nothing.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Refusal {
	/// Whether a file is malformed; else what is in the files proves nothing.
	pub malformed: bool,
	/// The word for it, as `salus-verify --json` has it.
	pub code: String,
	/// The sentence, in English.
	pub why: String,
}

impl From<Error> for Refusal {
	fn from(error: Error) -> Self {
		Self { malformed: error.is_malformed(), code: error.code().into(), why: error.to_string() }
	}
}
