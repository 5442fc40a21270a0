//! The file of a reservation receipt, read as strictly as the others.

use crate::{
	bytes::{decimal, Bytes, Hash},
	files::{
		at_most, body, read, version, Evidence, Final, RawFinality, RawRelayFinality, MAX_NODES,
		MAX_RECEIPT,
	},
	header::Header,
	Error,
};
use alloc::{string::String, vec::Vec};
use salus_primitives::OrgId;
use serde::Deserialize;

/// What errors call the file.
const WHAT: &str = "reservation receipt";

/// A reservation receipt: of which query it is, and what shows what the chain has of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReservationReceipt {
	/// The chain.
	pub genesis: Hash,
	/// The block whose state shows it.
	pub header: Header,
	/// How the block became final.
	pub finality: Evidence,
	/// Nodes of the state's trie after the block.
	pub proof: Vec<Vec<u8>>,
	/// The organisation that reserved.
	pub custodian: OrgId,
	/// The number of the query among those of its population.
	pub query: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw<F> {
	#[serde(rename = "format")]
	_format: String,
	#[serde(rename = "version")]
	_version: u32,
	genesis: Hash,
	header: Bytes,
	finality: F,
	proof: Vec<Bytes>,
	custodian: OrgId,
	#[serde(with = "decimal")]
	query: u64,
}

impl ReservationReceipt {
	/// Reads a reservation receipt.
	///
	/// # Errors
	/// [`Error::MalformedFile`], and [`Error::Malformed`] for a header or justification that does not decode.
	pub fn parse(json: &[u8]) -> Result<Self, Error> {
		let file = read(WHAT, json, MAX_RECEIPT)?;
		match version(WHAT, "salus-reservation", &file, &[1, 2])? {
			1 => Self::of(body::<Raw<RawFinality>>(WHAT, &file)?),
			_ => Self::of(body::<Raw<RawRelayFinality>>(WHAT, &file)?),
		}
	}

	fn of<F: Final>(raw: Raw<F>) -> Result<Self, Error> {
		let finality = raw.finality.evidence()?;
		at_most(WHAT, "proof nodes", raw.proof.len(), MAX_NODES)?;
		Ok(Self {
			genesis: raw.genesis,
			header: Header::decode(&raw.header.0)?,
			finality,
			proof: raw.proof.into_iter().map(|node| node.0).collect(),
			custodian: raw.custodian,
			query: raw.query,
		})
	}
}
