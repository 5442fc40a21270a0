//! Who has data of a code, and what counts need of patients.

use super::{read_judged, stored, unstored, Store, StoreFault};
use rusqlite::{params, OptionalExtension};
use salus_exchange_policy::Classified;
use salus_exchange_protocol::Hash;

/// A patient's current record of the type Patient.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SubjectRow {
	/// Its number.
	pub number: u64,
	/// The file of the vault.
	pub blob: String,
	/// How it is to be treated.
	pub judged: Classified,
	/// What counts need of it, encrypted, if that was looked up before.
	pub content: Option<Vec<u8>>,
}

impl Store {
	/// Patients with the numbers of their held records that have this code and a time that overlaps the one from `from` to just before
	/// `until`, in seconds since 1970: by rising number after that one, at most so many. Of records without a time it is not known, and they are not
	/// among them.
	pub fn coded(
		&self,
		(system, code): (&str, &str),
		(from, until): (u64, u64),
		after: u64,
		most: usize,
	) -> Result<Vec<(Hash, u64)>, StoreFault> {
		self.read(|connection| {
			let mut query = connection.prepare(
				"SELECT record.patient, record.number FROM token JOIN record ON record.number = token.record
				 WHERE token.name = 'code' AND token.system = ?1 AND token.code = ?2 AND record.current = 1 AND record.state = 'held'
				 AND record.patient IS NOT NULL AND record.time_from < ?4 AND record.time_to >= ?3 AND token.record > ?5
				 ORDER BY token.record LIMIT ?6",
			)?;
			let rows = query.query_map(
				params![system, code, stored(from)?, stored(until)?, stored(after)?, stored(most)?],
				|row| Ok((row.get::<_, [u8; 32]>(0)?, row.get::<_, i64>(1)?)),
			)?;
			let mut found = Vec::new();
			for row in rows {
				let (patient, number) = row?;
				found.push((Hash(patient), unstored(number)?));
			}
			Ok(found)
		})
	}

	/// How a held record is to be treated; none if it is not held any more.
	pub fn held_as(&self, number: u64) -> Result<Option<Classified>, StoreFault> {
		self.read(|connection| {
			let judged: Option<String> = connection
				.query_row(
					"SELECT judged FROM record WHERE number = ?1 AND current = 1 AND state = 'held'",
					[stored(number)?],
					|row| row.get(0),
				)
				.optional()?;
			judged.map(|judged| read_judged(&judged)).transpose()
		})
	}

	/// The patient's record of the type Patient, if one is held. There is one: a handle is tied to one id of the house.
	pub fn subject(&self, patient: &Hash) -> Result<Option<SubjectRow>, StoreFault> {
		self.read(|connection| {
			let row: Option<(i64, String, String, Option<Vec<u8>>)> = connection
				.query_row(
					"SELECT number, blob, judged, research_subject.content FROM record LEFT JOIN research_subject ON research_subject.record = record.number
					 WHERE patient = ?1 AND type = 'Patient' AND current = 1 AND state = 'held' ORDER BY number LIMIT 1",
					[patient.0],
					|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
				)
				.optional()?;
			row.map(|(number, blob, judged, content)| {
				Ok(SubjectRow { number: unstored(number)?, blob, judged: read_judged(&judged)?, content })
			})
			.transpose()
		})
	}

	/// Keeps what counts need of a record, as long as it is the current one and held.
	pub fn put_subject(&self, number: u64, content: &[u8]) -> Result<(), StoreFault> {
		self.write(|transaction| {
			transaction.execute(
				"INSERT INTO research_subject (record, content) SELECT number, ?2 FROM record
				 WHERE number = ?1 AND current = 1 AND state = 'held' ON CONFLICT DO NOTHING",
				params![stored(number)?, content],
			)?;
			Ok(())
		})
	}
}
