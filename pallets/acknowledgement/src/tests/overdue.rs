//! When the deadline is over, anybody marks once that there was no acknowledgement; one that comes later is late.

use super::*;

#[test]
fn anybody_marks_it_once_when_the_deadline_is_over() {
	build_and_execute(|| {
		revoke(0, HOSPITAL);
		assert_noop!(mark_overdue(0), PalletError::TooEarly);
		pass(DEADLINE - 1);
		assert_eq!(standing(0), Some(NoticeStanding::Awaited));
		assert_noop!(mark_overdue(0), PalletError::TooEarly);
		pass(1);
		assert_eq!(standing(0), Some(NoticeStanding::Overdue { marked_at: None }));
		assert_eq!(tally(), (0, 0, 0));
		assert_ok!(mark_overdue(0));
		assert_eq!(
			last_event(),
			Event::RevocationOverdue {
				organisation: HOSPITAL,
				patient: PATIENT,
				directive: 0,
				by: STRANGER
			}
		);
		assert_eq!(tally(), (0, 0, 1));
		assert_eq!(standing(0), Some(NoticeStanding::Overdue { marked_at: Some(now()) }));
		assert_noop!(mark_overdue(0), PalletError::AlreadyOverdue);
		assert_eq!(held(HOSPITAL_ADMIN), 0, "nobody pays for what a stranger marks");
	});
}

#[test]
fn what_was_marked_is_acknowledged_late_also_when_consent_does_not_tell_any_more() {
	build_and_execute(|| {
		for directive in 0..2 {
			revoke(directive, HOSPITAL);
		}
		pass(DEADLINE);
		for directive in 0..2 {
			assert_ok!(mark_overdue(directive));
		}
		assert_eq!(tally(), (0, 0, 2));
		forget(1);
		pass(YEAR);
		for directive in 0..2 {
			assert_ok!(acknowledge(directive));
			assert_eq!(
				standing(directive),
				Some(NoticeStanding::Acknowledged { at: now(), on_time: false })
			);
			assert_noop!(mark_overdue(directive), PalletError::AlreadyAcknowledged);
			assert_noop!(acknowledge(directive), PalletError::AlreadyAcknowledged);
		}
		assert_eq!(tally(), (0, 2, 0));
		assert_eq!(held(HOSPITAL_ADMIN), 2 * deposit());
	});
}

#[test]
fn what_was_acknowledged_is_not_overdue() {
	build_and_execute(|| {
		revoke(0, HOSPITAL);
		assert_ok!(acknowledge(0));
		pass(DEADLINE);
		assert_noop!(mark_overdue(0), PalletError::AlreadyAcknowledged);
		assert_eq!(tally(), (1, 0, 0));
	});
}

#[test]
fn what_is_no_revocation_is_not_overdue() {
	build_and_execute(|| {
		assert_noop!(mark_overdue(0), PalletError::NotRevoked);
		revoke(0, HOSPITAL);
		pass(DEADLINE);
		forget(0);
		assert_noop!(mark_overdue(0), PalletError::NotRevoked);
		assert_eq!(Notices::<Test>::iter().count(), 0);
	});
}

#[test]
fn an_organisation_that_is_not_there_any_more_is_counted_for_nothing() {
	build_and_execute(|| {
		add_organisation(50, STRANGER);
		revoke(0, 50);
		pass(DEADLINE);
		withdraw(50);
		assert_noop!(mark_overdue(0), PalletError::UnknownOrganisation);
		assert_eq!(Acknowledgement::revocation(&PATIENT, 0), None);
		assert!(!Tallies::<Test>::contains_key(50));
	});
}
