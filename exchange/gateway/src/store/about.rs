//! Whose data entries of the access log are about: for the patient who asks.

use super::{sql::params, stored, unstored, Store, StoreFault};
use salus_exchange_protocol::{log::Line, Hash};

impl Store {
	/// The entries about a patient, the newest first, from before entry `before` on, at most so many: each with its number.
	pub fn log_about(
		&self,
		patient: &Hash,
		before: u64,
		most: usize,
	) -> Result<Vec<(u64, Line)>, StoreFault> {
		let before = i64::try_from(before).unwrap_or(i64::MAX);
		let rows = self.read(|connection| {
			let rows = connection.query_map(
				"SELECT audit.seq, line FROM about JOIN audit ON audit.seq = about.seq
				 WHERE patient = ?1 AND about.seq < ?2 ORDER BY about.seq DESC LIMIT ?3",
				params![patient.0, before, stored(most)?],
				|row| Ok((row.get::<i64>(0)?, row.get::<String>(1)?)),
			)?;
			Ok(rows)
		})?;
		let lines = rows.into_iter().map(|(seq, text)| {
			let line = Line::read(text.as_bytes());
			Ok((unstored(seq)?, line.map_err(|_| StoreFault::Corrupt("a line of the access log"))?))
		});
		lines.collect()
	}
}
