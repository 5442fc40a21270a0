//! The agreement key.

use super::*;
use crate::{AgreementKeyHistory, AsOfError};

const NEXT: [u8; 32] = [10; 32];

fn rotate(by: &Wallet, key: [u8; 32]) -> DispatchResult {
	PatientIdentity::rotate_agreement_key(signed(&by.account()), key)
}

fn cancel(by: &Wallet) -> DispatchResult {
	PatientIdentity::cancel_rotation(signed(&by.account()))
}

#[test]
fn a_rotation_takes_effect_after_the_delay_by_itself() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		let from = START + KEY_DELAY;
		assert_ok!(rotate(&first, NEXT));
		assert_eq!(
			events(),
			[Event::AgreementKeyRotated {
				patient: id,
				agreement_key: NEXT,
				from,
				by: first.account(),
			}]
		);
		set_now(from - 1);
		let document = PatientIdentity::resolve(&id).unwrap();
		assert_eq!(document.agreement_key.value, [1; 32]);
		assert_eq!(document.next_agreement_key.unwrap().value, NEXT);
		assert_noop!(rotate(&first, [11; 32]), Error::<Test>::RotationPending);
		set_now(from);
		let document = PatientIdentity::resolve(&id).unwrap();
		assert_eq!((document.agreement_key.value, document.agreement_key.from), (NEXT, from));
		assert_eq!(document.next_agreement_key, None);
		assert_noop!(cancel(&first), Error::<Test>::NoRotationPending);
	});
}

#[test]
fn old_envelopes_find_the_key_of_their_time() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		for key in 10..20u8 {
			assert_ok!(rotate(&first, [key; 32]));
			advance(KEY_DELAY);
		}
		assert_eq!(AgreementKeyHistory::<Test>::iter_prefix(id).count(), 9);
		let at = |moment| PatientIdentity::agreement_key_at(&id, moment);
		assert_eq!(at(START - 1), Ok(None));
		assert_eq!(at(START).unwrap().unwrap().value, [1; 32]);
		for (days, key) in (1..).zip(10..20u8) {
			let since = START + days * KEY_DELAY;
			let found = at(since).unwrap().unwrap();
			assert_eq!((found.value, found.from), ([key; 32], since));
			assert_ne!(at(since - 1).unwrap().unwrap().value, [key; 32]);
		}
		assert_eq!(at(now() + 1), Err(AsOfError::InFuture));
	});
}

#[test]
fn any_live_key_cancels_a_rotation() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		let view = added(&first, 2, VIEW);
		assert_noop!(cancel(&view), Error::<Test>::NoRotationPending);
		assert_ok!(rotate(&first, NEXT));
		events();
		assert_noop!(cancel(&Wallet::new(9)), Error::<Test>::NotAKey);
		assert_ok!(cancel(&view));
		assert_eq!(events(), [Event::RotationCancelled { patient: id, by: view.account() }]);
		assert_noop!(cancel(&view), Error::<Test>::NoRotationPending);
		advance(2 * KEY_DELAY);
		assert_eq!(PatientIdentity::resolve(&id).unwrap().agreement_key.value, [1; 32]);
	});
}

#[test]
fn a_rotation_is_refused_where_it_makes_no_sense() {
	build_and_execute(|| {
		let (first, _) = registered(1);
		let view = added(&first, 2, VIEW);
		assert_noop!(rotate(&first, [0; 32]), Error::<Test>::InvalidAgreementKey);
		assert_noop!(rotate(&first, [1; 32]), Error::<Test>::SameAgreementKey);
		assert_noop!(rotate(&view, NEXT), Error::<Test>::NotAuthenticationKey);
		assert_noop!(rotate(&Wallet::new(9), NEXT), Error::<Test>::NotAKey);
		assert_ok!(freeze(&view));
		assert_noop!(rotate(&first, NEXT), Error::<Test>::NotActive);
	});
}
