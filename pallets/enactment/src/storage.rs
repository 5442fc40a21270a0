//! What the pallet stores.

use frame_support::pallet_macros::pallet_section;

/// Storage.
#[pallet_section]
mod storage {
	/// What was approved by one body or both and is not carried out yet, by the BLAKE2-256 hash of
	/// the encoded call.
	#[pallet::storage]
	pub type Proposals<T: Config> =
		CountedStorageMap<_, Blake2_128Concat, T::Hash, Proposal<T>, OptionQuery>;

	/// The delays now, in seconds.
	#[pallet::storage]
	pub type Delays<T: Config> =
		StorageValue<_, DelayTable, ValueQuery, <T as Config>::DefaultFloors>;

	/// The shortest delays on this chain, in seconds. Written at genesis and never again.
	#[pallet::storage]
	pub type Floors<T: Config> =
		StorageValue<_, DelayTable, ValueQuery, <T as Config>::DefaultFloors>;
}
