//! Who makes blocks and who finalises them; what happens to those who misbehave.

use super::governance::CouncilSuperMajority;
use crate::*;
use frame_support::{
	parameter_types,
	traits::{ConstU32, ConstU64, KeyOwnerProofSystem},
};
use sp_core::crypto::KeyTypeId;
use sp_runtime::traits::OpaqueKeys;

/// More validators than a consortium has members with a machine room.
pub const MAX_VALIDATORS: u32 = 100;
/// How many sessions back an equivocation can be reported.
pub const REPORTABLE_SESSIONS: u32 = 168;

parameter_types! {
	/// In slots. Written once, at genesis: BABE cannot change it later.
	pub EpochDuration: u64 = pallet_validator_set::SessionLength::<Runtime>::get();
	pub ReportLongevity: u64 = EpochDuration::get().saturating_mul(u64::from(REPORTABLE_SESSIONS));
	pub const KeyDeposit: Balance = 100 * UNIT;
}

impl pallet_authorship::Config for Runtime {
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Self, Babe>;
	type EventHandler = ();
}

impl pallet_babe::Config for Runtime {
	type EpochDuration = EpochDuration;
	type ExpectedBlockTime = ConstU64<MILLISECS_PER_BLOCK>;
	type EpochChangeTrigger = pallet_babe::ExternalTrigger;
	type DisabledValidators = Session;
	type WeightInfo = crate::weights::ConsensusWeight;
	type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
	type MaxNominators = ConstU32<0>;
	type KeyOwnerProof =
		<Historical as KeyOwnerProofSystem<(KeyTypeId, sp_consensus_babe::AuthorityId)>>::Proof;
	type EquivocationReportSystem =
		pallet_babe::EquivocationReportSystem<Self, Offences, Historical, ReportLongevity>;
}

impl pallet_grandpa::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = crate::weights::ConsensusWeight;
	type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
	type MaxNominators = ConstU32<0>;
	// A constant, into a wider type.
	#[allow(clippy::as_conversions)]
	type MaxSetIdSessionEntries = ConstU64<{ REPORTABLE_SESSIONS as u64 }>;
	type KeyOwnerProof =
		<Historical as KeyOwnerProofSystem<(KeyTypeId, sp_consensus_grandpa::AuthorityId)>>::Proof;
	type EquivocationReportSystem =
		pallet_grandpa::EquivocationReportSystem<Self, Offences, Historical, ReportLongevity>;
}

impl pallet_offences::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type IdentificationTuple = pallet_session::historical::IdentificationTuple<Self>;
	type OnOffenceHandler = ValidatorSet;
}

impl pallet_session::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = pallet_validator_set::ValidatorOf<Self>;
	type ShouldEndSession = Babe;
	type NextSessionRotation = Babe;
	type SessionManager = pallet_session::historical::NoteHistoricalRoot<Self, ValidatorSet>;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	type DisablingStrategy = pallet_session::disabling::UpToLimitWithReEnablingDisablingStrategy;
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
	type Currency = Balances;
	type KeyDeposit = KeyDeposit;
}

impl pallet_session::historical::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	// An offence names the organisation behind the validator.
	type FullIdentification = salus_primitives::OrgId;
	type FullIdentificationOf = pallet_validator_set::OrganisationOf<Self>;
}

impl pallet_validator_set::Config for Runtime {
	type Organisations = Registry;
	type AdminOrigin = CouncilSuperMajority;
	// One faulty validator in four is borne; the development preset writes a smaller minimum.
	type MinValidators = ConstU32<4>;
	type MaxValidators = ConstU32<MAX_VALIDATORS>;
	type MaxOffences = ConstU32<64>;
	type HistoryDepth = ConstU32<REPORTABLE_SESSIONS>;
	type WeightInfo = pallet_validator_set::weights::SubstrateWeight<Runtime>;
}
