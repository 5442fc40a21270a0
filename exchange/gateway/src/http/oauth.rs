//! Tokens over HTTP: where they are asked for, ended and looked up, and what is said of them. OAuth's own errors where a client of OAuth asks,
//! OperationOutcomes where a resource is asked for. Each has, beside OAuth's code, one of ours.

use super::outcome::{answer, not_found, outcome, JSON};
use crate::{
	auth::{Form, Issued, NoToken, NotIssued, CHALLENGE_GRANT},
	chain::now,
	config::Auth,
	gateway::Gateway,
	quotas::TooOften,
	release::Refusal,
};
use axum::{
	body::Bytes,
	extract::{Path, State},
	http::{header, HeaderMap, HeaderValue, StatusCode},
	response::{IntoResponse, Response},
	routing::{delete, get, post},
	Router,
};
use salus_exchange_protocol::{jws::thumbprint_text, profile::Profile, Hash};
use serde_json::{json, Value};
use std::sync::Arc;

type Ours = State<Arc<Gateway>>;

/// What is said of how a token is shown.
pub(crate) const SCHEME: &str = "DPoP algs=\"ES256 ES384\"";

/// What is for others.
pub(crate) fn outside() -> Router<Arc<Gateway>> {
	Router::new()
		.route("/token", post(token_asked))
		.route("/challenge", post(challenge))
		.route("/revoke", post(revoke))
		.route("/.well-known/smart-configuration", get(configuration))
		.route("/fhir/.well-known/smart-configuration", get(configuration))
}

/// What is for the house.
pub(crate) fn inside() -> Router<Arc<Gateway>> {
	Router::new()
		.route("/profiles", post(keep_profile))
		.route("/profiles/{organisation}", delete(forget_profiles))
		.route("/introspect", post(introspect))
}

/// The token in `Authorization: DPoP`.
pub(crate) fn token(headers: &HeaderMap) -> Option<&str> {
	let mut values = headers.get_all(header::AUTHORIZATION).iter();
	let text = values.next().and_then(|value| value.to_str().ok())?;
	let (scheme, token) = text.split_once(' ')?;
	let is_one = values.next().is_none() && scheme.eq_ignore_ascii_case("DPoP");
	is_one.then_some(token)
}

/// The proof in `DPoP`, if there is just one.
pub(crate) fn proof(headers: &HeaderMap) -> Option<&str> {
	let mut values = headers.get_all("dpop").iter();
	let proof = values.next().and_then(|value| value.to_str().ok())?;
	values.next().is_none().then_some(proof)
}

/// Why a token is not taken, to whoever asks for a resource.
pub(crate) fn refused(no: &NoToken) -> Response {
	let status = match no {
		NoToken::Scope => StatusCode::FORBIDDEN,
		_ => StatusCode::UNAUTHORIZED,
	};
	let issue = if *no == NoToken::Scope { "forbidden" } else { "login" };
	let mut response = outcome(status, issue, no.code(), &no.to_string());
	// Words of this program alone, without quotation marks.
	let value =
		format!("DPoP error=\"{}\", error_description=\"{no}\", algs=\"ES256 ES384\"", no.error());
	if let Ok(value) = HeaderValue::from_str(&value) {
		response.headers_mut().insert(header::WWW_AUTHENTICATE, value);
	}
	response
}

/// What the CapabilityStatement says of who may ask.
pub(crate) fn security(gateway: &Gateway) -> Value {
	let signed = "Authorization: Salus-Signed (docs/exchange-protocol.md)";
	match gateway.config.auth {
		None => json!({ "description": signed }),
		Some(_) => json!({
			"service": [{ "coding": [{
				"system": "http://terminology.hl7.org/CodeSystem/restful-security-service", "code": "SMART-on-FHIR",
			}] }],
			"description": format!("{signed}; or tokens, bound to a key by DPoP: .well-known/smart-configuration"),
		}),
	}
}

fn error(status: StatusCode, error: &str, code: &str, words: &str) -> Response {
	let body = json!({ "error": error, "error_description": words, "code": code });
	let mut response = answer(status, JSON, body.to_string());
	response.headers_mut().insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
	response
}

/// A refusal for so many seconds.
fn slow_down(code: &str, words: &str, seconds: u64) -> Response {
	let mut response = error(StatusCode::TOO_MANY_REQUESTS, "slow_down", code, words);
	response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
	response
}

impl IntoResponse for NotIssued {
	fn into_response(self) -> Response {
		let bad = StatusCode::BAD_REQUEST;
		match self {
			Self::Request(part) => error(
				bad,
				"invalid_request",
				"malformed",
				&format!("{part} is missing, there twice, or not as it must be"),
			),
			Self::GrantType => error(
				bad,
				"unsupported_grant_type",
				"grant-type",
				&format!("offered are client_credentials and {CHALLENGE_GRANT}"),
			),
			Self::Client(no) => {
				let mut response =
					error(StatusCode::UNAUTHORIZED, "invalid_client", no.code(), &no.to_string());
				response
					.headers_mut()
					.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(SCHEME));
				response
			},
			Self::Grant(no) => error(bad, "invalid_grant", no.code(), &no.to_string()),
			Self::Scope(no) => error(bad, "invalid_scope", "scope", &no.to_string()),
			Self::Proof(no) => error(bad, "invalid_dpop_proof", no.code(), &no.to_string()),
			Self::TooMany(seconds) => slow_down(
				"too-many",
				"there are as many tokens as one may have; use one of them, or end one",
				seconds,
			),
			Self::TooOften(TooOften(seconds)) => slow_down(
				"too-often",
				"you have asked too often; ask again after the seconds in Retry-After",
				seconds,
			),
			Self::Stale(stale) => {
				tracing::warn!(%stale, "chain-stale");
				error(
					StatusCode::SERVICE_UNAVAILABLE,
					"temporarily_unavailable",
					"chain-stale",
					"the gateway cannot tell now what the chain says; ask again later",
				)
			},
			Self::Failure(failure) => {
				tracing::error!(%failure, "a token could not be issued");
				error(
					StatusCode::INTERNAL_SERVER_ERROR,
					"server_error",
					"failure",
					"the gateway failed; its operator finds out why in its log",
				)
			},
		}
	}
}

/// The section of the configuration; without it there is nothing here.
fn offered(gateway: &Gateway) -> Result<Auth, Box<Response>> {
	gateway.config.auth.clone().ok_or_else(|| Box::new(not_found()))
}

fn form(headers: &HeaderMap, body: &Bytes) -> Result<Form, NotIssued> {
	let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
	let media = content_type.and_then(|text| text.split(';').next()).unwrap_or_default().trim();
	if !media.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
		return Err(NotIssued::Request("Content-Type"));
	}
	Form::read(body).ok_or(NotIssued::Request("a parameter"))
}

/// Asks for a token.
async fn token_asked(State(gateway): Ours, headers: HeaderMap, body: Bytes) -> Response {
	let auth = match offered(&gateway) {
		Ok(auth) => auth,
		Err(response) => return *response,
	};
	let form = match form(&headers, &body) {
		Ok(form) => form,
		Err(not) => return not.into_response(),
	};
	let proof = proof(&headers).map(str::to_owned);
	// To its end, whether or not whoever asked still listens.
	let issued =
		tokio::spawn(async move { gateway.issue(&auth, &form, proof.as_deref()).await }).await;
	match issued {
		Ok(Ok(Issued { token, life, scope })) => {
			let body = json!({ "access_token": token, "token_type": "DPoP", "expires_in": life, "scope": scope });
			let mut response = answer(StatusCode::OK, JSON, body.to_string());
			response.headers_mut().insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
			response
		},
		Ok(Err(not)) => not.into_response(),
		Err(error) => NotIssued::Failure(std::io::Error::other(error).into()).into_response(),
	}
}

/// Gives a nonce, to be signed once.
async fn challenge(State(gateway): Ours) -> Response {
	if let Err(response) = offered(&gateway) {
		return *response;
	}
	match gateway.nonce() {
		Ok(nonce) => {
			let body = json!({
				"nonce": nonce, "expires_in": crate::auth::NONCE_LIFE, "custodian": gateway.config.organisation, "url": gateway.config.url,
				"genesis": gateway.node.genesis().to_string(),
			});
			answer(StatusCode::OK, JSON, body.to_string())
		},
		Err(failure) => NotIssued::Failure(failure).into_response(),
	}
}

/// Ends a token (RFC 7009): one of an organisation for that organisation, one of a patient for whoever has it.
async fn revoke(State(gateway): Ours, headers: HeaderMap, body: Bytes) -> Response {
	if let Err(response) = offered(&gateway) {
		return *response;
	}
	let revoked = async {
		let form = form(&headers, &body)?;
		gateway.revoke(&form).await
	};
	match revoked.await {
		Ok(()) => answer(StatusCode::OK, JSON, ""),
		Err(not) => not.into_response(),
	}
}

/// What there is (SMART App Launch, RFC 8414).
async fn configuration(State(gateway): Ours) -> Response {
	if let Err(response) = offered(&gateway) {
		return *response;
	}
	let url = &gateway.config.url;
	let body = json!({
		"token_endpoint": gateway.token_url(),
		"revocation_endpoint": format!("{url}/revoke"),
		"challenge_endpoint": format!("{url}/challenge"),
		"grant_types_supported": ["client_credentials", CHALLENGE_GRANT],
		"token_endpoint_auth_methods_supported": ["private_key_jwt"],
		"token_endpoint_auth_signing_alg_values_supported": ["ES384"],
		"revocation_endpoint_auth_methods_supported": ["private_key_jwt", "none"],
		"dpop_signing_alg_values_supported": ["ES256", "ES384"],
		// SMART demands the member; there is no authorization endpoint at which it would matter.
		"code_challenge_methods_supported": ["S256"],
		"scopes_supported": ["system/*.rs", "patient/*.rs", "urn:salus:purpose:Treat", "urn:salus:action:Export"],
		"capabilities": ["client-confidential-asymmetric", "permission-v2"],
	});
	answer(StatusCode::OK, JSON, body.to_string())
}

/// Keeps the profile of an organisation.
async fn keep_profile(State(gateway): Ours, body: Bytes) -> Response {
	let (organisation, profile) = match Profile::shown(&body) {
		Ok(shown) => shown,
		Err(fault) => {
			return outcome(StatusCode::BAD_REQUEST, "invalid", "profile", &fault.to_string())
		},
	};
	let keys = profile.keys.len();
	match gateway.keep_profile(organisation, profile).await {
		Ok(believed) => {
			let body = json!({ "organisation": organisation, "keys": keys, "believed": believed });
			answer(StatusCode::OK, JSON, body.to_string())
		},
		Err(refusal) => refusal.into_response(),
	}
}

/// Forgets what was handed in of an organisation: from then on its keys are not believed here.
async fn forget_profiles(State(gateway): Ours, Path(organisation): Path<u32>) -> Response {
	let gone = gateway.blocking(move |gateway| Ok(gateway.store.forget_profiles(organisation)?));
	match gone.await {
		Ok(true) => answer(StatusCode::OK, JSON, "{\"forgotten\":true}"),
		Ok(false) => not_found(),
		Err(failure) => Refusal::Failure(failure).into_response(),
	}
}

/// What a token stands for (RFC 7662), to the house, whose other systems may be shown it.
async fn introspect(State(gateway): Ours, headers: HeaderMap, body: Bytes) -> Response {
	let form = match form(&headers, &body) {
		Ok(form) => form,
		Err(not) => return not.into_response(),
	};
	let Some(token) = form.get("token") else {
		return NotIssued::Request("token").into_response();
	};
	let hash = Hash::of(token.as_bytes());
	let found = async {
		let found = gateway.blocking(move |gateway| Ok(gateway.store.token(&hash, now())?)).await?;
		let Some(found) = found.filter(|_| gateway.config.auth.is_some()) else { return Ok(None) };
		let present = gateway.present().await?;
		Ok::<_, Refusal>(gateway.lasts(&present, &found).await?.then_some(found))
	};
	match found.await {
		Ok(None) => answer(StatusCode::OK, JSON, "{\"active\":false}"),
		Ok(Some(token)) => {
			let holder = &token.holder;
			let mut body = json!({
				"active": true, "token_type": "DPoP", "iss": gateway.config.url, "scope": token.scope.as_str(), "sub": holder.address().as_str(),
				"iat": token.issued, "exp": token.expiry, "cnf": { "jkt": thumbprint_text(&token.bound_to) },
			});
			if let (Some(number), Some(members)) = (holder.organisation(), body.as_object_mut()) {
				members.insert("client_id".into(), number.to_string().into());
			}
			answer(StatusCode::OK, JSON, body.to_string())
		},
		Err(refusal) => refusal.into_response(),
	}
}
