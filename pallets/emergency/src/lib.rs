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

/// An emergency as it is stored.
pub type EmergencyOf<T> =
	Emergency<<T as frame_system::Config>::AccountId, <T as pallet::Config>::Consideration>;

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
		traits::{Credentials, Patients},
		AdvanceDirective, Commitment, DataClassSet, EmergencyReason, Moment, OrgId, PatientId,
	};

	/// The version of the storage's layout.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

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
		/// Lets the signer, acting for `organisation`, read `classes` of the data of `patient` for
		/// [`Config::AccessLength`], without the patient's consent, for the purpose BTG.
		///
		/// Signed by a clinician of an organisation that treats. Labelled data is covered, unless the patient's advance
		/// directive excludes it. Beyond credit it succeeds all the same, at double cost, and the regulator is told.
		/// The deposit comes from the organisation's administrator; where that cannot pay, and beyond the credit of the
		/// signer, there is none: whoever is in danger is not to wait for a transfer. Others review it. If the
		/// organisation itself finds it unjustified, access ends in that second.
		///
		/// # Errors
		/// - [`Error::UnknownBits`], [`Error::EmptySet`]: `classes` says nothing that is known.
		/// - [`Error::NotAuthorised`]: the signer is not affiliated to the organisation.
		/// - [`Error::WrongRole`]: not as a clinician.
		/// - [`Error::NotLicensed`], [`Error::LicenceStopped`]: the organisation does not treat, or no more.
		/// - [`Error::UnknownPatient`]: there is no such handle.
		/// - [`Error::WrongState`]: the patient is dead beyond dispute, or the handle Retired.
		/// - [`Error::Excluded`]: the patient has said that there is no emergency access.
		/// - [`Error::Stopped`]: one of `classes` is of an emergency of the signer for this patient that the organisation found
		///   unjustified less than [`Config::AccessLength`] ago, while it lasted.
		/// - [`Error::AlreadyOpen`]: the signer has declared emergencies for all of `classes` within
		///   [`Config::AccessLength`].
		/// - [`Error::IdsExhausted`]: the numbers are used up.
		///
		/// # Events
		/// - [`Event::GlassBroken`], and [`Event::OverCredit`] if it is.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::break_glass())]
		pub fn break_glass(
			origin: OriginFor<T>,
			organisation: OrgId,
			patient: PatientId,
			reason: EmergencyReason,
			classes: DataClassSet,
			detail: Commitment,
		) -> DispatchResult {
			let by = ensure_signed(origin)?;
			Self::do_break_glass(by, organisation, patient, reason, classes, detail)
		}

		/// Records an emergency that happened at `happened_at`, while it could not be declared.
		///
		/// Signed by whom the emergency was, who was a clinician of the organisation then. It lets nothing, and
		/// changes no answer about the past. It costs double, and an auditor reviews it; that none does in time is told, and
		/// is not the organisation's fault. What the patient had said in
		/// advance does not keep it from being recorded: what happened is to be known. Since nobody is harmed if it is
		/// refused, it is refused towards organisations that must not be named in plain, and more than
		/// [`Config::LatePerDay`] times in 24 hours.
		///
		/// # Errors
		/// - [`Error::UnknownBits`], [`Error::EmptySet`]: `classes` says nothing that is known.
		/// - [`Error::NotYet`], [`Error::TooLate`]: `happened_at` is after now, or more than
		///   [`Config::LateWindow`] ago.
		/// - [`Error::NotAuthorised`], [`Error::WrongRole`], [`Error::NotLicensed`], [`Error::LicenceStopped`]: as with
		///   [`Pallet::break_glass`], at that moment.
		/// - [`Error::FlaggedOrganisation`]: the organisation must not be named in plain, or the signer works at one that
		///   must not.
		/// - [`Error::UnknownPatient`]: there was no such handle.
		/// - [`Error::AlreadyRecorded`]: the signer has recorded all of `classes` for the patient within
		///   [`Config::LateWindow`].
		/// - [`Error::TooManyLate`]: the signer has recorded as many as one person may.
		/// - [`Error::IdsExhausted`]: the numbers are used up.
		///
		/// # Events
		/// - [`Event::RecordedLate`], and [`Event::OverCredit`] if it is.
		#[pallet::call_index(1)]
		#[pallet::weight(
			T::WeightInfo::break_glass_late().saturating_add(Pallet::<T>::most_looked_up())
		)]
		pub fn break_glass_late(
			origin: OriginFor<T>,
			organisation: OrgId,
			patient: PatientId,
			reason: EmergencyReason,
			classes: DataClassSet,
			happened_at: Moment,
			detail: Commitment,
		) -> DispatchResultWithPostInfo {
			let by = ensure_signed(origin)?;
			let looked_up = Self::looked_up(&by);
			Self::do_break_glass_late(
				by,
				organisation,
				patient,
				reason,
				classes,
				happened_at,
				detail,
			)?;
			Ok(Some(T::WeightInfo::break_glass_late().saturating_add(looked_up)).into())
		}

		/// Says what an emergency was, within [`Config::ReviewTime`]. If nobody does, it was unjustified.
		///
		/// Signed by a privacy officer of the organisation, for it; or, once [`Config::OwnReviewTime`] is over, by an
		/// auditor, for an organisation that is licensed as one and another. The auditor must not work at the organisation
		/// that is judged, nor have done so then. Never by whoever broke the glass. What was recorded late is an
		/// auditor's from the beginning.
		///
		/// What the organisation itself finds unjustified lets nothing from that second on. An auditor's finding changes no
		/// answer about access.
		///
		/// # Errors
		/// - [`Error::NotFound`]: there is no such emergency.
		/// - [`Error::OwnEmergency`]: it is the signer's.
		/// - [`Error::AuditorOnly`]: it was recorded late, and the signer acts for the organisation.
		/// - [`Error::NotAuthorised`]: the signer is neither, or an auditor with a part in the organisation.
		/// - [`Error::AlreadyReviewed`]: it was reviewed.
		/// - [`Error::ReviewTooLate`]: the time is over.
		/// - [`Error::OrganisationFirst`]: it is too early for an auditor.
		///
		/// # Events
		/// - [`Event::Reviewed`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::review())]
		pub fn review(
			origin: OriginFor<T>,
			acting_for: OrgId,
			emergency: EmergencyId,
			finding: Finding,
		) -> DispatchResult {
			Self::do_review(ensure_signed(origin)?, acting_for, emergency, finding)
		}

		/// Disputes that an emergency of the patient was justified. An auditor rules on it.
		///
		/// Signed by any live key of the patient, in every state but Retired. Free if it takes effect.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient.
		/// - [`Error::WrongState`]: the handle is Retired.
		/// - [`Error::NotFound`]: the patient has no such emergency.
		/// - [`Error::NotReviewed`]: there is no finding yet.
		/// - [`Error::NothingToDispute`]: it stands as unjustified.
		/// - [`Error::AlreadyDisputed`]: it was disputed.
		/// - [`Error::DisputeTooLate`]: it was recorded more than [`Config::DisputeTime`] ago.
		///
		/// # Events
		/// - [`Event::Disputed`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::dispute())]
		#[pallet::feeless_if(|origin: &OriginFor<T>, emergency: &EmergencyId| -> bool {
			Pallet::<T>::effective(origin, |who| Pallet::<T>::check_dispute(who, *emergency))
		})]
		pub fn dispute(origin: OriginFor<T>, emergency: EmergencyId) -> DispatchResult {
			Self::do_dispute(ensure_signed(origin)?, emergency)
		}

		/// Rules on a disputed emergency, for good.
		///
		/// Signed by an auditor, for an organisation that is licensed as one, and neither the one whose emergency it is nor
		/// the one that reviewed it; who neither broke the glass nor reviewed it, and does not work at the organisation
		/// that is judged, nor did so then.
		///
		/// # Errors
		/// - [`Error::NotFound`]: there is no such emergency.
		/// - [`Error::OwnEmergency`], [`Error::OwnReview`]: the signer has had a part in it.
		/// - [`Error::NotAuthorised`]: the signer is no auditor, or has a part in that organisation.
		/// - [`Error::NotDisputed`]: it was not disputed.
		/// - [`Error::AlreadyRuled`]: it was ruled on.
		///
		/// # Events
		/// - [`Event::Ruled`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::rule())]
		pub fn rule(
			origin: OriginFor<T>,
			acting_for: OrgId,
			emergency: EmergencyId,
			finding: Finding,
		) -> DispatchResult {
			Self::do_rule(ensure_signed(origin)?, acting_for, emergency, finding)
		}

		/// Makes the patient's advance directive stricter, in this block. A relaxation that waits is called off.
		///
		/// Signed by a live key of the patient, in every state but Retired: by any key that no labelled data is reached; by
		/// one for consent or for authentication that there is no emergency access. Free if it takes effect. There is
		/// always room for it.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient, or one that must not say so.
		/// - [`Error::WrongState`]: the handle is Retired.
		/// - [`Error::NotStricter`]: the present one is as strict.
		///
		/// # Events
		/// - [`Event::AdvanceDirectiveSet`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::set_advance_directive())]
		#[pallet::feeless_if(|origin: &OriginFor<T>, value: &AdvanceDirective| -> bool {
			Pallet::<T>::effective(origin, |who| {
				Pallet::<T>::check_set_advance_directive(who, *value)
			})
		})]
		pub fn set_advance_directive(
			origin: OriginFor<T>,
			value: AdvanceDirective,
		) -> DispatchResult {
			Self::do_set_advance_directive(ensure_signed(origin)?, value)
		}

		/// Asks to relax the patient's advance directive to `value`. It is relaxed with
		/// [`Pallet::apply_relaxation`] after the delay.
		///
		/// Signed by a key of the patient for consent, the handle being Active.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient for consent.
		/// - [`Error::WrongState`]: the handle is not Active.
		/// - [`Error::NotLooser`]: the present one is as loose.
		/// - [`Error::HistoryFull`]: there would be no room to make it stricter again.
		/// - [`Error::AlreadyPending`]: a relaxation waits.
		///
		/// # Events
		/// - [`Event::RelaxationRequested`].
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::relax_advance_directive())]
		pub fn relax_advance_directive(
			origin: OriginFor<T>,
			value: AdvanceDirective,
		) -> DispatchResult {
			Self::do_relax_advance_directive(ensure_signed(origin)?, value)
		}

		/// Carries out a relaxation whose delay is over.
		///
		/// Signed by anyone. The handle must be Active and must not have left Active since the relaxation
		/// was asked for.
		///
		/// # Errors
		/// - [`Error::UnknownPatient`]: there is no such handle.
		/// - [`Error::WrongState`]: the handle is not Active.
		/// - [`Error::NotFound`]: none waits.
		/// - [`Error::RelaxationStopped`]: the handle left Active meanwhile.
		/// - [`Error::TooEarly`]: the delay is not over.
		///
		/// # Events
		/// - [`Event::AdvanceDirectiveRelaxed`].
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::apply_relaxation())]
		pub fn apply_relaxation(origin: OriginFor<T>, patient: PatientId) -> DispatchResult {
			Self::do_apply_relaxation(ensure_signed(origin)?, patient)
		}

		/// Calls off a relaxation that waits.
		///
		/// Signed by any live key of the patient, in every state but Retired. Free if it takes effect.
		///
		/// # Errors
		/// - [`Error::NotAuthorised`]: the signer is no live key of a patient.
		/// - [`Error::WrongState`]: the handle is Retired.
		/// - [`Error::NotFound`]: none waits.
		///
		/// # Events
		/// - [`Event::RelaxationCancelled`].
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::cancel_relaxation())]
		#[pallet::feeless_if(|origin: &OriginFor<T>| -> bool {
			Pallet::<T>::effective(origin, Pallet::<T>::check_cancel_relaxation)
		})]
		pub fn cancel_relaxation(origin: OriginFor<T>) -> DispatchResult {
			Self::do_cancel_relaxation(ensure_signed(origin)?)
		}
	}
}
