//! What stands in fields of HL7 v2, as FHIR has it: moments, numbers, values of results, and the names of code systems. Real systems write these
//! in more ways than the standard has; what is not written as the standard says tells nothing, rather than something else.

use super::{
	message::{Message, Segment},
	resources::{object, text},
};
use crate::percent::escaped;
use salus_exchange_protocol::fhir::Value;
use time::{Date, Month};

const V2_TABLE: &str = "http://terminology.hl7.org/CodeSystem/v2-";
/// What stays as it is of a name of a code system that has no URL.
const IN_A_NAME: &[u8] = b":+()";

/// The URL of a code system by its name in HL7 v2 (table 0396), or by one of the other names that senders give it.
pub(super) fn system(name: &str) -> String {
	let name = name.trim();
	let url = match name.to_ascii_uppercase().as_str() {
		"LN" | "LOINC" => "http://loinc.org",
		"SCT" | "SNM" | "SNOMED" | "SNOMEDCT" | "SNOMED-CT" | "SNOMED CT" => {
			"http://snomed.info/sct"
		},
		"I10" | "ICD10" | "ICD-10" => "http://hl7.org/fhir/sid/icd-10",
		"I10C" | "ICD10CM" | "ICD-10-CM" => "http://hl7.org/fhir/sid/icd-10-cm",
		"I9C" | "I9" | "I9CDX" | "ICD9" | "ICD-9" | "ICD9CM" | "ICD-9-CM" => {
			"http://hl7.org/fhir/sid/icd-9-cm"
		},
		"I10P" | "ICD10PCS" | "ICD-10-PCS" => "http://www.cms.gov/Medicare/Coding/ICD10",
		"RXNORM" | "RXN" => "http://www.nlm.nih.gov/research/umls/rxnorm",
		"ATC" => "http://www.whocc.no/atc",
		"C4" | "CPT" | "CPT4" | "CPT-4" => "http://www.ama-assn.org/go/cpt",
		"CVX" => "http://hl7.org/fhir/sid/cvx",
		"NDC" => "http://hl7.org/fhir/sid/ndc",
		"UCUM" => "http://unitsofmeasure.org",
		other => match other.strip_prefix("HL7") {
			Some(table) if table.len() == 4 && table.bytes().all(|b| b.is_ascii_digit()) => {
				return format!("{V2_TABLE}{table}")
			},
			_ => return format!("urn:hl7v2:{}", escaped(name, IN_A_NAME)),
		},
	};
	url.into()
}

/// `20260301103000+0100` as `2026-03-01T10:30:00+01:00`. What is no moment as the standard writes it, to the year, month, day, hour, minute or
/// second, is none: a day that is guessed could lie in a time that is permitted.
pub(super) fn moment(raw: &str) -> Option<String> {
	let raw = raw.trim();
	let (body, zone) = match raw.find(['+', '-']) {
		Some(at) => raw.split_at_checked(at)?,
		None => (raw, ""),
	};
	let digits = body.split('.').next().unwrap_or_default();
	if !matches!(digits.len(), 4 | 6 | 8 | 10 | 12 | 14)
		|| !digits.bytes().all(|b| b.is_ascii_digit())
	{
		return None;
	}
	let part = |from: usize, to: usize| digits.get(from..to);
	let year = part(0, 4)?;
	let Some(month) = part(4, 6) else { return Some(year.into()) };
	let named = Month::try_from(month.parse::<u8>().ok()?).ok()?;
	let Some(day) = part(6, 8) else { return Some(format!("{year}-{month}")) };
	Date::from_calendar_date(year.parse().ok()?, named, day.parse().ok()?).ok()?;
	let date = format!("{year}-{month}-{day}");
	let below = |text: &str, bound: u8| text.parse::<u8>().is_ok_and(|it| it < bound);
	let second = part(12, 14).unwrap_or("00");
	let times = [part(8, 10).map(|it| below(it, 24)), part(10, 12).map(|it| below(it, 60))];
	if times.contains(&Some(false)) || !below(second, 60) {
		return None;
	}
	let (Some(hour), Some(minute), Some(hours), Some(minutes)) =
		(part(8, 10), part(10, 12), zone.get(..3), zone.get(3..5))
	else {
		return Some(date);
	};
	let is_zone = zone.len() == 5
		&& zone.bytes().skip(1).all(|b| b.is_ascii_digit())
		&& hours.get(1..).is_some_and(|it| below(it, 15))
		&& below(minutes, 60);
	Some(if is_zone { format!("{date}T{hour}:{minute}:{second}{hours}:{minutes}") } else { date })
}

/// The number, if a text is one that JSON has.
pub(super) fn number(raw: &str) -> Option<Value> {
	let plain = raw.trim().strip_prefix('+').unwrap_or(raw.trim());
	let digits = plain.strip_prefix('-').unwrap_or(plain);
	let (whole, rest) = digits.split_once('.').map_or((digits, None), |(a, b)| (a, Some(b)));
	let is_digits = |text: &str| {
		!text.is_empty() && text.len() <= 18 && text.bytes().all(|b| b.is_ascii_digit())
	};
	let fits =
		is_digits(whole) && (whole == "0" || !whole.starts_with('0')) && rest.is_none_or(is_digits);
	fits.then(|| Value::Number(plain.to_owned()))
}

/// A number with the unit of a result.
fn quantity(message: &Message, result: &Segment, value: Value, comparator: Option<&str>) -> Value {
	let code = message.component(result, 6, 0, 1);
	let is_ucum = message.component(result, 6, 0, 3).as_deref() == Some("UCUM");
	let words = message.component(result, 6, 0, 2).or_else(|| code.clone());
	object(vec![
		("value", Some(value)),
		("comparator", comparator.map(text)),
		("unit", words.map(text)),
		("system", is_ucum.then(|| text("http://unitsofmeasure.org"))),
		("code", code.filter(|_| is_ucum).map(text)),
	])
}

/// A number that is structured (SN): `>^100`, `^1^:^128`, `^5^-^10`.
fn structured(message: &Message, result: &Segment) -> Option<(&'static str, Value)> {
	let part = |at| message.component(result, 5, 0, at);
	let first = number(&part(2)?)?;
	let comparator = match part(1).as_deref() {
		None | Some("=") => None,
		Some("<") => Some("<"),
		Some("<=") => Some("<="),
		Some(">") => Some(">"),
		Some(">=") => Some(">="),
		Some(_) => return None,
	};
	match (part(3).as_deref(), part(4)) {
		(None, None) => Some(("valueQuantity", quantity(message, result, first, comparator))),
		(Some(between), Some(second)) if comparator.is_none() => {
			let second = number(&second)?;
			let alone = |value| object(vec![("value", Some(value))]);
			match between {
				"-" => {
					let end = |value| Some(quantity(message, result, value, None));
					let range = object(vec![("low", end(first)), ("high", end(second))]);
					Some(("valueRange", range))
				},
				":" | "/" => {
					let ratio = object(vec![
						("numerator", Some(alone(first))),
						("denominator", Some(alone(second))),
					]);
					Some(("valueRatio", ratio))
				},
				_ => None,
			}
		},
		_ => None,
	}
}

/// The value of a result, under the name of its kind.
pub(super) fn value(message: &Message, result: &Segment) -> Option<(&'static str, Value)> {
	let whole = || Some(("valueString", text(message.whole(result, 5)?)));
	match message.text(result, 2).as_deref() {
		Some("NM") => {
			let Some(number) = message.text(result, 5).as_deref().and_then(number) else {
				return whole();
			};
			Some(("valueQuantity", quantity(message, result, number, None)))
		},
		Some("SN") => structured(message, result).or_else(whole),
		Some("CE" | "CWE" | "CNE") => Some(("valueCodeableConcept", message.coded(result, 5)?)),
		_ => whole(),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_moment_is_as_exact_as_it_is_told() {
		for (raw, read) in [
			("2026", Some("2026")),
			("202603", Some("2026-03")),
			("20260301", Some("2026-03-01")),
			("20260301103000", Some("2026-03-01")),
			("20260301103000+0100", Some("2026-03-01T10:30:00+01:00")),
			("202603011030-0500", Some("2026-03-01T10:30:00-05:00")),
			("20260301103000.123+0100", Some("2026-03-01T10:30:00+01:00")),
			("20260301103000+1", Some("2026-03-01")),
			(" 2026030110", Some("2026-03-01")),
			// As messages of real systems have them: a digit too few, day and month in other places, no such day.
			("196203520", None),
			("20010331605", None),
			("64121968", None),
			("101020114500", None),
			("20260230", None),
			("202613", None),
			("20260301250000+0100", None),
			("20260301106100", None),
			("20260301103000+9900", Some("2026-03-01")),
			("yesterday", None),
			("", None),
		] {
			assert_eq!(moment(raw).as_deref(), read, "{raw}");
		}
	}

	#[test]
	fn a_number_keeps_its_digits_and_what_is_none_is_text() {
		for raw in ["7", "-7.10", "0", "0.0", "12.000"] {
			assert_eq!(number(raw), Some(Value::Number(raw.into())));
		}
		assert_eq!(number("+7.5"), Some(Value::Number("7.5".into())));
		for raw in ["", "<5", "07", "1.", ".5", "1e5", "-", "1.2.3"] {
			assert_eq!(number(raw), None, "{raw}");
		}
	}

	#[test]
	fn code_systems_are_known_by_the_names_that_senders_give_them() {
		for (name, url) in [
			("LN", "http://loinc.org"),
			("LOINC", "http://loinc.org"),
			(" loinc ", "http://loinc.org"),
			("ICD-10-CM", "http://hl7.org/fhir/sid/icd-10-cm"),
			("CPT-4", "http://www.ama-assn.org/go/cpt"),
			(" HL70162", "http://terminology.hl7.org/CodeSystem/v2-0162"),
			("L", "urn:hl7v2:L"),
			("99LOCAL", "urn:hl7v2:99LOCAL"),
			("our codes|\u{e4}", "urn:hl7v2:our%20codes%7C%C3%A4"),
			("a:b+(c)-d_e.f~g", "urn:hl7v2:a:b+(c)-d_e.f~g"),
		] {
			assert_eq!(system(name), url, "{name}");
		}
	}

	#[test]
	fn a_structured_number_is_a_quantity_a_range_or_a_ratio() {
		let read = |raw: &str| {
			let message = format!("MSH|^~\\&|\rOBX|1|SN|a||{raw}|mg/dl");
			let message = Message::read(message.as_bytes()).unwrap();
			let (name, value) = value(&message, message.segment("OBX").unwrap()).unwrap();
			format!("{name} {}", String::from_utf8(value.canonical()).unwrap())
		};
		for (raw, expected) in [
			("^182", r#"valueQuantity {"unit":"mg/dl","value":182}"#),
			("=^182", r#"valueQuantity {"unit":"mg/dl","value":182}"#),
			(">=^1.50", r#"valueQuantity {"comparator":">=","unit":"mg/dl","value":1.50}"#),
			("^1^:^128", r#"valueRatio {"denominator":{"value":128},"numerator":{"value":1}}"#),
			(
				"^5^-^10",
				r#"valueRange {"high":{"unit":"mg/dl","value":10},"low":{"unit":"mg/dl","value":5}}"#,
			),
			("<>^5", r#"valueString "<>^5""#),
			(">^5^-^10", r#"valueString ">^5^-^10""#),
			("^2^+", r#"valueString "^2^+""#),
			("^few", r#"valueString "^few""#),
		] {
			assert_eq!(read(raw), expected, "{raw}");
		}
	}
}
