//! Why a resource is not classified: it is treated by hand, and not released meanwhile.

use salus_exchange_protocol::{codes::Labels, RecordError};
use std::fmt;

/// What is the matter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fault {
	/// It has no type, or what is inside it has one that is no text.
	NotAResource,
	/// The type has no class: Bundles, Parameters, lists and the like, whose parts may be of several.
	TypeWithoutClass,
	/// Something says that the rest means something else: `implicitRules`, a `modifierExtension`.
	ModifierUnknown,
	/// Neither category nor code says of which class it is.
	ClassUnknown,
	/// Category and code say that it is of several classes.
	ClassConflict,
	/// A security label that is in no table.
	LabelUnknown,
	/// Restricted or very restricted, without a label that says why.
	RestrictedUnexplained,
	/// A document is referenced, whose labels count, and it was not given.
	DocumentNotGiven,
	/// A result is named, whose class and labels count, and it was not given.
	ResultNotGiven,
	/// It takes too long to tell: what was given is large, and has to be gone through for too many references.
	TooManyValues,
}

impl Fault {
	/// Its name in the vectors and in the client.
	pub const fn code(self) -> &'static str {
		match self {
			Self::NotAResource => "not-a-resource",
			Self::TypeWithoutClass => "type-without-class",
			Self::ModifierUnknown => "modifier-unknown",
			Self::ClassUnknown => "class-unknown",
			Self::ClassConflict => "class-conflict",
			Self::LabelUnknown => "label-unknown",
			Self::RestrictedUnexplained => "restricted-unexplained",
			Self::DocumentNotGiven => "document-not-given",
			Self::ResultNotGiven => "result-not-given",
			Self::TooManyValues => "too-many-values",
		}
	}

	/// What would make it known.
	pub const fn help(self) -> &'static str {
		match self {
			Self::NotAResource => "Only FHIR R4 resources in JSON are classified.",
			Self::TypeWithoutClass => "Classify its parts one by one, or treat it by hand.",
			Self::ModifierUnknown => {
				"Treat it by hand, and take out what it says once that is understood."
			},
			Self::ClassUnknown => {
				"Add a category of HL7 (v2-0074 for reports, observation-category for observations, a LOINC type for documents), name the \
				 class of your own code, or give all results of a report."
			},
			Self::ClassConflict => "Put the wrong one right, keep what is inside as a record of its own, or treat it by hand: of two classes neither may be left out.",
			Self::LabelUnknown => "Use codes of v3-Confidentiality and v3-ActCode with their systems, name your own, or treat the record by hand.",
			Self::RestrictedUnexplained => "Add the code of v3-ActCode for the kind of sensitivity, or treat the record by hand.",
			Self::DocumentNotGiven => "Give the document, alone or with the Bundle that it came in if the reference is no Type/id.",
			Self::ResultNotGiven => "Give the result, alone or with the Bundle that it came in if the reference is no Type/id.",
			Self::TooManyValues => "Give what it references without the Bundle, or in a smaller one.",
		}
	}
}

/// A resource whose class or labels cannot be told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
	/// What is the matter.
	pub fault: Fault,
	/// Where, as a path from the resource (`DocumentReference.securityLabel[0].coding[1]`), at most some 300 bytes.
	pub path: String,
	/// In words, at most some 400 bytes. It may repeat codes of the resource, and no other content.
	pub detail: String,
	/// The labels that were found all the same, where that got so far.
	pub labels: Option<Labels>,
}

impl fmt::Display for Refused {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		write!(f, "{}: {} ({}). {}", self.path, self.detail, self.fault.code(), self.fault.help())
	}
}

impl std::error::Error for Refused {}

/// Why there is no classification.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NotClassified {
	/// It, or what was given beside it, is not JSON of one reading, or beyond a limit.
	NotFhirJson(RecordError),
	/// It is, and cannot be told.
	Refused(Refused),
}

impl NotClassified {
	/// The fault's name in the vectors and in the client.
	pub fn code(&self) -> &'static str {
		match self {
			Self::NotFhirJson(RecordError::NotFhir { fault, .. }) => fault.code(),
			Self::NotFhirJson(_) => "not-json",
			Self::Refused(refused) => refused.fault.code(),
		}
	}
}

impl fmt::Display for NotClassified {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::NotFhirJson(error) => error.fmt(f),
			Self::Refused(refused) => refused.fmt(f),
		}
	}
}

impl std::error::Error for NotClassified {}

impl From<Refused> for NotClassified {
	fn from(refused: Refused) -> Self {
		Self::Refused(refused)
	}
}

impl From<RecordError> for NotClassified {
	fn from(error: RecordError) -> Self {
		Self::NotFhirJson(error)
	}
}
