//! Groups and reasons of adjustments, as in the X12 835.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Who bears an adjustment: X12 claim adjustment group codes.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Group {
	/// CO: the provider, by contract or law. Never billed to the patient.
	#[codec(index = 0)]
	ContractualObligation,
	/// PR: the patient.
	#[codec(index = 1)]
	PatientResponsibility,
	/// OA: nobody by this claim.
	#[codec(index = 2)]
	OtherAdjustment,
	/// PI: the provider, by the payer's decision without a contract. Never billed to the patient.
	#[codec(index = 3)]
	PayerInitiated,
}

impl Group {
	/// The code as in CAS01 of an X12 835.
	pub const fn x12(self) -> &'static str {
		match self {
			Self::ContractualObligation => "CO",
			Self::PatientResponsibility => "PR",
			Self::OtherAdjustment => "OA",
			Self::PayerInitiated => "PI",
		}
	}
}

/// Defines the reasons as an enum with explicit indices and their X12 codes.
macro_rules! reasons {
	($( $(#[$doc:meta])* $variant:ident = $index:literal, $x12:literal ),+ $(,)?) => {
		/// Why an amount was not paid: X12 claim adjustment reason codes (CARC), those that this
		/// crate or a payer of the network gives. The list grows at the end only.
		#[derive(
			Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode,
			DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
		)]
		pub enum Carc {
			$( $(#[$doc])* #[codec(index = $index)] $variant, )+
		}

		impl Carc {
			/// Every reason, in the order of the indices.
			pub const ALL: &'static [Self] = &[ $( Self::$variant, )+ ];

			/// The code as in CAS02 of an X12 835.
			pub const fn x12(self) -> &'static str {
				match self { $( Self::$variant => $x12, )+ }
			}
		}
	};
}

reasons! {
	/// 1: deductible.
	Deductible = 0, "1",
	/// 2: coinsurance.
	Coinsurance = 1, "2",
	/// 3: copay.
	Copay = 2, "3",
	/// 16: lacks information, or has errors, needed for adjudication.
	LacksInformation = 3, "16",
	/// 18: exact duplicate.
	Duplicate = 4, "18",
	/// 22: may be covered by another payer under coordination of benefits.
	OtherPayer = 5, "22",
	/// 23: the impact of prior payers' adjudication, including payments and adjustments.
	PriorPayer = 6, "23",
	/// 26: expenses incurred before coverage.
	BeforeCoverage = 7, "26",
	/// 27: expenses incurred after coverage ended.
	AfterCoverage = 8, "27",
	/// 29: the time limit for filing has passed.
	FilingLimit = 9, "29",
	/// 45: charge exceeds the fee schedule, the maximum allowable or the contracted fee. Never the
	/// whole charge, and never what a prior payer wrote off already.
	FeeSchedule = 10, "45",
	/// 50: not deemed a medical necessity by the payer.
	NotNecessary = 11, "50",
	/// 96: non-covered charges.
	NonCovered = 12, "96",
	/// 97: included in the payment for another service.
	Bundled = 13, "97",
	/// 119: benefit maximum for this period or occurrence reached.
	BenefitMaximum = 14, "119",
	/// 131: claim-specific negotiated discount.
	NegotiatedDiscount = 15, "131",
	/// 197: precertification, authorisation or notification absent.
	AuthorisationAbsent = 16, "197",
	/// 198: precertification, authorisation or notification exceeded.
	AuthorisationExceeded = 17, "198",
	/// 226: requested information was not provided, late or insufficient.
	NoAnswer = 18, "226",
	/// B7: the provider was not certified or eligible for this service on this date.
	ProviderNotEligible = 19, "B7",
}

impl Carc {
	/// Whether the reason may stand in `group`.
	///
	/// 18 and 23 belong to OA, and 45 to CO or PR, by the code list itself. 1, 2 and 3 belong to PR
	/// here, because the accumulators count them as what the member pays. What a provider failed to
	/// do, or agreed to, is never the patient's: 16, 29, 97, 131, 226 and B7.
	pub const fn fits(self, group: Group) -> bool {
		match self {
			Self::Deductible | Self::Coinsurance | Self::Copay => {
				matches!(group, Group::PatientResponsibility)
			},
			Self::Duplicate | Self::PriorPayer => matches!(group, Group::OtherAdjustment),
			Self::FeeSchedule => {
				matches!(group, Group::ContractualObligation | Group::PatientResponsibility)
			},
			Self::LacksInformation
			| Self::FilingLimit
			| Self::Bundled
			| Self::NegotiatedDiscount
			| Self::NoAnswer
			| Self::ProviderNotEligible => !matches!(group, Group::PatientResponsibility),
			_ => true,
		}
	}

	/// Whether the reason denies the line, so that nothing of it may be paid. The others reduce.
	pub const fn denies(self) -> bool {
		match self {
			Self::LacksInformation
			| Self::Duplicate
			| Self::OtherPayer
			| Self::BeforeCoverage
			| Self::AfterCoverage
			| Self::FilingLimit
			| Self::NotNecessary
			| Self::NonCovered
			| Self::Bundled
			| Self::AuthorisationAbsent
			| Self::NoAnswer
			| Self::ProviderNotEligible => true,
			Self::Deductible
			| Self::Coinsurance
			| Self::Copay
			| Self::PriorPayer
			| Self::FeeSchedule
			| Self::BenefitMaximum
			| Self::NegotiatedDiscount
			| Self::AuthorisationExceeded => false,
		}
	}
}
