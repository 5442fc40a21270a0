//! What benchmarks play in: everybody who takes part, and histories as full as there can be.

use crate::*;
use alloc::{vec, vec::Vec};
use frame_benchmarking::account;
use frame_support::{
	traits::{Consideration, Get},
	BoundedVec,
};
use salus_primitives::{
	benchmarking::BenchmarkClock, time::YEAR, traits::Credentials, Commitment, Interval, Moment,
	OrgId, OrgKind, Role,
};
use salus_research_data_use::{
	Modifier, ModifierSet, Offer, Permission, Request, Stated, Use, UseSet,
};
use salus_research_permits::YearlyReport;

/// When benchmarks happen.
pub(super) const NOW: Moment = 1_800_000_000;

/// When somebody worked somewhere, and no question asks about it any more.
const LONG_AGO: Moment = 1_000_000_000;

pub(super) const TOTAL: u64 = 1_000_000;

pub(super) fn set_time<T: Config>(now: Moment) {
	T::BenchmarkClock::set_time(now);
}

/// An organisation whose administrator can pay, and a member of it.
pub(super) fn organisation<T: Config>(
	index: u32,
	kind: OrgKind,
	role: Role,
) -> (OrgId, T::AccountId, T::AccountId) {
	let admin: T::AccountId = account("admin", index, 0);
	let member: T::AccountId = account("member", index, 0);
	let org = T::Credentials::benchmark_organisation(kind, &admin, &member, role);
	for _ in 0..8 {
		T::Consideration::ensure_successful(
			&admin,
			Pallet::<T>::footprint::<impls::RequestSize<T>>(),
		);
	}
	(org, admin, member)
}

/// Who takes part.
pub(super) struct Scene<T: Config> {
	pub custodian: OrgId,
	pub steward: T::AccountId,
	pub institute: OrgId,
	pub signatory: T::AccountId,
	pub investigator: T::AccountId,
	pub ethics: OrgId,
	pub ethicist: T::AccountId,
	pub committee: OrgId,
	pub chair: T::AccountId,
	pub members: Vec<T::AccountId>,
}

pub(super) fn terms() -> Offer {
	let modifiers = ModifierSet::of(&[Modifier::Pub, Modifier::Rtn, Modifier::Irb]);
	Offer { modifiers, months: Some(120), ..Offer::new(Permission::Hmb) }
}

pub(super) fn statement() -> Request {
	Request {
		months: Some(1),
		publishes: Stated::Yes,
		returns: Stated::Yes,
		..Request::new(UseSet::EMPTY.with(Use::Biomedical))
	}
}

pub(super) fn root() -> Commitment {
	Commitment::repeat_byte(7)
}

pub(super) fn rule<T: Config>(scene: &Scene<T>) -> CommitteeRule {
	CommitteeRule {
		committee: scene.committee,
		quorum: MAX_QUORUM,
		deliberation: T::MinDeliberation::get(),
	}
}

/// Everybody, and a population.
pub(super) fn scene<T: Config>() -> Scene<T> {
	set_time::<T>(NOW);
	let (custodian, _, steward) = organisation::<T>(0, OrgKind::Provider, Role::DataSteward);
	let (institute, signatory, investigator) =
		organisation::<T>(1, OrgKind::Research, Role::Researcher);
	let (ethics, ethics_chair, ethicist) =
		organisation::<T>(2, OrgKind::Ethics, Role::EthicsMember);
	let (committee, chair, first) = organisation::<T>(3, OrgKind::Ethics, Role::DacMember);
	let mut members = vec![first];
	// The investigator has worked at as many places as one can: at as many as may be until just now, and long ago at all others, at
	// the ethics body and at the committee.
	T::Credentials::benchmark_employers(&investigator);
	let mut places = T::Credentials::employers(&investigator);
	places.retain(|place| *place != institute);
	for (n, place) in places.iter().enumerate() {
		let until = if n < MAX_OTHER_EMPLOYERS { NOW } else { LONG_AGO };
		T::Credentials::benchmark_former(*place, &investigator, until);
	}
	places.truncate(MAX_OTHER_EMPLOYERS);
	places.push(institute);
	T::Credentials::benchmark_former(ethics, &investigator, LONG_AGO);
	T::Credentials::benchmark_former(committee, &investigator, LONG_AGO);
	for n in 1..MAX_VOTES {
		let member: T::AccountId = account("voter", n, 0);
		let same = T::Credentials::benchmark_organisation(
			OrgKind::Ethics,
			&chair,
			&member,
			Role::DacMember,
		);
		assert_eq!(same, committee);
		members.push(member);
	}
	// All of the committee and of the ethics body, and whoever administers them, have been at each of these places and at the custodian, as
	// often as one can, and too long ago to be recused.
	places.push(custodian);
	let judges = members.iter().chain([&chair, &ethicist, &ethics_chair]);
	for (member, place) in judges.flat_map(|one| places.iter().map(move |at| (one, at))) {
		T::Credentials::benchmark_former(*place, member, LONG_AGO);
		let worked = T::Credentials::was_employed_within(*place, member, Interval::new(0, NOW));
		assert!(worked, "somebody on the committee has no history there");
	}
	Scene {
		custodian,
		steward,
		institute,
		signatory,
		investigator,
		ethics,
		ethicist,
		committee,
		chair,
		members,
	}
}

/// Has the population another committee than the dataset, at which the investigator was long ago.
pub(super) fn other_committee<T: Config>(scene: &Scene<T>) -> OrgId {
	let (other, _, _) = organisation::<T>(4, OrgKind::Ethics, Role::DacMember);
	T::Credentials::benchmark_former(other, &scene.investigator, LONG_AGO);
	Populations::<T>::mutate(scene.custodian, |found| {
		found.as_mut().expect("it was opened").committee = other;
	});
	other
}

/// Has the study another institution, for which the investigator worked before all others, so that the registry does not tell it any more: all
/// employers that it tells are others.
pub(super) fn without_institution<T: Config>(scene: &Scene<T>) {
	let (left, _, _) = organisation::<T>(4, OrgKind::Research, Role::Researcher);
	T::Credentials::benchmark_former(scene.institute, &scene.investigator, LONG_AGO);
	let chair = T::Credentials::admin(scene.ethics).expect("it is there");
	for judge in [&scene.ethicist, &chair] {
		T::Credentials::benchmark_former(left, judge, LONG_AGO);
	}
	Studies::<T>::mutate(0, |found| {
		found.as_mut().expect("it was registered").organisation = left;
	});
	let employers = T::Credentials::employers(&scene.investigator);
	assert!(!employers.contains(&left), "one of the employers is the institution");
}

pub(super) fn with_population<T: Config>() -> Scene<T> {
	let scene = scene::<T>();
	Pallet::<T>::do_open_population(
		scene.steward.clone(),
		scene.custodian,
		scene.committee,
		MAX_QUORUM,
		TOTAL,
	)
	.expect("a steward may");
	scene
}

/// A dataset with as many versions as there can be, but one. No call looks for any but the last.
pub(super) fn with_dataset<T: Config>() -> Scene<T> {
	let scene = with_population::<T>();
	Pallet::<T>::do_offer_dataset(
		scene.steward.clone(),
		scene.custodian,
		Basis::Consent,
		MIN_COHORT,
		rule(&scene),
		terms(),
		root(),
		SizeBucket::Million,
	)
	.expect("a steward may");
	let first = Versions::<T>::get(0, 0).expect("it was offered");
	let count = MAX_VERSIONS - 1;
	Versions::<T>::insert(0, count - 1, first);
	Datasets::<T>::mutate(0, |found| {
		found.as_mut().expect("it was offered").versions = count;
	});
	scene
}

/// A study with as many protocols and approvals as there can be, but one, of which the last lasts.
pub(super) fn with_study<T: Config>() -> Scene<T> {
	let scene = with_dataset::<T>();
	Pallet::<T>::do_register_study(
		scene.investigator.clone(),
		scene.institute,
		scene.ethics,
		UseSet::ALL,
		root(),
	)
	.expect("a researcher may");
	Pallet::<T>::do_approve_ethics(scene.ethicist.clone(), scene.ethics, 0, root(), NOW + YEAR)
		.expect("an ethics body may");
	Studies::<T>::mutate(0, |found| {
		let found = found.as_mut().expect("it was registered");
		let approval = found.approvals[0].clone();
		let over = Approval { ended: Some((NOW, ApprovalEnding::Renewed)), ..approval.clone() };
		let mut approvals = vec![over; MAX_APPROVALS as usize - 2];
		approvals.push(approval);
		found.approvals = BoundedVec::truncate_from(approvals);
		let protocols = vec![found.protocols[0]; MAX_PROTOCOLS as usize - 1];
		found.protocols = BoundedVec::truncate_from(protocols);
	});
	scene
}

/// A request that is co-signed, on which all members but one have voted.
pub(super) fn with_votes<T: Config>() -> Scene<T> {
	let scene = with_study::<T>();
	let (by, institute) = (scene.investigator.clone(), scene.institute);
	Pallet::<T>::do_request(by, institute, 0, 0, statement(), None).expect("a researcher may");
	Pallet::<T>::do_cosign(scene.signatory.clone(), institute, 0).expect("the institution may");
	let (request, study) = (Requests::<T>::get(0), Studies::<T>::get(0));
	let parties = Pallet::<T>::parties(&request.expect("made"), &study.expect("registered"), NOW);
	let others = parties.unwrap_or_else(|_| panic!("they are few")).others.len();
	assert_eq!(others, MAX_OTHER_EMPLOYERS, "each voter could be compared with more");
	for member in scene.members.iter().skip(1) {
		Pallet::<T>::do_vote(member.clone(), scene.committee, 0, true).expect("a member may");
	}
	scene
}

pub(super) fn approved<T: Config>() -> Scene<T> {
	let scene = with_votes::<T>();
	let member = scene.members[0].clone();
	Pallet::<T>::do_vote(member, scene.committee, 0, true).expect("a member may");
	set_time::<T>(NOW + T::MinDeliberation::get());
	Pallet::<T>::do_conclude(scene.committee, 0).expect("there is a quorum");
	scene
}

/// The number of the version that is in force in [`with_permit`]: no later one can be.
pub(super) fn last_version() -> u32 {
	MAX_VERSIONS - 1
}

/// Publishes the last version that there can be: another one than that with which the request was co-signed, on whose terms was voted.
fn with_last_version<T: Config>() -> Scene<T> {
	let scene = approved::<T>();
	let voted_on = Requests::<T>::get(0).and_then(|found| found.cosigned).expect("signed").version;
	let version = Versions::<T>::get(0, voted_on).expect("it was published");
	Versions::<T>::insert(0, last_version(), version);
	Datasets::<T>::mutate(0, |found| {
		found.as_mut().expect("it was offered").versions = MAX_VERSIONS;
	});
	assert!(voted_on != last_version(), "the terms on which was voted are those in force");
	scene
}

/// A permit with as many acceptances, reports and outputs as there can be, but one.
pub(super) fn with_permit<T: Config>() -> Scene<T> {
	let scene = with_last_version::<T>();
	let (by, institute) = (scene.investigator.clone(), scene.institute);
	Pallet::<T>::do_accept_terms(by, institute, 0, last_version()).expect("a researcher may");
	Permits::<T>::mutate(0, |record| {
		let record = record.as_mut().expect("it has begun");
		let accepted = vec![record.accepted[0]; MAX_ACCEPTED as usize - 1];
		record.accepted = BoundedVec::truncate_from(accepted);
		let reports = (2..=u64::from(MAX_REPORTS))
			.map(|year| Report { filed: YearlyReport { year, at: NOW }, commitment: root() });
		record.reports = BoundedVec::truncate_from(reports.collect());
		let outputs = (0..MAX_OUTPUTS - 1).map(|n| Output {
			kind: if n == 0 { OutputKind::Return } else { OutputKind::Publication },
			commitment: root(),
			at: NOW,
		});
		record.outputs = BoundedVec::truncate_from(outputs.collect());
	});
	scene
}

/// A vote on more budget, in which all members but one have voted.
pub(super) fn with_motion<T: Config>() -> Scene<T> {
	let scene = with_population::<T>();
	let (by, custodian) = (scene.steward.clone(), scene.custodian);
	Pallet::<T>::do_propose_budget(by, custodian, TOTAL).expect("a steward may");
	for member in scene.members.iter().skip(1) {
		Pallet::<T>::do_vote_budget(member.clone(), scene.committee, custodian, 0, true)
			.expect("a member may");
	}
	scene
}

pub(super) fn permit_of<T: Config>() -> PermitRecord {
	Permits::<T>::get(0).expect("it has begun")
}
