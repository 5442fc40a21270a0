//! Random plans and claims from a world so small that limits keep being met.

use crate::*;
use proptest::{
	collection::vec,
	option::weighted,
	prelude::*,
	test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use std::time::{SystemTime, UNIX_EPOCH};

/// The categories that occur.
pub const CATEGORIES: [BenefitCategory; 3] =
	[BenefitCategory::PrimaryCare, BenefitCategory::DentalAndVision, BenefitCategory::Sensitive];

/// A plan, what was used of it, and a claim.
#[derive(Clone, Debug)]
pub struct Case {
	pub plan: Plan,
	pub before: Accumulators,
	pub lines: Vec<ClaimLine>,
}

impl Case {
	pub fn adjudicate(&self) -> Result<Adjudication, Error> {
		adjudicate(&self.plan, &self.before, &self.lines)
	}
}

/// A runner over `cases` cases. The seed is printed; `SALUS_SEED` repeats a run.
pub fn runner(cases: u32) -> TestRunner {
	let seed: u64 = match std::env::var("SALUS_SEED") {
		Ok(seed) => seed.parse().expect("SALUS_SEED is a number"),
		Err(_) => SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64,
	};
	println!("SALUS_SEED={seed}");
	let bytes: Vec<u8> = (0..4u64).flat_map(|i| seed.wrapping_add(i).to_le_bytes()).collect();
	TestRunner::new_with_rng(
		Config { cases, failure_persistence: None, ..Config::default() },
		TestRng::from_seed(RngAlgorithm::ChaCha, &bytes),
	)
}

/// Amounts up to `most`, and 0 and `most` themselves more often.
fn money(most: Money) -> impl Strategy<Value = Money> + Clone {
	prop_oneof![1 => Just(0), 1 => Just(most), 6 => 0..=most]
}

/// Percentages that round, percentages that do not, and the two ends.
fn share() -> impl Strategy<Value = PartsPerMillion> {
	prop_oneof![
		2 => Just(0),
		2 => Just(200_000),
		1 => Just(WHOLE),
		1 => Just(333_333),
		2 => 0..=WHOLE,
	]
}

pub fn benefit(unit: Money) -> impl Strategy<Value = Benefit> {
	let limit = prop_oneof![
		money(unit * 60).prop_map(AmountLimit::Considered),
		money(unit * 60).prop_map(AmountLimit::Paid),
	];
	(
		(weighted_bool(0.9), weighted_bool(0.25), weighted_bool(0.6)),
		weighted(0.4, money(unit * 25).prop_map(move |cap| cap.max(unit))),
		weighted(0.3, 0u32..8),
		weighted(0.35, limit),
		prop_oneof![1 => Just(0), 1 => money(unit * 9)],
		share(),
	)
		.prop_map(
			|(
				(covered, demanded, applies),
				allowed_cap,
				visit_limit,
				amount_limit,
				copay,
				share,
			)| {
				Benefit {
					covered,
					authorisation_required: demanded,
					deductible_applies: applies,
					allowed_cap,
					visit_limit,
					amount_limit,
					copay,
					coinsurance: share,
				}
			},
		)
}

fn weighted_bool(probability: f64) -> impl Strategy<Value = bool> {
	prop::bool::weighted(probability)
}

pub fn plan(unit: Money) -> impl Strategy<Value = Plan> {
	(
		prop_oneof![1 => Just(0), 2 => money(unit * 50)],
		weighted(0.6, money(unit * 70)),
		any::<bool>(),
		[benefit(unit), benefit(unit), benefit(unit)],
	)
		.prop_map(|(deductible, out_of_pocket_maximum, own, benefits)| {
			let coordination =
				if own { Coordination::OwnAllowed } else { Coordination::HigherAllowed };
			let mut plan =
				Plan { deductible, out_of_pocket_maximum, coordination, ..Plan::default() };
			for (category, benefit) in CATEGORIES.iter().zip(benefits) {
				*plan.benefits.get_mut(*category) = benefit;
			}
			plan
		})
}

/// Accumulators anywhere between 0 and the plan's limits.
fn used(plan: &Plan, unit: Money, parts: &[(u8, u8)]) -> Accumulators {
	let portion = |limit: Money, part: u8| match part {
		0..=3 => 0,
		4 => limit,
		_ => limit / 251 * Money::from(part - 5) + limit % 251 * Money::from(part - 5) / 251,
	};
	let maximum = plan.out_of_pocket_maximum.unwrap_or(unit * 70);
	let mut before = Accumulators {
		deductible: portion(plan.deductible, parts[0].0),
		out_of_pocket: portion(maximum, parts[0].1),
		..Accumulators::default()
	};
	for (category, (visits, amount)) in CATEGORIES.iter().zip(&parts[1..]) {
		let benefit = plan.benefits.get(*category);
		let most = match benefit.amount_limit {
			Some(AmountLimit::Considered(limit) | AmountLimit::Paid(limit)) => limit,
			None => unit * 60,
		};
		let visit_limit = Money::from(benefit.visit_limit.unwrap_or(8));
		*before.usage.get_mut(*category) = Usage {
			visits: u32::try_from(portion(visit_limit, *visits)).unwrap(),
			amount: portion(most, *amount),
		};
	}
	before
}

pub fn claim_line(unit: Money) -> impl Strategy<Value = ClaimLine> {
	let authorisation = (0u32..6, money(unit * 60))
		.prop_map(|(quantity, amount)| Authorisation { quantity, amount });
	let denial = prop_oneof![
		Just(Denial::BeforeCoverage),
		Just(Denial::AfterCoverage),
		Just(Denial::FilingLimit),
		Just(Denial::Duplicate),
		Just(Denial::LacksInformation),
		Just(Denial::ProviderNotEligible),
		Just(Denial::NonCovered),
		Just(Denial::AuthorisationAbsent),
	];
	(
		(0usize..3, 1u32..6, money(unit * 80)),
		weighted(0.7, authorisation),
		weighted(0.08, denial),
		weighted(0.3, (0u32..=1_000, 0u32..=1_000)),
	)
		.prop_map(|((category, quantity, charge), authorisation, denial, prior)| {
			// A share of the charge was allowed, and a share of that paid.
			let of = |amount: Money, share: u32| {
				amount / 1_000 * Money::from(share) + amount % 1_000 * Money::from(share) / 1_000
			};
			let prior = prior.map(|(allowed, paid)| {
				let allowed = of(charge, allowed);
				let paid = of(allowed, paid);
				PriorPayment { paid, patient_responsibility: allowed - paid }
			});
			let category = CATEGORIES[category];
			ClaimLine { category, quantity, charge, authorisation, denial, prior }
		})
}

/// Cases whose amounts are small multiples of `unit`, with claims of up to `most` lines.
pub fn case(unit: Money, most: usize) -> impl Strategy<Value = Case> {
	(plan(unit), [any::<(u8, u8)>(); 4], vec(claim_line(unit), 1..=most)).prop_map(
		move |(plan, parts, lines)| {
			let before = used(&plan, unit, &parts);
			Case { plan, before, lines }
		},
	)
}
