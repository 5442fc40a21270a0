//! The discrete Laplace distribution, sampled exactly: Canonne, Kamath, Steinke, "The Discrete Gaussian for Differential
//! Privacy", NeurIPS 2020, algorithms 1 and 2. Whole numbers only: no float has a part in it, so there are none whose gaps would tell
//! something (Mironov 2012). With noise of this kind, a count to which each person adds at most one is epsilon-differentially private.

/// How many millionths are one.
const MILLION: u64 = 1_000_000;
/// The smallest epsilon of a query that noise is drawn for, in millionths.
pub const MIN_EPSILON: u64 = 1_000;
/// The largest one.
pub const MAX_EPSILON: u64 = 10_000_000;

/// Where random numbers come from: each of 64 independent, even bits.
pub trait Bits {
	/// Why there are none.
	type Error;

	/// The next number.
	fn next(&mut self) -> Result<u64, Self::Error>;
}

/// Why no noise was drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoNoise<E> {
	/// Epsilon is not from [`MIN_EPSILON`] to [`MAX_EPSILON`].
	Epsilon,
	/// There are no random numbers.
	Bits(E),
	/// A number went beyond its type. With even bits that does not happen: its probability is below e to the power of -10^12.
	Overflow,
}

/// A number that has each value `x` with a probability in proportion to `exp(-|x| * epsilon / 10^6)`.
pub fn discrete_laplace<B: Bits>(epsilon: u64, bits: &mut B) -> Result<i64, NoNoise<B::Error>> {
	if !(MIN_EPSILON..=MAX_EPSILON).contains(&epsilon) {
		return Err(NoNoise::Epsilon);
	}
	loop {
		// A geometric distribution with the parameter 1 / 10^6, made of its part below 10^6 and of how many such there are.
		let part = below(MILLION, bits)?;
		if !bernoulli_exp(part, MILLION, bits)? {
			continue;
		}
		let mut whole: u64 = 0;
		while bernoulli_exp(1, 1, bits)? {
			whole = whole.checked_add(1).ok_or(NoNoise::Overflow)?;
		}
		let steps = whole.checked_mul(MILLION).and_then(|it| it.checked_add(part));
		let size = steps.and_then(|steps| steps.checked_div(epsilon)).ok_or(NoNoise::Overflow)?;
		let is_negative = below(2, bits)? == 1;
		// Zero has one sign.
		if is_negative && size == 0 {
			continue;
		}
		let size = i64::try_from(size).map_err(|_| NoNoise::Overflow)?;
		return Ok(if is_negative { size.saturating_neg() } else { size });
	}
}

/// Evenly one of the numbers below `bound`, which is not 0.
fn below<B: Bits>(bound: u64, bits: &mut B) -> Result<u64, NoNoise<B::Error>> {
	// What is above the largest multiple of the bound would make small numbers more probable.
	let rest = u64::MAX.checked_rem(bound).ok_or(NoNoise::Overflow)?;
	let end = u64::MAX.saturating_sub(rest);
	loop {
		let number = bits.next().map_err(NoNoise::Bits)?;
		if number < end {
			return number.checked_rem(bound).ok_or(NoNoise::Overflow);
		}
	}
}

/// True with the probability `exp(-over / under)`, of a fraction of at most 1.
fn bernoulli_exp<B: Bits>(over: u64, under: u64, bits: &mut B) -> Result<bool, NoNoise<B::Error>> {
	let mut times: u64 = 1;
	loop {
		let bound = under.checked_mul(times).ok_or(NoNoise::Overflow)?;
		if below(bound, bits)? >= over {
			return Ok(times.checked_rem(2) == Some(1));
		}
		times = times.checked_add(1).ok_or(NoNoise::Overflow)?;
	}
}
