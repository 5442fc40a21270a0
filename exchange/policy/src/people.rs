//! Where a FHIR R4 resource names people besides as the one whom it is about: for a record of one patient may be released as hers only if it is about
//! her, and may name no other one.

use crate::{members::type_of, node::list_of, references::type_in};
use salus_exchange_protocol::fhir::Value;
use std::collections::BTreeMap;

/// The type of a patient.
const PATIENT: &str = "Patient";

/// What an element says of whom it names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Role {
	/// The resource, or a part of it, is about that one, and not about the patient whose record it is.
	About,
	/// That one has something to do with it: made it, asked for it, told it, paid for it, gave an organ.
	Names,
	/// Another record of the same patient.
	Link,
}

/// A reference to somebody, or to what may be somebody.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NamedPerson<'a> {
	/// What the element says.
	pub role: Role,
	/// The reference, if it is written as one.
	pub reference: Option<&'a str>,
	/// The type of what it is to, as far as that is told: of a `#id` by what is contained, of any other by the reference itself, or beside it.
	pub of_type: Option<&'a str>,
	/// Whether anything says that it is a Patient: the reference, what is contained, or the type beside it.
	pub is_patient: bool,
	/// The identifiers in the place of a reference, or beside it. FHIR has one; a list is taken for what is in it.
	pub identifiers: &'a [Value],
}

/// Where somebody is named, and what that element says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Naming {
	/// What the element says.
	pub role: Role,
	/// The element, from the resource on.
	pub path: String,
}

/// Elements of R4 that say whom something is about, besides `subject`, `patient` and `beneficiary`.
const ABOUT: [(&str, &str); 2] = [("Composition", "section.focus"), ("Observation", "focus")];
/// The element that names other records of the same patient.
const LINK: (&str, &str) = (PATIENT, "link.other");
/// The other elements that may name a Patient, of the types that are classified or may be contained: by the definitions of R4 (4.0.1), each element of
/// type Reference whose targets have Patient among them. Where the target may be anything, the type tells, or it is a document, whose rule is another
/// one (`maybeDocuments` of the tables).
const NAMES: [(&str, &str); 44] = [
	("AllergyIntolerance", "asserter"),
	("AllergyIntolerance", "recorder"),
	("Appointment", "participant.actor"),
	("BiologicallyDerivedProduct", "collection.source"),
	("CarePlan", "activity.detail.performer"),
	("CarePlan", "author"),
	("CarePlan", "contributor"),
	("CareTeam", "participant.member"),
	("Claim", "payee.party"),
	("Composition", "attester.party"),
	("Composition", "author"),
	("Composition", "section.author"),
	("Condition", "asserter"),
	("Condition", "recorder"),
	("Coverage", "payor"),
	("Coverage", "policyHolder"),
	("Coverage", "subscriber"),
	("DeviceRequest", "performer"),
	("DeviceUseStatement", "source"),
	("DocumentManifest", "author"),
	("DocumentManifest", "recipient"),
	("DocumentReference", "author"),
	("DocumentReference", "context.sourcePatientInfo"),
	("ExplanationOfBenefit", "payee.party"),
	("Goal", "expressedBy"),
	("ImagingStudy", "series.performer.actor"),
	("Media", "operator"),
	("MedicationAdministration", "performer.actor"),
	("MedicationDispense", "performer.actor"),
	("MedicationDispense", "receiver"),
	("MedicationRequest", "performer"),
	("MedicationRequest", "reportedReference"),
	("MedicationRequest", "requester"),
	("MedicationStatement", "informationSource"),
	("Observation", "performer"),
	("Procedure", "asserter"),
	("Procedure", "performer.actor"),
	("Procedure", "recorder"),
	("Provenance", "agent.onBehalfOf"),
	("Provenance", "agent.who"),
	("QuestionnaireResponse", "author"),
	("QuestionnaireResponse", "source"),
	("ServiceRequest", "performer"),
	("ServiceRequest", "requester"),
];
/// Elements of data types that may: of an Annotation, a Signature, an extension.
const OF_DATA_TYPES: [&str; 4] = ["authorReference", "onBehalfOf", "valueReference", "who"];
/// An element of R4 is not deeper than this in its resource: names are the sender's, and may be many.
const DEEPEST: usize = 8;

/// Whether a name is that of the type: also in another spelling, which says to no reader that it is something else.
fn is_of_a_patient(name: &str) -> bool {
	name.eq_ignore_ascii_case(PATIENT)
}

/// The name of a type, of a name or of the URL of its definition; none if it is empty.
fn type_named(told: &str) -> Option<&str> {
	let whole = told.split_once('|').map_or(told, |(whole, _)| whole).trim();
	let whole = whole.trim_end_matches('/');
	whole.rsplit('/').next().filter(|name| !name.is_empty())
}

/// The first one whom a resource names, or what may be somebody, of whom `is_it` says so; none if it says so of nobody. Looked at are, wherever a
/// reference is to a Patient, that one; in an element that says whom it is about, whatever is there; and in one that may name a Patient, what does
/// not tell of which type it is. That takes a time that grows with the length, and nothing is kept of those who are passed.
pub fn find_person<'a, E>(
	resource: &'a Value,
	mut is_it: impl FnMut(&NamedPerson<'a>) -> Result<bool, E>,
) -> Result<Option<Naming>, E> {
	let mut contained: BTreeMap<&str, Option<&str>> = BTreeMap::new();
	for item in list_of(resource.get("contained")) {
		let Some(id) = item.get("id").and_then(Value::text) else { continue };
		// Of several under one id none is meant.
		contained.entry(id).and_modify(|it| *it = None).or_insert_with(|| type_of(item));
	}
	let mut walk = Walk { contained, path: Vec::new(), is_it: &mut is_it };
	walk.over(resource, type_of(resource).unwrap_or_default())
}

struct Walk<'a, 'w, E> {
	/// The types of what is contained, by its ids.
	contained: BTreeMap<&'a str, Option<&'a str>>,
	/// The members on the way from the resource that the value is in.
	path: Vec<&'a str>,
	is_it: &'w mut dyn FnMut(&NamedPerson<'a>) -> Result<bool, E>,
}

impl<'a, E> Walk<'a, '_, E> {
	/// How deep a value is, whoever read the JSON has bounded.
	fn over(&mut self, value: &'a Value, resource_type: &'a str) -> Result<Option<Naming>, E> {
		match value {
			Value::List(items) => {
				for item in items {
					let found = self.over(item, resource_type)?;
					if found.is_some() {
						return Ok(found);
					}
				}
			},
			Value::Object(members) => {
				if !self.path.is_empty() {
					let found = self.look_at(value, resource_type)?;
					if found.is_some() {
						return Ok(found);
					}
				}
				for (name, inner) in members {
					self.path.push(name);
					let found = self.over_each(inner, resource_type)?;
					if found.is_some() {
						return Ok(found);
					}
					self.path.pop();
				}
			},
			_ => {},
		}
		Ok(None)
	}

	fn over_each(&mut self, value: &'a Value, resource_type: &'a str) -> Result<Option<Naming>, E> {
		let Value::List(items) = value else { return self.over_one(value, resource_type) };
		for item in items {
			let found = self.over_one(item, resource_type)?;
			if found.is_some() {
				return Ok(found);
			}
		}
		Ok(None)
	}

	/// What is a resource is in itself.
	fn over_one(&mut self, value: &'a Value, resource_type: &'a str) -> Result<Option<Naming>, E> {
		let Some(within) = type_of(value) else { return self.over(value, resource_type) };
		let around = std::mem::take(&mut self.path);
		let found = self.over(value, within)?;
		self.path = around;
		Ok(found)
	}

	/// What the element says, if it is one of R4 that may name a Patient.
	fn role(&self, resource_type: &str, may_name: bool) -> Option<Role> {
		if self.path.len() > DEEPEST {
			return None;
		}
		let is_of = |(name, element): &(&str, &str)| {
			*name == resource_type && self.path.iter().copied().eq(element.split('.'))
		};
		if ABOUT.iter().any(is_of) {
			return Some(Role::About);
		}
		if !may_name {
			return None;
		}
		if is_of(&LINK) {
			return Some(Role::Link);
		}
		let of_data_type = self.path.last().is_some_and(|name| OF_DATA_TYPES.contains(name));
		(of_data_type || NAMES.iter().any(is_of)).then_some(Role::Names)
	}

	fn look_at(&mut self, node: &'a Value, resource_type: &'a str) -> Result<Option<Naming>, E> {
		let reference = node.get("reference").and_then(Value::text);
		let identifiers = list_of(node.get("identifier"));
		let has_identifier = identifiers.iter().any(|it| matches!(it, Value::Object(_)));
		let mut beside = list_of(node.get("type")).iter().filter_map(Value::text);
		let beside_first = beside.next().and_then(type_named);
		let says_beside = beside_first.is_some_and(is_of_a_patient)
			|| beside.any(|told| type_named(told).is_some_and(is_of_a_patient));
		let (of_type, says_itself) = match reference {
			Some(reference) => match reference.strip_prefix('#') {
				// What stands beside it does not make it something else than what is contained.
				Some(id) => {
					let within = self.contained.get(id).copied().flatten();
					(within, within.is_some_and(is_of_a_patient))
				},
				None => match type_in(reference) {
					Some(name) => (Some(name), is_of_a_patient(name)),
					// However it is spelled: no other element needs that word in a reference without a type.
					None => (beside_first, reference.to_ascii_lowercase().contains("patient")),
				},
			},
			None => (beside_first, false),
		};
		let is_patient = says_itself || says_beside;
		let is_named = reference.is_some() || has_identifier;
		let role = self.role(resource_type, is_named || is_patient);
		let counts = match role {
			Some(Role::About) => true,
			Some(_) => is_patient || (of_type.is_none() && is_named),
			// Elsewhere a `type` alone may say something else: which kind of people are to take part.
			None => is_patient && (is_named || node.get("display").is_some()),
		};
		if !counts {
			return Ok(None);
		}
		let role = role.unwrap_or(Role::Names);
		let is_it =
			(self.is_it)(&NamedPerson { role, reference, of_type, is_patient, identifiers })?;
		Ok(is_it.then(|| Naming { role, path: self.shown(resource_type) }))
	}

	/// The path as it is shown: of elements of R4 whole, of what a sender has put in their place as far as it is short.
	fn shown(&self, resource_type: &str) -> String {
		let steps = self.path.iter().take(DEEPEST);
		let all = std::iter::once(resource_type).chain(steps.copied());
		let short: Vec<String> = all.map(|step| step.chars().take(40).collect()).collect();
		short.join(".")
	}
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
	use super::*;
	use salus_exchange_protocol::fhir;
	use std::convert::Infallible;

	/// All who are named, each with the type that is told: one after the other is the first of whom it is said that it is the one.
	fn found(text: &str) -> Vec<(Role, String, Option<String>)> {
		let resource = fhir::read(text.as_bytes()).unwrap();
		let mut all = Vec::new();
		loop {
			let mut of_types = Vec::new();
			let found = find_person(&resource, |person| {
				of_types.push(person.of_type.map(str::to_owned));
				Ok::<_, Infallible>(of_types.len() > all.len())
			});
			let Ok(Some(Naming { role, path })) = found else { return all };
			all.push((role, path, of_types.pop().flatten()));
		}
	}

	#[test]
	fn a_patient_is_named_wherever_a_reference_is_to_one() {
		let patient = Some("Patient".to_owned());
		for (text, role, path) in [
			(r#""performer":[{"reference":"Patient/q"}]"#, Role::Names, "Observation.performer"),
			(r#""focus":[{"reference":"Patient/q"}]"#, Role::About, "Observation.focus"),
			(
				r#""focus":{"type":"Patient","identifier":{"value":"1"}}"#,
				Role::About,
				"Observation.focus",
			),
			(
				r#""extension":[{"url":"u","valueReference":{"reference":"https://x.example/Patient/q/_history/1"}}]"#,
				Role::Names,
				"Observation.extension.valueReference",
			),
			(
				r#""note":[{"authorReference":{"reference":"Patient?identifier=1"}}]"#,
				Role::Names,
				"Observation.note.authorReference",
			),
			(r#""odd":{"deep":[{"reference":"Patient/q"}]}"#, Role::Names, "Observation.odd.deep"),
		] {
			let text = format!(r#"{{"resourceType":"Observation",{text}}}"#);
			assert_eq!(found(&text), [(role, path.to_owned(), patient.clone())], "{text}");
		}
		let within = r#"{"resourceType":"Encounter","contained":[{"resourceType":"BiologicallyDerivedProduct","id":"b","collection":{"source":{"reference":"Patient/q"}}}]}"#;
		let path = "BiologicallyDerivedProduct.collection.source".to_owned();
		assert_eq!(found(within), [(Role::Names, path, patient.clone())]);
		let link = r#"{"resourceType":"Patient","id":"p","link":[{"other":{"reference":"Patient/q"},"type":"seealso"}]}"#;
		assert_eq!(found(link), [(Role::Link, "Patient.link.other".to_owned(), patient)]);
	}

	#[test]
	fn what_may_be_a_patient_is_told_where_one_may_stand() {
		let of = |text: &str| found(&format!(r#"{{"resourceType":"Observation",{text}}}"#));
		for untyped in [r#"{"reference":"urn:uuid:1"}"#, r#"{"identifier":{"value":"1"}}"#] {
			assert_eq!(of(&format!(r#""performer":[{untyped}]"#)).len(), 1, "{untyped}");
			assert_eq!(of(&format!(r#""specimen":{untyped}"#)).len(), 0, "{untyped}");
		}
		for spelled in ["patient/q", "Patient%2Fq", "PATIENT"] {
			assert_eq!(
				of(&format!(r#""specimen":{{"reference":"{spelled}"}}"#)).len(),
				1,
				"{spelled}"
			);
		}
		// A Patient by what stands beside, however that is spelled, and whatever else is said.
		for said in [
			r#"{"reference":"urn:uuid:1","type":"http://hl7.org/fhir/StructureDefinition/Patient"}"#,
			r#"{"reference":"urn:uuid:1","type":"patient"}"#,
			r#"{"reference":"Practitioner/1","type":"Patient"}"#,
			r#"{"reference":"patient/q","type":"Practitioner"}"#,
			r#"{"type":["Practitioner","Patient"],"display":"x"}"#,
			r##"{"reference":"#baby","type":"Patient"}"##,
			r#"{"type":"Patient","identifier":[{"value":"1"}]}"#,
			r#"{"type":"Patient","display":"B. Roe"}"#,
		] {
			assert_eq!(of(&format!(r#""performer":[{said}]"#)).len(), 1, "{said}");
			assert_eq!(of(&format!(r#""specimen":{said}"#)).len(), 1, "{said}");
		}
		assert_eq!(of(r#""performer":[{"identifier":[{"value":"1"}]}]"#).len(), 1);
		// Which kind of people, and nobody of them.
		assert_eq!(of(r#""participant":[{"type":"patient"}]"#).len(), 0);
		// What says of which type it is is somebody else's; words are words.
		for other in [
			r#"{"reference":"Practitioner/1"}"#,
			r#"{"type":"Organization","identifier":{"value":"1"}}"#,
			r#"{"display":"Dr. Weber"}"#,
		] {
			assert_eq!(of(&format!(r#""performer":[{other}]"#)).len(), 0, "{other}");
		}
		// Whom it is about must be told, and be no one: so all of that is.
		for focus in
			[r#"{"display":"fetus"}"#, r#"{"reference":"Device/1"}"#, r##"{"reference":"#d"}"##]
		{
			let text =
				format!(r#""contained":[{{"resourceType":"Device","id":"d"}}],"focus":[{focus}]"#);
			let found = of(&text);
			assert_eq!(found.len(), 1, "{focus}");
			assert_eq!(found[0].2.as_deref(), (!focus.contains("display")).then_some("Device"));
		}
	}
}
