//! Weights of `pallet_care`: ESTIMATES, counted by hand from what each call reads and writes.
//!
//! NOT MEASURED. Run `scripts/weights.sh care`, which replaces this file.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::RocksDbWeight, Weight},
};

/// What each call of `pallet_care` costs.
pub trait WeightInfo {
	fn invite() -> Weight;
	fn withdraw_invitation() -> Weight;
	fn open() -> Weight;
	fn open_for() -> Weight;
	fn refer() -> Weight;
	fn end() -> Weight;
	fn leave() -> Weight;
	fn end_for() -> Weight;
	fn opt_out() -> Weight;
	fn opt_out_of() -> Weight;
	fn opt_in() -> Weight;
	fn apply_opt_in() -> Weight;
	fn cancel_opt_in() -> Weight;
	fn set_policy() -> Weight;
}

/// The estimated weights, with the database costs of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn invite() -> Weight {
		Weight::from_parts(150_000_000, 28000)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn withdraw_invitation() -> Weight {
		Weight::from_parts(100_000_000, 16000)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn open() -> Weight {
		Weight::from_parts(300_000_000, 112000)
			.saturating_add(T::DbWeight::get().reads(28_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	fn open_for() -> Weight {
		Weight::from_parts(400_000_000, 112000)
			.saturating_add(T::DbWeight::get().reads(28_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	fn refer() -> Weight {
		Weight::from_parts(400_000_000, 192000)
			.saturating_add(T::DbWeight::get().reads(48_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn end() -> Weight {
		Weight::from_parts(150_000_000, 28000)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	fn leave() -> Weight {
		Weight::from_parts(150_000_000, 28000)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	fn end_for() -> Weight {
		Weight::from_parts(150_000_000, 28000)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	fn opt_out() -> Weight {
		Weight::from_parts(100_000_000, 20000)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn opt_out_of() -> Weight {
		Weight::from_parts(100_000_000, 28000)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn opt_in() -> Weight {
		Weight::from_parts(100_000_000, 24000)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn apply_opt_in() -> Weight {
		Weight::from_parts(100_000_000, 20000)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn cancel_opt_in() -> Weight {
		Weight::from_parts(100_000_000, 16000)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn set_policy() -> Weight {
		Weight::from_parts(50_000_000, 8000)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}

/// For tests.
impl WeightInfo for () {
	fn invite() -> Weight {
		Weight::from_parts(150_000_000, 28000)
			.saturating_add(RocksDbWeight::get().reads(7_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn withdraw_invitation() -> Weight {
		Weight::from_parts(100_000_000, 16000)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn open() -> Weight {
		Weight::from_parts(300_000_000, 112000)
			.saturating_add(RocksDbWeight::get().reads(28_u64))
			.saturating_add(RocksDbWeight::get().writes(7_u64))
	}
	fn open_for() -> Weight {
		Weight::from_parts(400_000_000, 112000)
			.saturating_add(RocksDbWeight::get().reads(28_u64))
			.saturating_add(RocksDbWeight::get().writes(7_u64))
	}
	fn refer() -> Weight {
		Weight::from_parts(400_000_000, 192000)
			.saturating_add(RocksDbWeight::get().reads(48_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn end() -> Weight {
		Weight::from_parts(150_000_000, 28000)
			.saturating_add(RocksDbWeight::get().reads(7_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
	fn leave() -> Weight {
		Weight::from_parts(150_000_000, 28000)
			.saturating_add(RocksDbWeight::get().reads(7_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn end_for() -> Weight {
		Weight::from_parts(150_000_000, 28000)
			.saturating_add(RocksDbWeight::get().reads(7_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
	fn opt_out() -> Weight {
		Weight::from_parts(100_000_000, 20000)
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn opt_out_of() -> Weight {
		Weight::from_parts(100_000_000, 28000)
			.saturating_add(RocksDbWeight::get().reads(7_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn opt_in() -> Weight {
		Weight::from_parts(100_000_000, 24000)
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn apply_opt_in() -> Weight {
		Weight::from_parts(100_000_000, 20000)
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn cancel_opt_in() -> Weight {
		Weight::from_parts(100_000_000, 16000)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn set_policy() -> Weight {
		Weight::from_parts(50_000_000, 8000)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
}
