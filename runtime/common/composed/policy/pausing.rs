//! What safe mode leaves open, and what can never be paused.

use super::{inner_calls, policy, policy_of};
use crate::*;
use frame_support::traits::Contains;
use pallet_tx_pause::RuntimeCallNameOf;

/// What goes on in safe mode: what tightens, what answers a clock, what governs, and every
/// inherent; blocking a mandatory call would halt the chain. A carrier is open if all that it carries is.
pub struct SafeModeAllowList;

impl Contains<RuntimeCall> for SafeModeAllowList {
	fn contains(call: &RuntimeCall) -> bool {
		if policy(call).open_in_safe_mode {
			return true;
		}
		// Each inner call is filtered again when it is dispatched.
		let inner = inner_calls(call);
		!inner.is_empty() && inner.into_iter().all(Self::contains)
	}
}

/// The calls that can never be paused, by the names of pallet and call.
pub struct NeverPaused;

impl Contains<RuntimeCallNameOf<Runtime>> for NeverPaused {
	fn contains((pallet, call): &RuntimeCallNameOf<Runtime>) -> bool {
		// A name that no call has does not pass the call filter.
		named(pallet, call).is_some_and(|policy| !policy.may_be_paused)
	}
}

/// The policy of a call by its names in bytes.
pub fn named(pallet: &[u8], call: &[u8]) -> Option<salus_primitives::policy::Policy> {
	let pallet = core::str::from_utf8(pallet).ok()?;
	policy_of(pallet, core::str::from_utf8(call).ok()?)
}
