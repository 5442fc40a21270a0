//! What the calls of this pallet are: who makes them, who pays, what may stop them.

use crate::{Call, Config};
use salus_primitives::{
	policies,
	policy::{CallPolicy, Clock, Effect, Fee, Names, Payer, Policy, Proxy, Signer},
};

/// Any live key makes it, and a helper may; it uses state up, and is free.
const TIGHTENS: Policy = Policy::tightening(Signer::PatientKey).by_proxy(Proxy::Tightening);
/// Somebody in danger cannot wait: never paused, open in safe mode, and paid from budgets of their own where the ordinary
/// ones are used up. In person: who looked, and who judged it, are told apart by their accounts, so that one signer
/// must not act as two by a derived account, a proxy or a multisignature.
const EMERGENCY: Policy = Policy::staff()
	.paid_by(Fee::Sponsored(Payer::OrganisationInEmergency))
	.never_paused()
	.in_safe_mode()
	.in_person();

impl<T: Config> CallPolicy<<T as frame_system::Config>::RuntimeCall> for Call<T> {
	type AccountId = T::AccountId;

	policies! {
		break_glass => EMERGENCY,
		break_glass_late => EMERGENCY,
		review => Policy::staff().answers(&[Clock::EmergencyReview]).in_person(),
		dispute => TIGHTENS.answers(&[Clock::EmergencyDispute]),
		rule => Policy::staff().never_paused().in_safe_mode().in_person(),
		// It can cut off care, so no helper makes it.
		set_advance_directive => Policy::tightening(Signer::PatientKey),
		relax_advance_directive => Policy::loosening(Signer::PatientKey, Payer::Patient),
		apply_relaxation =>
			Policy::new(Effect::Professional, Signer::Anybody, Fee::Sponsored(Payer::Patient))
				.by_proxy(Proxy::Records),
		cancel_relaxation => TIGHTENS.answers(&[Clock::Lift]),
	}

	fn names(&self) -> Names<T::AccountId> {
		match self {
			// The only call that ties a patient to an organisation whose very name says something about its patients:
			// a refused emergency harms, and nobody chooses where it happens.
			Self::break_glass { organisation, .. } => Names::org(*organisation),
			// It lets nothing, so that nobody is harmed where it is refused.
			Self::break_glass_late { organisation, .. } => {
				Names::org(*organisation).tied_to_patient()
			},
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
