//! What the pallet needs of its runtime.

use frame_support::pallet_macros::pallet_section;

/// Configuration.
#[pallet_section]
mod config {
	/// What the pallet needs from the runtime.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<RuntimeEvent: From<Event<Self>>>
		+ pallet_session::Config<ValidatorId = <Self as frame_system::Config>::AccountId>
		+ historical::Config<FullIdentification = OrgId>
	{
		/// Keeps the organisation of a validator on record.
		type Organisations: Organisations;

		/// Who may add and remove validators.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The smallest set, where the genesis does not say otherwise. Four tolerate one fault.
		#[pallet::constant]
		type MinValidators: Get<u32>;

		/// The most members that there may be.
		#[pallet::constant]
		type MaxValidators: Get<u32>;

		/// How many offences are kept for each organisation; all of them are counted.
		#[pallet::constant]
		type MaxOffences: Get<u32>;

		/// For how many past sessions an equivocation can be proven. At least as many as the
		/// reporting period of the consensus pallets spans.
		#[pallet::constant]
		type HistoryDepth: Get<SessionIndex>;

		/// What the calls weigh.
		type WeightInfo: WeightInfo;
	}
}
