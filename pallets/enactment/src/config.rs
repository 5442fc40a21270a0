//! What the pallet needs of its runtime.

use frame_support::pallet_macros::pallet_section;

/// Configuration.
#[pallet_section]
mod config {
	/// What the pallet needs from the runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The runtime's calls.
		type RuntimeCall: Parameter
			+ UnfilteredDispatchable<RuntimeOrigin = Self::RuntimeOrigin>
			+ GetDispatchInfo
			+ From<Call<Self>>;

		/// The calls that Root may make.
		type Catalogue: Catalogue<<Self as Config>::RuntimeCall>;

		/// The Council, by the majority that approving takes.
		type CouncilOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The Technical Committee, by the majority that approving takes.
		type TechnicalOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The chain's clock.
		type Time: UnixTime;

		/// The shortest delays, where the genesis does not say otherwise.
		#[pallet::constant]
		type DefaultFloors: Get<DelayTable>;

		/// The longest delay that can be set, in seconds: a longer one would shut the way for good.
		#[pallet::constant]
		type MaxDelay: Get<Moment>;

		/// How long the second body has to approve, in seconds.
		#[pallet::constant]
		type ApprovalWindow: Get<Moment>;

		/// How long what is due can be enacted, in seconds.
		#[pallet::constant]
		type EnactmentWindow: Get<Moment>;

		/// The largest call, in bytes of its encoding.
		#[pallet::constant]
		type MaxCallSize: Get<u32>;

		/// The heaviest call.
		#[pallet::constant]
		type MaxCallWeight: Get<Weight>;

		/// The most proposals at a time.
		#[pallet::constant]
		type MaxProposals: Get<u32>;

		/// What the calls weigh.
		type WeightInfo: WeightInfo;
	}
}
