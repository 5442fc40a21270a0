//! What is held and is looked at anew, because the rules by which it was judged are others now.

use super::{
	hash, read_judged,
	records::{columns, moment, Columns},
	sql::params,
	stored, unstored, State, Store, StoreFault,
};
use salus_exchange_policy::Classified;
use salus_exchange_protocol::Hash;

/// A record that is held: its number, its file, and how it is to be treated.
pub type Held = (u64, String, Classified);

impl Store {
	/// A hash of the rules by which all that is held was judged; none if that was not noted.
	pub fn judged_by(&self) -> Result<Option<Hash>, StoreFault> {
		self.read(|connection| {
			let rules = connection.query_opt(
				"SELECT rules FROM judged_by WHERE \"only\" = 0",
				params![],
				|row| row.get(0),
			)?;
			rules.map(hash).transpose()
		})
	}

	/// Notes that all that is held was judged by these rules.
	pub fn note_judged_by(&self, rules: &Hash) -> Result<(), StoreFault> {
		self.write(|transaction| {
			transaction.execute(
				"INSERT INTO judged_by (\"only\", rules) VALUES (0, ?1) ON CONFLICT (\"only\") DO UPDATE SET rules = excluded.rules",
				params![rules.0],
			)?;
			Ok(())
		})
	}

	/// What is held, by rising number after that one, at most so many.
	pub fn held(&self, after: u64, most: u32) -> Result<Vec<Held>, StoreFault> {
		let rows = self.read(|connection| {
			let rows = connection.query_map("SELECT number, blob, judged FROM record WHERE current = 1 AND state = 'held' AND number > ?1 ORDER BY number LIMIT ?2", params![stored(after)?, most], |row| {
				Ok((row.get::<i64>(0)?, row.get::<String>(1)?, row.get::<String>(2)?))
			})?;
			Ok(rows)
		})?;
		let held = rows
			.into_iter()
			.map(|(number, blob, judged)| Ok((unstored(number)?, blob, read_judged(&judged)?)));
		held.collect()
	}

	/// Whether a version of a record about this patient waits for that fault.
	pub fn has_fault(&self, patient: &Hash, fault: &str) -> Result<bool, StoreFault> {
		self.read(|connection| {
			let sql = "SELECT number FROM record WHERE patient = ?1 AND state = 'quarantined' AND fault = ?2 LIMIT 1";
			let found: Option<i64> =
				connection.query_opt(sql, params![patient.0, fault], |row| row.get(0))?;
			Ok(found.is_some())
		})
	}

	/// The file of the newest record that has one.
	pub fn newest_blob(&self) -> Result<Option<String>, StoreFault> {
		self.read(|connection| {
			let sql = "SELECT blob FROM record WHERE blob IS NOT NULL ORDER BY number DESC LIMIT 1";
			connection.query_opt(sql, params![], |row| row.get(0))
		})
	}

	/// Judges what is held anew. It may be in quarantine then.
	pub fn judge_held(&self, number: u64, state: &State) -> Result<(), StoreFault> {
		let Columns { state, judged, fault, time } = columns(state)?;
		let [fault, path, detail] = fault.map_or([None, None, None], |fault| fault.map(Some));
		let number = stored(number)?;
		self.write(|transaction| {
			transaction.execute(
				"UPDATE record SET state = ?2, judged = ?3, fault = ?4, path = ?5, detail = ?6, time_from = ?7, time_to = ?8
				 WHERE number = ?1 AND state = 'held'",
				params![number, state, judged, fault, path, detail, moment(time.map(|time| time.from)), moment(time.map(|time| time.to))],
			)?;
			Ok(())
		})
	}
}
