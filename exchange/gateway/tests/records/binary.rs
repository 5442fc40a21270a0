//! Binaries: treated as what has them attached, and released only if that may be.

use crate::common::{
	doctor, linked,
	node::{Grant, Node, ALWAYS},
	world, Got, Running, CLINIC, OTHER, PATIENT,
};
use salus_exchange_policy::{Ask, DataClass, Labels};
use salus_exchange_protocol::Hash;
use salus_gateway::store::State;
use serde_json::{json, Value};

/// Indices of classes: what a clinic may see in some of these tests.
const LABORATORY: u8 = 3;
const DOCUMENTS: u8 = 8;

/// With another patient, who lets the clinic see as much.
async fn hospital(node: &Node) -> Running {
	node.change(|world| {
		world.patients.insert(OTHER);
		world.grants.push(Grant {
			patient: OTHER,
			organisation: CLINIC,
			classes: vec![],
			data: ALWAYS,
			ended: None,
		});
	});
	let hospital = linked(node, "").await;
	hospital.link(OTHER, "q").await;
	hospital
}

/// A discharge summary of a patient, with a Binary attached.
fn letter(id: &str, patient: &str, url: &str) -> Value {
	json!({
		"resourceType": "DocumentReference", "id": id, "status": "current", "date": "2026-03-01T10:00:00Z",
		"subject": { "reference": format!("Patient/{patient}") },
		"type": { "coding": [{ "system": "http://loinc.org", "code": "18842-5" }] },
		"content": [{ "attachment": { "contentType": "application/pdf", "url": url } }],
	})
}

fn labelled(mut resource: Value, code: &str) -> Value {
	resource["meta"] = json!({ "security": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": code }] });
	resource
}

fn binary(id: &str) -> Value {
	json!({ "resourceType": "Binary", "id": id, "contentType": "application/pdf", "data": "JVBERi0=" })
}

async fn read(hospital: &Running, reference: &str) -> Got {
	hospital.read(&doctor(), reference).await
}

/// That a Binary is hidden: it looks as one that never was.
async fn is_hidden(hospital: &Running, reference: &str) {
	let (hidden, never) = (read(hospital, reference).await, read(hospital, "Binary/never").await);
	assert_eq!((hidden.status, &hidden.body), (404, &never.body), "{reference}");
}

async fn fault_of(hospital: &Running, reference: &str) -> Value {
	let all = hospital.faces.house("/quarantine").await.json()["quarantine"].clone();
	let found = all.as_array().unwrap().iter().find(|each| each["reference"] == reference);
	found.map_or(Value::Null, |each| each["fault"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_binary_waits_for_what_has_it_attached_and_goes_out_with_it() {
	let node = world().await;
	let hospital = hospital(&node).await;
	let got = hospital.faces.ingest(&binary("b")).await;
	assert_eq!((&got["state"], &got["fault"]), (&json!("quarantined"), &json!("class-unknown")));
	is_hidden(&hospital, "Binary/b").await;
	assert_eq!(hospital.faces.ingest(&letter("d", "p", "Binary/b")).await["state"], "held");
	let got = read(&hospital, "Binary/b").await;
	assert_eq!((got.status, got.body), (200, binary("b").to_string().into_bytes()));
	// It is the patient's, as any record is.
	let page = hospital.search(&doctor(), "Binary", &format!("patient={PATIENT}")).await.json();
	assert_eq!(page["entry"].as_array().unwrap().len(), 1);
	// The other way round, and in one Bundle.
	hospital.faces.ingest(&letter("e", "p", "Binary/c")).await;
	assert_eq!(hospital.faces.ingest(&binary("c")).await["state"], "held");
	let entries = [binary("f"), letter("g", "p", "Binary/f")].map(|it| json!({ "resource": it }));
	let bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": entries });
	let got = hospital.faces.post("/ingest", "application/fhir+json", bundle.to_string()).await;
	let got = got.unwrap().json();
	assert_eq!(
		(&got["results"][0]["state"], &got["results"][1]["state"]),
		(&json!("held"), &json!("held"))
	);
	assert_eq!(read(&hospital, "Binary/f").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_binary_goes_out_only_if_its_document_may() {
	let node = world().await;
	let hospital = hospital(&node).await;
	hospital.faces.ingest(&labelled(letter("d", "p", "Binary/b"), "HIV")).await;
	assert_eq!(hospital.faces.ingest(&binary("b")).await["state"], "held");
	// The clinic may see all that has no label.
	is_hidden(&hospital, "Binary/b").await;
	let page = hospital.search(&doctor(), "Binary", &format!("patient={PATIENT}")).await.json();
	assert_eq!(page.get("entry"), None);
	// Its class is that of the document.
	hospital.faces.ingest(&letter("e", "q", "Binary/c")).await;
	hospital.faces.ingest(&binary("c")).await;
	assert_eq!(read(&hospital, "Binary/c").await.status, 200);
	node.change(|world| {
		for grant in world.grants.iter_mut().filter(|grant| grant.patient == OTHER) {
			grant.classes = vec![LABORATORY];
		}
	});
	assert_eq!(read(&hospital, "DocumentReference/e").await.status, 404);
	is_hidden(&hospital, "Binary/c").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_documents_that_have_it_the_stricter_counts() {
	let node = world().await;
	let hospital = hospital(&node).await;
	hospital.faces.ingest(&binary("b")).await;
	hospital.faces.ingest(&letter("d", "p", "Binary/b")).await;
	assert_eq!(read(&hospital, "Binary/b").await.status, 200);
	hospital.faces.ingest(&labelled(letter("e", "p", "Binary/b/_history/1"), "PSY")).await;
	assert_eq!(read(&hospital, "DocumentReference/d").await.status, 200);
	is_hidden(&hospital, "Binary/b").await;
	// When the second one has it attached no more, it is as before but for the label, which stays.
	hospital.faces.ingest(&labelled(letter("e", "p", "Binary/x"), "PSY")).await;
	is_hidden(&hospital, "Binary/b").await;
}

/// What is in it is the same, whatever names it later.
#[tokio::test(flavor = "multi_thread")]
async fn a_label_that_it_had_by_a_document_stays_when_that_is_gone() {
	let node = world().await;
	let hospital = hospital(&node).await;
	let erase = |id: &'static str| {
		let path = format!("/records/DocumentReference/{id}");
		let hospital = &hospital;
		async move { assert_eq!(hospital.faces.delete(&path).await.status, 200) }
	};
	let plain = |id: &str, attached: &str| letter(id, "p", &format!("Binary/{attached}"));
	// Erased beside another one; pointed elsewhere; erased when it was the only one.
	for (attached, documents) in [("b", ["d1", "d2", "d3"]), ("c", ["e1", "e2", "e3"])] {
		let [first, second, third] = documents;
		hospital.faces.ingest(&labelled(plain(first, attached), "HIV")).await;
		hospital.faces.ingest(&plain(second, attached)).await;
		assert_eq!(hospital.faces.ingest(&binary(attached)).await["state"], "held");
		match attached {
			"b" => erase(first).await,
			_ => _ = hospital.faces.ingest(&labelled(plain(first, "x"), "HIV")).await,
		}
		hospital.faces.ingest(&plain(third, attached)).await;
		assert_eq!(read(&hospital, &format!("DocumentReference/{third}")).await.status, 200);
		is_hidden(&hospital, &format!("Binary/{attached}")).await;
	}
	// The next versions of the Binary have it too.
	for data in ["AAAA", "BBBB"] {
		let mut next = binary("b");
		next["data"] = json!(data);
		assert_eq!(hospital.faces.ingest(&next).await["state"], "held");
		is_hidden(&hospital, "Binary/b").await;
	}
	// And it is not lost in quarantine: a document that is not held put it there.
	let mut unknown = plain("d3", "b");
	unknown["type"] = json!({ "text": "something" });
	assert_eq!(hospital.faces.ingest(&unknown).await["state"], "quarantined");
	assert_eq!(fault_of(&hospital, "Binary/b").await, "document-not-held");
	let mut next = binary("b");
	next["data"] = json!("CCCC");
	assert_eq!(hospital.faces.ingest(&next).await["state"], "quarantined");
	erase("d3").await;
	hospital.faces.ingest(&plain("d4", "b")).await;
	let found = hospital.gateway.store.current("Binary", "b").unwrap().unwrap();
	assert!(matches!(found.state, State::Held(_)), "{found:?}");
	is_hidden(&hospital, "Binary/b").await;
	// One that never had it goes out: it is by the label that the others are hidden.
	hospital.faces.ingest(&plain("f", "g")).await;
	hospital.faces.ingest(&binary("g")).await;
	assert_eq!(read(&hospital, "Binary/g").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_never_becomes_another_patients() {
	let node = world().await;
	let hospital = hospital(&node).await;
	hospital.faces.ingest(&letter("d", "p", "Binary/b")).await;
	assert_eq!(hospital.faces.ingest(&binary("b")).await["state"], "held");
	hospital.faces.ingest(&letter("e", "q", "Binary/b")).await;
	assert_eq!(fault_of(&hospital, "Binary/b").await, "patient-unknown");
	// Judged once more while it is not known whose it is.
	hospital.faces.ingest(&letter("f", "q", "Binary/b")).await;
	assert_eq!(fault_of(&hospital, "Binary/b").await, "patient-unknown");
	// Now all that name it are the other's: it was the first one's, and is so still.
	hospital.faces.ingest(&letter("d", "p", "Binary/x")).await;
	hospital.faces.ingest(&letter("g", "q", "Binary/b")).await;
	assert_eq!(fault_of(&hospital, "Binary/b").await, "patient-unknown");
	is_hidden(&hospital, "Binary/b").await;
	let mut next = binary("b");
	next["data"] = json!("AAAA");
	assert_eq!(hospital.faces.ingest(&next).await["fault"], "patient-unknown");
	is_hidden(&hospital, "Binary/b").await;
	// Also one that comes after all of that.
	hospital.faces.ingest(&letter("h", "p", "Binary/late")).await;
	assert_eq!(hospital.faces.delete("/records/DocumentReference/h").await.status, 200);
	hospital.faces.ingest(&letter("i", "q", "Binary/late")).await;
	assert_eq!(hospital.faces.ingest(&binary("late")).await["fault"], "patient-unknown");
	is_hidden(&hospital, "Binary/late").await;
}

/// A document tells of it whenever it came, and wherever it is: its labels are those of what is in the Binary.
#[tokio::test(flavor = "multi_thread")]
async fn a_label_counts_of_every_document_that_ever_named_it() {
	let node = world().await;
	let hospital = hospital(&node).await;
	let plain = |id: &str, attached: &str| letter(id, "p", &format!("Binary/{attached}"));
	let unheld = |mut resource: Value| {
		resource["type"] = json!({ "text": "something" });
		resource
	};
	// Before the Binary: held, and in quarantine. Each points elsewhere, or is gone, when the Binary comes.
	for (at, (first, state)) in [
		(labelled(plain("a0", "x"), "HIV"), "held"),
		(unheld(labelled(plain("a1", "x"), "HIV")), "quarantined"),
	]
	.into_iter()
	.enumerate()
	{
		for is_erased in [false, true] {
			let (id, attached) = (format!("a{at}-{is_erased}"), format!("b{at}-{is_erased}"));
			let mut first = first.clone();
			first["id"] = json!(id);
			first["content"][0]["attachment"]["url"] = json!(format!("Binary/{attached}"));
			assert_eq!(hospital.faces.ingest(&first).await["state"], state);
			match is_erased {
				true => {
					let path = format!("/records/DocumentReference/{id}");
					assert_eq!(hospital.faces.delete(&path).await.status, 200);
				},
				false => _ = hospital.faces.ingest(&plain(&id, "elsewhere")).await,
			}
			hospital.faces.ingest(&plain(&format!("plain-{attached}"), &attached)).await;
			assert_eq!(hospital.faces.ingest(&binary(&attached)).await["state"], "held");
			is_hidden(&hospital, &format!("Binary/{attached}")).await;
		}
	}
	// While it is here: one that waits in quarantine, and is put right without its label.
	hospital.faces.ingest(&plain("c", "d")).await;
	hospital.faces.ingest(&binary("d")).await;
	assert_eq!(read(&hospital, "Binary/d").await.status, 200);
	hospital.faces.ingest(&unheld(labelled(plain("e", "d"), "PSY"))).await;
	assert_eq!(fault_of(&hospital, "Binary/d").await, "document-not-held");
	assert_eq!(hospital.faces.ingest(&plain("e", "d")).await["state"], "held");
	assert_eq!(fault_of(&hospital, "Binary/d").await, Value::Null);
	is_hidden(&hospital, "Binary/d").await;
	// After a start anew too.
	let hospital = hospital.again(|_| {}).await;
	is_hidden(&hospital, "Binary/d").await;
	// One that never had a label goes out: it is by the labels that the others are hidden.
	hospital.faces.ingest(&plain("f", "g")).await;
	hospital.faces.ingest(&plain("f", "elsewhere")).await;
	hospital.faces.ingest(&plain("h", "g")).await;
	hospital.faces.ingest(&binary("g")).await;
	assert_eq!(read(&hospital, "Binary/g").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_within_another_resource_names_it_too() {
	let node = world().await;
	let hospital = hospital(&node).await;
	let around = |id: &str, within: Value| {
		json!({
			"resourceType": "ClinicalImpression", "id": id, "status": "completed", "subject": { "reference": "Patient/p" },
			"effectiveDateTime": "2026-03-01", "contained": [within],
		})
	};
	let within = |attached: &str| {
		let mut within = letter("in", "p", &format!("Binary/{attached}"));
		within.as_object_mut().unwrap().remove("id");
		within
	};
	// It is of the class of what it is within.
	assert_eq!(hospital.faces.ingest(&around("a", within("b"))).await["state"], "held");
	assert_eq!(hospital.faces.ingest(&binary("b")).await["state"], "held");
	assert_eq!(read(&hospital, "Binary/b").await.status, 200);
	// Its label counts beside another one's, and stays.
	hospital.faces.ingest(&letter("c", "p", "Binary/d")).await;
	hospital.faces.ingest(&binary("d")).await;
	assert_eq!(read(&hospital, "Binary/d").await.status, 200);
	let strict = labelled(within("d"), "HIV");
	assert_eq!(hospital.faces.ingest(&around("e", strict)).await["state"], "held");
	is_hidden(&hospital, "Binary/d").await;
	assert_eq!(hospital.faces.delete("/records/ClinicalImpression/e").await.status, 200);
	is_hidden(&hospital, "Binary/d").await;
	// And so does whom it is about.
	hospital.faces.ingest(&letter("f", "p", "Binary/g")).await;
	hospital.faces.ingest(&binary("g")).await;
	let mut others = within("g");
	others["subject"]["reference"] = json!("Patient/q");
	assert_eq!(hospital.faces.ingest(&around("h", others)).await["state"], "quarantined");
	assert_eq!(fault_of(&hospital, "Binary/g").await, "document-not-held");
	assert_eq!(hospital.faces.delete("/records/ClinicalImpression/h").await.status, 200);
	hospital.faces.ingest(&letter("i", "p", "Binary/g")).await;
	assert_eq!(fault_of(&hospital, "Binary/g").await, "patient-unknown");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_with_a_label_that_is_not_known_keeps_it_here_until_that_is_known() {
	let node = world().await;
	let hospital = hospital(&node).await;
	let mut odd = letter("a", "p", "Binary/b");
	odd["meta"] = json!({ "security": [{ "system": "urn:house", "code": "odd" }] });
	assert_eq!(hospital.faces.ingest(&odd).await["fault"], "label-unknown");
	// A version without it says nothing of what the first one meant.
	assert_eq!(hospital.faces.ingest(&letter("a", "p", "Binary/b")).await["state"], "held");
	assert_eq!(hospital.faces.ingest(&binary("b")).await["fault"], "document-not-held");
	is_hidden(&hospital, "Binary/b").await;
	let hospital = hospital.explains("odd").await;
	assert_eq!(fault_of(&hospital, "Binary/b").await, Value::Null);
	assert_eq!(read(&hospital, "Binary/b").await.status, 200);
}

/// Most letters contain who wrote them.
#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_contains_its_author_lets_it_go_to_whom_the_document_goes() {
	let node = world().await;
	let hospital = hospital(&node).await;
	let with = |id: &str, within: Value, element: &str| {
		let mut document = letter(id, "q", &format!("Binary/of-{id}"));
		document["contained"] = json!([within]);
		document[element] = json!([{ "reference": "#in" }]);
		document
	};
	let author =
		json!({ "resourceType": "Practitioner", "id": "in", "name": [{ "family": "Weber" }] });
	let patient = json!({ "resourceType": "Patient", "id": "in", "identifier": [{ "system": "urn:mrn", "value": "7" }] });
	let own = json!({ "resourceType": "Patient", "id": "q", "identifier": [{ "system": "urn:mrn", "value": "7" }] });
	assert_eq!(hospital.faces.ingest(&own).await["state"], "held");
	node.change(|world| {
		for grant in world.grants.iter_mut().filter(|grant| grant.patient == OTHER) {
			grant.classes = vec![DOCUMENTS];
		}
	});
	let strict = labelled(author.clone(), "HIV");
	for (id, document, status) in [
		("a", with("a", author.clone(), "author"), 200),
		("b", with("b", patient, "author"), 404),
		("c", with("c", strict, "author"), 404),
	] {
		assert_eq!(hospital.faces.ingest(&document).await["state"], "held", "{id}");
		assert_eq!(hospital.faces.ingest(&binary(&format!("of-{id}"))).await["state"], "held");
		assert_eq!(read(&hospital, &format!("Binary/of-{id}")).await.status, status, "{id}");
	}
	// As a version before judged it, which is put right at the start.
	let found = hospital.gateway.store.current("Binary", "of-a").unwrap().unwrap();
	let State::Held(mut judged) = found.state else { panic!() };
	let data_class = DataClass::Demographics;
	judged.asks.insert(Ask { data_class, labels: Labels::new(), data_time: None });
	hospital.gateway.store.judge_held(found.number, &State::Held(judged)).unwrap();
	let found = hospital.gateway.store.current("DocumentReference", "a").unwrap().unwrap();
	let State::Held(mut judged) = found.state else { panic!() };
	judged.contained.iter_mut().for_each(|part| part.is_actor = false);
	hospital.gateway.store.judge_held(found.number, &State::Held(judged)).unwrap();
	assert_eq!(read(&hospital, "Binary/of-a").await.status, 404);
	hospital.gateway.store.note_judged_by(&Hash([0; 32])).unwrap();
	let hospital = hospital.again(|_| {}).await;
	assert_eq!(read(&hospital, "Binary/of-a").await.status, 200);
	assert_eq!(read(&hospital, "Binary/of-b").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stricter_document_counts_however_it_spells_the_binary() {
	let node = world().await;
	let hospital = hospital(&node).await;
	let spellings = [
		"https://GATEWAY.example/fhir/Binary/ID",
		"https://gateway.example:443/fhir/Binary/ID",
		"http://gateway.example/fhir/Binary/ID",
		"https://gateway.example/fhir//Binary/ID?x=1",
		"/Binary/ID",
		"./Binary/ID",
		"Binary/ID/",
		"Binary/ID#f",
		" Binary/ID",
		"Binary%2FID",
		"Binary%252FID",
		"Binary?_id=ID",
		"https://gateway.example/fhir/Binary?_format=json&_id=ID",
		"https://gateway.example:0443/fhir/Binary/ID",
		"https://gateway.exa\u{ad}mple/fhir/Binary/ID",
		"Binary/ID;v=1",
		"/fhir/Binary/ID/_history/2",
	];
	for (at, spelling) in spellings.iter().enumerate() {
		let id = format!("s{at}");
		let reference = format!("Binary/{id}");
		hospital.faces.ingest(&binary(&id)).await;
		let strict = letter(&format!("strict{at}"), "p", &spelling.replace("ID", &id));
		assert_eq!(hospital.faces.ingest(&labelled(strict, "HIV")).await["state"], "held");
		// By that alone it has no class.
		assert_eq!(fault_of(&hospital, &reference).await, "class-unknown", "{spelling}");
		hospital.faces.ingest(&letter(&format!("plain{at}"), "p", &reference)).await;
		assert_eq!(fault_of(&hospital, &reference).await, Value::Null, "{spelling}");
		is_hidden(&hospital, &reference).await;
	}
	// One that comes later counts at once.
	hospital.faces.ingest(&letter("first", "p", "Binary/later")).await;
	hospital.faces.ingest(&binary("later")).await;
	assert_eq!(read(&hospital, "Binary/later").await.status, 200);
	let strict = letter("strict", "p", "https://GATEWAY.example/fhir/Binary/later");
	hospital.faces.ingest(&labelled(strict, "HIV")).await;
	is_hidden(&hospital, "Binary/later").await;
	// What asks for some, and does not say which, is not taken for another one.
	let asks = letter("asks", "p", "https://gateway.example/fhir/Binary?identifier=urn:x|1");
	assert_eq!(hospital.faces.ingest(&asks).await["fault"], "attachment-unclear");
	assert_eq!(read(&hospital, "DocumentReference/asks").await.status, 404);
	// Another server's is another one.
	let asks = letter("asks-others", "p", "https://elsewhere.example/fhir/Binary?identifier=1");
	assert_eq!(hospital.faces.ingest(&asks).await["state"], "held");
	hospital.faces.ingest(&letter("own", "p", "Binary/o")).await;
	hospital.faces.ingest(&binary("o")).await;
	let other = letter("other", "p", "https://elsewhere.example/fhir/Binary/o/");
	hospital.faces.ingest(&labelled(other, "HIV")).await;
	assert_eq!(read(&hospital, "Binary/o").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_security_context_that_cannot_be_followed_keeps_it_here() {
	let node = world().await;
	let hospital = hospital(&node).await;
	let contexts = [
		json!({ "identifier": { "value": "x" } }),
		json!([{ "reference": "DocumentReference/d0" }]),
		json!({}),
	];
	for (at, context) in contexts.into_iter().enumerate() {
		let id = format!("b{at}");
		hospital.faces.ingest(&letter(&format!("d{at}"), "p", &format!("Binary/{id}"))).await;
		let mut own = binary(&id);
		own["securityContext"] = context.clone();
		let got = hospital.faces.ingest(&own).await;
		assert_eq!(got["fault"], "document-not-held", "{context}: {got}");
		is_hidden(&hospital, &format!("Binary/{id}")).await;
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_is_withheld_or_erased_takes_it_along() {
	let node = world().await;
	let hospital = hospital(&node).await;
	for (document, attached) in [("d", "b"), ("e", "c")] {
		hospital.faces.ingest(&binary(attached)).await;
		hospital.faces.ingest(&letter(document, "p", &format!("Binary/{attached}"))).await;
		assert_eq!(read(&hospital, &format!("Binary/{attached}")).await.status, 200);
	}
	// A new version that cannot be told.
	let mut unknown = letter("d", "p", "Binary/b");
	unknown["type"] = json!({ "text": "something" });
	assert_eq!(hospital.faces.ingest(&unknown).await["state"], "quarantined");
	is_hidden(&hospital, "Binary/b").await;
	assert_eq!(hospital.faces.delete("/records/DocumentReference/e").await.status, 200);
	is_hidden(&hospital, "Binary/c").await;
	// A page is none the shorter for it: what comes after it is on the page.
	hospital.faces.ingest(&binary("after")).await;
	hospital.faces.ingest(&letter("of-after", "p", "Binary/after")).await;
	let query = format!("patient={PATIENT}&_count=1");
	let page = hospital.search(&doctor(), "Binary", &query).await.json();
	assert_eq!(page["entry"][0]["resource"]["id"], "after", "{page}");
	// After a start anew too; and it comes back with a document that is held.
	let hospital = hospital.again(|_| {}).await;
	is_hidden(&hospital, "Binary/b").await;
	let mut known = letter("d", "p", "Binary/b");
	known["description"] = json!("a letter");
	assert_eq!(hospital.faces.ingest(&known).await["state"], "held");
	assert_eq!(read(&hospital, "Binary/b").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_binary_is_of_one_patient() {
	let node = world().await;
	let hospital = hospital(&node).await;
	hospital.faces.ingest(&binary("b")).await;
	hospital.faces.ingest(&letter("d", "p", "Binary/b")).await;
	hospital.faces.ingest(&letter("e", "q", "Binary/b")).await;
	is_hidden(&hospital, "Binary/b").await;
	assert_eq!(fault_of(&hospital, "Binary/b").await, "patient-unknown");
	// Of a patient who is not linked nothing is known, and the Binary waits with the document.
	hospital.faces.ingest(&binary("c")).await;
	hospital.faces.ingest(&letter("f", "r", "Binary/c")).await;
	hospital.faces.ingest(&letter("g", "p", "Binary/c")).await;
	is_hidden(&hospital, "Binary/c").await;
	hospital.faces.ingest(&binary("h")).await;
	hospital.faces.ingest(&letter("i", "r", "Binary/h")).await;
	is_hidden(&hospital, "Binary/h").await;
	let third = Hash([0x33; 32]);
	node.change(|world| {
		world.patients.insert(third);
		world.grants.push(Grant {
			patient: third,
			organisation: CLINIC,
			classes: vec![],
			data: ALWAYS,
			ended: None,
		});
	});
	hospital.link(third, "r").await;
	assert_eq!(read(&hospital, "Binary/h").await.status, 200);
	is_hidden(&hospital, "Binary/c").await;
}

/// Whom a version was about that was put right later, it has told of what it had attached.
#[tokio::test(flavor = "multi_thread")]
async fn it_is_of_whom_its_documents_were_about_in_whatever_form_they_said_so() {
	let node = world().await;
	let hospital = hospital(&node).await;
	for (at, (subject, fault)) in [
		("https://gateway.example/fhir/Patient/q", "patient-unknown"),
		("Patient/q/_history/2", "patient-unknown"),
		("urn:uuid:1", "document-not-held"),
		("https://elsewhere.example/fhir/Patient/p", "document-not-held"),
	]
	.into_iter()
	.enumerate()
	{
		let (id, attached) = (format!("v{at}"), format!("Binary/v{at}"));
		let mut first = letter(&id, "p", &attached);
		first["subject"]["reference"] = json!(subject);
		assert_eq!(hospital.faces.ingest(&first).await["fault"], "patient-unknown", "{subject}");
		assert_eq!(hospital.faces.ingest(&letter(&id, "p", &attached)).await["state"], "held");
		assert_eq!(hospital.faces.ingest(&binary(&id)).await["fault"], fault, "{subject}");
		is_hidden(&hospital, &attached).await;
	}
}

/// A document that is saved each day with its date.
#[tokio::test(flavor = "multi_thread")]
async fn one_whose_document_is_saved_often_goes_out_still() {
	let node = world().await;
	let hospital = hospital(&node).await;
	hospital.faces.ingest(&binary("b")).await;
	let saved = |at: u32| {
		let mut letter = letter("d", "p", "Binary/b");
		letter["date"] = json!(format!("2026-03-01T10:{:02}:{:02}Z", at / 60, at % 60));
		json!({ "resource": letter })
	};
	let entries: Vec<Value> = (0..1_100).map(saved).collect();
	let bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": entries });
	let got = hospital.faces.post("/ingest", "application/fhir+json", bundle.to_string()).await;
	assert_eq!(got.unwrap().status, 200);
	assert_eq!(read(&hospital, "Binary/b").await.status, 200);
}

/// A record that has many attached tells little of each.
#[tokio::test(flavor = "multi_thread")]
async fn of_each_of_many_attachments_few_classes_are_told() {
	let node = world().await;
	let hospital = hospital(&node).await;
	let mut document = letter("d", "p", "Binary/b");
	let content = |at: u32| json!({ "attachment": { "url": format!("Binary/b{at}") } });
	document["content"] = (0..200).map(content).collect();
	let within = |at: u32| {
		json!({
			"resourceType": "Procedure", "id": format!("c{at}"), "status": "completed", "subject": { "reference": "Patient/p" },
			"performedDateTime": format!("2026-03-01T10:{:02}:{:02}Z", at / 60, at % 60),
		})
	};
	document["contained"] = (0..200).map(within).collect();
	let got = hospital.faces.ingest(&document).await;
	assert_eq!(got["state"], "held", "{got}");
	let (told, _) = hospital.gateway.store.naming("b7", "", 1_000).unwrap();
	assert!(told.len() <= 32, "{}", told.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn another_servers_binary_is_another_one() {
	let node = world().await;
	let hospital = hospital(&node).await;
	hospital.faces.ingest(&binary("b")).await;
	hospital.faces.ingest(&letter("d", "p", "https://elsewhere.example/fhir/Binary/b")).await;
	is_hidden(&hospital, "Binary/b").await;
	// As the house itself calls it.
	hospital.faces.ingest(&letter("e", "p", "https://gateway.example/fhir/Binary/b")).await;
	assert_eq!(read(&hospital, "Binary/b").await.status, 200);
	// What others merely refer to is nobody's attachment.
	hospital.faces.ingest(&binary("c")).await;
	let mut other = letter("f", "p", "Binary/x");
	other["context"] = json!({ "related": [{ "reference": "Binary/c" }] });
	hospital.faces.ingest(&other).await;
	is_hidden(&hospital, "Binary/c").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_security_context_only_ever_makes_it_stricter() {
	let node = world().await;
	let hospital = hospital(&node).await;
	let with = |id: &str, context: &str| {
		let mut own = binary(id);
		own["securityContext"] = json!({ "reference": context });
		own
	};
	// By itself it tells no class.
	hospital.faces.ingest(&letter("d", "p", "Binary/a")).await;
	let got = hospital.faces.ingest(&with("alone", "DocumentReference/d")).await;
	assert_eq!(got["fault"], "class-unknown");
	// What it is to is not here; it is another patient's; it has a label.
	for (id, context) in [
		("b", "DocumentReference/none"),
		("c", "DocumentReference/q"),
		("e", "DocumentReference/l"),
	] {
		hospital.faces.ingest(&letter(&format!("of-{id}"), "p", &format!("Binary/{id}"))).await;
		if id == "c" {
			hospital.faces.ingest(&letter("q", "q", "Binary/x")).await;
		}
		if id == "e" {
			hospital.faces.ingest(&labelled(letter("l", "p", "Binary/x"), "SDV")).await;
		}
		let got = hospital.faces.ingest(&with(id, context)).await;
		let state = if id == "e" { "held" } else { "quarantined" };
		assert_eq!(got["state"], state, "{got}");
		is_hidden(&hospital, &format!("Binary/{id}")).await;
	}
	// One that is permitted, until it is withheld.
	hospital.faces.ingest(&letter("of-f", "p", "Binary/f")).await;
	assert_eq!(hospital.faces.ingest(&with("f", "DocumentReference/d")).await["state"], "held");
	assert_eq!(read(&hospital, "Binary/f").await.status, 200);
	assert_eq!(hospital.faces.delete("/records/DocumentReference/d").await.status, 200);
	is_hidden(&hospital, "Binary/f").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_of_reports_and_media_count_as_documents_do() {
	let node = world().await;
	let hospital = hospital(&node).await;
	let report = json!({
		"resourceType": "DiagnosticReport", "id": "r", "status": "final", "subject": { "reference": "Patient/p" },
		"effectiveDateTime": "2026-03-01",
		"category": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v2-0074", "code": "LAB" }] }],
		"code": { "coding": [{ "system": "http://loinc.org", "code": "11502-2" }] },
		"presentedForm": [{ "url": "Binary/b" }],
	});
	assert_eq!(hospital.faces.ingest(&report).await["state"], "held");
	assert_eq!(hospital.faces.ingest(&binary("b")).await["state"], "held");
	assert_eq!(read(&hospital, "Binary/b").await.status, 200);
	hospital.faces.ingest(&labelled(letter("d", "p", "Binary/b"), "HIV")).await;
	assert_eq!(read(&hospital, "DiagnosticReport/r").await.status, 200);
	is_hidden(&hospital, "Binary/b").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_more_have_attached_than_are_looked_at_waits() {
	let node = world().await;
	let hospital = hospital(&node).await;
	let letters = |from: u32, to: u32| {
		let letter = |at: u32| json!({ "resource": letter(&format!("d{at}"), "p", "Binary/b") });
		let entries: Vec<Value> = (from..to).map(letter).collect();
		json!({ "resourceType": "Bundle", "type": "collection", "entry": entries }).to_string()
	};
	hospital.faces.ingest(&binary("b")).await;
	for (bundle, status) in [(letters(0, 100), 200), (letters(100, 101), 404)] {
		let got = hospital.faces.post("/ingest", "application/fhir+json", bundle).await.unwrap();
		assert_eq!(got.status, 200, "{got:?}");
		assert_eq!(read(&hospital, "Binary/b").await.status, status);
	}
	assert_eq!(fault_of(&hospital, "Binary/b").await, "document-not-held");
}
