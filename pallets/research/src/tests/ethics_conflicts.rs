//! Conflicts of interest at the ethics body: who approves nothing, and when nobody does.

use super::*;

const COLLEAGUE: u64 = 703;

fn approve_by(who: u64, study: StudyId) -> DispatchResult {
	Research::approve_ethics(signed(who), ETHICS, study, commitment(3), now() + 5)
}

/// The body's administrator invites its members, and one signature approves.
#[test]
fn nothing_is_approved_while_whoever_administers_the_ethics_body_has_a_part_in_the_study() {
	build_and_execute(|| {
		hire(CLINIC, INVESTIGATOR, Role::Clinician);
		let (employee, former) = (701, 702);
		hire(INSTITUTE, employee, Role::Researcher);
		hire(INSTITUTE, former, Role::Nurse);
		hire(CLINIC, COLLEAGUE, Role::Nurse);
		pass(10);
		dismiss(INSTITUTE, former);
		pass(YEAR - 1);
		let study = registered();
		for admin in [INSTITUTE_ADMIN, CLINIC_ADMIN, employee, former, COLLEAGUE] {
			hand_over(ETHICS, admin);
			assert_noop!(approve(study, now() + 5), PalletError::AdministratorRecused);
		}
		// The investigator as the administrator acts for the body.
		hand_over(ETHICS, INVESTIGATOR);
		assert_noop!(approve(study, now() + 5), PalletError::OwnStudy);
		// Nor does a member approve whom such a one has invited, until another administers the body.
		hand_over(ETHICS, employee);
		hire(ETHICS, STRANGER, Role::EthicsMember);
		assert_noop!(approve_by(STRANGER, study), PalletError::AdministratorRecused);
		hand_over(ETHICS, ETHICS_ADMIN);
		assert_ok!(approve_by(STRANGER, study));
		// To end an approval needs nobody's impartiality: it opens nothing.
		hand_over(ETHICS, employee);
		assert_ok!(Research::suspend_ethics(signed(ETHICIST), ETHICS, study));
	});
	// The one who put the study's deposit down, also after handing the institution over.
	build_and_execute(|| {
		let study = registered();
		hand_over(INSTITUTE, STRANGER);
		hand_over(ETHICS, INSTITUTE_ADMIN);
		assert_noop!(approve(study, now() + 5), PalletError::AdministratorRecused);
	});
}

#[test]
fn whoever_works_beside_the_investigator_elsewhere_or_administers_that_place_approves_nothing() {
	build_and_execute(|| {
		hire(CLINIC, INVESTIGATOR, Role::Clinician);
		hire(CLINIC, COLLEAGUE, Role::Nurse);
		for member in [COLLEAGUE, CLINIC_ADMIN, HOSPITAL_ADMIN] {
			hire(ETHICS, member, Role::EthicsMember);
		}
		let study = registered();
		assert_noop!(approve_by(COLLEAGUE, study), PalletError::OwnStudy);
		assert_noop!(approve_by(CLINIC_ADMIN, study), PalletError::OwnStudy);
		// Another place, at which the investigator is not, is nothing to the study.
		assert_ok!(approve_by(HOSPITAL_ADMIN, study));
		pass(10);
		dismiss(CLINIC, INVESTIGATOR);
		pass(YEAR - 1);
		assert_noop!(approve_by(COLLEAGUE, study), PalletError::OwnStudy);
		pass(1);
		assert_ok!(approve_by(COLLEAGUE, study));
	});
}

/// Nobody is left out of the comparison: what cannot be compared is not approved.
#[test]
fn no_study_is_approved_whose_investigator_works_for_too_many_others() {
	build_and_execute(|| {
		let study = registered();
		for place in ELSEWHERE {
			hire(place, INVESTIGATOR, Role::Clinician);
		}
		assert_noop!(approve(study, now() + 5), PalletError::TooManyEmployers);
		pass(10);
		dismiss(ELSEWHERE[0], INVESTIGATOR);
		pass(YEAR);
		assert_ok!(approve(study, now() + 5));
	});
}
