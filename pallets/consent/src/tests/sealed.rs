//! What consent makes of sealed directives: on the chain without their openings, at one's own node with them.

use super::*;
use salus_consent_decision::sealed::commit;
use salus_primitives::traits::TreatmentRelation;

const HIV: [SensitivityLabel; 1] = [SensitivityLabel::Hiv];

fn labelled(actor: Actor<u64>) -> Question<u64> {
	Question { labels: LabelSet::of(&HIV), ..question(actor) }
}

fn of_the_clinic_for_hiv() -> Question<u64> {
	question(Actor::Organisation(HIV_CLINIC))
}

fn decide(question: &Question<u64>) -> Verdict {
	Consent::decide(question).unwrap()
}

fn decide_at(question: &Question<u64>, at: Moment) -> Verdict {
	decide(&Question { at: Some(at), ..question.clone() })
}

/// What opens a directive about data labelled HIV.
fn opening(grantee: Grantee<u64>) -> Opening<u64> {
	let scope = Scope { labels: LabelSet::of(&HIV), ..scope() };
	Opening { salt: [5; 32], content: SealedContent { grantee, scope, erase_after: None } }
}

fn genesis() -> [u8; 32] {
	System::block_hash(0).0
}

/// The patient seals one for 30 days, which gets the number `id`.
fn seal_for(id: SealedId, effect: Effect, opening: &Opening<u64>) {
	let commitment = commit(&genesis(), &PATIENT, id, effect, opening);
	seal(effect, commitment, now() + 30 * DAY);
}

fn unopened(id: SealedId) -> Verdict {
	Verdict::Deny(Reason::Sealed(id))
}

fn sealed_permit(id: SealedId) -> Verdict {
	Verdict::Permit(Basis::SealedDirective(id))
}

#[test]
fn a_sealed_permit_lets_at_ones_own_node_and_not_on_the_chain() {
	build_and_execute(|| {
		let right = opening(Grantee::Organisation(HOSPITAL));
		seal_for(0, Effect::Permit, &right);
		let asked = labelled(HOSPITAL_CLINICIAN);
		assert_eq!(decide(&asked), BY_DEFAULT);
		let with = |openings: &[(SealedId, Opening<u64>)], question: &Question<u64>| {
			Consent::decide_with(question, openings).unwrap()
		};
		assert_eq!(with(&[(0, right.clone())], &asked), sealed_permit(0));
		assert_eq!(with(&[(0, right.clone())], &labelled(CLINIC_SPECIALIST)), BY_DEFAULT);
		assert_eq!(with(&[(1, right.clone())], &asked), BY_DEFAULT);
		let wrong = Opening { salt: [6; 32], ..right.clone() };
		assert_eq!(with(&[(0, wrong.clone())], &asked), BY_DEFAULT);
		assert_eq!(with(&[(0, wrong), (0, right.clone())], &asked), sealed_permit(0));
		// Unlabelled data, too, as its plain form would.
		assert_eq!(with(&[(0, right)], &question(HOSPITAL_CLINICIAN)), sealed_permit(0));
	});
}

#[test]
fn a_sealed_permit_lets_a_flagged_organisation_that_no_plain_one_may_name() {
	build_and_execute(|| {
		let right = opening(Grantee::Organisation(HIV_CLINIC));
		seal_for(0, Effect::Permit, &right);
		let asked = labelled(Actor::Organisation(HIV_CLINIC));
		assert_eq!(Consent::decide_with(&asked, &[(0, right.clone())]), Ok(sealed_permit(0)));
		pass(30 * DAY);
		assert_eq!(Consent::decide_with(&asked, &[(0, right.clone())]), Ok(BY_DEFAULT));
		let then = Question { at: Some(now() - 1), ..asked };
		assert_eq!(Consent::decide_with(&then, &[(0, right)]), Ok(sealed_permit(0)));
	});
}

#[test]
fn a_sealed_denial_shuts_labelled_data_and_flagged_organisations_on_the_chain_and_nothing_else() {
	build_and_execute(|| {
		let id = permit(Grantee::Any);
		assert_eq!(decide(&of_the_clinic_for_hiv()), permitted(id));
		assert_eq!(decide(&labelled(HOSPITAL_CLINICIAN)), BY_DEFAULT);
		pass(10);
		let denial = opening(Grantee::Organisation(HIV_CLINIC));
		seal_for(0, Effect::Deny, &denial);
		assert_eq!(decide(&of_the_clinic_for_hiv()), unopened(0));
		assert_eq!(decide(&labelled(HOSPITAL_CLINICIAN)), unopened(0));
		assert_eq!(decide(&question(HOSPITAL_CLINICIAN)), permitted(id));
		assert_eq!(decide(&question(Actor::Own(WALLET))), Verdict::Permit(Basis::Own));
		assert_eq!(decide_at(&of_the_clinic_for_hiv(), START), permitted(id));
		// Whoever has the opening knows whom it is about.
		let opened = [(0, denial)];
		let about_the_clinic = Consent::decide_with(&of_the_clinic_for_hiv(), &opened);
		assert_eq!(about_the_clinic, Ok(permitted(id)), "that one is for labelled data alone");
		let labelled_there = Question { labels: LabelSet::of(&HIV), ..of_the_clinic_for_hiv() };
		let refused = Verdict::Deny(Reason::SealedDirective(0));
		assert_eq!(Consent::decide_with(&labelled_there, &opened), Ok(refused));
		let elsewhere = Consent::decide_with(&labelled(HOSPITAL_CLINICIAN), &opened);
		assert_eq!(elsewhere, Ok(BY_DEFAULT));
	});
}

#[test]
fn who_may_write_a_record_is_decided_without_openings() {
	build_and_execute(|| {
		permit(Grantee::Any);
		let treats = |org, who: u64| {
			<Consent as TreatmentRelation<u64>>::treats(&PATIENT, org, &who, DataClassSet::ALL)
		};
		assert!(treats(HIV_CLINIC, HIV_CLINIC_ADMIN) && treats(HOSPITAL, CLINICIAN));
		seal_for(0, Effect::Deny, &opening(Grantee::Any));
		assert!(!treats(HIV_CLINIC, HIV_CLINIC_ADMIN) && treats(HOSPITAL, CLINICIAN));
		lose_sealed();
		assert!(!treats(HOSPITAL, CLINICIAN), "what is not known is not let");
	});
}

#[test]
fn a_flag_that_comes_counts_from_then_on_and_one_that_goes_ends_no_denial() {
	build_and_execute(|| {
		let id = permit(Grantee::Any);
		let asked = question(Actor::Organisation(CLINIC));
		let (open, shut) = (permitted(id), unopened(0));
		seal_for(0, Effect::Deny, &opening(Grantee::Any));
		assert_eq!(decide(&asked), open);
		pass(10);
		flag(CLINIC);
		assert_eq!(decide(&asked), shut);
		pass(10);
		// The registrar cannot loosen for the patient.
		unflag(CLINIC);
		assert_eq!(decide(&asked), shut);
		pass(10);
		let then = [0, 9, 10, 19, 20, 30];
		let expected = [open, open, shut, shut, shut, shut];
		assert_eq!(then.map(|after| decide_at(&asked, START + after)), expected);
		// One that begins now could have been made in plain.
		set_now(START + 40 * DAY);
		let id = permit(Grantee::Any);
		seal_for(1, Effect::Deny, &opening(Grantee::Any));
		assert_eq!(decide(&asked), permitted(id));
		assert_eq!(then.map(|after| decide_at(&asked, START + after)), expected);
	});
}

#[test]
fn taking_a_flag_off_lets_nobody_in_whom_the_patient_had_shut_out() {
	build_and_execute(|| {
		// In plain the clinic cannot be named, neither to let nor to forbid.
		let clinic = Grantee::Organisation(HIV_CLINIC);
		let plain = Consent::deny(RuntimeOrigin::signed(WALLET), clinic, scope(), now() + DAY);
		assert_eq!(plain, Err(Error::<Test>::FlaggedOrganisation.into()));
		let id = permit(Grantee::Any);
		let denial = Opening {
			content: SealedContent { grantee: clinic, scope: scope(), erase_after: None },
			..opening(clinic)
		};
		seal_for(0, Effect::Deny, &denial);
		assert_eq!(decide(&of_the_clinic_for_hiv()), unopened(0));
		unflag(HIV_CLINIC);
		assert_eq!(decide(&of_the_clinic_for_hiv()), unopened(0), "in the same block");
		pass(DAY);
		assert_eq!(decide(&of_the_clinic_for_hiv()), unopened(0));
		let opened = Consent::decide_with(&of_the_clinic_for_hiv(), &[(0, denial)]);
		assert_eq!(opened, Ok(Verdict::Deny(Reason::SealedDirective(0))));
		// It is over when the patient has said so.
		pass(29 * DAY - 1);
		assert_eq!(decide(&of_the_clinic_for_hiv()), unopened(0));
		pass(1);
		assert_eq!(decide(&of_the_clinic_for_hiv()), BY_DEFAULT);
		assert_eq!(decide_at(&of_the_clinic_for_hiv(), START + DAY), unopened(0));
		assert_ne!(decide_at(&of_the_clinic_for_hiv(), START + DAY), permitted(id));
	});
}

#[test]
fn a_person_who_works_at_a_flagged_organisation_is_shut_out_at_the_ordinary_one_as_well() {
	build_and_execute(|| {
		hire(HIV_CLINIC, CLINICIAN, Role::Nurse);
		let plain = Consent::deny(
			RuntimeOrigin::signed(WALLET),
			Grantee::PractitionerAt(CLINICIAN, HOSPITAL),
			scope(),
			now() + DAY,
		);
		assert_eq!(plain, Err(Error::<Test>::FlaggedOrganisation.into()));
		let id = permit(Grantee::Any);
		let asked = question(HOSPITAL_CLINICIAN);
		assert_eq!(decide(&asked), permitted(id));
		pass(10);
		seal_for(0, Effect::Deny, &opening(Grantee::Practitioner(CLINICIAN)));
		assert_eq!(decide(&asked), unopened(0));
		// Colleagues who work nowhere else, and the hospital as such, are not meant.
		let nurse = question(Actor::Practitioner { who: NURSE, organisation: HOSPITAL });
		assert_eq!(decide(&nurse), permitted(id));
		assert_eq!(decide(&question(Actor::Organisation(HOSPITAL))), permitted(id));
		pass(10);
		// Leaving the clinic, or the clinic's flag, ends nothing that the patient has said.
		dismiss(HIV_CLINIC, CLINICIAN);
		unflag(HIV_CLINIC);
		assert_eq!(decide(&asked), unopened(0));
		pass(10);
		let told = [9, 10, 19, 20, 30].map(|after| decide_at(&asked, START + after));
		let shut = unopened(0);
		assert_eq!(told, [permitted(id), shut, shut, shut, shut]);
		let treats = |who: u64| {
			<Consent as TreatmentRelation<u64>>::treats(&PATIENT, HOSPITAL, &who, DataClassSet::ALL)
		};
		assert!(!treats(CLINICIAN) && treats(NURSE));
	});
}

#[test]
fn of_several_flags_the_one_that_lasted_into_the_denial_counts_whichever_is_told_first() {
	for lasting in [Some(HOSPITAL), Some(HIV_CLINIC), None] {
		build_and_execute(|| {
			hire(HIV_CLINIC, CLINICIAN, Role::Nurse);
			let id = permit(Grantee::Any);
			flag(HOSPITAL);
			pass(10);
			for org in [HOSPITAL, HIV_CLINIC] {
				if lasting != Some(org) {
					unflag(org);
				}
			}
			pass(10);
			seal_for(0, Effect::Deny, &opening(Grantee::Any));
			let expected = if lasting.is_some() { unopened(0) } else { permitted(id) };
			assert_eq!(decide(&question(HOSPITAL_CLINICIAN)), expected, "{lasting:?}");
		});
	}
}

#[test]
fn flags_are_asked_for_only_where_a_denial_is_sealed_that_could_be_about_the_question_for_no_other_reason(
) {
	build_and_execute(|| {
		let asked = |question: &Question<u64>| {
			let before = (asked_for_sealed(), asked_for_flags());
			decide(question);
			(asked_for_sealed() - before.0, asked_for_flags() - before.1)
		};
		assert_eq!(asked(&labelled(Actor::Own(WALLET))), (0, 0));
		assert_eq!(asked(&question(HOSPITAL_CLINICIAN)), (1, 0));
		seal_for(0, Effect::Permit, &opening(Grantee::Any));
		assert_eq!(asked(&question(HOSPITAL_CLINICIAN)), (1, 0));
		seal_for(1, Effect::Deny, &opening(Grantee::Any));
		assert_eq!(asked(&question(HOSPITAL_CLINICIAN)), (1, 1));
		assert_eq!(asked(&of_the_clinic_for_hiv()), (1, 1));
		assert_eq!(asked(&labelled(HOSPITAL_CLINICIAN)), (1, 0));
	});
}

#[test]
fn without_its_history_a_question_has_no_answer_and_with_too_many_openings_neither() {
	build_and_execute(|| {
		let one = (0, opening(Grantee::Any));
		let most = vec![one.clone(); MAX_OPENINGS as usize];
		let asked = labelled(HOSPITAL_CLINICIAN);
		assert_eq!(Consent::decide_with(&asked, &most), Ok(BY_DEFAULT));
		let more = [most, vec![one]].concat();
		let refused = Err(QuestionError::TooManyOpenings);
		assert_eq!(Consent::decide_with(&asked, &more), refused);
		lose_sealed();
		assert_eq!(Consent::decide(&asked), Err(QuestionError::HistoryUnavailable));
		// There could be a denial in it.
		let unlabelled = Consent::decide(&question(HOSPITAL_CLINICIAN));
		assert_eq!(unlabelled, Err(QuestionError::HistoryUnavailable));
		assert_eq!(Consent::decide(&question(Actor::Own(WALLET))), Ok(Verdict::Permit(Basis::Own)));
	});
}
