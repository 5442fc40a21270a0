//! A runtime with this pallet and the SDK's assets, and where every test begins.

#[cfg(feature = "runtime-benchmarks")]
mod benchmark_helper;
mod checks;
mod parties;
mod scenes;
mod stand_ins;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmark_helper::BenchmarkHelper;
pub use checks::*;
pub use parties::*;
pub use scenes::*;
pub use stand_ins::*;

use crate as pallet_claims;
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::HoldConsideration, AsEnsureOriginWithArg, ConstU32, ConstU64, LinearStoragePrice,
	},
	PalletId,
};
use frame_system::EnsureSigned;
use salus_primitives::{
	time::{DAY, HOUR, YEAR},
	Interval, OrgKind, Role,
};
use sp_runtime::{
	traits::{IdentityLookup, Verify},
	AccountId32, BuildStorage, MultiSignature,
};
use std::collections::{BTreeMap, BTreeSet};

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

/// The settlement asset.
pub const USD: u32 = 1;
/// An asset of which an account must hold ten.
pub const COARSE: u32 = 2;

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
