//! Weights of `pallet_research`: PLACEHOLDERS, the same for every call, written by hand.
//!
//! They are to be measured with `scripts/weights.sh research`, which replaces this file, before a runtime has the pallet. The
//! gate of the tests that asks whether weights are generated refuses this file as it is.

#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::RocksDbWeight, Weight},
};

/// What each call of `pallet_research` costs.
pub trait WeightInfo {
	fn open_population() -> Weight;
	fn propose_budget() -> Weight;
	fn vote_budget() -> Weight;
	fn conclude_budget() -> Weight;
	fn offer_dataset() -> Weight;
	fn publish_version() -> Weight;
	fn set_shortcut() -> Weight;
	fn retire_dataset() -> Weight;
	fn register_study() -> Weight;
	fn amend_study() -> Weight;
	fn approve_ethics() -> Weight;
	fn suspend_ethics() -> Weight;
	fn withdraw_ethics() -> Weight;
	fn request() -> Weight;
	fn cosign() -> Weight;
	fn vote() -> Weight;
	fn conclude() -> Weight;
	fn accept_terms() -> Weight;
	fn renew() -> Weight;
	fn report() -> Weight;
	fn record_output() -> Weight;
	fn close_out() -> Weight;
	fn revoke() -> Weight;
	fn reserve_query() -> Weight;
	fn settle_query() -> Weight;
}

/// More than any of the calls can cost: two counts of all votes, with what the registry knows of each voter.
fn placeholder(db: frame_support::weights::RuntimeDbWeight) -> Weight {
	Weight::from_parts(2_000_000_000, 500_000).saturating_add(db.reads_writes(150, 12))
}

/// The same for a question about recusal: each voter is looked up at each of the investigator's employers.
fn recusal(db: frame_support::weights::RuntimeDbWeight) -> Weight {
	Weight::from_parts(8_000_000_000, 1_500_000).saturating_add(db.reads_writes(650, 12))
}

/// The placeholder, with the database costs of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn open_population() -> Weight {
		placeholder(T::DbWeight::get())
	}
	fn propose_budget() -> Weight {
		placeholder(T::DbWeight::get())
	}
	fn vote_budget() -> Weight {
		placeholder(T::DbWeight::get())
	}
	fn conclude_budget() -> Weight {
		placeholder(T::DbWeight::get())
	}
	fn offer_dataset() -> Weight {
		placeholder(T::DbWeight::get())
	}
	fn publish_version() -> Weight {
		placeholder(T::DbWeight::get())
	}
	fn set_shortcut() -> Weight {
		placeholder(T::DbWeight::get())
	}
	fn retire_dataset() -> Weight {
		placeholder(T::DbWeight::get())
	}
	fn register_study() -> Weight {
		placeholder(T::DbWeight::get())
	}
	fn amend_study() -> Weight {
		placeholder(T::DbWeight::get())
	}
	fn approve_ethics() -> Weight {
		placeholder(T::DbWeight::get())
	}
	fn suspend_ethics() -> Weight {
		placeholder(T::DbWeight::get())
	}
	fn withdraw_ethics() -> Weight {
		placeholder(T::DbWeight::get())
	}
	fn request() -> Weight {
		placeholder(T::DbWeight::get())
	}
	fn cosign() -> Weight {
		placeholder(T::DbWeight::get())
	}
	fn vote() -> Weight {
		recusal(T::DbWeight::get())
	}
	fn conclude() -> Weight {
		recusal(T::DbWeight::get())
	}
	fn accept_terms() -> Weight {
		placeholder(T::DbWeight::get())
	}
	fn renew() -> Weight {
		placeholder(T::DbWeight::get())
	}
	fn report() -> Weight {
		placeholder(T::DbWeight::get())
	}
	fn record_output() -> Weight {
		placeholder(T::DbWeight::get())
	}
	fn close_out() -> Weight {
		placeholder(T::DbWeight::get())
	}
	fn revoke() -> Weight {
		placeholder(T::DbWeight::get())
	}
	fn reserve_query() -> Weight {
		placeholder(T::DbWeight::get())
	}
	fn settle_query() -> Weight {
		placeholder(T::DbWeight::get())
	}
}

/// For tests.
impl WeightInfo for () {
	fn open_population() -> Weight {
		placeholder(RocksDbWeight::get())
	}
	fn propose_budget() -> Weight {
		placeholder(RocksDbWeight::get())
	}
	fn vote_budget() -> Weight {
		placeholder(RocksDbWeight::get())
	}
	fn conclude_budget() -> Weight {
		placeholder(RocksDbWeight::get())
	}
	fn offer_dataset() -> Weight {
		placeholder(RocksDbWeight::get())
	}
	fn publish_version() -> Weight {
		placeholder(RocksDbWeight::get())
	}
	fn set_shortcut() -> Weight {
		placeholder(RocksDbWeight::get())
	}
	fn retire_dataset() -> Weight {
		placeholder(RocksDbWeight::get())
	}
	fn register_study() -> Weight {
		placeholder(RocksDbWeight::get())
	}
	fn amend_study() -> Weight {
		placeholder(RocksDbWeight::get())
	}
	fn approve_ethics() -> Weight {
		placeholder(RocksDbWeight::get())
	}
	fn suspend_ethics() -> Weight {
		placeholder(RocksDbWeight::get())
	}
	fn withdraw_ethics() -> Weight {
		placeholder(RocksDbWeight::get())
	}
	fn request() -> Weight {
		placeholder(RocksDbWeight::get())
	}
	fn cosign() -> Weight {
		placeholder(RocksDbWeight::get())
	}
	fn vote() -> Weight {
		recusal(RocksDbWeight::get())
	}
	fn conclude() -> Weight {
		recusal(RocksDbWeight::get())
	}
	fn accept_terms() -> Weight {
		placeholder(RocksDbWeight::get())
	}
	fn renew() -> Weight {
		placeholder(RocksDbWeight::get())
	}
	fn report() -> Weight {
		placeholder(RocksDbWeight::get())
	}
	fn record_output() -> Weight {
		placeholder(RocksDbWeight::get())
	}
	fn close_out() -> Weight {
		placeholder(RocksDbWeight::get())
	}
	fn revoke() -> Weight {
		placeholder(RocksDbWeight::get())
	}
	fn reserve_query() -> Weight {
		placeholder(RocksDbWeight::get())
	}
	fn settle_query() -> Weight {
		placeholder(RocksDbWeight::get())
	}
}
