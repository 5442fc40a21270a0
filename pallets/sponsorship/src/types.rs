//! Types of the pallet.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::fungible::Inspect, weights::Weight};
use salus_primitives::{Moment, OrgId, PatientId};
use scale_info::TypeInfo;
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

/// An amount of the asset in which fees are paid.
pub type BalanceOf<T> =
	<<T as crate::Config>::Currency as Inspect<<T as frame_system::Config>::AccountId>>::Balance;

/// Whose budget a fee is on. All accounts on a budget share it: whoever could make accounts at will,
/// and each had an allowance to itself, could drain the pot.
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
	/// That of a patient's handle, for what its keys do for the patient.
	#[codec(index = 0)]
	Patient(PatientId),
	/// That of an organisation, for what its staff do for it.
	#[codec(index = 1)]
	Organisation(OrgId),
	/// That of a payer for what its members do, apart from the one of its staff: members who use it
	/// up keep nobody from working.
	#[codec(index = 2)]
	Members(OrgId),
}

/// Decides whose budget the fee of a call is on.
pub trait Budgeting<AccountId, Call> {
	/// The budget of whoever `who` acts for with `call`, if `who` is entitled to that now.
	fn budget(who: &AccountId, call: &Call) -> Option<Budget>;
}

/// Who pays for an account that cannot.
pub(crate) struct Sponsor<AccountId, Balance> {
	/// Who pays.
	pub payer: AccountId,
	/// The budget that the fee is on.
	pub budget: Budget,
	/// What is left before the fee, of the account's allowance and of the budget: the lesser.
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
	/// What is left before this fee, of the account's allowance and of the budget: the lesser of the
	/// two; nothing if there is none.
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
	/// Too little is left of the account's allowance, or of its budget: `Custom(162)`.
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
	/// never free. A call that is not named here is not free, whatever its pallet says: no
	/// condition is evaluated that was not weighed.
	fn condition_weight(call: &Call) -> Option<Weight>;
}

/// Nothing is free.
impl<Call> FreeCallConditions<Call> for () {
	fn condition_weight(_: &Call) -> Option<Weight> {
		None
	}
}

/// What the benchmarks need from the runtime.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkHelper<AccountId, Call> {
	/// A welcomed account and a sponsored call of it, of all the one whose budget takes longest to
	/// find.
	fn sponsored() -> (AccountId, Call);
}
