//! What the calls of this pallet are: who makes them, who pays, what may stop them.

use crate::{Access, Call, Config, Grantee, LiftTarget};
use salus_primitives::{
	policies,
	policy::{CallPolicy, Clock, Effect as PolicyEffect, Fee, Names, Payer, Policy, Proxy, Signer},
	LabelSet,
};

/// Any live key makes it, and a helper may; it uses state up, and is free.
const TIGHTENS: Policy = Policy::tightening(Signer::PatientKey).by_proxy(Proxy::Tightening);
/// The same, but that it takes state up, and is not free.
const DENIES: Policy = TIGHTENS.paid_by(Fee::Sponsored(Payer::Patient));
/// Any live key makes it, and no helper: it cuts the patient off from care at large, and a helper closes one door, not all.
const CUTS_OFF: Policy = Policy::tightening(Signer::PatientKey);
/// Only the patient's own key makes it.
const LOOSENS: Policy = Policy::loosening(Signer::PatientKey, Payer::Patient);
/// Anybody may let time take effect.
const BY_TIME: Policy =
	Policy::new(PolicyEffect::Professional, Signer::Anybody, Fee::Sponsored(Payer::Patient))
		.by_proxy(Proxy::Records);

impl<T: Config> CallPolicy<<T as frame_system::Config>::RuntimeCall> for Call<T> {
	type AccountId = T::AccountId;

	policies! {
		permit => LOOSENS,
		deny => DENIES,
		revoke => TIGHTENS,
		lift => LOOSENS,
		veto_purpose => TIGHTENS,
		lift_veto => LOOSENS,
		apply_lift => BY_TIME,
		cancel_lift => TIGHTENS.answers(&[Clock::Lift]),
		request_access => Policy::staff().by_proxy(Proxy::Records),
		// Pausable, though the request lapses meanwhile: what is not approved is not let in, the organisation asks
		// again, and a flaw in how a request becomes a permit must have a brake.
		approve => LOOSENS,
		decline => TIGHTENS.answers(&[Clock::AccessRequest]),
		expire_request => BY_TIME,
		block_requester => DENIES,
		unblock_requester => LOOSENS,
		set_base_decision => CUTS_OFF,
		relax_base_decision => LOOSENS,
	}

	fn names(&self) -> Names<T::AccountId> {
		match self {
			Self::permit { grantee, access: Access { scope, .. } }
			| Self::deny { grantee, scope, .. } => of_grantee(grantee, scope.labels),
			Self::request_access { organisation, access, .. } => {
				Names { labels: access.scope.labels, ..Names::org(*organisation) }.tied_to_patient()
			},
			// The state has patient and organisation under the request. Where that was flagged since, the
			// pallet refuses.
			Self::approve { access, .. } => {
				Names { labels: access.scope.labels, ..Names::nobody() }
			},
			Self::block_requester { organisation } | Self::unblock_requester { organisation } => {
				Names::org(*organisation).tied_to_patient()
			},
			// The lift of a block names the organisation by its own number. Towards a flagged one none is applied, so
			// there is none to call off: the block stays.
			Self::apply_lift { target: LiftTarget::Requester(org), .. }
			| Self::cancel_lift { target: LiftTarget::Requester(org) } => Names::org(*org).tied_to_patient(),
			// Anybody makes these, and names the patient.
			Self::apply_lift { .. } | Self::expire_request { .. } => {
				Names::nobody().tied_to_patient()
			},
			Self::cancel_lift { .. }
			| Self::revoke { .. }
			| Self::lift { .. }
			| Self::veto_purpose { .. }
			| Self::lift_veto { .. }
			| Self::decline { .. }
			| Self::set_base_decision { .. }
			| Self::relax_base_decision { .. } => Names::nobody(),
			Self::__Ignore(_, never) => match *never {},
		}
	}
}

/// What a patient's directive says in plain.
fn of_grantee<AccountId: Clone>(
	grantee: &Grantee<AccountId>,
	labels: LabelSet,
) -> Names<AccountId> {
	let names = match grantee {
		Grantee::Any => Names::nobody(),
		Grantee::Organisation(org) => Names::org(*org),
		Grantee::RoleAt(org, role) => Names { role: Some(*role), ..Names::org(*org) },
		Grantee::PractitionerAt(who, org) => {
			Names { practitioner: Some(who.clone()), ..Names::org(*org) }
		},
		Grantee::Practitioner(who) => Names { practitioner: Some(who.clone()), ..Names::nobody() },
	};
	Names { labels, ..names }.tied_to_patient()
}
