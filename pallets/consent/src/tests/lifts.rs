//! Lifting takes two steps and a day, anyone's objection stops it, and so does a freeze.

use super::*;

fn wallet() -> RuntimeOrigin {
	RuntimeOrigin::signed(WALLET)
}

fn apply(target: LiftTarget) -> sp_runtime::DispatchResult {
	Consent::apply_lift(RuntimeOrigin::signed(STRANGER), PATIENT, target)
}

#[test]
fn a_deny_holds_for_the_whole_delay_and_then_until_somebody_applies() {
	build_and_execute(|| {
		permit(Grantee::Any);
		let id = deny(Grantee::Any);
		let target = LiftTarget::Directive(id);
		assert_ok!(Consent::lift(wallet(), id));
		let ready_at = START + DAY;
		assert_eq!(
			last_event(),
			Event::LiftRequested { patient: PATIENT, target, ready_at, by: WALLET }
		);
		assert_eq!(
			Consent::pending_lifts(&PATIENT),
			vec![PendingLift { target, requested_at: START, ready_at }]
		);
		assert_eq!(ask(HOSPITAL_CLINICIAN), denied(id));
		set_now(ready_at - 1);
		assert_noop!(apply(target), Error::<Test>::TooEarly);
		assert_eq!(ask(HOSPITAL_CLINICIAN), denied(id));
		set_now(ready_at);
		assert_eq!(ask(HOSPITAL_CLINICIAN), denied(id), "nothing happens by itself");
		assert_ok!(apply(target));
		assert_eq!(last_event(), Event::LiftApplied { patient: PATIENT, target, by: STRANGER });
		assert_eq!(ask(HOSPITAL_CLINICIAN), permitted(0));
		assert_eq!(ask_at(HOSPITAL_CLINICIAN, ready_at - 1), denied(id));
		assert!(!PendingLifts::<Test>::contains_key(PATIENT));
		assert_noop!(apply(target), Error::<Test>::NotFound);
		assert_noop!(Consent::lift(wallet(), id), Error::<Test>::AlreadyEnded);
	});
}

#[test]
fn any_live_key_calls_a_lift_off() {
	build_and_execute(|| {
		let id = deny(Grantee::Any);
		let target = LiftTarget::Directive(id);
		assert_ok!(Consent::lift(wallet(), id));
		assert_ok!(Consent::cancel_lift(RuntimeOrigin::signed(VIEWER), target));
		assert_eq!(last_event(), Event::LiftCancelled { patient: PATIENT, target, by: VIEWER });
		pass(DAY);
		assert_noop!(apply(target), Error::<Test>::NotFound);
		assert_noop!(Consent::cancel_lift(wallet(), target), Error::<Test>::NotFound);
		// It may be asked for again, and waits again.
		assert_ok!(Consent::lift(wallet(), id));
		assert_noop!(apply(target), Error::<Test>::TooEarly);
	});
}

#[test]
fn another_patient_cannot_call_it_off() {
	build_and_execute(|| {
		let id = deny(Grantee::Any);
		assert_ok!(Consent::lift(wallet(), id));
		assert_noop!(
			Consent::cancel_lift(RuntimeOrigin::signed(OTHER_WALLET), LiftTarget::Directive(id)),
			Error::<Test>::NotFound
		);
	});
}

#[test]
fn a_freeze_stops_every_lift_for_ever() {
	build_and_execute(|| {
		let id = deny(Grantee::Any);
		assert_ok!(Consent::veto_purpose(wallet(), Purpose::Treat));
		assert_ok!(Consent::block_requester(wallet(), CLINIC));
		assert_ok!(Consent::lift(wallet(), id));
		assert_ok!(Consent::lift_veto(wallet(), Purpose::Treat));
		assert_ok!(Consent::unblock_requester(wallet(), CLINIC));
		let targets = [
			LiftTarget::Directive(id),
			LiftTarget::Veto(Purpose::Treat),
			LiftTarget::Requester(CLINIC),
		];
		pass(HOUR);
		set_state(PATIENT, PatientState::Frozen);
		pass(DAY);
		for target in targets {
			assert_noop!(apply(target), Error::<Test>::WrongState);
		}
		set_state(PATIENT, PatientState::Active);
		for target in targets {
			assert_noop!(apply(target), Error::<Test>::LiftStopped);
		}
		// Asked for again, they wait again, all of it; and what was stopped is gone.
		assert_ok!(Consent::lift(wallet(), id));
		assert_eq!(Consent::pending_lifts(&PATIENT).len(), 1);
		assert_noop!(apply(targets[0]), Error::<Test>::TooEarly);
		pass(DAY);
		assert_ok!(apply(targets[0]));
	});
}

#[test]
fn a_freeze_in_the_block_of_the_lift_stops_it_and_one_before_does_not() {
	build_and_execute(|| {
		set_state(PATIENT, PatientState::Frozen);
		pass(DAY);
		set_state(PATIENT, PatientState::Active);
		let id = deny(Grantee::Any);
		assert_ok!(Consent::lift(wallet(), id));
		set_state(PATIENT, PatientState::Frozen);
		pass(DAY);
		set_state(PATIENT, PatientState::Active);
		assert_noop!(apply(LiftTarget::Directive(id)), Error::<Test>::LiftStopped);
		assert_ok!(Consent::lift(wallet(), id));
		pass(DAY);
		assert_ok!(apply(LiftTarget::Directive(id)));
	});
}

#[test]
fn a_permit_is_not_lifted_and_what_is_not_there_is_not_found() {
	build_and_execute(|| {
		let id = permit(Grantee::Any);
		assert_noop!(Consent::lift(wallet(), id), Error::<Test>::NotADeny);
		assert_noop!(Consent::lift(wallet(), id + 1), Error::<Test>::NotFound);
	});
}

#[test]
fn a_lift_is_asked_for_once() {
	build_and_execute(|| {
		let id = deny(Grantee::Any);
		assert_ok!(Consent::lift(wallet(), id));
		assert_noop!(Consent::lift(wallet(), id), Error::<Test>::AlreadyPending);
	});
}

#[test]
fn a_deny_that_expires_while_its_lift_waits_is_over() {
	build_and_execute(|| {
		assert_ok!(Consent::deny(wallet(), Grantee::Any, scope(), now() + HOUR));
		assert_ok!(Consent::lift(wallet(), 0));
		pass(DAY);
		let target = LiftTarget::Directive(0);
		assert_noop!(apply(target), Error::<Test>::AlreadyEnded);
		// Also when it is in the history; what waits for nothing is called off.
		permit(Grantee::Any);
		assert_noop!(apply(target), Error::<Test>::AlreadyEnded);
		assert_ok!(Consent::cancel_lift(wallet(), target));
	});
}

#[test]
fn so_many_lifts_wait_and_no_more() {
	build_and_execute(|| {
		for id in 0..=MAX_PENDING {
			assert_eq!(deny(Grantee::Any), id);
		}
		for id in 0..MAX_PENDING {
			assert_ok!(Consent::lift(wallet(), id));
		}
		assert_noop!(Consent::lift(wallet(), MAX_PENDING), Error::<Test>::TooManyPending);
		assert_ok!(Consent::cancel_lift(wallet(), LiftTarget::Directive(3)));
		assert_ok!(Consent::lift(wallet(), MAX_PENDING));
	});
}

#[test]
fn a_blocked_organisation_may_not_ask_until_the_block_is_lifted() {
	build_and_execute(|| {
		let open = request(access());
		let asking = || {
			Consent::request_access(
				RuntimeOrigin::signed(SPECIALIST),
				CLINIC,
				PATIENT,
				RequestFor::Organisation,
				access(),
				Commitment::zero(),
			)
		};
		assert_noop!(Consent::unblock_requester(wallet(), CLINIC), Error::<Test>::NotBlocked);
		assert_ok!(Consent::block_requester(RuntimeOrigin::signed(VIEWER), CLINIC));
		assert_eq!(
			last_event(),
			Event::RequesterBlocked { patient: PATIENT, organisation: CLINIC, by: VIEWER }
		);
		assert_noop!(asking(), Error::<Test>::RequesterBlocked);
		assert_noop!(Consent::block_requester(wallet(), CLINIC), Error::<Test>::AlreadyBlocked);
		assert!(Requests::<Test>::contains_key(PATIENT, open), "what is open stays open");
		assert_ok!(Consent::unblock_requester(wallet(), CLINIC));
		pass(DAY - 1);
		assert_noop!(asking(), Error::<Test>::RequesterBlocked);
		pass(1);
		assert_ok!(apply(LiftTarget::Requester(CLINIC)));
		assert_ok!(asking());
	});
}

#[test]
fn nothing_is_lifted_of_a_patient_that_does_not_exist() {
	build_and_execute(|| {
		let target = LiftTarget::Directive(0);
		let nobody = PatientId::repeat_byte(99);
		assert_noop!(
			Consent::apply_lift(RuntimeOrigin::signed(STRANGER), nobody, target),
			Error::<Test>::UnknownPatient
		);
	});
}
