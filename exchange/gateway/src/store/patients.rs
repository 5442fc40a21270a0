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
			// What the chain says of the patient is kept from now on.
			transaction.execute(
				"INSERT INTO standby (kind, id) VALUES (2, ?1) ON CONFLICT DO NOTHING",
				[handle.0],
			)?;
			Ok(true)
		})
	}

	/// Whether a handle is tied to an id of the house.
	pub fn is_linked(&self, handle: &Hash) -> Result<bool, StoreFault> {
		self.read(|connection| {
			let mut query = connection.prepare("SELECT 1 FROM patient WHERE handle = ?1")?;
			Ok(query.exists([handle.0])?)
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
