//! Emergency access: the words that emergency, consent and the decision share.

use crate::{DataClassSet, Interval, OrgId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// The number of an emergency: counted over the whole chain from 0, never given twice.
pub type EmergencyId = u32;

/// What a patient has said in advance about emergency access. The later a value stands in the list, the
/// stricter it is.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Default,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum AdvanceDirective {
	/// Nothing: an emergency reaches labelled data too.
	#[default]
	#[codec(index = 0)]
	Unrestricted,
	/// An emergency reaches no labelled data.
	#[codec(index = 1)]
	NoLabelled,
	/// There is no emergency access.
	#[codec(index = 2)]
	NoEmergency,
}

/// Why somebody breaks the glass. No code says anything about the patient's health.
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
pub enum EmergencyReason {
	/// Care cannot wait for the patient's consent.
	#[codec(index = 0)]
	UrgentCare,
	/// Nobody who could consent can be reached in time.
	#[codec(index = 1)]
	ConsentUnobtainable,
	/// The patient is being transferred, and the receiving team has no relationship yet.
	#[codec(index = 2)]
	Transfer,
	/// A major incident: more patients than can be admitted in the ordinary way.
	#[codec(index = 3)]
	MajorIncident,
}

/// What an emergency lets: one person, for one organisation, read these classes of data for a time. The patient is
/// the key under which it is found.
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
pub struct EmergencyAccess<AccountId> {
	/// Who broke the glass.
	pub who: AccountId,
	/// The organisation for which that person acts.
	pub organisation: OrgId,
	/// The classes of data.
	pub classes: DataClassSet,
	/// When it lasts. Nothing ends it earlier but a lost credential, an advance directive and the organisation's own finding
	/// that it was unjustified; the last has shortened it where it is told.
	pub period: Interval,
}
