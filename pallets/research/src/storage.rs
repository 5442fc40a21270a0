//! What the pallet stores.

use frame_support::pallet_macros::pallet_section;

/// Storage.
#[pallet_section]
mod storage {
	/// The number of the next dataset.
	#[pallet::storage]
	pub type NextDataset<T: Config> = StorageValue<_, DatasetId, ValueQuery>;

	/// The number of the next study.
	#[pallet::storage]
	pub type NextStudy<T: Config> = StorageValue<_, StudyId, ValueQuery>;

	/// The number of the next request.
	#[pallet::storage]
	pub type NextRequest<T: Config> = StorageValue<_, AccessRequestId, ValueQuery>;

	/// The population of each custodian, with its privacy budget.
	#[pallet::storage]
	pub type Populations<T: Config> =
		StorageMap<_, Twox64Concat, OrgId, PopulationOf<T>, OptionQuery>;

	/// The proposal of more budget for each custodian's population on which is voted, or was voted last without a conclusion.
	#[pallet::storage]
	pub type BudgetMotions<T: Config> =
		StorageMap<_, Twox64Concat, OrgId, BudgetMotion<T::AccountId>, OptionQuery>;

	/// Every dataset that was ever offered.
	#[pallet::storage]
	pub type Datasets<T: Config> =
		StorageMap<_, Twox64Concat, DatasetId, DatasetOf<T>, OptionQuery>;

	/// The versions of a dataset, by number from 0, without a gap.
	#[pallet::storage]
	pub type Versions<T: Config> =
		StorageDoubleMap<_, Twox64Concat, DatasetId, Twox64Concat, u32, VersionOf<T>, OptionQuery>;

	/// Every study that was ever registered.
	#[pallet::storage]
	pub type Studies<T: Config> = StorageMap<_, Twox64Concat, StudyId, StudyOf<T>, OptionQuery>;

	/// How many studies each researcher has at an institution of which that has co-signed no request.
	#[pallet::storage]
	pub type UnsignedStudies<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrgId, Blake2_128Concat, T::AccountId, u32, ValueQuery>;

	/// Every request that was ever made.
	#[pallet::storage]
	pub type Requests<T: Config> =
		StorageMap<_, Twox64Concat, AccessRequestId, RequestOf<T>, OptionQuery>;

	/// The permits, each under the number of its request.
	#[pallet::storage]
	pub type Permits<T: Config> =
		StorageMap<_, Twox64Concat, AccessRequestId, PermitRecord, OptionQuery>;

	/// The queries of a custodian's population for which budget was reserved, by number from 0, without a gap.
	#[pallet::storage]
	pub type Queries<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrgId, Twox64Concat, QueryId, Query, OptionQuery>;

	/// The number of a custodian's query with this commitment: each is reserved once.
	#[pallet::storage]
	pub type QueryByCommitment<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		OrgId,
		Blake2_128Concat,
		Commitment,
		QueryId,
		OptionQuery,
	>;
}
