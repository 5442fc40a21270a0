//! Who pays, and how much may still be paid.

use crate::{
	types::Sponsor, Accounts, Allowance, AllowanceState, BalanceOf, Budget, Budgeting, Budgets,
	Config, Event, FreeCallConditions, Pallet, Quote, Refusal,
};
use frame_support::{
	ensure,
	traits::{fungible::Inspect, tokens::WithdrawConsequence, Contains, Get, UnixTime},
};
use salus_primitives::{traits::TokenlessAccounts, Moment};
use sp_runtime::{
	traits::{AccountIdConversion, AtLeast32BitUnsigned, Zero},
	DispatchResult,
};

impl<T: Config> Pallet<T> {
	/// The account that pays. Anybody may add to it.
	pub fn pot() -> T::AccountId {
		T::PotId::get().into_account_truncating()
	}

	/// Who pays for `who` when it cannot pay itself. `None` if nobody does.
	pub fn sponsor_of(who: &T::AccountId) -> Option<T::AccountId> {
		Accounts::<T>::contains_key(who).then(Self::pot)
	}

	/// Whether the fee of `call`, as the outermost call of a transaction, may be sponsored.
	pub fn is_sponsored(call: &T::RuntimeCall) -> bool {
		// A tightening call is free and effective, or paid by its signer, or refused.
		T::SponsoredCalls::contains(call) && T::FreeCallConditions::condition_weight(call).is_none()
	}

	/// What is left of the allowance of `who`, if it is welcomed. Less may be left of a budget.
	pub fn allowance(who: &T::AccountId) -> Option<AllowanceState<BalanceOf<T>>> {
		let (allowance, per_day) = (Accounts::<T>::get(who)?, T::AllowancePerDay::get());
		let now = Self::now();
		Some(AllowanceState {
			left: allowance.left(per_day, now),
			per_day,
			full_at: allowance.full_at(per_day, now),
		})
	}

	/// Who would pay `fee` if `who` signed `call` without a tip.
	pub fn quote(
		who: T::AccountId,
		call: T::RuntimeCall,
		fee: BalanceOf<T>,
	) -> Result<Quote<T::AccountId, BalanceOf<T>>, Refusal> {
		if Self::can_pay(&who, fee) {
			let left = Self::limits(&who, &call).map(|limits| limits.left(Self::now()));
			return Ok(Quote { payer: who, fee, left: left.unwrap_or_else(|_| Zero::zero()) });
		}
		let Sponsor { payer, left, .. } = Self::assess(&who, &call, fee, Zero::zero())?;
		Ok(Quote { payer, fee, left })
	}

	/// Who pays `fee`, of which `tip` is a part, for `call` of `who`, which cannot. Writes nothing.
	pub(crate) fn assess(
		who: &T::AccountId,
		call: &T::RuntimeCall,
		fee: BalanceOf<T>,
		tip: BalanceOf<T>,
	) -> Result<Sponsor<T::AccountId, BalanceOf<T>>, Refusal> {
		let payer = Self::sponsor_of(who).ok_or(Refusal::NotWelcomed)?;
		ensure!(Self::is_sponsored(call), Refusal::CallNotSponsored);
		ensure!(tip.is_zero(), Refusal::TipOffered);
		let limits = Self::limits(who, call)?;
		let left = limits.left(Self::now());
		ensure!(fee <= left, Refusal::AllowanceExhausted { until: limits.sufficient_at(fee) });
		ensure!(Self::can_pay(&payer, fee), Refusal::PotEmpty);
		Ok(Sponsor { payer, budget: limits.budget, left })
	}

	/// Takes `fee` from the allowance of `who` and from `budget`, after [`Self::assess`] found that
	/// they suffice.
	pub(crate) fn consume(who: &T::AccountId, budget: &Budget, fee: BalanceOf<T>) {
		let now = Self::now();
		Self::update(who, budget, |allowance, per_day| allowance.spend(fee, per_day, now));
	}

	/// Gives `amount`, which was consumed and then not spent, back to the allowance of `who` and to
	/// `budget`.
	pub(crate) fn give_back(who: &T::AccountId, budget: &Budget, amount: BalanceOf<T>) {
		if !amount.is_zero() {
			Self::update(who, budget, |allowance, _| allowance.give_back(amount));
		}
	}

	/// Changes the allowance of `who` and `budget` in the same way.
	fn update(
		who: &T::AccountId,
		budget: &Budget,
		change: impl Fn(&mut Allowance<BalanceOf<T>>, BalanceOf<T>),
	) {
		Accounts::<T>::mutate_extant(who, |own| change(own, T::AllowancePerDay::get()));
		Budgets::<T>::mutate(budget, |shared| change(shared, Self::per_day(budget)));
	}

	/// What `who` may spend on `call`.
	fn limits(who: &T::AccountId, call: &T::RuntimeCall) -> Result<Limits<BalanceOf<T>>, Refusal> {
		let own = Accounts::<T>::get(who).ok_or(Refusal::NotWelcomed)?;
		let budget = T::Budgeting::budget(who, call).ok_or(Refusal::NotEntitled)?;
		Ok(Limits {
			own: (own, T::AllowancePerDay::get()),
			shared: (Budgets::<T>::get(budget), Self::per_day(&budget)),
			budget,
		})
	}

	/// What is spent on `budget` at most at a time; refills evenly over 24 hours.
	fn per_day(budget: &Budget) -> BalanceOf<T> {
		match budget {
			Budget::Patient(_) => T::PatientAllowancePerDay::get(),
			Budget::Organisation(_) | Budget::Members(_) => T::OrganisationAllowancePerDay::get(),
		}
	}

	fn now() -> Moment {
		T::Time::now().as_secs()
	}

	/// Whether `who` can pay `fee` and stay alive.
	fn can_pay(who: &T::AccountId, fee: BalanceOf<T>) -> bool {
		T::Currency::can_withdraw(who, fee) == WithdrawConsequence::Success
	}
}

/// The two limits on what an account may spend: what has been used of each, and what each is.
#[derive(Clone, Copy)]
struct Limits<Balance> {
	own: (Allowance<Balance>, Balance),
	shared: (Allowance<Balance>, Balance),
	budget: Budget,
}

impl<Balance: AtLeast32BitUnsigned + Copy> Limits<Balance> {
	fn left(&self, now: Moment) -> Balance {
		let left =
			|(allowance, per_day): (Allowance<Balance>, Balance)| allowance.left(per_day, now);
		left(self.own).min(left(self.shared))
	}

	/// From when on both suffice for `fee`; `None` if they never do.
	fn sufficient_at(&self, fee: Balance) -> Option<Moment> {
		let at = |(allowance, per_day): (Allowance<Balance>, Balance)| {
			allowance.sufficient_at(fee, per_day)
		};
		Some(at(self.own)?.max(at(self.shared)?))
	}
}

impl<T: Config> TokenlessAccounts<T::AccountId> for Pallet<T> {
	fn welcome(who: &T::AccountId) -> DispatchResult {
		if !Accounts::<T>::contains_key(who) {
			// Once for each account: the entry is never removed, and neither is the reference.
			frame_system::Pallet::<T>::inc_sufficients(who);
			Accounts::<T>::insert(who, Allowance::default());
			Self::deposit_event(Event::Welcomed { who: who.clone() });
		}
		Ok(())
	}
}
