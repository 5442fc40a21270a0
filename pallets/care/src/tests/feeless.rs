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
	let call = RuntimeCall::Care(call);
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
	// An invitation of the very second in which the handle left Active would be stopped.
	pass(1);
}

#[test]
fn tightening_is_free_once() {
	build_and_execute(|| {
		let relationship = open();
		free_once(Call::end { relationship });
		let invitation = invite(HOSPITAL);
		free_once(Call::withdraw_invitation { invitation });
		let relationship = open();
		free_once(Call::leave { relationship });
		free_once(Call::opt_out {});
		let towards = Towards::Everybody;
		assert_ok!(Care::opt_in(signed(WALLET), towards));
		free_once(Call::cancel_opt_in { towards });
		// Opting out once more calls a return off, which the patient has paid for.
		assert_ok!(Care::opt_in(signed(WALLET), towards));
		free_once(Call::opt_out {});
	});
}

#[test]
fn what_costs_is_not_free() {
	build_and_execute(|| {
		let until = now() + DAY;
		for call in [
			Call::invite { organisation: HOSPITAL, until },
			Call::opt_out_of { organisation: HOSPITAL },
		] {
			let call = RuntimeCall::Care(call);
			assert!(!free(&call, WALLET));
			assert!(effective(&call, WALLET), "{call:?}");
		}
	});
}
