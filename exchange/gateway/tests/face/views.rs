//! Two views of what there is: the summary of a patient, and the access log as AuditEvents.

use crate::common::{
	doctor, linked,
	node::{Grant, Node, ALWAYS},
	result, world, Got, Person, Running, CLINIC, CUSTODIAN, OTHER, PATIENT,
};
use salus_exchange_protocol::Hash;
use salus_gateway::summary;
use serde_json::{json, Value};

async fn summarised(running: &Running, who: &Person, query: &str) -> Got {
	let path = format!("/fhir/Patient/$summary?{query}");
	running.faces.ask(who, CUSTODIAN, &path, &summary::target(query), running.genesis()).await
}

/// A patient with a name, a problem, a result, and a problem that the clinic may not see.
async fn with_history(node: &Node) -> Running {
	let running = linked(node, "").await;
	let subject = json!({ "reference": "Patient/p" });
	for resource in [
		json!({ "resourceType": "Patient", "id": "p", "name": [{ "family": "Doe" }] }),
		json!({ "resourceType": "Condition", "id": "asthma", "subject": subject, "code": { "coding": [{ "system": "http://snomed.info/sct", "code": "195967001" }] } }),
		json!({ "resourceType": "Condition", "id": "hidden", "subject": subject, "code": { "text": "Secretname" },
			"meta": { "security": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "PSY" }] } }),
		result("r0"),
	] {
		let taken = running.faces.ingest(&resource).await;
		assert_eq!(taken["state"], "held", "{taken}");
	}
	running
}

fn section<'a>(document: &'a Value, code: &str) -> &'a Value {
	let sections = document["entry"][0]["resource"]["section"].as_array().unwrap();
	sections.iter().find(|section| section["code"]["coding"][0]["code"] == code).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_summary_has_what_may_be_seen_and_each_entry_is_logged() {
	let node = world().await;
	let running = with_history(&node).await;
	let query = format!("patient={PATIENT}");
	let got = summarised(&running, &doctor(), &query).await;
	assert_eq!(got.status, 200, "{got:?}");
	assert!(!String::from_utf8(got.body.clone()).unwrap().contains("Secretname"));
	let document = got.json();
	assert_eq!(
		(&document["type"], &document["entry"][0]["resource"]["type"]["coding"][0]["code"]),
		(&json!("document"), &json!("60591-5"))
	);
	assert_eq!(
		document["entry"].as_array().unwrap().len(),
		4,
		"the Composition, the patient, a problem and a result"
	);
	let base = "https://gateway.example/fhir";
	assert_eq!(
		document["entry"][0]["resource"]["subject"]["reference"],
		format!("{base}/Patient/p")
	);
	assert_eq!(
		section(&document, "11450-4")["entry"],
		json!([{ "reference": format!("{base}/Condition/asthma") }])
	);
	assert_eq!(
		section(&document, "30954-2")["entry"],
		json!([{ "reference": format!("{base}/Observation/r0") }])
	);
	let empty = section(&document, "48765-2");
	assert_eq!(
		(empty.get("entry"), &empty["emptyReason"]["coding"][0]["code"]),
		(None, &json!("unavailable"))
	);
	let urls: Vec<&Value> =
		document["entry"].as_array().unwrap().iter().map(|entry| &entry["fullUrl"]).collect();
	for section in document["entry"][0]["resource"]["section"].as_array().unwrap() {
		for entry in section["entry"].as_array().unwrap_or(&vec![]) {
			assert!(urls.contains(&&entry["reference"]), "{entry}");
		}
	}
	let log = running.faces.log().await;
	let released: Vec<&str> = log
		.iter()
		.filter(|entry| entry["outcome"] == "released")
		.map(|entry| entry["recordId"].as_str().unwrap())
		.collect();
	assert_eq!(released, ["Patient/p", "Condition/asthma", "Observation/r0"]);

	// Laboratory alone: no name, and the problems look like those of somebody who has none.
	node.change(|world| {
		world.grants = vec![Grant {
			patient: PATIENT,
			organisation: CLINIC,
			classes: vec![3],
			data: ALWAYS,
			ended: None,
		}]
	});
	let document = summarised(&running, &doctor(), &query).await.json();
	assert_eq!(document["entry"].as_array().unwrap().len(), 2);
	assert_eq!(
		document["entry"][0]["resource"]["subject"]["identifier"]["value"],
		PATIENT.to_string()
	);
	assert_eq!(section(&document, "11450-4")["emptyReason"], empty["emptyReason"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_summary_of_somebody_unknown_is_that_of_somebody_of_whom_all_is_hidden() {
	let node = world().await;
	let running = with_history(&node).await;
	node.change(|world| world.grants.clear());
	let alike = |handle: Hash| {
		let running = &running;
		async move {
			let got = summarised(running, &doctor(), &format!("patient={handle}")).await;
			let mut document = got.json();
			for pointer in [
				"/identifier/value",
				"/timestamp",
				"/entry/0/fullUrl",
				"/entry/0/resource/date",
				"/entry/0/resource/subject/identifier/value",
			] {
				*document.pointer_mut(pointer).unwrap() = Value::Null;
			}
			(got.status, document)
		}
	};
	assert_eq!(alike(PATIENT).await, alike(OTHER).await);
	for query in [
		"",
		"patient=0x00",
		"patient=p",
		&format!("patient={PATIENT}&_include=x"),
		&format!("patient={PATIENT}&persist=true"),
	] {
		let got = summarised(&running, &doctor(), query).await;
		assert_eq!((got.status, got.code().as_str()), (400, "search"), "{query}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_sees_who_asked_about_her_and_nobody_else_does() {
	let node = world().await;
	let (patient, other) = (Person::new(78, None), Person::new(79, None));
	node.change(|world| {
		world.patients.insert(OTHER);
		world.keys.insert((PATIENT, patient.account()));
		world.keys.insert((OTHER, other.account()));
	});
	let running = with_history(&node).await;
	let query = format!("patient={PATIENT}");
	assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 200);
	assert_eq!(running.read(&doctor(), "Condition/hidden").await.status, 404);
	assert_eq!(running.read(&doctor(), "Observation/unknown").await.status, 404);
	let own = running.search(&patient, "AuditEvent", &query).await;
	assert_eq!(own.status, 200, "{own:?}");
	let page = own.json();
	let events: Vec<&Value> =
		page["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]).collect();
	let told: Vec<(&str, &str, &str)> = events
		.iter()
		.map(|event| {
			let entity = event["entity"].as_array().unwrap();
			assert_eq!(entity[0]["what"]["identifier"]["value"], PATIENT.to_string());
			(
				event["outcome"].as_str().unwrap(),
				entity[1]["what"]["identifier"]["value"].as_str().unwrap(),
				event["agent"][1]["who"]["identifier"]["value"].as_str().unwrap(),
			)
		})
		.collect();
	assert_eq!(
		told,
		[("4", "Condition/hidden", "4"), ("0", "Observation/r0", "4")],
		"the newest first"
	);
	assert_eq!(events[1]["meta"]["profile"][0], "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PrivacyDisclosure.Source");
	assert_eq!(events[0].get("meta"), None, "a refusal has no pattern");
	assert!(events[1]["outcomeDesc"].as_str().unwrap().contains("best block"));
	// That she looked is an entry of its own, which the next look shows.
	let page = running.search(&patient, "AuditEvent", &format!("{query}&_count=1")).await.json();
	assert_eq!(page["entry"].as_array().unwrap().len(), 1);
	assert!(page["entry"][0]["resource"]["entity"][1]["what"]["identifier"]["value"]
		.as_str()
		.unwrap()
		.starts_with("AuditEvent?"));
	let next = page["link"][1]["url"].as_str().unwrap().split_once('?').unwrap().1.to_owned();
	let page = running.search(&patient, "AuditEvent", &next).await.json();
	assert_eq!(
		page["entry"][0]["resource"]["entity"][1]["what"]["identifier"]["value"],
		"Condition/hidden"
	);
	// To others there is nothing, as of somebody who is unknown.
	for who in [&other, &doctor()] {
		let nothing = running.search(who, "AuditEvent", &query).await;
		assert_eq!((nothing.status, nothing.json().get("entry")), (200, None));
		assert_eq!(
			running.search(who, "AuditEvent", &next).await.code(),
			"search",
			"a cursor of hers"
		);
	}
	assert_eq!(
		running.search(&patient, "AuditEvent", &format!("{query}&date=2026")).await.code(),
		"search"
	);
	assert_eq!(running.read(&patient, "AuditEvent/0").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_house_sees_all_of_the_log_as_audit_events_which_name_no_patient() {
	let node = world().await;
	let running = with_history(&node).await;
	running.read(&doctor(), "Observation/r0").await;
	running.read(&Person::new(200, Some(9)), "Observation/r0").await;
	running.gateway.summarise().await.unwrap();
	let got = running.faces.house("/audit-events?from=0").await;
	let text = String::from_utf8(got.body).unwrap();
	let events: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
	let log = running.faces.log().await;
	assert_eq!(events.len(), log.len());
	for (at, (event, entry)) in events.iter().zip(&log).enumerate() {
		assert_eq!(
			(&event["resourceType"], &event["id"]),
			(&json!("AuditEvent"), &json!(at.to_string()))
		);
		assert!(
			event.to_string().contains(entry["hash"].as_str().unwrap()),
			"the entry is named by its hash"
		);
		assert!(!event.to_string().contains(&PATIENT.to_string()));
	}
	let summary = events.last().unwrap();
	assert_eq!(
		(&summary["type"]["code"], &summary["entity"][1]["detail"][0]["type"]),
		(&json!("110113"), &json!("organisation"))
	);
	assert_eq!(running.faces.house("/audit-events?from=x").await.code(), "from");
}
