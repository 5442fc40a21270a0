//! Retirement.

use super::*;
use frame_support::traits::fungible::{Inspect, InspectHold};
use salus_primitives::traits::Patients as _;

fn retire(by: &Wallet) -> DispatchResult {
	PatientIdentity::retire(signed(&by.account()))
}

fn complete(id: PatientId) -> DispatchResult {
	PatientIdentity::complete_retirement(signed(&member(CLINIC)), id)
}

#[test]
fn a_handle_retires_after_the_delay_and_its_keys_end() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		let view = added(&first, 2, VIEW);
		let pending = Wallet::new(3);
		let from = now() + RETIREMENT_DELAY;
		assert_ok!(retire(&first));
		assert_eq!(
			events(),
			[Event::RetirementRequested { patient: id, from, by: first.account() }]
		);
		assert_noop!(retire(&first), Error::<Test>::RetirementPending);
		set_now(from - 1);
		assert_noop!(complete(id), Error::<Test>::TooEarly);
		assert_ok!(add(&first, &pending, VIEW));
		assert_ok!(PatientIdentity::rotate_agreement_key(signed(&first.account()), AGREEMENT));
		set_now(from);
		// Until it is completed nothing has changed.
		assert_eq!(state(&id), PatientState::Active);
		events();
		assert_ok!(complete(id));
		assert_eq!(events(), [Event::Retired { patient: id }]);
		assert_eq!(PatientIdentity::state(&id), Some((PatientState::Retired, from)));
		assert_eq!(PatientIdentity::last_left_active(&id), Some(from));
		assert!(!is_live(&first) && !is_live(&view));
		assert!(PatientIdentity::key(&first.account()).unwrap().was_live(from - 1));
		assert!(Keys::<Test>::get(pending.account()).is_none());
		assert_eq!(PatientIdentity::resolve(&id).unwrap().keys, []);
		assert_noop!(complete(id), Error::<Test>::NoRetirementPending);
	});
}

/// What stays on record for ever stays paid for.
#[test]
fn a_part_of_the_deposit_returns_to_whoever_paid_it_and_the_rest_stays() {
	build_and_execute(|| {
		let wallet = Wallet::new(200);
		let check = |payer: AccountId, retire: &dyn Fn()| {
			let (full, rest) = (
				Balances::total_balance_on_hold(&payer),
				price(PatientIdentity::retired_footprint()),
			);
			assert_eq!(full, price(PatientIdentity::footprint()));
			assert_eq!(Balances::balance(&payer), FUNDS - full);
			retire();
			assert!(0 < rest && rest < full);
			assert_eq!(Balances::total_balance_on_hold(&payer), rest);
			assert_eq!(Balances::balance(&payer), FUNDS - rest);
		};
		assert_ok!(register_for(&wallet));
		check(admin(HOSPITAL), &|| {
			retired(&wallet, PatientIdentity::handle_of(&wallet.account()));
		});
		let (own, id) = registered(1);
		check(own.account(), &|| retired(&own, id));
	});
}

/// A payer without tokens must not keep a patient from retiring.
#[test]
fn a_handle_retires_also_where_prices_have_risen() {
	build_and_execute(|| {
		let (own, id) = registered(1);
		let held = Balances::total_balance_on_hold(&own.account());
		let left = Balances::balance(&own.account());
		BasePrice::set(1_000_000_000_000);
		assert!(price(PatientIdentity::retired_footprint()) > held + left);
		retired(&own, id);
		assert_eq!(Balances::total_balance_on_hold(&own.account()), held);
		assert_eq!(Balances::balance(&own.account()), left);
		BasePrice::set(100);
	});
}

#[test]
fn neither_handle_nor_keys_are_ever_used_again() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		retired(&first, id);
		assert_noop!(
			PatientIdentity::register(signed(&first.account()), AGREEMENT),
			Error::<Test>::KeyInUse
		);
		assert_noop!(register_for(&first), Error::<Test>::KeyInUse);
		let (other, _) = registered(2);
		assert_noop!(add(&other, &first, VIEW), Error::<Test>::KeyInUse);
		assert_noop!(freeze(&first), Error::<Test>::NotAKey);
		assert_noop!(unfreeze(&first), Error::<Test>::NotAKey);
		assert_noop!(retire(&first), Error::<Test>::NotAKey);
	});
}

#[test]
fn any_live_key_cancels_until_it_is_completed() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		let view = added(&first, 2, VIEW);
		let cancel = |by: &Wallet| PatientIdentity::cancel_retirement(signed(&by.account()));
		assert_noop!(cancel(&view), Error::<Test>::NoRetirementPending);
		assert_ok!(retire(&first));
		events();
		assert_noop!(cancel(&Wallet::new(9)), Error::<Test>::NotAKey);
		advance(2 * RETIREMENT_DELAY);
		assert_ok!(cancel(&view));
		assert_eq!(events(), [Event::RetirementCancelled { patient: id, by: view.account() }]);
		assert_noop!(cancel(&view), Error::<Test>::NoRetirementPending);
		assert_noop!(complete(id), Error::<Test>::NoRetirementPending);
		// Asked for again, it waits again.
		assert_ok!(retire(&first));
		assert_noop!(complete(id), Error::<Test>::TooEarly);
	});
}

#[test]
fn only_an_authentication_key_of_an_active_handle_retires_it() {
	build_and_execute(|| {
		let (first, _) = registered(1);
		let view = added(&first, 2, VIEW);
		assert_noop!(retire(&view), Error::<Test>::NotAuthenticationKey);
		assert_noop!(retire(&Wallet::new(9)), Error::<Test>::NotAKey);
		assert_noop!(complete(PatientId::repeat_byte(1)), Error::<Test>::NotFound);
		assert_ok!(freeze(&view));
		assert_noop!(retire(&first), Error::<Test>::NotActive);
	});
}

/// The pallet lets nothing get here, so the storage is bent.
#[test]
fn a_handle_that_is_not_active_is_not_retired() {
	new_test_ext().execute_with(|| {
		let (first, id) = registered(1);
		assert_ok!(freeze(&first));
		Patients::<Test>::mutate(id, |patient| {
			patient.as_mut().unwrap().retires_from = Some(now());
		});
		assert_noop!(complete(id), Error::<Test>::NotActive);
	});
}
