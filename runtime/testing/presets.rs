//! The genesis presets build, and hold what they promise.

use crate::{
	common::Chain,
	of_consensus::VALIDATORS,
	runtime::{genesis_config_presets::*, *},
};

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
fn every_preset_has_its_number_of_validators() {
	for (patch, count) in [development(), local_testnet()].into_iter().zip(VALIDATORS) {
		let mut chain = Chain::from_preset(patch);
		assert_eq!(chain.run(Session::validators).len(), count);
	}
}
