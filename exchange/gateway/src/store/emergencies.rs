//! Emergencies that were declared while the chain was silent.

use super::{
	audit, hash,
	sql::{params, Row, Value},
	stored, unstored, Store, StoreFault,
};
use salus_exchange_protocol::{event::Event, Hash};

/// An emergency that was declared while the chain was silent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Emergency {
	/// Its name: 32 random bytes, under which its looks stand in the access log.
	pub id: Hash,
	/// The account of who declared it.
	pub who: [u8; 32],
	/// The patient.
	pub patient: Hash,
	/// The index of the reason.
	pub reason: u8,
	/// The classes of data, a bit each.
	pub classes: u32,
	/// When it was declared, in seconds since 1970.
	pub happened: u64,
	/// From when it lets nothing any more.
	pub until: u64,
	/// The commitment to what was written down about it.
	pub detail: Hash,
	/// What was written down, with its salt before it, encrypted.
	pub note: Vec<u8>,
	/// The number under which the chain has it, if it does.
	pub recorded: Option<u32>,
}

type Stored = ([Vec<u8>; 5], u8, u32, i64, i64, Option<u32>);

fn row(row: &dyn Row) -> Result<Stored, StoreFault> {
	let bytes = [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?];
	Ok((bytes, row.get(5)?, row.get(6)?, row.get(7)?, row.get(8)?, row.get(9)?))
}

const COLUMNS: &str = "id, who, patient, detail, note, reason, classes, happened, until, recorded";

fn emergency(stored: Stored) -> Result<Emergency, StoreFault> {
	let ([id, who, patient, detail, note], reason, classes, happened, until, recorded) = stored;
	Ok(Emergency {
		id: hash(id)?,
		who: hash(who)?.0,
		patient: hash(patient)?,
		reason,
		classes,
		happened: unstored(happened)?,
		until: unstored(until)?,
		detail: hash(detail)?,
		note,
		recorded,
	})
}

impl Store {
	/// Keeps an emergency and its entry of the log: both, or neither.
	pub fn declare(&self, emergency: &Emergency, event: &Event) -> Result<(), StoreFault> {
		let Emergency { id, who, patient, reason, classes, happened, until, detail, note, .. } =
			emergency;
		self.write(|transaction| {
			audit::append(transaction, std::slice::from_ref(event), Some(*patient))?;
			transaction.execute(
				"INSERT INTO emergency (id, who, patient, detail, note, reason, classes, happened, until)
				 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
				params![id.0, who, patient.0, detail.0, note, reason, classes, stored(*happened)?, stored(*until)?],
			)?;
			Ok(())
		})
	}

	fn emergencies_by(
		&self,
		condition: &str,
		given: &[Value],
	) -> Result<Vec<Emergency>, StoreFault> {
		self.read(|connection| {
			let rows = connection.query_map(
				&format!("SELECT {COLUMNS} FROM emergency WHERE {condition}"),
				given,
				row,
			)?;
			rows.into_iter().map(emergency).collect()
		})
	}

	/// The emergency of that name.
	pub fn emergency(&self, id: &Hash) -> Result<Option<Emergency>, StoreFault> {
		self.read(|connection| {
			connection
				.query_opt(
					&format!("SELECT {COLUMNS} FROM emergency WHERE id = ?1"),
					params![id.0],
					row,
				)?
				.map(emergency)
				.transpose()
		})
	}

	/// At most so many: those that the chain does not have first, the oldest of them first; then the others, the last ones first.
	pub fn emergencies(&self, most: u32) -> Result<Vec<Emergency>, StoreFault> {
		let order = "TRUE ORDER BY recorded IS NOT NULL, CASE WHEN recorded IS NULL THEN happened ELSE -happened END LIMIT ?1";
		self.emergencies_by(order, params![most])
	}

	/// Those of one person for one patient that let something at a moment.
	pub fn emergencies_open(
		&self,
		who: &[u8; 32],
		patient: &Hash,
		at: u64,
	) -> Result<Vec<Emergency>, StoreFault> {
		self.emergencies_by(
			"who = ?1 AND patient = ?2 AND happened <= ?3 AND until > ?3 ORDER BY happened",
			params![who, patient.0, stored(at)?],
		)
	}

	/// Those that the chain does not have, of after a moment.
	pub fn emergencies_unrecorded(&self, after: u64) -> Result<Vec<Emergency>, StoreFault> {
		let condition = "recorded IS NULL AND happened > ?1 ORDER BY happened LIMIT 100";
		self.emergencies_by(condition, params![stored(after)?])
	}

	/// That the chain has it, under that number.
	pub fn emergency_recorded(&self, id: &Hash, number: u32) -> Result<(), StoreFault> {
		self.write(|transaction| {
			transaction.execute(
				"UPDATE emergency SET recorded = ?2 WHERE id = ?1",
				params![id.0, number],
			)?;
			Ok(())
		})
	}

	/// How many there were, and how many of them the chain does not have.
	pub fn count_emergencies(&self) -> Result<(u64, u64), StoreFault> {
		self.read(|connection| {
			let (all, due): (i64, i64) = connection.query_row(
				"SELECT count(*), count(*) - count(recorded) FROM emergency",
				params![],
				|row| Ok((row.get(0)?, row.get(1)?)),
			)?;
			Ok((unstored(all)?, unstored(due)?))
		})
	}
}
