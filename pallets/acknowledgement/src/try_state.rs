//! What must hold of the whole storage, whatever was called.

use crate::*;
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::ensure;
use salus_primitives::{
	deposits::are_backed,
	traits::{Revocation, RevokedDirectives},
	OrgId,
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the storage.
	pub fn do_try_state() -> Result<(), DispatchError> {
		let (now, since) = (Self::now(), Since::<T>::get());
		ensure!(since <= now, "acknowledgements are asked for from the future on");
		let mut tallies = BTreeMap::<OrgId, Tally>::new();
		let mut deposits = Vec::new();
		for (patient, directive, notice) in Notices::<T>::iter() {
			let Notice { organisation, revoked_at, due, state } = notice;
			ensure!(since <= revoked_at, "a revocation that nobody had to acknowledge");
			// As long as consent tells, it tells the same.
			let known = Revocation { organisation, at: revoked_at };
			ensure!(
				T::Revocations::revoked(&patient, directive).is_none_or(|found| found == known),
				"a revocation that consent knows otherwise"
			);
			ensure!(revoked_at < due, "a deadline before the revocation");
			let tally = tallies.entry(organisation).or_default();
			let (at, count) = match state {
				NoticeState::Overdue { marked_at } => {
					ensure!(due <= marked_at, "marked overdue before the deadline was over");
					(marked_at, &mut tally.overdue)
				},
				NoticeState::Acknowledged { at, deposit } => {
					match deposit {
						Some(deposit) => deposits.push(deposit),
						None => tally.unpaid = tally.unpaid.saturating_add(1),
					}
					(at, if at < due { &mut tally.on_time } else { &mut tally.late })
				},
			};
			ensure!(
				revoked_at <= at && at <= now,
				"a notice before its revocation, or from the future"
			);
			*count = count.saturating_add(1);
		}
		let stored: BTreeMap<_, _> = Tallies::<T>::iter().collect();
		ensure!(stored == tallies, "counts that are not those of the notices");
		ensure!(
			are_backed::<T, _>(deposits),
			"what is on hold is not what acknowledgements are for"
		);
		Ok(())
	}
}
