//! Attestations that the provider hands in.

use crate::{messages, mock::*, Encounters, Error};
use codec::Encode;
use frame_support::{assert_noop, assert_ok};
use salus_primitives::{signing, time::HOUR, Moment, OrgId};
use sp_core::Pair;
use sp_runtime::{DispatchResult, MultiSignature};

type PalletError = Error<Test>;

fn attest_for(
	encounter: u64,
	coverage: u64,
	expiry: Moment,
	signature: MultiSignature,
) -> DispatchResult {
	Claims::attest_for(signed(doctor()), HOSPITAL, encounter, coverage, expiry, signature)
}

#[test]
fn the_provider_hands_in_what_the_member_signed_raw_or_wrapped() {
	build_and_execute(|| {
		let coverage = covered();
		let expiry = now() + HOUR;
		let raw = opened();
		let signature = attestation(&pair(60), HOSPITAL, raw, coverage, expiry);
		assert_ok!(attest_for(raw, coverage, expiry, signature));
		let second = opened();
		let message = messages::attest(&Claims::genesis(), HOSPITAL, second, coverage, expiry);
		let wrapped = pair(60).sign(&signing::wrapped(&message)).into();
		assert_ok!(attest_for(second, coverage, expiry, wrapped));
		for encounter in [raw, second] {
			let stored = Encounters::<Test>::get(encounter).unwrap();
			assert_eq!((stored.coverage, stored.attested), (Some(coverage), Some(now())));
		}
	});
}

/// Everything in the message is bound: nothing of it can be swapped.
#[test]
fn a_signature_for_anything_else_is_refused() {
	build_and_execute(|| {
		let coverage = covered();
		let other = covered_as(0, account_of(&pair(61)));
		let (encounter, expiry) = (opened(), now() + HOUR);
		let key = pair(60);
		let genesis = Claims::genesis();
		let elsewhere = sp_core::H256::repeat_byte(7);
		let of = |bytes: Vec<u8>| MultiSignature::from(key.sign(&bytes));
		let wrong = [
			attestation(&pair(61), HOSPITAL, encounter, coverage, expiry),
			attestation(&key, CLINIC, encounter, coverage, expiry),
			attestation(&key, HOSPITAL, encounter + 1, coverage, expiry),
			attestation(&key, HOSPITAL, encounter, other, expiry),
			attestation(&key, HOSPITAL, encounter, coverage, expiry - 1),
			of(messages::attest(&elsewhere, HOSPITAL, encounter, coverage, expiry)),
			of((b"salus:claims:attest:v2", genesis, HOSPITAL, encounter, coverage, expiry)
				.encode()),
		];
		for signature in wrong {
			assert_noop!(
				attest_for(encounter, coverage, expiry, signature),
				PalletError::BadSignature
			);
		}
		// Nor can another provider use it for an encounter of its own.
		let right = attestation(&key, HOSPITAL, encounter, coverage, expiry);
		let at = |org: OrgId, encounter| {
			let who = signed(clinic_admin());
			Claims::attest_for(who, org, encounter, coverage, expiry, right.clone())
		};
		assert_noop!(at(CLINIC, encounter), PalletError::NotYourEncounter);
		assert_noop!(at(HOSPITAL, encounter), PalletError::NotAuthorised);
		assert_ok!(Claims::open_encounter(signed(clinic_admin()), CLINIC));
		assert_noop!(at(CLINIC, encounter + 1), PalletError::BadSignature);
	});
}

#[test]
fn a_signature_holds_for_an_hour_at_most() {
	build_and_execute(|| {
		let coverage = covered();
		let encounter = opened();
		let attest = |expiry: Moment| {
			let signature = attestation(&pair(60), HOSPITAL, encounter, coverage, expiry);
			attest_for(encounter, coverage, expiry, signature)
		};
		assert_noop!(attest(now()), PalletError::SignatureExpired);
		assert_noop!(attest(now() + HOUR + 1), PalletError::SignatureTooLong);
		assert_ok!(attest(now() + HOUR));
		assert_noop!(attest(now() + HOUR), PalletError::AlreadyAttested);
	});
}

/// Anybody who is insured sees an open encounter on chain and can attest it as their own. Provider
/// and patient together put that right.
#[test]
fn a_strangers_attestation_gives_way_to_the_members_until_it_is_claimed() {
	build_and_execute(|| {
		fund(1_000);
		let coverage = covered();
		let strangers = covered_as(0, account_of(&pair(61)));
		let encounter = opened();
		assert_ok!(Claims::attest(signed(account_of(&pair(61))), encounter, strangers));
		let expiry = now() + HOUR;
		let hand_in = |key, coverage| {
			attest_for(
				encounter,
				coverage,
				expiry,
				attestation(&pair(key), HOSPITAL, encounter, coverage, expiry),
			)
		};
		assert_ok!(hand_in(60, coverage));
		assert_eq!(Encounters::<Test>::get(encounter).unwrap().coverage, Some(coverage));
		assert_noop!(hand_in(60, coverage), PalletError::AlreadyAttested);
		assert_noop!(
			Claims::attest(signed(account_of(&pair(61))), encounter, strangers),
			PalletError::AlreadyAttested
		);
		assert_ok!(close(encounter, &[visit(1, 100)]));
		assert_ok!(submit(encounter, &[visit(1, 100)]));
		assert_noop!(hand_in(61, strangers), PalletError::OtherCoverage);
		// Once the claim was taken back, the encounter can be put on another coverage again.
		assert_ok!(void(0));
		assert_ok!(hand_in(61, strangers));
	});
}

/// `docs/vectors/signing.json` holds the same message, which the client's tests build by themselves.
#[test]
fn the_message_is_the_vector() {
	let file = include_str!("../../../../docs/vectors/signing.json");
	let vectors: serde_json::Value = serde_json::from_str(file).unwrap();
	let vector = &vectors["attest"];
	let number = |name: &str| vector[name].as_u64().unwrap();
	let genesis: [u8; 32] = hex(vector["genesis"].as_str().unwrap()).try_into().unwrap();
	let message = messages::attest(
		&sp_core::H256(genesis),
		number("org") as OrgId,
		number("encounter"),
		number("coverage"),
		number("expiry"),
	);
	assert_eq!(message, hex(vector["message"].as_str().unwrap()));
}

fn hex(text: &str) -> Vec<u8> {
	let digits = text.strip_prefix("0x").unwrap();
	(0..digits.len())
		.step_by(2)
		.map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap())
		.collect()
}
