//! Claims, and what becomes of them.

use super::{CoverageId, EncounterId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use salus_claims_adjudication::{
	Adjustments, BenefitCategory, ClaimLine, Denial, LineResult, Money, Totals,
};
use salus_primitives::{Commitment, Moment, OrgId};
use scale_info::TypeInfo;

/// The number of a claim: 0, 1, 2 ... over all providers, never given twice.
pub type ClaimId = u64;

/// The most lines of a claim, as the adjudication has it.
pub const MAX_LINES: u32 = 64;

/// The most units of a line. A coverage counts them in 32 bits: it takes more than six thousand claims
/// of 64 such lines to fill it, and no typing error.
pub const MAX_QUANTITY: u32 = 10_000;

/// The most that a line may charge, in the settlement asset's smallest unit: 2^96. No sum over all
/// claims of a coverage can then exceed the 128 bits of its accumulators.
pub const MAX_CHARGE: Money = 1 << 96;

/// At most [`MAX_LINES`] of something.
pub type PerLine<T> = BoundedVec<T, ConstU32<MAX_LINES>>;

/// A line of a claim: what the chain is told of a service.
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
pub struct Line {
	/// What kind of benefit it is, coarsely.
	pub category: BenefitCategory,
	/// How many units, at least 1.
	#[codec(compact)]
	pub quantity: u32,
	/// The charge for all units together, in the settlement asset's smallest unit.
	#[codec(compact)]
	pub charge: Money,
	/// The salted commitment to the coded detail. It is also what keeps the service from being
	/// claimed twice: it is live in one encounter at most.
	pub detail: Commitment,
}

impl Line {
	/// The line as the adjudication reads it.
	pub const fn priced(&self, denial: Option<Denial>) -> ClaimLine {
		let line = ClaimLine::new(self.category, self.quantity, self.charge);
		ClaimLine { denial, ..line }
	}
}

/// A claim.
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
pub struct Claim {
	/// For which encounter.
	pub encounter: EncounterId,
	/// Under which coverage.
	pub coverage: CoverageId,
	/// Who claims.
	pub provider: OrgId,
	/// Who pays.
	pub payer: OrgId,
	/// Its version within its lineage, from 1.
	pub version: u32,
	/// The claim that it corrects.
	pub previous: Option<ClaimId>,
	/// When it was submitted.
	pub submitted: Moment,
	/// For how many seconds the payer's clocks stood.
	pub paused: Moment,
	/// How often the payer asked for information.
	pub requests: u8,
	/// What became of it.
	pub state: ClaimState,
	/// The totals, once it is decided.
	pub totals: Option<Totals>,
	/// What of `totals.paid` the provider has: this claim's and, before it, those it corrects.
	#[codec(compact)]
	pub transferred: Money,
	/// The interest that was paid on top.
	#[codec(compact)]
	pub interest: Money,
	/// What is on hold for it in the payer's settlement account. Once it is decided, nothing, but for
	/// what could not move because the asset was frozen.
	#[codec(compact)]
	pub held: Money,
}

impl Claim {
	/// What the provider has yet to get of a decided claim, without interest.
	pub fn owed(&self) -> Money {
		self.totals.map_or(0, |totals| totals.paid.saturating_sub(self.transferred))
	}
}

/// Why a person has to look at a claim.
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
pub enum PendReason {
	/// The rules would pay more than the plan's limit for automatic settlement.
	#[codec(index = 0)]
	AboveLimit,
	/// The encounter was an emergency, and the member has not attested it.
	#[codec(index = 1)]
	NotAttested,
	/// The payer has decided about this encounter line by line before.
	#[codec(index = 2)]
	Reviewed,
}

/// What became of a claim.
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
pub enum ClaimState {
	/// It awaits the payer's decision.
	#[codec(index = 0)]
	Pended {
		/// Why.
		reason: PendReason,
		/// Until when. After that the rules decide.
		due: Moment,
	},
	/// The payer has asked for information. Its clocks stand.
	#[codec(index = 1)]
	InformationRequested {
		/// Why the claim was pended.
		reason: PendReason,
		/// Since when.
		since: Moment,
		/// Until when the provider may answer. After that the claim is denied.
		due: Moment,
		/// How many seconds the payer had left to decide.
		left: Moment,
	},
	/// It is decided, and waits in the queue for the payer's funds. A part of it may be paid.
	#[codec(index = 2)]
	Waiting {
		/// Since when.
		since: Moment,
	},
	/// It is decided and paid, if anything was to be paid.
	#[codec(index = 3)]
	Settled {
		/// When.
		at: Moment,
	},
	/// A corrected claim stands in its place.
	#[codec(index = 4)]
	Superseded {
		/// Which.
		by: ClaimId,
	},
	/// The provider took it back, and what was paid with it.
	#[codec(index = 5)]
	Voided {
		/// When.
		at: Moment,
	},
	/// A correction that came to nothing: the claim before it stands.
	#[codec(index = 6)]
	Lapsed {
		/// When.
		at: Moment,
	},
}

impl ClaimState {
	/// Whether the claim is decided and stands: its results count.
	pub const fn is_decided(&self) -> bool {
		matches!(self, Self::Waiting { .. } | Self::Settled { .. })
	}

	/// Whether it awaits a decision.
	pub const fn is_pending(&self) -> bool {
		matches!(self, Self::Pended { .. } | Self::InformationRequested { .. })
	}
}

/// What a payer decides about one line.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct LineDecision {
	/// What it pays, in the settlement asset's smallest unit.
	#[codec(compact)]
	pub paid: Money,
	/// Who bears the rest of the charge, and why.
	pub adjustments: Adjustments,
}

/// What a payer decides about a claim.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Decision {
	/// What the plan's rules come to now.
	#[codec(index = 0)]
	AsAdjudicated,
	/// Something else, line by line.
	#[codec(index = 1)]
	Lines(PerLine<LineDecision>),
}

impl Decision {
	/// How many lines the claim has at most about which this decides.
	pub fn lines(&self) -> u32 {
		match self {
			Self::AsAdjudicated => MAX_LINES,
			Self::Lines(lines) => u32::try_from(lines.len()).unwrap_or(MAX_LINES),
		}
	}
}

/// The results of a claim's lines, in their order.
pub type Results = PerLine<LineResult>;
