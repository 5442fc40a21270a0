//! The genesis presets build, and hold what they promise.

mod common;

use common::Chain;
use salus_runtime::{genesis_config_presets::*, *};

#[test]
fn every_named_preset_builds_a_genesis() {
	for id in preset_names() {
		let json = get_preset(&id).unwrap_or_else(|| panic!("{id:?} has no preset"));
		let patch: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
		let mut chain = Chain::from_preset(patch);
		chain.next_block();
	}
	assert_eq!(get_preset(&"production".into()), None);
}

#[test]
fn development_has_one_validator_and_local_four() {
	for (patch, count) in [(development(), 1), (local_testnet(), 4)] {
		let mut chain = Chain::from_preset(patch);
		chain.run(|| {
			assert_eq!(Session::validators().len(), count);
			assert_eq!(Babe::authorities().len(), count);
			assert_eq!(Grandpa::grandpa_authorities().len(), count);
		});
	}
}
