//! What the pallet stores.

use frame_support::pallet_macros::pallet_section;

/// Storage.
#[pallet_section]
mod storage {
	/// The directives of a patient that are not in the history yet.
	#[pallet::storage]
	pub type Live<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, LiveSet<T::AccountId>, ValueQuery>;

	/// The directives of a patient that ended or expired, by page. A full page never changes.
	#[pallet::storage]
	pub type History<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		PatientId,
		Twox64Concat,
		u32,
		HistoryPage<T::AccountId>,
		OptionQuery,
	>;

	/// The vetoes of a patient, past and present. At most one of each purpose is in force.
	#[pallet::storage]
	pub type Vetoes<T: Config> = StorageMap<
		_,
		Blake2_128Concat,
		PatientId,
		BoundedVec<PurposeVeto, ConstU32<MAX_VETOES>>,
		ValueQuery,
	>;

	/// The base decisions of a patient, past and present, in the order in which they were made.
	#[pallet::storage]
	pub type BaseDecisions<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, BaseTerms, ValueQuery>;

	/// The open requests for access to a patient's data.
	#[pallet::storage]
	pub type Requests<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		PatientId,
		Twox64Concat,
		RequestId,
		RequestOf<T>,
		OptionQuery,
	>;

	/// Which requests to a patient are open, and of which organisations.
	#[pallet::storage]
	pub type OpenRequests<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, RequestIndex, ValueQuery>;

	/// What was agreed with each approved request, by the directive that it led to.
	#[pallet::storage]
	pub type Agreements<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		PatientId,
		Twox64Concat,
		DirectiveId,
		AgreementOf<T>,
		OptionQuery,
	>;

	/// The organisations that may not ask a patient for access, and since when.
	#[pallet::storage]
	pub type Blocked<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, PatientId, Twox64Concat, OrgId, Moment, OptionQuery>;

	/// The lifts of a patient that wait.
	#[pallet::storage]
	pub type PendingLifts<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, Pending, ValueQuery>;
}
