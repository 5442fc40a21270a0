//! Nothing grows on chain without somebody who answers for it.

use crate::{mock::*, Bond, Bonds, NextEncounter, BOND_STEP, ITEM_BYTES};
use codec::Encode;
use frame_support::{
	assert_noop, assert_ok,
	traits::{fungible::InspectHold, Consideration, Footprint},
};
use sp_runtime::TokenError;

fn held(who: &AccountId) -> u64 {
	Balances::balance_on_hold(&BondHold::get(), who)
}

#[test]
fn the_administrator_answers_for_what_its_organisation_keeps() {
	build_and_execute(|| {
		fund_and_claim();
		assert_eq!(held(&payer_admin()), stepped(Bonds::<Test>::get(PAYER).unwrap().size));
		let before = size();
		assert_eq!(held(&admin()), stepped(before));
		opened();
		assert_eq!(size(), before + ITEM_BYTES + kept());
		// Neither the staff that acts nor the member puts anything down.
		for who in [doctor(), biller(), payer_biller(), member()] {
			assert_eq!(held(&who), 0);
		}
	});
}

/// What the hospital keeps.
fn size() -> u64 {
	Bonds::<Test>::get(HOSPITAL).unwrap().size
}

/// What the visit that was opened last takes without its key.
fn kept() -> u64 {
	let last = NextEncounter::<Test>::get() - 1;
	crate::Encounters::<Test>::get(last).unwrap().encoded_size() as u64
}

/// As if the hospital kept `size` bytes, for which `put_down` is on hold.
fn keeps(size: u64, put_down: u64) {
	Bonds::<Test>::mutate(HOSPITAL, |stored| {
		let bond = stored.take().unwrap();
		let footprint = Footprint { count: 1, size: put_down };
		let ticket = bond.ticket.update(&bond.payer, footprint).unwrap();
		*stored = Some(Bond { payer: bond.payer, size, ticket });
	});
	assert_eq!(held(&admin()), put_down);
}

/// The account is touched at the end of a step, and what is on hold is never less than what is kept.
#[test]
fn a_bond_grows_in_steps() {
	build_and_execute(|| {
		opened();
		let (one, first) = (size(), held(&admin()));
		assert_eq!(first, BOND_STEP);
		assert!(one < BOND_STEP);
		// Just full, and one byte more.
		keeps(BOND_STEP - one, BOND_STEP);
		opened();
		assert_eq!((size(), held(&admin())), (BOND_STEP, BOND_STEP));
		keeps(BOND_STEP - one + 1, BOND_STEP);
		opened();
		assert_eq!((size(), held(&admin())), (BOND_STEP + 1, 2 * BOND_STEP));
		let mut grew = 0;
		for _ in 0..200 {
			let before = held(&admin());
			opened();
			assert!(held(&admin()) >= size());
			grew += u64::from(held(&admin()) > before);
		}
		assert_eq!(grew, (BOND_STEP + 1 + 200 * one).div_ceil(BOND_STEP) - 2);
	});
}

/// An earlier runtime held a unit for each byte.
#[test]
fn a_bond_that_was_put_down_byte_by_byte_comes_up_to_its_step_when_something_is_added() {
	build_and_execute(|| {
		opened();
		let one = size();
		keeps(one, one);
		opened();
		assert_eq!((size(), held(&admin())), (2 * one, BOND_STEP));
		keeps(size(), size());
		edit_orgs(|orgs| orgs.get_mut(&HOSPITAL).unwrap().admin = stranger());
		opened();
		assert_eq!((held(&admin()), held(&stranger())), (0, BOND_STEP));
	});
}

/// Where more is put down than there will be, the call is refused and nothing is kept.
#[test]
fn a_bond_ends_where_the_numbers_end() {
	build_and_execute(|| {
		opened();
		let before = NextEncounter::<Test>::get();
		let all = Bonds::<Test>::get(HOSPITAL).unwrap();
		for size in [u64::MAX, u64::MAX - BOND_STEP + 2] {
			Bonds::<Test>::insert(HOSPITAL, Bond { size, ..all.clone() });
			assert_noop!(
				Claims::open_encounter(signed(doctor()), HOSPITAL),
				sp_runtime::ArithmeticError::Overflow
			);
		}
		Bonds::<Test>::insert(HOSPITAL, all);
		assert_eq!(NextEncounter::<Test>::get(), before);
	});
}

fn fund_and_claim() {
	let coverage = covered();
	fund(1_000);
	claimed(coverage, &[visit(1, 100)]);
}

#[test]
fn a_bond_moves_with_the_administration() {
	build_and_execute(|| {
		fund_and_claim();
		let before = held(&admin());
		edit_orgs(|orgs| orgs.get_mut(&HOSPITAL).unwrap().admin = stranger());
		opened();
		assert_eq!(held(&admin()), 0);
		assert_eq!(held(&stranger()), before, "it is in the same step");
	});
}

#[test]
fn without_a_bond_nothing_is_kept() {
	build_and_execute(|| {
		let poor = account(55);
		edit_orgs(|orgs| orgs.get_mut(&HOSPITAL).unwrap().admin = poor.clone());
		assert_noop!(
			Claims::open_encounter(signed(doctor()), HOSPITAL),
			TokenError::FundsUnavailable
		);
		assert_eq!(NextEncounter::<Test>::get(), 0);
		edit_orgs(|orgs| orgs.get_mut(&HOSPITAL).unwrap().admin = admin());
		assert_ok!(Claims::open_encounter(signed(doctor()), HOSPITAL));
	});
}
