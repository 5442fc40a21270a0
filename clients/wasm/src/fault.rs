//! Why there is no answer.

use crate::WrongOpening;
use codec::{Decode, Encode};
use salus_claims_adjudication::Error;

/// Why an input has no answer. The list grows at the end only.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Fault {
	/// The input is longer than [`MAX_INPUT`](crate::MAX_INPUT) bytes. Nothing of it was read.
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
}
