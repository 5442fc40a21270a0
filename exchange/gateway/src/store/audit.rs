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
	reconcile::COUNTERPART,
	Hash,
};
use std::{collections::BTreeSet, ops::ControlFlow};

/// How many entries are read in one go: others wait for the database meanwhile.
const IN_ONE: usize = 2_000;

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

/// No database has a time after these.
fn bound(time: u64) -> i64 {
	i64::try_from(time).unwrap_or(i64::MAX)
}

/// When what an entry tells of was. Every kind of entry has a time.
fn time_of(line: &Line) -> u64 {
	line.get("time").and_then(Part::whole).unwrap_or(0)
}

/// The other organisation of a disclosure, as [`salus_exchange_protocol::reconcile::other_of`] tells it.
fn other_of(line: &Line) -> Option<u64> {
	let text = |name| line.get(name).and_then(Part::text).unwrap_or_default();
	let number = |name| line.get(name).and_then(Part::whole);
	match text("outcome") {
		"released" if text("recordId").starts_with(COUNTERPART) => None,
		"released" => number("requesterOrganisation"),
		"received" => number("custodian"),
		_ => None,
	}
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
			"INSERT INTO audit (seq, line, hash, time, other) VALUES (?1, ?2, ?3, ?4, ?5)",
			params![
				stored(seq)?,
				line.to_text(),
				chain.last().0,
				stored(time_of(&line))?,
				other_of(&line).map(stored).transpose()?,
			],
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

	/// The entries of disclosures to another organisation, and from it, of times from `from` to just before `until`, in seconds since 1970, in the
	/// order of the log; at most so many of the earliest times. The database is let go now and then.
	pub fn log_with(
		&self,
		other: u32,
		(from, until): (u64, u64),
		most: usize,
	) -> Result<Vec<String>, StoreFault> {
		let (mut found, mut after) = (Vec::new(), (bound(from), -1));
		loop {
			let part = stored(most.saturating_sub(found.len()).min(IN_ONE))?;
			let some = self.read(|connection| {
				connection.query_map(
					"SELECT time, seq, line FROM audit WHERE other = ?1 AND time < ?2 AND (time, seq) > (?3, ?4) ORDER BY time, seq LIMIT ?5",
					params![other, bound(until), after.0, after.1, part],
					|row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?, row.get::<String>(2)?)),
				)
			})?;
			let Some((time, seq, _)) = some.last() else { break };
			after = (*time, *seq);
			found.extend(some.into_iter().map(|(_, seq, line)| (seq, line)));
		}
		found.sort_by_key(|(seq, _)| *seq);
		Ok(found.into_iter().map(|(_, line)| line).collect())
	}

	/// The other organisations of disclosures of times from `from` to just before `until`.
	pub fn others_between(&self, from: u64, until: u64) -> Result<BTreeSet<u32>, StoreFault> {
		let (mut found, mut after) = (BTreeSet::new(), -1);
		loop {
			// There are few of them, and many entries: each is looked up by itself.
			let next: Option<i64> = self.read(|connection| {
				let sql = "SELECT other FROM audit WHERE other > ?1 ORDER BY other LIMIT 1";
				connection.query_opt(sql, params![after], |row| row.get(0))
			})?;
			let Some(other) = next else { return Ok(found) };
			after = other;
			let is_there = self.read(|connection| {
				let sql =
					"SELECT 1 FROM audit WHERE other = ?1 AND time >= ?2 AND time < ?3 LIMIT 1";
				connection.exists(sql, params![other, bound(from), bound(until)])
			})?;
			if is_there {
				let number = u32::try_from(other);
				found.insert(
					number.map_err(|_| StoreFault::Corrupt("an organisation of the access log"))?,
				);
			}
		}
	}

	/// Checks the whole log: that each entry has its hash, follows the one before, and is found by its time and its other side. Tells how far it is.
	pub fn verify_log(&self) -> Result<Chain, StoreFault> {
		self.read(|connection| {
			let mut whole = Chain::default();
			connection.each(
				"SELECT line, time, other FROM audit ORDER BY seq",
				params![],
				|row| {
					let line = read(&row.get::<String>(0)?)?;
					if unstored(row.get::<i64>(1)?)? != time_of(&line) {
						return Err(StoreFault::Corrupt("the time of a line of the access log"));
					}
					if row.get::<Option<i64>>(2)?.map(unstored).transpose()? != other_of(&line) {
						return Err(StoreFault::Corrupt(
							"the other side of a line of the access log",
						));
					}
					whole.follow(&line).map_err(StoreFault::BrokenLog)?;
					Ok(ControlFlow::Continue(()))
				},
			)?;
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
	use crate::store::{sql::Row, tests::Fresh};
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
	fn entries_are_found_by_their_times_and_the_other_side() {
		const DAY: u64 = 86_400;
		let fresh = Fresh::new();
		let store = fresh.open();
		let to = |time, other, record: &str| {
			let Event::Access(access) = event(time, "a") else { panic!() };
			Event::Access(Access {
				requester_organisation: other,
				record_id: record.into(),
				..access
			})
		};
		let events: Vec<Event> = (0..300).map(|at| event(at * 3_600, "a")).collect();
		store.append(&events).unwrap();
		// What others have nothing to do with: a third, a patient, and that entries were shown.
		let others =
			[(Some(5), "Observation/a"), (None, "Observation/a"), (Some(4), "$counterpart?x")];
		let others = others.map(|(other, record)| to(3 * DAY, other, record));
		store.append(&others).unwrap();
		let between = |from, until| store.log_with(4, (from, until), 1_000).unwrap().len();
		assert_eq!(between(0, u64::MAX), 300);
		assert_eq!(between(3 * DAY, 4 * DAY), 24);
		assert_eq!(between(3 * DAY, 3 * DAY + 1), 1);
		assert_eq!((between(0, 1), between(100 * DAY, 101 * DAY)), (1, 0));
		assert_eq!(store.log_with(4, (0, u64::MAX), 7).unwrap().len(), 7);
		assert_eq!(store.others_between(3 * DAY, 4 * DAY).unwrap(), [4, 5].into());
		assert_eq!(store.others_between(2 * DAY, 3 * DAY).unwrap(), [4].into());
		// One that is dated back is found in the day that it names, behind those that stood there before.
		let back = store.append(&[event(3 * DAY + 7, "b")]).unwrap().remove(0);
		let found = store.log_with(4, (3 * DAY, 4 * DAY), 1_000).unwrap();
		assert_eq!((found.len(), found.last()), (25, Some(&back.line.to_text())));
		assert_eq!(store.verify_log().unwrap().length(), 304);
		for change in ["time = 1", "other = 5", "other = NULL"] {
			let change = format!("UPDATE audit SET {change} WHERE seq = 303");
			store.write(|it| it.execute(&change, params![])).unwrap();
			assert!(matches!(store.verify_log(), Err(StoreFault::Corrupt(_))), "{change}");
			let back =
				format!("UPDATE audit SET time = {}, other = 4 WHERE seq = 303", 3 * DAY + 7);
			store.write(|it| it.execute(&back, params![])).unwrap();
			store.verify_log().unwrap();
		}
	}

	#[test]
	fn entries_of_an_older_version_get_what_they_are_found_by() {
		type Kept = (i64, String, Vec<u8>, i64, Option<i64>);
		let by = |outcome, other| {
			let Event::Access(access) = event(7, "a") else { panic!() };
			Event::Access(Access { outcome, requester_organisation: other, ..access })
		};
		let received = Outcome::Received { counterpart: None, custodian: Some(5) };
		let events = [
			event(1, "a"),
			by(Outcome::Released, None),
			by(Outcome::Refused, Some(4)),
			by(received, Some(3)),
			event(4_000_000_000, "b"),
		];
		let rows = |store: &Store| -> Vec<Kept> {
			let sql = "SELECT seq, line, hash, time, other FROM audit ORDER BY seq";
			let row = |row: &dyn Row| {
				Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
			};
			store.read(|it| it.query_map(sql, params![], row)).unwrap()
		};
		let (fresh, older) = (Fresh::new(), Fresh::new());
		let store = fresh.open();
		store.append(&events).unwrap();
		let all = rows(&store);
		assert_eq!(all.iter().filter(|row| row.4.is_some()).count(), 3);
		let before = older.open_before(include_str!("times.sql"));
		let insert = "INSERT INTO audit (seq, line, hash) VALUES (?1, ?2, ?3)";
		for (seq, line, hash, ..) in &all {
			before.write(|it| it.execute(insert, params![seq, line, hash])).unwrap();
		}
		drop(before);
		let store = older.open();
		assert_eq!(rows(&store), all);
		assert_eq!(store.verify_log().unwrap().length(), 5);
	}

	#[test]
	fn what_is_about_one_organisation_is_read_in_parts() {
		let fresh = Fresh::new();
		let store = fresh.open();
		// Many of one second, so that a part ends among them.
		let count = 2 * IN_ONE + 3;
		let events: Vec<Event> = (0..count).map(|_| event(7, "a")).collect();
		store.append(&events).unwrap();
		assert_eq!(store.log_with(4, (0, 8), count + 1).unwrap().len(), count);
		assert_eq!(store.log_with(4, (0, 8), IN_ONE + 1).unwrap().len(), IN_ONE + 1);
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
