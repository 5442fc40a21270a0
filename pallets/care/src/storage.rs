//! What the pallet stores.

use frame_support::pallet_macros::pallet_section;

/// Storage.
#[pallet_section]
mod storage {
	/// The number of the next relationship.
	#[pallet::storage]
	pub type NextRelationship<T: Config> = StorageValue<_, RelationshipId, ValueQuery>;

	/// Every relationship there is and was.
	#[pallet::storage]
	pub type Relationships<T: Config> =
		StorageMap<_, Twox64Concat, RelationshipId, RelationshipOf<T>, OptionQuery>;

	/// The last relationship of a patient and an organisation, and how many words of the patient's for this
	/// organisation were used up.
	#[pallet::storage]
	pub type Pairs<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, PatientId, Twox64Concat, OrgId, Pair, ValueQuery>;

	/// The blocks in which a patient's words were lately voided, for an organisation by an end, an opt-out or the withdrawal
	/// of an invitation, or for everybody by an opt-out. What was signed without knowing that block, or a later one, opens
	/// nothing. What is [`Config::MaxSignatureAge`] blocks old says nothing any more, and goes when the next is written.
	#[pallet::storage]
	pub type VoidedIn<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, VoidedList<BlockNumberFor<T>>, ValueQuery>;

	/// The invitations of a patient.
	#[pallet::storage]
	pub type Invitations<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, InvitationBook, ValueQuery>;

	/// The opt-outs of a patient, past and present. At most one towards each is in force.
	#[pallet::storage]
	pub type OptOuts<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, OptOutList, ValueQuery>;

	/// The returns of a patient from opt-outs that wait.
	#[pallet::storage]
	pub type PendingOptIns<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, PendingList, ValueQuery>;

	/// The network's care policies, past, present and announced. Before the first it was `ConsentOnly`.
	#[pallet::storage]
	pub type Policies<T: Config> = StorageValue<_, PolicyList, ValueQuery>;
}
