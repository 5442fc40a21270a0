//! # Registry pallet
//!
//! Who may act in a professional capacity: organisations, their licences, and the people who work
//! for them.
//!
//! ## Pallet API
//!
//! See the [`pallet`] module for the interfaces that this pallet exposes: its configuration, calls,
//! storage, events and errors. Other pallets ask it through
//! [`Credentials`](salus_primitives::traits::Credentials) and
//! [`Registrars`](salus_primitives::traits::Registrars), front-ends through
//! [`RegistryApi`].
//!
//! ## Overview
//!
//! - An **organisation** applies for kinds (provider, payer, laboratory ...) by the account that
//!   will administer it, with a deposit; a **registrar** whose entry covers a kind admits it to that
//!   kind. Both sides sign, and nobody admits an organisation that is its own.
//! - A **licence**, one for each organisation and kind, is renewed, suspended, reinstated and
//!   revoked by registrars. A revocation is for ever.
//! - A **practitioner** is an account that an organisation has invited in a role and that has
//!   accepted. Either side ends that at once. Roles come from here and never from a caller's
//!   argument.
//! - **Registrars** are appointed and dismissed by governance, for a term.
//!
//! What takes away (decline, suspend, revoke, cancel, end) is free of fees as long as it takes
//! effect, and works when every history is full.
//!
//! ## Low Level Details
//!
//! Licences, affiliations and registrars' terms are kept as lists of half-open intervals
//! `[from, until)` of Unix seconds ([`Tenure`]): only ever appended to, sorted, never overlapping.
//! An end is brought forward once at most, to the present, and nothing begins in the future, so an
//! answer for a moment before now never changes. A question about the future is answered with no,
//! or by an error in the runtime API. Expiry needs no transaction: it is a matter of comparing.
//! The lists are bounded; when one is full, only what would add to it is refused.
//!
//! The account that administers an organisation has no history, since no past answer depends on it. The flag of
//! organisations whose very name says something about a patient has one: sealed denials rest on it.
//!
//! Deposits are posted by the organisation's administrator: one for the organisation, which moves
//! with the administration, and one for each affiliated account, which [`Pallet::assume_deposit`]
//! moves. Organisations with a licence history, or on which governance has relied, are never removed,
//! nor are affiliations.

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

mod answers;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod config;
mod events;
mod genesis;
mod impls;
pub mod migrations;
#[cfg(test)]
mod mock;
mod policy;
// The derives of the codec write `as`.
#[allow(clippy::as_conversions)]
pub mod runtime_api;
mod storage;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
#[allow(clippy::as_conversions)]
pub mod types;
pub mod weights;

pub use pallet::*;
pub use runtime_api::*;
pub use types::*;
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

#[import_section(config::config)]
#[import_section(storage::storage)]
#[import_section(events::events)]
#[frame_support::pallet]
// The macros of FRAME and of the codec write these; the calls below hold nothing of the kind.
#[allow(clippy::as_conversions, clippy::expect_used, clippy::unreachable)]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{Consideration, Footprint, UnixTime},
	};
	use frame_system::pallet_prelude::*;
	use salus_primitives::{
		deposits::Backed, traits::TokenlessAccounts, Allowance, CapabilitySet, Commitment, Moment,
		OrgId, OrgKind, OrgKindSet, Role,
	};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Those who are there from the first block.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Organisations, numbered from 0 in this order: administrator, kinds (the bits of an
		/// `OrgKindSet`, maybe none), end of the licences in Unix seconds, and whether it is flagged.
		/// They have no deposit and no profile, and they are licensed from the moment 0.
		pub organisations: Vec<(T::AccountId, u16, Moment, bool)>,
		/// Registrars: account, organisation, kinds, capabilities (the bits of a `CapabilitySet`)
		/// and the end of the term in Unix seconds.
		pub registrars: Vec<(T::AccountId, OrgId, u16, u8, Moment)>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			Pallet::<T>::build_genesis(self);
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxLicenceIntervals::get() > 0, "a licence needs an interval");
			assert!(T::MaxAffiliationIntervals::get() > 0, "an affiliation needs an interval");
			assert!(T::MaxEmployers::get() > 0, "staff need an employer");
			assert!(T::MaxRegistrarTerms::get() > 0, "a registrar needs a term");
			assert!(T::MaxInvitations::get() > 0, "an organisation needs staff");
			assert!(T::MaxLicenceTerm::get() > 0, "a licence lasts");
			assert!(T::MaxAffiliationTerm::get() > 0, "an affiliation lasts");
			assert!(T::MaxRegistrarTerm::get() > 0, "a registrar's term lasts");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Apply for licences, as a new organisation or for further kinds of one's own.
		///
		/// Signed by whoever will administer the organisation, or does already. A deposit for the
		/// organisation and each of its kinds is held from the caller. `profile` commits to the
		/// documents that registrars examine off chain; it is fixed with the first application.
		///
		/// # Errors
		/// - [`Error::NoKind`]: `kinds` is empty.
		/// - [`Error::UnknownCode`]: a bit of `kinds` stands for no kind.
		/// - [`Error::NoProfile`]: `profile` is zero.
		/// - [`Error::ProfileDiffers`]: the caller's organisation has applied with another profile.
		/// - [`Error::AlreadyPending`]: a kind is pending already.
		/// - [`Error::AlreadyAdmitted`]: a kind was admitted before, be it revoked since.
		/// - [`Error::TooManyOrganisations`]: no number is left.
		/// - What the deposit's holder answers, if the caller cannot post the deposit.
		///
		/// # Events
		/// [`Event::Applied`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::apply())]
		pub fn apply(
			origin: OriginFor<T>,
			kinds: OrgKindSet,
			profile: Commitment,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_apply(who, kinds, profile)
		}

		/// Admit an organisation to a kind that it applied for, from now to before `until`.
		///
		/// Signed by a registrar that covers `kind` and does not act for `org` in any way.
		///
		/// # Errors
		/// - [`Error::NotRegistrar`]: the caller is no registrar now.
		/// - [`Error::KindNotCovered`]: its entry does not cover `kind`.
		/// - [`Error::UnknownOrganisation`]: there is no such organisation.
		/// - [`Error::ConflictOfInterest`]: the caller acts for `org`.
		/// - [`Error::NotPending`]: `org` has no application for `kind`.
		/// - [`Error::TermTooShort`]: `until` does not lie after now.
		/// - [`Error::TermTooLong`]: `until` lies more than [`Config::MaxLicenceTerm`] ahead.
		///
		/// # Events
		/// [`Event::Admitted`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::admit())]
		pub fn admit(
			origin: OriginFor<T>,
			org: OrgId,
			kind: OrgKind,
			until: Moment,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_admit(who, org, kind, until)
		}

		/// Decline an application for a kind. Free when it takes effect.
		///
		/// Signed by a registrar that covers `kind`. The deposit for the kind goes back. The applicant
		/// may apply again, or withdraw to have the rest.
		///
		/// # Errors
		/// - [`Error::NotRegistrar`], [`Error::KindNotCovered`]: as in [`Pallet::admit`].
		/// - [`Error::UnknownOrganisation`]: there is no such organisation.
		/// - [`Error::NotPending`]: `org` has no application for `kind`.
		///
		/// # Events
		/// [`Event::Declined`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::decline())]
		#[pallet::feeless_if(|origin: &OriginFor<T>, org: &OrgId, kind: &OrgKind| -> bool {
			Pallet::<T>::signer(origin)
				.is_some_and(|who| Pallet::<T>::check_decline(&who, *org, *kind).is_ok())
		})]
		pub fn decline(origin: OriginFor<T>, org: OrgId, kind: OrgKind) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_decline(who, org, kind)
		}

		/// Withdraw all that is pending, and the organisation itself if it never held a licence and
		/// governance never relied on it.
		///
		/// Signed by the organisation's administrator, who has the deposit back for what is
		/// withdrawn.
		///
		/// # Errors
		/// - [`Error::UnknownOrganisation`]: there is no such organisation.
		/// - [`Error::NotAdmin`]: the caller does not administer it.
		/// - [`Error::NothingPending`]: it has no application, and it stays on record.
		///
		/// # Events
		/// [`Event::Withdrawn`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::withdraw())]
		pub fn withdraw(origin: OriginFor<T>, org: OrgId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw(who, org)
		}

		/// Renew a licence that is in force or has expired: from now to before `until`.
		///
		/// Signed by a registrar that covers `kind` and does not act for `org`. The interval in
		/// force ends now and the new one begins now, so there is no gap.
		///
		/// # Errors
		/// - [`Error::NotRegistrar`], [`Error::KindNotCovered`], [`Error::UnknownOrganisation`],
		///   [`Error::ConflictOfInterest`], [`Error::TermTooLong`]: as in [`Pallet::admit`].
		/// - [`Error::NotLicensed`]: `org` was never admitted to `kind`.
		/// - [`Error::AlreadyRevoked`]: the licence was revoked.
		/// - [`Error::IsSuspended`]: it is suspended: reinstate it.
		/// - [`Error::TermTooShort`]: `until` lies neither after now nor after the present end.
		/// - [`Error::HistoryFull`]: the licence has [`Config::MaxLicenceIntervals`] intervals.
		///
		/// # Events
		/// [`Event::Renewed`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::renew())]
		pub fn renew(
			origin: OriginFor<T>,
			org: OrgId,
			kind: OrgKind,
			until: Moment,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_renew(who, org, kind, until)
		}

		/// Suspend a licence that is in force, as of now. Free when it takes effect.
		///
		/// Signed by a registrar that covers `kind`.
		///
		/// # Errors
		/// - [`Error::NotRegistrar`], [`Error::KindNotCovered`]: as in [`Pallet::admit`].
		/// - [`Error::NotLicensed`]: there is no such licence, or it is not in force.
		/// - [`Error::IsSuspended`]: it is suspended already.
		/// - [`Error::AlreadyRevoked`]: it was revoked.
		/// - [`Error::BeganThisSecond`]: it is in force since this second; the next block can end it.
		///
		/// # Events
		/// [`Event::Suspended`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::suspend())]
		#[pallet::feeless_if(|origin: &OriginFor<T>, org: &OrgId, kind: &OrgKind| -> bool {
			Pallet::<T>::signer(origin)
				.is_some_and(|who| Pallet::<T>::check_suspend(&who, *org, *kind).is_ok())
		})]
		pub fn suspend(origin: OriginFor<T>, org: OrgId, kind: OrgKind) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_suspend(who, org, kind)
		}

		/// Reinstate a suspended licence, from now to before `until`, as a new interval.
		///
		/// Signed by a registrar that covers `kind` and does not act for `org`.
		///
		/// # Errors
		/// - [`Error::NotRegistrar`], [`Error::KindNotCovered`], [`Error::UnknownOrganisation`],
		///   [`Error::ConflictOfInterest`], [`Error::TermTooShort`], [`Error::TermTooLong`]: as in
		///   [`Pallet::admit`].
		/// - [`Error::NotLicensed`]: `org` was never admitted to `kind`.
		/// - [`Error::AlreadyRevoked`]: the licence was revoked.
		/// - [`Error::NotSuspended`]: it is in force, or its term is over: renew it.
		/// - [`Error::HistoryFull`]: the licence has [`Config::MaxLicenceIntervals`] intervals.
		///
		/// # Events
		/// [`Event::Reinstated`].
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::reinstate())]
		pub fn reinstate(
			origin: OriginFor<T>,
			org: OrgId,
			kind: OrgKind,
			until: Moment,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_reinstate(who, org, kind, until)
		}

		/// Revoke a licence for ever, as of now, in whatever state it is. Free when it takes effect.
		///
		/// Signed by a registrar that covers `kind`.
		///
		/// # Errors
		/// - [`Error::NotRegistrar`], [`Error::KindNotCovered`]: as in [`Pallet::admit`].
		/// - [`Error::NotLicensed`]: `org` was never admitted to `kind`.
		/// - [`Error::AlreadyRevoked`]: it was revoked before.
		/// - [`Error::BeganThisSecond`]: it is in force since this second; the next block can end it.
		///
		/// # Events
		/// [`Event::Revoked`].
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::revoke())]
		#[pallet::feeless_if(|origin: &OriginFor<T>, org: &OrgId, kind: &OrgKind| -> bool {
			Pallet::<T>::signer(origin)
				.is_some_and(|who| Pallet::<T>::check_revoke(&who, *org, *kind).is_ok())
		})]
		pub fn revoke(origin: OriginFor<T>, org: OrgId, kind: OrgKind) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_revoke(who, org, kind)
		}

		/// Flag an organisation whose very name says something about its patients, or unflag it.
		///
		/// Signed by a registrar that covers a kind which the organisation holds or applied for.
		/// Nobody unflags an organisation for which it acts.
		///
		/// # Errors
		/// - [`Error::NotRegistrar`]: the caller is no registrar now.
		/// - [`Error::UnknownOrganisation`]: there is no such organisation.
		/// - [`Error::KindNotCovered`]: its entry covers no kind of the organisation's.
		/// - [`Error::Unchanged`]: the flag has that value already.
		/// - [`Error::ConflictOfInterest`]: the caller acts for `org` and would unflag it.
		/// - [`Error::FlagTakenTooOften`]: the caller has taken it off [`MAX_FLAGS_OF_ONE`] times.
		/// - [`Error::HistoryFull`]: it was flagged [`MAX_FLAGS`] times, and stays so.
		///
		/// # Events
		/// [`Event::FlagSet`].
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::set_flag())]
		pub fn set_flag(origin: OriginFor<T>, org: OrgId, flagged: bool) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_flag(who, org, flagged)
		}

		/// Offer the administration of an organisation to `new`, instead of any earlier offer.
		///
		/// Signed by the administrator. Naming oneself takes an open offer back. Nothing else
		/// changes until `new` accepts.
		///
		/// # Errors
		/// - [`Error::UnknownOrganisation`]: there is no such organisation.
		/// - [`Error::NotAdmin`]: the caller does not administer it.
		/// - [`Error::AlreadyAdmin`]: the caller named itself, and there is no offer to take back.
		/// - [`Error::AdministersAnother`]: `new` administers another organisation.
		/// - [`Error::Unchanged`]: the administration is offered to `new` already.
		///
		/// # Events
		/// [`Event::AdminOffered`] or [`Event::AdminOfferCancelled`].
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::rotate_admin())]
		pub fn rotate_admin(origin: OriginFor<T>, org: OrgId, new: T::AccountId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_rotate_admin(who, org, new)
		}

		/// Accept the administration of an organisation, and with it the organisation's deposit.
		///
		/// Signed by the account to which it was offered. The deposit is held from that account and
		/// goes back to the one before.
		///
		/// # Errors
		/// - [`Error::UnknownOrganisation`]: there is no such organisation.
		/// - [`Error::NotOffered`]: the administration was not offered to the caller.
		/// - [`Error::AdministersAnother`]: the caller administers another organisation by now.
		/// - What the deposit's holder answers, if the caller cannot post the deposit.
		///
		/// # Events
		/// [`Event::AdminRotated`].
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::accept_admin())]
		pub fn accept_admin(origin: OriginFor<T>, org: OrgId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_accept_admin(who, org)
		}

		/// Invite an account to the organisation in a role, until before `until`.
		///
		/// Signed by the administrator of an organisation with a licence in force, who posts a
		/// deposit. From then on the account can send transactions without holding tokens.
		/// Whoever has the role already can be invited again, to a later or an earlier end.
		///
		/// # Errors
		/// - [`Error::UnknownOrganisation`]: there is no such organisation.
		/// - [`Error::NotAdmin`]: the caller does not administer it.
		/// - [`Error::NotLicensed`]: it has no licence in force.
		/// - [`Error::TermTooShort`]: `until` does not lie after now.
		/// - [`Error::TermTooLong`]: `until` lies more than [`Config::MaxAffiliationTerm`] ahead.
		/// - [`Error::AlreadyInvited`]: the account has an open invitation in this role.
		/// - [`Error::HistoryFull`]: it has [`Config::MaxAffiliationIntervals`] intervals there.
		/// - [`Error::TooManyInvitations`]: the organisation has made [`Config::MaxInvitations`] lately.
		/// - What the deposit's holder answers, if the caller cannot post the deposit.
		///
		/// # Events
		/// [`Event::Invited`].
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::invite())]
		pub fn invite(
			origin: OriginFor<T>,
			org: OrgId,
			account: T::AccountId,
			role: Role,
			until: Moment,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_invite(who, org, account, role, until)
		}

		/// Accept an invitation: affiliated in that role from now to before the end offered.
		///
		/// Signed by the invited account. An affiliation in the same role that is in force ends
		/// now, without a gap. The first affiliation keeps the invitation's deposit; that of any
		/// further one goes back.
		///
		/// # Errors
		/// - [`Error::NotInvited`]: there is no such invitation.
		/// - [`Error::InvitationLapsed`]: the end offered has passed.
		/// - [`Error::BeganThisSecond`]: one in the same role began in this second.
		/// - [`Error::HistoryFull`]: the account has [`Config::MaxAffiliationIntervals`] intervals
		///   at the organisation.
		/// - [`Error::TooManyEmployers`]: it is affiliated to [`Config::MaxEmployers`] others now, or was to some of them
		///   while they were flagged.
		///
		/// # Events
		/// [`Event::Affiliated`].
		#[pallet::call_index(12)]
		#[pallet::weight(
			T::WeightInfo::accept_affiliation().max(T::WeightInfo::accept_affiliation_unflagged())
		)]
		pub fn accept_affiliation(origin: OriginFor<T>, org: OrgId, role: Role) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_accept_affiliation(who, org, role)
		}

		/// Decline an invitation. Free when it takes effect.
		///
		/// Signed by the invited account, which stays: it has sent a transaction. So does the deposit, until
		/// the account is affiliated somewhere; it goes back at once if the account is known for another reason.
		///
		/// # Errors
		/// - [`Error::NotInvited`]: there is no such invitation.
		///
		/// # Events
		/// [`Event::InvitationDeclined`].
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::decline_affiliation())]
		#[pallet::feeless_if(|origin: &OriginFor<T>, org: &OrgId, role: &Role| -> bool {
			Pallet::<T>::signer(origin)
				.is_some_and(|who| Invitations::<T>::contains_key((*org, &who, *role)))
		})]
		pub fn decline_affiliation(origin: OriginFor<T>, org: OrgId, role: Role) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_decline_affiliation(who, org, role)
		}

		/// Take an invitation back. Free when it takes effect.
		///
		/// Signed by the organisation's administrator. The deposit goes back to whoever posted it. The
		/// invited account is forgotten, unless it is known for another reason. If it has ever sent a
		/// transaction it stays, and so does the deposit, as in [`Pallet::decline_affiliation`].
		///
		/// # Errors
		/// - [`Error::UnknownOrganisation`]: there is no such organisation.
		/// - [`Error::NotAdmin`]: the caller does not administer it.
		/// - [`Error::NotInvited`]: there is no such invitation.
		///
		/// # Events
		/// [`Event::InvitationCancelled`].
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::cancel_invitation())]
		#[pallet::feeless_if(|
			origin: &OriginFor<T>,
			org: &OrgId,
			account: &T::AccountId,
			role: &Role,
		| -> bool {
			Pallet::<T>::signer(origin).is_some_and(|who| {
				Pallet::<T>::ensure_admin(&who, *org).is_ok()
					&& Invitations::<T>::contains_key((*org, account, *role))
			})
		})]
		pub fn cancel_invitation(
			origin: OriginFor<T>,
			org: OrgId,
			account: T::AccountId,
			role: Role,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_cancel_invitation(who, org, account, role)
		}

		/// End an affiliation, as of now. Free when it takes effect.
		///
		/// Signed by the affiliated account or by the organisation's administrator; neither needs
		/// the other.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the caller is neither of the two.
		/// - [`Error::NotAffiliated`]: there is no such affiliation in force.
		/// - [`Error::BeganThisSecond`]: it began in this second; the next block can end it.
		///
		/// # Events
		/// [`Event::AffiliationEnded`].
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::end_affiliation())]
		#[pallet::feeless_if(|
			origin: &OriginFor<T>,
			org: &OrgId,
			account: &T::AccountId,
			role: &Role,
		| -> bool {
			Pallet::<T>::signer(origin).is_some_and(|who| {
				Pallet::<T>::check_end_affiliation(&who, *org, account, *role).is_ok()
			})
		})]
		pub fn end_affiliation(
			origin: OriginFor<T>,
			org: OrgId,
			account: T::AccountId,
			role: Role,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_end_affiliation(who, org, account, role)
		}

		/// Take over the deposit for an affiliated account from an earlier administrator.
		///
		/// Signed by the organisation's administrator. Whoever posted the deposit has it back.
		///
		/// # Errors
		/// - [`Error::UnknownOrganisation`]: there is no such organisation.
		/// - [`Error::NotAdmin`]: the caller does not administer it.
		/// - [`Error::NotAffiliated`]: the account never was affiliated to it.
		/// - [`Error::AlreadyDepositor`]: the deposit is the caller's already.
		/// - What the deposit's holder answers, if the caller cannot post the deposit.
		///
		/// # Events
		/// [`Event::DepositAssumed`].
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::assume_deposit())]
		pub fn assume_deposit(
			origin: OriginFor<T>,
			org: OrgId,
			account: T::AccountId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_assume_deposit(who, org, account)
		}

		/// Appoint a registrar that acts for `org`, from now to before `until`.
		///
		/// By [`Config::GovernanceOrigin`]. A term in force ends now, and the new one takes its
		/// place. From then on the account can send transactions without holding tokens.
		///
		/// # Errors
		/// - `BadOrigin`: the origin is not governance.
		/// - [`Error::UnknownCode`]: a bit of `kinds` or `capabilities` stands for no code.
		/// - [`Error::NothingCovered`]: both sets are empty.
		/// - [`Error::UnknownOrganisation`]: there is no such organisation.
		/// - [`Error::TermTooShort`]: `until` does not lie after now.
		/// - [`Error::TermTooLong`]: `until` lies more than [`Config::MaxRegistrarTerm`] ahead.
		/// - [`Error::HistoryFull`]: the account has had [`Config::MaxRegistrarTerms`] terms.
		///
		/// # Events
		/// [`Event::RegistrarAppointed`].
		#[pallet::call_index(17)]
		#[pallet::weight(T::WeightInfo::appoint_registrar())]
		pub fn appoint_registrar(
			origin: OriginFor<T>,
			account: T::AccountId,
			org: OrgId,
			kinds: OrgKindSet,
			capabilities: CapabilitySet,
			until: Moment,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_appoint_registrar(account, org, kinds, capabilities, until)
		}

		/// Dismiss a registrar, as of now. What it did stays as it is.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		/// - `BadOrigin`: the origin is not governance.
		/// - [`Error::NotRegistrar`]: the account is no registrar now.
		///
		/// # Events
		/// [`Event::RegistrarDismissed`].
		#[pallet::call_index(18)]
		#[pallet::weight(T::WeightInfo::dismiss_registrar())]
		pub fn dismiss_registrar(origin: OriginFor<T>, account: T::AccountId) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_dismiss_registrar(account)
		}

		/// Name the X25519 public key to which others encrypt what is for an organisation, from now
		/// on and instead of any before. What was encrypted to an earlier one stays so: keep the
		/// private key as long as the envelopes.
		///
		/// Signed by the organisation's administrator.
		///
		/// # Errors
		/// - [`Error::UnknownOrganisation`]: there is no such organisation.
		/// - [`Error::NotAdmin`]: the caller does not administer it.
		/// - [`Error::InvalidAgreementKey`]: the key is of low order: anybody could decrypt.
		/// - [`Error::Unchanged`]: it is the present key.
		///
		/// # Events
		/// [`Event::AgreementKeySet`].
		#[pallet::call_index(19)]
		#[pallet::weight(T::WeightInfo::set_agreement_key())]
		pub fn set_agreement_key(
			origin: OriginFor<T>,
			org: OrgId,
			agreement_key: [u8; 32],
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_agreement_key(who, org, agreement_key)
		}

		/// Name the keys with which an organisation's systems authenticate, from now on and instead of any before, those of
		/// its profile too: by a salted commitment to a document that lists them. Zero stands for no key at all.
		///
		/// Signed by the organisation's administrator. No registrar has a part in it, so that a key which was lost is out of
		/// service in the next block.
		///
		/// # Errors
		/// - [`Error::UnknownOrganisation`]: there is no such organisation.
		/// - [`Error::NotAdmin`]: the caller does not administer it.
		/// - [`Error::Unchanged`]: it is the present commitment.
		///
		/// # Events
		/// [`Event::ClientKeysSet`].
		#[pallet::call_index(20)]
		#[pallet::weight(T::WeightInfo::set_client_keys())]
		pub fn set_client_keys(
			origin: OriginFor<T>,
			org: OrgId,
			keys: Commitment,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_client_keys(who, org, keys)
		}
	}
}
