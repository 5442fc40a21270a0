//! What must be sealed never stands in a block: the call that would say it in plain is refused before,
//! whoever carries it.

use crate::common::{account, Chain, AGREEMENT};
use crate::runtime::*;
use pallet_consent::{Grantee, RequestFor};
use salus_primitives::{commitment::Form, OrgId, Role, SensitivityLabel};
use sp_core::H256;
use sp_runtime::transaction_validity::InvalidTransaction;

/// Refused as such, in a batch, and in a batch in a batch; nothing was charged and no nonce used.
#[track_caller]
fn never_in_a_block(chain: &mut Chain, who: &str, call: impl Into<RuntimeCall>) {
	let call = call.into();
	let batch = |call| RuntimeCall::from(pallet_utility::Call::batch { calls: vec![call] });
	for carried in [call.clone(), batch(call.clone()), batch(batch(call.clone()))] {
		let nonce = chain.run(|| System::account_nonce(account(who)));
		let refused = chain.apply(who, carried.clone());
		assert_eq!(refused, Err(InvalidTransaction::Call.into()), "{carried:?}");
		assert_eq!(chain.run(|| System::account_nonce(account(who))), nonce);
	}
}

#[test]
fn labels_are_refused_before_a_block() {
	let (mut chain, org, patient) = Chain::with_patient();
	let labels = [SensitivityLabel::Hiv];
	let access = chain.access(&labels);
	let grantee = Grantee::Organisation(org);
	never_in_a_block(
		&mut chain,
		"Patient",
		pallet_consent::Call::permit { grantee: grantee.clone(), access },
	);
	never_in_a_block(
		&mut chain,
		"Patient",
		pallet_consent::Call::deny { grantee, scope: access.scope, until: u64::MAX },
	);
	never_in_a_block(&mut chain, "Patient", pallet_consent::Call::approve { request: 0, access });
	never_in_a_block(
		&mut chain,
		"Hospital",
		pallet_consent::Call::request_access {
			organisation: org,
			patient,
			request_for: RequestFor::Organisation,
			access,
			terms: H256::repeat_byte(1),
		},
	);
}

#[test]
fn a_flagged_organisation_is_refused_before_a_block() {
	let (mut chain, org, patient) = Chain::with_patient();
	let ordinary = chain.permit(Grantee::Organisation(org));
	chain.succeed("Patient", ordinary);
	chain.succeed("Registrar", pallet_registry::Call::set_flag { org, flagged: true });

	let access = chain.access(&[]);
	for grantee in [
		Grantee::Organisation(org),
		Grantee::RoleAt(org, Role::Nurse),
		Grantee::Practitioner(account("Hospital")),
	] {
		let call = chain.permit(grantee.clone());
		never_in_a_block(&mut chain, "Patient", call);
		never_in_a_block(
			&mut chain,
			"Patient",
			pallet_consent::Call::deny { grantee, scope: access.scope, until: u64::MAX },
		);
	}
	let record = |subject| pallet_record_anchor::NewAnchor {
		commitment: H256::repeat_byte(7),
		form: salus_primitives::commitment::Form::Bytes,
		subject,
		previous: None,
		retention: pallet_record_anchor::RetentionClass::Standard,
	};
	let records = vec![record(None), record(Some(patient))].try_into().expect("two");
	never_in_a_block(
		&mut chain,
		"Hospital",
		pallet_record_anchor::Call::anchor_many { org, records },
	);
	never_in_a_block(
		&mut chain,
		"Hospital",
		pallet_consent::Call::request_access {
			organisation: org,
			patient,
			request_for: RequestFor::Organisation,
			access,
			terms: H256::repeat_byte(1),
		},
	);
	let organisation = org;
	never_in_a_block(&mut chain, "Patient", pallet_consent::Call::block_requester { organisation });
	never_in_a_block(
		&mut chain,
		"Patient",
		pallet_consent::Call::unblock_requester { organisation },
	);
	let register = pallet_patient_identity::Call::register_for {
		org,
		key: account("Other"),
		agreement_key: AGREEMENT,
		expiry: chain.now() + 60,
		signature: sp_core::sr25519::Signature::from_raw([0; 64]).into(),
	};
	never_in_a_block(&mut chain, "Hospital", register);
	let anchor = |org: OrgId, subject| pallet_record_anchor::Call::anchor {
		org,
		commitment: H256::repeat_byte(7),
		form: Form::Bytes,
		subject,
		previous: None,
		retention: pallet_record_anchor::RetentionClass::Standard,
	};
	never_in_a_block(&mut chain, "Hospital", anchor(org, Some(patient)));
	// Without a subject it says nothing of anybody.
	chain.succeed("Hospital", anchor(org, None));
	// What was permitted before can be taken back.
	chain.succeed("Patient", pallet_consent::Call::revoke { directive: 0 });
}

/// However large the batch, the filter reads no more than it may.
#[test]
fn a_batch_that_names_too_many_is_refused_unread() {
	let (mut chain, org, _) = Chain::with_patient();
	let one = chain.permit(Grantee::Organisation(org));
	let batch = |count| pallet_utility::Call::batch { calls: vec![one.clone(); count] };
	assert!(chain.apply("Alice", batch(512)).is_ok());
	assert_eq!(chain.apply("Alice", batch(513)), Err(InvalidTransaction::Call.into()));
	let person = chain.permit(Grantee::Practitioner(account("Bob")));
	let people = |count| pallet_utility::Call::batch { calls: vec![person.clone(); count] };
	assert!(chain.apply("Alice", people(14)).is_ok());
	assert_eq!(chain.apply("Alice", people(15)), Err(InvalidTransaction::Call.into()));
}
