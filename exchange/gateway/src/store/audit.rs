//! The access log. An entry is on the disk when its function returns.

use super::{hash, stored, unstored, Store, StoreFault};
use rusqlite::{params, Connection, OptionalExtension, Transaction};
use salus_exchange_protocol::{
	event::Event,
	json::Part,
	log::{Chain, Line},
};

/// An entry that was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Appended {
	/// Its number, from 0.
	pub seq: u64,
	/// The entry.
	pub line: Line,
}

fn chain(connection: &Connection) -> Result<Chain, StoreFault> {
	let last = connection
		.query_row("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1", [], |row| {
			Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))
		})
		.optional()?;
	match last {
		None => Ok(Chain::default()),
		Some((seq, last)) => Ok(Chain::resume(unstored(seq)?.saturating_add(1), hash(last)?)),
	}
}

/// Writes entries, with what else is written.
pub(super) fn append(
	transaction: &Transaction,
	events: &[Event],
) -> Result<Vec<Appended>, StoreFault> {
	let mut chain = chain(transaction)?;
	let mut appended = Vec::new();
	for event in events {
		let line = chain.next(event).map_err(StoreFault::Event)?;
		let seq = chain.length();
		chain.follow(&line).map_err(StoreFault::BrokenLog)?;
		transaction.execute(
			"INSERT INTO audit (seq, line, hash) VALUES (?1, ?2, ?3)",
			params![stored(seq)?, line.to_text(), chain.last().0],
		)?;
		appended.push(Appended { seq, line });
	}
	Ok(appended)
}

impl Store {
	/// Writes entries, all or none.
	pub fn append(&self, events: &[Event]) -> Result<Vec<Appended>, StoreFault> {
		self.write(|transaction| append(transaction, events))
	}

	/// The lines of the log from `first` on, at most so many.
	pub fn log(&self, first: u64, most: u32) -> Result<Vec<String>, StoreFault> {
		self.read(|connection| {
			let mut query = connection
				.prepare("SELECT line FROM audit WHERE seq >= ?1 ORDER BY seq LIMIT ?2")?;
			let lines = query.query_map(params![stored(first)?, most], |row| row.get(0))?;
			Ok(lines.collect::<Result<_, _>>()?)
		})
	}

	/// The entries of times from `from` to just before `until`, in seconds since 1970. Times hardly ever go back: they are those of the
	/// host's clock, and what is a day out of its place is not found.
	pub fn log_between(&self, from: u64, until: u64) -> Result<Vec<Line>, StoreFault> {
		const SLACK: u64 = 86_400;
		let time_of = |line: &Line| line.get("time").and_then(Part::whole);
		let read = |text: String| {
			Line::read(text.as_bytes()).map_err(|_| StoreFault::Corrupt("a line of the access log"))
		};
		self.read(|connection| {
			let (mut low, mut high) = (0, chain(connection)?.length());
			let mut one = connection.prepare("SELECT line FROM audit WHERE seq = ?1")?;
			while low < high {
				let middle = low.saturating_add(high.saturating_sub(low) >> 1);
				let line = read(one.query_row([stored(middle)?], |row| row.get(0))?)?;
				match time_of(&line).unwrap_or(0) < from.saturating_sub(SLACK) {
					true => low = middle.saturating_add(1),
					false => high = middle,
				}
			}
			let mut found = Vec::new();
			let mut query =
				connection.prepare("SELECT line FROM audit WHERE seq >= ?1 ORDER BY seq")?;
			let mut rows = query.query([stored(low)?])?;
			while let Some(row) = rows.next()? {
				let line = read(row.get(0)?)?;
				let time = time_of(&line).unwrap_or(0);
				if time >= until.saturating_add(SLACK) {
					break;
				}
				if (from..until).contains(&time) {
					found.push(line);
				}
			}
			Ok(found)
		})
	}

	/// Checks the whole log: that each entry has its hash, and follows the one before. Tells how far it is.
	pub fn verify_log(&self) -> Result<Chain, StoreFault> {
		self.read(|connection| {
			let mut whole = Chain::default();
			let mut query = connection.prepare("SELECT line FROM audit ORDER BY seq")?;
			let mut rows = query.query([])?;
			while let Some(row) = rows.next()? {
				let text: String = row.get(0)?;
				let line = Line::read(text.as_bytes())
					.map_err(|_| StoreFault::Corrupt("a line of the access log"))?;
				whole.follow(&line).map_err(StoreFault::BrokenLog)?;
			}
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
		let folder = tempfile::tempdir().unwrap();
		let file = folder.path().join("gateway.sqlite");
		let store = Store::open(&file).unwrap();
		assert_eq!(store.append(&[event(1, "a"), event(2, "b")]).unwrap().len(), 2);
		drop(store);
		let store = Store::open(&file).unwrap();
		assert_eq!(store.append(&[event(3, "c")]).unwrap()[0].seq, 2);
		assert_eq!(store.verify_log().unwrap().length(), 3);
		assert_eq!(store.log(1, 10).unwrap().len(), 2);
		store
			.write(|t| {
				Ok(t.execute(
					"UPDATE audit SET line = replace(line, '\"b\"', '\"d\"') WHERE seq = 1",
					[],
				)?)
			})
			.unwrap();
		assert!(matches!(store.verify_log(), Err(StoreFault::BrokenLog(broken)) if broken.at == 1));
	}

	#[test]
	fn entries_are_found_by_their_times() {
		const DAY: u64 = 86_400;
		let folder = tempfile::tempdir().unwrap();
		let store = Store::open(&folder.path().join("gateway.sqlite")).unwrap();
		let events: Vec<Event> = (0..300).map(|at| event(at * 3_600, "a")).collect();
		store.append(&events).unwrap();
		let between = |from, until| store.log_between(from, until).unwrap().len();
		assert_eq!(between(0, u64::MAX), 300);
		assert_eq!(between(3 * DAY, 4 * DAY), 24);
		assert_eq!(between(3 * DAY, 3 * DAY + 1), 1);
		assert_eq!((between(0, 1), between(100 * DAY, 101 * DAY)), (1, 0));
	}

	#[test]
	fn of_several_entries_all_are_written_or_none() {
		let folder = tempfile::tempdir().unwrap();
		let store = Store::open(&folder.path().join("gateway.sqlite")).unwrap();
		let too_long = "x".repeat(2_000);
		assert!(matches!(
			store.append(&[event(1, "a"), event(2, &too_long)]),
			Err(StoreFault::Event(_))
		));
		assert_eq!(store.verify_log().unwrap().length(), 0);
	}
}
