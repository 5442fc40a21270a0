//! Types of the pallet.

use crate::Config;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	BoundedVec, CloneNoBound, DebugNoBound, DefaultNoBound, EqNoBound, PartialEqNoBound,
};
use salus_primitives::OrgId;
use scale_info::TypeInfo;
use sp_runtime::Perbill;
use sp_staking::SessionIndex;

/// What makes an account a member of the validator set.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
)]
pub struct Membership {
	/// The organisation that operates the validator.
	pub organisation: OrgId,
	/// The session in which it became a member. What it did in an earlier membership is recorded
	/// and has no further consequence: governance knew its record.
	pub since: SessionIndex,
}

/// A validator that is no member any more and still in the set.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
)]
pub struct Departure {
	/// The organisation that operates the validator.
	pub organisation: OrgId,
	/// The session in which its membership began.
	pub since: SessionIndex,
}

/// Why a validator is no member any more.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
)]
pub enum RemovalReason {
	/// Governance removed it.
	Governance,
	/// Its operator gave it up.
	Retired,
	/// It provably misbehaved.
	Offence,
}

/// A validator in the set that offended.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
)]
pub struct Offender {
	/// How grave its gravest offence is.
	pub severity: Perbill,
	/// Whether it was announced that it stays, because the set would be too small without it.
	pub retained: bool,
}

/// One offence.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
)]
pub struct OffenceRecord<AccountId> {
	/// The validator.
	pub validator: AccountId,
	/// The session in which it offended.
	pub session: SessionIndex,
	/// How grave its gravest offence of that session is.
	pub severity: Perbill,
}

/// What the validators of an organisation did wrong.
///
/// What a validator does in one session counts once: a single failure (the same keys on two
/// machines) produces many offences.
#[derive(
	Encode,
	Decode,
	MaxEncodedLen,
	TypeInfo,
	CloneNoBound,
	PartialEqNoBound,
	EqNoBound,
	DebugNoBound,
	DefaultNoBound,
)]
#[scale_info(skip_type_params(T))]
#[codec(mel_bound())]
pub struct OrganisationRecord<T: Config> {
	/// How many there were, since genesis.
	pub count: u32,
	/// The latest ones, oldest first.
	pub latest: BoundedVec<OffenceRecord<T::AccountId>, T::MaxOffences>,
}
