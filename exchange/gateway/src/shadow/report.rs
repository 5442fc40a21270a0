//! The report: what the shadow saw, counted, for the privacy officer. It has examples by type and id, and so stays inside.

use super::{
	decisions::{Decisions, Fate},
	records::{NotHeld, Read, Record, Whose},
	requests::RequestsReport,
};
use crate::{chain::now, config::ShadowConfig, ingest::NotTaken, upstream::page::moment};
use salus_exchange_policy::{NotClassified, SensitivityLabel};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The most codes that are told of each fault.
const MAX_CODES: usize = 20;
/// The fault of a record of which it is not known whose it is, as ingest has it.
const PATIENT_UNKNOWN: &str = "patient-unknown";
/// What stands where there are no labels.
const NO_LABEL: &str = "none";

/// The report.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
	/// When it was made, in UTC.
	pub made: String,
	/// The server.
	pub server: String,
	/// The most resources that were read of each type.
	pub most: usize,
	/// All types together.
	pub totals: Counts,
	/// By type.
	pub types: BTreeMap<String, TypeReport>,
	/// Types that were to be read, and that the server does not offer.
	pub not_offered: Vec<String>,
	/// Types that the server offers, and that were not read.
	pub not_read: Vec<String>,
	/// By class, of what is classified.
	pub classes: BTreeMap<String, ClassReport>,
	/// By label, of what is classified; with several labels it counts several times.
	pub labels: BTreeMap<String, u64>,
	/// Why something would not be held.
	pub faults: BTreeMap<String, FaultReport>,
	/// Who the records are about.
	pub patients: Patients,
	/// What would leave, for each question.
	pub questions: Vec<QuestionReport>,
	/// What was asked of the server, if that was to be played back.
	pub requests: Option<RequestsReport>,
}

/// What would become of records when they came in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
	/// All that were read: the sum of the next three.
	pub read: u64,
	/// They would be held.
	pub held: u64,
	/// They would be in quarantine, whether for their class and labels or for their patient.
	pub quarantined: u64,
	/// They would not be taken in.
	pub refused: u64,
	/// They would be held once each patient is linked.
	pub held_once_linked: u64,
}

/// A type.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TypeReport {
	/// What would become of its records.
	#[serde(flatten)]
	pub counts: Counts,
	/// Whether these are all that the server has.
	pub is_all: bool,
	/// Why not all could be read.
	pub fault: Option<String>,
}

/// A class.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClassReport {
	/// Its records.
	pub records: u64,
	/// Those with labels.
	pub labelled: u64,
	/// Those of which it is not known of what time they are: only a Permit for all of time permits these.
	pub time_unknown: u64,
}

/// A fault.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FaultReport {
	/// The records that have it.
	pub records: u64,
	/// What would help.
	pub help: String,
	/// By type.
	pub types: BTreeMap<String, u64>,
	/// The codes that tell no class, or several; the most frequent ones.
	pub codes: Vec<CodeReport>,
	/// Some of the records.
	pub examples: Vec<Example>,
	#[serde(skip)]
	all_codes: BTreeMap<(String, String, String), u64>,
}

/// A code.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CodeReport {
	/// The element.
	pub element: String,
	/// Its system.
	pub system: String,
	/// The code.
	pub code: String,
	/// The records that have it.
	pub records: u64,
}

/// A record that has a fault.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Example {
	/// Its type and id.
	pub reference: String,
	/// Where in the resource.
	pub path: String,
	/// In words.
	pub detail: String,
}

/// Who the records are about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Patients {
	/// Patients who are linked, and have records here.
	pub linked: u64,
	/// Patients who are not.
	pub unlinked: u64,
	/// Records of those who are linked.
	pub records_linked: u64,
	/// Records of those who are not.
	pub records_unlinked: u64,
	/// Records that name no patient, or several.
	pub records_of_nobody: u64,
}

/// What would leave for one question.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QuestionReport {
	/// Who asks, as the house calls them.
	pub name: String,
	/// The number of their organisation.
	pub organisation: u32,
	/// What for.
	pub purpose: String,
	/// To do what.
	pub action: String,
	/// All records that would be held.
	pub totals: Fates,
	/// Why something would be refused.
	pub reasons: BTreeMap<String, u64>,
	/// By type.
	pub types: BTreeMap<String, Fates>,
	/// By class.
	pub classes: BTreeMap<String, Fates>,
	/// By label; with several labels it counts several times.
	pub labels: BTreeMap<String, Fates>,
	/// Some of what would be refused, with why.
	pub examples: Vec<Example>,
	/// Why not all was decided.
	pub undecided: Option<String>,
}

/// What would become of records that are asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fates {
	/// They would leave whole.
	pub whole: u64,
	/// They would leave without something that they contain.
	pub part: u64,
	/// They would be refused.
	pub refused: u64,
	/// It was not decided.
	pub undecided: u64,
}

fn one(sum: &mut u64) {
	*sum = sum.saturating_add(1);
}

impl Fates {
	fn count(&mut self, fate: Option<&Fate>) {
		one(match fate {
			Some(Fate::Whole) => &mut self.whole,
			Some(Fate::Part) => &mut self.part,
			Some(Fate::Refused(_)) => &mut self.refused,
			None => &mut self.undecided,
		});
	}
}

impl Counts {
	fn count(&mut self, record: &Record) {
		one(&mut self.read);
		let is_somebodys = !matches!(record.whose, Whose::Nobody);
		if record.judged.is_ok() && is_somebodys {
			one(&mut self.held_once_linked);
		}
		one(match (&record.judged, &record.whose) {
			(Err(NotHeld::Refused(_)), _) => &mut self.refused,
			(Ok(_), Whose::Linked(..)) => &mut self.held,
			_ => &mut self.quarantined,
		});
	}
}

/// Names of labels; one for none.
fn labels_of<'a>(
	labels: impl IntoIterator<Item = &'a SensitivityLabel>,
) -> impl Iterator<Item = &'static str> {
	let names: Vec<&str> = labels.into_iter().map(|label| label.name()).collect();
	let none = names.is_empty().then_some(NO_LABEL);
	names.into_iter().chain(none)
}

/// What would help against a fault that is none of a class or label.
fn help_of(not: &NotHeld) -> &'static str {
	match not {
		NotHeld::Quarantined(NotClassified::Refused(refused)) => refused.fault.help(),
		NotHeld::Quarantined(NotClassified::NotFhirJson(_)) => {
			"Have the server give it as JSON of one reading, within the limits."
		},
		NotHeld::Withheld(_) => {
			"Send what is about somebody else as a record of that one, name nobody but the patient and those who treat, and attach Binaries as Binary/id."
		},
		NotHeld::Refused(NotTaken::NotJson) => {
			"Have the server give it as JSON that has each member once."
		},
		NotHeld::Refused(_) => "Have the server give it a type and an id.",
	}
}

impl FaultReport {
	fn count(&mut self, record: &Record, most: usize, path: &str, detail: &str) {
		one(&mut self.records);
		one(self.types.entry(record.resource_type.clone()).or_default());
		for token in &record.codes {
			let key = (token.name.clone(), token.system.clone(), token.code.clone());
			one(self.all_codes.entry(key).or_default());
		}
		if self.examples.len() < most {
			self.examples.push(Example {
				reference: record.reference.clone(),
				path: path.into(),
				detail: detail.into(),
			});
		}
	}

	fn end(&mut self) {
		let mut codes: Vec<CodeReport> = std::mem::take(&mut self.all_codes)
			.into_iter()
			.map(|((element, system, code), records)| CodeReport { element, system, code, records })
			.collect();
		codes.sort_by_key(|code| std::cmp::Reverse(code.records));
		codes.truncate(MAX_CODES);
		self.codes = codes;
	}
}

/// The fault of a record as ingest would name it, with its path and words; none if it would be held.
fn fault_of(record: &Record) -> Option<(&str, String, String, &'static str)> {
	match (&record.judged, &record.whose) {
		(Ok(_), Whose::Linked(..)) => None,
		(Ok(_), Whose::Unlinked(_)) => Some((
			PATIENT_UNKNOWN,
			String::new(),
			"its patient is not linked to a handle".into(),
			"Link the patient, once a person has found out who it is.",
		)),
		(Ok(_), Whose::Nobody) => Some((
			PATIENT_UNKNOWN,
			String::new(),
			"it names no patient, or several".into(),
			"Link the patient, once a person has found out who it is.",
		)),
		(Err(not), _) => {
			let (path, detail) = match not {
				NotHeld::Quarantined(NotClassified::Refused(refused)) => {
					(refused.path.clone(), refused.detail.clone())
				},
				NotHeld::Quarantined(NotClassified::NotFhirJson(error)) => {
					(String::new(), error.to_string())
				},
				NotHeld::Withheld(others) => (others.path.clone(), others.detail.into()),
				NotHeld::Refused(_) => (String::new(), String::new()),
			};
			Some((not.code(), path, detail, help_of(not)))
		},
	}
}

impl Report {
	/// Counts.
	pub fn of(
		config: &ShadowConfig,
		read: &Read,
		decisions: &Decisions,
		requests: Option<RequestsReport>,
	) -> Self {
		let shadow = &config.shadow;
		let mut report = Self {
			made: moment(now()),
			server: config.upstream.url.clone(),
			most: shadow.most,
			totals: Counts::default(),
			types: BTreeMap::new(),
			not_offered: read.not_offered.clone(),
			not_read: read.not_read.clone(),
			classes: BTreeMap::new(),
			labels: BTreeMap::new(),
			faults: BTreeMap::new(),
			patients: Patients::default(),
			questions: Vec::new(),
			requests,
		};
		for each in &read.types {
			let row = report.types.entry(each.resource_type.clone()).or_default();
			row.is_all = each.is_all;
			row.fault = each.fault.as_ref().map(ToString::to_string);
		}
		let (mut linked, mut unlinked) = (BTreeSet::new(), BTreeSet::new());
		for record in &read.records {
			report.totals.count(record);
			report.types.entry(record.resource_type.clone()).or_default().counts.count(record);
			if let Ok(judged) = &record.judged {
				let row = report.classes.entry(judged.data_class.name().into()).or_default();
				one(&mut row.records);
				if !judged.labels.is_empty() {
					one(&mut row.labelled);
				}
				if judged.data_time.is_none() {
					one(&mut row.time_unknown);
				}
				for label in labels_of(&judged.labels) {
					one(report.labels.entry(label.into()).or_default());
				}
			}
			if let Some((code, path, detail, help)) = fault_of(record) {
				let row = report.faults.entry(code.into()).or_default();
				row.help = help.into();
				row.count(record, shadow.examples, &path, &detail);
			}
			match &record.whose {
				Whose::Nobody => one(&mut report.patients.records_of_nobody),
				Whose::Unlinked(local) => {
					unlinked.insert(local);
					one(&mut report.patients.records_unlinked);
				},
				Whose::Linked(_, handle) => {
					linked.insert(handle);
					one(&mut report.patients.records_linked);
				},
			}
		}
		let count = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
		(report.patients.linked, report.patients.unlinked) =
			(count(linked.len()), count(unlinked.len()));
		report.faults.values_mut().for_each(FaultReport::end);
		for at in 0..shadow.questions.len() {
			report.questions.extend(question(config, at, &read.records, decisions));
		}
		report
	}
}

/// What would leave for one question, of the records that would be held.
fn question(
	config: &ShadowConfig,
	at: usize,
	records: &[Record],
	decisions: &Decisions,
) -> Option<QuestionReport> {
	let question = config.shadow.questions.get(at)?;
	let mut report = QuestionReport {
		name: question.name.clone(),
		organisation: question.organisation,
		purpose: question.asker.purpose.name().into(),
		action: question.asker.action.name().into(),
		totals: Fates::default(),
		reasons: BTreeMap::new(),
		types: BTreeMap::new(),
		classes: BTreeMap::new(),
		labels: BTreeMap::new(),
		examples: Vec::new(),
		undecided: decisions.undecided(at).map(Into::into),
	};
	for record in records {
		let (Ok(judged), Whose::Linked(..)) = (&record.judged, &record.whose) else { continue };
		let fate = decisions.fate(at, record);
		report.totals.count(fate);
		report.types.entry(record.resource_type.clone()).or_default().count(fate);
		report.classes.entry(judged.data_class.name().into()).or_default().count(fate);
		for label in labels_of(&judged.labels) {
			report.labels.entry(label.into()).or_default().count(fate);
		}
		if let Some(Fate::Refused(why)) = fate {
			one(report.reasons.entry(why.clone()).or_default());
			if report.examples.len() < config.shadow.examples {
				report.examples.push(Example {
					reference: record.reference.clone(),
					path: String::new(),
					detail: why.clone(),
				});
			}
		}
	}
	Some(report)
}
