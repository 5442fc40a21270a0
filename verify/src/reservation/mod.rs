//! Reservation receipts: that a custodian had reserved budget of its population's privacy for a researcher's query, under a permit, and the
//! commitment to the answer with which it was settled, in a final block.
//!
//! What they are for and what their files look like: `docs/receipts.md`. How they came to be so: `docs/decisions/0071`.
//!
//! 1. [`ReservationReceipt::parse`]: of which custodian and which query it is, and the evidence. It says nothing of what was reserved.
//! 2. [`ReservationReceipt::verify`]: the block is final and the proof is of its state; what the chain has is read by keys that follow from
//!    the two numbers, and from what was read before.
//! 3. [`Reserved::settled_with`]: an answer is the one with which it was settled.
//! 4. [`Reserved::is_for`]: a query is the one for which it was reserved.

// What the derive of `Decode` expands to converts indices by `as`.
#![allow(clippy::as_conversions)]

mod answer;
mod asked;
mod file;
mod words;

pub use answer::Told;
pub use asked::Asked;
pub use file::ReservationReceipt;
pub use words::{sentence, Shown};

use crate::{
	decision::{read, ClientKeySet, Item, Organisation, Runtime, RuntimeUpgrade, Source},
	finality::Trust,
	verify::{open, Block},
	Error, Hash,
};
use codec::{Decode, Input};
use salus_primitives::{Moment, OrgId};

/// The pallets whose storage is read, each with the version of its layout.
pub const LAYOUTS: [(&str, u16); 2] = [("Registry", 1), ("Research", 1)];

/// The commitment to an answer, and when a query was settled with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Settled {
	/// The salted commitment to the answer as it is stored, and told again to whoever asks the same.
	pub commitment: Hash,
	/// When, in seconds since 1970.
	pub at: Moment,
}

/// `Research.Queries`.
#[derive(Decode)]
struct Query {
	permit: u32,
	version: u32,
	commitment: [u8; 32],
	epsilon: u64,
	reserved_at: Moment,
	result: Option<([u8; 32], Moment)>,
}

/// The beginning of `Research.Versions`, up to the withdrawal epoch.
struct Epoch(u32);

impl Decode for Epoch {
	fn decode<I: Input>(input: &mut I) -> Result<Self, codec::Error> {
		// The terms: a permission, with the disease's code if it is one for a disease; conditions; region, months, moratorium.
		match u8::decode(input)? {
			3 => drop(<[u8; 32]>::decode(input)?),
			0..=5 => {},
			_ => return Err("no permission that is known".into()),
		}
		let _terms: (u32, Option<(u8, u16)>, Option<u16>, Option<u64>) = Decode::decode(input)?;
		let _behind: (u32, [u8; 32], u8) = Decode::decode(input)?;
		u32::decode(input).map(Self)
	}
}

/// What the chain has of a query.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reservation {
	/// The organisation that reserved and answers.
	pub custodian: OrgId,
	/// The number of the query among those of its population.
	pub query: u64,
	/// Under which permit. It was alive when budget was reserved: the chain reserves under no other.
	pub permit: u32,
	/// The dataset that the permit is for, of the same custodian.
	pub dataset: u32,
	/// Its version, which was in force then.
	pub version: u32,
	/// The withdrawal epoch that the version honours.
	pub epoch: u32,
	/// The salted commitment to the query.
	pub commitment: Hash,
	/// What it costs, in millionths of epsilon.
	pub epsilon: u64,
	/// When budget was reserved, in seconds since 1970.
	pub reserved_at: Moment,
	/// With what it was settled, if it was.
	pub settled: Option<Settled>,
	/// The commitment to the document whose keys sign for the custodian as of the block: its profile, or keys that it has named since.
	pub keys: Hash,
}

/// A reservation that was read out of a final block's state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reserved {
	/// The block as of whose state it was, and why that is final.
	pub block: Block,
	/// The runtime that made that state.
	pub runtime: Runtime,
	/// What was read.
	pub reservation: Reservation,
}

/// The beginning of what is stored as `item`; what follows is not looked at.
fn first<T: Decode>(source: &impl Source, item: Item) -> Result<T, Error> {
	let bytes = source.get(item)?.ok_or(Error::UnreadableFact { item })?;
	T::decode(&mut bytes.as_slice()).map_err(|_| Error::UnreadableFact { item })
}

impl Reservation {
	/// Reads a query of a custodian, if it has one of that number.
	///
	/// # Errors
	/// [`Error::FactUnproven`] if the source leaves open what is read, [`Error::UnreadableFact`] if it is not as the pallets store it.
	fn read(source: &impl Source, custodian: OrgId, query: u64) -> Result<Option<Self>, Error> {
		let Some(found) = read::<Query>(source, Item::Query(custodian, query))? else {
			return Ok(None);
		};
		let (_, dataset): (u32, u32) = first(source, Item::Permit(found.permit))?;
		let item = Item::Dataset(dataset);
		let owner: OrgId = first(source, item)?;
		if owner != custodian {
			// The chain reserves for a dataset's custodian alone.
			return Err(Error::UnreadableFact { item });
		}
		let Epoch(epoch) = first(source, Item::Version(dataset, found.version))?;
		let item = Item::Organisation(custodian);
		let organisation: Organisation =
			read(source, item)?.ok_or(Error::UnreadableFact { item })?;
		let named: Option<ClientKeySet> = read(source, Item::ClientKeys(custodian))?;
		Ok(Some(Self {
			custodian,
			query,
			permit: found.permit,
			dataset,
			version: found.version,
			epoch,
			commitment: Hash(found.commitment),
			epsilon: found.epsilon,
			reserved_at: found.reserved_at,
			settled: found
				.result
				.map(|(commitment, at)| Settled { commitment: Hash(commitment), at }),
			keys: Hash(named.map_or(organisation.profile, |named| named.keys)),
		}))
	}
}

impl ReservationReceipt {
	/// Checks all of the receipt, and reads what the chain has of its query.
	///
	/// # Errors
	/// Those of finality and of the state as with receipts of records; [`Error::UnknownLayout`], [`Error::FactUnproven`],
	/// [`Error::UnreadableFact`]; [`Error::NotReserved`] if the custodian has no such query.
	pub fn verify<'t>(&self, trust: impl Into<Trust<'t>>) -> Result<Reserved, Error> {
		let Self { genesis, header, finality, proof, custodian, query } = self;
		let (state, finality, relay) =
			open("reservation receipt", *genesis, header, finality, proof, trust.into())?;
		let item = Item::Runtime;
		let RuntimeUpgrade { version, name } =
			read(&state, item)?.ok_or(Error::UnreadableFact { item })?;
		for (pallet, expected) in LAYOUTS {
			let found: u16 = read(&state, Item::Layout(pallet))?.unwrap_or_default();
			if found != expected {
				return Err(Error::UnknownLayout { pallet, found, expected });
			}
		}
		let millis: u64 = read(&state, Item::Time)?.unwrap_or_default();
		let (custodian, query, number) = (*custodian, *query, header.number);
		let reservation = Reservation::read(&state, custodian, query)?;
		let reservation =
			reservation.ok_or(Error::NotReserved { custodian, query, block: number })?;
		let block = Block { hash: header.hash, number, time: millis / 1_000, finality, relay };
		let runtime = Runtime { name, version: version.0 };
		Ok(Reserved { block, runtime, reservation })
	}
}
