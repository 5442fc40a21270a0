//! Who pays: through the real extensions, with real signatures.

use crate::common::{account, Chain};
use crate::runtime::*;
use frame_support::traits::fungible::Inspect;
use salus_primitives::{OrgKind, Role};
use sp_core::H256;
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

/// Makes a call at the sponsor's expense, which is included and fails; why not, if nobody pays.
fn spend(chain: &mut Chain, who: &str) -> Result<(), TransactionValidityError> {
	let call = pallet_record_anchor::Call::acknowledge { author: 0, seq: 0 };
	let mut outcome = chain.apply(who, call.clone());
	// A block that begins a session takes no transactions.
	while outcome == Err(InvalidTransaction::ExhaustsResources.into()) {
		chain.next_block();
		outcome = chain.apply(who, call.clone());
	}
	outcome.map(|outcome| assert!(outcome.is_err(), "there is no such record"))
}

fn pot(chain: &mut Chain) -> Balance {
	chain.run(|| Balances::free_balance(Sponsorship::pot()))
}

fn spend_all(chain: &mut Chain, who: &str) {
	for _ in 0..1_000 {
		if let Err(why) = spend(chain, who) {
			assert_eq!(why, InvalidTransaction::Custom(162).into());
			return;
		}
	}
	panic!("{who} could spend for ever");
}

/// More keys are no more money, and one of them cannot keep the patient from denying.
#[test]
fn many_keys_of_a_patient_share_a_budget_and_one_does_not_use_it_up() {
	let (mut chain, _, patient) = Chain::with_patient();
	// A key that is not live yet has nothing to do, and nobody pays for it.
	chain.add_key(patient, "Extra0");
	assert_eq!(spend(&mut chain, "Extra0"), Err(InvalidTransaction::Custom(164).into()));
	for name in ["Extra1", "Extra2", "Extra3"] {
		chain.add_key(patient, name);
	}
	// A new handle has less.
	for _ in 0..3 {
		chain.pass_a_day();
	}
	let (before, start) = (pot(&mut chain), chain.now());
	spend_all(&mut chain, "Extra0");
	let one = before - pot(&mut chain);
	let refilled =
		|allowance: Balance, chain: &Chain| allowance * Balance::from(chain.now() - start) / 86_400;
	let allowance = configs::fees::KeyAllowancePerDay::get();
	assert!(one <= allowance + refilled(allowance, &chain), "{one} of {allowance}");
	assert_eq!(spend(&mut chain, "Patient"), Ok(()));
	for name in ["Extra1", "Extra2", "Extra3"] {
		spend_all(&mut chain, name);
	}
	let all = before - pot(&mut chain);
	let budget = configs::fees::PatientAllowancePerDay::get();
	assert!(all <= budget + refilled(budget, &chain), "{all} of {budget}");
	assert!(all > 2 * allowance, "{all}: the keys shared less than a budget");
	// What tightens and takes effect is free all the same.
	chain.succeed("Patient", pallet_patient_identity::Call::freeze {});
}

/// On the first day on which there is another key, the handle has not yet all that it will have.
#[test]
fn one_key_of_a_young_handle_does_not_use_up_what_the_handle_has() {
	let (mut chain, _, patient) = Chain::with_patient();
	chain.add_key(patient, "Thief");
	chain.pass_a_day();
	spend_all(&mut chain, "Thief");
	assert_eq!(spend(&mut chain, "Patient"), Ok(()));
}

#[test]
fn a_key_that_was_removed_draws_on_nothing() {
	let (mut chain, _, patient) = Chain::with_patient();
	chain.add_key(patient, "Phone");
	chain.pass_a_day();
	assert_eq!(spend(&mut chain, "Phone"), Ok(()));
	chain.succeed("Phone", pallet_patient_identity::Call::remove_own_key {});
	assert_eq!(spend(&mut chain, "Phone"), Err(InvalidTransaction::Custom(164).into()));
	assert_eq!(spend(&mut chain, "Patient"), Ok(()));
}

/// Handles are cheap to whoever registers itself, so the pot does not pay for them.
#[test]
fn a_wallet_that_registered_itself_is_not_sponsored_and_still_tightens_for_nothing() {
	let mut chain = Chain::development();
	let purse = UNIT / 2;
	chain.succeed(
		"Alice",
		pallet_balances::Call::transfer_keep_alive { dest: account("Self").into(), value: purse },
	);
	chain.succeed(
		"Self",
		pallet_patient_identity::Call::register { agreement_key: crate::common::AGREEMENT },
	);
	let left = chain.run(|| Balances::free_balance(account("Self")));
	chain.succeed(
		"Self",
		pallet_balances::Call::transfer_allow_death {
			dest: account("Bob").into(),
			value: left - left / 10,
		},
	);
	// Until what is left does not cover a fee.
	while spend(&mut chain, "Self").is_ok() {}
	assert_eq!(spend(&mut chain, "Self"), Err(InvalidTransaction::Custom(164).into()));
	chain.succeed("Self", pallet_patient_identity::Call::freeze {});
}

#[test]
fn staff_are_sponsored_for_their_organisation_and_nobody_else() {
	let (mut chain, org, _) = Chain::with_patient();
	let role = Role::DataSteward;
	let until = chain.now() + 100_000;
	let invite = |account| pallet_registry::Call::invite { org, account, role, until };
	let accept = pallet_registry::Call::accept_affiliation { org, role };
	let anchor = |org, n| pallet_record_anchor::Call::anchor_batch {
		org,
		root: H256::repeat_byte(n),
		leaves: 1,
		form: salus_primitives::commitment::Form::Bytes,
		retention: pallet_record_anchor::RetentionClass::Standard,
	};
	let not_entitled = Err(InvalidTransaction::Custom(164).into());
	chain.succeed("Hospital", invite(account("Clerk")));
	// Invited, it can answer; nothing else yet.
	assert_eq!(chain.apply("Clerk", anchor(org, 1)), not_entitled);
	chain.succeed("Clerk", accept);
	chain.succeed("Clerk", anchor(org, 1));
	assert_eq!(chain.apply("Clerk", anchor(0, 2)), not_entitled, "for another organisation");
	let kind = OrgKind::Provider;
	// The registry ends no licence in the second in which it began.
	chain.advance(SLOT_DURATION);
	chain.succeed("Registrar", pallet_registry::Call::suspend { org, kind });
	assert_eq!(chain.apply("Clerk", anchor(org, 3)), not_entitled, "suspended");
	chain.succeed("Registrar", pallet_registry::Call::reinstate { org, kind, until });
	chain.succeed("Clerk", anchor(org, 3));
	let who = account("Clerk");
	chain.next_block();
	chain.succeed("Hospital", pallet_registry::Call::end_affiliation { org, account: who, role });
	assert_eq!(chain.apply("Clerk", anchor(org, 4)), not_entitled, "dismissed");
}

/// A carrier has no free ride: not a proxy, not a multisignature, not a batch.
#[test]
fn a_carried_tightening_is_paid_by_whoever_carries_it() {
	let (mut chain, _, _) = Chain::with_patient();
	let freeze = || Box::new(RuntimeCall::from(pallet_patient_identity::Call::freeze {}));
	let carriers: [RuntimeCall; 4] = [
		pallet_utility::Call::batch { calls: vec![*freeze()] }.into(),
		pallet_proxy::Call::proxy {
			real: account("Patient").into(),
			force_proxy_type: None,
			call: freeze(),
		}
		.into(),
		pallet_multisig::Call::as_multi_threshold_1 {
			other_signatories: vec![account("Bob")],
			call: freeze(),
		}
		.into(),
		pallet_utility::Call::as_derivative { index: 0, call: freeze() }.into(),
	];
	for call in carriers {
		let refused = chain.apply("Patient", call.clone());
		assert_eq!(refused, Err(InvalidTransaction::Custom(160).into()), "{call:?}");
		let before = chain.run(|| Balances::free_balance(account("Alice")));
		let _ = chain.apply("Alice", call).expect("included, and paid by Alice");
		assert!(chain.run(|| Balances::free_balance(account("Alice"))) < before);
	}
}
