//! # Validator set
//!
//! The authorities: membership by governance, misbehaviour recorded.
//!
//! ## Overview
//!
//! Each validator is an account that a member organisation operates. Governance adds and removes
//! members; an operator may retire; nobody else has a say, and there is no stake. The set never
//! falls below a minimum that is fixed at genesis, whatever is asked.
//!
//! A validator that provably misbehaves is disabled at once and leaves the set two sessions later.
//! If that would break the minimum, it stays in the set, disabled, until governance adds a member.
//! What happened is recorded under the organisation that operates it.
//!
//! ## Pallet API
//!
//! Calls: [`Pallet::add_validator`], [`Pallet::remove_validator`], [`Pallet::retire`].
//!
//! For the runtime:
//!
//! - [`ValidatorOf`] is `pallet_session::Config::ValidatorIdOf`: only members may set session keys.
//! - [`OrganisationOf`] is `historical::Config::FullIdentificationOf`, with
//!   `FullIdentification = OrgId`: an offence names the organisation that operated the validator at
//!   that time, even if it has left since.
//! - [`Pallet`] is the `historical::SessionManager`, to be wrapped in `NoteHistoricalRoot` (without
//!   it, nobody can prove an equivocation of a past session), and the
//!   `sp_staking::offence::OnOffenceHandler`.
//! - `pallet_session::purge_keys` must be refused by the runtime's call filter: a member without
//!   keys drops out of the set, and the minimum with it. This pallet purges the keys of those who
//!   have left, and their deposit comes back.
//! - The pallet's genesis must be built before that of `pallet_session`.
//!
//! ## Low Level Details
//!
//! - **When the set changes.** A session's validators are decided one session ahead. A change made
//!   during session `n` is decided on when `n + 1` begins, and works from `n + 2`.
//! - **When it does not change, nothing is said.** `new_session` answers with a set only if it
//!   differs in members or keys from the set that is about to work. Otherwise every session would
//!   make a new GRANDPA set, and disabled validators would be forgotten.
//! - **Disabled validators are forgotten when the set changes**, so those who offended and are still
//!   in the set are disabled again when a session starts.
//! - **With fewer than four validators** the SDK's disabling strategy disables nobody.
//! - **Members without session keys** are not part of the set and do not count for the minimum.
//! - **Historical roots** are kept for [`Config::HistoryDepth`] sessions.

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
mod config;
mod events;
mod impls;
#[cfg(test)]
mod mock;
mod policy;
mod session;
mod storage;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "try-runtime"))]
mod try_state;
// The codec derives convert enum discriminants.
#[allow(clippy::as_conversions)]
mod types;
pub mod weights;

pub use pallet::*;
pub use session::{OrganisationOf, ValidatorOf};
pub use types::{
	Departure, Membership, OffenceRecord, Offender, OrganisationRecord, RemovalReason,
};
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

/// The pallet: members, offenders and calls.
// The macros expect, convert and declare parts unreachable in what they generate.
#[allow(clippy::as_conversions, clippy::expect_used, clippy::unreachable)]
#[import_section(config::config)]
#[import_section(storage::storage)]
#[import_section(events::events)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;
	use pallet_session::historical;
	use salus_primitives::{traits::Organisations, OrgId};
	use sp_runtime::Perbill;
	use sp_staking::SessionIndex;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// An hour of slots of three seconds.
	#[pallet::type_value]
	pub fn DefaultSessionLength() -> u64 {
		1_200
	}

	/// The first validators.
	#[pallet::genesis_config]
	pub struct GenesisConfig<T: Config> {
		/// The first members, each with the organisation that operates it.
		pub validators: Vec<(T::AccountId, OrgId)>,
		/// The smallest set on this chain, for ever. Below four only for development.
		pub min_validators: u32,
		/// The length of a session, in slots; at least 4.
		pub session_length: u64,
	}

	impl<T: Config> Default for GenesisConfig<T> {
		fn default() -> Self {
			Self {
				validators: Vec::new(),
				min_validators: <T as Config>::MinValidators::get(),
				session_length: DefaultSessionLength::get(),
			}
		}
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		// A chain that cannot start correctly must not start.
		fn build(&self) {
			assert!(self.min_validators > 0, "an empty validator set stops the chain");
			assert!(
				self.min_validators <= T::MaxValidators::get(),
				"the smallest set is larger than the largest"
			);
			assert!(self.session_length >= 4, "sessions too short to be followed");
			Minimum::<T>::put(self.min_validators);
			SessionLength::<T>::put(self.session_length);
			for (validator, organisation) in &self.validators {
				// The registry keeps every organisation of its genesis, which may be built later.
				assert!(
					Pallet::<T>::enlist(validator.clone(), *organisation).is_ok(),
					"a validator twice in the genesis, or too many validators"
				);
			}
			let count = Members::<T>::count();
			assert!(
				count == 0 || count >= self.min_validators,
				"fewer validators in the genesis than the smallest set"
			);
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "std")]
		fn integrity_test() {
			assert!(<T as Config>::MinValidators::get() > 0, "an empty set stops the chain");
			assert!(
				<T as Config>::MinValidators::get() <= T::MaxValidators::get(),
				"the smallest set is larger than the largest"
			);
			assert!(T::MaxOffences::get() > 0, "an offence could not be recorded");
			assert!(T::HistoryDepth::get() > 0, "no past equivocation could be proven");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Adds `validator`, which `organisation` operates, to the members.
		///
		/// Origin: [`Config::AdminOrigin`]. The account may set its session keys from now on, and
		/// validates from the second session after that.
		///
		/// # Errors
		/// - [`Error::AlreadyMember`] if it is a member.
		/// - [`Error::StillLeaving`] if it was removed and is still in the set.
		/// - [`Error::TooManyValidators`] if there are [`Config::MaxValidators`] members.
		/// - What [`Config::Organisations`] answers if there is no such organisation.
		///
		/// # Events
		/// [`Event::ValidatorAdded`].
		#[pallet::call_index(0)]
		#[pallet::weight(<T as Config>::WeightInfo::add_validator())]
		pub fn add_validator(
			origin: OriginFor<T>,
			validator: T::AccountId,
			organisation: OrgId,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_add(validator, organisation)
		}

		/// Removes `validator` from the members.
		///
		/// Origin: [`Config::AdminOrigin`]. If it is in the set, it leaves two sessions later.
		///
		/// # Errors
		/// - [`Error::NotMember`] if it is no member.
		/// - [`Error::BelowMinimum`] if it has session keys, and fewer members than the minimum that
		///   have session keys and did not offend would remain.
		///
		/// # Events
		/// [`Event::ValidatorRemoved`]; [`Event::ValidatorLeft`] once it is out of the set, which is
		/// at once if it never was in it.
		#[pallet::call_index(1)]
		#[pallet::weight(<T as Config>::WeightInfo::remove_validator(T::MaxValidators::get()))]
		pub fn remove_validator(origin: OriginFor<T>, validator: T::AccountId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_remove(&validator, RemovalReason::Governance)
		}

		/// Gives up the membership of the calling validator.
		///
		/// Origin: signed by a member. If it is in the set, it leaves two sessions later; its
		/// operator must let it run until then.
		///
		/// # Errors
		/// - [`Error::NotMember`] if the caller is no member.
		/// - [`Error::BelowMinimum`] if it has session keys, and fewer members than the minimum that
		///   have session keys and did not offend would remain.
		///
		/// # Events
		/// [`Event::ValidatorRemoved`]; [`Event::ValidatorLeft`] once it is out of the set, which is
		/// at once if it never was in it.
		#[pallet::call_index(2)]
		#[pallet::weight(<T as Config>::WeightInfo::retire(T::MaxValidators::get()))]
		pub fn retire(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_remove(&who, RemovalReason::Retired)
		}
	}
}
