//! Who pays, and how much may still be paid.

use crate::{
	types::Sponsor, Account, Accounts, Allowance, AllowanceState, BalanceOf, Budgets, Config,
	Event, FreeCallConditions, Pallet, Quote, Refusal,
};
use frame_support::{
	ensure,
	traits::{fungible::Inspect, tokens::WithdrawConsequence, Contains, Get, UnixTime},
};
use salus_primitives::{
	traits::{Budget, BudgetMembers, TokenlessAccounts},
	Moment,
};
use sp_runtime::{
	traits::{AccountIdConversion, Zero},
	DispatchResult,
};

/// A welcomed account, and what has been used of the budget that its fees are on.
type Sponsored<T> = (Account<BalanceOf<T>>, Allowance<BalanceOf<T>>);

impl<T: Config> Pallet<T> {
	/// The account that pays. Anybody may add to it.
	pub fn pot() -> T::AccountId {
		T::PotId::get().into_account_truncating()
	}

	/// Who pays for `who` when it cannot pay itself. `None` if nobody does.
	pub fn sponsor_of(who: &T::AccountId) -> Option<T::AccountId> {
		Self::sponsored(who).map(|_| Self::pot())
	}

	/// Whether the fee of `call`, as the outermost call of a transaction, may be sponsored.
	pub fn is_sponsored(call: &T::RuntimeCall) -> bool {
		// A tightening call is free and effective, or paid by its signer, or refused.
		T::SponsoredCalls::contains(call) && T::FreeCallConditions::condition_weight(call).is_none()
	}

	/// What `who` may still spend, if it is welcomed.
	pub fn allowance(who: &T::AccountId) -> Option<AllowanceState<BalanceOf<T>>> {
		let (Account { budget, allowance }, shared) = Self::sponsored(who)?;
		let now = Self::now();
		let (own, common) = (T::AllowancePerDay::get(), Self::per_day(&budget));
		Some(AllowanceState {
			left: allowance.left(own, now).min(shared.left(common, now)),
			per_day: own,
			full_at: allowance.full_at(own, now).max(shared.full_at(common, now)),
		})
	}

	/// Who would pay `fee` for a sponsored call of `who` that offers no tip.
	pub fn quote(
		who: T::AccountId,
		fee: BalanceOf<T>,
	) -> Result<Quote<T::AccountId, BalanceOf<T>>, Refusal> {
		let left = Self::allowance(&who).map_or_else(Zero::zero, |allowance| allowance.left);
		let payer = if Self::can_pay(&who, fee) { who } else { Self::assess(&who, fee)?.payer };
		Ok(Quote { payer, fee, left })
	}

	/// Who pays `fee` for `who`, which cannot. Writes nothing.
	pub(crate) fn assess(
		who: &T::AccountId,
		fee: BalanceOf<T>,
	) -> Result<Sponsor<T::AccountId>, Refusal> {
		let (Account { budget, allowance }, shared) =
			Self::sponsored(who).ok_or(Refusal::NotWelcomed)?;
		let now = Self::now();
		let (own, common) = (T::AllowancePerDay::get(), Self::per_day(&budget));
		let left = allowance.left(own, now).min(shared.left(common, now));
		if fee > left {
			let each = (allowance.sufficient_at(fee, own), shared.sufficient_at(fee, common));
			let until = each.0.zip(each.1).map(|(own, common)| own.max(common));
			return Err(Refusal::AllowanceExhausted { until });
		}
		let payer = Self::pot();
		ensure!(Self::can_pay(&payer, fee), Refusal::PotEmpty);
		Ok(Sponsor { payer, budget })
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
		change: impl Fn(&Allowance<BalanceOf<T>>, BalanceOf<T>) -> Allowance<BalanceOf<T>>,
	) {
		let apply = |allowance: &mut Allowance<BalanceOf<T>>, per_day| {
			*allowance = change(allowance, per_day);
		};
		Accounts::<T>::mutate_extant(who, |account| {
			apply(&mut account.allowance, T::AllowancePerDay::get())
		});
		Budgets::<T>::mutate(budget, |shared| apply(shared, Self::per_day(budget)));
	}

	/// `who`, if it is welcomed and its budget still is there for it.
	fn sponsored(who: &T::AccountId) -> Option<Sponsored<T>> {
		let account = Accounts::<T>::get(who)?;
		T::BudgetMembers::draws_on(who, &account.budget)
			.then(|| (account, Budgets::<T>::get(account.budget)))
	}

	/// What is spent on `budget` at most at a time; refills evenly over 24 hours.
	fn per_day(budget: &Budget) -> BalanceOf<T> {
		match budget {
			// All keys of a handle are one person: together they have what one account has.
			Budget::Patient(_) => T::AllowancePerDay::get(),
			Budget::Organisation(_) => T::OrganisationAllowancePerDay::get(),
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

impl<T: Config> TokenlessAccounts<T::AccountId> for Pallet<T> {
	fn welcome(who: &T::AccountId, budget: Budget) -> DispatchResult {
		if Self::sponsored(who).is_some() {
			return Ok(());
		}
		Self::assign(who, budget)
	}

	fn assign(who: &T::AccountId, budget: Budget) -> DispatchResult {
		match Accounts::<T>::get(who) {
			Some(account) => Accounts::<T>::insert(who, Account { budget, ..account }),
			None => {
				// Once for each account: the entry is never removed, and neither is the reference.
				frame_system::Pallet::<T>::inc_sufficients(who);
				Accounts::<T>::insert(who, Account { budget, allowance: Allowance::default() });
				Self::deposit_event(Event::Welcomed { who: who.clone() });
			},
		}
		Ok(())
	}
}
