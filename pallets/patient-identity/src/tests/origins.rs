//! Every call, sent by whoever must not send it.

use super::*;
use crate::Call;
use frame_support::traits::{GetCallIndex, GetCallName, UnfilteredDispatchable};
use sp_runtime::{DispatchError, DispatchError::BadOrigin};

/// Every call, with what a signed stranger gets; `None` where anybody may.
fn calls(id: PatientId, first: &Wallet) -> Vec<(Call<Test>, Option<DispatchError>)> {
	let (new, expiry) = (Wallet::new(201), now() + 1);
	let key = new.account();
	let not_a_key = Some(Error::<Test>::NotAKey.into());
	let registration = registration(&new, HOSPITAL, expiry);
	let addition = new.sign(&messages::add_key(&GENESIS, &id, &key, VIEW, expiry));
	let own = first.account();
	vec![
		(Call::register { agreement_key: AGREEMENT }, None),
		(
			Call::register_for {
				org: HOSPITAL,
				key: key.clone(),
				agreement_key: AGREEMENT,
				expiry,
				signature: registration,
			},
			Some(Error::<Test>::NotAuthorised.into()),
		),
		(Call::add_key { key, purposes: VIEW, expiry, signature: addition }, not_a_key),
		(Call::cancel_pending_key { key: own.clone() }, not_a_key),
		(Call::remove_key { key: own.clone() }, not_a_key),
		(Call::cancel_key_removal { key: own }, not_a_key),
		(Call::rotate_agreement_key { agreement_key: AGREEMENT }, not_a_key),
		(Call::cancel_rotation {}, not_a_key),
		(Call::freeze {}, not_a_key),
		(Call::unfreeze {}, not_a_key),
		(Call::cancel_unfreeze {}, not_a_key),
		(Call::retire {}, not_a_key),
		(Call::cancel_retirement {}, not_a_key),
		(Call::complete_retirement { patient: id }, None),
		(Call::remove_own_key {}, not_a_key),
	]
}

#[test]
fn root_and_nobody_have_no_call() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		for (call, _) in calls(id, &first) {
			for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
				assert_noop!(call.clone().dispatch_bypass_filter(origin), BadOrigin);
			}
		}
	});
}

#[test]
fn a_stranger_and_a_key_of_another_handle_move_nothing() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		let (other, _) = registered(2);
		let before = Patients::<Test>::get(id);
		for (call, refusal) in calls(id, &first) {
			let Some(error) = refusal else { continue };
			let stranger = signed(&Wallet::new(99).account());
			let refused = call.clone().dispatch_bypass_filter(stranger).unwrap_err();
			assert_eq!(refused.error, error, "{}", call.get_call_name());
			// A key's call concerns its own handle alone, so no other is in its reach.
			let _ = call.dispatch_bypass_filter(signed(&other.account()));
			assert_eq!(Patients::<Test>::get(id), before);
		}
	});
}

#[test]
fn a_key_that_has_ended_moves_nothing() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		let gone = added(&first, 3, KeyPurposeSet::ALL);
		assert_ok!(remove(&gone, &gone));
		for (call, refusal) in calls(id, &first) {
			let Some(error) = refusal else { continue };
			let refused = call.dispatch_bypass_filter(signed(&gone.account())).unwrap_err();
			assert_eq!(refused.error, error);
		}
	});
}

#[test]
fn the_table_has_every_call_and_the_indices_are_kept() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		let calls = calls(id, &first);
		assert_eq!(
			calls.iter().map(|(call, _)| call.get_call_name()).collect::<Vec<_>>(),
			Call::<Test>::get_call_names()
		);
		assert_eq!(
			calls.iter().map(|(call, _)| call.get_call_index()).collect::<Vec<_>>(),
			(0..15).collect::<Vec<u8>>()
		);
	});
}
