//! Permits, as they are stored.

use super::{DatasetId, StudyId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{pallet_prelude::ConstU32, BoundedVec};
use salus_primitives::{Commitment, Moment};
use salus_research_permits::{Permit, VersionFrom, YearlyReport};
use scale_info::TypeInfo;

/// The most times that the terms of a dataset are accepted for one permit.
pub const MAX_ACCEPTED: u32 = 32;

/// The most yearly reports of one permit. No permit lasts longer, with its renewal.
pub const MAX_REPORTS: u32 = 20;

/// The most outputs of one permit. The last place of a kind of which there is none is kept for it.
pub const MAX_OUTPUTS: u32 = 16;

/// That the terms of a dataset were accepted for a permit.
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
pub struct Accepted {
	/// Which terms, by how often they had changed, and from when.
	pub terms: VersionFrom,
	/// The version of the dataset that has them.
	pub version: u32,
}

/// A yearly report.
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
pub struct Report {
	/// Of which year, and when it was filed.
	pub filed: YearlyReport,
	/// A salted commitment to it.
	pub commitment: Commitment,
}

/// What an output is. Nothing says whether a result is positive, negative or null: all count alike.
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
pub enum OutputKind {
	/// Results made available to the scientific community (DUO PUB).
	#[codec(index = 0)]
	Publication,
	/// Derived data returned to the custodian (DUO RTN).
	#[codec(index = 1)]
	Return,
}

impl OutputKind {
	/// Every kind, in the order of the indices.
	pub const ALL: [Self; 2] = [Self::Publication, Self::Return];
}

/// Something that came of a permit.
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
pub struct Output {
	/// What it is.
	pub kind: OutputKind,
	/// A commitment to it.
	pub commitment: Commitment,
	/// When it was recorded.
	pub at: Moment,
}

/// The attestation that the data of a permit was destroyed.
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
pub struct Destruction {
	/// A salted commitment to it.
	pub commitment: Commitment,
	/// When it was given.
	pub at: Moment,
}

/// Why a permit was revoked.
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
pub enum RevocationReason {
	/// The terms were broken.
	#[codec(index = 0)]
	TermsBroken,
	/// Somebody was, or was to be, identified.
	#[codec(index = 1)]
	Reidentification,
	/// What the request stated was not true.
	#[codec(index = 2)]
	FalseStatement,
	/// The custodian offers the data no more.
	#[codec(index = 3)]
	OfferEnded,
	/// A court or an authority has ordered it.
	#[codec(index = 4)]
	Order,
	/// The committee should not have decided as it did: a conflict of interest came out, for one.
	#[codec(index = 5)]
	DecisionFlawed,
}

/// A permit, and what was done under it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct PermitRecord {
	/// The study.
	pub study: StudyId,
	/// The dataset.
	pub dataset: DatasetId,
	/// When it is in force, if all that it depends on is in order.
	pub permit: Permit,
	/// The terms accepted, the oldest first.
	pub accepted: BoundedVec<Accepted, ConstU32<MAX_ACCEPTED>>,
	/// The yearly reports, in the order in which they were filed.
	pub reports: BoundedVec<Report, ConstU32<MAX_REPORTS>>,
	/// What came of it.
	pub outputs: BoundedVec<Output, ConstU32<MAX_OUTPUTS>>,
	/// Why it was revoked, if it was.
	pub revoked: Option<RevocationReason>,
	/// The attestation that the data was destroyed, with which it was closed, or which followed its revocation.
	pub destruction: Option<Destruction>,
}
