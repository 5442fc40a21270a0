//! Every call with every wrong origin.

use super::*;
use frame_support::traits::GetCallName;
use sp_runtime::{traits::Dispatchable, DispatchError};
use std::collections::BTreeSet;

#[test]
fn every_call_refuses_every_wrong_origin() {
	build_and_execute(|| {
		revoke(0, HOSPITAL);
		revoke(1, HOSPITAL);
		pass(DEADLINE);
		let (organisation, patient) = (HOSPITAL, PATIENT);
		let not_authorised: Option<DispatchError> = Some(PalletError::NotAuthorised.into());
		// What a stranger and a clinician are told; anybody may mark.
		let table: Vec<(Call<Test>, Option<DispatchError>)> = vec![
			(Call::acknowledge { organisation, patient, directive: 0 }, not_authorised),
			(Call::mark_overdue { patient, directive: 1 }, None),
		];
		let mut tested = BTreeSet::new();
		for (call, told) in table {
			tested.insert(call.get_call_name());
			let call = RuntimeCall::Acknowledgement(call);
			let mut wrong = vec![
				(RuntimeOrigin::root(), DispatchError::BadOrigin),
				(RuntimeOrigin::none(), DispatchError::BadOrigin),
			];
			if let Some(error) = told {
				wrong.extend([(signed(STRANGER), error), (signed(CLINICIAN), error)]);
			}
			for (origin, error) in wrong {
				let before = sp_io::storage::root(sp_runtime::StateVersion::V1);
				let refused = call.clone().dispatch(origin).expect_err("a wrong origin");
				let after = sp_io::storage::root(sp_runtime::StateVersion::V1);
				assert_eq!(before, after, "{call:?} left something behind");
				assert_eq!(refused.error, error, "{call:?}");
			}
			assert_ok!(call.dispatch(signed(if told.is_some() { STEWARD } else { STRANGER })));
		}
		let all: BTreeSet<_> = Call::<Test>::get_call_names().iter().copied().collect();
		assert_eq!(tested, all, "the table has every call");
	});
}
