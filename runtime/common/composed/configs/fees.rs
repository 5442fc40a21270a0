//! Money: the native token for fees and deposits, assets for settlement, and who pays a fee.

use super::governance::{CouncilSuperMajority, TreasuryAccount};
use crate::{
	common::money::ComputationFee,
	measured::database::DatabaseWeight,
	policy::{
		fees::{FeeBudgets, FreeConditions, SponsoredCalls},
		signers::SignerRules,
	},
	*,
};
use frame_support::{
	parameter_types,
	traits::{
		tokens::imbalance::ResolveTo, AsEnsureOriginWithArg, ConstU32, ConstU8, VariantCountOf,
	},
	weights::{ConstantMultiplier, Weight},
	PalletId,
};
use frame_system::{EnsureRoot, EnsureWithSuccess};
use pallet_transaction_payment::{ConstFeeMultiplier, FungibleAdapter, Multiplier};
use sp_runtime::{traits::One, transaction_validity::TransactionPriority};

parameter_types! {
	pub const ExistentialDeposit: Balance = EXISTENTIAL_DEPOSIT;
}

impl pallet_balances::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type WeightInfo = crate::measured::pallet_balances::SubstrateWeight<Runtime>;
	type Balance = Balance;
	type DustRemoval = ();
	type ExistentialDeposit = ExistentialDeposit;
	type AccountStore = System;
	type ReserveIdentifier = [u8; 8];
	type FreezeIdentifier = RuntimeFreezeReason;
	type MaxLocks = ConstU32<16>;
	type MaxReserves = ConstU32<16>;
	type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
	type DoneSlashHandler = ();
}

parameter_types! {
	pub const TransactionByteFee: Balance = MICRO_UNIT;
	pub FeeMultiplier: Multiplier = Multiplier::one();
}

/// What all fees of a block touch together: the account of the treasury. No transaction declares it.
pub fn fees_of_a_block() -> Weight {
	let proof = Weight::from_parts(0, PROOF_OF_AN_ACCOUNT);
	DatabaseWeight::get().reads_writes(1, 1).saturating_add(proof)
}

/// What the proof of one account takes, in bytes, as the weights of `frame_system` declare it.
const PROOF_OF_AN_ACCOUNT: u64 = 3_593;

/// The adapter that takes a fee from one account and gives it to the treasury.
pub type OrdinaryFees = FungibleAdapter<Balances, ResolveTo<TreasuryAccount, Balances>>;

impl pallet_transaction_payment::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type OnChargeTransaction = pallet_sponsorship::SponsoredFees<OrdinaryFees>;
	type WeightToFee = ComputationFee;
	type LengthToFee = ConstantMultiplier<Balance, TransactionByteFee>;
	// Members know what a call costs next year: no multiplier that moves with the load.
	type FeeMultiplierUpdate = ConstFeeMultiplier<FeeMultiplier>;
	type OperationalFeeMultiplier = ConstU8<5>;
	type WeightInfo = crate::measured::pallet_transaction_payment::SubstrateWeight<Runtime>;
}

impl pallet_skip_feeless_payment::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
}

parameter_types! {
	pub const SponsorPotId: PalletId = PalletId(*b"slsspons");
	/// What an account of staff without tokens may use up in 24 hours: some fifty ordinary calls.
	pub const AllowancePerDay: Balance = UNIT;
	/// What the member of a coverage may use up in 24 hours: two or three calls. It has one to make for
	/// each visit.
	pub const MemberAllowancePerDay: Balance = UNIT / 20;
	/// What one key of a patient may use up in 24 hours: some fifteen calls.
	pub const KeyAllowancePerDay: Balance = 3 * UNIT / 10;
	/// What all keys of a patient together may use up in 24 hours, from the third day of the handle on. Three
	/// times what one key may: a key in the wrong hands does not keep the patient from denying. And a
	/// small part of what the cohort may: a few patients do not keep the others from it.
	pub const PatientAllowancePerDay: Balance = 9 * UNIT / 10;
	/// What all patients of a cohort may use up in 24 hours, or all members: some six hundred calls.
	pub const CohortAllowancePerDay: Balance = 12 * UNIT;
	/// What all staff of one organisation together may use up in 24 hours; the same again all its
	/// patients, and all its members.
	pub const OrganisationAllowancePerDay: Balance = 200 * UNIT;
	/// What an account of staff may use up in 24 hours for emergencies, when what staff shares is used up: some fifty.
	pub const EmergencyAllowancePerDay: Balance = UNIT;
	/// What all staff of one organisation together may use up for them: some thousand.
	pub const OrganisationEmergenciesPerDay: Balance = 20 * UNIT;
	/// What an account of staff may use up in 24 hours for answers that patients can force, and for nothing else: some eleven
	/// hundred, which are more than all patients of one cohort can ask for.
	pub const AnswerAllowancePerDay: Balance = 30 * UNIT;
	/// What all staff of one organisation together may use up for them: four such accounts.
	pub const OrganisationAnswersPerDay: Balance = 120 * UNIT;
	/// What is set aside for a year for what a patient does to tighten: two denials, though somebody else
	/// has used up what is shared. Less than the deposit for the handle.
	pub const PatientReserve: Balance = 6 * UNIT / 100;
	/// What is set aside for a year for the member of a coverage: a call. Less than the bond for it.
	pub const MemberReserve: Balance = 18 * UNIT / 1_000;
}

parameter_types! {
	/// Above every priority that a tip can buy.
	pub const FreeCallPriority: TransactionPriority = TransactionPriority::MAX;
}

/// A sponsored call, and who makes it, for the benchmark of the fee adapter.
#[cfg(feature = "runtime-benchmarks")]
pub struct SponsoredCallHelper;

#[cfg(feature = "runtime-benchmarks")]
impl pallet_sponsorship::BenchmarkHelper<AccountId, RuntimeCall> for SponsoredCallHelper {
	/// Its affiliation and the item with the organisation's licences are read, and whether it is a clinician.
	fn sponsored_staff() -> (AccountId, RuntimeCall) {
		use salus_primitives::{
			traits::{Credentials, TokenlessAccounts},
			OrgKind, Role,
		};
		let account = |name| frame_benchmarking::account::<AccountId>(name, 0, 0);
		let (admin, who) = (account("admin"), account("member"));
		let org = Registry::benchmark_organisation(OrgKind::Auditor, &admin, &who, Role::Clinician);
		Sponsorship::welcome(&who).expect("it only adds");
		let call = pallet_emergency::Call::break_glass {
			organisation: org,
			patient: Default::default(),
			reason: salus_primitives::EmergencyReason::UrgentCare,
			classes: salus_primitives::DataClassSet::ALL,
			detail: Default::default(),
		};
		(who, call.into())
	}

	/// Registered by an organisation, so that all its limits are read and written.
	fn sponsored_patient() -> (AccountId, RuntimeCall) {
		use salus_primitives::{traits::Patients, Cohort, Party};
		let who = frame_benchmarking::account::<AccountId>("patient", 0, 0);
		let patient = PatientIdentity::benchmark_patient(&who);
		let party = Party { organisation: 0, cohort: Cohort(0), since: 0 };
		pallet_patient_identity::Parties::<Runtime>::insert(patient, party);
		(who, pallet_consent::Call::block_requester { organisation: 0 }.into())
	}
}

impl pallet_sponsorship::Config for Runtime {
	type Currency = Balances;
	type Time = Timestamp;
	type PotId = SponsorPotId;
	type AllowancePerDay = AllowancePerDay;
	type KeyAllowancePerDay = KeyAllowancePerDay;
	type MemberAllowancePerDay = MemberAllowancePerDay;
	type PatientAllowancePerDay = PatientAllowancePerDay;
	// On the first day a handle has one key, and what that may use up; another key is live after a day.
	type DaysToFullAllowance = ConstU32<3>;
	type CohortAllowancePerDay = CohortAllowancePerDay;
	type OrganisationAllowancePerDay = OrganisationAllowancePerDay;
	type EmergencyAllowancePerDay = EmergencyAllowancePerDay;
	type OrganisationEmergenciesPerDay = OrganisationEmergenciesPerDay;
	type AnswerAllowancePerDay = AnswerAllowancePerDay;
	type OrganisationAnswersPerDay = OrganisationAnswersPerDay;
	type PatientReserve = PatientReserve;
	type MemberReserve = MemberReserve;
	type Budgeting = FeeBudgets;
	type SponsoredCalls = SponsoredCalls;
	type FreeCallConditions = FreeConditions;
	type SignedCalls = SignerRules;
	type FreeCallPriority = FreeCallPriority;
	type WeightInfo = pallet_sponsorship::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = SponsoredCallHelper;
}

parameter_types! {
	pub const AssetDeposit: Balance = 10 * UNIT;
	pub const AssetAccountDeposit: Balance = deposit(1, 16);
	pub const AssetMetadataDeposit: Balance = deposit(1, 68);
	pub const AssetApprovalDeposit: Balance = deposit(1, 64);
}

impl pallet_assets::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Balance = Balance;
	type RemoveItemsLimit = ConstU32<100>;
	type AssetId = AssetId;
	type AssetIdParameter = codec::Compact<AssetId>;
	type ReserveData = ();
	type Currency = Balances;
	// A settlement asset is the Council's to create; the treasury owns it.
	type CreateOrigin =
		AsEnsureOriginWithArg<EnsureWithSuccess<CouncilSuperMajority, AccountId, TreasuryAccount>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type AssetDeposit = AssetDeposit;
	type AssetAccountDeposit = AssetAccountDeposit;
	type MetadataDepositBase = AssetMetadataDeposit;
	type MetadataDepositPerByte = AssetAccountDeposit;
	type ApprovalDeposit = AssetApprovalDeposit;
	type StringLimit = ConstU32<32>;
	type Freezer = ();
	type Holder = AssetsHolder;
	type Extra = ();
	type CallbackHandle = ();
	type AssetIdAllocator = ();
	type WeightInfo = pallet_assets::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = AssetsBenchmarkHelper;
}

/// Makes asset ids for the SDK's benchmarks.
#[cfg(feature = "runtime-benchmarks")]
pub struct AssetsBenchmarkHelper;

#[cfg(feature = "runtime-benchmarks")]
impl pallet_assets::BenchmarkHelper<codec::Compact<AssetId>, ()> for AssetsBenchmarkHelper {
	fn create_asset_id_parameter(id: u32) -> codec::Compact<AssetId> {
		id.into()
	}
	fn create_reserve_id_parameter(_: u32) {}
}

impl pallet_assets_holder::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
}
