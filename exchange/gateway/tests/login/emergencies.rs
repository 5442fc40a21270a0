//! Emergencies of somebody who signed in: as that person and no other, beside the desk's own token.

use super::{
	browser::{clinician, folder, rows, signed_in, told, Browser, DESK},
	common::{result, start_in, world, Person, Running, CUSTODIAN, PATIENT},
	provider::Provider,
};
use crate::common::node::Node;
use serde_json::{json, Value};

fn colleague() -> Person {
	Person::new(51, Some(CUSTODIAN))
}

fn address(who: &Person) -> String {
	format!("0x{}", hex::encode(who.account()))
}

/// A gateway with a record of the patient, which knows what the chain says of two clinicians; and the chain is silent.
async fn silent_house() -> (Node, Provider, Running) {
	let (node, provider) = (world().await, Provider::start().await);
	node.change(|world| {
		world.members.extend([clinician(), colleague()].map(|who| (CUSTODIAN, who.account())));
	});
	let row = format!(
		"[[login.staff]]\nvalue = \"colleague\"\nroles = [\"emergency\"]\ncredential = \"{}\"\n",
		address(&colleague())
	);
	let running = start_in(folder(&node, &provider, "", &(rows() + &row))).await;
	assert_eq!(running.link(PATIENT, "p").await.status, 200);
	running.faces.ingest(&result("r0")).await;
	let list = json!({ "add": [address(&clinician()), address(&colleague())] });
	assert_eq!(
		running.faces.post("/staff", "application/json", list.to_string()).await.unwrap().status,
		200
	);
	let present = running.gateway.node.present().await.unwrap();
	running.gateway.keep(&present).await.unwrap();
	node.silent(true);
	running.silence(true).await;
	(node, provider, running)
}

fn declaration() -> Value {
	json!({ "patient": "p", "reason": "UrgentCare", "classes": ["Laboratory"] })
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signed_in_declares_as_nobody_else_and_sees_their_own_alone() {
	let (_node, provider, running) = silent_house().await;
	let mut one = signed_in(&running, &provider, "clinician").await;
	let mut other = signed_in(&running, &provider, "colleague").await;
	let mut as_other = declaration();
	as_other["credential"] = json!(address(&colleague()));
	assert_eq!(told(&one.post("/emergency", as_other).await), (400, "declaration".into()));
	let got = one.post("/emergency", declaration()).await;
	assert_eq!(got.status, 200, "{got:?}");
	let id = got.json()["emergency"].as_str().unwrap().to_owned();
	let all = format!("/emergency/{id}/records");
	let record = format!("{all}/Observation/r0");
	assert_eq!(one.get(&all).await.json()["entry"].as_array().unwrap().len(), 1);
	assert_eq!(one.get(&record).await.status, 200);
	for path in [&all, &record] {
		assert_eq!(told(&other.get(path).await), (404, "emergency-unknown".into()));
	}
	let log = running.faces.log().await;
	let requester =
		&log.iter().find(|entry| entry["recordId"] == "$emergency").unwrap()["requester"];
	let own = salus_exchange_protocol::account::Address::from(
		salus_exchange_protocol::account::Account(clinician().account()),
	);
	assert_eq!(requester, own.as_str());
	// Off the list, it is over at once.
	let off = json!({ "remove": [address(&clinician())] }).to_string();
	running.faces.post("/staff", "application/json", off).await.unwrap();
	assert_eq!(told(&one.get(&record).await), (403, "staff-unknown".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_goes_on_with_its_own_token_when_the_provider_is_down() {
	let (_node, provider, running) = silent_house().await;
	let mut open = signed_in(&running, &provider, "clinician").await;
	provider.change(|world| world.status = Some(503));
	let mut browser = Browser::of(&running);
	let mut as_desk = declaration();
	as_desk["credential"] = json!(address(&colleague()));
	let token = format!("Bearer {DESK}");
	let got = browser
		.send("POST", "/emergency", Some(as_desk.clone()), &[("authorization", &token)])
		.await;
	assert_eq!(got.status, 200, "{got:?}");
	let id = got.json()["emergency"].as_str().unwrap().to_owned();
	let path = format!("/emergency/{id}/records/Observation/r0");
	assert_eq!(browser.send("GET", &path, None, &[("authorization", &token)]).await.status, 200);
	// Without a person the desk has to say who it is, and a session that is open goes on.
	let got =
		browser.send("POST", "/emergency", Some(declaration()), &[("authorization", &token)]).await;
	assert_eq!(told(&got), (400, "declaration".into()));
	assert_eq!(open.post("/emergency", declaration()).await.status, 200);
}
