//! What can be wrong.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Why a claim cannot be adjudicated, verified, posted or reversed.
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
pub enum Error {
	/// The claim has no line.
	#[codec(index = 0)]
	NoLines,
	/// The claim has more than [`MAX_LINES`](crate::MAX_LINES) lines.
	#[codec(index = 1)]
	TooManyLines,
	/// A share of the plan is more than the whole, or a cap is 0.
	#[codec(index = 2)]
	UnsoundPlan,
	/// An accumulator is, or would be, above its limit.
	#[codec(index = 3)]
	LimitExceeded,
	/// An accumulator would not fit its type.
	#[codec(index = 4)]
	AccumulatorOverflow,
	/// The accumulators do not hold what is to be taken back.
	#[codec(index = 5)]
	NotAccumulated,
	/// A total would not fit its type.
	#[codec(index = 6)]
	TotalOverflow,
	/// There are not as many results as lines.
	#[codec(index = 7)]
	CountMismatch,
	/// A line is wrong.
	#[codec(index = 8)]
	Line {
		/// Which, from 0.
		index: u8,
		/// How.
		error: LineError,
	},
}

/// What is wrong with a line, or with what is proposed for it.
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
pub enum LineError {
	/// Its quantity is 0.
	#[codec(index = 0)]
	ZeroQuantity,
	/// Prior payers account for more than the charge.
	#[codec(index = 1)]
	PriorAboveCharge,
	/// Payment and adjustments do not add up to the charge.
	#[codec(index = 2)]
	Unbalanced,
	/// An adjustment is of nothing.
	#[codec(index = 3)]
	ZeroAdjustment,
	/// Two adjustments have the same group and reason.
	#[codec(index = 4)]
	RepeatedAdjustment,
	/// A reason stands in a group in which it may not.
	#[codec(index = 5)]
	WrongGroup,
	/// Something is paid although a reason denies the line.
	#[codec(index = 6)]
	PaidThoughDenied,
	/// There are more than [`MAX_ADJUSTMENTS`](crate::MAX_ADJUSTMENTS).
	#[codec(index = 7)]
	TooManyAdjustments,
	/// The result is for another category.
	#[codec(index = 8)]
	WrongCategory,
	/// The result's patient responsibility is not the sum of its PR adjustments.
	#[codec(index = 9)]
	WrongResponsibility,
	/// The result uses more of the benefit than the line has.
	#[codec(index = 10)]
	WrongUsage,
	/// Prior payers, this payer and the patient would pay more than the charge together, or the
	/// patient more than the prior payers left open.
	#[codec(index = 11)]
	AboveOpen,
	/// CARC 45 stands for the whole charge, which the code list forbids.
	#[codec(index = 12)]
	WholeCharge,
}
