//! Whoever is let in without tokens and later let go leaves nothing on the chain, or something that is put down
//! for it: every place that lets an account in (limits_of_calls.rs lists them), with every way out of it.

use crate::common::{self, account, pair, sign, Chain};
use crate::runtime::{
	configs::health::{DepositBase, DepositPerByte},
	genesis_config_presets::SETTLEMENT_ASSET as ASSET,
	*,
};
use frame_support::traits::fungible::InspectHold;
use pallet_claims::{Call as Claim, Terms};
use pallet_patient_identity::Call as Identity;
use pallet_registry::Call as Reg;
use salus_primitives::{
	time::{DAY, YEAR},
	Interval, OrgId, OrgKind, OrgKindSet, PatientId, Role,
};
use sp_core::H256;
use sp_runtime::transaction_validity::InvalidTransaction;
use std::collections::BTreeSet;

const ROLE: Role = Role::Nurse;

/// What an account has done before it is let go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Before {
	/// Nothing.
	Silent,
	/// Somebody gave it an SLS; it has sent a transaction, and given the rest back.
	Sent,
	/// The same, and it kept the rest.
	HasTokens,
}
use Before::*;

/// A hospital that treats and insures, and its patient.
fn scene() -> (Chain, OrgId, PatientId) {
	let (mut chain, org, patient) = Chain::with_patient();
	let (kind, until) = (OrgKind::Payer, chain.now() + YEAR);
	let (kinds, profile) = (OrgKindSet::of(&[kind]), H256::repeat_byte(1));
	chain.succeed("Hospital", Reg::apply { kinds, profile });
	chain.succeed("Registrar", Reg::admit { org, kind, until });
	let terms = Terms {
		asset: ASSET,
		rules: Default::default(),
		auto_limit: 0,
		filing_limit: 180 * DAY,
		decision_time: 30 * DAY,
		answer_time: 30 * DAY,
		payment_time: 30 * DAY,
		interest: 0,
	};
	chain.succeed("Hospital", Claim::create_plan { org, terms: Box::new(terms) });
	(chain, org, patient)
}

fn act(chain: &mut Chain, who: &str, before: Before) {
	if before == Silent {
		return;
	}
	let value = UNIT;
	let dest = account(who).into();
	chain.succeed("Alice", pallet_balances::Call::transfer_keep_alive { dest, value });
	chain.succeed(who, pallet_utility::Call::batch { calls: vec![] });
	if before == Sent {
		let dest = account("Alice").into();
		chain.succeed(who, pallet_balances::Call::transfer_all { dest, keep_alive: false });
		assert_eq!(chain.run(|| Balances::free_balance(account(who))), 0);
	}
}

/// All accounts that are there without tokens of their own, and all that is put down.
fn state(chain: &mut Chain) -> (BTreeSet<AccountId>, Balance) {
	chain.run(|| {
		let without = frame_system::Account::<Runtime>::iter()
			.filter(|(_, info)| info.providers == 0)
			.map(|(who, _)| who)
			.collect();
		let held: Balance = pallet_balances::Holds::<Runtime>::iter_keys()
			.map(|who| Balances::total_balance_on_hold(&who))
			.sum();
		// The bond of claims is held in steps, ahead of what is stored: what it is for counts, byte by byte.
		let bond = pallet_claims::HoldReason::Bond.into();
		let in_steps: Balance = frame_system::Account::<Runtime>::iter_keys()
			.map(|who| Balances::balance_on_hold(&bond, &who))
			.sum();
		let bytes: u64 = pallet_claims::Bonds::<Runtime>::iter_values().map(|bond| bond.size).sum();
		(without, held - in_steps + DepositPerByte::get() * Balance::from(bytes))
	})
}

fn invite(chain: &mut Chain, org: OrgId, who: &str) {
	let until = chain.now() + DAY;
	chain.succeed("Hospital", Reg::invite { org, account: account(who), role: ROLE, until });
}

type Way = (&'static str, fn(&mut Chain, OrgId, PatientId, Before));

/// Every way in and out, for the account `//Guest`.
const WAYS: &[Way] = &[
	("an invitation that is taken back", |chain, org, _, before| {
		invite(chain, org, "Guest");
		act(chain, "Guest", before);
		chain.succeed(
			"Hospital",
			Reg::cancel_invitation { org, account: account("Guest"), role: ROLE },
		);
	}),
	("an invitation that is declined", |chain, org, _, before| {
		invite(chain, org, "Guest");
		act(chain, "Guest", before);
		chain.succeed("Guest", Reg::decline_affiliation { org, role: ROLE });
	}),
	("an invitation that is declined in a batch", |chain, org, _, before| {
		invite(chain, org, "Guest");
		act(chain, "Guest", before);
		let decline = Reg::decline_affiliation { org, role: ROLE };
		// A batch is paid for; who cannot declines plainly.
		match before {
			HasTokens => chain
				.succeed("Guest", pallet_utility::Call::batch_all { calls: vec![decline.into()] }),
			_ => chain.succeed("Guest", decline),
		}
	}),
	("two invitations, one of them declined", |chain, org, _, before| {
		invite(chain, org, "Guest");
		let (other, until) = (Role::Auditor, chain.now() + DAY);
		let guest = account("Guest");
		chain.succeed("Hospital", Reg::invite { org, account: guest.clone(), role: other, until });
		act(chain, "Guest", before);
		chain.succeed("Guest", Reg::decline_affiliation { org, role: ROLE });
		chain.succeed("Hospital", Reg::cancel_invitation { org, account: guest, role: other });
	}),
	("a key that is cancelled while it is pending", |chain, _, patient, before| {
		chain.add_key(patient, "Guest");
		act(chain, "Guest", before);
		chain.succeed("Patient", Identity::cancel_pending_key { key: account("Guest") });
	}),
	("a key that is pending when the handle is frozen", |chain, _, patient, before| {
		chain.add_key(patient, "Guest");
		act(chain, "Guest", before);
		chain.succeed("Patient", Identity::freeze {});
	}),
	("a key that is pending when the handle is retired", |chain, _, patient, before| {
		chain.succeed("Patient", Identity::retire {});
		for _ in 0..7 {
			chain.pass_a_day();
		}
		chain.add_key(patient, "Guest");
		act(chain, "Guest", before);
		chain.succeed("Alice", Identity::complete_retirement { patient });
	}),
	("a patient who is registered, and retires", |chain, org, _, before| {
		let (key, expiry) = (account("Guest"), chain.now() + 600);
		let message = chain.run(|| {
			let genesis = System::block_hash(0);
			pallet_patient_identity::messages::register_for(
				&genesis,
				org,
				&key,
				&common::AGREEMENT,
				expiry,
			)
		});
		use sp_core::Pair;
		let signature = pair("Guest").sign(&message).into();
		let agreement_key = common::AGREEMENT;
		let call =
			Identity::register_for { org, key: key.clone(), agreement_key, expiry, signature };
		chain.succeed("Hospital", call);
		act(chain, "Guest", before);
		chain.succeed("Guest", Identity::retire {});
		for _ in 0..7 {
			chain.pass_a_day();
		}
		let patient = chain.run(|| PatientIdentity::patient_of(&key)).expect("registered");
		chain.succeed("Alice", Identity::complete_retirement { patient });
	}),
	("an affiliation that ends", |chain, org, _, before| {
		invite(chain, org, "Guest");
		chain.succeed("Guest", Reg::accept_affiliation { org, role: ROLE });
		act(chain, "Guest", before);
		let account = account("Guest");
		chain.next_block();
		chain.succeed("Guest", Reg::end_affiliation { org, account, role: ROLE });
	}),
	("a coverage that is terminated", |chain, org, _, before| {
		let period = Interval::new(chain.now(), chain.now() + YEAR);
		let member = account("Guest");
		chain.succeed("Hospital", Claim::enrol { org, plan: 0, member, period });
		act(chain, "Guest", before);
		let until = chain.now() + 60;
		chain.succeed("Hospital", Claim::terminate_coverage { coverage: 0, until });
	}),
	("a member key that is proposed, and called off", |chain, org, _, before| {
		let period = Interval::new(chain.now(), chain.now() + YEAR);
		let member = account("Alice");
		chain.succeed("Hospital", Claim::enrol { org, plan: 0, member, period });
		let key = account("Guest");
		chain.succeed("Hospital", Claim::rekey_coverage { org, coverage: 0, key });
		act(chain, "Guest", before);
		chain.succeed("Hospital", Claim::cancel_rekey { coverage: 0 });
	}),
];

#[test]
fn whoever_is_let_in_and_let_go_leaves_nothing_or_something_put_down_for_it() {
	for (way, play) in WAYS {
		for before in [Silent, Sent, HasTokens] {
			let (mut chain, org, patient) = scene();
			let (others, put_down) = state(&mut chain);
			play(&mut chain, org, patient, before);
			let (now, held) = state(&mut chain);
			let stayed: Vec<_> = now.difference(&others).collect();
			assert!(stayed.len() <= 1, "{way}, {before:?}: {stayed:?}");
			let price = DepositBase::get();
			// It has paid for its transaction with tokens of its own, and `add_key` is on a budget: 0024.
			let paid = way.starts_with("a key") && before == Sent;
			assert!(
				stayed.is_empty() || paid || held >= put_down + price,
				"{way}, {before:?}: an account stays, and {held} are put down where it was {put_down}"
			);
			let guest = account("Guest");
			chain.run(|| {
				// Whoever has tokens is an account by them, and nobody's guest.
				let alive = !stayed.is_empty() || before == HasTokens;
				assert_eq!(System::account_exists(&guest), alive, "{way}, {before:?}");
				assert!(!pallet_sponsorship::Guests::<Runtime>::contains_key(&guest), "{way}");
			});
		}
	}
}

/// Otherwise whoever kept what a guest has sent could decline for it, when it is invited once more.
#[test]
fn nothing_that_a_guest_has_sent_is_accepted_again() {
	let (mut chain, org, _) = Chain::with_patient();
	let decline = || RuntimeCall::from(Reg::decline_affiliation { org, role: ROLE });
	let mut sent = Vec::new();
	for round in 0..3 {
		invite(&mut chain, org, "Guest");
		let new = chain.run(|| sign(&pair("Guest"), decline(), 0));
		assert_eq!(chain.run(|| Executive::apply_extrinsic(new.clone())), Ok(Ok(())));
		sent.push(new);
		// Whether it has tokens by now or not.
		if round == 1 {
			let (dest, value) = (account("Guest").into(), UNIT);
			chain.succeed("Alice", pallet_balances::Call::transfer_keep_alive { dest, value });
		}
		for old in &sent {
			let again = chain.run(|| Executive::apply_extrinsic(Clone::clone(old)));
			assert_eq!(again, Err(InvalidTransaction::Stale.into()), "in round {round}");
		}
		chain.next_block();
	}
}

/// Many who are invited and decline: for each of them the deposit stays.
#[test]
fn invitations_that_are_declined_are_paid_for_as_long_as_the_accounts_stay() {
	let (mut chain, org, _) = Chain::with_patient();
	let (before, put_down) = state(&mut chain);
	for n in 0..20 {
		let guest = format!("Guest{n}");
		invite(&mut chain, org, &guest);
		chain.succeed(&guest, Reg::decline_affiliation { org, role: ROLE });
	}
	let (after, held) = state(&mut chain);
	assert_eq!(after.len(), before.len() + 20);
	assert!(held >= put_down + 20 * DepositBase::get());
	// One of them is taken on after all: the deposit of its affiliation takes the place of the other.
	invite(&mut chain, org, "Guest7");
	chain.succeed("Guest7", Reg::accept_affiliation { org, role: ROLE });
	assert_eq!(state(&mut chain).1, held);
}
