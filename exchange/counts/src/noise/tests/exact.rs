//! Numbers of which two bounds are known, each a whole number of 2^-100. Whatever is done to them, the true number stays in between.

const PLACES: u32 = 100;
const HALF: u32 = PLACES / 2;
const LOWER_HALF: u128 = (1 << HALF) - 1;
/// One, in units of 2^-100.
pub const ONE: u128 = 1 << PLACES;

/// A number that is not negative.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Between {
	pub low: u128,
	pub high: u128,
}

impl Between {
	pub const ZERO: Self = Self { low: 0, high: 0 };
	pub const ONE: Self = Self { low: ONE, high: ONE };

	/// Multiplied by `over / under`.
	pub fn times(self, over: u64, under: u64) -> Self {
		let (over, under) = (u128::from(over), u128::from(under));
		Self { low: self.low * over / under, high: (self.high * over).div_ceil(under) }
	}

	pub fn multiplied(self, by: Self) -> Self {
		Self { low: product(self.low, by.low), high: product(self.high, by.high) + 1 }
	}

	pub fn plus(self, other: Self) -> Self {
		Self { low: self.low + other.low, high: self.high + other.high }
	}

	/// It, or up to so much more.
	pub fn or_more(self, by: Self) -> Self {
		Self { low: self.low, high: self.high + by.high }
	}

	/// What is missing up to one; of a number that is known to be at most that.
	pub fn up_to_one(self) -> Self {
		Self { low: ONE.saturating_sub(self.high), high: ONE - self.low }
	}

	/// One divided by it; of a number that is known to be at least one.
	pub fn inverted(self) -> Self {
		Self { low: inverse(self.high), high: inverse(self.low) + 1 }
	}

	/// Whether both can be the same number.
	pub fn meets(self, other: Self) -> bool {
		self.low <= other.high && other.low <= self.high
	}

	/// Whether its bounds are no more than 2^-places apart.
	pub fn known_to(self, places: u32) -> bool {
		self.high - self.low <= ONE >> places
	}
}

/// The product, rounded down. In halves, because 256 bits do not fit.
fn product(a: u128, b: u128) -> u128 {
	let (a1, a0) = (a >> HALF, a & LOWER_HALF);
	let (b1, b0) = (b >> HALF, b & LOWER_HALF);
	a1 * b1 + ((a1 * b0 + a0 * b1 + ((a0 * b0) >> HALF)) >> HALF)
}

/// One divided by the number, rounded down, as it is done on paper: digit by digit.
fn inverse(of: u128) -> u128 {
	let (mut digits, mut rest) = (ONE / of, ONE % of);
	for _ in 0..PLACES {
		(digits, rest) = (digits * 2, rest * 2);
		if rest >= of {
			(digits, rest) = (digits + 1, rest - of);
		}
	}
	digits
}

/// e to the power of `over / under`. By the series of all terms with the same sign, and not by that with alternating ones, of which
/// the sampler is made.
pub fn exp(over: u64, under: u64) -> Between {
	let (mut sum, mut term, mut number) = (Between::ONE, Between::ONE, 1);
	// From twice the power on each term is at most half the one before: all that are left out are at most the last.
	while term.high > 1 || number * under < 2 * over {
		term = term.times(over, under * number);
		sum = sum.plus(term);
		number += 1;
	}
	sum.or_more(term)
}

#[test]
fn the_arithmetic_is_right() {
	let third = Between::ONE.times(1, 3);
	assert_eq!((third.low, third.high), (ONE / 3, ONE / 3 + 1));
	assert!(third.up_to_one().meets(Between::ONE.times(2, 3)));
	// 3/7 * 35/15 = 1, and what is eight units off is something else.
	let one = Between::ONE.times(3, 7).multiplied(Between::ONE.times(35, 15));
	assert!(one.meets(Between::ONE) && one.known_to(97), "{one:?}");
	assert!(!Between { low: ONE + 8, high: ONE + 9 }.meets(one));
	let seventh = Between::ONE.times(7, 1).inverted();
	assert!(seventh.meets(Between::ONE.times(1, 7)) && seventh.known_to(98), "{seventh:?}");
	assert_eq!(Between::ONE.inverted().low, ONE);
	// To as many digits as any table has them; `places` of them fit beside 60 bits.
	let digits = |number: Between, places: u32| {
		assert!(number.known_to(60), "{number:?}");
		((number.low >> 40) * 10_u128.pow(places)) >> 60
	};
	assert_eq!(digits(exp(1, 1), 16), 27_182_818_284_590_452);
	assert_eq!(digits(exp(10, 1), 14), 2_202_646_579_480_671_651);
	assert_eq!(digits(exp(1, 1).inverted(), 17), 36_787_944_117_144_232);
	assert_eq!(digits(exp(1, 2), 16), 16_487_212_707_001_281);
	assert_eq!(exp(0, 7), Between::ONE);
}
