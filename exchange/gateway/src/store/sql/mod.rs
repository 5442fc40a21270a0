//! The one place where it matters which database there is. Statements are written once, in SQL that both understand, with numbered parameters
//! (`?1`), and run on a [`Connection`].
//!
//! What both understand: columns are integers of 64 bits, text or bytes, and truth is 0 or 1; `ON CONFLICT (…) DO UPDATE` or `DO NOTHING`, not
//! `INSERT OR …`; `RETURNING number` for the number of a new row; `IS NOT DISTINCT FROM` to compare with what may be null; `TRUE` and `FALSE` as
//! conditions; a sum of integers as `CAST(sum(…) AS BIGINT)`. Text is ordered by its bytes.

mod built;
pub mod postgres;
mod sqlite;
mod values;

pub use built::Built;
pub use postgres::Postgres;
pub use sqlite::Sqlite;
pub(super) use values::params;
pub use values::{Column, Read, Value, Write};

use super::StoreFault;
use std::{fmt, ops::ControlFlow};

/// A row of an answer, while it is looked at.
pub trait Row {
	/// What stands in a column, counted from 0.
	fn column(&self, at: usize) -> Result<Column<'_>, StoreFault>;
}

impl dyn Row + '_ {
	/// What stands in a column, as a type that can hold it. A fault if it cannot.
	pub fn get<T: Read>(&self, at: usize) -> Result<T, StoreFault> {
		T::read(self.column(at)?)
	}
}

/// What is done with each row; it tells whether the next one is wanted.
pub type Each<'a> = dyn FnMut(&dyn Row) -> Result<ControlFlow<()>, StoreFault> + 'a;

/// A database: what each kind of it must do. One session with it, which nobody else uses at the same time.
pub trait Database: Send {
	/// Runs a statement. Tells how many rows it changed.
	fn execute(&self, sql: &str, values: &[Value]) -> Result<u64, StoreFault>;

	/// Runs a query, and hands over its rows one after another. Nothing else may be run until it returns.
	fn query(&self, sql: &str, values: &[Value], each: &mut Each) -> Result<(), StoreFault>;

	/// Begins a transaction, in which nobody else writes.
	fn begin(&self) -> Result<(), StoreFault>;

	/// Ends it: what was written is on the disk when this returns.
	fn commit(&self) -> Result<(), StoreFault>;

	/// Ends it as if nothing had been written.
	fn roll_back(&self);

	/// How many transactions there were, if the database is one that may be exchanged for an older one under the gateway.
	fn commits(&self) -> Option<u64> {
		None
	}
}

/// A session with the database.
pub struct Connection(Box<dyn Database>);

impl fmt::Debug for Connection {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str("Connection")
	}
}

/// Ends a transaction that was not committed, also when whoever wrote panics.
struct Open<'a>(Option<&'a dyn Database>);

impl Drop for Open<'_> {
	fn drop(&mut self) {
		if let Some(database) = self.0 {
			database.roll_back();
		}
	}
}

impl Connection {
	/// Of a database.
	pub fn new(database: impl Database + 'static) -> Self {
		Self(Box::new(database))
	}

	/// Writes, all or nothing.
	pub fn transaction<T>(
		&self,
		write: impl FnOnce(&Self) -> Result<T, StoreFault>,
	) -> Result<T, StoreFault> {
		self.0.begin()?;
		let mut open = Open(Some(&*self.0));
		let written = write(self)?;
		open.0 = None;
		self.0.commit()?;
		Ok(written)
	}

	/// How many transactions there were, where that is counted.
	pub fn commits(&self) -> Option<u64> {
		self.0.commits()
	}

	/// Runs a statement. Tells how many rows it changed.
	pub fn execute(&self, sql: &str, values: &[Value]) -> Result<u64, StoreFault> {
		self.0.execute(sql, values)
	}

	/// Hands over the rows of a query one after another. In `each` nothing else may be run.
	pub fn each(
		&self,
		sql: &str,
		values: &[Value],
		mut each: impl FnMut(&dyn Row) -> Result<ControlFlow<()>, StoreFault>,
	) -> Result<(), StoreFault> {
		self.0.query(sql, values, &mut each)
	}

	/// The rows of a query.
	pub fn query_map<T>(
		&self,
		sql: &str,
		values: &[Value],
		mut read: impl FnMut(&dyn Row) -> Result<T, StoreFault>,
	) -> Result<Vec<T>, StoreFault> {
		let mut rows = Vec::new();
		self.each(sql, values, |row| {
			rows.push(read(row)?);
			Ok(ControlFlow::Continue(()))
		})?;
		Ok(rows)
	}

	/// The first row of a query, if there is one.
	pub fn query_opt<T>(
		&self,
		sql: &str,
		values: &[Value],
		mut read: impl FnMut(&dyn Row) -> Result<T, StoreFault>,
	) -> Result<Option<T>, StoreFault> {
		let mut first = None;
		self.each(sql, values, |row| {
			first = Some(read(row)?);
			Ok(ControlFlow::Break(()))
		})?;
		Ok(first)
	}

	/// The first row of a query that always has one.
	pub fn query_row<T>(
		&self,
		sql: &str,
		values: &[Value],
		read: impl FnMut(&dyn Row) -> Result<T, StoreFault>,
	) -> Result<T, StoreFault> {
		self.query_opt(sql, values, read)?
			.ok_or(StoreFault::Corrupt("a row that must be there is not"))
	}

	/// Whether a query finds something.
	pub fn exists(&self, sql: &str, values: &[Value]) -> Result<bool, StoreFault> {
		Ok(self.query_opt(sql, values, |_| Ok(()))?.is_some())
	}
}
