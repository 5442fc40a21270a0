//! Permits that name the house, and what became of them; and whom to look for such.

use super::{
	hash,
	sql::{params, Row, Value},
	stored, unstored, Store, StoreFault,
};
use salus_exchange_protocol::Hash;

/// What became of a Permit that names the house.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoticeState {
	/// It is in force, or has run out and nobody has looked since.
	InForce,
	/// It was revoked, and that is to be acknowledged.
	Due,
	/// It was revoked, and that was acknowledged.
	Acknowledged,
	/// It has ended, and nothing is to be acknowledged, or cannot be any more.
	Over,
}

impl NoticeState {
	const ALL: [Self; 4] = [Self::InForce, Self::Due, Self::Acknowledged, Self::Over];

	/// Its name.
	pub const fn name(self) -> &'static str {
		match self {
			Self::InForce => "in-force",
			Self::Due => "due",
			Self::Acknowledged => "acknowledged",
			Self::Over => "over",
		}
	}
}

/// A Permit that names the house.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Notice {
	/// Whose.
	pub patient: Hash,
	/// Its number.
	pub directive: u32,
	/// When it was revoked, in seconds since 1970.
	pub revoked: Option<u64>,
	/// From when an acknowledgement is late.
	pub due: Option<u64>,
	/// What became of it.
	pub state: NoticeState,
}

impl Notice {
	/// Of a Permit that is in force.
	pub const fn in_force(patient: Hash, directive: u32) -> Self {
		Self { patient, directive, revoked: None, due: None, state: NoticeState::InForce }
	}
}

type Stored = (Vec<u8>, u32, Option<i64>, Option<i64>, String);

fn row(row: &dyn Row) -> Result<Stored, StoreFault> {
	Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
}

fn notice((patient, directive, revoked, due, state): Stored) -> Result<Notice, StoreFault> {
	let state = NoticeState::ALL.into_iter().find(|each| each.name() == state);
	Ok(Notice {
		patient: hash(patient)?,
		directive,
		revoked: revoked.map(unstored).transpose()?,
		due: due.map(unstored).transpose()?,
		state: state.ok_or(StoreFault::Corrupt("what became of a Permit"))?,
	})
}

impl Store {
	/// Handles of patients that the house knows, by their order, from after one on: those that are linked, and those of whom something was
	/// fetched.
	pub fn patients_after(&self, after: Option<Hash>, most: u32) -> Result<Vec<Hash>, StoreFault> {
		self.read(|connection| {
			let after = after.map(|hash| hash.0);
			let rows = connection.query_map(
				"SELECT handle FROM (SELECT handle FROM patient UNION SELECT handle FROM watched) AS known
				 WHERE ?1 IS NULL OR handle > ?1 ORDER BY handle LIMIT ?2",
				params![after, most],
				|row| row.get::<Vec<u8>>(0),
			)?;
			rows.into_iter().map(hash).collect()
		})
	}

	/// Looks for what a patient takes back from now on.
	pub fn watch(&self, handle: &Hash) -> Result<(), StoreFault> {
		self.write(|transaction| {
			transaction.execute(
				"INSERT INTO watched (handle) VALUES (?1) ON CONFLICT DO NOTHING",
				params![handle.0],
			)?;
			Ok(())
		})
	}

	/// The Permits of a patient that name the house.
	pub fn notices_of(&self, patient: &Hash) -> Result<Vec<Notice>, StoreFault> {
		self.notices_by("patient = ?1", params![patient.0])
	}

	/// What was revoked, at most so many: what is due first, then what was revoked last.
	pub fn revocations(&self, most: u32) -> Result<Vec<Notice>, StoreFault> {
		let order = "revoked IS NOT NULL ORDER BY state <> 'due', CASE state WHEN 'due' THEN due ELSE -revoked END LIMIT ?1";
		self.notices_by(order, params![most])
	}

	fn notices_by(&self, condition: &str, given: &[Value]) -> Result<Vec<Notice>, StoreFault> {
		self.read(|connection| {
			let rows = connection.query_map(
				&format!(
					"SELECT patient, directive, revoked, due, state FROM notice WHERE {condition}"
				),
				given,
				row,
			)?;
			rows.into_iter().map(notice).collect()
		})
	}

	/// Keeps what became of Permits.
	pub fn put_notices(&self, notices: &[Notice]) -> Result<(), StoreFault> {
		self.write(|transaction| {
			for notice in notices {
				let Notice { patient, directive, revoked, due, state } = notice;
				let moments = [revoked, due].map(|moment| moment.map(stored).transpose());
				let [revoked, due] = moments;
				transaction.execute(
					"INSERT INTO notice (patient, directive, revoked, due, state) VALUES (?1, ?2, ?3, ?4, ?5)
					 ON CONFLICT (patient, directive) DO UPDATE SET revoked = excluded.revoked, due = excluded.due, state = excluded.state",
					params![patient.0, directive, revoked?, due?, state.name()],
				)?;
			}
			Ok(())
		})
	}
}
