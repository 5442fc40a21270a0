//! What the pallet stores and answers, beyond the types of the decision.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use salus_primitives::Moment;
use scale_info::TypeInfo;

pub use salus_consent_decision::{Effect, EndReason, Ended, SealedDirective, SealedId};

/// The most sealed directives that one patient has in [`crate::Live`].
pub const MAX_LIVE: u32 = 32;
/// The most sealed Permits in force of one patient: 8 places stay free for denials.
pub const MAX_PERMITS: u32 = 24;
/// How many sealed directives a page of the history holds.
pub const PAGE: u32 = 32;
/// The most sealed directives that one call moves to the history.
pub const SWEEP: u32 = 8;

/// What ends of sealed directives are multiples of, in seconds since 1970: 30 days.
///
/// The end stands on the chain in plain, and whoever asks for a Permit proposes it. An end to the second would tell whose
/// software had asked: all handles with the same habit of ends would be seen to be patients of the same clinic, and one
/// of them that is known would give the others away. Of two years there are 25 ends that all share, and no other but never.
pub const GRID: Moment = 30 * salus_primitives::time::DAY;

/// Whether a sealed directive may end at `until`: at a multiple of [`GRID`], or never, which is [`Moment::MAX`].
pub const fn is_on_grid(until: Moment) -> bool {
	until == Moment::MAX || until.is_multiple_of(GRID)
}

/// A sealed directive with its number.
pub type Numbered = (SealedId, SealedDirective);

/// One patient's sealed directives that are not in the history yet: those in force, and a few that ended.
#[derive(Clone, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct LiveSet {
	/// The number that the next one gets.
	pub next: SealedId,
	/// How many were moved to the history.
	pub swept: u32,
	/// The sealed directives, by rising number.
	pub entries: BoundedVec<Numbered, ConstU32<MAX_LIVE>>,
}

/// A page of a patient's history: sealed directives that ended or expired. Only the last page grows.
#[derive(Clone, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct HistoryPage {
	/// When the page last grew. Nothing on this page or an earlier one was in force then.
	pub swept: Moment,
	/// The sealed directives, as they were moved here.
	pub entries: BoundedVec<Numbered, ConstU32<PAGE>>,
}

/// A lift that waits.
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
pub struct PendingLift {
	/// The sealed Deny that is to be lifted.
	pub sealed: SealedId,
	/// When it was asked for. A handle that left Active since then stops it.
	pub requested_at: Moment,
	/// From when anyone may apply it.
	pub ready_at: Moment,
}

/// The lifts of a patient that wait: at most one of each Deny in force.
pub type PendingList = BoundedVec<PendingLift, ConstU32<MAX_LIVE>>;

/// Why a question about a moment has no answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum SealedError {
	/// The question is about a moment after now.
	#[codec(index = 0)]
	FutureMoment,
	/// The answer needs history that this state holds no more.
	#[codec(index = 1)]
	HistoryUnavailable,
}
