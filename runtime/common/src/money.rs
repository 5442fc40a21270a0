//! The units of the native token, and what computation and storage cost.

use crate::Balance;
use frame_support::weights::{Weight, WeightToFee};

/// One SLS, the native token, which pays fees and deposits only.
pub const UNIT: Balance = 1_000_000_000_000;
/// A thousandth of an SLS.
pub const MILLI_UNIT: Balance = UNIT / 1_000;
/// A millionth of an SLS.
pub const MICRO_UNIT: Balance = UNIT / 1_000_000;
/// What an account must hold to exist, unless it was welcomed without tokens.
pub const EXISTENTIAL_DEPOSIT: Balance = MILLI_UNIT;

/// The deposit for `items` storage items of `bytes` bytes together.
#[allow(clippy::as_conversions)]
pub const fn deposit(items: u32, bytes: u32) -> Balance {
	(items as Balance) * 10 * MILLI_UNIT + (bytes as Balance) * 100 * MICRO_UNIT
}

/// Seven smallest units for a nanosecond of computation (1,000 of ref time): an ordinary call costs
/// a few thousandths of an SLS.
pub struct ComputationFee;

impl WeightToFee for ComputationFee {
	type Balance = Balance;

	fn weight_to_fee(weight: &Weight) -> Balance {
		Balance::from(weight.ref_time()).saturating_mul(7)
	}
}
