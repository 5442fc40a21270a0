//! Handles of patients.

use super::*;
use crate::common::{pair, AGREEMENT};
use pallet_patient_identity::{messages, Call as Identify};
use sp_core::Pair;

#[test]
fn a_handle_registered_by_its_own_key() {
	let mut chain = Chain::development();
	endowed(&mut chain, "Newcomer");
	let register = Identify::register { agreement_key: AGREEMENT };
	let found = touched(&mut chain, "Newcomer", register);
	assert_reached(&found, &[("patient_identity", "register", &[])], &[]);
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
