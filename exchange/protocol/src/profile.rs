//! An organisation's profile: the public document behind the `profile` commitment with which it applied. The chain holds the
//! commitment alone; whoever is shown the document checks it against the chain.

use crate::{
	commitment::{commit, Form},
	fhir::put_string,
	json::Part,
	Hash,
};
use std::fmt;

/// The largest document of a profile, in bytes.
pub const MAX_PROFILE: usize = 16 << 10;

/// A profile, as `clients/js/src/profile.ts` has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
	/// The organisation's name.
	pub name: String,
	/// 32 random bytes: without them a guessed name would confirm itself against the chain.
	pub salt: Hash,
}

/// Why a document is no profile.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProfileFault {
	/// It is no JSON with a name, or larger than [`MAX_PROFILE`].
	Malformed,
	/// It is not written as profiles are: its commitment would be another one.
	OtherForm,
}

impl fmt::Display for ProfileFault {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str(match self {
			Self::Malformed => "the document is no profile",
			Self::OtherForm => "the document is not written as profiles are",
		})
	}
}

impl std::error::Error for ProfileFault {}

impl Profile {
	/// Reads a document that somebody shows, with its salt. Whose it is, [`is_of`](Self::is_of) tells.
	pub fn read(document: &[u8], salt: Hash) -> Result<Self, ProfileFault> {
		let whole = Part::read(document, MAX_PROFILE).map_err(|_| ProfileFault::Malformed)?;
		let name = whole.get("name").and_then(Part::text).ok_or(ProfileFault::Malformed)?;
		let profile = Self { name: name.into(), salt };
		match profile.document() == document {
			true => Ok(profile),
			false => Err(ProfileFault::OtherForm),
		}
	}

	/// The document: `{"name":…}`, as JavaScript writes it.
	pub fn document(&self) -> Vec<u8> {
		let mut text = String::from("{\"name\":");
		put_string(&mut text, &self.name);
		text.push('}');
		text.into_bytes()
	}

	/// What the organisation gave as `profile` when it applied.
	pub fn commitment(&self) -> Hash {
		commit(&self.salt, Form::Bytes, &Hash::of(&self.document()))
	}

	/// Whether this is the document behind `commitment`.
	pub fn is_of(&self, commitment: &Hash) -> bool {
		self.commitment() == *commitment
	}
}
