//! Weights of `pallet_access_log`: ESTIMATES, counted by hand from what each call reads and writes.
//!
//! NOT MEASURED. Run `scripts/weights.sh access-log`, which replaces this file.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::RocksDbWeight, Weight},
};

/// What each call of `pallet_access_log` costs.
pub trait WeightInfo {
	fn commit() -> Weight;
	fn attest_reconciled() -> Weight;
	fn begin_anew() -> Weight;
}

/// The estimated weights, with the database costs of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn commit() -> Weight {
		Weight::from_parts(120_000_000, 24000)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	fn attest_reconciled() -> Weight {
		Weight::from_parts(100_000_000, 32000)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// That of `commit`, which does the same and more.
	fn begin_anew() -> Weight {
		Weight::from_parts(120_000_000, 24000)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
}

/// For tests.
impl WeightInfo for () {
	fn commit() -> Weight {
		Weight::from_parts(120_000_000, 24000)
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn attest_reconciled() -> Weight {
		Weight::from_parts(100_000_000, 32000)
			.saturating_add(RocksDbWeight::get().reads(8_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	// That of `commit`, which does the same and more.
	fn begin_anew() -> Weight {
		Weight::from_parts(120_000_000, 24000)
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
}
