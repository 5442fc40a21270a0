//! What the chain says of records of the house, inside: the privacy officer's work list, where a record is on the chain, and its erasure.

use super::{
	inside::{failed, Ours, PAGE},
	outcome::{answer, not_found, outcome, JSON},
};
use crate::{
	chain::now,
	gateway::{Failure, Gateway},
	ingest::{is_id, is_type},
	orders::Order,
	store::{Ordered, Placed},
};
use axum::{
	extract::{Path, State},
	http::{HeaderValue, StatusCode},
	response::Response,
	routing::get,
	Router,
};
use serde_json::{json, Value};
use std::sync::Arc;

/// What the house does about its records on the chain.
pub(super) fn inside() -> Router<Arc<Gateway>> {
	Router::new()
		.route("/orders", get(orders))
		.route("/records/{type}/{id}", get(placed).delete(erase))
}

/// Tells in a header beside a resource what the chain says of it.
pub(super) fn with_standing(mut response: Response, standing: &[&str]) -> Response {
	let value = HeaderValue::from_str(&standing.join(", ")).ok().filter(|_| !standing.is_empty());
	if let Some(value) = value {
		response.headers_mut().insert("salus-standing", value);
	}
	response
}

fn said(order: &Order, at: u64) -> Value {
	let Order { what, since, until, .. } = order;
	json!({ "what": what.name(), "standing": order.standing_at(at), "since": since, "until": until })
}

fn listed(ordered: &Ordered, at: u64) -> Value {
	let Ordered { slot, leaf, record, order } = ordered;
	let mut shown = said(order, at);
	if let Value::Object(members) = &mut shown {
		members.insert("slot".into(), json!(slot));
		members.insert("leaf".into(), json!(leaf));
		if let Some((name, id, version, state)) = record {
			members.insert("reference".into(), json!(format!("{name}/{id}")));
			members.insert("version".into(), json!(version));
			members.insert("state".into(), json!(state));
		}
	}
	shown
}

/// What the chain says of the house's records: what waits for an answer first.
async fn orders(State(gateway): Ours) -> Response {
	match gateway.blocking(|gateway| Ok(gateway.store.orders(PAGE, now())?)).await {
		Ok(all) => {
			let at = now();
			let all: Vec<Value> = all.iter().map(|ordered| listed(ordered, at)).collect();
			answer(StatusCode::OK, JSON, json!({ "orders": all }).to_string())
		},
		Err(failure) => failed(failure),
	}
}

fn shown(placed: &Placed, at: u64) -> Value {
	let Placed { version, state, commitment, batch, slots, orders, .. } = placed;
	json!({
		"version": version, "state": state, "commitment": commitment.to_string(), "form": "Bytes",
		"batch": batch.map(|(slot, leaf)| json!({ "slot": slot, "leaf": leaf })), "slots": slots,
		"orders": orders.iter().map(|order| said(order, at)).collect::<Vec<_>>(),
	})
}

/// Where a record is on the chain: what whoever retracts it, or anchors it by itself, has to name. The chain is looked at first.
async fn placed(State(gateway): Ours, Path((name, id)): Path<(String, String)>) -> Response {
	if !is_type(&name) || !is_id(&id) {
		return not_found();
	}
	let (of, reference) = ((name.clone(), id.clone()), format!("{name}/{id}"));
	if let Err(failure) = gateway.look_at_record(of.0, of.1).await {
		return failed(failure);
	}
	match gateway.blocking(move |gateway| Ok(gateway.store.placed(&name, &id)?)).await {
		Ok(all) if all.is_empty() => not_found(),
		Ok(all) => {
			let at = now();
			let versions: Vec<Value> = all.iter().map(|placed| shown(placed, at)).collect();
			let body = json!({ "reference": reference, "versions": versions });
			answer(StatusCode::OK, JSON, body.to_string())
		},
		Err(failure) => failed(failure),
	}
}

/// What became of an order to erase.
enum Erased {
	Done(bool),
	OnHold,
}

/// Erases a record. The chain is looked at first: a legal hold may be newer than the last round, and nothing brings back what was erased. While the
/// node cannot be relied on, what was known counts.
async fn erase(State(gateway): Ours, Path((name, id)): Path<(String, String)>) -> Response {
	if !is_type(&name) || !is_id(&id) {
		return not_found();
	}
	if let Err(failure) = gateway.look_at_record(name.clone(), id.clone()).await {
		return failed(failure);
	}
	let erased = gateway.blocking(move |gateway| {
		Ok::<_, Failure>(match gateway.is_on_hold(&name, &id)? {
			true => Erased::OnHold,
			false => Erased::Done(gateway.erase(&name, &id)?),
		})
	});
	match erased.await {
		Ok(Erased::Done(true)) => answer(StatusCode::OK, JSON, "{\"erased\":true}"),
		Ok(Erased::Done(false)) => not_found(),
		Ok(Erased::OnHold) => outcome(
			StatusCode::CONFLICT,
			"conflict",
			"on-hold",
			"a registrar has put it on legal hold on the chain; GET /orders says until when",
		),
		Err(failure) => failed(failure),
	}
}
