//! Acknowledgements of revocations, of which the one is found last that is on the oldest page that is searched.

use super::*;
use pallet_acknowledgement::Call as Acknowledge;
use pallet_consent::{Call as Say, Grantee, LOOK_BACK, PAGE};

/// A hospital whose privacy officer has worked for as many others as can be, and administers one more; and a patient who has revoked so
/// many Permits of it that the first, whose number is 0, is on the last page that is searched.
fn revoked() -> (Chain, OrgId, PatientId) {
	let (mut chain, hospital, patient) = Chain::with_patient();
	chain.next_block();
	employed(&mut chain, hospital, "Hospital", "Officer", Role::PrivacyOfficer);
	administering(&mut chain, "Officer");
	left_flagged(&mut chain, "Officer", MOST_EMPLOYERS - 1);
	let permit = chain.permit(Grantee::RoleAt(hospital, Role::Clinician));
	// Each Permit moves to the history what was revoked before it.
	for directive in 0..=(LOOK_BACK - 1) * PAGE + 1 {
		make(&mut chain, "Patient", permit.clone());
		make(&mut chain, "Patient", Say::revoke { directive });
	}
	let swept = chain.run(|| pallet_consent::Live::<Runtime>::get(patient).swept);
	assert_eq!(swept.div_ceil(PAGE), LOOK_BACK);
	(chain, hospital, patient)
}

#[test]
fn a_revocation_that_is_found_last_is_acknowledged() {
	let (mut chain, organisation, patient) = revoked();
	let acknowledge = Acknowledge::acknowledge { organisation, patient, directive: 0 };
	let found = touched(&mut chain, "Officer", acknowledge);
	assert_eq!(found["Consent::History"], Accesses { reads: LOOK_BACK, writes: 0 });
	let parts: [Part; 2] = [
		("acknowledgement", "acknowledge", &[]),
		("acknowledgement", "signer", &[("e", MOST_EMPLOYERS)]),
	];
	assert_reached(&found, &parts, ASKED_TWICE);
}

/// By anybody, once its time is over.
#[test]
fn a_revocation_that_is_found_last_is_marked_overdue() {
	let (mut chain, _, patient) = revoked();
	hours(&mut chain, 73);
	let mark = Acknowledge::mark_overdue { patient, directive: 0 };
	let found = touched(&mut chain, "Anybody", mark);
	assert_reached(&found, &[("acknowledgement", "mark_overdue", &[])], &[]);
}
