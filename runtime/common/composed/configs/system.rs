//! The frame: scheduling, batching, multisignatures, pausing, migrations.

pub use super::chain::{RuntimeBlockLength, RuntimeBlockWeights, NORMAL_DISPATCH_RATIO};

use super::{
	governance::{CouncilSuperMajority, EnsureCouncilOrTechnical},
	privilege::ByMajority,
};
use crate::{
	policy::pausing::{NeverPaused, SafeModeAllowList},
	*,
};
use frame_support::{
	migrations::{FailedMigrationHandler, FailedMigrationHandling},
	parameter_types,
	traits::{fungible::HoldConsideration, ConstU32, LinearStoragePrice},
	weights::Weight,
};
use frame_system::{EnsureRoot, EnsureWithSuccess};
use sp_runtime::Perbill;

parameter_types! {
	pub const PreimageBaseDeposit: Balance = deposit(2, 64);
	pub const PreimageByteDeposit: Balance = deposit(0, 1);
	pub const PreimageHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Preimage(pallet_preimage::HoldReason::Preimage);
}

impl pallet_preimage::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_preimage::weights::SubstrateWeight<Runtime>;
	type Currency = Balances;
	type ManagerOrigin = EnsureRoot<AccountId>;
	type Consideration = HoldConsideration<
		AccountId,
		Balances,
		PreimageHoldReason,
		LinearStoragePrice<PreimageBaseDeposit, PreimageByteDeposit, Balance>,
	>;
}

parameter_types! {
	pub MaximumSchedulerWeight: Weight =
		Perbill::from_percent(50) * RuntimeBlockWeights::get().max_block;
}

impl pallet_scheduler::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeOrigin = RuntimeOrigin;
	type PalletsOrigin = OriginCaller;
	type RuntimeCall = RuntimeCall;
	type MaximumWeight = MaximumSchedulerWeight;
	type ScheduleOrigin = CouncilSuperMajority;
	type OriginPrivilegeCmp = ByMajority;
	type MaxScheduledPerBlock = ConstU32<32>;
	type WeightInfo = pallet_scheduler::weights::SubstrateWeight<Runtime>;
	type Preimages = Preimage;
	type BlockNumberProvider = System;
}

impl pallet_utility::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PalletsOrigin = OriginCaller;
	type WeightInfo = pallet_utility::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	pub const MultisigDepositBase: Balance = deposit(1, 88);
	pub const MultisigDepositFactor: Balance = deposit(0, 32);
}

impl pallet_multisig::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type DepositBase = MultisigDepositBase;
	type DepositFactor = MultisigDepositFactor;
	type MaxSignatories = ConstU32<32>;
	type WeightInfo = pallet_multisig::weights::SubstrateWeight<Runtime>;
	type BlockNumberProvider = System;
}

/// The length of a session in blocks: each slot has one.
pub fn session_length() -> BlockNumber {
	BlockNumber::try_from(pallet_validator_set::SessionLength::<Runtime>::get()).unwrap_or(HOURS)
}

parameter_types! {
	/// Four sessions.
	pub SafeModeEnterDuration: BlockNumber = session_length().saturating_mul(4);
	/// Two sessions.
	pub SafeModeExtendDuration: BlockNumber = session_length().saturating_mul(2);
	pub const NoDeposit: Option<Balance> = None;
	pub const NoReleaseDelay: Option<BlockNumber> = None;
}

// Governance alone enters safe mode, and it ends by itself.
impl pallet_safe_mode::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type WhitelistedCalls = SafeModeAllowList;
	type EnterDuration = SafeModeEnterDuration;
	type ExtendDuration = SafeModeExtendDuration;
	type EnterDepositAmount = NoDeposit;
	type ExtendDepositAmount = NoDeposit;
	type ForceEnterOrigin =
		EnsureWithSuccess<EnsureCouncilOrTechnical, AccountId, SafeModeEnterDuration>;
	type ForceExtendOrigin =
		EnsureWithSuccess<EnsureCouncilOrTechnical, AccountId, SafeModeExtendDuration>;
	type ForceExitOrigin = CouncilSuperMajority;
	type ForceDepositOrigin = EnsureRoot<AccountId>;
	type Notify = ();
	type ReleaseDelay = NoReleaseDelay;
	type WeightInfo = pallet_safe_mode::weights::SubstrateWeight<Runtime>;
}

/// Either body stops a single call, or lets it go on.
impl pallet_tx_pause::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PauseOrigin = EnsureCouncilOrTechnical;
	type UnpauseOrigin = EnsureCouncilOrTechnical;
	type WhitelistedCalls = NeverPaused;
	type MaxNameLen = ConstU32<64>;
	type WeightInfo = pallet_tx_pause::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	pub MigrationsMaxServiceWeight: Weight =
		Perbill::from_percent(80) * RuntimeBlockWeights::get().max_block;
}

/// Where a migration fails, the chain goes on in safe mode: patients tighten, the collectives decide,
/// and corrected code can come. The SDK's handlers keep the chain at inherents until code comes that no
/// transaction could bring.
pub struct SafeModeOnFailedMigration;

impl FailedMigrationHandler for SafeModeOnFailedMigration {
	fn failed(_: Option<u32>) -> FailedMigrationHandling {
		// As long as an upgrade takes, and a week. Only the first failure enters; a later one extends.
		let blocks = DAYS.saturating_mul(14);
		let entered = if <SafeMode as frame_support::traits::SafeMode>::is_entered() {
			<SafeMode as frame_support::traits::SafeMode>::extend(blocks)
		} else {
			<SafeMode as frame_support::traits::SafeMode>::enter(blocks)
		};
		// Neither fails: no deposit is taken, and the one is called only where the other is not due.
		let _ = entered;
		FailedMigrationHandling::ForceUnstuck
	}
}

impl pallet_migrations::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	#[cfg(not(feature = "runtime-benchmarks"))]
	type Migrations = migrations::MbmMigrations;
	#[cfg(feature = "runtime-benchmarks")]
	type Migrations = pallet_migrations::mock_helpers::MockedMigrations;
	type CursorMaxLen = ConstU32<65_536>;
	type IdentifierMaxLen = ConstU32<256>;
	type MigrationStatusHandler = ();
	type FailedMigrationHandler = SafeModeOnFailedMigration;
	type MaxServiceWeight = MigrationsMaxServiceWeight;
	type WeightInfo = pallet_migrations::weights::SubstrateWeight<Runtime>;
}
