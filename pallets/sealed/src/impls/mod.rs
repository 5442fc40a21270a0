//! The logic behind the calls: checks first, writes last.

mod answers;
mod directives;
mod lifts;

use crate::*;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::{Get, UnixTime},
};
use frame_system::{ensure_signed, pallet_prelude::OriginFor};
use salus_primitives::{traits::Patients, KeyPurpose, Moment, PatientId, PatientState};

impl<T: Config> Pallet<T> {
	/// Refuses a runtime in which the rules could not be kept.
	pub(crate) fn check_config() {
		assert!(T::LiftDelay::get() > 0, "lifting must not be immediate");
		assert!(T::MaxTerm::get() >= GRID, "a sealed Permit must always be possible");
	}

	/// The moment of this block.
	pub(crate) fn now() -> Moment {
		T::Time::now().as_secs()
	}

	/// The patient whose live key `who` is: enough to tighten, in every state but Retired.
	pub(crate) fn tightening(who: &T::AccountId) -> Result<(PatientId, Moment), DispatchError> {
		let now = Self::now();
		let key = T::Patients::key(who)
			.filter(|key| key.was_live(now))
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
	pub(crate) fn ensure_active(patient: &PatientId) -> DispatchResult {
		let (state, _) = T::Patients::state(patient).ok_or(Error::<T>::UnknownPatient)?;
		ensure!(state == PatientState::Active, Error::<T>::WrongState);
		Ok(())
	}

	/// Whether a free call by `origin` would take effect, where `check` makes its checks.
	pub(crate) fn effective<R>(
		origin: &OriginFor<T>,
		check: impl FnOnce(&T::AccountId) -> Result<R, DispatchError>,
	) -> bool {
		ensure_signed(origin.clone()).is_ok_and(|who| check(&who).is_ok())
	}
}
