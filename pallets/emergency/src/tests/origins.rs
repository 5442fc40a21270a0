//! Every call with every wrong origin.

use super::*;
use frame_support::traits::GetCallName;
use sp_runtime::{traits::Dispatchable, DispatchError};
use std::collections::BTreeSet;

/// Every call, good if its signer is the right one; and what it says to a stranger.
fn table() -> Vec<(Call<Test>, DispatchError)> {
	let not_authorised = || PalletError::NotAuthorised.into();
	let (organisation, patient, acting_for) = (HOSPITAL, PATIENT, AUDITORS);
	let (reason, classes) = (EmergencyReason::UrgentCare, DataClassSet::ALL);
	let (detail, happened_at) = (Commitment::zero(), now());
	let finding = Finding::Justified;
	vec![
		(Call::break_glass { organisation, patient, reason, classes, detail }, not_authorised()),
		(
			Call::break_glass_late { organisation, patient, reason, classes, happened_at, detail },
			not_authorised(),
		),
		(Call::review { acting_for, emergency: 1, finding }, not_authorised()),
		(Call::dispute { emergency: 0 }, not_authorised()),
		(Call::rule { acting_for, emergency: 2, finding }, not_authorised()),
		(Call::set_advance_directive { value: AdvanceDirective::NoEmergency }, not_authorised()),
		(Call::relax_advance_directive { value: AdvanceDirective::Unrestricted }, not_authorised()),
		(Call::cancel_relaxation {}, not_authorised()),
		// Anyone may, once there is something to do.
		(Call::apply_relaxation { patient }, PalletError::TooEarly.into()),
	]
}

#[test]
fn every_call_refuses_every_wrong_origin() {
	build_and_execute(|| {
		let id = broken();
		assert_ok!(review(OFFICER, HOSPITAL, id, Finding::Justified));
		assert_ok!(break_glass(SPECIALIST, CLINIC));
		hire(HOSPITAL, 104, Role::Clinician);
		assert_ok!(break_glass(104, HOSPITAL));
		assert_ok!(review(OFFICER, HOSPITAL, 2, Finding::Justified));
		assert_ok!(Glass::dispute(signed(WALLET), 2));
		set_advance(AdvanceDirective::NoLabelled);
		assert_ok!(Glass::relax_advance_directive(signed(WALLET), AdvanceDirective::Unrestricted));

		let mut tested = BTreeSet::new();
		for (call, to_a_stranger) in table() {
			tested.insert(call.get_call_name());
			let call = RuntimeCall::Glass(call);
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
