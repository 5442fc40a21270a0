//! What was asked of the house's FHIR server, played back: what the gateway would have answered, by what the chain says now. A line of the
//! file is a JSON object with `who`, the name of a question of the configuration, and `what`, as the server's log has it.

use super::{
	decisions::{Decisions, Fate},
	records::{Record, Whose},
};
use crate::{
	config::Shadow,
	ingest::{is_id, is_type},
};
use serde::{Deserialize, Serialize};
use std::{
	collections::{BTreeMap, HashMap},
	fmt,
	fs::File,
	io::{BufRead, BufReader, Read as _},
	path::Path,
};

/// The most lines of a file, and the most bytes of one.
const MAX_LINES: usize = 1_000_000;
const MAX_LINE: u64 = 65_536;

/// What was asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
	/// One resource: its type and id.
	Record(String),
	/// The resources of a type of one patient: the type, and the house's id of the patient.
	Search(String, String),
	/// Something that is not read here: another method, an operation, a search that names no patient.
	Other,
}

impl What {
	/// The type and id of the one resource that is asked for.
	pub fn record(&self) -> Option<String> {
		match self {
			Self::Record(reference) => Some(reference.clone()),
			_ => None,
		}
	}
}

/// A request of the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
	/// Who asked, as the file says it.
	pub who: String,
	/// What for.
	pub what: What,
}

/// Why the file cannot be read. Nothing of it names anybody.
#[derive(Debug)]
pub enum BadRequests {
	/// The system says so.
	Io(std::io::Error),
	/// A line is no such object: which, from 1.
	Line(usize),
	/// There are too many lines.
	TooMany,
}

impl fmt::Display for BadRequests {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Io(error) => error.fmt(f),
			Self::Line(line) => write!(
				f,
				"line {line} must be {{\"who\":\"…\",\"what\":\"GET /fhir/Observation/1\"}}, of at most {MAX_LINE} bytes"
			),
			Self::TooMany => write!(f, "there are more than {MAX_LINES} lines"),
		}
	}
}

impl std::error::Error for BadRequests {}

#[derive(Deserialize)]
struct Line {
	who: String,
	what: String,
}

/// Reads a file. What else is in a line is not looked at.
pub fn read_file(file: &Path) -> Result<Vec<Asked>, BadRequests> {
	let mut reader = BufReader::new(File::open(file).map_err(BadRequests::Io)?);
	let (mut all, mut at) = (Vec::new(), 0_usize);
	loop {
		let mut line = Vec::new();
		let mut limited = reader.by_ref().take(MAX_LINE);
		let read = limited.read_until(b'\n', &mut line).map_err(BadRequests::Io)?;
		if read == 0 {
			return Ok(all);
		}
		at = at.saturating_add(1);
		if line.trim_ascii().is_empty() {
			continue;
		}
		if all.len() >= MAX_LINES {
			return Err(BadRequests::TooMany);
		}
		// What is longer than a line may be is no JSON: it is cut off.
		let line: Line = serde_json::from_slice(&line).map_err(|_| BadRequests::Line(at))?;
		all.push(Asked { who: line.who, what: what(&line.what) });
	}
}

/// What a line of a server's log asks for: a method, unless it is GET, and a path or URL.
fn what(text: &str) -> What {
	let text = match text.trim().split_once(' ') {
		Some(("GET" | "HEAD", rest)) => rest.split(' ').next().unwrap_or_default(),
		Some(_) => return What::Other,
		None => text.trim(),
	};
	let (path, query) = text.split_once('?').unwrap_or((text, ""));
	let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
	match parts.as_slice() {
		[.., name, id, "_history", _version] if is_type(name) && is_id(id) => {
			What::Record(format!("{name}/{id}"))
		},
		[.., name, id] if is_type(name) && is_id(id) => What::Record(format!("{name}/{id}")),
		[.., name] if is_type(name) => match patient_of(query) {
			Some(local) => What::Search((*name).into(), local),
			None => What::Other,
		},
		_ => What::Other,
	}
}

/// The one patient whom a search names.
fn patient_of(query: &str) -> Option<String> {
	let url = reqwest::Url::parse(&format!("http://search/?{query}")).ok()?;
	let mut named = url
		.query_pairs()
		.filter(|(name, _)| {
			matches!(&**name, "patient" | "subject" | "patient:Patient" | "subject:Patient")
		})
		.map(|(_, value)| value.strip_prefix("Patient/").unwrap_or(&value).to_owned());
	match (named.next(), named.next()) {
		(Some(one), None) => Some(one).filter(|id| is_id(id)),
		_ => None,
	}
}

/// What the requests of one of those who asked would have become.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answers {
	/// The requests.
	pub requests: u64,
	/// Those for one record that would have left, whole or in part.
	pub released: u64,
	/// Those for one record that would have been refused, by why.
	pub refused: BTreeMap<String, u64>,
	/// Those for all of a patient's records of a type, all of which would have been found.
	pub search_all: u64,
	/// Some of which would have been found.
	pub search_some: u64,
	/// None of which would have been found.
	pub search_none: u64,
}

/// What all requests would have become.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestsReport {
	/// The requests.
	pub requests: u64,
	/// Those of somebody who is no question of the configuration.
	pub unknown_asker: u64,
	/// Those for something that is not read here.
	pub not_understood: u64,
	/// The others, by who asked.
	pub by_asker: BTreeMap<String, Answers>,
}

fn one(sum: &mut u64) {
	*sum = sum.saturating_add(1);
}

/// Why a record would not leave; none if it would.
fn refusal(decisions: &Decisions, question: usize, record: Option<&&Record>) -> Option<String> {
	let Some(record) = record else { return Some("the server does not have it".into()) };
	match (&record.judged, &record.whose) {
		(Err(not), _) => Some(format!("quarantine: {}", not.code())),
		(Ok(_), Whose::Nobody) => Some("quarantine: it names no patient, or several".into()),
		(Ok(_), Whose::Unlinked(_)) => Some("quarantine: the patient is not linked".into()),
		(Ok(_), Whose::Linked(..)) => match decisions.fate(question, record) {
			Some(Fate::Whole | Fate::Part) => None,
			Some(Fate::Refused(why)) => Some(why.clone()),
			None => Some("not decided".into()),
		},
	}
}

/// What would have become of all requests. A search finds what was read of the server, which may not be all.
pub fn answer(
	asked: &[Asked],
	shadow: &Shadow,
	records: &[&Record],
	decisions: &Decisions,
) -> RequestsReport {
	let by_reference: HashMap<&str, &Record> =
		records.iter().map(|record| (record.reference.as_str(), *record)).collect();
	let mut by_patient: HashMap<(&str, &str), Vec<&Record>> = HashMap::new();
	for record in records {
		if let Some(local) = record.whose.local() {
			by_patient.entry((record.resource_type.as_str(), local)).or_default().push(record);
		}
	}
	let mut report = RequestsReport::default();
	for Asked { who, what } in asked {
		one(&mut report.requests);
		let Some(question) = shadow.questions.iter().position(|each| each.name == *who) else {
			one(&mut report.unknown_asker);
			continue;
		};
		let answers = report.by_asker.entry(who.clone()).or_default();
		match what {
			What::Other => {
				one(&mut report.not_understood);
				continue;
			},
			What::Record(reference) => {
				match refusal(decisions, question, by_reference.get(reference.as_str())) {
					None => one(&mut answers.released),
					Some(why) => one(answers.refused.entry(why).or_default()),
				}
			},
			What::Search(name, local) => {
				let found = by_patient.get(&(name.as_str(), local.as_str()));
				let found = found.map(Vec::as_slice).unwrap_or_default();
				let leaving = found
					.iter()
					.filter(|record| refusal(decisions, question, Some(*record)).is_none())
					.count();
				one(match leaving {
					0 => &mut answers.search_none,
					some if some == found.len() => &mut answers.search_all,
					_ => &mut answers.search_some,
				});
			},
		}
		one(&mut answers.requests);
	}
	report
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_a_log_says_is_read_or_left_alone() {
		let record = |text: &str| What::Record(text.into());
		let search = |name: &str, id: &str| What::Search(name.into(), id.into());
		for (text, read) in [
			("Observation/1", record("Observation/1")),
			("GET /fhir/Observation/1", record("Observation/1")),
			("GET /fhir/Observation/1 HTTP/1.1", record("Observation/1")),
			("GET https://a/fhir/Observation/1/_history/2", record("Observation/1")),
			("GET /fhir/Observation?patient=p1&code=x", search("Observation", "p1")),
			("/fhir/Observation?subject=Patient%2Fp1", search("Observation", "p1")),
			("GET /fhir/Observation?patient=p1&patient=p2", What::Other),
			("GET /fhir/Observation", What::Other),
			("GET /fhir/Patient/1/$everything", What::Other),
			("POST /fhir/Observation/_search", What::Other),
			("PUT /fhir/Observation/1", What::Other),
			("GET /fhir/metadata", What::Other),
			("", What::Other),
		] {
			assert_eq!(what(text), read, "{text}");
		}
	}

	#[test]
	fn a_line_that_is_none_is_named_by_its_number() {
		let folder = tempfile::tempdir().unwrap();
		let file = folder.path().join("r");
		let good = "{\"who\":\"a\",\"what\":\"Observation/1\",\"when\":7}\n";
		std::fs::write(&file, format!("{good}\n{good}")).unwrap();
		assert_eq!(read_file(&file).unwrap().len(), 2);
		for bad in ["{\"who\":\"a\"}", "x", &"x".repeat(70_000)] {
			std::fs::write(&file, format!("{good}{bad}\n{good}")).unwrap();
			assert!(matches!(read_file(&file), Err(BadRequests::Line(2))), "{bad}");
		}
	}
}
