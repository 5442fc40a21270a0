//! Downloads: a gateway that has much to send, how one is begun, and how it ends.

use super::{linked, node::Node, result, Faces, Person, Running, CUSTODIAN};
use salus_exchange_protocol::codes::Action;
use salus_gateway::{export::target, fetch::signed_header};
use serde_json::json;

/// A gateway with results of the patient, `r0` and so on, each with a note of so many bytes.
pub async fn with_results(node: &Node, count: usize, size: usize) -> Running {
	let running = linked(node, "").await;
	put_results(&running.faces, "r", count, size).await;
	running
}

/// Puts such results into a gateway, all at once, with ids that begin like this.
pub async fn put_results(faces: &Faces, name: &str, count: usize, size: usize) {
	let lines: String = (0..count)
		.map(|at| {
			let mut resource = result(&format!("{name}{at}"));
			resource["note"] = json!([{ "text": "x".repeat(size) }]);
			format!("{resource}\n")
		})
		.collect();
	let got = faces.post("/ingest", "application/fhir+ndjson", lines).await.unwrap();
	assert_eq!(got.status, 200);
}

/// What somebody signs to ask for a download.
pub fn header(running: &Running, who: &Person, query: &str, action: Action) -> String {
	let mut request = who.request(CUSTODIAN, &target(query));
	request.action = action;
	signed_header(&request, &running.genesis(), &who.key)
}

pub async fn begin(running: &Running, who: &Person, query: &str) -> reqwest::Response {
	let client = reqwest::Client::builder().no_proxy().build().unwrap();
	let signed = header(running, who, query, Action::Export);
	client
		.get(format!("{}/fhir/$export?{query}", running.faces.outside))
		.header("authorization", format!("Salus-Signed {signed}"))
		.send()
		.await
		.unwrap()
}

/// Whether a download breaks off, and does not end as if it were whole.
pub async fn breaks_off(response: &mut reqwest::Response) -> bool {
	loop {
		match response.chunk().await {
			Ok(Some(_)) => {},
			Ok(None) => return false,
			Err(_) => return true,
		}
	}
}
