//! What tests begin with, each in one call: plans, coverages, encounters, claims, and what is read of them afterwards.

use super::{
	biller, doctor, member, now, payer_admin, payer_biller, signed, stranger, AccountId, Assets,
	Claims, System, Test, HOSPITAL, PAYER, USD,
};
use crate::{
	messages, Claim, ClaimId, ClaimState, CoverageId, Decision, EncounterId, Event, Line,
	LineDecision, PerLine, PlanId, Terms,
};
use salus_claims_adjudication::{
	Accumulators, Adjustment, Adjustments, Benefit, BenefitCategory, Carc, Group, Money,
	Plan as Rules, Totals,
};
use salus_primitives::{
	commitment::merkle_root,
	time::{DAY, YEAR},
	Commitment, Interval, Moment, OrgId,
};
use sp_core::{sr25519, Pair, H256};
use sp_io::hashing::blake2_256;
use sp_runtime::{DispatchResult, MultiSignature};

/// A plan that covers primary care with a copay of 20 and 20 % coinsurance, hospital stays with the
/// deductible of 400, pays up to 1,000 by itself, and covers no dental care.
pub fn terms() -> Terms<u32> {
	let mut rules =
		Rules { deductible: 400, out_of_pocket_maximum: Some(2_000), ..Rules::default() };
	rules.benefits.primary_care =
		Benefit { covered: true, copay: 20, coinsurance: 200_000, ..Benefit::default() };
	rules.benefits.hospital_stay = Benefit {
		covered: true,
		deductible_applies: true,
		coinsurance: 200_000,
		..Benefit::default()
	};
	rules.benefits.preventive =
		Benefit { covered: true, visit_limit: Some(2), ..Benefit::default() };
	Terms {
		asset: USD,
		rules,
		auto_limit: 1_000,
		filing_limit: 180 * DAY,
		decision_time: 30 * DAY,
		answer_time: 45 * DAY,
		payment_time: 30 * DAY,
		interest: 100_000,
	}
}

/// Publishes [`terms`] for the payer.
pub fn plan() -> PlanId {
	plan_with(terms())
}

pub fn plan_with(terms: Terms<u32>) -> PlanId {
	let plan = crate::NextPlan::<Test>::get();
	Claims::create_plan(signed(payer_admin()), PAYER, Box::new(terms)).unwrap();
	plan
}

/// Enrols `who` for a year from now, without acceptance.
pub fn enrolled(plan: PlanId, who: AccountId) -> CoverageId {
	let coverage = crate::NextCoverage::<Test>::get();
	let period = Interval::new(now(), now() + YEAR);
	Claims::enrol(signed(payer_biller()), PAYER, plan, who, period).unwrap();
	coverage
}

/// A coverage of [`member`] under [`terms`], accepted.
pub fn covered() -> CoverageId {
	covered_by(terms())
}

pub fn covered_by(terms: Terms<u32>) -> CoverageId {
	covered_as(plan_with(terms), member())
}

pub fn covered_as(plan: PlanId, who: AccountId) -> CoverageId {
	let coverage = enrolled(plan, who.clone());
	Claims::accept_coverage(signed(who), coverage).unwrap();
	coverage
}

/// Puts `amount` into the payer's settlement account, which is there from its first plan on.
pub fn fund(amount: Money) {
	if !System::account_exists(&Claims::settlement_account(PAYER)) {
		plan();
	}
	Claims::fund(signed(payer_admin()), PAYER, USD, amount).unwrap();
}

/// What is free in the settlement account of `org`.
pub fn balance(org: OrgId) -> Money {
	Assets::balance(USD, Claims::settlement_account(org))
}

/// Opens an encounter at the hospital.
pub fn opened() -> EncounterId {
	let encounter = crate::NextEncounter::<Test>::get();
	Claims::open_encounter(signed(doctor()), HOSPITAL).unwrap();
	encounter
}

/// Opens an emergency at the hospital.
pub fn emergency(coverage: CoverageId) -> EncounterId {
	let encounter = crate::NextEncounter::<Test>::get();
	Claims::open_emergency(signed(doctor()), HOSPITAL, coverage).unwrap();
	encounter
}

/// Opens an encounter that the member of `coverage` attests.
pub fn attested(coverage: CoverageId) -> EncounterId {
	let encounter = opened();
	let who = crate::Coverages::<Test>::get(coverage).unwrap().member;
	Claims::attest(signed(who), encounter, coverage).unwrap();
	encounter
}

/// A line whose detail is the n-th of many.
pub fn line(n: u64, category: BenefitCategory, charge: Money) -> Line {
	Line { category, quantity: 1, charge, detail: detail(n) }
}

/// The n-th of many commitments.
pub fn detail(n: u64) -> Commitment {
	H256(blake2_256(&n.to_le_bytes()))
}

/// The n-th of many primary care visits.
pub fn visit(n: u64, charge: Money) -> Line {
	line(n, BenefitCategory::PrimaryCare, charge)
}

pub fn root(lines: &[Line]) -> Commitment {
	let details: Vec<_> = lines.iter().map(|line| line.detail).collect();
	merkle_root(&details).unwrap_or_default()
}

/// Closes an encounter of the hospital with the given lines.
pub fn close(encounter: EncounterId, lines: &[Line]) -> DispatchResult {
	let count = lines.len() as u8;
	Claims::close_encounter(signed(doctor()), HOSPITAL, encounter, root(lines), count)
}

/// Amends an encounter of the hospital.
pub fn amend(encounter: EncounterId, lines: &[Line]) -> DispatchResult {
	let count = lines.len() as u8;
	Claims::amend_encounter(signed(doctor()), HOSPITAL, encounter, root(lines), count)
}

pub fn submit(encounter: EncounterId, lines: &[Line]) -> DispatchResult {
	let lines = PerLine::truncate_from(lines.to_vec());
	Claims::submit(signed(biller()), HOSPITAL, encounter, lines)
		.map(|_| ())
		.map_err(|error| error.error)
}

pub fn correct(claim: ClaimId, lines: &[Line]) -> DispatchResult {
	let lines = PerLine::truncate_from(lines.to_vec());
	Claims::correct(signed(biller()), HOSPITAL, claim, lines)
		.map(|_| ())
		.map_err(|error| error.error)
}

pub fn void(claim: ClaimId) -> DispatchResult {
	Claims::void(signed(biller()), HOSPITAL, claim).map(|_| ()).map_err(|error| error.error)
}

pub fn poke(claim: ClaimId) -> DispatchResult {
	Claims::poke(signed(stranger()), claim).map(|_| ()).map_err(|error| error.error)
}

pub fn decide(claim: ClaimId, decision: Decision) -> DispatchResult {
	Claims::decide(signed(payer_biller()), PAYER, claim, decision)
		.map(|_| ())
		.map_err(|error| error.error)
}

/// A decision about one line.
pub fn line_decision(paid: Money, adjustments: &[(Group, Carc, Money)]) -> LineDecision {
	let mut list = Adjustments::new();
	for (group, carc, amount) in adjustments {
		list.try_push(Adjustment::new(*group, *carc, *amount)).unwrap();
	}
	LineDecision { paid, adjustments: list }
}

/// A decision about the lines of a claim.
pub fn lines_decision(decisions: Vec<LineDecision>) -> Decision {
	Decision::Lines(PerLine::truncate_from(decisions))
}

/// An attested encounter of the hospital, closed and claimed.
pub fn claimed(coverage: CoverageId, lines: &[Line]) -> ClaimId {
	let encounter = attested(coverage);
	close(encounter, lines).unwrap();
	let claim = crate::NextClaim::<Test>::get();
	submit(encounter, lines).unwrap();
	claim
}

pub fn claim(id: ClaimId) -> Claim {
	crate::Claims::<Test>::get(id).unwrap()
}

pub fn state(id: ClaimId) -> ClaimState {
	claim(id).state
}

pub fn totals(id: ClaimId) -> Totals {
	claim(id).totals.unwrap()
}

pub fn used(coverage: CoverageId) -> Accumulators {
	crate::Used::<Test>::get(coverage)
}

/// The reasons of a claim's lines, in their order.
pub fn reasons(id: ClaimId) -> Vec<Vec<(Group, Carc, Money)>> {
	crate::ClaimResults::<Test>::get(id)
		.unwrap()
		.iter()
		.map(|result| result.adjustments.iter().map(|a| (a.group, a.carc, a.amount)).collect())
		.collect()
}

/// The member's signature for an attestation that `org` hands in.
pub fn attestation(
	by: &sr25519::Pair,
	org: OrgId,
	encounter: EncounterId,
	coverage: CoverageId,
	expiry: Moment,
) -> MultiSignature {
	let message = messages::attest(&Claims::genesis(), org, encounter, coverage, expiry);
	by.sign(&message).into()
}

/// The events of this pallet since the last time.
pub fn events() -> Vec<Event<Test>> {
	let events = System::read_events_for_pallet::<Event<Test>>();
	System::reset_events();
	events
}
