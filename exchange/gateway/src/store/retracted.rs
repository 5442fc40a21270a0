//! Versions of a record beside the one that was retracted on the chain.

use super::{
	sql::{params, Connection},
	stored, unstored, Store, StoreFault,
};

/// That the slot, by itself or of a batch, of a record `one` was retracted, or the record's own leaf there. It is asked slot by slot: without knowing how many
/// slots there are, a query planner would begin at everything that was retracted.
const IS_RETRACTED: [&str; 2] = [
	"own_slot.record = one.number AND (SELECT count(*) FROM chain_order WHERE chain_order.slot = own_slot.slot AND chain_order.leaf = -1
	 AND chain_order.what = 'retracted') > 0",
	"own_slot.batch = one.batch AND (SELECT count(*) FROM chain_order WHERE chain_order.slot = own_slot.slot AND chain_order.leaf IN (-1, one.leaf)
	 AND chain_order.what = 'retracted') > 0",
];
/// The same, for all that was retracted: the records, as `one`, of slots of their own, of whole batches, and by their own leaves.
const ALL_RETRACTED: [&str; 3] = [
	"chain_order CROSS JOIN own_slot CROSS JOIN record AS one CROSS JOIN record AS later
	 WHERE chain_order.what = 'retracted' AND chain_order.leaf = -1 AND own_slot.slot = chain_order.slot AND one.number = own_slot.record",
	"chain_order CROSS JOIN own_slot CROSS JOIN record AS one CROSS JOIN record AS later
	 WHERE chain_order.what = 'retracted' AND chain_order.leaf = -1 AND own_slot.slot = chain_order.slot AND one.batch = own_slot.batch",
	"chain_order CROSS JOIN own_slot CROSS JOIN record AS one CROSS JOIN record AS later
	 WHERE chain_order.what = 'retracted' AND own_slot.slot = chain_order.slot AND one.batch = own_slot.batch AND one.leaf = chain_order.leaf",
];
/// That no person has let a version after `one`.
const NOT_LET: &str =
	"NOT EXISTS (SELECT 1 FROM settled JOIN record AS let ON let.number = settled.record
	WHERE settled.retracted = one.number AND settled.person = 1 AND let.version > one.version)";

/// The versions of a record, by its type and id, that were retracted, but for those after which a person has let one. SQLite takes the tables in the
/// order in which they stand here.
pub fn retracted_of() -> String {
	let of = |which: &str| {
		format!(
			"SELECT one.number FROM record AS one CROSS JOIN own_slot WHERE one.type = ?1 AND one.id = ?2 AND {which} AND {NOT_LET}"
		)
	};
	let [single, batch] = IS_RETRACTED.map(of);
	format!("{single} UNION {batch}")
}

fn settle(
	transaction: &Connection,
	record: i64,
	retracted: i64,
	is_by_person: bool,
) -> Result<(), StoreFault> {
	transaction.execute(
		"INSERT INTO settled (record, retracted, person) VALUES (?1, ?2, ?3)
		 ON CONFLICT (record, retracted) DO UPDATE SET person = CASE WHEN settled.person = 1 THEN 1 ELSE excluded.person END",
		params![record, retracted, is_by_person],
	)?;
	Ok(())
}

impl Store {
	/// Whether anything of the house was retracted at all.
	fn has_retractions(&self) -> Result<bool, StoreFault> {
		let sql = "SELECT 1 FROM chain_order WHERE what = 'retracted' LIMIT 1";
		self.read(|connection| connection.exists(sql, params![]))
	}

	/// Current versions that are held, each with an earlier one that was retracted, as far as nobody knows whether they say the same: at most so many.
	pub fn unsettled(&self, most: u32) -> Result<Vec<(u64, u64)>, StoreFault> {
		if !self.has_retractions()? {
			return Ok(Vec::new());
		}
		let of = |which: &str| {
			format!(
				"SELECT later.number, one.number FROM {which} AND later.type = one.type AND later.id = one.id AND later.current = 1
				 AND later.state = 'held' AND later.version > one.version AND {NOT_LET}
				 AND NOT EXISTS (SELECT 1 FROM settled WHERE settled.record = later.number AND settled.retracted = one.number)"
			)
		};
		// One that is there twice is compared twice: to leave it out, all would have to be found first.
		let sql = format!("{} LIMIT ?1", ALL_RETRACTED.map(of).join(" UNION ALL "));
		self.read(|connection| {
			let rows = connection.query_map(&sql, params![most], |row| {
				Ok((row.get::<i64>(0)?, row.get::<i64>(1)?))
			})?;
			rows.into_iter().map(|(one, other)| Ok((unstored(one)?, unstored(other)?))).collect()
		})
	}

	/// The versions of a record that were retracted, but for those after which a person has let one.
	pub fn retracted_versions(
		&self,
		resource_type: &str,
		id: &str,
	) -> Result<Vec<u64>, StoreFault> {
		if !self.has_retractions()? {
			return Ok(Vec::new());
		}
		self.read(|connection| {
			let named = params![resource_type, id];
			let rows = connection.query_map(&retracted_of(), named, |row| row.get::<i64>(0))?;
			rows.into_iter().map(unstored).collect()
		})
	}

	/// Notes that a version says something else than one that was retracted.
	pub fn says_another(&self, record: u64, retracted: u64) -> Result<(), StoreFault> {
		let (record, retracted) = (stored(record)?, stored(retracted)?);
		self.write(|transaction| settle(transaction, record, retracted, false))
	}

	/// Notes that a person has let a version after the ones that were retracted.
	pub fn let_by_person(&self, record: u64) -> Result<(), StoreFault> {
		let record = stored(record)?;
		let of = |which: &str| {
			format!(
				"SELECT one.number FROM record AS let CROSS JOIN record AS one CROSS JOIN own_slot
				 WHERE let.number = ?1 AND one.type = let.type AND one.id = let.id AND one.version < let.version AND {which}"
			)
		};
		let [single, batch] = IS_RETRACTED.map(of);
		self.write(|transaction| {
			let sql = format!("{single} UNION {batch}");
			let all = transaction.query_map(&sql, params![record], |row| row.get::<i64>(0))?;
			all.into_iter().try_for_each(|one| settle(transaction, record, one, true))
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::store::{tests::Fresh, Database};

	/// In a database that knows nothing of how many there are of what. Of PostgreSQL `tests/database.rs` looks.
	#[test]
	fn what_was_retracted_of_one_record_is_found_by_the_record() {
		let folder = tempfile::tempdir().unwrap();
		let file = Store::open(&Database::File(folder.path().join("x.sqlite"))).unwrap();
		let sql = format!("EXPLAIN QUERY PLAN {}", retracted_of());
		let rows = file.read(|connection| {
			connection.query_map(&sql, params!["Observation", "r1"], |row| row.get::<String>(3))
		});
		let plan = rows.unwrap().join("\n");
		assert!(plan.contains("own_slot_record") && plan.contains("own_slot_batch"), "{plan}");
		assert!(plan.contains("settled_retracted"), "{plan}");
		assert!(!plan.contains("SCAN") && !plan.contains("(what=?)"), "{plan}");
	}

	#[test]
	fn many_retractions_of_others_make_none_slower() {
		let fresh = Fresh::new();
		let store = fresh.open();
		// One of each record, with a newer version, in a database that knows nothing of how many there are.
		store
			.write(|transaction| {
				for at in 0..2_000_i64 {
					let key = at.to_be_bytes().repeat(4);
					let other = at.wrapping_add(1 << 32).to_be_bytes().repeat(4);
					for (version, content) in [(1_i64, &key), (2, &other)] {
						transaction.execute(
							"INSERT INTO record (type, id, version, current, state, judged, received, content, commitment, salt, blob)
							 VALUES ('Observation', ?1, ?2, ?3, 'held', '{}', 0, ?4, ?4, ?4, ?5)",
							params![format!("r{at}"), version, version == 2, content, format!("b{at}-{version}")],
						)?;
					}
					transaction.execute(
						"INSERT INTO own_slot (slot, record, batch, subject, anchored)
						 SELECT ?1, number, NULL, NULL, 0 FROM record WHERE type = 'Observation' AND id = ?2 AND version = 1",
						params![at, format!("r{at}")],
					)?;
					transaction.execute(
						"INSERT INTO chain_order (slot, leaf, what, standing, since) VALUES (?1, -1, 'retracted', 'duplicate', 1)",
						params![at],
					)?;
				}
				Ok(())
			})
			.unwrap();
		let of = |at: u32| store.retracted_versions("Observation", &format!("r{at}")).unwrap();
		let first = of(7);
		assert_eq!(first.len(), 1);
		assert_eq!(store.unsettled(5).unwrap().len(), 5);
		let all = store.unsettled(5_000).unwrap();
		assert_eq!(all.len(), 2_000);
		let (later, retracted) = *all.iter().find(|(_, one)| *one == first[0]).unwrap();
		store.says_another(later, retracted).unwrap();
		assert_eq!(of(7), first, "a program lets none");
		assert_eq!(store.unsettled(5_000).unwrap().len(), 1_999);
		store.let_by_person(later).unwrap();
		assert!(of(7).is_empty());
	}
}
