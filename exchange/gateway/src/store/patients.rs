//! Who is who.

use super::{hash, stored, Store, StoreFault};
use rusqlite::{params, OptionalExtension};
use salus_exchange_protocol::Hash;

impl Store {
	/// Ties a handle to an id of the house. False if one of the two is tied to something else already: who that is, a person finds
	/// out, and nothing is overwritten.
	pub fn link(
		&self,
		handle: &Hash,
		local: &Hash,
		local_sealed: &[u8],
		now: u64,
	) -> Result<bool, StoreFault> {
		self.write(|transaction| {
			let mut query = transaction
				.prepare("SELECT handle, local FROM patient WHERE handle = ?1 OR local = ?2")?;
			let there = query
				.query_map(params![handle.0, local.0], |row| {
					Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?))
				})?
				.collect::<Result<Vec<_>, _>>()?;
			if let Some(first) = there.first() {
				return Ok(there.len() == 1 && first.0 == handle.0 && first.1 == local.0);
			}
			transaction.execute(
				"INSERT INTO patient (handle, local, local_sealed, linked) VALUES (?1, ?2, ?3, ?4)",
				params![handle.0, local.0, local_sealed, stored(now)?],
			)?;
			Ok(true)
		})
	}

	/// The handle of an id of the house.
	pub fn handle_of(&self, local: &Hash) -> Result<Option<Hash>, StoreFault> {
		self.read(|connection| {
			let handle: Option<Vec<u8>> = connection
				.query_row("SELECT handle FROM patient WHERE local = ?1", [local.0], |row| {
					row.get(0)
				})
				.optional()?;
			handle.map(hash).transpose()
		})
	}
}
