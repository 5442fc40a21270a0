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
		invite(HOSPITAL);
		let kind = RelationshipKind::Admission;
		let until = now() + 30 * DAY;
		let call = Call::open { organisation: HOSPITAL, patient: PATIENT, kind, until };
		assert_eq!(declared(call), Weights::open().saturating_add(Weights::signer(EMPLOYERS)));
		let one = Weights::open().saturating_add(Weights::signer(1));
		assert_eq!(used_by(open_by(CLINICIAN, HOSPITAL)), one);
		// An administrator who works nowhere.
		invite(HOSPITAL);
		let none = Weights::open().saturating_add(Weights::signer(0));
		assert_eq!(used_by(open_by(HOSPITAL_ADMIN, HOSPITAL)), none);
		hire(CLINIC, CLINICIAN, Role::Nurse);
		let two = Weights::open_for().saturating_add(Weights::signer(2));
		assert_eq!(used_by(open_for(next_word())), two);
		let referred = used_by(super::signatures::refer(0));
		assert_eq!(referred, Weights::refer().saturating_add(Weights::signer(2)));
	});
}
