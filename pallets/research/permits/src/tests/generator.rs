//! Random histories in a world of some forty seconds, so that a test can walk through all of them.

use super::*;
use proptest::{
	collection::vec,
	option::weighted,
	prelude::*,
	test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use salus_primitives::{Interval, Moment};
use std::time::{SystemTime, UNIX_EPOCH};

/// The last second of the world.
pub const END: Moment = 40;
/// A year of this world.
pub const YEAR: Moment = 7;
/// How long after a year its report may be filed.
pub const GRACE: Moment = 2;

/// Everything that is known of a permit.
#[derive(Clone, Debug)]
pub struct World {
	pub permit: Permit,
	pub approvals: Vec<Interval>,
	pub licences: Vec<Interval>,
	pub affiliations: Vec<Interval>,
	pub terms: Vec<VersionFrom>,
	pub accepted: Vec<VersionFrom>,
	pub epochs: Vec<EpochDue>,
	pub reports: Vec<YearlyReport>,
	pub retired_at: Option<Moment>,
}

impl World {
	/// A world in which everything is in order from second 5 to the end.
	pub fn in_order() -> Self {
		let always = vec![Interval::new(0, 1_000)];
		Self {
			permit: Permit { period: Interval::new(5, 1_000), renewal: None, ended: None },
			approvals: always.clone(),
			licences: always.clone(),
			affiliations: always,
			terms: vec![VersionFrom { version: 1, from: 0 }],
			accepted: vec![VersionFrom { version: 1, from: 4 }],
			epochs: vec![],
			reports: (1..=4).map(|year| YearlyReport { year, at: 5 }).collect(),
			retired_at: None,
		}
	}

	pub fn at(&self, at: Moment) -> Standing {
		let lasts = |intervals: &[Interval]| intervals.iter().any(|one| one.contains(at));
		permit_at(&Context {
			at,
			permit: &self.permit,
			approvals: &self.approvals,
			licensed: lasts(&self.licences),
			affiliated: lasts(&self.affiliations),
			terms: &self.terms,
			accepted: &self.accepted,
			epochs: &self.epochs,
			reports: &self.reports,
			report_rule: ReportRule { every: YEAR, grace: GRACE },
			retired_at: self.retired_at,
		})
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

fn moment() -> impl Strategy<Value = Moment> {
	0..=END
}

fn interval() -> impl Strategy<Value = Interval> {
	prop_oneof![
		1 => Just(Interval::new(0, END)),
		2 => (moment(), 0..=END).prop_map(|(from, length)| Interval::new(from, from + length)),
	]
}

fn version() -> impl Strategy<Value = VersionFrom> {
	(1u32..4, moment()).prop_map(|(version, from)| VersionFrom { version, from })
}

pub fn world() -> impl Strategy<Value = World> {
	let renewal = (moment(), 0..=END).prop_map(|(at, length)| Renewal { at, until: at + length });
	let ended = (moment(), any::<bool>()).prop_map(|(at, revoked)| PermitEnd {
		at,
		how: if revoked { Ending::Revoked } else { Ending::Closed },
	});
	let permit = (interval(), weighted(0.4, renewal), weighted(0.3, ended))
		.prop_map(|(period, renewal, ended)| Permit { period, renewal, ended });
	let epoch = (moment(), proptest::option::of(moment()))
		.prop_map(|(due, published)| EpochDue { due, published });
	let report = (1u64..6, moment()).prop_map(|(year, at)| YearlyReport { year, at });
	let registry = (vec(interval(), 1..3), vec(interval(), 1..3), vec(interval(), 1..3));
	let terms = prop_oneof![
		1 => Just((vec![VersionFrom { version: 1, from: 0 }], vec![VersionFrom { version: 1, from: 0 }])),
		1 => (vec(version(), 0..4), vec(version(), 0..4)),
	];
	let retired_at = weighted(0.2, moment());
	(permit, registry, terms, vec(epoch, 0..3), vec(report, 0..12), retired_at).prop_map(
		|(permit, registry, terms, epochs, reports, retired_at)| World {
			permit,
			approvals: registry.0,
			licences: registry.1,
			affiliations: registry.2,
			terms: terms.0,
			accepted: terms.1,
			epochs,
			reports,
			retired_at,
		},
	)
}
