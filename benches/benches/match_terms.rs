//! How long it takes to match a request with an offer: `cargo bench --bench match_terms` in the folder `benches`.

use criterion::{criterion_group, criterion_main, Criterion};
use salus_research_data_use::*;
use std::hint::black_box;

/// A code for each number.
fn code(number: u8) -> DiseaseCode {
	[number; 32]
}

/// An offer with every condition that a request can fulfil.
fn offer() -> Offer {
	Offer {
		permission: Permission::Ds(code(0)),
		modifiers: ModifierSet::WITH_RULE
			.without(Modifier::Nmds)
			.without(Modifier::Us)
			.without(Modifier::Ps)
			.without(Modifier::Is),
		region: Some(Region::Country(276)),
		months: Some(24),
		moratorium: Some(1_800_000_000),
	}
}

/// A request that fulfils all of them.
fn request() -> Request {
	Request {
		uses: UseSet::EMPTY.with(Use::Disease).with(Use::Methods).with(Use::ClinicalCare),
		genotypes: Stated::Yes,
		for_profit: Stated::No,
		commercial: Stated::No,
		publishes: Stated::Yes,
		collaborates: Stated::Yes,
		returns: Stated::Yes,
		ethics_approved: Stated::Yes,
		region: Some(Region::Country(276)),
		months: Some(24),
		publishes_from: Some(1_800_000_000),
	}
}

fn matching(criterion: &mut Criterion) {
	let plain = Offer::new(Permission::Hmb);
	let biomedical = Request::new(UseSet::EMPTY.with(Use::Biomedical));
	assert_eq!(match_terms(&plain, &biomedical, &[]).answer, Answer::Match);
	criterion.bench_function("match_terms/plain", |bencher| {
		bencher.iter(|| match_terms(black_box(&plain), black_box(&biomedical), &[]))
	});

	// The offered disease is the last of the ancestors, so that all are compared.
	let ancestors: Vec<DiseaseCode> = (1..=31).chain([0]).map(code).collect();
	let (offer, request) = (offer(), request());
	for count in [1, 8] {
		let disease = Disease { code: code(99), lineage: Lineage::Ancestors(&ancestors) };
		let diseases = vec![disease; count];
		assert_eq!(match_terms(&offer, &request, &diseases).answer, Answer::Match);
		let name = format!("match_terms/every condition, {count} diseases of 32 ancestors");
		criterion.bench_function(&name, |bencher| {
			bencher
				.iter(|| match_terms(black_box(&offer), black_box(&request), black_box(&diseases)))
		});
	}
}

criterion_group!(benches, matching);
criterion_main!(benches);
