//! A query as a researcher asked it: what the commitment of a reservation is to.

use super::{Reserved, Told};
use crate::{
	bytes::Hash,
	commitment::{commit, Form},
	fhir::put,
	files::{read, unmeant},
	json::{Name, Value},
	Error,
};
use alloc::{borrow::Cow, string::String};

/// What errors call the file.
const WHAT: &str = "query";
/// The largest query that there is.
const MAX: usize = 8 << 10;

/// A query. What its members mean is not looked at: a commitment is to the whole of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Asked {
	/// Of its canonical form.
	digest: Hash,
}

fn canonical(value: &Value) -> String {
	let mut text = String::new();
	put(&mut text, value);
	text
}

impl Asked {
	/// Reads a query. Its groups are in the order of their canonical forms then, as the protocol has them (`docs/research-protocol.md`).
	///
	/// # Errors
	/// [`Error::MalformedFile`].
	pub fn parse(json: &[u8]) -> Result<Self, Error> {
		let mut file = read(WHAT, json, MAX)?;
		let Value::Object(members) = &mut file else {
			return Err(unmeant(WHAT, "it is no object"));
		};
		let Some(Value::List(groups)) = members.get_mut(&Name(Cow::Borrowed("groups"))) else {
			return Err(unmeant(WHAT, "it has no list of groups"));
		};
		groups.sort_by_cached_key(canonical);
		Ok(Self { digest: Hash::of(canonical(&file).as_bytes()) })
	}

	/// The commitment to it under a salt.
	pub fn commitment(&self, salt: &Hash) -> Hash {
		commit(salt, Form::Bytes, &self.digest)
	}
}

impl Reserved {
	/// Checks that `told` is an answer to `asked`: that budget was reserved for this very query under the salt of the answer.
	///
	/// # Errors
	/// [`Error::OtherQuery`].
	pub fn is_for(&self, asked: &Asked, told: &Told) -> Result<(), Error> {
		let it = &self.reservation;
		match asked.commitment(told.query_salt()) == it.commitment {
			true => Ok(()),
			false => Err(Error::OtherQuery { custodian: it.custodian, query: it.query }),
		}
	}
}
