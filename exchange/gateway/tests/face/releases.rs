//! What leaves a gateway, and what does not.

use crate::common::{
	self, doctor, linked,
	node::{Grant, ALWAYS},
	result, start, world, Person, Running, CLINIC, CUSTODIAN, PATIENT,
};
use salus_exchange_protocol::{
	codes::Purpose,
	log::{verify_log, Line},
};
use salus_gateway::fetch::signed_header;
use serde_json::{json, Value};
use std::time::{Duration, Instant};

/// A gateway with results of the patient, each of which the clinic may see.
async fn with_results(node: &common::node::Node, count: usize) -> Running {
	let running = linked(node, "").await;
	for at in 0..count {
		let taken = running.faces.ingest(&result(&format!("r{at}"))).await;
		assert_eq!(taken["state"], "held", "{taken}");
	}
	running
}

async fn outcomes(running: &Running) -> Vec<(String, String)> {
	let log = running.faces.log().await;
	log.iter()
		.map(|entry| {
			(
				entry["outcome"].as_str().unwrap().into(),
				entry["recordId"].as_str().unwrap_or("").into(),
			)
		})
		.collect()
}

fn ids(page: &Value) -> Vec<String> {
	let entries = page["entry"].as_array().cloned().unwrap_or_default();
	entries.iter().map(|entry| entry["resource"]["id"].as_str().unwrap().to_owned()).collect()
}

/// The query of the next page.
fn next(page: &Value) -> Option<String> {
	let links = page["link"].as_array().unwrap();
	let next = links.iter().find(|link| link["relation"] == "next")?;
	Some(next["url"].as_str().unwrap().split_once('?').unwrap().1.into())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_permitted_resource_leaves_byte_for_byte_and_its_entry_is_in_the_log() {
	let node = world().await;
	let running = with_results(&node, 1).await;
	let got = running.read(&doctor(), "Observation/r0").await;
	assert_eq!((got.status, got.body), (200, result("r0").to_string().into_bytes()));
	let log = running.faces.log().await;
	let lines: Vec<Line> =
		log.iter().map(|entry| Line::read(entry.to_string().as_bytes()).unwrap()).collect();
	assert_eq!(verify_log(&lines).unwrap().length(), 1);
	assert_eq!(
		(&log[0]["outcome"], &log[0]["recordId"]),
		(&json!("released"), &json!("Observation/r0"))
	);
	assert!(
		log[0]["decision"].as_str().unwrap().starts_with("Permit by directive 1; best block "),
		"{}",
		log[0]
	);
	let header = got.headers.iter().find(|(name, _)| name == "salus-log-entry").unwrap();
	let entry =
		base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, &header.1)
			.unwrap();
	let written = running.faces.house("/log").await.body;
	assert_eq!([entry, b"\n".to_vec()].concat(), written);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_permit_that_is_not_final_yet_or_is_revoked_in_the_best_block_lets_nothing_out() {
	let node = world().await;
	let running = with_results(&node, 1).await;
	assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 200);
	node.change_best(|world| world.grants.clear());
	let got = running.read(&doctor(), "Observation/r0").await;
	assert_eq!((got.status, got.code().as_str()), (404, "not-found"));
	node.finality_goes_on();
	assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 404);
	node.change_best(|world| {
		world.grants.push(Grant {
			patient: PATIENT,
			organisation: CLINIC,
			classes: vec![],
			data: ALWAYS,
			ended: None,
		})
	});
	assert_eq!(
		running.read(&doctor(), "Observation/r0").await.status,
		404,
		"permitted in the best block alone"
	);
	node.finality_goes_on();
	assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 200);
	let log = outcomes(&running).await;
	let log: Vec<&str> = log.iter().map(|(outcome, _)| outcome.as_str()).collect();
	assert_eq!(log, ["released", "refused", "refused", "refused", "released"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_that_is_revoked_between_two_pages_ends_the_search() {
	let node = world().await;
	let running = with_results(&node, 5).await;
	let patient = format!("patient={PATIENT}&_count=2");
	let first = running.search(&doctor(), "Observation", &patient).await.json();
	assert_eq!(ids(&first), ["r0", "r1"]);
	let query = next(&first).unwrap();
	let second = running.search(&doctor(), "Observation", &query).await.json();
	assert_eq!(ids(&second), ["r2", "r3"]);
	let query = next(&second).unwrap();
	node.change_best(|world| world.grants.clear());
	let third = running.search(&doctor(), "Observation", &query).await;
	assert_eq!((third.status, ids(&third.json()), next(&third.json())), (200, vec![], None));
	node.change_best(|world| {
		world.grants.push(Grant {
			patient: PATIENT,
			organisation: CLINIC,
			classes: vec![],
			data: ALWAYS,
			ended: None,
		})
	});
	let third = running.search(&doctor(), "Observation", &query).await.json();
	assert_eq!(
		(ids(&third), next(&third)),
		(vec!["r4".into()], None),
		"the last page has no next one"
	);
	let other = Person::new(77, Some(CLINIC));
	node.change(|world| {
		world.members.insert((CLINIC, other.account()));
	});
	assert_eq!(
		running.search(&other, "Observation", &query).await.code(),
		"search",
		"a cursor is for whom it was made for"
	);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_not_shorter_for_what_is_hidden_and_there_is_no_total() {
	let node = world().await;
	let running = with_results(&node, 3).await;
	// Hidden: a label, of which nothing is permitted.
	let mut labelled = result("hidden");
	labelled["meta"] = json!({ "security": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "HIV" }] });
	assert_eq!(running.faces.ingest(&labelled).await["state"], "held");
	assert_eq!(running.faces.ingest(&result("r9")).await["state"], "held");
	let page = running
		.search(&doctor(), "Observation", &format!("patient={PATIENT}&_count=4"))
		.await
		.json();
	assert_eq!(
		(ids(&page), next(&page)),
		(["r0", "r1", "r2", "r9"].map(String::from).to_vec(), None)
	);
	assert!(page.get("total").is_none());
	let filtered = |more: &str| format!("patient={PATIENT}&{more}");
	for (more, count) in [
		("category=laboratory", 4),
		("category=imaging", 0),
		("code=http%3A%2F%2Floinc.org%7C718-7", 4),
		("code=718-8,718-7", 4),
		("code=x%7C718-7", 0),
		("status=final", 4),
		("date=2026-03-01", 4),
		("date=2026-03", 4),
		("date=lt2026-03-01", 0),
		("date=ge2026-03-02T14:00:00Z", 0),
		("_id=r1", 1),
		("_lastUpdated=ge2026-01-01", 4),
		("_lastUpdated=lt2026-01-01", 0),
	] {
		let page = running.search(&doctor(), "Observation", &filtered(more)).await;
		assert_eq!(ids(&page.json()).len(), count, "{more}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn blocks_that_are_not_of_the_present_let_nothing_out_whatever_they_say() {
	let node = world().await;
	let running = with_results(&node, 1).await;
	let stale = || async {
		let got = running.read(&doctor(), "Observation/r0").await;
		let begun = std::time::Instant::now();
		while running.faces.anybody("/readyz").await.status != got.status {
			assert!(begun.elapsed().as_secs() < 60, "{got:?}");
			tokio::time::sleep(std::time::Duration::from_millis(50)).await;
		}
		(got.status, if got.status == 200 { String::new() } else { got.code() })
	};
	let chain_stale = (503, "chain-stale".to_owned());
	assert_eq!(stale().await.0, 200);
	node.behind(14);
	assert_eq!(stale().await, chain_stale, "the best block is old");
	node.behind(0);
	assert_eq!(stale().await.0, 200);
	node.finality_behind(61);
	assert_eq!(stale().await, chain_stale, "finality stands still");
	node.finality_goes_on();
	node.syncing(true);
	assert_eq!(stale().await, chain_stale, "the node is catching up");
	node.syncing(false);
	node.lies(true);
	assert_eq!(stale().await, chain_stale, "the proof is of another state");
	node.lies(false);
	node.silent(true);
	assert_eq!(stale().await, chain_stale, "the node does not answer");
	node.silent(false);
	assert_eq!(stale().await.0, 200);
	assert_eq!(
		outcomes(&running).await.iter().filter(|(outcome, _)| outcome == "released").count(),
		3
	);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_keeps_a_revoked_permit_alive_is_caught_by_its_proofs() {
	let node = world().await;
	let running = with_results(&node, 1).await;
	node.decides_by_this_block(true);
	node.change(|world| world.grants.clear());
	let got = running.read(&doctor(), "Observation/r0").await;
	assert_eq!((got.status, got.code().as_str()), (503, "chain-stale"));
	node.decides_by_this_block(false);
	assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 404);
	let log = outcomes(&running).await;
	assert!(log.iter().all(|(outcome, _)| outcome == "refused"), "{log:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_signed_request_for_this_by_somebody_with_a_credential_and_only_once() {
	let node = world().await;
	let running = with_results(&node, 1).await;
	let (faces, genesis, path, target) =
		(&running.faces, running.genesis(), "/fhir/Observation/r0", "Observation/r0");
	let code = |got: common::Got| (got.status, got.code());
	let refused = |status: u16, code: &str| (status, code.to_owned());
	assert_eq!(code(faces.anybody(path).await), refused(401, "malformed"));
	assert_eq!(code(faces.get(path, "%%%").await.unwrap()), refused(401, "malformed"));
	assert_eq!(
		code(faces.ask(&doctor(), 5, path, target, genesis).await),
		refused(401, "other-custodian")
	);
	assert_eq!(
		code(faces.ask(&doctor(), CUSTODIAN, path, "Observation/r1", genesis).await),
		refused(401, "other-target")
	);
	assert_eq!(
		code(faces.ask(&doctor(), CUSTODIAN, path, target, PATIENT).await),
		refused(401, "signature")
	);
	let stranger = Person::new(99, Some(CLINIC));
	assert_eq!(
		code(faces.ask(&stranger, CUSTODIAN, path, target, genesis).await),
		refused(401, "affiliation")
	);
	let nowhere = Person::new(99, Some(8));
	assert_eq!(
		code(faces.ask(&nowhere, CUSTODIAN, path, target, genesis).await),
		refused(401, "organisation")
	);
	let header = doctor().signed(CUSTODIAN, target, genesis);
	assert_eq!(faces.get(path, &header).await.unwrap().status, 200);
	assert_eq!(code(faces.get(path, &header).await.unwrap()), refused(409, "replayed"));
	assert_eq!(
		outcomes(&running).await,
		[("released".into(), target.into())],
		"strangers get no line each"
	);
	running.gateway.summarise().await.unwrap();
	let log = faces.log().await;
	assert_eq!(
		log[1]["failures"],
		json!({ "affiliation": 1, "malformed": 1, "organisation": 1, "otherCustodian": 1, "replayed": 1, "signature": 1 })
	);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_reads_with_a_key_of_the_handle_and_nobody_elses() {
	let node = world().await;
	let running = with_results(&node, 1).await;
	let patient = Person::new(50, None);
	node.change(|world| {
		world.keys.insert((PATIENT, patient.account()));
	});
	assert_eq!(running.read(&patient, "Observation/r0").await.status, 200);
	let other = Person::new(51, None);
	assert_eq!(running.read(&other, "Observation/r0").await.status, 404);
	assert_eq!(running.read(&other, "Observation/none").await.status, 404);
	let query = format!("patient={PATIENT}");
	assert_eq!(ids(&running.search(&patient, "Observation", &query).await.json()), ["r0"]);
	assert_eq!(ids(&running.search(&other, "Observation", &query).await.json()), [""; 0]);
	assert_eq!(outcomes(&running).await.len(), 2, "of strangers there are no lines");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_of_a_hundred_revocations_holds_from_the_block_that_revokes() {
	let node = world().await;
	let running = with_results(&node, 1).await;
	let mut longest = Duration::ZERO;
	for at in 0..100 {
		assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 200, "{at}");
		node.change_best(|world| world.grants.clear());
		let revoked = Instant::now();
		assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 404, "{at}");
		longest = longest.max(revoked.elapsed());
		let (patient, organisation, data) = (PATIENT, CLINIC, ALWAYS);
		node.change(|world| {
			world.grants = vec![Grant { patient, organisation, classes: vec![], data, ended: None }]
		});
		node.finality_goes_on();
	}
	println!("from the block that revokes to the refusal: {longest:?} at most");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_care_relationship_and_an_emergency_let_too_if_both_blocks_say_so_and_the_log_names_them()
{
	let node = world().await;
	let running = with_results(&node, 1).await;
	node.change(|world| world.grants.clear());
	let as_purpose = |purpose| {
		let mut request = doctor().request(CUSTODIAN, "Observation/r0");
		request.purpose = purpose;
		let header = signed_header(&request, &running.genesis(), &doctor().key);
		let faces = running.faces.clone();
		async move { faces.get("/fhir/Observation/r0", &header).await.unwrap().status }
	};
	assert_eq!(as_purpose(Purpose::Treat).await, 404);
	node.change_best(|world| {
		world.treated.insert((PATIENT, CLINIC));
		world.emergencies.insert((PATIENT, doctor().account()));
	});
	assert_eq!((as_purpose(Purpose::Treat).await, as_purpose(Purpose::Btg).await), (404, 404));
	node.finality_goes_on();
	assert_eq!((as_purpose(Purpose::Treat).await, as_purpose(Purpose::Btg).await), (200, 200));
	assert_eq!(as_purpose(Purpose::Hresch).await, 404);
	let log = running.faces.log().await;
	let words = |at: usize| log[at]["decision"].as_str().unwrap().split(';').next().unwrap();
	assert_eq!((words(3), words(4)), ("Lawful basis: care relationship 6", "Emergency 5"));
	node.change_best(|world| {
		world.treated.clear();
		world.emergencies.clear();
	});
	assert_eq!((as_purpose(Purpose::Treat).await, as_purpose(Purpose::Btg).await), (404, 404));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_of_which_only_a_part_is_permitted_stays() {
	let node = world().await;
	let running = with_results(&node, 1).await;
	// Noon of the first of March 2026, in UTC.
	let noon = 1_772_366_400;
	for (data, status) in [((0, noon), 404), ((noon, u64::MAX), 404), ((0, noon + 3 * 86_400), 200)]
	{
		node.change(|world| {
			world.grants = vec![Grant {
				patient: PATIENT,
				organisation: CLINIC,
				classes: vec![],
				data,
				ended: None,
			}]
		});
		assert_eq!(running.read(&doctor(), "Observation/r0").await.status, status, "{data:?}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_resource_contains_stays_behind_if_it_is_not_permitted() {
	let node = world().await;
	let running = with_results(&node, 0).await;
	let mut containing = result("c");
	containing["contained"] =
		json!([{ "resourceType": "Patient", "id": "p", "name": [{ "family": "Secret" }] }]);
	assert_eq!(running.faces.ingest(&containing).await["state"], "held");
	// The class Laboratory alone: no demographics.
	node.change(|world| {
		world.grants = vec![Grant {
			patient: PATIENT,
			organisation: CLINIC,
			classes: vec![3],
			data: ALWAYS,
			ended: None,
		}]
	});
	let got = running.read(&doctor(), "Observation/c").await;
	let text = String::from_utf8(got.body).unwrap();
	assert!(got.status == 200 && !text.contains("Secret") && text.contains("SUBSETTED"), "{text}");
	let receipt = running
		.faces
		.ask(&doctor(), CUSTODIAN, "/records/Observation/c", "Observation/c", running.genesis())
		.await;
	assert_eq!((receipt.status, receipt.code().as_str()), (422, "not-whole"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stays_in_tells_somebody_without_a_permit_nothing_of_what_it_is() {
	let node = world().await;
	let running = with_results(&node, 1).await;
	let mut hidden = result("hidden");
	hidden["meta"] = json!({ "security": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "PSY" }] });
	assert_eq!(running.faces.ingest(&hidden).await["state"], "held");
	let mut unlabelled = result("quarantined");
	unlabelled["meta"] = json!({ "security": [{ "system": "urn:unknown", "code": "X" }] });
	assert_eq!(running.faces.ingest(&unlabelled).await["state"], "quarantined");
	assert_eq!(running.faces.ingest(&result("erased")).await["state"], "held");
	assert_eq!(running.faces.delete("/records/Observation/erased").await.status, 200);
	let of_another = json!({ "resourceType": "Observation", "id": "another" });
	assert_eq!(running.faces.ingest(&of_another).await["state"], "quarantined");
	// A record of a patient who granted nothing, too.
	assert_eq!(running.link(salus_exchange_protocol::Hash([0x22; 32]), "q").await.status, 200);
	let mut others = result("others");
	others["subject"] = json!({ "reference": "Patient/q" });
	assert_eq!(running.faces.ingest(&others).await["state"], "held");

	let unknown = running.read(&doctor(), "Observation/unknown").await;
	assert_eq!((unknown.status, unknown.code().as_str()), (404, "not-found"));
	for id in ["hidden", "quarantined", "erased", "another", "others"] {
		assert_eq!(running.read(&doctor(), &format!("Observation/{id}")).await, unknown, "{id}");
		let path = format!("/records/Observation/{id}");
		assert_eq!(
			running
				.faces
				.ask(&doctor(), CUSTODIAN, &path, &format!("Observation/{id}"), running.genesis())
				.await,
			unknown,
			"{id}"
		);
	}
	assert_eq!(running.read(&doctor(), "Medication/unknown").await, unknown);
	assert_eq!(running.faces.anybody("/nothing/there").await, unknown);
	// Searches: whose patient is unknown, has nothing, or has what is hidden. The bodies differ in the link to themselves alone.
	let empty = |handle: &str| {
		let query = format!("patient={handle}&_id=hidden");
		let (running, own) = (&running, query.clone());
		async move {
			let got = running.search(&doctor(), "Observation", &own).await;
			let body = String::from_utf8(got.body).unwrap().replace(&own, "");
			(got.status, body)
		}
	};
	let nothing = empty(&format!("0x{}", "33".repeat(32))).await;
	assert_eq!(nothing, (200, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"link\":[{\"relation\":\"self\",\"url\":\"https://gateway.example/fhir/Observation?\"}]}".into()));
	assert_eq!(empty(&PATIENT.to_string()).await, nothing);
	assert_eq!(empty(&format!("0x{}", "22".repeat(32))).await, nothing);
}

#[tokio::test(flavor = "multi_thread")]
async fn head_and_other_methods_release_nothing() {
	let node = world().await;
	let running = with_results(&node, 1).await;
	let url = format!("{}/fhir/Observation/r0", running.faces.outside);
	let client =
		reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(10)).build().unwrap();
	for method in ["HEAD", "POST", "DELETE", "OPTIONS"] {
		let header = doctor().signed(CUSTODIAN, "Observation/r0", running.genesis());
		let request = client
			.request(method.parse().unwrap(), &url)
			.header("authorization", format!("Salus-Signed {header}"));
		assert_eq!(request.send().await.unwrap().status().as_u16(), 405, "{method}");
	}
	assert_eq!(outcomes(&running).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_capability_statement_says_what_is_offered() {
	let node = world().await;
	let running = start(&node, CUSTODIAN, "").await;
	let statement = running.faces.anybody("/fhir/metadata").await.json();
	assert_eq!(statement["resourceType"], "CapabilityStatement");
	let types: Vec<&str> = statement["rest"][0]["resource"]
		.as_array()
		.unwrap()
		.iter()
		.map(|each| each["type"].as_str().unwrap())
		.collect();
	assert!(
		types.contains(&"Observation") && types.contains(&"Patient") && !types.contains(&"Bundle")
	);
}
