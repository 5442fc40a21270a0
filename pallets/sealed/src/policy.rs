//! What the calls of this pallet are: who makes them, who pays, what may stop them. None of them names an
//! organisation, a person or a label, and none is made for an organisation or at its expense.

use crate::{Call, Config};
use salus_primitives::{
	policies,
	policy::{CallPolicy, Clock, Effect, Fee, Names, Payer, Policy, Proxy, Signer},
};

/// Any live key makes it, and a helper may; it uses state up, and is free.
const TIGHTENS: Policy = Policy::tightening(Signer::PatientKey).by_proxy(Proxy::Tightening);
/// Any live key makes it, and no helper: what nobody opens shuts all labelled data, and a helper closes one door, not all.
const SHUTS: Policy =
	Policy::tightening(Signer::PatientKey).paid_by(Fee::Sponsored(Payer::Patient));
/// Only the patient's own key makes it.
const LOOSENS: Policy = Policy::loosening(Signer::PatientKey, Payer::Patient);

impl<T: Config> CallPolicy<<T as frame_system::Config>::RuntimeCall> for Call<T> {
	type AccountId = T::AccountId;

	policies! {
		permit_sealed => LOOSENS,
		deny_sealed => SHUTS,
		revoke => TIGHTENS,
		lift => LOOSENS,
		// Anybody may let time take effect.
		apply_lift =>
			Policy::new(Effect::Professional, Signer::Anybody, Fee::Sponsored(Payer::Patient))
				.by_proxy(Proxy::Records),
		cancel_lift => TIGHTENS.answers(&[Clock::Lift]),
	}

	fn names(&self) -> Names<T::AccountId> {
		match self {
			// Anybody makes it, and names the patient.
			Self::apply_lift { .. } => Names::nobody().tied_to_patient(),
			Self::permit_sealed { .. }
			| Self::deny_sealed { .. }
			| Self::revoke { .. }
			| Self::lift { .. }
			| Self::cancel_lift { .. } => Names::nobody(),
			Self::__Ignore(_, never) => match *never {},
		}
	}
}
