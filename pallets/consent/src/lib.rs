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

mod config;
mod events;
mod impls;
pub mod migrations;
pub mod runtime_api;
mod storage;
// What the derive of `Encode` expands to converts indices by `as`.
#[allow(clippy::as_conversions)]
pub mod types;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
#[cfg(test)]
mod mock;
mod policy;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "try-runtime"))]
mod try_state;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

/// The lifts of one patient that wait.
pub(crate) type Pending =
	frame_support::BoundedVec<PendingLift, frame_support::traits::ConstU32<MAX_PENDING>>;

/// The base decisions of one patient, past and present.
pub(crate) type BaseTerms =
	frame_support::BoundedVec<BaseTerm, frame_support::traits::ConstU32<MAX_BASE>>;

/// A request as it is stored.
pub type RequestOf<T> =
	Request<<T as frame_system::Config>::AccountId, <T as pallet::Config>::Consideration>;

/// An agreement as it is stored.
pub type AgreementOf<T> =
	Agreement<<T as frame_system::Config>::AccountId, <T as pallet::Config>::Consideration>;

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
		traits::{
			CareRelations, Credentials, Emergencies, Patients, PlainDenials, SealedDirectives,
		},
		Commitment, Moment, OrgId, PatientId, Purpose,
	};

	/// The version of the storage's layout.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(3);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// The most directives of one patient that are not in the history.
		#[pallet::constant_name(MaxLive)]
		fn max_live() -> u32 {
			MAX_LIVE
		}

		/// The most Permits of one patient in force.
		#[pallet::constant_name(MaxPermits)]
		fn max_permits() -> u32 {
			MAX_PERMITS
		}

		/// The most open requests to one patient.
		#[pallet::constant_name(MaxRequests)]
		fn max_requests() -> u32 {
			MAX_REQUESTS
		}

		/// The most open requests of one organisation to one patient.
		#[pallet::constant_name(MaxRequestsOfOne)]
		fn max_requests_of_one() -> u32 {
			MAX_REQUESTS_OF_ONE
		}

		/// The most base decisions, past and present, of one patient.
		#[pallet::constant_name(MaxBase)]
		fn max_base() -> u32 {
			MAX_BASE
		}

		/// The most questions in one call of the runtime API.
		#[pallet::constant_name(MaxQuestions)]
		fn max_questions() -> u32 {
			MAX_QUESTIONS
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
		/// Lets `grantee` do what `access` says, from now on.
		///
		/// Signed by a key of the patient for consent, the handle being Active. Makes a new
		/// directive, also if one of the same scope exists or was revoked.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient for consent.
		/// - [`Error::WrongState`]: the handle is not Active.
		/// - [`Error::UnknownOrganisation`], [`Error::FlaggedOrganisation`]: the grantee's.
		/// - [`Error::LabelsNotPlain`]: a label is named.
		/// - [`Error::UnknownBits`], [`Error::EmptySet`]: a set says nothing that is known.
		/// - [`Error::PurposeExcluded`]: break-the-glass is among the purposes.
		/// - [`Error::InvalidInterval`]: the data's interval is empty, or an end is not after now.
		/// - [`Error::TermTooLong`]: longer than the strictest purpose allows.
		/// - [`Error::UsesNotCounted`]: a limit on uses is given.
		/// - [`Error::InvalidRedisclosure`]: the depth does not fit the actions, or is above 2.
		/// - [`Error::TooManyDirectives`]: [`MAX_PERMITS`] Permits are in force, or there are
		///   [`MAX_LIVE`] directives.
		/// - [`Error::IdsExhausted`]: the numbers are used up.
		///
		/// # Events
		/// - [`Event::PermitGranted`].
		#[pallet::call_index(0)]
		#[pallet::weight(
			T::WeightInfo::permit(MAX_LIVE)
				.saturating_add(T::WeightInfo::sweep())
				.saturating_add(Pallet::<T>::most_for(grantee))
		)]
		pub fn permit(
			origin: OriginFor<T>,
			grantee: Grantee<T::AccountId>,
			access: Access,
		) -> DispatchResultWithPostInfo {
			let made = Self::do_permit(ensure_signed(origin)?, grantee.clone(), access)?;
			let used = T::WeightInfo::permit(made.live)
				.saturating_add(made.swept::<T::WeightInfo>())
				.saturating_add(Self::used_for(&grantee));
			Ok(Some(used).into())
		}

		/// Forbids `grantee` what `scope` says, from now until `until`.
		///
		/// Signed by any live key of the patient, in every state but Retired.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient.
		/// - [`Error::WrongState`]: the handle is Retired.
		/// - [`Error::UnknownOrganisation`], [`Error::FlaggedOrganisation`]: the grantee's.
		/// - [`Error::LabelsNotPlain`]: a label is named.
		/// - [`Error::UnknownBits`], [`Error::EmptySet`]: a set says nothing that is known.
		/// - [`Error::PurposeExcluded`]: break-the-glass is among the purposes.
		/// - [`Error::InvalidInterval`]: the data's interval is empty, or `until` is not after now.
		/// - [`Error::TooManyDirectives`]: there are [`MAX_LIVE`] directives in force.
		/// - [`Error::IdsExhausted`]: the numbers are used up.
		///
		/// # Events
		/// - [`Event::DenialMade`].
		#[pallet::call_index(1)]
		#[pallet::weight(
			T::WeightInfo::deny(MAX_LIVE)
				.saturating_add(T::WeightInfo::sweep())
				.saturating_add(Pallet::<T>::most_for(grantee))
		)]
		pub fn deny(
			origin: OriginFor<T>,
			grantee: Grantee<T::AccountId>,
			scope: Scope,
			until: Moment,
		) -> DispatchResultWithPostInfo {
			let made = Self::do_deny(ensure_signed(origin)?, grantee.clone(), scope, until)?;
			let used = T::WeightInfo::deny(made.live)
				.saturating_add(made.swept::<T::WeightInfo>())
				.saturating_add(Self::used_for(&grantee));
			Ok(Some(used).into())
		}

		/// Ends the Permit `directive`, in this block.
		///
		/// Signed by any live key of the patient, in every state but Retired. Free if it takes
		/// effect. Later questions in this block are answered without the Permit already.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient.
		/// - [`Error::WrongState`]: the handle is Retired.
		/// - [`Error::NotFound`]: the patient has no such directive.
		/// - [`Error::NotAPermit`]: it is a Deny.
		/// - [`Error::AlreadyEnded`]: it was revoked or has expired.
		///
		/// # Events
		/// - [`Event::DirectiveRevoked`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::revoke(MAX_LIVE))]
		#[pallet::feeless_if(|origin: &OriginFor<T>, directive: &DirectiveId| -> bool {
			Pallet::<T>::effective(origin, |who| Pallet::<T>::check_revoke(who, *directive))
		})]
		pub fn revoke(origin: OriginFor<T>, directive: DirectiveId) -> DispatchResultWithPostInfo {
			let live = Self::do_revoke(ensure_signed(origin)?, directive)?;
			Ok(Some(T::WeightInfo::revoke(live)).into())
		}

		/// Asks to end the Deny `directive`. It ends with [`Pallet::apply_lift`] after the delay.
		///
		/// Signed by a key of the patient for consent, the handle being Active.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient for consent.
		/// - [`Error::WrongState`]: the handle is not Active.
		/// - [`Error::NotFound`]: the patient has no such directive.
		/// - [`Error::NotADeny`]: it is a Permit.
		/// - [`Error::AlreadyEnded`]: it was lifted or has expired.
		/// - [`Error::AlreadyPending`]: its lift waits already.
		/// - [`Error::TooManyPending`]: [`MAX_PENDING`] lifts wait.
		///
		/// # Events
		/// - [`Event::LiftRequested`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::lift())]
		pub fn lift(origin: OriginFor<T>, directive: DirectiveId) -> DispatchResult {
			Self::do_request_lift(ensure_signed(origin)?, LiftTarget::Directive(directive))
		}

		/// Vetoes `purpose`: nothing is permitted for it from this block on, whatever permits.
		///
		/// Signed by any live key of the patient, in every state but Retired. Free if it takes
		/// effect. There is always room for it.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient.
		/// - [`Error::WrongState`]: the handle is Retired.
		/// - [`Error::PurposeExcluded`]: the purpose is break-the-glass.
		/// - [`Error::AlreadyVetoed`]: the purpose is vetoed.
		///
		/// # Events
		/// - [`Event::PurposeVetoed`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::veto_purpose())]
		#[pallet::feeless_if(|origin: &OriginFor<T>, purpose: &Purpose| -> bool {
			Pallet::<T>::effective(origin, |who| Pallet::<T>::check_veto(who, *purpose))
		})]
		pub fn veto_purpose(origin: OriginFor<T>, purpose: Purpose) -> DispatchResult {
			Self::do_veto_purpose(ensure_signed(origin)?, purpose)
		}

		/// Asks to end the veto of `purpose`. It ends with [`Pallet::apply_lift`] after the delay.
		///
		/// Signed by a key of the patient for consent, the handle being Active.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient for consent.
		/// - [`Error::WrongState`]: the handle is not Active.
		/// - [`Error::NotVetoed`]: the purpose is not vetoed.
		/// - [`Error::VetoHistoryFull`]: so many vetoes were lifted that there is room for no more.
		/// - [`Error::AlreadyPending`]: its lift waits already.
		/// - [`Error::TooManyPending`]: [`MAX_PENDING`] lifts wait.
		///
		/// # Events
		/// - [`Event::LiftRequested`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::lift_veto())]
		pub fn lift_veto(origin: OriginFor<T>, purpose: Purpose) -> DispatchResult {
			Self::do_request_lift(ensure_signed(origin)?, LiftTarget::Veto(purpose))
		}

		/// Carries out a lift whose delay is over.
		///
		/// Signed by anyone. The handle must be Active and must not have left Active since the
		/// lift was asked for.
		///
		/// # Errors
		/// - [`Error::UnknownPatient`]: there is no such handle.
		/// - [`Error::WrongState`]: the handle is not Active.
		/// - [`Error::NotFound`]: no such lift waits.
		/// - [`Error::LiftStopped`]: the handle left Active meanwhile.
		/// - [`Error::TooEarly`]: the delay is not over.
		/// - [`Error::AlreadyEnded`]: the Deny has expired meanwhile.
		/// - [`Error::VetoHistoryFull`]: so many vetoes were lifted that there is room for no more.
		/// - [`Error::NotLooser`]: a base decision that is as loose holds meanwhile.
		/// - [`Error::BaseHistoryFull`]: there would be no room for a stricter base decision.
		///
		/// # Events
		/// - [`Event::LiftApplied`].
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::apply_lift())]
		pub fn apply_lift(
			origin: OriginFor<T>,
			patient: PatientId,
			target: LiftTarget,
		) -> DispatchResult {
			Self::do_apply_lift(ensure_signed(origin)?, patient, target)
		}

		/// Calls off a lift that waits.
		///
		/// Signed by any live key of the patient, in every state but Retired. Free if it takes
		/// effect.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient.
		/// - [`Error::WrongState`]: the handle is Retired.
		/// - [`Error::NotFound`]: no such lift waits.
		///
		/// # Events
		/// - [`Event::LiftCancelled`].
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::cancel_lift())]
		#[pallet::feeless_if(|origin: &OriginFor<T>, target: &LiftTarget| -> bool {
			Pallet::<T>::effective(origin, |who| Pallet::<T>::check_cancel_lift(who, *target))
		})]
		pub fn cancel_lift(origin: OriginFor<T>, target: LiftTarget) -> DispatchResult {
			Self::do_cancel_lift(ensure_signed(origin)?, target)
		}

		/// Asks `patient` for access.
		///
		/// Signed by who acts for `organisation`, which must hold a live licence of a kind that each
		/// purpose is for (`kinds_for` in the crate of the decision). `terms` commits
		/// to the document that the patient is asked to agree to. The deposit comes from the
		/// organisation's administrator.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer does not act for the organisation, or asks for
		///   itself without being affiliated in any role.
		/// - [`Error::NotLicensed`], [`Error::FlaggedOrganisation`]: the organisation.
		/// - [`Error::FlaggedOrganisation`]: the signer works at one, and the request would name the signer.
		/// - [`Error::UnknownPatient`]: there is no such handle.
		/// - [`Error::WrongState`]: the patient is deceased or the handle Retired.
		/// - [`Error::RequesterBlocked`]: the patient has blocked the organisation.
		/// - [`Error::TooManyOfOne`], [`Error::TooManyRequests`]: too many requests are open. An
		///   expired one counts until [`Pallet::expire_request`].
		/// - What [`Pallet::permit`] refuses in `access`.
		/// - [`Error::IdsExhausted`]: the numbers are used up.
		/// - What the deposit's currency refuses.
		///
		/// # Events
		/// - [`Event::AccessRequested`].
		#[pallet::call_index(8)]
		#[pallet::weight(
			T::WeightInfo::request_access()
				.saturating_add(T::WeightInfo::practitioner(T::Credentials::max_employers()))
		)]
		pub fn request_access(
			origin: OriginFor<T>,
			organisation: OrgId,
			patient: PatientId,
			request_for: RequestFor,
			access: Access,
			terms: Commitment,
		) -> DispatchResultWithPostInfo {
			let by = ensure_signed(origin)?;
			// Whoever it is for, the signer is named, and is looked up for that.
			let looked_up = Self::used_for_person(&by);
			Self::do_request_access(by, organisation, patient, request_for, access, terms)?;
			Ok(Some(T::WeightInfo::request_access().saturating_add(looked_up)).into())
		}

		/// Approves a request, with `access` that is no more than was asked for.
		///
		/// Signed by a key of the patient for consent, the handle being Active. The Permit is for
		/// whom the request named, and begins now. It holds only for the organisation that asked, and
		/// only while that organisation has a licence for the purpose: approved without one, it is
		/// worth nothing. The deposit stays with it.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient for consent.
		/// - [`Error::WrongState`]: the handle is not Active.
		/// - [`Error::NotFound`]: the patient has no such request.
		/// - [`Error::RequestExpired`]: it can be approved no more.
		/// - [`Error::NotASubset`]: `access` is more than was asked for, or binds less.
		/// - [`Error::UnknownOrganisation`], [`Error::FlaggedOrganisation`]: the organisation that
		///   asked.
		/// - What [`Pallet::permit`] refuses in `access`, and its limits.
		///
		/// # Events
		/// - [`Event::PermitGranted`].
		#[pallet::call_index(9)]
		#[pallet::weight(
			T::WeightInfo::approve(MAX_LIVE)
				.saturating_add(T::WeightInfo::sweep())
				.saturating_add(T::WeightInfo::practitioner(T::Credentials::max_employers()))
		)]
		pub fn approve(
			origin: OriginFor<T>,
			request: RequestId,
			access: Access,
		) -> DispatchResultWithPostInfo {
			let (made, grantee) = Self::do_approve(ensure_signed(origin)?, request, access)?;
			let used = T::WeightInfo::approve(made.live)
				.saturating_add(made.swept::<T::WeightInfo>())
				.saturating_add(Self::used_for(&grantee));
			Ok(Some(used).into())
		}

		/// Declines a request. Its deposit is returned.
		///
		/// Signed by any live key of the patient, in every state but Retired. Free if it takes
		/// effect.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient.
		/// - [`Error::WrongState`]: the handle is Retired.
		/// - [`Error::NotFound`]: the patient has no such request.
		///
		/// # Events
		/// - [`Event::RequestDeclined`].
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::decline())]
		#[pallet::feeless_if(|origin: &OriginFor<T>, request: &RequestId| -> bool {
			Pallet::<T>::effective(origin, |who| Pallet::<T>::check_decline(who, *request))
		})]
		pub fn decline(origin: OriginFor<T>, request: RequestId) -> DispatchResult {
			Self::do_decline(ensure_signed(origin)?, request)
		}

		/// Removes a request that expired. Its deposit is returned.
		///
		/// Signed by anyone.
		///
		/// # Errors
		/// - [`Error::NotFound`]: the patient has no such request.
		/// - [`Error::NotExpired`]: it can still be approved.
		///
		/// # Events
		/// - [`Event::RequestExpired`].
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::expire_request())]
		pub fn expire_request(
			origin: OriginFor<T>,
			patient: PatientId,
			request: RequestId,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_expire_request(patient, request)
		}

		/// Refuses further requests of `organisation`. Those that are open stay open.
		///
		/// Signed by any live key of the patient, in every state but Retired.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient.
		/// - [`Error::WrongState`]: the handle is Retired.
		/// - [`Error::UnknownOrganisation`]: there is no such organisation.
		/// - [`Error::FlaggedOrganisation`]: it is flagged. It cannot ask, and must not be named.
		/// - [`Error::AlreadyBlocked`]: it is blocked.
		///
		/// # Events
		/// - [`Event::RequesterBlocked`].
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::block_requester())]
		pub fn block_requester(origin: OriginFor<T>, organisation: OrgId) -> DispatchResult {
			Self::do_block_requester(ensure_signed(origin)?, organisation)
		}

		/// Asks to let `organisation` ask again. It may after [`Pallet::apply_lift`].
		///
		/// Signed by a key of the patient for consent, the handle being Active.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient for consent.
		/// - [`Error::WrongState`]: the handle is not Active.
		/// - [`Error::NotBlocked`]: the organisation is not blocked.
		/// - [`Error::AlreadyPending`]: its lift waits already.
		/// - [`Error::TooManyPending`]: [`MAX_PENDING`] lifts wait.
		///
		/// # Events
		/// - [`Event::LiftRequested`].
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::unblock_requester())]
		pub fn unblock_requester(origin: OriginFor<T>, organisation: OrgId) -> DispatchResult {
			Self::do_request_lift(ensure_signed(origin)?, LiftTarget::Requester(organisation))
		}

		/// Makes the patient's base decision stricter, in this block: what holds where no directive speaks. Unset is
		/// stricter than Permit, Deny stricter than Unset. Deny refuses also where a care relationship would let. A
		/// looser one that waits is called off. Where the present one is as strict already and a looser one than
		/// `decision` waits, that is called off and nothing else changes.
		///
		/// Signed by any live key of the patient, in every state but Retired. Free if it takes effect. There is always
		/// room for it.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient.
		/// - [`Error::WrongState`]: the handle is Retired.
		/// - [`Error::NotStricter`]: the present one is as strict, and none that is looser than `decision` waits.
		///
		/// # Events
		/// - [`Event::LiftCancelled`], if a looser one waited.
		/// - [`Event::BaseDecisionSet`], if the present one was not as strict.
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::set_base_decision())]
		#[pallet::feeless_if(|origin: &OriginFor<T>, decision: &BaseDecision| -> bool {
			Pallet::<T>::effective(origin, |who| {
				Pallet::<T>::check_set_base_decision(who, *decision)
			})
		})]
		pub fn set_base_decision(origin: OriginFor<T>, decision: BaseDecision) -> DispatchResult {
			Self::do_set_base_decision(ensure_signed(origin)?, decision)
		}

		/// Asks for a base decision that refuses less than the present one. It holds from [`Pallet::apply_lift`] on,
		/// after the delay. One that waits already is called off: the newest alone waits. Permit lets everybody with a
		/// credential read and export unlabelled data of a patient who lives, for every purpose but BTG that is not vetoed and
		/// of which no directive speaks, for two years.
		///
		/// Signed by a key of the patient for consent, the handle being Active.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient for consent.
		/// - [`Error::WrongState`]: the handle is not Active.
		/// - [`Error::NotLooser`]: the present one is as loose.
		/// - [`Error::BaseHistoryFull`]: there would be no room to make a stricter one again.
		/// - [`Error::AlreadyPending`]: its lift waits already.
		/// - [`Error::TooManyPending`]: [`MAX_PENDING`] lifts wait.
		///
		/// # Events
		/// - [`Event::LiftCancelled`], if another one waited.
		/// - [`Event::LiftRequested`].
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::relax_base_decision())]
		pub fn relax_base_decision(origin: OriginFor<T>, decision: BaseDecision) -> DispatchResult {
			Self::do_request_lift(ensure_signed(origin)?, LiftTarget::BaseDecision(decision))
		}
	}
}
