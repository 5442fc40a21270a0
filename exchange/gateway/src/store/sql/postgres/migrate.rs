//! Brings the tables to the present version.

use super::connect::{simple, Session, ANSWER};
use super::PostgresFault;
use crate::store::StoreFault;
use std::time::Duration;

/// How long a migration may take.
const MIGRATE: Duration = Duration::from_secs(6 * 3_600);

fn ask(session: &Session, sql: &str) -> Result<Vec<Option<String>>, PostgresFault> {
	simple(&session.client, sql, ANSWER).map(|(row, _)| row).map_err(|(fault, _)| fault)
}

/// The version of the tables; none if there are none.
pub(super) fn version(session: &Session) -> Result<Option<i64>, PostgresFault> {
	let there = "SELECT (to_regclass('tables_version') IS NOT NULL)::int";
	if ask(session, there)?.first() != Some(&Some("1".into())) {
		return Ok(None);
	}
	let found = ask(session, "SELECT version FROM tables_version")?.into_iter().next().flatten();
	match found.as_deref().map(str::parse::<i64>) {
		Some(Ok(version)) => Ok(Some(version)),
		_ => Err(PostgresFault::Unfit("its table tables_version tells no version".into())),
	}
}

/// What a database says of itself before it is taken.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Before {
	/// The mark of the folder that it belongs to; none of one that is new.
	pub folder: Option<String>,
	/// How many transactions there were.
	pub commits: u64,
}

/// The same of the one of a session.
pub(super) fn before(session: &Session) -> Result<Before, PostgresFault> {
	let there = "SELECT (to_regclass('gateway') IS NOT NULL)::int";
	if ask(session, there)?.first() != Some(&Some("1".into())) {
		return Ok(Before::default());
	}
	let row = ask(session, "SELECT commits, folder FROM gateway")?;
	let [commits, folder] = row.as_slice() else { return Ok(Before::default()) };
	Ok(Before {
		folder: folder.clone(),
		commits: super::counted(std::slice::from_ref(commits)).unwrap_or(0),
	})
}

/// What is told to whoever may not make tables.
pub(super) fn may_not_create(session: &Session) -> PostgresFault {
	PostgresFault::Unfit(format!(
		"the user may not make tables in the schema {0}: GRANT USAGE, CREATE ON SCHEMA {0} TO …",
		session.schema
	))
}

/// Makes the tables, or brings them to the present version, all or nothing.
pub(super) fn migrate(
	session: &Session,
	first: usize,
	migrations: &[&str],
) -> Result<(), StoreFault> {
	let found = version(session)?;
	let newer = || StoreFault::Newer(found.unwrap_or(0));
	// The first migration leads to the version `first`, the next one to the next.
	let done = match found {
		None => 0,
		Some(version) => usize::try_from(version)
			.ok()
			.and_then(|version| version.checked_sub(first)?.checked_add(1))
			.ok_or_else(newer)?,
	};
	let missing = migrations.get(done..).ok_or_else(newer)?;
	if missing.is_empty() {
		return Ok(());
	}
	if !session.may_create {
		return Err(may_not_create(session).into());
	}
	let version = first.saturating_add(migrations.len()).saturating_sub(1);
	let sql = format!(
		"BEGIN; {}; CREATE TABLE IF NOT EXISTS tables_version (\"only\" BIGINT PRIMARY KEY CHECK (\"only\" = 0), version BIGINT NOT NULL); \
		 CREATE TABLE IF NOT EXISTS gateway (\"only\" BIGINT PRIMARY KEY CHECK (\"only\" = 0), instance BYTEA NOT NULL, commits BIGINT NOT NULL, folder TEXT COLLATE \"C\"); \
		 INSERT INTO tables_version VALUES (0, {version}) ON CONFLICT (\"only\") DO UPDATE SET version = excluded.version; COMMIT",
		missing.join(";\n")
	);
	simple(&session.client, &sql, MIGRATE).map_err(|(fault, _)| fault)?;
	Ok(())
}
