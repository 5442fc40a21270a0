//! What the pallet needs of its runtime.

use frame_support::pallet_macros::pallet_section;

/// Configuration.
#[pallet_section]
mod config {
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// The chain's clock.
		type Time: UnixTime;

		/// Lets those who are invited or appointed send transactions without holding tokens.
		type Tokenless: TokenlessAccounts<Self::AccountId>;

		/// The deposit for an organisation, an invitation, an affiliation.
		type Consideration: Consideration<Self::AccountId, Footprint>
			+ Backed<Self, AccountId = Self::AccountId>;

		/// Who appoints and dismisses registrars.
		type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// How many intervals the history of one licence can hold. A full history refuses renewal
		/// and reinstatement, never suspension and revocation.
		#[pallet::constant]
		type MaxLicenceIntervals: Get<u32>;

		/// How many intervals an account can have at one organisation, all roles together.
		#[pallet::constant]
		type MaxAffiliationIntervals: Get<u32>;

		/// At how many organisations an account can be affiliated at a time.
		#[pallet::constant]
		type MaxEmployers: Get<u32>;

		/// How many invitations an organisation makes at most at a time; refills evenly over 24 hours.
		/// Each lets an account in, and the deposit of one that comes to nothing goes back if the account does.
		#[pallet::constant]
		type MaxInvitations: Get<u32>;

		/// How many terms one registrar can have.
		#[pallet::constant]
		type MaxRegistrarTerms: Get<u32>;

		/// The longest time from now for which a licence is given, in seconds.
		#[pallet::constant]
		type MaxLicenceTerm: Get<Moment>;

		/// The longest time from now for which an affiliation is agreed, in seconds.
		#[pallet::constant]
		type MaxAffiliationTerm: Get<Moment>;

		/// The longest term of a registrar, in seconds.
		#[pallet::constant]
		type MaxRegistrarTerm: Get<Moment>;
	}

	/// Why the registry holds tokens of an account.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The deposit for an organisation, an invitation or an affiliation.
		#[codec(index = 0)]
		Registration,
	}
}
