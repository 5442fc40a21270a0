//! A runtime with the real session, historical and disabling logic.

use crate as pallet_validator_set;
use crate::{OrganisationOf, ValidatorOf};
use codec::Encode;
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU32, OnFinalize, OnInitialize},
};
use frame_system::EnsureRoot;
use pallet_session::{
	disabling::UpToLimitWithReEnablingDisablingStrategy, historical as pallet_session_historical,
	SessionHandler, ShouldEndSession,
};
use salus_primitives::OrgId;
use sp_runtime::{
	impl_opaque_keys, testing::UintAuthorityId, traits::OpaqueKeys, BuildStorage, KeyTypeId,
	Perbill, RuntimeAppPublic,
};
use sp_staking::offence::{OffenceDetails, OnOffenceHandler};

pub type AccountId = u64;
pub type Block = frame_system::mocking::MockBlock<Test>;

/// What each account holds at first.
pub const FORTUNE: u64 = 1_000;

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
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Historical = pallet_session_historical;
	#[runtime::pallet_index(3)]
	pub type ValidatorSet = pallet_validator_set;
	#[runtime::pallet_index(4)]
	pub type Session = pallet_session;
}

impl_opaque_keys! {
	pub struct SessionKeys {
		pub dummy: UintAuthorityId,
	}
}

parameter_types! {
	pub static EndSession: bool = false;
	/// Whether the set that works changed with the last rotation, and which one it is.
	pub static Changed: bool = false;
	pub static Working: Vec<AccountId> = Vec::new();
	/// How often a set was announced as changed.
	pub static Changes: u32 = 0;
	pub const KeyDeposit: u64 = 10;
}

pub struct OnRequest;
impl ShouldEndSession<u64> for OnRequest {
	fn should_end_session(_: u64) -> bool {
		EndSession::get()
	}
}

/// Remembers what a consensus pallet would be told.
pub struct Consensus;
impl SessionHandler<AccountId> for Consensus {
	const KEY_TYPE_IDS: &'static [KeyTypeId] = &[UintAuthorityId::ID];
	fn on_genesis_session<K: OpaqueKeys>(validators: &[(AccountId, K)]) {
		Working::set(validators.iter().map(|(id, _)| *id).collect());
	}
	fn on_new_session<K: OpaqueKeys>(
		changed: bool,
		validators: &[(AccountId, K)],
		_: &[(AccountId, K)],
	) {
		Changed::set(changed);
		if changed {
			Changes::mutate(|changes| *changes += 1);
		}
		Working::set(validators.iter().map(|(id, _)| *id).collect());
	}
	fn on_disabled(_: u32) {}
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

impl pallet_session::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ValidatorOf<Test>;
	type ShouldEndSession = OnRequest;
	type NextSessionRotation = ();
	type SessionManager = pallet_session_historical::NoteHistoricalRoot<Test, ValidatorSet>;
	type SessionHandler = Consensus;
	type Keys = SessionKeys;
	type DisablingStrategy = UpToLimitWithReEnablingDisablingStrategy;
	type WeightInfo = ();
	type Currency = Balances;
	type KeyDeposit = KeyDeposit;
}

impl pallet_session_historical::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type FullIdentification = OrgId;
	type FullIdentificationOf = OrganisationOf<Test>;
}

impl pallet_validator_set::Config for Test {
	type Organisations = Known;
	type AdminOrigin = EnsureRoot<AccountId>;
	type MinValidators = ConstU32<4>;
	type MaxValidators = ConstU32<10>;
	type MaxOffences = ConstU32<3>;
	type HistoryDepth = ConstU32<5>;
	type WeightInfo = ();
}

parameter_types! {
	/// The organisations on which the pallet relies.
	pub static Relied: Vec<OrgId> = Vec::new();
}

/// The number of no organisation.
pub const UNKNOWN: OrgId = 77;

/// Organisations with any number but [`UNKNOWN`].
pub struct Known;
impl salus_primitives::traits::Organisations for Known {
	fn rely_on(org: OrgId) -> sp_runtime::DispatchResult {
		frame_support::ensure!(org != UNKNOWN, sp_runtime::DispatchError::Other("unknown"));
		Relied::mutate(|relied| relied.push(org));
		Ok(())
	}
}

/// The organisation that operates `validator`.
pub fn org(validator: AccountId) -> OrgId {
	OrgId::try_from(validator).unwrap() + 100
}

/// A genesis, and what tests change of it.
pub struct ExtBuilder {
	validators: u64,
	minimum: u32,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self { validators: 4, minimum: 4 }
	}
}

impl ExtBuilder {
	/// Validators 1 to `validators` from the start.
	pub fn validators(mut self, validators: u64) -> Self {
		self.validators = validators;
		self
	}

	/// The smallest set.
	pub fn minimum(mut self, minimum: u32) -> Self {
		self.minimum = minimum;
		self
	}

	/// Builds the storage.
	pub fn build(self) -> sp_io::TestExternalities {
		Changed::set(false);
		Changes::set(0);
		EndSession::set(false);
		let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
		pallet_balances::GenesisConfig::<Test> {
			balances: (1..=20).map(|who| (who, FORTUNE)).collect(),
			..Default::default()
		}
		.assimilate_storage(&mut storage)
		.unwrap();
		let ids = 1..=self.validators;
		pallet_validator_set::GenesisConfig::<Test> {
			validators: ids.clone().map(|id| (id, org(id))).collect(),
			min_validators: self.minimum,
			session_length: 10,
		}
		.assimilate_storage(&mut storage)
		.unwrap();
		pallet_session::GenesisConfig::<Test> {
			keys: ids.map(|id| (id, id, keys(id))).collect(),
			..Default::default()
		}
		.assimilate_storage(&mut storage)
		.unwrap();
		let mut ext = sp_io::TestExternalities::new(storage);
		ext.execute_with(|| System::set_block_number(1));
		ext
	}

	/// Runs `test`, and checks afterwards what must always hold.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			ValidatorSet::do_try_state().unwrap();
			Session::do_try_state().unwrap();
		});
	}
}

/// The genesis that benchmarks start from.
pub fn new_test_ext() -> sp_io::TestExternalities {
	ExtBuilder::default().build()
}

/// Session keys made of a number.
pub fn keys(seed: u64) -> SessionKeys {
	SessionKeys { dummy: UintAuthorityId(seed) }
}

/// `who` sets session keys made of `seed`, with a proof of ownership.
pub fn set_keys(who: AccountId, seed: u64) -> sp_runtime::DispatchResult {
	let proof = UintAuthorityId(seed).sign(&who.encode()).unwrap().encode();
	Session::set_keys(RuntimeOrigin::signed(who), keys(seed), proof)
}

/// Adds `who` as a validator with session keys.
pub fn add_with_keys(who: AccountId) {
	frame_support::assert_ok!(ValidatorSet::add_validator(RuntimeOrigin::root(), who, org(who)));
	frame_support::assert_ok!(set_keys(who, who));
}

/// Ends the session, and one block.
pub fn rotate() {
	let now = System::block_number();
	Session::on_finalize(now);
	System::set_block_number(now + 1);
	EndSession::set(true);
	Session::on_initialize(now + 1);
	EndSession::set(false);
	ValidatorSet::do_try_state().unwrap();
}

/// Who validates now, in order of their numbers.
pub fn working() -> Vec<AccountId> {
	let mut working = Working::get();
	working.sort();
	assert_eq!(working, {
		let mut validators = Session::validators();
		validators.sort();
		validators
	});
	working
}

/// Who of them is disabled.
pub fn disabled() -> Vec<AccountId> {
	let validators = Session::validators();
	let mut disabled: Vec<_> = Session::disabled_validators()
		.into_iter()
		.map(|index| validators[usize::try_from(index).unwrap()])
		.collect();
	disabled.sort();
	disabled
}

/// Reports that `who` offended in `session`, as the offences pallet does.
pub fn offend_in(who: AccountId, percent: u32, session: u32) {
	<ValidatorSet as OnOffenceHandler<AccountId, _, _>>::on_offence(
		&[OffenceDetails { offender: (who, org(who)), reporters: vec![] }],
		&[Perbill::from_percent(percent)],
		session,
	);
}

/// Reports that `who` offended in this session.
pub fn offend(who: AccountId) {
	offend_in(who, 50, Session::current_index());
}

/// What this pallet has announced so far.
pub fn events() -> Vec<crate::Event<Test>> {
	System::read_events_for_pallet::<crate::Event<Test>>()
}
