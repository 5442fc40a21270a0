//! How a slot leaves the state: shredded by its author, or evicted by anybody.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use frame_support::{
	ensure,
	traits::{Consideration, Get},
};
use salus_primitives::{Moment, OrgId};
use sp_runtime::{ArithmeticError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_request_erasure(
		who: &T::AccountId,
		author: OrgId,
		seq: Seq,
	) -> DispatchResult {
		let now = Self::now();
		let key = Self::ensure_subject(who, author, seq, now)?;
		Self::ensure_may_loosen(&key)?;
		ensure!(!ErasureRequests::<T>::contains_key(author, seq), Error::<T>::AlreadyRequested);
		let due = now.checked_add(T::ErasureTime::get()).ok_or(ArithmeticError::Overflow)?;

		let request = ErasureRequest { requested_at: now, due, refusal: None };
		ErasureRequests::<T>::insert(author, seq, request);
		Self::deposit_event(Event::ErasureRequested { author, seq, due });
		Ok(())
	}

	pub(crate) fn do_withdraw_erasure(
		who: &T::AccountId,
		author: OrgId,
		seq: Seq,
	) -> DispatchResult {
		Self::ensure_subject(who, author, seq, Self::now())?;
		ErasureRequests::<T>::take(author, seq).ok_or(Error::<T>::NotRequested)?;
		Self::deposit_event(Event::ErasureWithdrawn { author, seq });
		Ok(())
	}

	pub(crate) fn do_refuse_erasure(
		who: &T::AccountId,
		org: OrgId,
		seq: Seq,
		reason: RefusalReason,
	) -> DispatchResult {
		let now = Self::now();
		Self::ensure_acts_for(org, who, PRIVACY_ROLES, now)?;
		Self::kept(org, seq)?;
		ErasureRequests::<T>::try_mutate(org, seq, |request| {
			let request = request.as_mut().ok_or(Error::<T>::NotRequested)?;
			ensure!(request.refusal.is_none(), Error::<T>::AlreadyRefused);
			request.refusal = Some(Refusal { reason, at: now });
			Ok::<_, Error<T>>(())
		})?;
		Self::deposit_event(Event::ErasureRefused { author: org, seq, reason });
		Ok(())
	}

	pub(crate) fn do_shred(who: &T::AccountId, org: OrgId, seq: Seq) -> DispatchResult {
		let now = Self::now();
		Self::ensure_acts_for(org, who, PRIVACY_ROLES, now)?;
		let anchor = Self::kept(org, seq)?;
		Self::ensure_not_held(org, seq, now)?;
		// An author does not shred what it would rather not answer for, whatever else the patient wishes, or somebody with one of
		// the patient's keys.
		Self::ensure_no_open_dispute(org, seq, now)?;
		let why = if ErasureRequests::<T>::contains_key(org, seq) {
			ShredReason::ErasureRequested
		} else {
			Self::ensure_retention_over(org, seq, &anchor, now)?;
			ShredReason::RetentionOver
		};

		Deposits::<T>::try_mutate((org, seq, None::<u64>), |deposit| -> DispatchResult {
			if let Some(Deposit { payer, ticket }) = deposit.take() {
				let ticket = ticket.update(&payer, Self::tombstone_footprint())?;
				*deposit = Some(Deposit { payer, ticket });
			}
			Ok(())
		})?;
		Self::remove(org, seq, &anchor);
		Tombstones::<T>::insert(org, seq, Tombstone { why, at: now, relation: anchor.relation });
		Self::deposit_event(Event::Shredded { author: org, seq, why });
		Ok(())
	}

	pub(crate) fn do_evict(
		author: OrgId,
		seqs: impl ExactSizeIterator<Item = Seq>,
	) -> DispatchResult {
		ensure!(seqs.len() > 0, Error::<T>::EmptyList);
		let now = Self::now();
		for seq in seqs {
			Self::evict_one(author, seq, now)?;
		}
		Ok(())
	}

	fn evict_one(author: OrgId, seq: Seq, now: Moment) -> DispatchResult {
		let anchor = Self::kept(author, seq)?;
		Self::ensure_not_held(author, seq, now)?;
		Self::ensure_retention_over(author, seq, &anchor, now)?;
		Self::ensure_no_open_dispute(author, seq, now)?;
		// Oldest first: whoever asks about a version that is kept hears what followed it.
		let kept_before = anchor.previous.filter(|seq| Anchors::<T>::contains_key(author, seq));
		ensure!(kept_before.is_none(), Error::<T>::EarlierVersionKept);

		Self::refund(author, seq, None)?;
		Self::remove(author, seq, &anchor);
		Self::deposit_event(Event::Evicted { author, seq });
		Ok(())
	}

	pub(crate) fn do_sweep(author: OrgId, seq: Seq, limit: u32) -> DispatchResult {
		ensure!((1..=T::MaxEvicted::get()).contains(&limit), Error::<T>::WrongLimit);
		ensure!(!Anchors::<T>::contains_key(author, seq), Error::<T>::StillKept);
		let leaves = (0..limit).zip(Retractions::<T>::iter_key_prefix((author, seq)));
		let leaves: Vec<_> = leaves.map(|(_, leaf)| leaf).collect();
		ensure!(!leaves.is_empty(), Error::<T>::NothingLeft);
		for leaf in &leaves {
			Self::refund(author, seq, *leaf)?;
			Retractions::<T>::remove((author, seq, *leaf));
		}
		let leaves = u32::try_from(leaves.len()).unwrap_or(u32::MAX);
		Self::deposit_event(Event::Swept { author, seq, leaves });
		Ok(())
	}

	/// Gives a deposit back to whoever put it down.
	fn refund(author: OrgId, seq: Seq, leaf: Option<u64>) -> DispatchResult {
		match Deposits::<T>::take((author, seq, leaf)) {
			Some(Deposit { payer, ticket }) => ticket.drop(&payer),
			None => Ok(()),
		}
	}

	/// Takes a slot out of the state, with all that stands beside it but the deposit and, in a batch,
	/// the retractions of its leaves: there can be billions, and they are swept bit by bit.
	fn remove(author: OrgId, seq: Seq, anchor: &Anchor) {
		Anchors::<T>::remove(author, seq);
		Commitments::<T>::remove(author, anchor.commitment);
		Subjects::<T>::remove(author, seq);
		Successors::<T>::remove(author, seq);
		Retractions::<T>::remove((author, seq, None::<u64>));
		Acknowledgements::<T>::remove(author, seq);
		Disputes::<T>::remove(author, seq);
		ErasureRequests::<T>::remove(author, seq);
		Extensions::<T>::remove(author, seq);
		Holds::<T>::remove(author, seq);
		if Heads::<T>::get(author, anchor.first) == Some(seq) {
			Heads::<T>::remove(author, anchor.first);
		}
	}
}
