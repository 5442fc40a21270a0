//! The whole check: that records are what their receipt says, and how they stood.

use crate::{
	bytes::Hash,
	commitment::{commit, verify_path},
	files::{Evidence, Receipt, Record},
	finality::{RelayBlock, Trust},
	header::Header,
	state::{Anchor, Standing, State},
	trail::Finality,
	Error,
};

/// A file that is said to be a record of a receipt.
#[derive(Clone, Copy, Debug)]
pub struct Presented<'a> {
	/// What it is called, for messages.
	pub file: &'a str,
	/// The name in the receipt of the record that it is said to be. Without one, it is looked for
	/// by its digest.
	pub name: Option<&'a str>,
	/// Its bytes.
	pub bytes: &'a [u8],
}

/// As of when a receipt speaks, and why that is final.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
	/// The hash.
	pub hash: Hash,
	/// The number.
	pub number: u32,
	/// The time: seconds since 1970.
	pub time: u64,
	/// Who made it final, or the relay chain's block that names it.
	pub finality: Finality,
	/// That block, if the chain is a parachain.
	pub relay: Option<RelayBlock>,
}

/// A record that was anchored as its receipt says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verified {
	/// Who anchored it.
	pub author: u32,
	/// In which slot.
	pub seq: u64,
	/// Its index in the slot's batch, if it is one.
	pub leaf: Option<u64>,
	/// The commitment to it.
	pub commitment: Hash,
	/// What the slot holds.
	pub anchor: Anchor,
	/// How the record stood at the receipt's block.
	pub standing: Standing,
}

/// A receipt whose block is proven to be final and whose proof is of that block's state.
pub struct Opened<'a> {
	receipt: &'a Receipt,
	state: State<'a>,
	/// The block.
	pub block: Block,
}

/// Checks that the block of `header` is final and that `proof` is of its state, of the chain that is meant; `what` is what
/// errors call the file. Tells who made it final.
pub(crate) fn open<'a>(
	what: &'static str,
	genesis: Hash,
	header: &Header,
	evidence: &Evidence,
	proof: &'a [Vec<u8>],
	trust: Trust,
) -> Result<(State<'a>, Finality, Option<RelayBlock>), Error> {
	if genesis != trust.genesis() {
		let (found, expected) = (genesis, trust.genesis());
		return Err(Error::OtherGenesis { what, found, expected });
	}
	let (finality, relay) = trust.finality(header, evidence)?;
	let state = State::new(header.state_root, proof)?;
	trust.is_of_chain(&state)?;
	Ok((state, finality, relay))
}

impl<'a> Opened<'a> {
	/// Checks all of `receipt` that is not about one record.
	pub fn new<'t>(receipt: &'a Receipt, trust: impl Into<Trust<'t>>) -> Result<Self, Error> {
		let Receipt { genesis, header, finality, proof, .. } = receipt;
		let (state, finality, relay) =
			open("receipt", *genesis, header, finality, proof, trust.into())?;
		let time = state.time()?;
		let block = Block { hash: header.hash, number: header.number, time, finality, relay };
		Ok(Self { receipt, state, block })
	}

	/// The records of the receipt that `presented` is: none is an error, and several are rare.
	pub fn find(&self, presented: &Presented) -> Result<Vec<&'a Record>, Error> {
		let records = &self.receipt.records;
		let file = || presented.file.to_string();
		if let Some(name) = presented.name {
			let mut named = records.iter().filter(|record| record.name.as_deref() == Some(name));
			let record = named.next().ok_or(Error::NoSuchName { name: name.into() })?;
			if named.next().is_some() {
				return Err(Error::AmbiguousName { name: name.into() });
			}
			let found = record.form.digest(presented.bytes)?;
			return match found == record.digest {
				true => Ok(vec![record]),
				false => Err(Error::Changed { file: file(), found, expected: record.digest }),
			};
		}
		let mut forms: Vec<_> = records.iter().map(|record| record.form).collect();
		forms.sort();
		forms.dedup();
		// What is not FHIR is nobody's digest in the form of FHIR.
		let digests: Vec<_> =
			forms.iter().map(|form| (*form, form.digest(presented.bytes))).collect();
		let is_of = |record: &&Record| {
			digests.iter().any(|(form, digest)| {
				*form == record.form && digest.as_ref().is_ok_and(|d| *d == record.digest)
			})
		};
		let found: Vec<_> = records.iter().filter(is_of).collect();
		match (found.as_slice(), records.as_slice()) {
			([_, ..], _) => Ok(found),
			([], [record]) => {
				let found = record.form.digest(presented.bytes)?;
				Err(Error::Changed { file: file(), found, expected: record.digest })
			},
			_ => Err(Error::NotInReceipt { file: file() }),
		}
	}

	/// Checks that `record` was anchored, and tells how it stood.
	pub fn verify(&self, record: &Record) -> Result<Verified, Error> {
		let Record { author, seq, form, .. } = *record;
		let anchor = self.state.anchor(author, seq)?.ok_or(Error::NotAnchored { author, seq })?;
		if anchor.form != form.index() {
			return Err(Error::OtherForm { author, seq });
		}
		let commitment = commit(&record.salt, form, &record.digest);
		match (anchor.leaves, &record.leaf) {
			(None, None) if anchor.commitment == commitment => (),
			(None, None) => return Err(Error::NotOpened { author, seq }),
			(None, Some(_)) => return Err(Error::PathUnexpected { author, seq }),
			(Some(_), None) => return Err(Error::PathMissing { author, seq }),
			(Some(leaves), Some(leaf)) => {
				let root = &anchor.commitment;
				if !verify_path(root, leaves, leaf.index, &commitment, &leaf.path) {
					return Err(Error::NotInBatch { author, seq, index: leaf.index });
				}
			},
		}
		let leaf = record.leaf.as_ref().map(|leaf| leaf.index);
		let standing = self.state.standing(author, seq, leaf)?;
		Ok(Verified { author, seq, leaf, commitment, anchor, standing })
	}
}
