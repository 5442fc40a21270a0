//! Jobs for which counts are made: those that wait, their replies, and how far mailboxes were read.

use super::{small, NewCount};
use crate::store::{
	hash,
	sql::{params, Connection, Row},
	stored, unstored, Store, StoreFault,
};
use salus_exchange_protocol::Hash;

/// A job as it is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JobRow {
	/// A hash of the URL of the mailbox.
	pub mailbox: Hash,
	/// Its id.
	pub id: Hash,
	/// The dataset for which it was left.
	pub dataset: u32,
	/// Its permit, if it could be read.
	pub permit: Option<u32>,
	/// When it expires, in seconds since 1970. It is forgotten then.
	pub expires: u64,
	/// The reply, once there is one: encrypted, in base64url.
	pub reply: Option<String>,
	/// How often the mailbox was told.
	pub attempts: u32,
}

const JOB: &str = "mailbox, id, dataset, permit, expires, reply, attempts";

/// Of a reply that a version of before has kept in the clear: it has points in it, and none that is encrypted does.
const IN_THE_CLEAR: &str = "reply LIKE '%.%'";

type RawJob = (Vec<u8>, Vec<u8>, i64, Option<i64>, i64, Option<String>, u32);

fn raw_job(row: &dyn Row) -> Result<RawJob, StoreFault> {
	Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?))
}

fn job(raw: RawJob) -> Result<JobRow, StoreFault> {
	let (mailbox, id, dataset, permit, expires, reply, attempts) = raw;
	Ok(JobRow {
		mailbox: hash(mailbox)?,
		id: hash(id)?,
		dataset: small(dataset)?,
		permit: permit.map(small).transpose()?,
		expires: unstored(expires)?,
		reply,
		attempts,
	})
}

/// Keeps a job, and for which count it waits.
pub(super) fn put_job(
	transaction: &Connection,
	row: &JobRow,
	count: Option<i64>,
) -> Result<(), StoreFault> {
	let JobRow { mailbox, id, dataset, permit, expires, reply, attempts } = row;
	transaction.execute(
		"INSERT INTO research_job (mailbox, id, dataset, permit, expires, count, reply, sent, attempts, again)
		 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, 0) ON CONFLICT DO NOTHING",
		params![mailbox.0, id.0, dataset, permit, stored(*expires)?, count, reply, attempts],
	)?;
	Ok(())
}

impl Store {
	/// Whether a job is known.
	pub fn knows_job(&self, mailbox: &Hash, id: &Hash) -> Result<bool, StoreFault> {
		self.read(|connection| {
			connection.exists(
				"SELECT 1 FROM research_job WHERE mailbox = ?1 AND id = ?2",
				params![mailbox.0, id.0],
			)
		})
	}

	/// How many jobs are kept: of all mailboxes, and of this one.
	pub fn jobs_kept(&self, mailbox: &Hash) -> Result<(u64, u64), StoreFault> {
		self.read(|connection| {
			let all =
				connection
					.query_row("SELECT count(*) FROM research_job", params![], |row| row.get(0))?;
			let own = connection.query_row(
				"SELECT count(*) FROM research_job WHERE mailbox = ?1",
				params![mailbox.0],
				|row| row.get(0),
			)?;
			Ok((unstored(all)?, unstored(own)?))
		})
	}

	/// How many jobs of a permit have no reply.
	pub fn jobs_open(&self, permit: u32) -> Result<u64, StoreFault> {
		self.read(|connection| {
			let open = connection.query_row(
				"SELECT count(*) FROM research_job WHERE permit = ?1 AND reply IS NULL",
				params![permit],
				|row| row.get(0),
			)?;
			unstored(open)
		})
	}

	/// Keeps a job that has its reply.
	pub fn put_replied(&self, row: &JobRow) -> Result<(), StoreFault> {
		self.write(|transaction| put_job(transaction, row, None))
	}

	/// Keeps a job that waits for a count that there is; false if there is none of the same.
	pub fn wait_for_count(&self, row: &JobRow, of: &NewCount) -> Result<bool, StoreFault> {
		self.write(|transaction| {
			let number: Option<i64> = transaction
				.query_opt(
					"SELECT number FROM research_count WHERE dataset = ?1 AND version = ?2 AND epoch = ?3 AND query = ?4 AND state <> 'void'",
					params![of.dataset, of.version, of.epoch, of.query.0],
					|row| row.get(0),
				)?;
			if number.is_some() {
				put_job(transaction, row, number)?;
			}
			Ok(number.is_some())
		})
	}

	/// The jobs that wait for a count.
	pub fn waiting_for(&self, count: u64) -> Result<Vec<JobRow>, StoreFault> {
		let sql = format!("SELECT {JOB} FROM research_job WHERE count = ?1 AND reply IS NULL");
		self.read(|connection| {
			let rows = connection.query_map(&sql, params![stored(count)?], raw_job)?;
			rows.into_iter().map(job).collect()
		})
	}

	/// Keeps the reply to a job; one that has a reply keeps it.
	pub fn reply(&self, mailbox: &Hash, id: &Hash, reply: &str) -> Result<(), StoreFault> {
		self.put_reply(mailbox, id, reply, "reply IS NULL")
	}

	/// Jobs with a reply that a version of before has kept in the clear, at most so many.
	pub fn unsealed_replies(&self, most: u32) -> Result<Vec<JobRow>, StoreFault> {
		let sql = format!("SELECT {JOB} FROM research_job WHERE {IN_THE_CLEAR} LIMIT ?1");
		self.read(|connection| {
			let rows = connection.query_map(&sql, params![most], raw_job)?;
			rows.into_iter().map(job).collect()
		})
	}

	/// Keeps such a reply encrypted.
	pub fn seal_reply(&self, mailbox: &Hash, id: &Hash, sealed: &str) -> Result<(), StoreFault> {
		self.put_reply(mailbox, id, sealed, IN_THE_CLEAR)
	}

	/// Keeps the reply to a job, if what is there fulfils a condition.
	fn put_reply(
		&self,
		mailbox: &Hash,
		id: &Hash,
		reply: &str,
		there: &str,
	) -> Result<(), StoreFault> {
		let sql = format!(
			"UPDATE research_job SET reply = ?3 WHERE mailbox = ?1 AND id = ?2 AND {there}"
		);
		self.write(|transaction| {
			transaction.execute(&sql, params![mailbox.0, id.0, reply])?;
			Ok(())
		})
	}

	/// Whether somebody waits for a count of a dataset.
	pub fn is_awaited(&self, dataset: u32) -> Result<bool, StoreFault> {
		self.read(|connection| {
			connection.exists(
				"SELECT 1 FROM research_job WHERE dataset = ?1 AND reply IS NULL",
				params![dataset],
			)
		})
	}

	/// Replies of a mailbox that it does not have yet and that are due, at most so many.
	pub fn unsent(&self, mailbox: &Hash, now: u64, most: u32) -> Result<Vec<JobRow>, StoreFault> {
		let sql = format!(
			"SELECT {JOB} FROM research_job WHERE reply IS NOT NULL AND sent = 0 AND again <= ?2 AND mailbox = ?1 ORDER BY again LIMIT ?3"
		);
		self.read(|connection| {
			let rows =
				connection.query_map(&sql, params![mailbox.0, stored(now)?, most], raw_job)?;
			rows.into_iter().map(job).collect()
		})
	}

	/// Notes that a mailbox has a reply, or when it is told again.
	pub fn told(&self, row: &JobRow, again: Option<u64>) -> Result<(), StoreFault> {
		self.write(|transaction| {
			transaction.execute(
				"UPDATE research_job SET sent = ?3, attempts = attempts + 1, again = ?4 WHERE mailbox = ?1 AND id = ?2",
				params![
					row.mailbox.0,
					row.id.0,
					again.is_none(),
					stored(again.unwrap_or(0))?
				],
			)?;
			Ok(())
		})
	}

	/// Forgets jobs that have expired, and counts that were given up and that no job is of: so there are no more of these than jobs are kept. Counts
	/// that were reserved stay: the budget bounds how many there are.
	pub fn forget_jobs(&self, now: u64) -> Result<(), StoreFault> {
		self.write(|transaction| {
			transaction
				.execute("DELETE FROM research_job WHERE expires <= ?1", params![stored(now)?])?;
			Ok(())
		})?;
		while self.forget_void()? {}
		Ok(())
	}

	/// How far a mailbox was read for a dataset, and which it was.
	pub fn read_until(
		&self,
		mailbox: &Hash,
		dataset: u32,
	) -> Result<Option<(Hash, u64)>, StoreFault> {
		self.read(|connection| {
			let row: Option<(Vec<u8>, i64)> = connection.query_opt(
				"SELECT id, seq FROM research_cursor WHERE mailbox = ?1 AND dataset = ?2",
				params![mailbox.0, dataset],
				|row| Ok((row.get(0)?, row.get(1)?)),
			)?;
			row.map(|(id, seq)| Ok((hash(id)?, unstored(seq)?))).transpose()
		})
	}

	/// Keeps how far a mailbox was read.
	pub fn put_read_until(
		&self,
		mailbox: &Hash,
		dataset: u32,
		id: &Hash,
		seq: u64,
	) -> Result<(), StoreFault> {
		self.write(|transaction| {
			transaction.execute(
				"INSERT INTO research_cursor (mailbox, dataset, id, seq) VALUES (?1, ?2, ?3, ?4)
				 ON CONFLICT (mailbox, dataset) DO UPDATE SET id = excluded.id, seq = excluded.seq",
				params![mailbox.0, dataset, id.0, stored(seq)?],
			)?;
			Ok(())
		})
	}
}
