// placeholder until generated

//! Weights of `pallet_validator_set`.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]
#![allow(dead_code)]

use frame_support::{traits::Get, weights::{Weight, constants::RocksDbWeight}};
use core::marker::PhantomData;

/// Weight functions needed for `pallet_validator_set`.
pub trait WeightInfo {
	fn add_validator() -> Weight;
	fn remove_validator(m: u32, ) -> Weight;
	fn retire(m: u32, ) -> Weight;
	fn on_offence(n: u32, ) -> Weight;
	fn plan_session(m: u32, ) -> Weight;
}

/// Weights for `pallet_validator_set` using the Substrate node and recommended hardware.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn add_validator() -> Weight {
		Weight::from_parts(20_000_000, 3537)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn remove_validator(m: u32, ) -> Weight {
		Weight::from_parts(40_000_000, 3537)
			.saturating_add(Weight::from_parts(6_000_000, 2551).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	fn retire(m: u32, ) -> Weight {
		Weight::from_parts(40_000_000, 3537)
			.saturating_add(Weight::from_parts(6_000_000, 2551).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	fn on_offence(n: u32, ) -> Weight {
		Weight::from_parts(20_000_000, 3537)
			.saturating_add(Weight::from_parts(20_000_000, 2551).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().reads((4_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(n.into())))
	}
	fn plan_session(m: u32, ) -> Weight {
		Weight::from_parts(40_000_000, 3537)
			.saturating_add(Weight::from_parts(10_000_000, 2551).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(m.into())))
	}
}

// For backwards compatibility and tests.
impl WeightInfo for () {
	fn add_validator() -> Weight {
		Weight::from_parts(20_000_000, 3537)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn remove_validator(m: u32, ) -> Weight {
		Weight::from_parts(40_000_000, 3537)
			.saturating_add(Weight::from_parts(6_000_000, 2551).saturating_mul(m.into()))
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().reads((3_u64).saturating_mul(m.into())))
			.saturating_add(RocksDbWeight::get().writes(8_u64))
	}
	fn retire(m: u32, ) -> Weight {
		Weight::from_parts(40_000_000, 3537)
			.saturating_add(Weight::from_parts(6_000_000, 2551).saturating_mul(m.into()))
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().reads((3_u64).saturating_mul(m.into())))
			.saturating_add(RocksDbWeight::get().writes(8_u64))
	}
	fn on_offence(n: u32, ) -> Weight {
		Weight::from_parts(20_000_000, 3537)
			.saturating_add(Weight::from_parts(20_000_000, 2551).saturating_mul(n.into()))
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().reads((4_u64).saturating_mul(n.into())))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
			.saturating_add(RocksDbWeight::get().writes((2_u64).saturating_mul(n.into())))
	}
	fn plan_session(m: u32, ) -> Weight {
		Weight::from_parts(40_000_000, 3537)
			.saturating_add(Weight::from_parts(10_000_000, 2551).saturating_mul(m.into()))
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().reads((3_u64).saturating_mul(m.into())))
	}
}
