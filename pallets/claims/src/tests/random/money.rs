//! What the ledger says about claims: what they come to, and what moves.

use super::ledger::{given, treated, Entry, Ledger};
use crate::{
	mock::*, Claim, ClaimId, ClaimState, CoverageId, Decision, EncounterId, Event, Line, PendReason,
};
use salus_claims_adjudication::{
	adjudicate, decide_line, post, reverse, Accumulators, Adjustment, Adjustments, Carc, Denial,
	Group, LineResult, Money, Totals,
};
use salus_primitives::{commitment::merkle_root, time::YEAR, OrgId};
use std::{collections::BTreeSet, rc::Rc};

impl Ledger {
	/// A new claim: of an encounter that has none, or in the place of `previous`.
	pub fn claim(
		&mut self,
		encounter: EncounterId,
		lines: &[Line],
		previous: Option<ClaimId>,
	) -> Option<()> {
		let visit = *self.visit(encounter)?;
		let closing = visit.closing?;
		given(visit.attested.is_some() || visit.emergency)?;
		let coverage = visit.coverage?;
		let payer = self.cover(coverage)?.payer;
		let details: Vec<_> = lines.iter().map(|line| line.detail).collect();
		given(payer != visit.provider)?;
		given(lines.len() == usize::from(closing.lines))?;
		given(merkle_root(&details) == Some(closing.root))?;
		given(details.iter().collect::<BTreeSet<_>>().len() == lines.len())?;
		let live = self.live();
		given(!live.iter().any(|(of, detail)| *of != encounter && details.contains(detail)))?;
		given(lines.iter().all(|line| line.quantity > 0))?;

		let terms = self.terms(coverage);
		let before = previous.map(|id| self.claims[id as usize].claim);
		given(before.is_none() || now() <= closing.at + terms.filing_limit)?;
		let id = self.claims.len() as ClaimId;
		let claim = Claim {
			encounter,
			coverage,
			provider: visit.provider,
			payer,
			version: before.map_or(0, |before| before.version) + 1,
			previous,
			submitted: now(),
			paused: 0,
			requests: 0,
			state: ClaimState::Voided { at: 0 },
			totals: None,
			transferred: 0,
			interest: 0,
			held: 0,
		};
		self.claims.push(Entry { claim, lines: lines.into(), results: Rc::new([]) });
		self.tell(Event::Submitted { claim: id, encounter, coverage, previous });
		let undecided = before.is_some_and(|before| before.state.is_pending());
		if let (true, Some(previous)) = (undecided, previous) {
			self.supersede(previous, id);
		}

		let results = self.by_rules(id)?;
		let Some(reason) = self.doubt(id, &results) else { return self.conclude(id, results) };
		if reason == PendReason::NotAttested {
			self.entry(id)?.claim.held = 0;
		} else {
			self.hold(id, &results);
		}
		let due = now() + terms.decision_time;
		let claim = &mut self.entry(id)?.claim;
		claim.state = ClaimState::Pended { reason, due };
		let held = claim.held;
		let visit = self.visit(encounter)?;
		if before.is_some() && !undecided {
			visit.correction = Some(id);
		} else {
			visit.claim = Some(id);
		}
		self.tell(Event::Pended { claim: id, reason, due, held })
	}

	/// Holds what a claim would cost on top, if it is there and nobody waits for it; what the claim
	/// before held is there. An account from which something is held keeps one unit free.
	fn hold(&mut self, id: ClaimId, results: &[LineResult]) {
		let Claim { payer, previous, held, .. } = self.claims[id as usize].claim;
		let has = previous.map_or(0, |id| self.claims[id as usize].claim.transferred);
		let expected = paid(results).saturating_sub(has);
		let others = self.held(payer) - held;
		let is_there = expected + others < self.settlement[&payer];
		if expected <= held || self.queue(payer).is_empty() && is_there {
			self.claims[id as usize].claim.held = expected;
		}
	}

	/// What the decided claims of a coverage have used, without one of them.
	pub fn used(&self, coverage: CoverageId, without: Option<ClaimId>) -> Accumulators {
		let rules = &self.terms(coverage).rules;
		let counts = |id: ClaimId, entry: &Entry| {
			entry.claim.coverage == coverage
				&& entry.claim.state.is_decided()
				&& Some(id) != without
		};
		let counted = (0..).zip(&self.claims).filter(|(id, entry)| counts(*id, entry));
		counted.fold(Accumulators::default(), |used, (_, entry)| {
			post(rules, &used, &entry.results).expect("within the limits")
		})
	}

	fn denial(&self, id: ClaimId) -> Option<Denial> {
		let Claim { encounter, coverage, provider, submitted, .. } = self.claims[id as usize].claim;
		let visit = &self.encounters[encounter as usize];
		let period = self.coverages[coverage as usize].period;
		let limit = self.terms(coverage).filing_limit;
		if visit.opened < period.from {
			Some(Denial::BeforeCoverage)
		} else if period.until <= visit.opened {
			Some(Denial::AfterCoverage)
		} else if !treated(provider, visit.opened) {
			Some(Denial::ProviderNotEligible)
		} else if submitted > visit.closing?.at + limit {
			Some(Denial::FilingLimit)
		} else {
			None
		}
	}

	fn by_rules(&self, id: ClaimId) -> Option<Vec<LineResult>> {
		let Entry { claim, lines, .. } = &self.claims[id as usize];
		let rules = &self.terms(claim.coverage).rules;
		let base = self.used(claim.coverage, claim.previous);
		let denial = self.denial(id);
		let priced: Vec<_> = lines.iter().map(|line| line.priced(denial)).collect();
		let found = adjudicate(rules, &base, &priced).ok()?;
		assert_eq!(post(rules, &base, &found.lines), Ok(found.accumulators));
		assert_eq!(reverse(&found.accumulators, &found.lines), Ok(base));
		Some(found.lines.into_inner())
	}

	/// Why a person has to look at a claim.
	fn doubt(&self, id: ClaimId, results: &[LineResult]) -> Option<PendReason> {
		let Claim { encounter, coverage, .. } = self.claims[id as usize].claim;
		let visit = &self.encounters[encounter as usize];
		let reasons = [
			(PendReason::NotAttested, visit.attested.is_none()),
			(PendReason::Reviewed, visit.reviewed && self.denial(id).is_none()),
			(PendReason::AboveLimit, paid(results) > self.terms(coverage).auto_limit),
		];
		reasons.into_iter().find(|(_, holds)| *holds).map(|(reason, _)| reason)
	}

	fn supersede(&mut self, previous: ClaimId, by: ClaimId) {
		let before = &mut self.claims[previous as usize].claim;
		if matches!(before.state, ClaimState::Superseded { .. }) {
			return;
		}
		before.state = ClaimState::Superseded { by };
		let moved = std::mem::take(&mut before.transferred);
		let held = std::mem::take(&mut before.held);
		let payer = before.payer;
		self.queue_mut(payer).retain(|id| *id != previous);
		let claim = &mut self.claims[by as usize].claim;
		claim.transferred += moved;
		claim.held += held;
		self.tell(Event::Superseded { claim: previous, by });
	}

	/// Puts a decision into effect, if nobody lacks what has to be given back.
	fn conclude(&mut self, id: ClaimId, results: Vec<LineResult>) -> Option<()> {
		let Entry { claim: Claim { coverage, previous, .. }, lines, .. } =
			self.claims[id as usize].clone();
		let base = self.used(coverage, previous);
		post(&self.terms(coverage).rules, &base, &results).ok()?;
		if let Some(previous) = previous {
			self.supersede(previous, id);
		}
		let group = |group: Group| -> Money {
			let all = results.iter().flat_map(|result| result.adjustments.iter());
			all.filter(|one| one.group == group).map(|one| one.amount).sum()
		};
		let totals = Totals {
			charge: lines.iter().map(|line| line.charge).sum(),
			paid: paid(&results),
			contractual_obligation: group(Group::ContractualObligation),
			patient_responsibility: group(Group::PatientResponsibility),
			other_adjustment: group(Group::OtherAdjustment),
			payer_initiated: group(Group::PayerInitiated),
		};
		let entry = self.entry(id)?;
		entry.results = results.into();
		entry.claim.totals = Some(totals);
		entry.claim.state = ClaimState::Waiting { since: now() };
		let Claim { encounter, provider, payer, transferred, .. } = entry.claim;
		let visit = self.visit(encounter)?;
		(visit.claim, visit.correction) = (Some(id), None);
		self.tell(Event::Adjudicated { claim: id, totals });

		let returned = transferred.saturating_sub(totals.paid);
		self.transfer(provider, payer, returned)?;
		self.entry(id)?.claim.transferred -= returned;
		let owed = totals.paid.saturating_sub(transferred);
		let ahead = self.queue(payer).len() as u64;
		let may = ahead == 0 || owed <= self.claims[id as usize].claim.held;
		if may && self.pay(id, owed) {
			let interest = self.claims[id as usize].claim.interest;
			return self.settled(id, owed, returned, interest);
		}
		let part = self.covered(id, owed);
		if part > 0 && self.pay(id, part) {
			let interest = self.claims[id as usize].claim.interest;
			self.tell(Event::PaidInPart { claim: id, paid: part, interest });
		}
		self.queue_mut(payer).push(id);
		self.tell(Event::Waiting { claim: id, amount: owed - part, ahead })
	}

	fn settled(
		&mut self,
		id: ClaimId,
		paid: Money,
		returned: Money,
		interest: Money,
	) -> Option<()> {
		self.entry(id)?.claim.state = ClaimState::Settled { at: now() };
		self.tell(Event::Settled { claim: id, paid, returned, interest })
	}

	/// The interest on a part of a claim.
	fn interest(&self, id: ClaimId, part: Money) -> Money {
		let Claim { coverage, submitted, paused, .. } = self.claims[id as usize].claim;
		let terms = self.terms(coverage);
		let overdue = now().saturating_sub(submitted + paused + terms.payment_time);
		part * u128::from(terms.interest) * u128::from(overdue) / (1_000_000 * u128::from(YEAR))
	}

	/// How much of `owed` the hold pays with its interest, by halving.
	fn covered(&self, id: ClaimId, owed: Money) -> Money {
		let held = self.claims[id as usize].claim.held;
		let (mut enough, mut too_much) = (0, owed);
		while enough + 1 < too_much {
			let middle = (enough + too_much) / 2;
			if middle + self.interest(id, middle) <= held {
				enough = middle;
			} else {
				too_much = middle;
			}
		}
		enough
	}

	/// Pays a part of a claim with its interest, from the hold and what is free. Whether that is there.
	fn pay(&mut self, id: ClaimId, part: Money) -> bool {
		let interest = self.interest(id, part);
		let claim = &mut self.claims[id as usize].claim;
		let Claim { provider, payer, held, .. } = *claim;
		claim.held = 0;
		let paid = self.transfer(payer, provider, part + interest).is_some();
		let claim = &mut self.claims[id as usize].claim;
		if paid {
			claim.transferred += part;
			claim.interest += interest;
		} else {
			claim.held = held;
		}
		paid
	}

	/// Pays from the head of a queue. How many were paid.
	pub fn pay_waiting(&mut self, payer: OrgId, limit: u32) -> u32 {
		let mut count = 0;
		while count < limit {
			let Some(first) = self.queue(payer).first().copied() else { break };
			let Claim { totals, transferred, interest, .. } = self.claims[first as usize].claim;
			let owed = totals.expect("decided").paid - transferred;
			if !self.pay(first, owed) {
				break;
			}
			let interest = self.claims[first as usize].claim.interest - interest;
			self.settled(first, owed, 0, interest);
			self.queue_mut(payer).remove(0);
			count += 1;
		}
		count
	}

	pub fn void(&mut self, id: ClaimId) -> Option<()> {
		let Claim { encounter, provider, payer, transferred, .. } = self.entry(id)?.claim;
		if self.visit(encounter)?.correction == Some(id) {
			return self.lapse(id);
		}
		self.standing(id)?;
		self.transfer(provider, payer, transferred)?;
		self.queue_mut(payer).retain(|waiting| *waiting != id);
		self.visit(encounter)?.claim = None;
		let claim = &mut self.entry(id)?.claim;
		(claim.held, claim.transferred) = (0, 0);
		claim.state = ClaimState::Voided { at: now() };
		self.tell(Event::Voided { claim: id, returned: transferred })
	}

	fn lapse(&mut self, id: ClaimId) -> Option<()> {
		let claim = &mut self.entry(id)?.claim;
		(claim.held, claim.state) = (0, ClaimState::Lapsed { at: now() });
		let encounter = claim.encounter;
		self.visit(encounter)?.correction = None;
		self.tell(Event::Lapsed { claim: id })
	}

	/// Goes on if the claim stands, and nothing is to take its place.
	pub fn standing(&mut self, id: ClaimId) -> Option<()> {
		let encounter = self.entry(id)?.claim.encounter;
		let visit = self.visit(encounter)?;
		given(visit.claim == Some(id) && visit.correction.is_none())
	}

	pub fn decide(&mut self, id: ClaimId, decision: Decision) -> Option<()> {
		let claim = &mut self.entry(id)?.claim;
		given(claim.state.is_pending())?;
		if let ClaimState::InformationRequested { since, .. } = claim.state {
			claim.paused += now() - since;
		}
		let Claim { coverage, encounter, state, .. } = *claim;
		let results = match decision {
			Decision::AsAdjudicated => self.by_rules(id)?,
			Decision::Lines(decisions) => {
				// Whoever was silent has agreed to the rules.
				given(!matches!(state, ClaimState::Pended { due, .. } if due <= now()))?;
				self.visit(encounter)?.reviewed = true;
				let rules = &self.terms(coverage).rules;
				let lines = self.entry(id)?.lines.clone();
				given(lines.len() == decisions.len())?;
				let decided = |(line, one): (&Line, crate::LineDecision)| {
					let rest: Money = one.adjustments.iter().map(|one| one.amount).sum();
					given(line.charge == one.paid + rest)?;
					decide_line(rules, &line.priced(None), one.paid, one.adjustments).ok()
				};
				lines.iter().zip(decisions).map(decided).collect::<Option<_>>()?
			},
		};
		self.conclude(id, results)
	}

	pub fn poke(&mut self, id: ClaimId) -> Option<()> {
		let Claim { encounter, state, .. } = self.entry(id)?.claim;
		let attested_at = self.visit(encounter)?.attested;
		let attested = attested_at.is_some();
		match state {
			ClaimState::Pended { reason: PendReason::NotAttested, due } if attested => {
				let results = self.by_rules(id)?;
				let Some(reason) = self.doubt(id, &results) else {
					return self.conclude_or_lapse(id, results);
				};
				self.hold(id, &results);
				let coverage = self.entry(id)?.claim.coverage;
				let time = self.terms(coverage).decision_time;
				let due = due.max(attested_at? + time);
				let claim = &mut self.entry(id)?.claim;
				claim.state = ClaimState::Pended { reason, due };
				let held = claim.held;
				self.tell(Event::Pended { claim: id, reason, due, held })
			},
			ClaimState::Pended { due, .. } if due <= now() => {
				if attested {
					let results = self.by_rules(id)?;
					self.conclude_or_lapse(id, results)
				} else {
					self.deny_or_lapse(id, Carc::LacksInformation)
				}
			},
			ClaimState::InformationRequested { since, due, .. } if due <= now() => {
				// Whether it counts or lapses, the clock stood.
				self.entry(id)?.claim.paused += now() - since;
				self.deny_or_lapse(id, Carc::NoAnswer)
			},
			_ => None,
		}
	}

	fn conclude_or_lapse(&mut self, id: ClaimId, results: Vec<LineResult>) -> Option<()> {
		let Claim { provider, previous, .. } = self.entry(id)?.claim;
		let has = previous.map_or(0, |id| self.claims[id as usize].claim.transferred);
		if has.saturating_sub(paid(&results)) > self.free(provider) {
			self.lapse(id)
		} else {
			self.conclude(id, results)
		}
	}

	fn deny_or_lapse(&mut self, id: ClaimId, reason: Carc) -> Option<()> {
		let Entry { claim, lines, .. } = self.entry(id)?.clone();
		if self.visit(claim.encounter)?.correction == Some(id) {
			return self.lapse(id);
		}
		let denied = |line: &Line| {
			let mut adjustments = Adjustments::new();
			if line.charge > 0 {
				let whole = Adjustment::new(Group::ContractualObligation, reason, line.charge);
				adjustments.try_push(whole).expect("the first");
			}
			let (paid, patient_responsibility, usage) = (0, 0, Default::default());
			let category = line.category;
			LineResult { category, paid, patient_responsibility, usage, adjustments }
		};
		self.conclude(id, lines.iter().map(denied).collect())
	}

	pub fn queue(&self, payer: OrgId) -> &[ClaimId] {
		self.queues.get(&payer).map_or(&[], |queue| queue)
	}

	fn queue_mut(&mut self, payer: OrgId) -> &mut Vec<ClaimId> {
		self.queues.entry(payer).or_default()
	}

	/// What claims hold of an organisation's money.
	pub fn held(&self, org: OrgId) -> Money {
		let against = self.claims.iter().filter(|entry| entry.claim.payer == org);
		against.map(|entry| entry.claim.held).sum()
	}

	/// What is free. An account from which something is held keeps one unit besides.
	pub fn free(&self, org: OrgId) -> Money {
		let all = self.settlement.get(&org).copied().unwrap_or_default();
		match self.held(org) {
			0 => all,
			held => all - held - 1,
		}
	}

	fn transfer(&mut self, from: OrgId, to: OrgId, amount: Money) -> Option<()> {
		given(amount <= self.free(from))?;
		*self.settlement.get_mut(&from)? -= amount;
		*self.settlement.get_mut(&to)? += amount;
		Some(())
	}
}

fn paid(results: &[LineResult]) -> Money {
	results.iter().map(|result| result.paid).sum()
}
