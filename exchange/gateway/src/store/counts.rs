//! Counts for research. The jobs that wait for them: [`jobs`].

mod jobs;

pub use jobs::JobRow;

use super::{
	hash,
	sql::{params, Row},
	stored, unstored, Store, StoreFault,
};
use jobs::put_job;
use salus_exchange_protocol::Hash;

/// How far a count is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CountState {
	/// Budget is to be reserved.
	Reserving,
	/// It is reserved, by a final block, and noise is drawn.
	Reserved,
	/// It is made, and to be settled.
	Counted,
	/// The chain has its commitment in a final block: it is told.
	Settled,
	/// It was never reserved, or the chain has another result: there is none.
	Void,
}

impl CountState {
	const ALL: [Self; 5] =
		[Self::Reserving, Self::Reserved, Self::Counted, Self::Settled, Self::Void];

	const fn name(self) -> &'static str {
		match self {
			Self::Reserving => "reserving",
			Self::Reserved => "reserved",
			Self::Counted => "counted",
			Self::Settled => "settled",
			Self::Void => "void",
		}
	}
}

/// Why a reserved count could not be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotCounted {
	/// More people have such data than were looked at by versions of before.
	TooMany,
	/// It takes longer than it may.
	TooLong,
}

impl NotCounted {
	const ALL: [Self; 2] = [Self::TooMany, Self::TooLong];

	const fn name(self) -> &'static str {
		match self {
			Self::TooMany => "too many",
			Self::TooLong => "too long",
		}
	}
}

/// A count that is to be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewCount {
	/// The dataset.
	pub dataset: u32,
	/// Its version.
	pub version: u32,
	/// The epoch that the version honours.
	pub epoch: u32,
	/// The hash of the canonical query under the vault's key.
	pub query: Hash,
	/// Under which permit budget is reserved.
	pub permit: u32,
	/// With which commitment.
	pub commitment: Hash,
	/// What it costs, in millionths.
	pub epsilon: u64,
	/// The query with its salt, encrypted.
	pub asked: Vec<u8>,
}

/// A count as it is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CountRow {
	/// Its number here.
	pub number: u64,
	/// What it is of.
	pub of: NewCount,
	/// How far it is.
	pub state: CountState,
	/// The number of the reservation on the chain.
	pub reservation: Option<u64>,
	/// The noise, encrypted.
	pub noise: Option<Vec<u8>>,
	/// What is told, with its salt, encrypted.
	pub told: Option<Vec<u8>>,
	/// The commitment to it.
	pub result: Option<Hash>,
	/// How often it could not be made.
	pub tries: u32,
	/// Why, the last time, and when it is tried again at the earliest.
	pub failed: Option<(NotCounted, u64)>,
}

const COUNT: &str = "number, dataset, version, epoch, query, permit, commitment, epsilon, asked, state, reservation, noise, told, result, tries, failed, again";

/// How many counts that were given up are forgotten in one transaction.
const VOID_AT_ONCE: u32 = 32;

struct RawCount {
	numbers: [i64; 6],
	query: Vec<u8>,
	commitment: Vec<u8>,
	asked: Vec<u8>,
	state: String,
	reservation: Option<i64>,
	noise: Option<Vec<u8>>,
	told: Option<Vec<u8>>,
	result: Option<Vec<u8>>,
	tries: u32,
	failed: Option<String>,
	again: i64,
}

fn raw_count(row: &dyn Row) -> Result<RawCount, StoreFault> {
	Ok(RawCount {
		numbers: [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(5)?, row.get(7)?],
		query: row.get(4)?,
		commitment: row.get(6)?,
		asked: row.get(8)?,
		state: row.get(9)?,
		reservation: row.get(10)?,
		noise: row.get(11)?,
		told: row.get(12)?,
		result: row.get(13)?,
		tries: row.get(14)?,
		failed: row.get(15)?,
		again: row.get(16)?,
	})
}

fn small(number: i64) -> Result<u32, StoreFault> {
	u32::try_from(number).map_err(|_| StoreFault::Corrupt("a number of research"))
}

fn count(raw: RawCount) -> Result<CountRow, StoreFault> {
	let [number, dataset, version, epoch, permit, epsilon] = raw.numbers;
	let state = CountState::ALL.into_iter().find(|state| state.name() == raw.state);
	let failed = raw.failed.map(|name| {
		let why = NotCounted::ALL.into_iter().find(|why| why.name() == name);
		Ok::<_, StoreFault>((
			why.ok_or(StoreFault::Corrupt("why there is no count"))?,
			unstored(raw.again)?,
		))
	});
	Ok(CountRow {
		number: unstored(number)?,
		of: NewCount {
			dataset: small(dataset)?,
			version: small(version)?,
			epoch: small(epoch)?,
			query: hash(raw.query)?,
			permit: small(permit)?,
			commitment: hash(raw.commitment)?,
			epsilon: unstored(epsilon)?,
			asked: raw.asked,
		},
		state: state.ok_or(StoreFault::Corrupt("the state of a count"))?,
		reservation: raw.reservation.map(unstored).transpose()?,
		noise: raw.noise,
		told: raw.told,
		result: raw.result.map(hash).transpose()?,
		tries: raw.tries,
		failed: failed.transpose()?,
	})
}

impl Store {
	/// Whether a commitment was used here before, whatever came of it.
	pub fn commitment_used(&self, commitment: &Hash) -> Result<bool, StoreFault> {
		self.read(|connection| {
			connection
				.exists("SELECT 1 FROM research_count WHERE commitment = ?1", params![commitment.0])
		})
	}

	/// Begins a count, with the job that waits for it.
	pub fn begin_count(&self, row: &JobRow, of: &NewCount) -> Result<(), StoreFault> {
		self.write(|transaction| {
			let number: i64 = transaction.query_row(
				"INSERT INTO research_count (dataset, version, epoch, query, permit, commitment, epsilon, asked, state)
				 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'reserving') RETURNING number",
				params![
					of.dataset,
					of.version,
					of.epoch,
					of.query.0,
					of.permit,
					of.commitment.0,
					stored(of.epsilon)?,
					of.asked
				],
				|row| row.get(0),
			)?;
			put_job(transaction, row, Some(number))
		})
	}

	/// The counts in a state, the oldest first, at most so many after a number.
	pub fn counts_in(
		&self,
		state: CountState,
		after: u64,
		most: u32,
	) -> Result<Vec<CountRow>, StoreFault> {
		self.counts_where((state, after, most), "")
	}

	/// The same of those for which jobs wait.
	pub fn counts_awaited(
		&self,
		state: CountState,
		after: u64,
		most: u32,
	) -> Result<Vec<CountRow>, StoreFault> {
		let awaited =
			" AND EXISTS (SELECT 1 FROM research_job WHERE count = number AND reply IS NULL)";
		self.counts_where((state, after, most), awaited)
	}

	fn counts_where(
		&self,
		(state, after, most): (CountState, u64, u32),
		condition: &str,
	) -> Result<Vec<CountRow>, StoreFault> {
		let sql = format!(
			"SELECT {COUNT} FROM research_count WHERE state = ?1 AND number > ?2{condition} ORDER BY number LIMIT ?3"
		);
		self.read(|connection| {
			let rows = connection.query_map(
				&sql,
				params![state.name(), stored(after)?, most],
				raw_count,
			)?;
			rows.into_iter().map(count).collect()
		})
	}

	/// The count with this number, if it is in this state.
	pub fn count_in(&self, state: CountState, number: u64) -> Result<Option<CountRow>, StoreFault> {
		let sql = format!("SELECT {COUNT} FROM research_count WHERE number = ?1 AND state = ?2");
		self.read(|connection| {
			let row =
				connection.query_opt(&sql, params![stored(number)?, state.name()], raw_count)?;
			row.map(count).transpose()
		})
	}

	/// Of the counts in a state for which jobs wait, the oldest first: the number, the permit, and when the last of those jobs expires. There are no
	/// more of them than jobs are kept.
	pub fn awaited(&self, state: CountState) -> Result<Vec<(u64, u32, u64)>, StoreFault> {
		self.read(|connection| {
			let rows: Vec<(i64, i64, i64)> = connection.query_map(
				"SELECT c.number, c.permit, max(j.expires) FROM research_count c JOIN research_job j ON j.count = c.number
				 WHERE c.state = ?1 AND j.reply IS NULL GROUP BY c.number, c.permit ORDER BY c.number",
				params![state.name()],
				|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
			)?;
			rows.into_iter()
				.map(|(number, permit, until)| {
					Ok((unstored(number)?, small(permit)?, unstored(until)?))
				})
				.collect()
		})
	}

	/// Notes that a count is reserved, with noise that was drawn for it; nothing if that was noted before: noise is kept once.
	pub fn count_reserved(
		&self,
		number: u64,
		reservation: u64,
		noise: &[u8],
	) -> Result<bool, StoreFault> {
		self.write(|transaction| {
			let changed = transaction.execute(
				"UPDATE research_count SET state = 'reserved', reservation = ?2, noise = ?3 WHERE number = ?1 AND state = 'reserving'",
				params![stored(number)?, stored(reservation)?, noise],
			)?;
			Ok(changed == 1)
		})
	}

	/// Notes that a count could not be made, and when it is tried again at the earliest. It stays reserved, with its noise.
	pub fn count_failed(&self, number: u64, why: NotCounted, again: u64) -> Result<(), StoreFault> {
		self.write(|transaction| {
			transaction.execute(
				"UPDATE research_count SET tries = tries + 1, failed = ?2, again = ?3 WHERE number = ?1 AND state = 'reserved'",
				params![stored(number)?, why.name(), stored(again)?],
			)?;
			Ok(())
		})
	}

	/// Keeps what is told, in the place of the noise.
	pub fn count_made(&self, number: u64, told: &[u8], result: &Hash) -> Result<bool, StoreFault> {
		self.write(|transaction| {
			let changed = transaction.execute(
				"UPDATE research_count SET state = 'counted', noise = NULL, told = ?2, result = ?3 WHERE number = ?1 AND state = 'reserved'",
				params![stored(number)?, told, result.0],
			)?;
			Ok(changed == 1)
		})
	}

	/// Notes that the chain has the commitment to a count.
	pub fn count_settled(&self, number: u64) -> Result<(), StoreFault> {
		self.write(|transaction| {
			transaction.execute(
				"UPDATE research_count SET state = 'settled' WHERE number = ?1 AND state = 'counted'",
				params![stored(number)?],
			)?;
			Ok(())
		})
	}

	/// Gives up a count that was not reserved, or of which the chain has another result. Nothing of what was asked and would be told is kept.
	pub fn count_void(&self, number: u64) -> Result<(), StoreFault> {
		self.write(|transaction| {
			transaction.execute(
				"UPDATE research_count SET state = 'void', asked = ?2, reservation = NULL, told = NULL, result = NULL WHERE number = ?1 AND state IN ('reserving', 'counted')",
				params![stored(number)?, Vec::<u8>::new()],
			)?;
			Ok(())
		})
	}

	/// Forgets some of the counts that were given up and that no job is of; whether there may be more. Few at a time: for each of them the database
	/// looks through the jobs.
	fn forget_void(&self) -> Result<bool, StoreFault> {
		self.write(|transaction| {
			let gone = transaction.execute(
				"DELETE FROM research_count WHERE number IN (SELECT number FROM research_count WHERE state = 'void'
				 AND number NOT IN (SELECT count FROM research_job WHERE count IS NOT NULL) ORDER BY number LIMIT ?1)",
				params![VOID_AT_ONCE],
			)?;
			Ok(gone == u64::from(VOID_AT_ONCE))
		})
	}
}

#[cfg(test)]
mod tests {
	use super::{super::tests::Fresh, *};

	fn asked(byte: u8) -> NewCount {
		NewCount {
			dataset: 7,
			version: 3,
			epoch: 2,
			query: Hash([byte; 32]),
			permit: 12,
			commitment: Hash([byte; 32]),
			epsilon: 500_000,
			asked: vec![byte; 8_192],
		}
	}

	fn job(byte: u8, expires: u64) -> JobRow {
		JobRow {
			mailbox: Hash([9; 32]),
			id: Hash([byte; 32]),
			dataset: 7,
			permit: Some(12),
			expires,
			reply: None,
			attempts: 0,
		}
	}

	#[test]
	fn of_a_count_that_was_given_up_nothing_is_kept_that_was_asked_and_with_its_job_it_goes() {
		let fresh = Fresh::new();
		let store = fresh.open();
		let rows = |state| store.counts_in(state, 0, 1_000).unwrap();
		// More than go in one transaction, one with a job that lives longer, and one that is reserved.
		(1..=100).for_each(|byte| store.begin_count(&job(byte, 60), &asked(byte)).unwrap());
		store.begin_count(&job(101, 90), &asked(101)).unwrap();
		store.begin_count(&job(102, 60), &asked(102)).unwrap();
		for row in rows(CountState::Reserving) {
			match row.of == asked(102) {
				true => assert!(store.count_reserved(row.number, 0, b"noise").unwrap()),
				false => store.count_void(row.number).unwrap(),
			}
		}
		let void = rows(CountState::Void);
		assert_eq!(void.len(), 101);
		assert!(void.iter().all(|row| row.of.asked.is_empty()));
		// As long as there are jobs, there are those.
		store.forget_jobs(59).unwrap();
		assert_eq!(rows(CountState::Void), void);
		store.forget_jobs(60).unwrap();
		assert_eq!(rows(CountState::Void), void[100..].to_vec());
		let used = |byte| store.commitment_used(&Hash([byte; 32])).unwrap();
		assert_eq!([1, 101, 102].map(used), [false, true, true]);
		store.forget_jobs(90).unwrap();
		assert_eq!(rows(CountState::Void), []);
		// What was paid for stays, though nobody waits for it.
		assert!(!store.is_awaited(7).unwrap());
		assert!(matches!(rows(CountState::Reserved).as_slice(), [row] if row.of == asked(102)));
	}

	#[test]
	fn what_is_awaited_is_told_with_its_permit_and_until_when() {
		let fresh = Fresh::new();
		let store = fresh.open();
		let of = |byte, permit| NewCount { permit, ..asked(byte) };
		store.begin_count(&job(1, 60), &of(1, 12)).unwrap();
		store.begin_count(&job(2, 70), &of(2, 13)).unwrap();
		// Two more wait for the first one, and the second one has its reply.
		[(3, 90), (4, 80)].into_iter().for_each(|(byte, expires)| {
			assert!(store.wait_for_count(&job(byte, expires), &asked(1)).unwrap());
		});
		let [first, second] =
			[1, 2].map(|byte| store.counts_in(CountState::Reserving, byte - 1, 1).unwrap());
		let (first, second) = (first[0].clone(), second[0].clone());
		assert_eq!(
			store.awaited(CountState::Reserving).unwrap(),
			[(first.number, 12, 90), (second.number, 13, 70)]
		);
		let JobRow { mailbox, id, .. } = job(2, 70);
		store.reply(&mailbox, &id, "sealed").unwrap();
		assert_eq!(store.awaited(CountState::Reserving).unwrap(), [(first.number, 12, 90)]);
		assert_eq!(store.awaited(CountState::Reserved).unwrap(), []);
		assert!(store.count_reserved(first.number, 0, b"noise").unwrap());
		let number = first.number;
		assert_eq!(store.awaited(CountState::Reserved).unwrap(), [(number, 12, 90)]);
		assert_eq!(store.count_in(CountState::Reserving, number).unwrap(), None);
		let found = store.count_in(CountState::Reserved, number).unwrap();
		assert_eq!(found.map(|row| row.of), Some(first.of));
	}
}
