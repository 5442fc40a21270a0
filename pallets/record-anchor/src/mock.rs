//! A runtime with this pallet, and stand-ins for the registry, identity and consent.

use crate as pallet_record_anchor;
use crate::{
	AnchorInfo, Event, MerkleProof, NewAnchor, Relation, RetentionClass, RetentionTerms, Seq,
	SlotState, Verification, VerifyError,
};
use core::time::Duration;
use frame_support::{
	derive_impl, parameter_types,
	traits::{fungible::HoldConsideration, ConstU32, ConstU64, LinearStoragePrice, UnixTime},
};
use salus_primitives::{
	commitment::Form,
	traits::{Credentials, PatientKey, Patients, Registrars, TreatmentRelation},
	Capability, CapabilitySet, Commitment, DataClassSet, Interval, KeyPurposeSet, Moment, OrgId,
	OrgKind, OrgKindSet, PatientId, PatientState, Role, RoleSet,
};
use sp_core::H256;
use sp_io::hashing::blake2_256;
use sp_runtime::{BuildStorage, DispatchResult};
use std::{
	cell::{Cell, RefCell},
	collections::{BTreeMap, BTreeSet},
};

pub type AccountId = u64;
pub type Block = frame_system::mocking::MockBlock<Test>;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeTask,
		RuntimeHoldReason,
		RuntimeFreezeReason
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type RecordAnchor = pallet_record_anchor;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<u64>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
}

parameter_types! {
	pub const AnchorHold: RuntimeHoldReason =
		RuntimeHoldReason::RecordAnchor(pallet_record_anchor::HoldReason::Anchor);
}

parameter_types! {
	/// Short, so that a test can see the end of each.
	pub const Terms: RetentionTerms = RetentionTerms {
		standard: 1_000,
		minor: 2_500,
		imaging: 800,
		traceability: 3_000,
		emergency_summary: 100,
	};
}

/// Until when a record of the class that the tests use is kept, from its anchoring.
pub const RETENTION: Moment = 1_000;
/// How far from now retention can be extended.
pub const MAX_RETENTION: Moment = 5_000;
/// The longest hold.
pub const MAX_HOLD: Moment = 500;
/// How long an author has to answer a dispute.
pub const DISPUTE_TIME: Moment = 60;
/// How much more it can take.
pub const EXTENSION: Moment = 30;
/// How long an author has to answer a request for erasure.
pub const ERASURE_TIME: Moment = 40;

/// Ten for a thing, and one for each of its bytes.
pub type Price = LinearStoragePrice<ConstU64<10>, ConstU64<1>, u64>;

salus_primitives::deposits_are_on_hold!(Test);

impl pallet_record_anchor::Config for Test {
	type WeightInfo = ();
	type Time = Clock;
	type Credentials = Registry;
	type Patients = Identity;
	type Registrars = Registry;
	type Treatment = Consent;
	type Consideration = HoldConsideration<AccountId, Balances, AnchorHold, Price>;
	type LineagePage = ConstU32<4>;
	type MaxRecords = ConstU32<64>;
	type MaxEvicted = ConstU32<100>;
	type RetentionTerms = Terms;
	type MaxRetention = ConstU64<MAX_RETENTION>;
	type MaxHold = ConstU64<MAX_HOLD>;
	type DisputeTime = ConstU64<DISPUTE_TIME>;
	type DisputeExtension = ConstU64<EXTENSION>;
	type ErasureTime = ConstU64<ERASURE_TIME>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkClock = Clock;
}

/// A hospital, with [`ADMIN`], [`DOCTOR`], [`OFFICER`], [`STEWARD`] and [`BILLER`].
pub const HOSPITAL: OrgId = 1;
/// A clinic, with [`CLINIC_ADMIN`] and [`CLINICIAN`].
pub const CLINIC: OrgId = 2;
/// A laboratory and pharmacy, with [`LAB_ADMIN`] and [`SCIENTIST`].
pub const LAB: OrgId = 3;
/// An insurer, with [`PAYER_ADMIN`].
pub const PAYER: OrgId = 4;

pub const ADMIN: AccountId = 10;
pub const DOCTOR: AccountId = 11;
pub const BILLER: AccountId = 12;
/// The hospital's privacy officer.
pub const OFFICER: AccountId = 13;
/// The hospital's data steward.
pub const STEWARD: AccountId = 14;
pub const CLINIC_ADMIN: AccountId = 20;
pub const CLINICIAN: AccountId = 21;
pub const LAB_ADMIN: AccountId = 30;
pub const SCIENTIST: AccountId = 31;
pub const PAYER_ADMIN: AccountId = 40;
/// A key of the patient that [`HOSPITAL`] registered.
pub const PATIENT_KEY: AccountId = 50;
/// A second key of the same patient.
pub const SECOND_KEY: AccountId = 51;
/// A key of a patient that registered without help.
pub const OTHER_KEY: AccountId = 60;
/// A registrar that carries out the orders of [`HIGH_COURT`].
pub const JUDGE: AccountId = 70;
/// Another of the same court.
pub const CLERK: AccountId = 71;
/// A registrar of [`REGULATOR`] that carries out court orders.
pub const INSPECTOR: AccountId = 72;
/// A registrar without that capability.
pub const CORONER: AccountId = 73;
pub const STRANGER: AccountId = 99;

/// The organisations of the registrars.
pub const HIGH_COURT: OrgId = 200;
pub const REGULATOR: OrgId = 201;

/// The moment at which every test begins.
pub const START: Moment = 1_000_000;
/// The end of all licences and affiliations, unless a test ends them before.
pub const END: Moment = 2_000_000;

#[derive(Clone)]
pub struct Org {
	pub admin: AccountId,
	pub licences: Vec<(OrgKind, Interval)>,
	pub staff: Vec<(AccountId, Role, Interval)>,
}

pub struct Handle {
	pub state: PatientState,
	pub registered_by: Option<OrgId>,
}

thread_local! {
	static NOW: Cell<Moment> = const { Cell::new(START) };
	static ORGS: RefCell<BTreeMap<OrgId, Org>> = const { RefCell::new(BTreeMap::new()) };
	static FLAGGED: RefCell<BTreeSet<OrgId>> = const { RefCell::new(BTreeSet::new()) };
	static HANDLES: RefCell<BTreeMap<PatientId, Handle>> = const { RefCell::new(BTreeMap::new()) };
	static KEYS: RefCell<BTreeMap<AccountId, PatientKey>> = const { RefCell::new(BTreeMap::new()) };
	static REGISTRARS: RefCell<BTreeMap<AccountId, (OrgId, CapabilitySet)>> =
		const { RefCell::new(BTreeMap::new()) };
	static TREATING: RefCell<BTreeSet<(PatientId, OrgId, AccountId)>> =
		const { RefCell::new(BTreeSet::new()) };
}

/// A clock that stands until a test sets it.
pub struct Clock;
impl UnixTime for Clock {
	fn now() -> Duration {
		Duration::from_secs(NOW.get())
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl salus_primitives::benchmarking::BenchmarkClock for Clock {
	fn set_time(now: Moment) {
		set_now(now);
	}
}

pub fn now() -> Moment {
	NOW.get()
}

pub fn set_now(seconds: Moment) {
	NOW.set(seconds);
}

/// Flags `org`: its very name says something about its patients.
pub fn flag(org: OrgId) {
	FLAGGED.with_borrow_mut(|flagged| flagged.insert(org));
}

pub struct Registry;
impl Credentials<AccountId> for Registry {
	fn was_licensed(org: OrgId, kind: OrgKind, at: Moment) -> bool {
		Self::licence_interval(org, kind, at).is_some()
	}

	fn licensed_kinds(org: OrgId, at: Moment) -> OrgKindSet {
		OrgKind::ALL.iter().filter(|kind| Self::was_licensed(org, **kind, at)).copied().collect()
	}

	fn licence_interval(org: OrgId, kind: OrgKind, at: Moment) -> Option<u32> {
		ORGS.with_borrow(|orgs| {
			orgs.get(&org)?
				.licences
				.iter()
				.filter(|(of, _)| *of == kind)
				.position(|(_, interval)| interval.contains(at))
				.map(|index| index as u32)
		})
	}

	fn roles(org: OrgId, who: &AccountId, at: Moment) -> RoleSet {
		ORGS.with_borrow(|orgs| {
			orgs.get(&org).map_or(RoleSet::EMPTY, |org| {
				org.staff
					.iter()
					.filter(|(member, _, interval)| member == who && interval.contains(at))
					.map(|(_, role, _)| *role)
					.collect()
			})
		})
	}

	fn admin(org: OrgId) -> Option<AccountId> {
		ORGS.with_borrow(|orgs| orgs.get(&org).map(|org| org.admin))
	}

	fn is_flagged(org: OrgId) -> bool {
		FLAGGED.with_borrow(|flagged| flagged.contains(&org))
	}

	fn works_at_flagged(_: &AccountId, _: Moment) -> bool {
		false
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_organisation(
		kind: OrgKind,
		admin: &AccountId,
		member: &AccountId,
		role: Role,
	) -> OrgId {
		let id = 1_000;
		edit_orgs(|orgs| {
			let staff = vec![(*member, role, Interval::ALWAYS)];
			orgs.insert(id, Org { admin: *admin, licences: vec![(kind, Interval::ALWAYS)], staff });
		});
		id
	}
}

impl Registrars<AccountId> for Registry {
	fn registrar(who: &AccountId, at: Moment) -> Option<(OrgId, CapabilitySet)> {
		assert!(at <= now(), "nobody knows who will be a registrar");
		REGISTRARS.with_borrow(|registrars| registrars.get(who).copied())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_registrar(who: &AccountId) -> OrgId {
		appoint(*who, HIGH_COURT, CapabilitySet::ALL);
		HIGH_COURT
	}
}

/// Makes `who` a registrar.
pub fn appoint(who: AccountId, org: OrgId, capabilities: CapabilitySet) {
	REGISTRARS.with_borrow_mut(|registrars| registrars.insert(who, (org, capabilities)));
}

/// And no longer.
pub fn dismiss(who: AccountId) {
	REGISTRARS.with_borrow_mut(|registrars| registrars.remove(&who));
}

pub fn edit_orgs(edit: impl FnOnce(&mut BTreeMap<OrgId, Org>)) {
	ORGS.with_borrow_mut(edit)
}

/// Ends every licence of `org` at `at`.
pub fn suspend(org: OrgId, at: Moment) {
	edit_orgs(|orgs| {
		for (_, interval) in &mut orgs.get_mut(&org).unwrap().licences {
			interval.until = interval.until.min(at);
		}
	})
}

/// Gives `org` one more interval of a licence.
pub fn license(org: OrgId, kind: OrgKind, from: Moment, until: Moment) {
	edit_orgs(|orgs| orgs.get_mut(&org).unwrap().licences.push((kind, Interval::new(from, until))))
}

/// Takes `who` on at `org`.
pub fn employ(org: OrgId, who: AccountId, role: Role) {
	edit_orgs(|orgs| orgs.get_mut(&org).unwrap().staff.push((who, role, Interval::new(0, END))))
}

pub struct Identity;
impl Patients<AccountId> for Identity {
	fn key(key: &AccountId) -> Option<PatientKey> {
		KEYS.with_borrow(|keys| keys.get(key).copied())
	}

	fn state(patient: &PatientId) -> Option<(PatientState, Moment)> {
		HANDLES.with_borrow(|handles| handles.get(patient).map(|handle| (handle.state, START)))
	}

	fn state_at(patient: &PatientId, _: Moment) -> Option<PatientState> {
		Self::state(patient).map(|(state, _)| state)
	}

	fn last_left_active(_: &PatientId) -> Option<Moment> {
		None
	}

	fn registered_by(patient: &PatientId) -> Option<OrgId> {
		HANDLES.with_borrow(|handles| handles.get(patient)?.registered_by)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_patient(key: &AccountId) -> PatientId {
		let patient = H256::repeat_byte(0xbe);
		register(patient, *key, None);
		patient
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_patient_of(key: &AccountId, org: OrgId) -> PatientId {
		let patient = H256::repeat_byte(0xbd);
		register(patient, *key, Some(org));
		patient
	}
}

/// The patient of [`PATIENT_KEY`].
pub fn patient() -> PatientId {
	H256::repeat_byte(0xaa)
}

/// The patient of [`OTHER_KEY`].
pub fn other_patient() -> PatientId {
	H256::repeat_byte(0xbb)
}

pub fn register(patient: PatientId, key: AccountId, registered_by: Option<OrgId>) {
	HANDLES.with_borrow_mut(|handles| {
		handles.insert(patient, Handle { state: PatientState::Active, registered_by });
	});
	add_key(patient, key);
}

pub fn add_key(patient: PatientId, key: AccountId) {
	let purposes = KeyPurposeSet::ALL;
	KEYS.with_borrow_mut(|keys| {
		keys.insert(key, PatientKey { patient, purposes, from: START, until: None });
	});
}

/// Leaves `key` these purposes alone.
pub fn restrict_key(key: AccountId, purposes: KeyPurposeSet) {
	KEYS.with_borrow_mut(|keys| keys.get_mut(&key).unwrap().purposes = purposes);
}

/// Ends `key` at `at`.
pub fn end_key(key: AccountId, at: Moment) {
	KEYS.with_borrow_mut(|keys| keys.get_mut(&key).unwrap().until = Some(at));
}

pub fn set_state(patient: PatientId, state: PatientState) {
	HANDLES.with_borrow_mut(|handles| handles.get_mut(&patient).unwrap().state = state);
}

pub struct Consent;
impl TreatmentRelation<AccountId> for Consent {
	fn treats(patient: &PatientId, org: OrgId, who: &AccountId, classes: DataClassSet) -> bool {
		classes == DataClassSet::ALL
			&& TREATING.with_borrow(|treating| treating.contains(&(*patient, org, *who)))
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_treatment(patient: &PatientId, org: OrgId, who: &AccountId) -> bool {
		permit(*patient, org, *who);
		Registry::was_affiliated(org, who, Role::Clinician, now())
	}
}

/// Lets `who`, for `org`, treat `patient`.
pub fn permit(patient: PatientId, org: OrgId, who: AccountId) {
	TREATING.with_borrow_mut(|treating| treating.insert((patient, org, who)));
}

/// Takes that back.
pub fn revoke(patient: PatientId, org: OrgId, who: AccountId) {
	TREATING.with_borrow_mut(|treating| treating.remove(&(patient, org, who)));
}

fn org(admin: AccountId, kinds: &[OrgKind], staff: &[(AccountId, Role)]) -> Org {
	let always = Interval::new(0, END);
	Org {
		admin,
		licences: kinds.iter().map(|kind| (*kind, always)).collect(),
		staff: staff.iter().map(|(who, role)| (*who, *role, always)).collect(),
	}
}

pub fn new_test_ext() -> sp_io::TestExternalities {
	NOW.set(START);
	TREATING.with_borrow_mut(BTreeSet::clear);
	KEYS.with_borrow_mut(BTreeMap::clear);
	HANDLES.with_borrow_mut(BTreeMap::clear);
	FLAGGED.with_borrow_mut(BTreeSet::clear);
	REGISTRARS.with_borrow_mut(BTreeMap::clear);
	let orders = CapabilitySet::of(&[Capability::CourtOrders]);
	appoint(JUDGE, HIGH_COURT, orders);
	appoint(CLERK, HIGH_COURT, orders);
	appoint(INSPECTOR, REGULATOR, orders);
	appoint(CORONER, HIGH_COURT, CapabilitySet::of(&[Capability::Deaths, Capability::Mandates]));
	register(patient(), PATIENT_KEY, Some(HOSPITAL));
	add_key(patient(), SECOND_KEY);
	register(other_patient(), OTHER_KEY, None);
	edit_orgs(|orgs| {
		*orgs = BTreeMap::from([
			(
				HOSPITAL,
				org(
					ADMIN,
					&[OrgKind::Provider],
					&[
						(DOCTOR, Role::Clinician),
						(BILLER, Role::Biller),
						(OFFICER, Role::PrivacyOfficer),
						(STEWARD, Role::DataSteward),
					],
				),
			),
			(CLINIC, org(CLINIC_ADMIN, &[OrgKind::Provider], &[(CLINICIAN, Role::Clinician)])),
			(
				LAB,
				org(
					LAB_ADMIN,
					&[OrgKind::Pharmacy, OrgKind::Laboratory],
					&[(SCIENTIST, Role::LabScientist)],
				),
			),
			(PAYER, org(PAYER_ADMIN, &[OrgKind::Payer], &[])),
		]);
	});

	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: [ADMIN, CLINIC_ADMIN, LAB_ADMIN, PAYER_ADMIN]
			.map(|admin| (admin, 1_000_000))
			.to_vec(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// Runs a test, and then checks the state that it leaves.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		check_state();
	});
}

/// Checks the pallet's invariants.
pub fn check_state() {
	RecordAnchor::do_try_state().unwrap();
}

/// The n-th of many commitments.
pub fn commitment(n: u64) -> Commitment {
	H256(blake2_256(&n.to_le_bytes()))
}

/// The first `count` commitments.
pub fn commitments(count: u64) -> Vec<Commitment> {
	(0..count).map(commitment).collect()
}

/// Anchors the n-th commitment for the hospital, as its doctor, about nobody.
pub fn anchor(n: u64) -> DispatchResult {
	anchor_after(n, None)
}

/// The same, as a version after another.
pub fn anchor_after(n: u64, previous: Option<(Seq, Relation)>) -> DispatchResult {
	anchor_about(n, None, previous)
}

/// The same, about a patient.
pub fn anchor_about(
	n: u64,
	subject: Option<PatientId>,
	previous: Option<(Seq, Relation)>,
) -> DispatchResult {
	RecordAnchor::anchor(
		RuntimeOrigin::signed(DOCTOR),
		HOSPITAL,
		commitment(n),
		Form::Bytes,
		subject,
		previous,
		RetentionClass::Standard,
	)
	.map(|_| ())
	.map_err(|refused| refused.error)
}

/// A record about nobody, of the class that the tests use.
pub fn record(n: u64) -> NewAnchor {
	NewAnchor {
		commitment: commitment(n),
		form: Form::Bytes,
		subject: None,
		previous: None,
		retention: RetentionClass::Standard,
	}
}

/// Disputes a record of the hospital, as its patient.
pub fn dispute(seq: Seq) -> DispatchResult {
	let patient = RuntimeOrigin::signed(PATIENT_KEY);
	RecordAnchor::dispute(patient, HOSPITAL, seq, commitment(900))
}

/// Asks to have a record of the hospital erased, as its patient.
pub fn request_erasure(seq: Seq) -> DispatchResult {
	RecordAnchor::request_erasure(RuntimeOrigin::signed(PATIENT_KEY), HOSPITAL, seq)
}

/// Holds a slot of the hospital, until the given number of seconds from now.
pub fn hold(who: AccountId, seq: Seq, seconds: Moment) -> DispatchResult {
	RecordAnchor::hold(RuntimeOrigin::signed(who), HOSPITAL, seq, now() + seconds)
}

/// Shreds a slot of the hospital, as its privacy officer.
pub fn shred(seq: Seq) -> DispatchResult {
	RecordAnchor::shred(RuntimeOrigin::signed(OFFICER), HOSPITAL, seq)
}

/// Evicts slots of the hospital, as nobody in particular.
pub fn evict(seqs: &[Seq]) -> DispatchResult {
	let seqs = seqs.to_vec().try_into().unwrap();
	RecordAnchor::evict(RuntimeOrigin::signed(STRANGER), HOSPITAL, seqs)
}

/// What has become of a slot of the hospital.
pub fn slot(seq: Seq) -> SlotState {
	RecordAnchor::slot(HOSPITAL, seq)
}

/// Anchors the first `leaves` commitments as a batch of the hospital.
pub fn anchor_batch(leaves: u64) -> DispatchResult {
	let root = salus_primitives::commitment::merkle_root(&commitments(leaves)).unwrap_or_default();
	RecordAnchor::anchor_batch(
		RuntimeOrigin::signed(DOCTOR),
		HOSPITAL,
		root,
		leaves,
		Form::Bytes,
		RetentionClass::Standard,
	)
}

/// The proof of one of the first `leaves` commitments.
pub fn proof(leaves: u64, index: u64) -> MerkleProof {
	let path = salus_primitives::commitment::merkle_path(&commitments(leaves), index).unwrap();
	MerkleProof { index, path }
}

/// Whether the n-th commitment is in a slot of the hospital, and how it stood.
pub fn verify(seq: Seq, n: u64, at: Option<Moment>) -> Result<Verification, VerifyError> {
	RecordAnchor::verify(HOSPITAL, seq, commitment(n), None, at)
}

/// A slot of the hospital.
pub fn info(seq: Seq) -> AnchorInfo {
	RecordAnchor::anchor_info(HOSPITAL, seq).unwrap()
}

/// The events of this pallet since the last time.
pub fn events() -> Vec<Event<Test>> {
	let events = System::read_events_for_pallet::<Event<Test>>();
	System::reset_events();
	events
}
