//! Every call with every wrong origin.

use super::*;
use frame_support::traits::GetCallName;
use sp_runtime::{traits::Dispatchable, DispatchError};
use std::collections::BTreeSet;

#[test]
fn every_call_refuses_every_wrong_origin() {
	build_and_execute(|| {
		commit(10);
		let day = today();
		pass(DAY);
		commit(10);
		let table: Vec<Call<Test>> = vec![
			Call::commit {
				organisation: HOSPITAL,
				seq_from: 20,
				seq_until: 20,
				root: empty_root(),
				previous: head(HOSPITAL),
			},
			Call::attest_reconciled {
				organisation: HOSPITAL,
				counterparty: CLINIC,
				day,
				counts: COUNTS,
			},
			Call::begin_anew { organisation: HOSPITAL, previous: heads::origin() },
		];
		let mut tested = BTreeSet::new();
		for call in table {
			tested.insert(call.get_call_name());
			wait();
			let call = match call {
				Call::begin_anew { organisation, .. } => {
					Call::begin_anew { organisation, previous: head(HOSPITAL) }
				},
				call => call,
			};
			let call = RuntimeCall::Log(call);
			for (origin, error) in [
				(RuntimeOrigin::root(), DispatchError::BadOrigin),
				(RuntimeOrigin::none(), DispatchError::BadOrigin),
				(signed(STRANGER), PalletError::NotAuthorised.into()),
				(signed(CLINICIAN), PalletError::NotAuthorised.into()),
			] {
				let before = sp_io::storage::root(sp_runtime::StateVersion::V1);
				let refused = call.clone().dispatch(origin).expect_err("a wrong origin");
				let after = sp_io::storage::root(sp_runtime::StateVersion::V1);
				assert_eq!(before, after, "{call:?} left something behind");
				assert_eq!(refused.error, error, "{call:?}");
			}
			assert_ok!(call.dispatch(signed(STEWARD)));
		}
		let all: BTreeSet<_> = Call::<Test>::get_call_names().iter().copied().collect();
		assert_eq!(tested, all, "the table has every call");
	});
}
