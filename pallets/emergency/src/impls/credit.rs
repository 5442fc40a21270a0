//! The credit of organisations and persons: what is used of it, how it shrinks, and how it recovers.

use crate::*;
use frame_support::traits::Get;
use salus_primitives::{time::DAY, Allowance, Moment, OrgId, Refill, ONE_THING};

/// What an emergency uses up, and of what.
pub(crate) struct Cost {
	/// The deposit, in times of the ordinary one; nothing beyond the credit of the person.
	pub deposit: u32,
	/// Whether it is beyond the credit of the organisation or of the person.
	pub over_credit: bool,
	/// Whether it is beyond the credit of the person.
	pub beyond_person: bool,
}

impl<T: Config> Pallet<T> {
	/// The credit of an organisation at `now`, with what it has used falling over the period.
	pub(crate) fn credit(ledger: &Ledger, now: Moment) -> Refill<u64> {
		let (all, most) = (T::Credit::get(), T::MaxPenalty::get());
		let least = Refill::of_things(all.saturating_sub(most), T::CreditPeriod::get());
		let recovered = ledger.penalty.left(Self::penalties(), now);
		Refill { amount: least.amount.saturating_add(recovered), ..least }
	}

	/// By how much a credit can shrink, and within what time that comes back.
	fn penalties() -> Refill<u64> {
		Refill::of_things(T::MaxPenalty::get(), T::PenaltyPeriod::get())
	}

	/// What one person may use.
	pub(crate) fn personal() -> Refill<u64> {
		Refill::of_things(T::PersonalCredit::get(), T::AccessLength::get())
	}

	/// What one person may record late.
	fn late() -> Refill<u64> {
		Refill::of_things(T::LatePerDay::get(), DAY)
	}

	/// What is left of a credit. What was used is kept up to twice the credit, and comes back as fast.
	pub(crate) fn left(used: &Allowance<u64>, credit: Refill<u64>, now: Moment) -> u64 {
		used.left(credit.doubled(), now).saturating_sub(credit.amount)
	}

	/// How many whole things `parts` are.
	pub(crate) fn things(parts: u64) -> u32 {
		let things = parts.checked_div(ONE_THING).unwrap_or_default();
		u32::try_from(things).unwrap_or(u32::MAX)
	}

	/// Whether `used` leaves room for one more late record, which is then taken.
	#[must_use]
	pub(crate) fn take_late(used: &mut PersonUse, now: Moment) -> bool {
		used.late.try_spend(ONE_THING, Self::late(), now)
	}

	/// Uses up credit for one more emergency. Tells what it costs.
	///
	/// What is beyond the credit of the person is the person's alone: it neither uses up what colleagues need nor asks for a
	/// deposit, or one person could use up the tokens of an administrator.
	pub(crate) fn spend(ledger: &mut Ledger, own: &mut PersonUse, late: bool, now: Moment) -> Cost {
		let (credit, personal) = (Self::credit(ledger, now), Self::personal());
		let parts = |things: u32| ONE_THING.saturating_mul(things.into());
		let ordinary = if late { 2u32 } else { 1 };
		let double = ordinary.saturating_mul(2);
		// A late record costs the person what it costs the organisation: else one person could use up the credit of all
		// colleagues by late records within a day and a half.
		if Self::left(&own.credit, personal, now) < parts(ordinary) {
			own.credit.spend_at_most(parts(double), personal.doubled(), now);
			return Cost { deposit: 0, over_credit: true, beyond_person: true };
		}
		let within = parts(ordinary) <= Self::left(&ledger.used, credit, now);
		let deposit = if within { ordinary } else { double };
		ledger.used.spend_at_most(parts(deposit), credit.doubled(), now);
		own.credit.spend_at_most(parts(ordinary), personal.doubled(), now);
		Cost { deposit, over_credit: !within, beyond_person: false }
	}

	/// Whether the credit of the organisation shrinks where `found` is unjustified: not for what was the person's alone. It has
	/// used up none of that credit, and one person could else take the credit of all colleagues in one block.
	pub(crate) fn shrinks_credit<Ticket>(found: &Emergency<T::AccountId, Ticket>) -> bool {
		!found.beyond_person
	}

	/// Makes the credit shrink, for what was unjustified from `at` on.
	pub(crate) fn penalise(ledger: &mut Ledger, at: Moment) {
		// What nobody reviewed is noticed later than it became so, but is never counted from before the last time.
		let at = at.max(ledger.penalty.since);
		let parts = ONE_THING.saturating_mul(T::Penalty::get().into());
		ledger.penalty.spend_at_most(parts, Self::penalties(), at);
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
				let counts = &mut ledger.counts;
				if found.is_late() {
					// The organisation recorded it, and cannot review it: that no auditor did is not its fault.
					counts.late_unreviewed = counts.late_unreviewed.saturating_add(1);
				} else {
					counts.by_silence = counts.by_silence.saturating_add(1);
					if Self::shrinks_credit(&found) {
						Self::penalise(ledger, review_by);
					}
				}
			}
			ledger.settled = place.saturating_add(1);
		}
	}

	/// Until when an emergency that was recorded at `recorded_at` can be reviewed.
	pub(crate) fn review_by(recorded_at: Moment) -> Moment {
		recorded_at.saturating_add(T::ReviewTime::get())
	}
}
