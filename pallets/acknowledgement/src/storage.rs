//! What the pallet stores.

use frame_support::pallet_macros::pallet_section;

/// Storage.
#[pallet_section]
mod storage {
	/// What became of each revocation that was acknowledged, or marked overdue. Of the others there is nothing here.
	#[pallet::storage]
	pub type Notices<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		PatientId,
		Twox64Concat,
		DirectiveId,
		NoticeOf<T>,
		OptionQuery,
	>;

	/// How many revocations each organisation has acknowledged in time and late, how many are marked overdue
	/// and still open, and how many acknowledgements have no deposit. Computed from [`Notices`] as they change.
	#[pallet::storage]
	pub type Tallies<T: Config> = StorageMap<_, Twox64Concat, OrgId, Tally, ValueQuery>;

	/// Revocations before this moment need no acknowledgement: the network did not ask for any then. Zero, and written, on a
	/// network that has had this pallet from its beginning.
	#[pallet::storage]
	pub type Since<T: Config> = StorageValue<_, Moment, ValueQuery>;
}
