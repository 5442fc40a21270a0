//! Directives and requests: beside as many as a patient can have, and about somebody who has worked for as many organisations as are
//! remembered.

use super::*;
use pallet_consent::{
	Call as Say, Grantee, RequestFor, WeightInfo as _, MAX_LIVE, MAX_PERMITS, SWEEP,
};

/// The patient lets the hospital read, or denies it, and may say more of either.
pub(super) fn say(chain: &mut Chain, hospital: OrgId, permits: u32, denials: u32) {
	let grantee = Grantee::RoleAt(hospital, Role::Clinician);
	for _ in 0..permits {
		let permit = chain.permit(grantee.clone());
		make(chain, "Patient", permit);
	}
	let (scope, until) = (chain.access(&[]).scope, chain.now() + YEAR);
	for _ in 0..denials {
		let grantee = grantee.clone();
		make(chain, "Patient", Say::deny { grantee, scope, until });
	}
}

/// A full set of directives, of which as many have ended as one call moves to the history, where some are already.
fn full_and_ended(chain: &mut Chain, hospital: OrgId) {
	say(chain, hospital, SWEEP, 0);
	for directive in 0..SWEEP {
		make(chain, "Patient", Say::revoke { directive });
	}
	// The first of these moves those that ended.
	say(chain, hospital, MAX_PERMITS, MAX_LIVE - MAX_PERMITS);
	for directive in SWEEP..2 * SWEEP {
		make(chain, "Patient", Say::revoke { directive });
	}
	let live = chain.run(|| {
		let patient = PatientIdentity::patient_of(&account("Patient")).expect("registered");
		pallet_consent::Live::<Runtime>::get(patient)
	});
	assert_eq!((live.entries.len() as u32, live.swept), (MAX_LIVE, SWEEP));
}

#[test]
fn a_permit_to_a_person() {
	let (mut chain, ..) = hospital_and_clinic();
	let permit = chain.permit(Grantee::Practitioner(account("Doctor")));
	let found = touched(&mut chain, "Patient", permit.clone());
	let looked_up: Part = ("consent", "practitioner", &[("e", 2)]);
	assert_declared(&found, &[("consent", "permit", &[("l", 0)]), looked_up]);
	// Beside another one.
	chain.succeed("Patient", permit.clone());
	let found = touched(&mut chain, "Patient", permit);
	assert_declared(&found, &[("consent", "permit", &[("l", 1)]), looked_up]);
}

#[test]
fn a_permit_to_an_organisation_beside_a_set_that_is_full_but_for_one() {
	let (mut chain, hospital, _) = Chain::with_patient();
	say(&mut chain, hospital, MAX_PERMITS - 1, MAX_LIVE - MAX_PERMITS);
	let permit = chain.permit(Grantee::RoleAt(hospital, Role::Clinician));
	let found = touched(&mut chain, "Patient", permit);
	assert_reached(&found, &[("consent", "permit", &[("l", MAX_LIVE - 1)])], &[]);
}

/// All that a permit can take: the person has left as many flagged organisations as are remembered, works for none of them at which it is
/// permitted to read, and administers another; and directives go over to the history.
#[test]
fn a_permit_to_a_person_beside_a_full_set_of_which_some_ended() {
	let (mut chain, hospital, _) = Chain::with_patient();
	left_flagged(&mut chain, "Doctor", MOST_EMPLOYERS);
	administering(&mut chain, "Doctor");
	full_and_ended(&mut chain, hospital);
	let permit = chain.permit(Grantee::PractitionerAt(account("Doctor"), hospital));
	let found = touched(&mut chain, "Patient", permit);
	let parts: [Part; 3] = [
		("consent", "permit", &[("l", MAX_LIVE - 1)]),
		("consent", "practitioner", &[("e", MOST_EMPLOYERS)]),
		("consent", "sweep", &[]),
	];
	assert_reached(&found, &parts, &[]);
}

/// The same for a denial.
#[test]
fn a_denial_of_a_person_beside_a_full_set_of_which_some_ended() {
	let (mut chain, hospital, _) = Chain::with_patient();
	left_flagged(&mut chain, "Doctor", MOST_EMPLOYERS);
	administering(&mut chain, "Doctor");
	full_and_ended(&mut chain, hospital);
	let grantee = Grantee::PractitionerAt(account("Doctor"), hospital);
	let (scope, until) = (chain.access(&[]).scope, chain.now() + YEAR);
	let found = touched(&mut chain, "Patient", Say::deny { grantee, scope, until });
	let parts: [Part; 3] = [
		("consent", "deny", &[("l", MAX_LIVE - 1)]),
		("consent", "practitioner", &[("e", MOST_EMPLOYERS)]),
		("consent", "sweep", &[]),
	];
	assert_reached(&found, &parts, &[]);
}

#[test]
fn the_last_permit_of_a_full_set_is_revoked() {
	let (mut chain, hospital, _) = Chain::with_patient();
	say(&mut chain, hospital, MAX_PERMITS, MAX_LIVE - MAX_PERMITS);
	let found = touched(&mut chain, "Patient", Say::revoke { directive: MAX_PERMITS - 1 });
	assert_reached(&found, &[("consent", "revoke", &[("l", MAX_LIVE)])], &[]);
}

/// The call reads the same, and declares it: only what it takes beyond is weighed with the transaction.
#[test]
fn whether_revoking_the_last_permit_of_a_full_set_is_free() {
	let (mut chain, hospital, _) = Chain::with_patient();
	say(&mut chain, hospital, MAX_PERMITS, MAX_LIVE - MAX_PERMITS);
	let call = RuntimeCall::from(Say::revoke { directive: MAX_PERMITS - 1 });
	let (found, weight) = touched_by_condition(&mut chain, "Patient", &call);
	assert_reached(&found, &[("consent", "revoke_condition", &[])], &[]);
	assert_declared(&found, &[("consent", "revoke", &[("l", MAX_LIVE)])]);
	let measured = <Runtime as pallet_consent::Config>::WeightInfo::revoke_condition();
	assert_eq!(weight, without_reads(measured, &found));
}

#[test]
fn a_request_by_somebody_with_as_many_employers_as_can_be() {
	let (mut chain, organisation, patient) = hospital_and_busy_doctor();
	let ask = |chain: &Chain| Say::request_access {
		organisation,
		patient,
		request_for: RequestFor::Requester,
		access: chain.access(&[]),
		terms: H256::repeat_byte(1),
	};
	// Beside others of the same organisation.
	for _ in 1..pallet_consent::MAX_REQUESTS_OF_ONE {
		let another = ask(&chain);
		make(&mut chain, "Doctor", another);
	}
	let last = ask(&chain);
	let found = touched(&mut chain, "Doctor", last);
	let parts: [Part; 2] =
		[("consent", "request_access", &[]), ("consent", "practitioner", &[("e", MOST_EMPLOYERS)])];
	assert_reached(&found, &parts, ASKED_TWICE);
}

/// Of somebody who has left the hospital since, and as many flagged organisations as are remembered, and administers another; directives
/// go over to the history.
#[test]
fn a_request_of_a_person_is_approved_beside_a_full_set_of_which_some_ended() {
	let (mut chain, organisation, patient) = Chain::with_patient();
	chain.next_block();
	employed(&mut chain, organisation, "Hospital", "Doctor", Role::Clinician);
	let ask = Say::request_access {
		organisation,
		patient,
		request_for: RequestFor::Requester,
		access: chain.access(&[]),
		terms: H256::repeat_byte(1),
	};
	make(&mut chain, "Doctor", ask);
	let (role, who) = (Role::Clinician, account("Doctor"));
	chain.next_block();
	make(&mut chain, "Doctor", Register::end_affiliation { org: organisation, account: who, role });
	left_flagged(&mut chain, "Doctor", MOST_EMPLOYERS);
	administering(&mut chain, "Doctor");
	full_and_ended(&mut chain, organisation);
	let asked = chain.run(|| pallet_consent::Requests::<Runtime>::get(patient, 0));
	let access = asked.expect("it is open").access;
	let found = touched(&mut chain, "Patient", Say::approve { request: 0, access });
	let parts: [Part; 3] = [
		("consent", "approve", &[("l", MAX_LIVE - 1)]),
		("consent", "practitioner", &[("e", MOST_EMPLOYERS)]),
		("consent", "sweep", &[]),
	];
	assert_reached(&found, &parts, &[]);
}
