//! The face for the house itself: on this host alone, with a token. Whoever has it administers the gateway.

use super::{
	bounds, desk,
	login::{self, Asker},
	openapi::{described, INSIDE},
	outcome::{answer, not_found, outcome, JSON},
};
use crate::{
	gateway::{Failure, Gateway},
	ingest::{Outcome, Taken},
	linking::MAX_BY,
	openings::{read_all, Written},
	release::Refusal,
	store::{Batch, State as Kept, Submission},
};
use axum::{
	body::Bytes,
	extract::{DefaultBodyLimit, Path, RawQuery, State},
	http::{header, HeaderMap, StatusCode},
	middleware::from_fn_with_state,
	response::{IntoResponse, Response},
	routing::{delete, get, post},
	Extension, Router,
};
use salus_exchange_protocol::{
	fhir::{self, Value},
	Hash,
};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use tokio::sync::Semaphore;

pub(super) type Ours = State<Arc<Gateway>>;

/// The most items of a page of the quarantine, or of the log.
pub(super) const PAGE: u32 = 500;

pub(crate) fn router(gateway: Arc<Gateway>) -> Router {
	let large = Arc::new(Semaphore::new(bounds::MOST_LARGE));
	Router::new()
		.route("/ingest", post(ingest))
		.route("/quarantine", get(quarantine))
		.route("/quarantine/{number}/again", post(again))
		.route("/outbox", get(outbox).post(close))
		.route("/merges", get(merges))
		.route("/merges/{number}/done", post(merge_done))
		.route("/revocations", get(revocations))
		.route("/metrics", get(metrics))
		.route("/research/epochs/{dataset}", get(epochs).post(ask_for_epoch))
		.route("/research/epochs/{dataset}/{epoch}/opening", get(epoch_opening))
		.route("/log", get(log))
		.route("/audit-events", get(audit_events))
		.route("/openings", post(openings))
		.route("/openings/{handle}/{sealed}", delete(forget))
		.merge(super::links::inside())
		.merge(super::orders::inside())
		.merge(super::others::inside())
		.merge(super::oauth::inside())
		.merge(desk::house())
		.merge(login::house())
		.route("/openapi.json", get(|| async { described(INSIDE) }))
		// How large a body may be is said there, by route.
		.layer(DefaultBodyLimit::disable())
		.fallback(|| async { not_found() })
		.layer(from_fn_with_state(large.clone(), bounds::inside))
		.layer(from_fn_with_state(gateway.clone(), login::only_the_house))
		.with_state(gateway.clone())
		.merge(login::router(gateway.clone(), large.clone()))
		.merge(super::notified::router(gateway.clone(), large.clone()))
		.merge(desk::router(gateway, large))
}

pub(super) fn failed(failure: Failure) -> Response {
	Refusal::Failure(failure).into_response()
}

pub(super) fn bad(code: &str, text: &str) -> Response {
	outcome(StatusCode::BAD_REQUEST, "invalid", code, text)
}

fn shown(outcome: &Outcome) -> serde_json::Value {
	let reference = &outcome.reference;
	match &outcome.taken {
		Taken::Held { version } => {
			json!({ "reference": reference, "state": "held", "version": version })
		},
		Taken::Same { version } => {
			json!({ "reference": reference, "state": "same", "version": version })
		},
		Taken::Quarantined { version, fault, path } => {
			json!({ "reference": reference, "state": "quarantined", "version": version, "fault": fault, "path": path })
		},
		Taken::Refused(why) => {
			json!({ "reference": reference, "state": "refused", "fault": why.code() })
		},
	}
}

/// A resource, a Bundle, or lines with a resource each (`application/fhir+ndjson`). When it is answered, all is on the disk.
async fn ingest(State(gateway): Ours, headers: HeaderMap, body: Bytes) -> Response {
	let content_type =
		headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
	let is_lines = content_type.starts_with("application/fhir+ndjson")
		|| content_type.starts_with("application/x-ndjson");
	let taken = gateway.blocking(move |gateway| {
		if is_lines {
			let lines = body
				.split(|byte| *byte == b'\n')
				.map(|line| line.strip_suffix(b"\r").unwrap_or(line));
			return gateway.ingest_each(lines.filter(|line| !line.is_empty()));
		}
		let bundle = fhir::read(&body)
			.ok()
			.filter(|value| value.get("resourceType").and_then(Value::text) == Some("Bundle"));
		match bundle {
			Some(bundle) => gateway.ingest_bundle(&bundle),
			None => Ok(vec![gateway.ingest(&body)?]),
		}
	});
	match taken.await {
		Ok(outcomes) => {
			let results: Vec<_> = outcomes.iter().map(shown).collect();
			answer(StatusCode::OK, JSON, json!({ "results": results }).to_string())
		},
		Err(failure) => failed(failure),
	}
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
	handle: String,
	openings: Vec<Written>,
}

/// Keeps openings that a patient gave the house, if they open something.
async fn openings(State(gateway): Ours, body: Bytes) -> Response {
	let read: Option<Given> = serde_json::from_slice(&body).ok();
	let read = read
		.and_then(|given| Some((given.handle.parse::<Hash>().ok()?, read_all(&given.openings)?)));
	let Some((handle, openings)) = read else {
		return bad("openings", "it must be {\"handle\":\"0x…\",\"openings\":[{\"sealed\":NUMBER,\"opening\":\"0x…\"}]}, with at most 32 of them");
	};
	match gateway.keep_openings(handle, openings).await {
		Ok(open) => answer(StatusCode::OK, JSON, json!({ "open": open }).to_string()),
		Err(refusal) => refusal.into_response(),
	}
}

async fn forget(State(gateway): Ours, Path((handle, sealed)): Path<(String, u32)>) -> Response {
	let Ok(handle) = handle.parse::<Hash>() else { return not_found() };
	let gone =
		gateway.blocking(move |gateway| Ok(gateway.store.forget_opening(&handle, sealed)?)).await;
	match gone {
		Ok(true) => answer(StatusCode::OK, JSON, "{\"forgotten\":true}"),
		Ok(false) => not_found(),
		Err(failure) => failed(failure),
	}
}

/// The largest number of anything in the database.
const LAST: u64 = i64::MAX.unsigned_abs();

/// A number in a query that has nothing else. Behind the last one there is nothing.
pub(super) fn number(query: Option<String>, name: &str) -> Option<u64> {
	let number: u64 = match query.as_deref() {
		None | Some("") => return Some(0),
		Some(query) => query.strip_prefix(name)?.strip_prefix('=')?.parse().ok()?,
	};
	Some(number.min(LAST))
}

async fn quarantine(State(gateway): Ours, RawQuery(query): RawQuery) -> Response {
	let Some(after) = number(query, "after") else {
		return bad("after", "offered is after=NUMBER");
	};
	match gateway.blocking(move |gateway| Ok(gateway.store.quarantined(after, PAGE)?)).await {
		Ok(items) => {
			let items = items.iter().map(|each| {
				json!({
					"number": each.number, "reference": format!("{}/{}", each.resource_type, each.id), "fault": each.fault, "path": each.path,
					"detail": each.detail, "received": each.received,
				})
			});
			answer(
				StatusCode::OK,
				JSON,
				json!({ "quarantine": items.collect::<Vec<_>>() }).to_string(),
			)
		},
		Err(failure) => failed(failure),
	}
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
	by: String,
}

/// Whom a body `{"by":"…"}` names as the one who acts, if it names somebody in words that can be written down.
pub(super) fn named(body: &[u8]) -> Option<String> {
	let read: Option<Named> = serde_json::from_slice(body).ok();
	read.map(|it| it.by).filter(|by| {
		let is_said = !by.trim().is_empty() && by.chars().count() <= MAX_BY;
		is_said && !by.chars().any(char::is_control)
	})
}

/// Looks at one anew. Some faults only a person may settle: somebody who signed in, or whom a program of the house names as the one who has looked at it.
/// That is written down before it is done; of a program that names nobody nothing but the rules is asked.
async fn again(
	State(gateway): Ours,
	Extension(asker): Extension<Asker>,
	Path(number): Path<u64>,
	body: Bytes,
) -> Response {
	if number > LAST {
		return not_found();
	}
	let is_a_person = match asker {
		// Written down by then.
		Asker::Staff(_) => true,
		Asker::Token if body.is_empty() => false,
		Asker::Token => {
			let Some(by) = named(&body) else {
				return bad("by", "it must have no body, or be {\"by\":\"…\"}: who has looked at it, in 1 to 100 characters");
			};
			// What there is not, nobody has looked at.
			let found = gateway.blocking(move |gateway| Ok(gateway.store.numbered(number)?)).await;
			match found.map(|found| found.map(|found| found.state)) {
				Ok(Some(Kept::Quarantined { .. })) => {},
				Ok(_) => return not_found(),
				Err(failure) => return failed(failure),
			}
			let what = format!("POST /quarantine/{number}/again");
			if let Err(failure) = gateway.act_of_named(&by, &what).await {
				return failed(failure);
			}
			true
		},
	};
	let looked = gateway.blocking(move |gateway| match is_a_person {
		true => gateway.again_by_a_person(number),
		false => gateway.again(number),
	});
	match looked.await {
		Ok(Some(is_held)) => answer(StatusCode::OK, JSON, json!({ "held": is_held }).to_string()),
		Ok(None) => not_found(),
		Err(failure) => failed(failure),
	}
}

/// What patients took back from the house, and what became of that.
async fn revocations(State(gateway): Ours) -> Response {
	match gateway.blocking(|gateway| Ok(gateway.store.revocations(PAGE)?)).await {
		Ok(notices) => {
			let notices = notices.iter().map(|each| {
				json!({
					"patient": each.patient.to_string(), "directive": each.directive, "revoked": each.revoked, "due": each.due,
					"state": each.state.name(),
				})
			});
			let body = json!({ "revocations": notices.collect::<Vec<_>>() });
			answer(StatusCode::OK, JSON, body.to_string())
		},
		Err(failure) => failed(failure),
	}
}

/// Merges of patients that other systems told of: somebody finds out.
async fn merges(State(gateway): Ours) -> Response {
	match gateway.blocking(|gateway| gateway.merges()).await {
		Ok(merges) => {
			let merges = merges.iter().map(|(number, stays, goes, received)| {
				json!({ "number": number, "stays": stays, "goes": goes, "received": received })
			});
			let body = json!({ "merges": merges.collect::<Vec<_>>() });
			answer(StatusCode::OK, JSON, body.to_string())
		},
		Err(failure) => failed(failure),
	}
}

async fn merge_done(State(gateway): Ours, Path(number): Path<u64>) -> Response {
	if number > LAST {
		return not_found();
	}
	match gateway.blocking(move |gateway| Ok(gateway.store.merge_done(number)?)).await {
		Ok(true) => answer(StatusCode::OK, JSON, "{\"done\":true}"),
		Ok(false) => not_found(),
		Err(failure) => failed(failure),
	}
}

async fn metrics(State(gateway): Ours) -> Response {
	match gateway.standing_now().await {
		Ok(standing) => answer(
			StatusCode::OK,
			"text/plain; version=0.0.4; charset=utf-8",
			gateway.meters.text(&standing),
		),
		Err(failure) => failed(failure),
	}
}

/// Where the epochs of a dataset stand.
async fn epochs(State(gateway): Ours, Path(dataset): Path<u32>) -> Response {
	match gateway.blocking(move |gateway| gateway.epochs_stand(dataset)).await {
		Ok(Some(standing)) => answer(StatusCode::OK, JSON, standing.to_string()),
		Ok(None) => not_found(),
		Err(failure) => failed(failure),
	}
}

/// Has the next epoch of a dataset made and published now, by those who look at epochs: it may take as long as a count.
async fn ask_for_epoch(State(gateway): Ours, Path(dataset): Path<u32>) -> Response {
	match gateway.counting.as_ref().is_some_and(|it| it.ask_for_epoch(dataset)) {
		true => answer(StatusCode::ACCEPTED, JSON, "{\"asked\":true}"),
		false => not_found(),
	}
}

/// Who is in an epoch that was published, for an auditor.
async fn epoch_opening(State(gateway): Ours, Path((dataset, epoch)): Path<(u32, u32)>) -> Response {
	match gateway.blocking(move |gateway| gateway.epoch_opening(dataset, epoch)).await {
		Ok(Some(lines)) => answer(StatusCode::OK, "application/x-ndjson", lines),
		Ok(None) => not_found(),
		Err(failure) => failed(failure),
	}
}

fn batches(waiting: u64, open: &[Batch], submissions: &[Submission]) -> Response {
	let open = open.iter().map(|batch| {
		json!({ "batch": batch.number, "root": batch.root.to_string(), "leaves": batch.leaves, "form": "Bytes", "closed": batch.closed })
	});
	let submissions = submissions
		.iter()
		.map(|each| json!({ "what": each.what, "attempts": each.attempts, "again": each.again }));
	answer(
		StatusCode::OK,
		JSON,
		json!({
			"waiting": waiting, "open": open.collect::<Vec<_>>(), "handedIn": submissions.collect::<Vec<_>>(),
		})
		.to_string(),
	)
}

/// What the chain is not known to have, after a look at it.
async fn outbox(State(gateway): Ours) -> Response {
	let looked = gateway.look_for_batches().await;
	let stored = gateway
		.blocking(|gateway| Ok((gateway.store.waiting()?, gateway.store.submissions()?)))
		.await;
	match (looked, stored) {
		(Ok(open), Ok((waiting, submissions))) => batches(waiting, &open, &submissions),
		(Err(failure), _) | (_, Err(failure)) => failed(failure),
	}
}

/// Closes a batch now.
async fn close(State(gateway): Ours) -> Response {
	if let Err(failure) = gateway.close_batches().await {
		return failed(failure);
	}
	match gateway.blocking(|gateway| Ok(gateway.store.open_batches()?)).await {
		Ok(open) => batches(0, &open, &[]),
		Err(failure) => failed(failure),
	}
}

/// Lines of the access log, as they were written.
async fn log(State(gateway): Ours, RawQuery(query): RawQuery) -> Response {
	let Some(from) = number(query, "from") else { return bad("from", "offered is from=NUMBER") };
	match gateway.blocking(move |gateway| Ok(gateway.store.log(from, PAGE)?)).await {
		Ok(lines) => answer(
			StatusCode::OK,
			"application/x-ndjson",
			lines.into_iter().map(|line| line + "\n").collect::<String>(),
		),
		Err(failure) => failed(failure),
	}
}

/// The same as FHIR AuditEvents.
async fn audit_events(State(gateway): Ours, RawQuery(query): RawQuery) -> Response {
	let Some(from) = number(query, "from") else { return bad("from", "offered is from=NUMBER") };
	match gateway.blocking(move |gateway| gateway.audit_events(from, PAGE)).await {
		Ok(lines) => answer(StatusCode::OK, "application/fhir+ndjson", lines),
		Err(failure) => failed(failure),
	}
}
