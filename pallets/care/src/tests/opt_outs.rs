//! Opting out holds at once and for ever; opting in takes two steps, and revives nothing.

use super::*;
use sp_runtime::traits::Dispatchable;

#[test]
fn opting_out_towards_everybody_or_one_ends_what_a_relationship_means_in_the_same_block() {
	build_and_execute(|| {
		open();
		assert_ok!(Care::opt_out(signed(VIEWER)));
		assert!(!treats());
		assert_noop!(Care::end(signed(WALLET), 0), PalletError::AlreadyEnded);
		assert_noop!(Care::end_for(signed(NURSE), HOSPITAL, 0), PalletError::AlreadyEnded);
		assert_noop!(Care::invite(signed(WALLET), HOSPITAL, now() + DAY), PalletError::OptedOut);
	});
	build_and_execute(|| {
		open();
		assert_ok!(Care::opt_out_of(signed(VIEWER), HOSPITAL));
		assert!(!treats());
		assert_noop!(Care::invite(signed(WALLET), HOSPITAL, now() + DAY), PalletError::OptedOut);
		// Others are not meant.
		invite(CLINIC);
		assert_ok!(open_by(SPECIALIST, CLINIC));
		assert_noop!(Care::opt_out_of(signed(WALLET), HOSPITAL), PalletError::AlreadyOptedOut);
		assert_noop!(Care::opt_out_of(signed(WALLET), 77), PalletError::UnknownOrganisation);
		assert_ok!(Care::opt_out(signed(WALLET)));
		assert_noop!(Care::opt_out(signed(WALLET)), PalletError::AlreadyOptedOut);
	});
}

#[test]
fn leaving_ends_the_relationship_and_opts_out_towards_its_organisation() {
	build_and_execute(|| {
		let id = open();
		assert_ok!(Care::leave(signed(VIEWER), id));
		assert!(!treats());
		let out = OptOut { towards: Towards::Organisation(HOSPITAL), from: now(), until: None };
		assert_eq!(<Care as CareRelations>::opt_outs(&PATIENT), [out]);
		let ended = Relationships::<Test>::get(id).unwrap();
		assert_eq!(ended.ended_by, Some(EndedBy::Patient));
		assert_noop!(Care::leave(signed(VIEWER), id), PalletError::AlreadyEnded);
	});
}

#[test]
fn an_opt_out_voids_invitations() {
	build_and_execute(|| {
		invite(HOSPITAL);
		invite(CLINIC);
		assert_ok!(Care::opt_out_of(signed(WALLET), HOSPITAL));
		assert_eq!(Care::invitations(&PATIENT).len(), 1);
		assert_noop!(open_by(CLINICIAN, HOSPITAL), PalletError::OptedOut);
		assert_ok!(Care::opt_out(signed(WALLET)));
		assert!(Care::invitations(&PATIENT).is_empty());
		assert_noop!(open_by(SPECIALIST, CLINIC), PalletError::OptedOut);
	});
}

#[test]
fn opting_in_waits_and_revives_no_relationship() {
	build_and_execute(|| {
		open();
		invite(HOSPITAL);
		assert_ok!(Care::opt_out(signed(VIEWER)));
		let towards = Towards::Everybody;
		assert_noop!(Care::opt_in(signed(VIEWER), towards), PalletError::NotAuthorised);
		let another = Towards::Organisation(HOSPITAL);
		assert_noop!(Care::opt_in(signed(WALLET), another), PalletError::NotOptedOut);
		assert_ok!(Care::opt_in(signed(WALLET), towards));
		assert_noop!(Care::opt_in(signed(WALLET), towards), PalletError::AlreadyPending);
		let apply = || Care::apply_opt_in(signed(STRANGER), PATIENT, towards);
		assert_noop!(apply(), PalletError::TooEarly);
		pass(DAY - 1);
		assert_noop!(apply(), PalletError::TooEarly);
		pass(1);
		assert_ok!(apply());
		assert_eq!(last_event(), Event::OptedIn { patient: PATIENT, towards, by: STRANGER });
		assert!(!treats(), "the relationship stays void");
		assert_noop!(open_by(CLINICIAN, HOSPITAL), PalletError::NotInvited);
		assert_noop!(apply(), PalletError::NotFound);
		open();
		assert!(treats());
	});
}

#[test]
fn any_key_calls_a_return_off_and_a_freeze_stops_it_for_ever() {
	build_and_execute(|| {
		assert_ok!(Care::opt_out(signed(VIEWER)));
		let towards = Towards::Everybody;
		let apply = || Care::apply_opt_in(signed(STRANGER), PATIENT, towards);
		assert_ok!(Care::opt_in(signed(WALLET), towards));
		assert_ok!(Care::cancel_opt_in(signed(VIEWER), towards));
		assert_noop!(Care::cancel_opt_in(signed(VIEWER), towards), PalletError::NotFound);
		pass(DAY);
		assert_noop!(apply(), PalletError::NotFound);

		assert_ok!(Care::opt_in(signed(WALLET), towards));
		pass(1);
		set_state(PATIENT, PatientState::Frozen);
		pass(DAY);
		assert_noop!(apply(), PalletError::WrongState);
		set_state(PATIENT, PatientState::Active);
		assert_noop!(apply(), PalletError::OptInStopped);
		assert_noop!(
			Care::apply_opt_in(signed(STRANGER), PatientId::repeat_byte(9), towards),
			PalletError::UnknownPatient
		);
		// What was stopped makes room, and may be asked for again.
		pass(1);
		assert_ok!(Care::opt_in(signed(WALLET), towards));
		pass(DAY);
		assert_ok!(apply());
	});
}

#[test]
fn opting_out_while_a_return_waits_calls_the_return_off() {
	build_and_execute(|| {
		for (towards, out) in [
			(Towards::Everybody, Call::<Test>::opt_out {}),
			(Towards::Organisation(CLINIC), Call::<Test>::opt_out_of { organisation: CLINIC }),
		] {
			let out = || {
				RuntimeCall::from(out.clone())
					.dispatch(signed(VIEWER))
					.map(|_| ())
					.map_err(|e| e.error)
			};
			assert_ok!(out());
			assert_noop!(out(), PalletError::AlreadyOptedOut);
			let before = Care::next_word(&PATIENT, CLINIC);
			assert_ok!(Care::opt_in(signed(WALLET), towards));
			assert_ok!(out());
			assert_eq!(
				last_event(),
				Event::OptInCancelled { patient: PATIENT, towards, by: VIEWER }
			);
			assert!(Care::pending_opt_ins(&PATIENT).is_empty());
			assert_eq!(Care::next_word(&PATIENT, CLINIC), before, "no second opt-out");
			assert_noop!(out(), PalletError::AlreadyOptedOut);
			pass(DAY);
			assert_noop!(
				Care::apply_opt_in(signed(STRANGER), PATIENT, towards),
				PalletError::NotFound
			);
		}
	});
}

#[test]
fn nobody_returns_to_an_organisation_that_was_flagged_meanwhile_and_what_waits_is_called_off() {
	build_and_execute(|| {
		let towards = Towards::Organisation(CLINIC);
		assert_ok!(Care::opt_out_of(signed(WALLET), CLINIC));
		assert_ok!(Care::opt_in(signed(WALLET), towards));
		pass(DAY);
		flag(CLINIC);
		let apply = || Care::apply_opt_in(signed(STRANGER), PATIENT, towards);
		assert_noop!(apply(), PalletError::FlaggedOrganisation);
		assert_noop!(Care::opt_in(signed(WALLET), towards), PalletError::FlaggedOrganisation);
		let nobody = Towards::Organisation(77);
		assert_noop!(Care::opt_in(signed(WALLET), nobody), PalletError::UnknownOrganisation);
		assert_noop!(
			Care::apply_opt_in(signed(STRANGER), PATIENT, nobody),
			PalletError::UnknownOrganisation
		);
		assert_ok!(Care::cancel_opt_in(signed(VIEWER), towards));
		assert!(Care::pending_opt_ins(&PATIENT).is_empty());
	});
}

/// Opts out towards `count` organisations, from number `first` on.
fn opt_out_of_many(first: OrgId, count: u32) {
	for org in first..first + count {
		add_organisation(org, HOSPITAL_ADMIN);
		assert_ok!(Care::opt_out_of(signed(WALLET), org));
	}
}

#[test]
fn one_patient_opts_out_towards_as_many_as_there_is_room_for_and_always_towards_everybody() {
	build_and_execute(|| {
		let id = open();
		opt_out_of_many(1_000, MAX_OPT_OUTS);
		assert_noop!(Care::opt_out_of(signed(WALLET), CLINIC), PalletError::TooManyOptOuts);
		assert_noop!(Care::leave(signed(WALLET), id), PalletError::TooManyOptOuts);
		assert_ok!(Care::opt_out(signed(WALLET)));
		assert!(!treats());
	});
}

#[test]
fn the_history_keeps_a_place_for_opting_out_towards_everybody() {
	build_and_execute(|| {
		let id = open();
		// Out and in again, as often as there is room for.
		let mut made = 0;
		while made < MAX_OPT_OUT_HISTORY - 1 {
			let batch = MAX_PENDING.min(MAX_OPT_OUT_HISTORY - 1 - made);
			opt_out_of_many(2_000 + made, batch);
			for org in 2_000 + made..2_000 + made + batch {
				assert_ok!(Care::opt_in(signed(WALLET), Towards::Organisation(org)));
			}
			pass(DAY);
			for org in 2_000 + made..2_000 + made + batch {
				let towards = Towards::Organisation(org);
				assert_ok!(Care::apply_opt_in(signed(WALLET), PATIENT, towards));
			}
			made += batch;
			check_everything();
		}
		assert_noop!(Care::opt_out_of(signed(WALLET), CLINIC), PalletError::OptOutHistoryFull);
		assert_noop!(Care::leave(signed(WALLET), id), PalletError::OptOutHistoryFull);
		if <Care as CareRelations>::relationship(&PATIENT, HOSPITAL, now()).is_some() {
			assert_ok!(Care::end(signed(WALLET), id));
		}
		assert_ok!(Care::opt_out(signed(WALLET)));
		assert_noop!(
			Care::opt_in(signed(WALLET), Towards::Everybody),
			PalletError::OptOutHistoryFull
		);
	});
}

#[test]
fn organisations_do_not_take_the_last_place_while_the_patient_has_opted_out_towards_everybody() {
	build_and_execute(|| {
		assert_ok!(Care::opt_out(signed(WALLET)));
		let mut made = 1;
		while made < MAX_OPT_OUT_HISTORY - 1 {
			let batch = MAX_PENDING.min(MAX_OPT_OUT_HISTORY - 1 - made);
			opt_out_of_many(2_000 + made, batch);
			for org in 2_000 + made..2_000 + made + batch {
				assert_ok!(Care::opt_in(signed(WALLET), Towards::Organisation(org)));
			}
			pass(DAY);
			for org in 2_000 + made..2_000 + made + batch {
				let towards = Towards::Organisation(org);
				assert_ok!(Care::apply_opt_in(signed(WALLET), PATIENT, towards));
			}
			made += batch;
		}
		assert_noop!(Care::opt_out_of(signed(WALLET), CLINIC), PalletError::OptOutHistoryFull);
		// So the patient can return, and opt out towards everybody once more.
		assert_ok!(Care::opt_in(signed(WALLET), Towards::Everybody));
		pass(DAY);
		assert_ok!(Care::apply_opt_in(signed(WALLET), PATIENT, Towards::Everybody));
		check_everything();
		assert_ok!(Care::opt_out(signed(WALLET)));
	});
}

#[test]
fn as_many_returns_wait_as_there_is_room_for() {
	build_and_execute(|| {
		opt_out_of_many(1_000, MAX_PENDING + 1);
		for org in 1_000..1_000 + MAX_PENDING {
			assert_ok!(Care::opt_in(signed(WALLET), Towards::Organisation(org)));
		}
		let one_more = Towards::Organisation(1_000 + MAX_PENDING);
		assert_noop!(Care::opt_in(signed(WALLET), one_more), PalletError::TooManyPending);
		assert_ok!(Care::cancel_opt_in(signed(WALLET), Towards::Organisation(1_000)));
		assert_ok!(Care::opt_in(signed(WALLET), one_more));
	});
}
