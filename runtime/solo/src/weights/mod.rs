//! Weights that are measured in this runtime, because the SDK's pallets bring none: how the figures of
//! `scripts/weights.sh` are what the pallets ask for.

pub mod consensus;

use self::consensus::{SubstrateWeight, WeightInfo};
use crate::Runtime;
use frame_support::weights::Weight;

/// The weights of BABE and GRANDPA.
///
/// How many validators there are is what the reporter *says*, and the chain does its work before it
/// finds that to be wrong. So a report always weighs as much as one with as many validators as
/// there can be, which is what was measured. Nobody nominates here.
pub struct ConsensusWeight;

impl pallet_babe::WeightInfo for ConsensusWeight {
	fn plan_config_change() -> Weight {
		SubstrateWeight::<Runtime>::plan_config_change()
	}

	fn report_equivocation(_validators: u32, _nominators: u32) -> Weight {
		SubstrateWeight::<Runtime>::report_two_blocks()
	}
}

impl pallet_grandpa::WeightInfo for ConsensusWeight {
	fn report_equivocation(_validators: u32, _nominators: u32) -> Weight {
		SubstrateWeight::<Runtime>::report_two_votes()
	}

	fn note_stalled() -> Weight {
		SubstrateWeight::<Runtime>::note_stalled()
	}
}
