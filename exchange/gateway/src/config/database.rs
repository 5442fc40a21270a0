//! The section `[database]`: which database there is, if not SQLite in the folder of data.

use super::{path, read_filled, Reader, Section, PATH};
use crate::store::{read_ca, read_url, PostgresSettings};
use toml::Value;

impl Reader {
	/// The database in PostgreSQL, if there is that section. With faults none: they are told instead.
	pub(super) fn database(&mut self, top: &mut Section) -> Option<PostgresSettings> {
		if !top.members.contains_key("database") {
			return None;
		}
		let mut section = self.section(top, "database");
		let url = self.need(&mut section, "url", PATH, path);
		let ca = self.may(&mut section, "ca", PATH, path);
		let plain_tcp =
			self.may(&mut section, "plain_tcp", "true or false", Value::as_bool).unwrap_or(false);
		self.end(section);
		Some(PostgresSettings { url: url?, ca, plain_tcp })
	}

	/// What is wrong with the files of a database.
	pub(super) fn database_on_this_host(&mut self, database: &PostgresSettings) {
		let url = read_filled(&database.url).and_then(|url| {
			read_url(&url, database.plain_tcp)
				.map_err(|problem| format!("{} {problem}", database.url.display()))
		});
		if let Err(problem) = url {
			self.fault("database.url", problem);
		}
		if let Some(Err(problem)) = database.ca.as_deref().map(read_ca) {
			let file = database.ca.as_deref().unwrap_or(&database.url);
			self.fault("database.ca", format!("{} {problem}", file.display()));
		}
	}
}

#[cfg(test)]
mod tests {
	use super::super::{
		tests::{faults, GOOD},
		Config,
	};
	use std::{fs, os::unix::fs::PermissionsExt};

	#[test]
	fn the_url_stands_in_a_file_of_its_own() {
		assert_eq!(Config::read(GOOD).unwrap().database, None);
		let with = |more: &str| format!("{GOOD}[database]\n{more}");
		assert_eq!(faults(&with("")), ["database.url"]);
		assert_eq!(faults(&with("url = \"postgres://u:p@h/x\"\n")), ["database.url"]);
		assert_eq!(faults(&with("url = \"/x\"\nsslmode = \"disable\"\n")), ["database.sslmode"]);
		let config = with("url = \"/x\"\nca = \"/ca.pem\"\nplain_tcp = true\n");
		let database = Config::read(&config).unwrap().database.unwrap();
		assert!(database.plain_tcp && database.ca.is_some());
	}

	#[test]
	fn what_is_wrong_with_its_files_is_told() {
		let folder = tempfile::tempdir().unwrap();
		let file = folder.path().join("database.url");
		let text = format!("{GOOD}[database]\nurl = \"{}\"\n", file.display());
		let config = Config::read(&text).unwrap();
		let at = || {
			let faults = config.on_this_host();
			faults.into_iter().find(|fault| fault.at == "database.url").map(|fault| fault.problem)
		};
		assert!(at().unwrap().contains("cannot be read"));
		fs::write(&file, "postgres://u:secret@localhost/x").unwrap();
		fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
		assert!(at().unwrap().contains("chmod 600"));
		fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
		assert_eq!(at(), None);
		fs::write(&file, "postgres://u:secret@db.example/x?sslmode=disable").unwrap();
		let problem = at().unwrap();
		assert!(problem.contains("database.plain_tcp") && !problem.contains("secret"));
	}
}
