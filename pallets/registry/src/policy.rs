//! What the calls of this pallet are: who makes them, who pays, what may stop them.

use crate::{Call, Config};
use salus_primitives::{
	policies,
	policy::{CallPolicy, Effect, Fee, Names, Payer, Policy, Proxy, Signer},
};

/// A registrar decides, itself: a licence stays when a proxy is taken away.
const DECIDES: Policy = Policy::registrar();
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
		// A licence ends by the clock, and with it what patients have permitted.
		renew => DECIDES.never_paused().in_safe_mode(),
		suspend => ENDS,
		reinstate => DECIDES,
		// For ever: an organisation never has that kind again. A helper suspends.
		revoke => Policy::tightening(Signer::Registrar),
		// As long as a flag is not set, patients are named together with what it stands for.
		set_flag => DECIDES.never_paused(),
		// These three hand over the organisation: who administers it, and who reads what is sent to it. By them it
		// takes a stolen key out of service.
		rotate_admin => Policy::administrator().never_paused(),
		accept_admin => Policy::administrator().never_paused(),
		set_agreement_key => Policy::administrator().never_paused(),
		// The same for the keys of its systems.
		set_client_keys => Policy::administrator().never_paused(),
		// Who was invited acts for the organisation also when whoever invited has lost its power.
		// An affiliation ends by the clock like a licence, and these two prolong it. Where somebody works stays known for ever.
		invite => Policy::administrator().never_paused(),
		accept_affiliation =>
			Policy::new(Effect::Professional, Signer::Anybody, Fee::Sponsored(Payer::Inviter))
				.never_paused(),
		decline_affiliation => LEAVES,
		cancel_invitation =>
			Policy::tightening(Signer::Administrator).by_proxy(Proxy::NonTransfer),
		// The administrator too.
		end_affiliation => LEAVES,
		// It puts tokens of the administrator down, and sets another's free.
		assume_deposit => Policy::administrator(),
		// Without registrars no licence is renewed.
		appoint_registrar =>
			Policy::new(Effect::Administrative, Signer::Collective, Fee::Own)
				.never_paused()
				.in_safe_mode(),
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
			| Self::set_client_keys { org, .. }
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
