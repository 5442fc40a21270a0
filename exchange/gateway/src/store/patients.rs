//! Who is who.

use super::{came::put_came, hash, sql::params, stored, unstored, Store, StoreFault};
use crate::ingest::WAITS_LINK;
use salus_exchange_protocol::Hash;
use std::sync::atomic::Ordering;

impl Store {
	/// Ties a handle to an id of the house, and notes that who waits for that is to be looked at. False if one of the two is tied to something else
	/// already: who that is, a person finds out, and nothing is overwritten.
	pub fn link(
		&self,
		handle: &Hash,
		local: &Hash,
		local_sealed: &[u8],
		now: u64,
	) -> Result<bool, StoreFault> {
		self.write(|transaction| {
			self.links.fetch_add(1, Ordering::Release);
			let there = transaction.query_map(
				"SELECT handle, local FROM patient WHERE handle = ?1 OR local = ?2",
				params![handle.0, local.0],
				|row| Ok((row.get::<Vec<u8>>(0)?, row.get::<Vec<u8>>(1)?)),
			)?;
			if let Some(first) = there.first() {
				let is_same = there.len() == 1 && first.0 == handle.0 && first.1 == local.0;
				if is_same {
					// Somebody may have come in between, when it was linked.
					put_came(transaction, WAITS_LINK, &local.to_string())?;
				}
				return Ok(is_same);
			}
			transaction.execute(
				"INSERT INTO patient (handle, local, local_sealed, linked) VALUES (?1, ?2, ?3, ?4)",
				params![handle.0, local.0, local_sealed, stored(now)?],
			)?;
			// What the chain says of the patient is kept from now on.
			transaction.execute(
				"INSERT INTO standby (kind, id) VALUES (2, ?1) ON CONFLICT DO NOTHING",
				params![handle.0],
			)?;
			put_came(transaction, WAITS_LINK, &local.to_string())?;
			Ok(true)
		})
	}

	/// Whether a handle is tied to an id of the house.
	pub fn is_linked(&self, handle: &Hash) -> Result<bool, StoreFault> {
		self.read(|connection| {
			connection.exists("SELECT 1 FROM patient WHERE handle = ?1", params![handle.0])
		})
	}

	/// The handle of an id of the house, and how often the identifiers of that patient have changed.
	pub fn whose(&self, local: &Hash) -> Result<Option<(Hash, u64)>, StoreFault> {
		self.read(|connection| {
			let row: Option<(Vec<u8>, i64)> = connection.query_opt(
				"SELECT handle, changes FROM patient WHERE local = ?1",
				params![local.0],
				|row| Ok((row.get(0)?, row.get(1)?)),
			)?;
			row.map(|(handle, changes)| Ok((hash(handle)?, unstored(changes)?))).transpose()
		})
	}

	/// The handle of an id of the house.
	pub fn handle_of(&self, local: &Hash) -> Result<Option<Hash>, StoreFault> {
		self.read(|connection| {
			let handle: Option<Vec<u8>> = connection.query_opt(
				"SELECT handle FROM patient WHERE local = ?1",
				params![local.0],
				|row| row.get(0),
			)?;
			handle.map(hash).transpose()
		})
	}
}
