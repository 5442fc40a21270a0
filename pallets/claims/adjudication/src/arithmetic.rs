//! The two operations that everything here is made of. Neither can overflow or lose a unit.

use crate::Money;

/// Moves at most `limit` out of `from`, and returns what was moved.
pub fn take(from: &mut Money, limit: Money) -> Money {
	let taken = limit.min(*from);
	*from = from.saturating_sub(taken);
	taken
}

/// `amount × numerator ÷ denominator`, rounded down, exact for every amount. A numerator above the
/// denominator counts as the denominator; a denominator of 0 gives 0.
pub fn part(amount: Money, numerator: u32, denominator: u32) -> Money {
	let numerator = Money::from(numerator.min(denominator));
	let denominator = Money::from(denominator);
	// With `amount = q × d + r`, the result is `q × n + ⌊r × n ÷ d⌋`. As `n <= d`, the first product
	// is at most the amount; the second is below 2^64.
	let quotient = amount.checked_div(denominator).unwrap_or(0);
	let remainder = amount.checked_rem(denominator).unwrap_or(0);
	let rest = remainder.saturating_mul(numerator).checked_div(denominator).unwrap_or(0);
	quotient.saturating_mul(numerator).saturating_add(rest)
}
