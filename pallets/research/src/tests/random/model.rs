//! What a random history must be like, from a record of its own: of what was called, and when, and of what the world did. Of the
//! pallet's storage it takes what is not compared with anything else here.

mod allowed;
mod datasets;
mod queries;
mod refused;
mod standings;
mod votes;

use super::{
	super::*,
	met::Met,
	steps::{Step, Who},
};
use datasets::Kept;
use salus_primitives::traits::Credentials;
use sp_runtime::traits::Dispatchable;
use standings::{ask, Told};
use std::collections::BTreeMap;

/// Who takes over an administration.
pub const SUCCESSOR: u64 = 210;

/// The custodians of these histories, and a data steward of each.
pub const CUSTODIANS: [(OrgId, u64); 2] = [(HOSPITAL, STEWARD), (CLINIC, CLINIC_STEWARD)];

pub fn steward_of(custodian: OrgId) -> u64 {
	CUSTODIANS.iter().find(|(org, _)| *org == custodian).unwrap().1
}

/// A study.
pub struct Studied {
	protocols: Vec<Protocol>,
	/// Who leads it.
	pub leads: u64,
	/// Who administered the institution when it was registered.
	pub admin: u64,
}

/// A request.
pub struct Asked {
	pub study: StudyId,
	pub dataset: DatasetId,
	/// For how many months.
	pub months: u16,
	pub at: Moment,
	/// Who leads the study.
	pub leads: u64,
	/// That one, and those who administered the institution at its steps.
	pub people: Vec<u64>,
	votes: Vec<(u64, bool)>,
}

/// A proposal of more budget.
pub struct Proposed {
	number: MotionId,
	more: MicroEpsilon,
	pub by: u64,
	/// Who administered the custodian.
	pub admin: u64,
	pub at: Moment,
	votes: Vec<(u64, bool)>,
	concluded: bool,
}

#[derive(Default)]
pub struct Model {
	/// What the budget of each custodian must be.
	budgets: BTreeMap<OrgId, Budget>,
	/// Of each custodian what its queries cost, by their number, and whether they are settled.
	queries: BTreeMap<OrgId, Vec<(MicroEpsilon, bool)>>,
	pub datasets: Vec<Kept>,
	studies: Vec<Studied>,
	pub requests: Vec<Asked>,
	/// What each permit must be.
	pub permits: BTreeMap<AccessRequestId, PermitRecord>,
	motions: BTreeMap<OrgId, Proposed>,
	/// Who administers what.
	pub admins: BTreeMap<OrgId, u64>,
	/// Who was employed where, from when and until when; the committee apart.
	pub employed: Vec<(OrgId, u64, Moment, Moment)>,
	/// When an organisation was licensed last.
	licensed: BTreeMap<OrgId, Moment>,
	told: BTreeMap<Moment, Told>,
	commitments: u64,
}

impl Model {
	/// Of a world in which there is nothing yet.
	pub fn new() -> Self {
		let orgs = [HOSPITAL, INSTITUTE, ETHICS, COMMITTEE, CLINIC];
		let staff = [
			(HOSPITAL, STEWARD),
			(INSTITUTE, INVESTIGATOR),
			(ETHICS, ETHICIST),
			(CLINIC, CLINIC_STEWARD),
		];
		Self {
			admins: orgs.into_iter().zip(ADMINS).collect(),
			employed: staff.map(|(org, who)| (org, who, START, Moment::MAX)).to_vec(),
			..Self::default()
		}
	}

	/// The account that is meant.
	pub fn account(&self, who: Who) -> u64 {
		match who {
			Who::Is(who) => who,
			Who::Administers(org) => self.admins[&org],
		}
	}

	/// Whether `who` answers for the data of `custodian`.
	pub fn answers_for(&self, who: u64, custodian: OrgId) -> bool {
		self.admins[&custodian] == who
			|| Register::was_affiliated(custodian, &who, Role::DataSteward, now())
	}

	pub fn take(&mut self, step: Step, met: &mut Met) {
		match step {
			Step::Call(who, call) => self.call(self.account(who), *call, met),
			Step::Reserve { permit, epsilon, crossed } => {
				self.reserve(permit, epsilon, crossed, met)
			},
			Step::Accept(request) => self.accept(request, met),
			Step::Epoch(dataset) => {
				let Some(kept) = self.datasets.get(dataset as usize) else { return };
				let (terms, epoch) = (kept.last().terms, kept.last().epoch + 1);
				let (steward, count) = (steward_of(kept.custodian), kept.published.len());
				let publish = self.version(dataset, terms, epoch);
				self.call(steward, publish, met);
				let kept = &self.datasets[dataset as usize];
				let done = kept.published.len() > count;
				assert_eq!(done, !kept.retired, "an epoch was refused");
			},
			Step::Publish { who, dataset, change, ahead } => {
				let Some(kept) = self.datasets.get(dataset as usize) else { return };
				let (terms, epoch) = (change.of(kept.last().terms), kept.last().epoch + ahead);
				let who = who.map_or(steward_of(kept.custodian), |who| self.account(who));
				self.call(who, self.version(dataset, terms, epoch), met);
			},
			Step::Approve { study, before, until } => {
				let protocols = self.studies.get(study as usize).map(|study| &study.protocols);
				let Some(protocol) = protocols.and_then(|all| all.iter().rev().nth(before)) else {
					return;
				};
				let (ethics, protocol) = (ETHICS, protocol.commitment);
				self.call(ETHICIST, Call::approve_ethics { ethics, study, protocol, until }, met);
			},
			Step::Hold(session) => self.hold(*session, met),
			Step::Withdraw(dataset) => {
				if let Some(kept) = self.datasets.get_mut(dataset as usize) {
					kept.withdrawals.push(now());
				}
			},
			Step::Pass(seconds) => {
				let known = NextRequest::<Test>::get();
				let told = ask(now(), known);
				self.check_standings(&told, met);
				self.check_protocols(met);
				self.told.insert(now(), told);
				pass(seconds);
				if self.told.len().is_multiple_of(8) {
					self.check_past(met);
				}
			},
			Step::Suspend(organisation) => {
				// The registry ends no licence in the second in which it began.
				if self.licensed.get(&organisation) == Some(&now()) {
					return;
				}
				suspend(organisation);
			},
			Step::License(organisation, kind) => {
				if !Register::was_licensed(organisation, kind, now()) {
					license(organisation, kind);
					self.licensed.insert(organisation, now());
				}
			},
			Step::Hire(organisation, who, role) => {
				if !Register::was_affiliated(organisation, &who, role, now()) {
					hire(organisation, who, role);
					if organisation != COMMITTEE {
						self.employed.push((organisation, who, now(), Moment::MAX));
					}
				}
			},
			Step::Dismiss(organisation, who) => {
				// The registry ends nothing in the second in which it began.
				if was_just_hired(organisation, who) {
					return;
				}
				dismiss(organisation, who);
				for (employer, member, _, until) in &mut self.employed {
					if *employer == organisation && *member == who && *until == Moment::MAX {
						*until = now();
					}
				}
			},
			Step::HandOver(organisation, who) => {
				if self.admins.insert(organisation, who) != Some(who) {
					hand_over(organisation, who);
					met.came_up(
						match organisation {
							COMMITTEE => "committees that changed hands",
							INSTITUTE => "institutions that changed hands",
							ETHICS => "ethics bodies that changed hands",
							_ => "custodians that changed hands",
						},
						1,
					);
				}
			},
		}
	}

	fn version(&self, dataset: DatasetId, terms: Offer, epoch: u32) -> Call<Test> {
		let custodian = self.datasets[dataset as usize].custodian;
		let (root, size) = (commitment(2), SizeBucket::Below10000);
		Call::publish_version { custodian, dataset, terms, root, size, epoch }
	}

	fn accept(&mut self, request: AccessRequestId, met: &mut Met) {
		let Some(asked) = self.requests.get(request as usize) else { return };
		let version = self.datasets[asked.dataset as usize].published.len() as u32 - 1;
		let accept = Call::accept_terms { organisation: INSTITUTE, request, version };
		self.call(INVESTIGATOR, accept, met);
	}

	pub(super) fn call(&mut self, who: u64, call: Call<Test>, met: &mut Met) {
		use frame_support::traits::GetCallName;
		System::reset_events();
		let may = self.may_about_permit(who, &call);
		match RuntimeCall::Research(call.clone()).dispatch(signed(who)) {
			Ok(_) => {
				assert_ne!(may, Some(false), "{who} was allowed {call:?}");
				met.called(call.get_call_name());
				self.done(who, call, met);
			},
			Err(refused) => {
				assert_ne!(may, Some(true), "{who} was refused {call:?}: {refused:?}");
				met.came_up("calls about permits that were refused", u32::from(may.is_some()));
				self.refused(who, &call, refused.error, met);
			},
		}
	}
}
