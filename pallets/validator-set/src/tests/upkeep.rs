//! Genesis, and what must always hold.

use crate::{
	mock::*, Departure, Departures, Members, Membership, Minimum, Offences, Offender, Offenders,
	SessionLength,
};
use frame_support::assert_ok;
use sp_runtime::{BuildStorage, Perbill};

fn genesis(validators: Vec<(AccountId, u32)>, min_validators: u32) {
	let _ = crate::GenesisConfig::<Test> { validators, min_validators, session_length: 10 }
		.build_storage();
}

#[test]
fn the_default_genesis_has_the_configured_minimum() {
	assert_eq!(crate::GenesisConfig::<Test>::default().min_validators, 4);
	ExtBuilder::default().build_and_execute(|| assert_eq!(Minimum::<Test>::get(), 4));
}

#[test]
fn the_length_of_a_session_is_fixed_at_genesis() {
	assert_eq!(crate::GenesisConfig::<Test>::default().session_length, 1_200);
	ExtBuilder::default().build_and_execute(|| assert_eq!(SessionLength::<Test>::get(), 10));
}

#[test]
#[should_panic = "sessions too short to be followed"]
fn a_session_that_is_too_short_is_refused() {
	let _ =
		crate::GenesisConfig::<Test> { session_length: 3, ..Default::default() }.build_storage();
}

#[test]
#[should_panic = "an empty validator set stops the chain"]
fn a_minimum_of_nothing_is_refused() {
	genesis(vec![], 0);
}

#[test]
#[should_panic = "the smallest set is larger than the largest"]
fn a_minimum_above_the_maximum_is_refused() {
	genesis(vec![], 11);
}

#[test]
#[should_panic = "fewer validators in the genesis than the smallest set"]
fn a_genesis_below_the_minimum_is_refused() {
	genesis(vec![(1, 1), (2, 1), (3, 1)], 4);
}

#[test]
#[should_panic = "a validator twice in the genesis, or too many validators"]
fn a_genesis_with_a_validator_twice_is_refused() {
	genesis(vec![(1, 1), (1, 2)], 1);
}

#[test]
#[should_panic = "a validator twice in the genesis, or too many validators"]
fn a_genesis_with_too_many_validators_is_refused() {
	genesis((1..=11).map(|id| (id, 1)).collect(), 4);
}

/// Runs `corrupt`, and expects that it is noticed.
fn noticed(corrupt: impl FnOnce()) {
	ExtBuilder::default().build().execute_with(|| {
		assert_ok!(ValidatorSet::do_try_state());
		corrupt();
		assert!(ValidatorSet::do_try_state().is_err());
	});
}

#[test]
fn corruption_is_noticed() {
	let offender = Offender { severity: Perbill::one(), retained: false };
	let departure = Departure { organisation: 1, since: 0 };
	noticed(|| {
		Members::<Test>::remove(1);
	});
	noticed(|| {
		for id in 5..=11 {
			Members::<Test>::insert(id, Membership { organisation: 1, since: 0 });
		}
	});
	noticed(|| Minimum::<Test>::put(0));
	noticed(|| Departures::<Test>::insert(1, departure));
	noticed(|| Departures::<Test>::insert(9, departure));
	noticed(|| Offenders::<Test>::insert(9, offender));
	noticed(|| Offences::<Test>::insert(1, crate::OrganisationRecord::default()));
	noticed(|| {
		offend(1);
		Offences::<Test>::mutate(101, |record| record.count = 0);
	});
}
