//! As many records as a hospital has: how fast they come in, how much memory and disk that takes, how many anchors are made, and how long a
//! receipt for any of them takes. With some records, unless `SALUS_RECORDS` says how many; `scripts/test.sh --long` tries it with a million and the
//! program as it is published:
//!
//! ```text
//! SALUS_RECORDS=1000000 cargo test --release -p salus-gateway --test million -- --nocapture
//! ```

mod common;
#[path = "common/program.rs"]
mod program;

use common::{
	configured, doctor,
	node::{Grant, Node, ALWAYS},
	world, Faces, CLINIC, CUSTODIAN,
};
use program::Program;
use salus_exchange_protocol::{
	json::Part,
	release::{Anchored, ReleaseReceipt},
	sealed::SealedRecord,
	Hash,
};
use salus_gateway::{store::MAX_LEAVES, vault::random};
use serde_json::{json, Value};
use std::{
	fs,
	os::unix::fs::MetadataExt,
	path::Path,
	sync::{
		atomic::{AtomicU64, Ordering},
		Arc,
	},
	time::{Duration, Instant},
};

/// How many records a Bundle has.
const TOGETHER: u64 = 500;
/// How many Bundles are on their way at a time.
const SENDERS: u64 = 4;
/// How many patients there are.
const PATIENTS: u64 = 1_000;
/// How many of them the small chain of this test knows, which permit a clinic.
const KNOWN: u64 = 16;
/// For how many records a receipt is asked for.
const RECEIPTS: u64 = 40;

/// How many records there are, unless `SALUS_RECORDS` says.
fn records() -> u64 {
	std::env::var("SALUS_RECORDS").map_or(2_000, |text| text.parse().unwrap())
}

fn handle(patient: u64) -> Hash {
	Hash::of(&patient.to_le_bytes())
}

/// A laboratory result, as such systems write them; no two are alike.
fn observation(number: u64) -> Value {
	const CODES: [(&str, &str, &str); 5] = [
		("718-7", "Hemoglobin [Mass/volume] in Blood", "g/dL"),
		("2345-7", "Glucose [Mass/volume] in Serum or Plasma", "mg/dL"),
		("2160-0", "Creatinine [Mass/volume] in Serum or Plasma", "mg/dL"),
		("2951-2", "Sodium [Moles/volume] in Serum or Plasma", "mmol/L"),
		("6690-2", "Leukocytes [#/volume] in Blood by Automated count", "10*3/uL"),
	];
	let (code, display, unit) = CODES[(number % 5) as usize];
	let (month, day, hour) = (number % 12 + 1, number / 12 % 28 + 1, number / 336 % 24);
	let time = format!("2026-{month:02}-{day:02}T{hour:02}:15:00+01:00");
	json!({
		"resourceType": "Observation", "id": format!("r{number}"), "status": "final",
		"meta": { "versionId": "1", "lastUpdated": time },
		"identifier": [{ "system": "https://lab.example/results", "value": format!("2026-{number:09}") }],
		"category": [{ "coding": [{
			"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory", "display": "Laboratory",
		}] }],
		"code": { "coding": [{ "system": "http://loinc.org", "code": code, "display": display }], "text": display },
		"subject": { "reference": format!("Patient/p{}", number % PATIENTS) },
		"effectiveDateTime": time, "issued": time,
		"performer": [{ "display": "Central laboratory" }],
		"valueQuantity": { "value": number % 400, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit },
		"referenceRange": [{ "low": { "value": 12, "unit": unit }, "high": { "value": 160, "unit": unit } }],
	})
}

/// The Bundle with that number.
fn bundle(number: u64, records: u64) -> String {
	let first = number * TOGETHER;
	let entries = (first..records.min(first + TOGETHER))
		.map(|each| json!({ "fullUrl": format!("https://lab.example/fhir/Observation/r{each}"), "resource": observation(each) }));
	json!({ "resourceType": "Bundle", "type": "collection", "entry": entries.collect::<Vec<_>>() })
		.to_string()
}

/// The most memory that a process has had, in KiB.
fn peak(process: u32) -> u64 {
	let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
	let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
	line.trim().trim_end_matches(" kB").trim().parse().unwrap()
}

/// The files in a folder, and what they take of the disk, in bytes.
fn on_disk(folder: &Path) -> (u64, u64) {
	let (mut files, mut bytes) = (0, 0);
	for entry in fs::read_dir(folder).unwrap() {
		let entry = entry.unwrap();
		let metadata = entry.metadata().unwrap();
		bytes += metadata.blocks() * 512;
		if metadata.is_dir() {
			let inside = on_disk(&entry.path());
			(files, bytes) = (files + inside.0, bytes + inside.1);
		} else {
			files += 1;
		}
	}
	(files, bytes)
}

/// Sends Bundles until there are no more. The longest that one took.
async fn send(faces: Faces, next: Arc<AtomicU64>, records: u64, begun: Instant) -> Duration {
	let all = records.div_ceil(TOGETHER);
	let mut longest = Duration::ZERO;
	loop {
		let number = next.fetch_add(1, Ordering::Relaxed);
		if number >= all {
			return longest;
		}
		let body = bundle(number, records);
		let sent = Instant::now();
		let got = faces.post("/ingest", "application/fhir+json", body).await.unwrap();
		longest = longest.max(sent.elapsed());
		assert_eq!(got.status, 200, "{got:?}");
		let results = got.json()["results"].as_array().unwrap().clone();
		assert_eq!(results.len() as u64, TOGETHER.min(records - number * TOGETHER));
		let is_held = |it: &Value| it["state"] == "held" && it["version"] == 1;
		assert!(results.iter().all(is_held), "{:?}", results.iter().find(|it| !is_held(it)));
		if number > 0 && number.is_multiple_of((all / 10).max(1)) {
			println!("{} records after {:.0?}", number * TOGETHER, begun.elapsed());
		}
	}
}

/// A receipt for a record, checked against what the chain has. How long it took.
async fn receipt(faces: &Faces, node: &Node, number: u64) -> Duration {
	let target = format!("Observation/r{number}");
	let request = doctor().request(CUSTODIAN, &target);
	let header = salus_gateway::fetch::signed_header(&request, &node.genesis(), &doctor().key);
	let asked = Instant::now();
	let got = faces.get(&format!("/records/{target}"), &header).await.unwrap();
	let took = asked.elapsed();
	assert_eq!(got.status, 200, "{got:?}");
	let whole = Part::read(&got.body, 1 << 20).unwrap();
	let receipt = ReleaseReceipt::from_part(whole.get("receipt").unwrap()).unwrap();
	let sealed = SealedRecord::read(&common::decoded(&got.json()["sealed"])).unwrap();
	receipt.answers(&request).unwrap();
	let (_, root, leaves) = node.world().anchors[receipt.anchor.seq as usize];
	receipt.proves(&sealed, &Anchored::Batch { root, leaves }).unwrap();
	let record: Value = serde_json::from_slice(&sealed.record).unwrap();
	assert_eq!(record, observation(number));
	took
}

/// Receipts for records that are drawn. The middle one and the longest of the times.
async fn receipts(faces: &Faces, node: &Node, records: u64) -> (Duration, Duration) {
	let mut times = Vec::new();
	for _ in 0..RECEIPTS {
		let drawn = u64::from_le_bytes(random::<8>().unwrap()) % records;
		// Of a patient whom the chain of this test knows; first the last of all records.
		let number = if times.is_empty() { records - 1 } else { drawn };
		let number = number - number % PATIENTS + number % KNOWN;
		times.push(receipt(faces, node, number.min(records - 1)).await);
	}
	times.sort_unstable();
	(times[times.len() / 2], times[times.len() - 1])
}

#[tokio::test(flavor = "multi_thread")]
async fn many_records_come_in_and_each_has_its_receipt() {
	let records = records();
	assert_eq!(records % PATIENTS, 0, "SALUS_RECORDS must be whole thousands");
	let node = world().await;
	let folder = configured(&node, CUSTODIAN, "[limits]\nrate = 100000\n");
	let mut program = Program::start(folder.path());
	let faces = program.faces.clone();
	for patient in 0..PATIENTS {
		let link =
			json!({ "handle": handle(patient).to_string(), "patient": format!("p{patient}") });
		let got = faces.post("/links", "application/json", link.to_string()).await.unwrap();
		assert_eq!(got.status, 200);
	}
	let empty = peak(program.id());

	// The chain is not needed for it.
	node.stands(true);
	let (begun, next) = (Instant::now(), Arc::new(AtomicU64::new(0)));
	let senders: Vec<_> = (0..SENDERS)
		.map(|_| tokio::spawn(send(faces.clone(), next.clone(), records, begun)))
		.collect();
	let mut longest = Duration::ZERO;
	for sender in senders {
		longest = longest.max(sender.await.unwrap());
	}
	let took = begun.elapsed();
	println!(
		"{records} records in {took:.1?}: {:.0} a second; the longest answer to a Bundle of {TOGETHER} took {longest:.2?}",
		records as f64 / took.as_secs_f64(),
	);
	println!(
		"memory at the peak: {} KiB, {empty} KiB of it before the first record",
		peak(program.id())
	);
	let (files, bytes) = on_disk(&folder.path().join("vault"));
	let (_, all) = on_disk(folder.path());
	println!("{files} files of {} KiB, and a database of {} KiB", bytes >> 10, (all - bytes) >> 10);
	assert_eq!(files, records);

	// Whoever got no answer sends again.
	let again = faces.post("/ingest", "application/fhir+json", bundle(0, records)).await.unwrap();
	let results = again.json()["results"].as_array().unwrap().clone();
	assert!(results.len() as u64 == TOGETHER && results.iter().all(|it| it["state"] == "same"));

	let begun = Instant::now();
	let closed = faces.post("/outbox", "application/json", "").await.unwrap().json();
	let batches = closed["open"].as_array().unwrap().clone();
	println!("{} batches closed in {:.1?}", batches.len(), begun.elapsed());
	assert_eq!(batches.len() as u64, records.div_ceil(MAX_LEAVES.into()));
	let leaves: u64 = batches.iter().map(|batch| batch["leaves"].as_u64().unwrap()).sum();
	assert_eq!(leaves, records, "each is in one of them");
	node.change(|world| {
		world.patients.extend((0..KNOWN).map(handle));
		world.grants.extend((0..KNOWN).map(|patient| Grant {
			patient: handle(patient),
			organisation: CLINIC,
			classes: vec![],
			data: ALWAYS,
			ended: None,
		}));
	});
	node.stands(false);
	for batch in &batches {
		let root = batch["root"].as_str().unwrap().parse().unwrap();
		node.anchor(CUSTODIAN, root, batch["leaves"].as_u64().unwrap());
	}
	node.block();
	assert_eq!(faces.house("/outbox").await.json()["open"], json!([]), "the chain has them");

	let (middle, longest) = receipts(&faces, &node, records).await;
	println!("{RECEIPTS} receipts: {middle:.0?} in the middle, {longest:.0?} at most");
	println!("memory at the peak: {} KiB", peak(program.id()));
	program.kill();
	let begun = Instant::now();
	let mut program = Program::start(folder.path());
	println!("it listens again after {:.1?}, with {} KiB", begun.elapsed(), peak(program.id()));
	let (_, after) = receipts(&program.faces.clone(), &node, records).await;
	println!(
		"{RECEIPTS} receipts after that: {after:.0?} at most; memory {} KiB",
		peak(program.id())
	);
	let (files, _) = on_disk(&folder.path().join("vault"));
	assert_eq!(files, records, "killed at once, nothing is lost");
	program.kill();
	// With fewer it says nothing of a full batch.
	if records >= MAX_LEAVES.into() {
		let most = longest.max(after);
		assert!(most < Duration::from_secs(1), "a receipt took {most:?}");
	}
}
