//! Visits and claims, with one line and with as many as can be; and the money of claims, to the last of it.

mod coverages;
mod insured;

use super::*;
use crate::common::pair;
use insured::*;
use pallet_claims::{messages, Call as Claim, BOND_STEP, MAX_LINES};
use sp_core::Pair;

/// The fewest lines and the most, of a correction and of the claim before it.
const CORNERS: [(u32, u32); 4] = [(1, 1), (1, MAX_LINES), (MAX_LINES, 1), (MAX_LINES, MAX_LINES)];

/// What is declared twice where a bond grows: the call looks at it, and so does what is added.
const BOND_TWICE: [Less; 2] = [("Claims::Bonds", 1, 1), ("Registry::Organisations", 1, 0)];
/// What is declared twice where a payment begins or ends an account: the call pays, and so does what is added.
const PAID_TWICE: [Less; 2] = [("Assets::Account", 2, 2), ("Assets::Asset", 1, 1)];
/// What is declared twice where licences are looked up in their histories: the call asks when each was last in force, and so does what is
/// added.
const ASKED_LICENCES_TWICE: Less = ("Registry::LastLicensed", 1, 0);
/// What is added where a payment begins or ends an account.
const ENDED: Part = ("claims", "end_account", &[]);
/// What is added where licences are looked up in their histories.
const LOOKED_UP: Part = ("claims", "past_licences", &[]);

#[test]
fn a_visit_is_opened_attested_and_closed() {
	let mut insured = Insured::with(1);
	let org = insured.hospital;
	// The first one makes the hospital an account and a bond.
	let found = touched(&mut insured.chain, "Doctor", Claim::open_encounter { org });
	let parts: [Part; 2] = [("claims", "open_encounter", &[]), ("claims", "grow_bond", &[])];
	assert_reached(&found, &parts, &BOND_TWICE);
	let encounter = insured.opened();
	let (coverage, expiry) = (0, insured.chain.now() + 600);
	let message = insured
		.chain
		.run(|| messages::attest(&System::block_hash(0), org, encounter, coverage, expiry));
	let signature = pair("Member").sign(&message).into();
	let attest = Claim::attest_for { org, encounter, coverage, expiry, signature };
	let found = touched(&mut insured.chain, "Doctor", attest);
	assert_reached(&found, &[("claims", "attest_for", &[])], &[]);
	let (root, lines) = closing(&lines(1, MAX_LINES, ORDINARY));
	let close = Claim::close_encounter { org, encounter, root, lines };
	let found = touched(&mut insured.chain, "Doctor", close);
	assert_reached(&found, &[("claims", "close_encounter", &[])], &[]);
}

/// What is put down is enough for some more, and the account is there.
#[test]
fn a_further_visit_is_opened() {
	let mut insured = Insured::with(1);
	insured.opened();
	let org = insured.hospital;
	let found = touched(&mut insured.chain, "Doctor", Claim::open_encounter { org });
	let less = [("System::Account", 0, 1)];
	assert_reached(&found, &[("claims", "open_encounter", &[])], &less);
}

/// Until what is put down is used up.
#[test]
fn a_visit_is_opened_and_the_bond_grows() {
	let mut insured = Insured::with(1);
	insured.opened();
	let org = insured.hospital;
	insured.chain.run(|| {
		pallet_claims::Bonds::<Runtime>::mutate(org, |bond| {
			bond.as_mut().expect("it was put down").size = BOND_STEP;
		});
	});
	let found = touched(&mut insured.chain, "Doctor", Claim::open_encounter { org });
	let parts: [Part; 2] = [("claims", "open_encounter", &[]), ("claims", "grow_bond", &[])];
	let less = [BOND_TWICE[0], BOND_TWICE[1], ("System::Account", 0, 1)];
	assert_reached(&found, &parts, &less);
}

/// After the administrator, who has a bond, has handed over.
#[test]
fn a_visit_is_opened_and_the_bond_moves() {
	let mut insured = Insured::with(1);
	insured.opened();
	endowed(&mut insured.chain, "Successor");
	let (org, new) = (insured.hospital, account("Successor"));
	make(&mut insured.chain, "Hospital", Register::rotate_admin { org, new });
	make(&mut insured.chain, "Successor", Register::accept_admin { org });
	let found = touched(&mut insured.chain, "Doctor", Claim::open_encounter { org });
	let parts: [Part; 2] = [("claims", "open_encounter", &[]), ("claims", "move_bond", &[])];
	assert_declared(&found, &parts);
}

/// It is paid at once, from an account that stays into one that was there.
#[test]
fn a_claim_is_submitted() {
	for count in [1, MAX_LINES] {
		let mut insured = Insured::with(PLENTY);
		insured.claimed(lines(0, 1, ORDINARY));
		let lines = lines(1, count, ORDINARY);
		let encounter = insured.closed(&lines);
		let org = insured.hospital;
		let found = touched(&mut insured.chain, "Clerk", Claim::submit { org, encounter, lines });
		assert_reached(&found, &[("claims", "submit", &[("n", count)])], &[]);
		assert_eq!(sum(&found), Accesses { reads: 14 + count, writes: 11 + count });
	}
}

/// Something is put on hold instead of being paid.
#[test]
fn a_claim_is_submitted_that_awaits_the_insurer() {
	for count in [1, MAX_LINES] {
		let mut insured = Insured::with(PLENTY);
		insured.claimed(lines(0, 1, ORDINARY));
		let lines = lines(1, count, DEAR);
		let encounter = insured.closed(&lines);
		let org = insured.hospital;
		let found = touched(&mut insured.chain, "Clerk", Claim::submit { org, encounter, lines });
		assert_eq!(found["AssetsHolder::Holds"], Accesses { reads: 1, writes: 1 });
		let others = ["AssetsHolder::BalancesOnHold", "AssetsHolder::Holds"];
		assert_declared_but_for(&others, &found, &[("claims", "submit", &[("n", count)])]);
	}
}

/// And is paid at once, with the last that the insurer has. It is the first that the hospital gets.
#[test]
fn a_claim_is_submitted_after_the_licences_were_reinstated() {
	for count in [1, MAX_LINES] {
		let mut insured = Insured::with(PLENTY);
		let lines = lines(1, count, ORDINARY);
		let encounter = insured.closed(&lines);
		insured.reinstated();
		let org = insured.hospital;
		let submit = RuntimeCall::from(Claim::submit { org, encounter, lines });
		insured.spends_its_last((insured.insurer, "Insurer"), "Clerk", &submit);
		let found = touched(&mut insured.chain, "Clerk", submit);
		let components = [("n", count)];
		let parts: [Part; 3] = [("claims", "submit", &components), ENDED, LOOKED_UP];
		let holds_twice = ("AssetsHolder::BalancesOnHold", 1, 0);
		let less = [PAID_TWICE[0], PAID_TWICE[1], holds_twice, ASKED_LICENCES_TWICE];
		assert_reached(&found, &parts, &less);
	}
}

/// A correction of a correction, which comes to less than was paid: the provider gives back the last that it has.
#[test]
fn a_correction_to_less_is_decided_in_place_of_a_claim_that_waits_between_two_others() {
	let charge = DEAR / 2;
	for (count, before) in CORNERS {
		for which in 0..2 {
			let (mut insured, claim) = Insured::pended_correction(count, before, charge);
			insured.reinstated();
			let [rules, by_line] = insured.decisions(claim, count, charge);
			let (weight, call) = if which == 0 { rules } else { by_line };
			let components = [("n", count), ("p", before)];
			let part = ("claims", weight, &components[..]);
			insured.assert_returns_all("Adjuster", call, part, weight == "decide_by_rules");
		}
	}
}

/// The same, about which the payer was silent.
#[test]
fn a_correction_to_less_is_poked_in_place_of_a_claim_that_waits_between_two_others() {
	for (count, before) in [(1, MAX_LINES), (MAX_LINES, 1)] {
		let (mut insured, claim) = Insured::pended_correction(count, before, DEAR / 2);
		insured.reinstated();
		hours(&mut insured.chain, 24);
		let components = [("n", count), ("p", before)];
		let poke = RuntimeCall::from(Claim::poke { claim });
		insured.assert_returns_all("Anybody", poke, ("claims", "poke", &components), true);
	}
}

/// The same, decided when it is submitted.
#[test]
fn a_claim_that_waits_between_two_others_is_corrected_to_less() {
	for (count, before) in CORNERS {
		let (mut insured, claim) = Insured::held(before);
		let (org, lines) = (insured.hospital, lines(5, count, ORDINARY));
		insured.amended(claim, &lines);
		insured.reinstated();
		let correct = RuntimeCall::from(Claim::correct { org, claim, lines });
		let components = [("n", count), ("p", before)];
		insured.assert_returns_all("Clerk", correct, ("claims", "correct", &components), true);
	}
}

/// It is paid what was on hold, and waits for the rest behind all others.
#[test]
fn a_correction_to_more_is_decided_in_place_of_a_claim_that_waits_between_others() {
	let charge = 4 * DEAR;
	for (count, before) in CORNERS {
		let (mut insured, claim) = Insured::pended_correction(count, before, charge);
		let last = insured.claimed(lines(6, 1, ORDINARY));
		assert!(insured.waits(last));
		for (weight, call) in insured.decisions(claim, count, charge) {
			let found = touched(&mut insured.chain, "Adjuster", call);
			assert_eq!(found["Claims::Neighbouring"], Accesses { reads: 4, writes: 5 });
			let components = [("n", count), ("p", before)];
			assert_reached(&found, &[("claims", weight, &components)], &[]);
		}
	}
}

/// The same, about which the payer was silent.
#[test]
fn a_correction_to_more_is_poked_in_place_of_a_claim_that_waits_between_others() {
	for (count, before) in [(1, MAX_LINES), (MAX_LINES, 1)] {
		let (mut insured, claim) = Insured::pended_correction(count, before, 4 * DEAR);
		let last = insured.claimed(lines(6, 1, ORDINARY));
		assert!(insured.waits(last));
		hours(&mut insured.chain, 24);
		let found = touched(&mut insured.chain, "Anybody", Claim::poke { claim });
		let components = [("n", count), ("p", before)];
		assert_reached(&found, &[("claims", "poke", &components)], &[]);
	}
}

/// It is paid into an account that begins anew, after the licences were reinstated.
#[test]
fn a_correction_to_more_is_decided_and_begins_an_account() {
	let charge = 4 * DEAR;
	for (count, before) in CORNERS {
		let (mut insured, claim) = Insured::pended_correction(count, before, charge);
		let last = insured.claimed(lines(6, 1, ORDINARY));
		assert!(insured.waits(last));
		insured.withdrawn(insured.hospital, "Hospital");
		insured.reinstated();
		for (weight, call) in insured.decisions(claim, count, charge) {
			let found = touched(&mut insured.chain, "Adjuster", call);
			let components = [("n", count), ("p", before)];
			let mut parts: Vec<Part> = vec![("claims", weight, &components[..]), ENDED];
			// That an account ends takes what releasing a hold took already. None ends here.
			let mut less: Vec<Less> = vec![
				("AssetsHolder::BalancesOnHold", 1, 1),
				("AssetsHolder::Holds", 1, 1),
				("System::Account", 1, 1),
			];
			less.extend(PAID_TWICE);
			if weight == "decide_by_rules" {
				parts.push(LOOKED_UP);
				less.push(ASKED_LICENCES_TWICE);
			}
			assert_reached(&found, &parts, &less);
		}
	}
}

/// By anybody, with the last that the insurer has: somebody has sent it there. It is the first that the hospital gets.
#[test]
fn a_claim_that_waits_is_settled_with_the_last_that_there_is() {
	let mut insured = Insured::with(1);
	let claim = insured.claimed(lines(0, 1, ORDINARY));
	let next = insured.claimed(lines(1, 1, ORDINARY));
	assert!(insured.waits(claim) && insured.waits(next));
	let (payer, amount) = (insured.insurer, insured.claim(claim).owed() - 1);
	let target = insured.chain.run(|| Claims::settlement_account(payer)).into();
	let id = ASSET.into();
	make(&mut insured.chain, "Alice", pallet_assets::Call::transfer { id, target, amount });
	let settle = Claim::settle_waiting { payer, asset: ASSET, limit: 1 };
	let found = touched(&mut insured.chain, "Anybody", settle);
	// Nothing was on hold for it, and an account that begins is declared for each claim and with the one that ends.
	let less = [
		PAID_TWICE[0],
		PAID_TWICE[1],
		("AssetsHolder::BalancesOnHold", 1, 1),
		("AssetsHolder::Holds", 1, 1),
		("System::Account", 1, 1),
	];
	assert_reached(&found, &[("claims", "settle_waiting", &[("n", 1)]), ENDED], &less);
}

/// With the last that somebody has, into an account that begins by it.
#[test]
fn an_organisation_is_funded() {
	let mut insured = Insured::with(1);
	insured.broke();
	insured.funder(ORDINARY);
	let (org, amount) = (insured.insurer, ORDINARY);
	let fund = Claim::fund { org, asset: ASSET, amount };
	let found = touched(&mut insured.chain, "Funder", fund);
	assert_reached(&found, &[("claims", "fund", &[])], &[]);
}

/// And all that it is funded with goes on to the hospital, which gets something for the first time.
#[test]
fn an_organisation_is_funded_for_which_a_claim_waits() {
	let mut insured = Insured::with(1);
	insured.broke();
	let claim = insured.claimed(lines(0, 1, ORDINARY));
	assert!(insured.waits(claim));
	let (org, amount) = (insured.insurer, insured.claim(claim).owed());
	insured.funder(amount);
	let fund = Claim::fund { org, asset: ASSET, amount };
	let found = touched(&mut insured.chain, "Funder", fund);
	assert_eq!(found["AssetsHolder::Holds"], Accesses { reads: 2, writes: 2 });
	let parts: [Part; 3] =
		[("claims", "fund", &[]), ("claims", "settle_waiting", &[("n", 1)]), ENDED];
	assert_declared(&found, &parts);
}

/// Its administrator has nothing else in the asset.
#[test]
fn an_organisation_takes_out_all_that_it_has() {
	let mut insured = Insured::with(ORDINARY);
	let amount = insured.chain.run(|| Assets::balance(ASSET, account("Insurer")));
	let (id, target) = (ASSET.into(), account("Alice").into());
	make(&mut insured.chain, "Insurer", pallet_assets::Call::transfer { id, target, amount });
	let (org, amount) = (insured.insurer, ORDINARY);
	let withdraw = Claim::withdraw { org, asset: ASSET, amount };
	let found = touched(&mut insured.chain, "Insurer", withdraw);
	assert_reached(&found, &[("claims", "withdraw", &[])], &[]);
}

/// It has what was paid for the claim that it corrected, and waits for the rest between two others.
#[test]
fn a_claim_that_was_paid_in_part_and_waits_is_voided() {
	let mut insured = Insured::with(13_000);
	let paid = insured.claimed(lines(0, 1, 15_000));
	assert!(!insured.waits(paid), "it is paid");
	let first = insured.claimed(lines(1, 1, 15_000));
	let claim = insured.corrected(paid, lines(2, 1, 50_000));
	let last = insured.claimed(lines(3, 1, 15_000));
	assert!(insured.waits(first) && insured.waits(claim) && insured.waits(last));
	let org = insured.hospital;
	let found = touched(&mut insured.chain, "Clerk", Claim::void { org, claim });
	assert_eq!(found["Claims::Neighbouring"], Accesses { reads: 3, writes: 3 });
	// All that the insurer had was paid, so that its account is made anew, and the hospital's ends. In the benchmark something is on hold in
	// the insurer's, which is released instead.
	assert_declared_but_for(&["System::Account"], &found, &[("claims", "void", &[("n", 1)])]);
}

/// It waits behind the two, once it is corrected, and nothing moves.
#[test]
fn a_claim_that_waits_between_two_others_is_corrected() {
	let mut insured = Insured::with(1);
	for number in 0..3 {
		let claim = insured.claimed(lines(number, 1, 15_000));
		assert!(insured.waits(claim));
	}
	let (org, claim, lines) = (insured.hospital, 1, lines(3, 1, 20_000));
	insured.amended(claim, &lines);
	let found = touched(&mut insured.chain, "Clerk", Claim::correct { org, claim, lines });
	assert_eq!(found["Claims::Neighbouring"], Accesses { reads: 3, writes: 4 });
	assert_declared(&found, &[("claims", "correct", &[("n", 1), ("p", 1)])]);
}
