//! The database in PostgreSQL: one gateway for each, commits whose answer is lost, a server that goes away, and what is told about a database
//! that will not do. `scripts/database.sh` starts a server; where SALUS_TEST_DATABASE does not name one, nothing is tried, and that is said.

mod common;
#[path = "common/postgres.rs"]
mod postgres;

use common::{configured, database, result, start_in, world, CUSTODIAN, PATIENT};
use postgres::{Cut, Proxy, SERVER};
use salus_exchange_protocol::Hash;
use salus_gateway::{
	config::Config,
	gateway::Gateway,
	store::{retracted_of, Database, PostgresFault, PostgresSettings, Store, StoreFault, CODED},
};
use std::{path::Path, process::Command, time::Duration};
use tempfile::TempDir;
use tokio::sync::RwLockReadGuard;

/// A folder with the URL of a schema of its own, while nobody stops the server.
async fn fresh() -> Option<(RwLockReadGuard<'static, ()>, TempDir, PostgresSettings)> {
	let server = SERVER.read().await;
	let folder = tempfile::tempdir().unwrap();
	let Some(url) = database::fresh(folder.path()) else {
		eprintln!("not run: SALUS_TEST_DATABASE names no PostgreSQL");
		return None;
	};
	Some((server, folder, PostgresSettings { url, ca: None, plain_tcp: false }))
}

fn open(settings: &PostgresSettings) -> Result<Store, StoreFault> {
	Store::open(&Database::Postgres(settings.clone()))
}

fn why(opened: Result<Store, StoreFault>) -> String {
	opened.map(drop).unwrap_err().to_string()
}

/// Ends the session of the gateway that has the database of a folder, as the server does when it thinks that it is gone.
fn end_session(folder: &Path) {
	let lock = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())";
	let ended = database::texts(
		folder,
		&format!("SELECT pg_terminate_backend(pid)::int FROM ({lock}) AS held"),
	);
	assert_eq!(ended, ["1"]);
	while !database::texts(folder, lock).is_empty() {
		std::thread::sleep(Duration::from_millis(10));
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_broke_is_made_anew() {
	let Some((_server, folder, settings)) = fresh().await else { return };
	let store = open(&settings).unwrap();
	assert!(store.claim(&Hash([1; 32]), 100, 50).unwrap());
	end_session(folder.path());
	// The first to ask may be told; nothing is half written, and whoever asks again is served.
	let claimed = store.claim(&Hash([2; 32]), 100, 50);
	assert!(matches!(claimed, Ok(true) | Err(StoreFault::Postgres(PostgresFault::Lost))));
	let again = store.claim(&Hash([2; 32]), 100, 50).unwrap();
	assert_eq!(again, claimed.is_err(), "claimed once");
	assert!(!store.claim(&Hash([1; 32]), 100, 50).unwrap(), "what was written before is there");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_was_overtaken_writes_nothing_and_ends() {
	for second_is_there in [true, false] {
		let Some((_server, folder, settings)) = fresh().await else { return };
		let first = open(&settings).unwrap();
		assert!(why(open(&settings)).contains("another gateway uses this database"));
		end_session(folder.path());
		let second = open(&settings).unwrap();
		assert!(second.claim(&Hash([1; 32]), 100, 50).unwrap());
		let second = second_is_there.then_some(second);
		let refused = loop {
			match first.claim(&Hash([2; 32]), 100, 50) {
				Err(StoreFault::Postgres(PostgresFault::Lost)) => continue,
				other => break other,
			}
		};
		let expected = match second_is_there {
			true => PostgresFault::Taken,
			false => PostgresFault::Replaced,
		};
		assert!(matches!(refused, Err(StoreFault::Postgres(fault)) if fault == expected));
		assert_eq!(first.ended().await, expected);
		// Also not later, when the second one is gone.
		drop(second);
		assert!(first.claim(&Hash([2; 32]), 100, 50).is_err());
		assert_eq!(database::texts(folder.path(), "SELECT count(*) FROM request"), ["1"]);
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_was_put_back_under_a_gateway_is_noticed() {
	let Some((_server, folder, settings)) = fresh().await else { return };
	let store = open(&settings).unwrap();
	assert!(store.claim(&Hash([1; 32]), 100, 50).unwrap());
	database::texts(folder.path(), "UPDATE gateway SET commits = commits - 1");
	let refused = store.claim(&Hash([2; 32]), 100, 50);
	assert!(matches!(refused, Err(StoreFault::Postgres(PostgresFault::Replaced))));
	assert_eq!(database::texts(folder.path(), "SELECT count(*) FROM request"), ["1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whether_a_commit_was_made_is_found_out_when_its_answer_is_lost() {
	let Some((_server, folder, mut settings)) = fresh().await else { return };
	let proxy = Proxy::start();
	settings.url = proxy.url(folder.path());
	let store = open(&settings).unwrap();
	let count = || database::texts(folder.path(), "SELECT count(*) FROM request").remove(0);
	proxy.cut(Cut::Answer);
	assert!(store.claim(&Hash([1; 32]), 100, 50).unwrap(), "it was, and that is told");
	assert_eq!(count(), "1");
	proxy.cut(Cut::Commit);
	let lost = store.claim(&Hash([2; 32]), 100, 50);
	assert!(matches!(lost, Err(StoreFault::Postgres(PostgresFault::Lost))), "it was not");
	assert_eq!(count(), "1");
	assert!(store.claim(&Hash([2; 32]), 100, 50).unwrap());
	assert_eq!(count(), "2");
	assert_eq!(proxy.cuts(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_says_nothing_keeps_those_who_wait_no_longer_than_one() {
	let Some((_server, folder, mut settings)) = fresh().await else { return };
	let proxy = Proxy::start();
	settings.url = proxy.url(folder.path());
	let store = open(&settings).unwrap();
	assert!(store.claim(&Hash([1; 32]), 100, 50).unwrap());
	proxy.silence();
	end_session(folder.path());
	let begun = std::time::Instant::now();
	std::thread::scope(|scope| {
		for at in 2..10_u8 {
			let store = &store;
			scope.spawn(move || {
				while let Err(StoreFault::Postgres(PostgresFault::Lost)) =
					store.claim(&Hash([at; 32]), 100, 50)
				{}
			});
		}
	});
	assert!(begun.elapsed() < Duration::from_secs(9), "{:?}", begun.elapsed());
}

/// A folder of data that has a database, and the number of its transactions.
fn taken(data: &Path, settings: &PostgresSettings) -> u64 {
	let store = Store::open_for(data, Some(settings), None).unwrap();
	assert!(store.claim(&Hash([1; 32]), 100, 50).unwrap());
	store.note_commits(false).unwrap();
	drop(store);
	std::fs::read_to_string(data.join("salus-gateway-commits")).unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_another_folder_is_refused_and_left_as_it_is() {
	let Some((_server, folder, settings)) = fresh().await else { return };
	let [one, other] = [(); 2].map(|()| tempfile::tempdir().unwrap());
	taken(one.path(), &settings);
	let state =
		|| database::texts(folder.path(), "SELECT encode(instance, 'hex') || commits FROM gateway");
	let before = state();
	// As if the program of the other one were newer: not even its tables are made.
	database::texts(folder.path(), "UPDATE tables_version SET version = version - 1");
	let refused = why(Store::open_for(other.path(), Some(&settings), None));
	assert!(refused.contains("is another one than that of the database"), "{refused}");
	assert_eq!(state(), before);
	database::texts(folder.path(), "UPDATE tables_version SET version = version + 1");
	Store::open_for(one.path(), Some(&settings), None).unwrap();
	assert_ne!(state(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_older_than_its_folder_knows_is_not_taken_by_itself() {
	let Some((_server, folder, settings)) = fresh().await else { return };
	let data = tempfile::tempdir().unwrap();
	let known = taken(data.path(), &settings);
	assert!(known >= 2);
	database::texts(folder.path(), "UPDATE gateway SET commits = commits - 1");
	let older = known - 1;
	let open = |take_older| Store::open_for(data.path(), Some(&settings), take_older);
	for wrong in [None, Some(known), Some(older - 1)] {
		let refused = why(open(wrong));
		assert!(refused.contains(&format!("--take-older {older}")), "{refused}");
	}
	drop(open(Some(older)).unwrap());
	drop(open(None).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_whose_database_failed_over_to_an_older_state_removes_nothing_at_its_next_start()
{
	let Some((_server, ..)) = fresh().await else { return };
	let node = world().await;
	let running = start_in(configured(&node, CUSTODIAN, "")).await;
	assert_eq!(running.link(PATIENT, "p").await.status, 200);
	assert_eq!(running.faces.ingest(&result("r0")).await["state"], "held");
	// As a server has it that took over before the last commits came.
	let older = "DELETE FROM token; DELETE FROM record; UPDATE gateway SET commits = commits - 2";
	database::texts(running.folder.path(), older);
	let body = result("r1").to_string();
	let got = running.faces.post("/ingest", "application/fhir+json", body).await.unwrap();
	assert_eq!(got.status, 500);
	let mut running = running.stopped().await;
	let kept = std::mem::replace(&mut running.folder, tempfile::tempdir().unwrap());
	drop(running);
	let files = || {
		let folders = std::fs::read_dir(kept.path().join("vault")).unwrap();
		folders.flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap()).count()
	};
	let before = files();
	assert!(before >= 1);
	let config = || Config::read_file(&kept.path().join("gateway.toml")).unwrap();
	let refused = loop {
		// The stopped one may still hold the database.
		match Gateway::open(config()).map(drop).unwrap_err().to_string() {
			taken if taken.contains("another gateway uses") => continue,
			other => break other,
		}
	};
	assert!(refused.contains("--take-older"), "{refused}");
	assert_eq!(files(), before, "nothing was removed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_goes_on_when_the_server_is_back() {
	let Ok(control) = std::env::var("SALUS_TEST_DATABASE_CONTROL") else {
		return eprintln!("not run: SALUS_TEST_DATABASE_CONTROL names no command");
	};
	let control = |what: &str| {
		assert!(Command::new(&control).arg(what).status().unwrap().success(), "{what}");
	};
	let _alone = SERVER.write().await;
	let node = world().await;
	let running = start_in(configured(&node, CUSTODIAN, "")).await;
	assert_eq!(running.link(PATIENT, "p").await.status, 200);
	let (mut answered, mut refused) = (0, 0);
	let faces = running.faces.clone();
	let send = |number: u32| {
		let body = result(&format!("r{number}")).to_string();
		let faces = faces.clone();
		async move { faces.post("/ingest", "application/fhir+json", body).await.unwrap().status }
	};
	for number in 0..60 {
		match number {
			20 => control("crash"),
			40 => control("start"),
			_ => {},
		}
		match send(number).await {
			200 => answered += 1,
			500..=599 => refused += 1,
			other => panic!("{other}"),
		}
	}
	assert!(answered >= 20 && refused >= 20, "{answered} {refused}");
	// Whoever sends again is served, and nothing is there twice.
	for number in 0..60 {
		let begun = std::time::Instant::now();
		while send(number).await != 200 {
			assert!(begun.elapsed().as_secs() < 60, "it does not go on");
			tokio::time::sleep(Duration::from_millis(50)).await;
		}
	}
	let texts = |sql: &str| database::texts(running.folder.path(), sql);
	assert_eq!(texts("SELECT count(*) FROM record"), ["60"]);
	assert_eq!(texts("SELECT count(DISTINCT record) FROM token"), ["60"], "each with its codes");
	running.gateway.store.verify_log().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_with_tls_asks_for_a_certificate_that_is_good() {
	let (Some((_server, folder, settings)), Ok(tls), Ok(ca)) = (
		fresh().await,
		std::env::var("SALUS_TEST_DATABASE_TLS"),
		std::env::var("SALUS_TEST_DATABASE_CA"),
	) else {
		return eprintln!("not run: SALUS_TEST_DATABASE_TLS names no server");
	};
	let schema = database::texts(folder.path(), "SELECT current_schema()").remove(0);
	common::secret(&settings.url, &format!("{tls}&options=-csearch_path%3D{schema}"));
	let unknown = why(open(&settings));
	assert!(unknown.contains("certificate"), "{unknown}");
	let settings = PostgresSettings { ca: Some(ca.into()), ..settings };
	let store = open(&settings).unwrap();
	assert!(store.claim(&Hash([1; 32]), 100, 50).unwrap());
	// By another name the certificate is none.
	common::secret(&settings.url, &tls.replace("localhost", "127.0.0.1"));
	assert!(why(open(&settings)).contains("certificate"));
}

#[tokio::test(flavor = "multi_thread")]
async fn check_config_tells_what_is_wrong_with_a_database() {
	let Some((_server, folder, settings)) = fresh().await else { return };
	let node = world().await;
	let gateway = configured(&node, CUSTODIAN, "");
	let file = gateway.path().join("database.url");
	let good = std::fs::read_to_string(&settings.url).unwrap();
	let check = |url: &str| {
		common::secret(&file, url);
		let done = Command::new(env!("CARGO_BIN_EXE_salus-gateway"))
			.args(["check-config", "--with-database"])
			.arg(gateway.path().join("gateway.toml"))
			.output()
			.unwrap();
		let text = String::from_utf8([done.stdout, done.stderr].concat()).unwrap();
		assert!(!text.contains("p%40ss") && !text.contains("p@ss"), "{text}");
		(done.status.success(), text)
	};
	assert_eq!(check(&good), (true, "no faults\n".into()));
	let faulty = |url: &str, part: &str| {
		let (is_good, text) = check(url);
		assert!(!is_good && text.starts_with("database.url: ") && text.contains(part), "{text}");
	};
	faulty("mysql://u:p@h/x", "postgres://");
	faulty(&good.replace("p%40ss", "wrong"), "28P01 password authentication failed");
	faulty(&good.replace("/salus?", "/nothing?"), "3D000");
	faulty("postgres://u:p@127.0.0.1:1/x", "refused");
	faulty(&good.replace("search_path%3D", "search_path%3Dno"), "search_path names none");
	// A schema that is somebody else's.
	let other =
		format!("{}search_path%3Dinformation_schema", &good[..good.find("search_path").unwrap()]);
	faulty(&other, "may not make tables");
	// What a later version made.
	drop(open(&settings).unwrap());
	assert!(check(&good).0, "with its tables, too");
	database::texts(folder.path(), "UPDATE tables_version SET version = 1000");
	faulty(&good, "of a later version");
}

#[tokio::test(flavor = "multi_thread")]
async fn both_databases_have_the_same_tables() {
	let Some((_server, folder, settings)) = fresh().await else { return };
	drop(open(&settings).unwrap());
	let other = tempfile::tempdir().unwrap();
	drop(Store::open(&Database::File(other.path().join("gateway.sqlite"))).unwrap());
	// Table, column, type, whether it may be null, and its place in the primary key.
	let sqlite = "SELECT m.name || ' ' || c.name || ' ' || c.type || ' ' || (c.\"notnull\" OR c.pk > 0) || ' ' || c.pk \
		FROM sqlite_master AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY 1";
	let postgres = "SELECT t.relname || ' ' || a.attname || ' ' || CASE a.atttypid::regtype::text WHEN 'bigint' THEN 'INTEGER' WHEN 'bytea' THEN 'BLOB' \
		WHEN 'text' THEN 'TEXT' ELSE '?' END || ' ' || a.attnotnull::int || ' ' || COALESCE((SELECT array_position(i.indkey::int2[], a.attnum) + 1 \
		FROM pg_index AS i WHERE i.indrelid = t.oid AND i.indisprimary), 0) FROM pg_class AS t JOIN pg_attribute AS a ON a.attrelid = t.oid \
		WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'rowid' AND t.relkind = 'r' AND t.relnamespace = current_schema()::text::regnamespace \
		AND t.relname NOT IN ('gateway', 'tables_version')";
	let sorted = |folder: &Path, sql: &str| {
		let mut rows = database::texts(folder, sql);
		rows.sort();
		rows
	};
	let (one, two) = (sorted(other.path(), sqlite), sorted(folder.path(), postgres));
	assert!(one.len() > 100, "{}", one.len());
	assert_eq!(one, two);
	// Indexes by name, with table, whether they are unique, and their columns; those of keys have no name of ours.
	let sqlite = "SELECT m.name || ' ' || l.name || ' ' || l.\"unique\" || ' ' || l.partial || ' ' || \
		(SELECT group_concat(name) FROM (SELECT name FROM pragma_index_info(l.name) ORDER BY seqno)) FROM sqlite_master AS m, pragma_index_list(m.name) AS l \
		WHERE m.type = 'table' AND l.origin = 'c'";
	let postgres = "SELECT t.relname || ' ' || i.relname || ' ' || x.indisunique::int || ' ' || (x.indpred IS NOT NULL)::int || ' ' || \
		(SELECT string_agg(a.attname, ',' ORDER BY k.n) FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS k(c, n) \
		JOIN pg_attribute AS a ON a.attrelid = x.indrelid AND a.attnum = k.c) FROM pg_index AS x \
		JOIN pg_class AS i ON i.oid = x.indexrelid JOIN pg_class AS t ON t.oid = x.indrelid WHERE i.relnamespace = \
		(SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.oid)";
	assert_eq!(sorted(other.path(), sqlite), sorted(folder.path(), postgres));
	// How many of unique columns, of references, and of conditions each table has.
	let sqlite = "SELECT m.name || ' ' || (SELECT count(*) FROM pragma_index_list(m.name) AS l WHERE l.origin = 'u') || ' ' || \
		(SELECT count(*) FROM pragma_foreign_key_list(m.name)) || ' ' || ((length(m.sql) - length(replace(m.sql, 'CHECK (', ''))) / 7) \
		FROM sqlite_master AS m WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'";
	let postgres = "SELECT t.relname || ' ' || (SELECT count(*) FROM pg_constraint AS c WHERE c.conrelid = t.oid AND c.contype = 'u') || ' ' || \
		(SELECT count(*) FROM pg_constraint AS c WHERE c.conrelid = t.oid AND c.contype = 'f') || ' ' || \
		(SELECT count(*) FROM pg_constraint AS c WHERE c.conrelid = t.oid AND c.contype = 'c') FROM pg_class AS t WHERE t.relkind = 'r' AND t.relnamespace = \
		(SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND t.relname NOT IN ('gateway', 'tables_version')";
	assert_eq!(sorted(other.path(), sqlite), sorted(folder.path(), postgres));
	// Text is ordered by its bytes.
	let others = "SELECT a.attname FROM pg_attribute AS a JOIN pg_class AS t ON t.oid = a.attrelid WHERE t.relkind = 'r' \
		AND t.relnamespace = current_schema()::text::regnamespace AND a.atttypid = 'text'::regtype AND a.attcollation <> 'pg_catalog.\"C\"'::regcollation";
	assert_eq!(database::texts(folder.path(), others), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn records_of_a_code_are_gone_on_with_after_one_of_them() {
	let Some((_server, folder, settings)) = fresh().await else { return };
	drop(open(&settings).unwrap());
	// Many of one code.
	let fill = "INSERT INTO record (type, id, version, current, state, judged, received, content, commitment, salt, blob, patient, time_from, time_to) \
		SELECT 'Observation', 'r' || n, 1, 1, 'held', '{}', 0, '', decode(lpad(to_hex(n), 8, '0'), 'hex'), '', 'b' || n, decode(lpad('', 64, '1'), 'hex'), 1000, 2000 FROM generate_series(1, 20000) AS n; \
		INSERT INTO token SELECT number, 'code', 'http://loinc.org', '718-7' FROM record; \
		INSERT INTO token SELECT number, 'code', 'http://loinc.org', 'other' || n FROM record, generate_series(1, 5) AS n; ANALYZE record; ANALYZE token";
	database::texts(folder.path(), fill);
	let values = ["'http://loinc.org'", "'718-7'", "0", "9000000000", "15000", "100"];
	let asked = values
		.iter()
		.zip(1..)
		.fold(CODED.to_owned(), |sql, (value, place)| sql.replace(&format!("?{place}"), value));
	let plan = database::texts(folder.path(), &format!("EXPLAIN {asked}")).join("\n");
	assert!(plan.contains("token_code") && !plan.contains("Sort"), "{plan}");
	assert!(plan.contains("record > "), "{plan}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_retracted_of_one_record_is_found_by_the_record() {
	let Some((_server, folder, settings)) = fresh().await else { return };
	drop(open(&settings).unwrap());
	// Many that were retracted, of which the database was not told how many there are.
	let fill = "INSERT INTO record (type, id, version, current, state, judged, received, content, commitment, salt, blob) \
		SELECT 'Observation', 'r' || n, 1, 1, 'held', '{}', 0, '', decode(lpad(to_hex(n), 8, '0'), 'hex'), '', 'b' || n FROM generate_series(1, 5000) AS n; \
		INSERT INTO own_slot (slot, record, anchored) SELECT number, number, 0 FROM record; \
		INSERT INTO chain_order (slot, leaf, what, standing, since) SELECT slot, -1, 'retracted', 'duplicate', 1 FROM own_slot";
	database::texts(folder.path(), fill);
	let sql = retracted_of().replace("?1", "'Observation'").replace("?2", "'r7'");
	let plan = database::texts(folder.path(), &format!("EXPLAIN {sql}")).join("\n");
	assert!(plan.contains("own_slot_record") && plan.contains("chain_order_pkey"), "{plan}");
	assert!(!plan.contains("chain_order_what"), "{plan}");
	assert_eq!(database::texts(folder.path(), &sql).len(), 1);
}
