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
	use frame_support::{pallet_prelude::*, traits::UnixTime};
	use frame_system::pallet_prelude::*;
	use salus_primitives::{traits::Patients, Commitment, Moment, PatientId};

	/// The version of the storage's layout.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// The most sealed directives of one patient that are not in the history.
		#[pallet::constant_name(MaxLive)]
		fn max_live() -> u32 {
			MAX_LIVE
		}

		/// The most sealed Permits of one patient in force.
		#[pallet::constant_name(MaxPermits)]
		fn max_permits() -> u32 {
			MAX_PERMITS
		}

		/// What the ends of sealed directives are multiples of, in seconds since 1970.
		#[pallet::constant_name(Grid)]
		fn grid() -> Moment {
			GRID
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
		/// Lets somebody do what `commitment` is to, from now until `until`, a multiple of [`GRID`].
		///
		/// Signed by a key of the patient for consent, the handle being Active. `commitment` is made over the number
		/// `sealed`, the one that [`Pallet::next_sealed`] tells, by `salus_consent_decision::sealed::commit`. If another
		/// sealed directive has taken the number meanwhile, the call is refused, and the patient makes the commitment
		/// anew.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient for consent.
		/// - [`Error::WrongState`]: the handle is not Active.
		/// - [`Error::InvalidInterval`]: `until` is not after now.
		/// - [`Error::NotOnGrid`]: it is no multiple of [`GRID`].
		/// - [`Error::TermTooLong`]: it is more than [`Config::MaxTerm`] away.
		/// - [`Error::WrongNumber`]: `sealed` is not the number of the next one.
		/// - [`Error::TooManyDirectives`]: [`MAX_PERMITS`] sealed Permits are in force, or there are [`MAX_LIVE`]
		///   sealed directives.
		/// - [`Error::IdsExhausted`]: the numbers are used up.
		///
		/// # Events
		/// - [`Event::PermitSealed`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::permit_sealed())]
		pub fn permit_sealed(
			origin: OriginFor<T>,
			sealed: SealedId,
			commitment: Commitment,
			until: Moment,
		) -> DispatchResult {
			Self::do_permit_sealed(ensure_signed(origin)?, sealed, commitment, until)
		}

		/// Forbids somebody what `commitment` is to, from now until `until`, a multiple of [`GRID`] or, for ever,
		/// [`Moment::MAX`]. One that ends does so at the first such multiple that is not before [`Config::MaxTerm`] from now,
		/// or earlier. Whoever cannot open it refuses all labelled data, every organisation whose very name says
		/// something about its patients, and every person who works at one; also those that were or did so since it began.
		///
		/// Signed by any live key of the patient, in every state but Retired. `sealed` and `commitment` are as for
		/// [`Pallet::permit_sealed`].
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient.
		/// - [`Error::WrongState`]: the handle is Retired.
		/// - [`Error::InvalidInterval`]: `until` is not after now.
		/// - [`Error::NotOnGrid`]: it is no multiple of [`GRID`].
		/// - [`Error::TermTooLong`]: it ends later than the first multiple that is not before [`Config::MaxTerm`] from now.
		/// - [`Error::WrongNumber`]: `sealed` is not the number of the next one.
		/// - [`Error::TooManyDirectives`]: there are [`MAX_LIVE`] sealed directives in force.
		/// - [`Error::IdsExhausted`]: the numbers are used up.
		///
		/// # Events
		/// - [`Event::DenialSealed`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::deny_sealed())]
		pub fn deny_sealed(
			origin: OriginFor<T>,
			sealed: SealedId,
			commitment: Commitment,
			until: Moment,
		) -> DispatchResult {
			Self::do_deny_sealed(ensure_signed(origin)?, sealed, commitment, until)
		}

		/// Ends the sealed Permit `sealed`, in this block.
		///
		/// Signed by any live key of the patient, in every state but Retired. Free if it takes effect.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient.
		/// - [`Error::WrongState`]: the handle is Retired.
		/// - [`Error::NotFound`]: the patient has no such sealed directive.
		/// - [`Error::NotAPermit`]: it is a Deny.
		/// - [`Error::AlreadyEnded`]: it was revoked or has expired.
		///
		/// # Events
		/// - [`Event::SealedRevoked`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::revoke())]
		#[pallet::feeless_if(|origin: &OriginFor<T>, sealed: &SealedId| -> bool {
			Pallet::<T>::effective(origin, |who| Pallet::<T>::check_revoke(who, *sealed))
		})]
		pub fn revoke(origin: OriginFor<T>, sealed: SealedId) -> DispatchResult {
			Self::do_revoke(ensure_signed(origin)?, sealed)
		}

		/// Asks to end the sealed Deny `sealed`. It ends with [`Pallet::apply_lift`] after the delay.
		///
		/// Signed by a key of the patient for consent, the handle being Active.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient for consent.
		/// - [`Error::WrongState`]: the handle is not Active.
		/// - [`Error::NotFound`]: the patient has no such sealed directive.
		/// - [`Error::NotADeny`]: it is a Permit.
		/// - [`Error::AlreadyEnded`]: it was lifted or has expired.
		/// - [`Error::AlreadyPending`]: its lift waits already.
		///
		/// # Events
		/// - [`Event::LiftRequested`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::lift())]
		pub fn lift(origin: OriginFor<T>, sealed: SealedId) -> DispatchResult {
			Self::do_lift(ensure_signed(origin)?, sealed)
		}

		/// Carries out a lift whose delay is over.
		///
		/// Signed by anyone. The handle must be Active and must not have left Active since the lift was asked for.
		///
		/// # Errors
		/// - [`Error::UnknownPatient`]: there is no such handle.
		/// - [`Error::WrongState`]: the handle is not Active.
		/// - [`Error::NotFound`]: no such lift waits.
		/// - [`Error::LiftStopped`]: the handle left Active meanwhile.
		/// - [`Error::TooEarly`]: the delay is not over.
		/// - [`Error::AlreadyEnded`]: the Deny has expired meanwhile.
		///
		/// # Events
		/// - [`Event::LiftApplied`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::apply_lift())]
		pub fn apply_lift(
			origin: OriginFor<T>,
			patient: PatientId,
			sealed: SealedId,
		) -> DispatchResult {
			Self::do_apply_lift(ensure_signed(origin)?, patient, sealed)
		}

		/// Calls off a lift that waits.
		///
		/// Signed by any live key of the patient, in every state but Retired. Free if it takes effect.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient.
		/// - [`Error::WrongState`]: the handle is Retired.
		/// - [`Error::NotFound`]: no such lift waits.
		///
		/// # Events
		/// - [`Event::LiftCancelled`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::cancel_lift())]
		#[pallet::feeless_if(|origin: &OriginFor<T>, sealed: &SealedId| -> bool {
			Pallet::<T>::effective(origin, |who| Pallet::<T>::check_cancel_lift(who, *sealed))
		})]
		pub fn cancel_lift(origin: OriginFor<T>, sealed: SealedId) -> DispatchResult {
			Self::do_cancel_lift(ensure_signed(origin)?, sealed)
		}
	}
}
