//! A runtime with this pallet and the SDK's assets, and stand-ins for registry and identity.

use crate as pallet_claims;
use crate::{
	messages, Claim, ClaimId, ClaimState, CoverageId, Decision, EncounterId, Event, Line,
	LineDecision, PerLine, PlanId, Terms, BOND_STEP,
};
use core::time::Duration;
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::HoldConsideration, fungibles::Inspect, AsEnsureOriginWithArg, ConstU32, ConstU64,
		LinearStoragePrice, UnixTime,
	},
	PalletId,
};
use frame_system::EnsureSigned;
use salus_claims_adjudication::{
	Accumulators, Adjustment, Adjustments, Benefit, BenefitCategory, Carc, Group, Money,
	Plan as Rules, Totals,
};
use salus_primitives::{
	commitment::merkle_root,
	deposits::Backed,
	time::{DAY, HOUR, YEAR},
	traits::{Credentials, Licensed, PatientKey, Patients, TokenlessAccounts},
	Commitment, Interval, KeyPurposeSet, Moment, OrgId, OrgKind, OrgKindSet, PatientId,
	PatientState, Role, RoleSet,
};
use sp_core::{sr25519, Pair, H256};
use sp_io::hashing::blake2_256;
use sp_runtime::{
	traits::{IdentifyAccount, IdentityLookup, Verify},
	AccountId32, BuildStorage, DispatchResult, MultiSignature,
};
use std::{
	cell::{Cell, RefCell},
	collections::{BTreeMap, BTreeSet},
};

pub type AccountId = AccountId32;
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
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(3)]
	pub type AssetsHolder = pallet_assets_holder;
	#[runtime::pallet_index(4)]
	pub type Claims = pallet_claims;
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

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = u128;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = frame_system::EnsureRoot<AccountId>;
	type Holder = AssetsHolder;
	type Freezer = ();
}

impl pallet_assets_holder::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
}

parameter_types! {
	pub const BondHold: RuntimeHoldReason =
		RuntimeHoldReason::Claims(pallet_claims::HoldReason::Bond);
	pub const PendedHold: RuntimeHoldReason =
		RuntimeHoldReason::Claims(pallet_claims::HoldReason::PendedClaim);
	pub const PotId: PalletId = PalletId(*b"slsclaim");
}

/// One for each byte.
pub type Price = LinearStoragePrice<ConstU64<0>, ConstU64<1>, u64>;

salus_primitives::deposits_are_on_hold!(Test);

impl pallet_claims::Config for Test {
	type WeightInfo = ();
	type Time = Clock;
	type Credentials = Registry;
	type Patients = Identity;
	type Tokenless = Welcomed;
	type Consideration = HoldConsideration<AccountId, Balances, BondHold, Price>;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Assets = Assets;
	type AssetsHold = AssetsHolder;
	type OffchainSignature = MultiSignature;
	type OffchainPublic = <MultiSignature as Verify>::Signer;
	type PotId = PotId;
	type RekeyDelay = ConstU64<DAY>;
	type MaxCoverageTerm = ConstU64<{ YEAR + DAY }>;
	type MaxEncounterTerm = ConstU64<YEAR>;
	type MaxSignatureLife = ConstU64<HOUR>;
	type SettledByFunding = ConstU32<2>;
	type Page = ConstU32<4>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = BenchmarkHelper;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkAsset = ConstU32<USD>;
}

/// What the benchmarks need of this runtime.
#[cfg(feature = "runtime-benchmarks")]
pub struct BenchmarkHelper;

#[cfg(feature = "runtime-benchmarks")]
impl salus_primitives::benchmarking::BenchmarkHelper<AccountId, MultiSignature>
	for BenchmarkHelper
{
	fn sign(message: &dyn Fn(&AccountId) -> Vec<u8>) -> (AccountId, MultiSignature) {
		let pair = pair(200);
		let who = account_of(&pair);
		let signature = pair.sign(&message(&who)).into();
		(who, signature)
	}

	fn set_time(now: Moment) {
		NOW.set(now);
	}
}

/// An insurer, with [`payer_admin`] and [`payer_biller`].
pub const PAYER: OrgId = 1;
/// Another insurer.
pub const OTHER_PAYER: OrgId = 2;
/// A hospital, with [`admin`], [`doctor`] and [`biller`].
pub const HOSPITAL: OrgId = 3;
/// A clinic, with [`clinic_admin`].
pub const CLINIC: OrgId = 4;
/// The settlement asset.
pub const USD: u32 = 1;
/// An asset of which an account must hold ten.
pub const COARSE: u32 = 2;

/// The moment at which every test begins.
pub const START: Moment = 100 * YEAR;
/// The end of all licences and affiliations, unless a test ends them before.
pub const END: Moment = 110 * YEAR;

/// The n-th of many key pairs.
pub fn pair(n: u8) -> sr25519::Pair {
	sr25519::Pair::from_seed(&[n; 32])
}

pub fn account_of(pair: &sr25519::Pair) -> AccountId {
	sp_runtime::MultiSigner::from(pair.public()).into_account()
}

/// The account with the given number, of which nobody holds the key.
pub fn account(n: u8) -> AccountId {
	AccountId::new([n; 32])
}

pub fn payer_admin() -> AccountId {
	account(10)
}
pub fn payer_biller() -> AccountId {
	account(11)
}
pub fn other_payer_admin() -> AccountId {
	account(20)
}
pub fn admin() -> AccountId {
	account(30)
}
pub fn doctor() -> AccountId {
	account(31)
}
pub fn biller() -> AccountId {
	account(32)
}
pub fn clinic_admin() -> AccountId {
	account(40)
}
pub fn stranger() -> AccountId {
	account(99)
}
/// A key of a patient's handle.
pub fn patient_key() -> AccountId {
	account(50)
}
/// The member key of most tests, which can sign.
pub fn member() -> AccountId {
	account_of(&pair(60))
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

#[derive(Clone)]
pub struct Org {
	pub admin: AccountId,
	pub licences: Vec<(OrgKind, Interval)>,
	pub staff: Vec<(AccountId, Role)>,
}

thread_local! {
	static NOW: Cell<Moment> = const { Cell::new(START) };
	static ORGS: RefCell<BTreeMap<OrgId, Org>> = const { RefCell::new(BTreeMap::new()) };
	static FLAGGED: RefCell<BTreeSet<OrgId>> = const { RefCell::new(BTreeSet::new()) };
	static PATIENTS: RefCell<BTreeSet<AccountId>> = const { RefCell::new(BTreeSet::new()) };
	static WELCOMED: RefCell<BTreeSet<AccountId>> = const { RefCell::new(BTreeSet::new()) };
}

/// A clock that stands until a test sets it.
pub struct Clock;
impl UnixTime for Clock {
	fn now() -> Duration {
		Duration::from_secs(NOW.get())
	}
}

pub fn now() -> Moment {
	NOW.get()
}

/// Lets `seconds` pass.
pub fn pass(seconds: Moment) {
	NOW.set(NOW.get() + seconds);
}

/// Who was welcomed without tokens.
pub struct Welcomed;
impl Welcomed {
	pub fn has(who: &AccountId) -> bool {
		WELCOMED.with_borrow(|welcomed| welcomed.contains(who))
	}
}
impl TokenlessAccounts<AccountId> for Welcomed {
	fn welcome(who: &AccountId) -> DispatchResult {
		WELCOMED.with_borrow_mut(|welcomed| welcomed.insert(who.clone()));
		Ok(())
	}
}

pub struct Registry;
impl Credentials<AccountId> for Registry {
	fn was_licensed(org: OrgId, kind: OrgKind, at: Moment) -> bool {
		Self::licence_interval(org, kind, at).is_some()
	}

	/// The last licence of each kind is at hand. What was before it begins is its history.
	fn was_licensed_as_any(org: OrgId, kinds: &[OrgKind], at: Moment) -> Licensed {
		let before_last = |licences: &[(OrgKind, Interval)], kind: &OrgKind| {
			let last = licences.iter().rev().find(|(of, _)| of == kind);
			last.is_some_and(|(_, term)| at < term.from)
		};
		let from_history = ORGS.with_borrow(|orgs| {
			orgs.get(&org)
				.is_some_and(|org| kinds.iter().any(|kind| before_last(&org.licences, kind)))
		});
		let then = kinds.iter().any(|kind| Self::was_licensed(org, *kind, at));
		Licensed { then, from_history }
	}

	fn licensed_kinds(org: OrgId, at: Moment) -> OrgKindSet {
		OrgKind::ALL.iter().filter(|kind| Self::was_licensed(org, **kind, at)).copied().collect()
	}

	fn licence_interval(org: OrgId, kind: OrgKind, at: Moment) -> Option<u32> {
		ORGS.with_borrow(|orgs| {
			let licences = &orgs.get(&org)?.licences;
			let found = licences.iter().position(|(of, term)| *of == kind && term.contains(at))?;
			Some(found as u32)
		})
	}

	fn roles(org: OrgId, who: &AccountId, at: Moment) -> RoleSet {
		ORGS.with_borrow(|orgs| {
			let staff = orgs.get(&org).filter(|_| at < END).map(|org| &org.staff);
			let of = |staff: &Vec<(AccountId, Role)>| {
				staff.iter().filter(|(member, _)| member == who).map(|(_, role)| *role).collect()
			};
			staff.map_or(RoleSet::EMPTY, of)
		})
	}

	fn admin(org: OrgId) -> Option<AccountId> {
		ORGS.with_borrow(|orgs| orgs.get(&org).map(|org| org.admin.clone()))
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
		let id = 1_000 + ORGS.with_borrow(|orgs| orgs.len() as u32);
		let licences = vec![(kind, Interval::ALWAYS)];
		let staff = vec![(member.clone(), role)];
		edit_orgs(|orgs| {
			orgs.insert(id, Org { admin: admin.clone(), licences, staff });
		});
		id
	}
}

pub fn edit_orgs(edit: impl FnOnce(&mut BTreeMap<OrgId, Org>)) {
	ORGS.with_borrow_mut(edit)
}

/// Ends every licence of `org` now.
pub fn suspend(org: OrgId) {
	edit_orgs(|orgs| {
		for (_, term) in &mut orgs.get_mut(&org).unwrap().licences {
			term.until = term.until.min(now());
		}
	})
}

/// Takes `who` on at `org`.
pub fn employ(org: OrgId, who: AccountId, role: Role) {
	edit_orgs(|orgs| orgs.get_mut(&org).unwrap().staff.push((who, role)))
}

/// Flags `org`: its very name says something about its patients.
pub fn flag(org: OrgId) {
	FLAGGED.with_borrow_mut(|flagged| flagged.insert(org));
}

pub struct Identity;

/// Makes `key` a patient's.
pub fn become_patient(key: &AccountId) {
	PATIENTS.with_borrow_mut(|keys| keys.insert(key.clone()));
}

impl Patients<AccountId> for Identity {
	fn key(key: &AccountId) -> Option<PatientKey> {
		let patient = H256::repeat_byte(0xaa);
		let purposes = KeyPurposeSet::ALL;
		let is_one = *key == patient_key() || PATIENTS.with_borrow(|keys| keys.contains(key));
		is_one.then_some(PatientKey { patient, purposes, from: 0, until: None })
	}

	fn state(_: &PatientId) -> Option<(PatientState, Moment)> {
		None
	}

	fn state_at(_: &PatientId, _: Moment) -> Option<PatientState> {
		None
	}

	fn last_left_active(_: &PatientId) -> Option<Moment> {
		None
	}

	fn registered_by(_: &PatientId) -> Option<OrgId> {
		None
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_patient(_: &AccountId) -> PatientId {
		H256::repeat_byte(0xaa)
	}
}

fn org(admin: AccountId, kind: OrgKind, staff: &[(AccountId, Role)]) -> Org {
	Org { admin, licences: vec![(kind, Interval::new(0, END))], staff: staff.to_vec() }
}

pub fn new_test_ext() -> sp_io::TestExternalities {
	NOW.set(START);
	FLAGGED.with_borrow_mut(BTreeSet::clear);
	PATIENTS.with_borrow_mut(BTreeSet::clear);
	WELCOMED.with_borrow_mut(BTreeSet::clear);
	edit_orgs(|orgs| {
		let staff = [(doctor(), Role::Clinician), (biller(), Role::Biller)];
		*orgs = BTreeMap::from([
			(PAYER, org(payer_admin(), OrgKind::Payer, &[(payer_biller(), Role::Biller)])),
			(OTHER_PAYER, org(other_payer_admin(), OrgKind::Payer, &[])),
			(HOSPITAL, org(admin(), OrgKind::Provider, &staff)),
			(CLINIC, org(clinic_admin(), OrgKind::Laboratory, &[])),
		]);
	});

	let admins = [payer_admin(), other_payer_admin(), admin(), clinic_admin(), stranger()];
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: admins.iter().map(|admin| (admin.clone(), 100_000_000_000)).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	pallet_assets::GenesisConfig::<Test> {
		assets: vec![(USD, account(1), false, 1), (COARSE, account(1), false, 10)],
		accounts: admins
			.iter()
			.flat_map(|admin| {
				[(USD, admin.clone(), 1_000_000_000_000), (COARSE, admin.clone(), 1_000)]
			})
			.collect(),
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

/// Checks the pallet's invariants, that bonds are for what is kept, and that money is neither made
/// nor lost.
pub fn check_state() {
	Claims::do_try_state().unwrap();
	// Unless money is frozen, only what awaits a decision holds any.
	let frozen = [PAYER, OTHER_PAYER].iter().any(|payer| Claims::is_frozen(&USD, *payer));
	for claim in crate::Claims::<Test>::iter_values() {
		assert!(
			frozen || claim.held == 0 || claim.state.is_pending(),
			"a claim holds without need"
		);
	}
	for bond in crate::Bonds::<Test>::iter_values() {
		let put_down = bond.ticket.amount();
		assert_eq!(put_down, stepped(bond.size).into(), "a bond is for what is kept, step by step");
	}
	let all: Money = frame_system::Account::<Test>::iter_keys()
		.map(|who| Assets::total_balance(USD, &who))
		.sum();
	assert_eq!(all, Assets::total_issuance(USD), "money was made or lost");
}

/// What is put down for `size` bytes.
pub fn stepped(size: u64) -> u64 {
	size.div_ceil(BOND_STEP) * BOND_STEP
}

/// A plan that covers primary care with a copay of 20 and 20 % coinsurance, hospital stays with the
/// deductible of 400, pays up to 1,000 by itself, and covers no dental care.
pub fn terms() -> Terms<u32> {
	let mut rules =
		Rules { deductible: 400, out_of_pocket_maximum: Some(2_000), ..Rules::default() };
	rules.benefits.primary_care =
		Benefit { covered: true, copay: 20, coinsurance: 200_000, ..Benefit::default() };
	rules.benefits.hospital_stay = Benefit {
		covered: true,
		deductible_applies: true,
		coinsurance: 200_000,
		..Benefit::default()
	};
	rules.benefits.preventive =
		Benefit { covered: true, visit_limit: Some(2), ..Benefit::default() };
	Terms {
		asset: USD,
		rules,
		auto_limit: 1_000,
		filing_limit: 180 * DAY,
		decision_time: 30 * DAY,
		answer_time: 45 * DAY,
		payment_time: 30 * DAY,
		interest: 100_000,
	}
}

/// Publishes [`terms`] for the payer.
pub fn plan() -> PlanId {
	plan_with(terms())
}

pub fn plan_with(terms: Terms<u32>) -> PlanId {
	let plan = crate::NextPlan::<Test>::get();
	Claims::create_plan(signed(payer_admin()), PAYER, Box::new(terms)).unwrap();
	plan
}

/// Enrols `who` for a year from now, without acceptance.
pub fn enrolled(plan: PlanId, who: AccountId) -> CoverageId {
	let coverage = crate::NextCoverage::<Test>::get();
	let period = Interval::new(now(), now() + YEAR);
	Claims::enrol(signed(payer_biller()), PAYER, plan, who, period).unwrap();
	coverage
}

/// A coverage of [`member`] under [`terms`], accepted.
pub fn covered() -> CoverageId {
	covered_by(terms())
}

pub fn covered_by(terms: Terms<u32>) -> CoverageId {
	covered_as(plan_with(terms), member())
}

pub fn covered_as(plan: PlanId, who: AccountId) -> CoverageId {
	let coverage = enrolled(plan, who.clone());
	Claims::accept_coverage(signed(who), coverage).unwrap();
	coverage
}

/// Puts `amount` into the payer's settlement account, which is there from its first plan on.
pub fn fund(amount: Money) {
	if !System::account_exists(&Claims::settlement_account(PAYER)) {
		plan();
	}
	Claims::fund(signed(payer_admin()), PAYER, USD, amount).unwrap();
}

/// What is free in the settlement account of `org`.
pub fn balance(org: OrgId) -> Money {
	Assets::balance(USD, Claims::settlement_account(org))
}

/// Opens an encounter at the hospital.
pub fn opened() -> EncounterId {
	let encounter = crate::NextEncounter::<Test>::get();
	Claims::open_encounter(signed(doctor()), HOSPITAL).unwrap();
	encounter
}

/// Opens an emergency at the hospital.
pub fn emergency(coverage: CoverageId) -> EncounterId {
	let encounter = crate::NextEncounter::<Test>::get();
	Claims::open_emergency(signed(doctor()), HOSPITAL, coverage).unwrap();
	encounter
}

/// Opens an encounter that the member of `coverage` attests.
pub fn attested(coverage: CoverageId) -> EncounterId {
	let encounter = opened();
	let who = crate::Coverages::<Test>::get(coverage).unwrap().member;
	Claims::attest(signed(who), encounter, coverage).unwrap();
	encounter
}

/// A line whose detail is the n-th of many.
pub fn line(n: u64, category: BenefitCategory, charge: Money) -> Line {
	Line { category, quantity: 1, charge, detail: detail(n) }
}

/// The n-th of many commitments.
pub fn detail(n: u64) -> Commitment {
	H256(blake2_256(&n.to_le_bytes()))
}

/// The n-th of many primary care visits.
pub fn visit(n: u64, charge: Money) -> Line {
	line(n, BenefitCategory::PrimaryCare, charge)
}

pub fn root(lines: &[Line]) -> Commitment {
	let details: Vec<_> = lines.iter().map(|line| line.detail).collect();
	merkle_root(&details).unwrap_or_default()
}

/// Closes an encounter of the hospital with the given lines.
pub fn close(encounter: EncounterId, lines: &[Line]) -> DispatchResult {
	let count = lines.len() as u8;
	Claims::close_encounter(signed(doctor()), HOSPITAL, encounter, root(lines), count)
}

/// Amends an encounter of the hospital.
pub fn amend(encounter: EncounterId, lines: &[Line]) -> DispatchResult {
	let count = lines.len() as u8;
	Claims::amend_encounter(signed(doctor()), HOSPITAL, encounter, root(lines), count)
}

pub fn submit(encounter: EncounterId, lines: &[Line]) -> DispatchResult {
	let lines = PerLine::truncate_from(lines.to_vec());
	Claims::submit(signed(biller()), HOSPITAL, encounter, lines)
		.map(|_| ())
		.map_err(|error| error.error)
}

pub fn correct(claim: ClaimId, lines: &[Line]) -> DispatchResult {
	let lines = PerLine::truncate_from(lines.to_vec());
	Claims::correct(signed(biller()), HOSPITAL, claim, lines)
		.map(|_| ())
		.map_err(|error| error.error)
}

pub fn void(claim: ClaimId) -> DispatchResult {
	Claims::void(signed(biller()), HOSPITAL, claim).map(|_| ()).map_err(|error| error.error)
}

pub fn poke(claim: ClaimId) -> DispatchResult {
	Claims::poke(signed(stranger()), claim).map(|_| ()).map_err(|error| error.error)
}

pub fn decide(claim: ClaimId, decision: Decision) -> DispatchResult {
	Claims::decide(signed(payer_biller()), PAYER, claim, decision)
		.map(|_| ())
		.map_err(|error| error.error)
}

/// A decision about one line.
pub fn line_decision(paid: Money, adjustments: &[(Group, Carc, Money)]) -> LineDecision {
	let mut list = Adjustments::new();
	for (group, carc, amount) in adjustments {
		list.try_push(Adjustment::new(*group, *carc, *amount)).unwrap();
	}
	LineDecision { paid, adjustments: list }
}

/// A decision about the lines of a claim.
pub fn lines_decision(decisions: Vec<LineDecision>) -> Decision {
	Decision::Lines(PerLine::truncate_from(decisions))
}

/// An attested encounter of the hospital, closed and claimed.
pub fn claimed(coverage: CoverageId, lines: &[Line]) -> ClaimId {
	let encounter = attested(coverage);
	close(encounter, lines).unwrap();
	let claim = crate::NextClaim::<Test>::get();
	submit(encounter, lines).unwrap();
	claim
}

pub fn claim(id: ClaimId) -> Claim {
	crate::Claims::<Test>::get(id).unwrap()
}

pub fn state(id: ClaimId) -> ClaimState {
	claim(id).state
}

pub fn totals(id: ClaimId) -> Totals {
	claim(id).totals.unwrap()
}

pub fn used(coverage: CoverageId) -> Accumulators {
	crate::Used::<Test>::get(coverage)
}

/// The reasons of a claim's lines, in their order.
pub fn reasons(id: ClaimId) -> Vec<Vec<(Group, Carc, Money)>> {
	crate::ClaimResults::<Test>::get(id)
		.unwrap()
		.iter()
		.map(|result| result.adjustments.iter().map(|a| (a.group, a.carc, a.amount)).collect())
		.collect()
}

/// The member's signature for an attestation that `org` hands in.
pub fn attestation(
	by: &sr25519::Pair,
	org: OrgId,
	encounter: EncounterId,
	coverage: CoverageId,
	expiry: Moment,
) -> MultiSignature {
	let message = messages::attest(&Claims::genesis(), org, encounter, coverage, expiry);
	by.sign(&message).into()
}

/// The events of this pallet since the last time.
pub fn events() -> Vec<Event<Test>> {
	let events = System::read_events_for_pallet::<Event<Test>>();
	System::reset_events();
	events
}
