//! `Patient/$match`: one certain match for whoever may see that Patient, and for all others what there is for a handle that nobody has.

use crate::common::{
	doctor, linked,
	node::{Grant, Node, ALWAYS},
	world, Got, Person, Running, CLINIC, CUSTODIAN, PATIENT,
};
use salus_exchange_protocol::Hash;
use salus_gateway::matching::{target, HANDLE};
use serde_json::{json, Value};

fn body(handle: Hash, more: Value) -> String {
	let mut patient = json!({
		"resourceType": "Patient", "identifier": [{ "system": HANDLE, "value": handle.to_string() }],
	});
	patient.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
	json!({
		"resourceType": "Parameters",
		"parameter": [{ "name": "resource", "resource": patient }, { "name": "onlyCertainMatches", "valueBoolean": true }],
	})
	.to_string()
}

async fn post(running: &Running, header: &str, body: String) -> Got {
	let request =
		running.faces.client().post(format!("{}/fhir/Patient/$match", running.faces.outside));
	let request = request
		.header("authorization", format!("Salus-Signed {header}"))
		.header("content-type", "application/fhir+json");
	running.faces.send(request.body(body)).await.unwrap()
}

async fn matched(running: &Running, who: &Person, handle: Hash) -> Got {
	let body = body(handle, json!({}));
	let header = who.signed(CUSTODIAN, &target(body.as_bytes()), running.genesis());
	post(running, &header, body).await
}

async fn hospital(node: &Node) -> Running {
	let hospital = linked(node, "").await;
	let patient = json!({ "resourceType": "Patient", "id": "p", "name": [{ "family": "Doe" }], "birthDate": "1970-01-01" });
	assert_eq!(hospital.faces.ingest(&patient).await["state"], "held");
	hospital
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_see_the_patient_gets_one_certain_match() {
	let node = world().await;
	let hospital = hospital(&node).await;
	let got = matched(&hospital, &doctor(), PATIENT).await;
	assert_eq!(got.status, 200, "{got:?}");
	let bundle = got.json();
	assert_eq!((&bundle["resourceType"], bundle.get("total")), (&json!("Bundle"), None));
	let [entry] = bundle["entry"].as_array().unwrap().as_slice() else { panic!("{bundle}") };
	assert_eq!(entry["resource"]["id"], "p");
	assert_eq!(entry["search"]["score"], 1);
	assert_eq!(entry["search"]["extension"][0]["valueCode"], "certain");
	let log = hospital.faces.log().await;
	assert_eq!(
		(&log[0]["outcome"], &log[0]["recordId"]),
		(&json!("released"), &json!("Patient/p"))
	);
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_hidden_and_quarantined_patients_look_alike() {
	let node = world().await;
	let hospital = hospital(&node).await;
	let (hidden, waiting) = (Hash([0x22; 32]), Hash([0x33; 32]));
	node.change(|world| {
		world.patients.extend([hidden, waiting]);
		world.grants.push(Grant {
			patient: waiting,
			organisation: CLINIC,
			classes: vec![],
			data: ALWAYS,
			ended: None,
		});
	});
	hospital.link(hidden, "h").await;
	hospital.link(waiting, "w").await;
	hospital
		.faces
		.ingest(&json!({ "resourceType": "Patient", "id": "h", "birthDate": "1980-01-01" }))
		.await;
	let security = json!({ "security": [{ "system": "urn:nobody-knows", "code": "X" }] });
	let taken = hospital
		.faces
		.ingest(&json!({ "resourceType": "Patient", "id": "w", "meta": security }))
		.await;
	assert_eq!(taken["state"], "quarantined");
	let unknown = matched(&hospital, &doctor(), Hash([0x44; 32])).await;
	assert_eq!(
		(unknown.status, unknown.json()),
		(200, json!({ "resourceType": "Bundle", "type": "searchset" }))
	);
	for handle in [hidden, waiting] {
		assert_eq!(matched(&hospital, &doctor(), handle).await, unknown);
	}
	// From the block that ends the Permit on.
	node.change(|world| world.grants.clear());
	assert_eq!(matched(&hospital, &doctor(), PATIENT).await, unknown);
	let log = hospital.faces.log().await;
	assert_eq!(log.len(), 4);
	assert!(log.iter().all(|entry| entry["outcome"] == "refused"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_looked_for_by_what_describes_a_person_and_what_is_signed_is_what_is_sent() {
	let node = world().await;
	let hospital = hospital(&node).await;
	for more in [
		json!({ "name": [{ "family": "Doe" }], "birthDate": "1970-01-01" }),
		json!({ "identifier": [{ "system": "urn:oid:1.2.3", "value": "p" }] }),
		json!({ "identifier": [{ "value": "p" }] }),
	] {
		let body = body(PATIENT, more);
		let header = doctor().signed(CUSTODIAN, &target(body.as_bytes()), hospital.genesis());
		let got = post(&hospital, &header, body).await;
		assert_eq!((got.status, got.code().as_str()), (400, "search"));
	}
	let (one, other) = (body(PATIENT, json!({})), body(Hash([0x44; 32]), json!({})));
	let header = doctor().signed(CUSTODIAN, &target(one.as_bytes()), hospital.genesis());
	assert_eq!(post(&hospital, &header, other).await.status, 401);
	assert_eq!(post(&hospital, &header, one.clone()).await.status, 200);
	assert_eq!(post(&hospital, &header, one.clone()).await.status, 409, "once");
	assert_eq!(post(&hospital, "", one).await.status, 401);
	let large = " ".repeat(20_000);
	assert_eq!(post(&hospital, &header, large).await.status, 413);
	assert_eq!(hospital.faces.anybody("/fhir/Patient/$match").await.status, 405);
}
