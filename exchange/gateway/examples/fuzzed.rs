//! A gateway before a node that is none, for programs that send it what they make up (`exchange/fuzz`): with records of a patient, and with a
//! third face that signs whatever is asked of it as the doctor of a clinic, so that more than refusals of unsigned requests is tried.
//! Prints where each listens, and answers until its input ends.

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
use salus_gateway::{export, fetch::signed_header, reconcile, search};
use std::io::Read;

#[derive(Clone)]
struct Signing {
	outside: String,
	genesis: Hash,
	client: reqwest::Client,
}

/// What is signed for what a URL asks for.
fn target(path: &str, query: &str) -> (String, Action) {
	match path {
		"/fhir/$export" => (export::target(query), Action::Export),
		"/counterpart" => (reconcile::target(query), Action::Read),
		_ => {
			let rest =
				path.strip_prefix("/fhir/").or(path.strip_prefix("/records/")).unwrap_or(path);
			match rest.contains('/') {
				true => (rest.to_owned(), Action::Read),
				false => (search::target(rest, query), Action::Read),
			}
		},
	}
}

async fn sign(State(signing): State<Signing>, request: Request) -> Response {
	let (parts, body) = request.into_parts();
	let (path, query) = (parts.uri.path(), parts.uri.query().unwrap_or_default());
	let (target, action) = target(path, query);
	let mut asked = doctor().request(CUSTODIAN, &target);
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
	let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or(Bytes::new());
	let request = signing
		.client
		.request(parts.method, format!("{}{}", signing.outside, parts.uri))
		.headers(headers)
		.body(body);
	match request.send().await {
		Ok(answer) => {
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
