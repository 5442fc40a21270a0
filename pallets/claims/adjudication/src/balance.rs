//! The balancing rules of the X12 835, for lines and for claims.

use crate::{
	Adjustment, Carc, ClaimLine, Error, Group, LineError, LineResult, Money, Totals,
	MAX_ADJUSTMENTS, MAX_LINES,
};

/// Whether a line balances: `charge = paid + Σ adjustments`, the service line rule of the X12 835
/// (SVC02 − Σ CAS = SVC03). Returns the patient responsibility, the sum of group PR.
///
/// # Errors
///
/// [`LineError::TooManyAdjustments`], [`LineError::ZeroAdjustment`],
/// [`LineError::RepeatedAdjustment`], [`LineError::WrongGroup`], [`LineError::PaidThoughDenied`],
/// [`LineError::WholeCharge`] and [`LineError::Unbalanced`], which is also the answer when the sum
/// does not fit 128 bits.
pub fn check_line(
	charge: Money,
	paid: Money,
	adjustments: &[Adjustment],
) -> Result<Money, LineError> {
	if adjustments.len() > MAX_ADJUSTMENTS {
		return Err(LineError::TooManyAdjustments);
	}
	let mut sum = paid;
	let mut patient: Money = 0;
	for (index, adjustment) in adjustments.iter().enumerate() {
		let Adjustment { group, carc, amount } = *adjustment;
		if amount == 0 {
			return Err(LineError::ZeroAdjustment);
		}
		if !carc.fits(group) {
			return Err(LineError::WrongGroup);
		}
		if carc.denies() && paid > 0 {
			return Err(LineError::PaidThoughDenied);
		}
		if carc == Carc::FeeSchedule && amount == charge {
			return Err(LineError::WholeCharge);
		}
		let mut before = adjustments.iter().take(index);
		if before.any(|other| (other.group, other.carc) == (group, carc)) {
			return Err(LineError::RepeatedAdjustment);
		}
		sum = sum.checked_add(amount).ok_or(LineError::Unbalanced)?;
		if group == Group::PatientResponsibility {
			// A part of `sum`, so it fits.
			patient = patient.saturating_add(amount);
		}
	}
	if sum == charge {
		Ok(patient)
	} else {
		Err(LineError::Unbalanced)
	}
}

/// Whether results, wherever they come from, are sound for the lines of a claim. Returns the
/// totals.
///
/// It checks arithmetic, not the plan's rules: who calculated is [`adjudicate`](crate::adjudicate)
/// or a person. No payer and no patient can come out with more than is open, so that over all
/// payers of a line `Σ paid + patient responsibility <= charge`.
///
/// # Errors
///
/// [`Error::NoLines`], [`Error::TooManyLines`], [`Error::CountMismatch`], [`Error::TotalOverflow`],
/// and [`Error::Line`] with what [`check_line`] finds, or with [`LineError::ZeroQuantity`],
/// [`LineError::PriorAboveCharge`], [`LineError::WrongCategory`],
/// [`LineError::WrongResponsibility`], [`LineError::WrongUsage`] or [`LineError::AboveOpen`].
pub fn verify(lines: &[ClaimLine], results: &[LineResult]) -> Result<Totals, Error> {
	check_count(lines)?;
	if lines.len() != results.len() {
		return Err(Error::CountMismatch);
	}
	let mut totals = Totals::default();
	for (index, (line, result)) in (0u8..).zip(lines.iter().zip(results)) {
		verify_line(line, result).map_err(|error| Error::Line { index, error })?;
		totals.add(line.charge, result)?;
	}
	Ok(totals)
}

/// Whether a claim may have so many lines.
pub(crate) fn check_count(lines: &[ClaimLine]) -> Result<(), Error> {
	match lines.len() {
		0 => Err(Error::NoLines),
		1..=MAX_LINES => Ok(()),
		_ => Err(Error::TooManyLines),
	}
}

fn verify_line(line: &ClaimLine, result: &LineResult) -> Result<(), LineError> {
	if line.quantity == 0 {
		return Err(LineError::ZeroQuantity);
	}
	if result.category != line.category {
		return Err(LineError::WrongCategory);
	}
	let open = line.open()?;
	let patient = check_line(line.charge, result.paid, &result.adjustments)?;
	if patient != result.patient_responsibility {
		return Err(LineError::WrongResponsibility);
	}
	// Both are parts of a balanced charge, so the sums fit.
	let considered = result.paid.saturating_add(result.cost_sharing());
	let idle = considered == 0 && result.usage.visits > 0;
	if idle || result.usage.visits > line.quantity || result.usage.amount > considered {
		return Err(LineError::WrongUsage);
	}
	if result.paid.saturating_add(patient) > open {
		return Err(LineError::AboveOpen);
	}
	Ok(())
}

impl Totals {
	/// Adds a line.
	///
	/// # Errors
	///
	/// [`Error::TotalOverflow`] if a sum does not fit 128 bits.
	pub fn add(&mut self, charge: Money, result: &LineResult) -> Result<(), Error> {
		let plus = |sum: &mut Money, amount: Money| {
			*sum = sum.checked_add(amount).ok_or(Error::TotalOverflow)?;
			Ok(())
		};
		plus(&mut self.charge, charge)?;
		plus(&mut self.paid, result.paid)?;
		for Adjustment { group, amount, .. } in result.adjustments.iter().copied() {
			let sum = match group {
				Group::ContractualObligation => &mut self.contractual_obligation,
				Group::PatientResponsibility => &mut self.patient_responsibility,
				Group::OtherAdjustment => &mut self.other_adjustment,
				Group::PayerInitiated => &mut self.payer_initiated,
			};
			plus(sum, amount)?;
		}
		Ok(())
	}
}
