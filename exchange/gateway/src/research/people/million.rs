//! Many made-up patients: who is counted among them, before noise, and with a million of them (`SALUS_PEOPLE=1000000`; `scripts/test.sh --long`) how
//! long that takes and how much memory. They are looked through here first, and then counted with all that the chain is asked about them: a node in a
//! process of its own proves it out of tries with all of them ([`node`]).

mod measure;
mod node;
mod population;

use super::{
	ranges::{end_of, Found, Row, Search, LOOKED_AT},
	NotCounted, TOGETHER,
};
use crate::{
	chain::research::Basis,
	config::Config,
	gateway::Gateway,
	ingest::Taken,
	vault::{Kind, Vault},
};
use measure::{peak, processor_time, Memory};
use node::{Node, Starting};
use population::{is_counted, patient, people, said, subject, ORGANISATION};
use rusqlite::{params, Connection};
use salus_counts::{
	epoch::Ground,
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

/// Numbers of records begin here; those of the records that are copied are moved above all.
const FIRST: u64 = 100;
/// How much more memory there may be at the peak, in KiB.
const MOST_MEMORY: u64 = 512 << 10;
/// How long a count may take here. In use it is `research.longest`.
const LONG: Duration = Duration::from_secs(4 * 3_600);

fn open(folder: &Path) -> Arc<Gateway> {
	Gateway::open(Config::read_file(&folder.join("gateway.toml")).unwrap()).unwrap()
}

fn set() -> ValueSet {
	let text = r#"{"id":"t","version":1,"codes":[{"code":"hb","of":[{"system":"http://loinc.org","code":"718-7"}]}]}"#;
	ValueSet::read(text.as_bytes()).unwrap()
}

/// The configuration of a gateway with that node, and more about counts.
fn configure(folder: &Path, node: &str, more: &str) {
	let secret = |name: &str, text: &str| {
		let file = folder.join(name);
		fs::write(&file, text).unwrap();
		fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
		file.display().to_string()
	};
	let vault = secret("vault.key", &format!("0x{}", "09".repeat(32)));
	let token = secret("token", &"t".repeat(40));
	let steward = secret("chain.key", &format!("0x{}", "77".repeat(32)));
	let key = secret("counts.key", &format!("0x{}", "09".repeat(48)));
	let mailbox = secret("mailbox.token", &"m".repeat(40));
	let values = secret("values.json", &set().canonical());
	let text = format!(
		"organisation = {ORGANISATION}\ndata = \"{}\"\nvault_key = \"{vault}\"\n[outside]\nlisten = \"127.0.0.1:0\"\nurl = \"https://g.example\"\n\
		 [inside]\nlisten = \"127.0.0.1:0\"\ntoken = \"{token}\"\n\
		 [chain]\nnode = \"{node}\"\ngenesis = \"0x{}\"\nkind = \"solo\"\ntimeout = 60\nkey = \"{steward}\"\n\
		 [research]\nkey = \"{key}\"\nkid = \"counts-1\"\n{more}[[research.mailbox]]\nurl = \"http://127.0.0.1:1\"\ntoken = \"{mailbox}\"\n\
		 [[research.dataset]]\nid = 7\nvalues = [\"{values}\"]\nepsilon = 500000\n",
		folder.display(),
		"11".repeat(32),
	);
	fs::write(folder.join("gateway.toml"), text).unwrap();
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

/// A gateway's folder in which all of the people have their records.
fn filled(folder: &Path) {
	configure(folder, "http://127.0.0.1:1", "");
	let gateway = open(folder);
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
	fill(folder);
}

/// A query, and whom it fits.
struct Trial {
	name: &'static str,
	query: Query,
	/// Whether it fits that one of the people: not by the rules of queries, which are tried.
	fits: fn(u64) -> bool,
	/// Whether it tells what somebody is like. The patient whose records were copied is of no region, and fits only what does not.
	tells_of_person: bool,
}

impl Trial {
	fn new(name: &'static str, told: Option<(u64, Sex, &str)>, fits: fn(u64) -> bool) -> Self {
		Self::of_months(name, &["2026-01"], told, fits)
	}

	/// With a group for each of these months, from which on it has data until the end of the year.
	fn of_months(
		name: &'static str,
		months: &[&str],
		told: Option<(u64, Sex, &str)>,
		fits: fn(u64) -> bool,
	) -> Self {
		let group = |from: &&str| Group {
			code: "hb".into(),
			from: Month::read(from).unwrap(),
			until: Month::read("2026-12").unwrap(),
			age: told.and_then(|(age, ..)| Band::from(age)),
			sex: told.map(|(_, sex, _)| sex),
			region: told.and_then(|(.., region)| Region::read(region)),
		};
		let groups = months.iter().map(group).collect();
		let query = Query::new(set().reference(), groups).unwrap();
		Self { name, query, fits, tells_of_person: told.is_some() }
	}

	/// Whoever has a laboratory result: that is everybody.
	fn all() -> Self {
		Self::new("all", None, |_| true)
	}

	/// Some of them, of whom age, sex and region are told. At the end of 2026 somebody who was born in 1930 is 96.
	fn some() -> Self {
		let told = Some((45, Sex::Female, "DE-BE"));
		let fits = |number: u64| number.is_multiple_of(4) && (45..50).contains(&(96 - number % 90));
		Self::new("women from 45 to 49 in Berlin", told, fits)
	}

	/// Everybody, and each by two groups.
	fn twice() -> Self {
		Self::of_months("all, by two groups", &["2026-01", "2026-02"], None, |_| true)
	}

	fn search(&self, until: Instant) -> Search {
		Search::of_query(&self.query, &set(), until)
	}

	/// How many the chain is asked about.
	fn asked(&self) -> u64 {
		let own = u64::from(!self.tells_of_person);
		size((0..people()).filter(|number| (self.fits)(*number)).count()) + own
	}

	/// How many are to be counted. The chain does not know the patient whose records were copied.
	fn counted(&self, basis: Basis) -> u64 {
		let is_in = |number: &u64| {
			(self.fits)(*number) && is_counted(said(*number), basis, self.tells_of_person)
		};
		size((0..people()).filter(is_in).count())
	}
}

fn size(count: usize) -> u64 {
	u64::try_from(count).unwrap()
}

/// How long it takes to find whom a query may fit, and to look at them, without the chain.
fn looked_through(gateway: &Gateway, trial: &Trial, memory: &Memory) -> (Duration, Duration) {
	memory.again();
	let begun = Instant::now();
	let found = gateway.range_of(&trial.search(begun + LONG), None).unwrap().unwrap();
	let finding = begun.elapsed();
	assert!(found.is_last, "{}", trial.name);
	let found = found.rows;
	let (mut from, mut fitting) = (0, 0);
	while let Some(to) = end_of(&found, from) {
		fitting += size(gateway.fitting(trial.query.groups(), &found[from..to]).unwrap().len());
		from = to;
	}
	let looking = begun.elapsed() - finding;
	println!(
		"{}: {} people, {fitting} fit; found in {finding:.1?}, looked at in {looking:.1?}; {} KiB more at the peak, {} KiB in all",
		trial.name,
		found.len(),
		memory.more(),
		peak("self"),
	);
	assert_eq!(size(found.len()), people() + 1, "{}", trial.name);
	assert_eq!(fitting, trial.asked(), "{}", trial.name);
	assert!(memory.more() < MOST_MEMORY, "{}", trial.name);
	let late = gateway.range_of(&trial.search(Instant::now()), None).unwrap();
	assert_eq!(late, Err(NotCounted::TooLong));
	(finding, looking)
}

/// Counts, as it is done for a job: from the query to the number before noise. `local` is what was measured without the chain.
async fn counted(
	(gateway, node): (&Arc<Gateway>, &Node),
	(trial, basis): (&Trial, Basis),
	local: (Duration, Duration),
	memory: &Memory,
) {
	// What it was asked for before is not counted.
	node.told().await;
	memory.again();
	let (here, there) = (processor_time("self"), node.processor_time());
	let begun = Instant::now();
	let asked_for = (&trial.query, &set());
	let count = gateway.count_people(node.present(), basis, asked_for, begun + LONG).await;
	let took = begun.elapsed();
	let (more, here, there) =
		(memory.more(), processor_time("self") - here, node.processor_time() - there);
	let (told, asked, (finding, looking)) = (node.told().await, trial.asked(), local);
	let count = count.unwrap().unwrap();
	println!(
		"{}, {basis:?}: {count} of {} people counted, {asked} asked about at the chain; {} proofs of {} KiB in all, the largest answer {} KiB; \
		 {took:.1?}, of it {:.1?} for the chain beside {finding:.1?} of finding and {looking:.1?} of looking; \
		 time of processors {here:.1?} here and {there:.1?} in the node; {more} KiB more at the peak, {} KiB in all, and {} KiB in the node",
		trial.name,
		people(),
		told.proofs,
		told.bytes >> 10,
		told.largest >> 10,
		took.saturating_sub(finding + looking),
		peak("self"),
		node.peak(),
	);
	assert_eq!(count, trial.counted(basis), "{} {basis:?}", trial.name);
	assert_eq!(told.people, 2 * asked, "each is asked about once, in each of both blocks");
	// In each part of those who were found the last proof may be of a few.
	let parts = (people() + 1).div_ceil(size(LOOKED_AT));
	let proofs = asked.div_ceil(size(TOGETHER))..=asked / size(TOGETHER) + parts;
	assert!(
		proofs.contains(&(told.proofs / 2)) && told.proofs.is_multiple_of(2),
		"{told:?} {proofs:?}"
	);
	assert!(more < MOST_MEMORY, "{} {basis:?}: {more} KiB more", trial.name);
}

/// With room for a fourth of the records: they come in ranges, some of which end between two records of one person, and the same people are
/// counted and are in an epoch, each once.
async fn in_ranges(gateway: &Arc<Gateway>, node: &Node, memory: &Memory) {
	let trial = Trial::twice();
	let most = usize::try_from(people() / 2).unwrap();
	let search = || trial.search(Instant::now() + LONG).with_most(most);
	let all = gateway.range_of(&trial.search(Instant::now() + LONG), None).unwrap().unwrap();
	assert_eq!((size(all.rows.len()), all.is_last), (2 * (people() + 1), true));
	let (mut found, mut ranges): (Vec<Row>, u64) = (Vec::new(), 0);
	let mut is_cut = false;
	loop {
		let range = gateway.range_of(&search(), found.last().copied()).unwrap().unwrap();
		assert!(range.rows.len() <= most, "{} of {most}", range.rows.len());
		// Whoever is last of a range may be first of the next one.
		let two = found.last().zip(range.rows.first());
		is_cut |= two.is_some_and(|((last, ..), (first, ..))| last == first);
		ranges += 1;
		let Found { rows, is_last } = range;
		found.extend(rows);
		if is_last {
			break;
		}
	}
	assert!(ranges > 3 && is_cut, "{ranges}");
	assert!(found == all.rows, "the same records in the same order");
	drop((found, all));
	memory.again();
	for basis in [Basis::Consent, Basis::OptOut] {
		let now = (node.present(), basis);
		node.told().await;
		let begun = Instant::now();
		let mut who = gateway.people_found(now, search()).await.unwrap().unwrap();
		let (took, told) = (begun.elapsed(), node.told().await);
		println!(
			"in {ranges} ranges, {basis:?}: {} people found in {took:.1?}, {} KiB more at the peak",
			who.len(),
			memory.more()
		);
		// Whose records are in two ranges is asked about for each of them.
		let asked = 2 * trial.asked()..=2 * (trial.asked() + ranges);
		assert!(asked.contains(&told.people), "{told:?} {asked:?}");
		who.sort_unstable();
		let is_in = |number: &u64| is_counted(said(*number), basis, false);
		let mut expected: Vec<[u8; 32]> =
			(0..people()).filter(is_in).map(|number| patient(number).0).collect();
		expected.sort_unstable();
		let found: Vec<[u8; 32]> = who.iter().map(|each| each.patient).collect();
		assert!(found == expected, "{basis:?}: {} of {}", found.len(), expected.len());
		let by_directive = who.iter().filter(|each| each.by == Ground::Directive(90));
		let named = if basis == Basis::Consent { who.len() } else { 0 };
		assert_eq!(by_directive.count(), named, "{basis:?}");
		// With very many people once is enough.
		if people() > 100_000 {
			break;
		}
		let count = gateway.count_found(now, search()).await.unwrap().unwrap();
		assert_eq!(count, trial.counted(basis), "{basis:?}");
	}
	assert!(memory.more() < MOST_MEMORY, "{} KiB more", memory.more());
}

/// With a time that is too short for what the chain is asked, but not for what is done before: the count ends, nobody is asked about after it,
/// and the next one is as good as any other.
async fn given_up(folder: &Path, node: &Node, finding: Duration) {
	const SLOW: Duration = Duration::from_secs(2);
	let longest = finding.as_secs() * 2 + 2;
	configure(folder, &node.url, &format!("longest = {longest}\n"));
	let gateway = open(folder);
	let left = gateway.counting.as_ref().unwrap().left_for(1);
	assert_eq!(left, Duration::from_secs(longest), "it is what the configuration says");
	let (all, some, set) = (Trial::all(), Trial::some(), set());
	node.slow(SLOW).await;
	node.told().await;
	let begun = Instant::now();
	let asked_for = (&all.query, &set);
	let ended = gateway.count_people(node.present(), Basis::Consent, asked_for, begun + left).await;
	let took = begun.elapsed();
	assert_eq!(ended.unwrap(), Err(NotCounted::TooLong));
	// It waits for the proofs that are on their way, and for no more.
	assert!(took < left + SLOW + Duration::from_secs(30), "{took:?} of {left:?}");
	while Arc::strong_count(&gateway) > 1 {
		assert!(begun.elapsed() < took + Duration::from_secs(60), "something still counts");
		tokio::time::sleep(Duration::from_millis(10)).await;
	}
	tokio::time::sleep(SLOW).await;
	let told = node.told().await;
	println!(
		"{longest} s: ended after {took:.1?}, {} of {} asked about",
		told.people,
		2 * all.asked()
	);
	assert!((1..2 * all.asked()).contains(&told.people), "it was on its way: {told:?}");
	tokio::time::sleep(SLOW).await;
	assert_eq!(node.told().await.proofs, 0, "nothing is asked for after it");
	node.slow(Duration::ZERO).await;
	let (until, asked_for) = (Instant::now() + LONG, (&some.query, &set));
	let count = gateway.count_people(node.present(), Basis::Consent, asked_for, until).await;
	assert_eq!(count.unwrap(), Ok(some.counted(Basis::Consent)));
}

#[tokio::test(flavor = "multi_thread")]
async fn many_patients_are_counted_with_what_the_chain_says() {
	// Started by the lines below.
	if node::is_this_process() {
		return node::be().await;
	}
	let folder = tempfile::tempdir().unwrap();
	let (_, here) = module_path!().split_once("::").unwrap();
	let this_test = format!("{here}::many_patients_are_counted_with_what_the_chain_says");
	let starting = Starting::begin(folder.path(), &this_test);
	filled(folder.path());
	let node = starting.ready().await;
	configure(folder.path(), &node.url, "");
	let gateway = open(folder.path());
	let memory = Memory::begin();
	let (all, some) = (Trial::all(), Trial::some());
	let local = looked_through(&gateway, &all, &memory);
	for basis in [Basis::Consent, Basis::OptOut] {
		counted((&gateway, &node), (&all, basis), local, &memory).await;
	}
	let of_some = looked_through(&gateway, &some, &memory);
	counted((&gateway, &node), (&some, Basis::Consent), of_some, &memory).await;
	in_ranges(&gateway, &node, &memory).await;
	drop(gateway);
	given_up(folder.path(), &node, local.0).await;
}
