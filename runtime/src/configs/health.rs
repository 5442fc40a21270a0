//! The health pallets, and which of them answers what another asks.

use super::governance::CouncilSuperMajority;
use crate::*;
use frame_support::{
	parameter_types,
	traits::{fungible::HoldConsideration, ConstU32, ConstU64, LinearStoragePrice},
};
use salus_primitives::{
	time::{DAY, HOUR, YEAR},
	Moment,
};

parameter_types! {
	pub const DepositBase: Balance = deposit(1, 0);
	pub const DepositPerByte: Balance = deposit(0, 1);
	pub const RegistryHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Registry(pallet_registry::HoldReason::Registration);
	pub const IdentityHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::PatientIdentity(pallet_patient_identity::HoldReason::Registration);
	pub const ConsentHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Consent(pallet_consent::HoldReason::Request);
	pub const AnchorHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::RecordAnchor(pallet_record_anchor::HoldReason::Anchor);
}

/// A deposit held from the account that is answerable for a piece of state.
pub type Deposit<Reason> = HoldConsideration<
	AccountId,
	Balances,
	Reason,
	LinearStoragePrice<DepositBase, DepositPerByte, Balance>,
>;

parameter_types! {
	/// The longest licence, affiliation and registrar's term. Renewal is a decision, not a default.
	pub const MaxTerm: Moment = 5 * YEAR;
}

/// At how many organisations an account can be affiliated at a time.
pub const MAX_EMPLOYERS: u32 = 16;

impl pallet_registry::Config for Runtime {
	type WeightInfo = pallet_registry::weights::SubstrateWeight<Runtime>;
	type Time = Timestamp;
	type Tokenless = Sponsorship;
	type Consideration = Deposit<RegistryHoldReason>;
	type GovernanceOrigin = CouncilSuperMajority;
	type MaxLicenceIntervals = ConstU32<64>;
	type MaxAffiliationIntervals = ConstU32<64>;
	type MaxEmployers = ConstU32<MAX_EMPLOYERS>;
	type MaxRegistrarTerms = ConstU32<64>;
	type MaxLicenceTerm = MaxTerm;
	type MaxAffiliationTerm = MaxTerm;
	type MaxRegistrarTerm = MaxTerm;
}

impl pallet_patient_identity::Config for Runtime {
	type WeightInfo = pallet_patient_identity::weights::SubstrateWeight<Runtime>;
	type Time = Timestamp;
	type Credentials = Registry;
	type Tokenless = Sponsorship;
	type Consideration = Deposit<IdentityHoldReason>;
	type OffchainSignature = Signature;
	type OffchainPublic = <Signature as Verify>::Signer;
	type KeyDelay = ConstU64<DAY>;
	type UnfreezeDelay = ConstU64<DAY>;
	type RetirementDelay = ConstU64<{ 7 * DAY }>;
	type MaxSignatureLife = ConstU64<HOUR>;
	type MaxKeys = ConstU32<8>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = pallet_patient_identity::benchmarking::Sr25519Helper;
}

impl pallet_consent::Config for Runtime {
	type Time = Timestamp;
	type Patients = PatientIdentity;
	type Credentials = Registry;
	type Consideration = Deposit<ConsentHoldReason>;
	type LiftDelay = ConstU64<DAY>;
	type RequestLife = ConstU64<{ 7 * DAY }>;
	type MaxCareTerm = ConstU64<{ 2 * YEAR }>;
	type MaxPaymentTerm = ConstU64<{ 3 * YEAR }>;
	type MaxResearchTerm = ConstU64<{ 10 * YEAR }>;
	type WeightInfo = pallet_consent::weights::SubstrateWeight<Runtime>;
}

impl pallet_record_anchor::Config for Runtime {
	type WeightInfo = pallet_record_anchor::weights::SubstrateWeight<Runtime>;
	type Time = Timestamp;
	type Credentials = Registry;
	type Patients = PatientIdentity;
	type Treatment = Consent;
	type Consideration = Deposit<AnchorHoldReason>;
	type LineagePage = ConstU32<64>;
}
