//! The credit of organisations and persons: what is used of it, how it shrinks, and how it recovers.

use crate::*;
use frame_support::traits::Get;
use salus_primitives::{Moment, OrgId, Refill};

impl<T: Config> Pallet<T> {
	/// The credit of an organisation at `now`, with what it has used falling over the period.
	pub(crate) fn credit(ledger: &Ledger, now: Moment) -> Refill<u32> {
		let least = T::Credit::get().saturating_sub(T::MaxPenalty::get());
		let amount = least.saturating_add(ledger.penalty.left(Self::penalties(), now));
		Refill { amount, within: T::CreditPeriod::get() }
	}

	/// By how much a credit can shrink, and within what time that comes back.
	fn penalties() -> Refill<u32> {
		Refill { amount: T::MaxPenalty::get(), within: T::PenaltyPeriod::get() }
	}

	/// What one person may use.
	pub(crate) fn personal() -> Refill<u32> {
		Refill { amount: T::PersonalCredit::get(), within: T::AccessLength::get() }
	}

	/// Uses up credit for one more emergency of `who`. Tells what it costs, and whether that is beyond credit.
	pub(crate) fn spend(
		organisation: OrgId,
		who: &T::AccountId,
		ledger: &mut Ledger,
		late: bool,
		now: Moment,
	) -> (u32, bool) {
		let refill = Self::credit(ledger, now);
		let mut cost = if late { 2 } else { 1 };
		let mut own = PersonalUse::<T>::get(organisation, who);
		let within = cost <= ledger.used.left(refill, now) && own.left(Self::personal(), now) > 0;
		if !within {
			cost = cost.saturating_mul(2);
		}
		ledger.used.spend(cost, refill, now);
		own.spend(1, Self::personal(), now);
		PersonalUse::<T>::insert(organisation, who, own);
		(cost, !within)
	}

	/// Makes the credit shrink, for what was unjustified from `at` on.
	pub(crate) fn penalise(ledger: &mut Ledger, at: Moment) {
		// What nobody reviewed is noticed later than it became so, but is never counted from before the last time.
		let at = at.max(ledger.penalty.since);
		ledger.penalty.spend(T::Penalty::get(), Self::penalties(), at);
	}

	/// Takes into account up to `limit` emergencies of an organisation whose time for a review is over. Nobody has to
	/// send a transaction for it: what is told of them never depends on it.
	pub(crate) fn settle(organisation: OrgId, ledger: &mut Ledger, now: Moment, limit: u32) {
		for _ in 0..limit {
			let place = ledger.settled;
			let Some(found) =
				OfOrganisation::<T>::get(organisation, place).and_then(Emergencies::<T>::get)
			else {
				return;
			};
			let review_by = Self::review_by(found.recorded_at);
			if found.review.is_none() {
				if now < review_by {
					return;
				}
				ledger.counts.by_silence = ledger.counts.by_silence.saturating_add(1);
				Self::penalise(ledger, review_by);
			}
			ledger.settled = place.saturating_add(1);
		}
	}

	/// Until when an emergency that was recorded at `recorded_at` can be reviewed.
	pub(crate) fn review_by(recorded_at: Moment) -> Moment {
		recorded_at.saturating_add(T::ReviewTime::get())
	}
}
