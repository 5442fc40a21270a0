//! The JSON of messages and logs: members in the order in which they are written, each once, and whole numbers only.
//!
//! Not for records: these have numbers of any precision, and are read by [`crate::fhir`].

use crate::fhir::put_string;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// The largest whole number: JavaScript's are exact up to here.
pub const MAX_WHOLE: i64 = 9_007_199_254_740_991;

/// A part of a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
	/// `null`.
	Null,
	/// `true` or `false`.
	Bool(bool),
	/// A number.
	Whole(i64),
	/// A string.
	Text(String),
	/// A list.
	List(Vec<Part>),
	/// An object, in the order of its members.
	Object(Vec<(String, Part)>),
}

/// Why something is no message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum JsonFault {
	/// It has more bytes than a message of its kind may have.
	TooLarge {
		/// How many it may have.
		most: usize,
	},
	/// It is not JSON, has a member twice, half of a surrogate pair, a number that is not whole, or more than 127 levels.
	Malformed {
		/// What is wrong, and where.
		why: String,
	},
}

impl fmt::Display for JsonFault {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::TooLarge { most } => write!(f, "more than {most} bytes"),
			Self::Malformed { why } => write!(f, "not JSON of this kind: {why}"),
		}
	}
}

impl std::error::Error for JsonFault {}

impl Part {
	/// Reads a message of at most `most` bytes.
	pub fn read(bytes: &[u8], most: usize) -> Result<Self, JsonFault> {
		if bytes.len() > most {
			return Err(JsonFault::TooLarge { most });
		}
		serde_json::from_slice(bytes)
			.map_err(|error| JsonFault::Malformed { why: error.to_string() })
	}

	/// The member of that name, if this is an object and has it.
	pub fn get(&self, name: &str) -> Option<&Self> {
		let Self::Object(members) = self else { return None };
		members.iter().find_map(|(there, part)| (there == name).then_some(part))
	}

	/// The text, if this is a string.
	pub fn text(&self) -> Option<&str> {
		match self {
			Self::Text(text) => Some(text),
			_ => None,
		}
	}

	/// The number, if this is one and not negative.
	pub fn whole(&self) -> Option<u64> {
		match self {
			Self::Whole(number) => u64::try_from(*number).ok(),
			_ => None,
		}
	}

	/// Writes it as JavaScript's `JSON.stringify` does.
	pub fn put(&self, out: &mut String) {
		match self {
			Self::Null => out.push_str("null"),
			Self::Bool(true) => out.push_str("true"),
			Self::Bool(false) => out.push_str("false"),
			Self::Whole(number) => out.push_str(&number.to_string()),
			Self::Text(text) => put_string(out, text),
			Self::List(items) => {
				out.push('[');
				for (at, item) in items.iter().enumerate() {
					if at > 0 {
						out.push(',');
					}
					item.put(out);
				}
				out.push(']');
			},
			Self::Object(members) => {
				out.push('{');
				for (at, (name, part)) in members.iter().enumerate() {
					if at > 0 {
						out.push(',');
					}
					put_string(out, name);
					out.push(':');
					part.put(out);
				}
				out.push('}');
			},
		}
	}

	/// A text.
	pub fn of(text: impl fmt::Display) -> Self {
		Self::Text(text.to_string())
	}

	fn of_number<E: serde::de::Error>(number: impl TryInto<i64>) -> Result<Self, E> {
		let number = number
			.try_into()
			.ok()
			.filter(|number| number.unsigned_abs() <= MAX_WHOLE.unsigned_abs());
		number.map(Self::Whole).ok_or(E::custom("a number beyond 2^53 - 1"))
	}
}

impl<'de> Deserialize<'de> for Part {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		deserializer.deserialize_any(PartVisitor)
	}
}

struct PartVisitor;

impl<'de> Visitor<'de> for PartVisitor {
	type Value = Part;

	fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str("JSON with whole numbers")
	}

	fn visit_unit<E: serde::de::Error>(self) -> Result<Part, E> {
		Ok(Part::Null)
	}

	fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Part, E> {
		Ok(Part::Bool(value))
	}

	fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Part, E> {
		Part::of_number(value)
	}

	fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Part, E> {
		Part::of_number(value)
	}

	fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Part, E> {
		Ok(Part::Text(value.into()))
	}

	fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Part, A::Error> {
		let mut list = Vec::new();
		while let Some(item) = items.next_element()? {
			list.push(item);
		}
		Ok(Part::List(list))
	}

	fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Part, A::Error> {
		let mut object: Vec<(String, Part)> = Vec::new();
		let mut names = std::collections::BTreeSet::new();
		while let Some((name, part)) = members.next_entry::<String, Part>()? {
			// JavaScript puts such members first, whatever the order in which they are written.
			if name.starts_with(|c: char| c.is_ascii_digit()) {
				return Err(A::Error::custom("a member whose name begins with a digit"));
			}
			if !names.insert(name.clone()) {
				return Err(A::Error::custom("a member occurs twice"));
			}
			object.push((name, part));
		}
		Ok(Part::Object(object))
	}
}
