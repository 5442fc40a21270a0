//! A runtime for tests: patients, organisations and the clock are what a test says they are.

use crate as pallet_consent;
use crate::*;
use frame_support::{
	derive_impl, parameter_types,
	traits::{fungible::HoldConsideration, ConstU64, LinearStoragePrice, UnixTime},
};
use salus_primitives::{
	time::{DAY, YEAR},
	traits::{
		CareRelations, Credentials, Emergencies, PatientKey, Patients, PlainDenials,
		SealedDirectives,
	},
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
	pub type Consent = pallet_consent;
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
	pub const RequestHold: RuntimeHoldReason = RuntimeHoldReason::Consent(HoldReason::Request);
	pub const Base: u64 = 100;
	pub const Slope: u64 = 1;
}

salus_primitives::deposits_are_on_hold!(Test);

impl Config for Test {
	type Time = Clock;
	type Patients = People;
	type Credentials = Register;
	type Care = Relations;
	type Emergencies = Glass;
	type Sealed = Vault;
	type Consideration =
		HoldConsideration<AccountId, Balances, RequestHold, LinearStoragePrice<Base, Slope, u64>>;
	type LiftDelay = ConstU64<DAY>;
	type RequestLife = ConstU64<{ 7 * DAY }>;
	type MaxCareTerm = ConstU64<{ 2 * YEAR }>;
	type MaxPaymentTerm = ConstU64<{ 3 * YEAR }>;
	type MaxResearchTerm = ConstU64<{ 10 * YEAR }>;
	type WeightInfo = ();
}

/// The deposit of one request.
pub fn deposit() -> u64 {
	let footprint = Consent::footprint();
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

fn time_of((from, until): &Open) -> Interval {
	Interval::new(*from, until.unwrap_or(Moment::MAX))
}

#[derive(Clone, Default)]
struct Organisation {
	admin: AccountId,
	flagged: Vec<Open>,
	licences: Vec<(OrgKind, Open)>,
	staff: Vec<(AccountId, Role, Open)>,
}

#[derive(Clone, Default)]
struct World {
	keys: BTreeMap<AccountId, PatientKey>,
	/// From when in which state.
	states: BTreeMap<PatientId, Vec<(Moment, PatientState)>>,
	organisations: BTreeMap<OrgId, Organisation>,
	/// From when which care policy.
	policies: Vec<(Moment, CarePolicy)>,
	relationships: Vec<(PatientId, Treatment)>,
	opt_outs: Vec<(PatientId, OptOut)>,
	accesses: Vec<(PatientId, EmergencyAccess<AccountId>)>,
	/// From when the patient has said what about emergencies.
	advance: Vec<(Moment, AdvanceDirective)>,
	sealed: Vec<(PatientId, SealedDirective)>,
	/// How often somebody asked for them.
	asked_for_sealed: u32,
	asked_for_flags: u32,
	/// Whether their history is gone.
	sealed_lost: bool,
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
		Self::was_flagged(org, now())
	}

	fn was_flagged(org: OrgId, at: Moment) -> bool {
		let flagged = |o: &Organisation| o.flagged.iter().any(|open| holds(open, at));
		world(|w| w.organisations.get(&org).is_some_and(flagged))
	}

	fn employers(who: &AccountId) -> Vec<OrgId> {
		let works = |o: &Organisation| o.staff.iter().any(|(member, _, _)| member == who);
		world(|w| w.organisations.iter().filter(|(_, o)| works(o)).map(|(id, _)| *id).collect())
	}

	fn max_employers() -> u32 {
		16
	}

	fn works_at_flagged(who: &AccountId, at: Moment) -> bool {
		let flagged = |o: &&Organisation| o.flagged.iter().any(|open| holds(open, now()));
		world(|w| {
			w.organisations.values().filter(flagged).any(|o| {
				o.admin == *who || o.staff.iter().any(|(m, _, open)| m == who && holds(open, at))
			})
		})
	}

	fn flags(org: OrgId) -> Vec<Interval> {
		let times = |o: &Organisation| o.flagged.iter().map(time_of).collect();
		world(|w| w.organisations.get(&org).map(times).unwrap_or_default())
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

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_some_employers(who: &AccountId, count: u32) {
		for org in (2_000..).take(count as usize) {
			add_organisation(org, 0);
			hire(org, *who, Role::Nurse);
			dismiss(org, *who);
			flag(org);
		}
	}
}

/// As the registry does it, over everybody.
impl PlainDenials<AccountId> for Register {
	fn refused_times(org: OrgId, who: Option<&AccountId>, at: Moment) -> Vec<Interval> {
		let mut times = Self::flags(org);
		world(|w| {
			w.asked_for_flags += 1;
			for employer in w.organisations.values() {
				let worked = employer.staff.iter().filter(|(member, _, _)| Some(member) == who);
				for (_, _, worked) in worked {
					times.extend(employer.flagged.iter().map(|flag| {
						let (flag, worked) = (time_of(flag), time_of(worked));
						Interval::new(flag.from.max(worked.from), flag.until.min(worked.until))
					}));
				}
			}
		});
		times.retain(|time| time.from <= at && time.from <= time.until);
		times
	}
}

/// How often somebody asked when somebody could not be denied in plain.
pub fn asked_for_flags() -> u32 {
	world(|w| w.asked_for_flags)
}

/// Relationships, opt-outs and policies, numbered in the order in which tests make them.
pub struct Relations;
impl CareRelations for Relations {
	fn policy(at: Moment) -> CarePolicy {
		world(|w| {
			let found = w.policies.iter().rev().find(|(from, _)| *from <= at);
			found.map(|(_, policy)| *policy).unwrap_or_default()
		})
	}

	fn relationship(
		patient: &PatientId,
		org: OrgId,
		at: Moment,
	) -> Option<(RelationshipId, Treatment)> {
		world(|w| {
			(0..).zip(&w.relationships).find_map(|(id, (whose, treatment))| {
				let found = whose == patient && treatment.organisation == org;
				(found && treatment.in_force(at)).then_some((id, *treatment))
			})
		})
	}

	fn opt_outs(patient: &PatientId) -> Vec<OptOut> {
		world(|w| {
			let of = w.opt_outs.iter().filter(|(whose, _)| whose == patient);
			of.map(|(_, out)| *out).collect()
		})
	}
}

/// Emergencies, numbered in the order in which tests make them.
pub struct Glass;
impl Emergencies<AccountId> for Glass {
	fn emergencies(
		patient: &PatientId,
		org: OrgId,
		who: &AccountId,
		at: Moment,
	) -> Vec<(EmergencyId, EmergencyAccess<AccountId>)> {
		world(|w| {
			let all = (0..).zip(&w.accesses).filter(|(_, (whose, access))| {
				let found = whose == patient && access.organisation == org && access.who == *who;
				found && access.period.contains(at)
			});
			all.map(|(id, (_, access))| (id, *access)).collect()
		})
	}

	fn advance_directive(_: &PatientId, at: Moment) -> AdvanceDirective {
		world(|w| {
			let found = w.advance.iter().rev().find(|(from, _)| *from <= at);
			found.map(|(_, value)| *value).unwrap_or_default()
		})
	}
}

/// Sealed directives, numbered in the order in which tests make them.
pub struct Vault;
impl SealedDirectives<SealedDirective> for Vault {
	fn sealed_at(patient: &PatientId, at: Moment) -> Option<Vec<(SealedId, SealedDirective)>> {
		world(|w| {
			w.asked_for_sealed += 1;
			let found = (0..).zip(&w.sealed).filter_map(|(id, (whose, directive))| {
				(whose == patient && directive.in_force(at)).then_some((id, *directive))
			});
			(!w.sealed_lost).then(|| found.collect())
		})
	}
}

/// From now on the patient has this sealed directive, until it ends by itself.
pub fn seal(effect: Effect, commitment: Commitment, until: Moment) {
	let period = Interval::new(now(), until);
	let version = salus_consent_decision::sealed::VERSION;
	let directive = SealedDirective { effect, commitment, period, ended: None, version };
	world(|w| w.sealed.push((PATIENT, directive)));
}

/// How often somebody asked for what is sealed.
pub fn asked_for_sealed() -> u32 {
	world(|w| w.asked_for_sealed)
}

/// The history of what is sealed is gone.
pub fn lose_sealed() {
	world(|w| w.sealed_lost = true);
}

/// From now on the network has the care policy `policy`.
pub fn set_policy(policy: CarePolicy) {
	world(|w| w.policies.push((now(), policy)));
}

/// From now on `org` treats the patient, for 30 days.
pub fn relate(org: OrgId) {
	let period = Interval::new(now(), now() + 30 * DAY);
	let treatment = Treatment { organisation: org, period, ended: None };
	world(|w| w.relationships.push((PATIENT, treatment)));
}

/// The patient's last relationship ends.
pub fn part() {
	world(|w| w.relationships.last_mut().unwrap().1.ended = Some(now()));
}

/// The patient opts out.
pub fn opt_out(towards: Towards) {
	world(|w| w.opt_outs.push((PATIENT, OptOut { towards, from: now(), until: None })));
}

/// `who` breaks the glass for the patient's laboratory results, for four hours.
pub fn break_glass(who: AccountId, organisation: OrgId) {
	let classes = DataClassSet::of(&[DataClass::Laboratory]);
	let period = Interval::new(now(), now() + 4 * time::HOUR);
	let access = EmergencyAccess { who, organisation, classes, period };
	world(|w| w.accesses.push((PATIENT, access)));
}

/// The patient says something about emergencies.
pub fn set_advance(value: AdvanceDirective) {
	world(|w| w.advance.push((now(), value)));
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

pub fn add_organisation(org: OrgId, admin: AccountId) {
	world(|w| w.organisations.insert(org, Organisation { admin, ..Default::default() }));
	license(org, OrgKind::Provider);
}

pub fn flag(org: OrgId) {
	world(|w| w.organisations.get_mut(&org).unwrap().flagged.push((now(), None)));
}

pub fn unflag(org: OrgId) {
	world(|w| {
		let flagged = &mut w.organisations.get_mut(&org).unwrap().flagged;
		flagged.last_mut().unwrap().1 = Some(now());
	});
}

pub fn dissolve(org: OrgId) {
	world(|w| w.organisations.remove(&org));
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

pub fn hire(org: OrgId, who: AccountId, role: Role) {
	world(|w| {
		w.organisations.get_mut(&org).unwrap().staff.push((who, role, (now(), None)));
	});
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

/// Every invariant, and that exactly the deposits of kept requests and agreements are held.
pub fn check_everything() {
	Consent::do_try_state().unwrap();
	let mut owed = BTreeMap::<AccountId, u64>::new();
	let payers = Requests::<Test>::iter()
		.map(|(_, _, request)| request.payer)
		.chain(Agreements::<Test>::iter().map(|(_, _, agreement)| agreement.payer));
	for payer in payers {
		*owed.entry(payer).or_default() += deposit();
	}
	for admin in [HOSPITAL_ADMIN, CLINIC_ADMIN, HIV_CLINIC_ADMIN] {
		assert_eq!(held(admin), owed.remove(&admin).unwrap_or_default(), "deposits of {admin}");
	}
	assert!(owed.is_empty(), "somebody else paid: {owed:?}");
}

/// What the pallet holds of `who`.
pub fn held(who: AccountId) -> u64 {
	use frame_support::traits::fungible::InspectHold;
	Balances::balance_on_hold(&RequestHold::get(), &who)
}
