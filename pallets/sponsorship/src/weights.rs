// placeholder until generated

//! Weights of `pallet_sponsorship`.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]
#![allow(dead_code)]

use frame_support::{traits::Get, weights::{Weight, constants::RocksDbWeight}};
use core::marker::PhantomData;

/// Weight functions needed for `pallet_sponsorship`.
pub trait WeightInfo {
	fn sponsored_fee() -> Weight;
	fn free_call() -> Weight;
}

/// Weights for `pallet_sponsorship` using the Substrate node and recommended hardware.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Sponsorship::Accounts` (r:1 w:1)
	/// Storage: `System::Account` (r:2 w:1)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	fn sponsored_fee() -> Weight {
		Weight::from_parts(60_000_000, 6196)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn free_call() -> Weight {
		Weight::from_parts(5_000_000, 0)
	}
}

// For backwards compatibility and tests.
impl WeightInfo for () {
	/// Storage: `Sponsorship::Accounts` (r:1 w:1)
	/// Storage: `System::Account` (r:2 w:1)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	fn sponsored_fee() -> Weight {
		Weight::from_parts(60_000_000, 6196)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn free_call() -> Weight {
		Weight::from_parts(5_000_000, 0)
	}
}
