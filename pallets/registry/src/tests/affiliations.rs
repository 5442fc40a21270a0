//! Inviting, accepting, declining, ending.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use salus_primitives::{traits::Credentials, Moment, Role, RoleSet};
use sp_runtime::{DispatchError, DispatchResult, TokenError};

const ROLE: Role = Role::Clinician;

fn invite(account: AccountId, until: Moment) -> DispatchResult {
	Registry::invite(signed(HOSPITAL), HOSPITAL_ORG, account, ROLE, until)
}

fn accept(who: AccountId) -> DispatchResult {
	Registry::accept_affiliation(signed(who), HOSPITAL_ORG, ROLE)
}

fn end(who: AccountId, account: AccountId) -> DispatchResult {
	Registry::end_affiliation(signed(who), HOSPITAL_ORG, account, ROLE)
}

fn was(at: Moment) -> bool {
	Registry::was_affiliated(HOSPITAL_ORG, &DOCTOR, ROLE, at)
}

fn cost() -> u64 {
	100 + Registry::affiliation_footprint().size
}

#[test]
fn an_affiliation_takes_both_sides_and_begins_with_the_acceptance() {
	licensed().build_and_execute(|| {
		assert_ok!(invite(DOCTOR, START + 100));
		assert!(is_welcome(DOCTOR), "the invited can answer without tokens");
		assert_eq!(held_of(HOSPITAL), cost());
		set_now(START + 10);
		assert!(!was(START + 10));
		assert_ok!(accept(DOCTOR));
		assert!(was(START + 10) && !was(START + 9));
		let (org, who, role, until) = (HOSPITAL_ORG, DOCTOR, ROLE, START + 100);
		assert_eq!(
			events(),
			vec![
				Event::Invited { org, who, role, until },
				Event::Affiliated { org, who, role, until }
			]
		);
		assert_eq!(held_of(HOSPITAL), cost());
		assert_noop!(accept(DOCTOR), Error::<Test>::NotInvited);
		set_now(START + 100);
		assert!(was(START + 99) && !was(START + 100));
	});
}

#[test]
fn a_role_is_what_was_agreed_and_nothing_else() {
	licensed().build_and_execute(|| {
		affiliate(DOCTOR, ROLE, START + 100);
		affiliate(DOCTOR, Role::PrivacyOfficer, START + 50);
		affiliate(NURSE, Role::Nurse, START + 100);
		let roles = |who| Registry::roles(HOSPITAL_ORG, &who, now());
		assert_eq!(roles(DOCTOR), RoleSet::of(&[ROLE, Role::PrivacyOfficer]));
		assert_eq!(roles(NURSE), RoleSet::of(&[Role::Nurse]));
		assert_eq!(Registry::roles(AUTHORITY_ORG, &DOCTOR, now()), RoleSet::EMPTY);
		set_now(START + 50);
		assert_eq!(roles(DOCTOR), RoleSet::of(&[ROLE]));
		// One deposit for each account, however many roles it has.
		assert_eq!(held_of(HOSPITAL), 2 * cost());
	});
}

#[test]
fn only_the_administrator_of_a_licensed_organisation_invites() {
	licensed().build_and_execute(|| {
		let invite = |who, org| Registry::invite(signed(who), org, DOCTOR, ROLE, START + 10);
		assert_noop!(invite(DOCTOR, HOSPITAL_ORG), Error::<Test>::NotAdmin);
		assert_noop!(invite(HOSPITAL, AUTHORITY_ORG), Error::<Test>::NotAdmin);
		assert_noop!(invite(HOSPITAL, 9), Error::<Test>::UnknownOrganisation);
		assert_ok!(Registry::apply(signed(INSURER), kinds(&[PAYER]), profile()));
		assert_noop!(invite(INSURER, 2), Error::<Test>::NotLicensed);
		assert_ok!(Registry::suspend(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER));
		assert_noop!(invite(HOSPITAL, HOSPITAL_ORG), Error::<Test>::NotLicensed);
		assert!(!is_welcome(DOCTOR));
	});
}

#[test]
fn an_affiliation_ends_after_now_and_within_the_longest_term() {
	licensed().build_and_execute(|| {
		assert_noop!(invite(DOCTOR, START), Error::<Test>::TermTooShort);
		assert_noop!(invite(DOCTOR, START + AFFILIATION_TERM + 1), Error::<Test>::TermTooLong);
		assert_ok!(invite(DOCTOR, START + AFFILIATION_TERM));
		assert_noop!(invite(DOCTOR, START + 10), Error::<Test>::AlreadyInvited);
		assert_ok!(invite(NURSE, START + 1));
	});
}

#[test]
fn an_invitation_needs_a_deposit_and_a_welcome() {
	with_registrar().build_and_execute(|| {
		assert_ok!(Registry::apply(signed(HOSPITAL), kinds(&[PROVIDER]), profile()));
		assert_ok!(Registry::admit(signed(REGISTRAR), HOSPITAL_ORG, PROVIDER, START + 800));
		assert_noop!(invite(UNWELCOME, START + 10), DispatchError::Other("unwelcome"));
		let free = Balances::free_balance(HOSPITAL);
		assert_ok!(Balances::transfer_allow_death(signed(HOSPITAL), INSURER, free - cost()));
		assert_noop!(invite(DOCTOR, START + 10), TokenError::FundsUnavailable);
	});
}

#[test]
fn an_invitation_lapses_with_the_affiliation_it_offers() {
	licensed().build_and_execute(|| {
		assert_ok!(invite(DOCTOR, START + 10));
		set_now(START + 10);
		assert_noop!(accept(DOCTOR), Error::<Test>::InvitationLapsed);
		assert_ok!(Registry::cancel_invitation(signed(HOSPITAL), HOSPITAL_ORG, DOCTOR, ROLE));
		assert_eq!(held_of(HOSPITAL), 0);
	});
}

#[test]
fn an_invitation_is_declined_by_the_invited_alone() {
	licensed().build_and_execute(|| {
		assert_ok!(invite(DOCTOR, START + 10));
		events();
		let decline = |who, role| Registry::decline_affiliation(signed(who), HOSPITAL_ORG, role);
		assert_noop!(decline(NURSE, ROLE), Error::<Test>::NotInvited);
		assert_noop!(decline(DOCTOR, Role::Nurse), Error::<Test>::NotInvited);
		assert_ok!(decline(DOCTOR, ROLE));
		let (org, who, role) = (HOSPITAL_ORG, DOCTOR, ROLE);
		assert_eq!(events(), vec![Event::InvitationDeclined { org, who, role }]);
		assert_noop!(decline(DOCTOR, ROLE), Error::<Test>::NotInvited);
		assert_noop!(accept(DOCTOR), Error::<Test>::NotInvited);
		assert_eq!(held_of(HOSPITAL), 0);
	});
}

/// It has sent a transaction, and so stays: whoever invited it stands for that, until another deposit does.
#[test]
fn where_an_invited_account_stays_its_deposit_does_until_it_is_affiliated() {
	licensed().build_and_execute(|| {
		assert_ok!(invite(TALKATIVE, START + 10));
		assert_ok!(Registry::decline_affiliation(signed(TALKATIVE), HOSPITAL_ORG, ROLE));
		assert_eq!(held_of(HOSPITAL), cost());
		// It is known now: another invitation that comes to nothing costs nothing.
		assert_ok!(invite(TALKATIVE, START + 10));
		assert_eq!(held_of(HOSPITAL), 2 * cost());
		assert_ok!(Registry::cancel_invitation(signed(HOSPITAL), HOSPITAL_ORG, TALKATIVE, ROLE));
		assert_eq!(held_of(HOSPITAL), cost());
		// The deposit of the affiliation takes its place.
		assert_ok!(invite(TALKATIVE, START + 10));
		assert_ok!(accept(TALKATIVE));
		assert_eq!(held_of(HOSPITAL), cost());
		assert!(!crate::Lingering::<Test>::contains_key(TALKATIVE));
	});
}

#[test]
fn an_invitation_is_cancelled_by_the_administrator_alone() {
	licensed().build_and_execute(|| {
		assert_ok!(invite(DOCTOR, START + 10));
		events();
		let cancel = |who, org| Registry::cancel_invitation(signed(who), org, DOCTOR, ROLE);
		assert_noop!(cancel(DOCTOR, HOSPITAL_ORG), Error::<Test>::NotAdmin);
		assert_noop!(cancel(HOSPITAL, 9), Error::<Test>::UnknownOrganisation);
		assert_noop!(cancel(AUTHORITY, AUTHORITY_ORG), Error::<Test>::NotInvited);
		assert_ok!(cancel(HOSPITAL, HOSPITAL_ORG));
		let (org, who, role) = (HOSPITAL_ORG, DOCTOR, ROLE);
		assert_eq!(events(), vec![Event::InvitationCancelled { org, who, role }]);
		assert_noop!(cancel(HOSPITAL, HOSPITAL_ORG), Error::<Test>::NotInvited);
		assert_eq!(held_of(HOSPITAL), 0);
	});
}

#[test]
fn either_side_ends_an_affiliation_at_once() {
	for by_member in [true, false] {
		licensed().build_and_execute(|| {
			affiliate(DOCTOR, ROLE, START + 100);
			events();
			set_now(START + 10);
			assert_noop!(end(STRANGER, DOCTOR), Error::<Test>::NotAuthorised);
			assert_noop!(end(AUTHORITY, DOCTOR), Error::<Test>::NotAuthorised);
			let by = if by_member { DOCTOR } else { HOSPITAL };
			assert_ok!(end(by, DOCTOR));
			let (org, who, role) = (HOSPITAL_ORG, DOCTOR, ROLE);
			assert_eq!(events(), vec![Event::AffiliationEnded { org, who, role, by_member }]);
			assert!(was(START + 9) && !was(START + 10));
			assert_noop!(end(by, DOCTOR), Error::<Test>::NotAffiliated);
		});
	}
}

#[test]
fn what_is_not_or_no_longer_cannot_be_ended() {
	licensed().build_and_execute(|| {
		assert_noop!(end(HOSPITAL, DOCTOR), Error::<Test>::NotAffiliated);
		assert_noop!(end(DOCTOR, DOCTOR), Error::<Test>::NotAffiliated);
		affiliate(DOCTOR, ROLE, START + 10);
		assert_noop!(
			Registry::end_affiliation(signed(DOCTOR), HOSPITAL_ORG, DOCTOR, Role::Nurse),
			Error::<Test>::NotAffiliated
		);
		set_now(START + 10);
		assert_noop!(end(DOCTOR, DOCTOR), Error::<Test>::NotAffiliated);
	});
}

#[test]
fn whoever_comes_back_leaves_the_gap_as_it_was() {
	licensed().build_and_execute(|| {
		affiliate(DOCTOR, ROLE, START + 100);
		set_now(START + 10);
		assert_ok!(end(DOCTOR, DOCTOR));
		set_now(START + 20);
		affiliate(DOCTOR, ROLE, START + 100);
		set_now(START + 30);
		assert_eq!([9, 10, 19, 20, 30].map(|s| was(START + s)), [true, false, false, true, true]);
		assert_eq!(held_of(HOSPITAL), cost());
	});
}

#[test]
fn an_affiliation_is_agreed_anew_without_a_gap_to_a_later_or_an_earlier_end() {
	licensed().build_and_execute(|| {
		affiliate(DOCTOR, ROLE, START + 100);
		set_now(START + 10);
		affiliate(DOCTOR, ROLE, START + 200);
		assert!(was(START + 9) && was(START + 10));
		set_now(START + 20);
		affiliate(DOCTOR, ROLE, START + 30);
		set_now(START + 40);
		assert!(was(START + 29) && !was(START + 30));
		assert_eq!(Affiliations::<Test>::get(HOSPITAL_ORG, DOCTOR).unwrap().intervals.len(), 3);
	});
}

/// Of what ends in the second in which it began nothing would be known afterwards: not who was employed when something was decided.
#[test]
fn an_affiliation_lasts_for_a_second_at_least() {
	for by in [DOCTOR, HOSPITAL] {
		licensed().build_and_execute(|| {
			affiliate(DOCTOR, ROLE, START + 100);
			affiliate(DOCTOR, Role::Nurse, START + 100);
			assert_noop!(end(by, DOCTOR), Error::<Test>::BeganThisSecond);
			// Nor does another one in the same role take its place.
			assert_ok!(invite(DOCTOR, START + 50));
			assert_noop!(accept(DOCTOR), Error::<Test>::BeganThisSecond);
			set_now(START + 1);
			assert_ok!(accept(DOCTOR));
			assert_noop!(end(by, DOCTOR), Error::<Test>::BeganThisSecond);
			set_now(START + 2);
			assert_ok!(end(by, DOCTOR));
			assert!(was(START) && was(START + 1) && !was(START + 2));
			// Whoever has left may come back in the same second, and stays for the next.
			affiliate(DOCTOR, ROLE, START + 100);
			assert_noop!(end(by, DOCTOR), Error::<Test>::BeganThisSecond);
			set_now(START + 3);
			assert_ok!(end(by, DOCTOR));
			assert!(was(START + 2) && !was(START + 3));
		});
	}
}

#[test]
fn a_full_history_refuses_more_and_still_ends() {
	licensed().build_and_execute(|| {
		for second in 1..4 {
			set_now(START + second);
			affiliate(DOCTOR, ROLE, START + 100);
		}
		set_now(START + 4);
		// Two invitations, but one place.
		assert_ok!(invite(DOCTOR, START + 100));
		assert_ok!(Registry::invite(
			signed(HOSPITAL),
			HOSPITAL_ORG,
			DOCTOR,
			Role::Nurse,
			START + 100
		));
		assert_ok!(accept(DOCTOR));
		assert_noop!(
			Registry::accept_affiliation(signed(DOCTOR), HOSPITAL_ORG, Role::Nurse),
			Error::<Test>::HistoryFull
		);
		assert_noop!(invite(DOCTOR, START + 100), Error::<Test>::HistoryFull);
		set_now(START + 10);
		assert_ok!(end(DOCTOR, DOCTOR));
		assert!(was(START + 9) && !was(START + 10));
		assert_ok!(Registry::decline_affiliation(signed(DOCTOR), HOSPITAL_ORG, Role::Nurse));
	});
}

/// Else an account could stay for ever for each invitation, and nobody would have paid for it.
#[test]
fn who_was_invited_and_is_not_wanted_leaves_nothing_behind() {
	licensed().build_and_execute(|| {
		let invite_as =
			|role| Registry::invite(signed(HOSPITAL), HOSPITAL_ORG, DOCTOR, role, START + 10);
		let cancel =
			|role| Registry::cancel_invitation(signed(HOSPITAL), HOSPITAL_ORG, DOCTOR, role);
		assert_ok!(invite_as(ROLE));
		assert_ok!(invite_as(Role::Nurse));
		assert_ok!(cancel(ROLE));
		assert!(is_welcome(DOCTOR), "the other invitation stands");
		assert_ok!(cancel(Role::Nurse));
		assert!(!is_welcome(DOCTOR));
		// Once accepted, it stays for ever.
		affiliate(DOCTOR, ROLE, START + 10);
		assert_ok!(invite_as(Role::Nurse));
		assert_ok!(cancel(Role::Nurse));
		set_now(START + 1);
		assert_ok!(end(DOCTOR, DOCTOR));
		assert!(is_welcome(DOCTOR));
	});
}

#[test]
fn an_organisation_invites_so_many_a_day_and_another_does_not_feel_it() {
	licensed().build_and_execute(|| {
		MaxInvitations::set(2);
		let until = START + 400;
		assert_ok!(invite(DOCTOR, until));
		// Whatever becomes of them.
		assert_ok!(Registry::decline_affiliation(signed(DOCTOR), HOSPITAL_ORG, ROLE));
		assert_ok!(invite(DOCTOR, until));
		assert_noop!(invite(NURSE, until), Error::<Test>::TooManyInvitations);
		assert_ok!(Registry::invite(signed(AUTHORITY), AUTHORITY_ORG, NURSE, ROLE, until));
		assert_ok!(accept(DOCTOR));
	});
}
