//! Answers that are no resource: OperationOutcomes with a stable code.

use crate::{gateway::Failure, release::Refusal, store::StoreFault};
use axum::{
	body::Body,
	http::{header, HeaderValue, StatusCode},
	response::{IntoResponse, Response},
};
use serde_json::json;

/// An answer with a body of that type. What is about patients is never kept by anything on the way.
pub(crate) fn answer(
	status: StatusCode,
	content_type: &'static str,
	body: impl Into<Body>,
) -> Response {
	let mut response = (status, body.into()).into_response();
	let headers = response.headers_mut();
	headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
	headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
	headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
	response
}

pub(crate) const FHIR: &str = "application/fhir+json; charset=utf-8";
pub(crate) const JSON: &str = "application/json; charset=utf-8";

/// An OperationOutcome: `issue` is a code of FHIR's issue-type, `code` one of ours.
pub(crate) fn outcome(status: StatusCode, issue: &str, code: &str, text: &str) -> Response {
	let body = json!({
		"resourceType": "OperationOutcome",
		"issue": [{
			"severity": "error",
			"code": issue,
			"details": { "coding": [{ "system": "urn:salus:gateway", "code": code }], "text": text },
		}],
	});
	answer(status, FHIR, body.to_string())
}

/// The one answer for all that is not there: for a record that is unknown, hidden, in quarantine or erased, and for a path that there
/// is not.
pub(crate) fn not_found() -> Response {
	outcome(StatusCode::NOT_FOUND, "not-found", "not-found", "There is nothing here for you.")
}

/// That there are too many at a time: who asks again a moment later is answered.
pub(crate) fn busy() -> Response {
	later(
		StatusCode::SERVICE_UNAVAILABLE,
		"throttled",
		"busy",
		"too many ask at this moment; ask again",
		1,
	)
}

/// A refusal for so many seconds.
fn later(status: StatusCode, issue: &str, code: &str, text: &str, seconds: u64) -> Response {
	let mut response = outcome(status, issue, code, text);
	response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
	response
}

/// That a path is there, and not with this method. Where the header Allow is not told, the router says it, after all that is around a handler.
pub(crate) fn no_such_method(allowed: Option<&HeaderValue>) -> Response {
	let text = "this method is not offered here; the header Allow says which is";
	let mut response = outcome(StatusCode::METHOD_NOT_ALLOWED, "not-supported", "method", text);
	if let Some(allowed) = allowed {
		response.headers_mut().insert(header::ALLOW, allowed.clone());
	}
	response
}

impl IntoResponse for Refusal {
	fn into_response(self) -> Response {
		match self {
			Self::Request(fault) => {
				outcome(StatusCode::UNAUTHORIZED, "login", &kebab(fault.code()), &fault.to_string())
			},
			Self::OtherTarget => outcome(
				StatusCode::UNAUTHORIZED,
				"login",
				"other-target",
				"what is asked for is not what was signed",
			),
			Self::Organisation => outcome(
				StatusCode::UNAUTHORIZED,
				"login",
				"organisation",
				"the organisation is none that a registrar admitted",
			),
			Self::Affiliation => outcome(
				StatusCode::UNAUTHORIZED,
				"login",
				"affiliation",
				"the requester is not affiliated to the organisation",
			),
			Self::Token(no) => super::oauth::refused(&no),
			Self::Replayed => outcome(
				StatusCode::CONFLICT,
				"duplicate",
				"replayed",
				"the request was answered before",
			),
			Self::Stale(stale) => {
				tracing::warn!(%stale, "chain-stale");
				outcome(
					StatusCode::SERVICE_UNAVAILABLE,
					"transient",
					"chain-stale",
					"the gateway cannot tell now what the chain says; ask again later",
				)
			},
			Self::TooOften(seconds) => later(
				StatusCode::TOO_MANY_REQUESTS,
				"throttled",
				"too-often",
				"your organisation has asked too often; ask again after the seconds in Retry-After",
				seconds,
			),
			Self::Busy => busy(),
			Self::NotFound(_) => not_found(),
			Self::Openings => outcome(
				StatusCode::BAD_REQUEST,
				"invalid",
				"openings",
				"Salus-Openings must be a list of at most 32 {\"sealed\":NUMBER,\"opening\":\"0x…\"}, as JSON in base64url without padding",
			),
			Self::Search(why) => outcome(StatusCode::BAD_REQUEST, "not-supported", "search", &why),
			Self::NotAnchored => outcome(
				StatusCode::CONFLICT,
				"incomplete",
				"not-anchored",
				"the record waits for its anchor; ask again later, or for the resource",
			),
			Self::NotWhole => outcome(
				StatusCode::UNPROCESSABLE_ENTITY,
				"suppressed",
				"not-whole",
				"not all of the record is permitted; the resource can be had without the rest",
			),
			Self::Failure(Failure::Store(StoreFault::Moved)) => outcome(
				StatusCode::SERVICE_UNAVAILABLE,
				"transient",
				"moved",
				"others were changing the same records meanwhile; send it again",
			),
			Self::Failure(failure) => {
				tracing::error!(%failure, "a request failed");
				outcome(
					StatusCode::INTERNAL_SERVER_ERROR,
					"exception",
					"failure",
					"the gateway failed; its operator finds out why in its log",
				)
			},
		}
	}
}

/// `otherCustodian` as `other-custodian`.
fn kebab(name: &str) -> String {
	let mut out = String::new();
	for c in name.chars() {
		if c.is_ascii_uppercase() {
			out.push('-');
		}
		out.push(c.to_ascii_lowercase());
	}
	out
}
