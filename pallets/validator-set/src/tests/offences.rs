//! What follows from an offence.

use crate::{
	mock::*, Departures, Event, Members, OffenceRecord, Offences, Offender, Offenders,
	RemovalReason,
};
use frame_support::assert_ok;
use sp_runtime::Perbill;

const HALF: Perbill = Perbill::from_percent(50);

fn removed(who: AccountId) -> Event<Test> {
	Event::ValidatorRemoved {
		validator: who,
		organisation: org(who),
		reason: RemovalReason::Offence,
	}
}

#[test]
fn an_offender_is_disabled_at_once_and_out_two_rotations_later() {
	ExtBuilder::default().validators(5).build_and_execute(|| {
		rotate();
		offend(3);
		assert_eq!(disabled(), vec![3]);
		System::assert_has_event(
			Event::OffenceRecorded { organisation: 103, validator: 3, session: 1, severity: HALF }
				.into(),
		);
		assert!(Members::<Test>::contains_key(3));

		rotate();
		assert_eq!(working(), vec![1, 2, 3, 4, 5]);
		assert_eq!(disabled(), vec![3]);
		assert!(events().contains(&removed(3)));
		assert!(Departures::<Test>::contains_key(3));

		rotate();
		assert_eq!(working(), vec![1, 2, 4, 5]);
		assert_eq!(disabled(), Vec::<AccountId>::new());
		assert!(!Offenders::<Test>::contains_key(3));
		assert!(!Departures::<Test>::contains_key(3));
	});
}

#[test]
fn at_the_minimum_an_offender_stays_disabled_until_a_member_is_added() {
	ExtBuilder::default().build_and_execute(|| {
		offend(2);
		for _ in 0..5 {
			rotate();
			assert_eq!(working(), vec![1, 2, 3, 4]);
			assert_eq!(disabled(), vec![2]);
		}
		assert_eq!(Changes::get(), 0);
		let retained = Event::OffenderRetained { validator: 2, organisation: 102 };
		assert_eq!(events().iter().filter(|event| **event == retained).count(), 1);
		assert_eq!(Offenders::<Test>::get(2), Some(Offender { severity: HALF, retained: true }));

		// A member without keys helps nobody yet.
		assert_ok!(ValidatorSet::add_validator(RuntimeOrigin::root(), 5, org(5)));
		rotate();
		assert!(Members::<Test>::contains_key(2));

		assert_ok!(set_keys(5, 5));
		rotate();
		assert!(events().contains(&removed(2)));
		assert_eq!(disabled(), vec![2]);
		rotate();
		assert_eq!(working(), vec![1, 3, 4, 5]);
		assert_eq!(disabled(), Vec::<AccountId>::new());
	});
}

#[test]
fn an_offender_is_disabled_again_when_the_set_changes() {
	ExtBuilder::default().minimum(4).build_and_execute(|| {
		offend(2);
		// A change of keys makes a new set, and the session pallet forgets whom it disabled.
		assert_ok!(set_keys(1, 11));
		rotate();
		assert_eq!(disabled(), vec![2]);
		rotate();
		assert!(Changed::get());
		assert_eq!(disabled(), vec![2]);
	});
}

#[test]
fn whoever_offends_while_leaving_is_disabled_until_it_is_out() {
	ExtBuilder::default().validators(6).build_and_execute(|| {
		// A change that takes effect with the next rotation, as validator 1 leaves.
		assert_ok!(set_keys(2, 22));
		rotate();
		assert_ok!(ValidatorSet::retire(RuntimeOrigin::signed(1)));
		offend(1);
		assert_eq!(disabled(), vec![1]);
		rotate();
		assert!(Changed::get());
		assert_eq!(working(), vec![1, 2, 3, 4, 5, 6]);
		assert_eq!(disabled(), vec![1]);
		rotate();
		assert_eq!(working(), vec![2, 3, 4, 5, 6]);
		assert_eq!(disabled(), Vec::<AccountId>::new());
		assert_eq!(Offenders::<Test>::iter().count(), 0);
		assert_eq!(Offences::<Test>::get(101).count, 1);
	});
}

#[test]
fn the_gravest_offender_goes_first() {
	ExtBuilder::default().validators(5).build_and_execute(|| {
		offend_in(1, 10, 0);
		offend_in(4, 90, 0);
		// One of five may be disabled: the gravest.
		assert_eq!(disabled(), vec![4]);
		rotate();
		rotate();
		assert_eq!(working(), vec![1, 2, 3, 5]);
		assert_eq!(disabled(), vec![1]);
	});
}

#[test]
fn many_offenders_never_take_the_set_below_the_minimum() {
	ExtBuilder::default().validators(7).build_and_execute(|| {
		for who in 1..=7 {
			offend(who);
		}
		for _ in 0..6 {
			rotate();
			assert!(working().len() >= 4);
		}
		assert_eq!(working().len(), 4);
		assert_eq!(Offenders::<Test>::iter().count(), 4);
		assert_eq!(disabled().len(), 1);
	});
}

#[test]
fn one_validator_alone_is_never_lost() {
	ExtBuilder::default().validators(1).minimum(1).build_and_execute(|| {
		offend(1);
		rotate();
		rotate();
		assert_eq!(working(), vec![1]);
		// Nobody would be left to validate.
		assert_eq!(disabled(), Vec::<AccountId>::new());
	});
}

#[test]
fn what_happens_in_one_session_counts_once() {
	ExtBuilder::default().build_and_execute(|| {
		offend_in(1, 10, 0);
		offend_in(1, 10, 0);
		let announced = events().len();
		offend_in(1, 30, 0);
		assert_eq!(events().len(), announced + 1);
		offend_in(1, 20, 0);
		assert_eq!(events().len(), announced + 1);

		let record = Offences::<Test>::get(101);
		assert_eq!(record.count, 1);
		assert_eq!(
			record.latest.into_inner(),
			vec![OffenceRecord { validator: 1, session: 0, severity: Perbill::from_percent(30) }]
		);
		assert_eq!(Offenders::<Test>::get(1).unwrap().severity, Perbill::from_percent(30));
	});
}

#[test]
fn the_latest_offences_are_kept_and_all_are_counted() {
	ExtBuilder::default().build_and_execute(|| {
		for session in 0..5 {
			offend_in(1, 10, session);
		}
		let record = Offences::<Test>::get(101);
		assert_eq!(record.count, 5);
		let sessions: Vec<_> = record.latest.iter().map(|offence| offence.session).collect();
		assert_eq!(sessions, vec![2, 3, 4]);
	});
}

#[test]
fn an_offence_of_an_earlier_membership_is_recorded_and_no_more() {
	ExtBuilder::default().validators(5).build_and_execute(|| {
		assert_ok!(ValidatorSet::retire(RuntimeOrigin::signed(1)));
		rotate();
		rotate();
		rotate();
		add_with_keys(1);
		rotate();
		rotate();
		assert_eq!(working(), vec![1, 2, 3, 4, 5]);

		offend_in(1, 50, 0);
		assert_eq!(Offences::<Test>::get(101).count, 1);
		assert_eq!(disabled(), Vec::<AccountId>::new());
		rotate();
		assert!(Members::<Test>::contains_key(1));

		offend(1);
		assert_eq!(disabled(), vec![1]);
		rotate();
		assert!(!Members::<Test>::contains_key(1));
	});
}

#[test]
fn an_offence_of_somebody_long_gone_is_recorded_under_its_organisation() {
	ExtBuilder::default().validators(5).build_and_execute(|| {
		assert_ok!(ValidatorSet::retire(RuntimeOrigin::signed(1)));
		for _ in 0..4 {
			rotate();
		}
		offend_in(1, 50, 0);
		assert_eq!(Offences::<Test>::get(101).count, 1);
		assert_eq!(Offenders::<Test>::iter().count(), 0);
	});
}

#[test]
fn an_expelled_validator_may_be_added_again() {
	ExtBuilder::default().validators(5).build_and_execute(|| {
		offend(1);
		rotate();
		rotate();
		add_with_keys(1);
		rotate();
		rotate();
		assert_eq!(working(), vec![1, 2, 3, 4, 5]);
		assert_eq!(disabled(), Vec::<AccountId>::new());
		assert_eq!(Offences::<Test>::get(101).count, 1);
	});
}
