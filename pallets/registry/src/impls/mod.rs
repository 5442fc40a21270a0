//! What the calls do.
//!
//! `check_*` holds the conditions of a call that is free when it takes effect: the call itself and
//! its free ride ask the same function.

mod affiliations;
mod licences;
mod organisations;
mod registrars;

use crate::{pallet::*, Affiliation, AgreementKey, Licence, Organisation, RegistrarTerm};
use codec::MaxEncodedLen;
use frame_support::{
	ensure,
	traits::{Footprint, UnixTime},
};
use frame_system::{ensure_signed, pallet_prelude::OriginFor};
use salus_primitives::{Moment, OrgId, OrgKind, OrgKindSet};
use sp_runtime::{DispatchError, DispatchResult};

/// Time, deposits, and who is who.
impl<T: Config> Pallet<T> {
	/// The present, in Unix seconds.
	pub fn now() -> Moment {
		T::Time::now().as_secs()
	}

	/// What an organisation with `kinds` kinds occupies at most.
	pub(crate) fn organisation_footprint(kinds: OrgKindSet) -> Footprint {
		let licences = kinds.iter().count();
		Footprint::from_parts(
			1,
			Organisation::<T>::max_encoded_len()
				.saturating_add(AgreementKey::max_encoded_len())
				.saturating_add(Licence::<T>::max_encoded_len().saturating_mul(licences)),
		)
	}

	/// What an account's affiliation to an organisation occupies at most. Its invitation is smaller.
	pub(crate) fn affiliation_footprint() -> Footprint {
		Footprint::from_mel::<Affiliation<T>>()
	}

	/// The signer of a call whose free ride is in question.
	pub(crate) fn signer(origin: &OriginFor<T>) -> Option<T::AccountId> {
		ensure_signed(origin.clone()).ok()
	}

	pub(crate) fn known(org: OrgId) -> Result<Organisation<T>, DispatchError> {
		Ok(Organisations::<T>::get(org).ok_or(Error::<T>::UnknownOrganisation)?)
	}

	/// The organisation, if `who` administers it.
	pub(crate) fn ensure_admin(
		who: &T::AccountId,
		org: OrgId,
	) -> Result<Organisation<T>, DispatchError> {
		let organisation = Self::known(org)?;
		ensure!(organisation.admin == *who, Error::<T>::NotAdmin);
		Ok(organisation)
	}

	fn ensure_registrar(who: &T::AccountId, now: Moment) -> Result<RegistrarTerm, DispatchError> {
		Ok(Self::term_at(who, now).ok_or(Error::<T>::NotRegistrar)?)
	}

	fn ensure_registrar_of(
		who: &T::AccountId,
		kind: OrgKind,
		now: Moment,
	) -> Result<RegistrarTerm, DispatchError> {
		let term = Self::ensure_registrar(who, now)?;
		ensure!(term.kinds.contains(kind), Error::<T>::KindNotCovered);
		Ok(term)
	}

	/// Refuses a registrar that was appointed for the organisation, administers it or works there.
	fn ensure_no_conflict(
		who: &T::AccountId,
		term: &RegistrarTerm,
		org: OrgId,
		organisation: &Organisation<T>,
		now: Moment,
	) -> DispatchResult {
		ensure!(
			term.organisation != org
				&& organisation.admin != *who
				&& Self::roles_at(org, who, now).is_empty(),
			Error::<T>::ConflictOfInterest
		);
		Ok(())
	}

	/// Refuses an end that does not lie after `after`, or more than `longest` after `now`.
	fn ensure_term(until: Moment, after: Moment, now: Moment, longest: Moment) -> DispatchResult {
		ensure!(until > after, Error::<T>::TermTooShort);
		// Saturating: nothing lies beyond the end of time.
		ensure!(until <= now.saturating_add(longest), Error::<T>::TermTooLong);
		Ok(())
	}
}
