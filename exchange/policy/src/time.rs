//! Of what time the data in a resource is.
//!
//! FHIR tells it with a day, a month or a year as often as with a second, and of many things with a period. A directive is about
//! moments. So the time of a resource is the span of all moments that its data may be of, and what is permitted for a part of the
//! span only is not permitted (`docs/decisions/0041-exchange-workspace.md`).

use crate::node::list_of;
use salus_exchange_protocol::fhir::Value;
use std::collections::BTreeSet;
use time::{format_description::well_known::Rfc3339, Date, Month, OffsetDateTime};

/// The span of moments that data may be of, in seconds since 1970, both within.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DataTime {
	/// The first.
	pub from: u64,
	/// The last.
	pub to: u64,
}

impl DataTime {
	/// The span that a date, or a date and time, of FHIR is; none for what is neither, or before 1970.
	pub fn of_text(text: &str) -> Option<Self> {
		let Span { from, to } = span_of_text(text)?;
		Some(Self { from: u64::try_from(from).ok()?, to: u64::try_from(to).ok()? })
	}

	/// The moments to decide for, so that what is decided for each of them is decided for the whole span: its ends, and each of
	/// `bounds` within, with the moment before. `bounds` are those of the intervals of the patient's directives: between two of
	/// them nothing changes.
	pub fn moments(&self, bounds: impl IntoIterator<Item = u64>) -> BTreeSet<u64> {
		let inside = bounds.into_iter().flat_map(|bound| [bound.saturating_sub(1), bound]);
		let inside = inside.filter(|moment| self.from <= *moment && *moment <= self.to);
		inside.chain([self.from, self.to]).collect()
	}
}

/// The elements that tell when the data was found, done or said, by type; `*` for a choice of types. Of other types it is not
/// known.
const ELEMENTS: &[(&str, &[&str])] = &[
	("AllergyIntolerance", &["onset*", "recordedDate", "lastOccurrence"]),
	("Appointment", &["start", "end"]),
	("CarePlan", &["period", "created"]),
	("CareTeam", &["period"]),
	("Claim", &["billablePeriod", "created"]),
	("ClaimResponse", &["created"]),
	("ClinicalImpression", &["effective*", "date"]),
	("Composition", &["date", "event.period"]),
	("Condition", &["onset*", "abatement*", "recordedDate"]),
	("Coverage", &["period"]),
	("DiagnosticReport", &["effective*"]),
	("DocumentManifest", &["created"]),
	("DocumentReference", &["date", "context.period"]),
	("Encounter", &["period"]),
	("EpisodeOfCare", &["period"]),
	("ExplanationOfBenefit", &["billablePeriod", "created"]),
	("FamilyMemberHistory", &["date"]),
	("Goal", &["start*", "statusDate"]),
	("ImagingStudy", &["started"]),
	("Immunization", &["occurrence*"]),
	("Media", &["created*"]),
	("MedicationAdministration", &["effective*"]),
	("MedicationDispense", &["whenPrepared", "whenHandedOver"]),
	("MedicationRequest", &["authoredOn"]),
	("MedicationStatement", &["effective*", "dateAsserted"]),
	("Observation", &["effective*"]),
	("Procedure", &["performed*"]),
	("Provenance", &["occurred*", "recorded"]),
	("QuestionnaireResponse", &["authored"]),
	("ServiceRequest", &["occurrence*", "authoredOn"]),
	("Specimen", &["collection.collected*", "receivedTime"]),
	("SupplyDelivery", &["occurrence*"]),
];

/// A span that may begin before 1970.
#[derive(Clone, Copy)]
struct Span {
	from: i64,
	to: i64,
}

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// Of what time a resource is: from the first to the last moment that one of its elements tells. None if no element tells any, if
/// one tells what cannot be placed (an age, a timing, a period without an end), or if it begins before 1970.
pub(crate) fn data_time(resource: &Value) -> Option<DataTime> {
	let name = resource.get("resourceType").and_then(Value::text)?;
	let (_, elements) = ELEMENTS.iter().find(|(of, _)| *of == name)?;
	let mut whole: Option<Span> = None;
	for element in *elements {
		for value in values_of(resource, element) {
			let span = value?;
			whole = Some(match whole {
				None => span,
				Some(there) => Span { from: there.from.min(span.from), to: there.to.max(span.to) },
			});
		}
	}
	let Span { from, to } = whole?;
	Some(DataTime { from: u64::try_from(from).ok()?, to: u64::try_from(to).ok()? })
}

/// What an element tells; none for what cannot be placed.
fn values_of(node: &Value, element: &str) -> Vec<Option<Span>> {
	if let Some((first, rest)) = element.split_once('.') {
		return list_of(node.get(first)).iter().flat_map(|node| values_of(node, rest)).collect();
	}
	let Some(choice) = element.strip_suffix('*') else {
		return list_of(node.get(element)).iter().map(span_of).collect();
	};
	let Value::Object(members) = node else { return Vec::new() };
	let told = members.iter().filter(|(name, _)| {
		let rest = name.strip_prefix(choice);
		rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
	});
	told.flat_map(|(_, value)| list_of(Some(value))).map(span_of).collect()
}

fn span_of(value: &Value) -> Option<Span> {
	match value {
		Value::Text(text) => span_of_text(text),
		Value::Object(_) => {
			let [start, end] = ["start", "end"]
				.map(|name| value.get(name).and_then(Value::text).and_then(span_of_text));
			let span = Span { from: start?.from, to: end?.to };
			(span.from <= span.to).then_some(span)
		},
		_ => None,
	}
}

/// A date of FHIR: a year, a month, a day, or a moment with its zone. Of a day nobody knows in which zone it is: it begins with
/// the first on earth, and ends with the last.
fn span_of_text(text: &str) -> Option<Span> {
	if text.contains('T') {
		let moment = OffsetDateTime::parse(text, &Rfc3339).ok()?.unix_timestamp();
		return Some(Span { from: moment, to: moment });
	}
	let mut parts = text.split('-');
	let year: i32 = number(parts.next()?, 4)?.into();
	let month = parts.next().map(|text| number(text, 2)).transpose_none()?;
	let day = parts.next().map(|text| number(text, 2)).transpose_none()?;
	if parts.next().is_some() {
		return None;
	}
	let at = |year: i32, month: u8, day: u8| {
		Some(
			Date::from_calendar_date(year, Month::try_from(month).ok()?, day)
				.ok()?
				.midnight()
				.assume_utc()
				.unix_timestamp(),
		)
	};
	let small =
		|number: Option<u16>| number.map(|number| u8::try_from(number).ok()).transpose_none();
	let (month, day) = (small(month)?, small(day)?);
	let (from, to) = match (month, day) {
		(None, _) => (at(year, 1, 1)?, at(year.checked_add(1)?, 1, 1)?),
		(Some(12), None) => (at(year, 12, 1)?, at(year.checked_add(1)?, 1, 1)?),
		(Some(month), None) => (at(year, month, 1)?, at(year, month.checked_add(1)?, 1)?),
		(Some(month), Some(day)) => {
			let from = at(year, month, day)?;
			(from, from.checked_add(DAY)?)
		},
	};
	Some(Span {
		from: from.checked_sub(14 * HOUR)?,
		to: to.checked_add(12 * HOUR)?.checked_sub(1)?,
	})
}

/// A number of just so many digits.
fn number(text: &str, digits: usize) -> Option<u16> {
	(text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit()))
		.then(|| text.parse().ok())
		.flatten()
}

/// What is there and wrong is wrong; what is not there is not.
trait TransposeNone<T> {
	fn transpose_none(self) -> Option<Option<T>>;
}

impl<T> TransposeNone<T> for Option<Option<T>> {
	fn transpose_none(self) -> Option<Option<T>> {
		match self {
			None => Some(None),
			Some(None) => None,
			Some(some) => Some(some),
		}
	}
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
	use super::*;
	use salus_exchange_protocol::fhir;

	fn of(resource: &str) -> Option<(u64, u64)> {
		data_time(&fhir::read(resource.as_bytes()).unwrap()).map(|DataTime { from, to }| (from, to))
	}

	fn observation(effective: &str) -> Option<(u64, u64)> {
		of(&format!("{{\"resourceType\":\"Observation\",{effective}}}"))
	}

	// 2024-03-01T00:00:00Z.
	const MARCH: u64 = 1_709_251_200;

	#[test]
	fn a_moment_is_itself_and_a_day_lasts_from_the_first_zone_to_the_last() {
		for moment in
			["2024-03-01T00:00:00Z", "2024-03-01T01:00:00+01:00", "2024-02-29T19:00:00.500-05:00"]
		{
			assert_eq!(
				observation(&format!("\"effectiveDateTime\":\"{moment}\"")),
				Some((MARCH, MARCH)),
				"{moment}"
			);
			assert_eq!(
				observation(&format!("\"effectiveInstant\":\"{moment}\"")),
				Some((MARCH, MARCH)),
				"{moment}"
			);
		}
		let (before, after) = (14 * 3_600, 12 * 3_600 - 1);
		let day = 86_400;
		for (date, from, to) in [
			("2024-03-01", MARCH, MARCH + day),
			("2024-03", MARCH, MARCH + 31 * day),
			("2024-02", MARCH - 29 * day, MARCH),
			("2024", MARCH - 60 * day, MARCH + 306 * day),
			("2024-12", MARCH + 275 * day, MARCH + 306 * day),
		] {
			assert_eq!(
				observation(&format!("\"effectiveDateTime\":\"{date}\"")),
				Some((from - before, to + after)),
				"{date}"
			);
		}
	}

	#[test]
	fn what_cannot_be_placed_is_of_no_known_time() {
		for effective in [
			"\"id\":\"x\"",
			"\"issued\":\"2024-03-01T00:00:00Z\"",
			"\"effectiveDateTime\":\"2024-03-01T00:00:00\"",
			"\"effectiveDateTime\":\"2024-13-01\"",
			"\"effectiveDateTime\":\"2023-02-29\"",
			"\"effectiveDateTime\":\"2024-3-1\"",
			"\"effectiveDateTime\":\"24\"",
			"\"effectiveDateTime\":\"2024-03-01-01\"",
			"\"effectiveDateTime\":\"+024\"",
			"\"effectiveDateTime\":\"last week\"",
			"\"effectiveDateTime\":7",
			"\"effectiveDateTime\":\"1969-12-31T23:59:59Z\"",
			"\"effectiveDateTime\":\"1950\"",
			"\"effectiveTiming\":{\"event\":[\"2024-03-01\"]}",
			"\"effectivePeriod\":{\"start\":\"2024-03-01\"}",
			"\"effectivePeriod\":{\"end\":\"2024-03-01\"}",
			"\"effectivePeriod\":{\"start\":\"2024-03-05\",\"end\":\"2024-03-01\"}",
			"\"effectiveDateTime\":\"2024-03-01\",\"effectivePeriod\":{}",
		] {
			assert_eq!(observation(effective), None, "{effective}");
		}
		assert_eq!(of("{\"resourceType\":\"Patient\",\"birthDate\":\"1990-01-01\"}"), None);
		assert_eq!(of("{\"resourceType\":\"Condition\",\"onsetAge\":{\"value\":7},\"recordedDate\":\"2024-03-01\"}"), None);
	}

	#[test]
	fn a_resource_lasts_from_the_first_to_the_last_that_it_tells() {
		let condition = "{\"resourceType\":\"Condition\",\"onsetDateTime\":\"2024-03-01T00:00:00Z\",\"abatementPeriod\":{\"start\":\"2024-03-01T00:00:05Z\",\"end\":\"2024-03-01T00:00:09Z\"},\"recordedDate\":\"2024-03-01T00:00:02Z\"}";
		assert_eq!(of(condition), Some((MARCH, MARCH + 9)));
		let specimen = "{\"resourceType\":\"Specimen\",\"collection\":{\"collectedDateTime\":\"2024-03-01T00:00:00Z\"},\"receivedTime\":\"2024-03-01T00:00:02Z\"}";
		assert_eq!(of(specimen), Some((MARCH, MARCH + 2)));
		let composition = "{\"resourceType\":\"Composition\",\"date\":\"2024-03-01T00:00:02Z\",\"event\":[{\"period\":{\"start\":\"2024-03-01T00:00:00Z\",\"end\":\"2024-03-01T00:00:01Z\"}}]}";
		assert_eq!(of(composition), Some((MARCH, MARCH + 2)));
	}

	#[test]
	fn what_changes_within_a_span_is_decided_for() {
		let span = DataTime { from: 10, to: 20 };
		let moments =
			|bounds: &[u64]| span.moments(bounds.iter().copied()).into_iter().collect::<Vec<_>>();
		assert_eq!(moments(&[]), [10, 20]);
		assert_eq!(moments(&[0, 5, 25, u64::MAX]), [10, 20]);
		assert_eq!(moments(&[12, 14]), [10, 11, 12, 13, 14, 20]);
		assert_eq!(moments(&[10, 20, 21]), [10, 19, 20]);
		assert_eq!(DataTime { from: 0, to: 0 }.moments([0]).into_iter().collect::<Vec<_>>(), [0]);
	}
}
