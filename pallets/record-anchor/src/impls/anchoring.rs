//! Anchoring, retracting, acknowledging.

use crate::{pallet::*, types::*};
use frame_support::{ensure, pallet_prelude::Weight, traits::Consideration};
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

/// Who anchors, by which licence, when, and who pays for it.
struct Author<AccountId> {
	org: OrgId,
	now: Moment,
	authority: Authority,
	payer: AccountId,
}

impl<T: Config> Pallet<T> {
	/// Anchors a record. Tells whether the subject's consent was asked.
	pub(crate) fn do_anchor(
		who: &T::AccountId,
		org: OrgId,
		record: NewAnchor,
	) -> Result<bool, DispatchError> {
		let author = Self::author(who, org)?;
		Self::anchor_one(who, &author, record)
	}

	/// Anchors records. Tells what they would have taken one by one.
	pub(crate) fn do_anchor_many(
		who: &T::AccountId,
		org: OrgId,
		records: impl ExactSizeIterator<Item = NewAnchor>,
	) -> Result<Weight, DispatchError> {
		ensure!(records.len() > 0, Error::<T>::EmptyList);
		let author = Self::author(who, org)?;
		let mut used = Weight::zero();
		for record in records {
			let (named, succeeds) = (record.subject.is_some(), record.previous.is_some());
			let asked = Self::anchor_one(who, &author, record)?;
			used = used.saturating_add(Self::used_for_one(named, succeeds, asked));
		}
		Ok(used)
	}

	/// Anchors a record. Tells whether the subject's consent was asked.
	fn anchor_one(
		who: &T::AccountId,
		author: &Author<T::AccountId>,
		record: NewAnchor,
	) -> Result<bool, DispatchError> {
		let NewAnchor { commitment, form, subject, previous, retention } = record;
		let (org, now) = (author.org, author.now);
		let (seq, next) = Self::next_slot(org, &commitment)?;
		let place = Self::place(org, seq, previous, subject.as_ref())?;
		let asked = match &subject {
			Some(patient) => Self::ensure_related(org, who, patient)?,
			None => false,
		};
		let Place { first, version, previous, relation } = place;

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
			authority: author.authority,
		};
		Self::write(author, seq, next, anchor, subject.is_some())?;
		if let Some(patient) = subject {
			Subjects::<T>::insert(org, seq, patient);
		}
		if let Some(previous) = previous {
			Successors::<T>::insert(org, previous, Successor { seq, at: now });
			Heads::<T>::insert(org, first, seq);
		}
		Self::deposit_event(Event::Anchored { author: org, seq, version, previous, relation });
		Ok(asked)
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
		let author = Self::author(who, org)?;
		let (seq, next) = Self::next_slot(org, &root)?;

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
			anchored_at: author.now,
			authority: author.authority,
		};
		Self::write(&author, seq, next, anchor, false)?;
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
		let payer = Self::ensure_acts_for(org, who, AUTHOR_ROLES, now)?;
		let anchor = Self::kept(org, seq)?;
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
		Self::ensure_subject(who, author, seq, now)?;
		ensure!(!Acknowledgements::<T>::contains_key(author, seq), Error::<T>::AlreadyAcknowledged);

		Acknowledgements::<T>::insert(author, seq, now);
		Self::deposit_event(Event::Acknowledged { author, seq });
		Ok(())
	}

	/// Who makes records for `org` now, if `who` does.
	fn author(who: &T::AccountId, org: OrgId) -> Result<Author<T::AccountId>, DispatchError> {
		let now = Self::now();
		let payer = Self::ensure_acts_for(org, who, AUTHOR_ROLES, now)?;
		let authority = Self::authority(org, now).ok_or(Error::<T>::NotLicensed)?;
		Ok(Author { org, now, authority, payer })
	}

	/// The next slot of `org` and the one after it, if it can be filled with `commitment`.
	fn next_slot(org: OrgId, commitment: &Commitment) -> Result<(Seq, Seq), DispatchError> {
		ensure!(!commitment.is_zero(), Error::<T>::ZeroCommitment);
		ensure!(!Commitments::<T>::contains_key(org, commitment), Error::<T>::AlreadyAnchored);
		let seq = NextSeq::<T>::get(org);
		let next = seq.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		Ok((seq, next))
	}

	/// Takes the deposit and writes what every slot has. Nothing is written if that fails.
	fn write(
		author: &Author<T::AccountId>,
		seq: Seq,
		next: Seq,
		anchor: Anchor,
		has_subject: bool,
	) -> DispatchResult {
		let Author { org, payer, .. } = author;
		let ticket = T::Consideration::new(payer, Self::anchor_footprint(has_subject))?;
		NextSeq::<T>::insert(org, next);
		Commitments::<T>::insert(org, anchor.commitment, seq);
		Anchors::<T>::insert(org, seq, anchor);
		let deposit = Deposit { payer: payer.clone(), ticket };
		Deposits::<T>::insert((*org, seq, None::<u64>), deposit);
		Ok(())
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
	/// not stop its records either. Tells whether the patient's consent was asked.
	fn ensure_related(
		org: OrgId,
		who: &T::AccountId,
		patient: &PatientId,
	) -> Result<bool, DispatchError> {
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
		if T::Patients::registered_by(patient) == Some(org) {
			return Ok(false);
		}
		// The classes of the record are not on chain, so a consent to any will do.
		let treats = T::Treatment::treats(patient, org, who, DataClassSet::ALL);
		ensure!(treats, Error::<T>::NotRelated);
		Ok(true)
	}
}
