//! Advance directives: stricter at once and free, looser after a delay that any key can stop.

use super::*;
use AdvanceDirective::{NoEmergency, NoLabelled, Unrestricted};

fn relax(value: AdvanceDirective) -> DispatchResult {
	Glass::relax_advance_directive(signed(WALLET), value)
}

fn apply() -> DispatchResult {
	Glass::apply_relaxation(signed(STRANGER), PATIENT)
}

#[test]
fn a_key_makes_it_stricter_at_once() {
	build_and_execute(|| {
		assert_eq!(advance_at(now()), Unrestricted);
		assert_ok!(Glass::set_advance_directive(signed(VIEWER), NoLabelled));
		assert_eq!(advance_at(now()), NoLabelled);
		for value in [Unrestricted, NoLabelled] {
			assert_noop!(
				Glass::set_advance_directive(signed(WALLET), value),
				PalletError::NotStricter
			);
		}
		set_state(PATIENT, PatientState::Frozen);
		set_advance(NoEmergency);
		assert_eq!(advance_at(now()), NoEmergency);
		assert_eq!(advance_at(now() - 1), Unrestricted);
		assert_noop!(
			Glass::set_advance_directive(signed(WALLET), NoEmergency),
			PalletError::NotStricter
		);
	});
}

/// Somebody who may only look must not cut off care at large.
#[test]
fn a_key_that_may_only_look_keeps_labelled_data_shut_and_no_more() {
	build_and_execute(|| {
		let set = |who, value| Glass::set_advance_directive(signed(who), value);
		assert_noop!(set(VIEWER, NoEmergency), PalletError::NotAuthorised);
		assert_ok!(set(VIEWER, NoLabelled));
		assert_noop!(set(VIEWER, NoEmergency), PalletError::NotAuthorised);
		for (key, purpose) in [(7, KeyPurpose::Authentication), (8, KeyPurpose::Consent)] {
			let patient = PatientId::repeat_byte(key as u8);
			add_patient(patient);
			add_key(key, patient, KeyPurposeSet::of(&[purpose]));
			assert_ok!(set(key, NoEmergency));
		}
		// Each other purpose by itself will not do.
		for (key, purpose) in (100u64..).zip(KeyPurpose::ALL) {
			if matches!(purpose, KeyPurpose::Authentication | KeyPurpose::Consent) {
				continue;
			}
			add_key(key, PATIENT, KeyPurposeSet::of(&[*purpose]));
			assert_noop!(set(key, NoEmergency), PalletError::NotAuthorised);
		}
	});
}

#[test]
fn it_is_relaxed_after_a_delay() {
	build_and_execute(|| {
		assert_noop!(relax(Unrestricted), PalletError::NotLooser);
		set_advance(NoEmergency);
		assert_noop!(relax(NoEmergency), PalletError::NotLooser);
		assert_noop!(
			Glass::relax_advance_directive(signed(VIEWER), NoLabelled),
			PalletError::NotAuthorised
		);
		assert_ok!(relax(Unrestricted));
		assert_noop!(relax(NoLabelled), PalletError::AlreadyPending);
		pass(DAY - 1);
		assert_noop!(apply(), PalletError::TooEarly);
		pass(1);
		assert_ok!(apply());
		assert_eq!((advance_at(now()), advance_at(now() - 1)), (Unrestricted, NoEmergency));
		assert_noop!(apply(), PalletError::NotFound);
	});
}

#[test]
fn any_key_stops_a_relaxation_a_freeze_does_for_ever_and_so_does_a_stricter_word() {
	build_and_execute(|| {
		set_advance(NoLabelled);
		assert_noop!(Glass::cancel_relaxation(signed(VIEWER)), PalletError::NotFound);
		assert_ok!(relax(Unrestricted));
		assert_ok!(Glass::cancel_relaxation(signed(VIEWER)));
		pass(DAY);
		assert_noop!(apply(), PalletError::NotFound);

		assert_ok!(relax(Unrestricted));
		set_state(PATIENT, PatientState::Frozen);
		pass(DAY);
		assert_noop!(apply(), PalletError::WrongState);
		assert_noop!(relax(Unrestricted), PalletError::WrongState);
		set_state(PATIENT, PatientState::Active);
		assert_noop!(apply(), PalletError::RelaxationStopped);
		pass(1);
		// What was stopped makes room.
		assert_ok!(relax(Unrestricted));
		set_advance(NoEmergency);
		pass(DAY);
		assert_noop!(apply(), PalletError::NotFound);
		assert_noop!(
			Glass::apply_relaxation(signed(STRANGER), PatientId::repeat_byte(9)),
			PalletError::UnknownPatient
		);
	});
}

#[test]
fn there_is_always_room_to_make_it_stricter() {
	build_and_execute(|| {
		let mut rounds = 0;
		loop {
			set_advance(NoLabelled);
			set_advance(NoEmergency);
			if let Err(error) = relax(Unrestricted) {
				assert_eq!(error, PalletError::HistoryFull.into());
				break;
			}
			pass(DAY);
			assert_ok!(apply());
			check_everything();
			rounds += 1;
		}
		assert_eq!(rounds, 20);
		// One step looser still leaves room for one step back, and then no more.
		assert_ok!(relax(NoLabelled));
		pass(DAY);
		assert_ok!(apply());
		set_advance(NoEmergency);
		assert_noop!(relax(NoLabelled), PalletError::HistoryFull);
		assert_eq!(advance_at(START), NoEmergency);
	});
}

#[test]
fn what_it_said_at_a_moment_never_changes() {
	build_and_execute(|| {
		let mut told = vec![(START, Unrestricted)];
		pass(10);
		for value in [NoLabelled, NoEmergency] {
			set_advance(value);
			told.push((now(), value));
			pass(10);
		}
		assert_ok!(relax(NoLabelled));
		pass(DAY);
		told.push((now() - 1, NoEmergency));
		assert_ok!(apply());
		told.push((now(), NoLabelled));
		pass(YEAR);
		for (at, value) in told {
			assert_eq!(advance_at(at), value, "{at}");
		}
	});
}
