//! Where an account works: how many employers it has, and what that discloses.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use salus_primitives::{
	traits::{Credentials, PlainDenials},
	Interval, Moment, OrgId, OrgKind, Role,
};

const ROLE: Role = Role::Nurse;
const ADMINISTRATORS: [AccountId; 3] = [HOSPITAL, INSURER, STRANGER];
const FIRST: OrgId = 1;

/// Three licensed organisations, numbered from [`FIRST`].
fn three() -> ExtBuilder {
	let mut builder = with_registrar();
	for admin in ADMINISTRATORS {
		let kinds = kinds(&[OrgKind::Provider]).0;
		builder.organisations.push((admin, kinds, START + 10_000, false));
	}
	builder
}

fn hire(nth: usize, until: Moment) -> sp_runtime::DispatchResult {
	let org = FIRST + nth as OrgId;
	assert_ok!(Registry::invite(signed(ADMINISTRATORS[nth]), org, NURSE, ROLE, until));
	Registry::accept_affiliation(signed(NURSE), org, ROLE)
}

#[test]
fn an_account_works_at_so_many_organisations_and_no_more() {
	three().build_and_execute(|| {
		assert_ok!(hire(0, START + 10));
		assert_ok!(hire(1, START + 20));
		assert!(Employers::<Test>::get(NURSE).is_full());
		assert_ok!(Registry::invite(signed(STRANGER), 3, NURSE, ROLE, START + 30));
		assert_noop!(
			Registry::accept_affiliation(signed(NURSE), 3, ROLE),
			Error::<Test>::TooManyEmployers
		);
	});
}

#[test]
fn who_has_left_makes_room_and_may_come_back() {
	three().build_and_execute(|| {
		assert_ok!(hire(0, START + 10));
		assert_ok!(hire(1, START + 400));
		// The term is over without anybody saying so.
		set_now(START + 10);
		assert_ok!(hire(2, START + 400));
		assert_eq!(Employers::<Test>::get(NURSE).into_inner(), [2, 3]);
		assert_ok!(Registry::end_affiliation(signed(NURSE), 2, NURSE, ROLE));
		assert_ok!(hire(0, START + 400));
		assert_eq!(Employers::<Test>::get(NURSE).into_inner(), [3, 1]);
		// A second role at the same place takes no room.
		assert_ok!(Registry::invite(signed(HOSPITAL), 1, NURSE, Role::Biller, START + 30));
		assert_ok!(Registry::accept_affiliation(signed(NURSE), 1, Role::Biller));
		assert_eq!(Employers::<Test>::get(NURSE).into_inner(), [3, 1]);
	});
}

/// Who is compared with those whom somebody left lately must find them: what makes room is what was left longest ago.
#[test]
fn the_employer_that_was_left_longest_ago_makes_room_and_no_other() {
	three().build_and_execute(|| {
		assert_ok!(hire(0, START + 10));
		assert_ok!(hire(1, START + 400));
		set_now(START + 5);
		assert_ok!(Registry::end_affiliation(signed(NURSE), FIRST + 1, NURSE, ROLE));
		// Both are over, the second for longer, though it was to last longer and began later.
		set_now(START + 20);
		assert_ok!(hire(2, START + 400));
		assert_eq!(Employers::<Test>::get(NURSE).into_inner(), [FIRST, FIRST + 2]);
		// What was left twice counts from the last time on, and what lasts makes no room.
		set_now(START + 30);
		assert_ok!(hire(0, START + 500));
		assert_ok!(Registry::end_affiliation(signed(NURSE), FIRST + 2, NURSE, ROLE));
		set_now(START + 40);
		assert_ok!(hire(1, START + 400));
		assert_eq!(Employers::<Test>::get(NURSE).into_inner(), [FIRST, FIRST + 1]);
	});
}

#[test]
fn whoever_works_at_a_flagged_organisation_is_known_to() {
	three().build_and_execute(|| {
		assert_ok!(hire(0, START + 10));
		assert_ok!(hire(1, START + 20));
		let known = || Registry::works_at_flagged(&NURSE, now());
		assert!(!known() && !Registry::works_at_flagged(&HOSPITAL, now()));
		assert_ok!(Registry::set_flag(signed(REGISTRAR), FIRST, true));
		assert!(known());
		// Its administrator stands for it as well.
		assert!(Registry::works_at_flagged(&HOSPITAL, now()));
		assert!(!Registry::works_at_flagged(&INSURER, now()));
		assert!(!Registry::works_at_flagged(&STRANGER, now()));
		set_now(START + 10);
		assert!(!known());
	});
}

/// When a plain denial of whoever asks for `org` was refused, seconds after the start.
fn refused(org: OrgId, who: Option<AccountId>, at: Moment) -> Vec<(Moment, Moment)> {
	let times = Registry::refused_times(org, who.as_ref(), START + at);
	let after = |moment: Moment| moment.saturating_sub(START);
	let mut times: Vec<_> = times.iter().map(|t| (after(t.from), after(t.until))).collect();
	times.sort();
	times
}

const FOR_EVER: Moment = Moment::MAX - START;

#[test]
fn who_works_at_a_flagged_organisation_could_not_be_denied_in_plain_elsewhere() {
	three().build_and_execute(|| {
		let flag = |flagged| Registry::set_flag(signed(REGISTRAR), FIRST, flagged);
		set_now(START + 10);
		assert_ok!(hire(0, START + 100));
		assert_ok!(hire(1, START + 400));
		set_now(START + 20);
		assert_ok!(flag(true));
		set_now(START + 30);
		assert_ok!(flag(false));
		set_now(START + 40);
		assert_ok!(flag(true));
		set_now(START + 50);
		assert_ok!(Registry::end_affiliation(signed(NURSE), FIRST, NURSE, ROLE));
		set_now(START + 60);
		// At the flagged organisation: whenever it was flagged, whoever asks.
		let flagged = vec![(20, 30), (40, FOR_EVER)];
		for who in [None, Some(NURSE), Some(STRANGER)] {
			assert_eq!(refused(FIRST, who, 60), flagged, "{who:?}");
		}
		// Elsewhere: that very person, while it worked there.
		assert_eq!(refused(FIRST + 1, Some(NURSE), 60), [(20, 30), (40, 50)]);
		for who in [None, Some(STRANGER)] {
			assert_eq!(refused(FIRST + 1, who, 60), [], "{who:?}");
		}
		// What began later is no part of an answer about a moment before.
		assert_eq!(refused(FIRST + 1, Some(NURSE), 39), [(20, 30)]);
		assert_eq!(refused(FIRST + 1, Some(NURSE), 19), []);
		// Hired again: from then on.
		assert_ok!(hire(0, START + 200));
		assert_eq!(refused(FIRST + 1, Some(NURSE), 60), [(20, 30), (40, 50), (60, 200)]);
	});
}

#[test]
fn an_employer_that_was_flagged_meanwhile_makes_no_room_and_any_other_does() {
	three().build_and_execute(|| {
		assert_ok!(hire(0, START + 10));
		assert_ok!(hire(1, START + 10));
		set_now(START + 5);
		assert_ok!(Registry::set_flag(signed(REGISTRAR), FIRST, true));
		set_now(START + 20);
		// The second is flagged only after the nurse has left.
		assert_ok!(Registry::set_flag(signed(REGISTRAR), FIRST + 1, true));
		assert_ok!(Registry::set_flag(signed(REGISTRAR), FIRST, false));
		let before = refused(FIRST + 2, Some(NURSE), 20);
		assert_eq!(before, [(5, 10)]);
		assert_ok!(hire(2, START + 400));
		assert_eq!(Employers::<Test>::get(NURSE).into_inner(), [FIRST, FIRST + 2]);
		assert_eq!(refused(FIRST + 2, Some(NURSE), 20), before, "the past stays");
		// There is no place more for another.
		assert_ok!(Registry::set_flag(signed(REGISTRAR), FIRST + 1, false));
		assert_ok!(Registry::invite(signed(INSURER), FIRST + 1, NURSE, ROLE, START + 400));
		assert_noop!(
			Registry::accept_affiliation(signed(NURSE), FIRST + 1, ROLE),
			Error::<Test>::TooManyEmployers
		);
	});
}

#[test]
fn what_is_asked_for_a_decision_is_told_by_the_api_as_of_now() {
	three().build_and_execute(|| {
		assert_ok!(hire(0, START + 100));
		assert_ok!(Registry::set_flag(signed(REGISTRAR), FIRST, true));
		let told = |org, who: Option<&AccountId>| Registry::ask_refused_times(org, who);
		assert_eq!(told(FIRST, None), [Interval::new(START, Moment::MAX)]);
		assert_eq!(told(FIRST + 1, Some(&NURSE)), [Interval::new(START, START + 100)]);
		assert_eq!(told(FIRST + 1, None), []);
	});
}

#[test]
fn an_organisation_bears_the_fees_of_its_staff_as_long_as_they_are_and_it_is_licensed() {
	three().build_and_execute(|| {
		let on_staff = |org| Registry::is_on_staff(org, &NURSE);
		let invited = |org| Registry::is_invited(org, &NURSE, ROLE);
		assert_ok!(Registry::invite(signed(HOSPITAL), 1, NURSE, ROLE, START + 10));
		assert_ok!(Registry::invite(signed(INSURER), 2, NURSE, ROLE, START + 100));
		assert!(invited(1) && invited(2) && !invited(3));
		assert!(!on_staff(1) && !Registry::is_invited(1, &NURSE, Role::Biller));
		set_now(START + 10);
		assert!(!invited(1), "the offer has lapsed");

		assert_ok!(Registry::accept_affiliation(signed(NURSE), 2, ROLE));
		assert!(on_staff(2) && !invited(2));
		assert_ok!(Registry::invite(signed(INSURER), 2, NURSE, Role::Biller, START + 100));
		assert_ok!(Registry::suspend(signed(REGISTRAR), 2, PROVIDER));
		assert!(!on_staff(2) && !Registry::is_invited(2, &NURSE, Role::Biller));
		assert_ok!(Registry::reinstate(signed(REGISTRAR), 2, PROVIDER, START + 900));
		assert!(on_staff(2));
		set_now(START + 11);
		assert_ok!(Registry::end_affiliation(signed(INSURER), 2, NURSE, ROLE));
		assert!(!on_staff(2));
	});
}

#[test]
fn an_organisation_on_which_somebody_relies_stays() {
	with_registrar().build_and_execute(|| {
		use salus_primitives::traits::Organisations as _;
		assert_noop!(Registry::rely_on(1), Error::<Test>::UnknownOrganisation);
		assert_ok!(Registry::apply(signed(HOSPITAL), kinds(&[PROVIDER]), profile()));
		assert_ok!(Registry::rely_on(1));
		assert_ok!(Registry::rely_on(1));
		assert_ok!(Registry::withdraw(signed(HOSPITAL), 1));
		assert!(Organisations::<Test>::contains_key(1));
	});
}

#[test]
fn whoever_was_employed_at_any_moment_of_a_time_is_known_to_have_been() {
	three().build_and_execute(|| {
		let employed = |from, until| {
			let within = Interval::new(START + from, START + until);
			Registry::was_employed_within(FIRST, &NURSE, within)
		};
		set_now(START + 10);
		assert_ok!(hire(0, START + 100));
		set_now(START + 20);
		assert_ok!(Registry::end_affiliation(signed(NURSE), FIRST, NURSE, ROLE));
		set_now(START + 30);
		// In another role, for a term that is over by itself.
		assert_ok!(Registry::invite(signed(HOSPITAL), 1, NURSE, Role::Biller, START + 40));
		assert_ok!(Registry::accept_affiliation(signed(NURSE), 1, Role::Biller));
		// Of what comes nothing is known.
		assert!(!employed(31, 40) && employed(30, 40));
		set_now(START + 50);
		assert!(!employed(0, 10) && employed(0, 11));
		assert!(employed(19, 20) && !employed(20, 30));
		assert!(employed(39, 50) && !employed(40, 51));
		// In between, though neither at the first nor at the last moment.
		assert!(employed(5, 25) && employed(25, 45));
		assert!(!employed(15, 15), "a time without a moment");
		let within = Interval::new(0, Moment::MAX);
		assert!(!Registry::was_employed_within(FIRST + 1, &NURSE, within));
		assert!(!Registry::was_employed_within(FIRST, &STRANGER, within));
	});
}

/// Whatever was done meanwhile, it is known of everybody who was employed then.
#[test]
fn nobody_is_hired_and_dismissed_in_one_second() {
	three().build_and_execute(|| {
		assert_ok!(hire(0, START + 100));
		let leave = || Registry::end_affiliation(signed(NURSE), FIRST, NURSE, ROLE);
		assert_noop!(leave(), Error::<Test>::BeganThisSecond);
		set_now(START + 1);
		assert_ok!(leave());
		set_now(START + 5);
		let employed = |from, until| {
			let within = Interval::new(START + from, START + until);
			Registry::was_employed_within(FIRST, &NURSE, within)
		};
		assert!(employed(0, 1) && !employed(1, 5));
	});
}
