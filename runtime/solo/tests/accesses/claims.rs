//! Visits and claims, with one line and with as many as can be.

use super::*;
use crate::{
	common::pair,
	runtime::{
		configs::governance::TreasuryAccount, genesis_config_presets::SETTLEMENT_ASSET as ASSET,
	},
};
use frame_support::traits::{
	fungibles::Inspect,
	tokens::{Fortitude, Preservation},
};
use pallet_claims::{
	messages, Call as Claim, ClaimId, ClaimState, Decision, EncounterId, Line, LineDecision,
	PerLine, Terms, MAX_LINES,
};
use salus_claims_adjudication::{
	Adjustment, Adjustments, Benefit, BenefitCategory, Carc, Group, Plan,
};
use salus_primitives::{commitment::merkle_root, time::DAY, Interval};
use sp_core::Pair;

/// More than all claims of a scene together.
const PLENTY: Balance = 100_000_000;
/// What a claim that the rules pay at once has in all, however many lines.
const ORDINARY: Balance = 640_000;
/// The same of one that a person has to look at.
const DEAR: Balance = 6_400_000;

/// The terms of a plan that pays what is charged, but for a copay of 20.00.
fn terms() -> Terms<AssetId> {
	let mut rules = Plan::default();
	rules.benefits.primary_care = Benefit { covered: true, copay: 2_000, ..Benefit::default() };
	Terms {
		asset: ASSET,
		rules,
		auto_limit: 1_000_000,
		filing_limit: 180 * DAY,
		decision_time: 30 * DAY,
		answer_time: 30 * DAY,
		payment_time: 30 * DAY,
		interest: 100_000,
	}
}

/// `count` lines for `charge` in all, whose details are the `batch`-th of many.
fn lines(batch: u8, count: u32, charge: Balance) -> PerLine<Line> {
	let category = BenefitCategory::PrimaryCare;
	let line = |n: u32| {
		let mut detail = H256::repeat_byte(batch);
		detail.as_bytes_mut()[..4].copy_from_slice(&n.to_le_bytes());
		Line { category, quantity: 1, charge: charge / Balance::from(count), detail }
	};
	PerLine::truncate_from((0..count).map(line).collect())
}

/// What is to be recorded of a visit with these lines.
fn closing(lines: &PerLine<Line>) -> (H256, u8) {
	let details = lines.iter().map(|line| line.detail).collect::<Vec<_>>();
	(merkle_root(&details).expect("there are lines"), lines.len() as u8)
}

/// A hospital, and an insurer with a member. The hospital may treat by the kind of licence that is looked up last, and awaits those of the
/// other kinds that treat.
struct Insured {
	chain: Chain,
	hospital: OrgId,
	insurer: OrgId,
}

impl Insured {
	/// The insurer can pay `funds`.
	fn with(funds: Balance) -> Self {
		let mut chain = Chain::development();
		let (kinds, profile) = (
			OrgKindSet::of(&[OrgKind::Provider, OrgKind::Laboratory, OrgKind::Pharmacy]),
			H256::repeat_byte(1),
		);
		chain.succeed("Hospital", Register::apply { kinds, profile });
		let hospital = chain.run(|| Registry::administers(&account("Hospital"))).expect("applied");
		let (org, kind, until) = (hospital, OrgKind::Pharmacy, chain.now() + YEAR);
		chain.succeed("Registrar", Register::admit { org, kind, until });
		let insurer = admitted(&mut chain, "Insurer", OrgKindSet::of(&[OrgKind::Payer]));
		chain.next_block();
		employed(&mut chain, hospital, "Hospital", "Clerk", Role::Biller);
		employed(&mut chain, hospital, "Hospital", "Doctor", Role::Clinician);
		employed(&mut chain, insurer, "Insurer", "Adjuster", Role::Biller);
		let terms = Box::new(terms());
		chain.succeed("Insurer", Claim::create_plan { org: insurer, terms });
		chain.succeed("Insurer", Claim::fund { org: insurer, asset: ASSET, amount: funds });
		let (member, now) = (account("Member"), chain.now());
		let period = Interval::new(now, now + YEAR);
		chain.succeed("Adjuster", Claim::enrol { org: insurer, plan: 0, member, period });
		chain.succeed("Member", Claim::accept_coverage { coverage: 0 });
		Self { chain, hospital, insurer }
	}

	/// Lets the hospital be licensed in each kind in which it may treat, in each since now: whether it was when a visit took place is then
	/// looked up in the history of each.
	fn reinstated(&mut self) {
		let (chain, org) = (&mut self.chain, self.hospital);
		hours(chain, 1);
		make(chain, "Registrar", Register::suspend { org, kind: OrgKind::Pharmacy });
		hours(chain, 1);
		let until = chain.now() + YEAR;
		let kind = OrgKind::Pharmacy;
		make(chain, "Registrar", Register::reinstate { org, kind, until });
		for kind in [OrgKind::Provider, OrgKind::Laboratory] {
			make(chain, "Registrar", Register::admit { org, kind, until });
		}
	}

	/// A visit that nobody has attested yet.
	fn opened(&mut self) -> EncounterId {
		let (chain, org) = (&mut self.chain, self.hospital);
		let encounter = chain.run(pallet_claims::NextEncounter::<Runtime>::get);
		make(chain, "Doctor", Claim::open_encounter { org });
		encounter
	}

	/// A visit with these lines, attested and closed.
	fn closed(&mut self, lines: &PerLine<Line>) -> EncounterId {
		let encounter = self.opened();
		let (chain, org, (root, lines)) = (&mut self.chain, self.hospital, closing(lines));
		make(chain, "Member", Claim::attest { encounter, coverage: 0 });
		make(chain, "Doctor", Claim::close_encounter { org, encounter, root, lines });
		encounter
	}

	/// A claim for a new visit.
	fn claimed(&mut self, lines: PerLine<Line>) -> ClaimId {
		let (encounter, org) = (self.closed(&lines), self.hospital);
		let claim = self.chain.run(pallet_claims::NextClaim::<Runtime>::get);
		make(&mut self.chain, "Clerk", Claim::submit { org, encounter, lines });
		claim
	}

	/// Amends the visit of a claim to other lines, with which the claim is then to be corrected.
	fn amended(&mut self, claim: ClaimId, lines: &PerLine<Line>) {
		let encounter = self.claim(claim).encounter;
		let (org, (root, lines)) = (self.hospital, closing(lines));
		let amend = Claim::amend_encounter { org, encounter, root, lines };
		make(&mut self.chain, "Doctor", amend);
	}

	/// Corrects a claim to other lines.
	fn corrected(&mut self, claim: ClaimId, lines: PerLine<Line>) -> ClaimId {
		self.amended(claim, &lines);
		let org = self.hospital;
		let correction = self.chain.run(pallet_claims::NextClaim::<Runtime>::get);
		make(&mut self.chain, "Clerk", Claim::correct { org, claim, lines });
		correction
	}

	fn claim(&mut self, claim: ClaimId) -> pallet_claims::Claim {
		let found = self.chain.run(|| pallet_claims::Claims::<Runtime>::get(claim));
		found.expect("submitted")
	}

	fn waits(&mut self, claim: ClaimId) -> bool {
		matches!(self.claim(claim).state, ClaimState::Waiting { .. })
	}

	/// Lets the insurer take back what is free.
	fn broke(&mut self) {
		let (org, asset) = (self.insurer, ASSET);
		let amount = self.chain.run(|| {
			let (who, all) = (Claims::settlement_account(org), Preservation::Expendable);
			Assets::reducible_balance(ASSET, &who, all, Fortitude::Polite)
		});
		make(&mut self.chain, "Insurer", Claim::withdraw { org, asset, amount });
	}

	/// A correction of `count` lines that awaits the payer. The claim of `before` lines which it is to replace is a correction itself, of
	/// which a part is paid, the rest is on hold since the asset was frozen when it was decided, and which waits between two others. The
	/// payer has nothing else.
	fn pended_correction(count: u32, before: u32) -> (Self, ClaimId) {
		let mut insured = Self::with(PLENTY);
		let paid = insured.claimed(lines(1, before, ORDINARY));
		let held = insured.corrected(paid, lines(2, before, DEAR));
		insured.broke();
		let first = insured.claimed(lines(3, 1, ORDINARY));
		let frozen = |insured: &mut Self, frozen: bool| {
			let (issuer, asset) = (RuntimeOrigin::signed(TreasuryAccount::get()), ASSET.into());
			let done = insured.chain.run(|| match frozen {
				true => Assets::freeze_asset(issuer, asset),
				false => Assets::thaw_asset(issuer, asset),
			});
			assert_eq!(done, Ok(()));
		};
		frozen(&mut insured, true);
		let (org, decision) = (insured.insurer, Decision::AsAdjudicated);
		make(&mut insured.chain, "Adjuster", Claim::decide { org, claim: held, decision });
		frozen(&mut insured, false);
		let last = insured.claimed(lines(4, 1, ORDINARY));
		assert!([first, held, last].into_iter().all(|claim| insured.waits(claim)));
		let found = insured.claim(held);
		assert!(found.transferred > 0 && found.held > 0, "{found:?}");
		let correction = insured.corrected(held, lines(5, count, 2 * DEAR));
		assert!(insured.claim(correction).state.is_pending());
		(insured, correction)
	}
}

#[test]
fn a_visit_is_opened_attested_and_closed() {
	let mut insured = Insured::with(1);
	let org = insured.hospital;
	// The first one makes the hospital an account and a bond.
	let found = touched(&mut insured.chain, "Doctor", Claim::open_encounter { org });
	assert_reached(&found, &[("claims", "open_encounter", &[])], &[]);
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

/// And is paid at once.
#[test]
fn a_claim_is_submitted_after_the_licences_were_reinstated() {
	for count in [1, MAX_LINES] {
		let mut insured = Insured::with(PLENTY);
		let lines = lines(1, count, ORDINARY);
		let encounter = insured.closed(&lines);
		insured.reinstated();
		let org = insured.hospital;
		let submit = Claim::submit { org, encounter, lines };
		let found = touched(&mut insured.chain, "Clerk", submit);
		assert_reached(&found, &[("claims", "submit", &[("n", count)])], &[]);
	}
}

/// A correction of a correction, line by line or by the rules.
#[test]
fn a_correction_is_decided_in_place_of_a_claim_that_waits_between_two_others() {
	for (count, before) in [(1, 1), (1, MAX_LINES), (MAX_LINES, 1), (MAX_LINES, MAX_LINES)] {
		let (mut insured, claim) = Insured::pended_correction(count, before);
		insured.reinstated();
		let org = insured.insurer;
		let rules = Claim::decide { org, claim, decision: Decision::AsAdjudicated };
		let components = [("n", count), ("p", before)];
		let found = touched(&mut insured.chain, "Adjuster", rules);
		assert_reached(&found, &[("claims", "decide_by_rules", &components)], &[]);
		let charge = 2 * DEAR / Balance::from(count);
		let mut adjustments = Adjustments::new();
		let one = Adjustment::new(Group::PatientResponsibility, Carc::Copay, 1);
		adjustments.try_push(one).expect("there is room");
		let line = LineDecision { paid: charge - 1, adjustments };
		let decided = vec![line; count as usize];
		let decision = Decision::Lines(PerLine::truncate_from(decided));
		let by_line = Claim::decide { org, claim, decision };
		let found = touched(&mut insured.chain, "Adjuster", by_line);
		assert_reached(&found, &[("claims", "decide", &components)], &[]);
	}
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
