//! # The rules without a node
//!
//! The consent decision and claims adjudication, as the chain runs them, for programs that have neither a node nor
//! Rust: browsers, Node.js, a payer's own systems. Bytes in, bytes out, both in SCALE. Nothing is decided here: this
//! reads the input, calls [`salus_consent_decision`] or [`salus_claims_adjudication`], and writes the answer.
//!
//! | Function       | Input                                       | Answer                                       |
//! |----------------|---------------------------------------------|----------------------------------------------|
//! | [`decide`]     | a [`Case`]                                  | `Result<Verdict, Fault>`                     |
//! | [`adjudicate`] | a [`Claim`]                                 | `Result<Adjudication, Fault>`                |
//! | [`open_sealed`] | a [`Disclosure`]                           | `Result<Force, Fault>`                       |
//!
//! Every input has an answer: one that cannot be read is a [`Fault`]. Nothing panics, nothing is kept between two
//! calls, and the same bytes always give the same bytes.
//!
//! As WebAssembly it imports nothing, so that it can do nothing but compute; what it exports is in `src/abi.rs`, and
//! in the README of this crate. `clients/js/src/rules` writes inputs and reads answers.

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
mod fault;
mod input;
// As above.
#[allow(clippy::as_conversions)]
mod opening;

pub use fault::Fault;
pub use input::{AccountId, Care, Case, Claim, Emergency, Sealed, Standing};
pub use opening::{Disclosure, Force, WrongOpening};

use alloc::vec::Vec;
use codec::{Decode, Encode};

/// The form of inputs and answers, and which functions there are. Raised by one with every change that a program
/// written for the form before would misread.
pub const ABI_VERSION: u32 = 3;

/// The longest input, in bytes. The most that a patient can have on chain is far below: 64 directives in force, of
/// fewer than 200 bytes each.
pub const MAX_INPUT: usize = 1 << 20;

/// Answers the question of a [`Case`] as the chain would.
pub fn decide(input: &[u8]) -> Vec<u8> {
	answer(input, |case: Case| Ok(case.verdict()))
}

/// Adjudicates a [`Claim`] as the chain would.
pub fn adjudicate(input: &[u8]) -> Vec<u8> {
	answer(input, |claim: Claim| claim.adjudicate().map_err(Fault::Adjudication))
}

/// Says what the opening of a [`Disclosure`] is worth.
pub fn open_sealed(input: &[u8]) -> Vec<u8> {
	answer(input, |given: Disclosure| given.force().map_err(Fault::Opening))
}

fn answer<I: Decode, A: Encode>(input: &[u8], rule: impl FnOnce(I) -> Result<A, Fault>) -> Vec<u8> {
	read(input).and_then(rule).encode()
}

/// The value that `input` encodes, if it encodes that and nothing else.
fn read<I: Decode>(mut input: &[u8]) -> Result<I, Fault> {
	if input.len() > MAX_INPUT {
		return Err(Fault::TooLong);
	}
	let value = I::decode(&mut input).map_err(|_| Fault::Malformed)?;
	if input.is_empty() {
		Ok(value)
	} else {
		Err(Fault::Trailing)
	}
}
