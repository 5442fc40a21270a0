//! What other pallets and front-ends are told.

use crate::{mock::*, *};
use frame_support::assert_ok;
use salus_primitives::{
	traits::{Credentials, Registrars as _},
	Interval, OrgKindSet, Role, RoleSet,
};

#[test]
fn the_future_is_unknown() {
	licensed().build_and_execute(|| {
		affiliate(DOCTOR, Role::Clinician, START + 100);
		let at = START + 1;
		assert!(!Registry::was_licensed(HOSPITAL_ORG, PROVIDER, at));
		assert_eq!(Registry::licensed_kinds(HOSPITAL_ORG, at), OrgKindSet::EMPTY);
		assert_eq!(Registry::licence_interval(HOSPITAL_ORG, PROVIDER, at), None);
		assert!(!Registry::was_affiliated(HOSPITAL_ORG, &DOCTOR, Role::Clinician, at));
		assert_eq!(Registry::roles(HOSPITAL_ORG, &DOCTOR, at), RoleSet::EMPTY);
		assert!(!Registry::acts_for(HOSPITAL_ORG, &DOCTOR, at));
		assert!(!Registry::acts_for(HOSPITAL_ORG, &HOSPITAL, at));
		assert_eq!(Registry::registrar(&REGISTRAR, at), None);

		let unknown = QueryError::InFuture;
		assert_eq!(Registry::ask_licensed(HOSPITAL_ORG, PROVIDER, at), Err(unknown));
		assert_eq!(Registry::ask_roles(HOSPITAL_ORG, &DOCTOR, at), Err(unknown));
		let role = Role::Clinician;
		assert_eq!(Registry::ask_affiliated(HOSPITAL_ORG, &DOCTOR, role, at), Err(unknown));
	});
}

#[test]
fn the_present_and_the_past_are_known() {
	licensed().build_and_execute(|| {
		affiliate(DOCTOR, Role::Clinician, START + 100);
		let role = Role::Clinician;
		assert_eq!(Registry::ask_licensed(HOSPITAL_ORG, PROVIDER, START), Ok(true));
		assert_eq!(Registry::ask_licensed(HOSPITAL_ORG, PAYER, START), Ok(false));
		assert_eq!(Registry::ask_affiliated(HOSPITAL_ORG, &DOCTOR, role, START), Ok(true));
		assert_eq!(Registry::ask_affiliated(HOSPITAL_ORG, &DOCTOR, role, START - 1), Ok(false));
		assert_eq!(Registry::ask_roles(HOSPITAL_ORG, &DOCTOR, START), Ok(RoleSet::of(&[role])));
	});
}

#[test]
fn the_kinds_are_those_in_force_at_the_moment() {
	licensed().build_and_execute(|| {
		assert_ok!(Registry::apply(signed(HOSPITAL), kinds(&[LABORATORY, PAYER]), profile()));
		set_now(START + 10);
		assert_ok!(Registry::admit(signed(REGISTRAR), HOSPITAL_ORG, LABORATORY, START + 20));
		set_now(START + 30);
		let at = |second| Registry::licensed_kinds(HOSPITAL_ORG, START + second);
		assert_eq!(at(9), kinds(&[PROVIDER]));
		assert_eq!(at(10), kinds(&[PROVIDER, LABORATORY]));
		assert_eq!(at(20), kinds(&[PROVIDER]));
		assert_eq!(Registry::licensed_kinds(9, START), OrgKindSet::EMPTY);
	});
}

#[test]
fn what_was_stopped_before_its_time_is_told_from_what_never_was_or_is_over() {
	licensed().build_and_execute(|| {
		let stopped = |second| {
			let asked = kinds(&[PROVIDER, LABORATORY]);
			Registry::was_stopped(HOSPITAL_ORG, asked, START + second)
		};
		set_now(START + 10);
		assert!(!stopped(10));
		assert_ok!(Registry::suspend(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER));
		assert!(stopped(10) && !stopped(9));
		assert!(!stopped(11), "nothing is known of the future");
		set_now(START + 20);
		assert_ok!(Registry::reinstate(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER, START + 30));
		assert!(stopped(19));
		assert!(!Registry::was_stopped(HOSPITAL_ORG, kinds(&[LABORATORY]), START + 15));
		assert!(!Registry::was_stopped(9, kinds(&[PROVIDER]), START + 15));
		set_now(START + 21);
		assert_ok!(Registry::revoke(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER));
		set_now(START + 40);
		assert!(stopped(20) && stopped(21) && stopped(40));
	});
}

#[test]
fn acting_for_an_organisation_is_administering_it_now_or_being_affiliated_then() {
	licensed().build_and_execute(|| {
		set_now(START + 10);
		affiliate(DOCTOR, Role::Biller, START + 20);
		let acts = |who, second| Registry::acts_for(HOSPITAL_ORG, &who, START + second);
		assert!(acts(HOSPITAL, 10) && acts(DOCTOR, 10));
		assert!(!acts(HOSPITAL, 9) && !acts(DOCTOR, 9) && !acts(STRANGER, 10));
		assert!(!Registry::acts_for(AUTHORITY_ORG, &HOSPITAL, START + 10));
		set_now(START + 20);
		assert!(acts(HOSPITAL, 20) && !acts(DOCTOR, 20) && acts(DOCTOR, 19));
	});
}

#[test]
fn an_organisation_is_told_with_its_licences_and_their_histories() {
	licensed().build_and_execute(|| {
		assert_eq!(Registry::organisation_info(9), None);
		assert_ok!(Registry::apply(signed(HOSPITAL), kinds(&[LABORATORY]), profile()));
		assert_ok!(Registry::set_flag(signed(REGISTRAR), HOSPITAL_ORG, true));
		assert_ok!(Registry::rotate_admin(signed(HOSPITAL), HOSPITAL_ORG, STRANGER));
		set_now(START + 10);
		assert_ok!(Registry::revoke(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER));
		assert_eq!(
			Registry::organisation_info(HOSPITAL_ORG),
			Some(OrganisationInfo {
				admin: HOSPITAL,
				next_admin: Some(STRANGER),
				profile: profile(),
				agreement_key: None,
				flagged: true,
				pending: kinds(&[LABORATORY]),
				licences: vec![LicenceInfo {
					kind: PROVIDER,
					status: LicenceStatus::Revoked,
					revoked: Some(START + 10),
					intervals: vec![LicenceInterval {
						from: 0,
						until: START + 800,
						ended: Some((START + 10, LicenceEnd::Revoked)),
					}],
				}],
			})
		);
		assert_eq!(Registry::admin(HOSPITAL_ORG), Some(HOSPITAL));
		assert_eq!(Registry::admin(9), None);
	});
}

#[test]
fn a_registrar_is_told_with_its_term() {
	licensed().build_and_execute(|| {
		let term = Registry::registrar_info(&REGISTRAR).unwrap();
		assert_eq!(term.organisation, AUTHORITY_ORG);
		assert_eq!(term.kinds, kinds(&[PROVIDER, LABORATORY]));
		assert_eq!((term.from, term.until, term.ended), (0, START + 100_000, None));
		assert_eq!(Registry::registrar_info(&STRANGER), None);
	});
}

#[cfg(feature = "runtime-benchmarks")]
#[test]
fn benchmarks_of_others_get_an_organisation_with_full_histories() {
	licensed().build_and_execute(|| {
		let (admin, member) = (50, 51);
		let org = Registry::benchmark_organisation(PROVIDER, &admin, &member, Role::Nurse);
		assert!(Registry::was_licensed(org, PROVIDER, START));
		assert_eq!(Registry::admin(org), Some(admin));
		assert!(Registry::was_affiliated(org, &member, Role::Nurse, START));
		assert!(Licences::<Test>::get(org, PROVIDER).unwrap().intervals.is_full());
		// The same administrator again: the same organisation, with a further kind.
		assert_eq!(Registry::benchmark_organisation(PAYER, &admin, &52, Role::Biller), org);
		assert_eq!(Registry::licensed_kinds(org, START), kinds(&[PROVIDER, PAYER]));
		// Somebody who was there as often as one can, and is no more.
		Registry::benchmark_former(org, &53, START - 100);
		assert!(Affiliations::<Test>::get(org, 53).unwrap().intervals.is_full());
		assert!(Registry::roles(org, &53, START).is_empty());
		let within = |from, until| Interval::new(START - from, START - until);
		assert!(Registry::was_employed_within(org, &53, within(101, 100)));
		assert!(!Registry::was_employed_within(org, &53, within(100, 0)));
		assert_eq!(Registry::employers(&51), [org]);
	});
}
