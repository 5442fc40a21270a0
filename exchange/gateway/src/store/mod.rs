//! The database: SQLite, in one file. What a function here has written is on the disk when it returns, all of it or nothing.

mod about;
mod acts;
mod audit;
mod batches;
mod counts;
mod emergencies;
mod judged;
mod merges;
mod notices;
mod openings;
mod patients;
mod profiles;
mod records;
mod relabelled;
mod requests;
mod standby;
mod subjects;
mod submissions;
mod tokens;
mod upstream;

pub use acts::Act;
pub use audit::Appended;
pub use batches::{Batch, MAX_LEAVES};
pub use counts::{CountRow, CountState, JobRow, NewCount};
pub use emergencies::Emergency;
pub use judged::{read_judged, write_judged};
pub use notices::{Notice, NoticeState};
use records::put_withheld;
pub use records::{
	Candidate, Found, Incoming, Put, Quarantined, State, Token, TokenFilter, Wanted,
};
pub use standby::Of;
pub use subjects::SubjectRow;
pub use submissions::Submission;
pub use upstream::{Cursor, Seen};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use salus_exchange_protocol::{event::EventFault, log::Broken, Hash};
use std::{
	fmt,
	path::Path,
	sync::{Mutex, PoisonError},
	time::Duration,
};

/// The version of the tables, in `PRAGMA user_version`: migration `n` leads from version `n` to the next.
const MIGRATIONS: &[&str] = &[
	include_str!("schema.sql"),
	include_str!("openings.sql"),
	include_str!("outgoing.sql"),
	include_str!("merges.sql"),
	include_str!("tokens.sql"),
	include_str!("standby.sql"),
	include_str!("about.sql"),
	include_str!("relabelled.sql"),
	include_str!("upstream.sql"),
	include_str!("around.sql"),
	include_str!("acts.sql"),
	include_str!("counts.sql"),
];

/// Why the database cannot be used, or what is in it cannot be right.
#[derive(Debug)]
pub enum StoreFault {
	/// SQLite says so.
	Sqlite(rusqlite::Error),
	/// A file or the system says so.
	Io(std::io::Error),
	/// The tables are of a later version of the gateway.
	Newer(i64),
	/// What is in it cannot be right.
	Corrupt(&'static str),
	/// The access log does not hold together.
	BrokenLog(Broken),
	/// What was to be logged cannot be.
	Event(EventFault),
}

impl fmt::Display for StoreFault {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Sqlite(error) => write!(f, "the database: {error}"),
			Self::Io(error) => write!(f, "the store: {error}"),
			Self::Newer(version) => {
				write!(f, "the database has version {version}, of a later version of this program")
			},
			Self::Corrupt(what) => write!(f, "the database is damaged: {what}"),
			Self::BrokenLog(broken) => broken.fmt(f),
			Self::Event(fault) => write!(f, "an entry of the access log: {fault}"),
		}
	}
}

impl std::error::Error for StoreFault {}

impl From<rusqlite::Error> for StoreFault {
	fn from(error: rusqlite::Error) -> Self {
		Self::Sqlite(error)
	}
}

impl From<std::io::Error> for StoreFault {
	fn from(error: std::io::Error) -> Self {
		Self::Io(error)
	}
}

/// The database.
#[derive(Debug)]
pub struct Store {
	connection: Mutex<Connection>,
}

impl Store {
	/// Opens the database, makes it if there is none, and brings its tables to this version.
	pub fn open(file: &Path) -> Result<Self, StoreFault> {
		let mut connection = Connection::open(file)?;
		// One process for each folder: a second one would take files for left behind that the first is just writing.
		connection.busy_timeout(Duration::from_secs(1))?;
		connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
		// Each commit is flushed to the disk; what is deleted is overwritten.
		connection.pragma_update(None, "journal_mode", "WAL")?;
		connection.pragma_update(None, "synchronous", "FULL")?;
		connection.pragma_update(None, "foreign_keys", true)?;
		connection.pragma_update(None, "secure_delete", true)?;
		let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
		let version: i64 =
			transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
		let done = usize::try_from(version).map_err(|_| StoreFault::Newer(version))?;
		let missing = MIGRATIONS.get(done..).ok_or(StoreFault::Newer(version))?;
		for migration in missing {
			transaction.execute_batch(migration)?;
		}
		transaction.pragma_update(None, "user_version", stored(MIGRATIONS.len())?)?;
		transaction.commit()?;
		Ok(Self { connection: Mutex::new(connection) })
	}

	/// Reads. A thread that panicked in the middle left nothing half done: its transaction is gone.
	fn read<T>(
		&self,
		read: impl FnOnce(&Connection) -> Result<T, StoreFault>,
	) -> Result<T, StoreFault> {
		read(&self.connection.lock().unwrap_or_else(PoisonError::into_inner))
	}

	/// How many records are in quarantine, and how many revocations are to be acknowledged.
	pub fn counts(&self) -> Result<(u64, u64), StoreFault> {
		self.read(|connection| {
			let count = |query: &str| unstored(connection.query_row(query, [], |row| row.get(0))?);
			Ok((
				count("SELECT count(*) FROM record WHERE state = 'quarantined'")?,
				count("SELECT count(*) FROM notice WHERE state = 'due'")?,
			))
		})
	}

	/// Writes, all or nothing.
	fn write<T>(
		&self,
		write: impl FnOnce(&Transaction) -> Result<T, StoreFault>,
	) -> Result<T, StoreFault> {
		let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
		let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
		let written = write(&transaction)?;
		transaction.commit()?;
		Ok(written)
	}
}

/// A number as SQLite stores it.
fn stored(number: impl TryInto<i64>) -> Result<i64, StoreFault> {
	number.try_into().map_err(|_| StoreFault::Corrupt("a number beyond all bounds"))
}

/// A number as it was stored.
fn unstored(number: i64) -> Result<u64, StoreFault> {
	u64::try_from(number).map_err(|_| StoreFault::Corrupt("a number below zero"))
}

/// A hash as it was stored.
fn hash(bytes: Vec<u8>) -> Result<Hash, StoreFault> {
	bytes.try_into().map(Hash).map_err(|_| StoreFault::Corrupt("a hash that is none"))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_database_is_opened_again_and_one_of_a_later_version_is_not() {
		let folder = tempfile::tempdir().unwrap();
		let file = folder.path().join("gateway.sqlite");
		Store::open(&file).unwrap();
		Store::open(&file).unwrap();
		let other = Connection::open(&file).unwrap();
		let later = i64::try_from(MIGRATIONS.len()).unwrap() + 1;
		other.pragma_update(None, "user_version", later).unwrap();
		drop(other);
		assert!(matches!(Store::open(&file), Err(StoreFault::Newer(version)) if version == later));
	}

	#[test]
	fn a_database_that_is_in_use_is_not_opened() {
		let folder = tempfile::tempdir().unwrap();
		let file = folder.path().join("gateway.sqlite");
		let store = Store::open(&file).unwrap();
		assert!(matches!(Store::open(&file), Err(StoreFault::Sqlite(_))));
		drop(store);
		Store::open(&file).unwrap();
	}

	#[test]
	fn commits_are_flushed_to_the_disk_and_what_is_deleted_is_overwritten() {
		let folder = tempfile::tempdir().unwrap();
		let store = Store::open(&folder.path().join("gateway.sqlite")).unwrap();
		let pragma = |name: &str| {
			store
				.read(|c| Ok(c.pragma_query_value(None, name, |row| row.get::<_, i64>(0))?))
				.unwrap()
		};
		assert_eq!(
			(pragma("synchronous"), pragma("secure_delete"), pragma("foreign_keys")),
			(2, 1, 1)
		);
	}
}
