//! Random histories: whatever is asked, the set never falls below the minimum.

use crate::{mock::*, Members, Offenders};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
	Add(AccountId),
	Remove(AccountId),
	Retire(AccountId),
	SetKeys(AccountId, u64),
	Offend(AccountId, u32, u32),
	Rotate,
}

fn step() -> impl Strategy<Value = Step> {
	let who = 1..=9u64;
	prop_oneof![
		3 => who.clone().prop_map(Step::Add),
		2 => who.clone().prop_map(Step::Remove),
		2 => who.clone().prop_map(Step::Retire),
		3 => (who.clone(), 0..3u64).prop_map(|(who, seed)| Step::SetKeys(who, who * 10 + seed)),
		1 => (who, 1..=100u32, 0..3u32).prop_map(|(who, severity, ago)| Step::Offend(who, severity, ago)),
		4 => Just(Step::Rotate),
	]
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(128))]

	#[test]
	fn the_set_never_falls_below_the_minimum(
		validators in 4..=7u64,
		steps in prop::collection::vec(step(), 1..100),
	) {
		ExtBuilder::default().validators(validators).build_and_execute(|| {
			for step in steps {
				match step {
					Step::Add(who) => {
						let _ = ValidatorSet::add_validator(RuntimeOrigin::root(), who, org(who));
					},
					Step::Remove(who) => {
						let _ = ValidatorSet::remove_validator(RuntimeOrigin::root(), who);
					},
					Step::Retire(who) => {
						let _ = ValidatorSet::retire(RuntimeOrigin::signed(who));
					},
					Step::SetKeys(who, seed) => {
						let _ = set_keys(who, seed);
					},
					Step::Offend(who, severity, ago) => {
						let session = Session::current_index().saturating_sub(ago);
						offend_in(who, severity, session);
					},
					Step::Rotate => {
						let before = (Session::validators(), Session::queued_keys());
						rotate();
						assert_eq!(
							Session::validators(),
							before.1.iter().map(|(id, _)| *id).collect::<Vec<_>>()
						);
					},
				}
				assert!(working().len() >= 4);
				assert!(Session::queued_keys().len() >= 4);
				assert!(Members::<Test>::count() >= 4);
				// As many offenders of the set are disabled as the strategy allows.
				let in_set = Session::validators();
				let offenders =
					Offenders::<Test>::iter_keys().filter(|id| in_set.contains(id)).count();
				let limit = (in_set.len() - 1) / 3;
				assert_eq!(disabled().len(), offenders.min(limit));
			}
		});
	}

	#[test]
	fn a_set_is_announced_as_changed_exactly_when_it_is(
		steps in prop::collection::vec((prop::option::of((5..=8u64, 0..3u64)), any::<bool>()), 1..40),
	) {
		ExtBuilder::default().build_and_execute(|| {
			let mut last = Session::queued_keys();
			for (step, retire) in steps {
				if let Some((who, seed)) = step {
					if retire {
						let _ = ValidatorSet::retire(RuntimeOrigin::signed(who));
					} else {
						let _ = ValidatorSet::add_validator(RuntimeOrigin::root(), who, org(who));
						let _ = set_keys(who, who * 10 + seed);
					}
				}
				let now = Session::queued_keys();
				rotate();
				assert_eq!(Changed::get(), now != last);
				last = now;
			}
		});
	}
}
