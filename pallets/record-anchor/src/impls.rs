//! What the calls do, and how the questions are answered.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use codec::MaxEncodedLen;
use frame_support::{
	ensure,
	traits::{Consideration, Footprint, Get, UnixTime},
};
use salus_primitives::{
	commitment::{depth_of, Algorithm, Form},
	traits::{Credentials, Patients, TreatmentRelation},
	Commitment, DataClassSet, Moment, OrgId, PatientId, PatientState,
};
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult};

/// Where in a lineage a new slot stands.
struct Place {
	first: Seq,
	version: u32,
	previous: Option<Seq>,
	relation: Relation,
}

/// A slot that is ready to be written.
struct Slot<AccountId> {
	seq: Seq,
	next: Seq,
	now: Moment,
	authority: Authority,
	payer: AccountId,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_anchor(
		who: &T::AccountId,
		org: OrgId,
		commitment: Commitment,
		form: Form,
		subject: Option<PatientId>,
		previous: Option<(Seq, Relation)>,
		retention: RetentionClass,
	) -> DispatchResult {
		let slot = Self::next_slot(who, org, &commitment)?;
		let place = Self::place(org, slot.seq, previous, subject.as_ref())?;
		if let Some(patient) = &subject {
			Self::ensure_related(org, who, patient)?;
		}
		let Place { first, version, previous, relation } = place;
		let (seq, now) = (slot.seq, slot.now);

		let anchor = Anchor {
			commitment,
			form,
			algorithm: Algorithm::Blake2b256,
			kind: Kind::Single,
			first,
			version,
			previous,
			relation,
			retention,
			anchored_at: now,
			authority: slot.authority,
		};
		Self::write(org, slot, anchor, subject.is_some())?;
		if let Some(patient) = subject {
			Subjects::<T>::insert(org, seq, patient);
		}
		if let Some(previous) = previous {
			Successors::<T>::insert(org, previous, Successor { seq, at: now });
			Heads::<T>::insert(org, first, seq);
		}
		Self::deposit_event(Event::Anchored { author: org, seq, version, previous, relation });
		Ok(())
	}

	pub(crate) fn do_anchor_batch(
		who: &T::AccountId,
		org: OrgId,
		root: Commitment,
		leaves: u64,
		form: Form,
		retention: RetentionClass,
	) -> DispatchResult {
		let depth = depth_of(leaves).ok_or(Error::<T>::WrongLeafCount)?;
		let slot = Self::next_slot(who, org, &root)?;
		let seq = slot.seq;

		let anchor = Anchor {
			commitment: root,
			form,
			algorithm: Algorithm::Blake2b256,
			kind: Kind::Batch { leaves, depth },
			first: seq,
			version: 1,
			previous: None,
			relation: Relation::New,
			retention,
			anchored_at: slot.now,
			authority: slot.authority,
		};
		Self::write(org, slot, anchor, false)?;
		Self::deposit_event(Event::BatchAnchored { author: org, seq, leaves });
		Ok(())
	}

	pub(crate) fn do_retract(
		who: &T::AccountId,
		org: OrgId,
		seq: Seq,
		leaf: Option<u64>,
		reason: RetractReason,
	) -> DispatchResult {
		let now = Self::now();
		let payer = Self::ensure_acts_for(org, who, now)?;
		let anchor = Anchors::<T>::get(org, seq).ok_or(Error::<T>::NotFound)?;
		ensure!(
			!Retractions::<T>::contains_key((org, seq, None::<u64>)),
			Error::<T>::AlreadyRetracted
		);
		if let Some(leaf) = leaf {
			match anchor.kind {
				Kind::Single => return Err(Error::<T>::NotBatch.into()),
				Kind::Batch { leaves, .. } => ensure!(leaf < leaves, Error::<T>::LeafNotFound),
			}
			ensure!(
				!Retractions::<T>::contains_key((org, seq, Some(leaf))),
				Error::<T>::AlreadyRetracted
			);
			let ticket = T::Consideration::new(&payer, Self::leaf_footprint())?;
			Deposits::<T>::insert((org, seq, Some(leaf)), Deposit { payer, ticket });
		}

		Retractions::<T>::insert((org, seq, leaf), Retraction { reason, at: now });
		Self::deposit_event(Event::Retracted { author: org, seq, leaf, reason });
		Ok(())
	}

	pub(crate) fn do_acknowledge(who: &T::AccountId, author: OrgId, seq: Seq) -> DispatchResult {
		let now = Self::now();
		ensure!(Anchors::<T>::contains_key(author, seq), Error::<T>::NotFound);
		let subject = Subjects::<T>::get(author, seq).ok_or(Error::<T>::NotSubject)?;
		let is_subject =
			T::Patients::key(who).is_some_and(|key| key.patient == subject && key.was_live(now));
		ensure!(is_subject, Error::<T>::NotSubject);
		ensure!(!Acknowledgements::<T>::contains_key(author, seq), Error::<T>::AlreadyAcknowledged);

		Acknowledgements::<T>::insert(author, seq, now);
		Self::deposit_event(Event::Acknowledged { author, seq });
		Ok(())
	}

	/// The time of the block, in seconds since 1970.
	pub fn now() -> Moment {
		T::Time::now().as_secs()
	}

	/// The author's next slot, if `who` may fill it with `commitment` now.
	fn next_slot(
		who: &T::AccountId,
		org: OrgId,
		commitment: &Commitment,
	) -> Result<Slot<T::AccountId>, DispatchError> {
		let now = Self::now();
		let payer = Self::ensure_acts_for(org, who, now)?;
		let authority = Self::authority(org, now).ok_or(Error::<T>::NotLicensed)?;
		ensure!(!commitment.is_zero(), Error::<T>::ZeroCommitment);
		ensure!(!Commitments::<T>::contains_key(org, commitment), Error::<T>::AlreadyAnchored);
		let seq = NextSeq::<T>::get(org);
		let next = seq.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		Ok(Slot { seq, next, now, authority, payer })
	}

	/// Takes the deposit and writes what every slot has. Nothing is written if that fails.
	fn write(
		org: OrgId,
		slot: Slot<T::AccountId>,
		anchor: Anchor,
		has_subject: bool,
	) -> DispatchResult {
		let Slot { seq, next, payer, .. } = slot;
		let ticket = T::Consideration::new(&payer, Self::anchor_footprint(has_subject))?;
		NextSeq::<T>::insert(org, next);
		Commitments::<T>::insert(org, anchor.commitment, seq);
		Anchors::<T>::insert(org, seq, anchor);
		Deposits::<T>::insert((org, seq, None::<u64>), Deposit { payer, ticket });
		Ok(())
	}

	/// Who posts the deposits of `org`, if `who` makes records for it.
	fn ensure_acts_for(
		org: OrgId,
		who: &T::AccountId,
		now: Moment,
	) -> Result<T::AccountId, Error<T>> {
		let admin = T::Credentials::admin(org).ok_or(Error::<T>::NotAuthorised)?;
		let acts = admin == *who || T::Credentials::roles(org, who, now).intersects(AUTHOR_ROLES);
		ensure!(acts, Error::<T>::NotAuthorised);
		Ok(admin)
	}

	/// The licence by which `org` makes records at `now`.
	fn authority(org: OrgId, now: Moment) -> Option<Authority> {
		AUTHOR_KINDS.iter().find_map(|kind| {
			let interval = T::Credentials::licence_interval(org, *kind, now)?;
			Some(Authority { kind: *kind, interval })
		})
	}

	/// Where the slot `seq` stands if it succeeds `previous` and is about `subject`.
	fn place(
		org: OrgId,
		seq: Seq,
		previous: Option<(Seq, Relation)>,
		subject: Option<&PatientId>,
	) -> Result<Place, DispatchError> {
		let Some((previous, relation)) = previous else {
			return Ok(Place { first: seq, version: 1, previous: None, relation: Relation::New });
		};
		ensure!(relation != Relation::New, Error::<T>::WrongRelation);
		let before = Anchors::<T>::get(org, previous).ok_or(Error::<T>::PreviousNotFound)?;
		ensure!(before.kind == Kind::Single, Error::<T>::PreviousNotSingle);
		ensure!(!Successors::<T>::contains_key(org, previous), Error::<T>::PreviousNotHead);
		// A lineage is about one subject. A version may leave it out, and then all that follow do:
		// the author must be able to correct its record after the consent to treat has ended.
		if subject.is_some() {
			ensure!(
				Subjects::<T>::get(org, previous).as_ref() == subject,
				Error::<T>::SubjectMismatch
			);
		}
		let version = before.version.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		Ok(Place { first: before.first, version, previous: Some(previous), relation })
	}

	/// Whether `who`, for `org`, may write into the history of `patient` now.
	///
	/// Freezing, a recovery, or a report of death that can be contested stop no care, so they do
	/// not stop its records either.
	fn ensure_related(org: OrgId, who: &T::AccountId, patient: &PatientId) -> DispatchResult {
		ensure!(!T::Credentials::is_flagged(org), Error::<T>::FlaggedOrganisation);
		let (state, _) = T::Patients::state(patient).ok_or(Error::<T>::SubjectNotFound)?;
		match state {
			PatientState::Active
			| PatientState::Frozen
			| PatientState::Recovering
			| PatientState::Contested
			| PatientState::DeceasedProvisional => {},
			PatientState::DeceasedFinal | PatientState::Retired => {
				return Err(Error::<T>::SubjectClosed.into())
			},
		}
		// The classes of the record are not on chain, so a consent to any will do.
		let related = T::Patients::registered_by(patient) == Some(org)
			|| T::Treatment::treats(patient, org, who, DataClassSet::ALL);
		ensure!(related, Error::<T>::NotRelated);
		Ok(())
	}

	/// What a slot may come to occupy: all that can ever be stored beside it is counted at once, so
	/// that the patient's acknowledgement and a correction need no deposit.
	pub fn anchor_footprint(has_subject: bool) -> Footprint {
		let subject = if has_subject {
			PatientId::max_encoded_len().saturating_add(Moment::max_encoded_len())
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

	/// The newest version of the lineage that begins with the slot `first`.
	pub fn head(author: OrgId, first: Seq) -> Seq {
		Heads::<T>::get(author, first).unwrap_or(first)
	}

	/// All that is known of a slot, but for its subject.
	pub fn anchor_info(author: OrgId, seq: Seq) -> Option<AnchorInfo> {
		let anchor = Anchors::<T>::get(author, seq)?;
		Some(AnchorInfo {
			head: Self::head(author, anchor.first),
			successor: Successors::<T>::get(author, seq),
			retraction: Retractions::<T>::get((author, seq, None::<u64>)),
			acknowledged_at: Acknowledgements::<T>::get(author, seq),
			anchor,
		})
	}

	/// The version in the slot `seq` and those before it, newest first: at most
	/// [`Config::LineagePage`]. To go on, ask for the `previous` of the last one.
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
	/// [`VerifyError::Future`] for a moment that has not come; [`VerifyError::Unknown`] where there
	/// is no such slot; the others where the commitment is not shown to be in it.
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
		let anchor = Anchors::<T>::get(author, seq).ok_or(VerifyError::Unknown)?;
		let leaf = anchor.locate(&commitment, proof.as_ref())?;
		Ok(Verification {
			anchored_at: anchor.anchored_at,
			authority: anchor.authority,
			version: anchor.version,
			status: Self::status_at(author, seq, &anchor, leaf, moment),
			head: at.is_none().then(|| Self::head(author, anchor.first)),
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
				let relation = Anchors::<T>::get(author, by)
					.map_or(Relation::Supersedes, |successor| successor.relation);
				Status::Superseded { by, relation, at }
			},
			None => Status::Current,
		}
	}
}
