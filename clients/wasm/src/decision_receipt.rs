//! Decision receipts, judged by `salus-verify`: the chain's answer, recomputed from proven facts.

use crate::{AccountId, Beliefs, Final, Refusal};
use alloc::{string::String, vec::Vec};
use codec::{Decode, Encode};
use salus_consent_decision::{Question, Verdict};
use salus_primitives::Moment;
use salus_verify::{
	decision::{Decided, DecisionReceipt, Runtime},
	Error,
};

/// A decision receipt, and what its reader trusts.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct ClaimedDecision {
	/// What it is held against.
	pub beliefs: Beliefs,
	/// The file of the receipt.
	pub receipt: Vec<u8>,
}

/// A verdict that was recomputed.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct ProvenDecision {
	/// As of which block.
	pub finality: Final,
	/// The name of the runtime that made that block's state.
	pub runtime: String,
	/// Its `spec_version`.
	pub version: u32,
	/// The moment for which the answer is, in Unix seconds: not later than the block.
	pub at: Moment,
	/// What was asked.
	pub question: Question<AccountId>,
	/// The answer.
	pub verdict: Verdict,
}

impl ClaimedDecision {
	/// What the chain's rules answer, if that is what the receipt claims.
	///
	/// # Errors
	///
	/// Why the receipt proves nothing.
	pub fn judge(&self) -> Result<ProvenDecision, Refusal> {
		self.proven().map_err(Refusal::from)
	}

	fn proven(&self) -> Result<ProvenDecision, Error> {
		let receipt = DecisionReceipt::parse(&self.receipt)?;
		let sets = self.beliefs.sets()?;
		let Decided { block, runtime, question, facts, verdict } =
			receipt.verify(self.beliefs.trust(&sets))?;
		let Runtime { name, version } = runtime;
		Ok(ProvenDecision {
			finality: block.into(),
			runtime: name,
			version,
			at: facts.at,
			question,
			verdict,
		})
	}
}
