//! An organisation's profile: the public document behind the `profile` commitment with which it applied. The chain holds the
//! commitment alone; whoever is shown the document checks it against the chain.

use crate::{
	commitment::{commit, Form},
	fhir::put_string,
	Hash,
};

/// A profile, as `clients/js/src/profile.ts` has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
	/// The organisation's name.
	pub name: String,
	/// 32 random bytes: without them a guessed name would confirm itself against the chain.
	pub salt: Hash,
}

impl Profile {
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
