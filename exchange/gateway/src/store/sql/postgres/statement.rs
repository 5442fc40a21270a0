//! Statements, values and rows as PostgreSQL has them.

use crate::store::{
	sql::{Column, Row, Value},
	StoreFault,
};
use std::borrow::Cow;
use tokio_postgres::types::{ToSql, Type};

/// A statement with its parameters as PostgreSQL numbers them: `?1` is `$1`.
pub(super) fn translated(sql: &str) -> String {
	let mut quoted = false;
	sql.chars()
		.map(|c| {
			quoted ^= c == '\'';
			match c {
				'?' if !quoted => '$',
				other => other,
			}
		})
		.collect()
}

/// The type of the column in which a value can stand.
pub(super) fn type_of(value: &Value) -> Type {
	match value {
		Value::Integer(_) => Type::INT8,
		Value::Text(_) => Type::TEXT,
		Value::Blob(_) => Type::BYTEA,
	}
}

/// PostgreSQL holds no U+0000 in a text; what others send may have one. It becomes U+FFFD, in what is kept and in what is looked for.
fn without_nul(text: &str) -> Cow<'_, str> {
	match text.contains('\0') {
		true => Cow::Owned(text.replace('\0', "\u{fffd}")),
		false => Cow::Borrowed(text),
	}
}

/// A parameter.
pub(super) fn parameter<'a>(value: &Value<'a>) -> Box<dyn ToSql + Sync + 'a> {
	match *value {
		Value::Integer(number) => Box::new(number),
		Value::Text(text) => match text.map(without_nul) {
			Some(Cow::Owned(text)) => Box::new(text),
			_ => Box::new(text),
		},
		Value::Blob(bytes) => Box::new(bytes),
	}
}

impl Row for tokio_postgres::Row {
	fn column(&self, at: usize) -> Result<Column<'_>, StoreFault> {
		let of = self.columns().get(at).map(|column| column.type_().clone());
		let odd = |_| StoreFault::Corrupt("a column of another type");
		let column = match of {
			Some(Type::INT8) => {
				self.try_get::<_, Option<i64>>(at).map_err(odd)?.map(Column::Integer)
			},
			Some(Type::INT4) => {
				let number: Option<i32> = self.try_get(at).map_err(odd)?;
				number.map(|number| Column::Integer(number.into()))
			},
			Some(Type::BOOL) => {
				let truth: Option<bool> = self.try_get(at).map_err(odd)?;
				truth.map(|truth| Column::Integer(truth.into()))
			},
			Some(Type::TEXT) => self.try_get::<_, Option<&str>>(at).map_err(odd)?.map(Column::Text),
			Some(Type::BYTEA) => {
				self.try_get::<_, Option<&[u8]>>(at).map_err(odd)?.map(Column::Blob)
			},
			_ => return Err(StoreFault::Corrupt("a column of another type")),
		};
		Ok(column.unwrap_or(Column::Null))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn parameters_are_numbered_and_texts_are_left_alone() {
		assert_eq!(
			translated("a = ?1 AND b = '?2' AND c < ?12"),
			"a = $1 AND b = '?2' AND c < $12"
		);
		assert_eq!(without_nul("a\0b"), "a\u{fffd}b");
		assert_eq!(without_nul("ab"), "ab");
	}
}
