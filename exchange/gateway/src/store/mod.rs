//! The database: SQLite in one file, or PostgreSQL. What a function here has written is on the disk when it returns, all of it or nothing.

mod about;
mod acts;
mod attached;
mod audit;
mod batches;
mod came;
mod changes;
mod compared;
mod counts;
mod emergencies;
mod epochs;
mod folder;
mod in_force;
mod incoming;
mod judged;
mod leaving;
mod merges;
mod notices;
mod numbered;
mod offers;
mod openings;
mod orders;
mod patients;
mod profiles;
mod records;
mod relabelled;
mod requests;
mod retracted;
mod sql;
mod standby;
mod subjects;
mod submissions;
mod tokens;
mod upstream;

pub use acts::Act;
pub use attached::{Naming, NotCurrent};
pub use audit::Appended;
pub use batches::{Batch, MAX_LEAVES};
pub use came::Came;
pub use changes::{Anew, Change, Mark, Names, Stands, Tokens};
pub use compared::{Compared, ComparedStanding, Differences};
pub use counts::{CountRow, CountState, JobRow, NewCount, NotCounted};
pub use emergencies::Emergency;
pub use epochs::EpochRow;
pub use in_force::{InForce, Whose};
pub use incoming::{After, Incoming, Put};
pub use judged::{read_judged, write_judged};
pub use notices::{Notice, NoticeState};
pub use numbered::Numbered;
pub use offers::{LinkEntry, NewOffer, Offer, OfferSigned};
pub use orders::{Ordered, Placed};
use records::put_withheld;
pub use records::{Candidate, Found, Quarantined, State, Token, TokenFilter, Wanted};
pub use retracted::retracted_of;
pub use standby::Of;
pub use subjects::{OpeningRow, SubjectRow, CODED};
pub use submissions::Submission;
pub use upstream::{Cursor, Seen};

pub use sql::postgres::{read_ca, read_url, PostgresFault, PostgresSettings};
use sql::{params, postgres::Before, Connection, Postgres, Sqlite};

use crate::config::read_filled;
use salus_exchange_protocol::{event::EventFault, log::Broken, Hash};
use std::{
	fmt,
	path::{Path, PathBuf},
	sync::{
		atomic::{AtomicU64, Ordering},
		Mutex, PoisonError,
	},
};
use tokio::sync::watch;

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
	include_str!("in_force.sql"),
	include_str!("compared.sql"),
	include_str!("times.sql"),
	include_str!("tries.sql"),
	include_str!("others.sql"),
	include_str!("leaving.sql"),
	include_str!("coded.sql"),
	include_str!("epochs.sql"),
	include_str!("offers.sql"),
	include_str!("orders.sql"),
	include_str!("named_by.sql"),
	include_str!("came.sql"),
];

/// The version to which the first of PostgreSQL's migrations leads, and all of them: each later one has its counterpart in [`MIGRATIONS`].
const POSTGRES: (usize, &[&str]) = (
	12,
	&[
		include_str!("postgres/first.sql"),
		include_str!("postgres/in_force.sql"),
		include_str!("postgres/compared.sql"),
		include_str!("postgres/times.sql"),
		include_str!("postgres/tries.sql"),
		include_str!("postgres/others.sql"),
		include_str!("postgres/leaving.sql"),
		include_str!("postgres/coded.sql"),
		include_str!("postgres/epochs.sql"),
		include_str!("postgres/offers.sql"),
		include_str!("postgres/orders.sql"),
		include_str!("postgres/named_by.sql"),
		include_str!("postgres/came.sql"),
	],
);

const _: () = assert!(
	POSTGRES.0 + POSTGRES.1.len() == MIGRATIONS.len() + 1,
	"a migration is there for one database and not for the other"
);

/// Why the database cannot be used, or what is in it cannot be right.
#[derive(Debug)]
pub enum StoreFault {
	/// SQLite says so.
	Sqlite(rusqlite::Error),
	/// PostgreSQL says so, or cannot.
	Postgres(PostgresFault),
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
	/// Others have changed the same records each time before they could be written.
	Moved,
}

impl fmt::Display for StoreFault {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Sqlite(error) => write!(f, "the database: {error}"),
			Self::Postgres(fault) => write!(f, "the database: {fault}"),
			Self::Io(error) => write!(f, "the store: {error}"),
			Self::Newer(version) => {
				write!(f, "the database has version {version}, of a later version of this program")
			},
			Self::Corrupt(what) => write!(f, "the database is damaged: {what}"),
			Self::BrokenLog(broken) => broken.fmt(f),
			Self::Event(fault) => write!(f, "an entry of the access log: {fault}"),
			Self::Moved => f.write_str(
				"others were changing the same records at the same time: send it again, nothing of it is there twice",
			),
		}
	}
}

impl std::error::Error for StoreFault {}

impl StoreFault {
	/// Whether it is known that nothing was written. Where it is not, something may have been.
	pub fn wrote_nothing(&self) -> bool {
		match self {
			Self::Sqlite(error) => {
				error.sqlite_error_code() != Some(rusqlite::ErrorCode::SystemIoFailure)
			},
			Self::Postgres(fault) => !matches!(
				fault,
				PostgresFault::Uncertain | PostgresFault::Taken | PostgresFault::Replaced
			),
			_ => true,
		}
	}

	/// Whether it lies in what was to be written, so that it comes again whenever the same is written.
	pub fn is_of_the_data(&self) -> bool {
		use rusqlite::ErrorCode::{ConstraintViolation, TooBig, TypeMismatch};
		match self {
			Self::Sqlite(error) => matches!(
				error.sqlite_error_code(),
				Some(ConstraintViolation | TooBig | TypeMismatch)
			),
			Self::Postgres(PostgresFault::Server(said)) => {
				// A value that is none, a condition that it breaks, a limit that it exceeds.
				["22", "23", "54"].iter().any(|class| said.starts_with(class))
			},
			_ => false,
		}
	}
}

impl From<rusqlite::Error> for StoreFault {
	fn from(error: rusqlite::Error) -> Self {
		Self::Sqlite(error)
	}
}

impl From<PostgresFault> for StoreFault {
	fn from(fault: PostgresFault) -> Self {
		Self::Postgres(fault)
	}
}

impl From<std::io::Error> for StoreFault {
	fn from(error: std::io::Error) -> Self {
		Self::Io(error)
	}
}

/// Which database there is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Database {
	/// SQLite, in this file.
	File(PathBuf),
	/// PostgreSQL.
	Postgres(PostgresSettings),
}

/// The database.
pub struct Store {
	connection: Mutex<Connection>,
	ended: Option<watch::Receiver<Option<PostgresFault>>>,
	/// The folder of data, of a database in PostgreSQL that belongs to one.
	folder: Option<PathBuf>,
	/// Held while it is noted there how far the database is.
	noting: Mutex<()>,
	/// How many links were made since the start.
	links: AtomicU64,
	/// How many transactions there were since the start.
	transactions: AtomicU64,
	/// What a test does once, before the next records are written.
	#[cfg(test)]
	pub(crate) before_writing: Mutex<Option<Box<dyn FnOnce() + Send>>>,
}

/// What a test does before records are written says nothing of itself.
impl fmt::Debug for Store {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.debug_struct("Store").field("folder", &self.folder).finish_non_exhaustive()
	}
}

impl Store {
	/// Opens the database, makes it if there is none, and brings its tables to this version.
	pub fn open(database: &Database) -> Result<Self, StoreFault> {
		Self::open_if(database, |_| Ok(()))
	}

	/// The same; nothing of one in PostgreSQL is changed before `may` has let it be taken.
	fn open_if(
		database: &Database,
		may: impl FnOnce(Before) -> Result<(), StoreFault>,
	) -> Result<Self, StoreFault> {
		let (connection, ended) = match database {
			Database::File(file) => (Connection::new(Sqlite::open(file, MIGRATIONS)?), None),
			Database::Postgres(settings) => {
				let postgres = Postgres::open(configured(settings)?, settings, POSTGRES, may)?;
				let ended = postgres.ended();
				(Connection::new(postgres), Some(ended))
			},
		};
		Ok(Self::of(connection, ended))
	}

	fn of(connection: Connection, ended: Option<watch::Receiver<Option<PostgresFault>>>) -> Self {
		Self {
			connection: Mutex::new(connection),
			ended,
			folder: None,
			noting: Mutex::default(),
			links: AtomicU64::new(0),
			transactions: AtomicU64::new(0),
			#[cfg(test)]
			before_writing: Mutex::default(),
		}
	}

	/// Opens the database of a folder of data: there, or the one in PostgreSQL that belongs to it. One that is older than the folder knows is taken
	/// only if it is the one that `take_older` names, by how many transactions it has.
	pub fn open_for(
		data: &Path,
		postgres: Option<&PostgresSettings>,
		take_older: Option<u64>,
	) -> Result<Self, StoreFault> {
		match postgres {
			None => {
				folder::has_its_own(data)?;
				Self::open(&Database::File(data.join("gateway.sqlite")))
			},
			Some(settings) => {
				let may = |before: Before| {
					folder::fits(data, before.folder.as_deref())?;
					folder::is_not_older(data, before.commits, take_older)
				};
				let mut store = Self::open_if(&Database::Postgres(settings.clone()), may)?;
				store.mark(data)?;
				store.folder = Some(data.into());
				store.note_commits(true)?;
				Ok(store)
			},
		}
	}

	/// Looks whether a database in PostgreSQL will do, without taking it.
	pub fn look(settings: &PostgresSettings) -> Result<(), StoreFault> {
		let version = sql::postgres::look(&configured(settings)?, settings)?;
		let newest = stored(MIGRATIONS.len())?;
		match version {
			Some(version) if version > newest => Err(StoreFault::Newer(version)),
			_ => Ok(()),
		}
	}

	/// Waits until the database is another gateway's, or was put back to an older state, so that this one has to end. That is never with SQLite.
	pub async fn ended(&self) -> PostgresFault {
		if let Some(mut ended) = self.ended.clone() {
			if let Ok(fault) = ended.wait_for(Option::is_some).await {
				if let Some(fault) = &*fault {
					return fault.clone();
				}
			}
		}
		std::future::pending().await
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
			let count =
				|query: &str| unstored(connection.query_row(query, params![], |row| row.get(0))?);
			Ok((
				count("SELECT count(*) FROM record WHERE state = 'quarantined'")?,
				count("SELECT count(*) FROM notice WHERE state = 'due'")?,
			))
		})
	}

	/// Writes, all or nothing.
	fn write<T>(
		&self,
		write: impl FnOnce(&Connection) -> Result<T, StoreFault>,
	) -> Result<T, StoreFault> {
		self.read(|connection| self.transaction(connection, write))
	}

	/// The same, with the session that is held already.
	fn transaction<T>(
		&self,
		connection: &Connection,
		write: impl FnOnce(&Connection) -> Result<T, StoreFault>,
	) -> Result<T, StoreFault> {
		self.transactions.fetch_add(1, Ordering::Relaxed);
		connection.transaction(write)
	}

	/// How many transactions there were since the start, each of which waits for the disk.
	pub fn transactions(&self) -> u64 {
		self.transactions.load(Ordering::Relaxed)
	}

	/// How many links were made since the start. It is another number before a link is there, and whoever judges by what is linked reads it first.
	pub fn links(&self) -> u64 {
		self.links.load(Ordering::Acquire)
	}

	#[cfg(test)]
	fn meanwhile(&self) {
		let other = self.before_writing.lock().unwrap_or_else(PoisonError::into_inner).take();
		if let Some(other) = other {
			other();
		}
	}
}

/// How a database in PostgreSQL is reached, with the URL in its file.
fn configured(settings: &PostgresSettings) -> Result<tokio_postgres::Config, StoreFault> {
	let read = read_filled(&settings.url).and_then(|url| {
		read_url(&url, settings.plain_tcp)
			.map_err(|problem| format!("{} {problem}", settings.url.display()))
	});
	read.map_err(|why| PostgresFault::Unreachable(why).into())
}

/// A number as the database stores it.
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
#[path = "../../tests/common/database.rs"]
mod fresh;

#[cfg(test)]
mod tests {
	use super::*;

	/// A database of its own for a test, in SQLite or in the PostgreSQL that the environment names.
	pub struct Fresh {
		folder: tempfile::TempDir,
		database: Database,
	}

	impl Fresh {
		pub fn new() -> Self {
			let folder = tempfile::tempdir().unwrap();
			let database = match fresh::fresh(folder.path()) {
				None => Database::File(folder.path().join("gateway.sqlite")),
				Some(url) => {
					Database::Postgres(PostgresSettings { url, ca: None, plain_tcp: false })
				},
			};
			Self { folder, database }
		}

		pub fn open(&self) -> Store {
			Store::open(&self.database).unwrap()
		}

		/// With the tables as they were before this migration to be, of those of SQLite.
		pub fn open_before(&self, migration: &str) -> Store {
			let before = MIGRATIONS.iter().position(|it| *it == migration).unwrap();
			let connection = match &self.database {
				Database::File(file) => {
					Connection::new(Sqlite::open(file, &MIGRATIONS[..before]).unwrap())
				},
				Database::Postgres(settings) => {
					let (first, all) = POSTGRES;
					let some = (first, &all[..before + 1 - first]);
					let config = configured(settings).unwrap();
					Connection::new(Postgres::open(config, settings, some, |_| Ok(())).unwrap())
				},
			};
			Store::of(connection, None)
		}
	}

	#[test]
	fn a_database_is_opened_again_and_one_of_a_later_version_is_not() {
		let fresh = Fresh::new();
		drop(fresh.open());
		drop(fresh.open());
		let later = i64::try_from(MIGRATIONS.len()).unwrap() + 1;
		match &fresh.database {
			Database::File(file) => {
				let other = rusqlite::Connection::open(file).unwrap();
				other.pragma_update(None, "user_version", later).unwrap();
			},
			Database::Postgres(_) => {
				let sql = format!("UPDATE tables_version SET version = {later}");
				fresh::texts(fresh.folder.path(), &sql);
			},
		}
		let opened = Store::open(&fresh.database);
		assert!(matches!(opened, Err(StoreFault::Newer(version)) if version == later));
	}

	#[test]
	fn a_database_that_is_in_use_is_not_opened() {
		let fresh = Fresh::new();
		let store = fresh.open();
		assert!(matches!(
			Store::open(&fresh.database),
			Err(StoreFault::Sqlite(_) | StoreFault::Postgres(PostgresFault::Taken))
		));
		drop(store);
		fresh.open();
	}
}
