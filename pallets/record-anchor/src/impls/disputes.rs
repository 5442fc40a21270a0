//! A patient disputes, and the author answers.

use crate::{pallet::*, types::*};
use frame_support::{ensure, traits::Get};
use salus_primitives::{Commitment, KeyPurpose, Moment, OrgId};
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_dispute(
		who: &T::AccountId,
		author: OrgId,
		seq: Seq,
		statement: Commitment,
	) -> DispatchResult {
		let now = Self::now();
		let key = Self::ensure_subject(who, author, seq, now)?;
		// There are so many rounds, ever: whoever may only look uses none up.
		let speaks = key.purposes.contains(KeyPurpose::Consent)
			|| key.purposes.contains(KeyPurpose::Authentication);
		ensure!(speaks, Error::<T>::NotForDisputes);
		ensure!(!statement.is_zero(), Error::<T>::ZeroCommitment);
		Self::ensure_no_open_dispute(author, seq, now)?;
		let due = now.checked_add(T::DisputeTime::get()).ok_or(ArithmeticError::Overflow)?;
		Disputes::<T>::try_mutate(author, seq, |rounds| {
			let dispute = Dispute { statement, raised_at: now, due, extended: false, answer: None };
			rounds.try_push(dispute).map_err(|_| Error::<T>::TooManyDisputes)
		})?;
		Self::deposit_event(Event::Disputed { author, seq, statement, due });
		Ok(())
	}

	pub(crate) fn do_extend_dispute(who: &T::AccountId, org: OrgId, seq: Seq) -> DispatchResult {
		let due = Self::in_time(who, org, seq, |dispute| {
			ensure!(!dispute.extended, Error::<T>::AlreadyExtended);
			let more = T::DisputeExtension::get();
			dispute.due = dispute.due.checked_add(more).ok_or(ArithmeticError::Overflow)?;
			dispute.extended = true;
			Ok(dispute.due)
		})?;
		Self::deposit_event(Event::DisputeExtended { author: org, seq, due });
		Ok(())
	}

	pub(crate) fn do_answer_dispute(
		who: &T::AccountId,
		org: OrgId,
		seq: Seq,
		outcome: Outcome,
		statement: Commitment,
	) -> DispatchResult {
		Self::in_time(who, org, seq, |dispute| {
			ensure!(!statement.is_zero(), Error::<T>::ZeroCommitment);
			if let Outcome::Corrected { by } = outcome {
				Self::ensure_newer(org, seq, by)?;
			}
			dispute.answer = Some(Answer { outcome, statement, at: Self::now() });
			Ok(())
		})?;
		Self::deposit_event(Event::DisputeAnswered { author: org, seq, outcome, statement });
		Ok(())
	}

	/// Changes the last dispute of a slot, if `who` may answer it and it is not too late.
	fn in_time<R>(
		who: &T::AccountId,
		org: OrgId,
		seq: Seq,
		change: impl FnOnce(&mut Dispute) -> Result<R, DispatchError>,
	) -> Result<R, DispatchError> {
		let now = Self::now();
		Self::ensure_acts_for(org, who, ANSWER_ROLES, now)?;
		Self::kept(org, seq)?;
		Disputes::<T>::try_mutate(org, seq, |rounds| {
			let dispute = rounds.last_mut().ok_or(Error::<T>::NotDisputed)?;
			ensure!(dispute.answer.is_none(), Error::<T>::AlreadyAnswered);
			ensure!(dispute.is_open(now), Error::<T>::AnswerTooLate);
			change(dispute)
		})
	}

	/// Checks that the slot `by` holds a newer version of the record in the slot `seq`.
	fn ensure_newer(org: OrgId, seq: Seq, by: Seq) -> Result<(), Error<T>> {
		let disputed = Self::kept(org, seq)?;
		let newer = Anchors::<T>::get(org, by)
			.is_some_and(|by| by.first == disputed.first && by.version > disputed.version);
		ensure!(newer, Error::<T>::NotACorrection);
		Ok(())
	}

	/// Checks that no dispute that was raised at `since` or later still waits for its answer.
	pub(super) fn ensure_no_open_dispute(
		author: OrgId,
		seq: Seq,
		now: Moment,
	) -> Result<(), Error<T>> {
		let open = Disputes::<T>::get(author, seq).last().is_some_and(|last| last.is_open(now));
		ensure!(!open, Error::<T>::DisputeOpen);
		Ok(())
	}
}
