//! What is adjudicated.

use super::{BenefitCategory, Carc, Group, LineError};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// An amount in the settlement asset's smallest unit.
pub type Money = u128;

/// The most lines of a claim.
pub const MAX_LINES: usize = 64;

/// What a payer agreed to beforehand for a line.
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
pub struct Authorisation {
	/// The most units.
	pub quantity: u32,
	/// The most that is allowed for them, in the asset's smallest unit, before the member's share.
	pub amount: Money,
}

/// What the payers before this one did with a line.
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
pub struct PriorPayment {
	/// What they paid, all of them together.
	pub paid: Money,
	/// What the last of them left to the patient (group PR): all that is still open.
	pub patient_responsibility: Money,
}

/// A reason to deny a line that the caller has found.
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
pub enum Denial {
	/// The service was before the coverage: PR 26.
	#[codec(index = 0)]
	BeforeCoverage,
	/// The service was after the coverage: PR 27.
	#[codec(index = 1)]
	AfterCoverage,
	/// The claim came too late: CO 29.
	#[codec(index = 2)]
	FilingLimit,
	/// The same line is live elsewhere: OA 18, for the whole charge, whatever a prior payer did.
	#[codec(index = 3)]
	Duplicate,
	/// Something is missing, such as the member's attestation: CO 16.
	#[codec(index = 4)]
	LacksInformation,
	/// The provider held no licence on the day: CO B7.
	#[codec(index = 5)]
	ProviderNotEligible,
	/// Not covered for a reason that the plan's rules do not express: PR 96.
	#[codec(index = 6)]
	NonCovered,
	/// There is no live authorisation: CO 197. Found here too, where the plan demands one.
	#[codec(index = 7)]
	AuthorisationAbsent,
}

impl Denial {
	/// Who bears the amount, and the reason.
	pub const fn code(self) -> (Group, Carc) {
		match self {
			Self::BeforeCoverage => (Group::PatientResponsibility, Carc::BeforeCoverage),
			Self::AfterCoverage => (Group::PatientResponsibility, Carc::AfterCoverage),
			Self::FilingLimit => (Group::ContractualObligation, Carc::FilingLimit),
			Self::Duplicate => (Group::OtherAdjustment, Carc::Duplicate),
			Self::LacksInformation => (Group::ContractualObligation, Carc::LacksInformation),
			Self::ProviderNotEligible => (Group::ContractualObligation, Carc::ProviderNotEligible),
			Self::NonCovered => (Group::PatientResponsibility, Carc::NonCovered),
			Self::AuthorisationAbsent => (Group::ContractualObligation, Carc::AuthorisationAbsent),
		}
	}
}

/// A line of a claim, as far as the arithmetic goes.
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
pub struct ClaimLine {
	/// What kind of benefit it is.
	pub category: BenefitCategory,
	/// How many units, at least 1: what copays, caps, visit limits and authorisations count.
	pub quantity: u32,
	/// The charge for all units together, in the asset's smallest unit. May be 0.
	pub charge: Money,
	/// The live authorisation, read only where the plan demands one.
	pub authorisation: Option<Authorisation>,
	/// A reason to deny the line that the caller has found. It comes before every other.
	pub denial: Option<Denial>,
	/// What prior payers did, if this is not the first.
	pub prior: Option<PriorPayment>,
}

impl ClaimLine {
	/// A line without authorisation, denial or prior payer.
	pub const fn new(category: BenefitCategory, quantity: u32, charge: Money) -> Self {
		Self { category, quantity, charge, authorisation: None, denial: None, prior: None }
	}

	/// What is still open: the charge, or what the prior payers left to the patient.
	///
	/// # Errors
	///
	/// [`LineError::PriorAboveCharge`] if they account for more than the charge.
	pub fn open(&self) -> Result<Money, LineError> {
		let Some(PriorPayment { paid, patient_responsibility }) = self.prior else {
			return Ok(self.charge);
		};
		match paid.checked_add(patient_responsibility) {
			Some(allowed) if allowed <= self.charge => Ok(patient_responsibility),
			_ => Err(LineError::PriorAboveCharge),
		}
	}
}
