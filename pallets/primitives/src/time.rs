//! Moments and half-open intervals.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Unix time in seconds, as the chain knows it.
///
/// It comes from the block's timestamp, which BABE ties to the slot; it is never a caller's claim
/// about when something happened.
pub type Moment = u64;

/// One minute, in seconds.
pub const MINUTE: Moment = 60;
/// One hour, in seconds.
pub const HOUR: Moment = 3_600;
/// One day, in seconds.
pub const DAY: Moment = 86_400;
/// One year of 365 days, in seconds.
pub const YEAR: Moment = 31_536_000;

/// A half-open interval `[from, until)`: it begins with `from` and ends just before `until`.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Interval {
	/// The first moment inside.
	pub from: Moment,
	/// The first moment outside again.
	pub until: Moment,
}

impl Interval {
	/// All of time.
	pub const ALWAYS: Self = Self { from: 0, until: Moment::MAX };

	/// An interval from `from` to just before `until`.
	pub const fn new(from: Moment, until: Moment) -> Self {
		Self { from, until }
	}

	/// Whether `at` lies inside.
	pub const fn contains(&self, at: Moment) -> bool {
		self.from <= at && at < self.until
	}

	/// Whether no moment lies inside.
	pub const fn is_empty(&self) -> bool {
		self.until <= self.from
	}

	/// Whether every moment of this interval lies inside `outer`.
	pub const fn is_within(&self, outer: &Self) -> bool {
		self.is_empty() || (outer.from <= self.from && self.until <= outer.until)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn an_interval_holds_its_start_and_not_its_end() {
		let i = Interval::new(10, 20);
		assert!(!i.contains(9));
		assert!(i.contains(10));
		assert!(i.contains(19));
		assert!(!i.contains(20));
	}

	#[test]
	fn an_empty_interval_is_within_any() {
		assert!(Interval::new(5, 5).is_empty());
		assert!(Interval::new(5, 5).is_within(&Interval::new(100, 101)));
		assert!(!Interval::new(5, 6).is_within(&Interval::new(100, 101)));
		assert!(Interval::new(5, 6).is_within(&Interval::ALWAYS));
	}
}
