//! Who collates, and how blocks become the relay chain's.

use super::{governance::CouncilSuperMajority, system::session_length};
use crate::*;
use frame_support::{
	parameter_types,
	traits::{ConstBool, ConstU32, ConstU64},
	weights::Weight,
};
use sp_runtime::traits::OpaqueKeys;

/// More collators than a consortium has members with a machine room.
pub const MAX_VALIDATORS: u32 = 100;
/// Milliseconds of a slot of the relay chain.
pub const RELAY_CHAIN_SLOT_DURATION_MILLIS: u32 = 6_000;
/// How many blocks may be made on one relay parent.
pub const BLOCK_PROCESSING_VELOCITY: u32 = 1;
/// How many relay blocks behind its tip a block is built.
pub const RELAY_PARENT_OFFSET: u32 = 0;
/// How many blocks may wait to be included.
pub const UNINCLUDED_SEGMENT_CAPACITY: u32 = (3 + RELAY_PARENT_OFFSET) * BLOCK_PROCESSING_VELOCITY;

/// Keeps blocks at the pace of the relay chain.
pub type ConsensusHook = cumulus_pallet_aura_ext::FixedVelocityConsensusHook<
	Runtime,
	RELAY_CHAIN_SLOT_DURATION_MILLIS,
	BLOCK_PROCESSING_VELOCITY,
	UNINCLUDED_SEGMENT_CAPACITY,
>;

impl cumulus_pallet_parachain_system::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type OnSystemEvent = ();
	type SelfParaId = parachain_info::Pallet<Runtime>;
	// No XCM: nothing is sent, and what comes is dropped unread. Upgrades do not need it.
	type OutboundXcmpMessageSource = ();
	type DmpQueue = ();
	type ReservedDmpWeight = ();
	type XcmpMessageHandler = ();
	type ReservedXcmpWeight = ();
	type CheckAssociatedRelayNumber =
		cumulus_pallet_parachain_system::RelayNumberMonotonicallyIncreases;
	type ConsensusHook = ConsensusHook;
	type RelayParentOffset = ConstU32<RELAY_PARENT_OFFSET>;
	type SchedulingSignatureVerifier = ();
	type WeightInfo = cumulus_pallet_parachain_system::weights::SubstrateWeight<Runtime>;
}

impl parachain_info::Config for Runtime {}

impl cumulus_pallet_aura_ext::Config for Runtime {}

impl cumulus_pallet_weight_reclaim::Config for Runtime {
	type WeightInfo = ReclaimWeight;
}

/// The weight that the pallet's authors measured. The pallet gives it to `()` alone.
pub struct ReclaimWeight;

impl cumulus_pallet_weight_reclaim::WeightInfo for ReclaimWeight {
	fn storage_weight_reclaim() -> Weight {
		<() as cumulus_pallet_weight_reclaim::WeightInfo>::storage_weight_reclaim()
	}
}

impl pallet_aura::Config for Runtime {
	type AuthorityId = AuraId;
	type DisabledValidators = ();
	type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
	type AllowMultipleBlocksPerSlot = ConstBool<true>;
	type SlotDuration = ConstU64<SLOT_DURATION>;
}

parameter_types! {
	/// The length of a session in blocks.
	pub Period: BlockNumber = session_length();
	pub const Offset: BlockNumber = 0;
	pub const KeyDeposit: Balance = 100 * UNIT;
}

impl pallet_authorship::Config for Runtime {
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Self, Aura>;
	type EventHandler = ();
}

impl pallet_session::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = pallet_validator_set::ValidatorOf<Self>;
	type ShouldEndSession = pallet_session::PeriodicSessions<Period, Offset>;
	type NextSessionRotation = pallet_session::PeriodicSessions<Period, Offset>;
	type SessionManager = ValidatorSet;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	type DisablingStrategy = ();
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
	type Currency = Balances;
	type KeyDeposit = KeyDeposit;
}

impl pallet_session::historical::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type FullIdentification = salus_primitives::OrgId;
	type FullIdentificationOf = pallet_validator_set::OrganisationOf<Self>;
}

impl pallet_validator_set::Config for Runtime {
	type Organisations = Registry;
	type AdminOrigin = CouncilSuperMajority;
	// Unless the genesis says otherwise. With two, one may fail, and the chain goes on at half its pace.
	type MinValidators = ConstU32<2>;
	type MaxValidators = ConstU32<MAX_VALIDATORS>;
	type MaxOffences = ConstU32<64>;
	type HistoryDepth = ConstU32<1>;
	type WeightInfo = pallet_validator_set::weights::SubstrateWeight<Runtime>;
}
