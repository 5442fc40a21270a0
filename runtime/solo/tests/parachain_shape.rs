//! The health pallets in a runtime shaped like a parachain's: no BABE, no GRANDPA, no sessions.
//! It composes and runs, so that the same pallets can serve a parachain later.

use frame_support::{
	assert_ok, derive_impl, parameter_types,
	traits::{
		fungible::HoldConsideration, AsEnsureOriginWithArg, ConstU128, ConstU32, ConstU64,
		LinearStoragePrice,
	},
	PalletId,
};
use frame_system::{EnsureRoot, EnsureSigned};
use salus_primitives::{
	time::{DAY, HOUR, YEAR},
	OrgKind, OrgKindSet,
};
use sp_runtime::{traits::Verify, AccountId32, BuildStorage, MultiSignature};

type Block = frame_system::mocking::MockBlock<Parachain>;

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
	pub struct Parachain;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(10)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(40)]
	pub type Registry = pallet_registry;
	#[runtime::pallet_index(41)]
	pub type PatientIdentity = pallet_patient_identity;
	#[runtime::pallet_index(42)]
	pub type Consent = pallet_consent;
	#[runtime::pallet_index(43)]
	pub type RecordAnchor = pallet_record_anchor;
	#[runtime::pallet_index(44)]
	pub type Claims = pallet_claims;
	#[runtime::pallet_index(14)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(15)]
	pub type AssetsHolder = pallet_assets_holder;
}

#[derive_impl(frame_system::config_preludes::ParaChainDefaultConfig)]
impl frame_system::Config for Parachain {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<u128>;
}

impl pallet_timestamp::Config for Parachain {
	type Moment = u64;
	type OnTimestampSet = ();
	type MinimumPeriod = ConstU64<0>;
	type WeightInfo = ();
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Parachain {
	type Balance = u128;
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
}

parameter_types! {
	pub const RegistryReason: RuntimeHoldReason =
		RuntimeHoldReason::Registry(pallet_registry::HoldReason::Registration);
	pub const IdentityReason: RuntimeHoldReason =
		RuntimeHoldReason::PatientIdentity(pallet_patient_identity::HoldReason::Registration);
	pub const ConsentReason: RuntimeHoldReason =
		RuntimeHoldReason::Consent(pallet_consent::HoldReason::Request);
	pub const AnchorReason: RuntimeHoldReason =
		RuntimeHoldReason::RecordAnchor(pallet_record_anchor::HoldReason::Anchor);
	pub const ClaimsReason: RuntimeHoldReason =
		RuntimeHoldReason::Claims(pallet_claims::HoldReason::Bond);
	pub const ClaimsPot: PalletId = PalletId(*b"slsclaim");
}

type Deposit<Reason> = HoldConsideration<
	AccountId32,
	Balances,
	Reason,
	LinearStoragePrice<ConstU128<1>, ConstU128<1>, u128>,
>;

salus_primitives::deposits_are_on_hold!(Parachain);

impl pallet_registry::Config for Parachain {
	type WeightInfo = ();
	type Time = Timestamp;
	type Tokenless = ();
	type Consideration = Deposit<RegistryReason>;
	type GovernanceOrigin = EnsureRoot<AccountId32>;
	type MaxLicenceIntervals = ConstU32<64>;
	type MaxAffiliationIntervals = ConstU32<64>;
	type MaxEmployers = ConstU32<16>;
	type MaxInvitations = ConstU32<1_000>;
	type MaxRegistrarTerms = ConstU32<64>;
	type MaxLicenceTerm = ConstU64<{ 5 * YEAR }>;
	type MaxAffiliationTerm = ConstU64<{ 5 * YEAR }>;
	type MaxRegistrarTerm = ConstU64<{ 5 * YEAR }>;
}

impl pallet_patient_identity::Config for Parachain {
	type WeightInfo = ();
	type Time = Timestamp;
	type Credentials = Registry;
	type Tokenless = ();
	type Reserved = frame_support::traits::Nothing;
	type Consideration = Deposit<IdentityReason>;
	type OffchainSignature = MultiSignature;
	type OffchainPublic = <MultiSignature as Verify>::Signer;
	type KeyDelay = ConstU64<DAY>;
	type UnfreezeDelay = ConstU64<DAY>;
	type RetirementDelay = ConstU64<{ 7 * DAY }>;
	type MaxSignatureLife = ConstU64<HOUR>;
	type MaxRegistrations = ConstU32<1_000>;
	type MaxRegistrationsByMember = ConstU32<100>;
	type MaxKeys = ConstU32<8>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = salus_primitives::benchmarking::Sr25519Helper;
}

impl pallet_consent::Config for Parachain {
	type Time = Timestamp;
	type Patients = PatientIdentity;
	type Credentials = Registry;
	type Consideration = Deposit<ConsentReason>;
	type LiftDelay = ConstU64<DAY>;
	type RequestLife = ConstU64<{ 7 * DAY }>;
	type MaxCareTerm = ConstU64<{ 2 * YEAR }>;
	type MaxPaymentTerm = ConstU64<{ 3 * YEAR }>;
	type MaxResearchTerm = ConstU64<{ 10 * YEAR }>;
	type WeightInfo = ();
}

impl pallet_record_anchor::Config for Parachain {
	type WeightInfo = ();
	type Time = Timestamp;
	type Credentials = Registry;
	type Patients = PatientIdentity;
	type Registrars = Registry;
	type Treatment = Consent;
	type Consideration = Deposit<AnchorReason>;
	type LineagePage = ConstU32<64>;
	type MaxRecords = ConstU32<64>;
	type MaxEvicted = ConstU32<100>;
	type RetentionTerms = salus_runtime::configs::health::RetentionTerms;
	type MaxRetention = ConstU64<{ 50 * YEAR }>;
	type MaxHold = ConstU64<YEAR>;
	type DisputeTime = ConstU64<{ 60 * DAY }>;
	type DisputeExtension = ConstU64<{ 30 * DAY }>;
	type ErasureTime = ConstU64<{ 30 * DAY }>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkClock = salus_primitives::benchmarking::TimestampClock;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Parachain {
	type Balance = u128;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId32>>;
	type ForceOrigin = EnsureRoot<AccountId32>;
	type Holder = AssetsHolder;
	type Freezer = ();
}

impl pallet_assets_holder::Config for Parachain {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
}

impl pallet_claims::Config for Parachain {
	type WeightInfo = ();
	type Time = Timestamp;
	type Credentials = Registry;
	type Patients = PatientIdentity;
	type Tokenless = ();
	type Consideration = Deposit<ClaimsReason>;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Assets = Assets;
	type AssetsHold = AssetsHolder;
	type OffchainSignature = MultiSignature;
	type OffchainPublic = <MultiSignature as Verify>::Signer;
	type PotId = ClaimsPot;
	type RekeyDelay = ConstU64<DAY>;
	type MaxCoverageTerm = ConstU64<YEAR>;
	type MaxEncounterTerm = ConstU64<YEAR>;
	type MaxSignatureLife = ConstU64<HOUR>;
	type SettledByFunding = ConstU32<16>;
	type Page = ConstU32<64>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = salus_primitives::benchmarking::Sr25519Helper;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkAsset = ConstU32<1>;
}

#[test]
fn the_health_pallets_run_without_our_consensus() {
	let storage = RuntimeGenesisConfig::default().build_storage().expect("a genesis");
	sp_io::TestExternalities::new(storage).execute_with(|| {
		System::set_block_number(1);
		pallet_timestamp::Now::<Parachain>::put(1_767_225_600_000);
		let admin = AccountId32::new([1; 32]);
		<Balances as frame_support::traits::fungible::Mutate<_>>::set_balance(&admin, 1_000_000);
		let origin = RuntimeOrigin::signed(admin.clone());
		assert_ok!(Registry::apply(
			origin.clone(),
			OrgKindSet::of(&[OrgKind::Provider]),
			salus_primitives::Commitment::repeat_byte(1)
		));
		assert_ok!(PatientIdentity::register(origin.clone(), [7; 32]));
		let patient = PatientIdentity::patient_of(&admin).expect("registered");
		assert_ok!(Consent::veto_purpose(origin, salus_primitives::Purpose::Hmarkt));
		assert_eq!(Consent::vetoes(&patient).len(), 1);
	});
}
