//! JSON of one reading: text of which every reader makes the same. The twin of `clients/types/src/json.ts`, with the
//! same limits and the same faults; `docs/vectors/fhir-forms.json` and `docs/vectors/files.json` have cases of both.
//!
//! serde_json is not enough for that: it takes a list for a struct, and of a map's key that occurs twice the last.

use alloc::{
	borrow::Cow,
	collections::{btree_map::Entry, BTreeMap},
	format,
	string::String,
	vec::Vec,
};
use core::cmp::Ordering;

/// In how many objects and lists a value may stand. FHIR's own resources stay below fifty, and files below ten.
pub const MAX_NESTING: usize = 512;
/// The most values of one text: objects, lists, strings, numbers and literals, all counted.
pub const MAX_VALUES: usize = 4_194_304;
/// The most characters of one number. FHIR asks for 18 digits. A string may be as long as the text.
pub const MAX_NUMBER: usize = 1_024;

/// Why something is no JSON of one reading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
	/// More bytes than are read of such a file.
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

/// That a text is refused, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
	/// The kind of fault.
	pub fault: Fault,
	/// A sentence without its end.
	pub why: String,
}

/// A value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value<'a> {
	/// Null.
	Null,
	/// True or false.
	Bool(bool),
	/// A number, as it is written: 7.0 is not 7.
	Number(&'a str),
	/// A string.
	Text(Cow<'a, str>),
	/// A list.
	List(Vec<Value<'a>>),
	/// An object.
	Object(BTreeMap<Name<'a>, Value<'a>>),
}

/// The name of a member. Names are in the order of their UTF-16 code units, as in RFC 8785.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Name<'a>(pub Cow<'a, str>);

impl Ord for Name<'_> {
	fn cmp(&self, other: &Self) -> Ordering {
		self.0.encode_utf16().cmp(other.0.encode_utf16())
	}
}

impl PartialOrd for Name<'_> {
	fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
		Some(self.cmp(other))
	}
}

impl<'a> Value<'a> {
	/// The one value that `bytes` are. A byte order mark before it is no JSON.
	pub fn read(bytes: &'a [u8]) -> Result<Self, Refused> {
		let text =
			core::str::from_utf8(bytes).map_err(|_| refused(Fault::NotUtf8, "it is not UTF-8"))?;
		let mut scanner = Scanner { rest: text, length: text.len(), values: 0 };
		let whole = scanner.value(0)?;
		scanner.space();
		match scanner.rest.is_empty() {
			true => Ok(whole),
			false => Err(scanner.bad("there is something behind its end")),
		}
	}
}

/// Refuses what is too large to be read at all.
pub fn limited(bytes: &[u8], most: usize) -> Result<(), Refused> {
	match bytes.len() <= most {
		true => Ok(()),
		false => {
			let why = format!("it has {} bytes, and {most} are the most", bytes.len());
			Err(Refused { fault: Fault::TooLarge, why })
		},
	}
}

fn refused(fault: Fault, why: &str) -> Refused {
	Refused { fault, why: why.into() }
}

struct Scanner<'a> {
	rest: &'a str,
	/// The bytes of the whole text.
	length: usize,
	values: usize,
}

impl<'a> Scanner<'a> {
	/// That the text is no JSON from here on.
	fn bad(&self, why: &str) -> Refused {
		let at = self.length.saturating_sub(self.rest.len());
		refused(Fault::NotJson, &format!("it is not JSON: {why} at byte {at}"))
	}

	fn space(&mut self) {
		self.rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
	}

	/// Goes past `token` if it is next.
	fn skip(&mut self, token: &str) -> bool {
		let rest = self.rest.strip_prefix(token);
		self.rest = rest.unwrap_or(self.rest);
		rest.is_some()
	}

	/// Goes past the bytes that `belongs` wants, and tells them. Of a character of several bytes it wants all or none.
	fn while_(&mut self, belongs: impl Fn(u8) -> bool) -> &'a str {
		let end = self.rest.bytes().position(|b| !belongs(b)).unwrap_or(self.rest.len());
		let (taken, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
		self.rest = rest;
		taken
	}

	fn value(&mut self, depth: usize) -> Result<Value<'a>, Refused> {
		self.space();
		if depth > MAX_NESTING {
			return Err(refused(Fault::TooDeep, "its parts lie too deep in each other"));
		}
		self.values = self.values.saturating_add(1);
		if self.values > MAX_VALUES {
			return Err(refused(Fault::TooManyValues, "it has too many values"));
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
				word.map(|(_, value)| value).ok_or_else(|| self.bad("a value is missing"))
			},
		}
	}

	fn object(&mut self, depth: usize) -> Result<Value<'a>, Refused> {
		let mut members = BTreeMap::new();
		self.skip("{");
		self.space();
		if self.skip("}") {
			return Ok(Value::Object(members));
		}
		loop {
			self.space();
			if !self.rest.starts_with('"') {
				return Err(self.bad("a member without a name"));
			}
			let name = self.string()?;
			let place = match members.entry(Name(name)) {
				Entry::Vacant(place) => place,
				Entry::Occupied(there) => {
					let name = crate::files::printable(&there.key().0);
					let why = format!("the member \"{name}\" occurs twice");
					return Err(Refused { fault: Fault::MemberTwice, why });
				},
			};
			self.space();
			if !self.skip(":") {
				return Err(self.bad("a member's name without a colon"));
			}
			place.insert(self.value(depth.saturating_add(1))?);
			self.space();
			if self.skip("}") {
				return Ok(Value::Object(members));
			}
			if !self.skip(",") {
				return Err(self.bad("members without a comma between them"));
			}
		}
	}

	fn list(&mut self, depth: usize) -> Result<Value<'a>, Refused> {
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
				return Err(self.bad("items without a comma between them"));
			}
		}
	}

	fn number(&mut self) -> Result<Value<'a>, Refused> {
		let start = self.rest;
		self.skip("-");
		// A zero ends the whole part: what follows it, if it is a digit, is then no number's.
		if !self.skip("0") {
			self.digits()?;
		}
		if self.skip(".") {
			self.digits()?;
		}
		if self.skip("e") || self.skip("E") {
			let _ = self.skip("+") || self.skip("-");
			self.digits()?;
		}
		let length = start.len().saturating_sub(self.rest.len());
		if length > MAX_NUMBER {
			return Err(refused(
				Fault::NumberTooLong,
				"it has a number of more than 1,024 characters",
			));
		}
		Ok(Value::Number(start.get(..length).unwrap_or_default()))
	}

	fn digits(&mut self) -> Result<(), Refused> {
		match self.while_(|b| b.is_ascii_digit()) {
			"" => Err(self.bad("a number without digits")),
			_ => Ok(()),
		}
	}

	/// What a string says. JSON can write half of a surrogate pair, but that is no text.
	fn string(&mut self) -> Result<Cow<'a, str>, Refused> {
		self.skip("\"");
		let plain = self.plain();
		if self.skip("\"") {
			return Ok(Cow::Borrowed(plain));
		}
		let mut units: Vec<u16> = plain.encode_utf16().collect();
		loop {
			if !self.skip("\\") {
				return Err(self.bad("a string does not end, or has a control character"));
			}
			units.push(self.escape()?);
			units.extend(self.plain().encode_utf16());
			if self.skip("\"") {
				let half =
					|| refused(Fault::LoneSurrogate, "a string has half of a surrogate pair");
				return String::from_utf16(&units).map(Cow::Owned).map_err(|_| half());
			}
		}
	}

	/// The part of a string that stands for itself.
	fn plain(&mut self) -> &'a str {
		self.while_(|b| b != b'"' && b != b'\\' && b >= b' ')
	}

	/// The code unit that an escape stands for, of which the backslash is read.
	fn escape(&mut self) -> Result<u16, Refused> {
		let mut chars = self.rest.chars();
		let escape = chars.next();
		self.rest = chars.as_str();
		let plain = match escape {
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
				self.rest = rest;
				let hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
				return match u16::from_str_radix(digits, 16) {
					Ok(unit) if hex => Ok(unit),
					_ => Err(self.bad("a wrong escape in a string")),
				};
			},
			_ => return Err(self.bad("a wrong escape in a string")),
		};
		Ok(plain)
	}
}
