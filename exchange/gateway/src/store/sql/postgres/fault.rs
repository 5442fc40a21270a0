//! What can be wrong with a database in PostgreSQL.

use std::{error::Error as _, fmt};
use tokio_postgres::{error::SqlState, Error};

/// Why a database in PostgreSQL cannot be used. Without values of rows, passwords and addresses of the connection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PostgresFault {
	/// It cannot be reached, or does not let the gateway in.
	Unreachable(String),
	/// The connection broke, or the server did not answer in time. Nothing was written.
	Lost,
	/// The connection broke while a transaction was committed, and it is not known yet whether it was.
	Uncertain,
	/// Another gateway has the database.
	Taken,
	/// Another gateway has had it meanwhile, or it was put back to an older state: this one may not go on.
	Replaced,
	/// It is none that a gateway can use.
	Unfit(String),
	/// What the server says: its code and message, without details.
	Server(String),
}

impl PostgresFault {
	/// Whether no later attempt will do.
	pub(super) fn is_final(&self) -> bool {
		matches!(self, Self::Taken | Self::Replaced)
	}
}

impl fmt::Display for PostgresFault {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Unreachable(why) => write!(f, "PostgreSQL cannot be used: {why}"),
			Self::Lost => f.write_str("the connection to PostgreSQL is lost; nothing was written"),
			Self::Uncertain => f.write_str("the connection to PostgreSQL was lost while a transaction was committed: whether it was is not known"),
			Self::Taken => f.write_str("another gateway uses this database; there can be one for each database and schema. One that was killed on another host is noticed after half a minute"),
			Self::Replaced => f.write_str("another gateway has used this database meanwhile, or it was put back to an older state: this gateway must be started anew"),
			Self::Unfit(why) => write!(f, "this database cannot be used: {why}"),
			Self::Server(what) => write!(f, "PostgreSQL: {what}"),
		}
	}
}

impl std::error::Error for PostgresFault {}

/// What the server says, without what might be data.
fn said(error: &Error) -> Option<String> {
	let said = error.as_db_error()?;
	Some(format!("{} {}", said.code().code(), said.message()))
}

/// Of a connection that does not come about.
pub(super) fn unreachable(error: &Error) -> PostgresFault {
	if let Some(said) = said(error) {
		return PostgresFault::Unreachable(said);
	}
	let mut why = error.to_string();
	let mut source = error.source();
	while let Some(next) = source {
		why.push_str(&format!(": {next}"));
		source = next.source();
	}
	PostgresFault::Unreachable(why)
}

/// Of a statement; and whether the connection is gone with it.
pub(super) fn failed(error: &Error) -> (PostgresFault, bool) {
	match said(error) {
		None => (PostgresFault::Lost, true),
		Some(said) => {
			let code = error.code().map_or("", SqlState::code);
			// The server shuts down, or has ended the session.
			match code.starts_with("57P") || code.starts_with("08") || code == "25P03" {
				true => (PostgresFault::Lost, true),
				false => (PostgresFault::Server(said), false),
			}
		},
	}
}
