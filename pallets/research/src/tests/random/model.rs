//! What a random history must be like, kept beside it.

use super::super::*;
use super::Step;
use salus_primitives::traits::Credentials;
use sp_runtime::{traits::Dispatchable, DispatchError};
use std::collections::BTreeMap;

/// How often something came up.
#[derive(Default, Debug)]
pub struct Met {
	calls: BTreeMap<&'static str, u32>,
	reserved: u32,
	refused: BTreeMap<String, u32>,
	decided: u32,
	not_counted: u32,
	granted: u32,
	refused_budget: u32,
	budget_votes_not_counted: u32,
	too_many_employers: u32,
	accepted_after_changes: u32,
	withdrawn_before: u32,
	answers: u32,
	standings: BTreeMap<String, u32>,
}

fn both<K: Ord>(mut one: BTreeMap<K, u32>, other: BTreeMap<K, u32>) -> BTreeMap<K, u32> {
	for (key, count) in other {
		*one.entry(key).or_default() += count;
	}
	one
}

impl Met {
	/// How often all came up in both.
	pub fn and(self, other: Self) -> Self {
		Self {
			calls: both(self.calls, other.calls),
			reserved: self.reserved + other.reserved,
			refused: both(self.refused, other.refused),
			decided: self.decided + other.decided,
			not_counted: self.not_counted + other.not_counted,
			granted: self.granted + other.granted,
			refused_budget: self.refused_budget + other.refused_budget,
			budget_votes_not_counted: self.budget_votes_not_counted
				+ other.budget_votes_not_counted,
			too_many_employers: self.too_many_employers + other.too_many_employers,
			accepted_after_changes: self.accepted_after_changes + other.accepted_after_changes,
			withdrawn_before: self.withdrawn_before + other.withdrawn_before,
			answers: self.answers + other.answers,
			standings: both(self.standings, other.standings),
		}
	}

	/// Whether enough came up to mean something, `times` more than usual.
	pub fn check(&self, times: u32) {
		use frame_support::traits::GetCallName;
		for name in Call::<Test>::get_call_names() {
			let met = match *name {
				// Made by steps of their own.
				"reserve_query" => self.reserved,
				_ => self.calls.get(name).copied().unwrap_or_default(),
			};
			assert!(met >= 5 * times, "{name} succeeded {met} times only");
		}
		for (what, met, least) in [
			("queries", self.reserved, 200),
			("votes", self.decided, 50),
			("votes that did not count", self.not_counted, 5),
			("budgets that grew", self.granted, 5),
			("budgets that did not", self.refused_budget, 5),
			("votes on budgets that did not count", self.budget_votes_not_counted, 2),
			("requests of whoever had too many employers", self.too_many_employers, 5),
			("acceptances of changed terms", self.accepted_after_changes, 5),
			("withdrawals before a query", self.withdrawn_before, 20),
			("answers about the past", self.answers, 5_000),
		] {
			assert!(met >= least * times, "{what}: {met} times only");
		}
		for lapse in Lapse::ALL {
			let met = self.refused.get(&format!("{lapse:?}")).copied().unwrap_or_default();
			assert!(met >= 5 * times, "{lapse:?} refused {met} queries only");
		}
		// Not yet, active, suspended and ended.
		assert_eq!(self.standings.len(), 4, "{:?}", self.standings);
	}
}

/// What was told of a moment: of each request where it stood, and what was true of its permit; and the versions of datasets.
type Told = (Vec<Option<Stage>>, Vec<Option<Standing>>, Vec<Option<VersionInfo>>);

pub struct Model {
	/// What the hospital's budget must be.
	budget: Budget,
	/// What queries cost, by their number, and whether they are settled.
	queries: BTreeMap<QueryId, (MicroEpsilon, bool)>,
	/// When participants said no.
	withdrawals: Vec<Moment>,
	/// Who was employed where after the beginning, from when and until when; the committee apart.
	employed: Vec<(OrgId, u64, Moment, Moment)>,
	/// What came into force last at an organisation.
	came: BTreeMap<OrgId, Moment>,
	told: BTreeMap<Moment, Told>,
	next_commitment: u64,
}

fn ask(at: Moment, known: u32) -> Told {
	(
		(0..known).map(|id| Research::stage_at(id, at)).collect(),
		(0..known).map(|id| Research::permit_at(id, at)).collect(),
		(0..3).map(|dataset| Research::version_at(dataset, at)).collect(),
	)
}

/// Whether an input of the permit has lapsed now: each looked up where it comes from, one by one.
fn naive_lapses(record: &PermitRecord) -> Vec<Lapse> {
	let study = Studies::<Test>::get(record.study).unwrap();
	let approved = study.approvals.iter().any(|one| {
		one.period.from <= now()
			&& now() < one.period.until
			&& one.ended.is_none_or(|(at, _)| now() < at)
	});
	let last = (0..).map_while(|n| Versions::<Test>::get(record.dataset, n)).last().unwrap();
	let accepted = record.accepted.last().unwrap().terms.version;
	let Interval { from, until } = record.permit.period;
	let until = record.permit.renewal.map_or(until, |renewal| renewal.until);
	let late = (1..20u64).any(|year| {
		from + year * YEAR + 30 * DAY <= now()
			&& !record.reports.iter().any(|report| report.filed.year == year)
	});
	[
		(Lapse::Ethics, !approved),
		(Lapse::Licence, !Register::was_licensed(INSTITUTE, OrgKind::Research, now())),
		(
			Lapse::Affiliation,
			!Register::was_affiliated(INSTITUTE, &study.investigator, Role::Researcher, now()),
		),
		(Lapse::Terms, accepted != last.terms_version),
		(Lapse::Epoch, last.epoch_at + 30 * DAY <= now()),
		(Lapse::Report, late),
		(Lapse::Expired, until <= now()),
		(
			Lapse::Retired,
			Datasets::<Test>::get(record.dataset).unwrap().retired_at.is_some_and(|at| at <= now()),
		),
	]
	.into_iter()
	.filter(|(_, lapsed)| *lapsed)
	.map(|(lapse, _)| lapse)
	.collect()
}

/// E2: what was accepted just now is not excluded, and if the terms leave something open, a committee has voted under them.
fn accepted(permit: AccessRequestId, met: &mut Met) {
	let (record, request) =
		(Permits::<Test>::get(permit).unwrap(), Requests::<Test>::get(permit).unwrap());
	let last = (0..).map_while(|n| Versions::<Test>::get(record.dataset, n)).last().unwrap();
	let study = Studies::<Test>::get(record.study).unwrap();
	let approved = Research::was_approved(&study, now());
	let ethics_approved = if approved { Stated::Yes } else { Stated::No };
	let statement = Request { ethics_approved, ..request.statement };
	assert_eq!(first_failure(&last.terms, &statement, &[]), None);
	if match_terms(&last.terms, &statement, &[]).answer != Answer::Match {
		let signed = request.cosigned.unwrap().version;
		let seen = Versions::<Test>::get(record.dataset, signed).unwrap();
		assert_eq!(seen.terms, last.terms, "nobody has voted on these terms");
		assert!(matches!(request.outcome.unwrap().by, DecidedBy::Vote(_)), "nobody has voted");
	}
	let end = record.permit.renewal.map_or(record.permit.period.until, |renewal| renewal.until);
	if let Some(months) = last.terms.months {
		assert!(end - record.permit.period.from <= u64::from(months) * MONTH, "for too long");
	}
	met.accepted_after_changes += u32::from(record.accepted.len() > 1);
}

/// Those of `votes` that `counts` lets count.
fn tally(votes: &[Vote<u64>], counts: impl Fn(u64) -> bool) -> Tally {
	let those = |which| {
		let those = votes.iter().filter(|vote| vote.in_favour == which);
		those.filter(|vote| counts(vote.by)).count() as u32
	};
	Tally { in_favour: those(true), against: those(false) }
}

impl Model {
	pub fn new(permit: AccessRequestId) -> Self {
		assert_eq!(permit, 0);
		Self {
			budget: Budget::new(TOTAL),
			queries: BTreeMap::new(),
			withdrawals: Vec::new(),
			employed: Vec::new(),
			came: BTreeMap::new(),
			told: BTreeMap::new(),
			next_commitment: 1_000,
		}
	}

	pub fn check_budget(&self) {
		assert_eq!(budget(), self.budget);
		let sum = |settled| {
			self.queries.values().filter(|one| one.1 == settled).map(|one| one.0).sum::<u64>()
		};
		assert_eq!((sum(false), sum(true)), (self.budget.reserved, self.budget.settled));
		assert!(self.budget.reserved + self.budget.settled <= self.budget.total);
	}

	pub fn check_past(&self, met: &mut Met) {
		for (at, answer) in &self.told {
			let known = answer.0.len() as u32;
			assert_eq!(ask(*at, known), *answer, "at {at}");
			met.answers += 2 * known;
		}
	}

	pub fn take(&mut self, step: Step, met: &mut Met) {
		match step {
			Step::Call(who, call) => self.call(who, *call, met),
			Step::Reserve(permit, epsilon) => self.reserve(permit, epsilon, met),
			Step::Accept(request) => {
				if Requests::<Test>::contains_key(request) {
					let done = accept(request).is_ok();
					self.count("accept_terms", done, met);
					if done {
						accepted(request, met);
					}
				}
			},
			Step::Epoch(dataset) => {
				if let Some(told) = Research::dataset(dataset) {
					let VersionInfo { terms, epoch, .. } = told.version;
					let done = publish(dataset, terms, epoch + 1).is_ok();
					assert_eq!(done, told.retired_at.is_none(), "an epoch was refused");
				}
			},
			Step::Hold(session) => self.hold(*session, met),
			Step::Withdraw => self.withdrawals.push(now()),
			Step::Pass(seconds) => {
				let known = NextRequest::<Test>::get();
				let told = ask(now(), known);
				for standing in told.1.iter().flatten() {
					let kind = format!("{standing:?}").split('(').next().unwrap().to_owned();
					*met.standings.entry(kind).or_default() += 1;
				}
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
					self.came.insert(organisation, now());
				}
			},
			Step::Hire(organisation, who, role) => {
				if !Register::was_affiliated(organisation, &who, role, now()) {
					hire(organisation, who, role);
					self.came.insert(organisation, now());
					if organisation != COMMITTEE {
						self.employed.push((organisation, who, now(), Moment::MAX));
					}
				}
			},
			Step::Dismiss(organisation, who) => {
				self.leave_a_trace(organisation);
				dismiss(organisation, who);
				for (employer, member, _, until) in &mut self.employed {
					if *employer == organisation && *member == who && *until == Moment::MAX {
						*until = now();
					}
				}
			},
		}
	}

	/// What comes and goes in one second leaves no trace in the registry, so that `try_state` takes what was done meanwhile for
	/// wrong: something stays for a second at least.
	fn leave_a_trace(&self, organisation: OrgId) {
		if self.came.get(&organisation) == Some(&now()) {
			pass(1);
		}
	}

	fn count(&self, name: &'static str, done: bool, met: &mut Met) {
		if done {
			*met.calls.entry(name).or_default() += 1;
		}
	}

	pub(super) fn call(&mut self, who: u64, call: Call<Test>, met: &mut Met) {
		use frame_support::traits::GetCallName;
		let is_last = match &call {
			Call::vote_budget { motion: number, .. }
			| Call::conclude_budget { motion: number, .. } => *number == motion(),
			_ => true,
		};
		let name = call.get_call_name();
		let motion = BudgetMotions::<Test>::get(HOSPITAL);
		let before = match &call {
			Call::vote { request, .. } | Call::conclude { request, .. } => {
				Requests::<Test>::get(request)
			},
			_ => None,
		};
		System::reset_events();
		let done = RuntimeCall::Research(call.clone()).dispatch(signed(who));
		self.count(name, done.is_ok(), met);
		if let Err(refused) = done {
			if refused.error == DispatchError::from(PalletError::TooManyEmployers) {
				let asked_at = before.map_or(now(), |request| request.asked_at);
				assert!(self.others(asked_at).count() > MAX_OTHER_EMPLOYERS, "they are few");
				met.too_many_employers += 1;
			}
			return;
		}
		assert!(is_last, "a vote on a proposal that is not the last");
		match call {
			Call::settle_query { custodian: HOSPITAL, query, .. } => {
				let (epsilon, settled) = self.queries.get_mut(&query).expect("it was reserved");
				assert!(!*settled, "settled twice");
				*settled = true;
				self.budget.reserved -= *epsilon;
				self.budget.settled += *epsilon;
			},
			Call::conclude_budget { custodian: HOSPITAL, .. } => {
				let motion = motion.expect("there was a vote");
				assert!(motion.at + 7 * DAY <= now() && now() < motion.at + 21 * DAY);
				let Some(Event::BudgetConcluded { granted, tally, .. }) = events().pop() else {
					panic!("nothing was told")
				};
				assert!(tally.counted() >= 3);
				assert_eq!(tally, self.budget_tally(&motion));
				met.budget_votes_not_counted += motion.votes.len() as u32 - tally.counted();
				if granted {
					self.budget.total += motion.more;
					met.granted += 1;
				} else {
					met.refused_budget += 1;
				}
			},
			Call::request { .. } => {
				assert!(self.others(now()).count() <= MAX_OTHER_EMPLOYERS, "too many employers");
			},
			Call::vote { .. } => assert!(self.may_vote(who, before.unwrap().asked_at), "recused"),
			Call::conclude { request, .. } => self.concluded(request, &before.unwrap(), met),
			Call::approve_ethics { study, protocol, .. } => {
				let found = Studies::<Test>::get(study).unwrap();
				let approved = found.approvals.last().unwrap().protocol as usize;
				assert_eq!(found.protocols[approved].commitment, protocol);
				assert_eq!(approved, found.protocols.len() - 1);
			},
			_ => {},
		}
	}

	/// Whether `who` was employed by `organisation` at some moment since a year before `asked_at`. Whoever is hired and dismissed in
	/// the same second has never worked there.
	fn worked(&self, who: u64, organisation: OrgId, asked_at: Moment) -> bool {
		let since = asked_at.saturating_sub(YEAR);
		self.employed.iter().any(|(employer, member, from, until)| {
			*employer == organisation && *member == who && since < *until && from < until
		})
	}

	/// Where the investigator worked besides, at some moment since a year before `asked_at`.
	fn others(&self, asked_at: Moment) -> impl Iterator<Item = OrgId> + '_ {
		let everywhere = ELSEWHERE.into_iter().chain([HOSPITAL, CLINIC, ETHICS]);
		everywhere.filter(move |place| self.worked(INVESTIGATOR, *place, asked_at))
	}

	/// Whether `who` is a member now and was one at `asked_at`, and has not been employed by the institute, nor where the investigator was besides, which is at
	/// few places.
	fn may_vote(&self, who: u64, asked_at: Moment) -> bool {
		Register::was_affiliated(COMMITTEE, &who, Role::DacMember, now())
			&& Register::was_affiliated(COMMITTEE, &who, Role::DacMember, asked_at)
			&& !self.worked(who, INSTITUTE, asked_at)
			&& !self.others(asked_at).any(|place| self.worked(who, place, asked_at))
			&& self.others(asked_at).count() <= MAX_OTHER_EMPLOYERS
	}

	/// The votes on more budget of members who are members now, and have not been employed by the hospital since a year before.
	fn budget_tally(&self, motion: &BudgetMotion<u64>) -> Tally {
		tally(&motion.votes, |who| {
			Register::was_affiliated(COMMITTEE, &who, Role::DacMember, now())
				&& Register::was_affiliated(COMMITTEE, &who, Role::DacMember, motion.at)
				&& !self.worked(who, HOSPITAL, motion.at)
		})
	}

	/// E5: the votes that counted are those of whoever could still vote.
	fn concluded(&self, request: AccessRequestId, before: &RequestOf<Test>, met: &mut Met) {
		let tally = tally(&before.votes, |who| self.may_vote(who, before.asked_at));
		let outcome = Requests::<Test>::get(request).unwrap().outcome.unwrap();
		assert_eq!(outcome.by, DecidedBy::Vote(tally));
		assert!(tally.counted() >= 3, "no quorum");
		assert_eq!(outcome.approved, tally.in_favour > tally.against);
		met.decided += 1;
		met.not_counted += before.votes.len() as u32 - tally.counted();
	}

	/// E1, E3 and E4: a query is reserved only under a permit of which nothing has lapsed, within the budget, and no withdrawal
	/// that is older than an epoch is unheard.
	fn reserve(&mut self, permit: AccessRequestId, epsilon: MicroEpsilon, met: &mut Met) {
		let Some(record) = Permits::<Test>::get(permit) else { return };
		let version = Datasets::<Test>::get(record.dataset).unwrap().versions - 1;
		self.next_commitment += 1;
		let commitment = Commitment::from_low_u64_be(self.next_commitment);
		let query = Populations::<Test>::get(HOSPITAL).unwrap().queries;
		let by = signed(STEWARD);
		let done = Research::reserve_query(by, HOSPITAL, permit, version, commitment, epsilon);
		let lapses = naive_lapses(&record);
		let over = record.permit.ended.is_some();
		match done {
			Ok(()) => {
				assert!(lapses.is_empty() && !over, "{lapses:?} had lapsed");
				let last = Versions::<Test>::get(record.dataset, version).unwrap();
				for withdrawn in &self.withdrawals {
					if withdrawn + 30 * DAY <= now() {
						assert!(*withdrawn < last.epoch_at, "a withdrawal that nobody heard");
						met.withdrawn_before += 1;
					}
				}
				self.queries.insert(query, (epsilon, false));
				self.budget.reserved += epsilon;
				met.reserved += 1;
			},
			Err(error) if error == DispatchError::from(PalletError::NotActive) => {
				assert!(!lapses.is_empty() || over, "refused, and nothing had lapsed");
				if !over {
					let told = Research::permit_at(permit, now()).unwrap();
					assert_eq!(told, suspended(&lapses));
				}
				for lapse in lapses {
					*met.refused.entry(format!("{lapse:?}")).or_default() += 1;
				}
			},
			Err(error) if error == DispatchError::from(PalletError::DatasetRetired) => {
				assert!(lapses.contains(&Lapse::Retired), "refused, and it was not taken back");
				if !over {
					let told = Research::permit_at(permit, now()).unwrap();
					assert_eq!(told, suspended(&lapses));
				}
				*met.refused.entry(format!("{:?}", Lapse::Retired)).or_default() += 1;
			},
			Err(_) => {},
		}
	}
}
