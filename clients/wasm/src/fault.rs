//! Why there is no answer.

use crate::{Refusal, WrongOpening};
use codec::{Decode, Encode};
use salus_claims_adjudication::Error;

/// Why an input has no answer. The list grows at the end only.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Fault {
	/// The input is longer than [`MAX_INPUT`](crate::MAX_INPUT) bytes, or [`MAX_FILES`](crate::MAX_FILES) where files are
	/// taken. Nothing of it was read.
	#[codec(index = 0)]
	TooLong,
	/// The input ends too early, or has a code that is not in its list.
	#[codec(index = 1)]
	Malformed,
	/// The input goes on behind its end.
	#[codec(index = 2)]
	Trailing,
	/// The claim, the plan or what was used of it is unsound.
	#[codec(index = 3)]
	Adjudication(Error),
	/// The opening opens nothing.
	#[codec(index = 4)]
	Opening(WrongOpening),
	/// The receipt proves nothing.
	#[codec(index = 5)]
	Receipt(Refusal),
}
