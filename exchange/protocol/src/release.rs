//! The receipt of a release: what a gate says beside the envelope, and whether that answers what was asked. The twin of
//! `clients/exchange/src/release.ts`.

use crate::{
	account::Address,
	json::{JsonFault, Part},
	log::{Line, LineFault},
	request::ReleaseRequest,
	sealed::SealedRecord,
	tree::MerklePath,
	Hash, RecordError,
};
use std::fmt;

/// The largest receipt, in bytes: an entry of a log, and a path of 32 siblings.
pub const MAX_RECEIPT: usize = 64 << 10;

/// The most siblings of a path: those of a tree of 2^32 records.
const MAX_PATH: usize = 32;

/// Where a record is anchored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnchorRef {
	/// The organisation that anchored it.
	pub org: u32,
	/// Its slot there.
	pub seq: u64,
	/// The record's place in the slot's batch; none for a record of its own.
	pub proof: Option<MerklePath>,
}

/// What the chain says of a slot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchored {
	/// A record of its own, with its commitment.
	Record(Hash),
	/// A batch.
	Batch {
		/// The root of its tree.
		root: Hash,
		/// How many records it has.
		leaves: u64,
	},
}

/// The receipt of a release.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReleaseReceipt {
	/// The request that is answered, as it is written.
	pub request_id: String,
	/// The record.
	pub record_id: String,
	/// Where to check the record.
	pub anchor: AnchorRef,
	/// The custodian's log entry of this disclosure.
	pub entry: Line,
}

/// Why a receipt is not taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ReleaseFault {
	/// It is no JSON.
	Json(JsonFault),
	/// It is no receipt.
	Malformed {
		/// The part that is not as it must be.
		part: &'static str,
	},
	/// It answers another request.
	OtherRequest,
	/// It is of another record.
	OtherRecord,
	/// Another than the custodian that was asked anchored the record.
	OtherCustodian,
	/// The log entry is not what its hash says.
	EntryChanged,
	/// The log entry tells of another disclosure.
	EntryOfAnotherRelease,
	/// The slot is a batch, and the receipt has no path into it.
	PathMissing,
	/// The slot is one record, and the receipt has a path into a batch.
	PathUnexpected,
	/// The record is not the one anchored.
	NotTheRecord,
	/// The record does not have the form in which it is said to be committed to.
	Form(RecordError),
}

impl ReleaseFault {
	/// Its name in the vectors and in the client, where they have one.
	pub const fn code(&self) -> &'static str {
		match self {
			Self::Json(_) | Self::Malformed { .. } => "malformed",
			Self::OtherRequest => "other-request",
			Self::OtherRecord => "other-record",
			Self::OtherCustodian => "other-custodian",
			Self::EntryChanged => "entry-changed",
			Self::EntryOfAnotherRelease => "entry-of-another-release",
			Self::PathMissing => "path-missing",
			Self::PathUnexpected => "path-unexpected",
			Self::NotTheRecord => "not-the-record",
			Self::Form(_) => "form",
		}
	}
}

impl fmt::Display for ReleaseFault {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Json(fault) => write!(f, "the receipt is malformed: {fault}"),
			Self::Malformed { part } => write!(f, "the receipt is malformed: {part}"),
			Self::OtherRequest => f.write_str("what came answers another request"),
			Self::OtherRecord => f.write_str("what came is another record than the one asked for"),
			Self::OtherCustodian => {
				f.write_str("the record was anchored by another than the custodian that was asked")
			},
			Self::EntryChanged => {
				f.write_str("the custodian's log entry is not what its hash says")
			},
			Self::EntryOfAnotherRelease => {
				f.write_str("the custodian's log entry tells of another disclosure than this one")
			},
			Self::PathMissing => {
				f.write_str("the record is in a batch, and the receipt has no path into it")
			},
			Self::PathUnexpected => {
				f.write_str("the record is in no batch, and the receipt has a path into one")
			},
			Self::NotTheRecord => f.write_str("the record is not the one anchored"),
			Self::Form(error) => {
				write!(f, "the record has not the form in which it is committed to: {error}")
			},
		}
	}
}

impl std::error::Error for ReleaseFault {}

impl ReleaseReceipt {
	/// Reads a receipt.
	pub fn read(bytes: &[u8]) -> Result<Self, ReleaseFault> {
		Self::from_part(&Part::read(bytes, MAX_RECEIPT).map_err(ReleaseFault::Json)?)
	}

	/// The receipt that stands in a message.
	pub fn from_part(receipt: &Part) -> Result<Self, ReleaseFault> {
		let malformed = |part: &'static str| ReleaseFault::Malformed { part };
		let text =
			|name: &'static str| receipt.get(name).and_then(Part::text).ok_or(malformed(name));
		let anchor = receipt.get("anchor").ok_or(malformed("anchor"))?;
		let entry = receipt.get("entry").ok_or(malformed("entry"))?;
		Ok(Self {
			request_id: text("requestId")?.into(),
			record_id: text("recordId")?.into(),
			anchor: AnchorRef {
				org: anchor
					.get("org")
					.and_then(crate::request::organisation)
					.ok_or(malformed("anchor.org"))?,
				seq: anchor.get("seq").and_then(Part::whole).ok_or(malformed("anchor.seq"))?,
				proof: match anchor.get("proof") {
					None => None,
					Some(proof) => Some(path(proof).ok_or(malformed("anchor.proof"))?),
				},
			},
			entry: Line::from_part(entry.clone()).map_err(|_: LineFault| malformed("entry"))?,
		})
	}

	/// Whether it answers `request`. A gate that hands out another record must not pass because that one, too, is genuine, and
	/// the entry that it shows must tell of this very disclosure, for two logs are compared by it.
	pub fn answers(&self, request: &ReleaseRequest) -> Result<(), ReleaseFault> {
		let id = request.id.to_string();
		if self.request_id != id {
			return Err(ReleaseFault::OtherRequest);
		}
		if self.record_id != request.record_id {
			return Err(ReleaseFault::OtherRecord);
		}
		if self.anchor.org != request.custodian {
			return Err(ReleaseFault::OtherCustodian);
		}
		if !self.entry.has_its_hash() {
			return Err(ReleaseFault::EntryChanged);
		}
		let number = |value: u32| Part::Whole(value.into());
		let told = [
			("side", Some(Part::of("source"))),
			("outcome", Some(Part::of("released"))),
			("organisation", Some(number(request.custodian))),
			("requestId", Some(Part::of(id))),
			("recordId", Some(Part::of(&request.record_id))),
			("requesterOrganisation", request.organisation.map(number)),
			("purpose", Some(Part::of(request.purpose))),
			("action", Some(Part::of(request.action))),
		];
		let is_told = told.iter().all(|(name, value)| self.entry.get(name) == value.as_ref());
		// An account has many addresses: the request is in one of them, and the log in the custodian's.
		let requester = self.entry.get("requester").and_then(Part::text);
		let requester = requester.and_then(|text| Address::read(text).ok());
		let is_theirs = requester.is_some_and(|it| it.account() == request.requester.account());
		match is_told && is_theirs {
			true => Ok(()),
			false => Err(ReleaseFault::EntryOfAnotherRelease),
		}
	}

	/// Whether the record is the one that the chain has in the receipt's slot. Whether it stands, and who may see it, is another
	/// question.
	pub fn proves(&self, record: &SealedRecord, anchored: &Anchored) -> Result<(), ReleaseFault> {
		let commitment = record.commitment().map_err(ReleaseFault::Form)?;
		let is_it = match (anchored, &self.anchor.proof) {
			(Anchored::Record(there), None) => *there == commitment,
			(Anchored::Batch { root, leaves }, Some(path)) => {
				*leaves == path.leaves && path.proves(root, &commitment)
			},
			(Anchored::Record(_), Some(_)) => return Err(ReleaseFault::PathUnexpected),
			(Anchored::Batch { .. }, None) => return Err(ReleaseFault::PathMissing),
		};
		match is_it {
			true => Ok(()),
			false => Err(ReleaseFault::NotTheRecord),
		}
	}
}

fn path(proof: &Part) -> Option<MerklePath> {
	let Some(Part::List(siblings)) = proof.get("path") else { return None };
	if siblings.len() > MAX_PATH {
		return None;
	}
	let path = siblings.iter().map(|each| each.text()?.parse().ok());
	Some(MerklePath {
		index: proof.get("index")?.whole()?,
		leaves: proof.get("leaves")?.whole()?,
		path: path.collect::<Option<_>>()?,
	})
}
