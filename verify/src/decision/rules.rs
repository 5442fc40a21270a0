//! Which runtimes' rules this verifier has, and which layouts of their storage it reads.

use super::{
	facts::{read, Source},
	items::Item,
	stored,
};
use crate::{files::printable, Error};
use alloc::string::String;

/// The runtimes whose decision is that of `salus-consent-decision` here: by name, with their `spec_version`s.
///
/// A version whose rules or storage differ gets a place of its own, and the old ones stay: receipts are read for years.
/// `runtime/testing/decisions.rs` fails for a runtime that is not listed.
pub const KNOWN: [(&str, &[u32]); 2] = [("salus", &[2_000]), ("salus-parachain", &[2_000])];

/// The pallets whose storage is read, each with the version of its layout.
///
/// Consent's version 2, which no release had, knew neither base decisions nor sealed directives. Its states are not
/// read here, and whoever reads only version 2 refuses states of version 3 in place of leaving those out.
pub const LAYOUTS: [(&str, u16); 6] = [
	("PatientIdentity", 1),
	("Registry", 1),
	("Consent", 3),
	("Sealed", 1),
	("Care", 1),
	("Emergency", 1),
];

/// The runtime that made a state: its name and its `spec_version`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Runtime {
	/// The name.
	pub name: String,
	/// The `spec_version`.
	pub version: u32,
}

impl Runtime {
	/// The runtime that made the state of `source`, if its rules and its layout of storage are known here.
	///
	/// It is the one that executed the block, and not one that the block has put in place for the next.
	///
	/// # Errors
	/// - [`Error::UnknownRuntime`]: its rules are not known here.
	/// - [`Error::UnknownLayout`]: one of its pallets stores in another version.
	/// - [`Error::FactUnproven`]: the proof does not tell.
	pub fn of<S: Source>(source: &S) -> Result<Self, Error> {
		let item = Item::Runtime;
		let stored::Runtime { version, name } =
			read(source, item)?.ok_or(Error::UnreadableFact { item })?;
		let version = version.0;
		let known = KNOWN.iter().any(|(known, of)| *known == name && of.contains(&version));
		if !known {
			return Err(Error::UnknownRuntime { name: printable(&name), version });
		}
		for (pallet, expected) in LAYOUTS {
			let found: u16 = read(source, Item::Layout(pallet))?.unwrap_or_default();
			if found != expected {
				return Err(Error::UnknownLayout { pallet, found, expected });
			}
		}
		Ok(Self { name, version })
	}
}
