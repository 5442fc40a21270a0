//! The network's care policy, and its history.

use crate::*;
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Get};
use salus_primitives::{CarePolicy, Moment};

impl<T: Config> Pallet<T> {
	/// The policy of `terms` at `at`.
	pub(crate) fn policy_of(terms: &[PolicyTerm], at: Moment) -> CarePolicy {
		terms.iter().rev().find(|term| term.from <= at).map(|term| term.policy).unwrap_or_default()
	}

	pub(crate) fn do_set_policy(policy: CarePolicy) -> DispatchResult {
		let now = Self::now();
		let mut terms = Policies::<T>::get();
		let present = Self::policy_of(&terms, now);
		// At most the last one lies in the future: what has begun is never changed.
		let announced = terms.last().filter(|term| term.from > now).map(|term| term.policy);
		ensure!(announced != Some(policy), Error::<T>::AlreadyAnnounced);
		ensure!(announced.is_some() || present != policy, Error::<T>::AlreadyInForce);
		if announced.is_some() {
			terms.pop();
		}
		if present == policy {
			Policies::<T>::put(terms);
			Self::deposit_event(Event::PolicyWithdrawn { policy });
			return Ok(());
		}
		let from = now.saturating_add(T::PolicyNotice::get());
		terms.try_push(PolicyTerm { from, policy }).map_err(|_| Error::<T>::PolicyHistoryFull)?;
		Policies::<T>::put(terms);
		Self::deposit_event(Event::PolicyAnnounced { policy, from });
		Ok(())
	}
}
