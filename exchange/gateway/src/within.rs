//! What may be within a record, in its `contained`: it leaves with the record, and only the record's own patient is asked whether that may be.

use crate::{
	gateway::{Failure, Gateway},
	ingest::{local_patient, text_of, PATIENT, PATIENT_UNKNOWN},
	store::State,
};
use salus_exchange_protocol::fhir::{self, Value};
use std::collections::BTreeSet;

/// The fault of a record with something within of a type that may be about anybody.
const TYPE_UNKNOWN: &str = "type-without-class";
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

impl Gateway {
	/// Why a record may not leave for what is within it: that is about somebody else, or it cannot be told about whom. None if it may.
	pub(crate) fn fault_within(&self, resource: &Value) -> Result<Option<State>, Failure> {
		let contained = match resource.get("contained") {
			Some(Value::List(items)) => items.as_slice(),
			Some(one) => std::slice::from_ref(one),
			None => return Ok(None),
		};
		let own = local_patient(resource);
		for within in contained {
			let is_other = match text_of(within, "resourceType").unwrap_or_default() {
				PATIENT => !self.is_patient(within, own.as_deref())?,
				ANSWERS => local_patient(within) != own,
				name if OTHERS.contains(&name) => true,
				name if MAY_BE.contains(&name) => {
					says_whose(within) && local_patient(within) != own
				},
				_ => return Ok(Some(type_unknown())),
			};
			if is_other || within.get("contained").is_some() {
				return Ok(Some(others_within()));
			}
		}
		Ok(None)
	}

	/// Whether a Patient within a record is the one whom the record is about: by its id, or by an identifier that the house's own record of that
	/// patient has too. It has no other name that would tell: a mother and a donor are patients as well. An id within a record is the record's own,
	/// and may be the patient's by chance: it tells nothing if a number in a system that both have is another one.
	fn is_patient(&self, within: &Value, own: Option<&str>) -> Result<bool, Failure> {
		let Some(own) = own else { return Ok(false) };
		let has_id = text_of(within, "id") == Some(own);
		let identifiers = identifiers_of(within);
		if identifiers.is_empty() {
			return Ok(has_id);
		}
		let kept = self.kept(PATIENT, own)?.and_then(|record| fhir::read(&record).ok());
		let known = kept.map(|kept| identifiers_of(&kept)).unwrap_or_default();
		let is_same = !known.is_disjoint(&identifiers);
		let systems: BTreeSet<&str> = known.iter().map(|(system, _)| system.as_str()).collect();
		let is_other = identifiers.iter().any(|(system, _)| systems.contains(system.as_str()));
		Ok(is_same || (has_id && !is_other))
	}
}

/// That it is not known whose data may be in something within a record.
fn type_unknown() -> State {
	State::Quarantined {
		fault: TYPE_UNKNOWN.into(),
		path: "contained".into(),
		detail: "a resource within it is of a type that may be about anybody".into(),
	}
}

/// That a record has somebody else's data within.
fn others_within() -> State {
	State::Quarantined {
		fault: PATIENT_UNKNOWN.into(),
		path: "contained".into(),
		detail: "a resource within it is about somebody else, or it cannot be told about whom"
			.into(),
	}
}

/// Whether a resource says at all whom it is about.
fn says_whose(resource: &Value) -> bool {
	["subject", "patient", "beneficiary"].iter().any(|name| resource.get(name).is_some())
}

/// The identifiers of a Patient that have a system and a value.
fn identifiers_of(patient: &Value) -> BTreeSet<(String, String)> {
	let identifiers = match patient.get("identifier") {
		Some(Value::List(items)) => items.as_slice(),
		Some(one) => std::slice::from_ref(one),
		None => &[],
	};
	let pairs = identifiers.iter().filter_map(|each| {
		let (system, value) = (text_of(each, "system")?, text_of(each, "value")?);
		let is_told = !system.trim().is_empty() && !value.trim().is_empty();
		is_told.then(|| (system.to_owned(), value.to_owned()))
	});
	pairs.collect()
}
