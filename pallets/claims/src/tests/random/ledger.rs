//! A plain ledger that says of every call whether it has to be accepted, and what has to follow.
//!
//! It shares the pallet's words and the pure adjudication, and nothing else: what was used is summed
//! up from the beginning each time, a queue is a list, and which line is live is looked up in the
//! claims that stand.

use crate::{
	messages, mock::*, Call, Claim, ClaimId, ClaimState, Closing, Coverage, CoverageId, Encounter,
	EncounterId, Event, Line, NextKey, PlanId, Terms, BILLING_ROLES, CARE_ROLES, MAX_REQUESTS,
	PROVIDER_KINDS,
};
use salus_claims_adjudication::{LineResult, Money};
use salus_primitives::{
	signing,
	time::{DAY, HOUR, YEAR},
	traits::{Credentials, Patients},
	Commitment, Moment, OrgId, OrgKind, RoleSet,
};
use std::{
	collections::{BTreeMap, BTreeSet},
	rc::Rc,
};

/// A claim with what is in it.
#[derive(Clone, Debug)]
pub struct Entry {
	pub claim: Claim,
	pub lines: Rc<[Line]>,
	/// None as long as nothing is decided.
	pub results: Rc<[LineResult]>,
}

#[derive(Clone, Default)]
pub struct Ledger {
	pub plans: Vec<(OrgId, Vec<Rc<Terms<u32>>>)>,
	pub coverages: Vec<Coverage<AccountId>>,
	pub encounters: Vec<Encounter>,
	pub claims: Vec<Entry>,
	pub queues: BTreeMap<OrgId, Vec<ClaimId>>,
	/// All of what stands in the settlement accounts that there are, held or free.
	pub settlement: BTreeMap<OrgId, Money>,
	pub wallets: BTreeMap<AccountId, Money>,
	/// The events of the last call.
	pub told: Vec<Event<Test>>,
	keys: BTreeMap<AccountId, CoverageId>,
}

/// Goes on if `holds`.
pub fn given(holds: bool) -> Option<()> {
	holds.then_some(())
}

fn administers(who: &AccountId, org: OrgId) -> Option<()> {
	given(Registry::admin(org).as_ref() == Some(who))
}

fn works(who: &AccountId, org: OrgId, roles: RoleSet) -> Option<()> {
	let employed = Registry::roles(org, who, now()).intersects(roles);
	administers(who, org).or(given(employed))
}

fn licensed(org: OrgId, kinds: &[OrgKind], at: Moment) -> Option<()> {
	given(kinds.iter().any(|kind| Registry::was_licensed(org, *kind, at)))
}

/// Whether `org` could treat on that day.
pub fn treated(org: OrgId, at: Moment) -> bool {
	licensed(org, &PROVIDER_KINDS, at).is_some()
}

impl Ledger {
	/// The ledger after a call, if that has to be accepted.
	pub fn after(&self, who: &AccountId, call: &Call<Test>) -> Option<Self> {
		let mut next = self.clone();
		next.told.clear();
		next.enact(who, call.clone())?;
		Some(next)
	}

	fn enact(&mut self, who: &AccountId, call: Call<Test>) -> Option<()> {
		match call {
			Call::create_plan { org, terms } => self.publish(who, org, None, *terms),
			Call::revise_plan { org, plan, terms } => self.publish(who, org, Some(plan), *terms),
			Call::enrol { org, plan, member, period } => {
				works(who, org, BILLING_ROLES)?;
				licensed(org, &[OrgKind::Payer], now())?;
				let (payer, versions) = self.plans.get(plan as usize)?;
				let version = versions.len() as u32 - 1;
				let length = period.until.saturating_sub(period.from);
				given(*payer == org && now() <= period.from && 0 < length && length <= YEAR + DAY)?;
				given(self.is_free(&member))?;
				let coverage = self.coverages.len() as CoverageId;
				self.tell(Event::Enrolled { coverage, payer: org, plan, version });
				let (accepted, next_key) = (None, None);
				let payer = org;
				self.coverages.push(Coverage {
					payer,
					plan,
					version,
					member,
					period,
					accepted,
					next_key,
				});
				Some(())
			},
			Call::accept_coverage { coverage } => {
				let accepted = self.cover(coverage)?;
				let in_time = now() < accepted.period.until;
				given(accepted.member == *who && accepted.accepted.is_none() && in_time)?;
				accepted.accepted = Some(now());
				self.bind(who, coverage)?;
				self.tell(Event::Accepted { coverage })
			},
			Call::terminate_coverage { coverage, until } => {
				let ended = self.party(who, coverage)?;
				given(now() <= until && until < ended.period.until)?;
				ended.period.until = until;
				self.tell(Event::Terminated { coverage, until })
			},
			Call::rekey_coverage { org, coverage, key } => {
				works(who, org, BILLING_ROLES)?;
				let period = self.cover(coverage).filter(|cover| cover.payer == org)?.period;
				given(now() < period.until)?;
				given(self.is_free(&key))?;
				let from = now() + DAY;
				self.cover(coverage)?.next_key = Some(NextKey { key, from });
				self.tell(Event::RekeyProposed { coverage, from })
			},
			Call::accept_rekey { coverage } => {
				let cover = self.cover(coverage)?;
				let next = cover.next_key.take()?;
				given(next.key == *who && next.from <= now())?;
				cover.member = next.key;
				self.bind(who, coverage)?;
				self.tell(Event::Rekeyed { coverage })
			},
			Call::cancel_rekey { coverage } => {
				self.party(who, coverage)?.next_key.take()?;
				self.tell(Event::RekeyCancelled { coverage })
			},
			Call::open_encounter { org } => self.open(who, org, None),
			Call::open_emergency { org, coverage } => {
				self.cover(coverage)?.accepted?;
				self.open(who, org, Some(coverage))
			},
			Call::attest { encounter, coverage } => {
				given(self.cover(coverage)?.member == *who)?;
				let visit = self.visit(encounter)?;
				given(visit.attested.is_none())?;
				given(visit.coverage.is_none_or(|named| named == coverage))?;
				self.attest(encounter, coverage)
			},
			Call::attest_for { org, encounter, coverage, expiry, signature } => {
				self.own_visit(who, org, encounter, CARE_ROLES)?;
				given(now() < expiry && expiry <= now() + HOUR)?;
				let genesis = Claims::genesis();
				let message = messages::attest(&genesis, org, encounter, coverage, expiry);
				let member = &self.cover(coverage)?.member;
				given(signing::verify(&message, &signature, member))?;
				let visit = self.visit(encounter)?;
				// The first word that provider and patient give together counts until it is claimed.
				given(match visit.coverage == Some(coverage) {
					true => visit.attested.is_none(),
					false => visit.claim.is_none(),
				})?;
				self.attest(encounter, coverage)
			},
			Call::close_encounter { org, encounter, root, lines } => {
				let visit = self.own_visit(who, org, encounter, CARE_ROLES)?;
				given(visit.closing.is_none() && now() <= visit.opened + YEAR)?;
				given((1..=64).contains(&lines) && root != Commitment::zero())?;
				visit.closing = Some(Closing { at: now(), root, lines, amendments: 0 });
				self.tell(Event::EncounterClosed { encounter, root, lines })
			},
			Call::amend_encounter { org, encounter, root, lines } => {
				let visit = self.own_visit(who, org, encounter, CARE_ROLES)?;
				let Closing { at, root: was, amendments, .. } = visit.closing?;
				given((1..=64).contains(&lines) && root != Commitment::zero() && root != was)?;
				let amendments = amendments + 1;
				visit.closing = Some(Closing { at, root, lines, amendments });
				self.tell(Event::EncounterAmended { encounter, was, root, lines })
			},
			Call::submit { org, encounter, lines } => {
				let visit = self.own_visit(who, org, encounter, BILLING_ROLES)?;
				given(visit.claim.is_none())?;
				self.claim(encounter, &lines, None)
			},
			Call::correct { org, claim, lines } => {
				let encounter = self.own_claim(who, org, claim)?.claim.encounter;
				self.standing(claim)?;
				self.claim(encounter, &lines, Some(claim))
			},
			Call::void { org, claim } => {
				self.own_claim(who, org, claim)?;
				self.void(claim)
			},
			Call::request_information { org, claim } => {
				let terms = self.opposed(who, org, claim)?;
				let Claim { state, requests, .. } = &mut self.entry(claim)?.claim;
				let ClaimState::Pended { reason, due } = *state else { return None };
				given(*requests < MAX_REQUESTS && now() < due)?;
				*requests += 1;
				let (since, left) = (now(), due - now());
				let due = since + terms.answer_time;
				*state = ClaimState::InformationRequested { reason, since, due, left };
				self.tell(Event::InformationRequested { claim, due })
			},
			Call::answer { org, claim } => {
				let Claim { state, paused, .. } = &mut self.own_claim(who, org, claim)?.claim;
				let ClaimState::InformationRequested { reason, since, due, left } = *state else {
					return None;
				};
				given(now() < due)?;
				*paused += now() - since;
				let due = now() + left;
				*state = ClaimState::Pended { reason, due };
				self.tell(Event::Answered { claim, due })
			},
			Call::decide { org, claim, decision } => {
				self.opposed(who, org, claim)?;
				self.decide(claim, decision)
			},
			Call::poke { claim } => self.poke(claim),
			Call::settle_waiting { payer, asset, limit } => {
				given(asset == USD)?;
				given(self.pay_waiting(payer, limit.min(4)) > 0)
			},
			Call::fund { org, asset, amount } => {
				given(asset == USD && amount > 0)?;
				let wallet = self.wallets.get_mut(who)?;
				*wallet = wallet.checked_sub(amount)?;
				Registry::admin(org)?;
				*self.settlement.entry(org).or_default() += amount;
				self.tell(Event::Funded { org, asset, amount });
				self.pay_waiting(org, 2);
				Some(())
			},
			Call::withdraw { org, asset, amount } => {
				administers(who, org)?;
				given(asset == USD && amount > 0 && self.queue(org).is_empty())?;
				given(amount <= self.free(org))?;
				*self.settlement.get_mut(&org)? -= amount;
				*self.wallets.get_mut(who)? += amount;
				self.tell(Event::Withdrawn { org, asset, amount })
			},
			_ => None,
		}
	}

	pub fn tell(&mut self, event: Event<Test>) -> Option<()> {
		self.told.push(event);
		Some(())
	}

	fn publish(
		&mut self,
		who: &AccountId,
		org: OrgId,
		plan: Option<PlanId>,
		terms: Terms<u32>,
	) -> Option<()> {
		administers(who, org)?;
		licensed(org, &[OrgKind::Payer], now())?;
		given(terms.has_sound_clocks() && terms.is_sound() && terms.asset == USD)?;
		if plan.is_none() {
			self.plans.push((org, vec![]));
		}
		let plan = plan.unwrap_or(self.plans.len() as PlanId - 1);
		let (payer, versions) = self.plans.get_mut(plan as usize)?;
		given(*payer == org)?;
		versions.push(Rc::new(terms));
		let version = versions.len() as u32 - 1;
		self.settlement.entry(org).or_default();
		self.tell(Event::PlanPublished { payer: org, plan, version })
	}

	fn is_free(&self, key: &AccountId) -> bool {
		Identity::key(key).is_none() && !self.keys.contains_key(key)
	}

	/// A key that is the coverage's already, because it took another's place before the coverage was accepted, is so once more.
	fn bind(&mut self, key: &AccountId, coverage: CoverageId) -> Option<()> {
		given(Identity::key(key).is_none())?;
		given(self.keys.get(key).is_none_or(|bound| *bound == coverage))?;
		self.keys.insert(key.clone(), coverage);
		Some(())
	}

	fn open(&mut self, who: &AccountId, org: OrgId, coverage: Option<CoverageId>) -> Option<()> {
		works(who, org, CARE_ROLES)?;
		given(treated(org, now()))?;
		self.settlement.entry(org).or_default();
		let (encounter, emergency) = (self.encounters.len() as EncounterId, coverage.is_some());
		self.encounters.push(Encounter {
			provider: org,
			opened: now(),
			emergency,
			coverage,
			attested: None,
			closing: None,
			reviewed: false,
			claim: None,
			correction: None,
		});
		self.tell(Event::EncounterOpened { encounter, provider: org, emergency })
	}

	fn attest(&mut self, encounter: EncounterId, coverage: CoverageId) -> Option<()> {
		self.cover(coverage)?.accepted?;
		let visit = self.visit(encounter)?;
		(visit.coverage, visit.attested) = (Some(coverage), Some(now()));
		self.tell(Event::EncounterAttested { encounter, coverage })
	}

	pub fn cover(&mut self, id: CoverageId) -> Option<&mut Coverage<AccountId>> {
		self.coverages.get_mut(id as usize)
	}

	/// A coverage in which `who` has a say.
	fn party(&mut self, who: &AccountId, id: CoverageId) -> Option<&mut Coverage<AccountId>> {
		let cover = self.cover(id)?;
		given(cover.member == *who).or(works(who, cover.payer, BILLING_ROLES))?;
		Some(cover)
	}

	pub fn visit(&mut self, id: EncounterId) -> Option<&mut Encounter> {
		self.encounters.get_mut(id as usize)
	}

	fn own_visit(
		&mut self,
		who: &AccountId,
		org: OrgId,
		id: EncounterId,
		roles: RoleSet,
	) -> Option<&mut Encounter> {
		works(who, org, roles)?;
		self.visit(id).filter(|visit| visit.provider == org)
	}

	pub fn entry(&mut self, id: ClaimId) -> Option<&mut Entry> {
		self.claims.get_mut(id as usize)
	}

	fn own_claim(&mut self, who: &AccountId, org: OrgId, id: ClaimId) -> Option<&mut Entry> {
		works(who, org, BILLING_ROLES)?;
		self.entry(id).filter(|entry| entry.claim.provider == org)
	}

	/// The terms of a claim against `org`, if `who` may decide about it.
	fn opposed(&mut self, who: &AccountId, org: OrgId, id: ClaimId) -> Option<Rc<Terms<u32>>> {
		works(who, org, BILLING_ROLES)?;
		let Claim { payer, provider, coverage, .. } = self.entry(id)?.claim;
		given(payer == org && works(who, provider, RoleSet::ALL).is_none())?;
		Some(self.terms(coverage))
	}

	/// The lines of all claims that stand or want to.
	pub fn live(&self) -> BTreeSet<(EncounterId, Commitment)> {
		(0..)
			.zip(&self.encounters)
			.flat_map(|(id, visit)| {
				let claims = visit.claim.into_iter().chain(visit.correction);
				let lines = claims.flat_map(|claim| self.claims[claim as usize].lines.iter());
				lines.map(move |line| (id, line.detail))
			})
			.collect()
	}

	/// The terms of a coverage that there is.
	pub fn terms(&self, coverage: CoverageId) -> Rc<Terms<u32>> {
		let Coverage { plan, version, .. } = &self.coverages[coverage as usize];
		self.plans[*plan as usize].1[*version as usize].clone()
	}
}
