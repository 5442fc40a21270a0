//! A base decision of Permit ends by itself, and goes no further than the narrowest directive.

use super::*;

use BaseDecision::{Deny, Permit, Unset};

const BY_BASE: Verdict = Verdict::Permit(Basis::Base);

/// A day after it was asked for, the patient's base decision is Permit. Since when.
fn relax_to_permit() -> Moment {
	assert_ok!(Consent::relax_base_decision(RuntimeOrigin::signed(WALLET), Permit));
	pass(DAY);
	let target = LiftTarget::BaseDecision(Permit);
	assert_ok!(Consent::apply_lift(RuntimeOrigin::signed(STRANGER), PATIENT, target));
	now()
}

fn set(decision: BaseDecision) -> sp_runtime::DispatchResult {
	Consent::set_base_decision(RuntimeOrigin::signed(VIEWER), decision)
}

#[test]
fn it_ends_with_its_term_to_the_second_without_anybodys_call() {
	build_and_execute(|| {
		let from = relax_to_permit();
		set_now(from + BASE_PERMIT_TERM - 1);
		assert_eq!(ask(CLINIC_SPECIALIST), BY_BASE);
		pass(1);
		assert_eq!(ask(CLINIC_SPECIALIST), BY_DEFAULT);
		let told = [from - 1, from, now() - 1].map(|at| ask_at(CLINIC_SPECIALIST, at));
		assert_eq!(told, [BY_DEFAULT, BY_BASE, BY_BASE], "the past stays");
	});
}

#[test]
fn after_its_term_it_is_unset_so_a_relationship_lets_and_a_deny_is_stricter() {
	build_and_execute(|| {
		let from = relax_to_permit();
		set_now(from + BASE_PERMIT_TERM);
		set_policy(CarePolicy::CareTeam);
		relate(HOSPITAL);
		let lawful = Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(0));
		assert_eq!(ask(HOSPITAL_CLINICIAN), lawful);
		assert_noop!(set(Unset), Error::<Test>::NotStricter);
		assert_ok!(set(Deny));
		assert_eq!(ask(HOSPITAL_CLINICIAN), BY_DEFAULT);
	});
}

#[test]
fn it_can_be_asked_for_anew_once_it_has_ended_and_not_before() {
	build_and_execute(|| {
		let from = relax_to_permit();
		let again = || Consent::relax_base_decision(RuntimeOrigin::signed(WALLET), Permit);
		set_now(from + BASE_PERMIT_TERM - 1);
		assert_noop!(again(), Error::<Test>::NotLooser);
		set_now(from + BASE_PERMIT_TERM + 10);
		let second = relax_to_permit();
		assert_eq!(ask(CLINIC_SPECIALIST), BY_BASE);
		// Between the two nothing was let, and that stays as well.
		for at in [from + BASE_PERMIT_TERM, second - 1] {
			assert_eq!(ask_at(CLINIC_SPECIALIST, at), BY_DEFAULT);
		}
		let terms = Consent::base_decisions(&PATIENT);
		assert_eq!(
			terms,
			[from, second].map(|from| BaseTerm { from, decision: Permit }),
			"nothing is written when it ends"
		);
	});
}

#[test]
fn it_lets_nobody_amend_or_pass_on_and_nothing_of_the_dead() {
	build_and_execute(|| {
		relax_to_permit();
		let asked = |action| Consent::decide(&Question { action, ..question(CLINIC_SPECIALIST) });
		assert_eq!(asked(Action::Export), Ok(BY_BASE));
		for action in [Action::Amend, Action::Redisclose] {
			assert_eq!(asked(action), Ok(BY_DEFAULT), "{action:?}");
		}
		let alive = now();
		pass(10);
		set_state(PATIENT, PatientState::DeceasedProvisional);
		assert_eq!(ask(CLINIC_SPECIALIST), BY_DEFAULT);
		assert_eq!(ask_at(CLINIC_SPECIALIST, alive), BY_BASE);
	});
}
