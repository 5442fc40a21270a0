//! Access logs: one gap-free chain of entries for each custodian. Every entry carries the hash of the one before, so that
//! nothing can be taken out or changed without every later hash changing. The twin of `clients/types/src/log-entry.ts`.

use crate::{
	event::{Event, EventFault},
	json::{JsonFault, Part},
	Hash,
};
use std::fmt;

/// The longest line of a log, in bytes. Entries that are written now are far below it.
pub const MAX_LINE: usize = 1 << 20;

/// What the first entry of a log has as `previous`.
pub const GENESIS_OF_LOG: Hash = Hash([0; 32]);

const DOMAIN: &[u8] = b"salus:access-log:v1";

/// Why a line is no entry of a log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LineFault {
	/// It is no JSON of the kind that logs have.
	Json(JsonFault),
	/// It is JSON, but no object.
	NoObject,
}

impl fmt::Display for LineFault {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Json(fault) => write!(f, "no entry of an access log: {fault}"),
			Self::NoObject => f.write_str("no entry of an access log: no object"),
		}
	}
}

impl std::error::Error for LineFault {}

/// The log is broken: an entry does not follow from those before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Broken {
	/// The first such entry, counted from 0.
	pub at: u64,
}

impl fmt::Display for Broken {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		write!(f, "the access log is broken at entry {}", self.at)
	}
}

impl std::error::Error for Broken {}

/// An entry as it is written, whatever version wrote it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line(Vec<(String, Part)>);

impl Line {
	/// Reads a line. What it says is not judged: that is for [`Chain::follow`] and [`Line::event`].
	pub fn read(line: &[u8]) -> Result<Self, LineFault> {
		Self::from_part(Part::read(line, MAX_LINE).map_err(LineFault::Json)?)
	}

	/// The entry that stands in a message.
	pub fn from_part(entry: Part) -> Result<Self, LineFault> {
		match entry {
			Part::Object(members) => Ok(Self(members)),
			_ => Err(LineFault::NoObject),
		}
	}

	/// The entry as a line, without its end.
	pub fn to_text(&self) -> String {
		let mut text = String::new();
		Part::Object(self.0.clone()).put(&mut text);
		text
	}

	/// A member.
	pub fn get(&self, name: &str) -> Option<&Part> {
		self.0.iter().find_map(|(there, part)| (there == name).then_some(part))
	}

	/// The hash that it has, computed from its other members in a fixed order. What it says its hash is does not matter.
	pub fn hash(&self) -> Hash {
		let mut members: Vec<&(String, Part)> =
			self.0.iter().filter(|(name, _)| name != "hash").collect();
		members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
		let members =
			members.into_iter().map(|(name, part)| Part::List(vec![Part::of(name), part.clone()]));
		let mut text = String::new();
		Part::List(members.collect()).put(&mut text);
		Hash::of(&[DOMAIN, text.as_bytes()].concat())
	}

	/// Whether the hash that it says it has is the one that it has.
	pub fn has_its_hash(&self) -> bool {
		self.get("hash").and_then(Part::text) == Some(self.hash().to_string().as_str())
	}

	/// What it tells of. Entries of versions that wrote otherwise are refused here, and still are entries.
	pub fn event(&self) -> Result<Event, EventFault> {
		let place = ["seq", "previous", "hash"];
		let members = self.0.iter().filter(|(name, _)| !place.contains(&name.as_str())).cloned();
		Event::from_part(&Part::Object(members.collect()))
	}
}

/// A log as far as it has been read or written: what the next entry must follow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Chain {
	length: u64,
	last: Hash,
}

impl Default for Chain {
	fn default() -> Self {
		Self { length: 0, last: GENESIS_OF_LOG }
	}
}

impl Chain {
	/// A log of `length` entries, the last with the hash `last`, of which it was checked before that they are a chain.
	pub fn resume(length: u64, last: Hash) -> Self {
		Self { length, last }
	}

	/// How many entries there are.
	pub fn length(&self) -> u64 {
		self.length
	}

	/// The hash of the last entry; [`GENESIS_OF_LOG`] if there is none.
	pub fn last(&self) -> Hash {
		self.last
	}

	/// Goes past the next entry. Nothing has changed if it does not follow.
	pub fn follow(&mut self, entry: &Line) -> Result<(), Broken> {
		let follows = entry.get("seq").and_then(Part::whole) == Some(self.length)
			&& entry.get("previous").and_then(Part::text) == Some(self.last.to_string().as_str())
			&& entry.has_its_hash();
		if !follows {
			return Err(Broken { at: self.length });
		}
		self.length = self.length.saturating_add(1);
		self.last = entry.hash();
		Ok(())
	}

	/// The next entry. The chain stays where it is, because the entry may still fail to be written: then
	/// [`follow`](Self::follow) it.
	pub fn next(&self, event: &Event) -> Result<Line, EventFault> {
		let fault = |problem| EventFault { argument: "seq".into(), problem };
		let seq = i64::try_from(self.length).map_err(|_| fault("is beyond all numbers"))?;
		let Part::Object(mut members) = event.to_part()? else { return Err(fault("is no object")) };
		members.push(("seq".into(), Part::Whole(seq)));
		members.push(("previous".into(), Part::of(self.last)));
		let mut line = Line(members);
		let hash = line.hash();
		line.0.push(("hash".into(), Part::of(hash)));
		Ok(line)
	}
}

/// Checks a whole log.
pub fn verify_log<'a>(entries: impl IntoIterator<Item = &'a Line>) -> Result<Chain, Broken> {
	let mut chain = Chain::default();
	entries.into_iter().try_for_each(|entry| chain.follow(entry))?;
	Ok(chain)
}
