//! # salus-verify
//!
//! Verifies a receipt of an anchored record offline, from the genesis of its chain, without trust
//! in any node. What a receipt is, and how to use the program: `docs/receipts.md`.
//!
//! The library is pure: files come in as bytes, answers go out as values. It does no input or
//! output, starts no threads and keeps no state.
//!
//! 1. [`Genesis`]: the hash of block 0 and the first authorities, from the chain specification.
//! 2. [`Sets::follow`]: each set of authorities, proven by the signatures of the one before.
//! 3. [`Opened::new`]: the receipt's block is final, by its own chain's authorities or by a relay chain's
//!    ([`Trust`]), and its proof is of that block's state.
//! 4. [`Opened::find`], [`Opened::verify`]: the record is what was anchored, and how it stood.
//!
//! [`decision`] does the same for an answer of consent: [`decision::DecisionReceipt::verify`]; [`reservation`] for a researcher's query:
//! [`reservation::ReservationReceipt::verify`].
//!
//! Without the feature `std` it needs no operating system either: `clients/wasm` has it for browsers.
//!
//! Whatever the bytes, the answer is a value or an [`Error`], never a panic: the lints below, the
//! property tests in `tests/verifier/bytes.rs` and the fuzz targets see to it.

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]
#![deny(
	clippy::arithmetic_side_effects,
	clippy::as_conversions,
	clippy::expect_used,
	clippy::float_arithmetic,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::todo,
	clippy::unreachable,
	clippy::unwrap_used
)]

extern crate alloc;

pub mod bytes;
pub mod commitment;
pub mod decision;
mod error;
pub mod fhir;
pub mod files;
mod finality;
mod genesis;
pub mod header;
pub mod json;
pub mod justification;
pub mod reservation;
pub mod sentence;
pub mod shape;
pub mod state;
pub mod status;
mod trail;
pub mod trie;
mod verify;

pub use bytes::Hash;
pub use error::Error;
pub use files::{
	Checkpoint, Evidence, GenesisFile, Receipt, Record, Relay, StartFile, Trail, Votes,
};
pub use finality::{Parachain, RelayBlock, Trust};
pub use genesis::{Genesis, Start};
pub use state::{Anchor, Standing};
pub use trail::{End, Finality, Sets};
pub use verify::{Block, Opened, Presented, Verified};
