//! The logic behind the calls: checks first, writes last.

mod base;
mod decide;
mod directives;
mod lifts;
mod reader;
mod requests;
mod revoked;
mod weighing;

pub(crate) use directives::Made;

use crate::*;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::{Get, UnixTime},
};
use frame_system::{ensure_signed, pallet_prelude::OriginFor};
use salus_primitives::{
	traits::{Credentials, Patients},
	Action, KeyPurpose, Moment, OrgId, PatientId, PatientState, Purpose,
};

impl<T: Config> Pallet<T> {
	/// Refuses a runtime in which the rules could not be kept.
	pub(crate) fn check_config() {
		assert!(T::LiftDelay::get() > 0, "lifting must not be immediate");
		assert!(T::RequestLife::get() > 0, "a request must live");
		for term in [T::MaxCareTerm::get(), T::MaxPaymentTerm::get(), T::MaxResearchTerm::get()] {
			assert!(term > 0, "a Permit must be possible");
			assert!(BASE_PERMIT_TERM <= term, "a base Permit lasts no longer than a plain one");
		}
		assert!(
			u32::try_from(Purpose::ALL.len()).is_ok_and(|count| count <= VETO_ROOM),
			"every purpose must have room for a veto"
		);
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

	/// Refuses an organisation that does not exist, or one that must not be named in plain.
	pub(crate) fn ensure_plain(organisation: OrgId) -> DispatchResult {
		ensure!(T::Credentials::admin(organisation).is_some(), Error::<T>::UnknownOrganisation);
		ensure!(!T::Credentials::is_flagged(organisation), Error::<T>::FlaggedOrganisation);
		Ok(())
	}

	/// Refuses a grantee that does not exist, or one that must not be named in plain: whoever works
	/// at a flagged organisation names it.
	pub(crate) fn ensure_grantee(grantee: &Grantee<T::AccountId>, now: Moment) -> DispatchResult {
		match grantee {
			Grantee::Any => Ok(()),
			Grantee::Practitioner(who) => {
				ensure!(
					!T::Credentials::works_at_flagged(who, now),
					Error::<T>::FlaggedOrganisation
				);
				Ok(())
			},
			Grantee::PractitionerAt(who, organisation) => {
				Self::ensure_plain(*organisation)?;
				Self::ensure_grantee(&Grantee::Practitioner(who.clone()), now)
			},
			Grantee::Organisation(organisation) | Grantee::RoleAt(organisation, _) => {
				Self::ensure_plain(*organisation)
			},
		}
	}

	/// Refuses a scope that says nothing, says what nobody knows, or must not be said in plain.
	pub(crate) fn ensure_scope(scope: &Scope) -> DispatchResult {
		let Scope { actions, purposes, classes, labels, data } = scope;
		ensure!(labels.is_empty(), Error::<T>::LabelsNotPlain);
		ensure!(
			actions.is_known() && purposes.is_known() && classes.is_known(),
			Error::<T>::UnknownBits
		);
		ensure!(
			!actions.is_empty() && !purposes.is_empty() && !classes.is_empty(),
			Error::<T>::EmptySet
		);
		ensure!(!purposes.contains(Purpose::Btg), Error::<T>::PurposeExcluded);
		ensure!(!data.is_empty(), Error::<T>::InvalidInterval);
		Ok(())
	}

	/// Refuses access that a Permit made `now` must not give.
	pub(crate) fn ensure_access(access: &Access, now: Moment) -> DispatchResult {
		Self::ensure_scope(&access.scope)?;
		ensure!(access.max_uses.is_none(), Error::<T>::UsesNotCounted);
		let (depth, most) = (access.redisclose_depth, MAX_REDISCLOSE_DEPTH);
		let passed_on = access.scope.actions.contains(Action::Redisclose);
		ensure!(depth <= most && (depth > 0) == passed_on, Error::<T>::InvalidRedisclosure);
		ensure!(access.until > now, Error::<T>::InvalidInterval);
		ensure!(access.erase_after.is_none_or(|at| at > now), Error::<T>::InvalidInterval);
		let longest = TermClass::of_all(access.scope.purposes)
			.map(|class| match class {
				TermClass::Care => T::MaxCareTerm::get(),
				TermClass::Payment => T::MaxPaymentTerm::get(),
				TermClass::Research => T::MaxResearchTerm::get(),
			})
			.min()
			.unwrap_or_default();
		ensure!(access.until <= now.saturating_add(longest), Error::<T>::TermTooLong);
		Ok(())
	}
}
