//! Rules of the two bodies that do not depend on a runtime.

/// The most members a collective can have.
pub const MAX_MEMBERS: u32 = 100;

/// The fewest seats that either body keeps. A body without members could never decide anything again,
/// and no call of the chain could give it members.
pub const MIN_SEATS: usize = 3;

/// Who does not vote has not agreed, whatever the prime did: two thirds of a body are two thirds that
/// said yes.
pub struct SilenceIsNay;

impl pallet_collective::DefaultVote for SilenceIsNay {
	fn default_vote(_: Option<bool>, _: u32, _: u32, _: u32) -> bool {
		false
	}
}
