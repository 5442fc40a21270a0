//! What was handed in to the chain, and how often: written before it is, so that a gateway that was killed in between waits for what
//! may still be on its way.

use super::{sql::params, stored, unstored, Store, StoreFault};
use salus_exchange_protocol::Hash;

/// A transaction that was handed in, and that is not done yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Submission {
	/// What for: `head:4`, `batch:3`, `acknowledgement:0x…:4`, `reservation:5`, `settlement:5`, `epoch:7:3`.
	pub what: String,
	/// How often it was handed in.
	pub attempts: u32,
	/// The number of the block after which the last one cannot be included any more.
	pub dies: u64,
	/// When it is handed in again at the earliest, in seconds since 1970.
	pub again: u64,
}

impl Store {
	/// All that are not done.
	pub fn submissions(&self) -> Result<Vec<Submission>, StoreFault> {
		self.read(|connection| {
			let rows = connection.query_map(
				"SELECT what, attempts, dies, again FROM submission ORDER BY what",
				params![],
				|row| Ok((row.get(0)?, row.get(1)?, row.get::<i64>(2)?, row.get::<i64>(3)?)),
			)?;
			rows.into_iter()
				.map(|(what, attempts, dies, again)| {
					Ok(Submission {
						what,
						attempts,
						dies: unstored(dies)?,
						again: unstored(again)?,
					})
				})
				.collect()
		})
	}

	/// Keeps one.
	pub fn put_submission(&self, submission: &Submission) -> Result<(), StoreFault> {
		let Submission { what, attempts, dies, again } = submission;
		self.write(|transaction| {
			transaction.execute(
				"INSERT INTO submission (what, attempts, dies, again) VALUES (?1, ?2, ?3, ?4)
				 ON CONFLICT (what) DO UPDATE SET attempts = excluded.attempts, dies = excluded.dies, again = excluded.again",
				params![what, attempts, stored(*dies)?, stored(*again)?],
			)?;
			Ok(())
		})
	}

	/// Forgets what is done.
	pub fn submitted(&self, what: &str) -> Result<(), StoreFault> {
		self.write(|transaction| {
			transaction.execute("DELETE FROM submission WHERE what = ?1", params![what])?;
			Ok(())
		})
	}

	/// How many entries the access log has.
	pub fn log_length(&self) -> Result<u64, StoreFault> {
		self.read(|connection| {
			let last: Option<i64> = connection.query_opt(
				"SELECT seq FROM audit ORDER BY seq DESC LIMIT 1",
				params![],
				|row| row.get(0),
			)?;
			last.map_or(Ok(0), |last| Ok(unstored(last)?.saturating_add(1)))
		})
	}

	/// The hashes of the entries of the access log from `from` to just before `until`.
	pub fn log_hashes(&self, from: u64, until: u64) -> Result<Vec<Hash>, StoreFault> {
		self.read(|connection| {
			let rows = connection.query_map(
				"SELECT hash FROM audit WHERE seq >= ?1 AND seq < ?2 ORDER BY seq",
				params![stored(from)?, stored(until)?],
				|row| row.get::<Vec<u8>>(0),
			)?;
			rows.into_iter().map(super::hash).collect()
		})
	}
}
