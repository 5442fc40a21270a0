//! Tightening calls are free if, and only if, they take effect: none of them can be repeated.

use super::*;
use frame_support::dispatch::CheckIfFeeless;
use sp_runtime::traits::Dispatchable;

fn free(call: &RuntimeCall, by: u64) -> bool {
	call.is_feeless(&RuntimeOrigin::signed(by))
}

fn effective(call: &RuntimeCall, by: u64) -> bool {
	call.clone().dispatch(RuntimeOrigin::signed(by)).is_ok()
}

/// Free for a live key of the patient, once; never for anybody else.
fn free_once(call: Call<Test>) {
	let call = RuntimeCall::Consent(call);
	for other in [STRANGER, CLINICIAN, HOSPITAL_ADMIN] {
		assert!(!free(&call, other), "{call:?} by {other}");
	}
	for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
		assert!(!call.is_feeless(&origin), "{call:?}");
	}
	set_state(PATIENT, PatientState::Retired);
	assert!(!free(&call, VIEWER), "{call:?} for a retired handle");
	set_state(PATIENT, PatientState::Frozen);
	assert!(free(&call, VIEWER), "{call:?}");
	assert!(effective(&call, VIEWER), "{call:?}");
	assert!(!free(&call, VIEWER), "{call:?} again");
	assert!(!effective(&call, VIEWER), "{call:?} again");
	set_state(PATIENT, PatientState::Active);
}

#[test]
fn tightening_is_free_once() {
	build_and_execute(|| {
		let directive = permit(Grantee::Any);
		let denial = deny(Grantee::Any);
		let request = request(access());
		assert_ok!(Consent::lift(RuntimeOrigin::signed(WALLET), denial));
		let target = LiftTarget::Directive(denial);
		free_once(Call::revoke { directive });
		free_once(Call::veto_purpose { purpose: Purpose::Hresch });
		free_once(Call::decline { request });
		free_once(Call::cancel_lift { target });
		free_once(Call::set_base_decision { decision: BaseDecision::Deny });
	});
}

#[test]
fn another_patients_key_is_free_for_its_own_handle_alone() {
	build_and_execute(|| {
		let directive = permit(Grantee::Any);
		let request = request(access());
		for call in [Call::revoke { directive }, Call::decline { request }] {
			assert!(!free(&RuntimeCall::Consent(call), OTHER_WALLET));
		}
		let veto = RuntimeCall::Consent(Call::veto_purpose { purpose: Purpose::Treat });
		assert!(free(&veto, OTHER_WALLET) && effective(&veto, OTHER_WALLET));
		assert!(free(&veto, WALLET), "the first patient has vetoed nothing");
	});
}

#[test]
fn what_would_fail_is_not_free() {
	build_and_execute(|| {
		let expired = permit(Grantee::Any);
		let denial = deny(Grantee::Any);
		pass(30 * DAY);
		for call in [
			Call::revoke { directive: expired },
			Call::revoke { directive: denial },
			Call::revoke { directive: 99 },
			Call::veto_purpose { purpose: Purpose::Btg },
			Call::decline { request: 0 },
			Call::cancel_lift { target: LiftTarget::Directive(denial) },
			Call::set_base_decision { decision: BaseDecision::Unset },
			Call::set_base_decision { decision: BaseDecision::Permit },
		] {
			let call = RuntimeCall::Consent(call);
			assert!(!free(&call, WALLET), "{call:?}");
			assert!(!effective(&call, WALLET), "{call:?}");
		}
	});
}

#[test]
fn no_other_call_is_free() {
	build_and_execute(|| {
		let denial = deny(Grantee::Any);
		assert_ok!(Consent::veto_purpose(RuntimeOrigin::signed(WALLET), Purpose::Treat));
		let id = request(access());
		for (call, by) in [
			(Call::permit { grantee: Grantee::Any, access: access() }, WALLET),
			(Call::deny { grantee: Grantee::Any, scope: scope(), until: Moment::MAX }, WALLET),
			(Call::lift { directive: denial }, WALLET),
			(Call::lift_veto { purpose: Purpose::Treat }, WALLET),
			(Call::approve { request: id, access: access() }, WALLET),
			(Call::block_requester { organisation: HOSPITAL }, WALLET),
			(Call::unblock_requester { organisation: HOSPITAL }, WALLET),
			(Call::relax_base_decision { decision: BaseDecision::Permit }, WALLET),
			(
				Call::request_access {
					organisation: CLINIC,
					patient: PATIENT,
					request_for: RequestFor::Organisation,
					access: access(),
					terms: Commitment::zero(),
				},
				SPECIALIST,
			),
		] {
			let call = RuntimeCall::Consent(call);
			assert!(!free(&call, by), "{call:?}");
			assert!(effective(&call, by), "{call:?} is good");
		}
		pass(7 * DAY);
		for call in [
			Call::apply_lift { patient: PATIENT, target: LiftTarget::Directive(denial) },
			Call::expire_request { patient: PATIENT, request: id + 1 },
		] {
			let call = RuntimeCall::Consent(call);
			assert!(!free(&call, STRANGER), "{call:?}");
			assert!(effective(&call, STRANGER), "{call:?} is good");
		}
	});
}
