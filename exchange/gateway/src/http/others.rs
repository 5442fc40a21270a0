//! Asking other organisations' gateways, for the house itself.

use super::{
	bounds::held,
	inside::{bad, failed, number, Ours, PAGE},
	login::Asker,
	outcome::{answer, busy, outcome, JSON},
};
use crate::{
	fetch::{Fetched, NotFetched, Order},
	gateway::Gateway,
	nightly::differences,
	openings::{read_all, Written},
	release::Refusal,
};
use axum::{
	body::Bytes,
	extract::{RawQuery, State},
	http::StatusCode,
	response::{IntoResponse, Response},
	routing::{get, post},
	Extension, Router,
};
use base64::{engine::general_purpose::STANDARD, Engine};
use salus_exchange_protocol::{
	codes::{Action, Purpose},
	event::RequesterKind,
};
use salus_verify::Standing;
use serde::Deserialize;
use serde_json::{json, Value};
use std::sync::Arc;

pub(super) fn inside() -> Router<Arc<Gateway>> {
	Router::new()
		.route("/fetch", post(fetch))
		.route("/reconcile", post(reconcile))
		.route("/reconciliations", get(reconciliations))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reconciled {
	#[serde(default)]
	url: Option<String>,
	custodian: u32,
	day: u64,
}

/// Whoever signed in is a person. What has the token of the house is a program, which asks by itself unless it says that a person does.
fn kind_of(asker: &Asker) -> RequesterKind {
	match asker {
		Asker::Token => RequesterKind::Machine,
		Asker::Staff(_) => RequesterKind::Person,
	}
}

/// Compares a day of the access log with another organisation's.
async fn reconcile(
	State(gateway): Ours,
	Extension(asker): Extension<Asker>,
	body: Bytes,
) -> Response {
	let Ok(order) = serde_json::from_slice::<Reconciled>(&body) else {
		return bad(
			"order",
			"it must be {\"custodian\":…,\"day\":NUMBER}, the day counted from 1970, and may have \"url\"",
		);
	};
	let kind = kind_of(&asker);
	let compared = tokio::spawn(async move {
		gateway.reconcile(order.url.as_deref(), order.custodian, order.day, kind).await
	});
	match compared.await {
		Ok(Ok(found)) => {
			let counts = json!({ "matched": found.matched.len(), "onlyOurs": found.only_ours.len(), "onlyTheirs": found.only_theirs.len() });
			let body = with(differences(&found, usize::MAX), [("counts", counts)]);
			answer(StatusCode::OK, JSON, body.to_string())
		},
		Ok(Err(not)) => not_fetched(not),
		Err(error) => failed(std::io::Error::other(error).into()),
	}
}

/// An object with further members.
fn with<const N: usize>(mut object: Value, members: [(&str, Value); N]) -> Value {
	if let Some(object) = object.as_object_mut() {
		object.extend(members.map(|(name, value)| (name.to_owned(), value)));
	}
	object
}

/// What came of comparing each night, from a day on.
async fn reconciliations(State(gateway): Ours, RawQuery(query): RawQuery) -> Response {
	let Some(from) = number(query, "from") else {
		return bad("from", "offered is from=DAY, counted from 1970");
	};
	match gateway.blocking(move |gateway| Ok(gateway.store.compared(from, PAGE)?)).await {
		Ok(rows) => {
			let rows = rows.iter().map(|each| {
				let found = each.found.as_deref().and_then(|found| serde_json::from_str(found).ok());
				let found = found.filter(Value::is_object);
				let counts = &each.counts;
				let counts = json!({
					"matched": counts.matched, "onlyOurs": counts.only_ours, "onlyTheirs": counts.only_theirs, "unattributed": counts.unattributed,
					"disagreements": counts.differing,
				});
				with(
					found.unwrap_or_else(|| json!({})),
					[
						("day", json!(each.day)),
						("organisation", json!(each.organisation)),
						("tried", json!(each.tried)),
						("attempts", json!(each.attempts)),
						("fault", json!(each.fault)),
						("counts", counts),
					],
				)
			});
			let body = json!({ "reconciliations": rows.collect::<Vec<_>>() });
			answer(StatusCode::OK, JSON, body.to_string())
		},
		Err(failure) => failed(failure),
	}
}

fn not_fetched(not: NotFetched) -> Response {
	match not {
		NotFetched::Failure(failure) => failed(failure),
		NotFetched::Stale(stale) => Refusal::Stale(stale).into_response(),
		NotFetched::Busy => busy(),
		NotFetched::Order(part) => bad("order", &format!("{part} is none")),
		not @ NotFetched::NoKey => {
			outcome(StatusCode::NOT_IMPLEMENTED, "not-supported", not.code(), &not.to_string())
		},
		not @ NotFetched::Place(_) => {
			outcome(StatusCode::FORBIDDEN, "forbidden", not.code(), &not.to_string())
		},
		not => outcome(StatusCode::BAD_GATEWAY, "processing", not.code(), &not.to_string()),
	}
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FetchOrder {
	#[serde(default)]
	url: Option<String>,
	custodian: u32,
	record: String,
	purpose: String,
	#[serde(default)]
	action: Option<String>,
	#[serde(default)]
	asker: Option<String>,
	#[serde(default)]
	patient: Option<String>,
	#[serde(default)]
	openings: Vec<Written>,
}

async fn fetch(State(gateway): Ours, Extension(asker): Extension<Asker>, body: Bytes) -> Response {
	let read: Option<FetchOrder> = serde_json::from_slice(&body).ok();
	let order = read.and_then(|order| {
		let (resource_type, id) = order.record.split_once('/')?;
		Some(Order {
			url: order.url,
			custodian: order.custodian,
			resource_type: resource_type.into(),
			id: id.into(),
			purpose: Purpose::named(&order.purpose)?,
			action: Action::named(order.action.as_deref().unwrap_or("Read"))?,
			kind: match order.asker {
				None => kind_of(&asker),
				Some(name) => RequesterKind::named(&name)?,
			},
			patient: match order.patient {
				None => None,
				Some(handle) => Some(handle.parse().ok()?),
			},
			openings: read_all(&order.openings)?,
		})
	});
	let Some(order) = order else {
		return bad("order", "it must be {\"custodian\":…,\"record\":\"Type/id\",\"purpose\":\"Treat\"}, and may have \"url\", \"action\", \"asker\": \"person\" or \"machine\", \"patient\": a handle, and \"openings\"");
	};
	if let Asker::Staff(staff) = &asker {
		if order.kind == RequesterKind::Machine {
			return bad("order", "whoever signed in is a person: \"asker\" is none, or \"person\"");
		}
		let record = format!("{} {}/{}", order.custodian, order.resource_type, order.id);
		if let Err(failure) = gateway.act(staff, "asks another gateway", &record).await {
			return failed(failure);
		}
	}
	let fetched = tokio::spawn(async move { gateway.fetch(&order).await }).await;
	match fetched {
		Ok(Ok(Fetched { record, standing, told, receipt, held: room })) => {
			let standing = match standing {
				Standing::Current => json!({ "state": "current" }),
				Standing::Superseded { by, since } => {
					json!({ "state": "superseded", "by": by, "since": since })
				},
				Standing::Retracted { reason, since, whole } => {
					json!({ "state": "retracted", "reason": reason, "since": since, "wholeBatch": whole })
				},
			};
			// The chain alone says how it stands; what the custodian tells of disputes and newer versions is told on.
			let standing = match told.is_empty() {
				true => standing,
				false => with(standing, [("told", json!(told))]),
			};
			let body =
				json!({ "standing": standing, "counterpart": receipt.entry.hash().to_string() });
			// It may be large, and is not copied.
			let body = with(body, [("record", Value::String(STANDARD.encode(record)))]);
			held(answer(StatusCode::OK, JSON, body.to_string()), room)
		},
		Ok(Err(not)) => not_fetched(not),
		Err(error) => failed(std::io::Error::other(error).into()),
	}
}
