//! What the pallet needs of its runtime.

use frame_support::pallet_macros::pallet_section;

/// Configuration.
#[pallet_section]
mod config {
	/// What the pallet needs from the runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The asset in which fees are paid. Must be the one that the wrapped fee adapter charges.
		type Currency: Inspect<Self::AccountId>;

		/// The clock by which allowances refill.
		type Time: UnixTime;

		/// What the pot's account is derived from.
		#[pallet::constant]
		type PotId: Get<PalletId>;

		/// What the pot pays for one account of staff at most at a time, in the smallest unit of the asset;
		/// refills evenly over 24 hours.
		#[pallet::constant]
		type AllowancePerDay: Get<BalanceOf<Self>>;

		/// What the pot pays for one key of a patient at most at a time; refills evenly over 24 hours. A
		/// key in the wrong hands must leave something to the others.
		#[pallet::constant]
		type KeyAllowancePerDay: Get<BalanceOf<Self>>;

		/// What the pot pays for the member of a coverage at most at a time; refills evenly over 24
		/// hours. A person can have many coverages, and few calls to make in each.
		#[pallet::constant]
		type MemberAllowancePerDay: Get<BalanceOf<Self>>;

		/// What the pot pays for all keys of one patient at most at a time; refills evenly over
		/// 24 hours.
		#[pallet::constant]
		type PatientAllowancePerDay: Get<BalanceOf<Self>>;

		/// After how many days a new handle has all of [`Config::PatientAllowancePerDay`]. It begins
		/// with one part of so many, and gets another every day.
		#[pallet::constant]
		type DaysToFullAllowance: Get<u32>;

		/// What the pot pays at most at a time for the patients, or the members, of one cohort of an
		/// organisation; refills evenly over 24 hours.
		#[pallet::constant]
		type CohortAllowancePerDay: Get<BalanceOf<Self>>;

		/// What the pot pays at most at a time for all staff of one organisation; as much again for all
		/// patients whom it registered, and for all its members. Refills evenly over 24 hours.
		#[pallet::constant]
		type OrganisationAllowancePerDay: Get<BalanceOf<Self>>;

		/// What the pot pays for one account of staff at most at a time for emergencies, if a budget above is used up;
		/// refills evenly over 24 hours.
		#[pallet::constant]
		type EmergencyAllowancePerDay: Get<BalanceOf<Self>>;

		/// What the pot pays at most at a time for the emergencies of all staff of one organisation, if a budget above
		/// is used up; refills evenly over 24 hours. Nothing else uses it up.
		#[pallet::constant]
		type OrganisationEmergenciesPerDay: Get<BalanceOf<Self>>;

		/// What the pot pays for one account of staff at most at a time for what patients can make its organisation answer;
		/// refills evenly over 24 hours. At least what it costs to answer all that the patients of one cohort can ask in a day.
		#[pallet::constant]
		type AnswerAllowancePerDay: Get<BalanceOf<Self>>;

		/// What the pot pays at most at a time for such answers of all staff of one organisation; refills evenly over 24
		/// hours. Nothing else uses it up.
		#[pallet::constant]
		type OrganisationAnswersPerDay: Get<BalanceOf<Self>>;

		/// What the pot pays at most at a time for what one patient does to tighten, if a budget above
		/// is used up; refills evenly over a year. Nobody shares it, so it must be less than the deposit
		/// for a handle.
		#[pallet::constant]
		type PatientReserve: Get<BalanceOf<Self>>;

		/// What the pot pays at most at a time for the member of a coverage, if a budget above is used
		/// up; refills evenly over a year. Nobody shares it, so it must be less than the bond for a
		/// coverage.
		#[pallet::constant]
		type MemberReserve: Get<BalanceOf<Self>>;

		/// For whom a call is made, and so on whose budgets its fee is.
		type Budgeting: Budgeting<Self::AccountId, Self::RuntimeCall>;

		/// The calls that are sponsored. Matched on the outermost call only. A call with a
		/// condition (see [`FreeCallConditions`]) is never sponsored, even if it is named here.
		type SponsoredCalls: Contains<Self::RuntimeCall>;

		/// The calls that may be free, and what it costs to find out.
		type FreeCallConditions: FreeCallConditions<Self::RuntimeCall>;

		/// Which calls may stand in a block beside the name of who signs them.
		type SignedCalls: SignedCalls<Self::AccountId, Self::RuntimeCall>;

		/// The priority of a free call in the pool. High: to withdraw a permission must work while
		/// the chain is busy.
		#[pallet::constant]
		type FreeCallPriority: Get<TransactionPriority>;

		/// What the adapter and the extension weigh.
		type WeightInfo: WeightInfo;

		/// What the benchmarks need.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId, Self::RuntimeCall>;
	}
}
