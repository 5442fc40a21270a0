//! What the pallet stores.

use frame_support::pallet_macros::pallet_section;

/// Storage.
#[pallet_section]
mod storage {
	/// Where the log of each custodian stands.
	#[pallet::storage]
	pub type Custodians<T: Config> = StorageMap<_, Twox64Concat, OrgId, Custodian, OptionQuery>;

	/// The commits of a custodian, by number from 0, without a gap and through all epochs.
	#[pallet::storage]
	pub type Commits<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrgId, Twox64Concat, u32, CommitOf<T>, OptionQuery>;

	/// What a custodian found of a day when it compared its log with another's: by the one who says so, and by the
	/// other and the day.
	#[pallet::storage]
	pub type Attestations<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		OrgId,
		Twox64Concat,
		(OrgId, Day),
		AttestationOf<T>,
		OptionQuery,
	>;
}
