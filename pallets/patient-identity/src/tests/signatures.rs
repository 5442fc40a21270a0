//! Signatures made off chain: what they bind, and their bytes.

use super::*;
use codec::{Decode, Encode};
use salus_primitives::signing;

/// Shared with the TypeScript SDK.
const VECTORS: &str = include_str!("../../../../docs/vectors/signing.json");
const EXPIRY: Moment = START + SIGNATURE_LIFE;

fn hex(bytes: impl AsRef<[u8]>) -> String {
	bytes.as_ref().iter().fold("0x".into(), |text, byte| format!("{text}{byte:02x}"))
}

/// The text of `field` in `section` of the vectors. Good enough for a file that we write.
fn vector(section: &str, field: &str) -> String {
	let (_, rest) = VECTORS.split_once(&format!("\"{section}\": {{")).expect("the section");
	let (section, _) = rest.split_once('}').expect("its end");
	let (_, rest) = section.split_once(&format!("\"{field}\": ")).expect("the field");
	rest.split([',', '\n']).next().expect("its value").trim_matches('"').into()
}

fn signature(section: &str, field: &str) -> MultiSignature {
	let text = vector(section, field);
	let bytes: Vec<u8> = (2..text.len())
		.step_by(2)
		.map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
		.collect();
	MultiSignature::decode(&mut &bytes[..]).unwrap()
}

#[test]
fn the_message_of_register_for_is_pinned() {
	build_and_execute(|| {
		let wallet = Wallet::new(200);
		let key = wallet.account();
		let message = messages::register_for(&GENESIS, HOSPITAL, &key, &AGREEMENT, EXPIRY);
		assert_eq!(
			message,
			[
				b"salus:patient-identity:register_for:v1".as_slice(),
				&[0x47; 32],
				&[7, 0, 0, 0],
				key.as_ref(),
				&[9; 32],
				&1_800_003_600u64.to_le_bytes(),
			]
			.concat()
		);
		assert_eq!(vector("registerFor", "domain").as_bytes(), messages::REGISTER_FOR_DOMAIN);
		assert_eq!(vector("registerFor", "genesis"), hex(GENESIS));
		assert_eq!(vector("registerFor", "org"), HOSPITAL.to_string());
		assert_eq!(vector("registerFor", "key"), hex(&key));
		assert_eq!(vector("registerFor", "agreementKey"), hex(AGREEMENT));
		assert_eq!(vector("registerFor", "expiry"), EXPIRY.to_string());
		assert_eq!(vector("registerFor", "message"), hex(&message));
		assert_eq!(vector("registerFor", "seed"), hex([200; 32]));
		assert_eq!(vector("registerFor", "signature"), hex(wallet.sign(&message).encode()));
		let wrapped = wallet.sign(&signing::wrapped(&message));
		assert_eq!(vector("registerFor", "signatureWrapped"), hex(wrapped.encode()));
	});
}

#[test]
fn the_message_of_add_key_is_pinned() {
	build_and_execute(|| {
		let (patient, new) = (PatientIdentity::handle_of(&Wallet::new(200).account()), 201);
		let wallet = Wallet::new(new);
		let (key, purposes) = (wallet.account(), KeyPurposeSet(5));
		let message = messages::add_key(&GENESIS, &patient, &key, purposes, EXPIRY);
		assert_eq!(
			message,
			[
				b"salus:patient-identity:add_key:v1".as_slice(),
				&[0x47; 32],
				patient.as_bytes(),
				key.as_ref(),
				&[5],
				&1_800_003_600u64.to_le_bytes(),
			]
			.concat()
		);
		assert_eq!(vector("addKey", "domain").as_bytes(), messages::ADD_KEY_DOMAIN);
		assert_eq!(vector("addKey", "genesis"), hex(GENESIS));
		assert_eq!(vector("addKey", "patient"), hex(patient));
		assert_eq!(vector("addKey", "key"), hex(&key));
		assert_eq!(vector("addKey", "purposes"), purposes.0.to_string());
		assert_eq!(vector("addKey", "expiry"), EXPIRY.to_string());
		assert_eq!(vector("addKey", "message"), hex(&message));
		assert_eq!(vector("addKey", "seed"), hex([201; 32]));
		assert_eq!(vector("addKey", "signature"), hex(wallet.sign(&message).encode()));
		let wrapped = wallet.sign(&signing::wrapped(&message));
		assert_eq!(vector("addKey", "signatureWrapped"), hex(wrapped.encode()));
	});
}

#[test]
fn the_handle_is_pinned() {
	build_and_execute(|| {
		let key = Wallet::new(200).account();
		let message = messages::handle(&GENESIS, &key);
		assert_eq!(message, [b"salus:patient".as_slice(), &[0x47; 32], key.as_ref()].concat());
		assert_eq!(vector("handle", "domain").as_bytes(), messages::HANDLE_DOMAIN);
		assert_eq!(vector("handle", "genesis"), hex(GENESIS));
		assert_eq!(vector("handle", "firstKey"), hex(&key));
		assert_eq!(vector("handle", "message"), hex(&message));
		assert_eq!(vector("handle", "handle"), hex(PatientIdentity::handle_of(&key)));
	});
}

/// Made by another implementation, taken as they are.
#[test]
fn the_signatures_of_the_vectors_are_accepted() {
	for field in ["signature", "signatureWrapped"] {
		build_and_execute(|| {
			let (first, new) = (Wallet::new(200), Wallet::new(201));
			assert_ok!(PatientIdentity::register_for(
				signed(&member(HOSPITAL)),
				HOSPITAL,
				first.account(),
				AGREEMENT,
				EXPIRY,
				signature("registerFor", field),
			));
			assert_ok!(PatientIdentity::add_key(
				signed(&first.account()),
				new.account(),
				KeyPurposeSet(5),
				EXPIRY,
				signature("addKey", field),
			));
		});
	}
}

#[test]
fn a_registration_binds_each_of_its_parts() {
	build_and_execute(|| {
		let wallet = Wallet::new(200);
		let (key, other) = (wallet.account(), Wallet::new(201).account());
		let elsewhere = sp_core::H256::repeat_byte(0x48);
		let submit = |signature| {
			PatientIdentity::register_for(
				signed(&member(HOSPITAL)),
				HOSPITAL,
				key.clone(),
				AGREEMENT,
				EXPIRY,
				signature,
			)
		};
		let patient = PatientIdentity::handle_of(&key);
		for message in [
			messages::register_for(&elsewhere, HOSPITAL, &key, &AGREEMENT, EXPIRY),
			messages::register_for(&GENESIS, CLINIC, &key, &AGREEMENT, EXPIRY),
			messages::register_for(&GENESIS, HOSPITAL, &other, &AGREEMENT, EXPIRY),
			messages::register_for(&GENESIS, HOSPITAL, &key, &[8; 32], EXPIRY),
			messages::register_for(&GENESIS, HOSPITAL, &key, &AGREEMENT, EXPIRY - 1),
			// That of another call.
			messages::add_key(&GENESIS, &patient, &key, KeyPurposeSet::ALL, EXPIRY),
			Vec::new(),
		] {
			assert_noop!(submit(wallet.sign(&message)), Error::<Test>::BadSignature);
		}
		let message = messages::register_for(&GENESIS, HOSPITAL, &key, &AGREEMENT, EXPIRY);
		assert_noop!(submit(Wallet::new(201).sign(&message)), Error::<Test>::BadSignature);
		assert_ok!(submit(wallet.sign(&message)));
		// Replayed, it does nothing, before it expires and after.
		assert_noop!(submit(wallet.sign(&message)), Error::<Test>::KeyInUse);
		set_now(EXPIRY);
		assert_noop!(submit(wallet.sign(&message)), Error::<Test>::SignatureExpired);
	});
}

#[test]
fn an_addition_binds_each_of_its_parts() {
	build_and_execute(|| {
		let (first, patient) = registered(1);
		let (_, stranger) = registered(2);
		let wallet = Wallet::new(201);
		let (key, other) = (wallet.account(), Wallet::new(202).account());
		let elsewhere = sp_core::H256::repeat_byte(0x48);
		let submit = |signature| {
			let by = signed(&first.account());
			PatientIdentity::add_key(by, key.clone(), VIEW, EXPIRY, signature)
		};
		for message in [
			messages::add_key(&elsewhere, &patient, &key, VIEW, EXPIRY),
			messages::add_key(&GENESIS, &stranger, &key, VIEW, EXPIRY),
			messages::add_key(&GENESIS, &patient, &other, VIEW, EXPIRY),
			messages::add_key(&GENESIS, &patient, &key, KeyPurposeSet::ALL, EXPIRY),
			messages::add_key(&GENESIS, &patient, &key, VIEW, EXPIRY - 1),
			// That of another call.
			messages::register_for(&GENESIS, HOSPITAL, &key, &AGREEMENT, EXPIRY),
		] {
			assert_noop!(submit(wallet.sign(&message)), Error::<Test>::BadSignature);
		}
		let message = messages::add_key(&GENESIS, &patient, &key, VIEW, EXPIRY);
		// The handle's own key cannot stand in for the new one.
		assert_noop!(submit(first.sign(&message)), Error::<Test>::BadSignature);
		assert_ok!(submit(wallet.sign(&signing::wrapped(&message))));
		assert_noop!(submit(wallet.sign(&message)), Error::<Test>::KeyInUse);
		// Cancelled, it can be asked for again until it expires, and no longer.
		assert_ok!(PatientIdentity::cancel_pending_key(signed(&first.account()), key.clone()));
		assert_ok!(submit(wallet.sign(&message)));
		assert_ok!(PatientIdentity::cancel_pending_key(signed(&first.account()), key.clone()));
		set_now(EXPIRY);
		assert_noop!(submit(wallet.sign(&message)), Error::<Test>::SignatureExpired);
	});
}

#[test]
fn a_signature_expires_and_its_expiry_is_near() {
	build_and_execute(|| {
		let (first, patient) = registered(1);
		let wallet = Wallet::new(200);
		let register = |expiry| {
			PatientIdentity::register_for(
				signed(&member(HOSPITAL)),
				HOSPITAL,
				wallet.account(),
				AGREEMENT,
				expiry,
				registration(&wallet, HOSPITAL, expiry),
			)
		};
		let new = Wallet::new(201);
		let add = |expiry| {
			let message = messages::add_key(&GENESIS, &patient, &new.account(), VIEW, expiry);
			let by = signed(&first.account());
			PatientIdentity::add_key(by, new.account(), VIEW, expiry, new.sign(&message))
		};
		for expired in [0, START - 1, START] {
			assert_noop!(register(expired), Error::<Test>::SignatureExpired);
			assert_noop!(add(expired), Error::<Test>::SignatureExpired);
		}
		for far in [EXPIRY + 1, Moment::MAX] {
			assert_noop!(register(far), Error::<Test>::ExpiryTooFar);
			assert_noop!(add(far), Error::<Test>::ExpiryTooFar);
		}
		assert_ok!(register(EXPIRY));
		assert_ok!(add(START + 1));
	});
}
