//! What other pallets ask: does this patient's consent let somebody treat it, now?

use super::*;
use salus_primitives::traits::TreatmentRelation;

fn treats(org: OrgId, who: u64) -> bool {
	let classes = DataClassSet::of(&[DataClass::Imaging, DataClass::Laboratory]);
	Consent::treats(&PATIENT, org, &who, classes)
}

#[test]
fn a_live_permit_for_treatment_is_a_relation() {
	build_and_execute(|| {
		assert!(!treats(HOSPITAL, CLINICIAN));
		let id = permit(Grantee::RoleAt(HOSPITAL, Role::Clinician));
		assert!(treats(HOSPITAL, CLINICIAN));
		assert!(!treats(HOSPITAL, NURSE));
		assert!(!treats(HOSPITAL, HOSPITAL_ADMIN), "the administrator stands for the organisation");
		assert!(!treats(CLINIC, CLINICIAN));
		assert!(!treats(HOSPITAL, STRANGER));
		assert!(!Consent::treats(&OTHER_PATIENT, HOSPITAL, &CLINICIAN, DataClassSet::ALL));
		revoke(id);
		assert!(!treats(HOSPITAL, CLINICIAN));
	});
}

#[test]
fn the_administrator_acts_for_the_organisation_and_only_its_own() {
	build_and_execute(|| {
		permit(Grantee::Organisation(HOSPITAL));
		assert!(treats(HOSPITAL, HOSPITAL_ADMIN));
		assert!(!treats(HOSPITAL, CLINIC_ADMIN));
		suspend(HOSPITAL);
		assert!(!treats(HOSPITAL, HOSPITAL_ADMIN));
		assert!(!treats(HOSPITAL, CLINICIAN));
	});
}

#[test]
fn one_class_is_enough_and_none_is_not() {
	build_and_execute(|| {
		permit(Grantee::Any);
		let ask = |classes| Consent::treats(&PATIENT, HOSPITAL, &CLINICIAN, classes);
		assert!(ask(DataClassSet::of(&[DataClass::Laboratory, DataClass::Genomics])));
		assert!(!ask(DataClassSet::of(&[DataClass::Genomics])));
		assert!(!ask(DataClassSet::EMPTY));
		assert!(!ask(DataClassSet(1 << 31)));
	});
}

#[test]
fn a_permit_for_another_purpose_for_old_data_or_without_reading_is_no_relation() {
	build_and_execute(|| {
		for scope in [
			scope_for(&[Purpose::Hpaymt, Purpose::Etreat]),
			Scope { data: Interval::new(0, now()), ..scope() },
			Scope { actions: ActionSet::of(&[Action::Amend]), ..scope() },
		] {
			let access = access_to(scope);
			assert_ok!(Consent::permit(RuntimeOrigin::signed(WALLET), Grantee::Any, access));
		}
		assert!(!treats(HOSPITAL, CLINICIAN));
		let current = access_to(Scope { data: Interval::new(now(), now() + DAY), ..scope() });
		assert_ok!(Consent::permit(RuntimeOrigin::signed(WALLET), Grantee::Any, current));
		assert!(treats(HOSPITAL, CLINICIAN));
	});
}

#[test]
fn denials_vetoes_and_states_count_as_they_do_for_decide() {
	build_and_execute(|| {
		permit(Grantee::Organisation(HOSPITAL));
		deny(Grantee::RoleAt(HOSPITAL, Role::Nurse));
		assert!(!treats(HOSPITAL, NURSE));
		assert!(treats(HOSPITAL, CLINICIAN));
		set_state(PATIENT, PatientState::Frozen);
		assert!(treats(HOSPITAL, CLINICIAN));
		set_state(PATIENT, PatientState::DeceasedFinal);
		assert!(!treats(HOSPITAL, CLINICIAN));
		set_state(PATIENT, PatientState::Active);
		assert_ok!(Consent::veto_purpose(RuntimeOrigin::signed(WALLET), Purpose::Treat));
		assert!(!treats(HOSPITAL, CLINICIAN));
		assert!(!Consent::treats(
			&PatientId::repeat_byte(99),
			HOSPITAL,
			&CLINICIAN,
			DataClassSet::ALL
		));
	});
}

#[test]
fn what_is_sealed_and_who_was_flagged_is_asked_once_for_both_purposes() {
	build_and_execute(|| {
		seal(Effect::Deny, Commitment::repeat_byte(1), Moment::MAX);
		let before = (asked_for_sealed(), asked_for_flags());
		assert!(!treats(HOSPITAL, CLINICIAN), "neither for treatment nor in an emergency");
		assert_eq!((asked_for_sealed() - before.0, asked_for_flags() - before.1), (1, 1));
	});
}
