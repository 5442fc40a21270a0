//! The presets `development` (one collator) and `local_testnet` (two).
//!
//! Development keys (`//Alice`) exist in these two and nowhere else. A real network is made from a
//! file of its members, and refuses them.

pub use shared::{get_preset, preset_names, SETTLEMENT_ASSET, SHORT_FLOORS};

use crate::*;
use frame_support::build_struct_json_patch;
use sp_keyring::Sr25519Keyring;

#[path = "../../common/composed/presets.rs"]
mod shared;

/// The length of a session in the presets, in blocks: two minutes, so that a change of collators
/// shows while one watches.
pub const SHORT_SESSION: u64 = 20;
/// The parachain's number in the presets.
pub const PARA_ID: u32 = 2_000;

fn collator(who: Sr25519Keyring) -> (Sr25519Keyring, SessionKeys) {
	(who, SessionKeys { aura: who.public().into() })
}

fn genesis(collators: &[(Sr25519Keyring, SessionKeys)], min_collators: u32) -> serde_json::Value {
	let parachain = build_struct_json_patch!(RuntimeGenesisConfig {
		parachain_info: ParachainInfoConfig { parachain_id: PARA_ID.into() },
	});
	shared::genesis(collators, min_collators, SHORT_SESSION, parachain)
}

/// One collator, `//Alice`: for developing.
pub fn development() -> serde_json::Value {
	genesis(&[collator(Sr25519Keyring::Alice)], 1)
}

/// Two collators, `//Alice` and `//Bob`: for tests of a network on one machine.
pub fn local_testnet() -> serde_json::Value {
	genesis(&[collator(Sr25519Keyring::Alice), collator(Sr25519Keyring::Bob)], 1)
}
