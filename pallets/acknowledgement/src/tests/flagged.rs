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
		// The deadline is over before the flag is set: it counts.
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

/// It was forbidden to acknowledge then, and time in which a call is refused does not count.
#[test]
fn what_was_to_be_acknowledged_while_the_organisation_was_flagged_is_never_due() {
	for (set_after, for_seconds, due) in [
		(0, DEADLINE, false),
		(DAY, HOUR, false),
		(DAY, 5 * DAY, false),
		(DEADLINE - 1, 1, false),
		(DEADLINE, HOUR, true),
	] {
		build_and_execute(|| {
			revoke(0, HOSPITAL);
			pass(set_after);
			flag(HOSPITAL, true);
			pass(for_seconds);
			flag(HOSPITAL, false);
			assert_eq!(standing(0).is_some(), due, "{set_after} for {for_seconds}");
			if !due {
				assert_noop!(acknowledge(0), PalletError::NotDue);
			}
			pass(DEADLINE);
			assert_eq!(standing(0).is_some(), due, "{set_after} for {for_seconds}");
			if due {
				assert_ok!(mark_overdue(0));
				assert_ok!(acknowledge(0));
			} else {
				assert_noop!(mark_overdue(0), PalletError::NotDue);
				assert_noop!(acknowledge(0), PalletError::NotDue);
				assert_eq!(tally(), (0, 0, 0));
			}
		});
	}
}

#[test]
fn a_flag_that_was_taken_before_the_revocation_changes_nothing() {
	build_and_execute(|| {
		flag(HOSPITAL, true);
		pass(HOUR);
		flag(HOSPITAL, false);
		revoke(0, HOSPITAL);
		assert_eq!(standing(0), Some(NoticeStanding::Awaited));
		assert_ok!(acknowledge(0));
		// What was acknowledged stays so, whatever becomes of the flag.
		flag(HOSPITAL, true);
		assert_eq!(tally(), (1, 0, 0));
		assert!(standing(0).is_some());
	});
}
