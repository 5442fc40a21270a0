//! Where an account works: how many employers it has, and what that discloses.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use salus_primitives::{traits::Credentials, Moment, OrgId, OrgKind, Role};

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
