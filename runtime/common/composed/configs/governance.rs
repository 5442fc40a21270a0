//! Who decides: the Council (a seat for each member organisation) and the Technical Committee.
//!
//! No origin maps to Root. What needs Root goes through Enactment: a short catalogue of calls, both
//! collectives, and a public delay. Neither collective appoints the other's members, or one of them
//! would be both.

pub use crate::common::governance::{MAX_MEMBERS, MIN_SEATS};

use super::chain::{self, RuntimeBlockWeights, NORMAL_DISPATCH_RATIO};
use crate::{common::governance::SilenceIsNay, *};
use frame_support::{
	parameter_types,
	traits::{
		tokens::{PayFromAccount, UnityAssetBalanceConversion},
		ConstU32, ConstU64, EitherOfDiverse,
	},
	weights::Weight,
	PalletId,
};
use frame_system::EnsureRoot;
use pallet_collective::EnsureProportionAtLeast;
use pallet_enactment::{Catalogue, DelayTable, EnactmentClass};
use salus_primitives::time::{DAY, MINUTE};
use sp_runtime::{
	traits::{AccountIdConversion, IdentityLookup},
	Perbill, Permill,
};

/// The Council's instance.
pub type CouncilCollective = pallet_collective::Instance1;
/// The Technical Committee's instance.
pub type TechnicalCollective = pallet_collective::Instance2;
/// Two thirds of the Council.
pub type CouncilSuperMajority = EnsureProportionAtLeast<AccountId, CouncilCollective, 2, 3>;
/// Two thirds of the Technical Committee.
pub type TechnicalSuperMajority = EnsureProportionAtLeast<AccountId, TechnicalCollective, 2, 3>;
/// Two thirds of either.
pub type EnsureCouncilOrTechnical = EitherOfDiverse<CouncilSuperMajority, TechnicalSuperMajority>;

parameter_types! {
	pub const MotionDuration: BlockNumber = 5 * DAYS;
	pub MaxProposalWeight: Weight = Perbill::from_percent(50) * RuntimeBlockWeights::get().max_block;
}

macro_rules! collective {
	($collective:ty) => {
		impl pallet_collective::Config<$collective> for Runtime {
			type RuntimeOrigin = RuntimeOrigin;
			type Proposal = RuntimeCall;
			type RuntimeEvent = RuntimeEvent;
			type MotionDuration = MotionDuration;
			type MaxProposals = ConstU32<32>;
			type MaxMembers = ConstU32<MAX_MEMBERS>;
			type DefaultVote = SilenceIsNay;
			type WeightInfo = pallet_collective::weights::SubstrateWeight<Runtime>;
			// Members come from the membership pallets; nobody sets them past these.
			type SetMembersOrigin = EnsureRoot<AccountId>;
			type MaxProposalWeight = MaxProposalWeight;
			type DisapproveOrigin = EnsureRoot<AccountId>;
			type KillOrigin = EnsureRoot<AccountId>;
			type Consideration = ();
		}
	};
}
collective!(CouncilCollective);
collective!(TechnicalCollective);

macro_rules! membership {
	($instance:ty, $collective:ty, $majority:ty) => {
		impl pallet_membership::Config<$instance> for Runtime {
			type RuntimeEvent = RuntimeEvent;
			type AddOrigin = $majority;
			type RemoveOrigin = $majority;
			type SwapOrigin = $majority;
			type ResetOrigin = $majority;
			type PrimeOrigin = $majority;
			type MembershipInitialized = $collective;
			type MembershipChanged = $collective;
			type MaxMembers = ConstU32<MAX_MEMBERS>;
			type WeightInfo = pallet_membership::weights::SubstrateWeight<Runtime>;
		}
	};
}
membership!(pallet_membership::Instance1, Council, CouncilSuperMajority);
membership!(pallet_membership::Instance2, TechnicalCommittee, TechnicalSuperMajority);

/// What Root may do, once both collectives agreed and the delay is over.
pub struct RootCatalogue;

impl Catalogue<RuntimeCall> for RootCatalogue {
	fn class(call: &RuntimeCall) -> Option<EnactmentClass> {
		match call {
			// No code has this hash: it takes back what was authorised and not applied.
			RuntimeCall::System(frame_system::Call::authorize_upgrade { code_hash })
				if code_hash.is_zero() =>
			{
				Some(EnactmentClass::Emergency)
			},
			RuntimeCall::System(frame_system::Call::authorize_upgrade { .. }) => {
				Some(EnactmentClass::Upgrade)
			},
			RuntimeCall::Enactment(pallet_enactment::Call::set_delay { .. }) => {
				Some(EnactmentClass::Parameter)
			},
			// Announced by itself for longer than any parameter.
			RuntimeCall::Care(pallet_care::Call::set_policy { .. }) => {
				Some(EnactmentClass::Parameter)
			},
			_ => chain::root_class(call),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_call() -> RuntimeCall {
		frame_system::Call::authorize_upgrade { code_hash: Default::default() }.into()
	}
}

parameter_types! {
	pub const EnactmentFloors: DelayTable =
		DelayTable { upgrade: 3 * DAY, parameter: DAY, emergency: 10 * MINUTE };
	/// A tenth of what a block has for ordinary calls.
	pub MaxEnactedWeight: Weight =
		Perbill::from_percent(10) * NORMAL_DISPATCH_RATIO * RuntimeBlockWeights::get().max_block;
}

impl pallet_enactment::Config for Runtime {
	type RuntimeCall = RuntimeCall;
	type Catalogue = RootCatalogue;
	type CouncilOrigin = CouncilSuperMajority;
	type TechnicalOrigin = TechnicalSuperMajority;
	type Time = Timestamp;
	type DefaultFloors = EnactmentFloors;
	type MaxDelay = ConstU64<{ 60 * DAY }>;
	type ApprovalWindow = ConstU64<{ 14 * DAY }>;
	type EnactmentWindow = ConstU64<{ 14 * DAY }>;
	type MaxCallSize = ConstU32<128>;
	type MaxCallWeight = MaxEnactedWeight;
	type MaxProposals = ConstU32<16>;
	type WeightInfo = pallet_enactment::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	pub const TreasuryPalletId: PalletId = PalletId(*b"slstreas");
	pub TreasuryAccount: AccountId = TreasuryPalletId::get().into_account_truncating();
	pub const SpendPeriod: BlockNumber = DAYS;
	pub const PayoutPeriod: BlockNumber = 30 * DAYS;
	pub const NoBurn: Permill = Permill::zero();
	pub const MaxSpend: Balance = Balance::MAX;
}

impl pallet_treasury::Config for Runtime {
	type Currency = Balances;
	type RejectOrigin = CouncilSuperMajority;
	type RuntimeEvent = RuntimeEvent;
	type SpendPeriod = SpendPeriod;
	type Burn = NoBurn;
	type PalletId = TreasuryPalletId;
	type BurnDestination = ();
	type WeightInfo = pallet_treasury::weights::SubstrateWeight<Runtime>;
	type SpendFunds = ();
	type MaxApprovals = ConstU32<32>;
	type SpendOrigin = frame_system::EnsureWithSuccess<CouncilSuperMajority, AccountId, MaxSpend>;
	type AssetKind = ();
	type Beneficiary = AccountId;
	type BeneficiaryLookup = IdentityLookup<AccountId>;
	type Paymaster = PayFromAccount<Balances, TreasuryAccountOf>;
	type BalanceConverter = UnityAssetBalanceConversion;
	type PayoutPeriod = PayoutPeriod;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
	type BlockNumberProvider = System;
}

/// The treasury's account, as payments want it.
pub type TreasuryAccountOf = pallet_treasury::TreasuryAccountId<Runtime>;
