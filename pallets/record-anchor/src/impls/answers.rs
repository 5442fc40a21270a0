//! How the questions are answered.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use frame_support::{ensure, traits::Get};
use salus_primitives::{Commitment, Moment, OrgId};

impl<T: Config> Pallet<T> {
	/// The newest version, as far as the chain knows, of the lineage of `anchor`, which stands in the
	/// slot `seq`.
	///
	/// Where the head has left the state before an older version, it is found by going from version
	/// to version, at most [`Config::LineagePage`] of them.
	pub fn head(author: OrgId, seq: Seq, anchor: &Anchor) -> Seq {
		if let Some(head) = Heads::<T>::get(author, anchor.first) {
			return head;
		}
		let mut newest = seq;
		for _ in 0..T::LineagePage::get() {
			let Some(successor) = Successors::<T>::get(author, newest) else { break };
			newest = successor.seq;
		}
		newest
	}

	/// What has become of a slot.
	pub fn slot(author: OrgId, seq: Seq) -> SlotState {
		if Anchors::<T>::contains_key(author, seq) {
			return SlotState::Kept;
		}
		match Tombstones::<T>::get(author, seq) {
			Some(tombstone) => SlotState::Shredded(tombstone),
			None if seq < NextSeq::<T>::get(author) => SlotState::Evicted,
			None => SlotState::Unused,
		}
	}

	/// All that is known of a slot, but for its subject.
	pub fn anchor_info(author: OrgId, seq: Seq) -> Option<AnchorInfo> {
		let anchor = Anchors::<T>::get(author, seq)?;
		let now = Self::now();
		let holds = Holds::<T>::get(author, seq).into_iter().filter(|hold| hold.is_live(now));
		let disputes = Disputes::<T>::get(author, seq)
			.into_iter()
			.map(|dispute| DisputeInfo { state: dispute.state(now), dispute });
		Some(AnchorInfo {
			head: Self::head(author, seq, &anchor),
			successor: Successors::<T>::get(author, seq),
			retraction: Retractions::<T>::get((author, seq, None::<u64>)),
			acknowledged_at: Acknowledgements::<T>::get(author, seq),
			retention_until: Self::retention_until(author, seq, &anchor),
			holds: holds.collect(),
			disputes: disputes.collect(),
			erasure: ErasureRequests::<T>::get(author, seq)
				.map(|request| ErasureInfo { state: request.state(now), request }),
			anchor,
		})
	}

	/// The version in the slot `seq` and those before it, newest first: at most
	/// [`Config::LineagePage`]. To go on, ask for the `previous` of the last one. The answer stops at a
	/// version that is no longer kept; [`Pallet::slot`] tells what became of it.
	pub fn lineage(author: OrgId, seq: Seq) -> Vec<LineageEntry> {
		let mut entries = Vec::new();
		let mut next = Some(seq);
		for _ in 0..T::LineagePage::get() {
			let Some(seq) = next else { break };
			let Some(anchor) = Anchors::<T>::get(author, seq) else { break };
			next = anchor.previous;
			let retraction = Retractions::<T>::get((author, seq, None::<u64>));
			entries.push(LineageEntry { seq, anchor, retraction });
		}
		entries
	}

	/// Whether `commitment` is in the slot `seq` of `author`, and how it stood at `at`: now, if no
	/// moment is given.
	///
	/// # Errors
	/// [`VerifyError::Future`] for a moment that has not come; [`VerifyError::Unknown`],
	/// [`VerifyError::Evicted`] and [`VerifyError::Shredded`] where the slot was never there or is no
	/// more; the others where the commitment is not shown to be in it.
	pub fn verify(
		author: OrgId,
		seq: Seq,
		commitment: Commitment,
		proof: Option<MerkleProof>,
		at: Option<Moment>,
	) -> Result<Verification, VerifyError> {
		let now = Self::now();
		let moment = at.unwrap_or(now);
		ensure!(moment <= now, VerifyError::Future);
		let anchor =
			Anchors::<T>::get(author, seq).ok_or_else(|| match Self::slot(author, seq) {
				SlotState::Shredded(Tombstone { at, .. }) => VerifyError::Shredded { at },
				SlotState::Evicted => VerifyError::Evicted,
				SlotState::Unused | SlotState::Kept => VerifyError::Unknown,
			})?;
		let leaf = anchor.locate(&commitment, proof.as_ref())?;
		Ok(Verification {
			anchored_at: anchor.anchored_at,
			authority: anchor.authority,
			version: anchor.version,
			status: Self::status_at(author, seq, &anchor, leaf, moment),
			head: at.is_none().then(|| Self::head(author, seq, &anchor)),
		})
	}

	fn status_at(
		author: OrgId,
		seq: Seq,
		anchor: &Anchor,
		leaf: Option<u64>,
		at: Moment,
	) -> Status {
		if at < anchor.anchored_at {
			return Status::NotYetAnchored;
		}
		let whole = Retractions::<T>::get((author, seq, None::<u64>));
		let alone = leaf.and_then(|leaf| Retractions::<T>::get((author, seq, Some(leaf))));
		// A leaf is never retracted after its batch, so its own retraction is the earlier one.
		if let Some(retraction) = alone.or(whole).filter(|retraction| retraction.at <= at) {
			return Status::Retracted { reason: retraction.reason, at: retraction.at };
		}
		match Successors::<T>::get(author, seq).filter(|successor| successor.at <= at) {
			Some(Successor { seq: by, at }) => {
				// The successor is there or has a tombstone: versions are evicted oldest first.
				let relation = Anchors::<T>::get(author, by)
					.map(|successor| successor.relation)
					.or_else(|| Tombstones::<T>::get(author, by).map(|tomb| tomb.relation))
					.unwrap_or(Relation::Supersedes);
				Status::Superseded { by, relation, at }
			},
			None => Status::Current,
		}
	}
}
