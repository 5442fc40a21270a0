//! What is inside an envelope: `"salus:envelope:v1" ‖ form ‖ salt ‖ record`. The age file around it is opened and made by
//! whoever holds keys (`clients/exchange/src/envelope.ts`); nothing here has any.

use crate::{
	commitment::{commit, Form},
	Hash, RecordError,
};
use std::fmt;

const DOMAIN: &[u8] = b"salus:envelope:v1";

/// A record with what its reader needs to check it.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedRecord {
	/// Over which bytes of the record its digest is taken.
	pub form: Form,
	/// The salt of its commitment: secret, as the record is.
	pub salt: Hash,
	/// The record, byte for byte.
	pub record: Vec<u8>,
}

/// Says nothing of the record, so that no log does.
impl fmt::Debug for SealedRecord {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.debug_struct("SealedRecord").field("form", &self.form).finish_non_exhaustive()
	}
}

/// What an envelope held is no record of this version: too short, of another tag, or of an unknown form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoRecord;

impl fmt::Display for NoRecord {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str("the envelope holds no record of this version")
	}
}

impl std::error::Error for NoRecord {}

impl SealedRecord {
	/// Reads what an envelope held.
	pub fn read(plain: &[u8]) -> Result<Self, NoRecord> {
		let rest = plain.strip_prefix(DOMAIN).ok_or(NoRecord)?;
		let (form, rest) = rest.split_first().ok_or(NoRecord)?;
		let (salt, record) = rest.split_first_chunk::<32>().ok_or(NoRecord)?;
		let form = [Form::Bytes, Form::FhirJson]
			.into_iter()
			.find(|each| each.index() == *form)
			.ok_or(NoRecord)?;
		Ok(Self { form, salt: Hash(*salt), record: record.into() })
	}

	/// What is encrypted.
	pub fn plain(&self) -> Vec<u8> {
		[DOMAIN, &[self.form.index()], &self.salt.0, &self.record].concat()
	}

	/// The commitment that the record must have. A record without the form that it is said to have is refused.
	pub fn commitment(&self) -> Result<Hash, RecordError> {
		Ok(commit(&self.salt, self.form, &self.form.digest(&self.record)?))
	}
}
