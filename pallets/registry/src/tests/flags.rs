//! Flags of organisations: set, taken, and what of them is kept.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use salus_primitives::{traits::Credentials, Interval, Moment};

#[test]
fn a_flag_is_set_and_taken_by_a_registrar_of_a_kind_of_the_organisation() {
	licensed().build_and_execute(|| {
		assert!(!Registry::is_flagged(HOSPITAL_ORG) && !Registry::is_flagged(9));
		let set = |who, org, flagged| Registry::set_flag(signed(who), org, flagged);
		assert_noop!(set(HOSPITAL, HOSPITAL_ORG, true), Error::<Test>::NotRegistrar);
		assert_noop!(set(REGISTRAR, 9, true), Error::<Test>::UnknownOrganisation);
		assert_noop!(set(REGISTRAR, AUTHORITY_ORG, true), Error::<Test>::KindNotCovered);
		assert_noop!(set(REGISTRAR, HOSPITAL_ORG, false), Error::<Test>::Unchanged);
		assert_ok!(set(REGISTRAR, HOSPITAL_ORG, true));
		assert!(Registry::is_flagged(HOSPITAL_ORG));
		assert_noop!(set(REGISTRAR, HOSPITAL_ORG, true), Error::<Test>::Unchanged);
		assert_ok!(set(REGISTRAR, HOSPITAL_ORG, false));
		assert!(!Registry::is_flagged(HOSPITAL_ORG));
		let (org, registrar) = (HOSPITAL_ORG, REGISTRAR);
		assert_eq!(
			events(),
			vec![
				Event::FlagSet { org, flagged: true, registrar },
				Event::FlagSet { org, flagged: false, registrar },
			]
		);
	});
}

#[test]
fn what_the_flag_was_at_a_moment_stays_whatever_becomes_of_it() {
	licensed().build_and_execute(|| {
		let set = |flagged| Registry::set_flag(signed(REGISTRAR), HOSPITAL_ORG, flagged);
		let was = |at| Registry::was_flagged(HOSPITAL_ORG, at);
		assert!(!was(0) && !was(START));
		for flagged in [true, false, true] {
			set_now(now() + 10);
			assert_ok!(set(flagged));
			assert_eq!(was(now()), flagged);
		}
		set_now(now() + 10);
		let told: Vec<_> = [0, 9, 10, 19, 20, 29, 30, 40].map(|at| was(START + at)).to_vec();
		assert_eq!(told, [false, false, true, true, false, false, true, true]);
		// Set and taken in one second, it was never set.
		assert_ok!(set(false));
		assert_ok!(set(true));
		assert_ok!(set(false));
		assert!(was(START + 39) && !was(now()));
		assert_eq!(Registry::ask_flagged(HOSPITAL_ORG, START + 10), Ok(true));
		assert_eq!(Registry::ask_flagged(HOSPITAL_ORG, now() + 1), Err(QueryError::InFuture));
	});
}

#[test]
fn a_flag_of_the_genesis_that_is_taken_was_set_from_the_beginning() {
	let mut builder = licensed();
	builder.organisations[1].3 = true;
	builder.build_and_execute(|| {
		let was = |at| Registry::was_flagged(HOSPITAL_ORG, at);
		assert!(was(0) && was(START));
		set_now(START + 10);
		assert_ok!(Registry::set_flag(signed(REGISTRAR), HOSPITAL_ORG, false));
		assert!(was(0) && was(START + 9) && !was(START + 10));
		assert_ok!(Registry::set_flag(signed(REGISTRAR), HOSPITAL_ORG, true));
		assert!(was(START + 10));
	});
}

#[test]
fn the_times_of_a_flag_are_told() {
	licensed().build_and_execute(|| {
		let set = |flagged| Registry::set_flag(signed(REGISTRAR), HOSPITAL_ORG, flagged);
		assert!(Registry::flags(HOSPITAL_ORG).is_empty());
		for flagged in [true, false, true] {
			set_now(now() + 10);
			assert_ok!(set(flagged));
		}
		let times = [Interval::new(START + 10, START + 20), Interval::new(START + 30, Moment::MAX)];
		assert_eq!(Registry::flags(HOSPITAL_ORG), times);
	});
}

/// The first of as many further registrars as it takes to fill a history of flags.
const FIRST_OF_MANY: AccountId = 100;

fn many_registrars() -> ExtBuilder {
	let mut builder = licensed();
	for who in (FIRST_OF_MANY..).take((MAX_FLAGS / MAX_FLAGS_OF_ONE) as usize) {
		builder.registrars.push((who, AUTHORITY_ORG, kinds(&[PROVIDER]).0, 0, START + 100_000));
	}
	builder
}

#[test]
fn a_flag_can_always_be_set_and_not_always_taken() {
	many_registrars().build_and_execute(|| {
		let set = |who, flagged| Registry::set_flag(signed(who), HOSPITAL_ORG, flagged);
		let taker = |time: u32| FIRST_OF_MANY + AccountId::from(time / MAX_FLAGS_OF_ONE);
		for time in 0..MAX_FLAGS - 1 {
			assert_ok!(set(REGISTRAR, true));
			set_now(now() + 1);
			assert_ok!(set(taker(time), false));
			set_now(now() + 1);
		}
		assert_ok!(set(REGISTRAR, true));
		set_now(now() + 1);
		assert_noop!(set(taker(MAX_FLAGS - 1), false), Error::<Test>::HistoryFull);
		assert!(Registry::is_flagged(HOSPITAL_ORG));
	});
}

/// What was wrong: one registrar filled the history by 127 calls, and nobody could take the flag off any more.
#[test]
fn one_registrar_takes_a_flag_off_a_few_times_and_others_set_and_take_it_as_before() {
	many_registrars().build_and_execute(|| {
		let set = |who, flagged| Registry::set_flag(signed(who), HOSPITAL_ORG, flagged);
		for _ in 0..MAX_FLAGS_OF_ONE {
			set_now(now() + 1);
			assert_ok!(set(REGISTRAR, true));
			set_now(now() + 1);
			assert_ok!(set(REGISTRAR, false));
		}
		let told = Registry::flags(HOSPITAL_ORG);
		assert_eq!(told.len(), MAX_FLAGS_OF_ONE as usize);
		set_now(now() + 1);
		assert_ok!(set(REGISTRAR, true));
		// A mistake that is put right at once does not count.
		for _ in 0..=MAX_FLAGS_OF_ONE {
			assert_ok!(set(REGISTRAR, false));
			assert_ok!(set(REGISTRAR, true));
		}
		set_now(now() + 1);
		assert_noop!(set(REGISTRAR, false), Error::<Test>::FlagTakenTooOften);
		let other = FIRST_OF_MANY;
		assert_ok!(set(other, false));
		// So has one that goes on at once.
		assert_ok!(set(REGISTRAR, true));
		set_now(now() + 1);
		assert_noop!(set(REGISTRAR, false), Error::<Test>::FlagTakenTooOften);
		assert_ok!(set(other, false));
		let after = Registry::flags(HOSPITAL_ORG);
		assert_eq!(after.len(), told.len() + 1);
		assert_eq!(after[..told.len()], told[..]);
	});
}

/// Who takes off what others set does not keep them from setting it again.
#[test]
fn nobody_keeps_others_from_flagging_by_taking_their_flags_off() {
	many_registrars().build_and_execute(|| {
		let set = |who, flagged| Registry::set_flag(signed(who), HOSPITAL_ORG, flagged);
		let honest = FIRST_OF_MANY;
		for _ in 0..MAX_FLAGS_OF_ONE {
			assert_ok!(set(honest, true));
			set_now(now() + 1);
			assert_ok!(set(REGISTRAR, false));
			set_now(now() + 1);
		}
		assert_ok!(set(honest, true));
		set_now(now() + 1);
		assert_noop!(set(REGISTRAR, false), Error::<Test>::FlagTakenTooOften);
		assert!(Registry::is_flagged(HOSPITAL_ORG));
	});
}

/// What was wrong: a flag that held at no moment was kept, and shut an organisation out of the unlabelled data of everybody who
/// had a sealed denial.
#[test]
fn a_flag_that_held_at_no_moment_leaves_nothing_and_changes_of_one_second_take_no_place() {
	licensed().build_and_execute(|| {
		let set = |flagged| Registry::set_flag(signed(REGISTRAR), HOSPITAL_ORG, flagged);
		for _ in 0..=MAX_FLAGS {
			assert_ok!(set(true));
			assert_ok!(set(false));
		}
		assert!(!Flags::<Test>::contains_key(HOSPITAL_ORG));
		assert!(Registry::flags(HOSPITAL_ORG).is_empty());
		// One that is put right at once has gone on.
		assert_ok!(set(true));
		set_now(now() + 10);
		for _ in 0..=MAX_FLAGS {
			assert_ok!(set(false));
			assert_ok!(set(true));
		}
		assert_eq!(Registry::flags(HOSPITAL_ORG), [Interval::new(START, Moment::MAX)]);
	});
}
