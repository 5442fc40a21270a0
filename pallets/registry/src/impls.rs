//! What the calls do.
//!
//! `check_*` holds the conditions of a call that is free when it takes effect: the call itself and
//! its free ride ask the same function.

use crate::{
	pallet::*, Affiliation, AffiliationInterval, Deposit, Invitation, Licence, LicenceEnd,
	LicenceInterval, LicenceStatus, Organisation, RegistrarTerm, RegistrarTerms, Tenure,
};
use codec::MaxEncodedLen;
use frame_support::{
	ensure,
	traits::{Consideration, DefensiveOption, Footprint, Get, UnixTime},
};
use frame_system::{ensure_signed, pallet_prelude::OriginFor};
use salus_primitives::{
	traits::TokenlessAccounts, CapabilitySet, Commitment, Moment, OrgId, OrgKind, OrgKindSet, Role,
};
use sp_runtime::{DispatchError, DispatchResult};

/// Time, deposits, and who is who.
impl<T: Config> Pallet<T> {
	/// The present, in Unix seconds.
	pub fn now() -> Moment {
		T::Time::now().as_secs()
	}

	/// What an organisation with `kinds` kinds occupies at most.
	pub(crate) fn organisation_footprint(kinds: OrgKindSet) -> Footprint {
		let licences = OrgKind::ALL.iter().filter(|kind| kinds.contains(**kind)).count();
		Footprint::from_parts(
			1,
			Organisation::<T>::max_encoded_len()
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

	fn known(org: OrgId) -> Result<Organisation<T>, DispatchError> {
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

/// Organisations and licences.
impl<T: Config> Pallet<T> {
	pub(crate) fn do_apply(
		who: T::AccountId,
		kinds: OrgKindSet,
		profile: Commitment,
	) -> DispatchResult {
		ensure!(!kinds.is_empty(), Error::<T>::NoKind);
		ensure!(kinds.is_known(), Error::<T>::UnknownCode);
		ensure!(!profile.is_zero(), Error::<T>::NoProfile);
		let org = match Administrators::<T>::get(&who) {
			Some(org) => {
				let mut organisation = Self::known(org)?;
				// Organisations of the genesis have had no occasion to name theirs.
				if organisation.profile.is_zero() {
					organisation.profile = profile;
				}
				ensure!(organisation.profile == profile, Error::<T>::ProfileDiffers);
				ensure!(!organisation.pending.intersects(kinds), Error::<T>::AlreadyPending);
				ensure!(!organisation.held.intersects(kinds), Error::<T>::AlreadyAdmitted);
				organisation.pending.0 |= kinds.0;
				let footprint = Self::organisation_footprint(organisation.kinds());
				organisation.ticket = Some(match organisation.ticket.take() {
					Some(ticket) => ticket.update(&who, footprint)?,
					None => T::Consideration::new(&who, footprint)?,
				});
				Organisations::<T>::insert(org, organisation);
				org
			},
			None => {
				let org = NextOrgId::<T>::get();
				let next = org.checked_add(1).ok_or(Error::<T>::TooManyOrganisations)?;
				let ticket = T::Consideration::new(&who, Self::organisation_footprint(kinds))?;
				NextOrgId::<T>::put(next);
				Self::insert_organisation(
					org,
					&who,
					profile,
					kinds,
					OrgKindSet::EMPTY,
					Some(ticket),
				);
				org
			},
		};
		Self::deposit_event(Event::Applied { org, admin: who, kinds, profile });
		Ok(())
	}

	pub(crate) fn insert_organisation(
		org: OrgId,
		admin: &T::AccountId,
		profile: Commitment,
		pending: OrgKindSet,
		held: OrgKindSet,
		ticket: Option<T::Consideration>,
	) {
		Administrators::<T>::insert(admin, org);
		Organisations::<T>::insert(
			org,
			Organisation {
				admin: admin.clone(),
				next_admin: None,
				profile,
				pending,
				held,
				flagged: false,
				ticket,
			},
		);
	}

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
		Licences::<T>::insert(org, kind, licence);
		Self::deposit_event(Event::Admitted { org, kind, registrar: who, until });
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

	pub(crate) fn check_decline(
		who: &T::AccountId,
		org: OrgId,
		kind: OrgKind,
	) -> Result<Organisation<T>, DispatchError> {
		Self::ensure_registrar_of(who, kind, Self::now())?;
		let organisation = Self::known(org)?;
		ensure!(organisation.pending.contains(kind), Error::<T>::NotPending);
		Ok(organisation)
	}

	pub(crate) fn do_decline(who: T::AccountId, org: OrgId, kind: OrgKind) -> DispatchResult {
		let mut organisation = Self::check_decline(&who, org, kind)?;
		organisation.pending = organisation.pending.without(kind);
		Organisations::<T>::insert(org, organisation);
		Self::deposit_event(Event::Declined { org, kind, registrar: who });
		Ok(())
	}

	pub(crate) fn do_withdraw(who: T::AccountId, org: OrgId) -> DispatchResult {
		let mut organisation = Self::ensure_admin(&who, org)?;
		let (kinds, removed) = (organisation.pending, organisation.held.is_empty());
		ensure!(removed || !kinds.is_empty(), Error::<T>::NothingPending);
		if removed {
			if let Some(ticket) = organisation.ticket {
				ticket.drop(&who)?;
			}
			Administrators::<T>::remove(&who);
			Organisations::<T>::remove(org);
		} else {
			organisation.pending = OrgKindSet::EMPTY;
			let footprint = Self::organisation_footprint(organisation.held);
			organisation.ticket =
				organisation.ticket.map(|ticket| ticket.update(&who, footprint)).transpose()?;
			Organisations::<T>::insert(org, organisation);
		}
		Self::deposit_event(Event::Withdrawn { org, kinds, removed });
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
		Licences::<T>::insert(org, kind, licence);
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
			LicenceStatus::Live => Ok((licence, now)),
			LicenceStatus::Expired => Err(Error::<T>::NotLicensed.into()),
			LicenceStatus::Suspended => Err(Error::<T>::IsSuspended.into()),
			LicenceStatus::Revoked => Err(Error::<T>::AlreadyRevoked.into()),
		}
	}

	pub(crate) fn do_suspend(who: T::AccountId, org: OrgId, kind: OrgKind) -> DispatchResult {
		let (mut licence, now) = Self::check_suspend(&who, org, kind)?;
		licence.end(now, LicenceEnd::Suspended);
		Licences::<T>::insert(org, kind, licence);
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
		Licences::<T>::insert(org, kind, licence);
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
		Ok((licence, now))
	}

	pub(crate) fn do_revoke(who: T::AccountId, org: OrgId, kind: OrgKind) -> DispatchResult {
		let (mut licence, now) = Self::check_revoke(&who, org, kind)?;
		licence.end(now, LicenceEnd::Revoked);
		licence.revoked = Some(now);
		Licences::<T>::insert(org, kind, licence);
		Self::deposit_event(Event::Revoked { org, kind, registrar: who });
		Ok(())
	}

	pub(crate) fn do_set_flag(who: T::AccountId, org: OrgId, flagged: bool) -> DispatchResult {
		let now = Self::now();
		let term = Self::ensure_registrar(&who, now)?;
		let mut organisation = Self::known(org)?;
		ensure!(term.kinds.intersects(organisation.kinds()), Error::<T>::KindNotCovered);
		ensure!(organisation.flagged != flagged, Error::<T>::Unchanged);
		if !flagged {
			Self::ensure_no_conflict(&who, &term, org, &organisation, now)?;
		}
		organisation.flagged = flagged;
		Organisations::<T>::insert(org, organisation);
		Self::deposit_event(Event::FlagSet { org, flagged, registrar: who });
		Ok(())
	}

	pub(crate) fn do_rotate_admin(
		who: T::AccountId,
		org: OrgId,
		new: T::AccountId,
	) -> DispatchResult {
		let mut organisation = Self::ensure_admin(&who, org)?;
		let event = if new == who {
			ensure!(organisation.next_admin.is_some(), Error::<T>::AlreadyAdmin);
			organisation.next_admin = None;
			Event::AdminOfferCancelled { org }
		} else {
			ensure!(organisation.next_admin.as_ref() != Some(&new), Error::<T>::Unchanged);
			ensure!(!Administrators::<T>::contains_key(&new), Error::<T>::AdministersAnother);
			organisation.next_admin = Some(new.clone());
			Event::AdminOffered { org, new }
		};
		Organisations::<T>::insert(org, organisation);
		Self::deposit_event(event);
		Ok(())
	}

	pub(crate) fn do_accept_admin(who: T::AccountId, org: OrgId) -> DispatchResult {
		let mut organisation = Self::known(org)?;
		ensure!(organisation.next_admin.as_ref() == Some(&who), Error::<T>::NotOffered);
		ensure!(!Administrators::<T>::contains_key(&who), Error::<T>::AdministersAnother);
		let old = core::mem::replace(&mut organisation.admin, who.clone());
		organisation.next_admin = None;
		if let Some(ticket) = organisation.ticket.take() {
			let footprint = Self::organisation_footprint(organisation.kinds());
			organisation.ticket = Some(T::Consideration::new(&who, footprint)?);
			ticket.drop(&old)?;
		}
		Administrators::<T>::remove(&old);
		Administrators::<T>::insert(&who, org);
		Organisations::<T>::insert(org, organisation);
		Self::deposit_event(Event::AdminRotated { org, old, new: who });
		Ok(())
	}
}

/// Affiliations.
impl<T: Config> Pallet<T> {
	pub(crate) fn do_invite(
		who: T::AccountId,
		org: OrgId,
		account: T::AccountId,
		role: Role,
		until: Moment,
	) -> DispatchResult {
		let now = Self::now();
		let organisation = Self::ensure_admin(&who, org)?;
		// Each invitation opens the chain to an account without tokens, so strangers get none.
		ensure!(!Self::live_among(organisation.held, org, now).is_empty(), Error::<T>::NotLicensed);
		Self::ensure_term(until, now, now, T::MaxAffiliationTerm::get())?;
		ensure!(!Invitations::<T>::contains_key((org, &account, role)), Error::<T>::AlreadyInvited);
		ensure!(
			Affiliations::<T>::get(org, &account).is_none_or(|a| !a.intervals.is_full()),
			Error::<T>::HistoryFull
		);
		let ticket = T::Consideration::new(&who, Self::affiliation_footprint())?;
		T::Tokenless::welcome(&account)?;
		Invitations::<T>::insert(
			(org, &account, role),
			Invitation { until, deposit: Deposit { depositor: who, ticket } },
		);
		Self::deposit_event(Event::Invited { org, who: account, role, until });
		Ok(())
	}

	pub(crate) fn do_accept_affiliation(
		who: T::AccountId,
		org: OrgId,
		role: Role,
	) -> DispatchResult {
		let now = Self::now();
		let Invitation { until, deposit } =
			Invitations::<T>::get((org, &who, role)).ok_or(Error::<T>::NotInvited)?;
		ensure!(until > now, Error::<T>::InvitationLapsed);
		let mut affiliation = Affiliations::<T>::get(org, &who).unwrap_or_default();
		if let Some(live) = affiliation.live_mut(role, now) {
			live.ended = Some(now);
		}
		affiliation
			.intervals
			.try_push(AffiliationInterval { role, from: now, until, ended: None })
			.map_err(|_| Error::<T>::HistoryFull)?;
		if affiliation.deposit.is_none() {
			affiliation.deposit = Some(deposit);
		} else {
			deposit.release()?;
		}
		Invitations::<T>::remove((org, &who, role));
		Affiliations::<T>::insert(org, &who, affiliation);
		Self::deposit_event(Event::Affiliated { org, who, role, until });
		Ok(())
	}

	/// Removes an invitation and gives its deposit back.
	fn remove_invitation(org: OrgId, account: &T::AccountId, role: Role) -> DispatchResult {
		let invitation =
			Invitations::<T>::take((org, account, role)).ok_or(Error::<T>::NotInvited)?;
		invitation.deposit.release()
	}

	pub(crate) fn do_decline_affiliation(
		who: T::AccountId,
		org: OrgId,
		role: Role,
	) -> DispatchResult {
		Self::remove_invitation(org, &who, role)?;
		Self::deposit_event(Event::InvitationDeclined { org, who, role });
		Ok(())
	}

	pub(crate) fn do_cancel_invitation(
		who: T::AccountId,
		org: OrgId,
		account: T::AccountId,
		role: Role,
	) -> DispatchResult {
		Self::ensure_admin(&who, org)?;
		Self::remove_invitation(org, &account, role)?;
		Self::deposit_event(Event::InvitationCancelled { org, who: account, role });
		Ok(())
	}

	pub(crate) fn check_end_affiliation(
		who: &T::AccountId,
		org: OrgId,
		account: &T::AccountId,
		role: Role,
	) -> Result<(Affiliation<T>, Moment), DispatchError> {
		ensure!(
			who == account || Administrators::<T>::get(who) == Some(org),
			Error::<T>::NotAuthorised
		);
		let now = Self::now();
		let affiliation = Affiliations::<T>::get(org, account)
			.filter(|affiliation| affiliation.is_live(role, now))
			.ok_or(Error::<T>::NotAffiliated)?;
		Ok((affiliation, now))
	}

	pub(crate) fn do_end_affiliation(
		who: T::AccountId,
		org: OrgId,
		account: T::AccountId,
		role: Role,
	) -> DispatchResult {
		let (mut affiliation, now) = Self::check_end_affiliation(&who, org, &account, role)?;
		let live = affiliation.live_mut(role, now).defensive_ok_or(Error::<T>::NotAffiliated)?;
		live.ended = Some(now);
		Affiliations::<T>::insert(org, &account, affiliation);
		let by_member = who == account;
		Self::deposit_event(Event::AffiliationEnded { org, who: account, role, by_member });
		Ok(())
	}

	pub(crate) fn do_assume_deposit(
		who: T::AccountId,
		org: OrgId,
		account: T::AccountId,
	) -> DispatchResult {
		Self::ensure_admin(&who, org)?;
		let mut affiliation =
			Affiliations::<T>::get(org, &account).ok_or(Error::<T>::NotAffiliated)?;
		let old = affiliation.deposit.take().defensive_ok_or(Error::<T>::NotAffiliated)?;
		ensure!(old.depositor != who, Error::<T>::AlreadyDepositor);
		let ticket = T::Consideration::new(&who, Self::affiliation_footprint())?;
		let depositor = old.depositor.clone();
		old.release()?;
		affiliation.deposit = Some(Deposit { depositor: who.clone(), ticket });
		Affiliations::<T>::insert(org, &account, affiliation);
		Self::deposit_event(Event::DepositAssumed { org, who: account, old: depositor, new: who });
		Ok(())
	}
}

/// Registrars.
impl<T: Config> Pallet<T> {
	pub(crate) fn do_appoint_registrar(
		account: T::AccountId,
		org: OrgId,
		kinds: OrgKindSet,
		capabilities: CapabilitySet,
		until: Moment,
	) -> DispatchResult {
		ensure!(kinds.is_known() && capabilities.is_known(), Error::<T>::UnknownCode);
		ensure!(!kinds.is_empty() || !capabilities.is_empty(), Error::<T>::NothingCovered);
		ensure!(Organisations::<T>::contains_key(org), Error::<T>::UnknownOrganisation);
		let now = Self::now();
		Self::ensure_term(until, now, now, T::MaxRegistrarTerm::get())?;
		let mut terms = Registrars::<T>::get(&account);
		Self::end_term(&mut terms, now);
		terms
			.try_push(RegistrarTerm {
				organisation: org,
				kinds,
				capabilities,
				from: now,
				until,
				ended: None,
			})
			.map_err(|_| Error::<T>::HistoryFull)?;
		T::Tokenless::welcome(&account)?;
		Registrars::<T>::insert(&account, terms);
		Self::deposit_event(Event::RegistrarAppointed {
			who: account,
			org,
			kinds,
			capabilities,
			until,
		});
		Ok(())
	}

	/// Ends the term in force, and says for which organisation it was.
	fn end_term(terms: &mut RegistrarTerms<T>, now: Moment) -> Option<OrgId> {
		let term = terms.iter_mut().find(|term| term.was_in_force(now))?;
		term.ended = Some(now);
		Some(term.organisation)
	}

	pub(crate) fn do_dismiss_registrar(account: T::AccountId) -> DispatchResult {
		let mut terms = Registrars::<T>::get(&account);
		let org = Self::end_term(&mut terms, Self::now()).ok_or(Error::<T>::NotRegistrar)?;
		Registrars::<T>::insert(&account, terms);
		Self::deposit_event(Event::RegistrarDismissed { who: account, org });
		Ok(())
	}
}
