//! Code lists, and sets of them as bit masks.
//!
//! In a set, bit *n* stands for the variant with index *n* of the list's enum, so that a front-end
//! can name every bit from the metadata. The lists grow at the end only: an index is never reused.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Defines a code list as an enum with explicit indices, and the set type over it.
macro_rules! code_list {
	(
		$(#[$enum_doc:meta])* $name:ident,
		$(#[$set_doc:meta])* $set:ident($bits:ty),
		{ $( $(#[$variant_doc:meta])* $variant:ident = $index:literal ),+ $(,)? }
	) => {
		$(#[$enum_doc])*
		#[derive(
			Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, DecodeWithMemTracking,
			MaxEncodedLen, TypeInfo, Serialize, Deserialize,
		)]
		pub enum $name {
			$( $(#[$variant_doc])* #[codec(index = $index)] $variant, )+
		}

		impl $name {
			/// Every code of the list, in the order of the indices.
			pub const ALL: &'static [Self] = &[ $( Self::$variant, )+ ];

			/// The code's index: its bit in a set.
			pub const fn index(self) -> u8 {
				match self { $( Self::$variant => $index, )+ }
			}

			const fn bit(self) -> $bits {
				match self { $( Self::$variant => 1 << $index, )+ }
			}
		}

		$(#[$set_doc])*
		#[derive(
			Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, DecodeWithMemTracking,
			MaxEncodedLen, TypeInfo, Serialize, Deserialize,
		)]
		pub struct $set(pub $bits);

		impl $set {
			/// No code.
			pub const EMPTY: Self = Self(0);
			/// Every code that the list has today. A code added later is not in a set made now.
			pub const ALL: Self = Self(0 $( | (1 << $index) )+);

			/// The set of the given codes.
			pub fn of(codes: &[$name]) -> Self {
				codes.iter().copied().collect()
			}

			/// The codes in the set, in the order of the indices.
			pub fn iter(self) -> impl Iterator<Item = $name> {
				$name::ALL.iter().copied().filter(move |code| self.contains(*code))
			}

			/// This set and `code`.
			#[must_use]
			pub const fn with(self, code: $name) -> Self {
				Self(self.0 | code.bit())
			}

			/// This set without `code`.
			#[must_use]
			pub const fn without(self, code: $name) -> Self {
				Self(self.0 & !code.bit())
			}

			/// Whether `code` is in the set.
			pub const fn contains(self, code: $name) -> bool {
				self.0 & code.bit() != 0
			}

			/// Whether the set has no code.
			pub const fn is_empty(self) -> bool {
				self.0 == 0
			}

			/// Whether every code of this set is in `other`.
			pub const fn is_subset_of(self, other: Self) -> bool {
				self.0 & !other.0 == 0
			}

			/// Whether the two sets share a code.
			pub const fn intersects(self, other: Self) -> bool {
				self.0 & other.0 != 0
			}

			/// Whether every bit stands for a code of the list.
			pub const fn is_known(self) -> bool {
				self.is_subset_of(Self::ALL)
			}
		}

		impl FromIterator<$name> for $set {
			fn from_iter<I: IntoIterator<Item = $name>>(codes: I) -> Self {
				codes.into_iter().fold(Self::EMPTY, Self::with)
			}
		}
	};
}

code_list! {
	/// Why access is asked for: HL7 v3 PurposeOfUse (code system 2.16.840.1.113883.5.8).
	///
	/// Purposes are matched exactly. A parent code does not imply its children, and a child never
	/// implies its parent.
	Purpose,
	/// A set of [`Purpose`]s.
	PurposeSet(u32),
	{
		/// TREAT: treatment.
		Treat = 0,
		/// ETREAT: emergency treatment.
		Etreat = 1,
		/// BTG: break the glass. Never granted by a directive; see `break_glass`.
		Btg = 2,
		/// HPAYMT: healthcare payment.
		Hpaymt = 3,
		/// HOPERAT: healthcare operations.
		Hoperat = 4,
		/// HRESCH: healthcare research.
		Hresch = 5,
		/// CLINTRCH: clinical trial research.
		Clintrch = 6,
		/// PUBHLTH: public health.
		Pubhlth = 7,
		/// CAREMGT: care management.
		Caremgt = 8,
		/// PATRQT: the patient's own request.
		Patrqt = 9,
		/// FAMRQT: the family's request.
		Famrqt = 10,
		/// COVERAGE: coverage under a policy or programme.
		Coverage = 11,
		/// ELIGDTRM: determination of eligibility for benefits.
		Eligdtrm = 12,
		/// HMARKT: healthcare marketing.
		Hmarkt = 13,
		/// HDIRECT: a directory of patients.
		Hdirect = 14,
		/// HLEGAL: legal proceedings.
		Hlegal = 15,
		/// TRAIN: training of staff.
		Train = 16,
		/// HSYSADMIN: administration of the systems.
		Hsysadmin = 17,
	}
}

code_list! {
	/// What kind of data, coarsely: groups of FHIR resource types. Reports, observations and documents are of
	/// the class that their category and code tell (`docs/fhir-classes.md`).
	///
	/// Coarse on purpose: a finer class on chain would say what is wrong with the patient.
	DataClass,
	/// A set of [`DataClass`]es.
	DataClassSet(u32),
	{
		/// Who the patient is: Patient, RelatedPerson.
		Demographics = 0,
		/// Problems and diagnoses: Condition, AllergyIntolerance.
		Problems = 1,
		/// Medicines: MedicationRequest, MedicationStatement, MedicationDispense.
		Medications = 2,
		/// Laboratory results: DiagnosticReport and Observation of the laboratory, Specimen.
		Laboratory = 3,
		/// Vital signs and other findings: Observation of vital signs, examination, social history.
		Observations = 4,
		/// Images and their reports: ImagingStudy, Media, DiagnosticReport of radiology.
		Imaging = 5,
		/// What was done, and found in doing it: Procedure, Immunization, Device, reports of procedures.
		Procedures = 6,
		/// Visits and stays: Encounter, EpisodeOfCare, Appointment.
		Encounters = 7,
		/// Narrative documents: Composition, DocumentReference, ClinicalImpression.
		Documents = 8,
		/// Plans and goals: CarePlan, Goal, ServiceRequest.
		CarePlans = 9,
		/// Questionnaires and their answers, family history.
		Questionnaires = 10,
		/// Genomic data: MolecularSequence, reports and observations of genetics.
		Genomics = 11,
		/// Money: Coverage, Claim, ClaimResponse, ExplanationOfBenefit.
		Financial = 12,
	}
}

code_list! {
	/// Data that law or custom protects more strongly: HL7 v3 information sensitivity.
	///
	/// A label on chain would itself disclose, so directives that name one are sealed.
	SensitivityLabel,
	/// A set of [`SensitivityLabel`]s.
	LabelSet(u16),
	{
		/// ETH: substance abuse.
		Eth = 0,
		/// ETHUD: alcohol use disorder.
		Ethud = 1,
		/// OPIOIDUD: opioid use disorder.
		Opioidud = 2,
		/// PSY: psychiatry.
		Psy = 3,
		/// SDV: sexual assault, abuse, domestic violence.
		Sdv = 4,
		/// HIV: HIV and AIDS.
		Hiv = 5,
		/// SEX: sexuality and reproductive health.
		Sex = 6,
		/// MINOR: a minor's confidential care.
		Minor = 7,
	}
}

code_list! {
	/// What is done with the data.
	Action,
	/// A set of [`Action`]s.
	ActionSet(u8),
	{
		/// Look at it.
		Read = 0,
		/// Take a copy into one's own records.
		Export = 1,
		/// Add to it or correct it.
		Amend = 2,
		/// Hand it on to a third party.
		Redisclose = 3,
	}
}

code_list! {
	/// What an organisation is licensed to be.
	OrgKind,
	/// A set of [`OrgKind`]s.
	OrgKindSet(u16),
	{
		/// A hospital, clinic or practice.
		Provider = 0,
		/// An insurer or another that pays for care.
		Payer = 1,
		/// A pharmacy.
		Pharmacy = 2,
		/// A laboratory.
		Laboratory = 3,
		/// A research body.
		Research = 4,
		/// An ethics committee.
		Ethics = 5,
		/// An auditor.
		Auditor = 6,
	}
}

code_list! {
	/// What a person does at an organisation. Roles always come from the registry, never from a
	/// caller's argument.
	Role,
	/// A set of [`Role`]s.
	RoleSet(u16),
	{
		/// Physician or another who treats.
		Clinician = 0,
		/// Nurse.
		Nurse = 1,
		/// Pharmacist.
		Pharmacist = 2,
		/// Laboratory scientist.
		LabScientist = 3,
		/// Privacy officer: reviews emergencies and answers for access.
		PrivacyOfficer = 4,
		/// Biller: the billing office.
		Biller = 5,
		/// Data steward: anchors and releases records.
		DataSteward = 6,
		/// Auditor.
		Auditor = 7,
		/// Researcher: leads studies, asks for data and answers for its use.
		Researcher = 8,
		/// Member of an ethics committee: approves studies, and ends approvals.
		EthicsMember = 9,
		/// Member of a data access committee: votes on requests for data and on privacy budgets.
		DacMember = 10,
	}
}

code_list! {
	/// What a registrar may do besides licensing kinds of organisations.
	Capability,
	/// A set of [`Capability`]s.
	CapabilitySet(u8),
	{
		/// Verify mandates.
		Mandates = 0,
		/// Report deaths.
		Deaths = 1,
		/// Carry out court orders.
		CourtOrders = 2,
	}
}

/// The state of a patient's handle.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum PatientState {
	/// In ordinary use.
	#[codec(index = 0)]
	Active,
	/// Stopped by a key, a contact or a court: nothing can be loosened.
	#[codec(index = 1)]
	Frozen,
	/// A recovery of lost keys is under way.
	#[codec(index = 2)]
	Recovering,
	/// A recovery was vetoed twice and awaits a registrar.
	#[codec(index = 3)]
	Contested,
	/// Reported dead; the report can still be contested.
	#[codec(index = 4)]
	DeceasedProvisional,
	/// Dead; the time to contest is over.
	#[codec(index = 5)]
	DeceasedFinal,
	/// A tombstone: neither the handle nor its keys are ever used again.
	#[codec(index = 6)]
	Retired,
}

code_list! {
	/// What a patient's key is for. Any live key may tighten, whatever it is for; but a dispute, of which a record has three, ever,
	/// takes one that is not for viewing alone.
	KeyPurpose,
	/// A set of [`KeyPurpose`]s.
	KeyPurposeSet(u8),
	{
		/// Manage the handle: keys, agreement key, unfreezing, retirement.
		Authentication = 0,
		/// Loosen consent: permit, approve, lift.
		Consent = 1,
		/// Read one's own records, and tighten.
		View = 2,
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// Bit n must be variant n: front-ends name bits by the metadata's indices.
	#[test]
	fn a_bit_is_the_index_that_the_codec_writes() {
		macro_rules! check {
			($($name:ident, $set:ident);+) => {$(
				for (position, code) in $name::ALL.iter().enumerate() {
					let index = usize::from(code.index());
					assert_eq!(position, index, "{code:?}");
					assert_eq!(code.encode(), vec![code.index()], "{code:?}");
					let set = $set::of(&[*code]);
					assert_eq!(u64::from(set.0), 1u64 << index, "{code:?}");
					assert!(set.contains(*code) && set.without(*code).is_empty());
					assert!(set.is_known());
				}
				assert!($set::ALL.is_known());
			)+};
		}
		check!(Purpose, PurposeSet; DataClass, DataClassSet; SensitivityLabel, LabelSet;
			Action, ActionSet; Role, RoleSet; Capability, CapabilitySet; OrgKind, OrgKindSet;
			KeyPurpose, KeyPurposeSet);
	}

	#[test]
	fn a_set_gives_its_codes_in_order_and_nothing_unknown() {
		let codes = [Purpose::Hpaymt, Purpose::Treat];
		let set = PurposeSet::of(&codes);
		assert_eq!(set.iter().collect::<Vec<_>>(), [Purpose::Treat, Purpose::Hpaymt]);
		assert_eq!(set.iter().collect::<PurposeSet>(), set);
		assert_eq!(PurposeSet::ALL.iter().collect::<Vec<_>>(), Purpose::ALL);
		assert_eq!(PurposeSet(1 << 31).iter().count(), 0);
	}

	#[test]
	fn subsets_and_intersections() {
		let a = PurposeSet::of(&[Purpose::Treat]);
		let b = PurposeSet::of(&[Purpose::Treat, Purpose::Hpaymt]);
		assert!(a.is_subset_of(b) && !b.is_subset_of(a) && a.intersects(b));
		assert!(PurposeSet::EMPTY.is_subset_of(a) && !PurposeSet::EMPTY.intersects(a));
	}
}
