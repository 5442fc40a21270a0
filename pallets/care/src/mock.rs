//! A runtime for tests: patients, organisations and the clock are what a test says they are.

use crate as pallet_care;
use crate::*;
use frame_support::{
	derive_impl, parameter_types,
	traits::{fungible::HoldConsideration, ConstU64, LinearStoragePrice, UnixTime},
};
use salus_primitives::{
	time::{DAY, HOUR, YEAR},
	traits::{Credentials, LeftActive, PatientKey, Patients},
	*,
};
use sp_runtime::{
	testing::{TestSignature, UintAuthorityId},
	traits::IdentityLookup,
	BuildStorage,
};
use std::{cell::RefCell, collections::BTreeMap, time::Duration};

pub type AccountId = u64;
type Block = frame_system::mocking::MockBlock<Test>;

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
	pub type Care = pallet_care;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<u64>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
}

parameter_types! {
	pub const Hold: RuntimeHoldReason = RuntimeHoldReason::Care(HoldReason::Relationship);
	pub const Base: u64 = 100;
	pub const Slope: u64 = 1;
}

salus_primitives::deposits_are_on_hold!(Test);

impl Config for Test {
	type Time = Clock;
	type Patients = People;
	type Credentials = Register;
	type Consideration =
		HoldConsideration<AccountId, Balances, Hold, LinearStoragePrice<Base, Slope, u64>>;
	type OffchainSignature = TestSignature;
	type OffchainPublic = UintAuthorityId;
	type MaxTerm = ConstU64<YEAR>;
	type InvitationLife = ConstU64<{ 30 * DAY }>;
	type MaxSignatureLife = ConstU64<HOUR>;
	type MaxSignatureAge = ConstU64<AGE>;
	type OptInDelay = ConstU64<DAY>;
	type PolicyNotice = ConstU64<{ 30 * DAY }>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

/// Signs as account 7, and sets the clock.
#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;

#[cfg(feature = "runtime-benchmarks")]
impl salus_primitives::benchmarking::BenchmarkHelper<AccountId, TestSignature> for Helper {
	fn sign(message: &dyn Fn(&AccountId) -> Vec<u8>) -> (AccountId, TestSignature) {
		(7, TestSignature(7, message(&7)))
	}

	fn set_time(now: Moment) {
		set_now(now);
	}
}

/// The deposit of one relationship.
pub fn deposit() -> u64 {
	let footprint = Care::footprint();
	Base::get() + Slope::get() * footprint.count * footprint.size
}

// --- the clock -----------------------------------------------------------------------------------

/// The most blocks between the one that a signature names and the present one.
pub const AGE: u64 = 5;

/// Ends the block: its hash is known from now on.
pub fn next_block() {
	let number = System::block_number();
	let hash = sp_core::H256::from_low_u64_be(1_000 + number);
	frame_system::BlockHash::<Test>::insert(number, hash);
	System::set_block_number(number + 1);
}

/// The block before this one, as a signature that is made now names it.
pub fn seen() -> messages::Seen<u64, sp_core::H256> {
	let number = System::block_number() - 1;
	(number, System::block_hash(number))
}

/// When every test begins.
pub const START: Moment = 1_800_000_000;

thread_local! {
	static NOW: RefCell<Moment> = const { RefCell::new(START) };
	static WORLD: RefCell<World> = RefCell::new(World::default());
}

pub struct Clock;
impl UnixTime for Clock {
	fn now() -> Duration {
		Duration::from_secs(now())
	}
}

pub fn now() -> Moment {
	NOW.with_borrow(|now| *now)
}

pub fn set_now(moment: Moment) {
	NOW.set(moment);
}

/// Lets time pass, and with it a block.
pub fn pass(seconds: Moment) {
	set_now(now() + seconds);
	next_block();
}

// --- people and organisations --------------------------------------------------------------------

/// An interval that may be open.
type Open = (Moment, Option<Moment>);

fn holds((from, until): &Open, at: Moment) -> bool {
	*from <= at && until.is_none_or(|until| at < until)
}

#[derive(Clone, Default)]
struct Organisation {
	admin: AccountId,
	flagged: bool,
	licences: Vec<(OrgKind, Open)>,
	staff: Vec<(AccountId, Role, Open)>,
}

#[derive(Clone, Default)]
struct World {
	keys: BTreeMap<AccountId, PatientKey>,
	/// The block in which each left Active.
	left: BTreeMap<PatientId, u64>,
	/// From when in which state.
	states: BTreeMap<PatientId, Vec<(Moment, PatientState)>>,
	organisations: BTreeMap<OrgId, Organisation>,
}

fn world<R>(with: impl FnOnce(&mut World) -> R) -> R {
	WORLD.with_borrow_mut(with)
}

pub struct People;
impl Patients<AccountId> for People {
	fn key(key: &AccountId) -> Option<PatientKey> {
		world(|w| w.keys.get(key).copied())
	}

	fn state(patient: &PatientId) -> Option<(PatientState, Moment)> {
		world(|w| w.states.get(patient)?.last().map(|(since, state)| (*state, *since)))
	}

	fn state_at(patient: &PatientId, at: Moment) -> Option<PatientState> {
		world(|w| {
			let states = w.states.get(patient)?;
			states.iter().rev().find(|(since, _)| *since <= at).map(|(_, state)| *state)
		})
	}

	fn last_left_active(patient: &PatientId) -> Option<Moment> {
		world(|w| {
			let states = w.states.get(patient)?;
			let left = states.windows(2).rev().find(|pair| {
				pair[0].1 == PatientState::Active && pair[1].1 != PatientState::Active
			})?;
			Some(left[1].0)
		})
	}

	fn registered_by(_: &PatientId) -> Option<OrgId> {
		None
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_patient(key: &AccountId) -> PatientId {
		let patient = PatientId::from_low_u64_be(*key);
		add_patient(patient);
		add_key(*key, patient, KeyPurposeSet::ALL);
		patient
	}
}

impl LeftActive<u64> for People {
	fn left_active_in(patient: &PatientId) -> Option<u64> {
		world(|w| w.left.get(patient).copied())
	}
}

pub struct Register;
impl Credentials<AccountId> for Register {
	fn was_licensed(org: OrgId, kind: OrgKind, at: Moment) -> bool {
		Self::licensed_kinds(org, at).contains(kind)
	}

	fn licensed_kinds(org: OrgId, at: Moment) -> OrgKindSet {
		world(|w| {
			let Some(organisation) = w.organisations.get(&org) else { return OrgKindSet::EMPTY };
			let held = organisation.licences.iter().filter(|(_, open)| holds(open, at));
			held.map(|(kind, _)| *kind).collect()
		})
	}

	fn licence_interval(_: OrgId, _: OrgKind, _: Moment) -> Option<u32> {
		None
	}

	fn roles(org: OrgId, who: &AccountId, at: Moment) -> RoleSet {
		world(|w| {
			let Some(organisation) = w.organisations.get(&org) else { return RoleSet::EMPTY };
			organisation
				.staff
				.iter()
				.filter(|(member, _, open)| member == who && holds(open, at))
				.map(|(_, role, _)| *role)
				.collect()
		})
	}

	fn admin(org: OrgId) -> Option<AccountId> {
		world(|w| w.organisations.get(&org).map(|o| o.admin))
	}

	fn is_flagged(org: OrgId) -> bool {
		world(|w| w.organisations.get(&org).is_some_and(|o| o.flagged))
	}

	fn employers(who: &AccountId) -> Vec<OrgId> {
		let works = |o: &Organisation| o.staff.iter().any(|(member, _, _)| member == who);
		world(|w| w.organisations.iter().filter(|(_, o)| works(o)).map(|(id, _)| *id).collect())
	}

	fn max_employers() -> u32 {
		16
	}

	fn works_at_flagged(who: &AccountId, at: Moment) -> bool {
		world(|w| {
			w.organisations.values().filter(|o| o.flagged).any(|o| {
				o.admin == *who || o.staff.iter().any(|(m, _, open)| m == who && holds(open, at))
			})
		})
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_some_employers(who: &AccountId, count: u32) {
		for org in (2_000..).take(count as usize) {
			add_organisation(org, 0);
			hire(org, *who, Role::Nurse);
			dismiss(org, *who);
			flag(org);
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_organisation(
		_: OrgKind,
		admin: &AccountId,
		member: &AccountId,
		role: Role,
	) -> OrgId {
		let org = world(|w| w.organisations.len()) as OrgId + 1_000;
		add_organisation(org, *admin);
		hire(org, *member, role);
		org
	}
}

pub fn add_patient(patient: PatientId) {
	world(|w| w.states.insert(patient, vec![(now(), PatientState::Active)]));
}

pub fn add_key(key: AccountId, patient: PatientId, purposes: KeyPurposeSet) {
	world(|w| w.keys.insert(key, PatientKey { patient, purposes, from: now(), until: None }));
}

pub fn end_key(key: AccountId) {
	world(|w| w.keys.get_mut(&key).unwrap().until = Some(now()));
}

pub fn set_state(patient: PatientId, state: PatientState) {
	world(|w| {
		let states = w.states.get_mut(&patient).unwrap();
		let left = states.last().is_some_and(|(_, state)| *state == PatientState::Active);
		states.push((now(), state));
		if left && state != PatientState::Active {
			w.left.insert(patient, System::block_number());
		}
	});
}

pub fn add_organisation(org: OrgId, admin: AccountId) {
	world(|w| w.organisations.insert(org, Organisation { admin, ..Default::default() }));
	license(org, OrgKind::Provider);
}

pub fn flag(org: OrgId) {
	world(|w| w.organisations.get_mut(&org).unwrap().flagged = true);
}

pub fn license(org: OrgId, kind: OrgKind) {
	world(|w| w.organisations.get_mut(&org).unwrap().licences.push((kind, (now(), None))));
}

/// Suspends the licence as a provider, and no other.
pub fn suspend(org: OrgId) {
	world(|w| {
		for (kind, open) in &mut w.organisations.get_mut(&org).unwrap().licences {
			if *kind == OrgKind::Provider {
				open.1.get_or_insert(now());
			}
		}
	});
}

pub fn reinstate(org: OrgId) {
	license(org, OrgKind::Provider);
}

/// Ends what `who` does at `org`.
#[cfg(feature = "runtime-benchmarks")]
pub fn dismiss(org: OrgId, who: AccountId) {
	world(|w| {
		for (member, _, open) in &mut w.organisations.get_mut(&org).unwrap().staff {
			if *member == who {
				open.1.get_or_insert(now());
			}
		}
	});
}

pub fn hire(org: OrgId, who: AccountId, role: Role) {
	world(|w| {
		w.organisations.get_mut(&org).unwrap().staff.push((who, role, (now(), None)));
	});
}

// --- the scene that most tests play in -----------------------------------------------------------

/// The patient.
pub const PATIENT: PatientId = PatientId::repeat_byte(1);
/// The patient's key for everything.
pub const WALLET: AccountId = 1;
/// The patient's key that can only look and tighten.
pub const VIEWER: AccountId = 2;
/// Another patient, and its key for everything.
pub const OTHER_PATIENT: PatientId = PatientId::repeat_byte(2);
pub const OTHER_WALLET: AccountId = 3;
/// A hospital, who administers it, and its staff.
pub const HOSPITAL: OrgId = 10;
pub const HOSPITAL_ADMIN: AccountId = 100;
pub const CLINICIAN: AccountId = 101;
pub const NURSE: AccountId = 102;
/// A specialist clinic, who administers it, and its staff.
pub const CLINIC: OrgId = 20;
pub const CLINIC_ADMIN: AccountId = 200;
pub const SPECIALIST: AccountId = 201;
/// A clinic whose very name discloses.
pub const HIV_CLINIC: OrgId = 30;
pub const HIV_CLINIC_ADMIN: AccountId = 300;
/// Nobody in particular.
pub const STRANGER: AccountId = 999;

pub fn new_test_ext() -> sp_io::TestExternalities {
	set_now(START);
	WORLD.set(World::default());
	for (patient, key) in [(PATIENT, WALLET), (OTHER_PATIENT, OTHER_WALLET)] {
		add_patient(patient);
		add_key(key, patient, KeyPurposeSet::ALL);
	}
	add_key(VIEWER, PATIENT, KeyPurposeSet::of(&[KeyPurpose::View]));
	add_organisation(HOSPITAL, HOSPITAL_ADMIN);
	hire(HOSPITAL, CLINICIAN, Role::Clinician);
	hire(HOSPITAL, NURSE, Role::Nurse);
	add_organisation(CLINIC, CLINIC_ADMIN);
	hire(CLINIC, SPECIALIST, Role::Clinician);
	add_organisation(HIV_CLINIC, HIV_CLINIC_ADMIN);
	flag(HIV_CLINIC);

	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: [HOSPITAL_ADMIN, CLINIC_ADMIN, HIV_CLINIC_ADMIN]
			.map(|who| (who, 1_000_000))
			.to_vec(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// Runs a test, and checks every invariant of the storage after it.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		check_everything();
	});
}

/// Every invariant, and that exactly the deposits of relationships are held.
pub fn check_everything() {
	Care::do_try_state().unwrap();
	let mut owed = BTreeMap::<AccountId, u64>::new();
	for found in Relationships::<Test>::iter_values() {
		*owed.entry(found.payer).or_default() += deposit();
	}
	for admin in [HOSPITAL_ADMIN, CLINIC_ADMIN, HIV_CLINIC_ADMIN] {
		assert_eq!(held(admin), owed.remove(&admin).unwrap_or_default(), "deposits of {admin}");
	}
	assert!(owed.is_empty(), "somebody else paid: {owed:?}");
}

/// What the pallet holds of `who`.
pub fn held(who: AccountId) -> u64 {
	use frame_support::traits::fungible::InspectHold;
	Balances::balance_on_hold(&Hold::get(), &who)
}
