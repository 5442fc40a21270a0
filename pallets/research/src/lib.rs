#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]
#![cfg_attr(
	not(any(test, feature = "runtime-benchmarks")),
	deny(
		clippy::arithmetic_side_effects,
		clippy::as_conversions,
		clippy::expect_used,
		clippy::float_arithmetic,
		clippy::indexing_slicing,
		clippy::panic,
		clippy::unwrap_used,
		clippy::unreachable,
		clippy::todo
	)
)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod calls;
mod config;
mod events;
mod impls;
#[cfg(test)]
mod mock;
mod policy;
pub mod runtime_api;
mod storage;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "try-runtime"))]
mod try_state;
// What the derive of `Encode` expands to converts indices by `as`.
#[allow(clippy::as_conversions)]
pub mod types;
pub mod weights;

pub use pallet::*;
pub use salus_research_data_use as data_use;
pub use salus_research_permits as permits;
pub use types::*;
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

type AccountOf<T> = <T as frame_system::Config>::AccountId;
type TicketOf<T> = <T as pallet::Config>::Consideration;

/// A population as it is stored.
pub type PopulationOf<T> = Population<AccountOf<T>, TicketOf<T>>;
/// A dataset as it is stored.
pub type DatasetOf<T> = Dataset<AccountOf<T>, TicketOf<T>>;
/// A version as it is stored.
pub type VersionOf<T> = Version<AccountOf<T>, TicketOf<T>>;
/// A study as it is stored.
pub type StudyOf<T> = Study<AccountOf<T>, TicketOf<T>>;
/// A request as it is stored.
pub type RequestOf<T> = AccessRequest<AccountOf<T>, TicketOf<T>>;
/// Who put a deposit down, and the deposit.
pub type DepositOf<T> = (AccountOf<T>, TicketOf<T>);

/// The pallet's configuration, storage, events, errors and calls.
#[import_section(config::config)]
#[import_section(storage::storage)]
#[import_section(events::events)]
#[import_section(calls::calls)]
#[frame_support::pallet]
#[allow(
	clippy::as_conversions,
	clippy::arithmetic_side_effects,
	clippy::unreachable,
	clippy::expect_used,
	clippy::too_many_arguments,
	reason = "the pallet macros expand to these; this module has no logic of its own"
)]
pub mod pallet {
	use super::*;
	use frame_support::{
		pallet_prelude::*,
		traits::{Consideration, Footprint, UnixTime},
	};
	use frame_system::pallet_prelude::*;
	use salus_primitives::{deposits::Backed, traits::Credentials, Commitment, Moment, OrgId};
	use salus_research_data_use::{Decision, DiseaseCode, Offer, Request, Rule, UseSet};
	use salus_research_permits::MicroEpsilon;

	/// The version of the storage's layout.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			Self::check_config();
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
