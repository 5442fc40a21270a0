//! What the calls of this pallet are: who makes them, who pays, what may stop them.

use crate::{Call, Config};
use salus_primitives::{
	policies,
	policy::{CallPolicy, Clock, Effect, Fee, Names, Payer, Policy, Proxy, Signer},
};

/// Any live key makes it, and a helper may.
const TIGHTENS: Policy = Policy::tightening(Signer::PatientKey).by_proxy(Proxy::Tightening);
/// It changes who controls the handle, and only the patient's own key makes it.
const LOOSENS: Policy = Policy::loosening(Signer::PatientKey, Payer::Patient);
/// The same, and by it a patient takes control back from whoever has a key of it. It waits, and meanwhile other keys can stop it.
const RECOVERS: Policy = LOOSENS.never_paused();

impl<T: Config> CallPolicy<<T as frame_system::Config>::RuntimeCall> for Call<T> {
	type AccountId = T::AccountId;

	policies! {
		// Who registers itself has tokens.
		register => LOOSENS.paid_by(Fee::Own),
		register_for => Policy::staff().by_proxy(Proxy::NonTransfer),
		add_key => RECOVERS,
		cancel_pending_key => TIGHTENS.answers(&[Clock::KeyAddition]),
		// In safe mode too: else a stolen key could look at everything until that is over.
		remove_key => RECOVERS.in_safe_mode(),
		cancel_key_removal => TIGHTENS.answers(&[Clock::KeyRemoval]),
		rotate_agreement_key => RECOVERS,
		cancel_rotation => TIGHTENS.answers(&[Clock::AgreementKeyRotation]),
		freeze => TIGHTENS.answers(&[
			Clock::KeyAddition,
			Clock::KeyRemoval,
			Clock::AgreementKeyRotation,
			Clock::Retirement,
			Clock::Lift,
		]),
		unfreeze => RECOVERS,
		cancel_unfreeze => TIGHTENS.answers(&[Clock::Unfreezing]),
		retire => LOOSENS,
		cancel_retirement => TIGHTENS.answers(&[Clock::Retirement]),
		complete_retirement =>
			Policy::new(Effect::Neutral, Signer::Anybody, Fee::Sponsored(Payer::Patient))
				.by_proxy(Proxy::NonTransfer),
		// It stays removed when the helper is gone, and leaves the handle to whoever holds the other keys. A
		// helper that is worried freezes.
		remove_own_key => Policy::tightening(Signer::PatientKey),
	}

	fn names(&self) -> Names<T::AccountId> {
		match self {
			Self::register_for { org, .. } => Names::org(*org).tied_to_patient(),
			// Anybody makes it, and names the patient.
			Self::complete_retirement { .. } => Names::nobody().tied_to_patient(),
			Self::register { .. }
			| Self::add_key { .. }
			| Self::cancel_pending_key { .. }
			| Self::remove_key { .. }
			| Self::cancel_key_removal { .. }
			| Self::rotate_agreement_key { .. }
			| Self::cancel_rotation { .. }
			| Self::freeze { .. }
			| Self::unfreeze { .. }
			| Self::cancel_unfreeze { .. }
			| Self::retire { .. }
			| Self::cancel_retirement { .. }
			| Self::remove_own_key { .. } => Names::nobody(),
			Self::__Ignore(_, never) => match *never {},
		}
	}
}
