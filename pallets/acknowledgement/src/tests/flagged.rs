//! An organisation whose very name says something about its patients is named beside none of them.

use super::*;

#[test]
fn a_flagged_organisation_acknowledges_nothing_and_nothing_of_it_is_overdue() {
	build_and_execute(|| {
		revoke(0, HIV_CLINIC);
		assert_noop!(
			acknowledge_by(HIV_CLINIC_ADMIN, HIV_CLINIC, 0),
			PalletError::FlaggedOrganisation
		);
		pass(DEADLINE);
		assert_noop!(mark_overdue(0), PalletError::FlaggedOrganisation);
		assert_eq!(Acknowledgement::revocation(&PATIENT, 0), None);
		assert_eq!(Acknowledgement::tally(HIV_CLINIC), Tally::default());
	});
}

#[test]
fn whoever_works_at_one_too_does_not_sign_and_a_colleague_does() {
	build_and_execute(|| {
		revoke(0, HOSPITAL);
		hire(HIV_CLINIC, STEWARD, Role::Nurse);
		assert_noop!(acknowledge(0), PalletError::FlaggedOrganisation);
		assert_ok!(acknowledge_by(HOSPITAL_ADMIN, HOSPITAL, 0));
	});
}

#[test]
fn what_was_marked_before_the_flag_stays_as_it_is_until_the_flag_is_gone() {
	build_and_execute(|| {
		revoke(0, HOSPITAL);
		revoke(1, HOSPITAL);
		pass(DEADLINE);
		assert_ok!(mark_overdue(0));
		flag(HOSPITAL, true);
		for directive in 0..2 {
			assert_noop!(acknowledge(directive), PalletError::FlaggedOrganisation);
		}
		assert_noop!(mark_overdue(1), PalletError::FlaggedOrganisation);
		assert_eq!(tally(), (0, 0, 1));
		assert!(Acknowledgement::revocation(&PATIENT, 0).is_some(), "the state says it already");
		assert_eq!(Acknowledgement::revocation(&PATIENT, 1), None);
		flag(HOSPITAL, false);
		assert_ok!(acknowledge(0));
		assert_ok!(acknowledge(1));
		assert_eq!(tally(), (0, 2, 0));
	});
}
