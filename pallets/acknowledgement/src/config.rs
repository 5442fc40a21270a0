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

		/// Organisations and affiliations.
		type Credentials: Credentials<Self::AccountId>;

		/// What patients have revoked.
		type Revocations: RevokedDirectives;

		/// The deposit of an acknowledgement, paid by the organisation's administrator.
		type Consideration: Consideration<Self::AccountId, Footprint>
			+ Backed<Self, AccountId = Self::AccountId>;

		/// For how many seconds after a revocation its acknowledgement is on time; those for which the organisation is
		/// flagged are not counted.
		#[pallet::constant]
		type Deadline: Get<Moment>;

		/// The weights of the calls.
		type WeightInfo: WeightInfo;

		/// Sets the clock.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkClock: salus_primitives::benchmarking::BenchmarkClock;
	}

	/// Why the pallet holds funds.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The deposit of an acknowledgement.
		Acknowledgement,
	}
}
