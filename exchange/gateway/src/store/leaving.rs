//! Files of the vault that are to go.

use super::{sql::params, Store, StoreFault};

impl Store {
	/// Notes that files which no record has are to go.
	pub fn leaves(&self, blobs: &[&str]) -> Result<(), StoreFault> {
		self.write(|transaction| {
			for blob in blobs {
				let sql = "INSERT INTO leaving (blob) VALUES (?1) ON CONFLICT DO NOTHING";
				transaction.execute(sql, params![blob])?;
			}
			Ok(())
		})
	}

	/// Those that are to go, by their names after that one.
	pub fn leaving(&self, after: &str, most: u32) -> Result<Vec<String>, StoreFault> {
		self.read(|connection| {
			let sql = "SELECT blob FROM leaving WHERE blob > ?1 ORDER BY blob LIMIT ?2";
			connection.query_map(sql, params![after, most], |row| row.get(0))
		})
	}

	/// Those of a record that was erased.
	pub fn leaving_of(&self, resource_type: &str, id: &str) -> Result<Vec<String>, StoreFault> {
		self.read(|connection| {
			let sql = "SELECT leaving.blob FROM record JOIN leaving ON leaving.record = record.number WHERE type = ?1 AND id = ?2";
			connection.query_map(sql, params![resource_type, id], |row| row.get(0))
		})
	}

	/// They are gone.
	pub fn left(&self, blobs: &[&str]) -> Result<(), StoreFault> {
		if blobs.is_empty() {
			return Ok(());
		}
		self.write(|transaction| {
			for blob in blobs {
				transaction.execute("DELETE FROM leaving WHERE blob = ?1", params![blob])?;
			}
			Ok(())
		})
	}
}
