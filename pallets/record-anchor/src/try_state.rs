//! What must hold between blocks.

use crate::{pallet::*, types::*};
use frame_support::ensure;
use salus_primitives::OrgId;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks the invariants C1 to C3 and C6 over the whole state of the pallet.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_slots()?;
		Self::check_lineages()?;
		Self::check_subjects()?;
		Self::check_retractions()?;
		Self::check_deposits()
	}

	/// C3: the slots of an author are 0, 1, 2 ... without gaps, and each commitment is in one.
	fn check_slots() -> Result<(), TryRuntimeError> {
		let now = Self::now();
		for (author, seq, anchor) in Anchors::<T>::iter() {
			ensure!(seq < NextSeq::<T>::get(author), "a slot was filled before its turn");
			ensure!(anchor.is_sound(seq), "a slot contradicts itself");
			ensure!(anchor.anchored_at <= now, "a slot was filled in the future");
			ensure!(
				Commitments::<T>::get(author, anchor.commitment) == Some(seq),
				"a commitment does not lead to its slot"
			);
		}
		for (author, next) in NextSeq::<T>::iter() {
			let slots = Anchors::<T>::iter_key_prefix(author).count();
			ensure!(u64::try_from(slots) == Ok(next), "an author's slots have gaps");
		}
		ensure!(
			Commitments::<T>::iter().count() == Anchors::<T>::iter().count(),
			"a commitment is in no slot"
		);
		Ok(())
	}

	/// C2: a lineage is a chain with one head, whose versions grow by one.
	fn check_lineages() -> Result<(), TryRuntimeError> {
		let mut links = 0usize;
		let mut heads = 0usize;
		for (author, seq, anchor) in Anchors::<T>::iter() {
			if let Some(previous) = anchor.previous {
				let before = Anchors::<T>::get(author, previous).ok_or("a version follows none")?;
				ensure!(
					before.kind == Kind::Single && anchor.kind == Kind::Single,
					"a batch is in a lineage"
				);
				ensure!(
					before.version.checked_add(1) == Some(anchor.version),
					"a version is missing from a lineage"
				);
				ensure!(before.first == anchor.first, "a lineage has two beginnings");
				let link = Successor { seq, at: anchor.anchored_at };
				ensure!(
					Successors::<T>::get(author, previous) == Some(link),
					"a version is not the successor of the one before"
				);
				links = links.saturating_add(1);
				if !Successors::<T>::contains_key(author, seq) {
					ensure!(
						Heads::<T>::get(author, anchor.first) == Some(seq),
						"the newest version is not the head of its lineage"
					);
					heads = heads.saturating_add(1);
				}
			}
		}
		ensure!(Successors::<T>::iter().count() == links, "a successor does not follow");
		ensure!(Heads::<T>::iter().count() == heads, "a head is not the newest version");
		Ok(())
	}

	/// A subject stands beside a single record, and a lineage is about one.
	fn check_subjects() -> Result<(), TryRuntimeError> {
		for (author, seq, patient) in Subjects::<T>::iter() {
			let anchor = Anchors::<T>::get(author, seq).ok_or("a subject without a record")?;
			ensure!(anchor.kind == Kind::Single, "a batch has a subject");
			if let Some(previous) = anchor.previous {
				ensure!(
					Subjects::<T>::get(author, previous) == Some(patient),
					"a lineage changed its subject"
				);
			}
		}
		for (author, seq, at) in Acknowledgements::<T>::iter() {
			ensure!(Subjects::<T>::contains_key(author, seq), "nobody could acknowledge this");
			Self::check_moment(author, seq, at)?;
		}
		Ok(())
	}

	/// A retraction is of something that is there, and a leaf's is not later than its batch's.
	fn check_retractions() -> Result<(), TryRuntimeError> {
		for ((author, seq, leaf), retraction) in Retractions::<T>::iter() {
			Self::check_moment(author, seq, retraction.at)?;
			let Some(leaf) = leaf else { continue };
			let anchor = Anchors::<T>::get(author, seq).ok_or("a retraction of nothing")?;
			ensure!(
				matches!(anchor.kind, Kind::Batch { leaves, .. } if leaf < leaves),
				"a retracted leaf is not in its batch"
			);
			ensure!(
				Retractions::<T>::get((author, seq, None::<u64>))
					.is_none_or(|whole| retraction.at <= whole.at),
				"a leaf was retracted after its batch"
			);
		}
		Ok(())
	}

	/// C6: a deposit for each slot and each retracted leaf, and none besides.
	fn check_deposits() -> Result<(), TryRuntimeError> {
		for (author, seq) in Anchors::<T>::iter_keys() {
			ensure!(
				Deposits::<T>::contains_key((author, seq, None::<u64>)),
				"a slot has no deposit"
			);
		}
		let mut leaves = 0usize;
		for (author, seq, leaf) in Retractions::<T>::iter_keys() {
			if leaf.is_some() {
				ensure!(
					Deposits::<T>::contains_key((author, seq, leaf)),
					"a retracted leaf has no deposit"
				);
				leaves = leaves.saturating_add(1);
			}
		}
		ensure!(
			Deposits::<T>::iter().count() == Anchors::<T>::iter().count().saturating_add(leaves),
			"a deposit is held for nothing"
		);
		Ok(())
	}

	fn check_moment(author: OrgId, seq: Seq, at: u64) -> Result<(), TryRuntimeError> {
		let anchor = Anchors::<T>::get(author, seq).ok_or("something stands beside no slot")?;
		ensure!(
			anchor.anchored_at <= at && at <= Self::now(),
			"something happened before its slot was filled, or in the future"
		);
		Ok(())
	}
}
