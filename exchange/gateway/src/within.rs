//! Who may be in a record besides its patient: within it, in its `contained`, and named by it. All of that leaves with the record, and only the record's
//! own patient is asked whether it may.

use crate::{
	binaries::without_version,
	gateway::{Failure, Gateway},
	ingest::{is_id, local_patient, text_of, PATIENT, PATIENT_UNKNOWN, SUBJECTS},
	store::{Found, State, Token},
};
use salus_exchange_policy::{find_person, NamedPerson, Naming, Role};
use salus_exchange_protocol::fhir::{self, Value};
use std::collections::BTreeSet;

/// The fault of a record with something within of a type that may be about anybody.
const TYPE_UNKNOWN: &str = "type-without-class";
/// The fault of a record that says that it is about somebody else than its patient, in another element than the one by which it is hers.
pub const ABOUT_ANOTHER: &str = "about-another";
/// The fault of a record that names another patient.
pub const NAMES_ANOTHER: &str = "names-another";
/// The faults of records that wait for who is named in them.
const NAMED: [&str; 3] = [PATIENT_UNKNOWN, ABOUT_ANOTHER, NAMES_ANOTHER];
/// Under which name the database knows which other records of the same patient a Patient names.
const LINKED: &str = "link-other";
/// How many records are looked at in one turn.
const TURN: u32 = 500;
/// Types of which a resource is somebody: what is about one of these is not about the patient.
const PEOPLE: [&str; 7] =
	["CareTeam", "Group", "Patient", "Person", "Practitioner", "PractitionerRole", "RelatedPerson"];
/// Types of which a resource is somebody else, or several people.
const OTHERS: [&str; 3] = ["Group", "Person", "RelatedPerson"];
/// A type that may be within if it says of whom it is: whoever answers may speak of anybody.
const ANSWERS: &str = "QuestionnaireResponse";
/// Types that may be within a record: things, those who treat, and what is of one patient, who is looked at if it says one. Where in others
/// somebody else may be is not known.
const MAY_BE: [&str; 48] = [
	"ActivityDefinition",
	"AllergyIntolerance",
	"BiologicallyDerivedProduct",
	"BodyStructure",
	"CarePlan",
	"CareTeam",
	"ClinicalImpression",
	"CodeSystem",
	"Condition",
	"Coverage",
	"Device",
	"DeviceDefinition",
	"DeviceMetric",
	"DeviceRequest",
	"DeviceUseStatement",
	"DiagnosticReport",
	"DocumentReference",
	"Encounter",
	"Endpoint",
	"EpisodeOfCare",
	"FamilyMemberHistory",
	"Goal",
	"HealthcareService",
	"ImagingStudy",
	"Immunization",
	"ImmunizationRecommendation",
	"InsurancePlan",
	"Location",
	"Media",
	"Medication",
	"MedicationAdministration",
	"MedicationDispense",
	"MedicationKnowledge",
	"MedicationRequest",
	"MedicationStatement",
	"NutritionOrder",
	"Observation",
	"Organization",
	"PlanDefinition",
	"Practitioner",
	"PractitionerRole",
	"Procedure",
	"Questionnaire",
	"RiskAssessment",
	"ServiceRequest",
	"Specimen",
	"Substance",
	"ValueSet",
];

/// What is the matter with a record that is about somebody else than its patient, or names somebody else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Others {
	/// The name of the fault.
	pub fault: &'static str,
	/// Where in the resource.
	pub path: String,
	/// In words.
	pub detail: &'static str,
}

impl Others {
	/// That a record waits for it.
	fn state(self) -> State {
		let Self { fault, path, detail } = self;
		State::Quarantined { fault: fault.into(), path, detail: detail.into() }
	}
}

/// What is known beside a record about whom it names.
pub(crate) trait Known {
	/// Why something is not known.
	type Fault;

	/// The house's own record of a patient, by the house's id; of one that is there and cannot be read, no bytes at all.
	fn patient(&self, local: &str) -> Result<Option<Vec<u8>>, Self::Fault>;

	/// Whether an id of the house is tied to a handle.
	fn is_linked(&self, local: &str) -> Result<bool, Self::Fault>;

	/// How the house calls its own resources, besides `Type/id`.
	fn bases(&self) -> Vec<String>;
}

impl Known for Gateway {
	type Fault = Failure;

	fn patient(&self, local: &str) -> Result<Option<Vec<u8>>, Failure> {
		let Some(found) = self.store.current(PATIENT, local)? else { return Ok(None) };
		let Some(blob) = &found.blob else { return Ok(None) };
		// It keeps no record from being taken that names nobody by a number.
		Ok(Some(self.opened_or_withheld(found.number, blob)?.unwrap_or_default()))
	}

	fn is_linked(&self, local: &str) -> Result<bool, Failure> {
		let index = self.vault.index("patient", local.as_bytes());
		Ok(self.store.handle_of(&index)?.is_some())
	}

	fn bases(&self) -> Vec<String> {
		self.bases_of_house()
	}
}

impl Gateway {
	/// Why a record may not leave for what is within it, or for whom it names: that is about somebody else, or it cannot be told about whom. None if it
	/// may.
	pub(crate) fn fault_within(&self, resource: &Value) -> Result<Option<State>, Failure> {
		Ok(others_in(self, resource)?.map(Others::state))
	}
}

impl Gateway {
	/// Looks anew at who is named in records of patients of whom a record has come with other identifiers than before: what was held may name another
	/// patient by these, and what waits may name its own. Some in a turn; whether there may be more.
	pub(crate) fn look_at_numbered(&self) -> Result<bool, Failure> {
		let some = self.store.numbered_anew(TURN)?;
		let mut is_more = some.len() >= usize::try_from(TURN).unwrap_or(usize::MAX);
		let (mut left, mut done) = (TURN, Vec::new());
		for each in some {
			if left == 0 {
				is_more = true;
				break;
			}
			let numbers = self.store.named_in(&each.patient, NAMED, each.after, left)?;
			for number in &numbers {
				self.look_at_named(*number)?;
			}
			let count = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
			let is_end = count < left;
			is_more = is_more || !is_end;
			left = left.saturating_sub(count);
			done.push((each, numbers.last().copied().filter(|_| !is_end)));
		}
		self.store.looked_at_numbered(&done)?;
		Ok(is_more)
	}

	/// Looks anew at what is held of patients who are said to be the same as the one with this id of the house, which is linked now.
	pub(crate) fn look_at_linked(&self, local: &str) -> Result<(), Failure> {
		let mut after = 0;
		loop {
			let some = self.store.held_with(LINKED, local, after, TURN)?;
			let Some(last) = some.last() else { return Ok(()) };
			after = *last;
			for number in some {
				self.look_at_named(number)?;
			}
		}
	}

	/// Looks anew at who is named in one record. One that cannot be read is withheld, and keeps no other one from being looked at.
	fn look_at_named(&self, number: u64) -> Result<(), Failure> {
		let Some(found) = self.store.numbered(number)? else { return Ok(()) };
		let Some(blob) = &found.blob else { return Ok(()) };
		let judged = self.judge_named(&found, blob);
		self.or_withheld(number, blob, judged).map(drop)
	}

	fn judge_named(&self, found: &Found, blob: &str) -> Result<(), Failure> {
		match &found.state {
			State::Held(_) => {
				let resource = fhir::read(&self.unseal(blob)?)
					.map_err(|_| Failure::Vault("a record is no FHIR any more"))?;
				match self.fault_within(&resource)? {
					Some(state) => Ok(self.store.judge_held(found.number, &state)?),
					None => Ok(()),
				}
			},
			State::Quarantined { .. } => self.again(found.number).map(drop),
			State::Erased => Ok(()),
		}
	}
}

/// By what is found later which other records of the same patient a Patient names: by the ids that these have, of the house or of another server.
pub(crate) fn tokens_of_links(resource: &Value) -> BTreeSet<Token> {
	if text_of(resource, "resourceType") != Some(PATIENT) {
		return BTreeSet::new();
	}
	let links = match resource.get("link") {
		Some(Value::List(items)) => items.as_slice(),
		Some(one) => std::slice::from_ref(one),
		None => &[],
	};
	let references = links.iter().filter_map(|link| text_of(link.get("other")?, "reference"));
	let ids = references.filter_map(|reference| {
		let whole = without_version(reference);
		let (_, id) = whole.rsplit_once("Patient/")?;
		is_id(id).then_some(id)
	});
	ids.filter_map(|id| Token::of(LINKED, "", id)).collect()
}

/// Identifiers: each a system and a value.
type Numbers = BTreeSet<(String, String)>;

/// Identifiers, and their systems.
type WithSystems = (Numbers, BTreeSet<String>);

/// The patient whose record it is, with what is known of that one. It is read once for a record, and only if it is asked for: a record may name many.
struct Own<'a, K> {
	known: &'a K,
	/// The house's id, if it is known whose the record is.
	local: Option<&'a str>,
	/// The record, if it is the patient's own: in the place of one that cannot be read it tells its numbers itself.
	itself: Option<&'a Value>,
	/// How the house calls its own resources.
	bases: Option<Vec<String>>,
	/// The identifiers of the house's own record of the patient; within that, none if the record cannot be read.
	numbers: Option<Option<WithSystems>>,
}

/// The same, by what is known beside it.
pub(crate) fn others_in<K: Known>(known: &K, resource: &Value) -> Result<Option<Others>, K::Fault> {
	let local = local_patient(resource);
	let itself = Some(resource).filter(|it| text_of(it, "resourceType") == Some(PATIENT));
	let mut own = Own { known, local: local.as_deref(), itself, bases: None, numbers: None };
	match own.fault_contained(resource)? {
		Some(others) => Ok(Some(others)),
		None => match own.local {
			Some(local) => own.fault_named(resource, local),
			// Whose it is, is not known, and it waits for that.
			None => Ok(None),
		},
	}
}

impl<K: Known> Own<'_, K> {
	fn fault_contained(&mut self, resource: &Value) -> Result<Option<Others>, K::Fault> {
		let contained = match resource.get("contained") {
			Some(Value::List(items)) => items.as_slice(),
			Some(one) => std::slice::from_ref(one),
			None => return Ok(None),
		};
		let own = self.local;
		for within in contained {
			let is_of_other = || local_patient(within).as_deref() != own;
			let is_other = match text_of(within, "resourceType").unwrap_or_default() {
				PATIENT => !self.is_patient(within)?,
				ANSWERS => is_of_other(),
				name if OTHERS.contains(&name) => true,
				name if MAY_BE.contains(&name) => says_whose(within) && is_of_other(),
				_ => return Ok(Some(type_unknown())),
			};
			if is_other || within.get("contained").is_some() {
				return Ok(Some(others_within()));
			}
		}
		Ok(None)
	}

	/// Whether a Patient within a record is the one whom the record is about: by its id, or by an identifier that the house's own record of that patient
	/// has too. It has no other name that would tell: a mother and a donor are patients as well. An id within a record is the record's own, and may be
	/// the patient's by chance: it tells nothing if a number in a system that both have is another one.
	fn is_patient(&mut self, within: &Value) -> Result<bool, K::Fault> {
		let Some(own) = self.local else { return Ok(false) };
		let has_id = text_of(within, "id") == Some(own);
		let (is_same, is_other) = self.compared(own, &identifiers_of(within))?;
		Ok(is_same || (has_id && !is_other))
	}

	/// Whether the house's own record of the patient has one of these identifiers, and whether it has one of the same system: then those are others.
	/// Where it cannot be read, they are taken to be others: whoever is named by them may be another patient.
	fn compared(&mut self, own: &str, identifiers: &Numbers) -> Result<(bool, bool), K::Fault> {
		if identifiers.is_empty() {
			return Ok((false, false));
		}
		let numbers = match self.numbers.take() {
			Some(numbers) => numbers,
			None => match self.known.patient(own)? {
				Some(record) => {
					let kept = fhir::read(&record).ok();
					kept.as_ref().or(self.itself).map(with_systems)
				},
				None => Some(WithSystems::default()),
			},
		};
		let Some((known, systems)) = self.numbers.insert(numbers) else { return Ok((false, true)) };
		let is_same = identifiers.iter().any(|each| known.contains(each));
		let is_other = identifiers.iter().any(|(system, _)| systems.contains(system));
		Ok((is_same, is_other))
	}

	/// Why a record may not leave for whom it names, besides as the one whom it is about.
	fn fault_named(&mut self, resource: &Value, own: &str) -> Result<Option<Others>, K::Fault> {
		let is_other = |person: &NamedPerson| self.is_own(person, own).map(|is_own| !is_own);
		Ok(find_person(resource, is_other)?.map(named))
	}

	/// Whether somebody who is named is the patient whose record it is, or nobody who counts.
	fn is_own(&mut self, person: &NamedPerson, own: &str) -> Result<bool, K::Fault> {
		let is_about = person.role == Role::About;
		let is_thing = person.of_type.is_some_and(|name| !is_somebody(name));
		let identifiers: Numbers = person.identifiers.iter().filter_map(pair_of).collect();
		let (is_same, is_other) = self.compared(own, &identifiers)?;
		let Some(reference) = person.reference else {
			return Ok(match (person.is_patient, is_about) {
				(true, _) => is_same,
				(false, true) => is_thing || is_same,
				// Of those who treat there are mostly numbers alone.
				(false, false) => !is_other || is_same,
			});
		};
		if reference.starts_with('#') {
			let is_within = person.of_type.is_some_and(|name| name.eq_ignore_ascii_case(PATIENT));
			return Ok(match (is_within, person.is_patient) {
				// What is contained was looked at: a Patient there is the record's own.
				(true, _) => !is_other || is_same,
				// It is said to be one, and none is there.
				(false, true) => false,
				(false, false) => is_thing || (!is_about && (!is_other || is_same)),
			});
		}
		if person.is_patient {
			return match self.local_of(reference) {
				// Unless a number in a system that both have says that it is another one.
				Some(local) if local == own => Ok(!is_other || is_same),
				// The same one by definition, unless the house knows better.
				Some(local) if person.role == Role::Link => Ok(!self.known.is_linked(local)?),
				_ => Ok(false),
			};
		}
		Ok(match is_about {
			true => is_thing,
			// One that says nothing is nobody's name in this house.
			false => reference.starts_with("urn:") && (!is_other || is_same),
		})
	}

	/// The house's id of the patient to whom a reference is, if it is to one of the house.
	fn local_of<'r>(&mut self, reference: &'r str) -> Option<&'r str> {
		let known = self.known;
		local_in(reference, self.bases.get_or_insert_with(|| known.bases()))
	}
}

/// The house's id of the patient to whom a reference is, if it is to one of the house: relative, or by one of its `bases`. Another server has other
/// patients under the same id.
pub(crate) fn local_in<'r>(reference: &'r str, bases: &[String]) -> Option<&'r str> {
	let whole = without_version(reference);
	let relative = bases.iter().find_map(|base| whole.strip_prefix(base.as_str()));
	relative.unwrap_or(whole).strip_prefix("Patient/").filter(|id| is_id(id))
}

/// Whether a resource of this type is somebody.
fn is_somebody(name: &str) -> bool {
	PEOPLE.iter().any(|one| one.eq_ignore_ascii_case(name))
}

/// The identifier that stands in the place of a reference, if it has a system and a value.
fn pair_of(identifier: &Value) -> Option<(String, String)> {
	let (system, value) = (text_of(identifier, "system")?, text_of(identifier, "value")?);
	let is_told = !system.trim().is_empty() && !value.trim().is_empty();
	is_told.then(|| (system.to_owned(), value.to_owned()))
}

/// That a record names somebody else.
fn named(Naming { role, path }: Naming) -> Others {
	let (fault, detail) = match role {
		Role::About => (
			ABOUT_ANOTHER,
			"it says that it is about somebody else than its patient, or it cannot be told about whom: send it as a record of the one whom it is about",
		),
		Role::Names | Role::Link => (
			NAMES_ANOTHER,
			"it names another patient, or what may be one: leave that out, or name a RelatedPerson",
		),
	};
	Others { fault, path, detail }
}

/// That it is not known whose data may be in something within a record.
fn type_unknown() -> Others {
	let detail = "a resource within it is of a type that may be about anybody";
	Others { fault: TYPE_UNKNOWN, path: "contained".into(), detail }
}

/// That a record has somebody else's data within.
fn others_within() -> Others {
	let detail = "a resource within it is about somebody else, or it cannot be told about whom";
	Others { fault: PATIENT_UNKNOWN, path: "contained".into(), detail }
}

/// Whether a resource says at all whom it is about.
fn says_whose(resource: &Value) -> bool {
	SUBJECTS.iter().any(|name| resource.get(name).is_some())
}

/// The identifiers of a Patient that have a system and a value.
pub(crate) fn identifiers_of(patient: &Value) -> BTreeSet<(String, String)> {
	let identifiers = match patient.get("identifier") {
		Some(Value::List(items)) => items.as_slice(),
		Some(one) => std::slice::from_ref(one),
		None => &[],
	};
	identifiers.iter().filter_map(pair_of).collect()
}

/// The same, with their systems.
fn with_systems(patient: &Value) -> WithSystems {
	let numbers = identifiers_of(patient);
	let systems = numbers.iter().map(|(system, _)| system.clone()).collect();
	(numbers, systems)
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::{cell::Cell, convert::Infallible};

	/// Counts how often it is asked for the patient's own record.
	#[derive(Default)]
	struct Counted(Cell<usize>);

	impl Known for Counted {
		type Fault = Infallible;

		fn patient(&self, _: &str) -> Result<Option<Vec<u8>>, Infallible> {
			self.0.set(self.0.get().saturating_add(1));
			let own = r#"{"resourceType":"Patient","id":"p","identifier":[{"system":"urn:mrn","value":"77"}]}"#;
			Ok(Some(own.into()))
		}

		fn is_linked(&self, _: &str) -> Result<bool, Infallible> {
			Ok(false)
		}

		fn bases(&self) -> Vec<String> {
			Vec::new()
		}
	}

	fn others(performer: &str, within: &str, count: usize) -> (Option<Others>, usize) {
		let many = |item: &str| vec![item; count].join(",");
		let text = format!(
			r#"{{"resourceType":"Observation","subject":{{"reference":"Patient/p"}},"performer":[{}],"contained":[{}]}}"#,
			many(performer),
			many(within),
		);
		let known = Counted::default();
		let found = others_in(&known, &fhir::read(text.as_bytes()).unwrap()).unwrap();
		(found, known.0.get())
	}

	#[test]
	fn the_patients_own_record_is_read_once_and_only_if_it_is_asked_for() {
		let number = r#""identifier":[{"system":"urn:mrn","value":"77"}]"#;
		let within = format!(r#"{{"resourceType":"Patient",{number}}}"#);
		let performer = format!(r#"{{"reference":"Patient/p",{number}}}"#);
		assert_eq!(others(&performer, &within, 10_000), (None, 1));
		let plain = (r#"{"reference":"Patient/p"}"#, r#"{"resourceType":"Patient","id":"p"}"#);
		assert_eq!(others(plain.0, plain.1, 10_000), (None, 0));
		let other = performer.replace("77", "78");
		let (found, count) = others(&other, plain.1, 1);
		assert_eq!((found.map(|it| it.fault), count), (Some(NAMES_ANOTHER), 1));
	}
}
