//! What the calls of this pallet are: who makes them, who pays, what may stop them.

use crate::{Call, Config};
use salus_primitives::{
	policies,
	policy::{CallPolicy, Clock, Effect, Fee, Names, Payer, Policy, Proxy, Signer},
};

/// Any live key makes it, and a helper may; it uses state up, and is free.
const TIGHTENS: Policy = Policy::tightening(Signer::PatientKey).by_proxy(Proxy::Tightening);
/// Somebody in danger cannot wait: never paused, and open in safe mode. In person, so by no proxy but one for all.
const EMERGENCY: Policy = Policy::staff().never_paused().in_safe_mode();

impl<T: Config> CallPolicy<<T as frame_system::Config>::RuntimeCall> for Call<T> {
	type AccountId = T::AccountId;

	policies! {
		break_glass => EMERGENCY,
		break_glass_late => EMERGENCY,
		review => Policy::staff().answers(&[Clock::EmergencyReview]),
		dispute => TIGHTENS.answers(&[Clock::EmergencyDispute]),
		rule => Policy::staff().never_paused().in_safe_mode(),
		set_advance_directive => TIGHTENS,
		relax_advance_directive => Policy::loosening(Signer::PatientKey, Payer::Patient),
		apply_relaxation =>
			Policy::new(Effect::Professional, Signer::Anybody, Fee::Sponsored(Payer::Patient))
				.by_proxy(Proxy::Records),
		cancel_relaxation => TIGHTENS.answers(&[Clock::Lift]),
	}

	fn names(&self) -> Names<T::AccountId> {
		match self {
			// The only calls that tie a patient to an organisation whose very name says something about its patients:
			// a refused emergency harms, and nobody chooses where it happens.
			Self::break_glass { organisation, .. }
			| Self::break_glass_late { organisation, .. } => Names::org(*organisation),
			// The state has patient and organisation under the number; this is for whom the signer acts.
			Self::review { acting_for, .. } | Self::rule { acting_for, .. } => {
				Names::org(*acting_for)
			},
			// Anybody makes it, and names the patient.
			Self::apply_relaxation { .. } => Names::nobody().tied_to_patient(),
			Self::dispute { .. }
			| Self::set_advance_directive { .. }
			| Self::relax_advance_directive { .. }
			| Self::cancel_relaxation {} => Names::nobody(),
			Self::__Ignore(_, never) => match *never {},
		}
	}
}
