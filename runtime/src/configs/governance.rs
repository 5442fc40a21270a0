//! Who decides: the Council (a seat for each member organisation) and the Technical Committee.
//!
//! No origin maps to Root. What needs Root has no route in this version; a later one adds
//! Enactment, which takes both collectives and a public delay.

use super::system::RuntimeBlockWeights;
use crate::*;
use frame_support::{
	parameter_types,
	traits::{
		tokens::{PayFromAccount, UnityAssetBalanceConversion},
		ConstU32, EitherOfDiverse, NeverEnsureOrigin,
	},
	weights::Weight,
	PalletId,
};
use frame_system::EnsureRoot;
use pallet_collective::EnsureProportionAtLeast;
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

/// The most members a collective can have.
pub const MAX_MEMBERS: u32 = 100;

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
			type DefaultVote = pallet_collective::PrimeDefaultVote;
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
	($instance:ty, $collective:ty) => {
		impl pallet_membership::Config<$instance> for Runtime {
			type RuntimeEvent = RuntimeEvent;
			type AddOrigin = CouncilSuperMajority;
			type RemoveOrigin = CouncilSuperMajority;
			type SwapOrigin = CouncilSuperMajority;
			type ResetOrigin = CouncilSuperMajority;
			type PrimeOrigin = CouncilSuperMajority;
			type MembershipInitialized = $collective;
			type MembershipChanged = $collective;
			type MaxMembers = ConstU32<MAX_MEMBERS>;
			type WeightInfo = pallet_membership::weights::SubstrateWeight<Runtime>;
		}
	};
}
membership!(pallet_membership::Instance1, Council);
membership!(pallet_membership::Instance2, TechnicalCommittee);

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

/// Nobody.
pub type Nobody<Success> = NeverEnsureOrigin<Success>;
