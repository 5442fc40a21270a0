//! What the calls of this pallet are: who makes them, who pays, what may stop them.

use crate::{Call, Config};
use salus_primitives::{
	policies,
	policy::{CallPolicy, Effect, Fee, Names, Payer, Policy, Proxy, Signer},
};

/// A registrar decides.
const DECIDES: Policy = Policy::registrar().by_proxy(Proxy::NonTransfer);
/// A registrar ends a licence, or keeps it from beginning.
const ENDS: Policy = Policy::tightening(Signer::Registrar).by_proxy(Proxy::NonTransfer);
/// Who is, or would be, affiliated ends that or keeps it from beginning.
const LEAVES: Policy = Policy::tightening(Signer::Anybody).by_proxy(Proxy::NonTransfer);

impl<T: Config> CallPolicy<<T as frame_system::Config>::RuntimeCall> for Call<T> {
	type AccountId = T::AccountId;

	policies! {
		apply => Policy::administrator().by_proxy(Proxy::NonTransfer),
		admit => DECIDES,
		decline => ENDS,
		withdraw => Policy::administrator().in_safe_mode().by_proxy(Proxy::NonTransfer),
		renew => DECIDES,
		suspend => ENDS,
		reinstate => DECIDES,
		revoke => ENDS,
		set_flag => DECIDES,
		// These three hand over the organisation: who administers it, and who reads what is sent to it.
		rotate_admin => Policy::administrator(),
		accept_admin => Policy::administrator(),
		set_agreement_key => Policy::administrator(),
		// Who was invited acts for the organisation also when whoever invited has lost its power.
		invite => Policy::administrator(),
		accept_affiliation =>
			Policy::new(Effect::Professional, Signer::Anybody, Fee::Sponsored(Payer::Inviter))
				.by_proxy(Proxy::NonTransfer),
		decline_affiliation => LEAVES,
		cancel_invitation =>
			Policy::tightening(Signer::Administrator).by_proxy(Proxy::NonTransfer),
		// The administrator too.
		end_affiliation => LEAVES,
		assume_deposit => Policy::administrator().by_proxy(Proxy::NonTransfer),
		appoint_registrar => Policy::new(Effect::Administrative, Signer::Collective, Fee::Own),
		dismiss_registrar => Policy::new(Effect::Tightening, Signer::Collective, Fee::Own),
	}

	fn names(&self) -> Names<T::AccountId> {
		match self {
			Self::accept_affiliation { org, role } => {
				Names { role: Some(*role), ..Names::org(*org) }
			},
			Self::admit { org, .. }
			| Self::decline { org, .. }
			| Self::withdraw { org }
			| Self::renew { org, .. }
			| Self::suspend { org, .. }
			| Self::reinstate { org, .. }
			| Self::revoke { org, .. }
			| Self::set_flag { org, .. }
			| Self::rotate_admin { org, .. }
			| Self::accept_admin { org }
			| Self::set_agreement_key { org, .. }
			| Self::invite { org, .. }
			| Self::decline_affiliation { org, .. }
			| Self::cancel_invitation { org, .. }
			| Self::end_affiliation { org, .. }
			| Self::assume_deposit { org, .. }
			| Self::appoint_registrar { org, .. } => Names::org(*org),
			Self::apply { .. } | Self::dismiss_registrar { .. } => Names::nobody(),
			Self::__Ignore(_, never) => match *never {},
		}
	}
}
