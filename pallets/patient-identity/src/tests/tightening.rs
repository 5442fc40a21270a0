//! Free calls: those that tighten, exactly when they take effect.

use super::*;
use crate::Call;
use frame_support::{dispatch::CheckIfFeeless, traits::UnfilteredDispatchable};

fn is_free(call: &Call<Test>, by: &Wallet) -> bool {
	call.is_feeless(&signed(&by.account()))
}

/// Free once for each of `by`, then neither free nor effective.
fn once(call: Call<Test>, by: &Wallet) {
	assert!(is_free(&call, by), "{call:?}");
	assert_ok!(call.clone().dispatch_bypass_filter(signed(&by.account())));
	assert!(!is_free(&call, by), "{call:?}");
	assert!(call.dispatch_bypass_filter(signed(&by.account())).is_err());
}

#[test]
fn each_tightening_call_is_free_once() {
	build_and_execute(|| {
		let (first, _) = registered(1);
		let view = added(&first, 2, VIEW);
		let second = added(&first, 5, AUTHENTICATION);
		let leaving = added(&first, 4, AUTHENTICATION);
		let by = signed(&first.account());
		let pending = Wallet::new(3);

		assert_ok!(add(&first, &pending, VIEW));
		once(Call::cancel_pending_key { key: pending.account() }, &view);
		assert_ok!(remove(&first, &leaving));
		assert!(!is_free(&Call::cancel_key_removal { key: leaving.account() }, &leaving));
		assert!(!is_free(&Call::cancel_key_removal { key: leaving.account() }, &view));
		once(Call::cancel_key_removal { key: leaving.account() }, &second);
		assert_ok!(PatientIdentity::rotate_agreement_key(by.clone(), AGREEMENT));
		once(Call::cancel_rotation {}, &view);
		assert_ok!(PatientIdentity::retire(by.clone()));
		once(Call::cancel_retirement {}, &view);
		once(Call::freeze {}, &view);
		assert_ok!(PatientIdentity::unfreeze(by.clone()));
		assert!(!is_free(&Call::cancel_unfreeze {}, &view));
		once(Call::cancel_unfreeze {}, &second);
		// A removal that is left pending is what a second freeze uses up.
		assert_ok!(PatientIdentity::remove_key(by, view.account()));
		assert!(!is_free(&Call::freeze {}, &view));
		once(Call::freeze {}, &second);
		once(Call::remove_own_key {}, &view);
	});
}

#[test]
fn what_would_fail_or_loosen_is_not_free() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		let view = added(&first, 2, VIEW);
		let stranger = Wallet::new(99);
		let key = view.account();
		let calls = [
			Call::register { agreement_key: AGREEMENT },
			Call::cancel_pending_key { key: key.clone() },
			Call::remove_key { key: key.clone() },
			Call::remove_own_key {},
			Call::cancel_key_removal { key: key.clone() },
			Call::rotate_agreement_key { agreement_key: AGREEMENT },
			Call::cancel_rotation {},
			Call::unfreeze {},
			Call::cancel_unfreeze {},
			Call::retire {},
			Call::cancel_retirement {},
			Call::complete_retirement { patient: id },
		];
		for call in &calls {
			assert!(!is_free(call, &first), "{call:?}");
		}
		// The last authentication key does not leave, and a stranger has nothing to tighten.
		assert!(!is_free(&Call::remove_own_key {}, &first));
		for call in calls.iter().chain([&Call::freeze {}]) {
			assert!(!is_free(call, &stranger), "{call:?}");
			assert!(!call.is_feeless(&RuntimeOrigin::none()), "{call:?}");
			assert!(!call.is_feeless(&RuntimeOrigin::root()), "{call:?}");
		}
	});
}

#[test]
fn every_live_key_can_tighten_whatever_it_is_for() {
	for (seed, purpose) in (2..).zip(KeyPurpose::ALL) {
		build_and_execute(|| {
			let (first, id) = registered(1);
			let key = added(&first, seed, KeyPurposeSet::of(&[*purpose]));
			assert_ok!(freeze(&key));
			assert_eq!(state(&id), PatientState::Frozen);
			assert_ok!(remove(&key, &key));
		});
	}
}
