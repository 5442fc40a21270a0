//! What reaches the chain: batches, heads of the log, and acknowledgements; once, whatever happens.

use crate::common::{
	configured, doctor,
	node::{Node, World},
	result, secret, start, start_in, world, Running, CLINIC, CUSTODIAN, PATIENT,
};
use salus_exchange_protocol::{log::Line, tree::MerkleTree, Hash};
use salus_gateway::chain::{extrinsic::LIFE, now};
use serde_json::{json, Value};

/// A gateway that hands in by itself. It is asked to in these tests, so that each step is seen.
async fn steward(node: &Node, organisation: u32) -> Running {
	let key = "key = \"KEY\"\n";
	let folder = configured(node, organisation, key);
	let file = folder.path().join("gateway.toml");
	let steward = folder.path().join("chain.key");
	secret(&steward, &format!("0x{}", hex::encode([0x77; 32])));
	let text = std::fs::read_to_string(&file).unwrap();
	std::fs::write(&file, text.replace("KEY", &steward.display().to_string())).unwrap();
	let running = start_in(folder).await;
	assert_eq!(running.link(PATIENT, "p").await.status, 200);
	running
}

/// Goes on until the chain is as it should be.
async fn until(node: &Node, running: &Running, is_so: impl Fn(&World) -> bool) {
	for _ in 0..200 {
		if is_so(&node.world()) {
			return;
		}
		running.gateway.hand_in().await.unwrap();
		node.block();
	}
	panic!("the chain was not told: {:?}", running.gateway.store.submissions());
}

fn of_kind(world: &World, pallet: u8) -> usize {
	world.done.iter().filter(|call| call[0] == pallet).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn records_are_anchored_and_the_log_is_committed_to_without_anybody() {
	let node = world().await;
	let running = steward(&node, CUSTODIAN).await;
	running.faces.ingest(&result("r0")).await;
	assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 200);
	running.gateway.close_batches().await.unwrap();
	until(&node, &running, |world| !world.anchors.is_empty() && !world.logs.is_empty()).await;
	let told = node.world();
	assert_eq!((of_kind(&told, 43), of_kind(&told, 47)), (1, 1));
	// What was committed to are the entries' hashes.
	let committed = &told.done.iter().find(|call| call[0] == 47).unwrap()[6..];
	let until_entry = u64::from_le_bytes(committed[8..16].try_into().unwrap());
	let lines: Vec<Hash> = running
		.faces
		.log()
		.await
		.iter()
		.map(|entry| Line::read(entry.to_string().as_bytes()).unwrap().hash())
		.collect();
	let entries = usize::try_from(until_entry).unwrap();
	let root = MerkleTree::new(&lines[..entries]).map_or(Hash([0; 32]), |tree| tree.root());
	assert_eq!(&committed[16..48], root.0);
	// Nothing more is due.
	let before = node.handed_in();
	for _ in 0..5 {
		running.gateway.hand_in().await.unwrap();
		node.block();
	}
	assert_eq!(node.handed_in(), before);
	assert_eq!(running.faces.house("/outbox").await.json()["handedIn"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_committed_to_each_day_also_if_nobody_looked() {
	let node = world().await;
	let running = steward(&node, CUSTODIAN).await;
	until(&node, &running, |world| world.logs.contains_key(&CUSTODIAN)).await;
	for day in 2..4 {
		// A day later: the last commit is that long ago.
		node.change(|world| world.logs.get_mut(&CUSTODIAN).unwrap().3 -= 86_400);
		until(&node, &running, |world| world.logs[&CUSTODIAN].0 == day).await;
	}
	running.faces.ingest(&result("r0")).await;
	assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 200);
	node.change(|world| world.logs.get_mut(&CUSTODIAN).unwrap().3 -= 86_400);
	until(&node, &running, |world| world.logs[&CUSTODIAN].1 == 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_is_shorter_than_the_chain_knows_is_not_committed_to_and_is_an_alarm() {
	let node = world().await;
	let running = steward(&node, CUSTODIAN).await;
	node.change(|world| {
		world.logs.insert(CUSTODIAN, (3, 9, [7; 32], 0));
	});
	for _ in 0..3 {
		running.gateway.hand_in().await.unwrap();
	}
	assert_eq!(node.handed_in(), 0);
	let metrics = String::from_utf8(running.faces.house("/metrics").await.body).unwrap();
	let broken =
		metrics.lines().find_map(|line| line.strip_prefix("salus_gateway_log_broken_total "));
	assert!(broken.unwrap().parse::<u64>().unwrap() >= 3, "{metrics}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revocation_is_acknowledged_by_the_gateway_of_whoever_was_permitted() {
	let node = world().await;
	let clinic = steward(&node, CLINIC).await;
	clinic.gateway.hand_in().await.unwrap();
	let listed = || async {
		let found = clinic.faces.house("/revocations").await.json()["revocations"].clone();
		found.as_array().unwrap().iter().map(|each| each["state"].clone()).collect::<Vec<Value>>()
	};
	assert_eq!(listed().await, [Value::Null; 0]);
	node.change(|world| world.grants[0].ended = Some(now()));
	until(&node, &clinic, |world| world.acknowledged.contains(&(PATIENT, 1))).await;
	assert_eq!(of_kind(&node.world(), 48), 1);
	for _ in 0..5 {
		clinic.gateway.hand_in().await.unwrap();
		node.block();
	}
	assert_eq!(listed().await, [json!("acknowledged")]);
	let acknowledged = node.world().done.iter().filter(|call| call[0] == 48).count();
	assert_eq!(acknowledged, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_a_revocation_is_listed_for_whoever_has_one() {
	let node = world().await;
	let clinic = start(&node, CLINIC, "").await;
	assert_eq!(clinic.link(PATIENT, "p").await.status, 200);
	let revoked = now();
	node.change(|world| world.grants[0].ended = Some(revoked));
	clinic.gateway.hand_in().await.unwrap();
	let listed = clinic.faces.house("/revocations").await.json()["revocations"].clone();
	let due = revoked + 72 * 3_600;
	assert_eq!(
		listed,
		json!([{ "patient": PATIENT.to_string(), "directive": 1, "revoked": revoked, "due": due, "state": "due" }])
	);
	assert_eq!(node.handed_in(), 0);
	// Somebody acknowledges it.
	node.change(|world| {
		world.acknowledged.insert((PATIENT, 1));
	});
	clinic.gateway.hand_in().await.unwrap();
	let listed = clinic.faces.house("/revocations").await.json();
	assert_eq!(listed["revocations"][0]["state"], "acknowledged");
}

#[tokio::test(flavor = "multi_thread")]
async fn permits_of_others_and_those_that_run_out_need_no_acknowledgement() {
	let node = world().await;
	let hospital = steward(&node, CUSTODIAN).await;
	node.change(|world| world.grants[0].ended = Some(now()));
	until(&node, &hospital, |world| world.logs.contains_key(&CUSTODIAN)).await;
	for _ in 0..5 {
		hospital.gateway.hand_in().await.unwrap();
		node.block();
	}
	assert_eq!(of_kind(&node.world(), 48), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_lost_on_its_way_is_handed_in_again_when_it_cannot_be_included_any_more() {
	let node = world().await;
	let running = steward(&node, CUSTODIAN).await;
	node.loses(true);
	running.gateway.hand_in().await.unwrap();
	assert_eq!(node.handed_in(), 1);
	node.loses(false);
	// What else is due waits for it.
	running.faces.ingest(&result("r0")).await;
	assert_eq!(running.gateway.close_batches().await.unwrap(), 1);
	for _ in 0..3 {
		running.gateway.hand_in().await.unwrap();
	}
	assert_eq!(node.handed_in(), 1, "it may still be included");
	// A gateway that is started anew knows of it.
	let running = running.again(|_| {}).await;
	running.gateway.hand_in().await.unwrap();
	assert_eq!(node.handed_in(), 1);
	node.blocks(LIFE + 1);
	// It waits a minute; the test does not.
	let mut submission = running.gateway.store.submissions().unwrap().remove(0);
	assert_eq!((submission.what.as_str(), submission.attempts), ("head:0", 1));
	// Not at once, and what else is due goes before it.
	until(&node, &running, |world| !world.anchors.is_empty()).await;
	assert_eq!((node.handed_in(), of_kind(&node.world(), 47)), (2, 0));
	submission.again = 0;
	running.gateway.store.put_submission(&submission).unwrap();
	until(&node, &running, |world| world.logs.contains_key(&CUSTODIAN)).await;
	assert_eq!((node.handed_in(), of_kind(&node.world(), 47)), (3, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_handed_in_to_a_chain_that_is_stale_or_has_other_transactions() {
	let node = world().await;
	let running = steward(&node, CUSTODIAN).await;
	node.behind(100);
	running.gateway.hand_in().await.unwrap();
	assert_eq!((node.handed_in(), running.gateway.store.submissions().unwrap()), (0, vec![]));
	node.behind(0);
	node.transaction_version(2);
	running.gateway.hand_in().await.unwrap();
	assert_eq!(node.handed_in(), 0);
	let waits = running.faces.house("/outbox").await.json()["handedIn"].clone();
	assert_eq!((&waits[0]["what"], &waits[0]["attempts"]), (&json!("head:0"), &json!(1)));
	node.silent(true);
	running.gateway.hand_in().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_tell_how_things_stand_and_name_nobody() {
	let node = world().await;
	let running = start(&node, CUSTODIAN, "").await;
	running.faces.ingest(&result("r0")).await;
	assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 404);
	let text = String::from_utf8(running.faces.house("/metrics").await.body).unwrap();
	for line in [
		"salus_gateway_ready 1",
		"salus_gateway_records_quarantined 1",
		"salus_gateway_records_waiting 1",
		"salus_gateway_log_entries 1",
		"salus_gateway_answers_total{outcome=\"refused\"} 1",
	] {
		assert!(text.lines().any(|each| each == line), "{line} in\n{text}");
	}
	assert!(!text.contains("Observation") && !text.contains("0x"));
	node.silent(true);
	running.silence(true).await;
	let text = String::from_utf8(running.faces.house("/metrics").await.body).unwrap();
	assert!(text.contains("salus_gateway_ready 0\n") && !text.contains("block_age"), "{text}");
	assert_eq!(running.faces.anybody("/metrics").await.status, 404, "not for others");
}
