//! What the calls of this pallet are: who makes them, and what may stop them.

use crate::{Call, Config};
use salus_primitives::{
	policies,
	policy::{CallPolicy, Policy, Proxy, Signer},
};

impl<T: Config> CallPolicy<<T as frame_system::Config>::RuntimeCall> for Call<T> {
	type AccountId = T::AccountId;

	policies! {
		add_validator => Policy::governs(Signer::Collective),
		remove_validator => Policy::governs(Signer::Collective),
		// It ends what the validator does, and gives nothing away.
		retire => Policy::governs(Signer::Anybody).by_proxy(Proxy::ValidatorOperation),
	}
}
