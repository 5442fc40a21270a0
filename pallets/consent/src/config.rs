//! What the pallet needs of its runtime.

use frame_support::pallet_macros::pallet_section;

/// Configuration.
#[pallet_section]
mod config {
	/// What the pallet needs from the runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The clock. In a runtime the timestamp of the block; never a caller's claim.
		type Time: UnixTime;

		/// Handles, keys and states.
		type Patients: Patients<Self::AccountId>;

		/// Organisations, licences and affiliations.
		type Credentials: Credentials<Self::AccountId> + PlainDenials<Self::AccountId>;

		/// Who treats whom, and what the network makes of it.
		type Care: CareRelations;

		/// Emergency access.
		type Emergencies: Emergencies<Self::AccountId>;

		/// What patients have said without saying it on the chain.
		type Sealed: SealedDirectives<SealedDirective>;

		/// The deposit of a request for access, paid by the organisation's administrator.
		type Consideration: Consideration<Self::AccountId, Footprint>
			+ Backed<Self, AccountId = Self::AccountId>;

		/// How long a lift waits, in seconds.
		#[pallet::constant]
		type LiftDelay: Get<Moment>;

		/// How long a request for access can be approved, in seconds.
		#[pallet::constant]
		type RequestLife: Get<Moment>;

		/// The longest term of a Permit for care, in seconds.
		#[pallet::constant]
		type MaxCareTerm: Get<Moment>;

		/// The longest term of a Permit for payment, in seconds.
		#[pallet::constant]
		type MaxPaymentTerm: Get<Moment>;

		/// The longest term of a Permit for research, in seconds.
		#[pallet::constant]
		type MaxResearchTerm: Get<Moment>;

		/// The weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// Why the pallet holds funds.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The deposit of a request for access, or of the directive that it led to.
		Request,
	}
}
