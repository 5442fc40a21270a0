//! What the calls of BABE and GRANDPA are. The other pallets of the SDK are in
//! [`crate::policy::sdk`].

use crate::{
	policy::sdk::{NODE, REFUSED_HERE, ROOT},
	*,
};
use salus_primitives::{
	policies,
	policy::{CallPolicy, Clock},
};

impl CallPolicy<RuntimeCall> for pallet_babe::Call<Runtime> {
	type AccountId = AccountId;

	policies! {
		// Nodes report without a signature. A header carries bytes as well as seals.
		report_equivocation => REFUSED_HERE,
		report_equivocation_unsigned => NODE.answers(&[Clock::MisbehaviourReport]),
		plan_config_change => ROOT,
	}
}

impl CallPolicy<RuntimeCall> for pallet_grandpa::Call<Runtime> {
	type AccountId = AccountId;

	policies! {
		report_equivocation => REFUSED_HERE,
		report_equivocation_unsigned => NODE.answers(&[Clock::MisbehaviourReport]),
		note_stalled => ROOT,
	}
}
