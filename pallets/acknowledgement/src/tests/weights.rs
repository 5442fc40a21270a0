//! Whoever signs beside a patient is looked up at every employer: a call declares as many as there can be, and gives back those
//! that the signer has not.

use super::*;
use frame_support::{dispatch::GetDispatchInfo, weights::Weight};

/// What the mock weighs with.
type Weights = ();

/// The most employers that a person has here.
const EMPLOYERS: u32 = 16;

fn used_by(result: DispatchResultWithPostInfo) -> Weight {
	result.unwrap().actual_weight.expect("it gives back what it did not use")
}

fn declared(call: Call<Test>) -> Weight {
	call.get_dispatch_info().call_weight
}

#[test]
fn a_signer_is_charged_by_its_employers() {
	build_and_execute(|| {
		for directive in 0..3 {
			revoke(directive, HOSPITAL);
		}
		let call = Call::acknowledge { organisation: HOSPITAL, patient: PATIENT, directive: 0 };
		let base = Weights::acknowledge();
		assert_eq!(declared(call), base.saturating_add(Weights::signer(EMPLOYERS)));
		assert_eq!(used_by(acknowledge(0)), base.saturating_add(Weights::signer(1)));
		hire(CLINIC, STEWARD, Role::Nurse);
		assert_eq!(used_by(acknowledge(1)), base.saturating_add(Weights::signer(2)));
		let used = used_by(acknowledge_by(HOSPITAL_ADMIN, HOSPITAL, 2));
		assert_eq!(used, base.saturating_add(Weights::signer(0)));
	});
}
