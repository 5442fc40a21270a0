//! Closed objects: each member is known, and written in the order of RFC 8785. All names, and all texts in what has a
//! canonical form here, are ASCII, so that the order of UTF-16 code units is that of bytes.

use salus_exchange_protocol::{
	json::{JsonFault, Part},
	Hash,
};
use std::fmt;

/// Something is not of the form that it must have. Which part: `document`, or the name of a member.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Malformed(
	/// The part.
	pub &'static str,
);

impl fmt::Display for Malformed {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		write!(f, "malformed: {}", self.0)
	}
}

impl std::error::Error for Malformed {}

/// Reads JSON of at most `most` bytes.
pub(crate) fn read(bytes: &[u8], most: usize) -> Result<Part, Malformed> {
	Part::read(bytes, most)
		.map_err(|_: JsonFault| Malformed("document"))
		.and_then(|part| Some(part).filter(is_shallow).ok_or(Malformed("document")))
}

/// Nothing here is nested more deeply.
fn is_shallow(part: &Part) -> bool {
	fn within(part: &Part, left: u32) -> bool {
		let Some(left) = left.checked_sub(1) else { return false };
		match part {
			Part::List(items) => items.iter().all(|item| within(item, left)),
			Part::Object(members) => members.iter().all(|(_, item)| within(item, left)),
			_ => true,
		}
	}
	within(part, 12)
}

/// An object whose members are known.
#[derive(Clone, Copy)]
pub(crate) struct Closed<'a>(&'a Part);

impl<'a> Closed<'a> {
	/// Refuses what is no object, and members that are not known: passed over, they would mean something to whoever wrote them.
	pub(crate) fn of(
		part: &'a Part,
		name: &'static str,
		known: &[&str],
	) -> Result<Self, Malformed> {
		match part {
			Part::Object(members)
				if members.iter().all(|(member, _)| known.contains(&member.as_str())) =>
			{
				Ok(Self(part))
			},
			_ => Err(Malformed(name)),
		}
	}

	pub(crate) fn may(&self, name: &str) -> Option<&'a Part> {
		self.0.get(name)
	}

	pub(crate) fn need(&self, name: &'static str) -> Result<&'a Part, Malformed> {
		self.0.get(name).ok_or(Malformed(name))
	}

	pub(crate) fn text(&self, name: &'static str) -> Result<&'a str, Malformed> {
		self.need(name)?.text().ok_or(Malformed(name))
	}

	pub(crate) fn whole(&self, name: &'static str) -> Result<u64, Malformed> {
		self.need(name)?.whole().ok_or(Malformed(name))
	}

	pub(crate) fn small(&self, name: &'static str) -> Result<u32, Malformed> {
		u32::try_from(self.whole(name)?).map_err(|_| Malformed(name))
	}

	/// A hash in its one form: `0x` and 64 digits in lower case.
	pub(crate) fn hash(&self, name: &'static str) -> Result<Hash, Malformed> {
		let text = self.text(name)?;
		let hash: Hash = text.parse().map_err(|_| Malformed(name))?;
		Some(hash).filter(|hash| hash.to_string() == text).ok_or(Malformed(name))
	}

	pub(crate) fn list(&self, name: &'static str) -> Result<&'a [Part], Malformed> {
		match self.need(name)? {
			Part::List(items) => Ok(items),
			_ => Err(Malformed(name)),
		}
	}
}

/// An object in the order of RFC 8785.
pub(crate) fn object<'a>(members: impl IntoIterator<Item = (&'a str, Part)>) -> Part {
	let mut members: Vec<(String, Part)> =
		members.into_iter().map(|(name, part)| (name.to_owned(), part)).collect();
	members.sort_by(|(a, _), (b, _)| a.cmp(b));
	Part::Object(members)
}

/// A number, which is never beyond 2^53 here: what is read is not, and what is made is counted.
pub(crate) fn number(value: impl Into<u64>) -> Part {
	Part::Whole(i64::try_from(value.into()).unwrap_or(i64::MAX))
}

/// Text of a part.
pub(crate) fn written(part: &Part) -> String {
	let mut text = String::new();
	part.put(&mut text);
	text
}

/// Whether a text is 1 to `most` bytes of these.
pub(crate) fn is_of(text: &str, most: usize, allowed: impl Fn(u8) -> bool) -> bool {
	(1..=most).contains(&text.len()) && text.bytes().all(allowed)
}
