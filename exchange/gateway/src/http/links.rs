//! Links of patients with their handles, inside: for the desk at which a patient stands, and for whoever looks at what was done there.

use super::{
	inside::{bad, failed, named, number, Ours, PAGE},
	login::Asker,
	outcome::{answer, not_found, outcome, JSON},
};
use crate::{
	gateway::Gateway,
	ingest::is_id,
	linking::{By, Confirmed},
};
use axum::{
	body::Bytes,
	extract::{Path, RawQuery, State},
	http::StatusCode,
	response::Response,
	routing::{get, post},
	Extension, Router,
};
use salus_exchange_protocol::Hash;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

/// What the house does about links.
pub(super) fn inside() -> Router<Arc<Gateway>> {
	Router::new()
		.route("/links", post(link))
		.route("/links/offers", post(offer))
		.route("/links/offers/{offer}", get(stands))
		.route("/links/offers/{offer}/confirm", post(confirm))
		.route("/links/log", get(log))
}

impl From<Asker> for By {
	fn from(asker: Asker) -> Self {
		match asker {
			Asker::Token => Self::House,
			Asker::Staff(staff) => Self::Staff(staff),
		}
	}
}

fn linked(is_linked: bool) -> Response {
	match is_linked {
		true => answer(StatusCode::OK, JSON, "{\"linked\":true}"),
		false => outcome(StatusCode::CONFLICT, "conflict", "linked-otherwise", "the handle, or the patient, is linked to another one; a person has to find out who is who"),
	}
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Link {
	handle: String,
	patient: String,
}

async fn link(State(gateway): Ours, Extension(asker): Extension<Asker>, body: Bytes) -> Response {
	let read: Option<Link> = serde_json::from_slice(&body).ok();
	let read = read.and_then(|link| {
		Some((link.handle.parse::<Hash>().ok()?, Some(link.patient).filter(|id| is_id(id))?))
	});
	let Some((handle, patient)) = read else {
		return bad("link", "it must be {\"handle\":\"0x…\",\"patient\":\"…\"}: a handle of the chain, and the id of a Patient of the house");
	};
	let by = By::from(asker);
	match gateway.blocking(move |gateway| gateway.link_by(&by, &handle, &patient)).await {
		Ok(is_linked) => linked(is_linked),
		Err(failure) => failed(failure),
	}
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
	patient: String,
}

/// Offers a link, for the patient who stands at the desk.
async fn offer(State(gateway): Ours, Extension(asker): Extension<Asker>, body: Bytes) -> Response {
	let read: Option<Wanted> = serde_json::from_slice(&body).ok();
	let Some(patient) = read.map(|wanted| wanted.patient).filter(|id| is_id(id)) else {
		return bad("link", "it must be {\"patient\":\"…\"}: the id of a Patient of the house");
	};
	let by = By::from(asker);
	match gateway.blocking(move |gateway| gateway.offer_link(&by, &patient)).await {
		Ok(Some(made)) => {
			let body = json!({ "offer": made.nonce, "expires": made.expires, "text": made.text });
			answer(StatusCode::CREATED, JSON, body.to_string())
		},
		Ok(None) => outcome(
			StatusCode::CONFLICT,
			"conflict",
			"too-many-offers",
			"1000 offers are open; each of them ends ten minutes after it was made",
		),
		Err(failure) => failed(failure),
	}
}

/// How an offer stands.
async fn stands(
	State(gateway): Ours,
	Extension(asker): Extension<Asker>,
	Path(offer): Path<String>,
) -> Response {
	let by = By::from(asker);
	match gateway.blocking(move |gateway| gateway.offer_stands(&by, &offer)).await {
		Ok(Some((standing, signer))) => {
			let body = match signer {
				Some((handle, at)) => {
					json!({ "status": standing.name(), "handle": handle.to_string(), "signed": at })
				},
				None => json!({ "status": standing.name() }),
			};
			answer(StatusCode::OK, JSON, body.to_string())
		},
		Ok(None) => not_found(),
		Err(failure) => failed(failure),
	}
}

/// Somebody of the house, who sees the person, confirms that it is the patient.
async fn confirm(
	State(gateway): Ours,
	Extension(asker): Extension<Asker>,
	Path(offer): Path<String>,
	body: Bytes,
) -> Response {
	let Some(words) = named(&body) else {
		return bad("link", "it must be {\"by\":\"…\"}: who confirms it, in 1 to 100 characters");
	};
	let by = By::from(asker);
	let refused = |code, text| outcome(StatusCode::CONFLICT, "conflict", code, text);
	match gateway.blocking(move |gateway| gateway.confirm_link(&by, &offer, &words)).await {
		Ok(Some(Confirmed::Linked)) => linked(true),
		Ok(Some(Confirmed::Otherwise)) => linked(false),
		Ok(Some(Confirmed::NotSigned)) => {
			refused("offer-open", "nobody has signed the offer yet; the patient signs it with her wallet")
		},
		Ok(Some(Confirmed::Expired)) => refused(
			"offer-expired",
			"the offer was not signed within ten minutes, or not confirmed within an hour after that; make another one",
		),
		Ok(None) => not_found(),
		Err(failure) => failed(failure),
	}
}

/// What was done about links.
async fn log(State(gateway): Ours, RawQuery(query): RawQuery) -> Response {
	let Some(from) = number(query, "from") else { return bad("from", "offered is from=NUMBER") };
	match gateway.blocking(move |gateway| gateway.link_log(from, PAGE)).await {
		Ok(entries) => answer(StatusCode::OK, JSON, json!({ "links": entries }).to_string()),
		Err(failure) => failed(failure),
	}
}
