//! What stands under the keys of `items.rs`, as the pallets store it.
//!
//! The layouts are those of `pallets/{patient-identity,registry,consent,sealed,care,emergency}/src/types.rs`, in the versions of
//! `rules.rs`. `runtime/testing/decisions.rs` compares what is read here with what the pallets answer, over random histories.

// What the derive of `Decode` expands to converts indices by `as`.
#![allow(clippy::as_conversions)]

use super::items::Account;
use alloc::{string::String, vec::Vec};
use codec::{Compact, Decode};
use salus_consent_decision::{BaseDecision, Directive, DirectiveId, SealedDirective, SealedId};
use salus_primitives::{
	AdvanceDirective, CarePolicy, EmergencyAccess, EmergencyId, KeyPurposeSet, Moment, OrgId,
	OrgKindSet, PatientId, PatientState, RelationshipId, Role, Treatment,
};

/// What a deposit's ticket is: its amount.
type Ticket = u128;

/// `System.LastRuntimeUpgrade`.
#[derive(Decode)]
pub struct Runtime {
	pub version: Compact<u32>,
	pub name: String,
}

/// A value, and from when it holds.
#[derive(Clone, Copy, Decode)]
pub struct Since<V> {
	pub value: V,
	pub from: Moment,
}

/// A value over time. Superseded ones are kept under other keys.
#[derive(Decode)]
pub struct Timeline<V> {
	pub current: Since<V>,
	pub next: Option<Since<V>>,
	pub past: u32,
}

/// `PatientIdentity.Patients`.
#[derive(Decode)]
pub struct Handle {
	_created_at: Moment,
	_registered_by: Option<OrgId>,
	_deposit: Option<(Account, Ticket)>,
	_keys: Vec<Account>,
	pub state: Timeline<PatientState>,
	_last_left_active: Option<Moment>,
	_retires_from: Option<Moment>,
	_agreement_key: Timeline<[u8; 32]>,
}

/// `PatientIdentity.Keys`.
#[derive(Decode)]
pub struct Key {
	pub patient: PatientId,
	pub purposes: KeyPurposeSet,
	pub from: Moment,
	pub until: Option<Moment>,
}

/// `Registry.Organisations`.
#[derive(Decode)]
pub struct Organisation {
	pub admin: Account,
	_next_admin: Option<Account>,
	pub profile: [u8; 32],
	_pending: OrgKindSet,
	pub held: OrgKindSet,
	pub flagged: bool,
	_established: bool,
	_ticket: Option<Ticket>,
}

/// `Registry.ClientKeys`.
#[derive(Decode)]
pub struct ClientKeySet {
	pub keys: [u8; 32],
	pub since: Moment,
}

/// Why a licence ended before its term.
#[derive(Decode)]
pub enum LicenceEnd {
	#[codec(index = 0)]
	Suspended,
	#[codec(index = 1)]
	Revoked,
	#[codec(index = 2)]
	Renewed,
}

/// A time under a licence.
#[derive(Decode)]
pub struct LicenceInterval {
	pub from: Moment,
	pub until: Moment,
	pub ended: Option<(Moment, LicenceEnd)>,
}

/// `Registry.Licences`.
#[derive(Decode)]
pub struct Licence {
	pub revoked: Option<Moment>,
	pub intervals: Vec<LicenceInterval>,
}

/// A time in a role at an organisation.
#[derive(Decode)]
pub struct AffiliationInterval {
	pub role: Role,
	pub from: Moment,
	pub until: Moment,
	pub ended: Option<Moment>,
}

/// `Registry.Affiliations`.
#[derive(Decode)]
pub struct Affiliation {
	_deposit: Option<(Account, Ticket)>,
	pub intervals: Vec<AffiliationInterval>,
}

/// A time at which an organisation was flagged, an item of `Registry.Flags`. Still flagged, if there is no end.
#[derive(Decode)]
pub struct FlagInterval {
	pub from: Moment,
	pub until: Option<Moment>,
}

/// A directive with its number.
pub type Numbered = (DirectiveId, Directive<Account>);

/// A sealed directive with its number.
pub type NumberedSealed = (SealedId, SealedDirective);

/// `Consent.Live` and `Sealed.Live`, of which the numbers have the same size.
#[derive(Decode)]
pub struct Live<E> {
	_next: u32,
	pub swept: u32,
	pub entries: Vec<E>,
}

/// `Consent.History` and `Sealed.History`.
#[derive(Decode)]
pub struct HistoryPage<E> {
	pub swept: Moment,
	pub entries: Vec<E>,
}

/// How many directives a page of `Consent.History` holds, and of `Sealed.History`.
pub const PAGE: u32 = 32;

/// A base decision, and from when: an item of `Consent.BaseDecisions`.
#[derive(Decode)]
pub struct BaseTerm {
	pub from: Moment,
	pub decision: BaseDecision,
}

/// A care policy, and from when.
#[derive(Decode)]
pub struct PolicyTerm {
	pub from: Moment,
	pub policy: CarePolicy,
}

/// `Care.Pairs`.
#[derive(Decode, Default)]
pub struct Pair {
	pub latest: Option<RelationshipId>,
	_words: u32,
}

/// How a relationship came about.
#[derive(Decode)]
pub enum RelationshipKind {
	#[codec(index = 0)]
	Admission,
	#[codec(index = 1)]
	Ambulatory,
	#[codec(index = 2)]
	PrimaryCare,
	#[codec(index = 3)]
	Referral,
}

/// How the patient has given its word.
#[derive(Decode)]
pub enum Word {
	#[codec(index = 0)]
	Invitation { _number: u32 },
	#[codec(index = 1)]
	Signature,
}

/// Who ended a relationship.
#[derive(Decode)]
pub enum EndedBy {
	#[codec(index = 0)]
	Patient,
	#[codec(index = 1)]
	Organisation,
	#[codec(index = 2)]
	Renewal,
}

/// `Care.Relationships`.
#[derive(Decode)]
pub struct Relationship {
	_patient: PatientId,
	pub treatment: Treatment,
	_kind: RelationshipKind,
	_word: Word,
	_referred_by: Option<OrgId>,
	_ended_by: Option<EndedBy>,
	pub previous: Option<RelationshipId>,
	_payer: Account,
	_ticket: Ticket,
}

/// What somebody finds of an emergency.
#[derive(Decode)]
pub enum Finding {
	#[codec(index = 0)]
	Justified,
	#[codec(index = 1)]
	Unjustified,
}

/// A finding, and whose it is.
#[derive(Decode)]
pub struct Opinion {
	_finding: Finding,
	_at: Moment,
	_by: Account,
	_acting_for: OrgId,
}

/// `Emergency.Emergencies`.
#[derive(Decode)]
pub struct Emergency {
	pub patient: PatientId,
	pub access: EmergencyAccess<Account>,
	pub reason: salus_primitives::EmergencyReason,
	pub detail: [u8; 32],
	pub recorded_at: Moment,
	_over_credit: bool,
	_beyond_person: bool,
	/// Since when it lets nothing any more, if its organisation stopped it.
	pub stopped_at: Option<Moment>,
	_review: Option<Opinion>,
	_disputed_at: Option<Moment>,
	_ruling: Option<Opinion>,
	pub previous: Option<EmergencyId>,
	_deposit: Option<(Account, Ticket)>,
}

/// What a patient had said in advance, and from when.
#[derive(Decode)]
pub struct AdvanceTerm {
	pub from: Moment,
	pub value: AdvanceDirective,
}
