//! A runtime with the registry, tokens, and a clock that tests turn.

use crate::{self as pallet_registry, *};
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::{HoldConsideration, InspectHold},
		ConstU32, ConstU64, LinearStoragePrice, UnixTime,
	},
};
use frame_system::EnsureRoot;
use salus_primitives::{
	traits::{Dismissed, TokenlessAccounts},
	CapabilitySet, Commitment, Moment, OrgId, OrgKind, OrgKindSet, Role,
};
use sp_runtime::{BuildStorage, DispatchError, DispatchResult};
use std::{
	cell::{Cell, RefCell},
	collections::{BTreeMap, BTreeSet},
	time::Duration,
};

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
	pub type Registry = pallet_registry;
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

thread_local! {
	static NOW: Cell<Moment> = const { Cell::new(0) };
	static WELCOME: RefCell<BTreeSet<AccountId>> = const { RefCell::new(BTreeSet::new()) };
	static INVITED: RefCell<BTreeMap<AccountId, u32>> = const { RefCell::new(BTreeMap::new()) };
}

/// An account that nobody welcomes.
pub const UNWELCOME: AccountId = 99;
/// An account that has sent a transaction by the time at which it is let go.
pub const TALKATIVE: AccountId = 98;

/// The clock.
pub struct Clock;
impl UnixTime for Clock {
	fn now() -> Duration {
		// Half a second more: the pallet must round down.
		Duration::from_millis(NOW.get() * 1_000 + 500)
	}
}

/// Turns the clock to `now`, in Unix seconds.
pub fn set_now(now: Moment) {
	NOW.set(now);
}

/// What the clock shows, in Unix seconds.
pub fn now() -> Moment {
	NOW.get()
}

/// Keeps a list of those who may send transactions without tokens.
pub struct Welcome;
impl TokenlessAccounts<AccountId> for Welcome {
	fn welcome(who: &AccountId) -> DispatchResult {
		if *who == UNWELCOME {
			return Err(DispatchError::Other("unwelcome"));
		}
		WELCOME.with_borrow_mut(|welcome| welcome.insert(*who));
		INVITED.with_borrow_mut(|invited| invited.remove(who));
		Ok(())
	}

	fn invite(who: &AccountId) -> DispatchResult {
		if !is_welcome(*who) {
			Self::welcome(who)?;
			INVITED.with_borrow_mut(|invited| invited.insert(*who, 0));
		}
		INVITED.with_borrow_mut(|invited| {
			if let Some(count) = invited.get_mut(who) {
				*count += 1;
			}
		});
		Ok(())
	}

	/// As if only [`TALKATIVE`] had sent anything.
	fn dismiss(who: &AccountId) -> Dismissed {
		INVITED.with_borrow_mut(|invited| {
			let Some(count) = invited.get_mut(who) else { return Dismissed::Settled };
			*count -= 1;
			if *count > 0 {
				return Dismissed::Settled;
			}
			invited.remove(who);
			if *who == TALKATIVE {
				return Dismissed::Stays;
			}
			WELCOME.with_borrow_mut(|welcome| welcome.remove(who));
			Dismissed::Settled
		})
	}
}

/// Whether `who` may send transactions without tokens.
pub fn is_welcome(who: AccountId) -> bool {
	WELCOME.with_borrow(|welcome| welcome.contains(&who))
}

parameter_types! {
	pub static MaxInvitations: u32 = 1_000;
	pub const Reason: RuntimeHoldReason =
		RuntimeHoldReason::Registry(pallet_registry::HoldReason::Registration);
}

pub const LICENCE_TERM: Moment = 1_000;
pub const AFFILIATION_TERM: Moment = 500;
pub const REGISTRAR_TERM: Moment = 2_000;

salus_primitives::deposits_are_on_hold!(Test);

impl Config for Test {
	type WeightInfo = ();
	type Time = Clock;
	type Tokenless = Welcome;
	type Consideration = HoldConsideration<
		AccountId,
		Balances,
		Reason,
		LinearStoragePrice<ConstU64<100>, ConstU64<1>, u64>,
	>;
	type GovernanceOrigin = EnsureRoot<AccountId>;
	type MaxLicenceIntervals = ConstU32<4>;
	type MaxAffiliationIntervals = ConstU32<4>;
	type MaxEmployers = ConstU32<2>;
	type MaxInvitations = MaxInvitations;
	type MaxRegistrarTerms = ConstU32<3>;
	type MaxLicenceTerm = ConstU64<LICENCE_TERM>;
	type MaxAffiliationTerm = ConstU64<AFFILIATION_TERM>;
	type MaxRegistrarTerm = ConstU64<REGISTRAR_TERM>;
}

/// When the tests begin.
pub const START: Moment = 10_000;

// Administrators of organisations, and people.
pub const HOSPITAL: AccountId = 1;
pub const INSURER: AccountId = 2;
pub const AUTHORITY: AccountId = 3;
/// A registrar of `AUTHORITY`, for providers and laboratories, with the capability for deaths.
pub const REGISTRAR: AccountId = 10;
pub const NURSE: AccountId = 20;
pub const DOCTOR: AccountId = 21;
pub const STRANGER: AccountId = 30;
pub const POOR: AccountId = 40;

/// What the administrators hold at first.
pub const ENDOWMENT: u64 = 1_000_000;

pub const PROVIDER: OrgKind = OrgKind::Provider;
pub const LABORATORY: OrgKind = OrgKind::Laboratory;
pub const PAYER: OrgKind = OrgKind::Payer;

pub fn kinds(kinds: &[OrgKind]) -> OrgKindSet {
	OrgKindSet::of(kinds)
}

pub fn profile() -> Commitment {
	Commitment::repeat_byte(7)
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

/// Builds the runtime's first state.
#[derive(Default)]
pub struct ExtBuilder {
	pub organisations: Vec<(AccountId, u16, Moment, bool)>,
	pub registrars: Vec<(AccountId, OrgId, u16, u8, Moment)>,
}

impl ExtBuilder {
	pub fn build(self) -> sp_io::TestExternalities {
		let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
		pallet_balances::GenesisConfig::<Test> {
			balances: [HOSPITAL, INSURER, AUTHORITY, STRANGER].map(|a| (a, ENDOWMENT)).to_vec(),
			..Default::default()
		}
		.assimilate_storage(&mut storage)
		.unwrap();
		WELCOME.with_borrow_mut(BTreeSet::clear);
		INVITED.with_borrow_mut(BTreeMap::clear);
		MaxInvitations::set(1_000);
		set_now(0);
		pallet_registry::GenesisConfig::<Test> {
			organisations: self.organisations,
			registrars: self.registrars,
		}
		.assimilate_storage(&mut storage)
		.unwrap();
		let mut ext = sp_io::TestExternalities::from(storage);
		ext.execute_with(|| {
			System::set_block_number(1);
			set_now(START);
		});
		ext
	}

	/// Runs a test, and checks the state after it.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			check_state();
			check_entries();
		});
	}
}

/// Of every organisation with a licence there is an entry of the last times: without one all answers are the same, and cost more than
/// anybody declares. `try_state` lets it be missing, since an upgrade may not have come to it.
fn check_entries() {
	for (org, ..) in Licences::<Test>::iter() {
		assert!(LastLicensed::<Test>::contains_key(org), "{org} has no entry");
	}
}

/// Every invariant of the pallet.
pub fn check_state() {
	Registry::do_try_state().unwrap();
}

/// How many tokens the registry holds of `who`.
pub fn held_of(who: AccountId) -> u64 {
	Balances::balance_on_hold(&Reason::get(), &who)
}

/// A hospital (organisation 1) admitted as a provider, an authority (0) and its registrar.
pub fn licensed() -> ExtBuilder {
	ExtBuilder {
		organisations: vec![
			(AUTHORITY, kinds(&[OrgKind::Auditor]).0, START + 100_000, false),
			(HOSPITAL, kinds(&[PROVIDER]).0, START + 800, false),
		],
		registrars: vec![(
			REGISTRAR,
			0,
			kinds(&[PROVIDER, LABORATORY]).0,
			CapabilitySet::of(&[salus_primitives::Capability::Deaths]).0,
			START + 100_000,
		)],
	}
}

pub const AUTHORITY_ORG: OrgId = 0;
pub const HOSPITAL_ORG: OrgId = 1;

/// An authority (organisation 0) and its registrar, nothing else.
pub fn with_registrar() -> ExtBuilder {
	let mut builder = licensed();
	builder.organisations.pop();
	builder
}

/// Affiliates `who` to the hospital in `role`, until `until`.
pub fn affiliate(who: AccountId, role: Role, until: Moment) {
	Registry::invite(signed(HOSPITAL), HOSPITAL_ORG, who, role, until).unwrap();
	Registry::accept_affiliation(signed(who), HOSPITAL_ORG, role).unwrap();
}

/// The events of this pallet since the last call.
pub fn events() -> Vec<Event<Test>> {
	let events = System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Registry(event) => Some(event),
			_ => None,
		})
		.collect();
	System::reset_events();
	events
}

#[cfg(feature = "runtime-benchmarks")]
pub fn new_test_ext() -> sp_io::TestExternalities {
	ExtBuilder::default().build()
}
