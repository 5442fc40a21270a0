//! What can happen in a random history.

use super::{super::*, sessions::Session};
use proptest::{array::uniform3, collection::vec, option, prelude::*};

/// One step: somebody calls something, or the world moves on.
#[derive(Clone, Debug)]
pub enum Step {
	Call(u64, Box<Call<Test>>),
	/// Several calls that belong together.
	Hold(Box<Session>),
	/// A query, with the version that is in force and a commitment of its own.
	Reserve(AccessRequestId, MicroEpsilon),
	/// Acceptance of the terms in force.
	Accept(AccessRequestId),
	/// The custodian publishes the next epoch of a dataset, with its terms as they are.
	Epoch(DatasetId),
	/// A participant of every dataset says no. The chain sees nothing of it here.
	Withdraw,
	Pass(Moment),
	Suspend(OrgId),
	License(OrgId, OrgKind),
	Hire(OrgId, u64, Role),
	Dismiss(OrgId, u64),
}

fn requests() -> impl Strategy<Value = AccessRequestId> {
	prop_oneof![6 => 0u32..4, 2 => 4u32..8, 2 => 8u32..32, 1 => Just(77)]
}

fn datasets() -> impl Strategy<Value = DatasetId> {
	prop_oneof![8 => Just(0u32), 3 => Just(1), 1 => Just(2)]
}

fn studies() -> impl Strategy<Value = StudyId> {
	prop_oneof![6 => Just(0u32), 3 => Just(1), 1 => Just(2)]
}

/// That of the first study, mostly; or an amendment.
fn protocols() -> impl Strategy<Value = Commitment> {
	prop_oneof![4 => Just(commitment(3)), 1 => Just(commitment(4))]
}

/// Who reports, records and closes; and somebody who does not.
fn reporters() -> impl Strategy<Value = u64> {
	prop_oneof![6 => Just(INVESTIGATOR), 2 => Just(INSTITUTE_ADMIN), 1 => Just(STRANGER)]
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

/// Terms of which each tightens the one before.
fn some_terms() -> impl Strategy<Value = Offer> {
	let with = |months, modifiers: &[Modifier]| Offer {
		months,
		modifiers: ModifierSet::of(modifiers),
		..terms()
	};
	prop_oneof![
		4 => Just(terms()),
		3 => Just(with(Some(60), &[])),
		1 => Just(with(Some(48), &[Modifier::Us])),
		1 => Just(with(Some(36), &[Modifier::Us, Modifier::Pub])),
		1 => Just(Offer::new(Permission::Gru)),
	]
}

fn statements() -> impl Strategy<Value = Request> {
	let uses = prop_oneof![
		6 => Just(UseSet::of(&[Use::Biomedical])),
		1 => Just(UseSet::of(&[Use::General])),
		2 => Just(UseSet::of(&[Use::Biomedical, Use::Vulnerable])),
		1 => Just(UseSet::of(&[Use::General, Use::Vulnerable])),
		1 => Just(UseSet::of(&[Use::Ancestry])),
	];
	let months =
		prop_oneof![3 => Just(1u16), 3 => Just(6), 3 => Just(24), 1 => Just(100), 1 => Just(0)];
	(uses, months).prop_map(|(uses, months)| Request {
		uses,
		months: Some(months),
		publishes: Stated::Yes,
		..statement()
	})
}

fn custodian_call() -> impl Strategy<Value = (u64, Call<Test>)> {
	let (custodian, committee, root) = (HOSPITAL, COMMITTEE, commitment(2));
	let size = SizeBucket::Below10000;
	let by =
		|| prop_oneof![5 => Just(STEWARD), 2 => Just(HOSPITAL_ADMIN), 1 => Just(CLINIC_STEWARD)];
	prop_oneof![
		1 => (by(), 1u64..3).prop_map(move |(who, n)| {
			let total = n * TOTAL;
			(who, Call::open_population { custodian, committee, quorum: 3, total })
		}),
		1 => (1u64..4).prop_map(move |n| {
			let (custodian, total) = (CLINIC, n * TOTAL);
			(CLINIC_STEWARD, Call::open_population { custodian, committee, quorum: 3, total })
		}),
		5 => (by(), 1u64..30).prop_map(move |(who, n)| {
			(who, Call::propose_budget { custodian, more: n * 10_000 })
		}),
		1 => (by(), some_terms()).prop_map(move |(who, terms)| {
			let (basis, rule) = (Basis::OptOut, rule());
			(who, Call::offer_dataset { custodian, basis, min_cohort: 5, rule, terms, root, size })
		}),
		4 => (by(), datasets(), some_terms(), 0u32..4).prop_map(
			move |(who, dataset, terms, epoch)| {
				(who, Call::publish_version { custodian, dataset, terms, root, size, epoch })
			}
		),
		1 => (by(), 1u32..3).prop_map(move |(who, dataset)| {
			(who, Call::retire_dataset { custodian, dataset })
		}),
		6 => (by(), 0u64..20).prop_map(move |(who, query)| {
			(who, Call::settle_query { custodian, query, result: root })
		}),
	]
}

fn research_call() -> impl Strategy<Value = (u64, Call<Test>)> {
	let (organisation, root) = (INSTITUTE, commitment(3));
	let by = || prop_oneof![8 => Just(INVESTIGATOR), 1 => Just(STRANGER)];
	let kind = prop_oneof![Just(OutputKind::Publication), Just(OutputKind::Return)];
	prop_oneof![
		1 => by().prop_map(move |who| {
			let uses = UseSet::of(&[Use::Biomedical, Use::General, Use::Vulnerable]);
			(who, Call::register_study { organisation, ethics: ETHICS, uses, protocol: root })
		}),
		1 => (studies(), protocols()).prop_map(move |(study, protocol)| {
			(INVESTIGATOR, Call::amend_study { organisation, study, protocol })
		}),
		5 => (by(), studies(), datasets(), statements()).prop_map(
			move |(who, study, dataset, statement)| {
				let disease = None;
				(who, Call::request { organisation, study, dataset, statement, disease })
			}
		),
		6 => requests().prop_map(move |request| {
			(INSTITUTE_ADMIN, Call::cosign { organisation, request })
		}),
		8 => (by(), requests()).prop_map(move |(who, permit)| {
			(who, Call::renew { organisation, permit })
		}),
		6 => (reporters(), requests(), 1u64..5).prop_map(move |(who, permit, year)| {
			(who, Call::report { organisation, permit, year, commitment: root })
		}),
		2 => (reporters(), requests(), kind).prop_map(move |(who, permit, kind)| {
			(who, Call::record_output { organisation, permit, kind, commitment: root })
		}),
		5 => (reporters(), 1u32..8, any::<bool>()).prop_map(move |(who, permit, with)| {
			let report = with.then_some(root);
			(who, Call::close_out { organisation, permit, destruction: root, report })
		}),
	]
}

fn judge_call() -> impl Strategy<Value = (u64, Call<Test>)> {
	let (ethics, committee, custodian) = (ETHICS, COMMITTEE, HOSPITAL);
	prop_oneof![
		6 => (studies(), protocols(), 1u64..40).prop_map(move |(study, protocol, n)| {
			let until = START + n * 60 * DAY;
			(ETHICIST, Call::approve_ethics { ethics, study, protocol, until })
		}),
		1 => studies().prop_map(move |study| (ETHICIST, Call::suspend_ethics { ethics, study })),
		// Rarely: it is for good.
		4 => (1u32..4).prop_map(move |study| (ETHICIST, Call::withdraw_ethics { ethics, study })),
		4 => (members(), requests(), in_favour()).prop_map(move |(who, request, in_favour)| {
			(who, Call::vote { committee, request, in_favour })
		}),
		2 => requests().prop_map(move |request| (STRANGER, Call::conclude { committee, request })),
		4 => (members(), in_favour(), 0u32..8).prop_map(move |(who, in_favour, motion)| {
			(who, Call::vote_budget { committee, custodian, motion, in_favour })
		}),
		2 => (0u32..8).prop_map(move |motion| {
			(STRANGER, Call::conclude_budget { committee, custodian, motion })
		}),
		1 => (datasets(), any::<bool>()).prop_map(move |(dataset, allowed)| {
			(COMMITTEE_ADMIN, Call::set_shortcut { committee, dataset, allowed })
		}),
		2 => (1u32..8).prop_map(move |permit| {
			let reason = RevocationReason::FalseStatement;
			(MEMBERS[0], Call::revoke { acting_for: committee, permit, reason })
		}),
	]
}

/// What happens while a committee decides: mostly nothing.
fn between() -> impl Strategy<Value = Option<Box<Step>>> {
	let study_call = |who, call: Call<Test>| Step::Call(who, Box::new(call));
	let step = prop_oneof![
		6 => members().prop_map(|who| Step::Hire(INSTITUTE, who, Role::Researcher)),
		4 => members().prop_map(|who| Step::Hire(CLINIC, who, Role::Nurse)),
		2 => Just(Step::Hire(CLINIC, INVESTIGATOR, Role::Nurse)),
		4 => members().prop_map(|who| Step::Dismiss(COMMITTEE, who)),
		2 => members().prop_map(|who| Step::Hire(COMMITTEE, who, Role::DacMember)),
		2 => (members(), elsewhere()).prop_map(|(who, place)| Step::Hire(place, who, Role::Nurse)),
		1 => elsewhere().prop_map(|place| Step::Hire(place, INVESTIGATOR, Role::Nurse)),
		3 => Just(Step::Pass(DAY)),
		1 => Just(Step::Pass(29 * DAY)),
		2 => custodian_call().prop_map(move |(who, call)| study_call(who, call)),
		1 => studies().prop_map(move |study| {
			study_call(ETHICIST, Call::suspend_ethics { ethics: ETHICS, study })
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
			|(study, dataset, statement, votes, between, wait)| {
				Session::Decide { study, dataset, statement, votes, between, wait }
			}
		),
		6 => (1u64..30, on_budget, between(), wait_on_budget).prop_map(|(n, votes, between, wait)| {
			Session::Grow { more: n * 10_000, votes, between, wait }
		}),
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
	prop_oneof![
		14 => custodian_call().prop_map(call),
		22 => research_call().prop_map(call),
		15 => judge_call().prop_map(call),
		24 => session(),
		20 => (requests(), 1u64..30).prop_map(|(id, n)| Step::Reserve(id, n * 5_000)),
		8 => requests().prop_map(Step::Accept),
		12 => datasets().prop_map(Step::Epoch),
		2 => Just(Step::Withdraw),
		14 => passing.prop_map(Step::Pass),
		1 => prop_oneof![Just(INSTITUTE), Just(COMMITTEE), Just(HOSPITAL)].prop_map(Step::Suspend),
		3 => prop_oneof![
			Just((INSTITUTE, OrgKind::Research)),
			Just((COMMITTEE, OrgKind::Ethics)),
			Just((HOSPITAL, OrgKind::Provider)),
		]
		.prop_map(|(organisation, kind)| Step::License(organisation, kind)),
		1 => (at_institute(), role).prop_map(|(who, role)| Step::Hire(INSTITUTE, who, role)),
		2 => Just(Step::Hire(INSTITUTE, INVESTIGATOR, Role::Researcher)),
		// Beside the investigator, at another employer.
		2 => at_institute().prop_map(|who| Step::Hire(CLINIC, who, Role::Nurse)),
		1 => at_institute().prop_map(|who| Step::Dismiss(CLINIC, who)),
		1 => (at_institute(), elsewhere()).prop_map(|(who, at)| Step::Hire(at, who, Role::Nurse)),
		1 => (at_institute(), elsewhere()).prop_map(|(who, at)| Step::Dismiss(at, who)),
		4 => members().prop_map(|who| Step::Hire(COMMITTEE, who, Role::DacMember)),
		1 => members().prop_map(|who| Step::Hire(HOSPITAL, who, Role::DataSteward)),
		1 => members().prop_map(|who| Step::Dismiss(HOSPITAL, who)),
		1 => at_institute().prop_map(|who| Step::Dismiss(INSTITUTE, who)),
		2 => members().prop_map(|who| Step::Dismiss(COMMITTEE, who)),
	]
}
