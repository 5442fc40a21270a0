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
		let call = Call::break_glass_late {
			organisation: HOSPITAL,
			patient: PATIENT,
			reason: EmergencyReason::MajorIncident,
			classes: laboratory(),
			happened_at: now(),
			detail: Commitment::zero(),
		};
		let base = Weights::break_glass_late();
		assert_eq!(declared(call), base.saturating_add(Weights::signer(EMPLOYERS)));
		let used = used_by(late(CLINICIAN, HOSPITAL, now()));
		assert_eq!(used, base.saturating_add(Weights::signer(1)));
		hire(CLINIC, CLINICIAN, Role::Nurse);
		let imaging = DataClassSet::of(&[DataClass::Imaging]);
		let used = used_by(late_for(CLINICIAN, HOSPITAL, imaging, now()));
		assert_eq!(used, base.saturating_add(Weights::signer(2)));
	});
}
