//! Databases for tests: each has one of its own, in SQLite, or in the PostgreSQL that `SALUS_TEST_DATABASE` names (`scripts/database.sh`), and
//! there in a schema of its own.

#![allow(dead_code)] // Each test program uses a part of it.

use std::{
	env, fs,
	os::unix::fs::PermissionsExt,
	path::{Path, PathBuf},
	thread,
};
use tokio_postgres::{NoTls, SimpleQueryMessage};

/// Writes a file that nobody else may read.
fn secret(file: &Path, text: &str) {
	fs::write(file, text).unwrap();
	fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
}

/// Runs statements at a server, and tells the first column of all rows. On a thread of its own: it is called where requests are driven, too.
fn ask(url: &str, sql: &str) -> Vec<String> {
	let (url, sql) = (url.to_owned(), sql.to_owned());
	let asked = thread::spawn(move || {
		let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
		runtime.block_on(async move {
			let (client, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
			let driven = tokio::spawn(connection);
			let messages = client.simple_query(&sql).await.unwrap();
			drop(client);
			driven.await.unwrap().unwrap();
			let texts = messages.iter().filter_map(|message| match message {
				SimpleQueryMessage::Row(row) => Some(row.get(0).unwrap_or_default().to_owned()),
				_ => None,
			});
			texts.collect()
		})
	});
	asked.join().unwrap()
}

/// Makes a schema of its own, and a file with its URL in the folder. None where the tests are for SQLite.
pub fn fresh(folder: &Path) -> Option<PathBuf> {
	let url = env::var("SALUS_TEST_DATABASE").ok()?;
	let name: String = fs::read("/proc/sys/kernel/random/uuid")
		.unwrap()
		.iter()
		.filter(|byte| byte.is_ascii_alphanumeric())
		.map(|byte| char::from(*byte))
		.collect();
	ask(&url, &format!("CREATE SCHEMA t{name}"));
	let joined = if url.contains('?') { '&' } else { '?' };
	let file = folder.join("database.url");
	secret(&file, &format!("{url}{joined}options=-csearch_path%3Dt{name}"));
	Some(file)
}

/// The URL of the database of a folder, if it is in PostgreSQL.
pub fn url_of(folder: &Path) -> Option<String> {
	fs::read_to_string(folder.join("database.url")).ok()
}

/// The first column of all rows of a query at the database of a folder, as text.
pub fn texts(folder: &Path, sql: &str) -> Vec<String> {
	if let Some(url) = url_of(folder) {
		return ask(&url, sql);
	}
	let database = rusqlite::Connection::open(folder.join("gateway.sqlite")).unwrap();
	let mut query = database.prepare(sql).unwrap();
	let rows = query.query_map([], |row| row.get(0)).unwrap();
	rows.map(Result::unwrap).collect()
}

/// Whether these bytes stand anywhere in the database of a folder, of which the gateway may be running.
pub fn holds(folder: &Path, bytes: &[u8]) -> bool {
	let Some(url) = url_of(folder) else {
		let files = ["gateway.sqlite", "gateway.sqlite-wal"];
		let files = files.map(|name| fs::read(folder.join(name)).unwrap_or_default());
		assert!(!files[0].is_empty(), "there is no database");
		return files.iter().any(|file| file.windows(bytes.len()).any(|part| part == bytes));
	};
	let tables = ask(&url, "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()");
	assert!(tables.len() > 20, "there is no database");
	let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
	let text = std::str::from_utf8(bytes).unwrap_or(&digits).replace('\'', "''");
	tables.iter().any(|table| {
		let rows = ask(
			&url,
			&format!(
				"SELECT count(*) FROM {table} AS r WHERE strpos(r::text, '{digits}') > 0 OR strpos(r::text, '{text}') > 0"
			),
		);
		rows != ["0"]
	})
}

/// A copy of the database of a folder, of which no gateway runs.
pub struct Copy(Vec<u8>);

impl Copy {
	pub fn of(folder: &Path) -> Self {
		match url_of(folder) {
			None => Self(fs::read(folder.join("gateway.sqlite")).unwrap()),
			Some(url) => {
				let schema = ask(&url, "SELECT current_schema()").remove(0);
				let done = std::process::Command::new("pg_dump")
					.args(["--clean", "--if-exists", "--schema", &schema, "--dbname"])
					.arg(env::var("SALUS_TEST_DATABASE").unwrap())
					.output()
					.unwrap();
				assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
				Self(done.stdout)
			},
		}
	}

	pub fn put_back(&self, folder: &Path) {
		if url_of(folder).is_none() {
			return fs::write(folder.join("gateway.sqlite"), &self.0).unwrap();
		}
		let file = folder.join("copy.sql");
		fs::write(&file, &self.0).unwrap();
		let done = std::process::Command::new("psql")
			.args(["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--single-transaction"])
			.arg("--file")
			.arg(&file)
			.arg(env::var("SALUS_TEST_DATABASE").unwrap())
			.output()
			.unwrap();
		assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
	}
}
