//! Weights of `pallet_acknowledgement`: ESTIMATES, counted by hand from what each call reads and writes.
//!
//! NOT MEASURED. Run `scripts/weights.sh acknowledgement`, which replaces this file.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::RocksDbWeight, Weight},
};

/// What each call of `pallet_acknowledgement` costs.
pub trait WeightInfo {
	fn acknowledge() -> Weight;
	fn mark_overdue() -> Weight;
}

/// The estimated weights, with the database costs of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn acknowledge() -> Weight {
		Weight::from_parts(300_000_000, 160000)
			.saturating_add(T::DbWeight::get().reads(54_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	fn mark_overdue() -> Weight {
		Weight::from_parts(150_000_000, 70000)
			.saturating_add(T::DbWeight::get().reads(13_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
}

/// For tests.
impl WeightInfo for () {
	fn acknowledge() -> Weight {
		Weight::from_parts(300_000_000, 160000)
			.saturating_add(RocksDbWeight::get().reads(54_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn mark_overdue() -> Weight {
		Weight::from_parts(150_000_000, 70000)
			.saturating_add(RocksDbWeight::get().reads(13_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
}
