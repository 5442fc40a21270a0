//! Vetoes of purposes.

use super::*;

fn veto(purpose: Purpose) {
	assert_ok!(Consent::veto_purpose(RuntimeOrigin::signed(VIEWER), purpose));
}

fn lift_veto(purpose: Purpose) {
	assert_ok!(Consent::lift_veto(RuntimeOrigin::signed(WALLET), purpose));
	pass(DAY);
	let target = LiftTarget::Veto(purpose);
	assert_ok!(Consent::apply_lift(RuntimeOrigin::signed(STRANGER), PATIENT, target));
}

#[test]
fn a_veto_beats_the_most_specific_permit_from_its_own_block_on() {
	build_and_execute(|| {
		let id = permit(Grantee::Practitioner(CLINICIAN));
		pass(HOUR);
		veto(Purpose::Treat);
		let by = VIEWER;
		assert_eq!(
			last_event(),
			Event::PurposeVetoed { patient: PATIENT, purpose: Purpose::Treat, by }
		);
		assert_eq!(ask(HOSPITAL_CLINICIAN), Verdict::Deny(Reason::Veto));
		assert_eq!(ask_at(HOSPITAL_CLINICIAN, now() - 1), permitted(id));
		// A Permit made after the veto does not help either.
		permit(Grantee::Practitioner(CLINICIAN));
		assert_eq!(ask(HOSPITAL_CLINICIAN), Verdict::Deny(Reason::Veto));
	});
}

#[test]
fn a_veto_leaves_other_purposes_alone() {
	build_and_execute(|| {
		let id = permit(Grantee::Any);
		veto(Purpose::Etreat);
		assert_eq!(ask(HOSPITAL_CLINICIAN), permitted(id));
	});
}

#[test]
fn a_second_veto_is_an_error_and_so_is_lifting_none() {
	build_and_execute(|| {
		veto(Purpose::Hresch);
		assert_noop!(
			Consent::veto_purpose(RuntimeOrigin::signed(WALLET), Purpose::Hresch),
			Error::<Test>::AlreadyVetoed
		);
		assert_noop!(
			Consent::lift_veto(RuntimeOrigin::signed(WALLET), Purpose::Treat),
			Error::<Test>::NotVetoed
		);
	});
}

#[test]
fn break_the_glass_cannot_be_vetoed_here() {
	build_and_execute(|| {
		assert_noop!(
			Consent::veto_purpose(RuntimeOrigin::signed(WALLET), Purpose::Btg),
			Error::<Test>::PurposeExcluded
		);
	});
}

#[test]
fn a_lifted_veto_stays_in_every_answer_about_its_time() {
	build_and_execute(|| {
		let id = permit(Grantee::Any);
		pass(HOUR);
		veto(Purpose::Treat);
		let from = now();
		lift_veto(Purpose::Treat);
		let until = now();
		assert_eq!(ask(HOSPITAL_CLINICIAN), permitted(id));
		pass(HOUR);
		veto(Purpose::Treat);
		assert_eq!(
			Consent::vetoes(&PATIENT),
			vec![
				PurposeVeto { purpose: Purpose::Treat, from, until: Some(until) },
				PurposeVeto { purpose: Purpose::Treat, from: now(), until: None },
			]
		);
		for (at, vetoed) in [
			(from - 1, false),
			(from, true),
			(until - 1, true),
			(until, false),
			(now() - 1, false),
			(now(), true),
		] {
			let expected = if vetoed { Verdict::Deny(Reason::Veto) } else { permitted(id) };
			assert_eq!(ask_at(HOSPITAL_CLINICIAN, at), expected, "{at}");
		}
	});
}

/// However often vetoes were lifted, every purpose can be vetoed; what ends is the lifting.
#[test]
fn there_is_always_room_for_a_veto() {
	build_and_execute(|| {
		let purposes = || Purpose::ALL.iter().copied().filter(|purpose| *purpose != Purpose::Btg);
		for _ in 0..MAX_VETOES - VETO_ROOM {
			veto(Purpose::Treat);
			lift_veto(Purpose::Treat);
		}
		purposes().for_each(veto);
		assert_noop!(
			Consent::lift_veto(RuntimeOrigin::signed(WALLET), Purpose::Treat),
			Error::<Test>::VetoHistoryFull
		);
		purposes().for_each(|purpose| {
			let asked = Question { purpose, ..question(HOSPITAL_CLINICIAN) };
			assert_eq!(Consent::decide(&asked), Ok(Verdict::Deny(Reason::Veto)));
		});
	});
}

#[test]
fn the_last_place_of_the_history_goes_to_the_lift_that_is_applied_first() {
	build_and_execute(|| {
		for _ in 0..MAX_VETOES - VETO_ROOM - 1 {
			veto(Purpose::Treat);
			lift_veto(Purpose::Treat);
		}
		let wallet = || RuntimeOrigin::signed(WALLET);
		for purpose in [Purpose::Treat, Purpose::Hresch] {
			veto(purpose);
			assert_ok!(Consent::lift_veto(wallet(), purpose));
		}
		pass(DAY);
		assert_ok!(Consent::apply_lift(wallet(), PATIENT, LiftTarget::Veto(Purpose::Hresch)));
		assert_noop!(
			Consent::apply_lift(wallet(), PATIENT, LiftTarget::Veto(Purpose::Treat)),
			Error::<Test>::VetoHistoryFull
		);
		assert_eq!(ask(HOSPITAL_CLINICIAN), Verdict::Deny(Reason::Veto));
	});
}
