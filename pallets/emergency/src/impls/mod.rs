//! The logic behind the calls: checks first, writes last.

mod advance;
mod answers;
mod credit;
mod glass;
mod reviews;

use crate::*;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, Weight},
	traits::{Get, UnixTime},
};
use frame_system::{ensure_signed, pallet_prelude::OriginFor};
use salus_primitives::{
	traits::{Credentials, Patients},
	KeyPurpose, KeyPurposeSet, Moment, OrgId, PatientId, PatientState, Refill,
};

impl<T: Config> Pallet<T> {
	/// Refuses a runtime in which the rules could not be kept.
	pub(crate) fn check_config() {
		for (time, what) in [
			(T::AccessLength::get(), "emergency access must last"),
			(T::ReviewTime::get(), "there must be time for a review"),
			(T::DisputeTime::get(), "there must be time for a dispute"),
			(T::CreditPeriod::get(), "credit must come back"),
			(T::PenaltyPeriod::get(), "a credit that shrank must recover"),
			(T::RelaxDelay::get(), "relaxing must not be immediate"),
		] {
			assert!(time > 0, "{what}");
		}
		assert!(T::MaxPenalty::get() < T::Credit::get(), "some credit must be left");
		assert!(T::LatePerDay::get() > 0, "what happened must be recorded");
		assert!(
			T::OwnReviewTime::get() < T::ReviewTime::get(),
			"auditors must have time for a review"
		);
		for (amount, period) in [
			(T::Credit::get(), T::CreditPeriod::get()),
			(T::PersonalCredit::get(), T::AccessLength::get()),
			(T::MaxPenalty::get(), T::PenaltyPeriod::get()),
		] {
			// Allowances are multiplied by the seconds that have passed.
			let Refill { amount, within } = Refill::of_things(amount, period).doubled();
			let fits = amount.saturating_mul(within) < u64::MAX;
			assert!(fits, "an allowance that does not come back evenly");
		}
		assert!(
			T::ReviewTime::get() < T::DisputeTime::get(),
			"a finding must come before the time to dispute it is over"
		);
	}

	/// The moment of this block.
	pub(crate) fn now() -> Moment {
		T::Time::now().as_secs()
	}

	/// The patient whose live key `who` is: enough to tighten, in every state but Retired.
	pub(crate) fn tightening(who: &T::AccountId) -> Result<(PatientId, Moment), DispatchError> {
		Self::tightening_by(who, |_| true)
	}

	/// The same, with a key for purposes that will do.
	pub(crate) fn tightening_by(
		who: &T::AccountId,
		will_do: impl FnOnce(KeyPurposeSet) -> bool,
	) -> Result<(PatientId, Moment), DispatchError> {
		let now = Self::now();
		let key = T::Patients::key(who)
			.filter(|key| key.was_live(now) && will_do(key.purposes))
			.ok_or(Error::<T>::NotAuthorised)?;
		let (state, _) = T::Patients::state(&key.patient).ok_or(Error::<T>::UnknownPatient)?;
		ensure!(state != PatientState::Retired, Error::<T>::WrongState);
		Ok((key.patient, now))
	}

	/// The patient whose live key for consent `who` is, the handle being Active: enough to loosen.
	pub(crate) fn loosening(who: &T::AccountId) -> Result<(PatientId, Moment), DispatchError> {
		let now = Self::now();
		let key = T::Patients::key(who)
			.filter(|key| key.was_live(now) && key.purposes.contains(KeyPurpose::Consent))
			.ok_or(Error::<T>::NotAuthorised)?;
		Self::ensure_active(&key.patient)?;
		Ok((key.patient, now))
	}

	/// Refuses unless the handle is Active.
	pub(crate) fn ensure_active(patient: &PatientId) -> Result<(), DispatchError> {
		let (state, _) = T::Patients::state(patient).ok_or(Error::<T>::UnknownPatient)?;
		ensure!(state == PatientState::Active, Error::<T>::WrongState);
		Ok(())
	}

	/// Refuses to name `organisation` in plain beside a patient, or `who` beside one, if that says something about the
	/// patient.
	pub(crate) fn ensure_plain(
		organisation: OrgId,
		who: &T::AccountId,
		now: Moment,
	) -> Result<(), Error<T>> {
		ensure!(!T::Credentials::is_flagged(organisation), Error::<T>::FlaggedOrganisation);
		ensure!(!T::Credentials::works_at_flagged(who, now), Error::<T>::FlaggedOrganisation);
		Ok(())
	}

	/// The most that is looked up for a signer, who stands beside a patient in the block: every employer.
	pub(crate) fn most_looked_up() -> Weight {
		T::WeightInfo::signer(T::Credentials::max_employers())
	}

	/// What is looked up for `who`.
	pub(crate) fn looked_up(who: &T::AccountId) -> Weight {
		T::WeightInfo::signer(T::Credentials::count_employers(who))
	}

	/// Whether a free call by `origin` would take effect, where `check` makes its checks.
	pub(crate) fn effective<R>(
		origin: &OriginFor<T>,
		check: impl FnOnce(&T::AccountId) -> Result<R, DispatchError>,
	) -> bool {
		ensure_signed(origin.clone()).is_ok_and(|who| check(&who).is_ok())
	}
}
