//! What is checked after every test: the pallet's invariants, its bonds, and that the money is all there.

use super::{new_test_ext, Assets, Claims, Test, OTHER_PAYER, PAYER, USD};
use crate::BOND_STEP;
use frame_support::traits::fungibles::Inspect;
use salus_claims_adjudication::Money;
use salus_primitives::deposits::Backed;

/// Runs a test, and then checks the state that it leaves.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		check_state();
	});
}

/// Checks the pallet's invariants, that bonds are for what is kept, and that money is neither made
/// nor lost.
pub fn check_state() {
	Claims::do_try_state().unwrap();
	// Unless money is frozen, only what awaits a decision holds any.
	let frozen = [PAYER, OTHER_PAYER].iter().any(|payer| Claims::is_frozen(&USD, *payer));
	for claim in crate::Claims::<Test>::iter_values() {
		assert!(
			frozen || claim.held == 0 || claim.state.is_pending(),
			"a claim holds without need"
		);
	}
	for bond in crate::Bonds::<Test>::iter_values() {
		let put_down = bond.ticket.amount();
		assert_eq!(put_down, stepped(bond.size).into(), "a bond is for what is kept, step by step");
	}
	let all: Money = frame_system::Account::<Test>::iter_keys()
		.map(|who| Assets::total_balance(USD, &who))
		.sum();
	assert_eq!(all, Assets::total_issuance(USD), "money was made or lost");
}

/// What is put down for `size` bytes.
pub fn stepped(size: u64) -> u64 {
	size.div_ceil(BOND_STEP) * BOND_STEP
}
