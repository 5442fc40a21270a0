//! How long it takes to tell whether a permit is alive: `cargo run --release -p salus-research-permits --example
//! permit_at_time`. It prints the median of many rounds, for a permit with hardly any history and for one whose histories are
//! as full as the pallet `research` lets them be.

use salus_primitives::{time::YEAR, Interval, Moment};
use salus_research_permits::*;
use std::{hint::black_box, time::Instant};

const FROM: Moment = 1_800_000_000;
const GRACE: Moment = 30 * 24 * 3600;

/// How many approvals of a study the pallet keeps at most, how many acceptances of a permit, and how many reports.
const FULL: (usize, u32, u64) = (64, 32, MAX_YEARS);

const ROUNDS: usize = 1_001;
const CALLS: u32 = 1_000;

/// The histories of a permit.
struct Histories {
	permit: Permit,
	approvals: Vec<Interval>,
	accepted: Vec<VersionFrom>,
	reports: Vec<YearlyReport>,
}

impl Histories {
	/// A permit for as many years as there can be. All is in order, and what is looked for comes last in each history.
	fn new((approvals, accepted, reports): (usize, u32, u64)) -> Self {
		let period = Interval::new(FROM, FROM + MAX_YEARS * YEAR);
		let over = Interval::new(FROM - 2 * YEAR, FROM - YEAR);
		let mut all = vec![over; approvals - 1];
		all.push(period);
		Self {
			permit: Permit { period, renewal: None, ended: None },
			approvals: all,
			accepted: (1..=accepted).map(|version| VersionFrom { version, from: FROM }).collect(),
			reports: (1..=reports).rev().map(|year| YearlyReport { year, at: FROM }).collect(),
		}
	}

	fn ask(&self, at: Moment) -> Standing {
		let version = self.accepted.last().map_or(0, |last| last.version);
		permit_at(&Context {
			at,
			permit: &self.permit,
			approvals: &self.approvals,
			licensed: true,
			affiliated: true,
			terms: &[VersionFrom { version, from: FROM - 1 }],
			accepted: &self.accepted,
			epochs: &[EpochDue { due: at + 1, published: None }],
			reports: &self.reports,
			report_rule: ReportRule { every: YEAR, grace: GRACE },
			retired_at: None,
		})
	}
}

fn main() {
	for (what, histories, at) in [
		("in its first year, one approval", Histories::new((1, 1, 0)), FROM + 100),
		(
			"in its last year, full histories",
			Histories::new(FULL),
			FROM + (MAX_YEARS - 1) * YEAR + GRACE + 100,
		),
	] {
		assert_eq!(histories.ask(at), Standing::Active, "{what}");
		let mut rounds: Vec<_> = (0..ROUNDS)
			.map(|_| {
				let began = Instant::now();
				for _ in 0..CALLS {
					black_box(black_box(&histories).ask(black_box(at)));
				}
				began.elapsed() / CALLS
			})
			.collect();
		rounds.sort_unstable();
		println!("permit_at, {what}: {:?}", rounds[ROUNDS / 2]);
	}
}
