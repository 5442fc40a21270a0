//! How an allowance is used up and comes back.
//!
//! What was used falls evenly, by the whole allowance in 24 hours. Such a bucket has no midnight at
//! which everybody returns at once, and needs two numbers.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use salus_primitives::{time::DAY, Moment};
use scale_info::TypeInfo;
use sp_runtime::{
	traits::{AtLeast32BitUnsigned, Zero},
	SaturatedConversion,
};

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
	/// What was used at `since`, in the smallest unit of the asset.
	pub used: Balance,
	/// When that was, in seconds; it falls evenly from then on.
	pub since: Moment,
}

impl<Balance: AtLeast32BitUnsigned + Copy> Allowance<Balance> {
	/// What is left of `per_day` at `now`.
	pub fn left(&self, per_day: Balance, now: Moment) -> Balance {
		per_day.saturating_sub(self.used(per_day, now))
	}

	/// Uses up `fee` more at `now`.
	pub fn spend(&mut self, fee: Balance, per_day: Balance, now: Moment) {
		*self = Self { used: self.used(per_day, now).saturating_add(fee), since: now };
	}

	/// Takes back `amount`, which was spent in the same block.
	pub fn give_back(&mut self, amount: Balance) {
		self.used = self.used.saturating_sub(amount);
	}

	/// From when on `fee` is within the allowance; `None` if it never is.
	pub fn sufficient_at(&self, fee: Balance, per_day: Balance) -> Option<Moment> {
		(fee <= per_day).then(|| {
			let excess = self.used.saturating_add(fee).saturating_sub(per_day);
			self.recovered_at(excess, per_day)
		})
	}

	/// From when on nothing of it counts as used, if nothing more is: `now`, if that is so already.
	pub fn full_at(&self, per_day: Balance, now: Moment) -> Moment {
		if self.used(per_day, now).is_zero() {
			now
		} else {
			self.recovered_at(self.used, per_day)
		}
	}

	/// What counts as used at `now`. Rounded in favour of the sponsor.
	fn used(&self, per_day: Balance, now: Moment) -> Balance {
		let elapsed = now.saturating_sub(self.since);
		if elapsed >= DAY {
			return Zero::zero();
		}
		let recovered = per_day
			.saturating_mul(elapsed.saturated_into())
			.checked_div(&DAY.saturated_into())
			.unwrap_or_else(Zero::zero);
		self.used.saturating_sub(recovered)
	}

	/// When `amount` of what was used will have come back.
	fn recovered_at(&self, amount: Balance, per_day: Balance) -> Moment {
		// The inverse of `used`: the first second at which the rounded recovery reaches `amount`.
		let seconds = amount
			.saturating_mul(DAY.saturated_into())
			.saturating_add(per_day.saturating_sub(Balance::one()))
			.checked_div(&per_day)
			.map_or(DAY, |seconds| seconds.saturated_into::<Moment>());
		self.since.saturating_add(seconds.min(DAY))
	}
}
