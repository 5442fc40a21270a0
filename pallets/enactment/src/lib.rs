//! # Enactment
//!
//! The only way to Root.
//!
//! ## Overview
//!
//! A motion of a collective is dispatched with that collective's origin, and no origin of this chain
//! maps to Root. The few acts that need Root stand in a short [`Catalogue`]. Such a call is carried
//! out when **both** bodies have approved the very same call, and a delay has passed in which
//! everybody can see what is coming. Anybody may then carry it out; nobody can do so earlier.
//!
//! During the delay either body can cancel. What is not approved by the second body in time, or not
//! carried out in time, lapses.
//!
//! ## Pallet API
//!
//! - [`Pallet::approve`]: a body approves a call. The second approval starts the delay.
//! - [`Pallet::cancel`]: a body takes a proposal off the table, agreed or not.
//! - [`Pallet::enact`]: anybody carries out what is agreed and due.
//! - [`Pallet::clear`]: anybody removes what has lapsed.
//! - [`Pallet::set_delay`]: Root changes a delay, never below its floor. It stands in the catalogue
//!   itself.
//!
//! ## Low Level Details
//!
//! - **A proposal is the hash of its call.** Both bodies approve an encoded call, not each other's
//!   words for it.
//! - **Delays are in seconds of the chain's clock**, because they are for people. They are fixed for
//!   a proposal when it is agreed: changing the table does not move what is under way.
//! - **Floors** are written at genesis. No call changes them; a new code could, and has waited for
//!   the floor of an upgrade itself.
//! - **The catalogue is asked twice**, when a call is approved and when it is carried out: an
//!   upgrade in between may have shortened it.
//! - **A call that fails** takes its transaction with it. The proposal stays and can be tried again
//!   until it lapses.
//! - **No hooks.** Nothing happens by itself, so a block can hold no surprise.
//! - **Two bodies with the same members are one body.** The runtime must not let either appoint the
//!   other.

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
pub use types::{Approvals, Body, DelayTable, EnactmentClass, Proposal};
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

/// The calls that Root may make.
pub trait Catalogue<Call> {
	/// What kind of act `call` is; none if it is not in the catalogue.
	fn class(call: &Call) -> Option<EnactmentClass>;

	/// A call of the catalogue, the largest and heaviest there is.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_call() -> Call;
}

/// The pallet: proposals, delays and calls.
// The macros expect, convert and declare parts unreachable in what they generate.
#[allow(clippy::as_conversions, clippy::expect_used, clippy::unreachable)]
#[import_section(config::config)]
#[import_section(storage::storage)]
#[import_section(events::events)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::boxed::Box;
	use frame_support::{
		dispatch::{DispatchResultWithPostInfo, GetDispatchInfo, PostDispatchInfo},
		pallet_prelude::*,
		traits::{UnfilteredDispatchable, UnixTime},
		weights::Weight,
	};
	use frame_system::pallet_prelude::*;
	use salus_primitives::Moment;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The shortest delays.
	#[pallet::genesis_config]
	pub struct GenesisConfig<T: Config> {
		/// The shortest delays on this chain, for ever, in seconds. They are the first delays, too.
		pub floors: DelayTable,
		/// The chain's types.
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	impl<T: Config> Default for GenesisConfig<T> {
		fn default() -> Self {
			Self { floors: T::DefaultFloors::get(), _config: Default::default() }
		}
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		// A chain that cannot start correctly must not start.
		fn build(&self) {
			for class in EnactmentClass::ALL {
				assert!(
					self.floors.of(class) <= T::MaxDelay::get(),
					"a floor of enactment above the longest delay"
				);
			}
			assert!(
				self.floors.emergency > 0 && self.floors.emergency <= self.floors.upgrade,
				"enactment without delay, or an upgrade faster than an emergency measure"
			);
			Floors::<T>::put(self.floors);
			Delays::<T>::put(self.floors);
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "std")]
		fn integrity_test() {
			let floors = T::DefaultFloors::get();
			for class in EnactmentClass::ALL {
				assert!(floors.of(class) <= T::MaxDelay::get(), "a floor above the longest delay");
			}
			assert!(
				floors.upgrade >= floors.emergency,
				"new code must not come faster than an emergency measure"
			);
			assert!(T::ApprovalWindow::get() > 0, "nothing could be agreed");
			assert!(T::EnactmentWindow::get() > 0, "nothing could be enacted");
			assert!(T::MaxProposals::get() > 0, "nothing could be proposed");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Approves `call` in the name of a body. The first approval proposes it; the other body's
		/// starts the delay of its class.
		///
		/// Origin: [`Config::CouncilOrigin`] or [`Config::TechnicalOrigin`]. A proposal that lapsed
		/// begins anew.
		///
		/// # Errors
		/// - [`Error::NotInCatalogue`] if Root has no business with the call.
		/// - [`Error::CallTooLong`], [`Error::CallTooHeavy`] if it is beyond what the catalogue's
		///   calls can be.
		/// - [`Error::AlreadyApproved`] if this body has approved it.
		/// - [`Error::TooManyProposals`] if it would be one more than
		///   [`Config::MaxProposals`]; lapsed ones count until they are cleared.
		///
		/// # Events
		/// [`Event::Approved`], and with the second approval [`Event::Agreed`].
		#[pallet::call_index(0)]
		#[pallet::weight(<T as Config>::WeightInfo::approve())]
		pub fn approve(
			origin: OriginFor<T>,
			call: Box<<T as Config>::RuntimeCall>,
		) -> DispatchResult {
			let body = Self::ensure_body(origin)?;
			Self::do_approve(body, &call)
		}

		/// Takes a proposal off the table.
		///
		/// Origin: [`Config::CouncilOrigin`] or [`Config::TechnicalOrigin`], whoever had approved.
		///
		/// # Errors
		/// [`Error::NoSuchProposal`] if there is none.
		///
		/// # Events
		/// [`Event::Cancelled`].
		#[pallet::call_index(1)]
		#[pallet::weight(<T as Config>::WeightInfo::cancel())]
		pub fn cancel(origin: OriginFor<T>, proposal: T::Hash) -> DispatchResult {
			let body = Self::ensure_body(origin)?;
			Self::do_cancel(body, proposal)
		}

		/// Carries out a call that both bodies approved and whose delay is over.
		///
		/// Origin: signed by anybody; free if the call succeeds.
		///
		/// # Errors
		/// - [`Error::NoSuchProposal`] if there is none.
		/// - [`Error::NotAgreed`] if a body has not approved.
		/// - [`Error::TooEarly`] before the delay is over, [`Error::Lapsed`] after
		///   [`Config::EnactmentWindow`].
		/// - [`Error::Undecodable`], [`Error::NotInCatalogue`] if the code has changed since, so that
		///   it does not know the call, or keeps it from Root.
		/// - The error of the call. The proposal stays, and can be tried again.
		///
		/// # Events
		/// [`Event::Enacted`], after those of the call.
		#[pallet::call_index(2)]
		#[pallet::weight((
			<T as Config>::WeightInfo::enact().saturating_add(T::MaxCallWeight::get()),
			DispatchClass::Operational,
		))]
		pub fn enact(origin: OriginFor<T>, proposal: T::Hash) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let call = Self::take_due(proposal)?;
			let declared = call.get_dispatch_info().call_weight;
			let spent = |used: &PostDispatchInfo| {
				<T as Config>::WeightInfo::enact()
					.saturating_add(used.actual_weight.unwrap_or(declared))
			};
			match call.dispatch_bypass_filter(frame_system::RawOrigin::Root.into()) {
				Ok(used) => {
					Self::deposit_event(Event::Enacted { proposal });
					Ok((Some(spent(&used)), Pays::No).into())
				},
				Err(mut failure) => {
					failure.post_info = PostDispatchInfo::from(Some(spent(&failure.post_info)));
					Err(failure)
				},
			}
		}

		/// Removes a proposal that has lapsed.
		///
		/// Origin: signed by anybody; free if it succeeds.
		///
		/// # Errors
		/// - [`Error::NoSuchProposal`] if there is none.
		/// - [`Error::NotLapsed`] if it can still be approved or enacted.
		///
		/// # Events
		/// [`Event::Cleared`].
		#[pallet::call_index(3)]
		#[pallet::weight(<T as Config>::WeightInfo::clear())]
		pub fn clear(origin: OriginFor<T>, proposal: T::Hash) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Self::do_clear(proposal)?;
			Ok(Pays::No.into())
		}

		/// Sets the delay of a class, in seconds. What is agreed already keeps its own.
		///
		/// Origin: Root, and thus by [`Pallet::enact`].
		///
		/// # Errors
		/// - [`Error::BelowFloor`] if it is shorter than the class's floor.
		/// - [`Error::AboveCeiling`] if it is longer than [`Config::MaxDelay`].
		///
		/// # Events
		/// [`Event::DelaySet`].
		#[pallet::call_index(4)]
		#[pallet::weight(<T as Config>::WeightInfo::set_delay())]
		pub fn set_delay(
			origin: OriginFor<T>,
			class: EnactmentClass,
			seconds: Moment,
		) -> DispatchResult {
			ensure_root(origin)?;
			Self::do_set_delay(class, seconds)
		}
	}
}
