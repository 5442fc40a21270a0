//! The balancing rules, verification of results from elsewhere, and persons' decisions.

use super::*;
use Group::*;

fn adjustment(group: Group, carc: Carc, amount: Money) -> Adjustment {
	Adjustment::new(group, carc, amount)
}

/// CO 20 and PR 10.
fn thirty() -> [Adjustment; 2] {
	[
		adjustment(ContractualObligation, Carc::FeeSchedule, 20),
		adjustment(PatientResponsibility, Carc::Copay, 10),
	]
}

#[test]
fn of_100_with_co_20_and_pr_10_a_payment_of_70_balances_and_71_does_not() {
	assert_eq!(check_line(100, 70, &thirty()), Ok(10));
	assert_eq!(check_line(100, 71, &thirty()), Err(LineError::Unbalanced));
	assert_eq!(check_line(100, 69, &thirty()), Err(LineError::Unbalanced));
}

#[test]
fn a_line_is_refused_for_each_reason() {
	let zero = [adjustment(ContractualObligation, Carc::FeeSchedule, 0)];
	assert_eq!(check_line(0, 0, &zero), Err(LineError::ZeroAdjustment));

	let twice = [adjustment(PatientResponsibility, Carc::Copay, 5); 2];
	assert_eq!(check_line(10, 0, &twice), Err(LineError::RepeatedAdjustment));

	let group = [adjustment(ContractualObligation, Carc::Copay, 5)];
	assert_eq!(check_line(5, 0, &group), Err(LineError::WrongGroup));

	let denied = [adjustment(PatientResponsibility, Carc::NonCovered, 5)];
	assert_eq!(check_line(5, 0, &denied), Ok(5));
	assert_eq!(check_line(6, 1, &denied), Err(LineError::PaidThoughDenied));

	// CARC 45 "is predicated upon there being an applicable allowed amount, which is non-zero" (X12
	// RFI 2052); its amount cannot equal the charge (cms.officeally.com/blog/carc-co-45-rarc-n782).
	let whole = [adjustment(ContractualObligation, Carc::FeeSchedule, 5)];
	assert_eq!(check_line(5, 0, &whole), Err(LineError::WholeCharge));
	assert_eq!(check_line(6, 1, &whole), Ok(0));

	let overflow = [adjustment(PatientResponsibility, Carc::Copay, Money::MAX)];
	assert_eq!(check_line(Money::MAX, 0, &overflow), Ok(Money::MAX));
	assert_eq!(check_line(0, 1, &overflow), Err(LineError::Unbalanced));
}

#[test]
fn a_line_has_at_most_eight_adjustments() {
	let all: Vec<_> = Carc::ALL
		.iter()
		.filter(|carc| carc.fits(PatientResponsibility))
		.map(|carc| adjustment(PatientResponsibility, *carc, 1))
		.collect();
	assert_eq!(check_line(8, 0, &all[..MAX_ADJUSTMENTS]), Ok(8));
	let more = &all[..MAX_ADJUSTMENTS + 1];
	assert_eq!(check_line(9, 0, more), Err(LineError::TooManyAdjustments));
}

/// Two lines and what became of them.
fn sound() -> ([ClaimLine; 2], Vec<LineResult>) {
	let plan = plan(Benefit { copay: 10, ..in_full() });
	let lines = [line(100), line(50)];
	let results = settle(&plan, &fresh(), &lines).lines.into_inner();
	(lines, results)
}

#[test]
fn results_are_refused_for_each_reason() {
	let (lines, results) = sound();
	let totals = Totals { charge: 150, paid: 130, patient_responsibility: 20, ..Totals::default() };
	assert_eq!(verify(&lines, &results), Ok(totals));
	assert_eq!(verify(&[], &[]), Err(Error::NoLines));
	assert_eq!(verify(&lines, &results[..1]), Err(Error::CountMismatch));
	let (many, most) = (vec![lines[0]; MAX_LINES + 1], vec![results[0].clone(); MAX_LINES + 1]);
	assert_eq!(verify(&many, &most), Err(Error::TooManyLines));
	assert!(verify(&many[..MAX_LINES], &most[..MAX_LINES]).is_ok());

	let refused = |error, change: fn(&mut ClaimLine, &mut LineResult)| {
		let (mut lines, mut results) = sound();
		change(&mut lines[1], &mut results[1]);
		assert_eq!(verify(&lines, &results), Err(Error::Line { index: 1, error }));
	};
	refused(LineError::ZeroQuantity, |line, _| line.quantity = 0);
	refused(LineError::WrongCategory, |_, result| result.category = BenefitCategory::Imaging);
	refused(LineError::Unbalanced, |_, result| result.paid += 1);
	refused(LineError::Unbalanced, |line, _| line.charge -= 1);
	refused(LineError::WrongResponsibility, |_, result| result.patient_responsibility += 1);
	refused(LineError::WrongUsage, |_, result| result.usage.visits += 1);
	refused(LineError::WrongUsage, |_, result| result.usage.amount += 11);
	refused(LineError::AboveOpen, |line, _| {
		line.prior = Some(PriorPayment { paid: 1, patient_responsibility: 49 });
	});
	refused(LineError::PriorAboveCharge, |line, _| {
		line.prior = Some(PriorPayment { paid: 2, patient_responsibility: 49 });
	});
	// A denied line uses nothing.
	refused(LineError::WrongUsage, |line, result| {
		let usage = result.usage;
		let denied = ClaimLine { denial: Some(Denial::FilingLimit), ..*line };
		*result = settle_one(&plan(in_full()), &fresh(), denied);
		result.usage = Usage { amount: 0, ..usage };
	});
}

#[test]
fn a_person_decides_more_generously_or_less_but_in_balance() {
	let benefit = Benefit { deductible_applies: true, visit_limit: Some(4), ..in_full() };
	let plan = Plan { deductible: 50, ..plan(benefit) };
	let line = ClaimLine::new(CARE, 3, 100);

	let decided = |paid, adjustments: &[Adjustment]| {
		decide_line(&plan, &line, paid, adjustments.to_vec().try_into().unwrap())
	};
	let generous = decided(100, &[]).unwrap();
	assert_eq!(generous.usage, Usage { visits: 3, amount: 100 });
	let claim = [generous];
	assert_eq!(verify(&[line], &claim).map(|totals| totals.paid), Ok(100));
	let after = post(&plan, &fresh(), &claim).unwrap();
	assert_eq!(reverse(&after, &claim), Ok(fresh()));
	// The limits of the plan bind persons too.
	assert_eq!(post(&plan, &after, &claim), Err(Error::LimitExceeded));
	let deductible = adjustment(PatientResponsibility, Carc::Deductible, 51);
	let strict = decided(49, &[deductible]).unwrap();
	assert_eq!(post(&plan, &fresh(), &[strict]), Err(Error::LimitExceeded));

	let unnecessary = adjustment(ContractualObligation, Carc::NotNecessary, 100);
	let denied = decided(0, &[unnecessary]).unwrap();
	assert!(denied.is_denied());
	assert_eq!(denied.usage, Usage::default());

	assert_eq!(decided(71, &thirty()), Err(LineError::Unbalanced));
	assert!(decided(70, &thirty()).is_ok());
}

#[test]
fn a_person_cannot_decide_above_what_is_open() {
	let plan = plan(in_full());
	let prior = Some(PriorPayment { paid: 60, patient_responsibility: 40 });
	let line = ClaimLine { prior, ..line(100) };
	let decided = |line: &ClaimLine, paid, adjustments: &[Adjustment]| {
		decide_line(&plan, line, paid, adjustments.to_vec().try_into().unwrap())
	};
	let impact = |amount| adjustment(OtherAdjustment, Carc::PriorPayer, amount);
	assert!(decided(&line, 40, &[impact(60)]).is_ok());
	assert_eq!(decided(&line, 41, &[impact(59)]), Err(LineError::AboveOpen));
	let copay = adjustment(PatientResponsibility, Carc::Copay, 1);
	assert_eq!(decided(&line, 40, &[impact(59), copay]), Err(LineError::AboveOpen));

	let none = ClaimLine { quantity: 0, ..line };
	assert_eq!(decided(&none, 40, &[impact(60)]), Err(LineError::ZeroQuantity));
	let above = PriorPayment { paid: 61, patient_responsibility: 40 };
	let above = ClaimLine { prior: Some(above), ..line };
	assert_eq!(decided(&above, 40, &[impact(60)]), Err(LineError::PriorAboveCharge));
}

#[test]
fn what_was_not_posted_cannot_be_reversed() {
	let benefit = Benefit { deductible_applies: true, ..in_full() };
	let plan = Plan { deductible: 10, ..plan(benefit) };
	let claim = settle(&plan, &fresh(), &[line(100)]);
	assert_eq!(reverse(&fresh(), &claim.lines), Err(Error::NotAccumulated));
	for lessen in [
		|after: &mut Accumulators| after.deductible -= 1,
		|after: &mut Accumulators| after.out_of_pocket -= 1,
		|after: &mut Accumulators| after.usage.primary_care.visits -= 1,
		|after: &mut Accumulators| after.usage.primary_care.amount -= 1,
	] {
		let mut after = claim.accumulators;
		lessen(&mut after);
		assert_eq!(reverse(&after, &claim.lines), Err(Error::NotAccumulated));
	}
}
