//! What must hold of the whole storage, whatever was called.

use crate::{heads::Link, *};
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
			let commits = Commits::<T>::iter_prefix_values(organisation).map(|found| found.deposit);
			let attested =
				Attestations::<T>::iter_prefix_values(organisation).map(|found| found.deposit);
			let unpaid = commits.chain(attested).filter(Option::is_none).count();
			ensure!(
				u32::try_from(unpaid) == Ok(custodian.unpaid),
				"what has no deposit is not what the custodian counts"
			);
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
		let commits = Commits::<T>::iter_values().filter_map(|found| found.deposit);
		let attested = Attestations::<T>::iter_values().filter_map(|found| found.deposit);
		ensure!(
			are_backed::<T, _>(commits.chain(attested)),
			"what is on hold is not what commits and attestations are for"
		);
		Ok(())
	}

	/// One custodian's commits: a chain without a gap, whose heads are what they must be, and which each epoch begins
	/// without entries.
	fn check_log(organisation: OrgId, custodian: &Custodian) -> Result<(), DispatchError> {
		let genesis = Self::genesis();
		let (mut head, mut epoch, mut entries, mut at) = (heads::origin(), 0u32, 0, 0);
		for number in 0..custodian.commits {
			let found = Commits::<T>::get(organisation, number).ok_or("a commit is lost")?;
			let LogCommit { seq_from, seq_until, root, .. } = found;
			if found.epoch != epoch {
				let next = number > 0 && epoch.checked_add(1) == Some(found.epoch);
				ensure!(next, "an epoch out of order");
				ensure!(seq_until == 0, "an epoch that begins with entries");
				epoch = found.epoch;
				entries = 0;
			}
			ensure!(seq_from == entries && seq_from <= seq_until, "a log with a gap");
			ensure!(seq_until.saturating_sub(seq_from) <= MAX_ENTRIES, "too many entries at once");
			ensure!(is_empty_root(&root) == (seq_from == seq_until), "a root of nothing, or none");
			ensure!(at <= found.at, "commits out of order");
			let link = Link { number, epoch, root, seq_from, seq_until };
			head = heads::head(&genesis, organisation, &head, &link);
			ensure!(found.head == head, "a head that is not its commits'");
			entries = seq_until;
			at = found.at;
		}
		ensure!(
			(custodian.head, custodian.epoch, custodian.entries, custodian.last_at)
				== (head, epoch, entries, at),
			"a log that does not stand where its last commit does"
		);
		Ok(())
	}
}
