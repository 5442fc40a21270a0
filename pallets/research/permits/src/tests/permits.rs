//! When a permit is live.

use super::{generator::*, *};
use proptest::prelude::*;
use salus_primitives::{Interval, Moment};
use std::{cell::RefCell, collections::BTreeMap};

fn suspended(lapse: Lapse) -> Standing {
	Standing::Suspended(LapseSet::EMPTY.with(lapse))
}

#[test]
fn a_permit_is_active_from_its_first_second() {
	let world = World::in_order();
	assert_eq!(world.at(4), Standing::NotYet);
	assert_eq!(world.at(5), Standing::Active);
	assert_eq!(world.at(33), Standing::Active);
}

/// Each input in turn lapses at second 20, and is in order again at second 25.
#[test]
fn each_lapse_suspends_at_that_second_and_no_longer_than_it_lasts() {
	let broken = vec![Interval::new(0, 20), Interval::new(25, 1_000)];
	let cases: [(Lapse, &dyn Fn(&mut World)); 7] = [
		(Lapse::Ethics, &|world| world.approvals = broken.clone()),
		(Lapse::Licence, &|world| world.licences = broken.clone()),
		(Lapse::Affiliation, &|world| world.affiliations = broken.clone()),
		(Lapse::Terms, &|world| {
			world.terms.push(VersionFrom { version: 2, from: 20 });
			world.accepted.push(VersionFrom { version: 2, from: 25 });
		}),
		(Lapse::Epoch, &|world| {
			world.epochs.push(EpochDue { due: 20, published: Some(25) });
		}),
		// The second year ends at 5 + 2 * 7, and its grace at 21: one second is taken from it.
		(Lapse::Report, &|world| {
			world.permit.period.from = 4;
			world.reports.retain(|report| report.year != 2);
			world.reports.push(YearlyReport { year: 2, at: 25 });
		}),
		(Lapse::Expired, &|world| {
			world.permit.period.until = 20;
			world.permit.renewal = Some(Renewal { at: 25, until: 1_000 });
		}),
	];
	for (lapse, break_it) in cases {
		let mut world = World::in_order();
		break_it(&mut world);
		for at in 5..34 {
			let expected = if (20..25).contains(&at) { suspended(lapse) } else { Standing::Active };
			assert_eq!(world.at(at), expected, "{lapse:?} at {at}");
		}
	}
}

#[test]
fn a_dataset_that_is_taken_back_suspends_at_that_second_and_for_good() {
	let mut world = World::in_order();
	world.retired_at = Some(20);
	assert_eq!(world.at(19), Standing::Active);
	for at in 20..34 {
		assert_eq!(world.at(at), suspended(Lapse::Retired), "at {at}");
	}
}

#[test]
fn the_end_comes_at_its_second_and_beats_every_lapse() {
	for how in [Ending::Revoked, Ending::Closed] {
		let mut world = World::in_order();
		world.permit.ended = Some(PermitEnd { at: 20, how });
		world.licences = vec![Interval::new(0, 15)];
		assert_eq!(world.at(14), Standing::Active);
		assert_eq!(world.at(15), suspended(Lapse::Licence));
		assert_eq!(world.at(19), suspended(Lapse::Licence));
		assert_eq!(world.at(20), Standing::Ended(how));
		assert_eq!(world.at(500), Standing::Ended(how));
	}
}

#[test]
fn a_renewal_lasts_no_longer_than_it_says_and_mends_no_moment_before_it() {
	let mut world = World::in_order();
	world.permit.period.until = 20;
	world.permit.renewal = Some(Renewal { at: 18, until: 30 });
	assert_eq!(world.at(29), Standing::Active);
	assert_eq!(world.at(30), suspended(Lapse::Expired));
	world.permit.renewal = Some(Renewal { at: 22, until: 30 });
	assert_eq!(world.at(21), suspended(Lapse::Expired));
	assert_eq!(world.at(22), Standing::Active);
}

#[test]
fn terms_that_were_never_accepted_and_terms_that_are_not_in_force_suspend() {
	let mut world = World::in_order();
	world.accepted.clear();
	assert_eq!(world.at(10), suspended(Lapse::Terms));
	let mut world = World::in_order();
	world.accepted.push(VersionFrom { version: 2, from: 10 });
	assert_eq!(world.at(10), suspended(Lapse::Terms));
}

#[test]
fn a_report_counts_for_its_own_year_and_none_is_due_without_a_rule() {
	let mut world = World::in_order();
	world.reports = vec![YearlyReport { year: 2, at: 6 }; 5];
	assert_eq!(world.at(5 + YEAR + GRACE - 1), Standing::Active);
	assert_eq!(world.at(5 + YEAR + GRACE), suspended(Lapse::Report));
	let context = Context {
		at: Moment::MAX - 1,
		permit: &Permit { period: Interval::new(0, Moment::MAX), renewal: None, ended: None },
		approvals: &[Interval::ALWAYS],
		licensed: true,
		affiliated: true,
		terms: &[],
		accepted: &[],
		epochs: &[],
		reports: &[],
		report_rule: ReportRule { every: 0, grace: 0 },
		retired_at: None,
	};
	assert_eq!(permit_at(&context), Standing::Active);
	let never = ReportRule { every: 1, grace: Moment::MAX };
	assert_eq!(permit_at(&Context { report_rule: never, ..context }), Standing::Active);
	let always = ReportRule { every: 1, grace: 0 };
	assert_eq!(permit_at(&Context { report_rule: always, ..context }), suspended(Lapse::Report));
}

/// The same once more, as a walk through all seconds with flags that facts put up and down.
fn naive(world: &World, at: Moment) -> Standing {
	let mut standing = Standing::NotYet;
	let mut begun = false;
	let mut ended = None;
	for now in 0..=at {
		begun |= now == world.permit.period.from;
		if let Some(end) = world.permit.ended {
			if now == end.at {
				ended = Some(end.how);
			}
		}
		if !begun {
			continue;
		}
		let mut lapses = vec![];
		let lasts = |one: &Interval| (one.from..one.until).any(|second| second == now);
		if !world.approvals.iter().any(lasts) {
			lapses.push(Lapse::Ethics);
		}
		if !world.licences.iter().any(lasts) {
			lapses.push(Lapse::Licence);
		}
		if !world.affiliations.iter().any(lasts) {
			lapses.push(Lapse::Affiliation);
		}
		let newest = |versions: &[VersionFrom]| {
			let mut newest = 0;
			for second in 0..=now {
				for one in versions.iter().filter(|one| one.from == second) {
					newest = newest.max(one.version);
				}
			}
			newest
		};
		if newest(&world.terms) != newest(&world.accepted) {
			lapses.push(Lapse::Terms);
		}
		if world.epochs.iter().any(|one| {
			let published = (0..=now).any(|second| one.published == Some(second));
			(0..=now).any(|second| one.due == second) && !published
		}) {
			lapses.push(Lapse::Epoch);
		}
		let mut deadline = world.permit.period.from + YEAR + GRACE;
		let mut year = 1;
		let mut late = false;
		while deadline <= now {
			late |= !world.reports.iter().any(|one| one.year == year && one.at <= now);
			deadline += YEAR;
			year += 1;
		}
		if late {
			lapses.push(Lapse::Report);
		}
		let renewed =
			world.permit.renewal.is_some_and(|one| (one.at..one.until).any(|second| second == now));
		if !(0..world.permit.period.until).any(|second| second == now) && !renewed {
			lapses.push(Lapse::Expired);
		}
		if (0..=now).any(|second| world.retired_at == Some(second)) {
			lapses.push(Lapse::Retired);
		}
		standing = match lapses.as_slice() {
			[] => Standing::Active,
			all => Standing::Suspended(all.iter().copied().fold(LapseSet::EMPTY, LapseSet::with)),
		};
	}
	match ended {
		Some(how) if begun => Standing::Ended(how),
		_ => standing,
	}
}

#[test]
fn the_answer_agrees_with_a_walk_through_all_seconds() {
	let seen = RefCell::new(BTreeMap::<String, u32>::new());
	runner(10_000)
		.run(&(world(), 0..=END), |(world, at)| {
			let answer = world.at(at);
			prop_assert_eq!(answer, naive(&world, at));
			let mut seen = seen.borrow_mut();
			match answer {
				Standing::Suspended(lapses) => {
					for lapse in Lapse::ALL.into_iter().filter(|lapse| lapses.contains(*lapse)) {
						*seen.entry(format!("{lapse:?}")).or_default() += 1;
					}
				},
				other => *seen.entry(format!("{other:?}")).or_default() += 1,
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	let seen = seen.into_inner();
	println!("{seen:?}");
	assert_eq!(seen.len(), 12, "{seen:?}");
	assert!(seen.values().all(|times| *times >= 50), "{seen:?}");
}

/// Facts are added at `now` or later. Whatever they are, the answer for a moment before stays.
#[test]
fn facts_of_later_moments_change_no_answer_about_the_past() {
	let mattered = RefCell::new(0);
	runner(10_000)
		.run(&(world(), world(), 1..=END), |(world, later, now)| {
			let mut more = world.clone();
			// An approval is suspended, a licence and an affiliation end, from now on.
			for interval in
				more.approvals.iter_mut().chain(&mut more.licences).chain(&mut more.affiliations)
			{
				if interval.until > now {
					interval.until = interval.from.max(now);
				}
			}
			let begins_later = |one: &Interval| one.from >= now;
			more.approvals.extend(later.approvals.iter().copied().filter(begins_later));
			more.licences.extend(later.licences.iter().copied().filter(begins_later));
			more.affiliations.extend(later.affiliations.iter().copied().filter(begins_later));
			more.terms.extend(later.terms.iter().copied().filter(|one| one.from >= now));
			more.accepted.extend(later.accepted.iter().copied().filter(|one| one.from >= now));
			for epoch in &mut more.epochs {
				epoch.published = epoch.published.or(Some(now));
			}
			more.epochs.extend(later.epochs.iter().copied().filter(|one| one.due >= now));
			more.reports.extend(later.reports.iter().copied().filter(|one| one.at >= now));
			let renewal = later.permit.renewal.filter(|one| one.at >= now);
			more.permit.renewal = more.permit.renewal.or(renewal);
			more.retired_at = more.retired_at.or(later.retired_at.filter(|at| *at >= now));
			let ended = later.permit.ended.filter(|one| one.at >= now);
			more.permit.ended = more.permit.ended.or(ended);
			for at in 0..now {
				prop_assert_eq!(world.at(at), more.at(at), "at {}", at);
			}
			if world.at(END) != more.at(END) {
				*mattered.borrow_mut() += 1;
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	let mattered = mattered.into_inner();
	println!("in {mattered} cases the later facts changed the answer for the last second");
	assert!(mattered >= 1_000);
}

#[test]
fn what_is_stored_comes_back_within_its_bound() {
	use codec::{Decode, Encode, MaxEncodedLen};
	fn survives<T: Encode + Decode + MaxEncodedLen + PartialEq + std::fmt::Debug>(value: &T) {
		let bytes = value.encode();
		assert!(bytes.len() <= T::max_encoded_len());
		assert_eq!(&T::decode(&mut &bytes[..]).unwrap(), value);
	}
	runner(1_000)
		.run(&world(), |world| {
			survives(&world.permit);
			survives(&world.at(20));
			world.epochs.iter().for_each(survives);
			world.reports.iter().for_each(survives);
			world.terms.iter().for_each(survives);
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	assert_eq!((Permit::max_encoded_len(), Standing::max_encoded_len()), (43, 2));
}
