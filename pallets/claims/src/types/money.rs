//! Money: what an organisation puts down, which claims wait for it, and interest.

use super::ClaimId;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use salus_claims_adjudication::{Money, PartsPerMillion, WHOLE};
use salus_primitives::{time::YEAR, Moment};
use scale_info::TypeInfo;
use sp_arithmetic::{helpers_128bit::multiply_by_rational_with_rounding, Rounding};

/// What an organisation's administrator has put down for all that the organisation keeps on chain.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Bond<AccountId, Ticket> {
	/// Who put it down.
	pub payer: AccountId,
	/// How many bytes the organisation keeps, with [`ITEM_BYTES`] for each entry. What is put down is for all of the step of
	/// [`BOND_STEP`] bytes in which that ends.
	pub size: u64,
	/// The runtime's record of it.
	pub ticket: Ticket,
}

/// What an entry counts in a bond besides its own bytes: keys, indices, the trie.
pub const ITEM_BYTES: u64 = 128;

/// By how many bytes a bond grows at once. A visit and its claim of one line count some 430, so that one of 37 touches the
/// administrator's account.
pub const BOND_STEP: u64 = 16 * 1_024;

/// The claims that wait for a payer's funds in an asset: the first, the last, how many.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Default,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Queue {
	/// The claim that is paid next.
	pub first: Option<ClaimId>,
	/// The claim that came last.
	pub last: Option<ClaimId>,
	/// How many there are.
	pub length: u64,
}

/// The neighbours of a claim in its queue.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Default,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Neighbours {
	/// The claim that is paid right before.
	pub before: Option<ClaimId>,
	/// The claim that is paid right after.
	pub after: Option<ClaimId>,
}

/// The interest on `amount` for `overdue` seconds at `rate` parts per million a year: simple,
/// rounded down to the smallest unit. Nothing, if the result does not fit 128 bits, which no amount
/// of money does.
pub fn interest(amount: Money, rate: PartsPerMillion, overdue: Moment) -> Money {
	let year = Money::from(YEAR).saturating_mul(Money::from(WHOLE));
	let part = Money::from(rate).saturating_mul(Money::from(overdue));
	multiply_by_rational_with_rounding(amount, part, year, Rounding::Down).unwrap_or_default()
}

/// The most that `funds` pay of an amount, if they pay the [`interest`] on it too.
pub fn payable(funds: Money, rate: PartsPerMillion, overdue: Moment) -> Money {
	let year = Money::from(YEAR).saturating_mul(Money::from(WHOLE));
	let part = Money::from(rate).saturating_mul(Money::from(overdue));
	let both = year.saturating_add(part);
	// p + ⌊p · part ÷ year⌋ ≤ funds just if p · (year + part) < (funds + 1) · year.
	multiply_by_rational_with_rounding(funds.saturating_add(1), year, both, Rounding::Up)
		.map_or(0, |too_much| too_much.saturating_sub(1))
}
