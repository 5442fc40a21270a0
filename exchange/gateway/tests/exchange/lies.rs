//! A node that lies: about the state, about heads, about who somebody is, and about which block is final.

use crate::common::{
	configured, doctor, linked,
	node::{Node, Tampers},
	result, start_in,
	votes::{keys, Votes},
	world, Person, Running, CLINIC, CUSTODIAN, PATIENT,
};
use serde_json::Value;
use std::time::{Duration, Instant};

async fn with_result(node: &Node) -> Running {
	let running = linked(node, "").await;
	assert_eq!(running.faces.ingest(&result("r0")).await["state"], "held");
	assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 200);
	running
}

/// What the doctor gets, and what the gateway says of itself: the two agree.
async fn told(running: &Running) -> (u16, String) {
	let got = running.read(&doctor(), "Observation/r0").await;
	let status = if got.status == 503 { 503 } else { 200 };
	let begun = Instant::now();
	let ready = loop {
		let ready = running.faces.anybody("/readyz").await;
		if ready.status == status {
			break ready;
		}
		assert!(begun.elapsed().as_secs() < 60, "{ready:?}");
		tokio::time::sleep(Duration::from_millis(50)).await;
	};
	let why = ready.json()["why"].as_str().unwrap_or_default().to_owned();
	(got.status, if got.status == 503 { why } else { String::new() })
}

fn not_proven() -> (u16, String) {
	(503, "not-proven".into())
}

fn served() -> (u16, String) {
	(200, String::new())
}

async fn released(running: &Running) -> usize {
	let log = running.faces.log().await;
	log.iter().filter(|entry: &&Value| entry["outcome"] == "released").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_state_that_was_changed_or_has_something_left_out_is_not_believed() {
	let node = world().await;
	let running = with_result(&node).await;
	for tampers in [Tampers::Value, Tampers::Nothing] {
		node.tampers(tampers);
		assert_eq!(told(&running).await, not_proven(), "{tampers:?}");
		node.tampers(Tampers::Not);
		assert_eq!(told(&running).await, served());
	}
	// Of each node of the proof that is left out, nothing is released that is not proven: it is refused, or not needed.
	node.tampers(Tampers::Missing);
	assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 503);
	node.tampers(Tampers::Not);
	node.other_heads(true);
	assert_eq!(told(&running).await, not_proven(), "the head of another block");
	node.other_heads(false);
	assert_eq!(told(&running).await, served());
	assert_eq!(released(&running).await, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_of_another_chain_is_not_believed() {
	let node = world().await;
	let folder = configured(&node, CUSTODIAN, "");
	let file = folder.path().join("gateway.toml");
	let text = std::fs::read_to_string(&file).unwrap();
	std::fs::write(
		&file,
		text.replace(&node.genesis().to_string(), &format!("0x{}", "5".repeat(64))),
	)
	.unwrap();
	let running = start_in(folder).await;
	let ready = running.faces.anybody("/readyz").await;
	assert_eq!((ready.status, ready.json()["why"].as_str().unwrap()), (503, "not-proven"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_has_a_credential_by_the_nodes_word_and_nobody_is_without_one_by_it() {
	let node = world().await;
	let running = with_result(&node).await;
	let stranger = Person::new(99, Some(CLINIC));
	assert_eq!(running.read(&stranger, "Observation/r0").await.code(), "affiliation");
	// The node goes on with a state in which the doctor still works there.
	node.decides_by_this_block(true);
	node.change(|world| world.members.clear());
	assert_eq!(running.read(&doctor(), "Observation/r0").await.code(), "chain-stale");
	node.decides_by_this_block(false);
	assert_eq!(running.read(&doctor(), "Observation/r0").await.code(), "affiliation");
	node.change(|world| {
		world.organisations.remove(&CLINIC);
	});
	assert_eq!(running.read(&doctor(), "Observation/r0").await.code(), "organisation");
	// And one that was admitted meanwhile is not shut out by a state of before.
	node.decides_by_this_block(true);
	node.change(|world| {
		world.organisations.insert(CLINIC);
		world.members.insert((CLINIC, doctor().account()));
	});
	assert_eq!(running.read(&doctor(), "Observation/r0").await.code(), "chain-stale");
	node.decides_by_this_block(false);
	assert_eq!(told(&running).await, served());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_licence_makes_nobody_a_stranger_and_an_officer_is_one_by_proof() {
	let node = world().await;
	let running = with_result(&node).await;
	node.change(|world| {
		world.stopped.insert(CLINIC, 5);
	});
	// Its people are known, and are let nothing.
	let got = running.read(&doctor(), "Observation/r0").await;
	assert_eq!((got.status, got.code().as_str()), (404, "not-found"));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_block_is_final_without_the_votes_of_the_authorities() {
	let node = world().await;
	let running = with_result(&node).await;
	for (votes, why) in [
		(Votes::None, "not-proven"),
		(Votes::Unknown, "node-refuses"),
		(Votes::Strangers, "not-proven"),
		(Votes::TwoThirds, "not-proven"),
		(Votes::Forged, "not-proven"),
		(Votes::OtherBlock, "not-proven"),
		(Votes::Bytes, "not-proven"),
	] {
		node.votes(votes);
		assert_eq!(told(&running).await, (503, why.to_owned()), "{votes:?}");
		node.votes(Votes::True);
		assert_eq!(told(&running).await, served(), "after {votes:?}");
	}
	assert_eq!(released(&running).await, 8);
}

/// A node has no votes to hand out of authorities that have never changed, and says so. Nobody can say so of others, and nobody is believed
/// who is not to be.
#[tokio::test(flavor = "multi_thread")]
async fn a_node_is_believed_about_what_is_final_only_on_purpose_and_while_the_first_authorities_never_changed(
) {
	let node = world().await;
	let strict = with_result(&node).await;
	node.votes(Votes::NeverChanged);
	assert_eq!(told(&strict).await, not_proven());
	let running = linked(&node, "finality = \"believed\"\n").await;
	assert_eq!(running.faces.ingest(&result("r0")).await["state"], "held");
	assert_eq!(told(&running).await, served());
	node.block();
	assert_eq!(told(&running).await, served());
	// Once more about the same block.
	assert_eq!(told(&running).await, served());
	node.hand_over(keys(11, 5));
	node.block();
	// Told by the state of the block, though the gateway has followed nobody yet.
	assert_eq!(running.gateway.node.followed().await.unwrap().set, 0);
	assert_eq!(told(&running).await, not_proven());
	node.votes(Votes::True);
	assert_eq!(told(&running).await, served());
	assert_eq!(running.gateway.node.followed().await.unwrap().set, 1);
	node.votes(Votes::NeverChanged);
	node.block();
	assert_eq!(told(&running).await, (503, "node-refuses".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_block_that_nobody_made_final_does_not_bring_a_permit_back() {
	let node = world().await;
	let running = with_result(&node).await;
	node.change(|world| world.grants.clear());
	assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 404);
	// The node goes on alone, with blocks in which the Permit was never taken away.
	let grants = world().await.world().grants;
	node.change_best(|world| world.grants = grants);
	node.claims_best(true);
	assert_eq!(told(&running).await, not_proven());
	node.claims_best(false);
	assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 404);
	assert_eq!(released(&running).await, 1);
}

/// A block that takes a Permit back, and is given up for another one, has been seen: who was refused by it is not let again by the way on which the
/// Permit was never taken back, until that is final.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_back_stays_so_when_the_chain_takes_another_way_until_that_is_final() {
	let node = world().await;
	let running = with_result(&node).await;
	let grants = node.world().grants;
	assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 200);
	node.change_best(|world| world.grants.clear());
	assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 404);
	// The best block, and the last final one, both let it.
	node.change_best(|world| world.grants = grants);
	assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 404);
	let log = running.faces.house("/log").await;
	assert!(
		String::from_utf8_lossy(&log.body).contains("not final yet whether it stays"),
		"{log:?}"
	);
	node.finality_goes_on();
	assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_authorities_are_followed_as_they_hand_over_and_those_before_have_no_say() {
	let node = world().await;
	let running = with_result(&node).await;
	node.hand_over(keys(11, 5));
	node.block();
	assert_eq!(told(&running).await, served());
	// Two at once, which nobody looked at in between.
	node.hand_over(keys(21, 3));
	node.blocks(3);
	node.hand_over(keys(31, 7));
	node.blocks(3);
	assert_eq!(told(&running).await, served());
	assert_eq!(running.gateway.node.followed().await.unwrap().set, 3);
	for votes in [Votes::OldKeys, Votes::SetBefore] {
		node.votes(votes);
		assert_eq!(told(&running).await, not_proven(), "{votes:?}");
		node.votes(Votes::True);
		assert_eq!(told(&running).await, served());
	}
	// A gateway that is new follows from the beginning.
	let folder = configured(&node, CLINIC, "");
	let fresh = start_in(folder).await;
	assert_eq!(fresh.faces.anybody("/readyz").await.status, 200);
	let followed = fresh.gateway.node.followed().await.unwrap();
	assert_eq!((followed.set, followed.authorities.len()), (3, 7));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_was_stopped_goes_on_from_the_authorities_that_it_knew() {
	let node = world().await;
	let running = with_result(&node).await;
	node.hand_over(keys(11, 5));
	node.block();
	assert_eq!(told(&running).await, served());
	let known = running.gateway.node.followed().await.unwrap();
	running.gateway.store.keep_followed(&node.genesis(), &known).unwrap();
	let running = running.again(|_| {}).await;
	node.hand_over(keys(21, 4));
	node.blocks(2);
	assert_eq!(told(&running).await, served());
	assert_eq!(running.gateway.node.followed().await.unwrap().set, 2);
	// What was written down is of this chain, and of no other.
	let store = &running.gateway.store;
	assert_eq!(store.followed(&PATIENT).unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_checking_votes_costs() {
	for count in [4_u16, 40, 100] {
		let node = world().await;
		let running = with_result(&node).await;
		node.stands(true);
		node.hand_over(keys(100, count));
		node.block();
		let begun = Instant::now();
		running.gateway.node.present().await.unwrap();
		let first = begun.elapsed();
		let begun = Instant::now();
		running.gateway.node.present().await.unwrap();
		println!("{count} authorities: {first:?} for a new final block after a hand-over, {:?} for a known one", begun.elapsed());
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_runtime_that_is_not_known_is_named_and_lets_nothing_out() {
	let node = world().await;
	let running = with_result(&node).await;
	node.change(|world| world.runtime = 2_001);
	assert_eq!(told(&running).await, (503, "unknown-runtime".to_owned()));
	let ready = running.faces.anybody("/readyz").await.json();
	assert!(ready["detail"].as_str().unwrap().contains("2001"), "{ready}");
	let metrics = running.faces.house("/metrics").await.body;
	assert!(String::from_utf8(metrics).unwrap().contains("salus_gateway_ready 0\n"));
	node.change(|world| world.runtime = 2_000);
	assert_eq!(told(&running).await, served());
	// In the best block alone it is enough: the next block is of those rules.
	node.change_best(|world| world.runtime = 2_001);
	assert_eq!(told(&running).await, (503, "unknown-runtime".to_owned()));
	assert_eq!(released(&running).await, 2);
}

/// What was decided here, the node's runtime is asked once more: a difference is counted, and nothing changes by it.
#[tokio::test(flavor = "multi_thread")]
async fn decisions_are_compared_with_the_nodes_runtime_and_a_difference_is_counted() {
	let node = world().await;
	let running = with_result(&node).await;
	let counted = async |name: &str| {
		let metrics = String::from_utf8(running.faces.house("/metrics").await.body).unwrap();
		let line =
			metrics.lines().find_map(|line| line.strip_prefix(&format!("salus_gateway_{name} ")));
		line.unwrap().parse::<u64>().unwrap()
	};
	// Until so many were compared.
	let compared = async |least: u64| {
		let begun = Instant::now();
		while counted("decisions_compared_total").await < least {
			assert!(begun.elapsed() < Duration::from_secs(60));
			tokio::time::sleep(Duration::from_millis(100)).await;
		}
	};
	for _ in 0..51 {
		assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 200);
	}
	compared(2).await;
	assert_eq!(counted("decisions_differing_total").await, 0);
	node.change(|world| world.decides_otherwise = true);
	for _ in 0..50 {
		assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 200);
	}
	compared(3).await;
	assert_eq!(counted("decisions_differing_total").await, 1);
	// A patient whom the chain does not know is one to both.
	node.change(|world| world.decides_otherwise = false);
	for _ in 0..50 {
		assert_eq!(running.read(&doctor(), "Observation/none").await.status, 404);
	}
	compared(4).await;
	assert_eq!(counted("decisions_differing_total").await, 1);
}
