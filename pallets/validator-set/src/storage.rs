//! What the pallet stores.

use frame_support::pallet_macros::pallet_section;

/// Storage.
#[pallet_section]
mod storage {
	/// The members: those who validate, or will as soon as they have session keys.
	#[pallet::storage]
	pub type Members<T: Config> =
		CountedStorageMap<_, Blake2_128Concat, T::AccountId, Membership, OptionQuery>;

	/// Those who are no members any more, and still validate until the set has changed.
	#[pallet::storage]
	pub type Departures<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, Departure, OptionQuery>;

	/// Those in the set who offended: disabled for as long as they are in it.
	#[pallet::storage]
	pub type Offenders<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, Offender, OptionQuery>;

	/// What the validators of each organisation did wrong.
	#[pallet::storage]
	pub type Offences<T: Config> =
		StorageMap<_, Blake2_128Concat, OrgId, OrganisationRecord<T>, ValueQuery>;

	/// The smallest set on this chain. Written at genesis and never again.
	#[pallet::storage]
	pub type Minimum<T: Config> = StorageValue<_, u32, ValueQuery, <T as Config>::MinValidators>;

	/// The length of a session in slots. Written at genesis and never again: the consensus below
	/// counts its epochs with it, and a change would shift every one of them.
	#[pallet::storage]
	pub type SessionLength<T: Config> = StorageValue<_, u64, ValueQuery, DefaultSessionLength>;
}
