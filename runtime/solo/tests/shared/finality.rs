//! What the presets and the catalogue have because this chain finalises its blocks by itself.

use crate::common::Chain;
use frame_support::{assert_ok, traits::UnfilteredDispatchable};
use pallet_enactment::{Catalogue, EnactmentClass};
use salus_runtime::{configs::governance::RootCatalogue, genesis_config_presets::*, *};

#[test]
fn every_validator_of_the_presets_makes_blocks_and_finalises() {
	for patch in [development(), local_testnet()] {
		let mut chain = Chain::from_preset(patch);
		chain.run(|| {
			let count = Session::validators().len();
			assert_eq!(Babe::authorities().len(), count);
			assert_eq!(Grandpa::grandpa_authorities().len(), count);
		});
	}
}

#[test]
fn a_stalled_finality_is_noted_by_what_is_enacted() {
	let mut chain = Chain::development();
	let note: RuntimeCall =
		pallet_grandpa::Call::note_stalled { delay: 10, best_finalized_block_number: 1 }.into();
	assert_eq!(RootCatalogue::class(&note), Some(EnactmentClass::Emergency));
	chain.run(|| {
		assert_ok!(note.dispatch_bypass_filter(RuntimeOrigin::root()));
		assert!(Grandpa::stalled().is_some());
	});
}
