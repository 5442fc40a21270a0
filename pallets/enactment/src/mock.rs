//! A runtime in which account 1 speaks for the Council and account 2 for the Technical Committee.

use crate as pallet_enactment;
use crate::{Body, Catalogue, DelayTable, EnactmentClass};
use frame_support::{
	derive_impl, ord_parameter_types, parameter_types,
	traits::{ConstU32, ConstU64, UnixTime},
	weights::Weight,
};
use frame_system::EnsureSignedBy;
use sp_core::H256;
use sp_runtime::{traits::Hash, BuildStorage, DispatchResult};

pub type Block = frame_system::mocking::MockBlock<Test>;

/// Speaks for the Council.
pub const COUNCIL: u64 = 1;
/// Speaks for the Technical Committee.
pub const TECHNICAL: u64 = 2;
/// Somebody.
pub const ANYBODY: u64 = 3;

/// When the chain begins.
pub const START: u64 = 1_000_000;
/// The shortest delays.
pub const FLOORS: DelayTable = DelayTable { upgrade: 300, parameter: 200, emergency: 20 };
/// How long the second body has.
pub const APPROVAL_WINDOW: u64 = 1_000;
/// How long what is due can be enacted.
pub const ENACTMENT_WINDOW: u64 = 500;
/// The longest delay.
pub const MAX_DELAY: u64 = 10_000;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Enactment = pallet_enactment;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
}

parameter_types! {
	pub static Now: u64 = START;
	/// Whether the present code keeps `set_heap_pages` from Root.
	pub static Shortened: bool = false;
	pub const DefaultFloors: DelayTable = FLOORS;
	pub const MaxCallWeight: Weight = Weight::from_parts(1_000_000_000, 1_000_000);
}
ord_parameter_types! {
	pub const CouncilAccount: u64 = COUNCIL;
	pub const TechnicalAccount: u64 = TECHNICAL;
}

pub struct Clock;

impl UnixTime for Clock {
	fn now() -> core::time::Duration {
		core::time::Duration::from_secs(Now::get())
	}
}

/// `set_heap_pages` stands for an upgrade, `kill_storage` for an emergency measure of any size, and
/// `set_code` for one that is too heavy.
pub struct TestCatalogue;

impl Catalogue<RuntimeCall> for TestCatalogue {
	fn class(call: &RuntimeCall) -> Option<EnactmentClass> {
		match call {
			RuntimeCall::System(frame_system::Call::set_heap_pages { .. }) => {
				(!Shortened::get()).then_some(EnactmentClass::Upgrade)
			},
			RuntimeCall::System(
				frame_system::Call::kill_storage { .. } | frame_system::Call::set_code { .. },
			) => Some(EnactmentClass::Emergency),
			RuntimeCall::Enactment(crate::Call::set_delay { .. }) => {
				Some(EnactmentClass::Parameter)
			},
			_ => None,
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_call() -> RuntimeCall {
		crate::Call::set_delay { class: EnactmentClass::Upgrade, seconds: MAX_DELAY }.into()
	}
}

impl crate::Config for Test {
	type RuntimeCall = RuntimeCall;
	type Catalogue = TestCatalogue;
	type CouncilOrigin = EnsureSignedBy<CouncilAccount, u64>;
	type TechnicalOrigin = EnsureSignedBy<TechnicalAccount, u64>;
	type Time = Clock;
	type DefaultFloors = DefaultFloors;
	type MaxDelay = ConstU64<MAX_DELAY>;
	type ApprovalWindow = ConstU64<APPROVAL_WINDOW>;
	type EnactmentWindow = ConstU64<ENACTMENT_WINDOW>;
	type MaxCallSize = ConstU32<64>;
	type MaxCallWeight = MaxCallWeight;
	type MaxProposals = ConstU32<3>;
	type WeightInfo = ();
}

/// A chain whose genesis says nothing about the delays.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let storage = RuntimeGenesisConfig::default().build_storage().expect("the genesis is sound");
	let mut ext = sp_io::TestExternalities::from(storage);
	ext.execute_with(|| {
		Now::set(START);
		Shortened::set(false);
		// Events of block 0 are not kept.
		System::set_block_number(1);
	});
	ext
}

/// Runs `test` on a new chain, and checks the invariants afterwards.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		Enactment::do_try_state().expect("the invariants hold");
	});
}

/// An upgrade, as far as this runtime has one.
pub fn upgrade(pages: u64) -> RuntimeCall {
	frame_system::Call::set_heap_pages { pages }.into()
}

/// A change of a delay.
pub fn delay(class: EnactmentClass, seconds: u64) -> RuntimeCall {
	crate::Call::set_delay { class, seconds }.into()
}

/// The name of the proposal of `call`.
pub fn hash_of(call: &RuntimeCall) -> H256 {
	<Test as frame_system::Config>::Hashing::hash_of(call)
}

/// Approves `call` in the name of `body`.
pub fn approve(body: Body, call: &RuntimeCall) -> DispatchResult {
	Enactment::approve(by(body), Box::new(call.clone()))
}

/// Both bodies approve `call`; its name.
pub fn agree(call: &RuntimeCall) -> H256 {
	assert_eq!(approve(Body::TechnicalCommittee, call), Ok(()));
	assert_eq!(approve(Body::Council, call), Ok(()));
	hash_of(call)
}

/// Lets time pass.
pub fn wait(seconds: u64) {
	Now::mutate(|now| *now += seconds);
}

/// The origin of `body`.
pub fn by(body: Body) -> RuntimeOrigin {
	RuntimeOrigin::signed(match body {
		Body::Council => COUNCIL,
		Body::TechnicalCommittee => TECHNICAL,
	})
}

/// The origin of somebody.
pub fn anybody() -> RuntimeOrigin {
	RuntimeOrigin::signed(ANYBODY)
}

/// What the pallet has announced so far.
pub fn events() -> Vec<crate::Event<Test>> {
	System::read_events_for_pallet::<crate::Event<Test>>()
}
