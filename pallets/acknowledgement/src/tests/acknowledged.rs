//! An acknowledgement is on time until the deadline, late afterwards, and made once.

use super::*;

#[test]
fn an_acknowledgement_before_the_deadline_is_on_time_and_one_at_it_is_late() {
	for (after, on_time) in [(0, true), (DEADLINE - 1, true), (DEADLINE, false)] {
		build_and_execute(|| {
			revoke(3, HOSPITAL);
			let revoked_at = now();
			pass(after);
			assert_ok!(acknowledge(3));
			assert_eq!(
				last_event(),
				Event::RevocationAcknowledged {
					organisation: HOSPITAL,
					patient: PATIENT,
					directive: 3,
					on_time,
					by: STEWARD
				}
			);
			assert_eq!(tally(), if on_time { (1, 0, 0) } else { (0, 1, 0) });
			assert_eq!(
				Acknowledgement::revocation(&PATIENT, 3),
				Some(NoticeInfo {
					organisation: HOSPITAL,
					revoked_at,
					due: revoked_at + DEADLINE,
					standing: NoticeStanding::Acknowledged { at: now(), on_time },
				})
			);
			assert_eq!(Acknowledgement::tally(CLINIC), Tally::default());
		});
	}
}

#[test]
fn the_administrator_the_privacy_officer_and_the_data_steward_acknowledge_and_nobody_else() {
	build_and_execute(|| {
		for directive in 0..3 {
			revoke(directive, HOSPITAL);
		}
		revoke(3, CLINIC);
		for who in [CLINICIAN, OFFICER, CLINIC_ADMIN, STRANGER] {
			assert_noop!(acknowledge_by(who, HOSPITAL, 0), PalletError::NotAuthorised);
		}
		assert_noop!(acknowledge_by(STEWARD, 77, 0), PalletError::NotAuthorised);
		assert_ok!(acknowledge_by(HOSPITAL_ADMIN, HOSPITAL, 0));
		assert_ok!(acknowledge_by(STEWARD, HOSPITAL, 1));
		assert_ok!(acknowledge_by(OFFICER, CLINIC, 3));
	});
}

#[test]
fn it_is_acknowledged_once() {
	build_and_execute(|| {
		revoke(0, HOSPITAL);
		assert_ok!(acknowledge(0));
		assert_noop!(acknowledge(0), PalletError::AlreadyAcknowledged);
		assert_noop!(acknowledge_by(HOSPITAL_ADMIN, HOSPITAL, 0), PalletError::AlreadyAcknowledged);
		// Whatever consent still tells.
		forget(0);
		assert_noop!(acknowledge(0), PalletError::AlreadyAcknowledged);
		assert_eq!(tally(), (1, 0, 0));
	});
}

#[test]
fn what_was_not_revoked_is_not_acknowledged_and_another_organisation_does_not_do_it() {
	build_and_execute(|| {
		revoke(0, HOSPITAL);
		assert_noop!(acknowledge(1), PalletError::NotRevoked);
		let other =
			Acknowledgement::acknowledge(signed(STEWARD), HOSPITAL, PatientId::repeat_byte(2), 0);
		assert_eq!(other, Err(PalletError::NotRevoked.into()));
		assert_noop!(acknowledge_by(OFFICER, CLINIC, 0), PalletError::WrongOrganisation);
		// Nor of what stands here already.
		pass(DEADLINE);
		assert_ok!(mark_overdue(0));
		assert_noop!(acknowledge_by(OFFICER, CLINIC, 0), PalletError::WrongOrganisation);
		forget(0);
		assert_noop!(acknowledge_by(OFFICER, CLINIC, 0), PalletError::WrongOrganisation);
	});
}

#[test]
fn what_consent_does_not_tell_any_more_cannot_be_acknowledged() {
	build_and_execute(|| {
		revoke(0, HOSPITAL);
		forget(0);
		assert_noop!(acknowledge(0), PalletError::NotRevoked);
		// It is told all the same that nobody did.
		assert_eq!(standing(0), Some(NoticeStanding::TooLongAgo));
		pass(DEADLINE);
		assert_eq!(standing(0), Some(NoticeStanding::TooLongAgo));
		assert_noop!(mark_overdue(0), PalletError::NotRevoked);
	});
}

#[test]
fn an_acknowledgement_costs_the_administrator_a_deposit() {
	build_and_execute(|| {
		revoke(1, HOSPITAL);
		assert_ok!(acknowledge(1));
		assert_eq!(held(HOSPITAL_ADMIN), deposit());
		assert_eq!(held(STEWARD), 0);
		assert_eq!(Acknowledgement::tally(HOSPITAL).unpaid, 0);
	});
}

#[test]
fn an_empty_account_stops_no_acknowledgement_and_what_has_no_deposit_is_counted() {
	build_and_execute(|| {
		add_organisation(50, STRANGER);
		revoke(0, 50);
		revoke(1, 50);
		assert_ok!(acknowledge_by(STRANGER, 50, 0));
		assert_eq!(
			Acknowledgement::tally(50),
			Tally { on_time: 1, late: 0, overdue: 0, unpaid: 1 }
		);
		pass(DEADLINE);
		assert_ok!(mark_overdue(1));
		assert_ok!(acknowledge_by(STRANGER, 50, 1));
		assert_eq!(
			Acknowledgement::tally(50),
			Tally { on_time: 1, late: 1, overdue: 0, unpaid: 2 }
		);
		assert_eq!(held(STRANGER), 0);
	});
}

/// A later version with another deadline changes nothing about the notices that are there.
#[test]
fn what_was_due_when_it_was_acknowledged_stays() {
	build_and_execute(|| {
		revoke(0, HOSPITAL);
		let due = now() + DEADLINE;
		pass(DEADLINE - 1);
		assert_ok!(acknowledge(0));
		// As if the deadline had been an hour longer then.
		Notices::<Test>::mutate(PATIENT, 0, |found| found.as_mut().unwrap().due = due + HOUR);
		let told = Acknowledgement::revocation(&PATIENT, 0).unwrap();
		assert_eq!(told.due, due + HOUR);
		assert_eq!(told.standing, NoticeStanding::Acknowledged { at: now(), on_time: true });
	});
}
