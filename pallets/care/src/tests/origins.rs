//! Every call with every wrong origin.

use super::*;
use frame_support::traits::GetCallName;
use sp_runtime::{traits::Dispatchable, DispatchError};
use std::collections::BTreeSet;

/// Every call, good if its signer is the right one; and what it says to a stranger.
fn table() -> Vec<(Call<Test>, DispatchError)> {
	let not_authorised = || PalletError::NotAuthorised.into();
	let (until, expiry, kind) = (now() + DAY, now() + HOUR, RelationshipKind::Admission);
	let signature = || TestSignature(WALLET, vec![]);
	let towards = Towards::Organisation(CLINIC);
	vec![
		(Call::invite { organisation: HOSPITAL, until }, not_authorised()),
		(Call::withdraw_invitation { invitation: 1 }, not_authorised()),
		(Call::open { organisation: HOSPITAL, patient: PATIENT, kind, until }, not_authorised()),
		(
			Call::open_for {
				organisation: HOSPITAL,
				key: WALLET,
				kind,
				until,
				id: 1,
				block: 0,
				expiry,
				signature: signature(),
			},
			not_authorised(),
		),
		(
			Call::refer {
				from: HOSPITAL,
				to: CLINIC,
				key: WALLET,
				until,
				id: 0,
				block: 0,
				expiry,
				signature: signature(),
			},
			not_authorised(),
		),
		(Call::end { relationship: 0 }, not_authorised()),
		(Call::leave { relationship: 0 }, not_authorised()),
		(Call::end_for { organisation: HOSPITAL, relationship: 0 }, not_authorised()),
		(Call::opt_out {}, not_authorised()),
		(Call::opt_out_of { organisation: HOSPITAL }, not_authorised()),
		(Call::opt_in { towards }, not_authorised()),
		(Call::cancel_opt_in { towards }, not_authorised()),
		// Anyone may, once there is something to do.
		(Call::apply_opt_in { patient: PATIENT, towards }, PalletError::TooEarly.into()),
	]
}

#[test]
fn every_call_refuses_every_wrong_origin() {
	build_and_execute(|| {
		open();
		invite(HOSPITAL);
		assert_ok!(Care::opt_out_of(signed(WALLET), CLINIC));
		assert_ok!(Care::opt_in(signed(WALLET), Towards::Organisation(CLINIC)));

		let refused = |call: RuntimeCall, origin, error| {
			let before = sp_io::storage::root(sp_runtime::StateVersion::V1);
			let refused = call.clone().dispatch(origin).expect_err("a wrong origin");
			let after = sp_io::storage::root(sp_runtime::StateVersion::V1);
			assert_eq!(before, after, "{call:?} left something behind");
			assert_eq!(refused.error, error, "{call:?}");
		};
		let mut tested = BTreeSet::new();
		for (call, to_a_stranger) in table() {
			tested.insert(call.get_call_name());
			let call = RuntimeCall::Care(call);
			for (origin, error) in [
				(RuntimeOrigin::root(), DispatchError::BadOrigin),
				(RuntimeOrigin::none(), DispatchError::BadOrigin),
				(signed(STRANGER), to_a_stranger),
			] {
				refused(call.clone(), origin, error);
			}
		}
		// Root's, and nobody else's.
		let call = Call::set_policy { policy: CarePolicy::CareTeam };
		tested.insert(call.get_call_name());
		for origin in [RuntimeOrigin::none(), signed(STRANGER), signed(HOSPITAL_ADMIN)] {
			refused(RuntimeCall::Care(call.clone()), origin, DispatchError::BadOrigin);
		}
		let all: BTreeSet<_> = Call::<Test>::get_call_names().iter().copied().collect();
		assert_eq!(tested, all, "the table has every call");
	});
}

#[test]
fn a_key_for_viewing_tightens_and_never_loosens() {
	build_and_execute(|| {
		assert_noop!(
			Care::invite(signed(VIEWER), HOSPITAL, now() + DAY),
			PalletError::NotAuthorised
		);
		assert_ok!(Care::opt_out(signed(VIEWER)));
		assert_noop!(Care::opt_in(signed(VIEWER), Towards::Everybody), PalletError::NotAuthorised);
		end_key(VIEWER);
		assert_noop!(Care::opt_out_of(signed(VIEWER), CLINIC), PalletError::NotAuthorised);
	});
}
