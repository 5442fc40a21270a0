//! Relationships: opened by somebody with as many employers as can be, and ended under a number that was renewed.

use super::*;
use crate::common::pair;
use pallet_care::{
	messages, Call as Relate, RelationshipKind, WeightInfo as _, MAX_RENEWALS_FOLLOWED,
};
use salus_primitives::{time::DAY, Towards};
use sp_core::Pair;

const KIND: RelationshipKind = RelationshipKind::Admission;

/// `//Patient` invites the organisation, which `by` opens a relationship for.
fn opened(chain: &mut Chain, by: &str, organisation: OrgId, patient: PatientId) {
	let until = chain.now() + DAY;
	make(chain, "Patient", Relate::invite { organisation, until });
	make(chain, by, Relate::open { organisation, patient, kind: KIND, until });
}

/// The block before this one, as somebody names it who signs now. It is not the first, by whose hash a signature is for this chain.
fn seen() -> messages::Seen<BlockNumber, H256> {
	let block = System::block_number() - 1;
	let hash = System::block_hash(block);
	assert!(block > 0 && hash != H256::zero());
	(block, hash)
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

/// In place of another, while an invitation is open.
#[test]
fn a_relationship_opened_by_a_signature_that_names_a_block() {
	let (mut chain, organisation, patient) = hospital_and_busy_doctor();
	opened(&mut chain, "Doctor", organisation, patient);
	let (until, expiry) = (chain.now() + DAY, chain.now() + 600);
	make(&mut chain, "Patient", Relate::invite { organisation, until });
	let (id, seen, message) = chain.run(|| {
		let (genesis, seen) = (System::block_hash(0), seen());
		let id = pallet_care::Pairs::<Runtime>::get(patient, organisation).words;
		let message =
			messages::open_for(&genesis, organisation, &patient, KIND, until, id, &seen, expiry);
		(id, seen, message)
	});
	let signature = pair("Patient").sign(&message).into();
	let (key, block) = (account("Patient"), seen.0);
	let open =
		Relate::open_for { organisation, key, kind: KIND, until, id, block, expiry, signature };
	let found = touched(&mut chain, "Doctor", open);
	assert_eq!(found["System::BlockHash"], Accesses { reads: 1, writes: 0 });
	let parts: [Part; 2] =
		[("care", "open_for", &[]), ("care", "signer", &[("e", MOST_EMPLOYERS)])];
	assert_reached(&found, &parts, ASKED_TWICE);
}

#[test]
fn a_referral_by_a_signature_that_names_a_block() {
	let (mut chain, from, patient) = hospital_and_busy_doctor();
	opened(&mut chain, "Doctor", from, patient);
	let to = admitted(&mut chain, "Clinic", OrgKindSet::of(&[OrgKind::Provider]));
	let (until, expiry) = (chain.now() + DAY, chain.now() + 600);
	let (seen, message) = chain.run(|| {
		let (genesis, seen) = (System::block_hash(0), seen());
		let message = messages::refer(&genesis, from, &patient, to, until, 0, &seen, expiry);
		(seen, message)
	});
	let signature = pair("Patient").sign(&message).into();
	let (key, block) = (account("Patient"), seen.0);
	let refer = Relate::refer { from, to, key, until, id: 0, block, expiry, signature };
	let found = touched(&mut chain, "Doctor", refer);
	assert_eq!(found["System::BlockHash"], Accesses { reads: 1, writes: 0 });
	let parts: [Part; 2] = [("care", "refer", &[]), ("care", "signer", &[("e", MOST_EMPLOYERS)])];
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

/// Of a relationship that was renewed five times, by the patient who names the first. The call reads the same, and declares it: only what it
/// takes beyond is weighed with the transaction.
#[test]
fn whether_leaving_an_organisation_is_free() {
	let (mut chain, ..) = renewed();
	let call = RuntimeCall::from(Relate::leave { relationship: 0 });
	let (found, weight) = touched_by_condition(&mut chain, "Patient", &call);
	assert_reached(&found, &[("care", "leave_condition", &[])], &[]);
	assert_declared(&found, &[("care", "leave", &[])]);
	let measured = <Runtime as pallet_care::Config>::WeightInfo::leave_condition();
	assert!(weight.all_gte(without_reads(measured, &found)), "{weight:?}");
	// To end it without leaving reads no more.
	let call = RuntimeCall::from(Relate::end { relationship: 0 });
	let (found, _) = touched_by_condition(&mut chain, "Patient", &call);
	assert_declared(&found, &[("care", "leave_condition", &[])]);
}

/// While an invitation of the same organisation is open, whose place another takes.
#[test]
fn an_organisation_is_invited_or_not_any_more() {
	let (mut chain, organisation, _) = Chain::with_patient();
	let until = chain.now() + DAY;
	let invite = RuntimeCall::from(Relate::invite { organisation, until });
	make(&mut chain, "Patient", invite.clone());
	let found = touched(&mut chain, "Patient", invite);
	assert_reached(&found, &[("care", "invite", &[])], &[]);
	let withdraw = Relate::withdraw_invitation { invitation: 0 };
	let found = touched(&mut chain, "Patient", withdraw);
	assert_reached(&found, &[("care", "withdraw_invitation", &[])], &[]);
}

/// An invitation is open, which is void with it.
#[test]
fn a_patient_opts_out_and_in_again() {
	let (mut chain, organisation, patient) = Chain::with_patient();
	let until = chain.now() + DAY;
	make(&mut chain, "Patient", Relate::invite { organisation, until });
	let found = touched(&mut chain, "Patient", Relate::opt_out {});
	assert_reached(&found, &[("care", "opt_out", &[])], &[]);
	let out = RuntimeCall::from(Relate::opt_out_of { organisation });
	let found = touched(&mut chain, "Patient", out.clone());
	assert_reached(&found, &[("care", "opt_out_of", &[])], &[]);
	make(&mut chain, "Patient", out);
	let towards = Towards::Organisation(organisation);
	let back = RuntimeCall::from(Relate::opt_in { towards });
	let found = touched(&mut chain, "Patient", back.clone());
	assert_reached(&found, &[("care", "opt_in", &[])], &[]);
	make(&mut chain, "Patient", back);
	let found = touched(&mut chain, "Patient", Relate::cancel_opt_in { towards });
	assert_reached(&found, &[("care", "cancel_opt_in", &[])], &[]);
	chain.advance(DAY * 1_000);
	let found = touched(&mut chain, "Anybody", Relate::apply_opt_in { patient, towards });
	assert_reached(&found, &[("care", "apply_opt_in", &[])], &[]);
}
