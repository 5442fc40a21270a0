//! A runtime for tests: patients and the clock are what a test says they are. There are no organisations.

use crate as pallet_sealed;
use crate::*;
use frame_support::{
	derive_impl,
	traits::{ConstU64, UnixTime},
};
use salus_primitives::{
	time::{DAY, YEAR},
	traits::{PatientKey, Patients},
	*,
};
use sp_runtime::{traits::IdentityLookup, BuildStorage};
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
	pub type Sealed = pallet_sealed;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
}

impl Config for Test {
	type Time = Clock;
	type Patients = People;
	type LiftDelay = ConstU64<DAY>;
	type MaxTerm = ConstU64<{ 2 * YEAR }>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkClock = Clock;
}

// --- the clock -----------------------------------------------------------------------------------

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

#[cfg(feature = "runtime-benchmarks")]
impl salus_primitives::benchmarking::BenchmarkClock for Clock {
	fn set_time(now: Moment) {
		set_now(now);
	}
}

pub fn now() -> Moment {
	NOW.with_borrow(|now| *now)
}

pub fn set_now(moment: Moment) {
	NOW.set(moment);
}

pub fn pass(seconds: Moment) {
	set_now(now() + seconds);
}

// --- people --------------------------------------------------------------------------------------

#[derive(Clone, Default)]
struct World {
	keys: BTreeMap<AccountId, PatientKey>,
	/// From when in which state.
	states: BTreeMap<PatientId, Vec<(Moment, PatientState)>>,
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
	world(|w| w.states.get_mut(&patient).unwrap().push((now(), state)));
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
	let storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// Runs a test, and checks every invariant of the storage after it.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		Sealed::do_try_state().unwrap();
	});
}
