//! What becomes of a message: resources of FHIR R4. Of the same message always the same bytes, so that one that comes again is known. What
//! is not understood is kept as text or left out; of which class and with which labels a resource is, is judged afterwards.

use super::{
	message::{Message, Segment},
	values::{moment, system, value},
};
use crate::ingest::is_id;
use base64::{engine::general_purpose::STANDARD, Engine};
use salus_exchange_protocol::{fhir::Value, Hash};
use std::{collections::BTreeMap, fmt};

const V2_TABLE: &str = "http://terminology.hl7.org/CodeSystem/v2-";
const CONFIDENTIALITY: &str = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

/// Why a message becomes nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NotMapped {
	/// It is of a type that is not taken.
	Type(String),
	/// It lacks a segment, or a part of one, without which it says nothing.
	Lacks(&'static str),
	/// It has more than one of a segment: which of the rest belongs to which cannot be told.
	Several(&'static str),
	/// A part of it is there more often than anybody sends it.
	TooMany(&'static str),
}

impl fmt::Display for NotMapped {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Type(name) => write!(f, "messages of the type {name} are not taken"),
			Self::Lacks(part) => write!(f, "{part} is missing"),
			Self::Several(part) => write!(f, "several {part}: send one message for each"),
			Self::TooMany(part) => write!(f, "too many repetitions of {part}"),
		}
	}
}

/// What a message becomes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Mapped {
	/// The resources.
	pub resources: Vec<Value>,
	/// That each two ids are of one patient, as the sender says: the one that stays, and the one that goes.
	pub merges: Vec<(String, String)>,
}

pub(super) fn text(text: impl Into<String>) -> Value {
	Value::Text(text.into())
}

/// An object of the members that there are.
pub(super) fn object(members: Vec<(&str, Option<Value>)>) -> Value {
	let mut members: Vec<(String, Value)> =
		members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
	members.sort_by(|(a, _), (b, _)| a.cmp(b));
	Value::Object(members)
}

pub(super) fn list(values: Vec<Value>) -> Option<Value> {
	(!values.is_empty()).then_some(Value::List(values))
}

pub(super) fn coding(system: impl Into<String>, code: impl Into<String>) -> Value {
	object(vec![("system", Some(text(system))), ("code", Some(text(code)))])
}

fn concept(codings: Vec<Value>, words: Option<String>) -> Option<Value> {
	let (codings, words) = (list(codings), words.map(text));
	if codings.is_none() && words.is_none() {
		return None;
	}
	Some(object(vec![("coding", codings), ("text", words)]))
}

/// The most repetitions of a field that are looked at.
const MOST_REPETITIONS: usize = 100;

impl Message {
	/// A coded field (CE, CWE): the code and its alternative, each with its system, and the words.
	pub(super) fn coded(&self, segment: &Segment, number: usize) -> Option<Value> {
		let part = |component| self.component(segment, number, 0, component);
		let pair = |code, name| Some(coding(system(&part(name)?), part(code)?));
		let codings = [pair(1, 3), pair(4, 6)].into_iter().flatten().collect();
		// A code without its system is no code.
		concept(codings, part(2).or_else(|| part(5)).or_else(|| part(1)))
	}

	/// A moment: to the second with a zone, else the day, the month or the year. A time of day without a zone tells no moment.
	fn moment(&self, segment: &Segment, number: usize) -> Option<Value> {
		moment(&self.text(segment, number)?).map(text)
	}

	/// The house's id of the patient: of the repetition that is a medical record number, or the first one.
	fn patient(&self, segment: &Segment, number: usize) -> Option<String> {
		let all = || self.repeated(segment, number).take(MOST_REPETITIONS);
		let is_number = |one: &&str| self.part(one, 5).as_deref() == Some("MR");
		let one = all().find(is_number).or_else(|| all().next())?;
		self.part(one, 1).filter(|id| is_id(id))
	}

	fn subject(&self) -> Option<Value> {
		let id = self.patient(self.segment("PID")?, 3)?;
		Some(object(vec![("reference", Some(text(format!("Patient/{id}"))))]))
	}

	/// Who sends: ids are of a sender.
	fn sender(&self) -> String {
		let header = self.header();
		header.map_or_else(String::new, |header| {
			format!("{}|{}", self.raw(header, 3), self.raw(header, 4))
		})
	}

	fn id(&self, kind: &str, parts: &[&str]) -> String {
		let name = format!("{kind}\n{}\n{}", self.sender(), parts.join("\n"));
		let hash = Hash::of(name.as_bytes());
		let digits = hex::encode(hash.0);
		format!("v2-{}", digits.get(..40).unwrap_or(&digits))
	}
}

/// What a code of confidentiality (tables 0177 and 0272) asks for, as a security label. One that is not known here is one that nobody
/// knows, so that the record waits in quarantine.
fn confidentiality(code: &str) -> Value {
	match code {
		"U" => coding(CONFIDENTIALITY, "N"),
		"R" | "V" | "ETH" | "HIV" | "PSY" => coding(CONFIDENTIALITY, code),
		"AID" => coding(CONFIDENTIALITY, "HIV"),
		_ => coding(format!("{V2_TABLE}0177"), code),
	}
}

fn meta(codes: Vec<String>) -> Option<Value> {
	let labels = codes.iter().map(|code| confidentiality(code)).collect();
	Some(object(vec![("security", Some(list(labels)?))]))
}

fn observation_status(code: Option<&str>) -> &'static str {
	match code {
		Some("F") => "final",
		Some("P" | "S") => "preliminary",
		Some("C") => "corrected",
		Some("R" | "I" | "O") => "registered",
		Some("X") => "cancelled",
		Some("D" | "W") => "entered-in-error",
		_ => "unknown",
	}
}

fn report_status(code: Option<&str>) -> &'static str {
	match code {
		Some("F") => "final",
		Some("P") => "preliminary",
		Some("C") => "corrected",
		Some("A") => "partial",
		Some("O" | "S" | "I" | "R") => "registered",
		Some("X") => "cancelled",
		_ => "unknown",
	}
}

/// Results: each OBR is a report, each OBX below it an observation that the report names.
fn results(message: &Message) -> Result<Mapped, NotMapped> {
	let mut resources = Vec::new();
	let mut ids = Ids::default();
	let mut labels: Vec<String> = Vec::new();
	let mut left = message.segments.as_slice();
	while let Some((segment, rest)) = left.split_first() {
		left = rest;
		match segment.name.as_str() {
			"ORC" => {
				let all = message.repeated(segment, 28);
				labels = all
					.take(MOST_REPETITIONS.saturating_add(1))
					.filter_map(|one| message.part(one, 1))
					.collect();
				if labels.len() > MOST_REPETITIONS {
					return Err(NotMapped::TooMany("ORC-28"));
				}
			},
			"OBR" => {
				let count = left
					.iter()
					.take_while(|each| !matches!(each.name.as_str(), "OBR" | "ORC"))
					.count();
				let (own, behind) = left.split_at_checked(count).unwrap_or((left, &[]));
				left = behind;
				// What an order is labelled with holds for all that is reported below it.
				resources.extend(report(message, segment, own, labels.clone(), &mut ids)?);
			},
			_ => {},
		}
	}
	match resources.is_empty() {
		true => Err(NotMapped::Lacks("OBR")),
		false => Ok(Mapped { resources, merges: Vec::new() }),
	}
}

/// The ids of a message's results. Some senders number all of them alike, and two with one id would be two versions of one result, of which
/// the first is not seen any more. Of those that are numbered alike the second has an id as the second, whatever else the message has: so a
/// correction that has more results, or fewer, is of the same ones.
#[derive(Default)]
struct Ids(BTreeMap<String, usize>);

impl Ids {
	fn of(&mut self, message: &Message, kind: &str, parts: &[&str]) -> String {
		let id = message.id(kind, parts);
		let before = self.0.entry(id.clone()).or_default();
		*before = before.saturating_add(1);
		match *before {
			1 => id,
			count => message.id(kind, &[parts, &[count.to_string().as_str()]].concat()),
		}
	}
}

/// The notes (NTE) that stand at once behind a segment, as lines.
fn notes(message: &Message, behind: &[Segment]) -> Option<String> {
	let own = behind.iter().take_while(|segment| segment.name == "NTE");
	let comments =
		own.flat_map(|note| message.repeated(note, 3).filter_map(|one| message.words(one)));
	let lines: Vec<String> = comments.collect();
	(!lines.is_empty()).then(|| lines.join("\n"))
}

fn report(
	message: &Message,
	order: &Segment,
	below: &[Segment],
	labels: Vec<String>,
	ids: &mut Ids,
) -> Result<Vec<Value>, NotMapped> {
	let number = message.text(order, 3).or_else(|| message.text(order, 2));
	let number = number.ok_or(NotMapped::Lacks("OBR-3, the number of the order,"))?;
	let service = message.raw(order, 4);
	let section = message.text(order, 24);
	let category = section.map(|code| coding(format!("{V2_TABLE}0074"), code));
	let category = concept(category.into_iter().collect(), None).map(|one| Value::List(vec![one]));
	let moment = message.moment(order, 7);
	let (mut observations, mut named) = (Vec::new(), Vec::new());
	let mut left = below;
	let conclusion = notes(message, below);
	while let Some((result, behind)) = left.split_first() {
		left = behind;
		if result.name != "OBX" {
			continue;
		}
		let set = message.text(result, 1).unwrap_or_default();
		let parts =
			[number.as_str(), service, message.raw(result, 3), message.raw(result, 4), &set];
		let id = ids.of(message, "OBX", &parts);
		named.push(object(vec![("reference", Some(text(format!("Observation/{id}"))))]));
		let status = observation_status(message.text(result, 11).as_deref());
		let (name, value) = value(message, result).unzip();
		let note = notes(message, behind)
			.map(|words| Value::List(vec![object(vec![("text", Some(text(words)))])]));
		observations.push(object(vec![
			("resourceType", Some(text("Observation"))),
			("id", Some(text(id))),
			("meta", meta(labels.clone())),
			("status", Some(text(status))),
			("category", category.clone()),
			("code", Some(message.coded(result, 3).ok_or(NotMapped::Lacks("OBX-3"))?)),
			("subject", message.subject()),
			("effectiveDateTime", message.moment(result, 14).or_else(|| moment.clone())),
			("note", note),
			(name.unwrap_or("valueString"), value),
		]));
	}
	let report = object(vec![
		("resourceType", Some(text("DiagnosticReport"))),
		("id", Some(text(ids.of(message, "OBR", &[&number, service])))),
		("meta", meta(labels)),
		("status", Some(text(report_status(message.text(order, 25).as_deref())))),
		("category", category),
		("code", Some(message.coded(order, 4).ok_or(NotMapped::Lacks("OBR-4"))?)),
		("subject", message.subject()),
		("effectiveDateTime", moment),
		("result", list(named)),
		("conclusion", conclusion.map(text)),
	]);
	observations.push(report);
	Ok(observations)
}

/// A document: TXA tells what it is, and the OBX what stands in it.
fn document(message: &Message) -> Result<Mapped, NotMapped> {
	let about = message.segment("TXA").ok_or(NotMapped::Lacks("TXA"))?;
	let number =
		message.text(about, 12).ok_or(NotMapped::Lacks("TXA-12, the document's number,"))?;
	let (mut lines, mut contents) = (Vec::new(), Vec::new());
	for result in message.segments.iter().filter(|segment| segment.name == "OBX") {
		if message.text(result, 2).as_deref() == Some("ED") {
			// Source, type, subtype, encoding, data.
			let part = |component| message.component(result, 5, 0, component);
			let kind = match part(3).map(|name| name.to_ascii_lowercase()).as_deref() {
				Some("pdf") => "application/pdf",
				Some("jpeg" | "jpg") => "image/jpeg",
				Some("html") => "text/html",
				Some("xml") => "application/xml",
				_ => "application/octet-stream",
			};
			let data = part(5).filter(|_| part(4).as_deref() == Some("Base64"));
			let data =
				data.and_then(|data| STANDARD.decode(data.replace(['\r', '\n', ' '], "")).ok());
			let data = data.ok_or(NotMapped::Lacks("OBX-5 in Base64"))?;
			contents.push((kind, data));
		} else if let Some(line) = message.whole(result, 5) {
			lines.push(line);
		}
	}
	if !lines.is_empty() {
		contents.push(("text/plain; charset=utf-8", lines.join("\n").into_bytes()));
	}
	if contents.is_empty() {
		return Err(NotMapped::Lacks("OBX-5, what stands in the document,"));
	}
	let contents = contents.into_iter().map(|(kind, data)| {
		let attachment = object(vec![
			("contentType", Some(text(kind))),
			("data", Some(text(STANDARD.encode(data)))),
		]);
		object(vec![("attachment", Some(attachment))])
	});
	let status = match message.text(about, 19).as_deref() {
		Some("CA" | "OB") => "entered-in-error",
		_ => "current",
	};
	let resource = object(vec![
		("resourceType", Some(text("DocumentReference"))),
		("id", Some(text(message.id("TXA", &[&number])))),
		("meta", meta(message.text(about, 18).into_iter().collect())),
		("status", Some(text(status))),
		("type", document_type(message, about)),
		("subject", message.subject()),
		(
			"date",
			message
				.moment(about, 6)
				.filter(|date| matches!(date, Value::Text(date) if date.contains('T'))),
		),
		(
			"context",
			message.moment(about, 4).map(|moment| {
				object(vec![(
					"period",
					Some(object(vec![("start", Some(moment.clone())), ("end", Some(moment))])),
				)])
			}),
		),
		("content", list(contents.collect())),
	]);
	Ok(Mapped { resources: vec![resource], merges: Vec::new() })
}

/// The type of a document, of table 0270 if no system is named.
fn document_type(message: &Message, about: &Segment) -> Option<Value> {
	let code = message.component(about, 2, 0, 1)?;
	match message.component(about, 2, 0, 3) {
		Some(_) => message.coded(about, 2),
		None => concept(vec![coding(format!("{V2_TABLE}0270"), code)], None),
	}
}

/// A patient, and the visit if there is one.
fn patient(message: &Message) -> Result<Mapped, NotMapped> {
	let about = message.segment("PID").ok_or(NotMapped::Lacks("PID"))?;
	let id = message
		.patient(about, 3)
		.ok_or(NotMapped::Lacks("PID-3, an id of 1 to 64 letters, digits, - and .,"))?;
	let part = |component| message.component(about, 5, 0, component);
	let name = object(vec![
		("family", part(1).map(text)),
		("given", list([part(2), part(3)].into_iter().flatten().map(text).collect())),
	]);
	let has_name = name != Value::Object(Vec::new());
	let gender = message.text(about, 8).map(|code| match code.as_str() {
		"M" => "male",
		"F" => "female",
		"O" | "A" => "other",
		_ => "unknown",
	});
	let birth = message.text(about, 7).and_then(|raw| moment(&raw));
	let mut resources = vec![object(vec![
		("resourceType", Some(text("Patient"))),
		("id", Some(text(&id))),
		("name", has_name.then(|| Value::List(vec![name]))),
		("gender", gender.map(text)),
		("birthDate", birth.map(|moment| text(moment.split('T').next().unwrap_or_default()))),
	])];
	if let Some(visit) = message.segment("PV1") {
		if let Some(number) = message.text(visit, 19) {
			resources.push(encounter(message, visit, &number));
		}
	}
	Ok(Mapped { resources, merges: Vec::new() })
}

fn encounter(message: &Message, visit: &Segment, number: &str) -> Value {
	const ACT: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
	let class = match message.text(visit, 2).as_deref() {
		Some("I") => coding(ACT, "IMP"),
		Some("O") => coding(ACT, "AMB"),
		Some("E") => coding(ACT, "EMER"),
		Some(other) => coding(format!("{V2_TABLE}0004"), other),
		None => coding(ACT, "IMP"),
	};
	let (start, end) = (message.moment(visit, 44), message.moment(visit, 45));
	let status = if end.is_some() { "finished" } else { "in-progress" };
	let period =
		(start.is_some() || end.is_some()).then(|| object(vec![("start", start), ("end", end)]));
	object(vec![
		("resourceType", Some(text("Encounter"))),
		("id", Some(text(message.id("PV1", &[number])))),
		("status", Some(text(status))),
		("class", Some(class)),
		("subject", message.subject()),
		("period", period),
	])
}

/// That ids are of one patient each: one message may tell of several patients. Nothing is joined by that.
fn merge(message: &Message) -> Result<Mapped, NotMapped> {
	let (mut merges, mut about) = (Vec::new(), None);
	for segment in &message.segments {
		match segment.name.as_str() {
			"PID" => about = Some(segment),
			"MRG" => {
				let about = about.ok_or(NotMapped::Lacks("PID"))?;
				let surviving = message.patient(about, 3).ok_or(NotMapped::Lacks("PID-3"))?;
				let prior = message.patient(segment, 1).ok_or(NotMapped::Lacks("MRG-1"))?;
				merges.push((surviving, prior));
			},
			_ => {},
		}
	}
	match merges.is_empty() {
		true => Err(NotMapped::Lacks("MRG")),
		false => Ok(Mapped { resources: Vec::new(), merges }),
	}
}

/// The type of a message: `ORU^R01`.
pub fn type_of(message: &Message) -> String {
	let part = |at| message.header().and_then(|header| message.component(header, 9, 0, at));
	format!("{}^{}", part(1).unwrap_or_default(), part(2).unwrap_or_default())
}

/// What a message becomes.
pub fn mapped(message: &Message) -> Result<Mapped, NotMapped> {
	let kind = type_of(message);
	let is_several = |name: &str| {
		message.segments.iter().filter(|segment| segment.name == name).nth(1).is_some()
	};
	// Whose the rest is hangs on where it stands; here it would all become the first one's.
	if kind != "ADT^A40" && is_several("PID") {
		return Err(NotMapped::Several("PID"));
	}
	if kind == "MDM^T02" && is_several("TXA") {
		return Err(NotMapped::Several("TXA"));
	}
	match kind.as_str() {
		"ORU^R01" => results(message),
		"MDM^T02" => document(message),
		"ADT^A01" | "ADT^A04" | "ADT^A08" | "ADT^A28" | "ADT^A31" => patient(message),
		"ADT^A40" => merge(message),
		other => {
			let name: String = other.chars().filter(char::is_ascii_graphic).take(20).collect();
			Err(NotMapped::Type(name))
		},
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::collections::BTreeSet;

	fn shown(message: &str) -> Vec<String> {
		let message = Message::read(message.as_bytes()).unwrap();
		let resources = mapped(&message).unwrap().resources;
		resources.iter().map(|it| String::from_utf8(it.canonical()).unwrap()).collect()
	}

	const HEAD: &str = "MSH|^~\\&|LAB|H|GW|H|20260301||";

	#[test]
	fn results_become_observations_and_a_report_that_names_them() {
		let message = format!("{HEAD}ORU^R01|1|P|2.5\rPID|1||p^^^H^MR\rORC|RE|||||||||||||||||||||||||||HIV\rOBR|1|a|b|24331-1^Lipids^LN|||20260301103000+0100|||||||||||||||||CH|F\rOBX|1|NM|2093-3^Cholesterol^LN||7.10|mmol/L^^UCUM|||||C\rOBX|2|ST|X^Note^L||a\\.br\\b||||||F|||20260302\r");
		let found = shown(&message);
		assert_eq!(found.len(), 3);
		assert!(
			found[0].contains("\"value\":7.10") && found[0].contains("\"code\":\"mmol/L\""),
			"{}",
			found[0]
		);
		assert!(
			found[0].contains("\"status\":\"corrected\"")
				&& found[0].contains("2026-03-01T10:30:00+01:00")
		);
		assert!(
			found[1].contains("\"valueString\":\"a\\nb\"")
				&& found[1].contains("\"effectiveDateTime\":\"2026-03-02\""),
			"{}",
			found[1]
		);
		assert!(found[1].contains("urn:hl7v2:L"));
		assert!(found.iter().all(|one| one.contains("v3-Confidentiality")
			&& one.contains("\"HIV\"")
			&& one.contains("Patient/p")));
		assert!(found[2].contains("\"result\":[{\"reference\":\"Observation/v2-"), "{}", found[2]);
		// The same message has the same bytes; another sender's is another one.
		assert_eq!(shown(&message), found);
		assert_ne!(shown(&message.replace("|LAB|", "|LAB2|")), found);
	}

	#[test]
	fn results_that_are_numbered_alike_are_results_of_their_own() {
		let results = "OBR|1||b|x^y^L|||20260301\rOBX|1|TX|t^Text^L||one\rOBX|1|TX|t^Text^L||two\r";
		let message = format!("{HEAD}ORU^R01|1|P|2.5\rPID|1||p\r{results}{results}");
		let found = shown(&message);
		let id = |one: &String| {
			let (_, behind) = one.split_once("\"id\":\"").unwrap();
			behind.split_once('"').unwrap().0.to_owned()
		};
		let ids: BTreeSet<String> = found.iter().map(id).collect();
		assert_eq!((found.len(), ids.len()), (6, 6));
		assert_eq!(shown(&message), found, "the same message has the same ids");
		// A correction that has a result more before them is of the same ones.
		let more = "OBR|1||c|x^y^L|||20260301\rOBX|1|TX|t^Text^L||more\r";
		let corrected = results.replace("||two", "||three");
		let message = format!("{HEAD}ORU^R01|2|P|2.5\rPID|1||p\r{more}{corrected}{results}");
		let corrected: BTreeSet<String> = shown(&message).iter().map(id).collect();
		assert_eq!((corrected.len(), corrected.is_superset(&ids)), (8, true));
		// Nor does it matter how many stand before one without a number.
		let of = |codes: &[&str]| {
			let each = codes.iter().map(|code| format!("OBX||TX|{code}^Text^L||one\r"));
			let results: String = each.collect();
			let message =
				format!("{HEAD}ORU^R01|3|P|2.5\rPID|1||p\rOBR|1||d|x^y^L|||20260301\r{results}");
			shown(&message).iter().map(id).collect::<BTreeSet<String>>()
		};
		assert!(of(&["s", "t", "u"]).is_superset(&of(&["t", "u"])));
	}

	#[test]
	fn a_message_about_several_patients_is_not_taken() {
		let group =
			|patient: &str, order: &str| {
				format!("PID|1||{patient}^^^H^MR\rOBR|1||{order}|x^y^L\rOBX|1|TX|t^Text^L||of {patient}\r")
			};
		let of = |text: String| mapped(&Message::read(text.as_bytes()).unwrap());
		let results = format!("{HEAD}ORU^R01|1|P|2.5\r");
		let both = of(format!("{results}{}{}", group("p", "a"), group("q", "b")));
		assert_eq!(both, Err(NotMapped::Several("PID")));
		assert!(of(format!("{results}{}", group("p", "a"))).is_ok());
		let document = "TXA|1|11502-2^^LN|TX|20260301||||||||d\rOBX|1|TX|||words\r";
		let two = format!("{HEAD}MDM^T02|1|P|2.5\rPID|1||p\r{document}{document}");
		assert_eq!(of(two), Err(NotMapped::Several("TXA")));
	}

	#[test]
	fn what_an_order_is_labelled_with_holds_for_each_report_below_it() {
		let orders =
			"OBR|1||a|x^y^L\rOBX|1|TX|t^Text^L||one\rOBR|2||b|x^y^L\rOBX|1|TX|t^Text^L||two\r";
		let order = format!("ORC|RE{}HIV\r", "|".repeat(27));
		let found = shown(&format!(
			"{HEAD}ORU^R01|1|P|2.5\rPID|1||p\r{order}{orders}ORC|RE\rOBR|3||c|x^y^L\r"
		));
		assert_eq!(found.len(), 5);
		let labelled = found.iter().filter(|each| each.contains("\"HIV\"")).count();
		assert_eq!(labelled, 4, "{found:?}");
	}

	#[test]
	fn many_repetitions_take_no_longer_than_their_bytes() {
		let many = "~".repeat(2_000_000);
		let begun = std::time::Instant::now();
		let observations = "OBX|1|TX|t^Text^L||one\r".repeat(20);
		let message = format!(
			"{HEAD}ORU^R01|1|P|2.5\rPID|1||{many}\rOBR|1||a|x^y^L\r{observations}NTE|1|L|{many}\r"
		);
		let message = Message::read(message.as_bytes()).unwrap();
		assert!(mapped(&message).is_ok());
		let order = format!(
			"{HEAD}ORU^R01|1|P|2.5\rPID|1||p\rORC|RE{}{}\rOBR|1||a|x^y^L\r",
			"|".repeat(27),
			"R~".repeat(200_000)
		);
		let order = Message::read(order.as_bytes()).unwrap();
		assert_eq!(mapped(&order), Err(NotMapped::TooMany("ORC-28")));
		// It was days.
		assert!(begun.elapsed().as_secs() < 60);
	}

	#[test]
	fn notes_stay_with_what_they_are_about() {
		let message = format!("{HEAD}ORU^R01|1|P|2.5\rPID|1||p\rNTE|1||of the patient\rOBR|1||b|x^y^L\rNTE|1|L|all of it\rOBX|1|CE|r^Result^L||M415\rNTE|1|L|MORAXELLA\rNTE|2|L|HEAVY GROWTH~by culture\rOBX|2|ST|s^Other^L||none\r");
		let found = shown(&message);
		assert!(
			found[0].contains(r#""note":[{"text":"MORAXELLA\nHEAVY GROWTH\nby culture"}]"#),
			"{}",
			found[0]
		);
		assert!(!found[1].contains("note"), "{}", found[1]);
		assert!(found[2].contains(r#""conclusion":"all of it""#), "{}", found[2]);
		assert!(!found.concat().contains("of the patient"));
	}

	#[test]
	fn a_code_of_confidentiality_that_is_not_known_stays_one_that_nobody_knows() {
		for (code, label) in [("U", "\"N\""), ("AID", "\"HIV\""), ("VIP", "v2-0177")] {
			let message = format!("{HEAD}MDM^T02|1|P|2.5\rPID|1||p\rTXA|1|11502-2^^LN|TX|20260301||||||||d||||||{code}\rOBX|1|TX|||words\r");
			assert!(shown(&message)[0].contains(label), "{code}");
		}
	}

	#[test]
	fn a_patient_without_an_id_that_fhir_has_is_none() {
		let result = |id: &str| {
			let message =
				format!("{HEAD}ORU^R01|1|P|2.5\rPID|1||{id}\rOBR|1||b|x^y^L\rOBX|1|ST|a^b^L||c\r");
			shown(&message)[0].contains("subject")
		};
		assert!(result("p-1.A") && !result("p/1") && !result("") && !result("\u{e4}"));
		let unknown = Message::read(format!("{HEAD}ADT^A08|1\rPID|1||p/1").as_bytes()).unwrap();
		assert!(matches!(mapped(&unknown), Err(NotMapped::Lacks(_))));
	}

	#[test]
	fn a_merge_says_who_stays_and_who_goes_and_becomes_no_resource() {
		let message = format!("{HEAD}ADT^A40|1|P|2.5\rPID|1||p1^^^H^PI~p2^^^H^MR\rMRG|p9^^^H^MR");
		let message = Message::read(message.as_bytes()).unwrap();
		let expected = Mapped { resources: vec![], merges: vec![("p2".into(), "p9".into())] };
		assert_eq!(mapped(&message), Ok(expected));
	}

	#[test]
	fn every_merge_of_a_message_is_told() {
		let message = format!("{HEAD}ADT^A40|1|P|2.5\rPID|1||p1\rMRG|p8\rPV1|1\rPID|2||p2\rMRG|p9");
		let merges = mapped(&Message::read(message.as_bytes()).unwrap()).unwrap().merges;
		let pair = |stays: &str, goes: &str| (stays.to_owned(), goes.to_owned());
		assert_eq!(merges, [pair("p1", "p8"), pair("p2", "p9")]);
		for bad in ["PID|1||p1", "MRG|p8\rPID|1||p1", "PID|1||p1\rMRG|p8\rPID|2||p2\rMRG|"] {
			let message = format!("{HEAD}ADT^A40|1|P|2.5\r{bad}");
			let message = Message::read(message.as_bytes()).unwrap();
			assert!(matches!(mapped(&message), Err(NotMapped::Lacks(_))), "{bad}");
		}
	}

	#[test]
	fn other_messages_are_refused_by_their_type() {
		let message = Message::read(format!("{HEAD}ADT^A03|1").as_bytes()).unwrap();
		assert_eq!(mapped(&message), Err(NotMapped::Type("ADT^A03".into())));
	}
}
