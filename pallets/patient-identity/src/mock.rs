//! A runtime with nothing but this pallet, balances for deposits, and a settable clock.

use crate as pallet_patient_identity;
use core::{cell::RefCell, time::Duration};
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::HoldConsideration, ConstU32, ConstU64, Contains, Footprint, LinearStoragePrice,
		UnixTime,
	},
};
use pallet_patient_identity::HoldReason;
use salus_primitives::{
	time::{DAY, HOUR},
	traits::{Credentials, Dismissed, TokenlessAccounts},
	Moment, OrgId, OrgKind, OrgKindSet, PatientId, Role, RoleSet,
};
use sp_core::{ed25519, Pair as _, H256};
use sp_runtime::{
	traits::{Convert, IdentityLookup, Verify},
	AccountId32, BuildStorage, DispatchError, DispatchResult, MultiSignature,
};
use std::collections::{BTreeMap, BTreeSet};

pub type AccountId = AccountId32;

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
	pub type System = frame_system::Pallet<Test>;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances::Pallet<Test>;
	#[runtime::pallet_index(2)]
	pub type PatientIdentity = pallet_patient_identity::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<u64>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type Balance = u64;
	type ExistentialDeposit = ConstU64<1>;
	type RuntimeHoldReason = RuntimeHoldReason;
}

parameter_types! {
	pub const RegistrationHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::PatientIdentity(HoldReason::Registration);
}

pub const KEY_DELAY: Moment = DAY;
pub const UNFREEZE_DELAY: Moment = DAY;
pub const RETIREMENT_DELAY: Moment = 7 * DAY;
pub const SIGNATURE_LIFE: Moment = HOUR;
pub const MAX_KEYS: u32 = 8;

parameter_types! {
	pub static MaxRegistrations: u32 = 1_000;
	pub static MaxRegistrationsByMember: u32 = 500;
}

salus_primitives::deposits_are_on_hold!(Test);

impl pallet_patient_identity::Config for Test {
	type WeightInfo = ();
	type Time = Clock;
	type Credentials = Registry;
	type Tokenless = Welcomed;
	type Reserved = Reserved;
	type Consideration = HoldConsideration<AccountId, Balances, RegistrationHoldReason, Price>;
	type OffchainSignature = MultiSignature;
	type OffchainPublic = <MultiSignature as Verify>::Signer;
	type KeyDelay = ConstU64<KEY_DELAY>;
	type UnfreezeDelay = ConstU64<UNFREEZE_DELAY>;
	type RetirementDelay = ConstU64<RETIREMENT_DELAY>;
	type MaxSignatureLife = ConstU64<SIGNATURE_LIFE>;
	type MaxKeys = ConstU32<MAX_KEYS>;
	type MaxRegistrations = MaxRegistrations;
	type MaxRegistrationsByMember = MaxRegistrationsByMember;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

/// The provider that exists, with its administrator and one member.
pub const HOSPITAL: OrgId = 7;
/// A second provider.
pub const CLINIC: OrgId = 8;
/// An organisation that is no provider.
pub const INSURER: OrgId = 9;
/// An organisation that has nobody who could pay.
pub const ORPHAN: OrgId = 10;

thread_local! {
	static NOW: RefCell<Moment> = const { RefCell::new(0) };
	static WELCOMED: RefCell<BTreeSet<AccountId>> = const { RefCell::new(BTreeSet::new()) };
	static FLAGGED: RefCell<BTreeSet<OrgId>> = const { RefCell::new(BTreeSet::new()) };
	static WORKS_AT_FLAGGED: RefCell<BTreeSet<AccountId>> = const { RefCell::new(BTreeSet::new()) };
	static EMPLOYERS: RefCell<BTreeMap<AccountId, u32>> = const { RefCell::new(BTreeMap::new()) };
	static CLOSED: RefCell<bool> = const { RefCell::new(false) };
	static ROLES: RefCell<BTreeMap<AccountId, Role>> = const { RefCell::new(BTreeMap::new()) };
	static SUSPENDED: RefCell<BTreeSet<OrgId>> = const { RefCell::new(BTreeSet::new()) };
}

/// A clock that tests set.
pub struct Clock;
impl UnixTime for Clock {
	fn now() -> Duration {
		Duration::from_secs(now())
	}
}

pub fn now() -> Moment {
	NOW.with_borrow(|now| *now)
}

pub fn set_now(now: Moment) {
	NOW.set(now);
}

pub fn advance(seconds: Moment) {
	set_now(now() + seconds);
}

/// The price of what is kept.
pub type Price = LinearStoragePrice<BasePrice, ConstU64<1>, u64>;

parameter_types! {
	/// The price of an entry.
	pub static BasePrice: u64 = 100;
}

/// What is held for so much.
pub fn price(footprint: Footprint) -> u64 {
	Price::convert(footprint)
}

/// Accounts that may send transactions without tokens.
pub struct Welcomed;
impl TokenlessAccounts<AccountId> for Welcomed {
	fn welcome(who: &AccountId) -> DispatchResult {
		if CLOSED.with_borrow(|closed| *closed) {
			return Err(DispatchError::Other("closed"));
		}
		WELCOMED.with_borrow_mut(|welcomed| welcomed.insert(who.clone()));
		Ok(())
	}

	/// As if nobody who is invited had sent anything.
	fn dismiss(who: &AccountId) -> Dismissed {
		WELCOMED.with_borrow_mut(|welcomed| welcomed.remove(who));
		Dismissed::Settled
	}
}

pub fn is_welcomed(who: &AccountId) -> bool {
	WELCOMED.with_borrow(|welcomed| welcomed.contains(who))
}

/// Makes every welcome fail.
pub fn close_doors() {
	CLOSED.set(true);
}

/// Somebody who works in `role`, wherever.
pub fn employed(role: Role) -> AccountId {
	employed_as([0xb0 + role.index(); 32].into(), role)
}

/// The account `who`, which works in `role`, wherever.
pub fn employed_as(who: AccountId, role: Role) -> AccountId {
	ROLES.with_borrow_mut(|roles| roles.insert(who.clone(), role));
	who
}

/// Takes the licences of `org`.
pub fn suspend(org: OrgId) {
	SUSPENDED.with_borrow_mut(|suspended| suspended.insert(org));
}

/// Lets `who` work at a flagged organisation besides.
pub fn works_at_flagged(who: AccountId) {
	WORKS_AT_FLAGGED.with_borrow_mut(|named| named.insert(who));
}

/// Lets `who` have, or have had, so many employers.
pub fn has_employers(who: &AccountId, count: u32) {
	EMPLOYERS.with_borrow_mut(|employers| employers.insert(who.clone(), count));
}

/// Flags `org`: its very name says something about its patients.
pub fn flag(org: OrgId) {
	FLAGGED.with_borrow_mut(|flagged| flagged.insert(org));
}

pub fn admin(org: OrgId) -> AccountId {
	[0x70 + org as u8; 32].into()
}

pub fn member(org: OrgId) -> AccountId {
	[0x90 + org as u8; 32].into()
}

/// The organisations above.
pub struct Registry;
impl Credentials<AccountId> for Registry {
	fn was_licensed(org: OrgId, kind: OrgKind, at: Moment) -> bool {
		Self::licensed_kinds(org, at).contains(kind)
	}

	fn licensed_kinds(org: OrgId, _: Moment) -> OrgKindSet {
		match org {
			_ if SUSPENDED.with_borrow(|suspended| suspended.contains(&org)) => OrgKindSet::EMPTY,
			HOSPITAL | CLINIC | ORPHAN => OrgKindSet::of(&[OrgKind::Provider]),
			INSURER => OrgKindSet::of(&[OrgKind::Payer]),
			_ => OrgKindSet::EMPTY,
		}
	}

	fn licence_interval(org: OrgId, kind: OrgKind, at: Moment) -> Option<u32> {
		Self::was_licensed(org, kind, at).then_some(0)
	}

	fn roles(org: OrgId, who: &AccountId, _: Moment) -> RoleSet {
		#[cfg(feature = "runtime-benchmarks")]
		if BENCHMARK_MEMBER.with_borrow(|member| member.as_ref() == Some(who)) {
			return RoleSet::of(&[Role::Clinician]);
		}
		if *who == member(org) {
			RoleSet::of(&[Role::Clinician])
		} else if let Some(role) = ROLES.with_borrow(|roles| roles.get(who).copied()) {
			RoleSet::of(&[role])
		} else {
			RoleSet::EMPTY
		}
	}

	fn admin(org: OrgId) -> Option<AccountId> {
		matches!(org, HOSPITAL | CLINIC | INSURER).then(|| admin(org))
	}

	fn is_flagged(org: OrgId) -> bool {
		FLAGGED.with_borrow(|flagged| flagged.contains(&org))
	}

	fn employers(who: &AccountId) -> Vec<OrgId> {
		(0..EMPLOYERS.with_borrow(|count| count.get(who).copied().unwrap_or_default())).collect()
	}

	fn max_employers() -> u32 {
		16
	}

	fn works_at_flagged(who: &AccountId, _: Moment) -> bool {
		WORKS_AT_FLAGGED.with_borrow(|named| named.contains(who))
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_some_employers(who: &AccountId, count: u32) {
		has_employers(who, count);
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_organisation(_: OrgKind, _: &AccountId, who: &AccountId, _: Role) -> OrgId {
		BENCHMARK_MEMBER.with_borrow_mut(|member| *member = Some(who.clone()));
		HOSPITAL
	}
}

#[cfg(feature = "runtime-benchmarks")]
thread_local! {
	static BENCHMARK_MEMBER: RefCell<Option<AccountId>> = const { RefCell::new(None) };
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;
#[cfg(feature = "runtime-benchmarks")]
impl salus_primitives::benchmarking::BenchmarkHelper<AccountId, MultiSignature> for Helper {
	fn sign(message: &dyn Fn(&AccountId) -> Vec<u8>) -> (AccountId, MultiSignature) {
		let wallet = Wallet::new(200);
		(wallet.account(), wallet.sign(&message(&wallet.account())))
	}

	fn set_time(now: Moment) {
		set_now(now);
	}
}

/// A wallet that signs off chain.
#[derive(Clone)]
pub struct Wallet(ed25519::Pair);

impl Wallet {
	pub fn new(seed: u8) -> Self {
		Self(ed25519::Pair::from_seed(&[seed; 32]))
	}

	pub fn account(&self) -> AccountId {
		AccountId::new(self.0.public().0)
	}

	pub fn sign(&self, message: &[u8]) -> MultiSignature {
		self.0.sign(message).into()
	}
}

/// The genesis hash of the test network, as in `docs/vectors/signing.json`.
pub const GENESIS: H256 = H256::repeat_byte(0x47);
/// When tests begin.
pub const START: Moment = 1_800_000_000;
/// What those who pay deposits have to begin with.
pub const FUNDS: u64 = 1_000_000;

/// Seeds of wallets with tokens.
pub const RICH: core::ops::Range<u8> = 1..6;

pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	let organisations = [HOSPITAL, CLINIC, INSURER].map(admin);
	let wallets = RICH.map(|seed| Wallet::new(seed).account());
	pallet_balances::GenesisConfig::<Test> {
		balances: organisations.into_iter().chain(wallets).map(|who| (who, FUNDS)).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| {
		NOW.set(START);
		WELCOMED.take();
		CLOSED.set(false);
		SUSPENDED.take();
		ROLES.take();
		EMPLOYERS.take();
		MaxRegistrations::set(1_000);
		MaxRegistrationsByMember::set(500);
		FLAGGED.take();
		frame_system::BlockHash::<Test>::insert(0, GENESIS);
		System::set_block_number(1);
	});
	ext
}

/// Runs a test, and then checks the invariants.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		PatientIdentity::do_try_state().unwrap();
	});
}

/// Signed by `who`.
pub fn signed(who: &AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who.clone())
}

/// The events of this pallet since the last look.
pub fn events() -> Vec<crate::Event<Test>> {
	let found = System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::PatientIdentity(event) => Some(event),
			_ => None,
		})
		.collect();
	System::reset_events();
	found
}

/// Registers the handle of the wallet made of `seed`, which has tokens.
pub fn registered(seed: u8) -> (Wallet, PatientId) {
	let wallet = Wallet::new(seed);
	PatientIdentity::register(signed(&wallet.account()), [seed; 32]).unwrap();
	let id = PatientIdentity::handle_of(&wallet.account());
	System::reset_events();
	(wallet, id)
}

/// A key that stands for something else.
pub fn reserved() -> AccountId {
	AccountId::new([0xee; 32])
}

/// That key, and no other.
pub struct Reserved;
impl Contains<AccountId> for Reserved {
	fn contains(key: &AccountId) -> bool {
		*key == reserved()
	}
}
