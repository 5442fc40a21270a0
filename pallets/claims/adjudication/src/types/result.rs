//! What comes out.

use super::{Accumulators, BenefitCategory, Carc, Group, List, Money, Usage, MAX_LINES};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// The most adjustments of a line. [`adjudicate`](crate::adjudicate) never gives more than 7: 23,
/// 198, 119, 1, 3, 2, and 45 in one of its groups.
pub const MAX_ADJUSTMENTS: usize = 8;

/// A part of a line's charge that is not paid: who bears it, and why. A CAS segment of the X12 835.
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
pub struct Adjustment {
	/// Who bears it.
	pub group: Group,
	/// Why.
	pub carc: Carc,
	/// How much, in the asset's smallest unit. Never 0.
	#[codec(compact)]
	pub amount: Money,
}

impl Adjustment {
	/// An adjustment.
	pub const fn new(group: Group, carc: Carc, amount: Money) -> Self {
		Self { group, carc, amount }
	}
}

/// The adjustments of a line, each group and reason at most once.
pub type Adjustments = List<Adjustment, MAX_ADJUSTMENTS>;

/// What became of a line. `charge = paid + Σ adjustments`, exactly.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct LineResult {
	/// The category of the line.
	pub category: BenefitCategory,
	/// What this payer pays the provider.
	#[codec(compact)]
	pub paid: Money,
	/// What the patient owes the provider: the sum of the adjustments of group PR.
	#[codec(compact)]
	pub patient_responsibility: Money,
	/// What the line used of its category.
	pub usage: Usage,
	/// Why the rest of the charge is not paid.
	pub adjustments: Adjustments,
}

impl LineResult {
	/// The deductible in it (PR 1): what it adds to the deductible met.
	pub fn deductible(&self) -> Money {
		self.sum(|adjustment| adjustment.carc == Carc::Deductible)
	}

	/// The member's share in it (PR 1, 2, 3): what it adds to the out-of-pocket sum. What the
	/// patient owes for other reasons, such as a benefit maximum, does not count.
	pub fn cost_sharing(&self) -> Money {
		self.sum(|adjustment| {
			matches!(adjustment.carc, Carc::Deductible | Carc::Coinsurance | Carc::Copay)
		})
	}

	/// Whether a reason denies the line.
	pub fn is_denied(&self) -> bool {
		self.adjustments.iter().any(|adjustment| adjustment.carc.denies())
	}

	/// The sum of the PR adjustments that are `wanted`. In a balanced line no sum reaches beyond
	/// the charge, so that nothing saturates.
	fn sum(&self, wanted: impl Fn(&Adjustment) -> bool) -> Money {
		self.adjustments
			.iter()
			.filter(|adjustment| {
				adjustment.group == Group::PatientResponsibility && wanted(adjustment)
			})
			.fold(0, |sum: Money, adjustment| sum.saturating_add(adjustment.amount))
	}
}

/// The totals of a claim. `charge = paid + the four groups`, exactly.
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
pub struct Totals {
	/// The charges.
	#[codec(compact)]
	pub charge: Money,
	/// What this payer pays.
	#[codec(compact)]
	pub paid: Money,
	/// Group CO.
	#[codec(compact)]
	pub contractual_obligation: Money,
	/// Group PR: what the patient owes.
	#[codec(compact)]
	pub patient_responsibility: Money,
	/// Group OA.
	#[codec(compact)]
	pub other_adjustment: Money,
	/// Group PI.
	#[codec(compact)]
	pub payer_initiated: Money,
}

/// What became of a claim.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Adjudication {
	/// The lines, in the order of the claim. Together with the totals, all that a claim keeps.
	pub lines: List<LineResult, MAX_LINES>,
	/// The totals.
	pub totals: Totals,
	/// The accumulators after the claim.
	pub accumulators: Accumulators,
}
