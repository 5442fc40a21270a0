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
		type Patients: Patients<Self::AccountId> + LeftActive<BlockNumberFor<Self>>;

		/// Organisations, licences and affiliations.
		type Credentials: Credentials<Self::AccountId>;

		/// The deposit of a relationship, paid by the organisation's administrator.
		type Consideration: Consideration<Self::AccountId, Footprint>
			+ Backed<Self, AccountId = Self::AccountId>;

		/// What patients sign off chain.
		type OffchainSignature: Verify<Signer = Self::OffchainPublic> + Parameter;

		/// Whose signature that is.
		type OffchainPublic: IdentifyAccount<AccountId = Self::AccountId>;

		/// The longest relationship, in seconds. A longer one needs the patient's word again.
		#[pallet::constant]
		type MaxTerm: Get<Moment>;

		/// How long an invitation can be used, in seconds.
		#[pallet::constant]
		type InvitationLife: Get<Moment>;

		/// The longest time for which a signature can be used, in seconds.
		#[pallet::constant]
		type MaxSignatureLife: Get<Moment>;

		/// The most blocks between the one that a signature names and the one in which it is handed in. A signature names a
		/// block so that it cannot be made before it.
		#[pallet::constant]
		type MaxSignatureAge: Get<BlockNumberFor<Self>>;

		/// How long a return from an opt-out waits, in seconds.
		#[pallet::constant]
		type OptInDelay: Get<Moment>;

		/// How long ahead another care policy is announced, in seconds.
		#[pallet::constant]
		type PolicyNotice: Get<Moment>;

		/// The weights of the calls.
		type WeightInfo: WeightInfo;

		/// Signs, and sets the clock.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: salus_primitives::benchmarking::BenchmarkHelper<
			Self::AccountId,
			Self::OffchainSignature,
		>;
	}

	/// Why the pallet holds funds.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The deposit of a relationship.
		Relationship,
	}
}
