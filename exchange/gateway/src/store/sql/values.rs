//! What is written into columns, and what is read from them.

use crate::store::StoreFault;

/// What a parameter of a statement stands for. Also nothing has a type: PostgreSQL asks for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Value<'a> {
	/// A number; a truth is 0 or 1.
	Integer(Option<i64>),
	/// A text.
	Text(Option<&'a str>),
	/// Bytes.
	Blob(Option<&'a [u8]>),
}

/// What stands in a column of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Column<'a> {
	/// Nothing.
	Null,
	/// A number.
	Integer(i64),
	/// A text.
	Text(&'a str),
	/// Bytes.
	Blob(&'a [u8]),
}

/// What can be a parameter.
pub trait Write {
	/// Nothing, of this type.
	const NULL: Value<'static>;

	/// As a parameter.
	fn write(&self) -> Value<'_>;
}

macro_rules! write {
	($($kind:ident($of:ty): $this:ident => $value:expr;)*) => {
		$(impl Write for $of {
			const NULL: Value<'static> = Value::$kind(None);

			fn write(&self) -> Value<'_> {
				let $this = self;
				Value::$kind(Some($value))
			}
		})*
	};
}

write! {
	Integer(i64): this => *this;
	Integer(u32): this => i64::from(*this);
	Integer(u8): this => i64::from(*this);
	Integer(bool): this => i64::from(*this);
	Text(str): this => this;
	Text(String): this => this;
	Blob([u8]): this => this;
	Blob(Vec<u8>): this => this;
	Blob([u8; 32]): this => this;
}

impl<T: Write + ?Sized> Write for &T {
	const NULL: Value<'static> = T::NULL;

	fn write(&self) -> Value<'_> {
		(**self).write()
	}
}

impl<T: Write> Write for Option<T> {
	const NULL: Value<'static> = T::NULL;

	fn write(&self) -> Value<'_> {
		self.as_ref().map_or(T::NULL, T::write)
	}
}

/// The parameters of a statement, in the order of their numbers.
macro_rules! params {
	($($value:expr),* $(,)?) => {
		&[$($crate::store::sql::Write::write(&$value)),*]
	};
}
pub(in crate::store) use params;

/// What can be read from a column.
pub trait Read: Sized {
	/// As this type. A fault if it cannot be: the tables say what stands where.
	fn read(column: Column) -> Result<Self, StoreFault>;
}

const OTHER: StoreFault = StoreFault::Corrupt("a column holds something else than it should");

impl Read for i64 {
	fn read(column: Column) -> Result<Self, StoreFault> {
		match column {
			Column::Integer(number) => Ok(number),
			_ => Err(OTHER),
		}
	}
}

impl Read for u32 {
	fn read(column: Column) -> Result<Self, StoreFault> {
		i64::read(column)?.try_into().map_err(|_| OTHER)
	}
}

impl Read for u8 {
	fn read(column: Column) -> Result<Self, StoreFault> {
		i64::read(column)?.try_into().map_err(|_| OTHER)
	}
}

impl Read for bool {
	fn read(column: Column) -> Result<Self, StoreFault> {
		Ok(i64::read(column)? != 0)
	}
}

impl Read for String {
	fn read(column: Column) -> Result<Self, StoreFault> {
		match column {
			Column::Text(text) => Ok(text.into()),
			_ => Err(OTHER),
		}
	}
}

impl Read for Vec<u8> {
	fn read(column: Column) -> Result<Self, StoreFault> {
		match column {
			Column::Blob(bytes) => Ok(bytes.into()),
			_ => Err(OTHER),
		}
	}
}

impl Read for [u8; 32] {
	fn read(column: Column) -> Result<Self, StoreFault> {
		match column {
			Column::Blob(bytes) => bytes.try_into().map_err(|_| OTHER),
			_ => Err(OTHER),
		}
	}
}

impl<T: Read> Read for Option<T> {
	fn read(column: Column) -> Result<Self, StoreFault> {
		match column {
			Column::Null => Ok(None),
			other => T::read(other).map(Some),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn nothing_has_the_type_of_what_it_stands_for() {
		let (number, text, bytes): (Option<u32>, Option<&str>, Option<Vec<u8>>) =
			(None, None, None);
		let (truth, hash) = (Some(true), [7_u8; 32]);
		let values: &[Value] = params![number, text, bytes, truth, "x", hash];
		let expected = [
			Value::Integer(None),
			Value::Text(None),
			Value::Blob(None),
			Value::Integer(Some(1)),
			Value::Text(Some("x")),
			Value::Blob(Some(&[7; 32])),
		];
		assert_eq!(values, expected);
	}

	#[test]
	fn a_column_is_read_as_what_can_hold_it() {
		assert_eq!(u32::read(Column::Integer(7)).unwrap(), 7);
		assert!(u32::read(Column::Integer(-1)).is_err() && u8::read(Column::Integer(256)).is_err());
		assert!(i64::read(Column::Null).is_err() && String::read(Column::Blob(b"x")).is_err());
		assert_eq!(Option::<String>::read(Column::Null).unwrap(), None);
		assert!(<[u8; 32]>::read(Column::Blob(&[0; 31])).is_err());
	}
}
