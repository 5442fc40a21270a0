//! Tightening calls are free if, and only if, they take effect: none of them can be repeated.

use super::*;
use frame_support::dispatch::CheckIfFeeless;
use sp_runtime::traits::Dispatchable;

fn free(call: &RuntimeCall, by: u64) -> bool {
	call.is_feeless(&signed(by))
}

fn effective(call: &RuntimeCall, by: u64) -> bool {
	call.clone().dispatch(signed(by)).is_ok()
}

/// Free for a live key of the patient, once; never for anybody else.
fn free_once(call: Call<Test>) {
	let call = RuntimeCall::Sealed(call);
	for other in [STRANGER, OTHER_WALLET] {
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
		let sealed = permit();
		free_once(Call::revoke { sealed });
		let sealed = deny();
		assert_ok!(Sealed::lift(signed(WALLET), sealed));
		free_once(Call::cancel_lift { sealed });
	});
}

#[test]
fn what_costs_is_not_free() {
	build_and_execute(|| {
		let until = end(1);
		for call in [
			Call::permit_sealed { sealed: 0, commitment: commitment(), until },
			Call::deny_sealed { sealed: 1, commitment: commitment(), until: Moment::MAX },
			Call::lift { sealed: 1 },
		] {
			let call = RuntimeCall::Sealed(call);
			assert!(!free(&call, WALLET));
			assert!(effective(&call, WALLET), "{call:?}");
		}
	});
}
