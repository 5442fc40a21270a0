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
		// Nor is what nobody marked any better for the flag.
		assert_eq!(standing(1), Some(NoticeStanding::Overdue { marked_at: None }));
		flag(HOSPITAL, false);
		assert_ok!(acknowledge(0));
		assert_ok!(acknowledge(1));
		assert_eq!(tally(), (0, 2, 0));
	});
}

/// What `revocation` tells as the deadline of directive 0.
fn due() -> Option<Moment> {
	Acknowledgement::revocation(&PATIENT, 0).map(|found| found.due)
}

/// It was forbidden to acknowledge then, and time in which a call is refused does not count; but no other time.
#[test]
fn a_flag_within_the_deadline_moves_it_by_as_long_as_it_stood() {
	for (set_after, for_seconds) in [
		// Of one block.
		(DAY, 6),
		(DAY, 5 * DAY),
		// In the second of the revocation, and in the last one of the time.
		(0, DEADLINE),
		(DEADLINE - 1, HOUR),
		// Set and taken in the same second.
		(DAY, 0),
	] {
		for last in [true, false] {
			build_and_execute(|| {
				revoke(0, HOSPITAL);
				let revoked_at = now();
				pass(set_after);
				flag(HOSPITAL, true);
				pass(for_seconds);
				flag(HOSPITAL, false);
				assert_eq!(due(), Some(revoked_at + DEADLINE + for_seconds));
				pass(DEADLINE - set_after - 1);
				assert_eq!(standing(0), Some(NoticeStanding::Awaited));
				assert_noop!(mark_overdue(0), PalletError::TooEarly);
				if last {
					assert_ok!(acknowledge(0));
					assert_eq!(tally(), (1, 0, 0));
				} else {
					pass(1);
					assert_eq!(standing(0), Some(NoticeStanding::Overdue { marked_at: None }));
					assert_ok!(mark_overdue(0));
					assert_ok!(acknowledge(0));
					assert_eq!(tally(), (0, 1, 0));
				}
				assert_eq!(due(), Some(revoked_at + DEADLINE + for_seconds), "the notice keeps it");
			});
		}
	}
}

#[test]
fn what_comes_due_while_the_organisation_is_flagged_waits_for_the_rest_of_its_time() {
	build_and_execute(|| {
		revoke(0, HOSPITAL);
		pass(DEADLINE - HOUR);
		flag(HOSPITAL, true);
		for _ in 0..3 {
			pass(DEADLINE);
			assert_eq!(standing(0), None);
			assert_noop!(mark_overdue(0), PalletError::FlaggedOrganisation);
			assert_noop!(acknowledge(0), PalletError::FlaggedOrganisation);
		}
		flag(HOSPITAL, false);
		assert_eq!(due(), Some(now() + HOUR));
		pass(HOUR - 1);
		assert_noop!(mark_overdue(0), PalletError::TooEarly);
		pass(1);
		assert_ok!(mark_overdue(0));
		assert_eq!(tally(), (0, 0, 1));
	});
}

#[test]
fn what_was_revoked_while_the_organisation_was_flagged_has_all_its_time_afterwards() {
	build_and_execute(|| {
		flag(HOSPITAL, true);
		pass(DAY);
		revoke(0, HOSPITAL);
		pass(2 * DEADLINE);
		flag(HOSPITAL, false);
		assert_eq!(due(), Some(now() + DEADLINE));
		pass(DEADLINE - 1);
		assert_ok!(acknowledge(0));
		assert_eq!(tally(), (1, 0, 0));
	});
}

/// Each flag moves the deadline, so that the next one is within it, or is not.
#[test]
fn several_flags_add_up_and_one_that_is_set_when_the_deadline_is_over_moves_nothing() {
	build_and_execute(|| {
		revoke(0, HOSPITAL);
		let revoked_at = now();
		for _ in 0..2 {
			pass(DEADLINE / 2 - 1);
			flag(HOSPITAL, true);
			pass(DAY);
			flag(HOSPITAL, false);
		}
		let expected = revoked_at + DEADLINE + 2 * DAY;
		assert_eq!(due(), Some(expected));
		pass(2);
		assert_eq!(now(), expected);
		let overdue = Some(NoticeStanding::Overdue { marked_at: None });
		for flagged in [true, false] {
			assert_eq!(standing(0), overdue);
			flag(HOSPITAL, flagged);
			pass(DAY);
			assert_eq!((standing(0), due()), (overdue, Some(expected)), "late is late for ever");
		}
		assert_ok!(mark_overdue(0));
	});
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
