//! A gateway before a node that is none, for programs that send it what they make up (`exchange/fuzz`): with records of a patient, and with a
//! third face that signs whatever is asked of it as the doctor of a clinic, so that more than refusals of unsigned requests is tried.
//! Prints where each listens, for each signed request what was asked and the status of its answer (`answered search 200`), and answers until its input
//! ends.

#[path = "../tests/common/mod.rs"]
mod common;

use axum::{
	body::{Body, Bytes},
	extract::{Request, State},
	http::{header, HeaderValue, StatusCode},
	response::{IntoResponse, Response},
	Router,
};
use common::{doctor, result, start, world, CUSTODIAN, PATIENT, TOKEN};
use salus_exchange_protocol::{codes::Action, Hash};
use salus_gateway::{export, fetch::signed_header, matching, reconcile, search, summary};
use serde_json::json;
use std::io::Read;

#[derive(Clone)]
struct Signing {
	outside: String,
	genesis: Hash,
	client: reqwest::Client,
}

/// What is signed for what somebody asks for.
struct Target {
	/// What `run.sh` counts its answers by.
	route: &'static str,
	signed: String,
	action: Action,
}

fn target(path: &str, query: &str, body: &[u8]) -> Target {
	let read = |route, signed| Target { route, signed, action: Action::Read };
	match path {
		"/fhir/$export" => {
			Target { route: "$export", signed: export::target(query), action: Action::Export }
		},
		"/fhir/Patient/$summary" => read("$summary", summary::target(query)),
		"/fhir/Patient/$match" => read("$match", matching::target(body)),
		"/counterpart" => read("counterpart", reconcile::target(query)),
		_ => {
			if let Some(record) = path.strip_prefix("/records/") {
				return read("receipt", record.to_owned());
			}
			let rest = path.strip_prefix("/fhir/").unwrap_or(path);
			// What is no type is no record: /fhir/metadata, /healthz, and what is made up.
			let is_of_records = rest.starts_with(|c: char| c.is_ascii_uppercase());
			match (is_of_records, rest.contains('/')) {
				(true, true) if rest.contains("/_history/") => read("vread", rest.to_owned()),
				(true, true) => read("read", rest.to_owned()),
				(true, false) => read("search", search::target(rest, query)),
				(false, true) => read("other", rest.to_owned()),
				(false, false) => read("other", search::target(rest, query)),
			}
		},
	}
}

async fn sign(State(signing): State<Signing>, request: Request) -> Response {
	let (parts, body) = request.into_parts();
	let (path, query) = (parts.uri.path(), parts.uri.query().unwrap_or_default());
	let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or(Bytes::new());
	let Target { route, signed, action } = target(path, query, &body);
	let mut asked = doctor().request(CUSTODIAN, &signed);
	asked.action = action;
	let signed = signed_header(&asked, &signing.genesis, &doctor().key);
	let mut headers = parts.headers;
	for name in
		[header::HOST, header::CONTENT_LENGTH, header::TRANSFER_ENCODING, header::CONNECTION]
	{
		headers.remove(name);
	}
	if let Ok(value) = HeaderValue::from_str(&format!("Salus-Signed {signed}")) {
		headers.insert(header::AUTHORIZATION, value);
	}
	let request = signing
		.client
		.request(parts.method, format!("{}{}", signing.outside, parts.uri))
		.headers(headers)
		.body(body);
	match request.send().await {
		Ok(answer) => {
			println!("answered {route} {}", answer.status().as_u16());
			let mut response = Response::new(Body::empty());
			*response.status_mut() = answer.status();
			*response.headers_mut() = answer.headers().clone();
			for name in [header::CONTENT_LENGTH, header::TRANSFER_ENCODING, header::CONNECTION] {
				response.headers_mut().remove(name);
			}
			*response.body_mut() = Body::from(answer.bytes().await.unwrap_or_default());
			response
		},
		Err(error) => (StatusCode::BAD_GATEWAY, error.to_string()).into_response(),
	}
}

#[tokio::main]
async fn main() {
	// What fails is told there.
	tracing_subscriber::fmt().with_writer(std::io::stderr).with_ansi(false).init();
	let node = world().await;
	let running = start(&node, CUSTODIAN, "[limits]\nrate = 100000\n").await;
	running.link(PATIENT, "p").await;
	// Whom a match finds.
	let patient = json!({ "resourceType": "Patient", "id": "p", "birthDate": "1970-01-01" });
	running.faces.ingest(&patient).await;
	for at in 0..50 {
		running.faces.ingest(&result(&format!("r{at}"))).await;
	}
	let signing = Signing {
		outside: running.faces.outside.clone(),
		genesis: running.genesis(),
		client: reqwest::Client::builder().no_proxy().build().unwrap(),
	};
	let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
	println!("outside {}", running.faces.outside);
	println!("inside {}", running.faces.inside);
	println!("signing http://{}", listener.local_addr().unwrap());
	println!("token {TOKEN}");
	println!("patient {PATIENT}");
	tokio::spawn(async move {
		axum::serve(listener, Router::new().fallback(sign).with_state(signing)).await
	});
	tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()))
		.await
		.unwrap()
		.unwrap();
}
