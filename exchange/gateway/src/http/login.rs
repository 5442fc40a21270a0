//! Logins of staff over HTTP: where a browser begins and finishes one, the cookies, and who is let through to what on the face for the house.
//! Whoever shows a token is let through as before, and a cookie beside it counts for nothing.

use super::{
	bounds,
	outcome::{answer, busy, not_found, outcome, JSON},
};
use crate::{
	gateway::{Failure, Gateway},
	login::{Login, Moment, NotSignedIn, Role, Session, Staff, PENDING_LIFE},
	release::Refusal,
};
use axum::{
	extract::{MatchedPath, Path, RawQuery, Request, State},
	http::{header, HeaderMap, HeaderValue, Method, StatusCode},
	middleware::{from_fn_with_state, Next},
	response::{IntoResponse, Response},
	routing::{delete, get, post},
	Router,
};
use salus_exchange_protocol::{account::Address, Hash};
use serde_json::json;
use std::sync::Arc;

type Ours = State<Arc<Gateway>>;

/// The cookie of a session. The prefix keeps browsers from taking it from another host, without TLS, or for a part of the paths.
const SESSION: &str = "__Host-salus-session";
/// The cookie of a login that was begun.
const PENDING: &str = "__Host-salus-login";
/// The header that a request which changes something must have, with what `GET /session` tells: another site's page cannot set it.
const GUARD: &str = "salus-csrf";
/// The most acts that are listed.
const PAGE: u32 = 500;

/// Who asks on the face for the house.
#[derive(Clone, Debug)]
pub(super) enum Asker {
	/// Whoever has the token of that face, or of the desk.
	Token,
	/// Somebody who signed in.
	Staff(Staff),
}

/// What each role may ask: all that is not here is for tokens alone. By path as it is routed.
const ALLOWED: [(Role, &str, &str); 23] = [
	(Role::PrivacyOfficer, "GET", "/quarantine"),
	(Role::PrivacyOfficer, "POST", "/quarantine/{number}/again"),
	(Role::PrivacyOfficer, "DELETE", "/records/{type}/{id}"),
	(Role::PrivacyOfficer, "GET", "/records/{type}/{id}"),
	(Role::PrivacyOfficer, "GET", "/orders"),
	(Role::PrivacyOfficer, "GET", "/merges"),
	(Role::PrivacyOfficer, "POST", "/merges/{number}/done"),
	(Role::PrivacyOfficer, "GET", "/revocations"),
	(Role::PrivacyOfficer, "GET", "/log"),
	(Role::PrivacyOfficer, "GET", "/audit-events"),
	(Role::PrivacyOfficer, "GET", "/acts"),
	(Role::PrivacyOfficer, "GET", "/emergencies"),
	(Role::PrivacyOfficer, "GET", "/staff"),
	(Role::PrivacyOfficer, "POST", "/reconcile"),
	(Role::PrivacyOfficer, "GET", "/reconciliations"),
	(Role::PrivacyOfficer, "GET", "/links/log"),
	(Role::Clinician, "POST", "/fetch"),
	(Role::Registration, "POST", "/links/offers"),
	(Role::Registration, "GET", "/links/offers/{offer}"),
	(Role::Registration, "POST", "/links/offers/{offer}/confirm"),
	(Role::Emergency, "POST", "/emergency"),
	(Role::Emergency, "GET", "/emergency/{id}/records"),
	(Role::Emergency, "GET", "/emergency/{id}/records/{type}/{resource}"),
];

/// Where a browser signs in and out. No token is asked for.
pub(super) fn router(gateway: Arc<Gateway>, large: bounds::Places) -> Router {
	Router::new()
		.route("/login", get(begin))
		.route("/login/callback", get(finish))
		.route("/session", get(session))
		.route("/logout", post(leave))
		.layer(from_fn_with_state(large, bounds::inside))
		.with_state(gateway)
}

/// What the house knows of those who signed in.
pub(super) fn house() -> Router<Arc<Gateway>> {
	Router::new()
		.route("/sessions", get(sessions))
		.route("/sessions/{person}", delete(end_sessions))
		.route("/acts", get(acts))
}

/// The value of a cookie. None if it is there twice: it is not clear then which one is ours.
fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
	let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
	let mut found = all.flat_map(|text| text.split(';')).filter_map(|pair| {
		pair.trim().split_once('=').filter(|(there, _)| *there == name).map(|(_, value)| value)
	});
	let value = found.next()?;
	found.next().is_none().then_some(value)
}

/// Sets a cookie for so many seconds; for none it is taken away.
fn set(response: &mut Response, name: &str, value: &str, site: &str, seconds: u64) {
	let text =
		format!("{name}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite={site}");
	if let Ok(value) = HeaderValue::from_str(&text) {
		response.headers_mut().append(header::SET_COOKIE, value);
	}
}

fn failed(failure: Failure) -> Response {
	Refusal::Failure(failure).into_response()
}

impl IntoResponse for NotSignedIn {
	fn into_response(self) -> Response {
		let (status, issue) = match &self {
			// These are answered as everywhere.
			Self::Failure(_) | Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "transient"),
			Self::State | Self::Replayed => (StatusCode::BAD_REQUEST, "invalid"),
			Self::Denied | Self::Code => (StatusCode::UNAUTHORIZED, "login"),
			Self::NotStaff => (StatusCode::FORBIDDEN, "forbidden"),
			Self::Silent(_) => (StatusCode::SERVICE_UNAVAILABLE, "transient"),
			Self::OtherIssuer | Self::Client | Self::Answer(_) | Self::Token(_) => {
				(StatusCode::BAD_GATEWAY, "processing")
			},
		};
		match &self {
			Self::Silent(why) => tracing::warn!(why, "the provider of logins is silent"),
			Self::OtherIssuer | Self::Client | Self::Answer(_) | Self::Token(_) => {
				tracing::warn!(code = self.code(), "a login is not taken: {self}")
			},
			_ => {},
		}
		match self {
			Self::Failure(failure) => failed(failure),
			Self::Busy => busy(),
			not => outcome(status, issue, not.code(), &not.to_string()),
		}
	}
}

/// The settings and the sessions, if staff signs in here.
fn offered(gateway: &Gateway) -> Option<(&crate::config::Login, &Login)> {
	gateway.config.login.as_ref().zip(gateway.login.as_ref())
}

/// Sends a browser to the provider.
async fn begin(State(gateway): Ours) -> Response {
	let Some((config, login)) = offered(&gateway) else { return not_found() };
	match gateway.begin_login(config, login).await {
		Ok(begun) => {
			let Ok(location) = HeaderValue::from_str(&begun.location) else {
				return NotSignedIn::Answer("authorization_endpoint").into_response();
			};
			let mut response = answer(StatusCode::SEE_OTHER, JSON, "{}");
			response.headers_mut().insert(header::LOCATION, location);
			unreferred(&mut response);
			// Lax: the provider's page leads back here.
			set(&mut response, PENDING, &begun.cookie, "Lax", PENDING_LIFE);
			response
		},
		Err(not) => not.into_response(),
	}
}

/// What stands in the URL of a login is told to no other place.
fn unreferred(response: &mut Response) {
	let value = HeaderValue::from_static("no-referrer");
	response.headers_mut().insert(header::REFERRER_POLICY, value);
}

/// Where the provider sends the browser back to.
async fn finish(State(gateway): Ours, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
	// A page that goes on by itself, and no redirection: a browser that came from another site brings a strict cookie only after that.
	const SIGNED_IN: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0;url=/session\"><title>Signed in</title><p><a href=\"/session\">You are signed in.</a></p></html>";
	let Some((config, login)) = offered(&gateway) else { return not_found() };
	let query = query.unwrap_or_default();
	let finished = gateway.finish_login(config, login, &query, cookie(&headers, PENDING)).await;
	let mut response = match finished {
		Ok(name) => {
			let mut response = answer(StatusCode::OK, "text/html; charset=utf-8", SIGNED_IN);
			let policy = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
			response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
			set(&mut response, SESSION, &name, "Strict", config.longest.as_secs());
			response
		},
		Err(not) => not.into_response(),
	};
	unreferred(&mut response);
	set(&mut response, PENDING, "", "Lax", 0);
	response
}

/// The session of a request, which was used now.
fn session_of(login: &Login, headers: &HeaderMap) -> Option<Session> {
	login.sessions.used(cookie(headers, SESSION)?, Moment::now())
}

fn no_session() -> Response {
	outcome(
		StatusCode::UNAUTHORIZED,
		"login",
		"session",
		"there is no session, or it has ended; sign in at /login",
	)
}

/// Why a request that changes something is not taken, if it may be another site's: it does not have the session's guard, or says that it
/// is of another page.
fn forged(
	config: &crate::config::Login,
	session: &Session,
	headers: &HeaderMap,
) -> Option<Response> {
	let is_guard =
		|value: &HeaderValue| Hash::of(value.as_bytes()) == Hash::of(session.guard.as_bytes());
	let is_ours = |value: &HeaderValue| value.as_bytes() == config.url.as_bytes();
	let has_guard = headers.get(GUARD).is_some_and(is_guard);
	match has_guard && headers.get_all(header::ORIGIN).iter().all(is_ours) {
		true => None,
		false => Some(outcome(
			StatusCode::FORBIDDEN,
			"forbidden",
			"csrf",
			"the header Salus-Csrf must have what GET /session tells, and the request must be of a page of login.url",
		)),
	}
}

fn told(gateway: &Gateway, login: &Login, session: &Session) -> serde_json::Value {
	let roles: Vec<_> = session.staff.roles.iter().map(|role| role.name()).collect();
	let (idle, longest) = login.sessions.ends(session, Moment::now());
	let credential =
		session.staff.credential.map(|account| Address::from(account).as_str().to_owned());
	json!({
		"person": session.staff.person.to_string(), "subject": session.staff.subject, "roles": roles, "credential": credential,
		"organisation": gateway.config.organisation, "begun": session.begun.wall, "idleFor": idle, "endsIn": longest,
	})
}

/// Who is signed in in this browser.
async fn session(State(gateway): Ours, headers: HeaderMap) -> Response {
	let Some((_, login)) = offered(&gateway) else { return not_found() };
	let Some(session) = session_of(login, &headers) else { return no_session() };
	let mut body = told(&gateway, login, &session);
	if let Some(members) = body.as_object_mut() {
		members.insert("csrf".into(), session.guard.into());
	}
	answer(StatusCode::OK, JSON, body.to_string())
}

/// Ends the session of this browser.
async fn leave(State(gateway): Ours, headers: HeaderMap) -> Response {
	let Some((config, login)) = offered(&gateway) else { return not_found() };
	let Some(session) = session_of(login, &headers) else { return no_session() };
	if let Some(refused) = forged(config, &session, &headers) {
		return refused;
	}
	login.sessions.end(cookie(&headers, SESSION).unwrap_or_default());
	let body = json!({ "ended": true, "provider": login.ends_at().await });
	let mut response = answer(StatusCode::OK, JSON, body.to_string());
	set(&mut response, SESSION, "", "Strict", 0);
	response
}

/// Who is signed in.
async fn sessions(State(gateway): Ours) -> Response {
	let Some((_, login)) = offered(&gateway) else { return not_found() };
	let all = login.sessions.all(Moment::now());
	let all: Vec<_> = all.iter().map(|session| told(&gateway, login, session)).collect();
	answer(StatusCode::OK, JSON, json!({ "sessions": all }).to_string())
}

/// Ends all sessions of somebody.
async fn end_sessions(State(gateway): Ours, Path(person): Path<String>) -> Response {
	let Some((_, login)) = offered(&gateway) else { return not_found() };
	let Ok(person) = person.parse::<Hash>() else { return not_found() };
	let ended = login.sessions.end_all(&person, Moment::now());
	answer(StatusCode::OK, JSON, json!({ "ended": ended }).to_string())
}

/// What staff did.
async fn acts(State(gateway): Ours, RawQuery(query): RawQuery) -> Response {
	let Some(from) = super::inside::number(query, "from") else {
		return super::inside::bad("from", "offered is from=NUMBER");
	};
	match gateway.blocking(move |gateway| gateway.acts(from, PAGE)).await {
		Ok(acts) => answer(StatusCode::OK, JSON, json!({ "acts": acts }).to_string()),
		Err(failure) => failed(failure),
	}
}

/// Whether a token is the one whose hash this is. Hashes are compared: how long that takes tells nothing of the token.
fn shows(headers: &HeaderMap, right: Option<Hash>) -> bool {
	let token = headers
		.get(header::AUTHORIZATION)
		.and_then(|value| value.to_str().ok())
		.and_then(|text| text.strip_prefix("Bearer "));
	token.is_some_and(|token| Some(Hash::of(token.as_bytes())) == right)
}

/// Lets whoever has the token, and staff to what their roles allow.
async fn let_through(
	gateway: &Arc<Gateway>,
	right: Option<Hash>,
	whose: &str,
	mut request: Request,
	next: Next,
) -> Response {
	if shows(request.headers(), right) {
		request.extensions_mut().insert(Asker::Token);
		return next.run(request).await;
	}
	let asked = if request.headers().contains_key(header::AUTHORIZATION) {
		None
	} else {
		staff(gateway, &request)
	};
	let staff = match asked {
		Some(Ok(staff)) => staff,
		Some(Err(refused)) => return *refused,
		None => {
			return outcome(
				StatusCode::UNAUTHORIZED,
				"login",
				"token",
				&format!("Authorization: Bearer, and the token of {whose}, is missing or another"),
			)
		},
	};
	let what = format!("{} {}", request.method(), request.uri().path());
	if let Err(failure) = gateway.act(&staff, &what, "").await {
		return failed(failure);
	}
	request.extensions_mut().insert(Asker::Staff(staff));
	next.run(request).await
}

/// Who of the staff asks, if somebody does and it is something for staff at all.
fn staff(gateway: &Gateway, request: &Request) -> Option<Result<Staff, Box<Response>>> {
	let (config, login) = offered(gateway)?;
	let session = session_of(login, request.headers())?;
	let path = request.extensions().get::<MatchedPath>()?.as_str();
	// As GET is: the router answers it so.
	let method = if request.method() == Method::HEAD { "GET" } else { request.method().as_str() };
	let mut roles = ALLOWED.iter().filter(|(_, by, of)| *by == method && *of == path).peekable();
	roles.peek()?;
	if !roles.any(|(role, ..)| session.staff.roles.contains(role)) {
		return Some(Err(Box::new(outcome(
			StatusCode::FORBIDDEN,
			"forbidden",
			"role",
			"your roles do not let you do this",
		))));
	}
	let changes = method != "GET";
	match forged(config, &session, request.headers()).filter(|_| changes) {
		Some(refused) => Some(Err(Box::new(refused))),
		None => Some(Ok(session.staff)),
	}
}

/// In front of what is for the house.
pub(super) async fn only_the_house(State(gateway): Ours, request: Request, next: Next) -> Response {
	let_through(&gateway, Some(gateway.inside_token), "the house", request, next).await
}

/// In front of the desk for emergencies.
pub(super) async fn only_the_desk(State(gateway): Ours, request: Request, next: Next) -> Response {
	let_through(&gateway, gateway.desk_token, "the desk for emergencies", request, next).await
}

/// In front of what the house's FHIR server tells. No session is for that.
pub(super) async fn only_the_server(
	State(gateway): Ours,
	request: Request,
	next: Next,
) -> Response {
	let_through(&gateway, gateway.notify_token, "the FHIR server", request, next).await
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_cookie_is_found_by_its_whole_name_and_not_if_it_is_there_twice() {
		let of = |values: &[&'static str]| {
			let mut headers = HeaderMap::new();
			for value in values {
				headers.append(header::COOKIE, HeaderValue::from_static(value));
			}
			cookie(&headers, "a").map(str::to_owned)
		};
		assert_eq!(of(&["a=1"]), Some("1".into()));
		assert_eq!(of(&["b=2; a=1; aa=3", "c=4"]), Some("1".into()));
		assert_eq!(of(&["aa=3", "xa=1", "a"]), None);
		assert_eq!(of(&["a=1; a=2"]), None);
		assert_eq!(of(&["a=1", "a=1"]), None);
	}
}
