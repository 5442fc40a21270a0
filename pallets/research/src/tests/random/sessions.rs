//! What takes several calls in their order, and would hardly ever come about if each were drawn on its own. The calls are the
//! ordinary ones: whatever happened before lets them succeed or fail.

use super::{
	super::*,
	met::Met,
	model::{steward_of, Model},
	steps::{Step, Who},
	terms::{agreeable, uses, Asks},
};

/// Where those work who vote against a request, before the investigator takes up a job there.
const COMMON_EMPLOYER: OrgId = ELSEWHERE[0];

/// The members of whom the first of these votes is one against.
fn against(votes: &[(u64, bool)]) -> Vec<u64> {
	let first = |who: u64| votes.iter().find(|vote| vote.0 == who).map(|vote| vote.1);
	MEMBERS.into_iter().filter(|who| first(*who) == Some(false)).collect()
}

/// Several calls, one after the other.
#[derive(Clone, Debug)]
pub enum Session {
	/// A request is made, co-signed, voted on, counted, and its terms are accepted. Something may happen after the signature, after
	/// the votes, and after the count. In some of them the investigator takes up a job where those work who have voted against.
	Decide {
		study: StudyId,
		dataset: DatasetId,
		asks: Asks,
		votes: Vec<(u64, bool)>,
		between: [Option<Box<Step>>; 3],
		wait: Moment,
	},
	/// The committee agrees that a match will do, and a request is made, co-signed, and its terms are accepted; then it agrees no more.
	/// Something may happen before the signature.
	Match { study: StudyId, dataset: DatasetId, asks: Asks, between: Option<Box<Step>> },
	/// More budget is proposed, voted on and counted. Some vote on the proposal so many before it. In some of them somebody who has voted
	/// against comes to administer the custodian before the count, and no longer.
	Grow {
		custodian: OrgId,
		more: MicroEpsilon,
		votes: Vec<(u64, bool, MotionId)>,
		between: Option<Box<Step>>,
		wait: Moment,
	},
	/// The dataset of a permit is taken back, and somebody asks under the permit all the same.
	Retire { permit: AccessRequestId },
	/// Near its end a permit is reported on, mostly, and renewed.
	Renew { permit: AccessRequestId, reports: u64 },
	/// The last permit that has not ended is closed, with a report or without, or revoked.
	End { who: Who, report: bool, revoke: bool },
}

impl Model {
	/// Something to begin with, so that all calls have something to be about: two populations, a dataset of each, two studies, a permit for
	/// each dataset, and one that ends soon.
	pub fn begin(met: &mut Met) -> Self {
		let mut model = Self::new();
		let (committee, quorum, total) = (COMMITTEE, 3, TOTAL);
		for custodian in [HOSPITAL, CLINIC] {
			let steward = steward_of(custodian);
			model.call(steward, Call::open_population { custodian, committee, quorum, total }, met);
			let offer = Call::offer_dataset {
				custodian,
				basis: Basis::Consent,
				min_cohort: 10,
				rule: rule(),
				terms: terms(),
				root: commitment(1),
				size: SizeBucket::Below10000,
			};
			model.call(steward, offer, met);
		}
		let (organisation, ethics, uses, protocol) = (INSTITUTE, ETHICS, uses(), commitment(3));
		for study in 0..2 {
			let register = Call::register_study { organisation, ethics, uses, protocol };
			model.call(INVESTIGATOR, register, met);
			model.take(Step::Approve { study, before: 0, until: now() + 4 * YEAR }, met);
		}
		for (study, dataset, months) in [(0, 0, 24), (1, 1, 24), (1, 0, 1)] {
			let asks = (Request { months: Some(months), ..agreeable() }, None);
			let votes = MEMBERS[..3].iter().map(|member| (*member, true)).collect();
			let (between, wait) = ([None, None, None], DAY);
			model.hold(Session::Decide { study, dataset, asks, votes, between, wait }, met);
		}
		assert_eq!(Permits::<Test>::iter().count(), 3);
		model
	}

	pub fn hold(&mut self, session: Session, met: &mut Met) {
		let (organisation, committee) = (INSTITUTE, COMMITTEE);
		match session {
			Session::Decide {
				study,
				dataset,
				asks: (statement, disease),
				votes,
				between,
				wait,
			} => {
				let [signed, voted, counted] = between;
				let request = self.requests.len() as AccessRequestId;
				let ask = Call::request { organisation, study, dataset, statement, disease };
				self.call(INVESTIGATOR, ask, met);
				self.cosign(request, met);
				self.happens(signed, met);
				let is_open = Research::stage_at(request, now()) == Some(Stage::Voting);
				let is_plotted = votes.len() % 4 == 3 && wait == 10 * DAY;
				let mut joined = Vec::new();
				if is_open && is_plotted {
					joined = against(&votes);
				}
				for who in &joined {
					self.take(Step::Hire(COMMON_EMPLOYER, *who, Role::Nurse), met);
				}
				for (who, in_favour) in votes {
					self.call(who, Call::vote { committee, request, in_favour }, met);
				}
				self.happens(voted, met);
				if !joined.is_empty() {
					self.take(Step::Hire(COMMON_EMPLOYER, INVESTIGATOR, Role::Nurse), met);
					joined.push(INVESTIGATOR);
				}
				self.take(Step::Pass(wait), met);
				self.call(STRANGER, Call::conclude { committee, request }, met);
				for who in joined {
					self.take(Step::Dismiss(COMMON_EMPLOYER, who), met);
				}
				self.happens(counted, met);
				self.take(Step::Accept(request), met);
			},
			Session::Match { study, dataset, asks: (statement, disease), between } => {
				let request = self.requests.len() as AccessRequestId;
				let agree = Call::set_shortcut { committee, dataset, allowed: true };
				self.call(self.account(Who::Administers(COMMITTEE)), agree, met);
				let ask = Call::request { organisation, study, dataset, statement, disease };
				self.call(INVESTIGATOR, ask, met);
				self.happens(between, met);
				self.cosign(request, met);
				self.take(Step::Accept(request), met);
				let no_more = Call::set_shortcut { committee, dataset, allowed: false };
				self.call(self.account(Who::Administers(COMMITTEE)), no_more, met);
			},
			Session::Grow { custodian, more, votes, between, wait } => {
				let propose = Call::propose_budget { custodian, more };
				self.call(steward_of(custodian), propose, met);
				let is_plotted = votes.len() % 2 == 1 && wait == 7 * DAY;
				let on_this: Vec<(u64, bool)> =
					votes.iter().filter(|vote| vote.2 == 0).map(|vote| (vote.0, vote.1)).collect();
				let opposed = against(&on_this).first().copied().filter(|_| is_plotted);
				for (who, in_favour, before) in votes {
					let motion = self.motion(custodian).wrapping_sub(before);
					let vote = Call::vote_budget { committee, custodian, motion, in_favour };
					self.call(who, vote, met);
				}
				self.happens(between, met);
				let before = self.account(Who::Administers(custodian));
				if let Some(who) = opposed {
					self.take(Step::HandOver(custodian, who), met);
				}
				self.take(Step::Pass(wait), met);
				let motion = self.motion(custodian);
				self.call(STRANGER, Call::conclude_budget { committee, custodian, motion }, met);
				if opposed.is_some() {
					self.take(Step::HandOver(custodian, before), met);
				}
			},
			Session::Retire { permit } => {
				let Some(record) = Permits::<Test>::get(permit) else { return };
				let dataset = record.dataset;
				let custodian = self.datasets[dataset as usize].custodian;
				let retire = Call::retire_dataset { custodian, dataset };
				self.call(steward_of(custodian), retire, met);
				self.take(Step::Reserve { permit, epsilon: 100_000, crossed: false }, met);
			},
			Session::Renew { permit, reports } => {
				let Some(record) = Permits::<Test>::get(permit) else { return };
				let near = record.permit.period.until - 50 * DAY;
				if now() < near {
					self.take(Step::Pass(near - now()), met);
				}
				self.take(Step::Epoch(record.dataset), met);
				let commitment = commitment(3);
				for year in 1..=reports {
					let report = Call::report { organisation, permit, year, commitment };
					self.call(INVESTIGATOR, report, met);
				}
				self.call(INVESTIGATOR, Call::renew { organisation, permit }, met);
			},
			Session::End { who, report, revoke } => {
				let lasts = |permit: &AccessRequestId| {
					Permits::<Test>::get(permit).is_some_and(|one| one.permit.ended.is_none())
				};
				// The first ones stay for the queries.
				let last = (2..NextRequest::<Test>::get()).rev().find(lasts);
				let Some(permit) = last else { return };
				let destruction = commitment(3);
				if revoke {
					let (acting_for, reason) = (COMMITTEE, RevocationReason::FalseStatement);
					self.call(MEMBERS[0], Call::revoke { acting_for, permit, reason }, met);
				}
				let report = report.then_some(destruction);
				let close = Call::close_out { organisation, permit, destruction, report };
				self.call(self.account(who), close, met);
			},
		}
	}

	/// Whoever administers the institute co-signs.
	fn cosign(&mut self, request: AccessRequestId, met: &mut Met) {
		let cosign = Call::cosign { organisation: INSTITUTE, request };
		self.call(self.account(Who::Administers(INSTITUTE)), cosign, met);
	}

	fn happens(&mut self, step: Option<Box<Step>>, met: &mut Met) {
		if let Some(step) = step {
			self.take(*step, met);
		}
	}
}
