//! Two gateways compare their logs, and each names to its own officer what only one has.

use crate::common::{
	self, doctor, node::Node, others, result, start, world, Running, CLINIC, CUSTODIAN, PATIENT,
};
use salus_exchange_protocol::{
	account::{Account, Address},
	codes::{Action, Purpose},
	event::{Access, Event, Outcome},
	Hash,
};
use salus_gateway::{chain::now, quotas::Party};
use serde_json::{json, Value};

/// A hospital and a clinic between which one record went, with officers who compare.
async fn two(node: &Node) -> (Running, Running) {
	node.change(|world| {
		world.officers.insert((CLINIC, doctor().account()));
		let steward = common::Person::new(CUSTODIAN as u8, Some(CUSTODIAN));
		world.members.insert((CUSTODIAN, steward.account()));
		world.officers.insert((CUSTODIAN, steward.account()));
	});
	let hospital = start(node, CUSTODIAN, "").await;
	let clinic = start(node, CLINIC, &others(&[(CUSTODIAN, &hospital.faces.outside)])).await;
	let hospital = hospital.knows(CLINIC, &clinic.faces.outside).await;
	hospital.link(PATIENT, "p").await;
	hospital.faces.ingest(&result("r0")).await;
	let closed = hospital.faces.post("/outbox", "application/json", "").await.unwrap().json();
	let root: Hash = closed["open"][0]["root"].as_str().unwrap().parse().unwrap();
	node.anchor(CUSTODIAN, root, 1);
	hospital.faces.house("/outbox").await;
	let order = json!({ "url": hospital.faces.outside, "custodian": CUSTODIAN, "record": "Observation/r0", "purpose": "Treat" });
	let got = clinic.faces.post("/fetch", "application/json", order.to_string()).await.unwrap();
	assert_eq!(got.status, 200, "{got:?}");
	(hospital, clinic)
}

async fn compare(one: &Running, other: &Running, custodian: u32) -> Value {
	let order =
		json!({ "url": other.faces.outside, "custodian": custodian, "day": now() / 86_400 });
	let got = one.faces.post("/reconcile", "application/json", order.to_string()).await.unwrap();
	assert_eq!(got.status, 200, "{got:?}");
	got.json()
}

fn event(time: u64, outcome: Outcome, organisation: u32, request: u8) -> Event {
	Event::Access(Access {
		time,
		organisation: Some(organisation),
		outcome,
		request_id: Hash([request; 32]),
		record_id: "Observation/x".into(),
		requester: Address::from(Account(doctor().account())),
		requester_organisation: Some(CLINIC),
		requester_kind: None,
		purpose: Purpose::Treat,
		action: Action::Read,
		decision: "Permit by directive 1".into(),
	})
}

#[tokio::test(flavor = "multi_thread")]
async fn what_went_from_one_gateway_to_another_stands_in_both_logs_alike() {
	let node = world().await;
	let (hospital, clinic) = two(&node).await;
	let seen_by_clinic = compare(&clinic, &hospital, CUSTODIAN).await;
	assert_eq!(seen_by_clinic["counts"], json!({ "matched": 1, "onlyOurs": 0, "onlyTheirs": 0 }));
	assert_eq!(seen_by_clinic["disagreements"], json!([]), "nothing is told differently");
	// That the clinic was shown the entries stands in the log of the hospital, and is no disclosure of which the clinic would have to tell.
	let shown = hospital.faces.log().await.pop().unwrap();
	assert_eq!(
		(&shown["outcome"], &shown["requesterOrganisation"]),
		(&json!("released"), &json!(CLINIC))
	);
	assert!(shown["recordId"].as_str().unwrap().starts_with("$counterpart?"), "{shown}");
	assert_eq!(shown["requesterKind"], "machine", "it was a program with the token of the house");
	let seen_by_hospital = compare(&hospital, &clinic, CLINIC).await;
	assert_eq!(seen_by_hospital["counts"], json!({ "matched": 1, "onlyOurs": 0, "onlyTheirs": 0 }));
	assert_eq!(compare(&clinic, &hospital, CUSTODIAN).await["counts"], seen_by_clinic["counts"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_organisation_is_told_once_at_a_time_what_the_log_has_about_it() {
	let node = world().await;
	let (hospital, clinic) = two(&node).await;
	let place = hospital.gateway.telling.place(Party::Organisation(CLINIC)).unwrap();
	let order =
		json!({ "url": hospital.faces.outside, "custodian": CUSTODIAN, "day": now() / 86_400 });
	let got = clinic.faces.post("/reconcile", "application/json", order.to_string()).await.unwrap();
	assert_eq!((got.status, got.code().as_str()), (502, "refused"), "{got:?}");
	assert!(String::from_utf8(got.body).unwrap().contains("503 busy"));
	drop(place);
	// Whoever asks a gateway for several comparisons at once need not know.
	let one = || compare(&clinic, &hospital, CUSTODIAN);
	tokio::join!(one(), one(), one());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_side_alone_logged_changed_or_dated_back_is_named_to_both() {
	let node = world().await;
	let (hospital, clinic) = two(&node).await;
	let store = |running: &Running, event: Event| {
		running.gateway.store.append(&[event]).unwrap().remove(0).line
	};
	// The hospital released something that the clinic does not know of.
	let kept = store(&hospital, event(now(), Outcome::Released, CUSTODIAN, 1));
	// The clinic received something that the hospital does not know of.
	let from = |counterpart| Outcome::Received { counterpart, custodian: Some(CUSTODIAN) };
	let secret = store(&clinic, event(now(), from(None), CLINIC, 2));
	// The hospital wrote its entry anew, an hour earlier, after the clinic had seen it.
	let original = Hash([9; 32]);
	store(&clinic, event(now(), from(Some(original)), CLINIC, 3));
	let again = store(&hospital, event(now() - 3_600, Outcome::Released, CUSTODIAN, 3));

	let by_clinic = compare(&clinic, &hospital, CUSTODIAN).await;
	let by_hospital = compare(&hospital, &clinic, CLINIC).await;
	let is_same_day = (now() - 3_600) / 86_400 == now() / 86_400;
	let matched = if is_same_day { 2 } else { 1 };
	assert_eq!(by_clinic["counts"], json!({ "matched": matched, "onlyOurs": 1, "onlyTheirs": 1 }));
	assert_eq!(
		by_hospital["counts"],
		json!({ "matched": matched, "onlyOurs": 1, "onlyTheirs": 1 })
	);
	let (kept, secret) = (json!(kept.hash().to_string()), json!(secret.hash().to_string()));
	assert_eq!(
		(&by_clinic["onlyOurs"][0]["hash"], &by_clinic["onlyTheirs"][0]["hash"]),
		(&secret, &kept)
	);
	assert_eq!(
		(&by_hospital["onlyOurs"][0]["hash"], &by_hospital["onlyTheirs"][0]["hash"]),
		(&kept, &secret)
	);
	if is_same_day {
		for seen in [&by_clinic, &by_hospital] {
			let differs = &seen["disagreements"][0];
			assert_eq!(differs["differ"], json!(["counterpart"]));
			assert_eq!(differs["source"]["hash"], json!(again.hash().to_string()));
		}
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn only_an_officer_is_told_and_only_of_the_own_organisation() {
	let node = world().await;
	let (hospital, _clinic) = two(&node).await;
	// Entries about others.
	let others =
		hospital.gateway.store.append(&[match event(now(), Outcome::Released, CUSTODIAN, 7) {
			Event::Access(access) => {
				Event::Access(Access { requester_organisation: Some(9), ..access })
			},
			other => other,
		}]);
	let others = others.unwrap().remove(0).line.hash().to_string();
	let query = format!("day={}", now() / 86_400);
	let target = salus_gateway::reconcile::target(&query);
	let path = format!("/counterpart?{query}");
	let ask = |who: common::Person| {
		let (faces, genesis) = (hospital.faces.clone(), hospital.genesis());
		let (path, target) = (path.clone(), target.clone());
		async move { faces.ask(&who, CUSTODIAN, &path, &target, genesis).await }
	};
	let got = ask(doctor()).await;
	let text = String::from_utf8(got.body).unwrap();
	assert_eq!((got.status, text.lines().count()), (200, 1));
	assert!(!text.contains(&others));
	node.change(|world| world.officers.clear());
	let got = ask(doctor()).await;
	assert_eq!((got.status, got.code().as_str()), (404, "not-found"));
	assert_eq!(ask(common::Person::new(98, Some(CLINIC))).await.status, 401);
	assert_eq!(hospital.faces.anybody(&path).await.status, 401);
	let unreadable = hospital
		.faces
		.ask(&doctor(), CUSTODIAN, "/counterpart?day=01", "x", hospital.genesis())
		.await;
	assert_eq!(unreadable.code(), "search");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_url_below_which_nothing_can_be_asked_for_is_refused_before_anybody_is_asked() {
	let node = world().await;
	let clinic = start(&node, CLINIC, "").await;
	for url in [
		"",
		"a",
		"/a",
		"ftp://a.example",
		"http://",
		"http://a.example?b=",
		"http://a.example/#b",
		"http://c:d@a.example",
	] {
		let fetch = json!({ "url": url, "custodian": CUSTODIAN, "record": "Observation/r0", "purpose": "Treat" });
		let reconcile = json!({ "url": url, "custodian": CUSTODIAN, "day": 1 });
		for (path, order) in [("/fetch", fetch), ("/reconcile", reconcile)] {
			let got = clinic.faces.post(path, "application/json", order.to_string()).await.unwrap();
			assert_eq!((got.status, got.code()), (400, "order".into()), "{path} {url}");
		}
	}
}

/// What the nights brought: each count added up over the days, and the rows.
async fn nights(running: &Running) -> ([u64; 4], Vec<Value>) {
	let got = running.faces.house("/reconciliations").await;
	assert_eq!(got.status, 200, "{got:?}");
	let rows = got.json()["reconciliations"].as_array().unwrap().clone();
	let sum = |name: &str| rows.iter().map(|row| row["counts"][name].as_u64().unwrap()).sum();
	(["matched", "onlyOurs", "onlyTheirs", "disagreements"].map(sum), rows)
}

/// The entries of a kind, over all days.
fn hashes(rows: &[Value], kind: &str) -> Vec<String> {
	let entries = rows.iter().flat_map(|row| row[kind].as_array().into_iter().flatten());
	entries.map(|entry| entry["hash"].as_str().unwrap().to_owned()).collect()
}

async fn metric(running: &Running, name: &str) -> u64 {
	let text = String::from_utf8(running.faces.house("/metrics").await.body).unwrap();
	let line = text.lines().find(|line| line.starts_with(&format!("salus_gateway_{name} ")));
	line.unwrap_or_else(|| panic!("{name} in\n{text}")).split_once(' ').unwrap().1.parse().unwrap()
}

const DAY: u64 = 86_400;

#[tokio::test(flavor = "multi_thread")]
async fn each_night_both_officers_are_told_by_themselves_what_differs() {
	let node = world().await;
	let (hospital, clinic) = two(&node).await;
	// A night before anything of it is written, in which all these days are compared.
	let last_night = now() + DAY / 4;
	for running in [&hospital, &clinic] {
		let days = running.gateway.reconcile_due(last_night).await.unwrap();
		assert!(days.0 >= 6 && days.1 == 0, "{days:?}");
		let (counts, _) = nights(running).await;
		assert_eq!(&counts[1..], [0; 3]);
	}
	let store = |running: &Running, event: Event| {
		running.gateway.store.append(&[event]).unwrap().remove(0).line.hash()
	};
	let from = |counterpart| Outcome::Received { counterpart, custodian: Some(CUSTODIAN) };
	// One that the hospital alone has logged, and one that the clinic alone has.
	let kept = store(&hospital, event(now(), Outcome::Released, CUSTODIAN, 1)).to_string();
	let secret = store(&clinic, event(now(), from(None), CLINIC, 2)).to_string();
	// One that the hospital has changed after the clinic saw it, and one that it has dated back by days: the clinic's entry has no counterpart then.
	let Event::Access(changed) = event(now(), Outcome::Released, CUSTODIAN, 3) else { panic!() };
	let changed = Event::Access(Access { purpose: Purpose::Hpaymt, ..changed });
	let changed = store(&hospital, changed).to_string();
	store(&clinic, event(now(), from(Some(Hash([9; 32]))), CLINIC, 3));
	let undated = store(&clinic, event(now(), from(Some(Hash([8; 32]))), CLINIC, 4)).to_string();
	let backdated = event(now() - 5 * DAY, Outcome::Released, CUSTODIAN, 4);
	let backdated = store(&hospital, backdated).to_string();

	let tonight = now() + DAY;
	let (ours, theirs) = (2, 2);
	for (running, other) in [(&hospital, CLINIC), (&clinic, CUSTODIAN)] {
		assert_eq!(running.gateway.reconcile_due(tonight).await.unwrap(), (7, 0));
		assert_eq!(running.gateway.reconcile_due(tonight).await.unwrap(), (0, 0), "it was done");
		let (counts, rows) = nights(running).await;
		assert!(rows.iter().all(|row| row["organisation"] == other && row["fault"].is_null()));
		assert_eq!(counts, [2, ours, theirs, 1], "{rows:?}");
		let differing: Vec<&Value> =
			rows.iter().flat_map(|row| row["disagreements"].as_array().unwrap()).collect();
		assert_eq!(differing[0]["differ"], json!(["counterpart", "purpose"]));
		assert_eq!(differing[0]["source"]["hash"], json!(changed));
		assert_eq!(metric(running, "reconciliation_differences{kind=\"altered\"}").await, 1);
		assert_eq!(metric(running, "reconciliation_differences{kind=\"only_ours\"}").await, ours);
		assert_eq!(metric(running, "reconciliation_unanswered").await, 0);
		assert_eq!(metric(running, "reconciled_seconds").await, tonight);
	}
	let (mut hospitals, mut clinics) = (vec![kept, backdated], vec![secret, undated]);
	for (running, is_hospital) in [(&hospital, true), (&clinic, false)] {
		let (_, rows) = nights(running).await;
		let (mut ours, mut theirs) = (hashes(&rows, "onlyOurs"), hashes(&rows, "onlyTheirs"));
		for list in [&mut ours, &mut theirs, &mut hospitals, &mut clinics] {
			list.sort();
		}
		let expected = if is_hospital { (&hospitals, &clinics) } else { (&clinics, &hospitals) };
		assert_eq!((&ours, &theirs), expected);
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_counterparty_that_does_not_answer_is_named_and_asked_again() {
	let node = world().await;
	let (hospital, clinic) = two(&node).await;
	// Somebody who asked past a gateway that this house knows of.
	let Event::Access(other) = event(now(), Outcome::Released, CLINIC, 5) else { panic!() };
	let other = Event::Access(Access { requester_organisation: Some(9), ..other });
	clinic.gateway.store.append(&[other]).unwrap();
	node.change(|world| world.officers.clear());
	let tonight = now() + DAY;
	assert_eq!(clinic.gateway.reconcile_due(tonight).await.unwrap(), (0, 8));
	let faults = |rows: &[Value], organisation: u32| -> Vec<String> {
		let of = rows.iter().filter(|row| row["organisation"] == organisation);
		of.map(|row| row["fault"].as_str().unwrap_or_default().to_owned()).collect()
	};
	let (_, rows) = nights(&clinic).await;
	assert_eq!(faults(&rows, 9), ["gateway-unknown"]);
	assert_eq!(faults(&rows, CUSTODIAN), ["refused"; 7]);
	assert_eq!(metric(&clinic, "reconciliation_unanswered").await, 8);
	let hospital = hospital.stopped().await;
	clinic.gateway.reconcile_due(tonight).await.unwrap();
	let (_, rows) = nights(&clinic).await;
	assert_eq!(faults(&rows, CUSTODIAN), ["unreachable"; 7]);
	assert!(rows.iter().all(|row| row["attempts"] == 2));
	drop(hospital);
	let quiet = Event::Access(match event(now(), Outcome::Released, CLINIC, 6) {
		Event::Access(access) => Access { requester_organisation: None, ..access },
		other => panic!("{other:?}"),
	});
	clinic.gateway.store.append(&[quiet]).unwrap();
	assert_eq!(
		clinic.gateway.reconcile_due(tonight).await.unwrap(),
		(0, 8),
		"a patient is no counterparty"
	);
}
