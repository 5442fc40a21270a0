//! What the pallet stores and what its calls take.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{pallet_prelude::ConstU32, BoundedVec};
use salus_primitives::{
	CarePolicy, Moment, OptOut, OrgId, OrgKind, OrgKindSet, PatientId, RelationshipId, Role,
	RoleSet, Towards, Treatment,
};
use scale_info::TypeInfo;

/// The most invitations of one patient that are open.
pub const MAX_INVITATIONS: u32 = 16;

/// The most organisations towards which one patient has opted out.
pub const MAX_OPT_OUTS: u32 = 64;

/// The most opt-outs of one patient, past and present. The last place is kept for opting out towards everybody.
pub const MAX_OPT_OUT_HISTORY: u32 = 128;

/// The most returns of one patient that wait.
pub const MAX_PENDING: u32 = 16;

/// The most organisations for which words of one patient are known to be void each by itself. If there are more in
/// [`Config::MaxSignatureAge`](crate::Config::MaxSignatureAge) blocks, all its words up to then are void, for everybody.
pub const MAX_VOIDED: u32 = 16;

/// How many renewals are looked at to tell whether a relationship was renewed without a gap until the last one.
pub const MAX_RENEWALS_FOLLOWED: u32 = 4;

/// The most care policies that a network can have had.
pub const MAX_POLICIES: u32 = 256;

/// The kinds of organisations that treat: holding a licence of one of them will do.
pub const CARE_KINDS: OrgKindSet =
	OrgKindSet::EMPTY.with(OrgKind::Provider).with(OrgKind::Pharmacy).with(OrgKind::Laboratory);

/// The roles in which somebody records a relationship for an organisation. Its administrator may too.
pub const RECORDING_ROLES: RoleSet = RoleSet::EMPTY
	.with(Role::Clinician)
	.with(Role::Nurse)
	.with(Role::Pharmacist)
	.with(Role::LabScientist)
	.with(Role::DataSteward);

/// The roles in which somebody ends a relationship for an organisation: whoever records them, and who guards privacy. Its
/// administrator may too. Each relationship that ends needs the patient's word to begin again.
pub const ENDING_ROLES: RoleSet = RECORDING_ROLES.with(Role::PrivacyOfficer);

/// The number of an invitation: counted per patient from 0, never given twice.
pub type InvitationId = u32;

/// How a care relationship came about. No kind says what is wrong with the patient.
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
pub enum RelationshipKind {
	/// A stay in hospital.
	#[codec(index = 0)]
	Admission,
	/// Visits, without a stay.
	#[codec(index = 1)]
	Ambulatory,
	/// The practice, pharmacy or laboratory to which the patient usually goes.
	#[codec(index = 2)]
	PrimaryCare,
	/// Another organisation sent the patient.
	#[codec(index = 3)]
	Referral,
}

/// How the patient has given its word.
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
pub enum Word {
	/// By a transaction: the invitation with this number.
	#[codec(index = 0)]
	Invitation(InvitationId),
	/// By a signature that the organisation handed in.
	#[codec(index = 1)]
	Signature,
}

/// Who ended a relationship before its time.
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
pub enum EndedBy {
	/// A key of the patient.
	#[codec(index = 0)]
	Patient,
	/// The organisation.
	#[codec(index = 1)]
	Organisation,
	/// Both: a new relationship took its place.
	#[codec(index = 2)]
	Renewal,
}

/// A relationship between a patient and an organisation that treats it. Immutable but for its end.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Relationship<AccountId, Ticket> {
	/// The patient.
	pub patient: PatientId,
	/// The organisation, and from when to when.
	pub treatment: Treatment,
	/// How it came about.
	pub kind: RelationshipKind,
	/// How the patient has given its word.
	pub word: Word,
	/// The organisation that sent the patient, if one did.
	pub referred_by: Option<OrgId>,
	/// Who ended it before its time.
	pub ended_by: Option<EndedBy>,
	/// The relationship of the same two before this one.
	pub previous: Option<RelationshipId>,
	/// Whose deposit it is.
	pub payer: AccountId,
	/// The deposit.
	pub ticket: Ticket,
}

/// What is known of a patient and an organisation together.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Default,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Pair {
	/// Their last relationship.
	pub latest: Option<RelationshipId>,
	/// How often a signature of the patient's for this organisation was used, or voided by the end of a relationship.
	pub words: u32,
}

/// A patient's word that an organisation may record a relationship.
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
pub struct Invitation {
	/// The organisation.
	pub organisation: OrgId,
	/// Until when the relationship may last at most.
	pub until: Moment,
	/// When it was made. A handle that has left Active since opens nothing with it.
	pub made_at: Moment,
	/// From when the invitation can be used no more.
	pub expires_at: Moment,
	/// The organisation that sent the patient, if one did.
	pub referred_by: Option<OrgId>,
}

/// The invitations of a patient.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Default,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct InvitationBook {
	/// The number of the next one.
	pub next: InvitationId,
	/// Those that are open, at most one an organisation, the oldest first; also some that have
	/// expired, or that a freeze has stopped.
	pub open: BoundedVec<(InvitationId, Invitation), ConstU32<MAX_INVITATIONS>>,
}

/// The opt-outs of a patient, past and present, the oldest first.
pub type OptOutList = BoundedVec<OptOut, ConstU32<MAX_OPT_OUT_HISTORY>>;

/// A return from an opt-out that waits.
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
pub struct PendingOptIn {
	/// Towards whom.
	pub towards: Towards,
	/// When it was asked for.
	pub requested_at: Moment,
	/// From when it can be applied.
	pub ready_at: Moment,
}

/// The returns of a patient that wait.
pub type PendingList = BoundedVec<PendingOptIn, ConstU32<MAX_PENDING>>;

/// For whom a patient's words were lately voided, and in which block: once for each.
pub type VoidedList<BlockNumber> = BoundedVec<(Towards, BlockNumber), ConstU32<MAX_VOIDED>>;

/// A care policy, in force until the next one begins.
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
pub struct PolicyTerm {
	/// From when it is in force.
	pub from: Moment,
	/// The policy.
	pub policy: CarePolicy,
}

/// The network's care policies, the oldest first. The last may lie in the future.
pub type PolicyList = BoundedVec<PolicyTerm, ConstU32<MAX_POLICIES>>;

/// A relationship as it is told, without its deposit.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct RelationshipInfo {
	/// Its number.
	pub id: RelationshipId,
	/// The organisation, and from when to when.
	pub treatment: Treatment,
	/// How it came about.
	pub kind: RelationshipKind,
	/// How the patient has given its word.
	pub word: Word,
	/// The organisation that sent the patient, if one did.
	pub referred_by: Option<OrgId>,
	/// Who ended it before its time.
	pub ended_by: Option<EndedBy>,
	/// Whether it counts now: it lasts, and the patient has not opted out since it began.
	pub live: bool,
}
