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

		/// Who is a licensed provider, and who acts for it.
		type Credentials: Credentials<Self::AccountId>;

		/// Lets the accounts of keys send transactions without tokens.
		type Tokenless: TokenlessAccounts<Self::AccountId>;

		/// Keys that stand for something else, and can never be a patient's: a handle would show what
		/// else its owner does.
		type Reserved: Contains<Self::AccountId>;

		/// What a handle costs whoever registers it; less once it is retired.
		type Consideration: Consideration<Self::AccountId, Footprint>
			+ Backed<Self, AccountId = Self::AccountId>;

		/// What wallets sign with.
		type OffchainSignature: Verify<Signer = Self::OffchainPublic> + Parameter;

		/// The public key behind a signature.
		type OffchainPublic: IdentifyAccount<AccountId = Self::AccountId>;

		/// How long adding a key, removing another key and rotating the agreement key wait, in
		/// seconds.
		#[pallet::constant]
		type KeyDelay: Get<Moment>;

		/// How long unfreezing waits, in seconds.
		#[pallet::constant]
		type UnfreezeDelay: Get<Moment>;

		/// How long retiring waits, in seconds.
		#[pallet::constant]
		type RetirementDelay: Get<Moment>;

		/// How far ahead the expiry of an off-chain signature may lie, in seconds.
		#[pallet::constant]
		type MaxSignatureLife: Get<Moment>;

		/// How many keys a handle has at most, live and pending.
		#[pallet::constant]
		type MaxKeys: Get<u32>;

		/// How many handles an organisation registers at most at a time; refills evenly over 24 hours.
		#[pallet::constant]
		type MaxRegistrations: Get<u32>;

		/// How many of them one account registers at most at a time; refills evenly over 24 hours.
		/// Below [`Config::MaxRegistrations`]: one member of staff must not keep the others from it.
		#[pallet::constant]
		type MaxRegistrationsByMember: Get<u32>;

		/// Makes signatures, and sets the clock.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: salus_primitives::benchmarking::BenchmarkHelper<
			Self::AccountId,
			Self::OffchainSignature,
		>;
	}

	/// Why funds are held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// For a handle.
		#[codec(index = 0)]
		Registration,
	}
}
