//! A chain to which an upgrade brings the pallet asks for nothing that is past.

use super::*;
use crate::migrations::AskFromNowOn;
use frame_support::traits::OnRuntimeUpgrade;

/// A chain on which the pallet is not yet: no genesis has written anything of it.
fn not_there_yet() {
	Since::<Test>::kill();
}

#[test]
fn after_the_upgrade_what_was_revoked_before_it_needs_no_acknowledgement() {
	build_and_execute(|| {
		not_there_yet();
		revoke(0, HOSPITAL);
		pass(1);
		AskFromNowOn::<Test>::on_runtime_upgrade();
		assert_eq!(Since::<Test>::get(), now());
		revoke(1, HOSPITAL);
		assert_noop!(acknowledge(0), PalletError::RevokedBefore);
		assert_eq!(Acknowledgement::revocation(&PATIENT, 0), None);
		pass(DEADLINE);
		assert_noop!(mark_overdue(0), PalletError::RevokedBefore);
		assert_ok!(mark_overdue(1));
		assert_ok!(acknowledge(1));
	});
}

#[test]
fn run_again_it_changes_nothing() {
	build_and_execute(|| {
		not_there_yet();
		AskFromNowOn::<Test>::on_runtime_upgrade();
		let first = Since::<Test>::get();
		pass(DAY);
		AskFromNowOn::<Test>::on_runtime_upgrade();
		assert_eq!(Since::<Test>::get(), first);
	});
}

/// The migration is part of every upgrade until it is released.
#[test]
fn a_chain_that_has_had_it_from_its_beginning_answers_the_same_after_an_upgrade() {
	build_and_execute(|| {
		for directive in 0..4 {
			revoke(directive, HOSPITAL);
		}
		assert_ok!(acknowledge(0));
		pass(DEADLINE);
		assert_ok!(mark_overdue(1));
		revoke(4, HOSPITAL);
		pass(1);
		let told =
			|| (0..5).map(|id| Acknowledgement::revocation(&PATIENT, id)).collect::<Vec<_>>();
		let (before, counts) = (told(), tally());
		assert!(before.iter().all(Option::is_some));
		AskFromNowOn::<Test>::on_runtime_upgrade();
		check_everything();
		assert_eq!((told(), tally()), (before, counts));
		assert_ok!(mark_overdue(2));
		assert_ok!(acknowledge(3));
		assert_ok!(acknowledge(4));
		assert_eq!(tally(), (2, 1, 2));
	});
}

#[test]
fn a_chain_that_has_had_it_from_its_beginning_asks_for_everything() {
	build_and_execute(|| {
		assert!(Since::<Test>::exists(), "the genesis says so");
		set_now(5);
		revoke(0, HOSPITAL);
		set_now(START);
		assert_ok!(acknowledge(0));
	});
}
