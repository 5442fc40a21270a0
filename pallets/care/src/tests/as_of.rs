//! An answer for a moment before now never changes, whatever happens later.

use super::*;

#[test]
fn the_past_stays_as_it_was() {
	build_and_execute(|| {
		let mut told: Vec<(Moment, bool, Option<RelationshipId>, CarePolicy)> = vec![];
		let ask = |at| {
			let id = <Care as CareRelations>::relationship(&PATIENT, HOSPITAL, at).map(|r| r.0);
			(at, treats_at(at), id, <Care as CareRelations>::policy(at))
		};
		let steps: Vec<Box<dyn Fn()>> = vec![
			Box::new(|| {
				assert_ok!(Care::set_policy(RuntimeOrigin::root(), CarePolicy::CareTeam));
			}),
			Box::new(|| {
				open();
			}),
			Box::new(|| pass(29 * DAY)),
			Box::new(|| {
				open();
			}),
			Box::new(|| {
				assert_ok!(Care::end(signed(WALLET), 1));
			}),
			Box::new(|| {
				next_block();
				assert_ok!(open_for(next_word()));
			}),
			Box::new(|| {
				assert_ok!(Care::opt_out(signed(WALLET)));
			}),
			Box::new(|| {
				assert_ok!(Care::opt_in(signed(WALLET), Towards::Everybody));
			}),
			Box::new(|| pass(DAY)),
			Box::new(|| {
				assert_ok!(Care::apply_opt_in(signed(STRANGER), PATIENT, Towards::Everybody));
			}),
			Box::new(|| {
				open();
			}),
			Box::new(|| {
				assert_ok!(Care::leave(signed(WALLET), 3));
			}),
			Box::new(|| suspend(HOSPITAL)),
			Box::new(|| set_state(PATIENT, PatientState::Frozen)),
			Box::new(|| pass(YEAR)),
		];
		for step in steps {
			step();
			pass(10);
			let moments: Vec<_> = told.iter().map(|(at, ..)| *at).collect();
			assert_eq!(moments.into_iter().map(ask).collect::<Vec<_>>(), told);
			told.extend([now() - 5, now() - 1].map(ask));
		}
		let counted = told.iter().filter(|(_, treated, ..)| *treated).count();
		assert!(counted > 5 && counted < told.len() - 5, "{counted} of {}", told.len());
	});
}

#[test]
fn a_relationship_is_known_from_its_first_second_to_its_last_one() {
	build_and_execute(|| {
		open();
		let (from, until) = (now(), now() + 30 * DAY);
		pass(YEAR);
		assert!(!treats_at(from - 1) && treats_at(from));
		assert!(treats_at(until - 1) && !treats_at(until));
		assert!(!treats_at(0));
	});
}
