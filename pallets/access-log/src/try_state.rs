//! What must hold of the whole storage, whatever was called.

use crate::*;
use frame_support::ensure;
use salus_primitives::{deposits::are_backed, OrgId};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the storage.
	pub fn do_try_state() -> Result<(), DispatchError> {
		let now = Self::now();
		let mut counted = 0u32;
		for (organisation, custodian) in Custodians::<T>::iter() {
			Self::check_log(organisation, &custodian)?;
			ensure!(custodian.last_at <= now, "a commit from the future");
			counted = counted.saturating_add(custodian.commits);
		}
		let stored = Commits::<T>::iter_keys().count();
		ensure!(u32::try_from(stored) == Ok(counted), "a commit that no custodian counts");
		for (organisation, (counterparty, day), found) in Attestations::<T>::iter() {
			ensure!(organisation != counterparty, "a log compared with itself");
			ensure!(Self::end_of(day) <= found.at && found.at <= now, "a day that was not over");
			ensure!(
				Custodians::<T>::contains_key(organisation),
				"a comparison by whoever has no log"
			);
		}
		let commits = Commits::<T>::iter_values().map(|found| (found.payer, found.ticket));
		let attested = Attestations::<T>::iter_values().map(|found| (found.payer, found.ticket));
		ensure!(
			are_backed::<T, _>(commits.chain(attested)),
			"what is on hold is not what commits and attestations are for"
		);
		Ok(())
	}

	/// One custodian's commits: a chain without a gap, whose heads are what they must be.
	fn check_log(organisation: OrgId, custodian: &Custodian) -> Result<(), DispatchError> {
		let genesis = Self::genesis();
		let (mut head, mut entries, mut at) = (heads::origin(), 0, 0);
		for number in 0..custodian.commits {
			let found = Commits::<T>::get(organisation, number).ok_or("a commit is lost")?;
			let LogCommit { seq_from, seq_until, root, .. } = found;
			ensure!(seq_from == entries && seq_from <= seq_until, "a log with a gap");
			ensure!(is_empty_root(&root) == (seq_from == seq_until), "a root of nothing, or none");
			ensure!(at <= found.at, "commits out of order");
			head = heads::head(&genesis, organisation, number, &head, &root, seq_from, seq_until);
			ensure!(found.head == head, "a head that is not its commits'");
			entries = seq_until;
			at = found.at;
		}
		ensure!(
			custodian.head == head && custodian.entries == entries && custodian.last_at == at,
			"a log that does not stand where its last commit does"
		);
		Ok(())
	}
}
