//! A patient is linked with the house's record of her by her wallet, at a desk: an offer, her signature, and a person who confirms.

use crate::common::{
	database, doctor, node::Node, result, start, world, Got, Person, Running, CUSTODIAN, OTHER,
	PATIENT,
};
use salus_exchange_protocol::{
	codes::{Action, Purpose},
	request::ReleaseRequest,
	Hash,
};
use salus_gateway::{
	chain::now,
	fetch::signed_header,
	linking::{target, CONFIRM_LIFE, OFFER_LIFE},
};
use serde_json::{json, Value};
use std::time::{Duration, Instant};

/// The house's own id of the patient.
const LOCAL: &str = "local-4711";
/// An offer that there is not.
const UNKNOWN: &str = "00000000000000000000000000000000000000000000000000000000000000ff";

fn patient() -> Person {
	Person::new(78, None)
}

fn other() -> Person {
	Person::new(79, None)
}

fn stranger() -> Person {
	Person::new(80, None)
}

async fn hospital() -> (Node, Running) {
	let node = world().await;
	node.change(|world| {
		world.patients.insert(OTHER);
		world.keys.insert((PATIENT, patient().account()));
		world.keys.insert((OTHER, other().account()));
	});
	let running = start(&node, CUSTODIAN, "").await;
	(node, running)
}

async fn post(running: &Running, path: &str, body: Value) -> Got {
	running.faces.post(path, "application/json", body.to_string()).await.unwrap()
}

/// An offer of a link of the patient with this id of the house.
async fn offered(running: &Running, local: &str) -> String {
	let got = post(running, "/links/offers", json!({ "patient": local })).await;
	assert_eq!(got.status, 201, "{got:?}");
	got.json()["offer"].as_str().unwrap().into()
}

fn query(handle: Hash) -> String {
	format!("patient={handle}")
}

fn request(who: &Person, offer: &str, handle: Hash) -> ReleaseRequest {
	let asked = who.request(CUSTODIAN, &target(offer, &query(handle)));
	ReleaseRequest { purpose: Purpose::Patrqt, ..asked }
}

async fn hand_in(running: &Running, offer: &str, query: &str, header: &str) -> Got {
	let url = format!("{}/links/{offer}?{query}", running.faces.outside);
	let sent = running.faces.client().post(url);
	let sent = sent.header("authorization", format!("Salus-Signed {header}"));
	running.faces.send(sent).await.unwrap()
}

async fn send(
	running: &Running,
	who: &Person,
	offer: &str,
	handle: Hash,
	it: &ReleaseRequest,
) -> Got {
	let header = signed_header(it, &running.genesis(), &who.key);
	hand_in(running, offer, &query(handle), &header).await
}

async fn sign(running: &Running, who: &Person, offer: &str, handle: Hash) -> Got {
	send(running, who, offer, handle, &request(who, offer, handle)).await
}

async fn confirm(running: &Running, offer: &str) -> Got {
	post(running, &format!("/links/offers/{offer}/confirm"), json!({ "by": "Ms Desk" })).await
}

async fn stands(running: &Running, offer: &str) -> Value {
	let got = running.faces.house(&format!("/links/offers/{offer}")).await;
	assert_eq!(got.status, 200, "{got:?}");
	got.json()
}

async fn log(running: &Running) -> Vec<Value> {
	let told = running.faces.house("/links/log").await.json();
	told["links"].as_array().unwrap().clone()
}

fn members<'a>(log: &'a [Value], name: &str) -> Vec<&'a str> {
	log.iter().map(|entry| entry[name].as_str().unwrap_or_default()).collect()
}

/// A result of the patient with this id of the house.
fn result_of(local: &str, id: &str) -> Value {
	let mut result = result(id);
	result["subject"] = json!({ "reference": format!("Patient/{local}") });
	result
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_is_linked_by_her_signature_and_a_persons_word_also_across_restarts() {
	let (_node, running) = hospital().await;
	let begun = now();
	let got = post(&running, "/links/offers", json!({ "patient": LOCAL })).await;
	assert_eq!(got.status, 201, "{got:?}");
	let made = got.json();
	let (offer, expires) = (made["offer"].as_str().unwrap(), made["expires"].as_u64().unwrap());
	assert!(offer.len() == 64 && offer.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')));
	assert!((begun + OFFER_LIFE..=now() + OFFER_LIFE).contains(&expires));
	assert_eq!(
		made["text"],
		format!(
			"salus-link:1?gateway=https://gateway.example&organisation={CUSTODIAN}&genesis={}&offer={offer}&expires={expires}",
			running.genesis()
		)
	);
	assert_eq!(stands(&running, offer).await, json!({ "status": "open" }));
	let taken = running.faces.ingest(&result_of(LOCAL, "a")).await;
	assert_eq!(taken["fault"], "patient-unknown");

	let running = running.again(|_| ()).await;
	let got = sign(&running, &patient(), offer, PATIENT).await;
	assert_eq!((got.status, got.json()), (202, json!({ "status": "waiting" })));
	assert!(!running.gateway.store.is_linked(&PATIENT).unwrap(), "nobody has confirmed it");
	assert_eq!(running.read(&patient(), "Observation/a").await.status, 404);

	let running = running.again(|_| ()).await;
	let told = stands(&running, offer).await;
	assert_eq!((&told["status"], &told["handle"]), (&json!("signed"), &json!(PATIENT.to_string())));
	assert!((begun..=now()).contains(&told["signed"].as_u64().unwrap()));

	let running = running.again(|_| ()).await;
	let got = confirm(&running, offer).await;
	assert_eq!((got.status, got.json()), (200, json!({ "linked": true })), "{got:?}");
	assert_eq!(running.read(&patient(), "Observation/a").await.status, 200, "it is hers");
	let running = running.again(|_| ()).await;
	assert_eq!(stands(&running, offer).await["status"], "linked");
	assert_eq!(confirm(&running, offer).await.status, 200, "the answer was lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn to_whoever_may_not_sign_there_is_nothing_and_it_is_the_same_nothing() {
	let (_node, running) = hospital().await;
	let (open, signed) = (offered(&running, LOCAL).await, offered(&running, "q").await);
	assert_eq!(sign(&running, &other(), &signed, OTHER).await.status, 202);
	let begun = Instant::now();
	let nothing = sign(&running, &stranger(), UNKNOWN, PATIENT).await;
	assert!(begun.elapsed() >= Duration::from_millis(25), "it leaves at even times");
	assert_eq!((nothing.status, nothing.code()), (404, "not-found".into()));
	let (patient, other) = (patient(), other());
	for (why, got) in [
		("a key that is nobody's", sign(&running, &stranger(), &open, PATIENT).await),
		("the key of another patient", sign(&running, &other, &open, PATIENT).await),
		("the handle of another patient", sign(&running, &patient, &open, OTHER).await),
		("somebody of an organisation", sign(&running, &doctor(), &open, PATIENT).await),
		("an offer that there is not", sign(&running, &patient, UNKNOWN, PATIENT).await),
		("no offer at all", sign(&running, &patient, "x", PATIENT).await),
		(
			"an offer in other letters",
			sign(&running, &patient, &open.to_uppercase(), PATIENT).await,
		),
		("one that another signed", sign(&running, &patient, &signed, PATIENT).await),
		("one that she has signed", sign(&running, &other, &signed, OTHER).await),
	] {
		assert_eq!(got, nothing, "{why}");
	}
	assert_eq!(stands(&running, &open).await["status"], "open");
	assert_eq!(sign(&running, &patient, &open, PATIENT).await.status, 202);
	let told = log(&running).await;
	let signatures = told.iter().filter(|entry| entry["what"] == "sign").count();
	assert_eq!(signatures, 2, "what was not signed is not written down as signed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_ends_and_so_does_what_was_signed_and_not_confirmed() {
	let (_node, running) = hospital().await;
	let (unsigned, signed) = (offered(&running, LOCAL).await, offered(&running, "q").await);
	assert_eq!(sign(&running, &other(), &signed, OTHER).await.status, 202);
	let earlier = |by: u64| {
		move |folder: &std::path::Path| {
			let sql = format!("UPDATE link_offer SET made = made - {by}, expires = expires - {by}, signed_at = signed_at - {by}, ends = ends - {by}");
			database::texts(folder, &sql);
		}
	};
	let running = running.again(earlier(OFFER_LIFE)).await;
	assert_eq!(stands(&running, &unsigned).await, json!({ "status": "expired" }));
	let got = sign(&running, &patient(), &unsigned, PATIENT).await;
	assert_eq!(got, sign(&running, &patient(), UNKNOWN, PATIENT).await);
	assert_eq!(confirm(&running, &unsigned).await.code(), "offer-expired");
	assert_eq!(stands(&running, &signed).await["status"], "signed");
	let running = running.again(earlier(CONFIRM_LIFE - OFFER_LIFE)).await;
	assert_eq!(stands(&running, &signed).await, json!({ "status": "expired" }));
	let got = confirm(&running, &signed).await;
	assert_eq!((got.status, got.code()), (409, "offer-expired".into()));
	assert!(!running.gateway.store.is_linked(&OTHER).unwrap());
	// An hour later it is forgotten.
	let running = running.again(earlier(CONFIRM_LIFE)).await;
	running.gateway.store.forget_offers(now()).unwrap();
	for offer in [&unsigned, &signed] {
		let got = running.faces.house(&format!("/links/offers/{offer}")).await;
		assert_eq!(got.status, 404, "{got:?}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_confirmed_before_it_is_signed_or_against_another_link() {
	let (_node, running) = hospital().await;
	let offer = offered(&running, LOCAL).await;
	let got = confirm(&running, &offer).await;
	assert_eq!((got.status, got.code()), (409, "offer-open".into()));
	assert_eq!(confirm(&running, UNKNOWN).await.status, 404);
	assert_eq!(running.faces.house(&format!("/links/offers/{UNKNOWN}")).await.status, 404);
	let path = format!("/links/offers/{offer}/confirm");
	let long = "x".repeat(101);
	for body in [
		json!({}),
		json!({ "by": "" }),
		json!({ "by": " " }),
		json!({ "by": long }),
		json!({ "by": "a\n" }),
		json!({ "by": "a", "x": 1 }),
	] {
		let got = post(&running, &path, body).await;
		assert_eq!((got.status, got.code()), (400, "link".into()));
	}
	for body in [json!({}), json!({ "patient": "a/b" }), json!({ "patient": "p", "name": "Doe" })] {
		assert_eq!(post(&running, "/links/offers", body).await.status, 400);
	}
	assert_eq!(running.faces.house("/links/log?after=1").await.code(), "from");

	// The patient is linked to another handle by then.
	assert_eq!(sign(&running, &patient(), &offer, PATIENT).await.status, 202);
	assert_eq!(running.link(OTHER, LOCAL).await.status, 200);
	let got = confirm(&running, &offer).await;
	assert_eq!((got.status, got.code()), (409, "linked-otherwise".into()));
	assert_eq!(stands(&running, &offer).await["status"], "signed");
	// And the handle to another patient.
	let second = offered(&running, "q").await;
	assert_eq!(sign(&running, &other(), &second, OTHER).await.status, 202);
	assert_eq!(confirm(&running, &second).await.code(), "linked-otherwise");
	assert!(!running.gateway.store.is_linked(&PATIENT).unwrap());
	assert_eq!(running.link(PATIENT, LOCAL).await.code(), "linked-otherwise");
	let told = log(&running).await;
	let whats = members(&told, "what");
	assert_eq!(
		whats,
		[
			"offer", "sign", "link", "confirm", "conflict", "look", "offer", "sign", "confirm",
			"conflict", "link", "conflict"
		]
	);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_wallets_one_signs() {
	let (_node, running) = hospital().await;
	for round in 0..5 {
		let offer = offered(&running, &format!("{LOCAL}-{round}")).await;
		let (one, two) = (patient(), other());
		let (one, two) = tokio::join!(
			sign(&running, &one, &offer, PATIENT),
			sign(&running, &two, &offer, OTHER),
		);
		let mut statuses = [one.status, two.status];
		let handle = if one.status == 202 { PATIENT } else { OTHER };
		statuses.sort_unstable();
		assert_eq!(statuses, [202, 404]);
		assert_eq!(stands(&running, &offer).await["handle"], handle.to_string());
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_signed_is_this_offer_here_and_now() {
	let (node, running) = hospital().await;
	let (offer, second) = (offered(&running, LOCAL).await, offered(&running, "q").await);
	let (who, own) = (patient(), query(PATIENT));
	let told = |got: Got| (got.status, got.code());
	for (change, code) in [
		(ReleaseRequest { custodian: 9, ..request(&who, &offer, PATIENT) }, "other-custodian"),
		(ReleaseRequest { expiry: now() - 1, ..request(&who, &offer, PATIENT) }, "expired"),
		(request(&who, &second, PATIENT), "other-target"),
	] {
		let got = send(&running, &who, &offer, PATIENT, &change).await;
		assert_eq!(told(got), (401, code.into()));
	}
	let other_chain = signed_header(&request(&who, &offer, PATIENT), &Hash([9; 32]), &who.key);
	assert_eq!(
		told(hand_in(&running, &offer, &own, &other_chain).await),
		(401, "signature".into())
	);
	for wrong in [
		ReleaseRequest { purpose: Purpose::Treat, ..request(&who, &offer, PATIENT) },
		ReleaseRequest { action: Action::Export, ..request(&who, &offer, PATIENT) },
	] {
		let got = send(&running, &who, &offer, PATIENT, &wrong).await;
		assert_eq!(told(got), (400, "search".into()));
	}
	let header = who.signed(CUSTODIAN, &target(&offer, "patient=x"), running.genesis());
	assert_eq!(told(hand_in(&running, &offer, "patient=x", &header).await), (400, "search".into()));
	let url = format!("{}/links/{offer}?{own}", running.faces.outside);
	let sent = running.faces.client().post(&url);
	assert_eq!(told(running.faces.send(sent).await.unwrap()), (401, "malformed".into()));
	let sent = running.faces.client().post(&url).body("{}");
	assert_eq!(told(running.faces.send(sent).await.unwrap()), (413, "too-large".into()));

	let it = request(&who, &offer, PATIENT);
	assert_eq!(send(&running, &who, &offer, PATIENT, &it).await.status, 202);
	let again = send(&running, &who, &offer, PATIENT, &it).await;
	assert_eq!(told(again), (409, "replayed".into()));
	node.silent(true);
	assert_eq!(told(sign(&running, &who, &second, PATIENT).await), (503, "chain-stale".into()));
	assert_eq!(stands(&running, &second).await["status"], "open");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_step_is_written_down_and_nobody_reads_it_in_the_files() {
	let (_node, running) = hospital().await;
	let offer = offered(&running, LOCAL).await;
	assert_eq!(sign(&running, &patient(), &offer, PATIENT).await.status, 202);
	stands(&running, &offer).await;
	assert_eq!(confirm(&running, &offer).await.status, 200);
	assert_eq!(running.link(OTHER, "q-815").await.status, 200);
	let told = log(&running).await;
	assert_eq!(members(&told, "what"), ["offer", "sign", "look", "confirm", "link"]);
	assert_eq!(members(&told, "by"), ["house", "key", "house", "house", "house"]);
	let handle = PATIENT.to_string();
	assert_eq!(members(&told, "handle"), ["", &handle, &handle, &handle, &OTHER.to_string()]);
	assert_eq!(members(&told, "patient"), [LOCAL, "", "", LOCAL, "q-815"]);
	let own = offer.as_str();
	assert_eq!(members(&told, "offer"), [own, own, own, own, ""]);
	assert_eq!(told[1]["who"], request(&patient(), &offer, PATIENT).requester.as_str());
	assert_eq!(told[3]["words"], "Ms Desk");
	let numbers: Vec<_> = told.iter().map(|entry| entry["number"].as_u64().unwrap()).collect();
	assert_eq!(numbers, [1, 2, 3, 4, 5]);
	let from = running.faces.house("/links/log?from=5").await.json();
	assert_eq!(from["links"].as_array().unwrap().len(), 1);

	// The patient sees in the access log that she has signed.
	let entries = running.faces.log().await;
	let text = json!(entries).to_string();
	assert!(text.contains("the patient has signed an offer to link her handle"));
	for secret in [LOCAL, "q-815", "Ms Desk", &handle, &offer] {
		assert!(!text.contains(secret), "{secret} stands in the access log");
		assert!(
			!database::holds(running.folder.path(), secret.as_bytes()),
			"{secret} stands in the database"
		);
	}
	for entry in running.gateway.store.link_entries(0, 9).unwrap() {
		assert!(!entry.sealed.windows(32).any(|part| part == PATIENT.0));
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_patient_who_is_erased_offers_go() {
	let (_node, running) = hospital().await;
	let (open, signed) = (offered(&running, LOCAL).await, offered(&running, LOCAL).await);
	let kept = offered(&running, "q").await;
	assert_eq!(sign(&running, &patient(), &signed, PATIENT).await.status, 202);
	// There may be no record yet.
	assert_eq!(running.faces.delete(&format!("/records/Patient/{LOCAL}")).await.status, 404);
	for offer in [&open, &signed] {
		let got = running.faces.house(&format!("/links/offers/{offer}")).await;
		assert_eq!(got.status, 404);
		assert_eq!(confirm(&running, offer).await.status, 404);
	}
	assert_eq!(sign(&running, &patient(), &open, PATIENT).await.status, 404);
	assert_eq!(stands(&running, &kept).await["status"], "open");
}
