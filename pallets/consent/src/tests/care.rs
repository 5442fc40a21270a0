//! Care by default: what a live relationship lets under `CareTeam`, and what of the patient's words stops it.

use super::*;
use salus_primitives::traits::TreatmentRelation;

const LAWFUL: Verdict = Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(0));

fn on_the_team() {
	set_policy(CarePolicy::CareTeam);
	relate(HOSPITAL);
}

#[test]
fn a_patient_who_never_signed_a_directive_is_treated_under_care_team_and_not_under_consent_only() {
	build_and_execute(|| {
		relate(HOSPITAL);
		assert_eq!(ask(HOSPITAL_CLINICIAN), BY_DEFAULT);
		set_policy(CarePolicy::CareTeam);
		assert_eq!(ask(HOSPITAL_CLINICIAN), LAWFUL);
		assert_eq!(ask(Actor::Organisation(HOSPITAL)), LAWFUL);
		assert_eq!(ask(CLINIC_SPECIALIST), BY_DEFAULT);
		let labelled = LabelSet::of(&[SensitivityLabel::Hiv]);
		let labelled = Question { labels: labelled, ..question(HOSPITAL_CLINICIAN) };
		assert_eq!(Consent::decide(&labelled), Ok(BY_DEFAULT));
	});
}

#[test]
fn one_veto_one_deny_one_opt_out_and_an_end_each_stop_it_in_the_same_block() {
	build_and_execute(|| {
		on_the_team();
		assert_ok!(Consent::veto_purpose(RuntimeOrigin::signed(VIEWER), Purpose::Treat));
		assert_eq!(ask(HOSPITAL_CLINICIAN), Verdict::Deny(Reason::Veto));
	});
	build_and_execute(|| {
		on_the_team();
		let id = deny(Grantee::Organisation(HOSPITAL));
		assert_eq!(ask(HOSPITAL_CLINICIAN), denied(id));
	});
	for towards in [Towards::Everybody, Towards::Organisation(HOSPITAL)] {
		build_and_execute(|| {
			on_the_team();
			opt_out(towards);
			assert_eq!(ask(HOSPITAL_CLINICIAN), BY_DEFAULT);
		});
	}
	build_and_execute(|| {
		on_the_team();
		part();
		assert_eq!(ask(HOSPITAL_CLINICIAN), BY_DEFAULT);
	});
}

#[test]
fn answers_for_moments_before_a_policy_an_end_and_an_opt_out_stay_as_they_were() {
	build_and_execute(|| {
		relate(HOSPITAL);
		let mut told = vec![];
		let steps: [fn(); 5] = [
			|| set_policy(CarePolicy::CareTeam),
			part,
			|| relate(HOSPITAL),
			|| opt_out(Towards::Organisation(HOSPITAL)),
			|| set_policy(CarePolicy::ConsentOnly),
		];
		let verdict = |at| ask_at(HOSPITAL_CLINICIAN, at);
		for step in steps {
			pass(10);
			told.push((now() - 1, verdict(now() - 1)));
			step();
			for (at, answer) in &told {
				assert_eq!(verdict(*at), *answer, "{at}");
			}
		}
		let allowed: Vec<bool> = told.iter().map(|(_, answer)| answer.allows()).collect();
		assert_eq!(allowed, [false, true, false, true, false]);
	});
}

#[test]
fn a_relationship_counts_for_those_who_write_records() {
	build_and_execute(|| {
		let treats = |who| Consent::treats(&PATIENT, HOSPITAL, &who, DataClassSet::ALL);
		relate(HOSPITAL);
		assert!(!treats(CLINICIAN));
		set_policy(CarePolicy::CareTeam);
		assert!(treats(CLINICIAN) && treats(NURSE) && treats(HOSPITAL_ADMIN));
		assert!(!treats(SPECIALIST) && !treats(STRANGER));
		opt_out(Towards::Everybody);
		assert!(!treats(CLINICIAN));
	});
}
