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
//!   fee comes from the pot: within an allowance for the account, and within the [`Budget`]s of
//!   whoever the account acts for with this call, a patient, a member or an organisation. All refill
//!   over 24 hours. Whoever can pay, pays.
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
//! - **Allowance.** What was spent falls evenly, by the whole [`Allowance`] in 24 hours, so that over
//!   any period of `d` days `(1 + d)` times the allowance is spent at most.
//! - **Limits.** A fee is on all limits of a row at once ([`Pallet::ways`]). The last of each row is
//!   kept by an organisation, which a registrar has admitted; accounts, handles and coverages can be
//!   multiplied at will.
//!
//!   | For | Account | Person | Cohort | Organisation |
//!   |---|---|---|---|---|
//!   | an organisation | `AllowancePerDay` | | | `OrganisationAllowancePerDay` for its staff |
//!   | a patient | `KeyAllowancePerDay` | `PatientAllowancePerDay`, less for a new handle | `CohortAllowancePerDay` | `OrganisationAllowancePerDay` for its patients |
//!   | a member | `MemberAllowancePerDay` | | `CohortAllowancePerDay` | `OrganisationAllowancePerDay` for its members |
//!
//!   So an organisation costs the pot three times `OrganisationAllowancePerDay` a day at most, and
//!   `OrganisationEmergenciesPerDay` and `OrganisationAnswersPerDay` besides.
//! - **Emergencies.** Where the row of staff does not suffice, breaking the glass is on `EmergencyAllowancePerDay` of
//!   the person and `OrganisationEmergenciesPerDay` of the organisation. What staff does otherwise cannot use
//!   them up, nor can one clinician use up what the others need.
//! - **Answers.** What patients can make an organisation answer is on `AnswerAllowancePerDay` of the person and
//!   `OrganisationAnswersPerDay` of the organisation, and on nothing else: however much patients ask, its staff does its other
//!   work, and whatever that work uses up, patients are answered.
//! - **Reserves.** Where the patient's row does not suffice, because somebody else has used up what is
//!   shared, a call that tightens is on `PatientReserve`; where the member's does not, it is on
//!   `MemberReserve`. Nobody else can use them up. They come back over a year, and are less than what
//!   the organisation has put down for the handle or the coverage.
//! - **Entitlement.** [`Config::Budgeting`] answers at the moment of the fee: a key that was removed,
//!   or somebody who has left, is sponsored no more from that second on. Nothing is stored that could
//!   be out of date, and nobody can move somebody else's account to a budget that is used up.
//! - **When it is consumed.** In `withdraw_fee`, before dispatch: a call that fails is paid for like
//!   one that succeeds. What dispatch did not use goes back to the pot and to the allowance.
//! - **Validation writes nothing.** The pool judges a transaction by the state it sees; the block
//!   judges it again.
//! - **Refusals** have numbers of their own (see [`Refusal`]), so that a client can say why.
//! - **Permanence.** Welcoming adds a `sufficient` reference that is never dropped: an account that
//!   is reaped restarts at nonce 0, and its old transactions could be replayed. A guest
//!   ([`Guests`]) that never sent one has none to replay, and is forgotten when it is dismissed. One that has
//!   stays, and whoever invited it is told: what it has put down for that stays, too.
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
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod config;
mod events;
mod extension;
mod impls;
mod limits;
#[cfg(test)]
mod mock;
pub mod runtime_api;
mod storage;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "try-runtime"))]
mod try_state;
// The codec derives convert enum discriminants.
#[allow(clippy::as_conversions)]
mod types;
pub mod weights;

pub use adapter::{Charged, SponsoredFees};
pub use extension::{FreeCalls, Payment};
pub use pallet::*;
pub use salus_primitives::Allowance;
#[cfg(feature = "runtime-benchmarks")]
pub use types::BenchmarkHelper;
pub use types::{
	AllowanceState, BalanceOf, Budget, Budgeting, Entitlement, FreeCallConditions, Limit, Quote,
	Refusal, SignedCalls,
};
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

/// The pallet: storage, events and the allowances.
// The macros expect, convert and declare parts unreachable in what they generate.
#[allow(clippy::as_conversions, clippy::expect_used, clippy::unreachable)]
#[import_section(config::config)]
#[import_section(storage::storage)]
#[import_section(events::events)]
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

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "std")]
		fn integrity_test() {
			let rising = [
				[T::AllowancePerDay::get(), T::OrganisationAllowancePerDay::get()],
				[T::KeyAllowancePerDay::get(), T::PatientAllowancePerDay::get()],
				[T::PatientAllowancePerDay::get(), T::CohortAllowancePerDay::get()],
				[T::MemberAllowancePerDay::get(), T::CohortAllowancePerDay::get()],
				[T::CohortAllowancePerDay::get(), T::OrganisationAllowancePerDay::get()],
				[T::EmergencyAllowancePerDay::get(), T::OrganisationEmergenciesPerDay::get()],
				[T::AnswerAllowancePerDay::get(), T::OrganisationAnswersPerDay::get()],
			];
			for [one, together] in rising {
				assert!(one > Default::default(), "a limit of nothing sponsors nobody");
				assert!(one < together, "one must not be able to use up what others share with it");
			}
			assert!(
				T::PatientReserve::get() > Default::default(),
				"a patient must be able to deny"
			);
			assert!(
				T::MemberReserve::get() > Default::default(),
				"a member must be able to attest"
			);
			assert!(T::DaysToFullAllowance::get() > 0, "a new handle must have something");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
