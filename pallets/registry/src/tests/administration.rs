//! Handing over the administration, and the deposits with it.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use salus_primitives::{traits::Credentials, Commitment, Role};
use sp_runtime::TokenError;

fn rotate(who: AccountId, new: AccountId) -> sp_runtime::DispatchResult {
	Registry::rotate_admin(signed(who), HOSPITAL_ORG, new)
}

#[test]
fn the_administration_changes_hands_only_when_both_sides_want_it() {
	licensed().build_and_execute(|| {
		assert_ok!(rotate(HOSPITAL, STRANGER));
		assert_eq!(Registry::admin(HOSPITAL_ORG), Some(HOSPITAL));
		assert_noop!(
			Registry::accept_admin(signed(INSURER), HOSPITAL_ORG),
			Error::<Test>::NotOffered
		);
		assert_ok!(Registry::accept_admin(signed(STRANGER), HOSPITAL_ORG));
		assert_eq!(
			events(),
			vec![
				Event::AdminOffered { org: HOSPITAL_ORG, new: STRANGER },
				Event::AdminRotated { org: HOSPITAL_ORG, old: HOSPITAL, new: STRANGER },
			]
		);
		assert_eq!(Registry::admin(HOSPITAL_ORG), Some(STRANGER));
		assert_eq!(Registry::administers(&HOSPITAL), None);
		assert_eq!(Registry::administers(&STRANGER), Some(HOSPITAL_ORG));
		assert_noop!(rotate(HOSPITAL, INSURER), Error::<Test>::NotAdmin);
		assert_noop!(
			Registry::accept_admin(signed(STRANGER), HOSPITAL_ORG),
			Error::<Test>::NotOffered
		);
	});
}

#[test]
fn an_offer_is_replaced_or_taken_back() {
	licensed().build_and_execute(|| {
		assert_noop!(rotate(HOSPITAL, HOSPITAL), Error::<Test>::AlreadyAdmin);
		assert_ok!(rotate(HOSPITAL, STRANGER));
		assert_noop!(rotate(HOSPITAL, STRANGER), Error::<Test>::Unchanged);
		assert_ok!(rotate(HOSPITAL, INSURER));
		assert_noop!(
			Registry::accept_admin(signed(STRANGER), HOSPITAL_ORG),
			Error::<Test>::NotOffered
		);
		events();
		assert_ok!(rotate(HOSPITAL, HOSPITAL));
		assert_eq!(events(), vec![Event::AdminOfferCancelled { org: HOSPITAL_ORG }]);
		assert_noop!(
			Registry::accept_admin(signed(INSURER), HOSPITAL_ORG),
			Error::<Test>::NotOffered
		);
	});
}

#[test]
fn an_account_administers_one_organisation_at_most() {
	licensed().build_and_execute(|| {
		assert_noop!(rotate(HOSPITAL, AUTHORITY), Error::<Test>::AdministersAnother);
		assert_ok!(rotate(HOSPITAL, INSURER));
		assert_ok!(Registry::apply(signed(INSURER), kinds(&[PAYER]), profile()));
		assert_noop!(
			Registry::accept_admin(signed(INSURER), HOSPITAL_ORG),
			Error::<Test>::AdministersAnother
		);
	});
}

#[test]
fn only_the_administrator_offers_and_only_of_what_there_is() {
	licensed().build_and_execute(|| {
		assert_noop!(rotate(STRANGER, STRANGER), Error::<Test>::NotAdmin);
		assert_noop!(
			Registry::rotate_admin(signed(HOSPITAL), 9, STRANGER),
			Error::<Test>::UnknownOrganisation
		);
		assert_noop!(
			Registry::accept_admin(signed(HOSPITAL), 9),
			Error::<Test>::UnknownOrganisation
		);
	});
}

#[test]
fn the_organisations_deposit_moves_with_the_administration() {
	with_registrar().build_and_execute(|| {
		assert_ok!(Registry::apply(signed(HOSPITAL), kinds(&[PROVIDER]), profile()));
		let deposit = held_of(HOSPITAL);
		assert!(deposit > 0);
		assert_ok!(rotate(HOSPITAL, POOR));
		assert_noop!(
			Registry::accept_admin(signed(POOR), HOSPITAL_ORG),
			TokenError::FundsUnavailable
		);
		assert_ok!(rotate(HOSPITAL, INSURER));
		assert_ok!(Registry::accept_admin(signed(INSURER), HOSPITAL_ORG));
		assert_eq!((held_of(HOSPITAL), held_of(INSURER)), (0, deposit));
		assert_ok!(Registry::withdraw(signed(INSURER), HOSPITAL_ORG));
		assert_eq!(held_of(INSURER), 0);
	});
}

#[test]
fn the_new_administrator_can_take_over_the_deposits_of_affiliations() {
	licensed().build_and_execute(|| {
		affiliate(DOCTOR, Role::Clinician, START + 100);
		let deposit = held_of(HOSPITAL);
		assert!(deposit > 0);
		let assume = |who, org, account| Registry::assume_deposit(signed(who), org, account);
		assert_noop!(assume(HOSPITAL, HOSPITAL_ORG, DOCTOR), Error::<Test>::AlreadyDepositor);
		assert_ok!(rotate(HOSPITAL, INSURER));
		assert_ok!(Registry::accept_admin(signed(INSURER), HOSPITAL_ORG));
		assert_eq!((held_of(HOSPITAL), held_of(INSURER)), (deposit, 0));
		assert_noop!(assume(HOSPITAL, HOSPITAL_ORG, DOCTOR), Error::<Test>::NotAdmin);
		assert_noop!(assume(INSURER, 9, DOCTOR), Error::<Test>::UnknownOrganisation);
		assert_noop!(assume(INSURER, HOSPITAL_ORG, NURSE), Error::<Test>::NotAffiliated);
		events();
		assert_ok!(assume(INSURER, HOSPITAL_ORG, DOCTOR));
		assert_eq!(
			events(),
			vec![Event::DepositAssumed {
				org: HOSPITAL_ORG,
				who: DOCTOR,
				old: HOSPITAL,
				new: INSURER
			}]
		);
		assert_eq!((held_of(HOSPITAL), held_of(INSURER)), (0, deposit));
	});
}

#[test]
fn an_invitation_of_an_earlier_administrator_can_be_cancelled_and_its_deposit_goes_back() {
	licensed().build_and_execute(|| {
		let invite =
			Registry::invite(signed(HOSPITAL), HOSPITAL_ORG, DOCTOR, Role::Clinician, START + 100);
		assert_ok!(invite);
		assert_ok!(rotate(HOSPITAL, INSURER));
		assert_ok!(Registry::accept_admin(signed(INSURER), HOSPITAL_ORG));
		assert_noop!(
			Registry::cancel_invitation(signed(HOSPITAL), HOSPITAL_ORG, DOCTOR, Role::Clinician),
			Error::<Test>::NotAdmin
		);
		assert_ok!(Registry::cancel_invitation(
			signed(INSURER),
			HOSPITAL_ORG,
			DOCTOR,
			Role::Clinician
		));
		assert_eq!((held_of(HOSPITAL), held_of(INSURER)), (0, 0));
	});
}

#[test]
fn a_genesis_organisation_changes_hands_without_a_deposit() {
	licensed().build_and_execute(|| {
		assert_ok!(rotate(HOSPITAL, POOR));
		assert_ok!(Registry::accept_admin(signed(POOR), HOSPITAL_ORG));
		assert_eq!(Registry::administers(&POOR), Some(HOSPITAL_ORG));
		assert_eq!(Organisations::<Test>::get(HOSPITAL_ORG).unwrap().profile, Commitment::zero());
	});
}

#[test]
fn an_organisation_names_the_key_to_which_others_encrypt_and_rotates_it() {
	licensed().build_and_execute(|| {
		let set = |who, key| Registry::set_agreement_key(signed(who), HOSPITAL_ORG, key);
		let known = || Registry::organisation_info(HOSPITAL_ORG).unwrap().agreement_key;
		assert_eq!(known(), None);
		assert_noop!(set(STRANGER, [9; 32]), Error::<Test>::NotAdmin);
		assert_noop!(
			Registry::set_agreement_key(signed(HOSPITAL), 9, [9; 32]),
			Error::<Test>::UnknownOrganisation
		);
		assert_noop!(set(HOSPITAL, [0; 32]), Error::<Test>::InvalidAgreementKey);
		assert_ok!(set(HOSPITAL, [9; 32]));
		assert_eq!(known(), Some(AgreementKey { key: [9; 32], since: START }));
		assert_eq!(
			events(),
			vec![Event::AgreementKeySet { org: HOSPITAL_ORG, agreement_key: [9; 32] }]
		);
		assert_noop!(set(HOSPITAL, [9; 32]), Error::<Test>::Unchanged);
		set_now(START + 5);
		assert_ok!(set(HOSPITAL, [10; 32]));
		assert_eq!(known(), Some(AgreementKey { key: [10; 32], since: START + 5 }));
	});
}

#[test]
fn the_key_goes_with_an_application_that_is_withdrawn() {
	with_registrar().build_and_execute(|| {
		assert_ok!(Registry::apply(signed(HOSPITAL), kinds(&[PROVIDER]), profile()));
		assert_ok!(Registry::set_agreement_key(signed(HOSPITAL), HOSPITAL_ORG, [9; 32]));
		assert_ok!(Registry::set_client_keys(signed(HOSPITAL), HOSPITAL_ORG, profile()));
		assert_ok!(Registry::withdraw(signed(HOSPITAL), HOSPITAL_ORG));
		assert_eq!(AgreementKeys::<Test>::iter().count(), 0);
		assert_eq!(ClientKeys::<Test>::iter().count(), 0);
	});
}

#[test]
fn an_organisation_changes_the_keys_of_its_systems_and_takes_all_out_of_service() {
	licensed().build_and_execute(|| {
		let set = |who, keys| Registry::set_client_keys(signed(who), HOSPITAL_ORG, keys);
		let known = || ClientKeys::<Test>::get(HOSPITAL_ORG);
		let (first, none) = (Commitment::repeat_byte(9), Commitment::zero());
		assert_eq!(known(), None);
		assert_noop!(set(STRANGER, first), Error::<Test>::NotAdmin);
		assert_noop!(
			Registry::set_client_keys(signed(HOSPITAL), 9, first),
			Error::<Test>::UnknownOrganisation
		);
		assert_ok!(set(HOSPITAL, first));
		assert_eq!(known(), Some(ClientKeySet { keys: first, since: START }));
		assert_eq!(events(), vec![Event::ClientKeysSet { org: HOSPITAL_ORG, keys: first }]);
		assert_noop!(set(HOSPITAL, first), Error::<Test>::Unchanged);
		set_now(START + 5);
		// Not the same as never to have named any: then those of the profile would be in service again.
		assert_ok!(set(HOSPITAL, none));
		assert_eq!(known(), Some(ClientKeySet { keys: none, since: START + 5 }));
		assert_noop!(set(HOSPITAL, none), Error::<Test>::Unchanged);
	});
}
