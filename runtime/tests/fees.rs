//! Who pays: through the real extensions, with real signatures.

mod common;

use common::{account, pair, Chain};
use frame_support::traits::fungible::Inspect;
use salus_runtime::*;
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

fn treasury() -> AccountId {
	configs::governance::TreasuryAccount::get()
}

#[test]
fn an_account_with_tokens_pays_and_the_treasury_receives() {
	let mut chain = Chain::development();
	let before =
		chain.run(|| (Balances::balance(&account("Alice")), Balances::balance(&treasury())));
	chain.succeed(
		"Alice",
		pallet_balances::Call::transfer_keep_alive { dest: account("Bob").into(), value: UNIT },
	);
	let after =
		chain.run(|| (Balances::balance(&account("Alice")), Balances::balance(&treasury())));
	let fee = after.1 - before.1;
	assert!(fee > 0, "the treasury received the fee");
	assert_eq!(before.0 - after.0, UNIT + fee);
}

#[test]
fn an_account_that_nobody_welcomed_cannot_send() {
	let mut chain = Chain::development();
	let why = chain.refused(
		"Stranger",
		pallet_consent::Call::veto_purpose { purpose: salus_primitives::Purpose::Hmarkt },
	);
	assert!(
		matches!(why, TransactionValidityError::Invalid(InvalidTransaction::Payment)),
		"{why:?}"
	);
}

#[test]
fn a_welcomed_account_sends_no_money_and_no_batch_at_the_sponsors_expense() {
	let mut chain = Chain::development();
	chain.run(|| {
		use salus_primitives::traits::TokenlessAccounts;
		Sponsorship::welcome(&account("Patient")).expect("welcomed")
	});
	chain.refused(
		"Patient",
		pallet_balances::Call::transfer_keep_alive { dest: account("Bob").into(), value: 1 },
	);
	let inner: RuntimeCall = pallet_record_anchor::Call::acknowledge { author: 0, seq: 0 }.into();
	chain.refused("Patient", pallet_utility::Call::batch { calls: vec![inner.clone()] });
	// Called plainly it is included: the dispatch fails, and the sponsor pays all the same.
	let before = chain.run(Balances::total_issuance);
	assert!(chain.dispatch("Patient", inner).is_err());
	assert_eq!(before, chain.run(Balances::total_issuance));
	let _ = pair("Patient");
}
