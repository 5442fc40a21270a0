//! From a step about plans and coverages to its call.

use super::{
	acts::{administrator, clerk},
	steps::Step,
	world::{World, KEYS},
};
use crate::{mock::*, Call};
use salus_primitives::{time::DAY, Interval};

impl World<'_> {
	/// Takes a step about plans and coverages.
	pub fn take_cover(&mut self, step: Step, by: Option<usize>) {
		match step {
			Step::Publish(mut offer, plan) => {
				if by.is_some_and(|number| number.is_multiple_of(5)) {
					offer.decision_time = 91 * DAY;
				}
				let terms = Box::new(offer.terms());
				let count = self.ledger.plans.len();
				let plan = plan.map(|pick| (pick % (count + 1)) as u32);
				let of = plan.and_then(|plan| self.ledger.plans.get(plan as usize));
				let payer = of.map_or(PAYER, |(payer, _)| *payer);
				let (who, org) = self.actor(by, administrator(payer), payer);
				self.send(
					who,
					match plan {
						Some(plan) => Call::revise_plan { org, plan, terms },
						None => Call::create_plan { org, terms },
					},
				);
			},
			Step::Enrol(plan, key, begin, term) => {
				let plan = (plan % (self.ledger.plans.len() + 1)) as u32;
				let payer = self.ledger.plans.get(plan as usize).map_or(PAYER, |(payer, _)| *payer);
				let (who, org) = self.actor(by, clerk(payer), payer);
				let member = KEYS.get(key % 14).map_or(patient_key(), |(_, key)| key.clone());
				let from = if key.is_multiple_of(11) { now() - 1 } else { now() + begin };
				let period = Interval::new(from, from + term);
				self.send(who, Call::enrol { org, plan, member, period });
			},
			Step::Accept(pick) => {
				let offered = |id: u64| self.ledger.coverages[id as usize].accepted.is_none();
				let coverage = self.some_cover(pick, offered);
				let (member, org) = self.parties(coverage);
				let (who, _) = self.actor(by, member, org);
				self.send(who, Call::accept_coverage { coverage });
			},
			Step::Terminate(pick, ahead) => {
				let coverage = self.some_cover(pick, |_| true);
				let (member, payer) = self.parties(coverage);
				let right = if pick.is_multiple_of(2) { member } else { clerk(payer) };
				let (who, _) = self.actor(by, right, payer);
				// A second before now is too late.
				let until = now() + ahead - u64::from(ahead % 7 == 1);
				self.send(who, Call::terminate_coverage { coverage, until });
			},
			Step::Rekey(pick, key) => {
				let coverage = self.some_cover(pick, |_| true);
				let (_, payer) = self.parties(coverage);
				let (who, org) = self.actor(by, clerk(payer), payer);
				let key = KEYS[key % KEYS.len()].1.clone();
				self.send(who, Call::rekey_coverage { org, coverage, key });
			},
			Step::AcceptRekey(pick) | Step::CancelRekey(pick) => {
				let changing = |id: u64| self.ledger.coverages[id as usize].next_key.is_some();
				let coverage = self.some_cover(pick, changing);
				let (member, payer) = self.parties(coverage);
				let cover = self.ledger.coverages.get(coverage as usize);
				let next = cover.and_then(|cover| cover.next_key.clone());
				let accepts = matches!(step, Step::AcceptRekey(_));
				if pick.is_multiple_of(2) {
					pass(DAY);
				}
				let right = next.filter(|_| accepts).map_or(member, |next| next.key);
				let (who, _) = self.actor(by, right, payer);
				self.send(
					who,
					if accepts {
						Call::accept_rekey { coverage }
					} else {
						Call::cancel_rekey { coverage }
					},
				);
			},
			other => unreachable!("{other:?} is no step about coverages"),
		}
	}
}
