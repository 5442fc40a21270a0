//! Whom a record names besides its patient: it is released as hers only if it is about her, and names no other patient.

use crate::common::{doctor, linked, result, world, world_of_two, OTHER};
use salus_exchange_protocol::Hash;
use salus_gateway::store::{Anew, Change, Names, State, Tokens};
use serde_json::{json, Value};

fn of(who: &str) -> Value {
	json!({ "reference": who })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_names_no_patient_but_its_own_and_is_about_no_other() {
	let node = world_of_two().await;
	let hospital = linked(&node, "").await;
	hospital.link(OTHER, "q").await;
	let number = |value: &str| json!({ "system": "urn:mrn", "value": value });
	let own = json!({ "resourceType": "Patient", "id": "p", "identifier": [number("77")] });
	assert_eq!(hospital.faces.ingest(&own).await["state"], "held");
	let logical = |of_type: Option<&str>, value: &str| {
		let mut reference = json!({ "identifier": number(value) });
		if let Some(of_type) = of_type {
			reference["type"] = json!(of_type);
		}
		reference
	};
	let device = json!({ "resourceType": "Device", "id": "in" });
	let doctor_within = json!({ "resourceType": "Practitioner", "id": "in" });
	let product = json!({ "resourceType": "BiologicallyDerivedProduct", "id": "in", "collection": { "source": of("Patient/q") } });
	let by_another = json!({ "resourceType": "Media", "id": "in", "subject": of("Patient/p"), "operator": of("Patient/q") });
	for (at, (element, value, within, fault)) in [
		// Whom it is about: a mother's, a newborn's, a donor's record each is their own.
		("focus", json!([of("Patient/q")]), Value::Null, "about-another"),
		("focus", json!([of("RelatedPerson/r")]), Value::Null, "about-another"),
		// What does not say of which type it is may be a document, too.
		("focus", json!([of("urn:uuid:1")]), Value::Null, "document-not-given"),
		("focus", json!([{ "display": "fetus" }]), Value::Null, "about-another"),
		("focus", json!([of("#in")]), doctor_within.clone(), "about-another"),
		("focus", json!([of("#none")]), Value::Null, "document-not-given"),
		("focus", json!([of("Patient/p")]), Value::Null, ""),
		("focus", json!([of("Device/d")]), Value::Null, ""),
		("focus", json!([of("#in")]), device, ""),
		// Who has something to do with it.
		("performer", json!([of("Patient/q")]), Value::Null, "names-another"),
		("performer", json!([of("Patient/q/_history/1")]), Value::Null, "names-another"),
		("performer", json!([of("patient/q")]), Value::Null, "names-another"),
		("performer", json!([of("Patient%2Fq")]), Value::Null, "names-another"),
		("performer", json!([of("q")]), Value::Null, "names-another"),
		(
			"performer",
			json!([of("https://elsewhere.example/fhir/Patient/p")]),
			Value::Null,
			"names-another",
		),
		(
			"performer",
			json!([of("https://gateway.example/fhir/Patient/q")]),
			Value::Null,
			"names-another",
		),
		("performer", json!([logical(Some("Patient"), "78")]), Value::Null, "names-another"),
		("performer", json!([logical(None, "78")]), Value::Null, "names-another"),
		("performer", json!([of("Patient/p")]), Value::Null, ""),
		("performer", json!([of("Patient/p/_history/1")]), Value::Null, ""),
		("performer", json!([of("https://gateway.example/fhir/Patient/p")]), Value::Null, ""),
		("performer", json!([logical(Some("Patient"), "77")]), Value::Null, ""),
		(
			"performer",
			json!([{ "identifier": { "system": "urn:npi", "value": "78" } }]),
			Value::Null,
			"",
		),
		(
			"performer",
			json!([of("Practitioner/d"), of("RelatedPerson/r"), of("urn:uuid:1")]),
			Value::Null,
			"",
		),
		("performer", json!([of("#in")]), doctor_within, ""),
		// However the type is spelled, and whatever else is said.
		(
			"performer",
			json!([{ "reference": "urn:uuid:1", "type": "http://hl7.org/fhir/StructureDefinition/Patient" }]),
			Value::Null,
			"names-another",
		),
		(
			"performer",
			json!([logical(Some("http://hl7.org/fhir/StructureDefinition/Patient"), "78")]),
			Value::Null,
			"names-another",
		),
		("performer", json!([logical(Some("patient"), "78")]), Value::Null, "names-another"),
		("focus", json!([logical(Some("practitioner"), "78")]), Value::Null, "about-another"),
		(
			"performer",
			json!([{ "reference": "#baby", "type": "Patient" }]),
			Value::Null,
			"names-another",
		),
		(
			"performer",
			json!([{ "reference": "Practitioner/1", "type": "Patient" }]),
			Value::Null,
			"names-another",
		),
		(
			"performer",
			json!([{ "reference": "Patient/p", "identifier": number("78") }]),
			Value::Null,
			"names-another",
		),
		(
			"performer",
			json!([{ "reference": "urn:uuid:1", "identifier": number("78") }]),
			Value::Null,
			"names-another",
		),
		(
			"performer",
			json!([{ "type": "Patient", "identifier": [number("78")] }]),
			Value::Null,
			"names-another",
		),
		(
			"performer",
			json!([{ "type": "Patient", "display": "B. Roe" }]),
			Value::Null,
			"names-another",
		),
		(
			"performer",
			json!([{ "reference": "Patient/p", "identifier": number("77") }]),
			Value::Null,
			"",
		),
		(
			"performer",
			json!([{ "type": "Patient", "identifier": [number("77")] }]),
			Value::Null,
			"",
		),
		// In a data type, in an extension, where R4 has no such element, and within what it contains.
		(
			"note",
			json!([{ "authorReference": of("Patient/q"), "text": "x" }]),
			Value::Null,
			"names-another",
		),
		(
			"extension",
			json!([{ "url": "urn:x", "valueReference": of("Patient/q") }]),
			Value::Null,
			"names-another",
		),
		("encounter", of("Patient/q"), Value::Null, "names-another"),
		("note", json!([{ "text": "x" }]), product, "names-another"),
		("note", json!([{ "text": "x" }]), by_another, "names-another"),
	]
	.into_iter()
	.enumerate()
	{
		let id = format!("r{at}");
		let mut record = result(&id);
		record[element] = value;
		if within != Value::Null {
			record["contained"] = json!([within]);
		}
		let got = hospital.faces.ingest(&record).await;
		assert_eq!(got["fault"].as_str().unwrap_or_default(), fault, "{record}: {got}");
		let status = hospital.read(&doctor(), &format!("Observation/{id}")).await.status;
		assert_eq!(status, if fault.is_empty() { 200 } else { 404 }, "{record}");
	}
	let waiting = hospital.faces.house("/quarantine").await.json()["quarantine"].clone();
	assert_eq!(waiting[0]["path"], "Observation.focus", "{waiting}");
	// A version that names nobody else goes on.
	assert_eq!(hospital.faces.ingest(&result("r0")).await["state"], "held");
	assert_eq!(hospital.read(&doctor(), "Observation/r0").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_record_of_the_same_patient_is_named_unless_it_is_anothers() {
	let node = world_of_two().await;
	let hospital = linked(&node, "").await;
	hospital.link(OTHER, "q").await;
	for (other, fault) in [("Patient/old", ""), ("Patient/q", "names-another")] {
		let link = json!([{ "other": of(other), "type": "replaces" }]);
		let own = json!({ "resourceType": "Patient", "id": "p", "link": link });
		let got = hospital.faces.ingest(&own).await;
		assert_eq!(got["fault"].as_str().unwrap_or_default(), fault, "{other}: {got}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn one_who_is_said_to_be_the_same_patient_is_anothers_once_linked() {
	let node = world_of_two().await;
	let hospital = linked(&node, "").await;
	for (other, fault) in [
		// Another server's patient may be anybody.
		("https://elsewhere.example/fhir/Patient/old", "names-another"),
		("Patient/old", ""),
		("https://gateway.example/fhir/Patient/old/_history/2", ""),
	] {
		let link = json!([{ "other": of(other), "type": "replaces" }]);
		let own = json!({ "resourceType": "Patient", "id": "p", "link": link });
		let got = hospital.faces.ingest(&own).await;
		assert_eq!(got["fault"].as_str().unwrap_or_default(), fault, "{other}: {got}");
	}
	assert_eq!(hospital.read(&doctor(), "Patient/p").await.status, 200);
	assert_eq!(hospital.link(OTHER, "old").await.status, 200);
	assert_eq!(hospital.read(&doctor(), "Patient/p").await.status, 404);
	let found = hospital.gateway.store.current("Patient", "p").unwrap().unwrap();
	assert!(
		matches!(&found.state, State::Quarantined { fault, .. } if fault == "names-another"),
		"{found:?}"
	);
}

/// Who has which identifier, the patient's own record tells, whichever of the two came first.
#[tokio::test(flavor = "multi_thread")]
async fn who_is_named_by_an_identifier_is_told_by_the_patients_record_whenever_that_comes() {
	let node = world().await;
	let hospital = linked(&node, "").await;
	let number = |value: &str| json!({ "system": "urn:mrn", "value": value });
	let named = |id: &str, of: Value| {
		let mut record = result(id);
		record["performer"] = json!([of]);
		record
	};
	let of_77 = named("r1", json!({ "type": "Patient", "identifier": number("77") }));
	let mut around = result("r2");
	around["contained"] =
		json!([{ "resourceType": "Patient", "id": "in", "identifier": [number("77")] }]);
	for (record, fault) in [
		(named("r0", json!({ "identifier": number("78") })), ""),
		(of_77, "names-another"),
		(around, "patient-unknown"),
		(named("r3", json!({ "identifier": number("77") })), ""),
	] {
		let got = hospital.faces.ingest(&record).await;
		assert_eq!(got["fault"].as_str().unwrap_or_default(), fault, "{record}: {got}");
	}
	let patient = |value: &str, family: &str| json!({ "resourceType": "Patient", "id": "p", "identifier": [number(value)], "name": [{ "family": family }] });
	for (own, statuses) in [
		(patient("77", "Roe"), [404, 200, 200, 200]),
		(patient("77", "Doe"), [404, 200, 200, 200]),
		(patient("78", "Doe"), [200, 404, 404, 404]),
	] {
		assert_eq!(hospital.faces.ingest(&own).await["state"], "held");
		for (at, status) in statuses.into_iter().enumerate() {
			let got = hospital.read(&doctor(), &format!("Observation/r{at}")).await;
			assert_eq!(got.status, status, "r{at} with {own}");
		}
	}
}

/// What was held before this was looked for is looked at when the gateway starts.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_is_looked_at_when_it_is_looked_for_something_else_than_before() {
	let node = world().await;
	let hospital = linked(&node, "").await;
	let mut record = result("r0");
	record["performer"] = json!([of("Patient/q")]);
	assert_eq!(hospital.faces.ingest(&record).await["fault"], "names-another");
	let found = hospital.gateway.store.current("Observation", "r0").unwrap().unwrap();
	// As a version before held it: as one that names nobody.
	assert_eq!(hospital.faces.ingest(&result("r1")).await["state"], "held");
	let judged = hospital.gateway.store.current("Observation", "r1").unwrap().unwrap();
	let stands = hospital.gateway.store.stands(found.number).unwrap().unwrap();
	let judged = Anew {
		patient: judged.patient,
		state: judged.state,
		tokens: Tokens::Instead(Default::default()),
	};
	let change = Change {
		number: found.number,
		mark: stands.mark,
		names: Names::default(),
		namings: Vec::new(),
		around: None,
		judged: Some(judged),
	};
	assert!(hospital.gateway.store.change(&change).unwrap());
	assert_eq!(hospital.read(&doctor(), "Observation/r0").await.status, 200);
	hospital.gateway.store.note_judged_by(&Hash([0; 32])).unwrap();
	let hospital = hospital.again(|_| {}).await;
	assert_eq!(hospital.read(&doctor(), "Observation/r0").await.status, 404);
}
