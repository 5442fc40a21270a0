//! The form `FhirJson`: the twin of `canonicalFhirJson` in `clients/types/src/fhir-json.ts`.
//!
//! Members sorted by their UTF-16 code units as in RFC 8785, white space removed, strings in their
//! shortest escape, numbers **kept as they are written**: 1.0 is not 1.00 in FHIR. A member that
//! occurs twice, half of a surrogate pair, what is not JSON and what is beyond a limit are refused. Checked
//! against the vectors that the client is checked against too (`docs/vectors/fhir-forms.json`).

use crate::{
	json::{limited, Refused, Value},
	Error,
};
use alloc::{format, string::String, vec::Vec};

pub use crate::json::{Fault, MAX_NESTING, MAX_NUMBER, MAX_VALUES};

/// The largest record in this form, in bytes. What is larger is committed to as `Bytes`.
pub const MAX_BYTES: usize = 64 << 20;

/// The canonical form of `record`.
pub fn canonical(record: &[u8]) -> Result<Vec<u8>, Error> {
	let whole = read(record)?;
	let mut out = String::with_capacity(record.len());
	put(&mut out, &whole);
	Ok(out.into_bytes())
}

/// What `record` says, of which there is one reading only; refused as by [`canonical`].
pub fn read(record: &[u8]) -> Result<Value<'_>, Error> {
	let refused = |Refused { fault, why }| Error::NotFhir { fault, why };
	limited(record, MAX_BYTES).map_err(refused)?;
	// A byte order mark is no part of the text, as for JavaScript's TextDecoder.
	let text = record.strip_prefix(b"\xef\xbb\xbf").unwrap_or(record);
	Value::read(text).map_err(refused)
}

/// Writes a value in its canonical form.
pub fn put(out: &mut String, value: &Value) {
	match value {
		Value::Null => out.push_str("null"),
		Value::Bool(true) => out.push_str("true"),
		Value::Bool(false) => out.push_str("false"),
		Value::Number(text) => out.push_str(text),
		Value::Text(text) => put_string(out, text),
		Value::List(items) => {
			out.push('[');
			for (index, item) in items.iter().enumerate() {
				if index > 0 {
					out.push(',');
				}
				put(out, item);
			}
			out.push(']');
		},
		Value::Object(members) => {
			out.push('{');
			for (index, (name, value)) in members.iter().enumerate() {
				if index > 0 {
					out.push(',');
				}
				put_string(out, &name.0);
				out.push(':');
				put(out, value);
			}
			out.push('}');
		},
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
