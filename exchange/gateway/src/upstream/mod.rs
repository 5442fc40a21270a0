//! The house's own FHIR R4 server. It is read, and nothing is ever written there: [`client`] asks it, [`page`] reads what it answers, [`onward`] says how to
//! go on after a page.
//! [`poll`] takes in what is new or changed there, [`take`] one page of it. What it says is believed of what records say, and of nothing
//! else: a page that cannot be right is no page, and nobody is led to another server.

pub mod client;
pub mod onward;
pub mod page;
pub mod poll;
mod take;

pub use client::{Server, Unread};
pub use onward::{Onward, Progress};
pub use page::{Entry, Page};
pub use take::Counts;

use crate::config::read_secret;
use base64::{engine::general_purpose::STANDARD, Engine};
use reqwest::header::HeaderValue;
use std::path::PathBuf;

/// What is read unless the configuration says otherwise: types that have a class and belong to a patient. What others refer to, and
/// results, come before what refers to them.
pub const TYPES: [&str; 36] = [
	"Patient",
	"RelatedPerson",
	"Encounter",
	"EpisodeOfCare",
	"Appointment",
	"Condition",
	"AllergyIntolerance",
	"Specimen",
	"ImagingStudy",
	"Media",
	"Observation",
	"Procedure",
	"Immunization",
	"Device",
	"SupplyDelivery",
	"MedicationRequest",
	"MedicationStatement",
	"MedicationDispense",
	"MedicationAdministration",
	"ServiceRequest",
	"CarePlan",
	"CareTeam",
	"Goal",
	"QuestionnaireResponse",
	"FamilyMemberHistory",
	"MolecularSequence",
	"DocumentReference",
	"DiagnosticReport",
	"ClinicalImpression",
	"Composition",
	"DocumentManifest",
	"Provenance",
	"Coverage",
	"Claim",
	"ClaimResponse",
	"ExplanationOfBenefit",
];

/// With what the server is asked. Files are read anew for each request, so that a token may be replaced while the gateway runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Credentials {
	/// With nothing.
	None,
	/// With the bearer's token of a file.
	Bearer(PathBuf),
	/// With the user and the password of a file, with a colon in between.
	Basic(PathBuf),
}

impl Credentials {
	/// The header of a request; none if there is none. What is wrong is told without what stands in the file.
	pub fn header(&self) -> Result<Option<HeaderValue>, String> {
		let (file, scheme) = match self {
			Self::None => return Ok(None),
			Self::Bearer(file) => (file, "Bearer"),
			Self::Basic(file) => (file, "Basic"),
		};
		let secret = read_secret(file)?;
		let secret = secret.trim();
		let told = match self {
			Self::Basic(_) if !secret.contains(':') => {
				return Err(format!("{} must hold a user, a colon and a password", file.display()))
			},
			Self::Basic(_) => STANDARD.encode(secret),
			_ => secret.to_owned(),
		};
		let mut header = HeaderValue::from_str(&format!("{scheme} {told}"))
			.ok()
			.filter(|_| !told.is_empty())
			.ok_or_else(|| format!("{} holds nothing that can be sent", file.display()))?;
		header.set_sensitive(true);
		Ok(Some(header))
	}
}
