//! What a random history must be like, from a record of its own: of what was called, and when, and of what the world did. Of the
//! pallet's storage it takes what is not compared with anything else here.

use super::{
	super::*,
	met::Met,
	steps::{Step, Who},
	terms::loosens_nothing,
};
use salus_primitives::traits::Credentials;
use sp_runtime::{traits::Dispatchable, DispatchError};
use std::collections::BTreeMap;

/// Who takes over an administration.
pub const SUCCESSOR: u64 = 210;

/// The custodians of these histories, and a data steward of each.
pub const CUSTODIANS: [(OrgId, u64); 2] = [(HOSPITAL, STEWARD), (CLINIC, CLINIC_STEWARD)];

pub fn steward_of(custodian: OrgId) -> u64 {
	CUSTODIANS.iter().find(|(org, _)| *org == custodian).unwrap().1
}

/// A version of a dataset.
pub struct Published {
	pub terms: Offer,
	/// How often the terms had changed.
	pub terms_version: u32,
	pub epoch: u32,
	pub at: Moment,
}

/// A dataset.
pub struct Kept {
	pub custodian: OrgId,
	pub published: Vec<Published>,
	shortcut: bool,
	retired: bool,
	/// When participants said no.
	withdrawals: Vec<Moment>,
}

impl Kept {
	pub fn last(&self) -> &Published {
		self.published.last().unwrap()
	}

	/// When epochs were published: the versions in which the number of the epoch went up.
	fn epochs(&self) -> impl Iterator<Item = Moment> + '_ {
		let before = std::iter::once(None).chain(self.published.iter().map(|one| Some(one.epoch)));
		let pairs = before.zip(&self.published);
		pairs.filter(|(before, one)| *before != Some(one.epoch)).map(|(_, one)| one.at)
	}

	/// E4: whether no epoch was published in the last 30 days.
	fn is_overdue(&self) -> bool {
		!self.epochs().any(|at| at <= now() && now() < at + 30 * DAY)
	}

	/// How many have said no 30 days ago or longer; and how many of them before no epoch.
	fn withdrawn(&self) -> (u32, u32) {
		let old = || self.withdrawals.iter().filter(|at| **at + 30 * DAY <= now());
		let unheard = old().filter(|at| !self.epochs().any(|epoch| **at < epoch));
		(old().count() as u32, unheard.count() as u32)
	}
}

/// A study.
pub struct Studied {
	protocols: Vec<Protocol>,
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
	/// Who leads the study, and those who administered the institution at its steps.
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

/// What was told of a moment: of each request where it stood, and what was true of its permit; and the versions of datasets.
type Told = (Vec<Option<Stage>>, Vec<Option<Standing>>, Vec<Option<VersionInfo>>);

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

fn ask(at: Moment, known: u32) -> Told {
	(
		(0..known).map(|id| Research::stage_at(id, at)).collect(),
		(0..known).map(|id| Research::permit_at(id, at)).collect(),
		(0..4).map(|dataset| Research::version_at(dataset, at)).collect(),
	)
}

/// Those of `votes` that `counts` lets count.
fn tally(votes: &[(u64, bool)], counts: impl Fn((u64, bool)) -> bool) -> Tally {
	let those =
		|which| votes.iter().filter(|vote| vote.1 == which && counts(**vote)).count() as u32;
	Tally { in_favour: those(true), against: those(false) }
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

	/// E3: each budget is what was done with it, and nothing that was done with another's.
	pub fn check_budgets(&self) {
		for (custodian, _) in CUSTODIANS {
			let found = Populations::<Test>::get(custodian).map(|found| found.budget);
			let kept = self.budgets.get(&custodian);
			assert_eq!(found.as_ref(), kept, "of {custodian}");
			let Some(budget) = kept else { continue };
			let queries = self.queries.get(&custodian).map_or(&[][..], Vec::as_slice);
			let sum = |settled| {
				queries.iter().filter(|one| one.1 == settled).map(|one| one.0).sum::<u64>()
			};
			assert_eq!((sum(false), sum(true)), (budget.reserved, budget.settled));
			assert!(budget.reserved + budget.settled <= budget.total);
		}
	}

	/// E9: every protocol that was registered is there as it was, and no other.
	pub fn check_protocols(&self, met: &mut Met) {
		for (id, study) in (0..).zip(&self.studies) {
			let found = Studies::<Test>::get(id).expect("it was registered");
			assert_eq!(found.protocols.as_slice(), study.protocols, "of study {id}");
			met.came_up("protocols compared", study.protocols.len() as u32);
		}
	}

	pub fn check_past(&self, met: &mut Met) {
		for (at, answer) in &self.told {
			let known = answer.0.len() as u32;
			assert_eq!(ask(*at, known), *answer, "at {at}");
			met.came_up("answers about the past", 2 * known);
		}
	}

	/// In each history queries of both custodians are wanted.
	pub fn close(&self, met: &mut Met) {
		let both = CUSTODIANS.iter().all(|(custodian, _)| self.queries.contains_key(custodian));
		met.came_up("histories with queries of both", u32::from(both));
	}

	/// E1 and E4: of every permit that is told now which is true, and nothing else.
	fn check_standings(&self, told: &Told, met: &mut Met) {
		for (id, standing) in (0..).zip(&told.1) {
			let standing = standing.as_ref().expect("it was asked for");
			met.stood(standing);
			self.check_permit(id);
			let Some(record) = self.permits.get(&id) else {
				assert_eq!(*standing, Standing::NotYet);
				continue;
			};
			met.came_up("standings compared", 1);
			if let Some(end) = record.permit.ended {
				assert_eq!(*standing, Standing::Ended(end.how));
				continue;
			}
			let lapses = self.lapses(record);
			let expected = if lapses.is_empty() { Standing::Active } else { suspended(&lapses) };
			assert_eq!(*standing, expected, "of permit {id}");
			let unheard = self.datasets[record.dataset as usize].withdrawn().1 > 0;
			if unheard {
				assert!(lapses.contains(&Lapse::Epoch), "a withdrawal that nobody heard");
				met.came_up("permits suspended with a withdrawal unheard", 1);
			}
		}
		for (kept, version) in self.datasets.iter().zip(&told.2) {
			let (last, version) = (kept.last(), version.as_ref().expect("it was offered"));
			assert_eq!(version.number as usize + 1, kept.published.len());
			assert_eq!(
				(version.terms, version.terms_version, version.epoch, version.at),
				(last.terms, last.terms_version, last.epoch, last.at)
			);
			let epoch_at = kept.epochs().last().expect("the first is one");
			assert_eq!(version.next_epoch_due, epoch_at + 30 * DAY);
		}
	}

	/// Which inputs of the permit have lapsed now: each looked up on its own.
	pub fn lapses(&self, record: &PermitRecord) -> Vec<Lapse> {
		let study = Studies::<Test>::get(record.study).unwrap();
		let approved = study.approvals.iter().any(|one| {
			one.period.from <= now()
				&& now() < one.period.until
				&& one.ended.is_none_or(|(at, _)| now() < at)
		});
		let dataset = &self.datasets[record.dataset as usize];
		let accepted = record.accepted.last().unwrap().terms.version;
		let Interval { from, until } = record.permit.period;
		let until = record.permit.renewal.map_or(until, |renewal| renewal.until);
		let late = (1..20u64).any(|year| {
			from + year * YEAR + 30 * DAY <= now()
				&& !record.reports.iter().any(|report| report.filed.year == year)
		});
		let researches = |who| Register::was_affiliated(INSTITUTE, who, Role::Researcher, now());
		[
			(Lapse::Ethics, !approved),
			(Lapse::Licence, !Register::was_licensed(INSTITUTE, OrgKind::Research, now())),
			(Lapse::Affiliation, !researches(&study.investigator)),
			(Lapse::Terms, accepted != dataset.last().terms_version),
			(Lapse::Epoch, dataset.is_overdue()),
			(Lapse::Report, late),
			(Lapse::Expired, until <= now()),
			(Lapse::Retired, dataset.retired),
		]
		.into_iter()
		.filter(|(_, lapsed)| *lapsed)
		.map(|(lapse, _)| lapse)
		.collect()
	}

	/// The account that is meant.
	pub fn account(&self, who: Who) -> u64 {
		match who {
			Who::Is(who) => who,
			Who::Administers(org) => self.admins[&org],
		}
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
				self.leave_a_trace(organisation);
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

	/// A licence that comes and goes in one second leaves no trace in the registry, so that `try_state` takes what was done meanwhile
	/// for wrong: here it stays for a second at least.
	fn leave_a_trace(&self, organisation: OrgId) {
		if self.licensed.get(&organisation) == Some(&now()) {
			pass(1);
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

	/// A query; if it is `crossed`, one that another custodian than the dataset's would answer.
	fn reserve(
		&mut self,
		permit: AccessRequestId,
		epsilon: MicroEpsilon,
		crossed: bool,
		met: &mut Met,
	) {
		let Some(record) = Permits::<Test>::get(permit) else { return };
		let kept = &self.datasets[record.dataset as usize];
		let version = kept.published.len() as u32 - 1;
		let those = CUSTODIANS.iter().find(|(org, _)| (*org == kept.custodian) != crossed);
		let (custodian, steward) = *those.unwrap();
		self.commitments += 1;
		let commitment = Commitment::from_low_u64_be(1_000 + self.commitments);
		let reserve = Call::reserve_query { custodian, permit, version, commitment, epsilon };
		self.call(steward, reserve, met);
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

	/// Whether `who` answers for the data of `custodian`.
	pub fn answers_for(&self, who: u64, custodian: OrgId) -> bool {
		self.admins[&custodian] == who
			|| Register::was_affiliated(custodian, &who, Role::DataSteward, now())
	}

	/// What `by` proposes now for `custodian`.
	fn proposal(&self, by: u64, custodian: OrgId, more: MicroEpsilon) -> Proposed {
		let number = self.motions.get(&custodian).map_or(0, |before| before.number + 1);
		let (admin, votes, concluded) = (self.admins[&custodian], Vec::new(), false);
		Proposed { number, more, by, admin, at: now(), votes, concluded }
	}

	/// The number of the last proposal for `custodian`.
	pub fn motion(&self, custodian: OrgId) -> MotionId {
		self.motions.get(&custodian).map_or(0, |last| last.number)
	}

	/// That the call was made, and must have been allowed.
	fn done(&mut self, who: u64, call: Call<Test>, met: &mut Met) {
		match call {
			Call::open_population { custodian, total, .. } => {
				assert!(self.answers_for(who, custodian));
				let before = self.budgets.insert(custodian, Budget::new(total));
				assert_eq!(before, None, "opened twice");
			},
			Call::propose_budget { custodian, more } => {
				assert!(self.answers_for(who, custodian));
				let proposed = self.proposal(who, custodian, more);
				assert!(!self.wants(self.admins[&COMMITTEE], custodian, &proposed));
				self.motions.insert(custodian, proposed);
				let open = |one: &&Proposed| !one.concluded && now() < one.at + 21 * DAY;
				let both = self.motions.values().filter(open).count() == CUSTODIANS.len();
				met.came_up("proposals for both custodians at a time", u32::from(both));
			},
			Call::vote_budget { custodian, motion, in_favour, .. } => {
				let proposed = &self.motions[&custodian];
				assert_eq!(proposed.number, motion, "a vote on a proposal that is not the last");
				assert!(!proposed.concluded && now() < proposed.at + 21 * DAY, "a vote too late");
				assert!(self.may_vote_on_budget(who, custodian, proposed), "recused");
				assert!(!self.wants(self.admins[&COMMITTEE], custodian, proposed), "recused");
				self.motions.get_mut(&custodian).unwrap().votes.push((who, in_favour));
			},
			Call::conclude_budget { custodian, motion, .. } => {
				self.budget_concluded(custodian, motion, met)
			},
			Call::offer_dataset { custodian, terms, .. } => {
				assert!(self.answers_for(who, custodian));
				self.datasets.push(Kept {
					custodian,
					published: vec![Published { terms, terms_version: 0, epoch: 0, at: now() }],
					shortcut: false,
					retired: false,
					withdrawals: Vec::new(),
				});
			},
			Call::publish_version { dataset, terms, epoch, .. } => {
				let custodian = self.datasets[dataset as usize].custodian;
				assert!(self.answers_for(who, custodian));
				let kept = &mut self.datasets[dataset as usize];
				assert!(!kept.retired, "it was taken back");
				let last = kept.last();
				assert!(epoch == last.epoch || epoch == last.epoch + 1, "an epoch is skipped");
				let changed = terms != last.terms;
				if changed {
					assert!(loosens_nothing(&terms, &last.terms), "the terms were loosened");
					met.came_up("terms that were tightened", 1);
				}
				let terms_version = last.terms_version + u32::from(changed);
				kept.published.push(Published { terms, terms_version, epoch, at: now() });
			},
			Call::set_shortcut { dataset, allowed, .. } => {
				assert_eq!(who, self.admins[&COMMITTEE]);
				self.datasets[dataset as usize].shortcut = allowed;
			},
			Call::retire_dataset { dataset, .. } => {
				let custodian = self.datasets[dataset as usize].custodian;
				assert!(self.answers_for(who, custodian));
				self.datasets[dataset as usize].retired = true;
			},
			Call::register_study { protocol, .. } => {
				let protocols = vec![Protocol { commitment: protocol, at: now() }];
				self.studies.push(Studied { protocols, admin: self.admins[&INSTITUTE] });
			},
			Call::amend_study { study, protocol, .. } => {
				let protocol = Protocol { commitment: protocol, at: now() };
				self.studies[study as usize].protocols.push(protocol);
				self.check_protocols(met);
				met.came_up("protocols that were amended", 1);
			},
			Call::approve_ethics { study, protocol, .. } => {
				let protocols = &self.studies[study as usize].protocols;
				assert_eq!(protocols.last().unwrap().commitment, protocol, "approved unread");
				let found = Studies::<Test>::get(study).unwrap();
				let approved = found.approvals.last().unwrap().protocol as usize;
				assert_eq!(approved, protocols.len() - 1);
				let studied = &self.studies[study as usize];
				for judge in [who, self.admins[&ETHICS]] {
					assert!(!self.has_a_part_in_study(judge, studied), "{judge} has a part in it");
				}
				assert!(self.others(now()).count() <= MAX_OTHER_EMPLOYERS, "too many employers");
			},
			Call::request { study, dataset, statement, .. } => {
				assert!(self.others(now()).count() <= MAX_OTHER_EMPLOYERS, "too many employers");
				assert_ne!(self.admins[&COMMITTEE], INVESTIGATOR);
				let people =
					vec![INVESTIGATOR, self.studies[study as usize].admin, self.admins[&INSTITUTE]];
				let (months, votes) = (statement.months.expect("it was asked for"), Vec::new());
				self.requests.push(Asked { study, dataset, months, at: now(), people, votes });
			},
			Call::cosign { request, .. } => self.cosigned(who, request, met),
			Call::vote { request, in_favour, .. } => {
				let asked = &self.requests[request as usize];
				assert!(self.may_vote(who, asked), "recused");
				assert!(!self.has_a_part(self.admins[&COMMITTEE], asked), "recused");
				self.requests[request as usize].votes.push((who, in_favour));
			},
			Call::conclude { request, .. } => self.concluded(request, met),
			Call::accept_terms { request, version, .. } => {
				self.take_up(request, version);
				self.accepted(request, met);
			},
			Call::renew { .. }
			| Call::report { .. }
			| Call::record_output { .. }
			| Call::close_out { .. }
			| Call::revoke { .. } => self.change_permit(who, call),
			Call::reserve_query { custodian, permit, version, epsilon, .. } => {
				self.reserved(who, custodian, (permit, version), epsilon, met)
			},
			Call::settle_query { custodian, query, .. } => {
				assert!(self.answers_for(who, custodian));
				let queries = self.queries.get_mut(&custodian).expect("some were reserved");
				let (epsilon, settled) = &mut queries[query as usize];
				assert!(!*settled, "settled twice");
				*settled = true;
				let budget = self.budgets.get_mut(&custodian).unwrap();
				budget.reserved -= *epsilon;
				budget.settled += *epsilon;
			},
			Call::suspend_ethics { .. } | Call::withdraw_ethics { .. } | Call::__Ignore(..) => {},
		}
	}

	/// That the call was refused, and must have been.
	fn refused(&self, who: u64, call: &Call<Test>, error: DispatchError, met: &mut Met) {
		let is = |what: PalletError| error == DispatchError::from(what);
		let chair = self.admins[&COMMITTEE];
		match call {
			Call::request { .. } if is(PalletError::TooManyEmployers) => {
				assert!(self.others(now()).count() > MAX_OTHER_EMPLOYERS, "they are few");
				met.came_up("requests of whoever had too many employers", 1);
			},
			Call::vote { request, .. } | Call::conclude { request, .. } => {
				let Some(asked) = self.requests.get(*request as usize) else { return };
				if is(PalletError::TooManyEmployers) {
					assert!(self.others(asked.at).count() > MAX_OTHER_EMPLOYERS, "they are few");
					met.came_up("requests of whoever had too many employers", 1);
				} else if is(PalletError::AdministratorRecused) {
					assert!(self.has_a_part(chair, asked), "{chair} has no part in it");
					met.came_up(
						"requests whose committee was administered by one of the parties",
						1,
					);
					let counted = matches!(call, Call::conclude { .. }) && asked.votes.len() >= 3;
					met.came_up(
						"counts refused because of whoever administers the committee",
						u32::from(counted),
					);
				} else if is(PalletError::Recused) {
					assert!(!self.may_vote(who, asked), "{who} may vote");
					met.came_up("votes refused because of a part in the request", 1);
				}
			},
			Call::propose_budget { custodian, more } if is(PalletError::AdministratorRecused) => {
				let proposed = self.proposal(who, *custodian, *more);
				assert!(self.wants(chair, *custodian, &proposed), "{chair} has no part in it");
				met.came_up("budgets whose committee was administered by one of the custodian", 1);
			},
			Call::vote_budget { custodian, .. } | Call::conclude_budget { custodian, .. } => {
				let Some(proposed) = self.motions.get(custodian) else { return };
				if is(PalletError::AdministratorRecused) {
					assert!(self.wants(chair, *custodian, proposed), "{chair} has no part in it");
					met.came_up(
						"budgets whose committee was administered by one of the custodian",
						1,
					);
				} else if is(PalletError::Recused) {
					assert!(!self.may_vote_on_budget(who, *custodian, proposed), "{who} may vote");
					met.came_up("votes refused because of a part in the budget", 1);
				}
			},
			Call::approve_ethics { study, .. } if is(PalletError::AdministratorRecused) => {
				let studied = &self.studies[*study as usize];
				assert!(self.has_a_part_in_study(self.admins[&ETHICS], studied), "it has none");
				met.came_up("approvals by a body that one of the parties administered", 1);
			},
			Call::approve_ethics { study, protocol, .. } if is(PalletError::WrongProtocol) => {
				let protocols = &self.studies[*study as usize].protocols;
				assert_ne!(protocols.last().unwrap().commitment, *protocol, "it is the last one");
				met.came_up("approvals of an earlier protocol that were refused", 1);
			},
			Call::publish_version { dataset, terms, .. } if is(PalletError::TermsLoosened) => {
				assert_ne!(self.datasets[*dataset as usize].last().terms, *terms);
				met.came_up("terms that were not loosened", 1);
			},
			Call::record_output { permit, .. } if is(PalletError::Moratorium) => {
				let moratorium = self.accepted_terms(&self.permits[permit]).moratorium;
				assert!(now() < moratorium.unwrap(), "it is over");
				met.came_up("publications before a moratorium", 1);
			},
			Call::reserve_query { custodian, permit, .. } => {
				self.not_reserved(*custodian, *permit, error, met)
			},
			_ => {},
		}
	}

	/// A match is approved without a vote if the committee has agreed to that, and nobody administers it who has a part in the request.
	fn cosigned(&mut self, who: u64, request: AccessRequestId, met: &mut Met) {
		assert_eq!(who, self.admins[&INSTITUTE]);
		self.requests[request as usize].people.push(who);
		let asked = &self.requests[request as usize];
		let found = Requests::<Test>::get(request).unwrap();
		let matches = found.cosigned.unwrap().decision.answer == Answer::Match;
		let agreed = matches && self.datasets[asked.dataset as usize].shortcut;
		let recused = self.has_a_part(self.admins[&COMMITTEE], asked);
		let few = self.others(asked.at).count() <= MAX_OTHER_EMPLOYERS;
		let at_once = agreed && few && !recused;
		assert_eq!(found.outcome.is_some(), at_once, "{who} has co-signed request {request}");
		met.came_up("matches without a vote", u32::from(at_once));
		met.came_up(
			"matches with a vote because of whoever administers the committee",
			u32::from(agreed && recused),
		);
	}

	/// E5: the votes that counted are those of whoever could still vote.
	fn concluded(&self, request: AccessRequestId, met: &mut Met) {
		let asked = &self.requests[request as usize];
		assert!(!self.has_a_part(self.admins[&COMMITTEE], asked), "recused");
		let tally = tally(&asked.votes, |vote| self.counts(vote, asked));
		let outcome = Requests::<Test>::get(request).unwrap().outcome.unwrap();
		assert_eq!(outcome.by, DecidedBy::Vote(tally));
		assert!(tally.counted() >= 3, "no quorum");
		assert_eq!(outcome.approved, tally.in_favour > tally.against);
		met.came_up("votes that were counted", 1);
		met.came_up("votes that did not count", asked.votes.len() as u32 - tally.counted());
		met.came_up(
			"votes against that stood though the voter came to have a part",
			self.stood(&asked.votes, asked),
		);
	}

	fn budget_concluded(&mut self, custodian: OrgId, motion: MotionId, met: &mut Met) {
		let proposed = &self.motions[&custodian];
		assert_eq!(proposed.number, motion, "a count of a proposal that is not the last");
		assert!(!proposed.concluded, "it was counted");
		assert!(proposed.at + 7 * DAY <= now() && now() < proposed.at + 21 * DAY);
		assert!(!self.wants(self.admins[&COMMITTEE], custodian, proposed), "recused");
		let Some(Event::BudgetConcluded { granted, tally: told, .. }) = events().pop() else {
			panic!("nothing was told")
		};
		let tally = tally(&proposed.votes, |vote| self.counts_on_budget(vote, custodian, proposed));
		assert!(tally.counted() >= 3);
		assert_eq!(told, tally);
		assert_eq!(granted, tally.in_favour > tally.against);
		let not_counted = proposed.votes.len() as u32 - tally.counted();
		met.came_up("votes on budgets that did not count", not_counted);
		let stood = |vote: &&(u64, bool)| {
			let counts = self.counts_on_budget(**vote, custodian, proposed);
			!vote.1 && counts && self.wants(vote.0, custodian, proposed)
		};
		met.came_up(
			"votes against budgets that stood though the voter came to have a part",
			proposed.votes.iter().filter(stood).count() as u32,
		);
		let more = proposed.more;
		self.motions.get_mut(&custodian).unwrap().concluded = true;
		if granted {
			self.budgets.get_mut(&custodian).unwrap().total += more;
			met.came_up("budgets that grew", 1);
		} else {
			met.came_up("budgets that did not", 1);
		}
	}

	/// E2: what was accepted just now is not excluded, and if the terms leave something open, a committee has voted under them.
	fn accepted(&self, permit: AccessRequestId, met: &mut Met) {
		let record = &self.permits[&permit];
		let terms = self.datasets[record.dataset as usize].last().terms;
		assert!(self.is_allowed(permit), "{terms:?} exclude it, or nobody has voted on them");
		let end = record.permit.renewal.map_or(record.permit.period.until, |renewal| renewal.until);
		let Some(Event::TermsAccepted { until, .. }) = events().pop() else {
			panic!("nothing was told")
		};
		assert_eq!(until, end);
		if let Some(months) = terms.months {
			assert!(end - record.permit.period.from <= u64::from(months) * MONTH, "for too long");
		}
		let has = |one| terms.modifiers.contains(one);
		for (what, is_so) in [
			("acceptances of changed terms", record.accepted.len() > 1),
			("acceptances under a disease", matches!(terms.permission, Permission::Ds(_))),
			("acceptances under a region", terms.region.is_some()),
			("acceptances under a moratorium", terms.moratorium.is_some()),
			(
				"acceptances under no profit or no commerce",
				has(Modifier::Npu) || has(Modifier::Ncu) || has(Modifier::Npuncu),
			),
		] {
			met.came_up(what, u32::from(is_so));
		}
	}

	/// E1, E3 and E4: a query is reserved only under a permit of which nothing has lapsed, on the budget of the dataset's custodian,
	/// and no withdrawal that is older than an epoch is unheard.
	fn reserved(
		&mut self,
		who: u64,
		custodian: OrgId,
		(permit, version): (AccessRequestId, u32),
		epsilon: MicroEpsilon,
		met: &mut Met,
	) {
		let record = Permits::<Test>::get(permit).unwrap();
		let kept = &self.datasets[record.dataset as usize];
		assert_eq!(kept.custodian, custodian, "a query on another's budget");
		assert!(self.answers_for(who, custodian));
		assert_eq!(version as usize + 1, kept.published.len());
		let lapses = self.lapses(&record);
		assert!(lapses.is_empty() && record.permit.ended.is_none(), "{lapses:?} had lapsed");
		let (old, unheard) = kept.withdrawn();
		assert_eq!(unheard, 0, "a withdrawal that nobody heard");
		met.came_up("queries after a withdrawal that was heard", u32::from(old > 0));
		let queries = self.queries.entry(custodian).or_default();
		let query = queries.len() as QueryId;
		let told = Event::QueryReserved { custodian, query, permit, epsilon };
		assert_eq!(events().pop(), Some(told));
		queries.push((epsilon, false));
		self.budgets.get_mut(&custodian).unwrap().reserved += epsilon;
		met.came_up(
			match custodian {
				HOSPITAL => "queries of the first custodian",
				_ => "queries of the second custodian",
			},
			1,
		);
	}

	fn not_reserved(
		&self,
		custodian: OrgId,
		permit: AccessRequestId,
		error: DispatchError,
		met: &mut Met,
	) {
		let record = Permits::<Test>::get(permit).expect("others are not asked");
		if self.datasets[record.dataset as usize].custodian != custodian {
			assert_eq!(error, DispatchError::from(PalletError::NotAuthorised));
			met.came_up("queries on another's budget", 1);
			return;
		}
		let (lapses, over) = (self.lapses(&record), record.permit.ended.is_some());
		if error == DispatchError::from(PalletError::NotActive) {
			assert!(!lapses.is_empty() || over, "refused, and nothing had lapsed");
		} else if error == DispatchError::from(PalletError::DatasetRetired) {
			assert!(lapses.contains(&Lapse::Retired), "refused, and it was not taken back");
		} else {
			return;
		}
		if !over {
			assert_eq!(Research::permit_at(permit, now()).unwrap(), suspended(&lapses));
		}
		for lapse in lapses {
			met.lapsed(lapse);
		}
	}
}
