//! Applying, being admitted or declined, withdrawing.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok, traits::Get};
use salus_primitives::{traits::Credentials, Commitment, OrgKind, OrgKindSet};
use sp_runtime::TokenError;

const ORG: u32 = 1;

fn apply(who: AccountId, wanted: &[OrgKind]) {
	assert_ok!(Registry::apply(signed(who), kinds(wanted), profile()));
}

fn cost(wanted: &[OrgKind]) -> u64 {
	100 + Registry::organisation_footprint(kinds(wanted)).size
}

#[test]
fn an_application_gets_a_number_and_a_deposit() {
	with_registrar().build_and_execute(|| {
		apply(HOSPITAL, &[PROVIDER, LABORATORY]);
		let organisation = Organisations::<Test>::get(ORG).unwrap();
		assert_eq!(organisation.admin, HOSPITAL);
		assert_eq!(organisation.profile, profile());
		assert_eq!(organisation.pending, kinds(&[PROVIDER, LABORATORY]));
		assert!(organisation.held.is_empty() && !organisation.flagged);
		assert_eq!(Registry::administers(&HOSPITAL), Some(ORG));
		assert_eq!(NextOrgId::<Test>::get(), ORG + 1);
		assert_eq!(held_of(HOSPITAL), cost(&[PROVIDER, LABORATORY]));
		assert_eq!(
			events(),
			vec![Event::Applied {
				org: ORG,
				admin: HOSPITAL,
				kinds: kinds(&[PROVIDER, LABORATORY]),
				profile: profile()
			}]
		);
	});
}

#[test]
fn an_application_without_kinds_with_unknown_ones_or_without_a_profile_is_refused() {
	with_registrar().build_and_execute(|| {
		assert_noop!(
			Registry::apply(signed(HOSPITAL), OrgKindSet::EMPTY, profile()),
			Error::<Test>::NoKind
		);
		let unknown = OrgKindSet(OrgKindSet::ALL.0 + 1);
		assert_noop!(
			Registry::apply(signed(HOSPITAL), unknown, profile()),
			Error::<Test>::UnknownCode
		);
		assert_noop!(
			Registry::apply(signed(HOSPITAL), OrgKindSet::ALL, Commitment::zero()),
			Error::<Test>::NoProfile
		);
		assert_ok!(Registry::apply(signed(HOSPITAL), OrgKindSet::ALL, profile()));
	});
}

#[test]
fn whoever_cannot_post_the_deposit_cannot_apply() {
	with_registrar().build_and_execute(|| {
		assert_noop!(
			Registry::apply(signed(POOR), kinds(&[PROVIDER]), profile()),
			TokenError::FundsUnavailable
		);
		assert_eq!(Registry::administers(&POOR), None);
	});
}

#[test]
fn the_last_number_is_not_given() {
	with_registrar().build().execute_with(|| {
		NextOrgId::<Test>::put(u32::MAX);
		assert_noop!(
			Registry::apply(signed(HOSPITAL), kinds(&[PROVIDER]), profile()),
			Error::<Test>::TooManyOrganisations
		);
		NextOrgId::<Test>::put(u32::MAX - 1);
		apply(HOSPITAL, &[PROVIDER]);
		assert_eq!(Registry::administers(&HOSPITAL), Some(u32::MAX - 1));
	});
}

#[test]
fn an_organisation_applies_for_further_kinds_under_its_number_and_profile() {
	with_registrar().build_and_execute(|| {
		apply(HOSPITAL, &[PROVIDER]);
		assert_noop!(
			Registry::apply(signed(HOSPITAL), kinds(&[LABORATORY]), Commitment::repeat_byte(8)),
			Error::<Test>::ProfileDiffers
		);
		assert_noop!(
			Registry::apply(signed(HOSPITAL), kinds(&[PROVIDER, LABORATORY]), profile()),
			Error::<Test>::AlreadyPending
		);
		assert_ok!(Registry::admit(signed(REGISTRAR), ORG, PROVIDER, START + 10));
		assert_noop!(
			Registry::apply(signed(HOSPITAL), kinds(&[PROVIDER]), profile()),
			Error::<Test>::AlreadyAdmitted
		);
		apply(HOSPITAL, &[LABORATORY]);
		let organisation = Organisations::<Test>::get(ORG).unwrap();
		assert_eq!(organisation.pending, kinds(&[LABORATORY]));
		assert_eq!(organisation.held, kinds(&[PROVIDER]));
		assert_eq!(held_of(HOSPITAL), cost(&[PROVIDER, LABORATORY]));
		assert_eq!(NextOrgId::<Test>::get(), ORG + 1);
	});
}

#[test]
fn an_organisation_of_the_genesis_pays_when_it_applies_for_more() {
	licensed().build_and_execute(|| {
		assert_eq!(held_of(HOSPITAL), 0);
		apply(HOSPITAL, &[LABORATORY]);
		assert_eq!(held_of(HOSPITAL), cost(&[PROVIDER, LABORATORY]));
		assert_eq!(Organisations::<Test>::get(HOSPITAL_ORG).unwrap().profile, profile());
		assert_noop!(
			Registry::apply(signed(HOSPITAL), kinds(&[PAYER]), Commitment::repeat_byte(8)),
			Error::<Test>::ProfileDiffers
		);
	});
}

#[test]
fn admission_starts_a_licence_of_that_kind_now() {
	with_registrar().build_and_execute(|| {
		apply(HOSPITAL, &[PROVIDER, LABORATORY]);
		events();
		set_now(START + 5);
		assert_ok!(Registry::admit(signed(REGISTRAR), ORG, PROVIDER, START + 100));
		assert_eq!(
			events(),
			vec![Event::Admitted {
				org: ORG,
				kind: PROVIDER,
				registrar: REGISTRAR,
				until: START + 100
			}]
		);
		let licence = Licences::<Test>::get(ORG, PROVIDER).unwrap();
		assert_eq!(
			licence.intervals.to_vec(),
			vec![LicenceInterval { from: START + 5, until: START + 100, ended: None }]
		);
		assert!(Registry::was_licensed(ORG, PROVIDER, START + 5));
		assert!(!Registry::was_licensed(ORG, PROVIDER, START + 4));
		assert!(!Registry::was_licensed(ORG, LABORATORY, START + 5));
		assert_noop!(
			Registry::admit(signed(REGISTRAR), ORG, PROVIDER, START + 100),
			Error::<Test>::NotPending
		);
	});
}

#[test]
fn only_a_registrar_of_the_kind_admits_and_only_what_is_pending() {
	with_registrar().build_and_execute(|| {
		apply(HOSPITAL, &[PROVIDER, PAYER]);
		assert_noop!(
			Registry::admit(signed(STRANGER), ORG, PROVIDER, START + 10),
			Error::<Test>::NotRegistrar
		);
		assert_noop!(
			Registry::admit(signed(REGISTRAR), ORG, PAYER, START + 10),
			Error::<Test>::KindNotCovered
		);
		assert_noop!(
			Registry::admit(signed(REGISTRAR), ORG + 1, PROVIDER, START + 10),
			Error::<Test>::UnknownOrganisation
		);
		assert_noop!(
			Registry::admit(signed(REGISTRAR), ORG, LABORATORY, START + 10),
			Error::<Test>::NotPending
		);
	});
}

#[test]
fn a_licence_ends_after_now_and_within_the_longest_term() {
	with_registrar().build_and_execute(|| {
		apply(HOSPITAL, &[PROVIDER, LABORATORY]);
		for until in [0, START - 1, START] {
			assert_noop!(
				Registry::admit(signed(REGISTRAR), ORG, PROVIDER, until),
				Error::<Test>::TermTooShort
			);
		}
		for until in [START + LICENCE_TERM + 1, u64::MAX] {
			assert_noop!(
				Registry::admit(signed(REGISTRAR), ORG, PROVIDER, until),
				Error::<Test>::TermTooLong
			);
		}
		assert_ok!(Registry::admit(signed(REGISTRAR), ORG, PROVIDER, START + 1));
		assert_ok!(Registry::admit(signed(REGISTRAR), ORG, LABORATORY, START + LICENCE_TERM));
	});
}

#[test]
fn nobody_admits_an_organisation_that_is_its_own() {
	with_registrar().build_and_execute(|| {
		// For which it was appointed.
		apply(AUTHORITY, &[PROVIDER]);
		assert_noop!(
			Registry::admit(signed(REGISTRAR), AUTHORITY_ORG, PROVIDER, START + 10),
			Error::<Test>::ConflictOfInterest
		);
		// Which it administers.
		let both = OrgKindSet::of(&[PROVIDER, LABORATORY]);
		apply(HOSPITAL, &[PROVIDER, LABORATORY]);
		assert_ok!(Registry::appoint_registrar(
			root(),
			HOSPITAL,
			AUTHORITY_ORG,
			both,
			Default::default(),
			START + 100
		));
		assert_noop!(
			Registry::admit(signed(HOSPITAL), ORG, PROVIDER, START + 10),
			Error::<Test>::ConflictOfInterest
		);
		// At which it works.
		assert_ok!(Registry::admit(signed(REGISTRAR), ORG, PROVIDER, START + 100));
		affiliate(REGISTRAR, salus_primitives::Role::Auditor, START + 50);
		assert_noop!(
			Registry::admit(signed(REGISTRAR), ORG, LABORATORY, START + 60),
			Error::<Test>::ConflictOfInterest
		);
		set_now(START + 50);
		assert_ok!(Registry::admit(signed(REGISTRAR), ORG, LABORATORY, START + 60));
	});
}

#[test]
fn what_is_declined_can_be_applied_for_again() {
	with_registrar().build_and_execute(|| {
		apply(HOSPITAL, &[PROVIDER]);
		events();
		assert_noop!(
			Registry::decline(signed(STRANGER), ORG, PROVIDER),
			Error::<Test>::NotRegistrar
		);
		assert_noop!(
			Registry::decline(signed(REGISTRAR), ORG, PAYER),
			Error::<Test>::KindNotCovered
		);
		assert_noop!(
			Registry::decline(signed(REGISTRAR), 9, PROVIDER),
			Error::<Test>::UnknownOrganisation
		);
		assert_ok!(Registry::decline(signed(REGISTRAR), ORG, PROVIDER));
		assert_eq!(
			events(),
			vec![Event::Declined { org: ORG, kind: PROVIDER, registrar: REGISTRAR }]
		);
		assert_noop!(
			Registry::decline(signed(REGISTRAR), ORG, PROVIDER),
			Error::<Test>::NotPending
		);
		apply(HOSPITAL, &[PROVIDER]);
		assert_eq!(held_of(HOSPITAL), cost(&[PROVIDER]));
		assert_ok!(Registry::admit(signed(REGISTRAR), ORG, PROVIDER, START + 10));
	});
}

#[test]
fn withdrawing_before_any_admission_removes_the_organisation_and_returns_the_deposit() {
	with_registrar().build_and_execute(|| {
		apply(HOSPITAL, &[PROVIDER, LABORATORY]);
		assert_ok!(Registry::set_flag(signed(REGISTRAR), ORG, true));
		events();
		assert_noop!(Registry::withdraw(signed(INSURER), ORG), Error::<Test>::NotAdmin);
		assert_noop!(Registry::withdraw(signed(HOSPITAL), 9), Error::<Test>::UnknownOrganisation);
		assert_ok!(Registry::withdraw(signed(HOSPITAL), ORG));
		assert_eq!(
			events(),
			vec![Event::Withdrawn {
				org: ORG,
				kinds: kinds(&[PROVIDER, LABORATORY]),
				removed: true
			}]
		);
		assert_eq!(held_of(HOSPITAL), 0);
		assert_eq!(Registry::organisation_info(ORG), None);
		assert!(!Flags::<Test>::contains_key(ORG) && !UnflaggedBy::<Test>::contains_key(ORG));
		assert_eq!(Registry::administers(&HOSPITAL), None);
		// An admission on its way finds nothing, and the number is not given again.
		apply(HOSPITAL, &[PROVIDER]);
		assert_eq!(Registry::administers(&HOSPITAL), Some(ORG + 1));
		assert_noop!(
			Registry::admit(signed(REGISTRAR), ORG, PROVIDER, START + 10),
			Error::<Test>::UnknownOrganisation
		);
	});
}

#[test]
fn whoever_was_declined_has_the_deposit_back_by_withdrawing() {
	with_registrar().build_and_execute(|| {
		apply(HOSPITAL, &[PROVIDER]);
		assert_ok!(Registry::decline(signed(REGISTRAR), ORG, PROVIDER));
		assert_ok!(Registry::withdraw(signed(HOSPITAL), ORG));
		assert_eq!(held_of(HOSPITAL), 0);
	});
}

#[test]
fn the_deposit_for_a_declined_kind_goes_back_at_once() {
	with_registrar().build_and_execute(|| {
		apply(HOSPITAL, &[PROVIDER]);
		assert_ok!(Registry::admit(signed(REGISTRAR), ORG, PROVIDER, START + 10));
		apply(HOSPITAL, &[LABORATORY]);
		assert_eq!(held_of(HOSPITAL), cost(&[PROVIDER, LABORATORY]));
		assert_ok!(Registry::decline(signed(REGISTRAR), ORG, LABORATORY));
		assert_eq!(held_of(HOSPITAL), cost(&[PROVIDER]));
	});
}

#[test]
fn an_organisation_of_the_genesis_stays_when_it_withdraws() {
	let mut builder = licensed();
	builder.organisations[1].1 = 0;
	builder.build_and_execute(|| {
		let withdraw = || Registry::withdraw(signed(HOSPITAL), HOSPITAL_ORG);
		assert_noop!(withdraw(), Error::<Test>::NothingPending);
		apply(HOSPITAL, &[PROVIDER]);
		assert_ok!(withdraw());
		assert!(Organisations::<Test>::contains_key(HOSPITAL_ORG));
		assert_noop!(withdraw(), Error::<Test>::NothingPending);
	});
}

#[test]
fn an_organisation_with_a_registrar_stays_when_it_withdraws() {
	with_registrar().build_and_execute(|| {
		apply(HOSPITAL, &[PROVIDER]);
		let capabilities = salus_primitives::CapabilitySet::ALL;
		assert_ok!(Registry::appoint_registrar(
			root(),
			NURSE,
			ORG,
			OrgKindSet::EMPTY,
			capabilities,
			START + 10
		));
		assert_ok!(Registry::withdraw(signed(HOSPITAL), ORG));
		assert!(Organisations::<Test>::contains_key(ORG));
		// What it still occupies is still paid for.
		assert_eq!(held_of(HOSPITAL), cost(&[]));
	});
}

#[test]
fn withdrawing_after_an_admission_keeps_the_organisation_and_returns_part() {
	with_registrar().build_and_execute(|| {
		apply(HOSPITAL, &[PROVIDER, LABORATORY]);
		assert_ok!(Registry::admit(signed(REGISTRAR), ORG, PROVIDER, START + 10));
		events();
		assert_ok!(Registry::withdraw(signed(HOSPITAL), ORG));
		assert_eq!(
			events(),
			vec![Event::Withdrawn { org: ORG, kinds: kinds(&[LABORATORY]), removed: false }]
		);
		assert_eq!(held_of(HOSPITAL), cost(&[PROVIDER]));
		assert!(Registry::was_licensed(ORG, PROVIDER, START));
		assert_noop!(Registry::withdraw(signed(HOSPITAL), ORG), Error::<Test>::NothingPending);
	});
}

#[test]
fn the_deposit_covers_the_longest_histories() {
	let one = Registry::organisation_footprint(kinds(&[PROVIDER])).size;
	let two = Registry::organisation_footprint(kinds(&[PROVIDER, PAYER])).size;
	let longest: u32 = <Test as Config>::MaxLicenceIntervals::get();
	assert!(two - one >= 26 * u64::from(longest));
}
