//! The presets `development` (one validator) and `local_testnet` (four).
//!
//! Development keys (`//Alice`) exist in these two and nowhere else. A real network is made from a
//! file of its members, and refuses them.

pub use shared::{get_preset, preset_names, SETTLEMENT_ASSET, SHORT_FLOORS};

use crate::*;
use frame_support::build_struct_json_patch;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};

#[path = "../../common/composed/presets.rs"]
mod shared;

/// The length of a session in the presets, in slots: two minutes, so that a change of validators
/// shows while one watches.
pub const SHORT_SESSION: u64 = 40;
fn validator(who: Sr25519Keyring, finality: Ed25519Keyring) -> (Sr25519Keyring, SessionKeys) {
	(who, SessionKeys { babe: who.public().into(), grandpa: finality.public().into() })
}

fn genesis(validators: &[(Sr25519Keyring, SessionKeys)], min_validators: u32) -> serde_json::Value {
	let babe = build_struct_json_patch!(RuntimeGenesisConfig {
		babe: BabeConfig { epoch_config: BABE_GENESIS_EPOCH_CONFIG },
	});
	shared::genesis(validators, min_validators, SHORT_SESSION, babe)
}

/// One validator, `//Alice`: for developing.
pub fn development() -> serde_json::Value {
	genesis(&[validator(Sr25519Keyring::Alice, Ed25519Keyring::Alice)], 1)
}

/// Four validators, `//Alice` to `//Dave`: for tests of a network on one machine.
pub fn local_testnet() -> serde_json::Value {
	genesis(
		&[
			validator(Sr25519Keyring::Alice, Ed25519Keyring::Alice),
			validator(Sr25519Keyring::Bob, Ed25519Keyring::Bob),
			validator(Sr25519Keyring::Charlie, Ed25519Keyring::Charlie),
			validator(Sr25519Keyring::Dave, Ed25519Keyring::Dave),
		],
		4,
	)
}
