//! Downloads: what is in them, and when they end.

use crate::common::{
	doctor,
	download::{begin, breaks_off, header, with_results},
	node::Grant,
	result, world, Person, Running, CLINIC, PATIENT,
};
use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
use salus_exchange_protocol::codes::Action;
use salus_gateway::{
	downloads::MOST_OF_ONE,
	export::Lines,
	openings::{Credential, Sent},
	release::Refusal,
};
use serde_json::{json, Value};
use std::time::{Duration, Instant};

fn ids(text: &str) -> Vec<String> {
	text.lines()
		.map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().into())
		.collect()
}

async fn outcomes(running: &Running) -> Vec<String> {
	let log = running.faces.log().await;
	log.iter().map(|entry| entry["outcome"].as_str().unwrap().into()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_has_all_that_is_permitted_a_line_and_an_entry_of_the_log_each() {
	let node = world().await;
	let running = with_results(&node, 50, 10).await;
	let mut hidden = result("hidden");
	hidden["meta"] = json!({ "security": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "HIV" }] });
	assert_eq!(running.faces.ingest(&hidden).await["state"], "held");
	let about = json!({ "resourceType": "Patient", "id": "p" });
	assert_eq!(running.faces.ingest(&about).await["state"], "held");
	let query = format!("patient={PATIENT}");
	let response = begin(&running, &doctor(), &query).await;
	assert_eq!(response.headers()["content-type"], "application/fhir+ndjson");
	let found = ids(&response.text().await.unwrap());
	let mut expected: Vec<String> = (0..50).map(|at| format!("r{at}")).collect();
	expected.push("p".into());
	assert_eq!(found, expected);
	assert_eq!(outcomes(&running).await, vec!["released"; 51]);
	let query = format!("patient={PATIENT}&_type=Patient");
	let text = begin(&running, &doctor(), &query).await.text().await.unwrap();
	assert_eq!(ids(&text), ["p"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_that_ends_ends_a_running_download_which_then_has_no_proper_end() {
	let node = world().await;
	let running = with_results(&node, 400, 50_000).await;
	let query = format!("patient={PATIENT}");
	let mut response = begin(&running, &doctor(), &query).await;
	let mut text = response.chunk().await.unwrap().unwrap().to_vec();
	node.change_best(|world| world.grants.clear());
	let revoked = Instant::now();
	let broken = loop {
		match response.chunk().await {
			Ok(Some(chunk)) => text.extend_from_slice(&chunk),
			Ok(None) => break false,
			Err(_) => break true,
		}
	};
	assert!(broken, "it looks whole");
	let lines = text.iter().filter(|byte| **byte == b'\n').count();
	assert!(lines < 400, "all has left");
	println!(
		"{lines} of 400 resources had left or were on their way; the end came {:?} after the block",
		revoked.elapsed()
	);
	let log = outcomes(&running).await;
	assert_eq!(log.last().unwrap(), "refused");
	let released = log.iter().filter(|outcome| *outcome == "released").count();
	assert!(released >= lines && released < 400, "{released} entries, {lines} lines");
	let after = begin(&running, &doctor(), &query).await;
	assert_eq!((after.status().as_u16(), after.text().await.unwrap().as_str()), (200, ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chain_that_grows_stale_ends_a_running_download() {
	let node = world().await;
	let running = with_results(&node, 400, 50_000).await;
	let mut response = begin(&running, &doctor(), &format!("patient={PATIENT}")).await;
	response.chunk().await.unwrap().unwrap();
	node.silent(true);
	assert!(breaks_off(&mut response).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_reads_too_slowly_gets_nothing_that_was_decided_long_ago() {
	let node = world().await;
	let running = with_results(&node, 400, 50_000).await;
	let mut response = begin(&running, &doctor(), &format!("patient={PATIENT}")).await;
	response.chunk().await.unwrap().unwrap();
	// Until the connection is full: then nothing more is decided, however fast or slow this machine is.
	let (mut decided, mut unchanged) = (0, 0);
	while unchanged < 4 {
		tokio::time::sleep(Duration::from_secs(3)).await;
		let now = outcomes(&running).await.len();
		unchanged = if now == decided { unchanged + 1 } else { 0 };
		decided = now;
	}
	assert!((1..400).contains(&decided), "{decided} were decided before anybody read");
	tokio::time::sleep(Duration::from_secs(13)).await;
	assert!(breaks_off(&mut response).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_is_refused_to_whoever_may_only_look_or_has_no_credential() {
	let node = world().await;
	let running = with_results(&node, 1, 1).await;
	let query = format!("patient={PATIENT}");
	let path = format!("/fhir/$export?{query}");
	let looks = header(&running, &doctor(), &query, Action::Read);
	let got = running.faces.get(&path, &looks).await.unwrap();
	assert_eq!((got.status, got.code().as_str()), (400, "search"));
	let stranger = begin(&running, &Person::new(99, Some(CLINIC)), &query).await;
	assert_eq!(stranger.status().as_u16(), 401);
	let other = format!("patient=0x{}", "33".repeat(32));
	let nothing = begin(&running, &doctor(), &other).await;
	assert_eq!((nothing.status().as_u16(), nothing.text().await.unwrap().as_str()), (200, ""));
	node.change(|world| {
		world.grants = vec![Grant { data: (0, 5), ..world.grants[0].clone() }];
	});
	let hidden = begin(&running, &doctor(), &query).await;
	assert_eq!((hidden.status().as_u16(), hidden.text().await.unwrap().as_str()), (200, ""));
	let log = outcomes(&running).await;
	assert!(log.iter().all(|outcome| outcome == "refused"), "{log:?}");
	node.behind(100);
	assert_eq!(begin(&running, &doctor(), &query).await.status().as_u16(), 503);
}

async fn exported(running: &Running, who: &Person) -> Result<Lines, Refusal> {
	let query = format!("patient={PATIENT}");
	let signed = header(running, who, &query, Action::Export);
	let by = Credential::Signed(URL_SAFE_NO_PAD.decode(signed).unwrap());
	running.gateway.export(Sent { by, openings: Vec::new() }, &query).await
}

/// A download that nobody reads is in memory, also when all of it was decided.
#[tokio::test(flavor = "multi_thread")]
async fn one_party_has_some_of_the_downloads_until_they_are_read_and_others_have_theirs() {
	let node = world().await;
	let patient = Person::new(60, None);
	node.change(|world| {
		world.keys.insert((PATIENT, patient.account()));
	});
	let running = with_results(&node, 2, 10).await;
	let mut begun = Vec::new();
	for _ in 0..MOST_OF_ONE {
		begun.push(exported(&running, &doctor()).await.unwrap());
	}
	assert!(matches!(exported(&running, &doctor()).await, Err(Refusal::Busy)));
	// What is refused so is not used up, and is no line of the log.
	assert!(outcomes(&running).await.iter().all(|outcome| outcome == "released"));
	for _ in 0..MOST_OF_ONE {
		begun.push(exported(&running, &patient).await.unwrap());
	}
	assert!(matches!(exported(&running, &patient).await, Err(Refusal::Busy)), "with any key");
	// A place is free when what was begun is given up.
	drop(begun.remove(0));
	let waited = Instant::now();
	while exported(&running, &doctor()).await.is_err() {
		assert!(waited.elapsed().as_secs() < 60);
		tokio::time::sleep(Duration::from_millis(50)).await;
	}
	drop(begun);
}
