//! Directives, vetoes, questions and verdicts.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use salus_primitives::{
	Action, ActionSet, DataClass, DataClassSet, EmergencyId, Interval, LabelSet, Moment, OrgId,
	PatientId, Purpose, PurposeSet, RelationshipId, Role, SealedId,
};
use scale_info::TypeInfo;

pub use salus_primitives::DirectiveId;

/// The number of a request for access: counted per patient from 0, never given twice.
pub type RequestId = u32;

/// What a directive does.
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
pub enum Effect {
	/// It lets.
	#[codec(index = 0)]
	Permit,
	/// It forbids.
	#[codec(index = 1)]
	Deny,
}

/// What holds where no directive speaks.
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
pub enum BaseDecision {
	/// The patient has said nothing: refused, unless a care relationship lets.
	#[default]
	#[codec(index = 0)]
	Unset,
	/// The patient has said no: refused, also where a care relationship would let.
	#[codec(index = 1)]
	Deny,
	/// The patient has said yes: to read and export what has no label, for every purpose but BTG, for
	/// [`BASE_PERMIT_TERM`].
	#[codec(index = 2)]
	Permit,
}

/// How long a base decision of Permit holds, in seconds: as long as the plain Permits that end first, those for care. It
/// must not be changed, because answers about the past rest on it.
pub const BASE_PERMIT_TERM: Moment = 63_072_000;

impl BaseDecision {
	/// What is left at `at` of this, if it was made at `from` and nothing else since: Permit ends with its term, and is Unset then.
	pub fn left_at(self, from: Moment, at: Moment) -> Self {
		match self {
			// Saturating: nothing lies beyond the end of time.
			Self::Permit if at >= from.saturating_add(BASE_PERMIT_TERM) => Self::Unset,
			Self::Permit | Self::Unset | Self::Deny => self,
		}
	}

	/// In how many steps it can still be made stricter: Permit, then Unset, then Deny.
	pub const fn stricter_steps(self) -> u32 {
		match self {
			Self::Permit => 2,
			Self::Unset => 1,
			Self::Deny => 0,
		}
	}

	/// Whether it refuses more than `other`.
	pub const fn is_stricter_than(self, other: Self) -> bool {
		self.stricter_steps() < other.stricter_steps()
	}
}

/// Whom a directive is about. The more specific decides: a person before a role, a role before an
/// organisation, an organisation before anybody.
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
pub enum Grantee<AccountId> {
	/// Whoever holds a credential.
	#[codec(index = 0)]
	Any,
	/// An organisation and everybody affiliated to it.
	#[codec(index = 1)]
	Organisation(OrgId),
	/// Everybody affiliated to the organisation in the role.
	#[codec(index = 2)]
	RoleAt(OrgId, Role),
	/// One person, at whichever organisation.
	#[codec(index = 3)]
	Practitioner(AccountId),
	/// One person, as long as that person acts for the organisation. An approved request of a person
	/// gives this: what was asked for at one organisation is no use at another.
	#[codec(index = 4)]
	PractitionerAt(AccountId, OrgId),
}

/// What a directive is about.
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
pub struct Scope {
	/// What may, or may not, be done.
	pub actions: ActionSet,
	/// For which purposes, each matched exactly.
	pub purposes: PurposeSet,
	/// With which classes of data.
	pub classes: DataClassSet,
	/// With which sensitivity labels. Always empty in a plain directive on chain.
	pub labels: LabelSet,
	/// From when the data is. [`Interval::ALWAYS`] where its age does not matter.
	pub data: Interval,
}

impl Scope {
	/// Whether this scope reaches nothing that `outer` does not.
	pub fn is_within(&self, outer: &Self) -> bool {
		self.actions.is_subset_of(outer.actions)
			&& self.purposes.is_subset_of(outer.purposes)
			&& self.classes.is_subset_of(outer.classes)
			&& self.labels.is_subset_of(outer.labels)
			&& self.data.is_within(&outer.data)
	}
}

/// On whose authority a directive was made.
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
pub enum GrantedBy {
	/// A key of the patient.
	#[codec(index = 0)]
	Key,
	/// The holder of the mandate with this number.
	#[codec(index = 1)]
	Mandate(u32),
}

/// What led to a directive.
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
pub enum DirectiveBasis {
	/// An approved request.
	#[codec(index = 0)]
	Request(RequestId),
	/// The patient's own initiative.
	#[codec(index = 1)]
	SelfMade,
}

/// Why a directive ended before its time.
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
pub enum EndReason {
	/// A Permit was revoked.
	#[codec(index = 0)]
	Revoked,
	/// A Deny was lifted.
	#[codec(index = 1)]
	Lifted,
	/// An upgrade of the rules put one that permits less in its place.
	#[codec(index = 2)]
	Replaced,
}

/// When and why a directive ended before its time.
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
pub struct Ended {
	/// The first moment at which it was in force no more.
	pub at: Moment,
	/// Why.
	pub why: EndReason,
}

/// A patient's word on who may, or may not, see what. Immutable but for its end.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Directive<AccountId> {
	/// Whether it lets or forbids.
	pub effect: Effect,
	/// Whom it is about.
	pub grantee: Grantee<AccountId>,
	/// What it is about.
	pub scope: Scope,
	/// When it is in force, unless it ends earlier.
	pub period: Interval,
	/// How often it may be used; `None` if that does not matter.
	pub max_uses: Option<u32>,
	/// Over how many hands the data may be passed on: 0 to 2.
	pub redisclose_depth: u8,
	/// The moment by which the grantee must have erased its copies; `None` if the law alone says.
	pub erase_after: Option<Moment>,
	/// On whose authority it was made.
	pub granted_by: GrantedBy,
	/// What led to it.
	pub basis: DirectiveBasis,
	/// When and why it ended before its time.
	pub ended: Option<Ended>,
}

impl<AccountId> Directive<AccountId> {
	/// The first moment at which the directive is in force no more.
	pub fn end(&self) -> Moment {
		self.ended.map_or(self.period.until, |ended| ended.at.min(self.period.until))
	}

	/// Whether the directive was in force at `at`.
	pub fn in_force(&self, at: Moment) -> bool {
		self.period.from <= at && at < self.end()
	}
}

/// A patient's word that nothing is to be done for a purpose, whoever was permitted to.
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
pub struct PurposeVeto {
	/// The purpose.
	pub purpose: Purpose,
	/// From when it is vetoed.
	pub from: Moment,
	/// Since when it is vetoed no more; `None` while it is.
	pub until: Option<Moment>,
}

impl PurposeVeto {
	/// Whether the veto was in force at `at`.
	pub fn in_force(&self, at: Moment) -> bool {
		self.from <= at && self.until.is_none_or(|until| at < until)
	}
}

/// Who asks for access.
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
pub enum Actor<AccountId> {
	/// An organisation as such: a system of its, and no person in particular.
	#[codec(index = 0)]
	Organisation(OrgId),
	/// A person who acts for an organisation.
	#[codec(index = 1)]
	Practitioner {
		/// The person.
		who: AccountId,
		/// The organisation for which the person acts.
		organisation: OrgId,
	},
	/// The patient, by one of the keys of the handle.
	#[codec(index = 2)]
	Own(AccountId),
}

/// May `actor` do `action` with this data of `subject`, for this purpose, at this moment?
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Question<AccountId> {
	/// The patient whose data it is.
	pub subject: PatientId,
	/// Who asks.
	pub actor: Actor<AccountId>,
	/// For which purpose: one, and exactly that.
	pub purpose: Purpose,
	/// What is to be done with the data.
	pub action: Action,
	/// Which class of data.
	pub class: DataClass,
	/// Every sensitivity label that the data bears.
	pub labels: LabelSet,
	/// From when the data is. `None` if unknown or mixed: only a Permit for data of any age covers
	/// it then, and every Deny does.
	pub data_time: Option<Moment>,
	/// As of which moment the answer is to be given; `None` for now.
	pub at: Option<Moment>,
}

/// The answer to a [`Question`]. Anything but `Permit` says that the patient's consent does not
/// reach; a client that does not know what an emergency or a lawful basis obliges it to do treats them as a
/// refusal.
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
pub enum Verdict {
	/// Yes, and why.
	#[codec(index = 0)]
	Permit(Basis),
	/// No, and why.
	#[codec(index = 1)]
	Deny(Reason),
	/// The patient has not consented, but the emergency with this number lets. It is reviewed.
	#[codec(index = 2)]
	Emergency(EmergencyId),
	/// The patient has not consented, but a law lets, and the network has decided to rely on it.
	#[codec(index = 3)]
	LawfulBasis(LawfulCode),
}

impl Verdict {
	/// Whether the answer is Permit.
	pub const fn is_permit(&self) -> bool {
		matches!(self, Self::Permit(_))
	}

	/// Whether what was asked may be done, on whatever ground.
	pub const fn allows(&self) -> bool {
		!matches!(self, Self::Deny(_))
	}

	/// What whoever asked may be told, and what may stand in records that others read.
	pub const fn told(self) -> Told {
		match self {
			Self::Permit(_) => Told::Permitted,
			Self::Deny(_) => Told::Refused,
			Self::Emergency(id) => Told::Emergency(id),
			Self::LawfulBasis(code) => Told::LawfulBasis(code),
		}
	}
}

/// What is left of a [`Verdict`] for whoever asked. A verdict that was made with openings is as secret as they are: that sealed
/// directive 7, a number that everybody sees, lets or refuses somebody says whom it is about; and any other reason says of an
/// opened one that it is about somebody else. So no reason of a yes or a no is told. An emergency and a care relationship are: they stand
/// on the chain, and oblige to something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Told {
	/// The patient has consented.
	Permitted,
	/// No.
	Refused,
	/// The emergency with this number lets.
	Emergency(EmergencyId),
	/// A law lets.
	LawfulBasis(LawfulCode),
}

/// On which lawful ground, other than the patient's consent, something may be done.
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
pub enum LawfulCode {
	/// Treatment within the care relationship with this number, under the care policy `CareTeam`.
	#[codec(index = 0)]
	TreatmentRelationship(RelationshipId),
}

/// Why the answer is Permit.
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
pub enum Basis {
	/// The directive that lets.
	#[codec(index = 0)]
	Directive(DirectiveId),
	/// The patient's own access.
	#[codec(index = 1)]
	Own,
	/// The patient's base decision.
	#[codec(index = 2)]
	Base,
	/// The sealed directive that lets, opened.
	#[codec(index = 3)]
	SealedDirective(SealedId),
}

/// Why the answer is Deny.
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
pub enum Reason {
	/// The directive that forbids.
	#[codec(index = 0)]
	Directive(DirectiveId),
	/// No directive speaks, and the base decision is Deny.
	#[codec(index = 1)]
	Default,
	/// The purpose is vetoed.
	#[codec(index = 2)]
	Veto,
	/// The state of the handle stops the purpose.
	#[codec(index = 3)]
	State,
	/// The organisation held no licence, the practitioner no affiliation, or the key was not live or
	/// not for viewing.
	#[codec(index = 4)]
	Credential,
	/// A sealed denial that who decides cannot open, and that could be about what is asked.
	#[codec(index = 5)]
	Sealed(SealedId),
	/// The sealed directive that forbids, opened.
	#[codec(index = 6)]
	SealedDirective(SealedId),
}
