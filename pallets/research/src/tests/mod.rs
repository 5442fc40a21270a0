//! One file per topic; what several of them need is here.

mod budget_votes;
mod closing;
mod conflicts;
mod costs;
mod counting;
mod ethics_conflicts;
mod lapses;
mod offered;
mod origins;
mod permits;
mod policies;
mod queries;
mod random;
mod refused;
mod requests;
mod seconds;
mod studies;
mod terms;
mod try_state;
mod votes;

use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok};
use salus_primitives::{time::*, *};
use salus_research_data_use::*;
use salus_research_permits::*;
use sp_runtime::DispatchResult;

type PalletError = crate::Error<Test>;

fn signed(who: u64) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

fn commitment(byte: u8) -> Commitment {
	Commitment::repeat_byte(byte)
}

/// Health research, and no condition.
fn terms() -> Offer {
	Offer::new(Permission::Hmb)
}

/// A request for health research for 24 months, which the terms allow.
fn statement() -> Request {
	Request { months: Some(24), ..Request::new(UseSet::of(&[Use::Biomedical])) }
}

fn rule() -> CommitteeRule {
	CommitteeRule { committee: COMMITTEE, quorum: 3, deliberation: DAY }
}

const TOTAL: MicroEpsilon = 1_000_000;

fn open() -> DispatchResult {
	Research::open_population(signed(STEWARD), HOSPITAL, COMMITTEE, 3, TOTAL)
}

fn offer(terms: Offer) -> DispatchResult {
	let (basis, size) = (Basis::Consent, SizeBucket::Below10000);
	Research::offer_dataset(
		signed(STEWARD),
		HOSPITAL,
		basis,
		10,
		rule(),
		terms,
		commitment(1),
		size,
	)
}

/// The hospital's population is open, and it offers a dataset under these terms; the dataset's number.
fn offered(terms: Offer) -> DatasetId {
	if !Populations::<Test>::contains_key(HOSPITAL) {
		assert_ok!(open());
	}
	let id = NextDataset::<Test>::get();
	assert_ok!(offer(terms));
	id
}

fn publish(dataset: DatasetId, terms: Offer, epoch: u32) -> DispatchResult {
	let size = SizeBucket::Below10000;
	Research::publish_version(signed(STEWARD), HOSPITAL, dataset, terms, commitment(2), size, epoch)
}

/// A study of the investigator for health research; its number.
fn registered() -> StudyId {
	let id = NextStudy::<Test>::get();
	let uses = UseSet::of(&[Use::Biomedical, Use::Methods, Use::Vulnerable, Use::General]);
	let by = signed(INVESTIGATOR);
	assert_ok!(Research::register_study(by, INSTITUTE, ETHICS, uses, commitment(3)));
	id
}

fn approve(study: StudyId, until: Moment) -> DispatchResult {
	let found = Studies::<Test>::get(study);
	let protocol = found.map_or(commitment(3), |found| found.protocols.last().unwrap().commitment);
	Research::approve_ethics(signed(ETHICIST), ETHICS, study, protocol, until)
}

/// A study that is approved for four years.
fn studied() -> StudyId {
	let study = registered();
	assert_ok!(approve(study, now() + 4 * YEAR));
	study
}

fn ask(study: StudyId, dataset: DatasetId, statement: Request) -> DispatchResult {
	Research::request(signed(INVESTIGATOR), INSTITUTE, study, dataset, statement, None)
}

fn cosign(request: AccessRequestId) -> DispatchResult {
	Research::cosign(signed(INSTITUTE_ADMIN), INSTITUTE, request)
}

fn vote(who: u64, request: AccessRequestId, in_favour: bool) -> DispatchResult {
	Research::vote(signed(who), COMMITTEE, request, in_favour)
}

fn conclude(request: AccessRequestId) -> DispatchResult {
	Research::conclude(signed(STRANGER), COMMITTEE, request)
}

fn accept(request: AccessRequestId) -> DispatchResult {
	let dataset = Requests::<Test>::get(request).unwrap().dataset;
	let version = Datasets::<Test>::get(dataset).unwrap().versions - 1;
	Research::accept_terms(signed(INVESTIGATOR), INSTITUTE, request, version)
}

/// A request with this statement for this dataset, co-signed; its number.
fn asked_for(dataset: DatasetId, statement: Request) -> AccessRequestId {
	let (study, request) = (studied(), NextRequest::<Test>::get());
	assert_ok!(ask(study, dataset, statement));
	assert_ok!(cosign(request));
	request
}

/// A request that waits for votes.
fn voting() -> AccessRequestId {
	asked_for(offered(terms()), statement())
}

/// A request that three of the committee have approved, a day after it was co-signed.
fn approved_for(dataset: DatasetId, statement: Request) -> AccessRequestId {
	let request = asked_for(dataset, statement);
	for member in &MEMBERS[..3] {
		assert_ok!(vote(*member, request, true));
	}
	pass(DAY);
	assert_ok!(conclude(request));
	request
}

/// A permit that has just begun, for a dataset under these terms.
fn permitted_for(terms: Offer, statement: Request) -> AccessRequestId {
	let request = approved_for(offered(terms), statement);
	assert_ok!(accept(request));
	request
}

fn permitted() -> AccessRequestId {
	permitted_for(terms(), statement())
}

fn report(permit: AccessRequestId, year: u64) -> DispatchResult {
	Research::report(signed(INVESTIGATOR), INSTITUTE, permit, year, commitment(5))
}

fn propose(more: MicroEpsilon) -> DispatchResult {
	Research::propose_budget(signed(STEWARD), HOSPITAL, more)
}

/// The number of the last proposal of more budget.
fn motion() -> MotionId {
	Populations::<Test>::get(HOSPITAL).map_or(0, |found| found.motions.saturating_sub(1))
}

fn vote_budget(who: u64, in_favour: bool) -> DispatchResult {
	Research::vote_budget(signed(who), COMMITTEE, HOSPITAL, motion(), in_favour)
}

fn conclude_budget() -> DispatchResult {
	Research::conclude_budget(signed(STRANGER), COMMITTEE, HOSPITAL, motion())
}

fn stage(request: AccessRequestId) -> Stage {
	Research::stage_at(request, now()).unwrap()
}

fn standing(permit: AccessRequestId) -> Standing {
	Research::permit_at(permit, now()).unwrap()
}

fn suspended(lapses: &[Lapse]) -> Standing {
	Standing::Suspended(lapses.iter().copied().fold(LapseSet::EMPTY, LapseSet::with))
}

fn reserve(permit: AccessRequestId, byte: u8, epsilon: MicroEpsilon) -> DispatchResult {
	let dataset = Permits::<Test>::get(permit).unwrap().dataset;
	let version = Datasets::<Test>::get(dataset).unwrap().versions - 1;
	Research::reserve_query(signed(STEWARD), HOSPITAL, permit, version, commitment(byte), epsilon)
}

fn budget() -> Budget {
	Populations::<Test>::get(HOSPITAL).unwrap().budget
}

fn events() -> Vec<Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Research(event) => Some(event),
			_ => None,
		})
		.collect()
}
