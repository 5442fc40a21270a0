//! What the pallet stores and what its calls take.

mod answers;
mod budgets;
mod datasets;
mod permits;
mod requests;
mod studies;

pub use answers::*;
pub use budgets::*;
pub use datasets::*;
pub use permits::*;
pub use requests::*;
pub use studies::*;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use salus_primitives::{time::DAY, Moment};
use scale_info::TypeInfo;

/// How long a month of a permit is, in seconds: 30 days, whatever the calendar says.
pub const MONTH: Moment = 30 * DAY;

/// The fewest votes that must count for a committee to decide.
pub const MIN_QUORUM: u32 = 3;

/// The most votes on one question.
pub const MAX_VOTES: u32 = 32;

/// The most votes that a committee may demand: half of those for which there is room, so that a quorum can be reached though
/// some who have voted do not count any more.
pub const MAX_QUORUM: u32 = MAX_VOTES / 2;

/// For how many organisations beside the institution the principal investigator may work, or have worked lately, so that a
/// committee decides about a request: each is compared with each of the votes. Enough for whoever has moved from one university
/// with its hospital to another with its own.
pub const MAX_OTHER_EMPLOYERS: usize = 3;

/// One member's vote. It is open, and is not changed.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Vote<AccountId> {
	/// Whose.
	pub by: AccountId,
	/// Whether for what is asked.
	pub in_favour: bool,
	/// When.
	pub at: Moment,
}

/// Votes that counted when they were counted: without those in favour of members who were recused or had left by then, and those against of
/// members who worked for the applicant by then.
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
pub struct Tally {
	/// For what is asked.
	pub in_favour: u32,
	/// Against it.
	pub against: u32,
}

impl Tally {
	/// How many counted.
	pub fn counted(&self) -> u32 {
		self.in_favour.saturating_add(self.against)
	}

	/// Whether more are for it than against it. As many for as against it are a no.
	pub fn is_carried(&self) -> bool {
		self.in_favour > self.against
	}
}
