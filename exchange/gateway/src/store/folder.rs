//! To which folder of data a database in PostgreSQL belongs.
//!
//! At its start a gateway removes files of its vault that its database does not know. So a database and a folder that do not belong together
//! must not meet, or all files would go: each has the same mark.

use super::{sql::params, PostgresFault, Store, StoreFault};
use std::{
	fs::{self, File},
	io,
	path::{Path, PathBuf},
};

/// The file of the folder with the mark.
fn mark_of(data: &Path) -> PathBuf {
	data.join("salus-gateway-database")
}

fn unfit(data: &Path, why: &str) -> StoreFault {
	PostgresFault::Unfit(format!("the folder {} {why}", data.display())).into()
}

/// Whether the vault in a folder has files.
fn has_files(data: &Path) -> io::Result<bool> {
	let folders = match fs::read_dir(data.join("vault")) {
		Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
		other => other?,
	};
	for folder in folders {
		let folder = folder?;
		if folder.file_name() != "unfinished" && fs::read_dir(folder.path())?.next().is_some() {
			return Ok(true);
		}
	}
	Ok(false)
}

/// Refuses a folder whose database is in PostgreSQL, to a gateway that would begin one in the folder.
pub(super) fn has_its_own(data: &Path) -> Result<(), StoreFault> {
	match mark_of(data).try_exists()? {
		true => Err(unfit(data, "has its database in PostgreSQL: name that in [database]")),
		false => Ok(()),
	}
}

impl Store {
	/// Makes sure that a database in PostgreSQL and a folder of data belong together; a new database takes a folder without records.
	pub(super) fn belongs_to(&self, data: &Path) -> Result<(), StoreFault> {
		let known: Option<String> = self.read(|connection| {
			connection.query_row("SELECT folder FROM gateway", params![], |row| row.get(0))
		})?;
		let there = match fs::read_to_string(mark_of(data)) {
			Ok(mark) => Some(mark),
			Err(error) if error.kind() == io::ErrorKind::NotFound => None,
			Err(error) => return Err(error.into()),
		};
		match (known, there) {
			(Some(known), Some(there)) if known == there => return Ok(()),
			(Some(_), _) => return Err(unfit(data, "is another one than that of the database: both are put back from copies of one moment")),
			(None, _) if data.join("gateway.sqlite").try_exists()? => {
				return Err(unfit(data, "has a database in SQLite; there is no moving of records: begin with an empty folder"))
			},
			(None, _) if has_files(data)? => {
				return Err(unfit(data, "has records that this database does not know; they would be removed"))
			},
			(None, _) => {},
		}
		let mark = hex::encode(crate::vault::random::<16>()?);
		fs::write(mark_of(data), &mark)?;
		File::open(mark_of(data))?.sync_all()?;
		File::open(data)?.sync_all()?;
		self.write(|transaction| {
			transaction.execute("UPDATE gateway SET folder = ?1", params![mark])?;
			Ok(())
		})
	}
}
