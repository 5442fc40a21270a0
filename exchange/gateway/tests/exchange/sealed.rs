//! What patients have said under seal: judged by the openings that there are, and by the worst of them where there is none.

use crate::common::{
	self, doctor, linked, result, world, Got, Running, CLINIC, CUSTODIAN, PATIENT,
};
use salus_consent_decision::{
	sealed::{commit, VERSION},
	Effect, Grantee, Scope, SealedContent, SealedDirective, SealedId,
};
use salus_gateway::openings::{header, Opening};
use salus_primitives::{
	ActionSet, Commitment, DataClassSet, Interval, LabelSet, PatientId, Purpose, PurposeSet,
	SensitivityLabel,
};
use serde_json::{json, Value};

/// What a patient says under seal of what has a label, to an organisation.
fn opening(organisation: u32, label: SensitivityLabel, data: Interval) -> Opening {
	let scope = Scope {
		actions: ActionSet::ALL.without(salus_primitives::Action::Redisclose),
		purposes: PurposeSet::of(&[Purpose::Treat]),
		classes: DataClassSet::ALL,
		labels: LabelSet::of(&[label]),
		data,
	};
	let content =
		SealedContent { grantee: Grantee::Organisation(organisation), scope, erase_after: None };
	Opening { salt: [7; 32], content }
}

/// What the chain holds of it.
fn held(running: &Running, number: SealedId, effect: Effect, opening: &Opening) -> SealedDirective {
	let patient = PatientId::from(PATIENT.0);
	let commitment = commit(&running.genesis().0, &patient, number, effect, opening);
	SealedDirective { effect, commitment, period: Interval::ALWAYS, ended: None, version: VERSION }
}

/// A gateway with a result of the patient that is about HIV.
async fn with_labelled(node: &common::node::Node) -> Running {
	let running = linked(node, "").await;
	let mut labelled = result("hiv");
	labelled["meta"] = json!({ "security": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "HIV" }] });
	assert_eq!(running.faces.ingest(&labelled).await["state"], "held");
	assert_eq!(running.faces.ingest(&result("plain")).await["state"], "held");
	running
}

async fn read_with(running: &Running, id: &str, openings: &[(SealedId, Opening)]) -> Got {
	let target = format!("Observation/{id}");
	let signed = doctor().signed(CUSTODIAN, &target, running.genesis());
	running.faces.get_with(&format!("/fhir/{target}"), &signed, &header(openings)).await
}

/// What the log says of the last decision.
async fn last_words(running: &Running) -> String {
	let log = running.faces.log().await;
	let words = log.last().unwrap()["decision"].as_str().unwrap();
	words.split(';').next().unwrap().into()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sealed_permit_lets_whoever_brings_its_opening_and_the_log_does_not_say_which() {
	let node = world().await;
	let running = with_labelled(&node).await;
	let permit = opening(CLINIC, SensitivityLabel::Hiv, Interval::ALWAYS);
	let on_chain = held(&running, 3, Effect::Permit, &permit);
	node.change(|world| world.sealed.push((PATIENT, (3, on_chain))));

	assert_eq!(running.read(&doctor(), "Observation/hiv").await.status, 404);
	assert_eq!(last_words(&running).await, "Deny: no directive speaks");
	let got = read_with(&running, "hiv", &[(3, permit.clone())]).await;
	assert_eq!(got.status, 200, "{got:?}");
	assert_eq!(last_words(&running).await, "Permit");
	// Nothing of it is kept.
	assert_eq!(running.read(&doctor(), "Observation/hiv").await.status, 404);

	let salted = Opening { salt: [8; 32], ..permit.clone() };
	let wider = opening(CLINIC, SensitivityLabel::Hiv, Interval::new(0, 9));
	for wrong in [(4, permit.clone()), (3, salted), (3, wider)] {
		assert_eq!(read_with(&running, "hiv", &[wrong]).await.status, 404);
		assert_eq!(last_words(&running).await, "Deny: no directive speaks", "it opens nothing");
	}
	// Together with what opens nothing it still opens.
	let both = [(9, permit.clone()), (3, permit.clone())];
	assert_eq!(read_with(&running, "hiv", &both).await.status, 200);
	node.change_best(|world| world.sealed.clear());
	assert_eq!(read_with(&running, "hiv", &[(3, permit)]).await.status, 404, "taken back");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sealed_denial_forbids_all_that_has_a_label_to_whoever_cannot_open_it() {
	let node = world().await;
	let running = with_labelled(&node).await;
	let permit = opening(CLINIC, SensitivityLabel::Hiv, Interval::ALWAYS);
	let denial = opening(9, SensitivityLabel::Psy, Interval::ALWAYS);
	let sealed = [
		(PATIENT, (3, held(&running, 3, Effect::Permit, &permit))),
		(PATIENT, (4, held(&running, 4, Effect::Deny, &denial))),
	];
	node.change(|world| world.sealed.extend(sealed));
	let permit = vec![(3, permit)];
	assert_eq!(read_with(&running, "hiv", &permit).await.status, 404);
	assert_eq!(running.read(&doctor(), "Observation/hiv").await.status, 404);
	assert_eq!(last_words(&running).await, "Deny: sealed denial 4 is not opened");
	assert_eq!(read_with(&running, "plain", &[]).await.status, 200, "without a label");
	// Opened it is about somebody else.
	let both = [permit.as_slice(), &[(4, denial.clone())]].concat();
	let got = read_with(&running, "hiv", &both).await;
	assert_eq!(got.status, 200, "{got:?}");

	// The patient gives the house the opening. It is kept, and others need not bring it.
	let given = |openings: Value| {
		let body = json!({ "handle": PATIENT.to_string(), "openings": openings }).to_string();
		let faces = running.faces.clone();
		async move { faces.post("/openings", "application/json", body).await.unwrap() }
	};
	let written = |sealed: SealedId, opening: &Opening| json!({ "sealed": sealed, "opening": format!("0x{}", hex::encode(codec::Encode::encode(opening))) });
	let got = given(json!([written(4, &denial), written(5, &denial)])).await;
	assert_eq!((got.status, got.json()), (200, json!({ "open": [4] })), "5 opens nothing");
	assert_eq!(read_with(&running, "hiv", &permit).await.status, 200);
	// One that opens nothing does not take its place.
	let wrong = Opening { salt: [9; 32], ..denial.clone() };
	let got = given(json!([written(4, &wrong)])).await;
	assert_eq!((got.status, got.json()), (200, json!({ "open": [] })));
	assert_eq!(read_with(&running, "hiv", &permit).await.status, 200);
	let running = running.again(|_| {}).await;
	assert_eq!(read_with(&running, "hiv", &permit).await.status, 200);
	let path = format!("/openings/{PATIENT}/4");
	assert_eq!(running.faces.delete(&path).await.status, 200);
	assert_eq!(running.faces.delete(&path).await.status, 404);
	assert_eq!(read_with(&running, "hiv", &permit).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_opened_denial_of_an_afternoon_holds_back_the_whole_day() {
	let node = world().await;
	let running = with_labelled(&node).await;
	// Noon of the first of March 2026, in UTC; the result is of that day.
	let noon = 1_772_366_400;
	let permit = opening(CLINIC, SensitivityLabel::Hiv, Interval::ALWAYS);
	let denial = opening(CLINIC, SensitivityLabel::Hiv, Interval::new(noon, noon + 3_600));
	let sealed = [
		(PATIENT, (3, held(&running, 3, Effect::Permit, &permit))),
		(PATIENT, (4, held(&running, 4, Effect::Deny, &denial))),
	];
	node.change(|world| world.sealed.extend(sealed));
	let got = read_with(&running, "hiv", &[(3, permit), (4, denial)]).await;
	assert_eq!(got.status, 404);
	assert_eq!(last_words(&running).await, "Deny");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_header_that_is_no_list_of_openings_is_refused_before_anything_else() {
	let node = world().await;
	let running = with_labelled(&node).await;
	let signed = doctor().signed(CUSTODIAN, "Observation/plain", running.genesis());
	let got = running.faces.get_with("/fhir/Observation/plain", &signed, "e30").await;
	assert_eq!((got.status, got.code().as_str()), (400, "openings"));
	let got = running.faces.get("/fhir/Observation/plain", &signed).await.unwrap();
	assert_eq!(got.status, 200, "the request was not used up");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chain_whose_rules_are_not_known_lets_nothing_out() {
	let node = world().await;
	let running = with_labelled(&node).await;
	assert_eq!(running.read(&doctor(), "Observation/plain").await.status, 200);
	node.change(|world| world.runtime = 2_001);
	let got = running.read(&doctor(), "Observation/plain").await;
	assert_eq!((got.status, got.code().as_str()), (503, "chain-stale"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commitment_that_nobody_can_open_lets_nothing() {
	let node = world().await;
	let running = with_labelled(&node).await;
	let commitment = Commitment::repeat_byte(5);
	let permit = opening(CLINIC, SensitivityLabel::Hiv, Interval::ALWAYS);
	let on_chain = SealedDirective { commitment, ..held(&running, 3, Effect::Permit, &permit) };
	node.change(|world| world.sealed.push((PATIENT, (3, on_chain))));
	assert_eq!(read_with(&running, "hiv", &[(3, permit)]).await.status, 404);
}
