//! The pallet and the ledger side by side.

use super::{
	ledger::Ledger,
	steps::{History, Pick},
};
use crate::{
	mock::*, Call, Claim, ClaimId, ClaimResults, ClaimState, Claims as Stored, Coverages,
	EncounterId, Encounters, Event, Line, MemberKeys, Neighbouring, NextClaim, Queues,
	ServiceLines, Used,
};
use frame_support::traits::{
	fungibles::{hold::Inspect as _, Inspect as _},
	GetCallName, UnfilteredDispatchable,
};
use salus_claims_adjudication::{Carc, Money};
use salus_primitives::{time::DAY, Interval, OrgId, OrgKind, Role};
use sp_core::sr25519;
use sp_runtime::{DispatchError, ModuleError, StateVersion};
use std::{collections::BTreeMap, sync::LazyLock};

/// How often each thing happened.
pub type Seen = BTreeMap<&'static str, u32>;

pub const ORGS: [(OrgId, OrgKind); 4] = [
	(PAYER, OrgKind::Payer),
	(OTHER_PAYER, OrgKind::Payer),
	(HOSPITAL, OrgKind::Provider),
	(CLINIC, OrgKind::Laboratory),
];

/// The keys that may become member keys.
pub static KEYS: LazyLock<Vec<(sr25519::Pair, AccountId)>> = LazyLock::new(|| {
	let with_account = |pair: sr25519::Pair| (pair.clone(), account_of(&pair));
	(60..72).map(|n| with_account(pair(n))).collect()
});

/// Somebody who bills for the payer, and also for the hospital.
pub fn both() -> AccountId {
	account(12)
}

pub struct World<'a> {
	pub ledger: Ledger,
	/// The lines of each encounter as they were written down last.
	pub written: BTreeMap<EncounterId, Vec<Line>>,
	/// How many services there were.
	pub services: u64,
	/// What, by the pallet's events, the provider got for each encounter and did not give back.
	net: BTreeMap<EncounterId, Money>,
	/// The root of the storage, where it is known.
	root: Option<Vec<u8>>,
	seen: &'a mut Seen,
}

fn root() -> Vec<u8> {
	sp_io::storage::root(StateVersion::V1)
}

impl<'a> World<'a> {
	/// Two payers with a plan each, three members of whom the last is covered from next week on, and
	/// some money.
	pub fn new(history: &History, seen: &'a mut Seen) -> Self {
		employ(PAYER, both(), Role::Biller);
		employ(HOSPITAL, both(), Role::Biller);
		let (written, net) = (BTreeMap::new(), BTreeMap::new());
		let (ledger, services, root) = (Ledger::default(), 0, None);
		let mut world = World { ledger, written, services, net, root, seen };
		for who in frame_system::Account::<Test>::iter_keys().chain([both()]) {
			let amount = Assets::balance(USD, &who);
			world.ledger.wallets.insert(who, amount);
		}
		let payers = [(PAYER, payer_admin()), (OTHER_PAYER, other_payer_admin())];
		for (index, (org, who)) in payers.into_iter().enumerate() {
			let terms = Box::new(history.offers[index].terms());
			assert!(world.send(who.clone(), Call::create_plan { org, terms }));
			let (asset, amount) = (USD, history.funds[index]);
			world.send(who, Call::fund { org, asset, amount });
		}
		let members = [(PAYER, 0), (OTHER_PAYER, 0), (PAYER, 7 * DAY)];
		for (index, (org, later)) in members.into_iter().enumerate() {
			let who = if org == PAYER { payer_biller() } else { other_payer_admin() };
			let member = KEYS[index].1.clone();
			let (plan, coverage) = (org - PAYER, index as u64);
			let period = Interval::new(now() + later, now() + 300 * DAY);
			let enrol = Call::enrol { org, plan, member: member.clone(), period };
			assert!(world.send(who, enrol));
			assert!(world.send(member, Call::accept_coverage { coverage }));
		}
		world
	}

	pub fn count(&mut self, what: &'static str) {
		*self.seen.entry(what).or_default() += 1;
	}

	/// Sends a call to the pallet, and compares what it does with what the ledger says. Whether it
	/// was accepted.
	pub fn send(&mut self, who: AccountId, call: Call<Test>) -> bool {
		let expected = self.ledger.after(&who, &call);
		let before = self.root.take();
		let before = expected.is_none().then(|| before.unwrap_or_else(root));
		let done = call.clone().dispatch_bypass_filter(signed(who.clone()));
		match (done, expected) {
			(Ok(_), Some(after)) => {
				let told = events();
				assert_eq!(told, after.told, "{call:?}");
				let former = core::mem::replace(&mut self.ledger, after);
				self.count(call.get_call_name());
				for event in &told {
					self.note(&call, &former, event);
				}
				self.compare_money();
				true
			},
			(Err(refused), None) => {
				self.root = Some(root());
				assert_eq!(self.root, before, "{call:?} was refused and changed something");
				if let DispatchError::Module(ModuleError { message: Some(name), .. }) =
					refused.error
				{
					self.count(name);
				}
				false
			},
			(done, expected) => panic!(
				"{call:?} by {who}: {done:?}, but the ledger says {:?}",
				expected.map(|after| after.told)
			),
		}
	}

	/// Books what an event says was paid, and counts what is worth counting.
	fn note(&mut self, call: &Call<Test>, former: &Ledger, event: &Event<Test>) {
		let stored = |id: ClaimId| Stored::<Test>::get(id).expect("the event names a claim");
		let before = |id: ClaimId| former.claims.get(id as usize).map(|entry| entry.claim);
		match *event {
			Event::Settled { claim, paid, returned, interest } => {
				let Claim { encounter, previous, .. } = stored(claim);
				let net = self.net.entry(encounter).or_default();
				*net = (*net + paid).checked_sub(returned).expect("no more back than was paid");
				let corrects = previous.and_then(before).is_some_and(|claim| claim.transferred > 0);
				let waited = before(claim)
					.is_some_and(|claim| matches!(claim.state, ClaimState::Waiting { .. }));
				for (what, counts) in [
					("paid", paid > 0),
					("paid interest", interest > 0),
					("corrected upwards, and paid more", corrects && paid > 0 && !waited),
					("corrected downwards, and given back", returned > 0),
					("waited, and paid by funding", waited && matches!(call, Call::fund { .. })),
					(
						"waited, and paid by anybody's call",
						waited && matches!(call, Call::settle_waiting { .. }),
					),
				] {
					if counts {
						self.count(what);
					}
				}
			},
			Event::PaidInPart { claim, paid, .. } => {
				*self.net.entry(stored(claim).encounter).or_default() += paid;
				self.count("paid in part");
			},
			Event::Voided { claim, returned } => {
				let net = self.net.entry(stored(claim).encounter).or_default();
				*net = net.checked_sub(returned).expect("no more back than was paid");
				self.count(if returned > 0 { "voided, and given back" } else { "voided" });
			},
			Event::Adjudicated { claim, .. } => {
				let by_time = before(claim).is_some_and(|claim| match claim.state {
					ClaimState::Pended { due, .. } => due <= now(),
					state => state.is_pending(),
				});
				match call {
					Call::decide { .. } => self.count("pended, and decided"),
					Call::poke { .. } if by_time => self.count("pended, and ended by time"),
					Call::poke { .. } => self.count("pended, and attested in time"),
					_ => self.count("decided at once"),
				}
				let results = ClaimResults::<Test>::get(claim).expect("decided");
				for adjustment in results.iter().flat_map(|result| result.adjustments.iter()) {
					self.count(match adjustment.carc {
						Carc::BeforeCoverage => "PR 26",
						Carc::AfterCoverage => "PR 27",
						Carc::FilingLimit => "CO 29",
						Carc::ProviderNotEligible => "CO B7",
						Carc::LacksInformation => "CO 16",
						Carc::NoAnswer => "CO 226",
						_ => "another reason",
					});
				}
			},
			Event::Pended { held, .. } => {
				self.count(if held > 0 { "pended with a hold" } else { "pended without a hold" });
			},
			Event::Waiting { .. } => self.count("waiting"),
			Event::Lapsed { .. } => self.count("lapsed"),
			Event::Superseded { claim, .. } => {
				let undecided = before(claim).is_some_and(|claim| claim.state.is_pending());
				self.count(if undecided { "replaced undecided" } else { "superseded" });
			},
			_ => (),
		}
	}

	fn compare_money(&self) {
		for (org, _) in ORGS {
			let account = Claims::settlement_account(org);
			let all = self.ledger.settlement.get(&org).copied().unwrap_or_default();
			assert_eq!(Assets::total_balance(USD, &account), all, "settlement account of {org}");
			let held = AssetsHolder::balance_on_hold(USD, &PendedHold::get(), &account);
			assert_eq!(held, self.ledger.held(org), "held of {org}");
		}
	}

	/// Everything that is stored is as the ledger has it, and nobody was paid twice.
	pub fn audit(&self) {
		check_state();
		let ledger = &self.ledger;
		for (who, amount) in &ledger.wallets {
			assert_eq!(Assets::balance(USD, who), *amount, "wallet of {who}");
		}
		assert_eq!(NextClaim::<Test>::get(), ledger.claims.len() as ClaimId);
		assert_eq!(Stored::<Test>::iter().count(), ledger.claims.len());
		for (id, entry) in (0..).zip(&ledger.claims) {
			assert_eq!(Stored::<Test>::get(id), Some(entry.claim), "claim {id}");
			let results = ClaimResults::<Test>::get(id).unwrap_or_default();
			assert_eq!(results[..], entry.results[..], "results of claim {id}");
			assert_eq!(crate::ClaimLines::<Test>::get(id)[..], entry.lines[..]);
		}
		for (id, coverage) in (0..).zip(&ledger.coverages) {
			assert_eq!(Coverages::<Test>::get(id).as_ref(), Some(coverage), "coverage {id}");
			if coverage.accepted.is_some() {
				assert_eq!(MemberKeys::<Test>::get(&coverage.member), Some(id));
			}
			assert_eq!(Used::<Test>::get(id), ledger.used(id, None), "used of coverage {id}");
		}
		for (id, encounter) in (0..).zip(&ledger.encounters) {
			assert_eq!(Encounters::<Test>::get(id), Some(*encounter), "encounter {id}");
			let due = encounter.claim.and_then(Stored::<Test>::get).map_or(0, |claim| {
				match (claim.state, claim.totals) {
					(ClaimState::Settled { .. }, Some(totals)) => totals.paid,
					_ => claim.transferred,
				}
			});
			let net = self.net.get(&id).copied().unwrap_or_default();
			assert_eq!(net, due, "paid for encounter {id}, whose claim is {:?}", encounter.claim);
		}
		let live = ledger.live();
		assert_eq!(ServiceLines::<Test>::iter().count(), live.len());
		for (id, detail) in live {
			assert_eq!(ServiceLines::<Test>::get(detail), Some(id), "a line of encounter {id}");
		}
		for (org, _) in ORGS {
			let mut queue = vec![];
			let mut next = Queues::<Test>::get(org, USD).first;
			while let Some(id) = next {
				queue.push(id);
				next = Neighbouring::<Test>::get(id).expect("it waits").after;
			}
			assert_eq!(queue, ledger.queue(org), "who waits for {org}");
		}
	}

	/// Whatever was left undone is ended by time and by money alone.
	pub fn finish(&mut self) {
		pass(136 * DAY);
		for id in 0..self.ledger.claims.len() as ClaimId {
			// An emergency that was attested meanwhile is looked at as such first.
			for _ in 0..2 {
				if self.ledger.claims[id as usize].claim.state.is_pending() {
					assert!(self.send(stranger(), Call::poke { claim: id }), "{id} is stuck");
				}
			}
			assert!(!state(id).is_pending(), "{id} never ends");
		}
		for payer in [PAYER, OTHER_PAYER] {
			// More than all charges of a history and their interest.
			let (org, asset, amount) = (payer, USD, 1_000_000_000);
			assert!(self.send(payer_admin(), Call::fund { org, asset, amount }));
			while !self.ledger.queue(payer).is_empty() {
				let settle = Call::settle_waiting { payer, asset, limit: 3 };
				assert!(self.send(stranger(), settle), "{payer} never pays");
			}
		}
		for (id, encounter) in Encounters::<Test>::iter() {
			let settled = |claim: ClaimId| matches!(state(claim), ClaimState::Settled { .. });
			assert!(encounter.claim.is_none_or(settled), "encounter {id} is never settled");
			assert_eq!(encounter.correction, None);
		}
	}
}

/// One of the `candidates` and, now and then, any number up to the first that is not given.
pub fn aim(pick: Pick, candidates: &[u64], given: usize) -> u64 {
	let turn = pick / 9;
	match candidates.len() {
		some if some > 0 && !pick.is_multiple_of(9) => candidates[turn % some],
		_ => (turn % (given + 1)) as u64,
	}
}
