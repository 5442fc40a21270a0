//! Privacy budgets.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// An amount of epsilon, in millionths: 1,000,000 is an epsilon of 1.
pub type MicroEpsilon = u64;

/// The privacy budget of a population: one for all datasets that a custodian draws from it, and all
/// their versions. What is reserved and what is settled together never exceed the total.
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
pub struct Budget {
	/// What the committee has allowed so far.
	pub total: MicroEpsilon,
	/// What is reserved for queries without a result. It stays reserved until there is one, if need be
	/// for ever.
	pub reserved: MicroEpsilon,
	/// What queries with a result have used.
	pub settled: MicroEpsilon,
}

/// Why a budget refused.
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
pub enum BudgetError {
	/// Nothing was asked for: an answer without noise would be no answer.
	#[codec(index = 0)]
	ZeroEpsilon,
	/// Less is left than was asked for.
	#[codec(index = 1)]
	Exhausted,
	/// As much was never reserved.
	#[codec(index = 2)]
	NotReserved,
	/// The total would not fit its type.
	#[codec(index = 3)]
	Overflow,
}

impl Budget {
	/// A budget of which nothing is used.
	pub const fn new(total: MicroEpsilon) -> Self {
		Self { total, reserved: 0, settled: 0 }
	}

	/// Whether reserved and settled together are within the total.
	pub fn is_sound(&self) -> bool {
		self.reserved.checked_add(self.settled).is_some_and(|used| used <= self.total)
	}

	/// What can still be reserved. Nothing, if the budget is not sound.
	pub fn left(&self) -> MicroEpsilon {
		let used = self.reserved.checked_add(self.settled);
		used.and_then(|used| self.total.checked_sub(used)).unwrap_or(0)
	}

	/// The budget after `amount` is reserved for a query.
	///
	/// # Errors
	/// [`BudgetError::ZeroEpsilon`], [`BudgetError::Exhausted`].
	pub fn reserve(&self, amount: MicroEpsilon) -> Result<Self, BudgetError> {
		if amount == 0 {
			return Err(BudgetError::ZeroEpsilon);
		}
		if self.left() < amount {
			return Err(BudgetError::Exhausted);
		}
		let reserved = self.reserved.checked_add(amount).ok_or(BudgetError::Exhausted)?;
		Ok(Self { reserved, ..*self })
	}

	/// The budget after a query for which `amount` was reserved has its result, delivered or suppressed.
	///
	/// # Errors
	/// [`BudgetError::ZeroEpsilon`], [`BudgetError::NotReserved`], [`BudgetError::Overflow`].
	pub fn settle(&self, amount: MicroEpsilon) -> Result<Self, BudgetError> {
		if amount == 0 {
			return Err(BudgetError::ZeroEpsilon);
		}
		let reserved = self.reserved.checked_sub(amount).ok_or(BudgetError::NotReserved)?;
		let settled = self.settled.checked_add(amount).ok_or(BudgetError::Overflow)?;
		Ok(Self { reserved, settled, ..*self })
	}

	/// The budget after the committee has allowed `more`. What was used stays used.
	///
	/// # Errors
	/// [`BudgetError::ZeroEpsilon`], [`BudgetError::Overflow`].
	pub fn renew(&self, more: MicroEpsilon) -> Result<Self, BudgetError> {
		if more == 0 {
			return Err(BudgetError::ZeroEpsilon);
		}
		let total = self.total.checked_add(more).ok_or(BudgetError::Overflow)?;
		Ok(Self { total, ..*self })
	}
}
