//! Records of which the file in the vault cannot be read, and records that change while their answer waits for room.

use crate::common::{
	configured, doctor,
	download::{begin, with_results},
	linked,
	node::{Grant, Node, ALWAYS},
	result, world, Running, CLINIC, CUSTODIAN, PATIENT,
};
use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
use salus_exchange_policy::{Labels, SensitivityLabel};
use salus_exchange_protocol::fhir;
use salus_gateway::{
	config::Config,
	gateway::Gateway,
	ingest::RETRACTED,
	openings::{Credential, Sent},
	quotas::Party,
	release::{Read, Refusal},
	room::Room,
	store::{Found, State},
	summary,
};
use serde_json::{json, Value};
use std::{
	fs,
	path::PathBuf,
	sync::Arc,
	time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::time::{sleep, timeout};

fn current(gateway: &Gateway, name: &str, id: &str) -> Found {
	gateway.store.current(name, id).unwrap().unwrap()
}

/// The file of the vault in which the current version of a record is.
fn file_of(running: &Running, name: &str, id: &str) -> PathBuf {
	let blob = current(&running.gateway, name, id).blob.unwrap();
	let file = running.folder.path().join("vault").join(&blob[..2]).join(&blob);
	assert!(file.exists());
	file
}

/// Damages the file of a record. Whoever gets what was in it can put it back.
pub fn damage(running: &Running, name: &str, id: &str) -> (PathBuf, Vec<u8>) {
	let file = file_of(running, name, id);
	let whole = fs::read(&file).unwrap();
	let mut damaged = whole.clone();
	damaged[30] ^= 1;
	fs::write(&file, damaged).unwrap();
	(file, whole)
}

fn fault(gateway: &Gateway, name: &str, id: &str) -> Option<String> {
	match current(gateway, name, id).state {
		State::Quarantined { fault, .. } => Some(fault),
		_ => None,
	}
}

fn labels(gateway: &Gateway, name: &str, id: &str) -> Option<Labels> {
	current(gateway, name, id).state.held().map(|judged| judged.labels.clone())
}

/// What the house is told of a record in quarantine.
async fn told(running: &Running, reference: &str) -> Value {
	let all = running.faces.house("/quarantine").await.json();
	let mut all = all["quarantine"].as_array().unwrap().iter();
	all.find(|each| each["reference"] == reference).cloned().unwrap_or_default()
}

fn ids(page: &Value) -> Vec<&str> {
	let entries = page["entry"].as_array().map_or(&[][..], Vec::as_slice);
	entries.iter().map(|entry| entry["resource"]["id"].as_str().unwrap()).collect()
}

/// The query of the next page.
fn next(page: &Value) -> Option<String> {
	let links = page["link"].as_array().unwrap();
	let next = links.iter().find(|link| link["relation"] == "next")?;
	Some(next["url"].as_str().unwrap().split_once('?').unwrap().1.into())
}

async fn released(running: &Running) -> Vec<String> {
	let log = running.faces.log().await;
	let released = log.iter().filter(|entry| entry["outcome"] == "released");
	released.map(|entry| entry["recordId"].as_str().unwrap().into()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_file_in_a_page_keeps_neither_the_others_nor_the_next_page_back() {
	let node = world().await;
	let running = with_results(&node, 6, 10).await;
	let (file, whole) = damage(&running, "Observation", "r1");
	fs::remove_file(file_of(&running, "Observation", "r4")).unwrap();
	let page = |query: String| {
		let running = &running;
		async move {
			let got = running.search(&doctor(), "Observation", &query).await;
			assert_eq!(got.status, 200, "{}", got.code());
			got.json()
		}
	};
	let first = page(format!("patient={PATIENT}&_count=3")).await;
	assert_eq!(ids(&first), ["r0", "r2"]);
	let second = page(next(&first).unwrap()).await;
	assert_eq!((ids(&second), next(&second)), (vec!["r3", "r5"], None));
	let whole_patient = page(format!("patient={PATIENT}")).await;
	assert_eq!(ids(&whole_patient), ["r0", "r2", "r3", "r5"]);
	// What has not left is not said to have.
	let logged = released(&running).await;
	assert_eq!(logged.len(), 8, "{logged:?}");
	assert!(!logged.iter().any(|of| of.ends_with("r1") || of.ends_with("r4")), "{logged:?}");
	// The house is told, and whoever asks is not.
	let unknown = running.read(&doctor(), "Observation/unknown").await;
	assert_eq!(unknown.status, 404);
	for id in ["r1", "r4"] {
		let reference = format!("Observation/{id}");
		assert_eq!(told(&running, &reference).await["fault"], "file-damaged", "{id}");
		assert_eq!(running.read(&doctor(), &reference).await, unknown, "{id}");
	}
	// From a copy.
	let again = format!("/quarantine/{}/again", told(&running, "Observation/r1").await["number"]);
	fs::write(file, whole).unwrap();
	let got = running.faces.post(&again, "application/json", "").await.unwrap();
	assert_eq!((got.status, got.json()), (200, json!({ "held": true })));
	assert_eq!(running.read(&doctor(), "Observation/r1").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_record_alone_is_one_that_is_not_there_to_whoever_asks() {
	let node = world().await;
	let running = with_results(&node, 2, 10).await;
	damage(&running, "Observation", "r0");
	let unknown = running.read(&doctor(), "Observation/unknown").await;
	node.change(|world| world.grants.clear());
	assert_eq!(running.read(&doctor(), "Observation/r0").await, unknown);
	assert_eq!(fault(&running.gateway, "Observation", "r0"), None, "nothing was even opened");
	node.change(|world| {
		world.grants.push(Grant {
			patient: PATIENT,
			organisation: CLINIC,
			classes: vec![],
			data: ALWAYS,
			ended: None,
		})
	});
	for _ in 0..2 {
		assert_eq!(running.read(&doctor(), "Observation/r0").await, unknown);
		let fault = fault(&running.gateway, "Observation", "r0");
		assert_eq!(fault.as_deref(), Some("file-damaged"));
	}
	let path = "/records/Observation/r0";
	let doctor_asks = doctor();
	let receipt =
		running.faces.ask(&doctor_asks, CUSTODIAN, path, "Observation/r0", running.genesis());
	assert_eq!(receipt.await, unknown);
	assert_eq!(released(&running).await, [""; 0]);
	assert_eq!(running.read(&doctor(), "Observation/r1").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_and_a_summary_have_what_is_not_damaged() {
	let node = world().await;
	let running = with_results(&node, 4, 10).await;
	let query = format!("patient={PATIENT}");
	damage(&running, "Observation", "r0");
	let download = begin(&running, &doctor(), &query).await;
	assert_eq!(download.status().as_u16(), 200);
	let text = download.text().await.unwrap();
	let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
	let found: Vec<&str> = lines.iter().map(|line| line["id"].as_str().unwrap()).collect();
	assert_eq!(found, ["r1", "r2", "r3"]);
	damage(&running, "Observation", "r2");
	let path = format!("/fhir/Patient/$summary?{query}");
	let target = summary::target(&query);
	let got = running.faces.ask(&doctor(), CUSTODIAN, &path, &target, running.genesis()).await;
	assert_eq!(got.status, 200, "{}", got.code());
	let document = got.json();
	let found: Vec<&Value> = document["entry"].as_array().unwrap().iter().collect();
	let found = found.iter().skip(1).map(|entry| entry["resource"]["id"].as_str().unwrap());
	assert_eq!(found.collect::<Vec<_>>(), ["r1", "r3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vault_that_is_not_there_says_nothing_of_any_record() {
	let node = world().await;
	let running = with_results(&node, 3, 10).await;
	let folder = running.folder.path();
	let (vault, away) = (folder.join("vault"), folder.join("away"));
	fs::rename(&vault, &away).unwrap();
	for id in ["r0", "r2"] {
		assert_eq!(running.read(&doctor(), &format!("Observation/{id}")).await.status, 500, "{id}");
	}
	fs::rename(&away, &vault).unwrap();
	for id in ["r0", "r1", "r2"] {
		assert_eq!(fault(&running.gateway, "Observation", id), None, "{id}");
		assert_eq!(running.read(&doctor(), &format!("Observation/{id}")).await.status, 200, "{id}");
	}
}

/// A discharge summary of the patient `p`, with Binaries attached.
fn letter(id: &str, binaries: &[&str]) -> Value {
	let content = binaries.iter().map(
		|id| json!({ "attachment": { "contentType": "application/pdf", "url": format!("Binary/{id}") } }),
	);
	json!({
		"resourceType": "DocumentReference", "id": id, "status": "current", "date": "2026-03-01T10:00:00Z",
		"subject": { "reference": "Patient/p" }, "content": content.collect::<Vec<_>>(),
		"type": { "coding": [{ "system": "http://loinc.org", "code": "18842-5" }] },
	})
}

fn hiv() -> Value {
	json!({ "security": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "HIV" }] })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_binary_keeps_no_document_from_being_taken_and_no_other_binary_from_its_labels() {
	let node = world().await;
	let running = linked(&node, "").await;
	let both = ["b1", "b2"];
	for id in both {
		let binary = json!({ "resourceType": "Binary", "id": id, "contentType": "application/pdf", "data": "JVBERi0=" });
		running.faces.ingest(&binary).await;
	}
	assert_eq!(running.faces.ingest(&letter("d", &both)).await["state"], "held");
	for id in both {
		assert_eq!(labels(&running.gateway, "Binary", id), Some(Labels::new()), "{id}");
	}
	let (file, whole) = damage(&running, "Binary", "b1");
	let mut labelled = letter("e", &both);
	labelled["meta"] = hiv();
	assert_eq!(running.faces.ingest(&labelled).await["state"], "held");
	let with_hiv: Labels = [SensitivityLabel::Hiv].into();
	assert_eq!(labels(&running.gateway, "Binary", "b2").as_ref(), Some(&with_hiv));
	let found = fault(&running.gateway, "Binary", "b1");
	assert_eq!(found.as_deref(), Some("file-damaged"));
	// While it waits, it keeps nothing back either.
	assert_eq!(running.faces.ingest(&letter("f", &both)).await["state"], "held");
	fs::write(file, whole).unwrap();
	let number = current(&running.gateway, "Binary", "b1").number;
	assert_eq!(running.gateway.again(number).unwrap(), Some(true));
	assert_eq!(labels(&running.gateway, "Binary", "b1"), Some(with_hiv));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_damaged_record_of_a_patient_keeps_only_what_names_somebody_by_a_number() {
	let node = world().await;
	let running = linked(&node, "").await;
	let number = |system: &str, value: &str| json!({ "system": system, "value": value });
	let patient =
		json!({ "resourceType": "Patient", "id": "p", "identifier": [number("urn:mrn", "77")] });
	assert_eq!(running.faces.ingest(&patient).await["state"], "held");
	let by = |id: &str, number: Value| {
		let mut named = result(id);
		named["performer"] = json!([{ "identifier": number }]);
		named
	};
	let doctors = |id: &str| by(id, number("urn:staff", "1"));
	assert_eq!(running.faces.ingest(&doctors("before")).await["state"], "held");
	let (file, whole) = damage(&running, "Patient", "p");
	// Whose numbers these are cannot be told.
	for (id, of) in [("staff", number("urn:staff", "1")), ("other", number("urn:mrn", "78"))] {
		let taken = running.faces.ingest(&by(id, of)).await;
		assert_eq!(
			(&taken["state"], &taken["fault"]),
			(&json!("quarantined"), &json!("names-another")),
			"{id}"
		);
	}
	assert_eq!(told(&running, "Patient/p").await["fault"], "file-damaged");
	assert_eq!(running.faces.ingest(&result("plain")).await["state"], "held");
	assert_eq!(fault(&running.gateway, "Observation", "before"), None);
	// It can again.
	fs::write(file, whole).unwrap();
	for (id, is_held) in [("staff", true), ("other", false)] {
		let number = current(&running.gateway, "Observation", id).number;
		assert_eq!(running.gateway.again(number).unwrap(), Some(is_held), "{id}");
	}
	// What comes in the place of a damaged one tells its numbers itself.
	damage(&running, "Patient", "p");
	let mut newer = patient.clone();
	newer["link"] =
		json!([{ "type": "seealso", "other": { "identifier": number("urn:mrn", "77") } }]);
	assert_eq!(running.faces.ingest(&newer).await["state"], "held");
}

/// A gateway that has room for one large answer to a party, and in which an answer waits for it as long as a test takes.
fn with_little_room(node: &Node) -> (Arc<Gateway>, TempDir) {
	let folder = configured(node, CUSTODIAN, "");
	let config = Config::read_file(&folder.path().join("gateway.toml")).unwrap();
	let mut gateway = Gateway::open(config).unwrap();
	let own = Arc::get_mut(&mut gateway).expect("nobody else has it yet");
	own.room = Room::new(64 << 20, 4 << 20, Duration::from_secs(120));
	assert!(gateway.link(&PATIENT, "p").unwrap());
	(gateway, folder)
}

/// Takes a large result in a Bundle, of which that is said.
fn take(gateway: &Gateway, id: &str, value: f64, said: Option<Value>) {
	let mut large = result(id);
	large["valueQuantity"]["value"] = json!(value);
	large["note"] = json!([{ "text": "x".repeat(700 << 10) }]);
	let mut bundle =
		json!({ "resourceType": "Bundle", "type": "collection", "entry": [{ "resource": large }] });
	if let Some(said) = said {
		bundle["meta"] = said;
	}
	let bundle = fhir::read(bundle.to_string().as_bytes()).unwrap();
	gateway.ingest_bundle(&bundle).unwrap();
	assert!(current(gateway, "Observation", id).state.held().is_some());
}

async fn read(gateway: &Arc<Gateway>, id: &str) -> Result<Read, Refusal> {
	let header = doctor().signed(CUSTODIAN, &format!("Observation/{id}"), gateway.node.genesis());
	let by = Credential::Signed(URL_SAFE_NO_PAD.decode(header).unwrap());
	gateway.read(Sent { by, openings: Vec::new() }, "Observation", id, None).await
}

/// Until an answer waits for room: it has all that is left then, so that there is none for a small one.
async fn is_waited(gateway: &Gateway, party: Party) {
	let begun = Instant::now();
	while timeout(Duration::from_millis(200), gateway.room.take(party, 100_000)).await.is_ok() {
		assert!(begun.elapsed().as_secs() < 60, "nobody waits for room");
		sleep(Duration::from_millis(20)).await;
	}
}

/// What becomes of a record while its answer waits.
type Change = fn(&Gateway, &str);

#[tokio::test(flavor = "multi_thread")]
async fn what_becomes_of_a_record_while_its_answer_waits_for_room_counts() {
	let node = world().await;
	let (gateway, folder) = with_little_room(&node);
	let party = Party::Organisation(CLINIC);
	let cases: [(&str, Change, Option<u64>); 7] = [
		("the-same", |_, _| {}, Some(1)),
		(
			"retracted",
			|gateway, id| {
				let (fault, path, detail) = (RETRACTED.into(), String::new(), String::new());
				let state = State::Quarantined { fault, path, detail };
				let number = current(gateway, "Observation", id).number;
				gateway.store.judge_held(number, &state).unwrap();
			},
			None,
		),
		("labelled", |gateway, id| take(gateway, id, 7.0, Some(hiv())), None),
		("erased", |gateway, id| assert!(gateway.erase("Observation", id).unwrap()), None),
		("newer", |gateway, id| take(gateway, id, 8.0, None), Some(2)),
		("newer-and-labelled", |gateway, id| take(gateway, id, 8.0, Some(hiv())), None),
		(
			"damaged",
			|gateway, id| {
				gateway.blobs.remove(&current(gateway, "Observation", id).blob.unwrap()).unwrap()
			},
			None,
		),
	];
	for (id, change, version) in cases {
		take(&gateway, id, 7.0, None);
		let taken = gateway.room.take(party, 3 << 19).await.unwrap();
		let (of, own) = (Arc::clone(&gateway), id.to_owned());
		let reading = tokio::spawn(async move { read(&of, &own).await });
		is_waited(&gateway, party).await;
		change(&gateway, id);
		drop(taken);
		match (reading.await.unwrap(), version) {
			(Ok(read), Some(version)) => assert_eq!(read.version, version, "{id}"),
			(Err(Refusal::NotFound(_)), None) => {},
			(read, _) => panic!("{id}: {read:?}"),
		}
	}
	drop(folder);
}
