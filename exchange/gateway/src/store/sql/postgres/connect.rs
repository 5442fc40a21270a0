//! Connects to a server, and looks whether its database will do.

use super::{
	fault::{failed, unreachable, PostgresFault},
	secured::Tls,
	wait::wait,
};
use std::{sync::mpsc, time::Duration};
use tokio::runtime::Runtime;
use tokio_postgres::{Client, Config, SimpleQueryMessage};

/// The oldest version of PostgreSQL that will do: older ones do not notice while they work that whoever asked is gone.
const OLDEST: i64 = 140_000;
/// How long one answer may take.
pub(super) const ANSWER: Duration = Duration::from_secs(60);

/// How long a server may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
	/// For connecting.
	connect: Duration,
	/// For each answer until the session is there.
	pub(super) answer: Duration,
}

/// At the start of the gateway.
pub(super) const FIRST: Patience = Patience { connect: Duration::from_secs(10), answer: ANSWER };
/// While requests wait: a server that was there a moment ago and says nothing any more is away.
pub(super) const AGAIN: Patience =
	Patience { connect: Duration::from_secs(3), answer: Duration::from_secs(5) };

/// What is told of each session. The server notices within half a minute that the gateway's host is gone, and frees the lock; a commit is
/// on the disk before it is answered; what would be told with a statement's values is not logged for their sake.
const SESSION: &str = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; \
	SET client_connection_check_interval = '5s'; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; \
	SET lock_timeout = '30s'; SET default_transaction_isolation = 'read committed'; SET log_parameter_max_length_on_error = 0; \
	SET synchronous_commit = ";

/// Whether the database will do.
const FITNESS: &str = "SELECT current_setting('server_version_num'), current_setting('server_encoding'), current_setting('fsync'), \
	current_setting('synchronous_commit'), pg_is_in_recovery()::int, current_schema(), \
	has_schema_privilege(current_schema(), 'USAGE')::int, has_schema_privilege(current_schema(), 'CREATE')::int, \
	pg_backend_pid(), (SELECT oid FROM pg_namespace WHERE nspname = current_schema()), \
	(SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid())";

/// A session, and what is known of it.
pub(super) struct Session {
	pub(super) client: Client,
	/// The schema in which the tables are or will be, and whether tables may be made there.
	pub(super) schema: String,
	pub(super) may_create: bool,
	/// The number of the lock that stands for the schema.
	pub(super) lock: i64,
	/// By what the server knows the session: its process, and when that began.
	pub(super) backend: (i64, String),
}

/// The first row of an answer as texts, and how many rows were changed.
type Simple = (Vec<Option<String>>, u64);

/// Runs statements without parameters, and gives the first row of the last one that has rows, and how many rows the last one changed.
pub(super) fn simple(
	client: &Client,
	sql: &str,
	limit: Duration,
) -> Result<Simple, (PostgresFault, bool)> {
	let messages = wait(client.simple_query(sql), limit)
		.ok_or((PostgresFault::Lost, true))?
		.map_err(|error| failed(&error))?;
	let (mut first, mut changed, mut fresh) = (Vec::new(), 0, true);
	for message in messages {
		match message {
			SimpleQueryMessage::Row(row) if fresh => {
				fresh = false;
				first = (0..row.len())
					.map(|at| row.try_get(at).ok().flatten().map(str::to_owned))
					.collect();
			},
			SimpleQueryMessage::CommandComplete(rows) => (changed, fresh) = (rows, true),
			_ => {},
		}
	}
	Ok((first, changed))
}

fn unfit(why: impl Into<String>) -> PostgresFault {
	PostgresFault::Unfit(why.into())
}

/// Connects, and looks whether the database will do. What runs for the connection runs on `runtime`.
pub(super) fn connect(
	runtime: &Runtime,
	config: &Config,
	tls: &Tls,
	patience: Patience,
) -> Result<Session, PostgresFault> {
	let (mut config, tls) = (config.clone(), tls.clone());
	config
		.application_name("salus-gateway")
		.connect_timeout(patience.connect)
		.tcp_user_timeout(ANSWER)
		.keepalives_idle(Duration::from_secs(10))
		.keepalives_interval(Duration::from_secs(5))
		.keepalives_retries(3);
	let (tell, told) = mpsc::sync_channel(1);
	runtime.spawn(async move {
		let connecting = tokio::time::timeout(patience.connect, config.connect(tls)).await;
		let (client, connection) = match connecting {
			Ok(Ok(connected)) => connected,
			Ok(Err(error)) => return drop(tell.send(Err(unreachable(&error)))),
			Err(_) => {
				let seconds = patience.connect.as_secs();
				let why = format!("it does not answer within {seconds} seconds");
				return drop(tell.send(Err(PostgresFault::Unreachable(why))));
			},
		};
		// Whoever waited may be gone: then the client is, and with it the connection.
		drop(tell.send(Ok(client)));
		if connection.await.is_err() {
			tracing::warn!("the connection to PostgreSQL broke");
		}
	});
	let client = told.recv().map_err(|_| PostgresFault::Lost)??;
	fit(client, patience.answer)
}

fn fit(client: Client, limit: Duration) -> Result<Session, PostgresFault> {
	let ask = |sql: &str| simple(&client, sql, limit).map_err(|(fault, _)| fault);
	// A version that is too old does not know all of the settings.
	let version = ask("SHOW server_version_num")?.0.into_iter().next().flatten();
	match version.as_deref().map(str::parse::<i64>) {
		Some(Ok(version)) if version >= OLDEST => {},
		Some(Ok(version)) => {
			return Err(unfit(format!(
				"the server is PostgreSQL {}; it must be 14 or later",
				version.div_euclid(10_000)
			)))
		},
		_ => return Err(unfit("the server does not tell its version")),
	}
	let (row, _) = ask(FITNESS)?;
	let [_, encoding, fsync, commit, recovery, schema, usage, create, process, namespace, begun] =
		row.as_slice()
	else {
		return Err(unfit("the server does not tell its settings"));
	};
	let is = |value: &Option<String>, expected: &str| value.as_deref() == Some(expected);
	let number =
		|value: &Option<String>| value.as_deref().and_then(|text| text.parse::<i64>().ok());
	if !is(encoding, "UTF8") {
		return Err(unfit(
			"its encoding must be UTF8: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0",
		));
	}
	if !is(fsync, "on") {
		return Err(unfit(
			"fsync must be on: without it what was written may be lost, and the access log with it",
		));
	}
	if !is(recovery, "0") {
		return Err(unfit(
			"the server is a standby, in which nothing can be written; name the primary",
		));
	}
	let Some(schema) = schema else {
		return Err(unfit(
			"there is no schema for its tables: search_path names none that is there",
		));
	};
	if !is(usage, "1") {
		return Err(unfit(format!(
			"the user may not use the schema {schema}: GRANT USAGE, CREATE ON SCHEMA … TO …"
		)));
	}
	let (Some(process), Some(namespace)) = (number(process), number(namespace)) else {
		return Err(unfit("the server does not tell its settings"));
	};
	// What is found in other schemas is not ours.
	ask("SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', false)")?;
	// Whoever waits for a standby as well goes on doing so.
	let kept = commit.as_deref().filter(|commit| ["remote_apply", "remote_write"].contains(commit));
	ask(&format!("{SESSION}{}", kept.unwrap_or("on")))?;
	if is(&ask("SHOW synchronous_commit")?.0.into_iter().next().flatten(), "off") {
		return Err(unfit(
			"synchronous_commit stays off: a commit would be answered before it is on the disk",
		));
	}
	Ok(Session {
		schema: schema.clone(),
		may_create: is(create, "1"),
		lock: LOCK | namespace,
		backend: (process, begun.clone().unwrap_or_default()),
		client,
	})
}

/// Locks of this program, above the numbers of schemas, which have 32 bits.
const LOCK: i64 = 0x5361_6c75 << 32;
