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

		/// Organisations, licences and affiliations, now and in the past.
		type Credentials: Credentials<Self::AccountId>;

		/// The deposit of a population, a dataset, a version, a study or a request that is co-signed, paid by whoever
		/// administers the organisation then. What was put down stays, as what it is for does, also when somebody else administers.
		type Consideration: Consideration<Self::AccountId, Footprint>
			+ Backed<Self, AccountId = Self::AccountId>;

		/// How long after a withdrawal epoch the next one is due, in seconds. An upgrade must not change it: answers about
		/// the past rest on it.
		#[pallet::constant]
		type EpochTime: Get<Moment>;

		/// An institution's time to co-sign a request, in seconds. An upgrade must not change it: where a request stood at a past
		/// moment rests on it.
		#[pallet::constant]
		type SignatureTime: Get<Moment>;

		/// A committee's time to vote, in seconds. An upgrade must not change it: where a request stood at a past moment rests on it.
		#[pallet::constant]
		type VoteTime: Get<Moment>;

		/// How long votes on a request are open at least before they are counted, in seconds, whatever the dataset says.
		#[pallet::constant]
		type MinDeliberation: Get<Moment>;

		/// How long votes on more budget are open before they are counted, in seconds.
		#[pallet::constant]
		type BudgetDeliberation: Get<Moment>;

		/// How much of the time to vote is left at least, once votes may be counted, to count them in, in seconds.
		#[pallet::constant]
		type CountTime: Get<Moment>;

		/// How long after a committee has refused more budget, or has let a vote on it lapse, none is proposed to it, in seconds.
		#[pallet::constant]
		type BudgetPause: Get<Moment>;

		/// A researcher's time to accept the terms after an approval, in seconds. An upgrade must not change it: where a request
		/// stood at a past moment rests on it.
		#[pallet::constant]
		type AcceptanceTime: Get<Moment>;

		/// For how long before a request whoever was employed by the applicant's organisation, or beside the investigator, is
		/// recused, and before an ethics approval likewise, in seconds. An upgrade must not change it: whose votes counted rests on it.
		#[pallet::constant]
		type RecusalTime: Get<Moment>;

		/// How long after a year of a permit its report may still be filed, in seconds. An upgrade must not change it: answers
		/// about the past rest on it.
		#[pallet::constant]
		type ReportGrace: Get<Moment>;

		/// For how long before and after its end a permit can be renewed, and for how long before the end of a year, or of the
		/// permit, the report of that year can be filed, in seconds. An upgrade must not change it: what was renewed and filed
		/// rests on it.
		#[pallet::constant]
		type RenewalWindow: Get<Moment>;

		/// How long after its end, or its revocation, a permit is to be closed, in seconds.
		#[pallet::constant]
		type CloseOutTime: Get<Moment>;

		/// The longest time from now for which a study is approved, in seconds. An upgrade must not shorten it: what was approved
		/// rests on it.
		#[pallet::constant]
		type MaxEthicsTerm: Get<Moment>;

		/// How many studies a researcher has at an institution of which that has co-signed no request. It bounds what a researcher
		/// makes the administrator put down without being asked.
		#[pallet::constant]
		type MaxUnsignedStudies: Get<u32>;

		/// How many requests one study makes, ever.
		#[pallet::constant]
		type MaxRequests: Get<u32>;

		/// The most that a population's budget begins with, and that one vote adds to it, in millionths of epsilon.
		#[pallet::constant]
		type MaxBudget: Get<MicroEpsilon>;

		/// The least that a query costs, in millionths of epsilon. It bounds how many there are.
		#[pallet::constant]
		type MinEpsilon: Get<MicroEpsilon>;

		/// The most that a query costs, in millionths of epsilon.
		#[pallet::constant]
		type MaxEpsilon: Get<MicroEpsilon>;

		/// The weights of the calls.
		type WeightInfo: WeightInfo;

		/// Sets the clock.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkClock: salus_primitives::benchmarking::BenchmarkClock;
	}

	/// Why the pallet holds funds.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The deposit of a population, a dataset, a version, a study or a co-signed request.
		Research,
	}
}
