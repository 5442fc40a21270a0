//! What a patient signs off chain for this pallet, byte for byte.
//!
//! Each message is a SCALE-encoded tuple that begins with the domain tag of its call, so that a
//! front-end builds the same bytes by concatenation. `docs/vectors/signing.json` holds examples.

use crate::types::RelationshipKind;
use alloc::vec::Vec;
use codec::Encode;
use salus_primitives::{Moment, OrgId, PatientId};

/// The domain tag of the signature that `open_for` takes.
pub const OPEN_FOR_DOMAIN: &[u8; 22] = b"salus:care:open_for:v2";
/// The domain tag of the signature that `refer` takes.
pub const REFER_DOMAIN: &[u8; 19] = b"salus:care:refer:v2";

/// A block of the chain that who signs knows: its number and its hash. Nobody knows the hash before there is the block, so
/// that the signature was made after it.
pub type Seen<Number, Hash> = (Number, Hash);

/// What a patient's key signs so that the organisation `org`, and no other, may record before `expiry`, once, that
/// it treats the patient until `until`: tag, genesis hash, organisation, patient, kind, until, id, number and hash of a
/// recent block, expiry.
#[allow(clippy::too_many_arguments)]
pub fn open_for<Number: Encode, Hash: Encode>(
	genesis: &Hash,
	org: OrgId,
	patient: &PatientId,
	kind: RelationshipKind,
	until: Moment,
	id: u32,
	seen: &Seen<Number, Hash>,
	expiry: Moment,
) -> Vec<u8> {
	(OPEN_FOR_DOMAIN, genesis, org, patient, kind, until, id, seen, expiry).encode()
}

/// What a patient's key signs so that the organisation `from`, and no other, may send the patient before `expiry`,
/// once, to the organisation `to`, which may then treat the patient until `until`: tag, genesis hash,
/// organisation that sends, patient, organisation that receives, until, id, number and hash of a recent block, expiry.
#[allow(clippy::too_many_arguments)]
pub fn refer<Number: Encode, Hash: Encode>(
	genesis: &Hash,
	from: OrgId,
	patient: &PatientId,
	to: OrgId,
	until: Moment,
	id: u32,
	seen: &Seen<Number, Hash>,
	expiry: Moment,
) -> Vec<u8> {
	(REFER_DOMAIN, genesis, from, patient, to, until, id, seen, expiry).encode()
}
