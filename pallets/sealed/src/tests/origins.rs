//! Every call with every wrong origin.

use super::*;
use frame_support::traits::GetCallName;
use sp_runtime::{traits::Dispatchable, DispatchError};
use std::collections::BTreeSet;

/// Every call, good if its signer is the right one; and what it says to a stranger.
fn table() -> Vec<(Call<Test>, DispatchError)> {
	let not_authorised = || PalletError::NotAuthorised.into();
	let (sealed, commitment, until) = (3, commitment(), end(1));
	vec![
		(Call::permit_sealed { sealed, commitment, until }, not_authorised()),
		(Call::deny_sealed { sealed, commitment, until }, not_authorised()),
		(Call::revoke { sealed: 0 }, not_authorised()),
		(Call::lift { sealed: 2 }, not_authorised()),
		(Call::cancel_lift { sealed: 1 }, not_authorised()),
		// Anyone may, once there is something to do.
		(Call::apply_lift { patient: PATIENT, sealed: 1 }, PalletError::TooEarly.into()),
	]
}

#[test]
fn every_call_refuses_every_wrong_origin() {
	build_and_execute(|| {
		permit();
		deny();
		deny();
		assert_ok!(Sealed::lift(signed(WALLET), 1));
		let mut tested = BTreeSet::new();
		for (call, to_a_stranger) in table() {
			tested.insert(call.get_call_name());
			let call = RuntimeCall::Sealed(call);
			for (origin, error) in [
				(RuntimeOrigin::root(), DispatchError::BadOrigin),
				(RuntimeOrigin::none(), DispatchError::BadOrigin),
				(signed(STRANGER), to_a_stranger),
			] {
				let before = sp_io::storage::root(sp_runtime::StateVersion::V1);
				let refused = call.clone().dispatch(origin).expect_err("a wrong origin");
				let after = sp_io::storage::root(sp_runtime::StateVersion::V1);
				assert_eq!(before, after, "{call:?} left something behind");
				assert_eq!(refused.error, error, "{call:?}");
			}
		}
		let all: BTreeSet<_> = Call::<Test>::get_call_names().iter().copied().collect();
		assert_eq!(tested, all, "the table has every call");
	});
}
