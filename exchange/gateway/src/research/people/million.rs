//! Many made-up patients: who is counted among them, and with a million of them (`SALUS_PEOPLE=1000000`; `scripts/test.sh --long`) how long it
//! takes to find those whom a query fits, and how much memory. What the chain is asked about them is not in it.

use super::{end_of, NotCounted};
use crate::{
	config::Config,
	gateway::Gateway,
	ingest::Taken,
	research::subjects::Subject,
	vault::{Kind, Vault},
};
use rusqlite::{params, Connection};
use salus_counts::{
	query::{Band, Group, Month, Query, Region, Sex},
	values::ValueSet,
};
use salus_exchange_protocol::Hash;
use std::{
	fs,
	os::unix::fs::PermissionsExt,
	path::Path,
	sync::Arc,
	time::{Duration, Instant},
};

/// How many there are, unless `SALUS_PEOPLE` says.
fn people() -> u64 {
	std::env::var("SALUS_PEOPLE").map_or(2_000, |text| text.parse().unwrap())
}

/// Numbers of records begin here; those of the records that are copied are moved above all.
const FIRST: u64 = 100;

fn open(folder: &Path) -> Arc<Gateway> {
	Gateway::open(Config::read_file(&folder.join("gateway.toml")).unwrap()).unwrap()
}

fn configure(folder: &Path) {
	let secret = |name: &str, text: &str| {
		let file = folder.join(name);
		fs::write(&file, text).unwrap();
		fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
		file.display().to_string()
	};
	let vault = secret("vault.key", &format!("0x{}", "09".repeat(32)));
	let token = secret("token", &"t".repeat(40));
	let text = format!(
		"organisation = 3\ndata = \"{}\"\nvault_key = \"{vault}\"\n[outside]\nlisten = \"127.0.0.1:0\"\nurl = \"https://g.example\"\n\
		 [inside]\nlisten = \"127.0.0.1:0\"\ntoken = \"{token}\"\n[chain]\nnode = \"http://127.0.0.1:1\"\ngenesis = \"0x{}\"\nkind = \"solo\"\n",
		folder.display(),
		"11".repeat(32),
	);
	fs::write(folder.join("gateway.toml"), text).unwrap();
}

fn patient(number: u64) -> Hash {
	Hash::of(&number.to_le_bytes())
}

/// One in two is a woman, ages are of all years, and one in four lives in Berlin.
fn subject(number: u64) -> Subject {
	Subject {
		birth: Month::of(1930 + u32::try_from(number % 90).unwrap(), 1),
		sex: Some(if number.is_multiple_of(2) { Sex::Female } else { Sex::Male }),
		region: Region::read(if number.is_multiple_of(4) { "DE-BE" } else { "DE-BY" }),
	}
}

/// Copies the two records for each of the people, each with a subject that is known.
fn fill(folder: &Path) {
	let vault = Vault::new(&[9; 32]);
	let mut connection = Connection::open(folder.join("gateway.sqlite")).unwrap();
	connection.pragma_update(None, "foreign_keys", false).unwrap();
	connection.pragma_update(None, "synchronous", "OFF").unwrap();
	let transaction = connection.transaction().unwrap();
	for (table, column) in [("record", "number"), ("token", "record")] {
		let sql = format!("UPDATE {table} SET {column} = {column} + ?1");
		transaction.execute(&sql, [1_i64 << 40]).unwrap();
	}
	let judged = |name: &str| -> (String, Option<i64>, Option<i64>) {
		transaction
			.query_row(
				"SELECT judged, time_from, time_to FROM record WHERE type = ?1",
				[name],
				|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
			)
			.unwrap()
	};
	let kinds = [judged("Patient"), judged("Observation")];
	{
		let mut record = transaction
			.prepare(
				"INSERT INTO record (number, type, id, version, current, state, patient, judged, time_from, time_to, received, content, commitment, salt, blob)
				 VALUES (?1, ?2, ?3, 1, 1, 'held', ?4, ?5, ?6, ?7, 0, ?8, ?8, x'00', ?9)",
			)
			.unwrap();
		let mut token = transaction
			.prepare("INSERT INTO token VALUES (?1, 'code', 'http://loinc.org', '718-7')")
			.unwrap();
		let mut known =
			transaction.prepare("INSERT INTO research_subject VALUES (?1, ?2)").unwrap();
		for person in 0..people() {
			for (at, (name, kind)) in (0_u64..).zip(["Patient", "Observation"].iter().zip(&kinds)) {
				let number = FIRST + person * 2 + at;
				let row = i64::try_from(number).unwrap();
				let hash = Hash::of(&[number.to_le_bytes(), [7; 8]].concat()).0;
				let (judged, from, to) = kind;
				record
					.execute(params![
						row,
						name,
						format!("x{number}"),
						patient(person).0,
						judged,
						from,
						to,
						hash,
						format!("x{number}")
					])
					.unwrap();
				match at {
					0 => {
						let kept = subject(person).kept();
						let name = number.to_be_bytes();
						let sealed = vault.seal(Kind::Subject, &name, &kept).unwrap();
						known.execute(params![row, sealed]).unwrap();
					},
					_ => drop(token.execute([row]).unwrap()),
				}
			}
		}
	}
	transaction.commit().unwrap();
}

/// The most memory that the process has had, in KiB.
fn peak() -> u64 {
	let status = fs::read_to_string("/proc/self/status").unwrap();
	let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
	line.trim().trim_end_matches(" kB").trim().parse().unwrap()
}

#[test]
fn many_patients_are_looked_through() {
	let folder = tempfile::tempdir().unwrap();
	configure(folder.path());
	let gateway = open(folder.path());
	assert!(gateway.link(&Hash([1; 32]), "p").unwrap());
	let records = [
		r#"{"resourceType":"Patient","id":"p","birthDate":"1980-01-01","gender":"female"}"#,
		r#"{"resourceType":"Observation","id":"o","status":"final","subject":{"reference":"Patient/p"},"effectiveDateTime":"2026-03-01",
		"category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],
		"code":{"coding":[{"system":"http://loinc.org","code":"718-7"}]}}"#,
	];
	for record in records {
		let taken = gateway.ingest(record.as_bytes()).unwrap().taken;
		assert!(matches!(taken, Taken::Held { .. }), "{taken:?}");
	}
	drop(gateway);
	fill(folder.path());
	let gateway = open(folder.path());
	let set = ValueSet::read(
		br#"{"id":"t","version":1,"codes":[{"code":"hb","of":[{"system":"http://loinc.org","code":"718-7"}]}]}"#,
	)
	.unwrap();
	let group = |age: Option<u64>, sex, region: Option<&str>| Group {
		code: "hb".into(),
		from: Month::read("2026-01").unwrap(),
		until: Month::read("2026-12").unwrap(),
		age: age.and_then(Band::from),
		sex,
		region: region.and_then(Region::read),
	};
	for (name, groups) in [
		("all", vec![group(None, None, None)]),
		("women from 45 to 49 in Berlin", vec![group(Some(45), Some(Sex::Female), Some("DE-BE"))]),
	] {
		let wanted = (0..people()).filter(|person| {
			let known = subject(*person);
			groups.iter().any(|group| known.fits(group))
		});
		// The patient that the others were made of.
		let own = u64::from(name == "all");
		let wanted = u64::try_from(wanted.count()).unwrap() + own;
		let query = Query::new(set.reference(), groups).unwrap();
		let (before, begun) = (peak(), Instant::now());
		let until = begun + Duration::from_secs(3_600);
		let found = gateway.found_by(&query, &set, until).unwrap().unwrap();
		let looked_up = begun.elapsed();
		let (mut from, mut fitting) = (0, 0_u64);
		while let Some(to) = end_of(&found, from) {
			let candidates = gateway.fitting(query.groups(), &found[from..to]).unwrap();
			fitting += u64::try_from(candidates.len()).unwrap();
			from = to;
		}
		println!(
			"{name}: {fitting} of {}, found in {looked_up:?}, looked at in {:?}, {} KiB more at the peak, {} KiB in all",
			found.len(),
			begun.elapsed() - looked_up,
			peak() - before,
			peak(),
		);
		assert_eq!(fitting, wanted, "{name}");
		assert!(peak() - before < 512 << 10, "{name}");
		let late = gateway.found_by(&query, &set, Instant::now()).unwrap();
		assert_eq!(late, Err(NotCounted::TooLong));
	}
}
