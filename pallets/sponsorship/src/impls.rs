//! Allowances: who pays, and how much is left.

use crate::FreeCallConditions;
use crate::{
	Accounts, Allowance, AllowanceState, BalanceOf, Config, Event, Pallet, Quote, Refusal,
};
use frame_support::{
	ensure,
	traits::{fungible::Inspect, tokens::WithdrawConsequence, Contains, Defensive, Get, UnixTime},
};
use salus_primitives::{
	time::{Moment, DAY},
	traits::TokenlessAccounts,
};
use sp_runtime::{
	traits::{AccountIdConversion, CheckedDiv, One, Saturating, Zero},
	DispatchResult, SaturatedConversion,
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

	/// What `who` may still spend, if it is welcomed.
	pub fn allowance(who: &T::AccountId) -> Option<AllowanceState<BalanceOf<T>>> {
		let allowance = Accounts::<T>::get(who)?;
		let now = Self::now();
		let per_day = T::AllowancePerDay::get();
		let used = Self::used(&allowance, now);
		Some(AllowanceState {
			left: per_day.saturating_sub(used),
			per_day,
			full_at: if used.is_zero() {
				now
			} else {
				Self::recovered_at(&allowance, allowance.used)
			},
		})
	}

	/// Who would pay `fee` for a sponsored call of `who` that offers no tip.
	pub fn quote(
		who: T::AccountId,
		fee: BalanceOf<T>,
	) -> Result<Quote<T::AccountId, BalanceOf<T>>, Refusal> {
		let left = Self::allowance(&who).map_or_else(Zero::zero, |allowance| allowance.left);
		let payer = if Self::can_pay(&who, fee) { who } else { Self::assess(&who, fee)? };
		Ok(Quote { payer, fee, left })
	}

	/// Who pays `fee` for `who`, which cannot. Writes nothing.
	pub(crate) fn assess(who: &T::AccountId, fee: BalanceOf<T>) -> Result<T::AccountId, Refusal> {
		let payer = Self::sponsor_of(who).ok_or(Refusal::NotWelcomed)?;
		let allowance = Accounts::<T>::get(who).ok_or(Refusal::NotWelcomed)?;
		let left = T::AllowancePerDay::get().saturating_sub(Self::used(&allowance, Self::now()));
		ensure!(
			fee <= left,
			Refusal::AllowanceExhausted { until: Self::sufficient_at(&allowance, fee) }
		);
		ensure!(Self::can_pay(&payer, fee), Refusal::PotEmpty);
		Ok(payer)
	}

	/// Takes `fee` from the allowance of `who`, after [`Self::assess`] found that it suffices.
	pub(crate) fn consume(who: &T::AccountId, fee: BalanceOf<T>) {
		let now = Self::now();
		Accounts::<T>::mutate_extant(who, |allowance| {
			*allowance =
				Allowance { used: Self::used(allowance, now).saturating_add(fee), since: now };
		});
	}

	/// Gives `amount`, which was consumed and then not spent, back to the allowance of `who`.
	pub(crate) fn give_back(who: &T::AccountId, amount: BalanceOf<T>) {
		if !amount.is_zero() {
			Accounts::<T>::mutate_extant(who, |allowance| {
				allowance.used = allowance.used.saturating_sub(amount);
			});
		}
	}

	fn now() -> Moment {
		T::Time::now().as_secs()
	}

	/// Whether `who` can pay `fee` and stay alive.
	fn can_pay(who: &T::AccountId, fee: BalanceOf<T>) -> bool {
		T::Currency::can_withdraw(who, fee) == WithdrawConsequence::Success
	}

	/// What counts as used at `now`. Rounded in favour of the sponsor.
	fn used(allowance: &Allowance<BalanceOf<T>>, now: Moment) -> BalanceOf<T> {
		let elapsed = now.saturating_sub(allowance.since);
		if elapsed >= DAY {
			return Zero::zero();
		}
		let recovered = T::AllowancePerDay::get()
			.saturating_mul(elapsed.saturated_into())
			.checked_div(&DAY.saturated_into())
			.defensive_unwrap_or_default();
		allowance.used.saturating_sub(recovered)
	}

	/// From when on `fee` is within the allowance; `None` if it never is.
	fn sufficient_at(allowance: &Allowance<BalanceOf<T>>, fee: BalanceOf<T>) -> Option<Moment> {
		let per_day = T::AllowancePerDay::get();
		(fee <= per_day).then(|| {
			let excess = allowance.used.saturating_add(fee).saturating_sub(per_day);
			Self::recovered_at(allowance, excess)
		})
	}

	/// When `amount` of what was used will have come back.
	fn recovered_at(allowance: &Allowance<BalanceOf<T>>, amount: BalanceOf<T>) -> Moment {
		let per_day = T::AllowancePerDay::get();
		// The inverse of `used`: the first second at which the rounded recovery reaches `amount`.
		let seconds = amount
			.saturating_mul(DAY.saturated_into())
			.saturating_add(per_day.saturating_sub(One::one()))
			.checked_div(&per_day)
			.map_or(DAY, |seconds| seconds.saturated_into::<Moment>());
		allowance.since.saturating_add(seconds.min(DAY))
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
