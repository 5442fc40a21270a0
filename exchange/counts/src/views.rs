//! Answers in the forms of others: a Beacon v2 response, and a FHIR R4 MeasureReport. Each has the permit, the version, epsilon and
//! the receipt: the reply itself, with its signature.

use crate::{
	json::{number, object, written},
	query::Query,
	reply::{Answer, Says, SignedReply},
	told::{Told, STEP},
};
use salus_exchange_protocol::json::Part;

/// The version of the Beacon framework in which `countPrecision` is known.
const BEACON: &str = "v2.2.0";

fn text(value: impl std::fmt::Display) -> Part {
	Part::of(value)
}

fn answer(reply: &SignedReply) -> Option<&Answer> {
	match &reply.reply.says {
		Says::Answer(answer) => Some(answer),
		Says::Refusal(_) => None,
	}
}

/// The answer as a Beacon v2 response; none of a refusal. `receipt` is the text of the reply. A count is marked as rounded. What is
/// fewer than the least cohort is a response of the granularity `boolean` that says that nothing is there: Beacon has no word for "perhaps".
pub fn beacon(reply: &SignedReply, receipt: &str) -> Option<String> {
	let answer = answer(reply)?;
	let count = &answer.count;
	let (granularity, summary, told) = match count.result {
		Told::About(about) => {
			let summary = object([
				("countAdjustedTo", Part::List(vec![text(format!("multiples of {STEP}"))])),
				("countPrecision", text("rounded")),
				("exists", Part::Bool(true)),
				("numTotalResults", number(about)),
			]);
			("count", summary, format!("about {about}, with noise, rounded to {STEP}"))
		},
		Told::FewerThan(least) => {
			let summary = object([("exists", Part::Bool(false))]);
			("boolean", summary, format!("fewer than {least}, perhaps none"))
		},
	};
	let schemas = || Part::List(vec![object([("entityType", text("individual"))])]);
	let meta = object([
		("apiVersion", text(BEACON)),
		("beaconId", text(format!("urn:salus:organisation:{}", count.custodian))),
		(
			"receivedRequestSummary",
			object([
				("apiVersion", text(BEACON)),
				("pagination", object([])),
				("requestedGranularity", text("count")),
				("requestedSchemas", Part::List(Vec::new())),
			]),
		),
		("returnedGranularity", text(granularity)),
		("returnedSchemas", schemas()),
	]);
	let info = object([
		("dataset", number(count.dataset)),
		("epoch", number(count.epoch)),
		("epsilonMicro", number(count.epsilon)),
		("moment", number(count.moment)),
		("permit", number(reply.reply.permit.unwrap_or(count.permit))),
		("receipt", text(receipt)),
		("result", text(told)),
		("version", number(count.version)),
	]);
	Some(written(&object([("info", info), ("meta", meta), ("responseSummary", summary)])))
}

/// The answer as a FHIR R4 MeasureReport over the query's whole time; none of a refusal. `receipt` is the text of the reply. What is
/// fewer than the least cohort has no count, but the reason `masked` in its place.
pub fn measure_report(reply: &SignedReply, query: &Query, receipt: &str) -> Option<String> {
	let answer = answer(reply)?;
	let count = &answer.count;
	let from = query.groups().iter().map(|group| group.from).min()?;
	let until = query.groups().iter().map(|group| group.until).max()?;
	let extension = |name: &str, value: (&str, Part)| {
		object([("url", text(format!("urn:salus:count:{name}"))), value])
	};
	let whole = |name: &str, value: u64| extension(name, ("valueString", text(value)));
	let masked = |url: &str, code: &str| object([("url", text(url)), ("valueCode", text(code))]);
	let population = match count.result {
		Told::About(about) => ("count", number(about)),
		Told::FewerThan(_) => {
			let reason =
				masked("http://hl7.org/fhir/StructureDefinition/data-absent-reason", "masked");
			("_count", object([("extension", Part::List(vec![reason]))]))
		},
	};
	let mut extensions = vec![
		whole("permit", reply.reply.permit.unwrap_or(count.permit).into()),
		whole("dataset", count.dataset.into()),
		whole("version", count.version.into()),
		whole("epoch", count.epoch.into()),
		whole("epsilon-micro", count.epsilon),
		whole("moment", count.moment),
		extension("receipt", ("valueString", text(receipt))),
		whole("rounded-to", STEP.into()),
	];
	if let Told::FewerThan(least) = count.result {
		extensions.push(whole("fewer-than", least.into()));
	}
	let coding = object([
		("code", text("initial-population")),
		("system", text("http://terminology.hl7.org/CodeSystem/measure-population")),
	]);
	let population = object([("code", object([("coding", Part::List(vec![coding]))])), population]);
	let reporter =
		object([("system", text("urn:salus:organisation")), ("value", text(count.custodian))]);
	let identifier = object([
		("system", text("urn:salus:count")),
		("value", text(format!("{}/{}", count.custodian, count.reservation))),
	]);
	Some(written(&object([
		("extension", Part::List(extensions)),
		("group", Part::List(vec![object([("population", Part::List(vec![population]))])])),
		("identifier", Part::List(vec![identifier])),
		("measure", text(format!("urn:salus:count-query:{}", count.query))),
		("period", object([("end", text(until)), ("start", text(from))])),
		("reporter", object([("identifier", reporter)])),
		("resourceType", text("MeasureReport")),
		("status", text("complete")),
		("type", text("summary")),
	])))
}
