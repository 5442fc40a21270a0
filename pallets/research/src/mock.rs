//! A runtime for tests: organisations and the clock are what a test says they are.

use crate as pallet_research;
use crate::*;
use frame_support::{
	derive_impl, parameter_types,
	traits::{fungible::HoldConsideration, ConstU32, ConstU64, LinearStoragePrice, UnixTime},
};
use salus_primitives::{
	time::{DAY, YEAR},
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
	pub type Research = pallet_research;
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
	pub const Hold: RuntimeHoldReason = RuntimeHoldReason::Research(HoldReason::Research);
	pub const Base: u64 = 100;
	pub const Slope: u64 = 1;
}

salus_primitives::deposits_are_on_hold!(Test);

impl Config for Test {
	type Time = Clock;
	type Credentials = Register;
	type Consideration =
		HoldConsideration<AccountId, Balances, Hold, LinearStoragePrice<Base, Slope, u64>>;
	type EpochTime = ConstU64<{ 30 * DAY }>;
	type SignatureTime = ConstU64<{ 30 * DAY }>;
	type VoteTime = ConstU64<{ 21 * DAY }>;
	type MinDeliberation = ConstU64<DAY>;
	type BudgetDeliberation = ConstU64<{ 7 * DAY }>;
	type CountTime = ConstU64<{ 7 * DAY }>;
	type BudgetPause = ConstU64<{ 30 * DAY }>;
	type AcceptanceTime = ConstU64<{ 30 * DAY }>;
	type RecusalTime = ConstU64<YEAR>;
	type ReportGrace = ConstU64<{ 30 * DAY }>;
	type RenewalWindow = ConstU64<{ 60 * DAY }>;
	type CloseOutTime = ConstU64<{ 180 * DAY }>;
	type MaxEthicsTerm = ConstU64<{ 5 * YEAR }>;
	type MaxUnsignedStudies = ConstU32<3>;
	type MaxRequests = ConstU32<8>;
	type MaxBudget = ConstU64<10_000_000>;
	type MinEpsilon = ConstU64<10_000>;
	type MaxEpsilon = ConstU64<1_000_000>;
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

// --- organisations -------------------------------------------------------------------------------

/// An interval that may be open.
type Open = (Moment, Option<Moment>);

fn holds((from, until): &Open, at: Moment) -> bool {
	*from <= at && until.is_none_or(|until| at < until)
}

#[derive(Clone, Default)]
struct Organisation {
	admin: AccountId,
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

	fn employers(who: &AccountId) -> Vec<OrgId> {
		world(|w| {
			let at = |found: &Organisation| found.staff.iter().any(|(member, ..)| member == who);
			w.organisations.iter().filter(|(_, found)| at(found)).map(|(org, _)| *org).collect()
		})
	}

	fn was_employed_within(org: OrgId, who: &AccountId, within: Interval) -> bool {
		world(|w| {
			w.organisations.get(&org).is_some_and(|organisation| {
				organisation.staff.iter().any(|(member, _, (from, until))| {
					let until = until.unwrap_or(Moment::MAX);
					let both = Interval::new(within.from.max(*from), within.until.min(until));
					member == who && !both.is_empty()
				})
			})
		})
	}

	fn admin(org: OrgId) -> Option<AccountId> {
		world(|w| w.organisations.get(&org).map(|o| o.admin))
	}

	fn is_flagged(_: OrgId) -> bool {
		false
	}

	fn works_at_flagged(_: &AccountId, _: Moment) -> bool {
		false
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_employers(who: &AccountId) {
		for org in 5_000..5_015 {
			add_organisation(org, STRANGER, OrgKind::Provider);
			Self::benchmark_former(org, who, START - 2 * YEAR);
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_former(org: OrgId, who: &AccountId, until: Moment) {
		world(|w| {
			let found = w.organisations.get_mut(&org).unwrap();
			for (member, _, open) in &mut found.staff {
				if *member == *who {
					open.1.get_or_insert(until);
				}
			}
			found.staff.push((*who, Role::Nurse, (until - 1, Some(until))));
		});
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_organisation(
		kind: OrgKind,
		admin: &AccountId,
		member: &AccountId,
		role: Role,
	) -> OrgId {
		let there = world(|w| {
			w.organisations.iter().find(|(_, found)| found.admin == *admin).map(|(org, _)| *org)
		});
		let org = there.unwrap_or_else(|| {
			let org = world(|w| w.organisations.len()) as OrgId + 1_000;
			add_organisation(org, *admin, kind);
			org
		});
		license(org, kind);
		hire(org, *member, role);
		org
	}
}

pub fn add_organisation(org: OrgId, admin: AccountId, kind: OrgKind) {
	world(|w| w.organisations.insert(org, Organisation { admin, ..Default::default() }));
	license(org, kind);
}

pub fn license(org: OrgId, kind: OrgKind) {
	world(|w| w.organisations.get_mut(&org).unwrap().licences.push((kind, (now(), None))));
}

/// Ends every licence of the organisation.
pub fn suspend(org: OrgId) {
	license_until(org, now());
}

/// Lets every licence of the organisation end by its term at `until`, without anybody saying so then.
pub fn license_until(org: OrgId, until: Moment) {
	world(|w| {
		for (_, open) in &mut w.organisations.get_mut(&org).unwrap().licences {
			open.1.get_or_insert(until);
		}
	});
}

/// Lets all that `who` is at the organisation end by its term at `until`, without anybody saying so then.
pub fn employ_until(org: OrgId, who: AccountId, until: Moment) {
	world(|w| {
		for (member, _, open) in &mut w.organisations.get_mut(&org).unwrap().staff {
			if *member == who {
				open.1.get_or_insert(until);
			}
		}
	});
}

/// Lets somebody else administer the organisation from now on. Nothing tells who did.
pub fn hand_over(org: OrgId, admin: AccountId) {
	world(|w| w.organisations.get_mut(&org).unwrap().admin = admin);
}

pub fn dismiss(org: OrgId, who: AccountId) {
	employ_until(org, who, now());
}

/// Whether something that `who` is at the organisation began in this very second. In that the registry does not end it.
pub fn was_just_hired(org: OrgId, who: AccountId) -> bool {
	let since = now();
	world(|w| {
		w.organisations.get(&org).is_some_and(|organisation| {
			let mut staff = organisation.staff.iter();
			staff.any(|(member, _, (from, until))| {
				*member == who && *from == since && until.is_none()
			})
		})
	})
}

pub fn hire(org: OrgId, who: AccountId, role: Role) {
	hire_since(org, who, role, now());
}

/// As if the register had known of it since that moment.
pub fn hire_since(org: OrgId, who: AccountId, role: Role, since: Moment) {
	world(|w| {
		w.organisations.get_mut(&org).unwrap().staff.push((who, role, (since, None)));
	});
}

// --- the scene that most tests play in -----------------------------------------------------------

/// A hospital that keeps data, who administers it, and its data steward.
pub const HOSPITAL: OrgId = 10;
pub const HOSPITAL_ADMIN: AccountId = 100;
pub const STEWARD: AccountId = 101;
/// An institute, who administers it, and who leads its studies.
pub const INSTITUTE: OrgId = 20;
pub const INSTITUTE_ADMIN: AccountId = 200;
pub const INVESTIGATOR: AccountId = 201;
/// An ethics body, who administers it, and a member.
pub const ETHICS: OrgId = 30;
pub const ETHICS_ADMIN: AccountId = 300;
pub const ETHICIST: AccountId = 301;
/// A data access committee, who administers it, and its members.
pub const COMMITTEE: OrgId = 40;
pub const COMMITTEE_ADMIN: AccountId = 400;
pub const MEMBERS: [AccountId; 5] = [401, 402, 403, 404, 405];
/// Another custodian.
pub const CLINIC: OrgId = 50;
pub const CLINIC_ADMIN: AccountId = 500;
pub const CLINIC_STEWARD: AccountId = 501;
/// Organisations that have no part in research, administered by nobody in particular. One more than an investigator may work at.
pub const ELSEWHERE: [OrgId; MAX_OTHER_EMPLOYERS + 1] = [61, 62, 63, 64];
/// Nobody in particular.
pub const STRANGER: AccountId = 999;

/// Who administers an organisation.
pub const ADMINS: [AccountId; 5] =
	[HOSPITAL_ADMIN, INSTITUTE_ADMIN, ETHICS_ADMIN, COMMITTEE_ADMIN, CLINIC_ADMIN];

pub fn new_test_ext() -> sp_io::TestExternalities {
	set_now(START);
	WORLD.set(World::default());
	add_organisation(HOSPITAL, HOSPITAL_ADMIN, OrgKind::Provider);
	hire(HOSPITAL, STEWARD, Role::DataSteward);
	add_organisation(INSTITUTE, INSTITUTE_ADMIN, OrgKind::Research);
	hire(INSTITUTE, INVESTIGATOR, Role::Researcher);
	add_organisation(ETHICS, ETHICS_ADMIN, OrgKind::Ethics);
	hire(ETHICS, ETHICIST, Role::EthicsMember);
	add_organisation(COMMITTEE, COMMITTEE_ADMIN, OrgKind::Ethics);
	for member in MEMBERS {
		hire(COMMITTEE, member, Role::DacMember);
	}
	add_organisation(CLINIC, CLINIC_ADMIN, OrgKind::Provider);
	hire(CLINIC, CLINIC_STEWARD, Role::DataSteward);
	for place in ELSEWHERE {
		add_organisation(place, STRANGER, OrgKind::Provider);
	}

	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: ADMINS.map(|who| (who, 1_000_000_000)).to_vec(),
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
		Research::do_try_state().unwrap();
	});
}

/// What the pallet holds of `who`.
pub fn held(who: AccountId) -> u64 {
	use frame_support::traits::fungible::InspectHold;
	Balances::balance_on_hold(&Hold::get(), &who)
}
