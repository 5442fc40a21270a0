//! A job: a query under a permit, signed by the study's principal investigator.

use crate::{
	json::{self, number, object, Closed, Malformed},
	query::Query,
};
use salus_exchange_protocol::{account::Account, json::Part, signature, Hash};
use std::fmt;

/// The longest time from when a job is issued to when it expires, in seconds: seven days. Sites look now and then, and wait for
/// what is final.
pub const MAX_JOB_LIFE: u64 = 7 * 86_400;
/// How far ahead of the site's clock a job may be issued, in seconds.
pub const MAX_AHEAD: u64 = 300;
/// The largest job with its signature, in bytes.
pub const MAX_JOB: usize = 16 << 10;

const DOMAIN: &[u8] = b"salus:count-job:v1";
const MEMBERS: [&str; 10] = [
	"dataset",
	"expires",
	"genesis",
	"id",
	"investigator",
	"issued",
	"permit",
	"query",
	"salt",
	"version",
];

/// What is to be counted, and by which right.
#[derive(Clone, PartialEq, Eq)]
pub struct Job {
	/// The hash of the chain's block 0.
	pub genesis: Hash,
	/// 32 random bytes.
	pub id: Hash,
	/// The permit: the number of its request.
	pub permit: u32,
	/// The dataset.
	pub dataset: u32,
	/// The version of the dataset.
	pub version: u32,
	/// The account of the study's principal investigator.
	pub investigator: Account,
	/// The query.
	pub query: Query,
	/// The salt of the query's commitment: 32 random bytes, another for each job. It is as secret as the query: with it, a
	/// guess of the query is confirmed by the commitment on the chain.
	pub salt: Hash,
	/// When it was issued, in seconds since 1970.
	pub issued: u64,
	/// The first moment at which it is not answered any more.
	pub expires: u64,
}

/// Says nothing of query and salt, so that no log does.
impl fmt::Debug for Job {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.debug_struct("Job")
			.field("id", &self.id)
			.field("permit", &self.permit)
			.field("dataset", &self.dataset)
			.field("version", &self.version)
			.finish_non_exhaustive()
	}
}

/// A job with the investigator's signature over its [message](Job::message).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignedJob {
	/// The job.
	pub job: Job,
	/// The signature, see [`signature::holds`].
	pub signature: Vec<u8>,
}

/// Why a job is not taken, before the chain is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JobFault {
	/// It is of another chain.
	OtherChain,
	/// Its time is over.
	Expired,
	/// It was issued later than now.
	NotYet,
	/// It runs for longer than [`MAX_JOB_LIFE`], or ends before it begins.
	TooLong,
	/// The signature is not the investigator's.
	Signature,
}

impl JobFault {
	/// Its code: that of the refusal too.
	pub const fn code(self) -> &'static str {
		match self {
			Self::OtherChain => "otherChain",
			Self::Expired => "expired",
			Self::NotYet => "notYet",
			Self::TooLong => "tooLong",
			Self::Signature => "signature",
		}
	}
}

impl fmt::Display for JobFault {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str(self.code())
	}
}

impl std::error::Error for JobFault {}

impl Job {
	/// The commitment to its query, under its salt.
	pub fn commitment(&self) -> Hash {
		self.query.commitment(&self.salt)
	}

	/// What the investigator signs.
	pub fn message(&self) -> Vec<u8> {
		[
			DOMAIN,
			&self.genesis.0,
			&self.id.0,
			&self.permit.to_le_bytes(),
			&self.dataset.to_le_bytes(),
			&self.version.to_le_bytes(),
			&self.investigator.0,
			&self.commitment().0,
			&self.issued.to_le_bytes(),
			&self.expires.to_le_bytes(),
		]
		.concat()
	}

	fn from_part(part: &Part) -> Result<Self, Malformed> {
		let job = Closed::of(part, "job", &MEMBERS)?;
		Ok(Self {
			genesis: job.hash("genesis")?,
			id: job.hash("id")?,
			permit: job.small("permit")?,
			dataset: job.small("dataset")?,
			version: job.small("version")?,
			investigator: Account(job.hash("investigator")?.0),
			query: Query::from_part(job.need("query")?)?,
			salt: job.hash("salt")?,
			issued: job.whole("issued")?,
			expires: job.whole("expires")?,
		})
	}

	fn to_part(&self) -> Part {
		let Self {
			genesis,
			id,
			permit,
			dataset,
			version,
			investigator,
			query,
			salt,
			issued,
			expires,
		} = self;
		object([
			("dataset", number(*dataset)),
			("expires", number(*expires)),
			("genesis", Part::of(genesis)),
			("id", Part::of(id)),
			("investigator", Part::of(Hash(investigator.0))),
			("issued", number(*issued)),
			("permit", number(*permit)),
			("query", query.to_part()),
			("salt", Part::of(salt)),
			("version", number(*version)),
		])
	}
}

impl SignedJob {
	/// Reads `{"job":{…},"signature":"0x…"}`, in whatever order it is written.
	pub fn read(bytes: &[u8]) -> Result<Self, Malformed> {
		Self::from_part(&json::read(bytes, MAX_JOB)?)
	}

	pub(crate) fn from_part(part: &Part) -> Result<Self, Malformed> {
		let whole = Closed::of(part, "document", &["job", "signature"])?;
		let signature = whole.text("signature")?.strip_prefix("0x");
		let signature = signature.and_then(|digits| hex::decode(digits).ok());
		let signature = signature.filter(|bytes| (64..=66).contains(&bytes.len()));
		Ok(Self {
			job: Job::from_part(whole.need("job")?)?,
			signature: signature.ok_or(Malformed("signature"))?,
		})
	}

	/// Its canonical form (RFC 8785).
	pub fn canonical(&self) -> String {
		let signature = format!("0x{}", hex::encode(&self.signature));
		json::written(&object([("job", self.job.to_part()), ("signature", Part::Text(signature))]))
	}

	/// Checks chain, times and signature, in this order, at the moment `now`. Whether the account is the investigator's of the
	/// permit's study, and whether the permit is alive, the chain tells.
	pub fn check(&self, genesis: &Hash, now: u64) -> Result<(), JobFault> {
		let Self { job, signature } = self;
		if job.genesis != *genesis {
			return Err(JobFault::OtherChain);
		}
		if job.expires <= now {
			return Err(JobFault::Expired);
		}
		if job.issued > now.saturating_add(MAX_AHEAD) {
			return Err(JobFault::NotYet);
		}
		let life = job.expires.checked_sub(job.issued);
		if life.is_none_or(|life| life == 0 || life > MAX_JOB_LIFE) {
			return Err(JobFault::TooLong);
		}
		match signature::holds(job.investigator, &job.message(), signature) {
			true => Ok(()),
			false => Err(JobFault::Signature),
		}
	}
}
