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

		/// Patients' handles and keys.
		type Patients: Patients<Self::AccountId>;

		/// Who carries out court orders.
		type Registrars: Registrars<Self::AccountId>;

		/// Whom a patient's consent lets treat.
		type Treatment: TreatmentRelation<Self::AccountId>;

		/// What an author's administrator puts down for what the author stores.
		type Consideration: Consideration<Self::AccountId, Footprint>
			+ Backed<Self, AccountId = Self::AccountId>;

		/// The most versions that one question about a lineage answers. At least 1.
		#[pallet::constant]
		type LineagePage: Get<u32>;

		/// The most records that one call anchors one by one. At least 1.
		#[pallet::constant]
		type MaxRecords: Get<u32>;

		/// The most slots that one call evicts, and the most leaves that one call clears away. At
		/// least 1.
		#[pallet::constant]
		type MaxEvicted: Get<u32>;

		/// For how long a slot of each class is kept at least. An upgrade of the runtime may make
		/// these longer, for what is there too, and never shorter.
		#[pallet::constant]
		type RetentionTerms: Get<RetentionTerms>;

		/// How far from now the retention of a slot can be extended, in seconds.
		#[pallet::constant]
		type MaxRetention: Get<Moment>;

		/// The longest time from now for which a legal hold is placed or renewed, in seconds.
		#[pallet::constant]
		type MaxHold: Get<Moment>;

		/// How much time an author has to answer a dispute, in seconds.
		#[pallet::constant]
		type DisputeTime: Get<Moment>;

		/// How much more time it can take, once, in seconds.
		#[pallet::constant]
		type DisputeExtension: Get<Moment>;

		/// How much time an author has to answer a request for erasure, in seconds.
		#[pallet::constant]
		type ErasureTime: Get<Moment>;

		/// Sets the clock in benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkClock: salus_primitives::benchmarking::BenchmarkClock;
	}

	/// Why the pallet holds tokens.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// For what an author keeps on chain.
		Anchor,
	}
}
