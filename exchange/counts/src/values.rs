//! Value sets: what a code of a query stands for. A document that sites and researchers have alike.

use crate::{
	json::{self, is_of, number, object, Closed, Malformed},
	query::{is_name, ValueSetRef},
};
use salus_exchange_protocol::{json::Part, Hash};
use std::collections::{btree_map::Entry, BTreeMap, BTreeSet};

/// The largest value set, in bytes.
pub const MAX_VALUE_SET: usize = 1 << 20;
/// The most codes of a value set.
pub const MAX_CODES: usize = 4_096;
/// The most concepts that one code stands for.
pub const MAX_CONCEPTS: usize = 256;
/// The longest URL of a code system and the longest code in one, in bytes.
pub const MAX_TEXT: usize = 256;

/// A code in a code system, as it stands in records.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Concept {
	/// The URL of the code system.
	pub system: String,
	/// The code there.
	pub code: String,
}

/// A value set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ValueSet {
	id: String,
	version: u32,
	codes: BTreeMap<String, BTreeSet<Concept>>,
}

fn is_text(text: &str) -> bool {
	is_of(text, MAX_TEXT, |b| b.is_ascii_graphic())
}

impl ValueSet {
	/// Reads a value set, in whatever order it is written. Refused are a code, or a concept of one, that is there twice.
	pub fn read(bytes: &[u8]) -> Result<Self, Malformed> {
		let whole = json::read(bytes, MAX_VALUE_SET)?;
		let whole = Closed::of(&whole, "document", &["codes", "id", "version"])?;
		let id = Some(whole.text("id")?).filter(|id| is_name(id)).ok_or(Malformed("id"))?;
		let rows = whole.list("codes")?;
		if rows.is_empty() || rows.len() > MAX_CODES {
			return Err(Malformed("codes"));
		}
		let mut codes = BTreeMap::new();
		for row in rows {
			let row = Closed::of(row, "codes", &["code", "of"])?;
			let code = Some(row.text("code")?).filter(|code| is_name(code));
			let code = code.ok_or(Malformed("code"))?;
			let concepts = row.list("of")?;
			let read: BTreeSet<Concept> = concepts.iter().map(concept).collect::<Result<_, _>>()?;
			let fits = (1..=MAX_CONCEPTS).contains(&concepts.len()) && read.len() == concepts.len();
			match codes.entry(code.to_owned()) {
				Entry::Vacant(place) if fits => place.insert(read),
				_ => return Err(Malformed("of")),
			};
		}
		Ok(Self { id: id.into(), version: whole.small("version")?, codes })
	}

	/// Its canonical form (RFC 8785): codes by name, and concepts by system and code.
	pub fn canonical(&self) -> String {
		let concept = |Concept { system, code }: &Concept| {
			object([("code", Part::of(code)), ("system", Part::of(system))])
		};
		let codes = self.codes.iter().map(|(code, of)| {
			let of = Part::List(of.iter().map(concept).collect());
			object([("code", Part::of(code)), ("of", of)])
		});
		json::written(&object([
			("codes", Part::List(codes.collect())),
			("id", Part::of(&self.id)),
			("version", number(self.version)),
		]))
	}

	/// How queries name it.
	pub fn reference(&self) -> ValueSetRef {
		let hash = Hash::of(self.canonical().as_bytes());
		ValueSetRef { id: self.id.clone(), version: self.version, hash }
	}

	/// All concepts of all codes.
	pub fn all_concepts(&self) -> impl Iterator<Item = &Concept> {
		self.codes.values().flatten()
	}

	/// What a code stands for; none if it is not in the value set.
	pub fn concepts(&self, code: &str) -> Option<&BTreeSet<Concept>> {
		self.codes.get(code)
	}
}

fn concept(part: &Part) -> Result<Concept, Malformed> {
	let part = Closed::of(part, "of", &["code", "system"])?;
	let text = |name: &'static str| {
		let text = part.text(name)?;
		Some(text.to_owned()).filter(|text| is_text(text)).ok_or(Malformed(name))
	};
	Ok(Concept { system: text("system")?, code: text("code")? })
}
