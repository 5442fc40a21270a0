//! Where other organisations' gateways are: what a profile of a licence says, or the configuration, and nothing that whoever asks says.

use crate::common::{
	node::Node,
	oauth::{hand_in, has_profile, profile},
	others, start, world, Got, Running, CLINIC, CUSTODIAN,
};
use salus_exchange_protocol::profile::Profile;
use salus_gateway::chain::now;
use serde_json::{json, Value};
use std::sync::{
	atomic::{AtomicUsize, Ordering},
	Arc,
};
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::TcpListener,
};

/// Something of the inner network, which counts who connects, and answers with this.
pub(super) struct Inner {
	pub(super) port: u16,
	reached: Arc<AtomicUsize>,
}

impl Inner {
	pub(super) async fn start(answer: &str) -> Self {
		let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
		let port = listener.local_addr().unwrap().port();
		let reached = Arc::new(AtomicUsize::new(0));
		let (counted, answer) = (reached.clone(), answer.to_owned());
		tokio::spawn(async move {
			while let Ok((mut stream, _)) = listener.accept().await {
				counted.fetch_add(1, Ordering::SeqCst);
				let mut head = [0; 4096];
				let _ = stream.read(&mut head).await;
				let _ = stream.write_all(answer.as_bytes()).await;
			}
		});
		Self { port, reached }
	}

	pub(super) fn reached(&self) -> usize {
		self.reached.load(Ordering::SeqCst)
	}
}

pub(super) fn at(gateway: &str) -> Profile {
	Profile { gateway: Some(gateway.into()), ..profile(&[], 7) }
}

/// Both orders to the clinic, with more members.
pub(super) async fn both(hospital: &Running, more: Value) -> [(u16, String); 2] {
	let mut fetch = json!({ "custodian": CLINIC, "record": "Observation/r0", "purpose": "Treat" });
	let mut reconcile = json!({ "custodian": CLINIC, "day": now() / 86_400 });
	for order in [&mut fetch, &mut reconcile] {
		order.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
	}
	let told = |got: Got| (got.status, got.code());
	let post = |path: &'static str, order: Value| async move {
		hospital.faces.post(path, "application/json", order.to_string()).await.unwrap()
	};
	[told(post("/fetch", fetch).await), told(post("/reconcile", reconcile).await)]
}

pub(super) fn each(status: u16, code: &str) -> [(u16, String); 2] {
	[(status, code.into()), (status, code.into())]
}

async fn hospital(node: &Node, more: &str) -> Running {
	start(node, CUSTODIAN, more).await
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_cannot_have_the_gateway_ask_something_else() {
	let node = world().await;
	let inner = Inner::start("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
	let hospital = hospital(&node, "").await;
	for url in [
		format!("http://127.0.0.1:{}", inner.port),
		format!("http://localhost:{}", inner.port),
		format!("http://[::ffff:127.0.0.1]:{}", inner.port),
		format!("http://2130706433:{}", inner.port),
		"http://169.254.169.254/latest/meta-data".into(),
		"https://records.clinic.example".into(),
	] {
		assert_eq!(
			both(&hospital, json!({ "url": url })).await,
			each(403, "gateway-unknown"),
			"{url}"
		);
	}
	assert_eq!(both(&hospital, json!({})).await, each(403, "gateway-unknown"));
	assert_eq!(inner.reached(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_profile_of_a_live_licence_says_where_a_gateway_is() {
	let node = world().await;
	let hospital = hospital(&node, "").await;
	// A host that no address belongs to: what is tried is this and nothing else.
	let shown = at("https://gateway.invalid/salus");
	let asked = || both(&hospital, json!({}));
	// Handed in, and not that of the licence.
	assert_eq!(hand_in(&hospital.faces, &shown).await["believed"], false);
	assert_eq!(asked().await, each(403, "gateway-unknown"));
	has_profile(&node, &shown);
	assert_eq!(asked().await, each(502, "unreachable"));
	let same = json!({ "url": "https://GATEWAY.invalid:443/salus/" });
	assert_eq!(both(&hospital, same).await, each(502, "unreachable"));
	for url in
		["https://gateway.invalid", "http://gateway.invalid/salus", "https://127.0.0.1/salus"]
	{
		assert_eq!(
			both(&hospital, json!({ "url": url })).await,
			each(403, "gateway-elsewhere"),
			"{url}"
		);
	}
	// The licence ends.
	node.change(|world| {
		world.licences.insert(CLINIC, vec![(0, Some(1))]);
	});
	assert_eq!(asked().await, each(403, "gateway-unknown"));
	node.change(|world| {
		world.licences.clear();
	});
	// Another profile on the chain, which this gateway was not shown.
	has_profile(&node, &at("https://other.invalid"));
	assert_eq!(asked().await, each(403, "gateway-unknown"));
	// One that names no gateway.
	let none = profile(&[], 8);
	has_profile(&node, &none);
	hand_in(&hospital.faces, &none).await;
	assert_eq!(asked().await, each(403, "gateway-unknown"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_that_leads_into_this_network_leads_nowhere() {
	let node = world().await;
	let inner = Inner::start("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
	let hospital = hospital(&node, "").await;
	for host in ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "127.1", "[::ffff:10.0.0.1]"] {
		let shown = at(&format!("https://{host}:{}", inner.port));
		has_profile(&node, &shown);
		assert_eq!(hand_in(&hospital.faces, &shown).await["believed"], true);
		assert_eq!(both(&hospital, json!({})).await, each(403, "gateway-local"), "{host}");
	}
	assert_eq!(inner.reached(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_configuration_may_name_a_gateway_of_this_network_and_a_redirection_is_not_followed() {
	let node = world().await;
	let inner = Inner::start("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
	let redirection = format!(
		"HTTP/1.1 307 Temporary Redirect\r\nlocation: http://127.0.0.1:{}/\r\ncontent-length: 0\r\n\r\n",
		inner.port
	);
	let clinic = Inner::start(&redirection).await;
	let url = format!("http://127.0.0.1:{}", clinic.port);
	let rows = others(&[(CLINIC, &url)]);
	let hospital = hospital(&node, &rows).await;
	assert_eq!(both(&hospital, json!({})).await, each(502, "refused"));
	assert_eq!(both(&hospital, json!({ "url": url })).await, each(502, "refused"));
	assert_eq!((clinic.reached() > 0, inner.reached()), (true, 0));
	// What the configuration says counts, whatever a profile says.
	let shown = at("https://gateway.invalid");
	has_profile(&node, &shown);
	hand_in(&hospital.faces, &shown).await;
	assert_eq!(both(&hospital, json!({})).await, each(502, "refused"));
	// Named, and not as one of this network.
	let hospital = hospital
		.again(|folder| {
			let file = folder.join("gateway.toml");
			let text = std::fs::read_to_string(&file).unwrap();
			std::fs::write(&file, text.replace("local = true\n", "")).unwrap();
		})
		.await;
	assert_eq!(both(&hospital, json!({})).await, each(403, "gateway-local"));
}
