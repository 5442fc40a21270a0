//! Making and ending directives, and moving those that ended to the history.

use crate::*;
use frame_support::{ensure, pallet_prelude::DispatchError};
use salus_primitives::{Interval, Moment, PatientId};

/// A directive that was made, and what that took.
pub(crate) struct Made {
	/// Its number.
	pub directive: DirectiveId,
	/// How many others were in the live set before.
	pub live: u32,
	/// Whether some that ended went over to the history.
	pub swept: bool,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_permit(
		who: T::AccountId,
		grantee: Grantee<T::AccountId>,
		access: Access,
	) -> Result<Made, DispatchError> {
		let (patient, now) = Self::loosening(&who)?;
		Self::ensure_grantee(&grantee, now)?;
		Self::ensure_access(&access, now)?;
		Self::make_permit(who, patient, now, grantee, access, DirectiveBasis::SelfMade)
	}

	/// Makes a Permit. The caller has checked who, for whom and what.
	pub(crate) fn make_permit(
		by: T::AccountId,
		patient: PatientId,
		now: Moment,
		grantee: Grantee<T::AccountId>,
		access: Access,
		basis: DirectiveBasis,
	) -> Result<Made, DispatchError> {
		let Access { scope, until, max_uses, redisclose_depth, erase_after } = access;
		let made = Self::record(
			&patient,
			now,
			Directive {
				effect: Effect::Permit,
				grantee,
				scope,
				period: Interval::new(now, until),
				max_uses,
				redisclose_depth,
				erase_after,
				granted_by: GrantedBy::Key,
				basis,
				ended: None,
			},
		)?;
		let directive = made.directive;
		Self::deposit_event(Event::PermitGranted { patient, directive, basis, by });
		Ok(made)
	}

	pub(crate) fn do_deny(
		by: T::AccountId,
		grantee: Grantee<T::AccountId>,
		scope: Scope,
		until: Moment,
	) -> Result<Made, DispatchError> {
		let (patient, now) = Self::tightening(&by)?;
		Self::ensure_grantee(&grantee, now)?;
		Self::ensure_scope(&scope)?;
		ensure!(until > now, Error::<T>::InvalidInterval);
		let made = Self::record(
			&patient,
			now,
			Directive {
				effect: Effect::Deny,
				grantee,
				scope,
				period: Interval::new(now, until),
				max_uses: None,
				redisclose_depth: 0,
				erase_after: None,
				granted_by: GrantedBy::Key,
				basis: DirectiveBasis::SelfMade,
				ended: None,
			},
		)?;
		let directive = made.directive;
		Self::deposit_event(Event::DenialMade { patient, directive, by });
		Ok(made)
	}

	/// Everything that a revocation needs: the patient, its directives, which of them, and now.
	pub(crate) fn check_revoke(
		who: &T::AccountId,
		directive: DirectiveId,
	) -> Result<(PatientId, LiveSet<T::AccountId>, usize, Moment), DispatchError> {
		let (patient, now) = Self::tightening(who)?;
		let live = Live::<T>::get(patient);
		let position = Self::find(&live, directive, Effect::Permit, now)?;
		Ok((patient, live, position, now))
	}

	/// Ends a Permit. Returns how many directives the live set has.
	pub(crate) fn do_revoke(
		by: T::AccountId,
		directive: DirectiveId,
	) -> Result<u32, DispatchError> {
		let (patient, mut live, position, now) = Self::check_revoke(&by, directive)?;
		let count = live.count();
		Self::end(&mut live, position, Ended { at: now, why: EndReason::Revoked });
		Live::<T>::insert(patient, live);
		Self::deposit_event(Event::DirectiveRevoked { patient, directive, by });
		Ok(count)
	}

	/// Where in `live` the directive stands that has this effect and is in force.
	pub(crate) fn find(
		live: &LiveSet<T::AccountId>,
		directive: DirectiveId,
		effect: Effect,
		now: Moment,
	) -> Result<usize, Error<T>> {
		ensure!(directive < live.next, Error::<T>::NotFound);
		// What is in the history has ended.
		let (position, (_, found)) = live
			.entries
			.iter()
			.enumerate()
			.find(|(_, (id, _))| *id == directive)
			.ok_or(Error::<T>::AlreadyEnded)?;
		ensure!(
			found.effect == effect,
			match effect {
				Effect::Permit => Error::<T>::NotAPermit,
				Effect::Deny => Error::<T>::NotADeny,
			}
		);
		ensure!(found.in_force(now), Error::<T>::AlreadyEnded);
		Ok(position)
	}

	/// Ends the directive at `position`. Nothing else about a directive ever changes.
	pub(crate) fn end(live: &mut LiveSet<T::AccountId>, position: usize, ended: Ended) {
		if let Some((_, directive)) = live.entries.get_mut(position) {
			directive.ended = Some(ended);
		}
	}

	/// Adds a directive, and moves some that ended out of its way.
	pub(crate) fn record(
		patient: &PatientId,
		now: Moment,
		directive: Directive<T::AccountId>,
	) -> Result<Made, DispatchError> {
		let mut live = Live::<T>::get(patient);
		let count = live.count();
		let page = Self::sweep(patient, &mut live, now);
		if directive.effect == Effect::Permit {
			let permits = live
				.entries
				.iter()
				.filter(|(_, other)| other.effect == Effect::Permit && other.in_force(now))
				.count();
			ensure!(
				u32::try_from(permits).is_ok_and(|permits| permits < MAX_PERMITS),
				Error::<T>::TooManyDirectives
			);
		}
		let id = live.next;
		live.next = id.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		live.entries.try_push((id, directive)).map_err(|_| Error::<T>::TooManyDirectives)?;
		let swept = page.is_some();
		if let Some((number, page)) = page {
			History::<T>::insert(patient, number, page);
		}
		Live::<T>::insert(patient, live);
		Ok(Made { directive: id, live: count, swept })
	}

	/// Takes directives that ended out of `live`: at most [`SWEEP`], and no more than fit on the
	/// last page of the history; at least one if there is any. Returns that page as it must be
	/// written.
	pub(crate) fn sweep(
		patient: &PatientId,
		live: &mut LiveSet<T::AccountId>,
		now: Moment,
	) -> Option<(u32, HistoryPage<T::AccountId>)> {
		let over = |(_, directive): &Numbered<T::AccountId>| directive.end() <= now;
		if !live.entries.iter().any(over) {
			return None;
		}
		let number = live.swept / PAGE;
		// A full page is never touched again: the next one begins empty.
		let mut page = match live.swept % PAGE {
			0 => HistoryPage::default(),
			_ => History::<T>::get(patient, number).unwrap_or_default(),
		};
		let mut room = SWEEP;
		live.entries.retain(|entry| {
			if room == 0 || !over(entry) || page.entries.try_push(entry.clone()).is_err() {
				return true;
			}
			room = room.saturating_sub(1);
			false
		});
		live.swept = live.swept.saturating_add(SWEEP.saturating_sub(room));
		page.swept = now;
		Some((number, page))
	}
}
