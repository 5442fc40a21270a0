//! # Sponsorship
//!
//! Fees of accounts without tokens, and calls that are free.
//!
//! ## Overview
//!
//! Nobody needs a token to be a patient. Two things make that so:
//!
//! - **Sponsored calls.** [`SponsoredFees`] wraps the runtime's fee adapter. When a *welcomed*
//!   account sends a call that the runtime sponsors and cannot pay for it from its own balance, the
//!   fee comes from the pot: within an allowance for the account, and within the [`Budget`] of
//!   whoever the account acts for with this call, a patient or an organisation. Both refill over
//!   24 hours. Whoever can pay, pays.
//! - **Free calls.** [`FreeCalls`] wraps the SDK's `SkipCheckIfFeeless`. A tightening call
//!   (`#[pallet::feeless_if]`) that would take effect right now costs nothing and goes first; the
//!   same call when it would have no effect is paid by its signer or refused. The sponsor never
//!   pays for it.
//!
//! Neither changes what a wallet signs: identifier, type and encoding of the transaction extension
//! are those of `ChargeTransactionPayment`.
//!
//! A wrapped call (batch, proxy, multisig, scheduler) is neither sponsored nor free: both rules look
//! at the outermost call only.
//!
//! ## Pallet API
//!
//! No calls. [`Pallet`] implements
//! [`TokenlessAccounts`](salus_primitives::traits::TokenlessAccounts) for the other pallets, and
//! answers [`runtime_api::SponsorshipApi`]: who pays, and what is left of an allowance.
//!
//! ## Low Level Details
//!
//! - **Allowance.** What was spent falls evenly, by the whole [`Allowance`] in 24 hours. Over any
//!   period of `d` days a patient costs the pot `(1 + d) × PatientAllowancePerDay` at most, and an
//!   organisation's staff `(1 + d) × OrganisationAllowancePerDay`, however many accounts they make.
//!   A single account uses up no more than its own allowance of that, so that one key, or one member
//!   of staff, cannot leave the others without.
//! - **Entitlement.** [`Config::Budgeting`] answers at the moment of the fee: a key that was removed,
//!   or somebody who has left, is sponsored no more from that second on. Nothing is stored that could
//!   be out of date, and nobody can move somebody else's account to a budget that is used up.
//! - **When it is consumed.** In `withdraw_fee`, before dispatch: a call that fails is paid for like
//!   one that succeeds. What dispatch did not use goes back to the pot and to the allowance.
//! - **Validation writes nothing.** The pool judges a transaction by the state it sees; the block
//!   judges it again.
//! - **Refusals** have numbers of their own (see [`Refusal`]), so that a client can say why.
//! - **Permanence.** Welcoming adds a `sufficient` reference that is never dropped: an account that
//!   is reaped restarts at nonce 0, and its old transactions could be replayed.
//! - **The payer** is decided in one place, [`Pallet::sponsor_of`]: the pot, for everybody.

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

mod adapter;
// The codec derives convert enum discriminants.
#[allow(clippy::as_conversions)]
mod allowance;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod extension;
mod impls;
#[cfg(test)]
mod mock;
pub mod runtime_api;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "try-runtime"))]
mod try_state;
// The codec derives convert enum discriminants.
#[allow(clippy::as_conversions)]
mod types;
pub mod weights;

pub use adapter::{Charged, SponsoredFees};
pub use allowance::Allowance;
pub use extension::FreeCalls;
pub use pallet::*;
#[cfg(feature = "runtime-benchmarks")]
pub use types::BenchmarkHelper;
pub use types::{AllowanceState, BalanceOf, Budget, Budgeting, FreeCallConditions, Quote, Refusal};
pub use weights::WeightInfo;

/// The pallet: storage, events and the allowances.
// The macros expect, convert and declare parts unreachable in what they generate.
#[allow(clippy::as_conversions, clippy::expect_used, clippy::unreachable)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible::Inspect, Contains, UnixTime},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::transaction_validity::TransactionPriority;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the pallet needs from the runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The asset in which fees are paid. Must be the one that the wrapped fee adapter charges.
		type Currency: Inspect<Self::AccountId>;

		/// The clock by which allowances refill.
		type Time: UnixTime;

		/// What the pot's account is derived from.
		#[pallet::constant]
		type PotId: Get<PalletId>;

		/// What the pot pays for one account at most at a time, in the smallest unit of the asset;
		/// refills evenly over 24 hours.
		#[pallet::constant]
		type AllowancePerDay: Get<BalanceOf<Self>>;

		/// What the pot pays for all keys of one patient at most at a time; refills evenly over
		/// 24 hours.
		#[pallet::constant]
		type PatientAllowancePerDay: Get<BalanceOf<Self>>;

		/// What the pot pays for all accounts of one organisation at most at a time; refills evenly
		/// over 24 hours.
		#[pallet::constant]
		type OrganisationAllowancePerDay: Get<BalanceOf<Self>>;

		/// Whose budget a fee is on.
		type Budgeting: Budgeting<Self::AccountId, Self::RuntimeCall>;

		/// The calls that are sponsored. Matched on the outermost call only. A call with a
		/// condition (see [`FreeCallConditions`]) is never sponsored, even if it is named here.
		type SponsoredCalls: Contains<Self::RuntimeCall>;

		/// The calls that may be free, and what it costs to find out.
		type FreeCallConditions: FreeCallConditions<Self::RuntimeCall>;

		/// The priority of a free call in the pool. High: to withdraw a permission must work while
		/// the chain is busy.
		#[pallet::constant]
		type FreeCallPriority: Get<TransactionPriority>;

		/// What the adapter and the extension weigh.
		type WeightInfo: WeightInfo;

		/// What the benchmarks need.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId, Self::RuntimeCall>;
	}

	/// The welcomed accounts, and what each has used of its allowance. An entry is never removed.
	#[pallet::storage]
	pub type Accounts<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, Allowance<BalanceOf<T>>, OptionQuery>;

	/// What has been used of each budget.
	#[pallet::storage]
	pub type Budgets<T: Config> =
		StorageMap<_, Blake2_128Concat, Budget, Allowance<BalanceOf<T>>, ValueQuery>;

	/// What has happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An account may send transactions without holding tokens, from now on and for ever.
		Welcomed {
			/// The account.
			who: T::AccountId,
		},
		/// Somebody else paid the fee of a transaction.
		FeeSponsored {
			/// The signer of the transaction.
			who: T::AccountId,
			/// Who paid.
			payer: T::AccountId,
			/// What was paid in the end, after refunds, in the smallest unit of the asset.
			fee: BalanceOf<T>,
		},
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "std")]
		fn integrity_test() {
			assert!(
				T::AllowancePerDay::get() > Default::default(),
				"an allowance of nothing sponsors nobody"
			);
			for shared in [T::PatientAllowancePerDay::get(), T::OrganisationAllowancePerDay::get()]
			{
				assert!(
					shared > T::AllowancePerDay::get(),
					"one account must not be able to use up what others share with it"
				);
			}
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
