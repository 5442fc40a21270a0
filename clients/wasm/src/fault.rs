//! Why there is no answer.

use crate::Refusal;
use codec::{Decode, Encode};
use salus_claims_adjudication::Error;

/// Why an input has no answer. The list grows at the end only.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Fault {
	/// The input is longer than that of its function may be. Nothing of it was read.
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
	/// The receipt proves nothing of the record.
	#[codec(index = 4)]
	Receipt(Refusal),
}
