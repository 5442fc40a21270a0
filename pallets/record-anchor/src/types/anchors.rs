//! Slots, and what is written beside them when they are filled, succeeded or retracted.

use super::{MerkleProof, VerifyError};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use salus_primitives::{
	commitment::{depth_of, verify_path, Algorithm, Form},
	Commitment, Moment, OrgKind, PatientId, Role, RoleSet,
};
use scale_info::TypeInfo;

/// The number of a slot within its author: 0, 1, 2 ... without gaps, and never given twice.
pub type Seq = u64;

/// The kinds of organisations that make records, in the order in which their licences are looked
/// up. An organisation that holds several is recorded with the first.
///
/// Payers, research bodies, ethics committees and auditors make no records of care: what they
/// bind themselves to has its place in the pallets of claims and of research.
pub const AUTHOR_KINDS: [OrgKind; 3] = [OrgKind::Provider, OrgKind::Laboratory, OrgKind::Pharmacy];

/// The roles in which a person may anchor and retract for an organisation.
pub const AUTHOR_ROLES: RoleSet = RoleSet::EMPTY
	.with(Role::Clinician)
	.with(Role::Nurse)
	.with(Role::Pharmacist)
	.with(Role::LabScientist)
	.with(Role::DataSteward);

/// What a slot holds a commitment to.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Kind {
	/// One record.
	#[codec(index = 0)]
	Single,
	/// The root of a Merkle tree of commitments.
	#[codec(index = 1)]
	Batch {
		/// How many commitments are under the root: 1 to 2^32.
		leaves: u64,
		/// The depth of the tree, which follows from `leaves`: 0 to 32.
		depth: u8,
	},
}

/// What a version is to the one before it, after FHIR's Provenance and document relations.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Relation {
	/// The first version: there is none before it.
	#[codec(index = 0)]
	New,
	/// Adds to the version before, which was right as far as it went.
	#[codec(index = 1)]
	Amends,
	/// Puts an error in the version before right.
	#[codec(index = 2)]
	Corrects,
	/// Takes the place of the version before, which was right in its time.
	#[codec(index = 3)]
	Supersedes,
	/// The record with the status `entered-in-error`: the version before should never have been.
	#[codec(index = 4)]
	EnteredInError,
}

/// For how long law and custom keep a record of this sort. A slot knows the class and not the years:
/// these differ by country and are a constant of the runtime ([`RetentionTerms`](super::RetentionTerms)).
///
/// Coarse on purpose. Whoever finds that a class says too much of a patient uses `Standard`.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum RetentionClass {
	/// An adult's ordinary record, commonly 6 to 10 years.
	#[codec(index = 0)]
	Standard,
	/// A minor's record: until majority and some years.
	#[codec(index = 1)]
	Minor,
	/// Images, commonly 8 years.
	#[codec(index = 2)]
	Imaging,
	/// Blood, tissue and what must be traced back, commonly 30 years.
	#[codec(index = 3)]
	Traceability,
	/// A summary for emergencies, of which only the newest version matters.
	#[codec(index = 4)]
	EmergencySummary,
}

/// Why an anchored record does not stand.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum RetractReason {
	/// The content is wrong.
	#[codec(index = 0)]
	WrongContent,
	/// The record is about somebody else.
	#[codec(index = 1)]
	WrongSubject,
	/// The same record was anchored before.
	#[codec(index = 2)]
	Duplicate,
	/// What the record tells did not take place.
	#[codec(index = 3)]
	NotPerformed,
	/// A fault of a system made or changed it.
	#[codec(index = 4)]
	TechnicalFault,
	/// It was right, and a newer version is anchored elsewhere: for a record in a batch, which has
	/// no lineage of its own.
	#[codec(index = 5)]
	Replaced,
}

/// By which licence an author wrote.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Authority {
	/// As what the author was licensed.
	pub kind: OrgKind,
	/// The index of the licence interval that was live, in the registry.
	pub interval: u32,
}

/// A slot: written once and never changed while it is kept, so that one proof of it stays good.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Anchor {
	/// The commitment to the record, or the root of a batch.
	pub commitment: Commitment,
	/// Over which bytes the digest of the record, or of each record of the batch, is taken.
	pub form: Form,
	/// The hash of digest, commitment and tree.
	pub algorithm: Algorithm,
	/// One record, or many.
	pub kind: Kind,
	/// The slot of the first version of this lineage; the slot itself if it is the first.
	pub first: Seq,
	/// The version within the lineage, from 1, without gaps.
	pub version: u32,
	/// The slot of the version before.
	pub previous: Option<Seq>,
	/// What this version is to the one before.
	pub relation: Relation,
	/// For how long the record is kept.
	pub retention: RetentionClass,
	/// When it was anchored: seconds since 1970 by the block.
	pub anchored_at: Moment,
	/// By which licence.
	pub authority: Authority,
}

impl Anchor {
	/// Whether `commitment` is what this slot is about: the commitment itself, with no proof; or,
	/// in a batch, the leaf that `proof` leads to the root. Answers the leaf's index.
	///
	/// Hashes at most [`MAX_DEPTH`](salus_primitives::commitment::MAX_DEPTH) times, however long
	/// the path is.
	pub fn locate(
		&self,
		commitment: &Commitment,
		proof: Option<&MerkleProof>,
	) -> Result<Option<u64>, VerifyError> {
		match (self.kind, proof) {
			(Kind::Single, None) if self.commitment == *commitment => Ok(None),
			(Kind::Single, None) => Err(VerifyError::NotAMember),
			(Kind::Single, Some(_)) => Err(VerifyError::ProofUnexpected),
			(Kind::Batch { .. }, None) => Err(VerifyError::ProofRequired),
			(Kind::Batch { leaves, depth }, Some(proof)) => {
				let short = u8::try_from(proof.path.len()).is_ok_and(|length| length <= depth);
				let member = short
					&& verify_path(&self.commitment, leaves, proof.index, commitment, &proof.path);
				member.then_some(Some(proof.index)).ok_or(VerifyError::NotAMember)
			},
		}
	}

	/// Whether kind, version and relation fit each other, as every slot's must.
	pub fn is_sound(&self, seq: Seq) -> bool {
		let kind = match self.kind {
			Kind::Single => true,
			Kind::Batch { leaves, depth } => {
				depth_of(leaves) == Some(depth) && self.previous.is_none()
			},
		};
		let first = self.previous.is_none();
		kind && !self.commitment.is_zero()
			&& first == (self.relation == Relation::New)
			&& first == (self.version == 1)
			&& first == (self.first == seq)
			&& self.version > 0
			&& self.previous.is_none_or(|previous| self.first <= previous && previous < seq)
	}
}

/// The version that followed a slot's.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Successor {
	/// Its slot.
	pub seq: Seq,
	/// When it was anchored.
	pub at: Moment,
}

/// That a record does not stand.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Retraction {
	/// Why.
	pub reason: RetractReason,
	/// Since when.
	pub at: Moment,
}

/// What is held for something in state, and from whom.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Deposit<AccountId, Ticket> {
	/// Who posted it, and gets it back.
	pub payer: AccountId,
	/// How much, in the terms of the runtime's `Consideration`.
	pub ticket: Ticket,
}

/// A record that is to be anchored, one of those of [`Pallet::anchor_many`](crate::Pallet::anchor_many).
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct NewAnchor {
	/// The salted commitment to the record, made off chain.
	pub commitment: Commitment,
	/// Over which bytes the record's digest is taken.
	pub form: Form,
	/// Whom the record is about, if it is to say so.
	pub subject: Option<PatientId>,
	/// The head of the lineage that it succeeds, and what it is to that version.
	pub previous: Option<(Seq, Relation)>,
	/// For how long it is kept.
	pub retention: RetentionClass,
}
