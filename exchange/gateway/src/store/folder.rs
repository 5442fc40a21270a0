//! To which folder of data a database in PostgreSQL belongs.
//!
//! At its start a gateway removes files of its vault that its database does not know. So a database and a folder that do not belong together
//! must not meet, or all files would go: each has the same mark. And the folder knows how many transactions there were, by which an older state of
//! its database is told: one that was put back from a copy, or on a server that lacked the last commits when it took over.

use super::{sql::params, PostgresFault, Store, StoreFault};
use std::{
	fs::{self, File},
	io,
	path::{Path, PathBuf},
	sync::PoisonError,
};

/// The file of the folder with the mark.
fn mark_of(data: &Path) -> PathBuf {
	data.join("salus-gateway-database")
}

/// The file of the folder with how many transactions there were.
fn commits_of(data: &Path) -> PathBuf {
	data.join("salus-gateway-commits")
}

/// What stands in a file, if it is there.
fn text_of(file: &Path) -> io::Result<Option<String>> {
	match fs::read_to_string(file) {
		Ok(text) => Ok(Some(text)),
		Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
		Err(error) => Err(error),
	}
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

/// How many transactions the folder knows of; 0 if of none.
fn known_commits(data: &Path) -> Result<u64, StoreFault> {
	match text_of(&commits_of(data))? {
		None => Ok(0),
		Some(text) => text
			.trim()
			.parse()
			.map_err(|_| unfit(data, "has a file salus-gateway-commits that holds no number")),
	}
}

/// Makes sure that a database in PostgreSQL with this mark, or none, and a folder of data belong together; a new database takes a folder without
/// records.
pub(super) fn fits(data: &Path, known: Option<&str>) -> Result<(), StoreFault> {
	let there = text_of(&mark_of(data))?;
	match (known, there) {
		(Some(known), Some(there)) if known == there => Ok(()),
		(Some(_), _) => Err(unfit(
			data,
			"is another one than that of the database: both are put back from copies of one moment",
		)),
		(None, _) if data.join("gateway.sqlite").try_exists()? => Err(unfit(
			data,
			"has a database in SQLite; there is no moving of records: begin with an empty folder",
		)),
		(None, _) if has_files(data)? => {
			Err(unfit(data, "has records that this database does not know; they would be removed"))
		},
		(None, _) => Ok(()),
	}
}

/// Refuses a database with fewer transactions than the folder knows of, unless it is the one that is to be taken all the same.
pub(super) fn is_not_older(
	data: &Path,
	commits: u64,
	take_older: Option<u64>,
) -> Result<(), StoreFault> {
	let known = known_commits(data)?;
	if commits >= known || take_older == Some(commits) {
		return Ok(());
	}
	Err(unfit(data, &format!(
		"knows of {known} transactions, and the database has {commits}: it is an older state. What it lacks was answered, and files of records that it \
		 does not know would be removed. Put the newer one back; or copy the folder, and take this one by one start with --take-older {commits}"
	)))
}

impl Store {
	/// Writes the same mark into a new database in PostgreSQL and into its folder.
	pub(super) fn mark(&self, data: &Path) -> Result<(), StoreFault> {
		let known: Option<String> = self.read(|connection| {
			connection.query_row("SELECT folder FROM gateway", params![], |row| row.get(0))
		})?;
		if known.is_some() {
			return Ok(());
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

	/// Writes into the folder how many transactions there were; a lower number than stands there only if an older database was `taken`.
	pub fn note_commits(&self, taken: bool) -> Result<(), StoreFault> {
		let Some(data) = &self.folder else { return Ok(()) };
		// Known without asking the server, which may be away, or another one.
		let Some(commits) = self.read(|connection| Ok(connection.commits()))? else {
			return Ok(());
		};
		let _alone = self.noting.lock().unwrap_or_else(PoisonError::into_inner);
		let known = known_commits(data)?;
		if commits == known || (commits < known && !taken) {
			return Ok(());
		}
		let file = commits_of(data);
		let new = file.with_extension("new");
		fs::write(&new, commits.to_string())?;
		File::open(&new)?.sync_all()?;
		fs::rename(&new, &file)?;
		File::open(data)?.sync_all()?;
		Ok(())
	}
}
