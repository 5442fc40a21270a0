//! What the pallet stores.

use frame_support::pallet_macros::pallet_section;

/// Storage.
#[pallet_section]
mod storage {
	/// The number of the next emergency.
	#[pallet::storage]
	pub type NextEmergency<T: Config> = StorageValue<_, EmergencyId, ValueQuery>;

	/// Every emergency there was.
	#[pallet::storage]
	pub type Emergencies<T: Config> =
		StorageMap<_, Twox64Concat, EmergencyId, EmergencyOf<T>, OptionQuery>;

	/// The emergencies of a patient, by their place among them.
	#[pallet::storage]
	pub type OfPatient<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		PatientId,
		Twox64Concat,
		u32,
		EmergencyId,
		OptionQuery,
	>;

	/// How many emergencies a patient has: the place of the next one among them.
	#[pallet::storage]
	pub type CountOfPatient<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, u32, ValueQuery>;

	/// The emergencies of an organisation, by their place among them.
	#[pallet::storage]
	pub type OfOrganisation<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrgId, Twox64Concat, u32, EmergencyId, OptionQuery>;

	/// The last emergency that a person at an organisation declared for a patient, those recorded late apart.
	#[pallet::storage]
	pub type Latest<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		PatientId,
		Blake2_128Concat,
		(OrgId, T::AccountId),
		EmergencyId,
		OptionQuery,
	>;

	/// The last emergency that a person at an organisation recorded late for a patient.
	#[pallet::storage]
	pub type LatestLate<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		PatientId,
		Blake2_128Concat,
		(OrgId, T::AccountId),
		EmergencyId,
		OptionQuery,
	>;

	/// What is kept of an organisation: credit, counts, and up to where it is settled.
	#[pallet::storage]
	pub type Ledgers<T: Config> = StorageMap<_, Twox64Concat, OrgId, Ledger, ValueQuery>;

	/// What a person has used of what is its own at an organisation.
	#[pallet::storage]
	pub type PersonalUse<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		OrgId,
		Blake2_128Concat,
		T::AccountId,
		PersonUse,
		ValueQuery,
	>;

	/// The advance directives of a patient, past and present. Before the first it had said nothing.
	#[pallet::storage]
	pub type AdvanceDirectives<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, AdvanceList, ValueQuery>;

	/// The relaxation of a patient's advance directive that waits.
	#[pallet::storage]
	pub type PendingRelaxations<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, PendingRelaxation, OptionQuery>;
}
