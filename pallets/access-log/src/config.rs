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

		/// The deposit of a commit, or of an attestation, paid by the organisation's administrator if it can.
		type Consideration: Consideration<Self::AccountId, Footprint>
			+ Backed<Self, AccountId = Self::AccountId>;

		/// After how many seconds without a commit a log is stale.
		#[pallet::constant]
		type Heartbeat: Get<Moment>;

		/// How many seconds at least lie between two commits of a custodian. It bounds what an organisation can store
		/// whose administrator cannot pay deposits.
		#[pallet::constant]
		type CommitInterval: Get<Moment>;

		/// For how many seconds after a day's end it can be said what was found of it.
		#[pallet::constant]
		type ReconciliationTime: Get<Moment>;

		/// The weights of the calls.
		type WeightInfo: WeightInfo;

		/// Sets the clock.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkClock: salus_primitives::benchmarking::BenchmarkClock;
	}

	/// Why the pallet holds funds.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The deposit of a commit or of an attestation.
		Log,
	}
}
