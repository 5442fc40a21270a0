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
		type Credentials: Credentials<Self::AccountId>;

		/// The deposit of an emergency, paid by the organisation's administrator if it can.
		type Consideration: Consideration<Self::AccountId, Footprint>
			+ Backed<Self, AccountId = Self::AccountId>;

		/// How long emergency access lasts, in seconds. An upgrade must not shorten it: answers about the past look for
		/// what began before, and stop at the first that ended.
		#[pallet::constant]
		type AccessLength: Get<Moment>;

		/// How long after it happened an emergency can be recorded, in seconds.
		#[pallet::constant]
		type LateWindow: Get<Moment>;

		/// How many emergencies one person may record late for an organisation in 24 hours.
		#[pallet::constant]
		type LatePerDay: Get<u32>;

		/// How long an emergency can be reviewed, in seconds.
		#[pallet::constant]
		type ReviewTime: Get<Moment>;

		/// For how long, of that, only the organisation itself reviews what was recorded in time, in seconds.
		#[pallet::constant]
		type OwnReviewTime: Get<Moment>;

		/// How long after it was recorded a patient can dispute an emergency, in seconds.
		#[pallet::constant]
		type DisputeTime: Get<Moment>;

		/// How many emergencies an organisation may declare within [`Config::CreditPeriod`] before they are beyond
		/// credit.
		#[pallet::constant]
		type Credit: Get<u32>;

		/// Within how many seconds credit that was used comes back.
		#[pallet::constant]
		type CreditPeriod: Get<Moment>;

		/// How many emergencies one person may declare for an organisation within [`Config::AccessLength`] before
		/// they are beyond credit.
		#[pallet::constant]
		type PersonalCredit: Get<u32>;

		/// By how much each unjustified emergency makes the organisation's credit shrink.
		#[pallet::constant]
		type Penalty: Get<u32>;

		/// By how much the credit can shrink at most: less than [`Config::Credit`].
		#[pallet::constant]
		type MaxPenalty: Get<u32>;

		/// Within how many seconds a credit that shrank by [`Config::MaxPenalty`] recovers.
		#[pallet::constant]
		type PenaltyPeriod: Get<Moment>;

		/// How long a relaxation of an advance directive waits, in seconds.
		#[pallet::constant]
		type RelaxDelay: Get<Moment>;

		/// The weights of the calls.
		type WeightInfo: WeightInfo;

		/// Sets the clock.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkClock: salus_primitives::benchmarking::BenchmarkClock;
	}

	/// Why the pallet holds funds.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The deposit of an emergency.
		Emergency,
	}
}
