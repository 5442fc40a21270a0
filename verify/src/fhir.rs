//! The form `FhirJson`: the twin of `canonicalFhirJson` in `clients/js/src/fhir/json.ts`.
//!
//! Members sorted by their UTF-16 code units as in RFC 8785, white space removed, strings in their
//! shortest escape, numbers **kept as they are written**: 1.0 is not 1.00 in FHIR. A member that
//! occurs twice, half of a surrogate pair, what is not JSON and what is beyond a limit are refused. Checked
//! against the vectors that the client is checked against too (`docs/vectors/fhir-forms.json`).

use crate::Error;
use std::{
	cmp::Ordering,
	collections::{btree_map::Entry, BTreeMap},
};

/// The largest record in this form, in bytes. What is larger is committed to as `Bytes`.
pub const MAX_BYTES: usize = 64 << 20;
/// In how many objects and lists a value may stand. FHIR's own resources stay below fifty.
pub const MAX_NESTING: usize = 512;
/// The most values of one record: objects, lists, strings, numbers and literals, all counted.
pub const MAX_VALUES: usize = 4_194_304;
/// The most characters of one number. FHIR asks for 18 digits. A string may be as long as the record.
pub const MAX_NUMBER: usize = 1_024;

/// Why a record has no form `FhirJson`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
	/// More than [`MAX_BYTES`].
	TooLarge,
	/// Not UTF-8.
	NotUtf8,
	/// Not JSON.
	NotJson,
	/// A member occurs twice: readers see either the one or the other.
	MemberTwice,
	/// A string has half of a surrogate pair.
	LoneSurrogate,
	/// A value stands in more than [`MAX_NESTING`] objects and lists.
	TooDeep,
	/// More than [`MAX_VALUES`].
	TooManyValues,
	/// A number of more than [`MAX_NUMBER`] characters.
	NumberTooLong,
}

impl Fault {
	/// Its name in the vectors and in the client.
	pub const fn code(self) -> &'static str {
		match self {
			Self::TooLarge => "too-large",
			Self::NotUtf8 => "not-utf-8",
			Self::NotJson => "not-json",
			Self::MemberTwice => "member-twice",
			Self::LoneSurrogate => "lone-surrogate",
			Self::TooDeep => "too-deep",
			Self::TooManyValues => "too-many-values",
			Self::NumberTooLong => "number-too-long",
		}
	}
}

/// The canonical form of `record`.
pub fn canonical(record: &[u8]) -> Result<Vec<u8>, Error> {
	read(record).map(|whole| whole.canonical())
}

/// What `record` says, of which there is one reading only; refused as by [`canonical`].
pub fn read(record: &[u8]) -> Result<Value, Error> {
	if record.len() > MAX_BYTES {
		return Err(fault(Fault::TooLarge, "it is larger than 64 MiB"));
	}
	// A byte order mark is no part of the text, as for JavaScript's TextDecoder.
	let text = record.strip_prefix(b"\xef\xbb\xbf").unwrap_or(record);
	let text = std::str::from_utf8(text).map_err(|_| fault(Fault::NotUtf8, "it is not UTF-8"))?;
	let mut scanner = Scanner { rest: text, values: 0 };
	let whole = scanner.value(0)?;
	scanner.space();
	if !scanner.rest.is_empty() {
		return Err(bad("there is something behind its end"));
	}
	Ok(whole)
}

fn fault(fault: Fault, why: &'static str) -> Error {
	Error::NotFhir { fault, why: why.into() }
}

fn bad(why: &'static str) -> Error {
	fault(Fault::NotJson, why)
}

/// A JSON value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
	/// `null`.
	Null,
	/// `true` or `false`.
	Bool(bool),
	/// A number, as it is written.
	Number(String),
	/// A string, without its escapes.
	Text(String),
	/// A list.
	List(Vec<Value>),
	/// An object: its members, sorted by the UTF-16 code units of their names, each name once.
	Object(Vec<(String, Value)>),
}

impl Value {
	/// The member of that name, if this is an object and has it.
	pub fn get(&self, name: &str) -> Option<&Value> {
		let Self::Object(members) = self else { return None };
		let at = members.binary_search_by(|(there, _)| by_units(there, name)).ok()?;
		members.get(at).map(|(_, value)| value)
	}

	/// The text, if this is a string.
	pub fn text(&self) -> Option<&str> {
		match self {
			Self::Text(text) => Some(text),
			_ => None,
		}
	}

	/// The canonical form.
	pub fn canonical(&self) -> Vec<u8> {
		let mut out = String::new();
		self.put(&mut out);
		out.into_bytes()
	}

	fn put(&self, out: &mut String) {
		match self {
			Self::Null => out.push_str("null"),
			Self::Bool(true) => out.push_str("true"),
			Self::Bool(false) => out.push_str("false"),
			Self::Number(text) => out.push_str(text),
			Self::Text(text) => put_string(out, text),
			Self::List(items) => {
				out.push('[');
				for (index, item) in items.iter().enumerate() {
					if index > 0 {
						out.push(',');
					}
					item.put(out);
				}
				out.push(']');
			},
			Self::Object(members) => {
				out.push('{');
				for (index, (name, value)) in members.iter().enumerate() {
					if index > 0 {
						out.push(',');
					}
					put_string(out, name);
					out.push(':');
					value.put(out);
				}
				out.push('}');
			},
		}
	}
}

/// The order of RFC 8785, and of JavaScript: by UTF-16 code units.
fn by_units(a: &str, b: &str) -> Ordering {
	a.encode_utf16().cmp(b.encode_utf16())
}

/// A member's name while its object is read.
#[derive(PartialEq, Eq)]
struct Name(String);

impl Ord for Name {
	fn cmp(&self, other: &Self) -> Ordering {
		by_units(&self.0, &other.0)
	}
}

impl PartialOrd for Name {
	fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
		Some(self.cmp(other))
	}
}

struct Scanner<'a> {
	rest: &'a str,
	values: usize,
}

impl<'a> Scanner<'a> {
	fn space(&mut self) {
		self.rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
	}

	/// Goes past `token` if it is next.
	fn skip(&mut self, token: &str) -> bool {
		let rest = self.rest.strip_prefix(token);
		self.rest = rest.unwrap_or(self.rest);
		rest.is_some()
	}

	/// Goes past the characters that `belongs` wants, and tells them.
	fn while_(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
		let end = self.rest.find(|c| !belongs(c)).unwrap_or(self.rest.len());
		let (taken, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
		self.rest = rest;
		taken
	}

	fn value(&mut self, depth: usize) -> Result<Value, Error> {
		self.space();
		if depth > MAX_NESTING {
			return Err(fault(Fault::TooDeep, "its parts lie too deep in each other"));
		}
		self.values = self.values.saturating_add(1);
		if self.values > MAX_VALUES {
			return Err(fault(Fault::TooManyValues, "it has too many values"));
		}
		match self.rest.as_bytes().first() {
			Some(b'{') => self.object(depth),
			Some(b'[') => self.list(depth),
			Some(b'"') => self.string().map(Value::Text),
			Some(b'-' | b'0'..=b'9') => self.number(),
			_ => {
				let words = [
					("true", Value::Bool(true)),
					("false", Value::Bool(false)),
					("null", Value::Null),
				];
				let word = words.into_iter().find(|(word, _)| self.skip(word));
				word.map(|(_, value)| value).ok_or(bad("it is not JSON: a value is missing"))
			},
		}
	}

	fn object(&mut self, depth: usize) -> Result<Value, Error> {
		let mut members = BTreeMap::new();
		self.skip("{");
		self.space();
		if self.skip("}") {
			return Ok(Value::Object(Vec::new()));
		}
		loop {
			self.space();
			if !self.rest.starts_with('"') {
				return Err(bad("it is not JSON: a member without a name"));
			}
			let name = self.string()?;
			let place = match members.entry(Name(name)) {
				Entry::Vacant(place) => place,
				Entry::Occupied(there) => {
					let name = crate::files::printable(&there.key().0);
					let why = format!("the member \"{name}\" occurs twice");
					return Err(Error::NotFhir { fault: Fault::MemberTwice, why });
				},
			};
			self.space();
			if !self.skip(":") {
				return Err(bad("it is not JSON: a member's name without a colon"));
			}
			place.insert(self.value(depth.saturating_add(1))?);
			self.space();
			if self.skip("}") {
				let members = members.into_iter().map(|(Name(name), value)| (name, value));
				return Ok(Value::Object(members.collect()));
			}
			if !self.skip(",") {
				return Err(bad("it is not JSON: members without a comma between them"));
			}
		}
	}

	fn list(&mut self, depth: usize) -> Result<Value, Error> {
		let mut items = Vec::new();
		self.skip("[");
		self.space();
		if self.skip("]") {
			return Ok(Value::List(items));
		}
		loop {
			items.push(self.value(depth.saturating_add(1))?);
			self.space();
			if self.skip("]") {
				return Ok(Value::List(items));
			}
			if !self.skip(",") {
				return Err(bad("it is not JSON: items without a comma between them"));
			}
		}
	}

	fn number(&mut self) -> Result<Value, Error> {
		let missing = || bad("it is not JSON: a number without digits");
		let start = self.rest;
		self.skip("-");
		// A zero ends the whole part: what follows it, if it is a digit, is then no number's.
		if !self.skip("0") && self.while_(|c| c.is_ascii_digit()).is_empty() {
			return Err(missing());
		}
		if self.skip(".") && self.while_(|c| c.is_ascii_digit()).is_empty() {
			return Err(missing());
		}
		if self.skip("e") || self.skip("E") {
			let _ = self.skip("+") || self.skip("-");
			if self.while_(|c| c.is_ascii_digit()).is_empty() {
				return Err(missing());
			}
		}
		let length = start.len().saturating_sub(self.rest.len());
		if length > MAX_NUMBER {
			return Err(fault(
				Fault::NumberTooLong,
				"it has a number of more than 1,024 characters",
			));
		}
		Ok(Value::Number(start.get(..length).unwrap_or_default().into()))
	}

	/// What a string says. JSON can write half of a surrogate pair, but that is no text.
	fn string(&mut self) -> Result<String, Error> {
		let mut units = Vec::new();
		self.skip("\"");
		loop {
			let plain = self.while_(|c| c != '"' && c != '\\' && c >= ' ');
			if self.skip("\"") {
				// Without an escape it is text as it stands.
				if units.is_empty() {
					return Ok(plain.into());
				}
				units.extend(plain.encode_utf16());
				return String::from_utf16(&units).map_err(|_| {
					fault(Fault::LoneSurrogate, "a string has half of a surrogate pair")
				});
			}
			units.extend(plain.encode_utf16());
			if !self.skip("\\") {
				return Err(bad(
					"it is not JSON: a string does not end, or has a control character",
				));
			}
			let mut chars = self.rest.chars();
			let escape = chars.next();
			self.rest = chars.as_str();
			units.push(match escape {
				Some('"') => 0x22,
				Some('\\') => 0x5c,
				Some('/') => 0x2f,
				Some('b') => 0x08,
				Some('f') => 0x0c,
				Some('n') => 0x0a,
				Some('r') => 0x0d,
				Some('t') => 0x09,
				Some('u') => {
					let (digits, rest) = self.rest.split_at_checked(4).unwrap_or_default();
					let hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
					self.rest = rest;
					match u16::from_str_radix(digits, 16) {
						Ok(unit) if hex => unit,
						_ => return Err(bad("it is not JSON: a wrong escape in a string")),
					}
				},
				_ => return Err(bad("it is not JSON: a wrong escape in a string")),
			});
		}
	}
}

/// Writes a string as JavaScript's `JSON.stringify` does.
pub fn put_string(out: &mut String, text: &str) {
	out.push('"');
	for c in text.chars() {
		match c {
			'"' => out.push_str("\\\""),
			'\\' => out.push_str("\\\\"),
			'\u{8}' => out.push_str("\\b"),
			'\u{c}' => out.push_str("\\f"),
			'\n' => out.push_str("\\n"),
			'\r' => out.push_str("\\r"),
			'\t' => out.push_str("\\t"),
			c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
			c => out.push(c),
		}
	}
	out.push('"');
}
