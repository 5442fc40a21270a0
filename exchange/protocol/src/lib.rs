//! # salus-exchange-protocol
//!
//! What two custodians say to each other, and what each writes of it: the twin of
//! `clients/exchange/src/{request,log,envelope,profile,release}.ts` and `clients/types/src/{log-entry,merkle}.ts`, checked against the
//! same vectors (`docs/vectors/exchange`, `docs/vectors/merkle.json`).
//!
//! - [`request`]: a request for a record, signed by whoever asks.
//! - [`log`], [`event`]: entries of access logs, and the chain of their hashes. [`audit`]: entries as FHIR AuditEvents.
//! - [`consent`]: directives of the chain as FHIR Consents.
//! - [`tree`], [`sealed`]: Merkle trees of commitments, and what is inside an envelope. Commitments and paths themselves are
//!   those of `salus-verify`.
//! - [`release`]: the receipt of a release, and whether it answers the request.
//! - [`profile`]: the document behind an organisation's `profile` commitment.
//! - [`jws`], [`assertion`], [`dpop`], [`challenge`]: what is checked where somebody asks for a token, or shows one.
//!
//! Pure: bytes come in, values or a named fault go out. No input or output, no clock, no randomness, no panic.

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

pub mod account;
pub mod assertion;
pub mod audit;
pub mod challenge;
pub mod codes;
pub mod consent;
pub mod dpop;
pub mod event;
pub mod fhir;
pub mod json;
pub mod jws;
pub mod log;
pub mod profile;
pub mod reconcile;
pub mod release;
pub mod request;
pub mod sealed;
pub mod signature;
pub mod tree;

pub use salus_verify::{commitment, Error as RecordError, Hash};
