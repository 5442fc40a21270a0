//! The CapabilityStatement: what is offered, for everybody to see. Nothing of it depends on what is kept.

use super::{
	oauth,
	outcome::{answer, FHIR},
	outside::{only_get, Ours},
};
use crate::{
	audit_events::AUDIT_EVENT,
	consents::CONSENT,
	search::{COUNT, MAX_COUNT},
};
use axum::{
	extract::State,
	http::{Method, StatusCode},
	response::Response,
};
use salus_exchange_policy::BINARY;
use serde_json::{json, Value};

/// What a search may have, besides `_count` and `_cursor`.
const PARAMETERS: [(&str, &str, &str); 8] = [
	(
		"patient",
		"reference",
		"A handle of the chain: 0x and 64 hexadecimal digits. It must be there",
	),
	("_id", "token", "One id"),
	("category", "token", "Codes of category"),
	("code", "token", "Codes of code"),
	("type", "token", "Codes of type"),
	("status", "token", "Codes of status"),
	("date", "date", "Of what time the data is, whichever element tells; eq, ge, gt, le, lt"),
	("_lastUpdated", "date", "When the resource came to the gateway; eq, ge, gt, le, lt"),
];

fn of_type(name: &str) -> Value {
	let parameters = PARAMETERS
		.map(|(name, kind, what)| json!({ "name": name, "type": kind, "documentation": what }));
	json!({
		"type": name,
		"interaction": [
			{ "code": "read" },
			{ "code": "vread", "documentation": "The current version alone; any other is not found" },
			{ "code": "search-type", "documentation": "Of one patient. No chaining, no modifiers; any other parameter is refused" },
		],
		"versioning": "versioned",
		"readHistory": false,
		"updateCreate": false,
		"conditionalCreate": false,
		"conditionalRead": "not-supported",
		"conditionalUpdate": false,
		"conditionalDelete": "not-supported",
		"searchParam": parameters,
	})
}

/// What a patient sees of herself, and nobody else does.
fn own() -> [Value; 2] {
	let parameters =
		json!([{ "name": "patient", "type": "reference", "documentation": PARAMETERS[0].2 }]);
	let search = |order: &str| json!({ "code": "search-type", "documentation": format!("Of the patient who asks, {order}; patient, _count and _cursor alone") });
	[
		json!({
			"type": AUDIT_EVENT,
			"documentation": "A patient's own view of the access log",
			"interaction": [search("the newest first")],
			"searchParam": parameters,
		}),
		json!({
			"type": CONSENT,
			"documentation": "A patient's own view of her directives that are in force on the chain, as of the last final block",
			"interaction": [{ "code": "read" }, search("the oldest first")],
			"searchParam": parameters,
		}),
	]
}

pub(super) async fn metadata(State(gateway): Ours, method: Method) -> Response {
	if let Err(response) = only_get(&method) {
		return *response;
	}
	let types = gateway.tables.types().chain([BINARY]).map(of_type);
	let types: Vec<_> = types.chain(own()).collect();
	let url = &gateway.config.url;
	let paging = format!("A page has {COUNT} resources, or _count of them, at most {MAX_COUNT}; fewer where they are large. The link next has a cursor, good for the same search by the same requester. There is no total.");
	let statement = json!({
		"resourceType": "CapabilityStatement",
		"status": "active",
		"date": "2026-11-29",
		"kind": "instance",
		"software": { "name": "salus-gateway", "version": env!("CARGO_PKG_VERSION") },
		"implementation": { "description": "Releases what the chain permits", "url": format!("{url}/fhir") },
		"fhirVersion": "4.0.1",
		"format": ["application/fhir+json"],
		"rest": [{
			"mode": "server",
			"documentation": format!("{paging} What is offered besides FHIR's interactions, GET [base]/$export, [base]/Patient/$summary, POST [base]/Patient/$match, receipts, and every status: {url}/openapi.json"),
			"security": oauth::security(&gateway),
			"resource": types,
		}],
	});
	answer(StatusCode::OK, FHIR, statement.to_string())
}
