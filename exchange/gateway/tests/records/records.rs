//! What comes in, where it waits, and how it reaches the chain and another gateway.

use crate::common::{
	self, decoded, doctor, linked, others, result, start, world, Person, Running, CLINIC,
	CUSTODIAN, PATIENT, TOKEN,
};
use salus_exchange_protocol::Hash;
use salus_gateway::{ingest::GONE_UPSTREAM, store::State};
use serde_json::{json, Value};

#[tokio::test(flavor = "multi_thread")]
async fn a_record_goes_from_one_gateway_to_another_and_both_logs_tell_of_it() {
	let node = world().await;
	let hospital = start(&node, CUSTODIAN, "").await;
	let clinic = start(&node, CLINIC, &others(&[(CUSTODIAN, &hospital.faces.outside)])).await;
	hospital.link(PATIENT, "p").await;
	for at in 0..3 {
		hospital.faces.ingest(&result(&format!("r{at}"))).await;
	}
	let order = |record: &str| {
		json!({ "url": hospital.faces.outside, "custodian": CUSTODIAN, "record": record, "purpose": "Treat", "asker": "machine" }).to_string()
	};
	let fetch =
		|record: &'static str| clinic.faces.post("/fetch", "application/json", order(record));
	let waits = fetch("Observation/r1").await.unwrap();
	assert_eq!((waits.status, waits.code().as_str()), (502, "refused"), "it is not anchored yet");

	let closed = hospital.faces.post("/outbox", "application/json", "").await.unwrap().json();
	let batch = &closed["open"][0];
	assert_eq!((batch["leaves"].as_u64(), closed["waiting"].as_u64()), (Some(3), Some(0)));
	let root: Hash = batch["root"].as_str().unwrap().parse().unwrap();
	assert_eq!(
		hospital.faces.house("/outbox").await.json()["open"][0]["root"],
		root.to_string(),
		"the chain does not have it yet"
	);
	node.anchor(CUSTODIAN, root, 3);
	assert_eq!(hospital.faces.house("/outbox").await.json()["open"], json!([]));

	let fetched = fetch("Observation/r1").await.unwrap();
	assert_eq!(fetched.status, 200, "{fetched:?}");
	let fetched = fetched.json();
	assert_eq!(decoded(&fetched["record"]), result("r1").to_string().into_bytes());
	assert_eq!(fetched["standing"], json!({ "state": "current" }));
	let (ours, theirs) = (clinic.faces.log().await, hospital.faces.log().await);
	let (ours, theirs) = (ours.last().unwrap(), theirs.last().unwrap());
	assert_eq!((&ours["outcome"], &theirs["outcome"]), (&json!("received"), &json!("released")));
	assert_eq!((&ours["counterpart"], &ours["custodian"]), (&theirs["hash"], &json!(CUSTODIAN)));
	assert_eq!(ours["requestId"], theirs["requestId"]);
	// The request says it, so both sides have the same of it.
	let machine = json!("machine");
	assert_eq!((&ours["requesterKind"], &theirs["requesterKind"]), (&machine, &machine));
	for (asker, kind) in [(json!("person"), "person"), (Value::Null, "machine")] {
		let mut said: Value = serde_json::from_str(&order("Observation/r1")).unwrap();
		said["asker"] = asker;
		let got = clinic.faces.post("/fetch", "application/json", said.to_string()).await.unwrap();
		assert_eq!(got.status, 200, "{kind}: {got:?}");
		for house in [&clinic, &hospital] {
			assert_eq!(house.faces.log().await.last().unwrap()["requesterKind"], kind);
		}
	}

	node.change(|world| world.grants.clear());
	let refused = fetch("Observation/r1").await.unwrap();
	assert_eq!(
		(
			refused.status,
			refused.json()["issue"][0]["details"]["text"]
				.as_str()
				.unwrap()
				.contains("404 not-found")
		),
		(502, true)
	);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_gateway_sends_is_handed_on_only_if_the_chain_has_it() {
	let node = world().await;
	let hospital = start(&node, CUSTODIAN, "").await;
	let clinic = start(&node, CLINIC, &others(&[(CUSTODIAN, &hospital.faces.outside)])).await;
	hospital.link(PATIENT, "p").await;
	hospital.faces.ingest(&result("r0")).await;
	let closed = hospital.faces.post("/outbox", "application/json", "").await.unwrap().json();
	let root: Hash = closed["open"][0]["root"].as_str().unwrap().parse().unwrap();
	node.anchor(CUSTODIAN, root, 1);
	hospital.faces.house("/outbox").await;
	let fetch = |clinic: &Running| {
		let faces = clinic.faces.clone();
		let order =
			json!({ "custodian": CUSTODIAN, "record": "Observation/r0", "purpose": "Treat" });
		async move { faces.post("/fetch", "application/json", order.to_string()).await.unwrap() }
	};
	// The chain has another root in the slot.
	node.change(|world| world.anchors[0].1 = Hash([5; 32]));
	let got = fetch(&clinic).await;
	assert_eq!((got.status, got.code().as_str()), (502, "not-the-record"));
	node.change(|world| world.anchors.clear());
	assert_eq!(fetch(&clinic).await.code(), "not-on-chain");
	// Nobody there, and what is no gateway at all.
	for (url, code) in [("http://127.0.0.1:1", "unreachable"), (node.url.as_str(), "refused")] {
		let elsewhere = start(&node, CLINIC, &others(&[(CUSTODIAN, url)])).await;
		assert_eq!(fetch(&elsewhere).await.code(), code);
		assert_eq!(elsewhere.faces.log().await, [Value::Null; 0]);
	}
	assert_eq!(clinic.faces.log().await, [Value::Null; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_is_found_on_the_chain_by_its_root_however_often_it_was_handed_in() {
	let node = world().await;
	let hospital = linked(&node, "").await;
	hospital.faces.ingest(&result("r0")).await;
	let closed = hospital.faces.post("/outbox", "application/json", "").await.unwrap().json();
	let root: Hash = closed["open"][0]["root"].as_str().unwrap().parse().unwrap();
	// Another organisation's, or with another number of leaves, is another one.
	node.anchor(CLINIC, root, 1);
	assert_eq!(hospital.faces.house("/outbox").await.json()["open"].as_array().unwrap().len(), 1);
	node.change(|world| world.anchors.clear());
	node.anchor(CUSTODIAN, root, 2);
	assert_eq!(hospital.faces.house("/outbox").await.json()["open"].as_array().unwrap().len(), 1);
	node.change(|world| world.anchors.clear());
	let slot = node.anchor(CUSTODIAN, root, 1);
	assert_eq!(node.anchor(CUSTODIAN, root, 1), slot);
	assert_eq!(hospital.faces.house("/outbox").await.json()["open"], json!([]));
	// Nothing new waits: closing makes no empty batch.
	assert_eq!(
		hospital.faces.post("/outbox", "application/json", "").await.unwrap().json()["open"],
		json!([])
	);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_comes_again_is_there_once_and_a_changed_one_takes_its_place() {
	let node = world().await;
	let hospital = linked(&node, "").await;
	assert_eq!(
		hospital.faces.ingest(&result("r0")).await,
		json!({ "reference": "Observation/r0", "state": "held", "version": 1 })
	);
	assert_eq!(hospital.faces.ingest(&result("r0")).await["state"], "same");
	let mut amended = result("r0");
	amended["status"] = json!("amended");
	assert_eq!(
		hospital.faces.ingest(&amended).await,
		json!({ "reference": "Observation/r0", "state": "held", "version": 2 })
	);
	assert_eq!(
		hospital.faces.ingest(&result("r0")).await,
		json!({ "reference": "Observation/r0", "state": "same", "version": 1 })
	);
	assert_eq!(hospital.read(&doctor(), "Observation/r0").await.json()["status"], "amended");
	let query = format!("patient={PATIENT}");
	assert_eq!(
		hospital.search(&doctor(), "Observation", &query).await.json()["entry"]
			.as_array()
			.unwrap()
			.len(),
		1
	);
	let closed = hospital.faces.post("/outbox", "application/json", "").await.unwrap().json();
	assert_eq!(closed["open"][0]["leaves"], 2, "each version once");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_told_waits_in_quarantine_until_it_is_known() {
	let node = world().await;
	let hospital = start(&node, CUSTODIAN, "").await;
	// Nobody is linked yet.
	let taken = hospital.faces.ingest(&result("r0")).await;
	assert_eq!(
		(&taken["state"], &taken["fault"]),
		(&json!("quarantined"), &json!("patient-unknown"))
	);
	let mut unknown = result("r1");
	unknown["meta"] = json!({ "security": [{ "system": "urn:house", "code": "VIP" }] });
	let taken = hospital.faces.ingest(&unknown).await;
	assert_eq!(
		(&taken["fault"], &taken["path"]),
		(&json!("label-unknown"), &json!("Observation.meta.security[0]"))
	);
	let mut modified = result("r2");
	modified["modifierExtension"] = json!([{ "url": "urn:negated", "valueBoolean": true }]);
	assert_eq!(hospital.faces.ingest(&modified).await["fault"], "modifier-unknown");
	assert_eq!(
		hospital
			.faces
			.ingest(&json!({ "resourceType": "Bundle", "id": "b", "type": "collection" }))
			.await,
		Value::Null,
		"a Bundle is its entries"
	);
	assert_eq!(
		hospital.faces.house("/quarantine").await.json()["quarantine"].as_array().unwrap().len(),
		3
	);
	// Linking lets out what waited for it, and nothing else.
	assert_eq!(hospital.link(PATIENT, "p").await.status, 200);
	assert_eq!(hospital.read(&doctor(), "Observation/r0").await.status, 200);
	let left = hospital.faces.house("/quarantine").await.json();
	let left: Vec<(&str, u64)> = left["quarantine"]
		.as_array()
		.unwrap()
		.iter()
		.map(|each| (each["fault"].as_str().unwrap(), each["number"].as_u64().unwrap()))
		.collect();
	assert_eq!(
		left.iter().map(|(fault, _)| *fault).collect::<Vec<_>>(),
		["label-unknown", "modifier-unknown"]
	);
	let number = left[0].1;
	assert_eq!(hospital.faces.post_again(number).await.json(), json!({ "held": false }));
	assert_eq!(hospital.faces.post_again(9_999).await.status, 404);
	// The house says what its code means.
	let hospital = hospital.explains("VIP").await;
	assert_eq!(hospital.faces.post_again(number).await.json(), json!({ "held": true }));
	assert_eq!(hospital.read(&doctor(), "Observation/r1").await.status, 200);
}

impl common::Faces {
	async fn post_again(&self, number: u64) -> common::Got {
		self.post(&format!("/quarantine/{number}/again"), "application/json", "").await.unwrap()
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bundle_is_taken_apart_and_what_is_said_of_it_is_said_of_each_resource() {
	let node = world().await;
	let hospital = linked(&node, "").await;
	let entry = |id: &str| json!({ "fullUrl": format!("urn:uuid:{id}"), "resource": result(id) });
	let report = json!({ "resource": {
		"resourceType": "DiagnosticReport", "id": "d", "status": "final", "subject": { "reference": "Patient/p" }, "code": { "text": "?" },
		"result": [{ "reference": "urn:uuid:r0" }, { "reference": "Observation/r1" }],
	}});
	let bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": [entry("r0"), entry("r1"), report] });
	let ingest = |bundle: Value| {
		let faces = hospital.faces.clone();
		async move {
			faces.post("/ingest", "application/fhir+json", bundle.to_string()).await.unwrap().json()
				["results"]
				.clone()
		}
	};
	let taken = ingest(bundle).await;
	let states: Vec<&str> =
		taken.as_array().unwrap().iter().map(|each| each["state"].as_str().unwrap()).collect();
	assert_eq!(
		states,
		["held", "held", "held"],
		"a report of which nothing tells the class is of that of its results: {taken}"
	);
	assert_eq!(hospital.read(&doctor(), "DiagnosticReport/d").await.status, 200);
	// A label of the Bundle is one of what is in it.
	let security = json!({ "security": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "HIV" }] });
	let labelled = json!({ "resourceType": "Bundle", "type": "collection", "meta": security, "entry": [entry("r2")] });
	assert_eq!(ingest(labelled).await[0]["state"], "held");
	assert_eq!(hospital.read(&doctor(), "Observation/r2").await.status, 404);
	// Also of what waits until it is known whose it is, and is judged again then.
	let mut strangers = result("r4");
	strangers["subject"] = json!({ "reference": "Patient/q" });
	let entry = json!({ "resource": strangers });
	let security = json!({ "security": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "HIV" }] });
	let labelled = json!({ "resourceType": "Bundle", "type": "collection", "meta": security, "entry": [entry] });
	assert_eq!(ingest(labelled).await[0]["state"], "quarantined");
	assert_eq!(hospital.link(Hash([0x22; 32]), "q").await.status, 200);
	let number = hospital.gateway.store.current("Observation", "r4").unwrap().unwrap();
	let State::Held(judged) = &number.state else { panic!("{number:?}") };
	assert!(format!("{:?}", judged.labels).contains("Hiv"), "{judged:?}");
	// Lines keep their bytes.
	let lines = format!("{}\r\n\n{{\"resourceType\":\"Observation\"}}\nnothing\n", result("r3"));
	let got =
		hospital.faces.post("/ingest", "application/fhir+ndjson", lines).await.unwrap().json();
	let faults: Vec<&Value> =
		got["results"].as_array().unwrap().iter().map(|each| &each["fault"]).collect();
	assert_eq!(faults, [&Value::Null, &json!("no-id"), &json!("not-json")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_erased_is_gone_from_the_disk_and_does_not_come_back() {
	let node = world().await;
	let hospital = linked(&node, "").await;
	hospital.faces.ingest(&result("r0")).await;
	hospital.faces.ingest(&result("r1")).await;
	let files = || {
		let folders = std::fs::read_dir(hospital.folder.path().join("vault")).unwrap();
		folders.flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap()).count()
	};
	assert_eq!(files(), 2);
	assert_eq!(hospital.faces.delete("/records/Observation/r0").await.status, 200);
	assert_eq!(files(), 1);
	assert_eq!(hospital.faces.delete("/records/Observation/none").await.status, 404);
	assert_eq!(
		hospital.faces.ingest(&result("r0")).await,
		json!({ "reference": "Observation/r0", "state": "refused", "fault": "erased" })
	);
	let mut amended = result("r0");
	amended["status"] = json!("amended");
	assert_eq!(hospital.faces.ingest(&amended).await["fault"], "erased");
	let closed = hospital.faces.post("/outbox", "application/json", "").await.unwrap().json();
	assert_eq!(
		closed["open"][0]["leaves"], 2,
		"what was erased before it was anchored is a leaf that nobody can open"
	);
}

#[tokio::test(flavor = "multi_thread")]
async fn records_are_encrypted_at_rest() {
	let node = world().await;
	let hospital = start(&node, CUSTODIAN, "").await;
	hospital.link(PATIENT, "p-1234567890").await;
	let mut secret = result("r0");
	secret["subject"] = json!({ "reference": "Patient/p-1234567890" });
	secret["note"] = json!([{ "text": "a secret that is nowhere on the disk" }]);
	assert_eq!(hospital.faces.ingest(&secret).await["state"], "held");
	let mut left = vec![hospital.folder.path().to_owned()];
	let mut looked_at = 0;
	while let Some(path) = left.pop() {
		if path.is_dir() {
			left.extend(std::fs::read_dir(&path).unwrap().map(|each| each.unwrap().path()));
			continue;
		}
		let bytes = std::fs::read(&path).unwrap();
		for text in ["nowhere on the disk", "p-1234567890", "mmol/L"] {
			assert!(
				!bytes.windows(text.len()).any(|window| window == text.as_bytes()),
				"{text} in {}",
				path.display()
			);
		}
		looked_at += 1;
	}
	assert!(looked_at >= 3);
	assert_eq!(hospital.read(&doctor(), "Observation/r0").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handle_and_a_patient_are_linked_once() {
	let node = world().await;
	let hospital = start(&node, CUSTODIAN, "").await;
	assert_eq!(hospital.link(PATIENT, "p").await.status, 200);
	assert_eq!(hospital.link(PATIENT, "p").await.status, 200);
	assert_eq!(hospital.link(PATIENT, "q").await.code(), "linked-otherwise");
	assert_eq!(hospital.link(Hash([9; 32]), "p").await.code(), "linked-otherwise");
	assert_eq!(
		hospital.faces.post("/links", "application/json", "{}").await.unwrap().code(),
		"link"
	);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_inside_face_lets_only_who_has_the_token() {
	let node = world().await;
	let hospital = start(&node, CUSTODIAN, "").await;
	let client = reqwest::Client::builder().no_proxy().build().unwrap();
	for (method, path) in [
		("POST", "/ingest"),
		("GET", "/log"),
		("GET", "/outbox"),
		("POST", "/fetch"),
		("DELETE", "/records/A/b"),
		("GET", "/nothing"),
	] {
		for token in ["", "wrong", &TOKEN[1..]] {
			let request = client
				.request(method.parse().unwrap(), format!("{}{path}", hospital.faces.inside))
				.bearer_auth(token);
			assert_eq!(request.send().await.unwrap().status().as_u16(), 401, "{method} {path}");
		}
	}
	// What is inside is not outside.
	assert_eq!(hospital.faces.anybody("/log").await.code(), "not-found");
	let stranger = Person::new(1, None);
	assert_eq!(stranger.organisation, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_nested_too_deep_or_is_too_large_is_refused() {
	let node = world().await;
	let hospital = start(&node, CUSTODIAN, "").await;
	let deep = format!("{{\"resourceType\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
	for content_type in ["application/fhir+json", "application/fhir+ndjson"] {
		let got = hospital.faces.post("/ingest", content_type, deep.clone()).await.unwrap();
		assert_eq!(got.json()["results"][0]["fault"], "not-json");
	}
	let large = vec![b' '; (64 << 20) + 1];
	let got = hospital.faces.post("/ingest", "application/fhir+json", large).await;
	assert!(got.map_or(true, |got| got.status == 413), "refused, or the connection is closed");
	let header = "A".repeat(40_000);
	let got = hospital.faces.get("/fhir/Observation/r0", &header).await.unwrap();
	assert_eq!((got.status, got.code().as_str()), (401, "malformed"));
}

/// How many files the vault of a gateway has.
fn files(running: &Running) -> usize {
	let folders = std::fs::read_dir(running.folder.path().join("vault")).unwrap();
	folders.flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap()).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_that_no_index_takes_keep_no_record_back() {
	let node = world().await;
	let hospital = linked(&node, "").await;
	let with = |id: &str, codes: &[&str]| {
		let mut record = result(id);
		let coding = record["code"]["coding"].as_array_mut().unwrap();
		coding.extend(codes.iter().map(|code| json!({ "system": "urn:house", "code": code })));
		record
	};
	// So long that it does not become short by packing it.
	let long: String = (0..5_000)
		.map(|_| char::from(b'a' + salus_gateway::vault::random::<1>().unwrap()[0] % 26))
		.collect();
	let records = [
		with("r0", &["short"]),
		with("r1", &[long.as_str()]),
		with("r2", &["a\u{0}", "a\u{fffd}"]),
	];
	let lines: String = records.iter().map(|record| format!("{record}\n")).collect();
	let got = hospital.faces.post("/ingest", "application/fhir+ndjson", lines).await.unwrap();
	assert_eq!(got.status, 200, "{got:?}");
	let got = got.json();
	for at in 0..3_usize {
		assert_eq!(got["results"][at]["state"], "held", "{got}");
	}
	assert_eq!(files(&hospital), 3);
	for (code, expected) in [("short", 1), ("a%00", 1), ("a%EF%BF%BD", 1)] {
		let query = format!("patient={PATIENT}&code=urn:house|{code}");
		let found = hospital.search(&doctor(), "Observation", &query).await.json();
		assert_eq!(found["entry"].as_array().unwrap().len(), expected, "{code}: {found}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_the_database_does_not_take_costs_itself_alone() {
	let node = world().await;
	let hospital = linked(&node, "").await;
	let hospital = hospital
		.again(|folder| {
			let refuse = match common::database::url_of(folder) {
				Some(_) => "ALTER TABLE token ADD CHECK (code <> 'bad')",
				None => "CREATE TRIGGER bad BEFORE INSERT ON token WHEN NEW.code = 'bad' BEGIN SELECT RAISE(ABORT, 'bad'); END",
			};
			common::database::texts(folder, refuse);
		})
		.await;
	let mut bad = result("r1");
	bad["code"]["coding"].as_array_mut().unwrap().push(json!({ "system": "urn:x", "code": "bad" }));
	let lines = format!("{}\n{bad}\n{}\n", result("r0"), result("r2"));
	let got = hospital.faces.post("/ingest", "application/fhir+ndjson", lines).await.unwrap();
	assert_eq!(got.status, 200, "{got:?}");
	let got = got.json();
	let states: Vec<&str> =
		(0..3_usize).map(|at| got["results"][at]["state"].as_str().unwrap()).collect();
	assert_eq!(states, ["held", "quarantined", "held"], "{got}");
	assert_eq!(got["results"][1]["fault"], "not-kept-as-it-is");
	assert_eq!(files(&hospital), 3, "no file is left of what was tried");
	// Also when the same comes again.
	let lines = format!("{bad}\n{}\n", result("r3"));
	let got = hospital.faces.post("/ingest", "application/fhir+ndjson", lines).await.unwrap();
	assert_eq!(got.status, 200, "{got:?}");
	assert_eq!(got.json()["results"][1]["state"], "held");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_is_told_when_no_file_is_left() {
	let node = world().await;
	let hospital = linked(&node, "").await;
	hospital.faces.ingest(&result("r0")).await;
	let mut amended = result("r0");
	amended["status"] = json!("amended");
	hospital.faces.ingest(&amended).await;
	let file = |version| {
		let found =
			hospital.gateway.store.versioned("Observation", "r0", version).unwrap().unwrap();
		let name = found.blob.unwrap();
		hospital.folder.path().join("vault").join(&name[..2]).join(&name)
	};
	let (first, second) = (file(1), file(2));
	// One of the two cannot be removed.
	std::fs::remove_file(&first).unwrap();
	std::fs::create_dir(&first).unwrap();
	let erase = || hospital.faces.delete("/records/Observation/r0");
	assert_eq!(erase().await.status, 500);
	assert!(!second.exists(), "as many go as can");
	assert_eq!(erase().await.status, 500, "it is still there");
	std::fs::remove_dir(&first).unwrap();
	std::fs::write(&first, b"what is encrypted").unwrap();
	assert_eq!(erase().await.status, 200);
	assert!(!first.exists());
	assert_eq!(hospital.gateway.store.leaving("", 10).unwrap(), [""; 0]);
	// Also without being asked again.
	hospital.faces.ingest(&result("r1")).await;
	let found = hospital.gateway.store.current("Observation", "r1").unwrap().unwrap();
	let name = found.blob.unwrap();
	let file = hospital.folder.path().join("vault").join(&name[..2]).join(&name);
	assert!(hospital.gateway.store.erase("Observation", "r1").unwrap());
	assert!(file.exists());
	hospital.gateway.remove_leaving().unwrap();
	assert!(!file.exists());
	// Those that cannot be removed keep no others, and no gateway from starting.
	let vault = hospital.folder.path().join("vault");
	let names: Vec<String> = (0..9).map(|at| format!("{at:032x}")).collect();
	let place = |name: &str| vault.join(&name[..2]).join(name);
	for (at, name) in names.iter().enumerate() {
		std::fs::create_dir_all(place(name).parent().unwrap()).unwrap();
		match at < 7 {
			true => std::fs::create_dir(place(name)).unwrap(),
			false => std::fs::write(place(name), b"what is encrypted").unwrap(),
		}
	}
	let all: Vec<&str> = names.iter().map(String::as_str).collect();
	hospital.gateway.store.leaves(&all).unwrap();
	assert!(hospital.gateway.remove_leaving().is_err());
	assert!(hospital.gateway.remove_leaving().is_err());
	assert_eq!(hospital.gateway.store.leaving("", 10).unwrap(), all[..7]);
	let hospital = hospital.again(|_| ()).await;
	assert_eq!(hospital.faces.ingest(&result("r2")).await["state"], "held");
	assert_eq!(hospital.gateway.store.leaving("", 10).unwrap(), all[..7]);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_versions_that_come_while_their_patient_is_linked_are_told_as_what_they_are() {
	let node = world().await;
	let hospital = start(&node, CUSTODIAN, "").await;
	// Linked after they were judged, and before they are looked at once more.
	let local = hex::encode(hospital.gateway.vault.index("patient", b"p").0);
	let handle = hex::encode(PATIENT.0);
	let hospital = hospital
		.again(|folder| {
			let link = |open: &str, end: &str| {
				format!("INSERT INTO patient (handle, local, local_sealed, linked) VALUES ({open}{handle}{end}, {open}{local}{end}, {open}{end}, 0) ON CONFLICT DO NOTHING")
			};
			let linked = match common::database::url_of(folder) {
				None => format!("CREATE TRIGGER linked AFTER INSERT ON record BEGIN {}; END", link("x'", "'")),
				Some(_) => format!(
					"CREATE FUNCTION linked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {}; RETURN NULL; END $$; \
					 CREATE TRIGGER linked AFTER INSERT ON record FOR EACH ROW EXECUTE FUNCTION linked()",
					link("decode('", "', 'hex')")
				),
			};
			common::database::texts(folder, &linked);
		})
		.await;
	let mut amended = result("r0");
	amended["status"] = json!("amended");
	let lines = format!("{}\n{amended}\n{}\n", result("r0"), result("r0"));
	let got =
		hospital.faces.post("/ingest", "application/fhir+ndjson", lines).await.unwrap().json();
	let told: Vec<(&str, u64)> = (0..3_usize)
		.map(|at| &got["results"][at])
		.map(|each| (each["state"].as_str().unwrap(), each["version"].as_u64().unwrap()))
		.collect();
	assert_eq!(told, [("held", 1), ("held", 2), ("same", 1)], "{got}");
	assert_eq!(files(&hospital), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_record_of_which_too_much_is_said_nothing_else_is_kept_back() {
	let node = world().await;
	let hospital = linked(&node, "").await;
	let bundle = |tag: u32, ids: &[&str]| {
		let entries: Vec<Value> = ids.iter().map(|id| json!({ "resource": result(id) })).collect();
		let tag = json!([{ "system": "urn:house", "code": tag.to_string() }]);
		json!({ "resourceType": "Bundle", "type": "collection", "meta": { "tag": tag }, "entry": entries }).to_string()
	};
	for tag in 0..100 {
		let got = hospital
			.faces
			.post("/ingest", "application/fhir+json", bundle(tag, &["r0"]))
			.await
			.unwrap();
		assert_eq!(got.status, 200, "{tag}: {got:?}");
	}
	assert_eq!(hospital.read(&doctor(), "Observation/r0").await.status, 200);
	let got = hospital
		.faces
		.post("/ingest", "application/fhir+json", bundle(100, &["r0", "r1"]))
		.await
		.unwrap();
	assert_eq!(got.status, 200, "{got:?}");
	assert_eq!(got.json()["results"][1]["state"], "held");
	assert_eq!(hospital.read(&doctor(), "Observation/r0").await.status, 404);
	let waits = hospital.faces.house("/quarantine").await.json();
	assert_eq!(waits["quarantine"][0]["fault"], "too-much-said", "{waits}");
	let number = waits["quarantine"][0]["number"].as_u64().unwrap();
	assert_eq!(hospital.faces.post_again(number).await.json(), json!({ "held": false }));
	// That the house's server does not have it for a while does not let it out.
	let store = &hospital.gateway.store;
	store.put_seen(0, "Observation", 1, &[("r0".into(), "1".into(), "then".into())]).unwrap();
	assert!(store.put_gone(0, "Observation", "r0", GONE_UPSTREAM, "").unwrap());
	let found = store.current("Observation", "r0").unwrap().unwrap();
	assert!(matches!(found.state, State::Quarantined { fault, .. } if fault == "too-much-said"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_within_a_record_about_somebody_else_does_not_leave_with_it() {
	let node = world().await;
	let hospital = linked(&node, "").await;
	let mut outer = result("r0");
	let inner = |patient: &str| json!({ "resourceType": "Observation", "id": "o", "status": "final", "code": { "text": "t" }, "subject": { "reference": patient } });
	outer["hasMember"] = json!([{ "reference": "#o" }]);
	for (number, patient) in
		["Patient/q", "http://h/Patient/q", "#q", "Patient/p"].into_iter().enumerate()
	{
		outer["id"] = json!(format!("r{number}"));
		outer["contained"] = json!([inner(patient)]);
		let got = hospital.faces.ingest(&outer).await;
		let is_own = patient == "Patient/p";
		assert_eq!(got["fault"] == "patient-unknown", !is_own, "{patient}: {got}");
		let status = hospital.read(&doctor(), &format!("Observation/r{number}")).await.status;
		assert!(is_own || status == 404, "{patient}: {status}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_of_the_patient_or_of_nobody_may_be_within_a_record() {
	let node = world().await;
	let hospital = linked(&node, "").await;
	let name = json!([{ "family": "Secret" }]);
	let of = |who: &str| json!({ "reference": format!("Patient/{who}") });
	for (at, (mut within, fault)) in [
		(json!({ "resourceType": "Practitioner", "name": name }), Value::Null),
		(json!({ "resourceType": "Organization", "name": "Ward" }), Value::Null),
		(json!({ "resourceType": "Medication", "code": { "text": "x" } }), Value::Null),
		(json!({ "resourceType": "Specimen", "subject": of("p") }), Value::Null),
		(json!({ "resourceType": "Specimen", "subject": of("q") }), json!("patient-unknown")),
		(json!({ "resourceType": "Person", "name": name }), json!("patient-unknown")),
		(
			json!({ "resourceType": "RelatedPerson", "patient": of("p"), "name": name }),
			json!("patient-unknown"),
		),
		(
			json!({ "resourceType": "Group", "member": [{ "entity": of("q") }], "name": "Secret" }),
			json!("patient-unknown"),
		),
		(json!({ "resourceType": "patient", "name": name }), json!("type-without-class")),
		(json!({ "resourceType": "Unheard", "name": name }), json!("type-without-class")),
		(
			json!({ "resourceType": "Basic", "code": { "text": "Secret" } }),
			json!("type-without-class"),
		),
		(
			json!({ "resourceType": "Linkage", "item": [{ "resource": of("q") }] }),
			json!("type-without-class"),
		),
		(
			json!({ "resourceType": "AuditEvent", "entity": [{ "what": of("q") }] }),
			json!("type-without-class"),
		),
		(
			json!({ "resourceType": "Binary", "contentType": "text/plain", "data": "U2VjcmV0" }),
			json!("type-without-class"),
		),
	]
	.into_iter()
	.enumerate()
	{
		within["id"] = json!("in");
		let mut record = result(&format!("r{at}"));
		record["contained"] = json!([within]);
		let got = hospital.faces.ingest(&record).await;
		assert_eq!(got.get("fault").cloned().unwrap_or_default(), fault, "{record}: {got}");
		let status = hospital.read(&doctor(), &format!("Observation/r{at}")).await.status;
		assert_eq!(status, if fault == Value::Null { 200 } else { 404 }, "{record}");
	}
	// Answers say whose they are, or it is not known of whom they speak.
	let answers = |id: &str| json!({ "resourceType": "QuestionnaireResponse", "id": id, "status": "completed" });
	for (id, within, state) in [
		("own", Some(of("p")), "held"),
		("other", Some(of("q")), "quarantined"),
		("unsaid", None, "quarantined"),
	] {
		let (mut record, mut inner) = (answers(id), answers("in"));
		record["subject"] = of("p");
		inner["source"] = of("p");
		if let Some(subject) = within {
			inner["subject"] = subject;
		}
		record["contained"] = json!([inner]);
		let got = hospital.faces.ingest(&record).await;
		assert_eq!(got["state"], state, "{record}: {got}");
		assert!(state == "held" || got["fault"] == "patient-unknown", "{got}");
	}
}

/// Of whom it is, only the record's own patient is asked.
#[tokio::test(flavor = "multi_thread")]
async fn a_patient_within_a_record_is_its_own_or_the_record_waits() {
	let node = world().await;
	let hospital = linked(&node, "").await;
	let number = |system: &str, value: &str| json!([{ "system": system, "value": value }]);
	let own = json!({ "resourceType": "Patient", "id": "p", "identifier": number("urn:mrn", "77"), "birthDate": "1980-01-01" });
	assert_eq!(hospital.faces.ingest(&own).await["state"], "held");
	for (at, (id, identifier, is_own)) in [
		("p", Value::Null, true),
		("p", number("urn:mrn", "78"), false),
		("p", number("urn:other", "78"), true),
		("in", Value::Null, false),
		("in", number("urn:mrn", "77"), true),
		("in", number("urn:mrn", "78"), false),
		("in", number("urn:other", "77"), false),
		("in", json!([{ "value": "77" }]), false),
		("q", number("", ""), false),
	]
	.into_iter()
	.enumerate()
	{
		let mut within =
			json!({ "resourceType": "Patient", "id": id, "name": [{ "family": "Secret" }] });
		if identifier != Value::Null {
			within["identifier"] = identifier.clone();
		}
		// FHIR has a list there; one thing in its place is taken too.
		for contained in [json!([within]), within.clone()] {
			let mut record = result(&format!("r{at}-{}", contained.is_array()));
			record["contained"] = contained;
			let got = hospital.faces.ingest(&record).await;
			let expected = if is_own { "held" } else { "quarantined" };
			assert_eq!(got["state"], expected, "{record}: {got}");
			assert!(is_own || got["fault"] == "patient-unknown", "{got}");
		}
	}
	// A record of which the patient is one within names none of the house.
	let mut record = result("by-contained");
	record["subject"] = json!({ "reference": "#p" });
	record["contained"] = json!([{ "resourceType": "Patient", "id": "p" }]);
	assert_eq!(hospital.faces.ingest(&record).await["fault"], "patient-unknown");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_whose_next_version_is_about_somebody_else_waits_also_if_they_come_together() {
	let node = world().await;
	let other = Hash([0x77; 32]);
	node.change(|world| {
		world.patients.insert(other);
	});
	let hospital = linked(&node, "").await;
	hospital.link(other, "q").await;
	let of = |id: &str, patient: &str, status: &str| {
		let mut record = result(id);
		record["subject"]["reference"] = json!(format!("Patient/{patient}"));
		record["status"] = json!(status);
		record
	};
	assert_eq!(hospital.faces.ingest(&of("r0", "q", "final")).await["state"], "held");
	// The third is not taken for one that was always about this patient.
	for status in ["amended", "corrected"] {
		let got = hospital.faces.ingest(&of("r0", "p", status)).await;
		assert_eq!(got["fault"], "patient-changed", "{got}");
	}
	assert_eq!(hospital.read(&doctor(), "Observation/r0").await.status, 404);
	let lines = format!("{}\n{}\n", of("r1", "q", "final"), of("r1", "p", "amended"));
	let got =
		hospital.faces.post("/ingest", "application/fhir+ndjson", lines).await.unwrap().json();
	assert_eq!(
		(&got["results"][0]["state"], &got["results"][1]["fault"]),
		(&json!("held"), &json!("patient-changed"))
	);
	// Of the same patient again it is held.
	assert_eq!(hospital.faces.ingest(&of("r0", "q", "amended")).await["state"], "held");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_names_nobody_is_no_way_to_another_patient() {
	let node = world().await;
	let hospital = start(&node, CUSTODIAN, "").await;
	let other = Hash([0x77; 32]);
	node.change(|world| _ = world.patients.insert(other));
	hospital.link(other, "q").await;
	let of = |patient: Option<&str>, status: &str| {
		let mut record = result("r0");
		record["status"] = json!(status);
		match patient {
			Some(id) => record["subject"]["reference"] = json!(format!("Patient/{id}")),
			None => _ = record.as_object_mut().unwrap().remove("subject"),
		}
		record
	};
	assert_eq!(hospital.faces.ingest(&of(Some("q"), "final")).await["state"], "held");
	assert_eq!(hospital.faces.ingest(&of(None, "amended")).await["fault"], "patient-unknown");
	// Nor one that names somebody who is linked only later.
	assert_eq!(hospital.faces.ingest(&of(Some("p"), "final")).await["fault"], "patient-unknown");
	hospital.link(PATIENT, "p").await;
	assert_eq!(hospital.read(&doctor(), "Observation/r0").await.status, 404);
	let got = hospital.faces.ingest(&of(Some("p"), "corrected")).await;
	assert_eq!(got["fault"], "patient-changed", "{got}");
	assert_eq!(hospital.read(&doctor(), "Observation/r0").await.status, 404);
	assert_eq!(hospital.faces.ingest(&of(Some("q"), "corrected")).await["state"], "held");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_bundle_said_of_a_record_holds_for_its_next_versions_too() {
	let node = world().await;
	let hospital = linked(&node, "").await;
	let security =
		json!([{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "PSY" }]);
	let bundle = json!({ "resourceType": "Bundle", "type": "collection", "meta": { "security": security }, "entry": [{ "resource": result("r0") }] });
	let got =
		hospital.faces.post("/ingest", "application/fhir+json", bundle.to_string()).await.unwrap();
	assert_eq!(got.status, 200, "{got:?}");
	assert_eq!(hospital.read(&doctor(), "Observation/r0").await.status, 404);
	for status in ["amended", "corrected"] {
		let mut next = result("r0");
		next["status"] = json!(status);
		assert_eq!(hospital.faces.ingest(&next).await["state"], "held");
		assert_eq!(hospital.read(&doctor(), "Observation/r0").await.status, 404, "{status}");
	}
	assert_eq!(hospital.faces.ingest(&result("r1")).await["state"], "held");
	assert_eq!(hospital.read(&doctor(), "Observation/r1").await.status, 200);
}
