//! Who pays: through the real extensions, with real signatures.

mod common;

use common::{account, Chain};
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
	let (mut chain, ..) = Chain::with_patient();
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
}

/// What a call that the sponsor pays for leaves behind: `Err` once nobody pays any more.
fn spend(chain: &mut Chain, who: &str) -> Result<(), TransactionValidityError> {
	let call = pallet_record_anchor::Call::acknowledge { author: 0, seq: 0 };
	chain.apply(who, call).map(|outcome| assert!(outcome.is_err(), "there is no such record"))
}

fn pot(chain: &mut Chain) -> Balance {
	chain.run(|| Balances::free_balance(Sponsorship::pot()))
}

/// A loop of adding keys and cancelling them makes accounts, and no money.
#[test]
fn a_patient_that_keeps_making_keys_has_the_allowance_of_one() {
	let (mut chain, _, patient) = Chain::with_patient();
	let start = chain.now();
	let before = pot(&mut chain);
	let mut accounts = 0;
	'draining: for round in 0.. {
		let name = format!("Extra{round}");
		chain.add_key(patient, &name);
		accounts += 1;
		for _ in 0..50 {
			if spend(&mut chain, &name).is_err() {
				break 'draining;
			}
		}
		let key = account(&name);
		chain.succeed("Patient", pallet_patient_identity::Call::cancel_pending_key { key });
		chain.next_block();
	}
	assert!(accounts > 3, "only {accounts} accounts took part");
	let spent = before - pot(&mut chain);
	let allowance = configs::fees::AllowancePerDay::get();
	// What refilled while the blocks went by may be spent as well.
	let refilled = allowance * Balance::from(chain.now() - start) / 86_400;
	assert!(spent <= allowance + refilled, "{spent} of {allowance}");
	assert!(spent > allowance - UNIT / 10, "{spent} of {allowance}");
	// Nothing is left for the patient's own paid calls today; what tightens is free.
	assert!(spend(&mut chain, "Patient").is_err());
	chain.succeed("Patient", pallet_patient_identity::Call::freeze {});
}

#[test]
fn a_key_that_was_removed_draws_on_nothing() {
	let (mut chain, _, patient) = Chain::with_patient();
	chain.add_key(patient, "Phone");
	for _ in 0..25 {
		chain.advance(3_600_000);
	}
	// Each of those blocks began a session, and such a block takes no transactions.
	chain.next_block();
	assert_eq!(spend(&mut chain, "Phone"), Ok(()));
	chain.succeed("Phone", pallet_patient_identity::Call::remove_own_key {});
	let why = spend(&mut chain, "Phone").expect_err("nobody pays");
	assert_eq!(why, InvalidTransaction::Payment.into());
	assert_eq!(spend(&mut chain, "Patient"), Ok(()));
}
