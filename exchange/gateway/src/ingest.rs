//! Records come in: each is encrypted into the vault, classified or put into quarantine, and waits for its batch. Whoever got no
//! answer sends it again, and nothing is there twice.

mod again;
#[cfg(test)]
mod tests;

use crate::{
	binaries::tokens_of_binaries,
	chain::now,
	gateway::{Failure, Gateway},
	group::{Around, Coming},
	said::{said_with, Lists, TOO_MUCH_SAID},
	store::{Names, State, Token},
	vault::Kind,
	within::tokens_of_links,
};
use salus_exchange_policy::{attachments, classify, Beside, NotClassified, BINARY};
use salus_exchange_protocol::{
	fhir::{self, Value},
	Hash,
};
use std::{
	borrow::Cow,
	collections::{BTreeMap, BTreeSet},
};

/// Why a record is not taken at all, not even into quarantine: it could not be named.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum NotTaken {
	/// It is not JSON of one reading, or beyond a limit.
	NotJson,
	/// It has no type, or one that is no name.
	NoType,
	/// It has no id, or none of 1 to 64 letters, digits, `-` and `.`.
	NoId,
	/// It was erased, and does not come back.
	Erased,
}

impl NotTaken {
	/// Its name in answers.
	pub const fn code(self) -> &'static str {
		match self {
			Self::NotJson => "not-json",
			Self::NoType => "no-type",
			Self::NoId => "no-id",
			Self::Erased => "erased",
		}
	}
}

/// What became of a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Taken {
	/// It is kept, and can be asked for.
	Held {
		/// The version, from 1.
		version: u64,
	},
	/// It is kept, and does not leave before somebody has looked at it.
	Quarantined {
		/// The version, from 1.
		version: u64,
		/// The name of the fault.
		fault: String,
		/// Where in the resource.
		path: String,
	},
	/// These very bytes were kept before.
	Same {
		/// The version.
		version: u64,
	},
	/// It is not kept.
	Refused(NotTaken),
}

/// A record with what became of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
	/// Its type and id, as far as it has them.
	pub reference: String,
	/// What became of it.
	pub taken: Taken,
}

/// Types that tell nothing about how what refers to them is to be treated.
const UNTOLD: [&str; 8] = [
	"Patient",
	"Practitioner",
	"PractitionerRole",
	"Organization",
	"Location",
	"Encounter",
	"Device",
	"RelatedPerson",
];
/// The type of which a record is a patient.
pub(crate) const PATIENT: &str = "Patient";
/// The most resources that are looked up beside one.
const MAX_BESIDE: usize = 100;
/// The fault of a record of which it is not known whose it is.
pub(crate) const PATIENT_UNKNOWN: &str = "patient-unknown";
/// The fault of a record that the house's FHIR server has no more.
pub const GONE_UPSTREAM: &str = "gone-upstream";
/// The fault of a record that the database does not take as it is.
pub(crate) const NOT_KEPT: &str = "not-kept-as-it-is";
/// The fault of a record of which the version before was about another patient.
pub(crate) const PATIENT_CHANGED: &str = "patient-changed";
/// The fault of a record that was retracted on the chain. Nothing takes that back.
pub const RETRACTED: &str = "retracted";
/// The fault of a version after one that was retracted, until a person lets it.
pub const AFTER_RETRACTION: &str = "after-retraction";
/// Faults that looking at the record anew does not settle, nor that it was gone for a while.
pub(crate) const LASTS: [&str; 5] =
	[TOO_MUCH_SAID, NOT_KEPT, PATIENT_CHANGED, RETRACTED, AFTER_RETRACTION];
/// Faults that looking at the record anew does not settle.
pub(crate) const STAYS: [&str; 6] =
	[GONE_UPSTREAM, TOO_MUCH_SAID, NOT_KEPT, PATIENT_CHANGED, RETRACTED, AFTER_RETRACTION];
/// Faults that a record settles which comes later.
pub(crate) const WAITING: [&str; 2] = ["result-not-given", "document-not-given"];
/// Under which names a resource says whose it is.
pub(crate) const SUBJECTS: [&str; 3] = ["subject", "patient", "beneficiary"];
/// Under which name the database knows for which patient a record waits, by a hash of the house's id under the vault's key.
pub(crate) const WAITS_LINK: &str = "waits-for-link";
/// Under which name it knows for which records one waits, by their types and ids.
pub(crate) const WAITS_GIVEN: &str = "waits-for-record";
/// The most that a record may have attached and keep apart: all of it is written down with the record, while nobody else writes.
const MOST_ATTACHED: usize = 1_000;
/// The fault of a record that has more attached.
pub const TOO_MANY_ATTACHED: &str = "too-many-attachments";
/// That fault, where in the record it is, and the words.
pub(crate) const TOO_MANY: (&str, &str, &str) = (
	TOO_MANY_ATTACHED,
	"attachment.url",
	"it has more than 1,000 attachments that are kept apart: send it in several records",
);
/// How often something is found out anew because others have changed meanwhile by what it was found out.
pub(crate) const TRIES: usize = 8;

/// Whether a text is an id of FHIR.
pub fn is_id(text: &str) -> bool {
	// Clients and proxies take these two for steps in a path.
	let is_step = matches!(text, "." | "..");
	(1..=64).contains(&text.len())
		&& !is_step
		&& text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'))
}

/// Whether a text may be the name of a type.
pub fn is_type(text: &str) -> bool {
	(1..=64).contains(&text.len())
		&& text.bytes().all(|b| b.is_ascii_alphabetic())
		&& text.starts_with(|c: char| c.is_ascii_uppercase())
}

impl Gateway {
	/// Takes one record, with the bytes that it has.
	pub fn ingest(&self, record: &[u8]) -> Result<Outcome, Failure> {
		let outcomes = self.ingest_each([record])?;
		let none = Outcome { reference: String::new(), taken: Taken::Refused(NotTaken::NotJson) };
		Ok(outcomes.into_iter().next().unwrap_or(none))
	}

	/// Takes each of some records, with the bytes that they have.
	pub fn ingest_each<'a>(
		&self,
		records: impl IntoIterator<Item = &'a [u8]>,
	) -> Result<Vec<Outcome>, Failure> {
		let coming = records
			.into_iter()
			.map(|record| Coming { record: Cow::Borrowed(record), around: None });
		self.ingest_all(coming, &Around::default())
	}

	/// Takes each record of a Bundle by itself. Its bytes are then its canonical form: in a Bundle it has none of its own.
	pub fn ingest_bundle(&self, bundle: &Value) -> Result<Vec<Outcome>, Failure> {
		let entries = match bundle.get("entry") {
			Some(Value::List(entries)) => entries.as_slice(),
			_ => &[],
		};
		let coming = entries.iter().filter_map(|entry| {
			let record = Cow::Owned(entry.get("resource")?.canonical());
			Some(Coming { record, around: Some((bundle, entry)) })
		});
		let around = Around { by_target: by_target(entries), lists: Lists::of(entries) };
		self.ingest_all(coming, &around)
	}

	/// Whose a record is, and how it is to be treated.
	pub(crate) fn judge(
		&self,
		record: &[u8],
		resource: &Value,
		beside: &[Vec<u8>],
	) -> Result<Judging, Failure> {
		// Before anything is judged by these names: whoever changes them later is noticed.
		let links = (!tokens_of_links(resource).is_empty()).then(|| self.store.links());
		let is_binary = text_of(resource, "resourceType") == Some(BINARY);
		let whose = match local_patient(resource).filter(|_| !is_binary) {
			Some(local) => self.store.whose(&self.vault.index("patient", local.as_bytes()))?,
			None => None,
		};
		let (names, patient) = (Names { patient: whose, links }, whose.map(|(handle, _)| handle));
		if has_too_many_attached(resource) {
			return Ok(Judging { patient, state: too_many_attached(), names });
		}
		if is_binary {
			let (patient, state) = self.judge_binary(record, resource, beside, None)?;
			return Ok(Judging { patient, state, names });
		}
		let given: Vec<&[u8]> = beside.iter().map(Vec::as_slice).collect();
		let judged = classify(
			record,
			&Beside { given: &given, ..Beside::default() },
			&self.tables,
			&self.config.house,
		);
		let within = match judged.is_ok() && patient.is_some() {
			true => match self.fault_within(resource)? {
				None => self.fault_attached(resource),
				fault => fault,
			},
			false => None,
		};
		let state = match (judged, patient) {
			(Err(reason), _) => quarantined(&reason),
			(Ok(judged), Some(_)) => within.unwrap_or_else(|| State::Held(Box::new(judged))),
			(Ok(_), None) => State::Quarantined {
				fault: PATIENT_UNKNOWN.into(),
				path: String::new(),
				detail: "it names no patient, several, or one who is not linked to a handle".into(),
			},
		};
		Ok(Judging { patient, state, names })
	}

	/// What is known beside a resource, of what the house keeps.
	pub(crate) fn besides(&self, resource: &Value) -> Result<Besides, Failure> {
		let nothing = BTreeMap::new();
		besides(resource, &nothing, None, |name, id| self.kept(name, id))
	}

	/// The same, and what was `said` of it.
	pub(crate) fn beside(&self, resource: &Value, said: &[Value]) -> Result<Vec<Vec<u8>>, Failure> {
		let mut all = self.besides(resource)?.given;
		all.extend(said.iter().map(|said| said_with(said, resource)));
		Ok(all)
	}

	/// The bytes of the current version of a record, if it is kept. One whose file cannot be read is put aside, and counts as one that is not there.
	pub(crate) fn kept(&self, resource_type: &str, id: &str) -> Result<Option<Vec<u8>>, Failure> {
		let Some(found) = self.store.current(resource_type, id)? else { return Ok(None) };
		let Some(blob) = &found.blob else { return Ok(None) };
		self.opened_or_withheld(found.number, blob)
	}

	/// The bytes of a record.
	pub(crate) fn unseal(&self, blob: &str) -> Result<Vec<u8>, Failure> {
		let sealed = self.blobs.get(blob)?;
		self.vault
			.open(Kind::Record, blob.as_bytes(), &sealed)
			.map_err(|_| Failure::Vault("a record does not open with the vault's key"))
	}

	/// By what a record in quarantine is found as soon as something has come for which it waits: the link of its patient, or one of those that were
	/// looked for beside it; and then by itself too, since it is looked at once more when it is kept.
	pub(crate) fn waits_of(
		&self,
		resource: &Value,
		fault: &str,
		targets: &BTreeSet<String>,
	) -> BTreeSet<Token> {
		if fault == PATIENT_UNKNOWN {
			let local = local_patient(resource);
			let index = local.map(|local| self.vault.index("patient", local.as_bytes()));
			let token = index.and_then(|index| Token::of(WAITS_LINK, "", &index.to_string()));
			return token.into_iter().collect();
		}
		if !WAITING.contains(&fault) {
			return BTreeSet::new();
		}
		let own = text_of(resource, "resourceType").zip(text_of(resource, "id"));
		let own = own.and_then(|(name, id)| Token::of(WAITS_GIVEN, "", &format!("{name}/{id}")));
		let targets = targets.iter().filter(|target| of_the_house(target).is_some());
		targets.filter_map(|target| Token::of(WAITS_GIVEN, "", target)).chain(own).collect()
	}

	/// The same of how a record is judged: nothing if it does not wait.
	pub(crate) fn waits_in(
		&self,
		resource: &Value,
		state: &State,
		targets: &BTreeSet<String>,
	) -> BTreeSet<Token> {
		match state {
			State::Quarantined { fault, .. } => self.waits_of(resource, fault, targets),
			_ => BTreeSet::new(),
		}
	}

	/// Ties a handle to an id of the house, and looks anew at what waits for that. False if one of the two is tied to something else already.
	pub fn link(&self, handle: &Hash, local: &str) -> Result<bool, Failure> {
		let sealed = self.vault.seal(Kind::LocalId, &handle.0, local.as_bytes())?;
		let index = self.vault.index("patient", local.as_bytes());
		if !self.store.link(handle, &index, &sealed, now())? {
			return Ok(false);
		}
		// If the rest breaks off, it is looked at when the same link is made again, and at the next start.
		if let Some(came) = self.store.came_as(WAITS_LINK, &index.to_string())? {
			self.look_at_came(&[came])?;
		}
		self.look_at_linked(local)?;
		Ok(true)
	}
}

/// Whose a record is, how it is to be treated, and by which names that was judged.
pub(crate) struct Judging {
	pub(crate) patient: Option<Hash>,
	pub(crate) state: State,
	pub(crate) names: Names,
}

/// What is known beside a resource.
pub(crate) struct Besides {
	/// What is there.
	pub(crate) given: Vec<Vec<u8>>,
	/// All that was looked for, as it is referred to.
	pub(crate) targets: BTreeSet<String>,
}

/// Whether a resource has more attached than is written down.
pub(crate) fn has_too_many_attached(resource: &Value) -> bool {
	attachments(resource).len() > MOST_ATTACHED
}

/// That it has.
pub(crate) fn too_many_attached() -> State {
	let (fault, path, detail) = TOO_MANY;
	State::Quarantined { fault: fault.into(), path: path.into(), detail: detail.into() }
}

/// By what is found later what a resource has attached. Of one that has too many nothing is told of any.
pub(crate) fn tokens_of_attached(resource: &Value) -> BTreeSet<Token> {
	match has_too_many_attached(resource) {
		true => BTreeSet::new(),
		false => tokens_of_binaries(resource),
	}
}

/// The type and the id of a resource of the house to which a reference is, if that may tell how what refers to it is to be treated.
fn of_the_house(target: &str) -> Option<(&str, &str)> {
	let (name, id) = target.split_once('/')?;
	(!UNTOLD.contains(&name) && is_type(name) && is_id(id)).then_some((name, id))
}

/// The entries of a Bundle by what refers to them: their URL, and their type and id.
pub(crate) fn by_target<'a>(
	entries: impl IntoIterator<Item = &'a Value>,
) -> BTreeMap<String, &'a Value> {
	let mut by_target = BTreeMap::new();
	for entry in entries {
		let resource = entry.get("resource").unwrap_or(&Value::Null);
		by_target
			.extend(entry.get("fullUrl").and_then(Value::text).map(|url| (url.to_owned(), entry)));
		if let (Some(name), Some(id)) = (text_of(resource, "resourceType"), text_of(resource, "id"))
		{
			by_target.insert(format!("{name}/{id}"), entry);
		}
	}
	by_target
}

/// What is known beside a resource: what it refers to, of what is `kept` or in the Bundle that it came in, and the Bundle itself, for
/// what is said of a Bundle is said of each resource in it.
pub(crate) fn beside<E>(
	resource: &Value,
	by_target: &BTreeMap<String, &Value>,
	around: Option<(&Value, &Value)>,
	kept: impl FnMut(&str, &str) -> Result<Option<Vec<u8>>, E>,
) -> Result<Vec<Vec<u8>>, E> {
	Ok(besides(resource, by_target, around, kept)?.given)
}

/// The same, with all that was looked for.
pub(crate) fn besides<E>(
	resource: &Value,
	by_target: &BTreeMap<String, &Value>,
	around: Option<(&Value, &Value)>,
	mut kept: impl FnMut(&str, &str) -> Result<Option<Vec<u8>>, E>,
) -> Result<Besides, E> {
	let mut targets = Vec::new();
	references(resource, &mut targets);
	let (mut seen, mut in_bundle, mut beside) = (BTreeSet::new(), Vec::new(), Vec::new());
	while let Some(target) = targets.pop() {
		if seen.len() >= MAX_BESIDE || !seen.insert(target.clone()) {
			continue;
		}
		if let Some(entry) = by_target.get(&target) {
			references(entry.get("resource").unwrap_or(&Value::Null), &mut targets);
			in_bundle.push((*entry).clone());
			continue;
		}
		let Some((name, id)) = of_the_house(&target) else { continue };
		let Some(bytes) = kept(name, id)? else { continue };
		if let Ok(value) = fhir::read(&bytes) {
			references(&value, &mut targets);
		}
		beside.push(bytes);
	}
	if let Some((Value::Object(members), own)) = around {
		in_bundle.retain(|entry| entry != own);
		in_bundle.push(own.clone());
		let members = members.iter().map(|(name, value)| match name.as_str() {
			"entry" => (name.clone(), Value::List(in_bundle.clone())),
			_ => (name.clone(), value.clone()),
		});
		beside.push(Value::Object(members.collect()).canonical());
	}
	Ok(Besides { given: beside, targets: seen })
}

pub(crate) fn quarantined(reason: &NotClassified) -> State {
	let (path, detail) = match reason {
		NotClassified::Refused(refused) => (refused.path.clone(), refused.detail.clone()),
		NotClassified::NotFhirJson(error) => (String::new(), error.to_string()),
	};
	State::Quarantined { fault: reason.code().into(), path, detail }
}

pub(crate) fn text_of<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
	value.get(name).and_then(Value::text)
}

/// The house's id of the one patient that a resource names as the one whom it is about; none if it names none, or several.
pub(crate) fn local_patient(resource: &Value) -> Option<String> {
	if text_of(resource, "resourceType") == Some(PATIENT) {
		return text_of(resource, "id").map(Into::into);
	}
	let named = SUBJECTS.iter().filter_map(|name| resource.get(name));
	let ids = named.map(|reference| {
		let id = text_of(reference, "reference")?.strip_prefix("Patient/")?;
		is_id(id).then(|| id.to_owned())
	});
	let ids: BTreeSet<String> = ids.collect::<Option<_>>()?;
	match ids.len() {
		1 => ids.into_iter().next(),
		_ => None,
	}
}

/// All that a value refers to.
fn references(value: &Value, out: &mut Vec<String>) {
	match value {
		Value::List(items) => items.iter().for_each(|item| references(item, out)),
		Value::Object(members) => {
			for (name, value) in members {
				match (name.as_str(), value) {
					("reference" | "url", Value::Text(target)) => out.push(target.clone()),
					_ => references(value, out),
				}
			}
		},
		_ => {},
	}
}

/// By what the gateway finds a resource: its codes, what it has attached, whom it says to be the same patient, and what the `securityContext` of a Binary is to.
pub(crate) fn tokens_of(resource: &Value) -> BTreeSet<Token> {
	let mut tokens = tokens_of_attached(resource);
	tokens.extend(tokens_of_links(resource));
	tokens.extend(codes_of(resource));
	tokens
}

/// By what a search finds a resource.
pub(crate) fn codes_of(resource: &Value) -> BTreeSet<Token> {
	const ELEMENTS: [(&str, &str); 6] = [
		("category", "category"),
		("code", "code"),
		("vaccineCode", "code"),
		("medicationCodeableConcept", "code"),
		("type", "type"),
		("status", "status"),
	];
	let mut tokens = BTreeSet::new();
	for (element, name) in ELEMENTS {
		let items = match resource.get(element) {
			Some(Value::List(items)) => items.as_slice(),
			Some(one) => std::slice::from_ref(one),
			None => &[],
		};
		for item in items {
			let mut put = |system: &str, code: &str| {
				tokens.extend(Token::of(name, system, code));
			};
			match (item, item.get("coding")) {
				(Value::Text(code), _) => put("", code),
				(_, Some(Value::List(codings))) => {
					for coding in codings {
						if let Some(code) = text_of(coding, "code") {
							put(text_of(coding, "system").unwrap_or_default(), code);
						}
					}
				},
				_ => {},
			}
		}
	}
	tokens
}
