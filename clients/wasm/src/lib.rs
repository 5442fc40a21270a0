//! # The rules without a node
//!
//! The consent decision and claims adjudication, as the chain runs them, and the verifier of receipts, for programs that
//! have neither a node nor Rust: browsers, Node.js, a payer's own systems. Bytes in, bytes out, both in SCALE. Nothing is
//! decided here: this reads the input, calls [`salus_consent_decision`], [`salus_claims_adjudication`] or
//! [`salus_verify`], and writes the answer.
//!
//! | Function            | Input                  | Answer                           |
//! |---------------------|------------------------|----------------------------------|
//! | [`decide`]          | a [`Case`]             | `Result<Verdict, Fault>`         |
//! | [`adjudicate`]      | a [`Claim`]            | `Result<Adjudication, Fault>`    |
//! | [`open_sealed`]     | a [`Disclosure`]       | `Result<Force, Fault>`           |
//! | [`verify_receipt`]  | a [`Presentation`]     | `Result<Proven, Fault>`          |
//! | [`verify_decision`] | a [`ClaimedDecision`]  | `Result<ProvenDecision, Fault>`  |
//!
//! Every input has an answer: one that cannot be read is a [`Fault`]. Nothing panics, nothing is kept between two
//! calls, and the same bytes always give the same bytes.
//!
//! As WebAssembly it imports nothing, so that it can do nothing but compute; what it exports is in `src/abi.rs`, and
//! in the README of this crate. `clients/receipts/src/rules` writes inputs and reads answers.

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]
#![deny(
	clippy::arithmetic_side_effects,
	clippy::as_conversions,
	clippy::expect_used,
	clippy::float_arithmetic,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used,
	clippy::unreachable,
	clippy::todo
)]

extern crate alloc;

#[cfg(target_arch = "wasm32")]
mod abi;
// What the derive of `Encode` expands to converts indices by `as`.
#[allow(clippy::as_conversions)]
mod beliefs;
mod decision_receipt;
// What the derive of `Encode` expands to converts indices by `as`.
#[allow(clippy::as_conversions)]
mod fault;
mod input;
// As above.
#[allow(clippy::as_conversions)]
mod opening;
// As above.
#[allow(clippy::as_conversions)]
mod receipt;

pub use beliefs::{Beliefs, End, Final, Para, Refusal, Start};
pub use decision_receipt::{ClaimedDecision, ProvenDecision};
pub use fault::Fault;
pub use input::{AccountId, Care, Case, Claim, Emergency, Sealed, Standing};
pub use opening::{Disclosure, Force, WrongOpening};
pub use receipt::{Presentation, Proven, Record, RecordStanding};

use alloc::vec::Vec;
use codec::{Decode, Encode};

/// The form of inputs and answers, and which functions there are. Raised by one with every change that a program
/// written for the form before would misread.
pub const ABI_VERSION: u32 = 4;

/// The longest input of [`decide`], [`adjudicate`] and [`open_sealed`], in bytes. The most that a patient can have on chain
/// is far below: 64 directives in force, of fewer than 200 bytes each.
pub const MAX_INPUT: usize = 1 << 20;

/// The longest input of [`verify_receipt`] and [`verify_decision`], in bytes: receipt, trail and record together. For what
/// is longer there is the program `salus-verify`.
pub const MAX_FILES: usize = 1 << 24;

/// Answers the question of a [`Case`] as the chain would.
pub fn decide(input: &[u8]) -> Vec<u8> {
	answer(input, MAX_INPUT, |case: Case| Ok(case.verdict()))
}

/// Adjudicates a [`Claim`] as the chain would.
pub fn adjudicate(input: &[u8]) -> Vec<u8> {
	answer(input, MAX_INPUT, |claim: Claim| claim.adjudicate().map_err(Fault::Adjudication))
}

/// Says what the opening of a [`Disclosure`] is worth.
pub fn open_sealed(input: &[u8]) -> Vec<u8> {
	answer(input, MAX_INPUT, |given: Disclosure| given.force().map_err(Fault::Opening))
}

/// Judges a receipt of a record ([`Presentation`]) as `salus-verify` does.
pub fn verify_receipt(input: &[u8]) -> Vec<u8> {
	answer(input, MAX_FILES, |given: Presentation| given.judge().map_err(Fault::Receipt))
}

/// Judges a decision receipt ([`ClaimedDecision`]) as `salus-verify decision` does.
pub fn verify_decision(input: &[u8]) -> Vec<u8> {
	answer(input, MAX_FILES, |given: ClaimedDecision| given.judge().map_err(Fault::Receipt))
}

fn answer<I: Decode, A: Encode>(
	input: &[u8],
	most: usize,
	rule: impl FnOnce(I) -> Result<A, Fault>,
) -> Vec<u8> {
	read(input, most).and_then(rule).encode()
}

/// The value that `input` encodes, if it encodes that and nothing else, in at most `most` bytes.
fn read<I: Decode>(mut input: &[u8], most: usize) -> Result<I, Fault> {
	if input.len() > most {
		return Err(Fault::TooLong);
	}
	let value = I::decode(&mut input).map_err(|_| Fault::Malformed)?;
	if input.is_empty() {
		Ok(value)
	} else {
		Err(Fault::Trailing)
	}
}
