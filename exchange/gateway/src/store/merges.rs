//! Merges of patients that other systems told of, until a person has looked at them.

use super::{hash, sql::params, stored, unstored, Store, StoreFault};
use salus_exchange_protocol::Hash;

impl Store {
	/// Keeps a merge, by a hash of the two ids. One that comes again is there once.
	pub fn put_merge(&self, index: &Hash, sealed: &[u8], now: u64) -> Result<(), StoreFault> {
		self.write(|transaction| {
			transaction.execute(
				"INSERT INTO merge (ids, ids_sealed, received, done) VALUES (?1, ?2, ?3, 0) ON CONFLICT (ids) DO NOTHING",
				params![index.0, sealed, stored(now)?],
			)?;
			Ok(())
		})
	}

	/// Those that nobody has looked at: number, hash of the ids, the ids encrypted, and when it came.
	#[allow(clippy::type_complexity)]
	pub fn merges(&self) -> Result<Vec<(u64, Hash, Vec<u8>, u64)>, StoreFault> {
		self.read(|connection| {
			let rows = connection.query_map("SELECT number, ids, ids_sealed, received FROM merge WHERE done = 0 ORDER BY number LIMIT 500", params![], |row| {
					Ok((
						row.get::<i64>(0)?,
						row.get::<Vec<u8>>(1)?,
						row.get::<Vec<u8>>(2)?,
						row.get::<i64>(3)?,
					))
				})?;
			rows.into_iter()
				.map(|(number, ids, sealed, received)| {
					Ok((unstored(number)?, hash(ids)?, sealed, unstored(received)?))
				})
				.collect()
		})
	}

	/// That somebody has looked at one. False if there is none that nobody has looked at.
	pub fn merge_done(&self, number: u64) -> Result<bool, StoreFault> {
		self.write(|transaction| {
			let done = transaction.execute(
				"UPDATE merge SET done = 1 WHERE number = ?1 AND done = 0",
				params![stored(number)?],
			)?;
			Ok(done == 1)
		})
	}
}
