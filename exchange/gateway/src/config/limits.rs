//! The section `[limits]`: how often somebody may ask.

use super::{number, Reader, Section};

/// How many requests a second there may be unless it is said.
const RATE: u32 = 100;

impl Reader {
	/// How many requests a second one organisation, or one patient, may make.
	pub(super) fn limits(&mut self, top: &mut Section) -> u32 {
		let mut section = self.section(top, "limits");
		let rate = self.may(
			&mut section,
			"rate",
			"a whole number of requests a second from 1 to 100000",
			|value| {
				let rate = number(value).filter(|rate| (1..=100_000).contains(rate))?;
				u32::try_from(rate).ok()
			},
		);
		self.end(section);
		rate.unwrap_or(RATE)
	}
}

#[cfg(test)]
mod tests {
	use super::super::{
		tests::{faults, GOOD},
		Config,
	};

	#[test]
	fn the_rate_is_a_number_from_1_to_100000() {
		assert_eq!(Config::read(GOOD).unwrap().rate, 100);
		let with = |rate: &str| format!("{GOOD}[limits]\nrate = {rate}\n");
		assert_eq!(Config::read(&with("7")).unwrap().rate, 7);
		for rate in ["0", "100001", "-1", "\"7\""] {
			assert_eq!(faults(&with(rate)), ["limits.rate"], "{rate}");
		}
	}
}
