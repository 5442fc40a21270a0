//! What was read of the house's FHIR server, and how far.

use super::{put_withheld, sql::params, stored, unstored, Store, StoreFault};

/// How far a type was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Cursor {
	/// All that was changed before this moment was taken, in seconds since 1970, by the server's clock.
	pub since: u64,
	/// The number of the reading of all that was last begun.
	pub round: u64,
	/// How far that one is; none if it ended.
	pub at: Option<u64>,
	/// When a reading of all ended last, by the clock here; 0 if none did.
	pub ended: u64,
}

/// A resource that the server has, or had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seen {
	/// The version that was taken last, as the server writes it, and a hash of its labels.
	pub version: String,
	/// When it was changed, as the server writes it.
	pub updated: String,
	/// Whether it is not there any more.
	pub gone: bool,
}

impl Store {
	/// How far a type was read of a server.
	pub fn cursor(&self, server: i64, resource_type: &str) -> Result<Cursor, StoreFault> {
		self.read(|connection| {
			let row = connection
				.query_opt(
					"SELECT since, round, at, ended FROM upstream_cursor WHERE server = ?1 AND type = ?2",
					params![server, resource_type],
					|row| {
						Ok((
							row.get::<i64>(0)?,
							row.get::<i64>(1)?,
							row.get::<Option<i64>>(2)?,
							row.get::<i64>(3)?,
						))
					},
				)?;
			let Some((since, round, at, ended)) = row else { return Ok(Cursor::default()) };
			Ok(Cursor {
				since: unstored(since)?,
				round: unstored(round)?,
				at: at.map(unstored).transpose()?,
				ended: unstored(ended)?,
			})
		})
	}

	/// Says how far a type was read.
	pub fn put_cursor(
		&self,
		server: i64,
		resource_type: &str,
		cursor: &Cursor,
	) -> Result<(), StoreFault> {
		let at = cursor.at.map(stored).transpose()?;
		self.write(|transaction| {
			transaction.execute(
				"INSERT INTO upstream_cursor (server, type, since, round, at, ended) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
				 ON CONFLICT (server, type) DO UPDATE SET since = excluded.since, round = excluded.round, at = excluded.at, ended = excluded.ended",
				params![
					server, resource_type, stored(cursor.since)?, stored(cursor.round)?, at,
					stored(cursor.ended)?,
				],
			)?;
			Ok(())
		})
	}

	/// What is known of a resource of a server.
	pub fn seen(
		&self,
		server: i64,
		resource_type: &str,
		id: &str,
	) -> Result<Option<Seen>, StoreFault> {
		self.read(|connection| {
			connection
				.query_opt(
					"SELECT version, updated, gone FROM upstream WHERE server = ?1 AND type = ?2 AND id = ?3",
					params![server, resource_type, id],
					|row| Ok(Seen { version: row.get(0)?, updated: row.get(1)?, gone: row.get(2)? }),
				)
		})
	}

	/// Says of resources of a type that they were there in that reading: the id, the version, and when it was changed.
	pub fn put_seen(
		&self,
		server: i64,
		resource_type: &str,
		round: u64,
		all: &[(String, String, String)],
	) -> Result<(), StoreFault> {
		self.write(|transaction| {
			for (id, version, updated) in all {
				transaction.execute("INSERT INTO upstream (server, type, id, version, updated, round, gone) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)
					 ON CONFLICT (server, type, id) DO UPDATE SET version = excluded.version, updated = excluded.updated, round = excluded.round, gone = 0", params![server, resource_type, id, version, updated, stored(round)?])?;
			}
			Ok(())
		})
	}

	/// Resources of a type that were there once, and not in that reading of all: ids after that one, at most so many.
	pub fn missed(
		&self,
		server: i64,
		resource_type: &str,
		round: u64,
		after: &str,
		most: u32,
	) -> Result<Vec<String>, StoreFault> {
		self.read(|connection| {
			connection.query_map("SELECT id FROM upstream WHERE server = ?1 AND type = ?2 AND round < ?3 AND gone = 0 AND id > ?4 ORDER BY id LIMIT ?5", params![server, resource_type, stored(round)?, after, most], |row| {
					row.get(0)
				})
		})
	}

	/// Says that a resource could not be read by itself: it counts as not seen, so that it is asked for again.
	pub fn put_unread(&self, server: i64, resource_type: &str, id: &str) -> Result<(), StoreFault> {
		self.write(|transaction| {
			transaction.execute(
				"UPDATE upstream SET round = 0 WHERE server = ?1 AND type = ?2 AND id = ?3",
				params![server, resource_type, id],
			)?;
			Ok(())
		})
	}

	/// Says that a resource is not there any more; its record does not leave, with that fault. False if it was known to be gone, or was
	/// never there.
	pub fn put_gone(
		&self,
		server: i64,
		resource_type: &str,
		id: &str,
		fault: &str,
		detail: &str,
	) -> Result<bool, StoreFault> {
		self.write(|transaction| {
			let known = transaction.execute(
				"UPDATE upstream SET gone = 1 WHERE server = ?1 AND type = ?2 AND id = ?3 AND gone = 0",
				params![server, resource_type, id],
			)?;
			if known == 1 {
				put_withheld(transaction, resource_type, id, fault, detail)?;
			}
			Ok(known == 1)
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::store::tests::Fresh;

	#[test]
	fn what_was_read_is_known_after_a_restart_and_by_server() {
		let fresh = Fresh::new();
		let cursor = Cursor { since: 7, round: 2, at: Some(5), ended: 9 };
		{
			let store = fresh.open();
			assert_eq!(store.cursor(1, "Patient").unwrap(), Cursor::default());
			store.put_cursor(1, "Patient", &cursor).unwrap();
			let row = |id: &str| (id.to_owned(), "1".to_owned(), "then".to_owned());
			store.put_seen(1, "Patient", 1, &[row("a"), row("b")]).unwrap();
			store.put_seen(1, "Patient", 2, &[row("a")]).unwrap();
		}
		let store = fresh.open();
		assert_eq!(store.cursor(1, "Patient").unwrap(), cursor);
		assert_eq!(store.cursor(2, "Patient").unwrap(), Cursor::default());
		assert_eq!(store.missed(1, "Patient", 2, "", 9).unwrap(), ["b"]);
		assert_eq!(store.missed(2, "Patient", 2, "", 9).unwrap(), [""; 0]);
		assert!(store.put_gone(1, "Patient", "b", "f", "d").unwrap());
		assert!(!store.put_gone(1, "Patient", "b", "f", "d").unwrap());
		assert!(!store.put_gone(1, "Patient", "c", "f", "d").unwrap());
		assert!(store.seen(1, "Patient", "b").unwrap().unwrap().gone);
		assert_eq!(store.missed(1, "Patient", 2, "", 9).unwrap(), [""; 0]);
	}
}
