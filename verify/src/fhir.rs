//! The form `FhirJson`: the twin of `canonicalFhirJson` in `clients/js/src/fhir.ts`.
//!
//! Members sorted by their UTF-16 code units as in RFC 8785, white space removed, strings in their
//! shortest escape, numbers **kept as they are written**: 1.0 is not 1.00 in FHIR. A member that
//! occurs twice, half of a surrogate pair and what is not JSON are refused. Checked against the client's
//! vectors (`docs/vectors/fhir-forms.json`).

use crate::Error;
use std::collections::BTreeMap;

/// In how many objects and lists a value may stand. FHIR's own resources stay below fifty.
pub const MAX_NESTING: usize = 512;

/// The canonical form of `record`.
pub fn canonical(record: &[u8]) -> Result<Vec<u8>, Error> {
	// A byte order mark is no part of the text, as for JavaScript's TextDecoder.
	let text = record.strip_prefix(b"\xef\xbb\xbf").unwrap_or(record);
	let text = std::str::from_utf8(text).map_err(|_| bad("it is not UTF-8"))?;
	let mut scanner = Scanner { rest: text };
	let mut out = String::with_capacity(text.len());
	scanner.value(&mut out, 0)?;
	scanner.space();
	match scanner.rest {
		"" => Ok(out.into_bytes()),
		_ => Err(bad("there is something behind its end")),
	}
}

fn bad(why: &'static str) -> Error {
	Error::NotFhir { why: why.into() }
}

struct Scanner<'a> {
	rest: &'a str,
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

	fn value(&mut self, out: &mut String, depth: usize) -> Result<(), Error> {
		if depth > MAX_NESTING {
			return Err(bad("its parts lie too deep in each other"));
		}
		self.space();
		match self.rest.as_bytes().first() {
			Some(b'{') => self.object(out, depth),
			Some(b'[') => self.list(out, depth),
			Some(b'"') => {
				put_string(out, &self.string()?);
				Ok(())
			},
			Some(b'-' | b'0'..=b'9') => self.number(out),
			_ => {
				let word = ["true", "false", "null"].into_iter().find(|word| self.skip(word));
				out.push_str(word.ok_or(bad("it is not JSON: a value is missing"))?);
				Ok(())
			},
		}
	}

	fn object(&mut self, out: &mut String, depth: usize) -> Result<(), Error> {
		let mut members = BTreeMap::new();
		self.skip("{");
		self.space();
		if self.skip("}") {
			out.push_str("{}");
			return Ok(());
		}
		loop {
			self.space();
			if !self.rest.starts_with('"') {
				return Err(bad("it is not JSON: a member without a name"));
			}
			let name = self.string()?;
			self.space();
			if !self.skip(":") {
				return Err(bad("it is not JSON: a member's name without a colon"));
			}
			let mut value = String::new();
			self.value(&mut value, depth.saturating_add(1))?;
			if members.contains_key(&name) {
				let name = crate::files::printable(&String::from_utf16_lossy(&name));
				return Err(Error::NotFhir { why: format!("the member \"{name}\" occurs twice") });
			}
			members.insert(name, value);
			self.space();
			if self.skip("}") {
				break;
			}
			if !self.skip(",") {
				return Err(bad("it is not JSON: members without a comma between them"));
			}
		}
		let mut before = '{';
		for (name, value) in members {
			out.push(before);
			put_string(out, &name);
			out.push(':');
			out.push_str(&value);
			before = ',';
		}
		out.push('}');
		Ok(())
	}

	fn list(&mut self, out: &mut String, depth: usize) -> Result<(), Error> {
		self.skip("[");
		out.push('[');
		self.space();
		if self.skip("]") {
			out.push(']');
			return Ok(());
		}
		loop {
			self.value(out, depth.saturating_add(1))?;
			self.space();
			if self.skip("]") {
				out.push(']');
				return Ok(());
			}
			if !self.skip(",") {
				return Err(bad("it is not JSON: items without a comma between them"));
			}
			out.push(',');
		}
	}

	fn number(&mut self, out: &mut String) -> Result<(), Error> {
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
		out.push_str(start.get(..length).unwrap_or_default());
		Ok(())
	}

	/// The code units of a string. JSON can write half of a surrogate pair, but that is no text.
	fn string(&mut self) -> Result<Vec<u16>, Error> {
		let mut units = Vec::new();
		self.skip("\"");
		loop {
			let plain = self.while_(|c| c != '"' && c != '\\' && c >= ' ');
			units.extend(plain.encode_utf16());
			if self.skip("\"") {
				return match char::decode_utf16(units.iter().copied()).all(|c| c.is_ok()) {
					true => Ok(units),
					false => Err(bad("a string has half of a surrogate pair")),
				};
			}
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
fn put_string(out: &mut String, units: &[u16]) {
	out.push('"');
	// There are no halves of pairs here, see `string`.
	for unit in char::decode_utf16(units.iter().copied()) {
		match unit.unwrap_or(char::REPLACEMENT_CHARACTER) {
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
