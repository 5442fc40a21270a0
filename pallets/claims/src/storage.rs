//! What the pallet stores.

use frame_support::pallet_macros::pallet_section;

/// Storage.
#[pallet_section]
mod storage {
	/// The number of a settlement asset.
	pub type AssetIdOf<T> = <<T as Config>::Assets as fungibles::Inspect<
		<T as frame_system::Config>::AccountId,
	>>::AssetId;

	/// A version of a plan, as this runtime stores it.
	pub type TermsOf<T> = Terms<AssetIdOf<T>>;

	/// A coverage, as this runtime stores it.
	pub type CoverageOf<T> = Coverage<<T as frame_system::Config>::AccountId>;

	/// A bond, as this runtime stores it.
	pub type BondOf<T> = Bond<<T as frame_system::Config>::AccountId, <T as Config>::Consideration>;

	/// The number of the next plan.
	#[pallet::storage]
	pub type NextPlan<T> = StorageValue<_, PlanId, ValueQuery>;

	/// The plans.
	#[pallet::storage]
	pub type Plans<T: Config> = StorageMap<_, Twox64Concat, PlanId, Plan>;

	/// Their versions.
	#[pallet::storage]
	pub type PlanVersions<T: Config> =
		StorageDoubleMap<_, Twox64Concat, PlanId, Twox64Concat, u32, TermsOf<T>>;

	/// The number of the next coverage.
	#[pallet::storage]
	pub type NextCoverage<T> = StorageValue<_, CoverageId, ValueQuery>;

	/// The coverages.
	#[pallet::storage]
	pub type Coverages<T: Config> = StorageMap<_, Twox64Concat, CoverageId, CoverageOf<T>>;

	/// Which coverage a key has agreed to stand for. Never another.
	#[pallet::storage]
	pub type MemberKeys<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, CoverageId>;

	/// What has been used of each coverage: the fold of its decided claims.
	#[pallet::storage]
	pub type Used<T: Config> = StorageMap<_, Twox64Concat, CoverageId, Accumulators, ValueQuery>;

	/// The claims of each coverage.
	#[pallet::storage]
	pub type CoverageClaims<T: Config> =
		StorageDoubleMap<_, Twox64Concat, CoverageId, Twox64Concat, ClaimId, ()>;

	/// The number of the next encounter.
	#[pallet::storage]
	pub type NextEncounter<T> = StorageValue<_, EncounterId, ValueQuery>;

	/// The encounters.
	#[pallet::storage]
	pub type Encounters<T: Config> = StorageMap<_, Twox64Concat, EncounterId, Encounter>;

	/// In which encounter a service is claimed, by the commitment to its detail: its nullifier.
	#[pallet::storage]
	pub type ServiceLines<T: Config> = StorageMap<_, Blake2_128Concat, Commitment, EncounterId>;

	/// The number of the next claim.
	#[pallet::storage]
	pub type NextClaim<T> = StorageValue<_, ClaimId, ValueQuery>;

	/// The claims.
	#[pallet::storage]
	pub type Claims<T: Config> = StorageMap<_, Twox64Concat, ClaimId, Claim>;

	/// Their lines.
	#[pallet::storage]
	pub type ClaimLines<T: Config> =
		StorageMap<_, Twox64Concat, ClaimId, PerLine<Line>, ValueQuery>;

	/// What became of their lines, once they were decided.
	#[pallet::storage]
	pub type ClaimResults<T: Config> = StorageMap<_, Twox64Concat, ClaimId, Results>;

	/// The claims that wait for a payer's funds in an asset: the ends of a list in [`Neighbouring`].
	#[pallet::storage]
	pub type Queues<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrgId, Blake2_128Concat, AssetIdOf<T>, Queue, ValueQuery>;

	/// The claims right before and right after each claim that waits.
	#[pallet::storage]
	pub type Neighbouring<T: Config> = StorageMap<_, Twox64Concat, ClaimId, Neighbours>;

	/// What each organisation's administrator has put down.
	#[pallet::storage]
	pub type Bonds<T: Config> = StorageMap<_, Twox64Concat, OrgId, BondOf<T>>;
}
