//! What the calls do, and how the questions are answered.

mod anchoring;
mod answers;
mod disputes;
mod erasure;
mod retention;
mod weighing;

use crate::{pallet::*, types::*};
use codec::MaxEncodedLen;
use frame_support::{
	ensure,
	traits::{Footprint, UnixTime},
};
use salus_primitives::{
	traits::{Credentials, PatientKey, Patients},
	Commitment, KeyPurpose, Moment, OrgId, PatientId, PatientState, RoleSet,
};

impl<T: Config> Pallet<T> {
	/// The time of the block, in seconds since 1970.
	pub fn now() -> Moment {
		T::Time::now().as_secs()
	}

	/// The slot, if it is there.
	fn kept(author: OrgId, seq: Seq) -> Result<Anchor, Error<T>> {
		Anchors::<T>::get(author, seq).ok_or(Error::<T>::NotFound)
	}

	/// Who posts the deposits of `org`, if `who` administers it or acts for it in one of `roles`.
	fn ensure_acts_for(
		org: OrgId,
		who: &T::AccountId,
		roles: RoleSet,
		now: Moment,
	) -> Result<T::AccountId, Error<T>> {
		let admin = T::Credentials::admin(org).ok_or(Error::<T>::NotAuthorised)?;
		let acts = admin == *who || T::Credentials::roles(org, who, now).intersects(roles);
		ensure!(acts, Error::<T>::NotAuthorised);
		Ok(admin)
	}

	/// The key of the patient whom the slot is about, if `who` is a live one.
	fn ensure_subject(
		who: &T::AccountId,
		author: OrgId,
		seq: Seq,
		now: Moment,
	) -> Result<PatientKey, Error<T>> {
		ensure!(Anchors::<T>::contains_key(author, seq), Error::<T>::NotFound);
		let subject = Subjects::<T>::get(author, seq).ok_or(Error::<T>::NotSubject)?;
		T::Patients::key(who)
			.filter(|key| key.patient == subject && key.was_live(now))
			.ok_or(Error::<T>::NotSubject)
	}

	/// Checks that a patient's live key may also loosen: it is for consent, and the handle is Active. Any key stops what
	/// others began; but to let a record be destroyed is no less than to let somebody read it.
	fn ensure_may_loosen(key: &PatientKey) -> Result<(), Error<T>> {
		ensure!(key.purposes.contains(KeyPurpose::Consent), Error::<T>::NotForConsent);
		let active = T::Patients::state(&key.patient)
			.is_some_and(|(state, _)| state == PatientState::Active);
		ensure!(active, Error::<T>::SubjectNotActive);
		Ok(())
	}

	/// What a slot may come to occupy: all that author and patient can ever store beside it is
	/// counted at once, so that neither an acknowledgement, a dispute or a request for erasure nor a
	/// correction needs a deposit. Legal holds are not the author's doing, and not counted.
	pub fn anchor_footprint(has_subject: bool) -> Footprint {
		let subject = if has_subject {
			[
				PatientId::max_encoded_len(),
				Moment::max_encoded_len(),
				Rounds::max_encoded_len(),
				ErasureRequest::max_encoded_len(),
			]
			.iter()
			.fold(0usize, |sum, part| sum.saturating_add(*part))
		} else {
			0
		};
		let bytes = [
			Anchor::max_encoded_len(),
			Commitment::max_encoded_len(),
			Seq::max_encoded_len(),
			DepositOf::<T>::max_encoded_len(),
			Successor::max_encoded_len(),
			Retraction::max_encoded_len(),
			Moment::max_encoded_len(),
			subject,
		]
		.iter()
		.fold(0usize, |sum, part| sum.saturating_add(*part));
		Footprint::from_parts(1, bytes)
	}

	/// What the retraction of one leaf occupies.
	pub fn leaf_footprint() -> Footprint {
		let bytes = Retraction::max_encoded_len().saturating_add(DepositOf::<T>::max_encoded_len());
		Footprint::from_parts(1, bytes)
	}

	/// What is left of a slot that was shredded.
	pub fn tombstone_footprint() -> Footprint {
		let bytes = Tombstone::max_encoded_len().saturating_add(DepositOf::<T>::max_encoded_len());
		Footprint::from_parts(1, bytes)
	}
}
