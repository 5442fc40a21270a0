//! An answer for a moment before now never changes, whatever happens later.

use super::*;
use salus_primitives::traits::SealedDirectives;

#[test]
fn the_past_stays_as_it_was_also_once_it_is_in_the_history() {
	build_and_execute(|| {
		let mut told: Vec<(Moment, Vec<SealedId>)> = vec![];
		for round in 0..60u64 {
			let id = permit();
			if round % 3 == 0 {
				deny();
			}
			told.push((now(), in_force()));
			pass(10);
			revoke(id);
			told.push((now(), in_force()));
			if round % 3 == 1 {
				let (denied, _) = *Sealed::sealed_directives(&PATIENT)
					.iter()
					.find(|(_, found)| found.effect == Effect::Deny && found.in_force(now()))
					.expect("one is in force");
				assert_ok!(Sealed::lift(signed(WALLET), denied));
				pass(DAY);
				assert_ok!(Sealed::apply_lift(signed(STRANGER), PATIENT, denied));
				told.push((now(), in_force()));
			}
			pass(10);
			for (at, then) in &told {
				assert_eq!(in_force_at(*at), *then, "at {at}");
			}
		}
		assert!(Live::<Test>::get(PATIENT).swept > 2 * PAGE);
		let lengths: std::collections::BTreeSet<_> =
			told.iter().map(|(_, ids)| ids.len()).collect();
		assert!(lengths.len() > 2, "{lengths:?}");
		assert_eq!(in_force_at(START - 1), NONE);
		assert_eq!(in_force_at(0), NONE);
	});
}

#[test]
fn the_future_is_an_error_and_so_is_a_history_that_is_gone() {
	build_and_execute(|| {
		for id in 0..3 {
			permit();
			pass(1);
			revoke(id);
		}
		pass(1);
		let sealed = |at| Sealed::sealed(&PATIENT, at);
		assert_eq!(sealed(now() + 1), Err(SealedError::FutureMoment));
		let page = History::<Test>::take(PATIENT, 0).unwrap();
		assert_eq!(sealed(START), Err(SealedError::HistoryUnavailable));
		assert_eq!(<Sealed as SealedDirectives<_>>::sealed_at(&PATIENT, START), None);
		assert_eq!(sealed(now()), Ok(vec![]), "the present needs none");
		History::<Test>::insert(PATIENT, 0, page);
		assert_eq!(in_force_at(START), [0]);
	});
}
