//! Plans, their benefits, and what a member has used of them.

use super::Money;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A share in parts per million: 200,000 is 20 %.
pub type PartsPerMillion = u32;

/// The whole, in parts per million.
pub const WHOLE: PartsPerMillion = 1_000_000;

/// Defines the categories as an enum with explicit indices, and a struct with a field for each.
macro_rules! categories {
	($( $(#[$doc:meta])* $variant:ident $field:ident = $index:literal ),+ $(,)?) => {
		/// A coarse category of benefits: all that a claim says in public about what was done.
		///
		/// The rows are those of the chart of common medical events in the US Summary of Benefits
		/// and Coverage (template of April 2016, OMB 1210-0147), put together where a plan rarely
		/// tells them apart. Everything that says something about a person by itself (mental and
		/// behavioural health, substance use, pregnancy, HIV, sexual health) is in the single
		/// category [`Sensitive`](Self::Sensitive). The list grows at the end only.
		#[derive(
			Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode,
			DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
		)]
		pub enum BenefitCategory {
			$( $(#[$doc])* #[codec(index = $index)] $variant, )+
		}

		impl BenefitCategory {
			/// Every category, in the order of the indices.
			pub const ALL: &'static [Self] = &[ $( Self::$variant, )+ ];
		}

		/// One value for each category.
		#[derive(
			Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, DecodeWithMemTracking,
			MaxEncodedLen, TypeInfo,
		)]
		pub struct ByCategory<T> {
			$( $(#[$doc])* pub $field: T, )+
		}

		impl<T> ByCategory<T> {
			/// The value of a category.
			pub const fn get(&self, category: BenefitCategory) -> &T {
				match category {
					$( BenefitCategory::$variant => &self.$field, )+
				}
			}

			/// The value of a category, to be changed.
			pub const fn get_mut(&mut self, category: BenefitCategory) -> &mut T {
				match category {
					$( BenefitCategory::$variant => &mut self.$field, )+
				}
			}
		}
	};
}

categories! {
	/// Primary care visits.
	PrimaryCare primary_care = 0,
	/// Specialist visits.
	Specialist specialist = 1,
	/// Preventive care, screening, immunisation.
	Preventive preventive = 2,
	/// Diagnostic tests: X-ray, blood work.
	DiagnosticTest diagnostic_test = 3,
	/// Imaging: CT, PET, MRI.
	Imaging imaging = 4,
	/// Prescription drugs.
	Prescription prescription = 5,
	/// Outpatient surgery, facility and surgeon.
	OutpatientSurgery outpatient_surgery = 6,
	/// Emergency room care and emergency transport.
	Emergency emergency = 7,
	/// Urgent care.
	UrgentCare urgent_care = 8,
	/// Hospital stays, facility and surgeon.
	HospitalStay hospital_stay = 9,
	/// Home health care.
	HomeHealth home_health = 10,
	/// Rehabilitation and habilitation.
	Rehabilitation rehabilitation = 11,
	/// Skilled nursing and hospice.
	SkilledNursing skilled_nursing = 12,
	/// Durable medical equipment.
	MedicalEquipment medical_equipment = 13,
	/// Dental and eye care.
	DentalAndVision dental_and_vision = 14,
	/// Everything that says something about a person by itself.
	Sensitive sensitive = 15,
}

/// The most of a category in money in the plan's period, and what counts towards it.
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
pub enum AmountLimit {
	/// The plan considers at most this much. The member's deductible, copay and coinsurance count
	/// too, as they did in Medicare's limit on incurred expenses for therapy.
	#[codec(index = 0)]
	Considered(Money),
	/// The plan pays at most this much, as in a dental plan's annual maximum.
	#[codec(index = 1)]
	Paid(Money),
}

/// What a plan says of one category. The default covers nothing.
///
/// "Unit" is what [`ClaimLine::quantity`](crate::ClaimLine::quantity) counts: a visit, a day, a
/// fill. A member's share of a unit is the same for each.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Default,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Benefit {
	/// Whether the plan covers the category at all. If not, nothing below is read.
	pub covered: bool,
	/// Whether a line needs a prior authorisation.
	pub authorisation_required: bool,
	/// Whether the plan's deductible comes first.
	pub deductible_applies: bool,
	/// The most that the plan allows for a unit, in the asset's smallest unit, at least 1. `None`:
	/// the charge. What is not to be paid at all is not covered: CARC 45 may not stand for a whole
	/// charge.
	pub allowed_cap: Option<Money>,
	/// The most units in the plan's period.
	pub visit_limit: Option<u32>,
	/// The most money in the plan's period.
	pub amount_limit: Option<AmountLimit>,
	/// What the member pays for each unit, in the asset's smallest unit.
	pub copay: Money,
	/// The member's share of what is left after the copay, in parts per million, at most
	/// [`WHOLE`].
	pub coinsurance: PartsPerMillion,
}

/// How a plan that is not the first payer counts. It never pays more than it would have paid as
/// the first, nor more than the prior payer left open.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Default,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Coordination {
	/// The higher of the two payers' allowed amounts holds: the plan writes off nothing that the
	/// prior payer left to the patient. 42 CFR § 411.33(a) for Medicare.
	#[default]
	#[codec(index = 0)]
	HigherAllowed,
	/// The plan's own allowed amount holds: what the prior payer allowed above it is written off by
	/// the provider. "Lesser of", as many Medicaid programmes do (X12 RFI 1696 has an example).
	#[codec(index = 1)]
	OwnAllowed,
}

/// A version of a plan, as far as the arithmetic goes. It never changes.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Default,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Plan {
	/// What the member pays first in the plan's period, in the asset's smallest unit. 0 for none.
	pub deductible: Money,
	/// The most that the member pays in deductible, copay and coinsurance in the plan's period.
	pub out_of_pocket_maximum: Option<Money>,
	/// How the plan counts when it is not the first payer.
	pub coordination: Coordination,
	/// The benefits.
	pub benefits: ByCategory<Benefit>,
}

impl Plan {
	/// Whether every share is at most the whole, and no cap is 0. To be asked where a plan is made;
	/// [`adjudicate`] asks again.
	///
	/// [`adjudicate`]: crate::adjudicate
	pub fn is_sound(&self) -> bool {
		BenefitCategory::ALL.iter().all(|category| {
			let benefit = self.benefits.get(*category);
			benefit.coinsurance <= WHOLE && benefit.allowed_cap != Some(0)
		})
	}

	/// Whether no accumulator is above its limit.
	pub fn bounds(&self, accumulators: &Accumulators) -> bool {
		let within = |category: &BenefitCategory| {
			let benefit = self.benefits.get(*category);
			let usage = accumulators.usage.get(*category);
			let amount = match benefit.amount_limit {
				Some(AmountLimit::Considered(limit) | AmountLimit::Paid(limit)) => {
					usage.amount <= limit
				},
				None => true,
			};
			amount && benefit.visit_limit.is_none_or(|limit| usage.visits <= limit)
		};
		accumulators.deductible <= self.deductible
			&& self
				.out_of_pocket_maximum
				.is_none_or(|maximum| accumulators.out_of_pocket <= maximum)
			&& BenefitCategory::ALL.iter().all(within)
	}
}

/// What was used of one category.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Default,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Usage {
	/// Units.
	#[codec(compact)]
	pub visits: u32,
	/// Money, in the asset's smallest unit: what the plan paid or, under
	/// [`AmountLimit::Considered`], what it paid and the member's share.
	#[codec(compact)]
	pub amount: Money,
}

/// What a member has used of a plan in its period: always the fold of the settled claims that were
/// not reversed.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Default,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Accumulators {
	/// Deductible met, in the asset's smallest unit.
	#[codec(compact)]
	pub deductible: Money,
	/// Deductible, copay and coinsurance that counted towards the out-of-pocket maximum.
	#[codec(compact)]
	pub out_of_pocket: Money,
	/// Used of each category.
	pub usage: ByCategory<Usage>,
}
