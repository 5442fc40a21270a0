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
mod config;
mod events;
mod impls;
pub mod migrations;
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
pub use types::*;
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

/// A notice as it is stored.
pub type NoticeOf<T> =
	Notice<<T as frame_system::Config>::AccountId, <T as pallet::Config>::Consideration>;

/// The pallet's configuration, storage, events, errors and calls.
#[import_section(config::config)]
#[import_section(storage::storage)]
#[import_section(events::events)]
#[frame_support::pallet]
#[allow(
	clippy::as_conversions,
	clippy::arithmetic_side_effects,
	clippy::unreachable,
	clippy::expect_used,
	reason = "the pallet macros expand to these; this module has no logic of its own"
)]
pub mod pallet {
	use super::*;
	use frame_support::{
		pallet_prelude::*,
		traits::{Consideration, Footprint, UnixTime},
	};
	use frame_system::pallet_prelude::*;
	use salus_primitives::{
		deposits::Backed,
		traits::{Credentials, RevokedDirectives},
		DirectiveId, Moment, OrgId, PatientId,
	};

	/// The version of the storage's layout.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Nothing to choose: a network that begins with this pallet asks for acknowledgements from its first block on.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// For the compiler alone.
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			// Written, so that an upgrade finds that the pallet is there already.
			Since::<T>::put(0);
		}
	}

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

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Says for `organisation` that it knows that `patient` has revoked `directive`, which permitted it something,
		/// and acts on that. On time before [`Config::Deadline`] has gone by since the revocation; afterwards late. The time
		/// for which the organisation was flagged does not count.
		///
		/// Signed for the organisation, by its administrator or in one of the roles [`ACKNOWLEDGING_ROLES`]; with a
		/// licence or without. The deposit comes from the organisation's administrator; if it cannot pay, there is none,
		/// which is counted.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer does not acknowledge for the organisation.
		/// - [`Error::FlaggedOrganisation`]: the organisation is flagged, or the signer works at one that is.
		/// - [`Error::NotRevoked`]: there is no such revocation, or consent does not tell any more. One that was
		///   marked overdue can always be acknowledged.
		/// - [`Error::RevokedBefore`]: the network did not ask for acknowledgements then.
		/// - [`Error::WrongOrganisation`]: the directive named another.
		/// - [`Error::AlreadyAcknowledged`]: it was acknowledged.
		///
		/// # Events
		/// - [`Event::RevocationAcknowledged`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::acknowledge().saturating_add(Pallet::<T>::most_looked_up()))]
		pub fn acknowledge(
			origin: OriginFor<T>,
			organisation: OrgId,
			patient: PatientId,
			directive: DirectiveId,
		) -> DispatchResultWithPostInfo {
			let by = ensure_signed(origin)?;
			let looked_up = Self::looked_up(&by);
			Self::do_acknowledge(by, organisation, patient, directive)?;
			Ok(Some(T::WeightInfo::acknowledge().saturating_add(looked_up)).into())
		}

		/// Marks that nobody has acknowledged the revocation of `directive` by its deadline: the organisation's count
		/// of what is overdue grows, until it acknowledges it.
		///
		/// Signed by anyone, once for each revocation.
		///
		/// # Errors
		/// - [`Error::AlreadyAcknowledged`], [`Error::AlreadyOverdue`]: it was acknowledged, or marked.
		/// - [`Error::NotRevoked`]: there is no such revocation, or consent does not tell any more.
		/// - [`Error::RevokedBefore`]: the network did not ask for acknowledgements then.
		/// - [`Error::UnknownOrganisation`]: there is no such organisation any more, so nobody could acknowledge it.
		/// - [`Error::FlaggedOrganisation`]: the organisation is flagged: it needs not, and cannot, acknowledge on chain.
		/// - [`Error::TooEarly`]: the deadline is not over. The time for which the organisation was flagged does not count.
		///
		/// # Events
		/// - [`Event::RevocationOverdue`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::mark_overdue())]
		pub fn mark_overdue(
			origin: OriginFor<T>,
			patient: PatientId,
			directive: DirectiveId,
		) -> DispatchResult {
			Self::do_mark_overdue(ensure_signed(origin)?, patient, directive)
		}
	}
}
