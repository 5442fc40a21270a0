//! What the pallet needs of its runtime.

use frame_support::pallet_macros::pallet_section;

/// Configuration.
#[pallet_section]
mod config {
	/// What the pallet needs of its runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The weights of the calls.
		type WeightInfo: WeightInfo;

		/// The time of the block.
		type Time: UnixTime;

		/// Licences and affiliations: who may act for which organisation.
		type Credentials: Credentials<Self::AccountId>;

		/// Patients' keys, of which none may become a member key.
		type Patients: Patients<Self::AccountId>;

		/// Lets member keys send transactions without holding tokens.
		type Tokenless: TokenlessAccounts<Self::AccountId>;

		/// What an administrator puts down for what its organisation keeps on chain.
		type Consideration: Consideration<Self::AccountId, Footprint>
			+ Backed<Self, AccountId = Self::AccountId>;

		/// Why settlement assets are on hold.
		type RuntimeHoldReason: From<HoldReason>;

		/// The settlement assets.
		type Assets: fungibles::Mutate<Self::AccountId, Balance = Money>;

		/// Holds on the settlement assets.
		type AssetsHold: fungibles::hold::Mutate<
			Self::AccountId,
			AssetId = AssetIdOf<Self>,
			Balance = Money,
			Reason = Self::RuntimeHoldReason,
		>;

		/// What a member signs off chain.
		type OffchainSignature: Verify<Signer = Self::OffchainPublic> + Parameter;

		/// By what.
		type OffchainPublic: IdentifyAccount<AccountId = Self::AccountId>;

		/// From what the settlement accounts are derived.
		#[pallet::constant]
		type PotId: Get<PalletId>;

		/// For how long the present member key can say no to another, in seconds.
		#[pallet::constant]
		type RekeyDelay: Get<Moment>;

		/// The longest coverage, in seconds: about a year, after which the member takes a new key.
		#[pallet::constant]
		type MaxCoverageTerm: Get<Moment>;

		/// How long an encounter may be open at most, in seconds.
		#[pallet::constant]
		type MaxEncounterTerm: Get<Moment>;

		/// For how long from now a signature may hold, in seconds.
		#[pallet::constant]
		type MaxSignatureLife: Get<Moment>;

		/// How many waiting claims one funding looks at.
		#[pallet::constant]
		type SettledByFunding: Get<u32>;

		/// How many waiting claims, or claims of a coverage, one call or answer looks at.
		#[pallet::constant]
		type Page: Get<u32>;

		/// Signs, and sets the clock, for the benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: salus_primitives::benchmarking::BenchmarkHelper<
			Self::AccountId,
			Self::OffchainSignature,
		>;

		/// The settlement asset of the benchmarks, of which an account may hold one smallest unit.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkAsset: Get<AssetIdOf<Self>>;
	}

	/// Why the pallet holds money.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The administrator's tokens, for what its organisation keeps on chain.
		#[codec(index = 0)]
		Bond,
		/// A payer's settlement asset, for a claim that awaits its decision.
		#[codec(index = 1)]
		PendedClaim,
	}
}
