//! A runtime for tests: organisations, revocations and the clock are what a test says they are.

use crate as pallet_acknowledgement;
use crate::*;
use frame_support::{
	derive_impl, parameter_types,
	traits::{fungible::HoldConsideration, ConstU64, LinearStoragePrice, UnixTime},
};
use salus_primitives::{
	time::HOUR,
	traits::{Credentials, Revocation, RevokedDirectives},
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
	pub type Acknowledgement = pallet_acknowledgement;
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
	pub const Hold: RuntimeHoldReason =
		RuntimeHoldReason::Acknowledgement(HoldReason::Acknowledgement);
	pub const Base: u64 = 100;
	pub const Slope: u64 = 1;
}

salus_primitives::deposits_are_on_hold!(Test);

impl Config for Test {
	type Time = Clock;
	type Credentials = Register;
	type Revocations = Revoked;
	type Consideration =
		HoldConsideration<AccountId, Balances, Hold, LinearStoragePrice<Base, Slope, u64>>;
	type Deadline = ConstU64<{ 72 * HOUR }>;
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

/// The deposit of one acknowledgement.
pub fn deposit() -> u64 {
	let footprint = Acknowledgement::footprint();
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
	/// When it was flagged, the oldest time first.
	flags: Vec<Interval>,
	licences: Vec<(OrgKind, Open)>,
	staff: Vec<(AccountId, Role, Open)>,
}

#[derive(Clone, Default)]
struct World {
	organisations: BTreeMap<OrgId, Organisation>,
	/// What patients have revoked, and whether consent still tells calls of it.
	revocations: BTreeMap<(PatientId, DirectiveId), (Revocation, bool)>,
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
		Self::flags(org).iter().any(|flag| flag.contains(now()))
	}

	fn flags(org: OrgId) -> Vec<Interval> {
		world(|w| w.organisations.get(&org).map(|o| o.flags.clone()).unwrap_or_default())
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
			let flagged = |o: &&Organisation| o.flags.iter().any(|flag| flag.contains(now()));
			w.organisations.values().filter(flagged).any(|o| {
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
			flag(org, true);
		}
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

/// What patients have revoked, as far as it is still told.
pub struct Revoked;
impl RevokedDirectives for Revoked {
	fn revoked(patient: &PatientId, directive: DirectiveId) -> Option<Revocation> {
		let found = world(|w| w.revocations.get(&(*patient, directive)).copied());
		found.filter(|(_, told)| *told).map(|(revocation, _)| revocation)
	}

	fn ever_revoked(patient: &PatientId, directive: DirectiveId) -> Option<Revocation> {
		world(|w| w.revocations.get(&(*patient, directive)).map(|(revocation, _)| *revocation))
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_revoked(patient: &PatientId, organisation: OrgId, at: Moment) -> DirectiveId {
		world(|w| w.revocations.insert((*patient, 7), (Revocation { organisation, at }, true)));
		7
	}
}

/// The patient revokes its directive `directive`, which named `organisation`, now.
pub fn revoke(directive: DirectiveId, organisation: OrgId) {
	let revocation = Revocation { organisation, at: now() };
	world(|w| w.revocations.insert((PATIENT, directive), (revocation, true)));
}

/// Consent does not tell calls of the directive any more.
pub fn forget(directive: DirectiveId) {
	world(|w| {
		if let Some((_, told)) = w.revocations.get_mut(&(PATIENT, directive)) {
			*told = false;
		}
	});
}

/// The organisation is flagged from now on, or not.
pub fn flag(org: OrgId, flagged: bool) {
	let is_flagged = Register::is_flagged(org);
	world(|w| {
		let flags = &mut w.organisations.get_mut(&org).unwrap().flags;
		match (is_flagged, flagged) {
			(false, true) => flags.push(Interval::new(now(), Moment::MAX)),
			(true, false) => flags.last_mut().unwrap().until = now(),
			_ => (),
		}
	});
}

/// The organisation is withdrawn.
pub fn withdraw(org: OrgId) {
	world(|w| w.organisations.remove(&org));
}

pub fn add_organisation(org: OrgId, admin: AccountId) {
	world(|w| w.organisations.insert(org, Organisation { admin, ..Default::default() }));
	license(org, OrgKind::Provider);
}

pub fn license(org: OrgId, kind: OrgKind) {
	world(|w| w.organisations.get_mut(&org).unwrap().licences.push((kind, (now(), None))));
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
/// A hospital, who administers it, and its staff.
pub const HOSPITAL: OrgId = 10;
pub const HOSPITAL_ADMIN: AccountId = 100;
pub const CLINICIAN: AccountId = 101;
pub const STEWARD: AccountId = 102;
/// A specialist clinic, who administers it, and its privacy officer.
pub const CLINIC: OrgId = 20;
pub const CLINIC_ADMIN: AccountId = 200;
pub const OFFICER: AccountId = 201;
/// A clinic whose very name discloses, and who administers it.
pub const HIV_CLINIC: OrgId = 30;
pub const HIV_CLINIC_ADMIN: AccountId = 300;
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
	add_organisation(HIV_CLINIC, HIV_CLINIC_ADMIN);
	flag(HIV_CLINIC, true);

	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: [HOSPITAL_ADMIN, CLINIC_ADMIN].map(|who| (who, 1_000_000)).to_vec(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	crate::GenesisConfig::<Test>::default().assimilate_storage(&mut storage).unwrap();
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

/// Every invariant, and that exactly the deposits of acknowledgements are held.
pub fn check_everything() {
	Acknowledgement::do_try_state().unwrap();
	let mut owed = BTreeMap::<AccountId, u64>::new();
	for notice in Notices::<Test>::iter_values() {
		if let NoticeState::Acknowledged { deposit: Some((payer, _)), .. } = notice.state {
			*owed.entry(payer).or_default() += deposit();
		}
	}
	for admin in [HOSPITAL_ADMIN, CLINIC_ADMIN] {
		assert_eq!(held(admin), owed.remove(&admin).unwrap_or_default(), "deposits of {admin}");
	}
	assert!(owed.is_empty(), "somebody else paid: {owed:?}");
}

/// What the pallet holds of `who`.
pub fn held(who: AccountId) -> u64 {
	use frame_support::traits::fungible::InspectHold;
	Balances::balance_on_hold(&Hold::get(), &who)
}
