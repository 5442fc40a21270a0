//! For how long a slot stays: retention and legal holds.

use crate::{pallet::*, types::*};
use frame_support::{ensure, traits::Get};
use salus_primitives::{traits::Registrars, Capability, Moment, OrgId};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// The first moment at which the slot need not be kept any more, holds aside.
	pub fn retention_until(author: OrgId, seq: Seq, anchor: &Anchor) -> Moment {
		let term = T::RetentionTerms::get().of(anchor.retention);
		let by_class = anchor.anchored_at.saturating_add(term);
		Extensions::<T>::get(author, seq).map_or(by_class, |extended| extended.max(by_class))
	}

	pub(crate) fn do_extend_retention(
		who: &T::AccountId,
		org: OrgId,
		seq: Seq,
		until: Moment,
	) -> DispatchResult {
		let now = Self::now();
		Self::ensure_acts_for(org, who, PRIVACY_ROLES, now)?;
		let anchor = Self::kept(org, seq)?;
		ensure!(until > Self::retention_until(org, seq, &anchor), Error::<T>::RetentionNotLonger);
		let most = now.saturating_add(T::MaxRetention::get());
		ensure!(now < until && until <= most, Error::<T>::WrongRetention);

		Extensions::<T>::insert(org, seq, until);
		Self::deposit_event(Event::RetentionExtended { author: org, seq, until });
		Ok(())
	}

	pub(crate) fn do_hold(
		who: &T::AccountId,
		author: OrgId,
		seq: Seq,
		until: Moment,
	) -> DispatchResult {
		let now = Self::now();
		let organisation = Self::ensure_court(who, now)?;
		Self::kept(author, seq)?;
		let most = now.saturating_add(T::MaxHold::get());
		ensure!(now < until && until <= most, Error::<T>::WrongHold);
		Holds::<T>::try_mutate(author, seq, |holds| -> DispatchResult {
			// Those that have run out make room.
			holds.retain(|hold| hold.is_live(now));
			if let Some(hold) = holds.iter_mut().find(|hold| hold.organisation == organisation) {
				ensure!(until > hold.until, Error::<T>::HoldNotLonger);
				hold.until = until;
			} else {
				holds
					.try_push(LegalHold { organisation, from: now, until })
					.map_err(|_| Error::<T>::TooManyHolds)?;
			}
			Ok(())
		})?;
		Self::deposit_event(Event::Held { author, seq, by: organisation, until });
		Ok(())
	}

	pub(crate) fn do_release(who: &T::AccountId, author: OrgId, seq: Seq) -> DispatchResult {
		let now = Self::now();
		let organisation = Self::ensure_court(who, now)?;
		Self::kept(author, seq)?;
		let mut holds = Holds::<T>::get(author, seq);
		holds.retain(|hold| hold.is_live(now));
		let before = holds.len();
		holds.retain(|hold| hold.organisation != organisation);
		ensure!(holds.len() < before, Error::<T>::NotHeld);
		if holds.is_empty() {
			Holds::<T>::remove(author, seq);
		} else {
			Holds::<T>::insert(author, seq, holds);
		}
		Self::deposit_event(Event::Released { author, seq, by: organisation });
		Ok(())
	}

	/// The organisation for which `who` carries out court orders at `now`.
	fn ensure_court(who: &T::AccountId, now: Moment) -> Result<OrgId, Error<T>> {
		T::Registrars::registrar(who, now)
			.filter(|(_, capabilities)| capabilities.contains(Capability::CourtOrders))
			.map(|(organisation, _)| organisation)
			.ok_or(Error::<T>::NotCourt)
	}

	pub(super) fn ensure_not_held(author: OrgId, seq: Seq, now: Moment) -> Result<(), Error<T>> {
		let held = Holds::<T>::get(author, seq).iter().any(|hold| hold.is_live(now));
		ensure!(!held, Error::<T>::OnHold);
		Ok(())
	}

	pub(super) fn ensure_retention_over(
		author: OrgId,
		seq: Seq,
		anchor: &Anchor,
		now: Moment,
	) -> Result<(), Error<T>> {
		let over = Self::retention_until(author, seq, anchor) <= now;
		ensure!(over, Error::<T>::RetentionNotOver);
		Ok(())
	}
}
