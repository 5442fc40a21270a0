//! The health pallets, and which of them answers what another asks.

use super::governance::CouncilSuperMajority;
use crate::{common::health::MAX_EMPLOYERS, *};
use frame_support::{
	parameter_types,
	traits::{fungible::HoldConsideration, ConstU32, ConstU64, LinearStoragePrice},
	PalletId,
};
use salus_primitives::{
	time::{DAY, HOUR, MINUTE, YEAR},
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
	pub const ClaimsHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Claims(pallet_claims::HoldReason::Bond);
	pub const CareHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Care(pallet_care::HoldReason::Relationship);
	pub const EmergencyHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Emergency(pallet_emergency::HoldReason::Emergency);
	pub const AccessLogHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::AccessLog(pallet_access_log::HoldReason::Log);
	pub const AcknowledgementHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Acknowledgement(pallet_acknowledgement::HoldReason::Acknowledgement);
	pub const ResearchHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Research(pallet_research::HoldReason::Research);
}

/// A deposit held from the account that is answerable for a piece of state.
pub type Deposit<Reason> = HoldConsideration<
	AccountId,
	Balances,
	Reason,
	LinearStoragePrice<DepositBase, DepositPerByte, Balance>,
>;

salus_primitives::deposits_are_on_hold!(Runtime);

parameter_types! {
	/// The longest licence, affiliation and registrar's term. Renewal is a decision, not a default.
	pub const MaxTerm: Moment = 5 * YEAR;
}

impl pallet_registry::Config for Runtime {
	type WeightInfo = pallet_registry::weights::SubstrateWeight<Runtime>;
	type Time = Timestamp;
	type Tokenless = Sponsorship;
	type Consideration = Deposit<RegistryHoldReason>;
	type GovernanceOrigin = CouncilSuperMajority;
	type MaxLicenceIntervals = ConstU32<64>;
	type MaxAffiliationIntervals = ConstU32<64>;
	type MaxEmployers = ConstU32<MAX_EMPLOYERS>;
	// A large hospital takes all its staff on within a week.
	type MaxInvitations = ConstU32<1_000>;
	type MaxRegistrarTerms = ConstU32<64>;
	type MaxLicenceTerm = MaxTerm;
	type MaxAffiliationTerm = MaxTerm;
	type MaxRegistrarTerm = MaxTerm;
}

/// Every key that is or was the member key of a coverage, and agreed to be.
pub struct MemberKeys;

impl frame_support::traits::Contains<AccountId> for MemberKeys {
	fn contains(key: &AccountId) -> bool {
		pallet_claims::MemberKeys::<Runtime>::contains_key(key)
	}
}

impl pallet_patient_identity::Config for Runtime {
	type WeightInfo = pallet_patient_identity::weights::SubstrateWeight<Runtime>;
	type Time = Timestamp;
	type Credentials = Registry;
	type Tokenless = Sponsorship;
	type Reserved = MemberKeys;
	type Consideration = Deposit<IdentityHoldReason>;
	type OffchainSignature = Signature;
	type OffchainPublic = <Signature as Verify>::Signer;
	type KeyDelay = ConstU64<DAY>;
	type UnfreezeDelay = ConstU64<DAY>;
	type RetirementDelay = ConstU64<{ 7 * DAY }>;
	type MaxSignatureLife = ConstU64<HOUR>;
	type MaxKeys = ConstU32<8>;
	type MaxRegistrations = ConstU32<1_000>;
	// Somebody at an admission desk who registers a patient every five minutes.
	type MaxRegistrationsByMember = ConstU32<100>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = salus_primitives::benchmarking::Sr25519Helper;
}

impl pallet_consent::Config for Runtime {
	type Time = Timestamp;
	type Patients = PatientIdentity;
	type Credentials = Registry;
	type Care = Care;
	type Emergencies = Emergency;
	type Sealed = Sealed;
	type Consideration = Deposit<ConsentHoldReason>;
	type LiftDelay = ConstU64<DAY>;
	type RequestLife = ConstU64<{ 7 * DAY }>;
	type MaxCareTerm = ConstU64<{ 2 * YEAR }>;
	type MaxPaymentTerm = ConstU64<{ 3 * YEAR }>;
	type MaxResearchTerm = ConstU64<{ 10 * YEAR }>;
	type WeightInfo = pallet_consent::weights::SubstrateWeight<Runtime>;
}

impl pallet_care::Config for Runtime {
	type WeightInfo = pallet_care::weights::SubstrateWeight<Runtime>;
	type Time = Timestamp;
	type Patients = PatientIdentity;
	type Credentials = Registry;
	type Consideration = Deposit<CareHoldReason>;
	type OffchainSignature = Signature;
	type OffchainPublic = <Signature as Verify>::Signer;
	type MaxTerm = ConstU64<YEAR>;
	type InvitationLife = ConstU64<{ 30 * DAY }>;
	type MaxSignatureLife = ConstU64<HOUR>;
	// An hour too, where blocks come as they should.
	type MaxSignatureAge = ConstU32<HOURS>;
	type OptInDelay = ConstU64<DAY>;
	type PolicyNotice = ConstU64<{ 30 * DAY }>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = salus_primitives::benchmarking::Sr25519Helper;
}

impl pallet_emergency::Config for Runtime {
	type WeightInfo = pallet_emergency::weights::SubstrateWeight<Runtime>;
	type Time = Timestamp;
	type Patients = PatientIdentity;
	type Credentials = Registry;
	type Consideration = Deposit<EmergencyHoldReason>;
	// Never shorter by an upgrade: answers about the past rest on it.
	type AccessLength = ConstU64<{ 4 * HOUR }>;
	type LateWindow = ConstU64<DAY>;
	type LatePerDay = ConstU32<12>;
	type ReviewTime = ConstU64<{ 72 * HOUR }>;
	type OwnReviewTime = ConstU64<DAY>;
	type DisputeTime = ConstU64<{ 180 * DAY }>;
	// Of a hospital; a network of larger ones raises it by an upgrade. Beyond it nothing is refused.
	type Credit = ConstU32<50>;
	type CreditPeriod = ConstU64<{ 30 * DAY }>;
	type PersonalCredit = ConstU32<3>;
	type Penalty = ConstU32<5>;
	type MaxPenalty = ConstU32<45>;
	type PenaltyPeriod = ConstU64<{ 180 * DAY }>;
	type RelaxDelay = ConstU64<DAY>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkClock = salus_primitives::benchmarking::TimestampClock;
}

impl pallet_access_log::Config for Runtime {
	type WeightInfo = pallet_access_log::weights::SubstrateWeight<Runtime>;
	type Time = Timestamp;
	type Credentials = Registry;
	type Consideration = Deposit<AccessLogHoldReason>;
	// Custodians commit daily: whoever does so at the same hour is not stale for the seconds that a block takes.
	type Heartbeat = ConstU64<{ 2 * DAY }>;
	type CommitInterval = ConstU64<{ 10 * MINUTE }>;
	type ReconciliationTime = ConstU64<{ 90 * DAY }>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkClock = salus_primitives::benchmarking::TimestampClock;
}

impl pallet_research::Config for Runtime {
	type WeightInfo = pallet_research::weights::SubstrateWeight<Runtime>;
	type Time = Timestamp;
	type Credentials = Registry;
	type Consideration = Deposit<ResearchHoldReason>;
	// None of these times is changed by an upgrade, but that in which a permit is to be closed: answers about the past rest on them.
	type EpochTime = ConstU64<{ 30 * DAY }>;
	type SignatureTime = ConstU64<{ 30 * DAY }>;
	type VoteTime = ConstU64<{ 21 * DAY }>;
	type MinDeliberation = ConstU64<{ 3 * DAY }>;
	type BudgetDeliberation = ConstU64<{ 7 * DAY }>;
	type CountTime = ConstU64<{ 7 * DAY }>;
	type BudgetPause = ConstU64<{ 30 * DAY }>;
	type AcceptanceTime = ConstU64<{ 30 * DAY }>;
	type RecusalTime = ConstU64<YEAR>;
	type ReportGrace = ConstU64<{ 30 * DAY }>;
	type RenewalWindow = ConstU64<{ 60 * DAY }>;
	type CloseOutTime = ConstU64<{ 180 * DAY }>;
	type MaxEthicsTerm = ConstU64<{ 5 * YEAR }>;
	type MaxUnsignedStudies = ConstU32<8>;
	type MaxRequests = ConstU32<64>;
	// An epsilon of 10, and from 0.01 to 1 for a query: a budget allows a thousand queries at most.
	type MaxBudget = ConstU64<10_000_000>;
	type MinEpsilon = ConstU64<10_000>;
	type MaxEpsilon = ConstU64<1_000_000>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkClock = salus_primitives::benchmarking::TimestampClock;
}

impl pallet_acknowledgement::Config for Runtime {
	type WeightInfo = pallet_acknowledgement::weights::SubstrateWeight<Runtime>;
	type Time = Timestamp;
	type Credentials = Registry;
	type Revocations = Consent;
	type Consideration = Deposit<AcknowledgementHoldReason>;
	type Deadline = ConstU64<{ 72 * HOUR }>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkClock = salus_primitives::benchmarking::TimestampClock;
}

impl pallet_sealed::Config for Runtime {
	type WeightInfo = pallet_sealed::weights::SubstrateWeight<Runtime>;
	type Time = Timestamp;
	type Patients = PatientIdentity;
	type LiftDelay = ConstU64<DAY>;
	// The strictest of consent's: what a sealed Permit is for is not known.
	type MaxTerm = ConstU64<{ 2 * YEAR }>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkClock = salus_primitives::benchmarking::TimestampClock;
}

parameter_types! {
	/// The longest of what laws commonly ask. A network that needs more raises them before it begins,
	/// or by an upgrade; authors can extend a slot's by themselves.
	pub const RetentionTerms: pallet_record_anchor::RetentionTerms =
		pallet_record_anchor::RetentionTerms {
			standard: 10 * YEAR,
			// Until majority at 18, for a newborn, and 7 years.
			minor: 25 * YEAR,
			imaging: 10 * YEAR,
			traceability: 30 * YEAR,
			// Only the newest version matters, and one that is in use is renewed more often.
			emergency_summary: YEAR,
		};
}

impl pallet_record_anchor::Config for Runtime {
	type WeightInfo = pallet_record_anchor::weights::SubstrateWeight<Runtime>;
	type Time = Timestamp;
	type Credentials = Registry;
	type Patients = PatientIdentity;
	type Registrars = Registry;
	type Treatment = Consent;
	type Consideration = Deposit<AnchorHoldReason>;
	type LineagePage = ConstU32<64>;
	type MaxRecords = ConstU32<64>;
	type MaxEvicted = ConstU32<100>;
	type RetentionTerms = RetentionTerms;
	type MaxRetention = ConstU64<{ 50 * YEAR }>;
	type MaxHold = ConstU64<YEAR>;
	type DisputeTime = ConstU64<{ 60 * DAY }>;
	type DisputeExtension = ConstU64<{ 30 * DAY }>;
	type ErasureTime = ConstU64<{ 30 * DAY }>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkClock = salus_primitives::benchmarking::TimestampClock;
}

parameter_types! {
	pub const ClaimsPotId: PalletId = PalletId(*b"slsclaim");
}

impl pallet_claims::Config for Runtime {
	type WeightInfo = pallet_claims::weights::SubstrateWeight<Runtime>;
	type Time = Timestamp;
	type Credentials = Registry;
	type Patients = PatientIdentity;
	type Tokenless = Sponsorship;
	type Consideration = Deposit<ClaimsHoldReason>;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Assets = Assets;
	type AssetsHold = AssetsHolder;
	type OffchainSignature = Signature;
	type OffchainPublic = <Signature as Verify>::Signer;
	type PotId = ClaimsPotId;
	type RekeyDelay = ConstU64<DAY>;
	// A leap year, and the day on which one coverage hands over to the next.
	type MaxCoverageTerm = ConstU64<{ YEAR + 2 * DAY }>;
	type MaxEncounterTerm = ConstU64<YEAR>;
	type MaxSignatureLife = ConstU64<HOUR>;
	type SettledByFunding = ConstU32<16>;
	type Page = ConstU32<64>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = salus_primitives::benchmarking::Sr25519Helper;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkAsset = BenchmarkAsset;
}

/// The presets' settlement asset, made where the genesis has none.
#[cfg(feature = "runtime-benchmarks")]
pub struct BenchmarkAsset;

#[cfg(feature = "runtime-benchmarks")]
impl frame_support::traits::Get<AssetId> for BenchmarkAsset {
	fn get() -> AssetId {
		use frame_support::traits::fungibles::{Create, Inspect};
		let id = crate::genesis_config_presets::SETTLEMENT_ASSET;
		if !Assets::asset_exists(id) {
			let owner = super::governance::TreasuryAccount::get();
			<Assets as Create<AccountId>>::create(id, owner, false, 1).expect("no such asset yet");
		}
		id
	}
}
