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
