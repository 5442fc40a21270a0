//! PostgreSQL, in one schema of a database.
//!
//! One gateway has it, by one session. The session holds a lock that stands for the schema as long as it lives; and one row, `gateway`, has a
//! number that the process drew when it took the database, and how many transactions it has committed. Each transaction changes that row first: so
//! one that another gateway has overtaken writes nothing, whatever became of the lock, and of a transaction whose commit was not answered it is
//! found out whether it was. A connection that broke is made anew where nobody else has been meanwhile; otherwise the gateway ends.

mod connect;
mod fault;
mod migrate;
mod secured;
mod statement;
mod tls;
mod wait;

pub use fault::PostgresFault;
pub use migrate::Before;
pub use tls::{read_ca, read_url, PostgresSettings};

use super::{Database, Each, Value};
use crate::store::StoreFault;
use connect::{connect, simple, Patience, Session, AGAIN, ANSWER, FIRST};
use secured::Tls;
use std::{
	cell::RefCell,
	collections::HashMap,
	fmt,
	future::poll_fn,
	pin::pin,
	sync::Arc,
	thread,
	time::{Duration, Instant},
};
use tokio::{
	runtime::{Builder, Runtime},
	sync::watch,
};
use tokio_postgres::{Client, Config, Statement};
use wait::wait;

/// How many statements are kept ready.
const STATEMENTS: usize = 256;
/// How long it is waited for the lock: the server notices only after a moment that a process was killed.
const TAKE: Duration = Duration::from_secs(10);
/// How long a commit that was not answered is looked for, before it is told that nobody knows.
const RESOLVE: Duration = Duration::from_secs(15);
/// How long after an attempt to connect has failed nobody tries again: whoever waited for it, and whoever comes, is told what it was told.
const PAUSE: Duration = Duration::from_secs(1);

/// A database that is taken.
pub struct Postgres {
	config: Config,
	tls: Tls,
	state: RefCell<State>,
	/// What this process is known by in the row `gateway`, in hexadecimal digits.
	instance: String,
	ended: watch::Sender<Option<PostgresFault>>,
	/// What runs for the connection runs here. Taken when the database is dropped.
	runtime: Option<Runtime>,
}

/// The connection, and what is known of the database.
#[derive(Default)]
struct State {
	live: Option<Live>,
	/// The last session, which the server may not know to be gone.
	backend: Option<(i64, String)>,
	/// How many transactions this process has committed.
	commits: u64,
	/// Whether one more may have been, whose commit was not answered.
	uncertain: bool,
	/// Whether a transaction is open, or was when the connection broke.
	open: bool,
	/// Whether a statement of it has failed.
	failed: bool,
	/// When the last attempt to connect ended, and why it failed.
	refused: Option<(Instant, PostgresFault)>,
}

struct Live {
	client: Arc<Client>,
	statements: HashMap<String, Statement>,
}

/// Says nothing of what is secret.
impl fmt::Debug for Postgres {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.debug_struct("Postgres").finish_non_exhaustive()
	}
}

impl Drop for Postgres {
	fn drop(&mut self) {
		// The session ends with its client, and with it the lock.
		self.state.get_mut().live = None;
		// Waiting for its threads is not allowed on a thread that drives others' requests.
		if let Some(runtime) = self.runtime.take() {
			runtime.shutdown_background();
		}
	}
}

/// Looks whether a database will do, and takes nothing. Tells the version of its tables; none if there are none.
pub fn look(config: &Config, settings: &PostgresSettings) -> Result<Option<i64>, PostgresFault> {
	let tls = tls::tls(settings.ca.as_deref())?;
	let runtime = runtime()?;
	let looked =
		connect(&runtime, config, &tls, FIRST).and_then(|session| {
			match migrate::version(&session)? {
				None if !session.may_create => Err(migrate::may_not_create(&session)),
				version => Ok(version),
			}
		});
	// Waiting for its threads is not allowed on a thread that drives others' requests.
	runtime.shutdown_background();
	looked
}

/// A count in the first column of a row.
fn counted(row: &[Option<String>]) -> Option<u64> {
	row.first()?.as_deref()?.parse().ok()
}

fn runtime() -> Result<Runtime, PostgresFault> {
	let built =
		Builder::new_multi_thread().worker_threads(1).thread_name("postgres").enable_all().build();
	built.map_err(|error| PostgresFault::Unreachable(error.to_string()))
}

impl Postgres {
	/// Connects to a database, takes it, and brings its tables to the version of these migrations, of which the first leads to the version
	/// `first`. Nothing is changed before `may` has let it be taken.
	pub fn open(
		config: Config,
		settings: &PostgresSettings,
		(first, migrations): (usize, &[&str]),
		may: impl FnOnce(Before) -> Result<(), StoreFault>,
	) -> Result<Self, StoreFault> {
		let drawn = crate::vault::random::<32>()?;
		let database = Self {
			tls: tls::tls(settings.ca.as_deref())?,
			config,
			state: RefCell::default(),
			instance: hex::encode(drawn),
			ended: watch::Sender::new(None),
			runtime: Some(runtime()?),
		};
		let session = database.connected(None, FIRST)?;
		may(migrate::before(&session)?)?;
		migrate::migrate(&session, first, migrations)?;
		// Commits are counted on: by how many there were an older state is known.
		let taken = format!(
			"INSERT INTO gateway (\"only\", instance, commits) VALUES (0, '\\x{0}', 0) \
			 ON CONFLICT (\"only\") DO UPDATE SET instance = excluded.instance RETURNING commits",
			database.instance
		);
		let (row, _) = simple(&session.client, &taken, ANSWER).map_err(|(fault, _)| fault)?;
		let commits =
			counted(&row).ok_or(StoreFault::Corrupt("how many transactions there were"))?;
		database.state.borrow_mut().commits = commits;
		database.state.borrow_mut().goes_on(session);
		Ok(database)
	}

	/// Tells when no later attempt will do, and why.
	pub fn ended(&self) -> watch::Receiver<Option<PostgresFault>> {
		self.ended.subscribe()
	}

	/// A session that holds the lock. The server may still keep the lock for the one `before`, whose connection broke.
	fn connected(
		&self,
		before: Option<&(i64, String)>,
		patience: Patience,
	) -> Result<Session, PostgresFault> {
		let runtime = self.runtime.as_ref().ok_or(PostgresFault::Lost)?;
		let session = connect(runtime, &self.config, &self.tls, patience)?;
		let take = format!("SELECT pg_try_advisory_lock({})::int", session.lock);
		let begun = Instant::now();
		loop {
			let (row, _) =
				simple(&session.client, &take, patience.answer).map_err(|(fault, _)| fault)?;
			if matches!(row.as_slice(), [Some(taken)] if taken == "1") {
				return Ok(session);
			}
			if begun.elapsed() > TAKE {
				return Err(PostgresFault::Taken);
			}
			if let Some((process, since)) = before {
				// Only the same session: process numbers are given again.
				let end = format!(
					"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = {process} AND backend_start::text = '{}'",
					since.replace('\'', "''")
				);
				simple(&session.client, &end, patience.answer).map_err(|(fault, _)| fault)?;
			}
			thread::sleep(Duration::from_millis(100));
		}
	}

	/// Connects anew, and makes sure that nobody else has been there meanwhile.
	fn again(&self, state: &mut State) -> Result<(), PostgresFault> {
		let session = self.connected(state.backend.as_ref(), AGAIN)?;
		let sql = format!("SELECT commits FROM gateway WHERE instance = '\\x{}'", self.instance);
		let (row, _) = simple(&session.client, &sql, AGAIN.answer).map_err(|(fault, _)| fault)?;
		match counted(&row).and_then(|commits| commits.checked_sub(state.commits)) {
			Some(0) => {},
			Some(1) if state.uncertain => state.commits = state.commits.saturating_add(1),
			_ => return Err(PostgresFault::Replaced),
		}
		state.uncertain = false;
		state.goes_on(session);
		tracing::info!("connected to PostgreSQL again");
		Ok(())
	}

	/// Makes sure that there is a connection.
	fn live(&self, state: &mut State) -> Result<(), PostgresFault> {
		if let Some(fault) = &*self.ended.borrow() {
			return Err(fault.clone());
		}
		if state.live.as_ref().is_some_and(|live| live.client.is_closed()) {
			state.live = None;
		}
		if state.live.is_some() {
			return Ok(());
		}
		if state.open {
			return Err(PostgresFault::Lost);
		}
		match &state.refused {
			Some((ended, fault)) if ended.elapsed() < PAUSE => return Err(fault.clone()),
			_ => {},
		}
		self.again(state).map_err(|fault| {
			if fault.is_final() {
				tracing::error!(%fault, "the gateway ends");
				self.ended.send_replace(Some(fault.clone()));
			}
			state.refused = Some((Instant::now(), fault.clone()));
			fault
		})
	}

	/// The client, and a statement that is ready.
	fn ready(
		&self,
		sql: &str,
		values: &[Value],
	) -> Result<(Arc<Client>, Statement), PostgresFault> {
		let state = &mut *self.state.borrow_mut();
		self.live(state)?;
		let live = state.live.as_mut().ok_or(PostgresFault::Lost)?;
		let client = Arc::clone(&live.client);
		let types: Vec<_> = values.iter().map(statement::type_of).collect();
		if let Some(known) = live.statements.get(sql).filter(|known| known.params() == types) {
			return Ok((client, known.clone()));
		}
		let prepared = wait(client.prepare_typed(&statement::translated(sql), &types), ANSWER);
		let prepared = match prepared {
			Some(Ok(prepared)) => prepared,
			Some(Err(error)) => return Err(state.failed(fault::failed(&error))),
			None => return Err(state.failed((PostgresFault::Lost, true))),
		};
		if live.statements.len() >= STATEMENTS {
			live.statements.clear();
		}
		live.statements.insert(sql.into(), prepared.clone());
		Ok((client, prepared))
	}

	fn run(&self, sql: &str, values: &[Value], each: &mut Each) -> Result<u64, StoreFault> {
		let (client, statement) = self.ready(sql, values)?;
		let failed = |fault| StoreFault::from(self.state.borrow_mut().failed(fault));
		let lost = || failed((PostgresFault::Lost, true));
		let given: Vec<_> = values.iter().map(statement::parameter).collect();
		let rows = client.query_raw(&statement, given);
		let rows = wait(rows, ANSWER).ok_or_else(lost)?;
		let mut rows = pin!(rows.map_err(|error| failed(fault::failed(&error)))?);
		loop {
			let next = poll_fn(|context| futures_core::Stream::poll_next(rows.as_mut(), context));
			match wait(next, ANSWER).ok_or_else(lost)? {
				None => return Ok(rows.rows_affected().unwrap_or(0)),
				Some(Err(error)) => return Err(failed(fault::failed(&error))),
				Some(Ok(row)) => {
					if each(&row)?.is_break() {
						return Ok(0);
					}
				},
			}
		}
	}

	/// Runs what begins or ends a transaction.
	fn control(&self, sql: &str) -> Result<u64, PostgresFault> {
		let state = &mut *self.state.borrow_mut();
		let live = state.live.as_ref().ok_or(PostgresFault::Lost)?;
		match simple(&live.client, sql, ANSWER) {
			Ok((_, changed)) => Ok(changed),
			Err(fault) => Err(state.failed(fault)),
		}
	}
}

impl State {
	/// With a session.
	fn goes_on(&mut self, session: Session) {
		self.backend = Some(session.backend);
		self.live = Some(Live { client: Arc::new(session.client), statements: HashMap::default() });
	}

	/// Notes what a failure means for the connection.
	fn failed(&mut self, (fault, lost): (PostgresFault, bool)) -> PostgresFault {
		self.failed = true;
		if lost {
			self.live = None;
		}
		fault
	}
}

impl Database for Postgres {
	fn commits(&self) -> Option<u64> {
		Some(self.state.borrow().commits)
	}

	fn execute(&self, sql: &str, values: &[Value]) -> Result<u64, StoreFault> {
		self.run(sql, values, &mut |_| Ok(std::ops::ControlFlow::Continue(())))
	}

	fn query(&self, sql: &str, values: &[Value], each: &mut Each) -> Result<(), StoreFault> {
		self.run(sql, values, each).map(drop)
	}

	fn begin(&self) -> Result<(), StoreFault> {
		let commits = {
			let state = &mut *self.state.borrow_mut();
			self.live(state)?;
			(state.open, state.failed) = (true, false);
			state.commits
		};
		let begun = self.control(&format!(
			"BEGIN ISOLATION LEVEL READ COMMITTED; UPDATE gateway SET commits = commits + 1 WHERE instance = '\\x{}' AND commits = {commits}",
			self.instance
		));
		let fault = match begun {
			Ok(1) => return Ok(()),
			Ok(_) => {
				self.ended.send_replace(Some(PostgresFault::Replaced));
				PostgresFault::Replaced
			},
			Err(fault) => fault,
		};
		self.roll_back();
		Err(fault.into())
	}

	fn commit(&self) -> Result<(), StoreFault> {
		if self.state.borrow().failed {
			self.roll_back();
			return Err(PostgresFault::Lost.into());
		}
		let committed = self.control("COMMIT");
		let state = &mut *self.state.borrow_mut();
		state.open = false;
		let commits = state.commits;
		match committed {
			Ok(_) => {
				state.commits = commits.saturating_add(1);
				return Ok(());
			},
			// The server says that it did not.
			Err(fault @ PostgresFault::Server(_)) => return Err(fault.into()),
			Err(_) => state.uncertain = true,
		}
		let begun = Instant::now();
		loop {
			match self.live(state) {
				Ok(()) if state.commits > commits => return Ok(()),
				Ok(()) => return Err(PostgresFault::Lost.into()),
				Err(fault) if fault.is_final() => return Err(fault.into()),
				Err(_) if begun.elapsed() > RESOLVE => return Err(PostgresFault::Uncertain.into()),
				Err(_) => thread::sleep(Duration::from_millis(100)),
			}
		}
	}

	fn roll_back(&self) {
		let is_live = self.state.borrow().live.is_some();
		if is_live && self.control("ROLLBACK").is_err() {
			// Then the server takes it back: the session is gone, or ends.
			self.state.borrow_mut().live = None;
		}
		self.state.borrow_mut().open = false;
	}
}
