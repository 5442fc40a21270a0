// placeholder until generated
//! Weights of the calls.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]

use frame_support::{traits::Get, weights::{Weight, constants::RocksDbWeight}};
use core::marker::PhantomData;

/// Weight functions needed for `pallet_patient_identity`.
pub trait WeightInfo {
	fn register() -> Weight;
	fn register_for() -> Weight;
	fn add_key() -> Weight;
	fn cancel_pending_key() -> Weight;
	fn remove_own_key() -> Weight;
	fn remove_key() -> Weight;
	fn cancel_key_removal() -> Weight;
	fn rotate_agreement_key() -> Weight;
	fn cancel_rotation() -> Weight;
	fn freeze() -> Weight;
	fn unfreeze() -> Weight;
	fn cancel_unfreeze() -> Weight;
	fn retire() -> Weight;
	fn cancel_retirement() -> Weight;
	fn complete_retirement() -> Weight;
}

/// Weights for `pallet_patient_identity` using the SDK's node and recommended hardware.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn register() -> Weight {
		Weight::from_parts(40_000_000, 14400)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	fn register_for() -> Weight {
		Weight::from_parts(150_000_000, 32400)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	fn add_key() -> Weight {
		Weight::from_parts(160_000_000, 46800)
			.saturating_add(T::DbWeight::get().reads(13_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	fn cancel_pending_key() -> Weight {
		Weight::from_parts(25_000_000, 10800)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn remove_own_key() -> Weight {
		Weight::from_parts(35_000_000, 32400)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn remove_key() -> Weight {
		Weight::from_parts(35_000_000, 32400)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn cancel_key_removal() -> Weight {
		Weight::from_parts(20_000_000, 7200)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn rotate_agreement_key() -> Weight {
		Weight::from_parts(25_000_000, 7200)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn cancel_rotation() -> Weight {
		Weight::from_parts(20_000_000, 7200)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn freeze() -> Weight {
		Weight::from_parts(70_000_000, 32400)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	fn unfreeze() -> Weight {
		Weight::from_parts(22_000_000, 7200)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn cancel_unfreeze() -> Weight {
		Weight::from_parts(20_000_000, 7200)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn retire() -> Weight {
		Weight::from_parts(22_000_000, 7200)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn cancel_retirement() -> Weight {
		Weight::from_parts(20_000_000, 7200)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn complete_retirement() -> Weight {
		Weight::from_parts(90_000_000, 39600)
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64))
	}
}

// For tests.
impl WeightInfo for () {
	fn register() -> Weight {
		Weight::from_parts(40_000_000, 14400)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
	}
	fn register_for() -> Weight {
		Weight::from_parts(150_000_000, 32400)
			.saturating_add(RocksDbWeight::get().reads(9_u64))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
	}
	fn add_key() -> Weight {
		Weight::from_parts(160_000_000, 46800)
			.saturating_add(RocksDbWeight::get().reads(13_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn cancel_pending_key() -> Weight {
		Weight::from_parts(25_000_000, 10800)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn remove_own_key() -> Weight {
		Weight::from_parts(35_000_000, 32400)
			.saturating_add(RocksDbWeight::get().reads(9_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn remove_key() -> Weight {
		Weight::from_parts(35_000_000, 32400)
			.saturating_add(RocksDbWeight::get().reads(9_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn cancel_key_removal() -> Weight {
		Weight::from_parts(20_000_000, 7200)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn rotate_agreement_key() -> Weight {
		Weight::from_parts(25_000_000, 7200)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn cancel_rotation() -> Weight {
		Weight::from_parts(20_000_000, 7200)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn freeze() -> Weight {
		Weight::from_parts(70_000_000, 32400)
			.saturating_add(RocksDbWeight::get().reads(9_u64))
			.saturating_add(RocksDbWeight::get().writes(10_u64))
	}
	fn unfreeze() -> Weight {
		Weight::from_parts(22_000_000, 7200)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn cancel_unfreeze() -> Weight {
		Weight::from_parts(20_000_000, 7200)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn retire() -> Weight {
		Weight::from_parts(22_000_000, 7200)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn cancel_retirement() -> Weight {
		Weight::from_parts(20_000_000, 7200)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn complete_retirement() -> Weight {
		Weight::from_parts(90_000_000, 39600)
			.saturating_add(RocksDbWeight::get().reads(11_u64))
			.saturating_add(RocksDbWeight::get().writes(12_u64))
	}
}
