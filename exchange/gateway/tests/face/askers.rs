//! Each entry of the access log says whether a person or a machine asked, and has one name for each account.

use crate::common::{
	doctor, linked, node::Node, result, world, Person, Running, CUSTODIAN, PATIENT,
};
use salus_exchange_protocol::{
	account::{Account, Address},
	event::RequesterKind,
	request::ReleaseRequest,
};
use salus_gateway::fetch::signed_header;
use serde_json::{json, Value};

const RECORD: &str = "Observation/r0";

fn patient() -> Person {
	Person::new(78, None)
}

async fn hospital(node: &Node) -> Running {
	node.change(|world| {
		world.keys.insert((PATIENT, patient().account()));
	});
	let running = linked(node, "").await;
	assert_eq!(running.faces.ingest(&result("r0")).await["state"], "held");
	running
}

/// Asks for the record by a request as it is, and tells the status.
async fn ask(running: &Running, who: &Person, request: &ReleaseRequest) -> u16 {
	let header = signed_header(request, &running.genesis(), &who.key);
	running.faces.get(&format!("/fhir/{RECORD}"), &header).await.unwrap().status
}

/// Of whoever asked, in an AuditEvent: whose reference it is, and the codes.
fn user(event: &Value) -> (String, Vec<String>) {
	let agents = event["agent"].as_array().unwrap();
	let user = agents.iter().find(|agent| agent["requestor"] == true).unwrap();
	let codes = user["type"]["coding"].as_array().unwrap();
	let codes = codes.iter().map(|code| code["code"].as_str().unwrap().to_owned());
	(user["who"]["type"].as_str().unwrap().to_owned(), codes.collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_entry_says_whether_a_person_or_a_machine_asked() {
	use RequesterKind::{Machine, Person as Human};
	let node = world().await;
	let running = hospital(&node).await;
	let cases = [
		(doctor(), None, "machine", ("Device", "110150")),
		(doctor(), Some(Human), "person", ("PractitionerRole", "humanuser")),
		(doctor(), Some(Machine), "machine", ("Device", "110150")),
		(patient(), None, "person", ("Patient", "humanuser")),
		(patient(), Some(Human), "person", ("Patient", "humanuser")),
		(patient(), Some(Machine), "machine", ("Device", "110150")),
	];
	for (who, requester_kind, ..) in &cases {
		let request =
			ReleaseRequest { requester_kind: *requester_kind, ..who.request(CUSTODIAN, RECORD) };
		assert_eq!(ask(&running, who, &request).await, 200, "{requester_kind:?}");
	}
	// What is refused says it too.
	node.change(|world| world.grants.clear());
	let refused = doctor().request(CUSTODIAN, RECORD);
	let refused = ReleaseRequest { requester_kind: Some(Human), ..refused };
	assert_eq!(ask(&running, &doctor(), &refused).await, 404);

	let log = running.faces.log().await;
	assert_eq!(log.len(), cases.len() + 1);
	assert_eq!(log[cases.len()]["outcome"], "refused");
	assert_eq!(log[cases.len()]["requesterKind"], "person");
	let events = String::from_utf8(running.faces.house("/audit-events").await.body).unwrap();
	let events: Vec<Value> =
		events.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
	assert_eq!(events.len(), log.len());
	for (at, (_, said, kind, (whose, code))) in cases.iter().enumerate() {
		assert_eq!(log[at]["requesterKind"], *kind, "{at} {said:?}");
		let expected = ((*whose).to_owned(), vec!["IRCP".to_owned(), (*code).to_owned()]);
		assert_eq!(user(&events[at]), expected, "{at} {said:?}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_of_who_asks_cannot_be_changed_on_the_way() {
	let node = world().await;
	let running = hospital(&node).await;
	let silent = doctor().request(CUSTODIAN, RECORD);
	let kinds = [None, Some(RequesterKind::Person), Some(RequesterKind::Machine)];
	for signed in kinds {
		for sent in kinds.into_iter().filter(|sent| *sent != signed) {
			let signed = ReleaseRequest { requester_kind: signed, ..silent.clone() };
			let message = signed.message(&running.genesis());
			let sent = ReleaseRequest { requester_kind: sent, ..silent.clone() };
			// The signature of the one, beside the other.
			let signature: [u8; 64] = doctor().key.sign(&message).into();
			let mut document = json!({
				"request": {
					"id": sent.id.to_string(), "custodian": sent.custodian, "recordId": sent.record_id, "requester": sent.requester.as_str(),
					"organisation": sent.organisation, "purpose": sent.purpose.name(), "action": sent.action.name(), "expiry": sent.expiry,
				},
				"signature": format!("0x{}", hex::encode(signature)),
			});
			if let Some(kind) = sent.requester_kind {
				document["request"]["requesterKind"] = json!(kind.name());
			}
			let header = base64::Engine::encode(
				&base64::engine::general_purpose::URL_SAFE_NO_PAD,
				document.to_string(),
			);
			let got = running.faces.get(&format!("/fhir/{RECORD}"), &header).await.unwrap();
			let told = (got.status, got.code());
			assert_eq!(told, (401, "signature".into()), "{signed:?} {sent:?}");
		}
	}
	assert_eq!(running.faces.log().await, [Value::Null; 0]);
}

/// The addresses of the doctor and of the patient with the prefixes 42, 0 and 16383.
const ADDRESSES: [[&str; 3]; 2] = [
	[
		"5GeKQ24kqNh3s2GHkLEHvR8oH6kS6VcJNGf3FYMV6Rbcd4D5",
		"15acYMKph9xXJZGohyHJ4Zxx8ik5noASSmPXQqLqeWd8oduq",
		"yNZugJHVkvRzazxA9oR4a58FqM4TDB1MTJwujk9XYNuLgWWA7",
	],
	[
		"5FHGB25bg7akq6Bnahe1bZF83jdg8SaiXSBikmuG7e8B5t17",
		"14DZKMLfXtrEGdCJYLh1ji5GuMdKpk8rbvvCv4tcfj9hGF9v",
		"yNYYd5HWbmAtHy25ednUHkGNA7hLTCxKsU7SRFP5KQ7sEyK3B",
	],
];

#[tokio::test(flavor = "multi_thread")]
async fn an_account_has_one_name_in_the_log_whichever_of_its_addresses_came() {
	let node = world().await;
	let running = hospital(&node).await;
	for (who, addresses) in [doctor(), patient()].iter().zip(ADDRESSES) {
		let key = hex::encode(who.account());
		let mut addresses = addresses.map(str::to_owned).to_vec();
		addresses.extend([format!("0x{key}"), format!("0x{}", key.to_uppercase())]);
		let before = running.faces.log().await.len();
		for address in &addresses {
			let requester = Address::read(address).unwrap();
			assert_eq!(requester.account(), Account(who.account()), "{address}");
			let request = ReleaseRequest { requester, ..who.request(CUSTODIAN, RECORD) };
			assert_eq!(ask(&running, who, &request).await, 200, "{address}");
		}
		let log = running.faces.log().await;
		let names: Vec<&Value> = log.iter().skip(before).map(|entry| &entry["requester"]).collect();
		assert_eq!(names, vec![&json!(format!("0x{key}")); addresses.len()]);
	}
}
