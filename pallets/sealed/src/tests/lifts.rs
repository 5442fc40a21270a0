//! Lifting takes two steps and a day, anyone's objection stops it, and so does a freeze.

use super::*;

fn lift(sealed: SealedId) {
	assert_ok!(Sealed::lift(signed(WALLET), sealed));
}

fn apply(sealed: SealedId) -> sp_runtime::DispatchResult {
	Sealed::apply_lift(signed(STRANGER), PATIENT, sealed)
}

#[test]
fn a_sealed_deny_holds_for_the_whole_delay_and_then_until_somebody_applies() {
	build_and_execute(|| {
		let id = deny();
		let (patient, sealed, ready_at) = (PATIENT, id, START + DAY);
		lift(id);
		assert_eq!(last_event(), Event::LiftRequested { patient, sealed, ready_at, by: WALLET });
		let waits = PendingLift { sealed, requested_at: START, ready_at };
		assert_eq!(Sealed::pending_sealed_lifts(&PATIENT), vec![waits]);
		set_now(ready_at - 1);
		assert_noop!(apply(id), PalletError::TooEarly);
		set_now(ready_at);
		assert_eq!(in_force(), [id], "nothing happens by itself");
		assert_ok!(apply(id));
		assert_eq!(last_event(), Event::LiftApplied { patient, sealed, by: STRANGER });
		assert_eq!(in_force(), NONE);
		assert_eq!(in_force_at(ready_at - 1), [id]);
		assert!(!PendingLifts::<Test>::contains_key(PATIENT));
		assert_noop!(apply(id), PalletError::NotFound);
		assert_noop!(Sealed::lift(signed(WALLET), id), PalletError::AlreadyEnded);
	});
}

#[test]
fn lifting_needs_a_key_for_consent_an_active_handle_and_a_deny_in_force_of_ones_own() {
	build_and_execute(|| {
		let (yes, no) = (permit(), deny());
		assert_noop!(Sealed::lift(signed(VIEWER), no), PalletError::NotAuthorised);
		assert_noop!(Sealed::lift(signed(WALLET), yes), PalletError::NotADeny);
		assert_noop!(Sealed::lift(signed(WALLET), 7), PalletError::NotFound);
		assert_noop!(Sealed::lift(signed(OTHER_WALLET), no), PalletError::NotFound);
		set_state(PATIENT, PatientState::Frozen);
		assert_noop!(Sealed::lift(signed(WALLET), no), PalletError::WrongState);
		set_state(PATIENT, PatientState::Active);
		pass(1);
		lift(no);
		assert_noop!(Sealed::lift(signed(WALLET), no), PalletError::AlreadyPending);
	});
}

#[test]
fn any_live_key_calls_a_lift_off_and_nobody_elses() {
	build_and_execute(|| {
		let id = deny();
		lift(id);
		assert_noop!(Sealed::cancel_lift(signed(OTHER_WALLET), id), PalletError::NotFound);
		set_state(PATIENT, PatientState::Frozen);
		assert_ok!(Sealed::cancel_lift(signed(VIEWER), id));
		let (patient, sealed, by) = (PATIENT, id, VIEWER);
		assert_eq!(last_event(), Event::LiftCancelled { patient, sealed, by });
		assert_noop!(Sealed::cancel_lift(signed(VIEWER), id), PalletError::NotFound);
		set_state(PATIENT, PatientState::Active);
		pass(DAY);
		assert_noop!(apply(id), PalletError::NotFound);
		// It may be asked for again, and waits again.
		lift(id);
		assert_noop!(apply(id), PalletError::TooEarly);
		set_state(PATIENT, PatientState::Retired);
		assert_noop!(Sealed::cancel_lift(signed(VIEWER), id), PalletError::WrongState);
	});
}

#[test]
fn a_freeze_stops_every_lift_for_ever_also_in_the_block_of_the_lift() {
	build_and_execute(|| {
		let id = deny();
		lift(id);
		set_state(PATIENT, PatientState::Frozen);
		pass(DAY);
		assert_noop!(apply(id), PalletError::WrongState);
		set_state(PATIENT, PatientState::Active);
		assert_noop!(apply(id), PalletError::LiftStopped);
		// Asked for again, it waits again; and what was stopped is gone.
		lift(id);
		assert_eq!(Sealed::pending_sealed_lifts(&PATIENT).len(), 1);
		assert_noop!(apply(id), PalletError::TooEarly);
		pass(DAY);
		assert_ok!(apply(id));
	});
}

#[test]
fn a_deny_that_has_expired_is_not_lifted_and_its_lift_makes_room() {
	build_and_execute(|| {
		let until = end(1);
		assert_ok!(deny_by(WALLET, until));
		lift(0);
		set_now(until);
		assert_noop!(apply(0), PalletError::AlreadyEnded);
		assert_noop!(Sealed::lift(signed(WALLET), 0), PalletError::AlreadyEnded);
		let other = deny();
		lift(other);
		let waiting = Sealed::pending_sealed_lifts(&PATIENT);
		assert_eq!(waiting.iter().map(|lift| lift.sealed).collect::<Vec<_>>(), [other]);
	});
}

#[test]
fn nothing_waits_for_a_patient_who_is_not_there() {
	build_and_execute(|| {
		assert_noop!(
			Sealed::apply_lift(signed(STRANGER), PatientId::repeat_byte(9), 0),
			PalletError::UnknownPatient
		);
	});
}

#[test]
fn every_deny_that_there_can_be_may_wait_for_its_lift() {
	build_and_execute(|| {
		let all: Vec<_> = (0..MAX_LIVE).map(|_| deny()).collect();
		for id in &all {
			lift(*id);
		}
		assert_eq!(Sealed::pending_sealed_lifts(&PATIENT).len() as u32, MAX_LIVE);
		pass(DAY);
		for id in all {
			assert_ok!(apply(id));
		}
		assert!(!PendingLifts::<Test>::contains_key(PATIENT));
	});
}
