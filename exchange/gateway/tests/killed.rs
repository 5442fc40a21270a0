//! The program is killed at random moments while records come in, batches are closed and records leave. Nothing is lost, nothing is
//! there twice, and nothing has left without its entry in the log.

mod common;
#[path = "common/program.rs"]
mod program;

use common::{
	configured, database::texts, doctor, node::Node, result, world, Faces, CUSTODIAN, PATIENT,
	TOKEN,
};
use program::Program;
use salus_exchange_protocol::Hash;
use salus_gateway::{config::Config, store::Store, vault::random};
use serde_json::{json, Value};
use std::{
	collections::{BTreeMap, BTreeSet},
	sync::{Arc, Mutex},
	time::Duration,
};

/// How often it is killed, unless `SALUS_KILLS` says.
const KILLS: u32 = 20;

/// What whoever sends and asks knows.
#[derive(Default)]
struct Known {
	/// Ids that were sent, and whether an answer came.
	sent: BTreeMap<u32, bool>,
	/// Requests to which a record came, with the record.
	received: Vec<(String, String)>,
	/// Ids of records that are to be erased, and how far that is.
	erasing: BTreeMap<u32, Erasing>,
}

/// How far an erasure is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Erasing {
	/// The record was sent.
	Sent,
	/// It was asked for, perhaps more than once.
	Asked,
	/// It was told.
	Told,
}

fn below(most: u64) -> u64 {
	u64::from_le_bytes(random::<8>().unwrap()) % most
}

impl Known {
	/// How many answers there were, of each kind.
	fn answers(&self) -> [usize; 2] {
		[self.sent.values().filter(|answered| **answered).count(), self.received.len()]
	}
}

/// Waits until some records were taken and one has left since `before`, and then for a moment: however slow the machine is, something
/// has happened.
async fn some_time(known: &Mutex<Known>, before: [usize; 2]) {
	let some = 1 + below(8) as usize;
	loop {
		let [taken, left] = known.lock().unwrap().answers();
		if taken >= before[0] + some && left > before[1] {
			break;
		}
		tokio::time::sleep(Duration::from_millis(1)).await;
	}
	tokio::time::sleep(Duration::from_micros(below(30_000))).await;
}

/// Sends records, those without an answer first, until nobody answers.
async fn send(faces: Faces, known: Arc<Mutex<Known>>) {
	loop {
		let number = {
			let mut known = known.lock().unwrap();
			let unanswered =
				known.sent.iter().find(|(_, answered)| !**answered).map(|(number, _)| *number);
			let number = unanswered.unwrap_or(known.sent.len() as u32);
			known.sent.insert(number, false);
			number
		};
		let body = result(&format!("r{number}")).to_string();
		let Ok(got) = faces.post("/ingest", "application/fhir+json", body).await else { return };
		let state = got.json()["results"][0].clone();
		assert!(
			got.status == 200 && ["held", "same"].contains(&state["state"].as_str().unwrap()),
			"{state}"
		);
		assert_eq!(state["version"], 1);
		known.lock().unwrap().sent.insert(number, true);
	}
}

/// Asks for records until nobody answers.
async fn ask(faces: Faces, known: Arc<Mutex<Known>>, genesis: Hash) {
	loop {
		let answered: Vec<u32> = known
			.lock()
			.unwrap()
			.sent
			.iter()
			.filter(|(_, answered)| **answered)
			.map(|(number, _)| *number)
			.collect();
		if answered.is_empty() {
			tokio::time::sleep(Duration::from_millis(2)).await;
			continue;
		}
		let target = format!("Observation/r{}", answered[below(answered.len() as u64) as usize]);
		let request = doctor().request(CUSTODIAN, &target);
		let id = request.id.to_string();
		let header = salus_gateway::fetch::signed_header(&request, &genesis, &doctor().key);
		let Ok(got) = faces.get(&format!("/fhir/{target}"), &header).await else { return };
		// A machine that has no time for the node lets its blocks grow old.
		if got.status == 503 {
			continue;
		}
		assert_eq!(got.status, 200, "what was answered is there: {got:?}");
		known.lock().unwrap().received.push((id, target));
	}
}

/// Sends records and has them erased, one after another, until nobody answers.
async fn erase(faces: Faces, known: Arc<Mutex<Known>>) {
	loop {
		let (number, step) = {
			let mut known = known.lock().unwrap();
			let open = known.erasing.iter().find(|(_, step)| **step != Erasing::Told);
			let next = (known.erasing.len() as u32, Erasing::Sent);
			let (number, step) = open.map_or(next, |(number, step)| (*number, *step));
			known.erasing.insert(number, step);
			(number, step)
		};
		if !erase_one(&faces, &known, number, step).await {
			return;
		}
		tokio::time::sleep(Duration::from_millis(below(20))).await;
	}
}

/// False if nobody answers.
async fn erase_one(faces: &Faces, known: &Mutex<Known>, number: u32, step: Erasing) -> bool {
	let id = format!("e{number}");
	if step == Erasing::Sent {
		let body = result(&id).to_string();
		let got = faces.post("/ingest", "application/fhir+json", body).await;
		let Ok(got) = got else { return false };
		let state = got.json()["results"][0]["state"].as_str().unwrap().to_owned();
		assert!(["held", "same"].contains(&state.as_str()), "{state}");
		known.lock().unwrap().erasing.insert(number, Erasing::Asked);
	}
	let url = format!("{}/records/Observation/{id}", faces.inside);
	let Ok(got) = faces.send(faces.client().delete(url).bearer_auth(TOKEN)).await else {
		return false;
	};
	assert_eq!(got.status, 200, "{got:?}");
	known.lock().unwrap().erasing.insert(number, Erasing::Told);
	true
}

/// Closes batches, and hands in what is open, at times twice, until nobody answers.
async fn batch(faces: Faces, node: Node) {
	loop {
		tokio::time::sleep(Duration::from_millis(below(60))).await;
		let Ok(got) = faces.post("/outbox", "application/json", "").await else { return };
		let open = got.json()["open"].as_array().unwrap().clone();
		for batch in open.iter().filter(|_| below(2) == 0) {
			hand_in(&node, batch);
		}
	}
}

fn hand_in(node: &Node, batch: &Value) {
	node.anchor(
		CUSTODIAN,
		batch["root"].as_str().unwrap().parse().unwrap(),
		batch["leaves"].as_u64().unwrap(),
	);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_is_killed_at_random_moments_loses_and_doubles_nothing() {
	let kills = std::env::var("SALUS_KILLS").map_or(KILLS, |text| text.parse().unwrap());
	let node = world().await;
	let folder = configured(&node, CUSTODIAN, "");
	let known = Arc::new(Mutex::new(Known::default()));
	for _ in 0..kills {
		let mut program = Program::start(folder.path());
		let faces = program.faces.clone();
		let linked = json!({ "handle": PATIENT.to_string(), "patient": "p" }).to_string();
		assert_eq!(faces.post("/links", "application/json", linked).await.unwrap().status, 200);
		let before = known.lock().unwrap().answers();
		let work = [
			tokio::spawn(send(faces.clone(), known.clone())),
			tokio::spawn(send_batches_of_lines(faces.clone(), known.clone())),
			tokio::spawn(ask(faces.clone(), known.clone(), node.genesis())),
			tokio::spawn(erase(faces.clone(), known.clone())),
			tokio::spawn(batch(faces, node.clone())),
		];
		some_time(&known, before).await;
		program.kill();
		for each in work {
			each.await.unwrap();
		}
	}

	let mut program = Program::start(folder.path());
	let faces = program.faces.clone();
	let unanswered: Vec<u32> = known
		.lock()
		.unwrap()
		.sent
		.iter()
		.filter(|(_, answered)| !**answered)
		.map(|(number, _)| *number)
		.collect();
	for number in unanswered {
		assert_eq!(faces.ingest(&result(&format!("r{number}"))).await["version"], 1);
	}
	let open: Vec<(u32, Erasing)> =
		known.lock().unwrap().erasing.iter().map(|(number, step)| (*number, *step)).collect();
	for (number, step) in open.into_iter().filter(|(_, step)| *step != Erasing::Told) {
		assert!(erase_one(&faces, &known, number, step).await);
	}
	faces.post("/outbox", "application/json", "").await.unwrap();
	for batch in faces.house("/outbox").await.json()["open"].as_array().unwrap() {
		hand_in(&node, batch);
	}
	let outbox = faces.house("/outbox").await.json();
	let nothing = json!({ "waiting": 0, "open": [], "handedIn": [] });
	assert_eq!(outbox, nothing, "the outbox empties itself");
	program.kill();

	let known = known.lock().unwrap();
	let (sent, received) = (known.sent.len(), known.received.len());
	let erased = known.erasing.len();
	println!("killed {kills} times; {sent} records sent, {received} received, {erased} erased");
	let config = Config::read_file(&folder.path().join("gateway.toml")).unwrap();
	let store = Store::open_for(&config.data, config.database.as_ref(), None).unwrap();
	let entries = store.verify_log().unwrap().length();
	let mut released = BTreeMap::new();
	for first in (0..entries).step_by(500) {
		for line in store.log(first, 500).unwrap() {
			let entry: Value = serde_json::from_str(&line).unwrap();
			if entry["outcome"] == "released" {
				let id = entry["requestId"].as_str().unwrap().to_owned();
				assert!(
					released.insert(id, entry["recordId"].as_str().unwrap().to_owned()).is_none(),
					"one entry for each request"
				);
			}
		}
	}
	for (request, record) in &known.received {
		assert_eq!(released.get(request), Some(record), "what has left has its entry");
	}
	drop(store);
	let ids = |sql: &str| texts(folder.path(), sql);
	let kept = ids("SELECT id FROM record WHERE state <> 'erased'");
	assert_eq!(
		ids("SELECT id FROM record WHERE state = 'erased'").len(),
		erased,
		"none comes back"
	);
	assert!(ids("SELECT blob FROM leaving").is_empty());
	let expected: BTreeSet<String> = known.sent.keys().map(|number| format!("r{number}")).collect();
	assert_eq!(kept.len(), expected.len(), "none twice");
	assert_eq!(kept.into_iter().collect::<BTreeSet<_>>(), expected, "none lost");
	let leaves = ids("SELECT CAST(sum(leaves) AS TEXT) FROM batch WHERE slot IS NOT NULL");
	assert_eq!(leaves, [(expected.len() + erased).to_string()], "each anchored, and once");
	assert!(ids("SELECT id FROM record WHERE batch IS NULL").is_empty());
	let files: usize = std::fs::read_dir(folder.path().join("vault"))
		.unwrap()
		.map(|folder| folder.unwrap().path())
		.filter(|folder| folder.file_name().unwrap() != "unfinished")
		.map(|folder| std::fs::read_dir(folder).unwrap().count())
		.sum();
	assert_eq!(files, expected.len(), "each has its file, and what was erased has none");
}

/// Sends the same records as [`send`] beside it, many in one body, which are flushed together: who sends twice at once doubles nothing.
async fn send_batches_of_lines(faces: Faces, known: Arc<Mutex<Known>>) {
	loop {
		tokio::time::sleep(Duration::from_millis(below(40))).await;
		let last = known.lock().unwrap().sent.len() as u32;
		// At times few, so that they are flushed one by one.
		let before = if below(3) == 0 { 3 } else { 20 };
		let numbers: Vec<u32> = (last.saturating_sub(before)..last + before).collect();
		numbers.iter().for_each(|number| {
			known.lock().unwrap().sent.entry(*number).or_insert(false);
		});
		let lines: String =
			numbers.iter().map(|number| format!("{}\n", result(&format!("r{number}")))).collect();
		let Ok(got) = faces.post("/ingest", "application/fhir+ndjson", lines).await else { return };
		assert_eq!(got.json()["results"].as_array().unwrap().len(), numbers.len());
		numbers.iter().for_each(|number| {
			known.lock().unwrap().sent.insert(*number, true);
		});
	}
}
