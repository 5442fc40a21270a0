//! What the pallet stores.

use frame_support::pallet_macros::pallet_section;

/// Storage.
#[pallet_section]
mod storage {
	/// Every handle ever registered, retired ones included.
	#[pallet::storage]
	pub type Patients<T: Config> = StorageMap<_, Blake2_128Concat, PatientId, Patient<T>>;

	/// Every key that is pending, live, or was ever live.
	#[pallet::storage]
	pub type Keys<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Key>;

	/// The superseded states of each handle, oldest first.
	#[pallet::storage]
	pub type StateHistory<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, PatientId, Twox64Concat, u32, Since<PatientState>>;

	/// The superseded agreement keys of each handle, oldest first: which one an old envelope was
	/// encrypted to.
	#[pallet::storage]
	pub type AgreementKeyHistory<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, PatientId, Twox64Concat, u32, Since<[u8; 32]>>;

	/// The block in which each handle last left Active. The moment of it stands with the handle; a signature names a block,
	/// and this tells whether it was made before. One item a handle at most: the number of handles, each with a deposit,
	/// bounds them. The deposit does not pay for this item (52 bytes), because those of version 0.1.0 could not. Handles
	/// that left Active under version 0.1.0 have no entry.
	#[pallet::storage]
	pub type LeftActiveIn<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, BlockNumberFor<T>>;

	/// The keys whose removal was pending when the handle was last frozen: they cannot keep it frozen.
	#[pallet::storage]
	pub type LeavingAtFreeze<T: Config> = StorageMap<
		_,
		Blake2_128Concat,
		PatientId,
		BoundedVec<T::AccountId, T::MaxKeys>,
		ValueQuery,
	>;

	/// Who keeps the limits of each handle that an organisation registered. Written with the handle,
	/// and never again. Handles of version 0.1.0 have no entry.
	#[pallet::storage]
	pub type Parties<T: Config> = StorageMap<_, Blake2_128Concat, PatientId, Party>;

	/// How many handles each organisation has registered lately, and how many desks it has had.
	#[pallet::storage]
	pub type Registrations<T: Config> = StorageMap<_, Twox64Concat, OrgId, Admission, ValueQuery>;

	/// The desks: the accounts that register handles for each organisation.
	#[pallet::storage]
	pub type Desks<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrgId, Blake2_128Concat, T::AccountId, Desk, ValueQuery>;
}
