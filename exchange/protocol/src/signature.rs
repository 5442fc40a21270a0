//! Signatures over messages, as wallets make them.

use crate::account::Account;
use k256::ecdsa::{RecoveryId, VerifyingKey as EcdsaKey};
use sp_crypto_hashing::blake2_256;

/// The context in which Sr25519 keys sign on chains of this kind.
const SR25519_CONTEXT: &[u8] = b"substrate";

/// Whether `signature` is one of `account` over `message`, as it is or in `<Bytes>…</Bytes>`, in which wallets wrap what they sign.
///
/// Taken are 64 bytes of Ed25519 or Sr25519, 65 of ECDSA over secp256k1 and BLAKE2b-256 with the number of the key last, and each
/// with the index of its kind before it, as the chain encodes a `MultiSignature`. The index is not relied on: of which kind a key
/// is, an account does not tell.
pub fn holds(account: Account, message: &[u8], signature: &[u8]) -> bool {
	let wrapped = [b"<Bytes>", message, b"</Bytes>"].concat();
	is_of(account, message, signature) || is_of(account, &wrapped, signature)
}

fn is_of(account: Account, bytes: &[u8], signature: &[u8]) -> bool {
	let typed = match signature.split_first() {
		Some((0..=2, rest)) => Some(rest),
		_ => None,
	};
	match (signature.len(), typed) {
		(64, _) => is_of_curve25519(account, bytes, signature),
		(65, Some(rest)) => {
			is_of_curve25519(account, bytes, rest) || is_of_secp256k1(account, bytes, signature)
		},
		(65, None) => is_of_secp256k1(account, bytes, signature),
		(66, Some(rest)) => is_of_secp256k1(account, bytes, rest),
		_ => false,
	}
}

fn is_of_curve25519(account: Account, bytes: &[u8], signature: &[u8]) -> bool {
	let ed25519 = || {
		let key = ed25519_zebra::VerificationKey::try_from(account.0).ok()?;
		let signature = ed25519_zebra::Signature::try_from(signature).ok()?;
		key.verify(&signature, bytes).ok()
	};
	let sr25519 = || {
		let key = schnorrkel::PublicKey::from_bytes(&account.0).ok()?;
		let signature = schnorrkel::Signature::from_bytes(signature).ok()?;
		key.verify_simple(SR25519_CONTEXT, bytes, &signature).ok()
	};
	ed25519().is_some() || sr25519().is_some()
}

fn is_of_secp256k1(account: Account, bytes: &[u8], signature: &[u8]) -> bool {
	let recovered = || {
		let (last, rest) = signature.split_last()?;
		let signature = k256::ecdsa::Signature::from_slice(rest).ok()?;
		let number = RecoveryId::from_byte(*last)?;
		EcdsaKey::recover_from_prehash(&blake2_256(bytes), &signature, number).ok()
	};
	recovered().is_some_and(|key| blake2_256(key.to_encoded_point(true).as_bytes()) == account.0)
}
