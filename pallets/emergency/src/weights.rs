//! Weights of `pallet_emergency`: ESTIMATES, counted by hand from what each call reads and writes.
//!
//! NOT MEASURED. Run `scripts/weights.sh emergency`, which replaces this file.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::RocksDbWeight, Weight},
};

/// What each call of `pallet_emergency` costs.
pub trait WeightInfo {
	fn break_glass() -> Weight;
	fn break_glass_late() -> Weight;
	fn review() -> Weight;
	fn dispute() -> Weight;
	fn rule() -> Weight;
	fn set_advance_directive() -> Weight;
	fn relax_advance_directive() -> Weight;
	fn apply_relaxation() -> Weight;
	fn cancel_relaxation() -> Weight;
}

/// The estimated weights, with the database costs of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn break_glass() -> Weight {
		Weight::from_parts(300_000_000, 180000)
			.saturating_add(T::DbWeight::get().reads(45_u64))
			.saturating_add(T::DbWeight::get().writes(9_u64))
	}
	fn break_glass_late() -> Weight {
		Weight::from_parts(300_000_000, 124000)
			.saturating_add(T::DbWeight::get().reads(31_u64))
			.saturating_add(T::DbWeight::get().writes(9_u64))
	}
	fn review() -> Weight {
		Weight::from_parts(100_000_000, 20000)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn dispute() -> Weight {
		Weight::from_parts(100_000_000, 20000)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn rule() -> Weight {
		Weight::from_parts(100_000_000, 20000)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn set_advance_directive() -> Weight {
		Weight::from_parts(80_000_000, 16000)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn relax_advance_directive() -> Weight {
		Weight::from_parts(80_000_000, 24000)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn apply_relaxation() -> Weight {
		Weight::from_parts(80_000_000, 16000)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn cancel_relaxation() -> Weight {
		Weight::from_parts(80_000_000, 16000)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}

/// For tests.
impl WeightInfo for () {
	fn break_glass() -> Weight {
		Weight::from_parts(300_000_000, 180000)
			.saturating_add(RocksDbWeight::get().reads(45_u64))
			.saturating_add(RocksDbWeight::get().writes(9_u64))
	}
	fn break_glass_late() -> Weight {
		Weight::from_parts(300_000_000, 124000)
			.saturating_add(RocksDbWeight::get().reads(31_u64))
			.saturating_add(RocksDbWeight::get().writes(9_u64))
	}
	fn review() -> Weight {
		Weight::from_parts(100_000_000, 20000)
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn dispute() -> Weight {
		Weight::from_parts(100_000_000, 20000)
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn rule() -> Weight {
		Weight::from_parts(100_000_000, 20000)
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn set_advance_directive() -> Weight {
		Weight::from_parts(80_000_000, 16000)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn relax_advance_directive() -> Weight {
		Weight::from_parts(80_000_000, 24000)
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn apply_relaxation() -> Weight {
		Weight::from_parts(80_000_000, 16000)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn cancel_relaxation() -> Weight {
		Weight::from_parts(80_000_000, 16000)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
}
