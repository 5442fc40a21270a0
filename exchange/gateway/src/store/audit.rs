//! The access log. An entry is on the disk when its function returns.

use super::{
	hash,
	sql::{params, Connection},
	stored, unstored, Store, StoreFault,
};
use salus_exchange_protocol::{
	event::Event,
	json::Part,
	log::{Chain, Line},
	Hash,
};
use std::ops::ControlFlow;

/// An entry that was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Appended {
	/// Its number, from 0.
	pub seq: u64,
	/// The entry.
	pub line: Line,
}

fn read(text: &str) -> Result<Line, StoreFault> {
	Line::read(text.as_bytes()).map_err(|_| StoreFault::Corrupt("a line of the access log"))
}

/// When what an entry tells of was. Every kind of entry has a time.
fn time_of(line: &Line) -> u64 {
	line.get("time").and_then(Part::whole).unwrap_or(0)
}

fn chain(connection: &Connection) -> Result<Chain, StoreFault> {
	let last = connection.query_opt(
		"SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1",
		params![],
		|row| Ok((row.get::<i64>(0)?, row.get::<Vec<u8>>(1)?)),
	)?;
	match last {
		None => Ok(Chain::default()),
		Some((seq, last)) => Ok(Chain::resume(unstored(seq)?.saturating_add(1), hash(last)?)),
	}
}

/// Writes entries with whose data they are about, if it is somebody's, and with what else is written.
pub(super) fn append(
	transaction: &Connection,
	events: &[Event],
	patient: Option<Hash>,
) -> Result<Vec<Appended>, StoreFault> {
	let mut chain = chain(transaction)?;
	let mut appended = Vec::new();
	for event in events {
		let line = chain.next(event).map_err(StoreFault::Event)?;
		let seq = chain.length();
		chain.follow(&line).map_err(StoreFault::BrokenLog)?;
		transaction.execute(
			"INSERT INTO audit (seq, line, hash, time) VALUES (?1, ?2, ?3, ?4)",
			params![stored(seq)?, line.to_text(), chain.last().0, stored(time_of(&line))?],
		)?;
		if let Some(patient) = patient {
			transaction.execute(
				"INSERT INTO about (seq, patient) VALUES (?1, ?2)",
				params![stored(seq)?, patient.0],
			)?;
		}
		appended.push(Appended { seq, line });
	}
	Ok(appended)
}

impl Store {
	/// Writes entries, all or none.
	pub fn append(&self, events: &[Event]) -> Result<Vec<Appended>, StoreFault> {
		self.append_about(events, None)
	}

	/// The same, with whose data they are about.
	pub fn append_about(
		&self,
		events: &[Event],
		patient: Option<Hash>,
	) -> Result<Vec<Appended>, StoreFault> {
		self.write(|transaction| append(transaction, events, patient))
	}

	/// The lines of the log from `first` on, at most so many.
	pub fn log(&self, first: u64, most: u32) -> Result<Vec<String>, StoreFault> {
		self.read(|connection| {
			connection.query_map(
				"SELECT line FROM audit WHERE seq >= ?1 ORDER BY seq LIMIT ?2",
				params![stored(first)?, most],
				|row| row.get(0),
			)
		})
	}

	/// The entries of times from `from` to just before `until`, in seconds since 1970, in the order of the log.
	pub fn log_between(&self, from: u64, until: u64) -> Result<Vec<Line>, StoreFault> {
		// No database has a time after these.
		let bound = |time: u64| i64::try_from(time).unwrap_or(i64::MAX);
		self.read(|connection| {
			let mut found = Vec::new();
			let sql = "SELECT line FROM audit WHERE time >= ?1 AND time < ?2 ORDER BY seq";
			connection.each(sql, params![bound(from), bound(until)], |row| {
				found.push(read(&row.get::<String>(0)?)?);
				Ok(ControlFlow::Continue(()))
			})?;
			Ok(found)
		})
	}

	/// Checks the whole log: that each entry has its hash, follows the one before, and is found by its time. Tells how far it is.
	pub fn verify_log(&self) -> Result<Chain, StoreFault> {
		self.read(|connection| {
			let mut whole = Chain::default();
			connection.each("SELECT line, time FROM audit ORDER BY seq", params![], |row| {
				let line = read(&row.get::<String>(0)?)?;
				if unstored(row.get::<i64>(1)?)? != time_of(&line) {
					return Err(StoreFault::Corrupt("the time of a line of the access log"));
				}
				whole.follow(&line).map_err(StoreFault::BrokenLog)?;
				Ok(ControlFlow::Continue(()))
			})?;
			match whole == chain(connection)? {
				true => Ok(whole),
				false => Err(StoreFault::Corrupt("the end of the access log")),
			}
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::store::tests::Fresh;
	use salus_exchange_protocol::{
		account::{Account, Address},
		codes::{Action, Purpose},
		event::{Access, Outcome},
		Hash,
	};

	fn event(time: u64, decision: &str) -> Event {
		Event::Access(Access {
			time,
			organisation: Some(3),
			outcome: Outcome::Released,
			request_id: Hash([1; 32]),
			record_id: "Observation/a".into(),
			requester: Address::from(Account([2; 32])),
			requester_organisation: Some(4),
			requester_kind: None,
			purpose: Purpose::Treat,
			action: Action::Read,
			decision: decision.into(),
		})
	}

	#[test]
	fn entries_follow_each_other_across_restarts_and_a_changed_one_is_noticed() {
		let fresh = Fresh::new();
		let store = fresh.open();
		assert_eq!(store.append(&[event(1, "a"), event(2, "b")]).unwrap().len(), 2);
		drop(store);
		let store = fresh.open();
		assert_eq!(store.append(&[event(3, "c")]).unwrap()[0].seq, 2);
		assert_eq!(store.verify_log().unwrap().length(), 3);
		assert_eq!(store.log(1, 10).unwrap().len(), 2);
		store
			.write(|t| {
				t.execute(
					"UPDATE audit SET line = replace(line, '\"b\"', '\"d\"') WHERE seq = 1",
					params![],
				)
			})
			.unwrap();
		assert!(matches!(store.verify_log(), Err(StoreFault::BrokenLog(broken)) if broken.at == 1));
	}

	#[test]
	fn entries_are_found_by_their_times() {
		const DAY: u64 = 86_400;
		let fresh = Fresh::new();
		let store = fresh.open();
		let events: Vec<Event> = (0..300).map(|at| event(at * 3_600, "a")).collect();
		store.append(&events).unwrap();
		let between = |from, until| store.log_between(from, until).unwrap().len();
		assert_eq!(between(0, u64::MAX), 300);
		assert_eq!(between(3 * DAY, 4 * DAY), 24);
		assert_eq!(between(3 * DAY, 3 * DAY + 1), 1);
		assert_eq!((between(0, 1), between(100 * DAY, 101 * DAY)), (1, 0));
		// One that is dated back is found in the day that it names.
		store.append(&[event(3 * DAY + 7, "b")]).unwrap();
		assert_eq!(between(3 * DAY, 4 * DAY), 25);
		assert_eq!(store.verify_log().unwrap().length(), 301);
		store.write(|it| it.execute("UPDATE audit SET time = 1 WHERE seq = 300", params![])).unwrap();
		assert!(matches!(store.verify_log(), Err(StoreFault::Corrupt(_))));
	}

	#[test]
	fn of_several_entries_all_are_written_or_none() {
		let fresh = Fresh::new();
		let store = fresh.open();
		let too_long = "x".repeat(2_000);
		assert!(matches!(
			store.append(&[event(1, "a"), event(2, &too_long)]),
			Err(StoreFault::Event(_))
		));
		assert_eq!(store.verify_log().unwrap().length(), 0);
	}
}
