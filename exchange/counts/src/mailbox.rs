//! The mailbox: a researcher leaves jobs in it, and sites pull them. What goes over HTTP is in `docs/research-protocol.md`.

use crate::{
	job::SignedJob,
	json::{self, number, object, Closed, Malformed},
};
use salus_exchange_protocol::{json::Part, Hash};

/// The most jobs of a page.
pub const MAX_PAGE: usize = 32;
/// The largest page, in bytes.
pub const MAX_PAGE_BYTES: usize = 640 << 10;
/// The shortest token with which a site authenticates to a mailbox, in characters.
pub const MIN_TOKEN: usize = 32;

/// A job as a page has it. One that is malformed does not keep back the others, unless it is no JSON that could be read at all: then the page is none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
	/// Its number in the mailbox, from 1, never given twice there. The next page is asked for after the last one.
	pub seq: u64,
	/// The id of the job, as far as it can be read.
	pub id: Option<Hash>,
	/// The job.
	pub job: Result<SignedJob, Malformed>,
}

/// Jobs for one dataset, by rising number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
	/// Of which mailbox: 32 random bytes, drawn when it was made. In another mailbox under the same URL numbers begin anew.
	pub mailbox: Hash,
	/// The jobs.
	pub jobs: Vec<Entry>,
}

/// Where a page of jobs is asked for, below the mailbox's URL: `after` is the number of the last job that is known, 0 at first.
pub fn jobs_path(dataset: u32, after: u64) -> String {
	format!("/v1/datasets/{dataset}/jobs?after={after}&count={MAX_PAGE}")
}

/// Where the reply to a job is put, below the mailbox's URL.
pub fn reply_path(dataset: u32, job: &Hash) -> String {
	format!("/v1/datasets/{dataset}/jobs/{job}/reply")
}

impl Page {
	/// Reads a page.
	pub fn read(bytes: &[u8]) -> Result<Self, Malformed> {
		let whole = json::read(bytes, MAX_PAGE_BYTES)?;
		let whole = Closed::of(&whole, "document", &["jobs", "mailbox"])?;
		let entries = whole.list("jobs")?;
		if entries.len() > MAX_PAGE {
			return Err(Malformed("jobs"));
		}
		let jobs: Vec<Entry> = entries.iter().map(entry).collect::<Result<_, _>>()?;
		let mut numbers = jobs.iter().map(|entry| entry.seq);
		let mut last = 0;
		match numbers.all(|seq| std::mem::replace(&mut last, seq) < seq) {
			true => Ok(Self { mailbox: whole.hash("mailbox")?, jobs }),
			false => Err(Malformed("seq")),
		}
	}

	/// A page of these jobs.
	pub fn write<'a>(
		mailbox: &Hash,
		jobs: impl IntoIterator<Item = (u64, &'a SignedJob)>,
	) -> String {
		let jobs = jobs.into_iter().map(|(seq, job)| {
			let job = json::read(job.canonical().as_bytes(), usize::MAX).unwrap_or(Part::Null);
			object([("job", job), ("seq", number(seq))])
		});
		json::written(&object([
			("jobs", Part::List(jobs.collect())),
			("mailbox", Part::of(mailbox)),
		]))
	}
}

fn entry(part: &Part) -> Result<Entry, Malformed> {
	let entry = Closed::of(part, "jobs", &["job", "seq"])?;
	let job = entry.need("job")?;
	let id = job.get("job").and_then(|job| job.get("id")).and_then(Part::text);
	let id = id.and_then(|text| text.parse::<Hash>().ok().filter(|hash| hash.to_string() == text));
	Ok(Entry { seq: entry.whole("seq")?, id, job: SignedJob::from_part(job) })
}
