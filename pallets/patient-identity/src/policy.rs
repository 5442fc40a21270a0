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

impl<T: Config> CallPolicy<<T as frame_system::Config>::RuntimeCall> for Call<T> {
	type AccountId = T::AccountId;

	policies! {
		// Who registers itself has tokens.
		register => LOOSENS.paid_by(Fee::Own),
		register_for => Policy::staff().by_proxy(Proxy::NonTransfer),
		add_key => LOOSENS,
		cancel_pending_key => TIGHTENS.answers(&[Clock::KeyAddition]),
		remove_key => LOOSENS,
		cancel_key_removal => TIGHTENS.answers(&[Clock::KeyRemoval]),
		rotate_agreement_key => LOOSENS,
		cancel_rotation => TIGHTENS.answers(&[Clock::AgreementKeyRotation]),
		freeze => TIGHTENS.answers(&[
			Clock::KeyAddition,
			Clock::KeyRemoval,
			Clock::AgreementKeyRotation,
			Clock::Retirement,
			Clock::Lift,
		]),
		unfreeze => LOOSENS,
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
			| Self::complete_retirement { .. }
			| Self::remove_own_key { .. } => Names::nobody(),
			Self::__Ignore(_, never) => match *never {},
		}
	}
}
