//! Handles of patients.

use super::*;
use crate::common::{pair, AGREEMENT};
use frame_support::traits::Get;
use pallet_patient_identity::{messages, Call as Identify};
use salus_primitives::KeyPurposeSet;
use sp_core::Pair;

/// As many keys of `//Patient` as there can be. All but the first are pending, and of accounts that are there for nothing else.
fn fill(chain: &mut Chain, patient: PatientId) {
	let most = <Runtime as pallet_patient_identity::Config>::MaxKeys::get();
	for n in 1..most {
		let name = format!("Key{n}");
		let (key, purposes, expiry) = (account(&name), KeyPurposeSet::ALL, chain.now() + 600);
		let message = chain
			.run(|| messages::add_key(&System::block_hash(0), &patient, &key, purposes, expiry));
		let signature = pair(&name).sign(&message).into();
		make(chain, "Patient", Identify::add_key { key, purposes, expiry, signature });
	}
}

/// A handle that was frozen and thawed a day ago: its states since are written when it changes again.
fn thawed() -> (Chain, PatientId) {
	let (mut chain, _, patient) = Chain::with_patient();
	make(&mut chain, "Patient", Identify::freeze {});
	make(&mut chain, "Patient", Identify::unfreeze {});
	chain.pass_a_day();
	(chain, patient)
}

#[test]
fn a_handle_registered_by_its_own_key() {
	let mut chain = Chain::development();
	endowed(&mut chain, "Newcomer");
	let register = Identify::register { agreement_key: AGREEMENT };
	let found = touched_by_itself(&mut chain, "Newcomer", register);
	assert_reached(&found, &[("patient_identity", "register", &[])], &[]);
}

/// An account that was invited somewhere is known already. It is not written among the accounts, and taken from among the guests instead.
#[test]
fn a_handle_registered_by_a_guest() {
	let (mut chain, org, _) = Chain::with_patient();
	endowed(&mut chain, "Guest");
	let (role, until) = (Role::Nurse, chain.now() + YEAR);
	make(&mut chain, "Hospital", Register::invite { org, account: account("Guest"), role, until });
	let register = Identify::register { agreement_key: AGREEMENT };
	let found = touched_by_itself(&mut chain, "Guest", register);
	assert_eq!(found["Sponsorship::Guests"], Accesses { reads: 0, writes: 1 });
	assert_eq!(found["Sponsorship::Accounts"], Accesses { reads: 1, writes: 0 });
	let parts: [Part; 1] = [("patient_identity", "register", &[])];
	assert_declared_but_for(&["Sponsorship::Guests"], &found, &parts);
}

/// And the accounts of pending keys end.
#[test]
fn a_handle_with_pending_keys_is_frozen() {
	let (mut chain, patient) = thawed();
	fill(&mut chain, patient);
	let found = touched(&mut chain, "Patient", Identify::freeze {});
	assert_reached(&found, &[("patient_identity", "freeze", &[])], &[]);
}

/// They were added after the patient had asked for that, which nothing forbids.
#[test]
fn a_handle_with_pending_keys_is_retired() {
	let (mut chain, patient) = thawed();
	make(&mut chain, "Patient", Identify::retire {});
	for _ in 0..7 {
		chain.pass_a_day();
	}
	fill(&mut chain, patient);
	let found = touched(&mut chain, "Anybody", Identify::complete_retirement { patient });
	assert_reached(&found, &[("patient_identity", "complete_retirement", &[])], &[]);
}

#[test]
fn a_handle_registered_by_somebody_with_as_many_employers_as_can_be() {
	let (mut chain, org, _) = hospital_and_busy_doctor();
	let (key, expiry) = (account("Newcomer"), chain.now() + 600);
	let message =
		chain.run(|| messages::register_for(&System::block_hash(0), org, &key, &AGREEMENT, expiry));
	let signature = pair("Newcomer").sign(&message).into();
	let register = Identify::register_for { org, key, agreement_key: AGREEMENT, expiry, signature };
	let found = touched(&mut chain, "Doctor", register);
	let parts: [Part; 2] = [
		("patient_identity", "register_for", &[]),
		("patient_identity", "signer", &[("e", MOST_EMPLOYERS)]),
	];
	assert_reached(&found, &parts, ASKED_TWICE);
}
