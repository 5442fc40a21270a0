//! A runtime for tests: organisations and the clock are what a test says they are.

use crate as pallet_access_log;
use crate::*;
use frame_support::{
	derive_impl, parameter_types,
	traits::{fungible::HoldConsideration, ConstU64, LinearStoragePrice, UnixTime},
};
use salus_primitives::{
	time::{DAY, MINUTE},
	traits::Credentials,
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
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Log = pallet_access_log;
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
	pub const Hold: RuntimeHoldReason = RuntimeHoldReason::Log(HoldReason::Log);
	pub const Base: u64 = 100;
	pub const Slope: u64 = 1;
}

salus_primitives::deposits_are_on_hold!(Test);

impl Config for Test {
	type Time = Clock;
	type Credentials = Register;
	type Consideration =
		HoldConsideration<AccountId, Balances, Hold, LinearStoragePrice<Base, Slope, u64>>;
	type Heartbeat = ConstU64<{ 2 * DAY }>;
	type CommitInterval = ConstU64<{ 10 * MINUTE }>;
	type ReconciliationTime = ConstU64<{ 90 * DAY }>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkClock = Clock;
}

#[cfg(feature = "runtime-benchmarks")]
impl salus_primitives::benchmarking::BenchmarkClock for Clock {
	fn set_time(now: Moment) {
		set_now(now);
	}
}

/// What a deposit for this is.
pub fn deposit(footprint: frame_support::traits::Footprint) -> u64 {
	Base::get() + Slope::get() * footprint.count * footprint.size
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

pub fn now() -> Moment {
	NOW.with_borrow(|now| *now)
}

pub fn set_now(moment: Moment) {
	NOW.set(moment);
}

pub fn pass(seconds: Moment) {
	set_now(now() + seconds);
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
	organisations: BTreeMap<OrgId, Organisation>,
}

fn world<R>(with: impl FnOnce(&mut World) -> R) -> R {
	WORLD.with_borrow_mut(with)
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

	fn works_at_flagged(who: &AccountId, at: Moment) -> bool {
		world(|w| {
			w.organisations.values().filter(|o| o.flagged).any(|o| {
				o.admin == *who || o.staff.iter().any(|(m, _, open)| m == who && holds(open, at))
			})
		})
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_organisation(
		kind: OrgKind,
		admin: &AccountId,
		member: &AccountId,
		role: Role,
	) -> OrgId {
		let org = world(|w| w.organisations.len()) as OrgId + 1_000;
		add_organisation(org, *admin);
		license(org, kind);
		hire(org, *member, role);
		org
	}
}

pub fn add_organisation(org: OrgId, admin: AccountId) {
	world(|w| w.organisations.insert(org, Organisation { admin, ..Default::default() }));
	license(org, OrgKind::Provider);
}

pub fn license(org: OrgId, kind: OrgKind) {
	world(|w| w.organisations.get_mut(&org).unwrap().licences.push((kind, (now(), None))));
}

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

/// A hospital, who administers it, and its staff.
pub const HOSPITAL: OrgId = 10;
pub const HOSPITAL_ADMIN: AccountId = 100;
pub const CLINICIAN: AccountId = 101;
pub const STEWARD: AccountId = 102;
/// A specialist clinic, who administers it, and its privacy officer.
pub const CLINIC: OrgId = 20;
pub const CLINIC_ADMIN: AccountId = 200;
pub const OFFICER: AccountId = 201;
/// Nobody in particular.
pub const STRANGER: AccountId = 999;

pub fn new_test_ext() -> sp_io::TestExternalities {
	set_now(START);
	WORLD.set(World::default());
	add_organisation(HOSPITAL, HOSPITAL_ADMIN);
	hire(HOSPITAL, CLINICIAN, Role::Clinician);
	hire(HOSPITAL, STEWARD, Role::DataSteward);
	add_organisation(CLINIC, CLINIC_ADMIN);
	hire(CLINIC, OFFICER, Role::PrivacyOfficer);

	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: [HOSPITAL_ADMIN, CLINIC_ADMIN].map(|who| (who, 1_000_000)).to_vec(),
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

/// Every invariant, and that exactly the deposits of commits and attestations are held.
pub fn check_everything() {
	Log::do_try_state().unwrap();
	let mut owed = BTreeMap::<AccountId, u64>::new();
	for (payer, _) in Commits::<Test>::iter_values().filter_map(|found| found.deposit) {
		*owed.entry(payer).or_default() += deposit(Log::commit_footprint());
	}
	for (payer, _) in Attestations::<Test>::iter_values().filter_map(|found| found.deposit) {
		*owed.entry(payer).or_default() += deposit(Log::attestation_footprint());
	}
	for admin in [HOSPITAL_ADMIN, CLINIC_ADMIN] {
		assert_eq!(held(admin), owed.remove(&admin).unwrap_or_default(), "deposits of {admin}");
	}
	assert!(owed.is_empty(), "somebody else paid: {owed:?}");
}

/// Moves all that `who` has to somebody else.
pub fn impoverish(who: AccountId) {
	use frame_support::traits::{
		fungible::{Inspect, Mutate},
		tokens::{Fortitude, Preservation},
	};
	let rest = Balances::reducible_balance(&who, Preservation::Expendable, Fortitude::Polite);
	Balances::transfer(&who, &STRANGER, rest, Preservation::Expendable).unwrap();
}

/// What the pallet holds of `who`.
pub fn held(who: AccountId) -> u64 {
	use frame_support::traits::fungible::InspectHold;
	Balances::balance_on_hold(&Hold::get(), &who)
}
