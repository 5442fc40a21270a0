//! What must hold between blocks.

use crate::{pallet::*, types::*};
use alloc::collections::BTreeSet;
use frame_support::ensure;
use salus_primitives::{deposits::are_backed, OrgId};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks the invariants C2, C3 and C6, and what stands beside slots, over the whole state.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_slots()?;
		Self::check_tombstones()?;
		Self::check_lineages()?;
		Self::check_subjects()?;
		Self::check_retractions()?;
		Self::check_disputes()?;
		Self::check_keeping()?;
		Self::check_deposits()
	}

	/// C3: the slots of an author are below its next number, and each commitment is in one.
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
		ensure!(
			Commitments::<T>::iter().count() == Anchors::<T>::iter().count(),
			"a commitment is in no slot"
		);
		Ok(())
	}

	/// A tombstone stands where a slot was and is no more.
	fn check_tombstones() -> Result<(), TryRuntimeError> {
		for (author, seq, tombstone) in Tombstones::<T>::iter() {
			ensure!(seq < NextSeq::<T>::get(author), "a slot was shredded before it was filled");
			ensure!(!Anchors::<T>::contains_key(author, seq), "a slot was filled anew");
			ensure!(tombstone.at <= Self::now(), "a slot was shredded in the future");
		}
		Ok(())
	}

	/// C2: a lineage is a chain with one head, whose versions grow by one. Of what has left the state
	/// the rest stays a chain: it was evicted from its beginning on, or has a tombstone.
	fn check_lineages() -> Result<(), TryRuntimeError> {
		let mut heads = 0usize;
		for (author, seq, anchor) in Anchors::<T>::iter() {
			if let Some(previous) = anchor.previous {
				if let Some(before) = Anchors::<T>::get(author, previous) {
					Self::check_link(author, seq, &anchor, &before)?;
					ensure!(
						Successors::<T>::get(author, previous)
							== Some(Successor { seq, at: anchor.anchored_at }),
						"a version is not the successor of the one before"
					);
				}
				if !Successors::<T>::contains_key(author, seq) {
					ensure!(
						Heads::<T>::get(author, anchor.first) == Some(seq),
						"the newest version is not the head of its lineage"
					);
					heads = heads.saturating_add(1);
				}
			}
		}
		ensure!(Heads::<T>::iter().count() == heads, "a head is not the newest version");
		for (author, seq, successor) in Successors::<T>::iter() {
			ensure!(Anchors::<T>::contains_key(author, seq), "a successor of nothing");
			let follows = match Anchors::<T>::get(author, successor.seq) {
				Some(newer) => newer.previous == Some(seq),
				None => Tombstones::<T>::get(author, successor.seq)
					.is_some_and(|tombstone| tombstone.relation != Relation::New),
			};
			ensure!(follows, "a successor does not follow");
			Self::check_moment(author, seq, successor.at)?;
		}
		Ok(())
	}

	fn check_link(
		author: OrgId,
		seq: Seq,
		anchor: &Anchor,
		before: &Anchor,
	) -> Result<(), TryRuntimeError> {
		ensure!(
			before.kind == Kind::Single && anchor.kind == Kind::Single,
			"a batch is in a lineage"
		);
		ensure!(
			before.version.checked_add(1) == Some(anchor.version),
			"a version is missing from a lineage"
		);
		ensure!(before.first == anchor.first, "a lineage has two beginnings");
		let subject = Subjects::<T>::get(author, seq);
		ensure!(
			subject.is_none()
				|| anchor.previous.and_then(|seq| Subjects::<T>::get(author, seq)) == subject,
			"a lineage changed its subject"
		);
		Ok(())
	}

	/// A subject stands beside a single record, and only a subject acknowledges.
	fn check_subjects() -> Result<(), TryRuntimeError> {
		for (author, seq, _) in Subjects::<T>::iter() {
			let anchor = Anchors::<T>::get(author, seq).ok_or("a subject without a record")?;
			ensure!(anchor.kind == Kind::Single, "a batch has a subject");
		}
		for (author, seq, at) in Acknowledgements::<T>::iter() {
			ensure!(Subjects::<T>::contains_key(author, seq), "nobody could acknowledge this");
			Self::check_moment(author, seq, at)?;
		}
		Ok(())
	}

	/// A retraction is of something that is there, and a leaf's is not later than its batch's. Those
	/// of the leaves of a batch that is gone wait to be swept.
	fn check_retractions() -> Result<(), TryRuntimeError> {
		for ((author, seq, leaf), retraction) in Retractions::<T>::iter() {
			if leaf.is_some() && !Anchors::<T>::contains_key(author, seq) {
				ensure!(seq < NextSeq::<T>::get(author), "a retraction of nothing");
				continue;
			}
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

	/// Disputes and requests for erasure are a subject's; disputes follow one another, and each is
	/// answered within its time or not at all.
	fn check_disputes() -> Result<(), TryRuntimeError> {
		for (author, seq, rounds) in Disputes::<T>::iter() {
			ensure!(Subjects::<T>::contains_key(author, seq), "nobody could dispute this");
			ensure!(!rounds.is_empty(), "an empty list of disputes");
			let mut free = 0;
			for dispute in &rounds {
				Self::check_moment(author, seq, dispute.raised_at)?;
				ensure!(free <= dispute.raised_at, "two disputes were open at a time");
				ensure!(dispute.raised_at < dispute.due, "a dispute was due before it was raised");
				free = match dispute.answer {
					Some(answer) => {
						Self::check_moment(author, seq, answer.at)?;
						ensure!(
							dispute.raised_at <= answer.at && answer.at < dispute.due,
							"a dispute was not answered in its time"
						);
						answer.at
					},
					None => dispute.due,
				};
			}
		}
		for (author, seq, request) in ErasureRequests::<T>::iter() {
			ensure!(Subjects::<T>::contains_key(author, seq), "nobody could want this erased");
			Self::check_moment(author, seq, request.requested_at)?;
			if let Some(refusal) = request.refusal {
				Self::check_moment(author, seq, refusal.at)?;
				ensure!(
					request.requested_at <= refusal.at,
					"erasure was refused before it was asked for"
				);
			}
		}
		Ok(())
	}

	/// What is extended or held is there.
	fn check_keeping() -> Result<(), TryRuntimeError> {
		for (author, seq, until) in Extensions::<T>::iter() {
			let anchor = Anchors::<T>::get(author, seq).ok_or("nothing is kept for longer")?;
			ensure!(until > anchor.anchored_at, "an extension that is none");
		}
		for (author, seq, holds) in Holds::<T>::iter() {
			ensure!(!holds.is_empty(), "an empty list of holds");
			let mut organisations = BTreeSet::new();
			for hold in &holds {
				Self::check_moment(author, seq, hold.from)?;
				ensure!(hold.from < hold.until, "a hold that never held");
				ensure!(
					organisations.insert(hold.organisation),
					"an organisation holds a slot twice"
				);
			}
		}
		Ok(())
	}

	/// C6: a deposit for each slot, each tombstone and each retracted leaf, and none besides; and all
	/// of them are on hold.
	fn check_deposits() -> Result<(), TryRuntimeError> {
		for (author, seq) in Anchors::<T>::iter_keys() {
			ensure!(
				Deposits::<T>::contains_key((author, seq, None::<u64>)),
				"a slot has no deposit"
			);
		}
		for (author, seq) in Tombstones::<T>::iter_keys() {
			ensure!(
				Deposits::<T>::contains_key((author, seq, None::<u64>)),
				"a tombstone has no deposit"
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
		let all = [Anchors::<T>::iter().count(), Tombstones::<T>::iter().count(), leaves];
		ensure!(
			Deposits::<T>::iter().count()
				== all.iter().fold(0usize, |sum, count| sum.saturating_add(*count)),
			"a deposit is held for nothing"
		);
		let deposits = Deposits::<T>::iter_values();
		ensure!(
			are_backed::<T, _>(deposits.map(|deposit| (deposit.payer, deposit.ticket))),
			"what is on hold is not what deposits are for"
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
