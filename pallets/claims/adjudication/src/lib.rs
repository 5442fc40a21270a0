//! # Claims adjudication
//!
//! One pure function prices a claim: [`adjudicate`]. The pallet, its runtime API, other pallets,
//! tests and tools all call it; there is no second implementation. It reads a version of a plan,
//! what the member has used of it, and the lines, and answers for each line what the payer pays,
//! what the patient owes, and who bears the rest for which reason. Amounts are integers in the
//! settlement asset's smallest unit, and not one unit is lost: for every line
//! `charge = paid + Σ adjustments`, the balancing rule of the X12 835.
//!
//! [`check_line`] and [`verify`] ask that of results from elsewhere, [`decide_line`] turns a
//! person's decision into a result, [`post`] and [`reverse`] move accumulators forth and back.
//!
//! ```
//! use salus_claims_adjudication::*;
//!
//! // A deductible of 400, then 20 % coinsurance.
//! let mut plan = Plan { deductible: 400, ..Plan::default() };
//! plan.benefits.hospital_stay = Benefit {
//!     covered: true,
//!     deductible_applies: true,
//!     coinsurance: 200_000,
//!     ..Benefit::default()
//! };
//!
//! let line = ClaimLine::new(BenefitCategory::HospitalStay, 1, 1_400);
//! let adjudication = adjudicate(&plan, &Accumulators::default(), &[line])?;
//! assert_eq!((adjudication.totals.paid, adjudication.totals.patient_responsibility), (800, 600));
//! # Ok::<(), Error>(())
//! ```
//!
//! ## Whether a line is considered at all
//!
//! The first that applies denies the whole line. A denied line uses nothing of any benefit.
//!
//! | Finding                                               | Adjustment             |
//! |-------------------------------------------------------|------------------------|
//! | the caller's ([`ClaimLine::denial`])                  | as [`Denial`] says     |
//! | the plan does not cover the category                  | PR 96                  |
//! | the plan demands an authorisation, and there is none  | CO 197                 |
//!
//! ## The order within a line
//!
//! | Step                       | Takes                                                    | Adjustment |
//! |----------------------------|----------------------------------------------------------|------------|
//! | 1. allowed amount          | the charge above cap × units                             | CO 45      |
//! | 2. authorisation           | units, then money, beyond it, where one is demanded      | CO 198     |
//! | 3. visit limit             | units beyond what is left of it                          | PR 119     |
//! | 4. limit on what counts    | money beyond what is left ([`AmountLimit::Considered`])  | PR 119     |
//! | 5. deductible              | what is left of it, if it applies                        | PR 1       |
//! | 6. copay                   | copay × the units left after 2 and 3                     | PR 3       |
//! | 7. coinsurance             | its share of what is left after 5 and 6                  | PR 2       |
//! | 8. limit on what is paid   | money beyond what is left ([`AmountLimit::Paid`])        | PR 119     |
//!
//! What is left is paid. Each step takes at most what the steps before it left, so:
//!
//! - **Copay and coinsurance on one line**: the copay first, the coinsurance of the remainder.
//! - **A copay above the allowed amount**: the patient pays the allowed amount, never more.
//! - **A copay behind a deductible** falls due only on what is left after the deductible, as the
//!   Summary of Benefits and Coverage has it ("after your deductible has been met, if a deductible
//!   applies").
//! - **A visit limit reached in mid-line** splits the line by units, a limit on money by money.
//!   A visit counts even if the deductible took all of it.
//! - **Out-of-pocket maximum.** Steps 5, 6 and 7 stop when the member's share of the period
//!   reaches it, in mid-line if need be; the plan pays what they then leave. A deductible that was
//!   not charged was not met. CO and PR 96, 119, 26, 27 and 45 neither count towards it nor stop
//!   at it: it is the most for *covered* services.
//! - The excess over the allowed amount is CO: the provider settles here and accepts what the plan
//!   allows. Balance billing by providers outside a plan's network is not expressed.
//!
//! ## Rounding
//!
//! There are three divisions (steps 2, 3 and 7), and each is **rounded down to the smallest unit,
//! which lowers the adjustment**: the fraction stays with the payer. Nobody but the payer, who
//! wrote the percentage, can ever bear more than it says; it costs less than one smallest unit a
//! division, and no rounding is carried from line to line.
//!
//! ## The order of lines
//!
//! Lines are adjudicated in the order given, each with the accumulators that the line before left:
//! a claim of two lines is the same as two claims of one. So the order decides which line bears
//! the deductible or meets a limit, and, where lines have different benefits, the totals may
//! differ too: a deductible used up by a line that is paid in full saves the member the
//! coinsurance elsewhere. With one benefit for all lines and no limit or copay, the totals agree
//! but for the rounding, less than one unit a line.
//!
//! ## Coordination of benefits
//!
//! A line with [`ClaimLine::prior`] is worth what the prior payer left to the patient, and no
//! more. Everything else the provider has posted already: **OA 23**, charge − open (X12 RFI 1696,
//! 2143). The steps above are taken as if there were no other payer; then the plan pays the
//! smaller of that benefit and what is open. What remains is given out in this order: CO 198,
//! PR 1, PR 3, PR 2, PR 119, and PR 45 for what the prior payer allowed above this plan. Under
//! [`Coordination::OwnAllowed`] that excess is taken first, as CO 45, from what is open. A denied
//! line is OA 23 and the denial of what is open; a duplicate is OA 18 throughout. Accumulators
//! count what really was paid and left to the member. A payer that is third or later gets the sum
//! of payments and what the last one left.
//!
//! The order of payers, and benefit reserves from savings, are not decided here.
//!
//! ## Laws (tested)
//!
//! - Every line balances; `prior paid + paid + patient <= charge`; a further payer never leaves more
//!   to the patient than was open; no accumulator exceeds its limit.
//! - A claim is the fold of its lines. [`reverse`] undoes it bit for bit, and in any order among
//!   other claims.
//! - Monotone, for one line: a higher charge never lowers the payment nor, without a prior payer,
//!   the patient's part; more of the deductible or of the out-of-pocket maximum met never lowers
//!   the payment; more of a limit used, a higher copay or coinsurance, or a lower cap never raises
//!   it. (But for one case: where a copay meets a limit on what counts, fewer visits left are fewer
//!   copays on the same money.)
//! - Monotone, for a claim: more of the deductible or of the out-of-pocket maximum met never lowers
//!   the payment, if no benefit limits what is paid and there is no prior payer. (With an annual
//!   maximum used up, a dollar of deductible that falls away is not paid but PR 119, which does not
//!   count towards the out-of-pocket maximum, and a later line may then be shared for longer.)
//! - All amounts times a factor give the result times the factor, where nothing is rounded.

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]
#![cfg_attr(
	not(test),
	deny(
		clippy::arithmetic_side_effects,
		clippy::as_conversions,
		clippy::expect_used,
		clippy::float_arithmetic,
		clippy::indexing_slicing,
		clippy::panic,
		clippy::unwrap_used,
		clippy::unreachable,
		clippy::todo
	)
)]

extern crate alloc;

mod arithmetic;
mod balance;
mod line;
// What the derive of `Encode` expands to converts indices by `as`.
#[allow(clippy::as_conversions)]
mod types;

#[cfg(test)]
mod tests;

pub use balance::{check_line, verify};
pub use line::decide_line;
pub use types::*;

/// Adjudicates a claim under a version of a plan. The rules are those of the crate's
/// documentation, in that order. Linear in the lines; allocates once, and once a line.
///
/// # Errors
///
/// - [`Error::NoLines`], [`Error::TooManyLines`]
/// - [`Error::UnsoundPlan`]: see [`Plan::is_sound`].
/// - [`Error::LimitExceeded`]: the accumulators are above a limit of the plan, so no history of
///   this plan led to them.
/// - [`Error::Line`] with [`LineError::ZeroQuantity`] or [`LineError::PriorAboveCharge`].
/// - [`Error::TotalOverflow`], [`Error::AccumulatorOverflow`]: a sum does not fit its type, which
///   takes charges near 2^128 or visits near 2^32.
pub fn adjudicate(
	plan: &Plan,
	accumulators: &Accumulators,
	lines: &[ClaimLine],
) -> Result<Adjudication, Error> {
	balance::check_count(lines)?;
	if !plan.is_sound() {
		return Err(Error::UnsoundPlan);
	}
	if !plan.bounds(accumulators) {
		return Err(Error::LimitExceeded);
	}
	let mut accumulators = *accumulators;
	let mut totals = Totals::default();
	let mut results = List::with_capacity(lines.len());
	for (index, line) in (0u8..).zip(lines) {
		let result = line::adjudicate_line(plan, &accumulators, line)
			.map_err(|error| Error::Line { index, error })?;
		accumulators.add(&result)?;
		totals.add(line.charge, &result)?;
		results.try_push(result).map_err(|_| Error::TooManyLines)?;
	}
	Ok(Adjudication { lines: results, totals, accumulators })
}

/// Adds what a claim used. What [`adjudicate`] gives has been added already; this is for results
/// of [`decide_line`], and for folding a history.
///
/// # Errors
///
/// [`Error::LimitExceeded`] if an accumulator would be above its limit, and
/// [`Error::AccumulatorOverflow`].
pub fn post(
	plan: &Plan,
	accumulators: &Accumulators,
	results: &[LineResult],
) -> Result<Accumulators, Error> {
	let mut after = *accumulators;
	for result in results {
		after.add(result)?;
	}
	// Sums only grow, so the last one tells for all.
	if plan.bounds(&after) {
		Ok(after)
	} else {
		Err(Error::LimitExceeded)
	}
}

/// Takes back what a claim used: the exact inverse. Other claims may have come since; what is left
/// is then what their recorded results come to. They are not adjudicated again.
///
/// # Errors
///
/// [`Error::NotAccumulated`] if the accumulators do not hold that much: the claim was never posted
/// to them, or has been taken back.
pub fn reverse(accumulators: &Accumulators, results: &[LineResult]) -> Result<Accumulators, Error> {
	let mut before = *accumulators;
	for result in results {
		before.subtract(result).ok_or(Error::NotAccumulated)?;
	}
	Ok(before)
}

impl Accumulators {
	fn add(&mut self, result: &LineResult) -> Result<(), Error> {
		let usage = self.usage.get_mut(result.category);
		let visits = usage.visits.checked_add(result.usage.visits);
		let amount = usage.amount.checked_add(result.usage.amount);
		let deductible = self.deductible.checked_add(result.deductible());
		let out_of_pocket = self.out_of_pocket.checked_add(result.cost_sharing());
		let overflow = Error::AccumulatorOverflow;
		*usage = Usage { visits: visits.ok_or(overflow)?, amount: amount.ok_or(overflow)? };
		self.deductible = deductible.ok_or(overflow)?;
		self.out_of_pocket = out_of_pocket.ok_or(overflow)?;
		Ok(())
	}

	fn subtract(&mut self, result: &LineResult) -> Option<()> {
		let usage = self.usage.get_mut(result.category);
		usage.visits = usage.visits.checked_sub(result.usage.visits)?;
		usage.amount = usage.amount.checked_sub(result.usage.amount)?;
		self.deductible = self.deductible.checked_sub(result.deductible())?;
		self.out_of_pocket = self.out_of_pocket.checked_sub(result.cost_sharing())?;
		Some(())
	}
}
