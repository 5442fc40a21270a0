//! Openings of sealed directives that the house was given, encrypted.

use super::{sql::params, stored, Store, StoreFault};
use salus_exchange_protocol::Hash;

impl Store {
	/// The openings of a patient: the number of the sealed directive, and the opening, encrypted.
	pub fn openings(&self, patient: &Hash) -> Result<Vec<(u32, Vec<u8>)>, StoreFault> {
		self.read(|connection| {
			connection.query_map(
				"SELECT sealed, content FROM opening WHERE patient = ?1 ORDER BY sealed",
				params![patient.0],
				|row| Ok((row.get(0)?, row.get(1)?)),
			)
		})
	}

	/// Keeps some, each in the place of the one before, and forgets others.
	pub fn keep_openings(
		&self,
		patient: &Hash,
		keep: &[(u32, Vec<u8>)],
		forget: &[u32],
	) -> Result<(), StoreFault> {
		self.write(|transaction| {
			for sealed in forget {
				transaction.execute(
					"DELETE FROM opening WHERE patient = ?1 AND sealed = ?2",
					params![patient.0, stored(*sealed)?],
				)?;
			}
			for (sealed, content) in keep {
				transaction.execute(
					"INSERT INTO opening (patient, sealed, content) VALUES (?1, ?2, ?3)
					 ON CONFLICT (patient, sealed) DO UPDATE SET content = excluded.content",
					params![patient.0, stored(*sealed)?, content],
				)?;
			}
			Ok(())
		})
	}

	/// Forgets one. False if it is not kept.
	pub fn forget_opening(&self, patient: &Hash, sealed: u32) -> Result<bool, StoreFault> {
		self.write(|transaction| {
			let gone = transaction.execute(
				"DELETE FROM opening WHERE patient = ?1 AND sealed = ?2",
				params![patient.0, stored(sealed)?],
			)?;
			Ok(gone == 1)
		})
	}
}
