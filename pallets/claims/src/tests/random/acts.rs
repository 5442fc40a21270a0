//! From a step to the calls that it consists of.

use super::{
	steps::{Draft, Move, Pick, Ruling, Step, Twist, Way},
	world::{aim, both, World, KEYS, ORGS},
};
use crate::{
	mock::*, Call, Claim, ClaimId, ClaimState, CoverageId, Decision, Encounter, EncounterId, Line,
	LineDecision, PerLine,
};
use salus_claims_adjudication::{
	Carc::{self, *},
	Group::*,
	Money,
};
use salus_primitives::{time::HOUR, traits::Credentials, Interval, Moment, OrgId};

/// Who might meddle, and for whom.
fn cast() -> [(AccountId, OrgId); 14] {
	[
		(payer_admin(), PAYER),
		(payer_biller(), PAYER),
		(other_payer_admin(), OTHER_PAYER),
		(admin(), HOSPITAL),
		(doctor(), HOSPITAL),
		(biller(), HOSPITAL),
		(clinic_admin(), CLINIC),
		(both(), PAYER),
		(both(), HOSPITAL),
		(stranger(), HOSPITAL),
		(stranger(), PAYER),
		(patient_key(), CLINIC),
		(KEYS[0].1.clone(), PAYER),
		(KEYS[1].1.clone(), HOSPITAL),
	]
}

/// Who treats, bills, enrols and decides for an organisation.
pub fn clerk(org: OrgId) -> AccountId {
	match org {
		PAYER => payer_biller(),
		OTHER_PAYER => other_payer_admin(),
		HOSPITAL => biller(),
		_ => clinic_admin(),
	}
}

pub fn administrator(org: OrgId) -> AccountId {
	match org {
		PAYER => payer_admin(),
		HOSPITAL => admin(),
		_ => clerk(org),
	}
}

fn site(clinic: bool) -> OrgId {
	if clinic {
		CLINIC
	} else {
		HOSPITAL
	}
}

/// A new licence of `org`, from now on.
fn license(org: OrgId) {
	let (_, kind) = ORGS.into_iter().find(|(id, _)| *id == org).expect("one of the four");
	edit_orgs(|orgs| {
		let licences = &mut orgs.get_mut(&org).expect("there from the start").licences;
		licences.push((kind, Interval::new(now(), END)));
	});
}

fn ruled(ruling: Ruling, line: &Line) -> LineDecision {
	let charge = line.charge;
	let part = |percent: u8| charge * Money::from(percent) / 100;
	let share = |paid: Money, reason: Carc| {
		let rest = charge - paid;
		let ours = (ContractualObligation, FeeSchedule, rest / 2);
		(paid, [ours, (PatientResponsibility, reason, rest - rest / 2)])
	};
	let denied = |paid: Money| (paid, [(ContractualObligation, NotNecessary, charge - paid); 2]);
	let (paid, reasons) = match ruling {
		Ruling::Whole => share(charge, Copay),
		Ruling::Nothing => denied(0),
		Ruling::Part(percent) if percent.is_multiple_of(4) => share(part(percent), Deductible),
		Ruling::Part(percent) => share(part(percent), BenefitMaximum),
		Ruling::Unbalanced(up) => {
			let (paid, reasons) = share(part(50), Copay);
			(if up { paid + 1 } else { paid.saturating_sub(1) }, reasons)
		},
		Ruling::PaidThoughDenied => denied(part(50)),
	};
	let mut reasons: Vec<_> = reasons.into_iter().filter(|(_, _, amount)| *amount > 0).collect();
	reasons.dedup();
	line_decision(paid, &reasons)
}

impl World<'_> {
	/// Who takes a step, and for which organisation, if `right` is who may.
	pub fn actor(&self, by: Option<usize>, right: AccountId, org: OrgId) -> (AccountId, OrgId) {
		let Some(number) = by else { return (right, org) };
		let (who, own) = cast()[number / 2 % 14].clone();
		(who, if number.is_multiple_of(2) { own } else { org })
	}

	fn drawn(&mut self, drafts: &[Draft]) -> Vec<Line> {
		drafts
			.iter()
			.map(|Draft { category, quantity, charge, again }| {
				let number = match again {
					Some(pick) if self.services > 0 => *pick as u64 % self.services,
					_ => {
						self.services += 1;
						self.services - 1
					},
				};
				let (category, quantity, charge) = (*category, *quantity, *charge);
				Line { category, quantity, charge, detail: detail(number) }
			})
			.collect()
	}

	/// Claims in which `wanted` sees something to do.
	fn claims(&self, wanted: impl Fn(&Claim) -> bool) -> Vec<ClaimId> {
		let all = (0..).zip(&self.ledger.claims);
		all.filter(|(_, entry)| wanted(&entry.claim)).map(|(id, _)| id).collect()
	}

	fn some_claim(&self, pick: Pick, wanted: impl Fn(&Claim) -> bool) -> (ClaimId, OrgId, OrgId) {
		let id = aim(pick, &self.claims(wanted), self.ledger.claims.len());
		let claim = self.ledger.claims.get(id as usize).map(|entry| entry.claim);
		let (provider, payer) =
			claim.map_or((HOSPITAL, PAYER), |claim| (claim.provider, claim.payer));
		(id, provider, payer)
	}

	fn some_visit(&self, pick: Pick, wanted: impl Fn(&Encounter) -> bool) -> (EncounterId, OrgId) {
		let visits = &self.ledger.encounters;
		let all = (0..).zip(visits);
		let candidates: Vec<_> = all.filter(|(_, visit)| wanted(visit)).map(|(id, _)| id).collect();
		let id = aim(pick, &candidates, visits.len());
		(id, visits.get(id as usize).map_or(HOSPITAL, |visit| visit.provider))
	}

	pub fn some_cover(&self, pick: Pick, wanted: impl Fn(CoverageId) -> bool) -> CoverageId {
		let given = self.ledger.coverages.len();
		let candidates: Vec<_> = (0..given as CoverageId).filter(|id| wanted(*id)).collect();
		aim(pick, &candidates, given)
	}

	/// The member key and the payer of a coverage.
	pub fn parties(&self, coverage: CoverageId) -> (AccountId, OrgId) {
		let cover = self.ledger.coverages.get(coverage as usize);
		cover.map_or((stranger(), PAYER), |cover| (cover.member.clone(), cover.payer))
	}

	fn attest_for(&mut self, who: AccountId, encounter: EncounterId, org: OrgId, life: Moment) {
		let covers: Vec<CoverageId> = (0..self.ledger.coverages.len() as CoverageId).collect();
		let named = self.ledger.encounters.get(encounter as usize).and_then(|visit| visit.coverage);
		let named = named.filter(|_| !life.is_multiple_of(2));
		let coverage = named.unwrap_or(aim(life as usize + 1, &covers, covers.len()));
		let (member, _) = self.parties(coverage);
		let signer = KEYS.iter().find(|(_, account)| *account == member).unwrap_or(&KEYS[5]);
		let expiry = now() + life;
		let signature = attestation(&signer.0, org, encounter, coverage, expiry);
		self.send(who, Call::attest_for { org, encounter, coverage, expiry, signature });
	}

	/// Writes down what was done, for the first time or again.
	fn write(&mut self, by: (AccountId, OrgId), encounter: EncounterId, lines: Vec<Line>) {
		let ((who, org), count, root) = (by, lines.len() as u8, root(&lines));
		let visit = self.ledger.encounters.get(encounter as usize);
		let call = if visit.is_some_and(|visit| visit.closing.is_some()) {
			Call::amend_encounter { org, encounter, root, lines: count }
		} else {
			Call::close_encounter { org, encounter, root, lines: count }
		};
		if self.send(who, call) {
			self.written.insert(encounter, lines);
		}
	}

	fn submit(&mut self, (who, org): (AccountId, OrgId), encounter: EncounterId, twist: Twist) {
		let mut lines = self.written.get(&encounter).cloned().unwrap_or_default();
		match twist {
			Twist::Faithful => (),
			Twist::Reversed => lines.reverse(),
			Twist::Shorter => drop(lines.pop()),
			Twist::Repriced(percent) => reprice(&mut lines, percent),
		}
		let lines = PerLine::truncate_from(lines);
		self.send(who, Call::submit { org, encounter, lines });
	}

	pub fn take(&mut self, Move { step, by }: &Move) {
		let by = *by;
		match step.clone() {
			Step::Visit { clinic, coverage, way, lines, suspended, late } => {
				let (org, who) = (site(clinic), clerk(site(clinic)));
				let coverage = coverage as u64 % self.ledger.coverages.len() as u64;
				let encounter = self.ledger.encounters.len() as EncounterId;
				let open = if way == Way::Emergency {
					Call::open_emergency { org, coverage }
				} else {
					Call::open_encounter { org }
				};
				if !self.send(who.clone(), open) {
					return;
				}
				if suspended {
					suspend(org);
					pass(1);
					license(org);
				}
				if way == Way::Attested {
					let (member, _) = self.parties(coverage);
					self.send(member, Call::attest { encounter, coverage });
				} else if way == Way::Relayed {
					self.attest_for(who.clone(), encounter, org, HOUR);
				}
				let lines = self.drawn(&lines);
				self.write((who.clone(), org), encounter, lines);
				pass(late);
				self.submit((who, org), encounter, Twist::Faithful);
			},
			Step::Open(clinic) => {
				let (who, org) = self.actor(by, doctor(), site(clinic));
				self.send(who, Call::open_encounter { org });
			},
			Step::Emergency(clinic, pick) => {
				let coverage = self.some_cover(pick, |_| true);
				let (who, org) = self.actor(by, clerk(site(clinic)), site(clinic));
				self.send(who, Call::open_emergency { org, coverage });
			},
			Step::Attest(pick, cover) => {
				// Most of those that lack it are emergencies with a claim.
				let (encounter, _) = self.some_visit(pick, |visit| visit.attested.is_none());
				let visit = self.ledger.encounters.get(encounter as usize);
				let named = visit.and_then(|visit| visit.coverage).filter(|_| cover % 9 > 0);
				let coverage = named.unwrap_or(self.some_cover(cover, |_| true));
				let (member, org) = self.parties(coverage);
				let (who, _) = self.actor(by, member, org);
				let attested = self.send(who, Call::attest { encounter, coverage });
				let visit = &self.ledger.encounters.get(encounter as usize);
				let claim = visit.and_then(|visit| visit.correction.or(visit.claim));
				if let (true, Some(claim)) = (attested && pick.is_multiple_of(2), claim) {
					self.send(stranger(), Call::poke { claim });
				}
			},
			Step::Relay(pick, life) => {
				let (encounter, org) = self.some_visit(pick, |visit| visit.claim.is_none());
				let (who, org) = self.actor(by, clerk(org), org);
				self.attest_for(who, encounter, org, life);
			},
			Step::Close(pick, lines) | Step::Amend(pick, lines) => {
				let open = matches!(step, Step::Close(..));
				let due = |visit: &Encounter| visit.closing.is_none() == open;
				let (encounter, org) = self.some_visit(pick, due);
				let lines = self.drawn(&lines);
				let by = self.actor(by, clerk(org), org);
				self.write(by, encounter, lines);
			},
			Step::Submit(pick, twist) => {
				let unclaimed =
					|visit: &Encounter| visit.closing.is_some() && visit.claim.is_none();
				let (encounter, org) = self.some_visit(pick, unclaimed);
				self.submit(self.actor(by, clerk(org), org), encounter, twist);
			},
			Step::Correct(pick, drafts, percent) => {
				let stands = |claim: &Claim| claim.state.is_decided() || claim.state.is_pending();
				let (claim, org, _) = self.some_claim(pick, stands);
				let by = self.actor(by, clerk(org), org);
				let entry = self.ledger.claims.get(claim as usize);
				let encounter = entry.map_or(0, |entry| entry.claim.encounter);
				let mut lines = self.written.get(&encounter).cloned().unwrap_or_default();
				if drafts.is_empty() {
					reprice(&mut lines, percent);
				} else {
					// Some services stay, others are new.
					lines.truncate(pick % 3);
					lines.extend(self.drawn(&drafts));
					self.write(by.clone(), encounter, lines.clone());
				}
				let ((who, org), lines) = (by, PerLine::truncate_from(lines));
				self.send(who, Call::correct { org, claim, lines });
			},
			Step::Void(pick) => {
				let stands = |claim: &Claim| claim.state.is_decided() || claim.state.is_pending();
				let (claim, org, _) = self.some_claim(pick, stands);
				let (who, org) = self.actor(by, clerk(org), org);
				self.send(who, Call::void { org, claim });
			},
			Step::Ask(pick) => {
				let (claim, _, org) = self.some_claim(pick, |claim| claim.state.is_pending());
				let (who, org) = self.actor(by, clerk(org), org);
				self.send(who, Call::request_information { org, claim });
			},
			Step::Answer(pick) => {
				let asked =
					|claim: &Claim| matches!(claim.state, ClaimState::InformationRequested { .. });
				let (claim, org, _) = self.some_claim(pick, asked);
				let (who, org) = self.actor(by, clerk(org), org);
				self.send(who, Call::answer { org, claim });
			},
			Step::Decide(pick, rulings) => {
				let (claim, _, org) = self.some_claim(pick, |claim| claim.state.is_pending());
				let (who, org) = self.actor(by, clerk(org), org);
				let entry = self.ledger.claims.get(claim as usize);
				let lines = entry.map_or(vec![], |entry| entry.lines.to_vec());
				let cycle = rulings.iter().cycle().zip(&lines);
				let mut decisions: Vec<_> =
					cycle.map(|(ruling, line)| ruled(*ruling, line)).collect();
				if pick.is_multiple_of(23) {
					decisions.pop();
				}
				let decision = if rulings.is_empty() {
					Decision::AsAdjudicated
				} else {
					lines_decision(decisions)
				};
				self.send(who, Call::decide { org, claim, decision });
			},
			Step::Poke(pick) => {
				let (claim, ..) = self.some_claim(pick, |claim| claim.state.is_pending());
				let (who, _) = self.actor(by, stranger(), PAYER);
				self.send(who, Call::poke { claim });
			},
			Step::Settle(limit) => {
				let payer = if limit % 3 > 0 { PAYER } else { OTHER_PAYER };
				self.send(stranger(), Call::settle_waiting { payer, asset: USD, limit });
			},
			Step::Fund(pick, amount, suitable) => {
				let org = [PAYER, PAYER, OTHER_PAYER, HOSPITAL, CLINIC][pick % 5];
				let (who, org) = self.actor(by, administrator(org), org);
				let asset = if suitable { USD } else { COARSE };
				self.send(who, Call::fund { org, asset, amount });
			},
			Step::Withdraw(pick, percent) => {
				let (org, _) = ORGS[pick % 4];
				let amount = self.ledger.free(org) * percent / 100;
				let (who, org) = self.actor(by, administrator(org), org);
				self.send(who, Call::withdraw { org, asset: USD, amount });
			},
			Step::Suspend(pick) => suspend(ORGS[pick % 4].0),
			Step::Pass(time) => {
				pass(time);
				// A suspended licence is given back, or stays suspended for a while.
				for (org, kind) in ORGS {
					if !Registry::was_licensed(org, kind, now()) && time % 3 > 0 {
						license(org);
					}
				}
			},
			other => self.take_cover(other, by),
		}
	}
}

fn reprice(lines: &mut [Line], percent: Money) {
	for line in lines {
		line.charge = line.charge * percent / 100;
	}
}
