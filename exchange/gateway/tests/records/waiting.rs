//! What waits in quarantine is found by what it waits for, and a file that cannot be read keeps nothing else from being done.

use crate::common::{linked, result, start, world, Running, CUSTODIAN, PATIENT};
use salus_exchange_protocol::Hash;
use salus_gateway::store::{Anew, Change, State, Tokens};
use serde_json::{json, Value};
use std::{
	fs,
	path::{Path, PathBuf},
};

/// The file of the vault of the current version of a record.
fn file_of(hospital: &Running, name: &str, id: &str) -> PathBuf {
	let blob = hospital.gateway.store.current(name, id).unwrap().unwrap().blob.unwrap();
	let file = Path::new("vault").join(&blob[..2]).join(&blob);
	hospital.folder.path().join(file)
}

/// Why a record waits; `held` if it does not.
fn fault(hospital: &Running, name: &str, id: &str) -> String {
	match hospital.gateway.store.current(name, id).unwrap().unwrap().state {
		State::Held(_) => "held".into(),
		State::Quarantined { fault, .. } => fault,
		State::Erased => "erased".into(),
	}
}

fn result_of(patient: u32, at: u32) -> Value {
	let mut record = result(&format!("r{patient}-{at}"));
	record["subject"]["reference"] = json!(format!("Patient/p{patient}"));
	record
}

fn report(id: &str, of: &str) -> Value {
	json!({
		"resourceType": "DiagnosticReport", "id": id, "status": "final", "subject": { "reference": "Patient/p" }, "effectiveDateTime": "2026-03-01",
		"category": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v2-0074", "code": "LAB" }] }],
		"code": { "coding": [{ "system": "http://loinc.org", "code": "58410-2" }] },
		"result": [{ "reference": format!("Observation/{of}") }],
	})
}

/// Takes these, and tells what became of each.
async fn take(hospital: &Running, records: impl Iterator<Item = Value>) -> Vec<Value> {
	let lines: String = records.map(|record| format!("{record}\n")).collect();
	let got = hospital.faces.post("/ingest", "application/fhir+ndjson", lines).await.unwrap();
	assert_eq!(got.status, 200, "{got:?}");
	got.json()["results"].as_array().unwrap().clone()
}

/// How many transactions it takes to link a patient.
async fn link(hospital: &Running, patient: u32) -> u64 {
	let before = hospital.gateway.store.transactions();
	let handle = Hash([u8::try_from(patient + 1).unwrap(); 32]);
	assert_eq!(hospital.link(handle, &format!("p{patient}")).await.status, 200);
	hospital.gateway.store.transactions() - before
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_looks_at_the_records_of_that_patient_alone() {
	let node = world().await;
	let hospital = start(&node, CUSTODIAN, "").await;
	// The first has many.
	let first = (0..300_u32).map(|at| (0, at));
	let rest = (1..50_u32).flat_map(|patient| (0..3).map(move |at| (patient, at)));
	let all: Vec<(u32, u32)> = first.chain(rest).collect();
	for taken in take(&hospital, all.iter().map(|(patient, at)| result_of(*patient, *at))).await {
		assert_eq!(taken["fault"], "patient-unknown");
	}
	let of = |patient: u32, at: u32| fault(&hospital, "Observation", &format!("r{patient}-{at}"));
	// Whoever reads one of these notices it.
	let others: Vec<&(u32, u32)> = all.iter().filter(|(patient, _)| *patient > 2).collect();
	for (patient, at) in &others {
		let file = file_of(&hospital, "Observation", &format!("r{patient}-{at}"));
		fs::write(file, b"damaged").unwrap();
	}
	let few = link(&hospital, 1).await;
	let many = link(&hospital, 0).await;
	for (patient, at) in &all {
		let expected = if *patient < 2 { "held" } else { "patient-unknown" };
		assert_eq!(of(*patient, *at), expected, "{patient} {at}");
	}
	// The entry of the log, the link, her records, and that they were looked at; of the first they are two pieces. And what a gateway does by itself.
	assert!(few < 30 && many < 30, "{few} {many}");
	// Again, which changes nothing of any record.
	let handle = Hash([2; 32]);
	assert_eq!(hospital.link(handle, "p1").await.status, 200);
	// One of whom a file is damaged is linked all the same, and her other records are held.
	let file = file_of(&hospital, "Observation", "r2-1");
	let kept = fs::read(&file).unwrap();
	fs::remove_file(&file).unwrap();
	link(&hospital, 2).await;
	assert_eq!([0, 1, 2].map(|at| of(2, at)), ["held", "file-damaged", "held"]);
	for (patient, at) in &others {
		assert_eq!(of(*patient, *at), "patient-unknown", "{patient} {at}");
	}
	// It comes back from a copy.
	fs::write(&file, kept).unwrap();
	let number = hospital.gateway.store.current("Observation", "r2-1").unwrap().unwrap().number;
	assert_eq!(hospital.gateway.again(number).unwrap(), Some(true));
	assert_eq!(of(2, 1), "held");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_of_which_the_look_broke_off_is_looked_at_when_the_gateway_starts() {
	let node = world().await;
	let hospital = start(&node, CUSTODIAN, "").await;
	take(&hospital, [result("r0")].into_iter()).await;
	let index = hospital.gateway.vault.index("patient", b"p");
	assert!(hospital.gateway.store.link(&PATIENT, &index, b"sealed", 1).unwrap());
	assert_eq!(fault(&hospital, "Observation", "r0"), "patient-unknown");
	let hospital = hospital.again(|_| {}).await;
	assert_eq!(fault(&hospital, "Observation", "r0"), "held");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waited_before_this_was_kept_is_found_by_a_link_too() {
	let node = world().await;
	let hospital = start(&node, CUSTODIAN, "").await;
	take(&hospital, [result("r0")].into_iter()).await;
	let stands = hospital.gateway.store.stands_now("Observation", "r0").unwrap().unwrap();
	let number = stands.found.number;
	let waits = |hospital: &Running| {
		hospital.gateway.store.tokens_named(number, "waits-for-link").unwrap().len()
	};
	assert_eq!(waits(&hospital), 1);
	// As a version before has left it.
	let tokens = Tokens::Instead(Default::default());
	let judged = Anew { patient: None, state: stands.found.state, tokens };
	let change = Change {
		number,
		mark: stands.mark,
		names: Default::default(),
		namings: Vec::new(),
		around: None,
		judged: Some(judged),
	};
	assert!(hospital.gateway.store.change(&change).unwrap());
	hospital.gateway.store.note_judged_by(&Hash([0; 32])).unwrap();
	assert_eq!(waits(&hospital), 0);
	let hospital = hospital.again(|_| {}).await;
	assert_eq!(waits(&hospital), 1);
	assert_eq!(hospital.link(PATIENT, "p").await.status, 200);
	assert_eq!(fault(&hospital, "Observation", "r0"), "held");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_whose_file_is_damaged_counts_as_not_given_and_keeps_nothing_back() {
	let node = world().await;
	let hospital = linked(&node, "").await;
	take(&hospital, ["damaged", "missing", "whole"].map(result).into_iter()).await;
	let files = ["damaged", "missing"].map(|id| file_of(&hospital, "Observation", id));
	let kept = files.each_ref().map(|file| fs::read(file).unwrap());
	fs::write(&files[0], b"damaged").unwrap();
	fs::remove_file(&files[1]).unwrap();
	let reports = ["damaged", "missing", "whole"].map(|of| report(&format!("of-{of}"), of));
	let taken = take(&hospital, reports.into_iter()).await;
	let told = |at: usize, name: &str| taken[at][name].as_str().unwrap_or_default();
	assert_eq!([told(0, "fault"), told(1, "fault")], ["result-not-given"; 2]);
	assert_eq!(told(2, "state"), "held");
	for id in ["damaged", "missing"] {
		assert_eq!(fault(&hospital, "Observation", id), "file-damaged");
	}
	let got = hospital.faces.house("/quarantine").await.json();
	let told = got["quarantine"].as_array().unwrap().iter();
	let damaged = told.filter(|it| it["fault"] == "file-damaged").count();
	assert_eq!(damaged, 2, "{got}");
	// They come back from a copy.
	for (file, bytes) in files.iter().zip(kept) {
		fs::write(file, bytes).unwrap();
	}
	for (name, id) in [
		("Observation", "damaged"),
		("Observation", "missing"),
		("DiagnosticReport", "of-damaged"),
		("DiagnosticReport", "of-missing"),
	] {
		let number = hospital.gateway.store.current(name, id).unwrap().unwrap().number;
		assert_eq!(hospital.gateway.again(number).unwrap(), Some(true), "{name}/{id}");
	}
}
