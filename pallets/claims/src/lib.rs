//! # Claims pallet
//!
//! Coverage, encounters, and claims that settle themselves by rules that both sides can read.
//!
//! ## Overview
//!
//! - A **payer** publishes plans in versions that never change, and enrols members in them. Its
//!   money stands in a settlement account that only claims and its administrator can draw on.
//! - A **member** appears as a *member key*, made for one coverage of at most a year and used for
//!   nothing else. No patient's handle occurs here, and no patient's key is taken.
//! - A **provider** opens an *encounter* when the patient arrives. The member attests it, by a
//!   transaction or by a signature that the provider hands in. In an emergency the provider names
//!   the coverage, and nothing is paid without the member or the payer.
//! - A closed encounter is claimed by **lines**: a coarse category, a quantity, a charge, and a
//!   commitment to the coded detail. [`adjudicate`] prices them. What is within the plan's limit
//!   is paid in the same block; what is above it awaits the payer, whose clock runs.
//! - A **correction** reverses and replaces in one call, and moves only the net.
//!
//! ## Pallet API
//!
//! See the [`pallet`] module for calls, storage, events and errors; questions are answered by
//! [`runtime_api::ClaimsApi`]. `docs/claims.md` tells a billing office of every code and clock.
//!
//! ## Low Level Details
//!
//! **Facts and refusals.** What the claimant can put right is an error, and nothing is stored: no
//! attestation, lines that were not recorded, a line claimed already. What cannot be put right is a
//! decided claim with its reason: before or after coverage (PR 26, 27), too late (CO 29), without
//! a licence on the service date (CO B7). The service date is the moment at which the encounter
//! was opened: the chain's time, never a caller's.
//!
//! **One claim for an encounter, one encounter for a line.** An encounter has one claim that
//! stands, for all its lines; a line's `detail` is live in one encounter at most
//! ([`ServiceLines`]). A second visit needs a second attestation.
//!
//! **Nothing is lost without money.** A decided claim that the payer cannot pay waits in the
//! payer's queue, in order; later claims wait behind it, and the payer takes nothing out. Funding
//! pays from the head of the queue, and so may anybody by [`Pallet::settle_waiting`].
//!
//! **Everything ends by time alone.** A payer that is silent about a pended claim has agreed to
//! what the rules say; a provider that does not answer is denied (CO 226); an emergency that nobody
//! attests is denied (CO 16). Anybody may [`Pallet::poke`].
//!
//! **Money** moves through the SDK's fungibles traits, and its balances are kept there alone. Every
//! organisation has one settlement account, derived from its number: payers pay out of theirs,
//! providers receive into it and give back from it.
//!
//! Invariants, checked by `try_state`: D1, every line balances; D2, totals are the sums of the
//! lines; D3, a line is live once; D6, the accumulators of a coverage are the fold of its decided
//! claims; D7, what is on hold is the sum of what claims hold, and what was transferred is what was
//! decided or, of a claim that waits, less; D8, an encounter has one current claim, and versions
//! count up; D9, what ended stays ended; D13, no member key is a patient's.
//!
//! [`adjudicate`]: salus_claims_adjudication::adjudicate

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
		clippy::todo,
		clippy::unreachable,
		clippy::unwrap_used
	)
)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod config;
mod events;
mod impls;
pub mod messages;
#[cfg(test)]
mod mock;
mod policy;
// The codec derives convert enum discriminants.
#[allow(clippy::as_conversions)]
pub mod runtime_api;
mod storage;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
pub mod types;
pub mod weights;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

#[import_section(config::config)]
#[import_section(storage::storage)]
#[import_section(events::events)]
#[frame_support::pallet]
// Only what the SDK's macros generate here needs these; the code of the calls is in `impls`.
#[allow(clippy::as_conversions, clippy::expect_used, clippy::unreachable)]
pub mod pallet {
	use crate::{impls::Decided, types::*, weights::WeightInfo};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungibles, Consideration, Footprint, UnixTime},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use salus_claims_adjudication::{Accumulators, Money, Totals};
	use salus_primitives::{
		deposits::Backed,
		traits::{Credentials, Patients, TokenlessAccounts},
		Commitment, Interval, Moment, OrgId,
	};
	use sp_runtime::traits::{IdentifyAccount, Verify};

	/// The version of the storage's layout.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The claims pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			Self::check_constants();
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Publish a new plan.
		///
		/// Signed by the administrator of `org`, a licensed payer.
		///
		/// # Errors
		/// [`Error::NotAuthorised`], [`Error::NotLicensed`], [`Error::UnsoundPlan`],
		/// [`Error::AuthorisationNotOffered`], [`Error::ClockOutOfRange`],
		/// [`Error::UnsuitableAsset`], and that of the bond.
		///
		/// # Events
		/// [`Event::PlanPublished`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::create_plan())]
		pub fn create_plan(
			origin: OriginFor<T>,
			org: OrgId,
			terms: alloc::boxed::Box<TermsOf<T>>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_create_plan(&who, org, *terms)
		}

		/// Publish a further version of a plan. Coverages keep the version that they have.
		///
		/// Signed by the administrator of `org`, the payer whose plan it is.
		///
		/// # Errors
		/// Those of [`Pallet::create_plan`], [`Error::PlanNotFound`], [`Error::NotYourPlan`].
		///
		/// # Events
		/// [`Event::PlanPublished`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::revise_plan())]
		pub fn revise_plan(
			origin: OriginFor<T>,
			org: OrgId,
			plan: PlanId,
			terms: alloc::boxed::Box<TermsOf<T>>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_revise_plan(&who, org, plan, *terms)
		}

		/// Offer a coverage under the newest version of a plan.
		///
		/// Signed by the administrator or a biller of `org`, a licensed payer. `member` is a key
		/// that the person has made for this coverage; it is welcomed without tokens. It becomes that of the coverage
		/// when it accepts, and may until then become another's, or a patient's.
		///
		/// # Errors
		/// [`Error::NotAuthorised`], [`Error::NotLicensed`], [`Error::FlaggedOrganisation`],
		/// [`Error::PlanNotFound`], [`Error::NotYourPlan`], [`Error::PeriodInPast`], [`Error::PeriodOutOfRange`],
		/// [`Error::KeyInUse`], [`Error::KeyOfPatient`], and that of the bond.
		///
		/// # Events
		/// [`Event::Enrolled`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::enrol())]
		pub fn enrol(
			origin: OriginFor<T>,
			org: OrgId,
			plan: PlanId,
			member: T::AccountId,
			period: Interval,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_enrol(&who, org, plan, member, period)
		}

		/// Accept a coverage, for its whole period.
		///
		/// Signed by the member key.
		///
		/// # Errors
		/// [`Error::CoverageNotFound`], [`Error::NotMember`], [`Error::AlreadyAccepted`],
		/// [`Error::CoverageEnded`], [`Error::KeyInUse`], [`Error::KeyOfPatient`].
		///
		/// # Events
		/// [`Event::Accepted`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::accept_coverage())]
		pub fn accept_coverage(origin: OriginFor<T>, coverage: CoverageId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_accept_coverage(&who, coverage)
		}

		/// Bring the end of a coverage forward, to `until` or, if that has passed, not at all.
		///
		/// Signed by the member key, or by the payer's administrator or biller. Claims for visits
		/// before `until` are settled as if nothing had happened.
		///
		/// # Errors
		/// [`Error::CoverageNotFound`], [`Error::NotAuthorised`], [`Error::NotAnEarlierEnd`].
		///
		/// # Events
		/// [`Event::Terminated`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::terminate_coverage())]
		pub fn terminate_coverage(
			origin: OriginFor<T>,
			coverage: CoverageId,
			until: Moment,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_terminate_coverage(&who, coverage, until)
		}

		/// Name another member key: the payer's consent to the change, for somebody who has lost
		/// the present one. It takes effect when the new key accepts, after [`Config::RekeyDelay`].
		///
		/// Signed by the administrator or a biller of `org`, the payer.
		///
		/// # Errors
		/// [`Error::NotAuthorised`], [`Error::CoverageNotFound`], [`Error::NotYourCoverage`],
		/// [`Error::CoverageEnded`], [`Error::KeyInUse`], [`Error::KeyOfPatient`].
		///
		/// # Events
		/// [`Event::RekeyProposed`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::rekey_coverage())]
		pub fn rekey_coverage(
			origin: OriginFor<T>,
			org: OrgId,
			coverage: CoverageId,
			key: T::AccountId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_rekey_coverage(&who, org, coverage, key)
		}

		/// Take the place of the present member key.
		///
		/// Signed by the new key.
		///
		/// # Errors
		/// [`Error::CoverageNotFound`], [`Error::NoRekey`], [`Error::NotMember`],
		/// [`Error::TooEarly`], [`Error::KeyInUse`], [`Error::KeyOfPatient`].
		///
		/// # Events
		/// [`Event::Rekeyed`].
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::accept_rekey())]
		pub fn accept_rekey(origin: OriginFor<T>, coverage: CoverageId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_accept_rekey(&who, coverage)
		}

		/// Say no to another member key.
		///
		/// Signed by the present member key, or by the payer's administrator or biller. Free for the
		/// member, where it takes effect: a key that is to be replaced must be able to say no.
		///
		/// # Errors
		/// [`Error::CoverageNotFound`], [`Error::NotAuthorised`], [`Error::NoRekey`].
		///
		/// # Events
		/// [`Event::RekeyCancelled`].
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::cancel_rekey())]
		#[pallet::feeless_if(|origin: &OriginFor<T>, coverage: &CoverageId| -> bool {
			ensure_signed(origin.clone()).is_ok_and(|who| Pallet::<T>::may_say_no(&who, *coverage))
		})]
		pub fn cancel_rekey(origin: OriginFor<T>, coverage: CoverageId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_cancel_rekey(&who, coverage)
		}

		/// Open an encounter, when the patient arrives. Now is the service date of all its lines.
		///
		/// Signed by the administrator, or somebody who treats or bills at `org`, which is licensed
		/// as provider, laboratory or pharmacy.
		///
		/// # Errors
		/// [`Error::NotAuthorised`], [`Error::NotLicensed`], [`Error::FlaggedOrganisation`], and
		/// that of the bond.
		///
		/// # Events
		/// [`Event::EncounterOpened`].
		#[pallet::call_index(8)]
		#[pallet::weight(Pallet::<T>::with_largest_bond(T::WeightInfo::open_encounter()))]
		pub fn open_encounter(origin: OriginFor<T>, org: OrgId) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let change = Self::do_open_encounter(&who, org, None)?;
			Ok(Some(Self::with_bond(T::WeightInfo::open_encounter(), change)).into())
		}

		/// Open an encounter with somebody who cannot be asked, and name the coverage.
		///
		/// Signed as for [`Pallet::open_encounter`]. The member may attest it later; until then a
		/// claim for it awaits the payer, and is denied if the payer says nothing.
		///
		/// # Errors
		/// Those of [`Pallet::open_encounter`], [`Error::CoverageNotFound`],
		/// [`Error::NotAccepted`].
		///
		/// # Events
		/// [`Event::EncounterOpened`].
		#[pallet::call_index(9)]
		#[pallet::weight(Pallet::<T>::with_largest_bond(T::WeightInfo::open_emergency()))]
		pub fn open_emergency(
			origin: OriginFor<T>,
			org: OrgId,
			coverage: CoverageId,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let change = Self::do_open_encounter(&who, org, Some(coverage))?;
			Ok(Some(Self::with_bond(T::WeightInfo::open_emergency(), change)).into())
		}

		/// Attest an encounter, and that it is on this coverage.
		///
		/// Signed by the member key.
		///
		/// # Errors
		/// [`Error::CoverageNotFound`], [`Error::NotMember`], [`Error::NotAccepted`],
		/// [`Error::EncounterNotFound`], [`Error::AlreadyAttested`], [`Error::OtherCoverage`].
		///
		/// # Events
		/// [`Event::EncounterAttested`].
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::attest())]
		pub fn attest(
			origin: OriginFor<T>,
			encounter: EncounterId,
			coverage: CoverageId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_attest(&who, encounter, coverage)
		}

		/// Hand in the member's attestation, which names the provider. It counts more than that of
		/// a stranger who attested the encounter before, as long as nothing is claimed.
		///
		/// Signed as for [`Pallet::open_encounter`]; `signature` is the member key's over
		/// [`crate::messages::attest`].
		///
		/// # Errors
		/// [`Error::NotAuthorised`], [`Error::EncounterNotFound`], [`Error::NotYourEncounter`],
		/// [`Error::SignatureExpired`], [`Error::SignatureTooLong`], [`Error::BadSignature`],
		/// [`Error::CoverageNotFound`], [`Error::NotAccepted`], [`Error::AlreadyAttested`],
		/// [`Error::OtherCoverage`].
		///
		/// # Events
		/// [`Event::EncounterAttested`].
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::attest_for())]
		pub fn attest_for(
			origin: OriginFor<T>,
			org: OrgId,
			encounter: EncounterId,
			coverage: CoverageId,
			expiry: Moment,
			signature: T::OffchainSignature,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_attest_for(&who, org, encounter, coverage, expiry, signature)
		}

		/// Write down what was done: the root over the details of the services.
		///
		/// Signed as for [`Pallet::open_encounter`].
		///
		/// - `root`: made as [`salus_primitives::commitment::merkle_root`] makes it, in the order
		///   of the lines to come.
		/// - `lines`: how many there are, 1 to 64.
		///
		/// # Errors
		/// [`Error::NotAuthorised`], [`Error::EncounterNotFound`], [`Error::NotYourEncounter`],
		/// [`Error::AlreadyClosed`], [`Error::EncounterExpired`], [`Error::WrongLineCount`],
		/// [`Error::WrongRoot`].
		///
		/// # Events
		/// [`Event::EncounterClosed`].
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::close_encounter())]
		pub fn close_encounter(
			origin: OriginFor<T>,
			org: OrgId,
			encounter: EncounterId,
			root: Commitment,
			lines: u8,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_close_encounter(&who, org, encounter, root, lines)
		}

		/// Change what was written down. Both roots stand in the event; the time of closing stays.
		/// A claim that stands is not touched: correct it.
		///
		/// Signed as for [`Pallet::open_encounter`].
		///
		/// # Errors
		/// [`Error::NotAuthorised`], [`Error::EncounterNotFound`], [`Error::NotYourEncounter`],
		/// [`Error::NotClosed`], [`Error::WrongLineCount`], [`Error::WrongRoot`].
		///
		/// # Events
		/// [`Event::EncounterAmended`].
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::amend_encounter())]
		pub fn amend_encounter(
			origin: OriginFor<T>,
			org: OrgId,
			encounter: EncounterId,
			root: Commitment,
			lines: u8,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_amend_encounter(&who, org, encounter, root, lines)
		}

		/// Claim all lines of a closed encounter. Within the plan's limit it is decided, and paid
		/// if the payer has the funds, before the call returns.
		///
		/// Signed by the administrator or a biller of `org`, the provider.
		///
		/// # Errors
		/// [`Error::NotAuthorised`], [`Error::EncounterNotFound`], [`Error::NotYourEncounter`],
		/// [`Error::NotClosed`], [`Error::NotAttested`], [`Error::AlreadyClaimed`],
		/// [`Error::ConflictOfInterest`], [`Error::LinesNotRecorded`],
		/// [`Error::LineAlreadyClaimed`], [`Error::ZeroQuantity`], [`Error::AmountTooLarge`], and
		/// that of the bond.
		///
		/// # Events
		/// [`Event::Submitted`], then [`Event::Pended`], or [`Event::Adjudicated`] and
		/// [`Event::Settled`] or [`Event::Waiting`].
		#[pallet::call_index(14)]
		#[pallet::weight(Pallet::<T>::most_of_submit(lines))]
		pub fn submit(
			origin: OriginFor<T>,
			org: OrgId,
			encounter: EncounterId,
			lines: PerLine<Line>,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let weight = T::WeightInfo::submit(Self::count(&lines));
			let taken = Self::do_submit(&who, org, encounter, lines)?;
			Ok(Some(Self::weighed(weight, taken)).into())
		}

		/// Replace a claim: reverse it and put the corrected one in its place, in one, and move
		/// only the net. If the corrected claim needs the payer's decision, the claim before
		/// stands until then. An undecided claim is replaced at once.
		///
		/// Signed by the administrator or a biller of `org`, the provider.
		///
		/// # Errors
		/// Those of [`Pallet::submit`], [`Error::ClaimNotFound`], [`Error::NotYourClaim`],
		/// [`Error::NotCurrent`], [`Error::CorrectionPending`], [`Error::FilingLimitPassed`], and
		/// [`Error::InsufficientFunds`] if the provider cannot give back what is too much.
		///
		/// # Events
		/// [`Event::Submitted`], [`Event::Superseded`], and those of [`Pallet::submit`].
		#[pallet::call_index(15)]
		#[pallet::weight(Pallet::<T>::most_of_correct(lines))]
		pub fn correct(
			origin: OriginFor<T>,
			org: OrgId,
			claim: ClaimId,
			lines: PerLine<Line>,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let count = Self::count(&lines);
			let done = Self::do_correct(&who, org, claim, lines)?;
			Ok(Some(Self::weighed(T::WeightInfo::correct(count, done.replaced), done.taken)).into())
		}

		/// Take a claim back, and give back what was paid for it; interest stays. A correction
		/// that awaits a decision is called off, and the claim before it stands.
		///
		/// Signed by the administrator or a biller of `org`, the provider.
		///
		/// # Errors
		/// [`Error::NotAuthorised`], [`Error::ClaimNotFound`], [`Error::NotYourClaim`],
		/// [`Error::NotCurrent`], [`Error::CorrectionPending`], [`Error::InsufficientFunds`].
		///
		/// # Events
		/// [`Event::Voided`] or [`Event::Lapsed`].
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::void(MAX_LINES))]
		pub fn void(
			origin: OriginFor<T>,
			org: OrgId,
			claim: ClaimId,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let lines = Self::do_void(&who, org, claim)?;
			Ok(Some(T::WeightInfo::void(lines)).into())
		}

		/// Ask the provider for information, off chain. The payer's clocks stand until the answer.
		///
		/// Signed by the administrator or a biller of `org`, the payer.
		///
		/// # Errors
		/// [`Error::NotAuthorised`], [`Error::ClaimNotFound`], [`Error::NotYourClaim`],
		/// [`Error::ConflictOfInterest`], [`Error::NotPended`], [`Error::TooManyRequests`],
		/// [`Error::NothingDue`] if the payer's own time is over.
		///
		/// # Events
		/// [`Event::InformationRequested`].
		#[pallet::call_index(17)]
		#[pallet::weight(T::WeightInfo::request_information())]
		pub fn request_information(
			origin: OriginFor<T>,
			org: OrgId,
			claim: ClaimId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_request_information(&who, org, claim)
		}

		/// Tell that the information was given. The payer's clocks run on.
		///
		/// Signed by the administrator or a biller of `org`, the provider.
		///
		/// # Errors
		/// [`Error::NotAuthorised`], [`Error::ClaimNotFound`], [`Error::NotYourClaim`],
		/// [`Error::NotRequested`], [`Error::NothingDue`] if the time to answer is over.
		///
		/// # Events
		/// [`Event::Answered`].
		#[pallet::call_index(18)]
		#[pallet::weight(T::WeightInfo::answer())]
		pub fn answer(origin: OriginFor<T>, org: OrgId, claim: ClaimId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_answer(&who, org, claim)
		}

		/// Decide about a pended claim: by the rules or, in time, line by line with a reason for
		/// every amount that is not paid. After a decision line by line, every further claim for
		/// the encounter awaits the payer.
		///
		/// Signed by the administrator or a biller of `org`, the payer, who does not act for the
		/// provider.
		///
		/// # Errors
		/// [`Error::NotAuthorised`], [`Error::ClaimNotFound`], [`Error::NotYourClaim`],
		/// [`Error::ConflictOfInterest`], [`Error::NotPended`], [`Error::DecisionTooLate`],
		/// [`Error::DecisionCountMismatch`], [`Error::Unbalanced`], [`Error::ZeroAdjustment`],
		/// [`Error::RepeatedAdjustment`], [`Error::WrongGroup`], [`Error::PaidThoughDenied`],
		/// [`Error::WholeCharge`], [`Error::LimitExceeded`], and [`Error::InsufficientFunds`] if
		/// it is a correction, and the provider cannot give back what is too much.
		///
		/// # Events
		/// [`Event::Adjudicated`], [`Event::Superseded`], [`Event::Settled`], or
		/// [`Event::Waiting`] after [`Event::PaidInPart`] for what was on hold.
		#[pallet::call_index(19)]
		#[pallet::weight(Pallet::<T>::most_of_decide(decision))]
		pub fn decide(
			origin: OriginFor<T>,
			org: OrgId,
			claim: ClaimId,
			decision: Decision,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let weight = Self::weight_of(&decision);
			let Decided { lines, done } = Self::do_decide(&who, org, claim, decision)?;
			Ok(Some(Self::weighed(weight(lines, done.replaced), done.taken)).into())
		}

		/// Let the time that has passed take effect on a claim.
		///
		/// Signed by anybody. If the payer's time is over, the rules decide; an emergency that was
		/// attested meanwhile is taken like any other; one that was not is denied (CO 16); a
		/// question without an answer denies (CO 226). A correction lapses where a claim would be
		/// denied, or if the provider cannot give back what is too much. While the payer's money is
		/// frozen its silence is no agreement, and nothing is decided by it. What is on hold for a claim
		/// that was decided or ended meanwhile is paid to it, if it waits, or released.
		///
		/// # Errors
		/// [`Error::ClaimNotFound`], [`Error::NothingDue`], [`Error::AssetFrozen`].
		///
		/// # Events
		/// Those of [`Pallet::decide`], [`Event::Pended`], [`Event::Lapsed`], or
		/// [`Event::HoldReleased`].
		#[pallet::call_index(20)]
		#[pallet::weight(Pallet::<T>::most_of_poke())]
		pub fn poke(origin: OriginFor<T>, claim: ClaimId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let Decided { lines, done } = Self::do_poke(claim)?;
			Ok(Some(Self::weighed(T::WeightInfo::poke(lines, done.replaced), done.taken)).into())
		}

		/// Pay the claims that wait for a payer's funds, in their order, as far as the funds reach.
		///
		/// Signed by anybody. `limit` says how many claims are looked at, at most
		/// [`Config::Page`].
		///
		/// # Errors
		/// [`Error::NothingWaiting`], [`Error::InsufficientFunds`] if not even the first can be
		/// paid.
		///
		/// # Events
		/// [`Event::Settled`] for each.
		#[pallet::call_index(21)]
		#[pallet::weight(Pallet::<T>::most_of_settling(*limit))]
		pub fn settle_waiting(
			origin: OriginFor<T>,
			payer: OrgId,
			asset: AssetIdOf<T>,
			limit: u32,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let (looked, taken) = Self::do_settle_waiting(payer, asset, limit)?;
			let paid = T::WeightInfo::settle_waiting(looked);
			Ok(Some(Self::with_account(paid, taken.account)).into())
		}

		/// Put money into an organisation's settlement account, and pay what waits for it.
		///
		/// Signed by anybody, whose money it is.
		///
		/// # Errors
		/// [`Error::ZeroAmount`], [`Error::UnsuitableAsset`], [`Error::OrganisationNotFound`], and
		/// that of the asset.
		///
		/// # Events
		/// [`Event::Funded`], and [`Event::Settled`] for each claim that is paid.
		#[pallet::call_index(22)]
		#[pallet::weight(Pallet::<T>::most_of_fund())]
		pub fn fund(
			origin: OriginFor<T>,
			org: OrgId,
			asset: AssetIdOf<T>,
			#[pallet::compact] amount: Money,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let (looked, taken) = Self::do_fund(&who, org, asset, amount)?;
			let paid = Self::with_account(T::WeightInfo::settle_waiting(looked), taken.account);
			Ok(Some(T::WeightInfo::fund().saturating_add(paid)).into())
		}

		/// Take free money out of an organisation's settlement account, into its administrator's.
		///
		/// Signed by the administrator. What is on hold stays, and as long as claims wait, all.
		///
		/// # Errors
		/// [`Error::NotAuthorised`], [`Error::ZeroAmount`], [`Error::ClaimsWaiting`],
		/// [`Error::InsufficientFunds`], and that of the asset.
		///
		/// # Events
		/// [`Event::Withdrawn`].
		#[pallet::call_index(23)]
		#[pallet::weight(T::WeightInfo::withdraw())]
		pub fn withdraw(
			origin: OriginFor<T>,
			org: OrgId,
			asset: AssetIdOf<T>,
			#[pallet::compact] amount: Money,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw(&who, org, asset, amount)
		}
	}
}
