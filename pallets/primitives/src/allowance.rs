//! How an allowance is used up and comes back.
//!
//! What was used falls evenly, by the whole allowance within a fixed time, mostly 24 hours. Such a bucket has no midnight at
//! which everybody returns at once, and needs two numbers. It measures money (fees that a sponsor
//! pays) or things (handles that somebody registers).

use crate::{time::DAY, Moment};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::{
	traits::{AtLeast32BitUnsigned, Zero},
	SaturatedConversion,
};

/// How much there is, and within what time all of it comes back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Refill<Balance> {
	/// How much there is when nothing is used.
	pub amount: Balance,
	/// Within how many seconds it comes back.
	pub within: Moment,
}

impl<Balance> Refill<Balance> {
	/// So much in 24 hours.
	pub const fn daily(amount: Balance) -> Self {
		Self { amount, within: DAY }
	}
}

/// What one thing counts in an allowance of a few things: see [`Refill::of_things`].
pub const ONE_THING: u64 = 1_000_000;

impl Refill<u64> {
	/// So many things, in parts of [`ONE_THING`]. What has come back of an allowance is rounded down at each use: of
	/// 50 whole things a month that would be up to half a day each time, of these parts it is less than three seconds.
	pub fn of_things(count: u32, within: Moment) -> Self {
		Self { amount: u64::from(count).saturating_mul(ONE_THING), within }
	}

	/// Twice as much, which comes back as fast. An allowance that is kept by it remembers what was used beyond
	/// the ordinary amount, and up to as much again.
	pub fn doubled(self) -> Self {
		Self { amount: self.amount.saturating_mul(2), within: self.within.saturating_mul(2) }
	}
}

/// What has been used of an allowance.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
)]
pub struct Allowance<Balance> {
	/// What was used at `since`: the smallest units of an asset, or a number of things.
	pub used: Balance,
	/// When that was, in seconds; it falls evenly from then on.
	pub since: Moment,
}

impl<Balance: AtLeast32BitUnsigned + Copy> Allowance<Balance> {
	/// What is left of `refill` at `now`.
	pub fn left(&self, refill: Refill<Balance>, now: Moment) -> Balance {
		refill.amount.saturating_sub(self.used(refill, now))
	}

	/// Uses up `amount` more at `now`, if that much is left of `refill`; whether it was.
	#[must_use]
	pub fn try_spend(&mut self, amount: Balance, refill: Refill<Balance>, now: Moment) -> bool {
		let suffices = amount <= self.left(refill, now);
		if suffices {
			self.spend(amount, refill, now);
		}
		suffices
	}

	/// Uses up `amount` more at `now`.
	pub fn spend(&mut self, amount: Balance, refill: Refill<Balance>, now: Moment) {
		*self = Self { used: self.used(refill, now).saturating_add(amount), since: now };
	}

	/// Uses up `amount` more at `now`, or all that is left of `refill` if that is less.
	pub fn spend_at_most(&mut self, amount: Balance, refill: Refill<Balance>, now: Moment) {
		self.spend(amount.min(self.left(refill, now)), refill, now);
	}

	/// Takes back `amount`, which was spent in the same block.
	pub fn give_back(&mut self, amount: Balance) {
		self.used = self.used.saturating_sub(amount);
	}

	/// From when on `amount` is within the allowance; `None` if it never is.
	pub fn sufficient_at(&self, amount: Balance, refill: Refill<Balance>) -> Option<Moment> {
		(amount <= refill.amount).then(|| {
			let excess = self.used.saturating_add(amount).saturating_sub(refill.amount);
			self.recovered_at(excess, refill)
		})
	}

	/// From when on nothing of it counts as used, if nothing more is: `now`, if that is so already.
	pub fn full_at(&self, refill: Refill<Balance>, now: Moment) -> Moment {
		if self.used(refill, now).is_zero() {
			now
		} else {
			self.recovered_at(self.used, refill)
		}
	}

	/// What counts as used at `now`. Rounded against whoever uses it.
	fn used(&self, refill: Refill<Balance>, now: Moment) -> Balance {
		let elapsed = now.saturating_sub(self.since);
		if elapsed >= refill.within {
			return Zero::zero();
		}
		let recovered = refill
			.amount
			.saturating_mul(elapsed.saturated_into())
			.checked_div(&refill.within.saturated_into())
			.unwrap_or_else(Zero::zero);
		self.used.saturating_sub(recovered)
	}

	/// When `amount` of what was used will have come back.
	fn recovered_at(&self, amount: Balance, refill: Refill<Balance>) -> Moment {
		// The inverse of `used`: the first second at which the rounded recovery reaches `amount`.
		let seconds = amount
			.saturating_mul(refill.within.saturated_into())
			.saturating_add(refill.amount.saturating_sub(Balance::one()))
			.checked_div(&refill.amount)
			.map_or(refill.within, |seconds| seconds.saturated_into::<Moment>());
		self.since.saturating_add(seconds.min(refill.within))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::time::HOUR;
	use proptest::prelude::*;

	const MONTH: Moment = 30 * DAY;

	#[test]
	fn what_goes_beyond_is_remembered_up_to_as_much_again() {
		let refill = Refill::of_things(3, 4 * HOUR);
		let doubled = refill.doubled();
		let mut used = Allowance::<u64>::default();
		for _ in 0..100 {
			used.spend_at_most(2 * ONE_THING, doubled, 0);
		}
		assert_eq!(used.used, 6 * ONE_THING);
		// It comes back as fast as the ordinary amount, and not all at once when the ordinary time is over.
		assert_eq!(used.left(doubled, 4 * HOUR), 3 * ONE_THING);
		assert_eq!(used.left(doubled, 8 * HOUR - 1), 6 * ONE_THING - 209);
		assert_eq!(used.left(doubled, 8 * HOUR), 6 * ONE_THING);
	}

	proptest! {
		#![proptest_config(ProptestConfig::with_cases(256))]

		/// Compared with numbers that are never rounded: whatever the rhythm, each use loses less than a part.
		#[test]
		fn what_comes_back_is_lost_by_less_than_a_part_at_each_use(
			count in 1u32..100,
			within in HOUR..MONTH,
			uses in prop::collection::vec((0u64..2 * DAY, 1u64..=2), 1..200),
		) {
			let refill = Refill::of_things(count, within);
			let (amount, within) = (u128::from(refill.amount), u128::from(refill.within));
			let (mut used, mut exact, mut now) = (Allowance::<u64>::default(), 0u128, 0);
			for (n, (gap, things)) in uses.into_iter().enumerate() {
				now += gap;
				exact = exact.saturating_sub(amount * u128::from(gap));
				let left = u128::from(used.left(refill, now));
				let told = (amount - left) * within;
				// Each of the `n` uses before, and this look, has rounded once.
				prop_assert!(exact <= told, "more came back than there was");
				prop_assert!(told < exact + (n as u128 + 1) * within, "parts are lost");
				let cost = (things * ONE_THING).min(used.left(refill, now));
				exact += u128::from(cost) * within;
				used.spend_at_most(things * ONE_THING, refill, now);
			}
		}

		/// What was wrong with whole things: whoever stays below the rate was beyond it after some months.
		#[test]
		fn whoever_stays_below_the_rate_is_never_beyond_it(
			count in 4u32..100,
			within in HOUR..MONTH,
			waits in prop::collection::vec((0u64..100, 0u64..100), 200..400),
		) {
			let refill = Refill::of_things(count, within);
			let each = within.div_ceil(count.into());
			let (mut used, mut now) = (Allowance::<u64>::default(), 0);
			for (early, late) in waits {
				// Two things in the time of two, at whatever moments of it: so four at once at most.
				let first = 2 * each * early / 100;
				let second = 2 * each * late / 100;
				let (first, second) = (first.min(second), first.max(second));
				for at in [first, second] {
					let then = now + at;
					prop_assert!(
						used.left(refill, then) + 1_000 >= ONE_THING,
						"beyond the allowance at {then}"
					);
					used.spend_at_most(ONE_THING, refill, then);
				}
				now += 2 * each + 1;
			}
		}
	}
}
