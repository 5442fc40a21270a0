//! What the pallet needs of its runtime.

use frame_support::pallet_macros::pallet_section;

/// Configuration.
#[pallet_section]
mod config {
	/// What the pallet needs from the runtime. No organisations: it knows none.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The clock. In a runtime the timestamp of the block; never a caller's claim.
		type Time: UnixTime;

		/// Handles, keys and states.
		type Patients: Patients<Self::AccountId>;

		/// How long a lift waits, in seconds.
		#[pallet::constant]
		type LiftDelay: Get<Moment>;

		/// The longest term of a sealed Permit, in seconds. Its purposes are not known here, so it is that of the
		/// strictest. A sealed Deny that ends lasts as long at most, to the next moment on the grid.
		#[pallet::constant]
		type MaxTerm: Get<Moment>;

		/// The weights of the calls.
		type WeightInfo: WeightInfo;

		/// Sets the clock.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkClock: salus_primitives::benchmarking::BenchmarkClock;
	}
}
