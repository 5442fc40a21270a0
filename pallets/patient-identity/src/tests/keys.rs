//! Adding and removing keys.

use super::*;

#[test]
fn a_key_is_live_after_the_delay_by_itself() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		let new = Wallet::new(2);
		assert_ok!(add(&first, &new, VIEW));
		let from = START + KEY_DELAY;
		assert_eq!(
			events(),
			[Event::KeyAdded {
				patient: id,
				key: new.account(),
				purposes: VIEW,
				from,
				by: first.account(),
			}]
		);
		assert!(is_welcomed(&new.account()));
		set_now(from - 1);
		assert!(!is_live(&new));
		assert_noop!(freeze(&new), Error::<Test>::NotAKey);
		set_now(from);
		assert!(is_live(&new));
		assert_ok!(freeze(&new));
	});
}

#[test]
fn only_an_authentication_key_of_an_active_handle_adds_and_removes() {
	build_and_execute(|| {
		let (first, _) = registered(1);
		let view = added(&first, 2, VIEW);
		let new = Wallet::new(3);
		assert_noop!(add(&view, &new, VIEW), Error::<Test>::NotAuthenticationKey);
		assert_noop!(remove(&view, &first), Error::<Test>::NotAuthenticationKey);
		assert_noop!(add(&new, &Wallet::new(4), VIEW), Error::<Test>::NotAKey);
		assert_noop!(remove(&new, &first), Error::<Test>::NotAKey);
		let second = added(&first, 5, AUTHENTICATION);
		assert_ok!(freeze(&view));
		assert_noop!(add(&first, &new, VIEW), Error::<Test>::NotActive);
		assert_noop!(remove(&first, &second), Error::<Test>::NotActive);
		assert_noop!(remove(&view, &second), Error::<Test>::NotAuthenticationKey);
	});
}

#[test]
fn a_keys_purposes_are_some_and_known() {
	build_and_execute(|| {
		let (first, _) = registered(1);
		for purposes in [0, 0b1000, 0b1001, 0xff] {
			assert_noop!(
				add(&first, &Wallet::new(2), KeyPurposeSet(purposes)),
				Error::<Test>::InvalidPurposes
			);
		}
		assert_ok!(add(&first, &Wallet::new(2), KeyPurposeSet::ALL));
	});
}

#[test]
fn a_handle_has_at_most_eight_keys_live_and_pending() {
	build_and_execute(|| {
		let (first, _) = registered(1);
		let view = added(&first, 2, VIEW);
		for seed in 3..=MAX_KEYS as u8 {
			assert_ok!(add(&first, &Wallet::new(seed), VIEW));
		}
		let ninth = Wallet::new(9);
		assert_noop!(add(&first, &ninth, VIEW), Error::<Test>::TooManyKeys);
		// One that removes itself makes room at once, one that is removed when it has ended.
		assert_ok!(remove(&view, &view));
		assert_ok!(add(&first, &ninth, VIEW));
		advance(KEY_DELAY);
		assert_ok!(remove(&first, &ninth));
		let tenth = Wallet::new(10);
		assert_noop!(add(&first, &tenth, VIEW), Error::<Test>::TooManyKeys);
		advance(KEY_DELAY);
		assert_ok!(add(&first, &tenth, VIEW));
	});
}

#[test]
fn any_live_key_cancels_a_pending_key_which_is_then_forgotten() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		let view = added(&first, 2, VIEW);
		let new = Wallet::new(3);
		assert_ok!(add(&first, &new, KeyPurposeSet::ALL));
		// Not by itself, nor by a stranger, nor from another handle.
		let (other, _) = registered(5);
		let cancel =
			|by: &Wallet| PatientIdentity::cancel_pending_key(signed(&by.account()), new.account());
		assert_noop!(cancel(&new), Error::<Test>::NotAKey);
		assert_noop!(cancel(&other), Error::<Test>::KeyNotFound);
		assert_ok!(cancel(&view));
		assert_eq!(
			events(),
			[Event::PendingKeyCancelled { patient: id, key: new.account(), by: view.account() }]
		);
		assert_noop!(cancel(&view), Error::<Test>::KeyNotFound);
		assert!(Keys::<Test>::get(new.account()).is_none());
		// It was never the handle's, so it may serve elsewhere.
		assert_ok!(add(&other, &new, VIEW));
	});
}

#[test]
fn a_key_that_is_live_can_no_longer_be_cancelled() {
	build_and_execute(|| {
		let (first, _) = registered(1);
		let new = Wallet::new(2);
		assert_ok!(add(&first, &new, VIEW));
		advance(KEY_DELAY);
		assert_noop!(
			PatientIdentity::cancel_pending_key(signed(&first.account()), new.account()),
			Error::<Test>::KeyNotPending
		);
	});
}

#[test]
fn a_key_removes_itself_at_once_and_is_kept() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		let view = added(&first, 2, VIEW);
		assert_ok!(remove(&view, &view));
		assert_eq!(
			events(),
			[Event::KeyRemoved {
				patient: id,
				key: view.account(),
				until: now(),
				by: view.account(),
			}]
		);
		assert!(!is_live(&view));
		assert_noop!(remove(&view, &view), Error::<Test>::NotAKey);
		let kept = Keys::<Test>::get(view.account()).unwrap();
		assert_eq!((kept.from, kept.until), (now(), Some(now())));
		assert_noop!(add(&first, &view, VIEW), Error::<Test>::KeyInUse);
	});
}

#[test]
fn the_last_authentication_key_stays() {
	build_and_execute(|| {
		let (first, _) = registered(1);
		assert_noop!(remove(&first, &first), Error::<Test>::LastAuthenticationKey);
		added(&first, 2, VIEW);
		assert_noop!(remove(&first, &first), Error::<Test>::LastAuthenticationKey);
		// A pending one does not count: it can still be cancelled.
		let second = Wallet::new(3);
		assert_ok!(add(&first, &second, AUTHENTICATION));
		assert_noop!(remove(&first, &first), Error::<Test>::LastAuthenticationKey);
		advance(KEY_DELAY);
		assert_ok!(remove(&first, &first));
		assert_noop!(remove(&second, &second), Error::<Test>::LastAuthenticationKey);
	});
}

#[test]
fn two_authentication_keys_cannot_remove_each_other() {
	build_and_execute(|| {
		let (first, _) = registered(1);
		let second = added(&first, 2, AUTHENTICATION);
		assert_ok!(remove(&first, &second));
		assert_noop!(remove(&second, &first), Error::<Test>::LastAuthenticationKey);
		assert_noop!(remove(&first, &first), Error::<Test>::LastAuthenticationKey);
		// The one that is leaving may leave at once.
		assert_ok!(remove(&second, &second));
	});
}

#[test]
fn another_key_is_removed_after_the_delay_by_itself() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		let view = added(&first, 2, VIEW);
		let until = now() + KEY_DELAY;
		assert_ok!(remove(&first, &view));
		assert_eq!(
			events(),
			[Event::KeyRemoved { patient: id, key: view.account(), until, by: first.account() }]
		);
		assert_noop!(remove(&first, &view), Error::<Test>::RemovalPending);
		set_now(until - 1);
		assert!(is_live(&view));
		assert_eq!(PatientIdentity::resolve(&id).unwrap().keys.len(), 2);
		set_now(until);
		assert!(!is_live(&view));
		assert_eq!(PatientIdentity::resolve(&id).unwrap().keys.len(), 1);
		assert_noop!(remove(&first, &view), Error::<Test>::KeyNotLive);
		assert_noop!(
			PatientIdentity::cancel_key_removal(signed(&first.account()), view.account()),
			Error::<Test>::NoRemovalPending
		);
	});
}

#[test]
fn only_live_keys_of_the_same_handle_are_removed() {
	build_and_execute(|| {
		let (first, _) = registered(1);
		let (other, _) = registered(2);
		assert_noop!(remove(&first, &other), Error::<Test>::KeyNotFound);
		assert_noop!(remove(&first, &Wallet::new(3)), Error::<Test>::KeyNotFound);
		let pending = Wallet::new(4);
		assert_ok!(add(&first, &pending, VIEW));
		assert_noop!(remove(&first, &pending), Error::<Test>::KeyNotLive);
	});
}

#[test]
fn any_other_authentication_key_cancels_a_removal() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		let (view, third) = (added(&first, 2, VIEW), added(&first, 3, AUTHENTICATION));
		let consents = added(&first, 4, KeyPurposeSet::of(&[KeyPurpose::Consent]));
		let cancel = |by: &Wallet| {
			PatientIdentity::cancel_key_removal(signed(&by.account()), view.account())
		};
		assert_noop!(cancel(&first), Error::<Test>::NoRemovalPending);
		for by in [&first, &third] {
			assert_ok!(remove(&first, &view));
			events();
			assert_ok!(cancel(by));
			assert_eq!(
				events(),
				[Event::KeyRemovalCancelled { patient: id, key: view.account(), by: by.account() }]
			);
			assert_noop!(cancel(by), Error::<Test>::NoRemovalPending);
		}
		let (other, _) = registered(5);
		assert_ok!(remove(&first, &view));
		assert_noop!(cancel(&other), Error::<Test>::KeyNotFound);
		assert_noop!(cancel(&Wallet::new(9)), Error::<Test>::NotAKey);
		for by in [&consents, &view] {
			assert_noop!(cancel(by), Error::<Test>::NotAuthenticationKey);
		}
		assert_ok!(cancel(&third));
		advance(10 * KEY_DELAY);
		assert!(is_live(&view));
	});
}

#[test]
fn a_stolen_key_cannot_keep_itself_and_a_lone_owner_can_freeze() {
	build_and_execute(|| {
		let (first, _) = registered(1);
		let thief = added(&first, 2, KeyPurposeSet::ALL);
		assert_ok!(remove(&first, &thief));
		assert_noop!(
			PatientIdentity::cancel_key_removal(signed(&thief.account()), thief.account()),
			Error::<Test>::OwnKey
		);
		advance(KEY_DELAY);
		assert!(!is_live(&thief));

		let thief = added(&first, 3, KeyPurposeSet::ALL);
		assert_ok!(remove(&thief, &first));
		assert_ok!(freeze(&first));
		advance(KEY_DELAY);
		assert!(is_live(&first));
	});
}

#[test]
fn one_s_own_key_goes_by_its_own_call() {
	build_and_execute(|| {
		let (first, _) = registered(1);
		let view = added(&first, 2, VIEW);
		for wallet in [&first, &view] {
			assert_noop!(
				PatientIdentity::remove_key(signed(&wallet.account()), wallet.account()),
				Error::<Test>::OwnKey
			);
		}
		assert_ok!(PatientIdentity::remove_own_key(signed(&view.account())));
		assert_noop!(
			PatientIdentity::remove_own_key(signed(&view.account())),
			Error::<Test>::NotAKey
		);
	});
}

/// Else a key could leave an account for ever, every few minutes, and nobody would have paid for it.
#[test]
fn a_key_that_never_became_live_leaves_nothing_behind() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		let cancelled = Wallet::new(2);
		assert_ok!(add(&first, &cancelled, VIEW));
		assert!(is_welcomed(&cancelled.account()));
		let cancel = PatientIdentity::cancel_pending_key;
		assert_ok!(cancel(signed(&first.account()), cancelled.account()));
		assert!(!is_welcomed(&cancelled.account()));

		let (frozen, live) = (Wallet::new(3), added(&first, 4, VIEW));
		assert_ok!(add(&first, &frozen, VIEW));
		assert_ok!(freeze(&live));
		assert!(!is_welcomed(&frozen.account()) && is_welcomed(&live.account()));

		assert_ok!(unfreeze(&first));
		advance(UNFREEZE_DELAY);
		assert_ok!(PatientIdentity::retire(signed(&first.account())));
		advance(RETIREMENT_DELAY);
		let late = Wallet::new(5);
		assert_ok!(add(&first, &late, VIEW));
		assert_ok!(PatientIdentity::complete_retirement(signed(&live.account()), id));
		assert!(!is_welcomed(&late.account()) && is_welcomed(&live.account()));
	});
}
