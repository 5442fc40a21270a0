//! Membership.

use crate::{
	Config, Departure, Departures, Error, Event, Members, Membership, Minimum, Offenders, Pallet,
	RemovalReason,
};
use frame_support::{ensure, traits::Get};
use frame_system::RawOrigin;
use pallet_session::{NextKeys, Pallet as Session};
use salus_primitives::{traits::Organisations, OrgId};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// Makes `validator` a member, and keeps its organisation on record.
	pub(crate) fn do_add(validator: T::AccountId, organisation: OrgId) -> DispatchResult {
		T::Organisations::rely_on(organisation)?;
		Self::enlist(validator, organisation)
	}

	/// Makes `validator` a member. Its organisation is known and stays.
	pub(crate) fn enlist(validator: T::AccountId, organisation: OrgId) -> DispatchResult {
		ensure!(!Members::<T>::contains_key(&validator), Error::<T>::AlreadyMember);
		// It would be in the set under two identities: proofs of this session would not hold.
		ensure!(!Departures::<T>::contains_key(&validator), Error::<T>::StillLeaving);
		ensure!(Members::<T>::count() < T::MaxValidators::get(), Error::<T>::TooManyValidators);

		let since = Session::<T>::current_index();
		Members::<T>::insert(&validator, Membership { organisation, since });
		Self::deposit_event(Event::ValidatorAdded { validator, organisation });
		Ok(())
	}

	/// Ends the membership of `validator`, if the set stays large enough.
	pub(crate) fn do_remove(validator: &T::AccountId, reason: RemovalReason) -> DispatchResult {
		ensure!(Members::<T>::contains_key(validator), Error::<T>::NotMember);
		// A member without keys is not part of the set, which does not shrink when it goes.
		if Self::has_keys(validator) {
			ensure!(
				Self::sound_without(validator) >= Minimum::<T>::get(),
				Error::<T>::BelowMinimum
			);
		}
		Self::end_membership(validator, reason);
		Ok(())
	}

	/// Ends the membership of `validator`. The caller has made sure that the set stays large enough.
	pub(crate) fn end_membership(validator: &T::AccountId, reason: RemovalReason) {
		let Some(Membership { organisation, since }) = Members::<T>::take(validator) else {
			return;
		};
		Self::deposit_event(Event::ValidatorRemoved {
			validator: validator.clone(),
			organisation,
			reason,
		});
		if Self::is_in_set(validator) {
			Departures::<T>::insert(validator, Departure { organisation, since });
		} else {
			Self::leave(validator, organisation);
		}
	}

	/// Forgets `validator`, which is neither member nor in the set, and returns its key deposit.
	pub(crate) fn leave(validator: &T::AccountId, organisation: OrgId) {
		Departures::<T>::remove(validator);
		Offenders::<T>::remove(validator);
		// Fails only if there are no keys, and then there is nothing to return.
		let _ = Session::<T>::purge_keys(RawOrigin::Signed(validator.clone()).into());
		Self::deposit_event(Event::ValidatorLeft { validator: validator.clone(), organisation });
	}

	/// Whether `validator` has registered session keys.
	pub(crate) fn has_keys(validator: &T::AccountId) -> bool {
		NextKeys::<T>::contains_key(validator)
	}

	/// Whether `validator` validates in this session or will in the next.
	fn is_in_set(validator: &T::AccountId) -> bool {
		Session::<T>::validators().contains(validator)
			|| Session::<T>::queued_keys().iter().any(|(queued, _)| queued == validator)
	}

	/// How many members other than `leaving` have session keys and did not offend.
	fn sound_without(leaving: &T::AccountId) -> u32 {
		Members::<T>::iter_keys()
			.filter(|member| {
				member != leaving && Self::has_keys(member) && !Offenders::<T>::contains_key(member)
			})
			.fold(0, |sum: u32, _| sum.saturating_add(1))
	}
}
