//! The same rules once more, written as differently as possible: every smallest unit of a charge is
//! a coin that wears the label of whoever bears it, and the coins are walked one by one. There is
//! no subtraction of limits and no formula for a share. Slow on purpose.

#![allow(clippy::all, reason = "plain on purpose")]

use crate::*;
use std::collections::BTreeMap;

/// What the reference says of a line: how many coins wear each label. "paid" is this payer.
pub type Coins = BTreeMap<String, u128>;

/// The reference answer, and the accumulators after it.
pub fn naive(
	plan: &Plan,
	before: &Accumulators,
	lines: &[ClaimLine],
) -> (Vec<Coins>, Accumulators) {
	let mut now = before.clone();
	let mut all = vec![];
	for line in lines {
		let (coins, visits) = walk(plan, &now, line);
		let count = |label: &str| coins.iter().filter(|l| *l == label).count() as u128;
		now.deductible += count("PR-1");
		let member = count("PR-1") + count("PR-2") + count("PR-3");
		now.out_of_pocket += member;
		if count("paid") + member > 0 {
			let usage = now.usage.get_mut(line.category);
			usage.visits += visits;
			usage.amount += count("paid");
			if let Some(AmountLimit::Considered(_)) = plan.benefits.get(line.category).amount_limit
			{
				usage.amount += member;
			}
		}
		let mut labels = Coins::new();
		for coin in coins {
			*labels.entry(coin).or_insert(0) += 1;
		}
		all.push(labels);
	}
	(all, now)
}

/// A label for every coin of the charge, and the units that count as visits.
fn walk(plan: &Plan, now: &Accumulators, line: &ClaimLine) -> (Vec<String>, u32) {
	let benefit = plan.benefits.get(line.category);
	let charge = line.charge;
	let open = match line.prior {
		Some(prior) => prior.patient_responsibility,
		None => charge,
	};

	// Denials.
	let denied = match line.denial {
		Some(Denial::BeforeCoverage) => "PR-26",
		Some(Denial::AfterCoverage) => "PR-27",
		Some(Denial::FilingLimit) => "CO-29",
		Some(Denial::Duplicate) => return (vec!["OA-18".to_string(); charge as usize], 0),
		Some(Denial::LacksInformation) => "CO-16",
		Some(Denial::ProviderNotEligible) => "CO-B7",
		Some(Denial::NonCovered) => "PR-96",
		Some(Denial::AuthorisationAbsent) => "CO-197",
		None if !benefit.covered => "PR-96",
		None if benefit.authorisation_required && line.authorisation.is_none() => "CO-197",
		None => "",
	};
	if denied != "" {
		let label = |n: u128| if n < open { denied } else { "OA-23" };
		return ((0..charge).map(|n| label(n).to_string()).collect(), 0);
	}

	// Were there no other payer. An empty label belongs to the plan.
	let mut coins: Vec<String> = vec![];
	for n in 0..charge {
		let above = matches!(benefit.allowed_cap, Some(cap) if n >= cap * line.quantity as u128);
		coins.push(if above { "CO-45" } else { "" }.to_string());
	}
	let mut units = line.quantity;
	if benefit.authorisation_required {
		let authorisation = line.authorisation.unwrap();
		lose_units(&mut coins, &mut units, authorisation.quantity, "CO-198");
		lose_money(&mut coins, authorisation.amount, "CO-198");
	}
	let used = now.usage.get(line.category);
	if let Some(limit) = benefit.visit_limit {
		lose_units(&mut coins, &mut units, limit - used.visits, "PR-119");
	}
	if let Some(AmountLimit::Considered(limit)) = benefit.amount_limit {
		lose_money(&mut coins, limit - used.amount, "PR-119");
	}

	// The member pays coin by coin, until the pocket's bottom.
	let mut pocket = now.out_of_pocket;
	let mut deductible = now.deductible;
	let mut copay = benefit.copay * units as u128;
	for coin in coins.iter_mut().filter(|coin| coin.is_empty()) {
		if plan.out_of_pocket_maximum == Some(pocket) {
			break;
		}
		if benefit.deductible_applies && deductible < plan.deductible {
			*coin = "PR-1".to_string();
			deductible += 1;
			pocket += 1;
		} else if copay > 0 {
			*coin = "PR-3".to_string();
			copay -= 1;
			pocket += 1;
		}
	}
	// Whenever a whole coin has come together, it is the member's.
	let mut millionths = 0;
	for coin in coins.iter_mut().filter(|coin| coin.is_empty()) {
		millionths += benefit.coinsurance;
		if millionths >= 1_000_000 {
			millionths -= 1_000_000;
			if plan.out_of_pocket_maximum != Some(pocket) {
				*coin = "PR-2".to_string();
				pocket += 1;
			}
		}
	}

	// Only so many coins are open. Who takes them, in which order?
	let count = |label: &str| coins.iter().filter(|coin| *coin == label).count() as u128;
	let mut claims: Vec<(&str, u128)> = vec![];
	match (line.prior, plan.coordination) {
		(None, _) => claims.push(("CO-45", count("CO-45"))),
		(Some(prior), Coordination::OwnAllowed) => {
			let theirs = prior.paid + prior.patient_responsibility;
			let ours = charge - count("CO-45");
			claims.push(("CO-45", if theirs > ours { theirs - ours } else { 0 }));
		},
		(Some(_), Coordination::HigherAllowed) => {},
	}
	claims.push(("paid", count("")));
	for label in ["CO-198", "PR-1", "PR-3", "PR-2", "PR-119"] {
		claims.push((label, count(label)));
	}
	claims.push(("PR-45", charge));
	let mut dealt: Vec<String> = vec![];
	for (label, wanted) in claims {
		for _ in 0..wanted {
			if (dealt.len() as u128) < open {
				dealt.push(label.to_string());
			}
		}
	}
	// A limit on what is paid turns the last paid coins back.
	if let Some(AmountLimit::Paid(limit)) = benefit.amount_limit {
		let mut paid = used.amount;
		for coin in dealt.iter_mut().filter(|coin| *coin == "paid") {
			if paid == limit {
				*coin = "PR-119".to_string();
			} else {
				paid += 1;
			}
		}
	}
	while (dealt.len() as u128) < charge {
		dealt.push("OA-23".to_string());
	}
	(dealt, units)
}

/// The last of the plan's coins get `label`, until no more than `most` are left.
fn lose_money(coins: &mut Vec<String>, most: u128, label: &str) {
	let mut kept = 0;
	for coin in coins.iter_mut().filter(|coin| coin.is_empty()) {
		kept += 1;
		if kept > most {
			*coin = label.to_string();
		}
	}
}

/// The last of the plan's coins get `label`, as long as that is not more than the part of the units
/// above `most`.
fn lose_units(coins: &mut Vec<String>, units: &mut u32, most: u32, label: &str) {
	if *units <= most {
		return;
	}
	let all = coins.iter().filter(|coin| coin.is_empty()).count();
	let mut lost = 0;
	while (lost + 1) * *units as usize <= all * (*units - most) as usize {
		let last = coins.iter_mut().filter(|coin| coin.is_empty()).last().unwrap();
		*last = label.to_string();
		lost += 1;
	}
	*units = most;
}
