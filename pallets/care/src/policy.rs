//! What the calls of this pallet are: who makes them, who pays, what may stop them.

use crate::{Call, Config};
use salus_primitives::{
	policies,
	policy::{CallPolicy, Clock, Effect, Fee, Names, Payer, Policy, Proxy, Signer, Ties},
	Towards,
};

/// Any live key makes it, and a helper may; it uses state up, and is free.
const TIGHTENS: Policy = Policy::tightening(Signer::PatientKey).by_proxy(Proxy::Tightening);
/// Any live key makes it, and no helper: it cuts the patient off from care by default at large.
const CUTS_OFF: Policy = Policy::tightening(Signer::PatientKey);
/// Only the patient's own key makes it.
const LOOSENS: Policy = Policy::loosening(Signer::PatientKey, Payer::Patient);

impl<T: Config> CallPolicy<<T as frame_system::Config>::RuntimeCall> for Call<T> {
	type AccountId = T::AccountId;

	policies! {
		invite => LOOSENS,
		withdraw_invitation => TIGHTENS,
		open => Policy::staff().by_proxy(Proxy::Records),
		open_for => Policy::staff().by_proxy(Proxy::Records),
		refer => Policy::staff().by_proxy(Proxy::Records),
		end => TIGHTENS,
		leave => TIGHTENS,
		// The organisation's side ends at once, too.
		end_for => Policy::staff().by_proxy(Proxy::Records).never_paused().in_safe_mode(),
		opt_out => CUTS_OFF,
		opt_out_of => TIGHTENS.paid_by(Fee::Sponsored(Payer::Patient)),
		opt_in => LOOSENS,
		apply_opt_in =>
			Policy::new(Effect::Professional, Signer::Anybody, Fee::Sponsored(Payer::Patient))
				.by_proxy(Proxy::Records),
		cancel_opt_in => TIGHTENS.answers(&[Clock::Lift]),
		set_policy => Policy::governs(Signer::Root),
	}

	fn names(&self) -> Names<T::AccountId> {
		match self {
			Self::invite { organisation, .. }
			| Self::open { organisation, .. }
			| Self::open_for { organisation, .. }
			| Self::opt_out_of { organisation } => Names::org(*organisation).tied_to_patient(),
			// The organisation that pays is the one that sends. It has a relationship with the patient in plain, or
			// the call fails; the one that receives is told for the first time.
			Self::refer { from, to, .. } => {
				Names { other_org: Some(*to), ..Names::org(*from) }.tied_to_patient()
			},
			// The state has patient and organisation under the number, if the two belong together.
			Self::end_for { organisation, relationship } => Names {
				ties: Ties::PatientOfRelationship {
					organisation: *organisation,
					relationship: *relationship,
				},
				..Names::org(*organisation)
			},
			Self::opt_in { towards } | Self::apply_opt_in { towards, .. } => match towards {
				Towards::Organisation(organisation) => Names::org(*organisation).tied_to_patient(),
				Towards::Everybody => Names::nobody().tied_to_patient(),
			},
			// The state has the organisation beside the patient, where the return is that is called off. It is called off
			// also if that was flagged meanwhile: the time counts on.
			Self::cancel_opt_in { .. }
			| Self::withdraw_invitation { .. }
			| Self::end { .. }
			| Self::leave { .. }
			| Self::opt_out {}
			| Self::set_policy { .. } => Names::nobody(),
			Self::__Ignore(_, never) => match *never {},
		}
	}
}
