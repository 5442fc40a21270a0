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
pub mod heads;
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
pub use types::*;
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

/// A commit as it is stored.
pub type CommitOf<T> =
	LogCommit<<T as frame_system::Config>::AccountId, <T as pallet::Config>::Consideration>;

/// An attestation as it is stored.
pub type AttestationOf<T> =
	Attestation<<T as frame_system::Config>::AccountId, <T as pallet::Config>::Consideration>;

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
	use salus_primitives::{deposits::Backed, traits::Credentials, Moment, OrgId};

	/// The version of the storage's layout.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// The most entries in one commit.
		#[pallet::constant_name(MaxEntries)]
		fn max_entries() -> u64 {
			MAX_ENTRIES
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
		/// Commits `organisation` to the entries of its access log from number `seq_from` to just before number
		/// `seq_until`, of which `root` is the root of the Merkle tree. Without entries the two are the same and
		/// `root` is zero: that nobody looked is to be said as well.
		///
		/// Signed for the organisation, by its administrator or in one of the roles [`LOG_ROLES`]; with a licence
		/// or without. `previous` is the head of its chain: zero before the first commit. The deposit comes from the
		/// organisation's administrator, if it can pay: an empty account keeps nobody from telling who looked.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer does not commit to logs for the organisation.
		/// - [`Error::WrongPrevious`]: `previous` is not the head.
		/// - [`Error::TooSoon`]: the last commit was made less than [`Config::CommitInterval`] ago.
		/// - [`Error::WrongSequence`]: there would be a gap, or an entry twice.
		/// - [`Error::TooManyEntries`]: more than [`MAX_ENTRIES`] at once.
		/// - [`Error::WrongRoot`]: the root is zero and there are entries, or the other way round.
		/// - [`Error::IdsExhausted`]: the numbers are used up.
		///
		/// # Events
		/// - [`Event::LogCommitted`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::commit())]
		pub fn commit(
			origin: OriginFor<T>,
			organisation: OrgId,
			seq_from: u64,
			seq_until: u64,
			root: LogHash,
			previous: LogHash,
		) -> DispatchResult {
			let by = ensure_signed(origin)?;
			Self::do_commit(by, organisation, seq_from, seq_until, root, previous)
		}

		/// Says what `organisation` found of `day` when it compared its log of disclosures to and from `counterparty`
		/// with that one's: how many both have logged, and how many one side alone. Once, and without content.
		///
		/// Signed for the organisation as [`Pallet::commit`] is, once it has committed to its log since that day. The
		/// deposit comes from the organisation's administrator, if it can pay.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer does not commit to logs for the organisation.
		/// - [`Error::SameOrganisation`], [`Error::UnknownOrganisation`]: the counterparty.
		/// - [`Error::DayNotOver`], [`Error::TooLate`]: the day is not over, or for longer than
		///   [`Config::ReconciliationTime`].
		/// - [`Error::LogNotCommitted`]: the organisation has not committed to its log since.
		/// - [`Error::AlreadyAttested`]: it has said so.
		///
		/// # Events
		/// - [`Event::ReconciliationAttested`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::attest_reconciled())]
		pub fn attest_reconciled(
			origin: OriginFor<T>,
			organisation: OrgId,
			counterparty: OrgId,
			day: Day,
			counts: Counts,
		) -> DispatchResult {
			let by = ensure_signed(origin)?;
			Self::do_attest_reconciled(by, organisation, counterparty, day, counts)
		}

		/// Begins the log of `organisation` anew, in another epoch: its entries are counted from 0 again, whatever
		/// was committed to before. For a custodian that has committed to what it cannot prove, by mistake or by
		/// malice, or that has lost its log. It continues the chain of heads as a commit without entries does, stays on
		/// record and is counted for ever, so that every auditor sees it and asks for the reason.
		///
		/// Signed for the organisation as [`Pallet::commit`] is, with the deposit of a commit. `previous` is the head
		/// of its chain.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer does not commit to logs for the organisation.
		/// - [`Error::LogNotCommitted`]: the organisation has never committed to its log.
		/// - [`Error::WrongPrevious`]: `previous` is not the head.
		/// - [`Error::TooSoon`]: the last commit was made less than [`Config::CommitInterval`] ago.
		/// - [`Error::IdsExhausted`]: the numbers are used up.
		///
		/// # Events
		/// - [`Event::LogBegunAnew`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::begin_anew())]
		pub fn begin_anew(
			origin: OriginFor<T>,
			organisation: OrgId,
			previous: LogHash,
		) -> DispatchResult {
			let by = ensure_signed(origin)?;
			Self::do_begin_anew(by, organisation, previous)
		}
	}
}
