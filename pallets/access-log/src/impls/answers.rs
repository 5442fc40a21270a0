//! Answers for the runtime API.

use crate::*;
use alloc::vec::Vec;
use frame_support::traits::Get;
use salus_primitives::{Moment, OrgId};

/// The most commits in one answer of the runtime API.
pub const MAX_LISTED: u32 = 256;

impl<T: Config> Pallet<T> {
	/// Where the log of `organisation` stands; `None` if it has never committed to one.
	pub fn custodian(organisation: OrgId) -> Option<Custodian> {
		Custodians::<T>::get(organisation)
	}

	/// The commit `number` of `organisation`.
	pub fn log_commit(organisation: OrgId, number: u32) -> Option<CommitInfo> {
		let LogCommit { epoch, seq_from, seq_until, root, head, at, .. } =
			Commits::<T>::get(organisation, number)?;
		Some(CommitInfo { number, epoch, seq_from, seq_until, root, head, at })
	}

	/// Up to [`MAX_LISTED`] commits of `organisation`, from number `first` on.
	pub fn log_commits(organisation: OrgId, first: u32) -> Vec<CommitInfo> {
		(first..first.saturating_add(MAX_LISTED))
			.map_while(|number| Self::log_commit(organisation, number))
			.collect()
	}

	/// The last commit of `organisation` that was made by `at`.
	pub fn commit_by(organisation: OrgId, at: Moment) -> Option<CommitInfo> {
		// Commits are in the order of their moments: the first `found` of them were made by then.
		let (mut found, mut end) = (0u32, Custodians::<T>::get(organisation)?.commits);
		while found < end {
			let middle = end.saturating_sub(found).checked_div(2)?.saturating_add(found);
			if Commits::<T>::get(organisation, middle)?.at <= at {
				found = middle.saturating_add(1);
			} else {
				end = middle;
			}
		}
		Self::log_commit(organisation, found.checked_sub(1)?)
	}

	/// Whether the log of `organisation` was stale at `at`: whether it had last committed to it
	/// [`Config::Heartbeat`] before that, or earlier. `None` if it never had, or `at` is after now.
	pub fn was_stale(organisation: OrgId, at: Moment) -> Option<bool> {
		if Self::now() < at {
			return None;
		}
		let last = Self::commit_by(organisation, at)?;
		Some(last.at.saturating_add(T::Heartbeat::get()) <= at)
	}

	/// What `organisation` found of `day` when it compared its log with that of `counterparty`.
	pub fn attestation(organisation: OrgId, counterparty: OrgId, day: Day) -> Option<Counts> {
		Attestations::<T>::get(organisation, (counterparty, day)).map(|found| found.counts)
	}

	/// What `one` and `other` together said of `day`.
	pub fn reconciliation(one: OrgId, other: OrgId, day: Day) -> Reconciliation {
		match (Self::attestation(one, other, day), Self::attestation(other, one, day)) {
			(None, None) => Reconciliation::Nobody,
			(Some(counts), None) => Reconciliation::OneSided(one, counts),
			(None, Some(counts)) => Reconciliation::OneSided(other, counts),
			(Some(ours), Some(theirs)) if ours == theirs.mirrored() => Reconciliation::Agreed(ours),
			(Some(ours), Some(theirs)) => Reconciliation::Disagreed(ours, theirs),
		}
	}
}
