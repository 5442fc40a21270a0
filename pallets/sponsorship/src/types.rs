//! Types of the pallet.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::fungible::Inspect, weights::Weight};
use salus_primitives::{Cohort, Moment, OrgId, Party, PatientId, Refill};
use scale_info::TypeInfo;
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

/// An amount of the asset in which fees are paid.
pub type BalanceOf<T> =
	<<T as crate::Config>::Currency as Inspect<<T as frame_system::Config>::AccountId>>::Balance;

/// What limits the fees that the pot pays, besides the allowance of each account. A fee is on several at
/// once, and the last of them is kept by an organisation: whoever could make accounts, handles or
/// coverages at will, and each had a budget to itself, could drain the pot. The exceptions are the
/// reserves, for which an organisation has put down more than they are worth.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
)]
pub enum Budget {
	/// Of a patient's handle, for what its keys do for the patient.
	#[codec(index = 0)]
	Patient(PatientId),
	/// Of an organisation, for what its staff do for it.
	#[codec(index = 1)]
	Organisation(OrgId),
	/// Of a payer, for what its members do, apart from the one of its staff.
	#[codec(index = 2)]
	Members(OrgId),
	/// Of a provider, for what the patients do whom it registered, apart from the one of its staff.
	#[codec(index = 3)]
	Patients(OrgId),
	/// The share of [`Budget::Patients`] that one cohort may use up.
	#[codec(index = 4)]
	PatientCohort(OrgId, Cohort),
	/// The share of [`Budget::Members`] that one cohort may use up.
	#[codec(index = 5)]
	MemberCohort(OrgId, Cohort),
	/// Set aside for a patient, for what tightens, when another budget is used up. Nobody else can use
	/// it up. It is small: less than the deposit that somebody has put down for the handle.
	#[codec(index = 6)]
	PatientReserve(PatientId),
	/// Set aside for the member of a coverage, when another budget is used up. Nobody else can use it
	/// up. It is less than the bond that the payer has put down for the coverage, which stays.
	#[codec(index = 7)]
	MemberReserve(u64),
	/// Of an organisation, for emergencies that its staff declare when another budget is used up: nothing else uses it up.
	#[codec(index = 8)]
	Emergencies(OrgId),
	/// The share of [`Budget::Emergencies`] that one person may use up: the account, in 32 bytes.
	#[codec(index = 9)]
	EmergenciesOf(OrgId, [u8; 32]),
	/// Of an organisation, for what its staff answers patients: nothing else uses it up, and it uses up nothing else.
	#[codec(index = 10)]
	Answers(OrgId),
	/// The share of [`Budget::Answers`] that one person may use up: the account, in 32 bytes.
	#[codec(index = 11)]
	AnswersOf(OrgId, [u8; 32]),
}

impl Budget {
	/// The organisation that keeps the budget. `None` if it is that of a handle or a coverage, of which
	/// anybody can have many.
	pub const fn organisation(&self) -> Option<OrgId> {
		match self {
			Self::Patient(_) | Self::PatientReserve(_) | Self::MemberReserve(_) => None,
			Self::Organisation(org)
			| Self::Members(org)
			| Self::Patients(org)
			| Self::PatientCohort(org, _)
			| Self::MemberCohort(org, _)
			| Self::Emergencies(org)
			| Self::EmergenciesOf(org, _)
			| Self::Answers(org)
			| Self::AnswersOf(org, _) => Some(*org),
		}
	}
}

/// For whom somebody acts with a call, and thus what limits the fee.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Entitlement {
	/// For an organisation, as one of its staff.
	Staff(OrgId),
	/// The same, in an emergency.
	StaffInEmergency {
		/// The organisation.
		organisation: OrgId,
		/// The account, in 32 bytes: another for each account.
		person: [u8; 32],
	},
	/// For an organisation, with an answer that patients can make it give.
	StaffAnswering {
		/// The organisation.
		organisation: OrgId,
		/// The account, in 32 bytes: another for each account.
		person: [u8; 32],
	},
	/// For a patient, by a live key.
	Patient {
		/// The patient.
		patient: PatientId,
		/// Who registered it.
		party: Party,
		/// Whether the call tightens the patient's protection: the reserve is for that.
		tightens: bool,
	},
	/// For oneself, as a member of a payer.
	Member {
		/// The payer.
		payer: OrgId,
		/// The number of the coverage.
		coverage: u64,
	},
}

/// Decides for whom a call is made.
pub trait Budgeting<AccountId, Call> {
	/// For whom `who` acts with `call`, if `who` is entitled to that now.
	fn entitlement(who: &AccountId, call: &Call) -> Option<Entitlement>;
}

/// One of the limits that a fee is on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limit<Balance> {
	/// The budget; `None` for the allowance of the account itself.
	pub budget: Option<Budget>,
	/// What is spent on it at most at a time, and how fast it comes back.
	pub refill: Refill<Balance>,
}

/// Who pays for an account that cannot.
pub(crate) struct Sponsor<AccountId, Balance> {
	/// Who pays.
	pub payer: AccountId,
	/// The limits that the fee is on.
	pub limits: Vec<Limit<Balance>>,
	/// What is left before the fee on the one of them on which least is left.
	pub left: Balance,
}

/// The allowance of an account as it stands now.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct AllowanceState<Balance> {
	/// What may be spent now, in the smallest unit of the asset.
	pub left: Balance,
	/// What may be spent when nothing is used.
	pub per_day: Balance,
	/// From when on all of it is there, if nothing more is spent.
	pub full_at: Moment,
}

/// Who would pay a fee.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Quote<AccountId, Balance> {
	/// Who would pay: the account itself, or its sponsor.
	pub payer: AccountId,
	/// What it would pay, in the smallest unit of the asset.
	pub fee: Balance,
	/// What is left before this fee on the limit on which least is left: the account's allowance, or
	/// one of the budgets that the call is on; nothing if there is none.
	pub left: Balance,
}

/// Why nobody pays a fee for an account that cannot pay it.
///
/// A transaction that is refused for one of these reasons carries it in its validity error, as
/// `InvalidTransaction::Custom` with the number given here, or as `InvalidTransaction::Payment`.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
	/// The account was never welcomed: `Payment`.
	NotWelcomed,
	/// The call is not one that is sponsored: `Custom(160)`. Also a call that is free when it has
	/// an effect, and would have none.
	CallNotSponsored,
	/// The transaction offers a tip, which no sponsor pays: `Custom(161)`.
	TipOffered,
	/// Too little is left of the account's allowance, or of a budget that the call is on:
	/// `Custom(162)`.
	AllowanceExhausted {
		/// From when on it would suffice; `None` if the fee is above the whole allowance.
		until: Option<Moment>,
	},
	/// The sponsor itself cannot pay: `Custom(163)`.
	PotEmpty,
	/// The account does not act for anybody who is sponsored, or not any more: `Custom(164)`.
	NotEntitled,
}

impl Refusal {
	/// The number in `InvalidTransaction::Custom`, if the reason has one.
	pub const fn code(&self) -> Option<u8> {
		match self {
			Self::NotWelcomed => None,
			Self::CallNotSponsored => Some(160),
			Self::TipOffered => Some(161),
			Self::AllowanceExhausted { .. } => Some(162),
			Self::PotEmpty => Some(163),
			Self::NotEntitled => Some(164),
		}
	}
}

impl From<Refusal> for TransactionValidityError {
	fn from(refusal: Refusal) -> Self {
		refusal.code().map_or(InvalidTransaction::Payment, InvalidTransaction::Custom).into()
	}
}

/// The calls that may be free.
pub trait FreeCallConditions<Call> {
	/// The weight of evaluating the condition of `call` (its `feeless_if`), or `None` if `call` is
	/// never free. What the call reads itself, and declares, need not be in it. A call that is not named here is not free, whatever its pallet says: no
	/// condition is evaluated that was not weighed.
	fn condition_weight(call: &Call) -> Option<Weight>;
}

/// Nothing is free.
impl<Call> FreeCallConditions<Call> for () {
	fn condition_weight(_: &Call) -> Option<Weight> {
		None
	}
}

/// Which calls may stand in a block beside the name of who signs them.
///
/// The runtime's call filter sees a call, and not who signs it. A call can be harmless, and the signer's name beside
/// it is not.
pub trait SignedCalls<AccountId, Call> {
	/// What it took to find out that `who` may sign `call`; `None` if `who` may not.
	fn look_up(who: &AccountId, call: &Call) -> Option<Weight>;

	/// Whether `who` may sign `call`.
	fn may_sign(who: &AccountId, call: &Call) -> bool {
		Self::look_up(who, call).is_some()
	}

	/// What it costs at most to find out, whoever signs.
	fn weight(call: &Call) -> Weight;

	/// What the runtime's call filter looks up for `call`, and for what it carries, at most: as often as the filter is asked, which
	/// is once before the transaction is taken, and once more by each dispatch.
	fn filter_weight(_call: &Call) -> Weight {
		Weight::zero()
	}

	/// What that took, for a call that the filter lets through.
	fn filtered(_call: &Call) -> Weight {
		Weight::zero()
	}
}

/// Everybody may sign everything.
impl<AccountId, Call> SignedCalls<AccountId, Call> for () {
	fn look_up(_: &AccountId, _: &Call) -> Option<Weight> {
		Some(Weight::zero())
	}

	fn weight(_: &Call) -> Weight {
		Weight::zero()
	}
}

/// What the benchmarks need from the runtime.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkHelper<AccountId, Call> {
	/// A welcomed member of staff and a sponsored call of it, of all the one whose budget takes longest
	/// to find, and with the most ways to pay.
	fn sponsored_staff() -> (AccountId, Call);

	/// A welcomed key of a patient and a sponsored call of it, which tightens.
	fn sponsored_patient() -> (AccountId, Call);
}
