//! What has come that records of the quarantine wait for, until these were looked at anew. By it those records are found, and no others are looked at.

use super::{
	sql::{params, Connection},
	stored, unstored, Store, StoreFault, Token,
};
use crate::ingest::WAITS_GIVEN;
use salus_exchange_policy::BINARY;
use std::collections::BTreeSet;

/// Binaries of the quarantine of which something has told that they are a patient's. From the patient on, however many Binaries there are.
const TOLD: &str =
	"SELECT DISTINCT record.number FROM named_by CROSS JOIN record
	 WHERE named_by.what = 'patient' AND named_by.value = ?1 AND record.type = ?2 AND record.id = named_by.id
	 AND record.state = 'quarantined' AND record.fault = ?3 AND record.number > ?4
	 ORDER BY record.number LIMIT ?5";

/// Something that has come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Came {
	/// Under which name the records that wait for it have it among their codes.
	pub what: String,
	/// The code.
	pub code: String,
	/// How often it has come.
	times: i64,
}

/// Notes that something has come.
pub(super) fn put_came(transaction: &Connection, what: &str, code: &str) -> Result<(), StoreFault> {
	transaction.execute(
		"INSERT INTO came (what, code, times) VALUES (?1, ?2, 1) ON CONFLICT (what, code) DO UPDATE SET times = came.times + 1",
		params![what, code],
	)?;
	Ok(())
}

/// Notes that a record has come, if another one waits for it.
pub(super) fn put_given(
	transaction: &Connection,
	resource_type: &str,
	id: &str,
) -> Result<(), StoreFault> {
	let code = format!("{resource_type}/{id}");
	let is_waited_for = transaction.exists(
		"SELECT 1 FROM token WHERE name = ?1 AND system = '' AND code = ?2 LIMIT 1",
		params![WAITS_GIVEN, code],
	)?;
	match is_waited_for {
		true => put_came(transaction, WAITS_GIVEN, &code),
		false => Ok(()),
	}
}

/// Has a record with these codes looked at once more if it waits for others: one of them may have come after it was looked for, and before this was
/// written. A record that waits for others waits for itself, too.
pub(super) fn put_waiting(
	transaction: &Connection,
	number: i64,
	tokens: &BTreeSet<Token>,
) -> Result<(), StoreFault> {
	if !tokens.iter().any(|token| token.name == WAITS_GIVEN) {
		return Ok(());
	}
	let sql = "SELECT type || '/' || id FROM record WHERE number = ?1";
	let own: String = transaction.query_row(sql, params![number], |row| row.get(0))?;
	put_came(transaction, WAITS_GIVEN, &own)
}

impl Store {
	/// What has come under a name, in the order of its codes, after that one: at most so many.
	pub fn came(&self, what: &str, after: &str, most: u32) -> Result<Vec<Came>, StoreFault> {
		self.read(|connection| {
			let sql = "SELECT what, code, times FROM came WHERE what = ?1 AND code > ?2 ORDER BY code LIMIT ?3";
			connection.query_map(sql, params![what, after, most], |row| {
				Ok(Came { what: row.get(0)?, code: row.get(1)?, times: row.get(2)? })
			})
		})
	}

	/// One thing that has come.
	pub fn came_as(&self, what: &str, code: &str) -> Result<Option<Came>, StoreFault> {
		self.read(|connection| {
			let sql = "SELECT what, code, times FROM came WHERE what = ?1 AND code = ?2";
			connection.query_opt(sql, params![what, code], |row| {
				Ok(Came { what: row.get(0)?, code: row.get(1)?, times: row.get(2)? })
			})
		})
	}

	/// Notes that all that waits for these was looked at. Not of what has come once more meanwhile.
	pub fn looked_at_came(&self, all: &[Came]) -> Result<(), StoreFault> {
		self.write(|transaction| {
			for Came { what, code, times } in all {
				transaction.execute(
					"DELETE FROM came WHERE what = ?1 AND code = ?2 AND times = ?3",
					params![what, code, times],
				)?;
			}
			Ok(())
		})
	}

	/// Records of the quarantine that wait for it, in all their versions: their numbers after that one, at most so many.
	pub fn who_waits_for(
		&self,
		what: &str,
		code: &str,
		after: u64,
		most: u32,
	) -> Result<Vec<u64>, StoreFault> {
		let rows = self.read(|connection| {
			connection.query_map(
				"SELECT token.record FROM token JOIN record ON record.number = token.record
				 WHERE token.name = ?1 AND token.system = '' AND token.code = ?2 AND token.record > ?3 AND state = 'quarantined'
				 ORDER BY token.record LIMIT ?4",
				params![what, code, stored(after)?, most],
				|row| row.get::<i64>(0),
			)
		})?;
		rows.into_iter().map(unstored).collect()
	}

	/// Binaries of the quarantine with that fault of which something has told that they are of that patient, by the hash of the house's id: their numbers
	/// after that one, at most so many.
	pub fn binaries_told(
		&self,
		patient: &str,
		fault: &str,
		after: u64,
		most: u32,
	) -> Result<Vec<u64>, StoreFault> {
		let rows = self.read(|connection| {
			connection.query_map(
				TOLD,
				params![patient, BINARY, fault, stored(after)?, most],
				|row| row.get::<i64>(0),
			)
		})?;
		rows.into_iter().map(unstored).collect()
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::store::tests::Fresh;

	#[test]
	fn what_comes_meanwhile_is_looked_at_once_more() {
		let fresh = Fresh::new();
		let came = |store: &Store| store.came("x", "", 9).unwrap();
		let put = |store: &Store, code: &str| {
			store.write(|transaction| put_came(transaction, "x", code)).unwrap();
		};
		{
			let store = fresh.open();
			put(&store, "a");
			put(&store, "b");
		}
		let store = fresh.open();
		let all = came(&store);
		assert_eq!(all.iter().map(|it| it.code.as_str()).collect::<Vec<_>>(), ["a", "b"]);
		assert_eq!(store.came("x", "a", 9).unwrap(), all[1..]);
		assert_eq!(store.came_as("x", "b").unwrap().as_ref(), all.get(1));
		assert_eq!(store.came("y", "", 9).unwrap(), []);
		put(&store, "a");
		store.looked_at_came(&all).unwrap();
		let left = came(&store);
		assert_eq!(left.iter().map(|it| it.code.as_str()).collect::<Vec<_>>(), ["a"]);
		store.looked_at_came(&left).unwrap();
		assert!(came(&store).is_empty());
		assert_eq!(store.came_as("x", "a").unwrap(), None);
	}

	/// In a database that knows nothing of how many there are of what.
	#[test]
	fn a_patients_binaries_are_found_by_the_patient() {
		let folder = tempfile::tempdir().unwrap();
		let file = crate::store::Database::File(folder.path().join("x.sqlite"));
		let store = Store::open(&file).unwrap();
		let sql = format!("EXPLAIN QUERY PLAN {TOLD}");
		let plan = store.read(|connection| {
			let values = params!["v", BINARY, "f", 0_i64, 9_u32];
			connection.query_map(&sql, values, |row| row.get::<String>(3))
		});
		let plan = plan.unwrap().join("\n");
		assert!(plan.contains("named_by_patient") && !plan.contains("SCAN"), "{plan}");
	}
}
