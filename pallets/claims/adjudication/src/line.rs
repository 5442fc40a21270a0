//! One line: the rules of the crate's documentation, in their order.

use crate::{
	arithmetic::{part, take},
	check_line, Accumulators, Adjustment, Adjustments, AmountLimit, Benefit,
	Carc::{self, *},
	ClaimLine, Coordination, Denial,
	Group::{self, *},
	LineError, LineResult, Money, Plan, Usage, WHOLE,
};

/// What a line comes to, if this were the only payer. The amounts sum up to `allowed`.
struct Shares {
	/// What the plan recognises of the charge.
	allowed: Money,
	/// Of it, beyond the authorisation.
	unauthorised: Money,
	/// Of it, beyond the limits of the benefit.
	over_limit: Money,
	deductible: Money,
	copay: Money,
	coinsurance: Money,
	/// What is left for the plan.
	benefit: Money,
	/// The units that got past authorisation and visit limit.
	units: u32,
}

/// Adjudicates one line. The plan is sound, and the accumulators are within its limits.
pub fn adjudicate_line(
	plan: &Plan,
	accumulators: &Accumulators,
	line: &ClaimLine,
) -> Result<LineResult, LineError> {
	if line.quantity == 0 {
		return Err(LineError::ZeroQuantity);
	}
	let open = line.open()?;
	let benefit = plan.benefits.get(line.category);
	let mut adjustments = Adjustments::new();

	if let Some(denial) = denial(benefit, line) {
		let (group, carc) = denial.code();
		// Of a duplicate nothing is known but that it is one: the first of the two says the rest.
		let denied = if denial == Denial::Duplicate { line.charge } else { open };
		adjust(&mut adjustments, OtherAdjustment, PriorPayer, line.charge.saturating_sub(denied))?;
		adjust(&mut adjustments, group, carc, denied)?;
		return finish(plan, line, 0, 0, adjustments);
	}

	let shares = shares(plan, accumulators, line, benefit);
	// With a prior payer the line is worth what that payer left open, and no more.
	let mut rest = open;
	adjust(&mut adjustments, OtherAdjustment, PriorPayer, line.charge.saturating_sub(open))?;
	let excess = match (line.prior, plan.coordination) {
		(None, _) => line.charge.saturating_sub(shares.allowed),
		(Some(_), Coordination::HigherAllowed) => 0,
		(Some(prior), Coordination::OwnAllowed) => {
			// `open()` has shown that the sum is at most the charge.
			let allowed = prior.paid.saturating_add(prior.patient_responsibility);
			allowed.saturating_sub(shares.allowed)
		},
	};
	adjust(&mut adjustments, ContractualObligation, FeeSchedule, take(&mut rest, excess))?;

	let mut payable = take(&mut rest, shares.benefit);
	let paid = match benefit.amount_limit {
		Some(AmountLimit::Paid(limit)) => {
			let used = accumulators.usage.get(line.category).amount;
			take(&mut payable, limit.saturating_sub(used))
		},
		_ => take(&mut payable, Money::MAX),
	};

	// What is left is given to whoever bears it. Without a prior payer every share is there in
	// full. With one, what fits: first what the provider bears, then the member's share, then what
	// is beyond the benefit.
	let unauthorised = take(&mut rest, shares.unauthorised);
	adjust(&mut adjustments, ContractualObligation, AuthorisationExceeded, unauthorised)?;
	let deductible = take(&mut rest, shares.deductible);
	adjust(&mut adjustments, PatientResponsibility, Deductible, deductible)?;
	let copay = take(&mut rest, shares.copay);
	adjust(&mut adjustments, PatientResponsibility, Copay, copay)?;
	let coinsurance = take(&mut rest, shares.coinsurance);
	adjust(&mut adjustments, PatientResponsibility, Coinsurance, coinsurance)?;
	let beyond = take(&mut rest, shares.over_limit).saturating_add(payable);
	adjust(&mut adjustments, PatientResponsibility, BenefitMaximum, beyond)?;
	// Only a prior payer that allowed more than this one leaves anything here.
	adjust(&mut adjustments, PatientResponsibility, FeeSchedule, rest)?;

	finish(plan, line, paid, shares.units, adjustments)
}

/// What `line` would come to if `paid` and `adjustments` were a person's decision: for a payer that
/// decides a pended line itself. The line uses its whole quantity if anything of it is paid or
/// shared.
///
/// The balance is checked, not the plan's rules: a payer may pay more than they say. [`post`]
/// refuses what would break a limit.
///
/// [`post`]: crate::post
///
/// # Errors
///
/// What [`check_line`] finds, [`LineError::ZeroQuantity`], [`LineError::PriorAboveCharge`], and
/// [`LineError::AboveOpen`] if this payer and the patient would pay more than is open.
pub fn decide_line(
	plan: &Plan,
	line: &ClaimLine,
	paid: Money,
	adjustments: Adjustments,
) -> Result<LineResult, LineError> {
	if line.quantity == 0 {
		return Err(LineError::ZeroQuantity);
	}
	let open = line.open()?;
	let result = finish(plan, line, paid, line.quantity, adjustments)?;
	match paid.checked_add(result.patient_responsibility) {
		Some(sum) if sum <= open => Ok(result),
		_ => Err(LineError::AboveOpen),
	}
}

/// Why nothing of the line is to be considered, if so. What the caller has found comes first.
fn denial(benefit: &Benefit, line: &ClaimLine) -> Option<Denial> {
	if line.denial.is_some() {
		line.denial
	} else if !benefit.covered {
		Some(Denial::NonCovered)
	} else if benefit.authorisation_required && line.authorisation.is_none() {
		Some(Denial::AuthorisationAbsent)
	} else {
		None
	}
}

fn shares(plan: &Plan, accumulators: &Accumulators, line: &ClaimLine, benefit: &Benefit) -> Shares {
	let used = accumulators.usage.get(line.category);

	// A product that does not fit is above every charge, so saturating is exact.
	let per_units = |amount: Money, units: u32| amount.saturating_mul(Money::from(units));
	let cap = benefit.allowed_cap.map_or(Money::MAX, |cap| per_units(cap, line.quantity));
	let allowed = line.charge.min(cap);
	let mut left = allowed;
	let mut units = line.quantity;

	let mut unauthorised = 0;
	let demanded = line.authorisation.filter(|_| benefit.authorisation_required);
	if let Some(authorisation) = demanded {
		unauthorised = drop_units(&mut left, &mut units, authorisation.quantity)
			.saturating_add(drop_amount(&mut left, authorisation.amount));
	}

	let mut over_limit = 0;
	if let Some(limit) = benefit.visit_limit {
		over_limit = drop_units(&mut left, &mut units, limit.saturating_sub(used.visits));
	}
	if let Some(AmountLimit::Considered(limit)) = benefit.amount_limit {
		let dropped = drop_amount(&mut left, limit.saturating_sub(used.amount));
		over_limit = over_limit.saturating_add(dropped);
	}

	// Each share takes from what is left of the line and of the way to the out-of-pocket maximum.
	let mut headroom = plan
		.out_of_pocket_maximum
		.map_or(Money::MAX, |maximum| maximum.saturating_sub(accumulators.out_of_pocket));
	let mut share = |amount: Money| {
		let within = take(&mut headroom, amount.min(left));
		take(&mut left, within)
	};
	let deductible = if benefit.deductible_applies {
		share(plan.deductible.saturating_sub(accumulators.deductible))
	} else {
		0
	};
	let copay = share(per_units(benefit.copay, units));
	let base = allowed
		.saturating_sub(unauthorised)
		.saturating_sub(over_limit)
		.saturating_sub(deductible)
		.saturating_sub(copay);
	let coinsurance = share(part(base, benefit.coinsurance, WHOLE));

	Shares {
		allowed,
		unauthorised,
		over_limit,
		deductible,
		copay,
		coinsurance,
		benefit: left,
		units,
	}
}

/// Takes the units above `limit` away, with their part of `amount`, rounded down.
fn drop_units(amount: &mut Money, units: &mut u32, limit: u32) -> Money {
	let dropped = units.saturating_sub(limit);
	let part = part(*amount, dropped, *units);
	*units = (*units).min(limit);
	take(amount, part)
}

/// Takes what is above `limit` away.
fn drop_amount(amount: &mut Money, limit: Money) -> Money {
	let dropped = amount.saturating_sub(limit);
	take(amount, dropped)
}

/// Adds an adjustment, unless it is of nothing.
fn adjust(
	adjustments: &mut Adjustments,
	group: Group,
	carc: Carc,
	amount: Money,
) -> Result<(), LineError> {
	if amount == 0 {
		return Ok(());
	}
	let pushed = adjustments.try_push(Adjustment::new(group, carc, amount));
	pushed.map_err(|_| LineError::TooManyAdjustments)
}

/// Checks the balance, which holds by construction or is what a person proposed, and derives what
/// the line used.
fn finish(
	plan: &Plan,
	line: &ClaimLine,
	paid: Money,
	units: u32,
	adjustments: Adjustments,
) -> Result<LineResult, LineError> {
	let patient_responsibility = check_line(line.charge, paid, &adjustments)?;
	let mut result = LineResult {
		category: line.category,
		paid,
		patient_responsibility,
		usage: Usage::default(),
		adjustments,
	};
	// Paid and shared are parts of the charge, so the sum fits.
	let considered = paid.saturating_add(result.cost_sharing());
	if considered > 0 {
		let amount = match plan.benefits.get(line.category).amount_limit {
			Some(AmountLimit::Considered(_)) => considered,
			_ => paid,
		};
		result.usage = Usage { visits: units, amount };
	}
	Ok(result)
}
