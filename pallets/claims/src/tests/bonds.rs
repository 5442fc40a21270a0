//! Nothing grows on chain without somebody who answers for it.

use crate::{mock::*, Bonds, NextEncounter};
use frame_support::{assert_noop, assert_ok, traits::fungible::InspectHold};
use sp_runtime::TokenError;

fn held(who: &AccountId) -> u64 {
	Balances::balance_on_hold(&BondHold::get(), who)
}

#[test]
fn the_administrator_answers_for_what_its_organisation_keeps() {
	build_and_execute(|| {
		fund_and_claim();
		assert_eq!(held(&payer_admin()), Bonds::<Test>::get(PAYER).unwrap().size);
		let before = held(&admin());
		assert_eq!(before, Bonds::<Test>::get(HOSPITAL).unwrap().size);
		opened();
		assert!(held(&admin()) > before);
		// Neither the staff that acts nor the member puts anything down.
		for who in [doctor(), biller(), payer_biller(), member()] {
			assert_eq!(held(&who), 0);
		}
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
		assert!(held(&stranger()) > before);
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
