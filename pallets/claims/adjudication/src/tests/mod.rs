//! Published and named examples, agreement with a naive reference, and laws.

mod agreement;
mod bounds;
mod codec;
mod coordination;
mod generator;
mod laws;
mod naive;
mod published;
mod reasons;
mod steps;
mod verifying;

use crate::*;

/// The category of most examples.
const CARE: BenefitCategory = BenefitCategory::PrimaryCare;

/// A benefit that covers in full.
fn in_full() -> Benefit {
	Benefit { covered: true, ..Benefit::default() }
}

/// A plan with one benefit for every category.
fn plan(benefit: Benefit) -> Plan {
	let mut plan = Plan::default();
	for category in BenefitCategory::ALL {
		*plan.benefits.get_mut(*category) = benefit;
	}
	plan
}

/// A line of one unit.
fn line(charge: Money) -> ClaimLine {
	ClaimLine::new(CARE, 1, charge)
}

fn fresh() -> Accumulators {
	Accumulators::default()
}

/// Adjudicates, and checks what holds for every claim: the result verifies, the accumulators are
/// those of posting it, and reversing it restores them.
fn settle(plan: &Plan, before: &Accumulators, lines: &[ClaimLine]) -> Adjudication {
	let adjudication = adjudicate(plan, before, lines).expect("a sound claim");
	assert_eq!(verify(lines, &adjudication.lines), Ok(adjudication.totals));
	assert_eq!(post(plan, before, &adjudication.lines), Ok(adjudication.accumulators));
	assert_eq!(reverse(&adjudication.accumulators, &adjudication.lines), Ok(*before));
	adjudication
}

/// The same for a claim of one line.
fn settle_one(plan: &Plan, before: &Accumulators, line: ClaimLine) -> LineResult {
	settle(plan, before, &[line]).lines[0].clone()
}

/// A result as a billing office writes it: what is paid, then `GROUP-CARC amount`.
fn spelled(result: &LineResult) -> String {
	result.adjustments.iter().fold(format!("paid {}", result.paid), |text, adjustment| {
		let Adjustment { group, carc, amount } = adjustment;
		format!("{text}, {}-{} {amount}", group.x12(), carc.x12())
	})
}
