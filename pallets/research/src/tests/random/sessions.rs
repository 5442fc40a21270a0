//! What takes several calls in their order, and would hardly ever come about if each were drawn on its own. The calls are the
//! ordinary ones: whatever happened before lets them succeed or fail.

use super::{
	super::*,
	model::{Met, Model},
	steps::Step,
};

/// Several calls, one after the other.
#[derive(Clone, Debug)]
pub enum Session {
	/// A request is made, co-signed, voted on, counted, and its terms are accepted. Something may happen after the signature, after
	/// the votes, and after the count.
	Decide {
		study: StudyId,
		dataset: DatasetId,
		statement: Request,
		votes: Vec<(u64, bool)>,
		between: [Option<Box<Step>>; 3],
		wait: Moment,
	},
	/// More budget is proposed, voted on and counted. Some vote on the proposal so many before it.
	Grow {
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
	End { who: u64, report: bool, revoke: bool },
}

impl Model {
	pub fn hold(&mut self, session: Session, met: &mut Met) {
		match session {
			Session::Decide { study, dataset, statement, votes, between, wait } => {
				let [signed, voted, counted] = between;
				let (organisation, committee, disease) = (INSTITUTE, COMMITTEE, None);
				let request = NextRequest::<Test>::get();
				let ask = Call::request { organisation, study, dataset, statement, disease };
				self.call(INVESTIGATOR, ask, met);
				self.call(INSTITUTE_ADMIN, Call::cosign { organisation, request }, met);
				self.happens(signed, met);
				for (who, in_favour) in votes {
					self.call(who, Call::vote { committee, request, in_favour }, met);
				}
				self.happens(voted, met);
				self.take(Step::Pass(wait), met);
				self.call(STRANGER, Call::conclude { committee, request }, met);
				self.happens(counted, met);
				self.take(Step::Accept(request), met);
			},
			Session::Grow { more, votes, between, wait } => {
				let (custodian, committee) = (HOSPITAL, COMMITTEE);
				self.call(STEWARD, Call::propose_budget { custodian, more }, met);
				for (who, in_favour, before) in votes {
					let motion = motion().wrapping_sub(before);
					let vote = Call::vote_budget { committee, custodian, motion, in_favour };
					self.call(who, vote, met);
				}
				self.happens(between, met);
				self.take(Step::Pass(wait), met);
				let motion = motion();
				self.call(STRANGER, Call::conclude_budget { committee, custodian, motion }, met);
			},
			Session::Retire { permit } => {
				let Some(record) = Permits::<Test>::get(permit) else { return };
				let (custodian, dataset) = (HOSPITAL, record.dataset);
				self.call(STEWARD, Call::retire_dataset { custodian, dataset }, met);
				self.take(Step::Reserve(permit, 100_000), met);
			},
			Session::Renew { permit, reports } => {
				let Some(record) = Permits::<Test>::get(permit) else { return };
				let near = record.permit.period.until - 50 * DAY;
				if now() < near {
					self.take(Step::Pass(near - now()), met);
				}
				self.take(Step::Epoch(record.dataset), met);
				let (organisation, commitment) = (INSTITUTE, commitment(3));
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
				// The first one stays for the queries.
				let last = (1..NextRequest::<Test>::get()).rev().find(lasts);
				let Some(permit) = last else { return };
				let (organisation, destruction) = (INSTITUTE, commitment(3));
				if revoke {
					let (acting_for, reason) = (COMMITTEE, RevocationReason::FalseStatement);
					self.call(MEMBERS[0], Call::revoke { acting_for, permit, reason }, met);
				}
				let report = report.then_some(destruction);
				let close = Call::close_out { organisation, permit, destruction, report };
				self.call(who, close, met);
			},
		}
	}

	fn happens(&mut self, step: Option<Box<Step>>, met: &mut Met) {
		if let Some(step) = step {
			self.take(*step, met);
		}
	}
}
