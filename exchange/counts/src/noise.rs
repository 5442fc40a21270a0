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
	laplace(epsilon, MILLION, bits)
}

/// The same, of `exp(-|x| * epsilon / unit)`.
fn laplace<D: Draws>(epsilon: u64, unit: u64, draws: &mut D) -> Result<i64, NoNoise<D::Error>> {
	loop {
		if let Some(value) = attempt(epsilon, unit, draws)? {
			return Ok(value);
		}
	}
}

/// One attempt to draw that. None: it came to nothing, and what was drawn for it is forgotten.
fn attempt<D: Draws>(
	epsilon: u64,
	unit: u64,
	draws: &mut D,
) -> Result<Option<i64>, NoNoise<D::Error>> {
	// A geometric distribution with the parameter 1 / unit, made of its part below the unit and of how many units there are.
	let part = draws.below(unit)?;
	if !draws.bernoulli_exp(part, unit)? {
		return Ok(None);
	}
	let mut whole: u64 = 0;
	while draws.bernoulli_exp(1, 1)? {
		whole = whole.checked_add(1).ok_or(NoNoise::Overflow)?;
	}
	let steps = whole.checked_mul(unit).and_then(|it| it.checked_add(part));
	let size = steps.and_then(|steps| steps.checked_div(epsilon)).ok_or(NoNoise::Overflow)?;
	let is_negative = draws.below(2)? == 1;
	// Zero has one sign.
	if is_negative && size == 0 {
		return Ok(None);
	}
	let size = i64::try_from(size).map_err(|_| NoNoise::Overflow)?;
	Ok(Some(if is_negative { size.saturating_neg() } else { size }))
}

/// What noise is made of. Each rests on the one before it alone, so that tests can go through all that one of them can do.
trait Draws {
	/// Why nothing is drawn.
	type Error;

	/// Evenly one of the numbers below `bound`, which is not 0.
	fn below(&mut self, bound: u64) -> Result<u64, NoNoise<Self::Error>>;

	/// True with the probability `over / under`, of a fraction of at most 1.
	fn bernoulli(&mut self, over: u64, under: u64) -> Result<bool, NoNoise<Self::Error>> {
		Ok(self.below(under)? < over)
	}

	/// True with the probability `exp(-over / under)`, of a fraction of at most 1.
	fn bernoulli_exp(&mut self, over: u64, under: u64) -> Result<bool, NoNoise<Self::Error>> {
		let mut times: u64 = 1;
		loop {
			let bound = under.checked_mul(times).ok_or(NoNoise::Overflow)?;
			if !self.bernoulli(over, bound)? {
				return Ok(times.checked_rem(2) == Some(1));
			}
			times = times.checked_add(1).ok_or(NoNoise::Overflow)?;
		}
	}
}

impl<B: Bits> Draws for B {
	type Error = <B as Bits>::Error;

	fn below(&mut self, bound: u64) -> Result<u64, NoNoise<<B as Bits>::Error>> {
		evenly(bound, u64::MAX, || self.next())
	}
}

/// Evenly one of the numbers below `bound`, which is neither 0 nor above `largest`, out of even numbers up to and with `largest`.
fn evenly<E>(
	bound: u64,
	largest: u64,
	mut next: impl FnMut() -> Result<u64, E>,
) -> Result<u64, NoNoise<E>> {
	// What is above the largest multiple of the bound would make small numbers more probable.
	let rest = largest.checked_rem(bound).ok_or(NoNoise::Overflow)?;
	let end = largest.saturating_sub(rest);
	loop {
		let number = next().map_err(NoNoise::Bits)?;
		if number < end {
			return number.checked_rem(bound).ok_or(NoNoise::Overflow);
		}
	}
}

#[cfg(test)]
mod tests;
