//! What the calls of this pallet are: who makes them, who pays, what may stop them.

use crate::{Call, Config};
use salus_primitives::{
	policies,
	policy::{CallPolicy, Clock, Effect, Fee, Names, Payer, Policy, Proxy, Signer},
};

impl<T: Config> CallPolicy<<T as frame_system::Config>::RuntimeCall> for Call<T> {
	type AccountId = T::AccountId;

	policies! {
		acknowledge => Policy::answering()
			.by_proxy(Proxy::Records)
			.answers(&[Clock::RevocationAcknowledgement]),
		// Pausable: nothing ends while it waits, and what is overdue is seen without it.
		mark_overdue =>
			Policy::new(Effect::Professional, Signer::Anybody, Fee::Sponsored(Payer::Patient))
				.by_proxy(Proxy::Records),
	}

	fn names(&self) -> Names<T::AccountId> {
		match self {
			Self::acknowledge { organisation, .. } => Names::org(*organisation).tied_to_patient(),
			// Anybody makes it, and names the patient. The organisation stands in the state under the number; where
			// that was flagged since, the pallet refuses.
			Self::mark_overdue { .. } => Names::nobody().tied_to_patient(),
			Self::__Ignore(_, never) => match *never {},
		}
	}
}
