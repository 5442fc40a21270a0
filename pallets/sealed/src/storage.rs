//! What the pallet stores.

use frame_support::pallet_macros::pallet_section;

/// Storage.
#[pallet_section]
mod storage {
	/// The sealed directives of a patient that are not in the history yet.
	#[pallet::storage]
	pub type Live<T: Config> = StorageMap<_, Blake2_128Concat, PatientId, LiveSet, ValueQuery>;

	/// The sealed directives of a patient that ended or expired, by page. A full page never changes.
	#[pallet::storage]
	pub type History<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		PatientId,
		Twox64Concat,
		u32,
		HistoryPage,
		OptionQuery,
	>;

	/// The lifts of a patient that wait.
	#[pallet::storage]
	pub type PendingLifts<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, PendingList, ValueQuery>;
}
