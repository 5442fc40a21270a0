//! What the pallet stores.

use frame_support::pallet_macros::pallet_section;

/// Storage.
#[pallet_section]
mod storage {
	/// The number of the next organisation that applies. Numbers are never given twice.
	#[pallet::storage]
	pub type NextOrgId<T: Config> = StorageValue<_, OrgId, ValueQuery>;

	/// The organisations, licensed or applying.
	#[pallet::storage]
	pub type Organisations<T: Config> =
		StorageMap<_, Twox64Concat, OrgId, Organisation<T>, OptionQuery>;

	/// When each organisation was flagged, the oldest first. Of one without an entry the flag never changed.
	#[pallet::storage]
	pub type Flags<T: Config> = StorageMap<_, Twox64Concat, OrgId, FlagHistory, ValueQuery>;

	/// Which registrars have taken the flag of each organisation off, once for each time on record that one has ended.
	#[pallet::storage]
	pub type UnflaggedBy<T: Config> =
		StorageMap<_, Twox64Concat, OrgId, FlagTakers<T::AccountId>, ValueQuery>;

	/// Which organisation an account administers: one at most.
	#[pallet::storage]
	pub type Administrators<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, OrgId, OptionQuery>;

	/// The key of each organisation to which others encrypt.
	#[pallet::storage]
	pub type AgreementKeys<T: Config> =
		StorageMap<_, Twox64Concat, OrgId, AgreementKey, OptionQuery>;

	/// The keys with which each organisation's systems authenticate. Of one without an entry, those in its profile.
	#[pallet::storage]
	pub type ClientKeys<T: Config> = StorageMap<_, Twox64Concat, OrgId, ClientKeySet, OptionQuery>;

	/// The licences of each organisation by kind, with their history.
	#[pallet::storage]
	pub type Licences<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		OrgId,
		Blake2_128Concat,
		OrgKind,
		Licence<T>,
		OptionQuery,
	>;

	/// The last time that each organisation was licensed for each kind, by kind, drawn from [`Licences`]: whether it is licensed
	/// now is one read. Of one that was licensed before there was this map there is no entry until a migration has come to it.
	#[pallet::storage]
	pub type LastLicensed<T: Config> = StorageMap<_, Twox64Concat, OrgId, LastTerms, ValueQuery>;

	/// The accounts affiliated to each organisation, with their history.
	#[pallet::storage]
	pub type Affiliations<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		OrgId,
		Blake2_128Concat,
		T::AccountId,
		Affiliation<T>,
		OptionQuery,
	>;

	/// The organisations at which an account is affiliated, all at which it was while they were flagged, and as many others at which
	/// it was as there is room for, those that it left last. (Of a chain that had no history of flags those are missing that made room before.)
	#[pallet::storage]
	pub type Employers<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, EmployersOf<T>, ValueQuery>;

	/// The open invitations of each organisation, by account and role.
	#[pallet::storage]
	pub type Invitations<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Twox64Concat, OrgId>,
			NMapKey<Blake2_128Concat, T::AccountId>,
			NMapKey<Blake2_128Concat, Role>,
		),
		Invitation<T>,
		OptionQuery,
	>;

	/// The deposits of invitations that came to nothing, by the account that was invited, where it stays: it has
	/// sent a transaction, be it to decline. Given back when the account is affiliated somewhere.
	#[pallet::storage]
	pub type Lingering<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, Deposit<T>, OptionQuery>;

	/// How many invitations each organisation has made lately.
	#[pallet::storage]
	pub type InvitationsMade<T: Config> =
		StorageMap<_, Twox64Concat, OrgId, Allowance<u32>, ValueQuery>;

	/// The terms of each registrar, past and present.
	#[pallet::storage]
	pub type Registrars<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, RegistrarTerms<T>, ValueQuery>;
}
