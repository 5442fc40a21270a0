//! What the chain says of records that are anchored: disputes, retractions, newer versions, wishes for erasure, legal holds.

use crate::common::{
	self, doctor, linked, node::Node, result, start, world, Got, Running, CUSTODIAN, PATIENT,
};
use salus_exchange_protocol::{codes::Action, Hash};
use salus_gateway::{
	chain::now,
	export::target,
	fetch::signed_header,
	ingest::{AFTER_RETRACTION, RETRACTED},
	orders::{Order, What},
	store::State,
};
use salus_verify::state::{retraction_key, slot_key};
use serde_json::{json, Value};

/// A hospital with some results of its patient.
async fn with(node: &Node, ids: &[&str]) -> Running {
	let hospital = linked(node, "").await;
	for id in ids {
		assert_eq!(hospital.faces.ingest(&result(id)).await["state"], "held");
	}
	hospital
}

/// The newest version of a result, as the privacy officer is told of it.
async fn placed(hospital: &Running, id: &str) -> Value {
	let got = hospital.faces.house(&format!("/records/Observation/{id}")).await;
	assert_eq!(got.status, 200, "{got:?}");
	got.json()["versions"].as_array().unwrap().last().unwrap().clone()
}

async fn commitment(hospital: &Running, id: &str) -> Hash {
	placed(hospital, id).await["commitment"].as_str().unwrap().parse().unwrap()
}

/// Anchors a result by itself, with the patient's handle: the slot.
async fn alone(node: &Node, hospital: &Running, id: &str) -> u64 {
	alone_about(node, hospital, id, PATIENT).await
}

/// Anchors a result by itself, with somebody's handle: the slot. Both in one block, as the chain has it.
async fn alone_about(node: &Node, hospital: &Running, id: &str, subject: Hash) -> u64 {
	let commitment = commitment(hospital, id).await;
	let mut slot = 0;
	node.change(|world| {
		slot = world.anchors.len() as u64;
		world.anchors.push((CUSTODIAN, commitment, 0));
		world.items.insert(slot_key(b"Subjects", CUSTODIAN, slot), subject.0.to_vec());
	});
	slot
}

/// What is in quarantine of this result: the newest version's number and fault.
async fn waiting(hospital: &Running, id: &str) -> (u64, String) {
	let all = hospital.faces.house("/quarantine").await.json()["quarantine"].clone();
	let reference = json!(format!("Observation/{id}"));
	let found = all.as_array().unwrap().iter().rfind(|each| each["reference"] == reference);
	let found = found.unwrap_or_else(|| panic!("{id} is not in {all}"));
	(found["number"].as_u64().unwrap(), found["fault"].as_str().unwrap().into())
}

/// A person looks at what is in quarantine: whether it is held now.
async fn looked_at(hospital: &Running, number: u64) -> bool {
	let path = format!("/quarantine/{number}/again");
	let by = json!({ "by": "M. Weber, privacy office" }).to_string();
	let got = hospital.faces.post(&path, "application/json", by).await.unwrap();
	got.json()["held"].as_bool().unwrap()
}

/// Anchors all that waits as a batch: the slot.
async fn together(node: &Node, hospital: &Running) -> u64 {
	let closed = hospital.faces.post("/outbox", "application/json", "").await.unwrap().json();
	let batch = &closed["open"][0];
	let root: Hash = batch["root"].as_str().unwrap().parse().unwrap();
	let slot = node.anchor(CUSTODIAN, root, batch["leaves"].as_u64().unwrap());
	assert_eq!(hospital.faces.house("/outbox").await.json()["open"], json!([]));
	slot
}

/// What stands in the state beside a slot from now on, or does not any more.
fn beside(node: &Node, map: &[u8], slot: u64, value: Option<Vec<u8>>) {
	put(node, slot_key(map, CUSTODIAN, slot), value);
}

fn put(node: &Node, key: Vec<u8>, value: Option<Vec<u8>>) {
	node.change(|world| {
		world.items.remove(&key);
		world.items.extend(value.map(|value| (key, value)));
	});
}

fn number(number: u64) -> [u8; 8] {
	number.to_le_bytes()
}

/// One dispute; what the house has answered, as bytes.
fn dispute(due: u64, answer: &[u8]) -> Option<Vec<u8>> {
	Some([[4].as_slice(), &[8; 32], &number(100), &number(due), &[0], answer].concat())
}

/// An answer: the patient is right.
fn upheld() -> Vec<u8> {
	[[1, 0].as_slice(), &[9; 32], &number(200)].concat()
}

fn retraction(reason: u8) -> Option<Vec<u8>> {
	Some([[reason].as_slice(), &number(300)].concat())
}

/// A legal hold of the organisation 9.
fn hold(until: u64) -> Option<Vec<u8>> {
	Some([[4, 9, 0, 0, 0].as_slice(), &number(100), &number(until)].concat())
}

fn tombstone(why: u8) -> Option<Vec<u8>> {
	Some([[why].as_slice(), &number(400), &[0]].concat())
}

async fn look(hospital: &Running) {
	hospital.gateway.look_for_orders().await.unwrap();
}

async fn read(hospital: &Running, id: &str) -> Got {
	hospital.read(&doctor(), &format!("Observation/{id}")).await
}

fn standing(got: &Got) -> Option<&str> {
	assert_eq!(got.status, 200, "{got:?}");
	let header = got.headers.iter().find(|(name, _)| name == "salus-standing");
	header.map(|(_, value)| value.as_str())
}

/// That a record is hidden: it looks as one that never was.
async fn is_hidden(hospital: &Running, id: &str) {
	let (hidden, never) = (read(hospital, id).await, read(hospital, "never").await);
	assert_eq!((hidden.status, &hidden.headers, &hidden.body), (404, &never.headers, &never.body));
}

async fn orders(hospital: &Running) -> Vec<Value> {
	hospital.faces.house("/orders").await.json()["orders"].as_array().unwrap().clone()
}

async fn metric(hospital: &Running, line: &str) {
	let text = String::from_utf8(hospital.faces.house("/metrics").await.body).unwrap();
	assert!(text.lines().any(|each| each == line), "{line} in\n{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dispute_stands_beside_the_record_and_changes_no_byte_of_it() {
	let node = world().await;
	let hospital = with(&node, &["r0", "r1"]).await;
	let slot = alone(&node, &hospital, "r0").await;
	look(&hospital).await;
	assert_eq!(standing(&read(&hospital, "r0").await), None);
	assert_eq!(orders(&hospital).await, [Value::Null; 0]);

	let due = now() + 1_000;
	beside(&node, b"Disputes", slot, dispute(due, &[0]));
	look(&hospital).await;
	let got = read(&hospital, "r0").await;
	assert_eq!(standing(&got), Some("disputed-open"));
	assert_eq!(got.body, result("r0").to_string().into_bytes());
	assert_eq!(standing(&read(&hospital, "r1").await), None);
	let query = format!("patient={PATIENT}");
	let page = hospital.search(&doctor(), "Observation", &query).await.json();
	let entries = page["entry"].as_array().unwrap();
	assert_eq!((entries.len(), &entries[0]["resource"]), (2, &result("r0")));
	assert_eq!(
		entries[0]["extension"],
		json!([{ "url": "urn:salus:record-standing", "valueCode": "disputed-open" }])
	);
	assert_eq!(entries[1].get("extension"), None);
	let listed = orders(&hospital).await;
	assert_eq!(
		listed,
		[json!({
			"what": "disputed", "standing": "open", "since": 100, "until": due, "slot": slot, "leaf": null,
			"reference": "Observation/r0", "version": 1, "state": "held",
		})]
	);
	metric(&hospital, "salus_gateway_orders_open{what=\"dispute\"} 1").await;

	beside(&node, b"Disputes", slot, dispute(due, &upheld()));
	look(&hospital).await;
	metric(&hospital, "salus_gateway_orders_open{what=\"dispute\"} 0").await;
	// A start anew forgets nothing.
	let hospital = hospital.again(|_| {}).await;
	assert_eq!(standing(&read(&hospital, "r0").await), Some("disputed-upheld"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_of_a_disputed_record_still_verifies_and_says_so() {
	let node = world().await;
	let hospital = with(&node, &["r0"]).await;
	together(&node, &hospital).await;
	let slot = alone(&node, &hospital, "r0").await;
	beside(&node, b"Disputes", slot, dispute(1, &[0]));
	look(&hospital).await;
	let (path, target) = ("/records/Observation/r0", "Observation/r0");
	let got = hospital.faces.ask(&doctor(), CUSTODIAN, path, target, hospital.genesis()).await;
	assert_eq!(standing(&got), Some("disputed-unanswered"), "its time is over");
	let others = common::others(&[(CUSTODIAN, &hospital.faces.outside)]);
	let clinic = start(&node, common::CLINIC, &others).await;
	let order = json!({ "custodian": CUSTODIAN, "record": target, "purpose": "Treat" });
	let got = clinic.faces.post("/fetch", "application/json", order.to_string()).await.unwrap();
	assert_eq!(got.status, 200, "{got:?}");
	assert_eq!(common::decoded(&got.json()["record"]), result("r0").to_string().into_bytes());
	// Whoever fetches is told, too.
	let told = json!({ "state": "current", "told": ["disputed-unanswered"] });
	assert_eq!(got.json()["standing"], told);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_says_behind_a_record_what_the_chain_says_of_it() {
	let node = world().await;
	let hospital = with(&node, &["r0", "r1"]).await;
	let slot = alone(&node, &hospital, "r0").await;
	beside(&node, b"Disputes", slot, dispute(now() + 1_000, &[0]));
	look(&hospital).await;
	let query = format!("patient={PATIENT}");
	let mut request = doctor().request(CUSTODIAN, &target(&query));
	request.action = Action::Export;
	let signed = signed_header(&request, &hospital.genesis(), &doctor().key);
	let got = hospital.faces.get(&format!("/fhir/$export?{query}"), &signed).await.unwrap();
	assert_eq!(got.status, 200, "{got:?}");
	let text = String::from_utf8(got.body).unwrap();
	let lines: Vec<&str> = text.lines().collect();
	let [first, said, second] = lines[..] else { panic!("{text}") };
	assert_eq!(
		(first, second),
		(result("r0").to_string().as_str(), result("r1").to_string().as_str())
	);
	let said: Value = serde_json::from_str(said).unwrap();
	assert_eq!(said["resourceType"], "OperationOutcome");
	assert_eq!(said["issue"][0]["expression"], json!(["Observation.where(id='r0')"]));
	let coding = json!([{ "system": "urn:salus:record-standing", "code": "disputed-open" }]);
	assert_eq!(said["issue"][0]["details"]["coding"], coding);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_final_counts() {
	let node = world().await;
	let hospital = with(&node, &["r0"]).await;
	let slot = alone(&node, &hospital, "r0").await;
	look(&hospital).await;
	node.change_best(|world| {
		world.items.extend(retraction(0).map(|it| (retraction_key(CUSTODIAN, slot, None), it)));
	});
	look(&hospital).await;
	assert_eq!(read(&hospital, "r0").await.status, 200, "it may be taken back");
	node.finality_goes_on();
	look(&hospital).await;
	is_hidden(&hospital, "r0").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_of_a_batch_that_was_retracted_leaves_no_more() {
	let node = world().await;
	let hospital = with(&node, &["r0", "r1"]).await;
	let slot = together(&node, &hospital).await;
	look(&hospital).await;
	let batch = placed(&hospital, "r0").await["batch"].clone();
	assert_eq!(batch["slot"], slot);
	let leaf = batch["leaf"].as_u64().unwrap();
	put(&node, retraction_key(CUSTODIAN, slot, Some(leaf)), retraction(1));
	look(&hospital).await;
	is_hidden(&hospital, "r0").await;
	assert_eq!(read(&hospital, "r1").await.status, 200);
	let query = format!("patient={PATIENT}");
	let page = hospital.search(&doctor(), "Observation", &query).await.json();
	assert_eq!(page["entry"].as_array().unwrap().len(), 1);

	let waiting = hospital.faces.house("/quarantine").await.json()["quarantine"].clone();
	assert_eq!(
		(&waiting[0]["reference"], &waiting[0]["fault"]),
		(&json!("Observation/r0"), &json!(RETRACTED))
	);
	assert!(waiting[0]["detail"].as_str().unwrap().ends_with("wrong-subject"), "{waiting}");
	let listed = &orders(&hospital).await[0];
	assert_eq!((&listed["what"], &listed["leaf"]), (&json!("retracted"), &json!(leaf)));
	assert_eq!(
		(&listed["reference"], &listed["state"]),
		(&json!("Observation/r0"), &json!("quarantined"))
	);

	// Neither looking at it again nor the same bytes bring it back.
	let again = format!("/quarantine/{}/again", waiting[0]["number"]);
	let got = hospital.faces.post(&again, "application/json", "").await.unwrap();
	assert_eq!(got.json(), json!({ "held": false }));
	assert_eq!(hospital.faces.ingest(&result("r0")).await["state"], "same");
	is_hidden(&hospital, "r0").await;
	let hospital = hospital.again(|_| {}).await;
	is_hidden(&hospital, "r0").await;
	// A correction is another version, which was not retracted. A person lets it, and then the next ones go on by themselves.
	let mut amended = result("r0");
	amended["status"] = json!("amended");
	assert_eq!(hospital.faces.ingest(&amended).await["fault"], AFTER_RETRACTION);
	look(&hospital).await;
	is_hidden(&hospital, "r0").await;
	assert!(looked_at(&hospital, self::waiting(&hospital, "r0").await.0).await);
	look(&hospital).await;
	assert_eq!(read(&hospital, "r0").await.body, amended.to_string().into_bytes());
	amended["status"] = json!("corrected");
	assert_eq!(hospital.faces.ingest(&amended).await["state"], "held");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_retracted_does_not_come_back_in_other_bytes() {
	let node = world().await;
	let hospital = with(&node, &["r0"]).await;
	let slot = alone(&node, &hospital, "r0").await;
	put(&node, retraction_key(CUSTODIAN, slot, None), retraction(1));
	look(&hospital).await;
	is_hidden(&hospital, "r0").await;
	let mut moved = result("r0");
	moved["meta"] = json!({ "versionId": "2", "lastUpdated": "2026-04-01T10:00:00Z" });
	let mut in_bundle = result("r0");
	in_bundle["meta"] = json!({ "versionId": "3" });
	let bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": [{ "resource": in_bundle }] });
	for sent in [format!("{} ", result("r0")), moved.to_string(), bundle.to_string()] {
		let got = hospital.faces.post("/ingest", "application/fhir+json", sent).await.unwrap();
		assert_eq!(got.json()["results"][0]["fault"], AFTER_RETRACTION, "{got:?}");
		is_hidden(&hospital, "r0").await;
	}
	// No program lets it, also if somebody is linked or the gateway is started anew.
	let (number, fault) = waiting(&hospital, "r0").await;
	assert_eq!(fault, AFTER_RETRACTION);
	assert_eq!(hospital.gateway.again(number).unwrap(), Some(false));
	let path = format!("/quarantine/{number}/again");
	for (body, status) in [("", 200), ("{}", 400), ("{\"by\":\" \"}", 400), ("x", 400)] {
		let got = hospital.faces.post(&path, "application/json", body).await.unwrap();
		assert_eq!(got.status, status, "{body}: {got:?}");
		assert_eq!(waiting(&hospital, "r0").await, (number, AFTER_RETRACTION.into()), "{body}");
	}
	let other = Hash([0x77; 32]);
	node.change(|world| _ = world.patients.insert(other));
	assert_eq!(hospital.link(other, "q").await.status, 200);
	let hospital = hospital.again(|_| {}).await;
	look(&hospital).await;
	is_hidden(&hospital, "r0").await;
	assert!(looked_at(&hospital, number).await, "a person does");
	assert_eq!(read(&hospital, "r0").await.status, 200);
	// Who that was is written down.
	let acts = hospital.faces.house("/acts").await.json()["acts"].clone();
	assert_eq!(acts.as_array().unwrap().len(), 1, "{acts}");
	// What there is not, or not any more, nobody has looked at.
	let by = json!({ "by": "M. Weber, privacy office" }).to_string();
	for number in [number, number + 1_000] {
		let path = format!("/quarantine/{number}/again");
		let got = hospital.faces.post(&path, "application/json", by.clone()).await.unwrap();
		assert_eq!(got.status, 404, "{got:?}");
	}
	assert_eq!(hospital.faces.house("/acts").await.json()["acts"], acts);
	let act = (&acts[0]["sub"], &acts[0]["what"]);
	assert_eq!(act, (&json!("M. Weber, privacy office"), &json!(format!("POST {path}"))));
}

/// Whatever came before the gateway heard of the retraction, and was the newest version by then, is no way round it for what comes next.
#[tokio::test(flavor = "multi_thread")]
async fn what_comes_after_the_retraction_of_an_earlier_version_waits_too() {
	let mut emptied = result("r0");
	emptied["status"] = json!("entered-in-error");
	let mut nobodys = result("r0");
	nobodys.as_object_mut().unwrap().remove("subject");
	for (between, state) in [(emptied, "held"), (nobodys, "quarantined")] {
		let node = world().await;
		let hospital = with(&node, &["r0"]).await;
		let slot = alone(&node, &hospital, "r0").await;
		assert_eq!(hospital.faces.ingest(&between).await["state"], state);
		let at = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
		let retracted = [[1].as_slice(), &number(at)].concat();
		put(&node, retraction_key(CUSTODIAN, slot, None), Some(retracted));
		look(&hospital).await;
		let mut moved = result("r0");
		moved["meta"] = json!({ "versionId": "3" });
		assert_eq!(hospital.faces.ingest(&moved).await["fault"], AFTER_RETRACTION, "{state}");
		is_hidden(&hospital, "r0").await;
		let (number, _) = waiting(&hospital, "r0").await;
		tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
		moved["meta"] = json!({ "versionId": "4" });
		assert_eq!(hospital.faces.ingest(&moved).await["fault"], AFTER_RETRACTION, "{state}");
		assert_ne!(waiting(&hospital, "r0").await.0, number);
		let (number, _) = waiting(&hospital, "r0").await;
		assert!(looked_at(&hospital, number).await, "a person does");
		moved["meta"] = json!({ "versionId": "5" });
		assert_eq!(hospital.faces.ingest(&moved).await["state"], "held", "it was let");
	}
}

/// Whichever came first, the version or the retraction: what says what was retracted leaves no more, and what says something else is a correction.
#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_came_before_the_retraction_and_says_the_same_waits_too() {
	let node = world().await;
	let hospital = with(&node, &["r0", "r1", "r2"]).await;
	let mut slots = Vec::new();
	for id in ["r0", "r1"] {
		slots.push(alone(&node, &hospital, id).await);
	}
	// One by itself, and one in a batch.
	let batch = together(&node, &hospital).await;
	look(&hospital).await;
	let leaf = placed(&hospital, "r2").await["batch"]["leaf"].as_u64().unwrap();
	let moved = |id: &str, version: &str| {
		let mut moved = result(id);
		moved["meta"] = json!({ "versionId": version, "lastUpdated": "2026-04-01T10:00:00Z" });
		moved["text"] = json!({ "status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>" });
		moved
	};
	let mut amended = result("r1");
	amended["status"] = json!("amended");
	for version in [&moved("r0", "2"), &amended, &moved("r2", "2")] {
		assert_eq!(hospital.faces.ingest(version).await["state"], "held");
	}
	put(&node, retraction_key(CUSTODIAN, slots[0], None), retraction(1));
	put(&node, retraction_key(CUSTODIAN, slots[1], None), retraction(1));
	put(&node, retraction_key(CUSTODIAN, batch, Some(leaf)), retraction(1));
	look(&hospital).await;
	for id in ["r0", "r2"] {
		is_hidden(&hospital, id).await;
		assert_eq!(waiting(&hospital, id).await.1, AFTER_RETRACTION, "{id}");
	}
	assert_eq!(read(&hospital, "r1").await.body, amended.to_string().into_bytes());
	// What was retracted comes again behind its correction.
	assert_eq!(hospital.faces.ingest(&moved("r1", "3")).await["fault"], AFTER_RETRACTION);
	is_hidden(&hospital, "r1").await;
	// A person lets one, and then the next ones go on by themselves, also after a start anew.
	let (number, _) = waiting(&hospital, "r0").await;
	let hospital = hospital.again(|_| {}).await;
	look(&hospital).await;
	is_hidden(&hospital, "r0").await;
	assert!(looked_at(&hospital, number).await);
	assert_eq!(hospital.faces.ingest(&moved("r0", "4")).await["state"], "held");
	let hospital = hospital.again(|_| {}).await;
	look(&hospital).await;
	assert_eq!(read(&hospital, "r0").await.status, 200);
	is_hidden(&hospital, "r2").await;
}

/// What waits for something else comes out of quarantine by itself when that is settled; not if it says what was retracted meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_retracted_does_not_come_back_through_another_fault() {
	let node = world().await;
	let hospital = with(&node, &["r0"]).await;
	let slot = alone(&node, &hospital, "r0").await;
	look(&hospital).await;
	let mut moved = result("r0");
	moved["meta"] =
		json!({ "versionId": "2", "security": [{ "system": "urn:house", "code": "odd" }] });
	assert_eq!(hospital.faces.ingest(&moved).await["fault"], "label-unknown");
	put(&node, retraction_key(CUSTODIAN, slot, None), retraction(1));
	look(&hospital).await;
	let (number, fault) = waiting(&hospital, "r0").await;
	assert_eq!(fault, "label-unknown");
	// Now the house says what that label means.
	let hospital = hospital.explains("odd").await;
	assert_eq!(hospital.gateway.again(number).unwrap(), Some(false));
	assert_eq!(waiting(&hospital, "r0").await, (number, AFTER_RETRACTION.into()));
	look(&hospital).await;
	is_hidden(&hospital, "r0").await;
	// A person lets it.
	assert!(looked_at(&hospital, number).await);
	look(&hospital).await;
	assert_eq!(read(&hospital, "r0").await.status, 200);
}

/// It was compared before it was kept, and the retraction was heard of in between.
#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_is_kept_while_the_retraction_is_heard_of_is_compared_again() {
	let node = world().await;
	let hospital = with(&node, &["r0"]).await;
	let slot = alone(&node, &hospital, "r0").await;
	look(&hospital).await;
	let hospital = hospital.stopped().await;
	look(&hospital).await;
	let mut moved = result("r0");
	moved["meta"] = json!({ "versionId": "2" });
	hospital.gateway.ingest(moved.to_string().as_bytes()).unwrap();
	let retracted = Order::new(What::Retracted, "duplicate", 300, None);
	assert!(hospital.gateway.store.put_orders(slot, &[retracted]).unwrap());
	look(&hospital).await;
	let found = hospital.gateway.store.current("Observation", "r0").unwrap().unwrap();
	assert_eq!(found.version, 2);
	assert!(
		matches!(&found.state, State::Quarantined { fault, .. } if fault == AFTER_RETRACTION),
		"{found:?}"
	);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_be_read_keeps_nobodys_wish_back() {
	let node = world().await;
	let hospital = with(&node, &["r0", "r1"]).await;
	let (slot, wished) = (alone(&node, &hospital, "r0").await, alone(&node, &hospital, "r1").await);
	let mut moved = result("r0");
	moved["meta"] = json!({ "versionId": "2" });
	assert_eq!(hospital.faces.ingest(&moved).await["state"], "held");
	look(&hospital).await;
	// Something else than a file that is damaged or not there: the disk says no.
	let of = |id: &str| hospital.gateway.store.current("Observation", id).unwrap().unwrap();
	let blob = of("r0").blob.unwrap();
	let file = hospital.folder.path().join("vault").join(&blob[..2]).join(&blob);
	let bytes = std::fs::read(&file).unwrap();
	std::fs::remove_file(&file).unwrap();
	std::fs::create_dir(&file).unwrap();
	put(&node, retraction_key(CUSTODIAN, slot, None), retraction(1));
	node.change(|world| _ = world.gone.insert(wished));
	beside(&node, b"Tombstones", wished, tombstone(1));
	assert!(hospital.gateway.look_for_orders().await.is_err(), "it is told");
	assert_eq!(of("r1").state, State::Erased);
	// It is compared once it can be.
	std::fs::remove_dir(&file).unwrap();
	std::fs::write(&file, bytes).unwrap();
	look(&hospital).await;
	assert_eq!(waiting(&hospital, "r0").await.1, AFTER_RETRACTION);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_after_a_retraction_is_let_to_no_other_patient() {
	let node = world().await;
	let hospital = with(&node, &["r0"]).await;
	let other = Hash([0x77; 32]);
	node.change(|world| _ = world.patients.insert(other));
	hospital.link(other, "q").await;
	let slot = alone(&node, &hospital, "r0").await;
	put(&node, retraction_key(CUSTODIAN, slot, None), retraction(1));
	look(&hospital).await;
	let mut moved = result("r0");
	moved["subject"]["reference"] = json!("Patient/q");
	assert_eq!(hospital.faces.ingest(&moved).await["fault"], AFTER_RETRACTION);
	let (number, _) = waiting(&hospital, "r0").await;
	assert!(!looked_at(&hospital, number).await);
	assert_eq!(waiting(&hospital, "r0").await, (number, "patient-changed".into()));
	// That is no way round it for what comes next.
	moved["subject"] = result("r0")["subject"].clone();
	moved["status"] = json!("amended");
	assert_eq!(hospital.faces.ingest(&moved).await["fault"], AFTER_RETRACTION);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_that_was_retracted_leaves_no_more_also_if_its_patient_is_linked_later() {
	let node = world().await;
	let hospital = start(&node, CUSTODIAN, "").await;
	for id in ["r0", "r1"] {
		assert_eq!(hospital.faces.ingest(&result(id)).await["fault"], "patient-unknown");
	}
	let slot = together(&node, &hospital).await;
	put(&node, retraction_key(CUSTODIAN, slot, None), retraction(4));
	look(&hospital).await;
	hospital.link(PATIENT, "p").await;
	assert_eq!(hospital.faces.ingest(&result("r2")).await["state"], "held");
	for id in ["r0", "r1"] {
		is_hidden(&hospital, id).await;
	}
	assert_eq!(read(&hospital, "r2").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_never_should_have_been_leaves_no_more_and_a_corrected_one_says_so() {
	for (relation, told) in [(2, Some("corrected")), (3, Some("superseded")), (4, None)] {
		let node = world().await;
		let hospital = with(&node, &["r0"]).await;
		let slot = alone(&node, &hospital, "r0").await;
		let next = node.anchor(CUSTODIAN, Hash([6; 32]), 0);
		node.change(|world| _ = world.relations.insert(next, relation));
		beside(&node, b"Successors", slot, Some([number(next), number(500)].concat()));
		look(&hospital).await;
		match told {
			Some(told) => assert_eq!(standing(&read(&hospital, "r0").await), Some(told)),
			None => is_hidden(&hospital, "r0").await,
		}
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_shredded_at_the_patients_wish_is_erased_and_what_is_only_over_is_not() {
	let node = world().await;
	let hospital = with(&node, &["r0", "r1"]).await;
	let (wished, over) = (alone(&node, &hospital, "r0").await, alone(&node, &hospital, "r1").await);
	let due = now() + 1_000;
	let wish = [number(100).as_slice(), &number(due), &[0]].concat();
	beside(&node, b"ErasureRequests", wished, Some(wish));
	look(&hospital).await;
	let listed = orders(&hospital).await;
	assert_eq!((&listed[0]["what"], &listed[0]["standing"]), (&json!("erasure"), &json!("open")));
	metric(&hospital, "salus_gateway_orders_open{what=\"erasure\"} 1").await;
	assert_eq!(standing(&read(&hospital, "r0").await), None, "a wish is told to nobody else");

	node.change(|world| {
		world.gone.extend([wished, over]);
		world.items.clear();
	});
	beside(&node, b"Tombstones", wished, tombstone(1));
	beside(&node, b"Tombstones", over, tombstone(0));
	look(&hospital).await;
	is_hidden(&hospital, "r0").await;
	assert_eq!(placed(&hospital, "r0").await["state"], "erased");
	assert_eq!(hospital.faces.ingest(&result("r0")).await["fault"], "erased");
	assert_eq!(read(&hospital, "r1").await.status, 200, "a person decides");
	let listed = orders(&hospital).await;
	let of = |id: &str| {
		let reference = json!(format!("Observation/{id}"));
		listed.iter().find(|each| each["reference"] == reference).unwrap()["standing"].clone()
	};
	assert_eq!((of("r0"), of("r1")), (json!("erasure-requested"), json!("retention-over")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_says_of_a_slot_is_not_done_to_the_patients_record() {
	let node = world().await;
	let hospital = with(&node, &["r0"]).await;
	let slot = alone_about(&node, &hospital, "r0", Hash([0x77; 32])).await;
	beside(&node, b"Disputes", slot, dispute(now() + 1_000, &[0]));
	look(&hospital).await;
	assert_eq!(standing(&read(&hospital, "r0").await), None, "it is not about this record");
	let listed = orders(&hospital).await;
	assert_eq!(
		listed[0],
		json!({
			"what": "conflict", "standing": "other-subject", "since": 7, "until": null, "slot": slot, "leaf": null,
			"reference": "Observation/r0", "version": 1, "state": "held",
		})
	);
	assert_eq!((listed.len(), &listed[1]["what"]), (2, &json!("disputed")), "it is to be answered");

	node.change(|world| _ = world.gone.insert(slot));
	beside(&node, b"Disputes", slot, None);
	beside(&node, b"Tombstones", slot, tombstone(1));
	look(&hospital).await;
	assert_eq!(placed(&hospital, "r0").await["state"], "held");
	assert_eq!(standing(&read(&hospital, "r0").await), None);
	let listed = orders(&hospital).await;
	assert_eq!(listed[0]["what"], "conflict", "{listed:?}");
	// A person decides.
	assert_eq!(hospital.faces.delete("/records/Observation/r0").await.status, 200);
	assert!(orders(&hospital).await.iter().all(|each| each["what"] != "conflict"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_shredded_at_a_wish_goes_once_it_is_known_whose_it_is() {
	let node = world().await;
	let hospital = start(&node, CUSTODIAN, "").await;
	assert_eq!(hospital.faces.ingest(&result("r0")).await["fault"], "patient-unknown");
	let slot = alone(&node, &hospital, "r0").await;
	look(&hospital).await;
	node.change(|world| _ = world.gone.insert(slot));
	beside(&node, b"Tombstones", slot, tombstone(1));
	look(&hospital).await;
	let first = &orders(&hospital).await[0];
	assert_eq!(
		(&first["what"], &first["standing"]),
		(&json!("conflict"), &json!("patient-unknown"))
	);
	assert_eq!(placed(&hospital, "r0").await["state"], "quarantined");
	hospital.link(PATIENT, "p").await;
	look(&hospital).await;
	assert_eq!(placed(&hospital, "r0").await["state"], "erased");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_shredded_at_a_wish_before_it_was_seen_is_for_a_person() {
	let node = world().await;
	let hospital = with(&node, &["r0"]).await;
	metric(&hospital, "salus_gateway_shredded_unknown 0").await;
	let commitment = commitment(&hospital, "r0").await;
	let mut slot = 0;
	// Both between two looks of the gateway.
	node.change(|world| {
		for why in [1, 0] {
			slot = world.anchors.len() as u64;
			world.anchors.push((CUSTODIAN, if why == 1 { commitment } else { Hash([6; 32]) }, 0));
			world.gone.insert(slot);
			world
				.items
				.extend(tombstone(why).map(|it| (slot_key(b"Tombstones", CUSTODIAN, slot), it)));
		}
	});
	look(&hospital).await;
	let expected = json!({
		"what": "shredded", "standing": "record-unknown", "since": 400, "until": null, "slot": slot - 1, "leaf": null,
	});
	assert_eq!(orders(&hospital).await, [expected], "of what was only over there is nothing to do");
	metric(&hospital, "salus_gateway_shredded_unknown 1").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_on_legal_hold_is_erased_by_nobody() {
	let node = world().await;
	let hospital = with(&node, &["r0"]).await;
	let batch = together(&node, &hospital).await;
	let slot = alone(&node, &hospital, "r0").await;
	// Whoever erases is not told by what was seen in the last round.
	beside(&node, b"Holds", batch, hold(now() + 1_000));
	let got = hospital.faces.delete("/records/Observation/r0").await;
	assert_eq!((got.status, got.code().as_str()), (409, "on-hold"));
	node.change(|world| _ = world.gone.insert(slot));
	beside(&node, b"Tombstones", slot, tombstone(1));
	look(&hospital).await;
	assert_eq!(read(&hospital, "r0").await.status, 200, "the other slot is held");
	beside(&node, b"Holds", batch, hold(1));
	look(&hospital).await;
	is_hidden(&hospital, "r0").await;
	assert_eq!(placed(&hospital, "r0").await["state"], "erased");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_record_with_a_newer_version_only_the_shredded_one_goes() {
	let node = world().await;
	let hospital = with(&node, &["r0"]).await;
	let slot = alone(&node, &hospital, "r0").await;
	look(&hospital).await;
	let mut amended = result("r0");
	amended["status"] = json!("amended");
	hospital.faces.ingest(&amended).await;
	node.change(|world| _ = world.gone.insert(slot));
	beside(&node, b"Tombstones", slot, tombstone(1));
	look(&hospital).await;
	let versions = hospital.faces.house("/records/Observation/r0").await.json()["versions"].clone();
	assert_eq!((&versions[0]["state"], &versions[1]["state"]), (&json!("erased"), &json!("held")));
	assert_eq!(read(&hospital, "r0").await.body, amended.to_string().into_bytes());
	// Its bytes do not come back, and others do.
	assert_eq!(hospital.faces.ingest(&result("r0")).await["state"], "same");
	amended["status"] = json!("final");
	amended["valueQuantity"]["value"] = json!(8.0);
	assert_eq!(hospital.faces.ingest(&amended).await["version"], 3);
	assert_eq!(hospital.faces.delete("/records/Observation/r0").await.status, 200);
	assert_eq!(hospital.faces.ingest(&amended).await["fault"], "erased");
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_node_lies_or_is_silent_what_was_known_stays() {
	let node = world().await;
	let hospital = with(&node, &["r0"]).await;
	let slot = alone(&node, &hospital, "r0").await;
	beside(&node, b"Disputes", slot, dispute(now() + 1_000, &[0]));
	look(&hospital).await;
	node.tampers(common::node::Tampers::Nothing);
	look(&hospital).await;
	node.tampers(common::node::Tampers::Not);
	node.silent(true);
	look(&hospital).await;
	node.silent(false);
	hospital.ready(200, "").await;
	assert_eq!(standing(&read(&hospital, "r0").await), Some("disputed-open"));
	assert_eq!(hospital.faces.house("/records/Observation/never").await.status, 404);
}
