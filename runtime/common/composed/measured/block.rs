//! The figure of the SDK, until `scripts/weights.sh base` has measured it on a machine that does nothing else.

pub use frame_support::weights::constants::BlockExecutionWeight;
