//! Who pays, and how much may still be paid.

use crate::{
	types::{Limit, Sponsor},
	Accounts, Allowance, AllowanceState, BalanceOf, Budgeting, Config, Event, FreeCallConditions,
	Guests, Pallet, Quote, Refusal,
};
use alloc::vec::Vec;
use frame_support::{
	ensure,
	traits::{fungible::Inspect, tokens::WithdrawConsequence, Contains, Get, UnixTime},
};
use salus_primitives::{
	traits::{Dismissed, TokenlessAccounts},
	Moment, Refill,
};
use sp_runtime::{
	traits::{AccountIdConversion, Zero},
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

	/// What is left of the allowance of `who`, if it is welcomed, for what it does as staff. Less may be left
	/// of a budget, and a patient's key or the member of a coverage may use up less.
	pub fn allowance(who: &T::AccountId) -> Option<AllowanceState<BalanceOf<T>>> {
		let (allowance, per_day) = (Accounts::<T>::get(who)?, T::AllowancePerDay::get());
		let now = Self::now();
		Some(AllowanceState {
			left: allowance.left(Refill::daily(per_day), now),
			per_day,
			full_at: allowance.full_at(Refill::daily(per_day), now),
		})
	}

	/// Who would pay `fee` if `who` signed `call` without a tip.
	pub fn quote(
		who: T::AccountId,
		call: T::RuntimeCall,
		fee: BalanceOf<T>,
	) -> Result<Quote<T::AccountId, BalanceOf<T>>, Refusal> {
		if Self::can_pay(&who, fee) {
			let ways = Self::ways_of(&who, &call).unwrap_or_default();
			let left = ways.iter().map(|limits| Self::left(&who, limits)).max();
			return Ok(Quote { payer: who, fee, left: left.unwrap_or_else(Zero::zero) });
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
		let mut until: Option<Moment> = None;
		for limits in Self::ways_of(who, call)? {
			let left = Self::left(who, &limits);
			if fee <= left {
				ensure!(Self::can_pay(&payer, fee), Refusal::PotEmpty);
				return Ok(Sponsor { payer, limits, left });
			}
			let at = Self::sufficient_at(who, &limits, fee);
			until = [until, at].into_iter().flatten().min();
		}
		Err(Refusal::AllowanceExhausted { until })
	}

	/// What limits a fee of `who` for `call`: see [`Pallet::ways`].
	pub fn ways_of(
		who: &T::AccountId,
		call: &T::RuntimeCall,
	) -> Result<Vec<Vec<Limit<BalanceOf<T>>>>, Refusal> {
		ensure!(Accounts::<T>::contains_key(who), Refusal::NotWelcomed);
		let entitlement = T::Budgeting::entitlement(who, call).ok_or(Refusal::NotEntitled)?;
		Ok(Self::ways(&entitlement))
	}

	pub(crate) fn now() -> Moment {
		T::Time::now().as_secs()
	}

	/// Whether `who` can pay `fee` and stay alive.
	fn can_pay(who: &T::AccountId, fee: BalanceOf<T>) -> bool {
		T::Currency::can_withdraw(who, fee) == WithdrawConsequence::Success
	}
}

impl<T: Config> TokenlessAccounts<T::AccountId> for Pallet<T> {
	fn welcome(who: &T::AccountId) -> DispatchResult {
		// Whoever is let in only now is no guest: those are among who was before. Of the others it is not asked first whether they
		// are: that would be a read of each.
		if !Self::let_in(who) {
			Guests::<T>::remove(who);
		}
		Ok(())
	}

	fn invite(who: &T::AccountId) -> DispatchResult {
		if Self::let_in(who) {
			Guests::<T>::insert(who, 1);
		} else {
			Guests::<T>::mutate_extant(who, |count| *count = count.saturating_add(1));
		}
		Ok(())
	}

	fn dismiss(who: &T::AccountId) -> Dismissed {
		let Some(count) = Guests::<T>::get(who) else { return Dismissed::Settled };
		let left = count.saturating_sub(1);
		if left > 0 {
			Guests::<T>::insert(who, left);
			return Dismissed::Settled;
		}
		Guests::<T>::remove(who);
		// Whoever has sent a transaction stays: it could be replayed.
		if !frame_system::Pallet::<T>::account_nonce(who).is_zero() {
			return Dismissed::Stays;
		}
		Accounts::<T>::remove(who);
		frame_system::Pallet::<T>::dec_sufficients(who);
		Self::deposit_event(Event::Forgotten { who: who.clone() });
		Dismissed::Settled
	}
}

impl<T: Config> Pallet<T> {
	/// Lets `who` send transactions from now on; whether it could not before.
	fn let_in(who: &T::AccountId) -> bool {
		let is_new = !Accounts::<T>::contains_key(who);
		if is_new {
			frame_system::Pallet::<T>::inc_sufficients(who);
			Accounts::<T>::insert(who, Allowance::default());
			Self::deposit_event(Event::Welcomed { who: who.clone() });
		}
		is_new
	}
}
