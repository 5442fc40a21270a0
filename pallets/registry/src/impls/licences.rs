//! Licences: admitted, renewed, suspended, reinstated, revoked.

use crate::{pallet::*, LastTerms, Licence, LicenceEnd, LicenceInterval, LicenceStatus};
use alloc::vec::Vec;
use frame_support::{
	ensure,
	traits::{Defensive, Get},
};
use salus_primitives::{Moment, OrgId, OrgKind};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_admit(
		who: T::AccountId,
		org: OrgId,
		kind: OrgKind,
		until: Moment,
	) -> DispatchResult {
		let now = Self::now();
		let term = Self::ensure_registrar_of(&who, kind, now)?;
		let mut organisation = Self::known(org)?;
		Self::ensure_no_conflict(&who, &term, org, &organisation, now)?;
		ensure!(organisation.pending.contains(kind), Error::<T>::NotPending);
		Self::ensure_term(until, now, now, T::MaxLicenceTerm::get())?;

		let mut licence = Licence::default();
		Self::begin(&mut licence, now, until)?;
		organisation.pending = organisation.pending.without(kind);
		organisation.held = organisation.held.with(kind);
		Organisations::<T>::insert(org, organisation);
		Self::put_licence(org, kind, licence)?;
		Self::deposit_event(Event::Admitted { org, kind, registrar: who, until });
		Ok(())
	}

	/// What is known of the last times under the licences of `org`, by kind.
	///
	/// Of an organisation that an upgrade has not come to yet it is drawn from the licences. One that was never licensed has no
	/// entry either, and no licence that would be read.
	pub(crate) fn last_terms(org: OrgId) -> LastTerms {
		let terms = LastLicensed::<T>::get(org);
		match terms.is_empty() {
			true => Self::drawn(org),
			false => terms,
		}
	}

	/// What the licences of `org` say, by kind.
	pub(crate) fn drawn(org: OrgId) -> LastTerms {
		let licences = Licences::<T>::iter_prefix(org);
		let mut terms: Vec<_> =
			licences.filter_map(|(kind, licence)| licence.last_term(kind)).collect();
		terms.sort_unstable_by_key(|term| term.kind);
		LastTerms::truncate_from(terms)
	}

	/// Writes a licence, and what [`LastLicensed`] says of it.
	pub(crate) fn put_licence(org: OrgId, kind: OrgKind, licence: Licence<T>) -> DispatchResult {
		let mut terms = Self::last_terms(org);
		if let Some(term) = licence.last_term(kind) {
			match terms.iter_mut().find(|other| other.kind == kind) {
				Some(before) => *before = term,
				None => {
					// By kind, whichever came first. There is room for every one.
					let place = terms.partition_point(|other| other.kind < kind);
					let put = terms.try_insert(place, term).defensive();
					put.map_err(|_| Error::<T>::HistoryFull)?;
				},
			}
		}
		LastLicensed::<T>::insert(org, terms);
		Licences::<T>::insert(org, kind, licence);
		Ok(())
	}

	/// Adds an interval that begins now, or refuses if the history is full.
	pub(crate) fn begin(licence: &mut Licence<T>, now: Moment, until: Moment) -> DispatchResult {
		licence
			.intervals
			.try_push(LicenceInterval { from: now, until, ended: None })
			.map_err(|_| Error::<T>::HistoryFull)?;
		Ok(())
	}

	pub(crate) fn do_renew(
		who: T::AccountId,
		org: OrgId,
		kind: OrgKind,
		until: Moment,
	) -> DispatchResult {
		let now = Self::now();
		let mut licence = Self::to_extend(&who, org, kind, now)?;
		let after = match licence.status(now) {
			LicenceStatus::Revoked => return Err(Error::<T>::AlreadyRevoked.into()),
			LicenceStatus::Suspended => return Err(Error::<T>::IsSuspended.into()),
			LicenceStatus::Live => licence.intervals.last().map_or(now, |last| last.until),
			LicenceStatus::Expired => now,
		};
		Self::ensure_term(until, after, now, T::MaxLicenceTerm::get())?;
		licence.end(now, LicenceEnd::Renewed);
		Self::begin(&mut licence, now, until)?;
		Self::put_licence(org, kind, licence)?;
		Self::deposit_event(Event::Renewed { org, kind, registrar: who, until });
		Ok(())
	}

	/// The licence, if `who` may give it more time.
	fn to_extend(
		who: &T::AccountId,
		org: OrgId,
		kind: OrgKind,
		now: Moment,
	) -> Result<Licence<T>, DispatchError> {
		let term = Self::ensure_registrar_of(who, kind, now)?;
		let organisation = Self::known(org)?;
		Self::ensure_no_conflict(who, &term, org, &organisation, now)?;
		Ok(Licences::<T>::get(org, kind).ok_or(Error::<T>::NotLicensed)?)
	}

	pub(crate) fn check_suspend(
		who: &T::AccountId,
		org: OrgId,
		kind: OrgKind,
	) -> Result<(Licence<T>, Moment), DispatchError> {
		let now = Self::now();
		Self::ensure_registrar_of(who, kind, now)?;
		let licence = Licences::<T>::get(org, kind).ok_or(Error::<T>::NotLicensed)?;
		match licence.status(now) {
			LicenceStatus::Live if licence.began_at(now) => Err(Error::<T>::BeganThisSecond.into()),
			LicenceStatus::Live => Ok((licence, now)),
			LicenceStatus::Expired => Err(Error::<T>::NotLicensed.into()),
			LicenceStatus::Suspended => Err(Error::<T>::IsSuspended.into()),
			LicenceStatus::Revoked => Err(Error::<T>::AlreadyRevoked.into()),
		}
	}

	pub(crate) fn do_suspend(who: T::AccountId, org: OrgId, kind: OrgKind) -> DispatchResult {
		let (mut licence, now) = Self::check_suspend(&who, org, kind)?;
		licence.end(now, LicenceEnd::Suspended);
		Self::put_licence(org, kind, licence)?;
		Self::deposit_event(Event::Suspended { org, kind, registrar: who });
		Ok(())
	}

	pub(crate) fn do_reinstate(
		who: T::AccountId,
		org: OrgId,
		kind: OrgKind,
		until: Moment,
	) -> DispatchResult {
		let now = Self::now();
		let mut licence = Self::to_extend(&who, org, kind, now)?;
		match licence.status(now) {
			LicenceStatus::Suspended => {},
			LicenceStatus::Revoked => return Err(Error::<T>::AlreadyRevoked.into()),
			LicenceStatus::Live | LicenceStatus::Expired => {
				return Err(Error::<T>::NotSuspended.into())
			},
		}
		Self::ensure_term(until, now, now, T::MaxLicenceTerm::get())?;
		Self::begin(&mut licence, now, until)?;
		Self::put_licence(org, kind, licence)?;
		Self::deposit_event(Event::Reinstated { org, kind, registrar: who, until });
		Ok(())
	}

	pub(crate) fn check_revoke(
		who: &T::AccountId,
		org: OrgId,
		kind: OrgKind,
	) -> Result<(Licence<T>, Moment), DispatchError> {
		let now = Self::now();
		Self::ensure_registrar_of(who, kind, now)?;
		let licence = Licences::<T>::get(org, kind).ok_or(Error::<T>::NotLicensed)?;
		ensure!(licence.revoked.is_none(), Error::<T>::AlreadyRevoked);
		ensure!(!licence.began_at(now), Error::<T>::BeganThisSecond);
		Ok((licence, now))
	}

	pub(crate) fn do_revoke(who: T::AccountId, org: OrgId, kind: OrgKind) -> DispatchResult {
		let (mut licence, now) = Self::check_revoke(&who, org, kind)?;
		licence.end(now, LicenceEnd::Revoked);
		licence.revoked = Some(now);
		Self::put_licence(org, kind, licence)?;
		Self::deposit_event(Event::Revoked { org, kind, registrar: who });
		Ok(())
	}
}
