//! Polling a FHIR server that nobody here wrote.

use super::{
	common::{configured, result, world, CUSTODIAN},
	House,
};
use serde_json::{json, Value};
use std::time::Duration;

/// What a server that nobody here wrote is asked as the house's own systems ask it.
struct Foreign {
	url: String,
	client: reqwest::Client,
}

impl Foreign {
	async fn ask(&self, method: reqwest::Method, path: &str, body: Option<Value>) {
		let request = self.client.request(method, format!("{}/{path}", self.url));
		let request = request.header("content-type", "application/fhir+json");
		let request = match body {
			Some(body) => request.body(body.to_string()),
			None => request,
		};
		let answer = request.send().await.unwrap();
		assert!(answer.status().is_success(), "{path}: {}", answer.status());
	}

	async fn put(&self, resource: Value) {
		let path = format!("Observation/{}", resource["id"].as_str().unwrap());
		self.ask(reqwest::Method::PUT, &path, Some(resource)).await;
	}

	/// All in one Bundle: many of them within one second.
	async fn put_all(&self, count: usize) {
		let entries = (0..count).map(|at| {
			let id = format!("r{at}");
			json!({ "resource": result(&id), "request": { "method": "PUT", "url": format!("Observation/{id}") } })
		});
		let entries: Vec<Value> = entries.collect();
		let bundle = json!({ "resourceType": "Bundle", "type": "batch", "entry": entries });
		self.ask(reqwest::Method::POST, "", Some(bundle)).await;
	}
}

/// A server that nobody here wrote, without observations: `SALUS_FHIR_SERVER` is its base URL (scripts/fhir-server.sh).
#[tokio::test(flavor = "multi_thread")]
async fn a_real_server_is_polled() {
	const COUNT: usize = 400;
	let Ok(url) = std::env::var("SALUS_FHIR_SERVER") else {
		println!("skipped: SALUS_FHIR_SERVER names no server");
		return;
	};
	let client = reqwest::Client::builder().no_proxy().build().unwrap();
	let server = Foreign { url, client };
	let node = world().await;
	let more =
		format!("[upstream]\nurl = \"{}\"\ntypes = [\"Observation\"]\ncount = 50\n", server.url);
	let folder = configured(&node, CUSTODIAN, &more);
	let mut house = House::open(folder.path());
	server.put_all(COUNT).await;
	let [held, quarantined, ..] = house.polled().await;
	assert_eq!((held, quarantined, house.held(COUNT)), (COUNT as u64, 0, COUNT));
	let [held, quarantined, known, gone] = house.polled().await;
	assert_eq!((held, quarantined, gone), (0, 0, 0), "{known} are known");
	let mut amended = result("r3");
	amended["status"] = json!("amended");
	server.put(amended).await;
	server.put(result(&format!("r{COUNT}"))).await;
	assert_eq!((house.polled().await[0], house.held(COUNT + 1)), (2, COUNT + 1));
	server.ask(reqwest::Method::DELETE, "Observation/r5", None).await;
	// At once where there is a history of a type; else when all is read.
	house.polled().await;
	house.upstream.whole_every = Duration::ZERO;
	house.polled().await;
	assert!(house.is_gone("r5"));
	assert_eq!(house.held(COUNT + 1), COUNT, "nothing else is");
	server.put(result("r5")).await;
	house.polled().await;
	assert!(house.is_held("r5"));
}
