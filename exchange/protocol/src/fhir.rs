//! What a record in FHIR's JSON says, as values that outlive its bytes. It is read and written by `salus-verify`, so that what
//! is committed to, what is classified and what leaves have one reading.

use salus_verify::{
	fhir,
	json::{self, Name},
	Error,
};
use std::borrow::Cow;

pub use salus_verify::fhir::{
	canonical, put_string, Fault, MAX_BYTES, MAX_NESTING, MAX_NUMBER, MAX_VALUES,
};

/// What `record` says, of which there is one reading only; refused as by [`canonical`].
pub fn read(record: &[u8]) -> Result<Value, Error> {
	fhir::read(record).map(Value::from)
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
		let by_units = |there: &str| there.encode_utf16().cmp(name.encode_utf16());
		let at = members.binary_search_by(|(there, _)| by_units(there)).ok()?;
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
		fhir::put(&mut out, &self.borrowed());
		out.into_bytes()
	}

	fn borrowed(&self) -> json::Value<'_> {
		match self {
			Self::Null => json::Value::Null,
			Self::Bool(value) => json::Value::Bool(*value),
			Self::Number(text) => json::Value::Number(text),
			Self::Text(text) => json::Value::Text(Cow::Borrowed(text)),
			Self::List(items) => json::Value::List(items.iter().map(Self::borrowed).collect()),
			Self::Object(members) => {
				let members = members.iter();
				let members = members
					.map(|(name, value)| (Name(Cow::Borrowed(name.as_str())), value.borrowed()));
				json::Value::Object(members.collect())
			},
		}
	}
}

impl From<json::Value<'_>> for Value {
	fn from(value: json::Value) -> Self {
		match value {
			json::Value::Null => Self::Null,
			json::Value::Bool(value) => Self::Bool(value),
			json::Value::Number(text) => Self::Number(text.into()),
			json::Value::Text(text) => Self::Text(text.into_owned()),
			json::Value::List(items) => Self::List(items.into_iter().map(Self::from).collect()),
			json::Value::Object(members) => {
				let members = members.into_iter();
				Self::Object(
					members.map(|(Name(name), value)| (name.into_owned(), value.into())).collect(),
				)
			},
		}
	}
}
