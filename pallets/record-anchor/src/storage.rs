//! What the pallet stores.

use frame_support::pallet_macros::pallet_section;

/// Storage.
#[pallet_section]
mod storage {
	/// A deposit as this runtime stores it.
	pub type DepositOf<T> =
		Deposit<<T as frame_system::Config>::AccountId, <T as Config>::Consideration>;

	/// The next free slot of each author: how many it has ever used. Never goes back.
	#[pallet::storage]
	pub type NextSeq<T: Config> = StorageMap<_, Twox64Concat, OrgId, Seq, ValueQuery>;

	/// The slots, by author and number.
	#[pallet::storage]
	pub type Anchors<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrgId, Twox64Concat, Seq, Anchor>;

	/// In which slot an author anchored a commitment or root. Each only once, within its author.
	#[pallet::storage]
	pub type Commitments<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrgId, Blake2_128Concat, Commitment, Seq>;

	/// Whom a single record is about, where it says so. No proof of a slot touches this map.
	#[pallet::storage]
	pub type Subjects<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrgId, Twox64Concat, Seq, PatientId>;

	/// The version right after a slot's, by author and slot.
	#[pallet::storage]
	pub type Successors<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrgId, Twox64Concat, Seq, Successor>;

	/// The newest version of each lineage of more than one, by author and first slot. It stands beside
	/// that version, and goes with it.
	#[pallet::storage]
	pub type Heads<T: Config> = StorageDoubleMap<_, Twox64Concat, OrgId, Twox64Concat, Seq, Seq>;

	/// What does not stand: by author, slot, and leaf of a batch. Without a leaf, the whole slot.
	#[pallet::storage]
	pub type Retractions<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Twox64Concat, OrgId>,
			NMapKey<Twox64Concat, Seq>,
			NMapKey<Blake2_128Concat, Option<u64>>,
		),
		Retraction,
	>;

	/// When the patient confirmed to have seen a record, by author and slot.
	#[pallet::storage]
	pub type Acknowledgements<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrgId, Twox64Concat, Seq, Moment>;

	/// A patient's disputes about a record, oldest first, by author and slot.
	#[pallet::storage]
	pub type Disputes<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrgId, Twox64Concat, Seq, Rounds, ValueQuery>;

	/// Until when a slot is kept beyond what its class asks, by author and slot.
	#[pallet::storage]
	pub type Extensions<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrgId, Twox64Concat, Seq, Moment>;

	/// The legal holds on a slot, by author and slot. Those that have run out may still be there.
	#[pallet::storage]
	pub type Holds<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrgId, Twox64Concat, Seq, LegalHolds, ValueQuery>;

	/// The patient's wish to have a record erased, by author and slot.
	#[pallet::storage]
	pub type ErasureRequests<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrgId, Twox64Concat, Seq, ErasureRequest>;

	/// What is left of slots that were shredded, by author and slot.
	#[pallet::storage]
	pub type Tombstones<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrgId, Twox64Concat, Seq, Tombstone>;

	/// The deposits: by author, slot, and retracted leaf. Without a leaf, that of the slot, or of the
	/// tombstone that it left.
	#[pallet::storage]
	pub type Deposits<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Twox64Concat, OrgId>,
			NMapKey<Twox64Concat, Seq>,
			NMapKey<Blake2_128Concat, Option<u64>>,
		),
		DepositOf<T>,
	>;
}
