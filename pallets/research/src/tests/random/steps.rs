//! What can happen in a random history.

use super::{
	super::*,
	model::{steward_of, SUCCESSOR},
	sessions::Session,
	terms::{changes, offers, statements, uses, Change},
};
use proptest::{array::uniform3, collection::vec, option, prelude::*};

/// Who makes a call.
#[derive(Clone, Copy, Debug)]
pub enum Who {
	Is(u64),
	/// Whoever administers the organisation then.
	Administers(OrgId),
}

/// One step: somebody calls something, or the world moves on.
#[derive(Clone, Debug)]
pub enum Step {
	Call(Who, Box<Call<Test>>),
	/// Several calls that belong together.
	Hold(Box<Session>),
	/// A query, with the version that is in force and a commitment of its own; `crossed` by another custodian than that of the dataset.
	Reserve {
		permit: AccessRequestId,
		epsilon: MicroEpsilon,
		crossed: bool,
	},
	/// Acceptance of the terms in force.
	Accept(AccessRequestId),
	/// The custodian publishes the next epoch of a dataset, with its terms as they are.
	Epoch(DatasetId),
	/// The next version of a dataset, with an epoch so many ahead, by a steward of the custodian or by somebody else.
	Publish {
		who: Option<Who>,
		dataset: DatasetId,
		change: Change,
		ahead: u32,
	},
	/// The ethics body approves a study with the protocol so many `before` the last one.
	Approve {
		study: StudyId,
		before: usize,
		until: Moment,
	},
	/// A participant of a dataset says no. The chain sees nothing of it here.
	Withdraw(DatasetId),
	Pass(Moment),
	Suspend(OrgId),
	License(OrgId, OrgKind),
	Hire(OrgId, u64, Role),
	Dismiss(OrgId, u64),
	/// Somebody else administers the organisation from now on.
	HandOver(OrgId, u64),
}

fn requests() -> impl Strategy<Value = AccessRequestId> {
	prop_oneof![6 => 0u32..5, 2 => 5u32..10, 2 => 10u32..32, 1 => Just(77)]
}

/// The first is the hospital's, the second the clinic's; any later one is whose it comes to be.
fn datasets() -> impl Strategy<Value = DatasetId> {
	prop_oneof![6 => Just(0u32), 5 => Just(1), 3 => Just(2), 1 => Just(3)]
}

fn studies() -> impl Strategy<Value = StudyId> {
	prop_oneof![6 => Just(0u32), 4 => Just(1), 2 => Just(2), 1 => Just(3)]
}

fn custodians() -> impl Strategy<Value = OrgId> {
	prop_oneof![3 => Just(HOSPITAL), 2 => Just(CLINIC)]
}

/// Who acts for a custodian; and somebody who does not, or does no more.
fn stewards(custodian: OrgId) -> impl Strategy<Value = Who> {
	prop_oneof![
		9 => Just(Who::Is(steward_of(custodian))),
		4 => Just(Who::Administers(custodian)),
		1 => prop_oneof![Just(STEWARD), Just(CLINIC_STEWARD), Just(HOSPITAL_ADMIN)]
			.prop_map(Who::Is),
	]
}

/// Who reports, records and closes; and somebody who does not.
fn reporters() -> impl Strategy<Value = Who> {
	prop_oneof![
		6 => Just(Who::Is(INVESTIGATOR)),
		2 => Just(Who::Administers(INSTITUTE)),
		1 => Just(Who::Is(STRANGER)),
	]
}

fn members() -> impl Strategy<Value = u64> {
	prop_oneof![12 => (0usize..5).prop_map(|n| MEMBERS[n]), 1 => Just(STRANGER)]
}

fn in_favour() -> impl Strategy<Value = bool> {
	prop_oneof![3 => Just(true), 1 => Just(false)]
}

/// How many proposals of more budget were made after the one that is meant.
fn before_the_last() -> impl Strategy<Value = MotionId> {
	prop_oneof![19 => Just(0u32), 1 => Just(1)]
}

/// Amendments differ, so that an earlier protocol is never taken for a later one.
fn amendments() -> impl Strategy<Value = Commitment> {
	(10u8..200).prop_map(commitment)
}

fn custodian_call() -> impl Strategy<Value = (Who, Call<Test>)> {
	custodians().prop_flat_map(custodian_call_of)
}

fn custodian_call_of(custodian: OrgId) -> impl Strategy<Value = (Who, Call<Test>)> {
	let (committee, root) = (COMMITTEE, commitment(2));
	let size = SizeBucket::Below10000;
	let by = move || stewards(custodian);
	prop_oneof![
		1 => (by(), 1u64..4).prop_map(move |(who, n)| {
			let total = n * TOTAL;
			(who, Call::open_population { custodian, committee, quorum: 3, total })
		}),
		6 => (by(), 1u64..30).prop_map(move |(who, n)| {
			(who, Call::propose_budget { custodian, more: n * 10_000 })
		}),
		2 => (by(), offers()).prop_map(move |(who, terms)| {
			let (basis, rule) = (Basis::OptOut, rule());
			(who, Call::offer_dataset { custodian, basis, min_cohort: 5, rule, terms, root, size })
		}),
		1 => (by(), 2u32..5).prop_map(move |(who, dataset)| {
			(who, Call::retire_dataset { custodian, dataset })
		}),
		7 => (by(), 0u64..20).prop_map(move |(who, query)| {
			(who, Call::settle_query { custodian, query, result: root })
		}),
	]
}

fn publish() -> impl Strategy<Value = Step> {
	let who = prop_oneof![
		8 => Just(None::<Who>),
		1 => custodians().prop_map(|org| Some(Who::Administers(org))),
		1 => custodians().prop_map(|org| Some(Who::Is(steward_of(org)))),
	];
	let ahead = prop_oneof![6 => Just(0u32), 3 => Just(1), 1 => Just(2)];
	(who, datasets(), changes(), ahead).prop_map(|(who, dataset, change, ahead)| Step::Publish {
		who,
		dataset,
		change,
		ahead,
	})
}

fn research_call() -> impl Strategy<Value = (Who, Call<Test>)> {
	let (organisation, root) = (INSTITUTE, commitment(3));
	let by = || prop_oneof![8 => Just(Who::Is(INVESTIGATOR)), 1 => Just(Who::Is(STRANGER))];
	let signer = prop_oneof![
		8 => Just(Who::Administers(INSTITUTE)),
		1 => Just(Who::Is(INSTITUTE_ADMIN)),
	];
	let kind = prop_oneof![2 => Just(OutputKind::Publication), 1 => Just(OutputKind::Return)];
	prop_oneof![
		2 => (by(), amendments()).prop_map(move |(who, protocol)| {
			let (ethics, uses) = (ETHICS, uses());
			(who, Call::register_study { organisation, ethics, uses, protocol })
		}),
		2 => (studies(), amendments()).prop_map(move |(study, protocol)| {
			(Who::Is(INVESTIGATOR), Call::amend_study { organisation, study, protocol })
		}),
		5 => (by(), studies(), datasets(), statements()).prop_map(
			move |(who, study, dataset, (statement, disease))| {
				(who, Call::request { organisation, study, dataset, statement, disease })
			}
		),
		6 => (signer, requests()).prop_map(move |(who, request)| {
			(who, Call::cosign { organisation, request })
		}),
		8 => (by(), requests()).prop_map(move |(who, permit)| {
			(who, Call::renew { organisation, permit })
		}),
		6 => (reporters(), requests(), 1u64..5).prop_map(move |(who, permit, year)| {
			(who, Call::report { organisation, permit, year, commitment: root })
		}),
		3 => (reporters(), requests(), kind).prop_map(move |(who, permit, kind)| {
			(who, Call::record_output { organisation, permit, kind, commitment: root })
		}),
		5 => (reporters(), 2u32..10, any::<bool>()).prop_map(move |(who, permit, with)| {
			let report = with.then_some(root);
			(who, Call::close_out { organisation, permit, destruction: root, report })
		}),
	]
}

fn approve() -> impl Strategy<Value = Step> {
	let before = prop_oneof![9 => Just(0usize), 1 => Just(1)];
	(studies(), before, 1u64..40).prop_map(|(study, before, n)| {
		let until = START + n * 60 * DAY;
		Step::Approve { study, before, until }
	})
}

fn judge_call() -> impl Strategy<Value = (Who, Call<Test>)> {
	let (ethics, committee) = (ETHICS, COMMITTEE);
	let is = Who::Is;
	prop_oneof![
		1 => studies().prop_map(move |study| {
			(is(ETHICIST), Call::suspend_ethics { ethics, study })
		}),
		// Rarely: it is for good.
		2 => (1u32..4).prop_map(move |study| {
			(is(ETHICIST), Call::withdraw_ethics { ethics, study })
		}),
		4 => (members(), requests(), in_favour()).prop_map(move |(who, request, in_favour)| {
			(is(who), Call::vote { committee, request, in_favour })
		}),
		2 => requests().prop_map(move |request| {
			(is(STRANGER), Call::conclude { committee, request })
		}),
		4 => (members(), custodians(), in_favour(), 0u32..8).prop_map(
			move |(who, custodian, in_favour, motion)| {
				(is(who), Call::vote_budget { committee, custodian, motion, in_favour })
			}
		),
		2 => (custodians(), 0u32..8).prop_map(move |(custodian, motion)| {
			(is(STRANGER), Call::conclude_budget { committee, custodian, motion })
		}),
		2 => (datasets(), any::<bool>()).prop_map(move |(dataset, allowed)| {
			let who = Who::Administers(COMMITTEE);
			(who, Call::set_shortcut { committee, dataset, allowed })
		}),
		2 => (2u32..10).prop_map(move |permit| {
			let reason = RevocationReason::FalseStatement;
			(is(MEMBERS[0]), Call::revoke { acting_for: committee, permit, reason })
		}),
	]
}

/// Who comes to administer the committee: mostly somebody who has no part in anything.
fn chairs() -> impl Strategy<Value = u64> {
	prop_oneof![
		6 => Just(COMMITTEE_ADMIN),
		6 => Just(STRANGER),
		1 => Just(SUCCESSOR),
		1 => Just(INVESTIGATOR),
		1 => prop_oneof![Just(INSTITUTE_ADMIN), Just(HOSPITAL_ADMIN), Just(CLINIC_ADMIN)],
		2 => prop_oneof![Just(STEWARD), Just(CLINIC_STEWARD)],
		2 => members(),
	]
}

fn hand_over() -> impl Strategy<Value = Step> {
	prop_oneof![
		6 => chairs().prop_map(|who| Step::HandOver(COMMITTEE, who)),
		2 => prop_oneof![4 => Just(HOSPITAL_ADMIN), 2 => Just(SUCCESSOR), 1 => members()]
			.prop_map(|who| Step::HandOver(HOSPITAL, who)),
		2 => prop_oneof![4 => Just(CLINIC_ADMIN), 2 => Just(SUCCESSOR), 1 => members()]
			.prop_map(|who| Step::HandOver(CLINIC, who)),
		1 => prop_oneof![8 => Just(INSTITUTE_ADMIN), 4 => Just(SUCCESSOR), 1 => members()]
			.prop_map(|who| Step::HandOver(INSTITUTE, who)),
		1 => prop_oneof![8 => Just(ETHICS_ADMIN), 2 => Just(SUCCESSOR), 1 => Just(INSTITUTE_ADMIN), 1 => members()]
			.prop_map(|who| Step::HandOver(ETHICS, who)),
	]
}

/// What happens while a committee decides: mostly nothing.
fn between() -> impl Strategy<Value = Option<Box<Step>>> {
	let step = prop_oneof![
		6 => members().prop_map(|who| Step::Hire(INSTITUTE, who, Role::Researcher)),
		4 => (members(), custodians()).prop_map(|(who, at)| Step::Hire(at, who, Role::Nurse)),
		2 => Just(Step::Hire(CLINIC, INVESTIGATOR, Role::Nurse)),
		4 => members().prop_map(|who| Step::Dismiss(COMMITTEE, who)),
		2 => members().prop_map(|who| Step::Hire(COMMITTEE, who, Role::DacMember)),
		2 => (members(), elsewhere()).prop_map(|(who, place)| Step::Hire(place, who, Role::Nurse)),
		1 => elsewhere().prop_map(|place| Step::Hire(place, INVESTIGATOR, Role::Nurse)),
		6 => hand_over(),
		// Whoever administers the committee is employed by one of the parties.
		1 => prop_oneof![Just(INSTITUTE), Just(HOSPITAL), Just(CLINIC)]
			.prop_map(|at| Step::Hire(at, COMMITTEE_ADMIN, Role::Nurse)),
		3 => Just(Step::Pass(DAY)),
		1 => Just(Step::Pass(29 * DAY)),
		2 => custodian_call().prop_map(|(who, call)| Step::Call(who, Box::new(call))),
		1 => publish(),
		1 => studies().prop_map(|study| {
			let suspend = Call::suspend_ethics { ethics: ETHICS, study };
			Step::Call(Who::Is(ETHICIST), Box::new(suspend))
		}),
	];
	option::weighted(0.3, step.prop_map(Box::new))
}

/// Where people work who have a part in research elsewhere.
fn elsewhere() -> impl Strategy<Value = OrgId> {
	(0..ELSEWHERE.len()).prop_map(|n| ELSEWHERE[n])
}

fn session() -> impl Strategy<Value = Session> {
	// Most of the five vote, so that there is a quorum though a vote does not count.
	let votes = vec((members(), in_favour()), 8..16);
	let on_budget = vec((members(), in_favour(), before_the_last()), 8..16);
	let wait = prop_oneof![1 => Just(DAY - 1), 4 => Just(2 * DAY), 2 => Just(10 * DAY)];
	let wait_on_budget = prop_oneof![
		1 => Just(7 * DAY - 1),
		4 => Just(7 * DAY),
		1 => Just(14 * DAY),
		1 => Just(21 * DAY),
	];
	prop_oneof![
		24 => (studies(), datasets(), statements(), votes, uniform3(between()), wait).prop_map(
			|(study, dataset, asks, votes, between, wait)| {
				Session::Decide { study, dataset, asks, votes, between, wait }
			}
		),
		4 => (studies(), datasets(), statements(), between()).prop_map(
			|(study, dataset, asks, between)| Session::Match { study, dataset, asks, between }
		),
		8 => (custodians(), 1u64..30, on_budget, between(), wait_on_budget).prop_map(
			|(custodian, n, votes, between, wait)| {
				Session::Grow { custodian, more: n * 10_000, votes, between, wait }
			}
		),
		4 => (requests(), 0u64..4)
			.prop_map(|(permit, reports)| Session::Renew { permit, reports }),
		2 => (reporters(), any::<bool>(), any::<bool>())
			.prop_map(|(who, report, revoke)| Session::End { who, report, revoke }),
		// Rarely: it is for good.
		1 => requests().prop_map(|permit| Session::Retire { permit }),
	]
}

pub fn step() -> impl Strategy<Value = Step> {
	let call = |(who, call)| Step::Call(who, Box::new(call));
	let passing = prop_oneof![
		2 => Just(1),
		4 => Just(DAY),
		4 => Just(10 * DAY),
		2 => Just(29 * DAY),
		1 => Just(100 * DAY),
	];
	let session = || session().prop_map(|session| Step::Hold(Box::new(session)));
	let at_institute = || prop_oneof![3 => members(), 2 => Just(INVESTIGATOR)];
	let role = prop_oneof![3 => Just(Role::Researcher), 1 => Just(Role::Nurse)];
	let crossed = prop_oneof![12 => Just(false), 1 => Just(true)];
	prop_oneof![
		14 => custodian_call().prop_map(call),
		5 => publish(),
		22 => research_call().prop_map(call),
		9 => judge_call().prop_map(call),
		6 => approve(),
		24 => session(),
		22 => (requests(), 1u64..30, crossed).prop_map(|(permit, n, crossed)| {
			Step::Reserve { permit, epsilon: n * 5_000, crossed }
		}),
		8 => requests().prop_map(Step::Accept),
		14 => datasets().prop_map(Step::Epoch),
		3 => datasets().prop_map(Step::Withdraw),
		14 => passing.prop_map(Step::Pass),
		5 => hand_over(),
		1 => prop_oneof![Just(INSTITUTE), Just(COMMITTEE), Just(HOSPITAL), Just(CLINIC)]
			.prop_map(Step::Suspend),
		4 => prop_oneof![
			Just((INSTITUTE, OrgKind::Research)),
			Just((COMMITTEE, OrgKind::Ethics)),
			Just((HOSPITAL, OrgKind::Provider)),
			Just((CLINIC, OrgKind::Provider)),
		]
		.prop_map(|(organisation, kind)| Step::License(organisation, kind)),
		1 => (at_institute(), role).prop_map(|(who, role)| Step::Hire(INSTITUTE, who, role)),
		2 => Just(Step::Hire(INSTITUTE, INVESTIGATOR, Role::Researcher)),
		// Beside the investigator, at another employer.
		2 => at_institute().prop_map(|who| Step::Hire(CLINIC, who, Role::Nurse)),
		1 => at_institute().prop_map(|who| Step::Dismiss(CLINIC, who)),
		1 => (at_institute(), elsewhere()).prop_map(|(who, at)| Step::Hire(at, who, Role::Nurse)),
		1 => (at_institute(), elsewhere()).prop_map(|(who, at)| Step::Dismiss(at, who)),
		1 => prop_oneof![Just(INSTITUTE), Just(HOSPITAL), Just(CLINIC)]
			.prop_map(|at| Step::Dismiss(at, COMMITTEE_ADMIN)),
		4 => members().prop_map(|who| Step::Hire(COMMITTEE, who, Role::DacMember)),
		1 => members().prop_map(|who| Step::Hire(HOSPITAL, who, Role::DataSteward)),
		1 => members().prop_map(|who| Step::Dismiss(HOSPITAL, who)),
		1 => at_institute().prop_map(|who| Step::Dismiss(INSTITUTE, who)),
		2 => members().prop_map(|who| Step::Dismiss(COMMITTEE, who)),
	]
}
