//! Relationships: opened by somebody with as many employers as can be, and ended under a number that was renewed.

use super::*;
use crate::runtime::policy::fees::FreeConditions;
use frame_support::dispatch::CheckIfFeeless;
use pallet_care::{Call as Relate, RelationshipKind, MAX_RENEWALS_FOLLOWED};
use pallet_sponsorship::FreeCallConditions;
use salus_primitives::time::DAY;

const KIND: RelationshipKind = RelationshipKind::Admission;

/// `//Patient` invites the organisation, which `by` opens a relationship for.
fn opened(chain: &mut Chain, by: &str, organisation: OrgId, patient: PatientId) {
	let until = chain.now() + DAY;
	make(chain, "Patient", Relate::invite { organisation, until });
	make(chain, by, Relate::open { organisation, patient, kind: KIND, until });
}

/// A relationship that was renewed more often than is followed, and an invitation that is void once it ends. The first, whose number is 0,
/// takes longest to follow.
fn renewed() -> (Chain, OrgId, PatientId) {
	let (mut chain, organisation, patient) = Chain::with_patient();
	chain.next_block();
	employed(&mut chain, organisation, "Hospital", "Doctor", Role::Clinician);
	for _ in 0..MAX_RENEWALS_FOLLOWED + 2 {
		opened(&mut chain, "Hospital", organisation, patient);
	}
	let until = chain.now() + DAY;
	make(&mut chain, "Patient", Relate::invite { organisation, until });
	(chain, organisation, patient)
}

/// In place of another.
#[test]
fn a_relationship_opened_by_invitation() {
	let (mut chain, organisation, patient) = hospital_and_busy_doctor();
	opened(&mut chain, "Doctor", organisation, patient);
	let until = chain.now() + DAY;
	make(&mut chain, "Patient", Relate::invite { organisation, until });
	let open = Relate::open { organisation, patient, kind: KIND, until };
	let found = touched(&mut chain, "Doctor", open);
	let parts: [Part; 2] = [("care", "open", &[]), ("care", "signer", &[("e", MOST_EMPLOYERS)])];
	assert_reached(&found, &parts, ASKED_TWICE);
}

#[test]
fn a_relationship_that_was_renewed_is_ended_by_the_patient() {
	let (mut chain, ..) = renewed();
	let found = touched(&mut chain, "Patient", Relate::end { relationship: 0 });
	assert_reached(&found, &[("care", "end", &[])], &[]);
	let found = touched(&mut chain, "Patient", Relate::leave { relationship: 0 });
	assert_reached(&found, &[("care", "leave", &[])], &[]);
}

#[test]
fn a_relationship_is_ended_by_the_organisation() {
	let (mut chain, organisation, _) = renewed();
	let relationship = (MAX_RENEWALS_FOLLOWED + 1).into();
	let end = Relate::end_for { organisation, relationship };
	let found = touched(&mut chain, "Doctor", end);
	assert_reached(&found, &[("care", "end_for", &[])], &[]);
}

/// Of a relationship that was renewed five times, by the patient who names the first.
#[test]
fn whether_leaving_an_organisation_is_free() {
	let (mut chain, ..) = renewed();
	let call = RuntimeCall::from(Relate::leave { relationship: 0 });
	let weight = FreeConditions::condition_weight(&call).expect("it may be free");
	let found = touched_by(&mut chain, || {
		assert!(call.is_feeless(&RuntimeOrigin::signed(account("Patient"))));
	});
	let reads = sum(&found).reads.into();
	assert_eq!(weight, <Runtime as frame_system::Config>::DbWeight::get().reads(reads));
}
