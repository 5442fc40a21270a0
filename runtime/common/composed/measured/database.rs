//! The figures of the SDK, until `scripts/weights.sh database` has measured them on a machine that does nothing else.

pub use frame_support::weights::constants::ParityDbWeight as DatabaseWeight;
