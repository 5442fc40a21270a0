//! Decision receipts: that the chain's own rules gave this verdict on this question, recomputed without any node.
//!
//! What they are for and what their files look like: `docs/receipts.md`. How they came to be so: `docs/decisions/0043`.
//!
//! 1. [`DecisionReceipt::parse`]: the question, the verdict that is claimed, and the evidence.
//! 2. [`DecisionReceipt::verify`]: the block is final, the proof is of its state, the runtime of that state is one whose rules
//!    are known; the facts are read out of the proof ([`Facts`]) by keys that follow from the question ([`Item`]), and
//!    `salus-consent-decision` judges them, as it does on the chain.

mod credentials;
mod facts;
mod file;
mod in_force;
mod items;
mod rules;
mod standing;
mod stored;
mod words;

pub use credentials::{licensed, patient_of_key};
pub use facts::{advance, roles, Facts, Source};
pub use file::DecisionReceipt;
pub use in_force::InForce;
pub use items::{Account, Item};
pub use rules::{Runtime, KNOWN, LAYOUTS};
pub use salus_consent_decision::{Actor, Basis, LawfulCode, Question, Reason, Verdict};
pub use standing::{admission, led_to, recorded_late, was_stopped, Admission, RecordedLate};
pub use words::{in_words, sentence};

use crate::{
	finality::Trust,
	verify::{open, Block},
	Error,
};
pub(crate) use facts::read;
use salus_primitives::Moment;
pub(crate) use stored::{ClientKeySet, Organisation, Runtime as RuntimeUpgrade};

/// A verdict that was recomputed from proven facts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decided {
	/// The block as of whose state it was, and why that is final.
	pub block: Block,
	/// The runtime that made that state.
	pub runtime: Runtime,
	/// What was asked.
	pub question: Question<Account>,
	/// What it depends on.
	pub facts: Facts,
	/// The answer.
	pub verdict: Verdict,
}

impl DecisionReceipt {
	/// Checks all of the receipt, and answers its question by the chain's rules.
	///
	/// # Errors
	/// Those of finality and of the state as with receipts of records; and those of [`Runtime::of`] and [`Facts::read`],
	/// [`Error::OtherRuntime`], [`Error::OtherVerdict`]; [`Error::NeedsOpening`] for a verdict that the chain never gives, because it
	/// rests on what is in a sealed directive.
	pub fn verify<'t>(&self, trust: impl Into<Trust<'t>>) -> Result<Decided, Error> {
		let Self { genesis, header, finality, proof, version, question, verdict } = self;
		if let Verdict::Permit(Basis::SealedDirective(sealed))
		| Verdict::Deny(Reason::SealedDirective(sealed)) = verdict
		{
			return Err(Error::NeedsOpening { sealed: *sealed });
		}
		let (state, finality, relay) =
			open("decision receipt", *genesis, header, finality, proof, trust.into())?;
		let runtime = Runtime::of(&state)?;
		if runtime.version != *version {
			return Err(Error::OtherRuntime { claimed: *version, found: runtime.version });
		}
		let millis: u64 = read(&state, Item::Time)?.unwrap_or_default();
		let time: Moment = millis / 1_000;
		let facts = Facts::read(question, time, &state)?;
		let found = facts.verdict(question);
		if found != *verdict {
			let [claimed, found] = [verdict, &found].map(in_words);
			return Err(Error::OtherVerdict { claimed, found });
		}
		let block = Block { hash: header.hash, number: header.number, time, finality, relay };
		Ok(Decided { block, runtime, question: question.clone(), facts, verdict: found })
	}
}
