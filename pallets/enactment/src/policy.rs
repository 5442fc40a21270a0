//! What the calls of this pallet are: who makes them, and what may stop them.

use crate::{Call, Config};
use alloc::{vec, vec::Vec};
use salus_primitives::{
	policies,
	policy::{CallPolicy, Clock, Policy, Proxy, Signer},
};

impl<T: Config> CallPolicy<<T as Config>::RuntimeCall> for Call<T> {
	type AccountId = T::AccountId;

	policies! {
		approve => Policy::governs(Signer::Collective).answers(&[Clock::EnactmentApproval]),
		cancel => Policy::governs(Signer::Collective).answers(&[Clock::EnactmentDelay]),
		enact => Policy::governs(Signer::Anybody)
			.by_proxy(Proxy::Governance)
			.answers(&[Clock::EnactmentWindow]),
		clear => Policy::governs(Signer::Anybody).by_proxy(Proxy::Governance),
		set_delay => Policy::governs(Signer::Root),
	}

	fn inner(&self) -> Vec<&<T as Config>::RuntimeCall> {
		match self {
			Self::approve { call } => vec![&**call],
			Self::cancel { .. }
			| Self::enact { .. }
			| Self::clear { .. }
			| Self::set_delay { .. } => Vec::new(),
			Self::__Ignore(_, never) => match *never {},
		}
	}
}
