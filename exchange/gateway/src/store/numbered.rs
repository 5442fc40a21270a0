//! Patients of whom a record has come with other identifiers than before, until it was looked anew at who is named in theirs.

use super::{
	hash,
	sql::{params, Connection},
	stored, unstored, Store, StoreFault,
};
use salus_exchange_protocol::Hash;

/// Such a patient.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Numbered {
	/// The handle.
	pub patient: Hash,
	/// The number of the record that came.
	pub record: u64,
	/// Behind which record it is looked on.
	pub after: u64,
}

/// Notes that a record of a patient has come with other identifiers than before. Looked at is then from the first one on.
pub(super) fn put_numbered(
	transaction: &Connection,
	patient: &Hash,
	record: i64,
) -> Result<(), StoreFault> {
	transaction.execute(
		"INSERT INTO numbered (patient, record, after) VALUES (?1, ?2, 0)
		 ON CONFLICT (patient) DO UPDATE SET record = excluded.record, after = 0",
		params![patient.0, record],
	)?;
	transaction.execute(
		"UPDATE patient SET changes = changes + 1 WHERE handle = ?1",
		params![patient.0],
	)?;
	Ok(())
}

impl Store {
	/// Patients whose records are to be looked at, at most so many.
	pub fn numbered_anew(&self, most: u32) -> Result<Vec<Numbered>, StoreFault> {
		let rows = self.read(|connection| {
			let sql = "SELECT patient, record, after FROM numbered ORDER BY patient LIMIT ?1";
			connection.query_map(sql, params![most], |row| {
				Ok((row.get::<Vec<u8>>(0)?, row.get::<i64>(1)?, row.get::<i64>(2)?))
			})
		})?;
		let rows = rows.into_iter().map(|(patient, record, after)| {
			let (record, after) = (unstored(record)?, unstored(after)?);
			Ok(Numbered { patient: hash(patient)?, record, after })
		});
		rows.collect()
	}

	/// Records of a patient of which others' names may decide: what is held, and what waits with one of these faults. By rising number after that one,
	/// at most so many.
	pub fn named_in(
		&self,
		patient: &Hash,
		faults: [&str; 3],
		after: u64,
		most: u32,
	) -> Result<Vec<u64>, StoreFault> {
		let [one, other, third] = faults;
		let rows = self.read(|connection| {
			connection.query_map(
				"SELECT number FROM record WHERE patient = ?1 AND current = 1 AND state = 'held' AND number > ?2
				 UNION ALL SELECT number FROM record WHERE patient = ?1 AND state = 'quarantined' AND number > ?2 AND fault IN (?3, ?4, ?5)
				 ORDER BY number LIMIT ?6",
				params![patient.0, stored(after)?, one, other, third, most],
				|row| row.get::<i64>(0),
			)
		})?;
		rows.into_iter().map(unstored).collect()
	}

	/// Current versions that are held and have this code, of no system, under a name: their numbers after that one, at most so many.
	pub fn held_with(
		&self,
		name: &str,
		code: &str,
		after: u64,
		most: u32,
	) -> Result<Vec<u64>, StoreFault> {
		let rows = self.read(|connection| {
			connection.query_map(
				"SELECT token.record FROM token JOIN record ON record.number = token.record
				 WHERE token.name = ?1 AND token.system = '' AND token.code = ?2 AND token.record > ?3 AND current = 1 AND state = 'held'
				 ORDER BY token.record LIMIT ?4",
				params![name, code, stored(after)?, most],
				|row| row.get::<i64>(0),
			)
		})?;
		rows.into_iter().map(unstored).collect()
	}

	/// Notes behind which record it is looked on, or that all were looked at. Not if another record of the patient has come meanwhile.
	pub fn looked_at_numbered(&self, done: &[(Numbered, Option<u64>)]) -> Result<(), StoreFault> {
		if done.is_empty() {
			return Ok(());
		}
		self.write(|transaction| {
			for (Numbered { patient, record, .. }, after) in done {
				let record = stored(*record)?;
				match after {
					Some(after) => transaction.execute(
						"UPDATE numbered SET after = ?3 WHERE patient = ?1 AND record = ?2",
						params![patient.0, record, stored(*after)?],
					)?,
					None => transaction.execute(
						"DELETE FROM numbered WHERE patient = ?1 AND record = ?2",
						params![patient.0, record],
					)?,
				};
			}
			Ok(())
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::store::tests::Fresh;

	#[test]
	fn a_record_that_comes_meanwhile_begins_anew() {
		let fresh = Fresh::new();
		let patient = Hash([1; 32]);
		let row = |record, after| vec![Numbered { patient, record, after }];
		{
			let store = fresh.open();
			store.write(|transaction| put_numbered(transaction, &patient, 7)).unwrap();
			assert_eq!(store.numbered_anew(9).unwrap(), row(7, 0));
			store.looked_at_numbered(&[(row(7, 0).remove(0), Some(4))]).unwrap();
		}
		let store = fresh.open();
		assert_eq!(store.numbered_anew(9).unwrap(), row(7, 4));
		let before = row(7, 4).remove(0);
		store.write(|transaction| put_numbered(transaction, &patient, 8)).unwrap();
		store.looked_at_numbered(&[(before.clone(), Some(5))]).unwrap();
		store.looked_at_numbered(&[(before, None)]).unwrap();
		assert_eq!(store.numbered_anew(9).unwrap(), row(8, 0));
		store.looked_at_numbered(&[(row(8, 0).remove(0), None)]).unwrap();
		assert!(store.numbered_anew(9).unwrap().is_empty());
	}
}
