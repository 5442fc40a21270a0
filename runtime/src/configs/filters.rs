//! What may reach a block, and what may be stopped: computed from the policies of calls in [`crate::policy`].

pub use crate::policy::{
	fees::SponsoredCalls,
	filter::{CallFilter, MAX_NESTING},
	inner_calls, is_free_when_effective, is_tightening,
	pausing::{NeverPaused, SafeModeAllowList},
};
