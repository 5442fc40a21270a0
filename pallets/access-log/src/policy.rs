//! What the calls of this pallet are: who makes them, who pays, what may stop them.

use crate::{Call, Config};
use salus_primitives::{
	policies,
	policy::{CallPolicy, Clock, Names, Policy, Proxy},
};

/// The custodian's staff makes it, or a service for it.
const CUSTODIAN: Policy = Policy::staff().by_proxy(Proxy::Records);

impl<T: Config> CallPolicy<<T as frame_system::Config>::RuntimeCall> for Call<T> {
	type AccountId = T::AccountId;

	policies! {
		commit => CUSTODIAN.answers(&[Clock::LogHeartbeat]),
		attest_reconciled => CUSTODIAN.answers(&[Clock::Reconciliation]),
		// A commit, too: without it, whoever cannot go on with a log would stay silent.
		begin_anew => CUSTODIAN.answers(&[Clock::LogHeartbeat]),
	}

	fn names(&self) -> Names<T::AccountId> {
		match self {
			Self::commit { organisation, .. } | Self::begin_anew { organisation, .. } => {
				Names::org(*organisation)
			},
			Self::attest_reconciled { organisation, counterparty, .. } => {
				Names { other_org: Some(*counterparty), ..Names::org(*organisation) }
			},
			Self::__Ignore(_, never) => match *never {},
		}
	}
}
