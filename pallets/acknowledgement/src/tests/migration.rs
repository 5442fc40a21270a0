//! A chain to which an upgrade brings the pallet asks for nothing that is past.

use super::*;
use crate::migrations::AskFromNowOn;
use frame_support::traits::OnRuntimeUpgrade;

#[test]
fn after_the_upgrade_what_was_revoked_before_it_needs_no_acknowledgement() {
	build_and_execute(|| {
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
		AskFromNowOn::<Test>::on_runtime_upgrade();
		let first = Since::<Test>::get();
		pass(DAY);
		AskFromNowOn::<Test>::on_runtime_upgrade();
		assert_eq!(Since::<Test>::get(), first);
	});
}

#[test]
fn a_chain_that_has_had_it_from_its_beginning_asks_for_everything() {
	build_and_execute(|| {
		set_now(5);
		revoke(0, HOSPITAL);
		set_now(START);
		assert_ok!(acknowledge(0));
	});
}
