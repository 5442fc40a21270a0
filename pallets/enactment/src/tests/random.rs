//! Random histories against a plain model: nothing is enacted but what both bodies approved and the
//! public could see for the whole delay.

use crate::{mock::*, Body::*, *};
use frame_support::storage::unhashed;
use proptest::prelude::*;
use sp_core::storage::well_known_keys::HEAP_PAGES;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
enum Step {
	Approve(Body, u64),
	Cancel(Body, u64),
	Enact(u64),
	Clear(u64),
	Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
	let body = prop_oneof![Just(Council), Just(TechnicalCommittee)];
	prop_oneof![
		6 => (body.clone(), 0u64..4).prop_map(|(body, pages)| Step::Approve(body, pages)),
		1 => (body, 0u64..4).prop_map(|(body, pages)| Step::Cancel(body, pages)),
		4 => (0u64..4).prop_map(Step::Enact),
		1 => (0u64..4).prop_map(Step::Clear),
		5 => (1u64..400).prop_map(Step::Wait),
	]
}

/// What the model remembers of a proposal: each body's latest approval, and when it was complete.
#[derive(Default, Clone)]
struct Known {
	first: u64,
	by: Vec<Body>,
	complete: Option<u64>,
}

impl Known {
	fn lapses(&self) -> u64 {
		match self.complete {
			Some(at) => at + FLOORS.upgrade + ENACTMENT_WINDOW,
			None => self.first + APPROVAL_WINDOW,
		}
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(500))]

	#[test]
	fn only_what_both_approved_and_all_could_see_is_enacted(
		steps in prop::collection::vec(step(), 1..60)
	) {
		new_test_ext().execute_with(|| {
			let mut known: BTreeMap<u64, Known> = BTreeMap::new();
			for step in steps {
				let now = Now::get();
				match step {
					Step::Wait(seconds) => wait(seconds),
					Step::Approve(body, pages) => {
						let live = known.get(&pages).filter(|it| now < it.lapses()).cloned();
						let twice = live.as_ref().is_some_and(|it| it.by.contains(&body));
						let full = !known.contains_key(&pages) && known.len() == 3;
						let accepted = approve(body, &upgrade(pages));
						prop_assert_eq!(accepted.is_ok(), !twice && !full);
						if accepted.is_ok() {
							let mut it = live.unwrap_or(Known { first: now, ..Default::default() });
							it.by.push(body);
							it.complete = (it.by.len() == 2).then_some(now);
							known.insert(pages, it);
						}
					},
					Step::Cancel(body, pages) => {
						let done = Enactment::cancel(by(body), hash_of(&upgrade(pages)));
						prop_assert_eq!(done.is_ok(), known.remove(&pages).is_some());
					},
					Step::Clear(pages) => {
						let may = known.get(&pages).is_some_and(|it| now >= it.lapses());
						let done = Enactment::clear(anybody(), hash_of(&upgrade(pages)));
						prop_assert_eq!(done.is_ok(), may);
						if may {
							known.remove(&pages);
						}
					},
					Step::Enact(pages) => {
						let may = known.get(&pages).is_some_and(|it| {
							it.complete.is_some_and(|at| now >= at + FLOORS.upgrade)
								&& now < it.lapses()
						});
						let before = unhashed::get::<u64>(HEAP_PAGES);
						let done = Enactment::enact(anybody(), hash_of(&upgrade(pages)));
						prop_assert_eq!(done.is_ok(), may);
						let after = unhashed::get::<u64>(HEAP_PAGES);
						if may {
							known.remove(&pages);
							prop_assert_eq!(after, Some(pages));
						} else {
							prop_assert_eq!(after, before);
						}
					},
				}
				prop_assert_eq!(Enactment::do_try_state(), Ok(()));
			}
			Ok(())
		})?;
	}
}
