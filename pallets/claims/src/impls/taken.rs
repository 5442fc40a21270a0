//! What a call takes that only the state tells: each is a part of its weight, which is given back where it was not taken.

use super::pricing::Outcome;
use crate::{
	pallet::*,
	types::{Decision, Line, PerLine},
	WeightInfo, MAX_LINES,
};
use frame_support::{pallet_prelude::Weight, traits::Get};

/// What became of a bond to which something was added.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum BondChange {
	/// What was put down is enough.
	#[default]
	Kept,
	/// The administrator has put something down, for the first time or for a further step.
	Grown,
	/// Another administrator has put it down, and the former one has it back.
	Moved,
}

/// What a call has taken of what not every one takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Taken {
	/// What became of the bond.
	pub bond: BondChange,
	/// Whether a settlement account began or ended by a payment.
	pub account: bool,
	/// Whether the history of a licence was read.
	pub history: bool,
}

impl Taken {
	/// The most that there is.
	pub const ALL: Self = Self { bond: BondChange::Moved, account: true, history: true };
	/// The most that a decision by the rules takes. It keeps nothing new.
	pub const BY_RULES: Self = Self { bond: BondChange::Kept, account: true, history: true };

	/// The most that putting a decision into effect takes. Who decides line by line asks for no licence.
	pub fn by(decision: &Decision) -> Self {
		Self { history: matches!(decision, Decision::AsAdjudicated), ..Self::BY_RULES }
	}
}

/// What it came to that a claim was decided, or is not yet.
pub(crate) struct Done {
	/// How many lines the claim has that was replaced, or that stands in its place: none if there is none.
	pub replaced: u32,
	/// What was taken for it.
	pub taken: Taken,
}

impl Done {
	/// Nothing was replaced; what was found out, was found out by `outcome`.
	pub(super) fn nothing(outcome: &Outcome) -> Self {
		Self { replaced: 0, taken: outcome.taken() }
	}
}

impl<T: Config> Pallet<T> {
	/// What a call takes with what became of a bond.
	pub(crate) fn with_bond(call: Weight, change: BondChange) -> Weight {
		match change {
			BondChange::Kept => call,
			BondChange::Grown => call.saturating_add(T::WeightInfo::grow_bond()),
			// What is declared before anybody knows, which covers the other as well.
			BondChange::Moved => {
				call.saturating_add(T::WeightInfo::move_bond().max(T::WeightInfo::grow_bond()))
			},
		}
	}

	/// What a call takes with an account that begins or ends, if one does.
	pub(crate) fn with_account(call: Weight, account: bool) -> Weight {
		match account {
			true => call.saturating_add(T::WeightInfo::end_account()),
			false => call,
		}
	}

	/// What a call takes with all that it has taken.
	pub(crate) fn weighed(call: Weight, Taken { bond, account, history }: Taken) -> Weight {
		let weight = Self::with_account(Self::with_bond(call, bond), account);
		match history {
			true => weight.saturating_add(T::WeightInfo::past_licences()),
			false => weight,
		}
	}
}

/// What calls declare before they are made: the most that each can take.
impl<T: Config> Pallet<T> {
	/// Of a call that charges the bond and takes nothing else besides.
	pub(crate) fn with_largest_bond(call: Weight) -> Weight {
		Self::with_bond(call, BondChange::Moved)
	}

	pub(crate) fn most_of_submit(lines: &PerLine<Line>) -> Weight {
		Self::weighed(T::WeightInfo::submit(Self::count(lines)), Taken::ALL)
	}

	pub(crate) fn most_of_correct(lines: &PerLine<Line>) -> Weight {
		Self::weighed(T::WeightInfo::correct(Self::count(lines), MAX_LINES), Taken::ALL)
	}

	pub(crate) fn most_of_decide(decision: &Decision) -> Weight {
		let lines = decision.lines();
		Self::weighed(Self::weight_of(decision)(lines, MAX_LINES), Taken::by(decision))
	}

	pub(crate) fn most_of_poke() -> Weight {
		Self::weighed(T::WeightInfo::poke(MAX_LINES, MAX_LINES), Taken::BY_RULES)
	}

	pub(crate) fn most_of_settling(limit: u32) -> Weight {
		Self::with_account(T::WeightInfo::settle_waiting(limit.min(T::Page::get())), true)
	}

	pub(crate) fn most_of_fund() -> Weight {
		let settling = T::WeightInfo::settle_waiting(T::SettledByFunding::get());
		Self::with_account(T::WeightInfo::fund(), true).saturating_add(settling)
	}
}
