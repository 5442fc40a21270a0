//! What somebody who broke the glass may see.

use super::*;
use salus_primitives::traits::TreatmentRelation;

/// The question of an emergency: to read laboratory results under BTG.
fn btg(actor: Actor<u64>) -> Question<u64> {
	Question { purpose: Purpose::Btg, ..question(actor) }
}

fn ask_btg(actor: Actor<u64>) -> Verdict {
	Consent::decide(&btg(actor)).unwrap()
}

#[test]
fn whoever_broke_the_glass_reads_for_four_hours_whatever_the_patient_has_said_besides() {
	build_and_execute(|| {
		deny(Grantee::Any);
		assert_ok!(Consent::veto_purpose(RuntimeOrigin::signed(VIEWER), Purpose::Treat));
		opt_out(Towards::Everybody);
		assert_eq!(ask_btg(HOSPITAL_CLINICIAN), BY_DEFAULT);
		break_glass(CLINICIAN, HOSPITAL);
		let emergency = Verdict::Emergency(0);
		assert_eq!(ask_btg(HOSPITAL_CLINICIAN), emergency);
		assert_eq!(ask_btg(Actor::Practitioner { who: NURSE, organisation: HOSPITAL }), BY_DEFAULT);
		assert_eq!(ask_btg(Actor::Organisation(HOSPITAL)), BY_DEFAULT);
		assert!(!ask(HOSPITAL_CLINICIAN).allows(), "it opens nothing for treatment");
		set_state(PATIENT, PatientState::Frozen);
		assert_eq!(ask_btg(HOSPITAL_CLINICIAN), emergency);
		let from = now();
		pass(4 * HOUR);
		assert_eq!(ask_btg(HOSPITAL_CLINICIAN), Verdict::Deny(Reason::State));
		let then = Question { at: Some(from + 4 * HOUR - 1), ..btg(HOSPITAL_CLINICIAN) };
		assert_eq!(Consent::decide(&then), Ok(emergency));
	});
}

#[test]
fn the_advance_directive_in_force_at_the_moment_counts() {
	build_and_execute(|| {
		break_glass(CLINICIAN, HOSPITAL);
		let labels = LabelSet::of(&[SensitivityLabel::Psy]);
		let labelled = |at| {
			let question = Question { labels, at: Some(at), ..btg(HOSPITAL_CLINICIAN) };
			Consent::decide(&question).unwrap()
		};
		pass(10);
		set_advance(AdvanceDirective::NoLabelled);
		pass(10);
		assert!(labelled(now() - 11).allows());
		assert!(!labelled(now()).allows());
		assert!(ask_btg(HOSPITAL_CLINICIAN).allows());
		set_advance(AdvanceDirective::NoEmergency);
		assert!(!ask_btg(HOSPITAL_CLINICIAN).allows());
	});
}

#[test]
fn a_licence_that_is_suspended_ends_it() {
	build_and_execute(|| {
		break_glass(CLINICIAN, HOSPITAL);
		suspend(HOSPITAL);
		assert_eq!(ask_btg(HOSPITAL_CLINICIAN), Verdict::Deny(Reason::Credential));
	});
}

#[test]
fn an_emergency_counts_for_whoever_writes_a_record_of_it() {
	build_and_execute(|| {
		let treats = |who, classes| Consent::treats(&PATIENT, HOSPITAL, &who, classes);
		let laboratory = DataClassSet::of(&[DataClass::Laboratory]);
		assert!(!treats(CLINICIAN, laboratory));
		break_glass(CLINICIAN, HOSPITAL);
		assert!(treats(CLINICIAN, laboratory));
		assert!(!treats(CLINICIAN, DataClassSet::of(&[DataClass::Imaging])));
		assert!(!treats(NURSE, laboratory));
		pass(4 * HOUR);
		assert!(!treats(CLINICIAN, laboratory));
	});
}
