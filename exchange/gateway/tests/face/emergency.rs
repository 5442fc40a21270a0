//! What staff of the house sees in an emergency while the chain is silent, and what not; and how the chain is told of it.

use crate::{
	common::{
		self, configured, doctor,
		node::{Busy, Late, Node, World},
		result, secret, start_in, world, Got, Person, Running, CUSTODIAN, PATIENT, TOKEN,
	},
	damaged::damage,
};
use codec::{Compact, Encode};
use ed25519_zebra::VerificationKey;
use salus_exchange_protocol::{
	account::Account,
	log::{verify_log, Line},
	Hash,
};
use salus_gateway::{
	chain::{now, watch::MISSES, Block},
	config::Config,
	emergency::{Declaration, NotLet, Subject},
	gateway::Gateway,
	store::Of,
};
use salus_primitives::{AdvanceDirective, DataClassSet, EmergencyReason, PatientState};
use serde_json::{json, Value};

const DESK: &str = "a-token-of-the-desk-that-is-long-enough";
const HIV: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
const DAY: u64 = 86_400;

type Change = fn(&mut World);

/// A clinician of the house.
fn clinician() -> Person {
	Person::new(50, Some(CUSTODIAN))
}

/// A folder with a configuration that has a desk for emergencies, with that token.
fn with_desk(node: &Node, token: &str) -> tempfile::TempDir {
	let folder = configured(node, CUSTODIAN, "[emergency]\ntoken = \"DESK\"\n");
	let (file, desk) = (folder.path().join("gateway.toml"), folder.path().join("desk.token"));
	secret(&desk, token);
	let text = std::fs::read_to_string(&file).unwrap();
	std::fs::write(&file, text.replace("DESK", &desk.display().to_string())).unwrap();
	folder
}

/// A gateway with a desk for emergencies, whose staff is the clinician, and which has two results of the patient.
async fn house(node: &Node) -> Running {
	node.change(|world| {
		world.members.insert((CUSTODIAN, clinician().account()));
	});
	let running = start_in(with_desk(node, DESK)).await;
	assert_eq!(running.link(PATIENT, "p").await.status, 200);
	for id in ["r0", "r1"] {
		assert_eq!(running.faces.ingest(&result(id)).await["state"], "held");
	}
	staff(&running, json!({ "add": [address(&clinician())] })).await;
	running
}

fn address(who: &Person) -> String {
	format!("0x{}", hex::encode(who.account()))
}

async fn staff(running: &Running, change: Value) {
	let got = running.faces.post("/staff", "application/json", change.to_string()).await.unwrap();
	assert_eq!(got.status, 200, "{got:?}");
}

/// Has what the chain says now kept.
async fn keep(running: &Running) {
	let staff = running.gateway.store.staff().unwrap();
	let staff = staff.into_iter().map(|(who, _)| Of::Staff(who));
	for of in [Of::House, Of::Patient(PATIENT)].into_iter().chain(staff) {
		age(running, of, 10 * DAY);
	}
	let present = running.gateway.node.present().await.unwrap();
	running.gateway.keep(&present).await.unwrap();
}

/// What is kept of somebody is so many seconds old.
fn age(running: &Running, of: Of, seconds: u64) {
	let store = &running.gateway.store;
	if let Some(kept) = store.kept(&of).unwrap() {
		let (number, hash, time) = (kept.number, kept.hash, now() - seconds);
		let block = Block { hash, number, state_root: Hash([0; 32]), time };
		store.keep(&block, &[(of, kept.content)]).unwrap();
	}
}

/// The chain is silent from now on.
async fn silent(running: &Running, node: &Node) {
	keep(running).await;
	node.silent(true);
	// The gateway has looked in vain by itself. The other looks that make a silence follow at once, and no look that began before can end it.
	running.ready(503, "node-unreachable").await;
	for _ in 1..MISSES {
		running.gateway.watch.note(running.gateway.node.present().await);
	}
	running.silence(true).await;
}

/// The chain answers again.
async fn answers(running: &Running, node: &Node) {
	node.silent(false);
	running.silence(false).await;
}

fn declaration(who: &Person, patient: &str) -> Value {
	json!({ "credential": address(who), "patient": patient, "reason": "UrgentCare", "classes": ["Laboratory"], "note": "unconscious, ward 3" })
}

async fn send(request: reqwest::RequestBuilder) -> Got {
	let request = request.build().unwrap();
	let (method, path) = (request.method().to_string(), request.url().path().to_owned());
	let response = reqwest::Client::new().execute(request).await.unwrap();
	let status = response.status().as_u16();
	let content_type = response.headers().get("content-type").map(|it| it.to_str().unwrap());
	common::openapi::check(true, &method, &path, status, content_type);
	Got { status, headers: vec![], body: response.bytes().await.unwrap().to_vec() }
}

async fn declare(running: &Running, body: Value) -> Got {
	let url = format!("{}/emergency", running.faces.inside);
	let request = reqwest::Client::new().post(url).bearer_auth(DESK);
	send(request.body(body.to_string())).await
}

async fn look(running: &Running, emergency: &Value, path: &str) -> Got {
	let name = emergency.as_str().unwrap();
	let url = format!("{}/emergency/{name}/records{path}", running.faces.inside);
	send(reqwest::Client::new().get(url).bearer_auth(DESK)).await
}

fn code(got: &Got) -> (u16, String) {
	(got.status, got.code())
}

fn refused(status: u16, code: &str) -> (u16, String) {
	(status, code.into())
}

fn ids(page: &Value) -> Vec<&str> {
	let entries = page["entry"].as_array().map_or(&[][..], Vec::as_slice);
	entries.iter().map(|entry| entry["resource"]["id"].as_str().unwrap()).collect()
}

async fn released(running: &Running) -> Vec<String> {
	let log = running.faces.log().await;
	let released = log.iter().filter(|entry| entry["outcome"] == "released");
	released.map(|entry| entry["recordId"].as_str().unwrap().into()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_chain_is_silent_a_clinician_of_the_house_sees_its_records_of_a_patient() {
	let node = world().await;
	let running = house(&node).await;
	keep(&running).await;
	let asked = declaration(&clinician(), "p");
	assert_eq!(code(&declare(&running, asked.clone()).await), refused(409, "chain-answers"));
	silent(&running, &node).await;
	let before = now();
	let got = declare(&running, asked.clone()).await;
	assert_eq!(got.status, 200, "{got:?}");
	let told = got.json();
	let declared = told["declared"].as_u64().unwrap();
	assert!((before..=now()).contains(&declared));
	assert_eq!(
		(&told["until"], &told["tellTheChainBy"]),
		(&json!(declared + 4 * 3_600), &json!(declared + DAY))
	);
	// The declaration is in the log before anything has left.
	assert_eq!(released(&running).await, ["$emergency"]);
	let page = look(&running, &told["emergency"], "").await;
	assert_eq!((page.status, ids(&page.json())), (200, vec!["r0", "r1"]));
	let one = look(&running, &told["emergency"], "/Observation/r1").await;
	assert_eq!((one.status, one.body), (200, result("r1").to_string().into_bytes()));
	let none = look(&running, &told["emergency"], "/Observation/r9").await;
	assert_eq!(code(&none), refused(404, "not-found"));
	assert_eq!(
		released(&running).await,
		["$emergency", "Observation/r0", "Observation/r1", "Observation/r1"]
	);
	let log = running.faces.log().await;
	let lines: Vec<Line> =
		log.iter().map(|entry| Line::read(entry.to_string().as_bytes()).unwrap()).collect();
	assert_eq!(verify_log(&lines).unwrap().length(), 5);
	for entry in &log {
		assert_eq!(entry["requestId"], told["emergency"], "{entry}");
		assert_eq!((&entry["purpose"], &entry["requesterKind"]), (&json!("Btg"), &json!("person")));
		assert_eq!(entry["requester"], json!(address(&clinician())));
		let words = entry["decision"].as_str().unwrap();
		assert!(words.starts_with("Emergency without the chain"), "{words}");
	}
	// Whoever asks again is told of the emergency that there is.
	assert_eq!(declare(&running, asked).await.json(), told);
	// Nothing else is released while the chain is silent.
	assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 503);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_file_keeps_none_of_the_others_from_whoever_helps() {
	let node = world().await;
	let running = house(&node).await;
	assert_eq!(running.faces.ingest(&result("r2")).await["state"], "held");
	damage(&running, "Observation", "r1");
	silent(&running, &node).await;
	let told = declare(&running, declaration(&clinician(), "p")).await.json();
	let page = look(&running, &told["emergency"], "").await;
	assert_eq!((page.status, ids(&page.json())), (200, vec!["r0", "r2"]));
	let one = look(&running, &told["emergency"], "/Observation/r1").await;
	assert_eq!(code(&one), refused(404, "not-found"));
	assert_eq!(released(&running).await, ["$emergency", "Observation/r0", "Observation/r2"]);
	let waiting = running.faces.house("/quarantine").await.json();
	let waiting = &waiting["quarantine"][0];
	let (damaged, fault) = (&json!("Observation/r1"), &json!("file-damaged"));
	assert_eq!((&waiting["reference"], &waiting["fault"]), (damaged, fault));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_reason_to_refuse_has_its_own_code_and_nothing_leaves() {
	let node = world().await;
	let running = house(&node).await;
	let (officer, nobody) = (Person::new(51, Some(CUSTODIAN)), Person::new(52, Some(CUSTODIAN)));
	node.change(|world| {
		world.officers.insert((CUSTODIAN, officer.account()));
	});
	staff(&running, json!({ "add": [address(&officer), address(&nobody)] })).await;
	silent(&running, &node).await;
	let ask = |who: Person, patient: &'static str| {
		let running = &running;
		async move { code(&declare(running, declaration(&who, patient)).await) }
	};
	assert_eq!(ask(Person::new(53, None), "p").await, refused(403, "staff-unknown"));
	assert_eq!(ask(clinician(), "q").await, refused(404, "patient-unknown"));
	assert_eq!(ask(officer, "p").await, refused(403, "wrong-role"));
	assert_eq!(ask(nobody, "p").await, refused(403, "no-role"));
	let late = Person::new(54, Some(CUSTODIAN));
	staff(&running, json!({ "add": [address(&late)] })).await;
	assert_eq!(ask(late, "p").await, refused(503, "nothing-kept"));
	let other = Hash([0x22; 32]);
	assert_eq!(running.link(other, "linked-late").await.status, 200);
	assert_eq!(ask(clinician(), "linked-late").await, refused(503, "nothing-kept"));
	for of in [Of::House, Of::Patient(PATIENT), Of::Staff(clinician().account())] {
		age(&running, of, DAY + 1);
		assert_eq!(ask(clinician(), "p").await, refused(503, "kept-too-old"), "{of:?}");
		age(&running, of, DAY - 60);
	}
	// A person who is taken off the list is gone at once, whatever is kept.
	staff(&running, json!({ "remove": [address(&clinician())] })).await;
	assert_eq!(ask(clinician(), "p").await, refused(403, "staff-unknown"));
	staff(&running, json!({ "add": [address(&clinician())] })).await;
	answers(&running, &node).await;
	let cases: [(Change, Change, &str); 5] = [
		(
			|world| {
				world.advance.insert(PATIENT, AdvanceDirective::NoEmergency);
			},
			|world| world.advance.clear(),
			"excluded",
		),
		(
			|world| {
				world.stopped.insert(CUSTODIAN, 5);
			},
			|world| world.stopped.clear(),
			"licence-stopped",
		),
		(
			|world| {
				world.states.insert(PATIENT, PatientState::DeceasedFinal);
			},
			|world| world.states.clear(),
			"handle-state",
		),
		(
			|world| {
				world.organisations.remove(&CUSTODIAN);
			},
			|world| {
				world.organisations.insert(CUSTODIAN);
			},
			"not-licensed",
		),
		(
			|world| {
				world.patients.remove(&PATIENT);
			},
			|world| {
				world.patients.insert(PATIENT);
			},
			"handle-unknown",
		),
	];
	for (change, back, expected) in cases {
		node.change(change);
		silent(&running, &node).await;
		assert_eq!(ask(clinician(), "p").await, refused(403, expected));
		answers(&running, &node).await;
		node.change(back);
	}
	for (body, why) in [
		(json!({}), "nothing"),
		(
			json!({ "credential": "x", "patient": "p", "reason": "UrgentCare", "classes": ["Laboratory"] }),
			"no account",
		),
		(
			json!({ "credential": address(&clinician()), "patient": "p", "reason": "Curiosity", "classes": ["Laboratory"] }),
			"no reason",
		),
		(
			json!({ "credential": address(&clinician()), "patient": "p", "reason": "UrgentCare", "classes": [] }),
			"no class",
		),
		(
			json!({ "credential": address(&clinician()), "reason": "UrgentCare", "classes": ["Laboratory"] }),
			"nobody",
		),
	] {
		assert_eq!(code(&declare(&running, body).await), refused(400, "declaration"), "{why}");
	}
	assert_eq!(released(&running).await, [""; 0]);
	let log = running.faces.log().await;
	assert!(log.len() >= 12 && log.iter().all(|entry| entry["outcome"] == "refused"), "{log:?}");
	assert_eq!(running.faces.house("/emergencies").await.json()["emergencies"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_labels_what_is_of_other_classes_and_what_is_of_others_does_not_leave() {
	let node = world().await;
	let running = house(&node).await;
	let mut labelled = result("hidden");
	labelled["meta"] = json!({ "security": [{ "system": HIV, "code": "HIV" }] });
	assert_eq!(running.faces.ingest(&labelled).await["state"], "held");
	let about = json!({ "resourceType": "Patient", "id": "p" });
	assert_eq!(running.faces.ingest(&about).await["state"], "held");
	let other = Hash([0x22; 32]);
	node.change(|world| {
		world.patients.insert(other);
	});
	assert_eq!(running.link(other, "q").await.status, 200);
	let mut theirs = result("theirs");
	theirs["subject"]["reference"] = json!("Patient/q");
	assert_eq!(running.faces.ingest(&theirs).await["state"], "held");
	silent(&running, &node).await;
	let told = declare(&running, declaration(&clinician(), "p")).await.json();
	let page = look(&running, &told["emergency"], "").await.json();
	assert_eq!(
		ids(&page),
		["r0", "r1", "hidden"],
		"labelled data is let, unless the patient has excluded it"
	);
	for id in ["/Patient/p", "/Observation/theirs"] {
		assert_eq!(look(&running, &told["emergency"], id).await.status, 404, "{id}");
	}
	// What the patient has excluded by what is kept counts for each look.
	answers(&running, &node).await;
	node.change(|world| {
		world.advance.insert(PATIENT, AdvanceDirective::NoLabelled);
	});
	silent(&running, &node).await;
	let page = look(&running, &told["emergency"], "").await.json();
	assert_eq!(ids(&page), ["r0", "r1"]);
	assert_eq!(look(&running, &told["emergency"], "/Observation/hidden").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emergency_ends_after_four_hours_when_the_chain_is_back_or_when_the_person_is_taken_off()
{
	let node = world().await;
	let running = house(&node).await;
	silent(&running, &node).await;
	let told = declare(&running, declaration(&clinician(), "p")).await.json();
	let name = &told["emergency"];
	assert_eq!(look(&running, name, "").await.status, 200);
	// It goes on in a gateway that was started anew.
	let running = running.again(|_| {}).await;
	running.silence(true).await;
	assert_eq!(look(&running, name, "").await.status, 200);
	staff(&running, json!({ "remove": [address(&clinician())] })).await;
	assert_eq!(code(&look(&running, name, "").await), refused(403, "staff-unknown"));
	staff(&running, json!({ "add": [address(&clinician())] })).await;
	assert_eq!(code(&look(&running, name, "").await), refused(503, "nothing-kept"));
	answers(&running, &node).await;
	silent(&running, &node).await;
	let store = &running.gateway.store;
	let mut old = store.emergencies(1).unwrap().remove(0);
	let event = Line::read(running.faces.log().await[0].to_string().as_bytes()).unwrap().event();
	(old.id, old.happened, old.until) = (Hash([8; 32]), now() - 4 * 3_600 - 1, now() - 1);
	store.declare(&old, &event.unwrap()).unwrap();
	let over = look(&running, &json!(old.id.to_string()), "").await;
	assert_eq!(code(&over), refused(403, "emergency-over"));
	let unknown = look(&running, &json!(Hash([7; 32]).to_string()), "").await;
	assert_eq!(code(&unknown), refused(404, "emergency-unknown"));
	answers(&running, &node).await;
	assert_eq!(code(&look(&running, name, "").await), refused(409, "chain-answers"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_set_back_makes_nothing_younger() {
	let node = world().await;
	let running = house(&node).await;
	silent(&running, &node).await;
	// What is kept is of a moment that the clock has not reached.
	let store = &running.gateway.store;
	let kept = store.kept(&Of::House).unwrap().unwrap();
	let block =
		Block { hash: kept.hash, number: 9, state_root: Hash([0; 32]), time: now() + 3_600 };
	store.keep(&block, &[(Of::House, kept.content)]).unwrap();
	let got = declare(&running, declaration(&clinician(), "p")).await;
	assert_eq!(code(&got), refused(503, "clock"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_has_a_token_of_its_own_and_is_not_there_without_one() {
	let node = world().await;
	let running = house(&node).await;
	let body = declaration(&clinician(), "p").to_string();
	let got = running.faces.post("/emergency", "application/json", body.clone()).await.unwrap();
	assert_eq!(code(&got), refused(401, "token"), "the house's token is another");
	for path in ["/staff", "/emergencies", "/log", "/outbox"] {
		let url = format!("{}{path}", running.faces.inside);
		let got = send(reqwest::Client::new().get(url).bearer_auth(DESK)).await;
		assert_eq!(code(&got), refused(401, "token"), "{path}");
	}
	// A body here may be as large as an order is elsewhere inside.
	let large = "x".repeat((64 << 10) + 1);
	let url = format!("{}/emergency", running.faces.inside);
	let got = send(reqwest::Client::new().post(url).bearer_auth(DESK).body(large)).await;
	assert_eq!(code(&got), refused(413, "too-large"));
	let without = common::start(&node, CUSTODIAN, "").await;
	let got = without.faces.post("/emergency", "application/json", body).await.unwrap();
	assert_eq!(code(&got), refused(404, "not-found"));
	// The two tokens must differ.
	let folder = with_desk(&node, TOKEN);
	let config = Config::read_file(&folder.path().join("gateway.toml")).unwrap();
	let same = Gateway::open(config).map(drop).unwrap_err();
	assert!(same.to_string().contains("emergency.token"), "{same}");
}

/// A transaction of an account, signed as wallets do.
fn signed(who: &Person, call: &[u8], born: Block, nonce: u32, genesis: Hash) -> String {
	let phase = (born.number % 64) as u16;
	let extra = ((phase << 4 | 5).to_le_bytes(), Compact(nonce), Compact(0_u128), 0_u8).encode();
	let implied = (2_000_u32, 1_u32, genesis.0, born.hash.0, 0_u8).encode();
	let payload = [call, &extra, &implied].concat();
	assert!(payload.len() <= 256);
	let signature: [u8; 64] = who.key.sign(&payload).into();
	let account: [u8; 32] = VerificationKey::from(&who.key).into();
	let whole = [(0x84_u8, 0_u8, account, 0_u8, signature).encode(), extra, call.to_vec()].concat();
	format!("0x{}", hex::encode(whole.encode()))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chain_is_told_by_the_person_who_declared_and_the_gateway_sees_when_it_has_it() {
	let node = world().await;
	let running = house(&node).await;
	silent(&running, &node).await;
	let told = declare(&running, declaration(&clinician(), "p")).await.json();
	let name = told["emergency"].as_str().unwrap().to_owned();
	let listed =
		|| async { running.faces.house("/emergencies").await.json()["emergencies"][0].clone() };
	let due = listed().await;
	assert_eq!((&due["state"], &due["tellTheChainBy"]), (&json!("due"), &told["tellTheChainBy"]));
	assert_eq!(
		(&due["reason"], &due["note"]),
		(&json!("UrgentCare"), &json!("unconscious, ward 3"))
	);
	let salt: Hash = due["salt"].as_str().unwrap().parse().unwrap();
	let detail = Hash::of(&[salt.0.as_slice(), b"unconscious, ward 3"].concat());
	assert_eq!(due["detail"], json!(detail.to_string()));
	let metrics =
		|| async { String::from_utf8(running.faces.house("/metrics").await.body).unwrap() };
	assert!(metrics().await.contains("salus_gateway_emergencies_unrecorded 1\n"));
	answers(&running, &node).await;
	let present = running.gateway.node.present().await.unwrap();
	let call = hex::decode(due["call"].as_str().unwrap().strip_prefix("0x").unwrap()).unwrap();
	let hand_in = |transaction: String| {
		let (faces, path) = (&running.faces, format!("/emergencies/{name}/late"));
		let body = json!({ "transaction": transaction }).to_string();
		async move { faces.post(&path, "application/json", body).await.unwrap() }
	};
	let genesis = running.genesis();
	let by = |who: &Person, call: &[u8]| signed(who, call, present.finalised, 0, genesis);
	assert_eq!(code(&hand_in(by(&doctor(), &call)).await), refused(400, "signer"));
	let mut other = call.clone();
	other[10] ^= 1;
	assert_eq!(code(&hand_in(by(&clinician(), &other)).await), refused(400, "call"));
	assert_eq!(code(&hand_in("0x00".into()).await), refused(400, "transaction"));
	let mut forged = by(&clinician(), &call);
	forged.replace_range(90..92, if &forged[90..92] == "00" { "01" } else { "00" });
	assert_eq!(code(&hand_in(forged).await), refused(502, "node"));
	assert_eq!(hand_in(by(&clinician(), &call)).await.status, 200);
	node.block();
	let world = node.world();
	let late = &world.late[0];
	assert_eq!((late.patient, late.who, late.detail), (PATIENT, clinician().account(), detail));
	assert_eq!((late.classes, late.happened), (1 << 3, told["declared"].as_u64().unwrap()));
	let present = running.gateway.node.present().await.unwrap();
	running.gateway.look_for_late_records(&present).await.unwrap();
	let recorded = listed().await;
	assert_eq!((&recorded["state"], &recorded["number"]), (&json!("recorded"), &json!(50)));
	assert_eq!(code(&hand_in(by(&clinician(), &call)).await), refused(409, "recorded"));
	let metrics = metrics().await;
	assert!(metrics.contains("salus_gateway_emergencies 1\n"), "{metrics}");
	assert!(metrics.contains("salus_gateway_emergencies_unrecorded 0\n"), "{metrics}");
	assert!(!metrics.contains("0x"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_chain_was_not_told_in_a_day_is_named_as_missed() {
	let node = world().await;
	let running = house(&node).await;
	silent(&running, &node).await;
	declare(&running, declaration(&clinician(), "p")).await;
	let store = &running.gateway.store;
	let mut old = store.emergencies(1).unwrap().remove(0);
	let event = Line::read(running.faces.log().await[0].to_string().as_bytes()).unwrap().event();
	(old.id, old.happened) = (Hash([8; 32]), now() - DAY - 1);
	old.until = old.happened + 4 * 3_600;
	store.declare(&old, &event.unwrap()).unwrap();
	let listed = running.faces.house("/emergencies").await.json()["emergencies"].clone();
	let states: Vec<&Value> =
		listed.as_array().unwrap().iter().map(|each| &each["state"]).collect();
	assert_eq!(states, ["missed", "due"]);
	let path = format!("/emergencies/{}/late", old.id);
	let call = old.late_call(CUSTODIAN);
	answers(&running, &node).await;
	let present = running.gateway.node.present().await.unwrap();
	let body = signed(&clinician(), &call, present.finalised, 0, running.genesis());
	let body = json!({ "transaction": body }).to_string();
	let got = running.faces.post(&path, "application/json", body).await.unwrap();
	assert_eq!(code(&got), refused(409, "too-late"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chain_is_silent_by_what_the_gateway_saw_itself_and_by_nothing_that_others_ask() {
	let node = world().await;
	let running = house(&node).await;
	keep(&running).await;
	// A gateway that does not run looks at nothing by itself.
	let running = running.stopped().await;
	node.silent(true);
	let declaration = || Declaration {
		who: Account(clinician().account()),
		subject: Subject::Own("p".into()),
		reason: EmergencyReason::UrgentCare,
		classes: DataClassSet(1 << 3),
		note: String::new(),
	};
	for _ in 0..10 {
		assert!(running.gateway.node.present().await.is_err(), "others ask in vain");
		let declared = running.gateway.declare(declaration()).await;
		assert!(matches!(declared, Err(NotLet::ChainAnswers)), "{declared:?}");
	}
	for _ in 0..MISSES {
		running.gateway.watch.note(running.gateway.node.present().await);
	}
	running.gateway.declare(declaration()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_is_asked_too_often_opens_no_desk() {
	let node = world().await;
	let running = house(&node).await;
	keep(&running).await;
	for busy in [Busy::Status, Busy::Error(-32_999), Busy::Error(-32_009)] {
		node.busy(Some(busy));
		running.ready(503, "node-busy").await;
		// More looks than make a silence: each is four calls at most.
		let calls = node.calls();
		while node.calls() < calls + 4 * (u64::from(MISSES) + 4) {
			tokio::time::sleep(std::time::Duration::from_millis(50)).await;
		}
		let got = declare(&running, declaration(&clinician(), "p")).await;
		assert_eq!(code(&got), refused(409, "chain-answers"), "{busy:?}");
		assert_eq!(running.read(&doctor(), "Observation/r0").await.code(), "chain-stale");
		node.busy(None);
		running.ready(200, "").await;
	}
	silent(&running, &node).await;
	assert_eq!(declare(&running, declaration(&clinician(), "p")).await.status, 200);
}

/// What the patient sees of the log has the emergencies that were refused, too.
#[tokio::test(flavor = "multi_thread")]
async fn an_emergency_that_was_refused_is_about_the_patient() {
	let node = world().await;
	// Before the gateway keeps anything of the chain: what is kept once may be older than a change that comes later.
	node.change(|world| {
		world.advance.insert(PATIENT, AdvanceDirective::NoEmergency);
	});
	let running = house(&node).await;
	silent(&running, &node).await;
	let got = declare(&running, declaration(&clinician(), "p")).await;
	assert_eq!(code(&got), refused(403, "excluded"));
	let about = running.gateway.store.log_about(&PATIENT, u64::MAX, 10).unwrap();
	assert_eq!(about.len(), 1, "{about:?}");
	let name = json!(Hash([7; 32]).to_string());
	let beyond = look(&running, &name, "?after=9223372036854775808").await;
	assert_eq!(code(&beyond), refused(400, "after"), "beyond the database's numbers");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_chain_has_of_another_emergency_is_not_taken_for_this_one() {
	let node = world().await;
	let running = house(&node).await;
	silent(&running, &node).await;
	declare(&running, declaration(&clinician(), "p")).await;
	answers(&running, &node).await;
	let own = running.gateway.store.emergencies(1).unwrap().remove(0);
	let on_chain = Late {
		organisation: CUSTODIAN,
		patient: PATIENT,
		who: own.who,
		reason: own.reason,
		classes: own.classes,
		happened: own.happened,
		detail: own.detail,
		recorded: own.happened + 1,
	};
	let state = || async {
		let present = running.gateway.node.present().await.unwrap();
		running.gateway.look_for_late_records(&present).await.unwrap();
		running.gateway.store.emergency(&own.id).unwrap().unwrap().recorded
	};
	let record = |late: Late| node.change(|world| world.late.push(late));
	// For another reason, and long before.
	record(Late { reason: 2, detail: Hash([9; 32]), ..on_chain.clone() });
	record(Late { happened: own.happened - DAY - 1, ..on_chain.clone() });
	assert_eq!(state().await, None);
	record(on_chain);
	assert_eq!(state().await, Some(52));
}
