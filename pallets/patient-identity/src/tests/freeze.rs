//! Freezing and unfreezing.

use super::*;
use salus_primitives::traits::Patients as _;

#[test]
fn any_live_key_freezes_at_once() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		let view = added(&first, 2, VIEW);
		assert_ok!(freeze(&view));
		assert_eq!(events(), [Event::Frozen { patient: id, by: view.account() }]);
		assert_eq!(PatientIdentity::state(&id), Some((PatientState::Frozen, now())));
		assert_eq!(PatientIdentity::last_left_active(&id), Some(now()));
		assert_noop!(freeze(&first), Error::<Test>::AlreadyFrozen);
		assert_noop!(freeze(&Wallet::new(9)), Error::<Test>::NotAKey);
	});
}

#[test]
fn a_freeze_drops_everything_pending_and_nothing_else() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		let second = added(&first, 5, AUTHENTICATION);
		let view = added(&first, 2, VIEW);
		let gone = added(&first, 3, VIEW);
		assert_ok!(remove(&first, &gone));
		advance(KEY_DELAY);
		let pending = Wallet::new(4);
		assert_ok!(add(&first, &pending, AUTHENTICATION));
		assert_ok!(remove(&first, &view));
		assert_ok!(PatientIdentity::rotate_agreement_key(signed(&first.account()), AGREEMENT));
		assert_ok!(PatientIdentity::retire(signed(&first.account())));
		events();
		assert_ok!(freeze(&second));
		let by = second.account();
		assert_eq!(
			events(),
			[
				Event::Frozen { patient: id, by: by.clone() },
				Event::KeyRemovalCancelled { patient: id, key: view.account(), by: by.clone() },
				Event::PendingKeyCancelled { patient: id, key: pending.account(), by: by.clone() },
				Event::RotationCancelled { patient: id, by: by.clone() },
				Event::RetirementCancelled { patient: id, by },
			]
		);
		advance(10 * RETIREMENT_DELAY);
		assert!(is_live(&first) && is_live(&second) && is_live(&view));
		assert!(!is_live(&gone) && !is_live(&pending));
		let document = PatientIdentity::resolve(&id).unwrap();
		assert_eq!(document.agreement_key.value, [1; 32]);
		assert_eq!((document.retires_from, document.next_agreement_key), (None, None));
		assert_noop!(
			PatientIdentity::complete_retirement(signed(&first.account()), id),
			Error::<Test>::NoRetirementPending
		);
		// The ended key is kept, the cancelled one forgotten.
		assert!(Keys::<Test>::get(gone.account()).is_some());
		assert!(Keys::<Test>::get(pending.account()).is_none());
	});
}

#[test]
fn a_frozen_handle_loosens_nothing() {
	build_and_execute(|| {
		let (first, _) = registered(1);
		let (view, second) = (added(&first, 2, VIEW), added(&first, 4, AUTHENTICATION));
		assert_ok!(freeze(&first));
		assert_noop!(add(&first, &Wallet::new(3), VIEW), Error::<Test>::NotActive);
		assert_noop!(remove(&first, &second), Error::<Test>::NotActive);
		assert_noop!(
			PatientIdentity::rotate_agreement_key(signed(&first.account()), AGREEMENT),
			Error::<Test>::NotActive
		);
		assert_noop!(PatientIdentity::retire(signed(&first.account())), Error::<Test>::NotActive);
		// A key still removes itself.
		assert_ok!(remove(&view, &view));
	});
}

#[test]
fn unfreezing_takes_effect_after_the_delay_by_itself() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		assert_noop!(unfreeze(&first), Error::<Test>::NotFrozen);
		assert_ok!(freeze(&first));
		advance(10);
		events();
		let from = now() + UNFREEZE_DELAY;
		assert_ok!(unfreeze(&first));
		assert_eq!(events(), [Event::UnfreezeRequested { patient: id, from, by: first.account() }]);
		assert_noop!(unfreeze(&first), Error::<Test>::UnfreezePending);
		assert_noop!(freeze(&first), Error::<Test>::AlreadyFrozen);
		set_now(from - 1);
		assert_eq!(state(&id), PatientState::Frozen);
		assert_eq!(PatientIdentity::resolve(&id).unwrap().active_from, Some(from));
		assert_noop!(add(&first, &Wallet::new(2), VIEW), Error::<Test>::NotActive);
		set_now(from);
		assert_eq!(PatientIdentity::state(&id), Some((PatientState::Active, from)));
		assert_eq!(PatientIdentity::resolve(&id).unwrap().active_from, None);
		assert_eq!(PatientIdentity::last_left_active(&id), Some(START));
		assert_ok!(add(&first, &Wallet::new(2), VIEW));
		assert_noop!(unfreeze(&first), Error::<Test>::NotFrozen);
		assert_ok!(freeze(&first));
	});
}

#[test]
fn only_an_authentication_key_unfreezes() {
	build_and_execute(|| {
		let (first, _) = registered(1);
		let view = added(&first, 2, VIEW);
		assert_ok!(freeze(&first));
		assert_noop!(unfreeze(&view), Error::<Test>::NotAuthenticationKey);
		assert_noop!(unfreeze(&Wallet::new(9)), Error::<Test>::NotAKey);
	});
}

#[test]
fn another_authentication_key_keeps_the_handle_frozen() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		let (view, second) = (added(&first, 2, VIEW), added(&first, 3, AUTHENTICATION));
		let cancel = |by: &Wallet| PatientIdentity::cancel_unfreeze(signed(&by.account()));
		assert_noop!(cancel(&second), Error::<Test>::NoUnfreezePending);
		assert_ok!(freeze(&first));
		assert_noop!(cancel(&second), Error::<Test>::NoUnfreezePending);
		assert_ok!(unfreeze(&first));
		events();
		assert_noop!(cancel(&Wallet::new(9)), Error::<Test>::NotAKey);
		assert_noop!(cancel(&view), Error::<Test>::NotAuthenticationKey);
		assert_ok!(cancel(&second));
		assert_eq!(events(), [Event::UnfreezeCancelled { patient: id, by: second.account() }]);
		assert_noop!(cancel(&second), Error::<Test>::NoUnfreezePending);
		advance(10 * UNFREEZE_DELAY);
		assert_eq!(state(&id), PatientState::Frozen);
		// Asked for again, it waits again; once it has happened, it can no longer be cancelled.
		assert_ok!(unfreeze(&first));
		advance(UNFREEZE_DELAY);
		assert_noop!(cancel(&second), Error::<Test>::NoUnfreezePending);
		assert_eq!(state(&id), PatientState::Active);
	});
}

/// States of later issues: whoever writes them, this pallet's calls stay within theirs.
#[test]
fn a_handle_in_another_state_is_neither_frozen_nor_unfrozen() {
	new_test_ext().execute_with(|| {
		let (first, id) = registered(1);
		for other in [PatientState::Contested, PatientState::DeceasedFinal] {
			Patients::<Test>::mutate(id, |patient| {
				patient.as_mut().unwrap().state.current.value = other;
			});
			assert_noop!(freeze(&first), Error::<Test>::NotActive);
			assert_noop!(unfreeze(&first), Error::<Test>::NotFrozen);
		}
	});
}
