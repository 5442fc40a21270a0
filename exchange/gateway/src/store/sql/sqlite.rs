//! SQLite, in one file.

use super::{Column, Database, Each, Row, Value};
use crate::store::{stored, StoreFault};
use rusqlite::{
	params_from_iter,
	types::{ToSqlOutput, ValueRef},
	Connection, ToSql,
};
use std::{path::Path, time::Duration};

/// How many statements are kept ready.
const STATEMENTS: usize = 256;
/// How much of the database is kept in memory, in KiB.
const CACHE: i64 = 64 << 10;

/// A file that is open, and locked.
#[derive(Debug)]
pub struct Sqlite(Connection);

impl ToSql for Value<'_> {
	fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
		let value = match self {
			Self::Integer(number) => number.map(ValueRef::Integer),
			Self::Text(text) => text.map(|text| ValueRef::Text(text.as_bytes())),
			Self::Blob(bytes) => bytes.map(ValueRef::Blob),
		};
		Ok(ToSqlOutput::Borrowed(value.unwrap_or(ValueRef::Null)))
	}
}

impl Row for rusqlite::Row<'_> {
	fn column(&self, at: usize) -> Result<Column<'_>, StoreFault> {
		match self.get_ref(at)? {
			ValueRef::Null => Ok(Column::Null),
			ValueRef::Integer(number) => Ok(Column::Integer(number)),
			ValueRef::Text(text) => std::str::from_utf8(text)
				.map(Column::Text)
				.map_err(|_| StoreFault::Corrupt("a text that is none")),
			ValueRef::Blob(bytes) => Ok(Column::Blob(bytes)),
			ValueRef::Real(_) => Err(StoreFault::Corrupt("a number that is not whole")),
		}
	}
}

impl Sqlite {
	/// Opens a file, makes it if there is none, and brings its tables to the version of these migrations.
	pub fn open(file: &Path, migrations: &[&str]) -> Result<Self, StoreFault> {
		let connection = Connection::open(file)?;
		connection.set_prepared_statement_cache_capacity(STATEMENTS);
		// One process for each folder: a second one would take files for left behind that the first is just writing.
		connection.busy_timeout(Duration::from_secs(1))?;
		connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
		// Each commit is flushed to the disk; what is deleted is overwritten.
		connection.pragma_update(None, "journal_mode", "WAL")?;
		connection.pragma_update(None, "synchronous", "FULL")?;
		connection.pragma_update(None, "foreign_keys", true)?;
		connection.pragma_update(None, "secure_delete", true)?;
		// In KiB. What is looked up most, the upper parts of the indexes, is kept of a large house too.
		connection.pragma_update(None, "cache_size", -CACHE)?;
		let transaction = rusqlite::Transaction::new_unchecked(
			&connection,
			rusqlite::TransactionBehavior::Immediate,
		)?;
		let version: i64 =
			transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
		let done = usize::try_from(version).map_err(|_| StoreFault::Newer(version))?;
		let missing = migrations.get(done..).ok_or(StoreFault::Newer(version))?;
		for migration in missing {
			transaction.execute_batch(migration)?;
		}
		transaction.pragma_update(None, "user_version", stored(migrations.len())?)?;
		transaction.commit()?;
		Ok(Self(connection))
	}
}

impl Database for Sqlite {
	fn execute(&self, sql: &str, values: &[Value]) -> Result<u64, StoreFault> {
		let changed = self.0.prepare_cached(sql)?.execute(params_from_iter(values))?;
		u64::try_from(changed).map_err(|_| StoreFault::Corrupt("a number beyond all bounds"))
	}

	fn query(&self, sql: &str, values: &[Value], each: &mut Each) -> Result<(), StoreFault> {
		let mut statement = self.0.prepare_cached(sql)?;
		let mut rows = statement.query(params_from_iter(values))?;
		while let Some(row) = rows.next()? {
			if each(row)?.is_break() {
				break;
			}
		}
		Ok(())
	}

	fn begin(&self) -> Result<(), StoreFault> {
		Ok(self.0.execute_batch("BEGIN IMMEDIATE")?)
	}

	fn commit(&self) -> Result<(), StoreFault> {
		self.0.execute_batch("COMMIT").map_err(|error| {
			self.roll_back();
			error.into()
		})
	}

	fn roll_back(&self) {
		// Some faults have ended it already.
		if !self.0.is_autocommit() {
			if let Err(error) = self.0.execute_batch("ROLLBACK") {
				tracing::error!(%error, "a transaction could not be taken back");
			}
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn commits_are_flushed_to_the_disk_and_what_is_deleted_is_overwritten() {
		let folder = tempfile::tempdir().unwrap();
		let database = Sqlite::open(&folder.path().join("gateway.sqlite"), &[]).unwrap();
		let pragma = |name: &str| {
			database.0.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap()
		};
		assert_eq!(
			(pragma("synchronous"), pragma("secure_delete"), pragma("foreign_keys")),
			(2, 1, 1)
		);
	}
}
