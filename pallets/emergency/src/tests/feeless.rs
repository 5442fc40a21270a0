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
	let call = RuntimeCall::Glass(call);
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
		let emergency = broken();
		assert_ok!(review(OFFICER, HOSPITAL, emergency, Finding::Justified));
		free_once(Call::dispute { emergency });
		free_once(Call::set_advance_directive { value: AdvanceDirective::NoLabelled });
		assert_ok!(Glass::relax_advance_directive(signed(WALLET), AdvanceDirective::Unrestricted));
		free_once(Call::cancel_relaxation {});
	});
}

/// Neither for a key that must not make it, or whoever holds one could fill blocks for nothing.
#[test]
fn that_there_is_no_emergency_access_is_free_for_whoever_may_say_so() {
	build_and_execute(|| {
		let value = AdvanceDirective::NoEmergency;
		let call = RuntimeCall::Glass(Call::set_advance_directive { value });
		assert!(!free(&call, VIEWER));
		assert!(free(&call, WALLET) && effective(&call, WALLET));
		assert!(!free(&call, WALLET));
	});
}

#[test]
fn breaking_the_glass_is_not_free() {
	build_and_execute(|| {
		let call = RuntimeCall::Glass(Call::break_glass {
			organisation: HOSPITAL,
			patient: PATIENT,
			reason: EmergencyReason::UrgentCare,
			classes: laboratory(),
			detail: Commitment::zero(),
		});
		assert!(!free(&call, CLINICIAN));
		assert!(effective(&call, CLINICIAN));
	});
}
