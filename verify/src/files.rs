//! The files: receipts, trails, geneses and checkpoints, each JSON with a format and a version.
//!
//! Reading is strict. A member that is not known, occurs twice or is missing, a list in place of an object, a number or
//! bytes that are written in another way, bytes that do not decode: each makes the whole file malformed. The rule
//! is in `docs/receipts.md`, and the client has the same: `docs/vectors/files.json` is checked by both.

use crate::{
	bytes::{decimal, Bytes, Hash},
	commitment::{Form, MAX_DEPTH},
	header::{Header, MAX_AUTHORITIES},
	json::{self, Value},
	justification::Justification,
	shape::{Fault, Flaw},
	Error,
};
use alloc::{
	boxed::Box,
	collections::BTreeSet,
	format,
	string::{String, ToString},
	vec::Vec,
};
use serde::{de::DeserializeOwned, Deserialize, Deserializer, Serialize};

/// The largest file that is read.
pub const MAX_FILE: usize = 256 << 20;
/// The largest receipt that is read.
pub const MAX_RECEIPT: usize = 64 << 20;
/// The most records of one receipt.
pub const MAX_RECORDS: usize = 100_000;
/// The most nodes of one proof.
pub(crate) const MAX_NODES: usize = 1 << 20;
/// The most changes of authorities in one trail.
const MAX_HANDOFFS: usize = 1 << 20;

/// A receipt.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
	/// The chain.
	pub genesis: Hash,
	/// The block as of which the receipt speaks.
	pub header: Header,
	/// How the block became final.
	pub finality: Evidence,
	/// Nodes of the state's trie after the block.
	pub proof: Vec<Vec<u8>>,
	/// What the receipt is for.
	pub records: Vec<Record>,
}

/// How a receipt shows that its block is final.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Evidence {
	/// By the authorities of its own chain.
	Own(Votes),
	/// By those of the relay chain of which its chain is a parachain.
	Relay(Box<Relay>),
}

/// The votes by which a set of authorities made a block final.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Votes {
	/// The set's number.
	pub set: u64,
	/// Its votes.
	pub justification: Justification,
}

/// A block of a relay chain that names the receipt's block as the head of a parachain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Relay {
	/// The relay chain.
	pub genesis: Hash,
	/// The parachain's number there.
	pub para: u32,
	/// The block.
	pub header: Header,
	/// How it became final.
	pub votes: Votes,
	/// Nodes of the relay chain's state after the block, which lead to the parachain's head.
	pub proof: Vec<Vec<u8>>,
}

/// One record of a receipt.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
	/// The organisation that anchored it.
	pub author: u32,
	/// In which of its slots.
	#[serde(with = "decimal")]
	pub seq: u64,
	/// Over which bytes the digest is taken.
	pub form: Form,
	/// The salt of the commitment.
	pub salt: Hash,
	/// The digest of the record in its form.
	pub digest: Hash,
	/// Where in the slot's batch it is, if the slot is a batch.
	#[serde(deserialize_with = "null_or")]
	pub leaf: Option<Leaf>,
	/// What its file may be called.
	#[serde(default, deserialize_with = "there")]
	pub name: Option<String>,
}

/// What a member says that may be null, and may not be left out, as serde lets one of an option be.
pub(crate) fn null_or<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
	deserializer: D,
) -> Result<Option<T>, D::Error> {
	Option::deserialize(deserializer)
}

/// What a member says that may be left out, and may not be null.
fn there<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
	deserializer: D,
) -> Result<Option<T>, D::Error> {
	T::deserialize(deserializer).map(Some)
}

/// A record's place in a batch.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leaf {
	/// Its index, from 0.
	#[serde(with = "decimal")]
	pub index: u64,
	/// The siblings from the leaf upwards.
	pub path: Vec<Hash>,
}

/// The changes of a chain's authorities, from the first on, or from a later one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trail {
	/// The chain.
	pub genesis: Hash,
	/// The number of the set that the first change ends.
	pub from: u64,
	/// The changes, in order and without gaps.
	pub handoffs: Vec<Handoff>,
}

/// One set of authorities hands over to the next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Handoff {
	/// The block that names the next set.
	pub header: Header,
	/// How the set before made it final; nothing, where the change was forced.
	pub justification: Option<Justification>,
}

/// The compact form of a chain's beginning.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GenesisFile {
	/// Block 0.
	pub header: Header,
	/// The bytes of it.
	bytes: Vec<u8>,
	/// The nodes of its state that lead to the first authorities.
	pub proof: Vec<Vec<u8>>,
}

/// A block from which a chain's authorities are followed, in place of its genesis.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StartFile {
	/// The block.
	pub header: Header,
	/// The nodes of its state that lead to the authorities, to their number and to the chain's genesis.
	pub proof: Vec<Vec<u8>>,
}

/// What somebody who can be named vouches for: the authorities after a forced change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checkpoint {
	/// The chain.
	pub genesis: Hash,
	/// The set's number.
	pub set: u64,
	/// Its keys.
	pub authorities: Vec<Hash>,
	/// Who vouches, in words.
	pub name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReceipt<F> {
	#[serde(rename = "format")]
	_format: String,
	#[serde(rename = "version")]
	_version: u32,
	genesis: Hash,
	header: Bytes,
	finality: F,
	proof: Vec<Bytes>,
	records: Vec<Record>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct RawFinality {
	set_id: u64,
	justification: Bytes,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRelayFinality {
	relay: RawRelay,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct RawRelay {
	genesis: Hash,
	para_id: u32,
	header: Bytes,
	set_id: u64,
	justification: Bytes,
	proof: Vec<Bytes>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTrail {
	#[serde(rename = "format")]
	_format: String,
	#[serde(rename = "version")]
	_version: u32,
	genesis: Hash,
	handoffs: Vec<RawHandoff>,
}

/// A trail of version 2, which may begin later than with the first change.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLaterTrail {
	#[serde(rename = "format")]
	_format: String,
	#[serde(rename = "version")]
	_version: u32,
	genesis: Hash,
	from: u64,
	handoffs: Vec<RawHandoff>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHandoff {
	header: Bytes,
	justification: Bytes,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawGenesis {
	format: String,
	version: u32,
	header: Bytes,
	proof: Vec<Bytes>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct RawCheckpoint {
	#[serde(rename = "format")]
	_format: String,
	#[serde(rename = "version")]
	_version: u32,
	genesis: Hash,
	set_id: u64,
	authorities: Vec<Hash>,
	name: String,
}

/// What every file begins with.
#[derive(Deserialize)]
struct Envelope {
	format: String,
	version: u32,
}

impl Receipt {
	/// Reads a receipt.
	pub fn parse(json: &[u8]) -> Result<Self, Error> {
		const WHAT: &str = "receipt";
		let file = read(WHAT, json, MAX_RECEIPT)?;
		match version(WHAT, "salus-receipt", &file, &[1, 2])? {
			1 => Self::of(body::<RawReceipt<RawFinality>>(WHAT, &file)?),
			_ => Self::of(body::<RawReceipt<RawRelayFinality>>(WHAT, &file)?),
		}
	}

	fn of<F: Final>(raw: RawReceipt<F>) -> Result<Self, Error> {
		const WHAT: &str = "receipt";
		let finality = raw.finality.evidence()?;
		at_most(WHAT, "proof nodes", raw.proof.len(), MAX_NODES)?;
		at_most(WHAT, "records", raw.records.len(), MAX_RECORDS)?;
		if raw.records.is_empty() {
			return Err(unmeant(WHAT, "it is for no record"));
		}
		let mut places = BTreeSet::new();
		for Record { author, seq, leaf, .. } in &raw.records {
			let leaf = leaf.as_ref().map(|leaf| leaf.index);
			if !places.insert((*author, *seq, leaf)) {
				let number =
					leaf.map_or(String::new(), |index| format!(", number {index} of its batch"));
				let why = format!(
					"it has the record of organisation {author} in slot {seq}{number} twice"
				);
				return Err(unmeant(WHAT, why));
			}
		}
		for leaf in raw.records.iter().filter_map(|record| record.leaf.as_ref()) {
			at_most(WHAT, "hashes in a path", leaf.path.len(), usize::from(MAX_DEPTH))?;
		}
		Ok(Self {
			genesis: raw.genesis,
			header: Header::decode(&raw.header.0)?,
			finality,
			proof: raw.proof.into_iter().map(|node| node.0).collect(),
			records: raw.records,
		})
	}
}

/// The member `finality` of a receipt: of version 1 by its own chain, of version 2 by a relay chain.
pub(crate) trait Final {
	/// What it says.
	fn evidence(&self) -> Result<Evidence, Error>;
}

impl Final for RawFinality {
	fn evidence(&self) -> Result<Evidence, Error> {
		let justification = Justification::decode(&self.justification.0)?;
		Ok(Evidence::Own(Votes { set: self.set_id, justification }))
	}
}

impl Final for RawRelayFinality {
	fn evidence(&self) -> Result<Evidence, Error> {
		Ok(Evidence::Relay(Box::new(Relay::of(&self.relay)?)))
	}
}

impl Relay {
	fn of(raw: &RawRelay) -> Result<Self, Error> {
		at_most("receipt", "proof nodes of the relay chain", raw.proof.len(), MAX_NODES)?;
		let justification = Justification::decode_as(&raw.justification.0, "relay justification")?;
		Ok(Self {
			genesis: raw.genesis,
			para: raw.para_id,
			header: Header::decode_as(&raw.header.0, "relay header")?,
			votes: Votes { set: raw.set_id, justification },
			proof: raw.proof.iter().map(|node| node.0.clone()).collect(),
		})
	}
}

impl Trail {
	/// Reads a trail.
	pub fn parse(json: &[u8]) -> Result<Self, Error> {
		const WHAT: &str = "trail";
		let file = read(WHAT, json, MAX_FILE)?;
		let (genesis, from, handoffs) = match version(WHAT, "salus-trail", &file, &[1, 2])? {
			1 => {
				let RawTrail { genesis, handoffs, .. } = body(WHAT, &file)?;
				(genesis, 0, handoffs)
			},
			_ => {
				let RawLaterTrail { genesis, from, handoffs, .. } = body(WHAT, &file)?;
				(genesis, from, handoffs)
			},
		};
		at_most(WHAT, "hand-offs", handoffs.len(), MAX_HANDOFFS)?;
		let handoff = |raw: RawHandoff| {
			let justification = match raw.justification.0.as_slice() {
				[] => None,
				bytes => Some(Justification::decode(bytes)?),
			};
			Ok(Handoff { header: Header::decode(&raw.header.0)?, justification })
		};
		let handoffs = handoffs.into_iter().map(handoff).collect::<Result<_, Error>>()?;
		Ok(Self { genesis, from, handoffs })
	}
}

impl GenesisFile {
	/// The file that holds the header of block 0, and a proof of its state.
	pub(crate) fn new(bytes: Vec<u8>, proof: Vec<Vec<u8>>) -> Result<Self, Error> {
		Ok(Self { header: Header::decode(&bytes)?, bytes, proof })
	}

	/// Reads the file.
	pub fn parse(json: &[u8]) -> Result<Self, Error> {
		const WHAT: &str = "genesis file";
		let raw: RawGenesis = parse(WHAT, "salus-genesis", json, MAX_RECEIPT)?;
		at_most(WHAT, "proof nodes", raw.proof.len(), MAX_NODES)?;
		let header = Header::decode(&raw.header.0)?;
		if header.number != 0 {
			return Err(unmeant(WHAT, "its block is not block 0"));
		}
		let proof = raw.proof.into_iter().map(|node| node.0).collect();
		Ok(Self { header, bytes: raw.header.0, proof })
	}

	/// Writes the file.
	pub fn to_json(&self) -> String {
		let raw = RawGenesis {
			format: "salus-genesis".into(),
			version: 1,
			header: Bytes(self.bytes.clone()),
			proof: self.proof.iter().cloned().map(Bytes).collect(),
		};
		serde_json::to_string_pretty(&raw).unwrap_or_default()
	}
}

impl StartFile {
	/// Reads the file.
	pub fn parse(json: &[u8]) -> Result<Self, Error> {
		const WHAT: &str = "start";
		let raw: RawGenesis = parse(WHAT, "salus-start", json, MAX_RECEIPT)?;
		at_most(WHAT, "proof nodes", raw.proof.len(), MAX_NODES)?;
		let header = Header::decode(&raw.header.0)?;
		if header.number == 0 {
			return Err(unmeant(WHAT, "its block is block 0, which a genesis file is for"));
		}
		Ok(Self { header, proof: raw.proof.into_iter().map(|node| node.0).collect() })
	}
}

impl Checkpoint {
	/// Reads a checkpoint.
	pub fn parse(json: &[u8]) -> Result<Self, Error> {
		const WHAT: &str = "checkpoint";
		let raw: RawCheckpoint = parse(WHAT, "salus-checkpoint", json, MAX_RECEIPT)?;
		at_most(WHAT, "authorities", raw.authorities.len(), MAX_AUTHORITIES)?;
		let named = !raw.name.trim().is_empty() && !raw.name.chars().any(char::is_control);
		if !named || raw.name.len() > 200 {
			return Err(unmeant(WHAT, "its name must be one line of 1 to 200 bytes"));
		}
		let RawCheckpoint { genesis, set_id, authorities, name, .. } = raw;
		Ok(Self { genesis, set: set_id, authorities, name })
	}
}

fn parse<T: DeserializeOwned>(
	what: &'static str,
	format: &str,
	json: &[u8],
	limit: usize,
) -> Result<T, Error> {
	let file = read(what, json, limit)?;
	version(what, format, &file, &[1])?;
	body(what, &file)
}

/// The one value that a file is, of at most `limit` bytes.
pub(crate) fn read<'a>(
	what: &'static str,
	json: &'a [u8],
	limit: usize,
) -> Result<Value<'a>, Error> {
	let refuse = |refused: json::Refused| malformed(what, Flaw::from(refused));
	json::limited(json, limit).map_err(refuse)?;
	Value::read(json).map_err(refuse)
}

/// The file as a type of ours.
pub(crate) fn body<'a, T: Deserialize<'a>>(
	what: &'static str,
	file: &'a Value,
) -> Result<T, Error> {
	T::deserialize(file).map_err(|flaw| malformed(what, flaw))
}

/// The version of a file, one of `known`. Looked at first of all, so that a file of another kind or version is told as
/// such.
pub(crate) fn version(
	what: &'static str,
	format: &str,
	file: &Value,
	known: &[u32],
) -> Result<u32, Error> {
	let envelope: Envelope = body(what, file)?;
	let other = |why| Err(Error::MalformedFile { what, fault: Fault::OtherFormat, why });
	if envelope.format != format {
		let found = printable(&envelope.format);
		return other(format!("its format is \"{found}\" and not \"{format}\""));
	}
	if !known.contains(&envelope.version) {
		let known: Vec<_> = known.iter().map(u32::to_string).collect();
		let (version, known) = (envelope.version, known.join(" and "));
		return other(format!("version {version} is not known here, only {known}"));
	}
	Ok(envelope.version)
}

/// The error of a file with that flaw. Its words may repeat what the file says, which may be written to move a
/// terminal's cursor.
fn malformed(what: &'static str, flaw: Flaw) -> Error {
	Error::MalformedFile { what, fault: flaw.fault, why: shown(&flaw.to_string(), 200) }
}

/// The error of a file in which a value is of the right kind and yet cannot be meant.
pub(crate) fn unmeant(what: &'static str, why: impl Into<String>) -> Error {
	Error::MalformedFile { what, fault: Fault::WrongValue, why: why.into() }
}

pub(crate) fn at_most(
	what: &'static str,
	parts: &str,
	count: usize,
	most: usize,
) -> Result<(), Error> {
	match count <= most {
		true => Ok(()),
		false => Err(unmeant(what, format!("it has {count} {parts}, and {most} are the most"))),
	}
}

/// `text` from a file, short and without what could disturb a terminal.
pub fn printable(text: &str) -> String {
	shown(text, 60)
}

/// At most `most` characters of `text`, without those that control a terminal or turn the direction of
/// writing around.
fn shown(text: &str, most: usize) -> String {
	let turns = |c: &char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
	text.chars().filter(|c| !c.is_control() && !turns(c)).take(most).collect()
}
