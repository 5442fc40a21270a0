//! Types of the pallet.

use crate::Config;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound};
use salus_primitives::Moment;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// One of the two bodies that must agree.
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
pub enum Body {
	/// The members' organisations.
	Council,
	/// Those who look after the code.
	TechnicalCommittee,
}

/// What kind of act a call of the catalogue is. Each kind has a delay of its own.
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
pub enum EnactmentClass {
	/// Replaces the code. Everybody must have time to read it, and to leave.
	Upgrade,
	/// Changes a parameter.
	Parameter,
	/// Gets the chain going again.
	Emergency,
}

impl EnactmentClass {
	/// All classes.
	pub const ALL: [Self; 3] = [Self::Upgrade, Self::Parameter, Self::Emergency];
}

/// A public delay for each class, in seconds.
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
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DelayTable {
	/// For [`EnactmentClass::Upgrade`].
	pub upgrade: Moment,
	/// For [`EnactmentClass::Parameter`].
	pub parameter: Moment,
	/// For [`EnactmentClass::Emergency`].
	pub emergency: Moment,
}

impl DelayTable {
	/// The delay for `class`, in seconds.
	pub const fn of(&self, class: EnactmentClass) -> Moment {
		match class {
			EnactmentClass::Upgrade => self.upgrade,
			EnactmentClass::Parameter => self.parameter,
			EnactmentClass::Emergency => self.emergency,
		}
	}

	/// This table with `seconds` for `class`.
	pub const fn with(self, class: EnactmentClass, seconds: Moment) -> Self {
		match class {
			EnactmentClass::Upgrade => Self { upgrade: seconds, ..self },
			EnactmentClass::Parameter => Self { parameter: seconds, ..self },
			EnactmentClass::Emergency => Self { emergency: seconds, ..self },
		}
	}
}

/// Who has approved a proposal.
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
	Default,
)]
pub struct Approvals {
	/// The Council.
	pub council: bool,
	/// The Technical Committee.
	pub technical: bool,
}

impl Approvals {
	/// Whether `body` has approved.
	pub const fn has(&self, body: Body) -> bool {
		match body {
			Body::Council => self.council,
			Body::TechnicalCommittee => self.technical,
		}
	}

	/// These and that of `body`.
	pub const fn with(self, body: Body) -> Self {
		match body {
			Body::Council => Self { council: true, ..self },
			Body::TechnicalCommittee => Self { technical: true, ..self },
		}
	}

	/// Whether both bodies have approved.
	pub const fn are_complete(&self) -> bool {
		self.council && self.technical
	}
}

/// A call that Root shall make.
#[derive(
	Encode, Decode, MaxEncodedLen, TypeInfo, CloneNoBound, PartialEqNoBound, EqNoBound, DebugNoBound,
)]
#[scale_info(skip_type_params(T))]
#[codec(mel_bound())]
pub struct Proposal<T: Config> {
	/// The call, SCALE-encoded. A call of the catalogue, so never free text.
	pub call: BoundedVec<u8, T::MaxCallSize>,
	/// Its class when it was proposed.
	pub class: EnactmentClass,
	/// When the first body approved.
	pub proposed_at: Moment,
	/// Who has approved so far.
	pub approvals: Approvals,
	/// From when on it can be enacted; none until both bodies have approved.
	pub due: Option<Moment>,
	/// From when on it can be neither approved nor enacted any more.
	pub lapses: Moment,
}
