//! What the pallet stores.

use frame_support::pallet_macros::pallet_section;

/// Storage.
#[pallet_section]
mod storage {
	/// The welcomed accounts, and what each has used of its allowance. An entry is never removed, but
	/// for a guest that never sent a transaction.
	#[pallet::storage]
	pub type Accounts<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, Allowance<BalanceOf<T>>, OptionQuery>;

	/// Those of the welcomed accounts that are only invited, and by how many invitations. Whoever
	/// accepts one is a guest no more.
	#[pallet::storage]
	pub type Guests<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, u32, OptionQuery>;

	/// What has been used of each budget.
	#[pallet::storage]
	pub type Budgets<T: Config> =
		StorageMap<_, Blake2_128Concat, Budget, Allowance<BalanceOf<T>>, ValueQuery>;
}
