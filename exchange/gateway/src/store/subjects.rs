//! Who has data of a code, and what counts need of patients.

use super::{
	sql::{params, Value, Write},
	stored, unstored, Store, StoreFault,
};
use salus_exchange_protocol::Hash;
use std::collections::BTreeMap;

/// How many are looked up in one query. Each query holds the database for some milliseconds.
const IN_ONE: usize = 512;

/// An opening as it is kept: whose, the number of the sealed directive, and the opening, encrypted.
pub type OpeningRow = (Hash, u32, Vec<u8>);

/// As many places for values.
fn places() -> String {
	(1..=IN_ONE).map(|place| format!("?{place}")).collect::<Vec<_>>().join(", ")
}

/// As many values as there are places, so that it is one statement, whatever the number: the last of them again and again.
fn filled<T: Write>(values: &[T]) -> Vec<Value<'_>> {
	let mut filled: Vec<Value> = values.iter().map(Write::write).collect();
	if let Some(last) = filled.last().copied() {
		filled.resize(IN_ONE, last);
	}
	filled
}

/// A patient's current record of the type Patient.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SubjectRow {
	/// Its number.
	pub number: u64,
	/// The file of the vault.
	pub blob: String,
	/// How it is to be treated: the text of [`super::read_judged`].
	pub judged: String,
	/// What counts need of it, encrypted, if that was looked up before.
	pub content: Option<Vec<u8>>,
}

/// The statement of [`Store::coded`]. It reads an index from one record on, and sorts nothing.
pub const CODED: &str =
	"SELECT record.patient, record.number FROM token JOIN record ON record.number = token.record
	 WHERE token.name = 'code' AND token.system = ?1 AND token.code = ?2 AND record.current = 1 AND record.state = 'held'
	 AND record.patient IS NOT NULL AND record.time_from < ?4 AND record.time_to >= ?3 AND token.record > ?5
	 ORDER BY token.record LIMIT ?6";

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
			let rows = connection.query_map(
				CODED,
				params![system, code, stored(from)?, stored(until)?, stored(after)?, stored(most)?],
				|row| Ok((row.get::<[u8; 32]>(0)?, row.get::<i64>(1)?)),
			)?;
			let mut found = Vec::new();
			for (patient, number) in rows {
				found.push((Hash(patient), unstored(number)?));
			}
			Ok(found)
		})
	}

	/// How held records are to be treated, by their numbers: the text of [`super::read_judged`]. What is not held any more is left out. Numbers
	/// that rise are read the fastest.
	pub fn judged_of(&self, numbers: &[u64]) -> Result<Vec<(u64, String)>, StoreFault> {
		let sql = format!(
			"SELECT number, judged FROM record WHERE number IN ({}) AND current = 1 AND state = 'held'",
			places()
		);
		let mut found = Vec::with_capacity(numbers.len());
		for some in numbers.chunks(IN_ONE) {
			let some = some.iter().map(|number| stored(*number)).collect::<Result<Vec<_>, _>>()?;
			let rows = self.read(|connection| {
				connection.query_map(&sql, &filled(&some), |row| {
					Ok((row.get::<i64>(0)?, row.get::<String>(1)?))
				})
			})?;
			for (number, judged) in rows {
				found.push((unstored(number)?, judged));
			}
		}
		Ok(found)
	}

	/// The records of the type Patient of some patients, of whom one is held. There is one of each: a handle is tied to one id of the house.
	pub fn subjects_of(&self, patients: &[Hash]) -> Result<BTreeMap<Hash, SubjectRow>, StoreFault> {
		let sql = format!(
			"SELECT patient, number, blob, judged, research_subject.content FROM record
			 LEFT JOIN research_subject ON research_subject.record = record.number
			 WHERE patient IN ({}) AND type = 'Patient' AND current = 1 AND state = 'held' ORDER BY patient, number",
			places()
		);
		let mut found = BTreeMap::new();
		for some in patients.chunks(IN_ONE) {
			let some: Vec<[u8; 32]> = some.iter().map(|patient| patient.0).collect();
			let rows = self.read(|connection| {
				connection.query_map(&sql, &filled(&some), |row| {
					let (blob, judged, content) = (row.get(2)?, row.get(3)?, row.get(4)?);
					let row = (row.get::<[u8; 32]>(0)?, row.get::<i64>(1)?);
					Ok((row, (blob, judged, content)))
				})
			})?;
			for ((patient, number), (blob, judged, content)) in rows {
				let row = SubjectRow { number: unstored(number)?, blob, judged, content };
				found.entry(Hash(patient)).or_insert(row);
			}
		}
		Ok(found)
	}

	/// The openings of some patients: whose, the number of the sealed directive, and the opening, encrypted.
	pub fn openings_of(&self, patients: &[Hash]) -> Result<Vec<OpeningRow>, StoreFault> {
		let sql = format!(
			"SELECT patient, sealed, content FROM opening WHERE patient IN ({}) ORDER BY patient, sealed",
			places()
		);
		let mut found = Vec::new();
		for some in patients.chunks(IN_ONE) {
			let some: Vec<[u8; 32]> = some.iter().map(|patient| patient.0).collect();
			let rows = self.read(|connection| {
				connection.query_map(&sql, &filled(&some), |row| {
					Ok((Hash(row.get(0)?), row.get(1)?, row.get(2)?))
				})
			})?;
			found.extend(rows);
		}
		Ok(found)
	}

	/// Keeps what counts need of records, of each as long as it is the current one and held.
	pub fn put_subjects(&self, subjects: &[(u64, Vec<u8>)]) -> Result<(), StoreFault> {
		self.write(|transaction| {
			for (number, content) in subjects {
				transaction.execute(
					"INSERT INTO research_subject (record, content) SELECT number, ?2 FROM record
					 WHERE number = ?1 AND current = 1 AND state = 'held' ON CONFLICT DO NOTHING",
					params![stored(*number)?, content],
				)?;
			}
			Ok(())
		})
	}
}
