//! Making and ending sealed directives, and moving those that ended to the history.

use crate::*;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::Get,
};
use salus_primitives::{Commitment, Interval, Moment, PatientId};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_permit_sealed(
		by: T::AccountId,
		sealed: SealedId,
		commitment: Commitment,
		until: Moment,
	) -> DispatchResult {
		let (patient, now) = Self::loosening(&by)?;
		Self::ensure_end(until, now)?;
		ensure!(until <= now.saturating_add(T::MaxTerm::get()), Error::<T>::TermTooLong);
		Self::record(&patient, now, sealed, Effect::Permit, commitment, until)?;
		Self::deposit_event(Event::PermitSealed { patient, sealed, by });
		Ok(())
	}

	pub(crate) fn do_deny_sealed(
		by: T::AccountId,
		sealed: SealedId,
		commitment: Commitment,
		until: Moment,
	) -> DispatchResult {
		let (patient, now) = Self::tightening(&by)?;
		Self::ensure_end(until, now)?;
		ensure!(Self::may_deny_until(until, now), Error::<T>::TermTooLong);
		Self::record(&patient, now, sealed, Effect::Deny, commitment, until)?;
		Self::deposit_event(Event::DenialSealed { patient, sealed, by });
		Ok(())
	}

	/// Refuses an end that is not after now, or tells by whose habit it was chosen.
	fn ensure_end(until: Moment, now: Moment) -> Result<(), Error<T>> {
		ensure!(until > now, Error::<T>::InvalidInterval);
		ensure!(is_on_grid(until), Error::<T>::NotOnGrid);
		Ok(())
	}

	/// Whether a Deny that begins at `from` may end at `until`, for its length: for ever, or up to the first moment on the grid
	/// that is not before the end of the longest term. Of the ends further ahead there are so many that one alone would tell
	/// whose habit it was.
	pub(crate) fn may_deny_until(until: Moment, from: Moment) -> bool {
		let latest = from.saturating_add(T::MaxTerm::get()).saturating_add(GRID);
		until == Moment::MAX || until < latest
	}

	/// Everything that a revocation needs: the patient, its sealed directives, which of them, and now.
	pub(crate) fn check_revoke(
		who: &T::AccountId,
		sealed: SealedId,
	) -> Result<(PatientId, LiveSet, usize, Moment), DispatchError> {
		let (patient, now) = Self::tightening(who)?;
		let live = Live::<T>::get(patient);
		let position = Self::find(&live, sealed, Effect::Permit, now)?;
		Ok((patient, live, position, now))
	}

	pub(crate) fn do_revoke(by: T::AccountId, sealed: SealedId) -> DispatchResult {
		let (patient, mut live, position, now) = Self::check_revoke(&by, sealed)?;
		Self::end(&mut live, position, Ended { at: now, why: EndReason::Revoked });
		Live::<T>::insert(patient, live);
		Self::deposit_event(Event::SealedRevoked { patient, sealed, by });
		Ok(())
	}

	/// Where in `live` the sealed directive stands that has this effect and is in force.
	pub(crate) fn find(
		live: &LiveSet,
		sealed: SealedId,
		effect: Effect,
		now: Moment,
	) -> Result<usize, Error<T>> {
		ensure!(sealed < live.next, Error::<T>::NotFound);
		// What is in the history has ended.
		let (position, (_, found)) = live
			.entries
			.iter()
			.enumerate()
			.find(|(_, (id, _))| *id == sealed)
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

	/// Ends the sealed directive at `position`. Nothing else about one ever changes.
	pub(crate) fn end(live: &mut LiveSet, position: usize, ended: Ended) {
		if let Some((_, found)) = live.entries.get_mut(position) {
			found.ended = Some(ended);
		}
	}

	/// Adds a sealed directive under the number `id`, which must be the next, and moves some that ended out of its way.
	pub(crate) fn record(
		patient: &PatientId,
		now: Moment,
		id: SealedId,
		effect: Effect,
		commitment: Commitment,
		until: Moment,
	) -> DispatchResult {
		let mut live = Live::<T>::get(patient);
		ensure!(id == live.next, Error::<T>::WrongNumber);
		let page = Self::sweep(patient, &mut live, now);
		if effect == Effect::Permit {
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
		live.next = id.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		let period = Interval::new(now, until);
		live.entries
			.try_push((
				id,
				SealedDirective {
					effect,
					commitment,
					period,
					ended: None,
					version: salus_consent_decision::sealed::VERSION,
				},
			))
			.map_err(|_| Error::<T>::TooManyDirectives)?;
		if let Some((number, page)) = page {
			History::<T>::insert(patient, number, page);
		}
		Live::<T>::insert(patient, live);
		Ok(())
	}

	/// Takes sealed directives that ended out of `live`: at most [`SWEEP`], and no more than fit on the last page of
	/// the history; at least one if there is any. Returns that page as it must be written.
	fn sweep(patient: &PatientId, live: &mut LiveSet, now: Moment) -> Option<(u32, HistoryPage)> {
		let over = |(_, found): &Numbered| found.end() <= now;
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
			if room == 0 || !over(entry) || page.entries.try_push(*entry).is_err() {
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
