//! Strict JSON as the types of our files: serde's derived readers get from it what the files may say, and nothing else.
//!
//! The twin of `clients/receipts/src/strict.ts`. A struct is an object and no list; a variant of an enum is a
//! string; a number is written in decimal digits, without sign, fraction or exponent, and is one that
//! every reader of JSON has exactly.

use crate::{
	bytes::from_decimal,
	json::{self, Value},
};
use alloc::{
	collections::btree_map,
	format,
	string::{String, ToString},
};
use core::{fmt, slice};
use serde::de::{
	self, value::BorrowedStrDeserializer, DeserializeSeed, Deserializer, MapAccess, SeqAccess,
	Unexpected, Visitor,
};

/// The largest number: beyond it, what takes numbers for doubles reads another one.
pub const MAX_SAFE: u64 = (1 << 53) - 1;

/// How a file can be malformed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
	/// It is no JSON of one reading.
	Json(json::Fault),
	/// It is of another kind or version.
	OtherFormat,
	/// A member is missing.
	MemberMissing,
	/// A member is not known.
	MemberUnknown,
	/// A value is of another kind of JSON than the one that must be there.
	WrongType,
	/// A value is of the right kind, and not written as it must be, or out of its bounds.
	WrongValue,
}

impl Fault {
	/// Its name in the vectors and in the client.
	pub const fn code(self) -> &'static str {
		match self {
			Self::Json(fault) => fault.code(),
			Self::OtherFormat => "other-format",
			Self::MemberMissing => "member-missing",
			Self::MemberUnknown => "member-unknown",
			Self::WrongType => "wrong-type",
			Self::WrongValue => "wrong-value",
		}
	}
}

/// What is wrong with a file, and where in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Flaw {
	/// The kind of fault.
	pub fault: Fault,
	/// The names and places that lead to it, from the outside in.
	path: String,
	why: String,
}

impl Flaw {
	fn new(fault: Fault, why: impl Into<String>) -> Self {
		Self { fault, path: String::new(), why: why.into() }
	}

	/// The same, of what is at `step`.
	fn within(mut self, step: &str) -> Self {
		let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
		self.path = format!("{step}{dot}{}", self.path);
		self
	}
}

impl From<json::Refused> for Flaw {
	fn from(json::Refused { fault, why }: json::Refused) -> Self {
		Self::new(Fault::Json(fault), why)
	}
}

impl fmt::Display for Flaw {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self.path.is_empty() {
			true => f.write_str(&self.why),
			false => write!(f, "{}: {}", self.path, self.why),
		}
	}
}

impl core::error::Error for Flaw {}

impl de::Error for Flaw {
	fn custom<T: fmt::Display>(why: T) -> Self {
		Self::new(Fault::WrongValue, why.to_string())
	}

	fn invalid_type(found: Unexpected, expected: &dyn de::Expected) -> Self {
		Self::new(Fault::WrongType, format!("{found} in place of {expected}"))
	}

	fn missing_field(name: &'static str) -> Self {
		Self::new(Fault::MemberMissing, format!("the member \"{name}\" is missing"))
	}

	fn unknown_field(name: &str, _: &'static [&'static str]) -> Self {
		Self::new(Fault::MemberUnknown, format!("the member \"{name}\" is not known"))
	}
}

impl Value<'_> {
	/// The kind of the value, for sentences.
	fn kind(&self) -> Unexpected<'static> {
		Unexpected::Other(match self {
			Self::Null => "null",
			Self::Bool(true) => "true",
			Self::Bool(false) => "false",
			Self::Number(_) => "a number",
			Self::Text(_) => "a string",
			Self::List(_) => "a list",
			Self::Object(_) => "an object",
		})
	}

	fn instead_of(&self, expected: &dyn de::Expected) -> Flaw {
		de::Error::invalid_type(self.kind(), expected)
	}
}

impl<'de> Deserializer<'de> for &'de Value<'_> {
	type Error = Flaw;

	fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
		match self {
			Value::Text(text) => visitor.visit_borrowed_str(text),
			Value::List(items) => visitor.visit_seq(Items { rest: items.iter(), next: 0 }),
			Value::Object(members) => {
				visitor.visit_map(Members { rest: members.iter(), value: None })
			},
			Value::Null | Value::Bool(_) | Value::Number(_) => Err(self.instead_of(&visitor)),
		}
	}

	fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
		let Value::Number(text) = self else { return Err(self.instead_of(&"a number")) };
		match from_decimal(text).filter(|number| *number <= MAX_SAFE) {
			Some(number) => visitor.visit_u64(number),
			None => {
				let why = format!("not a number up to {MAX_SAFE} in decimal digits");
				Err(Flaw::new(Fault::WrongValue, why))
			},
		}
	}

	fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
		self.deserialize_u64(visitor)
	}

	fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
		match self {
			Value::Null => visitor.visit_none(),
			_ => visitor.visit_some(self),
		}
	}

	fn deserialize_struct<V: Visitor<'de>>(
		self,
		_: &'static str,
		_: &'static [&'static str],
		visitor: V,
	) -> Result<V::Value, Flaw> {
		match self {
			Value::Object(_) => self.deserialize_any(visitor),
			// Derived readers would take a list for the members in order.
			_ => Err(self.instead_of(&"an object")),
		}
	}

	fn deserialize_enum<V: Visitor<'de>>(
		self,
		_: &'static str,
		_: &'static [&'static str],
		visitor: V,
	) -> Result<V::Value, Flaw> {
		match self {
			Value::Text(name) => visitor.visit_enum(BorrowedStrDeserializer::new(name)),
			_ => Err(self.instead_of(&"a string")),
		}
	}

	fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
		visitor.visit_unit()
	}

	serde::forward_to_deserialize_any! {
		bool i8 i16 i32 i64 i128 u8 u16 u128 f32 f64 char str string bytes byte_buf unit unit_struct
		newtype_struct seq tuple tuple_struct map identifier
	}
}

/// A list that is being read.
struct Items<'de, 'a> {
	rest: slice::Iter<'de, Value<'a>>,
	next: usize,
}

impl<'de> SeqAccess<'de> for Items<'de, '_> {
	type Error = Flaw;

	fn next_element_seed<T: DeserializeSeed<'de>>(
		&mut self,
		seed: T,
	) -> Result<Option<T::Value>, Flaw> {
		let Some(item) = self.rest.next() else { return Ok(None) };
		let at = self.next;
		self.next = at.saturating_add(1);
		seed.deserialize(item).map(Some).map_err(|flaw| flaw.within(&format!("[{at}]")))
	}

	fn size_hint(&self) -> Option<usize> {
		Some(self.rest.len())
	}
}

/// An object that is being read, and the member of which the value comes next.
struct Members<'de, 'a> {
	rest: btree_map::Iter<'de, json::Name<'a>, Value<'a>>,
	value: Option<(&'de str, &'de Value<'a>)>,
}

impl<'de> MapAccess<'de> for Members<'de, '_> {
	type Error = Flaw;

	fn next_key_seed<K: DeserializeSeed<'de>>(
		&mut self,
		seed: K,
	) -> Result<Option<K::Value>, Flaw> {
		let Some((json::Name(name), value)) = self.rest.next() else { return Ok(None) };
		let name: &'de str = name;
		self.value = Some((name, value));
		seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
	}

	fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Flaw> {
		let Some((name, value)) = self.value.take() else {
			return Err(Flaw::new(Fault::WrongValue, "a value without a name"));
		};
		seed.deserialize(value).map_err(|flaw| flaw.within(name))
	}
}
