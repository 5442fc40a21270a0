//! Applying and withdrawing, the flag, the administration, and the key to which others encrypt.

use crate::{
	pallet::*, AgreementKey, ClientKeySet, FlagHistory, FlagInterval, FlagTakers, Organisation,
	MAX_FLAGS, MAX_FLAGS_OF_ONE,
};
use frame_support::{
	ensure,
	traits::{Consideration, Defensive},
};
use salus_primitives::{agreement, Commitment, Moment, OrgId, OrgKind, OrgKindSet};
use sp_runtime::{DispatchError, DispatchResult};

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
				established: false,
				ticket,
			},
		);
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
		Self::fit_deposit(&mut organisation)?;
		Organisations::<T>::insert(org, organisation);
		Self::deposit_event(Event::Declined { org, kind, registrar: who });
		Ok(())
	}

	pub(crate) fn do_withdraw(who: T::AccountId, org: OrgId) -> DispatchResult {
		let mut organisation = Self::ensure_admin(&who, org)?;
		let kinds = organisation.pending;
		let removed = organisation.held.is_empty() && !organisation.established;
		ensure!(removed || !kinds.is_empty(), Error::<T>::NothingPending);
		if removed {
			if let Some(ticket) = organisation.ticket {
				ticket.drop(&who)?;
			}
			Administrators::<T>::remove(&who);
			Organisations::<T>::remove(org);
			AgreementKeys::<T>::remove(org);
			ClientKeys::<T>::remove(org);
			// It never held a licence, so no answer of the past asks for its flag.
			Flags::<T>::remove(org);
			UnflaggedBy::<T>::remove(org);
		} else {
			organisation.pending = OrgKindSet::EMPTY;
			Self::fit_deposit(&mut organisation)?;
			Organisations::<T>::insert(org, organisation);
		}
		Self::deposit_event(Event::Withdrawn { org, kinds, removed });
		Ok(())
	}

	/// Gives back what the deposit exceeds the present footprint by.
	fn fit_deposit(organisation: &mut Organisation<T>) -> DispatchResult {
		if let Some(ticket) = organisation.ticket.take() {
			let footprint = Self::organisation_footprint(organisation.kinds());
			organisation.ticket = Some(ticket.update(&organisation.admin, footprint)?);
		}
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
		let (mut history, mut takers) = (Flags::<T>::get(org), UnflaggedBy::<T>::get(org));
		if flagged {
			Self::begin_flag(&mut history, &mut takers, now)?;
		} else {
			Self::end_flag(&mut history, &mut takers, &who, now)?;
		}
		organisation.flagged = flagged;
		Organisations::<T>::insert(org, organisation);
		if history.is_empty() {
			Flags::<T>::remove(org);
		} else {
			Flags::<T>::insert(org, history);
		}
		if takers.is_empty() {
			UnflaggedBy::<T>::remove(org);
		} else {
			UnflaggedBy::<T>::insert(org, takers);
		}
		Self::deposit_event(Event::FlagSet { org, flagged, registrar: who });
		Ok(())
	}

	/// Sets the flag. What was taken off in this very second has gone on, so that changes of one block take no places.
	fn begin_flag(
		history: &mut FlagHistory,
		takers: &mut FlagTakers<T::AccountId>,
		now: Moment,
	) -> DispatchResult {
		if let Some(last) = history.last_mut().filter(|last| last.until == Some(now)) {
			last.until = None;
			takers.pop();
			return Ok(());
		}
		// There is always room: ending a flag leaves some.
		history
			.try_push(FlagInterval { from: now, until: None })
			.defensive()
			.map_err(|_| Error::<T>::HistoryFull)?;
		Ok(())
	}

	/// Ends the flag that is set, for `who`. Refuses to where there would be no room to set it again: setting it protects. One registrar
	/// does so a few times: it alone must not fill the history, so that nobody could take the flag off any more. Setting is not counted, or
	/// one who takes off what others set would use up what they may.
	///
	/// A flag that was set in this very second held at no moment, and leaves nothing: a sealed denial counts for who was flagged at
	/// any moment since it was made, and a mistake that is put right in its own block must not shut anybody out.
	fn end_flag(
		history: &mut FlagHistory,
		takers: &mut FlagTakers<T::AccountId>,
		who: &T::AccountId,
		now: Moment,
	) -> DispatchResult {
		if history.last().is_some_and(|last| last.until.is_none() && last.from == now) {
			history.pop();
			return Ok(());
		}
		ensure!(
			u32::try_from(history.len()).is_ok_and(|count| count < MAX_FLAGS),
			Error::<T>::HistoryFull
		);
		let own = takers.iter().filter(|taker| *taker == who).count();
		ensure!(
			u32::try_from(own).is_ok_and(|own| own < MAX_FLAGS_OF_ONE),
			Error::<T>::FlagTakenTooOften
		);
		match history.last_mut() {
			Some(last) => last.until = Some(now),
			// It was set before there was a history, or by the genesis.
			None => history
				.try_push(FlagInterval { from: 0, until: Some(now) })
				.map_err(|_| Error::<T>::HistoryFull)?,
		}
		takers.try_push(who.clone()).defensive().map_err(|_| Error::<T>::HistoryFull)?;
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

	pub(crate) fn do_set_agreement_key(
		who: T::AccountId,
		org: OrgId,
		agreement_key: [u8; 32],
	) -> DispatchResult {
		Self::ensure_admin(&who, org)?;
		ensure!(agreement::is_usable(&agreement_key), Error::<T>::InvalidAgreementKey);
		let old = AgreementKeys::<T>::get(org);
		ensure!(old.is_none_or(|old| old.key != agreement_key), Error::<T>::Unchanged);
		let new = AgreementKey { key: agreement_key, since: Self::now() };
		AgreementKeys::<T>::insert(org, new);
		Self::deposit_event(Event::AgreementKeySet { org, agreement_key });
		Ok(())
	}

	pub(crate) fn do_set_client_keys(
		who: T::AccountId,
		org: OrgId,
		keys: Commitment,
	) -> DispatchResult {
		Self::ensure_admin(&who, org)?;
		let old = ClientKeys::<T>::get(org);
		ensure!(old.is_none_or(|old| old.keys != keys), Error::<T>::Unchanged);
		ClientKeys::<T>::insert(org, ClientKeySet { keys, since: Self::now() });
		Self::deposit_event(Event::ClientKeysSet { org, keys });
		Ok(())
	}
}
