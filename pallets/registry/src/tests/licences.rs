//! Renewing, suspending, reinstating, revoking.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use salus_primitives::{traits::Credentials, CapabilitySet, Moment, OrgKindSet, Role};

fn licence() -> Licence<Test> {
	Licences::<Test>::get(HOSPITAL_ORG, PROVIDER).unwrap()
}

fn was(at: Moment) -> bool {
	Registry::was_licensed(HOSPITAL_ORG, PROVIDER, at)
}

fn suspend() {
	assert_ok!(Registry::suspend(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER));
}

fn reinstate(until: Moment) {
	assert_ok!(Registry::reinstate(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER, until));
}

fn renew(until: Moment) {
	assert_ok!(Registry::renew(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER, until));
}

#[test]
fn a_licence_expires_to_the_second_and_by_itself() {
	licensed().build_and_execute(|| {
		set_now(START + 799);
		assert!(was(START + 799));
		assert_eq!(licence().status(now()), LicenceStatus::Live);
		set_now(START + 800);
		assert!(!was(START + 800) && was(START + 799));
		assert_eq!(licence().status(now()), LicenceStatus::Expired);
	});
}

#[test]
fn a_suspension_counts_from_that_very_second_and_changes_nothing_before() {
	licensed().build_and_execute(|| {
		set_now(START + 10);
		assert!(was(START + 10));
		suspend();
		assert_eq!(
			events(),
			vec![Event::Suspended { org: HOSPITAL_ORG, kind: PROVIDER, registrar: REGISTRAR }]
		);
		assert!(!was(START + 10) && was(START + 9));
		assert_eq!(licence().status(now()), LicenceStatus::Suspended);
		assert_noop!(
			Registry::suspend(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER),
			Error::<Test>::IsSuspended
		);
		// A suspension does not expire into something milder.
		set_now(START + 900);
		assert_eq!(licence().status(now()), LicenceStatus::Suspended);
	});
}

#[test]
fn a_reinstated_licence_keeps_the_gap() {
	licensed().build_and_execute(|| {
		assert_noop!(
			Registry::reinstate(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER, START + 100),
			Error::<Test>::NotSuspended
		);
		set_now(START + 10);
		suspend();
		set_now(START + 20);
		for until in [START + 20, 0] {
			assert_noop!(
				Registry::reinstate(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER, until),
				Error::<Test>::TermTooShort
			);
		}
		assert_noop!(
			Registry::reinstate(
				signed(REGISTRAR),
				HOSPITAL_ORG,
				PROVIDER,
				START + 21 + LICENCE_TERM
			),
			Error::<Test>::TermTooLong
		);
		events();
		reinstate(START + 100);
		assert_eq!(
			events(),
			vec![Event::Reinstated {
				org: HOSPITAL_ORG,
				kind: PROVIDER,
				registrar: REGISTRAR,
				until: START + 100
			}]
		);
		set_now(START + 30);
		let answers = [9, 10, 19, 20, 30].map(|s| was(START + s));
		assert_eq!(answers, [true, false, false, true, true]);
		assert_eq!(Registry::licence_interval(HOSPITAL_ORG, PROVIDER, START + 9), Some(0));
		assert_eq!(Registry::licence_interval(HOSPITAL_ORG, PROVIDER, START + 10), None);
		assert_eq!(Registry::licence_interval(HOSPITAL_ORG, PROVIDER, START + 20), Some(1));
	});
}

#[test]
fn suspended_and_reinstated_within_a_second_leaves_no_gap() {
	licensed().build_and_execute(|| {
		set_now(START + 10);
		suspend();
		reinstate(START + 100);
		suspend();
		reinstate(START + 100);
		assert!(was(START + 9) && was(START + 10));
		assert_eq!(licence().intervals.len(), 3);
		assert_eq!(Registry::licence_interval(HOSPITAL_ORG, PROVIDER, START + 10), Some(2));
	});
}

/// What was in force leaves a moment at which it was: otherwise what an organisation did under it would seem wrong ever after.
#[test]
fn a_licence_does_not_end_in_the_second_in_which_it_began() {
	for what in ["admitted", "admitted and renewed", "reinstated"] {
		licensed().build_and_execute(|| {
			let kind = if what == "reinstated" { PROVIDER } else { LABORATORY };
			let until = START + 900;
			if what == "reinstated" {
				set_now(START + 10);
				suspend();
				set_now(START + 20);
				reinstate(until);
			} else {
				set_now(START + 20);
				assert_ok!(Registry::apply(signed(HOSPITAL), kinds(&[kind]), profile()));
				assert_ok!(Registry::admit(signed(REGISTRAR), HOSPITAL_ORG, kind, until));
			}
			if what == "admitted and renewed" {
				assert_ok!(Registry::renew(signed(REGISTRAR), HOSPITAL_ORG, kind, until + 1));
			}
			let began = Error::<Test>::BeganThisSecond;
			assert_noop!(Registry::suspend(signed(REGISTRAR), HOSPITAL_ORG, kind), began);
			let began = Error::<Test>::BeganThisSecond;
			assert_noop!(Registry::revoke(signed(REGISTRAR), HOSPITAL_ORG, kind), began);

			set_now(START + 21);
			assert_ok!(Registry::suspend(signed(REGISTRAR), HOSPITAL_ORG, kind));
			// What is over does not end: it can be revoked in any second.
			assert_ok!(Registry::revoke(signed(REGISTRAR), HOSPITAL_ORG, kind));
			assert!(Registry::was_licensed(HOSPITAL_ORG, kind, START + 20), "{what}");
		});
	}
}

#[test]
fn a_licence_that_was_in_force_before_ends_in_the_second_of_its_renewal() {
	licensed().build_and_execute(|| {
		set_now(START + 10);
		renew(START + 900);
		suspend();
		assert!(was(START + 9) && !was(START + 10));
		reinstate(START + 900);
		assert_ok!(Registry::revoke(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER));
		assert!(was(START + 9) && !was(START + 10));
	});
}

#[test]
fn a_renewal_adds_an_interval_without_a_gap() {
	licensed().build_and_execute(|| {
		set_now(START + 10);
		for until in [START + 10, START + 800] {
			assert_noop!(
				Registry::renew(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER, until),
				Error::<Test>::TermTooShort
			);
		}
		assert_noop!(
			Registry::renew(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER, START + 11 + LICENCE_TERM),
			Error::<Test>::TermTooLong
		);
		renew(START + 801);
		assert_eq!(
			events(),
			vec![Event::Renewed {
				org: HOSPITAL_ORG,
				kind: PROVIDER,
				registrar: REGISTRAR,
				until: START + 801
			}]
		);
		assert_eq!(
			licence().intervals.to_vec(),
			vec![
				LicenceInterval {
					from: 0,
					until: START + 800,
					ended: Some((START + 10, LicenceEnd::Renewed))
				},
				LicenceInterval { from: START + 10, until: START + 801, ended: None },
			]
		);
		set_now(START + 801);
		assert!(was(START + 9) && was(START + 10) && was(START + 800) && !was(START + 801));
	});
}

#[test]
fn an_expired_licence_is_renewed_from_now_and_the_gap_stays() {
	licensed().build_and_execute(|| {
		set_now(START + 900);
		renew(START + 1_000);
		set_now(START + 950);
		assert!(was(START + 799) && !was(START + 800) && !was(START + 899) && was(START + 900));
		assert_eq!(licence().intervals[0].ended, None);
	});
}

#[test]
fn a_suspended_licence_is_not_renewed_and_an_expired_one_not_suspended() {
	licensed().build_and_execute(|| {
		suspend();
		assert_noop!(
			Registry::renew(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER, START + 900),
			Error::<Test>::IsSuspended
		);
		reinstate(START + 10);
		set_now(START + 10);
		assert_noop!(
			Registry::suspend(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER),
			Error::<Test>::NotLicensed
		);
		assert_noop!(
			Registry::reinstate(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER, START + 900),
			Error::<Test>::NotSuspended
		);
	});
}

#[test]
fn a_revocation_is_for_ever() {
	licensed().build_and_execute(|| {
		set_now(START + 10);
		assert_ok!(Registry::revoke(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER));
		assert_eq!(
			events(),
			vec![Event::Revoked { org: HOSPITAL_ORG, kind: PROVIDER, registrar: REGISTRAR }]
		);
		assert!(was(START + 9) && !was(START + 10));
		assert_eq!(licence().revoked, Some(START + 10));
		assert_eq!(licence().intervals[0].ended, Some((START + 10, LicenceEnd::Revoked)));
		let (who, until) = (signed(REGISTRAR), START + 500);
		let revoked = || Error::<Test>::AlreadyRevoked;
		assert_noop!(Registry::revoke(who.clone(), HOSPITAL_ORG, PROVIDER), revoked());
		assert_noop!(Registry::suspend(who.clone(), HOSPITAL_ORG, PROVIDER), revoked());
		assert_noop!(Registry::renew(who.clone(), HOSPITAL_ORG, PROVIDER, until), revoked());
		assert_noop!(Registry::reinstate(who.clone(), HOSPITAL_ORG, PROVIDER, until), revoked());
		assert_noop!(
			Registry::apply(signed(HOSPITAL), kinds(&[PROVIDER]), profile()),
			Error::<Test>::AlreadyAdmitted
		);
		assert_noop!(
			Registry::admit(who, HOSPITAL_ORG, PROVIDER, until),
			Error::<Test>::NotPending
		);
	});
}

#[test]
fn what_is_suspended_or_expired_can_be_revoked_and_its_history_stays() {
	for expire in [false, true] {
		licensed().build_and_execute(|| {
			set_now(START + 10);
			if expire {
				set_now(START + 800);
			} else {
				suspend();
			}
			let before = licence().intervals;
			set_now(START + 900);
			assert_ok!(Registry::revoke(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER));
			assert_eq!(licence().intervals, before);
			assert_eq!(licence().status(now()), LicenceStatus::Revoked);
			assert!(was(START + 9) && !was(START + 900));
		});
	}
}

#[test]
fn a_full_history_refuses_more_time_and_never_less() {
	licensed().build_and_execute(|| {
		for second in 1..4 {
			set_now(START + second);
			renew(START + 800 + second);
		}
		assert_eq!(licence().intervals.len(), 4);
		set_now(START + 10);
		assert_noop!(
			Registry::renew(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER, START + 900),
			Error::<Test>::HistoryFull
		);
		assert!(was(START + 10));
		suspend();
		assert!(!was(START + 10));
		assert_noop!(
			Registry::reinstate(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER, START + 900),
			Error::<Test>::HistoryFull
		);
		assert_ok!(Registry::revoke(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER));
		assert_eq!(licence().intervals.len(), 4);
	});
}

#[test]
fn only_a_registrar_of_the_kind_decides_over_a_licence() {
	type Do = fn(RuntimeOrigin, u32, salus_primitives::OrgKind) -> sp_runtime::DispatchResult;
	let all: [Do; 4] = [
		|who, org, kind| Registry::renew(who, org, kind, START + 900),
		|who, org, kind| Registry::suspend(who, org, kind),
		|who, org, kind| Registry::reinstate(who, org, kind, START + 900),
		|who, org, kind| Registry::revoke(who, org, kind),
	];
	licensed().build_and_execute(|| {
		for (position, call) in all.into_iter().enumerate() {
			for who in [STRANGER, HOSPITAL] {
				assert_noop!(
					call(signed(who), HOSPITAL_ORG, PROVIDER),
					Error::<Test>::NotRegistrar
				);
			}
			assert_noop!(
				call(signed(REGISTRAR), HOSPITAL_ORG, PAYER),
				Error::<Test>::KindNotCovered
			);
			assert_noop!(
				call(signed(REGISTRAR), HOSPITAL_ORG, LABORATORY),
				Error::<Test>::NotLicensed
			);
			if position % 2 == 0 {
				assert_noop!(
					call(signed(REGISTRAR), 9, PROVIDER),
					Error::<Test>::UnknownOrganisation
				);
			}
		}
	});
}

#[test]
fn a_registrar_takes_from_its_own_organisation_but_never_gives_to_it() {
	licensed().build_and_execute(|| {
		let all = OrgKindSet::ALL;
		assert_ok!(Registry::appoint_registrar(
			root(),
			REGISTRAR,
			HOSPITAL_ORG,
			all,
			CapabilitySet::EMPTY,
			START + 1_000
		));
		let who = || signed(REGISTRAR);
		let conflict = || Error::<Test>::ConflictOfInterest;
		assert_noop!(Registry::renew(who(), HOSPITAL_ORG, PROVIDER, START + 900), conflict());
		suspend();
		assert_noop!(Registry::reinstate(who(), HOSPITAL_ORG, PROVIDER, START + 900), conflict());
		assert_ok!(Registry::set_flag(who(), HOSPITAL_ORG, true));
		assert_noop!(Registry::set_flag(who(), HOSPITAL_ORG, false), conflict());
		assert_ok!(Registry::revoke(who(), HOSPITAL_ORG, PROVIDER));
	});
}

#[test]
fn a_registrar_whose_term_is_over_decides_nothing() {
	licensed().build_and_execute(|| {
		assert_ok!(Registry::dismiss_registrar(root(), REGISTRAR));
		assert_noop!(
			Registry::suspend(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER),
			Error::<Test>::NotRegistrar
		);
		assert!(was(START));
	});
}

#[test]
fn affiliations_outlive_a_suspension() {
	licensed().build_and_execute(|| {
		affiliate(DOCTOR, Role::Clinician, START + 100);
		suspend();
		assert!(Registry::was_affiliated(HOSPITAL_ORG, &DOCTOR, Role::Clinician, START));
		assert!(!was(START));
	});
}
