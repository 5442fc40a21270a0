//! How long a claim takes: `cargo bench` in the folder `benches`.

use criterion::{criterion_group, criterion_main, Criterion};
use salus_claims_adjudication::*;
use std::hint::black_box;

/// A plan in which every step of a line takes something.
fn plan() -> Plan {
	let mut plan =
		Plan { deductible: 150_000, out_of_pocket_maximum: Some(500_000), ..Plan::default() };
	for category in BenefitCategory::ALL {
		*plan.benefits.get_mut(*category) = Benefit {
			covered: true,
			authorisation_required: true,
			deductible_applies: true,
			allowed_cap: Some(9_000),
			visit_limit: Some(30),
			amount_limit: Some(AmountLimit::Considered(400_000)),
			copay: 2_000,
			coinsurance: 175_000,
		};
	}
	plan
}

fn lines(count: usize) -> Vec<ClaimLine> {
	let authorisation = Some(Authorisation { quantity: 4, amount: 35_000 });
	let categories = BenefitCategory::ALL.iter().cycle().take(count);
	categories
		.map(|category| ClaimLine { authorisation, ..ClaimLine::new(*category, 5, 49_999) })
		.collect()
}

fn adjudication(criterion: &mut Criterion) {
	let plan = plan();
	let accumulators = Accumulators { deductible: 140_000, ..Accumulators::default() };
	for count in [1, MAX_LINES] {
		let lines = lines(count);
		criterion.bench_function(&format!("adjudicate/{count}"), |bencher| {
			bencher.iter(|| adjudicate(black_box(&plan), &accumulators, black_box(&lines)))
		});
		let results = adjudicate(&plan, &accumulators, &lines).expect("a sound claim").lines;
		criterion.bench_function(&format!("verify/{count}"), |bencher| {
			bencher.iter(|| verify(black_box(&lines), black_box(&results)))
		});
	}
}

criterion_group!(benches, adjudication);
criterion_main!(benches);
