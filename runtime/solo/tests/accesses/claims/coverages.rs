//! Coverages, visits of their members, and questions about claims.

use super::*;
use crate::runtime::configs::fees::MemberReserve;
use pallet_sponsorship::Budget;
use salus_primitives::Interval;

/// An insurer whose administrator has handed over, and has a bond yet: it moves with the next entry, from one account to another.
fn handed_over() -> Insured {
	let mut insured = Insured::with(1);
	endowed(&mut insured.chain, "Successor");
	let (org, new) = (insured.insurer, account("Successor"));
	make(&mut insured.chain, "Insurer", Register::rotate_admin { org, new });
	make(&mut insured.chain, "Successor", Register::accept_admin { org });
	insured
}

/// To somebody whom nobody knew, who is welcomed.
#[test]
fn a_coverage_is_offered_and_accepted() {
	let mut insured = handed_over();
	let (org, member, now) = (insured.insurer, account("Newcomer"), insured.chain.now());
	let period = Interval::new(now, now + YEAR);
	let enrol = RuntimeCall::from(Claim::enrol { org, plan: 0, member, period });
	let found = touched(&mut insured.chain, "Adjuster", enrol.clone());
	assert_reached(&found, &[("claims", "enrol", &[])], &[]);
	make(&mut insured.chain, "Adjuster", enrol);
	let accept = Claim::accept_coverage { coverage: 1 };
	let found = touched(&mut insured.chain, "Newcomer", accept);
	assert_reached(&found, &[("claims", "accept_coverage", &[])], &[]);
}

/// Another key that nobody knew. By somebody of the payer's who is not its administrator: the affiliation is read as well.
#[test]
fn a_coverage_gets_another_key_or_keeps_its_own_or_ends() {
	let mut insured = handed_over();
	let (org, coverage, key) = (insured.insurer, 0, account("Newcomer"));
	let rekey = RuntimeCall::from(Claim::rekey_coverage { org, coverage, key });
	let found = touched(&mut insured.chain, "Adjuster", rekey.clone());
	assert_reached(&found, &[("claims", "rekey_coverage", &[])], &[]);
	make(&mut insured.chain, "Adjuster", rekey);
	let found = touched(&mut insured.chain, "Adjuster", Claim::cancel_rekey { coverage });
	assert_reached(&found, &[("claims", "cancel_rekey", &[])], &[]);
	let until = insured.chain.now();
	let end = Claim::terminate_coverage { coverage, until };
	let found = touched(&mut insured.chain, "Adjuster", end);
	assert_reached(&found, &[("claims", "terminate_coverage", &[])], &[]);
	hours(&mut insured.chain, 24);
	let found = touched(&mut insured.chain, "Newcomer", Claim::accept_rekey { coverage });
	assert_reached(&found, &[("claims", "accept_rekey", &[])], &[]);
}

/// The first one makes the hospital an account and a bond.
#[test]
fn a_visit_is_opened_in_an_emergency() {
	let mut insured = Insured::with(1);
	let org = insured.hospital;
	let open = Claim::open_emergency { org, coverage: 0 };
	let found = touched(&mut insured.chain, "Doctor", open);
	let parts: [Part; 2] = [("claims", "open_emergency", &[]), ("claims", "grow_bond", &[])];
	assert_reached(&found, &parts, &BOND_TWICE);
}

/// By the member itself.
#[test]
fn a_visit_is_attested_and_amended_after_it_was_closed() {
	let mut insured = Insured::with(1);
	let encounter = insured.opened();
	let attest = Claim::attest { encounter, coverage: 0 };
	let found = touched(&mut insured.chain, "Member", attest);
	assert_reached(&found, &[("claims", "attest", &[])], &[]);
	let claim = insured.claimed(lines(0, 1, ORDINARY));
	let (org, encounter) = (insured.hospital, insured.claim(claim).encounter);
	let (root, lines) = closing(&lines(1, MAX_LINES, ORDINARY));
	let amend = Claim::amend_encounter { org, encounter, root, lines };
	let found = touched(&mut insured.chain, "Doctor", amend);
	assert_reached(&found, &[("claims", "amend_encounter", &[])], &[]);
}

/// By somebody who does not act for the provider, which is looked up.
#[test]
fn the_payer_asks_about_a_claim_and_is_answered() {
	let mut insured = Insured::with(PLENTY);
	let claim = insured.claimed(lines(0, 1, DEAR));
	assert!(insured.claim(claim).state.is_pending());
	let (payer, provider) = (insured.insurer, insured.hospital);
	let ask = RuntimeCall::from(Claim::request_information { org: payer, claim });
	let found = touched(&mut insured.chain, "Adjuster", ask.clone());
	assert_reached(&found, &[("claims", "request_information", &[])], &[]);
	make(&mut insured.chain, "Adjuster", ask);
	let answer = Claim::answer { org: provider, claim };
	let found = touched(&mut insured.chain, "Clerk", answer);
	assert_reached(&found, &[("claims", "answer", &[])], &[]);
}

/// A member is on fewer budgets than a patient, and whose coverage it is is read in place of whose key it is. What may be sponsored declares
/// the largest of all ways.
#[test]
fn a_fee_of_a_member() {
	let mut insured = Insured::with(1);
	let encounter = insured.opened();
	let attest = RuntimeCall::from(Claim::attest { encounter, coverage: 0 });
	let (insurer, fee) = (insured.insurer, MemberReserve::get());
	let mut found_for = |used_up: &[Budget]| {
		let call = attest.clone();
		sponsorship::touched_for_fee(&mut insured.chain, "Member", call, fee, used_up)
	};
	let found = found_for(&[]);
	assert_eq!(found["Sponsorship::Budgets"], Accesses { reads: 2, writes: 2 });
	let parts: [Part; 1] = [("sponsorship", "sponsored_patient_fee", &[])];
	assert_declared_but_for(&["Claims::Coverages"], &found, &parts);
	// Where that is used up, its reserve.
	let found = found_for(&[Budget::Members(insurer)]);
	assert_eq!(found["Sponsorship::Budgets"], Accesses { reads: 3, writes: 1 });
	let parts: [Part; 1] = [("sponsorship", "sponsored_reserve_fee", &[])];
	assert_declared_but_for(&["Claims::Coverages"], &found, &parts);
}
