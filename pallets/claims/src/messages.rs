//! What a member signs off chain for this pallet, byte for byte.
//!
//! A SCALE-encoded tuple that begins with the domain tag of its call, so that a front-end builds the
//! same bytes by concatenation. `docs/vectors/signing.json` holds an example.

use crate::types::{CoverageId, EncounterId};
use alloc::vec::Vec;
use codec::Encode;
use salus_primitives::{Moment, OrgId};

/// The domain tag of the signature that `attest_for` takes.
pub const ATTEST_DOMAIN: &[u8; 22] = b"salus:claims:attest:v1";

/// What a member key signs so that the provider `org`, and no other, may hand in before `expiry` that
/// the encounter took place, on this coverage: tag, genesis hash, organisation, encounter, coverage,
/// expiry.
pub fn attest<Hash: Encode>(
	genesis: &Hash,
	org: OrgId,
	encounter: EncounterId,
	coverage: CoverageId,
	expiry: Moment,
) -> Vec<u8> {
	(ATTEST_DOMAIN, genesis, org, encounter, coverage, expiry).encode()
}
