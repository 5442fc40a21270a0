//! What the calls of Cumulus are. The other pallets of the SDK are in
//! [`crate::policy::sdk`].

use crate::{
	policy::sdk::{NODE, REFUSED_HERE},
	*,
};
use salus_primitives::{policies, policy::CallPolicy};

impl CallPolicy<RuntimeCall> for cumulus_pallet_parachain_system::Call<Runtime> {
	type AccountId = AccountId;

	policies! {
		// The inherent that every block must bring: what the relay chain says.
		set_validation_data => NODE,
		// Nobody speaks for this chain to the relay chain.
		sudo_send_upward_message => REFUSED_HERE,
	}
}

impl CallPolicy<RuntimeCall> for parachain_info::Call<Runtime> {
	type AccountId = AccountId;

	policies! {}
}
