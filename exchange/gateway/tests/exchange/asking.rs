//! Asking another gateway for a record: it is asked only if what it answers could be checked and has room, since it discloses by answering.

use super::others::{at, both, each, Inner};
use crate::common::{
	configured,
	node::Node,
	oauth::{hand_in, has_profile},
	others, start, start_in, world, Got, Running, CLINIC, CUSTODIAN,
};
use salus_gateway::quotas::Party;
use serde_json::json;
use std::{
	sync::{
		atomic::{AtomicUsize, Ordering},
		Arc,
	},
	time::{Duration, Instant},
};
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::TcpListener,
	sync::Semaphore,
	time::{sleep, timeout},
};

/// Another organisation with a gateway.
const LABORATORY: u32 = 5;
const NOTHING: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

async fn fetch(hospital: &Running, custodian: u32, id: &str) -> Got {
	let record = format!("Observation/{id}");
	let order = json!({ "custodian": custodian, "record": record, "purpose": "Treat" });
	hospital.faces.post("/fetch", "application/json", order.to_string()).await.unwrap()
}

fn told(got: &Got) -> (u16, String) {
	(got.status, got.code())
}

fn is(status: u16, code: &str) -> (u16, String) {
	(status, code.into())
}

/// A hospital that knows where the clinic's gateway and the laboratory's are.
async fn hospital(node: &Node, clinic: u16, laboratory: u16) -> Running {
	let [clinic, laboratory] = [clinic, laboratory].map(|port| format!("http://127.0.0.1:{port}"));
	let rows = others(&[(CLINIC, &clinic), (LABORATORY, &laboratory)]);
	start(node, CUSTODIAN, &rows).await
}

#[tokio::test(flavor = "multi_thread")]
async fn no_other_gateway_discloses_a_record_while_the_own_node_cannot_be_relied_on() {
	let node = world().await;
	let clinic = Inner::start(NOTHING).await;
	let hospital = hospital(&node, clinic.port, clinic.port).await;
	for times in 1..=2 {
		node.syncing(true);
		assert_eq!(told(&fetch(&hospital, CLINIC, "r0").await), is(503, "chain-stale"));
		assert_eq!(clinic.reached(), times - 1, "it was asked");
		node.syncing(false);
		assert_eq!(told(&fetch(&hospital, CLINIC, "r0").await), is(502, "malformed"));
		assert_eq!(clinic.reached(), times);
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_chain_is_told_as_everywhere_when_it_says_where_a_gateway_is() {
	let node = world().await;
	let hospital = start(&node, CUSTODIAN, "").await;
	let shown = at("https://gateway.invalid/salus");
	has_profile(&node, &shown);
	assert_eq!(hand_in(&hospital.faces, &shown).await["believed"], true);
	node.syncing(true);
	assert_eq!(both(&hospital, json!({})).await, each(503, "chain-stale"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_house_without_a_key_to_ask_with_does_not_offer_to_ask() {
	let node = world().await;
	let clinic = Inner::start(NOTHING).await;
	let url = format!("http://127.0.0.1:{}", clinic.port);
	let folder = configured(&node, CUSTODIAN, &others(&[(CLINIC, &url)]));
	let file = folder.path().join("gateway.toml");
	let text = std::fs::read_to_string(&file).unwrap();
	let without: Vec<&str> =
		text.lines().filter(|line| !line.starts_with("signing_key = ")).collect();
	assert_eq!(without.len() + 1, text.lines().count());
	std::fs::write(&file, without.join("\n")).unwrap();
	let hospital = start_in(folder).await;
	assert_eq!(both(&hospital, json!({})).await, each(501, "no-signing-key"));
	assert_eq!(clinic.reached(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_is_not_asked_while_there_is_no_room_for_what_it_answers() {
	let node = world().await;
	let [clinic, laboratory] = [Inner::start(NOTHING).await, Inner::start(NOTHING).await];
	let hospital = hospital(&node, clinic.port, laboratory.port).await;
	// All that the clinic's answers may have.
	let share = hospital.gateway.arriving.take(Party::Organisation(CLINIC), u64::MAX);
	let taken = share.await.unwrap().expect("it is not small");
	let got = fetch(&hospital, CLINIC, "r0").await;
	assert_eq!(told(&got), is(503, "busy"));
	assert!(got.headers.contains(&("retry-after".into(), "1".into())), "{got:?}");
	assert_eq!(clinic.reached(), 0, "it would have disclosed for nobody");
	assert_eq!(told(&fetch(&hospital, LABORATORY, "r0").await), is(502, "malformed"));
	assert_eq!(laboratory.reached(), 1, "others have their room");
	drop(taken);
	assert_eq!(told(&fetch(&hospital, CLINIC, "r0").await), is(502, "malformed"));
	assert_eq!(clinic.reached(), 1);
}

/// A gateway that answers when it may.
struct Waiting {
	port: u16,
	asked: Arc<AtomicUsize>,
	may: Arc<Semaphore>,
}

impl Waiting {
	/// Answers a request for `small` with little, one for `told` with 8 MiB, and one for `untold` with as much, of which it does not say before how much
	/// it is.
	async fn start() -> Self {
		let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
		let port = listener.local_addr().unwrap().port();
		let (asked, may) = (Arc::new(AtomicUsize::new(0)), Arc::new(Semaphore::new(0)));
		let (counted, waits) = (Arc::clone(&asked), Arc::clone(&may));
		tokio::spawn(async move {
			while let Ok((mut stream, _)) = listener.accept().await {
				let (counted, waits) = (Arc::clone(&counted), Arc::clone(&waits));
				tokio::spawn(async move {
					let mut head = [0; 4096];
					let count = stream.read(&mut head).await.unwrap();
					let head = String::from_utf8_lossy(&head[..count]).into_owned();
					counted.fetch_add(1, Ordering::SeqCst);
					let _may = waits.acquire().await.unwrap();
					let large = "x".repeat(8 << 20);
					let (length, body) = match head.split([' ', '/']).nth(4) {
						Some("told") => (format!("content-length: {}\r\n", large.len()), large),
						Some("untold") => (String::new(), large),
						_ => ("content-length: 2\r\n".into(), "{}".into()),
					};
					let answer =
						format!("HTTP/1.1 200 OK\r\n{length}connection: close\r\n\r\n{body}");
					// Who has no room reads no more.
					let _ = stream.write_all(answer.as_bytes()).await;
				});
			}
		});
		Self { port, asked, may }
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_answer_waits_for_room_and_is_refused_and_one_of_the_usual_size_has_its_own() {
	let node = world().await;
	let clinic = Waiting::start().await;
	let hospital = hospital(&node, clinic.port, clinic.port).await;
	let all = async {
		tokio::join!(
			fetch(&hospital, CLINIC, "small"),
			fetch(&hospital, CLINIC, "told"),
			fetch(&hospital, CLINIC, "untold"),
		)
	};
	let fill = async {
		let begun = Instant::now();
		while clinic.asked.load(Ordering::SeqCst) < 3 {
			assert!(begun.elapsed() < Duration::from_secs(30), "not all three are asked for");
			sleep(Duration::from_millis(10)).await;
		}
		// What is free of the clinic's share, but for what the three have, which is less than a large one takes.
		let (share, room) = (Party::Organisation(CLINIC), &hospital.gateway.arriving);
		let mut taken = Vec::new();
		for bytes in (17..=27).rev().map(|power| 1_u64 << power) {
			let once = || timeout(Duration::from_millis(100), room.take(share, bytes));
			while let Ok(Ok(held)) = once().await {
				taken.push(held);
			}
		}
		clinic.may.add_permits(3);
		taken
	};
	let ((small, known, unknown), taken) = tokio::join!(all, fill);
	assert_eq!(told(&small), is(502, "malformed"), "it has its room");
	assert_eq!([told(&known), told(&unknown)], [is(503, "busy"), is(503, "busy")]);
	drop(taken);
	for id in ["small", "told", "untold"] {
		let got = fetch(&hospital, CLINIC, id).await;
		assert_eq!(told(&got), is(502, "malformed"), "{id}: there is room again");
	}
}
