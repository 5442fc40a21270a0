//! A node that is cut off, stands still, is alone or is catching up: how long the gateway goes on, also in the middle of something.

mod common;

use common::{
	doctor,
	download::{begin, breaks_off, with_results},
	node::Node,
	world, Running, PATIENT,
};
use serde_json::Value;
use std::time::{Duration, Instant};

/// A block may be that old, in seconds.
const BEST: u64 = 12;
/// A final one may be that old.
const FINAL: u64 = 60;
/// How long it takes at most beyond that until nothing leaves any more.
const SLACK: Duration = Duration::from_secs(15);

/// What goes wrong with a node, how that ends, and how it is told.
type Fault = (&'static str, fn(&Node), fn(&Node), &'static str);

/// All but the two that take their time.
const AT_ONCE: [Fault; 6] = [
	("cut off", |node| node.silent(true), |node| node.silent(false), "node-unreachable"),
	("without peers", |node| node.alone(true), |node| node.alone(false), "no-peers"),
	("catching up", |node| node.syncing(true), |node| node.syncing(false), "catching-up"),
	("an old best block", |node| node.behind(BEST + 1), |node| node.behind(0), "best-old"),
	(
		"an old final block",
		|node| node.finality_behind(FINAL + 1),
		|node| node.finality_goes_on(),
		"final-old",
	),
	("a clock that is behind", |node| node.ahead(8), |node| node.ahead(0), "best-ahead"),
];

/// The query of a download of all that is the patient's.
fn all() -> String {
	format!("patient={PATIENT}")
}

fn next(page: &Value) -> String {
	let links = page["link"].as_array().unwrap();
	let next = links.iter().find(|link| link["relation"] == "next").unwrap();
	next["url"].as_str().unwrap().split_once('?').unwrap().1.into()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_is_not_of_the_present_ends_reads_searches_that_run_and_their_next_pages() {
	let node = world().await;
	let running = with_results(&node, 5, 10).await;
	for (fault, break_it, mend, named) in AT_ONCE {
		assert_eq!(running.read(&doctor(), "Observation/r0").await.status, 200, "{fault}");
		let query = format!("patient={PATIENT}&_count=2");
		let page = running.search(&doctor(), "Observation", &query).await;
		let query = next(&page.json());
		let released = running.faces.log().await.len();
		break_it(&node);
		for got in [
			running.read(&doctor(), "Observation/r0").await,
			running.search(&doctor(), "Observation", &query).await,
		] {
			assert_eq!((got.status, got.code().as_str()), (503, "chain-stale"), "{fault}");
		}
		let export = begin(&running, &doctor(), &all()).await;
		assert_eq!(export.status().as_u16(), 503, "{fault}");
		running.ready(503, named).await;
		let log = running.faces.log().await;
		assert!(log[released..].iter().all(|entry| entry["outcome"] != "released"), "{fault}");
		mend(&node);
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_is_not_of_the_present_ends_a_running_download() {
	let node = world().await;
	let running = with_results(&node, 400, 50_000).await;
	for (fault, break_it, mend, _) in AT_ONCE {
		let before = running.faces.log().await.len();
		let mut export = begin(&running, &doctor(), &all()).await;
		export.chunk().await.unwrap().unwrap();
		break_it(&node);
		assert!(breaks_off(&mut export).await, "{fault}");
		let log = running.faces.log().await;
		assert_eq!(log.last().unwrap()["outcome"], "refused", "{fault}");
		assert!(log.len() - before < 400, "{fault}: {} entries", log.len() - before);
		mend(&node);
	}
}

/// How long something is released yet.
async fn until_refused(running: &Running, from: Instant) -> Duration {
	loop {
		let got = running.read(&doctor(), "Observation/r0").await;
		if got.status == 503 {
			return from.elapsed();
		}
		assert_eq!(got.status, 200);
		tokio::time::sleep(Duration::from_millis(200)).await;
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_best_block_that_stands_still_lets_for_its_age_and_no_longer() {
	let node = world().await;
	let running = with_results(&node, 1, 10).await;
	node.stands(true);
	node.block();
	let took = until_refused(&running, Instant::now()).await;
	println!("the last release came before {took:?}, of {BEST} s");
	assert!(took <= Duration::from_secs(BEST) + SLACK, "{took:?}");
	running.ready(503, "best-old").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn finality_that_stands_still_lets_for_its_age_and_no_longer() {
	let node = world().await;
	let running = with_results(&node, 1, 10).await;
	// The last final block is almost that old already.
	node.finality_behind(FINAL - 5);
	let took = until_refused(&running, Instant::now()).await + Duration::from_secs(FINAL - 5);
	println!("the last release came before {took:?}, of {FINAL} s");
	assert!(took <= Duration::from_secs(FINAL) + SLACK, "{took:?}");
	running.ready(503, "final-old").await;
}
