//! The face for others: FHIR R4, read and search; and records with their receipts.

use super::{
	bounds, even,
	metadata::metadata,
	oauth,
	openapi::{described, OUTSIDE},
	orders::with_standing,
	outcome::{answer, no_such_method, not_found, outcome, FHIR, JSON},
};
use crate::{
	auth::Presented,
	chain::{now, Silent, Stale},
	gateway::Gateway,
	ingest::{is_id, is_type},
	openings::{read_header, Credential, Opening, Sent},
	orders::as_extension,
	release::{Read, Receipted, Refusal},
	room::Held,
	search::Page,
};
use axum::{
	body::{Body, Bytes},
	extract::{Path, RawQuery, Request, State},
	http::{header, HeaderMap, HeaderValue, Method, StatusCode, Uri},
	middleware::{from_fn, from_fn_with_state, Next},
	response::{IntoResponse, Response},
	routing::{any, get, post},
	Router,
};
use base64::{
	engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
	Engine,
};
use salus_consent_decision::SealedId;
use salus_exchange_protocol::{
	fhir::put_string, json::Part, release::AnchorRef, request::MAX_REQUEST,
};
use serde_json::json;
use std::{future::Future, sync::Arc};
use tokio::sync::Semaphore;

pub(super) type Ours = State<Arc<Gateway>>;

pub(crate) fn router(gateway: Arc<Gateway>) -> Router {
	let of_several = Router::new()
		.route("/fhir/$export", any(export))
		.route("/fhir/Patient/$summary", any(summary))
		.route("/fhir/Patient/$match", post(matching))
		.route("/fhir/{type}", any(search))
		.route_layer(from_fn(even::all));
	let of_one = Router::new()
		.route("/fhir/{type}/{id}", any(read))
		.route("/fhir/{type}/{id}/_history/{version}", any(version))
		.route("/records/{type}/{id}", any(receipt))
		.route("/links/{offer}", post(sign_link))
		.route_layer(from_fn(even::nothing));
	of_several
		.merge(of_one)
		.route("/counterpart", any(counterpart))
		.route_layer(from_fn_with_state(gateway.clone(), counted))
		.route("/fhir/metadata", any(metadata))
		.route("/healthz", get(healthz))
		.route("/readyz", get(readyz))
		.merge(oauth::outside())
		.route("/openapi.json", any(openapi))
		.fallback(|| async { not_found() })
		.layer(from_fn_with_state(Arc::new(Semaphore::new(bounds::MOST_OUTSIDE)), bounds::outside))
		.with_state(gateway)
}

/// Counts what is answered about records.
async fn counted(State(gateway): Ours, request: Request, next: Next) -> Response {
	let response = next.run(request).await;
	gateway.meters.answered(response.status().as_u16());
	response
}

/// Only GET is answered. HEAD would be a release of which nobody gets anything.
pub(super) fn only_get(method: &Method) -> Result<(), Box<Response>> {
	match *method == Method::GET {
		true => Ok(()),
		false => Err(Box::new(no_such_method(Some(&HeaderValue::from_static("GET"))))),
	}
}

/// What was sent with a request that reads.
fn asked(method: &Method, headers: &HeaderMap) -> Result<Sent, Box<Response>> {
	only_get(method)?;
	let by = signed(headers).ok_or_else(|| nobody(false))?;
	Ok(Sent { by: Credential::Signed(by), openings: openings(headers)? })
}

/// The same where a token is taken too: `Authorization: DPoP`, and a proof in `DPoP`.
fn asked_or_shown(
	gateway: &Gateway,
	method: &Method,
	uri: &Uri,
	headers: &HeaderMap,
) -> Result<Sent, Box<Response>> {
	only_get(method)?;
	let is_offered = gateway.config.auth.is_some();
	let by = match oauth::token(headers).filter(|_| is_offered) {
		Some(token) => Credential::Token(Presented {
			token: token.into(),
			proof: oauth::proof(headers).map(Into::into),
			method: method.as_str().into(),
			path: uri.path().into(),
		}),
		None => Credential::Signed(signed(headers).ok_or_else(|| nobody(is_offered))?),
	};
	Ok(Sent { by, openings: openings(headers)? })
}

/// The answer to nobody in particular.
fn nobody(takes_tokens: bool) -> Box<Response> {
	let mut response = outcome(
		StatusCode::UNAUTHORIZED,
		"login",
		"malformed",
		"a signed request is missing: Authorization: Salus-Signed, and its JSON in base64url without padding",
	);
	let headers = response.headers_mut();
	headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Salus-Signed"));
	if takes_tokens {
		headers.append(header::WWW_AUTHENTICATE, HeaderValue::from_static(oauth::SCHEME));
	}
	Box::new(response)
}

/// The signed request in `Authorization: Salus-Signed`: JSON in base64url without padding.
fn signed(headers: &HeaderMap) -> Option<Vec<u8>> {
	let mut all = headers.get_all(header::AUTHORIZATION).iter();
	let (first, second) = (all.next(), all.next());
	// One header: of several, something on the way could leave out one.
	let text = first.filter(|_| second.is_none()).and_then(|value| value.to_str().ok());
	let text = text.and_then(|text| text.strip_prefix("Salus-Signed "));
	let text = text.filter(|text| text.len() <= MAX_REQUEST.saturating_mul(2));
	text.and_then(|text| URL_SAFE_NO_PAD.decode(text).ok())
}

/// The openings in `Salus-Openings`, if there are any: JSON in base64url without padding.
fn openings(headers: &HeaderMap) -> Result<Vec<(SealedId, Opening)>, Box<Response>> {
	let mut headers = headers.get_all("salus-openings").iter();
	let Some(value) = headers.next() else { return Ok(Vec::new()) };
	// One header: of several, something on the way could leave out one.
	let list = value.to_str().ok().filter(|_| headers.next().is_none()).and_then(read_header);
	list.ok_or_else(|| Box::new(Refusal::Openings.into_response()))
}

/// Runs to its end, whether or not whoever asked still listens: what was begun is logged.
async fn to_its_end<T: Send + 'static>(
	work: impl Future<Output = Result<T, Refusal>> + Send + 'static,
) -> Result<T, Refusal> {
	match tokio::spawn(work).await {
		Ok(done) => done,
		Err(error) => Err(Refusal::Failure(std::io::Error::other(error).into())),
	}
}

/// Does what was asked for to its end, with what was sent along, and answers; or says why not.
async fn answered<T: Send + 'static, F>(
	sent: Result<Sent, Box<Response>>,
	work: impl FnOnce(Sent) -> F,
	respond: impl FnOnce(T) -> Response,
) -> Response
where
	F: Future<Output = Result<T, Refusal>> + Send + 'static,
{
	let sent = match sent {
		Ok(sent) => sent,
		Err(response) => return *response,
	};
	match to_its_end(work(sent)).await {
		Ok(done) => respond(done),
		Err(refusal) => refusal.into_response(),
	}
}

/// What may be the name of a resource.
fn named(name: &str, id: &str) -> Result<(), Box<Response>> {
	match is_type(name) && is_id(id) {
		true => Ok(()),
		false => Err(Box::new(not_found())),
	}
}

async fn read(
	State(gateway): Ours,
	Path((name, id)): Path<(String, String)>,
	RawQuery(query): RawQuery,
	method: Method,
	uri: Uri,
	headers: HeaderMap,
) -> Response {
	let sent = asked_or_shown(&gateway, &method, &uri, &headers).and_then(|sent| {
		no_parameters(query.as_deref())?;
		named(&name, &id)?;
		Ok(sent)
	});
	let work = |sent| async move { gateway.read(sent, &name, &id, None).await };
	answered(sent, work, resource).await
}

/// One version: the current one, or none.
async fn version(
	State(gateway): Ours,
	Path((name, id, version)): Path<(String, String, String)>,
	RawQuery(query): RawQuery,
	method: Method,
	headers: HeaderMap,
) -> Response {
	// Written otherwise, it would be another request for the same.
	let number = version.parse::<u64>().ok().filter(|number| number.to_string() == version);
	let sent = asked(&method, &headers).and_then(|sent| {
		no_parameters(query.as_deref())?;
		named(&name, &id)?;
		number.map(|_| sent).ok_or_else(|| Box::new(not_found()))
	});
	let work = |sent| async move { gateway.read(sent, &name, &id, number).await };
	answered(sent, work, resource).await
}

/// What is asked for by its name has no parameters: passed over, `_elements` or `_summary` would give more than was asked for.
fn no_parameters(query: Option<&str>) -> Result<(), Box<Response>> {
	match query {
		None => Ok(()),
		Some(_) => Err(Box::new(
			Refusal::Search("a read of one resource has no parameters".into()).into_response(),
		)),
	}
}

fn resource(Read { resource, entry, version, standing, held }: Read) -> Response {
	let mut response = with_standing(answer(StatusCode::OK, FHIR, resource), &standing);
	let headers = response.headers_mut();
	// The entry is the reader's: with it two logs are compared.
	if let Ok(value) = HeaderValue::from_str(&URL_SAFE_NO_PAD.encode(entry.to_text())) {
		headers.insert("salus-log-entry", value);
	}
	if let Ok(value) = HeaderValue::from_str(&format!("W/\"{version}\"")) {
		headers.insert(header::ETAG, value);
	}
	bounds::held(response, held)
}

async fn search(
	State(gateway): Ours,
	Path(name): Path<String>,
	RawQuery(query): RawQuery,
	method: Method,
	uri: Uri,
	headers: HeaderMap,
) -> Response {
	let sent = asked_or_shown(&gateway, &method, &uri, &headers);
	let sent = sent.and_then(|sent| match is_type(&name) {
		true => Ok(sent),
		false => Err(Box::new(not_found())),
	});
	let query = query.unwrap_or_default();
	let base = format!("{}/fhir", gateway.config.url);
	let (own, of) = (query.clone(), name.clone());
	let work = |sent| async move { gateway.search(sent, &of, &own).await };
	let page = |page: Page| {
		let held = page.held.clone();
		bounds::held(answer(StatusCode::OK, FHIR, bundle(&base, &name, &query, page)), held)
	};
	answered(sent, work, page).await
}

/// A download: lines with a resource each. One that breaks off without its proper end is not whole.
async fn export(
	State(gateway): Ours,
	RawQuery(query): RawQuery,
	method: Method,
	uri: Uri,
	headers: HeaderMap,
) -> Response {
	let sent = asked_or_shown(&gateway, &method, &uri, &headers);
	let query = query.unwrap_or_default();
	let work = |sent| async move { gateway.export(sent, &query).await };
	let lines = |lines| answer(StatusCode::OK, "application/fhir+ndjson", Body::from_stream(lines));
	answered(sent, work, lines).await
}

/// What may be seen of a patient, as a document.
async fn summary(
	State(gateway): Ours,
	RawQuery(query): RawQuery,
	method: Method,
	headers: HeaderMap,
) -> Response {
	let query = query.unwrap_or_default();
	let work = |sent| async move { gateway.summary(sent, &query).await };
	let document = |(document, held): (Vec<u8>, Held)| {
		bounds::held(answer(StatusCode::OK, FHIR, document), held)
	};
	answered(asked(&method, &headers), work, document).await
}

/// Which patient of the house somebody is: one, or none.
async fn matching(State(gateway): Ours, headers: HeaderMap, body: Bytes) -> Response {
	let sent = signed(&headers).ok_or_else(|| nobody(false));
	let sent =
		sent.and_then(|by| Ok(Sent { by: Credential::Signed(by), openings: openings(&headers)? }));
	let base = format!("{}/fhir", gateway.config.url);
	let work = |sent| async move { gateway.matched(sent, &body).await };
	answered(sent, work, |found| answer(StatusCode::OK, FHIR, match_bundle(&base, found))).await
}

/// A patient signs the offer of a link. Nothing is linked by that: somebody of the house confirms it.
async fn sign_link(
	State(gateway): Ours,
	Path(offer): Path<String>,
	RawQuery(query): RawQuery,
	headers: HeaderMap,
) -> Response {
	let sent = signed(&headers).ok_or_else(|| nobody(false));
	let sent = sent.map(|by| Sent { by: Credential::Signed(by), openings: Vec::new() });
	let query = query.unwrap_or_default();
	let work = |sent| async move { gateway.sign_link(sent, &offer, &query).await };
	let waiting = |()| answer(StatusCode::ACCEPTED, JSON, "{\"status\":\"waiting\"}");
	answered(sent, work, waiting).await
}

/// One certain match as a Bundle, or none. The resource stands in it byte for byte.
fn match_bundle(base: &str, found: Option<(String, Vec<u8>)>) -> Vec<u8> {
	let mut bytes = b"{\"resourceType\":\"Bundle\",\"type\":\"searchset\"".to_vec();
	if let Some((reference, resource)) = found {
		let mut entry = String::from(",\"entry\":[{\"fullUrl\":");
		put_string(&mut entry, &format!("{base}/{reference}"));
		entry.push_str(",\"resource\":");
		bytes.extend_from_slice(entry.as_bytes());
		bytes.extend_from_slice(resource.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&resource));
		bytes.extend_from_slice(b",\"search\":{\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/match-grade\",\"valueCode\":\"certain\"}],\"mode\":\"match\",\"score\":1}}]");
	}
	bytes.push(b'}');
	bytes
}

/// The entries of the access log about the organisation of whoever asks, as they were written.
async fn counterpart(
	State(gateway): Ours,
	RawQuery(query): RawQuery,
	method: Method,
	headers: HeaderMap,
) -> Response {
	let query = query.unwrap_or_default();
	let work = |sent| async move { gateway.counterpart(sent, &query).await };
	let lines = |told| answer(StatusCode::OK, "application/x-ndjson", Body::from_stream(told));
	answered(asked(&method, &headers), work, lines).await
}

/// A page as a Bundle, without a total. Resources stand in it byte for byte; what the chain says of one stands beside it, in its entry.
pub(super) fn bundle(base: &str, name: &str, query: &str, page: Page) -> Vec<u8> {
	let mut out = String::from("{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"link\":[");
	let link = |out: &mut String, relation: &str, query: &str| {
		out.push_str("{\"relation\":");
		put_string(out, relation);
		out.push_str(",\"url\":");
		put_string(out, &format!("{base}/{name}?{query}"));
		out.push('}');
	};
	link(&mut out, "self", query);
	if let Some(next) = &page.next {
		out.push(',');
		link(&mut out, "next", next);
	}
	out.push(']');
	let mut bytes = out.into_bytes();
	for (at, (reference, resource)) in page.resources.iter().enumerate() {
		bytes.extend_from_slice(if at == 0 { b",\"entry\":[" } else { b"," });
		let mut entry = String::from("{\"fullUrl\":");
		put_string(&mut entry, &format!("{base}/{reference}"));
		entry.push_str(",\"resource\":");
		bytes.extend_from_slice(entry.as_bytes());
		// A byte order mark may begin a file, and nothing else.
		bytes.extend_from_slice(resource.strip_prefix(b"\xef\xbb\xbf").unwrap_or(resource));
		let standing = page.standing.get(reference).map(Vec::as_slice).unwrap_or_default();
		bytes.extend_from_slice(as_extension(standing).as_bytes());
		bytes.extend_from_slice(b",\"search\":{\"mode\":\"match\"}}");
	}
	bytes.extend_from_slice(if page.resources.is_empty() { b"}" } else { b"]}" });
	bytes
}

async fn receipt(
	State(gateway): Ours,
	Path((name, id)): Path<(String, String)>,
	RawQuery(query): RawQuery,
	method: Method,
	headers: HeaderMap,
) -> Response {
	let sent = asked(&method, &headers).and_then(|sent| {
		no_parameters(query.as_deref())?;
		named(&name, &id)?;
		Ok(sent)
	});
	let work = |sent| async move { gateway.receipt(sent, &name, &id).await };
	let receipted = |done: Receipted| {
		let response = answer(StatusCode::OK, JSON, receipted_text(&done));
		bounds::held(with_standing(response, &done.standing), done.held)
	};
	answered(sent, work, receipted).await
}

/// `{"receipt":…,"sealed":"…"}`: the receipt of `salus-exchange-protocol`, and what is inside an envelope, in base64.
fn receipted_text(Receipted { receipt, sealed, .. }: &Receipted) -> String {
	let whole = |number: u64| Part::Whole(i64::try_from(number).unwrap_or(i64::MAX));
	let AnchorRef { org, seq, proof } = &receipt.anchor;
	let mut anchor = vec![("org".to_owned(), whole((*org).into())), ("seq".into(), whole(*seq))];
	if let Some(proof) = proof {
		let path = proof.path.iter().map(Part::of).collect();
		let proof = vec![
			("index".into(), whole(proof.index)),
			("leaves".into(), whole(proof.leaves)),
			("path".into(), Part::List(path)),
		];
		anchor.push(("proof".into(), Part::Object(proof)));
	}
	let mut out = String::from("{\"receipt\":{\"requestId\":");
	put_string(&mut out, &receipt.request_id);
	out.push_str(",\"recordId\":");
	put_string(&mut out, &receipt.record_id);
	out.push_str(",\"anchor\":");
	Part::Object(anchor).put(&mut out);
	out.push_str(",\"entry\":");
	out.push_str(&receipt.entry.to_text());
	out.push_str("},\"sealed\":\"");
	out.push_str(&STANDARD.encode(sealed.plain()));
	out.push_str("\"}");
	out
}

async fn openapi(method: Method) -> Response {
	match only_get(&method) {
		Ok(()) => described(OUTSIDE),
		Err(response) => *response,
	}
}

async fn healthz() -> Response {
	answer(StatusCode::OK, JSON, "{\"status\":\"up\"}")
}

/// Ready is who could release something now: as the gateway itself saw it last, for whoever asks here is counted by nobody.
async fn readyz(State(gateway): Ours) -> Response {
	match gateway.watch.last(now()).await {
		Ok(_) => answer(StatusCode::OK, JSON, "{\"status\":\"ready\"}"),
		Err(stale) => {
			// In words only of the chain: what a node says may name its host.
			let body = match &stale {
				Stale::Silent(Silent::OtherRules(which)) => {
					json!({ "status": "chain-stale", "why": stale.code(), "detail": which })
				},
				stale => json!({ "status": "chain-stale", "why": stale.code() }),
			};
			answer(StatusCode::SERVICE_UNAVAILABLE, JSON, body.to_string())
		},
	}
}
