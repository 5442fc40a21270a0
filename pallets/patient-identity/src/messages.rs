//! What a wallet signs off chain for this pallet, byte for byte.
//!
//! Each message is a SCALE-encoded tuple that begins with the domain tag of its call, so that a
//! front-end builds the same bytes by concatenation. `docs/vectors/signing.json` holds examples.

use alloc::vec::Vec;
use codec::Encode;
use salus_primitives::{KeyPurposeSet, Moment, OrgId, PatientId};

/// The domain tag of handles.
pub const HANDLE_DOMAIN: &[u8; 13] = b"salus:patient";
/// The domain tag of the signature that `register_for` takes.
pub const REGISTER_FOR_DOMAIN: &[u8; 38] = b"salus:patient-identity:register_for:v1";
/// The domain tag of the signature that `add_key` takes.
pub const ADD_KEY_DOMAIN: &[u8; 33] = b"salus:patient-identity:add_key:v1";

/// What a handle is the hash of: tag, genesis hash, first key.
pub fn handle<Hash: Encode, AccountId: Encode>(genesis: &Hash, key: &AccountId) -> Vec<u8> {
	(HANDLE_DOMAIN, genesis, key).encode()
}

/// What the first key signs so that the organisation `org`, and no other, may register it before
/// `expiry`: tag, genesis hash, organisation, key, agreement key, expiry.
pub fn register_for<Hash: Encode, AccountId: Encode>(
	genesis: &Hash,
	org: OrgId,
	key: &AccountId,
	agreement_key: &[u8; 32],
	expiry: Moment,
) -> Vec<u8> {
	(REGISTER_FOR_DOMAIN, genesis, org, key, agreement_key, expiry).encode()
}

/// What a new key signs so that `patient`, and no other, may add it before `expiry`: tag, genesis
/// hash, patient, key, purposes, expiry.
pub fn add_key<Hash: Encode, AccountId: Encode>(
	genesis: &Hash,
	patient: &PatientId,
	key: &AccountId,
	purposes: KeyPurposeSet,
	expiry: Moment,
) -> Vec<u8> {
	(ADD_KEY_DOMAIN, genesis, patient, key, purposes, expiry).encode()
}
