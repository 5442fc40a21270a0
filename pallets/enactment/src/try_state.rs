//! What must hold after every block.

use crate::{Config, Delays, EnactmentClass, Floors, Pallet, Proposals};
use frame_support::{ensure, traits::Get};
use sp_runtime::{traits::Hash, TryRuntimeError};

impl<T: Config> Pallet<T> {
	/// Every proposal stands under the hash of its call, was approved by somebody, and is due if and
	/// only if both bodies approved; no delay is shorter than its floor.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut count = 0u32;
		for (hash, proposal) in Proposals::<T>::iter() {
			count = count.saturating_add(1);
			ensure!(
				T::Hashing::hash(&proposal.call) == hash,
				"a proposal does not stand under the hash of its call"
			);
			let approvals = proposal.approvals;
			ensure!(approvals.council || approvals.technical, "a proposal that nobody approved");
			ensure!(
				approvals.are_complete() == proposal.due.is_some(),
				"a proposal is due without both approvals, or agreed and never due"
			);
			ensure!(proposal.proposed_at <= Self::now(), "a proposal from the future");
			if let Some(due) = proposal.due {
				let shortest =
					proposal.proposed_at.saturating_add(Floors::<T>::get().of(proposal.class));
				ensure!(due >= shortest, "a proposal is due before the floor of its class");
				ensure!(due < proposal.lapses, "a proposal lapses before it is due");
			}
		}
		ensure!(count == Proposals::<T>::count(), "the count of proposals is wrong");
		ensure!(count <= T::MaxProposals::get(), "too many proposals");
		let (delays, floors) = (Delays::<T>::get(), Floors::<T>::get());
		for class in EnactmentClass::ALL {
			ensure!(delays.of(class) >= floors.of(class), "a delay is shorter than its floor");
		}
		Ok(())
	}
}
