//! A statement whose conditions depend on what is wanted.

use super::{Value, Write};
use std::fmt::Write as _;

/// A statement that is put together, with its parameters. Of what others give only parameters are made.
#[derive(Debug)]
pub struct Built<'a> {
	sql: String,
	values: Vec<Value<'a>>,
}

impl<'a> Built<'a> {
	/// With how it begins.
	pub fn new(begin: &'static str) -> Self {
		Self { sql: begin.into(), values: Vec::new() }
	}

	/// Adds to it.
	pub fn add(&mut self, more: &'static str) {
		self.sql.push_str(more);
	}

	/// Adds to it, and after that a value.
	pub fn put(&mut self, more: &'static str, value: &'a (impl Write + ?Sized)) {
		self.values.push(value.write());
		// Writing into a text does not fail.
		let _ = write!(self.sql, "{more}?{}", self.values.len());
	}

	/// The statement.
	pub fn sql(&self) -> &str {
		&self.sql
	}

	/// Its parameters.
	pub fn values(&self) -> &[Value<'a>] {
		&self.values
	}
}
