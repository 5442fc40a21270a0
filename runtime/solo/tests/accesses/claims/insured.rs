//! A hospital and an insurer with a member, and what they do with claims.

use super::*;
use crate::runtime::{
	configs::governance::TreasuryAccount, genesis_config_presets::SETTLEMENT_ASSET,
};
use frame_support::{
	storage::{with_transaction, TransactionOutcome},
	traits::{
		fungibles::Inspect,
		tokens::{Fortitude, Preservation},
	},
};
use pallet_claims::{
	Call as Claim, ClaimId, ClaimState, Decision, EncounterId, Line, LineDecision, PerLine, Terms,
};
use salus_claims_adjudication::{
	Adjustment, Adjustments, Benefit, BenefitCategory, Carc, Group, Plan,
};
use salus_primitives::{commitment::merkle_root, time::DAY, Interval};
use sp_runtime::DispatchError;

/// In which claims are paid.
pub(super) const ASSET: AssetId = SETTLEMENT_ASSET;
/// More than all claims of a scene together.
pub(super) const PLENTY: Balance = 100_000_000;
/// What a claim that the rules pay at once has in all, however many lines.
pub(super) const ORDINARY: Balance = 640_000;
/// The same of one that a person has to look at.
pub(super) const DEAR: Balance = 6_400_000;

/// The terms of a plan that pays what is charged, but for a copay of 20.00.
pub(super) fn terms() -> Terms<AssetId> {
	let mut rules = Plan::default();
	rules.benefits.primary_care = Benefit { covered: true, copay: 2_000, ..Benefit::default() };
	Terms {
		asset: ASSET,
		rules,
		auto_limit: 1_000_000,
		filing_limit: 180 * DAY,
		decision_time: DAY,
		answer_time: 30 * DAY,
		payment_time: 30 * DAY,
		interest: 100_000,
	}
}

/// `count` lines for `charge` in all, whose details are the `batch`-th of many.
pub(super) fn lines(batch: u8, count: u32, charge: Balance) -> PerLine<Line> {
	let category = BenefitCategory::PrimaryCare;
	let line = |n: u32| {
		let mut detail = H256::repeat_byte(batch);
		detail.as_bytes_mut()[..4].copy_from_slice(&n.to_le_bytes());
		Line { category, quantity: 1, charge: charge / Balance::from(count), detail }
	};
	PerLine::truncate_from((0..count).map(line).collect())
}

/// What is to be recorded of a visit with these lines.
pub(super) fn closing(lines: &PerLine<Line>) -> (H256, u8) {
	let details = lines.iter().map(|line| line.detail).collect::<Vec<_>>();
	(merkle_root(&details).expect("there are lines"), lines.len() as u8)
}

/// A hospital, and an insurer with a member. The hospital may treat by the kind of licence that is looked up last, and awaits those of the
/// other kinds that treat.
pub(super) struct Insured {
	pub(super) chain: Chain,
	pub(super) hospital: OrgId,
	pub(super) insurer: OrgId,
}

impl Insured {
	/// The insurer can pay `funds`.
	pub(super) fn with(funds: Balance) -> Self {
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
	pub(super) fn reinstated(&mut self) {
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
	pub(super) fn opened(&mut self) -> EncounterId {
		let (chain, org) = (&mut self.chain, self.hospital);
		let encounter = chain.run(pallet_claims::NextEncounter::<Runtime>::get);
		make(chain, "Doctor", Claim::open_encounter { org });
		encounter
	}

	/// A visit with these lines, attested and closed.
	pub(super) fn closed(&mut self, lines: &PerLine<Line>) -> EncounterId {
		let encounter = self.opened();
		let (chain, org, (root, lines)) = (&mut self.chain, self.hospital, closing(lines));
		make(chain, "Member", Claim::attest { encounter, coverage: 0 });
		make(chain, "Doctor", Claim::close_encounter { org, encounter, root, lines });
		encounter
	}

	/// A claim for a new visit.
	pub(super) fn claimed(&mut self, lines: PerLine<Line>) -> ClaimId {
		let (encounter, org) = (self.closed(&lines), self.hospital);
		let claim = self.chain.run(pallet_claims::NextClaim::<Runtime>::get);
		make(&mut self.chain, "Clerk", Claim::submit { org, encounter, lines });
		claim
	}

	/// Amends the visit of a claim to other lines, with which the claim is then to be corrected.
	pub(super) fn amended(&mut self, claim: ClaimId, lines: &PerLine<Line>) {
		let encounter = self.claim(claim).encounter;
		let (org, (root, lines)) = (self.hospital, closing(lines));
		let amend = Claim::amend_encounter { org, encounter, root, lines };
		make(&mut self.chain, "Doctor", amend);
	}

	/// Corrects a claim to other lines.
	pub(super) fn corrected(&mut self, claim: ClaimId, lines: PerLine<Line>) -> ClaimId {
		self.amended(claim, &lines);
		let org = self.hospital;
		let correction = self.chain.run(pallet_claims::NextClaim::<Runtime>::get);
		make(&mut self.chain, "Clerk", Claim::correct { org, claim, lines });
		correction
	}

	pub(super) fn claim(&mut self, claim: ClaimId) -> pallet_claims::Claim {
		let found = self.chain.run(|| pallet_claims::Claims::<Runtime>::get(claim));
		found.expect("submitted")
	}

	pub(super) fn waits(&mut self, claim: ClaimId) -> bool {
		matches!(self.claim(claim).state, ClaimState::Waiting { .. })
	}

	/// Lets an organisation's administrator take out what is free.
	pub(super) fn withdrawn(&mut self, org: OrgId, admin: &str) {
		let amount = self.chain.run(|| {
			let (who, all) = (Claims::settlement_account(org), Preservation::Expendable);
			Assets::reducible_balance(ASSET, &who, all, Fortitude::Polite)
		});
		make(&mut self.chain, admin, Claim::withdraw { org, asset: ASSET, amount });
	}

	/// Lets the insurer take back what is free.
	pub(super) fn broke(&mut self) {
		self.withdrawn(self.insurer, "Insurer");
	}

	/// Lets an organisation's administrator take out what `call` of `who` would leave in its account, so that this ends by the call.
	pub(super) fn spends_its_last(
		&mut self,
		(org, admin): (OrgId, &str),
		who: &str,
		call: &RuntimeCall,
	) {
		let (call, origin) = (call.clone(), RuntimeOrigin::signed(account(who)));
		let left = self.chain.run(|| {
			with_transaction(|| {
				let done = call.dispatch_bypass_filter(origin);
				assert!(done.is_ok(), "by {who}: {done:?}");
				let left = Assets::balance(ASSET, Claims::settlement_account(org));
				TransactionOutcome::Rollback(Ok::<Balance, DispatchError>(left))
			})
		});
		let amount = left.expect("it is taken back");
		make(&mut self.chain, admin, Claim::withdraw { org, asset: ASSET, amount });
	}

	/// Somebody with no other money in the asset than this.
	pub(super) fn funder(&mut self, amount: Balance) {
		endowed(&mut self.chain, "Funder");
		let (id, target) = (ASSET.into(), account("Funder").into());
		make(&mut self.chain, "Alice", pallet_assets::Call::transfer { id, target, amount });
	}

	/// A claim of so many lines that waits between two others. It is a correction of one for [`DEAR`], which is paid, and is to cost twice
	/// that: the rest is on hold, since the asset was frozen when it was decided. The payer has nothing else.
	pub(super) fn held(count: u32) -> (Self, ClaimId) {
		let mut insured = Self::with(PLENTY);
		let (org, decision) = (insured.insurer, Decision::AsAdjudicated);
		let paid = insured.claimed(lines(1, count, DEAR));
		let decide = Claim::decide { org, claim: paid, decision: decision.clone() };
		make(&mut insured.chain, "Adjuster", decide);
		assert!(matches!(insured.claim(paid).state, ClaimState::Settled { .. }));
		let held = insured.corrected(paid, lines(2, count, 2 * DEAR));
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
		make(&mut insured.chain, "Adjuster", Claim::decide { org, claim: held, decision });
		frozen(&mut insured, false);
		let last = insured.claimed(lines(4, 1, ORDINARY));
		assert!([first, held, last].into_iter().all(|claim| insured.waits(claim)));
		let found = insured.claim(held);
		assert!(found.transferred > 0 && found.held > 0, "{found:?}");
		(insured, held)
	}

	/// A correction of `count` lines for `charge`, of a claim of `before` lines as [`Insured::held`] has it, which awaits the payer.
	pub(super) fn pended_correction(count: u32, before: u32, charge: Balance) -> (Self, ClaimId) {
		let (mut insured, held) = Self::held(before);
		let correction = insured.corrected(held, lines(5, count, charge));
		assert!(insured.claim(correction).state.is_pending());
		(insured, correction)
	}

	/// What the payer can decide about a correction of `count` lines for `charge`, and by which weight: by the rules, or by itself, which pays
	/// all but one of each line.
	pub(super) fn decisions(
		&self,
		claim: ClaimId,
		count: u32,
		charge: Balance,
	) -> [(&'static str, RuntimeCall); 2] {
		let mut adjustments = Adjustments::new();
		let one = Adjustment::new(Group::PatientResponsibility, Carc::Copay, 1);
		adjustments.try_push(one).expect("there is room");
		let line = LineDecision { paid: charge / Balance::from(count) - 1, adjustments };
		let by_line = Decision::Lines(PerLine::truncate_from(vec![line; count as usize]));
		let org = self.insurer;
		let call = |decision| RuntimeCall::from(Claim::decide { org, claim, decision });
		[("decide_by_rules", call(Decision::AsAdjudicated)), ("decide", call(by_line))]
	}

	/// Asserts that a correction is settled by `call` of `who`, for which its provider gives back all that is left to it. Whether its licences
	/// are `looked_up` in their histories.
	pub(super) fn assert_returns_all(
		&mut self,
		who: &str,
		call: RuntimeCall,
		weight: Part,
		looked_up: bool,
	) {
		self.spends_its_last((self.hospital, "Hospital"), who, &call);
		let found = touched(&mut self.chain, who, call);
		assert_eq!(found["AssetsHolder::Holds"], Accesses { reads: 2, writes: 2 });
		let mut parts = vec![weight, ENDED];
		// The benchmark has one that waits behind others in turn. No account begins here.
		let mut less: Vec<Less> = vec![("Claims::Neighbouring", 1, 2), ("System::Account", 1, 1)];
		less.extend(PAID_TWICE);
		if looked_up {
			parts.push(LOOKED_UP);
			less.push(ASKED_LICENCES_TWICE);
		}
		assert_reached(&found, &parts, &less);
	}
}
