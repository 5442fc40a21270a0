//! What authors put down.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok, traits::fungible::InspectHold};
use sp_runtime::{traits::Convert, TokenError};

fn held(who: AccountId) -> u64 {
	Balances::balance_on_hold(&AnchorHold::get(), &who)
}

#[test]
fn the_administrator_pays_and_not_the_signer() {
	build_and_execute(|| {
		assert_ok!(anchor(1));
		let price = Price::convert(RecordAnchor::anchor_footprint(false));
		assert_eq!((held(ADMIN), held(DOCTOR)), (price, 0));
		assert_eq!(Balances::free_balance(DOCTOR), 0);
		assert_ok!(anchor_about(2, Some(patient()), None));
		let more = Price::convert(RecordAnchor::anchor_footprint(true));
		assert!(more > price);
		assert_eq!(held(ADMIN), price + more);
	});
}

#[test]
fn a_batch_costs_the_same_for_any_number_of_leaves() {
	build_and_execute(|| {
		assert_ok!(anchor_batch(1));
		let one = held(ADMIN);
		assert_ok!(anchor_batch(1000));
		assert_eq!(held(ADMIN), 2 * one);
	});
}

#[test]
fn a_retracted_leaf_costs_and_a_whole_slot_does_not() {
	build_and_execute(|| {
		assert_ok!(anchor_batch(4));
		let before = held(ADMIN);
		let retract = |leaf| {
			RecordAnchor::retract(
				RuntimeOrigin::signed(DOCTOR),
				HOSPITAL,
				0,
				leaf,
				RetractReason::Duplicate,
			)
		};
		let price = Price::convert(RecordAnchor::leaf_footprint());
		assert_ok!(retract(Some(0)));
		assert_ok!(retract(Some(3)));
		assert_eq!(held(ADMIN), before + 2 * price);
		assert_ok!(retract(None));
		assert_eq!(held(ADMIN), before + 2 * price);
	});
}

#[test]
fn nothing_is_written_where_the_deposit_cannot_be_held() {
	build_and_execute(|| {
		assert_ok!(anchor_batch(4));
		let free = Balances::free_balance(ADMIN);
		assert_ok!(Balances::transfer_allow_death(
			RuntimeOrigin::signed(ADMIN),
			STRANGER,
			free - 10
		));
		assert_noop!(anchor(1), TokenError::FundsUnavailable);
		assert_noop!(anchor_batch(5), TokenError::FundsUnavailable);
		let retract = |leaf| {
			RecordAnchor::retract(
				RuntimeOrigin::signed(DOCTOR),
				HOSPITAL,
				0,
				leaf,
				RetractReason::Duplicate,
			)
		};
		assert_noop!(retract(Some(1)), TokenError::FundsUnavailable);
		// Marking the whole slot was paid for with the slot.
		assert_ok!(retract(None));
	});
}

#[test]
fn a_deposit_stays_with_who_posted_it() {
	build_and_execute(|| {
		assert_ok!(anchor(1));
		edit_orgs(|orgs| orgs.get_mut(&HOSPITAL).unwrap().admin = LAB_ADMIN);
		assert_ok!(anchor(2));
		assert_eq!(held(ADMIN), held(LAB_ADMIN));
		let payer = |seq| Deposits::<Test>::get((HOSPITAL, seq, None::<u64>)).unwrap().payer;
		assert_eq!((payer(0), payer(1)), (ADMIN, LAB_ADMIN));
	});
}
