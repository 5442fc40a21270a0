//! Weights of `pallet_sealed`: ESTIMATES, counted by hand from what each call reads and writes.
//!
//! NOT MEASURED. Run `scripts/weights.sh sealed`, which replaces this file.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::RocksDbWeight, Weight},
};

/// What each call of `pallet_sealed` costs.
pub trait WeightInfo {
	fn permit_sealed() -> Weight;
	fn deny_sealed() -> Weight;
	fn revoke() -> Weight;
	fn lift() -> Weight;
	fn apply_lift() -> Weight;
	fn cancel_lift() -> Weight;
}

/// The estimated weights, with the database costs of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn permit_sealed() -> Weight {
		Weight::from_parts(120_000_000, 20000)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn deny_sealed() -> Weight {
		Weight::from_parts(120_000_000, 20000)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn revoke() -> Weight {
		Weight::from_parts(100_000_000, 16000)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn lift() -> Weight {
		Weight::from_parts(100_000_000, 20000)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn apply_lift() -> Weight {
		Weight::from_parts(100_000_000, 16000)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn cancel_lift() -> Weight {
		Weight::from_parts(100_000_000, 16000)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}

/// For tests.
impl WeightInfo for () {
	fn permit_sealed() -> Weight {
		Weight::from_parts(120_000_000, 20000)
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn deny_sealed() -> Weight {
		Weight::from_parts(120_000_000, 20000)
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn revoke() -> Weight {
		Weight::from_parts(100_000_000, 16000)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn lift() -> Weight {
		Weight::from_parts(100_000_000, 20000)
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn apply_lift() -> Weight {
		Weight::from_parts(100_000_000, 16000)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn cancel_lift() -> Weight {
		Weight::from_parts(100_000_000, 16000)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
}
