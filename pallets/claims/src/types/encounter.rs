//! Encounters: that a visit took place.

use super::{ClaimId, CoverageId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use salus_primitives::{Commitment, Moment, OrgId};
use scale_info::TypeInfo;

/// The number of an encounter: 0, 1, 2 ... over all providers, never given twice.
pub type EncounterId = u64;

/// A visit or stay at a provider.
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
pub struct Encounter {
	/// Where.
	pub provider: OrgId,
	/// When it was opened: the service date of every line.
	pub opened: Moment,
	/// Whether it was opened as an emergency, in which the member could not be asked.
	pub emergency: bool,
	/// Whose coverage it is on: named by the member itself or, in an emergency, by the provider.
	pub coverage: Option<CoverageId>,
	/// When the member attested it.
	pub attested: Option<Moment>,
	/// What was done, once the encounter is closed.
	pub closing: Option<Closing>,
	/// Whether the payer has decided about it line by line. Then the rules alone decide no more: a
	/// correction must not undo a decision.
	pub reviewed: bool,
	/// The claim that stands for it.
	pub claim: Option<ClaimId>,
	/// The correction of that claim which awaits a decision.
	pub correction: Option<ClaimId>,
}

/// What was done in an encounter, as the provider wrote it down.
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
pub struct Closing {
	/// When the encounter was closed. An amendment does not change it.
	pub at: Moment,
	/// The root of the Merkle tree over the commitments to the details of the services, in the
	/// order of the lines.
	pub root: Commitment,
	/// How many services there are: 1 to 64.
	pub lines: u8,
	/// How often it was amended.
	pub amendments: u32,
}
